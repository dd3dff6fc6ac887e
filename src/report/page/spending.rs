//! Tables of spending: each sum with how it is known, and the way to how it was made.

use super::table::{downloads, scroll};
use super::words::{sum, withheld};
use crate::cube::Range;
use crate::disclosure::{Released, ToldFigure};
use crate::money::with_separators;
use crate::report::content::{Shown, besides};
use crate::report::dataset::{
    Dataset, in_files, range_cells, range_fields, spend_cells, spend_fields,
};
use crate::report::picture::bar_of_classes;
use crate::report::site::Site;
use crate::report::text::months_in_short;
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
    pub total: (String, &'a ToldFigure),
    /// The name of the whole beside which the rows stand, and its total.
    pub whole: Option<(&'a str, Shown)>,
    /// Whether its rows were asked for under the pack's other sharing rules.
    pub ranged: bool,
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
    pub derivation: Option<String>,
    /// The sum.
    pub figure: &'a ToldFigure,
    /// The same of the whole.
    pub whole: Option<Shown>,
    /// Between what it lies under the pack's other sharing rules.
    pub range: Option<Range>,
}

/// The page's table, and the dataset behind it. Rows that are nothing stand in the files only.
pub(super) fn spend(site: &Released<Site>, table: &SpendTable<'_>) -> (Markup, Dataset) {
    let dataset = dataset(site, table);
    let rows = || table.rows.iter().filter(|row| !row.figure.is_nothing());
    let sums: Vec<Shown> = rows().map(|row| row.figure.sum()).collect();
    let besides = besides(rows().map(|row| row.figure).chain([table.total.1]));
    let heads = rows().any(|row| row.figure.per_head().is_some());
    let months = (rows().map(|row| row.figure))
        .chain([table.total.1])
        .any(|figure| figure.months().is_some());
    let cells = |figure: &ToldFigure,
                 derivation: Option<&str>,
                 whole: Option<Shown>,
                 as_one: bool| {
        let shown = figure.sum();
        html! {
            td.number role="cell" data-label="spent" {
                // What is withheld leads nowhere: how it was made would tell it.
                @match derivation.filter(|_| !shown.is_withheld()) {
                    Some(href) => { a href=(href) { (shown) } }
                    None => { (sum(shown)) }
                }
            }
            @for what in &besides { td.number role="cell" data-label=(what.name()) { (sum(figure.memorandum(*what))) } }
            td.known role="cell" data-label="how it is known" {
                (bar_of_classes(&figure.composition().unwrap_or_default()))
                // A sum may be known better than the parts it is cut into.
                @if as_one && !figure.is_nothing() { "as one sum: " }
                (figure.how_known().unwrap_or_else(|| "–".to_owned()))
            }
            @if heads {
                td.number role="cell" data-label="a head" {
                    (figure.per_head().map_or_else(|| "–".to_owned(), |each| each.to_string()))
                }
            }
            @if months {
                td.number role="cell" data-label="months" { (months_in_short(figure)) }
            }
            td.number role="cell" data-label="ledger lines" { (figure.lines().map_or_else(|| "–".to_owned(), with_separators)) }
            @if let Some((name, _)) = table.whole {
                td.number role="cell" data-label={ "in " (name) } {
                    @match whole { Some(whole) => { (sum(whole)) } None => { "–" } }
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
                    @if months { th.number role="columnheader" scope="col" { "months" } }
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
                        (cells(row.figure, row.derivation.as_deref(), row.whole, false))
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
        @if let Some(words) = withheld(&sums, table.total.1.sum()) { p.downloads { (words) } }
        (downloads(&dataset))
    };
    (markup, dataset)
}

fn dataset(site: &Released<Site>, table: &SpendTable<'_>) -> Dataset {
    let mut dataset = Dataset::new(table.name.clone(), table.title.clone());
    let lies_in = if table.axis == "place" {
        "whole"
    } else {
        "place"
    };
    spend_fields(&mut dataset, &[lies_in, table.axis]);
    if table.ranged {
        range_fields(&mut dataset);
    }
    for row in &table.rows {
        let [code, name] = in_files(table.axis, row.code, row.name);
        let keys = [table.of, (&*code, &*name)];
        let mut cells = spend_cells(&site.get().report, site.terms(), &keys, row.figure);
        if table.ranged {
            cells.extend(range_cells(row.range.as_ref()));
        }
        dataset.rows.push(cells);
    }
    dataset
}

/// Whether nine pounds in ten of a figure are shared out by residents or judgement.
pub(super) fn is_shared_out(figure: &ToldFigure) -> bool {
    let parts = figure.composition().unwrap_or_default();
    let recorded = parts.direct.get().unsigned_abs() + parts.driver.get().unsigned_abs();
    let shared = parts.population.get().unsigned_abs() + parts.judgement.get().unsigned_abs();
    9 * u128::from(recorded) <= u128::from(shared)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Boundary, PlaceAccount};
    use crate::axis::Phase;
    use crate::cube::Cube;
    use crate::disclosure::Why;
    use crate::place::Place;
    use crate::report::content::ReportScope;
    use crate::report::dataset::Value;
    use crate::report::site::SiteSources;

    fn site() -> Released<Site> {
        let place = Place::open("examples/data/partners").unwrap();
        let cube = Cube::build(&PlaceAccount::load(&place).unwrap()).unwrap();
        let scope = ReportScope {
            level: "area".to_owned(),
            activity_level: "theme".to_owned(),
            period: "2024-25".parse().unwrap(),
            phase: Phase::Outturn,
            boundary: Boundary::AllPartners,
        };
        let sources = SiteSources::of(&cube, &scope);
        let site = Site::build(&sources).unwrap();
        Released::for_internal_use(site, "a test").unwrap()
    }

    /// Nothing in the row of a withheld sum tells what it is.
    #[test]
    fn a_withheld_sum_leaves_nothing_to_work_it_out_from() {
        let site = site();
        let figure = &site.get().report.whole.total;
        let mut dataset = Dataset::new("x".to_owned(), "x".to_owned());
        spend_fields(&mut dataset, &["place"]);
        let told = |shown: Shown| -> Vec<(String, Value)> {
            let figure = match shown.why() {
                Some(why) => figure.clone().withhold(why),
                None => figure.clone(),
            };
            let cells = spend_cells(&site.get().report, site.terms(), &[("a", "A")], &figure);
            assert_eq!(cells.len(), dataset.fields.len());
            let names = dataset.fields.iter().map(|field| field.name.clone());
            names.zip(cells).collect()
        };
        let said: Vec<String> = (told(Shown::Withheld(Why::Few)).into_iter())
            .filter(|(_, value)| !matches!(value, Value::Nothing | Value::Withheld(_)))
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
        let status = told(Shown::Withheld(Why::Few))
            .into_iter()
            .find(|(name, _)| name == "status");
        assert_eq!(status.unwrap().1, Value::text("withheld"));
        let known = told(figure.sum());
        let amount = known
            .into_iter()
            .find(|(name, _)| name == "amount_gbp")
            .unwrap()
            .1;
        assert_eq!(amount, Value::sum(figure.sum()));
    }

    /// Without the account a figure leads to the partners and activities that make it.
    #[test]
    fn without_ledger_lines_a_figure_leads_to_partners_and_activities() {
        let site = site();
        let whole = &site.get().report.whole;
        let derivation = &site.get().derivations[&whole.code];
        let axes: Vec<&str> = derivation
            .axes
            .iter()
            .map(|(axis, _)| axis.as_str())
            .collect();
        assert_eq!(axes, ["activity", "partner"]);
        for (axis, figures) in &derivation.axes {
            let total: i64 = figures
                .iter()
                .filter_map(|figure| figure.shown.pence())
                .map(crate::money::Pence::get)
                .sum();
            assert_eq!(total, whole.total.size().get(), "{axis}");
            assert!(figures.iter().all(|figure| figure.closing.is_none()));
        }
    }
}
