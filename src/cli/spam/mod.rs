//! `linli spam`

mod eval;
mod invent;
mod kept;
mod read;
mod replay;
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
    /// Show what the settings would have done with what was said in a room, without doing it
    Replay(replay::Arguments),
    /// Write down what moderators have said of messages, to train with
    Export(kept::Arguments),
    /// Write adverts and residents' talk that were made up, to try the other two with
    Invent(invent::Arguments),
}

/// Does what was asked for.
///
/// # Errors
/// Where a file cannot be read or written, or holds nothing to learn from.
pub async fn spam(arguments: Arguments) -> Result<(), Failure> {
    match &arguments.what {
        What::Train(arguments) => train::train(arguments).await,
        What::Replay(arguments) => replay::replay(arguments).await,
        What::Export(arguments) => kept::export(arguments).await,
        What::Eval(arguments) => eval::eval(arguments),
        What::Invent(arguments) => invent::invent(arguments),
    }
}
