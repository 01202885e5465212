//! What comes round: due by a schedule, ticked off step by step, missed or skipped in sight of all.

use linli::{
    domain::{
        ids::{DAY_MS, MINUTE_MS},
        input::Operator,
    },
    features,
    store::Store as _,
};
use serde_json::{Value, json};

use super::script::Stage;
use crate::fake::estate;

fn lifts() -> Value {
    json!({"rounds": [{
        "name": "电梯巡检",
        "when": "0 9 * * *",
        "trade": "plumbing",
        "steps": ["机房温度", "轿厢照明", "应急电话"],
        "within": "8h",
    }]})
}

/// A stage with this section for tickets, whose bot has just started; it is eight in the morning.
fn stage(section: Value) -> Stage {
    let mut stage = Stage::on(estate::homeserver(), move || {
        estate::world_set(features::ALL, "tickets", &section)
    });
    start(&mut stage);
    stage
}

fn start(stage: &mut Stage) {
    stage.robot.operator(Operator::Started(stage.server.now));
    stage.robot.settle_down(&mut stage.server);
}

#[test]
fn a_round_is_due_ticked_off_and_done() {
    let mut stage = stage(lifts());
    stage.play("+59m");
    assert_eq!(stage.show("staff"), "== staff");
    stage.play(
        "
        +2m
        李明@staff taps 1️⃣ on #1
        张师傅@staff taps 1️⃣ on #1
        张师傅@staff taps ✅ on #1
        张师傅@staff taps 3️⃣ on #1
        张师傅@staff untaps 3️⃣ on #1
        王师傅@staff: !勾 1 3
        王师傅@staff: !勾 1 9
        王师傅@staff taps 2️⃣ on #1
        王师傅@staff: !巡检
        王师傅@staff: !工单 1
        ",
    );
    insta::assert_snapshot!(stage.show("staff"), @"
    == staff
    linli: 🧾 工单 #1 · 巡检 · 已办结
        🧭 水暖 · P3 不急 · 公共部位
        📝 电梯巡检
        ⏳ 03-02 17:00 前完成
        ☑ 1️⃣ 机房温度（张师傅）
        ☑ 2️⃣ 轿厢照明（王师傅）
        ☑ 3️⃣ 应急电话（王师傅）
        🛠 张师傅
        👉 已办结，谢谢大家。
        [🙋1️⃣2️⃣3️⃣🚗🔧✅]
    linli!: 🔁 张师傅，电梯巡检 到时间了（工单 #1），请在 03-02 17:00 前做完。
    linli: 张师傅，工单 #1 还有没点的：2️⃣ 轿厢照明，3️⃣ 应急电话。做了就点对应的数字；这次不做，发 !跳过 1 原因。
    王师傅: !勾 1 3
    王师傅: !勾 1 9
    linli: 请写工单和第几项：!勾 12 3
    linli: ✓ 电梯巡检 完成（张师傅，工单 #1）。
    王师傅: !巡检
    linli: 🔁 巡检：
        电梯巡检 · 0 9 * * * · 3 项 · 下次 03-03 09:00 · 近来 ✓
    王师傅: !工单 1
    linli: 🧾 工单 #1 · 巡检 · 已办结
        🧭 水暖 · P3 不急 · 公共部位
        📝 电梯巡检
        ⏳ 03-02 17:00 前完成
        ☑ 1️⃣ 机房温度（张师傅）
        ☑ 2️⃣ 轿厢照明（王师傅）
        ☑ 3️⃣ 应急电话（王师傅）
        🛠 张师傅
        👉 已办结，谢谢大家。
        03-02 09:01 linli：报修
        03-02 09:01 张师傅：接单
        03-02 09:01 张师傅：查了一项（1 机房温度）
        03-02 09:01 张师傅：查了一项（3 应急电话）
        03-02 09:01 王师傅：查了一项（3 应急电话）
        03-02 09:01 王师傅：查了一项（2 轿厢照明）
        03-02 09:01 张师傅：办好
        03-02 09:01 linli：确认办结
    ");
}

#[test]
fn what_nobody_does_is_missed_and_what_is_not_done_is_skipped() {
    let mut stage = stage(lifts());
    stage.play("+2h\n+4h\n+4h");
    insta::assert_snapshot!(stage.show("staff"), @"
    == staff
    linli: 🧾 工单 #1 · 巡检 · 漏检
        🧭 水暖 · P3 不急 · 公共部位
        📝 电梯巡检
        ⏳ 03-02 17:00 前完成
        ☐ 1️⃣ 机房温度
        ☐ 2️⃣ 轿厢照明
        ☐ 3️⃣ 应急电话
        👉 时间过了，没有做完。
        [🙋1️⃣2️⃣3️⃣]
    linli!: 🔁 张师傅，电梯巡检 到时间了（工单 #1），请在 03-02 17:00 前做完。
    linli!: ⏰ 张师傅，电梯巡检（工单 #1）还没做完，03-02 17:00 截止。
    linli!: ✗ 林经理，电梯巡检（工单 #1）到 03-02 17:00 没有做完，记为漏检。
    ");
    stage.play(
        "
        +16h
        张师傅@staff: !跳过 2
        张师傅@staff: !跳过 2 电梯公司今天来
        +24h
        张师傅@staff taps 1️⃣ on #3
        张师傅@staff taps 2️⃣ on #3
        张师傅@staff taps 3️⃣ on #3
        前台@staff: !rounds
        ",
    );
    let shown = stage.show("staff");
    let list = shown.rsplit("前台: !rounds").next().expect("a list");
    insta::assert_snapshot!(list, @"
    linli: 🔁 巡检：
        电梯巡检 · 0 9 * * * · 3 项 · 下次 03-05 09:00 · 近来 ✗⏭✓
    ");
}

#[test]
fn a_photo_may_be_needed_too() {
    let mut section = lifts();
    section["rounds"][0]["steps"] = json!(["机房温度"]);
    section["rounds"][0]["photo"] = json!(true);
    let mut stage = stage(section);
    stage.play(
        "
        +61m
        张师傅@staff taps 1️⃣ on #1
        ",
    );
    assert!(stage.show("staff").contains("处理中") || stage.show("staff").contains("已接单"));
    stage.play("张师傅@staff shows");
    let shown = stage.show("staff");
    assert!(shown.contains("✓ 电梯巡检 完成（张师傅"), "{shown}");
}

#[test]
fn rounds_are_typed_and_taken_away() {
    let mut stage = stage(lifts());
    stage.play(
        "
        王师傅@staff: !巡检 每天 8:30 门岗检查
        前台@staff: !巡检
        前台@staff: !巡检 明天 门岗
        前台@staff: !巡检 每天 8:30 门岗检查：门禁、道闸
        前台@staff: !巡检 删除 电梯巡检
        +31m
        前台@staff: !巡检 删除 门岗检查
        前台@staff: !巡检 删除 门岗检查
        +24h
        王芳@3: !巡检
        ",
    );
    let shown = stage.show("staff 3");
    assert_eq!(shown.matches("门岗检查 到时间了").count(), 1, "{shown}");
    insta::assert_snapshot!(shown, @"
    == staff
    王师傅: !巡检 每天 8:30 门岗检查
    linli: 巡检由前台和经理设置；发 !巡检 可以看。
    前台: !巡检
    linli: 🔁 巡检：
        电梯巡检 · 0 9 * * * · 3 项 · 下次 03-02 09:00 · 近来 —
    前台: !巡检 明天 门岗
    linli: 写多久一次、叫什么、查哪些：!巡检 每周一 9点 电梯巡检：机房温度、轿厢照明、应急电话（最多 9 项）。删除：!巡检 删除 电梯巡检
    前台: !巡检 每天 8:30 门岗检查：门禁、道闸
    linli: 记下了：门岗检查 · 每天 8:30 · 2 项 · 下次 03-02 08:30 · 近来 —
    前台: !巡检 删除 电梯巡检
    linli: “电梯巡检”写在配置文件里，要改请找管理员。
    linli: 🧾 工单 #1 · 巡检 · 漏检
        🧭 安保 · P3 不急 · 公共部位
        📝 门岗检查
        ⏳ 03-03 08:30 前完成
        ☐ 1️⃣ 门禁
        ☐ 2️⃣ 道闸
        👉 时间过了，没有做完。
        [🙋1️⃣2️⃣]
    linli!: 🔁 前台小刘，门岗检查 到时间了（工单 #1），请在 03-03 08:30 前做完。
    前台: !巡检 删除 门岗检查
    linli: 不再做“门岗检查”了。已经开的工单照常。
    前台: !巡检 删除 门岗检查
    linli: 没有叫“门岗检查”的巡检。
    linli!: ⏰ 前台小刘，门岗检查（工单 #1）还没做完，03-03 08:30 截止。
    linli!: ✗ 林经理，电梯巡检（03-02 09:00）没有开单：我当时不在线，记为漏检。
    linli!: ✗ 林经理，门岗检查（工单 #1）到 03-03 08:30 没有做完，记为漏检。
    == 3
    王芳: !巡检
    linli: 3-2-501 王芳，这个命令只有物业能用。
    ");
}

#[test]
fn a_night_of_sleep_tells_of_each_time_once() {
    let mut stage = stage(lifts());
    stage.server.weather.outage = true;
    // The process is down for three days.
    stage.server.pass(73 * 60 * MINUTE_MS);
    stage.server.weather.outage = false;
    stage.robot.clock = stage.server.now;
    stage.robot.crash();
    start(&mut stage);
    stage.play("前台@staff: !巡检");
    let shown = stage.show("staff");
    assert_eq!(shown.matches("电梯巡检 到时间了").count(), 1, "{shown}");
    assert!(shown.contains("✗✗✗"), "{shown}");
    assert_eq!(shown.matches("没有开单").count(), 1, "{shown}");
}

#[test]
fn rounds_are_not_counted_as_reports() {
    let mut stage = stage(lifts());
    stage.play("+2h\n+8h\n经理@staff: !统计");
    let shown = stage.show("staff");
    assert!(!shown.contains("新报 1"), "{shown}");
}

#[test]
fn a_schedule_that_cannot_be_read_is_a_fault_with_its_key() {
    let fault = |section: Value| {
        let tickets = features::ALL
            .iter()
            .find(|feature| feature.name == "tickets");
        let configured = (tickets.expect("tickets").configure)(&section);
        configured
            .err()
            .map(|fault| format!("{}: {}", fault.key, fault.why))
    };
    assert_eq!(fault(lifts()), None);
    let mut wrong = lifts();
    wrong["rounds"][0]["when"] = json!("每周一");
    let told = fault(wrong).expect("a fault");
    assert!(told.starts_with("rounds[0].when: \"每周一\""), "{told}");
    let mut twice = lifts();
    let first = twice["rounds"][0].clone();
    twice["rounds"].as_array_mut().expect("a list").push(first);
    let told = fault(twice).expect("a fault");
    assert!(told.starts_with("rounds[1].name: "), "{told}");
}

#[test]
fn a_round_that_comes_often_ends_when_the_next_begins() {
    let mut stage = stage(json!({}));
    stage.play(
        "
        前台@staff: !巡检 * * * * * 每分钟
        前台@staff: !巡检 每2小时 巡逻
        +2h
        +2h
        +2h
        ",
    );
    let shown = stage.show("staff");
    assert!(shown.contains("太密了"), "{shown}");
    assert_eq!(shown.matches("巡逻 到时间了").count(), 3, "{shown}");
    assert_eq!(shown.matches("记为漏检").count(), 2, "{shown}");
}

#[test]
fn a_missed_round_is_opened_again_with_time_of_its_own() {
    let mut stage = stage(lifts());
    stage.play(
        "
        +2h
        +8h
        经理@staff: !重开 1
        张师傅@staff taps 1️⃣ on #1
        张师傅@staff taps 2️⃣ on #1
        张师傅@staff taps 3️⃣ on #1
        前台@staff: !巡检
        ",
    );
    let shown = stage.show("staff");
    assert!(shown.contains("🧾 工单 #1 · 巡检 · 已办结"), "{shown}");
    assert!(shown.contains("近来 ✓"), "{shown}");
}

#[test]
fn a_start_before_what_was_slept_through_is_told_plans_nothing_beside_it() {
    let mut section = lifts();
    section["rounds"][0]["when"] = json!("0 */4 * * *");
    section["rounds"][0]["within"] = json!("2h");
    let mut stage = stage(section);
    for hours in [13, 6] {
        stage.server.pass(hours * 60 * MINUTE_MS);
        stage.robot.clock = stage.server.now;
        stage.robot.crash();
        stage.robot.operator(Operator::Started(stage.server.now));
        let later = stage.server.now.plus(DAY_MS);
        let due = stage.robot.kept.due(later, 100).expect("timers");
        let of_it = due
            .iter()
            .filter(|timer| timer.note.starts_with("round "))
            .count();
        assert_eq!(of_it, 1, "{due:?}");
    }
    stage.play("前台@staff: !巡检");
    let shown = stage.show("staff");
    assert_eq!(shown.matches("没有开单").count(), 1, "{shown}");
    assert!(shown.ends_with("近来 ✗✗✗✗"), "{shown}");
}

#[test]
fn a_round_that_was_left_out_for_a_time_comes_back() {
    let mut stage = stage(lifts());
    let with = |section: Value| move || estate::world_set(features::ALL, "tickets", &section);
    for (section, hours) in [(json!({}), 24), (lifts(), 2)] {
        stage.robot.serve_world(with(section));
        stage.robot.crash();
        start(&mut stage);
        stage.play(&format!("+{hours}h"));
    }
    stage.play("前台@staff: !巡检");
    let shown = stage.show("staff");
    assert_eq!(shown.matches("电梯巡检 到时间了").count(), 1, "{shown}");
    // Of what was due while nobody wanted it nothing is told.
    assert!(!shown.contains('✗'), "{shown}");
}

#[test]
fn a_round_follows_its_new_schedule_and_a_clock_that_was_set_back() {
    let mut stage = stage(lifts());
    let mut later = lifts();
    later["rounds"][0]["when"] = json!("30 10 * * *");
    stage
        .robot
        .serve_world(move || estate::world_set(features::ALL, "tickets", &later));
    stage.robot.crash();
    start(&mut stage);
    stage.play("+2h");
    assert_eq!(stage.show("staff"), "== staff");
    stage.play("+1h");
    assert!(stage.show("staff").contains("电梯巡检 到时间了"));
    // An hour back, and it is due once more.
    stage.robot.clock = stage.server.now.plus(-60 * MINUTE_MS);
    stage.server.now = stage.robot.clock;
    stage.robot.crash();
    start(&mut stage);
    stage.play("+1h\n+1m");
    let shown = stage.show("staff");
    assert_eq!(shown.matches("电梯巡检 到时间了").count(), 1, "{shown}");
}
