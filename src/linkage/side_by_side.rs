//! Spending of each year beside the outcome that answers to it.

use super::unit_cost::spend_per;
use super::{LinkageError, Pairing};
use crate::account::MonthCount;
use crate::axis::{Ages, LocalityId, Period, Resource};
use crate::cube::{By, Emptiness, Figure, Row};
use crate::driver::Groups;
use crate::indicator::{
    Accountability, Area, ComparedArea, Count, Knowledge, Lag, Observation, Relation,
    SpendElsewhere, Status, ValueType, figure_in_words,
};
use crate::money::Pence;
use crate::statistic::{Confidence, Estimate, Interval};
use crate::table::{Align, Table};
use crate::text::{counted, counted_as};
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Spending beside outcome, for a place and the areas it is set beside.
///
/// Nothing here says that the one made the other: see the note that every table of it ends with.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SideBySide {
    /// Code of the indicator.
    pub indicator: String,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// The lag, and why.
    pub lag: Lag,
    /// A row for each area and year.
    pub rows: Vec<SideBySideRow>,
    /// What must be said with the figures.
    pub notes: Vec<String>,
}

/// One area and one year of spending.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SideBySideRow {
    /// Name of the area.
    pub area: String,
    /// What it is to the place.
    pub relation: Relation,
    /// Its rank among statistical neighbours.
    pub rank: Option<u32>,
    /// When it was spent.
    pub spent_in: Period,
    /// What was spent.
    pub spend: SpendShown,
    /// Spending for each resident of these ages.
    pub per_head: Option<Pence>,
    /// Of how many months the account has lines of that spending, where some ledger has not all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months: Option<MonthCount>,
    /// The period of the outcome; none where no such period is published.
    pub outcome_in: Option<Period>,
    /// What is known of the outcome.
    pub status: Status,
    /// The larger place for which alone the outcome is known, if so.
    pub only_for: Option<String>,
    /// The outcome as published or rebuilt, in its unit.
    pub figure: Option<Decimal>,
    /// The outcome with its interval.
    pub estimate: Option<Estimate>,
    /// Spending for each person in the cohort (whom the denominator counts).
    pub per_person: Option<Pence>,
    /// Spending for each outcome (what the numerator counts).
    pub per_outcome: Option<Pence>,
}

/// What was spent, and from where that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "known", rename_all = "kebab-case")]
pub enum SpendShown {
    /// From this account.
    Account {
        /// The sum.
        amount: Pence,
        /// How it is known, in words.
        composition: String,
    },
    /// As published for another area.
    Published {
        /// The sum.
        amount: Pence,
        /// What is counted.
        name: String,
    },
    /// Not published for that year, or not in this pack.
    NotHeld,
    /// The account has no line in the slice.
    NothingRecorded,
}

impl SpendShown {
    /// The sum, where one is known.
    #[must_use]
    pub fn amount(&self) -> Option<Pence> {
        match self {
            Self::Account { amount, .. } | Self::Published { amount, .. } => Some(*amount),
            Self::NotHeld | Self::NothingRecorded => None,
        }
    }
}

const NO_CAUSE: &str = "Spending and outcome stand side by side. Nothing here says that the one \
    made the other.";

const BY_RESIDENTS: &str = "Spending that is shared over places by residents differs between places \
    only as their people do. Beside the outcomes of places that part of it says nothing.";

impl Pairing<'_> {
    /// Spending of each year beside the outcome that answers to it, for this place and for the
    /// areas that the pack sets beside it.
    ///
    /// # Errors
    ///
    /// [`LinkageError::LagNotStated`]; [`LinkageError::NotKnownHere`] when only parts of the place
    /// have a figure; [`LinkageError::Ask`] when the question names no phase or boundary, or a
    /// code that is not there.
    pub fn over(
        &self,
        years: &[Period],
        confidence: Confidence,
    ) -> Result<SideBySide, LinkageError> {
        if !self.known_here {
            return Err(LinkageError::NotKnownHere {
                indicator: self.indicator.code.clone(),
                asked: self.indicators.locality_name(self.locality).to_owned(),
                known_for: None,
            });
        }
        build(self, self.stated_lag()?, years, confidence)
    }

    /// Spending of each year in each place of a level beside that place's own outcome.
    ///
    /// Where the outcome is known only for a larger place, the row says so and has no figure.
    ///
    /// # Errors
    ///
    /// As [`Pairing::over`]; [`LinkageError::Ask`] for a level that the pack does not have.
    pub fn over_places(
        &self,
        level: &str,
        years: &[Period],
        confidence: Confidence,
    ) -> Result<SideBySide, LinkageError> {
        let lag = self.stated_lag()?;
        build_places(self, lag, level, years, confidence)
    }
}

