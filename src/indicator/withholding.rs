//! Counts that a release may not tell, taken out before anything is made of them.
//!
//! A rate, its limits, its rank, its place in a funnel, its trend and its forecast all name the counts that they come
//! from. So nothing of them is hidden one by one: the figure is taken out where it was published, and whatever is
//! made afterwards is made without it, as where a publisher gives none.
//!
//! Places add up. Of a whole that is told, and all of its parts but one, the last is told by subtraction; so with
//! each figure that may not be told another of the same whole goes, one that is of many, or else the whole.

use super::area::Area;
use super::{Count, Indicator, Indicators, Observation, Status, ValueType};
use crate::axis::{Leaves, LocalityId, Period};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeMap;

/// A count, and of how many where there is such a number.
type CountOf = (u64, Option<u64>);

impl Indicators {
    /// The same without each figure of which `withholds` says that its counts may not be told, and without those that
    /// would tell it; nothing where all may be told.
    ///
    /// A figure that is published without its counts may be that of one person: it is asked for as one of one.
    pub(crate) fn withholding(
        &self,
        withholds: &dyn Fn(&Indicator, CountOf) -> bool,
    ) -> Option<Self> {
        let mut told = None;
        for (number, indicator) in self.indicators.iter().enumerate() {
            let observations = self.observations.get(number)?;
            let hidden = hidden(self, indicator, observations, withholds);
            if hidden.is_empty() {
                continue;
            }
            let told: &mut Self = told.get_or_insert_with(|| self.clone());
            for at in hidden {
                if let Some(observation) = told
                    .observations
                    .get_mut(number)
                    .and_then(|of| of.get_mut(&at))
                {
                    *observation = Observation {
                        value: Some(Count::missing(Status::Withheld)),
                        ..Observation::default()
                    };
                }
            }
        }
        told
    }
}

/// The figures of one indicator that are not told.
fn hidden(
    all: &Indicators,
    indicator: &Indicator,
    observations: &BTreeMap<(Period, Area), Observation>,
    withholds: &dyn Fn(&Indicator, CountOf) -> bool,
) -> Vec<(Period, Area)> {
    let mut hidden = Vec::new();
    let mut places: BTreeMap<Period, Vec<Member<'_>>> = BTreeMap::new();
    let localities = &all.place().axes().localities;
    for (&(period, area), observation) in observations {
        let fate = fate(indicator, observation, withholds);
        match area {
            // Places elsewhere add up to nothing here.
            Area::Elsewhere(_) if matches!(fate, Fate::Withheld { .. }) => {
                hidden.push((period, area));
            }
            Area::Elsewhere(_) => {}
            Area::Here(locality) => places.entry(period).or_default().push(Member {
                locality,
                leaves: localities.leaves(locality),
                level: localities.level(locality),
                was: fate,
                fate,
            }),
        }
    }
    for (period, mut members) in places {
        if indicator.is_of_counts() {
            close(&mut members);
        }
        let newly = members.into_iter().filter(Member::is_withheld);
        hidden.extend(newly.map(|member| (period, Area::Here(member.locality))));
    }
    hidden
}

/// What becomes of a figure. `many` says that it is not told by its size: it may stand for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// There is none, whoever withholds it.
    None,
    Told {
        many: bool,
    },
    Withheld {
        many: bool,
    },
}

fn fate(
    indicator: &Indicator,
    observation: &Observation,
    withholds: &dyn Fn(&Indicator, CountOf) -> bool,
) -> Fate {
    if observation.status() == Status::Withheld {
        return Fate::Withheld { many: true };
    }
    if !observation.status().has_figure() {
        return Fate::None;
    }
    let Some((count, of)) = counted(indicator, observation) else {
        return match withholds(indicator, (1, Some(1))) {
            true => Fate::Withheld { many: false },
            false => Fate::Told { many: false },
        };
    };
    if withholds(indicator, (count, of)) {
        return Fate::Withheld { many: false };
    }
    // Half of it, and half of the others, might be told as well: whoever knows what it makes with one of few knows
    // neither. One that is barely of many would leave next to nothing open.
    let half = (count / 2, of);
    let others = of.map(|all| (all - all.saturating_sub(count) / 2, of));
    let many = count > 1 && !withholds(indicator, half);
    let many = many && others.is_none_or(|others| !withholds(indicator, others));
    Fate::Told { many }
}

