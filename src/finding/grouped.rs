//! Findings that say the same of one file, told once.
//!
//! A column of dates that cannot be read gives a finding for each row, and a reader of the third
//! has learnt nothing. Findings of one rule in one column of one file are one group: it is told by
//! the finding with the most money, with how many more there are, the rows of the first few, and
//! the money of all. Where they say it in few different words, each is told.

use super::{Finding, Severity, plain};
use crate::money::{Pence, with_separators};
use crate::text::list;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

/// How many rows a group names one by one.
const ROWS: usize = 5;
/// Up to how many different words a group tells each.
const WORDS: usize = 3;

/// Findings of one rule, in one column of one file.
///
/// Prints as its finding with the most money does, with what the others add to it; a group of one
/// prints as that one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingGroup {
    /// That with the most money, then the others in the order of the data.
    findings: Vec<Finding>,
    /// Rows that no finding names one by one.
    untold: u64,
}

impl FindingGroup {
    /// Puts findings into groups, those with most money first; without an amount last.
    pub fn all<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        let mut known: BTreeMap<Key<'a>, Vec<usize>> = BTreeMap::new();
        for finding in findings {
            let of_file = known.entry(Key::of(finding)).or_default();
            let more = untold(finding);
            let of_column = (of_file.iter().copied()).find(|&group| {
                more.is_none() && groups[group].lead().position.column == finding.position.column
            });
            // What is said of rows that are not told one by one is of the column with most of them.
            let largest = || (of_file.iter().copied()).max_by_key(|&group| groups[group].count());
            let into = of_column.or_else(|| more.and_then(|_| largest()));
            let group = into.unwrap_or_else(|| {
                groups.push(Self {
                    findings: Vec::new(),
                    untold: 0,
                });
                of_file.push(groups.len() - 1);
                groups.len() - 1
            });
            // The finding itself counts as one of them.
            groups[group].untold += more.unwrap_or(1) - 1;
            groups[group].findings.push(finding.clone());
        }
        groups.iter_mut().for_each(Self::lead_first);
        groups.sort_by_key(|group| Reverse(group.money().unwrap_or(-1)));
        groups
    }

    fn lead_first(&mut self) {
        // The first of those with most money.
        let money = |finding: &Finding| match (untold(finding), finding.at_stake) {
            (None, Some(pence)) => i128::from(pence.get()).abs(),
            (None, None) => -1,
            (Some(_), _) => -2,
        };
        let lead = (self.findings.iter().enumerate())
            .max_by_key(|(place, finding)| (money(finding), Reverse(*place)));
        if let Some((place, _)) = lead {
            self.findings[..=place].rotate_right(1);
        }
    }

    /// The finding with the most money, or else the first.
    #[must_use]
    pub fn lead(&self) -> &Finding {
        &self.findings[0]
    }

    /// Every finding: the [lead](Self::lead), then the others in the order of the data.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How many there are, with the rows that no finding names one by one.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.findings.len() as u64 + self.untold
    }

    /// The file, without the sheet of a workbook.
    #[must_use]
    pub fn file(&self) -> &str {
        file(self.lead())
    }

    /// How much they matter.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.lead().severity
    }

    /// The money that all of them touch, without signs where there are several.
    #[must_use]
    pub fn at_stake(&self) -> Option<Pence> {
        match self.findings.as_slice() {
            [one] => one.at_stake,
            _ => Pence::from_wide(self.money()?).ok(),
        }
    }

    fn money(&self) -> Option<i128> {
        let known = self.findings.iter().filter_map(|finding| finding.at_stake);
        known
            .map(|pence| i128::from(pence.get()).abs())
            .reduce(|all, more| all + more)
    }

    /// Different words for the same: each once, with its remedy, in the order of
    /// [`findings`](Self::findings).
    #[must_use]
    pub fn words(&self) -> Vec<&Finding> {
        let mut words: Vec<&Finding> = Vec::new();
        for finding in self.findings.iter().filter(|one| untold(one).is_none()) {
            let same = |other: &&Finding| {
                (&other.found, &other.remedy) == (&finding.found, &finding.remedy)
            };
            if !words.iter().any(same) {
                words.push(finding);
            }
        }
        words
    }

    /// `; 13 more like it, in rows 9, 12, 14 and 10 more`, or nothing.
    fn more(&self) -> String {
        let more = self.count() - 1;
        if more == 0 {
            return String::new();
        }
        let mut rows: Vec<u64> = (self.findings[1..].iter())
            .filter_map(|finding| finding.position.line)
            .collect();
        rows.sort_unstable();
        rows.dedup();
        let mut text = format!("; {} more like it", with_separators(more));
        if !rows.is_empty() {
            let shown = rows.len().min(ROWS);
            let named = list(&rows[..shown], (more as usize).saturating_sub(shown));
            let thing = if more == 1 { "row" } else { "rows" };
            text.push_str(&format!(", in {thing} {named}"));
        }
        text
    }
}

impl fmt::Display for FindingGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lead = self.lead();
        let (found, rule) = (plain(&lead.found), &lead.rule);
        write!(f, "{}: {found} ({rule}){}", lead.position, self.more())?;
        if let Some(pence) = self.at_stake() {
            write!(f, "\n  {pence} at stake")?;
        }
        write!(f, "\n  {}", plain(&lead.remedy))?;
        let words = self.words();
        if words.len() <= WORDS {
            for other in words.into_iter().skip(1) {
                write!(f, "\n  also: {}", plain(&other.found))?;
                if other.remedy != lead.remedy {
                    write!(f, "; {}", plain(&other.remedy))?;
                }
            }
        }
        Ok(())
    }
}

