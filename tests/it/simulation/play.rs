//! What people do, at random: report, tell more, tap, take back, command, edit, redact, rename, come and go.

use linli::domain::ids::{EventId, RoomId, UserId};

use super::{chance::Chance, order::acts::Acts};
use crate::fake::{
    estate,
    server::{Server, Stored},
};

const SPOKEN_IN: [&str; 5] = ["staff", "notice", "1", "2", "3"];
const CHATTER: [&str; 7] = [
    "谢谢",
    "好的",
    "今天天气不错",
    "👍",
    "楼下有人遛狗",
    "收到",
    "大家晚上好",
];
const KEYS: [&str; 11] = [
    "🙋", "🙋🏽", "🔧", "✅", "✔️", "👍", "🔁", "❌", "❤️", "➕", "🆕",
];
const COMMANDS: [&str; 16] = [
    "!认领",
    "!claim",
    "!放弃",
    "!unclaim",
    "!开始",
    "!start",
    "!完成",
    "!done",
    "!未完成",
    "!undone",
    "!确认",
    "!confirm",
    "!重开",
    "!reopen",
    "!取消",
    "!cancel",
];
/// What there is besides where people get on with their work.
const MORE_KEYS: [&str; 9] = ["🚗", "🚗", "🚗", "❓", "❓", "📦", "📦", "📦", "🆕"];
/// How it was.
const STARS: [&str; 6] = ["1️⃣", "2️⃣", "4️⃣", "5️⃣", "5️⃣", "👍"];
const MORE_COMMANDS: [&str; 29] = [
    "!merge",
    "!merge",
    "!unmerge",
    "!放弃",
    "!合并",
    "!merge",
    "!merge",
    "!拆开",
    "!unmerge",
    "!unmerge",
    "!decline",
    "!不受理",
    "!不受理",
    "!放弃",
    "!派单",
    "!派单",
    "!assign",
    "!assign",
    "!assign",
    "!出发",
    "!onmyway",
    "!等回复",
    "!wait",
    "!等配件",
    "!material",
    "!继续",
    "!resume",
    "!不受理",
    "!decline",
];
const NAMES: [&str; 4] = ["3-2-501 王芳", "物业王师傅", "1-1-201 周伟", "王师傅"];

/// Everybody at once.
pub struct People {
    /// The number of the next code word; each text has its own, so that it can be found again.
    words: usize,
    /// What they do about order, in the stories that are about it.
    pub order: Option<Acts>,
    /// Whether they get on with their work, so that tickets go far.
    pub works: bool,
}

impl People {
    pub fn new(order: Option<Acts>, works: bool) -> Self {
        Self {
            words: 0,
            order,
            works,
        }
    }

    /// Somebody does something; says what, for the trace.
    pub fn act(&mut self, server: &mut Server, chance: &mut Chance) -> String {
        if let Some(order) = self.order.as_mut().filter(|_| chance.one_in(2)) {
            let done = order.act(server, chance);
            return done.map_or_else(String::new, |id| told(server, &id));
        }
        let Some((room, user)) = somebody(server, chance) else {
            return String::new();
        };
        if self.works && !chance.one_in(3) {
            let done: Vec<EventId> = (0..3)
                .filter_map(|_| self.work(server, chance, &room))
                .collect();
            let told: Vec<String> = done.iter().map(|id| told(server, id)).collect();
            return told.join("\n");
        }
        let done = match chance.weighted(&[12, 6, 8, 6, 8, 30, 9, 10, 2, 2, 4, 3]) {
            0 => self.report(server, chance, &room, &user),
            1 => picture(server, chance, &room, &user),
            2 => Some(server.say(&room, &user, chance.pick(&CHATTER).expect("words"))),
            3 => self.edit(server, chance, &room),
            4 => redact(server, chance, &room, &user),
            5 => tap(server, chance, &room, &user),
            6 => take_back(server, chance, &room),
            7 => command(server, chance, &room, &user),
            8 => Some(server.join(&room, &user, chance.pick(&NAMES).expect("names"))),
            9 => come_or_go(server, chance, &room),
            10 => set_apart(server, chance, &room),
            _ => self.tell_more(server, chance, &room, &user),
        };
        done.map_or_else(String::new, |id| told(server, &id))
    }

