//! Effects that nothing says how to count together.

use super::Opener;
use crate::appraisal::overlap::{self, Reading};
use crate::appraisal::proposal::Proposal;
use crate::appraisal::{horizon, saving};
use crate::finding::{Finding, Position, Severity};
use crate::money::{Exact, Pence};
use crate::price::Prices;

impl Opener<'_> {
    /// Several effects save money, and of some of them nothing says whether they are an outcome and what follows
    /// from it: said with what would be counted twice, before anything is held against the account.
    pub(super) fn counted_together(&mut self, proposal: &Proposal, at: &Position) {
        let book = self.place.prices();
        let (Ok(deflator), Ok(discount)) = (
            book.deflator(&proposal.deflator),
            book.discount(&proposal.discount),
        ) else {
            return;
        };
        let (Ok(prices), Ok((years, factors))) = (
            Prices::new(proposal.prices, deflator, &[]),
            horizon::years(proposal, discount),
        ) else {
            return;
        };
        let Ok(savings) = saving::savings(proposal, &years, &prices) else {
            return;
        };
        let codes: Vec<String> = (overlap::undeclared(proposal, &savings).iter().flatten())
            .map(|code| format!("`{code}`"))
            .collect();
        if codes.is_empty() {
            return;
        }
        let saved = |reading| {
            let mut savings = savings.clone();
            overlap::settle(proposal, &mut savings, &factors, reading);
            overlap::saved(&savings, &factors)
        };
        let twice = saved(Reading::Central).minus(&saved(Reading::AllOverlap));
        self.findings.push(Finding {
            rule: "effects-without-overlap".into(),
            severity: Severity::Notice,
            position: at.clone(),
            found: format!(
                "several effects save money, and nothing says how {} with the others: if one is what follows from \
                 another, its money counts twice",
                match &codes[..] {
                    [one] => format!("{one} counts"),
                    all => format!("{} count", all.join(" and ")),
                }
            ),
            at_stake: Exact::whole(Pence::new(1)).times(&twice).nearest().ok(),
            remedy: "give effects an `overlap` group, and an `[[overlap]]` that says `separate`, `nested` or \
                     `unknown`, and why"
                .into(),
        });
    }
}
