//! What linli understands of a report, and how staff put it right.

use insta::assert_snapshot;

use super::script::told;

const LEAK: &str = "王芳@3: #报修 水龙头又滴水";

#[test]
fn staff_put_right_what_was_understood() {
    let script = "王师傅@staff: !urgent 1
        王师傅@staff replies to #1: !工种 电梯
        王师傅@staff: !类别 1 投诉
        王师傅@staff: !address 1 3-1-302
        王师傅@staff: !trade 1 魔法
        王师傅@staff: !address 1 哪里
        王师傅@staff: !ticket 1";
    assert_snapshot!(told(LEAK, script, "staff"), @"
    == staff
    linli: 🧾 工单 #1 · 投诉 · 待接单
        📍 3号楼1单元302室
        🧭 电梯 · P1 紧急 · 反复出现
        📝 水龙头又滴水
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        [🙋🔒]
    王师傅: !urgent 1
    linli: 🧾 工单 #1 · 报修 · 待接单
        🧭 水暖 · P1 紧急 · 反复出现
    王师傅: !工种 电梯
    linli: 🧾 工单 #1 · 报修 · 待接单
        🧭 电梯 · P1 紧急 · 反复出现
    王师傅: !类别 1 投诉
    linli: 🧾 工单 #1 · 投诉 · 待接单
        🧭 电梯 · P1 紧急 · 反复出现
    王师傅: !address 1 3-1-302
    linli: 🧾 工单 #1 · 投诉 · 待接单
        📍 3号楼1单元302室
    王师傅: !trade 1 魔法
    linli: 没看懂“魔法”。可以写：电气、水暖、电梯、门窗、房屋、保洁、绿化、停车、噪音、安保、网络、费用、其他。
    王师傅: !address 1 哪里
    linli: 没看懂“哪里”。可以写：3-2-501。
    王师傅: !ticket 1
    linli: 🧾 工单 #1 · 投诉 · 待接单
        📍 3号楼1单元302室
        🧭 电梯 · P1 紧急 · 反复出现
        📝 水龙头又滴水
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        03-02 08:00 3-2-501 王芳：报修
        03-02 08:00 王师傅：把紧急程度改为 P1
        03-02 08:00 王师傅：把工种改为电梯
        03-02 08:00 王师傅：把类别改为投诉
        03-02 08:00 王师傅：把地址改为3号楼1单元302室
    ");
}

#[test]
fn a_tap_says_how_urgent_it_is() {
    let script = "王师傅@staff taps 🐢 on #1
        王芳@3 taps ❗ on #1
        王师傅@staff: !ticket 1";
    assert_snapshot!(told(LEAK, script, "staff"), @"
    == staff
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元501室
        🧭 水暖 · P3 不急 · 反复出现
        📝 水龙头又滴水
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        [🙋]
    王师傅: !ticket 1
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元501室
        🧭 水暖 · P3 不急 · 反复出现
        📝 水龙头又滴水
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        03-02 08:00 3-2-501 王芳：报修
        03-02 08:00 王师傅：把紧急程度改为 P3
    ");
}

#[test]
fn a_resident_can_change_the_address_of_their_own_report_alone() {
    let script = "李明@3: !address 1 3-1-302
        王芳@3: !address 1 3-1-302
        王芳@3: !urgent 1";
    assert_snapshot!(told(LEAK, script, "3"), @"
    == 3
    王芳: #报修 水龙头又滴水
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼1单元
        🧭 水暖 · 反复出现
        📝 水龙头又滴水
        👤 3-2-501 王芳
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    李明: !address 1 3-1-302
    linli: 只有物业可以改；地址也可以由报修人改。
    王芳: !address 1 3-1-302
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼1单元
    王芳: !urgent 1
    linli: 3-2-501 王芳，这个命令只有物业能用。
    ");
}

#[test]
fn an_edit_changes_nothing_that_staff_have_put_right() {
    let script = "王师傅@staff: !trade 1 lift
        王芳@3 edits R: #报修 停水了，赶紧来人";
    let report = "R = 王芳@3: #报修 水龙头又滴水";
    assert_snapshot!(told(report, script, "staff"), @"
    == staff
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元501室
        🧭 电梯 · P1 紧急
        📝 停水了，赶紧来人
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        [🙋]
    王师傅: !trade 1 lift
    linli: 🧾 工单 #1 · 报修 · 待接单
        🧭 电梯 · P2 一般 · 反复出现
    ");
}

#[test]
fn of_what_staff_say_twice_linli_learns() {
    let script = "王师傅@staff: !trade 1 电气
        李明@3: #报修 会所的跑步机坏了动不了
        王师傅@staff: !trade 2 电气
        冯磊@2: #报修 会所的跑步机坏了没反应";
    let report = "王芳@3: #报修 会所的跑步机坏了没人修";
    let all = told(report, script, "staff");
    let trades: Vec<&str> = all.lines().filter(|line| line.contains('🧭')).collect();
    assert_snapshot!(trades.join("\n"), @"
    🧭 电气 · P2 一般 · 公共部位
    🧭 电气 · P2 一般 · 公共部位
    🧭 电气 · P2 一般 · 公共部位
    🧭 电气 · P2 一般 · 公共部位
    🧭 电气 · P2 一般 · 公共部位
    ");
}
