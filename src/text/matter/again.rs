//! Whether a matter comes back: it was there, or was reported, before. Nothing here does IO.

use std::sync::LazyLock;

use crate::text::words::{Lexicon, starts_with_any};

#[rustfmt::skip]
static WORDS: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    Lexicon::new(&[((), &[
        "还是没修", "还没修", "还是没好", "还没好", "还是没人", "还没人修", "还没人来修", "还没处理", "还是没处理", "还没解决", "还是没解决", "一直没修", "一直没人修", "一直没人管", "一直没解决", "到现在没人", "到现在都没", "到现在还没", "没动静", "没有动静", "说要修", "一直拖", "拖了", "拖着不", "至今没", "还是老样子", "还是不行", "还是坏", "还是漏", "还是那样", "还是不亮", "还是不好", "还是堵",
        "第二次", "第三次", "第四次", "第五次", "第六次", "第七次", "第八次", "第九次", "第十次", "第2次", "第3次", "第4次", "第5次", "第6次", "第7次", "第8次", "第9次", "第n次", "第几次", "第二回", "第三回", "第四回", "两次了", "三次了", "四次了", "五次了", "2次了", "3次了", "4次了", "5次了", "两遍", "三遍", "四遍", "五遍", "2遍", "3遍", "几遍",
        "两回了", "三回了", "两三次", "三四次", "再次", "再一次", "反复", "反反复复", "老是", "总是", "经常", "三天两头", "隔三差五", "屡次", "多次", "好几次", "几次了", "好几回", "几回了", "无数次", "N次", "n次", "多少次", "多少回", "不止一次", "每次都", "老毛病", "又双叒", "又双叕", "双叒叕", "复发", "旧病",
        "报过", "反映过", "说过", "投诉过", "反应过", "修过", "提过", "找过你们", "打过电话", "报了一个", "报了一周", "报了两", "报了三", "报了几", "报了好几", "报了好久", "报修了好", "报修好几", "报修过", "催了", "催过", "上次修", "上回修", "上次报", "上回报", "上次刚", "上次通", "昨天刚修", "前天刚修", "刚修好又", "刚修完", "才修好", "刚修的", "没修好", "没有修好", "白修", "修了又", "修完又", "换了又",
        "again", "still not", "still no", "still isn't", "still hasn't", "still broken", "still leaking", "still leaks", "still waiting", "still the same", "still doesn't", "still won't", "still dripping", "keeps happening", "keeps coming back", "once more", "another time", "every time", "yet again", "repeatedly", "reported before", "already reported",
        "reported this", "reported it", "reported last", "i reported", "we reported", "i told you", "already told", "complained before", "already complained", "fixed last", "fixed it last", "you fixed", "was fixed", "same problem", "same issue", "second time", "third time", "fourth time", "fifth time", "2nd time", "3rd time", "4th time", "5th time", "nth time", "umpteenth", "how many times", "many times", "several times",
        "multiple times", "never fixed", "not been fixed", "hasn't been fixed", "recurring", "recurrent", "back again",
    ])])
});

const BOTH: char = '又';
/// What is thanked for, or meant otherwise.
const OTHER: &[&str] = &[
    "thanks again",
    "thank you again",
    "hello again",
    "hi again",
    "never again",
    "again and again thanks",
    "sorry again",
];

/// Whether a folded text says that its matter was there before.
pub(super) fn is_said(text: &str) -> bool {
    let is_told = WORDS.all(text).any(|hit| {
        let upto = &text[..hit.end];
        let word = &text[hit.start..hit.end];
        let is_polite = OTHER.iter().any(|other| upto.ends_with(other));
        let is_unsure = word == "every time" || word == "每次都";
        !(is_polite || is_unsure)
    });
    is_told || is_again(text)
}

/// What a matter is besides, and not again: 又脏又乱, 又不能用.
const BESIDES: &[&str] = &[
    "能", "想", "可以", "担心", "怕", "挡路", "臭", "脏", "乱", "难看", "丑", "高", "大", "小",
    "吵", "贵",
];

/// Whether 又 stands for "again", and not for "as well as".
fn is_again(text: &str) -> bool {
    let mut clauses = text.split([',', '。', '!', '?', ';', ' ', '、']);
    clauses.any(|clause| {
        let is_pair = clause.matches(BOTH).count() >= 2 && !clause.contains("又又");
        let mut afters = clause.split(BOTH).skip(1);
        !is_pair && afters.any(|after| !after.is_empty() && !starts_with_any(after, BESIDES))
    })
}

#[cfg(test)]
mod tests {
    use super::is_said;
    use crate::text::fold::Folded;

    #[test]
    fn what_comes_back() {
        for text in [
            "楼道灯又不亮了",
            "这个月第三次了",
            "说了两遍了没人管",
            "还是没修",
            "上次修的路灯又坏了",
            "昨天刚修完今天又这样",
            "lift is dead again",
            "third time i report this",
            "still not fixed",
        ] {
            assert!(is_said(Folded::new(text).text()), "{text:?}");
        }
    }

    #[test]
    fn what_does_not() {
        for text in [
            "电梯里又脏又乱",
            "又占地方又丑",
            "又挡路又难看",
            "第一次报修",
            "灯坏了",
            "thanks again for fixing the lamp",
            "it makes a noise every time it rains",
        ] {
            assert!(!is_said(Folded::new(text).text()), "{text:?}");
        }
    }
}
