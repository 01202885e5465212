//! How urgent a matter is: by facts before words. Nothing here does IO.
//!
//! | | what |
//! |---|---|
//! | P0 | people are in danger |
//! | P1 | a burst pipe, no water or power, a lift that stands still, somebody locked out |
//! | P2 | what is broken otherwise, and what disturbs |
//! | P3 | what can wait: wishes, questions, money, and what its sender says can wait |
//!
//! Words of haste raise P2 to P1 and no further. The names of parts (应急照明) are no haste.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::again;
use crate::text::{
    danger::Danger,
    intent,
    tags::Category,
    words::{Hit, Lexicon, ends_with_any, has_sequence, sequences},
};

/// How urgent a matter is; the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Urgency {
    P0,
    P1,
    P2,
    P3,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    /// Serious by itself.
    Grave,
    /// The name of a part, or something else that holds such a word.
    Harmless,
    Haste,
    CanWait,
    /// Works that were announced are asked about, not reported.
    Announced,
    Lift,
    StandsStill,
    PartOfLift,
    Water,
    Power,
    IsGone,
    /// What has its own battery.
    Battery,
    Empty,
    Pipe,
    Bursts,
    Home,
    Locked,
    Entrance,
    NoWayIn,
    Dirt,
    ComesBack,
    Manhole,
    Open,
    Wire,
    Bare,
    Solved,
    Thanks,
    Mistaken,
    WontOpen,
    Whole,
    Trips,
}

