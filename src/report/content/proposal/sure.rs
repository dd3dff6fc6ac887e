//! How sure the answer of a proposal is, as its page shows it.

use super::closing::nearest;
use crate::appraisal::uncertain::{Bar, Chance, Sampled, Seeded, Spread, Tornado, UncertainError};
use crate::appraisal::{Appraisal, Gain};
use crate::money::Pence;

/// Whether anything can be said of how sure a proposal is.
#[derive(Clone, Debug)]
pub enum HowSure {
    /// Nobody said how many draws, and from which seed.
    NotAsked,
    /// It cannot be drawn, because of this.
    NotDrawn(String),
    /// What draws say.
    Drawn(Box<SureShown>),
}

/// What draws say of a proposal.
#[derive(Clone, Debug)]
pub struct SureShown {
    /// How it was drawn: how often, from which seed, and how ranges stand to corrections.
    pub drawn: String,
    /// Each purse that pays something; the whole purse first.
    pub purses: Vec<PurseSure>,
    /// Each payer.
    pub payers: Vec<PayerSure>,
    /// That all payers end no worse off in the same draw: before anything is settled, and with the agreement.
    pub all_at_once: [Option<Chance>; 2],
    /// Why no agreement is followed in draws, if there is none.
    pub no_agreement: Option<String>,
    /// Part of what is unsure about the net saving of all purses by source, in per cent; the largest first.
    pub drivers: Vec<(String, f64)>,
    /// One source at a time: the net saving of all purses.
    pub tornado: TornadoShown,
    /// How many draws it takes before the rarest of these chances is known to a tenth of it, where there are too few.
    pub needs: Option<u32>,
}

/// One purse.
#[derive(Clone, Debug)]
pub struct PurseSure {
    /// Whose, in words.
    pub name: String,
    /// Savings less costs with all figures as they are, as of the first year.
    pub as_it_is: Pence,
    /// The same in draws.
    pub net_saving: Band,
    /// That savings are at least costs.
    pub saves: Chance,
    /// That cash alone is.
    pub cash_pays: Chance,
    /// That it is paid back for good by the end of each year.
    pub paid_back_by: Vec<Chance>,
}

/// One payer.
#[derive(Clone, Debug)]
pub struct PayerSure {
    /// Its code, where it is a partner.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Cash less money paid, as of the first year, before anything is settled.
    pub before: Band,
    /// With the agreement.
    pub after: Option<Band>,
    /// That it ends no worse off: before anything is settled, and with the agreement.
    pub no_worse: [Option<Chance>; 2],
    /// Cash less money paid so far at the end of each year, not discounted, before anything is settled.
    pub so_far: Vec<Band>,
}

/// Where a tenth, a half and nine tenths of all draws lie below, to the pound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// A tenth of all draws is below.
    pub p10: Pence,
    /// A half is.
    pub p50: Pence,
    /// Nine tenths are.
    pub p90: Pence,
}

/// One source at a time from its lower to its upper end.
#[derive(Clone, Debug)]
pub struct TornadoShown {
    /// The answer with all figures as they are.
    pub central: Pence,
    /// The widest first: the source, and the answer at its lower and at its upper end.
    pub bars: Vec<(String, Pence, Pence)>,
}

impl HowSure {
    /// Draws an appraisal. What the proposal lacks for that is said on its page; it stops no site.
    ///
    /// # Errors
    ///
    /// Those of [`Appraisal::draw`] but for a proposal without ranges, or that does not say how they stand to
    /// corrections.
    pub fn of(appraisal: &Appraisal<'_>, seeded: Seeded) -> Result<Self, UncertainError> {
        match appraisal.draw(seeded) {
            Ok(sampled) => Ok(Self::Drawn(Box::new(SureShown::of(appraisal, &sampled)?))),
            Err(lacks @ (UncertainError::NoRange { .. } | UncertainError::NotChosen { .. })) => {
                Ok(Self::NotDrawn(lacks.to_string()))
            }
            Err(error) => Err(error),
        }
    }
}

impl SureShown {
    fn of(appraisal: &Appraisal<'_>, sampled: &Sampled) -> Result<Self, UncertainError> {
        let mut purses = Vec::new();
        for name in sampled.paying_purses() {
            let draws = sampled.purse(name)?;
            purses.push(PurseSure {
                name: name.to_owned(),
                as_it_is: closed(&draws.as_it_is)?,
                net_saving: Band::of(&draws.net_saving),
                saves: draws.saves,
                cash_pays: draws.cash_pays,
                paid_back_by: draws.paid_back_by.into_iter().map(|(_, by)| by).collect(),
            });
        }
        let payers = sampled.payers().into_iter().map(|payer| PayerSure {
            code: payer.payer.code,
            name: payer.payer.name,
            before: Band::of(&payer.before),
            after: payer.after.as_ref().map(Band::of),
            no_worse: [Some(payer.no_worse_before), payer.no_worse_after],
            so_far: payer
                .so_far
                .iter()
                .map(|(_, so_far)| Band::of(so_far))
                .collect(),
        });
        let all = sampled.all_at_once();
        // The whole purse is always the first.
        let whole = sampled.purses().next().unwrap_or_default();
        let drivers = sampled.drivers(whole, Gain::NetSaving)?.into_iter();
        let mut shown = Self {
            drawn: format!("{}, {}", sampled.seeded, sampled.uncertainty.in_words()),
            purses,
            payers: payers.collect(),
            all_at_once: [Some(all.before), all.after],
            no_agreement: sampled.no_agreement.clone(),
            drivers: drivers
                .map(|one| (one.source.name, 100.0 * one.share))
                .collect(),
            tornado: tornado(&appraisal.tornado(whole, Gain::NetSaving)?)?,
            needs: None,
        };
        shown.needs = shown.chances().filter_map(Chance::needs).max();
        Ok(shown)
    }

    fn chances(&self) -> impl Iterator<Item = Chance> {
        let of_purses = self.purses.iter().flat_map(|purse| {
            let by_year = purse.paid_back_by.iter().copied();
            by_year.chain([purse.saves, purse.cash_pays])
        });
        let of_payers = self
            .payers
            .iter()
            .flat_map(|payer| payer.no_worse)
            .flatten();
        of_purses
            .chain(of_payers)
            .chain(self.all_at_once.into_iter().flatten())
    }
}

impl Band {
    fn of(spread: &Spread) -> Self {
        let [p10, p50, p90] = [spread.p10, spread.p50, spread.p90].map(to_the_pound);
        Self { p10, p50, p90 }
    }
}

/// A sum of drawn pence to the nearest pound; what an account cannot hold is held at its end.
fn to_the_pound(pence: f64) -> Pence {
    Pence::new(((pence / 100.0).round() as i64).saturating_mul(100))
}

fn closed(pence: &crate::money::Ratio) -> Result<Pence, UncertainError> {
    nearest(pence).map_err(|error| UncertainError::Appraisal(error.into()))
}

fn tornado(drawn: &Tornado) -> Result<TornadoShown, UncertainError> {
    let bar = |bar: &Bar| {
        let ends = (closed(&bar.at_low)?, closed(&bar.at_high)?);
        Ok((bar.source.name.clone(), ends.0, ends.1))
    };
    Ok(TornadoShown {
        central: closed(&drawn.central)?,
        bars: drawn
            .bars
            .iter()
            .map(bar)
            .collect::<Result<_, UncertainError>>()?,
    })
}
