//! Facts that put people in danger, whatever word they come with. Nothing here does IO.
//!
//! A danger that is missed costs more than one that is not there, so what is in doubt counts. What is denied, feared,
//! practised or long past does not: 没有着火, 容易着火, 消防演习, 去年着火.

use std::{ops::Range, sync::LazyLock};

use serde::{Deserialize, Serialize};

use super::words::{Hit, Lexicon, ends_with_any, sequences, starts_with_any};

/// What people are in danger of. The first one counts where a text tells of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Danger {
    Fire,
    Gas,
    /// Somebody cannot get out, most likely of a lift.
    Trapped,
    /// Current where there is water, or where people touch it.
    Current,
    /// A child or an old person is missing.
    Missing,
    /// Somebody is hurt, ill, or threatened.
    Life,
    /// Something is about to fall on people.
    Falling,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    /// A danger by itself.
    Is(Danger),
    /// The name of a part or an event, or a turn of speech, that holds a word of danger.
    Harmless,
    Gas,
    GasSign,
    GasPipe,
    GasAlarm,
    Rings,
    Leak,
    Escapes,
    Smelled,
    Burnt,
    Lift,
    Trapped,
    TrappedIn,
    Inside,
    CannotGetOut,
    Soon,
    Fall,
    High,
    Loose,
    Deadly,
    Loosened,
    Below,
    Weak,
    Lost,
    Wired,
    Lamp,
    Wet,
    WetLamp,
    FlowsTo,
    Locked,
    LockedIn,
    LockedUp,
    EnglishGas,
    EnglishBurnt,
    EnglishSmelled,
    EnglishTrappedIn,
    EnglishLift,
    Person,
    EnglishTrapped,
    Helpless,
    Missing,
    Vanished,
    EnglishWeak,
    CannotFind,
    Water,
    EnglishWired,
    EnglishHigh,
    EnglishFalls,
    Gives,
    Shock,
}

