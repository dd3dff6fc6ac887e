//! Promised beside seen, as tables for people.

use super::{Evaluated, Evaluation, Indicated, Told};
use crate::appraisal::pounds::to_f64;
use crate::appraisal::uncertain::rounded;
use crate::money::Pence;
use crate::statistic::{Estimate, Interval};
use crate::table::{Align, Table};

impl Evaluation<'_> {
    /// Each effect in each year: people, events fewer, what that saves, what was paid for it, and what may be said.
    #[must_use]
    pub fn table(&self) -> Table {
        let title = format!(
            "{}: promised beside seen, intervals of {}",
            self.proposal.name, self.confidence
        );
        let mut table = Table::new(title);
        table.column("effect", Align::Left);
        table.column("year", Align::Left);
        for heading in [
            "people promised",
            "counted",
            "events fewer promised",
            "seen",
            "seen less promised",
        ] {
            table.column(heading, Align::Right);
        }
        table.column("beyond chance", Align::Left);
        table.column("saves as promised", Align::Right);
        table.column("after corrections", Align::Right);
        table.column("as seen supports", Align::Right);
        if self.paid.is_some() {
            table.column("contracts paid", Align::Right);
        }
        table.column("evidence", Align::Left);
        for row in &self.rows {
            table.row(self.cells(row));
        }
        self.notes(&mut table);
        table
    }

    fn cells(&self, row: &Evaluated) -> Vec<String> {
        let counted = (row.observed.as_ref()).map_or_else(
            || "nobody counted".to_owned(),
            |seen| seen.with.people.to_string(),
        );
        let seen = row.seen.as_ref();
        let nothing_against = match row.observed.is_some() {
            true => "nothing to compare with",
            false => "",
        };
        let mut cells = vec![
            row.effect.clone(),
            row.year.to_string(),
            plain(&row.promised_people.to_decimal(1)),
            counted,
            plain(&row.promised_events.to_decimal(1)),
            seen.map_or_else(
                || nothing_against.to_owned(),
                |seen| seen.events.to_string(),
            ),
            row.difference
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
            in_words(row),
            rounded(to_f64(&row.promised)),
            rounded(to_f64(&row.promised_corrected)),
            row.supported.as_ref().map_or_else(String::new, pounds),
        ];
        if let Some(paid) = &self.paid {
            let of_row =
                (paid.iter()).filter(|paid| paid.effect == row.effect && paid.year == row.year);
            let mut sums = of_row.map(|paid| paid.pence).peekable();
            cells.push(match sums.peek() {
                // A sum beyond what an account can hold has no pounds to show.
                Some(_) => Pence::total(sums)
                    .map_or_else(|_| "too large".to_owned(), |sum| sum.to_string()),
                None => String::new(),
            });
        }
        cells.push(match (row.grade(), seen) {
            (Some(grade), Some(seen)) => {
                format!("{}, against {}", grade.number(), seen.against.in_words())
            }
            _ => String::new(),
        });
        cells
    }

    fn notes(&self, table: &mut Table) {
        table.note(
            "Events fewer are those of the proposal alone: what only moves elsewhere and what is due to others is taken off \
             as the proposal states it, and without a comparison group also what would have happened anyway. What is not \
             sure of those shares, of a stated base and of unit values is in no interval.",
        );
        let prices = self.proposal.prices;
        table.note(&format!(
            "Savings: fiscal unit values, {prices}, not discounted, before overlaps and before they are held against what is spent."
        ));
        for effect in &self.proposal.effects {
            let code = &effect.code;
            let stated = (effect.comparison).map_or_else(
                || "no comparison".to_owned(),
                |grade| format!("grade {}", grade.number()),
            );
            table.note(&match self.grade_of(code) {
                None => format!("`{code}`: proposed with {stated}; nothing was seen yet."),
                Some(grade) => {
                    let assumed = match self.is_assumed(code) {
                        true => " It stays assumed.",
                        false => "",
                    };
                    let may = grade.what_may_be_said();
                    format!(
                        "`{code}`: proposed with {stated}; now {grade}, at most. {may}{assumed}"
                    )
                }
            });
        }
        let years = self.rows.iter();
        let shown = |effect: &str, year| {
            years
                .clone()
                .any(|row| row.effect == effect && row.year == year)
        };
        for paid in self.paid.iter().flatten() {
            if !shown(&paid.effect, paid.year) {
                let (contract, year, pence) = (&paid.contract, paid.year, paid.pence);
                table.note(&format!(
                    "Contract `{contract}` also pays {pence} for `{}` in {year}.",
                    paid.effect
                ));
            }
        }
        if self.paid.is_some() {
            table.note("A contract pays in the money of the year, by its own baseline, and may pay later than the year that was counted.");
        }
    }

    /// What indicators of the effects say of the whole place.
    #[must_use]
    pub fn indicated_table(&self, indicated: &[Indicated]) -> Table {
        let mut table = Table::new(format!(
            "{}: what indicators say of the place",
            self.proposal.name
        ));
        for heading in ["effect", "indicator", "period"] {
            table.column(heading, Align::Left);
        }
        table.column("figure", Align::Right);
        table.column("", Align::Left);
        for one in indicated {
            let figure = one
                .figure
                .map_or_else(|| one.status.to_string(), |figure| figure.to_string());
            let when = if one.is_before { "before it began" } else { "" };
            table.row([
                one.effect.clone(),
                one.indicator.clone(),
                one.period.to_string(),
                figure,
                when.to_owned(),
            ]);
        }
        table.note(
            "Of everybody in the place: things changed there, and this says nothing about why.",
        );
        table
    }
}

fn in_words(row: &Evaluated) -> String {
    let Some(seen) = row.beyond_chance() else {
        let withheld = row.seen.as_ref().and_then(|seen| seen.events.withheld());
        return withheld.map_or_else(String::new, ToString::to_string);
    };
    let seen = match seen {
        Told::Above => "fewer",
        Told::Below => "more, not fewer",
        Told::NotTold => "not told from nothing",
    };
    let promise = match row.beside_promise() {
        Some(Told::Above) => "; better than promised",
        Some(Told::Below) => "; less than promised",
        Some(Told::NotTold) => "; may be as promised",
        None => "",
    };
    format!("{seen}{promise}")
}

fn pounds(estimate: &Estimate) -> String {
    let Some(value) = estimate.value() else {
        return "no number".to_owned();
    };
    match estimate.interval() {
        Some(Interval { lower, upper }) => {
            format!(
                "{} ({} to {})",
                rounded(value),
                rounded(lower),
                rounded(upper)
            )
        }
        None => rounded(value),
    }
}

/// A decimal without a nought at its end.
fn plain(decimal: &str) -> String {
    decimal.strip_suffix(".0").unwrap_or(decimal).to_owned()
}
