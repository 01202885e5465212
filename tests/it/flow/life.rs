//! The life of a ticket, by taps and by commands.

use insta::assert_snapshot;

use super::script::told;

const REPORTED: &str = "A = 王芳@3: #报修 3号楼2单元楼道灯不亮";
const CLAIMED: &str = "A = 王芳@3: #报修 3号楼2单元楼道灯不亮
    王师傅@staff taps 🙋 on #1";
const DONE: &str = "A = 王芳@3: #报修 3号楼2单元楼道灯不亮
    王师傅@staff taps 🙋 on #1
    王师傅@staff taps ✅ on #1";

#[test]
fn a_report_gets_a_card_in_its_room_and_one_for_staff() {
    assert_snapshot!(told("", REPORTED, "3 staff"), @r"
    == 3
    王芳: #报修 3号楼2单元楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元 · 楼道
        🧭 电气 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    == staff
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元 · 楼道
        🧭 电气 · P2 一般 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        [🙋]
    ");
}

#[test]
fn the_first_who_claims_wins_and_the_second_is_told_once() {
    let script = "王师傅@staff taps 🙋 on #1
        张师傅@staff taps 🙋 on #1
        张师傅@3 taps 🙋 on #1
        张师傅@staff untaps 🙋 on #1
        张师傅@staff taps 🙋🏽 on #1";
    assert_snapshot!(told(REPORTED, script, "3 staff"), @r"
    == 3
    王芳: #报修 3号楼2单元楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 已接单
        📍 3号楼2单元 · 楼道
        🧭 电气 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        🛠 王师傅
        👉 有进展就告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    == staff
    linli: 🧾 工单 #1 · 报修 · 已接单
        📍 3号楼2单元 · 楼道
        🧭 电气 · P2 一般 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        🛠 王师傅
        👉 出发点 🚗，开始处理点 🔧，办好点 ✅。照片请回复本卡片发。
        [🙋🚗🔧✅]
    linli!: 王师傅，工单 #1 归你了（3号楼2单元 · 楼道）。办好后在卡片上点 ✅。
    linli: 张师傅，工单 #1 已由王师傅接单。
    ");
}

#[test]
fn a_claim_taken_back_is_free_again() {
    let script = "王师傅@staff untaps 🙋 on #1
        张师傅@3 taps 🙋 on #1";
    assert_snapshot!(told(CLAIMED, script, "3 staff"), @r"
    == 3
    王芳: #报修 3号楼2单元楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 已接单
        📍 3号楼2单元 · 楼道
        🧭 电气 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        🛠 张师傅
        👉 有进展就告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    linli!: 3-2-501 王芳，工单 #1 的王师傅暂时来不了，正在另派人。
    linli!: 3-2-501 王芳，工单 #1 由张师傅接单了，请留意消息。
    == staff
    linli: 🧾 工单 #1 · 报修 · 已接单
        📍 3号楼2单元 · 楼道
        🧭 电气 · P2 一般 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        🛠 张师傅
        👉 出发点 🚗，开始处理点 🔧，办好点 ✅。照片请回复本卡片发。
        [🙋🚗🔧✅]
    linli!: 王师傅，工单 #1 归你了（3号楼2单元 · 楼道）。办好后在卡片上点 ✅。
    linli: 王师傅放下了工单 #1，请别的师傅点 🙋 接单。
    linli!: 张师傅，工单 #1 归你了（3号楼2单元 · 楼道）。办好后在卡片上点 ✅。
    ");
}

#[test]
fn from_start_to_confirmation_by_taps() {
    let script = "王师傅@staff taps 🔧 on #1
        王师傅@staff taps ✅ on #1
        王芳@3 taps 👍 on #1";
    assert_snapshot!(told(CLAIMED, script, "3 staff"), @r"
    == 3
    王芳: #报修 3号楼2单元楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼2单元 · 楼道
        🧭 电气 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        🛠 王师傅
        👉 已办结，谢谢大家。
        [❌👍🔁]
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    linli!: 3-2-501 王芳，王师傅开始处理工单 #1 了。
    linli!: 3-2-501 王芳，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    linli: 工单 #1 已办结，谢谢您的确认。这次办得怎么样？在这条消息上点 1️⃣（差）到 5️⃣（好），也可以回复说一句。
        [1️⃣2️⃣3️⃣4️⃣5️⃣]
    == staff
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼2单元 · 楼道
        🧭 电气 · P2 一般 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        🛠 王师傅
        👉 已办结，谢谢大家。
        [🙋🚗🔧✅❓📦]
    linli!: 王师傅，工单 #1 归你了（3号楼2单元 · 楼道）。办好后在卡片上点 ✅。
    linli!: 👍 3-2-501 王芳确认工单 #1 办结，辛苦了。
    ");
}

#[test]
fn a_hasty_finish_is_taken_back() {
    assert_snapshot!(told(DONE, "王师傅@staff untaps ✅ on #1", "3"), @r"
    == 3
    王芳: #报修 3号楼2单元楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 处理中
        📍 3号楼2单元 · 楼道
        🧭 电气 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        🛠 王师傅
        👉 有进展就告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌👍🔁]
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    linli!: 3-2-501 王芳，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    linli!: 3-2-501 王芳，工单 #1 还没办完，王师傅继续处理。
    ");
}

#[test]
fn what_was_not_mended_is_opened_again_and_finished_again() {
    let script = "王芳@3 taps 🔁 on #1
        王师傅@staff taps ✅ on #1
        王芳@3 taps ✅ on #1";
    assert_snapshot!(told(DONE, script, "3 staff"), @r"
    == 3
    王芳: #报修 3号楼2单元楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼2单元 · 楼道
        🧭 电气 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        🛠 王师傅
        👉 已办结，谢谢大家。
        [❌👍🔁]
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    linli!: 3-2-501 王芳，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    linli: 工单 #1 重新打开了，马上请师傅再来看。
    linli!: 3-2-501 王芳，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    linli: 工单 #1 已办结，谢谢您的确认。这次办得怎么样？在这条消息上点 1️⃣（差）到 5️⃣（好），也可以回复说一句。
        [1️⃣2️⃣3️⃣4️⃣5️⃣]
    == staff
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼2单元 · 楼道
        🧭 电气 · P2 一般 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        🛠 王师傅
        👉 已办结，谢谢大家。
        [🙋🚗🔧✅]
    linli!: 王师傅，工单 #1 归你了（3号楼2单元 · 楼道）。办好后在卡片上点 ✅。
    linli!: 王师傅，工单 #1 没办好，3-2-501 王芳重新打开了。请再去看看。
    linli!: 👍 3-2-501 王芳确认工单 #1 办结，辛苦了。
    ");
}

#[test]
fn cancelled_and_back() {
    assert_snapshot!(told(CLAIMED, "王芳@3 taps ❌ on #1\n王芳@3 taps 🔁 on #1", "3 staff"), @r"
    == 3
    王芳: #报修 3号楼2单元楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 重新打开
        📍 3号楼2单元 · 楼道
        🧭 电气 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        🛠 王师傅
        👉 有进展就告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌🔁]
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    linli: 工单 #1 已取消。要恢复请点卡片上的 🔁。
    linli: 工单 #1 恢复了，会有师傅来处理。
    == staff
    linli: 🧾 工单 #1 · 报修 · 重新打开
        📍 3号楼2单元 · 楼道
        🧭 电气 · P2 一般 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        🛠 王师傅
        👉 出发点 🚗，开始处理点 🔧，办好点 ✅。照片请回复本卡片发。
        [🙋🚗🔧✅]
    linli!: 王师傅，工单 #1 归你了（3号楼2单元 · 楼道）。办好后在卡片上点 ✅。
    linli!: 王师傅，工单 #1 由3-2-501 王芳取消，不用去了。
    linli!: 王师傅，工单 #1 由3-2-501 王芳恢复了，还是要去看看。
    ");
}

#[test]
fn the_same_by_chinese_commands() {
    let script = "王师傅@staff: !认领 1
        王师傅@staff: ！开始1
        王师傅@staff: !完成 #1
        王师傅@staff: !未完成 1
        王师傅@staff: !完成 1
        王芳@3: !确认 1
        王芳@3: !重开 1
        王师傅@staff: !放弃 1
        王芳@3: !取消 1";
    assert_snapshot!(told(REPORTED, script, "3 staff"), @r"
    == 3
    王芳: #报修 3号楼2单元楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 已取消
        📍 3号楼2单元 · 楼道
        🧭 电气 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        👉 已取消。
        [❌👍🔁]
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    linli!: 3-2-501 王芳，王师傅开始处理工单 #1 了。
    linli!: 3-2-501 王芳，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    linli!: 3-2-501 王芳，工单 #1 还没办完，王师傅继续处理。
    linli!: 3-2-501 王芳，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    王芳: !确认 1
    linli: 工单 #1 已办结，谢谢您的确认。这次办得怎么样？在这条消息上点 1️⃣（差）到 5️⃣（好），也可以回复说一句。
        [1️⃣2️⃣3️⃣4️⃣5️⃣]
    王芳: !重开 1
    linli: 工单 #1 重新打开了，马上请师傅再来看。
    linli!: 3-2-501 王芳，工单 #1 的王师傅暂时来不了，正在另派人。
    王芳: !取消 1
    linli: 工单 #1 已取消。要恢复请点卡片上的 🔁。
    == staff
    linli: 🧾 工单 #1 · 报修 · 已取消
        📍 3号楼2单元 · 楼道
        🧭 电气 · P2 一般 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        👉 已取消。
        [🙋🚗🔧✅❓📦]
    王师傅: !认领 1
    linli!: 王师傅，工单 #1 归你了（3号楼2单元 · 楼道）。办好后在卡片上点 ✅。
    王师傅: ！开始1
    王师傅: !完成 #1
    王师傅: !未完成 1
    王师傅: !完成 1
    linli!: 👍 3-2-501 王芳确认工单 #1 办结，辛苦了。
    linli!: 王师傅，工单 #1 没办好，3-2-501 王芳重新打开了。请再去看看。
    王师傅: !放弃 1
    linli: 王师傅放下了工单 #1，请别的师傅点 🙋 接单。
    linli: 工单 #1 由3-2-501 王芳取消，不用去了。
    ");
}

#[test]
fn the_same_by_english_commands_in_reply_to_the_card() {
    let script = "王师傅@staff replies to #1: !claim
        王师傅@3 replies to #1: !start
        王师傅@staff replies to #1: !done
        王芳@3 replies to #1: !confirm
        王芳@3 replies to #1: !confirm
        李明@3 replies to #1: !reopen";
    assert_snapshot!(told(REPORTED, script, "3 staff"), @r"
    == 3
    王芳: #报修 3号楼2单元楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼2单元 · 楼道
        🧭 电气 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        🛠 王师傅
        👉 已办结，谢谢大家。
        [❌👍🔁]
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    王师傅: !start
    linli!: 3-2-501 王芳，王师傅开始处理工单 #1 了。
    linli!: 3-2-501 王芳，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    王芳: !confirm
    linli: 工单 #1 已办结，谢谢您的确认。这次办得怎么样？在这条消息上点 1️⃣（差）到 5️⃣（好），也可以回复说一句。
        [1️⃣2️⃣3️⃣4️⃣5️⃣]
    王芳: !confirm
    linli: 🧾 工单 #1 · 报修 · 已办结
    李明: !reopen
    linli: 3-1-302 李明，这一步请工单 #1 的报修人来点。
    == staff
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼2单元 · 楼道
        🧭 电气 · P2 一般 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        🛠 王师傅
        👉 已办结，谢谢大家。
        [🙋🚗🔧✅❓📦]
    王师傅: !claim
    linli!: 王师傅，工单 #1 归你了（3号楼2单元 · 楼道）。办好后在卡片上点 ✅。
    王师傅: !done
    linli!: 👍 3-2-501 王芳确认工单 #1 办结，辛苦了。
    ");
}

#[test]
fn nobody_claims_it_and_the_desk_is_called() {
    assert_snapshot!(told(REPORTED, "+14m\n+1m\n+15m", "staff"), @r"
    == staff
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼2单元 · 楼道
        🧭 电气 · P2 一般 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        [🙋]
    linli!: ⏰ 王师傅，工单 #1 已等14分钟，还没人接（3号楼2单元 · 楼道），再过1分钟就超时。谁去，请点 🙋。
        [🙋]
    linli!: ⏰ 前台小刘，工单 #1 已等30分钟，还没人接（3号楼2单元 · 楼道），已经超时。谁去，请点 🙋。
        [🙋]
    ");
}

#[test]
fn what_is_finished_is_confirmed_by_time() {
    assert_snapshot!(told(DONE, "+47h\n王芳@3: 谢谢\n+1h", "3"), @r"
    == 3
    王芳: #报修 3号楼2单元楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 已办结
        📍 3号楼2单元 · 楼道
        🧭 电气 · 公共部位
        📝 3号楼2单元楼道灯不亮
        👤 3-2-501 王芳
        🛠 王师傅
        👉 已办结，谢谢大家。
        [❌👍🔁]
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    linli!: 3-2-501 王芳，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    王芳: 谢谢
    linli: 工单 #1 办好后没有新的消息，已自动办结。没办好请点卡片上的 🔁。这次办得怎么样？在这条消息上点 1️⃣（差）到 5️⃣（好），也可以回复说一句。
        [1️⃣2️⃣3️⃣4️⃣5️⃣]
    ");
}

#[test]
fn an_english_report_in_a_chinese_community() {
    let script = "Smith@2: #repair the kitchen tap is leaking
        张师傅@staff taps 🙋 on #1
        张师傅@staff taps ✅ on #1";
    assert_snapshot!(told("", script, "2 staff"), @r"
    == 2
    Smith: #repair the kitchen tap is leaking
    linli: 🧾 Ticket #1 · repair · done, to be confirmed
        📍 Building 2, Unit 2 · kitchen
        🧭 plumbing
        📝 the kitchen tap is leaking
        👤 2-2-901 Smith
        🛠 张师傅
        👉 Tap 👍 if all is well, 🔁 if it is not.
        [❌👍🔁]
    linli!: 2-2-901 Smith, 张师傅 has taken ticket #1. Please watch for messages.
    linli!: 2-2-901 Smith, 张师傅 says that ticket #1 is done. Tap 👍 if all is well, 🔁 if it is not.
    == staff
    linli: 🧾 工单 #1 · 报修 · 待确认
        📍 2号楼2单元901室 · kitchen
        🧭 水暖 · P2 一般
        📝 the kitchen tap is leaking
        👤 2-2-901 Smith
        🛠 张师傅
        👉 已请报修人确认。
        [🙋🚗🔧✅]
    linli!: 张师傅，工单 #1 归你了（2号楼2单元901室 · kitchen）。办好后在卡片上点 ✅。
    ");
}

#[test]
fn a_report_in_the_staff_room_has_one_card() {
    let script = "前台@staff: #报修 1号楼电梯异响
        王师傅@staff taps 🙋 on #1";
    assert_snapshot!(told("", script, "staff"), @r"
    == staff
    前台: #报修 1号楼电梯异响
    linli: 🧾 工单 #1 · 报修 · 已接单
        📍 1号楼 · 电梯
        🧭 电梯 · P2 一般 · 公共部位
        📝 1号楼电梯异响
        👤 前台小刘
        🛠 王师傅
        👉 出发点 🚗，开始处理点 🔧，办好点 ✅。要补充，请回复本卡片。
        [🙋❌🚗🔧✅]
    linli!: 前台小刘，工单 #1 由王师傅接单了，请留意消息。
    ");
}
