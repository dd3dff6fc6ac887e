//! Lines that are not public as sums of holders.

use super::known::GroupOfLines;
use crate::crosswalk::Coding;
use crate::cube::group::Coordinates;
use crate::money::Pence;

/// What every figure has the same share of, and what is known of together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SumKey {
    /// Where its lines stand on the axes.
    pub coding: Coding,
    /// Where they stand in the account.
    pub stand: Stand,
}

/// Where lines stand in the account, beside their coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stand {
    /// Whether they are in no figure: not spending, or replaced.
    pub outside: bool,
    /// The place of their ledger among those of the account.
    pub ledger: u32,
    /// What is known of some of them and not of others.
    pub group: GroupOfLines,
}

/// Lines that are not public, as sums of holders, in the order of coordinates.
#[derive(Clone, Default)]
pub struct Grouped {
    coordinates: Coordinates,
    stands: Vec<Stand>,
    /// Of each sum the key of its coordinates and the number of its stand.
    sums: Vec<(u64, u32)>,
    /// The holders of sum `i` are `starts[i]..starts[i + 1]`.
    starts: Vec<usize>,
    holders: Vec<(u32, Pence)>,
}

impl Grouped {
    /// `starts` has one more than there are sums, and both are in order.
    pub fn new(
        coordinates: Coordinates,
        stands: Vec<Stand>,
        sums: Vec<(u64, u32)>,
        starts: Vec<usize>,
        holders: Vec<(u32, Pence)>,
    ) -> Self {
        Self {
            coordinates,
            stands,
            sums,
            starts,
            holders,
        }
    }

    /// How many sums.
    pub fn len(&self) -> usize {
        self.sums.len()
    }

    /// What each sum is of.
    pub fn keys(&self) -> impl Iterator<Item = SumKey> {
        // Every number was given by these very coordinates and stands.
        self.sums.iter().filter_map(|&(key, stand)| {
            Some(SumKey {
                coding: self.coordinates.coding(key)?,
                stand: *self.stands.get(stand as usize)?,
            })
        })
    }

    /// Where each sum stands.
    pub fn stands(&self) -> impl Iterator<Item = &Stand> {
        let stands = self.sums.iter();
        stands.filter_map(|&(_, stand)| self.stands.get(stand as usize))
    }

    /// Who has how much of each sum.
    pub fn holders(&self) -> impl Iterator<Item = &[(u32, Pence)]> {
        self.starts.windows(2).map(|ends| match ends {
            [start, end] => self.holders.get(*start..*end).unwrap_or_default(),
            _ => &[],
        })
    }

    /// The number of the sum of a key.
    pub fn number(&self, key: &SumKey) -> Option<usize> {
        let stand = self.stands.binary_search(&key.stand).ok()?;
        let wanted = (
            self.coordinates.key(&key.coding)?,
            u32::try_from(stand).ok()?,
        );
        self.sums.binary_search(&wanted).ok()
    }

    /// Whether some line with these coordinates is in a figure.
    pub fn is_in_figures(&self, coding: &Coding) -> bool {
        let Some(key) = self.coordinates.key(coding) else {
            return false;
        };
        let at = self.sums.partition_point(|(other, _)| *other < key);
        let own = self.sums.iter().skip(at);
        let mut own = own.take_while(|(other, _)| *other == key);
        own.any(|(_, stand)| {
            let stand = self.stands.get(*stand as usize);
            stand.is_some_and(|stand| !stand.outside)
        })
    }
}
