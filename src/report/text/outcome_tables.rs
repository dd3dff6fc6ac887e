//! Outcomes in sentences and tables, for the terminal and for pages alike.

use super::knowledge::in_short;
use crate::indicator::{AgainstForecast, AgainstTarget, Progress};
use crate::linkage::OutcomeSpend;
use crate::money::Pence;
use crate::report::content::{
    IndicatorShown, KnownFor, LocalityReport, OutcomeSection, PlaceOutcomes, PlacePage,
};
use crate::table::{Align, Table};

/// What a reader must know before the first outcome.
pub fn before(report: &LocalityReport, page: &PlacePage, of: &PlaceOutcomes) -> Vec<String> {
    let mut beside = format!(
        "Each figure is the last that was published, of the period beside it; spending is that of \
         {}. They stand side by side: nothing here says that the one made the other.",
        report.period
    );
    if !page.is_whole(report) {
        beside.push_str(&format!(
            " What is known only for a larger place is never a figure of {}.",
            page.name
        ));
    }
    let mut facts = Vec::new();
    if let Some(outcomes) = &report.outcomes {
        facts.push(format!("Intervals are {} intervals.", outcomes.confidence));
    }
    if of.indicators().any(|shown| targeted(shown).is_some()) {
        facts.push(
            "Target, significance and direction are three facts; none stands for another."
                .to_owned(),
        );
    } else if of.indicators().any(|shown| progress(shown).is_some()) {
        facts.push("No targets are set for these periods.".to_owned());
    }
    let mut said = vec![in_short(of, &page.name), beside, facts.join(" ")];
    said.extend(of.notes.iter().cloned());
    said
}

/// Who leads on an outcome, and who contributes.
pub fn who(outcome: &OutcomeSection) -> String {
    let mut said = Vec::new();
    if !outcome.priority.is_empty() {
        said.push(format!("Priority: {}.", outcome.priority));
    }
    match &outcome.lead {
        Some(lead) => said.push(format!("Lead: {lead}.")),
        None => said.push("Nobody is named as lead.".to_owned()),
    }
    if !outcome.contributing.is_empty() {
        said.push(format!(
            "Contributing: {}.",
            outcome.contributing.join(", ")
        ));
    }
    said.join(" ")
}

/// What is spent on an outcome, in a sentence.
pub fn spend_in_words(
    report: &LocalityReport,
    page: &PlacePage,
    section: &OutcomeSection,
) -> String {
    let (place, period, phase) = (&page.name, &report.period, report.phase);
    if section.shown.is_withheld() {
        return format!(
            "What was spent in {place} in {period} ({phase}) on activities that are meant to help \
             may not be shown."
        );
    }
    if section.spend.is_none() {
        return "The pack names no activity that is meant to help.".to_owned();
    }
    let Some(spend) = section.open_spend() else {
        return format!(
            "Nothing is recorded in {place} in {period} ({phase}) on the activities that are \
             meant to help."
        );
    };
    let months = report.which_months();
    let months = months.map_or_else(String::new, |months| format!(", {months},"));
    let judged = match spend.judgement {
        Pence::ZERO => String::new(),
        sum => format!(" Of it, {sum} rests on weights that somebody chose."),
    };
    format!(
        "{} was spent in {place} in {period} ({phase}){months} on activities that are meant to help.{judged}",
        section.shown
    )
}

/// What is spent on an outcome, activity by activity, with the total at the foot.
pub fn spend_table(spend: &OutcomeSpend) -> Table {
    let with_notes = spend.table();
    let mut table = Table::new("Spending meant to help");
    for (heading, align) in with_notes.headings() {
        table.column(heading, *align);
    }
    for row in with_notes.rows() {
        table.row(row.iter().cloned());
    }
    table
}

/// How each activity is meant to help, and who decided how much of it.
pub fn how(spend: &OutcomeSpend) -> Vec<String> {
    (spend.parts.iter())
        .map(|part| {
            format!(
                "{}: {}. Counted at {}: {}.",
                part.activity,
                part.how.trim_end_matches('.'),
                part.weight,
                part.judgement.trim_end_matches('.')
            )
        })
        .collect()
}

type Cell = fn(&IndicatorShown) -> Option<String>;

/// Indicators as a table; a column of which no row has anything is left out.
///
/// A column of figures holds figures of this place and nothing else: what is known for a larger
/// place has a column of its own, with the name of that place in every cell.
pub fn indicator_table(title: &str, shown: &[IndicatorShown]) -> Table {
    const OPTIONAL: [(&str, Align, Cell); 7] = [
        ("known only for", Align::Left, IndicatorShown::elsewhere),
        ("interval", Align::Left, |shown| {
            shown.told.interval_in_words()
        }),
        ("since before", Align::Right, |shown| {
            shown.told.change_in_words()
        }),
        ("target", Align::Left, |shown| {
            targeted(shown).map(|p| p.target.to_string())
        }),
        ("beside target", Align::Left, |shown| {
            targeted(shown).map(|p| p.significance.to_string())
        }),
        ("direction", Align::Left, |shown| {
            progress(shown).map(|p| p.direction.to_string())
        }),
        ("forecast", Align::Left, |shown| {
            progress(shown)
                .filter(|p| p.curve != AgainstForecast::NoForecast)
                .map(|p| p.curve.to_string())
        }),
    ];
    let mut table = Table::new(title);
    table.column("indicator", Align::Left);
    table.column("period", Align::Left);
    table.column("figure", Align::Right);
    let said = |(_, _, cell): &&(&str, Align, Cell)| shown.iter().any(|one| cell(one).is_some());
    let columns: Vec<_> = OPTIONAL.iter().filter(said).collect();
    for (heading, align, _) in &columns {
        table.column(heading, *align);
    }
    for one in shown {
        let dash = || "–".to_owned();
        let told = &one.told;
        let own = [
            format!("{} ({})", told.name, told.unit),
            told.period_in_words().unwrap_or_else(dash),
            figure(one),
        ];
        let more = columns
            .iter()
            .map(|(_, _, cell)| cell(one).unwrap_or_else(dash));
        table.row(own.into_iter().chain(more));
    }
    table
}

/// The figure of this place, or what is known of it.
fn figure(shown: &IndicatorShown) -> String {
    shown
        .told
        .figure_in_words()
        .unwrap_or_else(|| match shown.known {
            KnownFor::OnlyFor { .. } | KnownFor::OnlyForParts { .. } => "not known here".to_owned(),
            _ => shown.told.status.to_string(),
        })
}

/// What can be said of a figure that is there.
fn progress(shown: &IndicatorShown) -> Option<&Progress> {
    shown
        .told
        .progress
        .as_ref()
        .filter(|_| shown.told.figure.is_some())
}

/// What can be said of a target, also where there is no figure to meet it.
fn targeted(shown: &IndicatorShown) -> Option<&Progress> {
    let progress = shown.told.progress.as_ref();
    progress.filter(|progress| progress.target != AgainstTarget::NoTarget)
}
