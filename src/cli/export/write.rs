//! Writing tables to a new file, in the form that its ending names.

use std::{
    fs::File,
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow};
use serde_json::Value;

use super::{
    sheet,
    table::{Cell, Table},
};
use crate::cli::Failure;

/// A form of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Csv,
    Jsonl,
    Xlsx,
}

impl Form {
    /// The form that a file's ending names.
    ///
    /// # Errors
    /// Where it names none.
    pub fn of(file: &Path) -> Result<Self, Failure> {
        let ending = file.extension().and_then(|ending| ending.to_str());
        match ending.unwrap_or_default().to_lowercase().as_str() {
            "csv" => Ok(Self::Csv),
            "jsonl" | "ndjson" => Ok(Self::Jsonl),
            "xlsx" => Ok(Self::Xlsx),
            other => Err(Failure::usage(anyhow!(
                "'{other}' is no form of files that linli writes: let '{}' end in .csv, .jsonl or .xlsx",
                file.display()
            ))),
        }
    }
}

/// Writes both tables; the second one's first column names the row of the first to which each row belongs. Returns the files
/// that were written.
///
/// # Errors
/// Where a file exists already, or cannot be written; what was begun is removed.
pub fn tables(
    file: &Path,
    first: (&str, &Table),
    second: Option<(&str, &Table)>,
) -> Result<Vec<PathBuf>, Failure> {
    let files: Vec<(PathBuf, Vec<u8>)> = match Form::of(file)? {
        Form::Csv => {
            let beside = second.map(|(name, table)| (beside(file, name), table));
            let all = [(file.to_owned(), first.1)].into_iter().chain(beside);
            all.map(|(path, table)| Ok((path, csv(table)?)))
                .collect::<Result<_, Failure>>()?
        }
        Form::Jsonl => vec![(file.to_owned(), jsonl(first.1, second).into_bytes())],
        Form::Xlsx => {
            let sheets: Vec<(&str, &Table)> = [first].into_iter().chain(second).collect();
            let bytes = sheet::xlsx(&sheets).map_err(|error| {
                Failure::other(anyhow!(
                    "the workbook cannot be made ({error}); a .csv file may hold it"
                ))
            })?;
            vec![(file.to_owned(), bytes)]
        }
    };
    let mut written = Vec::new();
    for (path, bytes) in files {
        if let Err(failure) = create(&path, &bytes) {
            for half in &written {
                // Nobody shall take a part for the whole.
                let _ = std::fs::remove_file(half);
            }
            return Err(failure);
        }
        written.push(path);
    }
    Ok(written)
}

fn create(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    // Residents' words are nobody else's.
    let mut file = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("Cannot make the new file {}", path.display()))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .inspect_err(|_| {
            let _ = std::fs::remove_file(path);
        })
        .with_context(|| format!("Cannot write {}", path.display()))?;
    Ok(())
}

/// `tickets.csv` and `history` make `tickets-history.csv`.
fn beside(file: &Path, name: &str) -> PathBuf {
    let stem = file
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or("export");
    file.with_file_name(format!("{stem}-{name}.csv"))
}

/// With a mark before it by which spreadsheets know UTF-8.
fn csv(table: &Table) -> Result<Vec<u8>, Failure> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer
        .write_record(&table.columns)
        .map_err(Failure::other)?;
    for row in &table.rows {
        let cells = row.iter().map(Cell::plain);
        writer.write_record(cells).map_err(Failure::other)?;
    }
    writer
        .into_inner()
        .map_err(|error| Failure::other(anyhow!("{error}")))
}

/// One object in each line; the rows of the second table stand in those to which they belong.
fn jsonl(first: &Table, second: Option<(&str, &Table)>) -> String {
    let mut lines = String::new();
    let mut more = second.map(|(name, table)| (name, table, table.rows.iter().peekable()));
    for row in &first.rows {
        let mut object = first.object(row);
        if let Some((name, table, rows)) = &mut more {
            let mut own = Vec::new();
            while let Some(line) = rows.next_if(|line| line.first() == row.first()) {
                let mut line = table.object(line);
                line.remove(table.columns[0]);
                own.push(Value::Object(line));
            }
            object.insert((*name).to_owned(), Value::Array(own));
        }
        lines.push_str(&Value::Object(object).to_string());
        lines.push('\n');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(i64, &str)]) -> Table {
        let mut table = Table::default();
        for (ticket, text) in rows {
            let text = Cell::Text((*text).to_owned());
            table.push(vec![("ticket", Cell::Whole(*ticket)), ("text", text)]);
        }
        table
    }

    #[test]
    fn each_form_is_written_and_nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let (tickets, lines) = (
            table(&[(1, "灯, \"坏\"了"), (2, "=1")]),
            table(&[(1, "a"), (1, "b")]),
        );
        let write = |name: &str| {
            let file = folder.path().join(name);
            tables(&file, ("tickets", &tickets), Some(("history", &lines)))
        };
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(write("a.csv").unwrap().len(), 2);
        assert_eq!(
            read("a.csv"),
            "\u{feff}ticket,text\n1,\"灯, \"\"坏\"\"了\"\n2,'=1\n"
        );
        assert_eq!(read("a-history.csv"), "\u{feff}ticket,text\n1,a\n1,b\n");
        write("a.jsonl").unwrap();
        let lines: Vec<Value> = read("a.jsonl")
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(
            lines[0]["history"],
            serde_json::json!([{"text": "a"}, {"text": "b"}])
        );
        assert_eq!(lines[1]["text"], "=1");
        assert_eq!(lines[1]["history"], serde_json::json!([]));
        write("a.XLSX").unwrap();
        assert!(
            std::fs::read(folder.path().join("a.XLSX"))
                .unwrap()
                .starts_with(b"PK")
        );
        assert!(write("a.csv").is_err());
        // Where the second file cannot be made, the first is not left alone.
        std::fs::remove_file(folder.path().join("a.csv")).unwrap();
        assert!(write("a.csv").is_err());
        assert!(!folder.path().join("a.csv").exists());
        assert!(write("a.ods").is_err());
    }
}
