//! Localities: a tree over leaf areas, and other groupings over the same leaves.

use super::tree::{Codes, reserved};
use super::{AxisError, MemberRow, Tree};
use crate::finding::{Finding, Findings};
use std::collections::{BTreeMap, BTreeSet};

/// The number of a locality: members of the tree in pre-order, then those of other groupings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalityId(pub(crate) u32);

/// A set of leaf areas, as ranges of their numbers: half-open, in order, never touching.
///
/// Leaves are numbered in the pre-order of the tree, so that a member of the tree is one range
/// and members of other groupings are few.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Leaves(Vec<(u32, u32)>);

impl Leaves {
    /// The leaves from `first` to before `end`.
    #[must_use]
    pub fn range(first: u32, end: u32) -> Self {
        Self(if first < end {
            vec![(first, end)]
        } else {
            Vec::new()
        })
    }

    /// All leaves of several sets.
    #[must_use]
    pub fn union<'a>(sets: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut ranges: Vec<(u32, u32)> = sets
            .into_iter()
            .flat_map(|set| set.0.iter().copied())
            .collect();
        ranges.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (first, end) in ranges {
            match joined.last_mut() {
                Some(last) if first <= last.1 => last.1 = last.1.max(end),
                _ => joined.push((first, end)),
            }
        }
        Self(joined)
    }

    /// The leaves in both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let (mut i, mut j, mut common) = (0, 0, Vec::new());
        while let (Some(&(a, b)), Some(&(c, d))) = (self.0.get(i), other.0.get(j)) {
            if a.max(c) < b.min(d) {
                common.push((a.max(c), b.min(d)));
            }
            if b < d { i += 1 } else { j += 1 }
        }
        Self(common)
    }

    /// The leaves of this set that are not in the other.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let mut left = Vec::new();
        for &(mut first, end) in &self.0 {
            for &(c, d) in &other.0 {
                if d <= first || end <= c {
                    continue;
                }
                if first < c {
                    left.push((first, c));
                }
                first = first.max(d);
            }
            if first < end {
                left.push((first, end));
            }
        }
        Self(left)
    }

    /// Whether all leaves of `other` are in this set.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        other.0.iter().all(|&(first, end)| {
            let at = self.0.partition_point(|&(_, e)| e <= first);
            self.0.get(at).is_some_and(|&(a, b)| a <= first && end <= b)
        })
    }

    /// Whether no leaf is in both.
    #[must_use]
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.intersection(other).is_empty()
    }

    /// Whether there are no leaves.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many leaves.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.0.iter().map(|&(first, end)| end - first).sum()
    }

    /// The ranges, in order.
    #[must_use]
    pub fn ranges(&self) -> &[(u32, u32)] {
        &self.0
    }

    /// Each leaf in turn.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().flat_map(|&(first, end)| first..end)
    }
}

/// One locality.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Locality {
    code: String,
    name: String,
    level: String,
    leaves: Leaves,
}

/// All localities of a place: the areas within it and those beyond it that partners' footprints
/// reach, such as the other districts of a police force.
///
/// One tree gives the leaves their order. Further groupings over the same leaves (wards, a GP
/// cluster, a fire authority) may cut across it; members of one grouping never overlap.
#[derive(Clone, Debug)]
pub struct Localities {
    localities: Vec<Locality>,
    codes: Codes,
    leaf_codes: Vec<LocalityId>,
}

const AXIS: &str = "a locality";

