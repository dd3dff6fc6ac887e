//! Developer contributions as an authority publishes them: three files, row by row.
//!
//! **Invariant:** every row is counted, or among the findings with its pounds.

use super::contribution::{Contribution, Step};
use super::quantity::Units;
use super::spec::{AGREEMENT, CONTRIBUTION, DeveloperSpec, RowsAre, TRANSACTION};
use super::state::{Source, State};
use super::versions::{Holds, Versions, at_stake, counts};
use crate::axis::name_one_of;
use crate::finding::{Finding, Findings, Severity};
use crate::money::Pence;
use crate::place::TableSpec;
use crate::register::{Cells, Register};
use serde::Serialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// How many rows of the published files there are, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RowsRead {
    /// Rows of all files.
    pub read: u64,
    /// Rows that count.
    pub counted: u64,
    /// Rows that do not, each of which is a finding.
    pub refused: u64,
}

/// What was published, as far as it can be counted.
#[derive(Default)]
pub(super) struct Published {
    pub contributions: Vec<Contribution>,
    pub rows: RowsRead,
    pub findings: Findings,
}

const DAYS: &str = "write days as `2025-06-30`, and an `end-date` only where a row was superseded";

impl Published {
    /// A row that does not count.
    fn refuse(&mut self, rule: &str, cells: &Cells, field: &str, found: String, remedy: &str) {
        self.rows.refused += 1;
        self.findings.push(Finding {
            rule: rule.to_owned(),
            severity: Severity::Fault,
            position: cells.at_column(&field.replace('_', "-")),
            found: format!("{found}; the row is not counted"),
            at_stake: at_stake(cells),
            remedy: remedy.to_owned(),
        });
    }

    fn unclear(&mut self, cells: &Cells, field: &str, found: String, remedy: &str) {
        self.refuse("contribution-unclear", cells, field, found, remedy);
    }

    /// Days and counts of a row, or it is refused.
    fn row(&mut self, cells: &Cells) -> Option<(Holds, Pence, Units)> {
        let holds = match Holds::of(cells) {
            Ok(holds) => holds,
            Err((field, found)) => {
                self.unclear(cells, field, found, DAYS);
                return None;
            }
        };
        match counts(cells) {
            Ok((pence, units)) => Some((holds, pence, units)),
            Err((field, found)) => {
                let remedy = "write pounds in `amount` or a number in `units`, from nothing up; what was spent or given back has a row of its own status, and what no longer holds an `end-date`";
                self.unclear(cells, field, found, remedy);
                None
            }
        }
    }

    fn twice(&mut self, cells: &Cells, reference: &str) {
        let found = format!("`{reference}` already holds on one of these days");
        let remedy = "give each row a reference of its own, or end the version that was superseded with an `end-date`";
        self.refuse(
            "contribution-given-twice",
            cells,
            "reference",
            found,
            remedy,
        );
    }

    /// Pounds and units of one row are two ways to write one promise, or two promises; nobody can say.
    fn both(&mut self, cells: &Cells, pence: Pence, units: Units) {
        if pence == Pence::ZERO || units == Units::default() {
            return;
        }
        self.findings.push(Finding {
            rule: "pounds-and-units".into(),
            severity: Severity::Notice,
            position: cells.at_column("units"),
            found: format!(
                "the row has {pence} and {units} units, which are counted apart and never added"
            ),
            at_stake: Some(pence),
            remedy: "keep the one that was promised; where both were, give each a row of its own"
                .into(),
        });
    }
}

/// The reference of a row: under `reference`, or under the name of its file in the first edition of the format.
fn reference<'a>(cells: &'a Cells, first_edition: &str) -> &'a str {
    match cells.text("reference") {
        "" => cells.text(first_edition),
        text => text,
    }
}

/// Reads the three files.
pub(super) fn read(register: &mut Register<'_>, spec: &DeveloperSpec) -> Published {
    let mut rows = |table: &Spanned<TableSpec>, fields: &'static [&'static str]| {
        register.rows(std::slice::from_ref(table), fields)
    };
    let agreements = rows(&spec.agreements, &AGREEMENT);
    let contributions = rows(&spec.contributions, &CONTRIBUTION);
    let transactions = rows(&spec.transactions, &TRANSACTION);
    let mut published = Published::default();
    let all = agreements.len() + contributions.len() + transactions.len();
    published.rows.read = all as u64;
    let sources = published.agreements(&agreements);
    published.promises(&contributions, &sources);
    published.steps(&transactions, spec.rows);
    published.rows.counted = published.rows.read - published.rows.refused;
    published.in_order();
    published
}

/// An agreement as far as contributions need it.
struct Agreement {
    source: Source,
    name: String,
}

impl Published {
    fn agreements(&mut self, rows: &[Cells]) -> BTreeMap<String, Agreement> {
        let mut agreements = BTreeMap::new();
        for cells in rows {
            let code = reference(cells, "developer_agreement");
            let kind = match cells.text("developer_agreement_type") {
                "" => cells.text("developer_agreement_classification"),
                text => text,
            };
            let Some(source) = Source::published(kind) else {
                let known = [
                    "community-infrastructure-levy",
                    "section-106",
                    "section-278",
                ];
                let found = format!("`{kind}` is no type of an agreement");
                let remedy = name_one_of(kind, "type", known);
                self.unclear(cells, "developer_agreement_type", found, &remedy);
                continue;
            };
            if code.is_empty() {
                let remedy =
                    "give it a reference of its own, such as that of the planning application";
                self.unclear(
                    cells,
                    "reference",
                    "the agreement has no reference".into(),
                    remedy,
                );
                continue;
            }
            let name = match [cells.text("name"), cells.text("planning_application")] {
                ["", ""] => code,
                ["", application] => application,
                [name, _] => name,
            };
            // Versions of an agreement are of one type.
            let name = name.to_owned();
            agreements.insert(code.to_owned(), Agreement { source, name });
        }
        agreements
    }

