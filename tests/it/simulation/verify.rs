//! How every story must end.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use linli::{
    domain::{
        effect::{Act, Effect, Lane},
        ids::{EventId, RoomId, Txn},
    },
    store::Store,
};
use serde_json::Value;

use super::{
    known,
    model::{Model, Ticket, number_of, pictures_shown},
    play::body,
};
use crate::fake::{
    estate,
    kept::Entry,
    robot::Robot,
    serve::translated,
    server::{Server, Stored},
};

/// The model, told everything in the order in which the bot took it in.
pub fn model_of(server: &Server, robot: &Robot) -> Model {
    let mut model = Model::default();
    let sent = sent(server);
    for entry in &robot.kept.state().log {
        for place in entry.settled.iter().filter_map(|txn| sent.get(txn)) {
            model.knows(&server.events[*place]);
        }
        for place in taken(server, entry) {
            model.took(server, place, entry.now);
        }
        if entry.fired > 0 {
            model.fired(entry.now);
        }
    }
    model
}

/// Where each of the bot's own messages stands in the stream.
pub fn sent(server: &Server) -> BTreeMap<Txn, usize> {
    let events = server.events.iter().enumerate();
    let ours = events.filter(|(_, event)| event.sender == server.bot);
    ours.filter_map(|(place, event)| Some((txn_of(event)?, place)))
        .collect()
}

/// The events that a commit took in, in their order: each room's as they stand in the stream, and those of different
/// rooms by their dates.
pub fn taken(server: &Server, entry: &Entry) -> Vec<usize> {
    let mut rooms: BTreeMap<&RoomId, VecDeque<usize>> = BTreeMap::new();
    let places: BTreeSet<usize> = entry.decided.iter().map(|id| server.by_id[id]).collect();
    for place in places {
        let room = &server.events[place].room;
        rooms.entry(room).or_default().push_back(place);
    }
    let date = |place: usize| server.events[place].value["origin_server_ts"].as_i64();
    let next = |rooms: &mut BTreeMap<&RoomId, VecDeque<usize>>| {
        let waiting = rooms.values_mut().filter(|places| !places.is_empty());
        let first = waiting.min_by_key(|places| date(places[0]));
        first.and_then(VecDeque::pop_front)
    };
    std::iter::from_fn(|| next(&mut rooms)).collect()
}

/// Checks everything.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify(server: &Server, robot: &mut Robot) -> Result<(), String> {
    street(server, robot)?;
    let model = model_of(server, robot);
    must!(model.overdue(robot.clock) == 0, "timers never fired");
    let cards = cards(server);
    let known: BTreeSet<usize> = (1..=model.tickets.len()).collect();
    let shown: BTreeSet<usize> = cards.keys().map(|(no, _)| *no).collect();
    must!(
        known == shown,
        "tickets {shown:?} have cards, but {known:?} should"
    );
    for (at, ticket) in model.tickets.iter().enumerate() {
        one_ticket(server, at + 1, ticket, &cards)?;
    }
    redacted_words(server, robot, &cards)
}

/// The street has one way: everything was taken in once and in order, and what came of it was sent once and in order.
///
/// # Errors
/// The first thing that is wrong.
pub fn street(server: &Server, robot: &mut Robot) -> Result<(), String> {
    must!(
        robot.quarantined.is_empty(),
        "set aside: {:?}",
        robot.quarantined
    );
    everything_taken_in(server, robot)?;
    nothing_left(server, robot)?;
    sent_once(server, robot)?;
    in_order(server, robot)
}

/// Every event that the bot could see was decided once, and those of a room in their order.
fn everything_taken_in(server: &Server, robot: &Robot) -> Result<(), String> {
    let mut decided: BTreeMap<EventId, usize> = BTreeMap::new();
    let mut newest: BTreeMap<RoomId, usize> = BTreeMap::new();
    for (commit, entry) in robot.kept.state().log.iter().enumerate() {
        let mut places: Vec<usize> = entry.decided.iter().map(|id| server.by_id[id]).collect();
        places.sort_unstable();
        for place in places {
            let event = &server.events[place];
            let twice = decided.insert(event.id.clone(), commit);
            must!(twice.is_none(), "{} was decided twice", event.id);
            let last = newest.insert(event.room.clone(), place);
            must!(
                last.is_none_or(|last| last < place),
                "{} in {} was decided after {:?}",
                event.id,
                event.room,
                last.map(|last| &server.events[last].id)
            );
        }
    }
    for (place, event) in server.events.iter().enumerate() {
        let in_talk = !estate::ROOMS.map(estate::room).contains(&event.room);
        let matters = event.visible
            && !(in_talk && known::TALK_UNREAD)
            && event.redacted_by.is_none()
            && translated(&event.room, &event.value).is_some();
        if matters && !decided.contains_key(&event.id) && !left_after(server, event, place) {
            return Err(format!("{} in {} was never decided", event.id, event.room));
        }
    }
    Ok(())
}

