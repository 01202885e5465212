//! Worlds to measure in: communities of any number of rooms, and the messages that people write there.

use std::collections::BTreeMap;

use linli::{
    domain::{
        batch::{Batch, Sync, Window},
        commit::Cursor,
        community::{Community, Purpose, Settings},
        feature::World,
        hours::Hours,
        ids::{CommunityId, EventId, Millis, RoomId, UserId},
        input::{Content, Input, Member, Membership, Message},
        roles::Person,
    },
    features,
    text::{
        address::{Building, Registry},
        language::Language,
    },
};

/// The moment at which everything begins.
pub const NOW: Millis = Millis(1_700_000_000_000);

/// When a message is written: everybody writes about once in a minute.
pub fn moment(number: u64, rooms: usize) -> Millis {
    let passed = number.saturating_mul(60_000) / writers(rooms);
    NOW.plus(i64::try_from(passed).unwrap_or(i64::MAX))
}

/// So many different people write in [`message`].
pub fn writers(rooms: usize) -> u64 {
    u64::try_from(rooms * 300 / gcd(rooms, 300)).unwrap_or(u64::MAX)
}

fn gcd(one: usize, two: usize) -> usize {
    if two == 0 { one } else { gcd(two, one % two) }
}

pub fn room(n: usize) -> RoomId {
    RoomId::new(format!("!room{n:05}"))
}

pub fn resident(n: usize) -> UserId {
    UserId::new(format!("@resident{n:06}:example.org"))
}

/// A community of so many buildings, and its staff room.
pub fn world(rooms: usize) -> World {
    let mut purposes: BTreeMap<RoomId, Purpose> = (0..rooms)
        .map(|n| (room(n), Purpose::Building(format!("{}", n + 1))))
        .collect();
    purposes.insert(RoomId::from("!staff"), Purpose::Staff);
    let nothing = serde_json::json!({});
    let configured = features::ALL
        .iter()
        .filter_map(|feature| Some((feature.name, (feature.configure)(&nothing).ok()?)));
    let electrician = Person {
        name: "王师傅".to_owned(),
        staff: true,
        ..Person::default()
    };
    let community = Community {
        id: CommunityId::from("hexie"),
        name: "和谐花园".to_owned(),
        language: Language::Zh,
        encrypted: false,
        timezone: chrono_tz::Asia::Shanghai,
        hours: Hours::read("08:00-20:00", chrono_tz::Asia::Shanghai)
            .unwrap_or_else(|_| Hours::always(chrono_tz::Asia::Shanghai)),
        waking: Hours::always(chrono_tz::Asia::Shanghai),
        rooms: purposes.into_iter().collect(),
        replaced: BTreeMap::new(),
        lists: BTreeMap::new(),
        people: BTreeMap::from([(UserId::from("@wang:example.org"), electrician)]),
        bots: std::collections::BTreeSet::new(),
        registry: Registry::new(
            (1..=rooms)
                .map(|n| Building::new(&n.to_string(), &["1", "2", "3", "4"]))
                .collect(),
        ),
        kinds: std::sync::Arc::new(linli::text::posts::Kinds::shipped().clone()),
        features: configured.collect(),
    };
    World {
        settings: Settings::new(
            UserId::from("@linli:example.org"),
            vec!["linli".to_owned()],
            vec![community],
        ),
        features: features::ALL,
    }
}

/// What somebody says: mostly chat, and every so often a report.
pub fn message(number: u64, rooms: usize, text: &str) -> Input {
    let place = usize::try_from(number).unwrap_or(0) % rooms;
    Input::Message(Message {
        room: room(place),
        id: EventId::new(format!("$event{number:038}")),
        sender: resident(place * 300 + usize::try_from(number).unwrap_or(0) % 300),
        at: moment(number, rooms),
        content: Content {
            text: text.to_owned(),
            ..Content::default()
        },
        reply_to: None,
        thread: None,
        mark: None,
    })
}

/// What neighbours write.
pub const CHAT: [&str; 6] = [
    "今天下午三点小区门口有卖西瓜的，挺甜的，大家可以去看看",
    "谁家的快递放在门口好几天了，记得拿一下",
    "明天停水的通知看到了吗？早上九点到下午五点",
    "谢谢邻居们，猫找到了！",
    "Does anybody know a good piano teacher nearby?",
    "302路公交改道了，在北门那边坐",
];

/// What they report.
pub const REPORT: &str = "#报修 3号楼2单元家里水管漏水，晚上老人起夜不方便，麻烦尽快来看看";

/// What many of them report of the same fault.
#[allow(dead_code, reason = "not every bench has neighbours")]
pub const SHARED: &str = "#报修 2单元楼道灯不亮，晚上老人上下楼不方便，麻烦尽快来看看";

/// What adverts say.
#[allow(dead_code, reason = "not every bench has adverts")]
pub const ADVERT: &str = "专业代开发票，真实可查，加薇 abc12345";

/// One sync response with these inputs, spread over their rooms.
pub fn sync(number: u64, inputs: Vec<Input>) -> Batch {
    let mut windows: BTreeMap<RoomId, Vec<Input>> = BTreeMap::new();
    for input in inputs {
        if let Some(room) = input.room() {
            windows.entry(room.clone()).or_default().push(input);
        }
    }
    let window = |(room, inputs)| Window {
        room,
        gap_to: None,
        state: Vec::new(),
        inputs,
    };
    Batch::Sync(Sync {
        since: Some(Cursor(format!("s{number}"))),
        next: Some(Cursor(format!("s{}", number + 1))),
        windows: windows.into_iter().map(window).collect(),
        invited: Vec::new(),
        left: Vec::new(),
    })
}

/// The members of a room, as they are noted when linli first meets it.
pub fn roster(n: usize, members: usize) -> Batch {
    let member = |at: usize| Member {
        room: room(n),
        id: None,
        sender: resident(n * 300 + at),
        user: resident(n * 300 + at),
        at: Millis(0),
        reason: None,
        before: None,
        name: Some(format!("{}-{}-{}01 王", n + 1, at % 4 + 1, at % 30 + 1)),
        membership: Membership::Join,
    };
    Batch::Roster {
        room: room(n),
        members: (0..members).map(member).collect(),
    }
}