#[rustfmt::skip]
static WORDS: LazyLock<Lexicon<Word>> = LazyLock::new(|| {
    Lexicon::new(&[
        (Word::Is(Danger::Fire), &[
            "着火", "起火", "失火", "火灾", "冒烟", "浓烟", "黑烟", "白烟", "青烟", "着了火", "锅着了", "着起来", "燎着", "燎上", "引燃", "smoking battery", "battery smoking", "is smoking", "and smoking", "明火", "火苗", "火光", "烧起来", "烧着了", "冒火", "打火花", "起火花", "有火花", "火星子", "烟雾很大", "都是烟", "全是烟",
            "烟出来", "出烟", "一股烟", "有烟", "烧焦", "焦糊", "糊味", "焦味", "爆炸", "on fire", "there's a fire", "there is a fire", "theres a fire", "caught fire", "catching fire", "catches fire",
            "fire in", "fire at", "fire on", "see fire", "fire!", "fire fire", "big fire", "flames", "smoke coming", "smoke is coming", "smoke from", "smoke in", "smoke everywhere", "see smoke", "thick smoke",
            "black smoke", "heavy smoke", "full of smoke", "lots of smoke", "a lot of smoke", "lot of smoke", "so much smoke", "there is smoke", "there's smoke", "theres smoke", "smoking socket", "is burning", "are burning",
            "something burning", "burning smell", "smell of burning", "burnt smell", "sparks", "sparking", "exploded", "explosion",
        ]),
        (Word::Is(Danger::Gas), &[
            "煤器味", "煤七味", "煤汽味", "gas hissing", "hissing gas", "漏煤气", "漏燃气", "漏天然气", "煤气中毒", "燃气中毒", "一氧化碳", "臭鸡蛋味", "臭鸡蛋的味", "臭鸡蛋气味", "gas smell", "gas leak", "gas leaks", "gas odor", "gas odour", "leaking gas", "gas is leaking", "gas leaking",
            "smell of gas", "rotten egg", "rotten eggs", "carbon monoxide",
        ]),
        (Word::Is(Danger::Trapped), &["被困", "困在里面", "关在里面", "卡在里面", "锁在里面", "困人", "困了人", "困着人", "困电梯", "关电梯里", "卡电梯", "困电提", "困电体", "夹电梯", "夹在电梯", "夹在门里", "手夹在"]),
        (Word::Is(Danger::Current), &[
            "触电", "漏电", "电到人", "被电到", "被电得", "电得一", "电得我", "电了我", "electric shok", "electic shock", "eletric shock", "被电了", "被电击", "被电麻", "被电打", "电了一下", "电麻了", "麻手", "摸着麻", "摸上去麻", "electric shock", "electrical shock", "electrocuted", "got shocked", "shocked me", "gets shocked", "get shocked", "got zapped", "zapped me",
        ]),
        (Word::Is(Danger::Life), &[
            "没意识了", "嘴唇发紫", "脸发紫", "脸煞白", "脸色煞白", "没气了", "没声了", "栽倒", "栽下去", "楼顶坐着", "楼顶站着", "天台坐着", "天台站着", "坐在楼顶", "站在楼顶", "坐在天台", "站在天台", "腿都伸到外", "腿伸到外", "栏杆外", "护栏外", "窗外站着", "outside of the railing", "outside the railing", "edge of the roof", "晕倒", "晕过去", "昏倒", "昏迷", "昏过去", "没意识", "没知觉", "不省人事", "溺水", "落水", "掉水里", "掉进水", "跳楼", "轻生", "自杀", "救命", "没呼吸", "大出血", "流了好多血", "流很多血", "心脏病", "心梗", "中风", "砸伤", "坠落", "坠楼", "要跳楼", "好像要跳", "想跳楼", "要往下跳", "要跳下", "爬出窗", "爬到窗台", "爬上窗台", "爬到窗户", "翻出窗", "翻过护栏", "站在窗台", "坐在窗台", "站在楼顶边", "坐在楼顶边", "站在天台边", "坐在天台边", "楼顶边上", "天台边上", "口吐白沫", "倒在血", "满脸是血", "割腕", "喝农药", "吃错药", "吞了",
            "持刀", "拿刀", "拿着刀", "拿菜刀", "砍人", "捅人", "捅了", "climbing out of", "climbed out of", "on the ledge", "wants to jump", "going to jump", "about to jump", "gonna jump", "threatening to jump", "trying to jump", "someone collapsed", "somebody collapsed", "man collapsed", "woman collapsed", "has collapsed", "unconscious", "not breathing", "isn't breathing", "heart attack", "fainted", "passed out", "having a stroke", "a seizure", "drowning", "drowned", "bleeding badly", "bleeding heavily", "a lot of blood", "with a knife", "has a knife", "have a knife", "stabbed", "a gun",
        ]),
        (Word::Is(Danger::Missing), &["missing child", "missing kid", "missing boy", "missing girl", "lost child", "lost my child", "lost my son", "lost my daughter"]),
        (Word::Is(Danger::Falling), &["about to fall", "摇摇欲坠", "随时会砸", "随时砸", "砸到人", "砸中人", "砸到头", "随时会掉", "随时可能掉", "随时要掉"]),
        (Word::Harmless, &[
            "漏电保护", "漏电开关", "漏电断路", "防漏电", "火灾报警", "火灾自动", "火灾警报", "火灾隐患", "火灾应急", "防火门", "着火点", "明火作业", "灭火", "气得冒烟", "气冒烟", "嗓子冒烟", "喉咙冒烟", "冒烟了气", "头顶冒烟", "急得冒烟", "心里冒火", "气得冒火", "眼睛冒火", "有烟头", "有烟味", "有烟感", "有烟灰", "出烟口", "禁烟", "有烟花", "有烟蒂",
            "打不着火", "点不着火", "打着火", "点着火", "打不起火", "开不着火", "没着火", "爆炸新闻", "信息爆炸", "被困扰", "跳楼价", "大甩卖", "困人报警", "fire in the hole", "fire drill", "on fire drill", "fire at will", "smoke in the gym", "smoke in the lobby", "smoke in the lift", "smoke in the elevator", "smoke in the stairwell every", "smoke in the corridor every", "sparks joy",
            "smoke from cigarettes", "smoke from his cigarette", "cigarette smoke", "secondhand smoke", "second-hand smoke", "smoke from the neighbour's cigarettes", "smoke from the barbecue", "有烟囱",
        ]),
        (Word::Gas, &["煤气", "燃气", "天然气", "液化气", "瓦斯", "媒气", "煤汽", "天燃气", "沼气"]),
        (Word::GasSign, &["味", "臭", "泄", "漏"]),
        (Word::GasPipe, &["煤气管", "燃气管", "天然气管", "煤气表", "燃气表", "天然气表", "煤气灶", "燃气灶", "天然气灶", "煤气罐", "煤气阀", "燃气阀", "煤气软管", "燃气软管"]),
        (Word::GasAlarm, &["煤气报警", "燃气报警", "天然气报警", "燃气警报", "煤气警报", "gas alarm", "gas detector", "gas sensor"]),
        (Word::Rings, &["响", "叫", "going off", "went off", "is ringing", "won't stop", "wont stop", "keeps ringing", "sounding"]),
        (Word::Leak, &["漏气", "泄漏", "泄露", "破了", "断了", "裂了", "漏煤气", "滋滋", "嘶嘶", "呲呲", "咝咝", "在漏", "漏了", "脱落", "掉了", "松了"]),
        (Word::Escapes, &["在漏", "漏气", "泄漏", "泄露", "冒泡", "起泡", "滋滋", "滋啦", "嘶嘶", "呲呲", "咝咝"]),
        (Word::Smelled, &["闻到", "闻着", "闻见", "一股", "有股", "闻到了"]),
        (Word::Burnt, &["焦", "糊", "烧"]),
        (Word::Lift, &["电梯", "电题", "电替", "轿厢", "货梯", "客梯", "电体", "电提", "电踢", "厢体"]),
        (Word::Trapped, &["困住", "困着", "困了", "困在", "关住", "关着人", "关了人", "困人", "卡住人", "卡了人", "有人卡", "关人", "关住人", "夹住人", "夹到人", "夹住了"]),
        (Word::TrappedIn, &["困在", "困进", "关在", "关进", "卡在", "困到", "锁在"]),
        (Word::Inside, &[
            "人还在里", "有人在里", "人在里", "在电梯里面然后", "我在电梯", "人在电梯", "们在电梯", "人困", "里面有人", "里有人", "里头有人", "里面还有人", "里面有个", "里面有小", "里面有老", "里面好几个人", "里面有两", "里面有三", "里面几个人", "人出不来", "人没出来", "我在里面", "我们在里面", "在里面出不", "在里头出不", "在里面哭",
            "son inside", "daughter inside", "me inside", "mother inside", "people inside", "someone inside", "somebody inside", "with people in", "still inside", "i'm inside", "we're inside", "we are inside", "i am inside", "kid inside", "child inside", "kids inside",
        ]),
        (Word::CannotGetOut, &[
            "出不来", "出不去", "放我们出去", "放我出去", "can't get out", "cant get out", "cannot get out", "can not get out", "unable to get out", "let us out", "let me out", "get us out", "get me out",
        ]),
        (Word::Soon, &["快要", "就要", "马上", "随时", "快", "要", "随时会", "随时可能", "像要", "眼看"]),
        (Word::Fall, &["掉下", "砸下", "塌", "坠", "倒下", "掉落", "掉了", "掉", "砸到", "砸人", "倒了", "脱落"]),
        (Word::High, &[
            "外墙", "墙砖", "瓷砖", "石材", "石板", "大理石", "门头", "幕墙", "广告牌", "枝子", "枝条", "断枝", "枯树", "树干", "招牌", "玻璃", "窗户", "窗框", "窗扇", "外机", "支架", "树枝", "树杈", "枯枝", "保温层", "墙皮", "水泥块", "混凝土", "吊顶", "天花板", "花盆", "雨棚", "晾衣架", "雨搭", "遮阳棚", "铁皮", "电线杆", "路灯杆", "灯杆", "大树", "围墙", "护栏", "空调",
        ]),
        (Word::Loose, &["挂在半空", "悬在半空", "挂在空中", "悬在空中", "吊在半空", "吊在空中", "摇摇晃晃", "晃来晃去"]),
        (Word::Deadly, &[
            "拍下来", "掉下去", "往外倒", "往下掉", "要出人命", "出人命", "砸死", "砸着人", "砸下来", "砸下去", "就要掉", "快要掉", "要掉了", "要掉下", "快掉下", "会掉下", "掉下来砸", "悬着", "悬在", "吊着", "get killed", "kill somebody", "kill someone", "hit someone", "hit somebody", "hurt someone", "on someone's head", "on people",
        ]),
        (Word::Loosened, &["翘起", "歪着", "往外歪", "直晃", "晃动", "松动", "裂了", "开裂", "松脱", "hanging", "loose", "came off", "coming off", "cracked"]),
        (Word::Below, &["底下", "下面有人", "下面人", "下面就是", "下面是", "正下方", "下方就是", "楼下就是", "right over", "right above", "directly over", "floors down", "underneath", "people walk", "kids play"]),
        (Word::Weak, &[
            "孩子", "小孩", "娃", "老人", "儿子", "女儿", "奶奶", "爷爷", "老太太", "老头", "老爷子", "老太", "小伙", "小哥", "大哥", "大姐", "阿姨", "姑娘", "闺女", "男孩", "女孩", "男童", "女童", "宝宝", "孙子", "孙女", "外孙", "姥姥", "姥爷", "外公", "外婆", "我爸", "我妈", "俺爸", "俺妈", "俺娘", "俺爹", "老娘", "老爹", "大爷", "大妈", "老伴", "小朋友", "小姑娘", "小女孩", "小男孩", "小家伙", "宝贝", "外孙女", "老爸", "老妈", "爸爸", "妈妈", "父亲", "母亲", "婆婆", "公公", "丈母娘", "岳父", "岳母", "闺女", "痴呆", "老年痴呆", "阿尔茨海默",
        ]),
        (Word::Lost, &[
            "走失", "走丢", "不见了", "不见", "找不到", "找不着", "失踪", "丢了", "走散", "没影了", "没影儿", "没了踪影", "没了影", "一转眼", "没回来", "没回家", "没到家", "还没回", "没有回来", "没有回家", "不知道去哪", "不知去向", "跑丢",
        ]),
        (Word::Wired, &[
            "电箱", "电表", "电表箱", "配电", "配电箱", "插座", "插板", "插排", "插线板", "接线板", "拖线板", "排插", "插头", "电源", "电器", "变压器", "电闸", "电线", "电路", "电缆", "开关", "充电桩", "空开", "线路板", "弱电井", "强电井", "电井", "配电间",
        ]),
        (Word::Lamp, &["灯", "吊灯", "顶灯", "吸顶灯", "灯泡", "灯管", "灯罩", "筒灯", "射灯"]),
        (Word::Wet, &["进水", "泡水", "滴水", "漏水", "进了水", "着水", "有水", "渗水", "冒水", "被水", "泡在水", "淋水", "淌水", "流水"]),
        (Word::WetLamp, &["全是水", "都是水", "往下滴", "往下流", "进水", "在滴水", "滴水", "漏水", "进了水", "流水", "淌水", "有水", "积水", "里有水"]),
        (Word::FlowsTo, &[
            "滴到", "流到", "漏到", "渗到", "流进", "滴进", "渗进", "漏进", "进到", "水到", "滴在", "漏在", "溅到", "浇在", "浇到", "淋到", "淋在", "顺着", "流在", "滴水到",
        ]),
        (Word::Locked, &["反锁", "锁在", "关在"]),
        (Word::LockedIn, &["屋里", "家里", "家中", "屋内", "里面", "里头", "房间", "房里", "卧室", "厕所", "卫生间", "洗手间", "浴室", "阳台", "车里", "车上", "车内", "车库里", "地下室", "机房"]),
        (Word::EnglishSmelled, &["smell", "smells", "smelled", "smelling", "smelt"]),
        (Word::EnglishGas, &["gas"]),
        (Word::EnglishBurnt, &["burning", "smoke", "burnt", "fire"]),
        (Word::LockedUp, &["locked himself", "locked herself", "locked themselves", "locked in", "locked inside", "shut in", "is trapped"]),
        (Word::EnglishTrappedIn, &["trapped in", "trapped inside", "stuck in", "stuck inside", "locked in", "locked inside", "trapped on", "stuck between", "trapped between"]),
        (Word::EnglishLift, &["lift", "lifts", "elevator", "elevators", "elevater", "elavator", "lift car"]),
        (Word::Person, &[
            "people", "person", "someone", "somebody", "child", "children", "kid", "kids", "man", "woman", "boy", "girl", "i'm", "i am", "im", "son", "daughter", "grandma", "grandpa", "mother", "father", "neighbour", "neighbor", "lady", "we are", "we're", "mom", "mum", "dad", "wife", "husband", "they're", "guys", "old man", "everyone",
        ]),
        (Word::EnglishTrapped, &["trapped"]),
        (Word::Helpless, &[
            "摔了", "摔倒了", "喊她没", "喊他没", "叫他不应", "叫她不应", "没反应", "起不来", "敲门没人应", "敲门不应", "敲门没反应", "敲门没动静", "叫不醒", "喊不应", "喊不醒", "叫不应", "呻吟", "没反应了", "不动了", "没人应", "倒在地上", "躺在地上", "倒地", "抽搐", "喘不上气", "can't get up", "cant get up", "cannot get up", "not answering", "no answer", "not responding", "doesn't answer", "moaning", "on the floor", "lying on", "not moving", "collapsed", "choking",
        ]),
        (Word::Vanished, &["cannot find him", "cannot find her", "can't find him", "can't find her", "cant find him", "cant find her", "nobody has seen", "no one has seen", "didn't come back", "did not come back", "hasn't come back", "not come home", "didn't come home"]),
        (Word::Missing, &["missing", "dissappeared", "disapeared", "dissapeared", "vanished", "nowhere to be found", "is lost", "got lost", "wandered off", "disappeared", "ran away", "hasn't come home", "didn't come home", "has not come home", "did not come home", "not come home", "hasn't come back", "didn't come back", "not come back", "nobody has seen", "no one has seen", "walked out", "walk out", "walked off", "never came home", "not home yet", "isn't home yet"]),
        (Word::EnglishWeak, &["son", "daughter", "child", "kid", "toddler", "boy", "girl", "grandma", "grandmother", "grandpa", "grandfather", "granny", "nana", "mother", "father", "mom", "mum", "dad", "old man", "old lady", "elderly"]),
        (Word::CannotFind, &["can't find", "cant find", "cannot find", "can not find", "couldn't find", "looking for", "searching for", "lost sight of"]),
        (Word::Water, &["water", "leak", "leaking", "dripping", "drips", "pouring", "leaks", "rain"]),
        (Word::EnglishWired, &[
            "socket", "sockets", "outlet", "outlets", "fuse box", "fusebox", "electrical", "switchboard", "electric panel", "electric box", "electric meter", "light fitting", "ceiling light", "ceiling lights", "ceiling lamp", "lamp", "light switch", "breaker", "breaker box", "power strip", "extension cord", "wiring", "wires", "light fixture", "charger", "charging pile", "charging station",
        ]),
        (Word::EnglishHigh, &["facade", "tile", "tiles", "window", "window pane", "pane", "glass", "sign", "billboard", "branch", "branches", "tree", "cladding", "brick", "bricks", "concrete", "plaster", "ceiling", "balcony", "railing", "ac unit", "air conditioner", "aircon", "flower pot", "flowerpot", "gutter", "awning", "scaffolding", "lamp post", "pole", "wall", "roof"]),
        (Word::EnglishFalls, &["going to fall", "gonna fall", "will fall", "could fall", "might fall", "may fall", "can fall", "ready to fall", "looks like it will fall", "hanging loose", "hanging by", "dangling", "falling from", "falling off the building", "falling down", "come crashing", "fall any", "fall on", "about to come down", "coming loose", "about to drop", "about to collapse", "going to collapse"]),
        (Word::Gives, &["gave", "gives", "giving", "got", "get", "getting", "felt", "received"]),
        (Word::Shock, &["a shock", "shocks", "a zap", "an electric"]),
    ])
});

