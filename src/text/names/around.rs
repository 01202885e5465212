//! What is known about the place where a name is seen. Nothing here does IO.

use super::{Bridges, Protected, Scheme};
use crate::text::address::Registry;

static NO_BRIDGES: Bridges = Bridges::none();
static NO_STAFF: Protected = Protected::none();

/// The room and the settings against which a name is read. All of it is built once for a
/// community and lent to each reading.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The building that the room belongs to, as the settings name it; none in a lobby.
    pub building: Option<&'a str>,
    /// The buildings that the community has.
    pub registry: &'a Registry,
    /// What a name must tell.
    pub scheme: &'a Scheme,
    /// The suffixes that bridges add.
    pub bridges: &'a Bridges,
    /// The names of the staff and the moderators.
    pub protected: &'a Protected,
}

impl<'a> Surroundings<'a> {
    /// The default scheme, in no building's room, with nothing known but the buildings.
    #[must_use]
    pub fn of(registry: &'a Registry) -> Self {
        Self {
            building: None,
            registry,
            scheme: &Scheme::HomeAndSurname,
            bridges: &NO_BRIDGES,
            protected: &NO_STAFF,
        }
    }
}
