//! Asks an engine what is read on standard input, and writes its answers on standard output, by the lines
//! that `wholeplace::lake::ChildProcess` speaks.
//!
//! ```text
//! WHOLEPLACE_SERVER='sc://lake.example.org:15002/;use_ssl=true;token=…' wholeplace-engine
//! ```
//!
//! The server is named in the environment and not in the arguments, which everybody on a machine can read.
//! A token is never written anywhere.
//!
//! It reads, and makes temporary views of its own session: it writes no table and no file, and takes no
//! query but a single `SELECT` (`question`). It has no clock of its own: whoever asks closes its input
//! when the time is up, or dies; then what runs on the engine is interrupted, the session is given
//! back, and the program ends (`door`).

#[cfg(feature = "adbc")]
mod adbc;
#[cfg(feature = "spark")]
mod address;
mod door;
mod failure;
mod line;
mod question;
mod session;
#[cfg(feature = "spark")]
mod spark;

use std::process::ExitCode;

fn main() -> ExitCode {
    let server = std::env::var("WHOLEPLACE_SERVER").ok();
    if std::env::args().len() > 1 || server.is_none() {
        eprintln!(
            "name the server in WHOLEPLACE_SERVER, as in `sc://127.0.0.1:50051`, and nothing as an argument: \
             everybody on this machine can read those"
        );
        return ExitCode::FAILURE;
    }
    let server = server.unwrap_or_default();
    match door::serve(move || session::at(&server)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
