//! What goes wrong around the bot: keys that come late, features that panic, rows that cannot be sent, limits.

use insta::assert_snapshot;
use linli::{
    domain::{
        batch::Batch,
        effect::{Effect, Lane, Target},
        feature::{Feature, Flow, Stage as When, let_pass},
        input::{Input, Operator},
    },
    features::{self, help, tickets},
};
use serde_json::json;

use super::script::{Stage, account};
use crate::fake::estate;

/// Panics on one word, and guards against another.
const TOUCHY: Feature = Feature {
    name: "touchy",
    stage: When::Guard,
    commands: &[],
    configure: |_| Ok(std::sync::Arc::new(())),
    decide: |ctx, input| {
        if let Input::Message(message) = input {
            assert!(
                !message.content.text.contains("炸弹"),
                "a word that nobody can bear"
            );
            if message.content.text.contains("广告") {
                let redact = Effect::Redact {
                    target: Target::Event(message.id.clone()),
                    reason: "广告".to_owned(),
                };
                ctx.ask(&message.room, Lane::Guard, redact);
                return Flow::Stop;
            }
        }
        Flow::Go
    },
    check: let_pass,
};
static WITH_TOUCHY: &[Feature] = &[TOUCHY, tickets::FEATURE, help::FEATURE];

#[test]
fn a_message_whose_key_comes_later_is_a_report_then() {
    let mut stage = Stage::new();
    let room = estate::room("3");
    let content = json!({"msgtype": "m.text", "body": "#报修 楼道灯不亮"});
    let id = stage
        .server
        .post_encrypted(&room, &account("王芳"), content);
    stage.robot.settle_down(&mut stage.server);
    let waiting = stage.robot.engine().undecryptable(&[]).expect("a store");
    assert_eq!(waiting.len(), 1);
    let late = stage.server.decrypt(&id).expect("a message");
    assert!(stage.robot.take(&Batch::Late(late)));
    stage.robot.settle_down(&mut stage.server);
    assert_eq!(
        stage
            .robot
            .engine()
            .undecryptable(&[])
            .expect("a store")
            .len(),
        0
    );
    assert_snapshot!(stage.show("3"), @r"
    == 3
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼 · 楼道
        🧭 电气 · 公共部位
        📝 楼道灯不亮
        👤 3-2-501 王芳
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 3-2-501 王芳，工单 #1 是哪个单元？点一下数字，或者回复这条消息。
        1️⃣ 3号楼1单元
        2️⃣ 3号楼2单元
        [1️⃣2️⃣]
    ");
}

#[test]
fn a_feature_that_panics_loses_one_input_only() {
    let mut stage = Stage::with(WITH_TOUCHY);
    let (room, user) = (estate::room("3"), account("王芳"));
    stage.server.say(&room, &user, "#报修 楼道灯不亮");
    let bad = stage.server.say(&room, &user, "#报修 炸弹");
    stage.server.say(&room, &user, "#报修 门坏了");
    stage.robot.settle_down(&mut stage.server);
    let status = stage.robot.engine().status().expect("a store");
    assert_eq!(
        status.quarantined,
        [(
            bad.as_str().to_owned(),
            "a word that nobody can bear".to_owned()
        )]
    );
    assert!(stage.card(&room, "2").is_some());
    assert!(stage.card(&room, "3").is_none());
    // It is never tried again by itself, and nothing else is set aside.
    stage.robot.crash();
    stage.robot.settle_down(&mut stage.server);
    assert_eq!(stage.robot.quarantined.len(), 1);

    // The operator may ask for it, and it is set aside again as long as nothing is mended.
    let id = bad.as_str().to_owned();
    stage.robot.operator(Operator::DecideAgain(id.clone()));
    assert_eq!(stage.robot.quarantined.len(), 2);
    assert!(
        stage
            .robot
            .engine()
            .status()
            .expect("a store")
            .quarantined
            .len()
            == 1
    );
    // After the update it becomes a ticket.
    stage.robot.serve(features::ALL);
    stage.robot.crash();
    stage.robot.operator(Operator::DecideAgain(id));
    stage.robot.settle_down(&mut stage.server);
    assert!(stage.card(&room, "3").is_some());
    assert_eq!(
        stage.robot.engine().status().expect("a store").quarantined,
        []
    );
}

#[test]
fn a_wedged_row_keeps_its_reason_and_can_be_tried_again() {
    let mut stage = Stage::new();
    let room = estate::room("3");
    stage.server.weather.refusing.insert(room.clone());
    stage.play("王芳@3: #报修 楼道灯不亮");
    let status = stage.robot.engine().status().expect("a store");
    let why: Vec<_> = status.wedged.iter().map(|row| row.why.as_str()).collect();
    assert_snapshot!(why.join("\n"), @r"
    M_FORBIDDEN: refused
    it refers to post-$e00060-tickets-0, which was never sent
    M_FORBIDDEN: refused
    it refers to post-$e00060-tickets-4, which was never sent
    it refers to post-$e00060-tickets-4, which was never sent
    ");
    assert_eq!(stage.card(&room, "1"), None);
    stage.server.weather.refusing.clear();
    assert!(stage.robot.retry_wedged());
    stage.robot.settle_down(&mut stage.server);
    assert!(
        stage
            .robot
            .engine()
            .status()
            .expect("a store")
            .wedged
            .is_empty()
    );
    assert_snapshot!(stage.show("3"), @r"
    == 3
    王芳: #报修 楼道灯不亮
    linli: 🧾 工单 #1 · 报修 · 待接单
        📍 3号楼 · 楼道
        🧭 电气 · 公共部位
        📝 楼道灯不亮
        👤 3-2-501 王芳
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌。
        [❌]
    linli!: 3-2-501 王芳，工单 #1 是哪个单元？点一下数字，或者回复这条消息。
        1️⃣ 3号楼1单元
        2️⃣ 3号楼2单元
        [1️⃣2️⃣]
    ");
    stage.server.weather.refusing.insert(room.clone());
    stage.play("王师傅@staff taps 🙋 on #1");
    let row = stage
        .robot
        .engine()
        .status()
        .expect("a store")
        .wedged
        .remove(0);
    stage.robot.operator(Operator::GiveUp(row.txn.clone()));
    let left = stage.robot.engine().status().expect("a store").wedged;
    assert!(left.iter().all(|other| other.txn != row.txn));
}

#[test]
fn guarding_goes_before_talking_under_a_rate_limit() {
    let mut stage = Stage::with(WITH_TOUCHY);
    let (room, user) = (estate::room("3"), account("王芳"));
    for n in 0..5 {
        stage
            .server
            .say(&room, &user, &format!("#报修 家里漏水 {n}"));
    }
    let spam = stage.server.say(&room, &user, "广告 加我");
    stage.server.weather.limit = Some((2, 5_000));
    stage.server.pass(10_000);
    stage.robot.clock = stage.server.now;
    stage.robot.ask(&stage.server);
    stage.robot.take_in();
    assert!(stage.robot.begin());
    let first = &stage.robot.under_way[0].sending.row;
    assert_eq!((first.lane, first.effect.kind()), (Lane::Guard, "redact"));
    stage.robot.settle_down(&mut stage.server);
    assert!(stage.server.current(&spam).is_none());
    assert!(stage.card(&room, "5").is_some());
}
