//! Tables to take away: one table with the kind and meaning of each column.
//!
//! A site once had three ways to write a sum: the page's template, a CSV writer and the serialised
//! report, each with column names of its own. Three ways drift apart, and whoever hides a sum in two of
//! them has published it in the third. So a table is made once, as a [`Dataset`], and the page, CSV,
//! JSON, Parquet, workbook and descriptor are written from it.
//!
//! Its money is made by [`Value::sum`] alone, which takes a [`Shown`](super::content::Shown): a withheld
//! sum becomes [`Value::Withheld`], an empty cell, and the `status` column says so.
//!
//! ```text
//! ToldFigure ─► spend_cells ─► ["ludlow", "Ludlow", …, £4,236.66, "value",    …]
//!                              ["wem",    "Wem",    …, withheld,  "withheld", …]
//! ```

mod value;
mod registered;
mod spending;
mod modes;
mod differences;
mod reconciliation;
mod findings;
mod unplaced;
mod absent;
mod contributions;
mod outcomes;
mod proposal;
mod scenario;
mod contract;
mod place_plan;
mod premises;
mod performance;
mod families;
mod statuses;

pub use absent::absent;
pub use contract::{
    chances, cliffs, contracts, paid, refused, register, standings, term_chances, terms,
};
pub use contributions::{contributions, contributions_in_places};
pub use differences::{A_HEAD, a_head_by_activity, differences};
pub use families::{family_agencies, family_costs, family_groups, family_numbers, family_pairs};
pub use findings::{findings, findings_of};
pub use modes::modes_within;
pub use outcomes::{dates, days, gaps, interval_cells, interval_fields, known, known_with_basis};
pub use performance::{
    actions, beside_actions, changes, decisions, figures_owed, gap_totals, gaps as money_gaps,
    grant_conditions, grants, grants_in_ledgers, overdue, phases_beside, reductions, surveys,
    targets, work_plan,
};
pub use place_plan::{
    contributions_to_plans, funding, funding_total, in_ledgers, priorities, rolls, sources,
    sources_of_all, spent_here, units,
};
pub use premises::{
    building_bodies, building_costs, building_days, building_freed, building_ledgers,
    building_moves, building_teams, buildings,
};
pub use proposal::{
    assumptions, by_year, chain, held, layer_cells, loan, present, purses, settlement,
    settlement_total, side_by_side, sure_paybacks, sure_payers, sure_purses, sure_sources,
    sure_years,
};
pub use reconciliation::reconciliation;
pub use scenario::{accounts_side_by_side, before_after, before_after_total, moves};
pub use spending::{
    FINEST, crossings, figures, finest, in_files, range_cells, range_fields, spend_cells,
    spend_fields,
};
pub use statuses::{CODES, with_statuses};
pub use unplaced::{not_spending, unplaced};
pub use value::Value;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words and codes.
    Text,
    /// Money: pounds with two decimals in text, whole pence in Parquet.
    Pounds,
    /// A count.
    Whole,
    /// A decimal number.
    Number,
    /// A day: `2017-04-01`.
    Day,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in files: `amount_gbp`.
    pub name: String,
    /// Its heading for people.
    pub title: String,
    /// What it means.
    pub about: &'static str,
    /// What stands in it.
    pub kind: Kind,
    /// What it is to the Fiscal Data Package, where that has a word for it.
    pub fiscal: Option<&'static str>,
    /// Whether it stands on the page too.
    pub shown: bool,
}

/// A table to take away.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// Its name in files, without an ending: letters, digits and hyphens.
    pub name: String,
    /// What it holds.
    pub title: String,
    /// Its columns.
    pub fields: Vec<Field>,
    /// Its rows, with a cell for each column.
    pub rows: Vec<Vec<Value>>,
}

impl Dataset {
    pub fn new(name: String, title: String) -> Self {
        Self {
            name,
            title: crate::finding::plain(&title).into_owned(),
            fields: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Adds a column that stands on the page under this heading.
    pub fn column(&mut self, name: &str, title: &str, kind: Kind, about: &'static str) {
        self.fields.push(Field {
            name: name.to_owned(),
            title: title.to_owned(),
            about,
            kind,
            fiscal: None,
            shown: true,
        });
    }

    /// Adds a column of the files only.
    pub fn behind(&mut self, name: &str, kind: Kind, about: &'static str) {
        self.column(name, name, kind, about);
        if let Some(last) = self.fields.last_mut() {
            last.shown = false;
        }
    }

    /// Says what the last column is to the Fiscal Data Package.
    pub fn fiscal(&mut self, role: &'static str) {
        if let Some(last) = self.fields.last_mut() {
            last.fiscal = Some(role);
        }
    }
}
