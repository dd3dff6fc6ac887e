//! Checked trees of members, coded in pre-order so that a branch is a range.

use super::names::{self, Named};
use super::{AxisError, Gap, Suggestions};
use crate::finding::{Finding, Findings, Position};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The number of a member in its tree: its place in pre-order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MemberId(pub(crate) u32);

/// One member as a pack writes it down, before anything is checked.
#[derive(Clone, Debug, Default)]
pub struct MemberRow {
    /// Code by which files and questions name it.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Level of the tree, such as `theme`; may be empty.
    pub level: String,
    /// Code of the member above; empty for a root.
    pub parent: String,
    /// Edition of the code, such as `2017`; may be empty.
    pub vintage: String,
    /// Where this stands.
    pub position: Position,
}

impl MemberRow {
    /// `code`, or `code@vintage` where the row names a vintage.
    pub(super) fn spelling(&self) -> String {
        spelling(&self.code, &self.vintage)
    }
}

pub(super) fn spelling(code: &str, vintage: &str) -> String {
    if vintage.is_empty() {
        code.to_owned()
    } else {
        format!("{code}@{vintage}")
    }
}

/// A member of an axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Code by which files and questions name it.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Level of the tree, such as `theme`; may be empty.
    pub level: String,
    /// Edition of the code; may be empty.
    pub vintage: String,
    pub(super) parent: Option<MemberId>,
    /// One past the last member of its branch, in pre-order.
    pub(super) end: u32,
}

/// A tree (or several) of members, each under at most one other.
///
/// Members are numbered in pre-order, children in the order of the pack, so that a branch is a
/// range of numbers and "lies under" is two comparisons.
#[derive(Clone, Debug)]
pub struct Tree {
    axis: &'static str,
    members: Vec<Member>,
    codes: Codes,
}

impl Tree {
    /// Builds a tree and reports everything that is wrong with its rows.
    ///
    /// `axis` is its name with an article, as messages say it: `an activity`. Faults: a code
    /// without text, a code that answers need themselves, a code twice, a code under two parents,
    /// a parent that does not exist, a cycle. The tree that comes with faults holds the sound members only.
    #[must_use]
    pub fn build(axis: &'static str, rows: &[MemberRow]) -> (Self, Findings) {
        let mut findings = Findings::new();
        let rows = without_repeats(axis, rows, &mut findings);
        let codes = Codes::new(
            rows.iter()
                .map(|row| (row.code.as_str(), row.vintage.as_str())),
        );
        let mut children: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for (i, row) in rows.iter().enumerate() {
            let parent = if row.parent.is_empty() {
                None
            } else {
                match codes.find(axis, &row.parent) {
                    Ok(parent) => Some(parent),
                    Err(error) => {
                        findings.push(Finding::fault(
                            "unknown-parent",
                            row.position.clone(),
                            format!("the parent of `{}`: {error}", row.code),
                            "correct the parent's code, or add the parent",
                        ));
                        None
                    }
                }
            };
            children.entry(parent).or_default().push(i);
        }
        let mut walk = Walk {
            rows: &rows,
            children: &children,
            members: Vec::with_capacity(rows.len()),
            number: vec![None; rows.len()],
        };
        walk.below(None, None);
        for (row, _) in rows.iter().zip(&walk.number).filter(|(_, n)| n.is_none()) {
            findings.push(Finding::fault(
                "cycle",
                row.position.clone(),
                format!(
                    "`{}` lies under itself, by way of `{}`",
                    row.code, row.parent
                ),
                "break the circle of parents",
            ));
        }
        let members = walk.members;
        let codes = Codes::new(
            members
                .iter()
                .map(|m| (m.code.as_str(), m.vintage.as_str())),
        );
        let tree = Self {
            axis,
            members,
            codes,
        };
        (tree, findings)
    }

    /// Its pack is opened: [`Codes::ask_freely`].
    pub(super) fn ask_freely(&mut self) {
        self.codes.ask_freely();
    }

    /// The member of that code (or `code@vintage`).
    ///
    /// # Errors
    ///
    /// [`AxisError::Unknown`] with the nearest known codes; [`AxisError::SeveralVintages`].
    pub fn find(&self, code: &str) -> Result<MemberId, AxisError> {
        self.codes.find(self.axis, code).map(id)
    }

    /// The member that somebody named: by its code, or by its name where no other has it. Capitals,
    /// blanks and the kind of apostrophe make no other name. Files of a pack name codes:
    /// [`Tree::find`].
    ///
    /// # Errors
    ///
    /// As [`Tree::find`], with the nearest codes and names; [`AxisError::SeveralOfName`].
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::place::Place;
    /// let place = Place::open("examples/data/shropshire")?;
    /// let activities = &place.axes().activities;
    /// assert_eq!(activities.find_named("Youth Justice")?, activities.find("youth-justice")?);
    /// assert!(activities.find("Youth Justice").is_err());
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn find_named(&self, text: &str) -> Result<MemberId, AxisError> {
        let members = || {
            (self.members.iter().enumerate()).map(|(number, member)| Named {
                spelling: self.codes.spelled(number).unwrap_or_default(),
                name: &member.name,
                level: &member.level,
            })
        };
        names::find(self.axis, &self.codes, text, members).map(id)
    }

