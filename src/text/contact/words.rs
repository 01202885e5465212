//! The words for networks and for adding somebody, as they are written and as they are disguised. Nothing here does IO.
//!
//! Collected from what the rule in the module's head asks for: by sound (薇, 威, 徽 for 微), by shape (嶶, 溦), by
//! picture (❤ for 心, which sounds like 信), by nickname (绿泡泡), by what is drawn on the icon (企鹅, 飞机).

use std::sync::LazyLock;

use super::{
    Channel::{self, Other, Qq, Telegram, WeChat, WhatsApp},
    marks::Kind,
};
use crate::text::words::Lexicon;
use Class::{Clear, Doubtful, Veiled};

/// How much a word tells by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Its plain name.
    Clear,
    /// A disguise that has no other meaning.
    Veiled,
    /// A word that mostly means something else.
    Doubtful,
}

#[rustfmt::skip]
const HAN: &[(Channel, Class, &[&str])] = &[
    (WeChat, Clear, &["微信", "微信号", "微信id"]),
    (WeChat, Veiled, &[
        "嶶信", "徽信", "薇信", "溦信", "葳信", "崴信", "喂信",
        "巍信", "微芯", "微欣", "薇心", "薇芯", "薇欣", "薇❤", "微❤", "威❤", "维❤",
        "威♥", "微♥", "薇♥", "威芯", "威欣", "维芯", "维欣", "喂心", "喂芯", "喂❤", "围欣", "围芯", "卫❤", "卫芯",
        "嶶❤", "徽❤", "嶶", "溦", "徾", "亻言", "微亻言", "薇亻言", "绿泡泡", "绿色泡泡", "绿泡", "小绿泡",
        "v信", "v❤", "v心", "v芯", "v♥", "w信", "v我", "微x", "薇x", "威x", "wei信", "微xin", "薇号", "威号", "徽号",
        "喂号", "v号", "w号", "vx号", "微❤号", "微.信", "微亻", "√信", "∨信", "√x", "崴x", "v♡", "薇♡", "微♡",
    ]),
    (WeChat, Doubtful, &[
        "徵信", "围信", "微心", "伟信", "魏信", "唯信", "惟信", "尾信", "味信", "胃信", "违信", "蔚信", "卫心", "威心", "绿信", "绿色软件", "绿色聊天软件", "绿色聊天",
        "威信", "维信", "卫星", "卫信", "微", "薇", "威", "维", "喂", "徽", "围", "葳", "崴", "微星", "√", "∨", "豆豆", "小绿", "蔚",
    ]),
    (Qq, Clear, &["扣扣", "扣扣号", "扣群", "q群", "q号", "qq号", "qq群"]),
    (Qq, Veiled, &[
        "扣q", "q扣", "企鹅峮", "企鹅裙", "q裙", "q峮", "扣裙", "扌口扌口", "抠抠", "叩叩", "蔻蔻", "寇寇", "筘筘", "企鹅号", "企鹅群", "乞鹅", "启鹅", "企额", "企俄", "气鹅", "起鹅", "鹅号",
        "球球号", "秋秋号", "丘丘号", "邱邱", "秋秋群", "扣ロ", "🐧",
    ]),
    (Qq, Doubtful, &["企鹅", "球球", "秋秋", "丘丘", "求求", "扣", "抠", "口口", "鹅"]),
    (Telegram, Clear, &["电报号", "电报群", "telegram号"]),
    (Telegram, Veiled, &["纸飞机", "飞机号", "飞机群", "✈号", "飞机id", "灰机", "灰机号"]),
    (Telegram, Doubtful, &["飞机", "电报", "小飞机", "✈", "铁哥"]),
    (Other, Clear, &["抖音号", "快手号", "小红书号", "钉钉号", "陌陌号", "抖音", "陌陌", "探探", "闲鱼号"]),
    (Other, Veiled, &["抖荫", "抖因", "土豆号", "蝙蝠号", "蝙蝠app"]),
];

#[rustfmt::skip]
const LATIN: &[(Channel, Class, &[&str])] = &[
    (WeChat, Clear, &["wechat", "weixin", "wechatid"]),
    (WeChat, Veiled, &["vx", "wx", "weix", "vxin", "wxin", "veixin", "wexin", "vxid", "wxid", "weixing", "vchat", "weichat", "v信", "v x", "w.x", "v.x", "w/x", "v/x", "w-x", "v-x", "vvechat", "w3chat", "we-chat", "w x", "wei xin", "wxh", "vxh", "wechta"]),
    (WeChat, Doubtful, &["v", "w", "wei", "vv", "we chat"]),
    (Qq, Clear, &["qq", "qqid"]),
    (Qq, Veiled, &["qqh", "koukou",]),
    (Qq, Doubtful, &["q"]),
    (Telegram, Clear, &["telegram", "tg"]),
    (Telegram, Veiled, &["tele9ram", "t3legram", "tele gram", "tele-gram", "te1egram", "teleqram", "tgid", "telegrm", "telgram", "telegarm"]),
    (Telegram, Doubtful, &["tele", "tel3gram"]),
    (WhatsApp, Clear, &["whatsapp", "whats app", "whatapp"]),
    (WhatsApp, Veiled, &["whatsap", "whatzapp", "whats-app", "whatsaap", "wh4tsapp", "watsapp", "wattsapp", "whatsup app", "wapp", "whtsapp", "what5app"]),
    (WhatsApp, Doubtful, &["wa", "whats"]),
    (Other, Clear, &["kik", "skype", "viber", "snapchat", "instagram", "facebook", "discord", "zalo", "kakaotalk", "line id", "signal id", "insta", "ig"]),
    (Other, Veiled, &[ "fb msg", "sn4p", "d1scord", "discrd"]),
    (Other, Doubtful, &["line", "snap"]),
];

