//! One account of the place: every ledger read, placed and held together.
//!
//! What a partner pays another is in both their ledgers. The account keeps every line, as each
//! partner wrote it, and says which of them are payments between partners. What of that counts is
//! the question's: it names a [`Boundary`], and payments between insiders are eliminated then.
//!
//! **Invariant:** the lines of the account are all lines of all ledgers, less those that are not spending and
//! those that finer lines replace, each of which is named in the reconciliation with its pence; a line that
//! finer ones lie inside counts with what they leave of it.

mod read_twice;
mod rest;
mod replacement;
mod boundary;
mod recorded_months;
mod asked_months;
mod standing;
mod transfers;
mod coverage;
mod partner_payments;
mod funding;
mod not_read;

pub(crate) use asked_months::WhoseMonths;
pub use asked_months::{AskedMonths, MonthCount, PartnerMonths};
pub use boundary::{Boundary, Insiders};
pub use funding::{
    Attribution, Balance, Balances, Flows, FollowBack, FundingError, PartnerSum, PoolStatement,
    PoolYear, Shares, SourcesAndUses,
};
pub use not_read::NotRead;
pub use recorded_months::{LedgerMonths, RecordedMonths, RecordedYear};
pub(crate) use recorded_months::{OfLedger, OfMonths};
pub(crate) use replacement::Replacing;
pub(crate) use standing::{Figures, Held, Payment, Stand, Standing, Standings};
pub use transfers::{
    AgreedTerms, FigureReason, Match, MatchKind, MatchLine, MissingSide, PairKind, PairStatement,
    PairYear, PartnerName, TransferLine, Transfers,
};