    fn word(&mut self) -> String {
        self.words += 1;
        format!("qx{:04}z", self.words)
    }

    fn report(
        &mut self,
        server: &mut Server,
        chance: &mut Chance,
        room: &RoomId,
        user: &UserId,
    ) -> Option<EventId> {
        let word = self.word();
        let text = match chance.below(8) {
            0 => format!("#repair the lamp is broken {word}"),
            1 => format!("#报修 3号楼2单元501室漏水，请保密 {word}"),
            2 => format!("#投诉 楼上太吵 {word}"),
            3 => format!("#报修 2单元电梯困人了 {word}"),
            4..=6 => format!("#报修 2单元楼道灯不亮 {word}"),
            _ => format!("#报修 门坏了 {word}"),
        };
        Some(if chance.one_in(6) {
            server.picture(room, user, Some(&text))
        } else {
            server.say(room, user, &text)
        })
    }

    fn tell_more(
        &mut self,
        server: &mut Server,
        chance: &mut Chance,
        room: &RoomId,
        user: &UserId,
    ) -> Option<EventId> {
        let target = of_ours(server, chance, room)?;
        let text = format!("补充一下 {}", self.word());
        Some(if chance.one_in(2) {
            server.reply(room, user, &target, &text)
        } else {
            server.in_thread(room, user, &target, &text)
        })
    }

    /// Whoever a matter concerns does something about it: mostly one of staff, who stays with it.
    fn work(&mut self, server: &mut Server, chance: &mut Chance, room: &RoomId) -> Option<EventId> {
        let target = of_ours(server, chance, room)?;
        let card = &server.events[server.by_id[&target]];
        let report = card.original["m.relates_to"]["m.in_reply_to"]["event_id"].as_str();
        let report = report.and_then(|id| server.by_id.get(&EventId::from(id)));
        let reporter = report.map(|place| server.events[*place].sender.clone());
        // Whoever has it goes on with it.
        let shown = server.current(&target)?["body"].as_str()?.to_owned();
        let mut staff = estate::STAFF.iter();
        let worker = staff.find(|(_, name)| shown.contains(&format!("🛠 {name}")));
        let is_over = ["已办结", "finished", "待确认", "done, to be confirmed"]
            .iter()
            .any(|state| shown.contains(state));
        if let Some(reporter) = reporter.as_ref().filter(|_| is_over && chance.one_in(2)) {
            let may = server.may_post(room, reporter);
            let key = chance.pick(&STARS).filter(|_| may)?;
            return server.react(room, reporter, &target, key);
        }
        let user = match (chance.below(8), reporter, worker) {
            (0..=2, Some(reporter), _) if reporter != server.bot => reporter,
            (3.., _, Some((login, _))) => estate::user(login),
            _ => estate::user(chance.pick(&["wang", "zhang", "lin", "liu"])?),
        };
        if !server.may_post(room, &user) {
            return None;
        }
        match chance.below(6) {
            0 => self.tell_more(server, chance, room, &user),
            1..=3 => {
                let words: Vec<&str> = COMMANDS.into_iter().chain(MORE_COMMANDS).collect();
                let word = chance.pick(&words)?;
                let lately = server
                    .events
                    .iter()
                    .filter(|e| body(e).starts_with('#'))
                    .count();
                let number = lately.saturating_sub(chance.below(8)).to_string();
                let why = if ["!合并", "!merge"].contains(word) {
                    number.as_str()
                } else if ["!派单", "!assign"].contains(word) {
                    chance.pick(&["王师傅", "张师傅", "@前台小刘 快", "", "谁"])?
                } else {
                    chance.pick(&["", "说来话长", "说来话长"])?
                };
                Some(server.reply(room, &user, &target, &format!("{word} {why}")))
            }
            _ => {
                let keys: Vec<&str> = KEYS.into_iter().chain(MORE_KEYS).collect();
                server.react(room, &user, &target, chance.pick(&keys)?)
            }
        }
    }