/// Builds the rows of this place, and of the areas it is set beside.
fn build(
    pairing: &Pairing<'_>,
    lag: &Lag,
    years: &[Period],
    confidence: Confidence,
) -> Result<SideBySide, LinkageError> {
    let indicators = pairing.indicators;
    let builder = Builder::new(pairing, lag, confidence)?;
    let mut rows = Vec::new();
    let mut notes = Vec::new();
    let mut covered: Vec<(Period, BTreeSet<Vec<String>>)> = Vec::new();
    for &year in years {
        let question = pairing.question.clone().undrilled().period(year);
        let answer = question.by([By::Partner, By::Activity(None)]).answer()?;
        let recorded = answer.rows.iter().filter(|row| row.figure.lines > 0);
        let keys = |row: &Row| row.keys.iter().map(|key| key.code.clone()).collect();
        covered.push((year, recorded.map(keys).collect()));
        // A recorded zero is spending; nothing recorded is not.
        let nothing = answer.emptiness == Some(Emptiness::NothingRecorded);
        let spent = Spent::of(year, (!nothing).then_some(&answer.total));
        rows.push(builder.place(pairing.locality, spent)?);
        add_notes(&mut notes, answer.notes);
    }
    // Other areas stand beside the place as a whole, not beside a part of it.
    let whole = indicators.place().locality() == pairing.locality;
    let performance = matches!(
        pairing.indicator.accountability,
        Accountability::Performance { .. }
    );
    let mut others: Vec<&ComparedArea> = indicators.areas().iter().collect();
    others.sort_by_key(|area| (area.relation, area.rank));
    for other in others {
        if !whole || performance || other.relation == Relation::Subject {
            continue;
        }
        for &year in years {
            rows.push(builder.other(other, year)?);
        }
    }
    let subject = (indicators.areas().iter()).find(|area| area.relation == Relation::Subject);
    if whole && let Some(subject) = subject {
        notes.extend(unlike(pairing, subject, &rows));
    }
    notes.splice(0..0, uneven(&covered));
    Ok(finished(pairing, lag, rows, notes))
}

/// Builds the rows of the places of a level, year by year.
fn build_places(
    pairing: &Pairing<'_>,
    lag: &Lag,
    level: &str,
    years: &[Period],
    confidence: Confidence,
) -> Result<SideBySide, LinkageError> {
    let localities = &pairing.indicators.place().axes().localities;
    let whole = localities.leaves(pairing.locality);
    let places: Vec<LocalityId> = localities
        .at_level(level)
        .into_iter()
        .filter(|&place| whole.contains(localities.leaves(place)))
        .collect();
    let builder = Builder::new(pairing, lag, confidence)?;
    let mut rows = Vec::new();
    let mut notes = Vec::new();
    let mut by_residents = false;
    for &year in years {
        let question = pairing.question.clone().undrilled().period(year);
        let answer = question.by([By::Locality(level.to_owned())]).answer()?;
        let mut spending: BTreeMap<&str, &Row> = BTreeMap::new();
        for row in &answer.rows {
            if let Some(key) = row.keys.first() {
                spending.insert(&key.code, row);
            }
        }
        for &place in &places {
            let figure = spending
                .remove(localities.code(place))
                .map(|row| &row.figure);
            by_residents |= figure.is_some_and(|f| f.composition.population != Pence::ZERO);
            rows.push(builder.place(place, Spent::of(year, figure))?);
        }
        // Money that nothing places has no outcome to stand beside, and is not lost.
        for row in spending
            .into_values()
            .filter(|row| !row.figure.is_nothing())
        {
            let reason = row.keys.first().map_or("", |key| key.name.as_str());
            let amount = row.figure.amount;
            notes.push(format!("{year}: {amount} is in no {level} ({reason})."));
        }
        add_notes(&mut notes, answer.notes);
    }
    if by_residents {
        notes.insert(0, BY_RESIDENTS.to_owned());
    }
    Ok(finished(pairing, lag, rows, notes))
}

