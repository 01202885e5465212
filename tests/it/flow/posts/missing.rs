//! Missing people.

use insta::assert_snapshot;

use super::{stage, told};

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

/// A sighting that is taken back stands nowhere, and whoever else cries for the same one is heard in the same thread.
#[test]
fn sightings_are_taken_back_and_cries_are_one() {
    assert_snapshot!(
        told(
            "王芳@3: #寻人 我爷爷走丢了，叫王建国，穿蓝色外套
        A = 周伟@1 replies to H1: 刚才在南门看到了，我家1-2-301可以看到
        周伟@1 redacts A
        吴敏@1: #寻人 王建国爷爷不见了，穿蓝外套，请大家帮忙找",
            "3 1"
        ),
        @r"
    == 3
    王芳: #寻人 我爷爷走丢了，叫王建国，穿蓝色外套
    linli: 🏘 H1 · 🆘 寻人 · 在找
        🔖 爷爷 · 蓝色 · “王建国”
        📝 我爷爷走丢了，叫王建国，穿蓝色外套
        👤 3号楼 王
        🚨 请大家看看楼道、地下室、花园。别等，先打 110 报警；物业马上查监控。
        👉 看到的请马上回复本卡片（什么时间、在哪里），或点 🙋 联系家人。找到后家人或物业点 ✅。
        [🙋]
    linli!: 3-2-501 王芳 🆘 请马上报警 110，不用等 24 小时。请在这里写：穿什么衣服，什么时候、在哪里最后见到。我正在喊物业的人看门岗和监控。
    linli: 🧾 工单 #1 · 🆘 紧急 · 待接单
        🧭 安保 · 危急 · 公共部位
        📝 #寻人 我爷爷走丢了，叫王建国，穿蓝色外套
        👤 3-2-501 王芳
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli: (redacted)
    linli: 👀 03-02 08:00 1号楼 吴：#寻人 王建国爷爷不见了，穿蓝外套，请大家帮忙找
    == 1
    linli: 🏘 H1 · 🆘 寻人 · 在找
        🔖 爷爷 · 蓝色 · “王建国”
        📝 我爷爷走丢了，叫王建国，穿蓝色外套
        👤 3号楼 王
        🚨 请大家看看楼道、地下室、花园。别等，先打 110 报警；物业马上查监控。
        👉 看到的请马上回复本卡片（什么时间、在哪里），或点 🙋 联系家人。找到后家人或物业点 ✅。
        [🙋]
    周伟: (redacted)
    吴敏: #寻人 王建国爷爷不见了，穿蓝外套，请大家帮忙找
    linli!: 1-2-602 吴敏 🆘 请马上报警 110，不用等 24 小时。请在这里写：穿什么衣服，什么时候、在哪里最后见到。我正在喊物业的人看门岗和监控。
    linli: 🧾 工单 #2 · 🆘 紧急 · 待接单
        🧭 安保 · 危急 · 公共部位
        📝 #寻人 王建国爷爷不见了，穿蓝外套，请大家帮忙找
        👤 1-2-602 吴敏
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    "
    );
}

/// Two children are called the same: each cry is one of its own, and everybody hears of both.
#[test]
fn in_doubt_each_cry_is_its_own() {
    let shown = told(
        "王芳@3: #寻人 我家孩子走丢了，叫小宝，6岁
        吴敏@1: #寻人 我孙子小宝不见了，3岁，穿黄衣服",
        "3 1",
    );
    assert!(shown.contains("🏘 H2 · 🆘 寻人"), "{shown}");
}

/// Both who have cried for the same one are called off together, and what replies to either is gathered.
#[test]
fn one_end_is_an_end_for_both_cries() {
    let mut stage = stage();
    stage.play(
        "王芳@3: #寻人 我爷爷走丢了，叫王建国，穿蓝色外套
        B = 吴敏@1: #寻人 王建国爷爷不见了，穿蓝外套，请大家帮忙找
        周伟@1 replies to B: 刚才在南门看到了
        王芳@3 taps ✅ on H1",
    );
    let shown = stage.show("3 1 staff");
    assert!(shown.contains("1号楼 周：刚才在南门看到了"), "{shown}");
    assert!(shown.contains("工单 #1 · 紧急 · 已取消"), "{shown}");
    assert!(shown.contains("工单 #2 · 紧急 · 已取消"), "{shown}");
}

/// Staff finish their ticket, whether they have found somebody or not: the family says how it ended.
#[test]
fn the_family_is_asked_when_staff_are_done() {
    let mut stage = stage();
    stage.play(
        "王芳@3: #寻人 我爷爷走丢了，叫王建国，穿蓝色外套
        王师傅@staff taps 🙋 on #1
        王师傅@staff taps ✅ on #1
        王芳@talk enters",
    );
    let shown = stage.show("talk-wangfang 1");
    assert!(shown.contains("物业那边办完了"), "{shown}");
    assert!(shown.contains("H1 · 🆘 寻人 · 在找"), "{shown}");
    stage.play("王芳@talk taps ✅ on LAST");
    let shown = stage.show("1 staff");
    assert!(shown.contains("人找到了！"), "{shown}");
}

