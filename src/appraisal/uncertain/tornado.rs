//! Figures moved by hand: one source at a time, and two against each other. Exact.

use super::sampled::{base, sources};
use super::{Source, UncertainError};
use crate::appraisal::appraise::{Appraisal, Purse};
use crate::appraisal::proposal::Proposal;
use crate::appraisal::range::Range;
use crate::appraisal::target::Gain;
use crate::money::Ratio;
use std::cmp::Reverse;

/// What one source does to an answer, everything else as it is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Bar {
    /// The source; all of its figures move together.
    pub source: Source,
    /// The answer with all of its figures at their lower ends: exact pence as of the first year.
    pub at_low: Ratio,
    /// With all at their upper ends.
    pub at_high: Ratio,
}

impl Bar {
    /// How far apart the two are.
    #[must_use]
    pub fn width(&self) -> Ratio {
        let apart = self.at_high.minus(&self.at_low);
        match apart < Ratio::zero() {
            true => Ratio::zero().minus(&apart),
            false => apart,
        }
    }
}

/// One source at a time from its lower to its upper ends; the widest first.
///
/// Ends are those of the file: bounds of `range`, `pert`, `uniform` and `choice`, and of the other shapes the ends
/// that hold the stated part. Bars of these are not as likely as bars of those.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Tornado {
    /// Whose gain.
    pub purse: String,
    /// Which gain.
    pub gain: Gain,
    /// The answer with all figures as they are.
    pub central: Ratio,
    /// One for each source.
    pub bars: Vec<Bar>,
}

/// Two sources against each other, each from its lower to its upper ends in even steps.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TwoWay {
    /// Whose gain.
    pub purse: String,
    /// Which gain.
    pub gain: Gain,
    /// The source down the rows.
    pub down: Source,
    /// Its first figure in each row.
    pub down_figures: Vec<Ratio>,
    /// The source across the columns.
    pub across: Source,
    /// Its first figure in each column.
    pub across_figures: Vec<Ratio>,
    /// The answers, row by row: exact pence as of the first year.
    pub answers: Vec<Vec<Ratio>>,
}

/// A part of the way from the lower to the upper end.
fn on_the_way(range: &Range, part: &Ratio) -> Ratio {
    range.low.plus(&range.high.minus(&range.low).times(part))
}

/// Moves all figures of a source.
fn move_source(proposal: &mut Proposal, ranges: &[Range], source: &Source, part: &Ratio) {
    for range in ranges
        .iter()
        .filter(|range| source.inputs.contains(&range.of))
    {
        proposal.set(&range.of, &on_the_way(range, part));
    }
}

impl Appraisal<'_> {
    fn purse_named(&self, purse: &str) -> Result<Purse, UncertainError> {
        let purses = self.all_purses()?;
        let names: Vec<String> = purses.iter().map(|one| one.name.clone()).collect();
        let found = purses.into_iter().find(|one| one.name == purse);
        found.ok_or_else(|| UncertainError::UnknownPurse {
            found: purse.to_owned(),
            known: names.join(", "),
        })
    }

    fn gain_of(
        &self,
        proposal: &Proposal,
        purse: &Purse,
        gain: Gain,
    ) -> Result<Ratio, UncertainError> {
        let worked = self.again(proposal)?;
        Ok(gain.of(&worked.positions, &purse.inside, &self.factors))
    }

    /// Moves each source from its lower to its upper ends, one at a time; around the figures from which is
    /// [drawn](Self::draw).
    ///
    /// # Errors
    ///
    /// As [`Appraisal::draw`]; [`UncertainError::UnknownPurse`] with what there is.
    pub fn tornado(&self, purse: &str, gain: Gain) -> Result<Tornado, UncertainError> {
        let base = base(self.proposal)?;
        let purse = self.purse_named(purse)?;
        let mut bars = Vec::new();
        for source in sources(&base) {
            let at = |part: &Ratio| {
                let mut moved = base.clone();
                move_source(&mut moved, &base.ranges, &source, part);
                self.gain_of(&moved, &purse, gain)
            };
            bars.push(Bar {
                at_low: at(&Ratio::zero())?,
                at_high: at(&Ratio::one())?,
                source,
            });
        }
        bars.sort_by_key(|bar| Reverse(bar.width()));
        Ok(Tornado {
            central: self.gain_of(&base, &purse, gain)?,
            purse: purse.name,
            gain,
            bars,
        })
    }

    /// Sets two sources against each other, each in `steps` even steps from its lower to its upper ends.
    ///
    /// # Errors
    ///
    /// As [`Appraisal::tornado`]; [`UncertainError::UnknownSource`]; [`UncertainError::SameSource`].
    pub fn two_way(
        &self,
        purse: &str,
        gain: Gain,
        down: &str,
        across: &str,
        steps: u16,
    ) -> Result<TwoWay, UncertainError> {
        let base = base(self.proposal)?;
        let purse = self.purse_named(purse)?;
        let all = sources(&base);
        let find = |name: &str| {
            let found = all.iter().find(|source| source.name == name);
            found.cloned().ok_or_else(|| UncertainError::UnknownSource {
                found: name.to_owned(),
                known: all
                    .iter()
                    .map(|one| one.name.as_str())
                    .collect::<Vec<_>>()
                    .join(", "),
            })
        };
        let (down, across) = (find(down)?, find(across)?);
        if down.name == across.name {
            return Err(UncertainError::SameSource { found: down.name });
        }
        let steps = steps.max(1);
        let parts: Vec<Ratio> = (0..=steps)
            .map(|step| Ratio::new(step.into(), steps.into()))
            .collect();
        let figures = |source: &Source| -> Vec<Ratio> {
            let mut ranges = base.ranges.iter();
            let first = ranges.find(|range| source.inputs.first() == Some(&range.of));
            let each = first
                .iter()
                .flat_map(|range| parts.iter().map(|part| on_the_way(range, part)));
            each.collect()
        };
        let mut answers = Vec::with_capacity(parts.len());
        for row in &parts {
            let mut moved = base.clone();
            move_source(&mut moved, &base.ranges, &down, row);
            let mut cells = Vec::with_capacity(parts.len());
            for column in &parts {
                let mut both = moved.clone();
                move_source(&mut both, &base.ranges, &across, column);
                cells.push(self.gain_of(&both, &purse, gain)?);
            }
            answers.push(cells);
        }
        Ok(TwoWay {
            down_figures: figures(&down),
            across_figures: figures(&across),
            purse: purse.name,
            gain,
            down,
            across,
            answers,
        })
    }
}
