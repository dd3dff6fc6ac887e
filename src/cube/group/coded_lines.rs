//! Lines as two columns of integers: what engines group.

use super::coordinates::{Appearing, KnownOfLedger};
use crate::account::{LineRun, PlaceAccount};
use crate::crosswalk::{AlikeLines, Coding};
use crate::cube::CubeError;
use crate::cube::parts::Parts;
use crate::money::Pence;
use rayon::prelude::*;

/// Lines of an account, each as one number for its coordinates, its key, and its pence.
///
/// 16 bytes a line. While lines are added, the parts of coordinates are numbered as they appear;
/// before they are grouped they are numbered in order.
#[derive(Clone, Debug, Default)]
pub struct CodedLines {
    coordinates: Appearing,
    lines: Vec<CodedLine>,
}

/// One line: its key, and its pence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodedLine {
    /// The key. Equal coordinates have equal keys.
    pub key: u64,
    /// The amount.
    pub pence: i64,
}

impl CodedLines {
    /// No lines yet, with room for so many.
    #[must_use]
    pub fn with_capacity(lines: usize) -> Self {
        Self {
            lines: Vec::with_capacity(lines),
            ..Self::default()
        }
    }

    /// Adds a line.
    pub fn push(&mut self, coding: &Coding, pence: Pence) {
        let key = self.coordinates.number(coding);
        self.lines.push(CodedLine {
            key,
            pence: pence.get(),
        });
    }

    /// The lines of a run of an account; `alike` is of its ledger.
    pub(in crate::cube) fn of_run(
        account: &PlaceAccount,
        run: &LineRun,
        alike: &AlikeLines<'_>,
    ) -> Self {
        let mut coded = Self::with_capacity(run.len());
        let mut known: Option<KnownOfLedger<'_>> = None;
        for (mapped, line) in account.counted(run) {
            let known = known.get_or_insert_with(|| KnownOfLedger::new(mapped, alike));
            coded.lines.push(CodedLine {
                key: coded.coordinates.number_of_line(known, &line),
                pence: line.pence().get(),
            });
        }
        coded
    }

    /// Adds the lines of another set, which has numbered the parts of coordinates by itself.
    pub(in crate::cube) fn append(&mut self, other: Self) {
        let here = self.coordinates.of_other(&other.coordinates);
        self.lines
            .par_extend(other.lines.into_par_iter().map(|line| CodedLine {
                key: here(line.key),
                ..line
            }));
    }

    /// How many lines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The pence of each line.
    pub fn pence(&self) -> impl Iterator<Item = Pence> + '_ {
        self.lines.iter().map(|line| Pence::new(line.pence))
    }

    /// Each line.
    pub fn iter(&self) -> impl Iterator<Item = (Coding, Pence)> + '_ {
        self.lines.iter().map(|line| {
            let coding = self.coordinates.coding(line.key);
            (coding, Pence::new(line.pence))
        })
    }

    /// The lines with their coordinates numbered in order, and the parts of those coordinates.
    ///
    /// # Errors
    ///
    /// [`CubeError::TooManyCoordinates`].
    pub(in crate::cube) fn into_numbers(self) -> Result<(Parts, Vec<CodedLine>), CubeError> {
        let (coordinates, ordered) = self.coordinates.in_order()?;
        let mut lines = self.lines;
        lines
            .par_iter_mut()
            .for_each(|line| line.key = ordered(line.key));
        Ok((coordinates.into_parts(), lines))
    }
}

impl FromIterator<(Coding, Pence)> for CodedLines {
    fn from_iter<I: IntoIterator<Item = (Coding, Pence)>>(lines: I) -> Self {
        let mut coded = Self::default();
        coded.extend(lines);
        coded
    }
}

impl Extend<(Coding, Pence)> for CodedLines {
    fn extend<I: IntoIterator<Item = (Coding, Pence)>>(&mut self, lines: I) {
        for (coding, pence) in lines {
            self.push(&coding, pence);
        }
    }
}
