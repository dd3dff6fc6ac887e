//! What a line is to a boundary: spent, eliminated, or shown beside.
//!
//! | Line of an insider | to or from | stands as |
//! |---|---|---|
//! | payment to nobody in particular | | spent |
//! | payment | a partner outside | spent, and outgoing |
//! | payment | an insider whose ledger is held and goes as far | eliminated: it counts where that insider spends it |
//! | payment | an insider whose ledger is not held, or ends before that year | spent: it can be seen nowhere else |
//! | agency money passed on | anybody | beside: nobody's spend |
//! | money given back | a partner outside | beside, off what came in |
//! | money given back | an insider whose ledger is not held | the mirror of what that insider paid, and counts for nothing |
//! | income | a partner outside | beside: incoming |
//! | money got back | a partner outside, or an insider whose ledger is not held | off what was spent by paying it |
//! | payment or income of an unknown owner | anybody | as an insider's; in a named boundary it is in no amount, because nobody knows whether its owner is inside |
//! | income | an insider | the mirror of a payment, and counts for nothing; where the payee's figure was chosen, it is what is eliminated, off the payer's spending |
//! | anything in kind | | beside |
//!
//! Whose figure counts is decided for a pair of partners and a year, never for a line, so that an answer
//! does not depend on how single lines were matched.

use super::Insiders;
use crate::axis::{FlowKind, MemberId, Period, Phase, Placed, Resource, Side};
use crate::counterparty::{Flow, FlowId};
use crate::crosswalk::Coding;
use crate::place::{Place, TransferTerms};

/// What a line is to a boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Standing {
    /// Spent by its own partner.
    Spent,
    /// Spent by paying a partner outside.
    Outgoing,
    /// Spent by paying an insider whose ledger is not held.
    Unheld,
    /// Paid to an insider that spends it.
    Eliminated,
    /// Income from an insider whose own total holds it: taken off the total.
    EliminatedByReceipt,
    /// Collected for another body, or passed on to it.
    Agency,
    /// Came from a partner outside, or went back to one.
    Incoming,
    /// What the other side of an internal payment wrote down.
    Mirror,
    /// Another resource than the one asked for.
    OtherResource,
    /// Not an insider's.
    Outside,
}

impl Standing {
    /// Whether the line is in the total.
    pub(crate) fn counts(self) -> bool {
        matches!(
            self,
            Self::Spent | Self::Outgoing | Self::Unheld | Self::EliminatedByReceipt
        )
    }
}

/// A line, or the part of it that one partner on the other side has, and what it is to a boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Stand {
    pub(crate) standing: Standing,
    /// Whose money it is: its own partner's. What was received and is eliminated is taken off
    /// what the payer spent, where the account holds that.
    pub(crate) whose: Placed<MemberId>,
    /// The partner on the other side, and the kind of payment.
    pub(crate) other: Option<(MemberId, FlowKind)>,
    /// The part, of the whole.
    pub(crate) part: (u64, u64),
}

/// Whose ledgers the account holds, by phase and resource: partners of whom some line is spending,
/// and not merely income from another partner. Who keeps books of cash need not keep any of staff
/// time. A cube knows records and no lines: there it is partners of whom some record is spending, so that lines which
/// stand alike on every axis and come to nothing or less show no ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Held {
    by_member: Vec<[[Coverage; Resource::ALL.len()]; 3]>,
}

/// How far the ledger of a partner goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Coverage {
    #[default]
    Nothing,
    /// Lines that name no period: nobody can say when they end.
    Always,
    /// To the end of this financial year. What is paid later is seen nowhere; what was paid
    /// earlier may have been spent since.
    Through(Period),
}

impl Held {
    /// Nobody's yet.
    pub(crate) fn none(place: &Place) -> Self {
        Self {
            by_member: vec![Default::default(); place.axes().partners.len()],
        }
    }

