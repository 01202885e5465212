//! Small talk to the bot and questions how to use it. Nothing here does IO.

use std::ops::Range;
use std::sync::LazyLock;

use super::category;
use super::clauses::Clauses;
use crate::text::fold::Folded;
use crate::text::words::{Lexicon, sequences, starts_with_any};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Small {
    /// Thanks, greetings, yes.
    Courtesy,
    /// A word that alone asks for help.
    Help,
    /// Words around a call for help that say nothing by themselves.
    Filler,
    /// What one gives thanks for; a courtesy only after thanks.
    Praise,
}

/// What a short message to the bot is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Talk {
    Courtesy,
    Help,
    /// Anything that may be a report.
    Other,
}

#[rustfmt::skip]
static SMALL: LazyLock<Lexicon<Small>> = LazyLock::new(|| {
    Lexicon::new(&[
        (Small::Courtesy, &[
            "谢谢", "谢", "感谢", "多谢", "谢啦", "感恩", "辛苦", "辛苦了", "好的", "好", "好滴",
            "好嘞", "好哒", "好呀", "收到", "知道", "知道了", "明白", "明白了", "了解", "懂了",
            "嗯", "嗯嗯", "哦", "噢", "行", "可以", "没问题", "棒", "赞", "太好了", "真快", "快",
            "你好", "您好", "大家好", "早", "早上好", "早安", "上午好", "中午好", "下午好",
            "晚上好", "晚安", "在吗", "在不在", "再见", "拜拜", "哈哈", "嘿", "嗨", "哈喽",
            "已修好", "修好了", "已经修好了", "已经好了", "好了", "解决了", "已解决", "搞定",
            "搞定了", "没事", "没事了", "不用了", "不用", "不客气", "客气", "牛", "厉害", "满意",
            "点赞", "给力", "靠谱", "及时", "专业", "服务", "态度", "了", "啊", "呀", "哈", "啦",
            "吧", "呢", "的", "你", "您", "你们", "大家", "师傅", "物业", "都", "很", "太", "非常",
            "真", "真是", "十分", "特别", "万分", "一", "又", "也", "是", "对", "对的", "帮忙",
            "帮助了", "对不起", "抱歉", "打扰", "打扰了", "麻烦", "麻烦了", "麻烦你了", "麻烦您了",
            "ok", "okay", "okk", "kk", "k", "hi", "hello", "hey", "thanks", "thank", "thx", "ty",
            "tks", "3q", "cheers", "great", "good", "nice", "cool", "fine", "perfect", "got", "it",
            "received", "noted", "understood", "yes", "yep", "yeah", "no", "problem", "sure",
            "morning", "afternoon", "evening", "night", "day", "bye", "well", "done", "job", "work",
            "awesome", "excellent", "you", "so", "very", "much", "a", "lot", "many", "all",
            "everyone", "everybody", "guys", "team", "for", "the", "your", "for your help",
            "for the help", "for helping", "for all your help", "there", "again", "now", "fixed",
            "works", "that", "was", "quick", "fast", "is", "sorry", "never", "mind", "welcome",
            "lol", "haha", "appreciate", "appreciated", "service",
        ]),
        (Small::Praise, &[
            "维修", "修理", "处理", "解决", "上门", "今天", "昨天", "刚才", "快速", "这么", "那么",
            "效率", "高", "工作", "人员", "们", "得", "地", "修得", "修", "为", "我们", "关心",
            "支持", "配合", "回复", "帮", "fixing", "repairing", "repair", "response", "reply",
            "coming", "today", "fix", "prompt", "solving", "handling", "support", "sorting",
            "quickly", "yesterday",
        ]),
        (Small::Help, &[
            "帮助", "帮助一下", "菜单", "功能", "功能列表", "使用说明", "说明", "使用方法", "用法",
            "指令", "命令", "指南", "教程", "怎么用", "help", "menu", "commands", "usage", "manual",
            "instructions", "guide",
        ]),
        (Small::Filler, &[
            "我", "要", "需要", "请", "请问", "给", "给我", "一下", "看", "看看", "看下", "想",
            "有", "有没有", "列表", "显示", "发", "求", "me", "please", "i", "need", "want", "show",
            "some", "can", "get", "list", "pls", "to", "see",
        ]),
    ])
});

/// Words of thanks, and those that stand around them and say nothing.
#[rustfmt::skip]
const THANKS: &[&str] = &[
    "谢谢", "感谢", "多谢", "谢", "辛苦", "师傅", "物业", "大家", "您", "你", "们", "了", "啦", "啊", "呀", "非常", "十分",
    "thank you", "thanks", "thank", "thx", "very much", "so much", "a lot", "cheers", "🙏", "👍", "❤", "🌹",
];

/// Whether a folded message gives thanks and does nothing else: "yes, thanks" is an answer, "thanks" is none.
pub(super) fn is_thanks(text: &str) -> bool {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let word = THANKS.iter().find(|word| rest.starts_with(**word));
        let step = match word {
            Some(word) => word.len(),
            None if c.is_alphanumeric() => return false,
            None => c.len_utf8(),
        };
        rest = &rest[step..];
    }
    true
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ask {
    /// Asks how to use the bot by itself.
    Whole,
    How,
    Use,
    EnglishHow,
    EnglishUse,
}

