//! Which lines of the account are payments between partners.

use super::LineRun;
use super::coverage::Covered;
use super::standing::Held;
use super::transfers::TransferLine;
use crate::axis::{FlowKind, MemberId, Period, Phase, Placed, Resource, Side};
use crate::counterparty::{FlowId, KnownFlows, Recognised};
use crate::crosswalk::MappedLedger;
use crate::finding::{Finding, Findings, Position};
use crate::ledger::LineRef;
use crate::money::{MoneyError, Pence};
use crate::place::Place;
use crate::text::counted;
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::HashSet;
use std::hash::{Hash, Hasher};

/// What one pass over the lines says of payments between partners.
pub(super) struct Between {
    /// The lines of cash that are payments between partners.
    pub(super) lines: Vec<TransferLine>,
    pub(super) held: Held,
    pub(super) covered: Covered,
}

/// All that [`Held`] and [`Covered`] see of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Kind {
    partner: Placed<MemberId>,
    period: Placed<Period>,
    phase: Phase,
    resource: Resource,
    flow: FlowId,
    spending: bool,
}

impl Hash for Kind {
    /// Each line is hashed: a few words are, and not every field by itself.
    fn hash<H: Hasher>(&self, state: &mut H) {
        let how = (self.phase as u64) << 40
            | (self.resource as u64) << 48
            | u64::from(self.spending) << 56;
        state.write_u64(self.partner.word(|member| member.0) | how);
        state.write_u64(self.period.word(Period::packed));
        state.write_u64(u64::from(self.flow.0));
    }
}

/// What some lines that follow each other say.
#[derive(Default)]
struct Found {
    /// Each once, in the order in which they appear.
    kinds: Vec<Kind>,
    lines: Vec<TransferLine>,
}

impl Between {
    /// From runs of lines, read on all cores; `lines` gives those of one.
    pub(super) fn of<'a, L>(
        runs: &[LineRun],
        lines: impl Fn(&LineRun) -> L + Sync,
        place: &Place,
    ) -> Result<Self, MoneyError>
    where
        L: Iterator<Item = (&'a MappedLedger, LineRef<'a>)>,
    {
        let flows = place.counterparties().flows();
        let mut between = Self {
            lines: Vec::new(),
            held: Held::none(place),
            covered: Covered::default(),
        };
        // Without rules no line is a payment between partners.
        if flows.is_empty() {
            return Ok(between);
        }
        let found: Vec<Found> = (runs.par_iter())
            .map(|run| Found::of(lines(run), flows))
            .collect::<Result<_, _>>()?;
        let mut known: HashSet<Kind, FixedState> = HashSet::default();
        for of_run in found {
            for kind in of_run.kinds {
                if !known.insert(kind) {
                    continue;
                }
                // A fee received is no spending.
                if kind.spending {
                    let of = (kind.phase, kind.resource);
                    (between.held).add(place, kind.partner, kind.flow, of, kind.period);
                }
                between.covered.add(kind.partner, kind.phase, kind.period);
            }
            between.lines.extend(of_run.lines);
        }
        Ok(between)
    }
}

impl Found {
    fn of<'a>(
        lines: impl Iterator<Item = (&'a MappedLedger, LineRef<'a>)>,
        flows: &KnownFlows,
    ) -> Result<Self, MoneyError> {
        let mut found = Self::default();
        let mut known: HashSet<Kind, FixedState> = HashSet::default();
        let mut last = [None; 2];
        for (mapped, line) in lines {
            let kind = Kind {
                partner: mapped.partner(&line),
                period: mapped.period(&line),
                phase: mapped.phase(),
                resource: mapped.resource(&line),
                flow: mapped.flow(&line),
                spending: line.pence() > Pence::ZERO,
            };
            // Ledgers repeat themselves, payments and credits each.
            let last = &mut last[usize::from(kind.spending)];
            if *last != Some(kind) {
                *last = Some(kind);
                if known.insert(kind) {
                    found.kinds.push(kind);
                }
            }
            let (Some(flow), Placed::On(own), Resource::Cash) =
                (flows.get(kind.flow), kind.partner, kind.resource)
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
                found.lines.push(TransferLine {
                    payer,
                    payee,
                    side: flow.side,
                    kind: flow.kind,
                    phase: kind.phase,
                    pence,
                    day: line.day(),
                    period: kind.period,
                    reference: line.code("reference").unwrap_or_default().to_owned(),
                    ledger: mapped.ledger().id().to_owned(),
                    position: line.position(),
                });
            }
        }
        Ok(found)
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
                    "{} ({}) contribute{} to `{}` by the rule at {}, and no agreement of such a pool is written down",
                    counted(rule.lines, "line"),
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