impl Serialize for FindingGroup {
    /// The lead, with what all of them come to and every row.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let lead = self.lead();
        let rows: Vec<u64> = (self.findings.iter())
            .filter_map(|finding| finding.position.line)
            .collect();
        let mut group = serializer.serialize_struct("FindingGroup", 9)?;
        group.serialize_field("rule", &lead.rule)?;
        group.serialize_field("severity", &lead.severity)?;
        group.serialize_field("file", self.file())?;
        group.serialize_field("column", &lead.position.column)?;
        group.serialize_field("count", &self.count())?;
        group.serialize_field("rows", &rows)?;
        group.serialize_field("at_stake", &self.at_stake())?;
        group.serialize_field("found", &lead.found)?;
        group.serialize_field("remedy", &lead.remedy)?;
        group.end()
    }
}

/// What findings of a group have in common, but for their column.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    file: &'a str,
    rule: &'a str,
    severity: Severity,
}

impl<'a> Key<'a> {
    fn of(finding: &'a Finding) -> Self {
        Self {
            file: file(finding),
            rule: &finding.rule,
            severity: finding.severity,
        }
    }
}

/// The file of a finding: `payments.xlsx [May]` is a sheet of `payments.xlsx`.
fn file(finding: &Finding) -> &str {
    let shown = finding.position.file.as_str();
    match shown.rfind(" [") {
        Some(at) if shown.ends_with(']') => &shown[..at],
        _ => shown,
    }
}

const MORE: &str = " more rows like the ";
const BEFORE: &str = " before";

/// What a finding says that stands for rows which are not told one by one.
pub fn more_rows(untold: u64, told: u64) -> String {
    format!("{untold}{MORE}{told}{BEFORE}")
}

/// For how many rows a finding stands, if it says so as [`more_rows`] does.
fn untold(finding: &Finding) -> Option<u64> {
    let (untold, told) = finding.found.split_once(MORE)?;
    let is_such = finding.position.line.is_none() && told.ends_with(BEFORE);
    untold.parse().ok().filter(|&rows| is_such && rows > 0)
}

#[cfg(test)]
mod tests {
    use super::super::{Findings, Position};
    use super::*;

    fn finding(rule: &str, at: Position, found: &str, pence: Option<i64>) -> Finding {
        Finding {
            rule: rule.into(),
            severity: Severity::Fault,
            position: at,
            found: found.into(),
            at_stake: pence.map(Pence::new),
            remedy: "mend it".into(),
        }
    }

    #[test]
    fn one_finding_prints_as_itself() {
        let one = finding(
            "x",
            Position::line("a.csv", 3).column("Net"),
            "odd",
            Some(-5),
        );
        let groups = FindingGroup::all([&one]);
        assert_eq!(groups[0].to_string(), one.to_string());
    }

    #[test]
    fn files_columns_rules_and_severities_are_told_apart_and_sheets_are_not() {
        let at = |file: &str, column: &str| Position::line(file, 3).column(column);
        let mut all: Findings = [
            finding("x", at("a.xlsx [May]", "Net"), "odd", None),
            finding("x", at("a.xlsx [June]", "Net"), "odd", None),
            finding("x", at("a.xlsx [May]", "Gross"), "odd", None),
            finding("y", at("a.xlsx [May]", "Net"), "odd", None),
            finding("x", at("b.csv", "Net"), "odd", None),
        ]
        .into_iter()
        .collect();
        let notice = Finding {
            severity: Severity::Notice,
            ..finding("x", at("a.xlsx [May]", "Net"), "odd", None)
        };
        all.push(notice);
        let counts: Vec<u64> = all.grouped().iter().map(FindingGroup::count).collect();
        assert_eq!(counts, [2, 1, 1, 1, 1]);
        assert_eq!(all.grouped()[0].file(), "a.xlsx");
    }

    #[test]
    fn rows_that_are_not_told_one_by_one_are_counted() {
        let at = |line| Position::line("a.csv", line).column("Net");
        let mut all: Vec<Finding> = (2..102)
            .map(|line| finding("x", at(line), "odd", Some(100)))
            .collect();
        all.push(finding(
            "x",
            Position::file("a.csv"),
            &more_rows(50, 100),
            Some(5_000),
        ));
        let groups = FindingGroup::all(&all);
        assert_eq!((groups.len(), groups[0].count()), (1, 150));
        assert_eq!(groups[0].at_stake(), Some(Pence::new(15_000)));
        let text = groups[0].to_string();
        assert!(
            text.contains("149 more like it, in rows 3, 4, 5, 6, 7 and 144 more"),
            "{text}"
        );
        assert_eq!(groups[0].words().len(), 1);
    }

    #[test]
    fn most_money_comes_first_between_groups_and_within_one() {
        let at = |file, line| Position::line(file, line);
        let all = [
            finding("x", at("a.csv", 1), "one", None),
            finding("x", at("b.csv", 1), "two", Some(100)),
            finding("x", at("c.csv", 1), "three", Some(80)),
            finding("x", at("c.csv", 2), "four", Some(-90)),
        ];
        let groups = FindingGroup::all(&all);
        let leads: Vec<&str> = groups
            .iter()
            .map(|group| group.lead().found.as_str())
            .collect();
        assert_eq!(leads, ["four", "two", "one"]);
        assert_eq!(groups[0].at_stake(), Some(Pence::new(170)));
        assert_eq!(
            groups[0].to_string(),
            "c.csv:2: four (x); 1 more like it, in row 1\n  £1.70 at stake\n  mend it\n  also: three"
        );
    }
}
