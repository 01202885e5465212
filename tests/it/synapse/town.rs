//! A town to test in: a Synapse, the demo's estate, and the bot as a process.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use serde_json::Value;

use linli::{
    demo::{
        bot::Bot,
        estate::{Estate, Plan},
    },
    devserver::{Account, Options, RateLimits, Seen, Synapse},
    text::language::Language,
};

/// How long anything may take before a test gives up.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// Settings with which a crowd that comes in at once is no raid.
pub const CALM: &str = "\n[community.features.raid]\nauto = false\n";

/// Settings with which nobody says too much.
pub const TALKATIVE: &str =
    "\n[community.features.spam.flood]\nmessages = 1000\ncharacters = 100000\n";

pub struct Town {
    pub estate: Estate,
    pub bot: Bot,
    pub synapse: Synapse,
    _folder: tempfile::TempDir,
}

/// The same before the bot was started for the first time.
pub struct Ground {
    pub estate: Estate,
    pub synapse: Synapse,
    folder: tempfile::TempDir,
}

impl Ground {
    pub async fn lay(rate_limits: RateLimits, encrypted: bool, features: &str) -> Self {
        let mut options = Options::temporary().unwrap();
        options.rate_limits = rate_limits;
        let synapse = Synapse::start(options).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let plan = Plan {
            folder: folder.path(),
            language: Language::Zh,
            program: program(),
            encrypted,
            awake: false,
            features,
        };
        let estate = Estate::build(&synapse, &plan).await.unwrap();
        Self {
            estate,
            synapse,
            folder,
        }
    }

    /// Starts the bot.
    pub async fn open(self) -> Town {
        let Self {
            estate,
            synapse,
            folder,
        } = self;
        let bot = Bot::start(program(), &estate.config, &estate.data);
        Town {
            bot: bot.await.unwrap(),
            estate,
            synapse,
            _folder: folder,
        }
    }
}

/// The program under test.
pub fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_linli"))
}

impl Town {
    /// A town whose homeserver limits nobody.
    pub async fn build() -> Self {
        Self::with(RateLimits::Generous, false).await
    }

    /// A town whose features have these settings.
    pub async fn with_features(features: &str) -> Self {
        Self::of(RateLimits::Generous, false, features).await
    }

    pub async fn with(rate_limits: RateLimits, encrypted: bool) -> Self {
        Self::of(rate_limits, encrypted, "").await
    }

    async fn of(rate_limits: RateLimits, encrypted: bool, features: &str) -> Self {
        let ground = Ground::lay(rate_limits, encrypted, features).await;
        ground.open().await
    }

    /// Kills the bot and starts it again; what is under way goes on from there.
    pub async fn kill(&mut self) {
        self.bot.kill().await.unwrap();
        self.bot.start_again().unwrap();
        self.bot.until_ready().await.unwrap();
    }

    pub async fn end(self) {
        self.end_with(async || ()).await;
    }

    /// Ends it, and does something while the bot runs no more.
    pub async fn end_with(mut self, then: impl AsyncFnOnce()) {
        self.bot.stop().await.unwrap();
        then().await;
        let log = std::fs::read_to_string(self.bot.log()).unwrap();
        let errors: Vec<&str> = log
            .lines()
            .filter(|line| line.contains("ERROR linli"))
            .collect();
        assert!(errors.is_empty(), "errors were logged: {errors:#?}");
        drop(self.estate);
        self.synapse.stop().await.unwrap();
    }

    pub fn room(&self, name: &str) -> String {
        self.estate.room(name).unwrap().to_owned()
    }

    pub fn config(&self) -> PathBuf {
        self.estate.config.clone()
    }

    /// The end of the bot's log.
    pub fn log(&self) -> String {
        let log = std::fs::read_to_string(self.bot.log()).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }

    /// The content of a room's power levels, as the manager sees it.
    pub async fn levels(&self, room: &str) -> Value {
        let manager = self.estate.account("jingli").unwrap();
        manager.power_levels(room).await.unwrap()
    }

    /// Waits until somebody's entry in the power levels is this one.
    pub async fn until_level(&self, room: &str, user: &str, level: Option<i64>) {
        self.until_levels(room, &format!("{user} has not {level:?}"), |levels| {
            levels["users"][user].as_i64() == level
        })
        .await;
    }

