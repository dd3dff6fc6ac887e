//! Which months each ledger has any line of.
//!
//! A folder with the payments of one month answers a question for a year as readily as twelve do. So the
//! account knows, of each ledger and each partner in it, the months of which it has a line:
//!
//! ```text
//! line of 17 June 2020      the month of June 2020
//! line of 2020-21           all twelve
//! line without a period     none
//! ```
//!
//! The file of June has stray lines of other months: of 16,176 in one, three are of February and March. So
//! lines are counted, and a month is there if it has at least a twentieth of the lines of the fullest month.
//!
//! A month without a line may be missing or empty, and nothing in a file tells which. A pack says of a
//! ledger that its months are all there with `complete`.

use super::LineRun;
use crate::axis::{MemberId, Months, Period, Phase, Placed, Resource};
use crate::crosswalk::MappedLedger;
use crate::text::counted;
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// Of each ledger the months of which it has any line, by partner, phase and resource.
///
/// # Example
///
/// ```
/// use wholeplace::{account::PlaceAccount, place::Place};
/// let place = Place::open("examples/data/partners")?;
/// let account = PlaceAccount::load(&place)?;
/// let recorded = account.recorded_months();
/// let pcc = recorded.ledgers().find(|of| of.ledger == "pcc").unwrap();
/// assert_eq!(pcc.months.within("2024-25".parse()?).count(), 12);
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordedMonths {
    all: BTreeMap<OfLedger, OfMonths>,
}

/// Lines that are told apart: those of one partner in one ledger.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OfLedger {
    /// Code of the ledger; empty where a program placed the lines and named none.
    pub(crate) ledger: String,
    pub(crate) partner: Placed<MemberId>,
    pub(crate) phase: Phase,
    pub(crate) resource: Resource,
}

/// Their months.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OfMonths {
    /// Of lines of a longer period, and those that the pack calls complete.
    pub(crate) whole: Months,
    /// How many lines are of a day or the whole of each month, and of no longer period.
    pub(crate) lines: BTreeMap<Period, u64>,
    /// The months that are there: what follows from the others.
    pub(crate) months: Months,
}

impl OfMonths {
    /// Whether some line is of a day or a month, and not of a longer period.
    pub(crate) fn by_month(&self) -> bool {
        !self.lines.is_empty()
    }

    /// Whether some line is of a period, be it a stray one.
    pub(crate) fn any_of(&self, period: Period) -> bool {
        let (first, last) = (period.first_month(), period.last_month());
        !self.whole.within(period).is_empty() || self.lines.range(first..=last).next().is_some()
    }

    /// Works out which months are there.
    fn settle(&mut self) {
        /// A month with fewer lines than one in so many of the fullest month's has strays only.
        const STRAY: u64 = 20;
        let fullest = self.lines.values().max().copied().unwrap_or(0);
        self.months = self.whole.clone();
        let full = (self.lines.iter()).filter(|(_, lines)| lines.saturating_mul(STRAY) >= fullest);
        full.for_each(|(&month, _)| self.months.add(month));
    }
}

/// The months of which a ledger has any line of a partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LedgerMonths<'a> {
    /// Code of the ledger; empty where a program placed the lines and named none.
    pub ledger: &'a str,
    /// Whose lines.
    pub partner: Placed<MemberId>,
    /// Budget, forecast or outturn.
    pub phase: Phase,
    /// Cash, or something in kind.
    pub resource: Resource,
    /// The months.
    pub months: &'a Months,
    /// Whether some line is of a day or a month, and not of a longer period.
    pub by_month: bool,
}

/// A financial year of which an account has lines: what a program may ask for.
///
/// Prints as `2020-21 outturn (1 of 12 months)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordedYear {
    /// The year.
    pub year: Period,
    /// Budget, forecast or outturn.
    pub phase: Phase,
    /// Of how many of its months some ledger has a line.
    pub months: u16,
}

impl fmt::Display for RecordedYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, phase) = (self.year, self.phase);
        write!(f, "{year} {phase}")?;
        if self.months < year.months() {
            let of = counted(year.months(), "month");
            write!(f, " ({} of {of})", self.months)?;
        }
        Ok(())
    }
}

