//! How much of a saving leaves a budget.
//!
//! A saving that is spread over many budgets closes no ward and dismisses nobody: it is time that is free for
//! other people. Only what may be spent less in a year is cash. What it takes differs, so each saving of each
//! bearer has a model, and none has a default.

use super::pounds::in_pounds;
use crate::money::Ratio;
use crate::text::counted;
use num_traits::ToPrimitive;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How a saving becomes cash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum CashModel {
    /// A share of it, year by year; years after the last have its share.
    Share {
        /// The share when all of it has come: bank staff are no longer booked.
        share: Ratio,
        /// How much of the share has come in each year from the first; all of it where empty.
        phase: Vec<Ratio>,
    },
    /// Whole blocks: an officer, a ward. A block goes when so many events were avoided in the year and in the
    /// year of notice before it.
    Blocks {
        /// How many events of a year make a block.
        block: Ratio,
        /// What a block costs a year, exact pence in the prices of the proposal.
        worth: Ratio,
        /// Years of notice.
        notice: usize,
    },
    /// None of it.
    None,
}

impl fmt::Display for CashModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Share { share, .. } => {
                write!(f, "{} %", share.times(&Ratio::new(100, 1)).to_decimal(0))
            }
            Self::Blocks {
                block,
                worth,
                notice,
            } => write!(
                f,
                "{} for every {} events, with {notice} of notice",
                in_pounds(worth),
                block.to_decimal(0),
                notice = counted(*notice, "year"),
            ),
        }
    }
}

/// Why capacity that is freed is no cash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotCash {
    /// The part of a saving that no budget can give up.
    NotCashable,
    /// Less than a block.
    BelowABlock,
    /// Blocks whose notice has not run out.
    InNotice,
    /// Bound by contracts, by law, or by nobody knows what.
    Locked,
}

impl NotCash {
    /// Every reason.
    pub const ALL: [Self; 4] = [
        Self::NotCashable,
        Self::BelowABlock,
        Self::InNotice,
        Self::Locked,
    ];

    /// In words, for people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::NotCashable => "cannot be given up",
            Self::BelowABlock => "less than a block",
            Self::InNotice => "in notice",
            Self::Locked => "bound by contract or law, or not stated to be free",
        }
    }
}

/// What one saving of one year gives.
pub(super) struct Cashable {
    pub cash: Ratio,
    /// What stays capacity, by its reason.
    pub freed: Vec<(NotCash, Ratio)>,
}

impl CashModel {
    /// What becomes cash of the savings of each year, with the events behind them.
    pub(super) fn of(&self, savings: &[Ratio], events: &[Ratio]) -> Vec<Cashable> {
        (0..savings.len())
            .map(|year| self.of_year(year, savings, events))
            .collect()
    }

    fn of_year(&self, year: usize, savings: &[Ratio], events: &[Ratio]) -> Cashable {
        let saved = &savings[year];
        let all_freed = |reason| Cashable {
            cash: Ratio::zero(),
            freed: vec![(reason, saved.clone())],
        };
        match self {
            Self::None => all_freed(NotCash::NotCashable),
            Self::Share { share, phase } => {
                let come = phase
                    .get(year)
                    .or(phase.last())
                    .cloned()
                    .unwrap_or_else(Ratio::one);
                let cash = saved.times(share).times(&come);
                let freed = saved.minus(&cash);
                Cashable {
                    cash,
                    freed: vec![(NotCash::NotCashable, freed)],
                }
            }
            Self::Blocks {
                block,
                worth,
                notice,
            } => {
                let now = &events[year];
                let before = year
                    .checked_sub(*notice)
                    .map_or_else(Ratio::zero, |at| events[at].clone());
                let blocks = |events: &Ratio| -> Ratio {
                    let whole =
                        (block.inverse()).map(|inverse| events.times(&inverse).whole_part());
                    Ratio::new(
                        whole.and_then(|whole| whole.to_i128()).unwrap_or(0).max(0),
                        1,
                    )
                };
                let (gone, there) = (blocks(&before.min(now.clone())), blocks(now));
                // A block that costs more than what is saved frees no more than that.
                let cash = gone.times(worth).min(saved.clone());
                let in_notice = there.minus(&gone).times(worth).min(saved.minus(&cash));
                let rest = saved.minus(&cash).minus(&in_notice);
                Cashable {
                    cash,
                    freed: vec![(NotCash::InNotice, in_notice), (NotCash::BelowABlock, rest)],
                }
            }
        }
    }
}
