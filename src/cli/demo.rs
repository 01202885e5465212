//! `linli demo`

use anyhow::Context as _;

use super::Failure;
use crate::{demo::Demo, text::language::Language};

/// What `linli demo` takes.
#[derive(clap::Args)]
pub struct Arguments {
    /// Forget the last demo and begin anew
    #[arg(long)]
    fresh: bool,
    /// The language of the estate: zh or en
    #[arg(long, value_name = "LANGUAGE", default_value = "zh", value_parser = ["zh", "en"])]
    lang: String,
    /// Have the homeserver ask linli before it lets messages pass, so that adverts are stopped before anybody sees them
    #[arg(long)]
    guard: bool,
    /// Play the opening scene in a folder of its own, check it, and end with 0 or 1
    #[arg(long)]
    scene_only: bool,
}

/// Runs the demo.
///
/// # Errors
/// Where something cannot be started, or the scene goes otherwise than it should.
pub async fn demo(arguments: Arguments) -> Result<(), Failure> {
    let demo = Demo {
        language: if arguments.lang == "en" {
            Language::En
        } else {
            Language::Zh
        },
        fresh: arguments.fresh,
        scene_only: arguments.scene_only,
        guard: arguments.guard,
        program: std::env::current_exe().context("Cannot find linli's own program")?,
    };
    demo.run().await.map_err(Failure::from)
}