    /// The code that somebody means: of a name that one member has, the code of that member; otherwise the
    /// text, whether there is such a code or not.
    pub(crate) fn meant(&self, text: String) -> String {
        if self.codes.know(&text) {
            return text;
        }
        let member = self.find_named(&text).ok();
        let code = member.and_then(|member| self.spelled(member));
        code.map_or(text, str::to_owned)
    }

    /// The text by which [`Tree::find`] finds a member whatever other vintages there are; `None`
    /// for one of another tree.
    pub(crate) fn spelled(&self, member: MemberId) -> Option<&str> {
        self.codes.spelled(member.0 as usize)
    }

    /// The member itself.
    #[must_use]
    pub fn get(&self, member: MemberId) -> &Member {
        &self.members[member.0 as usize]
    }

    /// All members, in pre-order.
    pub fn iter(&self) -> impl Iterator<Item = (MemberId, &Member)> {
        self.members.iter().enumerate().map(|(i, m)| (id(i), m))
    }

    /// How many members.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Whether `lower` is `upper` or lies under it.
    #[must_use]
    pub fn contains(&self, upper: MemberId, lower: MemberId) -> bool {
        upper <= lower && lower.0 < self.get(upper).end
    }

    /// The members of a branch, its top first.
    pub fn branch(&self, top: MemberId) -> impl Iterator<Item = MemberId> + use<> {
        (top.0..self.get(top).end).map(MemberId)
    }

    /// The member directly above.
    #[must_use]
    pub fn parent(&self, member: MemberId) -> Option<MemberId> {
        self.get(member).parent
    }

    /// The member above all others that a member lies under; itself where it lies under none.
    pub(crate) fn top(&self, member: MemberId) -> MemberId {
        let above = std::iter::successors(Some(member), |&m| self.parent(m));
        above.last().unwrap_or(member)
    }

    /// The member itself or the one above it that stands at a level.
    #[must_use]
    pub fn at_level(&self, member: MemberId, level: &str) -> Option<MemberId> {
        std::iter::successors(Some(member), |&m| self.parent(m))
            .find(|&m| self.get(m).level == level)
    }

    /// All levels that members name, in order of first appearance.
    #[must_use]
    pub fn levels(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        self.members
            .iter()
            .map(|m| m.level.as_str())
            .filter(|level| !level.is_empty() && seen.insert(*level))
            .collect()
    }
}

