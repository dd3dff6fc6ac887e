//! The report for the terminal.

use super::outcomes::outcomes_text;
use super::standing_out::{by_activity, standing_out, tried_in_words};
use crate::cube::Memorandum;
use crate::disclosure::{Released, ToldFigure};
use crate::money::{Pence, with_separators};
use crate::report::content::{
    LocalityReport, PlacePage, Section, SectionRow, Shown, absent_in_words, besides,
};
use crate::table::{Align, Table};

/// All places of the report in one table, with the whole place at the foot.
#[must_use]
pub fn overview(report: &Released<LocalityReport>) -> Table {
    let terms = report.terms();
    let report = report.get();
    let months = report.which_months();
    let months = months.map_or_else(String::new, |months| format!(", {months}"));
    let mut table = Table::new(format!(
        "{}: what all partners spent in each place, {} {}{months}",
        report.whole.name, report.period, report.phase
    ));
    table.column("place", Align::Left);
    let pages = || report.places.iter().chain([&report.whole]);
    let columns = Columns::of(pages().map(PlacePage::as_shown));
    columns.headings(&mut table);
    let ranged = !report.alternatives.is_empty();
    if ranged {
        table.column("a head under other rules", Align::Right);
    }
    for page in pages() {
        let cells = columns.cells(page.as_shown());
        let range = page.range_a_head(report);
        let range = range.map_or_else(dash, |(lowest, highest)| format!("{lowest} to {highest}"));
        let cells = std::iter::once(page.name.clone()).chain(cells);
        table.row(cells.chain(ranged.then_some(range)));
    }
    if ranged {
        table.note(&format!(
            "Other rules that were tried: {}. The lowest of places do not add up to a lowest total.",
            tried_in_words(report)
        ));
    }
    for words in absent_in_words(report) {
        table.note(&words);
    }
    for note in &report.notes {
        table.note(note);
    }
    table.note(terms);
    table
}

/// What a reader wants first: the whole place in a sentence, where most and least is spent on each
/// activity, what stands out in each place, and one line a place.
#[must_use]
pub fn summary(report: &Released<LocalityReport>) -> String {
    let whole = &report.get().whole;
    format!(
        "{}\n\n{}\n\n{}\n{}\n{}",
        whole.name.to_uppercase(),
        in_words(report.get(), whole),
        by_activity(report),
        standing_out(report),
        overview(report)
    )
}

/// One place: a sentence and a table for each axis, then its outcomes if the report has them.
#[must_use]
pub fn place_text(report: &Released<LocalityReport>, place: &PlacePage) -> String {
    let whole = &report.get().whole;
    let mut text = format!(
        "{}\n\n{}\n",
        place.name.to_uppercase(),
        in_words(report.get(), place)
    );
    for section in &place.sections {
        text.push('\n');
        text.push_str(&section_table(section, place, whole).to_string());
    }
    if let Some(of) = &place.outcomes {
        text.push_str(&outcomes_text(report.get(), place, of));
    }
    text
}

/// The first sentences about a place.
pub fn in_words(report: &LocalityReport, place: &PlacePage) -> String {
    let (figure, name) = (place.as_shown(), &place.name);
    let (period, phase) = (&report.period, report.phase);
    let amount = figure.sum_or_zero();
    if amount.is_withheld() {
        return format!("What partners spent in {name} in {period} ({phase}) may not be shown.");
    }
    if figure.sum() == Shown::NothingRecorded && figure.is_nothing() {
        return format!("Nothing is recorded in {name} in {period} ({phase}).");
    }
    let mut words = format!("Partners spent {amount} in {name} in {period} ({phase})");
    if let Some(months) = report.which_months() {
        words.push_str(&format!(", {months}"));
    }
    if let Some((persons, amount)) = figure.heads() {
        words.push_str(&format!(
            ", {amount} for each of {} residents",
            with_separators(persons)
        ));
        words.extend(between(report, place).map(|said| format!(" ({said})")));
    }
    words.push_str(&format!(". How that is known: {}.", how_known(figure)));
    words.extend(two_bases(report).map(|said| format!(" {said}")));
    for (gap, shown) in figure.unshared() {
        let sum = match shown.pence() {
            Some(pence) => pence.to_string(),
            None => "sums that may not be shown and".to_owned(),
        };
        words.push_str(&format!(
            " Beside it stand {sum} that may have been spent here or not ({gap})."
        ));
    }
    for what in Memorandum::ALL {
        if let Shown::Known(pence) = figure.memorandum(what) {
            words.push_str(&format!(" {}", beside_in_words(what, pence)));
        }
    }
    words
}

