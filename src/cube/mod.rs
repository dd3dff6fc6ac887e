//! The cube: the account as records, and questions answered from them.
//!
//! A record is the sum of all lines that have the same coordinates on all axes. Nothing is shared
//! out when records are made; a question shares, by the rules of its moment, and closes its
//! table once.
//!
//! **Invariant:** the records sum to the account, whichever engine grouped them.

mod batch;
mod region;
mod runs;
mod parts;
mod records;
pub mod group;
mod source;
mod rollup;
mod margins;
mod build;
mod saved;
mod ask;
mod funding;
mod movable;
mod overlap;

pub use ask::{
    Answer, AnswerSharedBy, AnswerShares, AskError, By, Change, ChangedRow, Composition,
    Contribution, Emptiness, Explanation, Figure, FigureShares, InKindShown, KeyPart, LineShown,
    Memorandum, MemorandumSum, PerHead, Question, Range, RangedAnswer, RangedRow, RestShown, Row,
    ShareStep, SharedBy, Shares, WhatIf,
};
pub use batch::Batch;
pub use movable::{FreeFrom, Movable};
pub use overlap::{Overlap, OverlapScope, Overlaps, PriorityGap};
pub use records::{Record, Records};
pub use saved::Edition;

use crate::account::{Held, PlaceAccount, RecordedMonths, RecordedYear};
use crate::axis::{MemberId, Period, Phase, Resource};
use crate::counterparty::Flow;
use crate::crosswalk::Coding;
use crate::driver::Sharing;
use crate::money::{MoneyError, Pence};
use crate::place::Place;
use crate::reconciliation::{Reconciliation, Step};
use crate::text::bytes;
use batch::Loaded;
use build::Build;
use group::{CodedLines, GroupBy, Sorted};
use margins::Margin;
use rollup::RollUps;
use std::collections::BTreeMap;
use std::sync::Arc;

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
    /// More different coordinates than numbers of 64 bits can tell apart.
    #[error("more than {most} {what}: load fewer ledgers at a time, or coarser ones")]
    TooManyCoordinates {
        /// Of what there are too many.
        what: &'static str,
        /// How many there may be.
        most: usize,
    },
    /// More lines with the same coordinates than a record can count.
    #[error("{lines} lines have the same place on every axis, more than a record can count")]
    TooManyLines {
        /// How many.
        lines: u64,
    },
    /// A sum beyond 64 bits of pence.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// An extract that is loaded already: its money would be counted twice.
    #[error(
        "an extract would be counted twice; take one of the two out, or allow repeats for its \
         ledger:{}",
        batch::pairs(.twice)
    )]
    HeldTwice {
        /// Each extract that was there, with the one that repeats it.
        twice: Vec<(Batch, Batch)>,
    },
    /// What a program says of its batches is not what its lines are.
    #[error(
        "the batches have {named_pence} in {named_lines} lines, and the lines are {pence} in \
         {lines}; name each extract once, with all its lines"
    )]
    BatchesDisagree {
        /// Lines of the batches.
        named_lines: u128,
        /// Pence of the batches.
        named_pence: Pence,
        /// How many lines there are.
        lines: u64,
        /// Their pence.
        pence: Pence,
    },
    /// Two loads that are not the same apart as together: coarse lines of one give way to finer
    /// lines of the other.
    #[error(
        "{pence} in {} of ledger `{ledger}` for {period} would give way to the detail of `{by}`, \
         which the other load has; build one cube from the files of both",
        crate::text::counted(*.lines, "line")
    )]
    WouldReplace {
        /// The ledger with the coarse lines.
        ledger: String,
        /// The ledgers with the finer ones.
        by: String,
        /// The first period for which that is so.
        period: Period,
        /// How many coarse lines of that period.
        lines: u64,
        /// Their pence: what would be counted twice.
        pence: Pence,
    },
    /// There is no such file, or it cannot be read.
    #[error("cannot read the saved cube `{file}`: {reason}; check its name, or build and save it")]
    NoSavedCube {
        /// The file.
        file: String,
        /// What the system said.
        reason: String,
    },
    /// A saved cube takes more memory than is free.
    #[error(
        "the saved cube `{file}` takes at least {} of memory here, and {} are free: save cubes of fewer partners, places or years \
         and ask each, or open it where there is more memory",
        bytes(*.needed),
        bytes(*.free)
    )]
    NoRoom {
        /// The file.
        file: String,
        /// What it takes at least, in bytes.
        needed: u64,
        /// What is free, in bytes.
        free: u64,
    },
    /// A cube cannot be written there.
    #[error("cannot save the cube as `{file}`: {reason}; nothing was changed there")]
    NotSaved {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
    /// A file of another kind.
    #[error("`{file}` is not a saved cube; name a file that `Cube::save` has written")]
    NotASavedCube {
        /// The file.
        file: String,
    },
    /// Written in another version of the format.
    #[error(
        "`{file}` is a cube saved in version {found} of its format, and this program reads version \
         {known}; build it again from its ledgers, or open it with the program that saved it"
    )]
    OtherVersion {
        /// The file.
        file: String,
        /// Its version.
        found: u32,
        /// The version that is read here.
        known: u32,
    },
    /// Saved for another place, or another edition of its pack.
    #[error(
        "`{file}` is a cube of {saved}, and not of {wanted}; open it with the pack it was built \
         with, or build it again with this one"
    )]
    OtherPlace {
        /// The file.
        file: String,
        /// What it was saved for.
        saved: Box<Edition>,
        /// What it was to be opened with.
        wanted: Box<Edition>,
    },
    /// The end of a saved cube is missing.
    #[error("`{file}` is cut off; copy or save it again")]
    CutOff {
        /// The file.
        file: String,
    },
    /// A saved cube whose bytes have changed.
    #[error("`{file}` is damaged: {reason}; copy it again, or build and save it again")]
    Damaged {
        /// The file.
        file: String,
        /// What is wrong.
        reason: String,
    },
}

