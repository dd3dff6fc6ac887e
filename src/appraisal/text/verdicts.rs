//! The same proposal for different purses, as a table and in a sentence.

use crate::appraisal::AppraisalError;
use crate::appraisal::appraise::Appraisal;
use crate::appraisal::overlap::present;
use crate::appraisal::pounds::in_pounds;
use crate::appraisal::verdict::Return;
use crate::money::Ratio;
use crate::table::{Align, Table};
use crate::text::counted;

impl Appraisal<'_> {
    /// The same proposal for different purses.
    ///
    /// # Errors
    ///
    /// As [`Appraisal::verdict`].
    pub fn verdicts_table(&self) -> Result<Table, AppraisalError> {
        let mut table = Table::new("The same proposal for different purses");
        table.column("", Align::Left);
        for heading in [
            "pays",
            "saves",
            "of that cash",
            "saves less pays",
            "return",
            "in cash",
            "pays back",
            "public value",
        ] {
            table.column(heading, Align::Right);
        }
        for verdict in self.verdicts()? {
            table.row([
                verdict.purse.clone(),
                in_pounds(&verdict.cost),
                in_pounds(&verdict.saving),
                in_pounds(&verdict.cash),
                in_pounds(&verdict.net_saving),
                verdict.fiscal_return.to_string(),
                verdict.cash_return.to_string(),
                verdict.payback.stays_discounted.to_string(),
                verdict.public_return.to_string(),
            ]);
        }
        table.note(
            "Pays back: the year from which savings so far stay above costs so far, as of the first year.",
        );
        table.note(
            "Public value: what it is worth to people, and what the purse saves that is no transfer, for a \
             pound that the purse pays; little of it is money.",
        );
        Ok(table)
    }

    /// The answer in a sentence, which always says the whole and the cash.
    ///
    /// # Errors
    ///
    /// As [`Appraisal::verdict`].
    pub fn in_words(&self) -> Result<String, AppraisalError> {
        let whole = self.verdict(&crate::account::Boundary::AllPartners)?;
        let years = counted(self.years.len() as u64, "year");
        let mut words = match (&whole.fiscal_return, &whole.cash_return) {
            (Return::CheaperAnyway, _) => format!(
                "It is cheaper anyway: it costs the public purse {} less than what it replaces, and saves {} over \
                 {years}, {} of it in cash.",
                in_pounds(&Ratio::zero().minus(&whole.cost)),
                in_pounds(&whole.saving),
                in_pounds(&whole.cash)
            ),
            (Return::Of(saved), Return::Of(cash)) => format!(
                "Every pound spent saves the public purse £{} over {years}, £{} of it in cash.",
                saved.to_decimal(2),
                cash.to_decimal(2)
            ),
            _ => format!(
                "It costs the public purse {}, and saves {} over {years}, {} of it in cash.",
                in_pounds(&whole.cost),
                in_pounds(&whole.saving),
                in_pounds(&whole.cash)
            ),
        };
        let loses = self.positions.iter().filter_map(|position| {
            let cost = present(&position.cash_cost, &self.factors);
            let short = cost.minus(&present(&position.cash, &self.factors));
            (short > Ratio::zero()).then(|| {
                format!(
                    "{} ends {} worse off in cash",
                    position.payer.name,
                    in_pounds(&short)
                )
            })
        });
        let loses: Vec<String> = loses.collect();
        if !loses.is_empty() {
            words += &format!(" Before anything is settled {}.", loses.join(", "));
        }
        let refused = self.refused();
        if !refused.is_zero() {
            words += &format!(
                " Savings of {} are refused: they are more than is spent.",
                in_pounds(&refused)
            );
        }
        Ok(words)
    }
}
