//! Whose money it is: sources and uses of each partner, money followed back, pooled funds.
//!
//! Works on plain sums by financial year: what partners paid each other ([`Flows`]), what they
//! spent, what they held before. From these come
//!
//! - [`Balances`]: sources and uses of any set of partners, with what was held over from one
//!   year to the next, so that a grant is spent in the year in which it is spent;
//! - [`Shares`]: whose money each partner's spending was, or who decided on it, as exact shares;
//! - [`PoolStatement`]: what went into a pooled fund, what it spent, and what its agreement says
//!   of the rest.
//!
//! Cash only: what is given in kind is added to none of this.
//!
//! **Invariant:** incoming + own = spent + outgoing + held, for every set of partners and every
//! year; shares sum to exactly one.

mod balances;
mod flows;
mod loops;
mod mixture;
mod pool;
mod shares;
mod sheet;

pub use balances::{Balance, Balances, SourcesAndUses};
pub use flows::Flows;
pub use pool::{Attribution, PartnerSum, PoolStatement, PoolYear};
pub use shares::{FollowBack, Shares};

use crate::axis::{MemberId, Period, Tree};
use crate::money::MoneyError;
use serde::Serialize;

/// Why money could not be balanced or followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FundingError {
    /// Money was recorded for something else than a financial year.
    #[error(
        "`{found}` is not a financial year; what partners hold is carried from one financial \
         year to the next, so give each flow to one"
    )]
    NotAFinancialYear {
        /// The period.
        found: Period,
    },
    /// Partners pay each other in a circle into which no money comes.
    #[error(
        "in {year} {} pay each other, and no other money is known to come in: whose it is \
         cannot be said; write down what one of them held before, or what it spent",
        .partners.join(", ")
    )]
    ClosedLoop {
        /// The financial year.
        year: Period,
        /// Codes of the partners in the circle.
        partners: Vec<String>,
    },
    /// A statement was asked of a pool whose spending nobody has recorded.
    #[error(
        "the ledger of the pool `{pool}` is not in the account; without it what it spent is not \
         known"
    )]
    PoolNotHeld {
        /// Its code as a partner.
        pool: String,
    },
    /// A sum is beyond what an account can hold.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// A partner as statements show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Shown {
    code: String,
    name: String,
}

impl Shown {
    fn of(partner: MemberId, partners: &Tree) -> Self {
        let member = partners.get(partner);
        Self {
            code: member.code.clone(),
            name: member.name.clone(),
        }
    }
}
