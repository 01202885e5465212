//! `linli spam`

mod eval;
mod invent;
mod read;
mod train;

use super::Failure;

/// What `linli spam` can do.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Learn a model of adverts from lines that people have labelled
    Train(train::Arguments),
    /// Say how well a model tells labelled lines apart
    Eval(eval::Arguments),
    /// Write adverts and residents' talk that were made up, to try the other two with
    Invent(invent::Arguments),
}

/// Does what was asked for.
///
/// # Errors
/// Where a file cannot be read or written, or holds nothing to learn from.
pub fn spam(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.what {
        What::Train(arguments) => train::train(arguments),
        What::Eval(arguments) => eval::eval(arguments),
        What::Invent(arguments) => invent::invent(arguments),
    }
}
