//! Sanctions: by command, by tap, natively, by strikes; ended by time, lifted, undone; told and recorded.

use linli::domain::ids::RoomId;
use serde_json::{Value, json};

use super::script::{Stage, account, told};
use crate::fake::estate::room;

const NOISE: &str = "A = 李明@3: 谁家又在装修，吵死了";

/// What these rooms show after a script about a message of Li Ming's.
fn after(script: &str, rooms: &str) -> String {
    told(NOISE, script, rooms)
}

fn levels(stage: &Stage, short: &str) -> Value {
    stage.server.levels(&room(short)).clone()
}

fn standing(stage: &Stage, room: &RoomId, name: &str) -> &'static str {
    let standing = stage.server.standing(room, &account(name));
    standing.map_or("nothing", |standing| standing.membership)
}

#[test]
fn a_mute_by_command_is_told_recorded_and_ends_by_itself() {
    let mut stage = Stage::new();
    stage.play(NOISE);
    let before = levels(&stage, "3");
    stage.play("管理员@3 replies to A: !禁言 2小时 广告");
    assert_eq!(
        levels(&stage, "3")["users"]["@liming:hexie.test"],
        json!(-1)
    );
    assert!(!stage.server.may_post(&room("3"), &account("李明")));
    insta::assert_snapshot!(stage.show("3 staff talk-liming"), @r"
    == 3
    李明: 谁家又在装修，吵死了
    管理员: !禁言 2小时 广告
    linli: ✔ 处置 1：禁言
    == staff
    linli: 🛡 #1 3-1-302 李明 · 禁言 2小时（到 03-02 10:00） · 原因：广告 · 管理员老周 · 03-02 08:00
        撤销：!撤销 1
    == talk-liming
    linli: 您在和谐花园被禁言，到 03-02 10:00 为止。原因：广告。处理人：管理员老周。处置编号 1。
        如有异议，直接在这里写一句，管理员会看到。发送 !原因 可以看到全部记录。
    ");
    stage.play("+119m");
    assert_eq!(
        levels(&stage, "3")["users"]["@liming:hexie.test"],
        json!(-1)
    );
    stage.play("+2m");
    assert_eq!(levels(&stage, "3"), before);
    assert!(stage.server.may_post(&room("3"), &account("李明")));
    stage.play("李明@talk enters\n李明@talk: !why");
    insta::assert_snapshot!(stage.show("talk-liming"), @r"
    == talk-liming
    linli: 您在和谐花园被禁言，到 03-02 10:00 为止。原因：广告。处理人：管理员老周。处置编号 1。
        如有异议，直接在这里写一句，管理员会看到。发送 !原因 可以看到全部记录。
    linli: 处置 1（禁言）已经结束，您可以照常使用了。
    李明: !why
    linli: 3-1-302 李明 的记录（当前违规 0 次）：
        #1 3-1-302 李明 · 禁言 2小时（到 03-02 10:00） · 原因：广告 · 管理员老周 · 03-02 08:00
        ↳ 03-02 10:01 到期
    ");
}

#[test]
fn undo_brings_back_exactly_the_levels_of_before() {
    let mut stage = Stage::new();
    // An entry that is neither nothing nor the default.
    stage.server.set_power(&room("3"), &account("李明"), 7);
    stage.play(NOISE);
    stage.play("经理@3 levels 王芳 3");
    let before = levels(&stage, "3");
    stage.play("管理员@3 taps 🔇 on A");
    assert_eq!(
        levels(&stage, "3")["users"]["@liming:hexie.test"],
        json!(-1)
    );
    stage.play("管理员@staff: !undo 1");
    assert_eq!(levels(&stage, "3"), before);
    insta::assert_snapshot!(stage.show("3 staff talk-liming"), @r"
    == 3
    李明: 谁家又在装修，吵死了
    == staff
    linli: 🛡 #1 3-1-302 李明 · 禁言 1小时（到 03-02 09:00） · 原因：未写明 · 管理员老周 · 03-02 08:00
        撤销：!撤销 1
    管理员: !undo 1
    linli: #1 3-1-302 李明 · 禁言 1小时（到 03-02 09:00） · 原因：未写明 · 管理员老周 · 03-02 08:00
        ↳ 03-02 08:00 由管理员老周撤销
    linli: ✔ 处置 1 已撤销，恢复原样。
    == talk-liming
    linli: 您在和谐花园被禁言，到 03-02 09:00 为止。原因：未写明。处理人：管理员老周。处置编号 1。
        如有异议，直接在这里写一句，管理员会看到。发送 !原因 可以看到全部记录。
    linli: 处置 1（禁言）已撤销，当作没有发生过。
    ");
}

#[test]
fn a_native_kick_is_recorded_and_carried_and_undone() {
    let mut stage = Stage::new();
    stage.play(NOISE).play("管理员@3 kicks 李明: 吵架");
    assert_eq!(standing(&stage, &room("3"), "李明"), "leave");
    assert_eq!(standing(&stage, &room("notice"), "李明"), "leave");
    stage.play("管理员@staff: !撤销 1");
    assert_eq!(standing(&stage, &room("3"), "李明"), "invite");
    assert_eq!(standing(&stage, &room("notice"), "李明"), "invite");
    insta::assert_snapshot!(stage.show("staff talk-liming"), @r"
    == staff
    linli: 🛡 #1 3-1-302 李明 · 移出 · 原因：吵架 · 管理员老周（在客户端操作） · 03-02 08:00
        撤销：!撤销 1
    管理员: !撤销 1
    linli: #1 3-1-302 李明 · 移出 · 原因：吵架 · 管理员老周（在客户端操作） · 03-02 08:00
        ↳ 03-02 08:00 由管理员老周撤销
    linli: ✔ 处置 1 已撤销，恢复原样。
    == talk-liming
    linli: 您被移出了和谐花园的群。原因：吵架。处理人：管理员老周（在客户端操作）。处置编号 1。
        如有异议，直接在这里写一句，管理员会看到。发送 !原因 可以看到全部记录。
    linli: 处置 1（移出）已撤销，当作没有发生过。
    ");
}

#[test]
fn a_native_ban_is_carried_and_its_lifting_too() {
    let mut stage = Stage::new();
    stage.play(NOISE).play("管理员@3 bans 李明: 广告");
    for short in ["3", "notice", "space"] {
        assert_eq!(standing(&stage, &room(short), "李明"), "ban", "{short}");
    }
    stage.play("管理员@notice unbans 李明");
    for short in ["3", "notice", "space"] {
        assert_eq!(standing(&stage, &room(short), "李明"), "leave", "{short}");
    }
    insta::assert_snapshot!(stage.show("staff"), @r"
    == staff
    linli: 🛡 #1 3-1-302 李明 · 封禁 不限期 · 原因：广告 · 管理员老周（在客户端操作） · 03-02 08:00
        撤销：!撤销 1
    linli: #1 3-1-302 李明 · 封禁 不限期 · 原因：广告 · 管理员老周（在客户端操作） · 03-02 08:00
        ↳ 03-02 08:00 由管理员老周（在客户端操作）解除
    ");
}

#[test]
fn a_native_mute_is_recorded_and_a_native_unmute_ends_it() {
    let mut stage = Stage::new();
    let before = levels(&stage, "3");
    stage.play(NOISE).play("经理@3 levels 李明 -1");
    stage.play("管理员@staff: !history @liming:hexie.test");
    stage.play("管理员@staff: !undo 1");
    assert_eq!(levels(&stage, "3"), before);
    stage
        .play("经理@3 levels 李明 -1")
        .play("经理@3 levels 李明 0");
    stage.play("管理员@staff: !history 3-1-302 李明");
    insta::assert_snapshot!(stage.show("staff"), @r"
    == staff
    linli: 🛡 #1 3-1-302 李明 · 禁言 不限期 （仅一个群） · 原因：未写明 · 林经理（在客户端操作） · 03-02 08:00
        撤销：!撤销 1
    管理员: !history @liming:hexie.test
    linli: 3-1-302 李明 的记录（当前违规 0 次）：
        #1 3-1-302 李明 · 禁言 不限期 （仅一个群） · 原因：未写明 · 林经理（在客户端操作） · 03-02 08:00
    管理员: !undo 1
    linli: #1 3-1-302 李明 · 禁言 不限期 （仅一个群） · 原因：未写明 · 林经理（在客户端操作） · 03-02 08:00
        ↳ 03-02 08:00 由管理员老周撤销
    linli: ✔ 处置 1 已撤销，恢复原样。
    linli: 🛡 #2 3-1-302 李明 · 禁言 不限期 （仅一个群） · 原因：未写明 · 林经理（在客户端操作） · 03-02 08:00
        撤销：!撤销 2
    linli: #2 3-1-302 李明 · 禁言 不限期 （仅一个群） · 原因：未写明 · 林经理（在客户端操作） · 03-02 08:00
        ↳ 03-02 08:00 由林经理（在客户端操作）解除
    管理员: !history 3-1-302 李明
    linli: 3-1-302 李明 的记录（当前违规 0 次）：
        #2 3-1-302 李明 · 禁言 不限期 （仅一个群） · 原因：未写明 · 林经理（在客户端操作） · 03-02 08:00
        ↳ 03-02 08:00 由林经理（在客户端操作）解除
        #1 3-1-302 李明 · 禁言 不限期 （仅一个群） · 原因：未写明 · 林经理（在客户端操作） · 03-02 08:00
        ↳ 03-02 08:00 由管理员老周撤销
    ");
}

#[test]
fn power_in_one_room_is_no_role_in_the_community() {
    let mut stage = Stage::new();
    stage.server.set_power(&room("3"), &account("王芳"), 50);
    stage.play(NOISE).play("王芳@3 kicks 李明: 不喜欢");
    assert_eq!(standing(&stage, &room("notice"), "李明"), "join");
    stage
        .play("王芳@3: !ban @zhouwei:hexie.test")
        .play("王芳@3 taps ⛔ on A");
    assert_eq!(standing(&stage, &room("1"), "周伟"), "join");
    insta::assert_snapshot!(stage.show("3 staff"), @r"
    == 3
    李明: 谁家又在装修，吵死了
    王芳: !ban @zhouwei:hexie.test
    linli: 3-2-501 王芳，这个命令只有管理员能用。
    == staff
    linli: 🛡 #1 3-1-302 李明 · 移出 （仅一个群） · 原因：不喜欢 · 3-2-501 王芳（在客户端操作） · 03-02 08:00
        撤销：!撤销 1
    ");
}

#[test]
fn nobody_exempt_is_sanctioned() {
    let mut stage = Stage::new();
    stage.play("A = 王师傅@3: 我是水电工\nB = 天气@3: 晴");
    stage.play("管理员@3 replies to A: !ban\n管理员@3 taps ⛔ on B");
    stage.play("管理员@3: !mute @linli:hexie.test 1h\n管理员@3: !kick @lin:hexie.test");
    stage.play("管理员@staff: !mute @zhou:hexie.test 1h");
    for (name, short) in [("王师傅", "3"), ("天气", "3"), ("经理", "3")] {
        assert_eq!(standing(&stage, &room(short), name), "join", "{name}");
    }
    insta::assert_snapshot!(stage.show("3 staff talk-zhou"), @r"
    == 3
    王师傅: 我是水电工
    天气: 晴
    管理员: !ban
    linli: 王师傅 是物业、管理员或者在免处置名单里，不受处置。
    管理员: !mute @linli:hexie.test 1h
    linli: 我不能处置自己。
    管理员: !kick @lin:hexie.test
    linli: 林经理 是物业、管理员或者在免处置名单里，不受处置。
    == staff
    管理员: !mute @zhou:hexie.test 1h
    linli: 管理员老周 是物业、管理员或者在免处置名单里，不受处置。
    == talk-zhou
    linli: 天气 是机器人或桥接账号，不受处置。
    ");
}

#[test]
fn strikes_climb_and_fade() {
    let mut stage = Stage::new();
    stage.play(NOISE);
    let warn = "管理员@3 replies to A: !warn 广告";
    stage.play(warn).play(warn);
    assert!(stage.server.may_post(&room("3"), &account("李明")));
    stage.play(warn);
    assert!(!stage.server.may_post(&room("3"), &account("李明")));
    stage.play("+61m");
    assert!(stage.server.may_post(&room("3"), &account("李明")));
    // A month takes one strike away: the next warning is the third again.
    stage.play("+29d").play(warn);
    assert!(!stage.server.may_post(&room("3"), &account("李明")));
    insta::assert_snapshot!(stage.show("staff"), @r"
    == staff
    linli: 🛡 #1 3-1-302 李明 · 警告 · 原因：广告 · 管理员老周 · 03-02 08:00
        撤销：!撤销 1
    linli: 🛡 #2 3-1-302 李明 · 警告 · 原因：广告 · 管理员老周 · 03-02 08:00
        撤销：!撤销 2
    linli: 🛡 #3 3-1-302 李明 · 警告 · 原因：广告 · 管理员老周 · 03-02 08:00
        撤销：!撤销 3
    linli: 🛡 #4 3-1-302 李明 · 禁言 1小时（到 03-02 09:00） · 原因：广告 · 规则“多次违规” · 03-02 08:00
        撤销：!撤销 4
    linli: 🛡 #5 3-1-302 李明 · 警告 · 原因：广告 · 管理员老周 · 03-31 09:01
        撤销：!撤销 5
    linli: 🛡 #6 3-1-302 李明 · 禁言 1小时（到 03-31 10:01） · 原因：广告 · 规则“多次违规” · 03-31 09:01
        撤销：!撤销 6
    ");
}

#[test]
fn an_appeal_reaches_the_moderators_once() {
    let mut stage = Stage::new();
    stage
        .play(NOISE)
        .play("管理员@3 replies to A: !禁言 3天 广告");
    stage.play("李明@talk enters\n李明@talk: 那是我女儿发的\n李明@talk: 真的");
    stage.play("李明@talk: #报修 厨房漏水");
    let card = stage
        .server
        .events
        .iter()
        .rev()
        .find(|event| event.original["dev.linli"]["about"]["id"] == "appeal.1");
    let card = card.expect("a card").id.clone();
    stage.named.insert("卡".to_owned(), card);
    stage.play("王师傅@staff taps 🔓 on 卡");
    assert!(!stage.server.may_post(&room("3"), &account("李明")));
    stage.play("管理员@staff taps 🔓 on 卡");
    assert!(stage.server.may_post(&room("3"), &account("李明")));
    insta::assert_snapshot!(stage.show("staff talk-liming"), @r"
    == staff
    linli: 🛡 #1 3-1-302 李明 · 禁言 3天（到 03-05 08:00） · 原因：广告 · 管理员老周 · 03-02 08:00
        撤销：!撤销 1
    linli: 📨 3-1-302 李明 对处置有异议：那是我女儿发的
        #1 3-1-302 李明 · 禁言 3天（到 03-05 08:00） · 原因：广告 · 管理员老周 · 03-02 08:00
        一共 1 条记录。维持点 👌，解除点 🔓。
        [👌🔓]
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼1单元302室 · 厨房
        🧭 水暖 · P2 一般
        📝 厨房漏水
        👤 3-1-302 李明
        👉 点 🙋 接单。
        [🙋]
    linli: #1 3-1-302 李明 · 禁言 3天（到 03-05 08:00） · 原因：广告 · 管理员老周 · 03-02 08:00
        ↳ 03-02 08:00 由管理员老周解除
    == talk-liming
    linli: 您在和谐花园被禁言，到 03-05 08:00 为止。原因：广告。处理人：管理员老周。处置编号 1。
        如有异议，直接在这里写一句，管理员会看到。发送 !原因 可以看到全部记录。
    李明: 那是我女儿发的
    linli: 已转给管理员，会有人看的。（处置 1）
    李明: 真的
    linli: 您的话已经转给管理员了，每项处置只转一次，请等一等。（处置 1）
    李明: #报修 厨房漏水
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼1单元302室 · 厨房
        🧭 水暖
        📝 厨房漏水
        👤 3-1-302 李明
        👉 有进展就告诉您。要补充，直接在这里写；不用了点 ❌。
        [❌]
    linli: 处置 1（禁言）已经结束，您可以照常使用了。
    ");
}

#[test]
fn a_mute_follows_into_other_rooms_and_a_removal_for_a_time_is_one() {
    let mut stage = Stage::new();
    stage.play(NOISE).play("管理员@3 replies to A: !mute 1d");
    stage.play("李明@1 enters as 3-1-302 李明");
    assert!(!stage.server.may_post(&room("1"), &account("李明")));
    stage.play("管理员@3: !unmute @liming:hexie.test");
    assert!(stage.server.may_post(&room("1"), &account("李明")));
    stage.play("管理员@3 replies to A: !kick 2h");
    stage.play("李明@3 enters");
    assert_eq!(standing(&stage, &room("3"), "李明"), "leave");
    stage.play("+2h\n+1m");
    assert_eq!(standing(&stage, &room("3"), "李明"), "invite");
}

#[test]
fn a_name_that_several_bear_is_asked_back() {
    let script = "冯磊@3 enters as 3-1-302 李明\n管理员@3: !mute 3-1-302 李明 2h 广告\n管理员@3: !mute nobody";
    insta::assert_snapshot!(after(script, "3 staff"), @r"
    == 3
    李明: 谁家又在装修，吵死了
    管理员: !mute 3-1-302 李明 2h 广告
    linli: 有几个人叫这个名字，请写账号：@fenglei:hexie.test, @liming:hexie.test
    管理员: !mute nobody
    linli: 请回复那个人的消息，或者写上账号、名字，例如“!禁言 3-2-501 王芳 2小时 广告”。
    == staff
    ");
}

#[test]
fn a_member_is_found_without_their_home_where_nobody_else_is_called_so() {
    for (script, silent) in [
        ("管理员@3: !禁言 李明 5分钟 吵架", true),
        ("管理员@staff: !mute 李明 5m", true),
        ("管理员@3: !mute 李 5m", false),
        ("管理员@3: !mute 李明明 5m", false),
        (
            "王芳@3 enters as 3-2-501 李明\n管理员@3: !mute 李明 5m",
            false,
        ),
        ("管理员@3: !mute 经理 5m", false),
    ] {
        let mut stage = Stage::new();
        stage.play(script);
        let speaks = stage.server.may_post(&room("3"), &account("李明"));
        assert_eq!(!speaks, silent, "{script}");
    }
}

#[test]
fn whoever_was_warned_or_removed_is_heard_too() {
    let mut stage = Stage::new();
    stage
        .play(NOISE)
        .play("管理员@3 replies to A: !警告 广告\n李明@talk enters\n李明@talk: 我没有发广告");
    stage.call("warned", "staff");
    stage.play("管理员@staff taps 🔓 on warned\n管理员@3 kicks 李明: 广告\n李明@talk: 为什么？");
    stage.call("removed", "staff");
    stage.play("管理员@staff taps 🔓 on removed\n李明@talk: 谢谢");
    let standing = stage.server.standing(&room("3"), &account("李明"));
    assert_eq!(standing.expect("a standing").membership, "invite");
    insta::assert_snapshot!(stage.show("talk-liming"), @r"
    == talk-liming
    linli: 您在和谐花园收到一次警告。原因：广告。处理人：管理员老周。处置编号 1。
        如有异议，直接在这里写一句，管理员会看到。发送 !原因 可以看到全部记录。
    李明: 我没有发广告
    linli: 已转给管理员，会有人看的。（处置 1）
    linli: 处置 1（警告）已撤销，当作没有发生过。
    linli: 您被移出了和谐花园的群。原因：广告。处理人：管理员老周（在客户端操作）。处置编号 2。
        如有异议，直接在这里写一句，管理员会看到。发送 !原因 可以看到全部记录。
    李明: 为什么？
    linli: 已转给管理员，会有人看的。（处置 2）
    linli: 处置 2（移出）已撤销，当作没有发生过。
    李明: 谢谢
    ");
}
