//! Tables that a finance officer reads.

use super::phases::PhasesBeside;
use super::plan::MediumTerm;
use super::statement::GapStatement;
use crate::money::Pence;
use crate::table::Table;

/// A sum, or a word for none.
fn sum(pence: Option<Pence>, none: &str) -> String {
    pence.map_or_else(|| none.to_owned(), |pence| pence.to_string())
}

impl GapStatement<'_> {
    /// Gaps by partner and year: what closes them, what others put on them, and what is left.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut table = Table::of_columns(
            "Medium-term gap by partner and year".to_owned(),
            &["partner", "year", "covers", "closed by", "stated in"],
            &[
                "gap",
                "closed by years before",
                "closed from this year",
                "closed once",
                "put on it by others",
                "left",
                "not yet certain",
            ],
        );
        for row in &self.rows {
            table.row([
                row.name.clone(),
                row.period.to_string(),
                row.covers.clone(),
                row.reductions.join(", "),
                row.lines.join(", "),
                sum(row.gap, "not stated"),
                (-row.closed_before).to_string(),
                (-row.closed_now).to_string(),
                (-row.closed_once).to_string(),
                row.put_on.to_string(),
                sum(row.left, "not known"),
                row.beside.to_string(),
            ]);
        }
        for rule in self.plan.rules_in_words() {
            table.note(&rule);
        }
        for note in &self.plan.notes {
            table.note(note);
        }
        table
    }

    /// The gaps of those who cover the same area, year by year.
    #[must_use]
    pub fn totals_table(&self) -> Table {
        let mut table = Table::of_columns(
            "Medium-term gap of all who state one for the same area".to_owned(),
            &["year", "covers", "without"],
            &["partners", "gap", "closed", "put on them", "left"],
        );
        for total in &self.totals {
            table.row([
                total.period.to_string(),
                total.covers.clone(),
                total.without.join(", "),
                total.partners.to_string(),
                total.gap.to_string(),
                (-total.closed).to_string(),
                total.put_on.to_string(),
                total.left.to_string(),
            ]);
        }
        table.note("Gaps of different areas are never added. Who states none is named: it is not in the total, and may be short all the same.");
        table
    }
}

impl MediumTerm {
    /// Every reduction with its line and source.
    #[must_use]
    pub fn reductions_table(&self) -> Table {
        let mut table = Table::of_columns(
            "Planned reductions".to_owned(),
            &[
                "code", "partner", "from", "what", "lasts", "status", "falls on", "line", "source",
            ],
            &["pounds a year"],
        );
        for one in &self.reductions {
            let lasts = super::gap::Lasts::WORDS
                .iter()
                .find(|(_, lasts)| *lasts == one.lasts);
            table.row([
                one.code.clone(),
                self.partner(one.partner).to_owned(),
                one.period.to_string(),
                one.name.clone(),
                lasts.map_or("", |(word, _)| *word).to_owned(),
                one.status.to_string(),
                one.falls_on
                    .map_or_else(String::new, |partner| self.partner(partner).to_owned()),
                one.position.to_string(),
                one.source.clone(),
                one.pence.to_string(),
            ]);
        }
        table.note("What falls on another partner closes one gap and opens another.");
        table
    }

    /// Budget, forecast and outturn, side by side.
    #[must_use]
    pub fn phases_table(&self, title: &str, phases: &[PhasesBeside]) -> Table {
        let mut table = Table::of_columns(
            title.to_owned(),
            &["partner", "reduction", "not compared"],
            &["budget", "forecast", "outturn"],
        );
        for one in phases {
            let partner = self.place.axes().partners.find(&one.partner);
            let name = partner.map_or_else(
                |_| one.partner.clone(),
                |partner| self.partner(partner).to_owned(),
            );
            let reduction = (self.reductions.iter()).find(|other| other.code == one.reduction);
            let what =
                reduction.map_or_else(|| "everything".to_owned(), |other| other.name.clone());
            let cells = (one.phases.iter()).map(|(_, amount)| sum(*amount, "–"));
            table.row(
                [name, what, one.not_compared.join("; ")]
                    .into_iter()
                    .chain(cells),
            );
        }
        table.note(
            "Phases are three measures of one thing, never added; – is where nothing is recorded.",
        );
        table
    }
}
