//! What went wrong once, each as the smallest story that shows it.

use linli::{
    domain::{
        batch::Batch,
        effect::Effect,
        ids::{EventId, HOUR_MS},
        input::Operator,
    },
    engine::Chore,
    features,
    matrix::Answer,
    store::Store,
};
use serde_json::json;

use super::script::{Stage, account, told};
use crate::fake::{
    estate::{self, room},
    robot::Robot,
};

fn says(stage: &mut Stage, text: &str) -> EventId {
    stage.server.say(&room("3"), &account("王芳"), text)
}

fn reports(stage: &mut Stage, count: usize) {
    for _ in 0..count {
        let n = stage.server.events.len();
        says(stage, &format!("#报修 家里漏水 {n}"));
    }
}

fn sync(stage: &mut Stage) {
    stage.robot.response = None;
    stage.robot.ask(&stage.server);
    stage.robot.take_in();
}

/// A page that was asked for before the hole grew must not end the larger hole.
#[test]
fn a_late_page_does_not_end_a_larger_gap() {
    let mut stage = Stage::new();
    (stage.server.window, stage.server.page_size) = (1, 100);
    reports(&mut stage, 3);
    sync(&mut stage);
    // The page with all that is missing, and then the empty one that says so.
    stage.robot.fetch(&stage.server);
    stage.robot.take_fetched(0);
    stage.robot.fetch(&stage.server);
    // While that one is on its way, the stream goes on with a second hole.
    reports(&mut stage, 3);
    sync(&mut stage);
    stage.robot.take_fetched(0);
    stage.robot.settle_down(&mut stage.server);
    assert!(
        stage.card(&room("3"), "6").is_some(),
        "a report in the second hole is lost"
    );
}

/// What waits behind a hole that grows lies within it now: what was taken back there must not come after all.
#[test]
fn what_was_redacted_in_a_growing_gap_stays_redacted() {
    let mut stage = Stage::new();
    (stage.server.window, stage.server.page_size) = (1, 100);
    says(&mut stage, "你好");
    let report = says(&mut stage, "#报修 楼道灯不亮");
    sync(&mut stage);
    stage
        .server
        .redact(&room("3"), &account("王芳"), &report, "");
    says(&mut stage, "大家好");
    sync(&mut stage);
    stage.robot.settle_down(&mut stage.server);
    let shown = stage.show("3 staff");
    assert!(!shown.contains("灯不亮"), "{shown}");
}

/// A second hole may come while what waited behind the first is still being let through.
#[test]
fn a_gap_that_opens_during_a_release_keeps_the_order() {
    let mut stage = Stage::new();
    (stage.server.window, stage.server.page_size) = (600, 1_000);
    for n in 0..640 {
        says(&mut stage, &format!("闲聊 {n}"));
    }
    stage
        .server
        .react(&room("3"), &account("王芳"), &EventId::from("$none"), "❤️");
    let report = says(&mut stage, "#报修 楼道灯不亮");
    sync_only(&mut stage);
    let mut released = false;
    while let Some(chore) = stage.robot.engine().chores().into_iter().next() {
        let batch = match chore {
            Chore::Page { room, from, to } => {
                Batch::Page(stage.server.page(&room, &from, &to).expect("a page"))
            }
            Chore::Release(room) => {
                let first = !std::mem::replace(&mut released, true);
                let now = stage.server.now;
                let release = Batch::Release(room);
                stage.robot.engine().take(&release, now).expect("a store");
                if first {
                    stage
                        .server
                        .redact(&estate::room("3"), &account("王芳"), &report, "");
                    stage.server.window = 1;
                    says(&mut stage, "大家好");
                    sync_only(&mut stage);
                }
                continue;
            }
            Chore::Roster(_) | Chore::Rules(_) => break,
        };
        let now = stage.server.now;
        stage.robot.engine().take(&batch, now).expect("a store");
    }
    stage.robot.settle_down(&mut stage.server);
    let shown = stage.show("staff");
    assert!(!shown.contains("灯不亮"), "{shown}");
}

/// A sync response straight into the engine, without the release that usually follows.
fn sync_only(stage: &mut Stage) {
    let cursor = stage.robot.kept.cursor().expect("a cursor");
    let sync = stage.server.sync(cursor.as_ref());
    let now = stage.server.now;
    stage
        .robot
        .engine()
        .take(&Batch::Sync(sync), now)
        .expect("a store");
}

/// The homeserver has a message, its answer is lost, and more than a day passes in the same process.
#[test]
fn a_day_without_a_network_doubles_nothing() {
    let mut stage = Stage::new();
    says(&mut stage, "#报修 楼道灯不亮");
    sync(&mut stage);
    assert!(stage.robot.begin());
    stage.robot.arrive(0, &mut stage.server);
    stage.robot.hear(0, true);
    stage.server.pass(25 * HOUR_MS);
    stage.robot.clock = stage.server.now;
    // The engine thread wakes before the first sync response after the night is taken in.
    assert!(stage.robot.begin());
    stage.robot.arrive(0, &mut stage.server);
    stage.robot.hear(0, false);
    stage.robot.settle_down(&mut stage.server);
    let shown = stage.show("3");
    assert_eq!(shown.matches('🧾').count(), 1, "{shown}");
}

