//! What spammers, neighbours and moderators do, at random.

use linli::{
    domain::{
        feature::World,
        ids::{EventId, RoomId, UserId},
    },
    features,
};
use serde_json::json;

use crate::{
    fake::{
        estate,
        server::{Server, Stored},
    },
    simulation::chance::Chance,
};

/// Adverts that nobody can take for anything else.
pub const ADVERTS: [&str; 4] = [
    "专业代开发票，真实可查，加薇 abc12345",
    "宝妈兼职日结三百，手机就能做，加V：lucky8888",
    "正规棋牌平台，首充送彩金，嶶信 play66888",
    "低息贷款当天放款，不看征信，扣扣加 88991234",
];
/// What neighbours write; no two of them are nearly the same.
pub const HONEST: [&str; 8] = [
    "收到",
    "谢谢邻居们，猫找到了！",
    "明天停水的通知看到了吗？早上九点到下午五点",
    "302路公交改道了，在北门那边坐",
    "谁家的快递放在门口好几天了，记得拿一下",
    "电费在 https://www.95598.cn/pay 交，户号 1234567890",
    "物业电话58881234，打了没人接",
    "我的车牌 沪A12345，谁挡了请打 13800001111 挪车",
];
/// What must stay, whatever else it says.
pub const DANGER: [&str; 2] = [
    "三楼着火了！快来人！加薇 abc12345 代开发票",
    "楼道里闻到煤气味，谁来看看，加薇 abc12345",
];
/// The picture of a code.
pub const CODE: &str = "mxc://hexie.test/code";
pub const HELD: &str = "https://weixin.qq.com/g/AwYAAK1234";
const ROOMS: [&str; 4] = ["notice", "1", "2", "3"];
const KEYS: [&str; 4] = ["✅", "❌", "⛔", "👍"];

/// The settings: nobody is known for so long that an advert of theirs is only asked about.
pub fn world(enforce: bool) -> World {
    let section = json!({"enforce": enforce, "newcomer": {"messages": 100_000, "hours": 1}});
    estate::world_set(features::ALL, "spam", &section)
}

/// The homeserver, which knows what the picture holds.
pub fn homeserver() -> Server {
    let mut server = estate::homeserver();
    server.codes.insert(CODE.to_owned(), vec![HELD.to_owned()]);
    server
}

/// The account of a spammer.
pub fn spammer(n: usize) -> UserId {
    estate::user(&format!("spammer{n}"))
}

/// Something happens.
pub fn act(server: &mut Server, chance: &mut Chance) -> Option<EventId> {
    let room = estate::room(chance.pick(&ROOMS)?);
    match chance.weighted(&[10, 14, 4, 12, 3, 3, 3, 12, 3, 3, 2, 2]) {
        0 => come(server, chance, &room),
        1 => {
            let text = *chance.pick(&ADVERTS)?;
            say(server, chance, &room, text)
        }
        2 => wave(server, chance, &room),
        3 => {
            let text = *chance.pick(&HONEST)?;
            say(server, chance, &room, text)
        }
        4 => {
            let text = *chance.pick(&DANGER)?;
            say(server, chance, &room, text)
        }
        5 => flood(server, chance, &room),
        6 => edit(server, chance, &room),
        7 => tap(server, chance),
        8 => call_spam(server, chance, &room),
        9 => undo(server, chance),
        10 => {
            let user = somebody(server, chance, &room)?;
            let content =
                json!({"msgtype": "m.image", "url": CODE, "filename": "a.jpg", "body": "a.jpg"});
            Some(server.post(&room, &user, content))
        }
        _ => react(server, chance, &room),
    }
}

/// A spammer comes in, or a neighbour leaves and comes back.
fn come(server: &mut Server, chance: &mut Chance, room: &RoomId) -> Option<EventId> {
    let n = chance.below(8);
    let user = spammer(n);
    if server
        .standing(room, &user)
        .is_some_and(|s| s.membership == "ban")
    {
        return None;
    }
    server.pass(4_000);
    let name = if chance.one_in(9) {
        "代开发票加薇abc12345".to_owned()
    } else {
        format!("3-1-{}01 王", n + 1)
    };
    Some(server.join(room, &user, &name))
}

