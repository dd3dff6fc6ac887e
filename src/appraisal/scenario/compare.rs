//! The account before and after, for people.

use super::apply::Scenario;
use super::moves::Move;
use crate::cube::{AskError, Cube, Question};
use crate::money::Pence;
use crate::table::{Align, Table};
use std::collections::{BTreeMap, BTreeSet};

/// One question of the account, before and with each of several scenarios.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SideBySide {
    /// The codes of the scenarios.
    pub scenarios: Vec<String>,
    /// Each row: its name, what it was, and what it is in each scenario.
    pub rows: Vec<(String, Pence, Vec<Pence>)>,
    /// The total likewise.
    pub total: (Pence, Vec<Pence>),
}

impl SideBySide {
    /// Puts a question to the account and to each scenario: `ask` makes it of a cube, with what it drills by.
    ///
    /// # Errors
    ///
    /// As [`Question::answer`].
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::appraisal::scenario::{Scenarios, SideBySide};
    /// use wholeplace::{Boundary, By, Cube, Phase, Place, PlaceAccount};
    /// let place = Place::open("examples/data/partners")?;
    /// let cube = Cube::build(&PlaceAccount::load(&place)?)?;
    /// let scenario = Scenarios::open(&place)?.find("earlier-help")?.apply(&cube)?;
    /// let period = "2024-25".parse()?;
    /// let by_partner = SideBySide::of(&cube, &[&scenario], |cube| {
    ///     cube.ask()
    ///         .period(period)
    ///         .phase(Phase::Outturn)
    ///         .boundary(Boundary::AllPartners)
    ///         .by([By::Partner])
    /// })?;
    /// assert_eq!(by_partner.total.0, by_partner.total.1[0]);
    /// println!("{}", by_partner.table("By partner"));
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn of<'a>(
        before: &'a Cube,
        scenarios: &'a [&'a Scenario],
        ask: impl Fn(&'a Cube) -> Question<'a>,
    ) -> Result<Self, AskError> {
        let mut names: Vec<(Vec<String>, String)> = Vec::new();
        let mut known: BTreeSet<Vec<String>> = BTreeSet::new();
        let mut answers: Vec<(BTreeMap<Vec<String>, Pence>, Pence)> = Vec::new();
        let cubes = std::iter::once(before).chain(scenarios.iter().map(|one| one.cube()));
        for cube in cubes {
            let answer = ask(cube).answer()?;
            let mut rows = BTreeMap::new();
            for row in &answer.rows {
                let codes: Vec<String> = row.keys.iter().map(|key| key.code.clone()).collect();
                if known.insert(codes.clone()) {
                    let named: Vec<&str> = row.keys.iter().map(|key| key.name.as_str()).collect();
                    names.push((codes.clone(), named.join(", ")));
                }
                rows.insert(codes, row.figure.amount);
            }
            answers.push((rows, answer.total.amount));
        }
        let of = |answer: &(BTreeMap<Vec<String>, Pence>, Pence), codes: &Vec<String>| {
            answer.0.get(codes).copied().unwrap_or_default()
        };
        let Some((first, others)) = answers.split_first() else {
            return Ok(Self {
                scenarios: Vec::new(),
                rows: Vec::new(),
                total: (Pence::ZERO, Vec::new()),
            });
        };
        Ok(Self {
            scenarios: scenarios.iter().map(|one| one.code.clone()).collect(),
            rows: (names.into_iter())
                .map(|(codes, name)| {
                    let after = others.iter().map(|answer| of(answer, &codes)).collect();
                    (name, of(first, &codes), after)
                })
                .collect(),
            total: (first.1, others.iter().map(|answer| answer.1).collect()),
        })
    }

    /// For people: each row before, with each scenario, and by how much it differs.
    #[must_use]
    pub fn table(&self, title: &str) -> Table {
        let mut table = Table::new(title);
        table.column("", Align::Left);
        table.column("as it is", Align::Right);
        for code in &self.scenarios {
            table.column(code, Align::Right);
            table.column("more or less", Align::Right);
        }
        let row = |name: &str, before: Pence, after: &[Pence]| -> Vec<String> {
            let mut cells = vec![name.to_owned(), before.to_string()];
            for &after in after {
                let differs = Pence::total([after, -before]).unwrap_or_default();
                cells.extend([after.to_string(), differs.to_string()]);
            }
            cells
        };
        for (name, before, after) in &self.rows {
            table.row(row(name, *before, after));
        }
        table.row(row("Total", self.total.0, &self.total.1));
        table
    }
}

impl Scenario {
    /// What is moved and what is not, for people.
    #[must_use]
    pub fn table(&self) -> Table {
        let place = self.before.place();
        let mut table = Table::new(format!("Scenario {}", self.code));
        table.column("a year", Align::Right);
        for heading in ["from", "to", "when", "moved"] {
            table.column(heading, Align::Left);
        }
        let row = |of: &Move, outcome: String| {
            let years = match of.years {
                1 => "once".to_owned(),
                years => format!("{years} years"),
            };
            [
                of.amount.to_string(),
                of.from.in_words(place),
                of.to.in_words(place),
                format!("{}, {years}", of.start),
                outcome,
            ]
        };
        for moved in &self.moved {
            let kind = moved.of.kind.map(|kind| format!(", as a payment: {kind}"));
            let decided = (moved.of.decision.as_ref()).map(|why| format!(", by decision: {why}"));
            let outcome = format!(
                "yes{}{}",
                kind.unwrap_or_default(),
                decided.unwrap_or_default()
            );
            table.row(row(&moved.of, outcome));
        }
        for (number, stopped) in self.stopped.iter().enumerate() {
            table.row(row(&stopped.of, format!("no ({})", number + 1)));
        }
        for (number, stopped) in self.stopped.iter().enumerate() {
            table.note(&format!("({}) {}.", number + 1, stopped.why));
        }
        let moves = (self.moved.iter().map(|moved| &moved.of))
            .chain(self.stopped.iter().map(|stopped| &stopped.of));
        for given in moves.filter_map(|of| of.gives_up.as_ref()) {
            table.note(&format!("{}.", given.in_words()));
        }
        table.note("No effect is claimed of what is moved.");
        table
    }
}
