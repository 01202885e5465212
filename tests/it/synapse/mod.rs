//! linli's own program against a real Synapse. All but encrypted rooms is seen through plain HTTP accounts, which share no
//! code with the bot's way to the homeserver.

mod admission;
mod burst;
mod clocks;
mod crowd;
mod door;
mod down;
mod encrypted;
mod figures;
mod full_disk;
mod kill;
mod limits;
mod lists;
mod names;
mod neighbours;
mod newcomer;
mod person;
mod private;
mod proxy;
mod resident;
mod spam;
pub mod town;
mod upgrade;
mod voices;
