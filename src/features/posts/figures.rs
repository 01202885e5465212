//! `!stats help`: what came of the posts of a month or a week, by kind, and who has helped most of those who agree to be named.
// Nothing in this file does IO.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    card,
    post::{LastNo, Post, State},
};
use crate::{
    domain::{
        context::Context,
        ids::{Millis, UserId},
        limits,
        record::Record,
        speech::{Arg, Said},
    },
    features::tickets::figures::{
        length,
        period::{Period, midnight},
    },
    text::{language::Language, posts::Way},
};

/// What came of posts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    pub posted: usize,
    pub done: usize,
    /// Withdrawn or expired.
    pub over: usize,
    /// How long those took that came to a good end, in milliseconds.
    pub took: Vec<i64>,
}

impl Outcomes {
    fn add(&mut self, post: &Post) {
        self.posted += 1;
        match post.state {
            State::Done => {
                self.done += 1;
                self.took
                    .extend(post.ended.map(|ended| ended.since(post.opened)));
            }
            State::Withdrawn | State::Expired => self.over += 1,
            State::Open | State::Promised => {}
        }
    }

    /// The middle one of the times to a good end; of two in the middle, between them.
    #[must_use]
    pub fn median(&self) -> Option<i64> {
        let mut took = self.took.clone();
        took.sort_unstable();
        let middle = took.len() / 2;
        match took.len() {
            0 => None,
            even if even % 2 == 0 => Some(i64::midpoint(took[middle - 1], took[middle])),
            _ => Some(took[middle]),
        }
    }

    /// How many of a hundred came to a good end.
    #[must_use]
    pub fn share(&self) -> Option<usize> {
        (self.posted > 0).then(|| self.done * 100 / self.posted)
    }
}

/// That somebody agrees to be named as a helper.
#[derive(Serialize, Deserialize)]
struct Named();

impl Record for Named {
    const KIND: &'static str = "help_named";
}

/// Whether somebody agrees to be named, from now on.
pub fn set_named(ctx: &mut Context<'_, '_>, user: &UserId, agrees: bool) {
    if agrees {
        ctx.put(user.as_str(), &Named());
    } else {
        ctx.delete::<Named>(user.as_str());
    }
}

/// Whether somebody agrees to be named.
pub fn is_named(ctx: &mut Context<'_, '_>, user: &UserId) -> bool {
    ctx.get::<Named>(user.as_str()).is_some()
}

/// The figures in words.
pub fn told(ctx: &mut Context<'_, '_>, language: Language, rest: &str) -> Said {
    let today = ctx.local(ctx.now).map(|now| now.date());
    let period = today.and_then(|today| Period::read(rest, today));
    let within = period.and_then(|period| {
        let from = ctx.at_local(midnight(period.first))?;
        let until = ctx.at_local(midnight(period.end()?))?;
        Some((from, until, period))
    });
    let Some((from, until, period)) = within else {
        return ctx.say(language, "stats-how", &[]);
    };
    let posts = between(ctx, from, until);
    let (mut all, mut kinds) = (Outcomes::default(), BTreeMap::<String, Outcomes>::new());
    let mut helpers: BTreeMap<UserId, (usize, String)> = BTreeMap::new();
    let mut lost = Outcomes::default();
    for post in &posts {
        all.add(post);
        kinds.entry(post.kind.clone()).or_default().add(post);
        if post
            .row(ctx)
            .is_some_and(|row| row.way == Way::Search && row.seeks)
        {
            lost.add(post);
        }
        if let Some(helper) = post.helper.clone().filter(|_| post.state == State::Done) {
            let name = helper.called(ctx, language);
            helpers.entry(helper.user).or_insert((0, name)).0 += 1;
        }
    }
    let last = period.last().unwrap_or(period.first);
    let days = format!(
        "{} – {}",
        period.first.format("%m-%d"),
        last.format("%m-%d")
    );
    let mut lines = vec![line(ctx, language, "post-stats", &Said::plain(&days), &all).bold()];
    let mut ranked: Vec<(String, Outcomes)> = kinds.into_iter().collect();
    ranked.sort_by_key(|(name, outcomes)| (std::cmp::Reverse(outcomes.posted), name.clone()));
    for (name, outcomes) in ranked {
        let row = ctx.community.kinds.named(&name).cloned();
        let title = card::title(ctx, &name, row.as_ref(), language);
        lines.push(line(ctx, language, "post-stats-row", &title, &outcomes));
    }
    if let Some(share) = lost.share() {
        let count = |of: usize| Arg::Number(i64::try_from(of).unwrap_or(i64::MAX));
        let args = [
            ("found", count(lost.done)),
            ("lost", count(lost.posted)),
            ("share", count(share)),
        ];
        lines.push(ctx.say(language, "post-stats-found", &args));
    }
    lines.extend(thanks(ctx, language, helpers));
    Said::lines(lines)
}

fn line(
    ctx: &Context<'_, '_>,
    language: Language,
    key: &str,
    title: &Said,
    outcomes: &Outcomes,
) -> Said {
    let count = |of: usize| Arg::Number(i64::try_from(of).unwrap_or(i64::MAX));
    let median = outcomes.median().map(|ms| length(ctx, language, ms));
    let median = median.unwrap_or_else(|| "–".to_owned());
    let args = [
        ("title", Arg::Said(title)),
        ("posted", count(outcomes.posted)),
        ("done", count(outcomes.done)),
        ("over", count(outcomes.over)),
        ("median", Arg::Text(&median)),
    ];
    ctx.say(language, key, &args)
}

/// Those who have helped most, of those who agree.
fn thanks(
    ctx: &mut Context<'_, '_>,
    language: Language,
    helpers: BTreeMap<UserId, (usize, String)>,
) -> Option<Said> {
    let mut agreed: Vec<(usize, String)> = helpers
        .into_iter()
        .filter(|(user, _)| ctx.get::<Named>(user.as_str()).is_some())
        .map(|(_, helped)| helped)
        .collect();
    agreed.sort_by_key(|(count, name)| (std::cmp::Reverse(*count), name.clone()));
    let names = agreed.iter().take(limits::HELPERS_NAMED_MAX);
    let names: Vec<String> = names
        .map(|(count, name)| format!("{name} ×{count}"))
        .collect();
    let names = names.join(" · ");
    (!names.is_empty()).then(|| {
        ctx.say(
            language,
            "post-stats-helpers",
            &[("names", Arg::Text(&names))],
        )
    })
}

/// The posts of a time, read backwards from the newest.
fn between(ctx: &mut Context<'_, '_>, from: Millis, until: Millis) -> Vec<Post> {
    let last = ctx.get::<LastNo>("").unwrap_or_default().0;
    let mut found = Vec::new();
    for no in (1..=last).rev().take(limits::STATS_TICKETS_MAX) {
        let Some(post) = Post::named(ctx, &no.to_string()) else {
            continue;
        };
        if post.opened < from {
            break;
        }
        if post.opened < until {
            found.push(post);
        }
    }
    found
}
