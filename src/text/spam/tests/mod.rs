//! Verdicts about single messages.

use super::{Scales, Surroundings, Verdict, WordList, judge};
use crate::text::{links::Hosts, model::Model};

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
        acted * 100 >= texts.len() * 84,
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
        caught >= 60 && noticed >= 80,
        "{noticed} asked about, {caught} redacted"
    );
}
