//! The program: parse arguments, call the library, turn an error into text and an exit status.

use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    match exequatur::commands::run(exequatur::cli::Cli::read()) {
        Ok(status) => ExitCode::from(status),
        Err(fault) => {
            // Nobody may be reading: then the exit status has to do.
            let _ = writeln!(std::io::stderr(), "exequatur: {fault:#}");
            ExitCode::FAILURE
        }
    }
}