/// Words that follow one another in a clause, each with how many bytes may lie before it.
#[rustfmt::skip]
const PATTERNS: &[(Danger, &[(usize, Word)])] = &[
    (Danger::Gas, &[(0, Word::Gas), (3, Word::GasSign)]),
    (Danger::Gas, &[(0, Word::GasPipe), (9, Word::Leak)]),
    (Danger::Gas, &[(0, Word::Gas), (9, Word::Leak)]),
    (Danger::Gas, &[(0, Word::GasAlarm), (18, Word::Rings)]),
    (Danger::Gas, &[(0, Word::Smelled), (15, Word::Gas)]),
    (Danger::Gas, &[(0, Word::EnglishSmelled), (16, Word::EnglishGas)]),
    (Danger::Fire, &[(0, Word::EnglishSmelled), (16, Word::EnglishBurnt)]),
    (Danger::Fire, &[(0, Word::Smelled), (15, Word::Burnt)]),
    (Danger::Trapped, &[(0, Word::Lift), (18, Word::Trapped)]),
    (Danger::Trapped, &[(0, Word::TrappedIn), (18, Word::Lift)]),
    (Danger::Trapped, &[(0, Word::Weak), (24, Word::Locked), (9, Word::LockedIn)]),
    (Danger::Trapped, &[(0, Word::Locked), (9, Word::LockedIn), (12, Word::CannotGetOut)]),
    (Danger::Trapped, &[(0, Word::EnglishTrappedIn), (16, Word::EnglishLift)]),
    (Danger::Trapped, &[(0, Word::EnglishWeak), (20, Word::EnglishTrappedIn)]),
    (Danger::Trapped, &[(0, Word::EnglishWeak), (20, Word::LockedUp)]),
    (Danger::Trapped, &[(0, Word::Person), (18, Word::EnglishTrapped)]),
    (Danger::Falling, &[(0, Word::High), (45, Word::Soon), (3, Word::Fall)]),
    (Danger::Falling, &[(0, Word::High), (30, Word::Loose)]),
    (Danger::Falling, &[(0, Word::EnglishHigh), (50, Word::EnglishFalls)]),
    (Danger::Current, &[(0, Word::Wired), (18, Word::Wet)]),
    (Danger::Current, &[(0, Word::FlowsTo), (18, Word::Wired)]),
    (Danger::Current, &[(0, Word::Lamp), (9, Word::WetLamp)]),
    (Danger::Current, &[(0, Word::Water), (60, Word::EnglishWired)]),
    (Danger::Current, &[(0, Word::Gives), (16, Word::Shock)]),
    (Danger::Missing, &[(0, Word::Weak), (30, Word::Lost)]),
    (Danger::Missing, &[(0, Word::Lost), (6, Word::Weak)]),
    (Danger::Missing, &[(0, Word::EnglishWeak), (36, Word::Missing)]),
    (Danger::Missing, &[(0, Word::CannotFind), (14, Word::EnglishWeak)]),
];

