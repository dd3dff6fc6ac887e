//! What a contract pays when results scatter, and at its cliffs, as tables for people.

use super::chance::to_pence;
use super::cliff::Cliff;
use super::pounds::in_pounds;
use super::simulate::Simulated;
use super::terms::Contract;
use super::text::number;
use crate::money::{Pence, Ratio};
use crate::table::{Align, Table};

impl Contract {
    /// What it pays when results scatter.
    #[must_use]
    pub fn chances_table(&self, drawn: &Simulated) -> Table {
        let mut table = Table::new(format!("What {} pays when results scatter", self.name));
        table.column("", Align::Left);
        for heading in [
            "mean",
            "one in ten below",
            "half below",
            "nine in ten below",
        ] {
            table.column(heading, Align::Right);
        }
        for (name, spread) in [
            ("as expected", &drawn.with),
            ("nothing works", &drawn.without),
        ] {
            table.row([
                name.to_owned(),
                to_pence(spread.mean).to_string(),
                to_pence(spread.p10).to_string(),
                to_pence(spread.p50).to_string(),
                to_pence(spread.p90).to_string(),
            ]);
        }
        table.note(&format!(
            "The chance of paying for results when nothing works: {}.",
            drawn.pays_for_nothing
        ));
        match drawn.misses_effect {
            Some(chance) => table.note(&format!(
                "The chance of paying for no result when it works as expected: {chance}."
            )),
            None => table.note("No effect is expected."),
        }
        table.note(&format!(
            "By {}; the means are known to {} and {}. Terms scatter independently of each other.",
            drawn.simulation,
            to_pence(drawn.with.mean_error),
            to_pence(drawn.without.mean_error)
        ));
        table
    }

    /// What each term of results pays when results scatter.
    #[must_use]
    pub fn term_chances_table(&self, drawn: &Simulated) -> Table {
        let mut table = Table::new(format!(
            "What each term of {} pays when results scatter",
            self.name
        ));
        table.column("term", Align::Left);
        for heading in [
            "chance to pay for nothing",
            "chance to miss an effect",
            "pays as expected",
            "due to it",
            "for each of them",
        ] {
            table.column(heading, Align::Right);
        }
        for one in &drawn.terms {
            table.row([
                one.term.clone(),
                one.pays_for_nothing.to_string(),
                one.misses_effect
                    .map_or_else(|| "no effect".to_owned(), |chance| chance.to_string()),
                to_pence(one.pays).to_string(),
                one.outcomes.as_ref().map_or_else(String::new, number),
                one.per_outcome
                    .map_or_else(String::new, |each| to_pence(each).to_string()),
            ]);
        }
        table.note("Due to it: people, events, pounds or units of demand that there are more or fewer of because of the programme.");
        table
    }

    /// What one event more or less does to what it pays.
    #[must_use]
    pub fn cliffs_table(&self, cliffs: &[Cliff]) -> Table {
        let mut table = Table::new(format!("What one event more or less does to {}", self.name));
        for heading in ["term", "cohort", "year"] {
            table.column(heading, Align::Left);
        }
        for heading in [
            "baseline",
            "pays from",
            "pays there",
            "counted",
            "one fewer",
            "as counted",
            "one more",
        ] {
            table.column(heading, Align::Right);
        }
        for cliff in cliffs {
            let [fewer, counted, more] = &cliff.beside;
            // What cannot be is left blank.
            let pays = |beside: &Option<(Ratio, Pence)>| {
                (beside.as_ref()).map_or_else(String::new, |(_, pays)| pays.to_string())
            };
            table.row([
                cliff.term.clone(),
                cliff.cohort.clone(),
                cliff.year.to_string(),
                number(&cliff.expected),
                cliff
                    .edge
                    .map_or_else(|| "never".to_owned(), |edge| edge.to_string()),
                in_pounds(&cliff.pays),
                (counted.as_ref()).map_or_else(String::new, |(count, _)| number(count)),
                pays(fewer),
                pays(counted),
                pays(more),
            ]);
        }
        table.note("Pays there: what the term pays at the count from which it pays; one event worse, it pays nothing. The last columns: what the whole contract pays.");
        table
    }
}
