//! linli beside something else: who is how fast.

use std::{collections::BTreeMap, time::Duration};

use linli::devserver::Seen;

/// From the moment each of these events is seen to the moment somebody's first answer to it is seen, sorted.
#[allow(dead_code, reason = "not every bench has a third account that sees")]
pub fn latencies<'s>(
    asked: &[&Seen],
    events: &'s [Seen],
    sender: &str,
    answers: impl Fn(&'s Seen) -> Option<&'s str>,
) -> Vec<Duration> {
    let mut first: BTreeMap<&str, &Seen> = BTreeMap::new();
    for seen in events.iter().filter(|seen| seen.sender() == sender) {
        if let Some(to) = answers(seen) {
            first.entry(to).or_insert(seen);
        }
    }
    let mut taken: Vec<Duration> = asked
        .iter()
        .filter_map(|asked| {
            let answer = first.get(asked.id())?;
            Some(answer.at.saturating_duration_since(asked.at))
        })
        .collect();
    assert_eq!(
        taken.len(),
        asked.len(),
        "{sender} left some without an answer"
    );
    taken.sort();
    taken
}

/// Prints both, and how they compare.
pub fn compare(ours: (&str, &[Duration]), theirs: (&str, &[Duration]), budget: &str) {
    for (what, sorted) in [ours, theirs] {
        println!(
            "  {what}: p50 {:.1?}, p95 {:.1?}, {} messages",
            percentile(sorted, 50),
            percentile(sorted, 95),
            sorted.len()
        );
    }
    let ratio =
        |share| percentile(ours.1, share).as_secs_f64() / percentile(theirs.1, share).as_secs_f64();
    println!(
        "  the first against the second: p50 {:.2}, p95 {:.2} (budget {budget})",
        ratio(50),
        ratio(95)
    );
}

pub fn percentile(sorted: &[Duration], share: usize) -> Duration {
    sorted[(sorted.len() - 1) * share / 100]
}
