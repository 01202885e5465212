//! People in danger: what they read at once, and who is called until somebody goes.

use insta::assert_snapshot;
use linli::features;
use serde_json::json;

use super::script::{Stage, told};
use crate::fake::estate;

const TRAPPED: &str = "A = 王芳@3: #报修 电梯里有人被困住了";

#[test]
fn whoever_is_in_danger_is_told_what_to_do_and_staff_are_called_until_one_goes() {
    let script = "+2m
        +2m
        张师傅@staff taps 🙋 on #1
        +10m
        王芳@3: !ticket 1";
    assert_snapshot!(told(TRAPPED, script, "3 staff"), @"
    == 3
    王芳: #报修 电梯里有人被困住了
    linli!: 3-2-501 王芳 🆘 被困的人请不要扒门、不要往外爬，离门远一点，按警铃。电梯救援：119；有人不舒服：120。我正在喊物业的人。
    linli: 🧾 工单 #1 · 🆘 报修 · 已接单
        📍 3号楼 · 电梯
        🧭 电梯 · 危急 · 公共部位
        📝 电梯里有人被困住了
        👤 3-2-501 王芳
        🛠 张师傅
        👉 有进展就告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 3-2-501 王芳，工单 #1 由张师傅接单了，请留意消息。
    王芳: !ticket 1
    linli: 🧾 工单 #1 · 🆘 报修 · 已接单
        📍 3号楼 · 电梯
        🧭 电梯 · 危急 · 公共部位
        📝 电梯里有人被困住了
        👤 3-2-501 王芳
        🛠 张师傅
        👉 有进展就告诉您。要补充，请回复本卡片；不用了点 ❌。
        03-02 08:00 3-2-501 王芳：报修
        03-02 08:00 linli：没有这个工种的人值班
        03-02 08:00 linli：有人可能有危险，喊了物业的人
        03-02 08:02 linli：有人可能有危险，喊了物业的人
        03-02 08:04 linli：有人可能有危险，喊了物业的人
        03-02 08:04 张师傅：接单
        03-02 08:14 linli：提醒接单后没有动静
    == staff
    linli!: 🆘 林经理，前台小刘，王师傅，张师傅，可能有人有危险：“电梯里有人被困住了” 工单 #1（3号楼 · 电梯）。现在没有电梯值班，能去的都请去。谁去，请点 🙋。
        [🙋]
    linli: 🧾 工单 #1 · 🆘 报修 · 已接单
        📍 3号楼 · 电梯
        🧭 电梯 · P0 危急 · 公共部位
        📝 电梯里有人被困住了
        👤 3-2-501 王芳
        🛠 张师傅
        👉 出发点 🚗，开始处理点 🔧，办好点 ✅。照片请回复本卡片发。
        [🙋🚗🔧✅]
    linli!: 🆘 林经理，前台小刘，王师傅，张师傅，工单 #1（3号楼 · 电梯）过了 2 分钟还没有人接！“电梯里有人被困住了” 请点 🙋 马上去。
        [🙋]
    linli!: 🆘 林经理，前台小刘，王师傅，张师傅，工单 #1（3号楼 · 电梯）过了 4 分钟还没有人接！“电梯里有人被困住了” 请点 🙋 马上去。
        [🙋]
    linli!: 张师傅，工单 #1 归你了（3号楼 · 电梯）。办好后在卡片上点 ✅。
    linli!: ⏰ 张师傅，工单 #1（3号楼 · 电梯）可能有人有危险，接单10分钟了还没有动静。出发点 🚗，到了点 🔧。再过5分钟没有动静，就再喊人。
    ");
}

#[test]
fn at_night_nobody_waits_for_the_morning_and_no_place_is_waited_for() {
    assert_snapshot!(told("+19h", "Smith@2: #repair I smell gas in the hallway", "2 staff"), @"
    == 2
    Smith: #repair I smell gas in the hallway
    linli!: 2-2-901 Smith 🆘 If you smell gas: touch no switch, light nothing, do not telephone indoors. Shut the gas cock and open a window only if that is done in passing, go outside, and ring 119 from there. I am calling the staff.
    linli: 🧾 Ticket #1 · 🆘 repair · waiting for staff
        📍 Building 2 · hallway
        🧭 plumbing · danger · shared
        📝 I smell gas in the hallway
        👤 2-2-901 Smith
        👉 You hear as soon as somebody takes it. To add something, reply to this card; tap ❌ to cancel it.
        [❌]
    == staff
    linli!: 🆘 林经理，前台小刘，王师傅，张师傅，可能有人有危险：“I smell gas in the hallway” 工单 #1（2号楼 · hallway）。现在没有水暖值班，能去的都请去。谁去，请点 🙋。
        [🙋]
    linli: 🧾 工单 #1 · 🆘 报修 · 待接单
        📍 2号楼 · hallway
        🧭 水暖 · P0 危急 · 公共部位
        📝 I smell gas in the hallway
        👤 2-2-901 Smith
        👉 点 🙋 接单。
        [🙋]
    ");
}

#[test]
fn a_claim_taken_back_calls_again_and_what_is_no_danger_is_quiet() {
    let script = "王师傅@staff taps 🙋 on #1
        王师傅@staff untaps 🙋 on #1
        张师傅@staff: !urgent 1 P2
        +2m
        +15m";
    assert_snapshot!(told(TRAPPED, script, "staff"), @"
    == staff
    linli!: 🆘 林经理，前台小刘，王师傅，张师傅，可能有人有危险：“电梯里有人被困住了” 工单 #1（3号楼 · 电梯）。现在没有电梯值班，能去的都请去。谁去，请点 🙋。
        [🙋]
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼 · 电梯
        🧭 电梯 · P2 一般 · 公共部位
        📝 电梯里有人被困住了
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        [🙋🚗🔧✅]
    linli!: 王师傅，工单 #1 归你了（3号楼 · 电梯）。办好后在卡片上点 ✅。
    linli: 王师傅放下了工单 #1，请别的师傅点 🙋 接单。
    linli!: 🆘 林经理，前台小刘，王师傅，张师傅，可能有人有危险：“电梯里有人被困住了” 工单 #1（3号楼 · 电梯）。现在没有电梯值班，能去的都请去。谁去，请点 🙋。
        [🙋]
    张师傅: !urgent 1 P2
    linli: 🧾 工单 #1 · 报修 · 待接单
        🧭 电梯 · P2 一般 · 公共部位
    linli!: ⏰ 前台小刘，工单 #1 已等17分钟，还没人接（3号楼 · 电梯），已经超时。谁去，请点 🙋。
        [🙋]
    ");
}

#[test]
fn what_an_edit_or_staff_make_an_emergency_of_is_one_and_each_danger_is_told_once() {
    let script = "A = 王芳@3: #报修 楼道有怪味
        王芳@3 edits A: #报修 楼道有很浓的煤气味
        王芳@3 edits A: #报修 楼道有很浓的煤气味，快来
        王芳@3 edits A: #报修 楼道里冒烟着火了
        李明@3: #报修 门口的树歪了
        王师傅@staff: !urgent 2 P0";
    assert_snapshot!(told("", script, "3"), @"
    == 3
    王芳: #报修 楼道里冒烟着火了
    linli: 🧾 工单 #1 · 🆘 报修 · 待接单
        📍 3号楼 · 楼道
        🧭 安保 · 危急 · 公共部位
        📝 楼道里冒烟着火了
        👤 3-2-501 王芳
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 3-2-501 王芳，工单 #1 是哪个单元？点一下数字，或者回复这条消息。
        1️⃣ 3号楼1单元
        2️⃣ 3号楼2单元
        [1️⃣2️⃣]
    linli!: 3-2-501 王芳 🆘 闻到燃气味：不要开关电器和灯，不要点火，不要在屋里打电话。顺手能关阀、开窗就做，马上到室外，再拨打 119。我正在喊物业的人。
    linli!: 3-2-501 王芳 🆘 着火了先保命：马上离开，随手关门，走楼梯，不要坐电梯，拨打 119。不要回去拿东西。我正在喊物业的人。
    李明: #报修 门口的树歪了
    linli: 🧾 工单 #2 · 🆘 报修 · 待接单
        📍 3号楼
        🧭 绿化 · 危急 · 公共部位
        📝 门口的树歪了
        👤 3-1-302 李明
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 3-1-302 李明 🆘 有人有危险的话，先到安全的地方，再拨打：火警 119、急救 120、报警 110。我正在喊物业的人。
    ");
}

#[test]
fn who_is_on_duty_is_called_and_else_their_stand_in() {
    let called = |duty: &'static str| {
        let mut stage = Stage::on(estate::homeserver(), move || {
            let world = estate::world(features::ALL);
            estate::with_duty(world, "zhang", duty, "liu")
        });
        let shown = stage
            .play("Smith@2: #repair I smell gas in the hallway")
            .show("staff");
        let mut lines = shown.lines().filter(|line| line.contains("🆘"));
        lines.next().map(str::to_owned).unwrap()
    };
    assert_snapshot!(called("Mo-Fr 07:00-19:00"), @"
    linli!: 🆘 林经理，张师傅，可能有人有危险：“I smell gas in the hallway” 工单 #1（2号楼 · hallway）。谁去，请点 🙋。
    ");
    assert_snapshot!(called("Mo-Fr 09:00-19:00"), @"
    linli!: 🆘 林经理，前台小刘，可能有人有危险：“I smell gas in the hallway” 工单 #1（2号楼 · hallway）。谁去，请点 🙋。
    ");
}

#[test]
fn whom_to_ring_and_how_often_to_call_are_settings() {
    let settings = json!({"emergency": {"repeat_minutes": 0, "lift": "96333"}});
    let mut stage = Stage::on(estate::homeserver(), move || {
        estate::world_set(features::ALL, "tickets", &settings)
    });
    assert_snapshot!(stage.play(TRAPPED).play("+1h").show("3 staff"), @"
    == 3
    王芳: #报修 电梯里有人被困住了
    linli!: 3-2-501 王芳 🆘 被困的人请不要扒门、不要往外爬，离门远一点，按警铃。电梯救援：96333；有人不舒服：120。我正在喊物业的人。
    linli: 🧾 工单 #1 · 🆘 报修 · 待接单
        📍 3号楼 · 电梯
        🧭 电梯 · 危急 · 公共部位
        📝 电梯里有人被困住了
        👤 3-2-501 王芳
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    == staff
    linli!: 🆘 林经理，前台小刘，王师傅，张师傅，可能有人有危险：“电梯里有人被困住了” 工单 #1（3号楼 · 电梯）。现在没有电梯值班，能去的都请去。谁去，请点 🙋。
        [🙋]
    linli: 🧾 工单 #1 · 🆘 报修 · 待接单
        📍 3号楼 · 电梯
        🧭 电梯 · P0 危急 · 公共部位
        📝 电梯里有人被困住了
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        [🙋]
    ");
}

#[test]
fn staff_are_called_every_two_minutes_for_an_hour_and_then_once_an_hour() {
    let mut stage = Stage::new();
    stage.play(TRAPPED);
    let mut calls = Vec::new();
    for minute in 1..=300 {
        let before = stage.server.events.len();
        stage.play("+1m");
        if stage.server.events.len() > before {
            calls.push(minute);
        }
    }
    let mut expected: Vec<i32> = (1..30).map(|n| 2 * n).collect();
    expected.extend([118, 178, 238, 298]);
    assert_eq!(calls, expected);
}

#[test]
fn what_is_danger_again_is_called_for_again() {
    let script = "张师傅@staff: !urgent 1 P2
        +5m
        王师傅@staff: !urgent 1 P0";
    let shown = told(TRAPPED, script, "staff");
    assert_eq!(shown.matches("可能有人有危险").count(), 2, "{shown}");
}
