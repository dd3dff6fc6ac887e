//! Who pays whom, by year.

use super::layers::sum;
use crate::money::{MoneyError, Pence};
use crate::report::content::{PaymentShown, ProposalSheet};
use crate::report::dataset::{Dataset, Kind, Value};

/// A row for each payer: what it has before, what it pays or receives in each year, what it has afterwards.
pub fn settlement(name: &str, sheet: &ProposalSheet, payments: &[PaymentShown]) -> Dataset {
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
        "Cash less money paid before anything is settled, all years as of the first",
    );
    for year in &sheet.years {
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
    for payment in payments {
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
pub fn settlement_total(
    sheet: &ProposalSheet,
    payments: &[PaymentShown],
) -> Result<Vec<Value>, MoneyError> {
    let total = |of: &dyn Fn(&PaymentShown) -> Pence| Pence::total(payments.iter().map(of));
    let mut row = vec![Value::Nothing, Value::text("Together")];
    row.push(sum(total(&|payment| payment.before)?));
    for year in 0..sheet.years.len() {
        let of_year = |payment: &PaymentShown| payment.by_year.get(year).copied();
        row.push(sum(total(&|payment| of_year(payment).unwrap_or_default())?));
    }
    row.push(sum(total(&|payment| payment.after)?));
    Ok(row)
}
