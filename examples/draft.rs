//! A pack from payment files.
//!
//! ```text
//! cargo run --release --example draft -- --place E08000035 --name Leeds --out packs/leeds downloads/*.csv
//! ```

mod common;

use clap::Parser;
use common::{Data, Wrong};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use wholeplace::draft::{DraftError, Drafting, publishers};

/// A pack from payment files: which column is what, all codes, the publishers, and whom they pay.
///
/// cargo run --release --example draft -- --place E08000035 --name Leeds --out packs/leeds downloads/*.csv
#[derive(Parser)]
#[command(verbatim_doc_comment, after_help = common::EXIT_CODES)]
struct Arguments {
    #[command(flatten)]
    common: common::CommonArguments,
    /// Code of the place, such as E08000035.
    #[arg(long, required_unless_present = "layouts")]
    place: Option<String>,
    /// Name of the place.
    #[arg(long, required_unless_present = "layouts")]
    name: Option<String>,
    /// Folder of the pack: new, or one to which what is new is added. Without it nothing is written.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Propose every layout from the files, without the library of layouts.
    #[arg(long)]
    without_library: bool,
    /// List the publishers of the library of layouts, and nothing else.
    #[arg(long)]
    layouts: bool,
    /// Payment files, folders of them, or patterns with `*`.
    #[arg(required_unless_present = "layouts")]
    files: Vec<PathBuf>,
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    if arguments.layouts {
        for publisher in publishers() {
            writeln!(out, "{}: {}", publisher.id, publisher.name)?;
        }
        return Ok(());
    }
    if arguments.common.pack.is_some() {
        return Err(Wrong::error(
            "a draft is written into the folder of --out; --pack is for programs that read packs"
                .to_owned(),
        ));
    }
    let (code, name) = (arguments.place.as_deref(), arguments.name.as_deref());
    let mut drafting = Drafting::of_place(code.unwrap_or_default(), name.unwrap_or_default());
    if let Some(folder) = &arguments.common.data {
        if !folder.is_dir() {
            return Err(format!(
                "there is no folder `{}` (--data); name the folder that the files lie in",
                folder.display()
            )
            .into());
        }
        drafting = drafting.data(folder);
    }
    if arguments.without_library {
        drafting = drafting.without_library();
    }
    if let Some(pack) = &arguments.out {
        if pack.is_file() {
            return Err(format!(
                "--out: `{}` is a file; name a folder for the pack",
                pack.display()
            )
            .into());
        }
        if pack.exists() && !pack.is_dir() {
            return Err(format!("--out: `{}` is no folder", pack.display()).into());
        }
    }
    let draft = match drafting.draft(&arguments.files) {
        Ok(draft) => draft,
        Err(error @ DraftError::NoPlace(_)) => return Err(Wrong::error(error.to_string())),
        Err(error) => return Err(error.into()),
    };
    writeln!(out, "{draft}")?;
    let Some(pack) = &arguments.out else {
        writeln!(
            out,
            "Nothing was written: name the folder of the pack with --out."
        )?;
        return left_out(&draft);
    };
    let written = draft.to_pack(pack)?;
    write!(out, "{written}")?;
    data.written(&written)?;
    let year = draft.main_year();
    let folders = match &written.data {
        Some(data) => format!("--pack {} --data {}", typed(pack), typed(data)),
        None => format!("--pack {}", typed(pack)),
    };
    let cargo = "  cargo run --release --example";
    writeln!(
        out,
        "\nNext, what is in it, what is to do, and the first figure:"
    )?;
    writeln!(out, "{cargo} check -- {folders}")?;
    writeln!(out, "{cargo} worklist -- {folders}")?;
    if let Some(year) = year {
        writeln!(
            out,
            "{cargo} ask -- {folders} --period {year} --phase outturn --by partner"
        )?;
    }
    left_out(&draft)
}

/// Fails where a file that was named itself is no part of the draft.
fn left_out(draft: &wholeplace::draft::Draft) -> common::Outcome {
    match draft.left_out().iter().filter(|left| left.named).count() {
        0 => Ok(()),
        1 => Err("a file that was named is left out of the draft; why stands above".into()),
        more => Err(format!(
            "{more} files that were named are left out of the draft; why stands above"
        )
        .into()),
    }
}

/// A path as it is typed on a command line.
fn typed(path: &Path) -> String {
    let shown = path.display().to_string();
    if shown.contains([' ', '(', ')', '&']) {
        format!("'{shown}'")
    } else {
        shown
    }
}