/// A change that was wedged and is tried again must not bring an old state back.
#[test]
fn an_old_change_tried_again_overwrites_no_newer_one() {
    let mut stage = Stage::new();
    stage.play("王芳@3: #报修 楼道灯不亮");
    stage.server.weather.refusing.insert(room("3"));
    stage.play("王师傅@staff taps 🙋 on #1");
    stage.server.weather.refusing.clear();
    stage.play("王师傅@staff taps ✅ on #1");
    stage.robot.retry_wedged();
    stage.robot.settle_down(&mut stage.server);
    let shown = stage.show("3");
    assert!(shown.contains("🧾 工单 #1 · 报修 · 待确认"), "{shown}");
}

/// A picture that a moderator took away belongs to no report.
#[test]
fn a_picture_removed_by_a_moderator_does_not_count() {
    let script = "P = 王芳@3 shows
        管理员@3 redacts P
        王芳@3: #报修 楼道灯不亮";
    let shown = told("", script, "3");
    assert!(!shown.contains('📷'), "{shown}");
}

/// An edit counts only where its sender wrote the original.
#[test]
fn nobody_makes_a_report_of_somebody_elses_message() {
    let shown = told(
        "B = 王芳@3: 楼道灯不亮",
        "李明@3 edits B: #投诉 王芳太吵",
        "3 staff",
    );
    assert!(!shown.contains('🧾'), "{shown}");
}

/// The edit of an unreadable report could be read before the report itself.
#[test]
fn an_unreadable_report_and_its_readable_edit_are_one_ticket() {
    let mut stage = Stage::new();
    let content = json!({"msgtype": "m.text", "body": "#报修 楼道灯不亮"});
    let report = stage
        .server
        .post_encrypted(&room("3"), &account("王芳"), content);
    stage.server.edit(
        &room("3"),
        &account("王芳"),
        &report,
        "#报修 一楼楼道灯不亮",
    );
    stage.robot.settle_down(&mut stage.server);
    let late = stage.server.decrypt(&report).expect("a message");
    stage.robot.take(&Batch::Late(late));
    stage.robot.settle_down(&mut stage.server);
    assert_eq!(stage.card(&room("3"), "2"), None, "{}", stage.show("3"));
}

/// The key of a report comes when the report is gone already.
#[test]
fn a_report_redacted_before_its_key_came_opens_nothing() {
    let mut stage = Stage::new();
    let content = json!({"msgtype": "m.text", "body": "#报修 楼道灯不亮"});
    let report = stage
        .server
        .post_encrypted(&room("3"), &account("王芳"), content);
    stage.robot.settle_down(&mut stage.server);
    // It is being decrypted while its redaction is taken in.
    let late = stage.server.decrypt(&report).expect("a message");
    stage
        .server
        .redact(&room("3"), &account("王芳"), &report, "");
    stage.robot.settle_down(&mut stage.server);
    stage.robot.take(&Batch::Late(late));
    stage.robot.settle_down(&mut stage.server);
    let shown = stage.show("3 staff");
    assert!(!shown.contains("灯不亮"), "{shown}");
}

/// A picture with a caption leaves two lines in the history; both go when it is taken back.
#[test]
fn a_redacted_caption_is_gone_from_the_history() {
    let mut stage = Stage::new();
    stage.play("王芳@3: #报修 楼道灯不亮");
    let card = stage.card(&room("3"), "1").expect("a card");
    let mut content = crate::fake::server::picture(Some("我的电话是13800000000"));
    content["m.relates_to"] = crate::fake::server::thread(&card);
    let shown = stage.server.post(&room("3"), &account("王芳"), content);
    stage.robot.settle_down(&mut stage.server);
    stage
        .server
        .redact(&room("3"), &account("王芳"), &shown, "");
    stage.play("王师傅@staff: !ticket 1");
    let shown = stage.show("staff");
    assert!(!shown.contains("13800000000"), "{shown}");
}

/// Element lets one remove a single edit from a message's history; the message says again what it said before.
#[test]
fn the_words_of_a_redacted_edit_leave_the_cards() {
    let script = "E = 王芳@3 edits A: #报修 楼道灯不亮，电话13800000000
        王芳@3 redacts E";
    let shown = told("A = 王芳@3: #报修 楼道灯不亮", script, "3 staff");
    assert!(!shown.contains("13800000000"), "{shown}");
}

/// Bridges and other bots are never answered, whatever they do.
#[test]
fn other_bots_are_not_answered() {
    let script = "天气@3 taps 🙋 on #1
        B = 天气@3: 今天有雨
        天气@3 edits B: #报修 雨太大
        C = 天气@3 replies to #1: 明天晴";
    let shown = told("A = 王芳@3: #报修 楼道灯不亮", script, "3 staff");
    assert!(
        !shown.contains("这一步") && !shown.contains("#2"),
        "{shown}"
    );
}

