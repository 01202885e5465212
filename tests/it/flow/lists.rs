//! Ban lists: those that are followed, and the community's own.

use linli::{domain::ids::EventId, features};
use serde_json::{Value, json};

use super::script::{Stage, account};
use crate::fake::estate::{self, room, user};

/// A stage that follows the list of a keeper, with this section.
fn stage(section: &Value) -> Stage {
    let mut server = estate::homeserver();
    estate::add_lists(&mut server);
    let section = section.clone();
    Stage::on(server, move || {
        estate::world_with_lists(features::ALL, &section)
    })
}

fn ban(entity: &str) -> Value {
    json!({"entity": entity, "recommendation": "m.ban", "reason": "spam"})
}

/// The keeper sets a rule under a key.
fn rule(stage: &mut Stage, key: &str, content: Value) -> EventId {
    let set = stage
        .server
        .rule(&room("bans"), &user("keeper"), key, content);
    stage.robot.settle_down(&mut stage.server);
    stage.play("+6s");
    set
}

fn standing(stage: &Stage, short: &str, name: &str) -> &'static str {
    let standing = stage.server.standing(&room(short), &account(name));
    standing.map_or("nothing", |standing| standing.membership)
}

#[test]
fn whoever_is_there_and_whoever_comes_is_banned_as_long_as_the_rule_is_there() {
    let mut stage = stage(&json!({}));
    rule(&mut stage, "a", ban("@wangfang:hexie.test"));
    rule(&mut stage, "b", ban("@newc?mer:*"));
    assert_eq!(standing(&stage, "3", "王芳"), "ban");
    assert_eq!(standing(&stage, "notice", "王芳"), "ban");
    stage.play("新邻居@3 enters as 3-1-1201 何洁");
    assert_eq!(standing(&stage, "3", "新邻居"), "ban");
    assert_eq!(standing(&stage, "3", "李明"), "join");
    rule(&mut stage, "a", json!({}));
    assert_eq!(standing(&stage, "3", "王芳"), "invite");
    assert_eq!(standing(&stage, "3", "新邻居"), "ban");
    insta::assert_snapshot!(stage.show("3 staff"), @r"
    == 3
    == staff
    linli: 🛡 #1 3-2-501 王芳 · 封禁 不限期 · 原因：#bans:hexie.test: spam · 规则“封禁名单” · 03-02 08:00
        撤销：!撤销 1
    linli: 🛡 #2 3-1-1201 何洁 · 封禁 不限期 · 原因：#bans:hexie.test: spam · 规则“封禁名单” · 03-02 08:00
        撤销：!撤销 2
    linli: #1 3-2-501 王芳 · 封禁 不限期 · 原因：#bans:hexie.test: spam · 规则“封禁名单” · 03-02 08:00
        ↳ 03-02 08:00 由规则“封禁名单”解除
    ");
}

#[test]
fn a_rule_that_is_changed_or_redacted_is_gone_and_another_takes_its_place() {
    let mut stage = stage(&json!({}));
    rule(&mut stage, "a", ban("@wangfang:hexie.test"));
    let second = rule(&mut stage, "b", ban("@wang*:hexie.test"));
    rule(&mut stage, "a", ban("@liming:hexie.test"));
    // The second rule hits her as well.
    assert_eq!(standing(&stage, "3", "王芳"), "ban");
    assert_eq!(standing(&stage, "3", "李明"), "ban");
    let (bans, keeper) = (room("bans"), user("keeper"));
    stage.server.redact(&bans, &keeper, &second, "");
    stage.robot.settle_down(&mut stage.server);
    assert_eq!(standing(&stage, "3", "王芳"), "invite");
    assert_eq!(standing(&stage, "3", "李明"), "ban");
}

#[test]
fn own_people_are_never_hit_and_what_is_too_broad_is_not_applied() {
    let mut stage = stage(&json!({}));
    rule(&mut stage, "a", ban("@zhou:hexie.test"));
    rule(&mut stage, "b", ban("@linli:hexie.test"));
    rule(&mut stage, "c", ban("@*:hexie.test"));
    rule(&mut stage, "d", ban("*"));
    rule(
        &mut stage,
        "e",
        json!({"entity": 5, "recommendation": "m.ban"}),
    );
    let server = json!({"entity": "hexie.test", "recommendation": "m.ban", "reason": "x"});
    let at = stage.server.events.len();
    stage
        .server
        .rule(&room("bans"), &user("keeper"), "f", server);
    stage.server.events[at].value["type"] = json!("m.policy.rule.server");
    stage.robot.settle_down(&mut stage.server);
    for name in ["管理员", "王芳", "Smith", "天气"] {
        assert_eq!(standing(&stage, "notice", name), "join", "{name}");
    }
    stage.play("管理员@staff: !lists");
    insta::assert_snapshot!(stage.show("staff"), @r"
    == staff
    linli!: ⚠ 名单 #bans:hexie.test 里有一条会牵连所有人的规则：@*:hexie.test。我没有执行。
    linli!: ⚠ 名单 #bans:hexie.test 里有一条会牵连所有人的规则：*。我没有执行。
    linli!: ⚠ 名单 #bans:hexie.test 里有一条会牵连所有人的规则：hexie.test。我没有执行。
    管理员: !lists
    linli: 📋 #bans:hexie.test · 规则 2 条
        ⚠ 5：hexie.test（会牵连所有人，没有执行）
        ⚠ 3：@*:hexie.test（会牵连所有人，没有执行）
        ⚠ 4：*（会牵连所有人，没有执行）
        📋 #own:hexie.test · 我们自己的，供别的机器人使用
    ");
}

#[test]
fn a_rule_that_hits_many_waits_for_a_moderator() {
    let mut stage = stage(&json!({"ask_above": 1}));
    rule(&mut stage, "a", ban("@*i*:hexie.test"));
    assert_eq!(standing(&stage, "3", "李明"), "join");
    stage.play("王芳@3: !lists apply 1\n管理员@staff: !名单 执行 2");
    assert_eq!(standing(&stage, "3", "李明"), "join");
    stage.play("管理员@staff: !名单 执行 1");
    assert_eq!(standing(&stage, "3", "李明"), "ban");
    assert_eq!(standing(&stage, "2", "Smith"), "ban");
    assert_eq!(standing(&stage, "staff", "经理"), "join");
    insta::assert_snapshot!(stage.show("3 staff"), @r"
    == 3
    王芳: !lists apply 1
    linli: 3-2-501 王芳，这个命令只有管理员能用。
    == staff
    linli!: ❓ 名单 #bans:hexie.test 里有一条规则会封禁 5 个人：@*i*:hexie.test。同意就发 !名单 执行 1，不同意不用管。
    管理员: !名单 执行 2
    linli: 没有等着的这条规则。发 !名单 看全部。
    管理员: !名单 执行 1
    linli: 🛡 #1 2-1-401 冯磊 · 封禁 不限期 · 原因：#bans:hexie.test: spam · 规则“封禁名单” · 03-02 08:00
        撤销：!撤销 1
    linli: 🛡 #2 3-1-302 李明 · 封禁 不限期 · 原因：#bans:hexie.test: spam · 规则“封禁名单” · 03-02 08:00
        撤销：!撤销 2
    linli: 🛡 #3 2-2-901 Smith · 封禁 不限期 · 原因：#bans:hexie.test: spam · 规则“封禁名单” · 03-02 08:00
        撤销：!撤销 3
    linli: 🛡 #4 1-2-602 吴敏 · 封禁 不限期 · 原因：#bans:hexie.test: spam · 规则“封禁名单” · 03-02 08:00
        撤销：!撤销 4
    linli: 🛡 #5 1-1-201 周伟 · 封禁 不限期 · 原因：#bans:hexie.test: spam · 规则“封禁名单” · 03-02 08:00
        撤销：!撤销 5
    linli: ✔ 规则生效了，涉及 5 个人。
    ");
}

#[test]
fn whom_a_moderator_lets_come_back_the_same_rule_bans_no_more() {
    let mut stage = stage(&json!({}));
    rule(&mut stage, "a", ban("@wangfang:hexie.test"));
    stage.play("管理员@staff: !undo 1\n王芳@3 enters\n王芳@notice enters");
    assert_eq!(standing(&stage, "3", "王芳"), "join");
    stage.play("王芳@3 leaves\n王芳@notice leaves\n王芳@3 enters");
    assert_eq!(standing(&stage, "3", "王芳"), "join");
    stage.play("+1m");
    rule(&mut stage, "b", ban("@wangfan?:hexie.test"));
    assert_eq!(standing(&stage, "3", "王芳"), "ban");
}

#[test]
fn no_more_than_so_many_are_banned_in_an_hour() {
    let mut stage = stage(&json!({"bans_per_hour": 2}));
    for (key, login) in ["wangfang", "liming", "smith"].iter().enumerate() {
        let entity = format!("@{login}:hexie.test");
        rule(&mut stage, &key.to_string(), ban(&entity));
    }
    assert_eq!(standing(&stage, "2", "Smith"), "join");
    stage.play("+1h");
    assert_eq!(standing(&stage, "2", "Smith"), "ban");
}

#[test]
fn a_list_that_is_there_already_is_read_at_the_first_start() {
    let mut server = estate::homeserver();
    estate::add_lists(&mut server);
    let (bans, keeper) = (room("bans"), user("keeper"));
    for n in 0..300 {
        let entity = format!("@spam{n}:hexie.test");
        server.rule(&bans, &keeper, &format!("k{n}"), ban(&entity));
    }
    server.rule(&bans, &keeper, "k0", ban("@wangfang:hexie.test"));
    let mut stage = Stage::on(server, || {
        estate::world_with_lists(features::ALL, &json!({}))
    });
    assert_eq!(standing(&stage, "3", "王芳"), "ban");
    stage.robot.crash();
    stage.play("管理员@staff: !lists");
    insta::assert_snapshot!(stage.show("staff"), @r"
    == staff
    管理员: !lists
    linli: 📋 #bans:hexie.test · 规则 300 条
        📋 #own:hexie.test · 我们自己的，供别的机器人使用
    ");
}

#[test]
fn bans_for_ever_are_published_and_taken_off_the_list_again() {
    let mut stage = stage(&json!({}));
    stage.play("管理员@staff: !ban @wangfang:hexie.test 他家的狗咬人\n管理员@staff: !ban @liming:hexie.test 2h 广告");
    rule(&mut stage, "a", ban("@smith:hexie.test"));
    assert_eq!(
        published(&stage),
        "@wangfang:hexie.test banned by the moderators of a community"
    );
    stage.play("管理员@3 bans 冯磊: x\n管理员@staff: !undo 1");
    assert_eq!(
        published(&stage),
        "@fenglei:hexie.test banned by the moderators of a community\n{}"
    );
}

/// What the own list says now.
fn published(stage: &Stage) -> String {
    let timeline = stage.server.rooms[&room("own")].timeline.iter();
    let mut rules = std::collections::BTreeMap::new();
    for place in timeline {
        let event = &stage.server.events[*place];
        if event.value["type"] == "m.policy.rule.user" {
            let content = &event.value["content"];
            let said = match content["entity"].as_str() {
                Some(entity) => format!("{entity} {}", content["reason"].as_str().unwrap()),
                None => content.to_string(),
            };
            rules.insert(event.value["state_key"].to_string(), said);
        }
    }
    rules.into_values().collect::<Vec<_>>().join("\n")
}

#[test]
fn a_rule_whose_reason_is_changed_goes_on_banning_whom_it_bans() {
    let mut stage = stage(&json!({}));
    rule(&mut stage, "a", ban("@wang*:hexie.test"));
    let reworded =
        json!({"entity": "@wang*:hexie.test", "recommendation": "m.ban", "reason": "adverts"});
    rule(&mut stage, "a", reworded);
    assert_eq!(standing(&stage, "3", "王芳"), "ban");
    assert!(!stage.show("staff").contains('↳'));
    // Wider, too.
    rule(&mut stage, "a", ban("@w*:hexie.test"));
    assert_eq!(standing(&stage, "3", "王芳"), "ban");
    assert_eq!(standing(&stage, "1", "吴敏"), "ban");
    assert!(!stage.show("staff").contains('↳'));
}

#[test]
fn a_rule_known_before_the_members_are_asks_before_it_hits_many() {
    let mut server = estate::homeserver();
    estate::add_lists(&mut server);
    server.rule(&room("bans"), &user("keeper"), "a", ban("@*i*:hexie.test"));
    let mut stage = Stage::on(server, || {
        estate::world_with_lists(features::ALL, &json!({"ask_above": 1}))
    });
    stage.play("+6s\n+6s");
    assert_eq!(standing(&stage, "3", "李明"), "join");
    stage.play("管理员@staff: !lists apply 1");
    assert_eq!(standing(&stage, "3", "李明"), "ban");
}

#[test]
fn whoever_keeps_a_list_cannot_flood_the_staff_room() {
    let mut stage = stage(&json!({}));
    for n in 0..20 {
        stage
            .server
            .rule(&room("bans"), &user("keeper"), &n.to_string(), ban("*"));
    }
    stage.play("+6s");
    assert_eq!(stage.show("staff").matches('⚠').count(), 6);
}

/// The bot came into the list's room, and read of it, before the configuration named it.
#[test]
fn a_list_is_read_whole_when_it_is_followed_first() {
    let mut server = estate::homeserver();
    estate::add_lists(&mut server);
    let mut stage = Stage::on(server, || estate::world(features::ALL));
    rule(&mut stage, "a", ban("@wangfang:hexie.test"));
    rule(&mut stage, "b", ban("@lim*:hexie.test"));
    stage.play("王芳@3: 早");
    stage
        .robot
        .serve_world(|| estate::world_with_lists(features::ALL, &json!({})));
    stage.robot.crash();
    stage.play("+6s\n+6s");
    assert_eq!(standing(&stage, "3", "王芳"), "ban");
    assert_eq!(standing(&stage, "3", "李明"), "ban");
}

#[test]
fn with_a_list_that_is_followed_no_more_its_bans_go() {
    let mut stage = stage(&json!({}));
    rule(&mut stage, "a", ban("@wangfang:hexie.test"));
    assert_eq!(standing(&stage, "3", "王芳"), "ban");
    stage.robot.serve_world(|| estate::world(features::ALL));
    stage.robot.crash();
    stage.play("+1d\n+1m");
    assert_eq!(standing(&stage, "3", "王芳"), "invite");
}

#[test]
fn a_rule_that_is_said_again_is_taken_back_by_its_last_event() {
    let mut stage = stage(&json!({}));
    let first = rule(&mut stage, "a", ban("@wangfang:hexie.test"));
    let again = rule(&mut stage, "a", ban("@wangfang:hexie.test"));
    let (bans, keeper) = (room("bans"), user("keeper"));
    stage.server.redact(&bans, &keeper, &first, "");
    stage.robot.settle_down(&mut stage.server);
    assert_eq!(standing(&stage, "3", "王芳"), "ban");
    stage.server.redact(&bans, &keeper, &again, "");
    stage.robot.settle_down(&mut stage.server);
    assert_eq!(standing(&stage, "3", "王芳"), "invite");
}