fn add_notes(notes: &mut Vec<String>, more: Vec<String>) {
    for note in more {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
}

/// Years of which not the same things are recorded must not be read as a trend.
fn uneven(covered: &[(Period, BTreeSet<Vec<String>>)]) -> Option<String> {
    let (_, first) = covered.first()?;
    if covered.iter().all(|(_, recorded)| recorded == first) {
        return None;
    }
    let years: Vec<String> = covered
        .iter()
        .map(|(year, recorded)| {
            let partners: BTreeSet<&String> = recorded.iter().filter_map(|k| k.first()).collect();
            let activities: BTreeSet<&String> = recorded.iter().filter_map(|k| k.get(1)).collect();
            format!(
                "{year} {} of {}",
                counted_as(activities.len(), "activity", "activities"),
                counted(partners.len(), "partner")
            )
        })
        .collect();
    Some(format!(
        "Spending is not recorded for the same things every year, so its movement is no trend: {}.",
        years.join("; ")
    ))
}

/// What all rows of one table share.
struct Builder<'a> {
    pairing: &'a Pairing<'a>,
    lag: &'a Lag,
    published: Vec<Period>,
    confidence: Confidence,
}

impl<'a> Builder<'a> {
    fn new(
        pairing: &'a Pairing<'a>,
        lag: &'a Lag,
        confidence: Confidence,
    ) -> Result<Self, LinkageError> {
        Ok(Self {
            pairing,
            lag,
            published: pairing.indicators.periods(&pairing.indicator.code)?,
            confidence,
        })
    }

    /// Published periods that start in the year beginning so many months after the spending.
    ///
    /// A financial year's spending with a lag of 0 meets the financial year itself, the calendar
    /// year that starts within it, the academic year that starts within it: never an outcome
    /// that began before the money was spent.
    fn window(&self, year: Period) -> impl Iterator<Item = Period> {
        let window = year.months_later(self.lag.months);
        self.published.iter().copied().filter(move |period| {
            window.is_some_and(|window| window.contains(period.first_month()))
        })
    }

    /// The row of this place, or of one of its places.
    fn place(&self, locality: LocalityId, spent: Spent) -> Result<SideBySideRow, LinkageError> {
        let name = self.pairing.indicators.locality_name(locality);
        self.told(Area::Here(locality), name, spent)
    }

    /// The row of another area.
    fn other(&self, other: &ComparedArea, year: Period) -> Result<SideBySideRow, LinkageError> {
        let shown = spend_of(self.pairing, other, year);
        let heads = shown.amount().zip(residents(self.pairing, other));
        let spent = Spent {
            within: year,
            per_head: heads.and_then(|(spend, heads)| spend_per(spend, heads)),
            months: None,
            shown,
        };
        let mut row = self.told(other.area, &other.name, spent)?;
        row.relation = other.relation;
        row.rank = other.rank;
        Ok(row)
    }

    /// Spending beside what is told of an area: of the periods that start in the window one that
    /// tells of this very area before others, one as long as the spending before others, the
    /// earliest before later ones.
    fn told(&self, area: Area, name: &str, spent: Spent) -> Result<SideBySideRow, LinkageError> {
        let indicators = self.pairing.indicators;
        let mut best: Option<((u8, bool, Period), Knowledge)> = None;
        for period in self.window(spent.within) {
            let known = indicators.known_of(&self.pairing.indicator.code, area, period)?;
            let distance = match known {
                Knowledge::Here(_) | Knowledge::Rebuilt { .. } => 0,
                Knowledge::OnlyFor { .. } | Knowledge::OnlyForParts { .. } => 1,
                Knowledge::Nowhere => 2,
            };
            let key = (distance, period.months() != spent.within.months(), period);
            if best.as_ref().is_none_or(|(other, _)| key < *other) {
                best = Some((key, known));
            }
        }
        let known = best.as_ref().map(|(_, known)| known);
        let observation = known.and_then(Knowledge::observation).cloned();
        let at = best.as_ref().map(|&((_, _, period), _)| period);
        let mut row = self.row(name, spent, at, &observation.unwrap_or_default());
        if let Some(known) = known {
            row.status = known.status();
            if let Knowledge::OnlyFor { locality, .. } = known {
                row.only_for = Some(indicators.locality_name(*locality).to_owned());
            }
        }
        Ok(row)
    }

    fn row(
        &self,
        area: &str,
        spent: Spent,
        outcome_in: Option<Period>,
        told: &Observation,
    ) -> SideBySideRow {
        let indicator = self.pairing.indicator;
        let estimate = told.estimate_or_why(indicator, self.confidence);
        // Three years of events are not one year's money's; a count of one day is nobody's year.
        let as_long =
            outcome_in.is_some_and(|at| at.months() == spent.within.months() || at.months() == 1);
        let amount = spent.shown.amount().filter(|_| as_long);
        let per = |count: Option<Count>| {
            amount
                .zip(count.and_then(|count| count.figure))
                .and_then(|(amount, count)| spend_per(amount, count))
        };
        let events = if indicator.form == ValueType::Count {
            told.numerator.or(told.value)
        } else {
            told.numerator
        };
        SideBySideRow {
            area: area.to_owned(),
            relation: Relation::Subject,
            rank: None,
            spent_in: spent.within,
            per_head: spent.per_head,
            months: spent.months,
            outcome_in,
            status: told.status(),
            only_for: None,
            figure: told.figure(indicator),
            estimate: estimate.value().is_some().then_some(estimate),
            per_person: per(told.denominator),
            per_outcome: per(events),
            spend: spent.shown,
        }
    }
}

