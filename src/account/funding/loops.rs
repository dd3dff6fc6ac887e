//! In which order partners can be worked out, and which only together.

use crate::axis::MemberId;
use std::collections::{BTreeMap, BTreeSet, btree_set};

/// Groups partners so that each comes after those on whose money it draws.
///
/// A group of several partners is a circle: each of them draws, by some way, on each other. All
/// partners drawn on must be keys. (Tarjan's strongly connected components, with a stack of its
/// own: a chain of payments may have any length.)
pub(super) fn in_order(draws_on: &BTreeMap<MemberId, BTreeSet<MemberId>>) -> Vec<Vec<MemberId>> {
    let mut search = Search {
        draws_on,
        number: BTreeMap::new(),
        lowest: BTreeMap::new(),
        waiting: Vec::new(),
        done: BTreeSet::new(),
        groups: Vec::new(),
    };
    for &start in draws_on.keys() {
        if !search.number.contains_key(&start) {
            search.from(start);
        }
    }
    search.groups
}

struct Search<'a> {
    draws_on: &'a BTreeMap<MemberId, BTreeSet<MemberId>>,
    /// In which order partners were met.
    number: BTreeMap<MemberId, usize>,
    /// The earliest partner still waiting to which a way is known.
    lowest: BTreeMap<MemberId, usize>,
    /// Met, and not yet in a group.
    waiting: Vec<MemberId>,
    done: BTreeSet<MemberId>,
    groups: Vec<Vec<MemberId>>,
}

impl<'a> Search<'a> {
    fn from(&mut self, start: MemberId) {
        let mut path = vec![(start, self.meet(start))];
        while let Some((partner, rest)) = path.last_mut() {
            let partner = *partner;
            match rest.next() {
                Some(&next) if !self.number.contains_key(&next) => {
                    path.push((next, self.meet(next)));
                }
                Some(next) if self.done.contains(next) => {}
                Some(next) => self.lower(partner, self.number[next]),
                None => {
                    path.pop();
                    let lowest = self.lowest[&partner];
                    if let Some(&(above, _)) = path.last() {
                        self.lower(above, lowest);
                    }
                    if lowest == self.number[&partner] {
                        self.close(partner);
                    }
                }
            }
        }
    }

    fn meet(&mut self, partner: MemberId) -> btree_set::Iter<'a, MemberId> {
        let number = self.number.len();
        self.number.insert(partner, number);
        self.lowest.insert(partner, number);
        self.waiting.push(partner);
        self.draws_on[&partner].iter()
    }

    fn lower(&mut self, partner: MemberId, number: usize) {
        if let Some(lowest) = self.lowest.get_mut(&partner) {
            *lowest = number.min(*lowest);
        }
    }

    /// All that were met since a partner, and it, are a group.
    fn close(&mut self, first: MemberId) {
        let start = self.waiting.iter().rposition(|&met| met == first);
        let mut group = self.waiting.split_off(start.unwrap_or(0));
        group.sort_unstable();
        self.done.extend(group.iter().copied());
        self.groups.push(group);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(draws_on: &[(u32, &[u32])]) -> Vec<Vec<u32>> {
        let map = draws_on
            .iter()
            .map(|&(who, on)| (MemberId(who), on.iter().copied().map(MemberId).collect()))
            .collect();
        let groups = in_order(&map);
        let numbers = |group: Vec<MemberId>| group.into_iter().map(|m| m.0).collect();
        groups.into_iter().map(numbers).collect()
    }

    #[test]
    fn those_drawn_on_come_first() {
        assert_eq!(
            groups(&[(0, &[1, 2]), (1, &[2]), (2, &[])]),
            [[2], [1], [0]]
        );
    }

    #[test]
    fn circles_are_one_group() {
        assert_eq!(
            groups(&[
                (0, &[1]),
                (1, &[2]),
                (2, &[0, 3]),
                (3, &[4]),
                (4, &[3]),
                (5, &[0])
            ]),
            vec![vec![3, 4], vec![0, 1, 2], vec![5]]
        );
    }

    #[test]
    fn a_chain_of_any_length() {
        let map: BTreeMap<MemberId, BTreeSet<MemberId>> = (0..100_000)
            .map(|i| (MemberId(i), BTreeSet::from([MemberId((i + 1).min(99_999))])))
            .collect();
        assert_eq!(in_order(&map).len(), 100_000);
    }
}
