//! Names and what they tell.

mod rules;
mod table;

use super::{Bridges, Pattern, Protected, Scheme, Surroundings};
use crate::text::address::{Building, Registry};

/// The settings of a community under which names are tried.
struct Community {
    estate: Registry,
    low: Registry,
    empty: Registry,
    full: Scheme,
    pattern: Scheme,
    bridges: Bridges,
    protected: Protected,
}

impl Community {
    fn new() -> Self {
        let pattern = Pattern::new(
            "^(?<building>\\d+)#(?<unit>\\d+)#(?<home>\\d+)\\s*(?<surname>\\p{Han})",
            "3#2#501 王",
        );
        Self {
            estate: estate(),
            low: Registry::new(vec![Building::new("3", &[]), Building::new("5", &[])]),
            empty: Registry::default(),
            full: Scheme::BuildingUnitHomeAndSurname,
            pattern: Scheme::Pattern(pattern.unwrap()),
            bridges: Bridges::new(["(WeChat)", "(微信)", "[QQ]"]),
            protected: Protected::new(["王师傅", "陈经理", "Steward Chen", "刘洋", "5-1-302 周敏"]),
        }
    }

    fn around<'a>(&'a self, building: Option<&'a str>) -> Surroundings<'a> {
        Surroundings {
            building,
            bridges: &self.bridges,
            protected: &self.protected,
            ..Surroundings::of(&self.empty)
        }
    }
}

fn estate() -> Registry {
    Registry::new(vec![
        Building {
            floors: Some(18),
            homes_per_floor: Some(4),
            ..Building::new("3", &["1", "2", "3", "4"])
        },
        Building::new("5", &["1", "2"]),
        Building::new("B", &["1"]),
        Building {
            phase: Some("1".to_owned()),
            ..Building::new("17号楼", &[])
        },
        Building::new("听涛阁", &["1", "2"]),
    ])
}
