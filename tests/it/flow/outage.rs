//! Outages: declared once, gathered by themselves, told to all homes concerned when they are over.

use insta::assert_snapshot;

use super::script::Stage;

fn played(script: &str) -> Stage {
    let mut stage = Stage::new();
    stage.play(script);
    assert!(stage.robot.quarantined.is_empty());
    stage
}

#[test]
fn a_burst_main_is_told_gathers_reports_and_is_over_for_all() {
    let mut stage = played(
        "李明@3: #报修 家里停水了
        周伟@1: #报修 厨房漏水
        前台@staff: !停水 3号楼、1号楼 水管爆裂抢修，预计今天下午6点恢复
        王芳@3: #报修 怎么停水了
        周伟@1: #报修 没水了
        +1h
        前台@staff: !预计 3 今晚8点
        前台@staff: !完成 3 换了一段管子",
    );
    assert_snapshot!(stage.show("3 1"), @"
    == 3
    李明: #报修 家里停水了
    linli: 🧾 工单 #1 · 报修 · 已合并
        📍 3号楼1单元 · 家里
        🧭 水暖 · 紧急
        📝 家里停水了
        👤 3-1-302 李明
        👉 和工单 #3 并在一起办。
        [❌]
    linli: ⚠️ 停水 · 3号楼、1号楼 · 工单 #3 · 已恢复
        📝 水管爆裂抢修，预计今天下午6点恢复
    linli!: 3-1-302 李明，工单 #1 和 #3 是同一件事，并在一起办，有进展照样告诉您。
    王芳: #报修 怎么停水了
    linli: 3-2-501 王芳，3号楼、1号楼停水已经知道了，工单 #3，好了告诉您。您说的是别的事，请点 🆕。
        [🆕]
    linli: 🕒 3号楼、1号楼停水，工单 #3：预计 3月2日 20:00。
    linli!: ✅ 3-1-302 李明和另外 1 位邻居：3号楼、1号楼停水结束了（换了一段管子），工单 #3。家里还没恢复的，请报修。
    == 1
    周伟: #报修 厨房漏水
    linli: 🧾 工单 #2 · 报修 · 待接单
        📍 1号楼1单元 · 厨房
        🧭 水暖
        📝 厨房漏水
        👤 1-1-201 周伟
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli: ⚠️ 停水 · 3号楼、1号楼 · 工单 #3 · 已恢复
        📝 水管爆裂抢修，预计今天下午6点恢复
    周伟: #报修 没水了
    linli: 1-1-201 周伟，3号楼、1号楼停水已经知道了，工单 #3，好了告诉您。您说的是别的事，请点 🆕。
        [🆕]
    linli: 🕒 3号楼、1号楼停水，工单 #3：预计 3月2日 20:00。
    linli!: ✅ 1-1-201 周伟：3号楼、1号楼停水结束了（换了一段管子），工单 #3。家里还没恢复的，请报修。
    ");
    assert_snapshot!(stage.show("staff"), @"
    == staff
    linli: 🧾 工单 #1 · 报修 · 已合并
        📍 3号楼1单元302室 · 家里
        🧭 水暖 · P1 紧急
        📝 家里停水了
        👤 3-1-302 李明
        👉 和工单 #3 并在一起办。
        [🙋]
    linli: 🧾 工单 #2 · 报修 · 待接单
        📍 1号楼1单元201室 · 厨房
        🧭 水暖 · P2 一般
        📝 厨房漏水
        👤 1-1-201 周伟
        👉 点 🙋 接单。
        [🙋]
    前台: !停水 3号楼、1号楼 水管爆裂抢修，预计今天下午6点恢复
    linli: 🧾 工单 #3 · 报修 · 待确认
        ⚠️ 停水 · 3号楼、1号楼
        🧭 水暖 · P1 紧急 · 公共部位
        📝 水管爆裂抢修，预计今天下午6点恢复
        👤 前台小刘
        ➕ 还有 3 位邻居跟进
        🛠 前台小刘
        👉 已办结，谢谢大家。
        [🚗🔧✅👍🔁]
    linli!: ⏰ 张师傅，工单 #2 已等1小时，还没人接（1号楼1单元201室 · 厨房），已经超时。谁去，请点 🙋。
        [🙋]
    前台: !预计 3 今晚8点
    前台: !完成 3 换了一段管子
    ");
    assert!(!stage.show("2").contains("停水"));
    // Two days later nobody reads of it once more.
    let before = stage.show("3 1 2 notice");
    stage.play("+50h");
    assert_eq!(
        stage.show("3 1 2 notice").lines().count(),
        before.lines().count()
    );
}

#[test]
fn what_is_something_else_stays_a_ticket_of_its_own() {
    let stage = played(
        "前台@staff: !停电 3号楼
        王芳@3: #报修 门锁没电了打不开门
        王芳@3: #报修 配电箱冒烟，停电了
        吴敏@2: #报修 家里停电了
        李明@3: #报修 停电了，别公开我房号
        李明@3: #报修 我家没电，邻居家有
        李明@3: 停电了吗大家",
    );
    let shown = stage.show("staff");
    let tickets = shown.matches("🧾 工单 #").count();
    assert_eq!(tickets, 5, "{shown}");
    assert!(shown.contains("➕ 还有 1 位邻居跟进"), "{shown}");
}

#[test]
fn nobody_guesses_whose_water_is_off() {
    for (command, rooms) in [
        ("前台@staff: !停水 3号楼水管爆了", "3"),
        ("前台@staff: !停水3号楼", "3"),
        ("前台@staff: !停水 9号楼", ""),
        ("前台@staff: !停水 水管爆了", ""),
        ("前台@3: !停水 水管爆了", "3"),
        ("前台@3: !停水 9号楼", ""),
        // The command is answered by its card, too.
        ("前台@3: !停水 1号楼水管爆了", "1 3"),
        ("前台@staff: !停水 全小区 检修", "1 2 3"),
    ] {
        let stage = played(command);
        let told = ["1", "2", "3"]
            .into_iter()
            .filter(|room| stage.show(room).contains("⚠️ 停水"));
        assert_eq!(told.collect::<Vec<_>>().join(" "), rooms, "{command}");
    }
}

#[test]
fn complaints_and_wishes_are_no_voices_of_an_outage() {
    let stage = played(
        "前台@staff: !停水 3号楼
        王芳@3: #投诉 又停水，从来不提前通知
        李明@3: #建议 停水前请通知
        李明@3: #缴费 还没水费单",
    );
    for no in [2, 3, 4] {
        assert!(stage.show("3").contains(&format!("🧾 工单 #{no} ·")));
    }
}

#[test]
fn neighbours_do_not_see_each_voice_and_read_why_it_is_not_ours() {
    let mut stage = played(
        "王芳@3: #报修 停电了
        前台@staff: !停电 3号楼
        李明@3: #报修 家里停电",
    );
    let edits = |stage: &Stage| {
        let room = crate::fake::estate::room("3");
        let timeline = stage.server.rooms[&room].timeline.iter();
        let events = timeline.map(|place| &stage.server.events[*place]);
        let edits = events.filter(|event| {
            let new = &event.original["m.new_content"]["body"];
            new.as_str().is_some_and(|body| body.starts_with('⚠'))
        });
        edits.count()
    };
    assert_eq!(edits(&stage), 0);
    stage.play("前台@staff: !不受理 2 供电公司检修\n前台@staff: !重开 2\n经理@staff: !重开 2");
    assert_eq!(edits(&stage), 2);
    let shown = stage.show("3");
    assert!(shown.contains("不归物业处理（供电公司检修）"), "{shown}");
    assert!(shown.contains("停电还没结束"), "{shown}");
}

#[test]
fn a_stairwell_is_not_the_whole_building_and_everywhere_is_every_building() {
    let stage = played(
        "前台@staff: !停梯 3号楼2单元 更换钢缆
        王芳@3: #报修 电梯停在2楼不动了
        李明@3: #报修 电梯不动了
        前台@staff: !outage internet all",
    );
    // Wang lives in the second stairwell, Li in the first.
    let shown = stage.show("3");
    assert!(
        shown.contains("王芳，3号楼2单元电梯停运已经知道了"),
        "{shown}"
    );
    assert!(shown.contains("工单 #2 · 报修"), "{shown}");
    for room in ["1", "2", "3"] {
        assert!(stage.show(room).contains("断网 · 全小区 · 工单 #3"));
    }
}

#[test]
fn one_that_was_none_lets_go_what_it_had_gathered() {
    let mut stage = played(
        "李明@3: #报修 家里停水了
        前台@staff: !停水 3号楼
        王芳@3: #报修 停水了
        前台@staff: !取消 2 看错了楼",
    );
    assert_snapshot!(stage.show("3"), @"
    == 3
    李明: #报修 家里停水了
    linli: 🧾 工单 #1 · 报修 · 重新打开
        📍 3号楼1单元 · 家里
        🧭 水暖 · 紧急
        📝 家里停水了
        👤 3-1-302 李明
        👉 有进展就告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli: ⚠️ 停水 · 3号楼 · 工单 #2 · 已取消
    linli!: 3-1-302 李明，工单 #1 和 #2 是同一件事，并在一起办，有进展照样告诉您。
    王芳: #报修 停水了
    linli: 3-2-501 王芳，3号楼停水已经知道了，工单 #2，好了告诉您。您说的是别的事，请点 🆕。
        [🆕]
    linli: ↩️ 3号楼停水是误报（看错了楼），工单 #2 作废。您那里有问题，请照样报。
    linli!: 3-1-302 李明，工单 #1 又单独办了，有进展告诉您。
    linli: 🧾 工单 #3 · 报修 · 待接单
        📍 3号楼2单元
        🧭 水暖 · 紧急
        📝 停水了
        👤 3-2-501 王芳
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    ");
    // So does one whose command is taken back.
    stage.play("A = 前台@staff: !停电 1\n周伟@1: #报修 家里停电了\n前台@staff redacts A");
    assert_snapshot!(stage.show("1"), @"
    == 1
    linli: ⚠️ 停电 · 1号楼 · 工单 #4 · 已取消
    周伟: #报修 家里停电了
    linli: 1-1-201 周伟，1号楼停电已经知道了，工单 #4，好了告诉您。您说的是别的事，请点 🆕。
        [🆕]
    linli: 🧾 工单 #5 · 报修 · 待接单
        📍 1号楼1单元 · 家里
        🧭 电气 · 紧急
        📝 家里停电了
        👤 1-1-201 周伟
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    ");
}

#[test]
fn it_is_not_over_after_all_and_its_followers_may_say_so() {
    let stage = played(
        "前台@3: !停水
        王芳@3: #报修 没水
        前台@staff: !完成 1
        李明@3 taps 🔁 on #1
        王芳@3 taps 🔁 on #1
        +1m
        前台@staff: !完成 1",
    );
    assert_snapshot!(stage.show("3"), @"
    == 3
    前台: !停水
    linli: ⚠️ 停水 · 3号楼 · 工单 #1 · 已恢复
    王芳: #报修 没水
    linli: 3-2-501 王芳，3号楼停水已经知道了，工单 #1，好了告诉您。您说的是别的事，请点 🆕。
        [🆕]
    linli!: ✅ 3-2-501 王芳：3号楼停水结束了，工单 #1。家里还没恢复的，请报修。
    linli: 3-1-302 李明，这一步请工单 #1 的报修人来点。
    linli: ⚠️ 3号楼停水还没结束，工单 #1。好了会告诉大家。
    linli!: ✅ 3-2-501 王芳：3号楼停水结束了，工单 #1。家里还没恢复的，请报修。
    ");
}

#[test]
fn what_cannot_be_meant_is_told() {
    let mut stage = played("前台@staff: !outage\n前台@staff: !停供 3号楼\n王芳@3: !停水 3号楼");
    stage.play("前台@staff: !停水 3 和 1 号楼\n前台@staff: !停水 3号楼\n前台@staff: !停水 3号楼");
    assert_snapshot!(stage.show("staff"), @"
    == staff
    前台: !outage
    linli: 停什么？哪里停？例如：!停水 3号楼、5号楼 抢修水管，预计18点。可以是：停水、停电、停气、停暖、断网、停梯；在楼栋群里不写地方就是这栋楼，全小区请写明。
    前台: !停供 3号楼
    linli: 停什么？哪里停？例如：!停水 3号楼、5号楼 抢修水管，预计18点。可以是：停水、停电、停气、停暖、断网、停梯；在楼栋群里不写地方就是这栋楼，全小区请写明。
    前台: !停水 3 和 1 号楼
    linli: 🧾 工单 #1 · 报修 · 已接单
        ⚠️ 停水 · 3号楼、1号楼
        🧭 水暖 · P1 紧急 · 公共部位
        👤 前台小刘
        🛠 前台小刘
        👉 出发点 🚗，开始处理点 🔧，办好点 ✅。要补充，请回复本卡片。
        [🚗🔧✅]
    前台: !停水 3号楼
    linli: 🧾 工单 #2 · 报修 · 已接单
        ⚠️ 停水 · 3号楼
        🧭 水暖 · P1 紧急 · 公共部位
        👤 前台小刘
        🛠 前台小刘
        👉 出发点 🚗，开始处理点 🔧，办好点 ✅。要补充，请回复本卡片。
        [🚗🔧✅]
    前台: !停水 3号楼
    linli: 已经通知过了：工单 #2。要改，点它的卡片，或者 !预计 2 …
    ");
    assert!(stage.show("3").contains("只有物业能用"));
}
