//! The roll-up by theme: yearly sums without client groups and how money is bound, in which activities of one theme that are
//! shared by one driver are one activity.

use super::coarsening::Coarser;
use super::sums::RollUp;
use crate::axis::{Evidence, Flexibility, Gap, MemberId, Placed};
use crate::crosswalk::MixId;
use crate::cube::parts::{Matter, Region};
use crate::cube::source::Source;
use crate::driver::Sharing;
use crate::place::Place;
use std::collections::BTreeMap;

/// Sums in which mixes of activities stand in for others.
#[derive(Clone, Debug)]
pub(in crate::cube) struct Themes {
    pub(in crate::cube) sums: RollUp,
    /// Each mix that was replaced, and the one that stands in for it. A question may ask these sums if
    /// it sees the two of every pair alike.
    pub(in crate::cube) alike: Vec<[MixId; 2]>,
}

/// A part of a mix as a question for whole themes sees it: the theme, the driver, the weight.
type Seen = (Placed<MemberId>, Option<usize>, u64);

impl Themes {
    /// The roll-up of yearly sums, under some sharing rules. Where those ask for partner or period
    /// there is none.
    pub(super) fn of(years: &RollUp, place: &Place, sharing: &Sharing) -> Option<Self> {
        if sharing.asks_for_partner() || sharing.asks_for_period() {
            return None;
        }
        let mut stand_ins: BTreeMap<(Vec<Seen>, Evidence, bool), MixId> = BTreeMap::new();
        let mut stands_in: BTreeMap<MixId, MixId> = BTreeMap::new();
        let mut alike = Vec::new();
        for &matter in &years.parts().matters {
            stands_in.entry(matter.activity).or_insert_with(|| {
                let seen = seen(matter.activity, place, sharing);
                let activity = *stand_ins.entry(seen).or_insert(matter.activity);
                if activity != matter.activity {
                    alike.push([matter.activity, activity]);
                }
                activity
            });
        }
        let coarser = Coarser::of(
            years.parts(),
            |region| Region {
                group: Placed::Gap(Gap::Unknown),
                ..region
            },
            |matter| Matter {
                activity: stands_in[&matter.activity],
                flexibility: Flexibility::default(),
                ..matter
            },
            |period| period,
        );
        let sums = RollUp::of(years, coarser, place)?;
        Some(Self { sums, alike })
    }
}

/// The parts of a mix, how its weights are known, and whether it is one activity.
fn seen(mix: MixId, place: &Place, sharing: &Sharing) -> (Vec<Seen>, Evidence, bool) {
    let tree = &place.axes().activities;
    let mix = place.mixes().get(mix);
    let mut parts: Vec<Seen> = Vec::with_capacity(mix.parts.len());
    for &(activity, weight) in &mix.parts {
        let rule = sharing.rule(None, activity.member(), None, tree);
        let driver = rule.map(|rule| rule.driver);
        let theme = match activity {
            Placed::On(activity) => Placed::On(tree.top(activity)),
            gap => gap,
        };
        match parts
            .iter_mut()
            .find(|part| (part.0, part.1) == (theme, driver))
        {
            Some(part) => part.2 += weight,
            None => parts.push((theme, driver, weight)),
        }
    }
    // Of one part it makes no difference what it weighs.
    if let [(.., weight)] = parts.as_mut_slice() {
        *weight = 1;
    }
    (parts, mix.class, mix.parts.len() == 1)
}
