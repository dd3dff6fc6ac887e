//! The report for the terminal.

use super::outcomes::outcomes_text;
use crate::cube::{Beside, Figure};
use crate::disclosure::Released;
use crate::money::{Pence, with_separators};
use crate::report::content::{LocalityReport, PlacePage, Section};
use crate::table::{Align, Table};

/// All places of the report in one table, with the whole place at the foot.
#[must_use]
pub fn overview(report: &Released<LocalityReport>) -> Table {
    let terms = report.terms();
    let report = report.get();
    let mut table = Table::new(format!(
        "{}: what all partners spent in each place, {} {}",
        report.whole.name, report.period, report.phase
    ));
    table.column("place", Align::Left);
    let pages = || report.places.iter().chain([&report.whole]);
    let besides = Beside::among(pages().map(|page| &page.total));
    figure_headings(&mut table, &besides);
    for page in pages() {
        let cells = figure_cells(&page.total, &besides);
        table.row(std::iter::once(page.name.clone()).chain(cells));
    }
    for note in &report.notes {
        table.note(note);
    }
    table.note(terms);
    table
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
    let mut words = format!(
        "Partners spent {} in {} in {} ({})",
        place.total.amount, place.name, report.period, report.phase
    );
    if let Some((persons, amount)) = place
        .total
        .per_head
        .as_ref()
        .and_then(|heads| Some((heads.persons?, heads.amount?)))
    {
        words.push_str(&format!(
            ", {amount} for each of {} residents",
            with_separators(persons)
        ));
    }
    words.push_str(&format!(
        ". How that is known: {}.",
        place.total.composition.in_words()
    ));
    for (gap, pence) in &place.total.unshared {
        words.push_str(&format!(
            " Beside it stand {pence} that may have been spent here or not ({gap})."
        ));
    }
    for what in Beside::ALL {
        let pence = place.total.beside(what);
        if pence != Pence::ZERO {
            words.push_str(&format!(" {}", beside_in_words(what, pence)));
        }
    }
    words
}

pub fn beside_in_words(what: Beside, pence: Pence) -> String {
    match what {
        Beside::Eliminated => {
            format!("{pence} that partners paid each other is counted once, where it is spent.")
        }
        Beside::Agency => {
            format!("{pence} was collected for other bodies; it is nobody's spending here.")
        }
        Beside::Incoming => format!("{pence} came in from partners outside the boundary."),
        Beside::InKind => format!("Beside the cash, {pence} was given in kind, as valued."),
        Beside::Outgoing => format!("Of the total, {pence} was paid to partners outside."),
        Beside::Unheld => format!(
            "Of the total, {pence} was paid to partners whose own ledgers have not been read."
        ),
    }
}

/// The table of one axis; beside a part of the place stands the whole of it.
pub fn section_table(section: &Section, place: &PlacePage, whole: &PlacePage) -> Table {
    let beside = place.code != whole.code;
    let mut table = Table::new(format!("By {}", section.axis));
    table.column(&section.axis, Align::Left);
    let rows = || section.rows.iter().filter(|row| !row.here.is_nothing());
    let besides = Beside::among(rows().map(|row| &row.here).chain([&place.total]));
    figure_headings(&mut table, &besides);
    if beside {
        table.column(&format!("{} as a whole", whole.name), Align::Right);
    }
    let mut push = |name: &str, figure: &Figure, whole: Pence| {
        let cells = std::iter::once(name.to_owned()).chain(figure_cells(figure, &besides));
        table.row(cells.chain(beside.then(|| whole.to_string())));
    };
    for row in rows() {
        push(&row.name, &row.here, row.whole);
    }
    push("Total", &place.total, whole.total.amount);
    table
}

fn figure_headings(table: &mut Table, besides: &[Beside]) {
    table.column("amount", Align::Right);
    for what in besides {
        table.column(what.name(), Align::Right);
    }
    table.column("per head", Align::Right);
    table.column("how it is known", Align::Left);
    table.column("lines", Align::Right);
}

fn figure_cells(figure: &Figure, besides: &[Beside]) -> Vec<String> {
    let per_head = figure.per_head.as_ref().and_then(|heads| heads.amount);
    let mut cells = vec![figure.amount.to_string()];
    cells.extend(besides.iter().map(|what| figure.beside(*what).to_string()));
    cells.push(per_head.map_or_else(|| "–".to_owned(), |amount| amount.to_string()));
    cells.push(figure.composition.in_words());
    cells.push(figure.lines.to_string());
    cells
}
