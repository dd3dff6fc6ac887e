//! Each saving from events to what may become cash, year by year: how a figure was made.

use super::closing::nearest;
use crate::appraisal::{Appraisal, Effect, Saving, ValueKind};
use crate::money::{MoneyError, Pence, Ratio};

/// One effect, one unit value, one year.
#[derive(Clone, Debug)]
pub struct ChainShown {
    /// The effect.
    pub effect: String,
    /// Code of who saves.
    pub payer: String,
    /// Its name.
    pub payer_name: String,
    /// The unit value.
    pub unit: String,
    /// Whose purse it spares, or whether it is value to people.
    pub kind: &'static str,
    /// The year.
    pub year: String,
    /// Events less, four decimals.
    pub events: String,
    /// What an event is worth in the prices of its table.
    pub worth: Pence,
    /// Of which year those prices are.
    pub worth_of: String,
    /// Events × worth, in the prices of the proposal.
    pub gross: Pence,
    /// After grades.
    pub corrected: Pence,
    /// After another effect of its group, and after what is spent.
    pub held: Pence,
    /// What of that may become cash.
    pub cashable: Pence,
}

pub(super) fn chain(appraisal: &Appraisal<'_>) -> Result<Vec<ChainShown>, MoneyError> {
    let mut all = Vec::new();
    for saving in &appraisal.savings {
        let mut effects = appraisal.proposal.effects.iter();
        let Some(effect) = effects.find(|effect| effect.code == saving.effect) else {
            continue;
        };
        let cashable = appraisal.cashable(saving);
        for (year, cashable) in cashable.iter().enumerate() {
            all.push(one(appraisal, saving, effect, year, cashable)?);
        }
    }
    Ok(all)
}

fn one(
    appraisal: &Appraisal<'_>,
    saving: &Saving,
    effect: &Effect,
    year: usize,
    cashable: &Ratio,
) -> Result<ChainShown, MoneyError> {
    let kept = Ratio::one().minus(&effect.correction);
    Ok(ChainShown {
        effect: saving.effect.clone(),
        payer: saving.payer.code.clone(),
        payer_name: saving.payer.name.clone(),
        unit: saving.unit.code.clone(),
        kind: kind_in_words(saving.unit.kind),
        year: appraisal.years[year].to_string(),
        events: saving.events[year].to_decimal(4),
        worth: nearest(&saving.unit.value)?,
        worth_of: saving.unit.prices.to_string(),
        gross: nearest(&saving.gross[year])?,
        corrected: nearest(&saving.gross[year].times(&kept))?,
        held: nearest(&saving.corrected[year])?,
        cashable: nearest(cashable)?,
    })
}

/// What a saving is, in a word.
pub(super) fn kind_in_words(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Fiscal => "fiscal",
        ValueKind::Economic => "economic",
        ValueKind::Social => "social",
    }
}
