//! Which figures a site tells, and which share of which private sums each of them is.
//!
//! A site is built twice. The first time a [`Planner`] notes each figure that is asked for, and what is built is
//! thrown away; the second time a [`Gate`](super::Gate) looks each figure up. So the same code asks both times, and
//! no kind of page can be forgotten.

mod key;
mod asker;
mod noted;
mod system;

pub(super) use asker::Asker;
pub(super) use key::{AskedOf, FigureKey};
pub(super) use system::why_of;

use super::DisclosureError;
use super::counted::Counted;
use super::figure::Aspect;
use super::pattern::{
    Audited, Effort, Keep, PatternError, System, ToldLine, audit, protect, too_fine,
};
use super::policy::{DisclosurePolicy, KindOfFigure};
use super::private::PrivateMoney;
use super::telling::{Telling, ToldAnswer, Which};
use super::why::Why;
use crate::cube::{Answer, Cube, Question};
use crate::money::Ratio;
use key::kinds_of;
use noted::Noted;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// Notes which figures are told, and what of them is private.
///
/// # Example
///
/// ```
/// use wholeplace::disclosure::{DisclosurePolicy, Planner, PrivateMoney, Telling};
/// # use wholeplace::{Boundary, By, Cube, Phase, Place, PlaceAccount};
/// # let place = Place::open("examples/data/partners")?;
/// # let account = PlaceAccount::load(&place)?;
/// # let cube = Cube::build(&account)?;
/// let policy = DisclosurePolicy::open(&place)?;
/// let private = PrivateMoney::of(&account, &policy)?;
/// let planner = Planner::new(&cube, &policy, &private);
/// let year = cube.ask().period("2024-25".parse()?).phase(Phase::Outturn);
/// let question = year.boundary(Boundary::AllPartners).by([By::Partner]);
/// planner.tell(&question, question.answer()?)?;
/// let plan = planner.plan()?;
/// // The total, and a row for each partner that spends.
/// assert_eq!(plan.figures(), 6);
/// # Ok::<(), wholeplace::Error>(())
/// ```
pub struct Planner<'a> {
    asker: Asker<'a>,
    noted: Mutex<Noted>,
}

impl fmt::Debug for Planner<'_> {
    /// Says what it is, and nothing of any money.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Planner").finish_non_exhaustive()
    }
}

impl<'a> Planner<'a> {
    /// Nothing is noted yet. `cube` is the one that all questions are put to.
    #[must_use]
    pub fn new(cube: &'a Cube, policy: &'a DisclosurePolicy, private: &'a PrivateMoney) -> Self {
        Self {
            asker: Asker::new(cube, policy, private),
            noted: Mutex::new(Noted::default()),
        }
    }

    /// What was noted, as a system to be protected.
    ///
    /// Kinds of figures that tell too fine shares of too small a sum are left out as wholes
    /// ([`too_fine`]); [`Plan::left_out`] names them.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::Money`] where a sum is beyond 64 bits of pence.
    pub fn plan(&self) -> Result<Plan, DisclosureError> {
        let noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        let policy = self.asker.policy();
        let mut left_out = BTreeSet::new();
        loop {
            let plan = system::plan(&noted, policy, self.asker.private(), left_out.clone())?;
            let kinds = too_fine(plan.system()).unwrap_or_default();
            let kinds = (kinds.iter()).filter_map(|&kind| {
                let kind = plan.system().kinds.get(usize::from(kind))?;
                KindOfFigure::read(&kind.name).ok()
            });
            let before = left_out.len();
            left_out.extend(kinds.filter(|kind| !policy.kept().always.contains(kind)));
            if left_out.len() == before {
                return Ok(plan);
            }
        }
    }
}

impl Telling for Planner<'_> {
    fn tell(&self, question: &Question<'_>, answer: Answer) -> Result<ToldAnswer, DisclosureError> {
        let asked = AskedOf::new(question)?;
        let of = self.asker.of(question)?;
        let (whole, rows) = kinds_of(question);
        {
            let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
            noted.note(asked.figure(Which::Total), &whole, of.total());
            if answer.complement.is_some() {
                noted.note(asked.figure(Which::Complement), &whole, of.complement());
            }
            for (number, row) in answer.rows.iter().enumerate() {
                let key = asked.figure(Which::Row(number, &row.keys));
                if !noted.knows(&key) {
                    noted.note(key, &rows, of.row(&row.keys));
                }
            }
        }
        Ok(ToldAnswer::open(answer))
    }

    fn is_open(&self, question: &Question<'_>) -> Result<bool, DisclosureError> {
        Ok(!self.asker.of(question)?.touched)
    }

    fn ledger_is_public(&self, ledger: &str) -> bool {
        let known = self.asker.policy().ledger(ledger);
        known.is_some_and(super::policy::KnownLedger::is_public)
    }

    fn all_public(&self) -> bool {
        self.asker.all_public()
    }

    // Each count is told or not by itself, and ties no other.
    fn withholds_count(&self, _: &str, _: bool, _: Counted) -> Option<Why> {
        None
    }
}

/// The figures that a site tells, and the system of their private parts.
#[derive(Clone, Debug)]
pub struct Plan {
    system: System,
    /// The lines at the start of the system that are known before anything is told.
    beforehand: usize,
    entries: BTreeMap<FigureKey, BTreeMap<Aspect, Entry>>,
    left_out: BTreeSet<KindOfFigure>,
}

