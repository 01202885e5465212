//! Who may keep order, by every path there is: moderators and managers alone, never against exempt people, and nobody
//! gains a level by it.

use std::collections::BTreeMap;

use linli::domain::ids::{EventId, UserId};
use serde_json::Value;

use super::script::{Stage, account};
use crate::fake::{
    estate::{self, room},
    power::talk_room,
};

/// role | its short name | whether it may keep order
const ROLES: [(&str, &str, bool); 8] = [
    ("target", "李明", false),
    ("resident", "王芳", false),
    // Called like the moderator.
    ("imitator", "冯磊", false),
    // With power in the room, and no role.
    ("powerful", "周伟", false),
    ("staff", "王师傅", false),
    ("bot", "天气", false),
    ("moderator", "管理员", true),
    ("manager", "经理", true),
];

/// Whom it is tried on | the login | whether nothing may happen to them
const TARGETS: [(&str, &str, bool); 6] = [
    ("resident", "liming", false),
    ("staff", "wang", true),
    ("moderator", "zhou", true),
    ("manager", "lin", true),
    ("bot", "weatherbot", true),
    ("linli", "linli", true),
];

/// Its command, and its tap.
const ACTIONS: [(&str, Option<&str>); 8] = [
    ("warn", None),
    ("redact", Some("🗑️")),
    ("mute", Some("🔇")),
    ("kick", Some("🚪")),
    ("ban", Some("⛔")),
    ("unmute", None),
    ("pardon", None),
    ("undo", None),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Path {
    /// In the building's room, with the member's id.
    Named,
    /// The same in the staff room.
    InStaffRoom,
    /// The same in private.
    InPrivate,
    Reply,
    Tap,
    /// An edit of a message of one's own into the command.
    EditedIn,
    /// An edit of the moderator's message into the command, as a server may let through.
    ForgedEdit,
}

const PATHS: [Path; 7] = [
    Path::Named,
    Path::InStaffRoom,
    Path::InPrivate,
    Path::Reply,
    Path::Tap,
    Path::EditedIn,
    Path::ForgedEdit,
];

/// What order looks like: levels, memberships, the target's messages and the cases.
#[derive(Clone, Debug, PartialEq)]
struct Order {
    levels: BTreeMap<String, Value>,
    standings: BTreeMap<(String, UserId), &'static str>,
    redacted: bool,
    cases: Vec<String>,
}

fn order(stage: &Stage, message: &EventId) -> Order {
    let server = &stage.server;
    let names = ROLES.map(|(_, name, _)| account(name));
    let people = names.into_iter().chain([server.bot.clone()]);
    let people: Vec<UserId> = people.collect();
    let mut standings = BTreeMap::new();
    let mut levels = BTreeMap::new();
    for short in estate::ROOMS {
        let room = room(short);
        levels.insert(short.to_owned(), server.levels(&room).clone());
        for user in &people {
            if let Some(standing) = server.standing(&room, user) {
                standings.insert((short.to_owned(), user.clone()), standing.membership);
            }
        }
    }
    let said = stage.show("staff");
    Order {
        levels,
        standings,
        redacted: server.events[server.by_id[message]].redacted_by.is_some(),
        cases: said
            .lines()
            .filter(|line| line.contains("🛡 #") || line.contains('↳'))
            .map(str::to_owned)
            .collect(),
    }
}

/// A room in which a member has said something, and so has everybody else; and one in which that member is muted.
fn stages() -> [Stage; 2] {
    let mut stage = Stage::new();
    for name in ["冯磊", "周伟"] {
        let named = if name == "冯磊" {
            "管理员老周"
        } else {
            "1-1-201 周伟"
        };
        stage.server.join(&room("3"), &account(name), named);
    }
    stage.server.set_power(&room("3"), &account("周伟"), 50);
    for (_, name, _) in ROLES {
        stage.play(&format!("{name} = {name}@3: 大家好"));
        // Everybody who can has a talk with linli.
        if name != "天气" {
            stage.play(&format!("{name}@3: !why"));
            stage.play(&format!("{name}@talk enters"));
        }
    }
    let own = stage.server.events.iter().rev();
    let own = own
        .filter(|event| event.sender == stage.server.bot && event.room == room("3"))
        .find(|event| event.value["type"] == "m.room.message")
        .map(|event| event.id.clone());
    stage.named.extend(own.map(|id| ("linli".to_owned(), id)));
    let mut muted = stage.again();
    muted.play("经理@staff: !mute @liming:hexie.test 3d 测试");
    [stage, muted]
}

/// Tries; false where this path is not open.
fn attempt(
    stage: &mut Stage,
    (command, key): (&str, Option<&str>),
    by: &str,
    (login, message): (&str, &EventId),
    path: Path,
) -> bool {
    let who = account(by);
    let in_staff_room = stage.server.is_in(&room("staff"), &who);
    let text = match command {
        // The first case is the imitator's name.
        "undo" => "!undo 2".to_owned(),
        _ => format!("!{command} @{login}:hexie.test"),
    };
    let building = room("3");
    let server = &mut stage.server;
    match path {
        Path::Named => drop(server.say(&building, &who, &text)),
        Path::InStaffRoom if in_staff_room => drop(server.say(&room("staff"), &who, &text)),
        Path::InPrivate if server.rooms.contains_key(&talk_room(&who)) => {
            server.say(&talk_room(&who), &who, &text);
        }
        Path::InStaffRoom | Path::InPrivate => return false,
        Path::Reply => {
            let text = text.split(' ').next().expect("a word");
            server.reply(&building, &who, message, text);
        }
        Path::Tap => {
            let Some(key) = key else { return false };
            server.react(&building, &who, message, key);
        }
        Path::EditedIn => {
            let own = server.say(&building, &who, "你好");
            stage.robot.settle_down(&mut stage.server);
            stage.server.edit(&building, &who, &own, &text);
        }
        Path::ForgedEdit => {
            let moderators = stage.named["管理员"].clone();
            stage.server.edit(&building, &who, &moderators, &text);
        }
    }
    stage.robot.settle_down(&mut stage.server);
    true
}

/// Whether something must come of it; None where either is right.
fn is_done(
    action: &str,
    may: bool,
    (login, exempt): (&str, bool),
    path: Path,
    is_muted: bool,
) -> Option<bool> {
    if !may || matches!(path, Path::EditedIn | Path::ForgedEdit) {
        return Some(false);
    }
    match action {
        // A case is named by its number, whomever a message is by; a reply names none.
        "undo" => Some(is_muted && path != Path::Reply),
        _ if exempt => Some(false),
        "redact" => Some(matches!(path, Path::Reply | Path::Tap)),
        "unmute" | "pardon" => Some(is_muted && login == "liming"),
        // Whether a mute beside a mute changes anything is no question of roles.
        "mute" if is_muted => None,
        _ => Some(true),
    }
}

/// No entry has grown beyond what it was before the mute.
fn grown(now: &Order, free: &Order) -> Option<String> {
    for (short, levels) in &now.levels {
        let before = &free.levels[short];
        for (user, level) in levels["users"].as_object().into_iter().flatten() {
            let default = before["users_default"].as_i64().unwrap_or(0);
            let was = before["users"][user].as_i64().unwrap_or(default);
            if level.as_i64().is_none_or(|level| level > was) {
                return Some(format!("{user} has {level} in {short}, not {was}"));
            }
        }
    }
    None
}

#[test]
fn nobody_below_a_moderator_keeps_order_and_nobody_exempt_is_sanctioned() {
    let stages = stages();
    let free = order(&stages[0], &stages[0].named["李明"]);
    let (mut tried, mut wrong) = (0, Vec::new());
    for (is_muted, stage) in [(false, &stages[0]), (true, &stages[1])] {
        for (_, login, exempt) in TARGETS {
            let name = ["李明", "王师傅", "管理员", "经理", "天气", "linli"]
                .into_iter()
                .find(|name| {
                    *name == login || *name != "linli" && account(name) == estate::user(login)
                })
                .expect("a name");
            let message = stage.named[name].clone();
            let before = order(stage, &message);
            for action in ACTIONS {
                for (role, by, may) in ROLES {
                    for path in PATHS {
                        let mut stage = stage.again();
                        if !attempt(&mut stage, action, by, (login, &message), path) {
                            continue;
                        }
                        tried += 1;
                        let after = order(&stage, &message);
                        let must = is_done(action.0, may, (login, exempt), path, is_muted);
                        if must.is_some_and(|must| must != (before != after)) {
                            wrong.push(format!(
                                "{role} {} {login} by {path:?} (muted: {is_muted}): must {must:?}",
                                action.0
                            ));
                        }
                        wrong.extend(
                            grown(&after, &free).map(|why| {
                                format!("{role} {} {login} by {path:?}: {why}", action.0)
                            }),
                        );
                    }
                }
            }
        }
    }
    assert!(tried > 3_000, "{tried}");
    assert!(
        wrong.is_empty(),
        "{} of {tried} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// What is no sanction of one person either: closing the doors, moving a home out, letting a list's rule hold.
#[test]
fn nobody_below_a_moderator_closes_doors_or_moves_homes_out() {
    let [stage, _] = stages();
    let message = stage.named["李明"].clone();
    let before = order(&stage, &message);
    for command in [
        "!raid on",
        "!moveout 3-1-302",
        "!lists apply 1",
        "!waiting",
        "!history 李明",
    ] {
        for (role, name, may) in ROLES {
            for short in ["3", "staff"] {
                if may || !stage.server.is_in(&room(short), &account(name)) {
                    continue;
                }
                let mut stage = stage.again();
                stage.play(&format!("{name}@{short}: {command}"));
                assert_eq!(order(&stage, &message), before, "{role} {command}");
            }
        }
    }
    let mut stage = stage;
    stage.play("管理员@staff: !raid on");
    assert_ne!(order(&stage, &message), before);
}
