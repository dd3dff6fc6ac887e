//! Which extracts a cube holds, so that none is counted twice.

use super::CubeError;
use crate::account::{PlaceAccount, RecordedMonths, Replacing};
use crate::money::{MoneyError, Pence};
use crate::place::Place;
use crate::text::counted;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// One extract as one ledger read it: what can be loaded twice by mistake.
///
/// A file may be read by several ledgers, each taking other rows of it by its `where`. So a batch
/// is told by its ledger and its fingerprint together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Batch {
    /// Code of the ledger in the pack.
    pub ledger: String,
    /// What tells this extract from any other, whatever it is called: SHA-256 of its bytes, as 64
    /// hexadecimal digits.
    pub fingerprint: String,
    /// Its name, for messages.
    pub shown: String,
    /// How many rows it has, of any kind; as many as `lines` where nobody counted.
    pub rows: u64,
    /// How many of them are lines of the ledger.
    pub lines: u64,
    /// The sum of these lines.
    pub pence: Pence,
}

impl fmt::Display for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (ledger, lines) = (&self.ledger, counted(self.lines, "line"));
        write!(
            f,
            "`{}` of ledger `{ledger}` ({lines}, {})",
            self.shown, self.pence
        )
    }
}

/// What a cube was loaded from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Loaded {
    /// In order, so that the order of loading does not show.
    pub(super) batches: Vec<Batch>,
    /// What is known of each replacement of the pack; of none where a program placed the lines.
    pub(super) replacing: Vec<Replacing>,
    /// Of which months each ledger has any line.
    pub(super) months: RecordedMonths,
}

impl Loaded {
    pub(super) fn of(account: &PlaceAccount) -> Result<Self, MoneyError> {
        let ledgers = account.ledgers().iter().map(|mapped| mapped.ledger());
        let files =
            ledgers.flat_map(|ledger| ledger.files().iter().map(|file| (ledger.id(), file)));
        let mut batches: Vec<Batch> = files
            .map(|(ledger, file)| Batch {
                ledger: ledger.to_owned(),
                fingerprint: file.fingerprint.clone(),
                shown: file.shown.clone(),
                rows: file.counts.records,
                lines: file.counts.lines,
                pence: file.total,
            })
            .collect();
        batches.sort_unstable();
        Ok(Self {
            batches,
            replacing: account.replacing()?,
            months: account.recorded_months().clone(),
        })
    }

    /// What a program says it loaded.
    ///
    /// # Errors
    ///
    /// [`CubeError::HeldTwice`]; [`CubeError::BatchesDisagree`] where they are not the lines.
    pub(super) fn named(
        place: &Place,
        mut batches: Vec<Batch>,
        (lines, pence): (u64, Pence),
    ) -> Result<Self, CubeError> {
        let named_pence = Pence::total(batches.iter().map(|batch| batch.pence))?;
        let named_lines = batches.iter().map(|batch| u128::from(batch.lines)).sum();
        if named_pence != pence || named_lines != u128::from(lines) {
            return Err(CubeError::BatchesDisagree {
                named_lines,
                named_pence,
                lines,
                pence,
            });
        }
        batches.sort_unstable();
        once(&batches, place)?;
        Ok(Self {
            batches,
            replacing: Vec::new(),
            months: RecordedMonths::default(),
        })
    }

    /// What two cubes were loaded from, where their lines together are what one load of both would
    /// have had.
    ///
    /// # Errors
    ///
    /// [`CubeError::HeldTwice`], [`CubeError::WouldReplace`].
    pub(super) fn and(&self, other: &Self, place: &Place) -> Result<Self, CubeError> {
        let mut batches: Vec<Batch> = self.batches.iter().chain(&other.batches).cloned().collect();
        batches.sort_unstable();
        once(&batches, place)?;
        let none = Replacing::default();
        let mut replacing = Vec::new();
        for (number, rule) in place.replacements().iter().enumerate() {
            let of = |loaded: &Self| loaded.replacing.get(number).unwrap_or(&none).clone();
            let (one, two) = (of(self), of(other));
            let overtaken = one.overtaken(&two).or_else(|| two.overtaken(&one));
            if let Some((period, staying)) = overtaken {
                return Err(CubeError::WouldReplace {
                    ledger: rule.ledger.clone(),
                    by: rule.by.join("`, `"),
                    period,
                    lines: staying.lines,
                    pence: staying.pence,
                });
            }
            replacing.push(one.and(&two)?);
        }
        Ok(Self {
            batches,
            replacing,
            months: self.months.and(&other.months),
        })
    }
}

/// Whether no row of an extract is among these batches twice, as far as batches can tell.
///
/// A ledger takes a row of an extract once. Several ledgers may take different rows of one; if
/// together they took more than there are, they took some twice. A ledger with `repeats = "allow"`
/// may.
fn once(batches: &[Batch], place: &Place) -> Result<(), CubeError> {
    let allowed = |id: &str| {
        let plan = place.ledgers().iter().find(|plan| plan.id == id);
        plan.is_some_and(|plan| plan.repeats.allowed())
    };
    let mut extracts: BTreeMap<&str, Vec<&Batch>> = BTreeMap::new();
    // Without lines nothing is counted twice: empty extracts of two months are the same bytes.
    let counted = batches.iter().filter(|batch| batch.lines > 0);
    for batch in counted.filter(|batch| !allowed(&batch.ledger)) {
        extracts.entry(&batch.fingerprint).or_default().push(batch);
    }
    let mut twice = Vec::new();
    for readings in extracts.values() {
        let rows = readings.iter().map(|batch| batch.rows).max().unwrap_or(0);
        let taken: u128 = readings.iter().map(|batch| u128::from(batch.lines)).sum();
        for (number, batch) in readings.iter().enumerate() {
            let before = readings[..number]
                .iter()
                .find(|first| first.ledger == batch.ledger || taken > u128::from(rows));
            twice.extend(before.map(|first| ((*first).clone(), (*batch).clone())));
        }
    }
    if twice.is_empty() {
        Ok(())
    } else {
        Err(CubeError::HeldTwice { twice })
    }
}

/// Each extract with what it repeats, one a line.
pub(super) fn pairs(twice: &[(Batch, Batch)]) -> String {
    let pair = |(first, again): &(Batch, Batch)| format!("\n  {again} is the same as {first}");
    twice.iter().map(pair).collect()
}
