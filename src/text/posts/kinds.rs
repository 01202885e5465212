//! The kinds of help posts: one table, `kinds.toml`, to which the configuration adds rows of the same form. Nothing here
//! does IO.

use std::{ops::Range, sync::LazyLock};

use serde::Deserialize;

use super::{
    super::{
        danger::{self, Danger},
        fold::Folded,
        tags::{self, Mark},
    },
    item, ride,
    things::{self, Class},
};

const SHIPPED: &str = include_str!("kinds.toml");

/// How a post of a kind lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// One thing goes to one neighbour, or one neighbour does it.
    Pass,
    /// Several come along.
    Seats,
    /// Something was lost or found.
    Search,
    /// Somebody is missing.
    Alarm,
    /// Something is asked.
    Talk,
}

/// What comes when the days of a post are over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ends {
    Expire,
    /// Its author is asked how it ended.
    Ask,
}

/// What can be read from the sentence of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Item,
    Colour,
    Marks,
    Name,
    Place,
    From,
    To,
    At,
    Seats,
    Price,
    Condition,
    Pickup,
    Until,
}

/// A row of the table; `kinds.toml` says what each column means.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    pub name: String,
    pub tags: Vec<String>,
    #[serde(default)]
    pub item: Option<Class>,
    #[serde(default)]
    pub words: Vec<String>,
    #[serde(default)]
    pub unless: Vec<String>,
    pub way: Way,
    pub fields: Vec<Field>,
    #[serde(default)]
    pub asks: Vec<Field>,
    pub days: u32,
    pub ends: Ends,
    #[serde(default)]
    pub again: u32,
    #[serde(default)]
    pub first: bool,
    #[serde(default)]
    pub proof: bool,
    #[serde(default)]
    pub seeks: bool,
    #[serde(default)]
    pub meets: Vec<String>,
    /// Its title, where the configuration has made it: linli's own sentences name the others.
    #[serde(default)]
    pub title: Option<Title>,
}

/// What a kind is called.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    pub zh: String,
    pub en: String,
}

impl Kind {
    /// Whether a field is read in posts of this kind.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.fields.contains(&field)
    }

    /// Whether whoever asks for it does its author a favour, rather than gets something.
    #[must_use]
    pub fn is_helped(&self) -> bool {
        self.seeks && self.way == Way::Pass
    }

    /// Whether it fits what a text is about; the text is folded and without its tag.
    fn fits(&self, own: &str) -> bool {
        let is_item = self.item.is_none_or(|class| match class {
            // Somebody stands in nearly every post; missing are they who are said to be, or with whom it begins.
            Class::Person => {
                let is_missing = danger::told(own) == Some(Danger::Missing);
                match (item::strayed(own), item::is_about_people(own)) {
                    (Some(strayed), _) => strayed == Class::Person,
                    (_, Some(about)) => about && (is_missing || things::begins_with_people(own)),
                    (_, None) => is_missing,
                }
            }
            Class::Animal | Class::Thing | Class::Doing => item::subject(own) == Some(class),
        });
        let has_word = |word: &String| own.contains(word.as_str());
        let is_told = (self.words.is_empty() || self.words.iter().any(has_word))
            && !self.unless.iter().any(has_word);
        let is_ride = self.has(Field::To);
        // Whoever has a car may ask who comes along.
        is_item
            && match self.way {
                Way::Seats if is_ride => is_told || ride::is_offer(own),
                Way::Pass if is_ride => is_told && !ride::is_offer(own),
                Way::Pass | Way::Seats | Way::Search | Way::Alarm | Way::Talk => is_told,
            }
    }

    fn fits_all(&self) -> bool {
        self.item.is_none() && self.words.is_empty()
    }
}

/// All kinds of a community.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kinds {
    rows: Vec<Kind>,
    /// Each tag, folded, the longest first.
    tags: Vec<String>,
}

/// The tag of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostTag {
    /// As written, without `#`.
    pub name: String,
    /// Folded.
    pub(super) key: String,
    /// Where it stands in the folded text, with its `#` signs.
    pub(super) range: Range<usize>,
}

#[derive(Deserialize)]
struct File {
    kind: Vec<Kind>,
}

static ALL: LazyLock<Kinds> = LazyLock::new(|| {
    let file = toml::from_str(SHIPPED);
    let File { kind } = file.unwrap_or_else(|error| panic!("the table of kinds: {error}"));
    Kinds::of(kind)
});

