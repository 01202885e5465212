//! Complaints are answered at once, and cards show no more of an address than they shall.

use insta::assert_snapshot;
use linli::features;
use serde_json::json;

use super::script::Stage;
use crate::fake::estate;

#[test]
fn a_complaint_is_answered_with_who_and_by_when_and_staff_take_it_out_of_the_crowd() {
    let mut stage = Stage::new();
    stage
        .play("王芳@3: #投诉 楼下天天半夜唱歌\n+13h\nSmith@3: #complaint nobody cleans the stairs");
    assert_snapshot!(stage.show("3 staff"), @"
    == 3
    王芳: #投诉 楼下天天半夜唱歌
    linli: 🧾 工单 #1 · 投诉 · 待接单
        📍 3号楼
        🧭 噪音 · 公共部位
        📝 楼下天天半夜唱歌
        👤 3-2-501 王芳
        👉 物业接单后马上告诉您。要补充，请回复本卡片；不用了点 ❌；不想在群里说点 🔒。
        [❌🔒]
    linli!: 3-2-501 王芳，投诉 #1 由前台小刘负责了解，3月3日 08:00 前答复您。不想在群里说？点卡片上的 🔒，就转到只有您和物业的房间。
    Smith: #complaint nobody cleans the stairs
    linli: 🧾 Ticket #2 · complaint · waiting for staff
        📍 Building 3 · stairs
        🧭 other · shared
        📝 nobody cleans the stairs
        👤 smith
        👉 You hear as soon as somebody takes it. To add something, reply to this card; tap ❌ to cancel it, 🔒 to go on in private.
        [❌🔒]
    linli!: smith, 林经理 looks into complaint #2 and answers by 3 Mar 21:00. Rather not here? Tap 🔒 on the card, and it goes on in a room of you and the property service alone.
    == staff
    linli: 🧾 工单 #1 · 投诉 · 待接单
        📍 3号楼
        🧭 噪音 · P2 一般 · 公共部位
        📝 楼下天天半夜唱歌
        👤 3-2-501 王芳
        👉 点 🙋 接单。
        [🙋🔒]
    linli!: 🤫 前台小刘，投诉 #1 是在群里说的：请点 🔒 转到单独的房间，或私下联系本人，别在群里争。
    linli: 🧾 工单 #2 · 投诉 · 待接单
        📍 3号楼 · stairs
        🧭 其他 · P2 一般 · 公共部位
        📝 nobody cleans the stairs
        👤 smith
        👉 点 🙋 接单。
        [🙋🔒]
    linli!: 🤫 林经理，投诉 #2 是在群里说的：请点 🔒 转到单独的房间，或私下联系本人，别在群里争。
    ");
    assert!(stage.robot.quarantined.is_empty());
}

#[test]
fn cards_show_so_much_of_an_address_as_is_set() {
    for (shown, wanted) in [
        (json!({}), "📍 3号楼2单元 · 厨房"),
        (json!({"public_address": "building"}), "📍 3号楼 · 厨房"),
        (
            json!({"public_address": "home"}),
            "📍 3号楼2单元501室 · 厨房",
        ),
    ] {
        let mut stage = Stage::on(estate::homeserver(), move || {
            estate::world_set(features::ALL, "tickets", &shown)
        });
        stage.play("王芳@3: #报修 厨房漏水\n王芳@3: !待办");
        let told = stage.show("3");
        assert!(told.contains(wanted), "{told}");
        assert_eq!(told.contains("501室"), wanted.contains("501室"), "{told}");
        assert!(stage.show("staff").contains("📍 3号楼2单元501室 · 厨房"));
    }
}
