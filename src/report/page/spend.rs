//! Tables of spending: each sum with how it is known, and the way to how it was made.

use super::table::{downloads, scroll};
use crate::axis::Evidence;
use crate::cube::{Beside, Figure};
use crate::disclosure::Released;
use crate::money::{Pence, with_separators};
use crate::report::download::{Dataset, Kind, Value};
use crate::report::open_data::unshared as unshared_in_words;
use crate::report::picture::{bar_of_classes, evidence_in_words};
use crate::report::{Shown, Site};
use maud::{Markup, html};

/// A table of spending in one place.
pub(super) struct SpendTable<'a> {
    /// Its name in files.
    pub name: String,
    /// What it holds.
    pub title: String,
    /// The axis of its rows, with the heading of its members: `activity`.
    pub axis: &'a str,
    /// Code and name of what all rows lie in.
    pub of: (&'a str, &'a str),
    /// Its rows.
    pub rows: Vec<SpendRow<'a>>,
    /// The name of the total, and the total.
    pub total: (String, &'a Figure),
    /// The name of the whole beside which the rows stand, and its total.
    pub whole: Option<(&'a str, Pence)>,
}

/// A row of spending.
pub(super) struct SpendRow<'a> {
    /// Code of the member.
    pub code: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its page.
    pub href: Option<String>,
    /// Where it says how the sum was made.
    pub made: Option<String>,
    /// The sum.
    pub figure: &'a Figure,
    /// The same of the whole.
    pub whole: Option<Pence>,
}

/// The page's table, and the dataset behind it. Rows that are nothing stand in the files only.
pub(super) fn spend(site: &Released<Site>, table: &SpendTable<'_>) -> (Markup, Dataset) {
    let dataset = dataset(site, table);
    let rows = || table.rows.iter().filter(|row| !row.figure.is_nothing());
    let besides = Beside::among(rows().map(|row| row.figure).chain([table.total.1]));
    let heads = rows().any(|row| per_head(row.figure).is_some());
    let cells = |figure: &Figure, made: Option<&str>, whole: Option<Pence>, as_one: bool| {
        let shown = Shown::of(figure);
        html! {
            td.number role="cell" data-label="spent" {
                @match made {
                    Some(made) => { a href=(made) { (shown) } }
                    None => { (shown) }
                }
            }
            @for what in &besides { td.number role="cell" data-label=(what.name()) { (figure.beside(*what)) } }
            td.known role="cell" data-label="how it is known" {
                (bar_of_classes(&figure.composition))
                // A sum may be known better than the parts it is cut into.
                @if as_one && !figure.is_nothing() { "as one sum: " }
                (evidence_in_words(&figure.composition))
            }
            @if heads {
                td.number role="cell" data-label="a head" {
                    (per_head(figure).map_or_else(|| "–".to_owned(), |each| each.to_string()))
                }
            }
            td.number role="cell" data-label="ledger lines" { (with_separators(figure.lines)) }
            @if let Some((name, _)) = table.whole {
                td.number role="cell" data-label={ "in " (name) } {
                    (whole.map_or_else(|| "–".to_owned(), |whole| whole.to_string()))
                }
            }
        }
    };
    let markup = html! {
        (scroll(&dataset, html! {
            thead role="rowgroup" {
                tr role="row" {
                    th role="columnheader" scope="col" { (table.axis) }
                    th.number role="columnheader" scope="col" { "spent" }
                    @for what in &besides { th.number role="columnheader" scope="col" { (what.name()) } }
                    th role="columnheader" scope="col" { "how it is known" }
                    @if heads { th.number role="columnheader" scope="col" { "a head" } }
                    th.number role="columnheader" scope="col" { "ledger lines" }
                    @if let Some((name, _)) = table.whole { th.number role="columnheader" scope="col" { "in " (name) " as a whole" } }
                }
            }
            tbody.spend role="rowgroup" {
                @for row in rows() {
                    tr role="row" {
                        th role="rowheader" scope="row" {
                            @match &row.href {
                                Some(href) => { a href=(href) { (row.name) } }
                                None => { (row.name) }
                            }
                        }
                        (cells(row.figure, row.made.as_deref(), row.whole, false))
                    }
                }
            }
            tfoot role="rowgroup" {
                tr role="row" {
                    th role="rowheader" scope="row" { (table.total.0) }
                    (cells(table.total.1, None, table.whole.map(|(_, whole)| whole), true))
                }
            }
        }))
        (downloads(&dataset))
    };
    (markup, dataset)
}

fn per_head(figure: &Figure) -> Option<Pence> {
    figure.per_head.as_ref()?.amount
}