fn id(index: usize) -> MemberId {
    MemberId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// A fault where a code is one that answers give to money without a member, or to a total.
pub(super) fn reserved(row: &MemberRow) -> Option<Finding> {
    const OWN: [&str; 2] = ["elsewhere", "total"];
    let own =
        OWN.contains(&row.code.as_str()) || Gap::ALL.into_iter().any(|gap| gap.name() == row.code);
    own.then(|| {
        Finding::fault(
            "reserved-code",
            row.position.clone(),
            format!(
                "`{}` is what answers call money without a member, or a total",
                row.code
            ),
            "choose another code, so that a row of an answer means one thing",
        )
    })
}

/// Drops rows that repeat a code, with a finding each.
fn without_repeats(
    axis: &'static str,
    rows: &[MemberRow],
    findings: &mut Findings,
) -> Vec<MemberRow> {
    let mut first: BTreeMap<String, &MemberRow> = BTreeMap::new();
    let mut sound = Vec::with_capacity(rows.len());
    for row in rows {
        if row.code.is_empty() {
            findings.push(Finding::fault(
                "no-code",
                row.position.clone(),
                format!(
                    "a row of {} has no code",
                    axis.trim_start_matches("an ").trim_start_matches("a ")
                ),
                "give it a code, or remove the row",
            ));
            continue;
        }
        findings.extend(reserved(row));
        match first.get(&row.spelling()) {
            None => {
                first.insert(row.spelling(), row);
                sound.push(row.clone());
            }
            Some(earlier) if earlier.parent != row.parent => findings.push(Finding::fault(
                "two-parents",
                row.position.clone(),
                format!(
                    "`{}` stands under `{}` here and under `{}` at {}",
                    row.code, row.parent, earlier.parent, earlier.position
                ),
                "keep one parent; a second way of grouping is a grouping of its own",
            )),
            Some(earlier) => findings.push(Finding::fault(
                "duplicate-code",
                row.position.clone(),
                format!("`{}` is already defined at {}", row.code, earlier.position),
                "remove one of the two, or give one another code",
            )),
        }
    }
    sound
}

/// Codes and the indices they stand for; a bare code stands for its only vintage.
#[derive(Clone, Debug, Default)]
pub(super) struct Codes {
    index: HashMap<String, Vec<usize>>,
    order: Vec<String>,
    /// How many codes may still be compared with unknown ones; any number where there is none.
    comparisons: Option<Arc<AtomicUsize>>,
}

/// A pack with so many unknown codes and so many known ones that more would be compared with each
/// other than this is told the nearest codes of the first of them, and of the others that they are
/// unknown.
const COMPARISONS: usize = 4_000_000;

impl Codes {
    pub(super) fn new<'a>(codes: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut all = Self {
            comparisons: Some(Arc::new(AtomicUsize::new(COMPARISONS))),
            ..Self::default()
        };
        for (i, (code, vintage)) in codes.enumerate() {
            all.index.entry(code.to_owned()).or_default().push(i);
            if !vintage.is_empty() {
                all.index
                    .entry(spelling(code, vintage))
                    .or_default()
                    .push(i);
            }
            all.order.push(spelling(code, vintage));
        }
        all
    }

    /// `code`, or `code@vintage` where there is a vintage.
    pub(super) fn spelled(&self, index: usize) -> Option<&str> {
        self.order.get(index).map(String::as_str)
    }

    /// Whether there is such a code, be it of several vintages.
    pub(super) fn know(&self, code: &str) -> bool {
        self.index.contains_key(code)
    }

    pub(super) fn find(&self, axis: &'static str, code: &str) -> Result<usize, AxisError> {
        match self.index.get(code).map(Vec::as_slice) {
            Some([one]) => Ok(*one),
            // Beside editions that are named the bare code is the one without an edition.
            Some(several) if let Some(bare) = self.without_vintage(code, several) => Ok(bare),
            Some(several) => Err(AxisError::SeveralVintages {
                found: code.to_owned(),
                spellings: several.iter().map(|&i| self.order[i].clone()).collect(),
            }),
            None => Err(AxisError::Unknown {
                axis,
                found: code.to_owned(),
                instead: self.instead_of(code),
            }),
        }
    }

    /// The only one of several that is spelled without a vintage.
    fn without_vintage(&self, code: &str, several: &[usize]) -> Option<usize> {
        let mut bare = several.iter().filter(|&&i| self.order[i] == code);
        match (bare.next(), bare.next()) {
            (Some(one), None) => Some(*one),
            _ => None,
        }
    }

    /// The one index of a code, without a word about any other.
    pub(super) fn get(&self, code: &str) -> Option<usize> {
        match self.index.get(code).map(Vec::as_slice) {
            Some([one]) => Some(*one),
            Some(several) => self.without_vintage(code, several),
            None => None,
        }
    }

    /// From now on every unknown code is told the nearest ones: questions come one at a time.
    pub(super) fn ask_freely(&mut self) {
        self.comparisons = None;
    }

    fn instead_of(&self, code: &str) -> Suggestions {
        let allowed = self.comparisons.as_ref().is_none_or(|left| {
            let less = |left: usize| left.checked_sub(self.order.len());
            left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less)
                .is_ok()
        });
        let known = self.order.iter().map(String::as_str);
        if allowed {
            Suggestions::of(code, known)
        } else {
            Suggestions::first_of(known)
        }
    }
}

struct Walk<'a> {
    rows: &'a [MemberRow],
    children: &'a BTreeMap<Option<usize>, Vec<usize>>,
    members: Vec<Member>,
    number: Vec<Option<MemberId>>,
}

impl Walk<'_> {
    /// Numbers everything below a row. Cycles are never entered: no root leads to them.
    fn below(&mut self, row: Option<usize>, parent: Option<MemberId>) {
        // An explicit stack: a pack may be a chain of any length.
        let mut stack = vec![(row, parent, 0)];
        while let Some((above, parent, next)) = stack.pop() {
            let child = self.children.get(&above).and_then(|c| c.get(next));
            match child {
                Some(&child) => {
                    stack.push((above, parent, next + 1));
                    let number = id(self.members.len());
                    let row = &self.rows[child];
                    self.members.push(Member {
                        code: row.code.clone(),
                        name: if row.name.is_empty() {
                            row.code.clone()
                        } else {
                            row.name.clone()
                        },
                        level: row.level.clone(),
                        vintage: row.vintage.clone(),
                        parent,
                        end: 0,
                    });
                    self.number[child] = Some(number);
                    stack.push((Some(child), Some(number), 0));
                }
                None => {
                    if let Some(top) = parent {
                        self.members[top.0 as usize].end = id(self.members.len()).0;
                    }
                }
            }
        }
    }
}