    /// Somebody edits their own message, or somebody else's report, which clients do not allow but servers do.
    fn edit(&mut self, server: &mut Server, chance: &mut Chance, room: &RoomId) -> Option<EventId> {
        let texts = recent(server, room, |event| {
            event.original["msgtype"] == "m.text"
                && event.sender != server.bot
                && event.original.get("m.new_content").is_none()
        });
        let target = chance.pick(&texts)?.clone();
        let original = &server.events[server.by_id[&target]];
        let author = original.sender.clone();
        let is_report = body(original).starts_with('#');
        let in_relation = original.original.get("m.relates_to").is_some();
        let word = self.word();
        if !server.is_in(room, &author) {
            return None;
        }
        let forged = is_report && chance.one_in(5);
        let editor = if forged {
            somebody_in(server, chance, room)?
        } else {
            author
        };
        let text = match (in_relation, chance.below(4)) {
            (true, _) => format!("改成这样 {word}"),
            (false, 0) => "!认领 1".to_owned(),
            (false, 1) if is_report => format!("#报修 2单元电梯停了，有人被困 {word}"),
            (false, _) if is_report || chance.one_in(2) => format!("#报修 改一下，门坏了 {word}"),
            (false, _) => format!("写错了 {word}"),
        };
        Some(server.edit(room, &editor, &target, &text))
    }
}

/// What has happened, for the trace.
pub fn told(server: &Server, id: &EventId) -> String {
    let Stored {
        room,
        sender,
        value,
        original,
        ..
    } = &server.events[server.by_id[id]];
    format!("{id} {room} {sender} {} {original}", value["type"])
}

/// What a message says.
pub fn body(event: &Stored) -> &str {
    event.original["body"].as_str().unwrap_or_default()
}

fn somebody(server: &Server, chance: &mut Chance) -> Option<(RoomId, UserId)> {
    let room = estate::room(chance.pick(&SPOKEN_IN)?);
    let user = somebody_in(server, chance, &room)?;
    Some((room, user))
}

fn somebody_in(server: &Server, chance: &mut Chance, room: &RoomId) -> Option<UserId> {
    let members: Vec<UserId> = server.rooms[room]
        .members
        .keys()
        .filter(|user| {
            **user != server.bot
                && **user != estate::user(estate::OTHER_BOT)
                && server.may_post(room, user)
        })
        .cloned()
        .collect();
    chance.pick(&members).cloned()
}

/// The last events of a room that fit and still stand.
fn recent(server: &Server, room: &RoomId, fits: impl Fn(&Stored) -> bool) -> Vec<EventId> {
    let events = server.rooms[room].timeline.iter().rev().take(40);
    events
        .map(|place| &server.events[*place])
        .filter(|event| event.redacted_by.is_none() && fits(event))
        .map(|event| event.id.clone())
        .collect()
}

/// One of the bot's messages about a ticket, mostly a card.
fn of_ours(server: &Server, chance: &mut Chance, room: &RoomId) -> Option<EventId> {
    let cards_only = !chance.one_in(5);
    let ours = recent(server, room, |event| {
        event.sender == server.bot
            && event.original.get("m.new_content").is_none()
            && event.original["dev.linli"].get("about").is_some()
            && (!cards_only || body(event).starts_with('🧾'))
    });
    // The newest matter is the one that is talked about.
    let some = &ours[..ours.len().min(4)];
    chance.pick(some).cloned()
}

