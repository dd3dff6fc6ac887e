//! What a code of a ledger means that is no member of the localities: several of them together, as one
//! area or each with a weight.
//!
//! A partner's old ward may be two of today's (one area, of which nobody says how it divides: the
//! sharing rules do), and a postcode sector lies in four small areas with so many postcodes in each
//! (a mix: 40, 7, 2 and 1 of 50). Both are where money is recorded, and neither is a place that
//! somebody asks for or that has a row in a table.

use super::{Evidence, Leaves, LocalityId, Placed};
use std::collections::HashMap;

/// One code that means several localities, each with a weight.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LocalityMix {
    /// Localities (or gaps) with their weights; at least one, each weight above zero.
    pub parts: Vec<(Placed<LocalityId>, u64)>,
    /// The sum of the weights.
    pub whole: u64,
    /// How the weights are known: the class of a figure that needs them.
    pub class: Evidence,
    /// What the weights are, in words: `postcodes of SY8 1`.
    pub by: String,
}

impl LocalityMix {
    /// Weights without a common divisor, each locality once; `None` where there is no weight.
    pub(crate) fn new(
        parts: impl IntoIterator<Item = (Placed<LocalityId>, u64)>,
        class: Evidence,
        by: String,
    ) -> Option<Self> {
        let mut sums: Vec<(Placed<LocalityId>, u64)> = Vec::new();
        for (place, weight) in parts.into_iter().filter(|(_, weight)| *weight > 0) {
            match sums.iter_mut().find(|(known, _)| *known == place) {
                Some((_, sum)) => *sum += weight,
                None => sums.push((place, weight)),
            }
        }
        sums.sort_unstable();
        let divisor = (sums.iter()).fold(0, |all, (_, weight)| num_integer::gcd(all, *weight));
        if divisor == 0 {
            return None;
        }
        for (_, weight) in &mut sums {
            *weight /= divisor;
        }
        let whole = sums.iter().map(|(_, weight)| weight).sum();
        Some(Self {
            parts: sums,
            whole,
            class,
            by,
        })
    }
}

/// Several localities under one code.
#[derive(Clone, Debug)]
pub(crate) struct Composed {
    /// The text by which saved cubes find it again.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// The localities of one area; empty for a mix.
    pub area: Vec<LocalityId>,
    pub mix: Option<LocalityMix>,
}

impl Composed {
    /// Each locality or gap that it is made of.
    pub(super) fn parts(&self) -> impl Iterator<Item = Placed<LocalityId>> + '_ {
        let of_mix = self.mix.iter().flat_map(|mix| &mix.parts);
        let of_area = self.area.iter().map(|&part| Placed::On(part));
        of_area.chain(of_mix.map(|(part, _)| *part))
    }
}

/// All that codes of ledgers mean and that is no member, each once.
#[derive(Clone, Debug, Default)]
pub(super) struct Together {
    all: Vec<(Composed, Leaves)>,
    index: HashMap<String, usize>,
}

impl Together {
    /// The number of one, new or known by its code.
    pub(super) fn add(&mut self, composed: Composed, leaves: Leaves) -> usize {
        if let Some(&known) = self.index.get(&composed.code) {
            return known;
        }
        let number = self.all.len();
        self.index.insert(composed.code.clone(), number);
        self.all.push((composed, leaves));
        number
    }

    pub(super) fn find(&self, code: &str) -> Option<usize> {
        self.index.get(code).copied()
    }

    pub(super) fn get(&self, number: usize) -> Option<&Composed> {
        self.all.get(number).map(|(composed, _)| composed)
    }

    pub(super) fn leaves(&self, number: usize) -> &Leaves {
        &self.all[number].1
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Composed> {
        self.all.iter().map(|(composed, _)| composed)
    }
}
