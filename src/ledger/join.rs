//! Files of a ledger into one ledger.

use super::part::Lines;
use super::read::FileRead;
use super::{Code, Counts, Ledger, LedgerError, LedgerSpec, Part, statement};
use crate::finding::Findings;
use crate::ledger::dictionary::Dictionary;
use crate::money::Pence;
use crate::reconciliation::Reconciliation;
use rayon::prelude::*;

impl Ledger {
    /// Joins the files of a ledger, in their order.
    pub(super) fn join(spec: &LedgerSpec, reads: Vec<FileRead>) -> Result<Self, LedgerError> {
        let mut tally = statement::Tally::new(&spec.controls);
        let mut parts = Vec::new();
        let mut columns = Columns::default();
        let mut files = Vec::with_capacity(reads.len());
        let mut counts = Counts::default();
        let mut findings = Findings::new();
        let (mut lines, mut total) = (0, 0i128);
        for read in reads {
            tally.add(&read);
            let before = lines;
            for (sheet, end) in read.sheets {
                let shown = match sheet {
                    Some(sheet) => format!("{} [{sheet}]", read.file.shown),
                    None => read.file.shown.clone(),
                };
                lines = before + end;
                parts.push(Part { shown, end: lines });
            }
            for part in read.lines {
                columns.add(part);
            }
            counts += read.file.counts;
            total += i128::from(read.file.total.get());
            findings.append(read.findings);
            files.push(read.file);
        }
        if u32::try_from(lines).is_err() {
            return Err(LedgerError::TooLong {
                name: spec.id.clone(),
            });
        }
        counts.assert_complete();
        let too_large = |source| LedgerError::TooLarge {
            ledger: spec.id.clone(),
            source,
        };
        let Columns {
            pence,
            periods,
            days,
            rows,
            codes,
        } = columns;
        let named: Vec<_> = spec.layout.codes.keys().zip(codes).collect();
        let (((pence, periods), (days, rows)), codes) = rayon::join(
            || {
                rayon::join(
                    || rayon::join(|| concat(pence), || concat(periods)),
                    || rayon::join(|| concat(days), || concat(rows)),
                )
            },
            || {
                let numbered = named
                    .into_par_iter()
                    .map(|(name, parts)| number(name, parts));
                numbered.collect()
            },
        );
        let mut ledger = Self {
            id: spec.id.clone(),
            pence,
            periods,
            days,
            rows,
            codes,
            parts,
            files,
            counts,
            total: Pence::from_wide(total).map_err(too_large)?,
            findings,
            reconciliation: Reconciliation::default(),
        };
        ledger.reconciliation = tally
            .statement(&ledger, &spec.controls)
            .map_err(too_large)?;
        let faults = tally.faults(&spec.id, &spec.controls).map_err(too_large)?;
        ledger.findings.append(faults);
        Ok(ledger)
    }
}

/// The parts of each column, in the order of the lines.
#[derive(Default)]
struct Columns {
    pence: Vec<Vec<i64>>,
    periods: Vec<Vec<crate::axis::Placed<crate::axis::Period>>>,
    days: Vec<Vec<u8>>,
    rows: Vec<Vec<u32>>,
    codes: Vec<Vec<(Dictionary, Vec<u32>)>>,
}

impl Columns {
    fn add(&mut self, part: Lines) {
        self.pence.push(part.pence);
        self.periods.push(part.periods);
        self.days.push(part.days);
        self.rows.push(part.rows);
        self.codes.resize_with(part.codes.len(), Vec::new);
        for (column, part) in self.codes.iter_mut().zip(part.codes) {
            column.push(part);
        }
    }
}

/// The parts of a column in one piece; each is dropped as soon as it is copied.
fn concat<T: Copy>(parts: Vec<Vec<T>>) -> Vec<T> {
    let mut all = Vec::with_capacity(parts.iter().map(Vec::len).sum());
    for part in parts {
        all.extend_from_slice(&part);
    }
    all
}

/// A code of all lines, its texts numbered in the order in which they first occur.
fn number(name: &str, parts: Vec<(Dictionary, Vec<u32>)>) -> Code {
    let mut dictionary = Dictionary::default();
    let mut ids = Vec::with_capacity(parts.iter().map(|(_, ids)| ids.len()).sum());
    for (texts, part) in parts {
        let renumbered: Vec<u32> = (texts.into_texts().iter())
            .map(|text| dictionary.id(text))
            .collect();
        ids.extend(part.iter().map(|&id| renumbered[id as usize]));
    }
    Code {
        name: name.to_owned(),
        texts: dictionary.into_texts(),
        ids,
    }
}
