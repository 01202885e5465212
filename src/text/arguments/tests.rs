use super::*;

/// Arguments in one line: who, for how many minutes, `*` for everywhere, and the reason.
fn said(found: &Arguments<'_>) -> String {
    let who = match &found.who {
        Some(Who::Id(id)) => format!("{id} "),
        Some(Who::Name(name)) => format!("<{name}> "),
        None => String::new(),
    };
    let span = match found.span {
        Some(Span::For(ms)) => format!("{} ", ms / 60_000),
        Some(Span::Forever) => "always ".to_owned(),
        None => String::new(),
    };
    let everywhere = if found.everywhere { "* " } else { "" };
    format!("{who}{span}{everywhere}| {}", found.reason)
}

#[track_caller]
fn check(table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(said(&arguments(text)).trim_end(), *expected, "{text:?}");
    }
}

#[test]
fn ids() {
    #[rustfmt::skip]
    check(&[
        ("@bob:example.org", "@bob:example.org |"),
        ("  @bob:example.org  spam ", "@bob:example.org | spam"),
        ("@bob:example.org 2小时 发广告", "@bob:example.org 120 | 发广告"),
        ("@bob:example.org:8448 2h x", "@bob:example.org:8448 120 | x"),
        ("@bob:1.2.3.4:80, x", "@bob:1.2.3.4:80 | x"),
        ("@bob:[2001:db8::1] x", "@bob:[2001:db8::1] | x"),
        ("@bob:[2001:db8::1]:8448 x", "@bob:[2001:db8::1]:8448 | x"),
        ("@b.o_b=-/+9:x y", "@b.o_b=-/+9:x | y"), ("@Bob:Example.org y", "@Bob:Example.org | y"),
        ("@bob:example.org: spam", "@bob:example.org | spam"),
        ("@bob:example.org. Spam", "@bob:example.org | Spam"),
        ("@bob:example.org，发广告", "@bob:example.org | 发广告"),
        ("@bob:example.org发广告", "@bob:example.org | 发广告"),
        ("＠bob：example．org：8448 广告", "@bob:example.org:8448 | 广告"),
        ("@bob:example.org：广告", "@bob:example.org | 广告"),
    ]);
}

#[test]
fn links() {
    #[rustfmt::skip]
    check(&[
        ("https://matrix.to/#/@bob:example.org 2h x", "@bob:example.org 120 | x"),
        ("https://matrix.to/#/%40bob%3Aexample.org x", "@bob:example.org | x"),
        ("HTTPS://Matrix.to/#/@bob:example.org x", "@bob:example.org | x"),
        ("http://matrix.to/#/@bob:example.org, x", "@bob:example.org | x"),
        ("https://matrix.to/#/@bob:example.org?via=a.org x", "@bob:example.org | x"),
        ("https://matrix.to/#/@bob:example.org发广告", "@bob:example.org | 发广告"),
        ("<https://matrix.to/#/@bob:example.org> x", "@bob:example.org | x"),
        ("[Bob](https://matrix.to/#/@bob:example.org) x", "@bob:example.org | x"),
        ("[Bob](https://matrix.to/#/%40bob%3Aexample.org): x", "@bob:example.org | x"),
        ("[Bob](<https://matrix.to/#/@bob:example.org>) x", "@bob:example.org | x"),
        ("[[3-2] 王芳](https://matrix.to/#/@wf:a.org) 1d", "@wf:a.org 1440 |"),
        ("[3\\] 王芳](https://matrix.to/#/@wf:a.org) x", "@wf:a.org | x"),
        ("https://matrix.to/#/%40b%7Cb%3Aa.org x", "@b|b:a.org | x"),
        ("https://matrix.to/#/@a%2Fb:a.org x", "@a/b:a.org | x"),
    ]);
}

#[test]
fn quoted_names() {
    #[rustfmt::skip]
    check(&[
        ("\"Bob 广告\" 永久 卖货", "<Bob 广告> always | 卖货"), ("“王芳” 2h x", "<王芳> 120 | x"),
        ("”王芳“ 2h x", "<王芳> 120 | x"), ("＂王芳＂ 2h x", "<王芳> 120 | x"),
        ("「王芳」发广告", "<王芳> | 发广告"), ("『王芳』：发广告", "<王芳> | 发广告"),
        ("'O'Brien' spam", "<O'Brien> | spam"), ("‘王芳’发广告", "<王芳> | 发广告"),
        ("\" 3-2-501 王芳 \" 3天", "<3-2-501 王芳> 4320 |"),
        ("\"@bob:example.org\" x", "<@bob:example.org> | x"),
    ]);
}

