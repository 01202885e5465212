//! The reading of a name as JSON, for `linli explain --name`. Nothing here does IO.

use serde::Serialize;
use serde_json::Value;

use super::{Reason, Surroundings, read};

/// The reading of one name, with the keys in the order in which they are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// Whether the name is right.
    pub ok: bool,
    /// Why not; only on refusals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The building, as far as it could be read; from the room where the name has none.
    pub building: Option<String>,
    /// The stairwell.
    pub unit: Option<String>,
    /// The flat.
    pub home: Option<String>,
    /// The surname.
    pub surname: Option<String>,
}

/// Reads a name and tells everything that was read, right or wrong.
#[must_use]
pub fn explained(name: &str, around: &Surroundings) -> Explained {
    match read(name, around) {
        Ok(name) => Explained {
            ok: true,
            reason: None,
            building: Some(name.building),
            unit: name.unit,
            home: Some(name.home),
            surname: Some(name.surname),
        },
        Err(refusal) => Explained {
            ok: false,
            reason: Some(refusal.reason),
            building: refusal.read.building,
            unit: refusal.read.unit,
            home: refusal.read.home,
            surname: refusal.read.surname,
        },
    }
}

/// The same as a JSON value: `{"ok":true,"building":"3","unit":"2","home":"501",
/// "surname":"欧阳"}`, or `{"ok":false,"reason":"no_home",…}` with null for what is not known.
#[must_use]
pub fn explain(name: &str, around: &Surroundings) -> Value {
    // A reading holds nothing that JSON could refuse: strings, booleans and nulls.
    serde_json::to_value(explained(name, around)).unwrap_or_default()
}
