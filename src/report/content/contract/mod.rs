//! Contracts as pages and files show them: what they pay for, what was paid and refused, and what one event more
//! or less does.
//!
//! A [`Contract`](crate::appraisal::contract::Contract) is exact fractions. A report keeps what people see of it, to the penny: a [`ContractSheet`].

mod term;
mod payment;
mod cliff;
mod chances;
mod register;
mod sheet;

pub use chances::ChancesShown;
pub use cliff::CliffShown;
pub use payment::PaymentShown;
pub use sheet::ContractSheet;

use crate::money::{Exact, MoneyError, Pence, Ratio};

/// Exact pence to the nearest whole one.
fn nearest(exact: &Ratio) -> Result<Pence, MoneyError> {
    Exact::whole(Pence::new(1)).times(exact).nearest()
}