    /// Waits until somebody is silent, or is so no more.
    pub async fn until_silent(&self, room: &str, user: &str, silent: bool) {
        self.until_levels(room, &format!("{user}: silent is not {silent}"), |levels| {
            (levels["users"][user].as_i64().unwrap_or(0) < 0) == silent
        })
        .await;
    }

    /// Waits until speaking in a room needs this power.
    pub async fn until_events_default(&self, room: &str, level: Option<i64>) {
        self.until_levels(
            room,
            &format!("speaking does not need {level:?}"),
            |levels| levels["events_default"].as_i64() == level,
        )
        .await;
    }

    /// From the moment of the 20th raider's join to that of the room's silence, by the homeserver's clock.
    pub fn raid_took(&self, space: &str, room: &str) -> Option<i64> {
        let events = self.estate.watcher.events();
        let at = |seen: &Seen| seen.event["origin_server_ts"].as_i64();
        let mut joins: Vec<i64> = events
            .iter()
            .filter(|seen| seen.room_id == space && seen.kind() == "m.room.member")
            .filter(|seen| seen.sender().starts_with("@raider"))
            .filter_map(at)
            .collect();
        joins.sort_unstable();
        let silent = events.iter().find(|seen| {
            seen.room_id == room
                && seen.kind() == "m.room.power_levels"
                && seen.content()["events_default"] == 50
        });
        Some(at(silent?)? - joins.get(19)?)
    }

    async fn until_levels(&self, room: &str, otherwise: &str, are: impl Fn(&Value) -> bool) {
        self.until(|| async {
            let levels = self.levels(room).await;
            let otherwise = || format!("{otherwise}: {levels}\n{}", self.changes(room));
            are(&levels).then_some(()).ok_or_else(otherwise)
        })
        .await;
    }

