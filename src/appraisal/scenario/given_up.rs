//! A building that is given up, and what that frees for whoever pays for it.

use crate::axis::Period;
use crate::money::{MoneyError, Pence};
use crate::premises::{Freed, LetGo};

/// A building that is given up: what it frees a year is the amount of a move.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GivenUp {
    /// Its name.
    pub name: String,
    /// By the costs of which year.
    pub costs_of: Period,
    /// What it frees for the partner whose money moves, alone: what others pay for the building stays theirs.
    pub freed: Freed,
}

impl GivenUp {
    /// What of the partner's costs ends in a year, less the rent that it loses; what does not end stays where it is.
    ///
    /// # Errors
    ///
    /// [`MoneyError`] for a sum beyond what an account can hold.
    ///
    /// # Formula
    ///
    /// ```text
    /// freed = ends with use + ends with the building - rent of others that is lost
    /// ```
    ///
    /// That both kinds of cost end is right from the day on that the building can be let go: no move begins before.
    pub fn amount(&self) -> Result<Pence, MoneyError> {
        let of = &self.freed;
        Pence::total([of.with_use, of.with_building, -of.lost])
    }

    /// Whether it can be let go before a month begins.
    #[must_use]
    pub fn is_free_by(&self, month: Period) -> bool {
        match &self.freed.let_go {
            LetGo::From(day, _) => *day <= month.first_day(),
            LetGo::NotKnown(_) => false,
        }
    }

    /// For people: what ends, what is lost and what stays, from when on, and who needs another place.
    #[must_use]
    pub fn in_words(&self) -> String {
        let of = &self.freed;
        let ends = Pence::total([of.with_use, of.with_building]).unwrap_or_default();
        let mut words = format!(
            "{} is given up: by the costs of {}, {ends} a year ends",
            self.name, self.costs_of
        );
        for (sum, what) in [(of.lost, "of rent is lost"), (of.never, "does not end")] {
            if sum != Pence::ZERO {
                words.push_str(&format!(", {sum} {what}"));
            }
        }
        words.push_str(&format!("; it can be let go from {}", of.let_go));
        let teams: Vec<String> = (of.teams.iter())
            .map(|(team, desks)| match desks {
                Some(desks) => format!("{team} ({desks} desks)"),
                None => team.clone(),
            })
            .collect();
        if !teams.is_empty() {
            words.push_str(&format!(
                "; in need of another place, whose cost is in no sum here: {}",
                crate::text::list(&teams, 0)
            ));
        }
        words
    }
}
