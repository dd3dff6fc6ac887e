//! Payments between partners: what each side wrote down, held against each other.
//!
//! What the council pays a charity is in the council's ledger as spending and in the charity's
//! as income. Before it can be taken out of a total, both sides must be seen: they differ in
//! days, in pence, and in whether they exist.
//!
//! **Invariant:** every line is in one match, and no figure is an average of two.
#![deny(clippy::float_arithmetic)]

mod line;
mod near_lines;
mod pair;
mod statement;
mod findings;
mod matching;

pub use line::{MatchKind, TransferLine};
pub use statement::{
    AgreedTerms, FigureReason, Match, MatchLine, MissingSide, PairKind, PairStatement, PairYear,
    PartnerName,
};

use crate::axis::{MemberId, Phase, Side, Tree};
use crate::finding::Findings;
use crate::money::{MoneyError, Pence};
use crate::place::TransferTerms;
use crate::reconciliation::Reconciliation;
use crate::table::{Align, Table};
use matching::Matching;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// The payments between partners, as both sides wrote them down: the statement between the
/// partners of a place.
///
/// # What matches
///
/// Only lines of the same payer, payee and phase can match; they may call the payment by
/// different kinds, which is noted. In this order, and of several candidates always the nearest:
///
/// 1. *Exact*: equal pence and the same reference, whenever paid; or equal pence on the same day
///    (in overlapping periods, where a side has no day).
/// 2. *Within tolerance*: no further apart in days and in pence than the terms of the pair
///    allow; without terms, nothing. Equal signs only. A tolerance in pence that is as large as
///    the smaller amount matches equal amounts only, and is a finding.
/// 3. *Partial*: all that is left under one reference that both sides have (exact, if the sums
///    are equal), then all that is left in one financial year.
/// 4. What is then left was only paid, or only received.
///
/// Lines whose references differ never match. So where both sides have such lines left in a
/// year, these stand alone, and only lines without reference are held together by the year.
///
/// The order of the lines given does not matter.
///
/// # Example
///
/// The payer says 150, the payee says 147: both are kept, and the 3 have a name.
///
/// ```
/// use wholeplace::account::{TransferLine, Transfers};
/// use wholeplace::axis::{FlowKind, MemberRow, Phase, Placed, Side, Tree};
/// use wholeplace::finding::Position;
/// use wholeplace::money::Pence;
///
/// let row = |code: &str| MemberRow { code: code.to_owned(), ..MemberRow::default() };
/// let (partners, _) = Tree::build("a partner", &[row("council"), row("charity")]);
/// let line = |side, file: &str, pence| -> Result<TransferLine, wholeplace::Error> {
///     Ok(TransferLine {
///         payer: partners.find("council")?,
///         payee: partners.find("charity")?,
///         side,
///         kind: FlowKind::Grant,
///         phase: Phase::Outturn,
///         pence: Pence::new(pence),
///         day: None,
///         period: Placed::On("2024-25".parse()?),
///         reference: String::new(),
///         ledger: file.to_owned(),
///         position: Position::line(format!("{file}.csv"), 2),
///     })
/// };
/// let lines = vec![
///     line(Side::Payer, "council", 15_000)?,
///     line(Side::Payee, "charity", 14_700)?,
/// ];
/// let (transfers, findings) = Transfers::match_sides(lines, &[], &partners)?;
/// let pair = &transfers.pairs()[0];
/// assert_eq!(pair.difference.to_string(), "£3.00");
/// assert_eq!(pair.figure, Side::Payer);
/// assert!(pair.reconciliation.holds());
/// assert_eq!(findings.iter().next().unwrap().rule, "transfer-not-confirmed");
/// println!("{transfers}");
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Transfers {
    pairs: Vec<PairStatement>,
}

impl Transfers {
    /// Holds both sides of all payments between partners against each other.
    ///
    /// `partners` is the tree from which payers and payees are. Where `terms` name a pair twice,
    /// the first counts.
    ///
    /// Findings: `transfer-not-confirmed`, one for each pair and phase in which one side has
    /// money that the other has not, unless the other never writes down such payments with anybody
    /// (a published payment file holds no receipts); `tolerance-larger-than-amount`, one for each pair.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`] when a sum does not fit into 64 bits of pence.
    pub fn match_sides(
        mut lines: Vec<TransferLine>,
        terms: &[TransferTerms],
        partners: &Tree,
    ) -> Result<(Self, Findings), MoneyError> {
        lines.par_sort_by(TransferLine::order);
        let matching = Matching::of(&lines, terms, partners);
        let same_pair = |one: &TransferLine, next: &TransferLine| {
            (one.payer, one.payee) == (next.payer, next.payee)
        };
        // No pair has to do with another.
        let of_pairs: Vec<&[TransferLine]> = lines.chunk_by(same_pair).collect();
        let matched: Vec<(Vec<PairStatement>, Findings)> = (of_pairs.par_iter())
            .map(|of_pair| matching.of_pair(of_pair))
            .collect::<Result<_, _>>()?;
        let mut pairs = Vec::with_capacity(matched.len());
        let mut findings = Findings::new();
        for (of_pair, told) in matched {
            pairs.extend(of_pair);
            findings.append(told);
        }
        Ok((Self { pairs }, findings))
    }

