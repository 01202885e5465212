//! The rules of tickets as plain tables.

use linli::domain::ids::UserId;

use super::model::Ticket;
use crate::fake::estate;

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    New,
    Claimed,
    OnTheWay,
    Working,
    Asked,
    PutOff,
    Done,
    Confirmed,
    Reopened,
    Cancelled,
    Declined,
    Merged,
}

impl Stand {
    const ALL: [Self; 12] = [
        Self::New,
        Self::Claimed,
        Self::OnTheWay,
        Self::Working,
        Self::Asked,
        Self::PutOff,
        Self::Done,
        Self::Confirmed,
        Self::Reopened,
        Self::Cancelled,
        Self::Declined,
        Self::Merged,
    ];

    pub fn is_open(self) -> bool {
        !matches!(
            self,
            Self::Done | Self::Confirmed | Self::Cancelled | Self::Declined | Self::Merged
        )
    }

    /// What a card says about it.
    pub fn words(self, english: bool) -> &'static str {
        let (zh, en) = match self {
            Self::New => ("待接单", "waiting for staff"),
            Self::Claimed => ("已接单", "claimed"),
            Self::OnTheWay => ("在路上", "on the way"),
            Self::Working => ("处理中", "in progress"),
            Self::Asked => ("等报修人回复", "waiting for the reporter"),
            Self::PutOff => ("等配件", "waiting for material"),
            Self::Done => ("待确认", "done, to be confirmed"),
            Self::Confirmed => ("已办结", "finished"),
            Self::Reopened => ("重新打开", "open again"),
            Self::Cancelled => ("已取消", "cancelled"),
            Self::Declined => ("不受理", "declined"),
            Self::Merged => ("已合并", "merged"),
        };
        if english { en } else { zh }
    }
}

/// What somebody is to a ticket.
#[derive(Clone, Copy, Debug)]
pub struct Can {
    staff: bool,
    desk: bool,
    manager: bool,
    worker: bool,
    reporter: bool,
    /// Has reported it, the first or after others.
    voice: bool,
}

impl Can {
    pub fn of(ticket: &Ticket, user: &UserId) -> Self {
        let is = |logins: &[&str]| logins.iter().any(|login| estate::user(login) == *user);
        Self {
            staff: is(&["wang", "zhang", "liu", "lin"]),
            desk: is(&["liu"]),
            manager: is(&["lin"]),
            worker: ticket.worker.as_ref() == Some(user),
            reporter: ticket.reporter == *user,
            voice: ticket.was_reported_by(user),
        }
    }
}

/// What comes of trying to move a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    To(Stand),
    /// It is so already, and whoever did it may.
    Already,
    No,
}

/// The table: who may do what when, and where it leads.
pub fn judged(does: &str, ticket: &Ticket, can: &Can) -> Moved {
    let free = ticket.worker.is_none();
    let allowed = match does {
        // By staff only.
        "claim" => can.staff,
        // By the claimer or a manager.
        "unclaim" | "set out" | "start" | "ask" | "put off" | "resume" | "done" | "undone" => {
            (can.staff && can.worker) || can.manager
        }
        // The desk gives out whatever there is.
        "assign" | "merge" | "unmerge" => {
            can.desk || (can.staff && (can.worker || free)) || can.manager
        }
        // What nobody has, any of them may decline.
        "decline" => (can.staff && (can.worker || free)) || can.manager,
        // By whoever has reported it.
        "reopen" | "answer" => can.voice || can.manager,
        // By the reporter or a manager.
        _ => can.reporter || can.manager,
    };
    if !allowed {
        return Moved::No;
    }
    leads(does, ticket.stand, free, can.worker, ticket.blanked)
}

