//! Moves that are not made, and what holds them.

use super::moves::Move;
use crate::axis::Period;
use crate::money::Pence;
use crate::premises::LetGo;
use std::fmt;

/// A move that is not made.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Stopped {
    /// Which.
    pub of: Move,
    /// In which twelve months it fails first.
    pub period: Period,
    /// Why.
    pub why: WhyStopped,
}

/// What holds a move.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhyStopped {
    /// Less than that is spent there.
    SpentLess {
        /// How much is.
        spent: Pence,
    },
    /// Less than that is free to move by then.
    Locked {
        /// How much is free.
        free: Pence,
        /// When enough is free, where contracts end in time.
        enough_after: Option<Period>,
        /// What the law asks for, which only moves by a decision that is named.
        statutory: Pence,
        /// Of what nobody has said whether it is free.
        not_stated: Pence,
    },
    /// The building that it gives up cannot be let go by then.
    Building {
        /// Its name.
        building: String,
        /// From when on it can be, and what holds it.
        let_go: LetGo,
    },
    /// A part of the cell would be left with less than nothing.
    PartBelowZero {
        /// Its name: a place, an activity, ages or a group.
        part: String,
        /// What would be left.
        left: Pence,
    },
    /// The partner that it comes from or goes to has no ledger of that time here.
    NoLedger {
        /// Its name.
        partner: String,
    },
}

impl fmt::Display for WhyStopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SpentLess { spent } => write!(f, "only {spent} is spent there"),
            Self::Locked {
                free,
                enough_after,
                statutory,
                not_stated,
            } => {
                write!(f, "{free} is free to move by then")?;
                if let Some(month) = enough_after {
                    write!(f, ", and enough after {month}, when contracts end")?;
                }
                if *statutory != Pence::ZERO {
                    write!(
                        f,
                        "; {statutory} is asked for by law, and moves only by a named decision"
                    )?;
                }
                if *not_stated != Pence::ZERO {
                    write!(f, "; of {not_stated} nobody has said whether it is free")?;
                }
                Ok(())
            }
            Self::Building {
                building,
                let_go: LetGo::From(day, hold),
            } => write!(f, "{building} cannot be let go before {day}: {hold}"),
            Self::Building {
                building,
                let_go: LetGo::NotKnown(what),
            } => write!(f, "nobody can say when {building} can be let go: {what}"),
            Self::PartBelowZero { part, left } => write!(f, "{part} would be left with {left}"),
            Self::NoLedger { partner } => write!(
                f,
                "{partner} has no ledger of that time here, so that what it spends cannot be seen"
            ),
        }
    }
}