#[rustfmt::skip]
static WORDS: LazyLock<Lexicon<Word>> = LazyLock::new(|| {
    Lexicon::new(&[
        (Word::Grave, &[
            "停水", "停电", "断水", "断电", "没水", "没有水", "没电", "没有电", "没自来水", "爆管", "跑水", "喷水", "水漫", "全是水", "到处是水", "到处都是水", "满地水", "满地都是水", "一地水", "一地的水", "满屋子水", "发大水", "淹", "泡在水里", "车都泡", "哗哗", "漏得很大", "漏水很大", "漏水严重", "漏得厉害", "大量漏水",
            "水止不住", "止不住水", "漫到卧室", "漫到客厅", "漫到楼", "漫出来", "漫到走廊", "漫到电梯", "没到小腿", "没过脚", "没到膝", "淹到", "车泡", "一滴水都没", "被撬", "有贼", "是贼", "贼应该", "动手了", "动手打", "打飞", "崩飞", "倒灌", "污水返", "塌陷", "小偷", "入室", "盗窃", "偷电", "偷车", "撬门", "撬锁", "打架", "斗殴", "打起来", "打人", "闹事", "停运", "高空抛物", "锁在门外", "锁在外面", "锁在家门外", "锁门外", "关在门外", "关在外面", "进不了家", "进不去家", "回不了家", "回不去家", "进不了门", "进不去门", "钥匙断", "裸露", "电线掉", "电线断", "电线垂", "大树倒", "树倒了挡", "树倒了堵", "在撬", "撬我家", "有人撬", "推不上去", "合不上闸", "全屋黑", "整屋黑", "钥匙在里面", "钥匙落在", "钥匙锁在", "钥匙忘在", "钥匙在屋里", "钥匙在家里", "忘带钥匙", "没带钥匙", "忘记带钥匙", "忘了带钥匙", "门被风", "自己锁外",
            "power cut", "power outage", "blackout", "no power", "no water", "no running water", "no electricity", "without power", "without water", "without electricity", "water outage", "water is off", "water's off", "power is out", "power's out", "power is off", "power is gone", "power went out", "electricity is out", "electricity is off", "electricity went",
            "burst pipe", "pipe burst", "pipe has burst", "water main burst", "flood", "floods", "flooded", "flooding", "locked out", "locked myself out", "locked ourselves out", "can't get into my", "cant get into my", "cannot get into my", "can't get in my", "can't enter my", "sewage", "burglar", "burglary", "break-in", "broke in", "broken into", "breaking in", "thief", "thieves", "fight", "fighting", "fighting each",
            "exposed wire", "exposed wires", "exposed cable", "bare wire", "bare wires", "live wire", "water everywhere", "pouring", "gushing", "spraying everywhere", "throwing things", "burgled", "burglars", "robbed", "broken in", "keys inside", "left my keys", "key inside", "forgot my keys", "lost my keys", "went dark", "tree fell", "fallen tree", "tree has fallen",
        ]),
        (Word::Harmless, &[
            "应急照明", "应急灯", "应急指示", "紧急呼叫", "紧急按钮", "紧急报警", "紧急出口", "紧急通道", "应急通道", "应急出口", "应急门", "急停", "急救", "急诊", "应急电源", "应急电话", "应急预案", "应急包", "急性", "性急", "急刹", "紧急联系", "紧急联络", "紧急制动", "紧急集合", "焦急等待",
            "没水压", "没水果", "没水费", "没电视", "没电话", "没电梯", "没电池", "没电费", "没有电梯", "没有电视", "没有电话", "没有水压", "没有电动", "没电动", "没有电子", "没电子", "喷水池", "喷水器", "淹死", "停电通知", "停水通知", "偷电影", "漏水", "积水", "渗水", "滴水", "排水", "污水", "雨水", "热水", "浇水", "下水", "水管", "水费", "水表", "水压", "水龙头", "水槽", "水池", "水质", "水箱",
            "充电", "漏电", "家电", "电梯", "电视", "电话", "电池", "电费", "电表", "电动", "电瓶", "电线", "电箱", "电闸", "电脑", "电器", "电影", "光电", "弱电", "配电", "马上要过", "马上要到", "马上要交", "马上就要", "floodlight", "flood light", "hot water is off", "fight fire", "fire fighting", "water everywhere else",
            "emergency light", "emergency lights", "emergency lighting", "emergency lamp", "emergency exit", "emergency exits", "emergency button", "emergency call", "emergency call button", "emergency stop", "emergency door", "emergency contact", "emergency phone", "emergency intercom", "emergency number", "emergency kit", "emergency stairs", "emergency staircase", "emergency drill",
        ]),
        (Word::Haste, &[
            "急", "紧急", "加急", "赶紧", "赶快", "马上", "立刻", "立马", "立即", "火速", "十万火急", "快点", "快来", "速来", "速修", "速度来", "快派人", "快叫人", "快找人", "火烧眉毛", "等不了", "不能等", "刻不容缓", "麻溜", "asap", "a.s.a.p", "urgent", "urgently", "immediately", "right away", "right now", "straight away", "emergency", "hurry", "quickly", "at once", "can't wait", "cannot wait",
        ]),
        (Word::CanWait, &[
            "不急", "不用急", "不着急", "不太急", "不是很急", "不是急", "不算急", "没那么急", "没啥急", "不那么急", "别急", "不必急", "不要急", "不紧急", "不是特别急", "不用着急", "不用马上", "不用赶", "不用立刻", "不用立即", "不用赶紧", "有空来", "有空过来", "有空再", "有空的时候", "有空帮", "有空修", "有空看", "有空补", "有空处理", "有空弄", "有空时", "有空顺", "有空就", "有时间来", "有时间再", "有时间的时候", "有时间过来", "有时间帮", "你们有空", "你们有时间", "师傅有空", "啥时候有空", "什么时候有空",
            "方便的时候", "方便时", "什么时候方便", "慢慢来", "不赶", "什么时候都行", "什么时候都可以", "哪天都行", "随便哪天", "改天", "抽空", "得空", "空了再", "闲了", "顺便", "顺路", "下次来", "下周也行", "下个月也行", "下月也行", "明天也行", "过几天", "不影响使用", "不影响用", "不耽误用", "小问题", "小毛病",
            "not urgent", "nothing urgent", "non-urgent", "non urgent", "no hurry", "not in a hurry", "no rush", "no big rush", "whenever you", "whenever it suits", "whenever is", "whenever suits", "whenever convenient", "whenever someone", "whenever somebody", "whenever the", "when you have time", "when you get time", "when you get a chance", "when you have a chance", "when convenient", "at your convenience", "can wait", "sometime this", "sometime next", "some time this", "some time next", "someday", "some day", "next time you", "not an emergency", "isn't urgent", "isnt urgent", "take your time", "low priority", "minor thing", "not a big deal", "no big deal",
        ]),
        (Word::Announced, &["通知", "几点到几点", "存水", "明天", "后天", "下周", "几点停", "什么时候停", "哪天停", "会停", "要停", "停多久", "计划", "公告", "tomorrow", "scheduled", "planned", "announced", "next week", "will the", "will there"]),
        (Word::Lift, &["电梯", "电题", "电体", "电提", "elevater", "elevaters", "elavator", "轿厢", "货梯", "客梯", "直梯", "扶梯", "lift", "lifts", "elevator", "elevators"]),
        (Word::StandsStill, &[
            "停了", "停运", "停用", "停摆", "不动", "不走", "不运行", "不能用", "用不了", "坏", "故障", "卡住", "卡了", "卡在", "死机", "不工作", "没反应", "罢工", "停在", "歇菜", "瘫痪", "趴窝", "is stuck", "are stuck", "stuck", "stopped", "not working", "isn't working", "aren't working", "isnt working", "arent working", "not moving", "won't move", "wont move",
            "doesn't work", "doesnt work", "don't work", "dont work", "is down", "are down", "both down", "down again", "is out", "are out", "out of order", "out of service", "broken", "dead", "broke down", "broke", "breakdown", "won't start", "isn't moving", "not running",
        ]),
        (Word::PartOfLift, &[
            "灯", "按钮", "按键", "风扇", "空调", "广告", "屏", "显示", "镜子", "地板", "扶手", "异响", "响", "抖", "里面的", "口", "厅", "间", "刷卡", "通风", "对讲", "盖子", "light", "lights", "lamp", "button", "buttons", "fan", "mirror", "screen", "display", "noise", "lobby", "panel", "floor", "door sensor", "intercom", "handrail", "ad screen", "ventilation",
        ]),
        (Word::Water, &["水", "自来水"]),
        (Word::Power, &["电"]),
        (Word::IsGone, &["没了", "没有了", "都没有", "也没有", "停了", "断了", "没来", "还没来", "又没"]),
        (Word::Battery, &["门锁", "指纹锁", "密码锁", "智能锁", "电子锁", "锁", "手机", "遥控", "遥控器", "门铃", "车", "电动车", "电瓶车", "烟感", "报警器", "电池", "手电", "表", "感应器", "对讲机", "应急灯", "灯"]),
        (Word::Empty, &["没电", "没有电", "快没电"]),
        (Word::Pipe, &["水管", "管子", "管道", "暖气", "暖气管", "暖气片", "热水器", "水龙头", "龙头", "阀门", "水表", "软管", "角阀", "主管", "pipe", "pipes", "radiator", "boiler", "hose", "main", "water heater"]),
        (Word::Bursts, &["爆", "炸", "喷", "断了", "断开", "裂了", "破裂", "爆裂", "裂开", "崩了", "崩开", "burst", "bursts", "exploded", "spraying", "ruptured", "broke off", "snapped"]),
        (Word::Home, &["家门", "门锁", "入户门", "钥匙", "大门锁", "防盗门", "指纹锁", "密码锁", "房门", "锁眼", "锁芯", "智能锁", "电子锁", "smart lock", "my lock", "my key", "my keys", "door lock"]),
        (Word::Locked, &["打不开", "开不了", "开不开", "丢了", "断在", "断锁", "进不了", "进不去", "拧不动", "锁死", "wont open", "won't open", "doesn't open"]),
        (Word::Entrance, &["main door of", "unit door", "单元门", "楼门", "大门", "楼栋门", "楼宇门", "门禁", "entrance", "front door", "main door"]),
        (Word::NoWayIn, &["进不去", "进不来", "进不了", "出不去", "都进不", "can't get in", "cant get in", "cannot get in", "nobody can get in", "no one can get in"]),
        (Word::Dirt, &["污水井", "马桶", "地漏", "下水", "下水道", "厕所", "卫生间", "污水", "粪", "厨房水槽", "toilet", "toilets", "drain", "drains", "sewage", "sewer", "shower"]),
        (Word::ComesBack, &["往外涌", "往外反", "反粪水", "返粪水", "淌到", "返水", "反水", "返污水", "返上来", "反上来", "倒灌", "往外冒", "往上返", "往上反", "冒出来", "溢", "往上冒", "冒粪", "冒污水", "涌上来", "涌出来", "overflowing", "overflowed", "backing up", "backed up", "coming up", "comes up", "coming back up"]),
        (Word::Manhole, &["井盖", "窨井", "阴井盖", "下水井", "manhole", "manhole cover"]),
        (Word::Wire, &["电线", "铜丝", "电缆", "线", "线头", "火线", "铜线", "wire", "wires", "cable", "cables"]),
        (Word::Bare, &["露在外", "裸着", "裸在外", "裸露", "露出来", "露着", "外露", "都露", "耷拉着", "垂下来", "exposed", "bare", "hanging out", "sticking out", "hanging down"]),
        (Word::Whole, &["全屋", "全家", "整个家", "整屋", "whole flat", "whole apartment"]),
        (Word::Trips, &["跳闸", "跳匝", "跳电", "断电", "没电", "tripped"]),
        (Word::WontOpen, &["打不开", "开不开", "开不了", "wont open", "won't open", "doesn't open"]),
        (Word::Mistaken, &["点错", "手滑", "按错", "发错", "选错", "wrong tag", "by mistake", "oops", "不是投诉"]),
        (Word::Solved, &["找到了", "没事了", "we found", "found him", "found her", "处理好了", "修好了", "解决了", "弄好了", "搞定了", "来修好", "修得", "fixed it", "all fixed", "is fixed", "has been fixed", "got fixed"]),
        (Word::Thanks, &["谢谢", "感谢", "多谢", "点赞", "赞", "大拇指", "👍", "表扬", "thank", "thanks", "thank you", "thx", "kudos"]),
        (Word::Open, &["without cover", "without a cover", "no cover", "没了", "没有了", "丢了", "不见", "缺", "没盖", "开着", "敞着", "破", "掉", "翻", "被偷", "塌", "碎", "missing", "open", "gone", "broken", "stolen", "uncovered", "loose"]),
    ])
});

