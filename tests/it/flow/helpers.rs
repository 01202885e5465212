//! Several hands on one ticket, and tickets that are given out by turns.

use insta::assert_snapshot;
use linli::features;
use serde_json::json;

use super::script::Stage;
use crate::fake::estate;

fn played(script: &str) -> Stage {
    let mut stage = Stage::new();
    stage.play(script);
    assert!(stage.robot.quarantined.is_empty());
    stage
}

fn by_turns(script: &str) -> Stage {
    let mut stage = Stage::on(estate::homeserver(), || {
        let settings = json!({"turns": ["plumbing", "electric"], "jobs_max": 2});
        estate::world_set(features::ALL, "tickets", &settings)
    });
    stage.play(script);
    assert!(stage.robot.quarantined.is_empty());
    stage
}

const CLAIMED: &str = "王芳@3: #报修 家里漏水\n王师傅@staff taps 🙋 on #1";

#[test]
fn who_helps_may_do_what_the_other_may() {
    let mut stage = played(CLAIMED);
    stage.play(
        "王芳@3 taps 🤝 on #1
        张师傅@staff taps 🤝 on #1
        张师傅@staff taps 🔧 on #1
        前台@staff: !我的
        张师傅@staff: !我的
        张师傅@staff taps ✅ on #1",
    );
    assert_snapshot!(stage.show("3 staff"), @"
    == 3
    王芳: #报修 家里漏水
    linli: 🧾 工单 #1 · 报修 · 待确认
        📍 3号楼2单元 · 家里
        🧭 水暖
        📝 家里漏水
        👤 3-2-501 王芳
        🛠 王师傅 🤝 张师傅
        👉 没问题请点 👍，没办好点 🔁。
        [❌👍🔁]
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    linli: 3-2-501 王芳，这一步由物业师傅来点，谢谢您的热心。
    linli!: 3-2-501 王芳，张师傅开始处理工单 #1 了。
    linli!: 3-2-501 王芳，张师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    == staff
    linli: 🧾 工单 #1 · 报修 · 待确认
        📍 3号楼2单元501室 · 家里
        🧭 水暖 · P2 一般
        📝 家里漏水
        👤 3-2-501 王芳
        🛠 王师傅 🤝 张师傅
        👉 已请报修人确认。
        [🙋🚗🔧✅❓📦]
    linli!: 王师傅，工单 #1 归你了（3号楼2单元501室 · 家里）。办好后在卡片上点 ✅。
    linli!: 🤝 王师傅，张师傅 来帮忙办工单 #1。
    前台: !我的
    linli: 没有找到您未办结的工单。要报修，请发“#报修 ”加上地点和情况。
    张师傅: !我的
    linli: 未办工单 1 张：
        🧾 工单 #1 · 报修 · 处理中 3号楼2单元501室 家里漏水 🛠 王师傅（0 分钟）
    ");
}

#[test]
fn the_helper_goes_on_where_the_other_leaves_and_leaves_by_the_same_tap() {
    let mut stage = played(CLAIMED);
    stage.play(
        "张师傅@staff taps 🤝 on #1\n王师傅@staff: !帮忙 1 @前台小刘\n张师傅@staff untaps 🤝 on #1",
    );
    assert!(stage.show("staff").contains("🛠 王师傅 🤝 前台小刘\n"));
    stage.play("王师傅@staff untaps 🙋 on #1");
    assert!(stage.show("staff").contains("🛠 前台小刘\n"));
    assert!(stage.show("3").contains("· 已接单"));
    stage.play("王师傅@staff: !join 1\n王师傅@staff: !leave 1\n前台@staff: !退单 1");
    assert!(stage.show("3").contains("· 待接单"));
}

#[test]
fn who_has_enough_already_helps_no_more_with_what_nobody_has() {
    let mut stage = by_turns(
        "王芳@3: #报修 家里水管漏水
        李明@3: #报修 家里水龙头滴水
        周伟@1: #报修 家里插座没电
        张师傅@staff taps 🤝 on #3",
    );
    assert!(stage.show("staff").contains("🛠 王师傅 🤝 张师傅\n"));
    stage.play("王师傅@staff: !退单 3");
    assert!(stage.show("1").contains("· 待接单"));
    stage.play("前台@staff taps 🙋 on #3");
    let shown = stage.show("staff");
    assert!(shown.contains("🛠 前台小刘\n"), "{shown}");
    // One touch is enough to help again.
    stage.play("张师傅@staff taps 🤝 on #3");
    let shown = stage.show("staff");
    assert!(shown.contains("🛠 前台小刘 🤝 张师傅\n"), "{shown}");
}

#[test]
fn who_helps_gives_up_their_own_part_alone() {
    let mut stage = played(CLAIMED);
    stage.play("张师傅@staff taps 🤝 on #1\n前台@staff taps 🤝 on #1\n张师傅@staff: !退单 1");
    let shown = stage.show("staff");
    assert!(shown.contains("🛠 王师傅 🤝 前台小刘\n"), "{shown}");
}

#[test]
fn nobody_helps_with_what_nobody_has_but_takes_it() {
    let stage = played(
        "王芳@3: #报修 家里漏水\n张师傅@staff taps 🤝 on #1\n王师傅@staff: !帮忙 7\n王芳@3: !帮忙 1",
    );
    assert!(stage.show("staff").contains("🛠 张师傅\n"));
    let free = played(
        "王芳@3: #报修 家里漏水\n王师傅@staff: !帮忙 1\n李明@3: #报修 家里停电\n王师傅@staff taps ✅ on #2",
    );
    assert_snapshot!(free.show("staff"), @"
    == staff
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元501室 · 家里
        🧭 水暖 · P2 一般
        📝 家里漏水
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        [🙋]
    王师傅: !帮忙 1
    linli: 王师傅，工单 #1 还没人接单，请先点 🙋。
    linli: 🧾 工单 #2 · 报修 · 待接单
        📍 3号楼1单元302室 · 家里
        🧭 电气 · P1 紧急
        📝 家里停电
        👤 3-1-302 李明
        👉 点 🙋 接单。
        [🙋]
    linli: 王师傅，工单 #2 还没人接单，请先点 🙋。
    ");
}

#[test]
fn tickets_go_round_and_the_clock_runs_until_somebody_moves() {
    let stage = by_turns(
        "王芳@3: #报修 家里水管漏水
        +16m
        张师傅@staff taps 🙋 on #1
        +60m",
    );
    assert_snapshot!(stage.show("3 staff"), @"
    == 3
    王芳: #报修 家里水管漏水
    linli: 🧾 工单 #1 · 报修 · 已接单
        📍 3号楼2单元 · 家里
        🧭 水暖
        📝 家里水管漏水
        👤 3-2-501 王芳
        🛠 张师傅
        👉 有进展就告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 3-2-501 王芳，工单 #1 现在由张师傅负责，请留意消息。
    == staff
    linli: 🧾 工单 #1 · 报修 · 已接单
        📍 3号楼2单元501室 · 家里
        🧭 水暖 · P2 一般
        📝 家里水管漏水
        👤 3-2-501 王芳
        🛠 张师傅
        👉 出发点 🚗，开始处理点 🔧，办好点 ✅。照片请回复本卡片发。
        [🙋🚗🔧✅]
    linli!: 张师傅，linli把工单 #1 派给你了（3号楼2单元501室 · 家里）。
    linli!: ⏰ 张师傅，工单 #1 已等16分钟，还没人接（3号楼2单元501室 · 家里），已经超时。谁去，请点 🙋。
        [🙋]
    ");
}

#[test]
fn in_danger_whoever_comes_first_has_it_whoever_was_given_it() {
    let mut stage = by_turns("王芳@3: #报修 家里水管漏水");
    stage.play("+1m\n前台@staff: !加急 1 P0");
    assert!(stage.show("staff").contains("🆘"));
    stage.play("王师傅@staff taps 🙋 on #1");
    assert!(stage.show("staff").contains("🛠 王师傅\n"));
    assert!(stage.show("staff").contains("王师傅，工单 #1 归你了"));
    assert!(stage.show("3").contains("工单 #1 由王师傅接单了"));
}

#[test]
fn nobody_is_given_more_than_they_may_have_or_what_is_another_trade_or_danger() {
    let stage = by_turns(
        "王芳@3: #报修 家里水管漏水
        李明@3: #报修 家里马桶堵了
        周伟@1: #报修 家里水龙头滴水
        吴敏@2: #报修 门锁坏了
        冯磊@2: #报修 水管爆了，配电箱在冒烟",
    );
    let shown = stage.show("staff");
    assert_eq!(shown.matches("🛠 张师傅").count(), 2, "{shown}");
    for head in ["#3 · 报修", "#4 · 报修", "#5 · 🆘 报修"] {
        let waits = format!("🧾 工单 {head} · 待接单");
        assert!(shown.contains(&waits), "{head}: {shown}");
    }
    let at_night = by_turns("+14h\n王芳@3: #报修 家里水管漏水");
    assert!(at_night.show("staff").contains("· 待接单"));
}
