//! The two sides of one pair of partners held against each other, with what all partners have said.

use super::findings::{self, TooWide};
use super::line::TransferLine;
use super::pair;
use super::statement::{MissingSide, PairStatement, PartnerName};
use crate::axis::{MemberId, Side, Tree};
use crate::finding::Findings;
use crate::money::MoneyError;
use crate::place::TransferTerms;
use std::collections::{BTreeMap, BTreeSet};

/// What matching one pair needs to know of all.
pub(super) struct Matching<'a> {
    partners: &'a Tree,
    /// Where a pair is named twice, its first terms.
    agreed: BTreeMap<(MemberId, MemberId), &'a TransferTerms>,
    between: BTreeMap<(MemberId, MemberId), u64>,
    /// Who writes down payments on which side, with anybody.
    writing: BTreeSet<(MemberId, Side)>,
}

impl<'a> Matching<'a> {
    pub(super) fn of(
        lines: &[TransferLine],
        terms: &'a [TransferTerms],
        partners: &'a Tree,
    ) -> Self {
        let mut agreed = BTreeMap::new();
        for terms in terms {
            agreed.entry((terms.payer, terms.payee)).or_insert(terms);
        }
        let writing = lines.iter().map(|line| (line.writer(), line.side));
        Self {
            partners,
            agreed,
            between: lines_between(lines),
            writing: writing.collect(),
        }
    }

    /// The lines of one pair of partners, in order: a statement for each phase.
    pub(super) fn of_pair(
        &self,
        of_pair: &[TransferLine],
    ) -> Result<(Vec<PairStatement>, Findings), MoneyError> {
        let mut pairs = Vec::new();
        let mut findings = Findings::new();
        let mut too_wide = Vec::new();
        let (payer, payee) = (of_pair[0].payer, of_pair[0].payee);
        let terms = self.agreed.get(&(payer, payee)).copied();
        let partner = |id| PartnerName::of(id, self.partners);
        let (payer, payee) = (partner(payer), partner(payee));
        for of_phase in of_pair.chunk_by(|one, next| one.phase == next.phase) {
            let received_from = of_phase.partition_point(|line| line.side == Side::Payer);
            let (paid, received) = of_phase.split_at(received_from);
            let paired = pair::pair(paid, received, terms);
            too_wide.extend(paired.too_wide.iter().map(|&(payer, payee)| TooWide {
                paid: (paid[payer].position.clone(), paid[payer].pence),
                received: (received[payee].position.clone(), received[payee].pence),
            }));
            let silent = match (paid, received) {
                ([], _) => Some((Side::Payer, payer.id, payee.id)),
                (_, []) => Some((Side::Payee, payee.id, payer.id)),
                _ => None,
            };
            let missing = silent.map(|(side, silent, other)| MissingSide {
                side,
                other_lines: self.between.get(&(silent, other)).copied().unwrap_or(0),
                writes_such_lines: self.writing.contains(&(silent, side)),
            });
            let statement = PairStatement::form(
                paid,
                received,
                &paired.together,
                terms,
                (payer.clone(), payee.clone(), of_phase[0].phase),
                missing,
            )?;
            let together = &paired.together;
            let not_confirmed = findings::not_confirmed(&statement, paid, received, together);
            findings.extend(not_confirmed);
            pairs.push(statement);
        }
        findings.extend(terms.and_then(|terms| {
            findings::tolerance_larger_than_amount(&payer.code, &payee.code, terms, &too_wide)
        }));
        Ok((pairs, findings))
    }
}

/// How many lines each partner's ledgers hold of payments with each other partner, whichever
/// way round.
fn lines_between(lines: &[TransferLine]) -> BTreeMap<(MemberId, MemberId), u64> {
    let mut between = BTreeMap::new();
    for line in lines {
        let ends = match line.side {
            Side::Payer => (line.writer(), line.payee),
            Side::Payee => (line.writer(), line.payer),
        };
        *between.entry(ends).or_default() += 1;
    }
    between
}
