//! The words and patterns of questions about earlier reports. Nothing here does IO.
//!
//! A pattern is a row of meanings with the greatest number of bytes between two words; a
//! Chinese character has three.

use std::sync::LazyLock;

use crate::text::words::Lexicon;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// Points back by itself: 工单, 报的, 我的报修.
    Back,
    /// A time before now.
    Past,
    /// Reporting, without saying when.
    Report,
    /// How long ago: 三天了.
    Since,
    /// Asks for a state by itself: 怎么样, 进度, 还没.
    State,
    /// Asks for the progress of works by itself.
    Progress,
    /// What staff do about a report.
    Act,
    /// Mending, and nothing else.
    Mend,
    /// The end of a question.
    AskEnd,
    When,
    /// What a question about the time of an act can end in.
    Outcome,
    Not,
    /// What can be missing after a report: somebody, an answer.
    Answer,
    Worker,
    Come,
    /// The person who reported.
    Me,
    Reported,
    Mine,
    Thing,
    The,
    Ticket,
    /// Telling somebody, which need not have been a report.
    Told,
    /// 呢 after what was reported: and how about that?
    HowAbout,
    NumberedThing,
    Is,
    Done,
    Mended,
    Yet,
    WhenWill,
    EnglishWorker,
}

/// Words without which nothing points back to a report; a cheap test before the rest.
#[rustfmt::skip]
pub(super) static TRIGGERS: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    Lexicon::new(&[((), &[
        "报", "工单", "单子", "投诉", "反映", "反馈", "提交", "登记", "预约", "申请", "维修单",
        "说的", "提的", "讲的", "说过", "report", "reports", "reported", "ticket", "tickets",
        "request", "requests", "requested", "complaint", "complained", "submitted", "raised",
        "filed", "logged", "order", "case", "told", "mentioned",
    ])])
});

/// Pointing back to an earlier report.
pub(super) const POINTS_BACK: &[&[(usize, Word)]] = &[
    &[(0, Word::Back)],
    &[(0, Word::Past), (36, Word::Report)],
    &[(0, Word::Report), (15, Word::Since)],
    &[(0, Word::Me), (16, Word::Reported)],
    &[(0, Word::Reported), (12, Word::Past)],
    &[(0, Word::Mine), (20, Word::Thing)],
    &[(0, Word::The), (12, Word::Ticket)],
];

/// Pointing back to something said, which counts when it was said to the bot or was about
/// a fault.
pub(super) const POINTS_BACK_LOOSELY: &[&[(usize, Word)]] = &[&[(0, Word::Past), (15, Word::Told)]];

/// Asking how something stands.
pub(super) const ASKS_STATE: &[&[(usize, Word)]] = &[
    &[(0, Word::State)],
    &[(0, Word::Progress)],
    &[(0, Word::Back), (24, Word::HowAbout)],
    &[(0, Word::Act), (9, Word::AskEnd)],
    &[(0, Word::When), (12, Word::Act)],
    &[(0, Word::When), (12, Word::Outcome)],
    &[(0, Word::Not), (6, Word::Act)],
    &[(0, Word::Not), (3, Word::Answer)],
    &[(0, Word::Is), (40, Word::Done)],
    &[(0, Word::WhenWill)],
];

/// Said to the bot, these ask for a state without pointing back.
pub(super) const ASKS_ALONE: &[&[(usize, Word)]] = &[
    &[(0, Word::Progress)],
    &[(0, Word::Mend), (9, Word::AskEnd)],
    &[(0, Word::Worker), (18, Word::Come), (12, Word::AskEnd)],
    &[(0, Word::Worker), (12, Word::When)],
    &[(0, Word::Worker), (6, Word::State)],
    &[(0, Word::When), (12, Word::Worker), (12, Word::Come)],
    &[(0, Word::When), (12, Word::Mend)],
    &[(0, Word::Is), (30, Word::Mended)],
    &[(0, Word::WhenWill), (12, Word::EnglishWorker)],
    &[(0, Word::WhenWill), (30, Word::Mended)],
];

