//! The judge: record by record, exact fractions.

mod rules;
mod walk;
mod tally;
mod explain;

pub(in crate::cube::ask) use explain::explain;
pub use explain::{Contribution, Explanation, LineShown, RestShown, ShareStep};

use crate::cube::ask::answer::Answer;
use crate::cube::ask::close::{self, Totals};
use crate::cube::ask::error::AskError;
use crate::cube::ask::plan::Plan;
use crate::cube::ask::share::{Rows, among_roles};
use tally::Tally;

/// The answer of a plan, every record walked and every share an exact fraction.
pub fn answer(plan: &Plan<'_>) -> Result<Answer, AskError> {
    let mut tally = Tally::new(&plan.total());
    let totals = Totals::walked(
        tally::whole(plan),
        tally.rows.remove(&Vec::new()).unwrap_or_default(),
        tally.complement,
        plan.complement,
    );
    let rows = (!plan.drill.is_empty()).then(|| {
        let rows = Tally::new(plan).rows;
        Rows::from_sums(plan.drill.len(), among_roles(rows, &plan.drill))
    });
    Ok(close::answer(plan, &totals, rows)?.answer)
}
