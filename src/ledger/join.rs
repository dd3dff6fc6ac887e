//! Files of a ledger into one ledger.

use super::dictionary::Dictionary;
use super::part::Lines;
use super::read::FileRead;
use super::whole_ledger::OfAll;
use super::{Code, Counts, Ledger, LedgerError, LedgerSpec, SheetLines, repeated_rows, statement};
use crate::axis::{Period, Placed};
use crate::finding::Findings;
use crate::money::Pence;
use crate::reconciliation::Reconciliation;
use crate::sheet::Key;
use rayon::prelude::*;

impl Ledger {
    /// Joins the files of a ledger, in their order.
    pub(super) fn join(spec: &LedgerSpec, reads: Vec<FileRead>) -> Result<Self, LedgerError> {
        let mut tally = statement::Tally::new(&spec.controls);
        let mut sheets = Vec::new();
        let mut columns = Columns::new(spec.layout.codes.len());
        let mut files = Vec::with_capacity(reads.len());
        let mut counts = Counts::default();
        let mut findings = Findings::new();
        let (mut lines, mut total) = (0, 0i128);
        let mut whole_ledger = OfAll::default();
        let (mut references, mut stands_for) = (Vec::new(), Vec::new());
        for mut read in reads {
            whole_ledger.add(&read);
            for part in &mut read.lines {
                references.append(&mut part.references);
                stands_for.append(&mut part.stands_for);
            }
            tally.add(&read);
            let before = lines;
            for ((sheet, end), rows) in read.sheets.into_iter().zip(read.rows) {
                let shown = match sheet {
                    Some(sheet) => format!("{} [{sheet}]", read.file.shown),
                    None => read.file.shown.clone(),
                };
                sheets.push(SheetLines {
                    shown,
                    start: lines,
                    end: before + end,
                    rows,
                });
                lines = before + end;
            }
            columns.add(read.lines, read.texts);
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
            codes,
        } = columns;
        let codes: Vec<_> = spec.layout.codes.keys().zip(codes).collect();
        let codes = codes.into_par_iter();
        let ((pence, (periods, days)), codes) = rayon::join(
            || {
                let times = || rayon::join(|| whole(lines, periods), || whole(lines, days));
                rayon::join(|| whole(lines, pence), times)
            },
            || {
                let code = |(name, files): (&String, _)| numbered(name, lines, files);
                codes.map(code).collect()
            },
        );
        let mut ledger = Self {
            id: spec.id.clone(),
            pence,
            periods,
            days,
            codes,
            stands_for,
            sheets,
            files,
            counts,
            total: Pence::from_wide(total).map_err(too_large)?,
            controls: tally.results(&spec.controls).map_err(too_large)?,
            findings,
            reconciliation: Reconciliation::default(),
        };
        ledger.reconciliation = tally
            .statement(&ledger, &spec.controls)
            .map_err(too_large)?;
        ledger.findings.append(whole_ledger.findings(spec, &ledger));
        // Groups are told apart by what matters to the account, and not row by row.
        if !ledger.is_grouped() {
            let again = repeated_rows::found(&ledger, &references, &spec.repeats);
            ledger.findings.append(again);
        }
        let faults = tally.faults(&spec.id, &spec.controls).map_err(too_large)?;
        ledger.findings.append(faults);
        Ok(ledger)
    }
}

/// What the lines say, thing by thing, in the parts in which it was read.
struct Columns {
    pence: Vec<Vec<i64>>,
    periods: Vec<Vec<Placed<Period>>>,
    days: Vec<Vec<u8>>,
    /// For each code, for each file its texts, and their numbers.
    codes: Vec<Vec<(Dictionary, Vec<Vec<u32>>)>>,
}

impl Columns {
    fn new(codes: usize) -> Self {
        Self {
            pence: Vec::new(),
            periods: Vec::new(),
            days: Vec::new(),
            codes: (0..codes).map(|_| Vec::new()).collect(),
        }
    }

    /// Adds the parts of a file.
    fn add(&mut self, parts: Vec<Lines>, texts: Vec<Dictionary>) {
        for (code, texts) in self.codes.iter_mut().zip(texts) {
            code.push((texts, Vec::new()));
        }
        for part in parts {
            self.pence.push(part.pence);
            self.periods.push(part.periods);
            self.days.push(part.days);
            for (code, ids) in self.codes.iter_mut().zip(part.codes) {
                if let Some((_, parts)) = code.last_mut() {
                    parts.push(ids);
                }
            }
        }
    }
}

/// The parts of a column in one piece; each is dropped as soon as it is copied.
fn whole<T: Copy>(lines: usize, parts: Vec<Vec<T>>) -> Vec<T> {
    let mut all = Vec::with_capacity(lines);
    for part in parts {
        all.extend_from_slice(&part);
    }
    all
}

/// A code of all lines, its texts numbered in the order in which they first occur.
fn numbered(name: &str, lines: usize, files: Vec<(Dictionary, Vec<Vec<u32>>)>) -> Code {
    let mut dictionary = Dictionary::default();
    let mut ids = Vec::with_capacity(lines);
    for (texts, parts) in files {
        let now: Vec<u32> = texts
            .texts()
            .map(|text| dictionary.id(Key::of(text)))
            .collect();
        for part in parts {
            ids.extend(part.iter().map(|&id| now[id as usize]));
        }
    }
    Code {
        name: name.to_owned(),
        texts: dictionary.texts().map(str::to_owned).collect(),
        ids,
    }
}
