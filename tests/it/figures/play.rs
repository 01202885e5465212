//! The engine at work: it is played everything, and then asked for the figures.

use std::{collections::BTreeMap, path::Path};

use linli::{
    domain::{
        batch::Batch,
        effect::Effect,
        ids::{DAY_MS, EventId, Millis},
        input::Input,
    },
    engine::Engine,
    store::sled::Sled,
};

use super::{
    FEBRUARY, NOW,
    events::{message, roster, said_text},
    ledger::Ledger,
    plot::Plot,
    settings::world,
};
use crate::fake::estate;

/// Plays everything, with what it leaves in the store of this data folder.
pub fn play(data: &Path) {
    let (plot, moments) = Plot::made();
    let mut acts = plot.acts;
    let ledger = Ledger::open(&data.join("store"));
    let mut engine = ledger.engine();
    for building in ["1", "2", "3"] {
        let before = FEBRUARY.plus(-DAY_MS);
        let aside = engine.take(&roster(building), before).expect("a step");
        assert!(aside.is_empty(), "{aside:?}");
    }
    for (count, now) in (1_usize..).zip(moments) {
        let later = acts.split_off(&(now.plus(1), 0));
        step(&mut engine, std::mem::replace(&mut acts, later), now);
        if count.is_multiple_of(80) {
            ledger.end_day();
            engine = ledger.engine();
        }
    }
    ledger.end_day();
}

/// Fires the timers that are due, and takes in what has happened.
fn step(engine: &mut Engine, acts: BTreeMap<(Millis, usize), Input>, now: Millis) {
    let due = engine.store().due(now, usize::MAX).expect("timers");
    let inputs = due.into_iter().map(Input::Timer);
    let batch = Batch::Inputs(inputs.chain(acts.into_values()).collect());
    let mut aside = engine.take(&batch, now).expect("a step");
    aside.extend(engine.fire(now).expect("a step"));
    assert!(aside.is_empty(), "{aside:?}");
}

/// What the manager is answered who asks for March, and that a chart comes with it.
pub fn told(data: &Path) -> String {
    let sled = Sled::open(&data.join("store")).expect("a store");
    let mut engine = Engine::open(world(), Box::new(sled)).expect("an engine");
    let question = EventId::from("$question");
    let (room, sender) = (estate::room("staff"), estate::user("lin"));
    let content = said_text("!stats 2026-03");
    let asked = message((room.clone(), question.clone()), sender, NOW, content, None);
    let aside = engine.take(&Batch::Inputs(vec![asked]), NOW);
    assert!(aside.expect("a step").is_empty());
    let mut rows = engine.store().rows().expect("rows");
    rows.retain(|row| row.txn.input() == question.as_str() && row.room == room);
    let [said, drawn] = rows.as_slice() else {
        panic!("no answer and a chart, but {rows:?}");
    };
    let Effect::Post(post) = &said.effect else {
        panic!("no answer, but {said:?}");
    };
    assert!(matches!(drawn.effect, Effect::Draw { .. }), "{drawn:?}");
    post.content.text.clone()
}
