//! Counts that a release may not tell, taken out before anything is made of them.
//!
//! A rate, its limits, its rank, its place in a funnel, its trend and its forecast all name the counts that they come
//! from. So nothing of them is hidden one by one: the figure is taken out where it was published, and whatever is
//! made afterwards is made without it, as where a publisher gives none.
//!
//! Places add up. Of a whole that is told, and all of its parts but one, the last is told by subtraction; so with
//! figures that may not be told the first other part of the same whole goes, whatever its amount: were it chosen by
//! amount, the choice would tell. What the whole leaves for them together must be so much that each may be any count
//! below the least; where it is less the whole goes too. Of wholes within wholes each is closed in turn.

mod member;
mod tree;

use self::member::{Fate, Member, leaves_open};
use super::area::Area;
use super::{Count, Indicator, Indicators, Observation, Status, ValueType};
use crate::axis::{Leaves, Period};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) use self::member::CountOf;

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
        let counts = counted(indicator, observation);
        let fate = fate(indicator, observation, counts, withholds);
        match area {
            // Places elsewhere add up to nothing here.
            Area::Elsewhere(_) if fate == Fate::Sensitive => hidden.push((period, area)),
            Area::Elsewhere(_) => {}
            Area::Here(locality) => places.entry(period).or_default().push(Member {
                locality,
                leaves: localities.leaves(locality),
                level: localities.level(locality),
                counts,
                fate,
            }),
        }
    }
    for (period, mut members) in places {
        if indicator.is_of_counts() && members.iter().any(|one| one.fate == Fate::Sensitive) {
            close(&mut members, least(indicator, withholds));
        }
        let newly = (members.into_iter())
            .filter(|member| matches!(member.fate, Fate::Sensitive | Fate::StandsIn));
        hidden.extend(newly.map(|member| (period, Area::Here(member.locality))));
    }
    hidden
}

fn fate(
    indicator: &Indicator,
    observation: &Observation,
    counts: Option<CountOf>,
    withholds: &dyn Fn(&Indicator, CountOf) -> bool,
) -> Fate {
    match observation.status() {
        Status::Withheld => Fate::Closed,
        status if !status.has_figure() => Fate::None,
        _ if withholds(indicator, counts.unwrap_or((1, Some(1)))) => Fate::Sensitive,
        _ => Fate::Told,
    }
}