impl Kinds {
    /// Those that linli brings along.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &ALL
    }

    /// These, and those of linli's table of which there are none here.
    ///
    /// # Errors
    /// The row, counted from 0, its column, and what is wrong with it.
    pub fn with(own: Vec<Kind>) -> Result<Self, (usize, &'static str, String)> {
        for (at, row) in own.iter().enumerate() {
            let fault = |column, why: String| Err((at, column, why));
            let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
            if row.name.is_empty() || !row.name.chars().all(is_name) {
                let why = format!("'{}' is no name: use letters a-z and _", row.name);
                return fault("name", why);
            }
            if own[..at].iter().any(|other| other.name == row.name) {
                return fault("name", format!("'{}' is there twice", row.name));
            }
            let is_new = ALL.named(&row.name).is_none();
            if is_new && row.title.is_none() {
                let why = "it is missing: what residents read, as { zh = \"…\", en = \"…\" }";
                return fault("title", why.to_owned());
            }
            let is_tag = |tag: &String| !tag.is_empty() && tag.chars().all(char::is_alphanumeric);
            if row.tags.is_empty() || !row.tags.iter().all(is_tag) {
                let why = "there must be one at least, of letters and digits, without #";
                return fault("tags", why.to_owned());
            }
            if let Some(tag) = row.tags.iter().find(|tag| tags::is_tag(tag)) {
                return fault("tags", format!("'#{tag}' begins a report to the staff"));
            }
            if row.asks.iter().any(|field| !row.has(*field)) {
                return fault("asks", "only what stands in 'fields' is asked".to_owned());
            }
            let known = |name: &String| {
                ALL.named(name).is_some() || own.iter().any(|row| row.name == *name)
            };
            if let Some(name) = row.meets.iter().find(|name| !known(name)) {
                return fault("meets", format!("there is no kind '{name}'"));
            }
        }
        let is_other = |row: &&Kind| own.iter().all(|other| other.name != row.name);
        let others: Vec<Kind> = ALL.rows.iter().filter(is_other).cloned().collect();
        Ok(Self::of(own.into_iter().chain(others).collect()))
    }

    fn of(rows: Vec<Kind>) -> Self {
        let names = rows.iter().flat_map(|row| &row.tags);
        let mut tags: Vec<String> = names.map(|tag| fold(tag)).collect();
        tags.sort_by_key(|tag| (std::cmp::Reverse(tag.len()), tag.clone()));
        tags.dedup();
        Self { rows, tags }
    }

    /// All rows, in their order.
    #[must_use]
    pub fn rows(&self) -> &[Kind] {
        &self.rows
    }

    /// The kind with this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Kind> {
        self.rows.iter().find(|row| row.name == name)
    }

    /// The kind for people who are missing.
    #[must_use]
    pub fn alarm(&self) -> Option<&Kind> {
        self.rows.iter().find(|row| row.way == Way::Alarm)
    }

    /// The kinds that a tag, as people type it, can mean: with or without its `#`.
    #[must_use]
    pub fn tagged(&self, tag: &str) -> Vec<&Kind> {
        let tag = fold(tag.trim().trim_start_matches(['#', '＃']));
        let has = |row: &&Kind| row.name == tag || row.tags.iter().any(|own| fold(own) == tag);
        self.rows.iter().filter(has).collect()
    }

    /// The first tag of a post in a text.
    #[must_use]
    pub fn tag(&self, folded: &Folded) -> Option<PostTag> {
        let text = folded.text();
        let at = |start: usize| {
            let rest = &text[start..];
            let found = self.tags.iter().find(|tag| {
                let after = rest.strip_prefix(tag.as_str());
                after.is_some_and(|after| !goes_on(tag, after))
            })?;
            Some((found, start + found.len()))
        };
        text.match_indices('#').find_map(|(hash, _)| {
            let Mark { meaning, name, end } = tags::mark_at(text, hash, &at)?;
            Some(PostTag {
                name: folded.as_written(name).to_owned(),
                key: meaning.clone(),
                range: hash..end,
            })
        })
    }

    /// The kind that a tag means in a text, which is folded and without it.
    pub(super) fn of_tag(&self, tag: &PostTag, own: &str) -> Option<&Kind> {
        let has = |row: &&Kind| row.tags.iter().any(|own| fold(own) == tag.key);
        let mut rows = self.rows.iter().filter(has);
        let first = rows.next()?;
        let mut rows = [first].into_iter().chain(rows);
        let fitting = rows.clone().find(|row| row.fits(own));
        fitting
            .or_else(|| rows.find(|row| row.fits_all()))
            .or(Some(first))
    }
}

/// Short tags that run on into another word are none: 问题, 出入证, 换届, 送水.
const GOES_ON: [(&str, &[&str]); 8] = [
    ("问", &["题", "候", "卷", "责"]),
    ("出", &["入", "租", "行", "门", "差", "现"]),
    ("换", &["届", "水", "气", "热"]),
    ("送", &["水", "餐", "货", "气", "检"]),
    ("借", &["口", "鉴", "过"]),
    ("求", &["职", "婚"]),
    ("收", &["费", "款", "房", "楼", "租", "件"]),
    ("卖", &["场", "家", "房"]),
];

fn goes_on(tag: &str, after: &str) -> bool {
    let of = GOES_ON.iter().find(|(short, _)| *short == tag);
    of.is_some_and(|(_, words)| words.iter().any(|word| after.starts_with(word)))
}

fn fold(tag: &str) -> String {
    Folded::new(tag).text().to_owned()
}

#[cfg(test)]
mod tests;
