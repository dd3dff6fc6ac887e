//! Signs: how much of each ledger is below zero, and whether that looks turned round.

use super::ledgers::{LedgerCheck, LineSums};
use super::share::Share;
use crate::account::PlaceAccount;
use crate::ledger::Sign;
use serde::Serialize;

/// The credits of a ledger, or of a file whose signs differ from those of the rest of its ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SignCheck {
    /// Code of the ledger.
    pub ledger: String,
    /// The file, where this is of one.
    pub file: Option<String>,
    /// How many lines.
    pub lines: u64,
    /// The part of them that are below zero, those of £0.00 left out.
    pub credits: Share,
    /// The part of the pounds, without signs, that are below zero.
    pub credit_pounds: Share,
    /// What is odd about them, and the one thing to do; `None` where nothing is.
    pub odd: Option<String>,
}

/// The signs of each ledger, and of each file that differs from the others.
///
/// Most of a ledger of payments is above zero. One that is mostly below, by lines and by pounds, is
/// either income or written the other way round; which of the two nothing in it tells. Of its files
/// all are one way: one that is mostly below where the others are mostly above was written by
/// somebody else.
pub fn signs(account: &PlaceAccount) -> Vec<SignCheck> {
    let plans = account.place().ledgers();
    let mut all = Vec::new();
    for mapped in account.ledgers() {
        let check = LedgerCheck::of(mapped);
        let plan = plans.iter().find(|plan| plan.id == check.ledger);
        let turned = plan.is_some_and(|plan| plan.layout.sign == Sign::IncomePositive);
        let below = mostly_below(&check.sums);
        let odd = match (below, turned) {
            (false, _) => None,
            (true, false) => Some(
                "mostly below zero: if these are payments, write `sign = \"income-positive\"` in \
                 its layout; if it is income, leave it"
                    .to_owned(),
            ),
            (true, true) => Some(
                "mostly below zero, because its layout says that income is positive: if these are \
                 payments, take `sign` out"
                    .to_owned(),
            ),
        };
        all.push(of(&check.ledger, None, &check.sums, odd));
        for file in check.files.iter().filter(|file| file.sums.lines > 0) {
            if mostly_below(&file.sums) == below {
                continue;
            }
            let (this, others) = match below {
                true => ("above", "below"),
                false => ("below", "above"),
            };
            let odd = format!(
                "mostly {this} zero, and the ledger as a whole mostly {others}: give this file a \
                 ledger of its own, with its own `sign`, if it is written the other way round"
            );
            all.push(of(&check.ledger, Some(&file.file), &file.sums, Some(odd)));
        }
    }
    all
}

fn mostly_below(sums: &LineSums) -> bool {
    sums.credit_lines().is_most() && sums.credit_pounds().is_most()
}

fn of(ledger: &str, file: Option<&str>, sums: &LineSums, odd: Option<String>) -> SignCheck {
    SignCheck {
        ledger: ledger.to_owned(),
        file: file.map(str::to_owned),
        lines: sums.lines,
        credits: sums.credit_lines(),
        credit_pounds: sums.credit_pounds(),
        odd,
    }
}