impl Localities {
    /// Builds the localities from the rows of the tree and of each further grouping, and reports
    /// everything that is wrong with them.
    ///
    /// A grouping's row either defines a member (it has a name or a level) or puts a known one
    /// under a parent. Faults: those of [`Tree::build`], unknown members and parents, two
    /// parents in one grouping, a circle, parts that overlap, a member without a leaf.
    #[must_use]
    pub fn build(
        tree: &[MemberRow],
        groupings: &BTreeMap<String, Vec<MemberRow>>,
    ) -> (Self, Findings) {
        let (main, mut findings) = Tree::build(AXIS, tree);
        let mut localities = Vec::with_capacity(main.len());
        let mut leaf_codes = Vec::new();
        let mut leaves_before = Vec::with_capacity(main.len() + 1);
        for (member, _) in main.iter() {
            leaves_before.push(leaf_codes.len());
            if main.get(member).end == member.0 + 1 {
                leaf_codes.push(LocalityId(member.0));
            }
        }
        leaves_before.push(leaf_codes.len());
        for (_, member) in main.iter() {
            let number = localities.len();
            let leaf = |i: usize| u32::try_from(leaves_before[i]).unwrap_or(u32::MAX);
            localities.push(Locality {
                code: member.code.clone(),
                name: member.name.clone(),
                level: member.level.clone(),
                leaves: Leaves::range(leaf(number), leaf(member.end as usize)),
            });
        }
        let mut vintages: Vec<(String, String)> = main
            .iter()
            .map(|(_, m)| (m.code.clone(), m.vintage.clone()))
            .collect();
        for (grouping, rows) in groupings {
            add_grouping(
                grouping,
                rows,
                &mut localities,
                &mut vintages,
                &mut findings,
            );
        }
        let all = Self {
            codes: codes_of(&vintages),
            localities,
            leaf_codes,
        };
        (all, findings)
    }

    /// Their pack is opened: questions come one at a time.
    pub(super) fn ask_freely(&mut self) {
        self.codes.ask_freely();
    }

    /// The locality of that code (or `code@vintage`).
    ///
    /// # Errors
    ///
    /// [`AxisError::Unknown`] with the nearest known codes; [`AxisError::SeveralVintages`].
    pub fn find(&self, code: &str) -> Result<LocalityId, AxisError> {
        self.codes.find(AXIS, code).map(id)
    }

    /// The text by which [`Localities::find`] finds a locality whatever other vintages there are;
    /// `None` for one of another place.
    pub(crate) fn spelled(&self, locality: LocalityId) -> Option<&str> {
        self.codes.spelled(locality.0 as usize)
    }

    /// Code of a locality.
    #[must_use]
    pub fn code(&self, locality: LocalityId) -> &str {
        &self.localities[locality.0 as usize].code
    }

    /// Name of a locality, for people.
    #[must_use]
    pub fn name(&self, locality: LocalityId) -> &str {
        &self.localities[locality.0 as usize].name
    }

    /// The leaf areas of a locality.
    #[must_use]
    pub fn leaves(&self, locality: LocalityId) -> &Leaves {
        &self.localities[locality.0 as usize].leaves
    }

    /// All leaf areas.
    #[must_use]
    pub fn all_leaves(&self) -> Leaves {
        Leaves::range(0, u32::try_from(self.leaf_codes.len()).unwrap_or(u32::MAX))
    }

    /// The code of a leaf area.
    #[must_use]
    pub fn leaf_code(&self, leaf: u32) -> &str {
        self.code(self.leaf_codes[leaf as usize])
    }

    /// The number of a leaf area, or nothing for a locality that is not a leaf.
    #[must_use]
    pub fn leaf(&self, locality: LocalityId) -> Option<u32> {
        self.leaf_codes
            .binary_search(&locality)
            .ok()
            .and_then(|leaf| u32::try_from(leaf).ok())
    }

    /// The localities of a level, in order.
    #[must_use]
    pub fn at_level(&self, level: &str) -> Vec<LocalityId> {
        (0..self.localities.len())
            .filter(|&i| self.localities[i].level == level)
            .map(id)
            .collect()
    }

    /// All levels that localities name, in order of first appearance.
    #[must_use]
    pub fn levels(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        self.localities
            .iter()
            .map(|l| l.level.as_str())
            .filter(|level| !level.is_empty() && seen.insert(*level))
            .collect()
    }

    /// How many localities.
    #[must_use]
    pub fn len(&self) -> usize {
        self.localities.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.localities.is_empty()
    }
}

fn id(index: usize) -> LocalityId {
    LocalityId(u32::try_from(index).unwrap_or(u32::MAX))
}

fn codes_of(vintages: &[(String, String)]) -> Codes {
    Codes::new(vintages.iter().map(|(c, v)| (c.as_str(), v.as_str())))
}

