//! Which trade mends what somebody reports. Nothing here does IO.
//!
//! Every word for a thing or a trouble speaks for one trade, and a text has many of them: the lamp in the lift is the
//! lift's, the lamp in the car park the electrician's. A trouble that only one trade has counts more than a thing, a
//! thing more than the place where it stands, and of equals the first.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::text::{danger::Danger, intent, tags::Category, words::Lexicon};

/// Who mends it. The names are stored, and stand in configurations and exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trade {
    Electric,
    /// Water, drains, heating and gas: whatever runs in pipes.
    Plumbing,
    Lift,
    /// Doors, windows, locks, and what opens them.
    Door,
    /// Walls, roofs, floors, and rain that comes through.
    Structure,
    Cleaning,
    Green,
    Parking,
    Noise,
    Security,
    Network,
    Fee,
    Other,
}

impl Trade {
    /// All trades, in the order in which they are shown.
    pub const ALL: [Self; 13] = [
        Self::Electric,
        Self::Plumbing,
        Self::Lift,
        Self::Door,
        Self::Structure,
        Self::Cleaning,
        Self::Green,
        Self::Parking,
        Self::Noise,
        Self::Security,
        Self::Network,
        Self::Fee,
        Self::Other,
    ];

    /// The stored name, in snake case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Electric => "electric",
            Self::Plumbing => "plumbing",
            Self::Lift => "lift",
            Self::Door => "door",
            Self::Structure => "structure",
            Self::Cleaning => "cleaning",
            Self::Green => "green",
            Self::Parking => "parking",
            Self::Noise => "noise",
            Self::Security => "security",
            Self::Network => "network",
            Self::Fee => "fee",
            Self::Other => "other",
        }
    }
}

/// How much a word says of the trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// Where something stands.
    Place,
    /// What is broken, or what somebody wants.
    Thing,
    /// A trouble that only one trade has.
    Trouble,
    /// A thing that keeps its trade whatever is the matter in it.
    Whole,
}

use Trade::{
    Cleaning, Door, Electric, Fee, Green, Lift, Network, Noise, Other, Parking, Plumbing, Security,
    Structure,
};
use Weight::{Place, Thing, Trouble, Whole};

