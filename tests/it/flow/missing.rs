//! What a report leaves out is asked for once, with the answers to tap.

use insta::assert_snapshot;
use linli::features;
use serde_json::json;

use super::script::Stage;
use crate::fake::estate;

fn asked(report: &str) -> Stage {
    let mut stage = Stage::new();
    stage.play(report);
    let (_, rest) = report.split_once('@').expect("a room");
    let room = rest.split([':', ' ']).next().expect("a room").to_owned();
    stage.call("Q", &room);
    assert!(stage.robot.quarantined.is_empty());
    stage
}

#[test]
fn the_stairwell_of_a_corridor_is_one_tap_away() {
    let mut stage = asked("王芳@3: #报修 楼道灯不亮");
    stage.play("李明@3 taps 1️⃣ on Q\n王芳@3 taps 2️⃣ on Q");
    assert_snapshot!(stage.show("3"), @"
    == 3
    王芳: #报修 楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元 · 楼道
        🧭 电气 · 公共部位
        📝 楼道灯不亮
        👤 3-2-501 王芳
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 3-2-501 王芳，工单 #1 是哪个单元？点一下数字，或者回复这条消息。
        1️⃣ 3号楼1单元
        2️⃣ 3号楼2单元
        [1️⃣2️⃣]
    ");
    stage.play("王师傅@staff: !工单 1");
    assert!(
        stage.show("staff").contains("改了地址：3号楼2单元")
            || stage.show("staff").contains("3号楼2单元 · 楼道")
    );
}

#[test]
fn a_reply_says_it_too() {
    let mut stage = asked("王芳@3: #报修 楼道灯不亮");
    stage.play("王芳@3 replies to Q: 2单元");
    assert!(stage.show("staff").contains("📍 3号楼2单元 · 楼道"));
    let mut stage = asked("管理员@notice: #报修 家里漏水");
    stage.play("管理员@notice replies to Q: 3-2-501");
    assert!(stage.show("staff").contains("📍 3号楼2单元501室"));
}

#[test]
fn the_flat_is_asked_for_only_where_flats_are_shown() {
    let shown = json!({"public_address": "home"});
    let mut stage = Stage::on(estate::homeserver(), move || {
        estate::world_set(features::ALL, "tickets", &shown)
    });
    stage.play("吴敏@2: #报修 家里漏水").call("Q", "2");
    stage.play("吴敏@2 replies to Q: 501");
    assert_snapshot!(stage.show("2"), @"
    == 2
    吴敏: #报修 家里漏水
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 2号楼501室 · 家里
        🧭 水暖
        📝 家里漏水
        👤 wumin
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: wumin，工单 #1 是哪一户？请回复这条消息写门牌，例如 501。
    吴敏: 501
    ");
    let hidden = asked("吴敏@2: #报修 家里漏水");
    assert!(!hidden.show("2").contains("是哪一户"));
}

#[test]
fn nothing_is_asked_where_nothing_is_missing_or_in_danger_or_of_staff() {
    for report in [
        "王芳@3: #报修 家里漏水",
        "王芳@3: #报修 2单元楼道灯不亮",
        "管理员@notice: #报修 停电了，别公开",
        "王芳@3: #报修 电梯里困人了",
        "王芳@3: #投诉 楼道太吵",
        "王师傅@3: #报修 楼道灯不亮",
        "王芳@notice: #报修 小区大门坏了",
        "王芳@3: #报修 地下车库灯不亮",
    ] {
        let shown = asked(report).show("3 notice");
        assert!(
            !shown.contains("点一下数字") && !shown.contains("是哪一户"),
            "{report}\n{shown}"
        );
    }
}

#[test]
fn a_building_is_asked_for_where_the_room_is_everybodys() {
    let mut stage = asked("管理员@notice: #报修 停电了");
    stage.play("管理员@notice taps 2️⃣ on Q\n管理员@notice taps 3️⃣ on Q");
    assert_snapshot!(stage.show("notice"), @"
    == notice
    管理员: #报修 停电了
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼
        🧭 电气 · 紧急
        📝 停电了
        👤 管理员老周
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 管理员老周，工单 #1 是哪栋楼？点一下数字，或者回复这条消息。不耽误派人。
        1️⃣ 1号楼
        2️⃣ 2号楼
        3️⃣ 3号楼
        [1️⃣2️⃣3️⃣]
    ");
}
