//! What somebody is told in private about a post: each thing once, and nothing at night but what they asked for just now.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use super::{
    card, claims, helm, matching,
    neighbour::Neighbour,
    post::{Post, State, about},
    queue::{Asker, Standing},
    rides,
};
use crate::{
    domain::{
        context::Context,
        effect::{Effect, Lane, Target},
        ids::{PostNo, RoomId, Txn, UserId},
        limits,
        speech::{Arg, Said, shorten},
    },
    text::{
        language::Language,
        posts::{self, veiled},
    },
};

/// Something to tell somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    pub to: UserId,
    pub what: What,
    /// Which one of its kind: the number of the promise, of the asker, or of the round.
    pub n: u32,
}

/// What there is to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// To the author: somebody asks for it.
    Asked,
    /// It is theirs, and until when it is kept for them.
    Promised,
    /// To the author: whom it is promised to.
    PromisedTo,
    /// To whom it was promised: the time is over.
    Freed,
    /// To the author: nobody came, or they want it no more.
    Missed,
    Declined,
    /// They have a seat; they wait for one; one has become free for them.
    Aboard,
    WaitsForSeat,
    MovedUp,
    /// To the author: somebody has a seat now, or has given it up.
    Joined,
    SteppedOff,
    /// What they have asked for is given away, withdrawn, or over.
    Gone,
    /// Soon it leaves.
    Leaves,
    /// Two are introduced to each other.
    Met,
    /// To an author: another post may be of the same thing; `n` is its number.
    Match,
    /// The author of such a post says that it is.
    Matched,
    /// What they wait for was posted.
    Watched,
    /// To an author: what goes with their post came to a good end, and so has theirs.
    DoneToo,
    /// To a finder: keep a detail back; and that it is kept.
    Detail,
    DetailKept,
    /// To a claimer: name it; it was sent on; it was wrong; they were wrong too often.
    ClaimAsk,
    ClaimSent,
    ClaimWrong,
    ClaimsOver,
    /// A moderator has taken it down.
    TakenDown,
    /// To a finder: what a claimer says.
    Claim,
    /// To the author: somebody was seen.
    Sighted,
    /// To the author: staff are done with the ticket of whoever is missing.
    StaffDone,
    /// To the author: how did it end?
    Outcome,
    /// To the author: its time is over.
    Over,
}

impl What {
    fn key(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Promised => "promised",
            Self::PromisedTo => "promised-to",
            Self::Freed => "freed",
            Self::Missed => "missed",
            Self::Declined => "declined",
            Self::Aboard => "aboard",
            Self::WaitsForSeat => "waits-for-seat",
            Self::MovedUp => "moved-up",
            Self::Joined => "joined",
            Self::SteppedOff => "stepped-off",
            Self::Gone => "gone",
            Self::Leaves => "leaves",
            Self::Met => "met",
            Self::Match => "match",
            Self::Matched => "matched",
            Self::DoneToo => "done-too",
            Self::Watched => "watched",
            Self::Detail => "detail",
            Self::DetailKept => "detail-kept",
            Self::ClaimAsk => "claim-ask",
            Self::ClaimSent => "claim-sent",
            Self::ClaimWrong => "claim-wrong",
            Self::ClaimsOver => "claims-over",
            Self::TakenDown => "taken-down",
            Self::Claim => "claim",
            Self::Sighted => "sighted",
            Self::StaffDone => "done-by-staff",
            Self::Outcome => "outcome",
            Self::Over => "over",
        }
    }
}

impl News {
    #[must_use]
    pub fn new(what: What, to: &UserId, n: u32) -> Self {
        Self {
            to: to.clone(),
            what,
            n,
        }
    }

