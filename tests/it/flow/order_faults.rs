//! What stories about order (`simulation/order`) have shown to be wrong. Each is told here as shortly as it can be.

use linli::{
    domain::{
        ids::{HOUR_MS, Millis, RoomId, UserId},
        input::Operator,
    },
    store::Store as _,
};
use serde_json::{Value, json};

use super::script::{Stage, account};
use crate::fake::{estate::room, power::talk_room};

const NOISE: &str = "A = 李明@3: 谁家又在装修，吵死了";

fn entry(stage: &Stage, short: &str, name: &str) -> Value {
    stage.server.levels(&room(short))["users"][account(name).as_str()].clone()
}

fn standing(stage: &Stage, room: &RoomId, user: &UserId) -> &'static str {
    let standing = stage.server.standing(room, user);
    standing.map_or("leave", |standing| standing.membership)
}

fn stands(stage: &Stage, short: &str, name: &str) -> &'static str {
    standing(stage, &room(short), &account(name))
}

impl Stage {
    /// The bot reads and decides, but what it decided is not sent yet.
    fn read_only(&mut self) -> &mut Self {
        self.robot.clock = self.server.now;
        self.robot.ask(&self.server);
        self.robot.take_in();
        self
    }

    /// What was decided is sent, but nothing is read.
    fn send_only(&mut self) {
        while self.robot.begin() {
            self.robot.arrive(0, &mut self.server);
            self.robot.hear(0, false);
        }
    }

    fn rest(&mut self) {
        self.robot.settle_down(&mut self.server);
    }
}

/// Seeds 5, 15, 21: the mute ends at 1 h, but before that is sent the manager gives a level, which is lost. Also the
/// other way round: what is kept for later is the level of the decision, not the one that was overwritten.
#[test]
fn a_level_given_while_the_bot_is_busy_is_not_lost() {
    let mut stage = Stage::new();
    stage.play(NOISE);
    stage.server.reply(
        &room("3"),
        &account("管理员"),
        &stage.named["A"].clone(),
        "!mute 1h",
    );
    stage.read_only();
    // The bot has decided to silence him, for which it remembers that he had no entry.
    stage
        .server
        .give_level(&room("3"), &account("经理"), &account("李明"), 50);
    stage.rest();
    assert_eq!(entry(&stage, "3", "李明"), json!(-1));
    stage.play("+61m");
    assert_eq!(entry(&stage, "3", "李明"), json!(50));
}

/// Seed 2921: somebody's level was taken by oversight, and before it is given back the manager mutes them.
#[test]
fn what_a_native_mute_gives_back_is_what_was_about_to_be() {
    let mut stage = Stage::new();
    let (room, zhou, lin) = (room("3"), account("管理员"), account("经理"));
    stage.server.set_power(&room, &zhou, 100);
    let stale = stage.server.levels(&room).clone();
    stage.server.give_level(&room, &lin, &account("李明"), 7);
    // He has not seen that, and gives somebody else a level.
    let mut levels = stale;
    levels["users"]["@wangfang:hexie.test"] = json!(3);
    stage.server.put_levels(&room, &zhou, levels);
    stage.read_only();
    assert_eq!(entry(&stage, "3", "李明"), Value::Null);
    stage.server.give_level(&room, &lin, &account("李明"), -1);
    stage.rest();
    stage.play("管理员@staff: !undo 1");
    assert_eq!(entry(&stage, "3", "李明"), json!(7));
    assert_eq!(entry(&stage, "3", "王芳"), json!(3));
}

/// Seed 0: a mute is over, and before its end is sent the manager silences the member in Element.
#[test]
fn a_native_mute_is_not_lifted_by_the_late_end_of_an_older_one() {
    let mut stage = Stage::new();
    stage.play(NOISE);
    let message = stage.named["A"].clone();
    let (staff, room) = (account("管理员"), room("3"));
    stage.server.reply(&room, &staff, &message, "!mute 1h");
    stage.read_only();
    stage.server.reply(&room, &staff, &message, "!unmute");
    stage.read_only();
    let by = account("经理");
    stage.server.give_level(&room, &by, &account("李明"), -1);
    stage.rest();
    assert!(!stage.server.may_post(&room, &account("李明")));
}

