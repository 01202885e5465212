//! Spam in rooms: what goes, what stays, who is told, and what a moderator's tap brings back.

use linli::{
    domain::{
        check::Check,
        ids::{RoomId, UserId},
    },
    matrix::translate,
};
use serde_json::{Value, json};

use super::script::{Stage, account};
use crate::fake::estate::{room, user};

pub(super) const ADVERT: &str = "专业代开发票，真实可查，加薇 abc12345";

fn levels(stage: &Stage, short: &str) -> Value {
    stage.server.levels(&room(short)).clone()
}

/// So many accounts that come into a room, and are there for a while.
pub(super) fn crowd(stage: &mut Stage, room: &RoomId, count: usize) -> Vec<UserId> {
    let users: Vec<UserId> = (0..count).map(|n| user(&format!("crowd{n}"))).collect();
    for (n, user) in users.iter().enumerate() {
        // One after the other, or else they are a raid.
        stage.server.pass(5_000);
        stage
            .server
            .join(room, user, &format!("3-1-{}01 王", n + 1));
    }
    work(stage);
    stage.server.pass(3_600_000);
    users
}

pub(super) fn work(stage: &mut Stage) {
    stage.robot.clock = stage.server.now;
    stage.robot.settle_down(&mut stage.server);
    assert!(
        stage.robot.quarantined.is_empty(),
        "{:?}",
        stage.robot.quarantined
    );
}

/// Calls the card of a wave so.
pub(super) fn card(stage: &mut Stage, name: &str, wave: u32) {
    let about = format!("wave.{wave}");
    let cards = stage.server.rooms[&room("staff")].timeline.iter();
    let mut cards = cards.map(|place| &stage.server.events[*place]);
    let card = cards.find(|event| event.original["dev.linli"]["about"]["id"] == about.as_str());
    let id = card.expect("a card").id.clone();
    stage.named.insert(name.to_owned(), id);
}

/// What is left of what somebody has said in a room.
pub(super) fn left(stage: &Stage, short: &str, user: &UserId) -> Vec<String> {
    let events = stage.server.rooms[&room(short)].timeline.iter();
    let events = events.map(|place| &stage.server.events[*place]);
    let said =
        events.filter(|event| event.sender == *user && event.value["type"] == "m.room.message");
    said.filter_map(|event| {
        let content = stage.server.current(&event.id)?;
        Some(content["body"].as_str()?.to_owned())
    })
    .collect()
}

