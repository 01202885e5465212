//! Chinese numerals. Nothing here does IO.

/// What a run of Chinese numerals means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::text) enum Numeral {
    /// A number below a thousand that is spoken as a number: 十二.
    Number(u16),
    /// Two or more digits read one by one: 五零一. Only homes are written so.
    Spelled,
    /// A quantity (两) or no number at all.
    Neither,
}

/// Whether this character is part of a numeral.
pub(in crate::text) fn is_numeral(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '百' | '两' | '廿' | '拾' | '佰')
}

/// The value of a single Chinese digit.
pub(super) fn digit(c: char) -> Option<u16> {
    Some(match c {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Reads a run of numeral characters.
pub(in crate::text) fn read(run: &str) -> Numeral {
    if run.contains('两') {
        return Numeral::Neither;
    }
    if run.chars().all(|c| digit(c).is_some()) {
        return match (run.chars().count(), run.chars().next().and_then(digit)) {
            (1, Some(value)) => Numeral::Number(value),
            _ => Numeral::Spelled,
        };
    }
    spoken(run).map_or(Numeral::Neither, Numeral::Number)
}

/// 十二, 二十一, 一百零三: hundreds, tens and ones, each at most once and in order.
fn spoken(run: &str) -> Option<u16> {
    let mut total = 0;
    let mut pending = None;
    let mut smallest = u16::MAX;
    for c in run.chars() {
        let step = match c {
            '百' | '佰' => 100,
            '十' | '拾' => 10,
            '廿' if pending.is_none() && smallest > 10 => {
                (total, smallest) = (total + 20, 10);
                continue;
            }
            _ => {
                let value = digit(c)?;
                if pending.is_some_and(|before| before != 0) || smallest == 1 {
                    return None;
                }
                pending = Some(value);
                continue;
            }
        };
        if step >= smallest {
            return None;
        }
        let count = match pending.take() {
            Some(0) => return None,
            Some(count) => count,
            // 十二 leaves out the one; 百 does not stand alone.
            None if step == 10 => 1,
            None => return None,
        };
        total += count * step;
        smallest = step;
    }
    match pending {
        // 一百零 and 十零 are not spoken.
        Some(0) => None,
        Some(ones) => Some(total + ones),
        None => Some(total),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (run, value) in [
            ("三", 3),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("二十一", 21),
            ("廿一", 21),
            ("一百零三", 103),
            ("一百一十二", 112),
            ("贰拾叁", 23),
        ] {
            assert_eq!(read(run), Numeral::Number(value), "{run}");
        }
    }

    #[test]
    fn digits_one_by_one() {
        for run in ["五零一", "一二〇四", "一三"] {
            assert_eq!(read(run), Numeral::Spelled, "{run}");
        }
    }

    #[test]
    fn no_numbers() {
        for run in [
            "两",
            "两百",
            "百",
            "十十",
            "二三十",
            "十百",
            "零十",
            "一百零",
            "十二三",
        ] {
            assert_eq!(read(run), Numeral::Neither, "{run}");
        }
    }
}
