//! What a cube takes from an account, or from a program that placed the lines: enough to group them.

use super::batch::Loaded;
use super::group::{self, CodedLines, GroupBy};
use super::{Cube, CubeError};
use crate::account::PlaceAccount;
use crate::money::Pence;
use crate::place::Place;
use crate::reconciliation::{Reconciliation, Step};
use rayon::prelude::*;
use std::sync::Arc;

/// Lines that one thread codes before they join the others.
const CODED_AT_ONCE: usize = 1 << 16;

/// Coded lines, with all that a cube says of them beside their sums.
pub(super) struct Taken {
    place: Arc<Place>,
    lines: CodedLines,
    /// What was read: the records have to sum to it.
    read: Pence,
    reconciliation: Reconciliation,
    loaded: Loaded,
}

impl Taken {
    /// The lines of an account, coded on all cores.
    pub(super) fn of(account: &PlaceAccount) -> Result<Self, CubeError> {
        let mut lines =
            CodedLines::with_capacity(usize::try_from(account.line_count()).unwrap_or(0));
        // A few runs at a time, so that lines are held twice only where they are being joined.
        for runs in account.runs(CODED_AT_ONCE).chunks(8) {
            let coded = runs.par_iter().map(|run| account.coded(run).collect());
            let coded: Vec<CodedLines> = coded.collect();
            coded.into_iter().for_each(|run| lines.append(run));
        }
        Ok(Self {
            place: Arc::clone(account.place()),
            lines,
            read: account.total(),
            reconciliation: account.reconciliation().clone(),
            loaded: Loaded::of(account)?,
        })
    }

    /// Lines that a program placed.
    pub(super) fn placed(
        place: &Arc<Place>,
        lines: CodedLines,
        read: Pence,
        loaded: Loaded,
    ) -> Self {
        Self {
            place: Arc::clone(place),
            lines,
            read,
            reconciliation: Reconciliation::default(),
            loaded,
        }
    }

    /// The cube of the lines, as an engine sums them.
    pub(super) fn grouped(self, engine: &dyn GroupBy) -> Result<Cube, CubeError> {
        let Self {
            place,
            lines,
            read,
            mut reconciliation,
            loaded,
        } = self;
        let count = lines.len();
        let records = group::checked(engine, lines)?;
        let total = records.total()?;
        reconciliation.push(Step::new(
            format!("cube: {count} lines summed into {} records", records.len()),
            read,
            total,
        ));
        let sharing = Arc::new(place.sharing().clone());
        Ok(Cube::of(
            &place,
            sharing,
            records,
            reconciliation,
            total,
            loaded,
        ))
    }
}
