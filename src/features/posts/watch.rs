//! `!watch 婴儿床`: somebody is told in private when such a thing is posted.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    news::{self, News, What},
    post::Post,
};
use crate::{
    domain::{context::Context, ids::UserId, limits, record::Record},
    text::{
        fold::Folded,
        posts::{self, Kind},
    },
};

/// That somebody waits for a thing. The id is `<group>/<user>/<word>`, where the group is the sort of thing, or `?`.
#[derive(Serialize, Deserialize)]
struct Watch();

impl Record for Watch {
    const KIND: &'static str = "watch";
}

/// The words that somebody watches, the first first.
#[derive(Default, Serialize, Deserialize)]
pub struct Watched(pub Vec<String>);

impl Record for Watched {
    const KIND: &'static str = "watched";
}

fn group_of(word: &str) -> &'static str {
    posts::of_item(word).map_or("?", |thing| thing.group())
}

fn id(user: &UserId, word: &str) -> String {
    format!("{}/{user}/{word}", group_of(word))
}

/// What somebody watches.
pub fn words_of(ctx: &mut Context<'_, '_>, user: &UserId) -> Vec<String> {
    ctx.get::<Watched>(user.as_str()).unwrap_or_default().0
}

/// Watches one more word; false where they are too many.
pub fn begin(ctx: &mut Context<'_, '_>, user: &UserId, word: &str) -> bool {
    let mut words = words_of(ctx, user);
    let word = plain(word);
    if words.contains(&word) {
        return true;
    }
    if words.len() >= limits::WATCHED_MAX {
        return false;
    }
    ctx.put(&id(user, &word), &Watch());
    words.push(word);
    ctx.put(user.as_str(), &Watched(words));
    true
}

/// Watches a word no more, or none at all; false where there was nothing to end.
pub fn end(ctx: &mut Context<'_, '_>, user: &UserId, word: &str) -> bool {
    let words = words_of(ctx, user);
    let word = plain(word);
    let (gone, left): (Vec<String>, Vec<String>) = words
        .into_iter()
        .partition(|own| word.is_empty() || *own == word);
    for own in &gone {
        ctx.delete::<Watch>(&id(user, own));
    }
    ctx.put(user.as_str(), &Watched(left));
    !gone.is_empty()
}

fn plain(word: &str) -> String {
    Folded::new(word.trim())
        .text()
        .replace('/', " ")
        .trim()
        .to_owned()
}

/// Tells those who wait for what is posted. What others seek is no such thing.
pub fn call(ctx: &mut Context<'_, '_>, post: &mut Post, row: &Kind) {
    if row.seeks {
        return;
    }
    let group = post.told.item.as_deref().map_or("?", group_of);
    let text = Folded::new(&post.text).text().to_owned();
    let mut found = ctx.scan::<Watch>(&format!("{group}/"), limits::WATCHERS_MAX);
    if group != "?" {
        found.extend(ctx.scan::<Watch>("?/", limits::WATCHERS_MAX));
    }
    let author = post.author.user.clone();
    for (id, _) in found {
        let mut parts = id.splitn(3, '/').skip(1);
        let (Some(user), Some(word)) = (parts.next(), parts.next()) else {
            continue;
        };
        let user = UserId::from(user);
        if user != author && is_it(post, &text, word) {
            news::tell(ctx, post, Some(&author), News::new(What::Watched, &user, 0));
        }
    }
}

fn is_it(post: &Post, text: &str, word: &str) -> bool {
    let things = post
        .told
        .item
        .as_deref()
        .and_then(posts::of_item)
        .zip(posts::of_item(word));
    text.contains(word) || things.is_some_and(|(thing, wanted)| thing.may_be(wanted))
}
