//! The cube: the account as records, and questions answered from them.
//!
//! A record is the sum of all lines that have the same place on every axis. Nothing is shared
//! out when records are made; a question shares, by the rules of its moment, and closes its
//! table once.
//!
//! **Invariant:** the records sum to the account, whichever engine grouped them.

mod ask;
mod funding;
pub mod group;
mod margins;
mod overlap;
mod records;
mod yearly;

pub use ask::{
    Answer, AskError, Beside, BesideSum, By, Composition, Contribution, Emptiness, Explanation,
    Figure, FreeFrom, InKindShown, KeyPart, LineShown, Movable, PerHead, Question, Row, ShareStep,
};
pub use overlap::{Overlap, OverlapTerms, Overlaps, PriorityGap};
pub use records::{Record, Records};

use crate::account::{Held, PlaceAccount};
use crate::axis::{MemberId, Phase, Resource};
use crate::driver::Sharing;
use crate::money::{MoneyError, Pence};
use crate::place::Place;
use crate::reconciliation::{Reconciliation, Step};
use group::{CodedLines, GroupBy, Sorted};
use margins::Margin;
use std::sync::Arc;
use yearly::Yearly;

/// Why a cube could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CubeError {
    /// The engine gave other sums than the lines have. No engine is believed.
    #[error(
        "the {engine} engine gave {found} pence on {found_lines} lines where the account has \
         {expected} on {expected_lines}; do not use its figures"
    )]
    EngineDisagrees {
        /// The engine.
        engine: &'static str,
        /// Pence of the account.
        expected: i128,
        /// Lines of the account.
        expected_lines: u64,
        /// Pence of the records.
        found: i128,
        /// Lines of the records.
        found_lines: u64,
    },
    /// The engine failed.
    #[error("the {engine} engine failed: {reason}")]
    Engine {
        /// The engine.
        engine: &'static str,
        /// What it said.
        reason: String,
    },
    /// Two cubes of different places, or of different editions of one.
    #[error(
        "cannot merge cubes of different places or editions of a pack: rebuild both with one pack"
    )]
    DifferentPlaces,
    /// More different places than numbers of 64 bits can tell apart.
    #[error("more than {most} {what}: load fewer ledgers at a time, or coarser ones")]
    TooManyPlaces {
        /// Of what there are too many.
        what: &'static str,
        /// How many there may be.
        most: usize,
    },
    /// More lines on one place than a record can count.
    #[error("{lines} lines have the same place on every axis, more than a record can count")]
    TooManyLines {
        /// How many.
        lines: u64,
    },
    /// A sum beyond 64 bits of pence.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// The account of a place as records, ready to be asked.
#[derive(Clone, Debug)]
pub struct Cube {
    place: Arc<Place>,
    sharing: Arc<Sharing>,
    records: Arc<Records>,
    yearly: Option<Arc<Yearly>>,
    margins: Arc<Vec<Margin>>,
    held: Arc<Held>,
    reconciliation: Reconciliation,
    total: Pence,
}

impl Cube {
    /// Groups the lines of an account with the embedded engine.
    ///
    /// # Errors
    ///
    /// [`CubeError::EngineDisagrees`] when the records do not sum to the account.
    pub fn build(account: &PlaceAccount) -> Result<Self, CubeError> {
        Self::build_with(account, &Sorted)
    }

    /// Groups the lines of an account with an engine of your choice.
    ///
    /// # Errors
    ///
    /// As [`Cube::build`].
    pub fn build_with(account: &PlaceAccount, engine: &dyn GroupBy) -> Result<Self, CubeError> {
        let mut lines =
            CodedLines::with_capacity(usize::try_from(account.line_count()).unwrap_or(0));
        lines.extend(
            account
                .lines()
                .map(|(_, line, coding)| (coding, line.pence())),
        );
        let reconciliation = account.reconciliation().clone();
        Self::grouped(
            account.place(),
            lines,
            engine,
            account.total(),
            reconciliation,
        )
    }

