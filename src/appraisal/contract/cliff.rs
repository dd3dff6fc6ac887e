//! Where one event more or less moves a payment by more than its tariff.

use super::ContractError;
use super::anyway::Anyway;
use super::improvement::{Earned, Improvement};
use super::kind::Better;
use super::pay::tariff;
use super::reported::{Comparison, Reported};
use super::terms::{Contract, Term, Truth};
use crate::money::{Pence, Ratio};
use crate::price::PriceYear;
use num_traits::ToPrimitive;

/// A term that pays from the first event on once a threshold or a hurdle is met.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cliff {
    /// The term.
    pub term: String,
    /// The cohort.
    pub cohort: String,
    /// The year.
    pub year: PriceYear,
    /// What there would have been by its baseline, in what is counted.
    pub expected: Ratio,
    /// The count at which it just pays; nothing where no count makes it pay.
    pub edge: Option<u64>,
    /// What the term pays there, before caps and hurdles: exact pence. One event worse, it pays nothing.
    pub pays: Ratio,
    /// One fewer than is reported or expected, that itself, and one more, with what the contract pays in all
    /// for each; nothing where there cannot be such a result, such as one fewer than none or one more than
    /// all people.
    pub beside: [Option<(Ratio, Pence)>; 3],
}

impl Contract {
    /// The cliffs of what was reported, or is expected: one for each row of a term with a cliff.
    ///
    /// # Errors
    ///
    /// As [`Contract::pay`].
    pub fn cliffs(&self, reported: &[Reported]) -> Result<Vec<Cliff>, ContractError> {
        let mut cliffs = Vec::new();
        for (number, row) in reported.iter().enumerate() {
            let Some(term) = self.term(&row.term).filter(|term| term.has_cliff()) else {
                continue;
            };
            let (tariff, _) = tariff(self, term, row.year)?;
            let with = |count: Ratio| Reported {
                count,
                ..row.clone()
            };
            let before = self.anyway_before(term, row, reported)?;
            let pays = |count: u64| {
                let row = with(Ratio::new(count.into(), 1));
                Earned::of(term, &row, &tariff, &before).paid
            };
            let better = term.baseline.as_ref().map(|(_, better)| *better);
            let expected =
                Improvement::of(term, row).map_or_else(Ratio::zero, |found| found.expected);
            // The payment rises with the improvement, so that the first count that pays is found by halving.
            let whole = expected.whole_part().to_u64().unwrap_or(0);
            let edge = match better {
                Some(Better::Lower) => least(whole, |fewer| {
                    pays(whole.saturating_sub(fewer)) > Ratio::zero()
                })
                .map(|fewer| whole.saturating_sub(fewer)),
                Some(Better::Higher) => {
                    let most = row.people.max(whole.saturating_mul(2));
                    let span = most.saturating_sub(whole);
                    least(span, |more| {
                        pays(whole.saturating_add(more)) > Ratio::zero()
                    })
                    .map(|more| whole.saturating_add(more))
                }
                None => None,
            };
            let pays_with = |count: Ratio| {
                let mut rows = reported.to_vec();
                if let Some(changed) = rows.get_mut(number) {
                    *changed = with(count.clone());
                }
                // One fewer than none is no result, nor is one more than all people.
                if self.faults(&rows).any_fault() {
                    return Ok(None);
                }
                Ok::<_, ContractError>(Some((count, self.pay(&rows)?.total)))
            };
            let one = Ratio::one();
            let beside = [
                pays_with(row.count.minus(&one))?,
                pays_with(row.count.clone())?,
                pays_with(row.count.plus(&one))?,
            ];
            cliffs.push(Cliff {
                term: row.term.clone(),
                cohort: row.cohort.clone(),
                year: row.year,
                pays: edge.map_or_else(Ratio::zero, pays),
                expected,
                edge,
                beside,
            });
        }
        Ok(cliffs)
    }

    /// What was taken off earlier rows of the same people as what would have come anyway.
    fn anyway_before(
        &self,
        term: &Term,
        row: &Reported,
        reported: &[Reported],
    ) -> Result<Anyway, ContractError> {
        let same = |other: &&Reported| {
            (&other.term, &other.cohort, &other.group) == (&row.term, &row.cohort, &row.group)
                && other.year < row.year
                && self.year_number(other.year).is_some()
        };
        let mut earlier: Vec<&Reported> = reported.iter().filter(same).collect();
        earlier.sort_by_key(|other| other.year);
        let mut before = Anyway::default();
        for other in earlier {
            let (tariff, _) = tariff(self, term, other.year)?;
            let earned = Earned::of(term, other, &tariff, &before);
            before.take(other.people, &earned.anyway);
        }
        Ok(before)
    }

    /// What the contract expects to be reported, without noise: whole counts, and pounds as they are.
    #[must_use]
    pub fn as_expected(&self) -> Vec<Reported> {
        let rows = self.truth.iter();
        rows.map(|truth| self.row(truth, &truth.with)).collect()
    }

    /// The same without the programme.
    #[must_use]
    pub fn as_without(&self) -> Vec<Reported> {
        let rows = self.truth.iter();
        rows.map(|truth| self.row(truth, &truth.without)).collect()
    }

    /// A row of results at a rate, with its comparison group at that without the programme.
    fn row(&self, truth: &Truth, rate: &Ratio) -> Reported {
        let count = |people: u64, rate: &Ratio| nearest(&rate.times(&Ratio::new(people.into(), 1)));
        Reported {
            term: truth.term.clone(),
            cohort: truth.cohort.clone(),
            group: String::new(),
            year: truth.year,
            people: truth.people,
            count: count(truth.people, rate),
            returned: Ratio::zero(),
            comparison: truth.comparison_people.map(|people| Comparison {
                people,
                count: count(people, &truth.without),
            }),
            quality: (self.term(&truth.term))
                .filter(|term| term.times_quality)
                .map(|_| Ratio::one()),
            position: self.position.clone(),
        }
    }
}

/// The nearest whole number, halves up.
fn nearest(number: &Ratio) -> Ratio {
    let up = number.plus(&Ratio::new(1, 2));
    Ratio::new(up.whole_part().to_i128().unwrap_or(0), 1)
}

/// The least number up to a most at which something holds that holds from there on.
fn least(most: u64, holds: impl Fn(u64) -> bool) -> Option<u64> {
    if !holds(most) {
        return None;
    }
    let (mut low, mut high) = (0, most);
    while low < high {
        let middle = low + (high - low) / 2;
        match holds(middle) {
            true => high = middle,
            false => low = middle + 1,
        }
    }
    Some(low)
}
