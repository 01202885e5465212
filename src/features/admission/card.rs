//! The card in the staff room that asks the moderators about somebody, and what follows from a tap on it.
// Nothing in this file does IO.

use super::{
    NAME,
    applicant::{Applicant, Stands},
    consider::consider,
    let_in,
    roster::{self, Says},
    settings::AdmissionSettings,
    tell,
};
use crate::{
    domain::{
        context::Context,
        effect::{About, Act, Effect, Lane, Post, Target},
        ids::{HOUR_MS, Millis, UserId},
        input::Reaction,
        roles::Who,
        speech::{Arg, Said},
    },
    features::{
        moderation::{
            self,
            case::{By, Kind},
            impose::{Order, Telling, impose},
        },
        rules,
    },
    text::{home::Home, span::Span},
};

/// Taps under a card.
const LET_IN: &str = "✅";
const REFUSE: &str = "❌";

/// Asks the moderators whether somebody lives where their name says.
pub fn ask(
    ctx: &mut Context<'_, '_>,
    user: &UserId,
    applicant: &mut Applicant,
    home: Home,
    surname: &str,
) {
    let Some(room) = ctx.community.staff_room().cloned() else {
        return;
    };
    let since = ctx.now;
    // Whoever changes their mind while the moderators think has one card, which changes with them.
    let lately = |at: Millis| since.since(at) < HOUR_MS;
    let asked_before =
        matches!(applicant.stands, Stands::Asked { .. }) || applicant.card_at.is_some_and(lately);
    applicant.stands = Stands::Asked { home, since };
    applicant.surname = Some(surname.to_owned());
    if asked_before && applicant.card.is_some() {
        return refresh(ctx, user, applicant);
    }
    let post = Post {
        content: content(ctx, user, applicant),
        quiet: false,
        reply_to: None,
        thread: None,
        about: Some(about(user)),
    };
    let card = ctx.ask(&room, Lane::Answer, Effect::Post(post));
    for key in [LET_IN, REFUSE] {
        let button = Effect::React {
            target: Target::Sent(card.clone()),
            key: key.to_owned(),
        };
        ctx.ask(&room, Lane::Talk, button);
    }
    applicant.card = Some(card);
    applicant.card_at = Some(since);
    let settings: &AdmissionSettings = ctx.settings();
    if let Some(after) = settings.remind_after.and_then(Span::ms) {
        remind_at(ctx, user, since.plus(after));
    }
}

fn about(user: &UserId) -> About {
    About {
        feature: NAME.to_owned(),
        id: format!("apply.{user}"),
    }
}

fn remind_at(ctx: &mut Context<'_, '_>, user: &UserId, at: Millis) {
    ctx.wake_at(at, &format!("remind.{user}"), &format!("remind {user}"));
}

/// What the card says now.
fn content(ctx: &mut Context<'_, '_>, user: &UserId, applicant: &Applicant) -> Said {
    let language = ctx.community.language;
    let home = match &applicant.stands {
        Stands::Asked { home, .. } | Stands::Refused { home, .. } | Stands::In { home } => {
            home.clone()
        }
        Stands::Waiting => return ctx.say(language, "apply-withdrawn", &[]),
    };
    let surname = applicant.surname.clone().unwrap_or_default();
    let name = applicant.shown(user);
    let listed = match roster::says(ctx, &home, &surname) {
        Says::Yes => ctx.say(language, "apply-listed", &[]),
        Says::Others(surnames) => {
            let surnames: Vec<String> = surnames.into_iter().collect();
            let surnames = surnames.join(" ");
            ctx.say(
                language,
                "apply-listed-others",
                &[("surnames", Arg::Text(&surnames))],
            )
        }
        Says::Unknown => ctx.say(language, "apply-listed-unknown", &[]),
        Says::Nothing => ctx.say(language, "apply-not-listed", &[]),
    };
    let vouched = applicant.vouched.as_ref().map(|(_, by)| by);
    let state = match (&applicant.stands, vouched) {
        (Stands::In { .. }, Some(by)) => tell::by(ctx, "apply-let-in", by),
        (Stands::In { .. }, None) => ctx.say(language, "apply-let-in-by-proof", &[]),
        (Stands::Refused { by, .. }, _) => tell::by(ctx, "apply-refused", by),
        (Stands::Asked { .. } | Stands::Waiting, Some(by)) => {
            tell::by(ctx, "apply-let-in-after-rules", by)
        }
        (Stands::Asked { .. } | Stands::Waiting, None) => ctx.say(language, "apply-open", &[]),
    };
    let home = home.label(language);
    let args = [
        ("name", Arg::Text(&name)),
        ("user", Arg::Text(user.as_str())),
        ("home", Arg::Text(&home)),
        ("listed", Arg::Said(&listed)),
        ("state", Arg::Said(&state)),
    ];
    ctx.say(language, "apply-card", &args).calling_nobody()
}

