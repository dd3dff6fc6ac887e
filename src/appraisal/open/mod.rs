//! Opening proposals: everything read, everything checked, every fault reported.

mod cash;
mod effect;
mod range;
mod proposal;
mod settlement;
mod shared;
mod together;

use super::grade::Grade;
use super::proposal::{Payer, Proposal};
use super::spec::{AppraisalSpec, ProposalFile};
use super::unit_values::{self, UnitValues};
use super::{AppraisalError, Proposals};
use crate::axis::{YearKind, name_one_of};
use crate::finding::{Finding, Findings, Position};
use crate::money::Ratio;
use crate::place::{Folder, Lines, Place};
use crate::price::PriceYear;
use crate::sheet;
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::Spanned;

impl Proposals {
    /// Opens the proposals that a pack names in its `[place] appraisal`.
    ///
    /// # Errors
    ///
    /// [`AppraisalError::NoAppraisal`] where it names none; [`AppraisalError::Faults`] with every fault.
    pub fn open(place: &Arc<Place>) -> Result<Self, AppraisalError> {
        open(place)
    }
}

/// The file of appraisal that a pack names: its name, its text, and what it says.
pub(super) fn file_of(place: &Place) -> Result<(&str, String, AppraisalSpec), AppraisalError> {
    let file = place.appraisal_file().ok_or(AppraisalError::NoAppraisal)?;
    let text = (place.folders().one(Folder::Pack, file))
        .and_then(|path| sheet::text_of(&path).map_err(|error| error.to_string()));
    let text = text.map_err(|reason| AppraisalError::Unreadable {
        file: file.to_owned(),
        reason,
    })?;
    let spec: AppraisalSpec =
        toml::from_str(&text).map_err(|error| AppraisalError::NotAppraisal {
            file: file.to_owned(),
            reason: error.to_string().trim_end().to_owned(),
        })?;
    Ok((file, text, spec))
}

fn open(place: &Arc<Place>) -> Result<Proposals, AppraisalError> {
    let (file, text, spec) = file_of(place)?;
    let mut opener = Opener {
        place,
        file: file.to_owned(),
        lines: Lines::of(&text),
        findings: Findings::new(),
    };
    let grades = opener.grades(spec.grade);
    let bearers = opener.bearers(spec.bearer);
    let (values, faults) =
        unit_values::read(place, &spec.unit_values, |start| opener.at_start(start));
    opener.findings.append(faults);
    let mut proposals: Vec<Proposal> = Vec::new();
    for pattern in &spec.proposals {
        let found = match place.folders().matching(Folder::Pack, pattern) {
            Ok(found) => found,
            Err(found) => {
                opener.fault(
                    "no-such-file",
                    opener.at_start(0).column("proposals"),
                    found,
                    "correct the pattern",
                );
                continue;
            }
        };
        for (path, name) in found.files {
            let text = match sheet::text_of(&path) {
                Ok(text) => text,
                Err(error) => {
                    opener.fault(
                        "proposal-unreadable",
                        Position::file(&name),
                        error.to_string(),
                        "mend the file",
                    );
                    continue;
                }
            };
            let spec: ProposalFile = match toml::from_str(&text) {
                Ok(spec) => spec,
                Err(error) => {
                    opener.fault(
                        "proposal-unreadable",
                        Position::file(&name),
                        error.to_string().trim_end().to_owned(),
                        "mend the file; nothing on which a figure hangs may be left out",
                    );
                    continue;
                }
            };
            opener.file = name;
            opener.lines = Lines::of(&text);
            let known = Known {
                grades: &grades,
                bearers: &bearers,
                values: &values,
            };
            let at = opener.at(&spec.proposal);
            if let Some(proposal) = opener.proposal(spec, &known) {
                if proposals.iter().any(|other| other.code == proposal.code) {
                    let found = format!("there is already a proposal `{}`", proposal.code);
                    opener.fault(
                        "duplicate-code",
                        at,
                        found,
                        "give each proposal a code of its own",
                    );
                }
                proposals.push(proposal);
            }
        }
    }
    if opener.findings.any_fault() {
        return Err(AppraisalError::Faults(opener.findings));
    }
    Ok(Proposals {
        place: Arc::clone(place),
        proposals,
        findings: opener.findings,
    })
}

/// What all proposals share.
struct Known<'a> {
    grades: &'a BTreeMap<String, Grade>,
    bearers: &'a BTreeMap<String, Payer>,
    values: &'a UnitValues,
}

