//! What buildings cost: rent between partners counts for nobody twice.

use super::building::{Party, Tenure};
use super::register::{Premises, unknown};
use super::usage::in_use;
use crate::account::Boundary;
use crate::axis::Period;
use crate::money::{Exact, MoneyError, Pence, Ratio, close};
use crate::register::RegisterError;
use std::collections::BTreeMap;

/// What a body paid and got for a building.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Borne {
    /// Paid, to whomever.
    pub paid: Pence,
    /// Got, as rent or service charge.
    pub got: Pence,
    /// What is left to bear: paid less got.
    pub net: Pence,
}

/// What the part of a team comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TeamCost {
    /// Which team; `vacant` where nobody is.
    pub team: String,
    /// Whose team; `None` where nobody is.
    pub who: Option<Party>,
    /// Its part of the building.
    pub share: Ratio,
    /// Its part of what the building costs.
    pub cost: Pence,
}

/// What a building costs those inside a boundary, in a year.
///
/// **Invariant:** net = paid outside - got from outside = the sum of what insiders bear = the sum of the teams' parts.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct BuildingCost {
    /// Code of the building.
    pub building: String,
    /// Its name.
    pub name: String,
    /// Name of its place.
    pub place: String,
    /// How it is held.
    pub tenure: Option<Tenure>,
    /// What insiders paid to outsiders: suppliers, landlords, the rating authority outside.
    pub paid_outside: Pence,
    /// What outsiders paid insiders: rent of a shop in the house.
    pub got_outside: Pence,
    /// What insiders paid each other: it is cost of one and income of the other, and no cost of all.
    pub between: Pence,
    /// What outsiders paid outsiders: in no figure here.
    pub of_others: Pence,
    /// What the building costs the insiders together.
    pub net: Pence,
    /// Who bears it, after rent.
    pub borne: BTreeMap<Party, Borne>,
    /// Whose use it is for: the net cost by the shares of the teams.
    pub teams: Vec<TeamCost>,
    /// Pounds for each square metre; `None` without an area.
    pub per_square_metre: Option<Ratio>,
    /// Pounds for each desk in use, on average over the days that were counted; `None` where nobody counted.
    pub per_desk_in_use: Option<Ratio>,
}

/// What all buildings cost in a year.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PremisesCosts {
    /// In which year.
    pub year: Period,
    /// Inside which boundary.
    pub boundary: String,
    /// Each building, in the order of the pack.
    pub buildings: Vec<BuildingCost>,
}

impl PremisesCosts {
    /// What a building costs, by its code.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Unknown`] with those there are.
    pub fn find(&self, code: &str) -> Result<&BuildingCost, RegisterError> {
        let found = self.buildings.iter().find(|one| one.building == code);
        found.ok_or_else(|| unknown(code, self.buildings.iter().map(|one| one.building.as_str())))
    }

    /// What all buildings cost.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`] beyond 64 bits.
    pub fn net(&self) -> Result<Pence, MoneyError> {
        Pence::total(self.buildings.iter().map(|one| one.net))
    }

    /// What each body bears of all buildings; together that is what they cost.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`] beyond 64 bits.
    pub fn borne(&self) -> Result<BTreeMap<Party, Borne>, MoneyError> {
        let mut all: BTreeMap<Party, Vec<Borne>> = BTreeMap::new();
        for (party, borne) in self.buildings.iter().flat_map(|one| &one.borne) {
            all.entry(party.clone()).or_default().push(*borne);
        }
        let total = |all: &[Borne], of: fn(&Borne) -> Pence| Pence::total(all.iter().map(of));
        (all.into_iter())
            .map(|(party, all)| {
                let borne = Borne {
                    paid: total(&all, |one| one.paid)?,
                    got: total(&all, |one| one.got)?,
                    net: total(&all, |one| one.net)?,
                };
                Ok((party, borne))
            })
            .collect()
    }
}

