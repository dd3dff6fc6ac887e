//! How unequal an indicator is across small areas, from the least to the most advantaged.

use super::area::Area;
use super::definition::ValueType;
use super::observation::number;
use super::{IndicatorError, Indicators};
use crate::axis::{LocalityId, Period};
use crate::statistic::{
    Confidence, Estimate, Interval, Order, QuantileValue, Scale, Simulation, SlopeIndex, Spread,
    StatisticError, quantiles, slope_index,
};
use crate::table::{Align, Table};
use std::collections::BTreeMap;

/// An indicator over groups of small areas, with its slope index.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Inequality {
    /// Name of the indicator.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Name of the indicator that ranks the areas.
    pub ranked_by: String,
    /// Each group, the least advantaged first.
    pub groups: Vec<QuantileRow>,
    /// Slope and relative index, in its unit.
    pub index: SlopeIndex,
    /// For so many people the unit is given.
    pub per: u32,
    /// How many areas were in no group, because nothing ranks them.
    pub left_out: usize,
}

/// One group of small areas.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct QuantileRow {
    /// Its number: 1 is the least advantaged.
    pub quantile: u32,
    /// How many areas.
    pub areas: usize,
    /// People (or whatever the denominator counts).
    pub population: f64,
    /// The indicator, rebuilt from the counts of its areas.
    pub estimate: Estimate,
}

/// How small areas are put into groups, from the least to the most advantaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranking<'a> {
    /// Code of the indicator that ranks them: 1 is the least advantaged.
    pub by: &'a str,
    /// Its period.
    pub period: Period,
    /// How many groups.
    pub groups: u32,
}

impl Indicators {
    /// The slope index of an indicator over the areas of a level, grouped by the order in which
    /// another indicator ranks them (rank 1 the least advantaged).
    ///
    /// Areas are grouped within this place, not by national groups, into as equal
    /// numbers of areas as can be. Each group's figure is rebuilt from the counts of its areas; a
    /// group of which a count is missing makes the index an error, not a guess.
    ///
    /// # Errors
    ///
    /// [`IndicatorError::NotSummable`] when the indicator has no counts;
    /// [`IndicatorError::NothingRanked`]; [`IndicatorError::Statistic`] when there are fewer areas
    /// than groups, or a group has no people.
    pub fn inequality(
        &self,
        code: &str,
        period: Period,
        ranking: Ranking<'_>,
        simulation: Simulation,
        confidence: Confidence,
    ) -> Result<Inequality, IndicatorError> {
        let index = self.number(code)?;
        let indicator = &self.indicators[index as usize];
        if !matches!(indicator.form, ValueType::Proportion | ValueType::Rate) {
            return Err(IndicatorError::NotSummable {
                indicator: code.to_owned(),
                form: indicator.form,
                missing: "it has none above and below a line".to_owned(),
            });
        }
        let groups = ranking.groups;
        let ranked = self.ranked(&indicator.level, ranking)?;
        let statistic = |source: StatisticError| IndicatorError::Statistic {
            indicator: code.to_owned(),
            source,
        };
        // Rank 1 is the least advantaged and the lowest number.
        let placed = quantiles(&ranked, groups, Order::LowestFirst).map_err(statistic)?;
        let mut members: BTreeMap<u32, Vec<LocalityId>> = BTreeMap::new();
        for (place, quantile) in placed {
            members.entry(quantile).or_default().push(place);
        }
        let left_out = self.small_areas(&indicator.level).len() - ranked.len();
        let mut rows = Vec::with_capacity(members.len());
        let mut values = Vec::with_capacity(members.len());
        for (quantile, places) in members {
            // A count that is not known leaves its group's figure unknown, never smaller.
            let observation = self.together(code, &places, period)?;
            let Some((_, population)) = observation.counts() else {
                return Err(IndicatorError::NotSummable {
                    indicator: code.to_owned(),
                    form: indicator.form,
                    missing: format!(
                        "group {quantile} has an area whose counts are {}",
                        observation.status()
                    ),
                });
            };
            let estimate = observation
                .estimate(indicator, confidence)
                .map_err(statistic)?;
            // The field's method takes 95% limits for the spread, whatever confidence is asked.
            let spread =
                Confidence::new(0.95).and_then(|usual| observation.estimate(indicator, usual));
            let spread = spread.map_err(statistic)?;
            if let (Some(value), Some(interval)) = (spread.value(), spread.interval()) {
                values.push(QuantileValue {
                    quantile,
                    population: number(population),
                    value: value / f64::from(indicator.per),
                    spread: Spread::Limits(interval.times(1.0 / f64::from(indicator.per))),
                });
            }
            rows.push(QuantileRow {
                quantile,
                areas: places.len(),
                population: number(population),
                estimate,
            });
        }
        let scale = match indicator.form {
            ValueType::Proportion => Scale::Logit,
            _ => Scale::Log,
        };
        let index = slope_index(
            &values,
            groups,
            scale,
            f64::from(indicator.per),
            simulation,
            confidence,
        )
        .map_err(statistic)?;
        Ok(Inequality {
            name: indicator.name.clone(),
            unit: indicator.unit.clone(),
            per: indicator.per,
            ranked_by: self.indicator(ranking.by)?.name.clone(),
            groups: rows,
            index,
            left_out,
        })
    }

