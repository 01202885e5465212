//! Where in the estate something is: a public place, or the sender's own flat. Nothing
//! here does IO.
//!
//! A home word (我家, my flat) or a room of a flat wins over every public place: in doubt
//! between the corridor and the flat it is the flat. Among several of one kind the first
//! one counts.

use std::ops::Range;
use std::sync::LazyLock;

use super::fold::Folded;
use super::words::{Hit, Lexicon, ends_with_any, starts_with_any};

/// A place, under one short name in the language in which it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The name: `楼道`, `lift`, `家里`, `kitchen`.
    pub name: &'static str,
    /// Whether it is outside the flats.
    pub is_public: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Public,
    /// Public, unless it is said to be the sender's own: my garage.
    Ownable,
    Home,
    Room,
}

#[derive(Clone, Copy)]
struct Entry {
    name: &'static str,
    sort: Sort,
}

/// Public places; the first word of a line is the name of all of them.
#[rustfmt::skip]
const PUBLIC: &[&[&str]] = &[
    &["楼道", "楼道口"], &["走廊"], &["过道"], &["连廊"], &["楼梯间"], &["楼梯", "楼梯口"],
    &["单元门", "单元门口", "单元大门"],
    &["楼宇门"], &["楼栋门"], &["门禁", "单元门禁"], &["电梯", "电梯口"], &["电梯间", "电梯厅"],
    &["大堂"], &["大厅"],
    &["地下车库", "地下停车库"], &["地下停车场"], &["地库"], &["车库"], &["停车场"], &["车棚"],
    &["充电桩"], &["充电棚"],
    &["门卫室", "门卫"], &["保安亭"], &["保安室"], &["保安岗"], &["岗亭"], &["门岗"], &["传达室"],
    &["快递柜"], &["丰巢"], &["快递架"], &["驿站"],
    &["信箱"], &["信报箱"], &["垃圾房"], &["垃圾站"], &["垃圾间"], &["垃圾桶"], &["垃圾箱"],
    &["小区大门", "小区门口", "小区正门"],
    &["东门"], &["西门"], &["南门"], &["北门"], &["正门"], &["侧门"], &["花园", "小花园"],
    &["游乐场"], &["儿童乐园"], &["游乐区"],
    &["健身区"], &["健身房"], &["游泳池"], &["泳池"], &["会所"], &["活动室"], &["活动中心"],
    &["篮球场"], &["网球场"],
    &["楼顶"], &["屋顶"], &["屋面"], &["天台"], &["架空层"], &["绿化带"], &["草坪"], &["草地"],
    &["喷泉"],
    &["围墙"], &["路灯"], &["人行道"], &["消防通道"], &["安全通道"], &["安全出口"], &["配电房"],
    &["配电室"], &["配电间"],
    &["水泵房"], &["泵房"], &["设备间"], &["设备房"], &["弱电井"], &["强电井"], &["电井"],
    &["管道井", "水井房"], &["监控室"],
    &["物业办公室"], &["物业中心"], &["物业服务中心"], &["公共厕所"], &["公厕"], &["公共卫生间"],
    &["公共区域"],
    &["corridor", "corridors"], &["stairwell", "stairwells"], &["stairs"],
    &["staircase"], &["lift", "lifts"], &["elevator", "elevators"], &["lobby", "lobbies"],
    &["foyer"],
    &["car park", "carpark"], &["parking garage"], &["parking lot"], &["basement"],
    &["gate", "gates", "main gate", "front gate"],
    &["parcel locker", "parcel lockers"], &["parcel cabinet"], &["mailbox", "mailboxes"],
    &["letterbox"], &["mailroom", "mail room"],
    &["playground"], &["rooftop"], &["gym"], &["pool"], &["swimming pool"], &["courtyard"],
    &["entrance", "main entrance"],
    &["bin room"], &["bin store"], &["trash room"], &["garbage room"], &["rubbish room"],
    &["guardhouse", "guard house"], &["guard room"],
    &["security booth"], &["security desk"], &["clubhouse"], &["fire escape"], &["laundry room"],
    &["street lamp"], &["streetlight"],
];

