//! Admission: who comes in, and how.
//!
//! In the mode `open` the rooms themselves say who may join. In the mode `lobby` newcomers land in a lobby room, and are
//! asked into their building's room and the rooms for all as soon as their name is right (and the rules are accepted, if
//! that is set). In the mode `verified` something must show besides that they live there: the roster that the
//! administrator has imported, the code of their home, which they send in private, or a moderator's ✅ on a card in the
//! staff room; ❌ refuses. Whoever knocks at a room is answered in the same way, in all modes. `!moveout 3-2-501`
//! (`!迁出`) takes everybody of a home out of all rooms, and ↩ on its card brings all of it back; `!waiting` (`!待审`)
//! lists those who wait for a moderator.
// Nothing in this folder does IO.

mod applicant;
mod card;
mod codes;
mod consider;
mod let_in;
mod moveout;
mod roster;
pub mod settings;
mod tell;
mod waiting;
pub mod wishes;

use crate::{
    domain::{
        commit::Timer,
        community::Purpose,
        context::Context,
        effect::{Act, Effect, Lane, Target},
        feature::{Command, Feature, Flow, Stage, let_pass},
        ids::{RoomId, UserId},
        input::{End, Input, Member, Membership, Message, Operator, Reaction, Settled},
        private::Talk,
        roles::Who,
    },
    features::{
        moderation,
        naming::{door::Door, judge},
    },
    text::{
        codes::{Code, Typed, tidy},
        home::Home,
    },
};
use applicant::{Applicant, Stands};
pub use codes::Issued;
use codes::Sent;
use consider::consider;
pub use roster::Resident;
use settings::{AdmissionSettings, Mode, Proof};

/// The feature's name, in keys and configuration.
pub const NAME: &str = "admission";

/// The feature.
pub const FEATURE: Feature = Feature {
    name: NAME,
    stage: Stage::Serve,
    commands: &[
        Command {
            names: &["moveout", "迁出"],
            who: Who::Moderator,
            help: "help-moveout",
            run: moveout::typed,
        },
        Command {
            names: &["waiting", "待审"],
            who: Who::Moderator,
            help: "help-waiting",
            run: |ctx, message, _| waiting::list(ctx, message),
        },
    ],
    configure: settings::configure,
    decide,
    check: let_pass,
};

