//! Names as they must be dealt with: a message, a reminder a day later, silence after three days, removal after
//! fourteen; and a right name ends it all.

use std::collections::BTreeMap;

use linli::domain::{
    ids::{DAY_MS, Millis, RoomId, UserId},
    input::Membership,
};

use super::{
    model::{By, Due, Model, Order, Stand},
    names::{Worth, worth},
    rules::{self, Kind},
};
use crate::fake::power::talk_room;

/// How much later each step comes for those who were there before linli.
const GRACE_MS: i64 = 7 * DAY_MS;
/// The steps after the first message: how long after it they come.
const STEPS: [(Step, i64); 3] = [
    (Step::Reminded, DAY_MS),
    (Step::Muted, 3 * DAY_MS),
    (Step::Removed, 14 * DAY_MS),
];

/// How far a wrong name has brought somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Told,
    Reminded,
    Muted,
    Removed,
}

/// Somebody with a wrong name.
#[derive(Clone, Debug)]
pub struct Ladder {
    since: Millis,
    pub step: Step,
    due: Option<Millis>,
    /// The name that was last judged, and the building in whose room it was wrong.
    name: String,
    building: &'static str,
    /// The mute that it has brought, by its place in the list.
    mute: Option<usize>,
    /// The last removal that it has brought.
    removal: Option<usize>,
}

/// What is known of somebody's names.
#[derive(Clone, Debug, Default)]
pub struct Door {
    names: BTreeMap<RoomId, String>,
    /// Whether they were there before linli came.
    present: bool,
    pub ladder: Option<Ladder>,
}

pub type Doors = BTreeMap<UserId, Door>;

impl Door {
    /// The worst name of all, and the building in whose room it stands. Whoever has a right name at home may visit
    /// others; None for those who are in no building's room.
    fn worst(&self) -> Option<(Worth, &'static str, String)> {
        let judged = self.names.iter().filter_map(|(room, name)| {
            let building = rules::building(room)?;
            Some((worth(name, building), building, name.clone()))
        });
        let judged: Vec<_> = judged.collect();
        let at_home = judged.iter().any(|judged| judged.0 == Worth::Right);
        let mut worst = judged.first().cloned()?;
        for other in judged {
            if other.0 > worst.0 {
                worst = other;
            }
        }
        if at_home && worst.0 == Worth::Elsewhere {
            worst.0 = Worth::Right;
        }
        Some(worst)
    }
}

impl Ladder {
    /// When the step after this one comes: after its time, but a day after the last one at the least.
    fn next(&mut self, present: bool, now: Millis) {
        let grace = if present { GRACE_MS } else { 0 };
        let next = STEPS.iter().find(|(step, _)| *step > self.step);
        self.due = next.map(|(_, after)| self.since.plus(after + grace).max(now.plus(DAY_MS)));
    }
}

