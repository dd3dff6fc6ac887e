//! One ledger of a draft.

use super::assemble::Proposal;
use super::group::Named;
use super::reading::{CodeSum, DraftFile, Reading};
use crate::axis::Period;
use crate::finding::Findings;
use crate::ledger::Layout;
use crate::money::Pence;
use std::collections::BTreeMap;

/// What was decided about one key of a ledger, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decided {
    /// The key of the layout, or `partner`, `period`.
    pub key: String,
    /// What was seen.
    pub seen: String,
    /// Whether a person must look at it.
    pub look: bool,
}

/// One ledger of a draft: the files of one publisher.
#[derive(Debug)]
pub struct DraftLedger {
    pub(super) id: String,
    pub(super) named: Named,
    /// Places of its files among all that were seen.
    pub(super) seen: Vec<usize>,
    pub(super) proposal: Proposal,
    pub(super) reading: Reading,
    /// The period of all its lines, where only the name of its one file says it.
    pub(super) always: Option<Period>,
}

impl DraftLedger {
    /// Its code in the pack.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name of its publisher.
    #[must_use]
    pub fn publisher(&self) -> &str {
        &self.named.name
    }

    /// Whether its layout comes from the library of layouts.
    #[must_use]
    pub fn is_of_library(&self) -> bool {
        self.named.publisher.is_some()
    }

    /// Which column is what.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.proposal.layout
    }

    /// Its files, as they were read.
    #[must_use]
    pub fn files(&self) -> &[DraftFile] {
        &self.reading.files
    }

    /// How many lines.
    #[must_use]
    pub fn lines(&self) -> u64 {
        self.reading.lines
    }

    /// What they add up to; spending is positive.
    #[must_use]
    pub fn total(&self) -> Pence {
        self.reading.total
    }

    /// The months of which it has lines.
    pub fn months(&self) -> impl Iterator<Item = Period> + '_ {
        self.reading.months.keys().copied()
    }

    /// How many different codes tell what its money is for.
    #[must_use]
    pub fn codes(&self) -> usize {
        self.reading.codes.len()
    }

    /// What was found in its files while they were read.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.reading.findings
    }

    /// What was decided and why, in the order of the keys; what a person must look at among it.
    #[must_use]
    pub fn decided(&self) -> Vec<Decided> {
        const KEYS: [&str; 14] = [
            "layout",
            "amount",
            "sign",
            "signs",
            "units",
            "currency",
            "excess_decimals",
            "date",
            "dates",
            "period",
            "reference",
            "activity",
            "kind",
            "counterparty",
        ];
        let mut all = vec![Decided {
            key: "partner".to_owned(),
            seen: format!("{}: {}", self.named.name, self.named.why),
            look: self.named.look,
        }];
        let seen = |key: &str| self.proposal.seen.get(key).into_iter().flatten();
        let others = self.proposal.seen.keys().filter(|key| !KEYS.contains(key));
        for key in KEYS.iter().chain(others) {
            all.extend(seen(key).map(|text| Decided {
                key: (*key).to_owned(),
                seen: text.clone(),
                look: false,
            }));
        }
        all.extend(self.looks().map(|(key, text)| Decided {
            key: key.to_owned(),
            seen: text.to_owned(),
            look: true,
        }));
        all
    }

    /// What a person must look at, with its key.
    pub(super) fn looks(&self) -> impl Iterator<Item = (&str, &str)> {
        self.proposal
            .looks
            .iter()
            .map(|(key, text)| (*key, text.as_str()))
    }

    /// The total that all of its files state at their foot.
    pub(super) fn stated(&self) -> Option<Pence> {
        let files = &self.reading.files;
        (!files.is_empty() && files.iter().all(|file| file.stated)).then_some(self.reading.total)
    }

    pub(super) fn code_sums(&self) -> &[CodeSum] {
        &self.reading.codes
    }

    pub(super) fn years(&self) -> BTreeMap<Period, u64> {
        self.reading.main_year()
    }
}
