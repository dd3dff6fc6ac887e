//! Targets, forecasts, lags, breaks and everything else that a pack states of its indicators.

use super::area::Area;
use super::definition::{Expected, Forecast, Lag};
use super::fields::{Fields, the_nearest};
use super::opener::{Names, Opener};
use super::read::{Part, Series};
use super::settle::DriverDenominators;
use super::{Indicators, Target, spec};
use crate::axis::{Ages, nearest};
use crate::place::TableSpec;
use std::collections::BTreeSet;
use std::sync::Arc;
use toml::Spanned;

impl Opener<'_> {
    /// Denominators that a driver of the pack counts.
    pub(super) fn denominators(
        &mut self,
        tables: &[Spanned<TableSpec>],
        all: &Indicators,
    ) -> DriverDenominators {
        let place = Arc::clone(self.place);
        let mut denominators = DriverDenominators::new();
        for row in self.rows(tables, &spec::DENOMINATOR) {
            let driver = place
                .drivers()
                .iter()
                .position(|driver| driver.code() == row.text("driver"));
            if driver.is_none() {
                let near = nearest(
                    row.text("driver"),
                    place.drivers().iter().map(crate::driver::Driver::code),
                );
                self.fault(
                    "unknown-driver",
                    row.at("driver"),
                    format!("`{}` is not a driver", row.text("driver")),
                    &the_nearest(&near),
                );
            }
            let ages = match row.text("ages") {
                "" => Ok(Ages::ALL),
                text => text.parse::<Ages>(),
            };
            let ages = self.found(&row, "ages", ages);
            if let (Some(number), Some(driver), Some(ages)) =
                (self.indicator(&row, all), driver, ages)
                && denominators.insert(number, (driver, ages)).is_some()
            {
                self.stated_twice(&row, "denominator");
            }
        }
        denominators
    }

    pub(super) fn targets(
        &mut self,
        tables: &[Spanned<TableSpec>],
        names: &Names,
        all: &mut Indicators,
    ) {
        for row in self.rows(tables, &spec::TARGET) {
            self.needed(&row, &["source"]);
            let Some(number) = self.indicator(&row, all) else {
                continue;
            };
            let period = self.period(&row, "period", &all.indicators[number as usize]);
            let value = self.decimal(&row, "value");
            let area = names
                .get(row.text("area"))
                .copied()
                .map(Ok)
                .unwrap_or_else(|| {
                    let found = self.axes().localities.find(row.text("area"));
                    found.map(Area::Here)
                });
            let area = self.found(&row, "area", area);
            if let (Some(area), Some(period), Some(value)) = (area, period, value) {
                let target = Target {
                    value,
                    source: row.owned("source"),
                };
                if all.targets.insert((number, area, period), target).is_some() {
                    self.stated_twice(&row, "target of this area and period");
                }
            }
        }
    }

    pub(super) fn forecasts(&mut self, tables: &[Spanned<TableSpec>], all: &mut Indicators) {
        for row in self.rows(tables, &spec::FORECAST) {
            self.needed(&row, &["judgement"]);
            let Some(number) = self.indicator(&row, all) else {
                continue;
            };
            let indicator = &all.indicators[number as usize];
            let from = self.period(&row, "from", indicator);
            let to = self.period(&row, "to", indicator);
            let method = self.word(&row, "method");
            let history = from
                .zip(to)
                .and_then(|(from, to)| self.found(&row, "to", from.through(to)));
            if let (Some(method), Some(history)) = (method, history) {
                let forecast = Forecast {
                    method,
                    history,
                    judgement: row.owned("judgement"),
                };
                if all.forecasts.insert(number, forecast).is_some() {
                    self.stated_twice(&row, "forecast");
                }
            }
        }
    }

    pub(super) fn expected(&mut self, tables: &[Spanned<TableSpec>], all: &mut Indicators) {
        for row in self.rows(tables, &spec::EXPECTED) {
            self.level(&row, row.text("level"));
            let Some(number) = self.indicator(&row, all) else {
                continue;
            };
            let indicator = &all.indicators[number as usize];
            let first = self.period(&row, "from", indicator);
            let last = self.period(&row, "to", indicator);
            if let (Some(first), Some(last)) = (first, last) {
                if last < first {
                    let found = format!("it ends in {last}, before it starts in {first}");
                    self.fault(
                        "ends-before-it-starts",
                        row.at("to"),
                        found,
                        "turn them round",
                    );
                }
                let expected = Expected {
                    level: row.owned("level"),
                    first,
                    last,
                };
                all.expected.push((number, expected));
            }
        }
    }

    pub(super) fn breaks(&mut self, tables: &[Spanned<TableSpec>], all: &mut Indicators) {
        for row in self.rows(tables, &spec::BREAK) {
            self.needed(&row, &["why"]);
            let Some(number) = self.indicator(&row, all) else {
                continue;
            };
            let period = self.period(&row, "period", &all.indicators[number as usize]);
            if let Some(period) = period {
                let breaks = all.breaks.entry(number).or_default();
                breaks.push((period, row.owned("why")));
            }
        }
    }

    pub(super) fn lags(&mut self, tables: &[Spanned<TableSpec>], all: &mut Indicators) {
        for row in self.rows(tables, &spec::LAG) {
            self.needed(&row, &["why"]);
            let Some(number) = self.indicator(&row, all) else {
                continue;
            };
            match row.text("months").parse() {
                Ok(months) => {
                    let why = row.owned("why");
                    if all.lags.insert(number, Lag { months, why }).is_some() {
                        self.stated_twice(&row, "lag");
                    }
                }
                Err(_) => self.fault(
                    "not-a-number",
                    row.at("months"),
                    format!("`{}` is not a number of months", row.text("months")),
                    "write 0 where there is none",
                ),
            }
        }
    }

    pub(super) fn series(
        &mut self,
        tables: &[Spanned<TableSpec>],
        observations: &[Spanned<spec::ObservationsSpec>],
        all: &Indicators,
    ) -> Series {
        let datasets: BTreeSet<&str> = observations
            .iter()
            .map(|table| table.get_ref().dataset.as_str())
            .collect();
        let mut series = Series::new();
        for row in self.rows(tables, &spec::SERIES) {
            if !datasets.contains(row.text("dataset")) {
                let near = nearest(row.text("dataset"), datasets.iter().copied());
                self.fault(
                    "unknown-dataset",
                    row.at("dataset"),
                    format!("no observations are of `{}`", row.text("dataset")),
                    &the_nearest(&near),
                );
            }
            if let (Some(number), Some(part)) = (self.indicator(&row, all), self.word(&row, "part"))
            {
                let is_limit = matches!(part, Part::Lower | Part::Upper);
                let sure = observations
                    .iter()
                    .map(toml::Spanned::get_ref)
                    .filter(|table| table.dataset == row.text("dataset"))
                    .all(|table| table.limits_at.is_some());
                if is_limit && !sure {
                    self.fault(
                        "limits-without-confidence",
                        row.at("part"),
                        format!(
                            "`{}` has published limits, and its observations do not say at what \
                             confidence",
                            row.text("dataset")
                        ),
                        "write `limits_at = 0.95` (or what the publisher says) to them",
                    );
                }
                series
                    .entry(row.owned("dataset"))
                    .or_default()
                    .entry(row.owned("published"))
                    .or_default()
                    .push((number, part));
            }
        }
        series
    }

    /// Figures that the pack does not believe: indicator, area, and the row that says so.
    pub(super) fn withdrawals(
        &mut self,
        tables: &[Spanned<TableSpec>],
        names: &Names,
        all: &Indicators,
    ) -> Vec<(u32, Area, Fields)> {
        let mut withdrawn = Vec::new();
        for row in self.rows(tables, &spec::WITHDRAWN) {
            self.needed(&row, &["why"]);
            let number = self.indicator(&row, all);
            let area = names.get(row.text("area")).copied();
            if area.is_none() {
                self.fault(
                    "unknown-area",
                    row.at("area"),
                    format!("`{}` is not among the areas", row.text("area")),
                    "name it in a row of `areas`",
                );
            }
            if let (Some(number), Some(area)) = (number, area) {
                withdrawn.push((number, area, row));
            }
        }
        withdrawn
    }
}
