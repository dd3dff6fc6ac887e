//! The main job: what all partners spend in each Place Plan area, by activity, audience and
//! partner, beside the totals of the county; and what changed for people there: what is known of
//! each area, what only for the county, and what nobody collects.
//!
//! ```text
//! cargo run --release --example locality_report                    # the sample
//! cargo run --release --example locality_report -- --out report    # also a site of pages and files
//! ```

#[path = "common/site_folder.rs"]
mod site_folder;
#[path = "common/site_parts.rs"]
mod site_parts;
mod common;

use clap::Parser;
use common::{Data, Wrong};
use site_folder::SiteFolder;
use site_parts::{Chances, SiteParts};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use wholeplace::axis::Period;
use wholeplace::cube::By;
use wholeplace::disclosure::Released;
use wholeplace::money::Units;
use wholeplace::report::{self, LocalityReport, PlacePage, ReportScope, Site};
use wholeplace::statistic::Confidence;

/// Spend in each place, by activity, audience and partner, and what changed for people there.
///
/// cargo run --release --example locality_report -- --place ludlow
#[derive(Parser)]
#[command(verbatim_doc_comment, after_help = common::EXIT_CODES)]
struct Arguments {
    #[command(flatten)]
    common: common::CommonArguments,
    /// Level of the places.
    #[arg(long, default_value = "place-plan-area")]
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
    confidence: String,
    /// Print only this place, by its code or name.
    #[arg(long)]
    place: Option<String>,
    /// What if money were shared by another set of rules of the pack, by code or name: each place, or each
    /// activity of the place that is named, beside what it is under the pack's own rules.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["driver", "all", "out"])]
    alternative: Option<String>,
    /// The same if everything were shared by this driver, by code or name.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["all", "out"])]
    driver: Option<String>,
    /// thousands or millions of pounds, of what would be.
    #[arg(long = "in", value_name = "UNIT")]
    units: Option<String>,
    /// Print every place in full, and then the summary.
    #[arg(long, conflicts_with = "place")]
    all: bool,
    /// Why this is shown, and to whom; printed on every page.
    #[arg(long, default_value = "a demonstration of the library")]
    reason: String,
    /// How many times proposals that give ranges are drawn, for chances; the seed is that of --seed.
    #[arg(long, default_value_t = 10_000)]
    draws: u32,
    /// Seed of simulated limits of ranks, and of the draws of proposals.
    #[arg(long, default_value_t = 2026)]
    seed: u64,
    /// Folder for a small site: pages with pictures, and every table to take away.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Folder of an earlier site: a page of the new one says what it changes of it.
    #[arg(long, value_name = "FOLDER", requires = "out")]
    since: Option<PathBuf>,
    /// Why figures changed since then: a CSV with table, column, code and why.
    #[arg(long, value_name = "FILE", requires = "since")]
    why: Option<PathBuf>,
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    // What can be checked without the ledgers is checked before anything long is done.
    let confidence: Confidence = arguments.confidence.parse()?;
    let place = data.place(&common::shipped("examples/data/shropshire"))?;
    let named: Option<Period> = arguments.period.as_deref().map(str::parse).transpose()?;
    let phase = common::phase(&place, &arguments.phase)?;
    let boundary = arguments.boundary.parse()?;
    let other = match (&arguments.alternative, &arguments.driver) {
        (Some(code), _) => Some(place.alternative(code)?),
        (None, Some(code)) => Some(place.all_by(code)?),
        (None, None) => None,
    };
    let units: Option<Units> = arguments.units.as_deref().map(str::parse).transpose()?;
    if units.is_some() && other.is_none() {
        let message =
            "--in is for what would be (--alternative, --driver): a report says pounds and pence";
        return Err(Wrong::error(message.to_owned()));
    }
    let mut folder = match &arguments.out {
        Some(folder) => Some(SiteFolder::begin(folder).map_err(|error| format!("--out: {error}"))?),
        None => None,
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
    let only = match &arguments.place {
        Some(code) => Some(place.axes().localities.code(scope.place(&place, code)?)),
        None => None,
    };
    if let Some(other) = &other {
        let of_place = only.unwrap_or_else(|| place.axes().localities.code(place.locality()));
        let by = match only {
            Some(_) => By::Activity(Some(scope.activity_level.clone())),
            None => By::Locality(scope.level.clone()),
        };
        let question = (cube.ask().period(scope.period).phase(phase))
            .boundary(scope.boundary.clone())
            .locality(of_place)
            .by([by]);
        let what_if = question.under(other)?;
        let table = units.map_or_else(|| what_if.table(), |units| what_if.in_units(units));
        // A table of a report leaves the house as a report does: with a reason.
        let released = Released::for_internal_use(table, &arguments.reason)?;
        writeln!(out, "{}\n{}", released.get(), released.terms())?;
        return Ok(());
    }
    let chances = Chances {
        confidence,
        draws: arguments.draws,
        seed: arguments.seed,
    };
    let parts = SiteParts::open(data, &place, chances, arguments.out.is_some())?
        .since(arguments.since.as_deref(), arguments.why.as_deref())?;
    let bar = common::bar("asking");
    let progress = |done: usize, of: usize| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    };
    let (report, site) = match (&arguments.out, parts.outcomes()) {
        (Some(_), _) => {
            let sources = parts.sources(&account, &cube, &scope);
            let site = Site::build_with(&sources, &progress)?;
            (site.report().clone(), Some(site))
        }
        (None, Some(of)) => {
            let (indicators, confidence) = (of.indicators, of.confidence);
            let report = LocalityReport::build_with_outcomes_and_progress(
                &cube, &scope, indicators, confidence, &progress,
            )?;
            (report, None)
        }
        (None, None) => (LocalityReport::build_with(&cube, &scope, &progress)?, None),
    };
    bar.finish_and_clear();
    let report = Released::for_internal_use(report, &arguments.reason)?;

    let in_full = |page: &&PlacePage| match only {
        Some(code) => code == page.code,
        None => arguments.all,
    };
    let pages = || std::iter::once(&report.get().whole).chain(&report.get().places);
    for page in pages().filter(in_full) {
        writeln!(out, "{}\n", report::place_text(&report, page))?;
    }
    if only.is_none() {
        writeln!(out, "{}", report::summary(&report))?;
    }
    let steps = &report.get().reconciliation;
    let verdict = if steps.holds() {
        "every step holds"
    } else {
        "NOT EVERY STEP HOLDS"
    };
    writeln!(
        out,
        "Reconciliation from file to answer: {} steps, {verdict}.",
        steps.steps.len()
    )?;
    if let (Some(mut written), Some(site)) = (folder.take(), site) {
        let site = Released::for_internal_use(site, &arguments.reason)?;
        report::each_site_file(&site, |file| {
            written.write(&file)?;
            Ok::<(), Box<dyn std::error::Error>>(())
        })?;
        written.finish_and_say(out)?;
    }
    Ok(())
}
