use super::*;

const MIN: i64 = MINUTE_MS;
const H: i64 = HOUR_MS;
const D: i64 = DAY_MS;

#[track_caller]
fn check(text: &str, span: Span, rest: &str) {
    assert_eq!(leading(text), Some((span, rest)), "{text:?}");
}

#[test]
fn lengths_in_latin_letters() {
    #[rustfmt::skip]
    let table = [
        ("2h", 2 * H), ("2 h", 2 * H), ("2H", 2 * H), ("90m", 90 * MIN), ("90min", 90 * MIN),
        ("90 mins", 90 * MIN), ("30 minutes", 30 * MIN), ("1 Minute", MIN), ("1d", D),
        ("1 day", D), ("3 days", 3 * D), ("2w", 14 * D), ("2 weeks", 14 * D), ("1mo", 30 * D),
        ("2 months", 60 * D), ("1y", 365 * D), ("10y", 3650 * D), ("45s", 45_000),
        ("90 seconds", 90_000), ("1h30m", 90 * MIN), ("1h,30m", 90 * MIN), ("1h 30m", 90 * MIN),
        ("1 hour and 30 minutes", 90 * MIN), ("1 day, 2 hours", 26 * H),
        ("1d 2h 3m 4s", 26 * H + 3 * MIN + 4000), ("1.5h", 90 * MIN), ("1.25 hours", 75 * MIN),
        ("0.5d", 12 * H), ("007d", 7 * D), ("525600m", 365 * D), ("２ｈ", 2 * H),
        ("  2h  ", 2 * H), ("\u{200B}2h\u{FE0F}", 2 * H),
    ];
    for (text, ms) in table {
        check(text, Span::For(ms), "");
    }
}

#[test]
fn lengths_in_chinese() {
    #[rustfmt::skip]
    let table = [
        ("2小时", 2 * H), ("２小时", 2 * H), ("2 小时", 2 * H), ("2小時", 2 * H),
        ("2个小时", 2 * H), ("1.5小时", 90 * MIN), ("两小时", 2 * H), ("兩個小時", 2 * H),
        ("半小时", 30 * MIN), ("半个小时", 30 * MIN), ("一个半小时", 90 * MIN),
        ("两个半钟头", 150 * MIN), ("一小时半", 90 * MIN), ("一个钟", H),
        ("三刻钟", 45 * MIN), ("30分钟", 30 * MIN), ("30分鐘", 30 * MIN), ("30分", 30 * MIN),
        ("三十分", 30 * MIN), ("十分钟", 10 * MIN), ("四十五分钟", 45 * MIN),
        ("一百二十分钟", 120 * MIN), ("1小时30分", 90 * MIN), ("1小时零5分", 65 * MIN),
        ("一小时零五分钟", 65 * MIN), ("两天三小时", 51 * H), ("30秒", 30_000),
        ("半分钟", 30_000), ("3天", 3 * D), ("三天", 3 * D), ("两天半", 60 * H),
        ("半天", 12 * H), ("一周", 7 * D), ("1週", 7 * D), ("2个星期", 14 * D),
        ("两星期", 14 * D), ("一个礼拜", 7 * D), ("一个月", 30 * D), ("半个月", 15 * D),
        ("一个半月", 45 * D), ("3个月", 90 * D), ("一年", 365 * D), ("一年半", 13_140 * H),
        ("两百天", 200 * D),
    ];
    for (text, ms) in table {
        check(text, Span::For(ms), "");
    }
}

#[test]
fn lengths_without_an_end() {
    #[rustfmt::skip]
    let texts = [
        "永久", "永远", "永遠", "无限期", "終身", "forever", "Forever", "perm", "permanent",
        "permanently", "ｆｏｒｅｖｅｒ", "11y", "3651d", "9999天", "99年", "999999h",
    ];
    for text in texts {
        check(text, Span::Forever, "");
    }
}

#[test]
fn what_follows() {
    for (text, ms, rest) in [
        ("2h 广告", 2 * H, "广告"),
        ("2小时 发广告 ", 2 * H, "发广告"),
        ("2h，广告", 2 * H, "广告"),
        ("2h,spam", 2 * H, "spam"),
        ("2h: spam", 2 * H, "spam"),
        ("2h！", 2 * H, ""),
        ("2h --all", 2 * H, "--all"),
        ("2h（第二次）", 2 * H, "（第二次）"),
        ("2h 30 Flyers", 2 * H, "30 Flyers"),
        ("2h 30m Flyers", 150 * MIN, "Flyers"),
        ("2h 3h", 2 * H, "3h"),
        ("2h 30 minutes late", 2 * H, "30 minutes late"),
        ("2h 3-2-501 王芳", 2 * H, "3-2-501 王芳"),
        ("2天 3天花板漏水", 2 * D, "3天花板漏水"),
        ("3天 两次警告", 3 * D, "两次警告"),
        ("1小时 半夜装修", H, "半夜装修"),
        ("30分 公司广告", 30 * MIN, "公司广告"),
    ] {
        check(text, Span::For(ms), rest);
    }
    check("永久 卖货", Span::Forever, "卖货");
    check("perm, ads", Span::Forever, "ads");
}