/// Words that follow one another in a clause, each with how many bytes may lie before it.
const GRAVE: &[&[(usize, Word)]] = &[
    &[(0, Word::Grave)],
    &[(0, Word::Water), (6, Word::IsGone)],
    &[(0, Word::Power), (6, Word::IsGone)],
    &[(0, Word::Pipe), (9, Word::Bursts)],
    &[(0, Word::Bursts), (9, Word::Pipe)],
    &[(0, Word::Home), (12, Word::Locked)],
    &[(0, Word::Entrance), (30, Word::NoWayIn)],
    &[(0, Word::Entrance), (12, Word::WontOpen)],
    &[(0, Word::Whole), (9, Word::Trips)],
    &[(0, Word::Dirt), (15, Word::ComesBack)],
    &[(0, Word::Manhole), (12, Word::Open)],
    &[(0, Word::Open), (6, Word::Manhole)],
    &[(0, Word::Wire), (12, Word::Bare)],
    &[(0, Word::Bare), (6, Word::Wire)],
];
const LIFT_STANDS: &[&[(usize, Word)]] = &[
    &[(0, Word::Lift), (18, Word::StandsStill)],
    &[(0, Word::StandsStill), (4, Word::Lift)],
];
/// Two facts that are grave together, at most so many bytes apart.
const TOGETHER: &[(Word, Word, usize)] = &[
    (Word::Home, Word::NoWayIn, 60),
    (Word::Home, Word::WontOpen, 40),
];
const BATTERY: &[(usize, Word)] = &[(0, Word::Battery), (9, Word::Empty)];

