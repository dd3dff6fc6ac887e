//! What can be worked out from what is shown, by elimination modulo two primes.
//!
//! Every account that tells the same differs from this one by a vector that is zero on all shown lines. Some of
//! these vectors are drawn at random. A part that shown lines tell is zero in all of them; a part that is not, is
//! not (but for one draw in 2^60). If a part is a combination of shown lines, it is so modulo any prime that divides no
//! denominator of the combination: so no part that is told is passed.

use super::super::field::Field;
use super::super::system::{Keep, System};
use super::super::told::{Part, Pattern};
use super::is_shown;
use crate::money::Ratio;
use foldhash::fast::FixedState;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};

/// How many vectors are drawn.
const DRAWS: usize = 3;

/// Checks every protected part, for everybody, each partner, and holders who know whole sums.
pub(super) fn check(system: &System, pattern: &Pattern, known: &Known, faults: &mut Vec<String>) {
    within::<61>(system, pattern, known, faults);
    within::<31>(system, pattern, known, faults);
}

/// What lines that are known already tell: a part counts as known only if it is so modulo both primes.
pub(super) struct Known {
    lines: Option<(Shown<61>, Shown<31>)>,
    everybody: Vectors,
    partners: BTreeMap<u32, Vectors>,
}

/// Drawn from the null space of known lines.
#[derive(Default)]
struct Vectors {
    large: Vec<Vec<u64>>,
    small: Vec<Vec<u64>>,
}

impl Known {
    pub(super) fn of(system: &System) -> Self {
        let is_known = |at: usize| {
            system
                .lines
                .get(at)
                .is_some_and(|line| line.keep == Keep::Known)
        };
        let mut made = Self {
            lines: None,
            everybody: Vectors::default(),
            partners: BTreeMap::new(),
        };
        if !(0..system.lines.len()).any(is_known) {
            return made;
        }
        let large = Shown::<61>::of(system, is_known).map(Shown::in_steps);
        let small = Shown::<31>::of(system, is_known).map(Shown::in_steps);
        made.lines = large.zip(small);
        made.everybody = made.vectors(|_| false);
        if system.looks.partners {
            let mut partners: Vec<u32> = system.sums.iter().filter_map(|sum| sum.owner).collect();
            partners.sort_unstable();
            partners.dedup();
            for partner in partners {
                let owns = |sum: u32| system.sums[sum as usize].owner == Some(partner);
                let vectors = made.vectors(owns);
                made.partners.insert(partner, vectors);
            }
        }
        made
    }

    fn vectors(&self, knows: impl Fn(u32) -> bool) -> Vectors {
        match &self.lines {
            None => Vectors::default(),
            Some((large, small)) => Vectors {
                large: large.vectors(&knows),
                small: small.vectors(&knows),
            },
        }
    }

    /// Whether a part was told to everybody before.
    pub(super) fn tells(&self, shares: &[(u32, Ratio)]) -> bool {
        self.everybody.tell(shares)
    }

    /// Whether a part was told to a partner before.
    pub(super) fn tells_partner(&self, partner: u32, shares: &[(u32, Ratio)]) -> bool {
        let vectors = self.partners.get(&partner);
        vectors.is_some_and(|vectors| vectors.tell(shares))
    }

    /// Whether a part was told before to those who know some sums.
    pub(super) fn tells_those(&self, knows: impl Fn(u32) -> bool, shares: &[(u32, Ratio)]) -> bool {
        self.lines.is_some() && self.vectors(knows).tell(shares)
    }

    /// Whether a combination of two sums was told before.
    fn tells_combination(&self, one: u32, other: u32) -> bool {
        let alike = |large: bool| {
            if large {
                direction::<61>(one, &self.everybody.large)
                    == direction::<61>(other, &self.everybody.large)
            } else {
                direction::<31>(one, &self.everybody.small)
                    == direction::<31>(other, &self.everybody.small)
            }
        };
        self.lines.is_some() && alike(true) && alike(false)
    }
}

