//! Whoever claims what was found must name a detail that its finder has kept back.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    life, matching,
    news::{self, News, What},
    post::Post,
    queue,
};
use crate::{
    domain::{
        context::Context,
        ids::{HOUR_MS, Millis, PostNo, UserId},
        input::{Message, Reaction},
        limits,
        record::Record,
        speech::shorten,
    },
    text::{intent, posts::Kind},
};

/// What linli waits for from somebody in their talk, the newest last.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Waiting(Vec<Waits>);

impl Record for Waiting {
    const KIND: &'static str = "help_waiting";
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Waits {
    no: PostNo,
    what: Wanted,
    since: Millis,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Wanted {
    /// The detail that the finder keeps back.
    Detail,
    /// The detail that the claimer names.
    Claim,
}

/// Claims of somebody that were wrong.
#[derive(Default, Serialize, Deserialize)]
struct Wrong(Vec<Millis>);

impl Record for Wrong {
    const KIND: &'static str = "wrong_claims";
}

const DAY_MS: i64 = 24 * HOUR_MS;
/// So long an answer is waited for.
const WAITS_MS: i64 = 3 * DAY_MS;

/// Asks the finder to keep one detail back.
pub fn ask_detail(ctx: &mut Context<'_, '_>, post: &mut Post, row: &Kind) {
    if !row.proof {
        return;
    }
    let author = post.author.user.clone();
    wait(ctx, &author, post.no, Wanted::Detail);
    news::tell(
        ctx,
        post,
        Some(&author),
        News::new(What::Detail, &author, 0),
    );
}

fn wait(ctx: &mut Context<'_, '_>, user: &UserId, no: PostNo, what: Wanted) {
    let Waiting(mut all) = ctx.get(user.as_str()).unwrap_or_default();
    let now = ctx.now;
    all.retain(|waits| waits.no != no && now.since(waits.since) <= WAITS_MS);
    let spare = (all.len() + 1).saturating_sub(limits::DETAILS_WAITED_MAX);
    all.drain(..spare);
    all.push(Waits {
        no,
        what,
        since: now,
    });
    ctx.put(user.as_str(), &Waiting(all));
}

fn keep(ctx: &mut Context<'_, '_>, user: &UserId, all: Vec<Waits>) {
    if all.is_empty() {
        ctx.delete::<Waiting>(user.as_str());
    } else {
        ctx.put(user.as_str(), &Waiting(all));
    }
}

/// Takes what is waited for from somebody, of this post or else of the last one that they were asked about.
fn taken(ctx: &mut Context<'_, '_>, user: &UserId, of: Option<&Post>) -> Option<(Waits, Post)> {
    let Waiting(mut all) = ctx.get(user.as_str())?;
    let now = ctx.now;
    all.retain(|waits| now.since(waits.since) <= WAITS_MS);
    while let Some(at) = all
        .iter()
        .rposition(|waits| of.is_none_or(|post| post.no == waits.no))
    {
        let waits = all.remove(at);
        let post = Post::load(ctx, waits.no).filter(|post| post.state.is_open());
        // Where it was found is asked for first.
        let is_early =
            |post: &Post| of.is_none() && waits.what == Wanted::Detail && post.asked.is_some();
        match post {
            Some(post) if is_early(&post) => return None,
            Some(post) => {
                keep(ctx, user, all);
                return Some((waits, post));
            }
            None => {}
        }
    }
    keep(ctx, user, all);
    None
}

/// Whether somebody must name the detail first; asks them for it. None of theirs may be wrong too often.
pub fn begin(ctx: &mut Context<'_, '_>, post: &mut Post, user: &UserId, no: u32) -> bool {
    if post.secret.is_none() {
        return false;
    }
    let wrong = post.askers.iter().find(|asker| asker.no == no);
    let is_too_often = wrong.is_some_and(|asker| asker.wrong >= limits::WRONG_CLAIMS_OF_ONE)
        || wrong_of_late(ctx, user).len() >= limits::WRONG_CLAIMS_A_MONTH;
    let what = if is_too_often {
        What::ClaimsOver
    } else {
        wait(ctx, user, post.no, Wanted::Claim);
        What::ClaimAsk
    };
    news::tell(ctx, post, Some(user), News::new(what, user, no));
    true
}

fn wrong_of_late(ctx: &mut Context<'_, '_>, user: &UserId) -> Vec<Millis> {
    let Wrong(mut all) = ctx.get(user.as_str()).unwrap_or_default();
    let now = ctx.now;
    all.retain(|at| now.since(*at) < 30 * DAY_MS);
    all
}

/// Somebody says something to linli alone, perhaps in reply to what was said of a post: true where it is what was waited for.
pub fn answered(ctx: &mut Context<'_, '_>, message: &Message, of: Option<&Post>) -> bool {
    if ctx.talks_with(&message.room).as_ref() != Some(&message.sender) {
        return false;
    }
    // A reply to something else is none.
    if message.reply_to.is_some() && of.is_none() {
        return false;
    }
    let words = shorten(&message.content.text, limits::WHY_CHARS_MAX);
    if words.is_empty() || intent::is_courtesy(&words) {
        return false;
    }
    let Some((waits, mut post)) = taken(ctx, &message.sender, of) else {
        return false;
    };
    let user = message.sender.clone();
    match waits.what {
        Wanted::Detail => {
            post.secret = Some(words);
            news::tell(
                ctx,
                &mut post,
                Some(&user),
                News::new(What::DetailKept, &user, 0),
            );
        }
        Wanted::Claim => {
            let asker = post.askers.iter_mut().find(|asker| asker.who.user == user);
            let Some(asker) = asker else {
                return false;
            };
            asker.claim = Some(words);
            let (no, tries) = (asker.no, asker.wrong);
            let author = post.author.user.clone();
            news::tell(
                ctx,
                &mut post,
                Some(&user),
                News::new(What::ClaimSent, &user, no * 10 + tries),
            );
            news::tell(
                ctx,
                &mut post,
                Some(&user),
                News::new(What::Claim, &author, no * 10 + tries),
            );
        }
    }
    post.save(ctx);
    true
}

/// What the message about a claim carries.
#[must_use]
pub fn of(no: PostNo, n: u32) -> String {
    format!("{}?{n}", no.0)
}

/// The finder says whether a claim is right: true where the tap was on one.
pub fn tapped(ctx: &mut Context<'_, '_>, id: &str, tap: &Reaction) -> bool {
    let Some((no, n)) = id.split_once('?') else {
        return false;
    };
    let (post, n) = (Post::named(ctx, no), n.parse::<u32>().ok());
    let Some((mut post, n)) = post.zip(n).filter(|(post, _)| post.state.is_open()) else {
        return true;
    };
    let (no, tries) = (n / 10, n % 10);
    let Some(asker) = post.askers.iter_mut().find(|asker| asker.no == no) else {
        return true;
    };
    let user = asker.who.user.clone();
    if post.author.user != tap.sender || asker.wrong != tries || asker.claim.is_none() {
        return true;
    }
    if tap.key.starts_with(['✅', '✔', '☑']) {
        queue::introduce(ctx, &mut post, (&user, no), &tap.sender);
        matching::is_theirs(ctx, &mut post, &user);
    } else if tap.key.starts_with(['❌', '✖']) {
        asker.wrong += 1;
        asker.claim = None;
        let may_again = asker.wrong < limits::WRONG_CLAIMS_OF_ONE;
        if may_again {
            wait(ctx, &user, post.no, Wanted::Claim);
        } else {
            asker.standing = queue::Standing::Left;
        }
        let mut wrong = wrong_of_late(ctx, &user);
        wrong.push(ctx.now);
        ctx.put(user.as_str(), &Wrong(wrong));
        let by = tap.sender.clone();
        let what = if may_again {
            What::ClaimWrong
        } else {
            What::ClaimsOver
        };
        news::tell(ctx, &mut post, Some(&by), News::new(what, &user, n));
    } else {
        return true;
    }
    life::shown(ctx, &mut post);
    post.save(ctx);
    true
}
