//! Wider rings: next door, all buildings, and friendly communities.

use linli::{
    domain::{
        community::{Channel, Purpose, Settings},
        feature::World,
        ids::CommunityId,
    },
    features,
};
use serde_json::json;

use crate::{fake::estate, flow::script::Stage};

/// Two communities that are friends, the second with a channel of its own.
fn world() -> World {
    let section = json!({ "friends": ["heping"], "ring_hours": 4 });
    let mut world = estate::world_with_help(features::ALL, &section);
    let own = world.settings.communities()[0].clone();
    let mut friend = (*own).clone();
    friend.id = CommunityId::from("heping");
    "和平苑".clone_into(&mut friend.name);
    let channel = Purpose::Help(Channel {
        name: "邻里帮".to_owned(),
        kinds: Vec::new(),
    });
    friend.rooms = std::iter::once((estate::room("friend"), channel)).collect();
    let communities = vec![(*own).clone(), friend];
    let names = world.settings.bot_names.clone();
    world.settings = Settings::new(estate::user(estate::BOT), names, communities);
    world
}

fn stage() -> Stage {
    let mut server = estate::homeserver();
    estate::add_help(&mut server);
    let friend = estate::room("friend");
    server.create(&friend);
    server.join(&friend, &estate::user(estate::BOT), "邻里");
    server.set_power(&friend, &estate::user(estate::BOT), 100);
    Stage::on(server, world)
}

#[test]
fn what_nobody_answers_is_read_by_friends_until_it_is_over() {
    let mut stage = stage();
    stage.play(
        "A = 王芳@3: #送 婴儿床，3-2-501自提
        王芳@3 taps 📣 on H1",
    );
    for _ in 0..4 {
        assert!(!stage.show("friend").contains("婴儿床"));
        stage.play("+4h");
        if stage.show("friend").contains("婴儿床") {
            break;
        }
    }
    let read = stage.show("friend");
    assert!(read.contains("婴儿床"), "{read}");
    assert!(!read.contains("501"), "{read}");
    assert!(stage.show("1 2").matches("🏘 H1").count() == 2);
    stage.play("王芳@3 redacts A");
    let left = stage.show("friend 1 2 3 help");
    assert!(!left.contains("婴儿床"), "{left}");
}
