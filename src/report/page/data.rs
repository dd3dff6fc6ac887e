//! Everything to take away, in one list.

use super::shell::Page;
use super::words::counted;
use crate::disclosure::Released;
use crate::report::dataset::FINEST;
use crate::report::site::Site;
use crate::sheet::MARK_IN_WORDS;
use maud::html;

pub(super) fn page(site: &Released<Site>, pages: &[Page]) -> Page {
    let report = &site.get().report;
    let with_tables: Vec<&Page> = pages
        .iter()
        .filter(|page| !page.datasets.is_empty())
        .collect();
    let tables: usize = with_tables.iter().map(|page| page.datasets.len()).sum();
    let body = html! {
        p.crumbs { a href="index.html" { (report.whole.name) } " › Data" }
        h1 { "Data" }
        p.lead { "Every table of these pages, to take away: " (counted(tables, "table", "tables")) ", each as CSV, JSON and Parquet, and a workbook a page." }
        ul {
            li { "CSV: UTF-8, a row a cell, codes and names, money in pounds with two decimals. An empty sum has a status that says why. Excel opens it as it is. " (MARK_IN_WORDS) " For the same reason ages and periods are in words in every file: 5 to 9, month of Jan 2023, financial year 2011-12." }
            li { "JSON: the same with the meaning of each column; money is text, so that no reader rounds it." }
            li { "Parquet: money in whole pence, in columns whose names end in _pence." }
            li { "Excel: real numbers and days with British formats, frozen headings, notes on the first sheet. Text is text, without any apostrophe." }
            li { a href="data/csv-metadata.json" download { "csv-metadata.json" } ": the same by CSV on the Web, where readers of the Web look for it." }
            @if pages.iter().flat_map(|page| &page.datasets).any(|dataset| dataset.name == FINEST) {
                li { "SDMX, of the table of all places by partner and activity: " a href="data/spending.sdmx.csv" download { "spending.sdmx.csv" } ", and its structure and code lists: " a href="data/spending.structure.json" download { "spending.structure.json" } ". What is confidential has no value, and CONF_STATUS C." }
            }
            li { a href="datapackage.json" download { "datapackage.json" } ": a Tabular Data Package that describes every CSV, its columns, size and checksum, with the column types of Fiscal Data Package." }
        }
        h2 { "Page by page" }
        @for page in with_tables {
            h3 { a href={ (page.name) ".html" } { (page.title) } }
            p.downloads { a href={ "data/" (page.name) ".xlsx" } download { "Excel workbook of this page" } }
            ul {
                @for dataset in &page.datasets {
                    li {
                        (dataset.title) ": "
                        @for (i, ending) in ["csv", "json", "parquet"].iter().enumerate() {
                            @if i > 0 { " · " }
                            a href={ "data/" (dataset.name) "." (ending) } download aria-label={ (dataset.title) ", " (ending) } { (ending) }
                        }
                    }
                }
            }
        }
    };
    Page {
        name: "data".to_owned(),
        title: "Data".to_owned(),
        body,
        datasets: Vec::new(),
    }
}
