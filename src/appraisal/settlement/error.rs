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
    /// The programme costs more than the terms bring in, though not more than is saved.
    #[error(
        "the programme costs {short} more than the terms bring in, and {kept} stays outside with those who \
         save it; no settlement leaves everybody whole: bring in more, or say who bears the loss"
    )]
    NoSurplusByTerms {
        /// By how much.
        short: String,
        /// What the terms leave with those who save it.
        kept: String,
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
    /// A rule for claims on an estate beside an essential partner: with one there is no estate.
    #[error(
        "with an essential partner the rule is `by-turns`; take that rule, or no essential partner"
    )]
    EssentialByTurns,
    /// Terms name somebody who does not settle.
    #[error(
        "`{partner}` is in the terms and not among those who settle; add it to `among`, or leave it out"
    )]
    NotAmong {
        /// Its code.
        partner: String,
    },
    /// Terms measure a saving by what is spent, and nobody knows that.
    #[error(
        "the terms measure savings by what is spent, and no ledger says what `{partner}` spends on it; state \
         them in pounds, or leave it out of `among`"
    )]
    NoSpending {
        /// Whose saving it is.
        partner: String,
    },
    /// Somebody who bears no loss would end worse off.
    #[error(
        "`{partner}` would end {pounds} worse off; write off later, or say in `loss` who bears it"
    )]
    WorseOff {
        /// Its code.
        partner: String,
        /// By how much.
        pounds: String,
    },
    /// A partner has costs or savings after the last year that is counted.
    #[error(
        "`{partner}` has costs or savings in year {year}, and {years} years are counted; count more years, or leave \
         them out"
    )]
    YearNotCounted {
        /// Its code.
        partner: String,
        /// The first such year, from 1.
        year: usize,
        /// How many are counted.
        years: usize,
    },
    /// What is handed over would fall after the last year.
    #[error(
        "`{partner}` is to hand over cash that is verified after the last year; count more years, or verify \
         earlier"
    )]
    TooLate {
        /// Its code.
        partner: String,
    },
    /// A sum beyond what an account can hold.
    #[error(transparent)]
    Money(#[from] crate::money::MoneyError),
}
