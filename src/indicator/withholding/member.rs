//! Places of which there is a figure, and what becomes of each.

use crate::axis::{Leaves, LocalityId};

/// Above the line, and below it.
pub(crate) type CountOf = (u64, Option<u64>);

/// What becomes of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// There is none, whoever withholds it.
    None,
    /// It was withheld before, with all that would tell it.
    Closed,
    Told,
    /// Its own counts may not be told.
    Sensitive,
    /// It would tell another.
    StandsIn,
}

/// A place of which there is a figure, or might be.
pub(super) struct Member<'a> {
    pub locality: LocalityId,
    pub leaves: &'a Leaves,
    pub level: &'a str,
    pub counts: Option<CountOf>,
    pub fate: Fate,
}

impl Member<'_> {
    pub fn withhold(&mut self) {
        if self.fate == Fate::Told {
            self.fate = Fate::StandsIn;
        }
    }

    /// Whether it is withheld here.
    pub fn is_hidden(&self) -> bool {
        matches!(self.fate, Fate::Sensitive | Fate::StandsIn)
    }
}

/// Whether of what is left for these together each of so many that are sensitive may be any count below the least, and
/// the others of its people as well, with no less than the least for one that is not. It hangs on what they come to
/// together alone, which the whole tells, so that the choice tells no more.
pub(super) fn leaves_open<'a>(
    hidden: impl Iterator<Item = &'a Member<'a>>,
    sensitive: usize,
    least: Option<u64>,
) -> bool {
    let needed = least.zip(u64::try_from(sensitive).ok());
    let needed =
        needed.map(|(least, of)| least.saturating_add(of.saturating_mul(least.saturating_sub(1))));
    let Some(needed) = needed else {
        return false;
    };
    let (mut together, mut others, mut is_rate) = (0_u64, Some(0_u64), false);
    for part in hidden {
        let Some((count, of)) = part.counts else {
            return false;
        };
        together = together.saturating_add(count);
        is_rate |= of.is_some();
        let not = of.and_then(|all| all.checked_sub(count));
        others = (others.zip(not)).map(|(sum, not)| sum.saturating_add(not));
    }
    together >= needed && (!is_rate || others.is_none_or(|others| others >= needed))
}
