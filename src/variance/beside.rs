//! One question in two phases, partner by partner, and what of it may be compared.

use crate::account::AskedMonths;
use crate::axis::{Months, Period, Phase};
use crate::cube::{Answer, AskError, By, KeyPart, Question};
use crate::money::{MoneyError, Pence};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// A sum of each of the two phases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PhaseSums {
    /// Of the phase that is measured against, such as the budget.
    pub from: Pence,
    /// Of the phase that is measured, such as the outturn.
    pub to: Pence,
}

impl PhaseSums {
    /// The second less the first: above nothing more was spent than planned.
    ///
    /// # Errors
    ///
    /// [`MoneyError`] beyond what an account can hold.
    pub fn variance(&self) -> Result<Pence, MoneyError> {
        less(self.to, self.from)
    }

    fn add(&mut self, other: Self) -> Result<(), MoneyError> {
        self.from = Pence::total([self.from, other.from])?;
        self.to = Pence::total([self.to, other.to])?;
        Ok(())
    }
}

/// One sum less another.
pub(super) fn less(one: Pence, other: Pence) -> Result<Pence, MoneyError> {
    Pence::from_wide(i128::from(one.get()) - i128::from(other.get()))
}

/// One row of what is compared.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct VarianceRow {
    /// The member of each axis that was drilled by.
    pub keys: Vec<Arc<KeyPart>>,
    /// Its sums.
    pub sums: PhaseSums,
}

/// Why a partner's money is not compared.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhyNotCompared {
    /// Only one of the phases has a line of it.
    NotRecorded {
        /// The phase that has none.
        phase: Phase,
    },
    /// The ledgers of the two phases have lines of different months.
    OtherMonths {
        /// Of how many months the first has lines, and the second.
        months: (u16, u16),
        /// Of how many were asked for.
        of: u16,
    },
}

/// A partner whose money is not compared.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct NotCompared {
    /// The partner, or the gap that stands for it.
    pub partner: Arc<KeyPart>,
    /// Its sums.
    pub sums: PhaseSums,
    /// Why.
    pub why: WhyNotCompared,
}

/// One question in two phases.
///
/// # Example
///
/// ```
/// use wholeplace::{Boundary, By, Cube, Phase, Place, PlaceAccount};
/// use wholeplace::variance::Variance;
/// let place = Place::open("examples/data/partners")?;
/// let cube = Cube::build(&PlaceAccount::load(&place)?)?;
/// let question = cube.ask().period("2024-25".parse()?).boundary(Boundary::AllPartners);
/// let variance = Variance::between(Phase::Budget, Phase::Outturn, &question, &[By::Partner])?;
/// // Nobody has written down a budget: all is told, and none of it compared.
/// assert!(variance.rows.is_empty());
/// assert_eq!(variance.whole().to.to_string(), "£878,997.00");
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Variance {
    /// Measured against.
    pub from: Phase,
    /// Measured.
    pub to: Phase,
    /// The axes of the rows.
    pub axes: Vec<String>,
    /// The question in words, without a phase.
    pub question: BTreeMap<String, String>,
    /// What is compared.
    pub rows: Vec<VarianceRow>,
    /// All of that.
    pub compared: PhaseSums,
    /// Partners whose money is not.
    pub not_compared: Vec<NotCompared>,
    /// All of both: what the same question answers of each phase.
    whole: PhaseSums,
    /// Why months that differ are compared all the same, if somebody said so.
    pub although_months_differ: Option<String>,
}

impl Variance {
    /// Asks a question of two phases, drilled by some axes; those that it is drilled by already count for nothing,
    /// and neither does its phase.
    ///
    /// A partner is compared where both phases have lines of it, of the same months of the period. What of the
    /// others is recorded stands in [`Variance::not_compared`].
    ///
    /// # Errors
    ///
    /// As [`Question::answer`].
    pub fn between(
        from: Phase,
        to: Phase,
        question: &Question<'_>,
        by: &[By],
    ) -> Result<Self, AskError> {
        Self::of(from, to, question, by, None)
    }

    /// The same where months that differ do not matter, such as an annual budget beside payments that came late;
    /// the reason is told with the figures.
    ///
    /// # Errors
    ///
    /// As [`Question::answer`].
    pub fn although_months_differ(
        from: Phase,
        to: Phase,
        question: &Question<'_>,
        by: &[By],
        reason: &str,
    ) -> Result<Self, AskError> {
        let reason = crate::finding::plain(reason.trim()).into_owned();
        Self::of(from, to, question, by, Some(reason))
    }

