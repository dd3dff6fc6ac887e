//! A proposal drawn many times.

use super::chance::Chance;
use super::lanes::{Figure, LANES, Lanes, Outcome, add};
use super::plan::Plan;
use super::spread::Spread;
use super::{Seeded, UncertainError};
use crate::appraisal::Uncertainty;
use crate::appraisal::appraise::{Appraisal, Purse};
use crate::appraisal::input::Input;
use crate::appraisal::overlap::present;
use crate::appraisal::proposal::{Payer, Proposal};
use crate::appraisal::range::Range;
use crate::appraisal::shape::Distribution;
use crate::appraisal::target::Gain;
use crate::money::Ratio;
use crate::price::PriceYear;
use crate::statistic::Draws;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Half a penny: nobody is worse off by less.
const HALF_A_PENNY: f64 = 0.5;

/// A source of chance: one figure, or several that rest on the same.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Source {
    /// As ranges name it in `together`, or the figure.
    pub name: String,
    /// The figures that are drawn by it, in the order of their names.
    pub inputs: Vec<Input>,
    /// By which its stream of draws is found: the same name in two proposals is the same chance.
    stream: String,
    /// What each of its figures is drawn from.
    distributions: Vec<Distribution>,
}

impl Source {
    /// A figure of it in each draw.
    fn figures(&self, seeded: Seeded, distribution: &Distribution) -> Vec<f64> {
        let mut draws = Draws::of_source(seeded.seed(), &self.stream, 0);
        (0..seeded.draws())
            .map(|_| distribution.quantile(draws.uniform()))
            .collect()
    }

    /// Its first figure in each draw.
    pub(super) fn first(&self, seeded: Seeded) -> Vec<f64> {
        self.distributions
            .first()
            .map_or_else(Vec::new, |first| self.figures(seeded, first))
    }
}

/// The sources of chance of a proposal, in the order of their names.
pub(in crate::appraisal) fn sources(proposal: &Proposal) -> Vec<Source> {
    type Drawn = (Vec<Input>, Vec<Distribution>);
    let mut all: BTreeMap<(String, String), Drawn> = BTreeMap::new();
    for range in &proposal.ranges {
        let key = match &range.together {
            Some(name) => (name.clone(), format!("together {name}")),
            None => {
                let name = range.of.to_string();
                let stream = format!("{} {name}", proposal.code);
                (name, stream)
            }
        };
        let (inputs, distributions) = all.entry(key).or_default();
        inputs.push(range.of.clone());
        distributions.push(range.distribution.clone());
    }
    let sources = all
        .into_iter()
        .map(|((name, stream), (inputs, distributions))| Source {
            name,
            inputs,
            stream,
            distributions,
        });
    sources.collect()
}

/// The proposal around which is drawn.
pub(in crate::appraisal) fn base(proposal: &Proposal) -> Result<Proposal, UncertainError> {
    if proposal.ranges.is_empty() {
        return Err(UncertainError::NoRange {
            proposal: proposal.code.clone(),
        });
    }
    match proposal.uncertainty {
        None => Err(UncertainError::NotChosen {
            proposal: proposal.code.clone(),
        }),
        Some(Uncertainty::AroundCorrected) => Ok(proposal.clone()),
        Some(Uncertainty::InsteadOfCorrection) => Ok(proposal.without_correction()),
    }
}

/// Columns of the draws of one purse.
const OF_PURSE: usize = 4;

/// A proposal drawn many times: what each purse and each payer has in each draw.
///
/// **Invariant:** the same bytes for the same proposal, number and seed, whatever the number of threads and the
/// order of its ranges; the first thousand draws are the same among a thousand and among ten thousand.
#[derive(Clone, Debug)]
pub struct Sampled {
    /// The proposal.
    pub proposal: String,
    /// Number of draws, and seed.
    pub seeded: Seeded,
    /// How ranges stand to corrections.
    pub uncertainty: Uncertainty,
    /// The sources of chance.
    pub sources: Vec<Source>,
    /// The years that are counted.
    pub years: Vec<PriceYear>,
    /// Deflator and discount schedule, with their editions.
    pub assumptions: Vec<String>,
    /// Why there is no agreement that could be followed in draws, if there is none.
    pub no_agreement: Option<String>,
    purses: Vec<Purse>,
    /// What each purse saves less what it pays with all figures as they are, and what it pays.
    central: Vec<(Ratio, Ratio)>,
    payers: Vec<Payer>,
    /// Draws side by side in blocks: in each block, column after column.
    blocks: Vec<Lanes>,
    columns: usize,
}

