//! By which rule a programme is settled.

use super::ClaimsRule;
use serde::{Deserialize, Serialize};

/// By which rule a programme is settled: one of the [`ClaimsRule`]s, or nobody pays anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SettlementRule {
    /// Nobody pays anybody: only told.
    EachKeepsItsOwn,
    /// Everybody pays the same part of what it saves.
    InProportion,
    /// Everybody ends equally better off, nobody above its own saving.
    EqualGains,
    /// Everybody contributes equally, until one would lose.
    EqualContributions,
    /// Gains and contributions are treated alike.
    EvenHanded,
    /// The average over all orders in which partners may join.
    ByTurns,
    /// Each pays the cost that only it causes, and of the rest by its remaining benefit.
    SeparableCosts,
}

impl SettlementRule {
    /// How it divides a surplus; none where nobody pays anybody.
    #[must_use]
    pub fn claims(self) -> Option<ClaimsRule> {
        Some(match self {
            Self::EachKeepsItsOwn => return None,
            Self::InProportion => ClaimsRule::InProportion,
            Self::EqualGains => ClaimsRule::EqualGains,
            Self::EqualContributions => ClaimsRule::EqualContributions,
            Self::EvenHanded => ClaimsRule::EvenHanded,
            Self::ByTurns => ClaimsRule::ByTurns,
            Self::SeparableCosts => ClaimsRule::SeparableCosts,
        })
    }

    /// What it means, in a sentence for people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        self.claims()
            .map_or("nobody pays anybody", ClaimsRule::in_words)
    }
}

impl From<ClaimsRule> for SettlementRule {
    fn from(rule: ClaimsRule) -> Self {
        match rule {
            ClaimsRule::InProportion => Self::InProportion,
            ClaimsRule::EqualGains => Self::EqualGains,
            ClaimsRule::EqualContributions => Self::EqualContributions,
            ClaimsRule::EvenHanded => Self::EvenHanded,
            ClaimsRule::ByTurns => Self::ByTurns,
            ClaimsRule::SeparableCosts => Self::SeparableCosts,
        }
    }
}
