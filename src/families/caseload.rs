//! Caseloads that were held against one another: how many are in which group, and no key.

use crate::axis::{MemberId, Period, Phase};
use crate::finding::Findings;
use crate::money::Pence;
use crate::place::Place;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// What of a caseload may be known: who holds it, and what one on it costs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Caseload {
    /// Who holds it.
    pub partner: MemberId,
    /// What it does for them.
    pub service: String,
    /// What one of them costs a year, by what.
    pub cost: Option<CostBasis>,
    /// Where that is from.
    pub source: String,
}

/// By what somebody on a caseload is said to cost something.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CostBasis {
    /// So much a year each.
    UnitCost(Pence),
    /// What the partner spends on an activity, divided by a published number of users.
    LedgerShare {
        /// The activity.
        activity: MemberId,
        /// By how many users.
        users: u64,
    },
}

/// Caseloads of several agencies, each person or family in one group: the set of agencies that know them.
///
/// The numbers of groups are in nobody's reach but through [`Families::overlaps`], which tells none of fewer than the
/// policy allows; the keys are gone.
///
/// # Example
///
/// ```
/// use wholeplace::Place;
/// use wholeplace::families::Families;
/// let families = Families::open(&Place::open("examples/data/partners")?)?;
/// let told = families.overlaps();
/// // 13 are known to the council and the police, and 7 to the NHS too: told in sixes.
/// assert_eq!(told.by_agencies().into_iter().collect::<Vec<_>>(), [(2, 12), (3, 6)]);
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone)]
pub struct Families {
    pub(super) place: Arc<Place>,
    pub(super) unit: String,
    pub(super) period: Period,
    pub(super) phase: Phase,
    pub(super) notes: Vec<String>,
    pub(super) caseloads: Vec<Caseload>,
    /// How many are in each group; a bit an agency, in the order of caseloads.
    pub(super) groups: BTreeMap<u32, u64>,
    /// The fewest that may be told, of a group and of all.
    pub(super) least: u64,
    pub(super) least_base: u64,
    pub(super) findings: Findings,
}

impl Families {
    /// The place whose agencies they are.
    #[must_use]
    pub fn place(&self) -> &Arc<Place> {
        &self.place
    }

    /// What a key stands for: `families`.
    #[must_use]
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// Of when caseloads and costs are.
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }

    /// What must be printed wherever figures of it are shown.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The caseloads, in the order of the pack.
    #[must_use]
    pub fn caseloads(&self) -> &[Caseload] {
        &self.caseloads
    }

    /// What was odd in the files; they opened all the same.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// The name of an agency.
    pub(super) fn agency(&self, number: usize) -> &str {
        let caseload = self.caseloads.get(number);
        caseload.map_or("", |one| &self.place.axes().partners.get(one.partner).name)
    }
}

/// Without the numbers of groups, which are small.
impl fmt::Debug for Families {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Families")
            .field("unit", &self.unit)
            .field("period", &self.period)
            .field("caseloads", &self.caseloads)
            .finish_non_exhaustive()
    }
}