/// English words for places that can also belong to a flat.
const OWNABLE: &[&[&str]] = &[
    &["hallway", "hallways"],
    &["garage"],
    &["garden"],
    &["roof"],
];

/// Ways to say "at home"; the first word is the name.
#[rustfmt::skip]
const HOME: &[&[&str]] = &[
    &[
        "家里", "我家", "家中", "我们家", "咱家", "咱们家", "俺家", "屋里", "屋内", "室内", "户内",
        "自家", "本户", "我屋", "我房间", "我的房间", "我们屋",
    ],
    &[
        "home", "my home", "our home", "at home", "my flat", "our flat", "my apartment",
        "our apartment", "my apt", "our apt", "my house", "our house", "my place", "our place",
        "my unit", "our unit", "my room", "in the flat", "in the apartment", "inside the flat",
        "inside the apartment",
    ],
];

/// Rooms of a flat; the first word of a line is the name of all of them.
#[rustfmt::skip]
const ROOMS: &[&[&str]] = &[
    &["厨房"], &["卫生间"], &["洗手间"], &["厕所"], &["浴室"], &["淋浴间"], &["淋浴房"], &["阳台"],
    &["客厅"], &["卧室"], &["主卧"],
    &["次卧"], &["书房"], &["餐厅"], &["玄关"], &["儿童房"], &["衣帽间"], &["飘窗"], &["主卫"],
    &["次卫"], &["客卫"], &["露台"],
    &["kitchen"], &["bathroom", "bathrooms"], &["toilet", "toilets"], &["washroom"],
    &["bedroom", "bedrooms", "master bedroom"],
    &["living room"], &["dining room"], &["balcony"], &["shower"],
];

static PLACES: LazyLock<Lexicon<Entry>> = LazyLock::new(|| {
    let sorts = [
        (Sort::Public, PUBLIC),
        (Sort::Ownable, OWNABLE),
        (Sort::Home, HOME),
        (Sort::Room, ROOMS),
    ];
    let groups: Vec<(Entry, &[&str])> = sorts
        .into_iter()
        .flat_map(|(sort, lines)| lines.iter().map(move |line| (sort, *line)))
        .filter_map(|(sort, line)| {
            Some((
                Entry {
                    name: line.first()?,
                    sort,
                },
                line,
            ))
        })
        .collect();
    // `home` alone is too common a word; it only serves as a name.
    Lexicon::new(&groups)
});

/// The place that a text names.
#[must_use]
pub fn find(text: &Folded) -> Option<Place> {
    find_outside(text.text(), &[])
}

/// The place that a folded text names, not counting these ranges of it.
pub(super) fn find_outside(text: &str, skipped: &[Range<usize>]) -> Option<Place> {
    let mut best: Option<Entry> = None;
    let mut end = 0;
    for hit in PLACES.all(text) {
        // A word inside a longer one (车库 in 地下车库) is not a second place.
        let is_skipped = skipped
            .iter()
            .any(|range| hit.start < range.end && range.start < hit.end);
        if hit.start < end || is_skipped || is_something_else(text, hit) {
            continue;
        }
        end = hit.end;
        let mut entry = hit.meaning;
        if entry.sort == Sort::Ownable {
            entry = owned(text, hit);
        }
        if best.is_none_or(|best| rank(entry.sort) > rank(best.sort)) {
            best = Some(entry);
        }
    }
    best.map(|entry| Place {
        name: entry.name,
        is_public: rank(entry.sort) == 0,
    })
}

fn rank(sort: Sort) -> u8 {
    match sort {
        Sort::Public | Sort::Ownable => 0,
        Sort::Home => 1,
        Sort::Room => 2,
    }
}

fn owned(text: &str, hit: Hit<Entry>) -> Entry {
    if text[..hit.start].ends_with("my ") {
        Entry {
            name: "home",
            sort: Sort::Home,
        }
    } else {
        hit.meaning
    }
}