/// The counts of a figure; none where they are not known, or are no counts of people.
fn counted(indicator: &Indicator, observation: &Observation) -> Option<CountOf> {
    let whole = |count: Decimal| count.round().to_u64();
    match indicator.form {
        ValueType::Count => {
            let count = observation.numerator.or(observation.value)?.figure?;
            Some((whole(count)?, None))
        }
        ValueType::Proportion => {
            let (above, below) = observation.counts_worked_out(indicator)?;
            Some((whole(above)?, Some(whole(below)?)))
        }
        ValueType::Rate => {
            let below = observation.denominator?.figure?;
            let above = match observation.numerator {
                Some(above) => above.figure?,
                None => (observation.value?.figure?)
                    .checked_mul(below)?
                    .checked_div(Decimal::from(indicator.per))?,
            };
            Some((whole(above)?, Some(whole(below)?)))
        }
        ValueType::Mean | ValueType::Index | ValueType::Rank => None,
    }
}

/// A place of which there is a figure, or might be.
struct Member<'a> {
    locality: LocalityId,
    leaves: &'a Leaves,
    level: &'a str,
    was: Fate,
    fate: Fate,
}

impl Member<'_> {
    fn is_withheld(&self) -> bool {
        matches!(self.fate, Fate::Withheld { .. })
    }

    fn is_told(&self) -> bool {
        matches!(self.fate, Fate::Told { .. })
    }

    /// Whether it is of many, told or not.
    fn is_many(&self) -> bool {
        matches!(
            self.was,
            Fate::Told { many: true } | Fate::Withheld { many: true }
        )
    }

    fn withhold(&mut self) {
        if let Fate::Told { many } = self.fate {
            self.fate = Fate::Withheld { many };
        }
    }
}

/// Withholds until no whole that is told tells a part that is not, nor parts that are told a whole.
fn close(members: &mut [Member<'_>]) {
    if !members.iter().any(Member::is_withheld) {
        return;
    }
    // Groupings that cut across one another are tied by more than wholes and parts.
    if crossing(members) {
        members.iter_mut().for_each(Member::withhold);
        return;
    }
    let sums = sums(members);
    // Each turn withholds one more.
    while let Some(next) = sums.iter().find_map(|sum| untied(members, sum)) {
        match members.get_mut(next) {
            Some(member) => member.withhold(),
            None => return,
        }
    }
}

/// A whole, and parts that are all of it.
type SumOf = (usize, Vec<usize>);

fn crossing(members: &[Member<'_>]) -> bool {
    let cross = |one: &Leaves, other: &Leaves| {
        !one.is_disjoint(other) && !one.contains(other) && !other.contains(one)
    };
    (members.iter().enumerate()).any(|(at, one)| {
        let others = members.get(at + 1..).unwrap_or_default();
        others.iter().any(|other| cross(one.leaves, other.leaves))
    })
}

fn sums(members: &[Member<'_>]) -> Vec<SumOf> {
    let mut sums = Vec::new();
    for (at, whole) in members.iter().enumerate() {
        let mut parts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (part, member) in members.iter().enumerate() {
            if part != at && whole.leaves.contains(member.leaves) {
                parts.entry(member.level).or_default().push(part);
            }
        }
        for parts in parts.into_values() {
            let leaves = || parts.iter().filter_map(|&part| members.get(part));
            let covered = Leaves::union(leaves().map(|part| part.leaves));
            let count: u32 = leaves().map(|part| part.leaves.count()).sum();
            if covered == *whole.leaves && count == covered.count() {
                sums.push((at, parts));
            }
        }
    }
    sums
}

/// The next figure that must go so that this sum tells none of its members.
fn untied(members: &[Member<'_>], (whole, parts): &SumOf) -> Option<usize> {
    let total = members.get(*whole)?;
    let parts =
        || (parts.iter()).filter_map(|&part| members.get(part).map(|member| (part, member)));
    // What nobody tells is not told by this sum either.
    if total.fate == Fate::None {
        return None;
    }
    let withheld = parts().filter(|(_, part)| part.is_withheld()).count();
    let unknown = parts().filter(|(_, part)| !part.is_told()).count();
    let mut open = parts().filter(|(_, part)| part.is_told());
    let stands_in = parts().find(|(_, part)| part.is_told() && part.is_many());
    if total.is_withheld() {
        return match unknown {
            0 => stands_in.or_else(|| open.next()).map(|(part, _)| part),
            _ => None,
        };
    }
    let hidden = parts().any(|(_, part)| part.is_withheld() && part.is_many());
    if withheld == 0 || (unknown > 1 && hidden) {
        return None;
    }
    Some(stands_in.map_or(*whole, |(part, _)| part))
}