const ADD: &[&str] = &[
    "加",
    "➕",
    "+",
    "添加",
    "jia",
    "add",
    "扫",
    "加个",
    "加下",
    "加一下",
    "加上",
    "私加",
    "请加",
    "可加",
    "on",
    "my",
    "咨询",
    "联系",
];
/// They sound like 加.
const TWINS: &[&str] = &[
    "佳", "迦", "伽", "咖", "茄", "枷", "嘉", "珈", "傢", "架", "家", "驾", "甲", "假", "价", "夹",
    "嫁", "钾", "嘏", "葭",
];
const ME: &[&str] = &[
    "加我",
    "私我",
    "滴我",
    "戳我",
    "扣我",
    "q我",
    "➕我",
    "+我",
    "加本人",
    "加老师",
    "加小编",
    "加客服",
    "加助理",
    "加群主",
    "add me",
    "dm me",
    "msg me",
    "pm me",
    "inbox me",
    "hit me up",
    "加群",
    "进群",
    "加裙",
    "进裙",
    "加羣",
    "加君羊",
    "佳我",
    "家我",
    "嘉我",
    "jia我",
    "伽我",
    "迦我",
    "dm",
];
const SAME: &[&str] = &[
    "同号", "同电", "同步", "同", "一样", "号同", "同名", "同微", "同薇",
];

/// All of these words.
pub(super) static WORDS: LazyLock<Lexicon<Kind>> = LazyLock::new(|| {
    let networks = HAN.iter().chain(LATIN);
    let networks =
        networks.map(|(channel, class, words)| (Kind::Channel(*channel, *class), *words));
    let others = [
        (Kind::Add, ADD),
        (Kind::Twin, TWINS),
        (Kind::Me, ME),
        (Kind::Same, SAME),
    ];
    Lexicon::new(&networks.chain(others).collect::<Vec<_>>())
});

/// The networks whose Latin name may run into its handle: `vx13800000000`.
pub(super) const PREFIXES: &[(&str, Channel, Class)] = &[
    ("wechat", WeChat, Clear),
    ("weixin", WeChat, Clear),
    ("telegram", Telegram, Clear),
    ("whatsapp", WhatsApp, Clear),
    ("vx", WeChat, Veiled),
    ("wx", WeChat, Veiled),
    ("qq", Qq, Clear),
    ("tg", Telegram, Clear),
    ("v", WeChat, Doubtful),
    ("w", WeChat, Doubtful),
    ("q", Qq, Doubtful),
];

/// What neighbours shorten so as well, where they say how to be reached.
pub(super) const SHORT: &[&str] = &["v", "vx", "wx", "w", "v信", "微", "q"];

/// Things whose own numbers begin with such letters: `航班 WX12345`.
pub(super) const NUMBERED: &[&str] = &[
    "航班", "订单", "单", "型", "型号", "编", "设备", "车次", "机型", "flight", "order", "model",
    "serial", "parcel",
];

/// What may stand between a word and its handle.
#[rustfmt::skip]
const BETWEEN: &[&str] = &[
    "号码", "号", "是", "为", "id", "no", "number", "群", "裙", "我", "at", "is", "the", "me", "详聊", "详谈", "咨询", "找我", "搜索", "搜", "查找",
    "账号", "帐号", "这个", "本人", "请", "and", "or", "on", "哦", "呀", "吧", "呢", "啊", "了解", "领取", "直接", "即可", "发", "at:",
];

/// Whether only such words and signs stand between.
pub(super) fn connects(gap: &str) -> bool {
    let mut rest = gap;
    while let Some(c) = rest.chars().next() {
        if let Some(word) = BETWEEN.iter().find(|word| rest.starts_with(**word)) {
            rest = &rest[word.len()..];
        } else if c.is_alphanumeric() || ends_sentence(&rest[..c.len_utf8()]) {
            return false;
        } else {
            rest = &rest[c.len_utf8()..];
        }
    }
    true
}

/// Whether a gap points from a word to its handle.
pub(super) fn points(gap: &str) -> bool {
    gap.contains([':', '=', '@']) || gap.contains("号") || gap.contains("id")
}

/// Whether a sentence ends here.
pub(super) fn ends_sentence(gap: &str) -> bool {
    gap.contains(['。', '!', '?', ';', '…'])
}
