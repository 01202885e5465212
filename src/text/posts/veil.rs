//! What must not stand where everybody reads it: telephone numbers, accounts, and where somebody lives. Nothing here does
//! IO.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{
    super::{address, contact, fold::Folded},
    pattern::{Pattern, compile},
};

/// What stands in the place of what is hidden.
pub const VEIL: &str = "🔒";

/// Runs of digits that can be rung: with spaces or dashes between them, and the code of a country or a city before them.
static NUMBER: Pattern = Pattern::new(|| {
    compile(
        r"(?:^/?|[^0-9a-z.:/¥-]|[0-9]/)(?<x>(?:(?:\(?\+?(?:00)?[0-9]{2,3}\)?[ -]?)?(?:1[3-9](?:[ .-]?[0-9]){9}|\(1[3-9][0-9]\) ?[0-9]{4}[ -]?[0-9]{4}|7[0-9]{3} ?[0-9]{6}|0[0-9]{2,3}\)?[ -]?[0-9]{4} ?[0-9]{3,4}|[2-9][0-9]{2,3}[ -]?[0-9]{4})|\(0[0-9]{2,3}\) ?[0-9]{4} ?[0-9]{3,4}|[零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{11})(?:[ ,]{0,2}(?:转|分机|ext\.?|extension)[ :]?[0-9]{1,5})?)(?:$|[^0-9a-z:元块年学人米克斤个-])",
    )
});
/// An account behind its word, and addresses of mail.
static ACCOUNT: Pattern = Pattern::new(|| {
    compile(
        r"(?:微信号?|vx|wx|v信|薇信|qq号?|扣扣|wechat(?: id)?|weixin|whatsapp|telegram|line id|电话号?码?|手机号?码?|座机|tel|phone|call|text|ring)(?: is|号|同号|:|是|为|搜索?|找| at| me| on)*[: ]{0,3}(?<x>[a-z0-9+_.@-]*[0-9_][a-z0-9_.@-]{3,}|[0-9][0-9 -]{5,}[0-9])|(?<y>[a-z0-9._-]{2,}@[a-z0-9-]+\.[a-z.]{2,})|(?:加(?:我)?(?:微信|v|q|wx|vx)|add me|(?:微信号?|v信|薇信)[:是])[: ]{0,2}(?<z>[a-z0-9_-]{5,20})",
    )
});
/// A number of a telephone as it is said: `one three nine 1234 5678`.
static SAID: Pattern = Pattern::new(|| {
    compile(
        r"(?:^|[^a-z])(?<x>(?:(?:double |triple )?(?:zero|oh?|one|two|three|four|five|six|seven|eight|nine)[ ,.-]+){2,}(?:[0-9][0-9 -]{4,}[0-9]|(?:(?:double |triple )?(?:zero|oh?|one|two|three|four|five|six|seven|eight|nine)(?:$|[ ,.-]+)){4,}))",
    )
});
static HOME: Pattern = Pattern::new(|| {
    compile(
        r"(?:房号|房间号|门牌号?|室号)(?:是|为|:)? ?(?<z>[0-9]{3,4}[a-z]?)(?:$|[^0-9])|房间(?:是|为|:)? ?(?<u>[0-9]{3,4}[a-z]?)(?:$|[^0-9元块年平米㎡])|(?:^|[^0-9-])(?<w>(?:[0-9a-z]{1,3}|[一二三四五六七八九十]{1,3})(?:号楼|栋|幢|座|#楼?|单元) [0-9]{3,4})(?:$|[^0-9.元块年学人米克斤个点页本件箱把张寸套平㎡])|(?:^|[^a-z])(?<v>flat ?[0-9]{1,2})(?:$|[,.;!)])|(?:我家|家)(?:在|住|是)?(?<y>[0-9]{3,4})(?:$|[^0-9元块年平米])|(?:^|[^0-9-])(?<x>[0-9a-z]{1,3} ?[-#/] ?[0-9]{1,2} ?[-#/] ?[0-9]{3,4}[a-z]?(?:室|户)?|(?:[0-9a-z]{1,3}|[一二三四五六七八九十]{1,3})(?:号楼|栋|幢|座|#楼?)-?[0-9一二三四五六七八九十]{0,3}(?:单元|门洞|-)?[0-9]{3,4}(?:室|户)?|[0-9]{3,4}(?:室|户)|(?:(?:apt|apartment)\.? ?#?[0-9]{1,2}[a-z]?|flat ?#?[0-9]{1,2}[a-jlnp-z]|(?:apt|apartment|flat|unit|room|rm)\.? ?#?[0-9]{3,4}[a-z]?)(?:,? (?:unit|bldg|building|tower|block)\.? ?[0-9a-z]{1,2})?\b|(?:bldg|building|tower|block)\.? ?[0-9a-z]{1,2}[ ,/-]+(?:unit ?[0-9]{1,2}[ ,/-]+)?(?:apt|apartment|flat|room|rm|no|#)?\.? ?#?[0-9]{3,4}[a-z]?\b)(?:$|[^0-9])",
    )
});

