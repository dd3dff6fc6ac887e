//! Where money for a priority stands, and where it comes from.

use std::fmt;

/// Where a contribution stands, from a bid to what became of the money.
///
/// The words of published developer contributions are among them, with one change: there, an agreement has an
/// amount, and a transaction `secured` says that its trigger is met and the developer must pay. Here the first is
/// [`State::Secured`] and the second [`State::Due`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum State {
    /// Somebody was asked for it, and has not decided.
    Asked,
    /// What was asked for was refused.
    Refused,
    /// Promised by an agreement, a decision or a demand notice.
    Secured,
    /// What triggers the payment has happened: it must now be paid.
    Due,
    /// It was paid to the body that holds it.
    Received,
    /// What was received is set aside for somebody who will spend it.
    Allocated,
    /// What was received went to a body outside, which will spend it.
    Transferred,
    /// What was received was spent.
    Spent,
    /// What was received went back to who gave it.
    Returned,
}

impl State {
    /// All of them, in the order in which money takes them.
    pub const ALL: [Self; 9] = [
        Self::Asked,
        Self::Refused,
        Self::Secured,
        Self::Due,
        Self::Received,
        Self::Allocated,
        Self::Transferred,
        Self::Spent,
        Self::Returned,
    ];

    /// The word for it, as registers write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Refused => "refused",
            Self::Secured => "secured",
            Self::Due => "due",
            Self::Received => "received",
            Self::Allocated => "allocated",
            Self::Transferred => "transferred",
            Self::Spent => "spent",
            Self::Returned => "returned",
        }
    }

    /// The words of all, for messages and cells.
    pub(super) fn words() -> Vec<(&'static str, Self)> {
        Self::ALL.map(|state| (state.word(), state)).to_vec()
    }

    /// The state of a published transaction: its `secured` is what is due.
    pub(super) fn published(word: &str) -> Option<Self> {
        match word {
            "secured" => Some(Self::Due),
            "received" => Some(Self::Received),
            "allocated" => Some(Self::Allocated),
            "transferred" => Some(Self::Transferred),
            "spent" => Some(Self::Spent),
            "returned" => Some(Self::Returned),
            _ => None,
        }
    }

    /// The states that money went through which stands in this one now.
    pub(super) fn on_the_way(self) -> &'static [Self] {
        match self {
            Self::Asked => &[Self::Asked],
            Self::Refused => &[Self::Asked, Self::Refused],
            Self::Secured => &[Self::Secured],
            Self::Due => &[Self::Due],
            Self::Received => &[Self::Due, Self::Received],
            Self::Allocated => &[Self::Due, Self::Received, Self::Allocated],
            Self::Transferred => &[Self::Due, Self::Received, Self::Transferred],
            Self::Spent => &[Self::Due, Self::Received, Self::Allocated, Self::Spent],
            Self::Returned => &[Self::Due, Self::Received, Self::Returned],
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// Where money for a priority comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Source {
    /// The community infrastructure levy, paid by developers by floor area.
    Cil,
    /// Planning obligations under section 106 of the Town and Country Planning Act 1990.
    Section106,
    /// Works on highways that developers pay for, under section 278 of the Highways Act 1980.
    Section278,
    /// The grant that councils have for new homes.
    NewHomesBonus,
    /// Other money of public bodies.
    Public,
    /// Businesses and people.
    Private,
    /// Time and money of volunteers and their bodies.
    Volunteer,
}

impl Source {
    /// All of them, developers first.
    pub const ALL: [Self; 7] = [
        Self::Cil,
        Self::Section106,
        Self::Section278,
        Self::NewHomesBonus,
        Self::Public,
        Self::Private,
        Self::Volunteer,
    ];

    /// The word for it, as registers write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cil => "cil",
            Self::Section106 => "section-106",
            Self::Section278 => "section-278",
            Self::NewHomesBonus => "new-homes-bonus",
            Self::Public => "public",
            Self::Private => "private",
            Self::Volunteer => "volunteer",
        }
    }

    /// Name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cil => "Community infrastructure levy",
            Self::Section106 => "Section 106",
            Self::Section278 => "Section 278",
            Self::NewHomesBonus => "New Homes Bonus",
            Self::Public => "Public bodies",
            Self::Private => "Private",
            Self::Volunteer => "Volunteers",
        }
    }

    pub(super) fn words() -> Vec<(&'static str, Self)> {
        Self::ALL.map(|source| (source.word(), source)).to_vec()
    }

    /// The source of a published agreement, by its type; two editions of the format word it differently.
    pub(super) fn published(kind: &str) -> Option<Self> {
        match kind.to_lowercase().replace([' ', '_'], "-").as_str() {
            "cil" | "community-infrastructure-levy" => Some(Self::Cil),
            "s106" | "section-106" => Some(Self::Section106),
            "s278" | "section-278" => Some(Self::Section278),
            _ => None,
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
