//! Neighbours help neighbours, over a real homeserver, with the bot's clock moved and the bot killed in between: a sofa that
//! forty want, a ride that is full, a cat between two buildings, and a grandfather from the cry to the end.

use std::time::{SystemTime, UNIX_EPOCH};

use futures_util::future::join_all;
use linli::{
    devserver::Seen,
    domain::ids::{DAY_MS, HOUR_MS, MINUTE_MS},
    matrix::account::Text,
};

use super::{
    person::Person,
    town::{CALM, PATIENCE, Town},
};

const MANY: usize = 40;

/// Goes on to the next time that the clocks of Shanghai show so.
#[expect(
    clippy::disallowed_methods,
    reason = "the bot's clock runs with the real one"
)]
async fn until(town: &mut Town, moved: &mut i64, hour: i64) {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let now = i64::try_from(since.as_millis()).unwrap() + *moved;
    let ms = (hour * HOUR_MS - (now + 8 * HOUR_MS)).rem_euclid(DAY_MS);
    town.bot.go_ahead(ms).await.unwrap();
    *moved += ms;
}

/// Waits until a post's card in the channel shows this.
async fn card_shows(town: &Town, post: u32, words: &str) {
    let (bot, help) = (town.estate.bot.clone(), town.room("help"));
    let card = town.until(|| async {
        let card = town.estate.post_card(&help, post);
        card.ok_or_else(|| format!("there is no card of H{post}"))
    });
    let card = card.await;
    let shows = |events: &[Seen]| {
        let mut events = events.iter().rev();
        let newest = events.find(|seen| {
            let is_change =
                seen.target() == Some(card.as_str()) && seen.content()["m.new_content"].is_object();
            seen.sender() == bot && (seen.id() == card || is_change)
        })?;
        let changed = newest.content()["m.new_content"]["body"].as_str();
        let text = changed.unwrap_or_else(|| newest.body());
        text.contains(words).then_some(())
    };
    let shown = town.estate.watcher.wait_for(words, PATIENCE, shows).await;
    shown.unwrap_or_else(|error| panic!("H{post}, {words}: {error:#}\n{}", town.log()));
}

async fn taps(town: &Town, who: &Person, post: u32, key: &str) -> String {
    let help = town.room("help");
    let card = town.estate.post_card(&help, post).unwrap();
    who.account.react(&help, &card, key).await.unwrap()
}

fn times(told: &[String], words: &str) -> usize {
    told.iter().filter(|text| text.contains(words)).count()
}