    /// Areas of a level within the place.
    fn small_areas(&self, level: &str) -> Vec<LocalityId> {
        let localities = &self.place().axes().localities;
        let whole = localities.leaves(self.place().locality());
        let inside = |area: &LocalityId| whole.contains(localities.leaves(*area));
        localities
            .at_level(level)
            .into_iter()
            .filter(inside)
            .collect()
    }

    /// Areas of a level with the figure that ranks them.
    fn ranked(
        &self,
        level: &str,
        ranking: Ranking<'_>,
    ) -> Result<Vec<(LocalityId, f64)>, IndicatorError> {
        let index = self.number(ranking.by)?;
        let indicator = &self.indicators[index as usize];
        // A rank says which end is the less advantaged; a rate does not.
        if indicator.form != ValueType::Rank {
            return Err(IndicatorError::NotARanking {
                indicator: indicator.code.clone(),
                form: indicator.form,
            });
        }
        let ranked: Vec<(LocalityId, f64)> = self
            .small_areas(level)
            .into_iter()
            .filter_map(|area| {
                let observation = self.observed(index, Area::Here(area), ranking.period)?;
                Some((area, number(observation.figure(indicator)?)))
            })
            .collect();
        if ranked.is_empty() {
            return Err(IndicatorError::NothingRanked {
                indicator: ranking.by.to_owned(),
                level: level.to_owned(),
                period: ranking.period,
            });
        }
        Ok(ranked)
    }
}

impl Inequality {
    /// As a table, the least advantaged group first.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut table = Table::new(format!(
            "{}, by {}: from the least to the most advantaged",
            self.name, self.ranked_by
        ));
        table.column("group", Align::Right);
        table.column("areas", Align::Right);
        table.column("people", Align::Right);
        table.column(&self.unit, Align::Right);
        table.column("interval", Align::Left);
        for group in &self.groups {
            let interval = group.estimate.interval();
            table.row([
                group.quantile.to_string(),
                group.areas.to_string(),
                format!("{:.0}", group.population),
                group
                    .estimate
                    .value()
                    .map_or_else(String::new, |v| format!("{v:.1}")),
                interval.map_or_else(String::new, Interval::in_words),
            ]);
        }
        let per = f64::from(self.per);
        let confidence = self.index.slope.confidence();
        table.note(&format!(
            "Slope index of inequality: {:.2} ({confidence} limits by simulation). From the least \
             to the most advantaged end the line goes from {:.1} to {:.1}.",
            self.index.slope,
            self.index.at_0 * per,
            self.index.at_1 * per
        ));
        table.note(&format!(
            "Relative index of inequality: {:.3}.",
            self.index.relative
        ));
        if self.left_out > 0 {
            table.note(&format!("Without a rank, and left out: {}.", self.left_out));
        }
        table
    }
}
