//! Sentences and the addresses they tell.

mod forms;
mod refused;
mod registry;

use super::{Address, Registry, read};
use crate::text::fold::Folded;

/// Writes an address as `building/unit/home`, with `phase:` before and `^floor` after it.
fn short(address: &Address) -> String {
    let part = |part: &Option<String>| part.clone().unwrap_or_else(|| "_".to_owned());
    let mut text = String::new();
    if let Some(phase) = &address.phase {
        text = format!("{phase}:");
    }
    text += &*format!(
        "{}/{}/{}",
        part(&address.building),
        part(&address.unit),
        part(&address.home)
    );
    if let Some(floor) = &address.floor {
        text += &*format!("^{floor}");
    }
    text
}

#[track_caller]
fn all_read(registry: &Registry, table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(text, expected)| {
            let got = short(&read(&Folded::new(text), registry));
            (got != *expected).then(|| format!("{text:?}: {got}, not {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