/// What happened before the bot had to leave may be lost to it.
fn left_after(server: &Server, event: &Stored, place: usize) -> bool {
    let history = &server.rooms[&event.room].members[&server.bot];
    history
        .iter()
        .any(|standing| standing.at >= place && standing.membership != "join")
}

fn nothing_left(server: &Server, robot: &mut Robot) -> Result<(), String> {
    let mut rows = robot.kept.rows().map_err(|error| error.to_string())?;
    rows.retain(|row| {
        let Effect::Act(Act::Invite { user }) = &row.effect else {
            return true;
        };
        let standing = server.standing(&row.room, user);
        let is_banned = standing.is_some_and(|standing| standing.membership == "ban");
        !(is_banned && known::INVITED_THOUGH_BANNED)
    });
    must!(rows.is_empty(), "rows are left: {rows:?}");
    let chores = robot.engine().chores();
    must!(chores.is_empty(), "chores are left: {chores:?}");
    Ok(())
}

fn txn_of(event: &Stored) -> Option<Txn> {
    event.original["dev.linli"]["txn"].as_str().map(Txn::from)
}

/// Everything that was committed was sent once, and nothing else was sent.
fn sent_once(server: &Server, robot: &Robot) -> Result<(), String> {
    let mut sent: BTreeMap<Txn, usize> = BTreeMap::new();
    for (place, event) in server.events.iter().enumerate() {
        let ours = event.sender == server.bot;
        // What stood in a room that the bot had to leave, it may never have seen.
        let left = known::LEFT_UNREAD && left_after(server, event, place);
        let unseen = ours && (left || known::ECHO_REDACTED && event.redacted_by.is_some());
        if let Some(txn) = txn_of(event).filter(|_| ours) {
            *sent.entry(txn).or_default() += usize::from(!unseen);
        }
    }
    let state = robot.kept.state();
    for (txn, times) in &sent {
        must!(
            state.rows.contains_key(txn),
            "{txn} was sent but never committed"
        );
        must!(*times <= 1, "{txn} was sent {times} times");
    }
    for (txn, row) in &state.rows {
        let is_post = matches!(row.effect, Effect::Post(_));
        must!(
            !is_post || sent.contains_key(txn),
            "{txn} was committed but never sent"
        );
    }
    Ok(())
}

/// The order within a room and lane is the order of the decisions; what was wedged comes when it can.
fn in_order(server: &Server, robot: &Robot) -> Result<(), String> {
    let state = robot.kept.state();
    let mut last: BTreeMap<(RoomId, Lane), (u64, Txn)> = BTreeMap::new();
    let mut met = BTreeSet::new();
    for event in server.events.iter().filter(|e| e.sender == server.bot) {
        let Some(row) = txn_of(event).and_then(|txn| state.rows.get(&txn)) else {
            continue;
        };
        // That nothing is doubled is looked at elsewhere.
        if state.wedged.contains_key(&row.txn) || !met.insert(row.txn.clone()) {
            continue;
        }
        let own = (row.seq, row.txn.clone());
        let before = last.insert((row.room.clone(), row.lane), own);
        if let Some((seq, other)) = before {
            must!(
                seq < row.seq,
                "{} ({}) went out after {other} ({seq})",
                row.txn,
                row.seq
            );
        }
    }
    Ok(())
}

/// Something the bot says in words, that is neither a card nor a picture.
fn is_sentence(event: &Stored) -> bool {
    let kind = event.original["msgtype"].as_str();
    matches!(kind, Some("m.text" | "m.notice")) && !body(event).starts_with('🧾')
}

type Cards = BTreeMap<(usize, RoomId), Vec<EventId>>;

/// The cards of each ticket in each room. Of one that was posted twice (see `sent_once`), the bot knows the last.
fn cards(server: &Server) -> Cards {
    let mut last: BTreeMap<Txn, &Stored> = BTreeMap::new();
    for event in server.events.iter().filter(|e| e.sender == server.bot) {
        if let Some(txn) = txn_of(event).filter(|_| body(event).starts_with('🧾')) {
            last.insert(txn, event);
        }
    }
    let mut cards = Cards::new();
    for event in last.into_values() {
        if let Some(no) = number_of(event) {
            let key = (no, event.room.clone());
            cards.entry(key).or_default().push(event.id.clone());
        }
    }
    cards
}

