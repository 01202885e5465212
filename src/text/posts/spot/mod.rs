//! Where something was lost, found, is to be fetched, or happens: as it was written. Nothing here does IO.

mod english;
mod led;

use std::ops::Range;

use super::{
    super::{
        address::{self, Registry},
        fold::Folded,
        words::{ends_with_any, is_han, starts_with_any},
    },
    grammar::Part,
    pattern::{Pattern, compile},
    phrase::{self, Beside, Phrase},
    words::{Words, is_stop},
};

/// Buildings and homes, sides, spots, and what stands behind them.
const BUILDING: &str = r"(?:(?:[0-9]{1,3}|[a-z]|[一二三四五六七八九十]{1,3})(?:号楼|栋|幢|座|#楼|#)(?:[0-9一二三四五六七八九]{1,2}(?:单元|门洞))?(?:[0-9]{3,4}(?:室|户)?)?|[0-9]{1,2}-[0-9]{1,2}-[0-9]{3,4}|[0-9]{1,3}号柜|[0-9一二三四五六七八九十]{1,3}(?:单元|期|楼|楼层|楼(?:楼道|电梯口|走廊|平台|大厅)))";
const SPOT: &str = r"(?:(?:小|大|中心|中央|老年|老|新|公共|音乐|社区|下沉|室外|室内|社区|会所|公共)?(?:广场|洗手间|卫生间|厕所|花园|球馆|门口|图书馆|公园|球场|活动中心|家门口)|[东西南北正侧后前大中]{1,2}(?:大门|门|区|苑|广场|侧)|(?:lobby|clubhouse|gym|garage|pool|b1|b2|basement) ?|市中心(?:那家店)?|棋牌室|书画室|瑜伽室|舞蹈室|乒乓室|老年大学|咖啡厅|售楼处|自行车道|动物园|植物园|小区|社区|地下车库|地库|车库|停车场|车棚|车位|充电桩|电梯(?:口|间|厅|里)?|楼道|楼梯(?:间|口)?|走廊|单元门|大堂|大厅|门厅|快递柜|丰巢柜?|快递站|驿站|菜鸟驿站|菜鸟|信箱|信报箱|垃圾(?:分类)?(?:桶|站|房|点|亭|投放点|屋)|斑马线|自修室|自习室|台球厅|门卫(?:室)?|保安(?:亭|室|岗)|岗亭|传达室|食堂|水库|农贸市场|洗手间|公厕|卫生间|打印店|校车站|班车站|物业(?:办公室|中心|前台|服务中心)?|会所|活动(?:室|中心)|居委会?|社区中心|老年活动室|图书馆|阅览室|健身(?:房|区|器材|步道|广场)|游泳池|泳池|篮球场|网球场|足球场|羽毛球馆|羽毛球场|乒乓球(?:室|台)|球场|操场|跑道|步道|塑胶跑道|游乐(?:场|区|园)?|儿童(?:乐园|游乐场|游乐区|区|滑梯)|滑滑?梯|秋千|沙坑|沙池|喷泉|水池|池塘|荷花池|鱼池|人工湖|湖边|河边|小河|河道|江边|假山|凉亭|亭子|长廊|连廊|长椅|石凳|石桌|花园|小花园|花坛|花圃|草坪|草地|绿化带?|灌木丛?|树丛|竹林|小树林|树林|大树|桂花树|香樟树|围墙|天台|楼顶|露台|阳台|窗户|架空层|平台|广场|超市|便利店|菜场|菜市场|市场|早餐店|早点摊|水果店|理发店|药店|药房|诊所|医院|社区医院|卫生(?:站|服务中心|院)|银行|邮局|饭店|餐厅|面馆|咖啡(?:店|馆|厅)|奶茶店|商场|万达|肯德基|麦当劳|星巴克|宠物(?:店|医院)|幼儿园|小学|中学|学校|校门|公园|体育(?:馆|场|公园)|体育中心|电影院|书店|地铁(?:站|口)?|公交(?:站|车|车站|站台|枢纽)?|车站|站台|路口|十字路口|红绿灯|马路|人行道|小路|天桥|桥|桥下|桥头|加油站|洗衣房|洗车(?:场|店)|自行车(?:棚|库)|非机动车库|门口|楼下|大门口?|家门口|夜市|步行街|绿道|栈道|木?栈桥|码头|高架桥?|天桥|地道|隧道|桥洞|服务区|售票处|检票口|站厅|报刊亭|值班室|门房|岗亭|设备间|配电房|水泵房|晾衣(?:架|场)|晒衣场|晒台|吸烟区|休息区|儿童角|健身角|书吧|自助柜|直饮水|饮水机旁|售货机|贩卖机|取款机|atm|换热站|垃圾分类(?:点|站|亭)|回收(?:站|箱|点)|衣物回收箱|排练室|会议室|多功能厅|文化(?:站|宫|馆|广场|中心)|少年宫|青少年宫|科技馆|博物馆|大剧院|剧院|剧场|影院|书场|戏台|茶馆|茶室|茶楼|棋院|画室|琴房|舞蹈房|教室|培训中心|托管班|托儿所|小卖部|五金店|文具店|修车铺|修鞋摊|理发铺子?|裁缝铺|花店|蛋糕店|烘焙店|面包店|快餐店|干洗店|洗浴中心|澡堂|彩票店|营业厅|派出所|街道办|政务(?:中心|大厅)|加油站|充电站|换电柜|充电柜|洗手台|栅栏边?|铁栅栏|台阶|石阶|坡道|斜坡|扶手|栏杆|井盖|草丛|墙根|墙角|桂花林|银杏林|樱花林|桃林|果园|菜地|菜园|田埂|滩涂|沙滩|岸边|水边|堤坝|河堤|湖心亭|桥头|轮滑场|滑冰场|滑板场|溜冰场|门球场|体操房|更衣室|淋浴间|浴室|桑拿房|储物柜|看台|主席台|红绿灯路口|丁字路口|岔路口|转盘|环岛|车行道|单元楼|样板房|空地|院子|小院|后院|天井|夹道|过道|岗楼|门廊|前厅|侧厅|地铁\\s?[0-9]+号线|公交总站|汽车站|客运站|火车站|高铁站|航站楼)";
const SIDE: &str = r"(?:的?(?:铁)?栅栏边?|的?(?:纱)?窗(?:缝|户|台)?上?|的?(?:台子|沙发|椅子|桌子|桌|凳子|石凳|石桌|长椅|台阶|扶手|架子|餐盘|洗手台|栏杆|地|墙|树|车座|座位|柜子|柜台|收银台|前台|吧台|门把手|窗台|沙发)(?:上|底下|下面?|旁边?|里|边)|后头|前头|外头|里头|那头|这头|头上|底层|顶层|楼顶|顶上|底|背后|斜对面|正对面|东侧|西侧|南侧|北侧|两侧|[东西南北]边|空地|墙根|墙角|小院|院子|之间|的?台子上|的?沙发上|的?椅子上|的?桌上|的?桌子上|附近|旁边|边上|旁|边|门口|口|楼下|楼上|楼后|楼前|后面|前面|后边|前边|对面|里面|里|内|外面|外|下面|下|上|上面|那边|那里|那儿|那条路|一带|周围|周边|中间|底下|角落|拐角|拐弯处|转角|处|入口|出口|进口|一楼|二楼|三楼|负一楼|负二楼|b1|b2|负一层|负二层|尽头|[0-9]{1,3}号|[0-9]{1,2}楼|家)";

