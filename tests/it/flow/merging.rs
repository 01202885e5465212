//! Two tickets of one matter, put together and taken apart by staff.

use insta::assert_snapshot;

use super::script::{Stage, told};

const TWO: &str = "A = 王芳@3: #报修 水龙头漏水
    B = 周伟@1: #报修 楼顶水箱漏水
    前台@staff: !merge 1 2";

#[test]
fn whom_the_first_concerns_hear_of_the_second_in_their_own_room() {
    let script = "张师傅@staff taps 🙋 on #2
        王芳@3 replies to #1: 水小一点了
        张师傅@staff taps ✅ on #2
        +60m
        王芳@3 taps 🔁 on #1
        前台@staff: !ticket 1
        前台@staff: !ticket 2";
    assert_snapshot!(told(TWO, script, "1 3 staff"), @"
    == 1
    周伟: #报修 楼顶水箱漏水
    linli: 🧾 工单 #2 · 报修 · 重新打开
        📍 1号楼 · 楼顶
        🧭 水暖 · 公共部位
        📝 楼顶水箱漏水
        👤 1-1-201 周伟
        ➕ 还有 1 位邻居跟进
        🛠 张师傅
        👉 有进展就告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌👍🔁]
    linli!: 1-1-201 周伟，工单 #2 由张师傅接单了，请留意消息。
    linli!: 1-1-201 周伟，张师傅说工单 #2 办好了。没问题请点 👍，没办好请点 🔁。
    linli!: 1-1-201 周伟，一位邻居重新打开了工单 #2。
    == 3
    王芳: #报修 水龙头漏水
    linli: 🧾 工单 #1 · 报修 · 已合并
        📍 3号楼2单元
        🧭 水暖
        📝 水龙头漏水
        👤 3-2-501 王芳
        👉 和工单 #2 并在一起办。
        [❌]
    linli!: 3-2-501 王芳，工单 #1 和 #2 是同一件事，并在一起办，有进展照样告诉您。
    linli!: 3-2-501 王芳，工单 #2 由张师傅接单了，请留意消息。
    王芳: 水小一点了
    linli!: 3-2-501 王芳，张师傅说工单 #2 办好了。没问题请点 👍，没办好请点 🔁。
    linli!: 3-2-501 王芳，一位邻居重新打开了工单 #2。
    == staff
    linli: 🧾 工单 #1 · 报修 · 已合并
        📍 3号楼2单元501室
        🧭 水暖 · P2 一般
        📝 水龙头漏水
        👤 3-2-501 王芳
        👉 和工单 #2 并在一起办。
        [🙋]
    linli: 🧾 工单 #2 · 报修 · 重新打开
        📍 1号楼 · 楼顶
        🧭 水暖 · P2 一般 · 公共部位
        📝 楼顶水箱漏水
        👤 1-1-201 周伟
        ➕ 还有 1 位邻居跟进
        🛠 张师傅
        👉 出发点 🚗，开始处理点 🔧，办好点 ✅。照片请回复本卡片发。
        [🙋🚗🔧✅]
    前台: !merge 1 2
    linli!: 张师傅，工单 #2 归你了（1号楼 · 楼顶）。办好后在卡片上点 ✅。
    linli!: 张师傅，工单 #2 没办好，3-2-501 王芳重新打开了。请再去看看。
    前台: !ticket 1
    linli: 🧾 工单 #1 · 报修 · 已合并
        📍 3号楼2单元501室
        🧭 水暖 · P2 一般
        📝 水龙头漏水
        👤 3-2-501 王芳
        👉 和工单 #2 并在一起办。
        03-02 08:00 3-2-501 王芳：报修
        03-02 08:00 前台小刘：并入另一张工单
    前台: !ticket 2
    linli: 🧾 工单 #2 · 报修 · 重新打开
        📍 1号楼 · 楼顶
        🧭 水暖 · P2 一般 · 公共部位
        📝 楼顶水箱漏水
        👤 1-1-201 周伟
        ➕ 还有 1 位邻居跟进
        🛠 张师傅
        👉 出发点 🚗，开始处理点 🔧，办好点 ✅。照片请回复本卡片发。
        03-02 08:00 1-1-201 周伟：报修
        03-02 08:00 前台小刘：把工单 #1 并了进来
        03-02 08:00 张师傅：接单
        03-02 08:00 3-2-501 王芳：说：水小一点了
        03-02 08:00 张师傅：办好
        03-02 09:00 3-2-501 王芳：重新打开
    ");
}

