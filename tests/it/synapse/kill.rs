//! SIGKILL at random moments, during a stream of reports and taps.
//!
//! `LINLI_KILLS=100 cargo test --test it kill_at_any_moment -- --nocapture` kills a hundred times.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use linli::devserver::Account;

use super::town::{Cards, PATIENCE, Town};

/// Kills in an ordinary test run.
const KILLS: u32 = 8;

#[tokio::test(flavor = "multi_thread")]
async fn kill_at_any_moment_and_nothing_is_lost_or_doubled() {
    let kills = std::env::var("LINLI_KILLS").map_or(KILLS, |text| text.parse().unwrap());
    let mut town = Town::build().await;
    let traffic = Traffic::start(&town);
    let mut chance: u64 = 0x9E37_79B9_7F4A_7C15;
    for kill in 1..=kills {
        // A multiplicative generator is chance enough for moments (Lehmer 1951, 64 bits).
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let moment = Duration::from_millis(chance >> 33 & 0x3FF);
        if kill % 3 == 0 {
            // Also in the middle of starting.
            tokio::time::sleep(moment / 2).await;
        } else {
            town.bot.until_ready().await.unwrap();
            tokio::time::sleep(moment).await;
        }
        town.bot.kill().await.unwrap();
        town.bot.start_again().unwrap();
    }
    let reports = traffic.stop().await;
    town.bot.until_ready().await.unwrap();
    let cards = town.cards_of(&reports, PATIENCE).await;
    claim_everything_and_check(&town, &reports, &cards).await;
    println!(
        "{kills} kills, {} reports, nothing lost, nothing doubled",
        reports.len()
    );
    town.end().await;
}

/// A stream of reports, and taps of two people on each card as it appears.
struct Traffic {
    stop: Arc<AtomicBool>,
    reports: tokio::task::JoinHandle<Vec<String>>,
    taps: tokio::task::JoinHandle<()>,
}

impl Traffic {
    fn start(town: &Town) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let reporters: Vec<(Account, String)> =
            [("wangfang", "3"), ("zhouwei", "1"), ("chenxi", "2")]
                .into_iter()
                .map(|(who, room)| (town.estate.account(who).unwrap().clone(), town.room(room)))
                .collect();
        let ended = Arc::clone(&stop);
        let reports = tokio::spawn(async move {
            let mut sent = Vec::new();
            for n in 0.. {
                if ended.load(Ordering::Relaxed) {
                    break;
                }
                let (who, room) = &reporters[n % 3];
                let text = format!("#报修 家里水管滴水，第{n}处");
                sent.push(who.say(room, &text).await.unwrap());
                tokio::time::sleep(Duration::from_millis(180)).await;
            }
            sent
        });
        let ended = Arc::clone(&stop);
        let watcher = Arc::clone(&town.estate.watcher);
        let (bot, staff) = (town.estate.bot.clone(), town.room("staff"));
        let one = town.estate.account("dianwang").unwrap().clone();
        let other = town.estate.account("shuizhang").unwrap().clone();
        let taps = tokio::spawn(async move {
            let mut tapped = std::collections::BTreeSet::new();
            while !ended.load(Ordering::Relaxed) {
                let cards = Cards::read(&watcher.events(), &bot);
                for (txn, posts) in &cards.posts {
                    let is_card = txn.ends_with("-tickets-1") && posts[0].room == staff;
                    if is_card && tapped.insert(txn.clone()) {
                        let event = &posts[0].event;
                        let (first, second) = tokio::join!(
                            one.react(&staff, event, "🙋"),
                            other.react(&staff, event, "🙋"),
                        );
                        first.unwrap();
                        second.unwrap();
                    }
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        });
        Self {
            stop,
            reports,
            taps,
        }
    }

    async fn stop(self) -> Vec<String> {
        self.stop.store(true, Ordering::Relaxed);
        self.taps.await.unwrap();
        self.reports.await.unwrap()
    }
}

/// Taps what nobody has tapped yet, waits until all tickets are claimed, and checks each claim against the order of
/// the staff room's timeline.
async fn claim_everything_and_check(town: &Town, reports: &[String], cards: &Cards) {
    let staff = town.room("staff");
    let (one, other) = ("dianwang", "shuizhang");
    let names = [
        ("@dianwang:localhost", "王师傅"),
        ("@shuizhang:localhost", "张师傅"),
    ];
    let is_tap = |seen: &&linli::devserver::Seen| {
        seen.kind() == "m.reaction" && names.iter().any(|(user, _)| *user == seen.sender())
    };
    for report in reports {
        let card = cards.of_report(report)[1];
        let events = town.estate.watcher.events();
        if !events
            .iter()
            .filter(is_tap)
            .any(|seen| seen.target() == Some(&card.event))
        {
            for who in [one, other] {
                let account = town.estate.account(who).unwrap();
                account.react(&staff, &card.event, "🙋").await.unwrap();
            }
        }
    }
    let bot = town.estate.bot.clone();
    let all_claimed = town
        .estate
        .watcher
        .wait_for("a worker on every card", PATIENCE, |events| {
            let cards = Cards::read(events, &bot);
            let claimed = |report: &String| {
                cards
                    .of_report(report)
                    .iter()
                    .all(|card| cards.text(card).contains("🛠"))
            };
            reports
                .iter()
                .all(claimed)
                .then(|| (cards.clone(), events.to_vec()))
        })
        .await;
    let (cards, events) = all_claimed.unwrap();
    cards.assert_no_doubles();
    cards.assert_numbers(reports);
    for report in reports {
        let card = cards.of_report(report)[1];
        let first = events
            .iter()
            .filter(is_tap)
            .find(|seen| seen.target() == Some(&card.event))
            .unwrap();
        let name = names
            .iter()
            .find(|(user, _)| *user == first.sender())
            .unwrap()
            .1;
        for card in cards.of_report(report) {
            let text = cards.text(card);
            assert!(
                text.contains(&format!("🛠 {name}")),
                "{name} tapped first, but: {text}"
            );
        }
    }
}
