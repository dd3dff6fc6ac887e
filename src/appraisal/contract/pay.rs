//! What a contract pays for what was reported: exact, capped, and closed to the penny once.

use super::ContractError;
use super::anyway::Anyway;
use super::improvement::{Earned, Improvement};
use super::kind::WhyNot;
use super::reported::Reported;
use super::terms::{Contract, Term};
use crate::appraisal::proposal::Payer;
use crate::money::{Exact, Pence, Ratio, close_below};
use crate::price::{Conversion, PriceBase, PriceYear, Prices};
use std::collections::{BTreeMap, BTreeSet};

/// What is paid for one row of what was reported.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Paid {
    /// For which term.
    pub term: String,
    /// For which cohort.
    pub cohort: String,
    /// For which people of it; empty for all.
    pub group: String,
    /// In which year.
    pub year: PriceYear,
    /// What was counted.
    pub count: Ratio,
    /// What it would come to at the tariff, with nothing refused; exact pence.
    pub all: Ratio,
    /// What is taken back of what was paid earlier and did not last, exact pence.
    pub taken_back: Ratio,
    /// What is paid, less what is taken back; exact pence.
    pub exact: Ratio,
    /// The same, closed with all others.
    pub pence: Pence,
}

/// What is not paid of a row, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refused {
    /// For which term.
    pub term: String,
    /// For which cohort.
    pub cohort: String,
    /// For which people of it; empty for all.
    pub group: String,
    /// In which year.
    pub year: PriceYear,
    /// Why.
    pub why: WhyNot,
    /// How much, exact pence.
    pub exact: Ratio,
}

/// What a contract pays.
///
/// **Invariant:** of every row, what is paid and what is refused are what it would come to, exactly, less what
/// is taken back; rows, years and payers each add up to the total, to the penny.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payment {
    /// A row for each that was reported, in the order of years, terms, cohorts and groups.
    pub paid: Vec<Paid>,
    /// Why the rest is not paid.
    pub refused: Vec<Refused>,
    /// All of it.
    pub total: Pence,
    /// By year.
    pub by_year: Vec<(PriceYear, Pence)>,
    /// By payer, in the order of their first term.
    pub by_payer: Vec<(Payer, Pence)>,
    /// Into whose pounds tariffs were converted.
    pub notes: BTreeSet<String>,
}

impl Payment {
    /// What is paid for terms that are not paid whatever comes of them; exact pence.
    #[must_use]
    pub fn for_results(&self, contract: &Contract) -> Ratio {
        let of_results = |row: &&Paid| {
            let term = contract.term(&row.term);
            term.is_some_and(|term| !term.kind.is_certain())
        };
        self.paid
            .iter()
            .filter(of_results)
            .map(|row| &row.exact)
            .sum()
    }

    /// The payments of each year in other pounds, such as those of a proposal, with by what they were
    /// converted: exact pence.
    ///
    /// # Errors
    ///
    /// [`ContractError::Price`] where the deflator has no index for a year.
    pub fn in_prices(
        &self,
        prices: &Prices,
    ) -> Result<Vec<(PriceYear, Ratio, Conversion)>, ContractError> {
        let each = self.by_year.iter().map(|(year, pence)| {
            let conversion = prices.conversion(PriceBase::Cash, *year)?;
            let real = Ratio::new(pence.get().into(), 1).times(conversion.factor());
            Ok((*year, real, conversion))
        });
        each.collect()
    }
}

/// What is left under each cap while rows are paid one after another.
struct Left<'a> {
    contract: &'a Contract,
    by_person: BTreeMap<(String, String), Ratio>,
    by_term: BTreeMap<String, Ratio>,
    by_year: BTreeMap<usize, Ratio>,
    all: Option<Ratio>,
    /// For the same term and people, so far: claims, what was paid for them, and what of it is still there.
    paid: BTreeMap<(String, String, String), [Ratio; 3]>,
    /// For the same term and people, so far: what was taken off as what would have come anyway.
    anyway: BTreeMap<(String, String, String), Anyway>,
}

impl<'a> Left<'a> {
    fn new(contract: &'a Contract, reported: &[&Reported]) -> Self {
        let mut people: BTreeMap<(String, String), u64> = BTreeMap::new();
        for row in reported {
            let of = people
                .entry((row.cohort.clone(), row.group.clone()))
                .or_default();
            *of = row.people.max(*of);
        }
        let by_person = contract.cap_per_person.iter().flat_map(|cap| {
            people.iter().map(move |(key, people)| {
                (key.clone(), cap.times(&Ratio::new((*people).into(), 1)))
            })
        });
        Self {
            contract,
            by_person: by_person.collect(),
            by_term: (contract.terms.iter())
                .filter_map(|term| Some((term.code.clone(), term.cap.clone()?)))
                .collect(),
            by_year: BTreeMap::new(),
            all: contract.cap.clone(),
            paid: BTreeMap::new(),
            anyway: BTreeMap::new(),
        }
    }

