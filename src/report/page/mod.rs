//! Pages and files of a site, from what was released.

mod data;
mod made;
mod method;
mod outcome;
mod partner;
mod place;
mod reconciliation;
mod shell;
mod spend;
mod table;
mod words;

use super::download::{Dataset, PackageTerms, package, to_csv, to_json, to_parquet, workbook};
use super::{ReportError, Site};
use crate::disclosure::Released;
use crate::text::hex;
use maud::Markup;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
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
    let terms = PackageTerms {
        title: &title,
        description: &description.join("\n\n"),
        place: &whole.code,
        period: &site.get().report.period,
    };
    // The finest table of spending stands first.
    let mut ordered = datasets;
    ordered.sort_by_key(|dataset| dataset.name != place::FINEST);
    files.push(SiteFile {
        path: "datapackage.json".to_owned(),
        bytes: package(&terms, &ordered)?,
    });
    check_names(&files)?;
    Ok(files)
}

/// One page before it is written.
struct Page {
    /// Its file, without an ending.
    name: String,
    /// Its title.
    title: String,
    /// What stands in it.
    body: Markup,
    /// Its tables.
    datasets: Vec<Dataset>,
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
    for (code, made) in &site.made {
        pages.push(made::page(released, code, made));
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
        file("csv", to_csv(dataset)?);
        file("json", to_json(dataset, site.terms(), notes)?);
        file("parquet", to_parquet(dataset)?);
    }
    if !page.datasets.is_empty() {
        let datasets: Vec<&Dataset> = page.datasets.iter().collect();
        files.push(SiteFile {
            path: format!("data/{}.xlsx", page.name),
            bytes: workbook(&page.title, site.terms(), notes, &datasets)?,
        });
    }
    Ok(files)
}

/// Letters of a file's name that every system takes, with room for what stands around them.
const LONGEST: usize = 120;

/// A code as a part of a file name or an anchor: everything but letters, digits and hyphens is
/// written as a number, so that no code can lead to another folder or be taken for another code.
/// What is too long for a file's name ends in its fingerprint.
pub(super) fn slug(code: &str) -> String {
    let mut name = String::with_capacity(code.len());
    for c in code.chars() {
        if c.is_ascii_alphanumeric() || c == '-' {
            name.push(c);
        } else {
            name.push_str(&format!("_{:x}_", u32::from(c)));
        }
    }
    if name.len() > LONGEST {
        let fingerprint = Sha256::digest(code.as_bytes());
        name.truncate(LONGEST);
        name.push('-');
        name.push_str(&hex(&fingerprint[..8]));
    }
    name
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

/// The page of a place, by its code.
fn place_href(site: &Site, code: &str) -> Option<String> {
    if code == site.report.whole.code {
        return Some("index.html".to_owned());
    }
    let known = site.report.places.iter().any(|place| place.code == code);
    known.then(|| format!("place-{}.html", slug(code)))
}

/// The page of a partner, by its code.
fn partner_href(site: &Site, code: &str) -> Option<String> {
    let known = site.partners.iter().any(|partner| partner.code == code);
    known.then(|| format!("partner-{}.html", slug(code)))
}

/// Where it stands how a figure of a place was made.
fn made_href(site: &Site, place: &str, axis: &str, code: &str) -> Option<String> {
    let made = site.made.get(place)?;
    let (_, figures) = made.axes.iter().find(|(name, _)| name == axis)?;
    let known = figures.iter().any(|figure| figure.code == code);
    known.then(|| format!("made-{}.html#{axis}-{}", slug(place), slug(code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_names_of_files_that_differ() {
        assert_eq!(slug("E06000051"), "E06000051");
        assert_eq!(slug("../a"), "_2e__2e__2f_a");
        let (one, other) = ("a".repeat(300), "a".repeat(301));
        assert!(slug(&one).len() < 200);
        assert_ne!(slug(&one), slug(&other));
    }

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
