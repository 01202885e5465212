//! The door at its edges: homes that are nearly the same, what a moderator has refused, codes and roster after a move,
//! and names of people who are exempt by now.

use linli::{
    domain::record::{Key, View as _},
    features::{self, admission::wishes::Wish},
};
use serde_json::json;

use super::{
    admission::{code_of, codes, home, moveout_card, resident, roster, stage, standing},
    script::{Stage, account},
};
use crate::fake::{
    estate::{self, room},
    power::talk_room,
};

/// Two homes of one number in different stairwells, as their members call themselves.
#[test]
fn a_home_without_its_unit_is_asked_back_where_two_can_be_meant() {
    let mut stage = Stage::new();
    stage.play("李明@3 enters as 3-1-501 李明\n管理员@3: !moveout 3号楼501");
    for name in ["李明", "王芳"] {
        assert_eq!(standing(&stage, "3", name), "join", "{name}");
    }
    assert!(stage.show("3").contains("3-1-501 3-2-501"));
    stage.play("管理员@3: !moveout 3-1-501");
    assert_eq!(standing(&stage, "3", "李明"), "leave");
    assert_eq!(standing(&stage, "3", "王芳"), "join");
}

/// One of a household is named, not the home.
#[test]
fn a_member_named_with_their_home_moves_out_alone() {
    let mut stage = Stage::new();
    stage.play("李明@3 enters as 3-2-501 李明\n管理员@staff: !moveout 3-2-501 王芳");
    assert_eq!(standing(&stage, "3", "王芳"), "leave");
    assert_eq!(standing(&stage, "3", "李明"), "join");
    stage.play("管理员@staff: !moveout 3-2-501");
    assert_eq!(standing(&stage, "3", "李明"), "leave");
}

/// Roster and code are there; a moderator knows better.
#[test]
fn whom_a_moderator_has_refused_no_proof_lets_in() {
    let mut stage = stage(&json!({"mode": "verified"}));
    let own = home("1", "1201");
    stage.play("新邻居@lobby enters as 3-1-1201 何洁");
    stage.call("card", "staff");
    stage.play("管理员@staff taps ✅ on card\n新邻居@3 enters as 3-1-1201 何洁");
    stage.asks("admission", &roster(&[resident("1", "1201", Some("何"))]));
    stage.play("管理员@staff taps ❌ on card");
    assert_eq!(standing(&stage, "3", "新邻居"), "leave");
    stage.asks("admission", &codes(std::slice::from_ref(&own)));
    let code = code_of(&stage, &own).expect("a code");
    stage.play("新邻居@lobby leaves\n新邻居@lobby enters as 3-1-1201 何洁");
    stage.play(&format!("新邻居@lobby: {code}"));
    assert_eq!(standing(&stage, "3", "新邻居"), "leave");
    stage.play("经理@staff taps ✅ on card");
    assert_eq!(standing(&stage, "3", "新邻居"), "invite");
}

/// Who has left the roster has a code in the drawer still.
#[test]
fn with_the_roster_the_code_ends_and_both_come_back() {
    let mut stage = stage(&json!({"mode": "verified", "code_uses": 3}));
    let (own, listed) = (home("1", "1201"), resident("1", "1201", Some("何")));
    stage.asks("admission", &roster(std::slice::from_ref(&listed)));
    stage.asks("admission", &codes(std::slice::from_ref(&own)));
    let code = code_of(&stage, &own);
    assert!(code.is_some());
    stage.play("新邻居@lobby enters as 3-1-1201 何洁\n新邻居@3 enters as 3-1-1201 何洁");
    let remove = Wish::Roster {
        add: Vec::new(),
        remove: vec![listed],
    };
    stage.asks("admission", &remove);
    assert_eq!(standing(&stage, "3", "新邻居"), "leave");
    assert_eq!(code_of(&stage, &own), None);
    // A slip for whoever comes next; then it turns out to have been the wrong file.
    let drawn = Wish::Codes {
        seed: [8; 32],
        homes: vec![own.clone()],
        renew: false,
    };
    stage.asks("admission", &drawn);
    let newer = code_of(&stage, &own).expect("a code");
    let card = moveout_card(&stage);
    let (staff, moderator) = (room("staff"), account("管理员"));
    stage.server.react(&staff, &moderator, &card, "↩️");
    stage.robot.settle_down(&mut stage.server);
    assert_eq!(standing(&stage, "3", "新邻居"), "invite");
    assert_eq!(code_of(&stage, &own), code);
    let opens = Key::new("hexie", "code_opens", &newer);
    let opens = stage.robot.kept.state().memory.get(&opens);
    assert_eq!(opens.expect("memory does not fail"), None);
    // They are on the roster again.
    stage.play("Smith@lobby enters as 3-1-1201 何女士");
    assert_eq!(standing(&stage, "3", "Smith"), "invite");
}

