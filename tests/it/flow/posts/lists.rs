//! Lists, rations, and what cannot be done.

use insta::assert_snapshot;

use super::{stage, told};

#[test]
fn lists_and_limits() {
    assert_snapshot!(told(
            "王芳@3: #送 婴儿床
      王芳@3: #送 婴儿床
      李明@3: #卖 自行车 200元
      李明@3: #卖 电饭煲 20元
      李明@3: #卖 书 20元
      李明@3: #卖 鞋 20元
      周伟@1: #问 哪里修鞋
      周伟@1: !列表 送
      周伟@1: !附近
      周伟@1: !列表 什么
      李明@3: !我的帖子
      王芳@3: !撤下 H1
      王芳@3: !撤下 H1
      王芳@3: !撤下 H99
      Smith@2: #give a blue cot, pick up at 2-2-901, my wechat smith_99
      Smith@2: !list give",
            "1 2 3"
        ), @r"
    == 1
    周伟: #问 哪里修鞋
    linli: 🏘 H5 · ❓ 问 · 进行中
        🔖 修鞋
        📝 哪里修鞋
        👤 1号楼 周
        👉 知道的邻居请回复本卡片，或点 🙋 私下聊。
        [🙋]
    周伟: !列表 送
    linli: 🏘 邻里帮：1 条
        🏘 H1 · 进行中 — 🎁 送 婴儿床 · 3号楼 王
    周伟: !附近
    linli: 🏘 邻里帮：5 条
        🏘 H5 · 进行中 — ❓ 问 修鞋 · 1号楼 周
        🏘 H4 · 进行中 — 🏷 卖 书 · 3号楼 李
        🏘 H3 · 进行中 — 🏷 卖 电饭煲 · 3号楼 李
        🏘 H2 · 进行中 — 🏷 卖 自行车 · 3号楼 李
        🏘 H1 · 进行中 — 🎁 送 婴儿床 · 3号楼 王
    周伟: !列表 什么
    linli: 没有这一类。可以写：#寻人 #寻宠 #寻主 #寻物 #招领 #送 #换 #卖 #求购 #借 #拼车 #推荐 #活动搭子 #问 #代收
    == 2
    Smith: #give a blue cot, pick up at 2-2-901, my wechat smith_99
    linli: 🏘 H6 · 🎁 To give away · open
        🔖 cot · blue
        📍 Building 2
        🛍 pick up at 🔒
        📝 a blue cot, pick up at 🔒, my wechat 🔒
        👤 Building 2 Smith
        👉 Tap 🙋 if you want it, 🙅 if no longer. I pass contacts on in private. Author: ✅ done, 🗑 withdraw.
        [🙋]
    Smith: !list give
    linli: 🏘 Neighbours help: 1
        🏘 H6 · open — 🎁 To give away: blue cot · Building 2 Smith
    == 3
    王芳: #送 婴儿床
    linli: 🏘 H1 · 🎁 送 · 已撤下
        🔖 婴儿床
        📝 婴儿床
        👤 3号楼 王
        发帖人点 🔁 可以重新打开。
        [🙋]
    王芳: #送 婴儿床
    linli: 这条已经发过了，是 H1。
    李明: #卖 自行车 200元
    linli: 🏘 H2 · 🏷 卖 · 进行中
        🔖 自行车
        💰 ¥200
        📝 自行车 200元
        👤 3号楼 李
        👉 想要点 🙋，不要了点 🙅。联系方式我私下转告。发帖人：✅ 成了，🗑 撤下。
        [🙋]
    李明: #卖 电饭煲 20元
    linli: 🏘 H3 · 🏷 卖 · 进行中
        🔖 电饭煲
        💰 ¥20
        📝 电饭煲 20元
        👤 3号楼 李
        👉 想要点 🙋，不要了点 🙅。联系方式我私下转告。发帖人：✅ 成了，🗑 撤下。
        [🙋]
    李明: #卖 书 20元
    linli: 🏘 H4 · 🏷 卖 · 进行中
        🔖 书
        💰 ¥20
        📝 书 20元
        👤 3号楼 李
        👉 想要点 🙋，不要了点 🙅。联系方式我私下转告。发帖人：✅ 成了，🗑 撤下。
        [🙋]
    李明: #卖 鞋 20元
    linli: 一周内能发的出售帖已经到上限了。邻里帮是给邻居用的，请下周再发。
    李明: !我的帖子
    linli: 🏘 我发的：3 条
        🏘 H4 · 进行中 — 🏷 卖 书 · 3号楼 李
        🏘 H3 · 进行中 — 🏷 卖 电饭煲 · 3号楼 李
        🏘 H2 · 进行中 — 🏷 卖 自行车 · 3号楼 李
    王芳: !撤下 H1
    linli: 好的，H1 🎁 送 婴儿床。
    王芳: !撤下 H1
    linli: H1 🎁 送 婴儿床：已经结束了。
    王芳: !撤下 H99
    linli: 没有 H99 这条帖子；!列表 可以看到有哪些。
    ");
}

/// Its author cannot undo what a moderator has done.
#[test]
fn what_a_moderator_takes_down_stays_down() {
    assert_snapshot!(
        told(
            "李明@3: #卖 保健品，一盒99
        王芳@3 taps 🚩 on H1
        管理员@3 taps ❌ on H1
        李明@3 taps 🔁 on H1
        李明@3: !再发 H1",
            "3"
        ),
        @r"
    == 3
    李明: #卖 保健品，一盒99
    linli: 🏘 H1 · 🏷 卖 · 已撤下
        🔖 保健品
        💰 ¥99
        📝 保健品，一盒99
        👤 3号楼 李
        管理员撤下的。
        [🙋]
    李明: !再发 H1
    linli: H1 🏷 卖 保健品：管理员撤下的，有不同意见请找管理员说。
    "
    );
}

/// Whoever is muted says nothing through linli either, and nobody's number is told them.
#[test]
fn the_muted_do_not_speak_through_linli() {
    assert_snapshot!(
        told(
            "A = 李明@3: 谁家又在装修，吵死了
        管理员@3 replies to A: !禁言 2小时 广告
        李明@talk enters
        王芳@3: #送 婴儿床，电话13900002211
        李明@talk: !我要 H1
        李明@talk: #卖 保健品，一盒99
        +3h
        李明@talk: !我要 Ｈ１",
            "3 help talk-liming"
        ),
        @r"
    == 3
    李明: 谁家又在装修，吵死了
    管理员: !禁言 2小时 广告
    linli: ✔ 处置 1：禁言
    王芳: #送 婴儿床，电话13900002211
    linli: 🏘 H1 · 🎁 送 · 进行中
        🔖 婴儿床
        📝 婴儿床，电话🔒
        👤 3号楼 王
        🙋 1 人想要
        👉 想要点 🙋，不要了点 🙅。联系方式我私下转告。发帖人：✅ 成了，🗑 撤下。
        [🙋]
    == help
    linli: 🏘 H1 · 🎁 送 · 进行中
        🔖 婴儿床
        📝 婴儿床，电话🔒
        👤 3号楼 王
        🙋 1 人想要
        👉 想要点 🙋，不要了点 🙅。联系方式我私下转告。发帖人：✅ 成了，🗑 撤下。
        [🙋]
    == talk-liming
    linli: 您在和谐花园被禁言，到 03-02 10:00 为止。原因：广告。处理人：管理员老周。处置编号 1。
        如有异议，直接在这里写一句，管理员会看到。发送 !原因 可以看到全部记录。
    李明: !我要 H1
    linli: 禁言或移出期间不能这样做。有异议直接在这里写，管理员会看到。
    李明: #卖 保健品，一盒99
    linli: 已转给管理员，会有人看的。（处置 1）
    linli: 处置 1（禁言）已经结束，您可以照常使用了。
    李明: !我要 Ｈ１
    linli: 好的，H1 🎁 送 婴儿床。
    "
    );
}

/// Somebody in the channel or alone with linli is read in their own building as well.
#[test]
fn a_post_is_shown_in_its_authors_building() {
    let shown = told("王芳@help: #送 婴儿床", "3 1");
    let (own, other) = shown.split_once("== 1").expect("both rooms");
    assert!(own.contains("🏘 H1"), "{shown}");
    assert!(!other.contains("🏘 H1"), "{shown}");
}

/// Neither an edit nor a picture nor a tap of theirs does what the muted may not.
#[test]
fn the_muted_change_nothing_of_what_others_read() {
    let mut stage = stage();
    stage.play(
        "B = 李明@3: #卖 保健品，一盒99
        A = 李明@3: 谁家又在装修，吵死了
        管理员@3 replies to A: !禁言 2小时 广告
        李明@3 edits B: #卖 骂人的话
        李明@3 taps 📣 on H1",
    );
    let shown = stage.show("3 help");
    let card = shown.split("🏘 H1").nth(1).expect("a card");
    assert!(card.contains("保健品"), "{shown}");
    stage.play("+9h");
    assert!(!stage.show("1 2").contains("H1"));
}
