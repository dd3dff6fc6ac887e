//! Which lines of the account are payments between partners.

use super::covered::Covered;
use super::standing::Held;
use super::transfers::TransferLine;
use crate::axis::{FlowKind, MemberId, Period, Phase, Placed, Resource, Side};
use crate::counterparty::{FlowId, Recognised};
use crate::crosswalk::MappedLedger;
use crate::finding::{Finding, Findings, Position};
use crate::ledger::LineRef;
use crate::money::{MoneyError, Pence};
use crate::place::Place;
use foldhash::fast::FixedState;
use std::collections::HashSet;

/// What one pass over the lines says of payments between partners.
pub(super) struct Between {
    /// The lines of cash that are payments between partners.
    pub(super) lines: Vec<TransferLine>,
    pub(super) held: Held,
    pub(super) covered: Covered,
}

/// All that [`Held`] and [`Covered`] see of a line.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Kind {
    partner: Placed<MemberId>,
    period: Placed<Period>,
    phase: Phase,
    resource: Resource,
    flow: FlowId,
    spending: bool,
}

impl Between {
    pub(super) fn of<'a>(
        lines: impl Iterator<Item = (&'a MappedLedger, LineRef<'a>)>,
        place: &Place,
    ) -> Result<Self, MoneyError> {
        let flows = place.counterparties().flows();
        let mut between = Self {
            lines: Vec::new(),
            held: Held::none(place),
            covered: Covered::default(),
        };
        // Without rules no line is a payment between partners.
        let lines = lines.take_while(|_| !flows.is_empty());
        let mut known: HashSet<Kind, FixedState> = HashSet::default();
        for (mapped, line) in lines {
            // Both learn what kinds of line there are, and nothing from more of one kind.
            let kind = Kind {
                partner: mapped.partner(&line),
                period: mapped.period(&line),
                phase: mapped.phase(),
                resource: mapped.resource(&line),
                flow: mapped.flow(&line),
                spending: line.pence() > Pence::ZERO,
            };
            let new = known.insert(kind);
            if !new && kind.flow == FlowId::NONE {
                continue;
            }
            let coding = mapped.coding(&line);
            if new {
                // A fee received is no spending.
                if kind.spending {
                    let of = (kind.phase, kind.resource);
                    between
                        .held
                        .add(place, kind.partner, kind.flow, of, kind.period);
                }
                between.covered.add(&coding);
            }
            let flow = flows.get(coding.flow);
            let (Some(flow), Placed::On(own), Resource::Cash) =
                (flow, coding.partner, coding.resource)
            else {
                continue;
            };
            let weights: Vec<u64> = flow.parts.iter().map(|(_, part)| *part).collect();
            let parts = line.pence().apportion(&weights)?;
            for ((other, _), pence) in flow.parts.iter().zip(parts) {
                let (payer, payee, pence) = match flow.side {
                    Side::Payer => (own, *other, pence),
                    Side::Payee => (*other, own, -pence),
                };
                between.lines.push(TransferLine {
                    payer,
                    payee,
                    side: flow.side,
                    kind: flow.kind,
                    phase: coding.phase,
                    pence,
                    day: line.day(),
                    period: coding.period,
                    reference: line.code("reference").unwrap_or_default().to_owned(),
                    ledger: mapped.ledger().id().to_owned(),
                    position: line.position(),
                });
            }
        }
        Ok(between)
    }
}

/// A contribution to a pool that nobody has agreed.
pub(super) fn without_agreement(rule: &Recognised, place: &Place) -> Findings {
    let partners = &place.axes().partners;
    let agreed = (place.pools().iter()).any(|pool| partners.get(pool.partner).code == rule.partner);
    let mut findings = Findings::new();
    if rule.kind == FlowKind::PoolContribution && !agreed {
        findings.push(Finding {
            at_stake: Some(rule.pence),
            ..Finding::fault(
                "pool-without-agreement",
                Position::file(&rule.ledger),
                format!(
                    "{} line{} ({}) contribute{} to `{}` by the rule at {}, and no agreement of such a pool is written down",
                    rule.lines,
                    if rule.lines == 1 { "" } else { "s" },
                    rule.first_lines.join(", "),
                    if rule.lines == 1 { "s" } else { "" },
                    rule.partner,
                    rule.rule
                ),
                "add a `[[pool]]` with its host, agreement and rule, or correct the kind of payment",
            )
        });
    }
    findings
}
