//! A neighbour's evening: a dog is found, a bed given away, a ride shared. Played by real accounts over HTTP, and checked.

use std::time::Duration;

use anyhow::{Context as _, Result};

use super::{
    estate::{Estate, Inhabitant, PEOPLE},
    scene::PATIENCE,
    talks::Talks,
};
use crate::{devserver::Seen, text::language::Language};

/// What is said in the evening.
struct Words {
    lost: &'static str,
    found: &'static str,
    bed: &'static str,
    ride: &'static str,
    /// What linli says of a match, of two who are introduced, of a promise, of seats, and of good ends.
    matched: &'static str,
    met: &'static str,
    promised: &'static str,
    full: &'static str,
    found_it: &'static str,
    given: &'static str,
}

const ZH: Words = Words {
    lost: "#寻宠 棕色泰迪叫豆豆，戴红色项圈，今天在小区东门走丢",
    found: "#招领 捡到一只棕色小狗，刚才在小区东门",
    bed: "#送 儿童床一张，八成新，3-1-101自提",
    ride: "#拼车 明早8点去虹桥机场，还有2个空座，每人30元",
    matched: "可能对得上",
    met: "点名字就能说话",
    promised: "把它留给您了",
    full: "💺 2/2",
    found_it: "🎉 H1 有着落了",
    given: "🎉 H3 成了",
};

const EN: Words = Words {
    lost: "#lost brown toy poodle called Dudu, red collar, ran off at the east gate today",
    found: "#found a small brown dog, just now, at the east gate",
    bed: "#give a child's bed, good condition, pick up at 3-1-101",
    ride: "#ride driving to Hongqiao airport tomorrow at 8 am, 2 seats free, 30 yuan each",
    matched: "may go with",
    met: "tap the name to write",
    promised: "keeps it for you",
    full: "💺 2/2",
    found_it: "🎉 H1 has a happy end",
    given: "🎉 H3 has worked out",
};

/// Plays the evening.
///
/// # Errors
/// The first thing that did not happen as it should, with what happened instead.
pub async fn play<'e>(
    estate: &'e Estate,
    talks: &mut Talks<'e>,
    language: Language,
    pause: Duration,
) -> Result<()> {
    let mut evening = Evening {
        estate,
        talks,
        pause,
        words: match language {
            Language::Zh => ZH,
            Language::En => EN,
        },
        help: estate.room("help")?.to_owned(),
    };
    evening.dog().await?;
    evening.bed().await?;
    evening.ride().await
}

struct Evening<'e, 't> {
    estate: &'e Estate,
    talks: &'t mut Talks<'e>,
    pause: Duration,
    words: Words,
    help: String,
}

impl Evening<'_, '_> {
    /// Two who do not know each other are brought together.
    async fn dog(&mut self) -> Result<()> {
        let owner = somebody("zhaoyi")?;
        self.say("zhaoyi", "3", self.words.lost).await?;
        self.see("the lost dog", "🏘 H1").await?;
        self.say("chenxi", "2", self.words.found).await?;
        self.see("the found dog", "🏘 H2").await?;
        let message = self.hear(owner, self.words.matched).await?;
        let account = self.estate.account("zhaoyi")?;
        account.react(&message.room_id, message.id(), "✅").await?;
        self.hear(owner, self.words.met).await?;
        self.tap("zhaoyi", 1, "✅").await?;
        self.see("the thanks for the dog", self.words.found_it)
            .await
    }

    /// One of two who want a bed gets it.
    async fn bed(&mut self) -> Result<()> {
        let giver = somebody("sunli")?;
        self.say("sunli", "3", self.words.bed).await?;
        self.see("the bed", "🏘 H3").await?;
        self.tap("wumin", 3, "🙋").await?;
        let helm = self.hear(giver, "1️⃣").await?;
        self.tap("fenglei", 3, "🙋").await?;
        let account = self.estate.account("sunli")?;
        account.react(&helm.room_id, helm.id(), "1️⃣").await?;
        self.hear(somebody("wumin")?, self.words.promised).await?;
        self.tap("sunli", 3, "✅").await?;
        self.see("the thanks for the bed", self.words.given).await
    }

    /// Two come along.
    async fn ride(&mut self) -> Result<()> {
        self.say("smith", "2", self.words.ride).await?;
        self.see("the ride", "🏘 H4").await?;
        self.tap("chuyan", 4, "🙋").await?;
        self.tap("zhouwei", 4, "🙋").await?;
        self.see("two seats taken", self.words.full).await
    }

    async fn say(&mut self, who: &str, room: &str, text: &str) -> Result<()> {
        self.talks.listen(somebody(who)?).await?;
        let room = self.estate.room(room)?;
        self.estate.account(who)?.say(room, text).await?;
        tokio::time::sleep(self.pause).await;
        Ok(())
    }

    /// Taps on the card of a post in the channel.
    async fn tap(&mut self, who: &str, post: u32, key: &str) -> Result<()> {
        self.talks.listen(somebody(who)?).await?;
        let card = self.estate.post_card(&self.help, post);
        let card = card.with_context(|| format!("There is no card of H{post}"))?;
        self.estate
            .account(who)?
            .react(&self.help, &card, key)
            .await?;
        tokio::time::sleep(self.pause).await;
        Ok(())
    }

    /// Waits until linli has said this in the channel, or has changed a card so.
    async fn see(&self, what: &str, text: &str) -> Result<()> {
        let (bot, help) = (&self.estate.bot, &self.help);
        let said = |events: &[Seen]| {
            let mut events = events.iter();
            let is_it = |seen: &&Seen| {
                let body = seen.content()["m.new_content"]["body"].as_str();
                let body = body.unwrap_or_else(|| seen.body());
                seen.room_id == *help && seen.sender() == *bot && body.contains(text)
            };
            events.find(is_it).map(drop)
        };
        self.estate.watcher.wait_for(what, PATIENCE, said).await
    }

    /// Waits until linli has told somebody this in private.
    async fn hear(&mut self, who: &'static Inhabitant, text: &str) -> Result<Seen> {
        let heard = self.talks.hear(who, text).await?;
        tokio::time::sleep(self.pause).await;
        Ok(heard)
    }
}

fn somebody(login: &str) -> Result<&'static Inhabitant> {
    let mut people = PEOPLE.iter();
    let found = people.find(|person| person.login == login);
    found.with_context(|| format!("There is nobody called {login}"))
}
