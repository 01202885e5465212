//! One fault, many voices: who reports what is open already follows it, and no voice is lost.

use insta::assert_snapshot;

use super::script::{Stage, told};
use crate::fake::estate;

const LIFT: &str = "A = 王芳@3: #报修 电梯坏了";

#[test]
fn who_reports_the_same_follows_and_hears_every_step() {
    let script = "王芳@3 enters as 3-1-502 王芳
        A = 王芳@3: #报修 电梯坏了
        B = 李明@3: #报修 电梯又停了
        张师傅@staff taps 🙋 on #1
        张师傅@staff: !eta 1 今天下午
        张师傅@staff taps ✅ on #1
        王芳@3 taps 👍 on #1
        李明@3: !ticket 1";
    assert_snapshot!(told("", script, "3 staff"), @"
    == 3
    王芳: #报修 电梯坏了
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼 · 电梯
        🧭 电梯 · 紧急 · 公共部位 · 反复出现
        📝 电梯坏了
        👤 3-1-502 王芳
        ➕ 还有 1 位邻居跟进
        🛠 张师傅
        👉 已办结，谢谢大家。
        [❌👍🔁]
    linli!: 3-1-502 王芳，工单 #1 是哪个单元？点一下数字，或者回复这条消息。
        1️⃣ 3号楼1单元
        2️⃣ 3号楼2单元
        [1️⃣2️⃣]
    李明: #报修 电梯又停了
    linli: 3-1-302 李明，这件事已经有人报过：工单 #1（3号楼 · 电梯，待接单）。您的也记上了，有进展一起告诉您。不是同一件事，请点 🆕。
        [🆕]
    linli!: 3-1-502 王芳和另外 1 位邻居，工单 #1 由张师傅接单了，请留意消息。
    linli!: 3-1-502 王芳和另外 1 位邻居，工单 #1 预计 3月2日 12:00–18:00来办。
    linli!: 3-1-502 王芳和另外 1 位邻居，张师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    linli: 工单 #1 已办结，谢谢您的确认。这次办得怎么样？在这条消息上点 1️⃣（差）到 5️⃣（好），也可以回复说一句。
        [1️⃣2️⃣3️⃣4️⃣5️⃣]
    李明: !ticket 1
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼 · 电梯
        🧭 电梯 · 紧急 · 公共部位 · 反复出现
        📝 电梯坏了
        👤 3-1-502 王芳
        ➕ 还有 1 位邻居跟进
        🛠 张师傅
        👉 已办结，谢谢大家。
        03-02 08:00 3-1-502 王芳：报修
        03-02 08:00 3-1-302 李明：也报了：#报修 电梯又停了
        03-02 08:00 张师傅：接单
        03-02 08:00 张师傅：说了预计时间（今天下午）
        03-02 08:00 张师傅：办好
        03-02 08:00 3-1-502 王芳：确认办结
    == staff
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼 · 电梯
        🧭 电梯 · P1 紧急 · 公共部位 · 反复出现
        📝 电梯坏了
        👤 3-1-502 王芳
        ➕ 还有 1 位邻居跟进
        🛠 张师傅
        👉 已办结，谢谢大家。
        [🙋🚗🔧✅]
    linli!: 张师傅，工单 #1 归你了（3号楼 · 电梯）。办好后在卡片上点 ✅。
    张师傅: !eta 1 今天下午
    linli!: 👍 3-1-502 王芳确认工单 #1 办结，辛苦了。
    ");
}

#[test]
fn other_stairwells_floors_places_and_flats_are_other_faults() {
    let script = "B = 李明@3: #报修 电梯坏了
        李明@3: #报修 2单元3楼楼道灯不亮
        王芳@3: #报修 2单元5楼楼道灯不亮
        王芳@3: #报修 我家电梯厅的灯不亮
        李明@3: #报修 水龙头漏水
        王芳@3: #报修 水龙头漏水
        Smith@2: #报修 2单元电梯坏了
        前台@staff: #报修 3号楼2单元电梯坏了
        前台@staff: #报修 3号楼2单元电梯又坏了
        王芳@3: #报修 2单元电梯坏了，请保密
        前台@staff: !待办";
    assert_snapshot!(told(LIFT, script, "staff").lines().rev().take(13).collect::<Vec<_>>().join("\n"), @"
        🧾 工单 #11 · 报修 · 待接单 3号楼2单元 2单元电梯坏了，请保密（0 分钟）
        🧾 工单 #10 · 报修 · 待接单 3号楼2单元电梯又坏了（0 分钟）
        🧾 工单 #9 · 报修 · 待接单 3号楼2单元电梯坏了（0 分钟）
        🧾 工单 #8 · 报修 · 待接单 2号楼2单元 2单元电梯坏了（0 分钟）
        🧾 工单 #7 · 报修 · 待接单 3号楼2单元501室 水龙头漏水（0 分钟）
        🧾 工单 #6 · 报修 · 待接单 3号楼1单元302室 水龙头漏水（0 分钟）
        🧾 工单 #5 · 报修 · 待接单 3号楼2单元501室 我家电梯厅的灯不亮（0 分钟）
        🧾 工单 #4 · 报修 · 待接单 3号楼2单元5楼 2单元5楼楼道灯不亮（0 分钟）
        🧾 工单 #3 · 报修 · 待接单 3号楼2单元3楼 2单元3楼楼道灯不亮（0 分钟）
        🧾 工单 #2 · 报修 · 待接单 3号楼 电梯坏了（0 分钟）
        🧾 工单 #1 · 报修 · 待接单 3号楼 电梯坏了（0 分钟）
    linli: 未办工单 11 张：
    前台: !待办
    ");
}

#[test]
fn it_is_something_else_and_becomes_a_ticket_of_its_own() {
    let script = "B = 李明@3: #报修 2单元电梯坏了
        李明@3 taps 🆕 on B
        C = 王芳@3: #报修 电梯又坏了";
    let mut stage = Stage::new();
    stage.play(LIFT).play(script).call("answer", "3");
    stage.play("王芳@3 taps 🆕 on answer\n前台@staff: !待办");
    assert_snapshot!(stage.show("3 staff"), @"
    == 3
    王芳: #报修 电梯坏了
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼 · 电梯
        🧭 电梯 · 紧急 · 公共部位 · 反复出现
        📝 电梯坏了
        👤 3-2-501 王芳
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 3-2-501 王芳，工单 #1 是哪个单元？点一下数字，或者回复这条消息。
        1️⃣ 3号楼1单元
        2️⃣ 3号楼2单元
        [1️⃣2️⃣]
    李明: #报修 2单元电梯坏了
    linli: 3-1-302 李明，这件事已经有人报过：工单 #1（3号楼 · 电梯，待接单）。您的也记上了，有进展一起告诉您。不是同一件事，请点 🆕。
        [🆕]
    linli: 🧾 工单 #2 · 报修 · 待接单
        📍 3号楼2单元 · 电梯
        🧭 电梯 · 紧急 · 公共部位
        📝 2单元电梯坏了
        👤 3-1-302 李明
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    王芳: #报修 电梯又坏了
    linli: 3-2-501 王芳，您报过的工单 #1（3号楼 · 电梯）还在办，现在是“待接单”。这句也记上了。不是同一件事，请点 🆕。
        [🆕]
    linli: 🧾 工单 #3 · 报修 · 待接单
        📍 3号楼 · 电梯
        🧭 电梯 · 紧急 · 公共部位 · 反复出现
        📝 电梯又坏了
        👤 3-2-501 王芳
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 3-2-501 王芳，工单 #3 是哪个单元？点一下数字，或者回复这条消息。
        1️⃣ 3号楼1单元
        2️⃣ 3号楼2单元
        [1️⃣2️⃣]
    == staff
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼 · 电梯
        🧭 电梯 · P1 紧急 · 公共部位 · 反复出现
        📝 电梯坏了
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        [🙋]
    linli: 🧾 工单 #2 · 报修 · 待接单
        📍 3号楼2单元 · 电梯
        🧭 电梯 · P1 紧急 · 公共部位
        📝 2单元电梯坏了
        👤 3-1-302 李明
        👉 点 🙋 接单。
        [🙋]
    linli: 🧾 工单 #3 · 报修 · 待接单
        📍 3号楼 · 电梯
        🧭 电梯 · P1 紧急 · 公共部位 · 反复出现
        📝 电梯又坏了
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        [🙋]
    前台: !待办
    linli: 未办工单 3 张：
        🧾 工单 #1 · 报修 · 待接单 3号楼 电梯坏了（0 分钟）
        🧾 工单 #2 · 报修 · 待接单 3号楼2单元 2单元电梯坏了（0 分钟）
        🧾 工单 #3 · 报修 · 待接单 3号楼 电梯又坏了（0 分钟）
    ");
}

#[test]
fn neighbours_tap_what_they_like_on_what_others_have_said() {
    let script = "B = 李明@3: #报修 2单元电梯坏了
        王芳@3 taps 🆕 on B
        李明@3 taps ❌ on B
        李明@3 taps 🆕 on A
        前台@staff: !待办";
    let shown = told(LIFT, script, "staff");
    assert!(
        shown.contains("未办工单 1 张") && shown.contains("➕ 还有 1 位"),
        "{shown}"
    );
}

#[test]
fn a_tap_follows_and_taking_it_back_ends_that() {
    let mut stage = Stage::new();
    stage
        .play(LIFT)
        .play("李明@3 taps ➕ on #1\n周伟@1 enters\n张师傅@staff taps 🙋 on #1");
    assert_snapshot!(stage.show("3"), @"
    == 3
    王芳: #报修 电梯坏了
    linli: 🧾 工单 #1 · 报修 · 已接单
        📍 3号楼 · 电梯
        🧭 电梯 · 紧急 · 公共部位
        📝 电梯坏了
        👤 3-2-501 王芳
        ➕ 还有 1 位邻居跟进
        🛠 张师傅
        👉 有进展就告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 3-2-501 王芳，工单 #1 是哪个单元？点一下数字，或者回复这条消息。
        1️⃣ 3号楼1单元
        2️⃣ 3号楼2单元
        [1️⃣2️⃣]
    linli!: 3-2-501 王芳和另外 1 位邻居，工单 #1 由张师傅接单了，请留意消息。
    ");
    stage.play("李明@3 untaps ➕ on #1\n王芳@3 taps ➕ on #1\n张师傅@staff taps 🔧 on #1");
    let shown = stage.show("3");
    assert!(
        !shown.contains("➕ 还有")
            && shown.ends_with("linli!: 3-2-501 王芳，张师傅开始处理工单 #1 了。"),
        "{shown}"
    );
}

#[test]
fn who_takes_it_back_leaves_it_to_the_next() {
    for act in [
        "王芳@3 redacts A",
        "王芳@3 taps ❌ on #1",
        "王芳@3: !cancel 1",
    ] {
        let script = format!(
            "B = 李明@3: #报修 2单元电梯停在5楼\n{act}\n张师傅@staff taps 🙋 on #1\n李明@3 edits B: #报修 2单元电梯停在6楼\n李明@3 redacts B"
        );
        let mut stage = Stage::new();
        stage.play(LIFT).play(&script);
        let shown = stage.show("3 staff");
        assert!(
            shown.contains("linli!: 3-1-302 李明，工单 #1 原来的报修人不再跟进"),
            "{act}: {shown}"
        );
        assert!(
            shown.contains("linli!: 3-1-302 李明，工单 #1 由张师傅接单了"),
            "{act}: {shown}"
        );
        assert!(
            shown.contains("linli!: 张师傅，3-1-302 李明撤回了工单 #1 的报修，已取消。"),
            "{act}: {shown}"
        );
    }
}

#[test]
fn a_voice_that_is_changed_into_danger_or_something_else_is_a_ticket_of_its_own() {
    for text in ["#报修 2单元电梯里有人被困住了", "#报修 2单元门禁坏了"] {
        let script =
            format!("B = 李明@3: #报修 2单元电梯坏了\n李明@3 edits B: {text}\n前台@staff: !待办");
        let shown = told(LIFT, &script, "staff");
        assert!(shown.contains("未办工单 2 张"), "{shown}");
    }
    let script = "B = 李明@3: #报修 2单元电梯坏了\n李明@3 edits B: #报修 2单元电梯停了两天了\n李明@3: !ticket 1";
    let shown = told(LIFT, script, "3");
    assert!(
        shown.contains("也报了：#报修 2单元电梯停了两天了"),
        "{shown}"
    );
}

#[test]
fn of_what_is_taken_back_nothing_stays() {
    let script =
        "B = 李明@3: #报修 2单元电梯坏了，我是做保险的\n李明@3 redacts B\n李明@3: !ticket 1";
    let shown = told(LIFT, script, "3 staff");
    assert!(
        !shown.contains("保险") && !shown.contains("➕ 还有"),
        "{shown}"
    );
}

#[test]
fn a_picture_of_the_same_fault_is_on_its_ticket() {
    let script = "李明@3 shows: #报修 2单元电梯坏了\n李明@3 shows";
    let shown = told(LIFT, script, "3");
    assert!(shown.contains("📷 2 张照片"), "{shown}");
}

#[test]
fn the_same_danger_is_one_alarm_and_each_is_told_what_to_do() {
    let script = "B = 李明@3: #报修 2单元电梯里有人被困！
        李明@3: #报修 2单元电梯里着火了";
    let shown = told("A = 王芳@3: #报修 电梯里有人被困住了", script, "3 staff");
    assert_eq!(shown.matches("可能有人有危险").count(), 2, "{shown}");
    assert!(
        shown.contains("linli!: 3-1-302 李明 🆘 被困的人请不要扒门"),
        "{shown}"
    );
}

#[test]
fn thirty_neighbours_and_one_lift() {
    let mut stage = Stage::new();
    let room = estate::room("3");
    stage.play(LIFT);
    for n in 0..29 {
        let user = linli::domain::ids::UserId::from(format!("@neighbour{n}:hexie.test"));
        stage
            .server
            .join(&room, &user, &format!("3-2-{}01 邻居", n + 1));
        stage.server.say(
            &room,
            &user,
            [
                "#报修 电梯又坏了",
                "#紧急 电梯停了",
                "#报修 2单元电梯动不了",
            ][n % 3],
        );
        stage.play("+10s");
    }
    stage.play("张师傅@staff taps 🙋 on #1\n张师傅@staff taps ✅ on #1");
    let shown = stage.show("3");
    let lines: Vec<&str> = shown
        .lines()
        .filter(|line| line.starts_with("linli"))
        .collect();
    assert_snapshot!(lines.join("\n"), @"
    linli: 🧾 工单 #1 · 报修 · 待确认
    linli!: 3-2-501 王芳，工单 #1 是哪个单元？点一下数字，或者回复这条消息。
    linli: #报修 电梯又坏了
    linli: 3-2-101 邻居，这件事已经有人报过：工单 #1（3号楼 · 电梯，待接单）。您的也记上了，有进展一起告诉您。不是同一件事，请点 🆕。
    linli: #紧急 电梯停了
    linli: 3-2-201 邻居，这件事已经有人报过：工单 #1（3号楼 · 电梯，待接单）。您的也记上了，有进展一起告诉您。不是同一件事，请点 🆕。
    linli: #报修 2单元电梯动不了
    linli: 3-2-301 邻居，这件事已经有人报过：工单 #1（3号楼 · 电梯，待接单）。您的也记上了，有进展一起告诉您。不是同一件事，请点 🆕。
    linli: #报修 电梯又坏了
    linli: #紧急 电梯停了
    linli: #报修 2单元电梯动不了
    linli: #报修 电梯又坏了
    linli: #紧急 电梯停了
    linli: #报修 2单元电梯动不了
    linli: #报修 电梯又坏了
    linli: #紧急 电梯停了
    linli: #报修 2单元电梯动不了
    linli: #报修 电梯又坏了
    linli: #紧急 电梯停了
    linli: #报修 2单元电梯动不了
    linli: #报修 电梯又坏了
    linli: #紧急 电梯停了
    linli: #报修 2单元电梯动不了
    linli: #报修 电梯又坏了
    linli: #紧急 电梯停了
    linli: #报修 2单元电梯动不了
    linli: #报修 电梯又坏了
    linli: #紧急 电梯停了
    linli: #报修 2单元电梯动不了
    linli: #报修 电梯又坏了
    linli: #紧急 电梯停了
    linli: #报修 2单元电梯动不了
    linli: #报修 电梯又坏了
    linli: #紧急 电梯停了
    linli!: 3-2-501 王芳和另外 29 位邻居，工单 #1 由张师傅接单了，请留意消息。
    linli!: 3-2-501 王芳和另外 29 位邻居，张师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    ");
    assert!(shown.contains("➕ 还有 29 位邻居跟进"));
    let events = stage.server.rooms[&room].timeline.iter().rev();
    let last = events
        .map(|place| &stage.server.events[*place].original)
        .find(|content| {
            content["body"]
                .as_str()
                .is_some_and(|body| body.contains("办好了"))
        });
    assert_eq!(
        last.unwrap()["m.mentions"]["user_ids"]
            .as_array()
            .unwrap()
            .len(),
        30
    );
}

#[test]
fn not_mended_for_one_is_open_again_for_all() {
    let script = "李明@3: #报修 2单元电梯坏了
        周伟@1: #报修 电梯坏了
        前台@staff: !merge 2 1
        张师傅@staff taps 🙋 on #1
        张师傅@staff taps ✅ on #1
        冯磊@2: hallo
        李明@3 taps 🔁 on #1
        张师傅@staff taps ✅ on #1
        周伟@1 taps 🔁 on #2";
    let shown = told(LIFT, script, "1 3");
    assert!(
        shown.contains("3-2-501 王芳和另外 1 位邻居，一位邻居重新打开了工单 #1。"),
        "{shown}"
    );
    assert!(
        shown.contains("linli!: 1-1-201 周伟，一位邻居重新打开了工单 #1。"),
        "{shown}"
    );
}

#[test]
fn danger_that_was_told_twice_stays_when_one_of_the_two_is_changed() {
    let script = "B = 王芳@3: #报修 2单元电梯里还有人被困！
        王芳@3 edits A: #报修 2单元门禁坏了
        前台@staff: !待办";
    let shown = told("A = 王芳@3: #报修 2单元电梯里有人被困住了", script, "staff");
    assert!(shown.contains("未办工单 2 张"), "{shown}");
    assert_eq!(shown.matches("可能有人有危险").count(), 2, "{shown}");
}

#[test]
fn danger_is_told_again_once_somebody_goes() {
    let trapped = "A = 王芳@3: #报修 电梯里有人被困住了\n张师傅@staff taps 🙋 on #1";
    let shown = told(trapped, "李明@3: #报修 2单元电梯里有人被困！", "staff");
    assert!(shown.contains("被困！” 工单 #2（"), "{shown}");
}

#[test]
fn a_slip_of_the_pen_in_what_is_settled_opens_nothing() {
    let settled = "A = 王芳@3: #报修 电梯里有人被困住了
        B = 李明@3: #报修 2单元电梯里有人被困！
        张师傅@staff: !claim 1
        张师傅@staff: !done 1
        王芳@3 taps 👍 on #1";
    let script = "王芳@3 edits A: #报修 电梯里有人被困住了！！
        李明@3 edits B: #报修 2单元电梯里有人被困！！
        前台@staff: !待办";
    let shown = told(settled, script, "staff");
    assert!(shown.contains("现在没有未办的工单"), "{shown}");
}

#[test]
fn whoever_reported_it_too_may_answer_what_is_asked() {
    let script = "李明@3: #报修 2单元电梯坏了
        张师傅@staff: !claim 1
        张师傅@staff: !wait 1 停在几楼？
        李明@3 replies to #1: 五楼";
    let shown = told(LIFT, script, "staff");
    assert!(
        shown.contains("linli!: 张师傅，3-1-302 李明回复了工单 #1：五楼"),
        "{shown}"
    );
}

/// What building 3 reads of a script.
fn read(script: &str) -> String {
    let mut stage = Stage::new();
    stage.play(script);
    assert!(stage.robot.quarantined.is_empty());
    stage.show("3")
}

#[test]
fn what_is_sent_twice_is_one_ticket_unless_its_author_says_otherwise() {
    let cards = |shown: &str| shown.matches("🧾 工单 #").count();
    let shown = read(
        "王芳@3: #报修 厨房水管漏水
        王芳@3: #报修 厨房水管漏水
        李明@3: #报修 厨房水管漏水
        王芳@3: #报修 厨房水管漏水，还有卫生间",
    );
    assert_eq!(cards(&shown), 3, "{shown}");
    assert!(shown.contains("您报过的工单 #1"), "{shown}");
    let shown = read(
        "王芳@3: #报修 厨房水管漏水
        A = 王芳@3: #报修 厨房水管漏水
        王芳@3 taps 🆕 on A",
    );
    assert_eq!(cards(&shown), 2, "{shown}");
    // An hour later it may be leaking once more.
    let shown = read("王芳@3: #报修 厨房水管漏水\n+1h\n王芳@3: #报修 厨房水管漏水");
    assert_eq!(cards(&shown), 2, "{shown}");
}
