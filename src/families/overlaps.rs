//! What may be told of groups: numbers rounded down to multiples of `least`, and what is worked out from them.

use super::caseload::Families;
use std::collections::BTreeMap;

/// A group that is told: those whom just these agencies know, two or more.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AgencyGroup {
    /// Names of the agencies, in the order of the pack.
    pub agencies: Vec<String>,
    /// How many at least: rounded down to a multiple of the policy's `least`.
    pub at_least: u64,
    pub(super) bits: u32,
}

/// How many an agency knows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KnownToAgency {
    /// Its name.
    pub agency: String,
    /// How many at least; `None` where they are fewer than the policy's `least_base`.
    pub at_least: Option<u64>,
    /// Of those, how many at least other agencies know too.
    pub shared_at_least: u64,
    /// How many at most it knows alone; `None` where how many it knows is not told.
    pub alone_at_most: Option<u64>,
}

/// How many are known to which agencies, as far as it may be told.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Overlaps {
    /// What a key stands for: `families`.
    pub unit: String,
    /// No group below this is told, and told numbers are multiples of it.
    pub least: u64,
    /// The agencies, in the order of the pack.
    pub agencies: Vec<KnownToAgency>,
    /// The groups of two agencies and more that are told, those of few agencies first. One that is not there holds fewer
    /// than `least`, or nobody.
    pub groups: Vec<AgencyGroup>,
}

impl Families {
    /// What may be told of the groups.
    ///
    /// # Formula
    ///
    /// ```text
    /// told(g)  = least ⌊n(g) / least⌋       for every group g of two agencies or more; 0 is not told
    /// told(A)  = least ⌊n(A) / least⌋       for every agency A, n(A) the length of its list
    /// alone(A) ≤ told(A) + least - 1 - Σ told(g), g ∋ A
    /// ```
    #[must_use]
    pub fn overlaps(&self) -> Overlaps {
        let told = |number: u64| number / self.least * self.least;
        let numbers = 0..self.caseloads.len();
        let mut groups: Vec<AgencyGroup> = (self.groups.iter())
            .filter(|(bits, number)| bits.count_ones() > 1 && told(**number) > 0)
            .map(|(bits, number)| AgencyGroup {
                agencies: (numbers.clone())
                    .filter(|at| bits & (1 << at) != 0)
                    .map(|at| self.agency(at).to_owned())
                    .collect(),
                at_least: told(*number),
                bits: *bits,
            })
            .collect();
        // Those of the agencies that stand first come first.
        groups.sort_by_key(|group| {
            let order = std::cmp::Reverse(group.bits.reverse_bits());
            (group.bits.count_ones(), order)
        });
        let agencies = numbers.map(|at| {
            let of_it = |bits: u32| bits & (1 << at) != 0;
            let known = self.groups.iter().filter(|(bits, _)| of_it(**bits));
            let known = told(known.map(|(_, number)| number).sum());
            let shared = groups.iter().filter(|group| of_it(group.bits));
            let shared = shared.map(|group| group.at_least).sum();
            let is_told = known > 0 && known >= self.least_base;
            KnownToAgency {
                agency: self.agency(at).to_owned(),
                at_least: is_told.then_some(known),
                shared_at_least: shared,
                alone_at_most: is_told.then(|| (known + self.least - 1).saturating_sub(shared)),
            }
        });
        Overlaps {
            unit: self.unit.clone(),
            least: self.least,
            agencies: agencies.collect(),
            groups,
        }
    }
}

impl Overlaps {
    /// How many at least are known to so many agencies, two or more, by that number.
    #[must_use]
    pub fn by_agencies(&self) -> BTreeMap<u32, u64> {
        let mut all = BTreeMap::new();
        for group in &self.groups {
            *all.entry(group.bits.count_ones()).or_default() += group.at_least;
        }
        all
    }

    /// How many at most are known to one agency alone; `None` where an agency's list is not told.
    #[must_use]
    pub fn alone_at_most(&self) -> Option<u64> {
        self.agencies.iter().map(|one| one.alone_at_most).sum()
    }

    /// How many at least two agencies both know, by their names; pairs of which no group is told are not there.
    #[must_use]
    pub fn by_pairs(&self) -> BTreeMap<(String, String), u64> {
        let mut all: BTreeMap<(String, String), u64> = BTreeMap::new();
        for group in &self.groups {
            for (at, one) in group.agencies.iter().enumerate() {
                for other in group.agencies.iter().skip(at + 1) {
                    *all.entry((one.clone(), other.clone())).or_default() += group.at_least;
                }
            }
        }
        all
    }

    /// How many at least several agencies know.
    #[must_use]
    pub fn shared(&self) -> u64 {
        self.groups.iter().map(|group| group.at_least).sum()
    }
}