#[rustfmt::skip]
static ASKS: LazyLock<Lexicon<Ask>> = LazyLock::new(|| {
    Lexicon::new(&[
        (Ask::Whole, &[
            "报修流程", "报修方式", "报修步骤", "报修方法", "报修怎么弄", "报修怎么报",
            "报修怎么发", "报修怎么操作", "投诉流程", "投诉方式", "投诉怎么弄", "投诉怎么发",
            "有哪些功能", "有什么功能", "有啥功能", "有什么命令", "有哪些命令", "有哪些指令",
            "有什么指令", "能做什么", "能做啥", "会做什么", "可以做什么", "能干什么", "能干啥",
            "会干什么", "可以干什么", "你会什么", "你会啥", "你会些什么", "你能帮", "你可以帮",
            "你是谁", "你是什么", "你是干什么", "你是做什么", "你是干嘛", "使用方法", "使用说明",
            "怎么使唤", "怎么召唤", "what can you do", "what do you do", "who are you",
            "what are you", "what commands", "list commands", "show commands", "show me the menu",
            "show the menu", "show me the commands", "how does this work", "how does it work",
            "how do you work", "how does the bot work", "how does this bot work",
            "where do i report", "where can i report", "where do i complain",
        ]),
        (Ask::How, &["怎么", "怎样", "如何", "咋", "在哪", "在哪里", "哪里", "哪儿"]),
        (Ask::Use, &[
            "报修", "投诉", "提建议", "提问", "提意见", "工单", "用你", "用这个", "用机器人",
            "用它", "使用", "操作", "反馈问题", "反映问题", "找你", "叫你", "联系你",
        ]),
        (Ask::EnglishHow, &["how do", "how can", "how should", "how to", "how would", "how does"]),
        (Ask::EnglishUse, &[
            "report", "use you", "use this", "use it", "use the bot", "complain", "submit", "file",
            "open a ticket", "create a ticket", "raise a ticket", "make a ticket", "make a request",
            "make a report", "make a complaint", "get help", "log a ticket", "request a repair",
            "ask for a repair",
        ]),
    ])
});

/// Where the folded text asks how to use the bot.
fn how_to(text: &str) -> Option<Range<usize>> {
    const PATTERNS: &[&[(usize, Ask)]] = &[
        &[(0, Ask::Whole)],
        &[(0, Ask::How), (15, Ask::Use)],
        &[(0, Ask::EnglishHow), (25, Ask::EnglishUse)],
    ];
    let hits = ASKS.every(text);
    let asked = PATTERNS.iter().find_map(|steps| {
        // 怎么没人报修 wonders about something else.
        sequences(text, &hits, steps)
            .find(|found| !text[found.clone()].contains(['没', '不', '还', '又', '老', '总']))
    });
    asked.or_else(|| {
        let (start, word) = text.match_indices("怎么用").next()?;
        let rest = text[start + word.len()..].trim_start();
        let ends =
            rest.is_empty() || rest.starts_with(['啊', '呢', '呀', '?', '!', '。', ',', '~']);
        ends.then(|| start..start + word.len())
    })
}

/// Judges a folded message to the bot (its name taken out): courtesies only, a question
/// how to use it, or something else.
pub(super) fn judge(folded: &Folded) -> Talk {
    let text = folded.text();
    if let Some(talk) = only_small_words(text) {
        return talk;
    }
    let Some(found) = how_to(text) else {
        return Talk::Other;
    };
    // A fault told beside the question is a report all the same.
    let clauses = Clauses::of(folded);
    let reports = clauses.iter().any(|clause| {
        let asks = clause.start < found.end && found.start < clause.end;
        !asks && category::has_fault(&text[clause.start..clause.end])
    });
    if reports { Talk::Other } else { Talk::Help }
}

/// Whether the folded text is a call for help and nothing else, as it is obeyed even
/// without a mention.
pub(super) fn is_help_alone(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(
        bare,
        "帮助" | "菜单" | "help" | "menu" | "使用说明" | "帮助菜单" | "help menu"
    )
}

fn only_small_words(text: &str) -> Option<Talk> {
    let mut at = 0;
    let (mut has_help, mut has_filler) = (false, false);
    let is_thanks = starts_with_any(
        text.trim_start_matches(|c: char| !c.is_alphanumeric()),
        &["谢", "感谢", "多谢", "thank", "thx", "great", "辛苦"],
    );
    while let Some(c) = text[at..].chars().next() {
        if !c.is_alphanumeric() {
            at += c.len_utf8();
            continue;
        }
        let hit = SMALL.at(text, at)?;
        match hit.meaning {
            Small::Courtesy => {}
            Small::Praise if is_thanks => {}
            Small::Praise => return None,
            Small::Help => has_help = true,
            Small::Filler => has_filler = !is_thanks,
        }
        at = hit.end;
    }
    match (has_help, has_filler) {
        (true, _) => Some(Talk::Help),
        (false, false) => Some(Talk::Courtesy),
        (false, true) => None,
    }
}
