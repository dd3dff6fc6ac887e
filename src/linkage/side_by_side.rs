//! Spending of each year beside the outcome that answers to it.

use super::pairing::{LinkageError, Pairing};
use super::unit_cost::spend_per;
use crate::axis::Period;
use crate::cube::By;
use crate::driver::Groups;
use crate::indicator::{
    Accountability, Area, ComparedArea, Form, Indicator, Indicators, Knowledge, Lag, Observation,
    Relation, Status,
};
use crate::money::Pence;
use crate::statistic::{Confidence, Estimate};
use crate::table::{Align, Table};
use rust_decimal::Decimal;
use serde::Serialize;

/// Spending beside outcome, for a place and the areas it is set beside.
///
/// Nothing here says that the one made the other: see the note that every table of it ends with.
#[derive(Clone, Debug, PartialEq, Serialize)]
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

/// Builds the rows.
pub(super) fn build(
    pairing: &Pairing<'_>,
    lag: &Lag,
    years: &[Period],
    confidence: Confidence,
) -> Result<SideBySide, LinkageError> {
    let indicators = pairing.indicators;
    let indicator = pairing.indicator;
    let published = indicators.periods(&indicator.code)?;
    let mut rows = Vec::new();
    let mut notes = pairing.notes.clone();
    let subject = (indicators.areas().iter()).find(|area| area.relation == Relation::Subject);
    for &year in years {
        let answer = pairing.question.clone().period(year).answer()?;
        let spend = if answer.emptiness == Some(crate::cube::Emptiness::NothingRecorded) {
            SpendShown::NothingRecorded
        } else {
            SpendShown::Account {
                amount: answer.total.amount,
                composition: answer.total.composition.in_words(),
            }
        };
        let per_head = answer
            .total
            .per_head
            .as_ref()
            .and_then(|heads| heads.amount);
        let at = outcome_period(&published, year, lag);
        let known = at
            .map(|at| indicators.known(&indicator.code, pairing.locality, at))
            .transpose()?;
        let observation = known.as_ref().and_then(|known| known.observation());
        let place = Place {
            name: indicators.locality_name(pairing.locality),
            relation: Relation::Subject,
            rank: None,
        };
        let told = observation.cloned().unwrap_or_default();
        let spent = Spent {
            within: year,
            shown: spend,
            per_head,
        };
        rows.push(row(indicator, &place, spent, at, &told, confidence));
        for note in answer.notes {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    // Other areas stand beside the place as a whole, not beside a part of it.
    let whole = indicators.place().locality() == pairing.locality;
    let performance = matches!(indicator.accountability, Accountability::Performance { .. });
    let mut others: Vec<&ComparedArea> = indicators.areas().iter().collect();
    others.sort_by_key(|area| (area.relation, area.rank));
    for other in others {
        if !whole || performance || other.relation == Relation::Subject {
            continue;
        }
        for &year in years {
            let at = outcome_period(&published, year, lag);
            let told = at
                .map(|at| indicators.observation(&indicator.code, other.area, at))
                .transpose()?
                .flatten()
                .unwrap_or_default();
            let spend = spend_of(pairing, other, year);
            let heads = spend.amount().zip(residents(pairing, other));
            let per_head = heads.and_then(|(spend, heads)| spend_per(spend, heads));
            let place = Place {
                name: &other.name,
                relation: other.relation,
                rank: other.rank,
            };
            let spent = Spent {
                within: year,
                shown: spend,
                per_head,
            };
            rows.push(row(indicator, &place, spent, at, &told, confidence));
        }
    }
    if whole && let Some(subject) = subject {
        notes.extend(unlike(pairing, subject, &rows));
    }
    Ok(finished(pairing, lag, rows, notes))
}

/// Builds the rows of the places of a level, year by year.
pub(super) fn build_places(
    pairing: &Pairing<'_>,
    lag: &Lag,
    level: &str,
    years: &[Period],
    confidence: Confidence,
) -> Result<SideBySide, LinkageError> {
    let indicators = pairing.indicators;
    let indicator = pairing.indicator;
    let localities = &indicators.place().axes().localities;
    let published = indicators.periods(&indicator.code)?;
    let mut rows = Vec::new();
    let mut notes = pairing.notes.clone();
    let mut by_residents = false;
    for &year in years {
        let question = pairing.question.clone().period(year);
        let answer = question.by([By::Locality(level.to_owned())]).answer()?;
        let at = outcome_period(&published, year, lag);
        for spent in &answer.rows {
            let Some(key) = spent.keys.first() else {
                continue;
            };
            let Ok(locality) = localities.find(&key.code) else {
                // Money that nothing places has no outcome to stand beside, and is not lost.
                notes.push(format!(
                    "{year}: {} is in no {level} ({}).",
                    spent.figure.amount, key.name
                ));
                continue;
            };
            by_residents |= spent.figure.composition.population != Pence::ZERO;
            let spend = SpendShown::Account {
                amount: spent.figure.amount,
                composition: spent.figure.composition.in_words(),
            };
            let per_head = (spent.figure.per_head.as_ref()).and_then(|heads| heads.amount);
            let known = at
                .map(|at| indicators.known(&indicator.code, locality, at))
                .transpose()?;
            let told = (known.as_ref())
                .and_then(|known| known.observation().cloned())
                .unwrap_or_default();
            let place = Place {
                name: &key.name,
                relation: Relation::Subject,
                rank: None,
            };
            let spent = Spent {
                within: year,
                shown: spend,
                per_head,
            };
            let mut row = row(indicator, &place, spent, at, &told, confidence);
            if let Some(Knowledge::OnlyFor { locality, .. }) = known {
                row.only_for = Some(indicators.locality_name(locality).to_owned());
            }
            rows.push(row);
        }
        for note in answer.notes {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    if by_residents {
        notes.insert(0, BY_RESIDENTS.to_owned());
    }
    Ok(finished(pairing, lag, rows, notes))
}

/// The notes that every table ends with.
fn finished(
    pairing: &Pairing<'_>,
    lag: &Lag,
    rows: Vec<SideBySideRow>,
    mut notes: Vec<String>,
) -> SideBySide {
    let indicator = pairing.indicator;
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

/// The published period that starts in the year beginning so many months after the spending.
///
/// A financial year's spending with a lag of 0 meets the financial year itself, the calendar year
/// that starts within it, the academic year that starts within it: never an outcome that began
/// before the money was spent.
fn outcome_period(published: &[Period], year: Period, lag: &Lag) -> Option<Period> {
    let window = year.months_later(lag.months)?;
    let starts_within = |period: &&Period| window.contains(period.first_month());
    published.iter().find(starts_within).copied()
}

struct Place<'a> {
    name: &'a str,
    relation: Relation,
    rank: Option<u32>,
}

/// What was spent, when, and for each head.
struct Spent {
    within: Period,
    shown: SpendShown,
    per_head: Option<Pence>,
}

fn row(
    indicator: &Indicator,
    place: &Place<'_>,
    spent: Spent,
    outcome_in: Option<Period>,
    told: &Observation,
    confidence: Confidence,
) -> SideBySideRow {
    let status = told.status();
    let estimate = told.estimate_or_why(indicator, confidence);
    let amount = spent.shown.amount();
    let per = |count: Option<crate::indicator::Count>| {
        amount
            .zip(count.and_then(|count| count.figure))
            .and_then(|(amount, count)| spend_per(amount, count))
    };
    let events = if indicator.form == Form::Count {
        told.numerator.or(told.value)
    } else {
        told.numerator
    };
    SideBySideRow {
        area: place.name.to_owned(),
        relation: place.relation,
        rank: place.rank,
        spent_in: spent.within,
        per_head: spent.per_head,
        outcome_in,
        status,
        only_for: None,
        figure: told.figure(indicator),
        estimate: estimate.value().is_some().then_some(estimate),
        per_person: per(told.denominator),
        per_outcome: per(events),
        spend: spent.shown,
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
    match pairing
        .indicators
        .spend_elsewhere(activity, other.area, year)
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
                shown => sum(shown.amount()),
            };
            let figure = match (row.outcome_in, row.figure) {
                (None, _) => "–".to_owned(),
                (Some(_), _) if row.only_for.is_some() => {
                    format!("only for {}", row.only_for.as_deref().unwrap_or_default())
                }
                (Some(_), Some(figure)) => {
                    let mark = match row.status {
                        Status::Provisional => " (provisional)",
                        Status::Estimated => " (estimated)",
                        _ => "",
                    };
                    format!("{}{mark}", shown(figure))
                }
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
                cells.push(interval.map_or_else(
                    || "–".to_owned(),
                    |interval| format!("{:.1} to {:.1}", interval.lower, interval.upper),
                ));
            }
            if person {
                cells.push(sum(row.per_person));
            }
            if outcome {
                cells.push(sum(row.per_outcome));
            }
            table.row(cells);
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

/// A figure with at most two decimals; published figures keep fewer.
pub(super) fn shown(figure: Decimal) -> String {
    if figure.scale() > 2 {
        figure.round_dp(2).to_string()
    } else {
        figure.to_string()
    }
}

impl Pairing<'_> {
    /// The indicators it was made with.
    #[must_use]
    pub fn indicators(&self) -> &Indicators {
        self.indicators
    }

    /// The area whose outcome it is.
    #[must_use]
    pub fn area(&self) -> Area {
        Area::Here(self.locality)
    }
}