/// Two facts that make a danger wherever in a message they stand, at most so many bytes apart.
#[rustfmt::skip]
const TOGETHER: &[(Danger, Word, Word, usize)] = &[
    (Danger::Trapped, Word::Lift, Word::Inside, 60),
    (Danger::Trapped, Word::Lift, Word::CannotGetOut, 60),
    (Danger::Trapped, Word::EnglishLift, Word::Inside, 60),
    (Danger::Trapped, Word::EnglishLift, Word::CannotGetOut, 60),
    (Danger::Missing, Word::Weak, Word::Lost, 60),
    (Danger::Missing, Word::EnglishWeak, Word::Vanished, 120),
    (Danger::Falling, Word::High, Word::Deadly, 100),
    (Danger::Falling, Word::Loosened, Word::Below, 100),
    (Danger::Falling, Word::EnglishHigh, Word::Deadly, 100),
    (Danger::Gas, Word::Gas, Word::Escapes, 75),
    (Danger::Life, Word::Weak, Word::Helpless, 100),
    (Danger::Life, Word::EnglishWeak, Word::Helpless, 80),
];

/// Words before a danger that deny it, fear it, or prevent it.
#[rustfmt::skip]
const DENIED: &[&str] = &[
    "没", "没有", "未", "不会", "防", "防止", "避免", "小心", "以免", "容易", "万一", "会不会", "以防", "引起", "引发", "造成", "导致", "预防", "不要", "别", "禁止", "如果", "要是", "no", "not", "never", "no more", "in case of", "in case", "prevent", "avoid", "afraid of", "risk of", "without", "could cause", "may cause", "差点", "差点儿", "险些",
];

