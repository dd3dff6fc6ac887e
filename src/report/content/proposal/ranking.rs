//! Proposals side by side, in the order of what one purse gains.

use super::purse::PurseShown;
use super::sheet::ProposalSheet;
use std::cmp::Reverse;

/// Proposals by what one purse gains, the most first, and never by a ratio: a small one may return most for a
/// pound and still leave a purse with little. Those that say nothing of that purse are left out.
pub fn ranked<'a>(
    sheets: &[&'a ProposalSheet],
    purse: &str,
) -> Vec<(&'a ProposalSheet, &'a PurseShown)> {
    let of_purse = |sheet: &'a ProposalSheet| {
        let purse = sheet.purses.iter().find(|one| one.code == purse)?;
        Some((sheet, purse))
    };
    let mut all: Vec<_> = sheets.iter().copied().filter_map(of_purse).collect();
    all.sort_by_key(|(sheet, purse)| {
        (
            Reverse((purse.sums.gain(), purse.sums.cash_gain())),
            sheet.code.as_str(),
        )
    });
    all
}
