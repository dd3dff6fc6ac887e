//! The plans of all places, as their pages show them.

use super::funds::{Funds, UnitsShown};
use super::priority::{PriorityShown, SpentShown};
use crate::account::PlaceAccount;
use crate::axis::LocalityId;
use crate::cube::Cube;
use crate::disclosure::Telling;
use crate::finding::Findings;
use crate::money::{MoneyError, Pence};
use crate::place_plan::{FundingPart, Matched, PlacePlans, PlanStatement, Roll, Source};
use crate::register::RegisterError;
use crate::report::content::{ReportError, ReportScope, cell_in_words};
use jiff::civil::Date;

/// What all places want, and who pays for it.
#[derive(Clone, Debug)]
pub struct PlansSheet {
    /// At the end of which day money stands where it stands.
    pub on: Date,
    /// In words, of when the account and the flows are.
    pub period: String,
    /// Each priority, in the order of the pack.
    pub priorities: Vec<PriorityShown>,
    /// What they come to together.
    pub all: PlanTotal,
    /// The places that have some, in the order of their first.
    pub places: Vec<PlaceOfPlan>,
    /// All money by source: code, name.
    pub by_source: Vec<(&'static str, &'static str, Funds)>,
    /// All money.
    pub total: Funds,
    /// Of that, what is for no priority.
    pub unassigned: Funds,
    /// Units that are for no priority.
    pub units_unassigned: Vec<UnitsShown>,
    /// What each source held, got and gave in the period.
    pub rolls: Vec<(&'static str, Roll)>,
    /// Each contribution, or its part for one priority.
    pub contributions: Vec<ContributionShown>,
    /// Steps that are lines of a ledger as well.
    pub matched: Vec<Matched>,
    /// What is wrong or odd in the register, and in what ledgers say of it.
    pub findings: Findings,
    /// What must be said with its figures.
    pub notes: Vec<String>,
    /// Whether every pound of the rows is in one place.
    pub holds: bool,
}

/// A place that has priorities of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceOfPlan {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What its priorities come to.
    pub total: PlanTotal,
}

/// A contribution, or its part for one priority.
#[derive(Clone, Debug)]
pub struct ContributionShown {
    /// By which it is called.
    pub reference: String,
    /// Code and name of where it comes from.
    pub source: (&'static str, &'static str),
    /// What it is for, in the words of who agreed it.
    pub purpose: String,
    /// Code and name of the priority that it is for.
    pub priority: Option<(String, String)>,
    /// Where its money stands.
    pub funds: Funds,
    /// Its units, where it has some.
    pub units: Option<UnitsShown>,
}

impl ContributionShown {
    fn of(part: &FundingPart<'_>, plans: &PlacePlans) -> Result<Self, MoneyError> {
        let of = part.contribution;
        let priority = part.priority.and_then(|at| plans.priorities().get(at));
        let has_units = part.units != crate::place_plan::Standing::default();
        let units = has_units.then(|| UnitsShown::of(&of.unit, &part.units, (None, None)));
        Ok(Self {
            reference: of.reference.clone(),
            source: (of.source.word(), of.source.name()),
            purpose: of.purpose.clone(),
            priority: priority.map(|one| (one.code.clone(), one.name.clone())),
            funds: Funds::of(&part.pounds)?,
            units: units.transpose()?,
        })
    }
}

impl PlansSheet {
    /// What people see of a register of plans, in the scope of the report. `pages` are the whole and its places.
    ///
    /// # Errors
    ///
    /// [`ReportError::Register`] where the register cannot be asked; [`ReportError::Disclosure`] as `telling` gives it.
    pub fn of(
        (plans, account): (&PlacePlans, &PlaceAccount),
        cube: &Cube,
        scope: &ReportScope,
        pages: &[LocalityId],
        telling: &dyn Telling,
    ) -> Result<Self, ReportError> {
        let mut sheet = Self::of_register((plans, account), scope, pages).map_err(Box::new)?;
        let asked = (scope.period, scope.phase);
        let spent = plans.spent_here(cube, account, asked, &scope.boundary);
        for spent in spent.map_err(Box::new)? {
            let of_it = |one: &&mut PriorityShown| one.priority.code == spent.priority;
            let Some(shown) = sheet.priorities.iter_mut().find(of_it) else {
                continue;
            };
            let question = plans.asked_here(cube, &shown.priority, asked, &scope.boundary);
            let (Some(question), Some(cell)) = (question, &shown.priority.cell) else {
                continue;
            };
            let is_open = telling.all_public() || telling.is_open(&question)?;
            let cell = cell_in_words(cell, cube.place());
            shown.spent = Some(SpentShown::of(&spent, is_open, cell));
        }
        Ok(sheet)
    }

