//! What must not be told: sums and lines that are sensitive by a rule.

use super::judged::Amounts;
use super::known::{self, Known};
use super::problem::{self, Problem};
use super::rule::Rule;
use super::told::{Part, Why};
use num_integer::Integer;
use num_traits::ToPrimitive;
use smallvec::SmallVec;

/// Something that must not be told.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) part: Part,
    /// By how much it must differ, in pence of the part.
    pub(super) level: i64,
    /// The columns it is made of.
    pub(super) own: Vec<u32>,
    /// The row whose change is its change; none for a sum.
    pub(super) row: Option<u32>,
    /// Protected from this partner alone; none for everybody.
    pub(super) against: Option<u32>,
    /// Partners from whom it need not be protected here: they own some of it.
    pub(super) owners: SmallVec<[u32; 2]>,
    /// Its holders where they are so few that together they know it; else nobody.
    pub(super) holders: SmallVec<[u32; 2]>,
}

impl Target {
    /// The images of the shares that it is made of.
    pub(super) fn shares(&self, problem: &Problem<'_>) -> Vec<(u32, u64)> {
        match self.row {
            None => self.own.iter().map(|&column| (column, 1)).collect(),
            Some(row) => (problem.rows[row as usize].entries.iter().copied())
                .filter(|(column, _)| self.own.binary_search(column).is_ok())
                .collect(),
        }
    }
}

/// Targets, and why each row is sensitive by itself. What is known already is neither.
pub(super) fn targets(problem: &Problem<'_>, known: &mut Known) -> (Vec<Target>, Vec<Option<Why>>) {
    let mut judge = Judge::new(problem);
    let mut targets: Vec<Target> = Vec::new();
    for (at, column) in (0..).zip(&problem.columns) {
        let wanted = column.why.is_some() && column.room > 0 && !column.rows.is_empty();
        if wanted && !known.tells(&[(at, 1)]) {
            targets.push(judge.sum(at));
        }
    }
    let mut why = vec![None; problem.rows.len()];
    for (at, row) in (0..).zip(&problem.rows) {
        let columns: Vec<u32> = row.entries.iter().map(|(column, _)| *column).collect();
        if let [one] = columns[..] {
            let told = |_: &Why| !known.tells(&[(one, 1)]);
            why[at as usize] = problem.columns[one as usize].why.filter(told);
            continue;
        }
        let (found, target) = judge.line(at, &columns, None);
        if found.is_some() && known.tells(&row.entries) {
            continue;
        }
        why[at as usize] = found;
        targets.extend(target);
        if !problem.system.looks.partners {
            continue;
        }
        let owner = |column: &u32| problem.system.sums[*column as usize].owner;
        let mut owners: Vec<u32> = columns.iter().filter_map(owner).collect();
        owners.sort_unstable();
        owners.dedup();
        for partner in owners {
            let others: Vec<u32> = columns
                .iter()
                .copied()
                .filter(|column| owner(column) != Some(partner))
                .collect();
            // One sum that is left is protected by itself.
            if others.len() < 2 {
                continue;
            }
            let (found, target) = judge.line(at, &others, Some(partner));
            let told = target.as_ref().is_some_and(|target| {
                let beside = || known::owned(problem, partner);
                known.tells_beside(&target.shares(problem), beside)
            });
            if !told {
                why[at as usize] = why[at as usize].or(found);
                targets.extend(target);
            }
        }
    }
    (targets, why)
}

/// Adds up what holders have, in one array for all parts.
#[derive(Debug)]
pub(super) struct Judge<'a> {
    problem: &'a Problem<'a>,
    by_holder: Vec<i128>,
    seen: Vec<u32>,
    most: usize,
}

/// The unit in which shares are counted where they have no small common denominator: a holder's part is then known to
/// within a 2^40th of a penny for each penny of it. Only rules are held to such numbers, never moves.
const FINE: i128 = 1 << 40;