#[rustfmt::skip]
static WORDS: LazyLock<Lexicon<(Trade, Weight)>> = LazyLock::new(|| {
    Lexicon::new(&[
        ((Electric, Thing), &[
            "灯", "草坪灯", "庭院灯", "景观灯", "地灯", "楼道灯", "车库灯", "夜灯", "路灯", "灯泡", "灯管", "声控", "开关", "插座", "插坐", "跳匝", "插头", "插排", "电线", "电缆", "电箱", "电闸", "电表", "空开", "配电箱", "配电", "排风扇",
            "充电桩", "充电口", "充电", "电", "照明", "light", "lights", "lamp", "lamps", "bulb", "bulbs", "socket", "sockets", "outlet", "outlets", "light switch", "switches", "floodlight", "flood light", "streetlight", "street light", "street lamp", "chandelier", "wiring",
            "wire", "wires", "electric", "electrical", "electricity", "fuse", "breaker", "circuit", "power", "charger", "charging",
        ]),
        ((Electric, Trouble), &[
            "空调", "空掉", "中央空调", "外机", "air con", "aircon", "ac", "a/c", "air conditioner", "air conditioning", "线都裸", "露在外面的线", "电线裸", "电线露",
            "停电", "断电", "没电", "跳闸", "漏电", "短路", "触电", "电压", "没有电", "来电了吗", "不来电", "灯不亮", "灯坏", "灯闪", "灯一直闪", "冒火花", "打火花",
            "no power", "power cut", "power outage", "no electricity", "tripped", "trips", "flickering", "flickers", "sparks", "sparking", "electric shock",
        ]),
        ((Plumbing, Place), &["卫生间", "厕所", "洗手间", "浴室"]),
        ((Plumbing, Thing), &[
            "水管", "水龙头", "龙头", "马桶", "坐便", "便池", "下水道", "下水", "下水管", "地漏", "堵了", "堵住", "堵塞", "堵", "水槽", "洗手盆", "洗手池", "洗菜池", "花洒", "淋浴", "管道", "阀门", "水阀",
            "水表", "水箱", "水泵", "热水器", "暖气", "暖气片", "地暖", "供暖", "供水", "自来水", "热水", "污水", "化粪池", "雨水管", "排水", "三角阀", "角阀", "水压", "水",
            "煤气", "燃气", "天然气", "煤气管", "燃气表", "pipe", "pipes", "tap", "taps", "faucet", "toilet", "toilets", "drain", "drains", "drainage", "sink", "sewer", "sewage",
            "plumbing", "plumber", "boiler", "radiator", "radiators", "heating", "water heater", "hot water", "water pressure", "valve", "shower", "water", "gas",
        ]),
        ((Plumbing, Trouble), &[
            "污水井", "污水", "往外冒", "返污水", "化粪池",
            "漏水", "渗水", "滴水", "跑水", "冒水", "喷水", "返水", "反水", "倒灌", "停水", "断水", "没水", "没有水", "不出水", "爆管", "水管爆", "管子爆", "疏通", "打不着火", "打不着", "点不着火", "点不着",
            "积水", "淹", "水漫", "没热水", "没暖气", "暖气不热", "地暖不热", "停暖", "停气", "溢水", "渗漏", "煤气味", "燃气味", "漏气", "leak", "leaks", "leaking", "leaked", "burst pipe", "pipe burst", "burst",
            "dripping", "drips", "blocked", "clogged", "overflowing", "no water", "no hot water", "no heating", "water outage", "flooded", "flooding", "gas smell", "smell gas", "gas leak",
        ]),
        ((Lift, Place), &["电梯口", "电梯厅", "电梯间", "电梯门口", "电梯旁", "lift lobby", "lift lobbies", "elevator lobby", "next to the lift", "by the lift", "near the lift"]),
        ((Lift, Whole), &["电梯", "电体", "电提", "电踢", "电题", "elevater", "elevaters", "elavator", "轿厢", "梯门", "货梯", "客梯", "直梯", "扶梯", "升降机", "电体里", "lift", "lifts", "elevator", "elevators"]),
        ((Lift, Trouble), &["困梯", "电梯困人", "被困电梯", "困在电梯"]),
        ((Other, Place), &["关门", "开门", "出门", "敲门", "上门", "部门", "专门", "热门", "电动车", "电瓶车", "婴儿车", "推车", "公交车", "班车", "救护车", "消防车", "快递车", "自行车", "购物车", "玩具车", "电视剧", "信用卡", "水平", "门口", "单元门口", "楼门口", "大门口", "家门口", "小区门口", "门外", "手机快没电", "手机没电", "手机都没电", "免费", "劲费", "浪费", "费劲", "费力", "东门口", "西门口", "南门口", "北门口", "下午", "上午", "水果", "电影", "电话"]),
        ((Door, Place), &["大门", "东门", "西门", "南门", "北门", "正门", "侧门", "小区大门", "gate", "gates", "main gate", "front gate", "south gate", "north gate", "east gate", "west gate", "entrance"]),
        ((Door, Thing), &[
            "门", "单元门", "防火门", "入户门", "楼宇门", "门锁", "锁", "锁芯", "钥匙", "门把手", "把手", "门铃", "门禁", "门禁卡", "人脸识别", "猫眼", "对讲", "可视对讲", "窗", "窗户", "玻璃", "纱窗", "合页",
            "闭门器", "刷卡", "卷帘门", "door", "doors", "lock", "locks", "key", "keys", "keycard", "key card", "fob", "intercom", "doorbell", "window", "windows", "hinge", "handle", "glass",
            "access card", "fire door", "fire doors", "fire exit", "garage door", "front door",
        ]),
        ((Door, Trouble), &[
            "锁没电", "门锁没电", "指纹锁没电", "密码锁没电", "智能锁没电", "电子锁没电", "锁在门外", "锁在家门外", "锁在外面", "关在门外", "进不了家", "进不去家", "忘带钥匙", "忘记带钥匙", "打不开门", "门打不开", "门关不上", "门锁坏", "锁坏", "锁在门外", "开不了门", "进不了门", "进不去门", "刷不开", "开锁", "关不上门", "locked out", "won't lock", "won't unlock",
        ]),
        ((Structure, Thing), &[
            "墙", "外墙", "坡道", "楼梯", "墙皮", "墙面", "墙砖", "瓷砖", "天花板", "吊顶", "地砖", "地板", "路面", "地面", "台阶", "楼顶", "屋顶", "屋面", "防水", "栏杆", "扶手", "护栏", "井盖", "裂缝", "雨棚", "保温层",
            "围墙", "路缘石", "砖", "wall", "walls", "ceiling", "roof", "floor tile", "tile", "tiles", "paving", "pavement", "step", "steps", "stair", "railing", "handrail", "fence", "manhole", "crack", "cracks", "plaster", "paint", "facade", "exterior wall", "cladding", "concrete",
        ]),
        ((Structure, Trouble), &[
            "漏雨", "墙皮脱落", "脱落", "开裂", "裂缝", "塌陷", "塌", "沉降", "墙皮掉", "掉墙皮", "起皮", "坑洼", "瓷砖掉", "墙砖掉", "外墙漏水", "外墙渗水", "屋顶漏水", "楼顶漏水", "屋面漏水", "屋顶渗水", "楼顶渗水", "墙面渗水", "墙面发霉",
            "井盖", "roof leaks", "roof is leaking", "roof leak", "leak in the roof", "cracked", "collapsed", "falling off", "peeling", "pothole", "subsidence",
        ]),
        ((Cleaning, Thing), &[
            "垃圾", "垃圾桶", "垃圾房", "卫生差", "搞卫生", "卫生状况", "卫生没", "卫生太", "环境卫生", "保洁", "打扫", "清扫", "清洁", "清理", "脏", "污渍", "狗屎", "狗粪", "粪便", "蟑螂", "老鼠", "蚊子", "苍蝇", "小广告", "杂物", "臭味", "异味", "烟头", "拖地", "呕吐", "吐了", "撒尿", "尿味", "拉屎", "大便", "拖楼道", "地垫",
            "garbage", "trash", "rubbish", "litter", "dirty", "filthy", "cleaning", "cleaner", "cleaners", "bin", "bins", "dog poop", "dog poo", "cockroach", "cockroaches", "rat", "rats", "mice", "mosquitoes", "stinks", "smelly", "waste", "vomit", "vomited", "threw up", "puke", "urine", "pee", "ants", "bugs", "stink", "stain", "mopped", "sweep", "swept", "dust",
        ]),
        ((Cleaning, Trouble), &[
            "小广告", "鸟屎", "没人打扫", "没人扫", "没打扫", "没人收", "没清", "垃圾没", "太脏", "很脏", "好脏", "又脏", "满了没", "overflowing bin", "bins are full", "not been cleaned", "hasn't been cleaned", "not cleaned", "not collected",
        ]),
        ((Green, Thing), &[
            "树", "树枝", "树木", "大树", "草坪", "草长", "sprinkler", "sprinklers", "草地", "草皮", "花草", "桂花", "种花", "种点", "月季", "盆栽", "绿植", "绿化", "绿化带", "花坛", "花草", "灌木", "修剪", "除草", "杂草", "落叶", "虫害", "喷药", "浇水", "tree", "trees", "branch", "branches", "lawn", "grass", "hedge", "hedges", "bush", "bushes",
            "weeds", "garden", "flowers", "plants", "landscaping", "gardener",
        ]),
        ((Parking, Thing), &[
            "车位", "停车", "停车位", "停车费", "道闸", "抬杆", "起落杆", "车牌", "地锁", "挪车", "占位", "僵尸车", "月租车", "车牌识别", "挪车", "访客车", "车怎么", "车辆", "车能", "开车来", "停哪", "非机动车", "自行车棚", "车棚", "bike rack", "bike racks", "bikes", "bicycle", "bicycles", "面包车", "我的车", "私家车", "车主", "停了辆", "僵尸车", "车头", "barrier gate", "barier gate", "bay", "my bay", "parking", "parked", "parking space", "parking spot", "parking bay", "car", "cars", "barrier", "number plate", "licence plate",
            "license plate",
        ]),
        ((Parking, Trouble), &[
            "乱停", "刮了", "剐", "蹭了", "刮蹭", "划了", "停满", "停满了车", "车被堵", "车出不来", "车出不去", "占用消防通道", "堵消防通道", "堵了消防", "占了消防通道", "占了车位", "占车位", "占我车位", "车位被占", "占用车位", "堵车", "堵住车", "挡住车", "堵了车", "挡了我的车", "堵住出口", "车堵", "抬不起来", "不抬杆", "识别不了车牌", "in my space", "in my spot", "in my parking", "blocking the", "blocks my car", "double parked", "parked cars", "fire lane", "parked in", "parked across", "in the wrong space",
        ]),
        ((Parking, Place), &["车","车库", "地库", "停车场", "车棚", "garage", "car park", "carpark", "parking lot"]),
        ((Noise, Thing), &["噪音", "噪声", "扰民", "装修", "音乐", "唱歌", "广场舞", "狗叫", "施工", "烟花", "鞭炮", "拉琴", "弹琴", "钢琴", "唱歌", "k歌", "吵", "noise", "noisy", "music", "barking", "drilling", "drill", "drills", "drum", "drums", "saxophone", "violin", "karaoke", "leaf blower", "leaf blowers", "quieter", "renovation", "renovating", "hammering", "contractor", "party", "piano", "construction"]),
        ((Noise, Trouble), &[
            "噪音", "噪声", "扰民", "太吵", "很吵", "吵死", "好吵", "吵得", "吵闹", "吵人", "大声", "半夜唱", "狗一直叫", "狗又叫", "狗叫", "叫个不停", "叫了一晚上", "叫了一夜", "蹦迪", "低音炮", "音响", "拖椅子", "跑跳", "跺脚", "敲墙", "电钻", "打麻将", "睡不着", "noise", "noisy", "loud", "too loud", "loud music", "barking", "barks", "drilling",
            "can't sleep", "cannot sleep", "stomping", "shouting at night",
        ]),
        ((Security, Thing), &[
            "保安", "门卫", "门岗", "演习", "消防演习", "巡逻", "监控", "摄像头", "陌生人", "可疑", "外卖", "推销", "安全", "消防", "消防栓", "灭火器", "烟感", "高空抛物", "security", "guard", "guards", "cctv", "camera", "cameras", "stranger", "strangers", "patrol", "fire extinguisher", "hydrant",
            "smoke detector", "smoke alarm", "fire alarm",
        ]),
        ((Security, Trouble), &[
            "东门没人", "西门没人", "南门没人", "北门没人", "门口没人", "没人看门", "没人守门", "没人站岗", "没人值班", "nobody at the gate", "no one at the gate", "noone at the gate", "unguarded",
            "火灾", "小偷", "偷电瓶", "被偷", "偷了", "盗窃", "入室", "打架", "斗殴", "高空抛物", "楼上扔", "往下扔", "乱扔烟头", "走失", "走丢", "可疑", "跟踪", "骚扰", "威胁", "电动车上楼", "电动车进电梯", "电瓶车进电梯", "电瓶车上楼", "推电动车进", "推电瓶车进", "尾随",
            "撬锁", "撬门", "被撬", "撬了", "有贼", "是贼", "贼应该", "戴头套", "在撬", "打起来", "打人", "闹事", "被砸", "醉汉", "烟感", "怕着火", "着火隐患", "火灾隐患", "消防隐患", "推进楼道", "推楼道", "楼道里充电", "楼道充电", "飞线", "burgled", "robbed", "fire drill", "fire alarm", "stolen", "theft", "thief", "thieves", "burglar", "burglary", "break-in", "broke in", "broken into", "fight", "fighting", "suspicious", "threatened", "harassed", "throwing things",
        ]),
        ((Network, Thing), &["网络", "宽带", "宽代", "光猫", "网又断", "网断", "电信", "联通", "移动宽带", "运营商", "机顶盒", "光纤", "网线", "wifi", "无线", "信号", "有线电视", "电视", "路由器", "internet", "broadband", "network", "router", "fibre", "fiber", "tv signal", "signal"]),
        ((Network, Trouble), &["断网", "没网", "上不了网", "网速", "没信号", "网络不", "no internet", "no signal", "no wifi", "wifi is down", "internet is down"]),
        ((Fee, Thing), &[
            "物业费", "管理费", "水费", "电费", "燃气费", "取暖费", "暖气费", "车位费", "维修基金", "费用", "缴费", "交费", "收费", "欠费", "账单", "帐单", "发票", "收据", "退款", "退费", "押金", "滞纳金", "扣费", "费", "fee", "fees", "bill", "bills", "invoice", "payment",
            "receipt", "deposit", "refund", "charged",
        ]),
        ((Fee, Trouble), &[
            "煤气费", "燃气费", "天然气费", "气费", "押金", "充值没到账", "到账", "月卡", "gas bill", "power bill", "phone bill", "fees",
            "物业费", "管理费", "水费", "电费", "燃气费", "取暖费", "停车费", "车位费", "缴费", "交费", "多收", "乱收费", "欠费", "退费", "退款", "开发票", "发票", "账单", "维修基金", "service charge", "management fee", "water bill", "electricity bill", "parking fee", "invoice", "refund", "overcharged", "receipt",
        ]),
    ])
});