    fn promises(&mut self, rows: &[Cells], agreements: &BTreeMap<String, Agreement>) {
        let mut versions = Versions::default();
        for cells in rows {
            let own = reference(cells, "developer_agreement_contribution").to_owned();
            let of = cells.text("developer_agreement");
            let Some(agreement) = agreements.get(of) else {
                let found = format!("there is no agreement `{of}` that counts");
                let remedy = "add its row to the agreements, or correct the reference";
                self.refuse(
                    "contribution-of-nothing",
                    cells,
                    "developer_agreement",
                    found,
                    remedy,
                );
                continue;
            };
            if own.is_empty() {
                let found = "the contribution has no reference".to_owned();
                self.unclear(cells, "reference", found, "give it a reference of its own");
                continue;
            }
            let Some((holds, pence, units)) = self.row(cells) else {
                continue;
            };
            if !versions.add(&own, holds) {
                self.twice(cells, &own);
                continue;
            }
            self.both(cells, pence, units);
            let purpose = cells.text("contribution_purpose").to_owned();
            let known = self
                .contributions
                .iter()
                .position(|one| one.reference == own);
            let index = known.unwrap_or_else(|| {
                self.contributions.push(Contribution {
                    reference: own.clone(),
                    source: agreement.source,
                    givers: vec![agreement.name.clone()],
                    purpose: purpose.clone(),
                    unit: unit(&purpose),
                    steps: Vec::new(),
                });
                self.contributions.len() - 1
            });
            if let Some(contribution) = self.contributions.get_mut(index) {
                contribution.row(&[State::Secured], holds, (pence, units), "", cells);
            }
        }
    }

    fn steps(&mut self, rows: &[Cells], rows_are: RowsAre) {
        let mut versions = Versions::default();
        let numbers = self.contributions.iter().zip(0..);
        let numbers: BTreeMap<String, usize> = numbers
            .map(|(one, number)| (one.reference.clone(), number))
            .collect();
        for cells in rows {
            let own = reference(cells, "developer_agreement_transaction").to_owned();
            let of = cells.text("developer_agreement_contribution");
            let word = cells.text("contribution_funding_status").to_lowercase();
            let Some(state) = State::published(&word) else {
                let known = State::ALL.map(State::word);
                let known = known
                    .iter()
                    .copied()
                    .filter(|word| State::published(word).is_some());
                let found = format!("`{word}` is no status of funding");
                let remedy = name_one_of(&word, "status", known);
                self.unclear(cells, "contribution_funding_status", found, &remedy);
                continue;
            };
            let Some(&number) = numbers.get(of) else {
                let found = format!("there is no contribution `{of}` that counts");
                let remedy = "add its row to the contributions, or correct the reference";
                let field = "developer_agreement_contribution";
                self.refuse("contribution-of-nothing", cells, field, found, remedy);
                continue;
            };
            let Some((holds, pence, units)) = self.row(cells) else {
                continue;
            };
            // Rows of one transaction that stands in several states share its reference.
            if !own.is_empty() && !versions.add(&format!("{own} {state}"), holds) {
                self.twice(cells, &own);
                continue;
            }
            self.both(cells, pence, units);
            let states = match rows_are {
                RowsAre::Steps => std::slice::from_ref(&state),
                RowsAre::Standing => state.on_the_way(),
            };
            if let Some(contribution) = self.contributions.get_mut(number) {
                contribution.row(states, holds, (pence, units), &own, cells);
            }
        }
    }

    fn in_order(&mut self) {
        for contribution in &mut self.contributions {
            contribution.steps.sort_by_key(|step| (step.on, step.state));
        }
    }
}

/// What units of a purpose are: things of the purpose itself.
fn unit(purpose: &str) -> String {
    match purpose {
        "" => "units".to_owned(),
        "affordable-housing" => "affordable homes".to_owned(),
        other => format!("units of {}", other.replace('-', " ")),
    }
}

impl Contribution {
    /// The steps of a row, the last of `states` its own; where it was superseded, they are taken back on the next day.
    fn row(
        &mut self,
        states: &[State],
        holds: Holds,
        (pence, units): (Pence, Units),
        reference: &str,
        cells: &Cells,
    ) {
        let of_row = |state: &State, on, pence, units, is_row| Step {
            state: *state,
            on,
            pence,
            units,
            reference: reference.to_owned(),
            is_row,
            position: cells.at(),
            columns: ("amount", "reference"),
        };
        let last = states.last();
        let taken = states
            .iter()
            .map(|state| of_row(state, holds.from, pence, units, Some(state) == last));
        self.steps.extend(taken);
        if let Some(end) = holds.ends() {
            let back = (-pence, units.negated());
            let taken_back = states
                .iter()
                .map(|state| of_row(state, end, back.0, back.1, false));
            self.steps.extend(taken_back);
        }
    }
}