impl<'a> Judge<'a> {
    pub(super) fn new(problem: &'a Problem<'a>) -> Self {
        Self {
            problem,
            by_holder: vec![0; problem.holder_end],
            seen: Vec::new(),
            most: problem::looks_at(problem.system),
        }
    }

    fn sum(&mut self, at: u32) -> Target {
        let sum = &self.problem.system.sums[at as usize];
        let column = &self.problem.columns[at as usize];
        let rule = &self.problem.system.rules[sum.rule];
        let value = i128::from(sum.pence.get());
        let level = rule
            .level(&column.amounts, value, 1)
            .min(i128::from(column.room));
        Target {
            part: Part::Sum(at),
            level: i64::try_from(level).unwrap_or(i64::MAX),
            own: vec![at],
            row: None,
            against: None,
            owners: sum.owner.into_iter().collect(),
            holders: self.few_holders(&[at]),
        }
    }

    /// A line, of whose sums only some are looked at.
    fn line(
        &mut self,
        row: u32,
        columns: &[u32],
        against: Option<u32>,
    ) -> (Option<Why>, Option<Target>) {
        let problem = self.problem;
        let line = problem.rows[row as usize].lines[0];
        let (shares, scale) = self.scaled(line, columns);
        let rules = |column: &u32| problem.system.sums[*column as usize].rule;
        let mut used: SmallVec<[usize; 2]> = columns.iter().map(rules).collect();
        used.sort_unstable();
        used.dedup();
        if let Some(bound) = self.bound(&shares)
            && used
                .iter()
                .all(|&rule| problem.system.rules[rule].judge(&bound).is_none())
        {
            return (None, None);
        }
        let amounts = self.amounts(&shares, &[]);
        let found: SmallVec<[(&Rule, Why); 2]> = (used.iter())
            .map(|&rule| &problem.system.rules[rule])
            .filter_map(|rule| Some((rule, rule.judge(&amounts)?)))
            .collect();
        let Some(why) = found.iter().map(|(_, why)| *why).min() else {
            return (None, None);
        };
        let value: i128 = (shares.iter())
            .map(|(column, share)| {
                share * i128::from(problem.system.sums[*column as usize].pence.get())
            })
            .sum();
        // Nothing can stay open wider than it is known to be beforehand.
        let room: i128 = (shares.iter())
            .map(|(column, share)| share.abs() * i128::from(problem.columns[*column as usize].room))
            .sum();
        let level = found
            .iter()
            .map(|(rule, _)| rule.level(&amounts, value, scale))
            .max()
            .unwrap_or(1);
        let level = level.min(room / scale).max(1);
        let mut owners: SmallVec<[u32; 2]> = (columns.iter())
            .filter_map(|column| problem.system.sums[*column as usize].owner)
            .collect();
        owners.sort_unstable();
        owners.dedup();
        let target = Target {
            part: match against {
                None => Part::Line(line),
                Some(partner) => Part::LineWithout { line, partner },
            },
            level: i64::try_from(level).unwrap_or(i64::MAX),
            own: columns.to_vec(),
            row: Some(row),
            against,
            owners,
            holders: self.few_holders(columns),
        };
        (Some(why), Some(target))
    }

    /// The shares of those columns as whole numbers, and what one is.
    fn scaled(&self, line: u32, columns: &[u32]) -> (Vec<(u32, i128)>, i128) {
        let shares = &self.problem.system.lines[line as usize].shares;
        let wanted = || {
            shares
                .iter()
                .filter(|(column, _)| columns.binary_search(column).is_ok())
        };
        let common = wanted().try_fold(1_i128, |common, (_, share)| {
            let below = share.lowest_terms().1.to_i128()?;
            let common = (common / common.gcd(&below)).checked_mul(below)?;
            (common <= FINE).then_some(common)
        });
        let scale = common.unwrap_or(FINE);
        let whole = |share: &crate::money::Ratio| {
            let scaled = share
                .times(&crate::money::Ratio::new(scale, 1))
                .whole_part();
            scaled.to_i128().unwrap_or(i128::MAX >> 64)
        };
        (
            wanted()
                .map(|(column, share)| (*column, whole(share)))
                .collect(),
            scale,
        )
    }