static KNOWN: Pattern = Pattern::new(|| {
    compile(&format!(
        r"(?<x>(?:{BUILDING}|{SPOT})(?:(?:的|和|跟|到|与|、|-|/| )?(?:{BUILDING}|{SPOT}|{SIDE}))*)"
    ))
});
/// The last characters of names of places, with the side: 银杏路, 滨江绿道旁.
static NAMED: Pattern = Pattern::new(|| {
    compile(&format!(
        r"^(?<x>[^STOP\s]{{1,7}}(?:[路街巷弄湖河江寺庙塔馆场站厅院校亭廊池坪林园区城港桥坡滩岸谷堤洞]|中心|大学|大厦|码头|市场|门口|铺子?|酒店|饭店|[^自本这那书全][店室房楼])(?:{SIDE})*)$"
    ))
});
/// A way rather than a place: 从公交站走到小区门口.
static WAY: Pattern = Pattern::new(|| {
    compile(
        r"从(?<x>[\p{Han}0-9]{2,8}(?:走)?到[\p{Han}0-9]{2,8}?(?:这段路|这一段|这一路|的?路上)(?:上)?)",
    )
});
/// A field of a form.
static FIELD: Pattern = Pattern::new(|| {
    compile(
        r"(?:地点|位置|地址|坐标|集合点|自提点|地方)(?:是|在|:|：) ?(?<x>[^STOP\s]{2,16})|坐标(?<y>[^STOP\s]{2,16})",
    )
});

/// The place that a post names, beside its times and its item. All of the text may be one where it answers a question, and
/// what is fetched is at somebody's home first of all.
pub(super) fn find(
    words: &Words,
    registry: &Registry,
    around: (&[Range<usize>], Option<&Range<usize>>),
    is_answer: bool,
    is_fetched: bool,
) -> Option<Range<usize>> {
    let (times, item) = around;
    let own = words.without(times);
    if let Some(range) = FIELD.either(&own).or_else(|| WAY.find(&own)) {
        return Some(range);
    }
    if let Some(range) = chinese(&own, registry, item) {
        return Some(range);
    }
    let lives_there = |range: &Range<usize>| lives_there(&own, range, registry);
    if is_fetched && let Some(home) = english::home(&own, lives_there) {
        return Some(home);
    }
    english::find(&own, is_answer, lives_there)
}

