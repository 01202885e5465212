//! A panel with two columns for each day, over an axis of some days and beside one of round numbers.

use super::{
    LEFT, RIGHT, SMALLEST,
    canvas::{Anchor, Area, Canvas, Colour},
    heading,
};
use crate::{
    charts::font::{Line, Weight, fit},
    domain::chart::Day,
};

/// Days that are drawn at most.
const DAYS: usize = 31;

/// The height of the columns' field.
const HEIGHT: u32 = 260;

/// The height of the field where all counts are zero.
const EMPTY_HEIGHT: u32 = 90;

/// The height of the days' labels, and of a legend on a line of its own.
const LABELS: u32 = 50;
const LEGEND: u32 = 50;

/// The side of a legend's square, its distance to the word, and that between two entries.
const SQUARE: u32 = 26;
const AFTER_SQUARE: u32 = 12;
const BETWEEN: u32 = 36;

/// The widest that a label of a day may be, and the least distance between two.
const LABEL: u32 = 170;
const APART: u32 = 20;

/// The widest that a column may be.
const COLUMN: u32 = 40;

/// A column that stands for something is at least this high.
const LOWEST: u32 = 3;

/// The most steps of the numbers' axis.
const STEPS: u64 = 5;

/// The numbers' axis goes at least up to here, lest a single report look like many.
const LEAST: u64 = 3;

/// What the numbers' axis goes by, and where it ends.
struct Scale {
    step: u64,
    end: u64,
}

/// The field that the columns stand in.
struct Field {
    area: Area,
    scale: Scale,
}

/// Draws the panel from `top` on; `names` are what the first and the second column count. Returns where it ends. Where
/// there is nothing to show, the axis stays, with less room above it.
pub(super) fn draw(
    canvas: &mut Canvas,
    title: &str,
    names: [&str; 2],
    days: &[Day],
    top: u32,
) -> u32 {
    let top = draw_heading(canvas, title, names, top) + 24;
    let days = days.get(..DAYS).unwrap_or(days);
    let field = draw_axis(canvas, Scale::of(days), top);
    draw_columns(canvas, &field, days);
    let bottom = field.area.top + field.area.height;
    canvas.rule(field.area.left, RIGHT, bottom - 1, 3, Colour::Axis);
    if days.is_empty() {
        return bottom;
    }
    draw_labels(canvas, &field, days);
    bottom + LABELS
}

/// The title, and the legend on its right, or below where they have no room beside each other.
fn draw_heading(canvas: &mut Canvas, title: &str, names: [&str; 2], top: u32) -> u32 {
    let half = (RIGHT - LEFT - BETWEEN) / 2;
    let names = names.map(|name| {
        fit(
            name,
            Weight::Regular,
            SMALLEST..=32,
            half - SQUARE - AFTER_SQUARE,
        )
    });
    let width = names.iter().map(entry_width).sum::<u32>() + BETWEEN;
    let (end, bottom) = heading::panel(canvas, title, RIGHT - LEFT, top);
    let beside = bottom > top && end + BETWEEN + width <= RIGHT;
    let (mut left, baseline) = if beside {
        (RIGHT - width, top + 36)
    } else {
        (LEFT, bottom + 38)
    };
    for (name, colour) in names.iter().zip([Colour::Accent, Colour::Second]) {
        let square = Area {
            left,
            top: baseline - SQUARE + 2,
            width: SQUARE,
            height: SQUARE,
        };
        canvas.rectangle(square, 4, colour);
        let word = left + SQUARE + AFTER_SQUARE;
        canvas.text(name, word, baseline, Anchor::Start, Colour::Ink);
        left += entry_width(name) + BETWEEN;
    }
    if beside { bottom } else { bottom + LEGEND }
}

fn entry_width(name: &Line) -> u32 {
    SQUARE + AFTER_SQUARE + name.width
}

