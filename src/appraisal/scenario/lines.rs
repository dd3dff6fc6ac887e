//! A move as lines of the account.

use super::moves::{Cell, Move};
use crate::axis::{Flexibility, Gap, MemberId, Period, Placed, Resource, Side};
use crate::counterparty::{Flow, FlowId};
use crate::crosswalk::{Coding, MixId, TagSet};
use crate::money::Pence;

/// How much of a move is taken from money of each kind of freedom.
pub(super) type Taken = Vec<(Flexibility, Pence)>;

/// The payments between partners that a move leads to, as payer and payee write them down.
pub(super) fn flows(of: &Move) -> Vec<Flow> {
    let Some(kind) = of.kind else {
        return Vec::new();
    };
    let flow = |side: Side, other: MemberId| Flow {
        side,
        kind,
        parts: vec![(other, 1)],
        whole: 1,
    };
    vec![
        flow(Side::Payer, of.to.partner),
        flow(Side::Payee, of.from.partner),
    ]
}

/// A line of a cell.
fn coding(
    of: &Move,
    cell: &Cell,
    activity: MixId,
    flow: FlowId,
    flexibility: Flexibility,
    period: Period,
) -> Coding {
    Coding {
        locality: Placed::On(cell.locality),
        ages: Placed::On(cell.ages),
        group: cell
            .group
            .map_or(Placed::Gap(Gap::NotDisaggregated), Placed::On),
        phase: of.phase,
        resource: Resource::Cash,
        activity,
        partner: Placed::On(cell.partner),
        flow,
        flexibility,
        tags: TagSet::default(),
        period: Placed::On(period),
    }
}

/// What a move is in the account, in twelve months: less where it comes from, more where it goes. To another
/// partner it is paid, and received there, and spent. What is spent anew may be given up again.
pub(super) fn lines(
    of: &Move,
    period: Period,
    taken: &Taken,
    activities: [MixId; 2],
    flows: &[FlowId],
) -> Vec<(Coding, Pence)> {
    let [from, to] = activities;
    let mut lines = Vec::new();
    for &(flexibility, pence) in taken {
        let less = coding(of, &of.from, from, FlowId::NONE, flexibility, period);
        lines.push((less, -pence));
    }
    let free = Flexibility::Discretionary;
    let spent = coding(of, &of.to, to, FlowId::NONE, free, period);
    lines.push((spent, of.amount));
    if let [pays, receives] = *flows {
        let payer = Cell {
            partner: of.from.partner,
            ..of.to.clone()
        };
        lines.push((coding(of, &payer, to, pays, free, period), of.amount));
        lines.push((coding(of, &of.to, to, receives, free, period), -of.amount));
    }
    lines
}
