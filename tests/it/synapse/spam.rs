//! Adverts in a real room: a wave with a kill in its midst, what was posted while the bot was down, Synapse's own limits,
//! pictures, what a wrong verdict brings back, and a homeserver that asks before anybody sees anything.

use std::time::Duration;

use futures_util::future::join_all;
use linli::{
    demo::{
        bot::Bot,
        estate::{Estate, Plan},
    },
    devserver::{Account, Guard, Invites, Options, RateLimits, Seen, Synapse, Watcher},
    matrix::account::Image,
    text::language::Language,
};
use serde_json::{Value, json};

use super::town::{Ground, PATIENCE, Town, program};

/// A crowd that comes in at once is no raid here, and nobody minds its names.
const CALM: &str = "
[community.features.raid]
auto = false
[community.features.naming]
enforce = false
welcome = false
";
const ADVERT: &str = "宝妈兼职日结三百，手机就能做，加薇 wave8888 了解";

/// So many newcomers in the room of building 3.
async fn newcomers(synapse: &Synapse, room: &str, name: &str, count: usize) -> Vec<Account> {
    let mut accounts = Vec::new();
    for n in 0..count {
        let login = format!("{name}{n}");
        let account = synapse
            .register(&login, "secret", None, false)
            .await
            .unwrap();
        account
            .join(&format!("#hexie:{}", synapse.server_name()))
            .await
            .unwrap();
        account.join(room).await.unwrap();
        accounts.push(account);
    }
    accounts
}

/// Waits until each of these messages is gone; none of them twice.
async fn until_gone(estate: &Estate, messages: &[String]) {
    let gone = |events: &[Seen], message: &String| {
        let of = |seen: &&Seen| {
            seen.kind() == "m.room.redaction" && seen.target() == Some(message.as_str())
        };
        events.iter().filter(of).count()
    };
    let all = |events: &[Seen]| {
        let left = messages.iter().filter(|message| gone(events, message) == 0);
        (left.count() == 0).then_some(())
    };
    estate
        .watcher
        .wait_for("all messages gone", PATIENCE, all)
        .await
        .unwrap();
    let events = estate.watcher.events();
    for message in messages {
        assert_eq!(gone(&events, message), 1, "{message} was removed twice");
    }
}

/// Waits until all of them are silent in the room, or out of it.
async fn until_sanctioned(town: &Town, room: &str, accounts: &[Account]) {
    let manager = town.estate.account("jingli").unwrap();
    town.until(|| async {
        let levels = town.levels(room).await;
        let members = manager.members(room).await.unwrap();
        let is_sanctioned = |account: &&Account| {
            let level = levels["users"][&account.user_id].as_i64();
            let member = members.get(&account.user_id);
            let is_in = member.is_some_and(|member| member["membership"] == "join");
            level.is_some_and(|level| level < 0) || !is_in
        };
        let count = accounts.iter().filter(is_sanctioned).count();
        let is_so = (count == accounts.len()).then_some(());
        is_so.ok_or_else(|| format!("{count} of {} are sanctioned", accounts.len()))
    })
    .await;
}

