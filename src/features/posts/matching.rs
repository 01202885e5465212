//! Lost meets found, and wanted meets given: the two authors are told of each other's posts, and why.
// Nothing in this file does IO.

use super::{
    life,
    likeness::{self, Likeness, Side},
    news::{self, News, What},
    post::{self, Fields, Post},
};
use crate::{
    domain::{
        context::Context,
        ids::{PostNo, UserId},
        input::Reaction,
        limits,
        speech::{Arg, Said},
    },
    text::{
        language::Language,
        posts::{self, Kind, Way},
    },
};

/// The list in which posts of a kind about the same sort of thing stand; those about what no list knows stand together.
#[must_use]
pub fn list_of(post: &Post) -> Option<String> {
    let item = post.told.item.as_deref()?;
    let group = posts::of_item(item).map_or("?", |thing| thing.group());
    Some(list(&post.kind, group))
}

fn list(kind: &str, group: &str) -> String {
    format!("thing/{kind}/{group}")
}

/// Looks for what answers a post, and tells both authors.
pub fn seek(ctx: &mut Context<'_, '_>, post: &mut Post, row: &Kind) {
    let mut found: Vec<(i32, Post)> = Vec::new();
    for kind in &row.meets {
        for no in candidates(ctx, post, kind) {
            let Some(other) = Post::load(ctx, no) else {
                continue;
            };
            if let Some(likeness) = compare(ctx, post, &other) {
                found.push((likeness.score, other));
            }
        }
    }
    // The likeliest first, and of those the newest.
    found.sort_by_key(|(score, other)| (-score, std::cmp::Reverse(other.no)));
    let author = post.author.user.clone();
    for (_, mut other) in found.into_iter().take(limits::POST_MATCHES_MAX) {
        let theirs = other.author.user.clone();
        news::tell(
            ctx,
            post,
            Some(&author),
            News::new(What::Match, &author, other.no.0),
        );
        news::tell(
            ctx,
            &mut other,
            Some(&author),
            News::new(What::Match, &theirs, post.no.0),
        );
        other.save(ctx);
    }
}

fn candidates(ctx: &mut Context<'_, '_>, post: &Post, kind: &str) -> Vec<PostNo> {
    let Some(item) = post.told.item.as_deref() else {
        return Vec::new();
    };
    let mut newest = |list: &str| {
        let mut found = post::numbers(ctx, list, limits::OPEN_SCAN_MAX);
        let spare = found.len().saturating_sub(limits::POST_CANDIDATES_MAX);
        found.split_off(spare)
    };
    match posts::of_item(item) {
        Some(thing) => {
            let mut found = newest(&list(kind, thing.group()));
            found.extend(newest(&list(kind, "?")));
            found
        }
        None => newest(&post::list_of_kind(kind)),
    }
}

/// How alike two posts are, where they are likely to be of the same thing.
pub fn compare(ctx: &Context<'_, '_>, post: &Post, other: &Post) -> Option<Likeness> {
    if post.author.user == other.author.user || !other.state.is_open() {
        return None;
    }
    let row = post.row(ctx)?;
    match row.way {
        Way::Search | Way::Alarm => {
            let side = |post: &'_ Post| post.opened;
            let (mine, theirs) = (
                Side {
                    told: &post.told,
                    posted: side(post),
                },
                Side {
                    told: &other.told,
                    posted: side(other),
                },
            );
            let registry = &ctx.community.registry;
            if row.seeks {
                likeness::of_lost(mine, theirs, registry)
            } else {
                likeness::of_lost(theirs, mine, registry)
            }
        }
        Way::Pass if row.seeks => likeness::of_wanted(&post.told, &other.told),
        Way::Pass => likeness::of_wanted(&other.told, &post.told),
        Way::Seats | Way::Talk => None,
    }
}