    /// The same statement, where only one ledger of a pair is held and its figure therefore counts.
    #[must_use]
    pub(super) fn leading(mut self, held: impl Fn(MemberId, Phase) -> bool) -> Self {
        for pair in &mut self.pairs {
            let side = match (
                held(pair.payer.id, pair.phase),
                held(pair.payee.id, pair.phase),
            ) {
                (true, false) => Side::Payer,
                (false, true) => Side::Payee,
                _ => continue,
            };
            (pair.figure, pair.because) = (side, FigureReason::OnlyLedgerHeld);
        }
        self
    }

    /// A fault for each pair of which the payee's figure counts and the payee says nothing.
    #[must_use]
    pub(super) fn silent_payees(&self, terms: &[TransferTerms]) -> Findings {
        let mut of_pairs = BTreeMap::new();
        for terms in terms {
            of_pairs.entry((terms.payer, terms.payee)).or_insert(terms);
        }
        let silent = |pair: &PairStatement| {
            let terms = of_pairs.get(&(pair.payer.id, pair.payee.id))?;
            findings::payee_says_nothing(pair, terms)
        };
        self.pairs.iter().filter_map(silent).collect()
    }

    /// Each pair of partners and phase, in the order of the partners.
    #[must_use]
    pub fn pairs(&self) -> &[PairStatement] {
        &self.pairs
    }

    /// From each payer's figure to the payee's.
    #[must_use]
    pub fn reconciliation(&self) -> Reconciliation {
        let steps = self.pairs.iter().map(|pair| pair.reconciliation.clone());
        Reconciliation {
            steps: steps.collect(),
        }
    }

    /// What both sides say, by pair and financial year.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut table = Table::new("Payments between partners, as each side wrote them down");
        for heading in ["payer", "payee", "phase", "year"] {
            table.column(heading, Align::Left);
        }
        for heading in [
            "payer says",
            "payee says",
            "difference",
            "payer's lines",
            "payee's lines",
        ] {
            table.column(heading, Align::Right);
        }
        table.column("figure that counts", Align::Left);
        for pair in &self.pairs {
            for year in &pair.years {
                let sums = (year.paid, year.received, year.difference);
                let lines = (year.paid_lines, year.received_lines);
                table.row(cells(pair, &year.period, sums, lines));
            }
            if pair.years.len() > 1 {
                let sums = (pair.paid, pair.received, pair.difference);
                let lines = (pair.paid_lines, pair.received_lines);
                table.row(cells(pair, "all", sums, lines));
            }
        }
        for pair in &self.pairs {
            for note in notes(pair) {
                table.note(&note);
            }
        }
        table
    }
}

impl fmt::Display for Transfers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pairs.is_empty() {
            return write!(f, "No payments between partners are written down.");
        }
        writeln!(f, "{}", self.table())?;
        write!(f, "{}", self.reconciliation())
    }
}

/// One row of the summary. A side without lines has said nothing, which is not nought.
fn cells(
    pair: &PairStatement,
    year: &str,
    (paid, received, difference): (Pence, Pence, Pence),
    (paid_lines, received_lines): (u64, u64),
) -> [String; 10] {
    let said = |pence: Pence, lines: u64| match lines {
        0 => "no line".to_owned(),
        _ => pence.to_string(),
    };
    [
        pair.payer.name.clone(),
        pair.payee.name.clone(),
        pair.phase.to_string(),
        year.to_owned(),
        said(paid, paid_lines),
        said(received, received_lines),
        difference.to_string(),
        crate::money::with_separators(paid_lines),
        crate::money::with_separators(received_lines),
        format!("{}'s, {}", pair.figure, pair.because.in_words()),
    ]
}

/// What a reader of the summary must know of a pair.
fn notes(pair: &PairStatement) -> Vec<String> {
    let mut notes = Vec::new();
    let who = format!("{} to {}, {}", pair.payer.name, pair.payee.name, pair.phase);
    // A side that never writes down such payments has nothing to say; the table shows that.
    if let Some(missing) = pair.missing.filter(|missing| missing.writes_such_lines) {
        let (silent, other) = match missing.side {
            Side::Payer => (&pair.payer.name, &pair.payee.name),
            Side::Payee => (&pair.payee.name, &pair.payer.name),
        };
        let silence = findings::silence(silent, other, missing.other_lines);
        notes.push(format!(
            "{who}: the {}'s side is missing; {silence}.",
            missing.side
        ));
    }
    if let Some(why) = &pair.within_payer_total {
        notes.push(format!("{who}: within the payer's total: {why}."));
    }
    let counted = |is: fn(&Match) -> bool, what: &str| {
        let lines = pair.matches.iter().filter(|found| is(found));
        let (paid, received) = lines.fold((0, 0), |(paid, received), found| {
            (
                paid + found.paid_lines.len(),
                received + found.received_lines.len(),
            )
        });
        (paid > 0).then(|| {
            format!(
                "{who}: {} of the payer and {} of the payee {what}.",
                statement::in_lines(paid),
                statement::in_lines(received)
            )
        })
    };
    notes.extend(counted(
        |found| found.crosses_year_end,
        "match across the end of a financial year",
    ));
    notes.extend(counted(
        |found| found.kinds_differ,
        "match but are called by different kinds",
    ));
    notes
}
