//! The statement of a day: what each priority has, what it wants for, and that every pound is there once.

use super::plans::{PlacePlans, unknown};
use super::priority::{Level, Progress};
use super::quantity::{Quantity, Units};
use super::standing::Standing;
use super::state::{Source, State};
use crate::money::{MoneyError, Pence};
use crate::reconciliation::{Reconciliation, Step};
use crate::register::RegisterError;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Units of one kind that a priority has, and wants for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnitsFunding {
    /// How many are needed; `None` where nobody said.
    pub wanted: Option<Units>,
    /// Where they stand.
    pub standing: Standing<Units>,
    /// How many are needed beyond what is secured; `None` where nobody said how many are needed.
    pub gap: Option<Units>,
}

/// What a priority has, and wants for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PriorityFunding {
    /// Code of the priority.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Name of its place.
    pub place: String,
    /// Whose priority it is.
    pub level: Level,
    /// How far it is.
    pub progress: Progress,
    /// What it is estimated to cost; `None` where nobody has estimated it.
    pub cost: Option<Pence>,
    /// Where its money stands.
    pub pounds: Standing<Pence>,
    /// The same by source.
    pub by_source: BTreeMap<Source, Standing<Pence>>,
    /// Cost beyond what funds it; `None` where there is no estimate, and for what is done or withdrawn.
    pub gap: Option<Pence>,
    /// What funds it beyond its cost.
    pub beyond_cost: Pence,
    /// Its units, by what they are; never added to pounds.
    pub units: BTreeMap<String, UnitsFunding>,
}

/// Money of one source from day to day: what a funding statement of a year says of it.
///
/// Where rows of a published file say where money stands now (`rows = "standing"`), all steps on its way have the day of
/// the last: what was received in a year is not known from such a file.
///
/// **Invariant:** opening + received - spent - transferred - returned = closing.
///
/// # Sources
///
/// Schedule 2 of the Community Infrastructure Levy Regulations 2010 (inserted in 2019): demand notices issued and
/// obligations entered into in the year, receipts of the year, receipts of before that are not allocated, expenditure,
/// what is allocated and not spent, and what is retained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Roll {
    /// Promised in the time: by obligations entered into, demand notices issued. Below nothing where a version that was
    /// superseded promised more.
    pub secured: Pence,
    /// Of what was held when the time began, for nobody yet.
    pub unallocated_before: Pence,
    /// Held when the time began; below nothing where more was paid out than had come in.
    pub opening: Pence,
    /// Came in.
    pub received: Pence,
    /// Was spent.
    pub spent: Pence,
    /// Went to bodies outside.
    pub transferred: Pence,
    /// Went back.
    pub returned: Pence,
    /// Held when the time ended.
    pub closing: Pence,
    /// Of that, set aside and not spent.
    pub set_aside_after: Pence,
}

/// What all priorities have on a day.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PlanStatement {
    /// At the end of which day.
    pub on: Date,
    /// Each priority, in the order of the pack.
    pub priorities: Vec<PriorityFunding>,
    /// What is for no priority.
    pub unassigned: Standing<Pence>,
    /// All of it by source.
    pub by_source: BTreeMap<Source, Standing<Pence>>,
    /// All of it.
    pub total: Standing<Pence>,
    /// Units that are for no priority, by what they are.
    pub units_unassigned: BTreeMap<String, Standing<Units>>,
    /// From what was secured to what became of it.
    pub reconciliation: Reconciliation,
    pub(super) notes: Vec<String>,
}

impl PlanStatement {
    /// What a priority has, by its code.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Unknown`] with those there are.
    pub fn find(&self, code: &str) -> Result<&PriorityFunding, RegisterError> {
        let found = self.priorities.iter().find(|one| one.code == code);
        found.ok_or_else(|| unknown(code, self.priorities.iter().map(|one| one.code.as_str())))
    }
}

impl PlacePlans {
    /// What all priorities have at the end of a day.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Money`] for sums beyond what an account can hold.
    pub fn statement(&self, on: Date) -> Result<PlanStatement, RegisterError> {
        let parts = self.parts(on)?;
        let axes = self.place.axes();
        let mut priorities = Vec::with_capacity(self.priorities.len());
        for (number, priority) in self.priorities.iter().enumerate() {
            let mine: Vec<_> = (parts.iter())
                .filter(|part| part.priority == Some(number))
                .collect();
            let pounds = Standing::total(mine.iter().map(|part| part.pounds))?;
            let mut by_source: BTreeMap<Source, Vec<Standing<Pence>>> = BTreeMap::new();
            let mut by_unit: BTreeMap<String, Vec<Standing<Units>>> = BTreeMap::new();
            for part in &mine {
                let source = part.contribution.source;
                by_source.entry(source).or_default().push(part.pounds);
                if part.units != Standing::default() {
                    let unit = part.contribution.unit.clone();
                    by_unit.entry(unit).or_default().push(part.units);
                }
            }
            let wanted = priority.wanted.as_ref();
            if let Some((_, unit)) = wanted {
                by_unit.entry(unit.clone()).or_default();
            }
            let mut units = BTreeMap::new();
            for (unit, standings) in by_unit {
                let standing = Standing::total(standings)?;
                let wanted = wanted
                    .filter(|(_, of)| *of == unit)
                    .map(|(wanted, _)| *wanted);
                let gap = wanted.map(|wanted| beyond(wanted, standing.funds()?));
                let gap = gap.transpose()?;
                units.insert(
                    unit,
                    UnitsFunding {
                        wanted,
                        standing,
                        gap,
                    },
                );
            }
            let open = !matches!(priority.progress, Progress::Done | Progress::Withdrawn);
            let funds = pounds.funds()?;
            let gap = priority.cost.filter(|_| open);
            priorities.push(PriorityFunding {
                code: priority.code.clone(),
                name: priority.name.clone(),
                place: axes.localities.name(priority.place).to_owned(),
                level: priority.level,
                progress: priority.progress,
                cost: priority.cost,
                pounds,
                by_source: totals(by_source)?,
                gap: gap.map(|cost| beyond(cost, funds)).transpose()?,
                beyond_cost: (priority.cost).map_or(Ok(Pence::ZERO), |cost| beyond(funds, cost))?,
                units,
            });
        }
        let none = || parts.iter().filter(|part| part.priority.is_none());
        let mut units_unassigned: BTreeMap<String, Vec<Standing<Units>>> = BTreeMap::new();
        for part in none().filter(|part| part.units != Standing::default()) {
            let unit = part.contribution.unit.clone();
            units_unassigned.entry(unit).or_default().push(part.units);
        }
        let mut by_source: BTreeMap<Source, Vec<Standing<Pence>>> = BTreeMap::new();
        for part in &parts {
            let source = part.contribution.source;
            by_source.entry(source).or_default().push(part.pounds);
        }
        let total = Standing::total(parts.iter().map(|part| part.pounds))?;
        Ok(PlanStatement {
            on,
            priorities,
            unassigned: Standing::total(none().map(|part| part.pounds))?,
            by_source: totals(by_source)?,
            reconciliation: self.reconciliation(on, &total)?,
            total,
            units_unassigned: totals(units_unassigned)?,
            notes: self.notes.clone(),
        })
    }