/// The Chinese place that is told most clearly.
fn chinese(own: &str, registry: &Registry, item: Option<&Range<usize>>) -> Option<Range<usize>> {
    if !own.chars().any(is_han) {
        return None;
    }
    let phrases = phrase::all(own);
    let known = KNOWN.all(own).filter_map(|found| found.name("x"));
    let known = known.map(|found| widened(own, found.range(), &phrases));
    let named = phrases.iter().filter_map(|phrase| {
        let name = NAMED.find(&own[phrase.range.clone()])?;
        let range = old(own, phrase.range.start)..phrase.range.start + name.end;
        let is_plain = phrase.head.is_none() || phrase.before == Beside::Word(Part::Where);
        (is_plain && !own[range.clone()].starts_with(VERBS)).then_some(range)
    });
    let led = phrases
        .iter()
        .filter(|phrase| is_led(own, phrase))
        .map(|phrase| phrase.range.clone());
    let weight = |range: &Range<usize>| {
        let is_item = item.is_some_and(|item| item.start < range.end && range.start < item.end);
        weight(own, range, registry) - if is_item { 6 } else { 0 }
    };
    let weighed = known
        .map(|range| (weight(&range) + 2, range))
        .chain(named.map(|range| (weight(&range) - 2, range)))
        .chain(led.map(|range| (weight(&range) - 1, range)))
        .chain(
            led::all(own)
                .into_iter()
                .map(|range| (weight(&range) + 2, range)),
        );
    let best = weighed.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.filter(|(weight, _)| *weight > 2)
        .map(|(_, range)| range)
}

/// Whether a phrase stands behind 在 and is no known thing.
fn is_led(own: &str, phrase: &Phrase) -> bool {
    let word = &own[phrase.range.clone()];
    let is_long = word.chars().count() > 1;
    let is_name = word
        .chars()
        .all(|c| c.is_alphanumeric() && !"一二三四五六七八九十百千此".contains(c));
    is_long
        && is_name
        && phrase.inner.is_none()
        && !KNOWN.is_in(word)
        && !led::SIDES.contains(&word)
        && own[..phrase.range.start].ends_with(['在', '于'])
        // 都在唱: it goes on.
        && !ends_with_any(&own[..phrase.range.start], &["都在", "还在", "正在", "现在"])
}

/// A known spot with what its phrase has before it: 东草坪.
fn widened(own: &str, range: Range<usize>, phrases: &[Phrase]) -> Range<usize> {
    let around = phrases
        .iter()
        .find(|phrase| phrase.range.start < range.start && phrase.range.end > range.start);
    let start = around.map_or(range.start, |phrase| {
        let before = &own[phrase.range.start..range.start];
        let has_thing = phrase
            .inner
            .as_ref()
            .is_some_and(|(_, at)| at.end <= range.start);
        let is_name =
            before.chars().count() <= 5 && before.chars().all(is_han) && !before.starts_with(VERBS);
        if is_name && !has_thing {
            phrase.range.start
        } else {
            range.start
        }
    });
    let start = old(own, start);
    // 老年大学下课: the side of a place is none where it is part of a verb.
    let is_verb = starts_with_any(
        &own[range.end..],
        &["课", "班", "车", "学", "来", "去", "午"],
    ) && own[range.clone()].ends_with(['上', '下', '里']);
    let end = range.end
        - if is_verb || own[range.clone()].ends_with('的') {
            3
        } else {
            0
        };
    start..end
}

/// 老街书场: how a place is, is part of its name.
fn old(own: &str, start: usize) -> usize {
    let is_old = own[..start].ends_with(['老', '新'])
        && own[start..].starts_with(['街', '城', '村', '区', '校']);
    if is_old { start - 3 } else { start }
}

/// What people do with a place makes no name of one: 倒垃圾, 跑学校.
const VERBS: &[char] = &[
    '围', '倒', '跑', '逛', '去', '带', '修', '找', '买', '进', '出', '装', '搬', '绕', '指', '停',
    '等', '打', '看', '开', '问', '走', '排', '迷', '认', '顺',
];

/// What happens at a place, behind it.
const ACTS: &[&str] = &[
    "捡", "拾", "丢", "掉", "走失", "走丢", "走散", "不见", "遗失", "自提", "取", "拿", "遇到",
    "看到", "看见", "发现", "集合", "碰头", "碰到", "没的", "落", "忘", "见面", "见", "面交",
    "跑丢", "收到", "逮", "自取", "来取", "出来", "见过", "和我", "跟我", "等", "开始", "碰", "被",
    "排队", "下课", "蹲", "趴", "窝", "转悠", "徘徊", "溜达", "停", "试",
];
/// What leads to a place.
const LEADS: &[&str] = &[
    "在", "于", ":", "落", "掉", "忘", "搁", "挂", "放", "来", "从", "@", "蹲", "停", "地址",
    "地点", "往", "at ",
];