    /// Learns from what a partner spent: that its ledger goes as far as this period.
    pub(crate) fn add(
        &mut self,
        place: &Place,
        partner: Placed<MemberId>,
        flow: FlowId,
        (phase, resource): (Phase, Resource),
        period: Placed<Period>,
    ) {
        let flow = place.counterparties().flows().get(flow);
        let income = flow.is_some_and(|flow| flow.side == Side::Payee);
        let Placed::On(partner) = partner else {
            return;
        };
        if income {
            return;
        }
        let of_phase = &mut self.by_member[partner.0 as usize][phase as usize];
        let coverage = &mut of_phase[resource as usize];
        let period = match period {
            Placed::On(period) => period,
            Placed::Gap(_) if *coverage == Coverage::Nothing => {
                *coverage = Coverage::Always;
                return;
            }
            Placed::Gap(_) => return,
        };
        let year = period.financial_years().last().copied().unwrap_or(period);
        match *coverage {
            // Of several the last, whichever is met first.
            Coverage::Through(last) if !year.starts_after(last) => {}
            _ => *coverage = Coverage::Through(year),
        }
    }

    /// Whether there is a ledger at all.
    pub(crate) fn holds(&self, partner: MemberId, phase: Phase, resource: Resource) -> bool {
        self.coverage(partner, phase, resource) != Coverage::Nothing
    }

    fn coverage(&self, partner: MemberId, phase: Phase, resource: Resource) -> Coverage {
        self.by_member[partner.0 as usize][phase as usize][resource as usize]
    }
}

/// Whose figure of a payment counts, in one phase and of one resource.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figures<'a> {
    pub(crate) terms: &'a [TransferTerms],
    pub(crate) held: &'a Held,
    pub(crate) phase: Phase,
    pub(crate) resource: Resource,
}

/// A payment from one partner to another, and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Payment {
    pub(crate) payer: MemberId,
    pub(crate) payee: MemberId,
    pub(crate) when: Placed<Period>,
}

impl Figures<'_> {
    /// Whether the ledger of a partner is held, and goes as far as that.
    pub(crate) fn holds(&self, partner: MemberId, when: Placed<Period>) -> bool {
        match (self.held.coverage(partner, self.phase, self.resource), when) {
            (Coverage::Nothing, _) => false,
            (Coverage::Through(last), Placed::On(when)) => !when.starts_after(last),
            (Coverage::Always, _) | (_, Placed::Gap(_)) => true,
        }
    }

    fn terms(&self, payment: Payment) -> Option<&TransferTerms> {
        (self.terms.iter())
            .find(|terms| (terms.payer, terms.payee) == (payment.payer, payment.payee))
    }

    fn both_hold(&self, payment: Payment) -> (bool, bool) {
        let holds = |partner| self.holds(partner, payment.when);
        (holds(payment.payer), holds(payment.payee))
    }

    /// The side whose lines count. Where one ledger only is held, there is no choice.
    pub(crate) fn leading(&self, payment: Payment) -> Side {
        match self.both_hold(payment) {
            (true, false) => Side::Payer,
            (false, true) => Side::Payee,
            _ => self
                .terms(payment)
                .map_or(Side::Payer, |terms| terms.figure),
        }
    }

    /// Whether both what is paid and what is done with it are in the account, so that one must
    /// go.
    fn in_both(&self, payment: Payment) -> bool {
        let within = || {
            self.terms(payment)
                .is_some_and(|terms| terms.within_payer_total.is_some())
        };
        let (payer, payee) = self.both_hold(payment);
        payee && (payer || within())
    }

    /// Whether what the payee received is taken off what the payer spent, because the payee's
    /// figure counts.
    pub(crate) fn by_receipt(&self, payment: Payment) -> bool {
        self.in_both(payment) && self.leading(payment) == Side::Payee
    }
}

/// What the lines of a question are to its boundary.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standings<'a> {
    pub(crate) inside: &'a Insiders,
    /// For the phase and the resource that are asked for.
    pub(crate) figures: Figures<'a>,
}

