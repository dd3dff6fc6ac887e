//! The register of a pack: what its partners have agreed.

use super::action::Action;
use super::grant::{DrawDownKind, RewardGrant};
use super::meeting::{Decision, Meeting, PlannedReport};
use super::rating::Rating;
use super::target::{AgreedTarget, Survey, TargetMeasure};
use crate::axis::{MemberId, Suggestions};
use crate::finding::{Finding, Findings, Severity};
use crate::indicator::Indicators;
use crate::money::Pence;
use crate::place::Place;
use crate::register::RegisterError;
use crate::statistic::Confidence;
use jiff::civil::Date;
use std::sync::Arc;

/// What partners have agreed to reach, who does what by when, and when they meet: all checked.
///
/// # Example: what was known at the end of the half-year
///
/// ```
/// use wholeplace::Place;
/// use wholeplace::agreement::Agreement;
/// let agreement = Agreement::open(&Place::open("examples/data/partners")?)?;
/// let report = agreement.report(jiff::civil::date(2024, 9, 30))?;
/// println!("{}", report.table());
/// assert_eq!(report.targets.len(), agreement.targets().len());
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Agreement {
    pub(super) place: Arc<Place>,
    pub(super) name: String,
    pub(super) confidence: Confidence,
    pub(super) notes: Vec<String>,
    pub(super) published: String,
    /// Those that measure targets; `None` where the pack has no outcomes, and then no target names one.
    pub(super) indicators: Option<Indicators>,
    pub(super) targets: Vec<AgreedTarget>,
    pub(super) surveys: Vec<Survey>,
    pub(super) ratings: Vec<Rating>,
    pub(super) actions: Vec<Action>,
    pub(super) reports: Vec<PlannedReport>,
    pub(super) meetings: Vec<Meeting>,
    pub(super) decisions: Vec<Decision>,
    pub(super) grants: Vec<RewardGrant>,
    pub(super) matched: Vec<DrawnRule>,
    pub(super) findings: Findings,
}

/// Which money of grants is looked for in which ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DrawnRule {
    pub ledger: String,
    pub code: String,
    pub kinds: Vec<DrawDownKind>,
}

