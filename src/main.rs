//! The program: parse arguments, call the library, turn an error into text and an exit status.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match exequatur::commands::run(exequatur::cli::Cli::parse()) {
        Ok(status) => ExitCode::from(status),
        Err(fault) => {
            eprintln!("exequatur: {fault:#}");
            ExitCode::FAILURE
        }
    }
}
