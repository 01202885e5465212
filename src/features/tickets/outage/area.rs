//! Where something is cut off: buildings, or single stairwells of them. Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use crate::text::{
    address::{self, Address, Registry, plain_name},
    fold::Folded,
};

/// A building, or one stairwell of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Area {
    pub building: String,
    pub unit: Option<String>,
}

impl Area {
    /// A whole building.
    pub fn building(name: &str) -> Self {
        Self {
            building: name.to_owned(),
            unit: None,
        }
    }

    /// It as an address.
    pub fn address(&self) -> Address {
        Address {
            building: Some(self.building.clone()),
            unit: self.unit.clone(),
            ..Address::default()
        }
    }

    /// Whether an address lies in it; the stairwell may stand in the name of whoever is there.
    pub fn holds(&self, address: &Address, stairwell: impl Fn() -> Option<String>) -> bool {
        address.building.as_deref().map(plain_name) == Some(plain_name(&self.building))
            && (self.unit.is_none() || self.unit == address.unit.clone().or_else(stairwell))
    }
}

/// The areas that a text begins with, and what follows them; None where it begins with none. No area at all is everywhere.
pub fn read<'t>(text: &'t str, registry: &Registry) -> (Option<Vec<Area>>, &'t str) {
    let text = text.trim();
    let mut areas: Option<Vec<Area>> = None;
    let mut rest = text;
    while let Some((some, after)) = leading(rest, registry) {
        let all = areas.get_or_insert_default();
        all.extend(
            some.into_iter()
                .filter(|area| !all.contains(area))
                .collect::<Vec<_>>(),
        );
        rest = after;
    }
    if areas.is_none() && may_name_one(text) {
        // `3号楼水管爆了`: the words go on behind the place.
        let found = address::read(&Folded::new(text), registry);
        areas = found.building.map(|building| {
            vec![Area {
                building,
                unit: found.unit,
            }]
        });
    }
    (areas, rest)
}

/// Words of a text that may belong to one list: `3 和 1 号楼`, `building 3, 5`.
const WORDS_MAX: usize = 6;

/// The areas in the first words of a text, as many of them as belong to one list.
fn leading<'t>(text: &'t str, registry: &Registry) -> Option<(Vec<Area>, &'t str)> {
    let spaces = text.char_indices().filter(|(_, c)| c.is_whitespace());
    let ends = spaces.map(|(at, _)| at).chain([text.len()]);
    let ends: Vec<usize> = ends.take(WORDS_MAX).collect();
    ends.into_iter().rev().find_map(|end| {
        let (first, rest) = text.split_at(end);
        Some((list(first, registry)?, rest.trim_start()))
    })
}

/// Whether a text without a known area may mean one all the same.
pub fn may_name_one(text: &str) -> bool {
    let folded = Folded::new(text);
    folded.text().starts_with(|c: char| c.is_ascii_digit())
        || text.contains(['楼', '栋', '幢', '座'])
}

/// A list of areas without anything else: `3号楼、5号楼2单元`, `3,5`. Everywhere is an empty one.
fn list(text: &str, registry: &Registry) -> Option<Vec<Area>> {
    if ["全小区", "全部", "所有", "整个小区", "all", "everywhere"]
        .contains(&text.to_lowercase().as_str())
    {
        return Some(Vec::new());
    }
    let parts = text
        .split(['、', ',', '，', ';', '；', '和', '及', '&'])
        .map(str::trim);
    let parts = parts.filter(|part| !part.is_empty());
    let areas: Vec<Area> = parts
        .map(|part| area(part, registry))
        .collect::<Option<_>>()?;
    (!areas.is_empty()).then_some(areas)
}

fn area(text: &str, registry: &Registry) -> Option<Area> {
    let folded = Folded::new(text);
    let is_known = |name: &&str| {
        registry
            .buildings()
            .iter()
            .any(|building| building.name == *name)
    };
    if let Some(name) = Some(folded.text().to_uppercase().as_str()).filter(is_known) {
        return Some(Area::building(name));
    }
    let found = address::read(&folded, registry);
    // What names a flat or a floor is no list of buildings, and neither is a sentence.
    let last = text.split_whitespace().next_back()?;
    let ends_so = last.ends_with(['楼', '栋', '幢', '座', '元'])
        || last.chars().count() == 1
        || last.chars().any(|c| c.is_ascii_digit()) && last.is_ascii();
    let is_whole = found.home.is_none() && found.floor.is_none() && ends_so;
    Some(Area {
        building: found.building.filter(|_| is_whole)?,
        unit: found.unit,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::address::Building;

    #[test]
    fn areas_are_read_as_staff_write_them() {
        let buildings = ["1", "3", "5", "B", "听涛阁"].map(|name| Building::new(name, &["1", "2"]));
        let registry = Registry::new(buildings.into());
        for (text, areas, rest) in [
            ("3号楼、5号楼 抢修水管", "3 5", "抢修水管"),
            (
                "3,5 burst main, back at 18:00",
                "3 5",
                "burst main, back at 18:00",
            ),
            ("3 和 1 号楼", "3 1", ""),
            ("3号楼2单元 换钢缆", "3-2", "换钢缆"),
            ("building 3 burst main", "3", "burst main"),
            ("Building 3 unit 2", "3-2", ""),
            ("b 停一小时", "B", "停一小时"),
            ("听涛阁", "听涛阁", ""),
            ("3栋 5栋", "3 5", ""),
            ("全小区 检修", "everywhere", "检修"),
            ("all", "everywhere", ""),
            ("水管爆了", "nothing", "水管爆了"),
            ("3号楼水管爆了", "3", "3号楼水管爆了"),
            ("3号楼全部", "3", "3号楼全部"),
            ("9号楼", "nothing", "9号楼"),
            ("", "nothing", ""),
        ] {
            let (found, left) = read(text, &registry);
            let words = found.map_or_else(
                || "nothing".to_owned(),
                |areas| {
                    let one = |area: &Area| match &area.unit {
                        Some(unit) => format!("{}-{unit}", area.building),
                        None => area.building.clone(),
                    };
                    let all: Vec<String> = areas.iter().map(one).collect();
                    if all.is_empty() {
                        "everywhere".to_owned()
                    } else {
                        all.join(" ")
                    }
                },
            );
            assert_eq!((words.as_str(), left), (areas, rest), "{text}");
        }
    }
}
