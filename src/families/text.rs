//! Tables of what may be told.

use super::caseload::Families;
use super::cost::FamilyCosts;
use super::overlaps::Overlaps;
use crate::money::Pence;
use crate::table::Table;

impl Families {
    fn with_terms(&self, mut table: Table, told: &Overlaps) -> Table {
        table.note(&format!(
            "Numbers are rounded down to multiples of {}, and no group of fewer is told: what is not there holds nobody, or fewer than {}. How many an agency knows alone is not told, but for a number that it does not exceed.",
            told.least, told.least
        ));
        for note in &self.notes {
            table.note(note);
        }
        table
    }

    /// How many are known to how many agencies, and how many each agency knows.
    #[must_use]
    pub fn by_agencies_table(&self, told: &Overlaps) -> Table {
        let mut table = Table::of_columns(
            format!(
                "{} by how many agencies know them, {}",
                self.unit, self.period
            ),
            &["known to"],
            &["at least", "at most"],
        );
        let most = told.alone_at_most().map(|most| most.to_string());
        let most = most.unwrap_or_else(|| "not told".to_owned());
        table.row(["1 agency".to_owned(), String::new(), most]);
        for (agencies, number) in told.by_agencies() {
            let agencies = crate::text::counted_as(agencies, "agency", "agencies");
            table.row([agencies, number.to_string()]);
        }
        table.row(["several agencies".to_owned(), told.shared().to_string()]);
        self.with_terms(table, told)
    }

    /// How many each agency knows, and how many of them others know too.
    #[must_use]
    pub fn agencies_table(&self, told: &Overlaps) -> Table {
        let mut table = Table::of_columns(
            format!("{} that each agency knows, {}", self.unit, self.period),
            &["agency", "service"],
            &["at least", "others know too, at least", "alone, at most"],
        );
        let told_or_not = |number: Option<u64>| {
            number.map_or_else(|| "not told".to_owned(), |one| one.to_string())
        };
        for (one, caseload) in told.agencies.iter().zip(&self.caseloads) {
            table.row([
                one.agency.clone(),
                caseload.service.clone(),
                told_or_not(one.at_least),
                one.shared_at_least.to_string(),
                told_or_not(one.alone_at_most),
            ]);
        }
        self.with_terms(table, told)
    }

    /// How many two agencies both know.
    #[must_use]
    pub fn pairs_table(&self, told: &Overlaps) -> Table {
        let mut table = Table::of_columns(
            format!("{} known to two agencies both, {}", self.unit, self.period),
            &["agency", "and"],
            &["at least"],
        );
        for ((one, other), number) in told.by_pairs() {
            table.row([one, other, number.to_string()]);
        }
        self.with_terms(table, told)
    }

    /// The groups, and what they cost together.
    #[must_use]
    pub fn costs_table(&self, told: &Overlaps, costs: &FamilyCosts) -> Table {
        let mut table = Table::of_columns(
            format!("What {} cost together, {}", self.unit, self.period),
            &["known to just"],
            &["at least", "cost a year together"],
        );
        for group in &costs.groups {
            table.row([
                group.agencies.join(" + "),
                group.at_least.to_string(),
                group.together.to_string(),
            ]);
        }
        table.row([
            "all groups that are told".to_owned(),
            told.shared().to_string(),
            costs.together.to_string(),
        ]);
        for (agency, one, by) in &costs.of_one {
            let one = one.map_or_else(String::new, |one: Pence| format!("{one} each, "));
            table.note(&format!("{agency}: {one}{by}."));
        }
        self.with_terms(table, told)
    }
}
