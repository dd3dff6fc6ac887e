//! The axes on which a place counts its money: activity, audience, locality, period, partner.
//!
//! | Axis | Members | Here |
//! |---|---|---|
//! | activity | a tree of what money is for | [`Tree`] |
//! | audience | an interval of single years of age, and a tree of client groups | [`Ages`], [`Tree`] |
//! | locality | a tree over leaf areas, with other groupings over the same leaves | [`Localities`] |
//! | period | whole months | [`Period`] |
//! | partner | bodies that spend, pay one another or fund | [`Tree`] |
//! | transfer | what kind of payment between partners, and who wrote it down | [`FlowKind`], [`Side`] |
//! | resource, flexibility | cash or in kind; how free it is to move | [`Resource`], [`Flexibility`] |
//!
//! **Invariant:** no axis has a default member. An unknown code is an error that names the
//! nearest known codes.

mod ages;
mod evidence;
mod flow;
mod names;
mod locality_mix;
mod locality;
mod postcode;
mod area_codes;
mod suggestions;
mod period;
mod months;
mod resource;
mod tree;

pub use ages::{Ages, OLDEST};
pub(crate) use area_codes::{AreaCodes, Postcodes};
pub use evidence::{Evidence, Gap, Phase, Placed};
pub use flow::{FlowKind, Side};
pub use locality::{Leaves, Localities, LocalityId};
pub(crate) use locality_mix::Composed;
pub use locality_mix::LocalityMix;
pub use months::Months;
pub(crate) use names::{find_by_name, folded};
pub use period::{Period, YEARS, YearKind};
pub(crate) use postcode::Postcode;
pub use resource::{Flexibility, Resource};
pub use suggestions::{Suggestions, nearest};
pub(crate) use suggestions::{did_you_mean, name_one_of};
pub use tree::{Member, MemberId, MemberRow, Tree};

/// The members of all axes of one place.
#[derive(Clone, Debug)]
pub struct Axes {
    /// What money is for.
    pub activities: Tree,
    /// Whom it serves: client groups that never overlap except by lying under one another.
    pub groups: Tree,
    /// Overlapping labels of people (care leaver, substance misuse): each may be asked for, no
    /// two may be summed. At most [`Axes::MOST_TAGS`], without branches.
    pub tags: Tree,
    /// Where.
    pub localities: Localities,
    /// Bodies that spend, pay one another or fund; pooled funds among them.
    pub partners: Tree,
}

impl Axes {
    /// How many tags a place may have: each is one bit of a record.
    pub const MOST_TAGS: usize = 64;

    /// Their pack is opened: every unknown code that is asked for is told the nearest ones.
    pub(crate) fn ask_freely(mut self) -> Self {
        for tree in [
            &mut self.activities,
            &mut self.groups,
            &mut self.tags,
            &mut self.partners,
        ] {
            tree.ask_freely();
        }
        self.localities.ask_freely();
        self
    }
}

/// Why a member of an axis could not be formed or found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AxisError {
    /// Text that is not an interval of ages within 0 to 90+.
    #[error("`{found}` is not an interval of ages; write `10-17`, `65+` or `all`, within 0 to 90+")]
    Ages {
        /// What was written.
        found: String,
    },
    /// Text that is none of the known spellings of a period.
    #[error(
        "`{found}` is not a period; write `2017-18`, `calendar 2018`, `academic 2017-18`, \
         `Jun 2017`, `Q1 2017-18`, or two of them with `to` between"
    )]
    Period {
        /// What was written.
        found: String,
    },
    /// Text that is several periods at once.
    #[error("`{found}` may mean several periods; write {meanings}")]
    AmbiguousPeriod {
        /// What was written.
        found: String,
        /// The unambiguous spellings of what it may mean.
        meanings: String,
    },
    /// A period that ends before it starts, or outside the years an account may cover.
    #[error(
        "the period `{found}` ends before it starts or lies outside 1948 to 2099; check the year"
    )]
    PeriodOutOfRange {
        /// What was written.
        found: String,
    },
    /// A code that the axis does not have.
    #[error("`{found}` is not {axis} of this place{instead}")]
    Unknown {
        /// The axis, with its article: `an activity`.
        axis: &'static str,
        /// What was written.
        found: String,
        /// What there is in its place.
        instead: Suggestions,
    },
    /// A name that several members have.
    #[error("`{found}` is the name of more than one {} of this place; write {}", without_article(.axis), either(.members))]
    SeveralOfName {
        /// The axis, with its article: `an activity`.
        axis: &'static str,
        /// What was written.
        found: String,
        /// The code of each, with its level.
        members: Vec<String>,
    },
    /// A code that several vintages share.
    #[error("`{found}` has several vintages; write {}", .spellings.join(" or "))]
    SeveralVintages {
        /// What was written.
        found: String,
        /// `code@vintage` of each.
        spellings: Vec<String>,
    },
}

/// `activity` of `an activity`.
fn without_article(axis: &str) -> &str {
    axis.split_once(' ').map_or(axis, |(_, name)| name)
}

/// Several things of which one is meant: `a, b or c`; the first of very many.
fn either(all: &[String]) -> String {
    const SHOWN: usize = 12;
    match all.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, others)) if all.len() <= SHOWN => format!("{} or {last}", others.join(", ")),
        Some(_) => crate::text::list(&all[..SHOWN], all.len() - SHOWN),
    }
}