/// What was spent, when, and for each head.
struct Spent {
    within: Period,
    shown: SpendShown,
    per_head: Option<Pence>,
    months: Option<MonthCount>,
}

impl Spent {
    fn of(within: Period, figure: Option<&Figure>) -> Self {
        match figure {
            Some(figure) => Self {
                within,
                shown: SpendShown::Account {
                    amount: figure.amount,
                    composition: figure.composition.in_words(),
                },
                per_head: figure.per_head.as_ref().and_then(|heads| heads.amount),
                months: figure.months,
            },
            None => Self {
                within,
                shown: SpendShown::NothingRecorded,
                per_head: None,
                months: None,
            },
        }
    }
}

/// The notes that every table ends with.
fn finished(
    pairing: &Pairing<'_>,
    lag: &Lag,
    rows: Vec<SideBySideRow>,
    more: Vec<String>,
) -> SideBySide {
    let indicator = pairing.indicator;
    let mut notes = pairing.notes.clone();
    notes.extend(more);
    for note in pairing.indicators.notes() {
        // Spending and outcomes often come under the same licence.
        if !notes.iter().any(|said| said.contains(note.as_str())) {
            notes.push(note.clone());
        }
    }
    if !indicator.note.is_empty() {
        notes.push(indicator.note.clone());
    }
    notes.push(format!(
        "The outcome is that of the period that starts {}: {}.",
        match lag.months {
            0 => "within the year of the spending".to_owned(),
            1 => "within the year that begins a month after the spending begins".to_owned(),
            months => {
                format!("within the year that begins {months} months after the spending begins")
            }
        },
        lag.why.trim_end_matches('.')
    ));
    notes.push(NO_CAUSE.to_owned());
    SideBySide {
        indicator: indicator.code.clone(),
        name: indicator.name.clone(),
        unit: indicator.unit.clone(),
        lag: lag.clone(),
        rows,
        notes,
    }
}

fn later(months: u16) -> String {
    match months {
        0 => "in the same year".to_owned(),
        1 => "a month later".to_owned(),
        12 => "a year later".to_owned(),
        months => format!("{months} months later"),
    }
}

/// Published spending of another area on the one activity of the question.
fn spend_of(pairing: &Pairing<'_>, other: &ComparedArea, year: Period) -> SpendShown {
    let [code] = pairing.question.cut().activities else {
        return SpendShown::NotHeld;
    };
    let activities = &pairing.indicators.place().axes().activities;
    let Ok(activity) = activities.find(code) else {
        return SpendShown::NotHeld;
    };
    let cut = pairing.question.cut();
    let asked = match cut.ages {
        [] => Ages::ALL,
        [one] => *one,
        _ => return SpendShown::NotHeld,
    };
    let like = |spend: &&SpendElsewhere| {
        // The same kind of money on the same people, or none.
        cut.phase == Some(spend.phase) && asked == spend.ages && cut.resource == Resource::Cash
    };
    match pairing
        .indicators
        .spend_elsewhere(activity, other.area, year)
        .filter(like)
    {
        Some(spend) => SpendShown::Published {
            amount: spend.amount,
            name: spend.name.clone(),
        },
        None => SpendShown::NotHeld,
    }
}

/// Residents of another area of the ages of the question, where the pack counts them.
fn residents(pairing: &Pairing<'_>, other: &ComparedArea) -> Option<Decimal> {
    let place = pairing.indicators.place();
    let driver = place.residents()?;
    let cut = pairing.question.cut();
    if !cut.groups.is_empty() || !cut.tags.is_empty() {
        return None;
    }
    let everybody = [crate::axis::Ages::ALL];
    let ages = if cut.ages.is_empty() {
        &everybody
    } else {
        cut.ages
    };
    let leaves = other.leaves.as_ref()?;
    let mass = ages.iter().try_fold(0_u64, |sum, &ages| {
        sum.checked_add(driver.mass(leaves, ages, Groups::All).ok()?)
    })?;
    Decimal::from(mass).checked_div(Decimal::from(driver.scale()))
}

