//! The estate 和谐花园: its rooms, its people and the settings linli gets for them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use linli::{
    domain::{
        community::{BanList, Channel, Community, FeatureSettings, Purpose, Settings},
        feature::{Feature, World},
        hours::Hours,
        ids::{CommunityId, RoomId, UserId},
        roles::{Person, Trade},
    },
    text::{
        address::{Building, Registry},
        language::Language,
        posts::Kinds,
    },
};

use serde_json::{Value, json};

use super::server::Server;

/// Milliseconds since 1970 when every story begins: 2026-03-02 08:00 in Shanghai.
pub const START_MS: i64 = 1_772_409_600_000;
/// The bot's account.
pub const BOT: &str = "linli";
/// All rooms by their short names.
pub const ROOMS: [&str; 6] = ["space", "staff", "notice", "1", "2", "3"];
/// Residents: login, display name, the rooms they are in besides the notice room.
pub const RESIDENTS: [(&str, &str, &[&str]); 6] = [
    ("wangfang", "3-2-501 王芳", &["3"]),
    ("liming", "3-1-302 李明", &["3"]),
    ("zhouwei", "1-1-201 周伟", &["1"]),
    ("wumin", "1-2-602 吴敏", &["1"]),
    ("fenglei", "2-1-401 冯磊", &["2"]),
    ("smith", "2-2-901 Smith", &["2"]),
];
/// Those with a role, who are in every room: login and name.
pub const STAFF: [(&str, &str); 5] = [
    ("wang", "王师傅"),
    ("zhang", "张师傅"),
    ("liu", "前台小刘"),
    ("zhou", "管理员老周"),
    ("lin", "林经理"),
];
/// A bot that is none of ours, in every room.
pub const OTHER_BOT: &str = "weatherbot";

/// The id of a room with a short name.
pub fn room(short: &str) -> RoomId {
    RoomId::from(format!("!{short}:hexie.test"))
}

/// The id of an account.
pub fn user(login: &str) -> UserId {
    UserId::from(format!("@{login}:hexie.test"))
}

fn person(name: &str, trades: &[Trade]) -> Person {
    Person {
        name: name.to_owned(),
        trades: trades.to_vec(),
        ..Person::default()
    }
}

fn people() -> BTreeMap<UserId, Person> {
    let staff = |name, trade| Person {
        staff: true,
        ..person(name, &[trade])
    };
    let moderator = Person {
        moderator: true,
        ..person("管理员老周", &[])
    };
    let manager = Person {
        manager: true,
        ..person("林经理", &[])
    };
    BTreeMap::from([
        (user("wang"), staff("王师傅", Trade::Electric)),
        (user("zhang"), staff("张师傅", Trade::Plumbing)),
        (user("liu"), staff("前台小刘", Trade::Desk)),
        (user("zhou"), moderator),
        (user("lin"), manager),
    ])
}

/// The settings, with these features in force.
pub fn world(features: &'static [Feature]) -> World {
    world_with(features, 0)
}

/// The settings for an estate with so many more buildings, `b0` and so on, each with a room.
pub fn world_with(features: &'static [Feature], more: usize) -> World {
    let more: Vec<String> = (0..more).map(|n| format!("b{n}")).collect();
    let names = ROOMS.into_iter().chain(more.iter().map(String::as_str));
    let purposes = names.map(|short_name| {
        let purpose = match short_name {
            "space" => Purpose::Space,
            "staff" => Purpose::Staff,
            "notice" => Purpose::Notice,
            "lobby" => Purpose::Lobby,
            building => Purpose::Building(building.to_owned()),
        };
        (room(short_name), purpose)
    });
    let buildings = ["1", "2", "3"]
        .into_iter()
        .chain(more.iter().map(String::as_str));
    let buildings = buildings.map(|name| Building::new(name, &["1", "2"]));
    let configured = features
        .iter()
        .map(|feature| (feature.name, configured(feature, &json!({}))));
    let community = Community {
        id: CommunityId::from("hexie"),
        name: "和谐花园".to_owned(),
        language: Language::Zh,
        timezone: chrono_tz::Asia::Shanghai,
        hours: Hours::read("08:00-20:00", chrono_tz::Asia::Shanghai).expect("hours"),
        waking: Hours::read("08:00-22:00", chrono_tz::Asia::Shanghai).expect("hours"),
        encrypted: false,
        rooms: purposes.collect(),
        replaced: BTreeMap::new(),
        lists: BTreeMap::new(),
        people: people(),
        bots: BTreeSet::from([user(OTHER_BOT)]),
        registry: Registry::new(buildings.collect()),
        kinds: Arc::new(Kinds::shipped().clone()),
        features: configured.collect(),
    };
    World {
        settings: Settings::new(
            user(BOT),
            vec!["linli".to_owned(), "邻里".to_owned()],
            vec![community],
        ),
        features,
    }
}

/// A feature's settings of a section.
fn configured(feature: &Feature, section: &Value) -> FeatureSettings {
    let settings = (feature.configure)(section);
    settings.unwrap_or_else(|fault| panic!("{}.{}: {}", feature.name, fault.key, fault.why))
}

/// The settings, with these for one feature: its name, and its section.
pub fn world_set(features: &'static [Feature], name: &str, section: &Value) -> World {
    set(world(features), name, section)
}