/// Words by which somebody wants their number to be read by everybody.
static SHOWS_NUMBER: Pattern = Pattern::new(|| {
    compile(
        r"(?:电话|号码|手机号?|微信|联系方式)(?:和(?:房号|地址|住址|门牌号?))?(?:都|也|就)?(?:可以?|能|请)?(?:直接)?(?:公开|显示|展示|留着|不用(?:隐藏|保密|藏))|公开(?:我的?)?(?:(?:房号|地址|门牌)和)?(?:电话|号码|手机|微信|联系方式)|不用(?:隐藏|保密|藏)(?:我的?)?(?:电话|号码|微信)|(?:show|publish)(?: my| the)? (?:(?:address|flat) and )?(?:number|phone number|contact)\b|(?:show|publish) my phone\b|(?:keep|leave)(?: my| the)? (?:(?:address|flat) and )?(?:number|phone|phone number|contact) (?:public|visible)|(?:number|phone|contact)(?: number)?(?: and address)? (?:may|can) be (?:shown|public|published|visible)|(?:don't|do not|no need to) hide (?:my |the )?(?:number|phone|contact)",
    )
});
/// Words by which they want the same for their home.
static SHOWS_HOME: Pattern = Pattern::new(|| {
    compile(
        r"(?:门牌号?|房号|地址|住址)(?:和(?:电话|号码|手机号?|微信|联系方式))?(?:都|也|就)?(?:可以?|能|请)?(?:直接)?(?:公开|显示|展示|留着|不用(?:隐藏|保密|藏))|公开(?:我的?)?(?:(?:电话|号码|手机|微信|联系方式)和)?(?:房号|地址|门牌|住址)|不用(?:隐藏|保密|藏)(?:我的?)?(?:房号|地址|门牌|住址)|(?:show|publish)(?: my| the)? (?:(?:number|phone|contact) and )?(?:address|flat number)\b|(?:keep|leave)(?: my| the)? (?:(?:number|phone|contact) and )?(?:address|flat) (?:public|visible)|(?:address|flat)(?: and number)? (?:may|can) be (?:shown|public|published|visible)|(?:don't|do not|no need to) hide (?:my |the )?(?:address|flat)",
    )
});
/// Words that turn these round, in doubt rather than not: `别公开我的电话`.
static FORBIDS: Pattern = Pattern::new(|| {
    compile(
        r"(?:别|勿|无需|无须|没必要|拒绝|没有?必要|不(?:方便|便|用|愿意?|想|要|能|可以?|许|必|太想|希望|敢)?)[^,。;!?]{0,10}(?:公开|显示|展示)|(?:公开|显示|展示)[^,。;!?]{0,8}(?:不方便|不好|不行|不要|算了)|(?:\bno\b|\bnot\b|n't|\bnever\b|\bcannot\b|\bwithout\b|\brather\b)[^.;!?]{0,25}(?:show|publish|public|visible)|\b(?:private|hidden|secret)\b",
    )
});

/// What an author wants everybody to read all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// Numbers and accounts.
    pub contacts: bool,
    pub homes: bool,
}

impl Open {
    /// What the words of an author insist on.
    #[must_use]
    pub fn told(text: &str) -> Self {
        let folded = Folded::new(text);
        let text = folded.text();
        let may = !FORBIDS.is_in(text);
        Self {
            contacts: may && SHOWS_NUMBER.is_in(text),
            homes: may && SHOWS_HOME.is_in(text),
        }
    }
}

/// A text with a lock wherever it told a number, an account or a home; and what was hidden, in its order.
#[must_use]
pub fn veiled(text: &str) -> (String, Vec<String>) {
    veiled_but(text, Open::default())
}

/// The same, without hiding what the author insists on.
#[must_use]
pub fn veiled_but(text: &str, open: Open) -> (String, Vec<String>) {
    let folded = Folded::new(text);
    let mut hidden = Vec::new();
    if !open.contacts {
        hidden.extend(found(&folded, &[&NUMBER, &SAID, &ACCOUNT]));
        let contacts = contact::find(&folded).into_iter();
        hidden.extend(contacts.map(|contact| contact.handle));
    }
    if !open.homes {
        hidden.extend(found(&folded, &[&HOME]));
        hidden.extend(address::homes(&folded));
    }
    locked(text, hidden)
}

/// Where patterns stand in a text as it was written.
fn found(folded: &Folded, patterns: &[&Pattern]) -> Vec<Range<usize>> {
    let own = folded.text();
    let groups = ["x", "y", "z", "w", "v", "u"];
    let mut places = Vec::new();
    for pattern in patterns {
        let mut from = 0;
        // What separates two of them may belong to both.
        while let Some(found) = pattern.captures(&own[from..]) {
            let Some(part) = groups.into_iter().find_map(|name| found.name(name)) else {
                break;
            };
            let end = part.start() + part.as_str().trim_end_matches(['.', '-', ' ']).len();
            places.push(folded.original(from + part.start()..from + end));
            from += part.end();
        }
    }
    places
}

/// A text with a lock in each of these places; those that overlap are one.
fn locked(text: &str, mut hidden: Vec<Range<usize>>) -> (String, Vec<String>) {
    hidden.retain(|range| range.start < range.end);
    hidden.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in hidden {
        match apart.last_mut().filter(|last| range.start < last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => apart.push(range),
        }
    }
    let (mut out, mut told, mut end) = (String::with_capacity(text.len()), Vec::new(), 0);
    for range in apart {
        out.push_str(&text[end..range.start]);
        out.push_str(VEIL);
        told.push(text[range.clone()].trim().to_owned());
        end = range.end;
    }
    out.push_str(&text[end..]);
    (out, told)
}

#[cfg(test)]
pub(super) fn patterns() -> [&'static Pattern; 7] {
    [
        &NUMBER,
        &SAID,
        &ACCOUNT,
        &HOME,
        &SHOWS_NUMBER,
        &SHOWS_HOME,
        &FORBIDS,
    ]
}

#[cfg(test)]
mod tests;
