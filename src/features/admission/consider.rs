//! What somebody before the door still lacks, and the next step towards letting them in.
// Nothing in this file does IO.

use super::{
    applicant::{Applicant, Stands},
    card, let_in,
    roster::{self, Says},
    settings::{AdmissionSettings, Mode, Proof},
    tell,
};
use crate::{
    domain::{
        context::Context,
        ids::{MINUTE_MS, Millis, UserId},
        input::Membership,
        limits,
        ration::Ration,
    },
    features::{
        moderation::{case::Kind, lift},
        naming::{self, judge, settings::NamingSettings},
        raid, rules,
    },
    text::{
        home::Home,
        names::{Name, Reason, Refusal},
    },
};

/// So long whoever comes during a raid waits until it is looked whether it is over.
const RAID_LOOK_MS: i64 = 10 * MINUTE_MS;

/// Looks at somebody before the door, and does what can be done now.
pub fn consider(ctx: &mut Context<'_, '_>, user: &UserId, applicant: &mut Applicant) {
    if let Some(until) = raid::until(ctx) {
        // It may be ended before its time.
        return wake(ctx, until.min(ctx.now.plus(RAID_LOOK_MS)), user);
    }
    // A ban keeps its member out, and so does a removal for a time; one without an end has ended at once.
    if !lift::open_cases(ctx, user, &[Kind::Remove, Kind::Ban]).is_empty() {
        return;
    }
    let Some((room, name)) = applicant.name(ctx, user) else {
        return;
    };
    applicant.called = Some(name.clone());
    match judge::read(&ctx.world.settings, &ctx.community, &room, &name) {
        Ok(name) => named(ctx, user, applicant, &name),
        Err(refusal) => misnamed(ctx, user, applicant, &name, &refusal),
    }
}

/// Looks again at a moment.
pub fn wake(ctx: &mut Context<'_, '_>, at: Millis, user: &UserId) {
    ctx.wake_at(at, &format!("again.{user}"), &format!("again {user}"));
}

/// Their name is right: do they live there, and have they accepted the rules?
fn named(ctx: &mut Context<'_, '_>, user: &UserId, applicant: &mut Applicant, name: &Name) {
    let settings: &AdmissionSettings = ctx.settings();
    let (mode, rules_first) = (settings.mode, settings.rules_first);
    let home = Home::from(name);
    if matches!(&applicant.stands, Stands::Refused { home: refused, .. } if refused.fits(&home)) {
        // A moderator knows better than roster and code: only a moderator lets them in now.
        return tell::once(ctx, user, applicant, "admission-refused", &[]);
    }
    let was_in = matches!(&applicant.stands, Stands::In { home: known } if known.fits(&home));
    if mode == Mode::Verified && !was_in && !is_proven(ctx, applicant, &home, &name.surname) {
        return unproven(ctx, user, applicant, home, &name.surname);
    }
    if rules_first && !was_in && !rules::accepted(ctx, user) {
        if let Some(at) = rules::show_to(ctx, user) {
            wake(ctx, at, user);
        }
        return tell::once(ctx, user, applicant, "admission-rules", &[]);
    }
    let_in::let_in(ctx, user, applicant, home);
}

fn is_proven(ctx: &mut Context<'_, '_>, applicant: &Applicant, home: &Home, surname: &str) -> bool {
    let settings: &AdmissionSettings = ctx.settings();
    let by_code = settings.takes(Proof::Code);
    let by_roster = settings.takes(Proof::Roster);
    let fits = |proven: Option<&Home>| proven.is_some_and(|proven| proven.fits(home));
    fits(applicant.vouched.as_ref().map(|(home, _)| home))
        || (by_code && fits(applicant.proven.as_ref()))
        || (by_roster && roster::says(ctx, home, surname) == Says::Yes)
}

/// Nothing shows yet that they live there: the moderators are asked, and they are told what they can do.
fn unproven(
    ctx: &mut Context<'_, '_>,
    user: &UserId,
    applicant: &mut Applicant,
    home: Home,
    surname: &str,
) {
    let settings: &AdmissionSettings = ctx.settings();
    let (code, moderator) = (
        settings.takes(Proof::Code),
        settings.takes(Proof::Moderator),
    );
    if code && applicant.proven.is_some() {
        return tell::once(ctx, user, applicant, "admission-code-elsewhere", &[]);
    }
    let known = match &applicant.stands {
        Stands::Asked { home: known, .. } | Stands::Refused { home: known, .. } => *known == home,
        Stands::Waiting | Stands::In { .. } => false,
    };
    if known {
        return;
    }
    if moderator {
        card::ask(ctx, user, applicant, home, surname);
    }
    let key = match (moderator, code) {
        (true, true) => "admission-asked-or-code",
        (true, false) => "admission-asked",
        (false, true) => "admission-send-code",
        (false, false) => "admission-not-listed",
    };
    tell::once(ctx, user, applicant, key, &[]);
}

/// Their name is not right. In the lobby the rule of names speaks; elsewhere they are told here.
fn misnamed(
    ctx: &mut Context<'_, '_>,
    user: &UserId,
    applicant: &mut Applicant,
    name: &str,
    refusal: &Refusal,
) {
    if let Some(home) = applicant.proven.clone() {
        return tell::name_to_bear(ctx, user, applicant, &home, refusal);
    }
    let in_lobby = ctx.community.lobby().cloned();
    let in_lobby =
        in_lobby.is_some_and(|lobby| ctx.membership(&lobby, user) == Some(Membership::Join));
    let already = format!("name:{name}");
    if in_lobby || applicant.told.as_ref() == Some(&already) {
        return;
    }
    let settings: &NamingSettings = ctx.community.settings(naming::NAME);
    let per_hour = settings
        .messages_per_hour
        .min(limits::KNOCKS_ANSWERED_AN_HOUR);
    let mut ration: Ration = ctx.get("knocks").unwrap_or_default();
    let now = ctx.now;
    let at = ration.next(now, per_hour);
    if at > now {
        return wake(ctx, at, user);
    }
    ration.book(now, per_hour);
    ctx.put("knocks", &ration);
    applicant.told = Some(already);
    let Some((room, _)) = applicant.name(ctx, user) else {
        return;
    };
    naming::tell::greeting(ctx, user, &room, name, refusal, false);
    if refusal.reason == Reason::ImitatesStaff {
        naming::tell::imitation(ctx, user, name, None);
    }
}
