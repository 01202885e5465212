//! The parts of an address as they are written in Chinese, and in bare numbers. Nothing
//! here does IO.

use super::chain::{Chain, Rank, Reader};
use super::found::Part;
use super::refuse;
use super::token::{Kind, Label, Mark, Suffix, Word};
use super::value::Value;
use crate::text::words::{ends_with_any, starts_with_any};

impl Reader<'_> {
    /// The part of an address that starts at this token, as a phrase of its own.
    pub fn start(&self, at: usize) -> Option<Chain> {
        match self.kind(at)? {
            Kind::Value(value) if !self.is_glued(at) => self
                .three_numbers(at)
                .or_else(|| self.two_numbers(at))
                .or_else(|| self.building_dash_unit(at))
                .or_else(|| self.marked_value(at, value))
                .or_else(|| self.numbered_building(at))
                .or_else(|| self.floor_in_letters(at)),
            Kind::Named(index) => self.named_building(at, index),
            Kind::Ordinal(number) => self.ordinal_floor(at, number),
            Kind::Mark(Mark::Label(label)) => self.labelled(at, label),
            Kind::Mark(Mark::Suffix(Suffix::Unit)) => self.labelled(at, Label::Unit),
            Kind::Mark(Mark::Word(word)) => self.english_part(at, word, Rank::Nothing),
            Kind::Mark(Mark::Suffix(_) | Mark::Number)
            | Kind::Value(_)
            | Kind::Sign(_)
            | Kind::Text => None,
        }
    }

    /// A value and the suffix that says what it is.
    fn marked_value(&self, at: usize, value: Value) -> Option<Chain> {
        if self.sign(at + 1) == Some('#') {
            return self.hash_building(at, value);
        }
        let (suffix, end) = self.suffix_after(at)?;
        let mut chain = Chain {
            end,
            ..Chain::default()
        };
        match suffix {
            Suffix::Building | Suffix::Block | Suffix::House => {
                self.building(&mut chain, at, value, suffix)?;
            }
            Suffix::Lane => self.lane(&mut chain, end)?,
            Suffix::Phase => self.phase(&mut chain, at, value)?,
            Suffix::Unit => self.unit(&mut chain, at, value)?,
            Suffix::Floor | Suffix::Storey => self.floor(&mut chain, at, value, false)?,
            Suffix::Room | Suffix::Flat => {
                let before = self.before(at);
                if refuse::office_before(before) || refuse::numbered_before(before) {
                    return None;
                }
                chain.found.address.home = Some(value.home()?);
                chain.found.doubt_if(self.ends_list(at), Part::Home);
                (chain.rank, chain.marked) = (Rank::Home, true);
            }
            Suffix::Household | Suffix::Door => return None,
        }
        Some(chain)
    }

    /// A building with its suffix. What could as well be a quantity or a day needs a home
    /// or a unit after it.
    pub fn building(
        &self,
        chain: &mut Chain,
        at: usize,
        value: Value,
        suffix: Suffix,
    ) -> Option<()> {
        let name = value.building()?;
        let (before, after) = (self.before(at), self.from(chain.end));
        chain.need = Rank::Building;
        if suffix == Suffix::Building {
            // 2号楼梯 is a staircase, and 3月2号楼下 is a day.
            if starts_with_any(after, &["梯", "道"]) || refuse::month_before(before) {
                return None;
            }
        } else if suffix == Suffix::Block {
            let counts = refuse::counted_before(before) || refuse::counts_blocks(after);
            let is_count = matches!(value, Value::Digits(_) | Value::Numeral(_)) && counts;
            let one_seat = matches!(value, Value::Numeral(_)) && self.piece(chain.end - 1) == "座";
            if is_count || one_seat {
                chain.need = Rank::Unit;
            }
            if after.starts_with('楼') {
                chain.end += 1;
            }
        } else {
            if refuse::month_before(before) || refuse::numbered_before(before) {
                return None;
            }
            chain.need = Rank::Home;
            chain.need_mark = chain.rank != Rank::Phase && !self.is_name;
        }
        let several = chain.rank == Rank::Nothing && self.ends_list(at);
        chain.found.doubt_if(several, Part::Building);
        chain.found.address.building = Some(name);
        chain.rank = Rank::Building;
        Some(())
    }

    /// `3#楼`; or `3#` before a unit or a home. Alone it may be a lift or a gate.
    pub fn hash_building(&self, at: usize, value: Value) -> Option<Chain> {
        let has_mark = self.is_suffix(at + 2, Suffix::Floor)
            || self.is_suffix(at + 2, Suffix::Block)
            || matches!(self.word_after(at + 1), Some((Word::Building, _)));
        let mut chain = Chain {
            rank: Rank::Building,
            need: if has_mark { Rank::Building } else { Rank::Unit },
            end: at + 2,
            ..Chain::default()
        };
        if has_mark {
            chain.end += if self.sign(at + 2) == Some(' ') { 2 } else { 1 };
        }
        chain.found.doubt_if(self.ends_list(at), Part::Building);
        chain.found.address.building = Some(value.building()?);
        Some(chain)
    }

    fn named_building(&self, at: usize, index: usize) -> Option<Chain> {
        let mut chain = Chain {
            rank: Rank::Building,
            end: at + 1,
            ..Chain::default()
        };
        let building = self.registry.buildings().get(index)?;
        chain.found.address.building = Some(building.name.trim().to_owned());
        Some(chain)
    }

    /// The house in a lane. The lane itself is not kept.
    fn lane(&self, chain: &mut Chain, from: usize) -> Option<()> {
        let at = self.gap(from).at;
        let value = self.value(at)?;
        let (Suffix::House | Suffix::Building, end) = self.suffix_after(at)? else {
            return None;
        };
        chain.found.address.building = Some(value.building()?);
        chain.rank = Rank::Building;
        chain.end = end;
        Some(())
    }

    /// A phase of the estate. Alone it must not be able to mean an instalment or an issue.
    fn phase(&self, chain: &mut Chain, at: usize, value: Value) -> Option<()> {
        let (before, after) = (self.before(at), self.from(chain.end));
        let phase = value.small_number()?;
        let other_thing = ends_with_any(
            before,
            &["分", "每", "上", "下", "这", "近", "本", "学", "共", "第"],
        ) || starts_with_any(
            after,
            &[
                "工程", "账单", "公告", "付款", "还款", "款", "间", "限", "待", "望", "中", "末",
                "杂志", "培训", "活动", "投票", "接种", "免息", "彩", "费", "报", "节目", "课",
                "的钱", "施工", "整改", "改造",
            ],
        ) || phase.len() > 1
            || self.ends_list(at);
        chain.need = if other_thing {
            Rank::Building
        } else {
            Rank::Phase
        };
        chain.found.address.phase = Some(phase);
        chain.rank = Rank::Phase;
        Some(())
    }

    /// `2单元`, unless it counts them.
    pub fn unit(&self, chain: &mut Chain, at: usize, value: Value) -> Option<()> {
        let unit = value.unit()?;
        if chain.rank == Rank::Nothing {
            if refuse::counted_before(self.before(at)) {
                return None;
            }
            chain.found.doubt_if(self.ends_list(at), Part::Unit);
        }
        chain.found.address.unit = Some(unit);
        chain.rank = Rank::Unit;
        Some(())
    }

    /// `3楼`, `3层`, `负一层`, `B1层`; not `共18层`, `18层高`, `5楼以上`. After a dash it could be
    /// the end of a range or a basement.
    pub fn floor(&self, chain: &mut Chain, at: usize, value: Value, dash: bool) -> Option<()> {
        let (before, after) = (self.before(at), self.from(chain.end));
        let is_storey = self.piece(chain.end - 1) == "层";
        let basement = match value {
            Value::Mixed(mixed) if is_storey => mixed.strip_prefix('b').filter(|n| n.len() == 1),
            Value::Digits(_)
            | Value::Letter(_)
            | Value::Mixed(_)
            | Value::Numeral(_)
            | Value::Spelled(_) => None,
        };
        let number = match basement {
            Some(number) => Value::Digits(number).small_number()?,
            None => value.small_number()?,
        };
        let is_layer = is_storey
            && matches!(value, Value::Numeral(_))
            && ends_with_any(before, &["上", "下"])
            && !ends_with_any(before, &["楼上", "楼下", "地下"]);
        let whole_house = ends_with_any(before, &["这栋", "那栋", "这栋楼", "那栋楼", "楼高"]);
        if refuse::counted_before(before) || refuse::counts_floors(after) || is_layer || whole_house
        {
            return None;
        }
        let minus = before.ends_with('-');
        let lone_minus = minus && !self.is_after_number(at - 1);
        let below = basement.is_some() || lone_minus || ends_with_any(before, &["负", "地下"]);
        let several = !below && (dash || minus || self.ends_list(at));
        chain.found.doubt_if(several, Part::Floor);
        chain.found.address.floor = Some(if below { format!("-{number}") } else { number });
        chain.rank = Rank::Floor;
        Some(())
    }

    /// Whether a number or its mark stands right before this token.
    fn is_after_number(&self, at: usize) -> bool {
        at.checked_sub(1)
            .is_some_and(|before| matches!(self.kind(before), Some(Kind::Value(_) | Kind::Mark(_))))
    }

    /// A part behind its label, as in a form: `房号：501`, `单元：2`.
    fn labelled(&self, at: usize, label: Label) -> Option<Chain> {
        let mut next = at + 1;
        let mut has_colon = false;
        while matches!(self.sign(next), Some(' ' | ':')) {
            has_colon |= self.sign(next) == Some(':');
            next += 1;
        }
        let value = self.value(next)?;
        if let Some(chain) = self.three_numbers(next) {
            return Some(chain);
        }
        let mut chain = Chain {
            end: next + 1,
            ..Chain::default()
        };
        let goes_on = self.after_dash(next + 1).is_some();
        if goes_on || !(has_colon || label == Label::Home) {
            return None;
        }
        match label {
            Label::Home => {
                chain.found.address.home = Some(value.marked_home()?);
                (chain.rank, chain.marked) = (Rank::Home, true);
                chain.end = self.after_home_mark(chain.end);
            }
            Label::Building => {
                chain.found.address.building = Some(value.building()?);
                chain.rank = Rank::Building;
            }
            Label::Unit => {
                chain.found.address.unit = Some(value.unit()?);
                chain.rank = Rank::Unit;
            }
        }
        // 楼栋：3号楼 and 单元：2单元 carry their suffix as well.
        match (label, self.suffix_after(next)) {
            (Label::Building, Some((Suffix::Building | Suffix::Block, end)))
            | (Label::Unit, Some((Suffix::Unit, end))) => chain.end = end,
            _ => {}
        }
        Some(chain)
    }
}