impl Appraisal<'_> {
    /// Draws a proposal: all its ranges at once, the whole chain each time.
    ///
    /// # Method
    ///
    /// Draw `k` of a source is word `k` of the stream of (seed, name of the source); it is turned into each of
    /// the figures of the source by their quantile functions, so they are high together and low together.
    /// Figures of different sources have nothing to do with each other. What is spent, what is locked and what is
    /// agreed do not change from draw to draw: who hands over cash hands over the part of its cash of each year
    /// that it hands over in the central case, of the cash that arrives in the draw, and the receivers divide
    /// it in the same proportions; what is agreed for a year in which the payer has no cash in the central case
    /// is paid as agreed.
    ///
    /// # Errors
    ///
    /// [`UncertainError::NoRange`]; [`UncertainError::NotChosen`]; [`UncertainError::TooManyDraws`] where so many
    /// payers and years would not be held; those of [`Appraisal::verdict`].
    ///
    /// # Where it fails
    ///
    /// Sources are independent of each other, or one and the same: nothing in between. The shape of what is
    /// *not* ranged is certainty.
    pub fn draw(&self, seeded: Seeded) -> Result<Sampled, UncertainError> {
        let proposal = base(self.proposal)?;
        let purses = self.all_purses()?;
        let (statement, no_agreement) = match self.settle() {
            Ok(Some(statement)) => (Some(statement), None),
            Ok(None) => (None, Some("the proposal names no settlement".to_owned())),
            Err(refused) => (None, Some(refused.to_string())),
        };
        let plan = Plan::new(self, &proposal, &purses, statement.as_ref())?;
        let sources = sources(&proposal);
        let drawn = Drawn::new(&plan, &proposal.ranges, &sources);
        let columns = plan.columns();
        let blocks = blocks(seeded, columns)?;
        let mut all = vec![[0.0; LANES]; blocks * columns];
        all.par_chunks_mut(columns.max(1))
            .enumerate()
            .for_each_init(
                || (Outcome::of(&plan), drawn.room()),
                |(outcome, figures), (block, columns)| {
                    drawn.draw(seeded.seed(), block, figures);
                    let figures: Vec<Figure<'_>> = drawn.figures(&plan, figures);
                    outcome.work_out(&plan, &figures);
                    plan.write(outcome, columns);
                },
            );
        let worked = self.again(&proposal)?;
        let central = purses.iter().map(|purse| {
            let inside = || {
                worked
                    .positions
                    .iter()
                    .zip(&purse.inside)
                    .filter(|(_, inside)| **inside)
            };
            let cost = inside().map(|(position, _)| present(&position.cost, &self.factors));
            let net = Gain::NetSaving.of(&worked.positions, &purse.inside, &self.factors);
            (net, cost.fold(Ratio::zero(), |sum, next| sum.plus(&next)))
        });
        Ok(Sampled {
            proposal: proposal.code.clone(),
            central: central.collect(),
            seeded,
            uncertainty: proposal.uncertainty.unwrap_or(Uncertainty::AroundCorrected),
            sources,
            years: self.years.clone(),
            assumptions: self.assumptions.clone(),
            no_agreement,
            purses,
            payers: self.positions.iter().map(|one| one.payer.clone()).collect(),
            blocks: all,
            columns,
        })
    }
}

/// How many blocks hold the draws, with so many columns each.
fn blocks(seeded: Seeded, columns: usize) -> Result<usize, UncertainError> {
    // Two gigabytes.
    const MOST_CELLS: usize = 1 << 28;
    // Blocks are whole, so that as many draws as the error names do fit.
    let most = MOST_CELLS / (columns.max(1) * LANES);
    let blocks = usize::try_from(seeded.draws())
        .unwrap_or(usize::MAX)
        .div_ceil(LANES);
    match blocks <= most {
        true => Ok(blocks),
        false => Err(UncertainError::TooManyDraws {
            given: seeded.draws(),
            most: u32::try_from(most * LANES).unwrap_or(u32::MAX),
        }),
    }
}

/// What is drawn, and where it goes.
struct Drawn<'a> {
    /// The stream of each source, with its ranges and the numbers of their figures.
    streams: Vec<(&'a str, Vec<(usize, &'a Range)>)>,
}

