//! `linli export posts`

use std::{collections::BTreeMap, io::Write as _};

use anyhow::anyhow;

use super::{
    Arguments, Wish,
    table::{Cell, Row, Table},
    tickets::day,
    write::{self, Form},
};
use crate::{
    cli::{Failure, kept},
    config::{CommunityConfig, Config},
    domain::ids::PostNo,
    features::posts::post::Post,
};

/// Writes the help posts of a period to a new file.
///
/// # Errors
/// As for tickets.
pub async fn export(arguments: &Arguments, wish: &Wish) -> Result<(), Failure> {
    Form::of(&wish.file)?;
    if wish.history {
        return Err(Failure::usage(anyhow!(
            "--history is for tickets: posts have no lines of history"
        )));
    }
    let config = Config::load(&arguments.config.config)?;
    let community = kept::community(&config, arguments.community.as_deref())?;
    let mut posts: BTreeMap<PostNo, Post> = BTreeMap::new();
    kept::each(&config, community, |_, post: Post| {
        let day = day(community, post.opened);
        let is_meant = wish.from.is_none_or(|from| day >= Some(from))
            && wish.until.is_none_or(|until| day <= Some(until));
        if is_meant {
            posts.insert(post.no, post);
        }
    })
    .await?;
    let mut table = Table::default();
    for post in posts.values() {
        table.push(row(community, post, wish.personal));
    }
    let files = write::tables(&wish.file, ("posts", &table), None)?;
    let files: Vec<String> = files
        .iter()
        .map(|file| file.display().to_string())
        .collect();
    let (count, files) = (table.rows.len(), files.join(" and "));
    writeln!(std::io::stdout(), "{count} posts were written to {files}.").map_err(Failure::other)
}

fn row(community: &CommunityConfig, post: &Post, personal: bool) -> Row {
    let zone = community.timezone;
    let count = |of: usize| Cell::Whole(i64::try_from(of).unwrap_or(i64::MAX));
    let state = serde_json::to_value(post.state).ok();
    let state = state.and_then(|state| state.as_str().map(str::to_owned));
    let told = &post.told;
    let mut row: Row = vec![
        ("post", Cell::Text(post.no.to_string())),
        ("opened", Cell::moment(Some(post.opened), zone)),
        ("ended", Cell::moment(post.ended, zone)),
        ("kind", Cell::Text(post.kind.clone())),
        ("state", Cell::text(state)),
        ("building", Cell::text(post.author.building.clone())),
        ("item", Cell::text(told.item.clone())),
        ("colour", Cell::text(told.colour.clone())),
        ("from", Cell::text(told.from.clone())),
        ("to", Cell::text(told.to.clone())),
        ("at", Cell::moment(told.at, zone)),
        (
            "seats",
            told.seats
                .map_or(Cell::Nothing, |seats| Cell::Whole(seats.into())),
        ),
        (
            "price_cents",
            told.price_cents.map_or(Cell::Nothing, Cell::Whole),
        ),
        ("until", Cell::moment(told.until, zone)),
        ("pictures", count(post.pictures.len())),
        ("asked_by", count(post.askers.len())),
        ("promises", Cell::Whole(post.promises.into())),
        ("shown_again", Cell::Whole(post.shown_again.into())),
        ("flags", count(post.flags.len())),
    ];
    if personal {
        row.push(("author", Cell::Text(post.author.user.to_string())));
        row.push(("place", Cell::text(told.place.clone())));
        row.push(("text", Cell::Text(post.text.clone())));
    }
    row
}
