//! What two partners say of the payments between them, side by side.

use super::line::{MatchKind, TransferLine, Year};
use super::pair::Together;
use crate::axis::{FlowKind, MemberId, Period, Phase, Side, Tree};
use crate::money::{MoneyError, Pence, assert_conserved, with_separators};
use crate::place::TransferTerms;
use crate::reconciliation::Step;
use crate::table::{Align, Table};
use crate::text::counted;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A partner of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PartnerName {
    /// Its number in the tree of partners.
    #[serde(skip)]
    pub id: MemberId,
    /// Its code; with its vintage, where it has one.
    pub code: String,
    /// Its name.
    pub name: String,
}

impl PartnerName {
    pub(super) fn of(id: MemberId, partners: &Tree) -> Self {
        let member = partners.get(id);
        let code = if member.vintage.is_empty() {
            member.code.clone()
        } else {
            format!("{}@{}", member.code, member.vintage)
        };
        Self {
            id,
            code,
            name: member.name.clone(),
        }
    }
}

/// What one partner paid another in one phase, as each of the two wrote it down.
///
/// Sums are from payer to payee on both sides; a refund is negative on both.
///
/// # Not an error of either
///
/// A difference does not say who is wrong. Lines of the payee may be missing because it has not
/// been asked, writes them in another year, or does not name who paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PairStatement {
    /// Who pays.
    pub payer: PartnerName,
    /// Who is paid.
    pub payee: PartnerName,
    /// Planned, expected or paid.
    pub phase: Phase,
    /// Whose figure counts where the two differ; the payer's unless something else was agreed, or
    /// the payer's ledger is not held.
    pub figure: Side,
    /// Why that side's.
    pub because: FigureReason,
    /// What was agreed for this pair. None: nothing, so that the payer's figure counts and no
    /// tolerance is given.
    pub terms: Option<AgreedTerms>,
    /// Why the payer's own total is known to hold this money although no line of it names it.
    pub within_payer_total: Option<String>,
    /// Set where one side has no line at all.
    pub missing: Option<MissingSide>,
    /// The payer's figure.
    pub paid: Pence,
    /// The payee's figure.
    pub received: Pence,
    /// The payer's less the payee's.
    pub difference: Pence,
    /// Lines in the payer's ledgers.
    pub paid_lines: u64,
    /// Lines in the payee's ledgers.
    pub received_lines: u64,
    /// By what each side calls the payments, in the order of [`FlowKind`].
    pub kinds: Vec<PairKind>,
    /// By financial year, in order; what has no period comes last.
    pub years: Vec<PairYear>,
    /// Every line of both sides, in one match each: best matches first.
    pub matches: Vec<Match>,
    /// From the payer's figure to the payee's, each difference named.
    pub reconciliation: Step,
}

/// What a pack says of the payments between two partners.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AgreedTerms {
    /// By how many days the two sides of a payment may differ.
    pub days: u32,
    /// By how much they may differ.
    pub pence: Pence,
    /// Where that stands.
    pub position: String,
}

/// Why one side's figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FigureReason {
    /// The pack says so.
    Agreed,
    /// Nothing was agreed.
    Default,
    /// The ledger of the other is not held.
    OnlyLedgerHeld,
}

impl FigureReason {
    /// In words.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Agreed => "as agreed",
            Self::Default => "by default",
            Self::OnlyLedgerHeld => "the only ledger held",
        }
    }
}

/// A side of which there is no line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MissingSide {
    /// The side without lines.
    pub side: Side,
    /// How many lines of other transfers with the same partner its ledgers hold: other phases,
    /// or the other way round. None at all may mean that it does not write down whom it deals
    /// with; more than that cannot be known from ledgers.
    pub other_lines: u64,
    /// Whether it writes down payments of this side with anybody at all. A file of payments holds
    /// no receipts, and so can confirm none.
    pub writes_such_lines: bool,
}

/// What each side says of one kind of payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PairKind {
    /// The kind.
    pub kind: FlowKind,
    /// In the payer's ledgers.
    pub paid: Pence,
    /// In the payee's ledgers.
    pub received: Pence,
    /// Lines in the payer's ledgers.
    pub paid_lines: u64,
    /// Lines in the payee's ledgers.
    pub received_lines: u64,
}

/// What each side says of one financial year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PairYear {
    /// The financial year; the period of the lines where it lies in several; or `no period`.
    pub period: String,
    /// In the payer's ledgers.
    pub paid: Pence,
    /// In the payee's ledgers.
    pub received: Pence,
    /// The payer's less the payee's.
    pub difference: Pence,
    /// Lines in the payer's ledgers.
    pub paid_lines: u64,
    /// Lines in the payee's ledgers.
    pub received_lines: u64,
}

