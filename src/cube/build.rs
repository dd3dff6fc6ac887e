//! Building a cube: the lines of an account, or of a program that placed them, coded and grouped.

use super::batch::Loaded;
use super::group::{self, CodedLines, GroupBy};
use super::{Cube, CubeError};
use crate::account::PlaceAccount;
use crate::crosswalk::{AlikeLines, Coding, MappedLedger};
use crate::money::Pence;
use crate::place::Place;
use crate::reconciliation::{Reconciliation, Step};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Coded lines, with all that a cube says of them beside their sums.
pub(super) struct Build {
    place: Arc<Place>,
    lines: CodedLines,
    /// How many lines those at each place stand for, where they are groups of lines.
    stood_for: Option<BTreeMap<Coding, u64>>,
    /// What was read: the records have to sum to it.
    read: Pence,
    reconciliation: Reconciliation,
    loaded: Loaded,
}

impl Build {
    /// The lines of an account, coded on all cores.
    pub(super) fn of_account(account: &PlaceAccount) -> Result<Self, CubeError> {
        /// A short run is not worth a thread; a long one is held twice while it joins the others.
        const RUN: RangeInclusive<usize> = 1 << 16..=1 << 20;
        let held = account.ledgers().iter().map(|mapped| mapped.ledger().len());
        let count: usize = held.sum();
        let mut lines = CodedLines::with_capacity(count);
        // Each run numbers the parts of coordinates by itself, so that few long ones are best.
        let threads = rayon::current_num_threads();
        let run = (count / (2 * threads)).clamp(*RUN.start(), *RUN.end());
        let ledgers = account.ledgers().par_iter();
        let alike: Vec<AlikeLines<'_>> = ledgers.map(MappedLedger::alike).collect();
        for runs in account.runs(run).chunks(threads) {
            let runs = runs.par_iter();
            let coded = runs.map(|run| CodedLines::of_run(account, run, &alike[run.ledger()]));
            let coded: Vec<CodedLines> = coded.collect();
            coded.into_iter().for_each(|run| lines.append(run));
        }
        Ok(Self {
            place: Arc::clone(account.place()),
            lines,
            stood_for: account.stood_for(),
            read: account.total(),
            reconciliation: account.reconciliation().clone(),
            loaded: Loaded::of(account)?,
        })
    }

    /// Lines that a program placed.
    pub(super) fn of_lines(
        place: &Arc<Place>,
        lines: CodedLines,
        read: Pence,
        loaded: Loaded,
    ) -> Self {
        Self {
            place: Arc::clone(place),
            lines,
            stood_for: None,
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
            stood_for,
            read,
            mut reconciliation,
            mut loaded,
        } = self;
        let mut count = lines.len() as u64;
        let mut records = group::checked(engine, lines)?;
        if let Some(stood_for) = stood_for {
            count = stood_for.values().sum();
            records = records.standing_for(&stood_for)?;
        }
        let total = records.total()?;
        // A program that placed lines names no ledgers; their months are those of partners.
        if loaded.months.is_empty() {
            loaded.months = records.recorded_months();
        }
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
