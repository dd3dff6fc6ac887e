//! Savings held against what the account says is spent.

use super::layer::{Layer, Sums};
use super::position::PayerShown;
use crate::appraisal::Appraisal;
use crate::money::Pence;
use crate::report::content::Shown;

/// What one payer's savings are held against.
#[derive(Clone, Debug)]
pub struct HeldShown {
    /// Code of the payer.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it spends a year on what the proposal affects; nothing where no ledger has a line of it, and its
    /// savings are held against nothing.
    pub spent: Option<Shown>,
    /// What may be spent there besides, where nobody knows.
    pub beside: Option<Shown>,
    /// How that is known.
    pub known: String,
    /// What it claims to save in the year in which that is most.
    pub most: Pence,
    /// What it claims in all years.
    pub claimed: Pence,
    /// What of that is refused.
    pub refused: Pence,
}

pub(super) fn held(appraisal: &Appraisal<'_>, payers: &[PayerShown]) -> Vec<HeldShown> {
    let held = payers.iter().filter_map(|payer| {
        let mut all = appraisal.held.iter();
        let held = all.find(|held| held.payer == payer.payer)?;
        let claimed = payer.by_year.iter().map(Sums::claimed);
        Some(HeldShown {
            code: held.payer.code.clone(),
            name: held.payer.name.clone(),
            spent: held.spent.map(Shown::of_sum),
            beside: (held.beside != Pence::ZERO).then(|| Shown::of_sum(held.beside)),
            known: held.known.clone(),
            most: claimed.max().unwrap_or_default(),
            claimed: payer.all_years.claimed(),
            refused: payer.all_years.get(Layer::Refused),
        })
    });
    held.collect()
}