impl<'a> Drawn<'a> {
    fn new(plan: &Plan, ranges: &'a [Range], sources: &'a [Source]) -> Self {
        let number = |of: &Input| plan.inputs.iter().position(|(input, _)| input == of);
        let streams = sources.iter().map(|source| {
            let of_source = ranges
                .iter()
                .filter(|range| source.inputs.contains(&range.of));
            let figures = of_source.filter_map(|range| Some((number(&range.of)?, range)));
            (source.stream.as_str(), figures.collect())
        });
        Self {
            streams: streams.collect(),
        }
    }

    /// Room for the figures of one block, in the order of sources and their ranges.
    fn room(&self) -> Vec<Lanes> {
        let figures = self.streams.iter().map(|(_, figures)| figures.len()).sum();
        vec![[0.0; LANES]; figures]
    }

    fn draw(&self, seed: u64, block: usize, room: &mut [Lanes]) {
        let mut room = room.iter_mut();
        for (stream, figures) in &self.streams {
            let mut draws = Draws::of_source(seed, stream, (block * LANES) as u64);
            let mut parts = [0.0; LANES];
            parts.iter_mut().for_each(|part| *part = draws.uniform());
            for ((_, range), lanes) in figures.iter().zip(&mut room) {
                let each = lanes.iter_mut().zip(&parts);
                each.for_each(|(lane, &part)| *lane = range.distribution.quantile(part));
            }
        }
    }

    fn figures<'b>(&self, plan: &Plan, room: &'b [Lanes]) -> Vec<Figure<'b>> {
        let mut figures: Vec<Figure<'_>> = plan
            .inputs
            .iter()
            .map(|(_, value)| Figure::Same(*value))
            .collect();
        let numbers = self.streams.iter().flat_map(|(_, figures)| figures);
        for ((number, _), lanes) in numbers.zip(room) {
            figures[*number] = Figure::Drawn(lanes);
        }
        figures
    }
}

impl Plan {
    /// How many numbers of each draw are kept.
    fn columns(&self) -> usize {
        self.purses.len() * OF_PURSE + self.payers.len() * (2 + self.years)
    }

    /// Writes what is kept of a block.
    fn write(&self, outcome: &Outcome, columns: &mut [Lanes]) {
        let (of_purses, of_payers) = columns.split_at_mut(self.purses.len() * OF_PURSE);
        for (purse, columns) in self.purses.iter().zip(of_purses.chunks_mut(OF_PURSE)) {
            let mut net = vec![[0.0; LANES]; self.years];
            let mut sums = [[0.0; LANES]; 3];
            for &payer in purse {
                let [saved, cash, cost, cash_cost] = [
                    &outcome.saved,
                    &outcome.cash,
                    &outcome.cost,
                    &outcome.cash_cost,
                ]
                .map(|cells| outcome.of_payer(cells, payer));
                for (year, &factor) in self.factors.iter().enumerate() {
                    add(&mut net[year], &saved[year], factor);
                    add(&mut net[year], &cost[year], -factor);
                    add(&mut sums[1], &cash[year], factor);
                    add(&mut sums[1], &cash_cost[year], -factor);
                    add(&mut sums[2], &cash[year], factor);
                    add(&mut sums[2], &cost[year], -factor);
                }
            }
            net.iter().for_each(|net| add(&mut sums[0], net, 1.0));
            let stays = stays_paid_back(&net);
            for (column, sum) in columns.iter_mut().zip(sums.into_iter().chain([stays])) {
                *column = sum;
            }
        }
        let payers = self.payers.len();
        let (ends, flows) = of_payers.split_at_mut(2 * payers);
        let moved = (self.agreement.as_ref()).map(|agreement| outcome.moved(agreement, payers));
        for payer in 0..payers {
            let cash = outcome.of_payer(&outcome.cash, payer);
            let cost = outcome.of_payer(&outcome.cash_cost, payer);
            let mut before = [0.0; LANES];
            let mut so_far = [0.0; LANES];
            for (year, &factor) in self.factors.iter().enumerate() {
                add(&mut before, &cash[year], factor);
                add(&mut before, &cost[year], -factor);
                add(&mut so_far, &cash[year], 1.0);
                add(&mut so_far, &cost[year], -1.0);
                flows[payer * self.years + year] = so_far;
            }
            ends[payer] = before;
            let mut after = before;
            if let Some(moved) = &moved {
                add(&mut after, &moved[payer], 1.0);
            }
            ends[payers + payer] = after;
        }
    }
}

