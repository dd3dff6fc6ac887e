//! One account of many partners: what they pay each other, and what is spent inside each
//! boundary.
//!
//! ```text
//! cargo run --release --example consolidate_partners               # an invented place
//! cargo run --release --example consolidate_partners -- \
//!     --pack examples/packs/lancashire --data ../shared/ledgers --period 2024/25
//! ```

mod common;

use clap::Parser;
use common::Data;
use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;
use wholeplace::account::{Boundary, FundingError, PlaceAccount};
use wholeplace::axis::{AxisError, Evidence, Period, Phase};
use wholeplace::cube::{Answer, AskError, By, Cube, Memorandum, OverlapScope, Overlaps};
use wholeplace::money::Pence;
use wholeplace::place::Place;
use wholeplace::table::{Align, Table};

/// What partners pay each other, and what is spent inside each boundary.
///
/// cargo run --release --example consolidate_partners -- --period 2024/25
#[derive(Parser)]
#[command(verbatim_doc_comment, after_help = common::EXIT_CODES)]
struct Arguments {
    #[command(flatten)]
    common: common::CommonArguments,
    /// The period; that of the pack's reports when left out.
    #[arg(long)]
    period: Option<String>,
    /// budget, forecast or outturn.
    #[arg(long, default_value = "outturn")]
    phase: String,
    /// A boundary: all-partners, or codes of partners and sets with commas between. May be
    /// repeated; each partner with a ledger, each set of the pack and all partners when left out.
    #[arg(long)]
    boundary: Vec<String>,
    /// Also the lines of every payment that the two sides have not written down alike.
    #[arg(long)]
    lines: bool,
    /// Level of activities and of places at which partners may overlap, as `theme,area`.
    #[arg(long)]
    overlap: Option<String>,
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    let place = data.place(&common::shipped("examples/data/partners"))?;
    let period: Option<Period> = arguments.period.as_deref().map(str::parse).transpose()?;
    let phase = common::phase(&place, &arguments.phase)?;
    let named = named_boundaries(arguments, &place)?;
    let (account, cube) = data.account(&place)?;
    let period = period.map_or_else(|| cube.period_of_reports(phase), Ok)?;
    common::recorded(&account, period, phase)?;
    let boundaries = if named.is_empty() {
        all_boundaries(&cube, phase)
    } else {
        named
    };
    // The widest boundary is the last.
    let widest = boundaries.last().cloned().unwrap_or(Boundary::AllPartners);
    let overlaps = match arguments.overlap.as_deref() {
        Some(levels) => {
            let (activity, locality) = levels.split_once(',').unwrap_or((levels, "area"));
            let scope = OverlapScope {
                activity_level: activity.to_owned(),
                locality_level: locality.to_owned(),
                ages: None,
                weakest: Evidence::Population,
                period,
                phase,
                boundary: widest.clone(),
            };
            Some(Overlaps::find(&cube, &scope)?)
        }
        None => None,
    };
    writeln!(out, "{}", recognised(&account))?;
    writeln!(out, "{}", account.transfers().table())?;
    if arguments.lines {
        for pair in account.transfers().pairs() {
            writeln!(out, "{}", pair.table())?;
        }
    }
    let mut totals = totals_table(&format!("Spent inside each boundary, {period} {phase}"));
    for boundary in &boundaries {
        let question = cube.ask().period(period).phase(phase);
        let answer = question.boundary(boundary.clone()).answer()?;
        totals_row(&mut totals, &answer);
    }
    writeln!(out, "{totals}")?;

    let question = || (cube.ask().period(period).phase(phase)).boundary(widest.clone());
    let months = question().answer()?.months;
    for missing in months.iter().flat_map(|months| months.sentences()) {
        writeln!(out, "{missing}")?;
    }
    let mut views = Vec::new();
    for by in [By::Funder, By::Commissioner, By::Deliverer] {
        views.push(question().by([by]).answer()?);
    }
    writeln!(out, "{}", roles(&views))?;
    let movable = question().movable()?;
    if movable.not_stated != movable.total {
        writeln!(out, "{movable}")?;
    }
    writeln!(out, "{}", cube.sources_and_uses(&widest, phase)?)?;
    match cube.pools(phase) {
        Ok(pools) => {
            for pool in pools {
                writeln!(out, "{pool}\n{}", pool.attribution_table())?;
            }
        }
        // The rest is known without it.
        Err(AskError::Funding(error @ FundingError::PoolNotHeld { .. })) => {
            writeln!(out, "No statements of pooled funds: {error}.\n")?;
        }
        Err(error) => return Err(error.into()),
    }
    if let Some(overlaps) = overlaps {
        writeln!(out, "{overlaps}")?;
    }
    Ok(())
}