/// Words before a danger that put it into the past.
const LONG_AGO: &[&str] = &[
    "上次",
    "上回",
    "上周",
    "上个月",
    "上月",
    "去年",
    "前年",
    "之前",
    "前几天",
    "以前",
    "last time",
    "last week",
    "last month",
    "last year",
];
/// Words that say that it is over.
#[rustfmt::skip]
const OVER: &[&str] = &[
    "已经出来", "救出来", "放出来", "没事了", "火灭了", "已经灭", "浇灭", "扑灭", "已经找到", "找到了", "找着了", "虚惊", "was put out", "is out now", "already out", "false alarm", "no smell now", "not anymore", "was found", "we found", "found him", "found her", "is safe now",
];
/// Whether words say that it is over, and none that it is not; they are folded.
#[must_use]
pub fn is_over(own: &str) -> bool {
    let is_in = |words: &[&str]| words.iter().any(|word| own.contains(word));
    is_in(OVER) && !is_in(STILL) && !is_in(&["没找到", "没有找到", "not found"])
}

/// So near a danger, in bytes, it must be said that it is over.
const OVER_NEAR: usize = 150;
/// So near before a danger, in bytes, it must be said that it is only imagined.
const IMAGINED_NEAR: usize = 40;
/// Words that say that it is there all the same.
#[rustfmt::skip]
const NOW: &[&str] = &["又", "现在", "今天", "今早", "刚刚", "刚才", "更", "越来越", "一直", "还在", "正在", "again", "right now", "today", "still"];
/// Words that say that it is not over after all.
const STILL: &[&str] = &["又", "还在", "正在", "again", "still"];
/// Words before a danger in its clause that only imagine it.
#[rustfmt::skip]
const IMAGINED: &[&str] = &["如果", "要是", "万一", "假如", "假设", "以防", "if ", "in case", "should there be"];

