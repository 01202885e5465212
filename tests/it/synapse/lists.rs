//! Ban lists over a real homeserver: one that somebody else keeps, and the community's own, as other bots see it.

use linli::{devserver::RateLimits, matrix::account::Method};
use serde_json::{Value, json};

use super::{
    newcomer::Newcomer,
    town::{CALM, Ground},
};
use crate::command_line::linli;

const KIND: &str = "m.policy.rule.user";

fn rule(entity: &str) -> Value {
    json!({"entity": entity, "recommendation": "m.ban", "reason": "spam"})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_somebody_keeps_is_followed_and_our_own_can_be() {
    let section = format!(
        "{CALM}[community.features.lists]\nfollow = [\"#bans\", \"#nobody:localhost\"]\npublish = \"#hexie-bans\"\n"
    );
    let ground = Ground::lay(RateLimits::Generous, false, &section).await;
    let keeper = ground.synapse.register("keeper", "secret", None, false);
    let keeper = keeper.await.unwrap();
    let list = keeper
        .create_room(json!({"preset": "public_chat", "room_alias_name": "bans"}))
        .await
        .unwrap();
    for n in 0..150 {
        let entity = format!("@spam{n}:evil.example");
        let key = format!("rule:{entity}");
        let set = keeper.put_state(&list, KIND, &key, rule(&entity));
        set.await.unwrap();
    }
    let set = keeper.put_state(&list, KIND, "rule:glob", rule("@advert*:localhost"));
    set.await.unwrap();
    let told = linli(&["provision"], &ground.estate.config).await;
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
    assert!(told.out.contains("there is no such list"), "{}", told.out);
    let again = linli(&["provision", "--dry-run"], &ground.estate.config).await;
    assert!(!again.out.contains("to follow it"), "{}", again.out);

    let mut town = ground.open().await;
    let (room, notice) = (town.room("3"), town.room("notice"));
    let spammer = Newcomer::enter(&town, "advert1", "3-1-1201 何洁", "3").await;
    town.until_standing(&room, &spammer.account.user_id, "ban")
        .await;
    town.until_standing(&notice, &spammer.account.user_id, "ban")
        .await;
    // A rule that comes while linli is dead hits somebody who is there.
    town.bot.kill().await.unwrap();
    let liming = town.estate.account("liming").unwrap().user_id.clone();
    let set = keeper.put_state(&list, KIND, "rule:liming", rule(&liming));
    set.await.unwrap();
    town.bot.start_again().unwrap();
    town.until_standing(&room, &liming, "ban").await;
    let gone = keeper.put_state(&list, KIND, "rule:liming", json!({}));
    gone.await.unwrap();
    town.until_standing(&room, &liming, "invite").await;

    // A list that is found only now: 'provision' joins it while linli runs, which follows it from the next start on.
    let second = keeper
        .create_room(json!({"preset": "public_chat", "room_alias_name": "nobody"}))
        .await
        .unwrap();
    let sunli = town.estate.account("sunli").unwrap().user_id.clone();
    let set = keeper.put_state(&second, KIND, "rule:sunli", rule(&sunli));
    set.await.unwrap();
    let told = linli(&["provision"], &town.estate.config).await;
    assert!(told.out.contains("join it, to follow it"), "{}", told.out);
    // The running one has read of the room by then, and knows nothing of its rules.
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    town.bot.kill().await.unwrap();
    town.bot.start_again().unwrap();
    town.until_standing(&room, &sunli, "ban").await;

    // The own list, as anybody can read it.
    let moderator = town.estate.account("guanli").unwrap().clone();
    let wangfang = town.estate.account("wangfang").unwrap().user_id.clone();
    moderator.ban(&room, &wangfang, "家里的事").await.unwrap();
    let path = [
        "_matrix",
        "client",
        "v3",
        "directory",
        "room",
        "#hexie-bans:localhost",
    ];
    let own = keeper.request(Method::GET, &path, None).await.unwrap();
    let own = own["room_id"].as_str().unwrap().to_owned();
    let key = format!("rule:{wangfang}");
    let until = async |wanted: Value| {
        town.until(|| async {
            let now = keeper.state(&own, KIND, &key).await.unwrap_or_default();
            let is_so = now["entity"] == wanted;
            is_so.then_some(now.clone()).ok_or_else(|| now.to_string())
        })
        .await
    };
    let published = until(json!(wangfang)).await;
    assert_eq!(published["recommendation"], "m.ban");
    assert!(!published["reason"].as_str().unwrap().contains("家里"));
    moderator.unban(&room, &wangfang).await.unwrap();
    until(Value::Null).await;
    town.end().await;
}
