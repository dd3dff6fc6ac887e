//! What partners paid each other, spent and held, by financial year.

use super::FundingError;
use crate::axis::{FlowKind, MemberId, Period};
use crate::money::Pence;
use std::collections::{BTreeMap, BTreeSet};

/// What partners did with their money, year by year, in cash.
///
/// A partner is *held* when its ledger is in the account. Of the others nothing is known but what
/// they pay held partners and are paid by them: their money is their own.
///
/// # Units
///
/// Pence of one phase, in financial years. Payments are positive, refunds negative.
///
/// # Example
///
/// ```
/// use wholeplace::account::{Balances, Flows};
/// use wholeplace::axis::{FlowKind, MemberRow, Tree};
/// use wholeplace::money::Pence;
/// # let row = |code: &str| MemberRow { code: code.into(), ..MemberRow::default() };
/// let (partners, _) = Tree::build("a partner", &["moj", "pcc"].map(row));
/// let (moj, pcc) = (partners.find("moj")?, partners.find("pcc")?);
/// let year = "2023-24".parse()?;
///
/// let mut flows = Flows::new([pcc]);
/// flows.add_flow(year, moj, pcc, FlowKind::Grant, Pence::new(40_000));
/// flows.add_spent(year, pcc, Pence::new(25_000));
/// let balances = Balances::of(&flows)?;
/// assert_eq!(balances.of_partner(year, pcc)?.closing, Pence::new(15_000));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Flows {
    held: BTreeSet<MemberId>,
    years: BTreeMap<Period, Year>,
}

#[derive(Clone, Debug, Default)]
struct Year {
    /// payer, payee → kind → pence
    flows: BTreeMap<(MemberId, MemberId), BTreeMap<FlowKind, i128>>,
    spent: BTreeMap<MemberId, i128>,
    openings: BTreeMap<MemberId, i128>,
}

/// What went from one partner to another in a year, less what was refunded.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Net {
    /// More than nothing.
    pub(super) total: i128,
    /// The part of it that is of the kinds asked for: between nothing and all.
    pub(super) chosen: i128,
}

impl Flows {
    /// Nothing yet, for these held partners.
    #[must_use]
    pub fn new(held: impl IntoIterator<Item = MemberId>) -> Self {
        Self {
            held: held.into_iter().collect(),
            years: BTreeMap::new(),
        }
    }

    /// Adds what one partner paid another.
    ///
    /// Refunds may be added with a negative sign. Where they exceed what was paid between the two
    /// in that direction and year, they are money that the payee paid back. Money collected for
    /// others ([`FlowKind::Agency`]) is nobody's spend, and what a partner pays itself stays with
    /// it: neither is kept.
    pub fn add_flow(
        &mut self,
        year: Period,
        payer: MemberId,
        payee: MemberId,
        kind: FlowKind,
        pence: Pence,
    ) {
        if kind == FlowKind::Agency || payer == payee {
            return;
        }
        let year = self.years.entry(year).or_default();
        let kinds = year.flows.entry((payer, payee)).or_default();
        *kinds.entry(kind).or_default() += i128::from(pence.get());
    }

    /// Adds what a partner spent for good: on suppliers, staff, and anyone who is not a partner,
    /// less what it was paid by such.
    pub fn add_spent(&mut self, year: Period, partner: MemberId, pence: Pence) {
        let spent = &mut self.years.entry(year).or_default().spent;
        *spent.entry(partner).or_default() += i128::from(pence.get());
    }

    /// Adds what a partner held at the start of a year, from before.
    ///
    /// Needed once, for the first year. In a later year it comes on top of what was carried
    /// there, and balances name it.
    pub fn add_opening(&mut self, year: Period, partner: MemberId, pence: Pence) {
        let openings = &mut self.years.entry(year).or_default().openings;
        *openings.entry(partner).or_default() += i128::from(pence.get());
    }

    /// Whether the partner's ledger is in the account.
    #[must_use]
    pub fn is_held(&self, partner: MemberId) -> bool {
        self.held.contains(&partner)
    }

    /// The held partners, in order.
    pub(super) fn held(&self) -> impl Iterator<Item = MemberId> {
        self.held.iter().copied()
    }

    /// Every financial year from the first to the last, also those without any money: what is
    /// held passes through them.
    ///
    /// # Errors
    ///
    /// [`FundingError::NotAFinancialYear`] when money was added to something else.
    pub(super) fn years(&self) -> Result<Vec<Period>, FundingError> {
        for &found in self.years.keys() {
            if found.financial_years() != [found] {
                return Err(FundingError::NotAFinancialYear { found });
            }
        }
        let mut kept = self.years.keys();
        let (first, last) = (kept.next(), kept.next_back());
        let all = first.and_then(|first| first.through(*last.unwrap_or(first)).ok());
        Ok(all.map(Period::financial_years).unwrap_or_default())
    }

    /// What each partner paid each other in a year, and how much of it was of the kinds chosen.
    ///
    /// Refunds of one kind are set against the other kinds of the same two partners, so that
    /// whatever is chosen, the total is the same.
    pub(super) fn net(
        &self,
        year: Period,
        chosen: impl Fn(FlowKind) -> bool,
    ) -> BTreeMap<(MemberId, MemberId), Net> {
        let mut net: BTreeMap<_, Net> = BTreeMap::new();
        let Some(year) = self.years.get(&year) else {
            return net;
        };
        for (&(payer, payee), kinds) in &year.flows {
            let total: i128 = kinds.values().sum();
            let of_kinds = kinds.iter().filter(|&(&kind, _)| chosen(kind));
            let of_kinds: i128 = of_kinds.map(|(_, pence)| pence).sum();
            let (direction, part) = match total {
                0 => continue,
                1.. => ((payer, payee), of_kinds.clamp(0, total)),
                // Refunds exceed payments: the payee gave money back.
                _ if chosen(FlowKind::Repayment) => ((payee, payer), -total),
                _ => ((payee, payer), 0),
            };
            let slot = net.entry(direction).or_default();
            slot.total += total.abs();
            slot.chosen += part;
        }
        net
    }

    /// What a partner spent for good in a year.
    pub(super) fn spent(&self, year: Period, partner: MemberId) -> i128 {
        let year = self.years.get(&year);
        let spent = year.and_then(|year| year.spent.get(&partner));
        spent.copied().unwrap_or(0)
    }

    /// What a partner is said to have held at the start of a year, where anything is said.
    pub(super) fn opening(&self, year: Period, partner: MemberId) -> Option<i128> {
        self.years.get(&year)?.openings.get(&partner).copied()
    }

    /// The first year in which anything is said of a partner.
    pub(super) fn first_year(&self, partner: MemberId) -> Option<Period> {
        let named = |year: &&Year| {
            year.spent.contains_key(&partner)
                || year.openings.contains_key(&partner)
                || year
                    .flows
                    .keys()
                    .any(|&(payer, payee)| payer == partner || payee == partner)
        };
        let mut years = self.years.iter();
        years.find_map(|(&year, said)| named(&said).then_some(year))
    }
}