    /// By what it is known that it was told.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{} {} {}", self.what.key(), self.n, self.to)
    }

    /// Whether it is still so; what waited for the morning may not be.
    fn holds(&self, post: &Post) -> bool {
        let stands = |standing: Standing| {
            let mut askers = post.askers.iter();
            askers.any(|asker| asker.who.user == self.to && asker.standing == standing)
        };
        let of_number = |number: &dyn Fn(&Asker) -> u32, standing: Standing| {
            let mut askers = post.askers.iter();
            askers.any(|asker| number(asker) == self.n && asker.standing == standing)
        };
        match self.what {
            What::Asked => post.state == State::Open && post.waiting().next().is_some(),
            What::Promised => stands(Standing::Promised) && post.promises == self.n,
            What::PromisedTo => post.state == State::Promised && post.promises == self.n,
            What::Aboard | What::MovedUp => post.state.is_open() && stands(Standing::Aboard),
            What::WaitsForSeat => post.state.is_open() && stands(Standing::Waits),
            What::Joined => post.state.is_open() && of_number(&|asker| asker.no, Standing::Aboard),
            // Whoever is back by the morning is none who has left.
            What::SteppedOff => {
                post.state.is_open() && of_number(&|asker| asker.no, Standing::Left)
            }
            What::Missed => {
                let promise = |asker: &Asker| asker.promise.unwrap_or(0);
                post.state.is_open() && of_number(&promise, Standing::Missed)
            }
            What::Declined => {
                let promise = |asker: &Asker| asker.promise.unwrap_or(0);
                post.state.is_open() && of_number(&promise, Standing::Left)
            }
            What::Met => post.state.is_open() && of_number(&|asker| asker.no, Standing::Met),
            What::Claim => {
                let mut askers = post.askers.iter();
                post.state.is_open() && askers.any(|asker| asker.no == self.n / 10)
            }
            What::Match
            | What::Matched
            | What::Watched
            | What::Detail
            | What::DetailKept
            | What::ClaimAsk
            | What::ClaimSent
            | What::StaffDone
            | What::Sighted => post.state.is_open(),
            What::Outcome => post.state.is_open() && post.rounds == self.n,
            What::Over => post.state == State::Expired && post.rounds == self.n,
            What::DoneToo => post.state == State::Done && post.rounds == self.n,
            // A reminder that comes too late is of another day.
            What::Leaves => post.state.is_open() && post.told.at.map(rides::day_of) == Some(self.n),
            What::Freed | What::Gone | What::TakenDown | What::ClaimWrong | What::ClaimsOver => {
                true
            }
        }
    }
}

/// Whether something is about one departure of what comes again and again.
#[must_use]
pub fn is_of_departure(what: What) -> bool {
    matches!(what, What::WaitsForSeat | What::SteppedOff | What::Leaves)
}

/// Whether what was told under this id was that another post is like it.
#[must_use]
pub fn is_of_pair(id: &str) -> bool {
    id.starts_with(What::Match.key())
}

/// Tells it, unless that was done; at night, in the morning, but to whoever has just acted.
///
/// What it became, where it was told by a message of its own.
pub fn tell(
    ctx: &mut Context<'_, '_>,
    post: &mut Post,
    by: Option<&UserId>,
    news: News,
) -> Option<(RoomId, Txn)> {
    if post.told_of.contains(&news.id()) || post.later.contains(&news) {
        return None;
    }
    // Whoever misses somebody does not sleep.
    let is_awake = by == Some(&news.to) || ctx.community.waking.hold(ctx.now) || post.is_alarm(ctx);
    if is_awake {
        return say(ctx, post, &news);
    }
    if post.later.len() < limits::POST_NEWS_MAX {
        post.later.push(news);
    }
    None
}

/// It is morning: tells what has waited, as far as it still is so.
pub fn in_the_morning(ctx: &mut Context<'_, '_>, post: &mut Post) {
    for news in std::mem::take(&mut post.later) {
        if news.holds(post) {
            say(ctx, post, &news);
        }
    }
}

fn say(ctx: &mut Context<'_, '_>, post: &mut Post, news: &News) -> Option<(RoomId, Txn)> {
    if post.told_of.len() >= limits::POST_TOLD_MAX || !post.told_of.insert(news.id()) {
        return None;
    }
    if news.what == What::Asked && post.helm.is_none() {
        helm::put_up(ctx, post);
        return None;
    }
    let language = ctx.language_for(&news.to);
    let said = match news.what {
        // Where the other one is gone nothing is said.
        What::Match | What::Matched => of_pair(ctx, post, news, language)?,
        What::Asked
        | What::Promised
        | What::PromisedTo
        | What::Freed
        | What::Missed
        | What::Declined
        | What::Aboard
        | What::WaitsForSeat
        | What::MovedUp
        | What::Joined
        | What::SteppedOff
        | What::Gone
        | What::Leaves
        | What::Met
        | What::Watched
        | What::Detail
        | What::DetailKept
        | What::ClaimAsk
        | What::ClaimSent
        | What::ClaimWrong
        | What::ClaimsOver
        | What::TakenDown
        | What::Claim
        | What::Sighted
        | What::StaffDone
        | What::Outcome
        | What::DoneToo
        | What::Over => sentence(ctx, post, news, language),
    };
    let mut about = about(post.no);
    if news.what == What::Match {
        about.id = matching::pair(post.no, news.n);
    }
    if news.what == What::Claim {
        about.id = claims::of(post.no, news.n);
    }
    let (room, sent) = ctx.tell_apart(&news.to, None, said, Some(about));
    let keys: &[&str] = if news.what == What::Match {
        &["✅"]
    } else if news.what == What::Claim {
        &["✅", "❌"]
    } else {
        &[]
    };
    for key in keys {
        let react = Effect::React {
            target: Target::Sent(sent.clone()),
            key: (*key).to_owned(),
        };
        ctx.ask(&room, Lane::Talk, react);
    }
    Some((room, sent))
}