/// Seed 6: the bot has decided to silence a member, and the manager, who knows nothing of it, silences and frees them.
#[test]
fn whoever_is_freed_natively_is_not_silenced_by_a_late_mute_that_nothing_holds() {
    let mut stage = Stage::new();
    let (lin, feng, room) = (account("经理"), account("冯磊"), room("2"));
    stage.server.join(&room, &feng, "物业王师傅");
    stage.read_only();
    stage.server.give_level(&room, &lin, &feng, -1);
    stage.server.give_level(&room, &lin, &feng, 0);
    stage.rest();
    let holds = stage.robot.kept.state();
    let hold = linli::domain::record::Key::new("hexie", "hold", &format!("{room}/{feng}"));
    let held = linli::domain::record::View::get(&holds.memory, &hold).expect("memory");
    drop(holds);
    assert_eq!(held.is_some(), !stage.server.may_post(&room, &feng));
}

/// Seed 562: a ban for 2 h is over before it could be sent; the manager bans the member natively meanwhile, and the
/// late end of the first ban lifts the second one.
#[test]
fn a_native_ban_is_not_lifted_by_the_late_end_of_an_older_one() {
    let mut stage = Stage::new();
    let (zhou, li) = (account("管理员"), account("李明"));
    stage
        .server
        .say(&room("staff"), &zhou, "!ban @liming:hexie.test");
    stage.read_only();
    stage.server.say(&room("staff"), &zhou, "!undo 1");
    stage.read_only();
    stage
        .server
        .treat(&room("3"), &account("经理"), &li, "ban", "");
    stage.rest();
    assert_eq!(stands(&stage, "3", "李明"), "ban");
}

/// Seed 0: sanctions follow into the room in which linli talks with the member.
#[test]
fn a_sanctioned_member_can_talk_with_linli() {
    for command in ["!mute 1d", "!ban", "!kick 2h"] {
        let mut stage = Stage::new();
        stage.play(NOISE);
        // A warning first, so that there is a room for the talk.
        stage.play("管理员@3 replies to A: !warn");
        stage.play(&format!("管理员@3 replies to A: {command}"));
        stage.play("李明@talk enters");
        let (talk, li) = (talk_room(&account("李明")), account("李明"));
        assert_eq!(standing(&stage, &talk, &li), "join", "{command}");
        assert!(stage.server.may_post(&talk, &li), "{command}");
    }
}

/// Seed 354: whoever was silenced and then removed for their name comes again by themselves with a right one.
#[test]
fn whoever_comes_again_with_a_right_name_may_speak() {
    let mut stage = Stage::new();
    stage.play("冯磊@3 enters as 风\n冯磊@2 leaves\n冯磊@notice leaves");
    stage.play("+1d\n+2d\n+11d\n+1h");
    assert_eq!(stands(&stage, "3", "冯磊"), "leave");
    stage.play("冯磊@3 enters as 3-2-1001 冯磊");
    assert!(stage.server.may_post(&room("3"), &account("冯磊")));
}

/// The same, with a wrong name first: the ladder begins anew and forgets that it has silenced them.
#[test]
fn whoever_comes_again_with_a_wrong_name_may_speak_once_it_is_right() {
    let mut stage = Stage::new();
    stage.play("冯磊@3 enters as 风\n冯磊@2 leaves\n冯磊@notice leaves");
    stage.play("+1d\n+2d\n+11d\n+1h");
    stage.play("冯磊@3 enters as 风\n冯磊@3 enters as 3-2-1001 冯磊");
    assert!(stage.server.may_post(&room("3"), &account("冯磊")));
}

/// Seed 377: what removes for a time keeps a ban from being lifted, and nobody lifts it later.
#[test]
fn a_ban_that_is_lifted_during_a_removal_for_a_time_is_lifted() {
    let mut stage = Stage::new();
    stage.play(NOISE);
    stage.play("管理员@3 replies to A: !kick 2h\n管理员@3: !ban @liming:hexie.test");
    stage.play("管理员@3: !undo 2\n+3h");
    for short in ["3", "notice", "space"] {
        assert_ne!(stands(&stage, short, "李明"), "ban", "{short}");
    }
}

/// A second ban does not know of the rooms that the first has closed.
#[test]
fn two_bans_that_are_both_taken_back_leave_none() {
    let mut stage = Stage::new();
    stage.play(NOISE);
    stage.play("管理员@3 replies to A: !ban\n管理员@3 replies to A: !ban");
    stage.play("管理员@3: !undo 1\n管理员@3: !undo 2");
    for short in ["3", "notice", "space"] {
        assert_ne!(stands(&stage, short, "李明"), "ban", "{short}");
    }
}

