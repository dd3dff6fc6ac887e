//! Which rows of which extracts were read: no row is counted twice.

use super::runs::Runs;
use std::collections::BTreeMap;

/// Rows that were accepted, remembered by the fingerprint of their file.
#[derive(Debug, Default)]
pub(super) struct Seen(BTreeMap<String, Vec<Reading>>);

/// One file as one ledger read it.
#[derive(Debug)]
struct Reading {
    /// File and ledger, for messages.
    shown: String,
    /// For each sheet the rows accepted.
    sheets: Vec<Runs>,
}

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
        sheets: Vec<Runs>,
    ) -> Option<Repeated> {
        let readings = self.0.entry(fingerprint.to_owned()).or_default();
        let repeated = readings.iter().find_map(|before| {
            let pairs = before.sheets.iter().zip(&sheets);
            let rows = pairs.map(|(a, b)| a.in_both(b)).sum();
            (rows > 0).then(|| Repeated {
                first: before.shown.clone(),
                rows,
            })
        });
        readings.push(Reading { shown, sheets });
        repeated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_accepted_once() {
        let mut seen = Seen::default();
        let mut add = |shown: &str, rows: &[u32]| {
            seen.add("f", shown.into(), vec![rows.iter().copied().collect()])
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
