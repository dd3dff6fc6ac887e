//! A priority as people see it.

use super::funds::{Funds, UnitsShown};
use crate::axis::LocalityId;
use crate::disclosure::Why;
use crate::money::{MoneyError, Pence};
use crate::place::Place;
use crate::place_plan::{Priority, PriorityFunding, SpentHere};
use crate::report::content::Shown;

/// A priority, with what funds it and what is spent there on it already.
#[derive(Clone, Debug)]
pub struct PriorityShown {
    /// As the register has it.
    pub priority: Priority,
    /// Code and name of its place.
    pub place: (String, String),
    /// Code and name of who leads it.
    pub lead: Option<(String, String)>,
    /// Where its money stands.
    pub funds: Funds,
    /// The same by source: its code, its name.
    pub by_source: Vec<(&'static str, &'static str, Funds)>,
    /// What it lacks; nothing where nobody estimated its cost, nor of what is done or withdrawn.
    pub gap: Option<Pence>,
    /// What funds it beyond its cost.
    pub beyond_cost: Pence,
    /// Its units.
    pub units: Vec<UnitsShown>,
    /// What the account says beside it, where it has a cell there.
    pub spent: Option<SpentShown>,
    /// Codes of the places of the report, and of the whole, that its place lies in.
    pub inside: Vec<String>,
}

/// What is already spent here on this.
#[derive(Clone, Debug)]
pub struct SpentShown {
    /// Whose spending on what, for whom: the cell in words.
    pub cell: String,
    /// What the account says.
    pub here: Shown,
    /// How that is known, where it is told.
    pub known: Option<String>,
    /// What the register says was spent in the same time.
    pub by_register: Pence,
    /// Of that, what ledgers have too.
    pub in_ledgers: Shown,
    /// Of that, what is in the figure itself.
    pub in_figure: Shown,
    /// The figure and what only the register has.
    pub together: Shown,
}

impl SpentShown {
    /// What is spent. Where money that is not public may have a part in the figure, only the register's sum is told.
    pub(super) fn of(spent: &SpentHere, is_open: bool, cell: String) -> Self {
        let told = |sum: Pence| match is_open {
            true => Shown::of_sum(sum),
            false => Shown::Withheld(Why::Untried),
        };
        Self {
            cell,
            here: match is_open {
                true => Shown::of(&spent.figure),
                false => Shown::Withheld(Why::Untried),
            },
            known: is_open.then(|| spent.figure.composition.in_words()),
            by_register: spent.by_register,
            in_ledgers: told(spent.in_ledgers),
            in_figure: told(spent.in_figure),
            together: told(spent.together),
        }
    }
}

impl PriorityShown {
    /// A priority as it stands on a day.
    pub(super) fn of(
        priority: &Priority,
        funding: &PriorityFunding,
        place: &Place,
        pages: &[LocalityId],
    ) -> Result<Self, MoneyError> {
        let axes = place.axes();
        let localities = &axes.localities;
        let leaves = localities.leaves(priority.place);
        let lies_in = |page: &&LocalityId| localities.leaves(**page).contains(leaves);
        let by_source = funding.by_source.iter();
        let units = funding.units.iter();
        Ok(Self {
            priority: priority.clone(),
            place: (
                localities.code(priority.place).to_owned(),
                localities.name(priority.place).to_owned(),
            ),
            lead: priority.lead.map(|lead| {
                let partner = axes.partners.get(lead);
                (partner.code.clone(), partner.name.clone())
            }),
            funds: Funds::of(&funding.pounds)?,
            by_source: by_source
                .map(|(source, standing)| Ok((source.word(), source.name(), Funds::of(standing)?)))
                .collect::<Result<_, MoneyError>>()?,
            gap: funding.gap,
            beyond_cost: funding.beyond_cost,
            units: units
                .map(|(unit, of)| UnitsShown::of(unit, &of.standing, (of.wanted, of.gap)))
                .collect::<Result<_, MoneyError>>()?,
            spent: None,
            inside: (pages.iter().filter(lies_in))
                .map(|page| localities.code(*page).to_owned())
                .collect(),
        })
    }
}