/// Seed 3712: two bans are lifted by one act, and a room that only the first has closed stays closed.
#[test]
fn two_bans_that_are_lifted_at_once_leave_none() {
    for lifted in [
        "管理员@3: !unban @liming:hexie.test",
        "管理员@3: !pardon @liming:hexie.test",
        "管理员@notice unbans 李明",
    ] {
        let mut stage = Stage::new();
        stage.play(NOISE);
        // He goes before the first ban is carried out, so that the second one does not know of his room.
        let (zhou, li) = (account("管理员"), account("李明"));
        let server = &mut stage.server;
        server.say(&room("3"), &zhou, "!ban @liming:hexie.test");
        server.leave(&room("3"), &li);
        server.treat(&room("notice"), &account("经理"), &li, "ban", "");
        stage.rest();
        assert_eq!(stands(&stage, "3", "李明"), "ban");
        stage.play(lifted);
        for short in ["3", "notice", "space"] {
            assert_ne!(stands(&stage, short, "李明"), "ban", "{short} {lifted}");
        }
    }
}

/// A report that a moderator takes away through linli is taken off its card, as where they take it away natively.
#[test]
fn words_that_a_moderator_takes_away_stand_on_no_card() {
    for act in [
        "管理员@3 redacts A",
        "管理员@3 taps 🗑 on A",
        "管理员@3 replies to A: !redact",
    ] {
        let mut stage = Stage::new();
        stage
            .play("A = 李明@3: #报修 王芳家欠我钱，楼道灯不亮")
            .play(act);
        assert!(!stage.show("3 staff").contains("欠我钱"), "{act}");
    }
}

/// A reaction that a moderator takes away is no message, whether or not it had meant something to a ticket.
#[test]
fn a_reaction_that_is_taken_away_is_no_sanction() {
    let mut stage = Stage::new();
    stage.play("A = 王芳@3: 今天停水\n李明@3 taps ❤️ on A");
    let (a, li) = (stage.named["A"].clone(), account("李明"));
    let tap = stage
        .server
        .tap_of(&room("3"), &li, &a, "❤️")
        .expect("a tap");
    stage
        .server
        .redact(&room("3"), &account("管理员"), &tap, "");
    stage.play("+1s\n管理员@staff: !history @liming:hexie.test");
    assert!(
        !stage.show("staff").contains("#1"),
        "{}",
        stage.show("staff")
    );
}

/// What the homeserver refused once is tried again by the operator, when it is not wanted any more.
#[test]
fn a_mute_that_was_refused_is_not_made_after_it_was_lifted() {
    let mut stage = Stage::new();
    stage.play(NOISE);
    stage.server.weather.refusing.insert(room("3"));
    stage.play("管理员@staff: !mute @liming:hexie.test 1h");
    stage.server.weather.refusing.clear();
    stage.play("管理员@staff: !unmute @liming:hexie.test");
    stage.robot.retry_wedged();
    stage.play("+1s");
    assert!(stage.server.may_post(&room("3"), &account("李明")));
}

/// The same for a ban.
#[test]
fn a_ban_that_was_refused_is_not_made_after_it_was_lifted() {
    let mut stage = Stage::new();
    stage.play(NOISE);
    stage.server.weather.refusing.insert(room("3"));
    stage.play("管理员@staff: !ban @liming:hexie.test");
    stage.server.weather.refusing.clear();
    stage.play("管理员@staff: !undo 1");
    let rows = stage
        .robot
        .kept
        .state()
        .wedged
        .keys()
        .cloned()
        .collect::<Vec<_>>();
    for txn in rows {
        stage.robot.operator(Operator::Retry(txn));
    }
    stage.play("+1s");
    assert_ne!(stands(&stage, "3", "李明"), "ban");
}

/// A moderator knows the person behind a wrong name and lifts the mute: they must not be told that they are silent.
#[test]
fn nobody_is_told_that_they_are_silent_who_is_not() {
    let mut stage = Stage::new();
    stage.play("冯磊@3 enters as 物业王师傅\n管理员@staff: !undo 1\n+1d\n+2d\n+1h");
    let silent = !stage.server.may_post(&room("3"), &account("冯磊"));
    let told = stage.show("talk-fenglei").contains("您暂时不能在群里发言");
    assert_eq!(told, silent);
}

