//! Pages and files of a site, from what was released.
//!
//! A page asks nothing and adds nothing up: [`Site`] has asked, and what it holds is released or there is
//! no page. Each kind of page is a function from the site to a [`Page`]: name, title, body, and the
//! datasets of its tables. Only then are files written, a page at a time and side by side, so that
//! the body and the downloads of a table cannot differ.
//!
//! ```text
//! Released<Site> ─► place::county, place::place, outcome::one, partner::one, … ─► Page { body, datasets }
//!                     ─► place-ludlow.html  data/place-ludlow.xlsx
//!                        data/place-ludlow-by-activity.csv .json .parquet   datapackage.json
//! ```
//!
//! A page is columns, rows, a picture and sentences. `spending` has the table that all pages share, `table`
//! any other, `words` the sentences, `address` where pages lie, `shell` what stands round each.

mod address;
mod words;
mod table;
mod shell;
mod spending;
mod bars;
mod modes;
mod outcome;
mod proposal;
mod scenario;
mod contract;
mod place_plan;
mod premises;
mod performance;
mod families;
mod changes;
mod map;
mod differences;
mod place;
mod flows;
mod partner;
mod derivation;
mod unplaced;
mod method;
mod reconciliation;
mod data;
mod told;
mod statement;

pub use told::{FiguresTold, TableTold};

use crate::disclosure::Released;
use crate::finding::is_strange;
use crate::report::content::ReportError;
use crate::report::dataset::{CODES, Dataset, FINEST, with_statuses};
use crate::report::download::package::{self, WrittenCsv};
use crate::report::download::{csv, csvw, json, parquet, sdmx, workbook};
use crate::report::earlier::{CHANGES, TableCompared};
use crate::report::site::Site;
use rayon::prelude::*;
use shell::Page;
use std::collections::HashMap;

/// A file of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFile {
    /// Where it lies in the folder of the site, with `/` between.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Every file of a site: pages, the tables of each as CSV, JSON and Parquet, a workbook a page, and
/// a Tabular Data Package and CSV on the Web metadata for the set, and the finest table of spending as SDMX-CSV with its
/// structure and code lists.
///
/// Pages lead to one another by relative links, hold their style and pictures, and fetch nothing:
/// the folder can be opened where it lies. Same site, same bytes. Everything that came from a file
/// is escaped.
///
/// All of them are in memory at once; [`each_site_file`] gives them one by one as they are made.
///
/// # Errors
///
/// [`ReportError::Write`] when a table cannot be written in one of the formats, or when two codes
/// differ only in large and small letters, so that their pages would be one file on many machines.
pub fn site_files(site: &Released<Site>) -> Result<Vec<SiteFile>, ReportError> {
    let mut files = Vec::new();
    each_site_file(site, |file| {
        files.push(file);
        Ok::<(), ReportError>(())
    })?;
    Ok(files)
}

