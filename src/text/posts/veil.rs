//! What must not stand where everybody reads it: telephone numbers, accounts, and where somebody lives. Nothing here does
//! IO.

use std::ops::Range;

use super::{
    super::{address, contact, fold::Folded},
    pattern::{Pattern, compile},
};

/// What stands in the place of what is hidden.
pub const VEIL: &str = "🔒";

/// Runs of digits that can be rung: with spaces or dashes between them, and the code of a country or a city before them.
static NUMBER: Pattern = Pattern::new(|| {
    compile(
        r"(?:^/?|[^0-9a-z.:/¥-]|[0-9]/)(?<x>(?:\(?\+?(?:00)?[0-9]{2,3}\)?[ -]?)?(?:1[3-9](?:[ .-]?[0-9]){9}|\(1[3-9][0-9]\) ?[0-9]{4}[ -]?[0-9]{4}|7[0-9]{3} ?[0-9]{6}|0[0-9]{2,3}\)?[ -]?[0-9]{4} ?[0-9]{3,4}|[2-9][0-9]{2,3}[ -]?[0-9]{4})|\(0[0-9]{2,3}\) ?[0-9]{4} ?[0-9]{3,4}|[零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]{11})(?:$|[^0-9a-z:元块年学人米克斤个-])",
    )
});
/// An account behind its word, and addresses of mail.
static ACCOUNT: Pattern = Pattern::new(|| {
    compile(
        r"(?:微信号?|vx|wx|v信|薇信|qq号?|扣扣|wechat(?: id)?|weixin|whatsapp|telegram|line id|电话号?码?|手机号?码?|座机|tel|phone|call|text|ring)(?: is|号|同号|:|是|为| at| me| on)*[: ]{0,3}(?<x>[a-z0-9+_.@-]*[0-9_][a-z0-9_.@-]{3,}|[0-9][0-9 -]{5,}[0-9])|(?<y>[a-z0-9._-]{2,}@[a-z0-9-]+\.[a-z.]{2,})|(?:加(?:我)?(?:微信|v|q|wx|vx)|add me|(?:微信号?|v信|薇信)[:是])[: ]{0,2}(?<z>[a-z0-9_-]{5,20})",
    )
});
static HOME: Pattern = Pattern::new(|| {
    compile(
        r"(?:我家|家)(?:在|住|是)?(?<y>[0-9]{3,4})(?:$|[^0-9元块年平米])|(?:^|[^0-9-])(?<x>[0-9a-z]{1,3} ?[-#/] ?[0-9]{1,2} ?[-#/] ?[0-9]{3,4}[a-z]?(?:室|户)?|(?:[0-9a-z]{1,3}|[一二三四五六七八九十]{1,3})(?:号楼|栋|幢|座|#楼?)-?[0-9一二三四五六七八九十]{0,3}(?:单元|门洞|-)?[0-9]{3,4}(?:室|户)?|[0-9]{3,4}(?:室|户)|(?:apt|apartment|flat|unit|room|rm)\.? ?#?[0-9]{3,4}[a-z]?\b|(?:bldg|building|tower|block)\.? ?[0-9a-z]{1,2}[ ,/-]+(?:unit ?[0-9]{1,2}[ ,/-]+)?(?:apt|apartment|flat|room|rm|#)?\.? ?#?[0-9]{3,4}[a-z]?\b)(?:$|[^0-9])",
    )
});

/// Words by which somebody wants their number or their home to be read by everybody.
static INSISTS: Pattern = Pattern::new(|| {
    compile(
        r"(?:电话|号码|手机号?|微信|联系方式|门牌号?|房号|地址|住址)(?:都|也|就)?(?:可以?|能|请)?(?:直接)?(?:公开|显示|展示|留着|不用(?:隐藏|保密|藏))|公开(?:我的?)?(?:电话|号码|手机|微信|联系方式|房号|地址|门牌)|不用(?:隐藏|保密|藏)(?:我的?)?(?:电话|号码|微信|房号|地址)|(?:show|publish|keep|leave)(?: my| the)? (?:number|phone|phone number|address|contact|flat)(?: public| visible)?|(?:number|phone|address|contact)(?: number)? (?:may|can) be (?:shown|public|published|visible)|(?:don't|do not|no need to) hide (?:my |the )?(?:number|phone|address|contact)",
    )
});

/// Whether an author wants their number or home shown.
#[must_use]
pub fn insists(text: &str) -> bool {
    INSISTS.is_in(Folded::new(text).text())
}

/// A text with a lock wherever it told a number, an account or a home; and what was hidden, in its order.
#[must_use]
pub fn veiled(text: &str) -> (String, Vec<String>) {
    let folded = Folded::new(text);
    let mut hidden = found(&folded, &[&NUMBER, &ACCOUNT, &HOME]);
    let contacts = contact::find(&folded).into_iter();
    hidden.extend(contacts.map(|contact| contact.handle));
    hidden.extend(address::homes(&folded));
    locked(text, hidden)
}

/// A text with a lock wherever it told a home.
#[must_use]
pub fn without_homes(text: &str) -> String {
    let folded = Folded::new(text);
    let mut hidden = found(&folded, &[&HOME]);
    hidden.extend(address::homes(&folded));
    locked(text, hidden).0
}

/// Where patterns stand in a text as it was written.
fn found(folded: &Folded, patterns: &[&Pattern]) -> Vec<Range<usize>> {
    let own = folded.text();
    let groups = ["x", "y", "z"];
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
pub(super) fn patterns() -> [&'static Pattern; 4] {
    [&NUMBER, &ACCOUNT, &HOME, &INSISTS]
}

#[cfg(test)]
mod tests;
