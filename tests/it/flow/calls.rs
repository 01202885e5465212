//! The telephone desk: tickets for whoever has called, member or not.

use insta::assert_snapshot;
use linli::features::tickets::{NAME, caller::Wish};

use super::script::Stage;

fn played(script: &str) -> Stage {
    let mut stage = Stage::new();
    stage.play(script);
    assert!(stage.robot.quarantined.is_empty());
    stage
}

#[test]
fn a_member_hears_in_their_buildings_room_and_nobody_reads_what_it_is_about() {
    let stage = played(
        "前台@staff: !代报 3-2-501 王女士 13800001111 厨房漏水
        王师傅@staff taps 🙋 on #1
        王师傅@staff: !完成 1 换了垫圈
        王芳@3 taps 👍 on #1",
    );
    assert_snapshot!(stage.show("3 staff"), @"
    == 3
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼
        🔒 内容仅报修人和物业可见
        🛠 王师傅
        👉 已办结，谢谢大家。
        [❌👍🔁]
    linli!: 报修人，前台小刘接到您的电话，替您开了工单 #1，每一步都在这里告诉您。
    linli!: 报修人，工单 #1 由王师傅接单了，请留意消息。
    linli!: 报修人，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    linli: 工单 #1 已办结，谢谢您的确认。这次办得怎么样？在这条消息上点 1️⃣（差）到 5️⃣（好），也可以回复说一句。
        [1️⃣2️⃣3️⃣4️⃣5️⃣]
    == staff
    前台: !代报 3-2-501 王女士 13800001111 厨房漏水
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼2单元501室 · 厨房
        🧭 水暖 · P2 一般
        📝 厨房漏水
        👤 3-2-501 王芳
        ☎ 13800001111（前台小刘接的电话）
        🛠 王师傅
        👉 已办结，谢谢大家。
        [🙋🚗🔧✅]
    linli: ☎ 已替 3-2-501 王芳 开了工单 #1，进展会在楼栋群里告诉本人，内容别人看不到。
    linli!: 王师傅，工单 #1 归你了（3号楼2单元501室 · 厨房）。办好后在卡片上点 ✅。
    王师傅: !完成 1 换了垫圈
    linli!: 👍 3-2-501 王芳确认工单 #1 办结，辛苦了。
    ");
}

#[test]
fn for_somebody_who_is_not_here_the_desk_says_yes() {
    let stage = played(
        "前台@staff: !for 2-1-101 Mr Brown 021-66668888: no hot water
        王师傅@staff taps 🙋 on #1
        王师傅@staff taps ✅ on #1
        李明@3: !确认 1
        前台@staff taps 👍 on #1
        +100h",
    );
    assert_snapshot!(stage.show("staff"), @"
    == staff
    前台: !for 2-1-101 Mr Brown 021-66668888: no hot water
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 2号楼1单元101室
        🧭 水暖 · P2 一般
        📝 no hot water
        👤 2号楼1单元101室 Mr Brown
        ☎ 021-66668888（前台小刘接的电话）
        🛠 王师傅
        👉 已办结，谢谢大家。
        [🙋❌🚗🔧✅👍🔁]
    linli: ☎ 已替 2号楼1单元101室 Mr Brown 开了工单 #1。人不在群里，办好请回电话；卡片上的 👍 和 🔁 由您来点。
    linli!: 2号楼1单元101室 Mr Brown，工单 #1 由王师傅接单了，请留意消息。
    linli!: 2号楼1单元101室 Mr Brown，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    linli: 工单 #1 已办结，谢谢您的确认。
    ");
    let other = stage.show("2 notice 1");
    assert!(
        !other.contains("Brown") && !other.contains("hot water"),
        "{other}"
    );
}

#[test]
fn a_call_about_what_is_known_is_noted_there() {
    let stage = played(
        "李明@3: #报修 2单元电梯坏了
        前台@staff: !代报 3-2-501 王 电梯坏了
        前台@staff: !代报 3-2-999 赵 电梯坏了
        王师傅@staff: !完成 1
        前台@staff: !工单 1",
    );
    assert_snapshot!(stage.show("3 staff"), @"
    == 3
    李明: #报修 2单元电梯坏了
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元 · 电梯
        🧭 电梯 · 紧急 · 公共部位
        📝 2单元电梯坏了
        👤 3-1-302 李明
        ➕ 还有 1 位邻居跟进
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    == staff
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元 · 电梯
        🧭 电梯 · P1 紧急 · 公共部位
        📝 2单元电梯坏了
        👤 3-1-302 李明
        ➕ 还有 1 位邻居跟进
        👉 点 🙋 接单。
        [🙋]
    前台: !代报 3-2-501 王 电梯坏了
    linli: ☎ 这件事已经有工单 #1，来电记在里面了。
    前台: !代报 3-2-999 赵 电梯坏了
    linli: ☎ 这件事已经有工单 #1，来电记在里面了。人不在群里，办好请回电话。
    王师傅: !完成 1
    linli: 王师傅，工单 #1 还没人接单，请先点 🙋。
    前台: !工单 1
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元 · 电梯
        🧭 电梯 · P1 紧急 · 公共部位
        📝 2单元电梯坏了
        👤 3-1-302 李明
        ➕ 还有 1 位邻居跟进
        👉 点 🙋 接单。
        03-02 08:00 3-1-302 李明：报修
        03-02 08:00 3-2-501 王芳：也报了：电梯坏了（☎ 3号楼2单元501室 王）
        03-02 08:00 前台小刘：也报了：电梯坏了（☎ 3号楼2单元999室 赵）
    ");
}

#[test]
fn neighbours_read_neither_who_has_called_nor_the_flat_that_staff_put_right() {
    let mut stage = played(
        "李明@3: #报修 2单元电梯坏了
        前台@staff: !代报 3-2-999 赵女士 138 0000 1111 电梯坏了
        前台@staff: !地址 1 3-2-501
        李明@3: !工单 1",
    );
    let told = stage.show("3");
    for secret in ["赵", "999", "138", "501室"] {
        assert!(!told.contains(secret), "{told}");
    }
    stage.play("前台@staff: !工单 1");
    let told = stage.show("staff");
    assert!(told.contains("999室 赵女士 138 0000 1111"), "{told}");
}

#[test]
fn what_cannot_be_meant_is_told_and_residents_may_not() {
    let stage = played("前台@staff: !代报 王女士 漏水\n王芳@3: !代报 3-1-302 李 漏水");
    assert_snapshot!(stage.show("3 staff"), @"
    == 3
    王芳: !代报 3-1-302 李 漏水
    linli: 3-2-501 王芳，这个命令只有物业能用。
    == staff
    前台: !代报 王女士 漏水
    linli: 谁来的电话？哪一户？什么事？例如：!代报 3-2-501 王女士 13800001111 厨房漏水；姓名和电话可以不写。
    ");
}

#[test]
fn the_administrator_opens_one_on_the_command_line() {
    let mut stage = Stage::new();
    let call = "3-1-302 李先生 客厅灯不亮".to_owned();
    stage.asks(NAME, &Wish::Open { call });
    stage.play("+1m");
    let call = "1-1-404 门铃不响".to_owned();
    stage.asks(NAME, &Wish::Open { call });
    stage.play("张师傅@staff taps 🙋 on #2\n张师傅@staff taps ✅ on #2\n经理@staff: !确认 2");
    assert_snapshot!(stage.show("3 staff"), @"
    == 3
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼
        🔒 内容仅报修人和物业可见
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 报修人，linli接到您的电话，替您开了工单 #1，每一步都在这里告诉您。
    == staff
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼1单元302室 · 客厅
        🧭 电气 · P2 一般
        📝 客厅灯不亮
        👤 3-1-302 李明
        ☎ —（linli接的电话）
        👉 点 🙋 接单。
        [🙋]
    linli: 🧾 工单 #2 · 报修 · 已办结
        📍 1号楼1单元404室
        🧭 门窗 · P2 一般
        📝 门铃不响
        👤 1号楼1单元404室 （来电）
        ☎ —（linli接的电话）
        🛠 张师傅
        👉 已办结，谢谢大家。
        [🙋❌🚗🔧✅👍🔁]
    linli!: 1号楼1单元404室 （来电），工单 #2 由张师傅接单了，请留意消息。
    linli!: 1号楼1单元404室 （来电），张师傅说工单 #2 办好了。没问题请点 👍，没办好请点 🔁。
    经理: !确认 2
    linli!: 1号楼1单元404室 （来电），林经理确认工单 #2 已办结。如果没办好，请点 🔁。
    ");
    assert!(stage.robot.quarantined.is_empty());
}
