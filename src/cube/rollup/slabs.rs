//! How sums are told apart within a region: by year and theme.

use crate::crosswalk::Mix;
use crate::cube::parts::Parts;
use crate::place::Place;
use std::ops::Range;

/// With more slabs each holds too few sums to be worth finding.
const MOST_SLABS: usize = 256;

/// A slab for each period and theme.
#[derive(Clone, Debug)]
pub(super) struct Slabs {
    periods: usize,
    themes: usize,
    /// The theme of each matter.
    theme: Vec<u16>,
}

impl Slabs {
    /// The theme of a matter is the top of the tree above what it is for; 0 where no one theme is.
    pub(super) fn of(parts: &Parts, place: &Place) -> Self {
        let tree = &place.axes().activities;
        let of_mix = |mix: &Mix| {
            let mut tops = (mix.parts.iter())
                .map(|(activity, _)| activity.member().map(|member| tree.top(member)));
            let first = tops.next().flatten();
            first.filter(|_| tops.all(|other| other == first))
        };
        let tops: Vec<_> = (parts.matters.iter())
            .map(|matter| of_mix(place.mixes().get(matter.activity)))
            .collect();
        let mut all: Vec<_> = tops.iter().copied().chain([None]).collect();
        all.sort_unstable();
        all.dedup();
        let periods = parts.periods.len();
        if periods * all.len() > MOST_SLABS {
            all.truncate(1);
        }
        let theme = |top| all.binary_search(top).map_or(0, |theme| theme as u16);
        Self {
            periods,
            themes: all.len(),
            theme: tops.iter().map(theme).collect(),
        }
    }

    pub(super) fn count(&self) -> usize {
        self.periods * self.themes
    }

    pub(super) fn slab(&self, matter: u32, period: u32) -> u32 {
        period * self.themes as u32 + u32::from(self.theme[matter as usize])
    }

    pub(super) fn period(&self, slab: u32) -> u32 {
        slab / self.themes as u32
    }

    /// The slabs of periods and matters that are wanted.
    pub(super) fn wanted(
        &self,
        period: impl Fn(usize) -> bool,
        matter: impl Fn(usize) -> bool,
    ) -> Vec<Range<usize>> {
        let mut wanted = vec![false; self.themes];
        for (number, theme) in self.theme.iter().enumerate() {
            let theme = usize::from(*theme);
            wanted[theme] = wanted[theme] || matter(number);
        }
        let mut slabs: Vec<Range<usize>> = Vec::new();
        for period in (0..self.periods).filter(|number| period(*number)) {
            for theme in (0..self.themes).filter(|theme| wanted[*theme]) {
                let slab = period * self.themes + theme;
                match slabs.last_mut() {
                    Some(last) if last.end == slab => last.end += 1,
                    _ => slabs.push(slab..slab + 1),
                }
            }
        }
        slabs
    }
}