#[test]
fn no_lengths() {
    #[rustfmt::skip]
    let texts = [
        "", " ", "h", "2", "20", "2 ", "spam", "广告 2h", "3-2-501 王芳", "3-501", "3号楼 2单元",
        "3栋", "2小时候我家", "2小时工", "24小时营业", "3天花板", "3天没人管", "1月1日", "5月",
        "5月 停水", "3日", "2024年", "2024年 物业费", "2024年1月", "2mm", "2m高", "30分公司",
        "2小时前", "三个月大的狗", "三天半夜吵", "十分", "十分 吵", "两三天", "三五天", "十两天",
        "一二分钟", "2h-3h", "2-3h", "2h/day", "2h.5", "1.5.2h", "1.2345h", "1h30", "30m1h", "2h@bob",
        "2h's", "2 days ago", "2 days in a row", "3 years old", "30m later", "100M 宽带", "3D 电影",
        "3Ｄ 电影", "0h", "0分钟", "0.0h", "零小时", "-2h", "−2h", "+2h", "1/2h", "½h", "一h",
        "3个天", "3月", "半月", "1234567h", "13800138000分", "permission", "perm-ban",
        "永久自行车", "永远的", "forevers", "#2h", "@2h", "2 x h", "2\u{20AC}", "两", "半", "个月",
    ];
    for text in texts {
        assert_eq!(leading(text), None, "{text:?}");
    }
}

#[test]
fn the_configuration() {
    for (text, span) in [
        ("2h", Span::For(2 * H)),
        (" 3d ", Span::For(3 * D)),
        ("14d", Span::For(14 * D)),
        ("1h 30m", Span::For(90 * MIN)),
        ("两小时", Span::For(2 * H)),
        ("forever", Span::Forever),
    ] {
        assert_eq!(config(text), Ok(span), "{text:?}");
    }
    for (text, why) in [
        ("", "a length of time is missing;"),
        ("never", "'never' is no length of time;"),
        ("0h", "'0h' is no length of time;"),
        ("0", "'0' is no length of time;"),
        ("14", "'14' has no unit;"),
        ("2h please", "'please' does not belong to a length of time;"),
    ] {
        let said = config(text).unwrap_err();
        assert!(said.starts_with(why), "{said}");
        assert!(said.ends_with("such as \"30m\", \"2h\", \"1h30m\", \"14d\" or \"forever\""));
    }
}

#[test]
fn how_lengths_are_said() {
    use Unit::{Day, Hour, Minute, Second, Year};
    for (ms, said) in [
        (i64::MIN, &[][..]),
        (-1, &[]),
        (0, &[]),
        (1, &[(1, Second)]),
        (45_000, &[(45, Second)]),
        (59_600, &[(1, Minute)]),
        (90_000, &[(1, Minute), (30, Second)]),
        (94_000, &[(1, Minute), (30, Second)]),
        (9 * MIN + 56_000, &[(10, Minute)]),
        (10 * MIN + 20_000, &[(10, Minute)]),
        (90 * MIN, &[(1, Hour), (30, Minute)]),
        (150 * MIN, &[(2, Hour), (30, Minute)]),
        (2 * H, &[(2, Hour)]),
        (2 * H - 1, &[(2, Hour)]),
        (D - 1, &[(1, Day)]),
        (36 * H, &[(1, Day), (12, Hour)]),
        (36 * H + 29 * MIN, &[(1, Day), (12, Hour)]),
        (3 * D, &[(3, Day)]),
        (14 * D, &[(14, Day)]),
        (45 * D + 3 * H, &[(45, Day)]),
        (364 * D + 13 * H, &[(1, Year)]),
        (400 * D, &[(1, Year), (35, Day)]),
        (LONGEST_MS, &[(10, Year)]),
    ] {
        assert_eq!(parts(ms), said, "{ms}");
    }
    assert_eq!(parts(i64::MAX).len(), 2);
}

#[test]
fn whatever_is_written_reading_ends_well() {
    let mut dice = crate::text::fold::tests::Dice(5);
    let units = [
        "2h", "半", "个", "小时", "1.5", "天", "十", "两", "永久", " ",
    ];
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..dice.below(6) {
            if dice.below(3) == 0 {
                text.push_str(&dice.text(2));
            } else {
                text.push_str(units[dice.below(units.len())]);
            }
        }
        if let Some((span, rest)) = leading(&text) {
            assert!(text.trim_end().ends_with(rest), "{text:?}");
            assert!(span.ms().is_none_or(|ms| ms > 0 && ms <= LONGEST_MS));
        }
    }
}
