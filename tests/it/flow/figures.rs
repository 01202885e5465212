//! The figures of a month and of a week, in words; how they are counted is checked by another way in `figures`.

use insta::assert_snapshot;
use linli::features;
use serde_json::json;

use super::script::Stage;
use crate::fake::estate;

/// A month in little: answered soon and late, done, reopened, waiting, declined, withdrawn.
const MONTH: &str = "王芳@3: #报修 家里水龙头漏水
    +4m
    王师傅@staff taps 🙋 on #1
    +3h
    王师傅@staff taps ✅ on #1
    +1h
    王芳@3 taps 👍 on #1
    李明@3: #报修 厨房停电了
    +40m
    张师傅@staff taps 🙋 on #2
    张师傅@staff taps ❓ on #2
    +20h
    李明@3 replies to #2: 现在在家
    +1h
    张师傅@staff taps ✅ on #2
    +2h
    李明@3 taps 🔁 on #2
    +30m
    张师傅@staff taps ✅ on #2
    周伟@1: #投诉 楼上太吵
    前台@staff: !不受理 3 请先和邻居谈谈
    周伟@1: #报修 厨房灯不亮
    周伟@1 taps ❌ on #4
    周伟@1: #报修 卧室门锁坏了
    +5h";

fn month() -> Stage {
    let mut stage = Stage::new();
    stage.play(MONTH).call("Q", "3");
    stage
}

