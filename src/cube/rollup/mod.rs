//! The kept roll-ups: records without what most questions do not ask for.
//!
//! | Roll-up | Without |
//! |---|---|
//! | [`RollUps::years`] | months, tags, how money is bound |
//! | [`RollUps::themes`] | that, client groups, and activities that are shared alike within a theme |
//!
//! Ledgers repeat themselves month after month, and most questions ask for whole financial years, for
//! no tag and not how money is bound. Most of those ask for whole themes, and no driver tells client
//! groups apart. A question gets the same answer from the coarsest roll-up that has what it asks for,
//! of far fewer sums.

mod coarsening;
mod slabs;
mod sums;
mod themes;

use super::parts::Matter;
use super::records::Records;
use super::source::Source;
use crate::axis::{Flexibility, Period, Placed};
use crate::crosswalk::TagSet;
use crate::driver::Sharing;
use crate::place::Place;
use coarsening::Coarser;
pub(super) use sums::RollUp;
pub(super) use themes::Themes;

/// The roll-ups of a cube that are worth keeping. A question gets the same answer from any that it may
/// ask; under other sharing rules than the cube was built with it may ask fewer.
#[derive(Clone, Debug)]
pub(super) struct RollUps {
    pub(super) years: Option<RollUp>,
    pub(super) themes: Option<Themes>,
}

impl RollUps {
    pub(super) fn of(records: &Records, place: &Place, sharing: &Sharing) -> Self {
        let coarser = Coarser::of(
            records.parts(),
            |region| region,
            |matter| Matter {
                flexibility: Flexibility::default(),
                tags: TagSet::default(),
                ..matter
            },
            year,
        );
        let years = RollUp::of(records, coarser, place);
        let themes = (years.as_ref()).and_then(|years| Themes::of(years, place, sharing));
        Self { years, themes }
    }
}

/// The financial year that holds a period; itself where none does.
pub(super) fn year(period: Placed<Period>) -> Placed<Period> {
    match period {
        Placed::On(period) => match period.financial_years().as_slice() {
            [year] if year.contains(period) => Placed::On(*year),
            _ => Placed::On(period),
        },
        gap => gap,
    }
}
