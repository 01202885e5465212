//! Nothing here does IO.

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    Kinds, colour, item, looks, money, name, pieces, ride, seats, spot, times, veil, words,
};
use crate::text::address::Registry;

#[test]
fn all_patterns_are_good() {
    let all = colour::patterns()
        .into_iter()
        .chain(item::patterns())
        .chain(looks::patterns())
        .chain(money::patterns())
        .chain(name::patterns())
        .chain(pieces::patterns())
        .chain(ride::patterns())
        .chain(seats::patterns())
        .chain(spot::patterns())
        .chain(times::patterns())
        .chain(veil::patterns())
        .chain(words::patterns());
    for (at, pattern) in all.enumerate() {
        assert!(pattern.is_good(), "pattern {at}");
    }
}

/// A Thursday at ten.
fn now() -> NaiveDateTime {
    let day = NaiveDate::from_ymd_opt(2026, 12, 10);
    day.and_then(|day| day.and_hms_opt(10, 0, 0))
        .unwrap_or_default()
}

/// What a post is read as: its kind, its item, and what else is asked for.
#[track_caller]
fn check(text: &str, kind: &str, item: &str) -> super::Told {
    let kinds = Kinds::shipped();
    let found = super::kind_of(text, kinds).unwrap_or_else(|| panic!("no post: {text}"));
    assert_eq!(found.name, kind, "{text}");
    let told = super::read(text, found, kinds, &Registry::default(), now());
    assert_eq!(told.item.as_deref().unwrap_or_default(), item, "{text}");
    told
}

/// No list knows most of these: what stands around them tells.
#[test]
fn the_item_is_told_by_the_sentence() {
    for (text, kind, item) in [
        ("#送 老妈买多了两箱羽衣甘蓝粉，没人喝", "give", "羽衣甘蓝粉"),
        (
            "#寻物 谁捡到我的滑轨钥匙盒，里面有备用钥匙",
            "lost_item",
            "滑轨钥匙盒",
        ),
        ("#借 谁有弯管器，水管接头要弯一下", "borrow", "弯管器"),
        ("铸铁壁炉罩 挺沉 八成新 五十块 #卖", "sell", "铸铁壁炉罩"),
        ("#换 用珐琅门牌换一块黄铜门牌", "swap", "珐琅门牌"),
        ("#寻物 腰上的号码簿掉了", "lost_item", "号码簿"),
        ("#捡到 在喷泉边捡到一只红色雨靴", "found_item", "雨靴"),
        (
            "#sell Selling a rattan peacock chair, a bit bleached",
            "sell",
            "rattan peacock chair",
        ),
        (
            "#lost a beige knitted baby bonnet near the gate",
            "lost_item",
            "baby bonnet",
        ),
        (
            "#borrow Anyone got a tile saw I could use?",
            "borrow",
            "tile saw",
        ),
        ("#寻猫 我家布偶猫雪糕昨晚没回来", "lost_pet", "布偶猫"),
        ("#lost our beagle Biscuit ran off", "lost_pet", "beagle"),
    ] {
        check(text, kind, item);
    }
}

/// A greeting, a reason, what somebody was doing, and people are none.
#[test]
fn what_opens_a_post_is_not_the_item() {
    for (text, kind, item) in [
        ("断舍离！黑色的电饭煲，八成新，八十 #卖", "sell", "电饭煲"),
        ("刚才取快递把伞忘在驿站了 #寻物", "lost_item", "伞"),
        (
            "遛弯回来，捡了个墨绿色的保温杯 #招领",
            "found_item",
            "保温杯",
        ),
        ("跳舞跳得太高兴，红色的丝巾忘了 #寻物", "lost_item", "丝巾"),
        (
            "Decluttering! A white bookshelf, in bldg 4 #give",
            "give",
            "bookshelf",
        ),
        ("我爸在菜场把老光镜弄丢了 #寻物", "lost_item", "老光镜"),
        (
            "My girl is in tears: we lost her gold bracelet #lost",
            "lost_item",
            "bracelet",
        ),
        (
            "the guard has somebody's blue-coloured umbrella #found",
            "found_item",
            "umbrella",
        ),
        ("found a kids' GPS watch #found", "found_item", "GPS watch"),
        ("丢乌龟的是哪一户？它要吃饼干 #招领", "found_pet", "乌龟"),
        (
            "#missing my grandfather Chen Guoqiang, 81, in a grey cap",
            "lost_person",
            "grandfather",
        ),
    ] {
        check(text, kind, item);
    }
}

