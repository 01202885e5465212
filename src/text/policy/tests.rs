use super::*;

const USER: &str = "m.policy.rule.user";
const SERVER: &str = "m.policy.rule.server";

fn of(kind: Kind, entity: &str) -> Rule {
    let reason = String::new();
    let entity = entity.to_owned();
    Rule {
        kind,
        entity,
        reason,
    }
}

#[test]
fn rules_of_all_types() {
    #[rustfmt::skip]
    let types = [
        (USER, Some(Kind::User)), (SERVER, Some(Kind::Server)),
        ("m.room.rule.user", Some(Kind::User)), ("m.room.rule.server", Some(Kind::Server)),
        ("org.matrix.mjolnir.rule.user", Some(Kind::User)),
        ("org.matrix.mjolnir.rule.server", Some(Kind::Server)),
        ("m.policy.rule.room", None), ("m.room.rule.room", None), ("m.policy.rule", None),
        ("m.room.member", None), ("M.POLICY.RULE.USER", None), ("", None),
    ];
    for (event_type, kind) in types {
        for ban in ["m.ban", "org.matrix.mjolnir.ban"] {
            let content = json!({"entity": "@a:b", "recommendation": ban, "reason": " ads "});
            let found = rule(event_type, &content);
            assert_eq!(found.as_ref().map(|rule| rule.kind), kind, "{event_type}");
            assert!(found.is_none_or(|rule| rule.entity == "@a:b" && rule.reason == "ads"));
        }
    }
    for kind in [Kind::User, Kind::Server] {
        assert_eq!(Kind::of(kind.event_type()), Some(kind));
    }
}

#[test]
fn what_is_no_rule() {
    let ban = |entity: Value| json!({"entity": entity, "recommendation": "m.ban", "reason": "x"});
    let other = |what: &str| json!({"entity": "@a:b", "recommendation": what, "reason": "x"});
    #[rustfmt::skip]
    let contents = [
        json!({}), json!(null), json!([]), json!("@a:b"), json!(7), taken_back(),
        json!({"entity": "@a:b", "recommendation": "m.ban"}),
        json!({"entity": "@a:b", "reason": "x"}),
        json!({"recommendation": "m.ban", "reason": "x"}),
        json!({"recommendation": "m.ban", "reason": "x", "hashes": {"sha256": "x"}}),
        json!({"entity": "@a:b", "recommendation": "m.ban", "reason": null}),
        json!({"entity": "@a:b", "recommendation": "m.ban", "reason": 3}),
        json!({"entity": "@a:b", "recommendation": ["m.ban"], "reason": "x"}),
        json!([["entity", "@a:b"], ["recommendation", "m.ban"]]),
        ban(json!("")), ban(json!("  ")), ban(json!(null)), ban(json!(1)), ban(json!(["@a:b"])),
        ban(json!({"id": "@a:b"})), ban(json!("a".repeat(PATTERN_BYTES_MAX + 1))),
        other(""), other("m.kick"), other("M.BAN"), other(" m.ban"), other("m.ban.soft"), other("m.takedown"),
        other("org.matrix.mjolnir.allow"), other("org.matrix.msc3845.opinion"),
    ];
    for content in contents {
        assert_eq!(rule(USER, &content), None, "{content}");
    }
}

#[test]
fn bounds() {
    let long = "好".repeat(5000);
    let found = rule(USER, &content(&"a".repeat(PATTERN_BYTES_MAX), &long)).unwrap();
    assert_eq!(found.reason.chars().count(), REASON_CHARS_MAX);
    let empty = rule(SERVER, &content("evil.example", "")).unwrap();
    assert_eq!(empty, of(Kind::Server, "evil.example"));
}

#[test]
fn whom_user_rules_hit() {
    #[rustfmt::skip]
    let table = [
        ("@bob:evil.example", "@bob:evil.example", true), ("@bob:evil.example", "@bob:evil.exampl", false),
        ("@bob:evil.example", "@bobby:evil.example", false), ("@bob:evil.example", "@Bob:evil.example", false),
        ("@bob:evil.example", "@bob:EVIL.example", false), ("@bob:evil.example", "@bob:evil.example:8448", false),
        ("@bob:evil.example", "bob:evil.example", false), ("@bob*:*", "@bobby:anywhere", true),
        ("@*spam*:*", "@xspamx:a.example", true), ("@*spam*:*", "@xspxamx:a.example", false),
        ("@*:evil.example", "@bob:evil.example", true), ("@*:evil.example", "@bob:evil.example:8448", false),
        ("@*:evil.example*", "@bob:evil.example:8448", true), ("@b?b:x.org", "@bob:x.org", true),
        ("@b?b:x.org", "@bb:x.org", false), ("*:x.org", "@a:x.org", true), ("*", "@a:x.org", true),
        ("*", "", false), ("*", "@a", false), ("*", "a:x.org", false), ("x.org", "@a:x.org", false),
        ("bob", "@bob:x.org", false), ("@ü*:x.org", "@über:x.org", true),
    ];
    for (entity, user, hit) in table {
        assert_eq!(of(Kind::User, entity).hits(user), hit, "{entity} on {user}");
    }
}

