//! How a survey of names is shown: as a table for people, as JSON for programs. Nothing here does IO.

use std::collections::BTreeMap;

use serde_json::json;

use super::survey::{Judged, Outcome, Survey};
use crate::{
    domain::{
        ids::{HOUR_MS, RoomId},
        limits,
        speech::shorten,
    },
    text::{
        names::{MAX_NAME_BYTES, Reason},
        span::{self, Unit},
    },
};

/// The addresses of rooms in the configuration, by their ids.
type Addresses<'a> = BTreeMap<&'a RoomId, &'a str>;

/// The totals, a line for each wrong name, and what would follow.
pub fn table(survey: &Survey<'_>, addresses: &Addresses<'_>) -> String {
    let mut lines = vec![totals(survey)];
    let heads = ["room", "user", "name", "reason", "a right name"];
    let mut rows = vec![heads.map(str::to_owned)];
    for member in &survey.members {
        if let Outcome::Wrong { reason, example } = &member.outcome {
            rows.push([
                rooms(member, addresses).join(", "),
                plain(member.user.as_str(), MAX_NAME_BYTES),
                plain(&member.name, limits::NAME_CHARS_MAX),
                reason.as_str().to_owned(),
                plain(example, MAX_NAME_BYTES),
            ]);
        }
    }
    if rows.len() > 1 {
        lines.extend(aligned(&rows));
    }
    lines.extend(outlook(survey));
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// An object for each member.
pub fn json(survey: &Survey<'_>, addresses: &Addresses<'_>) -> String {
    let line = |member: &Judged| {
        let (verdict, reason, example) = match &member.outcome {
            Outcome::Right => ("right", None, None),
            Outcome::Exempt => ("exempt", None, None),
            Outcome::Wrong { reason, example } => ("wrong", Some(reason.as_str()), Some(example)),
        };
        let object = json!({
            "community": survey.community.id.as_str(),
            "rooms": rooms(member, addresses),
            "user": plain(member.user.as_str(), MAX_NAME_BYTES),
            "name": plain(&member.name, MAX_NAME_BYTES),
            "verdict": verdict,
            "reason": reason,
            "example": example,
        });
        format!("{object}\n")
    };
    survey.members.iter().map(line).collect()
}

fn totals(survey: &Survey<'_>) -> String {
    let count = |is_it: fn(&Judged) -> bool| {
        let counted = survey.members.iter().filter(|member| is_it(member));
        counted.count()
    };
    let reasons = survey.reasons();
    let each = reasons
        .iter()
        .map(|(reason, count)| format!("{count} {}", reason.as_str()));
    let mut each = each.collect::<Vec<_>>().join(", ");
    if !each.is_empty() {
        each = format!(" ({each})");
    }
    format!(
        "{} ({}): {} in the rooms of buildings: {} right, {} wrong{each}, {} exempt",
        survey.community.name,
        survey.community.id,
        counted(survey.members.len(), "member", "members"),
        count(|member| matches!(member.outcome, Outcome::Right)),
        count(Judged::is_wrong),
        count(|member| matches!(member.outcome, Outcome::Exempt)),
    )
}

fn rooms(member: &Judged, addresses: &Addresses<'_>) -> Vec<String> {
    let address = |room: &RoomId| {
        let known = addresses.get(room).copied();
        known.unwrap_or(room.as_str()).to_owned()
    };
    member.rooms.iter().map(address).collect()
}

/// Text from the homeserver in one line, without what could disarrange the terminal.
fn plain(text: &str, max: usize) -> String {
    shorten(&text.replace(['\n', '\u{2028}', '\u{2029}'], " "), max)
}

/// What would happen if linli started now.
fn outlook(survey: &Survey<'_>) -> Vec<String> {
    let settings = survey.settings;
    if !settings.enforce {
        return vec![
            "  Nothing would follow: 'enforce' is false in [community.features.naming].".to_owned(),
        ];
    }
    if !survey.members.iter().any(Judged::is_wrong) {
        return vec!["  Nothing would follow: no name is wrong.".to_owned()];
    }
    let outlook = &survey.outlook;
    let share = settings.share(true);
    let all_told = match outlook.all_told_ms / HOUR_MS {
        0 => "at once".to_owned(),
        hours => format!(
            "after {}",
            counted(usize::try_from(hours).unwrap_or(0), "hour", "hours")
        ),
    };
    let mut lines = vec![
        "  If linli started now, and nobody changed their name:".to_owned(),
        format!(
            "    messages:  {} in the first hour (at most {share} an hour for those present); everybody told {all_told}",
            outlook.first_hour
        ),
        step(
            "reminders",
            outlook.remind_ms,
            settings.grace_ms,
            "remind_after",
        ),
        step("mutes", outlook.mute_ms, settings.grace_ms, "mute_after"),
        step(
            "removals",
            outlook.remove_ms,
            settings.grace_ms,
            "remove_after",
        ),
    ];
    if let Some(count) = survey.reasons().get(&Reason::ImitatesStaff) {
        lines.push(format!(
            "    at once:   {} passing for staff would be muted and shown to the moderators",
            counted(*count, "member", "members")
        ));
    }
    if survey.rehearses {
        lines.push(
            "    moderation.dry_run is on: mutes and removals would only be told in the staff room"
                .to_owned(),
        );
    }
    lines
}

fn step(what: &str, at_ms: Option<i64>, grace_ms: i64, key: &str) -> String {
    let what = format!("{what}:");
    let when = match at_ms {
        None => format!("switched off ('{key}')"),
        Some(ms) if grace_ms > 0 => format!(
            "after {} at the earliest, with {} of grace for those present",
            length(ms),
            length(grace_ms)
        ),
        Some(ms) => format!("after {} at the earliest", length(ms)),
    };
    format!("    {what:<10} {when}")
}

/// A length of time in words.
fn length(ms: i64) -> String {
    let words = span::parts(ms).into_iter().map(|(count, unit)| {
        let (one, many) = match unit {
            Unit::Year => ("year", "years"),
            Unit::Day => ("day", "days"),
            Unit::Hour => ("hour", "hours"),
            Unit::Minute => ("minute", "minutes"),
            Unit::Second => ("second", "seconds"),
        };
        counted(usize::try_from(count).unwrap_or(0), one, many)
    });
    words.collect::<Vec<_>>().join(" ")
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The rows as lines, each column as wide as its widest cell; the last one ends where it ends.
fn aligned(rows: &[[String; 5]]) -> Vec<String> {
    let mut widths = [0; 5];
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            widths[at] = width(cell).max(widths[at]);
        }
    }
    let line = |row: &[String; 5]| {
        let cells = row.iter().zip(widths).map(|(cell, wide)| {
            let space = " ".repeat(wide - width(cell));
            format!("  {cell}{space}")
        });
        cells.collect::<String>().trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

/// The columns that a text takes up in a terminal, where Chinese characters and pictures take two (Unicode, "East Asian
/// Width").
fn width(text: &str) -> usize {
    let wide = |c: char| {
        matches!(c,
            '\u{1100}'..='\u{115f}'
            | '\u{2e80}'..='\u{a4cf}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{fe30}'..='\u{fe4f}'
            | '\u{ff01}'..='\u{ff60}'
            | '\u{ffe0}'..='\u{ffe6}'
            | '\u{1f300}'..='\u{1faff}'
            | '\u{20000}'..='\u{3fffd}')
    };
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::DAY_MS;

    #[test]
    fn a_step_says_when_it_comes_or_that_it_is_switched_off() {
        let default = step("mutes", Some(10 * DAY_MS), 7 * DAY_MS, "mute_after");
        assert_eq!(
            default.trim(),
            "mutes:     after 10 days at the earliest, with 7 days of grace for those present"
        );
        let without_grace = step("reminders", Some(DAY_MS), 0, "remind_after");
        assert_eq!(
            without_grace.trim(),
            "reminders: after 1 day at the earliest"
        );
        let off = step("removals", None, 7 * DAY_MS, "remove_after");
        assert_eq!(off.trim(), "removals:  switched off ('remove_after')");
    }

    #[test]
    fn columns_stand_below_each_other_also_in_chinese() {
        let row = |cells: [&str; 5]| cells.map(str::to_owned);
        let rows = [
            row(["a", "b", "快乐的风", "c", "d"]),
            row(["a", "b", "Lucky", "c", "d"]),
        ];
        assert_eq!(
            aligned(&rows),
            ["  a  b  快乐的风  c  d", "  a  b  Lucky     c  d"]
        );
    }

    #[test]
    fn a_name_cannot_disarrange_the_terminal() {
        let name = "快乐\u{1b}[31m的\n风\u{202e}\u{9b}";
        assert_eq!(plain(name, 40), "快乐[31m的 风");
    }
}