impl Agreement {
    /// The place whose partners agreed.
    #[must_use]
    pub fn place(&self) -> &Arc<Place> {
        &self.place
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How sure its intervals are meant to be.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// What must be printed wherever figures of it are shown.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Where everybody can read the register, as the pack says; empty where it does not.
    #[must_use]
    pub fn published(&self) -> &str {
        &self.published
    }

    /// The ledgers in which money of grants is looked for, by their codes.
    pub fn ledgers(&self) -> impl Iterator<Item = &str> {
        self.matched.iter().map(|rule| rule.ledger.as_str())
    }

    /// The indicators that measure targets; `None` where the pack has no outcomes, or no target names one.
    pub(crate) fn measured_by(&self) -> Option<&Indicators> {
        let by_indicator =
            |target: &AgreedTarget| matches!(target.measure, TargetMeasure::Indicator { .. });
        (self.indicators.as_ref()).filter(|_| self.targets.iter().any(by_indicator))
    }

    /// What was agreed to be reached, in the order of the pack.
    #[must_use]
    pub fn targets(&self) -> &[AgreedTarget] {
        &self.targets
    }

    /// A target by its code.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Unknown`] with those there are.
    pub fn target(&self, code: &str) -> Result<&AgreedTarget, RegisterError> {
        let found = self.targets.iter().find(|one| one.code == code);
        found.ok_or_else(|| RegisterError::Unknown {
            what: "a target",
            found: code.to_owned(),
            instead: Suggestions::of(code, self.targets.iter().map(|one| one.code.as_str())),
        })
    }

    /// What service users were asked, wave by wave.
    #[must_use]
    pub fn surveys(&self) -> &[Survey] {
        &self.surveys
    }

    /// The rules that give a word, in their order.
    #[must_use]
    pub fn ratings(&self) -> &[Rating] {
        &self.ratings
    }

    /// The delivery plans, in the order of the pack.
    #[must_use]
    pub fn actions(&self) -> &[Action] {
        &self.actions
    }

    /// The reports that are planned, in the order of time.
    #[must_use]
    pub fn reports(&self) -> &[PlannedReport] {
        &self.reports
    }

    /// The meetings of the board, in the order of time.
    #[must_use]
    pub fn meetings(&self) -> &[Meeting] {
        &self.meetings
    }

    /// What the board is asked, in the order of meetings.
    #[must_use]
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// The grants, in the order of the pack.
    #[must_use]
    pub fn grants(&self) -> &[RewardGrant] {
        &self.grants
    }

    /// What is odd in the register; it opened all the same.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// The last meeting before a day, and on which day it was.
    #[must_use]
    pub fn meeting_before(&self, day: Date) -> Option<&Meeting> {
        self.meetings.iter().rfind(|one| one.on < day)
    }

    /// Code of the target that a decision is for, if any.
    #[must_use]
    pub fn target_of(&self, decision: &Decision) -> Option<&str> {
        self.code_of(decision.target)
    }

    /// Code of the target that an action is for.
    #[must_use]
    pub fn target_of_action(&self, action: &Action) -> &str {
        self.code_of(Some(action.target)).unwrap_or_default()
    }

    /// What one of a target's figures is.
    #[must_use]
    pub fn unit_of(&self, target: &AgreedTarget) -> String {
        match (&target.measure, &self.indicators) {
            (TargetMeasure::ByHand { unit, .. }, _) => unit.clone(),
            (TargetMeasure::Indicator { code, .. }, Some(indicators)) => {
                let indicator = indicators.indicator(code);
                indicator.map_or_else(|_| String::new(), |one| one.unit.clone())
            }
            (TargetMeasure::Indicator { .. }, None) => String::new(),
        }
    }

    pub(super) fn code_of(&self, target: Option<usize>) -> Option<&str> {
        let target = self.targets.get(target?)?;
        Some(&target.code)
    }

    pub(super) fn partner(&self, partner: MemberId) -> &str {
        &self.place.axes().partners.get(partner).name
    }

    pub(super) fn target_name(&self, number: usize) -> &str {
        self.targets.get(number).map_or("", |one| &one.name)
    }

    /// More targets in the headline than the pack allows.
    pub(super) fn find_headline(&mut self, most: usize) -> Result<(), RegisterError> {
        let mut beyond = self.targets.iter().filter(|one| one.is_headline).skip(most);
        let Some(first) = beyond.next() else {
            return Ok(());
        };
        let found = format!(
            "`{}` is one more than the {most} that may stand in the headline",
            first.code
        );
        self.findings.push(Finding::fault(
            "headline-too-long",
            first.position.clone().column("headline"),
            found,
            "leave out of the headline what the board need not see first",
        ));
        Err(RegisterError::Faults(std::mem::take(&mut self.findings)))
    }

    /// More paid out of a grant than had come in, or more come in than was earned: once the last row is counted.
    pub(super) fn find_drawn_too_early(&mut self) -> Result<(), RegisterError> {
        for standing in self.grants_on(Date::MAX)? {
            let Some(grant) = self.grants.iter().find(|one| one.code == standing.code) else {
                continue;
            };
            let Some(last) = grant.draw_downs.last() else {
                continue;
            };
            let at = last.position.clone().column("pounds");
            let mut notice = |rule: &str, found: String, pence: Pence, remedy: &str| {
                self.findings.push(Finding {
                    rule: rule.to_owned(),
                    severity: Severity::Notice,
                    position: at.clone(),
                    found,
                    at_stake: Some(pence),
                    remedy: remedy.to_owned(),
                });
            };
            if standing.held < Pence::ZERO {
                let out = Pence::total([standing.paid, standing.returned])?;
                notice(
                    "paid-out-before-received",
                    format!(
                        "of `{}`, {out} was paid or given back, and {} was received",
                        standing.code, standing.received
                    ),
                    -standing.held,
                    "add the rows of what was received",
                );
            }
            if standing.earned_and_not_received < Pence::ZERO {
                notice(
                    "received-above-earned",
                    format!(
                        "of `{}`, {} was received, and {} is earned",
                        standing.code, standing.received, standing.earned
                    ),
                    -standing.earned_and_not_received,
                    "leave it where it was paid in advance; otherwise correct the condition or the row",
                );
            }
        }
        Ok(())
    }
}