fn picture(
    server: &mut Server,
    chance: &mut Chance,
    room: &RoomId,
    user: &UserId,
) -> Option<EventId> {
    if chance.one_in(4)
        && let Some(target) = of_ours(server, chance, room)
    {
        let mut content = crate::fake::server::picture(None);
        content["m.relates_to"] = if chance.one_in(2) {
            crate::fake::server::thread(&target)
        } else {
            serde_json::json!({"m.in_reply_to": {"event_id": target.as_str()}})
        };
        return Some(server.post(room, user, content));
    }
    Some(server.picture(room, user, None))
}

/// One's own message or, for moderators, anybody's; never an edit, and no tap (see `take_back`).
fn redact(
    server: &mut Server,
    chance: &mut Chance,
    room: &RoomId,
    user: &UserId,
) -> Option<EventId> {
    let any = recent(server, room, |event| {
        event.value["type"] == "m.room.message" && event.original.get("m.new_content").is_none()
    });
    let target = chance.pick(&any)?.clone();
    let event = &server.events[server.by_id[&target]];
    let ours = event.sender == server.bot;
    let by = if ours || chance.one_in(4) {
        user.clone()
    } else {
        event.sender.clone()
    };
    if !server.is_in(room, &by) || (ours && !chance.one_in(4)) {
        return None;
    }
    server.redact(room, &by, &target, "")
}

fn tap(server: &mut Server, chance: &mut Chance, room: &RoomId, user: &UserId) -> Option<EventId> {
    let target = of_ours(server, chance, room)?;
    let key = chance.pick(&KEYS)?;
    if chance.one_in(3) {
        // Two at once.
        let other = somebody_in(server, chance, room)?;
        server.react(room, &other, &target, key);
    }
    server.react(room, user, &target, key)
}

/// Whoever has reported something says that it is a matter of its own, or takes it back.
fn set_apart(server: &mut Server, chance: &mut Chance, room: &RoomId) -> Option<EventId> {
    let reports = recent(server, room, |event| {
        event.value["type"] == "m.room.message" && body(event).starts_with("#报修 2")
    });
    let target = chance.pick(&reports)?.clone();
    let author = server.events[server.by_id[&target]].sender.clone();
    if !server.may_post(room, &author) {
        return None;
    }
    if chance.one_in(3) {
        return server.redact(room, &author, &target, "");
    }
    server.react(room, &author, &target, "🆕")
}

/// A tap is taken back, now and then by a moderator.
fn take_back(server: &mut Server, chance: &mut Chance, room: &RoomId) -> Option<EventId> {
    let taps = recent(server, room, |event| {
        event.value["type"] == "m.reaction" && event.sender != server.bot
    });
    let target = chance.pick(&taps)?.clone();
    let by = if chance.one_in(8) {
        estate::user("zhou")
    } else {
        server.events[server.by_id[&target]].sender.clone()
    };
    if !server.is_in(room, &by) {
        return None;
    }
    server.redact(room, &by, &target, "")
}

fn command(
    server: &mut Server,
    chance: &mut Chance,
    room: &RoomId,
    user: &UserId,
) -> Option<EventId> {
    let word = chance.pick(&COMMANDS)?;
    if chance.one_in(3) {
        let target = of_ours(server, chance, room)?;
        return Some(server.reply(room, user, &target, word));
    }
    let reports = server
        .events
        .iter()
        .filter(|e| body(e).starts_with('#'))
        .count();
    let lately = reports.saturating_sub(chance.below(6));
    Some(server.say(room, user, &format!("{word} {lately}")))
}

/// A resident leaves, or comes back.
fn come_or_go(server: &mut Server, chance: &mut Chance, room: &RoomId) -> Option<EventId> {
    let (login, name, _) = chance.pick(&estate::RESIDENTS)?;
    let user = estate::user(login);
    if server.standing(room, &user)?.membership == "ban" {
        return None;
    }
    Some(if server.is_in(room, &user) {
        server.leave(room, &user)
    } else {
        server.join(room, &user, name)
    })
}
