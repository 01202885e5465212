//! How every story must end.

use std::collections::BTreeMap;

use linli::{
    domain::{
        effect::{Effect, Row},
        ids::{EventId, Millis, RoomId, Txn, UserId},
    },
    features::posts::{
        post::{Post, State},
        queue::Standing,
    },
};

use super::{Tale, Told, is_awake};
use crate::{
    fake::{
        estate::{RESIDENTS, ROOMS, room, user},
        power::talk_room,
    },
    simulation::{
        scene::{about, posted},
        verify,
    },
};

/// So often somebody may ask for the same thing again, and those concerned hear of it.
const AGAIN_MAX: usize = 3;

impl Tale {
    pub(super) fn verify(&mut self) -> Result<Told, String> {
        let scene = &mut self.scene;
        verify::street(&scene.server, &mut scene.robot)?;
        let mut told = Told {
            crashes: self.scene.robot.crashes,
            ..Told::default()
        };
        let posts: Vec<Post> = self.scene.kept("");
        told.posts = posts.len();
        for post in &posts {
            let said = self.scene.server.by_id.get(&post.message);
            let said = said.map(|place| posted(&self.scene.server.events[*place]).to_owned());
            let is_edited = said.as_deref() != Some(post.text.as_str());
            Self::is_sound(post, is_edited, &mut told)?;
        }
        self.cards_stand_once(&posts)?;
        self.nobody_hears_it_twice(&posts, &mut told)?;
        self.nobody_is_woken(&mut told)?;
        Ok(told)
    }

    /// What is promised is promised to one, and no more sit in a car than there are seats.
    fn is_sound(post: &Post, is_edited: bool, told: &mut Told) -> Result<(), String> {
        let no = post.no;
        let standing = |of: Standing| {
            let all = post.askers.iter();
            all.filter(|asker| asker.standing == of).count()
        };
        let promised = standing(Standing::Promised);
        match post.state {
            State::Promised => must!(promised == 1, "{no} is promised to {promised}"),
            State::Open => must!(promised == 0, "{no} is open, and promised to {promised}"),
            State::Done | State::Withdrawn | State::Expired => {
                must!(
                    standing(Standing::Waits) == 0,
                    "{no} is over, and somebody waits"
                );
                must!(post.ended.is_some(), "{no} is over since never");
            }
        }
        if let Some(seats) = post.told.seats {
            let aboard = standing(Standing::Aboard);
            let seats = usize::try_from(seats).unwrap_or(usize::MAX);
            must!(
                aboard <= seats || is_edited,
                "{aboard} sit on {seats} seats of {no}"
            );
        }
        must!(
            post.shown_again <= 5,
            "{no} was shown {} times",
            post.shown_again
        );
        let mut users: Vec<&UserId> = post.askers.iter().map(|asker| &asker.who.user).collect();
        users.sort_unstable();
        users.dedup();
        must!(
            users.len() == post.askers.len(),
            "somebody stands in the queue of {no} twice"
        );
        told.done += usize::from(post.state == State::Done);
        told.over += usize::from(matches!(post.state, State::Withdrawn | State::Expired));
        told.promises += usize::try_from(post.promises).unwrap_or(0);
        told.missed += standing(Standing::Missed);
        told.aboard += standing(Standing::Aboard);
        told.again += usize::try_from(post.shown_again).unwrap_or(0);
        told.alarms += usize::from(post.kind == "lost_person");
        Ok(())
    }

    /// No room has two cards of one post, and each card shows what is so.
    fn cards_stand_once(&self, posts: &[Post]) -> Result<(), String> {
        let rooms = ROOMS.iter().map(|short| room(short)).chain([room("help")]);
        for here in rooms {
            let mut cards: BTreeMap<String, EventId> = BTreeMap::new();
            for event in self.scene.ours(&here) {
                let is_card = posted(event).starts_with("🏘 H") && posted(event).contains('\n');
                if !is_card || about(event).is_empty() || event.redacted_by.is_some() {
                    continue;
                }
                let other = cards.insert(about(event).to_owned(), event.id.clone());
                must!(other.is_none(), "H{} has two cards in {here}", about(event));
            }
            for (no, card) in cards {
                let post = posts.iter().find(|post| post.no.0.to_string() == no);
                let post = post.ok_or(format!("H{no} is kept nowhere"))?;
                let shown = self
                    .scene
                    .server
                    .current(&card)
                    .cloned()
                    .unwrap_or_default();
                let text = shown["body"].as_str().unwrap_or_default();
                let is_over = text.contains("· 已撤下") || text.contains("· 已到期");
                let is_meant = matches!(post.state, State::Withdrawn | State::Expired);
                must!(
                    is_over == is_meant,
                    "the card of H{no} in {here} shows {text:?}: {:?}",
                    post.state
                );
            }
        }
        Ok(())
    }

