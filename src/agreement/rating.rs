//! A word for the three facts of a target: only ever by a rule that the pack writes down.

use crate::indicator::{AgainstTarget, AgainstValue, Direction};
use std::fmt;

/// How a figure stands to its milestone, without the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reached {
    Met,
    NotMet,
    NoTarget,
    CannotSay,
}

/// What became of it since its baseline, or over its last figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Went {
    Better,
    Worse,
    NoMoreThanChance,
    CannotSay,
}

/// A rule that gives a word: each fact that it names must be so.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rating {
    /// The word: `green`, `on track`.
    pub word: String,
    pub(super) against_target: Option<Reached>,
    pub(super) change: Option<Went>,
    pub(super) direction: Option<Went>,
    /// Who decided the rule.
    pub source: String,
}

impl fmt::Display for Rating {
    /// The rule in words: `green: target met, change better`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn word<T: PartialEq>(
            known: &[(&'static str, T)],
            one: &Option<T>,
        ) -> Option<&'static str> {
            let one = one.as_ref()?;
            known
                .iter()
                .find(|(_, other)| other == one)
                .map(|(word, _)| *word)
        }
        let facts = [
            ("target", word(&Self::AGAINST_TARGET, &self.against_target)),
            ("change", word(&Self::CHANGE, &self.change)),
            ("direction", word(&Self::DIRECTION, &self.direction)),
        ];
        let facts = facts.map(|(fact, word)| word.map(|word| format!("{fact} {word}")));
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        match facts.is_empty() {
            true => write!(f, "{}: everything else", self.word),
            false => write!(f, "{}: {}", self.word, facts.join(", ")),
        }
    }
}

impl Rating {
    pub(super) const AGAINST_TARGET: [(&'static str, Reached); 4] = [
        ("met", Reached::Met),
        ("not met", Reached::NotMet),
        ("no target", Reached::NoTarget),
        ("cannot say", Reached::CannotSay),
    ];
    pub(super) const CHANGE: [(&'static str, Went); 4] = [
        ("better", Went::Better),
        ("worse", Went::Worse),
        ("no more than chance", Went::NoMoreThanChance),
        ("cannot say", Went::CannotSay),
    ];
    pub(super) const DIRECTION: [(&'static str, Went); 4] = [
        ("improving", Went::Better),
        ("worsening", Went::Worse),
        ("no trend beyond chance", Went::NoMoreThanChance),
        ("cannot say", Went::CannotSay),
    ];

    /// Whether the facts are those of the rule.
    pub(super) fn fits(
        &self,
        target: &AgainstTarget,
        change: &AgainstValue,
        direction: &Direction,
    ) -> bool {
        let reached = match target {
            AgainstTarget::Met { .. } => Reached::Met,
            AgainstTarget::NotMet { .. } => Reached::NotMet,
            AgainstTarget::NoTarget => Reached::NoTarget,
            AgainstTarget::CannotSay { .. } => Reached::CannotSay,
        };
        let changed = match change {
            AgainstValue::Better => Went::Better,
            AgainstValue::Worse => Went::Worse,
            AgainstValue::NoMoreThanChance => Went::NoMoreThanChance,
            // Neither direction is good: no target has such a measure.
            AgainstValue::Higher | AgainstValue::Lower | AgainstValue::CannotSay { .. } => {
                Went::CannotSay
            }
        };
        let went = match direction {
            Direction::Improving => Went::Better,
            Direction::Worsening => Went::Worse,
            Direction::NoSignificantTrend => Went::NoMoreThanChance,
            Direction::Rising | Direction::Falling | Direction::CannotSay { .. } => Went::CannotSay,
        };
        self.against_target.is_none_or(|wanted| wanted == reached)
            && self.change.is_none_or(|wanted| wanted == changed)
            && self.direction.is_none_or(|wanted| wanted == went)
    }
}