impl Model<'_> {
    /// Somebody's name is seen in a room, or they are gone from it.
    pub(super) fn named(
        &mut self,
        room: &RoomId,
        user: &UserId,
        membership: Membership,
        name: &str,
        is_roster: bool,
        now: Millis,
    ) {
        if rules::is_exempt(user) {
            return;
        }
        if rules::building(room).is_none() {
            if *room == talk_room(user) && membership == Membership::Join {
                self.named_in_talk(user, name, now);
            }
            return;
        }
        let is_new = !self.doors.contains_key(user);
        let known = self.doors.get(user).and_then(|door| door.names.get(room));
        if membership == Membership::Join {
            if known.is_some_and(|known| known == name) {
                return;
            }
            let door = self.doors.entry(user.clone()).or_default();
            door.present |= is_new && is_roster;
            let was_away = door.names.is_empty();
            door.names.insert(room.clone(), name.to_owned());
            if was_away {
                self.came_again(user, now);
            }
        } else {
            if known.is_none() {
                return;
            }
            self.doors.get_mut(user).expect("a door").names.remove(room);
        }
        self.judge(user, membership == Membership::Join, now);
    }

    /// The steps go on for those who come again; for those who were removed their name decides.
    fn came_again(&mut self, user: &UserId, now: Millis) {
        let door = self.doors.get_mut(user).expect("a door");
        let stands = door.ladder.as_mut().filter(|ladder| ladder.due.is_none());
        match stands {
            Some(ladder) if ladder.step != Step::Removed => ladder.next(door.present, now),
            _ => return,
        }
        self.wait_for_name(user);
    }

    fn wait_for_name(&mut self, user: &UserId) {
        let door = &self.doors[user];
        if let Some(due) = door.ladder.as_ref().and_then(|ladder| ladder.due) {
            let text = format!("hexie.naming.door.{user}");
            self.timers.insert((due, text, Due::Name(user.clone())));
        }
    }

    fn judge(&mut self, user: &UserId, is_in: bool, now: Millis) {
        let door = self.doors.get_mut(user).expect("a door");
        let Some((worst, building, name)) = door.worst() else {
            return;
        };
        if worst == Worth::Right {
            return self.name_is_right(user, now);
        }
        let present = door.present;
        let removed = door
            .ladder
            .take_if(|ladder| is_in && ladder.step == Step::Removed);
        let is_first = door.ladder.is_none();
        let ladder = door.ladder.get_or_insert_with(|| {
            let name = name.clone();
            let mut ladder = Ladder {
                since: now,
                step: Step::Told,
                due: None,
                name,
                building,
                mute: None,
                removal: None,
            };
            ladder.next(present, now);
            ladder
        });
        let is_new = is_first || ladder.name != name;
        if ladder.name != name {
            (ladder.name, ladder.building) = (name, building);
        }
        if ladder.step == Step::Removed {
            // They are on their way out, one room after the other.
            return;
        }
        // Whoever comes again is as silent as before.
        let (mute, removal) = removed.map_or((None, None), |ladder| (ladder.mute, ladder.removal));
        ladder.mute = ladder.mute.or(mute);
        ladder.removal = ladder.removal.or(removal);
        let is_open = |at: usize| self.cases[at].stand == Stand::Open;
        let silences =
            worst == Worth::StaffLike && ladder.mute.is_none_or(|mute| is_new && !is_open(mute));
        if is_first {
            self.wait_for_name(user);
        }
        if silences {
            self.mute_for_name(user, now);
        }
    }

    fn mute_for_name(&mut self, user: &UserId, now: Millis) {
        let mute = self.by_names(user, Kind::Mute, now);
        let door = self.doors.get_mut(user).expect("a door");
        if let (Some(ladder), true) = (&mut door.ladder, mute.is_some()) {
            ladder.mute = mute;
        }
    }

    fn by_names(&mut self, user: &UserId, kind: Kind, now: Millis) -> Option<usize> {
        let (user, by) = (user.clone(), By::Rule("naming"));
        self.impose(
            &Order {
                user,
                kind,
                by,
                only: None,
                for_ms: None,
                seen: None,
            },
            now,
        )
    }

    /// A right name ends everything that wrong ones have brought.
    fn name_is_right(&mut self, user: &UserId, now: Millis) {
        let door = self.doors.get_mut(user).expect("a door");
        let Some(ladder) = door.ladder.take() else {
            return;
        };
        for at in [ladder.mute, ladder.removal].into_iter().flatten() {
            if self.cases[at].stand != Stand::Undone {
                self.end(at, Stand::Undone, false, now);
            }
        }
    }

    /// Whoever was removed is seen only where linli talks with them.
    fn named_in_talk(&mut self, user: &UserId, name: &str, now: Millis) {
        let Some(door) = self.doors.get(user).filter(|door| door.names.is_empty()) else {
            return;
        };
        let removed = door
            .ladder
            .as_ref()
            .filter(|ladder| ladder.step == Step::Removed);
        if removed.is_some_and(|ladder| worth(name, ladder.building) == Worth::Right) {
            self.name_is_right(user, now);
        }
    }

    /// The time of a step has come.
    pub(super) fn name_due(&mut self, user: &UserId, due: Millis, now: Millis) {
        let door = self.doors.get_mut(user).expect("a door");
        let worst = door.worst();
        let present = door.present;
        let Some(ladder) = door
            .ladder
            .as_mut()
            .filter(|ladder| ladder.due == Some(due))
        else {
            return;
        };
        match worst {
            // They have gone; when they come again it goes on from there.
            None => ladder.due = None,
            Some((Worth::Right, ..)) => self.name_is_right(user, now),
            Some(_) => {
                let mute = ladder.mute.map(|at| &self.cases[at]);
                if mute.is_some_and(|mute| mute.stand != Stand::Open) {
                    // A moderator who has ended the mute knows who it is.
                    ladder.due = None;
                    return;
                }
                let next = STEPS.iter().find(|(step, _)| *step > ladder.step);
                let Some((step, _)) = next else { return };
                ladder.step = *step;
                ladder.next(present, now);
                let mutes = *step == Step::Muted && ladder.mute.is_none();
                self.wait_for_name(user);
                if mutes {
                    self.mute_for_name(user, now);
                } else if *step == Step::Removed {
                    let removal = self.by_names(user, Kind::Remove, now);
                    let door = self.doors.get_mut(user).expect("a door");
                    if let Some(ladder) = &mut door.ladder {
                        ladder.removal = removal;
                    }
                }
            }
        }
    }
}
