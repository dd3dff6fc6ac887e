//! Which rows of which extracts were read: no row is counted twice.

use std::collections::BTreeMap;

/// Rows that were accepted, remembered by the fingerprint of their file.
#[derive(Debug, Default)]
pub(super) struct Seen(BTreeMap<String, Vec<Reading>>);

/// One file as one ledger read it.
#[derive(Debug)]
struct Reading {
    /// File and ledger, for messages.
    shown: String,
    /// For each sheet the rows accepted, in ascending runs.
    sheets: Vec<Vec<Run>>,
}

/// First and last row of an unbroken run.
pub(super) type Run = (u32, u32);

/// Rows of an extract that were accepted before.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Repeated {
    pub(super) first: String,
    pub(super) rows: u64,
}

impl Seen {
    /// Remembers the rows of a file, sheet by sheet, and says whether some were there before.
    pub(super) fn add(
        &mut self,
        fingerprint: &str,
        shown: String,
        sheets: Vec<Vec<Run>>,
    ) -> Option<Repeated> {
        let readings = self.0.entry(fingerprint.to_owned()).or_default();
        let repeated = readings.iter().find_map(|before| {
            let pairs = before.sheets.iter().zip(&sheets);
            let rows = pairs.map(|(a, b)| rows_in_both(a, b)).sum();
            (rows > 0).then(|| Repeated {
                first: before.shown.clone(),
                rows,
            })
        });
        readings.push(Reading { shown, sheets });
        repeated
    }
}

/// The unbroken runs of ascending rows.
pub(super) fn runs(rows: impl Iterator<Item = u32>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for row in rows {
        match runs.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(row) => *last = row,
            _ => runs.push((row, row)),
        }
    }
    runs
}

fn rows_in_both(a: &[Run], b: &[Run]) -> u64 {
    let (mut i, mut j, mut rows) = (0, 0, 0);
    while let (Some(left), Some(right)) = (a.get(i), b.get(j)) {
        let (first, last) = (left.0.max(right.0), left.1.min(right.1));
        if first <= last {
            rows += u64::from(last - first) + 1;
        }
        if left.1 <= right.1 {
            i += 1;
        } else {
            j += 1;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_accepted_once() {
        let mut seen = Seen::default();
        let mut add = |shown: &str, rows: &[u32]| {
            seen.add("f", shown.into(), vec![runs(rows.iter().copied())])
        };
        assert_eq!(add("a", &[2, 3, 4, 9]), None);
        assert_eq!(add("b", &[5, 6, 8, 10]), None);
        let repeated = Repeated {
            first: "a".into(),
            rows: 2,
        };
        assert_eq!(add("c", &[4, 9, 11]), Some(repeated));
    }
}
