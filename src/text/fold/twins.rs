//! Characters that look or mean the same. Nothing here does IO.
//!
//! These tables are small on purpose: only what is seen in disguises and in ordinary
//! typing. They complement NFKC, which already unifies full-width and styled letters.

/// The Latin letter or plain sign that this character passes for, or itself.
///
/// Letters go by how they look, capital and small apart: a Greek capital nu looks like
/// N, the small one like v.
#[rustfmt::skip]
pub(super) fn plain(c: char) -> char {
    match c {
        // Cyrillic, Greek, and Latin outside ASCII.
        'а' | 'А' | 'α' | 'Α' | 'ɑ' | 'ᴀ' => 'a', 'в' | 'В' | 'Β' | 'ʙ' => 'b',
        'с' | 'С' | 'ᴄ' => 'c', 'ԁ' | 'ᴅ' => 'd', 'е' | 'Е' | 'ё' | 'Ё' | 'Ε' | 'ᴇ' => 'e',
        'ɡ' | 'ɢ' => 'g', 'һ' | 'Һ' | 'Н' | 'н' | 'Η' | 'ʜ' => 'h',
        'і' | 'І' | 'ι' | 'Ι' | 'ı' | 'ɪ' => 'i', 'ј' | 'Ј' | 'ᴊ' => 'j',
        'к' | 'К' | 'κ' | 'Κ' | 'ᴋ' => 'k', 'ʟ' => 'l', 'М' | 'м' | 'Μ' | 'ᴍ' => 'm',
        'Ν' | 'ɴ' => 'n', 'о' | 'О' | 'ο' | 'Ο' | 'ᴏ' => 'o', 'р' | 'Р' | 'ρ' | 'Ρ' | 'ᴘ' => 'p',
        'ԛ' => 'q', 'ʀ' => 'r', 'ѕ' | 'Ѕ' => 's', 'Т' | 'т' | 'τ' | 'Τ' | 'ᴛ' => 't',
        'υ' | 'ᴜ' => 'u', 'ν' | 'ᴠ' | 'ѵ' | 'Ѵ' => 'v', 'ԝ' | 'ω' | 'ᴡ' => 'w', 'х' | 'Х' | 'χ' | 'Χ' => 'x',
        'у' | 'У' | 'Υ' | 'γ' | 'ʏ' => 'y', 'Ζ' | 'ᴢ' => 'z',
        // Dashes, quotes and signs.
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{02D7}' | '\u{2500}' | '\u{2501}'
        | '\u{2796}' | '\u{30FC}' | '\u{FE58}' | '\u{2E3A}' | '\u{2E3B}' | '\u{058A}'
        | '\u{1806}' | '\u{30A0}' => '-',
        '\u{301C}' | '\u{3030}' | '\u{223C}' => '~',
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}' | '`' => '\'',
        '\u{201C}' | '\u{201D}' | '\u{201F}' | '\u{2033}' => '"',
        '♯' => '#', '\u{2215}' | '\u{2044}' => '/',
        _ => boxed(c),
    }
}

/// Letters and digits in dark circles and boxes, which NFKC leaves alone.
fn boxed(c: char) -> char {
    let code = u32::from(c);
    let letter = match code {
        0x1_F150..=0x1_F169 => code - 0x1_F150,
        0x1_F170..=0x1_F189 => code - 0x1_F170,
        0x2776..=0x277E => return digit(code - 0x2775, c),
        0x2780..=0x2788 => return digit(code - 0x277F, c),
        0x278A..=0x2792 => return digit(code - 0x2789, c),
        _ => return c,
    };
    u8::try_from(letter).map_or(c, |n| char::from(b'a' + n))
}

fn digit(value: u32, otherwise: char) -> char {
    char::from_digit(value, 10).unwrap_or(otherwise)
}

/// The simplified form of a traditional character, for the characters that the word
/// tables of this folder use. Not a general converter.
#[rustfmt::skip]
pub(super) fn simplified(c: char) -> char {
    match c {
        '號' => '号', '樓' => '楼', '棟' => '栋', '單' => '单', '層' => '层', '門' => '门',
        '報' => '报', '維' => '维', '訴' => '诉', '議' => '议', '諮' | '谘' => '咨', '詢' => '询',
        '緊' => '紧', '繳' => '缴', '費' => '费', '電' => '电', '庫' => '库', '車' => '车',
        '衛' => '卫', '遞' => '递', '櫃' => '柜', '園' => '园', '遊' => '游', '樂' => '乐',
        '場' => '场', '頂' => '顶', '臺' => '台', '裡' | '裏' => '里', '廚' => '厨', '間' => '间',
        '廁' => '厕', '陽' => '阳', '廳' => '厅', '臥' => '卧', '謝' => '谢', '幫' => '帮',
        '說' => '说', '麼' => '么', '樣' => '样', '嗎' => '吗', '來' => '来', '處' => '处',
        '進' => '进', '誰' => '谁', '時' => '时', '點' => '点', '還' => '还', '沒' => '没',
        '壞' => '坏', '燈' => '灯', '開' => '开', '關' => '关', '鎖' => '锁', '氣' => '气',
        '煙' => '烟', '著' => '着', '聞' => '闻', '別' => '别',
        '隱' => '隐', '顯' => '显', '綠' => '绿', '圍' => '围', '牆' => '墙', '掛' => '挂',
        '見' => '见', '問' => '问', '題' => '题', '請' => '请', '們' => '们', '師' => '师',
        '貳' => '贰', '參' => '参', '陸' => '陆', '兩' => '两', '區' => '区', '個' => '个',
        '過' => '过', '辦' => '办', '後' => '后', '會' => '会', '給' => '给', '這' => '这',
        '萬' => '万', '錢' => '钱', '塊' => '块', '歲' => '岁', '輛' => '辆', '條' => '条',
        '監' => '监', '證' => '证', '網' => '网',
        _ => c,
    }
}

/// Characters that show nothing: zero-width, direction marks, variation selectors, tags,
/// fillers, and control characters other than white space.
pub(super) fn is_invisible(c: char) -> bool {
    if c.is_control() {
        return !c.is_whitespace();
    }
    matches!(u32::from(c),
        0x00AD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F
        | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F
        | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0x1_BCA0..=0x1_BCA3 | 0x1_D173..=0x1_D17A
        | 0xE_0000..=0xE_0FFF)
}
