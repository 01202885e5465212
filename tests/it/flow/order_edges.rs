//! Order at its edges: roles that came later, answers that name another, what moderators have opened themselves.

use linli::{
    domain::{community::Settings, feature::World, roles::Person},
    features,
};
use serde_json::{Value, json};

use super::script::{Stage, account};
use crate::fake::estate::{self, room};

const NOISE: &str = "A = 李明@3: 谁家又在装修，吵死了";

fn entry(stage: &Stage, short: &str, name: &str) -> Value {
    stage.server.levels(&room(short))["users"][account(name).as_str()].clone()
}

fn stands(stage: &Stage, short: &str, name: &str) -> &'static str {
    let standing = stage.server.standing(&room(short), &account(name));
    standing.map_or("leave", |standing| standing.membership)
}

/// What was opened for somebody before they got a role ends where it would follow them.
#[test]
fn no_sanction_follows_whoever_has_a_role_by_now() {
    let mut stage = Stage::new();
    stage.play("管理员@staff: !mute @liming:hexie.test 3d 吵架");
    stage.robot.serve_world(|| {
        let world = estate::world(features::ALL);
        let mut community = (*world.settings.communities()[0]).clone();
        let role = Person {
            name: "李师傅".to_owned(),
            staff: true,
            ..Person::default()
        };
        community.people.insert(account("李明"), role);
        let settings = Settings::new(
            estate::user(estate::BOT),
            world.settings.bot_names,
            vec![community],
        );
        World { settings, ..world }
    });
    stage.robot.crash();
    stage.play("李明@2 enters as 李师傅");
    assert_eq!(entry(&stage, "2", "李明"), Value::Null);
    assert_eq!(entry(&stage, "3", "李明"), Value::Null);
}

/// Bob is meant, or Alice whom it answers: nobody guesses.
#[test]
fn an_answer_to_one_that_names_another_is_asked_back() {
    let mut stage = Stage::new();
    stage
        .play(NOISE)
        .play("管理员@3 replies to A: !ban 3-2-501 王芳");
    for name in ["李明", "王芳"] {
        assert_eq!(stands(&stage, "3", name), "join");
    }
    // A reason that begins otherwise names nobody.
    stage.play("管理员@3 replies to A: !ban 骂 3-2-501 王芳");
    assert_eq!(stands(&stage, "3", "李明"), "ban");
}

/// A room that a moderator has opened stays open, whatever else is changed later.
#[test]
fn a_raid_does_not_close_again_what_a_moderator_has_opened() {
    let mut stage = Stage::new();
    stage.play("管理员@staff: !raid on 3h");
    let mut levels = stage.server.levels(&room("3")).clone();
    levels["events_default"] = json!(0);
    stage
        .server
        .put_levels(&room("3"), &account("经理"), levels)
        .expect("power");
    stage.robot.settle_down(&mut stage.server);
    stage.play("经理@3 levels 王芳 3\n管理员@staff: !mute @liming:hexie.test 1h");
    assert!(stage.server.may_post(&room("3"), &account("王芳")));
    assert!(!stage.server.may_post(&room("1"), &account("周伟")));
}

/// Whom somebody has given their voice back in a room keeps it when they come again.
#[test]
fn what_was_ended_natively_in_a_room_does_not_follow_there() {
    let mut stage = Stage::new();
    stage.play("管理员@staff: !mute @liming:hexie.test 3d\n经理@3 levels 李明 0");
    stage.play("李明@3 leaves\n李明@3 enters as 3-1-302 李明");
    assert!(stage.server.may_post(&room("3"), &account("李明")));
}

/// A tap on linli's own line means its member; there is no message of theirs to remove.
#[test]
fn a_line_about_a_case_is_not_removed_by_a_tap() {
    let mut stage = Stage::new();
    stage.play("管理员@staff: !warn @liming:hexie.test 吵架");
    let ours = stage.server.events.iter().find(|event| {
        let body = event.value["content"]["body"].as_str().unwrap_or_default();
        event.room == room("staff") && body.starts_with("🛡 #1")
    });
    let line = ours.expect("a line").id.clone();
    stage
        .server
        .react(&room("staff"), &account("管理员"), &line, "🗑️");
    stage.robot.settle_down(&mut stage.server);
    assert!(stage.server.current(&line).is_some());
    assert!(!stage.show("staff").contains("#2"));
}

