//! The names that people in these stories bear, and what each of them is worth: a plain list.

/// Right names, each with the building it is right in.
pub const RIGHT: [(&str, &str); 9] = [
    ("3-2-501 王芳", "3"),
    ("3-1-302 李明", "3"),
    ("1-1-201 周伟", "1"),
    ("1-2-602 吴敏", "1"),
    ("2-1-401 冯磊", "2"),
    ("2-2-901 Smith", "2"),
    ("3-1-1201 何洁", "3"),
    ("2-1-1201 何洁", "2"),
    ("３－２－１００１　冯", "3"),
];
/// Names from which nobody learns where somebody lives, or what they are called.
pub const WRONG: [&str; 3] = ["快乐的风", "风", "小可爱"];
/// A name that advertises.
pub const ADVERT: &str = "加V信 abc123";
/// Names that pass for somebody of the staff.
pub const STAFF_LIKE: [&str; 2] = ["物业王师傅", "王师傅"];

/// What a name is worth in the room of a building.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Worth {
    Right,
    /// Right in the room of another building.
    Elsewhere,
    Wrong,
    Advert,
    StaffLike,
}

/// Judges a name in a building's room.
pub fn worth(name: &str, building: &str) -> Worth {
    match RIGHT.iter().find(|(right, _)| *right == name) {
        Some((_, home)) if *home == building => Worth::Right,
        Some(_) => Worth::Elsewhere,
        None if STAFF_LIKE.contains(&name) => Worth::StaffLike,
        None if name == ADVERT => Worth::Advert,
        None => Worth::Wrong,
    }
}