    /// Asks again and again until it is so, and otherwise says how it is instead; returns what was found.
    pub async fn until<T, F>(&self, is_so: impl Fn() -> F) -> T
    where
        F: Future<Output = Result<T, String>>,
    {
        let begun = tokio::time::Instant::now();
        loop {
            let otherwise = match is_so().await {
                Ok(found) => return found,
                Err(otherwise) => otherwise,
            };
            assert!(begun.elapsed() < PATIENCE, "{otherwise}\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Who changed whose level in a room, one change a line, and what was ordered in the staff room meanwhile.
    fn changes(&self, room: &str) -> String {
        let mut known = Value::Null;
        let mut lines = Vec::new();
        let events = self.estate.watcher.events();
        let staff = self.room("staff");
        for seen in &events {
            let at = seen.event["origin_server_ts"].as_i64().unwrap_or(0) % 1_000_000;
            if seen.room_id == staff && seen.body().starts_with('!') {
                lines.push(format!("{at} {}: {}", seen.sender(), seen.body()));
            }
            if seen.room_id != room || seen.kind() != "m.room.power_levels" {
                continue;
            }
            let now = &seen.content()["users"];
            let users = now
                .as_object()
                .into_iter()
                .chain(known.as_object())
                .flatten();
            let users: std::collections::BTreeSet<&String> = users.map(|(user, _)| user).collect();
            let changed = users
                .iter()
                .filter(|user| known[user.as_str()] != now[user.as_str()]);
            let changed = changed
                .map(|user| format!("{user}: {} to {}", known[user.as_str()], now[user.as_str()]));
            lines.push(format!(
                "{at} {}: {}",
                seen.sender(),
                changed.collect::<Vec<_>>().join(", ")
            ));
            known = now.clone();
        }
        lines.join("\n")
    }

    /// Waits until somebody stands so in a room, as the manager sees it.
    pub async fn until_standing(&self, room: &str, user: &str, standing: &str) {
        let manager = self.estate.account("jingli").unwrap();
        self.until_seen(manager, room, user, standing).await;
    }

    /// The same as somebody else sees it who is there.
    pub async fn until_seen(&self, by: &Account, room: &str, user: &str, standing: &str) {
        self.until(|| async {
            let content = by.state(room, "m.room.member", user).await;
            let now = content.map_or(Value::Null, |content| content["membership"].clone());
            let is_so = (now == standing).then_some(());
            is_so.ok_or_else(|| format!("{user} is {now}, not {standing}"))
        })
        .await;
    }

    /// Waits until linli has said something with these words in the staff room.
    pub async fn staff_reads(&self, words: &str) {
        let (bot, room) = (self.estate.bot.clone(), self.room("staff"));
        let said = |events: &[Seen]| {
            let mut events = events.iter();
            let is_it = |seen: &&Seen| {
                seen.sender() == bot && seen.room_id == room && seen.body().contains(words)
            };
            events.find(is_it).map(|_| ())
        };
        let seen = self.estate.watcher.wait_for(words, PATIENCE, said).await;
        seen.unwrap_or_else(|error| panic!("{error:#}\n{}", self.log()));
    }

    /// Waits until every report has a card in its room and one in the staff room.
    pub async fn cards_of(&self, reports: &[String], patience: Duration) -> Cards {
        let bot = self.estate.bot.clone();
        let wanted = reports.len();
        let found = self
            .estate
            .watcher
            .wait_for("cards of all reports", patience, |events| {
                let cards = Cards::read(events, &bot);
                let there = reports
                    .iter()
                    .filter(|report| cards.of_report(report).len() >= 2)
                    .count();
                (there == wanted).then_some(cards)
            })
            .await;
        found.unwrap_or_else(|error| {
            let cards = Cards::read(&self.estate.watcher.events(), &bot);
            let missing: Vec<_> = reports
                .iter()
                .filter(|report| cards.of_report(report).len() < 2)
                .collect();
            let log = std::fs::read_to_string(self.bot.log()).unwrap_or_default();
            panic!(
                "{} of {wanted} reports lack cards: {missing:?}\n{error:#}\n{log}",
                missing.len()
            )
        })
    }
}

/// linli's messages in all rooms, as a witness saw them.
#[derive(Clone, Debug, Default)]
pub struct Cards {
    /// Every post of the bot by the transaction id it carries: more than one event is a doubled effect.
    pub posts: BTreeMap<String, Vec<Card>>,
    /// The newest text of each changed message.
    changes: BTreeMap<String, String>,
}

#[derive(Clone, Debug)]
pub struct Card {
    pub event: String,
    pub room: String,
    pub ticket: u32,
    body: String,
}

impl Cards {
    pub fn read(events: &[Seen], bot: &str) -> Self {
        let mut cards = Self::default();
        for seen in events.iter().filter(|seen| seen.sender() == bot) {
            let content = seen.content();
            if content["m.new_content"].is_object() {
                let body = content["m.new_content"]["body"]
                    .as_str()
                    .unwrap_or_default();
                let target = seen.target().unwrap_or_default();
                cards.changes.insert(target.to_owned(), body.to_owned());
                continue;
            }
            let Some(txn) = content["dev.linli"]["txn"].as_str() else {
                continue;
            };
            let id = content["dev.linli"]["about"]["id"].as_str();
            cards.posts.entry(txn.to_owned()).or_default().push(Card {
                event: seen.id().to_owned(),
                room: seen.room_id.clone(),
                ticket: id.and_then(|id| id.parse().ok()).unwrap_or(0),
                body: seen.body().to_owned(),
            });
        }
        cards
    }

    /// The two cards of a report: in its room, and in the staff room.
    pub fn of_report(&self, report: &str) -> Vec<&Card> {
        (0..2)
            .filter_map(|n| self.posts.get(&format!("post-{report}-tickets-{n}")))
            .flatten()
            .collect()
    }

    pub fn ticket_of(&self, report: &str) -> u32 {
        self.of_report(report).first().map_or(0, |card| card.ticket)
    }

    /// What a card says now.
    pub fn text<'c>(&'c self, card: &'c Card) -> &'c str {
        self.changes.get(&card.event).unwrap_or(&card.body)
    }

    /// Nothing was posted twice, and nothing that a report did not ask for.
    pub fn assert_no_doubles(&self) {
        let doubled: Vec<_> = self
            .posts
            .iter()
            .filter(|(_, cards)| cards.len() != 1)
            .collect();
        assert!(doubled.is_empty(), "posted more than once: {doubled:#?}");
    }

    /// The numbers of the tickets of these reports are 1, 2, 3, … in some order.
    pub fn assert_numbers(&self, reports: &[String]) {
        let mut numbers: Vec<u32> = reports
            .iter()
            .map(|report| self.ticket_of(report))
            .collect();
        numbers.sort_unstable();
        let wanted: Vec<u32> = (1..).take(reports.len()).collect();
        assert_eq!(numbers, wanted);
    }
}
