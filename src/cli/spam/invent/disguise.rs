//! The disguises of adverts, as transformations of plain ones.

use super::Chance;

type Disguise = fn(&str, &mut Chance) -> String;

const ALL: &[Disguise] = &[
    separated,
    with_invisible,
    full_width,
    circled_digits,
    chinese_digits,
    other_script,
    by_sound,
    with_pictures,
    spaced_letters,
    repeated,
];

/// A line in one disguise, or in two.
pub(super) fn disguised(line: &str, chance: &mut Chance) -> String {
    let mut line = (chance.pick(ALL))(line, chance);
    if chance.below(3) == 0 {
        line = (chance.pick(ALL))(&line, chance);
    }
    line
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// Signs between some of the Chinese characters.
fn separated(line: &str, chance: &mut Chance) -> String {
    let sign = *chance.pick(&[" ", ".", "*", "-", "·", "_", "★", "/"]);
    let every = 1 + chance.below(3);
    let mut count = 0;
    between(line, |before, after| {
        count += usize::from(is_han(before) && is_han(after));
        (is_han(before) && is_han(after) && count % every == 0).then_some(sign)
    })
}

/// Characters that show nothing.
fn with_invisible(line: &str, chance: &mut Chance) -> String {
    let sign = *chance.pick(&["\u{200B}", "\u{200D}", "\u{2060}", "\u{FEFF}", "\u{00AD}"]);
    let every = 2 + chance.below(3);
    let mut count = 0;
    between(line, |_, _| {
        count += 1;
        (count % every == 0).then_some(sign)
    })
}

fn between(line: &str, mut sign: impl FnMut(char, char) -> Option<&'static str>) -> String {
    let mut out = String::new();
    let mut before = None;
    for c in line.chars() {
        out.push_str(
            before
                .and_then(|before| sign(before, c))
                .unwrap_or_default(),
        );
        out.push(c);
        before = Some(c);
    }
    out
}

fn changed(line: &str, change: impl Fn(char) -> Option<char>) -> String {
    line.chars().map(|c| change(c).unwrap_or(c)).collect()
}

fn full_width(line: &str, _: &mut Chance) -> String {
    changed(line, |c| {
        c.is_ascii_alphanumeric()
            .then(|| char::from_u32(u32::from(c) + 0xFEE0))?
    })
}

fn circled_digits(line: &str, _: &mut Chance) -> String {
    changed(line, |c| match c {
        '0' => Some('⓪'),
        '1'..='9' => char::from_u32(0x2460 + u32::from(c) - u32::from('1')),
        _ => None,
    })
}

fn chinese_digits(line: &str, _: &mut Chance) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    changed(line, |c| DIGITS.get(c.to_digit(10)? as usize).copied())
}

/// Letters of other scripts that look like Latin ones.
fn other_script(line: &str, _: &mut Chance) -> String {
    changed(line, |c| match c {
        'a' => Some('а'),
        'c' => Some('с'),
        'e' => Some('е'),
        'o' => Some('о'),
        'p' => Some('р'),
        'x' => Some('х'),
        'y' => Some('у'),
        'V' | 'v' => Some('ν'),
        _ => None,
    })
}

/// Characters that sound alike, or look alike.
fn by_sound(line: &str, chance: &mut Chance) -> String {
    let wei = *chance.pick(&['薇', '威', '徽', '嶶', '维']);
    let jia = *chance.pick(&['佳', '迦', '伽', '嘉', '咖']);
    changed(line, |c| match c {
        '微' => Some(wei),
        '加' => Some(jia),
        '信' if wei != '威' => Some('芯'),
        '群' => Some('裙'),
        '钱' => Some('銭'),
        '赚' => Some('賺'),
        '贷' => Some('贷'),
        '票' => Some('漂'),
        _ => None,
    })
}

fn with_pictures(line: &str, chance: &mut Chance) -> String {
    let picture = *chance.pick(&["🔥", "💰", "❤️", "👉", "✅", "🎁"]);
    let every = 4 + chance.below(4);
    let mut count = 0;
    let line = between(line, |_, _| {
        count += 1;
        (count % every == 0).then_some(picture)
    });
    format!("{picture}{picture}{line}{picture}")
}

fn spaced_letters(line: &str, _: &mut Chance) -> String {
    between(line, |before, after| {
        (before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric()).then_some(" ")
    })
}

/// The same again, as from a robot.
fn repeated(line: &str, chance: &mut Chance) -> String {
    vec![line; 2 + chance.below(2)].join(" ")
}
