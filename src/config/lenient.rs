//! Reading on past a fault: what cannot be read is noted and taken out, and the rest is read again.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Fault;

/// Reads a section; what cannot be read is noted as a fault, taken out, and the rest read again.
pub(super) fn read_leniently<T: DeserializeOwned + Default>(
    mut value: Value,
    key: &str,
    faults: &mut Vec<Fault>,
) -> T {
    // Each round takes one fault out, so that this ends.
    for _ in 0..1_000 {
        match serde_path_to_error::deserialize::<_, T>(&value) {
            Ok(read) => return read,
            Err(error) => {
                let why = error.inner().to_string();
                let mut path: Vec<String> = error
                    .path()
                    .iter()
                    .filter_map(|segment| match segment {
                        serde_path_to_error::Segment::Seq { index } => Some(format!("[{index}]")),
                        serde_path_to_error::Segment::Map { key } => Some(key.clone()),
                        serde_path_to_error::Segment::Enum { variant } => Some(variant.clone()),
                        serde_path_to_error::Segment::Unknown => None,
                    })
                    .collect();
                add_unknown(&mut path, &why);
                faults.push(Fault {
                    key: join(key, &path),
                    why: why.replace('`', "'"),
                });
                if !take_out(&mut value, &path) {
                    break;
                }
            }
        }
    }
    T::default()
}

/// The parts of a path as it is written, `targets[0].urgency`, to what is wrong.
pub(super) fn parts(path: &str, why: &str) -> Vec<String> {
    let spaced = path.replace('[', ".[");
    let parts = spaced.split('.').filter(|part| !["", "?"].contains(part));
    let mut parts = parts.map(str::to_owned).collect();
    add_unknown(&mut parts, why);
    parts
}

/// A path may end above a field that is not known.
fn add_unknown(path: &mut Vec<String>, why: &str) {
    let unknown = why.strip_prefix("unknown field `");
    let unknown = unknown.and_then(|rest| rest.split('`').next());
    if let Some(unknown) = unknown
        && path.last().map(String::as_str) != Some(unknown)
    {
        path.push(unknown.to_owned());
    }
}

pub(super) fn join(key: &str, path: &[String]) -> String {
    let mut whole = key.to_owned();
    for part in path {
        if !part.starts_with('[') && !whole.is_empty() {
            whole.push('.');
        }
        whole.push_str(part);
    }
    whole
}

pub(super) fn take_out(value: &mut Value, path: &[String]) -> bool {
    let Some((last, before)) = path.split_last() else {
        return false;
    };
    let mut at = value;
    for part in before {
        let next = match at {
            Value::Object(map) => map.get_mut(part),
            Value::Array(list) => index(part).and_then(|index| list.get_mut(index)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        };
        match next {
            Some(next) => at = next,
            None => return false,
        }
    }
    match at {
        Value::Object(map) => map.remove(last).is_some(),
        Value::Array(list) => match index(last) {
            Some(index) if index < list.len() => {
                list.remove(index);
                true
            }
            _ => false,
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn index(part: &str) -> Option<usize> {
    part.strip_prefix('[')?.strip_suffix(']')?.parse().ok()
}
