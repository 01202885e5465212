//! What follows when a ticket is finished: the stars, the review of few, and the question weeks later.

use insta::assert_snapshot;
use linli::features;
use serde_json::{Value, json};

use super::script::Stage;
use crate::fake::estate;

const DONE: &str = "A = 王芳@3: #报修 水龙头漏水
    王师傅@staff taps 🙋 on #1
    王师傅@staff taps ✅ on #1";

fn stage(settings: &Value, script: &str) -> Stage {
    let settings = settings.clone();
    let mut stage = Stage::on(estate::homeserver(), move || {
        estate::world_set(features::ALL, "tickets", &settings)
    });
    stage.play(DONE).play("王芳@3 taps 👍 on #1").call("Q", "3");
    stage.play(script);
    assert!(stage.robot.quarantined.is_empty());
    stage
}

fn finished(script: &str) -> Stage {
    stage(&json!({}), script)
}

/// What a room shows, but for what came before the question.
fn since(stage: &Stage, room: &str) -> String {
    let shown = stage.show(room);
    let lines: Vec<&str> = shown.lines().collect();
    let begins = |line: &&str| line.contains("已办完") || line.contains("确认工单");
    let at = lines.iter().position(begins).unwrap_or(0);
    lines[at..].join("\n")
}

#[test]
fn the_reporter_is_asked_once_and_reminded_once_without_a_ring() {
    let stage = finished("+23h\n+2h\n+100h");
    assert_snapshot!(since(&stage, "3"), @"
    == 3
    王芳: #报修 水龙头漏水
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼2单元
        🧭 水暖
        📝 水龙头漏水
        👤 3-2-501 王芳
        🛠 王师傅
        👉 已办结，谢谢大家。
        [❌👍🔁]
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    linli!: 3-2-501 王芳，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    linli: 工单 #1 已办结，谢谢您的确认。这次办得怎么样？在这条消息上点 1️⃣（差）到 5️⃣（好），也可以回复说一句。
        [1️⃣2️⃣3️⃣4️⃣5️⃣]
    linli: 3-2-501 王芳，工单 #1 办得怎么样？在上面那条消息上点一下 1️⃣ 到 5️⃣ 就好，不会再问了。
    ");
}

#[test]
fn nobody_is_reminded_at_night_or_after_an_answer() {
    let late = finished("+14h\n王芳@3 taps 4️⃣ on Q\n+100h");
    assert_snapshot!(since(&late, "3"), @"
    == 3
    王芳: #报修 水龙头漏水
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼2单元
        🧭 水暖
        📝 水龙头漏水
        👤 3-2-501 王芳
        🛠 王师傅
        ⭐ 4/5 分
        👉 已办结，谢谢大家。
        [❌👍🔁]
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    linli!: 3-2-501 王芳，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    linli: 工单 #1 已办结，谢谢您的确认。这次办得怎么样？在这条消息上点 1️⃣（差）到 5️⃣（好），也可以回复说一句。
        [1️⃣2️⃣3️⃣4️⃣5️⃣]
    ");
    let mut night = stage(&json!({"after": {"remind": "15h"}}), "+15h");
    assert!(!night.show("3").contains("不会再问"));
    night.play("+9h");
    assert!(night.show("3").contains("不会再问"));
}

#[test]
fn stars_are_given_changed_and_taken_back_by_the_reporter_alone() {
    let mut stage = finished(
        "李明@3 taps 1️⃣ on Q
        王师傅@3 taps 5️⃣ on Q
        王芳@3 taps 3️⃣ on Q",
    );
    assert!(stage.show("3").contains("⭐ 3/5"));
    stage.play("王芳@3 taps 5️⃣ on Q\n王芳@3 untaps 3️⃣ on Q");
    assert!(stage.show("3").contains("⭐ 5/5"));
    stage.play("王芳@3 untaps 5️⃣ on Q");
    assert!(!stage.show("3").contains('⭐'));
    // A slip of the finger leaves what stood before it.
    let slip = finished("王芳@3 taps 5️⃣ on Q\n王芳@3 taps 1️⃣ on Q\n王芳@3 untaps 1️⃣ on Q");
    assert!(slip.show("3").contains("⭐ 5/5"));
    stage.play("王芳@3: !工单 1");
    assert_snapshot!(since(&stage, "3"), @"
    == 3
    王芳: #报修 水龙头漏水
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼2单元
        🧭 水暖
        📝 水龙头漏水
        👤 3-2-501 王芳
        🛠 王师傅
        👉 已办结，谢谢大家。
        [❌👍🔁]
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    linli!: 3-2-501 王芳，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    linli: 工单 #1 已办结，谢谢您的确认。这次办得怎么样？在这条消息上点 1️⃣（差）到 5️⃣（好），也可以回复说一句。
        [1️⃣2️⃣3️⃣4️⃣5️⃣]
    王芳: !工单 1
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼2单元
        🧭 水暖
        📝 水龙头漏水
        👤 3-2-501 王芳
        🛠 王师傅
        👉 已办结，谢谢大家。
        03-02 08:00 3-2-501 王芳：报修
        03-02 08:00 王师傅：接单
        03-02 08:00 王师傅：办好
        03-02 08:00 3-2-501 王芳：确认办结
        03-02 08:00 3-2-501 王芳：打了 3 分
        03-02 08:00 3-2-501 王芳：打了 5 分
        03-02 08:00 3-2-501 王芳：收回评分
    ");
}

#[test]
fn a_reply_and_a_command_say_it_too() {
    for (act, stars) in [
        ("王芳@3 replies to Q: 4分，师傅很好", "⭐ 4/5"),
        ("王芳@3: !评价 1 5 很快", "⭐ 5/5"),
        ("王芳@3: !rate 1 4️⃣", "⭐ 4/5"),
        ("王芳@3 replies to Q: !评价 4 很快", "⭐ 4/5"),
        ("王芳@3 replies to Q: 满分", "⭐ 5/5"),
    ] {
        assert!(finished(act).show("3").contains(stars), "{act}");
    }
    for act in [
        "王芳@3 replies to Q: 3 more lamps are out",
        "王芳@3 replies to #1: 5",
        "李明@3 replies to Q: 1分",
        "李明@3: !评价 1 1",
        "王芳@3: !评价 1 9",
        "王芳@3: 谢谢",
    ] {
        assert!(!finished(act).show("3").contains('⭐'), "{act}");
    }
    assert_snapshot!(since(&finished("李明@3: !评价 1 1\n王芳@3: !评价 1 9"), "3"), @"
    == 3
    王芳: #报修 水龙头漏水
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼2单元
        🧭 水暖
        📝 水龙头漏水
        👤 3-2-501 王芳
        🛠 王师傅
        👉 已办结，谢谢大家。
        [❌👍🔁]
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    linli!: 3-2-501 王芳，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    linli: 工单 #1 已办结，谢谢您的确认。这次办得怎么样？在这条消息上点 1️⃣（差）到 5️⃣（好），也可以回复说一句。
        [1️⃣2️⃣3️⃣4️⃣5️⃣]
    李明: !评价 1 1
    linli: 工单 #1 只有报修人可以评价。
    王芳: !评价 1 9
    linli: 请写 1（差）到 5（好）的数字：!评价 1 5
    ");
}

#[test]
fn few_stars_are_looked_into_and_their_giver_hears_of_it() {
    let mut stage = finished("王芳@3 taps 2️⃣ on Q");
    stage.call("R", "staff").play(
        "王芳@3 replies to Q: 弄得一地水，也没擦
        王师傅@staff taps ✅ on R
        经理@staff: !已回访 1 上门道歉，地已擦干",
    );
    assert_snapshot!(since(&stage, "3"), @"
    == 3
    王芳: #报修 水龙头漏水
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼2单元
        🧭 水暖
        📝 水龙头漏水
        👤 3-2-501 王芳
        🛠 王师傅
        ⭐ 2/5 分
        👉 已办结，谢谢大家。
        [❌👍🔁]
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    linli!: 3-2-501 王芳，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    linli: 工单 #1 已办结，谢谢您的确认。这次办得怎么样？在这条消息上点 1️⃣（差）到 5️⃣（好），也可以回复说一句。
        [1️⃣2️⃣3️⃣4️⃣5️⃣]
    linli!: 3-2-501 王芳，谢谢您直说。经理会查工单 #1，查完告诉您。
    王芳: 弄得一地水，也没擦
    linli!: 3-2-501 王芳，您对工单 #1 的意见，林经理已经查过了（上门道歉，地已擦干）。
    ");
    assert_snapshot!(since(&stage, "staff"), @"
    linli!: 👍 3-2-501 王芳确认工单 #1 办结，辛苦了。
    linli: 🔎 工单 #1 2 分：林经理（上门道歉，地已擦干）已了解。
        [✅]
    linli: 🔎 3-2-501 王芳对工单 #1 又说：弄得一地水，也没擦
    经理: !已回访 1 上门道歉，地已擦干
    ");
    let mut tapped = finished("王芳@3: !评价 1 1 没修好");
    tapped.call("R", "staff");
    tapped.play("经理@staff taps ✅ on R\n经理@staff: !reviewed 1 again");
    assert_snapshot!(since(&tapped, "staff"), @"
    linli!: 👍 3-2-501 王芳确认工单 #1 办结，辛苦了。
    linli: 🔎 工单 #1 1 分：林经理已了解。
        [✅]
    linli: 🔎 3-2-501 王芳对工单 #1 又说：没修好
    经理: !reviewed 1 again
    linli: 工单 #1 没有要查的评价。
    ");
    let changed = finished("王芳@3 taps 1️⃣ on Q\n王芳@3 taps 4️⃣ on Q");
    assert_snapshot!(since(&changed, "staff"), @"
    linli!: 👍 3-2-501 王芳确认工单 #1 办结，辛苦了。
    linli: 🔎 工单 #1：评分已改，不用再查。
        [✅]
    ");
}

#[test]
fn what_staff_report_themselves_is_not_asked_about_and_nobody_is_where_that_is_not_wanted() {
    let mut stage = Stage::new();
    stage.play(
        "王师傅@3: #报修 楼道灯不亮\n王师傅@staff taps ✅ on #1\n王师傅@3 taps 👍 on #1\n+100h",
    );
    assert!(!stage.show("3").contains("1️⃣"));
    let off = self::stage(&json!({"after": {"rating": false}}), "+100h");
    assert!(!off.show("3").contains("1️⃣"));
}

#[test]
fn opened_again_it_is_asked_once_all_the_same() {
    let stage = finished(
        "王芳@3 taps 🔁 on #1
        +30h
        王师傅@staff taps ✅ on #1
        +60h
        +60h",
    );
    assert_snapshot!(since(&stage, "3"), @"
    == 3
    王芳: #报修 水龙头漏水
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼2单元
        🧭 水暖
        📝 水龙头漏水
        👤 3-2-501 王芳
        🛠 王师傅
        👉 已办结，谢谢大家。
        [❌👍🔁]
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    linli!: 3-2-501 王芳，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    linli: 工单 #1 已办结，谢谢您的确认。这次办得怎么样？在这条消息上点 1️⃣（差）到 5️⃣（好），也可以回复说一句。
        [1️⃣2️⃣3️⃣4️⃣5️⃣]
    linli: 工单 #1 重新打开了，马上请师傅再来看。
    linli!: 3-2-501 王芳，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    linli: 工单 #1 办好后没有新的消息，已自动办结。没办好请点卡片上的 🔁。
    ");
}

#[test]
fn weeks_later_chosen_matters_are_asked_after() {
    let settings = json!({"after": {"follow_up_trades": ["plumbing"], "rating": false}});
    let mut stage = stage(&settings, "+335h\n+10h");
    stage.call("F", "3");
    let mut again = stage.again();
    stage.play("李明@3 taps 👍 on F\n王芳@3 taps 👍 on F\n+400h\n王芳@3: !工单 1");
    assert_snapshot!(since(&stage, "3"), @"
    == 3
    王芳: #报修 水龙头漏水
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼2单元
        🧭 水暖
        📝 水龙头漏水
        👤 3-2-501 王芳
        🛠 王师傅
        👉 已办结，谢谢大家。
        [❌👍🔁]
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    linli!: 3-2-501 王芳，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    linli: 工单 #1 已办结，谢谢您的确认。
    linli!: 3-2-501 王芳，工单 #1 办完14天了，现在还好吗？好的点 👍，又坏了点 🔁。
        [👍🔁]
    王芳: !工单 1
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼2单元
        🧭 水暖
        📝 水龙头漏水
        👤 3-2-501 王芳
        🛠 王师傅
        👉 已办结，谢谢大家。
        03-02 08:00 3-2-501 王芳：报修
        03-02 08:00 王师傅：接单
        03-02 08:00 王师傅：办好
        03-02 08:00 3-2-501 王芳：确认办结
        03-16 17:00 linli：回访：现在还好吗
        03-16 17:00 3-2-501 王芳：说现在还好
    ");
    again.play("王芳@3 taps 🔁 on F\n+400h");
    assert!(again.show("3").contains("· 重新打开"));
    let other = json!({"after": {"follow_up_categories": ["complaint"]}});
    let other = self::stage(&other, "+400h");
    assert!(!other.show("3").contains("现在还好吗"));
}
