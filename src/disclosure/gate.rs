//! The gate: what is told is a figure that was planned and that the pattern shows; nothing else is.

use super::DisclosureError;
use super::counted::Counted;
use super::figure::{Aspect, ToldFigure};
use super::pattern::{Audited, Fate};
use super::plan::{AskedOf, Asker, Entry, FigureKey, Plan, why_of};
use super::policy::{DisclosurePolicy, KnownLedger};
use super::private::PrivateMoney;
use super::telling::{Telling, ToldAnswer, Which};
use super::why::Why;
use crate::cube::{Answer, Cube, Figure, Question};
use std::fmt;

/// Tells what a pattern shows.
///
/// A figure without an entry in the plan is withheld: what is not known to be safe is not told.
pub struct Gate<'a> {
    asker: Asker<'a>,
    plan: &'a Plan,
    audited: &'a Audited,
}

impl fmt::Debug for Gate<'_> {
    /// Says how much is withheld, and nothing of any money.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gate")
            .field("withholding", &self.withholding())
            .finish_non_exhaustive()
    }
}

/// How much of what would be told is withheld.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Withholding {
    /// Figures that are told somewhere, each counted once.
    pub figures: usize,
    /// Of these, those whose sum is withheld.
    pub withheld: usize,
    /// Of those whose sum is told, those of which something else is withheld: how it is known, or what stands beside.
    pub in_part: usize,
}

impl<'a> Gate<'a> {
    /// A gate for questions to this cube. `audited` is a pattern of the system of `plan`, which was
    /// proved.
    #[must_use]
    pub fn new(
        cube: &'a Cube,
        policy: &'a DisclosurePolicy,
        private: &'a PrivateMoney,
        plan: &'a Plan,
        audited: &'a Audited,
    ) -> Self {
        Self {
            asker: Asker::new(cube, policy, private),
            plan,
            audited,
        }
    }

    /// How much of what was planned is withheld.
    #[must_use]
    pub fn withholding(&self) -> Withholding {
        let mut all = Withholding::default();
        for entry in self.plan.entries() {
            let mut withheld = entry
                .iter()
                .filter(|(_, entry)| self.why(**entry).is_some());
            all.figures += 1;
            if entry
                .get(&Aspect::Sum)
                .is_some_and(|sum| self.why(*sum).is_some())
            {
                all.withheld += 1;
            } else if withheld.next().is_some() {
                all.in_part += 1;
            }
        }
        all
    }

    /// Why one sum of a figure is not told; nothing where it is.
    fn why(&self, entry: Entry) -> Option<Why> {
        let line = match entry {
            Entry::Never(why) => return Some(why),
            Entry::Line(line) => line,
        };
        match self.audited.pattern().fates.get(line as usize) {
            Some(Fate::Shown) => None,
            Some(Fate::Withheld(why)) => Some(why_of(*why)),
            None => Some(Why::Untried),
        }
    }

    fn figure(&self, key: &FigureKey, figure: &Figure, empty: bool) -> ToldFigure {
        let Some(entry) = self.plan.entry(key) else {
            return ToldFigure::of_none(Why::Untried);
        };
        if empty {
            return ToldFigure::withheld(figure, Why::Empty);
        }
        let told = ToldFigure::of(figure, entry.is_empty(), |aspect| {
            self.why(*entry.get(&aspect)?)
        });
        if self.asker.residents_are_public() {
            told
        } else {
            told.without_residents()
        }
    }
}

impl Telling for Gate<'_> {
    fn tell(&self, question: &Question<'_>, answer: Answer) -> Result<ToldAnswer, DisclosureError> {
        if self.asker.all_public() {
            return Ok(ToldAnswer::open(answer));
        }
        let asked = AskedOf::new(question)?;
        let open = self.is_open(question)?;
        // A note that names a sum was made of what was asked, unless the pack's authors wrote it.
        let authored = question.cube().place().notes();
        let notes: Vec<String> = (answer.notes.iter())
            .filter(|note| open || !note.contains('£') || authored.contains(note))
            .cloned()
            .collect();
        let mut told = ToldAnswer::of(answer, open, |which, figure| {
            let keys = match which {
                Which::Row(_, keys) => keys,
                Which::Total | Which::Complement => &[],
            };
            let empty = figure.is_nothing() && self.asker.hides_empty(question, keys);
            self.figure(&asked.figure(which), figure, empty)
        });
        told.notes = notes;
        // Steps from the files are sums of whole ledgers, of those that are not public too.
        told.reconciliation = None;
        Ok(told)
    }

    fn is_open(&self, question: &Question<'_>) -> Result<bool, DisclosureError> {
        Ok(!self.plan.leaves_out(question) && !self.asker.of(question)?.touched)
    }

    fn ledger_is_public(&self, ledger: &str) -> bool {
        self.asker
            .policy()
            .ledger(ledger)
            .is_some_and(KnownLedger::is_public)
    }

    fn all_public(&self) -> bool {
        self.asker.all_public()
    }

    fn withholds_count(&self, indicator: &str, is_published: bool, of: Counted) -> Option<Why> {
        (self.asker.policy()).withholds_count(indicator, is_published, of)
    }
}