impl Premises {
    /// What each building costs those inside a boundary, in a year.
    ///
    /// # Formula
    ///
    /// ```text
    /// net          = paid by insiders to outsiders - got by insiders from outsiders
    /// borne by P   = paid by P - got by P                             Σ over insiders = net
    /// part of team = net × its share, closed to the penny by largest remainder; what no team has is vacant
    /// per m²       = net / area
    /// per desk     = net × days counted / Σ over those days of desks in use
    /// ```
    ///
    /// # Errors
    ///
    /// [`RegisterError::Axis`] for a boundary that is none; [`RegisterError::Money`].
    pub fn costs(&self, year: Period, boundary: &Boundary) -> Result<PremisesCosts, RegisterError> {
        let insiders = boundary.inside(&self.place)?;
        let mut buildings = Vec::with_capacity(self.buildings.len());
        for (number, building) in self.buildings.iter().enumerate() {
            let [mut outside, mut got, mut between, mut others] = [const { Vec::new() }; 4];
            let mut sums: BTreeMap<&Party, (Vec<Pence>, Vec<Pence>)> = BTreeMap::new();
            let costs = self.costs.iter();
            for cost in costs.filter(|cost| cost.building == number && cost.year == year) {
                let (pays, paid) = (
                    cost.payer.is_inside(&insiders),
                    cost.payee.is_inside(&insiders),
                );
                match (pays, paid) {
                    (true, false) => outside.push(cost.pence),
                    (false, true) => got.push(cost.pence),
                    (true, true) => between.push(cost.pence),
                    (false, false) => others.push(cost.pence),
                }
                if pays {
                    sums.entry(&cost.payer).or_default().0.push(cost.pence);
                }
                if paid {
                    sums.entry(&cost.payee).or_default().1.push(cost.pence);
                }
            }
            let mut borne = BTreeMap::new();
            for (party, (paid, got)) in sums {
                let (paid, got) = (Pence::total(paid)?, Pence::total(got)?);
                let net = Pence::total([paid, -got])?;
                borne.insert(party.clone(), Borne { paid, got, net });
            }
            let (paid_outside, got_outside) = (Pence::total(outside)?, Pence::total(got)?);
            let net = Pence::total([paid_outside, -got_outside])?;
            let in_pounds = Ratio::new(net.get().into(), 100);
            let per = |parts: Option<Ratio>| Some(in_pounds.times(&parts?.inverse()?));
            buildings.push(BuildingCost {
                building: building.code.clone(),
                name: building.name.clone(),
                place: self.place.axes().localities.name(building.place).to_owned(),
                tenure: building.tenure,
                paid_outside,
                got_outside,
                between: Pence::total(between)?,
                of_others: Pence::total(others)?,
                net,
                borne,
                teams: self.parts(number, net)?,
                per_square_metre: per(building.area.map(|area| Ratio::new(area.into(), 100))),
                per_desk_in_use: per(in_use(self.teams(number))),
            });
        }
        Ok(PremisesCosts {
            year,
            boundary: insiders.name().to_owned(),
            buildings,
        })
    }

    /// The parts of teams in a sum, the vacant part last where there is one.
    fn parts(&self, building: usize, net: Pence) -> Result<Vec<TeamCost>, MoneyError> {
        let mut teams: Vec<TeamCost> = (self.teams(building))
            .map(|one| TeamCost {
                team: one.team.clone(),
                who: Some(one.who.clone()),
                share: one.share.clone(),
                cost: Pence::ZERO,
            })
            .collect();
        let taken: Ratio = teams.iter().map(|one| one.share.clone()).sum();
        let vacant = Ratio::one().minus(&taken);
        if !vacant.is_zero() {
            teams.push(TeamCost {
                team: "vacant".to_owned(),
                who: None,
                share: vacant,
                cost: Pence::ZERO,
            });
        }
        let whole = Exact::whole(net);
        let parts: Vec<Exact> = teams.iter().map(|one| whole.times(&one.share)).collect();
        for (team, cost) in teams.iter_mut().zip(close(net, &parts)?) {
            team.cost = cost;
        }
        Ok(teams)
    }
}
