//! One page for a pack and its files: what was found, what is missing, what matches nothing.
//!
//! ```text
//! cargo run --release --example check                              # an invented place
//! cargo run --release --example check -- \
//!     --pack examples/packs/lancashire --data ../shared/ledgers --strict
//! ```

mod common;

use clap::{Parser, ValueEnum};
use common::Data;
use std::io::Write;
use std::process::ExitCode;

/// What is in the files of a pack, what is missing, and which of its rules match nothing?
///
/// cargo run --release --example check -- --pack examples/data/shropshire
#[derive(Parser)]
#[command(verbatim_doc_comment, after_help = common::EXIT_CODES)]
struct Arguments {
    #[command(flatten)]
    common: common::CommonArguments,
    /// How the page is written.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Tables for people.
    Text,
    /// All of it for programs.
    Json,
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    let place = match data.place(&common::shipped("examples/data/partners")) {
        Ok(place) => place,
        Err(why) => {
            // The faults of a pack that does not open are what there is to tell.
            if let Some(faults) = data.faults_of_pack() {
                match arguments.format {
                    Format::Text => write!(out, "{faults}")?,
                    Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&faults)?)?,
                }
            }
            return Err(why);
        }
    };
    let check = data.check(&place)?;
    match arguments.format {
        Format::Text => write!(out, "{check}")?,
        Format::Json => writeln!(out, "{}", check.to_json())?,
    }
    match check.not_read.len() {
        0 => Ok(()),
        1 => Err("1 file or ledger could not be read; the page says why".into()),
        several => {
            Err(format!("{several} files or ledgers could not be read; the page says why").into())
        }
    }
}