#[test]
fn taken_out_again_it_is_open_and_nobody_hears_of_the_other() {
    let script = "前台@staff: !unmerge 1
        张师傅@staff taps 🙋 on #2
        张师傅@staff taps 🙋 on #1
        王芳@3: !ticket 1";
    assert_snapshot!(told(TWO, script, "1 3"), @"
    == 1
    周伟: #报修 楼顶水箱漏水
    linli: 🧾 工单 #2 · 报修 · 已接单
        📍 1号楼 · 楼顶
        🧭 水暖 · 公共部位
        📝 楼顶水箱漏水
        👤 1-1-201 周伟
        🛠 张师傅
        👉 有进展就告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 1-1-201 周伟，工单 #2 由张师傅接单了，请留意消息。
    == 3
    王芳: #报修 水龙头漏水
    linli: 🧾 工单 #1 · 报修 · 已接单
        📍 3号楼2单元
        🧭 水暖
        📝 水龙头漏水
        👤 3-2-501 王芳
        🛠 张师傅
        👉 有进展就告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 3-2-501 王芳，工单 #1 和 #2 是同一件事，并在一起办，有进展照样告诉您。
    linli!: 3-2-501 王芳，工单 #1 又单独办了，有进展告诉您。
    linli!: 3-2-501 王芳，工单 #1 由张师傅接单了，请留意消息。
    王芳: !ticket 1
    linli: 🧾 工单 #1 · 报修 · 已接单
        📍 3号楼2单元
        🧭 水暖
        📝 水龙头漏水
        👤 3-2-501 王芳
        🛠 张师傅
        👉 有进展就告诉您。要补充，请回复本卡片；不用了点 ❌。
        03-02 08:00 3-2-501 王芳：报修
        03-02 08:00 前台小刘：并入另一张工单
        03-02 08:00 前台小刘：又单独办
        03-02 08:00 张师傅：接单
    ");
}

#[test]
fn a_merged_ticket_calls_nobody() {
    let mut stage = Stage::new();
    stage.play(
        "A = 王芳@3: #报修 水龙头漏水
        B = 周伟@1: #报修 楼顶水箱漏水
        张师傅@staff taps 🙋 on #2
        张师傅@staff taps 🔧 on #2
        前台@staff: !合并 1 2
        +12h",
    );
    let shown = stage.show("staff");
    assert!(!shown.contains('⏰'), "{shown}");
}

#[test]
fn what_cannot_be_put_together_is_said() {
    let script = "前台@staff: !merge 1
        前台@staff: !merge 1 1
        前台@staff: !merge 1 9
        王芳@3: !merge 1 2
        前台@staff: !unmerge 2
        前台@staff: !merge 3 2
        Smith@2: #repair my tap drips, please keep it private
        前台@staff: !merge 4 2
        张师傅@staff: !claim 1
        王师傅@staff: !merge 1 2
        前台@staff: !cancel 2
        经理@staff: !cancel 2
        前台@staff: !merge 1 2";
    let two = "A = 王芳@3: #报修 水龙头漏水
        B = 周伟@1: #报修 楼顶水箱漏水
        李明@3: #报修 电梯里有人被困住了";
    let shown = told(two, script, "3 staff");
    let answers: Vec<&str> = shown
        .lines()
        .filter(|line| line.starts_with("linli: ") && !line.contains("🧾"))
        .collect();
    assert_snapshot!(answers.join("\n"), @"
    linli: 3-2-501 王芳，这个命令只有物业能用。
    linli: 是哪一张工单？请加上编号，例如“!工单 12”，或者回复那张卡片。
    linli: 不能并入工单 #1：两张都要是公开的、没撤回的，要并入的那张还没办完。
    linli: 没有找到工单 #9。
    linli: 前台小刘，工单 #2 现在是“待接单”，这一步用不上。
    linli: 工单 #3 可能有人有危险，不能并入不紧急的工单。
    linli: 不能并入工单 #2：两张都要是公开的、没撤回的，要并入的那张还没办完。
    linli: 王师傅，工单 #1 已由张师傅接单。
    linli: 前台小刘，这一步请工单 #2 的报修人来点。
    linli: 工单 #2 由林经理取消，不用去了。
    linli: 不能并入工单 #2：两张都要是公开的、没撤回的，要并入的那张还没办完。
    ");
}

#[test]
fn a_neighbour_who_takes_back_hears_of_neither() {
    let script = "前台@staff: !unmerge 1
        C = 李明@3: #报修 2单元电梯坏了
        前台@staff: !merge 3 2
        李明@3 redacts C
        张师傅@staff taps 🙋 on #2";
    let two = "王芳@3: #报修 水龙头漏水
        周伟@1: #报修 楼顶水箱漏水
        王芳@3: #报修 2单元电梯停了";
    let shown = told(two, script, "1 3");
    assert!(
        shown.contains("linli!: 3-2-501 王芳，工单 #2 由张师傅接单了"),
        "{shown}"
    );
}

#[test]
fn what_was_put_into_a_ticket_that_is_taken_back_is_open_again() {
    for act in [
        "周伟@1 redacts B",
        "周伟@1 taps ❌ on #2",
        "经理@staff: !cancel 2",
    ] {
        let shown = told(TWO, act, "3 staff");
        let by_itself = "linli!: 3-2-501 王芳，工单 #1 又单独办了，有进展告诉您。";
        assert!(shown.contains(by_itself), "{act}: {shown}");
        assert!(
            shown.contains("🧾 工单 #1 · 报修 · 重新打开"),
            "{act}: {shown}"
        );
    }
}

#[test]
fn danger_told_by_an_edit_of_a_merged_report_waits_for_nothing() {
    let shown = told(
        TWO,
        "王芳@3 edits A: #报修 3号楼2单元电梯里有人被困住了",
        "3 staff",
    );
    assert!(shown.contains("🆘 被困的人请不要扒门"), "{shown}");
    assert!(shown.contains("” 工单 #1（"), "{shown}");
}

#[test]
fn a_word_about_a_ticket_put_into_one_put_into_another_reaches_the_last() {
    let script = "李明@3: #报修 厨房灯不亮
        前台@staff: !merge 2 3
        王芳@3 replies to #1: 水管也响
        前台@staff: !ticket 3";
    let shown = told(TWO, script, "staff");
    assert!(shown.contains("3-2-501 王芳：说：水管也响"), "{shown}");
}