/// The account of a place as records, ready to be asked.
#[derive(Clone, Debug)]
pub struct Cube {
    place: Arc<Place>,
    sharing: Arc<Sharing>,
    records: Arc<Records>,
    rollups: Arc<RollUps>,
    margins: Arc<Vec<Margin>>,
    held: Arc<Held>,
    reconciliation: Reconciliation,
    total: Pence,
    loaded: Arc<Loaded>,
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

    /// As [`Cube::build`], and lets the account go before its lines are grouped, so that less is in
    /// memory at once. For where no figure will be explained down to its lines: that asks for the
    /// account, which [`PlaceAccount::load`] reads again.
    ///
    /// # Errors
    ///
    /// As [`Cube::build`].
    pub fn build_from(account: PlaceAccount) -> Result<Self, CubeError> {
        let build = Build::of_account(&account)?;
        drop(account);
        build.grouped(&Sorted)
    }

    /// Groups the lines of an account with an engine of your choice.
    ///
    /// # Errors
    ///
    /// As [`Cube::build`].
    pub fn build_with(account: &PlaceAccount, engine: &dyn GroupBy) -> Result<Self, CubeError> {
        Build::of_account(account)?.grouped(engine)
    }

    /// A cube from lines that are already placed; for programs with readers of their own.
    ///
    /// It names no batches, so nobody can tell whether the same lines are loaded twice:
    /// [`Cube::from_batches`] can.
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
        Build::of_lines(place, lines, read, Loaded::default()).grouped(engine)
    }

    /// As [`Cube::from_lines`], from extracts that are named, so that none is counted twice:
    /// [`Cube::merge`] refuses a cube that holds one of them too.
    ///
    /// # Errors
    ///
    /// As [`Cube::build`]; [`CubeError::BatchesDisagree`] when the lines are not those of the
    /// batches; [`CubeError::HeldTwice`] when a batch is there twice.
    pub fn from_batches(
        place: &Arc<Place>,
        batches: Vec<Batch>,
        lines: CodedLines,
        engine: &dyn GroupBy,
    ) -> Result<Self, CubeError> {
        let read = Pence::total(lines.pence())?;
        let loaded = Loaded::named(place, batches, (lines.len() as u64, read))?;
        Build::of_lines(place, lines, read, loaded).grouped(engine)
    }

    fn of(
        place: &Arc<Place>,
        sharing: Arc<Sharing>,
        records: Records,
        reconciliation: Reconciliation,
        total: Pence,
        loaded: Loaded,
    ) -> Self {
        let (rollups, (held, margins)) = rayon::join(
            || RollUps::of(&records, place, &sharing),
            || (records.held(place), margins::of(&records)),
        );
        Self {
            place: Arc::clone(place),
            sharing,
            rollups: Arc::new(rollups),
            margins: Arc::new(margins),
            records: Arc::new(records),
            held: Arc::new(held),
            reconciliation,
            total,
            loaded: Arc::new(loaded),
        }
    }

    /// One cube of two loads of the same place: the same as a cube of all their lines. The two may
    /// be two months, or the ledgers of two counties that are one place.
    ///
    /// It is refused where a cube of all their lines would be another: where an extract is in both,
    /// and where coarse lines of one would give way to finer lines of the other. Two ledgers that
    /// take the same rows of one extract are told when one load reads both; of two loads only if
    /// they take more rows together than there are.
    ///
    /// # Errors
    ///
    /// [`CubeError::DifferentPlaces`], [`CubeError::HeldTwice`], [`CubeError::WouldReplace`].
    pub fn merge(&self, other: &Self) -> Result<Self, CubeError> {
        if self.place.fingerprint() != other.place.fingerprint() {
            return Err(CubeError::DifferentPlaces);
        }
        let loaded = self.loaded.and(&other.loaded, &self.place)?;
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
            loaded,
        ))
    }

    /// A cube in which some records differ by so many pence, which its reconciliation names.
    pub(crate) fn with_differences(
        &self,
        by: &BTreeMap<Coding, i128>,
        name: &str,
    ) -> Result<Self, MoneyError> {
        let records = self.records.with_differences(by)?;
        let total = records.total()?;
        let mut reconciliation = self.reconciliation.clone();
        let difference = i128::from(total.get()) - i128::from(self.total.get());
        reconciliation.push(
            Step::new("cube: what may be told of it", self.total, total)
                .difference(name, Pence::from_wide(difference)?),
        );
        Ok(Self::of(
            &self.place,
            Arc::clone(&self.sharing),
            records,
            reconciliation,
            total,
            (*self.loaded).clone(),
        ))
    }

    /// This cube with the lines of another load of the same place, such as the files of a month:
    /// the same as a cube of all their lines.
    ///
    /// # Errors
    ///
    /// As [`Cube::build`] and [`Cube::merge`].
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::{account::PlaceAccount, cube::{Cube, CubeError}, place::Place};
    /// let place = Place::open("examples/data/shropshire")?;
    /// let before = PlaceAccount::load_files(&place, |ledger, _| ledger != "grants")?;
    /// let added = PlaceAccount::load_files(&place, |_, file| file == "grants.csv")?;
    /// let cube = Cube::build(&before)?.append(&added)?;
    ///
    /// let at_once = Cube::build(&PlaceAccount::load(&place)?)?;
    /// assert_eq!(cube.records(), at_once.records());
    /// // What is there is not counted again.
    /// assert!(matches!(cube.append(&added), Err(CubeError::HeldTwice { .. })));
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn append(&self, account: &PlaceAccount) -> Result<Self, CubeError> {
        self.merge(&Self::build(account)?)
    }

    /// The same records under other sharing rules: another answer, without reading anything.
    #[must_use]
    pub fn with_sharing(&self, sharing: Sharing) -> Self {
        Self {
            sharing: Arc::new(sharing),
            ..self.clone()
        }
    }

    /// The same records in a place that also knows these flows, which lines yet to be merged may be.
    pub(crate) fn with_flows(&self, flows: impl IntoIterator<Item = Flow>) -> Self {
        Self {
            place: Arc::new(self.place.with_flows(flows)),
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

    /// The account without where and for whom.
    pub(in crate::cube) fn margins(&self) -> &[Margin] {
        &self.margins
    }

    /// The kept roll-ups.
    pub(in crate::cube) fn rollups(&self) -> &RollUps {
        &self.rollups
    }

    /// Whether the ledger of a partner is held in a phase: whether some of its lines of cash are
    /// spending, and not merely income.
    #[must_use]
    pub fn holds_ledger(&self, partner: MemberId, phase: Phase) -> bool {
        self.held.holds(partner, phase, Resource::Cash)
    }

    /// Of which months each ledger has any line. Every answer that a month is missing of says so.
    #[must_use]
    pub fn recorded_months(&self) -> &RecordedMonths {
        &self.loaded.months
    }

    /// The period for which a program that is told none may ask: the `report_period` of the pack,
    /// else the only financial year of which there are lines of this phase. There is no other default.
    ///
    /// # Errors
    ///
    /// [`AskError::NoPeriod`], which lists the years there are, each with its months.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::{Cube, Phase, Place, PlaceAccount};
    /// let place = Place::open("examples/data/partners")?;
    /// let cube = Cube::build(&PlaceAccount::load(&place)?)?;
    /// assert_eq!(cube.period_of_reports(Phase::Outturn)?, "2024-25".parse()?);
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn period_of_reports(&self, phase: Phase) -> Result<Period, AskError> {
        if let Some(period) = self.place.report_period() {
            return Ok(period);
        }
        let years = self.recorded_months().years();
        let of_phase: Vec<RecordedYear> = (years.into_iter())
            .filter(|recorded| recorded.phase == phase)
            .collect();
        match of_phase.as_slice() {
            [only] => Ok(only.year),
            _ => Err(self.no_period()),
        }
    }

    /// That no period was named, with those there are.
    pub(in crate::cube) fn no_period(&self) -> AskError {
        let years = self.recorded_months().years();
        AskError::NoPeriod {
            recorded: years.iter().map(ToString::to_string).collect(),
        }
    }

    /// The records, in the order of their coordinates.
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

    /// The extracts it holds, in order of ledgers and fingerprints.
    #[must_use]
    pub fn batches(&self) -> &[Batch] {
        &self.loaded.batches
    }

    /// Starts a question.
    #[must_use]
    pub fn ask(&self) -> Question<'_> {
        Question::new(self)
    }
}
