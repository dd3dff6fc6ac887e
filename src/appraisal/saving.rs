//! From people to pounds: what each effect saves whom, year by year.

use super::AppraisalError;
use super::proposal::{Effect, EffectValue, Payer, Proposal, UnitValue};
use crate::money::Ratio;
use crate::price::{Conversion, PriceBase, PriceYear, Prices};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What one effect saves one payer, by one unit value, year by year; exact pence in the prices of the
/// proposal.
///
/// `gross` is events × pounds. `corrected` is lowered by the grades of the inputs; where the account says
/// that less is spent it is lowered to that, and where another effect of its group counts instead it is
/// nothing.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Saving {
    /// Of which effect.
    pub effect: String,
    /// Who saves it.
    pub payer: Payer,
    /// What an event is worth.
    pub unit: UnitValue,
    /// Events less in each year, because of the proposal alone.
    pub events: Vec<Ratio>,
    /// Before any correction.
    pub gross: Vec<Ratio>,
    /// After all of them.
    pub corrected: Vec<Ratio>,
    /// The part of the events behind what is left after corrections.
    pub corrected_events: Vec<Ratio>,
    /// Whether another effect of its group counts instead.
    pub is_inside_another: bool,
    /// Corrected pence that come after the last year that is counted.
    pub after_the_end: Ratio,
    /// How its prices became those of the proposal: one for each year, or one for all.
    pub conversion: Conversion,
}

impl Saving {
    /// Lowers what is left of a year to a part of it, and the events behind it.
    pub(super) fn lower(&mut self, year: usize, part: &Ratio, of_events: &Ratio) {
        for (of, part) in [
            (&mut self.corrected, part),
            (&mut self.corrected_events, of_events),
        ] {
            if let Some(sum) = of.get_mut(year) {
                *sum = sum.times(part);
            }
        }
    }

    /// Leaves it to another effect of its group.
    pub(super) fn leave_to_another(&mut self) {
        self.is_inside_another = true;
        let nothing = Ratio::zero();
        (0..self.corrected.len()).for_each(|year| self.lower(year, &nothing, &nothing));
    }
}

/// What every effect saves everybody.
pub(super) fn savings(
    proposal: &Proposal,
    years: &[PriceYear],
    prices: &Prices<'_>,
) -> Result<Vec<Saving>, AppraisalError> {
    let mut all = Vec::new();
    let mut conversions = BTreeMap::new();
    for effect in &proposal.effects {
        let (events, after) = events(effect, years.len());
        let events = Ratio::over_one_denominator(events);
        let kept = Ratio::one().minus(&effect.correction).in_lowest_terms();
        let corrected: Vec<Ratio> = events.iter().map(|events| events.times(&kept)).collect();
        let less = Less {
            corrected,
            after: after.times(&kept),
            events,
        };
        for value in &effect.values {
            all.push(saving(
                effect,
                value,
                &less,
                (years, prices, &mut conversions),
            )?);
        }
    }
    Ok(all)
}

/// Events less because of an effect, which all who save by it share.
struct Less {
    events: Vec<Ratio>,
    /// The part of them behind what is left after corrections.
    corrected: Vec<Ratio>,
    /// That part of those after the last year.
    after: Ratio,
}

/// Events less in each year, and after the last.
///
/// `E(t) = Σ over the years c in which people enter: people(c) × per person × persist(t − c − lag)`
pub(super) fn events(effect: &Effect, years: usize) -> (Vec<Ratio>, Ratio) {
    let mut events = vec![Ratio::zero(); years];
    let mut after = Ratio::zero();
    let per_person = effect.chain.per_person();
    for (entered, people) in effect.people.iter().enumerate() {
        let each = people.times(&per_person);
        for (later, part) in effect.persist.iter().enumerate() {
            let change = each.times(part);
            match events.get_mut(entered + effect.lag + later) {
                Some(sum) => *sum = sum.plus(&change),
                None => after = after.plus(&change),
            }
        }
    }
    (events, after)
}

/// What one event is worth in a year, in the prices of the proposal; `conversion` is that of its last year.
pub(super) fn pounds(
    unit: &UnitValue,
    conversion: &Conversion,
    year: PriceYear,
    prices: &Prices<'_>,
) -> Result<Ratio, AppraisalError> {
    // In the prices of one year all years have one factor.
    Ok(match prices.base() {
        PriceBase::Real(_) => unit.value.times(conversion.factor()),
        PriceBase::Cash => {
            let from = PriceBase::Real(unit.prices);
            (unit.value).times(prices.conversion(from, year)?.factor())
        }
    })
}

fn saving(
    effect: &Effect,
    value: &EffectValue,
    less: &Less,
    (years, prices, conversions): (
        &[PriceYear],
        &Prices<'_>,
        &mut BTreeMap<PriceYear, Conversion>,
    ),
) -> Result<Saving, AppraisalError> {
    let last = *years.last().ok_or(AppraisalError::NoYears)?;
    // Most unit values are in the prices of a few years.
    let conversion = match conversions.entry(value.unit.prices) {
        Entry::Occupied(known) => known.get().clone(),
        Entry::Vacant(new) => {
            let from = PriceBase::Real(value.unit.prices);
            new.insert(prices.conversion(from, last)?).clone()
        }
    };
    let mut gross = Vec::with_capacity(years.len());
    let mut corrected = Vec::with_capacity(years.len());
    let mut known = None;
    for ((events, left), &year) in less.events.iter().zip(&less.corrected).zip(years) {
        // In the prices of one year all years have one worth.
        let pounds = match known.take().filter(|_| prices.base() != PriceBase::Cash) {
            Some(pounds) => pounds,
            None => pounds(&value.unit, &conversion, year, prices)?.in_lowest_terms(),
        };
        gross.push(events.times(&pounds));
        corrected.push(left.times(&pounds));
        known = Some(pounds);
    }
    Ok(Saving {
        effect: effect.code.clone(),
        payer: value.payer.clone(),
        unit: value.unit.clone(),
        corrected,
        corrected_events: less.corrected.clone(),
        events: less.events.clone(),
        gross,
        is_inside_another: false,
        after_the_end: (less.after.times(&value.unit.value)).times(conversion.factor()),
        conversion,
    })
}