    fn of(
        from: Phase,
        to: Phase,
        question: &Question<'_>,
        by: &[By],
        although_months_differ: Option<String>,
    ) -> Result<Self, AskError> {
        // The partner stands outermost, so that rows of each sum to it, and partners to the whole.
        let inner = by.iter().filter(|by| !matches!(by, By::Partner));
        let drill: Vec<By> = std::iter::once(By::Partner).chain(inner.cloned()).collect();
        let ask = |phase| {
            let question = question.clone().undrilled().phase(phase);
            question.by(drill.clone()).answer()
        };
        let (first, second) = (ask(from)?, ask(to)?);
        // A question without one has no answer.
        let period = question.cut().period;
        let partners = partners(&first, &second)?;
        let mut rows: BTreeMap<Vec<Arc<KeyPart>>, PhaseSums> = BTreeMap::new();
        let (mut compared, mut not_compared) = (PhaseSums::default(), Vec::new());
        let mut is_compared: BTreeSet<&str> = BTreeSet::new();
        for (code, one) in &partners {
            let months = (months(&first, code, period), months(&second, code, period));
            match one.why_not([from, to], months, although_months_differ.is_some()) {
                None => {
                    is_compared.insert(code);
                    compared.add(one.sums)?;
                }
                Some(why) => not_compared.push(NotCompared {
                    partner: Arc::clone(&one.partner),
                    sums: one.sums,
                    why,
                }),
            }
        }
        // By the axes that were asked for: without the partner where nobody asked for it.
        let named = by.iter().any(|by| matches!(by, By::Partner));
        let skipped = usize::from(!named);
        for (answer, is_first) in [(&first, true), (&second, false)] {
            for row in &answer.rows {
                let Some(partner) = row.keys.first() else {
                    continue;
                };
                if !is_compared.contains(partner.code.as_str()) {
                    continue;
                }
                let keys = row.keys.iter().skip(skipped).cloned().collect();
                rows.entry(keys)
                    .or_default()
                    .add(of_phase(row.figure.amount, is_first))?;
            }
        }
        let mut question = first.question.clone();
        question.remove("phase");
        Ok(Self {
            from,
            to,
            axes: first.axes.iter().skip(skipped).cloned().collect(),
            question,
            rows: (rows.into_iter())
                .map(|(keys, sums)| VarianceRow { keys, sums })
                .collect(),
            compared,
            not_compared,
            whole: PhaseSums {
                from: first.total.amount,
                to: second.total.amount,
            },
            although_months_differ,
        })
    }

    /// All of both phases: what is compared and what is not.
    #[must_use]
    pub fn whole(&self) -> PhaseSums {
        self.whole
    }
}

/// What both phases have of one partner.
struct OfPartner {
    partner: Arc<KeyPart>,
    sums: PhaseSums,
    /// Whether each phase has lines of it.
    recorded: [bool; 2],
}

impl OfPartner {
    fn why_not(
        &self,
        phases: [Phase; 2],
        (first, second): (OfMonths, OfMonths),
        although_months_differ: bool,
    ) -> Option<WhyNotCompared> {
        let silent = phases.into_iter().zip(self.recorded);
        if let Some((phase, _)) = silent.into_iter().find(|(_, recorded)| !recorded) {
            return Some(WhyNotCompared::NotRecorded { phase });
        }
        if first.months == second.months || although_months_differ {
            return None;
        }
        Some(WhyNotCompared::OtherMonths {
            months: (first.months.count(), second.months.count()),
            of: first.of,
        })
    }
}

/// The months of a period of which a partner has lines.
struct OfMonths {
    months: Months,
    of: u16,
}

/// The months of which a phase has lines of a partner: all of them where nothing says otherwise.
fn months(answer: &Answer, partner: &str, period: Option<Period>) -> OfMonths {
    let asked: Option<&AskedMonths> = answer.months.as_deref();
    let mut found = Months::default();
    let mut is_told = false;
    for ledger in asked.iter().flat_map(|asked| &asked.ledgers) {
        if ledger.partner == partner {
            is_told = true;
            found.add_all(&ledger.months);
        }
    }
    if let (false, Some(period)) = (is_told, period) {
        found.add(period);
    }
    OfMonths {
        of: period.map_or(0, Period::months),
        months: found,
    }
}

fn of_phase(amount: Pence, is_first: bool) -> PhaseSums {
    match is_first {
        true => PhaseSums {
            from: amount,
            to: Pence::ZERO,
        },
        false => PhaseSums {
            from: Pence::ZERO,
            to: amount,
        },
    }
}

/// Every partner of either phase, by its code.
fn partners(first: &Answer, second: &Answer) -> Result<BTreeMap<String, OfPartner>, AskError> {
    let mut partners: BTreeMap<String, OfPartner> = BTreeMap::new();
    for (phase, answer) in [first, second].into_iter().enumerate() {
        for row in &answer.rows {
            let Some(partner) = row.keys.first() else {
                continue;
            };
            let one = partners
                .entry(partner.code.clone())
                .or_insert_with(|| OfPartner {
                    partner: Arc::clone(partner),
                    sums: PhaseSums::default(),
                    recorded: [false; 2],
                });
            one.sums.add(of_phase(row.figure.amount, phase == 0))?;
            if let Some(recorded) = one.recorded.get_mut(phase) {
                *recorded |= row.figure.lines > 0;
            }
        }
    }
    Ok(partners)
}

impl fmt::Display for WhyNotCompared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRecorded { phase } => write!(f, "no {phase} is recorded"),
            Self::OtherMonths {
                months: (one, other),
                of,
            } if one == other => write!(f, "each has {one} of {of} months, and other ones"),
            Self::OtherMonths {
                months: (one, other),
                of,
            } => write!(f, "of {one} and of {other} of {of} months"),
        }
    }
}
