//! Localities: a tree over leaf areas, and other groupings over the same leaves.

use super::locality_mix::{Composed, LocalityMix, Together};
use super::names::{self, Named};
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
    /// What codes of ledgers mean that is no member: numbered after the members.
    together: Together,
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
            let mut grouping = Grouping {
                name: grouping,
                rows,
                before: localities.len(),
                localities: &mut localities,
                vintages: &mut vintages,
                findings: &mut findings,
            };
            grouping.add();
        }
        let all = Self {
            codes: codes_of(&vintages),
            localities,
            leaf_codes,
            together: Together::default(),
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

    /// Whether there is a locality of that code, without a word about any other.
    pub(crate) fn has(&self, code: &str) -> bool {
        self.codes.get(code).is_some()
    }

    /// The spelling of a code of an edition, where the place has it in that edition.
    pub(crate) fn of_vintage(&self, code: String, vintage: Option<&str>) -> String {
        let Some(vintage) = vintage else {
            return code;
        };
        let spelled = format!("{code}@{vintage}");
        if self.has(&spelled) { spelled } else { code }
    }

    /// Where money may be recorded under that code: the locality of [`Localities::find`], or several
    /// localities together. Nobody asks for the second kind, and no table has rows for it.
    pub(crate) fn find_recorded(&self, code: &str) -> Result<LocalityId, AxisError> {
        match self.together.find(code) {
            Some(number) => Ok(id(self.localities.len() + number)),
            None => self.find(code),
        }
    }

    /// Adds what a code of a ledger means where that is no member; the known one where it is there.
    pub(crate) fn compose(&mut self, composed: Composed) -> LocalityId {
        let parts = composed.parts().filter_map(|part| part.member());
        let leaves = Leaves::union(parts.map(|part| self.leaves(part)));
        id(self.localities.len() + self.together.add(composed, leaves))
    }

    /// The weights of a code that means several localities; `None` for one place.
    #[must_use]
    pub fn mix(&self, locality: LocalityId) -> Option<&LocalityMix> {
        self.composed(locality)?.mix.as_ref()
    }

    /// Every mix of localities that some code means.
    pub(crate) fn mixes(&self) -> impl Iterator<Item = &LocalityMix> {
        self.together.iter().filter_map(|one| one.mix.as_ref())
    }

    fn composed(&self, locality: LocalityId) -> Option<&Composed> {
        let number = (locality.0 as usize).checked_sub(self.localities.len())?;
        self.together.get(number)
    }

    /// The locality that somebody named: by its code, or by its name where no other has it.
    ///
    /// # Errors
    ///
    /// As [`Localities::find`], with the nearest codes and names; [`AxisError::SeveralOfName`].
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::place::Place;
    /// let place = Place::open("examples/data/shropshire")?;
    /// let localities = &place.axes().localities;
    /// assert_eq!(localities.find_named(" LUDLOW ")?, localities.find("ludlow")?);
    /// let error = localities.find_named("Ludow").unwrap_err().to_string();
    /// assert!(error.ends_with("did you mean `ludlow` (Ludlow)?"), "{error}");
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn find_named(&self, text: &str) -> Result<LocalityId, AxisError> {
        let members = || {
            (self.localities.iter().enumerate()).map(|(number, locality)| Named {
                spelling: self.codes.spelled(number).unwrap_or_default(),
                name: &locality.name,
                level: &locality.level,
            })
        };
        names::find(AXIS, &self.codes, text, members).map(id)
    }

    /// The code that somebody means: of a name that one locality has, the code of that locality; otherwise
    /// the text, whether there is such a code or not.
    pub(crate) fn meant(&self, text: String) -> String {
        if self.codes.know(&text) {
            return text;
        }
        let locality = self.find_named(&text).ok();
        let code = locality.and_then(|locality| self.spelled(locality));
        code.map_or(text, str::to_owned)
    }

    /// The text by which [`Localities::find_recorded`] finds a locality whatever other vintages there
    /// are; `None` for one of another place.
    pub(crate) fn spelled(&self, locality: LocalityId) -> Option<&str> {
        match self.composed(locality) {
            Some(composed) => Some(&composed.code),
            None => self.codes.spelled(locality.0 as usize),
        }
    }

    /// Every member as it is spelled, in order.
    pub(crate) fn spellings(&self) -> impl Iterator<Item = &str> {
        (0..self.localities.len()).filter_map(|number| self.codes.spelled(number))
    }

    /// Code of a locality.
    #[must_use]
    pub fn code(&self, locality: LocalityId) -> &str {
        match self.composed(locality) {
            Some(composed) => &composed.code,
            None => &self.localities[locality.0 as usize].code,
        }
    }

    /// Name of a locality, for people.
    #[must_use]
    pub fn name(&self, locality: LocalityId) -> &str {
        match self.composed(locality) {
            Some(composed) => &composed.name,
            None => &self.localities[locality.0 as usize].name,
        }
    }

    /// Level of a locality; empty for one of no level.
    #[must_use]
    pub fn level(&self, locality: LocalityId) -> &str {
        match self.composed(locality) {
            Some(_) => "",
            None => &self.localities[locality.0 as usize].level,
        }
    }

    /// The leaf areas of a locality.
    #[must_use]
    pub fn leaves(&self, locality: LocalityId) -> &Leaves {
        let number = locality.0 as usize;
        match number.checked_sub(self.localities.len()) {
            Some(number) => self.together.leaves(number),
            None => &self.localities[number].leaves,
        }
    }

    /// The member that has these leaves and no others, the first of several.
    pub(crate) fn of_leaves(&self, leaves: &Leaves) -> Option<LocalityId> {
        let found = self.localities.iter().position(|one| one.leaves == *leaves);
        found.map(id)
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

/// One grouping while its members are added to the localities.
struct Grouping<'a> {
    name: &'a str,
    rows: &'a [MemberRow],
    /// How many localities there were before it.
    before: usize,
    localities: &'a mut Vec<Locality>,
    vintages: &'a mut Vec<(String, String)>,
    findings: &'a mut Findings,
}

/// The parts of each parent.
type Parts = BTreeMap<usize, Vec<usize>>;

impl Grouping<'_> {
    /// Adds its members, children before parents.
    fn add(&mut self) {
        let known = codes_of(self.vintages);
        self.define();
        let parts = self.parts(&known);
        self.settle(&parts);
    }

    /// The members that its rows define: those with a name or a level.
    fn define(&mut self) {
        let mut defined: BTreeSet<(String, String)> = self.vintages.iter().cloned().collect();
        let defining = |row: &&MemberRow| !row.name.is_empty() || !row.level.is_empty();
        for row in self.rows.iter().filter(defining) {
            self.findings.extend(reserved(row));
            let vintage = (row.code.clone(), row.vintage.clone());
            if !defined.insert(vintage.clone()) {
                self.findings.push(Finding::fault(
                    "duplicate-code",
                    row.position.clone(),
                    format!(
                        "`{}` of grouping `{}` is already defined",
                        row.code, self.name
                    ),
                    "leave name and level empty to put a known locality under a parent",
                ));
                continue;
            }
            let name = if row.name.is_empty() {
                &row.code
            } else {
                &row.name
            };
            self.localities.push(Locality {
                code: row.code.clone(),
                name: name.clone(),
                level: row.level.clone(),
                leaves: Leaves::default(),
            });
            self.vintages.push(vintage);
        }
    }

    /// What its rows put under what.
    fn parts(&mut self, known: &Codes) -> Parts {
        // A bare code means the member of this grouping before one of the tree.
        let own = codes_of(&self.vintages[self.before..]);
        let all = codes_of(self.vintages);
        let find = |code: &str| match (own.get(code), known.get(code)) {
            // Unless this one has an edition and the other is spelled just so.
            (Some(i), Some(k))
                if own.spelled(i) != Some(code) && known.spelled(k) == Some(code) =>
            {
                Ok(k)
            }
            (Some(i), _) => Ok(i + self.before),
            (None, Some(i)) => Ok(i),
            (None, None) => all.find(AXIS, code),
        };
        let mut parts = Parts::new();
        let mut parent_of: BTreeMap<usize, (usize, &MemberRow)> = BTreeMap::new();
        for row in self.rows.iter().filter(|row| !row.parent.is_empty()) {
            let (child, parent) = match (find(&row.spelling()), find(&row.parent)) {
                (Ok(child), Ok(parent)) => (child, parent),
                (Err(error), _) | (_, Err(error)) => {
                    self.findings.push(Finding::fault(
                        "unknown-locality",
                        row.position.clone(),
                        format!("grouping `{}`: {error}", self.name),
                        "correct the code, or define the locality",
                    ));
                    continue;
                }
            };
            match parent_of.get(&child) {
                Some(&(earlier, _)) if earlier == parent => {}
                Some((earlier, first)) => self.findings.push(Finding::fault(
                    "two-parents",
                    row.position.clone(),
                    format!(
                        "`{}` stands under `{}` here and under `{}` at {} in grouping `{}`",
                        row.code,
                        row.parent,
                        self.localities[*earlier].code,
                        first.position,
                        self.name
                    ),
                    "keep one parent; a second way of grouping is a grouping of its own",
                )),
                None => {
                    parent_of.insert(child, (parent, row));
                    parts.entry(parent).or_default().push(child);
                }
            }
        }
        parts
    }

    /// Settles members whose parts are all settled, until nothing moves; what is left is a circle.
    fn settle(&mut self, parts: &Parts) {
        let mut done = vec![false; self.localities.len()];
        done[..self.before].fill(true);
        loop {
            let ready: Vec<usize> = (self.before..self.localities.len())
                .filter(|&i| !done[i] && parts.get(&i).is_none_or(|p| p.iter().all(|&c| done[c])))
                .collect();
            if ready.is_empty() {
                break;
            }
            for i in ready {
                self.settle_one(i, parts.get(&i).map_or(&[], Vec::as_slice));
                done[i] = true;
            }
        }
        for i in (self.before..self.localities.len()).filter(|&i| !done[i]) {
            let found = format!(
                "`{}` of grouping `{}` lies under itself",
                self.localities[i].code, self.name
            );
            self.fault("cycle", i, found, "break the circle of parents");
        }
    }

    /// The leaves of a member: those of its parts, which may not overlap.
    fn settle_one(&mut self, member: usize, parts: &[usize]) {
        let sets = || parts.iter().map(|&part| &self.localities[part].leaves);
        let union = Leaves::union(sets());
        let counted: u32 = sets().map(Leaves::count).sum();
        if counted != union.count() {
            let found = format!(
                "parts of `{}` in grouping `{}` overlap",
                self.localities[member].code, self.name
            );
            let remedy = "each leaf area may lie in one part only";
            self.fault("overlapping-parts", member, found, remedy);
        }
        if union.is_empty() {
            let found = format!(
                "`{}` of grouping `{}` has no leaf area",
                self.localities[member].code, self.name
            );
            let remedy = "put leaf areas under it, or remove it";
            self.fault("locality-without-leaves", member, found, remedy);
        }
        self.localities[member].leaves = union;
    }

    /// A fault of a member, where its code stands first.
    fn fault(&mut self, rule: &str, member: usize, found: String, remedy: &str) {
        let code = &self.localities[member].code;
        let row = self.rows.iter().find(|row| row.code == *code);
        let position = row.map(|row| row.position.clone()).unwrap_or_default();
        self.findings
            .push(Finding::fault(rule, position, found, remedy));
    }
}
