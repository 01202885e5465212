//! Photos of staff: shown to whoever has reported, and for chosen matters demanded before ✅ counts.

use insta::assert_snapshot;
use linli::features;
use serde_json::json;

use super::script::Stage;
use crate::fake::estate;

fn strict() -> Stage {
    Stage::on(estate::homeserver(), || {
        estate::world_set(
            features::ALL,
            "tickets",
            &json!({"proof": {"trades": ["plumbing"]}}),
        )
    })
}

const CLAIMED: &str = "王芳@3: #报修 厨房漏水
    王芳@3 shows
    王师傅@staff taps 🙋 on #1";

#[test]
fn one_tap_and_one_photo_finish_it() {
    let mut stage = strict();
    stage.play(CLAIMED);
    stage.play("+30m\n王师傅@staff taps ✅ on #1\n+5m\n王师傅@staff shows");
    assert_snapshot!(stage.show("3 staff"), @"
    == 3
    王芳: #报修 厨房漏水
    linli: 🧾 工单 #1 · 报修 · 待确认
        📍 3号楼2单元 · 厨房
        🧭 水暖
        📝 厨房漏水
        👤 3-2-501 王芳
        📷 1 张照片
        📸 物业照片 1 张
        🛠 王师傅
        👉 没问题请点 👍，没办好点 🔁。
        [❌👍🔁]
    王芳: IMG_1.jpg
    linli!: 3-2-501 王芳，工单 #1 由王师傅接单了，请留意消息。
    linli: IMG_1.jpg
    linli!: 3-2-501 王芳，王师傅说工单 #1 办好了。没问题请点 👍，没办好请点 🔁。
    == staff
    linli: 🧾 工单 #1 · 报修 · 待确认
        📍 3号楼2单元501室 · 厨房
        🧭 水暖 · P2 一般
        📝 厨房漏水
        👤 3-2-501 王芳
        📷 1 张照片
        📸 物业照片 1 张
        🛠 王师傅
        👉 已请报修人确认。
        [🙋🚗🔧✅]
    linli: 🚯 广告 1：3-2-501 王芳 · 1 条 · 没有处理，请看一眼
        “IMG_1.jpg”
        依据：读起来像广告；新人发的图片（0.40 分）
        是广告吗？点 ✅ 是（删除并禁言），❌ 不是（这段话以后放行），⛔ 封禁。
        [✅❌⛔]
    linli: IMG_1.jpg
    linli!: 王师傅，工单 #1 归你了（3号楼2单元501室 · 厨房）。办好后在卡片上点 ✅。
    linli: 王师傅，工单 #1 要有完工照片：直接在这里发一张（或回复卡片），就算办好了。
    王师傅: IMG_1.jpg
        [📎 #1]
    ");
    assert!(stage.robot.quarantined.is_empty());
}

#[test]
fn a_photo_before_the_tap_will_do_and_one_of_the_reporter_or_a_sound_will_not() {
    for (acts, done) in [
        ("王师傅@staff shows to #1\n王师傅@staff taps ✅ on #1", true),
        (
            "王师傅@staff taps 🚗 on #1\n王师傅@staff shows\n+1h\n王师傅@staff: !完成 1",
            true,
        ),
        ("王师傅@staff taps ✅ on #1\n王芳@3 shows to #1", false),
        ("王师傅@staff taps ✅ on #1\n张师傅@staff shows", false),
        ("王师傅@staff: !完成 1 好了", false),
        (
            "+10m\n王师傅@staff shows\n王师傅@staff taps ✅ on #1",
            false,
        ),
    ] {
        let mut stage = strict();
        stage.play(CLAIMED).play(acts);
        assert_eq!(stage.show("3").contains("· 待确认"), done, "{acts}");
    }
}

#[test]
fn a_photo_much_later_or_after_the_tap_is_taken_back_is_another_ones() {
    for acts in [
        "王师傅@staff taps ✅ on #1\n+20m\n王师傅@staff shows",
        "王师傅@staff taps ✅ on #1\n+3m\n王师傅@staff untaps ✅ on #1\n王师傅@staff shows",
    ] {
        let mut stage = strict();
        stage.play(CLAIMED).play(acts);
        assert!(!stage.show("3").contains("· 待确认"), "{acts}");
        assert!(!stage.show("3").contains("📸"), "{acts}");
    }
    // What was shown and is gone is no proof.
    let mut stage = strict();
    stage.play(CLAIMED);
    stage.play("P = 王师傅@staff shows to #1\n王师傅@staff redacts P\n王师傅@staff taps ✅ on #1");
    assert!(!stage.show("3").contains("· 待确认"));
}

#[test]
fn opened_again_it_needs_another_photo() {
    let mut stage = strict();
    stage.play(CLAIMED);
    stage.play(
        "王师傅@staff shows to #1
        王师傅@staff taps ✅ on #1
        王芳@3 taps 🔁 on #1
        王师傅@staff taps ✅ on #1",
    );
    assert!(stage.show("3").contains("· 重新打开"));
    assert!(stage.show("staff").contains("要有完工照片"));
    // Asked again and again it says so each time.
    stage.play("王师傅@staff untaps ✅ on #1\n王师傅@staff taps ✅ on #1");
    assert_eq!(stage.show("staff").matches("要有完工照片").count(), 2);
}

#[test]
fn what_staff_show_is_seen_in_the_building_unless_it_is_private() {
    let stage = |report: &str| {
        let mut stage = Stage::new();
        stage.play(&format!(
            "A = 王芳@3: {report}\n王师傅@staff taps 🙋 on #1\nP = 王师傅@staff shows"
        ));
        stage
    };
    let mut open = stage("#报修 厨房漏水");
    assert!(open.show("3").contains("📸 物业照片 1 张"));
    assert_eq!(pictures(&open), 1);
    open.play("王师傅@staff redacts P");
    assert_eq!(pictures(&open), 0);
    assert!(!open.show("3").contains("📸"));
    let private = stage("#报修 厨房漏水，别公开");
    assert_eq!(pictures(&private), 0);
}

/// Copies of pictures in the building's room that still stand.
fn pictures(stage: &Stage) -> usize {
    let shown = stage.show("3");
    shown
        .lines()
        .filter(|line| line.contains("linli: IMG"))
        .count()
}

#[test]
fn where_copies_are_kept_each_picture_of_a_ticket_is_kept_once() {
    let begin = |keeps: bool| {
        let mut stage = Stage::on(estate::homeserver(), move || {
            let mut world = estate::world(features::ALL);
            world.settings.keeps_copies = keeps;
            world
        });
        stage.play(
            "
            A = 王芳@3 shows
            王芳@3: #报修 家里厨房漏水
            王芳@3 shows to #1
            李明@3 shows
            王师傅@staff taps 🙋 on #1
            王师傅@staff shows
            王芳@3 redacts A
            ",
        );
        stage.server.kept
    };
    let kept = begin(true);
    assert_eq!(
        kept,
        [
            "hexie/1/1-b68ef29b",
            "hexie/1/2-b68ef29b",
            "hexie/1/4-b68ef29b"
        ]
    );
    assert_eq!(begin(false), Vec::<String>::new());
}
