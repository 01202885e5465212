//! Who may do what, by every path there is, against a table written from the words of the issue: claims by staff
//! only and the first wins; unclaim, start and done by the claimer or a manager; confirm, reopen and cancel by the
//! reporter or a manager; a resident does nothing to another's ticket by any reaction, command, edit or name.

use super::script::{Stage, account};
use crate::fake::estate;

/// action | states it is possible in | state it leads to | who may
const TABLE: &str = "
    claim   | new reopened                        | claimed   | claimer staff manager
    unclaim | claimed working reopened            | new       | claimer manager
    start   | claimed reopened                    | working   | claimer manager
    done    | claimed working reopened            | done      | claimer manager
    done    | new                                 | done      | manager
    undone  | done                                | working   | claimer manager
    confirm | done                                | confirmed | reporter manager
    reopen  | done confirmed cancelled            | reopened  | reporter manager
    cancel  | new claimed working reopened        | cancelled | reporter manager
";
/// state | its words on the card | how it comes about
const STATES: [(&str, &str, &str); 7] = [
    ("new", "待接单", ""),
    ("claimed", "已接单", "王师傅@staff: !claim 1"),
    (
        "working",
        "处理中",
        "王师傅@staff: !claim 1\n王师傅@staff: !start 1",
    ),
    (
        "done",
        "待确认",
        "王师傅@staff: !claim 1\n王师傅@staff: !done 1",
    ),
    (
        "confirmed",
        "已办结",
        "王师傅@staff: !claim 1\n王师傅@staff: !done 1\n王芳@3: !confirm 1",
    ),
    (
        "reopened",
        "重新打开",
        "王师傅@staff: !claim 1\n王师傅@staff: !done 1\n王芳@3: !reopen 1",
    ),
    (
        "cancelled",
        "已取消",
        "王师傅@staff: !claim 1\n王芳@3: !cancel 1",
    ),
];
/// role | its short name | whether it is in the staff room
const ROLES: [(&str, &str, bool); 8] = [
    ("reporter", "王芳", false),
    ("resident", "李明", false),
    ("imitator", "冯磊", false),
    ("claimer", "王师傅", true),
    ("staff", "张师傅", true),
    ("moderator", "管理员", true),
    ("manager", "经理", true),
    ("bot", "天气", true),
];
const ACTIONS: [(&str, &str, Option<&str>); 8] = [
    ("claim", "!认领", Some("🙋")),
    ("unclaim", "!放弃", None),
    ("start", "!开始", Some("🔧")),
    ("done", "!完成", Some("✅")),
    ("undone", "!未完成", None),
    ("confirm", "!确认", Some("👍")),
    ("reopen", "!重开", Some("🔁")),
    ("cancel", "!取消", Some("❌")),
];

/// How somebody tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Path {
    BuildingTap,
    StaffTap,
    Command,
    Reply,
    /// An edit of a message of one's own into the command.
    EditedIn,
    /// An edit of the reporter's message into the command, as a server may let through.
    ForgedEdit,
}

const PATHS: [Path; 6] = [
    Path::BuildingTap,
    Path::StaffTap,
    Path::Command,
    Path::Reply,
    Path::EditedIn,
    Path::ForgedEdit,
];

/// What the table says: the state it leads to, if it is allowed at all.
fn allowed(action: &str, state: &str, role: &str) -> Option<&'static str> {
    TABLE.lines().find_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [does, from, to, who] = cells[..] else {
            return None;
        };
        let has = |cell: &str, word: &str| cell.split(' ').any(|known| known == word);
        (does == action && has(from, state) && has(who, role)).then_some(to)
    })
}

