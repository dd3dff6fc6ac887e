//! The kept roll-ups: records without what most questions do not ask for.
//!
//! | Roll-up | Without |
//! |---|---|
//! | [`RollUps::years`] | months and tags; how money is bound, where that leaves too many sums |
//! | [`RollUps::themes`] | that, how money is bound, client groups, and activities that are shared alike within a theme |
//!
//! Ledgers repeat themselves month after month, and most questions ask for whole financial years and for
//! no tag. Most of those ask for whole themes and not how money is bound, and no driver tells client
//! groups apart. A question gets the same answer from the coarsest roll-up that has what it asks for,
//! of far fewer sums. How money is bound is asked of every partner by every proposal that saves, and it most often
//! goes with what the money is for, so that it costs few sums to keep.

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
    pub(super) years: Option<Years>,
    pub(super) themes: Option<Themes>,
}

/// The roll-up by year.
#[derive(Clone, Debug)]
pub(super) struct Years {
    pub(super) sums: RollUp,
    /// Whether it tells how money is bound.
    pub(super) tells_flexibility: bool,
}

impl RollUps {
    pub(super) fn of(records: &Records, place: &Place, sharing: &Sharing) -> Self {
        let years = [true, false].into_iter().find_map(|tells_flexibility| {
            let coarser = Coarser::of(
                records.parts(),
                |region| region,
                |matter| Matter {
                    flexibility: match tells_flexibility {
                        true => matter.flexibility,
                        false => Flexibility::default(),
                    },
                    tags: TagSet::default(),
                    ..matter
                },
                year,
            );
            let sums = RollUp::of(records, coarser, place)?;
            Some(Years {
                sums,
                tells_flexibility,
            })
        });
        let themes = (years.as_ref()).and_then(|years| Themes::of(&years.sums, place, sharing));
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
