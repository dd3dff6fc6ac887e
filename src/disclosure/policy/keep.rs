//! Which figures are kept when others must go: by what they are told by, never by how much they are.

use std::collections::BTreeSet;
use std::fmt;

/// By what a figure is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ToldBy {
    /// Places smaller than the whole.
    Places,
    /// What money is for.
    Activity,
    /// Whose ledger it stands in, or whom it was paid to or came from.
    Partner,
    /// Ages.
    Ages,
    /// Client groups, and labels.
    Groups,
    /// Years, quarters and months.
    Time,
    /// How free it is to move.
    Flexibility,
    /// The ledgers and codes of partners.
    Codes,
    /// What is given in kind.
    Resource,
}

impl ToldBy {
    /// All of them, with the word that a policy writes.
    pub const ALL: [(Self, &str); 9] = [
        (Self::Places, "places"),
        (Self::Activity, "activity"),
        (Self::Partner, "partner"),
        (Self::Ages, "ages"),
        (Self::Groups, "groups"),
        (Self::Time, "time"),
        (Self::Flexibility, "flexibility"),
        (Self::Codes, "codes"),
        (Self::Resource, "in kind"),
    ];
}

/// The kind of a figure: all that it is told by.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindOfFigure(BTreeSet<ToldBy>);

impl KindOfFigure {
    /// Reads `whole`, `places`, `partner × activity`; in any order of its parts.
    ///
    /// # Errors
    ///
    /// The part that is no word of this.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        if text.trim() == "whole" {
            return Ok(Self::default());
        }
        let part = |part: &str| {
            let known = ToldBy::ALL.into_iter().find(|(_, word)| *word == part);
            known.map(|(by, _)| by).ok_or_else(|| part.to_owned())
        };
        let parts = text.split(['×', '*', '+']).map(str::trim);
        parts.map(part).collect::<Result<_, _>>().map(Self)
    }
}

impl FromIterator<ToldBy> for KindOfFigure {
    fn from_iter<I: IntoIterator<Item = ToldBy>>(by: I) -> Self {
        Self(by.into_iter().collect())
    }
}

impl fmt::Display for KindOfFigure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = ToldBy::ALL.into_iter();
        let words = words.filter_map(|(by, word)| self.0.contains(&by).then_some(word));
        let words: Vec<&str> = words.collect();
        if words.is_empty() {
            return f.pad("whole");
        }
        f.pad(&words.join(" × "))
    }
}

/// Which figures are kept when others must go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Kept {
    /// Kinds that are never withheld.
    pub always: BTreeSet<KindOfFigure>,
    /// Kinds, those that are kept longest first.
    pub order: Vec<KindOfFigure>,
    /// Of those that are never withheld, those that may be given up where nothing else helps.
    pub may_give_up: BTreeSet<KindOfFigure>,
}

impl Kept {
    /// What it costs to withhold a figure of a kind: one for what the policy does not name, and double from each
    /// kind to the one that is kept longer.
    ///
    /// Doubling makes two of a kind as dear as one of the next, so that the order is felt and many cheap figures
    /// are still not given up for one dear one.
    #[must_use]
    pub fn cost(&self, kind: &KindOfFigure) -> u32 {
        let place = self.order.iter().position(|one| one == kind);
        let from_the_end = place.map_or(0, |place| self.order.len() - place);
        1 << from_the_end.min(24)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_in_any_order_and_cost_by_their_place() {
        let read = |text: &str| KindOfFigure::read(text).unwrap();
        assert_eq!(read("activity × partner"), read("partner*activity"));
        assert_eq!(read("activity × partner").to_string(), "activity × partner");
        assert_eq!(read("whole").to_string(), "whole");
        assert_eq!(
            KindOfFigure::read("partner × wards"),
            Err("wards".to_owned())
        );
        let kept = Kept {
            order: vec![read("places"), read("partner × activity")],
            ..Kept::default()
        };
        assert_eq!(kept.cost(&read("places")), 4);
        assert_eq!(kept.cost(&read("activity × partner")), 2);
        assert_eq!(kept.cost(&read("ages")), 1);
    }
}
