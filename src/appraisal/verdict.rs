//! The same proposal for different purses.

use super::overlap::present;
use super::position::Position;
use super::pounds::in_pounds;
use crate::money::Ratio;
use crate::price::PriceYear;
use serde::Serialize;
use std::fmt;

/// Savings over costs, or why that is no number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Return {
    /// So many pounds for a pound.
    Of(Ratio),
    /// It costs nothing here.
    NoCost,
    /// It costs less than nothing: it is cheaper anyway, and a ratio would say the opposite.
    CheaperAnyway,
}

impl Return {
    fn of(saved: &Ratio, cost: &Ratio) -> Self {
        match cost.inverse() {
            None => Self::NoCost,
            Some(_) if *cost < Ratio::zero() => Self::CheaperAnyway,
            Some(inverse) => Self::Of(saved.times(&inverse)),
        }
    }
}

impl fmt::Display for Return {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&match self {
            Self::Of(ratio) => format!("£{} for £1", ratio.to_decimal(2)),
            Self::NoCost => "no cost".to_owned(),
            Self::CheaperAnyway => "cheaper anyway".to_owned(),
        })
    }
}

/// The year by which savings have paid for costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Payback {
    /// In this year.
    In(PriceYear),
    /// In none of the years that are counted.
    Never,
}

impl fmt::Display for Payback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::In(year) => f.pad(&year.to_string()),
            Self::Never => f.pad("never"),
        }
    }
}

/// When it pays back: the first year in which savings so far are at least costs so far, and the year from which
/// that stays so. By the year itself, and as of the first year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Paybacks {
    /// The first year, undiscounted.
    pub first: Payback,
    /// The year from which it stays, undiscounted.
    pub stays: Payback,
    /// The first year, discounted.
    pub first_discounted: Payback,
    /// The year from which it stays, discounted.
    pub stays_discounted: Payback,
}

/// One boundary's answer. Sums are exact pence as of the first year, in the prices of the proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Verdict {
    /// Whose purse, in words.
    pub purse: String,
    /// What it pays.
    pub cost: Ratio,
    /// What it saves, corrected.
    pub saving: Ratio,
    /// What of that is cash.
    pub cash: Ratio,
    /// Savings less costs.
    pub net_saving: Ratio,
    /// Savings for a pound of cost.
    pub fiscal_return: Return,
    /// Cash for a pound of cost.
    pub cash_return: Return,
    /// When savings have paid for costs.
    pub payback: Paybacks,
    /// What it is worth to people, whoever pays (economic and social value), with what this purse saves that is
    /// no transfer: between two public purses nothing is gained.
    pub public_value: Ratio,
    /// Public value for a pound of cost.
    pub public_return: Return,
}

impl Verdict {
    /// What it gains, to the penny, for people to read.
    #[must_use]
    pub fn net_saving_in_pounds(&self) -> String {
        in_pounds(&self.net_saving)
    }

    /// Over the positions inside.
    pub(super) fn over<'a>(
        purse: String,
        inside: impl Iterator<Item = &'a Position>,
        public_value: Ratio,
        years: &[PriceYear],
        factors: &[Ratio],
    ) -> Self {
        let nothing = vec![Ratio::zero(); years.len()];
        let mut sums = [nothing.clone(), nothing.clone(), nothing];
        for position in inside {
            let of = [&position.cost, &position.corrected, &position.cash];
            for (sum, more) in sums.iter_mut().zip(of) {
                sum.iter_mut()
                    .zip(more)
                    .for_each(|(sum, more)| *sum = sum.plus(more));
            }
        }
        let [cost, saving, _] = &sums;
        let values = sums.each_ref().map(|sums| present(sums, factors));
        let net: Vec<Ratio> = saving
            .iter()
            .zip(cost)
            .map(|(saved, cost)| saved.minus(cost))
            .collect();
        let discounted: Vec<Ratio> = net
            .iter()
            .zip(factors)
            .map(|(net, factor)| net.times(factor))
            .collect();
        let (first, stays) = paybacks(&net, years);
        let (first_discounted, stays_discounted) = paybacks(&discounted, years);
        let [cost, saving, cash] = values;
        Self {
            purse,
            net_saving: saving.minus(&cost),
            fiscal_return: Return::of(&saving, &cost),
            cash_return: Return::of(&cash, &cost),
            public_return: Return::of(&public_value, &cost),
            public_value,
            payback: Paybacks {
                first,
                stays,
                first_discounted,
                stays_discounted,
            },
            cost,
            saving,
            cash,
        }
    }
}

/// The first year in which the sum so far is not below nothing, and the one from which it stays so.
fn paybacks(net: &[Ratio], years: &[PriceYear]) -> (Payback, Payback) {
    let (mut first, mut stays) = (Payback::Never, Payback::Never);
    let mut so_far = Ratio::zero();
    for (net, &year) in net.iter().zip(years) {
        so_far = so_far.plus(net);
        if so_far < Ratio::zero() {
            stays = Payback::Never;
            continue;
        }
        if first == Payback::Never {
            first = Payback::In(year);
        }
        if stays == Payback::Never {
            stays = Payback::In(year);
        }
    }
    (first, stays)
}
