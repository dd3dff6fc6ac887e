//! The reconciliation of a ledger: what was read, what was left out and why, what was accepted.

use super::control::Met;
use super::part::Sums;
use super::read::FileRead;
use super::{Control, ControlResult, Ledger};
use crate::finding::Findings;
use crate::money::{ExcessDecimals, MoneyError, Pence, to_pence, with_pound_sign};
use crate::reconciliation::{Difference, Reconciliation, Step};
use crate::text::counted_as;

/// Sums over the files of a ledger.
#[derive(Debug)]
pub(super) struct Tally {
    sums: Sums,
    controls: Vec<Met>,
}

impl Tally {
    pub(super) fn new(controls: &[Control]) -> Self {
        Self {
            sums: Sums::default(),
            controls: vec![Met::default(); controls.len()],
        }
    }

    pub(super) fn add(&mut self, read: &FileRead) {
        self.sums.add(&read.sums);
        for (all, file) in self.controls.iter_mut().zip(&read.controls) {
            all.add(file);
        }
    }

    /// From all amounts that could be read to the lines of the ledger, then each control total.
    ///
    /// Differences that happened are named even where they are less than a penny or of unknown
    /// size, because a row that is missing from a sum must be seen.
    pub(super) fn statement(
        &self,
        ledger: &Ledger,
        controls: &[Control],
    ) -> Result<Reconciliation, MoneyError> {
        let sums = &self.sums;
        let counts = ledger.counts();
        // Rounding line by line may add up to pennies. The sum of the exact amounts is rounded
        // once, here, so that these pennies are named.
        let rounding = to_pence(-sums.taken, ExcessDecimals::HalfEven)
            .map_or(0, |(pence, _)| i128::from(pence.get()));
        let left_out = sums.total_rows + sums.not_selected + sums.rejected;
        let read = i128::from(ledger.total().get()) - rounding + left_out;
        let mut step = Step::new(
            format!(
                "amounts read for ledger `{}` ({})",
                ledger.id(),
                counted_as(ledger.files().len() as u64, "file", "files")
            ),
            Pence::from_wide(read)?,
            ledger.total(),
        );
        let mut name = |happened: bool, name: String, pence: i128| {
            if happened {
                step.differences.push(Difference {
                    name,
                    pence: Pence::from_wide(pence)?,
                });
            }
            Ok(())
        };
        name(
            counts.total_rows > 0,
            format!(
                "{}, which repeat other rows",
                counted_as(counts.total_rows, "total row", "total rows")
            ),
            -sums.total_rows,
        )?;
        let not_wanted = counts.not_selected - sums.unwanted_rows;
        name(
            not_wanted > 0,
            format!(
                "{} that the layout does not select",
                counted_as(not_wanted, "row", "rows")
            ),
            sums.unwanted - sums.not_selected,
        )?;
        name(
            sums.unwanted_rows > 0,
            format!(
                "{} that `where_not` of the layout leaves out",
                counted_as(sums.unwanted_rows, "row", "rows")
            ),
            -sums.unwanted,
        )?;
        let known = counts.rejected - sums.rejected_unknown;
        name(
            known > 0,
            format!(
                "{} with a readable amount",
                counted_as(known, "rejected row", "rejected rows")
            ),
            -sums.rejected,
        )?;
        name(
            sums.rejected_unknown > 0,
            format!(
                "{} without a readable amount, of unknown size",
                counted_as(sums.rejected_unknown, "rejected row", "rejected rows")
            ),
            0,
        )?;
        name(
            sums.rounded > 0,
            format!(
                "rounding of {} half to even to the penny took {}",
                counted_as(sums.rounded, "amount", "amounts"),
                with_pound_sign(&sums.taken.normalize().to_string())
            ),
            rounding,
        )?;
        let mut statement = Reconciliation::default();
        statement.push(step);
        for (control, met) in controls.iter().zip(&self.controls) {
            statement.push(control.step(ledger.id(), Pence::from_wide(met.pence)?));
        }
        Ok(statement)
    }

    /// Each control total with what was found.
    pub(super) fn results(&self, controls: &[Control]) -> Result<Vec<ControlResult>, MoneyError> {
        let result = |(control, met): (&Control, &Met)| {
            Ok(ControlResult {
                control: control.clone(),
                found: Pence::from_wide(met.pence)?,
                lines: met.lines,
            })
        };
        controls.iter().zip(&self.controls).map(result).collect()
    }

    /// A fault for each control total that is not met.
    pub(super) fn faults(
        &self,
        ledger: &str,
        controls: &[Control],
    ) -> Result<Findings, MoneyError> {
        let mut faults = Findings::new();
        for (control, met) in controls.iter().zip(&self.controls) {
            let found = Pence::from_wide(met.pence)?;
            if let Some(fault) = control.fault(ledger, found, met.lines) {
                faults.push(fault);
            }
        }
        Ok(faults)
    }
}
