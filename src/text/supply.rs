//! What a home is supplied with, and whether a text says that it is cut off. Nothing here does IO.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::words::Lexicon;

/// Something that reaches many homes at once, or none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Supply {
    Water,
    Power,
    Gas,
    Heating,
    Network,
    Lift,
}

use Supply::{Gas, Heating, Lift, Network, Power, Water};

/// None: it only looks as if something were cut off.
#[rustfmt::skip]
static CUT_OFF: LazyLock<Lexicon<Option<Supply>>> = LazyLock::new(|| {
    Lexicon::new(&[
        (Some(Water), &[
            "停水", "断水", "没水", "没有水", "没自来水", "没有自来水", "不出水", "水停了", "无水",
            "no water", "water is off", "water's off", "water outage", "water cut", "water off", "without water",
        ]),
        (Some(Power), &[
            "停电", "断电", "没电", "没有电", "电停了", "无电",
            "no power", "no electricity", "power is off", "power's off", "power is out", "power's out", "power cut", "power outage",
            "power off", "without power", "blackout",
        ]),
        (Some(Gas), &["停气", "断气", "没燃气", "没有燃气", "没煤气", "没有煤气", "没气", "no gas", "gas is off", "gas outage", "gas off"]),
        (Some(Heating), &[
            "停暖", "没暖气", "没有暖气", "暖气停了", "暖气不热", "地暖不热", "no heating", "heating is off", "heating outage", "heating off",
        ]),
        (Some(Network), &["断网", "没网", "没有网", "上不了网", "没网络", "no internet", "internet is down", "internet outage"]),
        (Some(Lift), &["停梯", "电梯停运", "电梯停了", "电梯", "lift", "elevator"]),
        (None, &["锁没电", "手机没电", "手机没有电", "车没电", "瓶没电", "遥控器没电", "电池没电", "门铃没电", "没水平", "没水准", "没气质", "没电话", "没有电话", "没有电梯", "没电梯"]),
    ])
});

/// What staff call it in a command.
const NAMES: [(Supply, &[&str]); 6] = [
    (Water, &["water", "水", "自来水", "停水"]),
    (Power, &["power", "electricity", "电", "停电"]),
    (Gas, &["gas", "气", "燃气", "煤气", "停气"]),
    (Heating, &["heating", "heat", "暖", "暖气", "停暖"]),
    (Network, &["network", "internet", "网", "网络", "断网"]),
    (
        Lift,
        &["lift", "elevator", "梯", "电梯", "停梯", "电梯停运"],
    ),
];

impl Supply {
    /// All of them, for tables.
    pub const ALL: [Self; 6] = [Water, Power, Gas, Heating, Network, Lift];

    /// The one that staff call so.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let word = word.to_lowercase();
        let mut names = NAMES.iter();
        let (supply, _) = names.find(|(_, names)| names.contains(&word.as_str()))?;
        Some(*supply)
    }

    /// What a folded text says is cut off; any word about a lift may tell that it stands still.
    #[must_use]
    pub fn cut_off(folded: &str) -> Option<Self> {
        let mut end = 0;
        CUT_OFF.all(folded).find_map(|hit| {
            let is_within = hit.start < end;
            end = end.max(hit.end);
            hit.meaning.filter(|_| !is_within)
        })
    }

    /// Its name in keys of sentences.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Water => "supply-water",
            Self::Power => "supply-power",
            Self::Gas => "supply-gas",
            Self::Heating => "supply-heating",
            Self::Network => "supply-network",
            Self::Lift => "supply-lift",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::Folded;

    #[test]
    fn what_is_cut_off_is_read_from_a_report() {
        for (text, supply) in [
            ("#报修 家里停水了", Some(Water)),
            ("怎么又没电了", Some(Power)),
            ("整栋楼停电", Some(Power)),
            ("2单元电梯不动", Some(Lift)),
            ("暖气不热", Some(Heating)),
            ("没煤气做不了饭", Some(Gas)),
            ("上不了网", Some(Network)),
            ("There is NO WATER in our flat", Some(Water)),
            ("power cut again", Some(Power)),
            ("门锁没电了", None),
            ("我手机没电了，回头说", None),
            ("没热水", None),
            ("厨房漏水", None),
            ("这师傅真没水平", None),
            ("empowered people", None),
        ] {
            assert_eq!(Supply::cut_off(Folded::new(text).text()), supply, "{text}");
        }
    }

    #[test]
    fn each_has_its_names() {
        for supply in Supply::ALL {
            assert!(
                NAMES
                    .iter()
                    .any(|(named, names)| *named == supply && names.len() > 3)
            );
        }
        assert_eq!(Supply::named("停水"), Some(Water));
        assert_eq!(Supply::named("Elevator"), Some(Lift));
        assert_eq!(Supply::named("3号楼"), None);
    }
}
