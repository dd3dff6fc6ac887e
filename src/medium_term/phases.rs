//! Budget, forecast and outturn beside a gap and beside a reduction: side by side, and never added.

use super::plan::MediumTerm;
use crate::account::Boundary;
use crate::axis::{Period, Phase};
use crate::cube::{Cube, Question};
use crate::money::Pence;
use crate::register::RegisterError;
use crate::variance::{Variance, WhyNotCompared};
use std::sync::Arc;

/// What the account has of a partner, or in the cell of a reduction, in one period.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PhasesBeside {
    /// Code of the reduction; empty for all that a partner spends.
    pub reduction: String,
    /// Code of the partner.
    pub partner: String,
    /// The period.
    pub period: Period,
    /// Budget, forecast and outturn; `None` where nothing is recorded.
    pub phases: [(Phase, Option<Pence>); 3],
    /// Which of them must not be set against each other, and why.
    pub not_compared: Vec<String>,
}

const PHASES: [Phase; 3] = [Phase::Budget, Phase::Forecast, Phase::Outturn];

impl MediumTerm {
    /// What the account has in a period of each partner of the register, and in the cell of each reduction.
    ///
    /// # Errors
    ///
    /// [`RegisterError::AnotherPlace`] for a cube of another pack; [`RegisterError::Ask`] where the account does not
    /// answer.
    pub fn phases(
        &self,
        cube: &Cube,
        period: Period,
        boundary: &Boundary,
    ) -> Result<Vec<PhasesBeside>, RegisterError> {
        if !Arc::ptr_eq(cube.place(), &self.place)
            && cube.place().fingerprint() != self.place.fingerprint()
        {
            return Err(RegisterError::AnotherPlace);
        }
        let partners = &self.place.axes().partners;
        let mut codes: Vec<&str> = Vec::new();
        let of_lines = self.lines.iter().map(|line| line.partner);
        for partner in of_lines.chain(self.reductions.iter().map(|one| one.partner)) {
            let code = partners.get(partner).code.as_str();
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        let mut all = Vec::new();
        fn within<'a>(
            question: Question<'a>,
            (period, boundary): (Period, &Boundary),
        ) -> Question<'a> {
            question.period(period).boundary(boundary.clone())
        }
        let when = (period, boundary);
        for code in codes {
            let question = within(cube.ask().partner(code), when);
            let (phases, not_compared) = beside(&question, &question)?;
            all.push(PhasesBeside {
                reduction: String::new(),
                partner: code.to_owned(),
                period,
                phases,
                not_compared,
            });
        }
        for reduction in &self.reductions {
            let Some(cell) = reduction.cell else { continue };
            let asked = within(cell.question(cube, reduction.place), when);
            let everywhere = within(cell.everywhere(cube), when);
            let (phases, not_compared) = beside(&asked, &everywhere)?;
            all.push(PhasesBeside {
                reduction: reduction.code.clone(),
                partner: partners.get(reduction.partner).code.clone(),
                period,
                phases,
                not_compared,
            });
        }
        Ok(all)
    }

    /// What is asked of the account for one of these, without a phase.
    #[must_use]
    pub fn asked<'a>(
        &self,
        cube: &'a Cube,
        beside: &PhasesBeside,
        boundary: &Boundary,
    ) -> Question<'a> {
        let cell = (self.reductions.iter())
            .find(|one| one.code == beside.reduction)
            .and_then(|one| Some((one.cell?, one.place)));
        let question = match cell {
            Some((cell, place)) => cell.question(cube, place),
            None => cube.ask().partner(&beside.partner),
        };
        question.period(beside.period).boundary(boundary.clone())
    }
}

type Phases = [(Phase, Option<Pence>); 3];

/// The phases of a question, and which of them are of different months. `recorded` asks whether lines are there at all.
fn beside(
    question: &Question<'_>,
    recorded: &Question<'_>,
) -> Result<(Phases, Vec<String>), RegisterError> {
    let mut phases = PHASES.map(|phase| (phase, None));
    for (phase, amount) in &mut phases {
        if recorded.clone().phase(*phase).answer()?.total.lines > 0 {
            *amount = Some(question.clone().phase(*phase).answer()?.total.amount);
        }
    }
    let mut not_compared = Vec::new();
    for (one, other) in [
        (Phase::Budget, Phase::Forecast),
        (Phase::Budget, Phase::Outturn),
        (Phase::Forecast, Phase::Outturn),
    ] {
        let both = [one, other]
            .iter()
            .all(|phase| (phases.iter()).any(|(known, amount)| known == phase && amount.is_some()));
        if !both {
            continue;
        }
        for partner in Variance::between(one, other, question, &[])?.not_compared {
            if matches!(partner.why, WhyNotCompared::OtherMonths { .. }) {
                not_compared.push(format!("{one} and {other}: {}", partner.why));
            }
        }
    }
    Ok((phases, not_compared))
}