/// The least count that may be told of an indicator; none where it is beyond all that is looked for.
fn least(indicator: &Indicator, withholds: &dyn Fn(&Indicator, CountOf) -> bool) -> Option<u64> {
    (1..10_000).find(|&count| !withholds(indicator, (count, None)))
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

/// Withholds until no whole that is told tells a part that is not, nor parts that are told a whole.
fn close(members: &mut [Member<'_>], least: Option<u64>) {
    let sums = sums(members);
    // Of sums that share members one tells what another leaves open.
    let is_crossing = crossing(members);
    if is_crossing || share_members(&sums) {
        // Groupings that cut across one another are tied by more than wholes and parts.
        if is_crossing || !tree::close(members, least) {
            members.iter_mut().for_each(Member::withhold);
        }
        return;
    }
    // Each turn withholds one more.
    while let Some(next) = sums.iter().find_map(|sum| untied(members, sum, least)) {
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

/// Whether some member is in two sums.
fn share_members(sums: &[SumOf]) -> bool {
    let mut seen = BTreeSet::new();
    let all = sums
        .iter()
        .flat_map(|(whole, parts)| std::iter::once(whole).chain(parts));
    !all.into_iter().all(|member| seen.insert(*member))
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
fn untied(members: &[Member<'_>], (whole, parts): &SumOf, least: Option<u64>) -> Option<usize> {
    let total = members.get(*whole)?;
    let parts = || (parts.iter()).filter_map(|&part| Some((part, members.get(part)?)));
    let open = || parts().find(|(_, part)| part.fate == Fate::Told);
    match total.fate {
        // What nobody tells is not told by this sum either, and what was closed before is closed.
        Fate::None | Fate::Closed => return None,
        Fate::Sensitive | Fate::StandsIn => {
            let all_told = parts().all(|(_, part)| part.fate == Fate::Told);
            return open().filter(|_| all_told).map(|(part, _)| part);
        }
        Fate::Told => {}
    }
    let hidden: Vec<&Member<'_>> = parts()
        .map(|(_, part)| part)
        .filter(|part| matches!(part.fate, Fate::Sensitive | Fate::StandsIn))
        .collect();
    if hidden.is_empty() {
        return None;
    }
    if !hidden.iter().any(|part| part.fate == Fate::StandsIn) {
        return Some(open().map_or(*whole, |(part, _)| part));
    }
    let of_few = (hidden.iter().filter(|part| part.fate == Fate::Sensitive)).count();
    (!leaves_open(hidden.into_iter(), of_few, least)).then_some(*whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::axis::LocalityId;
    use proptest::prelude::*;

    const LEAST: u64 = 6;

    /// A whole of four places, of which each has so many of a thousand; with two halves between where wanted.
    fn members<'a>(counts: [u64; 4], leaves: &'a [Leaves; 7], halves: bool) -> Vec<Member<'a>> {
        let [a, b, c, d] = counts;
        let all = [a + b + c + d, a + b, c + d, a, b, c, d];
        let levels = ["county", "half", "half", "place", "place", "place", "place"];
        let member = |at: usize| {
            let count = all[at];
            let fate = match count {
                1..LEAST => Fate::Sensitive,
                _ => Fate::Told,
            };
            Member {
                locality: LocalityId(u32::try_from(at).unwrap()),
                leaves: &leaves[at],
                level: levels[at],
                counts: Some((count, Some(10_000))),
                fate,
            }
        };
        let wanted = (0..7).filter(|at| halves || ![1, 2].contains(at));
        wanted.map(member).collect()
    }

    fn leaves() -> [Leaves; 7] {
        [(0, 4), (0, 2), (2, 4), (0, 1), (1, 2), (2, 3), (3, 4)]
            .map(|(first, end)| Leaves::range(first, end))
    }

    fn told(counts: [u64; 4], halves: bool) -> Vec<Option<u64>> {
        let leaves = leaves();
        let mut members = members(counts, &leaves, halves);
        close(&mut members, Some(LEAST));
        let told = |member: Member<'_>| {
            let count = member.counts.map(|(count, _)| count);
            count.filter(|_| member.fate == Fate::Told)
        };
        members.into_iter().map(told).collect()
    }

    /// What a place may be for somebody who has what is told and knows how it was chosen.
    fn possible(counts: [u64; 4], place: usize, halves: bool) -> Vec<u64> {
        let seen = told(counts, halves);
        let mut possible = Vec::new();
        for value in 0..LEAST {
            // Whoever else is withheld may have more or less.
            let others = (0..4).filter(|&other| other != place);
            let any = others.into_iter().any(|other| {
                (0..60).any(|instead| {
                    let mut tried = counts;
                    tried[place] = value;
                    tried[other] = instead;
                    told(tried, halves) == seen
                })
            });
            if any {
                possible.push(value);
            }
        }
        possible
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        /// Each count below the least gives the same release, with another count elsewhere; but that where the whole
        /// goes too, the largest of them would have left enough to tell it.
        #[test]
        fn one_of_few_may_be_any_of_few(counts in prop::array::uniform4(0_u64..25)) {
            for place in (0..4).filter(|&place| (1..LEAST).contains(&counts[place])) {
                let possible = possible(counts, place, false);
                let whole_is_told = told(counts, false)[0].is_some();
                let needed: &[u64] = if whole_is_told { &[1, 2, 3, 4, 5] } else { &[1, 2, 3, 4] };
                prop_assert!(needed.iter().all(|few| possible.contains(few)), "{place}: {possible:?}");
            }
        }

        /// With sums within sums none is told either.
        #[test]
        fn none_is_told_by_sums_within_sums(counts in prop::array::uniform4(0_u64..25)) {
            for place in (0..4).filter(|&place| (1..LEAST).contains(&counts[place])) {
                let possible = possible(counts, place, true);
                prop_assert!(possible.len() > 1, "{place}: {possible:?}");
            }
        }
    }

    /// The test can fail: what is withheld alone is told.
    #[test]
    fn one_alone_is_what_is_left() {
        let leaves = leaves();
        let alone = members([3, 12, 20, 30], &leaves, false);
        let hidden = alone
            .iter()
            .filter(|one| one.fate == Fate::Sensitive)
            .count();
        assert_eq!(hidden, 1);
        // 65 less 12, 20 and 30 is 3; and so the first other place goes too.
        assert_eq!(
            told([3, 12, 20, 30], false),
            [Some(65), None, None, Some(20), Some(30)]
        );
        // 3 and 6 leave no more than 3 for the first, so that the whole goes.
        assert_eq!(
            told([3, 6, 20, 30], false),
            [None, None, None, Some(20), Some(30)]
        );
    }

    /// Halves of a county. 3 and 12 of the first leave 15 for both, any of 1 to 5 and the rest: the other half, and all
    /// that is above, stand as they are.
    #[test]
    fn what_is_safe_within_halves_is_told() {
        assert_eq!(
            told([3, 12, 20, 30], true),
            [Some(65), Some(15), Some(50), None, None, Some(20), Some(30)]
        );
        // 3 and 6 leave too little: the half goes with both, and of the county the other half goes with it, because 9
        // would be what 50 of 59 leave.
        assert_eq!(
            told([3, 6, 20, 30], true),
            [Some(59), None, None, None, None, None, None]
        );
        // Few in each half: each is closed by itself.
        assert_eq!(
            told([3, 12, 40, 2], true),
            [Some(57), Some(15), Some(42), None, None, None, None]
        );
        // Nobody is few: all is told.
        assert!(told([8, 12, 20, 30], true).iter().all(Option::is_some));
    }

    /// Where nobody tells of one half, its places are what the county and the other half leave: 2 with 40 beside it, though
    /// another place of the first half is withheld already.
    #[test]
    fn places_of_a_half_without_figures_are_tied_by_the_county() {
        let leaves = leaves();
        let mut members = members([3, 12, 2, 40], &leaves, true);
        members[2].fate = Fate::None;
        close(&mut members, Some(LEAST));
        let told = |member: &Member<'_>| member.fate == Fate::Told;
        assert_eq!(
            Vec::from_iter(members.iter().map(told)),
            [true, true, false, false, false, false, false]
        );
    }

    /// What somebody else withheld of a whole may be known otherwise: nothing of its sums is told.
    #[test]
    fn parts_of_a_whole_that_was_closed_before_go_with_all() {
        let leaves = leaves();
        let mut members = members([3, 12, 20, 30], &leaves, true);
        members[1].fate = Fate::Closed;
        close(&mut members, Some(LEAST));
        assert!(members.iter().all(|member| member.fate != Fate::Told));
    }
}