#[test]
fn whom_server_rules_hit() {
    #[rustfmt::skip]
    let table = [
        ("evil.example", "@a:evil.example", true), ("evil.example", "@a:EVIL.example", true),
        ("EVIL.example", "@a:evil.example", true), ("evil.example", "@a:evil.example:8448", true),
        ("evil.example", "@a:sub.evil.example", false), ("evil.example", "@a:notevil.example", false),
        ("evil.example", "@evil.example:good.example", false), ("*.evil.example", "@a:sub.evil.example", true),
        ("*.evil.example", "@a:evil.example", false), ("*.evil.example", "@a:b.evil.example:1", true),
        ("evil.*", "@a:evil.example:8448", true), ("evil.e?ample", "@a:evil.example", true),
        ("evil.example:8448", "@a:evil.example:8448", true), ("evil.example:8448", "@a:evil.example", false),
        ("evil.example:8448", "@a:evil.example:84", false), ("evil.example:*", "@a:evil.example:84", true),
        ("1.2.3.4", "@a:1.2.3.4:8448", true), ("1.2.3.?", "@a:1.2.3.4", true),
        ("[2001:db8::1]", "@a:[2001:db8::1]", true), ("[2001:db8::1]", "@a:[2001:DB8::1]:8448", true),
        ("[2001:db8::1]:8448", "@a:[2001:db8::1]", false), ("[2001:*", "@a:[2001:db8::1]:8448", true),
        ("[2001:db8::1]:8448", "@a:[2001:db8::1]:8448", true), ("[*]", "@a:evil.example", false),
        ("@a:evil.example", "@a:evil.example", false), ("*", "@a:b", true), ("*", "a:b", false),
        ("*", "", false), ("evil.example", "evil.example", false), ("evil.example", "@a", false),
    ];
    for (entity, user, hit) in table {
        assert_eq!(
            of(Kind::Server, entity).hits(user),
            hit,
            "{entity} on {user}"
        );
    }
}

#[test]
fn rules_that_hit_everybody() {
    use Kind::{Server, User};
    #[rustfmt::skip]
    let table = [
        (User, "*", true), (User, "**", true), (User, "@*", true), (User, "@*:*", true),
        (User, "*:*", true), (User, "*@*", true), (User, "?*", true), (User, "@?*:*.*", true),
        (User, "@*:example.org", true), (User, "*:example.org", true), (User, "@?*:example.org", true),
        (User, "*example.org", true), (User, "@*:*.org", true), (User, "@*:example.*", true),
        (User, "@*?:exampl?.org", true), (User, "@????:example.org", true), (User, "*org", true),
        (User, "@*e*", true), (User, "@*spam*:example.org", false), (User, "@a*:example.org", false),
        (User, "@bob:example.org", false), (User, "@*:evil.example", false), (User, "@*:*.com", false),
        (User, "@*spam*:*", false), (User, "@spam?:*", false), (User, "example.org", false),
        (User, "@a:*", false), (User, "@*:EXAMPLE.org", false), (Server, "*", true), (Server, "*.*", true),
        (Server, "?*", true), (Server, "*:*", true), (Server, "example.org", true),
        (Server, "EXAMPLE.ORG", true), (Server, "*.org", true), (Server, "*example*", true),
        (Server, "example.?rg", true), (Server, "*o*", true), (Server, "evil.example", false),
        (Server, "*.example.org", false), (Server, "*.com", false), (Server, "matrix.org", false),
        (Server, "example.org:8448", false), (Server, "[*]", true), (Server, "[2001:*", false),
    ];
    for (kind, entity, broad) in table {
        assert_eq!(
            of(kind, entity).is_too_broad("example.org"),
            broad,
            "{kind:?} {entity}"
        );
    }
    assert!(of(Server, "example.org").is_too_broad("example.org:8448"));
    assert!(of(Server, "example.org:8448").is_too_broad("example.org:8448"));
    assert!(of(User, "@*:[2001:db8::1]").is_too_broad("[2001:db8::1]"));
}

#[test]
fn what_is_published() {
    let wanted = json!({"entity": "@a:b", "recommendation": "m.ban", "reason": "ads"});
    assert_eq!(content("@a:b", "ads"), wanted);
    assert_eq!(state_key("@user:server"), "rule:@user:server");
    assert_eq!(state_key("evil.example"), "rule:evil.example");
    for start in ["@", "x"] {
        for length in [250, 251, 255] {
            let entity = format!("{start}{}", "a".repeat(length - 1));
            let key = state_key(&entity);
            assert!(key.len() <= STATE_KEY_BYTES_MAX && !key.starts_with('@'));
            assert_eq!(key.starts_with("rule:"), length == 250);
        }
    }
}
