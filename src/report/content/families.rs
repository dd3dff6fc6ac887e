//! Families with many services, as far as they may be told: numbers rounded down, and no group of few.

use super::ReportError;
use crate::account::Boundary;
use crate::cube::Cube;
use crate::disclosure::Telling;
use crate::families::{Families, FamilyCosts, KnownToAgency};
use crate::money::Pence;
use crate::text::counted_as;

/// What may be told of families with many services.
#[derive(Clone, Debug)]
pub struct FamiliesSheet {
    /// What a key stands for: `families`.
    pub unit: String,
    /// Of when caseloads and costs are.
    pub period: String,
    /// No group below this is told, and told numbers are multiples of it.
    pub least: u64,
    /// To how many agencies, in words, with how many are known at least and at most, as far as that is told.
    pub by_agencies: Vec<(String, Option<u64>, Option<u64>)>,
    /// Known to several agencies, at least.
    pub shared: u64,
    /// Agency by agency.
    pub agencies: Vec<AgencyShown>,
    /// How many at least two agencies both know.
    pub pairs: Vec<(String, String, u64)>,
    /// What they cost together.
    pub costs: FamilyCosts,
    /// What must be said with the figures.
    pub notes: Vec<String>,
}

/// What an agency knows and does.
#[derive(Clone, Debug)]
pub struct AgencyShown {
    /// How many it knows.
    pub known: KnownToAgency,
    /// What it does for them.
    pub service: String,
    /// What one of them costs it a year.
    pub one: Option<Pence>,
    /// By what.
    pub by: String,
}

impl FamiliesSheet {
    /// What is told of families, with what they cost by unit costs and by ledgers that may be told.
    pub fn of(
        families: &Families,
        cube: &Cube,
        boundary: &Boundary,
        telling: &dyn Telling,
    ) -> Result<Self, ReportError> {
        let told = families.overlaps();
        let costs = families.costs_told(&told, cube, boundary, telling)?;
        let alone = ("1 agency".to_owned(), None, told.alone_at_most());
        let several = told.by_agencies().into_iter().map(|(agencies, number)| {
            let agencies = counted_as(agencies, "agency", "agencies");
            (agencies, Some(number), None)
        });
        let caseloads = families.caseloads().iter();
        let agencies = told.agencies.iter().zip(caseloads).zip(&costs.of_one);
        Ok(Self {
            unit: families.unit().to_owned(),
            period: families.period().to_string(),
            least: told.least,
            by_agencies: std::iter::once(alone).chain(several).collect(),
            shared: told.shared(),
            agencies: agencies
                .map(|((known, caseload), (_, one, by))| AgencyShown {
                    known: known.clone(),
                    service: caseload.service.clone(),
                    one: *one,
                    by: by.clone(),
                })
                .collect(),
            pairs: (told.by_pairs().into_iter())
                .map(|((one, other), number)| (one, other, number))
                .collect(),
            costs,
            notes: families.notes().to_vec(),
        })
    }

    /// Every sum that it tells.
    pub fn sums(&self) -> Vec<Pence> {
        let each = self.costs.groups.iter().flat_map(|group| {
            let of_agencies = group.each.iter().flatten().copied();
            of_agencies.chain([group.together])
        });
        let of_one = self.agencies.iter().filter_map(|one| one.one);
        each.chain(of_one).chain([self.costs.together]).collect()
    }
}
