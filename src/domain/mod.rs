//! The pure heart: what can happen ([`input`]), what a community is ([`community`]), and what follows ([`mod@decide`]).
//! Nothing in this folder does IO, reads the clock or depends on chance: time and randomness come in as values,
//! and everything to be done goes out as a value, so a whole community runs in a simulator.

pub mod batch;
pub mod chart;
pub mod check;
pub mod commit;
pub mod community;
pub mod context;
pub mod decide;
pub mod draft;
pub mod effect;
pub mod feature;
pub mod hours;
pub mod ids;
pub mod input;
pub mod intake;
pub mod limits;
pub mod power;
pub mod private;
pub mod ration;
pub mod record;
pub mod roles;
pub mod seal;
pub mod speech;
mod standing;
mod times;