impl Standings<'_> {
    /// What a line is, part by part.
    pub(crate) fn of(&self, coding: &Coding, flow: Option<&Flow>) -> Vec<Stand> {
        self.of_payment(coding.partner, coding.resource, coding.period, flow)
    }

    /// The same of any line of a partner at a time.
    pub(crate) fn of_payment(
        &self,
        own: Placed<MemberId>,
        resource: Resource,
        when: Placed<Period>,
        flow: Option<&Flow>,
    ) -> Vec<Stand> {
        let Some(flow) = flow else {
            return vec![self.alone(own, resource)];
        };
        let stand = |&(other, part): &(MemberId, u64)| {
            let standing = (self.without_flow(own, resource))
                .unwrap_or_else(|| self.flows(own, when, flow, other));
            let off_payer =
                standing == Standing::EliminatedByReceipt && self.figures.holds(other, when);
            Stand {
                standing,
                whose: if off_payer { Placed::On(other) } else { own },
                other: Some((other, flow.kind)),
                part: (part, flow.whole),
            }
        };
        flow.parts.iter().map(stand).collect()
    }

    /// What a line is that has to do with no other partner.
    pub(crate) fn alone(&self, own: Placed<MemberId>, resource: Resource) -> Stand {
        Stand {
            standing: self.without_flow(own, resource).unwrap_or(Standing::Spent),
            whose: own,
            other: None,
            part: (1, 1),
        }
    }

    /// What the line is whomever it was paid to.
    fn without_flow(&self, own: Placed<MemberId>, resource: Resource) -> Option<Standing> {
        if self.inside.holds(own) == Some(false) {
            Some(Standing::Outside)
        } else if resource != self.figures.resource {
            Some(Standing::OtherResource)
        } else {
            None
        }
    }

    fn flows(
        &self,
        own: Placed<MemberId>,
        when: Placed<Period>,
        flow: &Flow,
        other: MemberId,
    ) -> Standing {
        match (own, flow.side) {
            (_, Side::Payer) if flow.kind == FlowKind::Agency => Standing::Agency,
            (Placed::Gap(_), side) => self.of_unknown_owner(side, when, flow.kind, other),
            (Placed::On(own), Side::Payer) => {
                let payment = Payment {
                    payer: own,
                    payee: other,
                    when,
                };
                self.paid(payment, flow.kind)
            }
            (Placed::On(own), Side::Payee) => {
                let payment = Payment {
                    payer: other,
                    payee: own,
                    when,
                };
                self.received(payment, flow.kind)
            }
        }
    }

    /// What a line of an unknown owner is. The owner may be an insider, and if it is not the line counts
    /// for nothing; so the line is what it would be of an insider whose figure leads, and its partner,
    /// who is not known, keeps what counts of it out of every sum of a named boundary.
    fn of_unknown_owner(
        &self,
        side: Side,
        when: Placed<Period>,
        kind: FlowKind,
        other: MemberId,
    ) -> Standing {
        let inside = self.inside.contains(other);
        let back = kind == FlowKind::Repayment;
        match (inside, side) {
            // Money given back to a partner outside takes off what came in; money that such a partner
            // gave back, off what was spent by paying it.
            (false, Side::Payer) if back => Standing::Incoming,
            (false, Side::Payee) if !back => Standing::Incoming,
            (false, _) => Standing::Outgoing,
            (true, Side::Payer) if self.figures.holds(other, when) => Standing::Eliminated,
            (true, Side::Payer) if back => Standing::Mirror,
            (true, Side::Payer) => Standing::Unheld,
            (true, Side::Payee) if back && !self.figures.holds(other, when) => Standing::Unheld,
            (true, Side::Payee) => Standing::Mirror,
        }
    }

    fn paid(&self, payment: Payment, kind: FlowKind) -> Standing {
        let back = kind == FlowKind::Repayment;
        let inside = self.inside.contains(payment.payee);
        if !inside && back {
            Standing::Incoming
        } else if !inside {
            Standing::Outgoing
        } else if back && !self.figures.holds(payment.payee, payment.when) {
            Standing::Mirror
        } else if !self.figures.in_both(payment) {
            Standing::Unheld
        } else if self.figures.by_receipt(payment) {
            // The payee's income is what is taken off.
            Standing::Spent
        } else {
            Standing::Eliminated
        }
    }

    fn received(&self, payment: Payment, kind: FlowKind) -> Standing {
        let back = kind == FlowKind::Repayment;
        let inside = self.inside.contains(payment.payer);
        if !inside && back {
            // Less was spent by paying that partner.
            Standing::Outgoing
        } else if !inside {
            Standing::Incoming
        } else if kind != FlowKind::Agency && self.figures.by_receipt(payment) {
            Standing::EliminatedByReceipt
        } else if back && !self.figures.holds(payment.payer, payment.when) {
            Standing::Unheld
        } else {
            Standing::Mirror
        }
    }
}