/// The numbers and their lines; returns the field right of the numbers.
fn draw_axis(canvas: &mut Canvas, scale: Scale, top: u32) -> Field {
    let height = if scale.end == 0 { EMPTY_HEIGHT } else { HEIGHT };
    let ticks: Vec<(u64, Line)> = scale
        .ticks()
        .map(|tick| {
            let line = fit(&tick.to_string(), Weight::Regular, SMALLEST..=SMALLEST, 300);
            (tick, line)
        })
        .collect();
    let width = ticks.iter().map(|(_, line)| line.width).max().unwrap_or(0);
    let left = LEFT + width + 16;
    let area = Area {
        left,
        top,
        width: RIGHT - left,
        height,
    };
    let field = Field { area, scale };
    for (tick, line) in &ticks {
        let y = field.y(*tick);
        canvas.rule(left, RIGHT, y - 1, 2, Colour::Faint);
        canvas.text(line, LEFT + width, y + 11, Anchor::End, Colour::Grey);
    }
    field
}

fn draw_columns(canvas: &mut Canvas, field: &Field, days: &[Day]) {
    for (place, day) in days.iter().enumerate() {
        let (left, right) = field.slot(place, days.len());
        let slot = right - left;
        let column = ((slot - slot / 4) / 2).min(COLUMN);
        let left = left + (slot - 2 * column) / 2;
        let bottom = field.area.top + field.area.height;
        let counts = [(day.first, Colour::Accent), (day.second, Colour::Second)];
        for (left, (count, colour)) in [left, left + column].into_iter().zip(counts) {
            let height = field.column(count);
            let area = Area {
                left,
                top: bottom - height,
                width: column,
                height,
            };
            canvas.rectangle(area, 0, colour);
        }
    }
}

/// The label of the first day and of each fifth, or of each where there is room; one that would touch its neighbour is
/// left out.
fn draw_labels(canvas: &mut Canvas, field: &Field, days: &[Day]) {
    let every = if days.len() > 16 { 5 } else { 1 };
    let baseline = field.area.top + field.area.height + 42;
    let mut free = LEFT;
    for (place, day) in days.iter().enumerate() {
        if place != 0 && (place + 1) % every != 0 {
            continue;
        }
        let label = fit(&day.label, Weight::Regular, SMALLEST..=SMALLEST, LABEL);
        let (left, right) = field.slot(place, days.len());
        let half = label.width.div_ceil(2);
        let middle = u32::midpoint(left, right).clamp(LEFT + half, RIGHT - half);
        if middle - half >= free {
            canvas.text(&label, middle, baseline, Anchor::Middle, Colour::Grey);
            free = middle + half + APART;
        }
    }
}

impl Field {
    /// Where a number is on the axis, in pixels from the top.
    fn y(&self, number: u64) -> u32 {
        self.area.top + self.area.height - self.height(number)
    }

    /// How far above zero a number is, in pixels.
    fn height(&self, number: u64) -> u32 {
        let whole = self.area.height;
        let height = u64::from(whole) * number / self.scale.end.max(1);
        u32::try_from(height).unwrap_or(whole).min(whole)
    }

    /// A column's height. Only zero has none.
    fn column(&self, count: u32) -> u32 {
        match count {
            0 => 0,
            count => self.height(count.into()).max(LOWEST),
        }
    }

    /// Where the room of one of so many days begins and ends, in pixels from the left.
    fn slot(&self, place: usize, days: usize) -> (u32, u32) {
        let edge = |place: usize| {
            let share = usize::try_from(self.area.width).unwrap_or(0) * place / days.max(1);
            self.area.left + u32::try_from(share).unwrap_or(0)
        };
        (edge(place), edge(place + 1))
    }
}

impl Scale {
    /// The smallest of the steps 1, 2, 5, 10, 20 and so on with which few of them reach the highest count.
    fn of(days: &[Day]) -> Self {
        let highest = days.iter().map(|day| day.first.max(day.second)).max();
        let highest = match highest {
            None | Some(0) => 0,
            Some(count) => u64::from(count).max(LEAST),
        };
        let step = (0..10)
            .map(|power| 10_u64.pow(power))
            .flat_map(|unit| [unit, 2 * unit, 5 * unit])
            .find(|step| step * STEPS >= highest)
            .unwrap_or_else(|| highest.max(1));
        Self {
            step,
            end: highest.div_ceil(step) * step,
        }
    }

    fn ticks(&self) -> impl Iterator<Item = u64> {
        (0..=self.end / self.step).map(|place| place * self.step)
    }
}