/// The number of the year from which the sum so far is not below nothing; the number of years where it is none.
fn stays_paid_back(net: &[Lanes]) -> Lanes {
    let never = net.len() as f64;
    let mut stays = [never; LANES];
    let mut so_far = [0.0; LANES];
    for (year, net) in net.iter().enumerate() {
        for ((stays, so_far), net) in stays.iter_mut().zip(&mut so_far).zip(net) {
            *so_far += net;
            if *so_far < -HALF_A_PENNY {
                *stays = never;
            } else if *stays == never {
                *stays = year as f64;
            }
        }
    }
    stays
}

/// What draws say of one purse.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PurseDraws {
    /// Whose purse, in words.
    pub purse: String,
    /// Savings less costs with all figures as they are: exact pence as of the first year.
    pub as_it_is: Ratio,
    /// Savings less costs in draws, as of the first year.
    pub net_saving: Spread,
    /// Cash less what is paid in money, as of the first year, before anything is settled.
    pub cash_less_cost: Spread,
    /// That savings are at least costs.
    pub saves: Chance,
    /// That cash is at least all costs: a cash return of one.
    pub cash_pays: Chance,
    /// That savings so far are and stay at least costs so far from this year on, as of the first year.
    pub paid_back_by: Vec<(PriceYear, Chance)>,
}

/// What draws say of one payer.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PayerDraws {
    /// Who.
    pub payer: Payer,
    /// Cash less what it pays in money, as of the first year, before anything is settled.
    pub before: Spread,
    /// The same with what it hands over or receives; nothing where there is no agreement.
    pub after: Option<Spread>,
    /// That it ends no worse off before anything is settled.
    pub no_worse_before: Chance,
    /// That it ends no worse off with the agreement.
    pub no_worse_after: Option<Chance>,
    /// What it has so far at the end of each year, not discounted and before anything is settled.
    pub so_far: Vec<(PriceYear, Spread)>,
}

/// That all payers end no worse off in the same draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AllAtOnce {
    /// Before anything is settled.
    pub before: Chance,
    /// With the agreement; nothing where there is none.
    pub after: Option<Chance>,
}

impl Sampled {
    /// One column, draw by draw.
    pub(super) fn column(&self, column: usize) -> Vec<f64> {
        let draws = usize::try_from(self.seeded.draws()).unwrap_or(usize::MAX);
        let blocks = self.blocks.chunks(self.columns.max(1));
        let lanes = blocks.filter_map(|block| block.get(column));
        lanes.flatten().copied().take(draws).collect()
    }

    fn of_purse(&self, purse: usize, column: usize) -> Vec<f64> {
        self.column(purse * OF_PURSE + column)
    }

    fn of_payer(&self, payer: usize, after: bool) -> Vec<f64> {
        let ends = self.purses.len() * OF_PURSE;
        self.column(ends + usize::from(after) * self.payers.len() + payer)
    }

    fn number_of(&self, purse: &str) -> Result<usize, UncertainError> {
        let number = self.purses.iter().position(|one| one.name == purse);
        number.ok_or_else(|| UncertainError::UnknownPurse {
            found: purse.to_owned(),
            known: self.purses().collect::<Vec<_>>().join(", "),
        })
    }

    /// The names of all purses, the whole purse first; then payers that are none of them.
    pub fn purses(&self) -> impl Iterator<Item = &str> {
        self.purses.iter().map(|purse| purse.name.as_str())
    }

    /// Those of them that pay something: of the others no chance is in doubt.
    pub fn paying_purses(&self) -> impl Iterator<Item = &str> {
        let pays = self.purses.iter().zip(&self.central);
        pays.filter(|(_, (_, cost))| !cost.is_zero())
            .map(|(purse, _)| purse.name.as_str())
    }

    /// What a purse saves less what it pays in each draw, in floating pence as of the first year.
    ///
    /// # Errors
    ///
    /// [`UncertainError::UnknownPurse`] with what there is.
    pub fn net_savings(&self, purse: &str) -> Result<Vec<f64>, UncertainError> {
        Ok(self.of_purse(self.number_of(purse)?, 0))
    }