    /// From the sums of all rows to where the money stands: what the rows say is worked out anew, so that nothing is
    /// held against itself.
    fn reconciliation(
        &self,
        on: Date,
        total: &Standing<Pence>,
    ) -> Result<Reconciliation, MoneyError> {
        let mut rows: BTreeMap<State, i128> = BTreeMap::new();
        for contribution in &self.contributions {
            for (state, sum) in contribution.pounds_by_state(on) {
                *rows.entry(state).or_default() += sum;
            }
        }
        let row = |state: State| Pence::from_wide(rows.get(&state).copied().unwrap_or_default());
        let mut statement = Reconciliation::default();
        statement.push(
            Step::new(
                "secured → received",
                row(State::Secured)?,
                row(State::Received)?,
            )
            .difference(
                "came due above what was secured: indexation, interest",
                total.above,
            )
            .difference("secured and not yet due", -total.not_due)
            .difference("due and not received", -total.due),
        );
        let out = Pence::total([
            row(State::Transferred)?,
            row(State::Spent)?,
            row(State::Returned)?,
        ])?;
        statement.push(
            Step::new("received → paid out", row(State::Received)?, out)
                .difference("paid out before it was received", total.ahead)
                .difference("held, for nobody yet", -total.unallocated)
                .difference("held, set aside", -total.allocated),
        );
        statement.push(
            Step::new("paid out → nothing left", out, Pence::ZERO)
                .difference("spent", -total.spent)
                .difference("transferred", -total.transferred)
                .difference("given back", -total.returned),
        );
        Ok(statement)
    }

    /// What each source held, got and gave between two days, both counted.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Money`] for sums beyond what an account can hold.
    pub fn roll_forward(
        &self,
        from: Date,
        to: Date,
    ) -> Result<BTreeMap<Source, Roll>, RegisterError> {
        const OUT: [State; 3] = [State::Spent, State::Transferred, State::Returned];
        let mut rolls = BTreeMap::new();
        for source in Source::ALL {
            let of_it: Vec<_> = (self.contributions.iter())
                .filter(|one| one.source == source)
                .collect();
            if of_it.is_empty() {
                continue;
            }
            let took = |state, from, to| -> i128 {
                of_it.iter().map(|one| one.took(state, from, to)).sum()
            };
            let before = from.yesterday().unwrap_or(Date::MIN);
            let held = |to| {
                let out: i128 = OUT.iter().map(|state| took(*state, Date::MIN, to)).sum();
                took(State::Received, Date::MIN, to) - out
            };
            let places = |day: Date, place: fn(&Standing<Pence>) -> Pence| {
                let places = of_it.iter().map(|one| Ok(place(&one.pounds(day)?)));
                Pence::total(places.collect::<Result<Vec<_>, MoneyError>>()?)
            };
            let sum = |state| Pence::from_wide(took(state, from, to));
            rolls.insert(
                source,
                Roll {
                    secured: sum(State::Secured)?,
                    unallocated_before: places(before, |one| one.unallocated)?,
                    opening: Pence::from_wide(held(before))?,
                    received: sum(State::Received)?,
                    spent: sum(State::Spent)?,
                    transferred: sum(State::Transferred)?,
                    returned: sum(State::Returned)?,
                    closing: Pence::from_wide(held(to))?,
                    set_aside_after: places(to, |one| one.allocated)?,
                },
            );
        }
        Ok(rolls)
    }
}

/// How much the one is beyond the other.
fn beyond<Q: Quantity>(one: Q, other: Q) -> Result<Q, MoneyError> {
    Q::of((one.hundredths() - other.hundredths()).max(0))
}

fn totals<K: Ord, Q: Quantity>(
    all: BTreeMap<K, Vec<Standing<Q>>>,
) -> Result<BTreeMap<K, Standing<Q>>, MoneyError> {
    let totals = all.into_iter();
    totals
        .map(|(key, standings)| Ok((key, Standing::total(standings)?)))
        .collect()
}
