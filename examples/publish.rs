//! A site that may be published under the pack's policy, with the statement that stands on it and the certificate
//! that proves it.
//!
//! ```text
//! cargo run --release --example publish -- --on 2026-11-30 --out public --register releases/first
//! cargo run --release --example publish -- --on 2027-02-28 --out public-2 --register releases/second --earlier releases/first
//! ```

#[path = "common/site_folder.rs"]
mod site_folder;
#[path = "common/site_parts.rs"]
mod site_parts;
mod common;

use clap::Parser;
use common::{Data, Wrong};
use jiff::civil::Date;
use site_folder::SiteFolder;
use site_parts::{Chances, SiteParts};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use wholeplace::axis::Period;
use wholeplace::disclosure::{DisclosurePolicy, Register};
use wholeplace::report::{Publication, ReportScope};
use wholeplace::statistic::Confidence;
use wholeplace::table::{Align, Table};

/// What may be told outside the house, and the proof of it.
///
/// cargo run --release --example publish -- --on 2026-11-30 --out public --register releases/first
#[derive(Parser)]
#[command(verbatim_doc_comment, after_help = common::EXIT_CODES)]
struct Arguments {
    #[command(flatten)]
    common: common::CommonArguments,
    /// Level of the places.
    #[arg(long, default_value = "area")]
    level: String,
    /// Level to which activities are gathered.
    #[arg(long, default_value = "theme")]
    activity_level: String,
    /// The period; that of the pack's reports when left out.
    #[arg(long)]
    period: Option<String>,
    /// budget, forecast or outturn.
    #[arg(long, default_value = "outturn")]
    phase: String,
    /// Who is inside: all-partners, or codes of partners and sets with commas between.
    #[arg(long, default_value = "all-partners")]
    boundary: String,
    /// How sure intervals of outcomes are meant to be, between 0 and 1; every page says it.
    #[arg(long, default_value = "0.95")]
    confidence: Confidence,
    /// How many times proposals that give ranges are drawn, for chances.
    #[arg(long, default_value_t = 10_000)]
    draws: u32,
    /// Seed of simulated limits of ranks, and of the draws of proposals.
    #[arg(long, default_value_t = 2026)]
    seed: u64,
    /// The day of the release, as 2026-11-30; the certificate says it.
    #[arg(long, value_name = "DAY")]
    on: Date,
    /// Folder for the site. It may be published.
    #[arg(long, requires = "register")]
    out: Option<PathBuf>,
    /// Folder of the register of an earlier edition; several may be given. Nothing is told then that subtracting one
    /// edition from another would tell.
    #[arg(long, value_name = "FOLDER")]
    earlier: Vec<PathBuf>,
    /// Folder of the site of an earlier edition, whose register is named with --earlier: a page says what this one changes
    /// of it.
    #[arg(long, value_name = "FOLDER", requires = "earlier")]
    since: Option<PathBuf>,
    /// Why figures changed since then: a CSV with table, column, code and why.
    #[arg(long, value_name = "FILE", requires = "since")]
    why: Option<PathBuf>,
    /// Folder of the register for this release: the certificate, and what the next edition must know. It is
    /// confidential. Earlier editions that lie beside it must be named with --earlier.
    #[arg(long, requires = "out")]
    register: Option<PathBuf>,
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    let place = data.place(&common::shipped("examples/data/partners"))?;
    // What is wrong with the policy is told before anything long is done.
    let policy = DisclosurePolicy::open(&place)?;
    let named: Option<Period> = arguments.period.as_deref().map(str::parse).transpose()?;
    let phase = common::phase(&place, &arguments.phase)?;
    let boundary = arguments.boundary.parse()?;
    let registers = arguments.earlier.iter();
    let registers = registers.map(|one| Register::open(one, &place, &policy));
    let registers: Vec<Register> = registers.collect::<Result<_, _>>()?;
    Register::all_there(&registers)?;
    if let Some(register) = &arguments.register {
        Register::beside(register, &arguments.earlier)?;
    }
    let mut folder = match (&arguments.out, &arguments.register) {
        (Some(folder), Some(register)) if register.starts_with(folder) => {
            let message =
                "--register lies in --out: the register is confidential, and the site is not";
            return Err(Wrong::error(message.to_owned()));
        }
        (Some(folder), _) => {
            Some(SiteFolder::begin(folder).map_err(|error| format!("--out: {error}"))?)
        }
        (None, _) => None,
    };
    let (account, cube) = data.account(&place)?;
    let scope = ReportScope {
        level: arguments.level.clone(),
        activity_level: arguments.activity_level.clone(),
        period: named.map_or_else(|| cube.period_of_reports(phase), Ok)?,
        phase,
        boundary,
    };
    scope.check(&place)?;
    common::recorded(&account, scope.period, phase)?;
    let chances = Chances {
        confidence: arguments.confidence,
        draws: arguments.draws,
        seed: arguments.seed,
    };
    let parts = SiteParts::open(data, &place, chances, true)?
        .since(arguments.since.as_deref(), arguments.why.as_deref())?;
    let sources = parts.sources(&account, &cube, &scope);
    let bar = common::bar("asking");
    let progress = |done: usize, of: usize| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    };
    let publication =
        Publication::prepare_over(&sources, &account, &policy, &registers, &progress)?;
    bar.finish_and_clear();
    writeln!(out, "{}\n", publication.site().terms())?;
    writeln!(out, "{}", what_it_costs(&publication))?;
    let certificate = publication.each_file(arguments.on, |file| {
        if let Some(folder) = &mut folder {
            folder.write(&file)?;
        }
        Ok::<(), Box<dyn std::error::Error>>(())
    })?;
    writeln!(
        out,
        "{} private sums, {} lines of them, {} protected, each with its moves; proved twice, and no withheld sum stands in any of {} files.",
        certificate.sums,
        certificate.lines.len(),
        certificate.protections.len(),
        certificate.files.len()
    )?;
    if let (Some(folder), Some(register)) = (folder, &arguments.register) {
        std::fs::create_dir_all(register)?;
        let file = register.join("certificate.json");
        std::fs::write(&file, certificate.to_json()?)?;
        let next = publication.register(&account, &certificate)?;
        std::fs::write(register.join(Register::FILE), next.to_json()?)?;
        folder.finish_and_say(out)?;
        writeln!(
            out,
            "Confidential: {}, and {} beside it, which the next edition needs with --earlier {}",
            file.display(),
            Register::FILE,
            register.display()
        )?;
    }
    Ok(())
}

/// Which tables withhold how much: where fewer axes or larger places would tell more.
fn what_it_costs(publication: &Publication) -> Table {
    let told = publication.site().get().figures_told();
    let mut table = Table::new("What is withheld, table by table");
    table.column("table", Align::Left);
    for heading in ["told", "withheld"] {
        table.column(heading, Align::Right);
    }
    for one in told.tables.iter().filter(|one| one.withheld > 0) {
        table.row([
            one.table.clone(),
            one.told.to_string(),
            one.withheld.to_string(),
        ]);
    }
    table.row([
        "different figures".to_owned(),
        told.told.to_string(),
        told.withheld.to_string(),
    ]);
    table.note("A figure stands in several tables. A table that withholds much tells more with larger places or fewer axes.");
    table
}
