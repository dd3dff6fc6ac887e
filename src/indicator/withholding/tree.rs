//! Counts of places within places within places: what goes with a count of few, from the smallest whole up.
//!
//! # Method
//!
//! Places that lie within one another, and never across, are a tree. What is told of a place is what its parts come to
//! together, so that one part that is withheld alone is what the others leave. For each whole in turn, the smallest
//! first: if some of its parts are withheld, others of its parts go with them until what is left for them together may
//! be any count of few for each. Where nothing is left to go, or what is left is too little, the whole goes with all
//! within it, and is one of those withheld parts in the next larger whole.
//!
//! # Why it tells nothing
//!
//! Whatever is told lies outside a whole of which parts are withheld, has all of it within itself, or lies within
//! one of its parts that is told. So of those parts it tells what they come to together and nothing else; and that leaves
//! each of them open. Withheld parts of different wholes are tied by nothing.
//!
//! Which go is decided by their order and by what is told of them together, not by what each of them is. That a whole
//! went because too little was left is seen by whoever knows how it is chosen: of the least that may be told and one
//! below it the larger is then ruled out.

use super::member::{Fate, Member, leaves_open};
use crate::axis::Leaves;
use std::cmp::Reverse;

/// Withholds what would tell what is not told; nothing is done, and `false` given, where a whole was withheld before by
/// somebody else: what of its parts is known is not known here.
pub(super) fn close(members: &mut [Member<'_>], least: Option<u64>) -> bool {
    let tree = Tree::of(members);
    let closed = |at: usize| members.get(at).is_some_and(|one| one.fate == Fate::Closed);
    if tree.wholes().any(closed) {
        return false;
    }
    for whole in tree.smallest_first(members) {
        close_whole(members, &tree, whole, least);
    }
    true
}

fn close_whole(members: &mut [Member<'_>], tree: &Tree, whole: usize, least: Option<u64>) {
    if members.get(whole).is_some_and(Member::is_hidden) {
        tree.withhold_all(members, whole);
        return;
    }
    let parts = tree.parts(whole);
    if !covers(members, whole, parts) {
        return;
    }
    // Each turn withholds one more.
    loop {
        let hidden =
            || (parts.iter().copied()).filter(|&part| is(members, part, |one| one.is_hidden()));
        if hidden().next().is_none() {
            return;
        }
        let stands_in = hidden().any(|part| is(members, part, |one| one.fate == Fate::StandsIn));
        if stands_in && hidden().nth(1).is_some() {
            // A whole that went with its parts was itself decided by what is left: one more each.
            let of_few = |part| match tree.sensitive(members, part) {
                few if few > 0 && !tree.parts(part).is_empty() => few + 1,
                few => few,
            };
            let of_few: usize = hidden().map(of_few).sum();
            let together = hidden().filter_map(|part| members.get(part));
            if !leaves_open(together, of_few, least) {
                tree.withhold_all(members, whole);
            }
            return;
        }
        let told = || {
            (parts.iter().copied()).filter(|&part| is(members, part, |one| one.fate == Fate::Told))
        };
        // One that has no parts of its own takes nothing else with it.
        let alone = told().find(|&part| tree.parts(part).is_empty());
        match alone.or_else(|| told().next()) {
            Some(part) => tree.withhold_all(members, part),
            None => {
                tree.withhold_all(members, whole);
                return;
            }
        }
    }
}

fn is(members: &[Member<'_>], at: usize, of: impl Fn(&Member<'_>) -> bool) -> bool {
    members.get(at).is_some_and(of)
}

/// Whether parts are all of a whole.
fn covers(members: &[Member<'_>], whole: usize, parts: &[usize]) -> bool {
    let leaves = parts.iter().filter_map(|&part| members.get(part));
    let covered = Leaves::union(leaves.map(|part| part.leaves));
    members.get(whole).is_some_and(|one| *one.leaves == covered)
}

/// The parts of each place, those that lie in no other part of it.
struct Tree(Vec<Vec<usize>>);

impl Tree {
    /// A place of which there is no figure stands between no others.
    fn of(members: &[Member<'_>]) -> Self {
        let within = |part: usize, whole: usize| match (members.get(part), members.get(whole)) {
            (Some(one), Some(of)) if part != whole && of.leaves.contains(one.leaves) => {
                // Of two that are the same place the first is the whole.
                one.leaves != of.leaves || whole < part
            }
            _ => false,
        };
        let all = || 0..members.len();
        let stands = |at: usize| {
            let has_figure = is(members, at, |one| one.fate != Fate::None);
            has_figure || !all().any(|part| within(part, at))
        };
        let parts_of = |whole: usize| -> Vec<usize> {
            let inside: Vec<usize> = match stands(whole) {
                true => all()
                    .filter(|&part| stands(part) && within(part, whole))
                    .collect(),
                false => Vec::new(),
            };
            let direct = |part: &usize| !inside.iter().any(|&between| within(*part, between));
            inside.iter().copied().filter(direct).collect()
        };
        Self(all().map(parts_of).collect())
    }

    fn parts(&self, whole: usize) -> &[usize] {
        self.0.get(whole).map(Vec::as_slice).unwrap_or_default()
    }

    fn wholes(&self) -> impl Iterator<Item = usize> {
        (self.0.iter().enumerate()).filter_map(|(at, parts)| (!parts.is_empty()).then_some(at))
    }

    /// Wholes, each after all that lie within it.
    fn smallest_first(&self, members: &[Member<'_>]) -> Vec<usize> {
        let mut wholes: Vec<usize> = self.wholes().collect();
        let size = |at: usize| members.get(at).map(|one| one.leaves.count());
        wholes.sort_by_key(|&at| (size(at), Reverse(at)));
        wholes
    }

    /// A place and all within it.
    fn all_of(&self, whole: usize) -> Vec<usize> {
        let (mut all, mut next) = (vec![whole], 0);
        while let Some(&at) = all.get(next) {
            all.extend_from_slice(self.parts(at));
            next += 1;
        }
        all
    }

    fn withhold_all(&self, members: &mut [Member<'_>], whole: usize) {
        for at in self.all_of(whole) {
            if let Some(member) = members.get_mut(at) {
                member.withhold();
            }
        }
    }

    /// How many of a place and all within it are sensitive by themselves.
    fn sensitive(&self, members: &[Member<'_>], whole: usize) -> usize {
        let all = self.all_of(whole).into_iter();
        all.filter(|&at| is(members, at, |one| one.fate == Fate::Sensitive))
            .count()
    }
}
