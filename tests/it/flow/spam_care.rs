//! Whom the rule against spam spares: whoever reports, whoever warns of a danger, and honest people who happen to write
//! beside a wave.

use linli::domain::{check::Check, ids::RoomId};
use serde_json::json;

use super::{
    script::{Stage, account},
    spam::{ADVERT, card, crowd, left, work},
};
use crate::fake::estate::room;

/// An advert whose link leads to the same network as honest ones.
const INVITING: &str = "高佣兼职日结三百，宝妈手机可做，进群 https://qm.qq.com/q/zzzzzz 了解";

#[test]
fn what_was_only_asked_about_shares_no_strangers_fate() {
    let mut stage = Stage::new();
    let users = crowd(&mut stage, &room("3"), 3);
    let honest = "新邻居群: https://qm.qq.com/q/abcdef";
    let danger = "3号楼着火了 https://qm.qq.com/q/abc 视频在群里";
    stage.server.say(&room("3"), &users[0], honest);
    stage.server.say(&room("3"), &users[1], danger);
    work(&mut stage);
    stage.server.say(&room("3"), &users[2], INVITING);
    work(&mut stage);
    stage.play("+3s");
    assert_eq!(left(&stage, "3", &users[0]), [honest]);
    assert_eq!(left(&stage, "3", &users[1]), [danger]);
    assert_eq!(left(&stage, "3", &users[2]), Vec::<String>::new());
    for user in &users[..2] {
        assert!(stage.server.may_post(&room("3"), user));
    }
    // Three matters, each with a card of its own.
    for wave in 1..=3 {
        card(&mut stage, &format!("card{wave}"), wave);
    }
}

#[test]
fn a_report_that_is_changed_into_something_odd_stays_what_it_was() {
    let mut stage = Stage::new();
    stage.play(&format!(
        "新邻居@3 enters as 3-1-1201 何洁
        A = 新邻居@3: #报修 厨房水管漏水
        新邻居@3 edits A: {ADVERT}"
    ));
    assert_eq!(
        left(&stage, "3", &account("新邻居")),
        ["#报修 厨房水管漏水"]
    );
    let staff = stage.show("staff");
    assert!(
        staff.contains("厨房水管漏水") && !staff.contains("已取消"),
        "{staff}"
    );
}

#[test]
fn a_code_in_the_picture_of_a_report_is_only_asked_about() {
    let mut stage = Stage::new();
    let code = "https://weixin.qq.com/g/AwYAAK1234".to_owned();
    let held = [("mxc://hexie.test/code".to_owned(), vec![code])];
    stage.server.codes.extend(held);
    stage.play("新邻居@3 enters as 3-1-1201 何洁");
    let content = json!({"msgtype": "m.image", "url": "mxc://hexie.test/code", "filename": "a.jpg",
        "body": "#报修 充电桩扫码没反应"});
    stage.server.post(&room("3"), &account("新邻居"), content);
    work(&mut stage);
    stage.play("+3s");
    assert_eq!(left(&stage, "3", &account("新邻居")).len(), 1);
    let staff = stage.show("staff");
    assert!(
        staff.contains("没有处理") && !staff.contains("已取消"),
        "{staff}"
    );
}

#[test]
fn a_wave_that_goes_on_after_a_tap_has_one_more_card() {
    let mut stage = Stage::new();
    let users = crowd(&mut stage, &room("3"), 6);
    stage.server.say(&room("3"), &users[0], ADVERT);
    work(&mut stage);
    card(&mut stage, "card", 1);
    stage.play("管理员@staff taps ✅ on card");
    for user in &users[1..] {
        stage.server.say(&room("3"), user, ADVERT);
        work(&mut stage);
    }
    let staff = stage.show("staff");
    assert!(
        staff.contains("🚯 广告 2") && !staff.contains("🚯 广告 3"),
        "{staff}"
    );
}

#[test]
fn whoever_was_wrongly_caught_for_a_name_speaks_freely() {
    let mut stage = Stage::new();
    stage.play("新邻居@3 enters as 代开发票加薇abc12345");
    card(&mut stage, "card", 1);
    stage.play("管理员@staff taps ❌ on card\n新邻居@3: 你好");
    let staff = stage.show("staff");
    assert!(!staff.contains("🚯 广告 2"), "{staff}");
}

#[test]
fn whoever_is_muted_can_still_ask_linli_and_staff_into_a_talk() {
    let mut stage = Stage::new();
    stage.play(&format!(
        "新邻居@3 enters as 3-1-1201 何洁\n新邻居@3: {ADVERT}"
    ));
    let now = stage.server.now;
    let asks = |user: linli::domain::ids::UserId, room: RoomId| Check::Invite {
        by: account("新邻居"),
        user,
        room,
    };
    let talk = || RoomId::from("!talk:hexie.test");
    let checks = [
        asks(account("王师傅"), room("3")),
        asks("@linli:hexie.test".into(), talk()),
        asks("@friend:elsewhere.test".into(), talk()),
        asks("@friend:elsewhere.test".into(), room("3")),
    ];
    let answers = stage.robot.engine().check(&checks, now).unwrap();
    let refused: Vec<bool> = answers.iter().map(Option::is_some).collect();
    assert_eq!(refused, [false, false, false, true]);
}
