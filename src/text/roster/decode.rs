//! The text of a file, whatever program saved it. Nothing here does IO.
//!
//! Excel on a Chinese Windows saves CSV as GBK, "Unicode text" as UTF-16 and "CSV UTF-8"
//! with a byte order mark. Other programs write UTF-8 without one.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The largest file that is read, in bytes: far more than a hundred thousand homes need.
pub const BYTES_MAX: usize = 8 * 1024 * 1024;

/// How files begin that are no text at all: ZIP archives, as new workbooks are, and the
/// compound files of old ones.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xD0\xCF\x11\xE0"];

/// Why a file cannot be read as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// It is larger than [`BYTES_MAX`].
    TooLarge,
    /// It is a workbook of Excel or a like program.
    Workbook,
    /// It is in no encoding that is known here, or damaged.
    NoText,
}

impl DecodeError {
    /// The stable name of the fault.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::TooLarge => "roster-too-large",
            Self::Workbook => "roster-workbook",
            Self::NoText => "roster-no-text",
        }
    }
}

/// The text of these bytes without its byte order mark. Read are UTF-8, UTF-16 with a mark,
/// and whatever else is valid GB18030, which includes GBK and GB2312. Nothing is replaced:
/// a text that is not valid throughout is refused.
///
/// Other encodings of single bytes, such as Windows-1252, can pass for GB18030; their
/// accented letters then come out as Chinese characters.
///
/// # Errors
/// Why there is no text, with what to do.
pub fn decode(bytes: &[u8]) -> Result<String, DecodeError> {
    if bytes.len() > BYTES_MAX {
        return Err(DecodeError::TooLarge);
    }
    if WORKBOOKS.iter().any(|start| bytes.starts_with(start)) {
        return Err(DecodeError::Workbook);
    }
    let marked = [
        (b"\xEF\xBB\xBF".as_slice(), UTF_8),
        (b"\xFF\xFE", UTF_16LE),
        (b"\xFE\xFF", UTF_16BE),
    ];
    let marked = marked
        .into_iter()
        .find_map(|(mark, encoding)| Some((bytes.strip_prefix(mark)?, encoding)));
    let text = match marked {
        Some((rest, encoding)) => strictly(encoding, rest),
        None => strictly(UTF_8, bytes).or_else(|| strictly(GB18030, bytes)),
    };
    // Zero bytes are what UTF-16 without a mark looks like; U+FFFD, what an earlier program
    // already failed to read.
    text.filter(|text| !text.contains(['\0', char::REPLACEMENT_CHARACTER]))
        .ok_or(DecodeError::NoText)
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(std::borrow::Cow::into_owned)
}