    /// Cuts what a row earned to what is left under every cap.
    fn cut(&mut self, row: &Reported, number: usize, earned: &mut Earned) {
        for (why, left) in self.under(row, number) {
            if let Some(left) = left {
                earned.keep(why, earned.paid.clone().min(left.clone()));
            }
        }
    }

    /// Takes away what a row is paid, and gives what is taken back for claims that did not last: a share of what was
    /// paid on average for claims of the same term and people, so that what no claim was paid is not taken back.
    fn take(&mut self, term: &Term, row: &Reported, number: usize, paid: &Ratio) -> Ratio {
        let zero = Ratio::zero;
        let so_far = self
            .paid
            .entry(key(row))
            .or_insert_with(|| [zero(), zero(), zero()]);
        let [claims, all, left] = so_far;
        *claims = claims.plus(&row.count);
        *all = all.plus(paid);
        *left = left.plus(paid);
        let back = match (&term.clawback, claims.inverse()) {
            (Some(share), Some(each)) => all.times(&each).times(&row.returned).times(share),
            _ => zero(),
        };
        let back = back.min(left.clone());
        *left = left.minus(&back);
        let net = paid.minus(&back);
        for (_, left) in self.under(row, number) {
            if let Some(left) = left {
                *left = left.minus(&net);
            }
        }
        back
    }

    fn under(&mut self, row: &Reported, number: usize) -> [(WhyNot, Option<&mut Ratio>); 4] {
        let caps = &self.contract.cap_by_year;
        if let Some(cap) = caps.get(number).or(caps.last()) {
            self.by_year.entry(number).or_insert_with(|| cap.clone());
        }
        let people = (row.cohort.clone(), row.group.clone());
        [
            (WhyNot::CapByPerson, self.by_person.get_mut(&people)),
            (WhyNot::CapByMetric, self.by_term.get_mut(&row.term)),
            (WhyNot::CapByYear, self.by_year.get_mut(&number)),
            (WhyNot::CapByContract, self.all.as_mut()),
        ]
    }
}

fn key(row: &Reported) -> (String, String, String) {
    (row.term.clone(), row.cohort.clone(), row.group.clone())
}

/// The factor by which a tariff rises with prices until a year, and in words.
fn index(contract: &Contract, year: PriceYear) -> Result<Option<Conversion>, ContractError> {
    let (PriceBase::Real(_), Some(deflator)) = (contract.tariffs, &contract.deflator) else {
        return Ok(None);
    };
    let cash = Prices::new(PriceBase::Cash, deflator, &[])?;
    Ok(Some(cash.conversion(contract.tariffs, year)?))
}

/// What a term pays for one of what is counted, in the pounds of a year.
pub(super) fn tariff(
    contract: &Contract,
    term: &Term,
    year: PriceYear,
) -> Result<(Ratio, Option<String>), ContractError> {
    let number = contract.year_number(year).unwrap_or(0);
    let stated = term.tariff.get(number).or(term.tariff.last());
    let mut tariff = stated.cloned().unwrap_or_else(Ratio::zero);
    if let Some((_, part)) = &term.together {
        tariff = tariff.times(part);
    }
    // What is counted in pounds is in those of its year already.
    if term.kind.is_in_pounds() {
        return Ok((tariff, None));
    }
    let index = index(contract, year)?;
    Ok(match index {
        None => (tariff, None),
        Some(index) => (tariff.times(index.factor()), Some(index.to_string())),
    })
}

