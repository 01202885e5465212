//! The command line: one file for each subcommand.

mod backup;
mod check_config;
mod codes;
mod demo;
mod doctor;
mod explain;
mod export;
mod failure;
mod kept;
mod names;
mod open;
mod outbox;
mod provision;
mod quarantine;
mod roster;
mod run;
mod sheet;
mod spam;
mod telemetry;
mod ticket;

use std::{io::Write as _, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};

pub use failure::Failure;

/// The steward of a residential community on Matrix: reports become tracked tickets, and nothing is lost.
///
/// Begin with `linli demo`, which needs nothing but this machine. For your own estate, copy config.example.toml to
/// linli.toml, then: linli check-config, linli provision, linli run, linli doctor.
#[derive(Parser)]
#[command(name = "linli", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build an estate on a homeserver of its own and play with it in this terminal
    Demo(demo::Arguments),
    /// Serve the communities of a configuration until told to stop
    Run(run::Arguments),
    /// Say whether everything is well, and how to cure what is not
    Doctor(ConfigArguments),
    /// Make or adopt the space and rooms that the configuration names
    Provision(provision::Arguments),
    /// Say whose names are wrong and what would follow, before linli is let loose on a community
    Names(names::Arguments),
    /// Take in a list of homes and surnames, or write it out
    Roster(roster::Arguments),
    /// Draw codes for homes, and write a sheet of slips to print
    Codes(codes::Arguments),
    /// Open a ticket for somebody who has called
    Ticket(ticket::Arguments),
    /// Write tickets to a file for spreadsheets and other programs
    Export(export::Arguments),
    /// Write everything linli keeps to a file of JSON lines (also while it runs)
    Backup(backup::BackupArguments),
    /// Restore a backup into a new, empty store
    Restore(backup::RestoreArguments),
    /// Show, retry or give up what could not be sent
    Outbox(outbox::Arguments),
    /// Show, decide again or forget events whose decision failed
    Quarantine(quarantine::Arguments),
    /// List every fault of a configuration, each with its key
    CheckConfig(ConfigArguments),
    /// Read sentences line by line, or a display name, and say as JSON what linli understands
    Explain(explain::Arguments),
    /// Teach linli what an advert is, and say how well it knows
    Spam(spam::Arguments),
}

/// Which configuration to use.
#[derive(Args)]
pub struct ConfigArguments {
    /// The configuration file
    #[arg(long, value_name = "FILE", default_value = "linli.toml", global = true)]
    pub config: PathBuf,
}

/// Reads the arguments and does what they say. This is the one place that reports failures and sets the exit code.
#[must_use]
pub fn main() -> ExitCode {
    // A panic's message may hold what somebody wrote; its place says enough.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let place = place.as_deref().unwrap_or("an unknown place");
        // Where standard error is closed there is nobody to tell.
        let _ = writeln!(std::io::stderr(), "linli has met a fault at {place}");
    }));
    let cli = Cli::parse();
    match dispatch(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.report();
            failure.exit_code()
        }
    }
}

fn dispatch(command: Command) -> Result<(), Failure> {
    match command {
        Command::CheckConfig(arguments) => check_config::check(&arguments),
        Command::Explain(arguments) => explain::explain(&arguments),
        Command::Restore(arguments) => backup::restore(&arguments),
        Command::Demo(arguments) => in_runtime(demo::demo(arguments)),
        Command::Spam(arguments) => in_runtime(spam::spam(arguments)),
        Command::Run(arguments) => in_runtime(run::run(arguments)),
        Command::Doctor(arguments) => in_runtime(doctor::doctor(arguments)),
        Command::Provision(arguments) => in_runtime(provision::provision(arguments)),
        Command::Names(arguments) => in_runtime(names::names(arguments)),
        Command::Roster(arguments) => in_runtime(roster::roster(arguments)),
        Command::Codes(arguments) => in_runtime(codes::codes(arguments)),
        Command::Ticket(arguments) => in_runtime(ticket::ticket(arguments)),
        Command::Export(arguments) => in_runtime(export::export(arguments)),
        Command::Backup(arguments) => in_runtime(backup::backup(arguments)),
        Command::Outbox(arguments) => in_runtime(outbox::outbox(arguments)),
        Command::Quarantine(arguments) => in_runtime(quarantine::quarantine(arguments)),
    }
}

fn in_runtime(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| {
            Failure::other(anyhow::Error::new(error).context("Cannot start threads"))
        })?;
    let result = runtime.block_on(work);
    // Nothing that is still waiting for the network holds the end up.
    runtime.shutdown_timeout(std::time::Duration::from_millis(500));
    result
}
