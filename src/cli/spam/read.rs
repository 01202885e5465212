//! Labelled lines: a label, a tab, a text. Whatever bytes a file holds, what can be read of it is read, and what cannot is
//! counted and shown.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read as _},
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use crate::{cli::Failure, text::fold::MAX_TEXT_BYTES};

/// More of a line is not looked at: folding looks at less, and a label stands before it.
const LINE_BYTES_MAX: usize = 2 * MAX_TEXT_BYTES;
/// So many lines that cannot be used are shown.
const SHOWN: usize = 5;

const SPAM: &[&str] = &["spam", "1", "ad", "advert", "垃圾", "广告"];
const HAM: &[&str] = &["ham", "0", "ok", "normal", "正常"];

/// Where lines come from.
#[derive(clap::Args)]
pub struct Inputs {
    /// Lines of a label (spam or ham, 1 or 0, 垃圾 or 正常), a tab and a text; more than once for several files
    #[arg(long, value_name = "FILE")]
    input: Vec<PathBuf>,
    /// Lines that residents wrote, without labels; more than once for several files
    #[arg(long, value_name = "FILE")]
    ham: Vec<PathBuf>,
}

/// A labelled line.
pub struct Row {
    pub is_spam: bool,
    pub text: String,
}

/// A file whose lines were read.
pub struct Read {
    pub name: String,
    pub rows: Vec<Row>,
}

/// What could not be used of some files.
#[derive(Default)]
struct PassedOver {
    count: usize,
    first: Vec<String>,
}

/// Reads all files. What could not be used is told on standard error.
///
/// # Errors
/// Where a file cannot be read, and where none was named and there are no `others` to learn from.
pub fn all(inputs: &Inputs, others: bool) -> Result<Vec<Read>, Failure> {
    let labelled = inputs.input.iter().map(|path| (path, false));
    let plain = inputs.ham.iter().map(|path| (path, true));
    let mut files = Vec::new();
    for (path, is_plain) in labelled.chain(plain) {
        let mut passed_over = PassedOver::default();
        let rows = rows(path, is_plain, &mut passed_over)?;
        passed_over.tell(path);
        let name = path.file_name().unwrap_or(path.as_os_str());
        files.push(Read {
            name: name.to_string_lossy().into_owned(),
            rows,
        });
    }
    if files.is_empty() && !others {
        let why = "no lines are given: name a file with --input, whose lines are a label, a tab and a text";
        return Err(Failure::usage(anyhow::anyhow!(why)));
    }
    Ok(files)
}

fn rows(path: &Path, is_plain: bool, passed_over: &mut PassedOver) -> Result<Vec<Row>, Failure> {
    let cannot = || format!("Cannot read '{}'", path.display());
    let file = File::open(path)
        .with_context(cannot)
        .map_err(Failure::data)?;
    let mut reader = BufReader::new(file);
    let (mut rows, mut bytes, mut number) = (Vec::new(), Vec::new(), 0);
    while next_line(&mut reader, &mut bytes)
        .with_context(cannot)
        .map_err(Failure::data)?
    {
        number += 1;
        let line = String::from_utf8_lossy(&bytes);
        let line = line.trim_start_matches('\u{FEFF}');
        if line.trim().is_empty() {
            continue;
        }
        match row(line, is_plain) {
            Ok(row) => rows.push(row),
            Err(_) if number == 1 && is_head(line) => {}
            Err(why) => passed_over.note(format!("line {number}: {why}")),
        }
    }
    Ok(rows)
}

/// The next line without its end, at most [`LINE_BYTES_MAX`] of it; false after the last one.
fn next_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<bool> {
    line.clear();
    let limit = LINE_BYTES_MAX as u64;
    if reader.take(limit).read_until(b'\n', line)? == 0 {
        return Ok(false);
    }
    let is_whole = line.last() == Some(&b'\n');
    if !is_whole && line.len() == LINE_BYTES_MAX {
        skip_line(reader)?;
    }
    while matches!(line.last(), Some(b'\n' | b'\r')) {
        line.pop();
    }
    Ok(true)
}

fn skip_line(reader: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        let end = buffer.iter().position(|b| *b == b'\n');
        let len = end.map_or(buffer.len(), |end| end + 1);
        reader.consume(len);
        if end.is_some() || len == 0 {
            return Ok(());
        }
    }
}

fn row(line: &str, is_plain: bool) -> Result<Row, String> {
    if is_plain {
        return Ok(Row {
            is_spam: false,
            text: line.to_owned(),
        });
    }
    let Some((label, text)) = line.split_once('\t') else {
        return Err("there is no tab between a label and a text".to_owned());
    };
    let label = label.trim().trim_matches('"').to_lowercase();
    let is_spam = SPAM.contains(&label.as_str());
    if !is_spam && !HAM.contains(&label.as_str()) {
        let label: String = label.chars().take(20).collect();
        return Err(format!("the label '{label}' is neither spam nor ham"));
    }
    if text.trim().is_empty() {
        return Err("the text is empty".to_owned());
    }
    Ok(Row {
        is_spam,
        text: text.to_owned(),
    })
}

fn is_head(line: &str) -> bool {
    let first = line.split('\t').next().unwrap_or_default().trim();
    first.eq_ignore_ascii_case("label") || first == "标签"
}

impl PassedOver {
    fn note(&mut self, fault: String) {
        self.count += 1;
        if self.first.len() < SHOWN {
            self.first.push(fault);
        }
    }

    fn tell(&self, path: &Path) {
        use std::io::Write as _;
        if self.count == 0 {
            return;
        }
        let mut out = std::io::stderr().lock();
        // Where standard error is closed there is nobody to tell.
        let _ = writeln!(
            out,
            "{}: {} lines could not be used and were passed over",
            path.display(),
            self.count
        );
        for line in &self.first {
            let _ = writeln!(out, "  {line}");
        }
        if self.count > self.first.len() {
            let _ = writeln!(out, "  …");
        }
    }
}
