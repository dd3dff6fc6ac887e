//! What is sensitive of money, by what it is for.

use crate::axis::{MemberId, Placed, Tree};
use crate::crosswalk::Mix;
use crate::disclosure::pattern::{Dominance, Open, Rule};
use crate::money::Ratio;
use std::cmp::Ordering;

/// What is sensitive of money for some activities.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActivityRule {
    /// The activities, each with all below it; none where it fits all.
    pub activities: Option<Vec<MemberId>>,
    /// When a sum is sensitive, and how far it must stay open.
    pub rule: Rule,
    /// Whether it may be told that nothing is recorded.
    pub tells_empty: bool,
}

impl ActivityRule {
    /// Whether it fits an activity.
    #[must_use]
    pub fn fits(&self, activity: MemberId, tree: &Tree) -> bool {
        (self.activities.as_deref())
            .is_none_or(|tops| tops.iter().any(|&top| tree.contains(top, activity)))
    }

    /// Whether a rule before it takes everything that it would.
    pub fn is_hidden_by(&self, before: &Self, tree: &Tree) -> bool {
        match (&before.activities, &self.activities) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(_), Some(own)) => own.iter().all(|&own| before.fits(own, tree)),
        }
    }
}

/// The place among rules of the one that counts for a mix of activities: the strictest of those of its parts.
/// Of money that nothing places on the axis anything may be true: the strictest of all.
pub(crate) fn rule_of(rules: &[ActivityRule], mix: &Mix, tree: &Tree) -> usize {
    let first = |activity: MemberId| rules.iter().position(|rule| rule.fits(activity, tree));
    let mut found: Option<usize> = None;
    for (activity, _) in &mix.parts {
        let those = match activity {
            // Money recorded above an activity that has a rule of its own may be for it.
            Placed::On(activity) => first(*activity)
                .into_iter()
                .chain(below(rules, *activity, tree))
                .collect(),
            Placed::Gap(_) => Vec::from_iter(0..rules.len()),
        };
        for one in those {
            let stricter = |before: usize| match (rules.get(one), rules.get(before)) {
                (Some(one), Some(before)) => strictness(&one.rule, &before.rule).is_gt(),
                _ => false,
            };
            if found.is_none_or(stricter) {
                found = Some(one);
            }
        }
    }
    found.unwrap_or(0)
}

/// The rules of activities below another.
fn below(rules: &[ActivityRule], upper: MemberId, tree: &Tree) -> impl Iterator<Item = usize> {
    rules.iter().enumerate().filter_map(move |(number, rule)| {
        let mut tops = rule.activities.iter().flatten();
        tops.any(|&top| tree.contains(upper, top)).then_some(number)
    })
}

/// Which of two rules protects more: that of more holders, then that of dominance, then that which leaves more
/// open.
fn strictness(one: &Rule, other: &Rule) -> Ordering {
    (one.holders.cmp(&other.holders))
        .then_with(|| dominance(&one.dominance).cmp(&dominance(&other.dominance)))
        .then_with(|| open(&one.open).cmp(&open(&other.open)))
}

/// A rule that finds more is above one that finds less; those that look at two holders are above those that look
/// at the largest alone.
fn dominance(rule: &Dominance) -> (u8, Ratio) {
    let hundred = || Ratio::new(100, 1);
    match rule {
        Dominance::None => (0, Ratio::zero()),
        // The lower the part that is too much, the more is sensitive.
        Dominance::Nk(all) => {
            let least = all.iter().map(|(_, part)| part).min().cloned();
            (1, hundred().minus(&least.unwrap_or_else(hundred)))
        }
        Dominance::Percent(part) => (2, part.clone()),
        Dominance::Pq(part, known) => {
            let over = known.inverse().unwrap_or_else(Ratio::one);
            (2, part.times(&over).times(&hundred()))
        }
    }
}

fn open(rule: &Open) -> (u8, Ratio) {
    match rule {
        Open::Rule => (0, Ratio::zero()),
        Open::Percent(part) => (1, part.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::axis::{Evidence, Gap, MemberRow};

    fn rule(activities: Option<Vec<MemberId>>, holders: u64, p: i128) -> ActivityRule {
        ActivityRule {
            activities,
            rule: Rule {
                name: "a rule".into(),
                holders,
                dominance: Dominance::Percent(Ratio::new(p, 1)),
                open: Open::Rule,
            },
            tells_empty: true,
        }
    }

    #[test]
    fn of_a_mix_the_strictest_counts_and_of_a_gap_the_strictest_of_all() {
        let row = |code: &str, parent: &str| MemberRow {
            code: code.to_owned(),
            parent: parent.to_owned(),
            ..MemberRow::default()
        };
        let rows = [row("top", ""), row("a", ""), row("b", "top"), row("c", "")];
        let (tree, _) = Tree::build("an activity", &rows);
        let [top, a, b, c] = ["top", "a", "b", "c"].map(|code| tree.find(code).unwrap());
        let rules = [
            rule(Some(vec![a]), 5, 10),
            rule(Some(vec![b]), 10, 5),
            rule(None, 3, 20),
        ];
        let of = |parts: &[Placed<MemberId>]| {
            let mut mix = Mix::single(parts[0], Evidence::Direct);
            mix.parts = parts.iter().map(|part| (*part, 1)).collect();
            rule_of(&rules, &mix, &tree)
        };
        assert_eq!(of(&[Placed::On(a)]), 0);
        assert_eq!(of(&[Placed::On(c)]), 2);
        assert_eq!(of(&[Placed::On(c), Placed::On(a)]), 0);
        assert_eq!(of(&[Placed::On(a), Placed::On(b)]), 1);
        assert_eq!(of(&[Placed::On(top)]), 1, "some of it may be for `b`");
        assert_eq!(of(&[Placed::Gap(Gap::Unmapped)]), 1);
        assert!(rule(None, 3, 10).is_hidden_by(&rules[2], &tree));
        assert!(rule(Some(vec![b]), 3, 10).is_hidden_by(&rule(Some(vec![top]), 3, 10), &tree));
        assert!(!rule(None, 3, 10).is_hidden_by(&rules[0], &tree));
    }
}
