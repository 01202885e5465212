//! What is said around tickets: pictures, threads, edits, redactions, questions, lists.

use insta::assert_snapshot;

use super::script::told;

const REPORTED: &str = "A = 王芳@3: #报修 3号楼2单元楼道灯不亮";

#[test]
fn pictures_within_two_minutes_belong_to_it() {
    let script = "王芳@3 shows
        李明@3 shows
        +1m
        A = 王芳@3: #报修 楼道灯不亮
        +1m
        王芳@3 shows
        +2m
        王芳@3 shows";
    assert_snapshot!(told("", script, "3"), @r"
    == 3
    王芳: IMG_1.jpg
    李明: IMG_1.jpg
    王芳: #报修 楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼 · 楼道
        🧭 电气 · 公共部位
        📝 楼道灯不亮
        👤 3-2-501 王芳
        📷 2 张照片
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 3-2-501 王芳，工单 #1 是哪个单元？点一下数字，或者回复这条消息。
        1️⃣ 3号楼1单元
        2️⃣ 3号楼2单元
        [1️⃣2️⃣]
    王芳: IMG_1.jpg
    王芳: IMG_1.jpg
    ");
}

#[test]
fn a_picture_with_the_report_as_its_caption() {
    assert_snapshot!(told("", "王芳@3 shows: #报修 楼道灯不亮", "3"), @r"
    == 3
    王芳: #报修 楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼 · 楼道
        🧭 电气 · 公共部位
        📝 楼道灯不亮
        👤 3-2-501 王芳
        📷 1 张照片
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 3-2-501 王芳，工单 #1 是哪个单元？点一下数字，或者回复这条消息。
        1️⃣ 3号楼1单元
        2️⃣ 3号楼2单元
        [1️⃣2️⃣]
    ");
}

#[test]
fn what_is_said_in_the_thread_is_in_the_history() {
    let script = "B = 王芳@3 in thread of #1: 下午三点后有人
        C = 李明@3 replies to #1: 我家也不亮
        王芳@3 edits B: 下午四点后有人
        李明@3 redacts C
        王师傅@staff: !工单 1";
    assert_snapshot!(told(REPORTED, script, "staff"), @r"
    == staff
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元 · 楼道
        🧭 电气 · P2 一般 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        [🙋]
    王师傅: !工单 1
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元 · 楼道
        🧭 电气 · P2 一般 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        03-02 08:00 3-2-501 王芳：报修
        03-02 08:00 3-2-501 王芳：说：下午四点后有人
        03-02 08:00 3-1-302 李明：撤回了一条内容
    ");
}

#[test]
fn an_edited_report_changes_its_cards() {
    assert_snapshot!(told(REPORTED, "王芳@3 edits A: #报修 3号楼1单元楼道灯不亮", "3 staff"), @r"
    == 3
    王芳: #报修 3号楼1单元楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼1单元 · 楼道
        🧭 电气 · 公共部位
        📝 3号楼1单元楼道灯不亮
        👤 3-2-501 王芳
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    == staff
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼1单元 · 楼道
        🧭 电气 · P2 一般 · 公共部位
        📝 3号楼1单元楼道灯不亮
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        [🙋]
    ");
}

#[test]
fn an_edit_makes_a_report_of_a_message() {
    assert_snapshot!(told("B = 王芳@3: 楼道灯不亮", "王芳@3 edits B: #报修 楼道灯不亮", "3"), @r"
    == 3
    王芳: #报修 楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼 · 楼道
        🧭 电气 · 公共部位
        📝 楼道灯不亮
        👤 3-2-501 王芳
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 3-2-501 王芳，工单 #1 是哪个单元？点一下数字，或者回复这条消息。
        1️⃣ 3号楼1单元
        2️⃣ 3号楼2单元
        [1️⃣2️⃣]
    ");
}

#[test]
fn a_redacted_report_is_blanked_and_cancelled() {
    let script = "王师傅@staff taps 🙋 on #1
        王芳@3 redacts A
        王师傅@staff: !ticket 1
        王芳@3 taps 🔁 on #1";
    assert_snapshot!(told(REPORTED, script, "3 staff"), @r"
    == 3
    王芳: (redacted)
    linli: 🧾 工单 #1 · 报修 · 已取消
        （报修内容已撤回）
        [❌]
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    linli: 3-2-501 王芳，工单 #1 现在是“已取消”，这一步用不上。
    == staff
    linli: 🧾 工单 #1 · 报修 · 已取消
        （报修内容已撤回）
        [🙋🚗🔧✅]
    linli!: 王师傅，工单 #1 归你了（3号楼2单元 · 楼道）。办好后在卡片上点 ✅。
    linli!: 王师傅，3-2-501 王芳撤回了工单 #1 的报修，已取消。
    王师傅: !ticket 1
    linli: 🧾 工单 #1 · 报修 · 已取消
        （报修内容已撤回）
        03-02 08:00 3-2-501 王芳：报修
        03-02 08:00 王师傅：接单
        03-02 08:00 3-2-501 王芳：撤回了一条内容
        03-02 08:00 3-2-501 王芳：取消
    ");
}

#[test]
fn a_private_report_shows_its_home_to_staff_only() {
    let script = "王芳@3: #报修 我家501漏水，请保密
        李明@3: !ticket 1
        王芳@3: !ticket 1
        李明@3: !open
        前台@staff: !open";
    assert_snapshot!(told("", script, "3 staff"), @r"
    == 3
    王芳: #报修 我家501漏水，请保密
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼
        🔒 内容仅报修人和物业可见
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    李明: !ticket 1
    linli: 没有找到工单 #1。
    王芳: !ticket 1
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼
        🔒 内容仅报修人和物业可见
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        03-02 08:00 报修人：报修
    李明: !open
    linli: 未办工单 1 张：
        🧾 工单 #1 · 报修 · 待接单（0 分钟）
    == staff
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元501室 · 家里
        🧭 水暖 · P2 一般
        📝 我家501漏水，请保密
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        [🙋]
    前台: !open
    linli: 未办工单 1 张：
        🧾 工单 #1 · 报修 · 待接单 3号楼2单元501室 我家501漏水，请保密（0 分钟）
    ");
}

#[test]
fn lists_and_help() {
    let script = "周伟@1: #投诉 楼上太吵
        +3h
        王芳@3: !open
        王芳@3: !mine
        李明@3: !我的
        王师傅@staff: !待办
        李明@3: !help
        李明@3: !dance
        李明@3: ！快来人";
    assert_snapshot!(told(REPORTED, script, "3 staff"), @r"
    == 3
    王芳: #报修 3号楼2单元楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元 · 楼道
        🧭 电气 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    王芳: !open
    linli: 未办工单 1 张：
        🧾 工单 #1 · 报修 · 待接单 3号楼2单元楼道灯不亮（3 小时）
    王芳: !mine
    linli: 未办工单 1 张：
        🧾 工单 #1 · 报修 · 待接单 3号楼2单元楼道灯不亮（3 小时）
    李明: !我的
    linli: 没有找到您未办结的工单。要报修，请发“#报修 ”加上地点和情况。
    李明: !help
    linli: 和谐花园的邻里管家，能做这些：
        报修：发“#报修 3号楼2单元楼道灯不亮”，照片跟着发就行。也可以用 #投诉 #建议 #咨询 #紧急 #缴费，或者 @我。
        每一步我都会告诉您。办好后点 👍 确认，没办好点 🔁。改了消息，工单跟着改；撤回消息，工单就取消。
        邻里帮：发“#寻宠 橘猫，昨晚在5号楼走丢”，也可以用 #招领 #送 #换 #卖 #求购 #借 #拼车 #问 #推荐 #活动搭子。我来编号、牵线、到时提醒，电话和门牌不会公开。
        !列表 送 — 邻里帮里还在的（寻宠、招领、送、拼车……）
        !附近 寻宠 — 同上，先看本楼的
        !我的帖子 — 我发的和我想要的
        !关注 婴儿床 — 有了就私下告诉您
        !取消关注 婴儿床 — 不再关注
        !打听 装修 — 邻居们推荐过的
        !统计邻里帮 2026-11 — 邻里帮的数字
        !署名 开 — 每月感谢热心邻居时可以写您的姓和楼号（关 就不写）
        !确认 12 — 报修人确认办结
        !重开 12 — 报修人重新打开
        !取消 12 — 报修人取消
        !私密 12 — 转为私下处理：只有报修人和物业的单独房间
        !匿名 保安半夜不在岗 — 私聊我匿名反映，物业看不到是谁
        !评价 12 5 — 评价：1（差）到 5（好）
        !地址 12 3-2-501 — 改地址
        !工单 12 — 看工单和经过
        !待办 — 未办的工单
        !我的 — 我报的和我接的
        !群规 — 看群规
        !帮助 — 显示这份说明（!帮助 en 显示英文）
        !原因 — 看自己的记录（私信）
    李明: !dance
    linli: 没有这个命令。发送 !帮助 看看我会什么。
    李明: ！快来人
    == staff
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元 · 楼道
        🧭 电气 · P2 一般 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        [🙋]
    linli: 🧾 工单 #2 · 投诉 · 待接单
        📍 1号楼1单元201室
        🧭 噪音 · P2 一般
        📝 楼上太吵
        👤 1-1-201 周伟
        👉 点 🙋 接单。
        [🙋🔒]
    linli!: 🤫 前台小刘，投诉 #2 是在群里说的：请点 🔒 转到单独的房间，或私下联系本人，别在群里争。
    linli!: ⏰ 王师傅，工单 #1 已等3小时，还没人接（3号楼2单元 · 楼道），已经超时。谁去，请点 🙋。
        [🙋]
    linli!: ⏰ 前台小刘，工单 #2 已等3小时，还没人接（1号楼1单元201室），已经超时。谁去，请点 🙋。
        [🙋]
    王师傅: !待办
    linli: 未办工单 2 张：
        🧾 工单 #1 · 报修 · 待接单 3号楼2单元楼道灯不亮（3 小时）
        🧾 工单 #2 · 投诉 · 待接单 1号楼1单元201室 楼上太吵（3 小时）
    ");
}

#[test]
fn a_question_how_it_stands_opens_nothing() {
    let script = "王芳@3: 昨天报的楼道灯有人来了吗？
        李明@3: 昨天报的楼道灯有人来了吗？";
    assert_snapshot!(told(REPORTED, script, "3"), @r"
    == 3
    王芳: #报修 3号楼2单元楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元 · 楼道
        🧭 电气 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    王芳: 昨天报的楼道灯有人来了吗？
    linli: 未办工单 1 张：
        🧾 工单 #1 · 报修 · 待接单 3号楼2单元楼道灯不亮（0 分钟）
    李明: 昨天报的楼道灯有人来了吗？
    ");
}

#[test]
fn kind_words_open_and_close_nothing() {
    let script = "王师傅@staff taps 🙋 on #1
        王师傅@staff taps ✅ on #1
        王芳@3 replies to #1: 谢谢
        王芳@3: 好的
        李明@3: 👍
        李明@3 taps 👍 on #1
        王芳@3 taps ❤️ on #1";
    assert_snapshot!(told(REPORTED, script, "3"), @r"
    == 3
    王芳: #报修 3号楼2单元楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 待确认
        📍 3号楼2单元 · 楼道
        🧭 电气 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        🛠 王师傅
        👉 没问题请点 👍，没办好点 🔁。
        [❌👍🔁]
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    linli!: 3-2-501 王芳，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    王芳: 谢谢
    王芳: 好的
    李明: 👍
    ");
}

#[test]
fn whoever_only_calls_is_told_what_to_say() {
    let shown = told("", "王芳@3: @linli", "3");
    assert!(shown.contains("报修：发"), "{shown}");
    let shown = told("", "王芳@3 shows: @linli", "3");
    assert!(
        shown.contains("🧾 工单 #1") && shown.contains("📍 3号楼"),
        "a picture for linli: {shown}"
    );
}

#[test]
fn our_own_name_is_not_on_the_card() {
    let shown = told("", "王芳@3: @linli 3号楼2单元电梯坏了", "3");
    assert!(shown.contains("📝 3号楼2单元电梯坏了"), "{shown}");
}

#[test]
fn residents_are_answered_in_the_language_of_their_reports() {
    let script = "王芳@3: #repair the lift in building 3 is stuck
        王芳@3: !mine
        王芳@3: !nonsense
        李明@3: !我的
        王师傅@staff: !open";
    assert_snapshot!(told("", script, "3 staff"), @r"
    == 3
    王芳: #repair the lift in building 3 is stuck
    linli: 🧾 Ticket #1 · repair · waiting for staff
        📍 Building 3 · lift
        🧭 lift · urgent · shared
        📝 the lift in building 3 is stuck
        👤 3-2-501 王芳
        👉 You hear as soon as somebody takes it. To add something, reply to this card; tap ❌ to cancel it.
        [❌]
    linli!: 3-2-501 王芳, which unit is it (ticket #1)? Tap, or reply to this message.
        1️⃣ Building 3, Unit 1
        2️⃣ Building 3, Unit 2
        [1️⃣2️⃣]
    王芳: !mine
    linli: Open tickets (1):
        🧾 Ticket #1 · repair · waiting for staff Building 3 the lift in building 3 is stuck (0 min)
    王芳: !nonsense
    linli: There is no such command. Send !help to see what I can do.
    李明: !我的
    linli: 没有找到您未办结的工单。要报修，请发“#报修 ”加上地点和情况。
    == staff
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼 · lift
        🧭 电梯 · P1 紧急 · 公共部位
        📝 the lift in building 3 is stuck
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        [🙋]
    王师傅: !open
    linli: 未办工单 1 张：
        🧾 工单 #1 · 报修 · 待接单 3号楼 the lift in building 3 is stuck（0 分钟）
    ");
}

/// Element calls whoever is replied to by itself.
#[test]
fn a_reply_to_the_card_joins_the_ticket_and_opens_none() {
    let script = "王芳@3 replies to #1: 二楼的也不亮了
        王芳@3 shows to #1
        李明@3 replies to #1: 什么时候能修好";
    assert_snapshot!(told(REPORTED, script, "3"), @r"
    == 3
    王芳: #报修 3号楼2单元楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元 · 楼道
        🧭 电气 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        📷 1 张照片
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    王芳: 二楼的也不亮了
    王芳: IMG_1.jpg
    李明: 什么时候能修好
    ");
}