fn dataset(site: &Released<Site>, table: &SpendTable<'_>) -> Dataset {
    let mut dataset = Dataset::new(table.name.clone(), table.title.clone());
    let lies_in = if table.axis == "place" {
        "whole"
    } else {
        "place"
    };
    spend_fields(&mut dataset, &[lies_in, table.axis]);
    for row in &table.rows {
        let keys = [table.of, (row.code, row.name)];
        let cells = spend_cells(site, &keys, Shown::of(row.figure), row.figure);
        dataset.rows.push(cells);
    }
    dataset
}

/// The columns of every table of spending: the axes it is cut by, then the sum with its status
/// and evidence.
pub(super) fn spend_fields(dataset: &mut Dataset, axes: &[&str]) {
    let fiscal = |axis: &str, name: bool| match (axis, name) {
        ("partner", false) => Some("administrative-classification:generic:level1:code"),
        ("partner", true) => Some("administrative-classification:generic:level1:label"),
        ("activity", false) => Some("functional-classification:generic:level1:code"),
        ("activity", true) => Some("functional-classification:generic:level1:label"),
        ("place", false) => Some("geo:target:code"),
        ("place", true) => Some("geo:target:title"),
        _ => None,
    };
    let code = "Code of the member in the pack; the name of a gap where money is on no member";
    for axis in axes {
        dataset.behind(&format!("{axis}_code"), Kind::Text, code);
        if let Some(role) = fiscal(axis, false) {
            dataset.fiscal(role);
        }
        dataset.column(&format!("{axis}_name"), axis, Kind::Text, "Its name");
        if let Some(role) = fiscal(axis, true) {
            dataset.fiscal(role);
        }
    }
    dataset.behind(
        "period",
        Kind::Text,
        "When it was spent; 2017-18 is April 2017 to March 2018",
    );
    dataset.fiscal("date:fiscal-year");
    dataset.behind("phase", Kind::Text, "Budget, forecast or outturn");
    dataset.fiscal("phase:label");
    dataset.behind(
        "boundary",
        Kind::Text,
        "Whose spending counts as one; what insiders pay each other counts once",
    );
    dataset.column(
        "amount_gbp",
        "spent",
        Kind::Pounds,
        "What was spent, to the penny; negative is income; empty where the status has no sum",
    );
    dataset.fiscal("value");
    dataset.behind(
        "status",
        Kind::Text,
        "value, zero (recorded and zero), nothing-recorded, or suppressed",
    );
    for class in Evidence::ALL {
        let about = match class {
            Evidence::Direct => "Of the amount, recorded for this very cell",
            Evidence::Driver => "Of the amount, shared out by a measure of service use",
            Evidence::Population => "Of the amount, shared out by residents",
            Evidence::Judgement => "Of the amount, shared out by a weight that somebody chose",
        };
        dataset.behind(&format!("{class}_gbp"), Kind::Pounds, about);
    }
    dataset.column(
        "evidence",
        "how it is known",
        Kind::Text,
        "The four classes in words, rounded",
    );
    dataset.behind(
        "unshared_gbp",
        Kind::Pounds,
        "Beside the amount: money that may lie in this cell or not",
    );
    dataset.behind(
        "unshared_why",
        Kind::Text,
        "Why that cannot be said, with each sum in pounds",
    );
    for what in Beside::ALL {
        let about = match what {
            Beside::Eliminated => {
                "Beside the amount: paid by one insider to another, counted where it is spent"
            }
            Beside::Agency => "Beside the amount: collected for other bodies",
            Beside::Incoming => "Beside the amount: received from partners outside the boundary",
            Beside::InKind => "Beside the amount: given in kind, as valued",
            Beside::Outgoing => "Of the amount: paid to partners outside the boundary",
            Beside::Unheld => "Of the amount: paid to insiders whose ledgers are not held",
        };
        dataset.behind(&format!("{}_gbp", what.code()), Kind::Pounds, about);
    }
    dataset.behind(
        "residents",
        Kind::Whole,
        "Residents of the cell, where it is a group of residents",
    );
    dataset.column(
        "per_head_gbp",
        "a head",
        Kind::Pounds,
        "The amount for each resident",
    );
    dataset.column(
        "lines",
        "ledger lines",
        Kind::Whole,
        "Ledger lines of which some part lies in the cell",
    );
    dataset.behind("terms", Kind::Text, "On what terms this may be shown");
}