/// The trade of a folded text, of a matter of this category, where it tells of this danger.
pub(super) fn of(text: &str, category: Option<Category>, danger: Option<Danger>) -> Trade {
    let has_fault = || intent::category_of(text, danger) == Some(Category::Repair);
    match danger {
        Some(Danger::Trapped | Danger::Life) if LIFTS.is_in(text) => Lift,
        None if category == Some(Category::Fee) && !has_fault() => Fee,
        Some(Danger::Fire) if SPARKS.is_in(text) => Electric,
        Some(Danger::Fire | Danger::Missing | Danger::Life) => Security,
        Some(Danger::Gas) => Plumbing,
        Some(Danger::Current) => Electric,
        Some(Danger::Trapped) if by_words(text, category) == Door => Door,
        Some(Danger::Trapped) => Lift,
        Some(Danger::Falling) | None => by_words(text, category),
    }
}

/// What keeps its trade in a lift too.
#[rustfmt::skip]
static IN_LIFTS: LazyLock<Lexicon<Trade>> = LazyLock::new(|| {
    Lexicon::new(&[
        (Cleaning, &["脏", "垃圾", "尿", "吐了", "呕吐", "臭", "广告纸", "小广告", "sticky", "spilled", "dirty", "filthy", "trash", "rubbish", "vomit", "pee", "stinks", "smells", "gum"]),
        (Network, &["手机信号", "没信号", "信号差", "wifi", "phone signal", "no signal", "mobile signal"]),
    ])
});