    fn of_register(
        (plans, account): (&PlacePlans, &PlaceAccount),
        scope: &ReportScope,
        pages: &[LocalityId],
    ) -> Result<Self, RegisterError> {
        let on = scope.period.last_day();
        let statement = plans.statement(on)?;
        let mut priorities = Vec::with_capacity(statement.priorities.len());
        let mut places: Vec<PlaceOfPlan> = Vec::new();
        for (priority, funding) in plans.priorities().iter().zip(&statement.priorities) {
            let shown = PriorityShown::of(priority, funding, plans.place(), pages)?;
            let (code, name) = shown.place.clone();
            if !places.iter().any(|place| place.code == code) {
                let total = PlanTotal::default();
                places.push(PlaceOfPlan { code, name, total });
            }
            priorities.push(shown);
        }
        let refs: Vec<&PriorityShown> = priorities.iter().collect();
        let all = PlanTotal::of(&refs)?;
        for place in &mut places {
            let own = |one: &&&PriorityShown| one.place.0 == place.code;
            let own: Vec<&PriorityShown> = refs.iter().filter(own).copied().collect();
            place.total = PlanTotal::of(&own)?;
        }
        let rolls = plans.roll_forward(scope.period.first_day(), on)?;
        let matching = plans.matching(account)?;
        let mut findings = plans.findings().clone();
        findings.append(matching.findings);
        let parts = plans.parts(on)?;
        let contributions = parts.iter();
        Ok(Self {
            on,
            period: scope.period.to_string(),
            priorities,
            all,
            places,
            by_source: by_source(&statement)?,
            total: Funds::of(&statement.total)?,
            unassigned: Funds::of(&statement.unassigned)?,
            units_unassigned: (statement.units_unassigned.iter())
                .map(|(unit, standing)| UnitsShown::of(unit, standing, (None, None)))
                .collect::<Result<_, MoneyError>>()?,
            rolls: (rolls.into_iter())
                .map(|(source, roll)| (source.name(), roll))
                .collect(),
            contributions: contributions
                .map(|part| ContributionShown::of(part, plans))
                .collect::<Result<_, MoneyError>>()?,
            matched: matching.matched,
            findings,
            notes: plans.notes().to_vec(),
            holds: statement.reconciliation.holds() && matching.reconciliation.holds(),
        })
    }

    /// The priorities of a place itself.
    pub fn of_place(&self, code: &str) -> Vec<&PriorityShown> {
        let all = self.priorities.iter();
        all.filter(|one| one.place.0 == code).collect()
    }

    /// The priorities of all places that lie in a place of the report.
    pub fn inside(&self, code: &str) -> Vec<&PriorityShown> {
        let all = self.priorities.iter();
        all.filter(|one| one.inside.iter().any(|inside| inside == code))
            .collect()
    }

    /// Every sum that it tells by the register: no question of the account was asked for them.
    pub fn sums(&self) -> Vec<Pence> {
        let of_priority = |one: &PriorityShown| {
            let mut sums = one.funds.sums().to_vec();
            sums.extend(one.by_source.iter().flat_map(|(_, _, funds)| funds.sums()));
            sums.extend([one.priority.cost, one.gap].into_iter().flatten());
            sums.push(one.beyond_cost);
            sums.extend(one.spent.iter().map(|spent| spent.by_register));
            sums
        };
        let of_roll = |(_, roll): &(&str, Roll)| {
            [
                roll.secured,
                roll.unallocated_before,
                roll.opening,
                roll.received,
                roll.spent,
                roll.transferred,
                roll.returned,
                roll.closing,
                roll.set_aside_after,
            ]
        };
        let mut sums: Vec<Pence> = self.priorities.iter().flat_map(of_priority).collect();
        for funds in (self.by_source.iter().map(|(_, _, funds)| funds))
            .chain([&self.total, &self.unassigned])
            .chain(self.contributions.iter().map(|one| &one.funds))
        {
            sums.extend(funds.sums());
        }
        sums.extend(self.rolls.iter().flat_map(of_roll));
        let matched = self.matched.iter();
        sums.extend(matched.flat_map(|one| [one.pence, one.in_ledger]));
        sums.extend(self.findings.iter().filter_map(|one| one.at_stake));
        let totals = [&self.all]
            .into_iter()
            .chain(self.places.iter().map(|place| &place.total));
        for total in totals {
            sums.extend(total.funds.sums());
            sums.extend([total.cost, total.gap]);
        }
        sums
    }
}

fn by_source(
    statement: &PlanStatement,
) -> Result<Vec<(&'static str, &'static str, Funds)>, MoneyError> {
    let shown =
        |(source, standing): (&Source, _)| Ok((source.word(), source.name(), Funds::of(standing)?));
    statement.by_source.iter().map(shown).collect()
}

/// What some priorities come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlanTotal {
    /// Estimated cost of those that have an estimate.
    pub cost: Pence,
    /// Where their money stands.
    pub funds: Funds,
    /// What they lack.
    pub gap: Pence,
}

impl PlanTotal {
    /// All of them together.
    pub fn of(priorities: &[&PriorityShown]) -> Result<Self, MoneyError> {
        Ok(Self {
            cost: Pence::total(priorities.iter().filter_map(|one| one.priority.cost))?,
            funds: Funds::total(priorities.iter().map(|one| one.funds))?,
            gap: Pence::total(priorities.iter().filter_map(|one| one.gap))?,
        })
    }
}
