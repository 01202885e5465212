//! The surname of a Chinese word. Nothing here does IO.
//!
//! Compound surnames come first: 欧阳 before 欧. Of single ones the list has many that are
//! ordinary words or given names, borne by hardly anybody; these count alone or before a
//! title, but not as the start of a phrase.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::list::{self, COMMON};
use super::titles::{Title, split_title, strip_roles};

/// 阿 and 大 come before given names more often than before surnames.
const COMMON_AFTER_A: u32 = 200;

/// The longest name: a surname of two characters and a given name of two.
const NAME_CHARS_MAX: usize = 4;

/// Words and phrases that start with a surname and are no names.
const NO_NAMES: &str = "东户 西户 南户 北户 中户 东边 西边 东边户 西边户 路人甲 水晶 小时 小时候 开心 快乐 幸福 平安 阳光 高兴 温暖 安静 安好 如意 吉祥 万事如意 花开富贵 \
马到成功 平平安安 马上 石头 雪花 梅花 桃花 兰花 花花 花开 海阔天空 云淡风轻 明天 明月清风 \
秋天 春天 冬天 夏日 秋风 江湖 金色 金鱼 熊猫 牛牛 牛奶 包子 麦子 米粒 和谐 水瓶座 \
水果 冷漠 冷静 温柔 白菜 白天 高山流水 高手 天天 天空 天使 天涯 时光 时间 乐园 乐观 有缘 向日葵 风信子 \
黑白 宁静致远 安之若素 丰收 车位 车库 车主 房子 家园 家和 家人 家有 楼上 楼下 楼主 楼长 门口 单元 单身 \
小区 花园 龙马精神 金玉满堂 国泰民安 都好 钱包 路人 路过 来了 全家福 党员 居民 祖国 中国 中国人 \
上海 北京 南京 东北 万科 石榴 柳絮 柠檬 燕子 鱼儿 龙猫 麻辣 毛毛虫 豆豆 贝贝 宝贝 宝宝 水水 应急 安全 \
成都 元宝 元气 管理 相信 信用 都市 海浪 海豚 海绵 海风 米老鼠 大白 简单 简爱 柴米油盐 习惯 牛气冲天 \
夏至 冬至 立春 常来 常住 幸运 幸运星 幸福家 幸福人生 满意 满月 盛夏 景色 连心 连锁 查询 古道 \
施工 计划 计算 应该 终点 别墅 明白 苗条 农民 农夫 全部 干净 果果 荣誉 汪汪 汪星人 喵星人 卡卡 卡布 空调 空白 空气 \
美丽 美好 美美 好人 好心情 好运 有人 有爱 无名 无聊 自由 自在 从容 从前 家长 家属 主人 主卧 只有 中心 子女 业委 \
红包 红红 大家 其他 本人 某人 是我 可爱 可可 可乐 静好 静静 思思 雅雅 佳佳 佳人 飞飞 星星 星空 永远 永恒 未来 希望 \
日子 月亮 月光 月儿 雪儿 风景 风雨 彩虹 清风 清晨 碧海 绿茶 绿叶 青青 青山 青春 青草 银河 云云 秘密 皮皮 皮卡丘 \
种花 种草 过客 过路 步步高 步行 游客 游泳 于是 尚好 那年 那个 那些 能量 信息 由来 但愿 展望 终于 全新 经典 经济 巧克力";

/// Characters that the list has as rare surnames, but that start given names or phrases.
const ORDINARY: &str = "建国海晓志子佳嘉家俊雅雪春红永德宏思怡静丽美娜敏伟军勇杰凯飞超朝晨伯博\
可天中有无好是会只业主月星风清青秋英香兴旺文玉立莲良娇艳依宜珠紫自正政先仙友远越悦源宇羽英\
贵光广浩昊恒弘鸿辉慧惠基吉继加君朗乐力礼理琴勤庆荣瑞润森善少诗世守淑书树顺松素太泰通万威维\
未希喜霞贤湘潇孝新行雄秀学彦洋耀业义益翼勇友有雨语玉钰悦云允泽增振真镇征忠冬东北上本北道第\
多朵恩尔芳夏飞凡红虎火空绿妙默念其奇千仁日若神圣思随所锁问西线须寻野夜银";

/// Whole names, or their beginnings, of people whose names have no Chinese surname.
#[rustfmt::skip]
const PEOPLES: &[&str] = &[
    "扎西", "旦增", "丹增", "格桑", "尼玛", "拉姆", "央金", "索朗", "洛桑", "多吉", "巴桑", "米玛", "普布", "平措", "阿卜杜",
    "阿不都", "买买提", "吐尔逊", "努尔", "古丽", "阿依", "迪丽", "热依", "艾克", "巴图", "乌日", "其其格", "娜仁", "特木尔",
    "格日勒", "呼和", "苏和", "斯琴", "萨仁",
];

