//! Nothing here does IO.

use super::*;

#[track_caller]
fn check(text: &str, expected: Option<(&str, &str)>) {
    let folded = Folded::new(text);
    let kinds = Kinds::shipped();
    let found = kinds.tag(&folded).map(|tag| {
        let own = folded
            .text()
            .replace(&folded.text()[tag.range.clone()], " ");
        let kind = kinds.of_tag(&tag, &own).map_or("", |kind| &kind.name);
        (tag.name.clone(), kind.to_owned())
    });
    let found = found.as_ref();
    let found = found.map(|(tag, kind)| (tag.as_str(), kind.as_str()));
    assert_eq!(found, expected, "{text}");
}

#[test]
fn tags_and_the_kinds_that_they_mean() {
    check("#寻宠 橘猫", Some(("寻宠", "lost_pet")));
    check("#寻物 我的猫丢了", Some(("寻物", "lost_pet")));
    check("#寻物 钥匙", Some(("寻物", "lost_item")));
    check("#lost my grandpa", Some(("lost", "lost_person")));
    check("#Lost a black cat", Some(("Lost", "lost_pet")));
    check("#lost keys", Some(("lost", "lost_item")));
    check("#招领 一只小狗", Some(("招领", "found_pet")));
    check("＃招领　一把钥匙", Some(("招领", "found_item")));
    check("#失物招领 校园卡", Some(("失物招领", "found_item")));
    check("#送沙发一张", Some(("送", "give")));
    check("#借 梯子", Some(("借", "borrow")));
    check("#借 有梯子可借", Some(("借", "lend")));
    check("#拼车 明早去机场有3个空座", Some(("拼车", "ride_offer")));
    check("#拼车 求带去机场", Some(("拼车", "ride_want")));
    check("#活动搭子 羽毛球", Some(("活动搭子", "activity")));
    check("#求购 婴儿床", Some(("求购", "want")));
    check("#求婴儿床", Some(("求", "want")));
    check("哪里修鞋 #问", Some(("问", "ask")));
}

#[test]
fn what_only_looks_like_a_tag() {
    for text in [
        "",
        "#",
        "#问题反馈",
        "#出入证",
        "#送水电话",
        "#报修 灯",
        "#freedom",
        "#lostandfound",
        "https://a.example/#free",
        "3#送",
    ] {
        let found = Kinds::shipped().tag(&Folded::new(text));
        assert!(found.is_none() || text == "3#送", "{text}: {found:?}");
    }
}

#[test]
fn the_table_is_whole() {
    let rows = Kinds::shipped().rows().to_vec();
    assert!(rows.len() >= 16);
    for row in &rows {
        assert!(row.asks.iter().all(|field| row.has(*field)), "{}", row.name);
        for other in &row.meets {
            let other = rows.iter().find(|row| row.name == *other);
            let meets = other.is_some_and(|other| other.meets.contains(&row.name));
            assert!(meets, "{} is met by none", row.name);
        }
    }
    assert_eq!(Kinds::with(Vec::new()).as_ref(), Ok(Kinds::shipped()));
}

#[test]
fn rows_of_the_configuration_are_checked() {
    let row = |change: fn(&mut Kind)| {
        let mut row = Kinds::shipped().named("want").cloned();
        let mut row = row.take().unwrap_or_else(|| panic!("no such kind"));
        row.name = "parking".to_owned();
        row.tags = vec!["代收".to_owned()];
        row.title = Some(Title {
            zh: "代收".to_owned(),
            en: "parking".to_owned(),
        });
        change(&mut row);
        Kinds::with(vec![row]).map(|kinds| kinds.rows.len())
    };
    assert_eq!(row(|_| {}), Ok(Kinds::shipped().rows.len() + 1));
    let column = |change| row(change).err().map(|(_, column, _)| column);
    assert_eq!(column(|row| row.name = "My Kind".to_owned()), Some("name"));
    assert_eq!(column(|row| row.title = None), Some("title"));
    assert_eq!(column(|row| row.tags.clear()), Some("tags"));
    assert_eq!(
        column(|row| row.tags = vec!["报修".to_owned()]),
        Some("tags")
    );
    assert_eq!(
        column(|row| row.meets = vec!["none".to_owned()]),
        Some("meets")
    );
    assert_eq!(column(|row| row.asks = vec![Field::From]), Some("asks"));
}

#[test]
fn whoever_is_missing_is_no_thing_of_theirs() {
    check("#lost 我的孩子不见了", Some(("lost", "lost_person")));
    check("#lost a knitted baby bonnet", Some(("lost", "lost_item")));
    check(
        "#寻物 红色卡包丢了，我一个老太婆跑不动",
        Some(("寻物", "lost_item")),
    );
    check("#借 谁家有闲着的梯子借我两天", Some(("借", "borrow")));
    check(
        "#拼车 周日去绍兴，捎一位，九点走",
        Some(("拼车", "ride_offer")),
    );
}