/// The same settings, but for those of one feature.
pub fn set(world: World, name: &str, section: &Value) -> World {
    let features = world.features;
    let mut community = (*world.settings.communities()[0]).clone();
    let feature = features.iter().find(|feature| feature.name == name);
    let feature = feature.expect("a feature of this name");
    community
        .features
        .insert(feature.name, configured(feature, section));
    World {
        settings: Settings::new(user(BOT), world.settings.bot_names, vec![community]),
        features,
    }
}

/// The same settings, where somebody is on duty then, and somebody else stands in.
pub fn with_duty(mut world: World, login: &str, duty: &str, stand_in: &str) -> World {
    let mut community = Community::clone(&world.settings.communities()[0]);
    let person = community
        .people
        .get_mut(&user(login))
        .expect("somebody with a role");
    person.duty = Some(Hours::read(duty, community.timezone).expect("hours"));
    person.stand_in = Some(user(stand_in));
    world.settings = Settings::new(user(BOT), world.settings.bot_names, vec![community]);
    world
}

/// The settings with a lobby, and this section for admission.
pub fn world_with_lobby(features: &'static [Feature], admission: &Value) -> World {
    let mut world = world_set(features, "admission", admission);
    let mut community = (*world.settings.communities()[0]).clone();
    let rooms = community
        .rooms()
        .map(|(room, purpose)| (room.clone(), purpose.clone()));
    community.rooms = rooms.chain([(room("lobby"), Purpose::Lobby)]).collect();
    world.settings = Settings::new(user(BOT), world.settings.bot_names, vec![community]);
    world
}

/// The settings with a channel for help posts, and these for the feature.
pub fn world_with_help(features: &'static [Feature], section: &Value) -> World {
    let mut world = world_set(features, "posts", section);
    let mut community = (*world.settings.communities()[0]).clone();
    let channel = Purpose::Help(Channel {
        name: "邻里帮".to_owned(),
        kinds: Vec::new(),
    });
    let rooms = community
        .rooms()
        .map(|(room, purpose)| (room.clone(), purpose.clone()));
    community.rooms = rooms.chain([(room("help"), channel)]).collect();
    world.settings = Settings::new(user(BOT), world.settings.bot_names, vec![community]);
    world
}

/// The settings for an estate that follows the list `bans`, and publishes `own` where it is there.
pub fn world_with_lists(features: &'static [Feature], section: &Value) -> World {
    let mut world = world_set(features, "lists", section);
    let mut community = (*world.settings.communities()[0]).clone();
    for (short_name, own) in [("bans", false), ("own", true)] {
        let list = BanList {
            address: format!("#{short_name}:hexie.test"),
            own,
        };
        community.lists.insert(room(short_name), list);
    }
    world.settings = Settings::new(user(BOT), world.settings.bot_names, vec![community]);
    world
}

/// The rooms of these lists: the first is somebody else's, the second the bot's.
pub fn add_lists(server: &mut Server) {
    for (short_name, owner) in [("bans", "keeper"), ("own", BOT)] {
        let room = room(short_name);
        server.create(&room);
        server.join(&room, &user(owner), "keeper");
        server.set_power(&room, &user(owner), 100);
        if owner != BOT {
            server.join(&room, &user(BOT), "邻里");
        }
    }
}

/// A lobby, with the bot and the moderator in it.
pub fn add_lobby(server: &mut Server) {
    let room = room("lobby");
    server.create(&room);
    server.join(&room, &user(BOT), "邻里");
    server.set_power(&room, &user(BOT), 100);
    server.join(&room, &user("zhou"), "管理员老周");
    server.set_power(&room, &user("zhou"), 50);
}

/// A channel for help posts, with everybody in it.
pub fn add_help(server: &mut Server) {
    let room = room("help");
    server.create(&room);
    server.join(&room, &user(BOT), "邻里");
    server.set_power(&room, &user(BOT), 100);
    for (login, name) in STAFF {
        server.join(&room, &user(login), name);
    }
    for (login, name, _) in RESIDENTS {
        server.join(&room, &user(login), name);
    }
    server.set_power(&room, &user("zhou"), 50);
}

/// More rooms for more buildings, with the bot in them.
pub fn add_buildings(server: &mut Server, more: usize) {
    for n in 0..more {
        let room = room(&format!("b{n}"));
        server.create(&room);
        server.join(&room, &user(BOT), "邻里");
        server.set_power(&room, &user(BOT), 100);
    }
}

/// The homeserver with everybody in their rooms.
pub fn homeserver() -> Server {
    let mut server = Server::new(user(BOT), START_MS);
    for short_name in ROOMS {
        let room = room(short_name);
        server.create(&room);
        server.join(&room, &user("lin"), "林经理");
        server.set_power(&room, &user("lin"), 100);
        server.join(&room, &user(BOT), "邻里");
        server.set_power(&room, &user(BOT), 100);
        for (login, name) in STAFF {
            if login != "lin" {
                server.join(&room, &user(login), name);
            }
        }
        server.set_power(&room, &user("zhou"), 50);
        server.join(&room, &user(OTHER_BOT), "天气");
        for (login, name, rooms) in RESIDENTS {
            if short_name == "notice" || rooms.contains(&short_name) {
                server.join(&room, &user(login), name);
            }
        }
    }
    server
}
