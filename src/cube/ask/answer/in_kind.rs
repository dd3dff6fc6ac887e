//! What is given in kind and nobody has valued, beside an answer.

use crate::axis::{Ages, MemberId, Tree};
use crate::cube::ask::plan::Plan;
use crate::place::InKind;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something given in kind that lies in a slice, or may: counted, not valued, and in no amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InKindShown {
    /// Who gives it.
    pub partner: String,
    /// What for.
    pub activity: String,
    /// Whom it serves.
    pub audience: String,
    /// Where.
    pub locality: String,
    /// When.
    pub period: String,
    /// What it is.
    pub resource: String,
    /// How much of it, as it was counted.
    pub quantity: String,
    /// In what unit.
    pub unit: String,
    /// How that is known.
    pub basis: String,
    /// Whether all of it lies in the slice; otherwise a part may. It is not shared out.
    pub wholly_inside: bool,
}

impl fmt::Display for InKindShown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "In kind, not valued: {} {} of {} by {} for {} ({}), {}, {}; {}; {}.",
            self.quantity,
            self.unit,
            self.resource,
            self.partner,
            self.activity,
            self.audience,
            self.locality,
            self.period,
            self.basis,
            if self.wholly_inside {
                "all of it lies here"
            } else {
                "some of it may lie here"
            }
        )
    }
}

/// What of the pack's list lies in a slice, or may.
pub fn beside(plan: &Plan<'_>) -> Vec<InKindShown> {
    let list = plan.cube.place().in_kind().iter();
    list.filter_map(|given| shown(given, plan)).collect()
}

fn shown(given: &InKind, plan: &Plan<'_>) -> Option<InKindShown> {
    let (axes, slice) = (plan.cube.place().axes(), &plan.slice);
    let partner = slice.inside.contains(given.partner)
        && (slice.partners.as_ref()).is_none_or(|cut| cut.contains(&given.partner));
    if given.phase != slice.phase || !partner || slice.tag.is_some() {
        return None;
    }
    given.period.intersection(slice.period)?;
    let mut whole = slice.period.contains(given.period);
    whole &= within(
        &axes.activities,
        slice.activities.as_deref(),
        Some(given.activity),
    )?;
    whole &= within(&axes.groups, slice.groups.as_deref(), given.group)?;
    if let Some(cut) = &slice.leaves {
        let leaves = axes.localities.leaves(given.locality);
        let both = cut.intersection(leaves);
        if both.is_empty() {
            return None;
        }
        whole &= both == *leaves;
    }
    if let Some(cut) = &slice.ages {
        let inside = cut.iter().filter_map(|ages| ages.intersection(given.ages));
        let parts: Vec<_> = inside.collect();
        if parts.is_empty() {
            return None;
        }
        whole &= parts == [given.ages];
    }
    let group = given
        .group
        .map(|group| axes.groups.get(group).name.as_str());
    Some(InKindShown {
        partner: axes.partners.get(given.partner).name.clone(),
        activity: axes.activities.get(given.activity).name.clone(),
        audience: match group {
            Some(group) => format!("{group}, {}", given.ages),
            None if given.ages == Ages::ALL => "all ages".to_owned(),
            None => format!("ages {}", given.ages),
        },
        locality: axes.localities.name(given.locality).to_owned(),
        period: given.period.to_string(),
        resource: given.resource.to_string(),
        quantity: given.quantity.to_string(),
        unit: given.unit.clone(),
        basis: given.basis.clone(),
        wholly_inside: whole,
    })
}

/// Whether a member lies in a cut; `None` when it shares nothing with it. A member above the cut
/// may lie in it.
fn within(tree: &Tree, cut: Option<&[MemberId]>, member: Option<MemberId>) -> Option<bool> {
    let Some(cut) = cut else { return Some(true) };
    let Some(member) = member else {
        return Some(false);
    };
    if cut.iter().any(|&top| tree.contains(top, member)) {
        return Some(true);
    }
    (cut.iter().any(|&top| tree.contains(member, top))).then_some(false)
}