/// The tag alone is a cry, whatever the words are, and so is an edit that puts it in: staff are called each time.
#[test]
fn the_tag_alone_calls_staff() {
    for script in [
        "王芳@3: #寻人 我爷爷，82岁，穿蓝外套",
        "王芳@3: #missing my grandfather Wang Jianguo, blue jacket, last seen at the south gate",
        "王芳@3: #missing Wang Jianguo, grandfather, blue jacket",
        "A = 王芳@3: 我爷爷，82岁，穿蓝外套\n王芳@3 edits A: #寻人 我爷爷，82岁，穿蓝外套",
    ] {
        let shown = told(script, "1 3 staff");
        assert!(
            shown.contains("H1 · 🆘 ") && shown.contains("工单 #1"),
            "{shown}"
        );
        assert!(shown.contains("P0"), "{shown}");
        assert!(shown.contains("110"), "{shown}");
    }
}

/// Posters, lost things and good news are no cries, and whoever wants no name is named nowhere.
#[test]
fn what_only_sounds_like_a_cry_calls_nobody() {
    for text in [
        "#投诉 电梯里贴满了寻人启事",
        "#complaint missing person posters all over the lift",
        "#推荐 电影《寻人启事》",
        "#missing baby stroller, grey",
        "#missing student card, blue",
        "#missing lady handbag, black",
    ] {
        let shown = told(&format!("王芳@3: {text}"), "1 2 staff");
        assert!(!shown.contains('🆘'), "{text}: {shown}");
    }
    let shown = told(
        "王芳@3: #寻人 我爷爷走丢了，叫王建国，穿蓝色外套
        王芳@3: #寻人 爷爷找到了，谢谢大家",
        "3 1 staff",
    );
    assert!(shown.contains("请在 H1 的卡片上点 ✅"), "{shown}");
    assert!(!shown.contains("H2") && !shown.contains("#2"), "{shown}");
}

/// A question becomes a cry by an edit: all rooms read of it, and staff are called.
#[test]
fn a_post_that_becomes_a_cry_is_one() {
    let shown = told(
        "A = 王芳@3: #问 谁见过我家的猫，穿蓝外套
        王芳@3 edits A: #寻人 我爷爷走失，穿蓝外套",
        "1 2 staff",
    );
    assert_eq!(shown.matches("🏘 H1 · 🆘 寻人 · 在找").count(), 2, "{shown}");
    assert!(shown.contains("工单 #1 · 🆘 紧急"), "{shown}");
}

/// Nobody can look for a tag: whoever writes one alone is told what to write, and nobody else is called.
#[test]
fn a_bare_tag_is_asked_whom_it_means() {
    let shown = told("王芳@3: #寻人", "1 3 staff");
    assert!(shown.contains("先打 110"), "{shown}");
    assert!(!shown.contains("H1") && !shown.contains("#1"), "{shown}");
}

/// Somebody found whom nobody has cried for is a cry; what others say of one who is looked for is told to the family.
#[test]
fn good_news_reaches_who_looks_and_a_stranger_is_cried_for() {
    let stranger = told(
        "周伟@1: #寻人 在南门找到了一位老人，问不出住哪里",
        "1 3 staff",
    );
    assert!(
        stranger.contains("H1 · 🆘 寻人") && stranger.contains("#1"),
        "{stranger}"
    );
    let shown = told(
        "王芳@3: #寻人 我爷爷走丢了，叫王建国，穿蓝色外套
        周伟@1: #寻人 王爷爷找到了，在南门
        王芳@3 taps ✅ on H1
        王芳@3: #寻人 爷爷找到了，谢谢大家",
        "1 3 staff",
    );
    assert!(shown.contains("1号楼 周：#寻人 王爷爷找到了"), "{shown}");
    assert!(!shown.contains("H2") && !shown.contains("#2"), "{shown}");
}

/// Somebody may have asked for a post already: it becomes a cry all the same.
#[test]
fn a_question_with_askers_becomes_a_cry_too() {
    let shown = told(
        "A = 王芳@3: #问 谁见过我家的猫，穿蓝外套
        李明@3 taps 🙋 on H1
        王芳@3 edits A: #寻人 我爷爷走失，穿蓝外套",
        "1 2 staff",
    );
    assert!(
        shown.contains("🏘 H1 · 🆘 寻人") && shown.contains("工单 #1"),
        "{shown}"
    );
}