    /// Cash less what is paid in money in each draw, in floating pence as of the first year.
    ///
    /// # Errors
    ///
    /// [`UncertainError::UnknownPurse`] with what there is.
    pub fn cash_less_costs(&self, purse: &str) -> Result<Vec<f64>, UncertainError> {
        Ok(self.of_purse(self.number_of(purse)?, 1))
    }

    /// What a figure is in each draw, in its own unit; nothing where it has no range.
    #[must_use]
    pub fn drawn(&self, input: &Input) -> Option<Vec<f64>> {
        self.sources.iter().find_map(|source| {
            let mut figures = source.inputs.iter().zip(&source.distributions);
            let (_, distribution) = figures.find(|(one, _)| *one == input)?;
            Some(source.figures(self.seeded, distribution))
        })
    }

    /// What draws say of a purse.
    ///
    /// # Errors
    ///
    /// [`UncertainError::UnknownPurse`] with what there is.
    pub fn purse(&self, purse: &str) -> Result<PurseDraws, UncertainError> {
        let number = self.number_of(purse)?;
        let [net, cash, margin, stays] = [0, 1, 2, 3].map(|column| self.of_purse(number, column));
        let is_there = |pence: f64| pence >= -HALF_A_PENNY;
        let years = self.years.iter().enumerate();
        Ok(PurseDraws {
            purse: purse.to_owned(),
            as_it_is: (self.central.get(number)).map_or_else(Ratio::zero, |(net, _)| net.clone()),
            saves: Chance::of(&net, is_there),
            cash_pays: Chance::of(&margin, is_there),
            paid_back_by: years
                .map(|(by, &year)| (year, Chance::of(&stays, |stays| stays <= by as f64)))
                .collect(),
            net_saving: Spread::of(&net),
            cash_less_cost: Spread::of(&cash),
        })
    }

    /// What draws say of every payer.
    #[must_use]
    pub fn payers(&self) -> Vec<PayerDraws> {
        let is_no_worse = |pence: f64| pence >= -HALF_A_PENNY;
        let flows = self.purses.len() * OF_PURSE + 2 * self.payers.len();
        let payers = self.payers.iter().enumerate();
        payers
            .map(|(number, payer)| {
                let before = self.of_payer(number, false);
                let after = self
                    .no_agreement
                    .is_none()
                    .then(|| self.of_payer(number, true));
                let so_far = self.years.iter().enumerate().map(|(year, &at)| {
                    let column = flows + number * self.years.len() + year;
                    (at, Spread::of(&self.column(column)))
                });
                PayerDraws {
                    payer: payer.clone(),
                    no_worse_before: Chance::of(&before, is_no_worse),
                    no_worse_after: after.as_ref().map(|after| Chance::of(after, is_no_worse)),
                    before: Spread::of(&before),
                    after: after.as_ref().map(|after| Spread::of(after)),
                    so_far: so_far.collect(),
                }
            })
            .collect()
    }

    /// That all payers end no worse off in the same draw: never likelier than that any of them does.
    #[must_use]
    pub fn all_at_once(&self) -> AllAtOnce {
        let least = |after: bool| {
            let mut least = vec![f64::INFINITY; usize::try_from(self.seeded.draws()).unwrap_or(0)];
            for payer in 0..self.payers.len() {
                let column = self.of_payer(payer, after);
                least
                    .iter_mut()
                    .zip(column)
                    .for_each(|(least, one)| *least = least.min(one));
            }
            Chance::of(&least, |pence| pence >= -HALF_A_PENNY)
        };
        AllAtOnce {
            before: least(false),
            after: self.no_agreement.is_none().then(|| least(true)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2²⁸ cells hold 301 columns of 13,934 blocks of 64 draws: 891,776 draws, not the 891,812 that are 2²⁸ / 301.
    #[test]
    fn as_many_draws_as_the_error_names_do_fit() {
        let with = |draws: u32| blocks(Seeded::new(draws, 7).unwrap(), 301);
        assert_eq!(with(891_776).unwrap(), 13_934);
        assert_eq!(
            with(891_777).unwrap_err().to_string(),
            "there are 891777 draws; take at most 891776: all of them are held until they are sorted"
        );
        assert_eq!(
            blocks(Seeded::new(1_000_000, 7).unwrap(), 3).unwrap(),
            15_625
        );
    }
}
