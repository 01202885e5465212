//! Raids: begun by itself and by command, one word to each room, and everything as before at the end.

use linli::domain::ids::RoomId;
use serde_json::{Value, json};

use super::script::{Stage, account};
use crate::fake::estate::{self, room};

const OPEN: &str = "public";

fn levels(stage: &Stage, short: &str) -> Value {
    stage.server.levels(&room(short)).clone()
}

fn door(stage: &Stage, short: &str) -> Value {
    let timeline = stage.server.rooms[&room(short)].timeline.iter().rev();
    let mut events = timeline.map(|place| &stage.server.events[*place].value);
    let rules = events.find(|event| event["type"] == "m.room.join_rules");
    rules.map_or(Value::Null, |event| event["content"].clone())
}

/// A stage on which anybody may join.
fn open_stage() -> Stage {
    let mut stage = Stage::new();
    for short in ["space", "3"] {
        set_door(
            &mut stage,
            &room(short),
            &json!({"join_rule": OPEN, "note": short}),
        );
    }
    // The moment in which the estate was founded is no raid.
    stage.play("+2m");
    stage
}

fn set_door(stage: &mut Stage, room: &RoomId, content: &Value) {
    let by = account("经理");
    let at = stage.server.events.len();
    stage
        .server
        .put(room, &by, "m.room.join_rules", content.clone());
    stage.server.events[at].value["state_key"] = json!("");
}

fn flood(stage: &mut Stage, count: usize) {
    for n in 0..count {
        let user = estate::user(&format!("raider{n}"));
        stage.server.join(&room("3"), &user, &format!("raider {n}"));
    }
    stage.play("+1s");
}

#[test]
fn a_burst_of_joins_silences_the_rooms_and_an_hour_later_all_is_as_before() {
    let mut stage = open_stage();
    let before = (
        levels(&stage, "3"),
        door(&stage, "3"),
        door(&stage, "space"),
    );
    flood(&mut stage, 200);
    assert_eq!(levels(&stage, "3")["events_default"], json!(50));
    assert_eq!(door(&stage, "3"), json!({"join_rule": "invite"}));
    assert!(!stage.server.may_post(&room("1"), &account("周伟")));
    insta::assert_snapshot!(stage.show("1 3 staff"), @r"
    == 1
    linli: 🛡 短时间内进来的人太多，群里暂停发言，到 03-02 09:02 自动恢复。有急事请私信物业或我。
    == 3
    linli: 🛡 短时间内进来的人太多，群里暂停发言，到 03-02 09:02 自动恢复。有急事请私信物业或我。
    == staff
    linli!: 🛡 短时间内进来了 20 个人，已自动开启防护：居民暂停发言，只许邀请进群。没事的话请发 !防护 关。
    ");
    stage.play("+59m");
    assert!(!stage.server.may_post(&room("3"), &account("王芳")));
    stage.play("+2m");
    let after = (
        levels(&stage, "3"),
        door(&stage, "3"),
        door(&stage, "space"),
    );
    assert_eq!(after, before);
    assert!(stage.server.may_post(&room("3"), &account("王芳")));
}

#[test]
fn neighbours_who_come_one_by_one_are_no_raid() {
    let mut stage = open_stage();
    for _ in 0..3 {
        flood(&mut stage, 19);
        stage.play("+2m");
    }
    assert!(stage.server.may_post(&room("3"), &account("王芳")));
}

#[test]
fn moderators_begin_and_end_it() {
    let mut stage = open_stage();
    let before = levels(&stage, "3");
    stage.play("王芳@3: !raid on\n管理员@staff: !防护 开 3小时\n管理员@staff: !raid");
    assert_eq!(levels(&stage, "3")["events_default"], json!(50));
    // What a client wrote without having seen it does not open the room; a mute and its end work meanwhile.
    stage.play("管理员@staff: !mute @liming:hexie.test 30m\n+31m");
    stage.play("管理员@staff: !防护 关\n管理员@staff: !raid off");
    assert_eq!(levels(&stage, "3"), before);
    insta::assert_snapshot!(stage.show("3 staff"), @r"
    == 3
    王芳: !raid on
    linli: 3-2-501 王芳，这个命令只有管理员能用。
    linli: 🛡 管理员让群里先静一静：暂停发言，到 03-02 11:02 自动恢复。有急事请私信物业或我。
    == staff
    管理员: !防护 开 3小时
    linli: 🛡 防护已开启：居民暂停发言，只许邀请进群。结束请发 !防护 关。
    管理员: !raid
    linli: 防护正开着。结束请发 !防护 关。
    管理员: !mute @liming:hexie.test 30m
    linli: 🛡 #1 3-1-302 李明 · 禁言 30分钟（到 03-02 08:32） · 原因：未写明 · 管理员老周 · 03-02 08:02
        撤销：!撤销 1
    管理员: !防护 关
    linli!: 🛡 防护结束，一切恢复原样。
    linli: ✔ 防护已结束，一切恢复原样。
    管理员: !raid off
    linli: 防护没有开。开启请发 !防护 开（可以加时间，例如 !防护 开 3小时）。
    ");
}
