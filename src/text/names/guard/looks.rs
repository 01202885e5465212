//! A name as the guards see it: what it passes for rather than how it is spelled.
//! Nothing here does IO.

use unicode_normalization::UnicodeNormalization;

use crate::text::address::{Address, Found};
use crate::text::fold::Folded;
use crate::text::names::surname::{Rest, job_title};
use crate::text::names::traditional::{simplified, simplify};
use crate::text::words::is_han;

/// The views of one name.
#[derive(Clone, Debug, Default)]
pub(in crate::text::names) struct Looks {
    /// The whole name, folded and simplified.
    pub folded: String,
    /// The same without the separators that disguise words and numbers.
    pub squeezed: String,
    /// The name without the home, folded and simplified; `§` stands for the home.
    pub rest: String,
    /// The rest without these separators.
    pub rest_squeezed: String,
    /// The letters and digits of the whole name, look-alikes unified.
    pub whole_shape: String,
    /// The letters and digits of the rest, look-alikes unified.
    pub rest_shape: String,
    /// The home that the name tells, if it tells one.
    pub home: Option<Address>,
    /// Whether the rest holds the title of a job.
    pub has_job: bool,
}

impl Looks {
    /// The views of a name: the name itself, what is left of it beside the home, and
    /// what it tells about the home.
    pub fn new(name: &Folded, rest: &Rest, told: &Found) -> Self {
        let rest = simplify(&rest.text());
        Self {
            folded: simplify(name.text()),
            squeezed: simplify(name.squeezed().text()),
            whole_shape: shape(name.text()),
            rest_shape: shape(&rest),
            rest_squeezed: Folded::new(&rest).squeezed().text().to_owned(),
            has_job: job_title(&rest),
            home: told.address.home.is_some().then(|| told.address.clone()),
            rest,
        }
    }

    /// The Chinese words of the rest.
    pub fn han_words(&self) -> impl Iterator<Item = &str> {
        self.rest
            .split(|c| !is_han(c))
            .filter(|word| !word.is_empty())
    }

    /// The Latin words of the rest; digits and signs that stand for letters stay inside.
    pub fn latin_words(&self) -> impl Iterator<Item = &str> {
        self.rest
            .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '@' | '$' | '!')))
            .filter(|word| word.bytes().any(|b| b.is_ascii_alphabetic()))
    }
}

/// The letters and digits of a folded text, simplified, with Chinese look-alikes unified
/// and without accents.
pub(super) fn shape(text: &str) -> String {
    let letters = text.nfd().filter(|c| c.is_alphanumeric());
    letters.map(simplified).map(han_twin).collect()
}

/// The character that this one passes for in the words of the staff. Common surnames and
/// the characters of given names are left alone, except where they only make nonsense.
#[rustfmt::skip]
fn han_twin(c: char) -> char {
    match c {
        '勿' | '沕' | '粅' | '牣' => '物',
        '亚' | '並' | '邺' | '丵' | '业' => '业',
        '埋' | '哩' | '俚' | '鲤' | '悝' => '理',
        '菅' | '琯' | '痯' => '管',
        '贠' | '圆' | '贝' => '员',
        '博' | '搏' | '膊' | '缚' | '溥' => '傅',
        '帅' | '狮' | '浉' | '筛' => '师',
        '玊' | '壬' => '王',
        '葆' | '堡' | '煲' | '褓' | '緥' => '保',
        '桉' | '鞍' | '铵' | '按' => '安',
        '窖' | '喀' | '愙' => '客',
        '眼' | '箙' => '服',
        '径' | '轻' | '泾' => '经',
        '傢' | '镓' => '家',
        _ => c,
    }
}
