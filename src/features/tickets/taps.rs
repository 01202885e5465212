//! Taps on cards: which emoji means what, and what taking one back means.
// Nothing in this file does IO.

use super::{
    act::{Path, act},
    after, correct, helpers, merge, missing, own_room, rounds,
    state::{Action, State},
    ticket::{SaidAt, Tap, Ticket},
    voices,
};
use crate::domain::{
    context::Context,
    input::{Reaction, ReactionRemoved},
};

/// Somebody tapped one of our messages about a ticket.
pub fn tapped(ctx: &mut Context<'_, '_>, tap: &Reaction) {
    let Some(ticket) = Ticket::of_event(ctx, &tap.target) else {
        return;
    };
    // On reports neighbours tap what they like; only our own messages are buttons, and one's own to part it.
    let is_voice = ctx.get::<SaidAt>(tap.target.as_str()).is_some();
    if tap.target == ticket.report || is_voice && !tap.key.starts_with(['🆕', '➕']) {
        return;
    }
    if voices::tapped(ctx, &ticket, tap) {
        return;
    }
    let is_answer = own_room::tapped(ctx, &ticket, tap)
        || rounds::tapped(ctx, &ticket, tap)
        || missing::tapped(ctx, &ticket, tap)
        || helpers::tapped(ctx, &ticket, tap)
        || correct::tapped(ctx, &ticket, tap)
        || after::tapped(ctx, &ticket, tap);
    if is_answer {
        return;
    }
    if let Some(action) = action_of(&tap.key, &ticket, tap) {
        // Whoever was told that it is done may say that it is not, on whichever card.
        let is_merged = action == Action::Reopen && ticket.state == State::Merged;
        let ticket = if is_merged {
            merge::seen_to_in(ctx, ticket)
        } else {
            ticket
        };
        act(ctx, ticket, action, &tap.sender, &Path::Tap(tap));
    }
}

/// A tap that had moved a ticket is gone. Taking it back is an act of whoever removed it: a moderator who tidies
/// up moves nothing.
pub fn taken_back(ctx: &mut Context<'_, '_>, removed: &ReactionRemoved) {
    let tap = &removed.tap;
    let Some(mut ticket) = Ticket::of_event(ctx, &tap.target) else {
        return;
    };
    let is_answer = voices::taken_back(ctx, &ticket, &tap.id)
        || helpers::taken_back(ctx, &ticket, removed)
        || rounds::taken_back(ctx, &ticket, removed)
        || after::taken_back(ctx, &ticket, removed);
    if is_answer {
        return;
    }
    let Some(at) = ticket.taps.iter().position(|t| t.event == tap.id) else {
        return;
    };
    let action = ticket.taps.remove(at).action;
    if action == Action::Done {
        ticket.proof.asked.take_if(|asked| *asked == tap.sender);
    }
    ticket.save(ctx);
    // The same tap on the other card still stands.
    let still = |t: &Tap| t.user == tap.sender && t.action == action;
    if ticket.taps.iter().any(still) {
        return;
    }
    let back = match (action, ticket.state) {
        (Action::Claim, state) if state.is_open() && state != State::New => Action::Unclaim,
        (Action::Done, State::Done) => Action::Undone,
        (Action::AskResident, State::WaitingForResident)
        | (Action::PutOff, State::WaitingForOthers) => Action::Resume,
        _ => return,
    };
    act(ctx, ticket, back, &removed.by, &Path::TakenBack(tap));
}

fn action_of(key: &str, ticket: &Ticket, tap: &Reaction) -> Option<Action> {
    let action = plain(key)?;
    let waits_for_reporter = ticket.state == State::Done && ticket.is_reporter(&tap.sender);
    // A reporter who answers "done" with a tick means yes.
    if action == Action::Done && waits_for_reporter && !ticket.is_worker(&tap.sender) {
        return Some(Action::Confirm);
    }
    // A thumb is a button for the reporter of a finished ticket; for all others it is applause.
    if action == Action::Confirm && !waits_for_reporter {
        return None;
    }
    Some(action)
}

/// What an emoji means on a card, in any skin and any gender.
fn plain(key: &str) -> Option<Action> {
    let base = key
        .chars()
        .find(|c| !matches!(c, '\u{fe0e}' | '\u{fe0f}'))?;
    match base {
        '🙋' => Some(Action::Claim),
        '🚗' => Some(Action::SetOut),
        '🔧' => Some(Action::Start),
        '❓' | '❔' => Some(Action::AskResident),
        '📦' => Some(Action::PutOff),
        '✅' | '✔' | '☑' => Some(Action::Done),
        '👍' => Some(Action::Confirm),
        '🔁' | '🔄' => Some(Action::Reopen),
        '❌' | '✖' => Some(Action::Cancel),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skins_genders_and_variations_mean_the_same() {
        for key in ["🙋", "🙋🏽", "🙋‍♀️", "🙋🏿‍♂️"] {
            assert_eq!(plain(key), Some(Action::Claim), "{key}");
        }
        assert_eq!(plain("✔️"), Some(Action::Done));
        assert_eq!(plain("❤️"), None);
        assert_eq!(plain(""), None);
        assert_eq!(plain("\u{fe0f}"), None);
    }
}
