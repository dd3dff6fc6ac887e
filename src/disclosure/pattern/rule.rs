//! When a sum of money tells too much of one of those who hold it.

use crate::money::Ratio;
use std::sync::Arc;

/// When a part is sensitive, and how far it must stay open.
///
/// A plain value: whoever has a policy fills it in; nothing has a default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What the rule is called, for messages.
    pub name: Arc<str>,
    /// A part held by fewer than so many holders is sensitive. Holders whose amounts come to nothing do not count:
    /// they hide nobody.
    pub holders: u64,
    /// When a part is sensitive although it has holders enough.
    pub dominance: Dominance,
    /// How far a sensitive part must stay open, each way.
    pub open: Open,
}

/// When one or two holders make up too much of a part.
///
/// All of them look at what each holder has in the part, without its sign: x1 ≥ x2 ≥ …, together X. So a refund
/// is as telling as a payment, and all amounts negated are as sensitive as before.
///
/// # Sources
///
/// Hundepool A, Domingo-Ferrer J, Franconi L, Giessing S, Nordholt ES, Spicer K, de Wolf P-P. Statistical
/// Disclosure Control. Wiley, 2012, section 4.2.1: the rules, and in section 4.2.2 their protection levels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dominance {
    /// Only the number of holders counts.
    None,
    /// The p % rule: sensitive when X − x1 − x2 < p/100 · x1, so that the second can work out the first to within
    /// p %. The number is p, above 0 and up to 100.
    Percent(Ratio),
    /// (n, k) rules: sensitive when x1 + … + xn > k/100 · X for any of them. n from 1, k above 0 and below 100.
    Nk(Vec<(u32, Ratio)>),
    /// The p-q rule: everybody knows each amount to within q % beforehand, and nobody may afterwards to within p %:
    /// sensitive when q/100 · (X − x1 − x2) < p/100 · x1. p above 0 and below q, q up to 100.
    Pq(Ratio, Ratio),
}

/// How far a sensitive part must stay open, each way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Open {
    /// So many per cent of the part itself, whatever made it sensitive; above 0.
    Percent(Ratio),
    /// What the rule of dominance itself asks for, and a penny where it asks for nothing.
    Rule,
}
