//! What is asked, recommended and remembered; wider rings and flags.

use insta::assert_snapshot;

use super::{stage, told};

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
        👉 想要点 🙋，不要了点 🙅。联系方式我私下转告。发帖人：✅ 成了，🗑 撤下。
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
        👉 想要点 🙋，不要了点 🙅。联系方式我私下转告。发帖人：✅ 成了，🗑 撤下。
        [🙋]
    == 2
    linli: 🏘 H4 · 🎁 送 · 进行中
        🔖 狗窝
        📝 狗窝
        👤 3号楼 李
        👉 想要点 🙋，不要了点 🙅。联系方式我私下转告。发帖人：✅ 成了，🗑 撤下。
        [🙋]
    == staff
    linli: 🚩 H3 ❓ 问 药（3号楼 李）：有 1 位邻居觉得不合适。原话：孩子发烧39度吃什么药 👉 管理员点 ❌ 撤下。
    linli: 🚩 H2 👍 推荐 装修（1号楼 周）：有 1 位邻居觉得不合适。原话：有没有靠谱的装修队？ 👉 管理员点 ❌ 撤下。
    ");
}

/// Whoever takes their 👍 back is remembered no more, and the newest words come first.
#[test]
fn whoever_no_longer_agrees_is_forgotten() {
    assert_snapshot!(
        told(
            "A = 王芳@3: #推荐 修空调的李师傅，上门快
        王芳@3 taps 👍 on A
        B = 李明@3: #推荐 修空调的赵师傅，便宜
        李明@3 taps 👍 on B
        李明@3: !打听 空调
        王芳@3 untaps 👍 on A
        李明@3: !打听 空调",
            "3"
        ),
        @r"
    == 3
    王芳: #推荐 修空调的李师傅，上门快
        [👍]
    linli: 🏘 H1 · 👍 推荐 · 进行中
        🔖 修空调的李师傅 · “李师傅”
        📝 修空调的李师傅，上门快
        👤 3号楼 王
        👉 知道的邻居请回复本卡片。自己的话上点 👍，我就记住，有人发 !打听 时告诉他是谁说的。
        [🙋]
    李明: #推荐 修空调的赵师傅，便宜
        [👍]
    linli: 🏘 H2 · 👍 推荐 · 进行中
        🔖 修空调的赵师傅 · “赵师傅”
        📝 修空调的赵师傅，便宜
        👤 3号楼 李
        👉 知道的邻居请回复本卡片。自己的话上点 👍，我就记住，有人发 !打听 时告诉他是谁说的。
        [🙋]
    李明: !打听 空调
    linli: 💬 邻居们说过的“空调”：
        修空调的赵师傅，便宜 —— 3号楼 李，03-02
        修空调的李师傅，上门快 —— 3号楼 王，03-02
    李明: !打听 空调
    linli: 💬 邻居们说过的“空调”：
        修空调的赵师傅，便宜 —— 3号楼 李，03-02
    "
    );
}

/// When a question is over, taps on what others said are none on it.
#[test]
fn taps_on_old_answers_do_nothing_to_the_question() {
    let mut stage = stage();
    stage.play(
        "周伟@1: #推荐 有没有靠谱的装修队？
        C = 吴敏@1 replies to H1: 诚信装修不错，我家做的
        周伟@1 taps ✅ on H1
        周伟@1 taps 🔁 on C
        李明@3 taps 🚩 on C",
    );
    let shown = stage.show("1 staff");
    assert!(shown.contains("H1 · 👍 推荐 · 成了"), "{shown}");
    assert!(!shown.contains("🚩"), "{shown}");
}
