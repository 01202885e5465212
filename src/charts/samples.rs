//! Charts for tests: a usual one, one without anything, and those that nobody would send on purpose.

use crate::domain::chart::{Bar, Chart, Day, Panel, Tile, Tone};

/// Texts that are too long, cannot be drawn, or mean something in XML.
const HOSTILE: [&str; 9] = [
    "",
    " \t\r\n\u{3000}",
    "\u{0}\u{7}\u{1b}[31m\u{7f}\u{fffe}\u{ffff}",
    "<b>&amp;\"']]><!--",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦🏠\u{fe0f}e\u{301}\u{202e}反\u{2066}",
    "非常非常长的小区名称和楼栋名称",
    "An exceedingly long-winded description",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "iiiiiiiiiiiii.iiiiiiiiiiiii,iiiiiiiiiiii",
];

pub fn tile(label: &str, value: &str, note: &str, tone: Tone) -> Tile {
    Tile {
        label: label.to_owned(),
        value: value.to_owned(),
        note: note.to_owned(),
        tone,
    }
}

pub fn bar(label: &str, value: &str, permille: u32) -> Bar {
    Bar {
        label: label.to_owned(),
        value: value.to_owned(),
        permille,
    }
}

pub fn day(label: &str, first: u32, second: u32) -> Day {
    Day {
        label: label.to_owned(),
        first,
        second,
    }
}

pub fn days(title: &str, days: Vec<Day>) -> Panel {
    Panel::Days {
        title: title.to_owned(),
        first: "新报".to_owned(),
        second: "完成".to_owned(),
        days,
    }
}

pub fn bars(title: &str, bars: Vec<Bar>) -> Panel {
    Panel::Bars {
        title: title.to_owned(),
        bars,
    }
}

pub fn chart(tiles: Vec<Tile>, panels: Vec<Panel>) -> Chart {
    Chart {
        title: "和谐家园 2026年11月".to_owned(),
        subtitle: "报修与投诉".to_owned(),
        tiles,
        panels,
    }
}

/// A month as it usually is.
pub fn usual() -> Chart {
    let month = (1..=30).map(|number| day(&number.to_string(), number % 7 * 4, number % 5 * 5));
    chart(
        vec![
            tile("新报", "420", "比上月 ▲ 12%", Tone::Bad),
            tile("首次答复", "6 分钟", "中位数", Tone::Plain),
            tile("按时答复", "96%", "", Tone::Good),
        ],
        vec![
            days("每天", month.collect()),
            bars(
                "按类别",
                vec![bar("电气", "42 · 中位数 3 小时", 1000), bar("水暖", "0", 0)],
            ),
        ],
    )
}

/// A chart without anything.
pub fn empty() -> Chart {
    Chart {
        title: String::new(),
        subtitle: String::new(),
        tiles: Vec::new(),
        panels: vec![days("", Vec::new()), bars("", Vec::new())],
    }
}

/// So many different charts of hostile texts and numbers, always the same ones.
pub fn hostile(count: u64) -> impl Iterator<Item = Chart> {
    (1..=count).map(|seed| Dice(seed).chart())
}

/// A small generator of numbers that look random (xorshift64).
struct Dice(u64);

impl Dice {
    /// A number below `end`.
    fn roll(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }

    /// Up to three hostile texts, each repeated up to nineteen times.
    fn text(&mut self) -> String {
        let parts = self.roll(4);
        (0..parts)
            .map(|_| HOSTILE[self.roll(HOSTILE.len())].repeat(self.roll(20)))
            .collect()
    }

    /// Mostly a small count, at times the largest that there is.
    fn count(&mut self) -> u32 {
        [0, 1, 2, 17, 999, 123_456, u32::MAX][self.roll(7)]
    }

    fn chart(&mut self) -> Chart {
        let tiles = self.roll(9);
        let panels = self.roll(9);
        Chart {
            title: self.text(),
            subtitle: self.text(),
            tiles: (0..tiles).map(|_| self.tile()).collect(),
            panels: (0..panels).map(|_| self.panel()).collect(),
        }
    }

    fn tile(&mut self) -> Tile {
        let tone = [Tone::Good, Tone::Bad, Tone::Plain][self.roll(3)];
        tile(&self.text(), &self.text(), &self.text(), tone)
    }

    fn panel(&mut self) -> Panel {
        if self.roll(2) == 0 {
            let entries = self.roll(40);
            return Panel::Days {
                title: self.text(),
                first: self.text(),
                second: self.text(),
                days: (0..entries)
                    .map(|_| day(&self.text(), self.count(), self.count()))
                    .collect(),
            };
        }
        let entries = self.roll(16);
        let entries = (0..entries).map(|_| bar(&self.text(), &self.text(), self.count()));
        let entries = entries.collect();
        bars(&self.text(), entries)
    }
}
