//! Links as people and adverts write them.

use super::{Hosts, Kind, Link, find};
use crate::text::{contact::Channel, fold::Folded};

fn found(text: &str) -> Vec<Link> {
    let hosts = Hosts::new(["hexie.example.cn", "95598.cn"], ["bad.example.com"]);
    find(&Folded::new(text), &hosts)
}

/// The host and the kind of the only link.
#[track_caller]
fn only(text: &str) -> (String, Kind, bool) {
    let mut links = found(text);
    assert_eq!(links.len(), 1, "{text}: {links:?}");
    let link = links.remove(0);
    (link.host, link.kind, link.veiled)
}

#[test]
fn links_are_found_however_they_stand_in_a_sentence() {
    for (text, host) in [
        ("看https://www.example.com/a?b=c#d，不错", "www.example.com"),
        ("官网www.example.com.cn点击进入", "www.example.com.cn"),
        ("点example.top领取", "example.top"),
        ("(see http://example.org/x).", "example.org"),
        ("ＨＴＴＰ：／／ｅｘａｍｐｌｅ．ｃｏｍ／", "example.com"),
        ("HTTPS://EXAMPLE.COM:8443/路", "example.com"),
        ("http://user:pass@example.com/", "example.com"),
        ("http://alipay.com@example.top/", "example.top"),
        ("http://xn--fiq228c.com", "xn--fiq228c.com"),
        ("360.cn上有", "360.cn"),
        ("http://localhost/x", "localhost"),
    ] {
        assert_eq!(only(text).0, host, "{text}");
    }
    assert_eq!(found("a.example.com和b.example.com都行").len(), 2);
}

#[test]
fn disguises_of_the_dot_are_seen_through() {
    for (text, host) in [
        ("打开example点com", "example.com"),
        ("example[.]com", "example.com"),
        ("example。top 免费", "example.top"),
        ("visit example dot com now", "example.com"),
        ("hxxp://example.com/a", "example.com"),
        ("http://ехample.com", "example.com"),
    ] {
        let (found, _, veiled) = only(text);
        assert_eq!((found.as_str(), veiled), (host, true), "{text}");
    }
}

#[test]
fn what_is_to_be_said_about_hosts() {
    let like = |of: &str| Kind::LookAlike(of.to_owned());
    let near = |of: &str| Kind::Near(of.to_owned());
    for (text, kind) in [
        ("https://www.95598.cn/pay", Kind::Allowed),
        ("https://hexie.example.cn", Kind::Allowed),
        ("bad.example.com/x", Kind::Denied),
        ("http://a.bad.example.com", Kind::Denied),
        ("http://notbad.example.com", Kind::Plain),
        ("t.cn/A6abc", Kind::Shortener),
        ("https://bit.ly/3abc", Kind::Shortener),
        ("https://t.me/abc", Kind::Invitation(Channel::Telegram)),
        (
            "https://chat.whatsapp.com/ABC",
            Kind::Invitation(Channel::WhatsApp),
        ),
        (
            "https://weixin.qq.com/g/AAA",
            Kind::Invitation(Channel::WeChat),
        ),
        ("https://qm.qq.com/q/x", Kind::Invitation(Channel::Qq)),
        ("https://discord.gg/abc", Kind::Invitation(Channel::Other)),
        ("http://a1ipay.com/x", like("alipay.com")),
        ("http://alipay-vip.top", near("alipay.com")),
        ("http://icbc.com.cn.verify.xyz", like("icbc.com.cn")),
        ("http://taoba0.com", like("taobao.com")),
        ("http://paypai.com", like("paypal.com")),
        ("http://arnazon.com", like("amazon.com")),
        ("http://whatsap.com", near("whatsapp.com")),
        ("https://www.meixin.com", near("weixin.com")),
        ("https://支付宝登录.com领取", Kind::Plain),
        ("https://教育.中国/a", Kind::Plain),
        ("http://[2001:db8::1]/abc", Kind::Address),
        ("http://203.0.113.7/apk", Kind::Address),
        ("http://0xcb007107/", Kind::Address),
        ("https://www.alipay.com", Kind::Plain),
        ("https://alipay.com.hk", Kind::Plain),
        ("https://mp.weixin.qq.com/s/abc", Kind::Plain),
        ("https://www.sgcc.com.cn", Kind::Plain),
        ("https://example.com", Kind::Plain),
    ] {
        assert_eq!(only(text).1, kind, "{text}");
    }
}

#[test]
fn numbers_addresses_and_files_are_no_links() {
    for text in [
        "3.5元一斤",
        "明早10点app上抢菜",
        "今晚20点live直播选举",
        "v1.2.3更新了",
        "192.168.1.1进不去",
        "上午8.30到11.00停水",
        "报告.doc发群里了",
        "12.5号之前",
        "a.m. and p.m.",
        "e.g. this one",
        "联系 wang@example.com",
        "@wangfang:hexie.example.cn 在吗",
        "#talk:example.org",
        "今天真热.大家注意",
        "No.12 is broken.It leaks",
        "看这里.top了",
        "p.s. call me.thanks",
        "go to it.so what",
        "3.14159",
        "",
        "http://",
        "https:// 打不开",
        "......",
        "点com",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn what_is_shown_is_what_was_written() {
    let text = "快看 ｗｗｗ．ｅｘａｍｐｌｅ．ｃｏｍ/赚 了";
    let link = &found(text)[0];
    assert_eq!(&text[link.range.clone()], "ｗｗｗ．ｅｘａｍｐｌｅ．ｃｏｍ/");
}