/// Lines of both sides that go together, or one that found no other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Match {
    /// How they were found.
    pub how: MatchKind,
    /// The payer's lines.
    pub paid_lines: Vec<MatchLine>,
    /// The payee's lines.
    pub received_lines: Vec<MatchLine>,
    /// The sum of the payer's lines.
    pub paid: Pence,
    /// The sum of the payee's lines.
    pub received: Pence,
    /// The payer's less the payee's.
    pub difference: Pence,
    /// Some line surely lies in a financial year in which the other side has none of these.
    pub crosses_year_end: bool,
    /// The two sides do not call it by the same kinds.
    pub kinds_differ: bool,
}

/// A line of a match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MatchLine {
    /// The ledger, as the pack calls it.
    pub ledger: String,
    /// File and line.
    pub position: String,
    /// From payer to payee.
    pub pence: Pence,
    /// The day, or the period where the ledger has no day.
    pub when: String,
    /// What this side calls it.
    pub kind: FlowKind,
}

/// Sums of both sides before they are written down.
#[derive(Clone, Copy, Default)]
struct Sums {
    paid: i128,
    received: i128,
    paid_lines: u64,
    received_lines: u64,
}

impl Sums {
    fn of<'a>(lines: impl IntoIterator<Item = &'a TransferLine>) -> Self {
        let mut sums = Self::default();
        for line in lines {
            sums.add(line);
        }
        sums
    }

    fn add(&mut self, line: &TransferLine) {
        let (pence, lines) = match line.side {
            Side::Payer => (&mut self.paid, &mut self.paid_lines),
            Side::Payee => (&mut self.received, &mut self.received_lines),
        };
        *pence += i128::from(line.pence.get());
        *lines += 1;
    }

    fn paid(self) -> Result<Pence, MoneyError> {
        Pence::from_wide(self.paid)
    }

    fn received(self) -> Result<Pence, MoneyError> {
        Pence::from_wide(self.received)
    }

    fn difference(self) -> Result<Pence, MoneyError> {
        Pence::from_wide(self.paid - self.received)
    }
}

impl PairStatement {
    /// The statement of one pair and phase from its lines and what of them goes together.
    pub(super) fn form(
        paid: &[TransferLine],
        received: &[TransferLine],
        together: &[Together],
        terms: Option<&TransferTerms>,
        (payer, payee, phase): (PartnerName, PartnerName, Phase),
        missing: Option<MissingSide>,
    ) -> Result<Self, MoneyError> {
        let both = || paid.iter().chain(received);
        let whole = Sums::of(both());
        let mut years: BTreeMap<Year, Sums> = BTreeMap::new();
        let mut kinds: BTreeMap<FlowKind, Sums> = BTreeMap::new();
        for line in both() {
            years.entry(line.year()).or_default().add(line);
            kinds.entry(line.kind).or_default().add(line);
        }
        let mut matched = Sums::default();
        let mut residuals: BTreeMap<MatchKind, i128> = BTreeMap::new();
        let mut matches = Vec::with_capacity(together.len());
        for lines in together {
            let of_paid: Vec<_> = lines.paid.iter().map(|&line| &paid[line]).collect();
            let of_received: Vec<_> = lines.received.iter().map(|&line| &received[line]).collect();
            let sums = Sums::of(of_paid.iter().chain(&of_received).copied());
            matched.paid += sums.paid;
            matched.received += sums.received;
            matched.paid_lines += sums.paid_lines;
            matched.received_lines += sums.received_lines;
            *residuals.entry(lines.how).or_default() += sums.received - sums.paid;
            matches.push(Match {
                how: lines.how,
                paid_lines: of_paid.iter().copied().map(MatchLine::of).collect(),
                received_lines: of_received.iter().copied().map(MatchLine::of).collect(),
                paid: sums.paid()?,
                received: sums.received()?,
                difference: sums.difference()?,
                crosses_year_end: crosses_year_end(&of_paid, &of_received),
                kinds_differ: kinds_differ(&of_paid, &of_received),
            });
        }
        assert_conserved("what a payer paid, matched", whole.paid, matched.paid);
        assert_conserved(
            "what a payee received, matched",
            whole.received,
            matched.received,
        );
        assert_conserved(
            "lines of transfers, matched",
            i128::from(whole.paid_lines) + i128::from(whole.received_lines),
            i128::from(matched.paid_lines) + i128::from(matched.received_lines),
        );
        let mut step = Step::new(
            format!(
                "{} to {}, {phase}: from what the payer says to what the payee says",
                payer.name, payee.name
            ),
            whole.paid()?,
            whole.received()?,
        );
        for (how, residual) in residuals {
            step = step.difference(how.in_words(), Pence::from_wide(residual)?);
        }
        assert_conserved(
            "the differences of a pair of partners",
            0,
            step.unexplained(),
        );
        Ok(Self {
            payer,
            payee,
            phase,
            figure: terms.map_or_else(Side::default, |terms| terms.figure),
            because: match terms {
                Some(_) => FigureReason::Agreed,
                None => FigureReason::Default,
            },
            terms: terms.map(|terms| AgreedTerms {
                days: terms.days,
                pence: terms.pence,
                position: terms.position.to_string(),
            }),
            within_payer_total: terms.and_then(|terms| terms.within_payer_total.clone()),
            missing,
            paid: whole.paid()?,
            received: whole.received()?,
            difference: whole.difference()?,
            paid_lines: whole.paid_lines,
            received_lines: whole.received_lines,
            kinds: kinds
                .into_iter()
                .map(|(kind, sums)| {
                    Ok(PairKind {
                        kind,
                        paid: sums.paid()?,
                        received: sums.received()?,
                        paid_lines: sums.paid_lines,
                        received_lines: sums.received_lines,
                    })
                })
                .collect::<Result<_, MoneyError>>()?,
            years: years
                .into_iter()
                .map(|(year, sums)| {
                    Ok(PairYear {
                        period: year.label(),
                        paid: sums.paid()?,
                        received: sums.received()?,
                        difference: sums.difference()?,
                        paid_lines: sums.paid_lines,
                        received_lines: sums.received_lines,
                    })
                })
                .collect::<Result<_, MoneyError>>()?,
            matches,
            reconciliation: step,
        })
    }

