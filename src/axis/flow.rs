//! Payments from one partner to another: what kind, and who wrote them down.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What kind of payment one partner makes to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FlowKind {
    /// A service is bought: the payer decides what is done.
    Contract,
    /// The payee decides what is done with it.
    Grant,
    /// The payee passes it on, all or a stated share; the payee decides to whom.
    PassThrough,
    /// A precept or tax collected for another body: nobody's spend where it is passed on.
    Agency,
    /// The cost of a service that one body provides for another: the payer decides.
    Recharge,
    /// Into a pooled fund; what the pool does is the pool's decision.
    PoolContribution,
    /// Money given back to the partner it came from.
    Repayment,
}

impl FlowKind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Contract,
        Self::Grant,
        Self::PassThrough,
        Self::Agency,
        Self::Recharge,
        Self::PoolContribution,
        Self::Repayment,
    ];

    /// The word for it, as packs write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Grant => "grant",
            Self::PassThrough => "pass-through",
            Self::Agency => "agency",
            Self::Recharge => "recharge",
            Self::PoolContribution => "pool-contribution",
            Self::Repayment => "repayment",
        }
    }

    /// Whether the payer decides what is done with the money, and so commissions it.
    #[must_use]
    pub const fn payer_decides(self) -> bool {
        matches!(self, Self::Contract | Self::Recharge)
    }
}

impl fmt::Display for FlowKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Whose ledger a transfer stands in.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The payer's: spending, with a positive sign.
    #[default]
    Payer,
    /// The payee's: income, with a negative sign.
    Payee,
}

impl Side {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Payer => "payer",
            Self::Payee => "payee",
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
