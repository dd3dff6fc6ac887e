//! Which part of a year's saving terms bring into a settlement.

use super::SettlementError;
use super::terms::{Band, CountsFrom, Measure, Terms};
use crate::money::Ratio;

/// What one partner saves in one year, and what terms measure it by.
#[derive(Clone, Copy, Debug)]
pub struct YearSaving<'a> {
    /// Whose it is, for messages.
    pub partner: &'a str,
    /// Exact pence.
    pub saved: &'a Ratio,
    /// What it spends in that year on what the proposal affects; nothing where no ledger says it.
    pub spent: Option<&'a Ratio>,
    /// How many people there are.
    pub people: &'a Ratio,
}

impl YearSaving<'_> {
    fn measured(&self, by: &Measure) -> Result<Ratio, SettlementError> {
        match by {
            Measure::Pence(pence) => Ok(pence.clone()),
            Measure::OfSpending(part) => match self.spent {
                Some(spent) => Ok(spent.times(part)),
                None => Err(SettlementError::NoSpending {
                    partner: self.partner.to_owned(),
                }),
            },
        }
    }
}

impl Terms {
    /// The part of a year's saving that is brought in: above the threshold, band by band, up to the cap. The
    /// rest stays with who saves it.
    ///
    /// # Errors
    ///
    /// [`SettlementError::NoSpending`] where terms measure a saving by what is spent, and no ledger says that.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::appraisal::settlement::{
    ///     Band, ClaimsRule, CountsFrom, Measure, Terms, Threshold, YearSaving,
    /// };
    /// use wholeplace::money::Ratio;
    /// let pounds = |pounds: i128| Ratio::new(pounds * 100, 1);
    /// let mut terms = Terms::of(ClaimsRule::InProportion);
    /// let two_per_cent = Measure::OfSpending(Ratio::new(2, 100));
    /// terms.threshold = Some(Threshold::new(two_per_cent, CountsFrom::First));
    /// terms.bands = vec![
    ///     Band::new(Some(Measure::OfSpending(Ratio::new(5, 100))), Ratio::new(1, 2)),
    ///     Band::new(None, Ratio::new(3, 4)),
    /// ];
    /// terms.cap = Some(Measure::Pence(pounds(5_000)));
    /// let brought_in = |saved: i128| {
    ///     terms.brought_in(YearSaving {
    ///         partner: "police",
    ///         saved: &pounds(saved),
    ///         spent: Some(&pounds(100_000)),
    ///         people: &Ratio::new(40, 1),
    ///     })
    /// };
    /// // £2,000 has to be saved; half of the first £5,000 counts, three quarters of the rest, £5,000 at most.
    /// assert_eq!(brought_in(1_999)?, pounds(0));
    /// assert_eq!(brought_in(2_000)?, pounds(1_000));
    /// assert_eq!(brought_in(7_000)?, pounds(4_000));
    /// assert_eq!(brought_in(20_000)?, pounds(5_000));
    /// # Ok::<(), wholeplace::appraisal::settlement::SettlementError>(())
    /// ```
    pub fn brought_in(&self, year: YearSaving<'_>) -> Result<Ratio, SettlementError> {
        let zero = Ratio::zero();
        if *year.saved <= zero {
            // A saving below nothing is a cost, and refused as such where it is divided.
            return Ok(year.saved.clone());
        }
        let mut counts = year.saved.clone();
        if let Some(threshold) = &self.threshold {
            let least = year.measured(threshold.least_with(year.people))?;
            if counts < least {
                return Ok(zero);
            }
            if threshold.from == CountsFrom::Above {
                counts = counts.minus(&least);
            }
        }
        let mut brought_in = match self.bands.as_slice() {
            [] => counts,
            bands => by_bands(&counts, bands, &year)?,
        };
        if let Some(cap) = &self.cap {
            brought_in = brought_in.min(year.measured(cap)?.max(zero));
        }
        Ok(brought_in)
    }
}

/// Each band's part of what lies in it; above the last one nothing.
fn by_bands(
    counts: &Ratio,
    bands: &[Band],
    year: &YearSaving<'_>,
) -> Result<Ratio, SettlementError> {
    let (mut below, mut sum) = (Ratio::zero(), Ratio::zero());
    for band in bands {
        let to = match &band.to {
            Some(to) => year.measured(to)?.min(counts.clone()),
            None => counts.clone(),
        };
        if to > below {
            sum = sum.plus(&to.minus(&below).times(&band.share));
            below = to;
        }
    }
    Ok(sum)
}
