//! Sharing rules: which money is shared by which driver.

use crate::axis::{MemberId, Period, Tree};
use std::collections::BTreeMap;

/// One sharing rule; what it leaves open it does not ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharingRule {
    /// Only money of this partner.
    pub partner: Option<MemberId>,
    /// Only money on this activity or below it.
    pub activity: Option<MemberId>,
    /// Only money of periods that lie wholly within this one.
    pub period: Option<Period>,
    /// The driver, by its place in the pack.
    pub driver: usize,
    /// How the pack writes it, for explanations.
    pub text: String,
}

impl SharingRule {
    /// Whether the rule asks for nothing and so takes whatever reaches it.
    #[must_use]
    pub fn takes_all(&self) -> bool {
        self.partner.is_none() && self.activity.is_none() && self.period.is_none()
    }

    /// Whether every record that `other` would take is taken by this rule.
    #[must_use]
    pub fn covers(&self, other: &Self, activities: &Tree) -> bool {
        let partner = self.partner.is_none() || self.partner == other.partner;
        let activity = match (self.activity, other.activity) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(upper), Some(lower)) => activities.contains(upper, lower),
        };
        let period = match (self.period, other.period) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(outer), Some(inner)) => outer.contains(inner),
        };
        partner && activity && period
    }
}

/// All sharing rules, first match first; the last one takes everything that is left.
///
/// Rules are looked up when a question is asked, so that another set of rules is another answer
/// from the same records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sharing {
    rules: Vec<SharingRule>,
    /// The rules of each partner and activity, in order.
    of: BTreeMap<(Option<MemberId>, Option<MemberId>), Vec<usize>>,
}

impl Sharing {
    /// Rules in the order in which they are tried.
    #[must_use]
    pub fn new(rules: Vec<SharingRule>) -> Self {
        let mut sharing = Self::default();
        rules.into_iter().for_each(|rule| sharing.push(rule));
        sharing
    }

    /// Adds a rule after the others.
    pub(crate) fn push(&mut self, rule: SharingRule) {
        let of = self.of.entry((rule.partner, rule.activity)).or_default();
        of.push(self.rules.len());
        self.rules.push(rule);
    }

    /// The rules in order.
    #[must_use]
    pub fn rules(&self) -> &[SharingRule] {
        &self.rules
    }

    /// Whether some rule asks whose money it is.
    pub(crate) fn asks_for_partner(&self) -> bool {
        self.rules.iter().any(|rule| rule.partner.is_some())
    }

    /// Whether some rule asks for a time.
    pub(crate) fn asks_for_period(&self) -> bool {
        self.rules.iter().any(|rule| rule.period.is_some())
    }

    /// The rule for money of a partner on an activity in a period; gaps match only rules that do
    /// not ask for that axis.
    #[must_use]
    pub fn rule(
        &self,
        partner: Option<MemberId>,
        activity: Option<MemberId>,
        period: Option<Period>,
        activities: &Tree,
    ) -> Option<&SharingRule> {
        self.first(partner, activity, activities, |rule| {
            rule.period
                .is_none_or(|wanted| period.is_some_and(|found| wanted.contains(found)))
        })
    }

    /// The first rule that takes everything that another would take.
    pub(crate) fn covering(&self, other: &SharingRule, activities: &Tree) -> Option<&SharingRule> {
        self.first(other.partner, other.activity, activities, |rule| {
            rule.covers(other, activities)
        })
    }

    /// The first rule for a partner and an activity that fits. Rules of the activity, of those above
    /// it and of none are looked at, however many others there are.
    fn first(
        &self,
        partner: Option<MemberId>,
        activity: Option<MemberId>,
        activities: &Tree,
        fits: impl Fn(&SharingRule) -> bool,
    ) -> Option<&SharingRule> {
        let mut found: Option<usize> = None;
        let mut look = |partner, activity| {
            let rules = self.of.get(&(partner, activity));
            let first = rules
                .into_iter()
                .flatten()
                .find(|&&rule| fits(&self.rules[rule]));
            found = found.into_iter().chain(first.copied()).min();
        };
        let partners = [Some(None), partner.map(Some)];
        for partner in partners.into_iter().flatten() {
            look(partner, None);
            let mut above = activity;
            while let Some(activity) = above {
                look(partner, Some(activity));
                above = activities.parent(activity);
            }
        }
        found.map(|rule| &self.rules[rule])
    }
}