/// Gives each file of a site, as [`site_files`] has them, as soon as it is made, in order: a few
/// pages are in memory at a time, however many places there are. Ends with the first error, of the
/// site or of `take`.
///
/// # Errors
///
/// As [`site_files`], and whatever `take` gives.
///
/// # Example
///
/// ```no_run
/// # use wholeplace::disclosure::Released;
/// # use wholeplace::report::{Site, SiteFile, each_site_file};
/// # fn write(site: &Released<Site>) -> Result<(), Box<dyn std::error::Error>> {
/// std::fs::create_dir_all("report/data")?;
/// each_site_file(site, |file: SiteFile| {
///     std::fs::write(std::path::Path::new("report").join(&file.path), &file.bytes)?;
///     Ok::<(), Box<dyn std::error::Error>>(())
/// })?;
/// # Ok(())
/// # }
/// ```
pub fn each_site_file<E: From<ReportError>>(
    site: &Released<Site>,
    mut take: impl FnMut(SiteFile) -> Result<(), E>,
) -> Result<(), E> {
    let notes = &site.get().report.notes;
    let mut names = Names::default();
    let mut csvs: HashMap<String, WrittenCsv> = HashMap::new();
    let mut hand_over = |file: SiteFile| {
        names.add(&file.path)?;
        if file.path.ends_with(".csv") {
            csvs.insert(file.path.clone(), WrittenCsv::of(&file.bytes));
        }
        take(file)
    };
    // Of a page that is written its names are kept, and of its tables their columns.
    let mut written: Vec<Page> = Vec::new();
    let mut compared: Vec<TableCompared> = Vec::new();
    let makers = pages(site);
    let at_a_time = 4 * rayon::current_num_threads().max(1);
    for some in makers.chunks(at_a_time) {
        let made: Vec<Made> = (some.par_iter())
            .map(|make| {
                let page = coded(site, make());
                Ok(Made {
                    files: files_of(site, &page, notes)?,
                    compared: held_against_earlier(site, &page),
                    page: page.without_content(),
                })
            })
            .collect::<Result<_, ReportError>>()?;
        for one in made {
            one.files.into_iter().try_for_each(&mut hand_over)?;
            compared.extend(one.compared);
            written.push(one.page);
        }
    }
    if let Some(earlier) = &site.get().earlier {
        let tables = written.iter().flat_map(|page| &page.datasets);
        let names = tables.map(|one| one.name.as_str()).chain(CHANGES);
        let names = names.map(str::to_lowercase).collect();
        compared.extend(earlier.withdrawn(&names));
        let page = coded(site, changes::page(site, earlier, &compared));
        files_of(site, &page, notes)?
            .into_iter()
            .try_for_each(&mut hand_over)?;
        written.push(page.without_content());
    }
    let all = coded(site, data::page(site, &written));
    files_of(site, &all, notes)?
        .into_iter()
        .try_for_each(&mut hand_over)?;
    let whole = &site.get().report.whole;
    let title = site.get().title();
    let description: Vec<&str> = std::iter::once(site.terms())
        .chain(notes.iter().map(String::as_str))
        .collect();
    let scope = package::PackageScope {
        title: &title,
        description: &description.join("\n\n"),
        codes: site.says().map(|_| CODES),
        place: &whole.code,
        period: &site.get().report.period,
    };
    // The finest table of spending stands first.
    let mut ordered: Vec<&Dataset> = written.iter().flat_map(|page| &page.datasets).collect();
    ordered.sort_by_key(|dataset| dataset.name != FINEST);
    let metadata = SiteFile {
        path: csvw::PATH.to_owned(),
        bytes: csvw::metadata(&title, &description.join("\n\n"), &ordered)?,
    };
    names.add(&metadata.path)?;
    take(metadata)?;
    let ordered: Vec<(&Dataset, &WrittenCsv)> = (ordered.into_iter())
        .filter_map(|dataset| Some((dataset, csvs.get(&package::csv_path(dataset))?)))
        .collect();
    let package = SiteFile {
        path: "datapackage.json".to_owned(),
        bytes: package::package(&scope, &ordered)?,
    };
    names.add(&package.path)?;
    take(package)
}

/// A page that is made.
struct Made {
    files: Vec<SiteFile>,
    compared: Vec<TableCompared>,
    page: Page,
}

/// The tables of a page held against those of the earlier release, where there is one.
fn held_against_earlier(site: &Released<Site>, page: &Page) -> Vec<TableCompared> {
    let Some(earlier) = &site.get().earlier else {
        return Vec::new();
    };
    let is_open = site.says().is_none();
    let tables = page.datasets.iter();
    tables
        .map(|table| earlier.compare(table, is_open))
        .collect()
}

/// A page as it is written: in a release under a policy its tables have codes of what is known of each row.
fn coded(site: &Released<Site>, mut page: Page) -> Page {
    if let Some(say) = site.says() {
        let datasets = page.datasets.into_iter();
        page.datasets = datasets.map(|one| with_statuses(one, say)).collect();
    }
    page
}

/// Makes one page.
type Maker<'a> = Box<dyn Fn() -> Page + Sync + 'a>;

