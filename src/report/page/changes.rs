//! What this release changed since an earlier one.

use super::shell::Page;
use super::table::{downloads, table, whole_workbook};
use super::words::counted;
use crate::disclosure::Released;
use crate::report::earlier::{
    EarlierRelease, TableCompared, What, changed_figures, changed_tables,
};
use crate::report::site::Site;
use maud::html;

/// The page's file.
const NAME: &str = "changes";

/// So many figures stand on the page; the file has all.
const ON_PAGE: usize = 500;

/// The page, from what was compared as the other pages were written.
pub(super) fn page(
    released: &Released<Site>,
    earlier: &EarlierRelease,
    compared: &[TableCompared],
) -> Page {
    let site = released.get();
    let tables = changed_tables("Tables in which something changed".to_owned(), compared);
    let figures = changed_figures("Figures that are not as they were".to_owned(), compared);
    let count = |what| -> usize { compared.iter().map(|one| one.count(what)).sum() };
    let of_tables = |what| {
        let one = |table: &&TableCompared| table.table == Some(what);
        compared.iter().filter(one).count()
    };
    let mut on_page = figures.clone();
    on_page.rows.truncate(ON_PAGE);
    let same = compared.iter().filter(|one| !one.differs()).count();
    let is_another = earlier.title() != site.title();
    let body = html! {
        p.crumbs { a href="index.html" { (site.report.whole.name) } " › What changed" }
        h1 { "What changed since the earlier release" }
        p.lead {
            (counted(count(What::Changed), "figure has changed", "figures have changed")) ", "
            (counted(count(What::Added), "is added", "are added")) ", "
            (counted(count(What::Withdrawn), "is withdrawn", "are withdrawn")) ". "
            (counted(of_tables(What::Added), "table is", "tables are")) " new, "
            (counted(of_tables(What::Withdrawn), "is gone", "are gone")) ", and " (same) " are as they were."
        }
        p {
            "The earlier release: " (earlier.title()) "."
            @if is_another { " It is of another period or place than this one: figures of different times are not held against each other, and stand below as added and withdrawn." }
            " Both are compared as they were published, table by table; the same figure may stand in several tables. A row is known again by its codes and words."
        }
        @if site.statement.is_some() {
            p { "What a figure was is said only where this release tells it too: of one that is withheld now no number stands here, and rows that are gone are counted." }
        }
        @if tables.rows.is_empty() { p { "Nothing is other than it was." } }
        @else {
            h2 { "Table by table" }
            (table(&tables, &|_| None))
        }
        @if !figures.rows.is_empty() {
            h2 { "Figure by figure" }
            @if figures.rows.len() > ON_PAGE {
                p { "The first " (ON_PAGE) " of " (figures.rows.len()) "; the files have all." }
            }
            (table(&on_page, &|_| None))
            @if figures.rows.len() > ON_PAGE { (downloads(&figures)) }
        }
        @if !tables.rows.is_empty() { (whole_workbook(NAME)) }
    };
    let datasets = [tables, figures].into_iter();
    Page {
        name: NAME.to_owned(),
        title: "What changed since the earlier release".to_owned(),
        body,
        datasets: datasets.filter(|one| !one.rows.is_empty()).collect(),
    }
}