/// A rehearsal takes nobody off the roster, and ends no code.
#[test]
fn a_rehearsed_moveout_changes_nothing() {
    let mut server = estate::homeserver();
    estate::add_lobby(&mut server);
    let mut stage = Stage::on(server, || {
        let world = estate::world_with_lobby(features::ALL, &json!({"mode": "verified"}));
        estate::set(world, "moderation", &json!({"dry_run": true}))
    });
    let own = home("2", "501");
    stage.asks("admission", &roster(&[resident("2", "501", Some("王"))]));
    stage.asks("admission", &codes(std::slice::from_ref(&own)));
    let code = code_of(&stage, &own);
    stage.play("管理员@staff: !moveout 3-2-501");
    assert_eq!(standing(&stage, "3", "王芳"), "join");
    assert_eq!(code_of(&stage, &own), code);
    stage.play("新邻居@lobby enters as 3-2-501 王兰");
    assert_eq!(standing(&stage, "3", "新邻居"), "invite");
}

/// An id that is put on the list in the middle of the ladder.
#[test]
fn what_followed_from_a_name_that_nobody_minds_by_now_is_undone() {
    let mut stage = Stage::new();
    stage.play("冯磊@3 enters as 风\n冯磊@2 leaves\n+1d\n+2d\n+1h");
    assert!(!stage.server.may_post(&room("3"), &account("冯磊")));
    stage.robot.serve_world(|| {
        let exempt = json!({"exempt": ["@fenglei:hexie.test"]});
        estate::world_set(features::ALL, "naming", &exempt)
    });
    stage.robot.crash();
    stage.play("+20d");
    assert_eq!(standing(&stage, "3", "冯磊"), "join");
    assert!(stage.server.may_post(&room("3"), &account("冯磊")));
}

/// A moderator has given somebody the word back; then they call themselves staff.
#[test]
fn whoever_passes_for_staff_is_silent_and_shown_whatever_was_before() {
    let mut stage = Stage::new();
    stage.play("冯磊@3 enters as 风\n冯磊@2 leaves\n+1d\n+2d\n+1h");
    stage.play("管理员@staff: !unmute @fenglei:hexie.test");
    assert!(stage.server.may_post(&room("3"), &account("冯磊")));
    stage.play("冯磊@3 enters as 物业客服");
    assert!(!stage.server.may_post(&room("3"), &account("冯磊")));
    assert!(stage.show("staff").contains("物业客服"));
}

/// Who comes during a raid gets the rules when it is over, also before its time.
#[test]
fn rules_are_shown_after_a_raid() {
    let mut stage = Stage::on(estate::homeserver(), || {
        estate::world_set(features::ALL, "rules", &json!({"text": "和睦"}))
    });
    stage.play("管理员@staff: !raid on 3h\n新邻居@3 enters as 3-1-1201 何洁\n+1m");
    let talk = talk_room(&account("新邻居"));
    assert!(!stage.server.rooms.contains_key(&talk));
    stage.play("管理员@staff: !raid off\n+11m");
    assert!(stage.show("talk-newcomer").contains("和睦"));
    // And not once more for each who asks and asks.
    for _ in 0..9 {
        stage.play("新邻居@3: !rules");
    }
    assert_eq!(stage.show("3").matches("和睦").count(), 4);
}

/// Who was removed and tries again with another wrong name is asked back everywhere once it is right.
#[test]
fn a_right_name_at_the_second_try_undoes_the_removal_too() {
    let mut stage = Stage::new();
    stage.play("冯磊@3 enters as 风\n冯磊@2 leaves\n+1d\n+2d\n+11d\n+1h");
    assert_eq!(standing(&stage, "notice", "冯磊"), "leave");
    stage.play("冯磊@3 enters as 风儿\n冯磊@3 enters as 3-2-1001 冯磊");
    assert_eq!(standing(&stage, "notice", "冯磊"), "invite");
}
