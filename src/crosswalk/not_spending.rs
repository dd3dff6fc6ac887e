//! Why money in a ledger is not spending.

use crate::axis::{did_you_mean, nearest};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Why lines of a ledger are not what a partner spends.
///
/// A payment file lists whatever leaves the bank, and a ledger whatever is booked: deposits that come
/// back, council tax passed on to others, charges from one service of a council to another. Counted as
/// spending they would swell the account by more than all youth services cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NotSpending {
    /// Investments made and returned, loans taken and repaid.
    Treasury,
    /// Debtors, creditors, stocks, suspense, VAT and payroll control accounts.
    BalanceSheet,
    /// Council tax and business rates collected for others: precepts, shares, refunds.
    CollectionFund,
    /// Money held for somebody else: deposits, trust funds, clients' own money.
    HeldForOthers,
    /// Charges between services of the same partner, which stand in both.
    InternalRecharge,
    /// Depreciation, minimum revenue provision, reserves: entries that nobody is paid for.
    CapitalFinancing,
    /// Totals of other lines that stand in the ledger themselves.
    SumOfLines,
    /// Anything else, which a note says.
    Other,
}

impl NotSpending {
    /// All reasons, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Treasury,
        Self::BalanceSheet,
        Self::CollectionFund,
        Self::HeldForOthers,
        Self::InternalRecharge,
        Self::CapitalFinancing,
        Self::SumOfLines,
        Self::Other,
    ];

    /// The word for it, as files write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Treasury => "treasury",
            Self::BalanceSheet => "balance-sheet",
            Self::CollectionFund => "collection-fund",
            Self::HeldForOthers => "held-for-others",
            Self::InternalRecharge => "internal-recharge",
            Self::CapitalFinancing => "capital-financing",
            Self::SumOfLines => "sum-of-lines",
            Self::Other => "other",
        }
    }

    /// What it is, for people.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Treasury => "investments made and returned, loans taken and repaid",
            Self::BalanceSheet => {
                "debtors, creditors, stocks, suspense, VAT and payroll control accounts"
            }
            Self::CollectionFund => {
                "council tax and business rates collected for others: precepts, shares, refunds"
            }
            Self::HeldForOthers => {
                "money held for somebody else: deposits, trust funds, clients' own money"
            }
            Self::InternalRecharge => {
                "charges between services of the same partner, which stand in both"
            }
            Self::CapitalFinancing => {
                "depreciation, minimum revenue provision, reserves: entries that nobody is paid for"
            }
            Self::SumOfLines => "totals of other lines that stand in the ledger themselves",
            Self::Other => "anything else, which the note says",
        }
    }
}

impl fmt::Display for NotSpending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.name().replace('-', " "))
    }
}

impl FromStr for NotSpending {
    type Err = String;

    /// In any case, with blanks or hyphens between the words.
    fn from_str(text: &str) -> Result<Self, String> {
        let word = hyphenated(text);
        let found = Self::ALL.into_iter().find(|reason| reason.name() == word);
        found.ok_or_else(|| {
            format!(
                "`{text}` is no reason why money is not spending{}",
                did_you_mean(&nearest(&word, Self::ALL.map(Self::name)))
            )
        })
    }
}

/// A word of the pack's own lists, as somebody may write it in a sheet: `Balance sheet`.
pub(super) fn hyphenated(text: &str) -> String {
    let words: Vec<String> = (text.split([' ', '-', '_']))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_read_as_people_write_them() {
        for reason in NotSpending::ALL {
            assert_eq!(reason.name().parse(), Ok(reason));
            assert_eq!(reason.to_string().to_uppercase().parse(), Ok(reason));
        }
        let told = "tresury".parse::<NotSpending>();
        assert_eq!(
            told,
            Err(
                "`tresury` is no reason why money is not spending; did you mean `treasury`?".into()
            )
        );
    }
}