    /// What somebody was told in private: their messages, without changes of them.
    fn told_to(&self, who: &UserId) -> Vec<String> {
        let talk = talk_room(who);
        if !self.scene.server.rooms.contains_key(&talk) {
            return Vec::new();
        }
        let ours = self.scene.ours(&talk);
        let private = ours.filter(|event| {
            let feature = &event.original["dev.linli"]["about"]["feature"];
            let is_reply = event.original["m.relates_to"]["m.in_reply_to"].is_object();
            *feature == "posts" && !is_reply
        });
        private.map(|event| posted(event).to_owned()).collect()
    }

    /// Nobody is told the same thing twice, unless somebody asked for it again or it was opened again.
    fn nobody_hears_it_twice(&self, posts: &[Post], told: &mut Told) -> Result<(), String> {
        for (login, ..) in RESIDENTS {
            let who = user(login);
            let mut heard: BTreeMap<String, usize> = BTreeMap::new();
            for text in self.told_to(&who) {
                told.messages += 1;
                told.moved_up += usize::from(text.contains("有位子了"));
                told.gone += usize::from(text.contains("不用再等了"));
                told.matches += usize::from(text.starts_with('🔎'));
                told.watched += usize::from(text.starts_with('🔔'));
                told.claims += usize::from(text.contains("您留的细节是"));
                *heard.entry(text).or_default() += 1;
            }
            for (text, times) in heard {
                let no = text.split_whitespace().find(|word| word.starts_with('H'));
                let post = posts
                    .iter()
                    .find(|post| Some(post.no.to_string().as_str()) == no);
                let rounds = post.map_or(0, |post| post.rounds);
                let rounds = usize::try_from(rounds).unwrap_or(0);
                let by_asking = [
                    "加入了",
                    "不去了",
                    "有您的位子",
                    "排队",
                    "有位子了",
                    "想和您联系",
                    "说出来",
                    "认错",
                    "留给",
                    "转给捡到",
                    "想要。请在",
                    "能帮上。请在",
                    "不要了",
                    "帮不了了",
                    "来帮您",
                    "等您帮忙",
                    "没有来",
                    "没有帮成",
                    "时间过了",
                ];
                let most = if by_asking.iter().any(|words| text.contains(words)) {
                    AGAIN_MAX * (rounds + 1)
                } else {
                    rounds + 1
                };
                must!(times <= most, "{who} was told {times} times: {text}");
            }
        }
        Ok(())
    }

    /// At night nobody is told anything in private, or called, but whoever has just acted, or of somebody who is missing.
    fn nobody_is_woken(&self, told: &mut Told) -> Result<(), String> {
        let state = self.scene.robot.kept.state();
        // What was decided when: letters are sent when their room is there.
        let mut decided: BTreeMap<String, Millis> = BTreeMap::new();
        for entry in &state.log {
            for event in &entry.decided {
                decided
                    .entry(event.as_str().to_owned())
                    .or_insert(entry.now);
            }
            for row in &entry.asked {
                decided
                    .entry(row.txn.input().to_owned())
                    .or_insert(entry.now);
            }
        }
        for row in state.rows.values() {
            let Some((who, text)) = Self::disturbs(row) else {
                continue;
            };
            let input = row.txn.input();
            let at = *decided.get(input).ok_or("decided never")?;
            if is_awake(at) || text.contains('🆘') {
                continue;
            }
            let actor = self.actor(&row.txn);
            must!(
                actor.as_ref() == Some(&who),
                "{who} was woken at {} by {actor:?}: {text}",
                at.0
            );
            told.at_night += 1;
        }
        Ok(())
    }

    /// Whom a row disturbs, and with what: loud messages of posts, to somebody alone or calling somebody.
    fn disturbs(row: &Row) -> Option<(UserId, String)> {
        let Effect::Post(post) = &row.effect else {
            return None;
        };
        let is_ours = row.txn.as_str().rsplit('-').nth(1) == Some("posts");
        if !is_ours || post.quiet {
            return None;
        }
        let text = post.content.text.clone();
        let talk = |login: &str| talk_room(&user(login));
        let whose = |room: &RoomId| {
            let mut logins = RESIDENTS.iter().map(|(login, ..)| *login);
            logins.find(|login| talk(login) == *room).map(user)
        };
        let called = post.content.mentions.first().cloned();
        let who = whose(&row.room)
            .or(called)
            .or_else(|| Some(user("nobody")))?;
        Some((who, text))
    }

    /// Who has done what a row follows from.
    fn actor(&self, txn: &Txn) -> Option<UserId> {
        let event = EventId::from(txn.input());
        let place = *self.scene.server.by_id.get(&event)?;
        Some(self.scene.server.events[place].sender.clone())
    }
}