/// Words that an old person or a child can own, or bring along.
#[rustfmt::skip]
const THINGS: &[&str] = &[
    "书包", "自行车", "电动车", "电瓶车", "滑板", "手机", "手表", "玩具", "钱包", "钥匙", "鞋", "耳机", "眼镜", "水杯", "水壶", "快递", "包裹", "猫", "狗", "卡", "轮椅", "拐杖", "助听器", "车位", "推车", "帽子",
];

/// What a folded text tells of a danger to people.
#[must_use]
pub fn told(text: &str) -> Option<Danger> {
    let hits = WORDS.every(text);
    if hits.is_empty() || text.contains("演习") || text.contains("演练") {
        return None;
    }
    let alone = hits.iter().filter_map(|hit| {
        let Word::Is(danger) = hit.meaning else {
            return None;
        };
        Some((danger, hit.start..hit.end))
    });
    let followed = PATTERNS
        .iter()
        .flat_map(|(danger, steps)| sequences(text, &hits, steps).map(|range| (*danger, range)));
    let apart = TOGETHER.iter().flat_map(|pair| together(&hits, *pair));
    alone
        .chain(followed)
        .chain(apart)
        .filter(|(danger, range)| is_meant(text, &hits, *danger, range))
        .map(|(danger, _)| danger)
        .min()
}

