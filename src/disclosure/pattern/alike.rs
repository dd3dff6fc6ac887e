//! Sums that no line tells apart, put together while a pattern is sought.
//!
//! Two sums of which every line has the same share stand in every line as their sum. Whatever is told is the same however
//! money is split between them, so the search need not look at both: one column instead of several, and fewer exchanges
//! that differ in nothing.
//!
//! # Why holders are joined correctly
//!
//! A rule looks at what each holder has in a part, all its sums with their shares. With the same share w in the same lines a
//! holder with a in one sum and b in the other has w·a + w·b = w·(a + b) in each line, so a sum in which it has a + b gives
//! every line the same amounts, without those of one partner as well, for both are of one partner. Who knows the one sum
//! whole knows the other as well only if it holds both; therefore a sum is put together with others only if none of them
//! is sensitive, nor all together, and something of each is left to those who know most of it. A move of all together is
//! then given out over them, to each no more than it leaves to those who know most of it, as long as that is enough.
//!
//! What is found is proved for the sums as they were, each by itself, by the code that proves all patterns; where it does
//! not hold there (two who together see through one of the parts), it is thrown away and all sums are looked at singly.

use super::judged::Amounts;
use super::problem::{self, Problem};
use super::system::{PrivateSum, System};
use super::told::{Move, Part, Pattern};
use crate::money::Pence;
use foldhash::fast::FixedState;
use std::collections::{BTreeMap, HashMap};

/// What must be equal for two sums to be put together: lines and shares, whose they are, their rule, whether they may be
/// on the other side of nothing, and on which side they are.
type Alike<'p> = (&'p [(u32, u64)], Option<u32>, usize, bool, bool);

/// A system of fewer sums that tells the same.
#[derive(Debug)]
pub(super) struct Joined {
    pub(super) system: System,
    /// By sum of it, the sums that it is made of, and how far each may differ: for those who know most of it, and for
    /// others.
    parts: Vec<Vec<Member>>,
}

#[derive(Clone, Copy, Debug)]
struct Member {
    sum: u32,
    safe_room: i64,
    room: i64,
}

impl Joined {
    /// The system with what is alike put together; none where nothing is.
    pub(super) fn of(problem: &Problem<'_>) -> Option<Self> {
        let sums = &problem.system.sums;
        let mut classes: HashMap<Alike<'_>, usize, FixedState> = HashMap::default();
        let mut parts: Vec<Vec<Member>> = Vec::with_capacity(sums.len());
        for (at, (sum, column)) in (0..).zip(sums.iter().zip(&problem.columns)) {
            let member = Member {
                sum: at,
                safe_room: column.safe_room,
                room: column.room,
            };
            let joins = column.why.is_none()
                && column.safe_room > 0
                && column.one_sign
                && !column.rows.is_empty();
            if !joins {
                parts.push(vec![member]);
                continue;
            }
            let side = sum.pence.get() < 0;
            let key = (
                &column.rows[..],
                sum.owner,
                sum.rule,
                sum.may_be_negative,
                side,
            );
            let class = *classes.entry(key).or_insert(parts.len());
            match parts.get_mut(class) {
                Some(members) => members.push(member),
                None => parts.push(vec![member]),
            }
        }
        if parts.len() == sums.len() {
            return None;
        }
        let most = problem::looks_at(problem.system);
        let mut made = Vec::with_capacity(parts.len());
        for members in &parts {
            let sum = together(sums, members)?;
            if members.len() > 1 {
                let amounts = sum.holders.iter().map(|(_, pence)| pence.get().into());
                let rule = problem.system.rules.get(sum.rule)?;
                // Sensitive only together: rarely, and then each is looked at by itself.
                if rule.judge(&Amounts::of(amounts, most)).is_some() {
                    return None;
                }
            }
            made.push(sum);
        }
        let firsts = (0..).zip(&parts);
        let number_of: HashMap<u32, u32, FixedState> = firsts
            .filter_map(|(number, members)| Some((members.first()?.sum, number)))
            .collect();
        let mut lines = problem.system.lines.clone();
        for line in &mut lines {
            line.shares.retain_mut(|(sum, _)| {
                let number = number_of.get(sum);
                *sum = number.copied().unwrap_or(*sum);
                number.is_some()
            });
        }
        Some(Self {
            system: System {
                sums: made,
                lines,
                rules: problem.system.rules.clone(),
                kinds: problem.system.kinds.clone(),
                looks: problem.system.looks,
                before: problem.system.before.clone(),
            },
            parts,
        })
    }

