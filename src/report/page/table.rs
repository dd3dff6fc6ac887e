//! A dataset as a table of a page, with its downloads below.

use crate::indicator::Status;
use crate::report::dataset::{Dataset, Kind, Value};
use crate::text::counted_as;
use maud::{Markup, html};

/// The columns of a dataset that people see. `links` gives a cell of the first column its page.
pub(super) fn table(dataset: &Dataset, links: &dyn Fn(usize) -> Option<String>) -> Markup {
    rows(dataset, links, None)
}

/// The same with a last row that adds up the others; it is in no file, where it would count twice.
pub(super) fn table_with_total(
    dataset: &Dataset,
    links: &dyn Fn(usize) -> Option<String>,
    total: &[Value],
) -> Markup {
    rows(dataset, links, Some(total))
}

fn rows(
    dataset: &Dataset,
    links: &dyn Fn(usize) -> Option<String>,
    total: Option<&[Value]>,
) -> Markup {
    let shown: Vec<usize> = (0..dataset.fields.len())
        .filter(|&i| dataset.fields[i].shown && says_something(dataset, i))
        .collect();
    let is_withheld =
        |row: &&Vec<Value>| (row.iter()).any(|value| matches!(value, Value::Withheld(_)));
    let withheld = dataset.rows.iter().filter(is_withheld).count();
    html! {
        (scroll(dataset, html! {
            thead { tr { @for &i in &shown { th scope="col" class=(class(dataset, i)) { (dataset.fields[i].title) } } } }
            tbody {
                @for (number, row) in dataset.rows.iter().enumerate() {
                    tr {
                        @for (place, &i) in shown.iter().enumerate() {
                            @let words = cell(row.get(i));
                            @if place == 0 {
                                th scope="row" {
                                    @match links(number) {
                                        Some(href) => { a href=(href) { (words) } }
                                        None => { (words) }
                                    }
                                }
                            } @else {
                                td class=(class(dataset, i)) { (words) }
                            }
                        }
                    }
                }
                @if let Some(total) = total {
                    tr.total {
                        @for (place, &i) in shown.iter().enumerate() {
                            @let words = cell(total.get(i));
                            @if place == 0 { th scope="row" { (words) } }
                            @else { td class=(class(dataset, i)) { (words) } }
                        }
                    }
                }
            }
        }))
        @if withheld > 0 { p.downloads { (counted_as(withheld, "figure is", "figures are")) " confidential, [c]." } }
        (downloads(dataset))
    }
}

/// A cell as people see it; what is withheld says so to whoever points at it.
fn cell(value: Option<&Value>) -> Markup {
    let words = value.map(Value::shown).unwrap_or_default();
    html! {
        @if let Some(Value::Withheld(_)) = value { span title="confidential" { (words) } }
        @else { (words) }
    }
}

/// A table that scrolls by itself where the page is narrow, so that the page never does.
pub(super) fn scroll(dataset: &Dataset, rows: Markup) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-labelledby={ (dataset.name) "-c" } {
            table id=(dataset.name) role="table" {
                caption id={ (dataset.name) "-c" } { (dataset.title) }
                (rows)
            }
        }
    }
}

/// The files of a table.
pub(super) fn downloads(dataset: &Dataset) -> Markup {
    let file = |ending: &str| format!("data/{}.{ending}", dataset.name);
    html! {
        p.downloads {
            "Take this table away: "
            a href=(file("csv")) download { "CSV" } " · "
            a href=(file("json")) download { "JSON" } " · "
            a href=(file("parquet")) download { "Parquet" }
            span.hidden { " of " (dataset.title) }
        }
    }
}

/// All tables of a page in one file.
pub(super) fn whole_workbook(page: &str) -> Markup {
    html! {
        p.downloads { "All tables of this page: " a href={ "data/" (page) ".xlsx" } download { "Excel workbook" } }
    }
}

/// A column that is empty throughout says nothing, nor does a status that is that of a figure in
/// every row.
fn says_something(dataset: &Dataset, i: usize) -> bool {
    let plain = Value::text(Status::Value.name());
    let silent = |value: &Value| {
        *value == Value::Nothing || dataset.fields[i].name == "status" && *value == plain
    };
    !dataset.rows.iter().all(|row| row.get(i).is_none_or(silent))
}

fn class(dataset: &Dataset, i: usize) -> &'static str {
    match dataset.fields[i].kind {
        Kind::Text | Kind::Day => "",
        Kind::Pounds | Kind::Whole | Kind::Number => "number",
    }
}
