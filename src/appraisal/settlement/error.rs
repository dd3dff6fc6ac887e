//! Why no settlement can leave everybody whole.

/// Why no settlement can leave everybody whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettlementError {
    /// The programme costs more than is saved.
    #[error(
        "the programme costs {short} more than all partners save; no settlement leaves everybody whole: \
         lower the cost, or say who bears the difference"
    )]
    NoSurplus {
        /// By how much.
        short: String,
    },
    /// More is to be divided than is saved.
    #[error(
        "{surplus} is to be divided, and only {savings} is saved; leave out what is no partner's saving"
    )]
    AboveSavings {
        /// What is to be divided.
        surplus: String,
        /// What is saved.
        savings: String,
    },
    /// A partner that spends more because of the programme has no claim on its surplus.
    #[error(
        "a partner saves {pounds}: that is a cost of the programme; enter it among the costs, and settle again"
    )]
    NegativeSaving {
        /// How much, below zero.
        pounds: String,
    },
    /// Too many partners for all their orders.
    #[error(
        "{partners} partners may join in too many orders; the rule `by-turns` takes up to {most}"
    )]
    TooMany {
        /// How many there are.
        partners: usize,
        /// How many there may be.
        most: usize,
    },
    /// An essential partner that is none of them.
    #[error("there is no partner number {partner} among {partners}")]
    NotThere {
        /// Its number.
        partner: usize,
        /// How many there are.
        partners: usize,
    },
    /// A sum beyond what an account can hold.
    #[error(transparent)]
    Money(#[from] crate::money::MoneyError),
}
