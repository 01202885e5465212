//! `linli export`: what linli keeps of a community, for spreadsheets and other programs.

mod history;
mod posts;
mod sheet;
mod table;
mod tickets;
mod write;

use std::path::PathBuf;

use chrono::NaiveDate;

use super::{ConfigArguments, Failure};

/// What `linli export` takes.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    config: ConfigArguments,
    /// The community's id; needed only where there are several
    #[arg(long, value_name = "ID", global = true)]
    community: Option<String>,
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Write tickets, with how soon each was answered and done, to a new .csv, .jsonl or .xlsx file
    Tickets(Wish),
    /// Write help posts, with what came of them, to a new .csv, .jsonl or .xlsx file
    Posts(Wish),
}

#[derive(clap::Args)]
struct Wish {
    /// The new file; its ending says in which form
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only what was reported on this day or later, such as 2026-11-01
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    /// Only what was reported on this day or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<NaiveDate>,
    /// Also each line of the histories of tickets: a second sheet or file, or within the lines of JSON
    #[arg(long)]
    history: bool,
    /// Also who, at which home, and in which words
    #[arg(long)]
    personal: bool,
}

/// Exports what is asked for: from the linli that runs, or from the store where none runs.
///
/// # Errors
/// Where the file exists or has another ending, the store cannot be read, or the file not be written.
pub async fn export(arguments: Arguments) -> Result<(), Failure> {
    match &arguments.what {
        What::Tickets(wish) => tickets::export(&arguments, wish).await,
        What::Posts(wish) => posts::export(&arguments, wish).await,
    }
}