/// Where linli may not remove messages, nobody is told that it did.
#[test]
fn a_message_that_cannot_be_removed_is_told() {
    let mut stage = Stage::new();
    stage.play(NOISE);
    let bot = stage.server.bot.clone();
    let mut levels = stage.server.levels(&room("3")).clone();
    levels["users"][bot.as_str()] = json!(40);
    stage
        .server
        .put_levels(&room("3"), &bot, levels)
        .expect("power");
    stage.robot.settle_down(&mut stage.server);
    stage.play("管理员@3 replies to A: !redact");
    assert!(stage.show("3").contains("我的权限不够"));
    assert!(stage.show("staff").contains("我在群"));
}

/// A warning that is taken back takes along what has followed from it.
#[test]
fn what_followed_from_a_warning_is_undone_with_it() {
    let mut stage = Stage::new();
    for _ in 0..3 {
        stage.play("管理员@staff: !warn @liming:hexie.test 吵架");
    }
    assert!(!stage.server.may_post(&room("3"), &account("李明")));
    stage.play("管理员@staff: !undo 3");
    assert!(stage.server.may_post(&room("3"), &account("李明")));
    // One strike is gone: the next one is the third again.
    stage.play("管理员@staff: !warn @liming:hexie.test 吵架");
    assert!(!stage.server.may_post(&room("3"), &account("李明")));
}

/// What was banned before linli came is not linli's to lift.
#[test]
fn a_ban_from_before_stays_when_one_of_ours_is_undone() {
    let mut server = estate::homeserver();
    let (garden, lin, li) = (room("b0"), account("经理"), account("李明"));
    server.create(&garden);
    server.join(&garden, &lin, "林经理");
    server.set_power(&garden, &lin, 100);
    server.treat(&garden, &lin, &li, "ban", "").expect("power");
    let bot = server.bot.clone();
    server.join(&garden, &bot, "邻里");
    server.set_power(&garden, &bot, 100);
    let mut stage = Stage::on(server, || estate::world_with(features::ALL, 1));
    stage.play("管理员@staff: !ban @liming:hexie.test");
    stage.play("管理员@staff: !undo 1");
    assert_eq!(stands(&stage, "3", "李明"), "invite");
    assert_eq!(stands(&stage, "b0", "李明"), "ban");
}

/// A rehearsal closes no room.
#[test]
fn a_rehearsed_raid_is_only_told() {
    let server = estate::homeserver();
    let mut stage = Stage::on(server, || {
        estate::world_set(features::ALL, "moderation", &json!({"dry_run": true}))
    });
    stage.play("+2m\n管理员@staff: !raid on");
    for n in 0..45 {
        let raider = estate::user(&format!("raider{n}"));
        stage.server.join(&room("3"), &raider, "3-1-101 张");
    }
    stage.play("+1s");
    assert!(stage.server.may_post(&room("3"), &account("王芳")));
    assert_eq!(stage.show("staff").matches("（演练）短时间").count(), 1);
}

/// Whoever may only warn cannot take back what a warning has led to.
#[test]
fn a_limited_moderator_undoes_no_more_than_they_may_do() {
    let limits = json!({"limits": [{"user": "@zhou:hexie.test", "may": ["warn"]}]});
    let mut stage = Stage::on(estate::homeserver(), move || {
        estate::world_set(features::ALL, "moderation", &limits)
    });
    for _ in 0..3 {
        stage.play("管理员@staff: !warn @liming:hexie.test 吵架");
    }
    stage.play("管理员@staff: !undo 3");
    assert!(!stage.server.may_post(&room("3"), &account("李明")));
    stage.play("管理员@staff: !undo 1\n经理@staff: !undo 3");
    assert!(stage.server.may_post(&room("3"), &account("李明")));
}

/// What has faded of an old warning is not taken from a new one.
#[test]
fn an_old_warning_that_is_undone_leaves_newer_ones_whole() {
    let mut stage = Stage::new();
    stage.play("管理员@staff: !warn @liming:hexie.test 吵架\n+25d");
    stage.play("管理员@staff: !warn @liming:hexie.test 吵架\n管理员@staff: !undo 1");
    stage.play("管理员@staff: !warn @liming:hexie.test 吵架");
    assert!(stage.server.may_post(&room("3"), &account("李明")));
    stage.play("管理员@staff: !warn @liming:hexie.test 吵架");
    assert!(!stage.server.may_post(&room("3"), &account("李明")));
}
