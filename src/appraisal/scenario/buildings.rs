//! Moves that name a building in place of an amount: found in the register of premises, every fault reported.

use super::given_up::GivenUp;
use super::moves::{Cell, ScenarioPlan};
use crate::account::Boundary;
use crate::appraisal::AppraisalError;
use crate::appraisal::open::Opener;
use crate::axis::Period;
use crate::finding::Position;
use crate::money::Pence;
use crate::place::Place;
use crate::premises::Premises;
use crate::register::RegisterError;
use jiff::civil::Date;
use std::sync::Arc;

/// The pack's premises, opened where the first move names one of them.
#[derive(Default)]
pub(super) struct Buildings(Option<Option<Premises>>);

impl Buildings {
    /// The register; faults of it are told once, and then there is none.
    fn open(&mut self, opener: &mut Opener<'_>, at: &Position) -> Option<&Premises> {
        if self.0.is_none() {
            let place: &Arc<Place> = opener.place;
            let opened = match Premises::open(place) {
                Ok(premises) => Some(premises),
                Err(RegisterError::Faults(findings)) => {
                    opener.findings.append(findings);
                    None
                }
                Err(error) => {
                    let remedy = "name the register as `premises` in `[place]`, or write an amount";
                    let at = at.clone().column("building");
                    opener.fault("move-unclear", at, error.to_string(), remedy);
                    None
                }
            };
            self.0 = Some(opened);
        }
        self.0.as_ref()?.as_ref()
    }
}

impl Opener<'_> {
    /// What giving a building up frees for the partner of a cell.
    pub(super) fn given_up(
        &mut self,
        buildings: &mut Buildings,
        [building, costs_of, decided]: &[String; 3],
        from: Option<&Cell>,
        at: &Position,
    ) -> Option<GivenUp> {
        let year = Period::parse(costs_of, None).ok();
        if year.is_none() {
            let found = format!("`{costs_of}` is no year of costs");
            let remedy = "write a year for which the register has costs, as `2024-25`";
            self.fault("move-unclear", at.clone().column("costs_of"), found, remedy);
        }
        let day: Option<Date> = decided.parse().ok();
        if day.is_none() {
            let found = format!("`{decided}` is no day");
            let remedy = "write the day on which it is decided, as `2025-04-01`";
            self.fault("move-unclear", at.clone().column("decided"), found, remedy);
        }
        let place: Arc<Place> = Arc::clone(self.place);
        let premises = buildings.open(self, at)?;
        let found = premises.find(building).map(|known| known.name.clone());
        let (year, day, from) = (year?, day?, from?);
        let partner = place.axes().partners.get(from.partner);
        let inside = Boundary::of([partner.code.as_str()]);
        let freed = premises.freed(building, day, year, &inside);
        let name = self.ok(found, at, "building")?;
        let given = GivenUp {
            name,
            costs_of: year,
            freed: self.ok(freed, at, "building")?,
        };
        match given.amount() {
            Ok(amount) if amount > Pence::ZERO => Some(given),
            _ => {
                let found = format!(
                    "by the costs of {year}, giving up {} frees nothing for {}",
                    given.name, partner.name
                );
                let remedy = "name a year for which the register has costs, and a partner that pays more of them than it gets in rent";
                let at = at.clone().column("building");
                self.fault("building-frees-nothing", at, found, remedy);
                None
            }
        }
    }

    /// A building that one scenario gives up twice for the same partner at the same time would be freed twice.
    pub(super) fn given_up_once(&mut self, plans: &[ScenarioPlan]) {
        for plan in plans {
            for (number, of) in plan.moves.iter().enumerate() {
                let Some(given) = &of.gives_up else { continue };
                let overlaps = |other: Period| {
                    let mut own = of.periods().into_iter();
                    own.any(|period| period.intersection(other).is_some())
                };
                let before = plan.moves.iter().take(number).find(|other| {
                    let same = other
                        .gives_up
                        .as_ref()
                        .is_some_and(|known| known.freed.building == given.freed.building);
                    same && other.from.partner == of.from.partner
                        && other.phase == of.phase
                        && other.periods().into_iter().any(overlaps)
                });
                if let Some(before) = before {
                    let found = format!(
                        "{} is given up in {} already, and frees its money once",
                        given.name, before.position
                    );
                    let remedy = "take one of the rows out; what it frees goes on from there by moves with amounts";
                    let at = of.position.clone().column("building");
                    self.fault("stated-twice", at, found, remedy);
                }
            }
        }
    }
}

/// Faults, or nothing.
pub(super) fn ended(opener: Opener<'_>) -> Result<(), AppraisalError> {
    match opener.findings.any_fault() {
        true => Err(AppraisalError::ScenarioFaults(opener.findings)),
        false => Ok(()),
    }
}
