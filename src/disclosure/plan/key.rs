//! Which figure: so that all who ask for the same one meet.

use crate::axis::Resource;
use crate::cube::{AskError, By, Question};
use crate::disclosure::policy::{KindOfFigure, ToldBy};
use crate::disclosure::telling::Which;
use std::fmt;

/// A figure by what is asked and the codes of its row.
///
/// The total of a question is the same whatever its rows are told by, so that it is known by the question without
/// its axes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureKey {
    pub asked: String,
    pub row: RowKey,
}

/// Which figure of what is asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKey {
    Total,
    Row(Vec<String>),
    Complement,
}

impl fmt::Display for FigureKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let asked = self.asked.trim_end_matches(';').replace(';', "; ");
        match &self.row {
            RowKey::Total => write!(f, "the total of {asked}"),
            RowKey::Complement => write!(f, "all outside of {asked}"),
            RowKey::Row(codes) => write!(f, "{} of {asked}", codes.join(" × ")),
        }
    }
}

/// A question, and the same drilled by nothing, in texts.
pub struct AskedOf {
    drilled: String,
    whole: String,
}

impl AskedOf {
    pub fn new(question: &Question<'_>) -> Result<Self, AskError> {
        Ok(Self {
            drilled: question.asked()?,
            whole: question.clone().undrilled().asked()?,
        })
    }

    /// A figure of its answer.
    pub fn figure(&self, which: Which<'_>) -> FigureKey {
        let of_whole = |row| FigureKey {
            asked: self.whole.clone(),
            row,
        };
        match which {
            Which::Row(_, []) | Which::Total => of_whole(RowKey::Total),
            Which::Complement => of_whole(RowKey::Complement),
            Which::Row(_, keys) => FigureKey {
                asked: self.drilled.clone(),
                row: RowKey::Row(keys.iter().map(|key| key.code.clone()).collect()),
            },
        }
    }
}

/// By what the total of a question is told: by what it is cut by.
pub fn cut_by(question: &Question<'_>) -> Vec<ToldBy> {
    let cut = question.cut();
    let place = question.cube().place();
    let localities = &place.axes().localities;
    let is_whole = |text: &String| {
        localities
            .find_named(text)
            .is_ok_and(|one| one == place.locality())
    };
    let one_insider = cut.boundary.is_some_and(|boundary| {
        boundary.inside(place).is_ok_and(|inside| {
            let partners = place.axes().partners.iter();
            !inside.is_everybody() && partners.filter(|(id, _)| inside.contains(*id)).count() == 1
        })
    });
    let told = [
        (ToldBy::Places, !cut.localities.iter().all(is_whole)),
        (ToldBy::Activity, !cut.activities.is_empty()),
        (ToldBy::Partner, !cut.partners.is_empty() || one_insider),
        (ToldBy::Ages, !cut.ages.is_empty()),
        (
            ToldBy::Groups,
            !cut.groups.is_empty() || !cut.tags.is_empty(),
        ),
        (ToldBy::Resource, cut.resource != Resource::Cash),
    ];
    told.into_iter()
        .filter_map(|(by, is)| is.then_some(by))
        .collect()
}

/// By what the rows of a question are told.
pub fn drilled_by(question: &Question<'_>) -> Vec<ToldBy> {
    let told = question.axes().iter().map(|by| match by {
        By::Partner | By::Funder | By::Commissioner | By::Deliverer | By::Counterparty => {
            ToldBy::Partner
        }
        By::Activity(_) => ToldBy::Activity,
        By::Ages(_) => ToldBy::Ages,
        By::Group(_) | By::Mode | By::Tag(_) => ToldBy::Groups,
        By::Locality(_) => ToldBy::Places,
        By::FinancialYear | By::Quarter | By::Month => ToldBy::Time,
        By::Flexibility => ToldBy::Flexibility,
        By::Ledger | By::Code(_) => ToldBy::Codes,
    });
    told.collect()
}

/// The kind of the total of a question, and that of its rows.
pub fn kinds_of(question: &Question<'_>) -> (KindOfFigure, KindOfFigure) {
    let cut = cut_by(question);
    let rows = cut.iter().copied().chain(drilled_by(question)).collect();
    (cut.into_iter().collect(), rows)
}
