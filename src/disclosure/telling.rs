//! Who decides what is told of an answer.
//!
//! Everything that a report shows comes from questions and their answers. Whoever asks hands both to a
//! [`Telling`] and goes on with what it gives back, in which no withheld figure has a number. So one
//! report is built for internal use and for publication, and what is told to whom is decided in one
//! place.
//!
//! ```text
//! Question ─► Answer { rows of Figure } ─► Telling::tell ─► ToldAnswer { rows of ToldFigure } ─► report
//! ```

use super::DisclosureError;
use super::counted::Counted;
use super::figure::ToldFigure;
use super::why::Why;
use crate::account::AskedMonths;
use crate::cube::{Answer, Emptiness, Figure, InKindShown, KeyPart, Question};
use crate::driver::Basis;
use crate::reconciliation::Reconciliation;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Decides what is told of the figures of an answer.
///
/// It is asked the same questions in the same order however often a report is built, so that a first
/// pass can note which figures there are and a second one look each up.
pub trait Telling: Sync {
    /// The answer to a question, each figure as it may be told. `question` is drilled as the answer is:
    /// for one of [`Question::every_subtotal`] by the axes of that answer.
    ///
    /// # Errors
    ///
    /// [`DisclosureError`] when nobody can say what of it may be told.
    fn tell(&self, question: &Question<'_>, answer: Answer) -> Result<ToldAnswer, DisclosureError>;

    /// Whether no money that is not public has any part in what this asks: in no row, beside none, not in
    /// what cannot be placed.
    ///
    /// # Errors
    ///
    /// As [`Telling::tell`].
    fn is_open(&self, question: &Question<'_>) -> Result<bool, DisclosureError>;

    /// Whether lines, codes, counts and files of a ledger may be named.
    fn ledger_is_public(&self, ledger: &str) -> bool;

    /// Whether every ledger is public: then what no rule is tried on is shown too.
    fn all_public(&self) -> bool;

    /// Why a count of an indicator may not be told, nor its rate, limits, place in a funnel, or rank; nothing where
    /// they may. `is_published` says whether somebody else publishes it. Where no rule is tried, what nobody else
    /// publishes is not told.
    fn withholds_count(&self, indicator: &str, is_published: bool, of: Counted) -> Option<Why> {
        let _ = (indicator, of);
        (!is_published && !self.all_public()).then_some(Why::Untried)
    }
}

/// Tells everything: what a release for internal use is built with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Everything;

impl Telling for Everything {
    fn tell(&self, _: &Question<'_>, answer: Answer) -> Result<ToldAnswer, DisclosureError> {
        Ok(ToldAnswer::open(answer))
    }

    fn is_open(&self, _: &Question<'_>) -> Result<bool, DisclosureError> {
        Ok(true)
    }

    fn ledger_is_public(&self, _: &str) -> bool {
        true
    }

    fn all_public(&self) -> bool {
        true
    }
}

/// Which figure of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which<'a> {
    /// That of a row, by its number from 0 and its keys.
    Row(usize, &'a [Arc<KeyPart>]),
    /// The total.
    Total,
    /// Everything of the phase outside the slice.
    Complement,
}

/// An answer as it may be told.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ToldAnswer {
    /// The question in words, axis by axis.
    pub question: BTreeMap<String, String>,
    /// The axes it is drilled by, outermost first.
    pub axes: Vec<String>,
    /// A row for each combination of members.
    pub rows: Vec<ToldRow>,
    /// The slice.
    pub total: ToldFigure,
    /// Everything of the phase outside the slice, when it was asked for.
    pub complement: Option<ToldFigure>,
    /// What is given in kind, counted and not valued.
    pub in_kind: Vec<InKindShown>,
    /// What the drivers follow that may have shared its money.
    pub bases: BTreeSet<Basis>,
    /// Why the answer is nothing, when it is.
    pub emptiness: Option<Emptiness>,
    /// Of which months of the period ledgers have lines, where some have not all.
    pub months: Option<Arc<AskedMonths>>,
    /// What must be said with the figures.
    pub notes: Vec<String>,
    /// From the files to this answer; none where steps may not be told.
    pub reconciliation: Option<Reconciliation>,
    /// Whether every step holds, told or not.
    pub holds: bool,
}

/// One row of an answer as it may be told.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ToldRow {
    /// The member of each drilled axis; rows share them.
    pub keys: Vec<Arc<KeyPart>>,
    /// The figure.
    pub figure: ToldFigure,
}

impl ToldRow {
    /// A row that stands in no answer, or as it may be told.
    #[must_use]
    pub fn new(keys: Vec<Arc<KeyPart>>, figure: ToldFigure) -> Self {
        Self { keys, figure }
    }
}

impl ToldAnswer {
    /// All of an answer.
    #[must_use]
    pub fn open(answer: Answer) -> Self {
        Self::of(answer, true, |_, figure| ToldFigure::open(figure))
    }

    /// An answer of which `tell` says what is told of each figure. `open` says whether the rest of it may be
    /// told: what is given in kind, why it is nothing, notes that name a sum, and every step from the files.
    pub fn of(answer: Answer, open: bool, tell: impl Fn(Which<'_>, &Figure) -> ToldFigure) -> Self {
        let rows = answer.rows.into_iter().enumerate().map(|(number, row)| {
            let figure = tell(Which::Row(number, &row.keys), &row.figure);
            ToldRow::new(row.keys, figure)
        });
        Self {
            rows: rows.collect(),
            total: tell(Which::Total, &answer.total),
            complement: (answer.complement.as_ref()).map(|figure| tell(Which::Complement, figure)),
            question: answer.question,
            axes: answer.axes,
            in_kind: if open { answer.in_kind } else { Vec::new() },
            bases: answer.bases,
            emptiness: answer.emptiness.filter(|_| open),
            months: answer.months,
            // A note that names a sum was made of what was asked.
            notes: (answer.notes.into_iter())
                .filter(|note| open || !note.contains('£'))
                .collect(),
            holds: answer.reconciliation.holds(),
            reconciliation: open.then_some(answer.reconciliation),
        }
    }
}