use crate::axis::Resource;
use crate::counterparty::{Beaten, Recognised};
use crate::crosswalk::{Coding, ExcludedMoney, MappedLedger, UnmappedCode};
use crate::finding::{Finding, Findings, Position, Severity};
use crate::ledger::{Control, Ledger, LedgerError, LedgerSpec, LineRef, OnProgress, Reader};
use crate::money::{MoneyError, Pence, assert_conserved};
use crate::place::{LedgerPlan, Place};
use crate::reconciliation::{Difference, Reconciliation, Step};
use partner_payments::{Between, without_agreement};
use replacement::ReplacedLines;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Why an account could not be formed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AccountError {
    /// A ledger could not be read.
    #[error("ledger `{ledger}`: {source}")]
    Ledger {
        /// Its code in the pack.
        ledger: String,
        /// Why.
        source: LedgerError,
    },
    /// The account is larger than 64 bits of pence.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// What all partners recorded, each line with its coordinates.
///
/// # The account is gross
///
/// A grant from the council to a charity stands in the council's ledger as spending, and what
/// the charity does with it stands in the charity's. Both lines are in the account, and
/// [`PlaceAccount::total`] adds both. A question with a boundary around the two eliminates one.
#[derive(Debug)]
pub struct PlaceAccount {
    place: Arc<Place>,
    ledgers: Vec<MappedLedger>,
    replaced: Vec<ReplacedLines>,
    recognised: Vec<Recognised>,
    transfers: Transfers,
    recorded_months: RecordedMonths,
    total: Pence,
    lines: u64,
    findings: Findings,
    reconciliation: Reconciliation,
}

/// Some lines of one ledger that follow each other.
#[derive(Clone, Debug)]
pub(crate) struct LineRun {
    ledger: usize,
    lines: Range<usize>,
}

impl LineRun {
    /// The place of the ledger among those of the account.
    pub(crate) fn ledger(&self) -> usize {
        self.ledger
    }

    /// How many lines.
    pub(crate) fn len(&self) -> usize {
        self.lines.len()
    }
}

/// Ledgers while they are placed, one after another.
struct Placing {
    ledgers: Vec<MappedLedger>,
    recognised: Vec<Recognised>,
    beaten: Vec<Beaten>,
    findings: Findings,
}

impl Placing {
    fn new(place: &Place) -> Self {
        Self {
            ledgers: Vec::with_capacity(place.ledgers().len()),
            recognised: Vec::new(),
            beaten: Vec::new(),
            findings: place.findings().clone(),
        }
    }

    /// Places the lines of a ledger, of which all files were read if it is `whole`.
    fn place(
        &mut self,
        place: &Place,
        plan: &LedgerPlan,
        ledger: Ledger,
        whole: bool,
    ) -> Result<(), AccountError> {
        self.findings.append(ledger.findings().clone());
        let (mapped, unmapped) =
            (plan.crosswalk).map(ledger, plan.phase, place.axes(), place.mixes())?;
        self.findings.append(unmapped);
        if whole {
            self.findings.append(plan.crosswalk.without_effect(&mapped));
        }
        let lines = place.counterparties().recognise(
            mapped.ledger(),
            &place.axes().partners,
            |line| mapped.partner(line),
            |line| mapped.period(line),
        );
        self.findings.append(lines.findings);
        self.recognised.extend(lines.recognised);
        self.beaten.extend(lines.beaten);
        self.ledgers.push(mapped.with_flows(lines.flows));
        Ok(())
    }

    /// The account of all of them, of which these are `complete`.
    fn account(
        mut self,
        place: &Arc<Place>,
        complete: Vec<&LedgerPlan>,
    ) -> Result<PlaceAccount, AccountError> {
        for rule in &self.recognised {
            self.findings.append(without_agreement(rule, place));
        }
        let read = self.ledgers.iter().map(MappedLedger::ledger);
        let nowhere = place.counterparties().met_nowhere(read, &self.beaten);
        self.findings.append(nowhere);
        let mut account = PlaceAccount::of(place, self.ledgers, self.recognised, self.findings)?;
        // What a pack says of a whole ledger says nothing of a part of it.
        for plan in complete {
            (account.recorded_months).complete(&plan.id, &plan.complete);
        }
        Ok(account)
    }
}

/// What becomes of a ledger that cannot be read as it is.
type Refused<'a> =
    dyn FnMut(&LedgerSpec, LedgerError) -> Result<Option<LedgerSpec>, AccountError> + 'a;

impl PlaceAccount {
    /// Reads all ledgers of a place. Faults in the data are in [`PlaceAccount::findings`].
    ///
    /// # Errors
    ///
    /// [`AccountError::Ledger`] when a ledger cannot be read at all, or holds an extract that
    /// was already read.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::account::PlaceAccount;
    /// use wholeplace::place::Place;
    /// let place = Place::open("examples/data/partners")?;
    /// let account = PlaceAccount::load(&place)?;
    /// assert!(account.reconciliation().holds());
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn load(place: &Arc<Place>) -> Result<Self, AccountError> {
        Self::load_with(place, &|_| ())
    }

    /// [`PlaceAccount::load`], telling how far it is: `progress` is called as files are read, from
    /// any thread.
    ///
    /// # Errors
    ///
    /// As [`PlaceAccount::load`].
    pub fn load_with(place: &Arc<Place>, progress: &OnProgress<'_>) -> Result<Self, AccountError> {
        Self::load_files_with(place, |_, _| true, progress)
    }

    /// Reads some files of the ledgers of a place: the month that has arrived, or one half of a
    /// county. `wanted` gets the id of each ledger and the name of each of its files, as messages
    /// show it.
    ///
    /// A ledger of which no file is wanted is not read. Control totals are of whole ledgers, so
    /// those of a ledger that is read in part are not compared, and a notice says so.
    ///
    /// # Errors
    ///
    /// As [`PlaceAccount::load`].
    pub fn load_files(
        place: &Arc<Place>,
        wanted: impl Fn(&str, &str) -> bool,
    ) -> Result<Self, AccountError> {
        Self::load_files_with(place, wanted, &|_| ())
    }

    /// [`PlaceAccount::load_files`], telling how far it is as [`PlaceAccount::load_with`] does.
    ///
    /// # Errors
    ///
    /// As [`PlaceAccount::load`].
    pub fn load_files_with(
        place: &Arc<Place>,
        wanted: impl Fn(&str, &str) -> bool,
        progress: &OnProgress<'_>,
    ) -> Result<Self, AccountError> {
        let refuse = &mut |spec: &LedgerSpec, source: LedgerError| {
            Err(AccountError::Ledger {
                ledger: spec.id.clone(),
                source,
            })
        };
        Self::load_with_refused(place, wanted, progress, refuse)
    }

    /// Reads what can be read of the ledgers of a place, and says what cannot: a file that cannot be
    /// read is left out, and a ledger of which no file can. For looking at a pack while it is
    /// made; figures need [`PlaceAccount::load`], which refuses an account that is not whole.
    ///
    /// # Errors
    ///
    /// [`AccountError::Money`] when the account is larger than 64 bits of pence.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::{account::PlaceAccount, place::Place};
    /// let place = Place::open("examples/data/partners")?;
    /// let (account, not_read) = PlaceAccount::load_readable(&place, &|_| ())?;
    /// assert!(not_read.is_empty());
    /// assert_eq!(account.total(), PlaceAccount::load(&place)?.total());
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn load_readable(
        place: &Arc<Place>,
        progress: &OnProgress<'_>,
    ) -> Result<(Self, Vec<NotRead>), AccountError> {
        let mut not_read = Vec::new();
        let leave_out =
            &mut |spec: &LedgerSpec, error| Ok(not_read::rest(spec, error, &mut not_read));
        let account = Self::load_with_refused(place, |_, _| true, progress, leave_out)?;
        Ok((account, not_read))
    }

    /// Reads some files; `refused` is asked what to read of a ledger that cannot be read as it is.
    fn load_with_refused(
        place: &Arc<Place>,
        wanted: impl Fn(&str, &str) -> bool,
        progress: &OnProgress<'_>,
        refused: &mut Refused<'_>,
    ) -> Result<Self, AccountError> {
        let mut reader = Reader::new().progress(progress);
        let mut placing = Placing::new(place);
        let mut complete: Vec<&LedgerPlan> = Vec::new();
        let mut repeats = Vec::new();
        for plan in place.ledgers() {
            let mut files = plan.files.clone();
            files.retain(|(_, shown)| wanted(&plan.id, shown));
            // A ledger without any file at all is a fault, which the reader tells.
            if files.is_empty() && !plan.files.is_empty() {
                continue;
            }
            let mut spec = LedgerSpec {
                id: plan.id.clone(),
                controls: controls_of(plan, files.len()),
                files,
                layout: plan.layout.clone(),
                repeats: plan.repeats.clone(),
            };
            let ledger = match reader.read(&spec) {
                Ok(ledger) => ledger,
                Err(error) => {
                    let Some(rest) = refused(&spec, error)? else {
                        continue;
                    };
                    spec = LedgerSpec {
                        controls: controls_of(plan, rest.files.len()),
                        ..rest
                    };
                    match reader.read(&spec) {
                        Ok(ledger) => ledger,
                        Err(error) => {
                            refused(&spec, error)?;
                            continue;
                        }
                    }
                }
            };
            let whole = spec.files.len() == plan.files.len();
            if !whole && !plan.controls.is_empty() {
                (placing.findings).push(not_compared(plan, spec.files.len()));
            }
            if whole {
                complete.push(plan);
            }
            placing.place(place, plan, ledger, whole)?;
            repeats.push(plan.repeats.clone());
        }
        let again = read_twice::found(&placing.ledgers, &repeats);
        placing.findings.append(again);
        placing.account(place, complete)
    }

    /// The account of ledgers that were grouped where they lie, in the order of the pack: all its sums
    /// and counts are those of their lines. No line of it can be shown, and payments between partners
    /// are recognised and not matched side by side, which takes lines.
    ///
    /// # Errors
    ///
    /// [`AccountError::Money`].
    pub(crate) fn of_groups(
        place: &Arc<Place>,
        ledgers: Vec<(&LedgerPlan, Ledger)>,
    ) -> Result<Self, AccountError> {
        let mut placing = Placing::new(place);
        let plans = ledgers.iter().map(|(plan, _)| *plan).collect();
        for (plan, ledger) in ledgers {
            placing.place(place, plan, ledger, true)?;
        }
        placing.account(place, plans)
    }

    fn of(
        place: &Arc<Place>,
        ledgers: Vec<MappedLedger>,
        recognised: Vec<Recognised>,
        mut findings: Findings,
    ) -> Result<Self, AccountError> {
        let grouped = ledgers.iter().any(|mapped| mapped.ledger().is_grouped());
        let replaced = replacement::find(place.replacements(), &ledgers, &mut findings)?;
        let runs = runs(&ledgers, LINES_OF_A_THREAD);
        let lines = |run: &LineRun| uncoded(&ledgers, &replaced, run);
        let partners = &place.axes().partners;
        let Between {
            lines,
            held,
            covered,
        } = Between::of(&runs, lines, place)?;
        let recorded_months = RecordedMonths::of(&ledgers, &runs);
        let mut transfers = Transfers::default();
        if !grouped {
            let (matched, unconfirmed) =
                Transfers::match_sides(lines, place.transfers(), partners)?;
            let cash = |partner, phase| held.holds(partner, phase, Resource::Cash);
            transfers = matched.leading(cash);
            findings.append(unconfirmed);
            findings.append(covered.findings(&transfers, cash));
            findings.append(transfers.silent_payees(place.transfers()));
        }
        let mut reconciliation = Reconciliation::default();
        let (mut total, mut count, mut read) = (0i128, 0, 0i128);
        let mut left_out = Vec::new();
        for (mapped, replaced) in ledgers.iter().zip(&replaced) {
            reconciliation.append(mapped.ledger().reconciliation());
            if let Some(step) = mapped.spending_step() {
                reconciliation.push(step);
            }
            reconciliation.push(mapped.step(place.mixes()));
            read += mapped.spent().0;
            let (pence, lines) = replaced.kept(mapped);
            total += pence;
            count += lines;
            left_out.extend(replaced.differences(mapped)?);
            let steps = replaced.steps().iter().cloned();
            steps.for_each(|step| reconciliation.push(step));
        }
        let total = Pence::from_wide(total)?;
        let mut step = Step::new(
            "account: all ledgers, gross",
            Pence::from_wide(read)?,
            total,
        );
        for (name, pence) in left_out {
            step = step.difference(name, pence);
        }
        assert_conserved(
            "the account",
            i128::from(total.get()),
            i128::from(total.get()) - step.unexplained(),
        );
        reconciliation.push(step);
        Ok(Self {
            place: Arc::clone(place),
            ledgers,
            replaced,
            recognised,
            transfers,
            recorded_months,
            total,
            lines: count,
            findings,
            reconciliation,
        })
    }

    /// The place it accounts for.
    #[must_use]
    pub fn place(&self) -> &Arc<Place> {
        &self.place
    }

    /// Its ledgers, in the order of the pack.
    #[must_use]
    pub fn ledgers(&self) -> &[MappedLedger] {
        &self.ledgers
    }

    /// Each line of the account with its ledger and its coordinates; lines that are not spending and
    /// lines that finer ones replace are not among them, and a line that finer ones lie inside has the pence that they leave.
    pub fn lines(&self) -> impl Iterator<Item = (&MappedLedger, LineRef<'_>, Coding)> {
        let runs = self.runs(usize::MAX).into_iter();
        let lines = runs.flat_map(|run| uncoded(&self.ledgers, &self.replaced, &run));
        lines.map(|(mapped, line)| (mapped, line, mapped.coding(&line)))
    }

    /// The lines in runs of at most so many, in order: for coding them on several cores.
    pub(crate) fn runs(&self, longest: usize) -> Vec<LineRun> {
        runs(&self.ledgers, longest)
    }

    /// The lines of a run, as they count, with their ledger; of lines that finer ones replace none.
    pub(crate) fn counted(
        &self,
        run: &LineRun,
    ) -> impl Iterator<Item = (&MappedLedger, LineRef<'_>)> + use<'_> {
        uncoded(&self.ledgers, &self.replaced, run)
    }

    /// The lines of a run, each with the place of its ledger among those of the account.
    pub(crate) fn placed(
        &self,
        run: &LineRun,
    ) -> impl Iterator<Item = (usize, LineRef<'_>, Coding)> + use<'_> {
        let ledger = run.ledger;
        let lines = uncoded(&self.ledgers, &self.replaced, run);
        lines.map(move |(mapped, line)| (ledger, line, mapped.coding(&line)))
    }

    /// What finer lines were taken of a line, as differences from its written amount.
    pub(crate) fn taken_of(&self, of: &MappedLedger, line: &LineRef<'_>) -> Vec<Difference> {
        let ledgers = self.ledgers.iter().zip(&self.replaced);
        let mut ledgers = ledgers.filter(|(mapped, _)| std::ptr::eq(*mapped, of));
        let taken = ledgers
            .next()
            .map(|(_, replaced)| replaced.taken_of(line.index()));
        taken.unwrap_or_default()
    }

    /// The first ledger of which finer lines leave a rest that the size of single lines decides.
    pub(crate) fn rest_by_size(&self) -> Option<&str> {
        let mut ledgers = self.ledgers.iter().zip(&self.replaced);
        let by_size = ledgers.find(|(_, replaced)| replaced.are_by_size());
        by_size.map(|(mapped, _)| mapped.ledger().id())
    }

    /// How many lines are at each place, where the lines are groups of lines; otherwise nothing.
    pub(crate) fn stood_for(&self) -> Option<BTreeMap<Coding, u64>> {
        let mut ledgers = self.ledgers.iter().map(MappedLedger::ledger);
        if !ledgers.any(Ledger::is_grouped) {
            return None;
        }
        let mut counts = BTreeMap::new();
        for (_, line, coding) in self.lines() {
            *counts.entry(coding).or_default() += line.stands_for();
        }
        Some(counts)
    }

    /// The sum of all lines.
    #[must_use]
    pub fn total(&self) -> Pence {
        self.total
    }

    /// How many lines it has.
    #[must_use]
    pub fn line_count(&self) -> u64 {
        self.lines
    }

    /// Codes that no crosswalk knows, with the money under them, most money first.
    #[must_use]
    pub fn unmapped(&self) -> Vec<&UnmappedCode> {
        let mut all: Vec<&UnmappedCode> = self
            .ledgers
            .iter()
            .flat_map(MappedLedger::unmapped)
            .collect();
        all.sort_by_key(|code| std::cmp::Reverse(i128::from(code.pence.get()).abs()));
        all
    }

    /// What is not spending and so not in the account, ledger by ledger, as each rule takes it out.
    pub fn excluded(&self) -> impl Iterator<Item = &ExcludedMoney> {
        self.ledgers.iter().flat_map(MappedLedger::excluded)
    }

    /// What each rule recognised as payments between partners, ledger by ledger.
    #[must_use]
    pub fn recognised(&self) -> &[Recognised] {
        &self.recognised
    }

    /// Payments between partners: both sides held against each other, pair by pair.
    #[must_use]
    pub fn transfers(&self) -> &Transfers {
        &self.transfers
    }

    /// Of which months each ledger has any line.
    #[must_use]
    pub fn recorded_months(&self) -> &RecordedMonths {
        &self.recorded_months
    }

    /// What this load knows of each replacement of the pack.
    pub(crate) fn replacing(&self) -> Result<Vec<Replacing>, MoneyError> {
        replacement::replacing(self.place.replacements(), &self.ledgers, &self.replaced)
    }

    /// What was found wrong in the data, in the order of the ledgers.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// From the files to the account: every step with its named differences.
    #[must_use]
    pub fn reconciliation(&self) -> &Reconciliation {
        &self.reconciliation
    }
}

/// Lines that one thread goes through at a time.
const LINES_OF_A_THREAD: usize = 1 << 16;

/// The lines of ledgers in runs of at most so many, in order.
fn runs(ledgers: &[MappedLedger], longest: usize) -> Vec<LineRun> {
    let of_ledger = |(ledger, mapped): (usize, &MappedLedger)| {
        let count = mapped.ledger().len();
        (0..count).step_by(longest).map(move |start| LineRun {
            ledger,
            lines: start..count.min(start.saturating_add(longest)),
        })
    };
    ledgers.iter().enumerate().flat_map(of_ledger).collect()
}

/// Each line of a run that is spending and that no finer one replaces, as it counts, with its ledger.
fn uncoded<'a>(
    ledgers: &'a [MappedLedger],
    replaced: &'a [ReplacedLines],
    run: &LineRun,
) -> impl Iterator<Item = (&'a MappedLedger, LineRef<'a>)> + use<'a> {
    let (mapped, replaced) = (&ledgers[run.ledger], &replaced[run.ledger]);
    (run.lines.clone())
        .filter_map(|line| mapped.ledger().line(line))
        .filter(|line| mapped.is_spending(line))
        .filter_map(move |line| replaced.counted(mapped, line))
        .map(move |line| (mapped, line))
}

/// The control totals of a ledger of which so many files are read: they are of all.
fn controls_of(plan: &LedgerPlan, files: usize) -> Vec<Control> {
    if files == plan.files.len() {
        plan.controls.clone()
    } else {
        Vec::new()
    }
}

/// Control totals of a ledger that is read in part.
fn not_compared(plan: &LedgerPlan, files: usize) -> Finding {
    Finding {
        rule: "control-totals-not-compared".to_owned(),
        severity: Severity::Notice,
        position: Position::file(format!("ledger `{}`", plan.id)),
        found: format!(
            "{files} of its {} files are read, and its control totals are of all",
            plan.files.len()
        ),
        at_stake: None,
        remedy: "read the whole ledger to compare them".to_owned(),
    }
}