static LIFTS: LazyLock<Lexicon<()>> =
    LazyLock::new(|| Lexicon::new(&[((), &["电梯", "货梯", "轿厢", "lift", "elevator"])]));

/// What burns where current flows.
static SPARKS: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    Lexicon::new(&[(
        (),
        &[
            "火花", "火星", "插座", "插排", "开关", "插头", "sparks", "sparking", "socket",
            "outlet",
        ],
    )])
});

/// What rain comes through.
#[rustfmt::skip]
static SHELL: LazyLock<Lexicon<bool>> = LazyLock::new(|| {
    Lexicon::new(&[
        (true, &["墙", "外墙", "屋顶", "楼顶", "顶楼", "屋面", "窗台", "天台", "露台", "wall", "walls", "roof", "facade", "outer wall", "terrace"]),
        (false, &["下雨", "雨天", "雨水", "漏雨", "暴雨", "大雨", "发霉", "rain", "rains", "rainwater", "when it rains", "mould", "mold"]),
    ])
});

fn by_words(text: &str, category: Option<Category>) -> Trade {
    let mut best: Option<(Weight, Trade)> = None;
    let mut last = 0..0;
    for hit in WORDS.every(text) {
        let range = hit.start..hit.end;
        // A short word inside a longer one is not meant: 水 in 水费.
        if range.end <= last.end && range != last {
            continue;
        }
        // What follows at once is what is meant: the lamp of 草坪灯, the door of 车库门.
        let is_head = range.start == last.end;
        last = range;
        let (trade, weight) = hit.meaning;
        // Whoever reports a fault does not write about money.
        let weight = if trade == Fee && matches!(category, Some(Category::Repair | Category::Fee)) {
            Place
        } else {
            weight
        };
        let is_more = best.is_none_or(|(known, _)| {
            weight > known || is_head && weight == known && weight == Thing
        });
        if is_more {
            best = Some((weight, trade));
        }
    }
    match best {
        Some((Whole, trade)) => IN_LIFTS.all(text).next().map_or(trade, |hit| hit.meaning),
        Some((_, Plumbing)) if rains_in(text) => Structure,
        // Where something is wanted or asked about says little.
        Some((Place, _)) if matches!(category, Some(Category::Suggestion | Category::Question)) => {
            Other
        }
        Some((_, trade)) => trade,
        None => Other,
    }
}

/// Whether water comes through a wall or a roof, and not out of a pipe.
fn rains_in(text: &str) -> bool {
    let is_there = |part: bool| SHELL.all(text).any(|hit| hit.meaning == part);
    is_there(true) && is_there(false)
}