fn last(stage: &Stage, room: &str, lines: usize) -> String {
    let shown = stage.show(room);
    let all: Vec<&str> = shown.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

/// What follows a command in the staff room.
fn told(stage: &mut Stage, command: &str) -> String {
    stage.play(&format!("经理@staff: {command}"));
    let shown = stage.show("staff");
    let (_, told) = shown
        .rsplit_once(&format!("经理: {command}"))
        .expect("the command");
    told.trim().to_owned()
}

#[test]
fn a_month_is_told_in_words_and_drawn() {
    let mut stage = month();
    assert_snapshot!(told(&mut stage, "!统计"), @"
    linli: 📊 2026年3月工单
        📥 新报 5 张：办好 2，未办 1，撤回 1，不受理 1，合并 0
        ⏱ 首次答复：一半在4分钟内，九成在40分钟内，50% 按时
        🛠 办好用时：一半在2小时10分钟内，九成在3小时4分钟内，100% 按时
        🔁 50% 没修好重开
        📌 现在未办 1 张，最久的 #5 已经5小时
        按类别（张数 · 按时答复 · 一半在多久内办好）：
        · 报修：4 · 33% · 2小时10分钟
        · 投诉：1 · 100% · —
        按工种：
        · 电气：2 · 0% · 2小时10分钟
        · 水暖：1 · 100% · 3小时4分钟
        · 门窗：1 · 0% · —
        · 噪音：1 · 100% · —
        按楼栋：
        · 1号楼：3 · 50% · —
        · 3号楼：2 · 50% · 2小时10分钟
        时间按承诺的钟点算（如只算上班时间），等报修人、等配件的时间不算。答复是物业第一次接单或说话，机器人说的不算。
    linli: 2026年3月.png
    ");
    stage.play("王芳@3: !stats");
    assert_snapshot!(last(&stage, "3", 1), @"
    linli: 3-2-501 王芳，这个命令只有物业能用。
    ");
    assert!(stage.robot.quarantined.is_empty());
}

#[test]
fn it_stands_beside_the_month_before_and_weeks_are_told_too() {
    let mut stage = month();
    stage.play("+30d\n李明@3: #报修 客厅灯不亮\n+2m\n张师傅@staff taps 🙋 on #6\n+1h\n张师傅@staff taps ✅ on #6");
    assert_snapshot!(told(&mut stage, "!stats"), @"
    linli: 📊 2026年4月工单
        📥 新报 1 张（上期 5）：办好 1，未办 0，撤回 0，不受理 0，合并 0
        ⏱ 首次答复：一半在2分钟内，九成在2分钟内，100% 按时（上期 4分钟 50%）
        🛠 办好用时：一半在1小时2分钟内，九成在1小时2分钟内，100% 按时（上期 2小时10分钟 67%）
        🔁 0% 没修好重开（上期 50%）
        📌 现在未办 1 张，最久的 #5 已经30天
        按类别（张数 · 按时答复 · 一半在多久内办好）：
        · 报修：1 · 100% · 1小时2分钟
        按工种：
        · 电气：1 · 100% · 1小时2分钟
        按楼栋：
        · 3号楼：1 · 100% · 1小时2分钟
        时间按承诺的钟点算（如只算上班时间），等报修人、等配件的时间不算。答复是物业第一次接单或说话，机器人说的不算。
    linli: 2026年4月.png
    ");
    assert_snapshot!(told(&mut stage, "!stats last month"), @"
    linli: 📊 2026年3月工单
        📥 新报 5 张：办好 2，未办 1，撤回 1，不受理 1，合并 0
        ⏱ 首次答复：一半在4分钟内，九成在40分钟内，50% 按时
        🛠 办好用时：一半在2小时10分钟内，九成在3小时4分钟内，67% 按时
        🔁 50% 没修好重开
        📌 现在未办 1 张，最久的 #5 已经30天
        按类别（张数 · 按时答复 · 一半在多久内办好）：
        · 报修：4 · 33% · 2小时10分钟
        · 投诉：1 · 100% · —
        按工种：
        · 电气：2 · 0% · 2小时10分钟
        · 水暖：1 · 100% · 3小时4分钟
        · 门窗：1 · 0% · —
        · 噪音：1 · 100% · —
        按楼栋：
        · 1号楼：3 · 50% · —
        · 3号楼：2 · 50% · 2小时10分钟
        时间按承诺的钟点算（如只算上班时间），等报修人、等配件的时间不算。答复是物业第一次接单或说话，机器人说的不算。
    linli: 2026年3月.png
    ");
    assert_snapshot!(told(&mut stage, "!统计 上周"), @"
    linli: 📊 3月23日 – 3月29日工单
        📥 新报 0 张：办好 0，未办 0，撤回 0，不受理 0，合并 0
        📌 现在未办 1 张，最久的 #5 已经30天
    ");
    assert_snapshot!(told(&mut stage, "!统计 2027-01"), @"
    linli: 哪段时间？!统计、!统计 上月、!统计 2026-11、!统计 本周
    ");
}

#[test]
fn the_managers_read_on_monday_how_the_week_went() {
    let mut stage = Stage::new();
    // It is Monday morning when the stage opens.
    stage.play(
        "王芳@3: #报修 家里水龙头漏水
        +4m
        王师傅@staff taps 🙋 on #1
        +1h
        王师傅@staff taps ✅ on #1
        王芳@3 taps 👍 on #1
        王芳@3: !评价 1 2
        李明@3: #报修 厨房停电了
        +30m
        +6d",
    );
    assert!(!stage.show("staff").contains("📅"));
    stage.play("+1d");
    let shown = stage.show("staff");
    let weekly = shown.find("📅").expect("the list of the week");
    assert_snapshot!(&shown[weekly..], @"
    📅 林经理，上周（3月2日 – 3月8日）：
        📥 新报 2 张：办好 1，未办 1，撤回 0，不受理 0，合并 0
        ⏱ 首次答复：一半在4分钟内，九成在4分钟内，50% 按时
        🛠 办好用时：一半在1小时4分钟内，九成在1小时4分钟内，50% 按时
        🔁 0% 没修好重开
        ⭐ 评分 2.0（1 人评）
        📌 现在未办 1 张，最久的 #2 已经7天1小时
        🔎 低分，还没了解：
        🧾 工单 #1 · 报修 · 已办结 3号楼2单元501室 家里水龙头漏水 🛠 王师傅（7 天）
        📌 拖得最久：
        🧾 工单 #2 · 报修 · 待接单 3号楼1单元302室 厨房停电了（7 天）
    ");
    stage.play("+7d\n+7d");
    assert_eq!(stage.show("staff").matches('📅').count(), 3);
    assert!(stage.robot.quarantined.is_empty());
}

#[test]
fn whoever_does_not_want_it_reads_no_list_of_the_week() {
    let mut stage = Stage::on(estate::homeserver(), || {
        estate::world_set(features::ALL, "tickets", &json!({"weekly_list": false}))
    });
    stage.play("王芳@3: #报修 家里水龙头漏水\n+30m\n+8d\n+8d");
    assert!(!stage.show("staff").contains("📅"));
}
