//! The rules of tickets as plain tables.

use linli::domain::ids::UserId;

use super::model::Ticket;
use crate::fake::estate;

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    New,
    Claimed,
    Working,
    Done,
    Confirmed,
    Reopened,
    Cancelled,
}

impl Stand {
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Done | Self::Confirmed | Self::Cancelled)
    }

    /// What a card says about it.
    pub fn words(self, english: bool) -> &'static str {
        let (zh, en) = match self {
            Self::New => ("待接单", "waiting for staff"),
            Self::Claimed => ("已接单", "claimed"),
            Self::Working => ("处理中", "in progress"),
            Self::Done => ("待确认", "waiting for your yes"),
            Self::Confirmed => ("已办结", "finished"),
            Self::Reopened => ("重新打开", "open again"),
            Self::Cancelled => ("已取消", "cancelled"),
        };
        if english { en } else { zh }
    }
}

/// What somebody is to a ticket.
#[derive(Clone, Copy, Debug)]
pub struct Can {
    staff: bool,
    manager: bool,
    worker: bool,
    reporter: bool,
}

impl Can {
    pub fn of(ticket: &Ticket, user: &UserId) -> Self {
        let is = |logins: &[&str]| logins.iter().any(|login| estate::user(login) == *user);
        Self {
            staff: is(&["wang", "zhang", "liu", "lin"]),
            manager: is(&["lin"]),
            worker: ticket.worker.as_ref() == Some(user),
            reporter: ticket.reporter == *user,
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
    use Stand::{Cancelled, Claimed, Confirmed, Done, New, Reopened, Working};
    let allowed = match does {
        // By staff only.
        "claim" => can.staff,
        // By the claimer or a manager.
        "unclaim" | "start" | "done" | "undone" => (can.staff && can.worker) || can.manager,
        // By the reporter or a manager.
        _ => can.reporter || can.manager,
    };
    if !allowed {
        return Moved::No;
    }
    let free = ticket.worker.is_none();
    match (does, ticket.stand) {
        // The first wins.
        ("claim", New | Reopened) if free => Moved::To(Claimed),
        ("claim", Claimed | Working | Reopened) if can.worker => Moved::Already,
        ("unclaim", Claimed | Working | Reopened) => Moved::To(New),
        ("start", Claimed | Reopened) => Moved::To(Working),
        ("start", Working) | ("done", Done) | ("confirm", Confirmed) => Moved::Already,
        ("reopen", Reopened) | ("cancel", Cancelled) => Moved::Already,
        ("done", New | Claimed | Working | Reopened) => Moved::To(Done),
        ("undone", Done) => Moved::To(Working),
        ("confirm", Done) => Moved::To(Confirmed),
        // What was taken back stays so.
        ("reopen", Done | Confirmed | Cancelled) if !ticket.blanked => Moved::To(Reopened),
        ("cancel", New | Claimed | Working | Reopened) => Moved::To(Cancelled),
        _ => Moved::No,
    }
}

/// What a tap means.
pub fn emoji(key: &str) -> Option<&'static str> {
    match key.chars().next()? {
        '🙋' => Some("claim"),
        '🔧' => Some("start"),
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
        "放弃" | "unclaim" => "unclaim",
        "开始" | "start" => "start",
        "完成" | "done" => "done",
        "未完成" | "undone" => "undone",
        "确认" | "confirm" => "confirm",
        "重开" | "reopen" => "reopen",
        "取消" | "cancel" => "cancel",
        _ => return None,
    })
}