/// What must come of it by this path.
fn expected(action: &str, state: &'static str, role: &str, path: Path) -> &'static str {
    let is_tap = matches!(path, Path::BuildingTap | Path::StaffTap);
    // A command in an edit is none.
    if matches!(path, Path::EditedIn | Path::ForgedEdit) {
        return state;
    }
    if is_tap && state == "done" && role == "reporter" && action == "done" {
        // A reporter who answers "done" with a tick means yes.
        return "confirmed";
    }
    if is_tap && action == "confirm" && role != "reporter" {
        // For everybody else a thumb is applause.
        return state;
    }
    allowed(action, state, role).unwrap_or(state)
}

fn stage_in(how: &str) -> Stage {
    let mut stage = Stage::new();
    let (building, imitator) = (estate::room("3"), account("冯磊"));
    stage.server.join(&building, &imitator, "王师傅");
    stage
        .play("A = 王芳@3: #报修 3号楼2单元楼道灯不亮")
        .play(how);
    stage
}

fn head(stage: &Stage, room: &str) -> String {
    let card = stage.card(&estate::room(room), "1").expect("a card");
    let content = stage.server.current(&card).expect("a content");
    let body = content["body"].as_str().unwrap_or_default();
    body.lines().next().unwrap_or_default().to_owned()
}

/// Tries; false where this path is not open to this role.
fn attempt(
    stage: &mut Stage,
    action: (&str, &str, Option<&str>),
    role: (&str, &str, bool),
    path: Path,
) -> bool {
    let (_, command, key) = action;
    let (_, name, in_staff_room) = role;
    let user = account(name);
    let building = estate::room("3");
    let room = estate::room(if path == Path::StaffTap { "staff" } else { "3" });
    let card = stage.card(&room, "1").expect("a card");
    match path {
        Path::BuildingTap | Path::StaffTap => {
            let Some(key) = key.filter(|_| path == Path::BuildingTap || in_staff_room) else {
                return false;
            };
            stage.server.react(&room, &user, &card, key);
        }
        Path::Command => {
            stage.server.say(&building, &user, &format!("{command} 1"));
        }
        Path::Reply => {
            stage.server.reply(&building, &user, &card, command);
        }
        Path::EditedIn => {
            let own = stage.server.say(&building, &user, "你好");
            stage.robot.settle_down(&mut stage.server);
            stage
                .server
                .edit(&building, &user, &own, &format!("{command} 1"));
        }
        Path::ForgedEdit => {
            let report = stage.named["A"].clone();
            stage
                .server
                .edit(&building, &user, &report, &format!("{command} 1"));
        }
    }
    stage.robot.settle_down(&mut stage.server);
    true
}

#[test]
fn nobody_does_more_than_the_table_gives_by_any_path() {
    let (mut tried, mut wrong) = (0, Vec::new());
    for (state, words, how) in STATES {
        let stage = stage_in(how);
        assert!(head(&stage, "3").ends_with(words), "{state}");
        for action in ACTIONS {
            for role in ROLES {
                for path in PATHS {
                    let mut stage = stage.again();
                    // A reporter's own edit of the report is no forgery.
                    if path == Path::ForgedEdit && role.0 == "reporter"
                        || !attempt(&mut stage, action, role, path)
                    {
                        continue;
                    }
                    tried += 1;
                    let must = expected(action.0, state, role.0, path);
                    let words = STATES
                        .iter()
                        .find(|known| known.0 == must)
                        .expect("a state")
                        .1;
                    for room in ["3", "staff"] {
                        let head = head(&stage, room);
                        if !head.ends_with(words) {
                            wrong.push(format!(
                                "{state}: {} {} by {path:?}: {head}, not {must}",
                                role.0, action.0
                            ));
                        }
                    }
                }
            }
        }
    }
    assert!(tried > 1_500, "{tried}");
    assert!(
        wrong.is_empty(),
        "{} of {tried} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Taking one's tap back is the claimer's way out, and nobody else's.
#[test]
fn a_claim_is_taken_back_by_the_claimer_alone() {
    let mut stage = Stage::new();
    stage.play(
        "A = 王芳@3: #报修 3号楼2单元楼道灯不亮
        王师傅@staff taps 🙋 on #1",
    );
    for (_, name, in_staff_room) in ROLES {
        let mut stage = stage.again();
        if name == "王师傅" || !in_staff_room || matches!(name, "管理员" | "经理") {
            continue;
        }
        // A refused tap that is taken back moves nothing.
        stage.play(&format!(
            "{name}@staff taps 🙋 on #1\n{name}@staff untaps 🙋 on #1"
        ));
        assert!(head(&stage, "3").ends_with("已接单"), "{name}");
    }
    stage.play("王师傅@staff untaps 🙋 on #1");
    assert!(head(&stage, "3").ends_with("待接单"));
}
