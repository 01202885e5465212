//! Words that make a name pass for the property service, its people, the committee or
//! the bot. Nothing here does IO.

use std::sync::LazyLock;

use super::looks::{Looks, shape};
use crate::text::names::surname::{COMMON, weight};

/// Words that nobody's name holds by chance.
#[rustfmt::skip]
const HAN: &[&str] = &[
    "物业", "物管", "管理员", "管理处", "管理方", "管理中心", "管理部", "管理公司", "管理站",
    "管埋员", "官理员", "客服", "服务中心", "服务处", "保安", "安保部", "安保队", "安保人员", "门卫",
    "前台", "业委会", "业主委员会", "业主大会", "居委会", "居委", "街道办", "网格员", "派出所",
    "民警", "片警", "群主", "版主", "群管", "机器人", "邻里", "工程部", "维修部", "维修工", "维修员",
    "保洁员", "保洁部", "值班室", "值班员", "监控室", "消防中控", "项目经理", "收费处", "收费员", "财务部",
    "系统通知", "系统消息", "楼管员", "官方",
];

/// Words that count only as the whole of the name beside the home.
#[rustfmt::skip]
const HAN_WHOLE: &[&str] = &[
    "楼管", "保洁", "管理", "安保", "值班", "系统", "秩序", "小助手", "助手", "通知",
];

/// 管家 starts honest names too: 管家豪 of the surname 管.
const STEWARD: &str = "管家";

#[rustfmt::skip]
const LATIN: &[&str] = &[
    "admin", "admins", "administrator", "administrators", "sysadmin", "moderator", "moderators",
    "mod", "mods", "staff", "security", "concierge", "reception", "receptionist", "helpdesk",
    "property", "management", "linli", "linlibot", "superuser", "webmaster", "kefu",
    "guanliyuan", "wuguan", "wuyeguanli",
];

/// Latin words that count only as the whole of the name beside the home, since they are
/// names in pinyin as well.
const LATIN_WHOLE: &[&str] = &[
    "wuye", "baoan", "guanjia", "support", "root", "system", "operator",
];

#[rustfmt::skip]
const PHRASES: &[&str] = &[
    "building manager", "community manager", "estate manager", "site manager",
    "facility manager", "facilities manager", "customer service", "customer support",
    "help desk", "front desk", "service desk", "service center", "service centre",
    "tech support", "owners committee", "owners' committee", "owner's committee",
    "residents committee", "security guard", "room admin", "group owner",
];

static HAN_SHAPES: LazyLock<Vec<String>> =
    LazyLock::new(|| HAN.iter().map(|word| shape(word)).collect());

/// Whether the name holds a word of the staff, in any disguise.
pub(super) fn is_imitated(looks: &Looks) -> bool {
    let whole = &looks.whole_shape;
    if HAN_SHAPES.iter().any(|word| whole.contains(&**word)) || is_steward(looks) {
        return true;
    }
    let is_one_word = looks.latin_words().count() == 1;
    if HAN_WHOLE.contains(&&*looks.rest_shape)
        || (is_one_word && LATIN_WHOLE.contains(&&*looks.rest_shape))
    {
        return true;
    }
    looks.latin_words().any(is_latin_staff)
        || is_spelled_out(looks)
        || PHRASES.iter().any(|phrase| has_phrase(&looks.rest, phrase))
}

/// 管家, 管家小李; but with a home not 管家豪, unless what follows is a surname: 管家王.
fn is_steward(looks: &Looks) -> bool {
    let Some((before, after)) = looks.rest_shape.split_once(STEWARD) else {
        return false;
    };
    let given = after.chars().nth(1).is_none() && !after.is_empty();
    let surname = weight(after).is_some_and(|weight| weight >= COMMON);
    let honest = before.is_empty() && given && !surname && looks.home.is_some();
    !honest
}

/// Whether a Latin word is one of the staff's, with digits and signs for letters or not.
fn is_latin_staff(word: &str) -> bool {
    if LATIN.contains(&word) {
        return true;
    }
    let plain: String = word.replace("rn", "m").replace("vv", "w");
    let as_letters = |one: char| -> String {
        let letter = |c: char| match c {
            '0' => 'o',
            '1' | '!' => one,
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' => 't',
            _ => c,
        };
        plain.chars().map(letter).collect()
    };
    ['i', 'l']
        .into_iter()
        .any(|one| LATIN.contains(&&*as_letters(one)))
        || LATIN.contains(&word.trim_end_matches(|c: char| !c.is_ascii_alphabetic()))
}

/// `a d m i n`: single letters that make a word.
fn is_spelled_out(looks: &Looks) -> bool {
    let singles: String = looks.latin_words().filter(|word| word.len() == 1).collect();
    singles.len() >= 3 && LATIN.contains(&&*singles)
}

/// Whether a text holds a phrase as whole words.
fn has_phrase(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + phrase.len()..]);
        let letter = |c: char| c.is_alphanumeric();
        !before.ends_with(letter) && !after.starts_with(letter)
    })
}
