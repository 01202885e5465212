//! Help posts: what neighbours lose, find, give, swap, sell, want, borrow, share and ask.
//!
//! A message with a tag (`#寻宠 橘猫，昨晚在5号楼走丢`, `#give a cot, pick up at Bldg 3`) in a help channel, in the room of a
//! building or to linli alone becomes a post with a number, `H12`, and a card in its room and in the channel of its kind.
//! What the sentence leaves out is asked for once. Numbers and homes are hidden on cards, unless the author insists.
//! Neighbours tap 🙋 to ask for it or to help, 🙅 to leave; the author chooses in private by 1️⃣ 2️⃣ …, taps ✅ when it has
//! come to a good end, 🔁 to show it again and 🗑 to withdraw it. What is promised is kept for some time, then it is free
//! again; whoever has waited hears once that it is gone. Nobody is told anything at night but what they asked for just now.
//! Seats are counted by taps, with a waiting list that moves up by itself; those aboard are reminded, and it ends when it
//! leaves. A post is shown again some days later, five times at most, and ends by itself.
//! The kinds, their tags, fields and days are one table, to which `[[community.kind]]` adds.
// Nothing in this folder does IO.

mod alarm;
mod card;
mod claims;
mod commands;
mod cry;
mod edits;
pub mod figures;
mod flags;
mod gifts;
mod helm;
mod life;
pub mod likeness;
mod matching;
mod memory;
mod neighbour;
pub mod news;
mod open;
mod plan;
pub mod post;
pub mod queue;
mod ration;
mod rides;
mod rings;
mod said;
mod settings;
mod taps;
mod watch;

use crate::domain::{
    context::Context,
    effect::Target,
    feature::{Feature, Flow, Stage, let_pass},
    ids::EventId,
    input::{End, Input, Settled},
};
use news::{News, What};
use post::Post;
pub use settings::NAME;

/// The feature.
pub const FEATURE: Feature = Feature {
    name: NAME,
    stage: Stage::Serve,
    commands: commands::ALL,
    configure: settings::configure,
    decide,
    check: let_pass,
};

fn decide(ctx: &mut Context<'_, '_>, input: &Input) -> Flow {
    match input {
        Input::Message(message) => return said::message(ctx, message),
        Input::Edit(edit) => edits::edited(ctx, edit),
        Input::Redaction(redaction) => edits::redacted(ctx, redaction),
        Input::Reaction(tap) => taps::tapped(ctx, tap),
        Input::ReactionRemoved(removed) => taps::taken_back(ctx, removed),
        Input::Settled(settled) => card_settled(ctx, settled),
        Input::Timer(timer) => plan::woken(ctx, timer),
        Input::Member(_)
        | Input::Levels(_)
        | Input::Door(_)
        | Input::Heading(_)
        | Input::Policy(_)
        | Input::Invited(_)
        | Input::Undecryptable(_)
        | Input::Operator(_) => {}
    }
    Flow::Go
}

/// Staff are done with the ticket of somebody missing: the family is asked how it ended, for staff may have done what they
/// could.
pub fn staff_are_done(ctx: &mut Context<'_, '_>, report: &EventId) {
    ctx.as_feature(NAME, |ctx| {
        let post = alarm::of_reply(ctx, report).filter(|post| post.state.is_open());
        if let Some(mut post) = post {
            let author = post.author.user.clone();
            let news = News::new(What::StaffDone, &author, post.rounds);
            news::tell(ctx, &mut post, None, news);
            post.save(ctx);
        }
    });
}

/// One of our messages about a post is in its room: taps on it are understood from now on. Or a change of one waited for so
/// long that it must be made anew.
fn card_settled(ctx: &mut Context<'_, '_>, settled: &Settled) {
    let about = settled.mark.as_ref().and_then(|mark| mark.about.as_ref());
    let Some(about) = about.filter(|about| about.feature == NAME) else {
        return;
    };
    let number = about.id.split(['/', '?']).next().unwrap_or_default();
    let Some(mut post) = Post::named(ctx, number) else {
        return post::pass_number(ctx, number);
    };
    let event = match &settled.end {
        End::Sent(event) => event,
        End::Outdated => {
            life::shown(ctx, &mut post);
            return post.save(ctx);
        }
        End::AlreadySo | End::Opened(_) | End::Seen(_) | End::Wedged(_) => return,
    };
    if ctx.linked(event).is_some() {
        return;
    }
    ctx.link(event, &about.id);
    let (sent, now) = (
        Target::Sent(settled.txn.clone()),
        Target::Event(event.clone()),
    );
    if let Some(helm) = post.helm.as_mut().filter(|helm| helm.target == sent) {
        // Its room was being made when it was asked for.
        helm.room.clone_from(&settled.room);
    }
    let cards = post.cards.iter_mut().map(|card| &mut card.target);
    let helm = post.helm.iter_mut().map(|helm| &mut helm.target);
    let asked = post.asked.iter_mut().map(|asked| &mut asked.target);
    let flagged = post.flagged.iter_mut().map(|line| &mut line.target);
    let mut targets = cards.chain(helm).chain(asked).chain(flagged);
    if let Some(target) = targets.find(|target| **target == sent) {
        *target = now;
        post.save(ctx);
    }
}