/// Where the two words of a pair stand near each other.
fn together(
    hits: &[Hit<Word>],
    (danger, one, other, near): (Danger, Word, Word, usize),
) -> impl Iterator<Item = (Danger, Range<usize>)> {
    let of = move |word: Word| hits.iter().filter(move |hit| hit.meaning == word);
    of(one).flat_map(move |one| {
        of(other).filter_map(move |other| {
            let range = one.start.min(other.start)..one.end.max(other.end);
            (range.len() <= near).then_some((danger, range))
        })
    })
}

/// False for what only sounds like a danger.
fn is_meant(text: &str, hits: &[Hit<Word>], danger: Danger, range: &Range<usize>) -> bool {
    let is_harmless = hits
        .iter()
        .any(|hit| hit.meaning == Word::Harmless && hit.start < range.end && range.start < hit.end);
    let before = text[..range.start].trim_end();
    let clause = before.rsplit([',', '。', '!', '?', ';']).next();
    let clause = clause.unwrap_or_default();
    let is_in = |words: &[&str], text: &str| words.iter().any(|word| text.contains(word));
    let near = near(text, range, OVER_NEAR);
    let is_past =
        is_in(LONG_AGO, clause) && !is_in(NOW, text) || is_in(OVER, near) && !is_in(STILL, near);
    let lately = &clause[clause.ceil_char_boundary(clause.len().saturating_sub(IMAGINED_NEAR))..];
    let is_imagined = is_in(IMAGINED, lately) || is_feared(&text[..range.start]);
    let said = &text[range.clone()];
    let is_other = match danger {
        Danger::Missing => is_thing(said, &text[range.end..]),
        Danger::Trapped => before.ends_with('车') || before.ends_with("car is"),
        Danger::Current => is_beside(said) || is_bill(text),
        Danger::Falling => is_small(said),
        Danger::Life => {
            is_cried(said, text)
                || ["差点", "险些", "nearly"]
                    .iter()
                    .any(|word| said.contains(word))
        }
        Danger::Fire | Danger::Gas => false,
    };
    !(is_harmless || is_past || is_imagined || is_other || ends_with_any(before, DENIED))
}

/// A range of a text, and so many bytes before and after it.
fn near<'t>(text: &'t str, range: &Range<usize>, bytes: usize) -> &'t str {
    let start = text.ceil_char_boundary(range.start.saturating_sub(bytes));
    let end = text.floor_char_boundary((range.end + bytes).min(text.len()));
    &text[start..end]
}

/// Whether what follows is feared, by whoever is not afraid of what is there: 怕着火, and not 好害怕 着火了.
fn is_feared(before: &str) -> bool {
    ends_with_any(before, &["怕", "担心"]) && !ends_with_any(before, &["害怕", "可怕"])
}

/// The child's thing is lost, not the child.
fn is_thing(said: &str, after: &str) -> bool {
    let rests = ["的", "'s "].map(|owner| said.find(owner).map(|at| &said[at..]));
    let is_owned = rests
        .into_iter()
        .flatten()
        .any(|rest| !starts_with_any(rest, &["'s missing", "'s lost", "'s not", "的时候"]));
    is_owned && !said.contains('岁')
        || THINGS.iter().any(|thing| said.contains(thing))
        || starts_with_any(after, THINGS)
        || starts_with_any(after, &["'s", "s bike"])
}

/// Wet beside a lamp is not wet in it.
fn is_beside(said: &str) -> bool {
    const BESIDE: &[&str] = &[
        "下面", "旁", "边上", "附近", "对面", "边", "不亮", "坏", "底下", "灭",
    ];
    said.starts_with('灯') && BESIDE.iter().any(|word| said.contains(word))
}

/// What shocks is the sum.
fn is_bill(text: &str) -> bool {
    const SUMS: &[&str] = &["bill", "fee", "price", "charge me", "charged"];
    SUMS.iter().any(|word| text.contains(word))
}