impl Vectors {
    fn tell(&self, shares: &[(u32, Ratio)]) -> bool {
        !self.large.is_empty()
            && vanishes::<61>(shares, &self.large)
            && vanishes::<31>(shares, &self.small)
    }
}

/// The shares that a part is made of.
pub(super) fn shares_of(system: &System, part: Part) -> Vec<(u32, Ratio)> {
    let shares = |line: u32| system.lines[line as usize].shares.clone();
    match part {
        Part::Sum(sum) => vec![(sum, Ratio::one())],
        Part::Line(line) => shares(line),
        Part::LineWithout { line, partner } => {
            let mut left = shares(line);
            left.retain(|(sum, _)| system.sums[*sum as usize].owner != Some(partner));
            left
        }
    }
}

fn within<const BITS: u32>(
    system: &System,
    pattern: &Pattern,
    known: &Known,
    faults: &mut Vec<String>,
) {
    let Some(shown) = Shown::<BITS>::of(system, |line| is_shown(pattern, line)) else {
        faults.push(format!(
            "a share has a denominator that is a multiple of 2^{BITS} - 1"
        ));
        return;
    };
    let shown = shown.in_steps();
    let anyone = shown.vectors(|_| false);
    for protection in &pattern.protections {
        if !matches!(protection.part, Part::LineWithout { .. })
            && is_told::<BITS>(system, protection.part, &anyone)
        {
            faults.push(format!(
                "{} is told by what is shown",
                name(protection.part)
            ));
        }
    }
    if system.looks.holders {
        parallel::<BITS>(system, pattern, &anyone, known, faults);
    }
    if system.looks.partners {
        let mut partners: Vec<u32> = system.sums.iter().filter_map(|sum| sum.owner).collect();
        partners.sort_unstable();
        partners.dedup();
        for partner in partners {
            let owns = |sum: u32| system.sums[sum as usize].owner == Some(partner);
            let vectors = shown.vectors(owns);
            for protection in &pattern.protections {
                let looks = match protection.part {
                    Part::Sum(sum) => !owns(sum),
                    Part::Line(line) => !system.lines[line as usize]
                        .shares
                        .iter()
                        .any(|(sum, _)| owns(*sum)),
                    Part::LineWithout { partner: other, .. } => other == partner,
                };
                if looks
                    && is_told::<BITS>(system, protection.part, &vectors)
                    && !known.tells_partner(partner, &shares_of(system, protection.part))
                {
                    faults.push(format!(
                        "{} is told to partner {partner} by what is shown",
                        name(protection.part)
                    ));
                }
            }
        }
    }
}

/// Two sums of which shown lines tell a combination: who knows one knows the other.
fn parallel<const BITS: u32>(
    system: &System,
    pattern: &Pattern,
    vectors: &[Vec<u64>],
    before: &Known,
    faults: &mut Vec<String>,
) {
    let holders = |sum: u32| -> Vec<u32> {
        let sum = &system.sums[sum as usize];
        sum.holders
            .iter()
            .filter(|(_, pence)| pence.get() != 0)
            .map(|(holder, _)| *holder)
            .collect()
    };
    let coalition = super::super::problem::coalition(system);
    // By direction: a protected sum that was met in it, and one that its few holders know whole.
    let mut met: HashMap<Vec<u64>, (u32, bool), FixedState> = HashMap::default();
    for protection in &pattern.protections {
        let Part::Sum(sum) = protection.part else {
            continue;
        };
        let Some(direction) = direction::<BITS>(sum, vectors) else {
            continue;
        };
        let known = holders(sum).len() <= coalition;
        match met.get(&direction) {
            Some(&(other, other_known))
                if (known || other_known) && !before.tells_combination(other, sum) =>
            {
                faults.push(format!(
                    "a combination of sum {other} and sum {sum} is told by what is shown: who knows one knows the other"
                ));
            }
            Some(_) => {}
            None => {
                met.insert(direction, (sum, known));
            }
        }
    }
}