    /// Amounts no larger holder of which can be in the part, and no fewer of them: what is not sensitive by these is
    /// not sensitive. None where holders may cancel one another.
    fn bound(&self, shares: &[(u32, i128)]) -> Option<Amounts> {
        let mut first: SmallVec<[i128; 4]> = SmallVec::from_elem(0, self.most);
        let mut bound = Amounts::default();
        let mut sign = 0;
        for (at, share) in shares {
            let column = &self.problem.columns[*at as usize];
            let its = self.problem.system.sums[*at as usize].pence.get().signum() as i128
                * share.signum();
            if !column.one_sign || its * sign < 0 {
                return None;
            }
            sign = its;
            bound.total += column.amounts.total * share.abs();
            bound.count = bound.count.max(column.amounts.count);
            for (sum, amount) in first.iter_mut().zip(&column.amounts.largest) {
                *sum += amount * share.abs();
            }
        }
        bound.largest = first.to_vec();
        Some(bound)
    }

    /// How far a target must stay open for holders who know their own amounts; none where what they leave need not be
    /// protected from them, or is one sum, which is protected by itself.
    pub(super) fn level_for(&mut self, target: &Target, who: &[u32]) -> Option<i64> {
        let problem = self.problem;
        let sums = &problem.system.sums;
        let own = target
            .own
            .iter()
            .map(|&column| (column, &sums[column as usize]));
        let (mut theirs, mut left) = (false, 0);
        for (_, sum) in own {
            let money = || sum.holders.iter().filter(|(_, pence)| pence.get() != 0);
            theirs |= money().any(|(holder, _)| who.contains(holder));
            left += usize::from(money().any(|(holder, _)| !who.contains(holder)));
        }
        if !theirs {
            return Some(target.level);
        }
        if left == 0 || left == 1 && target.row.is_some() {
            return None;
        }
        let (shares, scale) = match target.row {
            Some(row) => self.scaled(problem.rows[row as usize].lines[0], &target.own),
            None => (target.own.iter().map(|&column| (column, 1)).collect(), 1),
        };
        let amounts = self.amounts(&shares, who);
        let value = amounts.total;
        (target.own.iter())
            .map(|&column| &problem.system.rules[sums[column as usize].rule])
            .filter(|rule| rule.judge(&amounts).is_some())
            .map(|rule| rule.level(&amounts, value, scale))
            .max()
            .map(|level| i64::try_from(level).unwrap_or(i64::MAX).min(target.level))
    }

    fn amounts(&mut self, shares: &[(u32, i128)], but: &[u32]) -> Amounts {
        for (column, share) in shares {
            let holders = &self.problem.system.sums[*column as usize].holders;
            for (holder, pence) in holders.iter().filter(|(holder, _)| !but.contains(holder)) {
                let sum = &mut self.by_holder[*holder as usize];
                if *sum == 0 {
                    self.seen.push(*holder);
                }
                *sum += share * i128::from(pence.get());
            }
        }
        // One whose sum came to nothing on the way may stand twice, and is empty the second time.
        let by_holder = &mut self.by_holder;
        let taken = self
            .seen
            .drain(..)
            .map(|holder| std::mem::take(&mut by_holder[holder as usize]));
        Amounts::of(taken, self.most)
    }

    fn few_holders(&self, columns: &[u32]) -> SmallVec<[u32; 2]> {
        let mut holders: SmallVec<[u32; 2]> = SmallVec::new();
        let sums = columns
            .iter()
            .map(|column| &self.problem.system.sums[*column as usize]);
        for (holder, pence) in sums.flat_map(|sum| &sum.holders) {
            if pence.get() != 0 && !holders.contains(holder) {
                holders.push(*holder);
                if holders.len() > 2 {
                    return SmallVec::new();
                }
            }
        }
        holders.sort_unstable();
        holders
    }
}
