//! The moves of one part: the cheapest, and further ones for those who would see through it.

use super::super::candidate::{Candidate, Looker, StandIns};
use super::super::known;
use super::super::primary::Target;
use super::super::problem::{self, GIVEN_UP};
use super::{Choice, List, MOST_MOVES};
use smallvec::{SmallVec, smallvec};

impl Choice<'_> {
    /// The cheapest moves that protect a target, given what the others withhold; none may change `not`.
    pub(super) fn family(&mut self, at: usize, not: Option<u32>) -> Option<Vec<Candidate>> {
        let first = self.next(at, at, &[], None, not)?;
        let mut lookers: Vec<Looker> = Vec::new();
        let mut family = vec![first];
        while let Some((looker, level)) = self.unconvinced(at, &family) {
            let list = self.list_for(at, &looker, level);
            let next = self.next(at, list, &family, Some(&looker), not)?;
            lookers.push(looker);
            family.push(next);
            if family.len() > MOST_MOVES {
                return None;
            }
        }
        if family.len() > 1 {
            // One move that convinces all of them may be cheaper than several.
            let all: Vec<&Looker> = lookers.iter().collect();
            if let Some(one) = self.cheapest(at, &[], &all, not) {
                let one = vec![one];
                if self.unconvinced(at, &one).is_none()
                    && self.cost_of(&one) <= self.cost_of(&family)
                {
                    return Some(one);
                }
            }
        }
        Some(family)
    }

    /// The list of candidates for a looker: the target's own, or one of its own where it need stay open less far.
    fn list_for(&mut self, at: usize, looker: &Looker, level: i64) -> usize {
        if level == self.targets[at].level {
            return at;
        }
        let key = (at, looker.clone());
        if let Some(&list) = self.for_insiders.get(&key) {
            return list;
        }
        let list = self.lists.len();
        let target = Target {
            level,
            ..self.targets[at].clone()
        };
        self.lists.push(List {
            target,
            candidates: Vec::new(),
            sought: false,
        });
        self.for_insiders.insert(key, list);
        list
    }

    /// The cheapest next move for a looker: of those at hand, or of more where those are none or change what must be told.
    fn next(
        &mut self,
        at: usize,
        list: usize,
        family: &[Candidate],
        looker: Option<&Looker>,
        not: Option<u32>,
    ) -> Option<Candidate> {
        let lookers: SmallVec<[&Looker; 1]> = looker.into_iter().collect();
        let found = self.cheapest(list, family, &lookers, not);
        match found {
            Some(found) if self.lists[list].sought || !self.gives_up(&found) => Some(found),
            Some(_) => {
                self.lists[list].sought = true;
                let more = self.further(at, list, family, looker, not);
                more.or_else(|| self.cheapest(list, family, &lookers, not))
            }
            None => self.further(at, list, family, looker, not),
        }
    }

    /// Whether it changes what must be told.
    fn gives_up(&self, one: &Candidate) -> bool {
        (one.rows.iter()).any(|&row| self.costs[row as usize] >= GIVEN_UP)
    }

    /// Candidates that are sought for one looker when none of those at hand convinces.
    fn further(
        &mut self,
        at: usize,
        list: usize,
        family: &[Candidate],
        looker: Option<&Looker>,
        not: Option<u32>,
    ) -> Option<Candidate> {
        if not.is_some() && self.lists[list].candidates.len() > self.lists[at].candidates.len() {
            return None;
        }
        let free: Vec<bool> = self.uses.iter().map(|&uses| uses > 0).collect();
        let lookers: SmallVec<[&Looker; 1]> = looker.into_iter().collect();
        let mut best: Option<Candidate> = None;
        for stand_ins in [StandIns::Safe, StandIns::Any] {
            let found = self
                .maker
                .candidates(&self.lists[list].target, looker, stand_ins, &free);
            let all = &mut self.lists[list].candidates;
            let known = all.len();
            all.extend(found);
            if all.len() > known
                && let Some(next) = self.cheapest(list, family, &lookers, not)
            {
                if !self.gives_up(&next) {
                    return Some(next);
                }
                best = Some(next);
            }
        }
        if not.is_some() {
            return best;
        }
        // Nothing of a few sums serves: any move that there is.
        for stand_ins in [StandIns::Safe, StandIns::Any] {
            let found = (self.maker).eliminated(&self.lists[list].target, looker, stand_ins, &free);
            let all = &mut self.lists[list].candidates;
            if let Some(found) = found.filter(|found| !all.iter().any(|one| one.is_as(found))) {
                all.push(found);
                if let Some(next) = self.cheapest(list, family, &lookers, not) {
                    if !self.gives_up(&next) {
                        return Some(next);
                    }
                    best = Some(next);
                }
            }
        }
        best
    }

    /// The cheapest of a list that convinces some lookers, beside a family.
    fn cheapest(
        &mut self,
        list: usize,
        family: &[Candidate],
        lookers: &[&Looker],
        not: Option<u32>,
    ) -> Option<Candidate> {
        let taken: Vec<u32> = family
            .iter()
            .flat_map(|one| one.rows.iter().copied())
            .collect();
        let List {
            target, candidates, ..
        } = &mut self.lists[list];
        let (uses, costs) = (&self.uses, &self.costs);
        loop {
            self.steps = self.steps.saturating_sub(candidates.len() as u64);
            let mut best: Option<(u64, usize)> = None;
            for (index, one) in candidates.iter().enumerate() {
                let limit = best.map_or(u64::MAX, |(cost, _)| cost);
                let mut cost = 0;
                for &row in &one.rows {
                    if uses[row as usize] == 0 && !taken.contains(&row) {
                        cost = u64::saturating_add(cost, costs[row as usize]);
                        if cost >= limit {
                            break;
                        }
                    }
                }
                if cost < limit
                    && not.is_none_or(|row| one.rows.binary_search(&row).is_err())
                    && lookers.iter().all(|looker| one.convinces(looker))
                {
                    best = Some((cost, index));
                }
            }
            let (_, index) = best?;
            let one = &mut candidates[index];
            if one.ready {
                return Some(one.clone());
            }
            // Only now is it seen whether it is in whole pence, and who sees through it.
            if !self.maker.make_ready(target, one) {
                candidates.remove(index);
            }
        }
    }

    /// Who would see through all of these moves, and how far the target must stay open for them.
    fn unconvinced(&mut self, at: usize, family: &[Candidate]) -> Option<(Looker, i64)> {
        let problem = self.problem;
        let targets = self.targets;
        let target = &targets[at];
        if target.against.is_some() {
            return None;
        }
        let first = family.first()?;
        // A move that was made for somebody who knows a part may be too short for those who do not.
        let maker = &self.maker;
        let reaches = |one: &Candidate, level: i64| {
            family.len() == 1 || maker.wanted(target, &one.changes, level) == Some(1)
        };
        let all = |looker: &Looker, level: i64| {
            let convinced = |one: &Candidate| one.convinces(looker) && reaches(one, level);
            !family.iter().any(convinced)
        };
        for &partner in &first.owners {
            let looker = Looker::Partner(partner);
            if !target.owners.contains(&partner)
                && all(&looker, target.level)
                && !(self.known)
                    .tells_beside(&target.shares(problem), || known::owned(problem, partner))
            {
                return Some((looker, target.level));
            }
        }
        // One holder, or two: each of the moves must be known by one of them.
        let two = problem::coalition(self.problem.system) > 1;
        for &one in &first.holders {
            let alone: SmallVec<[u32; 2]> = smallvec![one];
            let alone_level = self.judge.level_for(target, &alone);
            let left = family.iter().find(|other| {
                !other.holders.contains(&one)
                    && alone_level.is_none_or(|level| reaches(other, level))
            });
            match left {
                None => {
                    if let Some(level) = alone_level
                        && !(self.known)
                            .tells_beside(&target.shares(problem), || known::held(problem, &alone))
                    {
                        return Some((Looker::Holders(alone), level));
                    }
                }
                Some(left) if two => {
                    for &other in &left.holders {
                        let pair: SmallVec<[u32; 2]> = smallvec![one.min(other), one.max(other)];
                        let looker = Looker::Holders(pair.clone());
                        if let Some(level) = self.judge.level_for(target, &pair)
                            && all(&looker, level)
                            && !(self.known).tells_beside(&target.shares(problem), || {
                                known::held(problem, &pair)
                            })
                        {
                            return Some((looker, level));
                        }
                    }
                }
                Some(_) => {}
            }
        }
        None
    }
}