/// A mute follows a member into a room that the bot was out of for a while, also where they have spoken before it has
/// the list of members.
#[test]
fn a_mute_follows_into_a_room_that_the_bot_comes_back_to() {
    let mut stage = Stage::new();
    stage.play(NOISE).play("管理员@3 replies to A: !mute 3d");
    let bot = stage.server.bot.clone();
    stage.server.leave(&room("1"), &bot);
    stage.play("+1s");
    stage
        .server
        .join(&room("1"), &account("李明"), "3-1-302 李明");
    stage.server.join(&room("1"), &bot, "邻里");
    stage.server.say(&room("1"), &account("李明"), "大家好");
    stage.play("+1s");
    assert!(!stage.server.may_post(&room("1"), &account("李明")));
}

/// The manager mutes in Element, and a moderator takes it back by command in a room of which the homeserver tells
/// earlier, though it came later.
#[test]
fn of_what_is_told_at_once_the_later_word_counts_whatever_its_room() {
    let mut stage = Stage::new();
    stage
        .server
        .give_level(&room("3"), &account("经理"), &account("李明"), -1);
    stage.server.pass(500);
    let zhou = account("管理员");
    stage
        .server
        .say(&room("1"), &zhou, "!unmute @liming:hexie.test");
    stage.rest();
    assert!(stage.server.may_post(&room("3"), &account("李明")));
}

/// A mute is overwritten by oversight, and before it is put right the manager, who has seen it, frees the member.
#[test]
fn whoever_is_freed_natively_is_not_silenced_again_because_of_an_oversight() {
    let mut stage = Stage::new();
    let (zhou, lin, li) = (account("管理员"), account("经理"), account("李明"));
    stage.server.set_power(&room("3"), &zhou, 100);
    let stale = stage.server.levels(&room("3")).clone();
    stage.play(&format!("{NOISE}\n管理员@3 replies to A: !mute 1h"));
    assert_eq!(entry(&stage, "3", "李明"), json!(-1));
    let mut levels = stale;
    levels["users"]["@wangfang:hexie.test"] = json!(3);
    stage.server.put_levels(&room("3"), &zhou, levels);
    stage.read_only();
    stage.server.give_level(&room("3"), &lin, &li, 0);
    stage.rest();
    assert!(stage.server.may_post(&room("3"), &li));
    assert_eq!(entry(&stage, "3", "王芳"), json!(3));
}

/// A mute has waited for longer than an oversight lasts before it was sent, and is overwritten at once.
#[test]
fn an_oversight_is_one_however_long_the_mute_has_waited() {
    let mut stage = Stage::new();
    let (zhou, li) = (account("管理员"), account("李明"));
    stage.server.set_power(&room("3"), &zhou, 100);
    let stale = stage.server.levels(&room("3")).clone();
    stage
        .server
        .say(&room("staff"), &zhou, &format!("!mute {li} 1h"));
    stage.read_only();
    stage.server.pass(10_000);
    stage.robot.clock = stage.server.now;
    stage.rest();
    let mut levels = stale;
    levels["users"]["@wangfang:hexie.test"] = json!(3);
    stage.server.put_levels(&room("3"), &zhou, levels);
    stage.rest();
    assert_eq!(entry(&stage, "3", "李明"), json!(-1));
    assert_eq!(entry(&stage, "3", "王芳"), json!(3));
}

/// Seed 7066: a mute is lifted, and before the stream of that room tells so, long after, another one comes and goes.
#[test]
fn what_is_given_back_is_what_was_done_last_also_where_the_stream_lags() {
    let mut stage = Stage::new();
    let (zhou, li) = (account("管理员"), account("李明"));
    stage.play(&format!("{NOISE}\n管理员@3 replies to A: !mute 3d"));
    stage.server.say(&room("staff"), &zhou, "!undo 1");
    stage.read_only();
    for _ in 0..stage.server.window + 10 {
        stage.server.say(&room("3"), &account("王芳"), "今天真热闹");
    }
    stage.send_only();
    assert!(stage.server.may_post(&room("3"), &li));
    stage.server.pass(HOUR_MS);
    stage
        .server
        .say(&room("staff"), &zhou, &format!("!mute {li} 1h"));
    stage.read_only();
    stage.server.say(&room("staff"), &zhou, "!undo 2");
    stage.read_only();
    stage.rest();
    assert!(stage.server.may_post(&room("3"), &li));
}

