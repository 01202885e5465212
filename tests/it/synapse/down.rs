//! Two hundred reports while the bot is stopped.

use super::town::{PATIENCE, TALKATIVE, Town};

/// What becomes of a report while the bot is away.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Stays,
    Edited,
    Redacted,
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_posted_while_the_bot_was_down_is_taken_up_in_order() {
    let mut town = Town::with_features(TALKATIVE).await;
    town.bot.stop().await.unwrap();
    let people = [
        ["zhouwei", "wumin", "zhengtao", "ouyang"],
        ["fenglei", "chenxi", "chuyan", "smith"],
        ["wangfang", "liming", "zhaoyi", "sunli"],
    ];
    let mut reports = Vec::new();
    for n in 0..200 {
        let building = n % 3;
        let room = town.room(&(building + 1).to_string());
        let person = town.estate.account(people[building][n / 3 % 4]).unwrap();
        let text = format!("#报修 家里水管有异响，第{n}次");
        let event = person.say(&room, &text).await.unwrap();
        let fate = match n % 10 {
            3 => Fate::Edited,
            7 => Fate::Redacted,
            _ => Fate::Stays,
        };
        match fate {
            Fate::Edited => {
                let text = format!("#报修 {}号楼大堂门禁失灵，第{n}次更正", building + 1);
                person.edit(&room, &event, &text).await.unwrap();
            }
            Fate::Redacted => {
                person.redact(&room, &event, "").await.unwrap();
            }
            Fate::Stays => {}
        }
        if n % 17 == 0 {
            let name = format!("{}-1-{}01 改名第{n}次", building + 1, n % 9 + 1);
            person.set_displayname(&name).await.unwrap();
        }
        if n % 5 == 0 {
            person.say(&room, "今天天气不错").await.unwrap();
        }
        reports.push((event, building, n, fate));
    }
    town.bot.start_again().unwrap();
    town.bot.until_ready().await.unwrap();

    // One more report after all the others shows that everything before it was decided.
    let last = town.estate.account("wangfang").unwrap();
    let last = last
        .say(&town.room("3"), "#报修 3号楼最后一盏灯")
        .await
        .unwrap();
    let wanted: Vec<String> = reports
        .iter()
        .filter(|(_, _, _, fate)| *fate != Fate::Redacted)
        .map(|(event, ..)| event.clone())
        .chain([last])
        .collect();
    let cards = town.cards_of(&wanted, PATIENCE).await;
    cards.assert_no_doubles();
    cards.assert_numbers(&wanted);
    for (event, _, n, fate) in &reports {
        let shown = cards.of_report(event);
        match fate {
            Fate::Redacted => assert!(shown.is_empty(), "a redacted report got a card"),
            Fate::Edited => {
                let text = format!("第{n}次更正");
                town.estate
                    .watcher
                    .wait_for("the edited text on both cards", PATIENCE, |events| {
                        let cards = super::town::Cards::read(events, &town.estate.bot);
                        let shown = cards.of_report(event);
                        shown
                            .iter()
                            .all(|card| cards.text(card).contains(&text))
                            .then_some(())
                    })
                    .await
                    .unwrap();
            }
            Fate::Stays => {}
        }
    }
    for building in 0..3 {
        let numbers: Vec<u32> = reports
            .iter()
            .filter(|(_, b, _, fate)| *b == building && *fate != Fate::Redacted)
            .map(|(event, ..)| cards.ticket_of(event))
            .collect();
        assert!(
            numbers.is_sorted(),
            "tickets of a room are out of order: {numbers:?}"
        );
    }
    town.end().await;
}
