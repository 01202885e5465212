//! Verdicts about single messages.

use super::{Scales, Surroundings, Verdict, WordList, judge};
use crate::text::{links::Hosts, model::Model, posts::Kinds};

const HONEST: &str = include_str!("../../contact/tests/honest.txt");
const DISGUISED: &str = include_str!("../../contact/tests/disguised.tsv");

fn judged(text: &str, known: bool) -> super::Judgement {
    let hosts = Hosts::new(["95598.cn"], ["bad.example.com"]);
    judge(
        text,
        &Surroundings {
            model: Model::shipped(),
            hosts: &hosts,
            words: &WordList::default(),
            scales: &Scales::USUAL,
            kinds: Kinds::shipped(),
            known,
        },
    )
}

#[test]
fn adverts_go_and_neighbours_stay() {
    for (text, verdict) in [
        ("专业代开发票，真实可查，加薇 abc12345", Verdict::Mute),
        ("兼职刷单日结300，想赚钱的宝妈加V：lucky888", Verdict::Mute),
        (
            "Personal loans, no credit check, add me on Telegram @cash4u99",
            Verdict::Redact,
        ),
        ("免费领取鸡蛋，点击 t.cn/A6abc12", Verdict::Redact),
        ("大家好，我是新搬来的，3-2-501 王", Verdict::Allow),
        ("电费在 https://www.95598.cn/pay 交", Verdict::Allow),
        ("停水通知 https://example.com/notice", Verdict::Allow),
        ("物业电话58881234，打了没人接，垃圾物业！", Verdict::Allow),
    ] {
        let judgement = judged(text, false);
        let fits = match verdict {
            Verdict::Allow => judgement.verdict == verdict,
            Verdict::Flag | Verdict::Redact | Verdict::Mute | Verdict::Ban => {
                judgement.verdict >= verdict
            }
        };
        assert!(fits, "{text}: {judgement:?}");
    }
}

#[test]
fn no_honest_line_is_even_asked_about() {
    for text in HONEST.lines() {
        let judgement = judged(text, false);
        assert_eq!(judgement.verdict, Verdict::Allow, "{text}: {judgement:?}");
    }
}

#[test]
fn most_disguised_adverts_are_acted_on() {
    let texts: Vec<&str> = DISGUISED
        .lines()
        .filter_map(|line| line.rsplit('\t').next())
        .collect();
    let acted = texts
        .iter()
        .filter(|text| judged(text, false).verdict >= Verdict::Redact);
    let acted = acted.count();
    assert!(
        acted * 100 >= texts.len() * 81,
        "{acted} of {}",
        texts.len()
    );
}

#[test]
fn residents_of_long_standing_are_treated_more_mildly() {
    let text = "我的微信 wangfang88，拼车的加我";
    assert!(judged(text, true).score < judged(text, false).score);
    assert_eq!(judged(text, true).verdict, Verdict::Allow);
    let advert = "专业代开发票，真实可查，加薇 abc12345";
    assert!(judged(advert, true).verdict < judged(advert, false).verdict);
}

#[test]
fn nothing_that_tells_of_danger_is_acted_on() {
    let text = "着火了！加薇 abc12345 代开发票 t.cn/A6abc";
    let judgement = judged(text, false);
    assert_eq!(judgement.verdict, Verdict::Flag, "{judgement:?}");
    assert!(judgement.score > 0.8);
}

#[test]
fn whoever_reports_and_leaves_a_number_is_heard() {
    for text in [
        "#报修 厨房水管漏水，请师傅加微信 lily1988 看视频，费用可以先付",
        "#repair boiler broken, please whatsapp me on 07700900123 to arrange, can pay today",
        "#投诉 楼道贴小广告 办证刻章 加V13812345678",
        "#complaint someone put flyers: vx hxdy888 in every letterbox",
    ] {
        assert!(judged(text, false).verdict <= Verdict::Flag, "{text}");
    }
    // What is an advert throughout does not become a report by a tag.
    let advert = "#报修 专业代开发票，真实可查，加薇 abc12345";
    assert!(judged(advert, false).verdict >= Verdict::Mute);
}