/// Those that were named, each of which the place has.
fn named_boundaries(arguments: &Arguments, place: &Place) -> Result<Vec<Boundary>, AxisError> {
    let named = arguments.boundary.iter().map(|text| {
        let boundary: Boundary = text.parse()?;
        boundary.inside(place)?;
        Ok(boundary)
    });
    named.collect()
}

/// Each partner with a ledger, the sets of the pack, and everybody.
fn all_boundaries(cube: &Cube, phase: Phase) -> Vec<Boundary> {
    let place = cube.place();
    let partners = place.axes().partners.iter();
    let mut all: Vec<Boundary> = partners
        .filter(|(partner, _)| cube.holds_ledger(*partner, phase))
        .map(|(_, partner)| Boundary::of([&partner.code]))
        .collect();
    all.extend((place.boundaries().iter()).map(|set| Boundary::of([&set.code])));
    all.push(Boundary::AllPartners);
    all
}

/// One total, by whose money it was, who decided and who spent it.
fn roles(views: &[Answer]) -> Table {
    let mut table = Table::new("One total in three roles");
    table.column("partner", Align::Left);
    let mut partners: BTreeMap<(&str, &str), Vec<Pence>> = BTreeMap::new();
    for (role, view) in views.iter().enumerate() {
        table.column(&format!("as {}", view.axes.join(" ")), Align::Right);
        for row in &view.rows {
            for key in &row.keys {
                let roles = partners.entry((&key.name, &key.code)).or_default();
                roles.resize(views.len(), Pence::ZERO);
                roles[role] = row.figure.amount;
            }
        }
    }
    let row = |name: &str, pence: &[Pence]| {
        let cells = pence.iter().map(ToString::to_string);
        std::iter::once(name.to_owned())
            .chain(cells)
            .collect::<Vec<_>>()
    };
    for ((name, _), pence) in &partners {
        if pence.iter().any(|pence| *pence != Pence::ZERO) {
            table.row(row(name, pence));
        }
    }
    let totals: Vec<Pence> = views.iter().map(|view| view.total.amount).collect();
    table.row(row("Total", &totals));
    if let Some(view) = views.first() {
        view.in_kind
            .iter()
            .for_each(|given| table.note(&given.to_string()));
        view.notes.iter().for_each(|note| table.note(note));
    }
    table
}

fn recognised(account: &PlaceAccount) -> Table {
    let mut table = Table::new("Payments between partners, by the rule that recognised them");
    for heading in ["ledger", "text of the rule", "partner", "kind"] {
        table.column(heading, Align::Left);
    }
    table.column("lines", Align::Right);
    table.column("amount", Align::Right);
    for rule in account.recognised() {
        table.row([
            rule.ledger.clone(),
            rule.text.clone(),
            rule.partner.clone(),
            rule.kind.to_string(),
            rule.lines.to_string(),
            rule.pence.to_string(),
        ]);
    }
    table
}

fn totals_table(title: &str) -> Table {
    let mut table = Table::new(title);
    table.column("boundary", Align::Left);
    for heading in [
        "gross",
        "eliminated",
        "agency",
        "spent",
        "of it outgoing",
        "through unheld",
        "incoming",
        "in kind",
    ] {
        table.column(heading, Align::Right);
    }
    table
}

fn totals_row(table: &mut Table, answer: &Answer) {
    let total = &answer.total;
    let amount = |pence: Pence| pence.to_string();
    let beside = |what| amount(total.memorandum(what));
    table.row([
        answer.question["boundary"].clone(),
        total.gross().map_or_else(|| "too large".to_owned(), amount),
        beside(Memorandum::Eliminated),
        beside(Memorandum::Agency),
        amount(total.amount),
        beside(Memorandum::Outgoing),
        beside(Memorandum::Unheld),
        beside(Memorandum::Incoming),
        beside(Memorandum::InKind),
    ]);
}