#[test]
fn nobody_is_named() {
    #[rustfmt::skip]
    let texts = [
        "spam", "广告", "bob:example.org x", "@bob x", "@:example.org x", "@bob: x", "@bob:* x",
        "@*:example.org", "@bob:exam*", "@bob:example.org_x", "@bob:example.org@x", "@bob:-x y",
        "@bob:example.org:123456", "@bob:example.org:80x", "@bob:[2001 x", "@bob:[xyz] x",
        "@王芳:example.org x", "@bo b:example.org", "看 @bob:example.org", "(@bob:example.org)",
        "https://matrix.to/#/#room:a.org", "https://matrix.to/#/@bob", "https://matrix.to/@b:a.org",
        "https://matrix.to/#/@b:a.org/$event", "https://matrix.to/#/%4", "https://matrix.to/#/%zzb",
        "https://matrix.to.evil.org/#/@b:a.org", "[Bob] x", "[Bob](https://a.org) x", "[Bob", "]x",
        "[a] b [Bob](https://matrix.to/#/@b:a.org)", "[Bob](https://matrix.to/#/@b:a.org x",
        "<https://matrix.to/#/@b:a.org x", "\"Bob", "\"\" x", "\" \" x", "'s ads", "「王芳", "\"a\nb\"",
        "don't \"Bob\"", "",
    ];
    for text in texts {
        let found = arguments(text);
        assert_eq!(
            (found.who, found.span, found.reason),
            (None, None, text),
            "{text:?}"
        );
    }
    let long = format!("@{}:example.org", "a".repeat(255));
    assert_eq!(arguments(&long).who, None);
}

#[test]
fn everywhere_or_not() {
    #[rustfmt::skip]
    check(&[
        ("2h 广告", "120 | 广告"), ("--all @bob:a.org 2h x", "@bob:a.org 120 * | x"),
        ("@bob:a.org --all 2h x", "@bob:a.org 120 * | x"),
        ("@bob:a.org 2h --all x", "@bob:a.org 120 * | x"),
        ("@bob:a.org 2h x --all", "@bob:a.org 120 * | x"),
        ("@bob:a.org 2h x —all", "@bob:a.org 120 * | x"),
        ("@bob:a.org 2h x －－ＡＬＬ", "@bob:a.org 120 * | x"),
        ("\"Bob\" 永久 卖货 全小区", "<Bob> always * | 卖货"),
        ("\"Bob\" 全小区 永久 卖货", "<Bob> always * | 卖货"),
        ("全小区 「王芳」 卖货", "<王芳> * | 卖货"), ("永久 卖货，所有群", "always * | 卖货"),
        ("永久 全小区", "always * |"), ("all rooms 2h", "120 * |"),
        ("2h ads, All Rooms", "120 * | ads"), ("--all", "* |"), ("2h --all", "120 * |"),
        ("--all 2h x --all", "120 * | x"), ("2h spam in all rooms", "120 | spam in all rooms"),
        ("2h 发到所有群", "120 | 发到所有群"), ("2h 全小区 都看到了", "120 | 全小区 都看到了"),
        ("所有群都发", "| 所有群都发"), ("--allow ads", "| --allow ads"),
        ("2h x--all", "120 | x--all"), ("small rooms", "| small rooms"),
        ("2h the --all flag", "120 | the --all flag"),
    ]);
    let long = format!("2h {} 全小区", "好".repeat(9000));
    let found = arguments(&long);
    assert!(found.everywhere && found.reason.ends_with('好'));
}

#[test]
fn arguments_behind_a_members_name() {
    #[rustfmt::skip]
    let table = [
        ("3-2-501 王芳 2h spam", "120 | spam"), ("2h 3-2-501 王芳 spam", "120 | spam"),
        ("--all 3-2-501 王芳 2h spam", "120 * | spam"), ("3-2-501王芳 永久 --all", "always * |"),
        ("3-2-501 王芳 全小区 2h", "120 * |"), ("3-2-501 王芳: x 全小区", "* | x"),
        ("2h 3-2-501 王芳 3h", "120 | 3h"),
    ];
    for (text, expected) in table {
        let found = arguments(text).named("3-2-501 王芳").unwrap();
        assert_eq!(said(&found).trim_end(), expected, "{text:?}");
    }
    assert_eq!(arguments("@a:b 王芳 x").named("王芳"), None);
    assert_eq!(arguments("x 王芳").named("王芳"), None);
}

#[test]
fn whatever_is_written_reading_ends_well() {
    let mut dice = crate::text::fold::tests::Dice(9);
    #[rustfmt::skip]
    let pieces = [
        "@bob:a.org", "[", "](", ")", "<", "https://matrix.to/#/", "%40", "\"", "“", "'", "\\", "--all",
        "全小区", "2h", "：", " ", "王芳", "?via=x",
    ];
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..dice.below(7) {
            match dice.below(3) {
                0 => text.push_str(&dice.text(2)),
                _ => text.push_str(pieces[dice.below(pieces.len())]),
            }
        }
        let found = arguments(&text);
        assert!(text.contains(found.reason), "{text:?}");
        assert_eq!(found.reason, found.reason.trim());
        let _ = found.named("王芳");
    }
}