/// What decides whether one sum of a figure is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A line of the system.
    Line(u32),
    /// It is not told, whatever the system says.
    Never(Why),
}

impl Plan {
    /// The private sums, and the lines that would be told of them.
    #[must_use]
    pub fn system(&self) -> &System {
        &self.system
    }

    /// Which of the figures are told, with the proof that no more can be worked out from them.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::NotProtected`], which names the figures that are in the way; [`DisclosureError::Pattern`].
    pub fn protect(&self, effort: Effort) -> Result<Audited, DisclosureError> {
        let pattern = protect(&self.system, effort);
        let audited = pattern.and_then(|pattern| audit(&self.system, pattern));
        audited.map_err(|error| {
            let lines = match &error {
                PatternError::AlwaysSensitive { lines } => lines,
                PatternError::NoMove { in_the_way, .. } => in_the_way,
                _ => return error.into(),
            };
            let figures = lines.iter().flat_map(|line| self.named(*line)).collect();
            DisclosureError::NotProtected {
                why: Box::new(error),
                figures,
            }
        })
    }

    /// The figures of which a line is the private part, as they are asked for.
    fn named(&self, line: u32) -> Vec<String> {
        let is_of = |entry: &BTreeMap<Aspect, Entry>| {
            entry.values().any(|entry| *entry == Entry::Line(line))
        };
        let figures = self.entries.iter().filter(|(_, entry)| is_of(entry));
        let mut named: Vec<String> = figures.map(|(key, _)| key.to_string()).collect();
        if (line as usize) < self.beforehand {
            named.push("what is known before anything is told".to_owned());
        }
        named
    }

    /// For each line of the system the figures of which it is the private part, in words that are the same in every
    /// edition.
    pub(super) fn figures_by_line(&self) -> BTreeMap<u32, Vec<String>> {
        let mut figures: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for (key, of_figure) in &self.entries {
            for (aspect, entry) in of_figure {
                if let Entry::Line(line) = entry {
                    let of_line = figures.entry(*line).or_default();
                    of_line.push(system::figure_text(key, *aspect));
                }
            }
        }
        figures
    }

    /// This plan with the figures of another one that it has not, as lines at the end of the system; with the
    /// numbers of those lines. Both are of the same private money.
    pub(super) fn with(&self, later: &Self) -> (Self, Vec<u32>) {
        let mut all = self.clone();
        let mut numbers: HashMap<Vec<(u32, Ratio)>, u32> = (0u32..)
            .zip(&self.system.lines)
            .map(|(number, line)| (line.shares.clone(), number))
            .collect();
        let mut added = Vec::new();
        for (key, of_figure) in &later.entries {
            if self.entries.contains_key(key) {
                continue;
            }
            let entries = of_figure.iter().map(|(aspect, entry)| {
                let Entry::Line(line) = entry else {
                    return (*aspect, *entry);
                };
                let Some(line) = later.system.lines.get(*line as usize) else {
                    return (*aspect, Entry::Never(Why::Untried));
                };
                let number = *numbers.entry(line.shares.clone()).or_insert_with(|| {
                    let number = u32::try_from(all.system.lines.len()).unwrap_or(u32::MAX);
                    let kind = u16::try_from(all.system.kinds.len()).unwrap_or(u16::MAX);
                    let of_kind = later.system.kinds.get(usize::from(line.kind));
                    all.system.kinds.extend(of_kind.cloned());
                    all.system.lines.push(ToldLine {
                        shares: line.shares.clone(),
                        kind,
                        keep: Keep::IfPossible,
                    });
                    added.push(number);
                    number
                });
                (*aspect, Entry::Line(number))
            });
            let entries = entries.collect();
            all.entries.insert(key.clone(), entries);
        }
        (all, added)
    }

    /// The same without lines at the end of the system: their figures are never told.
    pub(super) fn without(mut self, kept: usize, why: Why) -> Self {
        self.system.lines.truncate(kept);
        for entry in self.entries.values_mut().flat_map(BTreeMap::values_mut) {
            if matches!(entry, Entry::Line(line) if *line as usize >= kept) {
                *entry = Entry::Never(why);
            }
        }
        self
    }

    /// The kinds of figures of which none is told, because some of them tell shares of a protected sum that are too fine
    /// for it. Figures of a kind are closed to whole pence together, so that all of them go.
    #[must_use]
    pub fn left_out(&self) -> &BTreeSet<KindOfFigure> {
        &self.left_out
    }

    /// Whether a question has figures of such a kind.
    pub(super) fn leaves_out(&self, question: &Question<'_>) -> bool {
        let (whole, rows) = kinds_of(question);
        self.left_out.contains(&whole) || self.left_out.contains(&rows)
    }

    /// How many figures are told somewhere, each counted once.
    #[must_use]
    pub fn figures(&self) -> usize {
        self.entries.len()
    }

    /// How many lines of the system are known before anything is told; they are its first.
    #[must_use]
    pub fn known_beforehand(&self) -> usize {
        self.beforehand
    }

    /// What decides of a figure, aspect by aspect: an aspect that is not named is public. Nothing for a figure
    /// that was not planned.
    pub(super) fn entry(&self, key: &FigureKey) -> Option<&BTreeMap<Aspect, Entry>> {
        self.entries.get(key)
    }

    /// Each figure with what decides of it.
    pub(super) fn entries(&self) -> impl Iterator<Item = &BTreeMap<Aspect, Entry>> {
        self.entries.values()
    }
}