/// Nobody was told the same twice.
fn assert_no_doubles(town: &Town, people: &[&Person]) {
    for person in people {
        let mut told = person.told_of_posts(town);
        let all = told.len();
        told.sort();
        told.dedup();
        assert_eq!(told.len(), all, "{}: {told:#?}", person.account.user_id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sofa_that_forty_want_goes_to_one_and_all_hear_of_it_once() {
    let mut town = Town::with_features(CALM).await;
    let mut moved = 0;
    until(&mut town, &mut moved, 9).await;
    let (space, help) = (town.room("space"), town.room("help"));
    let giver = Person::of(&town, "wangfang").await;
    let mut people = Vec::new();
    for n in 0..MANY {
        let (login, name) = (format!("wanter{n}"), format!("1-1-{}02 陈", n + 1));
        let account = town.synapse.register(&login, "secret", Some(&name), false);
        let account = account.await.unwrap();
        account.join(&space).await.unwrap();
        account.join(&help).await.unwrap();
        people.push(Person::with(account).await);
    }
    let sofa = "#送 灰色双人沙发，九成新，3-2-501自提，电话13900002211";
    giver.account.say(&town.room("3"), sofa).await.unwrap();
    card_shows(&town, 1, "双人沙发").await;
    taps(&town, &people[0], 1, "🙋").await;
    let helm = giver.hears(&town, "1️⃣", None).await;
    for person in &people[1..3] {
        taps(&town, person, 1, "🙋").await;
    }
    card_shows(&town, 1, "🙋 3 人想要").await;
    join_all(
        people[3..]
            .iter()
            .map(|person| taps(&town, person, 1, "🙋")),
    )
    .await;
    card_shows(&town, 1, &format!("🙋 {MANY} 人想要")).await;
    town.kill().await;

    let choose = |key: &'static str| giver.account.react(&helm.room_id, helm.id(), key);
    choose("2️⃣").await.unwrap();
    let kept = people[1].hears(&town, "把它留给您了", None).await;
    // Whom it is promised to reads what everybody does not.
    assert!(kept.body().contains("13900002211"), "{}", kept.body());
    card_shows(&town, 1, "已有人").await;
    town.kill().await;
    // They do not come.
    town.bot.go_ahead(50 * HOUR_MS).await.unwrap();
    people[1].hears(&town, "时间过了", None).await;
    giver.hears(&town, "没有来", None).await;
    card_shows(&town, 1, &format!("🙋 {} 人想要", MANY - 1)).await;
    town.kill().await;
    choose("1️⃣").await.unwrap();
    people[0].hears(&town, "把它留给您了", None).await;
    taps(&town, &giver, 1, "✅").await;
    card_shows(&town, 1, "成了").await;
    for person in &people[2..] {
        person.hears(&town, "不用再等了", None).await;
    }
    town.kill().await;
    let all: Vec<&Person> = people.iter().chain([&giver]).collect();
    assert_no_doubles(&town, &all);
    for (n, person) in people.iter().enumerate() {
        let told = person.told_of_posts(&town);
        assert_eq!(
            times(&told, "不用再等了"),
            usize::from(n > 1),
            "{n}: {told:#?}"
        );
        assert_eq!(
            times(&told, "留给您了，"),
            usize::from(n < 2),
            "{n}: {told:#?}"
        );
    }
    // The author was not rung for each of the forty.
    assert!(giver.told_of_posts(&town).len() <= 4);
    let public = town.estate.watcher.events();
    let leaked = public.iter().find(|seen| {
        seen.sender() == town.estate.bot
            && town.estate.rooms.values().any(|room| *room == seen.room_id)
            && (seen.body().contains("13900002211") || seen.body().contains("3-2-501自提"))
    });
    assert!(leaked.is_none(), "{leaked:?}");
    let thanks = public
        .iter()
        .filter(|seen| seen.sender() == town.estate.bot && seen.body().starts_with("🎉 H1"));
    assert_eq!(thanks.count(), 1);
    town.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_ride_whose_passenger_leaves_takes_the_next_who_waits() {
    let mut town = Town::with_features(CALM).await;
    let mut moved = 0;
    until(&mut town, &mut moved, 9).await;
    let driver = Person::of(&town, "smith").await;
    let logins = ["wangfang", "liming", "zhouwei", "wumin"];
    let people = join_all(logins.map(|login| Person::of(&town, login))).await;
    let ride = "#拼车 明天下午3点去虹桥机场，有2个空座，每人30元";
    driver.account.say(&town.room("2"), ride).await.unwrap();
    card_shows(&town, 1, "💺 0/2").await;
    taps(&town, &people[0], 1, "🙋").await;
    people[0].hears(&town, "有您的位子", None).await;
    let second = taps(&town, &people[1], 1, "🙋").await;
    people[1].hears(&town, "有您的位子", None).await;
    for person in &people[2..] {
        taps(&town, person, 1, "🙋").await;
        person.hears(&town, "您在排队", None).await;
    }
    card_shows(&town, 1, "🙋 2 人排队").await;
    town.kill().await;
    // The second one cannot come.
    people[1]
        .account
        .redact(&town.room("help"), &second, "")
        .await
        .unwrap();
    people[2].hears(&town, "有位子了", None).await;
    driver.hears(&town, "不去了", None).await;
    card_shows(&town, 1, "🙋 1 人排队").await;
    town.kill().await;
    // An hour before it leaves.
    until(&mut town, &mut moved, 14).await;
    town.bot.go_ahead(DAY_MS + MINUTE_MS).await.unwrap();
    for person in [&people[0], &people[2], &driver] {
        person.hears(&town, "别忘了", None).await;
    }
    town.kill().await;
    town.bot.go_ahead(HOUR_MS).await.unwrap();
    card_shows(&town, 1, "成了").await;
    people[3].hears(&town, "不用再等了", None).await;
    for (n, person) in people.iter().enumerate() {
        let told = person.told_of_posts(&town);
        assert_eq!(
            times(&told, "别忘了"),
            usize::from(n == 0 || n == 2),
            "{n}: {told:#?}"
        );
        assert_eq!(
            times(&told, "不用再等了"),
            usize::from(n == 3),
            "{n}: {told:#?}"
        );
    }
    let all: Vec<&Person> = people.iter().chain([&driver]).collect();
    assert_no_doubles(&town, &all);
    town.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cat_lost_at_one_building_and_found_by_another_goes_home() {
    let mut town = Town::with_features(CALM).await;
    let mut moved = 0;
    until(&mut town, &mut moved, 9).await;
    let owner = Person::of(&town, "wangfang").await;
    let finder = Person::of(&town, "zhouwei").await;
    let lost = "#寻宠 橘猫叫团子，戴红色项圈，昨晚在3号楼楼下走丢";
    owner.account.say(&town.room("3"), lost).await.unwrap();
    card_shows(&town, 1, "橘猫").await;
    town.kill().await;
    let found = "#招领 捡到一只橘色的猫，今早在3号楼门口";
    finder.account.say(&town.room("1"), found).await.unwrap();
    let asked = finder.hears(&town, "只有失主知道的细节", None).await;
    finder
        .account
        .say(&asked.room_id, "项圈上的铃铛刻着T")
        .await
        .unwrap();
    finder.hears(&town, "记下了", None).await;
    let matched = owner.hears(&town, "可能对得上", None).await;
    for why in ["都是橘猫", "都在3号楼楼下附近", "时间对得上"] {
        assert!(matched.body().contains(why), "{}", matched.body());
    }
    finder.hears(&town, "可能对得上", None).await;
    town.kill().await;
    // Whoever says that it is theirs names what the finder has kept back.
    let talk = matched.room_id.clone();
    owner
        .account
        .react(&talk, matched.id(), "✅")
        .await
        .unwrap();
    owner.hears(&town, "别人看不出来的细节", None).await;
    owner.account.say(&talk, "铃铛上有个T").await.unwrap();
    let claim = finder.hears(&town, "铃铛上有个T", None).await;
    assert!(
        claim.body().contains("项圈上的铃铛刻着T"),
        "{}",
        claim.body()
    );
    town.kill().await;
    finder
        .account
        .react(&claim.room_id, claim.id(), "✅")
        .await
        .unwrap();
    owner.hears(&town, "想和您联系", None).await;
    finder.hears(&town, "想和您联系", None).await;
    taps(&town, &owner, 1, "✅").await;
    taps(&town, &finder, 2, "✅").await;
    card_shows(&town, 1, "找到了").await;
    card_shows(&town, 2, "找到了").await;
    assert_no_doubles(&town, &[&owner, &finder]);
    town.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_grandfather_from_the_cry_to_the_end() {
    let mut town = Town::with_features(CALM).await;
    let mut moved = 0;
    // At night, for that is no reason to wait.
    until(&mut town, &mut moved, 23).await;
    let family = Person::of(&town, "wangfang").await;
    let witness = Person::of(&town, "zhouwei").await;
    let cry = "#寻人 我爷爷走失了，83岁，穿深蓝色棉袄，傍晚从小区东门出去的";
    family.account.say(&town.room("3"), cry).await.unwrap();
    let bot = town.estate.bot.clone();
    for name in ["1", "2", "3", "help"] {
        let room = town.room(name);
        let called = town
            .estate
            .watcher
            .wait_for("the call", PATIENCE, |events| {
                let mut events = events.iter();
                let is_it = |seen: &&Seen| {
                    seen.room_id == room
                        && seen.sender() == bot
                        && seen.body().starts_with("🏘 H1")
                        && seen.content()["msgtype"] == "m.text"
                };
                events.find(is_it).map(drop)
            });
        called
            .await
            .unwrap_or_else(|error| panic!("{name}: {error:#}\n{}", town.log()));
    }
    town.staff_reads("🆘").await;
    family.hears(&town, "110", None).await;
    town.kill().await;
    // A neighbour has seen him, and says so under the card in their own room.
    let here = town.room("1");
    let card = town.estate.post_card(&here, 1).unwrap();
    let seen = Text {
        body: "刚在菜场门口看到过".to_owned(),
        thread_root: Some(card),
        ..Text::default()
    };
    witness.account.message(&here, seen).await.unwrap();
    family.hears(&town, "有人看到了", None).await;
    let gathered = family.hears(&town, "👀", Some(&town.room("3"))).await;
    assert!(gathered.body().contains("菜场门口"), "{}", gathered.body());
    town.kill().await;
    let home = town.room("3");
    let card = town.estate.post_card(&home, 1).unwrap();
    family.account.react(&home, &card, "✅").await.unwrap();
    for name in ["1", "2", "3", "help", "staff"] {
        let room = town.room(name);
        let ended = town.estate.watcher.wait_for("the end", PATIENCE, |events| {
            let mut events = events.iter();
            let is_it = |seen: &&Seen| {
                seen.room_id == room && seen.sender() == bot && seen.body().contains("人找到了")
            };
            events.find(is_it).map(drop)
        });
        ended
            .await
            .unwrap_or_else(|error| panic!("{name}: {error:#}\n{}", town.log()));
    }
    let told = family.told_of_posts(&town);
    assert_eq!(times(&told, "有人看到了"), 1, "{told:#?}");
    town.end().await;
}
