//! What the columns of a file hold. Nothing here does IO.

use super::records::Record;
use crate::text::fold::Folded;

/// How many lines a header can be among; titles and notes come before it.
pub(super) const HEADER_WITHIN: usize = 5;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Phase,
    Building,
    Unit,
    Home,
    /// Surnames.
    Surname,
    /// Whole names.
    Name,
}

/// What columns are called, in small letters and without spaces and signs.
#[rustfmt::skip]
const CALLED: &[(Column, &[&str])] = &[
    (Column::Phase, &["phase", "期", "期数", "分期", "期别"]),
    (Column::Building, &[
        "building", "bldg", "block", "tower", "楼栋", "楼号", "楼栋号", "栋", "栋号", "楼", "幢", "幢号", "楼幢",
        "座", "座号", "楼座", "号楼", "大楼", "楼宇",
    ]),
    (Column::Unit, &["unit", "stairwell", "staircase", "entrance", "单元", "单元号", "门洞", "楼门"]),
    (Column::Home, &[
        "home", "flat", "apartment", "apt", "room", "door", "房号", "室", "室号", "户号", "房间", "房间号", "房屋",
        "门牌", "门牌号", "门号", "户室", "房", "address", "地址", "住址", "房屋地址",
    ]),
    (Column::Surname, &["surname", "lastname", "familyname", "姓", "姓氏"]),
    (Column::Name, &[
        "name", "fullname", "owner", "ownername", "resident", "residentname", "tenant", "姓名", "名字", "业主",
        "业主姓名", "户主", "户主姓名", "住户", "住户姓名", "产权人", "房主", "租户", "租户姓名", "租客",
    ]),
];

/// What may end the name of a column and says nothing.
const ENDINGS: [&str; 5] = ["number", "no", "编号", "号码", "名称"];

/// Where the parts of a row stand, counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    pub phase: Option<usize>,
    pub building: Option<usize>,
    pub unit: Option<usize>,
    pub home: Option<usize>,
    /// Every column with surnames; with whole names only where there is none of surnames.
    pub people: Vec<usize>,
    /// How many columns there are, unknown ones too.
    pub count: usize,
    /// How many of them are known.
    pub known_count: usize,
}

impl Columns {
    /// The columns of a file, and the first of its records that is a row. The header is the
    /// one of the first records that names the most columns. Without any, the columns are
    /// building, unit, home and surname.
    pub fn find(records: &[Record]) -> (Self, usize) {
        let first = records.iter().take(HEADER_WITHIN).enumerate();
        let headers =
            first.filter_map(|(at, record)| Some((Self::of_header(&record.cells)?, at + 1)));
        // Of several the first: max_by_key would give the last.
        headers
            .rev()
            .max_by_key(|(columns, _)| columns.known_count)
            .unwrap_or_else(|| {
                let columns = Self {
                    building: Some(0),
                    unit: Some(1),
                    home: Some(2),
                    people: vec![3],
                    count: 4,
                    ..Self::default()
                };
                (columns, 0)
            })
    }

    /// The columns that a header names: a line with two known names, or with one where no
    /// cell holds a digit, as a home would.
    pub fn of_header(cells: &[impl AsRef<str>]) -> Option<Self> {
        let mut columns = Self {
            count: cells.len(),
            ..Self::default()
        };
        let mut names = Vec::new();
        for (at, cell) in cells.iter().enumerate() {
            let Some(column) = called(cell.as_ref()) else {
                continue;
            };
            columns.known_count += 1;
            match column {
                Column::Phase => _ = columns.phase.get_or_insert(at),
                Column::Building => _ = columns.building.get_or_insert(at),
                Column::Unit => _ = columns.unit.get_or_insert(at),
                Column::Home => _ = columns.home.get_or_insert(at),
                Column::Surname => columns.people.push(at),
                Column::Name => names.push(at),
            }
        }
        if columns.people.is_empty() {
            columns.people = names;
        }
        let has_digit = |cell: &str| cell.chars().any(char::is_numeric);
        let least = if cells.iter().any(|cell| has_digit(cell.as_ref())) {
            2
        } else {
            1
        };
        (columns.known_count >= least).then_some(columns)
    }

    /// How many cells a row must have: all those of its home. Names and remarks may be left
    /// out at the end of a line.
    pub fn least(&self) -> usize {
        let home = [self.phase, self.building, self.unit, self.home];
        home.into_iter().flatten().max().map_or(0, |last| last + 1)
    }

    /// Where anything stands that is read.
    pub fn known(&self) -> impl Iterator<Item = usize> {
        let home = [self.phase, self.building, self.unit, self.home];
        home.into_iter()
            .flatten()
            .chain(self.people.iter().copied())
    }
}

/// What a column of this name holds. Remarks in brackets and a second name behind a stroke
/// do not count: `房号（必填）`, `楼栋/Building`.
fn called(name: &str) -> Option<Column> {
    let folded = Folded::new(name);
    let mut parts = folded.text().split(['(', '[', '【', '/']).map(|part| {
        let letters = part.chars().filter(|c| c.is_alphanumeric());
        letters.collect::<String>()
    });
    let name = parts.find(|part| !part.is_empty())?;
    let of = |name: &str| {
        let found = CALLED.iter().find(|(_, names)| names.contains(&name));
        found.map(|(column, _)| *column)
    };
    let shorter = || {
        ENDINGS
            .iter()
            .find_map(|ending| of(name.strip_suffix(ending)?))
    };
    of(&name).or_else(shorter)
}
