//! One payment between partners, as one of the two ledgers has it.

use crate::axis::{FlowKind, MemberId, Period, Phase, Placed, Side};
use crate::finding::Position;
use crate::money::Pence;
use jiff::civil::Date;
use serde::Serialize;
use std::cmp::Ordering;
use std::fmt;

/// One line of a ledger that is a payment from one partner to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferLine {
    /// Who pays.
    pub payer: MemberId,
    /// Who is paid.
    pub payee: MemberId,
    /// In whose ledger this line stands.
    pub side: Side,
    /// What kind of payment that ledger calls it.
    pub kind: FlowKind,
    /// Planned, expected or paid; phases are never matched with one another.
    pub phase: Phase,
    /// From payer to payee in both ledgers, so that both sides of a payment have the same sign.
    /// Negative is a refund.
    pub pence: Pence,
    /// The day, where the ledger has one.
    pub day: Option<Date>,
    /// When the account counts it. It decides the financial year, also where the day lies in
    /// another.
    pub period: Placed<Period>,
    /// Of the grant or order; empty when there is none.
    pub reference: String,
    /// The ledger, as the pack calls it.
    pub ledger: String,
    /// Where it stands.
    pub position: Position,
}

impl TransferLine {
    /// In whose ledger it stands.
    pub(super) fn writer(&self) -> MemberId {
        match self.side {
            Side::Payer => self.payer,
            Side::Payee => self.payee,
        }
    }

    /// The reference, if it has one.
    pub(super) fn reference(&self) -> Option<&str> {
        let text = self.reference.trim();
        (!text.is_empty()).then_some(text)
    }

    /// The days on which it may have been paid.
    pub(super) fn span(&self) -> Option<Span> {
        match (self.day, self.period) {
            (Some(day), _) => Span::new(day, day),
            (None, Placed::On(period)) => Span::new(period.first_day(), period.last_day()),
            (None, Placed::Gap(_)) => None,
        }
    }

    /// The year to which its money counts.
    pub(super) fn year(&self) -> Year {
        match self.period {
            Placed::Gap(_) => Year::Unknown,
            Placed::On(period) => match period.financial_years().as_slice() {
                [year] => Year::Of(*year),
                _ => Year::Of(period),
            },
        }
    }

    /// By pair of partners, phase and side, then as the lines stand in their ledgers. Lines that
    /// this does not tell apart are the same in everything.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        (self.payer, self.payee, self.phase, self.side)
            .cmp(&(other.payer, other.payee, other.phase, other.side))
            .then_with(|| self.ledger.cmp(&other.ledger))
            .then_with(|| self.position.cmp(&other.position))
            .then_with(|| self.day.cmp(&other.day))
            .then_with(|| self.period.cmp(&other.period))
            .then_with(|| self.pence.cmp(&other.pence))
            .then_with(|| self.reference.cmp(&other.reference))
            .then_with(|| self.kind.cmp(&other.kind))
    }
}

/// The year of a line: a financial year, or its own period where that lies in several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Year {
    Of(Period),
    /// The line has no period.
    Unknown,
}

impl Year {
    pub(super) fn label(self) -> String {
        match self {
            Self::Of(period) => period.to_string(),
            Self::Unknown => "no period".to_owned(),
        }
    }
}

/// An interval of days, numbered so that distances are differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    first: i32,
    last: i32,
}

impl Span {
    fn new(first: Date, last: Date) -> Option<Self> {
        const ORIGIN: Date = Date::constant(2000, 1, 1);
        let number = |day: Date| Some(ORIGIN.until(day).ok()?.get_days());
        Some(Self {
            first: number(first)?,
            last: number(last)?,
        })
    }

    /// How many days lie between the two at least: none when they overlap.
    pub(super) fn distance(self, other: Self) -> u32 {
        let gap = (other.first - self.last).max(self.first - other.last);
        gap.max(0).unsigned_abs()
    }

    /// How many days may lie between the two at most.
    pub(super) fn furthest(self, other: Self) -> u32 {
        let gap = (other.last - self.first).max(self.last - other.first);
        gap.max(0).unsigned_abs()
    }
}

/// How the lines of a match were found; the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MatchKind {
    /// Equal amounts with the same reference or at the same time; or all that is left under one
    /// reference, when it comes to the same sum.
    Exact,
    /// One line each, as near as the pair's terms allow.
    WithinTolerance,
    /// All that is left under one reference or in one year: not line by line.
    Partial,
    /// In the payer's ledger alone.
    PaidOnly,
    /// In the payee's ledger alone.
    ReceivedOnly,
}

impl MatchKind {
    /// All ways, surest first.
    pub const ALL: [Self; 5] = [
        Self::Exact,
        Self::WithinTolerance,
        Self::Partial,
        Self::PaidOnly,
        Self::ReceivedOnly,
    ];

    /// Words for it; also the name of the difference it leaves.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::WithinTolerance => "within tolerance",
            Self::Partial => "partial",
            Self::PaidOnly => "paid, and not in the payee's ledger",
            Self::ReceivedOnly => "received, and not in the payer's ledger",
        }
    }

    /// Whether a difference left by it is for somebody to explain. What lies within a tolerance
    /// was agreed.
    pub(super) const fn asks(self) -> bool {
        matches!(self, Self::Partial | Self::PaidOnly | Self::ReceivedOnly)
    }
}

impl fmt::Display for MatchKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.in_words())
    }
}
