//! Help posts: opened by tags, asked for by taps, promised, done.

use insta::assert_snapshot;
use linli::features;
use serde_json::json;

use super::script::Stage;
use crate::fake::estate;

/// A stage with a help channel.
fn stage() -> Stage {
    let mut server = estate::homeserver();
    estate::add_help(&mut server);
    Stage::on(server, || {
        estate::world_with_help(features::ALL, &json!({}))
    })
}

/// Plays a script, and shows rooms.
fn told(script: &str, rooms: &str) -> String {
    let mut stage = stage();
    stage.play(script);
    assert!(
        stage.robot.quarantined.is_empty(),
        "{:?}",
        stage.robot.quarantined
    );
    stage.show(rooms)
}

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
        👉 想要（或能帮上）点 🙋，不要了点 🙅。联系方式我私下转告。发帖人：✅ 成了，🗑 撤下。
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
    linli: H1 🎁 送 灰色双人沙发：现在不能这样做。
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
    linli: 好的，H1 🎁 送 灰色双人沙发。
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
fn a_ride_fills_and_its_waiting_list_moves_up() {
    let mut stage = stage();
    stage.play(
        "王芳@3: #拼车 明早7点去高铁站，有2个空座，每人20
      李明@3 taps 🙋 on H1
      周伟@help taps 🙋 on H1
      吴敏@help taps 🙋 on H1
      周伟@help untaps 🙋 on H1
      +12h
      +2h
      +10h",
    );
    assert_snapshot!(stage.show("3 help talk-wangfang talk-liming talk-wumin talk-zhouwei"), @r"
    == 3
    王芳: #拼车 明早7点去高铁站，有2个空座，每人20
    linli: 🏘 H1 · 🚗 拼车（有座） · 成了
        🧭 → 高铁站
        🕐 03-03 07:00
        💺 2/2
        💰 ¥20
        📝 明早7点去高铁站，有2个空座，每人20
        👤 3号楼 王
        🎉 成了，谢谢大家。
        [🙋]
    == help
    linli: 🏘 H1 · 🚗 拼车（有座） · 成了
        🧭 → 高铁站
        🕐 03-03 07:00
        💺 2/2
        💰 ¥20
        📝 明早7点去高铁站，有2个空座，每人20
        👤 3号楼 王
        🎉 成了，谢谢大家。
        [🙋]
    == talk-wangfang
    linli: 💺 H1 🚗 拼车（有座） → 高铁站 03-03 07:00：3号楼 李 加入了。
    linli: 💺 H1 🚗 拼车（有座） → 高铁站 03-03 07:00：1号楼 周 加入了。
    linli: ↩️ H1 🚗 拼车（有座） → 高铁站 03-03 07:00：1号楼 周 不去了。
    linli: 💺 H1 🚗 拼车（有座） → 高铁站 03-03 07:00：1号楼 吴 加入了。
    == talk-liming
    linli: 💺 H1 🚗 拼车（有座） → 高铁站 03-03 07:00：有您的位子。发起的是 3号楼 王，有事请直接联系。去不了请点 🙅。
    == talk-wumin
    linli: ⏳ H1 🚗 拼车（有座） → 高铁站 03-03 07:00：位子满了，您在排队，空出来马上告诉您。
    linli: 💺 H1 🚗 拼车（有座） → 高铁站 03-03 07:00：有位子了，是您的！发起的是 3号楼 王。去不了请点 🙅。
    == talk-zhouwei
    linli: 💺 H1 🚗 拼车（有座） → 高铁站 03-03 07:00：有您的位子。发起的是 3号楼 王，有事请直接联系。去不了请点 🙅。
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
        👉 Tap 🙋 if you want it (or can help), 🙅 if no longer. I pass contacts on in private. Author: ✅ done, 🗑 withdraw.
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
        👉 想要（或能帮上）点 🙋，不要了点 🙅。联系方式我私下转告。发帖人：✅ 成了，🗑 撤下。
        [🙋]
    李明: #卖 电饭煲 20元
    linli: 🏘 H3 · 🏷 卖 · 进行中
        🔖 电饭煲
        💰 ¥20
        📝 电饭煲 20元
        👤 3号楼 李
        👉 想要（或能帮上）点 🙋，不要了点 🙅。联系方式我私下转告。发帖人：✅ 成了，🗑 撤下。
        [🙋]
    李明: #卖 书 20元
    linli: 🏘 H4 · 🏷 卖 · 进行中
        🔖 书
        💰 ¥20
        📝 书 20元
        👤 3号楼 李
        👉 想要（或能帮上）点 🙋，不要了点 🙅。联系方式我私下转告。发帖人：✅ 成了，🗑 撤下。
        [🙋]
    李明: #卖 鞋 20元
    linli: 一周内能发的出售帖已经到上限了。邻里帮是给邻居用的，请下周再发。
    李明: !我的帖子
    linli: 🏘 我的邻里帮：3 条
        🏘 H4 · 进行中 — 🏷 卖 书 · 3号楼 李
        🏘 H3 · 进行中 — 🏷 卖 电饭煲 · 3号楼 李
        🏘 H2 · 进行中 — 🏷 卖 自行车 · 3号楼 李
    王芳: !撤下 H1
    linli: 好的，H1 🎁 送 婴儿床。
    王芳: !撤下 H1
    linli: H1 🎁 送 婴儿床：现在不能这样做。
    王芳: !撤下 H99
    linli: 没有 H99 这条帖子；!列表 可以看到有哪些。
    ");
}

#[test]
fn lost_meets_found_across_two_buildings() {
    assert_snapshot!(told("王芳@3: #寻宠 橘猫叫团子，戴红色项圈，昨晚在3号楼楼下走丢
      周伟@1: #招领 捡到一只橘色的猫，今早在3号楼门口
      周伟@talk enters
      周伟@talk: 脖子上的铃铛刻着T
      王芳@talk enters
      王芳@talk taps ✅ on LAST", "3 1 help talk-wangfang talk-zhouwei"), @r"
    == 3
    王芳: #寻宠 橘猫叫团子，戴红色项圈，昨晚在3号楼楼下走丢
    linli: 🏘 H1 · 🐾 寻宠 · 在找
        🔖 橘猫 · “团子” · 戴红色项圈
        📍 3号楼楼下
        🕐 03-01 18:00
        📝 橘猫叫团子，戴红色项圈，昨晚在3号楼楼下走丢
        👤 3号楼 王
        👉 是您的，或看到过，点 🙋，我私下介绍你们认识。发帖人：✅ 找到了，🗑 撤下。
        [🙋]
    == 1
    周伟: #招领 捡到一只橘色的猫，今早在3号楼门口
    linli: 🏘 H2 · 🐾 捡到宠物 · 在找
        🔖 猫 · 橘色
        📍 3号楼门口
        🕐 03-02 06:00
        📝 捡到一只橘色的猫，今早在3号楼门口
        👤 1号楼 周
        👉 是您的，或看到过，点 🙋，我私下介绍你们认识。发帖人：✅ 找到了，🗑 撤下。
        [🙋]
    == help
    linli: 🏘 H1 · 🐾 寻宠 · 在找
        🔖 橘猫 · “团子” · 戴红色项圈
        📍 3号楼楼下
        🕐 03-01 18:00
        📝 橘猫叫团子，戴红色项圈，昨晚在3号楼楼下走丢
        👤 3号楼 王
        👉 是您的，或看到过，点 🙋，我私下介绍你们认识。发帖人：✅ 找到了，🗑 撤下。
        [🙋]
    linli: 🏘 H2 · 🐾 捡到宠物 · 在找
        🔖 猫 · 橘色
        📍 3号楼门口
        🕐 03-02 06:00
        📝 捡到一只橘色的猫，今早在3号楼门口
        👤 1号楼 周
        👉 是您的，或看到过，点 🙋，我私下介绍你们认识。发帖人：✅ 找到了，🗑 撤下。
        [🙋]
    == talk-wangfang
    linli: 🔎 您的 H1 🐾 寻宠 橘猫，和 H2 🐾 捡到宠物 橘色猫 可能对得上：都是橘猫，都在3号楼楼下附近，时间对得上。原话：捡到一只橘色的猫，今早在3号楼门口 👉 是的话点 ✅，我介绍你们认识；不是就不用理。
        [✅]
    linli: 🔐 H2 🐾 捡到宠物 橘色猫：为了不认错，请回复我一个别人看不出来的细节（里面有什么、特别的记号）。
    == talk-zhouwei
    linli: 🔐 H2 🐾 捡到宠物 橘色猫：谢谢您的好心。请回复我一个只有失主知道的细节（比如里面有什么、特别的记号），我会先让认领的人说出来。
    linli: 🔎 您的 H2 🐾 捡到宠物 橘色猫，和 H1 🐾 寻宠 橘猫 可能对得上：都是橘色猫，都在3号楼门口附近，时间对得上。原话：橘猫叫团子，戴红色项圈，昨晚在3号楼楼下走丢 👉 是的话点 ✅，我介绍你们认识；不是就不用理。
        [✅]
    周伟: 脖子上的铃铛刻着T
    linli: 🔐 好的，记下了，不会告诉别人：脖子上的铃铛刻着T
    ");
}

#[test]
fn a_claim_must_name_the_detail() {
    assert_snapshot!(told("周伟@1: #招领 捡到一把雨伞，今早在1号楼门口
      周伟@talk enters
      周伟@talk: 伞柄上刻着W
      李明@help taps 🙋 on H1
      李明@talk enters
      李明@talk: 黑色的
      周伟@talk taps ❌ on LAST
      李明@talk: 有个W
      周伟@talk taps ✅ on LAST", "help talk-zhouwei talk-liming"), @r"
    == help
    linli: 🏘 H1 · 🔎 招领 · 在找
        🔖 雨伞
        📍 1号楼门口
        🕐 03-02 06:00
        📝 捡到一把雨伞，今早在1号楼门口
        👤 1号楼 周
        👉 是您的，或看到过，点 🙋，我私下介绍你们认识。发帖人：✅ 找到了，🗑 撤下。
        [🙋]
    == talk-zhouwei
    linli: 🔐 H1 🔎 招领 雨伞：谢谢您的好心。请回复我一个只有失主知道的细节（比如里面有什么、特别的记号），我会先让认领的人说出来。
    周伟: 伞柄上刻着W
    linli: 🔐 好的，记下了，不会告诉别人：伞柄上刻着W
    linli: 🔐 H1 🔎 招领 雨伞：3号楼 李 说：“黑色的”。您留的细节是：“伞柄上刻着W”。👉 对上了点 ✅，我介绍你们认识；不对点 ❌。
        [✅❌]
    linli: 🔐 H1 🔎 招领 雨伞：3号楼 李 说：“有个W”。您留的细节是：“伞柄上刻着W”。👉 对上了点 ✅，我介绍你们认识；不对点 ❌。
        [✅❌]
    linli: 🤝 H1 🔎 招领 雨伞：3号楼 李 想和您联系，点名字就能说话。
    == talk-liming
    linli: 🔐 H1 🔎 招领 雨伞：为了不认错，请回复我一个别人看不出来的细节（里面有什么、特别的记号）。
    李明: 黑色的
    linli: 📨 H1 🔎 招领 雨伞：已转给捡到的邻居，对上了就介绍你们认识。
    linli: 🔐 H1 🔎 招领 雨伞：细节没有对上。再想想，直接回复我另一个细节（还有一次机会）。
    李明: 有个W
    linli: 📨 H1 🔎 招领 雨伞：已转给捡到的邻居，对上了就介绍你们认识。
    linli: 🤝 H1 🔎 招领 雨伞：1号楼 周 想和您联系，点名字就能说话。
    ");
}

#[test]
fn a_grandfather_is_missing_from_cry_to_end() {
    assert_snapshot!(told("+14h
      王芳@3: #寻人 我爷爷走失了，83岁，穿深蓝色棉袄，下午从小区东门出去的
      周伟@1 replies to H1: 刚在菜市场看到过
      王师傅@staff: 查监控中
      前台@staff taps 🙋 on #1
      李明@3 taps 🙋 on H1
      王芳@3 taps ✅ on H1", "3 1 help staff talk-wangfang"), @r"
    == 3
    王芳: #寻人 我爷爷走失了，83岁，穿深蓝色棉袄，下午从小区东门出去的
    linli: 🏘 H1 · 🆘 寻人 · 找到了
        🔖 爷爷 · 深蓝色
        📍 小区东门
        🕐 03-02 12:00
        📝 我爷爷走失了，83岁，穿深蓝色棉袄，下午从小区东门出去的
        👤 3号楼 王
        🎉 成了，谢谢大家。
        [🙋]
    linli!: 3-2-501 王芳 🆘 请马上报警 110，不用等 24 小时。请在这里写：穿什么衣服，什么时候、在哪里最后见到。我正在喊物业的人看门岗和监控。
    linli: 🧾 工单 #1 · 紧急 · 已取消
        📍 东门
        🧭 安保 · 危急 · 公共部位
        📝 #寻人 我爷爷走失了，83岁，穿深蓝色棉袄，下午从小区东门出去的
        👤 3-2-501 王芳
        🛠 前台小刘
        👉 已取消。
        [❌🔁]
    linli: 👀 03-02 22:00 1号楼 周：刚在菜市场看到过
    linli!: 3-2-501 王芳，工单 #1 由前台小刘接单了，请留意消息。
    linli: ✅ H1 🆘 寻人 爷爷：人找到了！谢谢每一位帮忙的邻居。
    linli: 工单 #1 已取消。要恢复请点卡片上的 🔁。
    == 1
    linli: 🏘 H1 · 🆘 寻人 · 找到了
        🔖 爷爷 · 深蓝色
        📍 小区东门
        🕐 03-02 12:00
        📝 我爷爷走失了，83岁，穿深蓝色棉袄，下午从小区东门出去的
        👤 3号楼 王
        🎉 成了，谢谢大家。
        [🙋]
    周伟: 刚在菜市场看到过
    linli: ✅ H1 🆘 寻人 爷爷：人找到了！谢谢每一位帮忙的邻居。
    == help
    linli: 🏘 H1 · 🆘 寻人 · 找到了
        🔖 爷爷 · 深蓝色
        📍 小区东门
        🕐 03-02 12:00
        📝 我爷爷走失了，83岁，穿深蓝色棉袄，下午从小区东门出去的
        👤 3号楼 王
        🎉 成了，谢谢大家。
        [🙋]
    linli: ✅ H1 🆘 寻人 爷爷：人找到了！谢谢每一位帮忙的邻居。
    == staff
    linli!: 🆘 林经理，前台小刘，王师傅，张师傅，可能有人有危险：“#寻人 我爷爷走失了，83岁，穿深蓝色棉袄，下午从小区东门出去的” 工单 #1（东门）。现在没有安保值班，能去的都请去。谁去，请点 🙋。
        [🙋]
    linli: 🧾 工单 #1 · 紧急 · 已取消
        📍 东门
        🧭 安保 · P0 危急 · 公共部位
        📝 #寻人 我爷爷走失了，83岁，穿深蓝色棉袄，下午从小区东门出去的
        👤 3-2-501 王芳
        🛠 前台小刘
        👉 已取消。
        [🙋🚗🔧✅]
    王师傅: 查监控中
    linli!: 前台小刘，工单 #1 归你了（东门）。办好后在卡片上点 ✅。
    linli: ✅ H1 🆘 寻人 爷爷：人找到了！谢谢每一位帮忙的邻居。
    linli!: 前台小刘，工单 #1 由3-2-501 王芳取消，不用去了。
    == talk-wangfang
    linli: 👀 H1 🆘 寻人 爷爷：有人看到了！03-02 22:00 1号楼 周: 刚在菜市场看到过
    linli: 🤝 H1 🆘 寻人 爷爷：3号楼 李 想和您联系，点名字就能说话。
    ");
}

#[test]
fn a_cry_without_a_tag_of_ours_and_a_false_alarm() {
    assert_snapshot!(told("王芳@3: #紧急 我家孩子不见了，5岁，穿红衣服
      管理员@3 taps ❌ on H1", "3 2 staff"), @r"
    == 3
    王芳: #紧急 我家孩子不见了，5岁，穿红衣服
    linli: 🏘 H1 · 🆘 寻人 · 已撤下
        🔖 孩子 · 红
        📝 我家孩子不见了，5岁，穿红衣服
        👤 3号楼 王
        管理员撤下的。
        [🙋]
    linli!: 3-2-501 王芳 🆘 请马上报警 110，不用等 24 小时。请在这里写：穿什么衣服，什么时候、在哪里最后见到。我正在喊物业的人看门岗和监控。
    linli: 🧾 工单 #1 · 紧急 · 已取消
        📍 3号楼
        🧭 安保 · 危急 · 公共部位
        📝 我家孩子不见了，5岁，穿红衣服
        👤 3-2-501 王芳
        👉 已取消。
        [❌🔁]
    linli: ℹ️ H1 🆘 寻人 孩子：已撤下，不用再找了。
    linli: 工单 #1 已取消。要恢复请点卡片上的 🔁。
    == 2
    linli: 🏘 H1 · 🆘 寻人 · 已撤下
        🔖 孩子 · 红
        📝 我家孩子不见了，5岁，穿红衣服
        👤 3号楼 王
        管理员撤下的。
        [🙋]
    linli: ℹ️ H1 🆘 寻人 孩子：已撤下，不用再找了。
    == staff
    linli!: 🆘 林经理，前台小刘，王师傅，张师傅，可能有人有危险：“我家孩子不见了，5岁，穿红衣服” 工单 #1（3号楼）。现在没有安保值班，能去的都请去。谁去，请点 🙋。
        [🙋]
    linli: 🧾 工单 #1 · 紧急 · 已取消
        📍 3号楼
        🧭 安保 · P0 危急 · 公共部位
        📝 我家孩子不见了，5岁，穿红衣服
        👤 3-2-501 王芳
        👉 已取消。
        [🙋]
    linli: ℹ️ H1 🆘 寻人 孩子：已撤下，不用再找了。
    linli: 工单 #1 由3-2-501 王芳取消，不用去了。
    ");
}

#[test]
fn recommendations_are_remembered_by_whoever_agrees() {
    assert_snapshot!(told("A = 王芳@3: #推荐 修空调的李师傅，上门快，电话13600009900
      王芳@3 taps 👍 on A
      B = 周伟@1: #推荐 有没有靠谱的装修队？
      C = 吴敏@1 replies to H2: 诚信装修不错，我家做的
      吴敏@1 taps 👍 on C
      周伟@1: !打听 装修
      周伟@1: !打听 空调
      周伟@1: !打听 驾校
      李明@3: #问 孩子发烧39度吃什么药
      冯磊@help taps 🚩 on H3
      李明@help taps 🚩 on H2
      李明@3: #送 狗窝
      李明@3 taps 📣 on H4
      +5h
      +4h
      +5h", "1 3 2 staff"), @r"
    == 1
    周伟: #推荐 有没有靠谱的装修队？
    linli: 🏘 H2 · 👍 推荐 · 进行中
        🔖 装修
        📝 有没有靠谱的装修队？
        👤 1号楼 周
        👉 知道的邻居请回复本卡片。自己的话上点 👍，我就记住，有人发 !打听 时告诉他是谁说的。
        [🙋]
    吴敏: 诚信装修不错，我家做的
        [👍]
    周伟: !打听 装修
    linli: 💬 邻居们说过的“装修”：
        诚信装修不错，我家做的 —— 1号楼 吴，03-02
    周伟: !打听 空调
    linli: 💬 邻居们说过的“空调”：
        修空调的李师傅，上门快，电话🔒 —— 3号楼 王，03-02
    周伟: !打听 驾校
    linli: 还没有邻居说起过“驾校”。可以发“#推荐 驾校”问问大家。
    linli: 🏘 H4 · 🎁 送 · 进行中
        🔖 狗窝
        📝 狗窝
        👤 3号楼 李
        👉 想要（或能帮上）点 🙋，不要了点 🙅。联系方式我私下转告。发帖人：✅ 成了，🗑 撤下。
        [🙋]
    == 3
    王芳: #推荐 修空调的李师傅，上门快，电话13600009900
        [👍]
    linli: 🏘 H1 · 👍 推荐 · 进行中
        🔖 修空调的李师傅 · “李师傅”
        📝 修空调的李师傅，上门快，电话🔒
        👤 3号楼 王
        👉 知道的邻居请回复本卡片。自己的话上点 👍，我就记住，有人发 !打听 时告诉他是谁说的。
        [🙋]
    李明: #问 孩子发烧39度吃什么药
    linli: 🏘 H3 · ❓ 问 · 进行中
        🔖 药
        📝 孩子发烧39度吃什么药
        👤 3号楼 李
        👉 知道的邻居请回复本卡片，或点 🙋 私下聊。
        [🙋]
    linli: 🩺 身体的事请听医生的；情况急就打 120。
    李明: #送 狗窝
    linli: 🏘 H4 · 🎁 送 · 进行中
        🔖 狗窝
        📝 狗窝
        👤 3号楼 李
        👉 想要（或能帮上）点 🙋，不要了点 🙅。联系方式我私下转告。发帖人：✅ 成了，🗑 撤下。
        [🙋]
    == 2
    linli: 🏘 H4 · 🎁 送 · 进行中
        🔖 狗窝
        📝 狗窝
        👤 3号楼 李
        👉 想要（或能帮上）点 🙋，不要了点 🙅。联系方式我私下转告。发帖人：✅ 成了，🗑 撤下。
        [🙋]
    == staff
    linli: 🚩 H3 ❓ 问 药（3号楼 李）：有 1 位邻居觉得不合适。原话：孩子发烧39度吃什么药 👉 管理员点 ❌ 撤下。
    linli: 🚩 H2 👍 推荐 装修（1号楼 周）：有 1 位邻居觉得不合适。原话：有没有靠谱的装修队？ 👉 管理员点 ❌ 撤下。
    ");
}

/// What is on fire is no detail of a found umbrella.
#[test]
fn a_report_is_no_detail() {
    assert_snapshot!(
        told(
            "周伟@1: #招领 捡到一把黑伞，刚才在1号楼楼下
        周伟@talk enters
        周伟@talk: 厨房着火了，快来人
        周伟@talk: 伞柄上缠着红胶带",
            "talk-zhouwei staff"
        ),
        @r"
    == talk-zhouwei
    linli: 🔐 H1 🔎 招领 黑伞：谢谢您的好心。请回复我一个只有失主知道的细节（比如里面有什么、特别的记号），我会先让认领的人说出来。
    周伟: 厨房着火了，快来人
    linli!: 1-1-201 周伟 🆘 着火了先保命：马上离开，随手关门，走楼梯，不要坐电梯，拨打 119。不要回去拿东西。我正在喊物业的人。
    linli: 🧾 工单 #1 · 🆘 紧急 · 待接单
        📍 1号楼1单元201室 · 厨房
        🧭 安保 · 危急
        📝 厨房着火了，快来人
        👤 1-1-201 周伟
        👉 有进展就告诉您。要补充，直接在这里写；不用了点 ❌。
        [❌]
    周伟: 伞柄上缠着红胶带
    linli: 🔐 好的，记下了，不会告诉别人：伞柄上缠着红胶带
    == staff
    linli!: 🆘 林经理，前台小刘，王师傅，张师傅，可能有人有危险：“厨房着火了，快来人” 工单 #1（1号楼1单元201室 · 厨房）。现在没有安保值班，能去的都请去。谁去，请点 🙋。
        [🙋]
    linli: 🧾 工单 #1 · 🆘 紧急 · 待接单
        📍 1号楼1单元201室 · 厨房
        🧭 安保 · P0 危急
        📝 厨房着火了，快来人
        👤 1-1-201 周伟
        👉 点 🙋 接单。
        [🙋]
    "
    );
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
    linli: H1 🏷 卖 保健品：现在不能这样做。
    "
    );
}

/// A ride before sunrise: those aboard are reminded in the evening, once, and nothing is looked at all night.
#[test]
fn whoever_boards_at_night_keeps_nobody_awake() {
    let mut stage = stage();
    stage.play(
        "+13h
        王芳@3: #拼车 明早7点去高铁站，有2个空座
        +90m
        李明@3 taps 🙋 on H1",
    );
    let before = stage.robot.kept.state().log.len();
    stage.play("+7h");
    let decided = stage.robot.kept.state().log.len() - before;
    assert!(decided < 20, "{decided}");
}