fn one_ticket(server: &Server, no: usize, ticket: &Ticket, cards: &Cards) -> Result<(), String> {
    let rooms: BTreeSet<RoomId> = cards
        .keys()
        .filter(|(of, _)| *of == no)
        .map(|(_, room)| room.clone())
        .collect();
    must!(rooms == ticket.card_rooms(), "#{no} has cards in {rooms:?}");
    for room in rooms {
        let ids = &cards[&(no, room.clone())];
        must!(ids.len() == 1, "#{no} has {} cards in {room}", ids.len());
        let card = &server.events[server.by_id[&ids[0]]];
        let answers = &card.original["m.relates_to"]["m.in_reply_to"]["event_id"];
        must!(
            room != ticket.room || answers == ticket.opened_by.as_str(),
            "the card of #{no} answers {answers}, not {}",
            ticket.opened_by
        );
        // A moderator may have taken the card away; then there is nothing to read.
        if let Some(content) = server.current(&ids[0]) {
            one_card(no, ticket, &room, content)?;
        }
        let in_room = server.rooms[&room].timeline.iter();
        let sentences: BTreeSet<Txn> = in_room
            .map(|place| &server.events[*place])
            .filter(|event| is_sentence(event) && number_of(event) == Some(no))
            .filter_map(txn_of)
            .collect();
        let (heard, wanted) = (sentences.len(), ticket.sentences.get(&room).copied());
        must!(
            heard == wanted.unwrap_or(0),
            "{room} heard {heard} sentences about #{no}, not {wanted:?}: {sentences:?}"
        );
    }
    Ok(())
}

fn one_card(no: usize, ticket: &Ticket, room: &RoomId, content: &Value) -> Result<(), String> {
    let text = content["body"].as_str().unwrap_or_default();
    let english = ticket.english && room.as_str() == ticket.room.as_str();
    let english = english && *room != estate::room("staff");
    let head = text.lines().next().unwrap_or_default();
    let state = ticket.stand.words(english);
    must!(
        head.contains(&format!("#{no} ")) && head.ends_with(state),
        "the card of #{no} in {room} says '{head}', not '{state}'"
    );
    let hidden = ticket.blanked || ticket.hidden_in(room);
    let shown = code_word(&ticket.text).map(|word| text.contains(word));
    must!(
        shown.is_none_or(|shown| shown != hidden),
        "the card of #{no} in {room} shows or hides its text wrongly: {text}"
    );
    if ticket.blanked {
        return Ok(());
    }
    let shown = pictures_shown(content);
    must!(
        shown == ticket.pictures.len(),
        "the card of #{no} in {room} shows {shown} pictures, not {}",
        ticket.pictures.len()
    );
    let followed = text.lines().find(|line| line.starts_with('➕'));
    let count = ticket.voices.len();
    let is_right = followed.map_or(count == 0 || hidden, |line| {
        line.contains(&format!(" {count} "))
    });
    must!(
        is_right,
        "the card of #{no} in {room} says {followed:?}, not {count} who follow"
    );
    let worker = ticket.worker.as_ref().map(|user| {
        let name = estate::STAFF
            .iter()
            .find(|(login, _)| estate::user(login) == *user);
        format!("🛠 {}", name.map_or("", |(_, name)| name))
    });
    let line = text
        .lines()
        .find(|line| line.starts_with('🛠'))
        .map(str::to_owned);
    must!(
        line == worker,
        "the card of #{no} in {room} says {line:?}, not {worker:?}"
    );
    Ok(())
}

fn code_word(text: &str) -> Option<&str> {
    let at = text.find("qx")?;
    text.get(at..at + 7)
}

/// Words that were taken back, as far as the bot can know it, stand on no card.
fn redacted_words(server: &Server, robot: &Robot, cards: &Cards) -> Result<(), String> {
    let decided: BTreeSet<EventId> = robot
        .kept
        .state()
        .log
        .iter()
        .flat_map(|entry| entry.decided.iter().cloned())
        .collect();
    for event in server.events.iter().filter(|e| e.sender != server.bot) {
        let heard = event
            .redacted_by
            .is_some_and(|by| decided.contains(&server.events[by].id));
        if let (true, Some(word)) = (heard, code_word(body(event))) {
            for id in cards.values().flatten() {
                let text = server.current(id).map(Value::to_string).unwrap_or_default();
                must!(
                    !text.contains(word),
                    "'{word}' was taken back but stands on {id}"
                );
            }
        }
    }
    Ok(())
}
