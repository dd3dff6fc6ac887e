//! Of which months the ledgers have lines, and of which they should have some.

use super::ledgers::held;
use crate::account::PlaceAccount;
use crate::axis::{Months, Period, Placed};
use crate::crosswalk::MappedLedger;
use crate::money::Pence;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

/// The months of each ledger.
///
/// What is expected of a ledger is all months from the first to the last that is there, and those of
/// the pack's period of reports if it has any of them. A month is there if it has at least a
/// twentieth of the lines of the ledger's fullest month ([`RecordedMonths`]): a line that is dated in
/// another month than the rest of its file is a stray one.
///
/// [`RecordedMonths`]: crate::account::RecordedMonths
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MonthsCheck {
    /// Each ledger, in the order of the pack.
    pub ledgers: Vec<LedgerMonthsCheck>,
    /// Months that are expected of some ledger.
    pub expected: u16,
    /// Those of them of which every ledger has lines that is expected to.
    pub complete: u16,
}

/// The months of one ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LedgerMonthsCheck {
    /// Its code.
    pub ledger: String,
    /// Periods of which it has lines or should have some, in order: months, and longer periods
    /// where lines name those or a whole financial year is missing.
    pub months: Vec<MonthCheck>,
    /// Months that are expected and not there.
    pub missing: Months,
    /// Lines in no period.
    pub undated: u64,
    /// Their pence.
    pub undated_pence: Pence,
}

/// One month of one ledger, or a longer period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MonthCheck {
    /// The period.
    pub period: Period,
    /// How many lines.
    pub lines: u64,
    /// Their pence; spending is positive.
    pub pence: Pence,
    /// Whether it is as expected.
    pub state: MonthState,
}

/// Whether a month of a ledger is as expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MonthState {
    /// There are lines, and there should be.
    There,
    /// There is no line, and there should be.
    Missing,
    /// There are a few stray lines where there should be many.
    Few,
    /// There are lines of a time that is not expected.
    Outside,
}

impl MonthsCheck {
    pub(super) fn of(account: &PlaceAccount) -> Self {
        let recorded = recorded(account);
        let reports = account.place().report_period();
        let none = Months::default();
        let ledgers: Vec<(LedgerMonthsCheck, Months)> = (account.ledgers().par_iter())
            .map(|mapped| {
                let there = recorded.get(mapped.ledger().id()).unwrap_or(&none);
                of_ledger(mapped, there, reports)
            })
            .collect();
        let mut expected = Months::default();
        let mut missing = Months::default();
        for (ledger, wanted) in &ledgers {
            expected.add_all(wanted);
            missing.add_all(&ledger.missing);
        }
        Self {
            ledgers: ledgers.into_iter().map(|(ledger, _)| ledger).collect(),
            expected: expected.count(),
            complete: expected.count() - missing.count(),
        }
    }
}

/// The months that are there, by ledger, whichever partner's they are.
fn recorded(account: &PlaceAccount) -> BTreeMap<&str, Months> {
    let mut all: BTreeMap<&str, Months> = BTreeMap::new();
    for of in account.recorded_months().ledgers() {
        all.entry(of.ledger).or_default().add_all(of.months);
    }
    all
}

/// One ledger, and the months that are expected of it.
fn of_ledger(
    mapped: &MappedLedger,
    there: &Months,
    reports: Option<Period>,
) -> (LedgerMonthsCheck, Months) {
    let mut sums: BTreeMap<Placed<Period>, (u64, i128)> = BTreeMap::new();
    // Lines of one month stand together.
    let mut last: Option<(Placed<Period>, (u64, i128))> = None;
    for line in mapped.ledger().lines() {
        let (period, pence) = (mapped.period(&line), i128::from(line.pence().get()));
        match &mut last {
            Some((known, sum)) if *known == period => *sum = (sum.0 + 1, sum.1 + pence),
            _ => add(&mut sums, last.replace((period, (1, pence)))),
        }
    }
    add(&mut sums, last);
    let mut expected = Months::default();
    (there.from_first_to_last().into_iter()).for_each(|span| expected.add(span));
    let of_reports = reports.filter(|&period| !there.within(period).is_empty());
    of_reports
        .into_iter()
        .for_each(|period| expected.add(period));
    let missing: Months = (expected.spans().iter())
        .flat_map(|&span| there.missing_of(span).spans().to_vec())
        .collect();
    let (undated, undated_pence) = (sums.iter())
        .filter(|(period, _)| matches!(period, Placed::Gap(_)))
        .fold((0, 0), |all, (_, sum)| (all.0 + sum.0, all.1 + sum.1));
    let mut months: BTreeMap<Period, MonthCheck> = BTreeMap::new();
    for (period, (lines, pence)) in sums {
        let Placed::On(period) = period else { continue };
        let state = match period {
            // What a line says of a year is there for all its months.
            year if year.months() > 1 => MonthState::There,
            month if there.cover(month) => MonthState::There,
            month if expected.cover(month) => MonthState::Few,
            _ => MonthState::Outside,
        };
        let month = MonthCheck {
            period,
            lines,
            pence: held(pence),
            state,
        };
        months.insert(period, month);
    }
    let with_lines: Months = months.keys().copied().collect();
    let shown = missing.spans().iter();
    for period in shown.flat_map(|&span| years_and_months(span, &with_lines)) {
        months.entry(period).or_insert(MonthCheck {
            period,
            lines: 0,
            pence: Pence::ZERO,
            state: MonthState::Missing,
        });
    }
    let ledger = LedgerMonthsCheck {
        ledger: mapped.ledger().id().to_owned(),
        months: months.into_values().collect(),
        missing,
        undated,
        undated_pence: held(undated_pence),
    };
    (ledger, expected)
}

fn add(
    sums: &mut BTreeMap<Placed<Period>, (u64, i128)>,
    more: Option<(Placed<Period>, (u64, i128))>,
) {
    if let Some((period, (lines, pence))) = more {
        let sum = sums.entry(period).or_default();
        *sum = (sum.0 + lines, sum.1 + pence);
    }
}

/// The financial years that lie wholly in a period and have no line, and each month of the others.
fn years_and_months(period: Period, with_lines: &Months) -> Vec<Period> {
    let of_year = |year: Period| match year.intersection(period) {
        Some(whole) if whole == year && with_lines.within(year).is_empty() => vec![year],
        Some(part) => each_month(part).collect(),
        None => Vec::new(),
    };
    period
        .financial_years()
        .into_iter()
        .flat_map(of_year)
        .collect()
}

/// The months of a period, in order.
pub fn each_month(period: Period) -> impl Iterator<Item = Period> {
    let first = period.first_month();
    (0..period.months()).filter_map(move |number| first.months_later(number))
}
