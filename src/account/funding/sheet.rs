//! The sources and uses of each held partner, year after year.

use super::{Flows, FundingError};
use crate::axis::{MemberId, Period};
use crate::money::assert_conserved;
use std::collections::BTreeMap;

/// What came to one held partner in one year, and where it went, in pence.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sheet {
    /// From other partners.
    pub(super) incoming: i128,
    /// Held since the year before.
    pub(super) carried: i128,
    /// Held before, as the pack says.
    pub(super) stated: i128,
    /// Of what is stated, what was stated for a later year than the partner's first.
    pub(super) stated_later: i128,
    /// What it used beyond all of that: its own money.
    pub(super) own: i128,
    /// For good.
    pub(super) spent: i128,
    /// To other partners.
    pub(super) outgoing: i128,
    /// Left at the end.
    pub(super) closing: i128,
}

impl Sheet {
    pub(super) fn opening(&self) -> i128 {
        self.carried + self.stated
    }
}

/// The sheets of all held partners, by year.
pub(super) type Sheets = BTreeMap<Period, BTreeMap<MemberId, Sheet>>;

/// Works out what every held partner used, of whose money, and what it kept for the next year.
pub(super) fn sheets(flows: &Flows) -> Result<Sheets, FundingError> {
    let first: BTreeMap<MemberId, Option<Period>> = flows
        .held()
        .map(|partner| (partner, flows.first_year(partner)))
        .collect();
    let mut sheets = Sheets::new();
    let mut carried: BTreeMap<MemberId, i128> = BTreeMap::new();
    for year in flows.years()? {
        let mut of_year: BTreeMap<MemberId, Sheet> =
            first.keys().map(|&p| (p, Sheet::default())).collect();
        for ((payer, payee), net) in flows.net(year, |_| true) {
            if let Some(sheet) = of_year.get_mut(&payer) {
                sheet.outgoing += net.total;
            }
            if let Some(sheet) = of_year.get_mut(&payee) {
                sheet.incoming += net.total;
            }
        }
        for (&partner, sheet) in &mut of_year {
            sheet.spent = flows.spent(year, partner);
            sheet.carried = carried.get(&partner).copied().unwrap_or(0);
            sheet.stated = flows.opening(year, partner).unwrap_or(0);
            if first[&partner] != Some(year) {
                sheet.stated_later = sheet.stated;
            }
            let used = sheet.spent + sheet.outgoing;
            let there = sheet.incoming + sheet.opening();
            sheet.own = (used - there).max(0);
            sheet.closing = (there - used).max(0);
            assert_conserved(
                "sources and uses of a partner",
                sheet.incoming + sheet.opening() + sheet.own,
                used + sheet.closing,
            );
            carried.insert(partner, sheet.closing);
        }
        sheets.insert(year, of_year);
    }
    Ok(sheets)
}