/// Why the two may belong together, in the words of one of them.
pub fn reasons(
    ctx: &Context<'_, '_>,
    told: &Fields,
    likeness: Likeness,
    language: Language,
) -> Said {
    let item = told.item.as_deref().unwrap_or_default();
    let colour = told.colour.as_deref().filter(|_| likeness.colour);
    let colour = colour.filter(|colour| !item.contains(*colour));
    let thing = match (colour, item.is_ascii()) {
        (Some(colour), true) => format!("{colour} {item}"),
        (Some(colour), false) => format!("{colour}{item}"),
        (None, _) => item.to_owned(),
    };
    let of = |is_same: bool, words: &'_ Option<String>| words.clone().filter(|_| is_same);
    let why = [
        Some(("post-match-thing", thing)),
        of(likeness.marks, &told.marks).map(|marks| ("post-match-marks", marks)),
        of(likeness.place, &told.place).map(|place| ("post-match-place", place)),
        likeness.time.then(|| ("post-match-time", String::new())),
    ];
    let words = why
        .iter()
        .flatten()
        .map(|(key, words)| ctx.say(language, key, &[("words", Arg::Text(words))]));
    let between = match language {
        Language::Zh => "，",
        Language::En => ", ",
    };
    Said::between(words, between, between)
}

/// What the message about a match carries, so that taps on it are of the pair.
#[must_use]
pub fn pair(no: PostNo, other: u32) -> String {
    format!("{}/{other}", no.0)
}

/// A tap on the message about a match: ✅ introduces the two. True where it was one.
pub fn tapped(ctx: &mut Context<'_, '_>, id: &str, tap: &Reaction) -> bool {
    let Some((mine, theirs)) = id.split_once('/') else {
        return false;
    };
    let is_yes = tap.key.starts_with(['✅', '✔', '☑', '🙋']);
    let posts = Post::named(ctx, mine).zip(Post::named(ctx, theirs));
    let Some((mut mine, mut theirs)) = posts.filter(|_| is_yes) else {
        return true;
    };
    if mine.is_author(&tap.sender) && mine.state.is_open() && theirs.state.is_open() {
        if theirs.secret.is_some() {
            // Whoever claims it names the detail first.
            let at = (&tap.room, None);
            // They may have claimed it before.
            life::act(ctx, theirs, &life::Act::Ask, &tap.sender, at).ok();
            return true;
        }
        if !life::is_silenced(ctx, &tap.sender) {
            meet(ctx, &mut mine, &mut theirs, &tap.sender);
        }
    }
    true
}

fn meet(ctx: &mut Context<'_, '_>, mine: &mut Post, theirs: &mut Post, by: &UserId) {
    let other = theirs.author.user.clone();
    news::tell(
        ctx,
        mine,
        Some(by),
        News::new(What::Matched, by, theirs.no.0),
    );
    news::tell(
        ctx,
        theirs,
        Some(by),
        News::new(What::Matched, &other, mine.no.0),
    );
    mine.twins.insert(theirs.no);
    theirs.twins.insert(mine.no);
    for post in [mine, theirs] {
        life::shown(ctx, post);
        post.save(ctx);
    }
}

/// Whoever has lost something was right about what they claimed: it goes with their own posts that are like it.
pub fn is_theirs(ctx: &mut Context<'_, '_>, found: &mut Post, user: &UserId) {
    for no in post::numbers(ctx, &post::list_of(user), limits::OPEN_SCAN_MAX) {
        let own = Post::load(ctx, no).filter(|own| own.is_author(user));
        let Some(mut own) = own.filter(|own| own.kind != found.kind) else {
            continue;
        };
        if compare(ctx, &own, found).is_some() {
            own.twins.insert(found.no);
            found.twins.insert(own.no);
            own.save(ctx);
        }
    }
}

/// What was lost is found: where one of the two authors has said that both posts are of the same thing, the other one is
/// over as well. Where it may be one of several, each author says so themselves.
pub fn end_twins(ctx: &mut Context<'_, '_>, post: &Post, by: &UserId) {
    let twins = post.twins.iter().filter_map(|no| Post::load(ctx, *no));
    let is_twin = |twin: &Post| twin.state.is_open() && twin.twins.contains(&post.no);
    let twins: Vec<Post> = twins.filter(is_twin).collect();
    let [twin] = twins.as_slice() else {
        return;
    };
    let mut twin = twin.clone();
    let row = twin.row(ctx).filter(|row| row.way == Way::Search);
    let Some(row) = row.filter(|_| twin.twins.len() == 1) else {
        return;
    };
    let theirs = twin.author.user.clone();
    life::close(ctx, &mut twin, &row);
    let news = News::new(What::DoneToo, &theirs, twin.rounds);
    news::tell(ctx, &mut twin, Some(by), news);
    life::shown(ctx, &mut twin);
    twin.save(ctx);
}
