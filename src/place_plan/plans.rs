//! The register of a pack: what places want, and who pays for it.

use super::contribution::Contribution;
use super::developer::RowsRead;
use super::match_rule::MatchRule;
use super::priority::Priority;
use super::quantity::Units;
use super::shares::Shares;
use super::standing::Standing;
use crate::axis::Suggestions;
use crate::finding::Findings;
use crate::money::{MoneyError, Pence};
use crate::place::Place;
use crate::register::RegisterError;
use jiff::civil::Date;
use std::sync::Arc;

/// What places want, and who pays for it, all checked.
///
/// # Example: three villages and a developer
///
/// ```
/// use wholeplace::Place;
/// use wholeplace::place_plan::PlacePlans;
/// let plans = PlacePlans::open(&Place::open("examples/data/partners")?)?;
/// let statement = plans.statement(jiff::civil::date(2025, 3, 31))?;
/// println!("{}", statement.table()?);
/// let club = statement.find("youth-hub")?;
/// assert_eq!(club.pounds.secured()?.to_string(), "£110,000.00");
/// assert_eq!(club.gap.map(|gap| gap.to_string()).as_deref(), Some("£40,000.00"));
/// assert!(statement.reconciliation.holds());
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct PlacePlans {
    pub(super) place: Arc<Place>,
    pub(super) notes: Vec<String>,
    pub(super) published: String,
    pub(super) priorities: Vec<Priority>,
    pub(super) contributions: Vec<Contribution>,
    /// How each contribution is divided, in their order.
    pub(super) shares: Vec<Shares>,
    pub(super) matched: Vec<MatchRule>,
    pub(super) rows: RowsRead,
    pub(super) findings: Findings,
}

/// A part of a contribution, as it stands on a day.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FundingPart<'a> {
    /// The contribution.
    pub contribution: &'a Contribution,
    /// The number of the priority that it is for, among [`PlacePlans::priorities`]; `None` where it is for none.
    pub priority: Option<usize>,
    /// Where its money stands.
    pub pounds: Standing<Pence>,
    /// Where its units stand.
    pub units: Standing<Units>,
}

impl PlacePlans {
    /// The place whose plans they are.
    #[must_use]
    pub fn place(&self) -> &Arc<Place> {
        &self.place
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

    /// The ledgers in which steps are looked for, by their codes.
    pub fn ledgers(&self) -> impl Iterator<Item = &str> {
        self.matched.iter().map(|rule| rule.ledger.as_str())
    }

    /// The priorities, in the order of the pack.
    #[must_use]
    pub fn priorities(&self) -> &[Priority] {
        &self.priorities
    }

    /// A priority by its code.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Unknown`] with those there are.
    pub fn find(&self, code: &str) -> Result<&Priority, RegisterError> {
        let found = self.priorities.iter().find(|one| one.code == code);
        found.ok_or_else(|| unknown(code, self.priorities.iter().map(|one| one.code.as_str())))
    }

    /// The contributions, those of the pack's own register first.
    #[must_use]
    pub fn contributions(&self) -> &[Contribution] {
        &self.contributions
    }

    /// How many rows of published files were read, and what became of them.
    #[must_use]
    pub fn rows_read(&self) -> RowsRead {
        self.rows
    }

    /// What was wrong in published files, and what is odd in the register; it opened all the same.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// Every part of every contribution at the end of a day.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`] beyond 64 bits.
    pub fn parts(&self, on: Date) -> Result<Vec<FundingPart<'_>>, MoneyError> {
        let mut parts = Vec::new();
        for (contribution, shares) in self.contributions.iter().zip(&self.shares) {
            let pounds = shares.pounds(contribution.pounds(on)?)?;
            let units = shares.units(contribution.units(on)?)?;
            let standings = pounds.into_iter().zip(units);
            for (priority, (pounds, units)) in shares.parts().into_iter().zip(standings) {
                parts.push(FundingPart {
                    contribution,
                    priority,
                    pounds,
                    units,
                });
            }
        }
        Ok(parts)
    }
}

pub(super) fn unknown<'a>(code: &str, known: impl IntoIterator<Item = &'a str>) -> RegisterError {
    RegisterError::Unknown {
        what: "a priority",
        found: code.to_owned(),
        instead: Suggestions::of(code, known),
    }
}
