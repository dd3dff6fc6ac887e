//! A draft that can be looked at before it is written.

use super::assemble;
use super::error::DraftError;
use super::group::{Group, groups};
use super::ledger::DraftLedger;
use super::reading::Reading;
use super::seen::{self, LeftOut, Seen};
use crate::axis::{Period, YearKind};
use crate::ledger::LedgerError;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How to draft: for which place, and where its files lie.
///
/// # Example
///
/// ```no_run
/// use wholeplace::draft::Drafting;
/// let draft = Drafting::of_place("E08000035", "Leeds")
///     .data("downloads") // the files are named below this folder
///     .draft(&["downloads/leeds".into(), "downloads/nhs".into()])?;
/// println!("{draft}");
/// # Ok::<(), wholeplace::draft::DraftError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drafting {
    code: String,
    name: String,
    data: Option<PathBuf>,
    library: bool,
}

impl Drafting {
    /// For the place of this code and name.
    #[must_use]
    pub fn of_place(code: &str, name: &str) -> Self {
        Self {
            code: code.trim().to_owned(),
            name: name.trim().to_owned(),
            data: None,
            library: true,
        }
    }

    /// The folder below which the pack names its files; the folder that they all lie in when left out.
    #[must_use]
    pub fn data(mut self, folder: impl Into<PathBuf>) -> Self {
        self.data = Some(folder.into());
        self
    }

    /// Proposes every layout from the files, without looking into the library of layouts.
    #[must_use]
    pub fn without_library(mut self) -> Self {
        self.library = false;
        self
    }

    /// Looks at the files: each path is a file, a folder with all that lies in it, or a pattern with `*`.
    ///
    /// # Errors
    ///
    /// [`DraftError::Nothing`] when no file has a column of amounts, with what is wrong with each; files
    /// that are only some of those given are listed by [`Draft::left_out`].
    pub fn draft(&self, paths: &[PathBuf]) -> Result<Draft, DraftError> {
        if paths.is_empty() {
            return Err(DraftError::NoFiles);
        }
        for (text, what) in [(&self.code, "code"), (&self.name, "name")] {
            if text.is_empty() {
                return Err(DraftError::NoPlace(what));
            }
        }
        let all = seen::all(paths, self.data.as_deref());
        let mut draft = Draft {
            code: self.code.clone(),
            name: self.name.clone(),
            data: all.root,
            data_is_given: self.data.is_some(),
            library: self.library,
            ledgers: Vec::new(),
            left_out: all.left_out,
            files: all.files,
        };
        for group in groups(&draft.files) {
            match draft.ledger(&group) {
                Ok(ledger) => draft.ledgers.push(ledger),
                Err(error) => draft.refused(&group, &error),
            }
        }
        if draft.ledgers.is_empty() {
            return Err(match draft.left_out.is_empty() {
                true => DraftError::NoFiles,
                false => DraftError::Nothing(draft.left_out),
            });
        }
        Ok(draft)
    }
}

/// What a pack drafted from some files would hold. Prints as a summary: ledgers and files with months,
/// lines and pounds, what was decided, and what a person must look at.
#[derive(Debug)]
pub struct Draft {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) data: PathBuf,
    pub(super) data_is_given: bool,
    library: bool,
    pub(super) ledgers: Vec<DraftLedger>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) files: Vec<Seen>,
}

impl Draft {
    /// Drafts from files, folders and patterns for the place of this code and name.
    ///
    /// # Errors
    ///
    /// As [`Drafting::draft`].
    pub fn of(paths: &[PathBuf], code: &str, name: &str) -> Result<Self, DraftError> {
        Drafting::of_place(code, name).draft(paths)
    }

    /// The ledgers, one a publisher, in the order of their first files.
    #[must_use]
    pub fn ledgers(&self) -> &[DraftLedger] {
        &self.ledgers
    }

    /// Files that are no part of it, and why.
    #[must_use]
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// The folder below which the pack names its files, to open it with.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The financial year of most lines.
    #[must_use]
    pub fn main_year(&self) -> Option<Period> {
        let mut years: BTreeMap<Period, u64> = BTreeMap::new();
        for ledger in &self.ledgers {
            for (year, lines) in ledger.years() {
                *years.entry(year).or_default() += lines;
            }
        }
        let most = years.into_iter().max_by_key(|&(year, lines)| (lines, year));
        most.map(|(year, _)| year)
    }

    /// The files of a ledger.
    pub(super) fn seen(&self, places: &[usize]) -> Vec<&Seen> {
        places.iter().map(|&at| &self.files[at]).collect()
    }

    pub(super) fn ledger(&self, group: &Group) -> Result<DraftLedger, LedgerError> {
        let named = group.named(&self.files, &self.name, self.library);
        let own = self.seen(&group.files);
        let mut proposal = assemble::layout(&own, named.publisher);
        let id = self.free_id(&named.code);
        let reading = Reading::of(&id, &own, &proposal.layout)?;
        let mut always = None;
        if proposal.layout.date.is_empty() && proposal.layout.period.is_empty() {
            always = match own.as_slice() {
                [one] => period_of_name(one),
                _ => None,
            };
            proposal.looks.push((
                "period",
                match always {
                    Some(period) => format!(
                        "no column holds dates or periods; the name of the file says {period}"
                    ),
                    None => {
                        "no column holds dates or periods: the months of these lines are not known"
                            .to_owned()
                    }
                },
            ));
        }
        if proposal
            .layout
            .codes
            .get("activity")
            .is_none_or(Vec::is_empty)
        {
            proposal
                .looks
                .push(("activity", "no column tells what money is for".to_owned()));
        }
        if !proposal.layout.codes.contains_key("counterparty") {
            proposal
                .looks
                .push(("counterparty", "no column names who was paid".to_owned()));
        }
        Ok(DraftLedger {
            id,
            named,
            seen: group.files.clone(),
            proposal,
            reading,
            always,
        })
    }

    /// A code that no ledger has yet.
    fn free_id(&self, code: &str) -> String {
        let code = if code.is_empty() { "ledger" } else { code };
        let taken = |id: &str| self.ledgers.iter().any(|ledger| ledger.id == id);
        let mut numbered = (2..).map(|number| format!("{code}-{number}"));
        match taken(code) {
            false => code.to_owned(),
            true => numbered.find(|id| !taken(id)).unwrap_or_default(),
        }
    }

    /// Notes files that could not be read through the layout that was made for them.
    fn refused(&mut self, group: &Group, error: &LedgerError) {
        for &at in &group.files {
            self.left_out.push(LeftOut {
                file: self.files[at].shown.clone(),
                why: error.to_string(),
                named: true,
            });
        }
    }
}

/// The month that the name of a file says: `payments-april-2023.csv`, `2023-04.csv`.
fn period_of_name(seen: &Seen) -> Option<Period> {
    let stem = seen.path.file_stem()?.to_string_lossy().to_lowercase();
    let parts: Vec<&str> = stem
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    let year = |text: &str| {
        text.len() == 4 && text.starts_with("20") && text.bytes().all(|b| b.is_ascii_digit())
    };
    parts.windows(2).find_map(|pair| {
        let (first, second) = (pair[0], pair[1]);
        let month_of = |month: &str, year: &str| {
            let short: String = month.chars().take(3).collect();
            format!("{short} {year}").parse::<Period>().ok()
        };
        if year(second) && first.chars().all(char::is_alphabetic) {
            return month_of(first, second);
        }
        if year(first) && second.len() == 2 {
            return Period::parse(&format!("{first}-{second}"), Some(YearKind::Calendar)).ok();
        }
        None
    })
}
