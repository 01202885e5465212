//! The opening scene: a lamp is out, and mended at the second try. Played by real accounts over HTTP, and checked.

use std::time::Duration;

use anyhow::{Result, ensure};

use super::estate::Estate;
use crate::{
    devserver::Seen,
    matrix::account::{Image, Text},
    text::language::Language,
};

/// The picture of the lamp, drawn for this demo.
const LAMP: &[u8] = include_bytes!("lamp.png");
/// How long an answer may take.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// What is said in the scene.
struct Words {
    report: &'static str,
    caption: &'static str,
    not_yet: &'static str,
    thanks: &'static str,
    /// What linli says when the ticket was claimed, is done, is open again, is finished.
    told: [&'static str; 4],
}

const ZH: Words = Words {
    report: "#报修 3号楼2单元楼道灯不亮",
    caption: "三楼拐角这盏",
    not_yet: "还是一闪一闪的",
    thanks: "亮了，谢谢王师傅！",
    told: ["接单了", "说工单 #1 办好了", "马上请师傅", "谢谢您的确认"],
};

const EN: Words = Words {
    report: "#repair The corridor light in building 3, unit 2 is out",
    caption: "the one at the corner of the third floor",
    not_yet: "it still flickers",
    thanks: "It works. Thank you, Mr Wang!",
    told: [
        "has taken ticket #1",
        "says that ticket #1 is done",
        "will have another look",
        "Thank you for telling us",
    ],
};

/// Plays the scene from the report to the kind word.
///
/// # Errors
/// The first thing that did not happen as it should, with what happened instead.
pub async fn play(estate: &Estate, language: Language, pause: Duration) -> Result<()> {
    let words = match language {
        Language::Zh => ZH,
        Language::En => EN,
    };
    let scene = Scene {
        estate,
        pause,
        words,
        building: estate.room("3")?.to_owned(),
        staff: estate.room("staff")?.to_owned(),
    };
    scene.report().await?;
    scene.mend().await?;
    scene.thank().await
}

struct Scene<'e> {
    estate: &'e Estate,
    pause: Duration,
    words: Words,
    building: String,
    staff: String,
}

impl Scene<'_> {
    async fn report(&self) -> Result<()> {
        let resident = self.estate.account("wangfang")?;
        resident.say(&self.building, self.words.report).await?;
        let mxc = resident.upload(LAMP, "image/png", "lamp.png").await?;
        let picture = Image {
            mxc,
            filename: "lamp.png".to_owned(),
            caption: Some(self.words.caption.to_owned()),
            info: serde_json::json!({"w": 96, "h": 96, "mimetype": "image/png", "size": LAMP.len()}),
            ..Image::default()
        };
        resident.send_image(&self.building, picture).await?;
        self.see("the card in the building's room", &self.building, "#1")
            .await?;
        self.see("the card in the staff room", &self.staff, "#1")
            .await?;
        self.see("the picture on the card", &self.building, "📷 1")
            .await?;
        tokio::time::sleep(self.pause).await;
        Ok(())
    }

    async fn mend(&self) -> Result<()> {
        self.tap("dianwang", &self.staff, "🙋").await?;
        self.told(0).await?;
        self.tap("dianwang", &self.staff, "✅").await?;
        self.told(1).await?;
        let card = self.card(&self.building)?;
        let resident = self.estate.account("wangfang")?;
        let not_yet = Text {
            body: self.words.not_yet.to_owned(),
            thread_root: Some(card),
            ..Text::default()
        };
        resident.message(&self.building, not_yet).await?;
        self.tap("wangfang", &self.building, "🔁").await?;
        self.told(2).await?;
        self.tap_again("dianwang", &self.staff, "✅").await?;
        let done = self.words.told[1];
        self.count("the second “done”", &self.building, done, 2)
            .await
    }

    async fn thank(&self) -> Result<()> {
        self.tap("wangfang", &self.building, "👍").await?;
        self.told(3).await?;
        let resident = self.estate.account("wangfang")?;
        let thanks = resident.say(&self.building, self.words.thanks).await?;
        // A neighbour's report after the thanks shows that the thanks were read and opened nothing.
        let neighbour = self.estate.account("liming")?;
        let second = match self.estate.language {
            Language::Zh => "@linli 我的工单怎么样了？",
            Language::En => "@linli what happened to my ticket?",
        };
        let asked = neighbour.say(&self.building, second).await?;
        let answered = |events: &[Seen]| {
            let answers = |seen: &&Seen| {
                seen.sender() == self.estate.bot
                    && seen.content()["m.relates_to"]["m.in_reply_to"]["event_id"] == asked.as_str()
            };
            events.iter().find(answers).map(drop)
        };
        let watcher = &self.estate.watcher;
        watcher
            .wait_for("an answer to the neighbour's question", PATIENCE, answered)
            .await?;
        let events = watcher.events();
        let replied = |seen: &&Seen| {
            seen.content()["m.relates_to"]["m.in_reply_to"]["event_id"] == thanks.as_str()
        };
        ensure!(
            !events.iter().any(|seen| replied(&seen)),
            "The thanks were answered, but a kind word opens and closes nothing"
        );
        let newest = self.estate.newest_ticket(&self.building);
        ensure!(
            newest == Some(1),
            "There should be one ticket, not {newest:?}"
        );
        Ok(())
    }

    /// Taps a reaction on the card of ticket 1.
    async fn tap(&self, who: &str, room: &str, key: &str) -> Result<String> {
        let card = self.card(room)?;
        let tapped = self.estate.account(who)?.react(room, &card, key).await?;
        tokio::time::sleep(self.pause).await;
        Ok(tapped)
    }

    /// Taps once more where linli has taken the old tap off the card, so that one touch is enough again.
    async fn tap_again(&self, who: &str, room: &str, key: &str) -> Result<()> {
        let user = self.estate.account(who)?.user_id.clone();
        let gone = |events: &[Seen]| {
            let tap = events.iter().find(|seen| {
                seen.kind() == "m.reaction"
                    && seen.sender() == user
                    && seen.content()["m.relates_to"]["key"] == key
            })?;
            let removal =
                |seen: &&Seen| seen.kind() == "m.room.redaction" && seen.target() == Some(tap.id());
            events.iter().find(removal).map(drop)
        };
        self.estate
            .watcher
            .wait_for("the old tap's removal", PATIENCE, gone)
            .await?;
        self.tap(who, room, key).await.map(drop)
    }

    fn card(&self, room: &str) -> Result<String> {
        use anyhow::Context as _;
        self.estate
            .card(room, 1)
            .context("There is no card of ticket 1")
    }

    /// Waits for linli's sentence in the building's room that calls the reporter, or thanks them.
    async fn told(&self, step: usize) -> Result<()> {
        let text = self.words.told[step];
        self.see(&format!("“{text}”"), &self.building, text).await
    }

    async fn see(&self, what: &str, room: &str, text: &str) -> Result<()> {
        self.count(what, room, text, 1).await
    }

    /// Waits until linli has said something in a room so many times.
    async fn count(&self, what: &str, room: &str, text: &str, times: usize) -> Result<()> {
        let bot = &self.estate.bot;
        let said = |events: &[Seen]| {
            let said = events.iter().filter(|seen| {
                seen.room_id == room && seen.sender() == *bot && seen.body().contains(text)
            });
            (said.count() >= times).then_some(())
        };
        let watcher = &self.estate.watcher;
        watcher.wait_for(what, PATIENCE, said).await?;
        Ok(())
    }
}