/// Every page but the list of what there is to take away.
fn pages(released: &Released<Site>) -> Vec<Maker<'_>> {
    let site = released.get();
    let mut pages: Vec<Maker<'_>> = vec![Box::new(|| place::county(released))];
    for place in &site.report.places {
        pages.push(Box::new(|| place::place(released, place)));
    }
    if !site.outcomes.is_empty() {
        pages.push(Box::new(|| outcome::all(released)));
    }
    for outcome in &site.outcomes {
        pages.push(Box::new(|| outcome::one(released, outcome)));
    }
    pages.push(Box::new(|| partner::all(released)));
    for partner in &site.partners {
        pages.push(Box::new(|| partner::one(released, partner)));
    }
    if let Some(sheet) = &site.modes {
        pages.push(Box::new(|| modes::page(released, sheet)));
    }
    if !site.proposals.is_empty() {
        pages.push(Box::new(|| proposal::all(released)));
    }
    for sheet in &site.proposals.sheets {
        pages.push(Box::new(|| proposal::one(released, sheet)));
    }
    if !site.scenarios.is_empty() {
        pages.push(Box::new(|| scenario::all(released)));
    }
    for sheet in &site.scenarios.sheets {
        pages.push(Box::new(|| scenario::one(released, sheet)));
    }
    if !site.contracts.is_empty() {
        pages.push(Box::new(|| contract::all(released)));
    }
    for sheet in &site.contracts {
        pages.push(Box::new(|| contract::one(released, sheet)));
    }
    if let Some(sheet) = &site.plans {
        pages.push(Box::new(|| place_plan::all(released, sheet)));
        for place in &sheet.places {
            pages.push(Box::new(|| place_plan::one(released, sheet, place)));
        }
    }
    if let Some(sheet) = &site.premises {
        pages.push(Box::new(|| premises::page(released, sheet)));
    }
    if let Some(sheet) = &site.performance {
        pages.push(Box::new(|| performance::board(released, sheet)));
        pages.push(Box::new(|| performance::whole(released, sheet)));
    }
    if let Some(sheet) = &site.gap {
        pages.push(Box::new(|| performance::gap(released, sheet)));
    }
    if let Some(sheet) = &site.families {
        pages.push(Box::new(|| families::page(released, sheet)));
    }
    pages.push(Box::new(|| method::page(released)));
    pages.push(Box::new(|| reconciliation::page(released)));
    if let Some(unplaced) = site
        .unplaced
        .as_ref()
        .filter(|unplaced| !unplaced.is_empty())
    {
        pages.push(Box::new(|| unplaced::page(released, unplaced)));
    }
    if let Some(statement) = &site.statement {
        pages.push(Box::new(|| statement::page(site, statement)));
    }
    for (code, derivation) in &site.derivations {
        pages.push(Box::new(|| derivation::page(released, code, derivation)));
    }
    pages
}

fn files_of(
    site: &Released<Site>,
    page: &Page,
    notes: &[String],
) -> Result<Vec<SiteFile>, ReportError> {
    let mut files = vec![SiteFile {
        path: format!("{}.html", page.name),
        bytes: harmless(shell::whole(site, page).into_string()).into_bytes(),
    }];
    for dataset in &page.datasets {
        let mut file = |ending: &str, bytes| {
            let path = format!("data/{}.{ending}", dataset.name);
            files.push(SiteFile { path, bytes });
        };
        file("csv", csv::to_csv(dataset).into_bytes());
        if dataset.name == FINEST
            && let Some(sdmx) = sdmx::sdmx(dataset)?
        {
            file("sdmx.csv", sdmx.csv);
            file("structure.json", sdmx.structure);
        }
        file("json", json::to_json(dataset, site.terms(), notes)?);
        file("parquet", parquet::to_parquet(dataset)?);
    }
    if !page.datasets.is_empty() {
        let datasets: Vec<&Dataset> = page.datasets.iter().collect();
        files.push(SiteFile {
            path: format!("data/{}.xlsx", page.name),
            bytes: workbook::workbook(&page.title, site.terms(), notes, &datasets)?,
        });
    }
    Ok(files)
}

/// A page without characters that turn or hide what stands beside them. Names are free of them
/// already; a page may hold other texts too.
fn harmless(page: String) -> String {
    let harmful = |c: char| is_strange(c) && !matches!(c, '\n' | '\u{2068}' | '\u{2069}');
    if page.contains(harmful) {
        return page.replace(harmful, " ");
    }
    page
}

/// The files so far. Many systems take two names for one that differ only in large and small letters.
#[derive(Default)]
struct Names(HashMap<String, String>);

impl Names {
    fn add(&mut self, path: &str) -> Result<(), ReportError> {
        match self.0.insert(path.to_lowercase(), path.to_owned()) {
            None => Ok(()),
            Some(other) => Err(ReportError::Write {
                format: "a site",
                reason: format!(
                    "`{other}` and `{path}` are one file on many machines; give their codes different letters"
                ),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_would_be_one_file_on_many_machines_are_refused() {
        let named = |names: [&str; 2]| {
            let mut known = Names::default();
            names.into_iter().try_for_each(|name| known.add(name))
        };
        assert!(named(["place-wem.html", "place-wen.html"]).is_ok());
        let refused = named(["place-wem.html", "place-WEM.html"]);
        let said = refused.unwrap_err().to_string();
        assert!(
            said.contains("place-wem.html") && said.contains("place-WEM.html"),
            "{said}"
        );
    }
}
