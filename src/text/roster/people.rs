//! The surnames in the cells of a row. Nothing here does IO.

use super::Why;
use super::fault::shown;
use crate::text::fold::Folded;
use crate::text::names::surname_of;
use crate::text::words::is_han;

/// What is written where nobody is known.
#[rustfmt::skip]
const NOBODY: &[&str] = &[
    "", "-", "--", "/", "?", "无", "空", "空置", "空房", "空关", "未知", "不详", "暂无", "未售", "未入住", "none", "n/a", "na", "nil",
    "unknown", "vacant", "empty",
];

/// The signs between the names of several people.
const BETWEEN: [char; 8] = ['、', '/', '&', '+', ';', '；', '，', '\n'];

/// The signs around a remark.
const BRACKETS: [char; 8] = ['(', ')', '（', '）', '[', ']', '【', '】'];

/// The surnames in the cells that hold people, each once, in their order. None at all means
/// that nobody is known.
///
/// # Errors
/// The first name that no surname can be read from.
pub(super) fn surnames<'c>(cells: impl Iterator<Item = &'c str>) -> Result<Vec<String>, Why> {
    let mut all: Vec<String> = Vec::new();
    for cell in cells.filter(|cell| !is_nobody(cell)) {
        for surname in of_cell(cell)? {
            if !all.contains(&surname) {
                all.push(surname);
            }
        }
    }
    Ok(all)
}

/// Whether a cell says that there is nothing to say.
pub(super) fn is_nobody(cell: &str) -> bool {
    let folded = Folded::new(cell);
    NOBODY.contains(&folded.text().trim())
}

/// The surnames of one cell: 王芳, 王芳、李强, 王芳 李强, `Smith & Jones`. Each Chinese name
/// must have one; of Latin ones, as in `Mary & John Smith`, some.
fn of_cell(cell: &str) -> Result<Vec<String>, Why> {
    let fault = |name: &str| Why::UnreadableSurname { name: shown(name) };
    let mut surnames = Vec::new();
    for name in names(cell) {
        match surname_of(name) {
            Some(surname) => surnames.push(surname),
            None if name.contains(is_han) => return Err(fault(name)),
            None => {}
        }
    }
    if surnames.is_empty() {
        return Err(fault(cell));
    }
    Ok(surnames)
}

/// The names of a cell. The comma of `Smith, John` separates no people.
fn names(cell: &str) -> Vec<&str> {
    let commas = cell.contains(is_han);
    cell.split(|c: char| BETWEEN.contains(&c) || (c == ',' && commas))
        .flat_map(|part| part.split(" and "))
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .flat_map(several)
        .collect()
}

/// Names with spaces or brackets between them: 王芳 李强, 王芳（房东）李强（租客）. The space of
/// 欧阳 娜娜 or 王 小芳 is inside one name.
fn several(name: &str) -> Vec<&str> {
    let is_whole = |word: &&str| {
        let surname = surname_of(word);
        word.chars().all(is_han) && surname.is_some_and(|surname| surname != **word)
    };
    let words = name.split(|c: char| c.is_whitespace() || BRACKETS.contains(&c));
    let whole: Vec<&str> = words.filter(is_whole).collect();
    if whole.len() > 1 { whole } else { vec![name] }
}
