//! Nothing here does IO.

use super::*;

#[rustfmt::skip]
const HIDDEN: [(&str, &str); 62] = [
    ("打我电话13900002211，谢谢", "打我电话🔒，谢谢"),
    ("电话 139 0000 2211", "电话 🔒"),
    ("电话139-0000-2211", "电话🔒"),
    ("１３９００００２２１１", "🔒"),
    ("+86 13900002211", "🔒"),
    ("0086 13900002211", "🔒"),
    ("(+86) 139 0000 2211", "🔒"),
    ("13900002211", "🔒"),
    ("138 1111 2222找我", "🔒找我"),
    ("手机：15900006612（同微信）", "手机：🔒（同微信）"),
    ("两个号13900002211、13700005566都行", "两个号🔒、🔒都行"),
    ("13900002211/13700005566", "🔒/🔒"),
    ("一三九零零零零二二一一", "🔒"),
    ("座机 021-55667788", "座机 🔒"),
    ("座机55667788", "座机🔒"),
    ("0571 88776655", "🔒"),
    ("(021) 5566 7788", "🔒"),
    ("门卫电话 5566-7788", "门卫电话 🔒"),
    ("tel: 6123 4567", "tel: 🔒"),
    ("联系微信 keji_mama88 重谢", "联系微信 🔒 重谢"),
    ("微信同号 13900002211", "微信同号 🔒"),
    ("加我微信 duorou_lily", "加我微信 🔒"),
    ("加我微信：duoroulily", "加我微信：🔒"),
    ("加V abc12345", "加V 🔒"),
    ("加vx：lily-88", "加vx：🔒"),
    ("vx lily_2020", "vx 🔒"),
    ("WX: wxid_abc123", "WX: 🔒"),
    ("微信号是 qiqi1990", "微信号是 🔒"),
    ("V信 tiantian_66", "V信 🔒"),
    ("薇信：momo_88", "薇信：🔒"),
    ("wechat: tom_88", "wechat: 🔒"),
    ("WeChat ID tom-lee99", "WeChat ID 🔒"),
    ("my wechat is lucy2023", "my wechat is 🔒"),
    ("add me: tomlee88", "add me: 🔒"),
    ("QQ 123456789", "QQ 🔒"),
    ("qq号：99887766", "qq号：🔒"),
    ("扣扣 7654321", "扣扣 🔒"),
    ("whatsapp +44 7700 900123", "whatsapp 🔒"),
    ("telegram @tom_lee", "telegram 🔒"),
    ("mail me at tom.lee@example.org", "mail me at 🔒"),
    ("邮箱 abc@163.com", "邮箱 🔒"),
    ("call 139 0000 2211 please", "call 🔒 please"),
    ("text me on 13900002211", "text me on 🔒"),
    ("phone: 137-0000-8821.", "phone: 🔒."),
    ("3-2-501自提", "🔒自提"),
    ("3－2－501自提", "🔒自提"),
    ("来3号楼2单元501拿", "来🔒拿"),
    ("3栋2-501", "🔒"),
    ("3栋501室", "🔒"),
    ("12#1203", "🔒"),
    ("三号楼二单元501室", "🔒"),
    ("我住501室", "我住🔒"),
    ("B座12A04", "🔒"),
    ("14栋101", "🔒"),
    ("Bldg 3 Unit 2 Apt 501", "🔒"),
    ("Tower B 1204", "🔒"),
    ("come to apt 1204", "come to 🔒"),
    ("room 503 please", "🔒 please"),
    ("flat 1204, knock", "🔒, knock"),
    ("building 7, room 302", "🔒"),
    ("7-1-303和9-1-201", "🔒和🔒"),
    ("18-2-1503 any evening", "🔒 any evening"),
];

const SHOWN: [&str; 44] = [
    "5号楼门口捡到钥匙",
    "3号楼2单元楼道",
    "原价1299元，现在300",
    "2026年12月3日下午3点",
    "明早7:30-8:00",
    "ThinkPad X230 8G 512G",
    "身高155，体重45公斤",
    "12月3日到5日",
    "200块不刀",
    "Bldg 5 lobby",
    "iPhone 13 128GB",
    "Nike 42.5",
    "1.5m x 2m",
    "building 14 stairwell",
    "302路公交",
    "90*200",
    "2026-12-03",
    "12/3 8:30",
    "G1234次高铁",
    "K1052 火车票两张",
    "京A12345",
    "¥1,350",
    "1350元",
    "MI 6 6G+128G",
    "PS5 带2个手柄",
    "120x60x75 cm",
    "尺寸 120*60*75",
    "3-5岁",
    "4-6 people",
    "室温20-25度",
    "车位B1-233",
    "地下车库B2",
    "10-12月",
    "12栋大堂",
    "20号楼2单元",
    "2号线8号口",
    "高一必修2",
    "800-1000元都行",
    "500ml 6瓶",
    "10000步",
    "20000mAh 充电宝",
    "130mm reflector",
    "call me anytime",
    "加我微信",
];

#[test]
fn numbers_accounts_and_homes_are_hidden() {
    for (text, shown) in HIDDEN {
        assert_eq!(veiled(text).0, shown, "{text}");
    }
}

#[test]
fn what_is_neither_stays() {
    for text in SHOWN {
        assert_eq!(veiled(text).0, text);
    }
}

#[test]
fn whoever_insists_is_shown() {
    for text in [
        "电话可以公开 13900002211",
        "公开我的号码吧",
        "you can show my number",
        "号码不用隐藏",
    ] {
        assert!(insists(text), "{text}");
    }
    for text in ["电话13900002211", "call my number", "别公开我的电话"] {
        assert!(!insists(text) || text.contains('别'), "{text}");
    }
}