/// Not a collar's, nor that of a breed's name.
#[test]
fn the_colour_is_that_of_the_thing() {
    for (text, colour) in [
        ("#寻狗 大金毛走丢了，纯白色的毛，戴红色的项圈", "纯白色"),
        ("#寻狗 小土狗跑了，白里透黄，红色的项圈", "白里透黄"),
        ("#lost gold golden retriever with a name tag", "gold"),
        ("#foundpet husky, grey white, blue eyes", "grey white"),
    ] {
        let kinds = Kinds::shipped();
        let kind = super::kind_of(text, kinds).unwrap_or_else(|| panic!("no post: {text}"));
        let told = super::read(text, kind, kinds, &Registry::default(), now());
        assert_eq!(told.colour.as_deref(), Some(colour), "{text}");
        assert_eq!(told.name, None, "{text}");
    }
}

#[test]
fn a_place_is_told_by_what_stands_around_it() {
    for (text, place) in [
        ("#招领 在葡萄架那边捡到一把钥匙", "葡萄架那边"),
        ("#招领 在沙县小吃门口捡到身份证", "沙县小吃门口"),
        (
            "#lend A drill lies on the shelf. Come by 33-1-402",
            "33-1-402",
        ),
        ("#give a bookshelf, lobby of bldg 4", "lobby of bldg 4"),
    ] {
        let kinds = Kinds::shipped();
        let kind = super::kind_of(text, kinds).unwrap_or_else(|| panic!("no post: {text}"));
        let told = super::read(text, kind, kinds, &Registry::default(), now());
        assert_eq!(told.place.as_deref(), Some(place), "{text}");
    }
}

#[test]
fn everything_else_is_told_too() {
    let told = check(
        "#拼车 周六早上八点去南站，还能再塞两个人，一人二十",
        "ride_offer",
        "",
    );
    assert_eq!(told.to.as_deref(), Some("南站"));
    assert_eq!((told.seats, told.price_cents), (Some(2), Some(2_000)));
    let told = check(
        "#出 电饭煲，去年三百多入的，现在八十拿走，3栋楼下",
        "sell",
        "电饭煲",
    );
    assert_eq!(
        (told.price_cents, told.place.as_deref()),
        (Some(8_000), Some("3栋楼下"))
    );
    let told = check(
        "#寻狗 泰迪，棕色，叫豆豆，在滨江绿道走丢的",
        "lost_pet",
        "泰迪",
    );
    assert_eq!(told.colour.as_deref(), Some("棕色"));
    assert_eq!(
        (told.name.as_deref(), told.place.as_deref()),
        (Some("豆豆"), Some("滨江绿道"))
    );
    let told = check(
        "#lost grey scarf on the bench by the pond last night",
        "lost_item",
        "scarf",
    );
    assert_eq!(told.place.as_deref(), Some("the bench by the pond"));
    assert_eq!(
        told.at.map(|at| at.to_string()).as_deref(),
        Some("2026-12-09 18:00:00")
    );
}

/// Whoever is missing is cried for, whatever the tag; what somebody misses is not.
#[test]
fn people_are_told_from_what_they_have_lost() {
    for (text, kind, item) in [
        (
            "#lost My dad was at the east gate and came home without his black thermos",
            "lost_item",
            "thermos",
        ),
        (
            "#寻物 我爸昨晚去10栋门口转了一圈，金色的指环就找不着了",
            "lost_item",
            "指环",
        ),
        ("#lost my father's cane is gone", "lost_item", "cane"),
        (
            "#lost Grandpa went out this morning with his red cap and never came home",
            "lost_person",
            "Grandpa",
        ),
        (
            "#missing my grandma left home without her phone and is gone",
            "lost_person",
            "grandma",
        ),
        ("#寻物 奶奶戴着蓝帽子走丢了", "lost_person", "奶奶"),
        ("#寻物 孩子放学没回家，书包也不见了", "lost_person", "孩子"),
        (
            "#寻人 外婆拄着拐杖出去，到现在人都找不着了",
            "lost_person",
            "外婆",
        ),
        ("#寻物 小狗走丢了，主人是王奶奶", "lost_pet", "小狗"),
        ("#借 谁有轮椅，奶奶还没回来", "borrow", "轮椅"),
    ] {
        check(text, kind, item);
    }
}