/// All of them say it at once; the events.
async fn say_at_once(accounts: &[Account], room: &str, text: &str) -> Vec<String> {
    let saying = accounts.iter().map(|account| account.say(room, text));
    let said = join_all(saying).await;
    said.into_iter().map(Result::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wave_is_gone_whatever_becomes_of_the_bot_meanwhile() {
    let mut town = Town::with_features(CALM).await;
    let room = town.room("3");
    let accounts = newcomers(&town.synapse, &room, "wave", 40).await;
    let before = town.levels(&room).await;
    let kill = async {
        // In the midst of it.
        tokio::time::sleep(Duration::from_millis(400)).await;
        town.bot.kill().await.unwrap();
        town.bot.start_again().unwrap();
    };
    let (messages, ()) = tokio::join!(say_at_once(&accounts, &room, ADVERT), kill);
    town.bot.until_ready().await.unwrap();
    until_gone(&town.estate, &messages).await;
    until_sanctioned(&town, &room, &accounts).await;
    let cards = wave_cards(&town.estate);
    assert_eq!(cards.len(), 1, "{cards:?}");

    // The moderators say that it was wrong: everybody stands as before, and the text passes.
    let moderator = town.estate.account("guanli").unwrap();
    let staff = town.room("staff");
    moderator.react(&staff, &cards[0], "❌").await.unwrap();
    for account in &accounts {
        town.until_silent(&room, &account.user_id, false).await;
    }
    assert_eq!(town.levels(&room).await, before);
    let again = accounts[0].say(&room, ADVERT).await.unwrap();
    let last = accounts[1]
        .say(&room, "#报修 3号楼大堂灯不亮")
        .await
        .unwrap();
    town.cards_of(&[last], PATIENCE).await;
    let events = town.estate.watcher.events();
    let gone = |seen: &&Seen| seen.kind() == "m.room.redaction" && seen.target() == Some(&again);
    assert!(!events.iter().any(|seen| gone(&seen)));

    // While it is away.
    town.bot.stop().await.unwrap();
    let others = newcomers(&town.synapse, &room, "night", 30).await;
    let messages = say_at_once(&others, &room, "内部荐股群，每天涨停，➕薇 gupiao886").await;
    town.bot.start_again().unwrap();
    town.bot.until_ready().await.unwrap();
    until_gone(&town.estate, &messages).await;
    until_sanctioned(&town, &room, &others).await;
    what_is_kept_can_be_looked_at(&town, &room).await;
    town.end().await;
}

/// What the moderators said is written down, and what the settings do is shown, without doing it.
async fn what_is_kept_can_be_looked_at(town: &Town, room: &str) {
    let folder = tempfile::tempdir().unwrap();
    let decisions = folder.path().join("decisions.tsv");
    let told = linli(town, &["spam", "export", decisions.to_str().unwrap()]);
    assert!(told.starts_with("1 decisions"), "{told}");
    let written = std::fs::read_to_string(&decisions).unwrap();
    assert_eq!(written, format!("ham\t{ADVERT}\n"));
    // Nobody is a newcomer who was there before what is read; all others came in with it.
    let author = town.estate.account("sunli").unwrap();
    author.say(room, "电梯什么时候修好？").await.unwrap();
    let table = linli(
        town,
        &["spam", "replay", "#hexie-3:localhost", "--days", "1"],
    );
    assert!(table.contains(" messages in 1 days: "), "{table}");
    let json = linli(town, &["spam", "replay", room, "--json"]);
    let lines = json.lines().map(|line| serde_json::from_str(line).unwrap());
    let lines: Vec<Value> = lines.collect();
    // What was removed has lost its text; the one that may pass stands, and nothing is kept of that here.
    assert!(
        lines
            .iter()
            .any(|line| line["text"] == ADVERT && line["would"] == "muted"),
        "{json}"
    );
    assert!(!json.contains("电梯"), "{json}");
}

/// What a subcommand says about the estate.
fn linli(town: &Town, arguments: &[&str]) -> String {
    let output = std::process::Command::new(program())
        .args(arguments)
        .arg("--config")
        .arg(town.config())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let wrong = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {wrong}");
    said
}

/// The cards of waves in the staff room.
fn wave_cards(estate: &Estate) -> Vec<String> {
    let events = estate.watcher.events();
    let is_card = |seen: &&Seen| {
        let about = seen.content()["dev.linli"]["about"]["id"].as_str();
        about.is_some_and(|about| about.starts_with("wave."))
    };
    let cards = events.iter().filter(is_card);
    cards.map(|seen| seen.id().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn under_the_default_limit_adverts_go_before_anything_is_said() {
    let ground = Ground::lay(RateLimits::Default, false, CALM).await;
    let town = ground.open().await;
    let room = town.room("3");
    let accounts = newcomers(&town.synapse, &room, "limited", 8).await;
    let messages = say_at_once(&accounts, &room, ADVERT).await;
    until_gone(&town.estate, &messages).await;
    until_sanctioned(&town, &room, &accounts).await;
    town.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_in_a_picture_is_found() {
    let town = Town::with_features(CALM).await;
    let room = town.room("3");
    let accounts = newcomers(&town.synapse, &room, "painter", 1).await;
    let show = async |bytes: Vec<u8>, name: &str| {
        let mxc = accounts[0].upload(&bytes, "image/png", name).await.unwrap();
        let image = Image {
            mxc,
            filename: name.to_owned(),
            ..Image::default()
        };
        accounts[0].send_image(&room, image).await.unwrap()
    };
    let lamp = show(png("no code here", false), "lamp.png").await;
    let advert = show(png("https://weixin.qq.com/g/AwYAAKabcdef", true), "a.png").await;
    until_gone(&town.estate, std::slice::from_ref(&advert)).await;
    town.staff_reads("weixin.qq.com").await;
    // What is no advert stays, whoever has shown it.
    let events = town.estate.watcher.events();
    assert!(!events.iter().any(|event| event.target() == Some(&lamp)));
    town.end().await;
}

/// A picture, with a code that holds this or without one.
fn png(held: &str, with_code: bool) -> Vec<u8> {
    let code = qrcode::QrCode::new(held).unwrap();
    let width = u32::try_from(code.width()).unwrap();
    let picture = image::GrayImage::from_fn((width + 8) * 5, (width + 8) * 5, |x, y| {
        let (x, y) = ((x / 5).wrapping_sub(4), (y / 5).wrapping_sub(4));
        let is_in = with_code && x < width && y < width;
        let dark = is_in && code[(x as usize, y as usize)] == qrcode::Color::Dark;
        image::Luma([if dark { 0 } else { 255 }])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

/// A town whose homeserver asks linli first.
async fn guarded() -> (Estate, Bot, Synapse, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let guard = Guard::new("a token that nobody guesses").unwrap();
    let mut options = Options::temporary().unwrap();
    options.guard = Some(guard.clone());
    let synapse = Synapse::start(options).await.unwrap();
    let features = format!("{CALM}{}", guard.section(folder.path()).unwrap());
    let plan = Plan {
        folder: folder.path(),
        language: Language::Zh,
        program: program(),
        encrypted: false,
        awake: false,
        features: &features,
    };
    let estate = Estate::build(&synapse, &plan).await.unwrap();
    let bot = Bot::start(program(), &estate.config, &estate.data)
        .await
        .unwrap();
    (estate, bot, synapse, folder)
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_guard_nobody_sees_an_advert_and_without_it_messages_flow() {
    let (estate, mut bot, synapse, folder) = guarded().await;
    let room = estate.room("3").unwrap().to_owned();
    let resident = estate.account("wangfang").unwrap();
    let sees = Watcher::start(resident, Invites::Ignore).await.unwrap();
    let accounts = newcomers(&synapse, &room, "guarded", 100).await;
    let honest = accounts[99].say(&room, "大家好，我是新来的").await.unwrap();
    let sayings = accounts.iter().map(|account| account.say(&room, ADVERT));
    for refused in join_all(sayings).await {
        let error = refused.unwrap_err().to_string();
        assert!(error.contains("这条消息没有发出"), "{error}");
        assert!(error.contains("M_FORBIDDEN"), "{error}");
    }
    // Nor is anything changed into one. The author of the honest message is muted by now, so another one tries.
    let editor = newcomers(&synapse, &room, "editor", 1).await.remove(0);
    let edited = editor.say(&room, "晚上好").await.unwrap();
    let error = editor.edit(&room, &edited, ADVERT).await.unwrap_err();
    assert!(error.to_string().contains("没有发出"), "{error}");
    let staff_reads = |events: &[Seen]| {
        let mut events = events.iter();
        let is_it = |seen: &Seen| seen.body().contains("100 个账号");
        let changed = |seen: &Seen| {
            seen.content()["m.new_content"]["body"]
                .as_str()
                .is_some_and(|body| body.contains("100 个账号") || body.contains("101 个账号"))
        };
        events
            .any(|seen| is_it(seen) || changed(seen))
            .then_some(())
    };
    estate
        .watcher
        .wait_for("one case for all", PATIENCE, staff_reads)
        .await
        .unwrap();
    assert_eq!(wave_cards(&estate).len(), 1);

    // Killed, it keeps nobody from reporting a burst pipe.
    bot.kill().await.unwrap();
    let report = resident
        .say(&room, "#报修 3号楼2单元水管爆了")
        .await
        .unwrap();
    let unseen = sees
        .wait_for("the report", PATIENCE, |events| {
            events.iter().any(|seen| seen.id() == report).then_some(())
        })
        .await;
    unseen.unwrap();
    let adverts = |seen: &&Seen| seen.event.to_string().contains("wave8888");
    let events = sees.events();
    let shown: Vec<&Seen> = events
        .iter()
        .filter(|seen| seen.room_id == room)
        .filter(adverts)
        .collect();
    assert!(shown.is_empty(), "{shown:?}");
    // The newcomer's greeting went with their advert, and everything else is there.
    assert!(events.iter().any(|seen| seen.id() == honest));
    bot.start_again().unwrap();
    bot.until_ready().await.unwrap();
    bot.stop().await.unwrap();
    drop(sees);
    drop(estate);
    synapse.stop().await.unwrap();
    drop(folder);
}

/// Asks the guard of a configuration by hand.
async fn ask(at: &str, token: &str, callback: &str, body: String) -> (u16, String) {
    let client = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([])
        .build()
        .unwrap();
    let answer = client
        .post(format!("http://{at}/{callback}"))
        .bearer_auth(token)
        .body(body)
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// `LINLI_GUARD_ASKS=10000 cargo test --test it the_guard_answers -- --nocapture` asks so often, and tells how fast.
#[tokio::test(flavor = "multi_thread")]
async fn the_guard_answers_whoever_has_the_token_and_passes_what_it_does_not_understand() {
    let (estate, mut bot, synapse, folder) = guarded().await;
    let config = std::fs::read_to_string(&estate.config).unwrap();
    let at = config
        .lines()
        .find_map(|line| line.strip_prefix("listen = \"")?.strip_suffix('"'))
        .unwrap()
        .to_owned();
    let token = "a token that nobody guesses";
    let room = estate.room("3").unwrap().to_owned();
    let event = |n: u32, text: &str| {
        json!({"event": {"type": "m.room.message", "event_id": format!("$guard{n}"), "room_id": room,
            "sender": format!("@asker{n}:localhost"), "origin_server_ts": now(),
            "content": {"msgtype": "m.text", "body": text}}})
        .to_string()
    };
    let (status, body) = ask(&at, token, "check_event_for_spam", event(1, ADVERT)).await;
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!((status, &body["errcode"]), (403, &json!("M_FORBIDDEN")));
    for (callback, body) in [
        ("check_event_for_spam", event(2, "电梯什么时候修好？")),
        (
            "check_event_for_spam",
            event(3, "着火了！加薇 abc12345 代开发票"),
        ),
        ("check_event_for_spam", "not JSON".to_owned()),
        ("check_event_for_spam", "{\"event\": 3}".to_owned()),
        ("user_may_create_room", "{}".to_owned()),
        (
            "user_may_join_room",
            json!({"user": "@a:b", "room": room}).to_string(),
        ),
        ("no_such_callback", "[]".to_owned()),
    ] {
        let (status, answer) = ask(&at, token, callback, body.clone()).await;
        assert_eq!((status, answer.as_str()), (200, "{}"), "{callback} {body}");
    }
    let (status, _) = ask(&at, "another", "check_event_for_spam", event(4, ADVERT)).await;
    assert_eq!(status, 401);
    let (status, pong) = ask(&at, token, "ping", "{\"id\":\"x\"}".to_owned()).await;
    assert_eq!(
        (status, pong.as_str()),
        (200, "{\"id\":\"x\",\"status\":\"ok\"}")
    );
    if let Ok(asks) = std::env::var("LINLI_GUARD_ASKS") {
        load(&at, token, &event, asks.parse().unwrap()).await;
    }
    let doctor = std::process::Command::new(program())
        .args(["doctor", "--config"])
        .arg(&estate.config)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&doctor.stdout).into_owned();
    assert!(told.contains("well    guard: linli answers at"), "{told}");
    assert!(
        told.contains("synapse_http_antispam.HTTPAntispam"),
        "{told}"
    );
    bot.stop().await.unwrap();
    drop(estate);
    synapse.stop().await.unwrap();
    drop(folder);
}

fn now() -> i64 {
    linli::clock::now().0
}

/// Five hundred questions a second, one in ten of them an advert.
async fn load(at: &str, token: &str, event: &impl Fn(u32, &str) -> String, asks: u32) {
    let client = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([])
        .build()
        .unwrap();
    let mut tasks = Vec::new();
    let begun = tokio::time::Instant::now();
    for n in 0..asks {
        let text = if n % 10 == 0 {
            format!("{ADVERT} {n}")
        } else {
            format!("今天小区门口有卖西瓜的，挺甜的，大家可以去看看，第{n}次")
        };
        let body = event(1_000 + n, &text);
        let asking = client
            .post(format!("http://{at}/check_event_for_spam"))
            .bearer_auth(token)
            .body(body);
        tokio::time::sleep_until(begun + Duration::from_millis(2) * n).await;
        tasks.push(tokio::spawn(async move {
            let begun = tokio::time::Instant::now();
            let status = asking.send().await.unwrap().status().as_u16();
            (begun.elapsed(), status)
        }));
    }
    let mut taken = Vec::new();
    let mut refused = 0;
    for task in tasks {
        let (time, status) = task.await.unwrap();
        taken.push(time);
        refused += u32::from(status == 403);
    }
    taken.sort();
    let at = |share: usize| taken[(taken.len() - 1) * share / 100];
    println!(
        "{asks} questions at 500 a second, {refused} refused: p50 {:.1?}, p95 {:.1?}, p99 {:.1?}, at most {:.1?}",
        at(50),
        at(95),
        at(99),
        at(100)
    );
}
