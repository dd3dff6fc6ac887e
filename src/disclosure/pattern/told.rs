//! What is shown, what is withheld, and what proves it.

use crate::money::Pence;

/// Which lines are shown, and the moves that prove the protected parts safe.
///
/// A claim: an audit proves it against its system, whoever made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// What becomes of each line, in the order of the system.
    pub fates: Vec<Fate>,
    /// What is protected, and by which moves.
    pub protections: Vec<Protection>,
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It is told.
    Shown,
    /// It is not told.
    Withheld(Why),
}

/// Why a line is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Its private part has fewer holders than its rule asks for.
    Few,
    /// One or two holders make up too much of its private part.
    Dominated,
    /// It would help to work out a protected part.
    TellsAnother,
}

/// Something that must not be told, and what proves that it is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protection {
    /// What is protected.
    pub part: Part,
    /// The sum of it differs by at least so much between the account and each of its moves, up as well as down.
    /// In pence of the part.
    pub level: Pence,
    /// One is enough for everybody; further ones are for partners and holders who know what the first changes.
    pub moves: Vec<Move>,
}

/// What is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A private sum.
    Sum(u32),
    /// The private part of a line.
    Line(u32),
    /// What of a line's private part is left when a partner takes out the sums that it owns.
    LineWithout {
        /// The line.
        line: u32,
        /// The partner that knows its own.
        partner: u32,
    },
}

/// By how much which sums differ in another account that tells the same. Taken away instead of added it is one too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Sum and change, in the order of sums; none is zero.
    pub changes: Vec<(u32, Pence)>,
}
