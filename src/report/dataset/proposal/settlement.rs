//! Who pays whom, by year, and what somebody advanced.

use super::layers::sum;
use crate::money::{MoneyError, Pence};
use crate::report::content::{LoanShown, ProposalSheet, StatementShown};
use crate::report::dataset::{Dataset, Kind, Value};

/// A row for each payer: what it has before, what it pays or receives in each year, what it has afterwards.
pub fn settlement(name: &str, sheet: &ProposalSheet, statement: &StatementShown) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-settlement"),
        format!("{}: the settlement, year by year", sheet.name),
    );
    dataset.behind("payer_code", Kind::Text, "Code of who pays or receives");
    dataset.column("payer", "who", Kind::Text, "Name of who pays or receives");
    dataset.column(
        "before_gbp",
        "before",
        Kind::Pounds,
        "What is settled less money paid, before the settlement, all years as of the first",
    );
    for year in &statement.years {
        let name = format!("in_{}_gbp", year.replace(['-', '/'], "_"));
        dataset.column(
            &name,
            year,
            Kind::Pounds,
            "Received in that year; below zero it pays. All rows of a year are nothing together",
        );
    }
    dataset.column(
        "after_gbp",
        "after",
        Kind::Pounds,
        "The same after the settlement, all years as of the first",
    );
    for payment in &statement.payments {
        let mut row = vec![
            Value::text(payment.code.as_str()),
            Value::text(payment.name.as_str()),
            sum(payment.before),
        ];
        row.extend(payment.by_year.iter().copied().map(sum));
        row.push(sum(payment.after));
        dataset.rows.push(row);
    }
    dataset
}

/// The total below those rows.
///
/// # Errors
///
/// [`MoneyError`] for a sum beyond what an account can hold.
pub fn settlement_total(statement: &StatementShown) -> Result<Vec<Value>, MoneyError> {
    let payments = || statement.payments.iter();
    let mut row = vec![Value::Nothing, Value::text("Together")];
    row.push(sum(Pence::total(payments().map(|one| one.before))?));
    for year in 0..statement.years.len() {
        let of_year = payments().filter_map(|one| one.by_year.get(year).copied());
        row.push(sum(Pence::total(of_year)?));
    }
    row.push(sum(Pence::total(payments().map(|one| one.after))?));
    Ok(row)
}

/// A row for each year: what was advanced, what it earned, what came back and what is owed.
pub fn loan(name: &str, statement: &StatementShown, loan: &LoanShown) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-loan"),
        format!("What {} advances, and what comes back", loan.investor),
    );
    dataset.column("year", "year", Kind::Text, "The financial year");
    for (name, title, about) in [
        ("advanced_gbp", "advanced", "Advanced in the year"),
        (
            "interest_gbp",
            "interest",
            "Interest on what was owed when the year began",
        ),
        (
            "repaid_gbp",
            "paid back",
            "Paid back in the year by the others",
        ),
        (
            "own_gbp",
            "its own part",
            "What its own saving pays of it by the rule",
        ),
        (
            "owed_gbp",
            "owed at the end",
            "Owed when the year ends; what is written off is no longer owed",
        ),
    ] {
        dataset.column(name, title, Kind::Pounds, about);
    }
    for (year, sums) in statement.years.iter().zip(&loan.years) {
        let mut row = vec![Value::text(year.as_str())];
        row.extend(sums.map(sum));
        dataset.rows.push(row);
    }
    dataset
}
