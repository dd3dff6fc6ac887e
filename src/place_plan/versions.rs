//! Rows of published files that hold for some time: versions of one thing follow each other.

use super::quantity::Units;
use crate::money::Pence;
use crate::register::{Cells, DayIn, day_of, hundredths_of, pounds_of};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// From when to when a row holds; to this day where it was not superseded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Holds {
    pub from: Date,
    pub to: Option<Date>,
}

impl Holds {
    /// The days of a row. The standard dates a row by `start-date`; where that is empty, by the day on which it was
    /// written down, because it was so by then at the latest.
    pub(super) fn of(cells: &Cells) -> Result<Self, (&'static str, String)> {
        let day = |field: &'static str, part| {
            day_of(cells.text(field), part).map_err(|found| (field, found))
        };
        let starts = day("start_date", DayIn::First)?;
        let entered = day("entry_date", DayIn::First)?;
        let to = day("end_date", DayIn::Last)?;
        let Some(from) = starts.or(entered) else {
            return Err((
                "start_date",
                "neither `start-date` nor `entry-date` says from when it holds".into(),
            ));
        };
        if to.is_some_and(|to| to < from) {
            return Err(("end_date", format!("it ends before it starts, on {from}")));
        }
        Ok(Self { from, to })
    }

    fn meets(self, other: Self) -> bool {
        let before = |one: Self, other: Self| one.to.is_some_and(|to| to < other.from);
        !before(self, other) && !before(other, self)
    }

    /// The day after the last one.
    pub(super) fn ends(self) -> Option<Date> {
        self.to.and_then(|to| to.tomorrow().ok())
    }
}

/// Versions of things by their keys; those of one key may not hold on the same day.
#[derive(Default)]
pub(super) struct Versions(BTreeMap<String, Vec<Holds>>);

impl Versions {
    /// Adds one, unless another of the same key holds on one of its days.
    pub(super) fn add(&mut self, key: &str, holds: Holds) -> bool {
        let known = self.0.entry(key.to_owned()).or_default();
        let free = !known.iter().any(|other| other.meets(holds));
        if free {
            known.push(holds);
        }
        free
    }
}

/// Pounds and units of a published row. A nought beside the other says nothing, and files have many.
pub(super) fn counts(cells: &Cells) -> Result<(Pence, Units), (&'static str, String)> {
    let pounds = pounds_of(cells.text("amount")).map_err(|found| ("amount", found))?;
    let units = hundredths_of(cells.text("units")).map_err(|found| ("units", found))?;
    if pounds.is_none() && units.is_none() {
        return Err((
            "amount",
            "neither `amount` nor `units` says how much".into(),
        ));
    }
    let (pence, units) = (pounds.unwrap_or_default(), units.unwrap_or_default());
    if pence < Pence::ZERO || units < 0 {
        let field = if units < 0 { "units" } else { "amount" };
        return Err((field, format!("`{}` is below nothing", cells.text(field))));
    }
    Ok((pence, Units::of_hundredths(units)))
}

/// The pounds of a row that is not counted, where they can be read.
pub(super) fn at_stake(cells: &Cells) -> Option<Pence> {
    pounds_of(cells.text("amount")).ok().flatten()
}