    /// A cube from lines that are already placed; for programs with readers of their own.
    ///
    /// # Errors
    ///
    /// As [`Cube::build`].
    pub fn from_lines(
        place: &Arc<Place>,
        lines: CodedLines,
        engine: &dyn GroupBy,
    ) -> Result<Self, CubeError> {
        let read = Pence::total(lines.pence())?;
        Self::grouped(place, lines, engine, read, Reconciliation::default())
    }

    fn grouped(
        place: &Arc<Place>,
        lines: CodedLines,
        engine: &dyn GroupBy,
        read: Pence,
        mut reconciliation: Reconciliation,
    ) -> Result<Self, CubeError> {
        let line_count = lines.len();
        let records = group::checked(engine, lines)?;
        let total = records.total()?;
        reconciliation.push(Step::new(
            format!(
                "cube: {} lines summed into {} records",
                line_count,
                records.len()
            ),
            read,
            total,
        ));
        let sharing = Arc::new(place.sharing().clone());
        Ok(Self::of(place, sharing, records, reconciliation, total))
    }

    fn of(
        place: &Arc<Place>,
        sharing: Arc<Sharing>,
        records: Records,
        reconciliation: Reconciliation,
        total: Pence,
    ) -> Self {
        let held = records.held(place);
        Self {
            place: Arc::clone(place),
            sharing,
            yearly: Yearly::of(&records).map(Arc::new),
            margins: Arc::new(margins::of(&records)),
            records: Arc::new(records),
            held: Arc::new(held),
            reconciliation,
            total,
        }
    }

    /// One cube of two loads of the same place: the same as a cube of all their lines.
    ///
    /// # Errors
    ///
    /// [`CubeError::DifferentPlaces`].
    pub fn merge(&self, other: &Self) -> Result<Self, CubeError> {
        if self.place.fingerprint() != other.place.fingerprint() {
            return Err(CubeError::DifferentPlaces);
        }
        let records = self.records.merged(&other.records)?;
        let total = records.total()?;
        let mut reconciliation = self.reconciliation.clone();
        reconciliation.append(&other.reconciliation);
        reconciliation.push(
            Step::new("cube: two cubes merged", self.total, total)
                .difference("the other cube", other.total),
        );
        let sharing = Arc::clone(&self.sharing);
        Ok(Self::of(
            &self.place,
            sharing,
            records,
            reconciliation,
            total,
        ))
    }

    /// The same records under other sharing rules: another answer, without reading anything.
    #[must_use]
    pub fn with_sharing(&self, sharing: Sharing) -> Self {
        Self {
            sharing: Arc::new(sharing),
            ..self.clone()
        }
    }

    /// The place it accounts for.
    #[must_use]
    pub fn place(&self) -> &Arc<Place> {
        &self.place
    }

    /// The sharing rules its questions use.
    #[must_use]
    pub fn sharing(&self) -> &Sharing {
        &self.sharing
    }

    /// Whose ledgers its records hold.
    pub(crate) fn held(&self) -> &Held {
        &self.held
    }

    /// The account without its places.
    pub(in crate::cube) fn margins(&self) -> &[Margin] {
        &self.margins
    }

    /// The kept roll-up, where there is one.
    pub(in crate::cube) fn yearly(&self) -> Option<&Yearly> {
        self.yearly.as_deref()
    }

    /// Whether the ledger of a partner is held in a phase: whether some of its lines of cash are
    /// spending, and not merely income.
    #[must_use]
    pub fn holds_ledger(&self, partner: MemberId, phase: Phase) -> bool {
        self.held.holds(partner, phase, Resource::Cash)
    }

    /// The records, in the order of their places.
    #[must_use]
    pub fn records(&self) -> &Records {
        &self.records
    }

    /// The sum of all records, of all phases: for reconciling, not for quoting.
    #[must_use]
    pub fn total(&self) -> Pence {
        self.total
    }

    /// From the files to the records: every step with its named differences.
    #[must_use]
    pub fn reconciliation(&self) -> &Reconciliation {
        &self.reconciliation
    }

    /// Starts a question.
    #[must_use]
    pub fn ask(&self) -> Question<'_> {
        Question::new(self)
    }
}