/// How likely it is that a place is meant.
fn weight(own: &str, range: &Range<usize>, registry: &Registry) -> i32 {
    let (before, after) = (&own[..range.start], &own[range.end..]);
    let word = &own[range.clone()];
    let before = before.trim_end_matches(' ');
    let acts = starts_with_any(after.trim_start_matches([' ', '的']), ACTS);
    let led = ends_with_any(before, LEADS);
    let ends = |c: Option<char>| c.is_none_or(|c| is_stop(c) || c == ' ');
    let alone = ends(own[..range.start].chars().next_back()) && ends(after.chars().next());
    let has_building =
        word.contains(|c: char| c.is_ascii_digit()) || word.contains(['楼', '栋', '幢', '座']);
    let is_part = after.starts_with(is_han)
        && !acts
        && !after.starts_with([
            '的', '有', '可', '也', '就', '还', '以', '走', '那', '这', '之', '是', '拿', '坐',
            '试', '看', '门', '新', '开',
        ]);
    let is_owner = !acts
        && after
            .strip_prefix('的')
            .is_some_and(|rest| !rest.is_empty() && !rest.starts_with(|c| is_stop(c) || c == ' '));
    let clause = own[..range.start].chars().filter(|c| is_stop(*c)).count();
    let mut weight = 4 - i32::try_from(clause.min(6)).unwrap_or(6) / 2;
    weight += if acts { 4 } else { 0 };
    weight += if led { 3 } else { 0 };
    weight += if alone { 2 } else { 0 };
    weight += if has_building { 2 } else { 0 };
    weight -= if is_owner { 3 } else { 0 };
    weight -= if is_part { 3 } else { 0 };
    weight -= if is_plain(word) && !led && !acts {
        5
    } else {
        0
    };
    weight -= if is_thing(own, range) { 9 } else { 0 };
    weight -= if lives_there(own, range, registry) {
        5
    } else {
        0
    };
    weight
}

/// Places so common that they say nothing by themselves.
fn is_plain(word: &str) -> bool {
    const PLAIN: &[&str] = &[
        "上门",
        "出门",
        "小区",
        "社区",
        "山",
        "家",
        "桥",
        "平台",
        "马路",
        "万达",
        "市场",
        "医院",
        "楼",
        "学校",
        "物业",
        "小学",
        "中学",
        "幼儿园",
        "广场",
        "保安",
        "居委",
        "超市",
        "楼上",
        "家里",
        "公园",
        "理发店",
        "车位",
        "车站",
        "门口",
        "电梯",
        "楼下",
        "路口",
        "驿站",
        "菜鸟",
        "家门口",
        "垃圾",
        "银行",
        "院子",
    ];
    let is_floor = word.chars().count() == 2 && word.ends_with('楼');
    PLAIN.contains(&word) || is_floor
}

/// What looks like a place and is none: 大门钥匙, 车库卡, 上门.
fn is_thing(own: &str, range: &Range<usize>) -> bool {
    let (before, after) = (&own[..range.start], &own[range.end..]);
    let word = &own[range.clone()];
    let is_other = starts_with_any(
        after,
        &[
            "钥匙", "门票", "卡", "费", "票", "教练", "老师", "人均", "一样",
        ],
    );
    let is_act = starts_with_any(word, &["上门", "出门"]) && word.chars().count() == 2
        || before.ends_with("菜鸟") && word == "也";
    is_other || is_act
}

/// What stands before a place that is where the author lives, or where something goes: 我是12栋的, 家住3-2-501.
const HOMES: &[&str] = &[
    "住",
    "住在",
    "我是",
    "我家是",
    "我家",
    "我们",
    "是",
    "联系",
    "送到",
    "替",
    "i'm in ",
    "i am in ",
    "i live in ",
];

/// Whether a place is where the author says that they live.
fn lives_there(own: &str, range: &Range<usize>, registry: &Registry) -> bool {
    let (before, after) = (&own[..range.start], &own[range.end..]);
    let is_led = ends_with_any(before, HOMES);
    let folded = Folded::new(&own[range.clone()]);
    let found = address::read(&folded, registry);
    let is_of = starts_with_any(after, &["的", "业主", "住户"]);
    is_led && (found.building.is_some() || is_of)
}

#[cfg(test)]
pub(super) fn patterns() -> Vec<&'static Pattern> {
    [&KNOWN, &NAMED, &WAY, &FIELD]
        .into_iter()
        .chain(english::patterns())
        .chain(led::patterns())
        .collect()
}
