//! Which figures are not there, and who owes them.

use super::{Indicators, Status, Years};
use crate::axis::{LocalityId, Period};
use crate::table::{Align, Table};
use serde::Serialize;
use std::collections::BTreeMap;

/// Figures of one indicator that ought to be known at a level and are not, for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DataGap {
    /// Code of the indicator.
    pub indicator: String,
    /// Its name.
    pub name: String,
    /// The level of the places.
    pub level: String,
    /// Why: suppressed, not available, not collected.
    pub status: Status,
    /// How many figures are not there.
    pub missing: usize,
    /// How many ought to be.
    pub expected: usize,
    /// How many places are short of some figure.
    pub places: usize,
    /// The first period with a missing figure.
    pub first: Period,
    /// The last.
    pub last: Period,
    /// The partner or publisher that owes them.
    pub owed_by: String,
}

impl Indicators {
    /// Every figure that the pack expects and that is not there, gathered by indicator, level
    /// and reason.
    #[must_use]
    pub fn gaps(&self) -> Vec<DataGap> {
        self.gaps_among(|_| true)
    }

    /// Every figure that the pack expects of one place and that is not there.
    #[must_use]
    pub fn gaps_of(&self, locality: LocalityId) -> Vec<DataGap> {
        self.gaps_among(|place| place == locality)
    }

    fn gaps_among(&self, wanted: impl Fn(LocalityId) -> bool) -> Vec<DataGap> {
        let localities = &self.place().axes().localities;
        let whole = localities.leaves(self.place().locality());
        let mut gaps = Vec::new();
        for (number, expected) in &self.expected {
            let indicator = &self.indicators[*number as usize];
            let places: Vec<_> = localities
                .at_level(&expected.level)
                .into_iter()
                .filter(|&place| wanted(place) && whole.contains(localities.leaves(place)))
                .collect();
            let mut periods = Vec::new();
            let mut next = Some(expected.first);
            while let Some(period) = next.filter(|&period| period <= expected.last) {
                periods.push(period);
                next = Years::a_year_after(period);
            }
            let mut missing: BTreeMap<Status, Vec<(usize, Period)>> = BTreeMap::new();
            for (i, &place) in places.iter().enumerate() {
                for &period in &periods {
                    let known = self.known(&indicator.code, place, period);
                    let status = known.map_or(Status::NotCollected, |known| known.status());
                    if is_missing(status) {
                        missing.entry(status).or_default().push((i, period));
                    }
                }
            }
            for (status, cells) in missing {
                let mut short: Vec<usize> = cells.iter().map(|&(place, _)| place).collect();
                short.dedup();
                let (Some(first), Some(last)) = (
                    cells.iter().map(|&(_, period)| period).min(),
                    cells.iter().map(|&(_, period)| period).max(),
                ) else {
                    continue;
                };
                gaps.push(DataGap {
                    indicator: indicator.code.clone(),
                    name: indicator.name.clone(),
                    level: expected.level.clone(),
                    status,
                    missing: cells.len(),
                    expected: places.len() * periods.len(),
                    places: short.len(),
                    first,
                    last,
                    owed_by: self.owner_name(indicator),
                });
            }
        }
        gaps
    }

    /// The gaps as a table.
    #[must_use]
    pub fn gaps_table(&self) -> Table {
        DataGap::table(&self.gaps())
    }
}

/// Whether a figure is owed: one that is confidential is there, and of one that cannot be there is none.
fn is_missing(status: Status) -> bool {
    !status.has_figure() && !matches!(status, Status::NotApplicable | Status::Withheld)
}

impl DataGap {
    /// Gaps as a table.
    #[must_use]
    pub fn table(gaps: &[Self]) -> Table {
        let mut table = Table::new("Figures that are not there, and who owes them");
        table.column("indicator", Align::Left);
        table.column("for each", Align::Left);
        table.column("from", Align::Left);
        table.column("to", Align::Left);
        table.column("missing", Align::Right);
        table.column("of", Align::Right);
        table.column("why", Align::Left);
        table.column("owed by", Align::Left);
        for gap in gaps {
            table.row([
                gap.name.clone(),
                gap.level.replace('-', " "),
                gap.first.to_string(),
                gap.last.to_string(),
                gap.missing.to_string(),
                gap.expected.to_string(),
                gap.status.to_string(),
                gap.owed_by.clone(),
            ]);
        }
        table
    }
}
