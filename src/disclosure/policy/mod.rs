//! The policy under which something is published: data in the pack, read and checked.
//!
//! Nothing of it has a default, because each key is a judgement that somebody answers for. A policy that leaves
//! a key out is refused with all that it leaves out.
//!
//! **Invariant:** a [`DisclosurePolicy`] says of every ledger and every driver of its place what is known of it
//! outside the house, and of every activity what is sensitive.

mod spec;
mod known;
mod rule;
mod counts;
mod keep;
mod open;

pub use counts::CountRule;
pub use keep::{Kept, KindOfFigure, ToldBy};
pub use known::{HoldersOf, KnownDriver, KnownLedger};
pub use rule::ActivityRule;
pub(crate) use rule::rule_of;
#[cfg(test)]
pub(crate) use spec::{reads, schema};

use super::counted::Counted;
use super::why::Why;
use super::{DisclosureError, Say};
use crate::axis::MemberId;
use crate::money::{Pence, Ratio};
use crate::place::Place;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How what is sensitive is kept back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Figures are left out.
    Withhold,
    /// Recorded sums of few are rounded to multiples of this before they are shared out, so that every table
    /// still adds up.
    RoundSources(Pence),
}

/// Against whom a release protects; against anyone always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LooksOf {
    /// Each partner, who has its own ledgers.
    pub partners: bool,
    /// Each holder, who knows what is its own.
    pub holders: bool,
}

/// A policy of publication: complete, and of this place.
///
/// # Example
///
/// ```
/// use wholeplace::Place;
/// use wholeplace::disclosure::DisclosurePolicy;
/// let place = Place::open("examples/data/partners")?;
/// let policy = DisclosurePolicy::open(&place)?;
/// assert_eq!(policy.edition(), "2026-11");
/// assert!(policy.ledger("council").unwrap().is_public());
/// assert!(!policy.ledger("charity").unwrap().is_public());
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisclosurePolicy {
    name: String,
    edition: String,
    decided: String,
    method: Method,
    looks: LooksOf,
    say: Say,
    ledgers: BTreeMap<String, KnownLedger>,
    drivers: BTreeMap<String, KnownDriver>,
    rules: Vec<ActivityRule>,
    counts: Vec<CountRule>,
    before: Ratio,
    negative: Vec<MemberId>,
    kept: Kept,
    fingerprint: String,
}

impl DisclosurePolicy {
    /// Opens the policy that a pack names in its `[place] disclosure`.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::NoPolicy`] where it names none; [`DisclosureError::Unreadable`];
    /// [`DisclosureError::NotAPolicy`] where a key is not known; [`DisclosureError::Faults`] with every fault,
    /// each key that is missing among them.
    pub fn open(place: &Arc<Place>) -> Result<Self, DisclosureError> {
        open::open(place)
    }

    /// Its name, for people.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Which edition of it.
    #[must_use]
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// Who decided it, and when.
    #[must_use]
    pub fn decided(&self) -> &str {
        &self.decided
    }

    /// How what is sensitive is kept back.
    #[must_use]
    pub fn method(&self) -> Method {
        self.method
    }

    /// Against whom it protects.
    #[must_use]
    pub fn looks(&self) -> LooksOf {
        self.looks
    }

    /// What pages say of a figure that is withheld.
    #[must_use]
    pub fn say(&self) -> Say {
        self.say
    }

    /// What is known of a ledger outside the house; nothing for one that its place has not.
    #[must_use]
    pub fn ledger(&self, id: &str) -> Option<&KnownLedger> {
        self.ledgers.get(id)
    }

    /// Each ledger, by its id, with what is known of it.
    pub fn ledgers(&self) -> impl Iterator<Item = (&str, &KnownLedger)> {
        self.ledgers.iter().map(|(id, known)| (id.as_str(), known))
    }

    /// What is known of a driver outside the house; nothing for one that its place has not.
    #[must_use]
    pub fn driver(&self, code: &str) -> Option<&KnownDriver> {
        self.drivers.get(code)
    }

    /// Each driver, by its code, with what is known of it.
    pub fn drivers(&self) -> impl Iterator<Item = (&str, &KnownDriver)> {
        (self.drivers.iter()).map(|(code, known)| (code.as_str(), known))
    }

    /// Whether every line of every ledger is public, and every driver.
    #[must_use]
    pub fn is_all_public(&self) -> bool {
        self.ledgers.values().all(KnownLedger::is_public)
            && self.drivers.values().all(KnownDriver::is_public)
    }

    /// What is sensitive, by activity; the first that fits counts, and the last fits all.
    #[must_use]
    pub fn rules(&self) -> &[ActivityRule] {
        &self.rules
    }

    /// How near somebody may guess any one sum beforehand, in per cent of it.
    #[must_use]
    pub fn before(&self) -> &Ratio {
        &self.before
    }

    /// The activities whose sums may be below zero, each with all below it.
    #[must_use]
    pub fn negative(&self) -> &[MemberId] {
        &self.negative
    }

    /// Which figures are kept when others must go.
    #[must_use]
    pub fn kept(&self) -> &Kept {
        &self.kept
    }

    /// The rules of counts; the last is of all that nobody else publishes.
    #[must_use]
    pub fn counts(&self) -> &[CountRule] {
        &self.counts
    }

    /// Why a count of an indicator may not be told, nor its rate, limits, place in a funnel, or rank; nothing
    /// where they may.
    ///
    /// What somebody else publishes is public, and no rule is tried on it, unless the policy names the indicator.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::Place;
    /// use wholeplace::disclosure::{Counted, DisclosurePolicy, Why};
    /// let place = Place::open("examples/data/partners")?;
    /// let policy = DisclosurePolicy::open(&place)?;
    /// let of = |numerator, denominator| Counted { numerator, denominator: Some(denominator) };
    /// assert_eq!(policy.withholds_count("reoffending", false, of(12, 40)), None);
    /// assert_eq!(policy.withholds_count("reoffending", false, of(3, 40)), Some(Why::Few));
    /// // Three who did not are told by 37 of 40 who did.
    /// assert_eq!(policy.withholds_count("reoffending", false, of(37, 40)), Some(Why::Few));
    /// assert_eq!(policy.withholds_count("reoffending", false, of(40, 40)), Some(Why::AllOrNone));
    /// assert_eq!(policy.withholds_count("reoffending", true, of(3, 40)), None);
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn withholds_count(
        &self,
        indicator: &str,
        is_published: bool,
        counted: Counted,
    ) -> Option<Why> {
        let named = |rule: &&CountRule| {
            (rule.indicators.as_ref())
                .is_some_and(|codes| codes.iter().any(|code| code == indicator))
        };
        let of_all = |rule: &&CountRule| rule.indicators.is_none() && !is_published;
        let rule = (self.counts.iter().find(named)).or_else(|| self.counts.iter().find(of_all))?;
        rule.withholds(counted)
    }

    /// SHA-256 over its text.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}
