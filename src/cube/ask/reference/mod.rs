//! The judge: record by record, exact fractions; and what only lines say, which is told line by line.

mod rules;
mod lines;
mod walk;
mod tally;
mod shares;
mod explain;

pub(in crate::cube::ask) use explain::explain;
pub use explain::{Contribution, Explanation, LineShown, RestShown, ShareStep};
pub use shares::{AnswerSharedBy, AnswerShares, FigureShares, SharedBy, Shares};
pub(in crate::cube::ask) use shares::{shared_by, shares};

use crate::cube::ask::aggregate;
use crate::cube::ask::answer::Answer;
use crate::cube::ask::close::{self, Closed, Totals};
use crate::cube::ask::error::AskError;
use crate::cube::ask::plan::Plan;
use crate::cube::ask::share::{Rows, among_roles};
use crate::money::{Exact, with_pound_sign};
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

/// The answer of a plan whose rows are told apart by what only lines say: its total the quick way, its rows
/// from the lines, every share an exact fraction.
pub fn answer_by_lines(plan: &Plan<'_>) -> Result<Closed, AskError> {
    let total = plan.total();
    let totals = Totals::new(&total, &aggregate::from_cube(&total).1);
    let rows = among_roles(Tally::of_slice(plan), &plan.drill);
    let mut lines = Exact::zero();
    rows.values().for_each(|row| lines.add(&row.exact()));
    let cube = totals.exact_amount();
    let mut left = lines.clone();
    left.add(&cube.negated());
    if !left.is_zero() {
        let pounds = |sum: &Exact| with_pound_sign(&sum.to_pounds(2));
        return Err(AskError::OtherLines {
            lines: pounds(&lines),
            cube: pounds(&cube),
        });
    }
    close::answer(
        plan,
        &totals,
        Some(Rows::from_exact(plan.drill.len(), rows)),
    )
}