fn decide(ctx: &mut Context<'_, '_>, input: &Input) -> Flow {
    match input {
        Input::Member(member) => seen(ctx, member),
        Input::Message(message) => {
            if heard(ctx, message) {
                return Flow::Stop;
            }
        }
        Input::Reaction(tap) => tapped(ctx, tap),
        Input::Settled(settled) => row_settled(ctx, settled),
        Input::Timer(timer) => woken(ctx, timer),
        Input::Operator(Operator::Ask(ask)) => wishes::carry_out(ctx, &ask.wish),
        Input::Edit(_)
        | Input::Redaction(_)
        | Input::ReactionRemoved(_)
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

/// Somebody has come, knocked, or been renamed.
fn seen(ctx: &mut Context<'_, '_>, member: &Member) {
    let user = &member.user;
    let settings: &AdmissionSettings = ctx.settings();
    let mode = settings.mode;
    let purpose = ctx.community.purpose(&member.room).cloned();
    match (purpose, member.membership) {
        (Some(_), Membership::Knock) => knocked(ctx, member),
        (Some(_), _) if judge::is_exempt(&ctx.world.settings, &ctx.community, user) => {}
        (Some(Purpose::Lobby), Membership::Join) if mode != Mode::Open => {
            let mut known = Applicant::of(ctx, user).unwrap_or_default();
            let before = member.before.as_ref().map(|before| before.membership);
            if before != Some(Membership::Join) {
                // Whoever comes again is answered again.
                known.told = None;
            }
            look_at(ctx, user, known);
        }
        (Some(Purpose::Building(_)), Membership::Join) => {
            let_in::came_home(ctx, member);
            moved_by_name(ctx, member);
        }
        (Some(_), Membership::Leave | Membership::Ban) => {
            if let Some(mut known) = Applicant::of(ctx, user)
                && known.knocks.remove(&member.room)
            {
                known.save(ctx, user);
            }
        }
        (None, Membership::Join) => {
            if let Some(known) = Applicant::of(ctx, user).filter(|_| is_talk(ctx, member)) {
                look_at(ctx, user, known);
            }
        }
        _ => {}
    }
}

/// True where a room is the one in which linli talks with its member.
fn is_talk(ctx: &mut Context<'_, '_>, member: &Member) -> bool {
    talks_in(ctx, &member.user, &member.room)
}

fn talks_in(ctx: &mut Context<'_, '_>, user: &UserId, room: &RoomId) -> bool {
    let talk: Talk = ctx.get(user.as_str()).unwrap_or_default();
    talk.room.as_ref() == Some(room)
}

fn look_at(ctx: &mut Context<'_, '_>, user: &UserId, mut applicant: Applicant) {
    consider(ctx, user, &mut applicant);
    applicant.save(ctx, user);
}

/// Somebody asks to be let into a room. Own people, and everybody who asks into the lobby, are let in at once.
fn knocked(ctx: &mut Context<'_, '_>, member: &Member) {
    let user = &member.user;
    let own = judge::is_exempt(&ctx.world.settings, &ctx.community, user);
    let banned =
        !moderation::lift::open_cases(ctx, user, &[moderation::case::Kind::Ban]).is_empty();
    let to_staff = ctx.community.staff_room() == Some(&member.room);
    if banned || (to_staff && ctx.community.person(user).is_none()) {
        return;
    }
    if own || ctx.community.lobby() == Some(&member.room) {
        let invite = Act::Invite { user: user.clone() };
        ctx.ask(&member.room, Lane::Answer, Effect::Act(invite));
        return;
    }
    let mut applicant = Applicant::of(ctx, user).unwrap_or_default();
    applicant.knocks.insert(member.room.clone());
    applicant.called.clone_from(&member.name);
    let code = member.reason.as_deref().map(tidy);
    let settings: &AdmissionSettings = ctx.settings();
    if let (Some(Typed::Code(code)), true) = (code, settings.takes(Proof::Code)) {
        sent_code(ctx, user, &mut applicant, &code);
    }
    look_at(ctx, user, applicant);
}

/// Somebody who was let in for one home calls themselves after another, in a community that wants proof.
fn moved_by_name(ctx: &mut Context<'_, '_>, member: &Member) {
    let settings: &AdmissionSettings = ctx.settings();
    if settings.mode != Mode::Verified {
        return;
    }
    let user = &member.user;
    let Some(mut applicant) = Applicant::of(ctx, user) else {
        return;
    };
    let Stands::In { home } = applicant.stands.clone() else {
        return;
    };
    let name = member.name.as_deref().unwrap_or_default();
    let read = judge::read(&ctx.world.settings, &ctx.community, &member.room, name);
    let Some(new) = read.ok().filter(|name| !home.fits(&Home::from(name))) else {
        return;
    };
    let to = Home::from(&new);
    let already = format!("moved:{}", to.key());
    let listed = roster::says(ctx, &to, &new.surname) == roster::Says::Yes;
    if !listed && applicant.told.as_ref() != Some(&already) {
        applicant.told = Some(already);
        applicant.save(ctx, user);
        tell::elsewhere(ctx, user, &home, &to);
    }
}

/// A message in private or in the lobby: true where it was a code.
fn heard(ctx: &mut Context<'_, '_>, message: &Message) -> bool {
    let settings: &AdmissionSettings = ctx.settings();
    if !settings.takes(Proof::Code) {
        return false;
    }
    let user = &message.sender;
    let in_lobby = ctx.community.lobby() == Some(&message.room);
    if !in_lobby && !talks_in(ctx, user, &message.room) {
        return false;
    }
    let typed = tidy(&message.content.text);
    if typed == Typed::NoCode {
        return false;
    }
    // Whoever lives here already is not asked for a code; what nearly looks like one is something else.
    let lives_here = Door::of(ctx, user).is_some_and(|door| door.building(ctx).is_some());
    let is_exempt = judge::is_exempt(&ctx.world.settings, &ctx.community, user);
    if is_exempt || (lives_here && typed == Typed::Mistyped) {
        return false;
    }
    if in_lobby {
        // A code is nobody else's business.
        let redact = Effect::Redact {
            target: Target::Event(message.id.clone()),
            reason: String::new(),
        };
        ctx.ask(&message.room, Lane::Guard, redact);
    }
    let mut applicant = Applicant::of(ctx, user).unwrap_or_default();
    match typed {
        Typed::Code(code) => {
            sent_code(ctx, user, &mut applicant, &code);
            look_at(ctx, user, applicant);
        }
        Typed::Mistyped | Typed::NoCode => {
            tell::code(ctx, user, &applicant, "admission-code-mistyped");
        }
    }
    true
}

fn sent_code(ctx: &mut Context<'_, '_>, user: &UserId, applicant: &mut Applicant, code: &Code) {
    match codes::look_up(ctx, user, code) {
        Sent::Opens(home) => {
            codes::use_up(ctx, &home, user);
            applicant.proven = Some(home);
        }
        Sent::Wrong => tell::code(ctx, user, applicant, "admission-code-wrong"),
        Sent::TooMany { first } => {
            tell::code(ctx, user, applicant, "admission-code-too-many");
            if first {
                tell::guessing(ctx, user);
            }
        }
    }
}

fn tapped(ctx: &mut Context<'_, '_>, tap: &Reaction) {
    if card::tapped(ctx, tap) || moveout::tapped(ctx, tap) {
        return;
    }
    // It may have been the word on the rules that was lacking.
    let settings: &AdmissionSettings = ctx.settings();
    if settings.rules_first
        && let Some(known) = Applicant::of(ctx, &tap.sender)
        && !matches!(known.stands, Stands::In { .. })
    {
        look_at(ctx, &tap.sender, known);
    }
}

fn row_settled(ctx: &mut Context<'_, '_>, settled: &Settled) {
    let about = settled.mark.as_ref().and_then(|mark| mark.about.as_ref());
    let Some(about) = about.filter(|about| about.feature == NAME) else {
        return;
    };
    match &settled.end {
        End::Sent(event) => {
            if ctx.linked(event).is_none() {
                ctx.link(event, &about.id);
            }
        }
        End::Outdated => {
            if let Some(user) = card::of_id(&about.id)
                && let Some(applicant) = Applicant::of(ctx, &user)
            {
                card::refresh(ctx, &user, &applicant);
            }
        }
        End::Opened(_) | End::Seen(_) | End::AlreadySo | End::Wedged(_) => {}
    }
}

fn woken(ctx: &mut Context<'_, '_>, timer: &Timer) {
    let Some((what, user)) = timer.note.split_once(' ') else {
        return;
    };
    let user = UserId::from(user);
    match what {
        "remind" => card::remind(ctx, &user, timer.due),
        "again" => {
            if let Some(known) = Applicant::of(ctx, &user) {
                look_at(ctx, &user, known);
            }
        }
        _ => {}
    }
}