impl Contract {
    /// Pays for what was reported.
    ///
    /// Rows are paid in the order of years, then of the terms in the contract, then of cohorts and groups, whichever
    /// order they are given in; each takes from what is left under the caps by person, of the term, of the year and of the contract.
    ///
    /// # Errors
    ///
    /// [`ContractError::Reported`] with everything that cannot have been; [`ContractError::Price`] where a
    /// tariff that rises with prices has no index for a year.
    pub fn pay(&self, reported: &[Reported]) -> Result<Payment, ContractError> {
        let faults = self.faults(reported);
        if faults.any_fault() {
            return Err(ContractError::Reported(faults));
        }
        let place = |code: &str| self.terms.iter().position(|term| term.code == code);
        let mut rows: Vec<&Reported> = reported.iter().collect();
        rows.sort_by(|one, other| {
            let key = |row: &Reported| (row.year, place(&row.term));
            (key(one), &one.cohort, &one.group).cmp(&(key(other), &other.cohort, &other.group))
        });
        let mut left = Left::new(self, &rows);
        let mut payment = Payment {
            paid: Vec::with_capacity(rows.len()),
            refused: Vec::new(),
            total: Pence::ZERO,
            by_year: Vec::new(),
            by_payer: Vec::new(),
            notes: BTreeSet::new(),
        };
        for row in &rows {
            let Some(term) = self.term(&row.term) else {
                continue;
            };
            let (tariff, note) = tariff(self, term, row.year)?;
            payment.notes.extend(note);
            let before = left.anyway.entry(key(row)).or_default();
            let mut earned = Earned::of(term, row, &tariff, before);
            let mut taken_back = Ratio::zero();
            match self.year_number(row.year) {
                None => earned = Earned::nothing(earned.all, WhyNot::OutsideTheContract),
                Some(number) => {
                    if let Some(why) = self.stops(term, row, &rows) {
                        earned = Earned::nothing(earned.all, why);
                    }
                    // A row that is not paid uses nothing up.
                    let before = left.anyway.entry(key(row)).or_default();
                    before.take(row.people, &earned.anyway);
                    left.cut(row, number, &mut earned);
                    if !row.returned.is_zero() && term.clawback.is_none() {
                        earned.not.push((WhyNot::NoClawback, Ratio::zero()));
                    }
                    taken_back = left.take(term, row, number, &earned.paid);
                }
            }
            for (why, exact) in earned.not {
                payment.refused.push(Refused {
                    term: row.term.clone(),
                    cohort: row.cohort.clone(),
                    group: row.group.clone(),
                    year: row.year,
                    why,
                    exact,
                });
            }
            payment.paid.push(Paid {
                term: row.term.clone(),
                cohort: row.cohort.clone(),
                group: row.group.clone(),
                year: row.year,
                count: row.count.clone(),
                all: earned.all,
                exact: earned.paid.minus(&taken_back),
                taken_back,
                pence: Pence::ZERO,
            });
        }
        self.close(&mut payment)?;
        Ok(payment)
    }

    /// Why a hurdle stops a term.
    fn stops(&self, term: &Term, row: &Reported, all: &[&Reported]) -> Option<WhyNot> {
        let hurdle = self.term(term.hurdle.as_ref()?)?;
        let mut same = all.iter().filter(|other| {
            other.term == hurdle.code && other.cohort == row.cohort && other.year == row.year
        });
        let zero = Ratio::zero();
        let first = same.next();
        let worse = first
            .into_iter()
            .chain(same)
            .any(|other| Improvement::of(hurdle, other).is_none_or(|found| found.better_by < zero));
        match (first, worse) {
            (None, _) => Some(WhyNot::HurdleNotReported),
            (_, true) => Some(WhyNot::Hurdle),
            (_, false) => None,
        }
    }

    /// Whole pence for rows, years and payers, from one rounding of the total.
    fn close(&self, payment: &mut Payment) -> Result<(), ContractError> {
        let exact = |pence: &Ratio| Exact::whole(Pence::new(1)).times(pence);
        let all: Ratio = payment.paid.iter().map(|row| &row.exact).sum();
        payment.total = exact(&all).nearest()?;
        let rows: Vec<Exact> = payment.paid.iter().map(|row| exact(&row.exact)).collect();
        let closed = close_below(payment.total, &rows)?;
        let mut years: BTreeMap<PriceYear, Vec<Pence>> = BTreeMap::new();
        for (row, pence) in payment.paid.iter_mut().zip(closed) {
            row.pence = pence;
            years.entry(row.year).or_default().push(pence);
        }
        for (year, pence) in years {
            payment.by_year.push((year, Pence::total(pence)?));
        }
        let mut shares: Vec<(Payer, Ratio)> = Vec::new();
        for (payer, _) in self.terms.iter().flat_map(|term| &term.payers) {
            if shares.iter().all(|(known, _)| known != payer) {
                shares.push((payer.clone(), Ratio::zero()));
            }
        }
        for row in &payment.paid {
            let payers = self
                .term(&row.term)
                .into_iter()
                .flat_map(|term| &term.payers);
            for (payer, share) in payers {
                let part = row.exact.times(share);
                if let Some((_, sum)) = shares.iter_mut().find(|(known, _)| known == payer) {
                    *sum = sum.plus(&part);
                }
            }
        }
        let parts: Vec<Exact> = shares.iter().map(|(_, part)| exact(part)).collect();
        let closed = close_below(payment.total, &parts)?;
        payment.by_payer = (shares.into_iter().map(|(payer, _)| payer))
            .zip(closed)
            .collect();
        Ok(())
    }
}