#[rustfmt::skip]
pub(super) static WORDS: LazyLock<Lexicon<Word>> = LazyLock::new(|| {
    Lexicon::new(&[
        (Word::Back, &[
            "工单", "单子", "报修单", "维修单", "派工单", "报的", "报过", "报了", "报修的",
            "报修过", "报修了", "报障的", "报了修", "报过修", "上报的", "上报过", "上报了",
            "反映的", "反映过", "反映了", "反馈的", "反馈过", "反馈了", "投诉的", "投诉过",
            "投诉了", "提交的", "提交过", "提交了", "登记的", "登记过", "登记了", "申报的",
            "申报了", "申请的", "申请了", "预约的", "预约了", "预约过", "我的报修", "我家的报修",
            "我们的报修", "我家报修", "我的投诉", "我的建议", "我的反馈", "我的申请", "我提的",
            "我们提的", "报修进度", "报修的进度", "报修处理", "报修进展", "报修结果", "报修状态",
            "报修怎么样", "报修到哪", "报修呢", "投诉处理", "投诉进度", "投诉结果", "投诉呢",
            "投诉怎么样", "the leak i reported",
        ]),
        (Word::Past, &[
            "昨天", "昨晚", "昨日", "昨儿", "前天", "前几天", "上周", "上星期", "上个月", "上月",
            "上次", "上回", "早上", "上午", "中午", "下午", "晚上", "刚才", "刚刚", "之前", "以前",
            "前面", "先前", "前些", "那天", "已经", "早就", "今早", "周一", "周二", "周三", "周四",
            "周五", "周六", "周日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六",
            "星期天", "星期日", "天前", "小时前", "周前", "个月前", "星期前", "礼拜前", "yesterday",
            "last", "earlier", "before", "this morning", "by me", "days ago", "hours ago",
            "weeks ago", "a week ago", "on monday", "on tuesday", "on wednesday", "on thursday",
            "on friday", "on saturday", "on sunday",
        ]),
        (Word::Report, &["报修", "报障", "投诉", "反映", "反馈", "上报"]),
        (Word::Since, &[
            "天了", "小时了", "周了", "星期了", "个月了", "月了", "次了", "遍了", "年了",
        ]),
        (Word::State, &[
            "怎么样", "怎样了", "咋样", "如何了", "什么情况", "啥情况", "到哪", "状态", "结果",
            "下文", "还要多久", "还要等", "还需要多久", "多长时间", "有没有人", "没有消息",
            "有消息", "有结果", "有回复", "有下文", "有着落", "催", "查一下", "查下", "查询",
            "查看", "查查", "看一下", "看看", "工单呢", "单子呢", "报修呢", "投诉呢", "还没",
            "还未", "至今没", "至今未", "仍未", "仍没", "还不", "怎么还", "为什么还", "为啥还",
            "咋还", "怎么没", "为什么没", "为什么不", "怎么不", "怎么一直", "谁来修", "谁负责",
            "谁在处理", "谁处理", "谁来处理", "谁来负责", "来没来", "修没修", "好没好", "来不来",
            "what happened", "what's happened", "what has happened", "what's happening",
            "what is happening", "what's going on", "what is going on", "what about", "status",
            "any word", "has anyone", "has anybody", "has someone", "has somebody", "did anyone",
            "did anybody", "did someone", "is anyone", "is anybody", "is someone", "will anyone",
            "will anybody", "will someone", "will somebody", "can anyone", "can someone",
            "could someone", "how long", "how's", "how is", "how far", "how are", "where's",
            "where is", "follow up", "following up", "follow-up", "chasing", "still waiting",
            "still not", "still no", "still broken", "still leaking", "still nobody", "still open",
            "still pending", "still hasn't", "still isn't", "still haven't", "nobody came",
            "nobody has come", "nobody has come yet", "no one came", "no one has come",
            "nobody showed", "no one showed", "did you", "have you", "check on", "check my",
            "check the", "heard nothing", "haven't heard",
        ]),
        (Word::Progress, &[
            "进度", "进展", "催一下", "催下", "催催", "催单", "progress", "status", "update",
            "updates", "any news", "fixed yet",
        ]),
        (Word::Act, &[
            "修", "处理", "解决", "弄", "搞", "办", "换", "装", "通", "疏通", "安排", "派", "联系",
            "来", "到", "接", "跟进", "回复", "核实", "看", "受理", "完成", "管", "理",
        ]),
        (Word::Mend, &["修", "处理", "解决", "弄好", "搞定", "疏通"]),
        (Word::AskEnd, &["吗", "嘛", "没有", "了没", "好没", "么"]),
        (Word::When, &[
            "什么时候", "什么时间", "啥时候", "何时", "几时", "几点", "几号", "哪天", "多久",
        ]),
        (Word::Outcome, &["好", "上门", "有人", "完"]),
        (Word::Not, &["没", "没有", "未", "不见"]),
        (Word::Answer, &[
            "人来", "人管", "人修", "人处理", "人理", "人回", "人联系", "人跟", "消息", "动静",
            "回音", "下文", "结果", "见人", "见到人",
        ]),
        (Word::Told, &["说的", "提的", "讲的", "说过"]),
        (Word::HowAbout, &["呢"]),
        (Word::Worker, &[
            "师傅", "维修工", "修理工", "维修人员", "维修师傅", "工人", "电工", "水工", "水电工",
            "有人", "工作人员",
        ]),
        (Word::Come, &["来", "到", "上门"]),
        (Word::Me, &["i", "we", "i've", "we've", "i'd", "we'd"]),
        (Word::Reported, &[
            "reported", "raised", "submitted", "filed", "logged", "complained", "requested",
            "told you", "mentioned",
        ]),
        (Word::Mine, &["my", "our", "that"]),
        (Word::Thing, &[
            "ticket", "tickets", "request", "requests", "report", "reports", "complaint",
            "work order", "case",
        ]),
        (Word::The, &["the", "this"]),
        (Word::Ticket, &["ticket", "work order"]),
        (Word::NumberedThing, &["ticket", "work order", "case", "request", "order"]),
        (Word::Is, &["is", "are", "was", "has", "have", "been", "being", "hasn't", "isn't"]),
        (Word::Done, &[
            "fixed", "done", "resolved", "repaired", "handled", "finished", "completed",
            "looked at", "sorted", "dealt with", "coming", "come", "assigned", "processed",
            "been here",
        ]),
        (Word::Mended, &["fixed", "repaired", "resolved"]),
        (Word::Yet, &["yet"]),
        (Word::WhenWill, &[
            "when will", "when is", "when are", "when can", "when does", "when do", "when would",
            "when should",
        ]),
        (Word::EnglishWorker, &[
            "plumber", "electrician", "technician", "repairman", "handyman", "someone", "somebody",
            "anyone", "maintenance",
        ]),
    ])
});
