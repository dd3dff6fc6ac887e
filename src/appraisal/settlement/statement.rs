//! A settlement as payments by year.

use super::{ClaimsRule, SettlementError};
use crate::money::{Exact, Pence, Ratio, close, close_below};

/// One partner of a programme, before anything is settled: exact pence by year, the first year first.
#[derive(Clone, Debug)]
pub struct Party {
    /// Its code.
    pub partner: String,
    /// What the programme costs it.
    pub costs: Vec<Ratio>,
    /// What it saves in cash.
    pub cash: Vec<Ratio>,
}

/// What one partner pays and receives: below zero it pays.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payment {
    /// Its code.
    pub partner: String,
    /// By year, to the penny.
    pub by_year: Vec<Pence>,
    /// What it has before, over all years, as of the first year: cash less cost.
    pub before: Pence,
    /// What it has afterwards.
    pub after: Pence,
}

/// Payments by year that leave nobody worse off.
///
/// **Invariant:** in each year all payments are nothing, to the penny; nobody pays before its cash has
/// arrived; `after` is never below zero.
///
/// # Method
///
/// Everything is valued as of the first year by the factors that are given. Who saves `b` and gains `a` of
/// the surplus hands over `b − a` less its own costs. Whoever hands over pays the same part of its cash
/// of every year, so that it pays out of what it has; what is paid in a year goes to those who receive, in
/// the proportion of what they are to receive in all.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statement {
    /// By what rule.
    pub rule: ClaimsRule,
    /// What there was to divide.
    pub surplus: Pence,
    /// One for each party, in their order.
    pub payments: Vec<Payment>,
}

impl Statement {
    /// Settles by a rule, with the worth of a unit of each year in the first; `essential` is the number of
    /// a partner without whom there is nothing to divide.
    ///
    /// # Errors
    ///
    /// Those of [`ClaimsRule::divide`]: most often [`SettlementError::NoSurplus`], with the sum that is
    /// missing.
    pub fn settle(
        rule: ClaimsRule,
        parties: &[Party],
        factors: &[Ratio],
        essential: Option<usize>,
    ) -> Result<Self, SettlementError> {
        let worth = |by_year: &[Ratio]| -> Ratio {
            let each = by_year.iter().zip(factors);
            each.map(|(sum, factor)| sum.times(factor))
                .fold(Ratio::zero(), |a, b| a.plus(&b))
        };
        let saved: Vec<Ratio> = parties.iter().map(|party| worth(&party.cash)).collect();
        let cost: Vec<Ratio> = parties.iter().map(|party| worth(&party.costs)).collect();
        let surplus = saved.iter().sum::<Ratio>().minus(&cost.iter().sum());
        let gains = match essential {
            None => rule.divide(&surplus, &saved)?,
            Some(partner) => ClaimsRule::divide_with_essential(&surplus, &saved, partner)?,
        };
        // What each hands over (above zero) or receives.
        let over: Vec<Ratio> = (saved.iter().zip(&cost).zip(&gains))
            .map(|((saved, cost), gain)| saved.minus(cost).minus(gain))
            .collect();
        let zero = Ratio::zero();
        let received: Ratio = over.iter().filter(|over| **over < zero).sum();
        let parts = |over: &Ratio, whole: &Ratio| {
            whole
                .inverse()
                .map_or_else(Ratio::zero, |inverse| over.times(&inverse))
        };
        let mut by_year: Vec<Vec<Pence>> = vec![Vec::with_capacity(factors.len()); parties.len()];
        for year in 0..factors.len() {
            let cash = |party: usize| {
                parties[party]
                    .cash
                    .get(year)
                    .cloned()
                    .unwrap_or_else(Ratio::zero)
            };
            let paid: Vec<Ratio> = (over.iter().enumerate())
                .map(|(party, over)| match *over > zero {
                    true => parts(over, &saved[party]).times(&cash(party)),
                    false => Ratio::zero(),
                })
                .collect();
            let all: Ratio = paid.iter().sum();
            let flows = (over.iter().zip(&paid)).map(|(over, paid)| {
                let received = match *over < zero {
                    true => parts(over, &received).times(&all),
                    false => Ratio::zero(),
                };
                exact(&received.minus(paid))
            });
            let flows: Vec<Exact> = flows.collect();
            for (party, pence) in close(Pence::ZERO, &flows)?.into_iter().enumerate() {
                by_year[party].push(pence);
            }
        }
        let surplus = exact(&surplus).nearest()?;
        let own: Vec<Exact> = (saved.iter().zip(&cost))
            .map(|(saved, cost)| exact(&saved.minus(cost)))
            .collect();
        let before = close_below(surplus, &own)?;
        let after = close_below(surplus, &gains.iter().map(exact).collect::<Vec<_>>())?;
        let payments = (parties
            .iter()
            .zip(by_year)
            .zip(before.into_iter().zip(after)))
        .map(|((party, by_year), (before, after))| Payment {
            partner: party.partner.clone(),
            by_year,
            before,
            after,
        })
        .collect();
        Ok(Self {
            rule,
            surplus,
            payments,
        })
    }
}

/// Exact pence as a sum of money.
fn exact(pence: &Ratio) -> Exact {
    Exact::whole(Pence::new(1)).times(pence)
}
