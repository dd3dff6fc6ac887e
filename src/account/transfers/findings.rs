//! What somebody should look at in the payments between partners.

use super::line::{MatchKind, TransferLine};
use super::pair::Together;
use super::statement::{Match, PairStatement, in_lines};
use crate::axis::Side;
use crate::finding::{Finding, Position, Severity};
use crate::money::Pence;
use crate::place::TransferTerms;

/// What one side wrote down and the other did not, if there is such a thing.
///
/// No finding where the pack says why the payer has no line: that was looked at already. None
/// either of a side that never writes down such payments: it has nothing to be asked for.
pub(super) fn not_confirmed(
    statement: &PairStatement,
    paid: &[TransferLine],
    received: &[TransferLine],
    together: &[Together],
) -> Option<Finding> {
    let open: Vec<(&Match, &Together)> = statement
        .matches
        .iter()
        .zip(together)
        .filter(|(found, _)| found.how.asks() && found.difference != Pence::ZERO)
        .collect();
    let first_paid = open.iter().flat_map(|(_, lines)| &lines.paid).min();
    let first_received = open.iter().flat_map(|(_, lines)| &lines.received).min();
    let first = first_paid
        .map(|&line| &paid[line])
        .or_else(|| first_received.map(|&line| &received[line]))?;
    let explained = statement.within_payer_total.is_some()
        && statement
            .missing
            .is_some_and(|missing| missing.side == Side::Payer);
    let speechless = (statement.missing).is_some_and(|missing| !missing.writes_such_lines);
    if explained || speechless {
        return None;
    }
    let at_stake = open
        .iter()
        .map(|(found, _)| i128::from(found.difference.get()).abs())
        .sum();
    let (payer, payee) = (&statement.payer.code, &statement.payee.code);
    let mut found = format!(
        "`{payer}` to `{payee}` ({}): the payer's lines come to {}, the payee's to {}",
        statement.phase, statement.paid, statement.received
    );
    let mut remedy = "ask both partners for the payments that only one of them has".to_owned();
    if let Some(missing) = statement.missing {
        let (silent, other) = match missing.side {
            Side::Payer => (payer, payee),
            Side::Payee => (payee, payer),
        };
        found = format!(
            "`{payer}` to `{payee}` ({}): {} stands in the {}'s ledger only; {}",
            statement.phase,
            match missing.side {
                Side::Payer => statement.received,
                Side::Payee => statement.paid,
            },
            match missing.side {
                Side::Payer => Side::Payee,
                Side::Payee => Side::Payer,
            },
            silence(
                &format!("`{silent}`"),
                &format!("`{other}`"),
                missing.other_lines
            ),
        );
        remedy = format!("ask `{silent}` for its lines of payments with `{other}`");
        if missing.side == Side::Payer {
            remedy.push_str(
                ", or write in the terms of this pair why the payer's total holds this money",
            );
        }
    } else if own_references(&open, paid, received) {
        remedy.push_str(
            "; lines whose references differ never match: leave out references that are each \
             partner's own",
        );
    }
    Some(Finding {
        rule: "transfer-not-confirmed".to_owned(),
        severity: Severity::Notice,
        position: first.position.clone(),
        found,
        at_stake: Pence::from_wide(at_stake).ok(),
        remedy,
    })
}

/// What can be said of a side without lines; no more than that.
pub(super) fn silence(silent: &str, other: &str, other_lines: u64) -> String {
    match other_lines {
        0 => format!("the ledgers of {silent} hold no line of any transfer with {other}"),
        1 => format!("the ledgers of {silent} hold 1 line of another transfer with {other}"),
        many => {
            format!("the ledgers of {silent} hold {many} lines of other transfers with {other}")
        }
    }
}

/// Whether both sides have lines alone that have references.
fn own_references(
    open: &[(&Match, &Together)],
    paid: &[TransferLine],
    received: &[TransferLine],
) -> bool {
    let alone = |how: MatchKind, lines: &[TransferLine], of: fn(&Together) -> &[usize]| {
        open.iter()
            .filter(|(found, _)| found.how == how)
            .flat_map(|(_, together)| of(together))
            .any(|&line| lines[line].reference().is_some())
    };
    alone(MatchKind::PaidOnly, paid, |lines| &lines.paid)
        && alone(MatchKind::ReceivedOnly, received, |lines| &lines.received)
}

/// Two lines that a tolerance as large as they are kept apart.
pub(super) struct TooWide {
    pub(super) paid: (Position, Pence),
    pub(super) received: (Position, Pence),
}

/// A tolerance of one pair of partners that would match anything with anything.
pub(super) fn tolerance_larger_than_amount(
    payer: &str,
    payee: &str,
    terms: &TransferTerms,
    apart: &[TooWide],
) -> Option<Finding> {
    const SHOWN: usize = 5;
    if apart.is_empty() {
        return None;
    }
    let named = |lines: &TooWide| {
        let ((paid_at, paid), (received_at, received)) = (&lines.paid, &lines.received);
        format!("{paid} at {paid_at} with {received} at {received_at}")
    };
    let mut named: Vec<String> = apart.iter().take(SHOWN).map(named).collect();
    if apart.len() > SHOWN {
        named.push(format!("{} more", apart.len() - SHOWN));
    }
    let at_stake = apart
        .iter()
        .map(|lines| i128::from(lines.paid.1.get()).abs())
        .sum();
    Some(Finding {
        rule: "tolerance-larger-than-amount".to_owned(),
        severity: Severity::Notice,
        position: terms.position.clone(),
        found: format!(
            "the tolerance of {} between `{payer}` and `{payee}` is as large as payments it would \
             match, and matched none of them: {}",
            terms.pence,
            named.join("; ")
        ),
        at_stake: Pence::from_wide(at_stake).ok(),
        remedy: "lower the tolerance below the smallest payment, or match these by a reference"
            .to_owned(),
    })
}

/// A payee whose figure was agreed to count, and which says nothing: what the payer paid it stays
/// in the total, beside what it spends.
pub(super) fn payee_says_nothing(pair: &PairStatement, terms: &TransferTerms) -> Option<Finding> {
    let silent = pair.figure == Side::Payee && pair.received_lines == 0 && pair.paid_lines > 0;
    silent.then(|| Finding {
        at_stake: Some(pair.paid),
        ..Finding::fault(
            "payee-says-nothing",
            terms.position.clone(),
            format!(
                "of payments from `{}` to `{}` ({}) the payee's figure counts, and its ledgers hold \
                 no line of them: {} on {} stay{} in a total around both, and so does what the \
                 payee spends of it",
                pair.payer.code,
                pair.payee.code,
                pair.phase,
                pair.paid,
                in_lines(pair.paid_lines as usize),
                if pair.paid_lines == 1 { "s" } else { "" },
            ),
            "write `figure = \"payer\"`, or recognise the payee's income by a rule with `side = \"payee\"`",
        )
    })
}