/// One row of such a table. Where the sum may not be shown, nothing that would tell it is.
pub(super) fn spend_cells(
    site: &Released<Site>,
    keys: &[(&str, &str)],
    shown: Shown,
    figure: &Figure,
) -> Vec<Value> {
    let report = &site.get().report;
    let open = shown != Shown::Suppressed;
    let sum = |pence: Pence| Value::pounds(open.then_some(pence));
    let mut cells: Vec<Value> = Vec::with_capacity(2 * keys.len() + 22);
    for (code, name) in keys {
        cells.extend([Value::text(*code), Value::text(*name)]);
    }
    cells.extend([
        Value::text(report.period.as_str()),
        Value::text(report.phase.to_string()),
        Value::text(report.boundary.as_str()),
        Value::pounds(shown.pence()),
        Value::text(shown.status()),
    ]);
    cells.extend(Evidence::ALL.map(|class| sum(figure.composition.of(class))));
    let words = open.then(|| evidence_in_words(&figure.composition));
    cells.push(Value::text(words.unwrap_or_default()));
    let unshared = Pence::total(figure.unshared.values().copied()).ok();
    cells.push(Value::pounds(unshared.filter(|_| open)));
    let why = open.then(|| unshared_in_words(figure));
    cells.push(Value::text(why.unwrap_or_default()));
    cells.extend(Beside::ALL.map(|what| sum(figure.beside(what))));
    let heads = figure.per_head.as_ref();
    let persons = heads.and_then(|heads| heads.persons);
    cells.push(persons.map_or(Value::Nothing, Value::Whole));
    cells.push(Value::pounds(
        heads.and_then(|heads| heads.amount).filter(|_| open),
    ));
    cells.push(if open {
        Value::Whole(figure.lines)
    } else {
        Value::Nothing
    });
    cells.push(Value::text(site.terms()));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Boundary, PlaceAccount};
    use crate::axis::Phase;
    use crate::cube::Cube;
    use crate::place::Place;
    use crate::report::{SiteSources, Terms};

    fn site() -> Released<Site> {
        let place = Place::open("examples/data/partners").unwrap();
        let cube = Cube::build(&PlaceAccount::load(&place).unwrap()).unwrap();
        let terms = Terms {
            level: "area".to_owned(),
            activity_level: "theme".to_owned(),
            period: "2024-25".parse().unwrap(),
            phase: Phase::Outturn,
            boundary: Boundary::AllPartners,
        };
        let sources = SiteSources {
            cube: &cube,
            terms: &terms,
            outcomes: None,
            account: None,
            outlines: None,
        };
        let site = Site::build(&sources).unwrap();
        Released::for_internal_use(site, "a test").unwrap()
    }

    /// Nothing in the row of a suppressed sum tells what it is.
    #[test]
    fn a_suppressed_sum_leaves_nothing_to_work_it_out_from() {
        let site = site();
        let figure = &site.get().report.whole.total;
        let mut dataset = Dataset::new("x".to_owned(), "x".to_owned());
        spend_fields(&mut dataset, &["place"]);
        let told = |shown: Shown| -> Vec<(String, Value)> {
            let cells = spend_cells(&site, &[("a", "A")], shown, figure);
            assert_eq!(cells.len(), dataset.fields.len());
            let names = dataset.fields.iter().map(|field| field.name.clone());
            names.zip(cells).collect()
        };
        let said: Vec<String> = (told(Shown::Suppressed).into_iter())
            .filter(|(_, value)| *value != Value::Nothing)
            .map(|(name, _)| name)
            .collect();
        let open = [
            "place_code",
            "place_name",
            "period",
            "phase",
            "boundary",
            "status",
            "residents",
            "terms",
        ];
        assert!(
            said.iter().all(|name| open.contains(&name.as_str())),
            "{said:?}"
        );
        let status = told(Shown::Suppressed)
            .into_iter()
            .find(|(name, _)| name == "status");
        assert_eq!(status.unwrap().1, Value::text("suppressed"));
        let known = told(Shown::of(figure));
        let amount = known
            .into_iter()
            .find(|(name, _)| name == "amount_gbp")
            .unwrap()
            .1;
        assert_eq!(amount, Value::Pounds(figure.amount));
    }

    /// Without the account a figure leads to the partners and activities that make it.
    #[test]
    fn without_ledger_lines_a_figure_leads_to_partners_and_activities() {
        let site = site();
        let whole = &site.get().report.whole;
        let made = &site.get().made[&whole.code];
        let axes: Vec<&str> = made.axes.iter().map(|(axis, _)| axis.as_str()).collect();
        assert_eq!(axes, ["activity", "partner"]);
        for (axis, figures) in &made.axes {
            let total: i64 = figures.iter().map(|figure| figure.amount.get()).sum();
            assert_eq!(total, whole.total.amount.get(), "{axis}");
            assert!(figures.iter().all(|figure| figure.closing.is_none()));
        }
    }
}
