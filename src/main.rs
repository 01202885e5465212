//! linli: arguments → configuration → telemetry → wire → run.

#![recursion_limit = "256"]

use std::process::ExitCode;

fn main() -> ExitCode {
    linli::cli::main()
}
