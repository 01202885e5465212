//! Gifts: asked for, promised, kept, freed, given.

use insta::assert_snapshot;

use super::{stage, told};

const GIFT: &str = "A = 王芳@3: #送 灰色双人沙发，九成新，3-2-501自提，电话13900002211，周日前
        李明@3 taps 🙋 on H1
        周伟@help taps 🙋 on H1
        吴敏@help taps 🙋 on H1
        王芳@talk enters";

#[test]
fn a_gift_is_asked_for_promised_and_gone() {
    let mut stage = stage();
    stage.play(GIFT);
    stage.play(
        "王芳@talk taps 2️⃣ on H1
        王芳@talk taps ✅ on H1",
    );
    assert_snapshot!(stage.show("3 help talk-wangfang talk-zhouwei talk-liming talk-wumin"), @r"
    == 3
    王芳: #送 灰色双人沙发，九成新，3-2-501自提，电话13900002211，周日前
    linli: 🏘 H1 · 🎁 送 · 成了
        🔖 双人沙发 · 灰色 · 九成新
        📍 3号楼
        🛍 自提
        ⏳ 03-08 前
        📝 灰色双人沙发，九成新，🔒自提，电话🔒，周日前
        👤 3号楼 王
        🎉 成了，谢谢大家。
        [🙋]
    == help
    linli: 🏘 H1 · 🎁 送 · 成了
        🔖 双人沙发 · 灰色 · 九成新
        📍 3号楼
        🛍 自提
        ⏳ 03-08 前
        📝 灰色双人沙发，九成新，🔒自提，电话🔒，周日前
        👤 3号楼 王
        🎉 成了，谢谢大家。
        [🙋]
    linli: 🎉 H1 成了：🎁 送 灰色双人沙发。谢谢大家，远亲不如近邻！
    == talk-wangfang
    linli: 🏘 H1 · 🎁 送 · 成了
        🎁 送 灰色双人沙发
        👉 🔁 重新打开。
        [1️⃣✅🗑2️⃣3️⃣🔁]
    linli: 🤝 H1 🎁 送 灰色双人沙发：留给 1号楼 周 了，到 03-04 08:00 为止。交到手上后点 ✅。
    == talk-zhouwei
    linli: 🤝 H1 🎁 送 灰色双人沙发：3号楼 王 把它留给您了，到 03-04 08:00 为止。请联系对方约时间；不要了点 🙅，好让给下一位。
        📇 3-2-501 · 13900002211
    == talk-liming
    linli: 🏘 H1 🎁 送 灰色双人沙发：成了，不用再等了。谢谢您。
    == talk-wumin
    linli: 🏘 H1 🎁 送 灰色双人沙发：成了，不用再等了。谢谢您。
    ");
}

#[test]
fn whoever_does_not_come_frees_it_again() {
    let mut stage = stage();
    stage.play(GIFT);
    stage.play(
        "王芳@talk taps 1️⃣ on H1
        +49h",
    );
    assert_snapshot!(stage.show("help talk-wangfang talk-liming"), @r"
    == help
    linli: 🏘 H1 · 🎁 送 · 进行中
        🔖 双人沙发 · 灰色 · 九成新
        📍 3号楼
        🛍 自提
        ⏳ 03-08 前
        📝 灰色双人沙发，九成新，🔒自提，电话🔒，周日前
        👤 3号楼 王
        🙋 2 人想要
        👉 想要点 🙋，不要了点 🙅。联系方式我私下转告。发帖人：✅ 成了，🗑 撤下。
        [🙋]
    == talk-wangfang
    linli: 🏘 H1 · 🎁 送 · 进行中
        🎁 送 灰色双人沙发
        1️⃣ 1号楼 周（03-02 08:00）
        2️⃣ 1号楼 吴（03-02 08:00）
        👉 点数字留给那一位；✅ 成了，🗑 撤下。不选也没关系，大家都在等您。
        [1️⃣✅🗑2️⃣3️⃣]
    linli: 🤝 H1 🎁 送 灰色双人沙发：留给 3号楼 李 了，到 03-04 08:00 为止。交到手上后点 ✅。
    linli: ⌛ H1 🎁 送 灰色双人沙发：3号楼 李 没有来，现在又空出来了，请再选一位。
    == talk-liming
    linli: 🤝 H1 🎁 送 灰色双人沙发：3号楼 王 把它留给您了，到 03-04 08:00 为止。请联系对方约时间；不要了点 🙅，好让给下一位。
        📇 3-2-501 · 13900002211
    linli: ⌛ H1 🎁 送 灰色双人沙发：留给您的时间过了，已经让给别人。还想要可以再点 🙋。
    ");
    stage.play(
        "周伟@help untaps 🙋 on H1
      吴敏@help: !我要 H1
      王芳@talk: !留给 H1 1
      吴敏@help: !不要了 H1
      王芳@3 redacts A
      ",
    );
    assert_snapshot!(stage.show("3 help talk-wangfang talk-liming talk-wumin"), @r"
    == 3
    王芳: (redacted)
    linli: 🏘 H1 · 🎁 送 · 已撤下
        （内容已撤回）
        [🙋]
    == help
    linli: 🏘 H1 · 🎁 送 · 已撤下
        （内容已撤回）
        [🙋]
    吴敏: !我要 H1
    linli: H1 🎁 送 灰色双人沙发：您已经说过了。
    吴敏: !不要了 H1
    linli: 好的，H1 🎁 送 灰色双人沙发。
    == talk-wangfang
    linli: 🏘 H1 · 🎁 送 · 已撤下
        🎁 送
        👉 🔁 重新打开。
        [1️⃣✅🗑2️⃣3️⃣🔁]
    linli: 🤝 H1 🎁 送 灰色双人沙发：留给 3号楼 李 了，到 03-04 08:00 为止。交到手上后点 ✅。
    linli: ⌛ H1 🎁 送 灰色双人沙发：3号楼 李 没有来，现在又空出来了，请再选一位。
    王芳: !留给 H1 1
    linli: 🤝 H1 🎁 送 灰色双人沙发：留给 1号楼 吴 了，到 03-06 09:00 为止。交到手上后点 ✅。
    linli: ↩️ H1 🎁 送 灰色双人沙发：1号楼 吴 不要了，现在又空出来了。
    == talk-liming
    linli: 🤝 H1 🎁 送 灰色双人沙发：3号楼 王 把它留给您了，到 03-04 08:00 为止。请联系对方约时间；不要了点 🙅，好让给下一位。
        📇 3-2-501 · 13900002211
    linli: ⌛ H1 🎁 送 灰色双人沙发：留给您的时间过了，已经让给别人。还想要可以再点 🙋。
    == talk-wumin
    linli: 🤝 H1 🎁 送 灰色双人沙发：3号楼 王 把它留给您了，到 03-06 09:00 为止。请联系对方约时间；不要了点 🙅，好让给下一位。
        📇 3-2-501 · 13900002211
    ");
}

#[test]
fn nobody_is_told_at_night() {
    let mut stage = stage();
    stage.play(
        "+15h
      王芳@3: #寻宠 橘猫 叫团子
      王芳@3 shows
      李明@help taps 🙋 on H1
      王芳@3 replies to H1: 5号楼后面，昨晚
      ",
    );
    assert_snapshot!(stage.show("3 help talk-liming"), @r"
    == 3
    王芳: #寻宠 橘猫 叫团子
    linli: 🏘 H1 · 🐾 寻宠 · 在找
        🔖 橘猫 · “团子”
        📍 5号楼后面
        🕐 03-01 18:00
        📝 橘猫 叫团子
        📷 1 张照片
        👤 3号楼 王
        👉 是您的，或看到过，点 🙋，我私下介绍你们认识。发帖人：✅ 找到了，🗑 撤下。
        [🙋]
    linli: H1 已发出。还差一点：在哪里？ 什么时候？ 直接回复这条消息就行。
    王芳: IMG_1.jpg
    王芳: 5号楼后面，昨晚
    == help
    linli: 🏘 H1 · 🐾 寻宠 · 在找
        🔖 橘猫 · “团子”
        📍 5号楼后面
        🕐 03-01 18:00
        📝 橘猫 叫团子
        📷 1 张照片
        👤 3号楼 王
        👉 是您的，或看到过，点 🙋，我私下介绍你们认识。发帖人：✅ 找到了，🗑 撤下。
        [🙋]
    linli: IMG_1.jpg
    == talk-liming
    linli: 🤝 H1 🐾 寻宠 橘猫：3号楼 王 想和您联系，点名字就能说话。
    ");
    stage.play(
        "+10h
      +3d
      +4d
      +40d
      +4d",
    );
    assert_snapshot!(stage.show("help talk-wangfang"), @r"
    == help
    linli: 🏘 H1 · 🐾 寻宠 · 已到期
        🔖 橘猫 · “团子”
        📍 5号楼后面
        🕐 03-01 18:00
        📝 橘猫 叫团子
        📷 1 张照片
        👤 3号楼 王
        发帖人点 🔁 可以重新打开。
        [🙋]
    linli: IMG_1.jpg
    linli: 🔁 H1 🐾 寻宠 橘猫 · 已到期
        [🙋]
    linli: 🔁 H1 🐾 寻宠 橘猫 · 已到期
        [🙋]
    linli: 🔁 H1 🐾 寻宠 橘猫 · 已到期
        [🙋]
    linli: 🔁 H1 🐾 寻宠 橘猫 · 已到期
        [🙋]
    == talk-wangfang
    linli: 🤝 H1 🐾 寻宠 橘猫：3号楼 李 想和您联系，点名字就能说话。
    linli: 🏘 H1 🐾 寻宠 橘猫：怎么样了？有结果点 ✅，还要继续点 🔁，不用了点 🗑。
    linli: 🏘 H1 🐾 寻宠 橘猫：到期了。还需要的话点 🔁 重新打开。
    ");
}

/// The channel belongs to all: once a day at most, and five times in all, whether it was over in between or not.
#[test]
fn a_post_is_not_shown_again_at_will() {
    assert_snapshot!(
        told(
            "王芳@help: #送 婴儿床
        王芳@help: !再发 H1
        +25h
        王芳@help: !再发 H1
        王芳@help: !撤下 H1
        王芳@help: !再发 H1
        +25h
        王芳@help: !再发 H1",
            "help 3"
        ),
        @r"
    == help
    王芳: #送 婴儿床
    linli: 🏘 H1 · 🎁 送 · 进行中
        🔖 婴儿床
        📝 婴儿床
        👤 3号楼 王
        👉 想要点 🙋，不要了点 🙅。联系方式我私下转告。发帖人：✅ 成了，🗑 撤下。
        [🙋]
    王芳: !再发 H1
    linli: H1 🎁 送 婴儿床：一天之内刚发过，请明天再来，把位置留给其他邻居。
    王芳: !再发 H1
    linli: 🔁 H1 🎁 送 婴儿床 · 进行中
        [🙋]
    linli: 好的，H1 🎁 送 婴儿床。
    王芳: !撤下 H1
    linli: 好的，H1 🎁 送 婴儿床。
    王芳: !再发 H1
    linli: 好的，H1 🎁 送 婴儿床。
    王芳: !再发 H1
    linli: 🔁 H1 🎁 送 婴儿床 · 进行中
        [🙋]
    linli: 好的，H1 🎁 送 婴儿床。
    == 3
    linli: 🏘 H1 · 🎁 送 · 进行中
        🔖 婴儿床
        📝 婴儿床
        👤 3号楼 王
        👉 想要点 🙋，不要了点 🙅。联系方式我私下转告。发帖人：✅ 成了，🗑 撤下。
        [🙋]
    linli: 🔁 H1 🎁 送 婴儿床 · 进行中
        [🙋]
    linli: 🔁 H1 🎁 送 婴儿床 · 进行中
        [🙋]
    "
    );
}

#[test]
fn where_somebody_waits_no_more_are_called() {
    let mut stage = stage();
    stage.play("王芳@help: #送 婴儿床\n李明@help taps 🙋 on H1\n+100h");
    assert!(!stage.show("help").contains("🔁 H1"));
    stage.play("李明@help taps 🙅 on H1\n+1h");
    assert!(stage.show("help").contains("🔁 H1"));
}

/// A gift that becomes a sale by an edit is counted as one.
#[test]
fn an_edit_is_no_way_round_the_ration_of_sales() {
    let shown = told(
        "王芳@help: #卖 书，5元
        王芳@help: #卖 锅，5元
        王芳@help: #卖 灯，5元
        A = 王芳@help: #送 婴儿床
        王芳@help edits A: #卖 婴儿床 200元",
        "help",
    );
    assert!(shown.contains("🏘 H4 · 🎁 送"), "{shown}");
}
