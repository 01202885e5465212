//! Contact details in a name: telephone numbers, handles, links, and the disguises of
//! "add me on WeChat". Nothing here does IO.
//!
//! The word for WeChat or QQ alone is no contact detail (a bridge may have added it), nor
//! is a given name such as 佳薇 or 嘉威: those need a handle after them. The number of the
//! home is never part of a handle.

use std::sync::LazyLock;

use regex::Regex;

use super::looks::Looks;
use crate::text::fold::Folded;
use crate::text::names::surname::is_given_word;
use crate::text::words::is_han;

/// A run of digits of this length is a telephone number.
const PHONE_DIGITS_MIN: usize = 7;
/// With Chinese digits among them it must be as long as that of a mobile phone.
const PHONE_DIGITS_MIXED_MIN: usize = 11;

/// What invites to make contact by itself, in the whole name without separators.
const INVITES: &str = concat!(
    "[加茄迦伽咖珈枷驾傢㕛][vw]|[+➕✚＋][ ]?(?:v|w|q|微|薇|威|维|喂|徽|我|群)|",
    "[迦伽咖珈枷驾佳嘉家茄](?:喂|徽|嶶|v(?:[^a-z]|$))|[迦伽咖珈枷茄][威薇微维巍]|",
    "加(?:微信|薇信|威信|我|群|扣|qq|企鹅|卫星|飞机|好友)|[加佳嘉家][微薇威维]信|",
    "微信号|微信同|同微信|扣扣号|qq号|[v薇徽嶶喂][信❤♥]|[微威][❤♥💗💕]|喂[心芯]|嶶|薇芯|",
    "乞鹅|vx[^a-z]|vx$|wxid|联系方式|联系电话|私聊|私信我|手机号|电话同",
);

/// A word for a way of contact, and after it a number. Meant for the name without its home.
const NUMBERS: &str = concat!(
    "(?:微信|威信|卫星|企鹅|扣扣|飞机|电报|电话|手机|座机|热线|联系|[佳嘉家加][薇威维微]|",
    "(?:^|[^a-z0-9])(?:v|vx|w|wx|wechat|weixin|q|qq|tg|telegram|line|whatsapp|signal|tel|phone|",
    "mobile|mob|cell|call|ins|ig))",
    "[^a-z0-9§一-鿿]{0,3}(?:号码|号|群号|群|是|同号|加|id|no)?[^a-z0-9§一-鿿]{0,3}",
    "[0-9][0-9 -]{4,}",
);

/// The same with a handle: letters and a digit, or, after a colon, any letters. Meant for
/// the whole name.
const HANDLES: &str = concat!(
    "(?:(?:微信|威信|卫星|企鹅|扣扣|飞机|电报|联系|抖音|[佳嘉家加][薇威维微]|",
    "(?:^|[^a-z0-9])(?:v|vx|w|wx|wechat|weixin|q|qq|tg|telegram|line|whatsapp|signal|ins|ig))",
    "[^a-z0-9§一-鿿]{0,3}(?:号码|号|是|同号|加|id)?[^a-z0-9§一-鿿]{0,3}",
    "[a-z][a-z_-]+[0-9][a-z0-9_-]*)|",
    "(?:微信|卫星|企鹅|扣扣|飞机|[微薇威]|(?:^|[^a-z0-9])(?:v|vx|w|wx|wechat|weixin|q|qq|tg))",
    "[ ]?[:=][ ]?[a-z0-9_-]{4,}",
);

const LINKS: &str = concat!(
    "https?:|www[.。]|[a-z0-9-]{2,}[.。](?:com|cn|net|org|top|xyz|vip|info|shop|club|site|ltd|ru|biz|",
    "online|store)(?:[^a-z]|$)|(?:^|[^a-z0-9])t[.]me/|[a-z0-9._%+-]+@[a-z0-9-]+[.][a-z]{2,}|",
    "[a-z0-9-]{2,}[.](?:ly|gl|cc|to|me|io|co|app|im)/[a-z0-9]|",
    "[a-z0-9]点(?:com|cn|net)|whatsapp|wa[.]me",
);

static INVITE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(INVITES).ok());
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(NUMBERS).ok());
static HANDLE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(HANDLES).ok());
static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(LINKS).ok());

/// Whether the name holds a way to be contacted.
pub(super) fn is_in(looks: &Looks) -> bool {
    fits(&INVITE, &looks.squeezed)
        || is_soft_invite(looks)
        || fits(&LINK, &looks.folded)
        || fits(&HANDLE, &looks.folded)
        || fits(&NUMBER, &looks.rest)
        || fits(&NUMBER, &looks.rest_squeezed)
        || has_phone(&looks.rest)
}

fn fits(regex: &LazyLock<Option<Regex>>, text: &str) -> bool {
    regex.as_ref().is_some_and(|regex| regex.is_match(text))
}

/// 加微, 加薇: an invitation, unless it is the given name of somebody.
fn is_soft_invite(looks: &Looks) -> bool {
    ["加微", "加薇", "加威", "加维"].iter().any(|invite| {
        looks.squeezed.contains(invite)
            && !looks.han_words().any(|word| is_given_word(word, invite))
    })
}

/// Whether the rest of the name holds a telephone number.
fn has_phone(rest: &str) -> bool {
    let folded = Folded::new(rest);
    let squeezed = folded.squeezed();
    let text = squeezed.text();
    let mut at = 0;
    while at < text.len() {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let len = digits(&text[at..]);
        if len == 0 {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let mixed = squeezed.as_written(at..at + len).chars().any(is_han);
        let least = if mixed {
            PHONE_DIGITS_MIXED_MIN
        } else {
            PHONE_DIGITS_MIN
        };
        if len >= least {
            return true;
        }
        at += len;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_compile() {
        assert!(INVITE.is_some() && NUMBER.is_some() && HANDLE.is_some() && LINK.is_some());
    }
}