#[test]
fn numbers_of_things_are_no_contacts() {
    for text in [
        "航班号 WX12345",
        "我的航班 wx12345 延误",
        "订单 vx12345 到了",
        "快递单号 VX123456789 谁的",
        "设备型号 VX20000",
    ] {
        assert_eq!(judged(text, false).verdict, Verdict::Allow, "{text}");
    }
}

#[test]
fn an_advert_behind_pages_of_nothing_is_seen() {
    let text = format!("{} 加薇 abc12345 代开发票", "好".repeat(20_000));
    assert!(judged(&text, false).verdict >= Verdict::Redact);
}

#[test]
fn reasons_are_told_in_words_and_spread_no_advert() {
    let judgement = judged("代开发票加V abc123456789 见 http://a1ipay.com/x", false);
    let reasons: Vec<String> = judgement.reasons.iter().map(ToString::to_string).collect();
    assert!(
        reasons.contains(&"link to a1ipay.com: made to look like another".to_owned()),
        "{reasons:?}"
    );
    assert!(
        reasons.contains(&"contact id “加V ab…789”".to_owned()),
        "{reasons:?}"
    );
}

/// What residents write, and adverts, both written by somebody who knew neither the templates nor the code. The figures
/// are bounds of what was seen; the texts were not used to teach the model.
#[test]
fn of_what_others_wrote_few_honest_lines_are_asked_about_and_most_adverts_go() {
    let count = |texts: &str, least: Verdict| {
        let reached = |text: &&str| judged(text, false).verdict >= least;
        let texts = texts.lines().filter(|text| !text.trim().is_empty());
        texts.filter(reached).count()
    };
    let residents = include_str!("residents.txt");
    let adverts = include_str!("adverts.txt");
    let (asked, gone) = (
        count(residents, Verdict::Flag),
        count(residents, Verdict::Redact),
    );
    let (noticed, caught) = (
        count(adverts, Verdict::Flag),
        count(adverts, Verdict::Redact),
    );
    assert!(
        gone <= 1 && asked <= 4,
        "{asked} asked about, {gone} redacted"
    );
    assert!(
        caught >= 57 && noticed >= 80,
        "{noticed} asked about, {caught} redacted"
    );
}

/// `posts.txt` is what neighbours might write, with a contact in nearly every one; `tagged.txt` and `adverts.txt` are
/// adverts, which wear the tag of a help post here.
#[test]
fn whoever_gives_a_cot_away_may_say_how_to_be_reached_and_an_advert_stays_one_under_a_tag() {
    let least = |texts: &str, tag: &str, least: Verdict| {
        let texts = texts.lines().filter(|text| !text.trim().is_empty());
        let reached = texts.filter(|text| judged(&format!("{tag}{text}"), false).verdict >= least);
        reached.count()
    };
    let posts = include_str!("posts.txt");
    let (asked, gone) = (
        least(posts, "", Verdict::Flag),
        least(posts, "", Verdict::Redact),
    );
    assert!(
        gone <= 5 && asked <= 7,
        "{asked} asked about, {gone} redacted"
    );
    assert_eq!(least(posts, "", Verdict::Mute), 0);
    let tagged = include_str!("tagged.txt");
    assert!(least(tagged, "", Verdict::Redact) >= 19);
    let adverts = include_str!("adverts.txt");
    for tag in ["#卖 ", "#give ", "#推荐 "] {
        let gone = least(adverts, tag, Verdict::Redact);
        assert!(gone >= 55, "{gone} with {tag}");
    }
}

#[test]
fn a_tag_hides_neither_a_host_that_is_denied_nor_a_disguise() {
    for text in [
        "#送 旧书 http://bad.example.com/x",
        "#卖 自行车 九成新 嶶信 zt889900",
    ] {
        assert!(judged(text, false).verdict >= Verdict::Redact, "{text}");
    }
}
