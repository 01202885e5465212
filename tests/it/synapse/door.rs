//! The door over a real homeserver: names from the first message to the last, what moderators do natively, and power
//! levels that many write at once.

use std::{sync::Arc, time::Duration};

use linli::{
    devserver::Account,
    domain::ids::{DAY_MS, HOUR_MS},
};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{
    newcomer::Newcomer,
    town::{CALM, Town},
};

async fn from_a_wrong_name_to_a_right_one(kills: bool) {
    let mut town = Town::build().await;
    let room = town.room("3");
    let before = town.levels(&room).await;
    let newcomer = Newcomer::enter(&town, "fresh", "快乐的风", "3").await;
    newcomer.is_told(&town, "门牌＋姓").await;
    let steps = [
        (DAY_MS + HOUR_MS, "提醒一下"),
        (2 * DAY_MS, "暂时不能在群里发言。改好"),
    ];
    for (ms, words) in steps {
        assert!(newcomer.may_speak(&room).await);
        if kills {
            town.bot.kill().await.unwrap();
            town.bot.start_again().unwrap();
            town.bot.until_ready().await.unwrap();
        }
        town.bot.go_ahead(ms).await.unwrap();
        newcomer.is_told(&town, words).await;
    }
    newcomer.until_speaking_is(&town, &room, false).await;
    let refused = newcomer.account.say(&room, "喂").await.unwrap_err();
    assert_eq!(refused.errcode(), Some("M_FORBIDDEN"));
    if kills {
        town.bot.kill().await.unwrap();
        town.bot.start_again().unwrap();
    }
    newcomer
        .account
        .set_displayname("3-2-1001 何洁")
        .await
        .unwrap();
    let took = newcomer.until_speaking_is(&town, &room, true).await;
    println!("renamed: can speak after {took:?} (with a start of the bot: {kills})");
    newcomer.is_told(&town, "您可以发言了").await;
    assert_eq!(town.levels(&room).await, before);
    for words in ["欢迎来到", "提醒一下", "改好以后马上恢复", "您可以发言了"]
    {
        assert_eq!(newcomer.times_told(words), 1, "{words}");
    }
    town.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_wrong_name_to_a_right_one_and_a_voice() {
    from_a_wrong_name_to_a_right_one(false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_wrong_name_to_a_right_one_with_a_kill_between_any_two_steps() {
    from_a_wrong_name_to_a_right_one(true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_moderators_do_natively_is_recorded_carried_and_undone() {
    let town = Town::build().await;
    let (room, notice) = (town.room("3"), town.room("notice"));
    let moderator = town.estate.account("guanli").unwrap().clone();
    let manager = town.estate.account("jingli").unwrap().clone();
    let liming = town.estate.account("liming").unwrap().user_id.clone();
    moderator.kick(&room, &liming, "吵架").await.unwrap();
    town.until_standing(&notice, &liming, "leave").await;
    town.staff_reads("#1 3-1-302 李明 · 移出 · 原因：吵架")
        .await;
    moderator.say(&town.room("staff"), "!撤销 1").await.unwrap();
    town.until_standing(&notice, &liming, "invite").await;
    town.until_standing(&room, &liming, "invite").await;
    // A native mute, of somebody who had a level of their own.
    let sunli = town.estate.account("sunli").unwrap().user_id.clone();
    manager.set_power_level(&room, &sunli, 3).await.unwrap();
    let before = town.levels(&room).await;
    manager.set_power_level(&room, &sunli, -1).await.unwrap();
    town.staff_reads("#2 3-1-101 孙丽 · 禁言").await;
    moderator.say(&town.room("staff"), "!undo 2").await.unwrap();
    town.until_level(&room, &sunli, Some(3)).await;
    assert_eq!(town.levels(&room).await, before);
    town.end().await;
}

/// The mutes and unmutes of one moderator, each of whose members nobody else touches.
struct Hand {
    account: Account,
    members: Vec<String>,
    /// Who shall be silent in the end.
    silent: Vec<bool>,
    /// When each was last dealt with.
    lately: Vec<Option<Instant>>,
}

impl Hand {
    async fn work(&mut self, town: &Town, room: &str, staff: &str, mut chance: u64) {
        let mut acts = 0;
        while acts < ACTS {
            chance = chance
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let at = usize::try_from(chance >> 33).unwrap() % self.members.len();
            if self.lately[at].is_some_and(|lately| lately.elapsed() < SECOND_LOOK) {
                tokio::time::sleep(Duration::from_millis(10)).await;
                continue;
            }
            acts += 1;
            let (user, silent) = (self.members[at].clone(), !self.silent[at]);
            // What is so already makes no event that linli could hear of: then it is said.
            let levels = town.levels(room).await;
            let is_so = (levels["users"][&user].as_i64().unwrap_or(0) < 0) == silent;
            if chance & (1 << 20) == 0 && !is_so {
                let level = if silent { -1 } else { 0 };
                self.account
                    .set_power_level(room, &user, level)
                    .await
                    .unwrap();
            } else {
                let command = if silent { "mute" } else { "unmute" };
                let text = format!("!{command} {user} 3d test");
                self.account.say(staff, &text).await.unwrap();
            }
            self.silent[at] = silent;
            // The next act on the same member comes after this one is done: acts on others go on meanwhile.
            town.until_silent(room, &user, silent).await;
            self.lately[at] = Some(Instant::now());
        }
    }
}

/// Acts of each moderator.
const ACTS: usize = 40;
/// Nobody changes their mind about a member sooner than this. Of two who wrote at once the homeserver has kept one,
/// without a word of it in the stream; linli looks a second time some seconds later, and longer where
/// it happens twice.
const SECOND_LOOK: Duration = Duration::from_secs(7);

#[tokio::test(flavor = "multi_thread")]
async fn fifty_members_muted_and_unmuted_by_three_at_once_end_as_they_should() {
    let town = Arc::new(Town::with_features(CALM).await);
    let (room, staff) = (town.room("3"), town.room("staff"));
    let mut members = Vec::new();
    for n in 0..50 {
        let login = format!("member{n}");
        let name = format!("3-1-{}0{} 李{n}", n % 17 + 1, n % 4 + 1);
        let account = town
            .synapse
            .register(&login, "member", Some(&name), false)
            .await
            .unwrap();
        account.join(&town.room("space")).await.unwrap();
        account.join(&room).await.unwrap();
        members.push(account.user_id.clone());
    }
    let before = town.levels(&room).await;
    // Two managers and a moderator with the power to write levels.
    let manager = town.estate.account("jingli").unwrap().clone();
    let moderator = town.estate.account("guanli").unwrap().clone();
    manager
        .set_power_level(&room, &moderator.user_id, 100)
        .await
        .unwrap();
    let hands = [manager.clone(), moderator.clone(), moderator];
    let mut working = Vec::new();
    for (n, account) in hands.into_iter().enumerate() {
        let own: Vec<String> = members.iter().skip(n).step_by(3).cloned().collect();
        let mut hand = Hand {
            silent: vec![false; own.len()],
            lately: vec![None; own.len()],
            members: own,
            account,
        };
        let (town, room, staff) = (Arc::clone(&town), room.clone(), staff.clone());
        working.push(tokio::spawn(async move {
            let seed = 0x9E37_79B9_7F4A_7C15 + u64::try_from(n).unwrap();
            hand.work(&town, &room, &staff, seed).await;
            hand
        }));
    }
    let mut wanted = std::collections::BTreeMap::new();
    for hand in working {
        let hand = hand.await.unwrap();
        wanted.extend(hand.members.into_iter().zip(hand.silent));
    }
    for (user, silent) in &wanted {
        town.until_silent(&room, user, *silent).await;
    }
    let after = town.levels(&room).await;
    for (user, silent) in &wanted {
        let level = after["users"][user].as_i64().unwrap_or(0);
        assert_eq!(level < 0, *silent, "{user}: {level}");
    }
    // Nobody else's level is another one.
    let others = |levels: &Value| {
        let mut levels = levels.clone();
        for user in wanted
            .keys()
            .map(String::as_str)
            .chain(["@guanli:localhost"])
        {
            levels["users"].as_object_mut().unwrap().remove(user);
        }
        levels
    };
    assert_eq!(others(&after), others(&before));
    assert_eq!(after["users"]["@guanli:localhost"], json!(100));
    let silent = wanted.values().filter(|silent| **silent).count();
    println!("{} acts, {silent} of 50 silent in the end", 3 * ACTS);
    Arc::into_inner(town).unwrap().end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_joins_at_once_are_a_raid_and_all_is_as_before_afterwards() {
    let nervous = "\n[community.features.raid]\nwithin = \"5s\"\n";
    let mut town = Town::with_features(nervous).await;
    let founded = Instant::now();
    let (space, room) = (town.room("space"), town.room("3"));
    let mut raiders = Vec::new();
    for n in 0..200 {
        let name = format!("raider {n}");
        let login = format!("raider{n}");
        let raider = town.synapse.register(&login, "raider", Some(&name), false);
        raiders.push(raider.await.unwrap());
    }
    let manager = town.estate.account("jingli").unwrap().clone();
    let door = manager
        .state(&space, "m.room.join_rules", "")
        .await
        .unwrap();
    let before = (town.levels(&room).await, door);
    // Those who founded the estate came all at once too, by the homeserver's clock, which nobody can move.
    tokio::time::sleep_until(founded + Duration::from_secs(6)).await;
    let begun = Instant::now();
    let joins = raiders.iter().map(|raider| raider.join(&space));
    let joined = futures_util::future::join_all(joins).await;
    let took = begun.elapsed();
    let in_all = joined.iter().filter(|join| join.is_ok()).count();
    let mut silent_rooms = 0;
    for name in ["1", "2", "3"] {
        town.until_events_default(&town.room(name), Some(50)).await;
        silent_rooms += 1;
    }
    println!("{in_all} of 200 came in within {took:?}; {silent_rooms} rooms fell silent");
    println!(
        "from the 20th join to silence: {:?}",
        town.raid_took(&space, &room)
    );
    let wangfang = town.estate.account("wangfang").unwrap();
    let refused = wangfang.say(&room, "怎么回事").await.unwrap_err();
    assert_eq!(refused.errcode(), Some("M_FORBIDDEN"));
    let told = |town: &Town| {
        let events = town.estate.watcher.events();
        let ours = events
            .iter()
            .filter(|seen| seen.sender() == town.estate.bot);
        ours.filter(|seen| seen.room_id == room && seen.body().contains("暂停发言"))
            .count()
    };
    town.bot.go_ahead(HOUR_MS).await.unwrap();
    town.until_events_default(&room, before.0["events_default"].as_i64())
        .await;
    town.staff_reads("防护结束").await;
    let after = manager
        .state(&space, "m.room.join_rules", "")
        .await
        .unwrap();
    assert_eq!((town.levels(&room).await, after), before);
    assert_eq!(told(&town), 1);
    assert!(wangfang.say(&room, "好了").await.is_ok());
    town.end().await;
}
