//! Facts that put people in danger, whatever word they come with. Nothing here does IO.

use std::sync::LazyLock;

use crate::text::words::{Lexicon, ends_with_any, sequences};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    /// A danger by itself.
    Danger,
    /// The name of a part or an event that holds a word of danger.
    Harmless,
    Gas,
    GasSign,
    GasPipe,
    Leak,
    Smelled,
    Smell,
    Lift,
    Trapped,
    TrappedIn,
    Soon,
    Fall,
    Weak,
    Lost,
    Electric,
    Wet,
    FlowsTo,
    EnglishSmell,
    EnglishSmelled,
    EnglishTrappedIn,
    EnglishLift,
    Person,
    EnglishTrapped,
    Missing,
    Water,
    EnglishElectric,
}

#[rustfmt::skip]
static WORDS: LazyLock<Lexicon<Word>> = LazyLock::new(|| {
    Lexicon::new(&[
        (Word::Danger, &[
            "着火", "起火", "失火", "火灾", "冒烟", "浓烟", "明火", "烧起来", "冒火", "打火花",
            "起火花", "烧焦", "焦糊", "糊味", "焦味", "被困", "困在里面", "关在里面", "卡在里面",
            "困人", "触电", "漏电", "电到人", "爆炸", "晕倒", "昏倒", "昏迷", "溺水", "跳楼",
            "救命", "没呼吸", "大出血", "心脏病", "砸到人", "砸中人", "砸伤", "坠落", "漏煤气",
            "漏燃气", "漏天然气", "煤气中毒", "燃气中毒", "gas smell", "gas leak", "gas odor",
            "gas odour", "leaking gas", "gas is leaking", "on fire", "there's a fire",
            "there is a fire", "caught fire", "catching fire", "fire in", "fire at", "see fire",
            "fire!", "flames", "smoke coming", "smoke is coming", "smoke from", "smoke in",
            "smoke everywhere", "see smoke", "thick smoke", "black smoke", "heavy smoke",
            "full of smoke", "lots of smoke", "a lot of smoke", "there is smoke", "there's smoke",
            "electric shock", "electrical shock", "electrocuted", "sparks", "sparking", "exploded",
            "explosion", "missing child", "missing kid", "unconscious", "not breathing",
            "about to fall", "heart attack", "fainted",
        ]),
        (Word::Harmless, &[
            "漏电保护", "漏电开关", "火灾报警", "防火门", "着火点", "演习", "演练", "火灾隐患",
            "fire in the hole", "fire drill",
        ]),
        (Word::Gas, &["煤气", "燃气", "天然气", "液化气", "瓦斯"]),
        (Word::GasSign, &["味", "臭", "泄", "漏"]),
        (Word::GasPipe, &[
            "煤气管", "燃气管", "天然气管", "煤气表", "燃气表", "天然气表", "煤气灶", "燃气灶",
        ]),
        (Word::Leak, &["漏气", "泄漏", "泄露", "破了", "断了", "漏煤气"]),
        (Word::Smelled, &["闻到", "闻着", "闻见", "一股", "有股"]),
        (Word::Smell, &["煤气", "燃气", "天然气", "焦", "糊", "烧"]),
        (Word::Lift, &["电梯", "轿厢"]),
        (Word::Trapped, &["困住", "困着", "困了", "困在", "关住", "关着人", "关了人", "困人"]),
        (Word::TrappedIn, &["困在", "困进", "关在", "关进", "卡在"]),
        (Word::Soon, &["快要", "就要", "马上", "随时", "快", "要"]),
        (Word::Fall, &["掉下", "砸下", "塌", "坠", "倒下", "掉落"]),
        (Word::Weak, &[
            "孩子", "小孩", "娃", "老人", "儿子", "女儿", "奶奶", "爷爷", "老太太", "老头",
        ]),
        (Word::Lost, &["走失", "走丢", "不见了", "找不到", "失踪", "丢了"]),
        (Word::Electric, &["电箱", "电表", "配电", "插座", "插板", "电闸", "电线", "电路"]),
        (Word::Wet, &["进水", "泡水", "滴水", "漏水", "进了水", "着水", "有水"]),
        (Word::FlowsTo, &[
            "滴到", "流到", "漏到", "渗到", "流进", "滴进", "渗进", "漏进", "进到", "水到", "滴在",
            "漏在", "溅到",
        ]),
        (Word::EnglishSmelled, &["smell", "smells", "smelled", "smelling"]),
        (Word::EnglishSmell, &["gas", "burning", "smoke"]),
        (Word::EnglishTrappedIn, &[
            "trapped in", "trapped inside", "stuck in", "stuck inside", "locked in",
        ]),
        (Word::EnglishLift, &["lift", "elevator"]),
        (Word::Person, &[
            "people", "person", "someone", "somebody", "child", "children", "kid", "kids", "man",
            "woman", "boy", "girl", "i'm", "i am", "son", "daughter", "grandma", "grandpa",
            "mother", "father", "neighbour", "neighbor", "lady", "we are", "we're",
        ]),
        (Word::EnglishTrapped, &["trapped", "collapsed"]),
        (Word::Missing, &["missing", "is lost"]),
        (Word::Water, &["water", "leak", "leaking", "dripping"]),
        (Word::EnglishElectric, &[
            "socket", "sockets", "outlet", "fuse box", "electrical", "switchboard",
            "electric panel", "electric box",
        ]),
    ])
});

