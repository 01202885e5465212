//! What a message without a tag is about, by simple words. Nothing here does IO.

use std::sync::LazyLock;

use crate::text::danger::{self, Danger};
use crate::text::tags::Category;
use crate::text::words::Lexicon;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sense {
    /// Something does not work as it should.
    Fault,
    /// Water or power is off: a fault, or a question about announced works.
    Outage,
    /// A call for repair without a fault.
    Repair,
    Complaint,
    Suggestion,
    Fee,
    Question,
}

#[rustfmt::skip]
static WORDS: LazyLock<Lexicon<Sense>> = LazyLock::new(|| {
    Lexicon::new(&[
        (Sense::Fault, &[
            "坏", "漏水", "漏了", "在漏", "漏雨", "漏风", "漏油", "渗水", "滴水", "跑水", "冒水",
            "返水", "积水", "进水", "泡水", "堵", "不亮", "跳闸", "没电", "没水", "没热水",
            "没暖气", "没信号", "没网", "断电", "断水", "断网", "断了", "不出水", "不来水", "水压",
            "爆了", "爆管", "爆裂", "破了", "破裂", "破损", "裂", "打不开", "关不上", "关不了",
            "开不了", "开不开", "锁不上", "刷不开", "用不了", "不能用", "不好用", "不好使", "卡住",
            "不通", "异响", "松动", "松了", "掉了", "脱落", "掉下来", "生锈", "不制冷", "不制热",
            "不热", "不凉", "不工作", "不动", "不转", "失灵", "失效", "故障", "报错", "短路",
            "漏电", "冒烟", "焦味", "异味", "臭味", "死机", "黑屏", "停了", "停运", "停用", "损坏",
            "毁坏", "翘", "塌", "淹", "熄火", "闪", "灭了", "打不着", "不响", "响个不停", "没反应",
            "发霉", "出不来", "不出热水", "没有热水", "没有水", "没有电", "不来电", "不灵",
            "关不严", "关不紧", "出问题", "有问题", "一直响", "渗漏", "漏", "water everywhere",
            "pouring", "leak", "leaks", "leaking", "leaked", "leakage", "broken", "broke", "breaks",
            "burst", "blocked", "clogged", "not working", "isn't working", "doesn't work",
            "does not work", "doesn't open", "doesn't close", "won't open", "won't close",
            "won't start", "won't turn", "won't flush", "stopped working", "stuck", "jammed",
            "no water", "no power", "no hot water", "no electricity", "no heating", "no signal",
            "no internet", "no light", "out of order", "out of service", "fault", "faulty", "crack",
            "cracked", "cracks", "drip", "drips", "dripping", "flood", "flooded", "flooding",
            "flickering", "flickers", "tripped", "trips", "dead", "damaged", "smashed", "is down",
            "are down", "is out", "are out", "overflowing", "overflow", "rusty", "loose",
            "fell off", "peeling", "mold", "mould", "malfunction", "malfunctioning",
        ]),
        (Sense::Outage, &[
            "停水", "停电", "停气", "停暖", "power cut", "power outage", "water outage", "outage",
        ]),
        (Sense::Repair, &[
            "报修", "维修", "修理", "修一下", "修下", "来修", "要修", "需要修", "检修", "修修",
            "修复", "派人看", "上门看", "换灯", "换一下", "repair", "repairs", "fix",
            "needs fixing",
        ]),
        (Sense::Complaint, &[
            "投诉", "举报", "扰民", "太吵", "很吵", "吵死", "吵得", "噪音", "噪声", "乱停",
            "complain", "complaint", "complaining", "complaints", "noisy", "noise", "loud music",
            "too loud",
        ]),
        (Sense::Suggestion, &[
            "建议", "提议", "希望能", "希望增", "希望加", "suggest", "suggestion", "suggestions",
            "propose", "would be nice", "would be great if",
        ]),
        (Sense::Fee, &[
            "物业费", "停车费", "水费", "电费", "燃气费", "煤气费", "气费", "车位费", "管理费",
            "取暖费", "暖气费", "缴费", "交费", "收费", "费用", "欠费", "催费", "账单", "帐单",
            "发票", "收据", "充值", "退款", "退费", "押金", "滞纳金", "扣费", "维修基金", "fee",
            "fees", "payment", "payments", "pay", "paid", "invoice", "invoices", "receipt", "bill",
            "bills", "billing", "deposit", "refund", "charged",
        ]),
        (Sense::Question, &[
            "?", "吗", "么", "呢", "什么", "怎么", "怎样", "如何", "哪", "几点", "几号", "多少",
            "多久", "是否", "能不能", "可不可以", "有没有", "是不是", "谁", "为啥", "为什么",
            "请问", "how", "what", "when", "where", "why", "who", "which", "can i", "can we",
            "is there", "are there", "do you", "does", "could i", "may i",
        ]),
    ])
});

/// The category of a folded text that tells of this danger, or nothing when no word tells.
///
/// Danger outranks everything; then what the sender says it is (a complaint, a suggestion),
/// then what is the matter (a fault, money), then whether it is a question.
pub(super) fn of(text: &str, danger: Option<Danger>) -> Option<Category> {
    if danger.is_some() {
        return Some(Category::Emergency);
    }
    let mut has = [false; 7];
    for hit in WORDS.all(text) {
        if let Some(slot) = has.get_mut(hit.meaning as usize) {
            *slot = true;
        }
    }
    let has = |sense: Sense| has.get(sense as usize).copied().unwrap_or(false);
    let asks = has(Sense::Question);
    if has(Sense::Complaint) {
        Some(Category::Complaint)
    } else if has(Sense::Suggestion) {
        Some(Category::Suggestion)
    } else if has(Sense::Fault) || (has(Sense::Outage) && !asks) {
        Some(Category::Repair)
    } else if has(Sense::Fee) {
        Some(Category::Fee)
    } else if has(Sense::Repair) {
        Some(Category::Repair)
    } else {
        asks.then_some(Category::Question)
    }
}

/// Whether the folded text tells of a fault or a danger.
pub(super) fn has_fault(text: &str) -> bool {
    WORDS
        .all(text)
        .any(|hit| matches!(hit.meaning, Sense::Fault | Sense::Outage))
        || danger::told(text).is_some()
}