pub(super) struct Opener<'a> {
    pub(super) place: &'a Arc<Place>,
    pub(super) file: String,
    pub(super) lines: Lines,
    pub(super) findings: Findings,
}

impl Opener<'_> {
    pub(super) fn at_start(&self, start: usize) -> Position {
        Position::line(&self.file, self.lines.at(start))
    }

    pub(super) fn at<T>(&self, table: &Spanned<T>) -> Position {
        self.at_start(table.span().start)
    }

    pub(super) fn fault(&mut self, rule: &str, at: Position, found: String, remedy: &str) {
        self.findings.push(Finding::fault(rule, at, found, remedy));
    }

    /// A share of a whole, or a fault.
    pub(super) fn share(&mut self, text: &str, key: &str, at: &Position) -> Option<Ratio> {
        let share = self.number(text, key, at)?;
        if share >= Ratio::zero() && share <= Ratio::one() {
            return Some(share);
        }
        self.fault(
            "share-out-of-range",
            at.clone().column(key),
            format!("`{key}` is `{text}`, which is no share"),
            "write a share from 0 to 1, as `0.25`, `25%` or `1/4`",
        );
        None
    }

    /// A number that is not negative, or a fault.
    pub(super) fn number(&mut self, text: &str, key: &str, at: &Position) -> Option<Ratio> {
        let number = text
            .parse::<Ratio>()
            .ok()
            .filter(|number| *number >= Ratio::zero());
        if number.is_none() {
            self.fault(
                "not-a-number",
                at.clone().column(key),
                format!("`{text}` is no number from 0 up"),
                "write it in digits, as `12.5` or `1/3`",
            );
        }
        number
    }

    /// A number that may be below zero, or a fault.
    fn more_or_less(&mut self, text: &str, key: &str, at: &Position) -> Option<Ratio> {
        let number = text.parse::<Ratio>().ok();
        if number.is_none() {
            self.fault(
                "not-a-number",
                at.clone().column(key),
                format!("`{text}` is no number"),
                "write it in digits, as `12.5` or `-1/3`",
            );
        }
        number
    }

    /// A text on which a reader relies says something.
    pub(super) fn written(&mut self, key: &str, text: &str, at: &Position) {
        if text.trim().is_empty() {
            self.fault(
                "words-missing",
                at.clone().column(key),
                format!("`{key}` is empty"),
                "write it down; whoever reads the figures relies on it",
            );
        }
    }

    /// A partner of the pack as a payer.
    pub(super) fn partner(&mut self, code: &str, at: &Position) -> Option<Payer> {
        let partners = &self.place.axes().partners;
        match partners.find(code) {
            Ok(member) => {
                let member = partners.get(member);
                Some(Payer {
                    code: member.code.clone(),
                    name: member.name.clone(),
                    is_partner: true,
                })
            }
            Err(error) => {
                self.fault(
                    "unknown-code",
                    at.clone().column("partner"),
                    error.to_string(),
                    "correct the code",
                );
                None
            }
        }
    }

    /// What a text means, or a fault at a key.
    pub(super) fn ok<T, E: ToString>(
        &mut self,
        found: Result<T, E>,
        at: &Position,
        key: &str,
    ) -> Option<T> {
        match found {
            Ok(found) => Some(found),
            Err(error) => {
                self.fault(
                    "unknown-code",
                    at.clone().column(key),
                    error.to_string(),
                    "correct it",
                );
                None
            }
        }
    }

    pub(super) fn year(&mut self, text: &str, at: &Position, key: &str) -> Option<PriceYear> {
        match PriceYear::parse(text, YearKind::Financial) {
            Ok(year) => Some(year),
            Err(error) => {
                self.fault(
                    "price-year-unclear",
                    at.clone().column(key),
                    error.to_string(),
                    "write a year, as `2025-26`",
                );
                None
            }
        }
    }

    fn graded<'a>(
        &mut self,
        code: &str,
        known: &Known<'a>,
        at: &Position,
        key: &str,
    ) -> Option<&'a Grade> {
        let grade = known.grades.get(code);
        if grade.is_none() {
            let all = known.grades.keys().map(String::as_str);
            self.fault(
                "unknown-grade",
                at.clone().column(key),
                format!("`{code}` is not a grade of this pack"),
                &name_one_of(code, "grade", all),
            );
        }
        grade
    }
}