fn somebody(server: &Server, chance: &mut Chance, room: &RoomId) -> Option<UserId> {
    let members = server.rooms[room].members.keys();
    let may = |user: &&UserId| {
        **user != server.bot
            && **user != estate::user(estate::OTHER_BOT)
            && server.may_post(room, user)
    };
    let members: Vec<UserId> = members.filter(may).cloned().collect();
    chance.pick(&members).cloned()
}

fn say(server: &mut Server, chance: &mut Chance, room: &RoomId, text: &str) -> Option<EventId> {
    let user = somebody(server, chance, room)?;
    Some(server.say(room, &user, text))
}

/// All spammers who can say the same.
fn wave(server: &mut Server, chance: &mut Chance, room: &RoomId) -> Option<EventId> {
    let text = *chance.pick(&ADVERTS)?;
    let mut last = None;
    for n in 0..8 {
        if server.may_post(room, &spammer(n)) {
            last = Some(server.say(room, &spammer(n), text));
        }
    }
    last
}

fn flood(server: &mut Server, chance: &mut Chance, room: &RoomId) -> Option<EventId> {
    let user = somebody(server, chance, room)?;
    let mut last = None;
    for n in 0..14 {
        server.pass(300);
        last = Some(server.say(room, &user, &format!("啦啦 {}", n * 37)));
    }
    last
}

/// The last messages of people in a room that still stand.
fn messages(server: &Server, room: &RoomId) -> Vec<EventId> {
    let events = server.rooms[room].timeline.iter().rev().take(30);
    let events = events.map(|place| &server.events[*place]);
    let fits = |event: &&Stored| {
        event.value["type"] == "m.room.message"
            && event.sender != server.bot
            && event.redacted_by.is_none()
            && event.original.get("m.new_content").is_none()
    };
    events.filter(fits).map(|event| event.id.clone()).collect()
}

fn edit(server: &mut Server, chance: &mut Chance, room: &RoomId) -> Option<EventId> {
    let all = messages(server, room);
    let target = chance.pick(&all)?.clone();
    let author = server.events[server.by_id[&target]].sender.clone();
    if !server.may_post(room, &author) {
        return None;
    }
    let text = *chance.pick(&ADVERTS)?;
    Some(server.edit(room, &author, &target, text))
}

/// Somebody in the staff room taps a card about spam.
fn tap(server: &mut Server, chance: &mut Chance) -> Option<EventId> {
    let staff = estate::room("staff");
    let cards: Vec<EventId> = server.rooms[&staff]
        .timeline
        .iter()
        .map(|place| &server.events[*place])
        .filter(|event| wave_of(event).is_some())
        .map(|event| event.id.clone())
        .collect();
    let newest = &cards[cards.len().saturating_sub(4)..];
    let card = chance.pick(newest)?.clone();
    let by = ["zhou", "lin", "zhou", "wang"];
    let by = estate::user(chance.pick(&by)?);
    server.react(&staff, &by, &card, chance.pick(&KEYS)?)
}

/// The wave that a card of ours is about.
pub fn wave_of(event: &Stored) -> Option<u32> {
    let id = event.original["dev.linli"]["about"]["id"].as_str()?;
    id.strip_prefix("wave.")?.parse().ok()
}

/// A moderator, or somebody who is none, says that a message is spam.
fn call_spam(server: &mut Server, chance: &mut Chance, room: &RoomId) -> Option<EventId> {
    let all = messages(server, room);
    let target = chance.pick(&all)?.clone();
    let by = estate::user(if chance.one_in(3) { "wang" } else { "zhou" });
    server.react(room, &by, &target, "🚯")
}

fn undo(server: &mut Server, chance: &mut Chance) -> Option<EventId> {
    let no = 1 + chance.below(20);
    let staff = estate::room("staff");
    Some(server.say(&staff, &estate::user("zhou"), &format!("!undo {no}")))
}

/// A reaction that is an advert.
fn react(server: &mut Server, chance: &mut Chance, room: &RoomId) -> Option<EventId> {
    let user = somebody(server, chance, room)?;
    let all = messages(server, room);
    let target = chance.pick(&all)?.clone();
    server.react(room, &user, &target, "代开发票加薇abc12345")
}