#[test]
fn an_advert_goes_its_author_is_muted_and_one_card_tells_it() {
    let mut stage = Stage::new();
    let before = levels(&stage, "3");
    stage.play(&format!(
        "新邻居@3 enters as 3-1-1201 何洁\n新邻居@3: 大家好\n新邻居@3: {ADVERT}"
    ));
    insta::assert_snapshot!(stage.show("3 staff talk-newcomer"), @r"
    == 3
    linli: 👋 欢迎新邻居 3-1-1201 何洁！
    新邻居: (redacted)
    新邻居: (redacted)
    == staff
    linli: 🚯 广告 1：3-1-1201 何洁 · 1 条 · 已删除并禁言，另删其 1 条
        “专业代开发票，真实可查，加薇 abc12345”
        依据：联系方式“加薇 ab…345”；读起来像广告（0.86 分）
        点 ✅ 没错，❌ 误判（全部撤回，这段话以后放行），⛔ 全部封禁。
        [✅❌⛔]
    == talk-newcomer
    linli: 您在和谐花园被禁言，到 03-03 08:00 为止。原因：联系方式“加薇 ab…345”。处理人：规则“防广告”。处置编号 1。
        如有异议，直接在这里写一句，管理员会看到。发送 !原因 可以看到全部记录。
    ");
    assert_eq!(
        levels(&stage, "3")["users"]["@newcomer:hexie.test"],
        json!(-1)
    );
    card(&mut stage, "card", 1);
    stage.play("管理员@staff taps ❌ on card");
    assert_eq!(levels(&stage, "3"), before);
    stage.play(&format!("新邻居@3: {ADVERT}"));
    assert_eq!(left(&stage, "3", &account("新邻居")), [ADVERT]);
    insta::assert_snapshot!(stage.show("3 staff talk-newcomer"), @r"
    == 3
    linli: 👋 欢迎新邻居 3-1-1201 何洁！
    新邻居: (redacted)
    新邻居: (redacted)
    新邻居: 专业代开发票，真实可查，加薇 abc12345
    == staff
    linli: 🚯 广告 1：3-1-1201 何洁 · 1 条 · 已删除并禁言，另删其 1 条
        “专业代开发票，真实可查，加薇 abc12345”
        依据：联系方式“加薇 ab…345”；读起来像广告（0.86 分）
        ❌ 管理员老周认定误判，已全部撤回 · 03-02 08:00
        [✅❌⛔]
    == talk-newcomer
    linli: 您在和谐花园被禁言，到 03-03 08:00 为止。原因：联系方式“加薇 ab…345”。处理人：规则“防广告”。处置编号 1。
        如有异议，直接在这里写一句，管理员会看到。发送 !原因 可以看到全部记录。
    linli: 处置 1（禁言）已撤销，当作没有发生过：您的消息不是广告，是我们弄错了。删掉的恢复不了，请再发一次，这次会放行。
    ");
}

#[test]
fn a_wave_of_many_accounts_is_one_case() {
    let mut stage = Stage::new();
    let users = crowd(&mut stage, &room("3"), 12);
    let before = levels(&stage, "3");
    for user in &users {
        stage.server.say(&room("3"), user, ADVERT);
    }
    work(&mut stage);
    stage.play("+3s");
    for user in &users {
        assert_eq!(left(&stage, "3", user), Vec::<String>::new());
        assert!(!stage.server.may_post(&room("3"), user));
    }
    insta::assert_snapshot!(stage.show("staff"), @r"
    == staff
    linli: 🚯 广告 1：1 个群、12 个账号、12 条（3-1-101 王、3-1-201 王、3-1-301 王 等） · 已删除并禁言
        “专业代开发票，真实可查，加薇 abc12345”
        依据：联系方式“加薇 ab…345”；12 个新号发同样内容；读起来像广告（0.93 分）
        点 ✅ 没错，❌ 误判（全部撤回，这段话以后放行），⛔ 全部封禁。
        [✅❌⛔]
    ");
    card(&mut stage, "card", 1);
    stage.play("管理员@staff taps ❌ on card");
    stage.play("+3s");
    assert_eq!(levels(&stage, "3"), before);
    for user in &users {
        assert!(stage.server.may_post(&room("3"), user));
    }
    stage.server.say(&room("3"), &users[0], ADVERT);
    work(&mut stage);
    assert_eq!(left(&stage, "3", &users[0]), [ADVERT]);
}

#[test]
fn neighbours_are_left_alone_and_staff_may_write_anything() {
    let mut stage = Stage::new();
    let before = levels(&stage, "3");
    stage.play(&format!(
        "王师傅@3: {ADVERT}
        管理员@3: {ADVERT}
        天气@3: {ADVERT}
        王芳@3: 电费在 https://www.95598.cn/pay 交，户号 1234567890
        王芳@3: 收到
        李明@3: 收到
        周伟@3: 收到
        吴敏@3: 收到
        冯磊@3: 收到
        王芳@3: 物业电话58881234，打了没人接，垃圾物业！
        李明@3: 我的车牌 沪A12345，谁挡了请打 13800001111 挪车"
    ));
    assert_eq!(levels(&stage, "3"), before);
    assert!(!stage.show("3").contains("redacted"), "{}", stage.show("3"));
    assert!(
        !stage.show("staff").contains('🚯'),
        "{}",
        stage.show("staff")
    );
}

#[test]
fn what_tells_of_danger_stays_whatever_else_it_says() {
    let mut stage = Stage::new();
    stage.play(&format!(
        "新邻居@3 enters as 3-1-1201 何洁
        新邻居@3: 三楼着火了！快来人！加薇 abc12345 代开发票
        新邻居@3: {ADVERT}
        新邻居@3: {ADVERT} 还有 t.cn/A6abc"
    ));
    let left = left(&stage, "3", &account("新邻居"));
    assert_eq!(left, ["三楼着火了！快来人！加薇 abc12345 代开发票"]);
    assert!(!stage.server.may_post(&room("3"), &account("新邻居")));
}

#[test]
fn an_edit_into_an_advert_goes_with_what_it_was() {
    let mut stage = Stage::new();
    stage.play(&format!(
        "新邻居@3 enters as 3-1-1201 何洁
        A = 新邻居@3: 大家好，请问快递放在哪里？
        新邻居@3 edits A: {ADVERT}"
    ));
    assert_eq!(left(&stage, "3", &account("新邻居")), Vec::<String>::new());
    assert!(stage.show("staff").contains("🚯"));
}

#[test]
fn a_flood_is_stopped_and_gone() {
    let mut stage = Stage::new();
    stage.play("王芳@3: 大家早上好");
    let user = account("王芳");
    for n in 0..15 {
        stage.server.pass(500);
        stage
            .server
            .say(&room("3"), &user, &format!("啦啦啦 {}", n * 7));
    }
    work(&mut stage);
    // All that belonged to the flood, what came after it tripped too.
    assert_eq!(left(&stage, "3", &user), Vec::<String>::new());
    assert!(!stage.server.may_post(&room("3"), &user));
    let staff = stage.show("staff");
    assert!(staff.contains("20 秒内"), "{staff}");
}

#[test]
fn a_warning_takes_nothing_else_away_and_a_mute_no_report() {
    let mut stage = Stage::new();
    let user = account("新邻居");
    stage.play(
        "新邻居@3 enters as 3-1-1201 何洁
        新邻居@3: #报修 3号楼1单元楼道灯不亮
        新邻居@3: 大家好
        新邻居@3: Earn $500 a day from your phone, add me on telegram @quickcash88",
    );
    let honest = ["#报修 3号楼1单元楼道灯不亮", "大家好"];
    assert_eq!(left(&stage, "3", &user), honest);
    assert!(stage.server.may_post(&room("3"), &user));
    stage.play(&format!("新邻居@3: {ADVERT}"));
    assert_eq!(left(&stage, "3", &user), honest[..1]);
    assert!(!stage.server.may_post(&room("3"), &user));
}

#[test]
fn what_belongs_to_somebodys_ticket_outlives_their_mute() {
    let mut stage = Stage::new();
    let user = account("新邻居");
    stage.play("新邻居@3 enters as 3-1-1201 何洁\nA = 新邻居@3: #报修 3号楼1单元楼道灯不亮");
    stage.server.picture(&room("3"), &user, None);
    work(&mut stage);
    stage.play("新邻居@3 replies to A: 它还闪\n新邻居@3: 大家好");
    let pictures = |stage: &Stage| {
        let shown = &stage.server.rooms[&room("staff")].timeline;
        let shown = shown.iter().map(|place| &stage.server.events[*place]);
        shown
            .filter(|event| event.value["content"]["msgtype"] == "m.image")
            .count()
    };
    assert_eq!(pictures(&stage), 1);
    stage.play(&format!("新邻居@3: {ADVERT}"));
    assert!(!stage.server.may_post(&room("3"), &user));
    let kept = left(&stage, "3", &user);
    assert_eq!(kept.len(), 3, "{kept:?}");
    assert!(!kept.contains(&"大家好".to_owned()), "{kept:?}");
    assert_eq!(pictures(&stage), 1);
}

#[test]
fn whoever_reports_too_much_is_muted_and_every_report_stays() {
    let mut stage = Stage::new();
    let user = account("王芳");
    let mut said = Vec::new();
    for n in 0..15 {
        stage.server.pass(500);
        said.push(format!("#报修 3号楼1单元{n}楼楼道灯不亮"));
        stage.server.say(&room("3"), &user, &said[n]);
    }
    work(&mut stage);
    stage.play("+3s");
    assert!(!stage.server.may_post(&room("3"), &user));
    assert_eq!(left(&stage, "3", &user), said);
    let staff = stage.show("staff");
    assert!(
        staff.contains("#15") && !staff.contains("已取消"),
        "{staff}"
    );
    assert!(staff.contains("报修都保留"), "{staff}");
    // A moderator who agrees agrees with the mute, and not that a report be lost.
    card(&mut stage, "card", 1);
    stage.play("管理员@staff taps ✅ on card");
    assert_eq!(left(&stage, "3", &user), said);
}

#[test]
fn nobody_floods_by_talking_or_by_showing_what_is_broken() {
    let mut stage = Stage::new();
    let user = account("王芳");
    for _ in 0..9 {
        stage.server.pass(300);
        stage.server.picture(&room("3"), &user, None);
    }
    for n in 0..9 {
        stage.server.pass(2_500);
        stage.server.say(
            &room("3"),
            &user,
            ["在吗", "那个", "电梯", "又停了", "哈哈"][n % 5],
        );
    }
    work(&mut stage);
    assert!(!stage.show("3").contains("redacted"), "{}", stage.show("3"));
}

#[test]
fn the_same_advert_by_more_and_more_is_taken_back_to_its_beginning() {
    let mut stage = Stage::new();
    let users = crowd(&mut stage, &room("3"), 12);
    // Nothing speaks against it but that so many say it, and a link.
    let text = "今晚八点业委会在活动室开会，欢迎大家来 www.yezhu-hexie.com 报名";
    for user in &users[..4] {
        stage.server.say(&room("3"), user, text);
    }
    work(&mut stage);
    let kept = users[..4]
        .iter()
        .filter(|user| !left(&stage, "3", user).is_empty());
    assert_eq!(kept.count(), 4, "asked about at most");
    stage.server.say(&room("3"), &users[4], text);
    work(&mut stage);
    stage.play("+3s");
    let staff = stage.show("staff");
    assert!(
        staff.contains("5 个账号") && staff.contains("没有处理"),
        "{staff}"
    );
    card(&mut stage, "card", 1);
    stage.play("管理员@staff taps ✅ on card");
    for user in &users[..5] {
        assert_eq!(left(&stage, "3", user), Vec::<String>::new());
        assert!(!stage.server.may_post(&room("3"), user));
    }
}

#[test]
fn moderators_say_what_is_spam_and_ban_all_of_it_with_one_tap() {
    let mut stage = Stage::new();
    stage.play(
        "新邻居@3 enters as 3-1-1201 何洁
        A = 新邻居@3: 每天来我家看看新到的好货
        管理员@3 taps 🚯 on A",
    );
    assert_eq!(left(&stage, "3", &account("新邻居")), Vec::<String>::new());
    insta::assert_snapshot!(stage.show("staff"), @r"
    == staff
    linli: 🚯 广告 1：3-1-1201 何洁 · 1 条 · 已删除并禁言
        “每天来我家看看新到的好货”
        依据：管理员认定是广告（1.00 分）
        点 ✅ 没错，❌ 误判（全部撤回，这段话以后放行），⛔ 全部封禁。
        [✅❌⛔]
    ");
    card(&mut stage, "card", 1);
    // Staff who are no moderators decide nothing.
    stage.play("王师傅@staff taps ⛔ on card");
    assert_ne!(standing(&stage, "新邻居"), "ban");
    stage.play("管理员@staff taps ⛔ on card");
    assert_eq!(standing(&stage, "新邻居"), "ban");
    stage.play("管理员@staff taps ❌ on card");
    assert_eq!(standing(&stage, "新邻居"), "invite");
    stage.play("管理员@staff: !广告");
    insta::assert_snapshot!(stage.show("staff"), @r"
    == staff
    linli: 🚯 广告 1：3-1-1201 何洁 · 1 条 · 已删除并禁言
        “每天来我家看看新到的好货”
        依据：管理员认定是广告（1.00 分）
        ❌ 管理员老周认定误判，已全部撤回 · 03-02 08:00
        [✅❌⛔]
    管理员: !广告
    linli: 最近的广告：
        1 · 03-02 08:00 · 1 条/1 人 · “每天来我家看看新到的好货” · 误判，已撤回
    ");
}

fn standing(stage: &Stage, name: &str) -> &'static str {
    let standing = stage.server.standing(&room("3"), &account(name));
    standing.map_or("nothing", |standing| standing.membership)
}

#[test]
fn names_reactions_and_headings_carry_no_adverts() {
    let mut stage = Stage::new();
    stage.play("新邻居@3 enters as 代开发票加薇abc12345");
    let staff = stage.show("staff");
    assert!(staff.contains("（名字）"), "{staff}");
    let mut stage = Stage::new();
    stage.play("A = 王芳@3: 晚上好\n新邻居@3 enters as 3-1-1201 何洁\n新邻居@3 taps 代开发票加薇abc12345 on A");
    let staff = stage.show("staff");
    assert!(
        staff.contains("🚯") && !stage.server.may_post(&room("3"), &account("新邻居")),
        "{staff}"
    );
}

#[test]
fn a_moderator_keeps_a_host_out_and_lets_it_in_again() {
    let mut stage = Stage::new();
    stage.play(
        "管理员@staff: !spam deny https://tuan.example.com/x
        王芳@3: 团购 https://tuan.example.com/a1
        王芳@3: 团购 www.tuan.example.com
        管理员@staff: !广告 允许 tuan.example.com
        李明@3: 团购 https://tuan.example.com/a2
        管理员@staff: !spam deny nonsense
        王芳@3: !spam deny example.com",
    );
    assert_eq!(
        left(&stage, "3", &account("王芳")),
        ["!spam deny example.com"]
    );
    assert_eq!(left(&stage, "3", &account("李明")).len(), 1);
    insta::assert_snapshot!(stage.show("3 staff"), @r"
    == 3
    王芳: (redacted)
    王芳: (redacted)
    李明: 团购 https://tuan.example.com/a2
    王芳: !spam deny example.com
    linli: 3-2-501 王芳，这个命令只有管理员能用。
    == staff
    管理员: !spam deny https://tuan.example.com/x
    linli: ✔ 以后会删除 tuan.example.com 的链接。
    linli: 🚯 广告 1：3-2-501 王芳 · 1 条 · 已删除
        “团购 https://tuan.example.com/a1”
        依据：不欢迎的链接 tuan.example.com（0.70 分）
        点 ✅ 没错，❌ 误判（全部撤回，这段话以后放行），⛔ 全部封禁。
        [✅❌⛔]
    管理员: !广告 允许 tuan.example.com
    linli: ✔ 以后欢迎 tuan.example.com 的链接。
    管理员: !spam deny nonsense
    linli: !广告 看最近的；!广告 对 3、!广告 误判 3、!广告 封禁 3；!广告 允许 example.com、!广告 禁止 example.com、!广告 取消 example.com
    ");
}

#[test]
fn what_is_undone_by_its_number_passes_next_time_too() {
    let mut stage = Stage::new();
    let before = levels(&stage, "3");
    stage.play(&format!(
        "王芳@3: {ADVERT}
        管理员@staff: !撤销 1
        王芳@3: {ADVERT}"
    ));
    assert_eq!(left(&stage, "3", &account("王芳")), [ADVERT]);
    assert_eq!(levels(&stage, "3"), before);
}

#[test]
fn a_picture_of_a_code_goes_once_it_was_looked_at() {
    let mut stage = Stage::new();
    let code = "https://weixin.qq.com/g/AwYAAK1234".to_owned();
    stage
        .server
        .codes
        .insert("mxc://hexie.test/code".to_owned(), vec![code]);
    let show = |stage: &mut Stage, name: &str, url: &str| {
        let content =
            json!({"msgtype": "m.image", "url": url, "filename": "a.jpg", "body": "a.jpg"});
        stage.server.post(&room("3"), &account(name), content);
        work(stage);
    };
    stage.play("新邻居@3 enters as 3-1-1201 何洁");
    show(&mut stage, "新邻居", "mxc://hexie.test/lamp");
    assert_eq!(left(&stage, "3", &account("新邻居")), ["a.jpg"]);
    show(&mut stage, "新邻居", "mxc://hexie.test/code");
    assert_eq!(left(&stage, "3", &account("新邻居")), ["a.jpg"]);
    stage.play("+3s");
    insta::assert_snapshot!(stage.show("staff"), @r"
    == staff
    linli: 🚯 广告 1：3-1-1201 何洁 · 1 条 · 已删除
        “a.jpg https://weixin.qq.com/g/AwYAAK1234”
        依据：二维码，通向 weixin.qq.com；新人发的图片（0.64 分）
        点 ✅ 没错，❌ 误判（全部撤回，这段话以后放行），⛔ 全部封禁。
        [✅❌⛔]
    ");
    card(&mut stage, "card", 1);
    stage.play("管理员@staff taps ❌ on card");
    show(&mut stage, "新邻居", "mxc://hexie.test/code");
    assert_eq!(left(&stage, "3", &account("新邻居")), ["a.jpg"; 2]);
}

#[test]
fn a_topic_that_is_an_advert_goes() {
    let mut stage = Stage::new();
    let user = account("王芳");
    let at = stage.server.events.len();
    let topic = json!({"topic": "代开发票加薇abc12345"});
    let event = stage.server.put(&room("3"), &user, "m.room.topic", topic);
    stage.server.events[at].value["state_key"] = json!("");
    work(&mut stage);
    let place = stage.server.by_id[&event];
    assert!(stage.server.events[place].redacted_by.is_some());
    assert!(stage.show("staff").contains("群名或群简介"));
}

#[test]
fn formatting_that_says_something_else_hides_nothing() {
    let mut stage = Stage::new();
    stage.play("新邻居@3 enters as 3-1-1201 何洁");
    let content = json!({"msgtype": "m.text", "body": "大家晚上好", "format": "org.matrix.custom.html",
        "formatted_body": "专业代开发票，真实可查，加<b>薇</b> abc12345"});
    let event = stage.server.post(&room("3"), &account("新邻居"), content);
    work(&mut stage);
    let place = stage.server.by_id[&event];
    assert!(stage.server.events[place].redacted_by.is_some());
}

#[test]
fn whoever_invites_very_many_is_told_of_and_then_refused() {
    let mut stage = Stage::new();
    let now = stage.server.now;
    let invite = |n: usize| Check::Invite {
        by: account("王芳"),
        user: user(&format!("guest{n}")),
        room: RoomId::from("!elsewhere:hexie.test"),
    };
    let mut refused = Vec::new();
    for n in 0..40 {
        let engine = stage.robot.engine();
        let answers = engine.check(&[invite(n % 35)], now).unwrap();
        refused.push(answers[0].is_some());
    }
    // The same guest again counts once; the 31st is one too many.
    assert_eq!(refused.iter().filter(|refused| !**refused).count(), 30);
    assert!(refused[30..].iter().all(|refused| *refused));
    let by_staff = Check::Invite {
        by: account("管理员"),
        user: user("guest"),
        room: room("3"),
    };
    let answers = stage.robot.engine().check(&[by_staff], now).unwrap();
    assert_eq!(answers, [None]);
}

#[test]
fn what_is_let_pass_leaves_nothing_behind() {
    let mut stage = Stage::new();
    stage.play("新邻居@3 enters as 3-1-1201 何洁");
    let kept = |stage: &Stage| stage.robot.kept.state().memory.clone();
    let before = kept(&stage);
    let ask = |stage: &mut Stage, text: &str| {
        let event = json!({"type": "m.room.message", "event_id": "$asked", "sender": "@newcomer:hexie.test",
            "origin_server_ts": stage.server.now.0, "content": {"msgtype": "m.text", "body": text}});
        let input = translate::input(&room("3"), &event).unwrap();
        let now = stage.server.now;
        let checks = [Check::Event(Box::new(input))];
        stage.robot.engine().check(&checks, now).unwrap().remove(0)
    };
    assert_eq!(ask(&mut stage, "电梯什么时候修好？"), None);
    assert_eq!(ask(&mut stage, "三楼着火了！加薇 abc12345 代开发票"), None);
    assert_eq!(kept(&stage), before);
    let refusal = ask(&mut stage, ADVERT).unwrap();
    assert!(
        refusal.contains("没有发出") && refusal.contains("加薇"),
        "{refusal}"
    );
    work(&mut stage);
    insta::assert_snapshot!(stage.show("staff talk-newcomer"), @r"
    == staff
    linli: 🚯 广告 1：3-1-1201 何洁 · 1 条 · 已删除并禁言（发出前拦下 1 条）
        “专业代开发票，真实可查，加薇 abc12345”
        依据：联系方式“加薇 ab…345”；读起来像广告（0.86 分）
        点 ✅ 没错，❌ 误判（全部撤回，这段话以后放行），⛔ 全部封禁。
        [✅❌⛔]
    == talk-newcomer
    linli: 您在和谐花园被禁言，到 03-03 08:00 为止。原因：联系方式“加薇 ab…345”。处理人：规则“防广告”。处置编号 1。
        如有异议，直接在这里写一句，管理员会看到。发送 !原因 可以看到全部记录。
    ");
}

#[test]
fn a_hundred_who_report_the_same_are_no_wave() {
    let mut stage = Stage::new();
    let users = crowd(&mut stage, &room("3"), 14);
    for text in [
        "#报修 3号楼大堂灯不亮，请尽快来看看",
        "怎么突然停电了，有人知道什么时候来电吗",
    ] {
        for user in &users {
            stage.server.pass(500);
            stage.server.say(&room("3"), user, text);
        }
        for _ in 0..4 {
            stage.server.pass(3_000);
            stage.server.say(&room("3"), &users[0], text);
        }
    }
    work(&mut stage);
    stage.play("+3s");
    assert!(!stage.show("3").contains("redacted"));
    assert!(
        !stage.show("staff").contains('🚯'),
        "{}",
        stage.show("staff")
    );
}