/// Where the account and the published series of the same place do not say the same, the areas
/// are not compared like with like.
fn unlike(pairing: &Pairing<'_>, subject: &ComparedArea, rows: &[SideBySideRow]) -> Option<String> {
    let differs = rows
        .iter()
        .filter(|row| row.relation == Relation::Subject)
        .find_map(|row| {
            let own = row.spend.amount()?;
            let published = spend_of(pairing, subject, row.spent_in).amount()?;
            (own != published).then_some((row.spent_in, own, published))
        });
    differs.map(|(year, own, published)| {
        format!(
            "Spending is not counted alike everywhere: for {} the account has {own} in {year} for \
             these ages, the series that other areas come from has {published}.",
            subject.name
        )
    })
}

impl SideBySide {
    /// As a table, this place first.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut table = Table::new(format!(
            "{}: spending, and what happened {}",
            self.name,
            later(self.lag.months)
        ));
        table.column("area", Align::Left);
        table.column("spent in", Align::Left);
        table.column("spending", Align::Right);
        let any =
            |of: fn(&SideBySideRow) -> Option<Pence>| self.rows.iter().any(|r| of(r).is_some());
        let head = any(|row| row.per_head);
        if head {
            table.column("per head", Align::Right);
        }
        let known = self
            .rows
            .iter()
            .any(|row| matches!(row.spend, SpendShown::Account { .. }));
        if known {
            table.column("how it is known", Align::Left);
        }
        table.column("outcome in", Align::Left);
        table.column(&self.unit, Align::Right);
        let interval_of = |row: &SideBySideRow| row.estimate.as_ref().and_then(Estimate::interval);
        let intervals = self.rows.iter().any(|row| interval_of(row).is_some());
        if intervals {
            table.column("interval", Align::Left);
        }
        let person = any(|row| row.per_person);
        let outcome = any(|row| row.per_outcome);
        if person {
            table.column("spent per person in cohort", Align::Right);
        }
        if outcome {
            table.column("spent per outcome", Align::Right);
        }
        let sum = |sum: Option<Pence>| sum.map_or_else(|| "–".to_owned(), |sum| sum.to_string());
        let mut no_interval = false;
        for row in &self.rows {
            let spend = match &row.spend {
                SpendShown::NotHeld => "not held".to_owned(),
                SpendShown::NothingRecorded => "nothing recorded".to_owned(),
                shown => match row.months {
                    Some(months) => format!("{} ({months})", sum(shown.amount())),
                    None => sum(shown.amount()),
                },
            };
            let figure = match (row.outcome_in, row.figure) {
                (None, _) => "–".to_owned(),
                (Some(_), _) if row.only_for.is_some() => {
                    format!("only for {}", row.only_for.as_deref().unwrap_or_default())
                }
                (Some(_), Some(figure)) => figure_in_words(figure, row.status),
                (Some(_), None) => row.status.to_string(),
            };
            let interval = interval_of(row);
            no_interval |= row.figure.is_some() && interval.is_none();
            let mut cells = vec![
                match row.rank {
                    Some(rank) => format!("{} ({} {rank})", row.area, row.relation),
                    None if row.relation == Relation::Subject => row.area.clone(),
                    None => format!("{} ({})", row.area, row.relation),
                },
                row.spent_in.to_string(),
                spend,
            ];
            if head {
                cells.push(sum(row.per_head));
            }
            if known {
                cells.push(match &row.spend {
                    SpendShown::Account { composition, .. } => composition.clone(),
                    SpendShown::Published { .. } => "as published".to_owned(),
                    SpendShown::NotHeld | SpendShown::NothingRecorded => "–".to_owned(),
                });
            }
            cells.push(
                row.outcome_in
                    .map_or_else(|| "–".to_owned(), |at| at.to_string()),
            );
            cells.push(figure);
            if intervals {
                cells.push(interval.map_or_else(|| "–".to_owned(), Interval::in_words));
            }
            if person {
                cells.push(sum(row.per_person));
            }
            if outcome {
                cells.push(sum(row.per_outcome));
            }
            table.row(cells);
        }
        if let Some(estimate) = self.rows.iter().find_map(|row| row.estimate.as_ref())
            && intervals
        {
            table.note(&format!("Intervals: {}.", estimate.confidence()));
        }
        if no_interval {
            table.note(
                "Figures without an interval are published without the counts behind them: \
                 how much of their movement is chance cannot be said.",
            );
        }
        for note in &self.notes {
            table.note(note);
        }
        table
    }
}