/// What the neighbours hear about a private report does not tell the home either.
#[test]
fn sentences_about_a_private_report_hide_its_home() {
    let script = "王师傅@staff taps 🙋 on #1
        王师傅@staff taps ✅ on #1
        李明@3: !open";
    let shown = told("王芳@3: #报修 我家501漏水，请保密", script, "3");
    let ours: Vec<&str> = shown
        .lines()
        .filter(|line| !line.starts_with("王芳"))
        .collect();
    assert!(!ours.join("\n").contains("501"), "{shown}");
}

/// The second time something was not mended, one tap says so again.
#[test]
fn a_ticket_can_be_reopened_twice_with_one_tap_each() {
    let mut stage = Stage::new();
    stage.play(
        "王芳@3: #报修 楼道灯不亮
        王师傅@staff taps 🙋 on #1
        王师傅@staff taps ✅ on #1
        王芳@3 taps 🔁 on #1
        王师傅@staff taps ✅ on #1",
    );
    let card = stage.card(&room("3"), "1").expect("a card");
    let tap = stage
        .server
        .react(&room("3"), &account("王芳"), &card, "🔁");
    assert!(tap.is_some(), "the old tap is still there");
}

/// A sentence that calls nobody does not begin with a space.
#[test]
fn sentences_begin_with_a_word() {
    let script = "王师傅@staff taps 🙋 on #1
        王师傅@staff untaps 🙋 on #1
        王芳@3 taps ❌ on #1";
    let shown = told("王芳@3: #报修 楼道灯不亮", script, "3 staff");
    assert!(!shown.contains(":  "), "{shown}");
}

/// A card that could not be posted must not take with it what is said about its ticket later.
#[test]
fn a_lost_card_does_not_silence_its_ticket() {
    let mut stage = Stage::new();
    stage.server.weather.refusing.insert(room("3"));
    stage.play("王芳@3: #报修 楼道灯不亮");
    stage.server.weather.refusing.clear();
    stage.play("王师傅@staff taps 🙋 on #1");
    let shown = stage.show("3");
    assert!(shown.contains("接单了"), "{shown}");
}

/// A list of members that was asked for before somebody took a new name must not bring the old one back.
#[test]
fn a_late_list_of_members_brings_no_old_name_back() {
    let mut stage = Stage::new();
    let bot = stage.server.bot.clone();
    stage.server.leave(&room("3"), &bot);
    stage.robot.settle_down(&mut stage.server);
    stage.server.join(&room("3"), &bot, "邻里");
    sync(&mut stage);
    stage.robot.fetch(&stage.server);
    stage
        .server
        .join(&room("3"), &account("王芳"), "3-2-501 王小芳");
    sync(&mut stage);
    stage.robot.take_fetched(0);
    stage.play("王芳@3: #报修 楼道灯不亮");
    let shown = stage.show("3");
    assert!(shown.contains("👤 3-2-501 王小芳"), "{shown}");
}

/// What the bot hears of a row that was refused is kept, and giving it up removes it for good.
#[test]
fn a_row_given_up_does_not_come_back() {
    let mut stage = Stage::new();
    stage.server.weather.refusing.insert(room("3"));
    stage.play("王芳@3: #报修 楼道灯不亮");
    let rows = stage.robot.kept.rows().expect("rows");
    let post = rows
        .iter()
        .find(|row| matches!(row.effect, Effect::Post(_)))
        .expect("a card");
    stage.robot.operator(Operator::GiveUp(post.txn.clone()));
    stage.robot.crash();
    stage.robot.settle_down(&mut stage.server);
    let rows = stage.robot.kept.rows().expect("rows");
    assert!(rows.iter().all(|row| row.txn != post.txn));
}

/// The answer of an earlier life means nothing to the next one.
#[test]
fn an_answer_that_nobody_waits_for_is_let_go() {
    let mut stage = Stage::new();
    says(&mut stage, "#报修 楼道灯不亮");
    sync(&mut stage);
    assert!(stage.robot.begin());
    let txn = stage.robot.under_way[0].sending.row.txn.clone();
    let mut other = Robot::new(features::ALL, stage.server.now);
    let now = stage.server.now;
    let heard = other.engine().answered(vec![(txn, Answer::AlreadySo)], now);
    assert!(heard.is_ok());
}

/// The data folder is lost: what was answered in the earlier life is not answered again, what came since is, and no
/// number is given twice.
#[test]
fn a_lost_data_folder_opens_no_old_ticket_again() {
    let mut stage = Stage::new();
    reports(&mut stage, 2);
    stage.robot.settle_down(&mut stage.server);
    says(&mut stage, "#报修 这时没有人在");
    stage.robot = Robot::new(features::ALL, stage.server.now);
    stage.robot.settle_down(&mut stage.server);
    let (first, third) = (stage.card(&room("3"), "1"), stage.card(&room("3"), "3"));
    assert!(first.is_some() && third.is_some(), "{}", stage.show("3"));
    let cards = stage.show("3").matches("🧾").count();
    assert_eq!(cards, 3, "{}", stage.show("3"));
}
