//! The sums that are private, and the lines that would be told of them.

use super::rule::Rule;
use crate::money::{Pence, Ratio};
use std::sync::Arc;

/// One problem: what is private, what would be told of it, and who looks.
///
/// A plain value; what is wrong with one is said when it is protected.
#[derive(Clone, Debug)]
pub struct System {
    /// The private sums; a line names them by their place in this list.
    pub sums: Vec<PrivateSum>,
    /// The figures that would be told.
    pub lines: Vec<ToldLine>,
    /// The rules; a sum names its own by its place in this list.
    pub rules: Vec<Rule>,
    /// The kinds of lines; a line names its own by its place in this list.
    pub kinds: Vec<Kind>,
    /// Against whom parts are protected. Everybody is always looked at.
    pub looks: Looks,
    /// What a looker is taken to know of any sum beforehand: that it is within so many per cent of itself. Above 0;
    /// 100 for "somewhere between nothing and twice".
    pub before: Ratio,
}

/// A sum of private money: those lines of ledgers that every figure has the same share of.
#[derive(Clone, Debug)]
pub struct PrivateSum {
    /// The sum, in pence.
    pub pence: Pence,
    /// Who holds how much of it; the amounts come to `pence`. A holder is a number of this run, the same in all
    /// sums, and stands once.
    pub holders: Vec<(u32, Pence)>,
    /// Its rule, by its place in [`System::rules`].
    pub rule: usize,
    /// The partner whose ledger it is of, who knows it; `None` where nobody does.
    pub owner: Option<u32>,
    /// Whether it may be on the other side of nothing than it is: refunds, income.
    pub may_be_negative: bool,
}

/// A figure that would be told: its private part, as shares of private sums.
#[derive(Clone, Debug)]
pub struct ToldLine {
    /// What share of which sums; each sum once, in any order, none zero. Empty where nothing private is in it: then
    /// it is always shown.
    pub shares: Vec<(u32, Ratio)>,
    /// Its kind, by its place in [`System::kinds`].
    pub kind: u16,
    /// Whether it may be withheld.
    pub keep: Keep,
}

/// Whether a line may be withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Keep {
    /// At the cost of its kind.
    IfPossible,
    /// Only where nothing else protects.
    ToTheLast,
    /// Never: it is told whatever happens.
    Always,
    /// Never: everybody has it already, from elsewhere or from an earlier edition. It binds what may be told; no rule is
    /// tried on what it tells, which nothing can hide any more.
    Known,
}

/// A kind of lines. Costs are by kind and never by amount: a choice that looked at what it withholds would tell of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// What the lines are, for messages and counts.
    pub name: Arc<str>,
    /// What withholding one of them costs; at least 1.
    pub cost: u32,
}

/// Who looks, beside everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looks {
    /// Each partner, who knows the sums that it owns.
    pub partners: bool,
    /// Each holder, who knows its own amounts; and two together where a rule asks for three holders or more.
    pub holders: bool,
}