const PATTERNS: &[&[(usize, Word)]] = &[
    &[(0, Word::Danger)],
    &[(0, Word::Gas), (3, Word::GasSign)],
    &[(0, Word::GasPipe), (9, Word::Leak)],
    &[(0, Word::Gas), (9, Word::Leak)],
    &[(0, Word::Smelled), (15, Word::Smell)],
    &[(0, Word::Lift), (18, Word::Trapped)],
    &[(0, Word::TrappedIn), (12, Word::Lift)],
    &[(0, Word::Soon), (3, Word::Fall)],
    &[(0, Word::Weak), (9, Word::Lost)],
    &[(0, Word::Electric), (12, Word::Wet)],
    &[(0, Word::FlowsTo), (12, Word::Electric)],
    &[(0, Word::EnglishSmelled), (12, Word::EnglishSmell)],
    &[(0, Word::EnglishTrappedIn), (10, Word::EnglishLift)],
    &[(0, Word::Person), (18, Word::EnglishTrapped)],
    &[(0, Word::Person), (14, Word::Missing)],
    &[(0, Word::Water), (24, Word::EnglishElectric)],
];

/// Words before a danger that deny or prevent it.
const DENIED: &[&str] = &[
    "没", "没有", "未", "不会", "防", "防止", "避免", "小心", "以免", "no", "not", "never",
];

/// Whether the folded text tells of a danger to people.
pub(super) fn is_told(text: &str) -> bool {
    let hits = WORDS.every(text);
    PATTERNS.iter().any(|steps| {
        sequences(text, &hits, steps).any(|danger| {
            let is_harmless = hits.iter().any(|hit| {
                hit.meaning == Word::Harmless && hit.start < danger.end && danger.start < hit.end
            });
            // The child's thing is lost, not the child.
            let is_thing =
                matches!(steps, [(_, Word::Weak), ..]) && text[danger.clone()].contains('的');
            let is_drill = text.contains("演习") || text.contains("演练");
            let before = text[..danger.start].trim_end();
            !(is_harmless || is_thing || is_drill || ends_with_any(before, DENIED))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::Folded;

    #[test]
    fn dangers() {
        for text in [
            "闻到煤气味",
            "楼道有燃气的味道",
            "天然气泄漏",
            "煤气管破了",
            "有股焦糊味",
            "楼下着火了",
            "电箱冒烟",
            "有人困在电梯里",
            "电梯里困住了两个人",
            "我被困电梯了",
            "关在电梯里出不来",
            "外墙砖要掉下来了",
            "老人走失",
            "小孩不见了",
            "水滴到电箱上",
            "配电箱进水",
            "插座漏水",
            "有人触电",
            "I smell gas",
            "strong gas smell in the corridor",
            "smells like burning",
            "Fire in the garage!",
            "the bin is on fire",
            "someone is trapped in the lift",
            "stuck in the elevator",
            "a child is missing",
            "water is running into the fuse box",
            "smoke coming from the meter room",
        ] {
            assert!(is_told(Folded::new(text).text()), "{text:?}");
        }
    }

    #[test]
    fn no_dangers() {
        for text in [
            "",
            "热水出不来",
            "应急照明坏了",
            "紧急呼叫按钮坏了",
            "急停按钮",
            "电梯停了",
            "电梯门关着",
            "燃气灶打不着",
            "燃气费怎么交",
            "漏电保护器跳闸",
            "没有着火",
            "明天消防演习，会有冒烟",
            "孩子的书包丢了",
            "防火门关不上",
            "the lift is stuck",
            "the smoke detector beeps",
            "fire door won't close",
            "fire drill tomorrow",
            "my parcel is missing",
        ] {
            assert!(!is_told(Folded::new(text).text()), "{text:?}");
        }
    }
}