/// Where a step leads that somebody may take.
fn leads(does: &str, stand: Stand, free: bool, is_worker: bool, blanked: bool) -> Moved {
    use Stand::{
        Asked, Cancelled, Claimed, Confirmed, Declined, Done, Merged, New, OnTheWay, PutOff,
        Reopened, Working,
    };
    let has = !free && stand.is_open();
    match (does, stand) {
        // The first wins.
        ("claim", New) if free => Moved::To(Claimed),
        // Who had it may be elsewhere by now.
        ("claim", Reopened) => Moved::To(Claimed),
        ("claim", _) if has && is_worker => Moved::Already,
        ("assign", stand) if stand.is_open() => Moved::To(Claimed),
        ("unclaim", Claimed | OnTheWay | Working | Asked | PutOff | Reopened) => Moved::To(New),
        ("set out", Claimed | Asked | PutOff | Reopened) => Moved::To(OnTheWay),
        ("start", Claimed | OnTheWay | Asked | PutOff | Reopened) => Moved::To(Working),
        ("ask", Claimed | OnTheWay | Working | PutOff | Reopened) => Moved::To(Asked),
        ("put off", Claimed | OnTheWay | Working | Asked | Reopened) => Moved::To(PutOff),
        ("resume", Asked | PutOff) | ("answer", Asked) => Moved::To(Working),
        ("set out", OnTheWay) | ("ask", Asked) | ("put off", PutOff) => Moved::Already,
        ("start" | "resume" | "undone" | "answer", Working) => Moved::Already,
        ("done", Done) | ("confirm", Confirmed) | ("decline", Declined) => Moved::Already,
        ("merge", Merged) | ("unmerge", Reopened) => Moved::Already,
        ("reopen", Reopened) | ("cancel", Cancelled) => Moved::Already,
        ("done", stand) if stand.is_open() => Moved::To(Done),
        ("decline", stand) if stand.is_open() => Moved::To(Declined),
        ("undone", Done) => Moved::To(Working),
        ("confirm", Done) => Moved::To(Confirmed),
        // What was taken back stays so.
        ("reopen", Done | Confirmed | Cancelled | Declined) if !blanked => Moved::To(Reopened),
        ("merge", stand) if stand.is_open() => Moved::To(Merged),
        ("unmerge", Merged) => Moved::To(Reopened),
        ("cancel", stand) if stand.is_open() => Moved::To(Cancelled),
        _ => Moved::No,
    }
}

/// All the steps that can be taken: what is done, and where it begins.
pub fn steps() -> Vec<(&'static str, Stand)> {
    let steps = DOES
        .iter()
        .flat_map(|does| Stand::ALL.map(|stand| (*does, stand)));
    steps
        .filter(|(does, stand)| {
            let free = matches!(stand, Stand::New | Stand::Reopened);
            matches!(leads(does, *stand, free, true, false), Moved::To(_))
        })
        .collect()
}

const DOES: [&str; 17] = [
    "claim", "assign", "unclaim", "set out", "start", "ask", "answer", "put off", "resume", "done",
    "undone", "confirm", "reopen", "cancel", "decline", "merge", "unmerge",
];

/// What a tap means.
pub fn emoji(key: &str) -> Option<&'static str> {
    match key.chars().next()? {
        '🙋' => Some("claim"),
        '🚗' => Some("set out"),
        '🔧' => Some("start"),
        '❓' => Some("ask"),
        '📦' => Some("put off"),
        '✅' | '✔' => Some("done"),
        '👍' => Some("confirm"),
        '🔁' => Some("reopen"),
        '❌' => Some("cancel"),
        _ => None,
    }
}

/// What a command means.
pub fn typed(word: &str) -> Option<&'static str> {
    Some(match word {
        "认领" | "claim" => "claim",
        "派单" | "assign" => "assign",
        "放弃" | "unclaim" => "unclaim",
        "出发" | "onmyway" => "set out",
        "开始" | "start" => "start",
        "等回复" | "wait" => "ask",
        "等配件" | "material" => "put off",
        "继续" | "resume" => "resume",
        "不受理" | "decline" => "decline",
        "合并" | "merge" => "merge",
        "拆开" | "unmerge" => "unmerge",
        "完成" | "done" => "done",
        "未完成" | "undone" => "undone",
        "确认" | "confirm" => "confirm",
        "重开" | "reopen" => "reopen",
        "取消" | "cancel" => "cancel",
        _ => return None,
    })
}
