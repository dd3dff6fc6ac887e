//! What groups cost together: told numbers times what one costs each agency.

use super::caseload::{CostBasis, Families};
use super::error::FamiliesError;
use super::overlaps::Overlaps;
use crate::account::Boundary;
use crate::cube::Cube;
use crate::disclosure::{Everything, Telling};
use crate::money::{MoneyError, Pence, Ratio};
use crate::register::RegisterError;
use std::sync::Arc;

/// What a group costs those who know it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupCost {
    /// Names of the agencies.
    pub agencies: Vec<String>,
    /// How many at least.
    pub at_least: u64,
    /// What they cost each agency a year, in the order of `agencies`; `None` where the pack knows no cost.
    pub each: Vec<Option<Pence>>,
    /// What they cost together, by those whose cost is known.
    pub together: Pence,
}

/// What groups cost, as far as they are told.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FamilyCosts {
    /// Group by group, as they are told.
    pub groups: Vec<GroupCost>,
    /// What one costs each agency: name, what, and by what.
    pub of_one: Vec<(String, Option<Pence>, String)>,
    /// Of all groups.
    pub together: Pence,
}

impl Families {
    /// What the groups that are told cost together.
    ///
    /// # Formula
    ///
    /// ```text
    /// cost(g, A) = told(g) × unit cost of A,  or  told(g) × spending of A on its activity / published users
    /// ```
    ///
    /// Rounded once, to the penny, half away from nothing. It is a lower bound, as the number is, and an average: who is
    /// known to several agencies costs each of them what anybody else does.
    ///
    /// # Errors
    ///
    /// [`FamiliesError::Register`] for a cube of another pack; [`FamiliesError::Ask`] where the account does not answer.
    pub fn costs(
        &self,
        told: &Overlaps,
        cube: &Cube,
        boundary: &Boundary,
    ) -> Result<FamilyCosts, FamiliesError> {
        self.costs_told(told, cube, boundary, &Everything)
    }

    /// [`Families::costs`], of which a share of a ledger counts only where no money that is not public has a part in what
    /// is shared: of other agencies no cost is told.
    ///
    /// # Errors
    ///
    /// As [`Families::costs`]; [`FamiliesError::Disclosure`] as `telling` gives it.
    pub fn costs_told(
        &self,
        told: &Overlaps,
        cube: &Cube,
        boundary: &Boundary,
        telling: &dyn Telling,
    ) -> Result<FamilyCosts, FamiliesError> {
        if !Arc::ptr_eq(cube.place(), &self.place)
            && cube.place().fingerprint() != self.place.fingerprint()
        {
            return Err(RegisterError::AnotherPlace.into());
        }
        let mut rates: Vec<Option<Ratio>> = Vec::new();
        let mut of_one = Vec::new();
        for (number, caseload) in self.caseloads.iter().enumerate() {
            let (rate, by) = match &caseload.cost {
                None => (None, "no cost is known".to_owned()),
                Some(CostBasis::UnitCost(pence)) => (
                    Some(Ratio::new(i128::from(pence.get()), 1)),
                    format!("unit cost: {}", caseload.source),
                ),
                Some(CostBasis::LedgerShare { activity, users }) => {
                    let axes = self.place.axes();
                    let asked = cube
                        .ask()
                        .partner(&axes.partners.get(caseload.partner).code)
                        .activity(&axes.activities.get(*activity).code)
                        .period(self.period)
                        .phase(self.phase)
                        .boundary(boundary.clone());
                    if telling.is_open(&asked)? {
                        let spent = asked.answer()?.total.amount;
                        let users = (*users).max(1);
                        (
                            Some(Ratio::new(i128::from(spent.get()), u128::from(users))),
                            format!("{spent} for {users} users: {}", caseload.source),
                        )
                    } else {
                        (None, "what it spends is not told here".to_owned())
                    }
                }
            };
            let one = rate.as_ref().map(|rate| times(rate, 1)).transpose()?;
            of_one.push((self.agency(number).to_owned(), one, by));
            rates.push(rate);
        }
        let mut groups = Vec::new();
        for group in &told.groups {
            let mut each = Vec::new();
            for (number, rate) in rates.iter().enumerate() {
                if group.bits & (1 << number) == 0 {
                    continue;
                }
                each.push(
                    rate.as_ref()
                        .map(|rate| times(rate, group.at_least))
                        .transpose()?,
                );
            }
            groups.push(GroupCost {
                agencies: group.agencies.clone(),
                at_least: group.at_least,
                together: Pence::total(each.iter().filter_map(|one| *one))?,
                each,
            });
        }
        Ok(FamilyCosts {
            together: Pence::total(groups.iter().map(|group| group.together))?,
            groups,
            of_one,
        })
    }
}

/// So many times a rate, to the penny, half away from nothing.
fn times(rate: &Ratio, number: u64) -> Result<Pence, MoneyError> {
    let exact = rate.times(&Ratio::new(i128::from(number), 1));
    let text = exact.to_decimal(0);
    // More digits than a sum can have are more than a sum can be.
    Pence::from_wide(text.parse::<i128>().unwrap_or(i128::MAX))
}
