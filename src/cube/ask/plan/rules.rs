//! What one axis says of money: its fate, and its cell.
//!
//! The quick way decides by these. The judge works each of them out again by itself, in
//! `reference/rules`.

use super::{Cell, Fate, Memorandum, Slice, Times};
use crate::account::{Stand, Standing};
use crate::axis::{Gap, MemberId, Period, Placed, Resource, Tree};
use crate::crosswalk::TagSet;

pub fn other(stand: &Stand) -> Cell {
    stand
        .other
        .map_or(Cell::NOBODY, |(partner, _)| Cell::member(partner.0))
}

/// Whether a standing is in the total or stands beside it: what others own does not, nor does cash
/// beside what is given in kind.
pub fn shown(standing: Standing, slice: &Slice) -> bool {
    match standing {
        Standing::OtherResource => slice.resource == Resource::Cash,
        standing => standing.counts() || Memorandum::of(standing).is_some(),
    }
}

pub fn partner(partner: Placed<MemberId>, slice: &Slice, drilled: bool) -> (Fate, Cell) {
    match (partner, &slice.partners) {
        (Placed::On(partner), cut) => {
            let inside = cut.as_ref().is_none_or(|cut| cut.contains(&partner));
            (
                if inside { Fate::In } else { Fate::Out },
                if drilled {
                    Cell::member(partner.0)
                } else {
                    Cell::WHOLE
                },
            )
        }
        (Placed::Gap(gap), None) if slice.inside.is_everybody() => {
            (Fate::In, if drilled { Cell::gap(gap) } else { Cell::WHOLE })
        }
        (Placed::Gap(gap), _) => (Fate::Unknown(gap), Cell::gap(gap)),
    }
}

pub fn tag(tags: TagSet, slice: &Slice) -> Fate {
    match slice.tag {
        Some(tag) if !tags.has(tag) => Fate::Out,
        _ => Fate::In,
    }
}

/// Money recorded on a branch above the slice cannot be said to lie in it.
pub fn activity_fate(
    activity: Placed<MemberId>,
    slice: &Slice,
    drill: Option<&Option<String>>,
    tree: &Tree,
) -> (Fate, Cell) {
    let cut = slice.activities.as_deref();
    match activity {
        Placed::Gap(gap) => {
            let fate = if cut.is_some() {
                Fate::Unknown(gap)
            } else {
                Fate::In
            };
            (
                fate,
                if drill.is_some() {
                    Cell::gap(gap)
                } else {
                    Cell::WHOLE
                },
            )
        }
        Placed::On(activity) => {
            let fate = match cut {
                None => Fate::In,
                Some(cut) if cut.iter().any(|&top| tree.contains(top, activity)) => Fate::In,
                Some(cut) if cut.iter().any(|&top| tree.contains(activity, top)) => {
                    Fate::Unknown(Gap::NotDisaggregated)
                }
                Some(_) => Fate::Out,
            };
            let cell = match drill {
                None => Cell::WHOLE,
                Some(None) => Cell::member(activity.0),
                Some(Some(level)) => {
                    Cell::member(tree.at_level(activity, level).unwrap_or(activity).0)
                }
            };
            (fate, cell)
        }
    }
}

/// The days of a period, by where they lie.
#[derive(Clone, Debug)]
pub struct Periods {
    /// Fate, cell and days.
    pub pieces: Vec<(Fate, Cell, u32)>,
    pub whole: u32,
}

pub fn periods(period: Placed<Period>, slice: &Slice, times: Option<&Times>) -> Periods {
    let one = |fate, cell| Periods {
        pieces: vec![(fate, cell, 1)],
        whole: 1,
    };
    let period = match period {
        Placed::On(period) => period,
        Placed::Gap(gap) => return one(Fate::Unknown(gap), Cell::gap(gap)),
    };
    let Some(inside) = period.intersection(slice.period) else {
        return one(Fate::Out, Cell::WHOLE);
    };
    let mut pieces = Vec::new();
    match times {
        None => pieces.push((Fate::In, Cell::WHOLE, inside.days())),
        Some(times) if !times.share_by_days() => {
            pieces.push((Fate::In, times.cell(period), inside.days()));
        }
        Some(times) => {
            for (cell, year) in (0..).zip(times.spans()) {
                if let Some(part) = inside.intersection(*year) {
                    pieces.push((Fate::In, Cell::member(cell), part.days()));
                }
            }
        }
    }
    let whole = period.days();
    if inside.days() < whole {
        pieces.push((Fate::Out, Cell::WHOLE, whole - inside.days()));
    }
    Periods { pieces, whole }
}
