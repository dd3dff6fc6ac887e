//! What can be seen of a ledger only when all its files are read: that nothing was selected, that
//! most lines have no period, that no file has a heading, that a sign makes income of everything.

use super::part::Nearly;
use super::read::FileRead;
use super::{Ledger, LedgerSpec, Sign};
use crate::finding::{Finding, Findings, Position, Severity};
use crate::money::Pence;
use crate::text::{counted, counted_as};
use std::collections::{BTreeMap, BTreeSet};

/// Where a row is; 0 is the number of none, as where lines were grouped beside their file.
fn at(shown: &str, row: u32) -> String {
    match row {
        0 => shown.to_owned(),
        row => format!("{shown}:{row}"),
    }
}

/// Sums over all files.
#[derive(Debug, Default)]
pub(super) struct OfAll {
    undated: u64,
    undated_pence: i128,
    not_selected_pence: i128,
    forms: BTreeMap<&'static str, u64>,
    had: BTreeSet<String>,
    nearly: BTreeMap<(String, String), (Nearly, String)>,
    unwanted: BTreeSet<(String, String)>,
    nearly_unwanted: BTreeMap<(String, String), (Nearly, String)>,
}

impl OfAll {
    pub(super) fn add(&mut self, read: &FileRead) {
        self.undated += read.file.undated;
        self.undated_pence += read.doubts.undated;
        self.not_selected_pence += read.sums.not_selected;
        for (form, count) in &read.doubts.forms {
            *self.forms.entry(form).or_default() += count;
        }
        self.had.extend(read.doubts.had.iter().cloned());
        let near = [
            (&mut self.nearly, &read.doubts.nearly),
            (&mut self.nearly_unwanted, &read.doubts.nearly_unwanted),
        ];
        for (of_all, of_file) in near {
            for (key, more) in of_file {
                let (all, _) = (of_all.entry(key.clone()))
                    .or_insert_with(|| (Nearly::default(), read.file.shown.clone()));
                all.add(more);
            }
        }
        self.unwanted.extend(read.doubts.unwanted.iter().cloned());
    }

    pub(super) fn findings(self, spec: &LedgerSpec, ledger: &Ledger) -> Findings {
        let mut findings = Findings::new();
        let mut fault = |rule: &str, found: String, at_stake: i128, remedy: String| {
            findings.push(Finding {
                rule: rule.into(),
                severity: Severity::Fault,
                position: Position::file(format!("ledger `{}`", spec.id)),
                found,
                at_stake: Pence::from_wide(at_stake).ok(),
                remedy,
            });
        };
        let counts = ledger.counts();
        let all = i128::from(ledger.total().get());
        for ((heading, wanted), (nearly, shown)) in &self.nearly {
            fault(
                "selection-nearly-met",
                format!(
                    "{}, the first in `{}`, would be selected by `{wanted}` under \
                     `{heading}` if signs, blanks and capitals did not count",
                    if nearly.rows == 1 {
                        "1 row".to_owned()
                    } else {
                        format!("{} rows", nearly.rows)
                    },
                    at(shown, nearly.first)
                ),
                nearly.pence,
                format!(
                    "add the text as it is written there to `where.\"{heading}\"` of the layout"
                ),
            );
        }
        for ((heading, unwanted), (nearly, shown)) in &self.nearly_unwanted {
            fault(
                "where-not-nearly-met",
                format!(
                    "{}, the first in `{}`, would be left out by `{unwanted}` under \
                     `{heading}` if signs, blanks and capitals did not count; {} counted",
                    counted(nearly.rows, "line"),
                    at(shown, nearly.first),
                    if nearly.rows == 1 {
                        "it is"
                    } else {
                        "they are"
                    },
                ),
                nearly.pence,
                format!(
                    "add the text as it is written there to `where_not.\"{heading}\"` of the layout"
                ),
            );
        }
        if counts.lines == 0 && counts.not_selected > 0 {
            let keys = spec.layout.selection.keys();
            let headings: Vec<String> = (keys.chain(spec.layout.where_not.keys()))
                .map(|heading| format!("`{heading}`"))
                .collect();
            fault(
                "selection-selects-nothing",
                format!(
                    "no row of its files is selected; {} are left out by {}",
                    counts.not_selected,
                    headings.join(" and ")
                ),
                self.not_selected_pence,
                if spec.layout.where_not.is_empty() {
                    "correct the texts under `where` of the layout".into()
                } else {
                    "correct the texts under `where` and `where_not` of the layout".into()
                },
            );
        }
        for (name, columns) in &spec.layout.codes {
            if !self.had.contains(name) {
                let headings: Vec<String> = (columns.iter())
                    .map(|column| format!("`{}`", column.headings().join("` with `")))
                    .collect();
                fault(
                    "heading-in-no-file",
                    format!(
                        "no file has a heading that the layout gives for `{name}`: {}",
                        headings.join(", ")
                    ),
                    all,
                    format!("correct the headings of `{name}` in the layout"),
                );
            }
        }
        let has_time = !spec.layout.date.is_empty() || !spec.layout.period.is_empty();
        if has_time && self.undated * 2 > counts.lines {
            let likely = self.forms.iter().max_by_key(|(_, count)| **count);
            fault(
                "most-lines-without-period",
                format!(
                    "{} of its {} no period",
                    self.undated,
                    counted_as(counts.lines, "line has", "lines have")
                ),
                self.undated_pence,
                match likely {
                    Some((form, count)) => format!(
                        "add `{form}` to `dates` of the layout, which reads {count} of them \
                         (`usual` in that list stands for the forms read without it)"
                    ),
                    None => "name the column of dates or periods, and the form of its dates, in \
                             the layout"
                        .into(),
                },
            );
        }
        if spec.layout.sign == Sign::IncomePositive
            && counts.lines > 0
            && counts.credits == counts.lines
        {
            fault(
                "everything-is-income",
                "its layout says that income is positive, and so every line of it is income".into(),
                all,
                "take `sign = \"income-positive\"` out of the layout if these are payments; write \
                 income below zero if it is income"
                    .into(),
            );
        }
        findings.extend(self.exclusions_without_rows(spec));
        findings
    }

    /// Texts of `where_not` that no row has: there may be none in these files, or nobody writes
    /// them so.
    fn exclusions_without_rows<'a>(
        &'a self,
        spec: &'a LedgerSpec,
    ) -> impl Iterator<Item = Finding> + 'a {
        let texts = (spec.layout.where_not.iter())
            .flat_map(|(heading, texts)| texts.iter().map(move |text| (heading.trim(), text)));
        let unmet = texts.filter(|(heading, text)| {
            let key = ((*heading).to_owned(), text.trim().to_owned());
            !self.unwanted.contains(&key) && !self.nearly_unwanted.contains_key(&key)
        });
        unmet.map(|(heading, text)| Finding {
            rule: "where-not-matches-nothing".into(),
            severity: Severity::Notice,
            position: Position::file(format!("ledger `{}`", spec.id)),
            found: format!(
                "no row has `{text}` under `{heading}`, which `where_not` of the layout leaves out"
            ),
            at_stake: None,
            remedy: format!(
                "write the text as the files do under `where_not.\"{heading}\"`, or remove it"
            ),
        })
    }
}
