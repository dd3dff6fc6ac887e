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
mod outcome;
mod map;
mod place;
mod flows;
mod partner;
mod derivation;
mod method;
mod reconciliation;
mod data;

use crate::disclosure::Released;
use crate::report::content::ReportError;
use crate::report::dataset::{Dataset, FINEST};
use crate::report::download::{csv, json, package, parquet, workbook};
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
/// a Fiscal Data Package for the set.
///
/// Pages lead to one another by relative links, hold their style and pictures, and fetch nothing:
/// the folder can be opened where it lies. Same site, same bytes. Everything that came from a file
/// is escaped.
///
/// # Errors
///
/// [`ReportError::Write`] when a table cannot be written in one of the formats, or when two codes
/// differ only in large and small letters, so that their pages would be one file on many machines.
pub fn site_files(site: &Released<Site>) -> Result<Vec<SiteFile>, ReportError> {
    let pages = pages(site);
    let notes = &site.get().report.notes;
    let files: Vec<Vec<SiteFile>> = (pages.par_iter())
        .map(|page| files_of(site, page, notes))
        .collect::<Result<_, _>>()?;
    let mut files: Vec<SiteFile> = files.into_iter().flatten().collect();
    let datasets: Vec<&Dataset> = pages.iter().flat_map(|page| &page.datasets).collect();
    let whole = &site.get().report.whole;
    let title = format!(
        "{}: spending and outcomes, {}",
        whole.name,
        site.get().report.period
    );
    let description: Vec<&str> = std::iter::once(site.terms())
        .chain(notes.iter().map(String::as_str))
        .collect();
    let scope = package::PackageScope {
        title: &title,
        description: &description.join("\n\n"),
        place: &whole.code,
        period: &site.get().report.period,
    };
    // The finest table of spending stands first.
    let mut ordered = datasets;
    ordered.sort_by_key(|dataset| dataset.name != FINEST);
    files.push(SiteFile {
        path: "datapackage.json".to_owned(),
        bytes: package::package(&scope, &ordered)?,
    });
    check_names(&files)?;
    Ok(files)
}

fn pages(released: &Released<Site>) -> Vec<Page> {
    let site = released.get();
    let mut pages = vec![place::county(released)];
    for place in &site.report.places {
        pages.push(place::place(released, place));
    }
    if !site.outcomes.is_empty() {
        pages.push(outcome::all(released));
    }
    for outcome in &site.outcomes {
        pages.push(outcome::one(released, outcome));
    }
    pages.push(partner::all(released));
    for partner in &site.partners {
        pages.push(partner::one(released, partner));
    }
    pages.push(method::page(released));
    pages.push(reconciliation::page(released));
    for (code, derivation) in &site.derivations {
        pages.push(derivation::page(released, code, derivation));
    }
    let all = data::page(released, &pages);
    pages.push(all);
    pages
}

fn files_of(
    site: &Released<Site>,
    page: &Page,
    notes: &[String],
) -> Result<Vec<SiteFile>, ReportError> {
    let mut files = vec![SiteFile {
        path: format!("{}.html", page.name),
        bytes: shell::whole(site, page).into_string().into_bytes(),
    }];
    for dataset in &page.datasets {
        let mut file = |ending: &str, bytes| {
            let path = format!("data/{}.{ending}", dataset.name);
            files.push(SiteFile { path, bytes });
        };
        file("csv", csv::to_csv(dataset)?);
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

/// Many systems take two names for one that differ only in large and small letters.
fn check_names(files: &[SiteFile]) -> Result<(), ReportError> {
    let mut known: HashMap<String, &str> = HashMap::new();
    for file in files {
        if let Some(other) = known.insert(file.path.to_lowercase(), &file.path) {
            return Err(ReportError::Write {
                format: "a site",
                reason: format!(
                    "`{other}` and `{}` are one file on many machines; give their codes different letters",
                    file.path
                ),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_would_be_one_file_on_many_machines_are_refused() {
        let file = |path: &str| SiteFile {
            path: path.to_owned(),
            bytes: Vec::new(),
        };
        assert!(check_names(&[file("place-wem.html"), file("place-wen.html")]).is_ok());
        let refused = check_names(&[file("place-wem.html"), file("place-WEM.html")]);
        let said = refused.unwrap_err().to_string();
        assert!(
            said.contains("place-wem.html") && said.contains("place-WEM.html"),
            "{said}"
        );
    }
}