static NO_NAME_SET: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| NO_NAMES.split_whitespace().collect());
static ORDINARY_SET: LazyLock<BTreeSet<char>> = LazyLock::new(|| ORDINARY.chars().collect());

/// The surname of a Chinese word in simplified characters, if it is a name.
pub(super) fn surname(word: &str) -> Option<String> {
    if let Some(name) = dotted(word) {
        return Some(name.to_owned());
    }
    let bare = strip_roles(&word.replace('·', "")).to_owned();
    if bare.is_empty() || NO_NAME_SET.contains(&*bare) {
        return None;
    }
    if list::weight(&bare).is_some() && bare != "家" {
        return Some(bare);
    }
    if PEOPLES.iter().any(|start| bare.starts_with(start)) {
        return Some(bare);
    }
    let own = match of_nickname(&bare) {
        Some(own) => Some(own),
        // What a title does not fit is no name either: 师傅, 强哥.
        None if split_title(&bare).is_some() => of_titled(&bare),
        None => of_name(&bare),
    };
    own.map(str::to_owned)
}

/// Whether a word is a surname and exactly this given name.
pub(in crate::text::names) fn is_given_word(word: &str, given: &str) -> bool {
    word.strip_suffix(given)
        .is_some_and(|surname| list::weight(surname).is_some())
}

/// 买买提·艾力 and 约翰·史密斯: the part after the last dot, as in passports. A dot after a
/// single character, or between a name and a role, is decoration.
fn dotted(word: &str) -> Option<&str> {
    let (first, _) = word.split_once('·')?;
    let (_, last) = word.rsplit_once('·')?;
    let roles = strip_roles(last).is_empty() || strip_roles(first).is_empty();
    let long = |part: &str| part.chars().nth(1).is_some();
    (long(first) && long(last) && !roles).then_some(last)
}

/// 小王, 老李, 阿黄: a common surname, perhaps with a title, after one of these.
fn of_nickname(word: &str) -> Option<&str> {
    let (rest, least) = if let Some(rest) = word.strip_prefix(['小', '老']) {
        (rest, COMMON)
    } else {
        (word.strip_prefix(['阿', '大'])?, COMMON_AFTER_A)
    };
    let is_surname = |core: &&str| {
        list::compound(core) == Some(*core) || list::weight(core).is_some_and(|w| w >= least)
    };
    let titled = || split_title(rest).map(|(core, _)| strip_roles(core));
    Some(rest)
        .filter(is_surname)
        .or_else(|| titled().filter(is_surname))
}

/// 王先生, 欧阳女士, 王芳妈妈: a name before a title, or before several.
fn of_titled(word: &str) -> Option<&str> {
    let (core, kind) = split_title(word)?;
    let bare = strip_roles(core);
    let core = if bare.is_empty() { core } else { bare };
    if let Some(whole) = list::weight(core) {
        let several = core.chars().nth(1).is_some();
        let fits = kind == Title::Formal || several || whole >= COMMON;
        return fits.then_some(core);
    }
    of_nickname(core)
        .or_else(|| of_titled(core))
        .or_else(|| match kind {
            Title::Formal => of_name(core),
            Title::Familiar => of_name(core).filter(|surname| {
                let three = core.chars().nth(2).is_some();
                let least = if three { COMMON / 2 } else { COMMON };
                list::weight(surname).is_some_and(|weight| weight >= least)
            }),
        })
}

/// 王芳, 欧阳娜娜, 张陈晓明: a surname and a given name.
fn of_name(word: &str) -> Option<&str> {
    let chars: Vec<char> = word.chars().collect();
    if chars.len() > NAME_CHARS_MAX + 1 || NO_NAME_SET.contains(word) || is_doubled(&chars) {
        return None;
    }
    if let Some(compound) = list::compound(word) {
        let given = chars.len() - compound.chars().count();
        return (given <= 2).then_some(compound);
    }
    let (surname, weight) = list::single(word)?;
    match chars.len() {
        1 => Some(surname),
        2 | 3 => {
            let ordinary = chars.first().is_some_and(|c| ORDINARY_SET.contains(c));
            (!(list::is_rare(weight) && ordinary)).then_some(surname)
        }
        NAME_CHARS_MAX => {
            let second = word.get(surname.len()..).and_then(list::single);
            let both = weight >= COMMON && second.is_some_and(|(_, weight)| weight >= COMMON);
            both.then_some(surname)
        }
        _ => None,
    }
}

/// 乐乐, 毛毛: a nickname.
fn is_doubled(chars: &[char]) -> bool {
    matches!(chars, [one, two] if one == two)
}