/// Whoever cries for help because of the noise can wait.
fn is_cried(said: &str, text: &str) -> bool {
    const NOISES: &[&str] = &["吵", "弹琴", "装修", "唱歌", "音乐", "蹦迪", "广场舞"];
    said == "救命" && NOISES.iter().any(|noise| text.contains(noise))
}

/// What falls off a door or a window within reach.
fn is_small(said: &str) -> bool {
    const SMALL: &[&str] = &[
        "把手",
        "按钮",
        "螺丝",
        "拉手",
        "密封条",
        "handle",
        "knob",
        "遥控",
        "滤网",
    ];
    SMALL.iter().any(|word| said.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::Folded;

    fn of(text: &str) -> Option<Danger> {
        told(Folded::new(text).text())
    }

    #[test]
    fn dangers() {
        for (danger, texts) in [
            (
                Danger::Gas,
                &[
                    "闻到煤气味",
                    "楼道有燃气的味道",
                    "天然气泄漏",
                    "煤气管破了",
                    "燃气报警器一直响",
                    "煤气管滋滋响",
                    "媒气味好重",
                    "I smell gas",
                    "strong gas smell in the corridor",
                    "smells like rotten eggs",
                ][..],
            ),
            (
                Danger::Fire,
                &[
                    "有股焦糊味",
                    "楼下着火了",
                    "电箱冒烟",
                    "弱电井里有烟出来",
                    "火苗都窜起来了",
                    "Fire in the garage!",
                    "the bin is on fire",
                    "smoke coming from the meter room",
                    "the curtain is burning",
                ],
            ),
            (
                Danger::Trapped,
                &[
                    "有人困在电梯里",
                    "电梯里困住了两个人",
                    "我被困电梯了",
                    "关在电梯里出不来",
                    "电梯门打不开,我们三个人在里面出不去",
                    "电梯突然停了,人还在里面",
                    "someone is trapped in the lift",
                    "stuck in the elevator",
                    "we are inside the elevator and the doors wont open",
                    "小孩反锁在屋里了",
                ],
            ),
            (
                Danger::Current,
                &[
                    "水滴到电箱上",
                    "配电箱进水",
                    "插座漏水",
                    "有人触电",
                    "吊灯里全是水",
                    "卫生间顶灯往下滴水",
                    "水顺着电线流下来",
                    "摸水龙头被电了一下",
                    "water is running into the fuse box",
                    "the lamp post gave my kid a shock",
                ],
            ),
            (
                Danger::Falling,
                &[
                    "外墙砖要掉下来了",
                    "空调外机支架断了 快要掉下去了",
                    "树杈刮断了 挂在半空",
                    "facade tiles about to fall off",
                    "the window pane is hanging loose",
                ],
            ),
            (
                Danger::Missing,
                &[
                    "老人走失",
                    "小孩不见了",
                    "我爸78岁 老年痴呆 早上出门到现在没回来",
                    "我儿子放学没到家",
                    "a child is missing",
                    "cant find my grandmother",
                ],
            ),
            (
                Danger::Life,
                &[
                    "老太太敲门没人应",
                    "孩子爬到窗台外面",
                    "a toddler is climbing out of a window",
                    "有人在楼下晕倒了",
                    "小区里有人拿刀",
                    "a man is not breathing",
                ],
            ),
        ] {
            for text in texts {
                assert_eq!(of(text), Some(danger), "{text:?}");
            }
        }
    }

    #[test]
    fn no_word_near_by_takes_a_danger_away() {
        for text in [
            "好害怕 楼道着火了",
            "我一个人好害怕 电梯里有人困住了",
            "电箱里有烟冒出来了",
            "电梯里有人被困！你们不是说修好了吗",
            "之前闻到煤气味没在意 今天更重了",
        ] {
            assert!(of(text).is_some(), "{text:?}");
        }
        let far = format!("闻到煤气味 {} 钥匙找到了", "啊".repeat(100));
        assert_eq!(of(&far), Some(Danger::Gas));
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
            "孩子在滑梯那边玩 书包不见了",
            "防火门关不上",
            "电动车上楼充电容易着火",
            "去年着火烧黑的墙还没刷",
            "我的车被困在车库里",
            "路灯下面漏水",
            "the lift is stuck",
            "the smoke detector beeps",
            "fire door won't close",
            "fire drill tomorrow",
            "my parcel is missing",
            "my car is trapped behind a van",
            "the bill gave me a shock",
            "can't find my son's bike",
            "#missing my son's scooter",
            "#missing black wallet",
            "#lost the toy of my son",
            "昨天被困电梯半小时 已经出来了",
            "which number to call if one day i smell gas",
            "煤气灶打不着火",
        ] {
            assert_eq!(of(text), None, "{text:?}");
        }
    }
}
