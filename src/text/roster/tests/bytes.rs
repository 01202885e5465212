//! Files as programs save them.

use super::{all, estate};
use crate::text::roster::{BYTES_MAX, DecodeError, decode, read};

/// 楼栋,单元,房号,姓名 and two homes, as Excel on a Chinese Windows saves "CSV": in GBK.
const GBK: &[u8] = b"\xC2\xA5\xB6\xB0,\xB5\xA5\xD4\xAA,\xB7\xBF\xBA\xC5,\xD0\xD5\xC3\xFB\r\n\
    3\xBA\xC5\xC2\xA5,2\xB5\xA5\xD4\xAA,501\xCA\xD2,\xCD\xF5\xB7\xBC\r\n\
    5,1,302,\xC5\xB7\xD1\xF4\xC5\xAE\xCA\xBF\r\n";

const TEXT: &str = "楼栋\t单元\t房号\t姓名\r\n3\t2\t501\t王芳\r\n5\t1\t302\t欧阳女士\r\n";

#[track_caller]
fn both_homes(bytes: &[u8]) {
    let text = decode(bytes).unwrap();
    let rows = all(&read(&text, &estate()));
    assert_eq!(rows, "2:3/2/501 王, 3:5/1/302 欧阳", "{text:?}");
}

fn utf_16(bytes: fn(u16) -> [u8; 2], mark: bool) -> Vec<u8> {
    let mark = mark.then_some(0xFEFF);
    mark.into_iter()
        .chain(TEXT.encode_utf16())
        .flat_map(bytes)
        .collect()
}

#[test]
fn every_encoding_of_excel() {
    both_homes(GBK);
    both_homes(TEXT.as_bytes());
    both_homes(&[b"\xEF\xBB\xBF", TEXT.as_bytes()].concat());
    both_homes(&utf_16(u16::to_le_bytes, true));
    both_homes(&utf_16(u16::to_be_bytes, true));
    // 𬭛 is one of the characters that only GB18030 has, in four bytes.
    let rare = decode(b"\xCD\xF5\x99\x33\xAA\x35");
    assert_eq!(rare.as_deref(), Ok("王𬭛"));
}

#[test]
fn what_is_no_text_is_refused() {
    for (bytes, error) in [
        (b"PK\x03\x04rest".as_slice(), DecodeError::Workbook),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", DecodeError::Workbook),
        (b"3,2,501,\xFF\xFF\xFF", DecodeError::NoText),
        (b"\xEF\xBB\xBF3,2,501,\xCD\xF5", DecodeError::NoText),
        (b"\xFF\xFE3\0,\0\x00\xD8", DecodeError::NoText),
        (&utf_16(u16::to_le_bytes, false), DecodeError::NoText),
        ("3,2,501,王\u{FFFD}".as_bytes(), DecodeError::NoText),
        (&vec![b'3'; BYTES_MAX + 1], DecodeError::TooLarge),
    ] {
        assert_eq!(decode(bytes), Err(error));
    }
    assert_eq!(decode(b""), Ok(String::new()));
    assert_eq!(DecodeError::Workbook.key(), "roster-workbook");
}