/// The values of a sum in all vectors, up to a factor; none where it is told.
fn direction<const BITS: u32>(sum: u32, vectors: &[Vec<u64>]) -> Option<Vec<u64>> {
    let values: Vec<u64> = vectors.iter().map(|vector| vector[sum as usize]).collect();
    let first = values.iter().copied().find(|&value| value != 0)?;
    let inverse = Field::<BITS>::inverse(first);
    Some(
        values
            .into_iter()
            .map(|value| Field::<BITS>::times(value, inverse))
            .collect(),
    )
}

fn is_told<const BITS: u32>(system: &System, part: Part, vectors: &[Vec<u64>]) -> bool {
    let line = match part {
        Part::Sum(sum) => return vectors.iter().all(|vector| vector[sum as usize] == 0),
        Part::Line(line) | Part::LineWithout { line, .. } => line,
    };
    vanishes::<BITS>(&system.lines[line as usize].shares, vectors)
}

fn vanishes<const BITS: u32>(shares: &[(u32, Ratio)], vectors: &[Vec<u64>]) -> bool {
    vectors.iter().all(|vector| {
        let value = shares.iter().fold(0, |value, (sum, share)| {
            let share = Field::<BITS>::of_ratio(share).unwrap_or(0);
            Field::<BITS>::add(value, Field::<BITS>::times(share, vector[*sum as usize]))
        });
        value == 0
    })
}

/// The shown lines.
struct Shown<const BITS: u32> {
    lines: Vec<Vec<(u32, u64)>>,
    sums: usize,
    /// Sums that everybody knows: in which nobody has anything, or that are shown.
    empty: Vec<bool>,
}

impl<const BITS: u32> Shown<BITS> {
    fn of(system: &System, told: impl Fn(usize) -> bool) -> Option<Self> {
        let mut lines = Vec::new();
        for (at, line) in system.lines.iter().enumerate() {
            if told(at) {
                let mut row: Vec<(u32, u64)> = Vec::with_capacity(line.shares.len());
                for (sum, share) in &line.shares {
                    row.push((*sum, Field::<BITS>::of_ratio(share)?));
                }
                row.sort_unstable_by_key(|(sum, _)| *sum);
                lines.push(row);
            }
        }
        let empty = (system.sums.iter())
            .map(|sum| sum.holders.iter().all(|(_, pence)| pence.get() == 0))
            .collect();
        Some(Self {
            lines,
            sums: system.sums.len(),
            empty,
        })
    }

    /// The same lines taken apart once: sums that they tell are known to everybody, and the rest is shorter.
    fn in_steps(self) -> Self {
        let rows = (self.lines.iter())
            .map(|row| {
                row.iter()
                    .copied()
                    .filter(|(sum, _)| !self.empty[*sum as usize])
                    .collect()
            })
            .collect();
        let mut empty = self.empty;
        let mut lines = Vec::new();
        for (pivot, row) in eliminated::<BITS>(rows, self.sums) {
            match row.len() {
                1 => empty[pivot as usize] = true,
                _ => lines.push(row),
            }
        }
        Self {
            lines,
            empty,
            ..self
        }
    }