    /// Its matches as a table: the exact ones in one row, each of the others in its own.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut table = Table::new(format!(
            "{} to {}, {}: which payments both sides have",
            self.payer.name, self.payee.name, self.phase
        ));
        table.column("match", Align::Left);
        table.column("payer says", Align::Right);
        table.column("payee says", Align::Right);
        table.column("difference", Align::Right);
        table.column("payer's lines", Align::Left);
        table.column("payee's lines", Align::Left);
        let exact = || {
            self.matches
                .iter()
                .filter(|found| found.how == MatchKind::Exact)
        };
        if exact().next().is_some() {
            // An exact match has no difference, so one sum is both sides'.
            let sum: i128 = exact().map(|found| i128::from(found.paid.get())).sum();
            let sum = Pence::from_wide(sum).map_or_else(|_| "–".to_owned(), |s| s.to_string());
            let lines = |of: fn(&Match) -> usize| in_lines(exact().map(of).sum());
            table.row([
                format!("exact ({})", with_separators(exact().count() as u64)),
                sum.clone(),
                sum,
                Pence::ZERO.to_string(),
                lines(|found| found.paid_lines.len()),
                lines(|found| found.received_lines.len()),
            ]);
        }
        for found in self
            .matches
            .iter()
            .filter(|found| found.how != MatchKind::Exact)
        {
            let said = |lines: &[MatchLine], pence: Pence| match lines {
                [] => "–".to_owned(),
                _ => pence.to_string(),
            };
            let across = if found.crosses_year_end {
                ", across the end of a year"
            } else {
                ""
            };
            table.row([
                format!("{}{across}", found.how),
                said(&found.paid_lines, found.paid),
                said(&found.received_lines, found.received),
                found.difference.to_string(),
                shown(&found.paid_lines),
                shown(&found.received_lines),
            ]);
        }
        table
    }
}

impl MatchLine {
    fn of(line: &TransferLine) -> Self {
        Self {
            ledger: line.ledger.clone(),
            position: line.position.to_string(),
            pence: line.pence,
            when: line
                .day
                .map_or_else(|| line.period.to_string(), |day| day.to_string()),
            kind: line.kind,
        }
    }
}

/// A number of lines, in words.
pub(super) fn in_lines(number: usize) -> String {
    counted(with_separators(number as u64), "line")
}

/// The first lines of a match, and how many more.
fn shown(lines: &[MatchLine]) -> String {
    const SHOWN: usize = 3;
    let each = |line: &MatchLine| format!("{} ({})", line.position, line.when);
    let mut text: Vec<String> = lines.iter().take(SHOWN).map(each).collect();
    if lines.len() > SHOWN {
        text.push(format!("{} more", lines.len() - SHOWN));
    }
    text.join(", ")
}

/// Whether the two sides of a match call it by other kinds.
fn kinds_differ(paid: &[&TransferLine], received: &[&TransferLine]) -> bool {
    let kinds = |lines: &[&TransferLine]| -> BTreeSet<FlowKind> {
        lines.iter().map(|line| line.kind).collect()
    };
    !paid.is_empty() && !received.is_empty() && kinds(paid) != kinds(received)
}

/// Whether a line of one side surely lies in a financial year without any line of the other.
///
/// A line whose period lies in two years may be in either, and one without a period in any:
/// neither proves anything.
fn crosses_year_end(paid: &[&TransferLine], received: &[&TransferLine]) -> bool {
    let years = |line: &&TransferLine| -> Vec<Period> {
        line.period
            .member()
            .map_or_else(Vec::new, Period::financial_years)
    };
    let apart = |one: &[&TransferLine], other: &[&TransferLine]| {
        let mut possible = BTreeSet::new();
        for line in other {
            let years = years(line);
            if years.is_empty() {
                return false;
            }
            possible.extend(years);
        }
        let surely_apart =
            |years: Vec<Period>| !years.is_empty() && years.iter().all(|y| !possible.contains(y));
        one.iter().any(|line| surely_apart(years(line)))
    };
    !paid.is_empty() && !received.is_empty() && (apart(paid, received) || apart(received, paid))
}