/// Words before haste that deny it.
const DENIED: &[&str] = &[
    "不",
    "没",
    "别",
    "不用",
    "不必",
    "不要",
    "not",
    "no",
    "isn't",
    "not so",
    "non",
    "not that",
    "not very",
    "not really",
];

/// The urgency of a folded text without its tag, of a matter of this category, where it tells of this danger.
pub(super) fn of(text: &str, category: Option<Category>, danger: Option<Danger>) -> Urgency {
    if danger.is_some() {
        return Urgency::P0;
    }
    let all = WORDS.every(text);
    let is_within = |hit: &Hit<Word>, word: Word| {
        let mut others = all.iter().filter(|other| other.meaning == word);
        others.any(|other| other.start <= hit.start && hit.end <= other.end)
    };
    let batteries: Vec<_> = sequences(text, &all, BATTERY).collect();
    let is_battery = |hit: &Hit<Word>| {
        batteries
            .iter()
            .any(|range| range.start <= hit.start && hit.end <= range.end)
    };
    let hits: Vec<Hit<Word>> = all
        .iter()
        .filter(|hit| {
            let runs = matches!(hit.meaning, Word::Grave | Word::Power | Word::Empty);
            let is_named = matches!(hit.meaning, Word::Water | Word::Haste) || runs;
            !(is_named && is_within(hit, Word::Harmless) || runs && is_battery(hit))
        })
        .copied()
        .collect();
    let has = |word: Word| hits.iter().any(|hit| hit.meaning == word);
    let is_hasty = category == Some(Category::Emergency)
        || hits.iter().any(|hit| {
            hit.meaning == Word::Haste
                && !is_within(hit, Word::CanWait)
                && !ends_with_any(text[..hit.start].trim_end(), DENIED)
        });
    let are_near = |(one, other, near): &(Word, Word, usize)| {
        let of = |word: Word| hits.iter().filter(move |hit| hit.meaning == word);
        of(*one).any(|one| of(*other).any(|other| one.start.abs_diff(other.start) <= *near))
    };
    let is_grave = has_sequence(text, &hits, GRAVE)
        || TOGETHER.iter().any(are_near)
        || lift_stands(text, &hits);
    let told = intent::category_of(text, danger);
    let is_fault = matches!(told, Some(Category::Repair | Category::Complaint));
    if has(Word::Mistaken) && told != Some(Category::Repair) && !is_grave {
        return Urgency::P3;
    }
    let is_thanked = has(Word::Solved) && has(Word::Thanks) && !again::is_said(text);
    let asks = category == Some(Category::Question) && has(Word::Announced);
    match category {
        _ if is_thanked || asks => Urgency::P3,
        _ if is_grave => Urgency::P1,
        // Tags are mistaken often; what is broken is broken.
        Some(Category::Question | Category::Fee) if is_fault && !has(Word::CanWait) => Urgency::P2,
        Some(Category::Suggestion | Category::Question | Category::Fee) => Urgency::P3,
        _ if has(Word::CanWait) && !is_hasty => Urgency::P3,
        _ if is_hasty => Urgency::P1,
        _ => Urgency::P2,
    }
}

/// Whether a lift does not run, and not only a part of it.
fn lift_stands(text: &str, hits: &[Hit<Word>]) -> bool {
    LIFT_STANDS
        .iter()
        .flat_map(|steps| sequences(text, hits, steps))
        .any(|range| {
            let mut parts = hits.iter().filter(|hit| hit.meaning == Word::PartOfLift);
            !parts.any(|part| range.start < part.start && part.start < range.end)
        })
}