    /// Random vectors that are zero on all shown lines and on what a looker knows.
    fn vectors(&self, knows: impl Fn(u32) -> bool) -> Vec<Vec<u64>> {
        let known: Vec<bool> = (0..self.sums as u32)
            .map(|sum| self.empty[sum as usize] || knows(sum))
            .collect();
        let rows: Vec<Vec<(u32, u64)>> = (self.lines.iter())
            .map(|row| {
                row.iter()
                    .copied()
                    .filter(|(sum, _)| !known[*sum as usize])
                    .collect()
            })
            .collect();
        let pivots = eliminated::<BITS>(rows, self.sums);
        let mut is_pivot = vec![false; self.sums];
        for (pivot, _) in &pivots {
            is_pivot[*pivot as usize] = true;
        }
        (0..DRAWS as u64)
            .map(|draw| {
                let mut random = (draw + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                let mut vector: Vec<u64> = (0..self.sums)
                    .map(|sum| match known[sum] || is_pivot[sum] {
                        true => 0,
                        false => Field::<BITS>::of((next(&mut random) >> 1) as i64),
                    })
                    .collect();
                for (pivot, row) in pivots.iter().rev() {
                    let mut value = 0;
                    let mut own = 1;
                    for (sum, share) in row {
                        if sum == pivot {
                            own = *share;
                        } else {
                            let part = Field::<BITS>::times(*share, vector[*sum as usize]);
                            value = Field::<BITS>::add(value, part);
                        }
                    }
                    let inverse = Field::<BITS>::inverse(own);
                    vector[*pivot as usize] =
                        Field::<BITS>::times(Field::<BITS>::negated(value), inverse);
                }
                vector
            })
            .collect()
    }
}

/// Splitmix64: Steele GL, Lea D, Flood CH. Fast splittable pseudorandom number generators. OOPSLA 2014.
const fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Rows in steps: each with the column that it takes out of all later ones. Shortest rows first, and in them the column
/// that stands in fewest rows, so that few entries come in.
fn eliminated<const BITS: u32>(
    mut rows: Vec<Vec<(u32, u64)>>,
    columns: usize,
) -> Vec<(u32, Vec<(u32, u64)>)> {
    let mut in_rows: Vec<Vec<u32>> = vec![Vec::new(); columns];
    let mut waiting: BinaryHeap<Reverse<(usize, u32)>> = BinaryHeap::new();
    for (at, row) in (0..).zip(&rows) {
        for (column, _) in row {
            in_rows[*column as usize].push(at);
        }
        if !row.is_empty() {
            waiting.push(Reverse((row.len(), at)));
        }
    }
    let mut pivots = Vec::new();
    while let Some(Reverse((length, at))) = waiting.pop() {
        let row = &rows[at as usize];
        if row.len() != length || row.is_empty() {
            continue;
        }
        let row = std::mem::take(&mut rows[at as usize]);
        let Some(&(pivot, own)) = row
            .iter()
            .min_by_key(|(column, _)| (in_rows[*column as usize].len(), *column))
        else {
            continue;
        };
        let inverse = Field::<BITS>::inverse(own);
        for other in std::mem::take(&mut in_rows[pivot as usize]) {
            let target = &rows[other as usize];
            let Ok(found) = target.binary_search_by_key(&pivot, |(column, _)| *column) else {
                continue;
            };
            let factor = Field::<BITS>::negated(Field::<BITS>::times(target[found].1, inverse));
            let sum = added::<BITS>(target, &row, factor, |column| {
                in_rows[column as usize].push(other);
            });
            if !sum.is_empty() {
                waiting.push(Reverse((sum.len(), other)));
            }
            rows[other as usize] = sum;
        }
        pivots.push((pivot, row));
    }
    pivots
}

/// One row and so much of another.
fn added<const BITS: u32>(
    one: &[(u32, u64)],
    other: &[(u32, u64)],
    factor: u64,
    mut came_in: impl FnMut(u32),
) -> Vec<(u32, u64)> {
    let mut sum = Vec::with_capacity(one.len() + other.len());
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    loop {
        match (one.peek(), other.peek()) {
            (Some(a), Some(b)) if a.0 == b.0 => {
                let value = Field::<BITS>::add(a.1, Field::<BITS>::times(b.1, factor));
                if value != 0 {
                    sum.push((a.0, value));
                }
                one.next();
                other.next();
            }
            (Some(a), b) if b.is_none_or(|b| a.0 < b.0) => {
                sum.push(**a);
                one.next();
            }
            (_, Some(b)) => {
                came_in(b.0);
                sum.push((b.0, Field::<BITS>::times(b.1, factor)));
                other.next();
            }
            (_, None) => return sum,
        }
    }
}

fn name(part: Part) -> String {
    match part {
        Part::Sum(sum) => format!("sum {sum}"),
        Part::Line(line) => format!("line {line}"),
        Part::LineWithout { line, partner } => {
            format!("line {line} without what partner {partner} owns")
        }
    }
}