impl RecordedMonths {
    /// Each ledger, in the order of their codes, with each partner in it.
    pub fn ledgers(&self) -> impl Iterator<Item = LedgerMonths<'_>> {
        self.all.iter().map(|(of, recorded)| LedgerMonths {
            ledger: &of.ledger,
            partner: of.partner,
            phase: of.phase,
            resource: of.resource,
            months: &recorded.months,
            by_month: recorded.by_month(),
        })
    }

    /// The financial years of which there are lines, in order, those of a phase each: what can be
    /// asked for, and of how many months something is there at all.
    ///
    /// Not every ledger need have those months: an answer says which has not.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::{account::PlaceAccount, place::Place};
    /// let place = Place::open("examples/data/shropshire")?;
    /// let years = PlaceAccount::load(&place)?.recorded_months().years();
    /// let years: Vec<String> = years.iter().map(ToString::to_string).collect();
    /// assert!(years.contains(&"2017-18 outturn".to_owned()), "{years:?}");
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn years(&self) -> Vec<RecordedYear> {
        let mut by_phase: BTreeMap<Phase, Months> = BTreeMap::new();
        for (of, recorded) in &self.all {
            let months = by_phase.entry(of.phase).or_default();
            months.add_all(&recorded.months);
        }
        let mut years: Vec<RecordedYear> = Vec::new();
        for (phase, months) in by_phase {
            let mut of_phase: Vec<Period> = (months.spans().iter())
                .flat_map(|span| span.financial_years())
                .collect();
            // Two spans of one year stand next to each other.
            of_phase.dedup();
            years.extend(of_phase.into_iter().map(|year| RecordedYear {
                year,
                phase,
                months: months.within(year).count(),
            }));
        }
        years.sort_by_key(|recorded| (recorded.year, recorded.phase));
        years
    }

    /// From runs of lines, read on all cores.
    pub(super) fn of(ledgers: &[MappedLedger], runs: &[LineRun]) -> Self {
        let found: Vec<_> = (runs.par_iter())
            .map(|run| (run.ledger, kinds(&ledgers[run.ledger], run)))
            .collect();
        let mut recorded = Self::default();
        for (ledger, kinds) in found {
            let mapped = &ledgers[ledger];
            for ((partner, resource, period), lines) in kinds {
                let of = OfLedger {
                    ledger: mapped.ledger().id().to_owned(),
                    partner,
                    phase: mapped.phase(),
                    resource,
                };
                recorded.add(of, period, lines);
            }
        }
        recorded.settled()
    }

    /// Adds some lines of a period; which months are there is known once it is [settled](Self::settled).
    pub(crate) fn add(&mut self, of: OfLedger, period: Placed<Period>, lines: u64) {
        let recorded = self.all.entry(of).or_default();
        match period {
            Placed::On(month) if month.months() == 1 => {
                let known = recorded.lines.entry(month).or_default();
                *known = known.saturating_add(lines);
            }
            Placed::On(period) => recorded.whole.add(period),
            Placed::Gap(_) => {}
        }
    }

    /// With the months that are there.
    pub(crate) fn settled(mut self) -> Self {
        self.all.values_mut().for_each(OfMonths::settle);
        self
    }

    /// Takes the word of a pack that a ledger has everything of these periods.
    pub(super) fn complete(&mut self, ledger: &str, periods: &[Period]) {
        for (_, recorded) in (self.all.iter_mut()).filter(|(of, _)| of.ledger == ledger) {
            (periods.iter()).for_each(|&period| recorded.whole.add(period));
            recorded.settle();
        }
    }

    /// What two loads have together.
    pub(crate) fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        for (of, recorded) in &other.all {
            let known = both.all.entry(of.clone()).or_default();
            known.whole.add_all(&recorded.whole);
            for (&month, lines) in &recorded.lines {
                let known = known.lines.entry(month).or_default();
                *known = known.saturating_add(*lines);
            }
        }
        both.settled()
    }

    /// Everything that is known, for saving it.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&OfLedger, &OfMonths)> {
        self.all.iter()
    }

    /// What was saved; each kind of lines once and in order.
    pub(crate) fn from_saved(all: Vec<(OfLedger, OfMonths)>) -> Option<Self> {
        let in_order = all.is_sorted_by(|(one, _), (other, _)| one < other);
        let all = all.into_iter().collect();
        in_order.then(|| Self { all }.settled())
    }

    /// Whether nothing is known.
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// What tells some lines of one ledger apart.
type Kind = (Placed<MemberId>, Resource, Placed<Period>);

/// The same as two numbers: each line is hashed.
fn words((partner, resource, period): Kind) -> (u64, u64) {
    (
        partner.word(|member| member.0) | (resource as u64) << 40,
        period.word(Period::packed),
    )
}

/// How many of some lines of one ledger are of each kind.
fn kinds(mapped: &MappedLedger, run: &LineRun) -> BTreeMap<Kind, u64> {
    let mut kinds: HashMap<(u64, u64), (Kind, u64), FixedState> = HashMap::default();
    let mut add = |kind: Kind, lines: u64| kinds.entry(words(kind)).or_insert((kind, 0)).1 += lines;
    // Ledgers repeat themselves.
    let mut last: Option<(Kind, u64)> = None;
    for line in (run.lines.clone()).filter_map(|line| mapped.ledger().line(line)) {
        let kind = (
            mapped.partner(&line),
            mapped.resource(&line),
            mapped.period(&line),
        );
        let stands_for = line.stands_for();
        match &mut last {
            Some((known, lines)) if *known == kind => *lines += stands_for,
            _ => {
                if let Some((known, lines)) = last.replace((kind, stands_for)) {
                    add(known, lines);
                }
            }
        }
    }
    if let Some((known, lines)) = last {
        add(known, lines);
    }
    kinds.into_values().collect()
}
