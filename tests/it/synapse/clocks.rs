//! The clocks of tickets over a real homeserver, with the bot's clock moved: who is called, when, and what stops it.

use std::time::{SystemTime, UNIX_EPOCH};

use linli::{
    domain::ids::{DAY_MS, HOUR_MS, MINUTE_MS},
    matrix::account::Text,
};

use super::town::{PATIENCE, Town};

/// So long a step of a test may take: what is due later than that after a moment was not due at it.
const SLACK_MS: i64 = MINUTE_MS;

/// Claims end after five hours, and all is to be done within ten.
const SOON: &str =
    "\n[[community.features.tickets.targets]]\nclaim = \"5h work\"\nresolve = \"10h\"\n";

/// An estate whose bot goes by a clock that is set forward, never back.
struct Estate {
    town: Town,
    moved: i64,
    markers: u32,
}

impl Estate {
    /// One with these settings of features.
    async fn build(features: &str) -> Self {
        let town = Town::with_features(features).await;
        Self {
            town,
            moved: 0,
            markers: 0,
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the bot's clock runs with the real one"
    )]
    fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        i64::try_from(since.as_millis()).unwrap() + self.moved
    }

    async fn pass(&mut self, ms: i64) {
        self.town.bot.go_ahead(ms).await.unwrap();
        self.moved += ms;
    }

    /// Goes on to the next time that the clocks of Shanghai show so, eight hours ahead of Greenwich.
    async fn until(&mut self, hour: i64, minute: i64) {
        let local = self.now() + 8 * HOUR_MS;
        let wanted = hour * HOUR_MS + minute * MINUTE_MS;
        self.pass((wanted - local).rem_euclid(DAY_MS)).await;
    }

    async fn says(&self, login: &str, room: &str, text: &str) -> String {
        let account = self.town.estate.account(login).unwrap();
        account.say(&self.town.room(room), text).await.unwrap()
    }

    /// Somebody reports something; the number of its ticket.
    async fn reports(&self, login: &str, room: &str, text: &str) -> u32 {
        let report = self.says(login, room, text).await;
        let cards = self
            .town
            .cards_of(std::slice::from_ref(&report), PATIENCE)
            .await;
        cards.ticket_of(&report)
    }

    /// What the staff room has been told of a ticket's clocks, once the bot has come to rest.
    async fn calls(&mut self, ticket: u32) -> Vec<String> {
        self.markers += 1;
        let marker = format!("!nothing{}", self.markers);
        let asked = self.says("guanli", "staff", &marker).await;
        let estate = &self.town.estate;
        let (bot, room) = (estate.bot.clone(), self.town.room("staff"));
        let numbers = [format!("#{ticket} "), format!("#{ticket}（")];
        let told = estate.watcher.wait_for(&marker, PATIENCE, |events| {
            let ours = events
                .iter()
                .filter(|seen| seen.sender() == bot && seen.room_id == room);
            let answered = ours.clone().any(|seen| {
                seen.event["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == asked.as_str()
            });
            let calls = ours.filter(|seen| {
                let body = seen.body();
                ["⏰", "↩", "🆘"].iter().any(|sign| body.starts_with(sign))
                    && numbers.iter().any(|number| body.contains(number))
            });
            answered.then(|| calls.map(|seen| seen.body().to_owned()).collect())
        });
        told.await
            .unwrap_or_else(|error| panic!("{error:#}\n{}", self.town.log()))
    }

    /// Nobody is called until shortly before `ms` have passed, and by then somebody is, whose call holds these words.
    async fn is_called_after(&mut self, ticket: u32, ms: i64, words: &str) {
        let before = self.calls(ticket).await.len();
        self.pass(ms - SLACK_MS).await;
        let calls = self.calls(ticket).await;
        assert_eq!(calls.len(), before, "called too early: {calls:#?}");
        self.pass(SLACK_MS).await;
        self.town.staff_reads(words).await;
        let calls = self.calls(ticket).await;
        assert_eq!(calls.len(), before + 1, "{calls:#?}");
        assert!(calls[before].contains(words), "{calls:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_answers_and_all_are_called_in_turn_until_one_taps() {
    let mut estate = Estate::build("").await;
    estate.until(19, 54).await;
    let leak = estate.reports("wangfang", "3", "#报修 水龙头漏水").await;
    // Six minutes of work are left today, and nobody is called at night.
    estate
        .is_called_after(leak, 12 * HOUR_MS + 9 * MINUTE_MS, "张师傅，")
        .await;
    estate
        .is_called_after(leak, 6 * MINUTE_MS, "前台小刘，")
        .await;
    estate
        .is_called_after(leak, 15 * MINUTE_MS, "林经理，")
        .await;
    let staff = estate.town.room("staff");
    let card = estate.town.estate.card(&staff, leak).unwrap();
    let plumber = estate.town.estate.account("shuizhang").unwrap();
    plumber.react(&staff, &card, "🙋").await.unwrap();
    estate.town.staff_reads("归你了").await;
    let before = estate.calls(leak).await.len();
    estate.pass(HOUR_MS).await;
    assert_eq!(estate.calls(leak).await.len(), before);
    estate.town.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_stops_the_clock_and_a_claim_that_nothing_follows_goes_back() {
    let mut estate = Estate::build(SOON).await;
    estate.until(8, 0).await;
    let leak = estate.reports("wangfang", "3", "#报修 水龙头漏水").await;
    let lamp = estate.reports("wangfang", "3", "#报修 楼道灯不亮").await;
    estate
        .says("shuizhang", "staff", &format!("!claim {leak}"))
        .await;
    estate
        .says("shuizhang", "staff", &format!("!start {leak}"))
        .await;
    estate
        .says("dianwang", "staff", &format!("!claim {lamp}"))
        .await;
    estate.is_called_after(lamp, 3 * HOUR_MS, "接单3小时").await;
    estate
        .says("shuizhang", "staff", &format!("!wait {leak} 几点在家？"))
        .await;
    estate.is_called_after(lamp, 2 * HOUR_MS, "放回来了").await;
    let room = estate.town.room("3");
    let card = estate.town.estate.card(&room, leak).unwrap();
    let reporter = estate.town.estate.account("wangfang").unwrap();
    let text = Text {
        reply_to: Some(card),
        ..Text::from("现在在家")
    };
    reporter.message(&room, text).await.unwrap();
    estate.town.staff_reads("回复了工单").await;
    // It ran for three hours before the wait; six parts of ten of the time are six.
    estate
        .is_called_after(leak, 3 * HOUR_MS, "就到答应办好的时间")
        .await;
    estate.town.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn danger_waits_for_no_morning_and_that_nobody_is_on_duty_is_kept() {
    let mut estate = Estate::build("").await;
    estate.until(3, 0).await;
    let lift = estate
        .reports("wangfang", "3", "#报修 电梯里有人被困住了")
        .await;
    let calls = estate.calls(lift).await;
    assert!(calls[0].contains("现在没有电梯值班"), "{calls:#?}");
    estate
        .is_called_after(lift, 2 * MINUTE_MS, "还没有人接")
        .await;
    let leak = estate.reports("wangfang", "3", "#报修 水龙头漏水").await;
    estate.pass(2 * HOUR_MS).await;
    assert!(estate.calls(leak).await.is_empty());
    estate
        .says("jingli", "staff", &format!("!ticket {lift}"))
        .await;
    estate.town.staff_reads("没有这个工种的人值班").await;
    estate.town.end().await;
}