/// Adds the members of one grouping, children before parents.
fn add_grouping(
    grouping: &str,
    rows: &[MemberRow],
    localities: &mut Vec<Locality>,
    vintages: &mut Vec<(String, String)>,
    findings: &mut Findings,
) {
    let before = localities.len();
    let known = codes_of(vintages);
    let mut defined: BTreeSet<(String, String)> = vintages.iter().cloned().collect();
    for row in rows
        .iter()
        .filter(|row| !row.name.is_empty() || !row.level.is_empty())
    {
        findings.extend(reserved(row));
        if !defined.insert((row.code.clone(), row.vintage.clone())) {
            findings.push(Finding::fault(
                "duplicate-code",
                row.position.clone(),
                format!("`{}` of grouping `{grouping}` is already defined", row.code),
                "leave name and level empty to put a known locality under a parent",
            ));
            continue;
        }
        localities.push(Locality {
            code: row.code.clone(),
            name: if row.name.is_empty() {
                row.code.clone()
            } else {
                row.name.clone()
            },
            level: row.level.clone(),
            leaves: Leaves::default(),
        });
        vintages.push((row.code.clone(), row.vintage.clone()));
    }
    // A bare code means the member of this grouping before one of the tree.
    let own = codes_of(&vintages[before..]);
    let all = codes_of(vintages);
    let find = |code: &str| match (own.get(code), known.get(code)) {
        (Some(i), _) => Ok(i + before),
        (None, Some(i)) => Ok(i),
        (None, None) => all.find(AXIS, code),
    };
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut parent_of: BTreeMap<usize, (usize, &MemberRow)> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.parent.is_empty()) {
        let (child, parent) = match (find(&row.spelling()), find(&row.parent)) {
            (Ok(child), Ok(parent)) => (child, parent),
            (Err(error), _) | (_, Err(error)) => {
                findings.push(Finding::fault(
                    "unknown-locality",
                    row.position.clone(),
                    format!("grouping `{grouping}`: {error}"),
                    "correct the code, or define the locality",
                ));
                continue;
            }
        };
        match parent_of.get(&child) {
            Some(&(earlier, _)) if earlier == parent => {}
            Some((earlier, first)) => findings.push(Finding::fault(
                "two-parents",
                row.position.clone(),
                format!(
                    "`{}` stands under `{}` here and under `{}` at {} in grouping `{grouping}`",
                    row.code, row.parent, localities[*earlier].code, first.position
                ),
                "keep one parent; a second way of grouping is a grouping of its own",
            )),
            None => {
                parent_of.insert(child, (parent, row));
                parts.entry(parent).or_default().push(child);
            }
        }
    }
    let mut first_rows: BTreeMap<&str, &MemberRow> = BTreeMap::new();
    for row in rows {
        first_rows.entry(&row.code).or_insert(row);
    }
    let position = |i: usize| {
        let row = first_rows.get(localities[i].code.as_str());
        row.map(|row| row.position.clone()).unwrap_or_default()
    };
    let positions: Vec<_> = (before..localities.len()).map(position).collect();
    let mut done = vec![false; localities.len()];
    done[..before].fill(true);
    // Settle members whose parts are all settled, until nothing moves; what is left is a circle.
    loop {
        let ready: Vec<usize> = (before..localities.len())
            .filter(|&i| !done[i] && parts.get(&i).is_none_or(|p| p.iter().all(|&c| done[c])))
            .collect();
        if ready.is_empty() {
            break;
        }
        for i in ready {
            let sets: Vec<&Leaves> = parts
                .get(&i)
                .into_iter()
                .flatten()
                .map(|&c| &localities[c].leaves)
                .collect();
            let union = Leaves::union(sets.iter().copied());
            if sets.iter().map(|set| set.count()).sum::<u32>() != union.count() {
                findings.push(Finding::fault(
                    "overlapping-parts",
                    positions[i - before].clone(),
                    format!(
                        "parts of `{}` in grouping `{grouping}` overlap",
                        localities[i].code
                    ),
                    "each leaf area may lie in one part only",
                ));
            }
            if union.is_empty() {
                findings.push(Finding::fault(
                    "locality-without-leaves",
                    positions[i - before].clone(),
                    format!(
                        "`{}` of grouping `{grouping}` has no leaf area",
                        localities[i].code
                    ),
                    "put leaf areas under it, or remove it",
                ));
            }
            localities[i].leaves = union;
            done[i] = true;
        }
    }
    for i in (before..localities.len()).filter(|&i| !done[i]) {
        findings.push(Finding::fault(
            "cycle",
            positions[i - before].clone(),
            format!(
                "`{}` of grouping `{grouping}` lies under itself",
                localities[i].code
            ),
            "break the circle of parents",
        ));
    }
}