/// Words that hold a place's name but mean something else.
fn is_something_else(text: &str, hit: Hit<Entry>) -> bool {
    let word = &text[hit.start..hit.end];
    let (before, after) = (&text[..hit.start], &text[hit.end..]);
    match word {
        "home" => true,
        "门禁" | "电梯" | "车库" | "健身房" => starts_with_any(after, &["卡", "费"]),
        "大堂" => after.starts_with("经理"),
        // Whoever lives there, and not where.
        "我家" | "我们家" | "咱家" | "咱们家" => {
            starts_with_any(after, &["狗", "猫", "孩子", "小孩", "老人", "宝宝", "车"])
        }
        // Many estates are called 某某花园.
        "花园" => {
            starts_with_any(after, &["小区", "社区", "物业", "业主"])
                || after
                    .starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
        }
        // Somebody else's home.
        "家里" | "家中" => ends_with_any(
            before,
            &[
                "人", "大", "居", "楼上", "楼下", "隔壁", "对门", "他", "她", "谁", "户", "国",
            ],
        ),
        "lift" => before.ends_with("to "),
        "pool" => after.starts_with(" of "),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn all_found(table: &[(&str, Option<(&str, bool)>)]) {
        let wrong: Vec<String> = table
            .iter()
            .filter_map(|(text, expected)| {
                let got = find(&Folded::new(text)).map(|place| (place.name, place.is_public));
                (got != *expected).then(|| format!("{text:?}: {got:?}, not {expected:?}"))
            })
            .collect();
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    #[test]
    fn public_places() {
        all_found(&[
            ("楼道灯坏了", Some(("楼道", true))),
            ("3号楼走廊漏水", Some(("走廊", true))),
            ("单元门打不开", Some(("单元门", true))),
            ("门禁刷不开", Some(("门禁", true))),
            ("二单元门禁坏了", Some(("门禁", true))),
            ("电梯停了", Some(("电梯", true))),
            ("大堂空调", Some(("大堂", true))),
            ("地下车库进水", Some(("地下车库", true))),
            ("车库灯", Some(("车库", true))),
            ("门卫室没人", Some(("门卫室", true))),
            ("保安亭", Some(("保安亭", true))),
            ("快递柜打不开", Some(("快递柜", true))),
            ("垃圾房太臭", Some(("垃圾房", true))),
            ("小区大门坏了", Some(("小区大门", true))),
            ("花园里的灯", Some(("花园", true))),
            ("游乐场的滑梯", Some(("游乐场", true))),
            ("楼顶漏水", Some(("楼顶", true))),
            ("天台门没关", Some(("天台", true))),
            ("電梯壞了", Some(("电梯", true))),
            ("地下车库电梯坏了", Some(("地下车库", true))),
            ("the lift is stuck", Some(("lift", true))),
            ("Elevators are down", Some(("elevator", true))),
            ("light in the corridor", Some(("corridor", true))),
            ("hallway light", Some(("hallway", true))),
            ("parcel lockers jammed", Some(("parcel locker", true))),
            ("Swimming pool dirty", Some(("swimming pool", true))),
            ("公共卫生间堵了", Some(("公共卫生间", true))),
        ]);
    }

    #[test]
    fn the_flat_wins() {
        all_found(&[
            ("我家漏水", Some(("家里", false))),
            ("家里没电，楼道也没电", Some(("家里", false))),
            ("我家门口的走廊灯坏了", Some(("家里", false))),
            ("我家厨房漏水", Some(("厨房", false))),
            ("卫生间漏到走廊了", Some(("卫生间", false))),
            ("阳台对着花园", Some(("阳台", false))),
            (
                "water from the corridor into my flat",
                Some(("home", false)),
            ),
            ("kitchen tap", Some(("kitchen", false))),
            ("my garage door", Some(("home", false))),
            ("My apartment bathroom", Some(("bathroom", false))),
        ]);
    }

    #[test]
    fn no_places() {
        all_found(&[
            ("", None),
            ("漏水了", None),
            ("门禁卡丢了", None),
            ("电梯费怎么算", None),
            ("3号楼门口", None),
            ("阳光花园小区3号楼", None),
            ("翠湖花园3号楼", None),
            ("大家里外都看看", None),
            ("邻居家里漏水", None),
            ("investigate the delegate", None),
            ("help to lift the box", None),
            ("I want to go home", None),
            ("a pool of water", None),
            ("我家狗丢了", None),
        ]);
    }
}
