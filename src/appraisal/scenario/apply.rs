//! Moves made in the account.

use super::cell;
use super::lines;
use super::moves::{Move, ScenarioPlan};
use super::stopped::{Stopped, WhyStopped};
use crate::appraisal::AppraisalError;
use crate::axis::{Evidence, Flexibility, MemberId, Period, Placed};
use crate::counterparty::Flow;
use crate::crosswalk::{Mix, MixId};
use crate::cube::Cube;
use crate::cube::group::{CodedLines, Sorted};
use crate::money::Pence;

/// The account as it would be with the moves of a scenario.
///
/// **Invariant:** nothing is made or lost: every move is as much less where it comes from as it is more where
/// it goes, and no cell that money is taken from is left with less than nothing.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Scenario {
    /// By which it is asked for.
    pub code: String,
    /// What is moved, in the order of the rows.
    pub moved: Vec<Moved>,
    /// What is not, with what holds it.
    pub stopped: Vec<Stopped>,
    pub(super) before: Cube,
    pub(super) cube: Cube,
}

/// A move that is made.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Moved {
    /// Which.
    pub of: Move,
    /// From what money it is taken, in each twelve months: how free it was, and how much.
    pub taken: Vec<(Period, Vec<(Flexibility, Pence)>)>,
}

impl ScenarioPlan {
    /// Makes the moves, in the order of their rows: each is held against the account as the ones before it
    /// leave it. One that may not be made is left out whole, and told.
    ///
    /// # Errors
    ///
    /// [`AppraisalError::Ask`] and [`AppraisalError::Cube`] where the account cannot be asked or added to.
    pub fn apply(&self, cube: &Cube) -> Result<Scenario, AppraisalError> {
        let flows: Vec<Flow> = self.moves.iter().flat_map(lines::flows).collect();
        let before = cube.with_flows(flows);
        let mut scenario = Scenario {
            code: self.code.clone(),
            moved: Vec::new(),
            stopped: Vec::new(),
            cube: before.clone(),
            before,
        };
        for of in &self.moves {
            scenario.make(of)?;
        }
        Ok(scenario)
    }
}

impl Scenario {
    /// The account with the moves: it answers every question.
    #[must_use]
    pub fn cube(&self) -> &Cube {
        &self.cube
    }

    /// The account without them.
    #[must_use]
    pub fn before(&self) -> &Cube {
        &self.before
    }

    fn make(&mut self, of: &Move) -> Result<(), AppraisalError> {
        let stopped = |period, why| Stopped {
            of: of.clone(),
            period,
            why,
        };
        if let Some(given) = &of.gives_up
            && !given.is_free_by(of.start)
        {
            let why = WhyStopped::Building {
                building: given.name.clone(),
                let_go: given.freed.let_go.clone(),
            };
            self.stopped.push(stopped(of.start, why));
            return Ok(());
        }
        let mut taken = Vec::new();
        for period in of.periods() {
            match source(&self.cube, of, period)? {
                Ok(from) => taken.push((period, from)),
                Err(why) => {
                    self.stopped.push(stopped(period, why));
                    return Ok(());
                }
            }
        }
        let after = self.cube.merge(&Cube::from_lines(
            self.cube.place(),
            coded(&self.cube, of, &taken)?,
            &Sorted,
        )?)?;
        for (period, _) in &taken {
            let why = match cell::below_zero(&self.cube, &after, of, *period)? {
                Some(why) => Some(why),
                None => self.taken_again(&after, of, *period)?,
            };
            if let Some(why) = why {
                self.stopped.push(stopped(*period, why));
                return Ok(());
            }
        }
        self.cube = after;
        self.moved.push(Moved {
            of: of.clone(),
            taken,
        });
        Ok(())
    }

    /// A cell that an earlier move took from, and that this one would leave with less than nothing: one may lie
    /// inside the other.
    fn taken_again(
        &self,
        after: &Cube,
        of: &Move,
        period: Period,
    ) -> Result<Option<WhyStopped>, AppraisalError> {
        let same =
            |moved: &&Moved| moved.of.from.partner == of.from.partner && moved.of.phase == of.phase;
        for moved in self.moved.iter().filter(same) {
            let left = cell::question(after, &moved.of, &moved.of.from, period).answer()?;
            let had = cell::question(&self.cube, &moved.of, &moved.of.from, period).answer()?;
            let (left, had) = (left.total.amount, had.total.amount);
            if left < Pence::ZERO && left < had {
                let part = moved.of.from.in_words(after.place());
                return Ok(Some(WhyStopped::PartBelowZero { part, left }));
            }
        }
        Ok(None)
    }
}

/// From what money a move may be taken in twelve months; or what holds it.
fn source(
    cube: &Cube,
    of: &Move,
    period: Period,
) -> Result<Result<lines::Taken, WhyStopped>, AppraisalError> {
    for partner in [of.from.partner, of.to.partner] {
        let spends = cell::everything(cube, of, partner, period).answer()?;
        if spends.total.lines == 0 {
            let partner = cube.place().axes().partners.get(partner).name.clone();
            return Ok(Err(WhyStopped::NoLedger { partner }));
        }
    }
    Ok(cell::take(cube, of, period)?)
}

/// A move as lines of the account, in all of its twelve months.
fn coded(
    cube: &Cube,
    of: &Move,
    taken: &[(Period, lines::Taken)],
) -> Result<CodedLines, AppraisalError> {
    let place = cube.place();
    let all_of = |activity: MemberId| -> Option<MixId> {
        let mix = Mix::single(Placed::On(activity), Evidence::Direct);
        let mut known = place.mixes().iter();
        known.find_map(|(id, other)| (*other == mix).then_some(id))
    };
    let (Some(from), Some(to)) = (all_of(of.from.activity), all_of(of.to.activity)) else {
        // Each activity of a place has such a mix.
        return Err(AppraisalError::AnotherPlace);
    };
    let flows: Vec<_> = (lines::flows(of).iter())
        .filter_map(|flow| place.counterparties().flows().find(flow))
        .collect();
    let mut coded = CodedLines::with_capacity(8 * taken.len());
    for (period, taken) in taken {
        for (coding, pence) in lines::lines(of, *period, taken, [from, to], &flows) {
            coded.push(&coding, pence);
        }
    }
    Ok(coded)
}
