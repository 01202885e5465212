//! What a chart shows: plain values, in which all words are already in the reader's language. Nothing in this file does
//! IO.

use serde::{Deserialize, Serialize};

/// One picture, from top to bottom: the heading, the tiles, the panels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    pub title: String,
    pub subtitle: String,
    /// Big figures in two columns. Those after the sixth are left out.
    pub tiles: Vec<Tile>,
    /// Those after the sixth are left out.
    pub panels: Vec<Panel>,
}

/// One big figure with what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tile {
    /// What is counted, such as "New reports".
    pub label: String,
    /// The figure as it is read, such as "420" or "5 h".
    pub value: String,
    /// A remark below the figure, such as "▲12% on last month"; may be empty.
    pub note: String,
    /// Whether it is good or bad news.
    pub tone: Tone,
}

/// How a tile's figure is to be taken. Beside the colour of the note there is a sign in the tile's corner, so that it is
/// seen without colours too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// Green, with a tick in a disc.
    Good,
    /// Red, with an exclamation mark in a triangle.
    Bad,
    /// Grey, without a sign.
    Plain,
}

/// One drawing below the tiles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Panel {
    /// Two columns for each day, on one scale, with a legend.
    Days {
        title: String,
        /// What the first column counts.
        first: String,
        /// What the second column counts.
        second: String,
        /// In the order of the calendar. Those after the thirty-first are left out.
        days: Vec<Day>,
    },
    /// A horizontal bar for each line.
    Bars {
        title: String,
        /// From top to bottom. Those after the twelfth are left out.
        bars: Vec<Bar>,
    },
}

/// The two counts of one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The day as it is written below its columns, such as "15". Only some of them are drawn.
    pub label: String,
    pub first: u32,
    pub second: u32,
}

/// One line of a panel of bars.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// What the bar stands for, left of it.
    pub label: String,
    /// The figure in words, at the bar's end.
    pub value: String,
    /// The bar's length in thousandths of the longest that can be drawn; more than 1000 counts as 1000.
    pub permille: u32,
}