    /// The system put in order. What is put together has the room of its parts, and no more.
    pub(super) fn problem(&self) -> Option<Problem<'_>> {
        let mut problem = Problem::new(&self.system).ok()?;
        for (column, members) in problem.columns.iter_mut().zip(&self.parts) {
            if members.len() > 1 {
                column.room = members.iter().map(|one| one.room).sum();
                column.safe_room = members.iter().map(|one| one.safe_room).sum();
            }
        }
        Some(problem)
    }

    /// A pattern of the system as a pattern of the one that it was made from.
    pub(super) fn apart(&self, mut pattern: Pattern) -> Option<Pattern> {
        for protection in &mut pattern.protections {
            if let Part::Sum(sum) = &mut protection.part {
                *sum = self.parts.get(*sum as usize)?.first()?.sum;
            }
            for one in &mut protection.moves {
                let mut changes: Vec<(u32, Pence)> = Vec::with_capacity(one.changes.len());
                for (sum, change) in &one.changes {
                    given_out(self.parts.get(*sum as usize)?, change.get(), &mut changes)?;
                }
                changes.sort_unstable();
                *one = Move { changes };
            }
        }
        Some(pattern)
    }
}

/// One sum of several, with what each holder has in all of them.
fn together(sums: &[PrivateSum], members: &[Member]) -> Option<PrivateSum> {
    let mut of = members.iter().map(|one| sums.get(one.sum as usize));
    let mut made = of.next()??.clone();
    if members.len() == 1 {
        return Some(made);
    }
    let mut holders: BTreeMap<u32, i64> = BTreeMap::new();
    let mut pence = made.pence.get();
    let mut add = |sum: &PrivateSum| -> Option<()> {
        for (holder, amount) in &sum.holders {
            let all = holders.entry(*holder).or_default();
            *all = all.checked_add(amount.get())?;
        }
        Some(())
    };
    add(&made)?;
    for sum in of {
        add(sum?)?;
        pence = pence.checked_add(sum?.pence.get())?;
    }
    made.pence = Pence::new(pence);
    made.holders = (holders.into_iter())
        .map(|(holder, amount)| (holder, Pence::new(amount)))
        .collect();
    Some(made)
}

/// A change given out: to each what it leaves to those who know most of it, then what it leaves to others.
fn given_out(members: &[Member], change: i64, changes: &mut Vec<(u32, Pence)>) -> Option<()> {
    if let [one] = members {
        changes.push((one.sum, Pence::new(change)));
        return Some(());
    }
    let mut left = change.checked_abs()?;
    let mut given: Vec<i64> = Vec::with_capacity(members.len());
    for one in members {
        let part = left.min(one.safe_room);
        given.push(part);
        left -= part;
    }
    for (one, given) in members.iter().zip(&mut given) {
        let more = left.min(one.room - *given);
        *given += more;
        left -= more;
    }
    for (one, given) in members.iter().zip(given).filter(|(_, given)| *given != 0) {
        changes.push((one.sum, Pence::new(given * change.signum())));
    }
    (left == 0).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 10 and 20 are left to those who know most, 15 and 40 to others: 25 is 10 and 15, and 40 is 15 and 25.
    #[test]
    fn changes_are_given_out_within_what_is_left() {
        let members = [(0, 10, 15), (7, 20, 40)].map(|(sum, safe_room, room)| Member {
            sum,
            safe_room,
            room,
        });
        let given = |change| {
            let mut changes = Vec::new();
            given_out(&members, change, &mut changes).map(|()| {
                let changes = changes.into_iter();
                changes.map(|(sum, by)| (sum, by.get())).collect::<Vec<_>>()
            })
        };
        assert_eq!(given(25), Some(vec![(0, 10), (7, 15)]));
        assert_eq!(given(-4), Some(vec![(0, -4)]));
        assert_eq!(given(40), Some(vec![(0, 15), (7, 25)]));
        assert_eq!(given(55), Some(vec![(0, 15), (7, 40)]));
        assert_eq!(given(56), None);
    }
}