/// Between what a place lies a head under the pack's other rules, where that is not one sum.
pub fn between(report: &LocalityReport, place: &PlacePage) -> Option<String> {
    let (lowest, highest) = place.range_a_head(report)?;
    Some(if lowest == highest {
        "the same under the pack's other rules".to_owned()
    } else {
        format!("between {lowest} and {highest} under the pack's other rules")
    })
}

/// What must be said beside a composition that adds two kinds of shares.
pub fn two_bases(report: &LocalityReport) -> Option<String> {
    let bases: Vec<&str> = report.bases.iter().map(|basis| basis.in_words()).collect();
    (bases.len() > 1).then(|| {
        format!(
            "What is shared out is shared partly by {}, and the sum adds both.",
            bases.join(" and partly by ")
        )
    })
}

/// How a figure is known, in the words of answers.
fn how_known(figure: &ToldFigure) -> String {
    figure
        .composition()
        .map_or_else(dash, |parts| parts.in_words())
}

fn dash() -> String {
    "–".to_owned()
}

pub fn beside_in_words(what: Memorandum, pence: Pence) -> String {
    match what {
        Memorandum::Eliminated => {
            format!("{pence} that partners paid each other is counted once, where it is spent.")
        }
        Memorandum::Agency => {
            format!("{pence} was collected for other bodies; it is nobody's spending here.")
        }
        Memorandum::Incoming => format!("{pence} came in from partners outside the boundary."),
        Memorandum::InKind => format!("Beside the cash, {pence} was given in kind, as valued."),
        Memorandum::Outgoing => format!("Of the total, {pence} was paid to partners outside."),
        Memorandum::Unheld => format!(
            "Of the total, {pence} was paid to partners whose own ledgers have not been read."
        ),
    }
}

/// The table of one axis; beside a part of the place stands the whole of it. (Between what each sum lies
/// under other sharing rules is in files and on pages: here it would make lines of 195 characters.)
pub fn section_table(section: &Section, place: &PlacePage, whole: &PlacePage) -> Table {
    let beside = place.code != whole.code;
    let mut table = Table::new(format!("By {}", section.axis));
    table.column(&section.axis, Align::Left);
    let rows = || {
        section
            .rows
            .iter()
            .filter(|row| !row.as_shown().is_nothing())
    };
    let columns = Columns::of(rows().map(SectionRow::as_shown).chain([place.as_shown()]));
    columns.headings(&mut table);
    if beside {
        table.column(&format!("{} as a whole", whole.name), Align::Right);
    }
    let mut push = |name: &str, figure: &ToldFigure, whole: Shown| {
        let cells = std::iter::once(name.to_owned()).chain(columns.cells(figure));
        table.row(cells.chain(beside.then(|| whole.to_string())));
    };
    for row in rows() {
        push(&row.name, row.as_shown(), row.whole);
    }
    push("Total", place.as_shown(), whole.as_shown().sum_or_zero());
    table
}

/// The columns that a table of figures has.
struct Columns {
    besides: Vec<Memorandum>,
    /// Whether some figure is of ledgers that have not all months.
    months: bool,
}

impl Columns {
    fn of<'a>(figures: impl Iterator<Item = &'a ToldFigure>) -> Self {
        let figures: Vec<&'a ToldFigure> = figures.collect();
        Self {
            months: figures.iter().any(|figure| figure.months().is_some()),
            besides: besides(figures),
        }
    }

    fn headings(&self, table: &mut Table) {
        table.column("amount", Align::Right);
        for what in &self.besides {
            table.column(what.name(), Align::Right);
        }
        table.column("per head", Align::Right);
        if self.months {
            table.column("months", Align::Right);
        }
        table.column("how it is known", Align::Left);
        table.column("lines", Align::Right);
    }

    fn cells(&self, figure: &ToldFigure) -> Vec<String> {
        let mut cells = vec![figure.sum_or_zero().to_string()];
        let beside = self.besides.iter();
        cells.extend(beside.map(|what| figure.memorandum(*what).to_string()));
        cells.push((figure.per_head()).map_or_else(dash, |amount| amount.to_string()));
        if self.months {
            cells.push(months_in_short(figure));
        }
        cells.push(how_known(figure));
        cells.push((figure.lines()).map_or_else(dash, |lines| lines.to_string()));
        cells
    }
}

/// Of how many months the ledgers of a figure have lines: `1 of 12`, or `all`.
pub fn months_in_short(figure: &ToldFigure) -> String {
    figure
        .months()
        .map_or_else(|| "all".to_owned(), |months| months.in_short())
}