/// What is told of a post that may be of the same thing.
fn of_pair(
    ctx: &mut Context<'_, '_>,
    post: &Post,
    news: &News,
    language: Language,
) -> Option<Said> {
    let other = Post::load(ctx, PostNo(news.n)).filter(|other| other.state.is_open())?;
    let likeness = matching::compare(ctx, post, &other)?;
    let (no, theirs) = (post.no.to_string(), other.no.to_string());
    let mine = card::in_short(ctx, post, language);
    let what = card::in_short(ctx, &other, language);
    let why = matching::reasons(ctx, &post.told, likeness, language);
    let who = called(ctx, &other.author, language);
    let text = posts::without_tag(&other.text, &ctx.community.kinds);
    let text = shorten(&card::open_text(&other, &text), limits::CARD_TEXT_CHARS_MAX);
    let args = [
        ("no", Arg::Text(&no)),
        ("mine", Arg::Said(&mine)),
        ("other", Arg::Text(&theirs)),
        ("what", Arg::Said(&what)),
        ("why", Arg::Said(&why)),
        ("who", Arg::Said(&who)),
        ("text", Arg::Text(&text)),
    ];
    let key = format!("post-news-{}", news.what.key());
    Some(ctx.say(language, &key, &args))
}

fn sentence(ctx: &mut Context<'_, '_>, post: &Post, news: &News, language: Language) -> Said {
    let no = post.no.to_string();
    let what = card::in_short(ctx, post, language);
    let is_author = post.is_author(&news.to);
    let is_of_promise = matches!(news.what, What::PromisedTo | What::Missed | What::Declined);
    let is_of_claim = news.what == What::Claim;
    let is_meant = |asker: &&Asker| {
        if is_of_claim {
            asker.no == news.n / 10
        } else if is_of_promise {
            asker.promise == Some(news.n)
        } else {
            asker.no == news.n
        }
    };
    let other = if is_author {
        let asker = post.askers.iter().find(is_meant);
        asker.map(|asker| asker.who.clone())
    } else {
        Some(post.author.clone())
    };
    let who = other.map_or_else(Said::default, |other| called(ctx, &other, language));
    let claim = post.askers.iter().find(|asker| asker.no == news.n / 10);
    let claim = claim
        .and_then(|asker| asker.claim.clone())
        .unwrap_or_default();
    let secret = post.secret.clone().unwrap_or_default();
    let sighting = post.last_sighting.clone().unwrap_or_default();
    let until = post.kept_until.map(|until| ctx.moment(until));
    let until = until.unwrap_or_default();
    let at = post.told.at.map(|at| ctx.moment(at)).unwrap_or_default();
    let state = card::state(ctx, post, language);
    let args = [
        ("no", Arg::Text(&no)),
        ("what", Arg::Said(&what)),
        ("who", Arg::Said(&who)),
        ("until", Arg::Text(&until)),
        ("at", Arg::Text(&at)),
        ("state", Arg::Said(&state)),
        ("claim", Arg::Text(&claim)),
        ("secret", Arg::Text(&secret)),
        ("sighting", Arg::Text(&sighting)),
    ];
    let is_of_help = matches!(
        news.what,
        What::Asked
            | What::Promised
            | What::PromisedTo
            | What::Freed
            | What::Missed
            | What::Declined
    );
    let row = post.row(ctx);
    let helps = if is_of_help && row.is_some_and(|row| row.is_helped()) {
        "-help"
    } else {
        ""
    };
    let key = format!("post-news-{}{helps}", news.what.key());
    let mut lines = vec![ctx.say(language, &key, &args)];
    let introduces = matches!(
        news.what,
        What::Promised | What::Aboard | What::MovedUp | What::Met
    );
    if introduces && !is_author {
        // What everybody does not read, whoever is introduced does.
        let (_, hidden) = veiled(&post.text);
        if !hidden.is_empty() {
            let words = shorten(&hidden.join(" · "), limits::WHY_CHARS_MAX);
            let args = [("words", Arg::Text(&words))];
            lines.push(ctx.say(language, "post-news-contact", &args));
        }
    }
    Said::lines(lines)
}

/// Somebody, as a link by which they can be written to.
fn called(ctx: &Context<'_, '_>, who: &Neighbour, language: Language) -> Said {
    let name = who.called(ctx, language);
    let args = [("who", Arg::Call(&who.user, &name))];
    // They are not called: only named.
    ctx.say(language, "post-called", &args).calling_nobody()
}
