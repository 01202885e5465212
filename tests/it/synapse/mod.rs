//! linli's own program against a real Synapse. Everything here is seen through plain HTTP accounts, which share no
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
mod newcomer;
mod private;
mod proxy;
mod spam;
pub mod town;
mod upgrade;
mod voices;
