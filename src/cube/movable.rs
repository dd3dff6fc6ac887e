//! How much of a total could move, and by when.

use super::{AskError, By, Figure, Question};
use crate::axis::{Flexibility, Period};
use crate::money::{MoneyError, Pence};
use crate::table::{Align, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// How much of a total could be spent on something else, and by when.
///
/// Discretionary money may move now; what a contract binds may move in the month after the
/// contract's last; what the law asks for does not move, and of the rest nobody has said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Movable {
    /// In the order of time, what becomes free and what is free by then.
    pub free: Vec<FreeFrom>,
    /// What the law asks for.
    pub statutory: Pence,
    /// Of what nobody has said.
    pub not_stated: Pence,
    /// All of it.
    pub total: Pence,
}

/// Money that may move from a month on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FreeFrom {
    /// `now`, or the last month of the contracts.
    pub after: String,
    /// What becomes free.
    pub amount: Pence,
    /// What is free by then.
    pub by_then: Pence,
}

impl Question<'_> {
    /// How much of the total could move, and by when. The axes by which the question drills are
    /// left aside.
    ///
    /// # Errors
    ///
    /// As [`Question::answer`].
    ///
    /// # Example: what is free now, and when contracts end
    ///
    /// ```
    /// # use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube
    ///     .ask()
    ///     .period("2024-25".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// let movable = year.movable()?;
    /// assert_eq!(movable.statutory.to_string(), "£310,000.00");
    /// let free: Vec<String> = (movable.free.iter())
    ///     .map(|free| format!("{}: {}", free.after, free.by_then))
    ///     .collect();
    /// assert_eq!(free[0], "now: £239,997.00");
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn movable(&self) -> Result<Movable, AskError> {
        Ok(self.answer_with_movable()?.1)
    }

    /// The total, and how much of it could move: one answer gives both.
    pub(crate) fn answer_with_movable(&self) -> Result<(Figure, Movable), AskError> {
        let question = self.clone().undrilled().by([By::Flexibility]);
        let answer = question.answer()?;
        let mut sums: BTreeMap<Flexibility, Pence> = BTreeMap::new();
        for row in &answer.rows {
            let code = row.keys.first().map_or("", |key| key.code.as_str());
            sums.insert(Flexibility::from_str(code)?, row.figure.amount);
        }
        let movable = of(&sums, answer.total.amount)?;
        Ok((answer.total, movable))
    }
}

fn of(sums: &BTreeMap<Flexibility, Pence>, total: Pence) -> Result<Movable, MoneyError> {
    let sum = |flexibility| sums.get(&flexibility).copied().unwrap_or_default();
    let mut by_then = sum(Flexibility::Discretionary);
    let mut free = vec![FreeFrom {
        after: "now".to_owned(),
        amount: by_then,
        by_then,
    }];
    let contracts = sums
        .iter()
        .filter_map(|(flexibility, pence)| match flexibility {
            Flexibility::ContractedTo(month) => Some((*month, *pence)),
            _ => None,
        });
    for (month, amount) in contracts.collect::<BTreeMap<Period, Pence>>() {
        // What was eliminated has a row, and nothing in it becomes free.
        if amount == Pence::ZERO {
            continue;
        }
        by_then = Pence::total([by_then, amount])?;
        free.push(FreeFrom {
            after: month.to_string(),
            amount,
            by_then,
        });
    }
    Ok(Movable {
        free,
        statutory: sum(Flexibility::Statutory),
        not_stated: sum(Flexibility::NotStated),
        total,
    })
}

impl Movable {
    /// As a table for people.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut table = Table::new("How much could move, and by when");
        table.column("", Align::Left);
        table.column("amount", Align::Right);
        table.column("free by then", Align::Right);
        for step in &self.free {
            let when = match step.after.as_str() {
                "now" => "may move now".to_owned(),
                month => format!("contracted, free after {month}"),
            };
            table.row([when, step.amount.to_string(), step.by_then.to_string()]);
        }
        table.row(["statutory", &self.statutory.to_string(), ""]);
        table.row(["not stated", &self.not_stated.to_string(), ""]);
        table.row(["Total", &self.total.to_string(), ""]);
        table
    }
}

impl fmt::Display for Movable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table().fmt(f)
    }
}