/// Brings the card up to date, where there is one.
pub fn refresh(ctx: &mut Context<'_, '_>, user: &UserId, applicant: &Applicant) {
    let (Some(card), Some(room)) = (&applicant.card, ctx.community.staff_room().cloned()) else {
        return;
    };
    let change = Effect::Change {
        target: Target::Sent(card.clone()),
        content: content(ctx, user, applicant),
        about: Some(about(user)),
    };
    ctx.ask(&room, Lane::Answer, change);
}

/// The applicant that a card's id is about.
#[must_use]
pub fn of_id(id: &str) -> Option<UserId> {
    id.strip_prefix("apply.").map(UserId::from)
}

/// A tap on a card; true where it was one.
pub fn tapped(ctx: &mut Context<'_, '_>, tap: &Reaction) -> bool {
    let user = ctx.linked(&tap.target).as_deref().and_then(of_id);
    let Some(user) = user else { return false };
    let (lets_in, refuses) = (tap.key.starts_with(LET_IN), tap.key.starts_with(REFUSE));
    let is_moderator = Who::Moderator.includes(ctx.community.person(&tap.sender));
    let Some(mut applicant) = Applicant::of(ctx, &user).filter(|_| is_moderator) else {
        return true;
    };
    let by = tap.sender.clone();
    match applicant.stands.clone() {
        Stands::Asked { home, .. } | Stands::Refused { home, .. } if lets_in => {
            approve(ctx, &user, &mut applicant, home, by);
        }
        Stands::Asked { home, .. } if refuses => refuse(ctx, &user, &mut applicant, home, by),
        Stands::In { home } if refuses => {
            if remove(ctx, &user, &by) {
                applicant.vouched = None;
                applicant.proven = None;
                applicant.stands = Stands::Refused { home, by };
                refresh(ctx, &user, &applicant);
            }
        }
        Stands::Asked { .. } | Stands::Refused { .. } | Stands::In { .. } | Stands::Waiting => {}
    }
    applicant.save(ctx, &user);
    true
}

fn approve(
    ctx: &mut Context<'_, '_>,
    user: &UserId,
    applicant: &mut Applicant,
    home: Home,
    by: UserId,
) {
    applicant.vouched = Some((home.clone(), by));
    let settings: &AdmissionSettings = ctx.settings();
    if settings.rules_first && !rules::accepted(ctx, user) {
        applicant.stands = Stands::Asked {
            home,
            since: ctx.now,
        };
        consider(ctx, user, applicant);
        return refresh(ctx, user, applicant);
    }
    let_in::let_in(ctx, user, applicant, home);
}

fn refuse(
    ctx: &mut Context<'_, '_>,
    user: &UserId,
    applicant: &mut Applicant,
    home: Home,
    by: UserId,
) {
    applicant.vouched = None;
    applicant.stands = Stands::Refused { home, by };
    let language = ctx.language_for(user);
    let reason = ctx.say(language, "admission-refused-reason", &[]).text;
    for room in std::mem::take(&mut applicant.knocks) {
        let kick = Act::Kick {
            user: user.clone(),
            reason: reason.clone(),
        };
        ctx.ask(&room, Lane::Answer, Effect::Act(kick));
    }
    tell::once(ctx, user, applicant, "admission-refused", &[]);
    refresh(ctx, user, applicant);
}

/// Takes somebody out again who was let in.
fn remove(ctx: &mut Context<'_, '_>, user: &UserId, by: &UserId) -> bool {
    if !moderation::settings::may(ctx, by, Kind::Remove, Span::Forever) {
        let language = ctx.language_for(by);
        let said = ctx.say(language, "not-allowed", &[]);
        ctx.tell(by, None, said, None);
        return false;
    }
    let order = Order {
        user: user.clone(),
        kind: Kind::Remove,
        span: Span::Forever,
        room: None,
        by: By::Person(by.clone()),
        reason: "reason-not-a-resident".to_owned(),
        about: None,
        strikes: 0,
        seen: None,
        telling: Telling::All,
        removes_itself: false,
    };
    impose(ctx, &order).is_ok()
}

/// The moderators have not answered yet: they are called, once.
pub fn remind(ctx: &mut Context<'_, '_>, user: &UserId, due: Millis) {
    let settings: &AdmissionSettings = ctx.settings();
    let after = settings.remind_after.and_then(Span::ms);
    let Some(applicant) = Applicant::of(ctx, user) else {
        return;
    };
    let Stands::Asked { since, .. } = applicant.stands else {
        return;
    };
    let is_due = after.is_some_and(|after| since.plus(after) <= due);
    let is_due = is_due && applicant.vouched.is_none();
    let (Some(card), true) = (&applicant.card, is_due) else {
        return;
    };
    let said = ctx.say(ctx.community.language, "apply-reminder", &[]);
    moderation::tell::call_moderators(ctx, said, Some(Target::Sent(card.clone())));
}
