//! Whether a matter is outside the flats. Nothing here does IO.
//!
//! A home that is named, or said to be one's own, is a flat; so is what a neighbour does in theirs. A public place is
//! public, and so is what hangs, stands or drives there. Where nothing tells, the trade does.

use std::sync::LazyLock;

use super::Trade;
use crate::text::{
    address::{self, Address, Registry},
    danger::Danger,
    fold::Folded,
    place::Place,
    tags::Category,
    words::Lexicon,
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    /// Of many homes, or of all.
    Everybody,
    /// Outside, though it is no place of its own.
    Outside,
    /// Wherever it is said to come from, it is in a flat.
    Indoors,
    /// In a neighbour's flat.
    Theirs,
    /// The sender's own, wherever it is.
    Own,
}

#[rustfmt::skip]
static WORDS: LazyLock<Lexicon<Word>> = LazyLock::new(|| {
    Lexicon::new(&[
        (Word::Everybody, &[
            "整栋", "整幢", "整个单元", "整个小区", "整单元", "整层", "全楼", "全小区", "全单元", "小区", "社区", "所有人", "大家", "我们楼", "我们单元", "这栋", "这一栋", "本栋", "楼里", "公共", "公区", "通知", "公告", "几点关门", "几点开门", "业主群", "每家", "家家", "各家",
            "whole building", "entire building", "whole tower", "whole block", "our building", "the building", "whole floor", "whole estate", "estate", "compound", "everyone", "everybody", "all residents", "residents", "community", "both lifts", "tower",
        ]),
        (Word::Outside, &[
            "大门口", "楼门口", "单元门口", "号楼门口", "楼下门口", "小区门口", "大门", "井盖", "马路", "路面", "路上", "路边", "道路", "小路", "步道", "坡道", "台阶", "广场", "外墙", "广告牌", "摄像头", "监控", "保安", "保洁", "前台", "游泳馆", "图书室", "防火门", "电提", "电体", "门卫", "客服", "管家", "路灯", "消防", "长椅", "凳子", "滑梯", "秋千", "池塘", "喷泉", "健身器", "跑步机", "外卖员", "快递员", "楼下", "户外", "电动车", "电瓶车", "车位", "道闸", "树", "草", "花坛", "灌木",
            "广场舞", "烟花", "鞭炮", "流浪", "访客", "宠物区", "垃圾", "狗屎", "狗粪", "outside", "street", "road", "path", "pavement", "sidewalk", "driveway", "ramp", "bench", "pond", "playground", "manhole", "security guard", "guard", "guards", "receptionist", "front desk", "reception", "fire door", "fire doors", "ev charger", "charging station", "facade", "barrier", "concierge", "camera", "cctv", "tennis court", "court", "fountain", "downstairs", "visitor", "tree", "trees", "lawn", "hedge", "parking",
            "fire lane", "rubbish", "trash", "garbage", "bins", "meter room", "electrical closet", "bike", "bikes", "scooter",
        ]),
        (Word::Indoors, &["床", "沙发", "衣柜", "我房", "木地板", "橱柜", "家门", "入户", "防盗门", "进不去家", "进不了家", "忘带钥匙", "钥匙在里面", "钥匙落", "门被风", "带上了", "指纹锁", "智能锁", "密码锁", "smart lock", "my lock", "my bed", "my sofa", "my ceiling", "my wall", "my floor", "my bathroom", "my kitchen", "my living", "my tap", "my sink", "in my flat", "my door"]),
        (Word::Theirs, &[
            "楼上", "有一户", "一户人家", "某户", "那户", "隔壁", "对门", "邻居", "楼下邻居", "楼下住户", "楼下那家", "楼下家", "upstairs", "next door", "neighbour", "neighbor", "neighbours", "neighbors", "above us", "above me", "below us", "below me",
        ]),
        (Word::Own, &["我的", "我们家", "my"]),
    ])
});

/// What a whole building has, or has not.
static OUTAGES: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    Lexicon::new(&[(
        (),
        &[
            "停水",
            "停电",
            "断水",
            "断电",
            "停气",
            "停暖",
            "no water",
            "no power",
            "no electricity",
            "power cut",
            "power outage",
            "water outage",
        ],
    )])
});

/// Whether a folded text, which names this place and tells of this danger, tells of something outside the flats.
pub(super) fn is(
    text: &str,
    place: Option<Place>,
    trade: Trade,
    category: Option<Category>,
    danger: Option<Danger>,
) -> bool {
    let (mut everybody, mut outside, mut indoors) = (false, false, false);
    let (mut theirs, mut own) = (false, false);
    for hit in WORDS.all(text) {
        match hit.meaning {
            Word::Everybody => everybody = true,
            Word::Outside => outside = true,
            Word::Indoors => indoors = true,
            Word::Theirs => theirs = true,
            Word::Own => own = true,
        }
    }
    match place {
        _ if trade == Trade::Fee => return false,
        Some(place) if place.is_public => return !indoors,
        Some(_) => return false,
        None => {}
    }
    if indoors || said(text).home.is_some() {
        return false;
    }
    let is_outage = OUTAGES.is_in(text) && is_shared(text);
    if everybody || is_outage {
        return true;
    }
    let is_wish = category == Some(Category::Suggestion);
    let is_fire = danger == Some(Danger::Fire);
    match trade {
        _ if theirs && !outside => false,
        Trade::Security => outside || !is_fire,
        Trade::Lift | Trade::Green | Trade::Parking => true,
        _ if own && !outside => false,
        Trade::Electric
        | Trade::Plumbing
        | Trade::Door
        | Trade::Structure
        | Trade::Cleaning
        | Trade::Noise
        | Trade::Network
        | Trade::Fee
        | Trade::Other => outside || is_wish,
    }
}

/// Whether a folded text names a building, a stairwell or a floor, and no flat.
pub(super) fn is_shared(text: &str) -> bool {
    let said = said(text);
    said.home.is_none() && (said.building.is_some() || said.unit.is_some() || said.floor.is_some())
}

fn said(text: &str) -> Address {
    address::find(&Folded::new(text), &Registry::default()).address
}