/// A level was overwritten and given back, and the manager, who has not seen that, mutes the member.
#[test]
fn what_a_native_mute_gives_back_is_what_was_done_already() {
    let mut stage = Stage::new();
    let (room, zhou, lin) = (room("3"), account("管理员"), account("经理"));
    stage.server.set_power(&room, &zhou, 100);
    let stale = stage.server.levels(&room).clone();
    stage.server.give_level(&room, &lin, &account("李明"), 7);
    let mut levels = stale;
    levels["users"]["@wangfang:hexie.test"] = json!(3);
    stage.server.put_levels(&room, &zhou, levels);
    stage.read_only();
    stage.server.give_level(&room, &lin, &account("李明"), -1);
    stage.send_only();
    stage.rest();
    stage.play("管理员@staff: !undo 1");
    assert_eq!(entry(&stage, "3", "李明"), json!(7));
}

/// Levels are looked at again some seconds after a race, also where one follows the other.
#[test]
fn the_second_look_is_not_put_off_by_further_races() {
    let mut stage = Stage::new();
    let (lin, room) = (account("经理"), room("3"));
    let look = |stage: &Stage| {
        let timers = stage.robot.kept.due(Millis(i64::MAX), usize::MAX).unwrap();
        let looks = timers
            .into_iter()
            .filter(|timer| timer.id.contains("levels."));
        looks.map(|timer| timer.due).collect::<Vec<_>>()
    };
    stage.server.give_level(&room, &lin, &account("李明"), -1);
    stage.read_only();
    stage.server.give_level(&room, &lin, &account("王芳"), 3);
    stage.read_only();
    let first = look(&stage);
    assert_eq!(first.len(), 1);
    let now = stage.server.now.0;
    stage.server.pass(3_000 - now % 3_000);
    stage.server.give_level(&room, &lin, &account("王芳"), 4);
    stage.read_only();
    assert_eq!(look(&stage), first);
}

/// While linli looks a second time, the manager frees somebody, of which the stream has not told yet.
#[test]
fn the_second_look_overwrites_no_news() {
    let mut stage = Stage::new();
    let (lin, li, room) = (account("经理"), account("李明"), room("3"));
    stage.server.give_level(&room, &lin, &li, -1);
    stage.read_only();
    stage.server.give_level(&room, &lin, &account("王芳"), 3);
    stage.read_only();
    stage.send_only();
    stage.server.pass(6_000);
    stage.server.give_level(&room, &lin, &li, 0);
    stage.robot.clock = stage.server.now;
    stage.robot.fire();
    stage.send_only();
    assert_eq!(entry(&stage, "3", "李明"), json!(0));
    stage.rest();
    assert_eq!(entry(&stage, "3", "李明"), json!(0));
}

/// Of two who wrote at once the homeserver keeps first one and then the other, without a word of it; the second look makes
/// it so again, and somebody who has not seen that overwrites it at once.
#[test]
fn an_oversight_is_one_also_right_after_the_second_look() {
    let mut stage = Stage::new();
    let (zhou, lin, room) = (account("管理员"), account("经理"), room("3"));
    stage.server.set_power(&room, &zhou, 100);
    let mut stale = stage.server.levels(&room).clone();
    stage.play(&format!("{NOISE}\n管理员@3 replies to A: !mute 1h"));
    let kept = stage.server.levels(&room).clone();
    stale["users"]["@wangfang:hexie.test"] = json!(3);
    stage.server.put_levels(&room, &zhou, stale.clone());
    stage.server.keep_levels(&room, kept);
    stage.read_only();
    stage.send_only();
    stage.server.keep_levels(&room, stale.clone());
    stage.server.pass(9_000);
    stage.robot.clock = stage.server.now;
    stage.rest();
    assert_eq!(entry(&stage, "3", "李明"), json!(-1));
    stale["users"]["@wangfang:hexie.test"] = json!(4);
    stage.server.put_levels(&room, &lin, stale);
    stage.rest();
    assert_eq!(entry(&stage, "3", "李明"), json!(-1));
    assert_eq!(entry(&stage, "3", "王芳"), json!(4));
}
