//! A neighbour, as other neighbours may know them: by their surname and their building, never by their home.
// Nothing in this file does IO.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        context::Context,
        ids::{RoomId, UserId},
        speech::Arg,
    },
    features::naming,
    text::language::Language,
};

/// Somebody, with what may be shown of them everywhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbour {
    pub user: UserId,
    /// None where their name does not tell it.
    pub surname: Option<String>,
    pub building: Option<String>,
}

impl Neighbour {
    /// Somebody as they are called in a room; staff go by the name that residents read.
    pub fn of(ctx: &mut Context<'_, '_>, room: &RoomId, user: &UserId) -> Self {
        let nobody = Self {
            user: user.clone(),
            surname: None,
            building: None,
        };
        if let Some(person) = ctx.person(user).filter(|person| !person.name.is_empty()) {
            return Self {
                surname: Some(person.name),
                ..nobody
            };
        }
        let Some(name) = ctx.display_name(room, user) else {
            return nobody;
        };
        match naming::judge::read(&ctx.world.settings, &ctx.community, room, &name) {
            Ok(name) => Self {
                surname: Some(name.surname),
                building: Some(name.building),
                ..nobody
            },
            Err(_) => Self {
                building: ctx.community.building(room).map(str::to_owned),
                ..nobody
            },
        }
    }

    /// What they are called where everybody reads it.
    #[must_use]
    pub fn called(&self, ctx: &Context<'_, '_>, language: Language) -> String {
        let building = self.building.as_ref().map(|building| {
            let args = [("value", Arg::Text(building))];
            ctx.say(language, "address-building", &args).text
        });
        let surname = match &self.surname {
            Some(surname) => surname.clone(),
            None => ctx.say(language, "post-neighbour", &[]).text,
        };
        let parts = [building, Some(surname)].into_iter().flatten();
        parts.collect::<Vec<_>>().join(" ")
    }
}
