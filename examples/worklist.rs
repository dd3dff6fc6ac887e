//! What is still to be done in a pack: codes that no crosswalk has placed, most money first, as a
//! sheet to fill in. The filled sheet is the crosswalk.
//!
//! ```text
//! cargo run --release --example worklist -- --pack MINE --data FILES              # look at it
//! cargo run --release --example worklist -- --pack MINE --data FILES --out todo.xlsx
//! cargo run --release --example worklist -- --templates FOLDER                    # empty tables
//! ```

mod common;

use clap::Parser;
use common::{Data, Wrong};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use wholeplace::axis::Suggestions;
use wholeplace::place::Place;
use wholeplace::worklist::{Choices, Template, Worklist};

/// What is still to be done in a pack: codes that no crosswalk has placed, most money first.
///
/// cargo run --release --example worklist -- --ledger council
#[derive(Parser)]
#[command(verbatim_doc_comment, after_help = common::EXIT_CODES)]
struct Arguments {
    #[command(flatten)]
    common: common::CommonArguments,
    /// Write the list to this file, .xlsx or .csv: fill it in, and name it in a [[crosswalk]] of the
    /// pack. A file that is there already is never overwritten.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Only codes of this ledger. May be repeated.
    #[arg(long, value_name = "ID")]
    ledger: Vec<String>,
    /// Write empty tables of a pack to this folder, with drop-downs of what may stand in them, and do
    /// nothing else.
    #[arg(long, value_name = "FOLDER")]
    templates: Option<PathBuf>,
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    if let Some(folder) = &arguments.templates {
        return templates(folder, out);
    }
    let as_workbook = arguments.out.as_deref().map(is_workbook).transpose()?;
    let place = data.place(&common::shipped("examples/data/partners"))?;
    for ledger in &arguments.ledger {
        known(ledger, &place)?;
    }
    let account = data.ledgers(&place)?;
    let wanted =
        |id: &str| arguments.ledger.is_empty() || arguments.ledger.iter().any(|one| one == id);
    let list = Worklist::of_ledgers(&account, wanted);
    write!(out, "{list}")?;
    let (Some(file), Some(as_workbook)) = (&arguments.out, as_workbook) else {
        return Ok(());
    };
    let sheet = list.sheet();
    if sheet.rows().is_empty() {
        writeln!(
            out,
            "\nThere is nothing to fill in, and no file was written."
        )?;
        return Ok(());
    }
    let bytes = if as_workbook {
        sheet.to_xlsx(&Choices::of_axes(place.axes()))?
    } else {
        sheet.to_csv().into_bytes()
    };
    write_new(file, &bytes)?;
    writeln!(
        out,
        "\nWritten to {}. Fill it in, put it into the pack, and name it there:\n\n[[crosswalk]]\nfile = \"{}\"",
        file.display(),
        file.file_name().unwrap_or_default().display()
    )?;
    Ok(())
}

/// Whether a file is to be a workbook; it may also be a CSV.
fn is_workbook(file: &Path) -> Result<bool, Box<dyn std::error::Error>> {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("xlsx") => Ok(true),
        Some("csv") => Ok(false),
        _ => Err(Wrong::error(format!(
            "`{}` (--out) is neither .xlsx nor .csv",
            file.display()
        ))),
    }
}

fn known(ledger: &str, place: &Place) -> common::Outcome {
    let ids = || place.ledgers().iter().map(|plan| plan.id.as_str());
    if ids().any(|id| id == ledger) {
        return Ok(());
    }
    let instead = Suggestions::of(ledger, ids());
    Err(Wrong::error(format!(
        "`{ledger}` (--ledger) is not a ledger of this pack{instead}"
    )))
}

/// Empty tables of a pack.
fn templates(folder: &Path, out: &mut dyn Write) -> common::Outcome {
    let said = |error| format!("cannot make the folder `{}`: {error}", folder.display());
    std::fs::create_dir_all(folder).map_err(said)?;
    for template in Template::ALL {
        let file = folder.join(template.file_name());
        write_new(&file, &template.to_xlsx()?)?;
        writeln!(out, "{}", file.display())?;
    }
    Ok(())
}

/// Writes a file that is not there yet: one that is may be filled in.
fn write_new(file: &Path, bytes: &[u8]) -> common::Outcome {
    let shown = file.display();
    let opened = OpenOptions::new().write(true).create_new(true).open(file);
    let said = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => format!(
            "`{shown}` is there already, and somebody may have filled it in; choose another name, or take it away"
        ),
        _ => format!("cannot write `{shown}`: {error}"),
    };
    let mut opened = opened.map_err(said)?;
    opened.write_all(bytes).map_err(said)?;
    Ok(())
}
