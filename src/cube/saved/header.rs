//! What a saved cube says beside its records.

use super::Edition;
use super::months::{MonthsSaved, read_months, saved_months};
use super::parts::{PartsSaved, saved};
use crate::account::Replacing;
use crate::cube::Cube;
use crate::cube::batch::{Batch, Loaded};
use crate::cube::parts::Parts;
use crate::cube::records::Records;
use crate::money::Pence;
use crate::place::Place;
use crate::reconciliation::Reconciliation;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Everything but the records, as JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    /// What it is saved for.
    pub(super) edition: Edition,
    /// How many records there are.
    pub(super) records: u64,
    /// How many lines they sum.
    lines: u64,
    /// What they sum to.
    total: Pence,
    /// What the numbers of the records stand for.
    parts: PartsSaved,
    batches: Vec<Batch>,
    replacing: Vec<Replacing>,
    /// Of which months each ledger has any line.
    months: Vec<MonthsSaved>,
    reconciliation: Reconciliation,
}

impl Header {
    /// # Errors
    ///
    /// A member that its place does not find again by its code.
    pub(super) fn of(cube: &Cube) -> Result<Self, String> {
        let records = cube.records();
        Ok(Self {
            edition: Edition::of(&cube.place),
            records: records.len() as u64,
            lines: lines(records),
            total: cube.total,
            parts: saved(&records.parts, &cube.place)?,
            batches: cube.loaded.batches.clone(),
            replacing: cube.loaded.replacing.clone(),
            months: saved_months(&cube.loaded.months, &cube.place)?,
            reconciliation: cube.reconciliation.clone(),
        })
    }

    pub(super) fn parts(&self, place: &Place) -> Result<Parts, String> {
        self.parts.parts(place)
    }

    /// The cube, if these are its records.
    pub(super) fn cube(self, place: &Arc<Place>, records: Records) -> Result<Cube, String> {
        let total = records.total().map_err(|error| error.to_string())?;
        if total != self.total || lines(&records) != self.lines {
            return Err(format!(
                "its records are {total} in {} lines, and {} in {} were saved",
                lines(&records),
                self.total,
                self.lines
            ));
        }
        let loaded = Loaded {
            batches: self.batches,
            replacing: self.replacing,
            months: read_months(self.months, place)?,
        };
        let sharing = Arc::new(place.sharing().clone());
        let statement = self.reconciliation;
        Ok(Cube::of(place, sharing, records, statement, total, loaded))
    }
}

fn lines(records: &Records) -> u64 {
    records.lines.iter().map(|&lines| u64::from(lines)).sum()
}
