//! The sentences on a slip. Nothing here does IO.

use crate::{
    domain::speech::{Arg, say},
    text::language::Language,
};

/// The sentences of a sheet, as plain text. They are short: a slip has room for one line each.
pub struct Words {
    /// The title of the page, which browsers print at its edge.
    pub title: String,
    /// What stands above the home.
    pub heading: String,
    /// What the picture is, for those who cannot see it.
    pub picture: String,
    /// What to do, one after the other.
    pub steps: [String; 3],
    /// What else to know.
    pub note: String,
}

impl Words {
    /// The sentences of a language, for a community of this name.
    pub fn of(language: Language, community: &str) -> Self {
        let args = [("community", Arg::Text(community))];
        let sentence = |key: &str| say(language, key, &args).text;
        Self {
            title: sentence("sheet-title"),
            heading: sentence("sheet-heading"),
            picture: sentence("sheet-picture"),
            steps: ["sheet-step-1", "sheet-step-2", "sheet-step-3"].map(sentence),
            note: sentence("sheet-note"),
        }
    }
}
