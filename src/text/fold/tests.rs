//! What folding promises, and that the way back always lands on character borders.

use super::{Folded, MAX_TEXT_BYTES};

#[track_caller]
fn folds(source: &str, expected: &str) {
    assert_eq!(Folded::new(source).text(), expected);
}

#[test]
fn one_spelling_for_what_looks_the_same() {
    folds("５号楼　２单元", "5号楼 2单元");
    folds("ＢｌｄＧ", "bldg");
    folds("3—2–501", "3-2-501");
    folds("3－2−501", "3-2-501");
    folds("Ｗеchаt", "wechat");
    folds("don’t “show”", "don't \"show\"");
    folds("＃报修　！", "#报修 !");
    folds("3號樓", "3号楼");
    folds("🅱座", "b座");
    folds("①期", "1期");
    folds("！＃（：～？", "!#(:~?");
    folds("。、《", "。、《");
    folds("㎡", "m2");
}

#[test]
fn invisible_characters_are_dropped() {
    folds("报\u{200B}修\u{FEFF}", "报修");
    folds("\u{202E}abc\u{202C}", "abc");
    folds("3\u{FE0F}\u{20E3}-2\u{FE0F}\u{20E3}", "3-2");
    folds("z\u{337}a\u{337}", "za");
    folds("e\u{301}", "é");
    folds("\u{0}a\u{7}", "a");
    folds("\u{301}", "");
    folds("", "");
}

#[test]
fn white_space_is_one_space() {
    folds("a \t\n b", "a b");
    folds("a \u{200B} b", "a b");
    folds("a\u{A0}b\u{3000}\u{3000}c", "a b c");
    let folded = Folded::new("a \n b c");
    assert!(folded.breaks_line(1));
    assert!(!folded.breaks_line(3));
    assert!(!folded.breaks_line(0));
    assert!(!folded.breaks_line(99));
}

#[test]
fn findings_are_shown_as_written() {
    let folded = Folded::new("请\u{200B}看＃报　修ＯＫ");
    let at = folded.text().find("ok").unwrap();
    assert_eq!(folded.as_written(at..at + 2), "ＯＫ");
    let at = folded.text().find("看").unwrap();
    assert_eq!(folded.original(at..at + 3), 6..9);
    let at = folded.text().find(' ').unwrap();
    assert_eq!(folded.as_written(at..at + 1), "\u{3000}");
    let ligature = Folded::new("oﬃce");
    assert_eq!(ligature.text(), "office");
    assert_eq!(ligature.as_written(2..3), "ﬃ");
}

#[test]
fn long_text_is_cut_at_a_character() {
    for (unit, len) in [("楼", 3), ("a", 1), ("é", 2), ("👍", 4)] {
        let long = unit.repeat(MAX_TEXT_BYTES);
        let folded = Folded::new(&long);
        assert!(folded.source().len() <= MAX_TEXT_BYTES);
        assert!(folded.source().len() > MAX_TEXT_BYTES - len);
        assert_eq!(folded.text().len(), folded.source().len());
    }
    let marks = "\u{301}".repeat(MAX_TEXT_BYTES);
    assert_eq!(Folded::new(&marks).text(), "");
}

#[test]
fn squeezing_uncovers_contact_details() {
    let squeezed = |s: &str| Folded::new(s).squeezed().text().to_owned();
    assert_eq!(squeezed("加 微.信"), "加微信");
    assert_eq!(squeezed("138-0013 8000"), "13800138000");
    assert_eq!(squeezed("一三八零零一三八零零零"), "13800138000");
    assert_eq!(squeezed("1三8 零零1"), "138001");
    assert_eq!(squeezed("买一送一"), "买一送一");
    assert_eq!(squeezed("see you at 5 pm"), "see you at 5 pm");
    let folded = Folded::new("加 Ｖ 微　信：１ 三 ８零0");
    let squeezed = folded.squeezed();
    let at = squeezed.text().find("微信").unwrap();
    assert_eq!(squeezed.as_written(at..at + 6), "微　信");
    let at = squeezed.text().find("13800").unwrap();
    assert_eq!(squeezed.as_written(at..at + 5), "１ 三 ８零0");
}

/// What random texts are made of: scripts, marks and the words of addresses and reports.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "3", "501", "12a04", "号楼", "栋", "单元", "楼", "层", "室", "#", "＃", "报修", "-", "–", " ",
    "\n", "，", "。", "！", "!", "?", "一", "十", "百", "零", "两", "期", "弄", "号", "座", "B",
    "b", "Ｂ", "е", "ﬃ", "㎡", "\u{301}", "\u{200B}", "\u{202E}", "👍", "👨\u{200D}👩\u{200D}👧",
    "我家", "电梯", "漏水", "昨天", "报的", "来了吗", "@linli", "building ", "unit ", "floor",
    "th", "İ", "ß", "한", "ｶﾞ", "\u{1112}\u{1161}", "¼", "谢谢", "> ", "的", "和", "~", ":", ".",
    "/", "0", "99999", "共", "负", "地下", "匿名",
];

/// A small generator, so that the property tests say the same every time.
pub(crate) struct Dice(pub u64);

impl Dice {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).unwrap_or(0)
    }

    /// A string of up to `len` pieces that mixes scripts, marks and address words.
    pub(crate) fn text(&mut self, len: usize) -> String {
        let mut text = String::new();
        for _ in 0..self.below(len + 1) {
            if self.below(8) == 0 {
                let code = u32::try_from(self.below(0x11_0000)).unwrap_or(0);
                text.extend(char::from_u32(code));
            } else {
                text.push_str(PIECES[self.below(PIECES.len())]);
            }
        }
        text
    }
}

#[test]
fn the_way_back_lands_on_character_borders() {
    let mut dice = Dice(7);
    for _ in 0..4000 {
        let source = dice.text(24);
        let folded = Folded::new(&source);
        for view in [folded.clone(), folded.squeezed()] {
            let mut last = 0;
            for start in 0..=view.text().len() {
                for len in [0, 1, 2, 5, 1000] {
                    let range = view.original(start..start + len);
                    assert!(source.is_char_boundary(range.start), "{source:?} {start}");
                    assert!(
                        source.is_char_boundary(range.end),
                        "{source:?} {start}+{len}"
                    );
                    assert!(range.start <= range.end && range.end <= source.len());
                    assert!(range.start >= last, "the order is kept");
                    last = range.start;
                }
            }
        }
    }
}

#[test]
fn folding_twice_changes_nothing_more() {
    let mut dice = Dice(11);
    for _ in 0..4000 {
        let source = dice.text(24);
        let once = Folded::new(&source).text().to_owned();
        let again = Folded::new(&once).text().to_owned();
        // Two folded spaces can meet where something invisible stood between them, and
        // composed letters can meet their lower case; both are stable from then on.
        assert_eq!(Folded::new(&again).text(), again, "{source:?}");
    }
}
