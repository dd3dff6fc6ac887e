//! Which lines of two ledgers are one payment: the rules, one after another.

use super::line::{MatchKind, TransferLine, Year};
use super::near_lines::{Item, Tolerance, take_pairs, too_wide};
use crate::place::TransferTerms;
use std::collections::{BTreeMap, BTreeSet};

/// Lines that go together, as places among the lines of their side.
#[derive(Debug)]
pub(super) struct Together {
    pub(super) how: MatchKind,
    pub(super) paid: Vec<usize>,
    pub(super) received: Vec<usize>,
}

/// All lines of one pair of partners and phase, each in one `Together`.
pub(super) struct Paired {
    pub(super) together: Vec<Together>,
    /// Lines that stay apart because the tolerance is as large as they are.
    pub(super) too_wide: Vec<(usize, usize)>,
}

/// Pairs the lines of both sides, which must be in order.
pub(super) fn pair(
    paid: &[TransferLine],
    received: &[TransferLine],
    terms: Option<&TransferTerms>,
) -> Paired {
    let mut left = Left::new(paid, received);
    left.equal_with_reference();
    left.one_to_one(
        MatchKind::Exact,
        Tolerance {
            pence: 0,
            days: Some(0),
        },
    );
    let mut refused = Vec::new();
    if let Some(terms) = terms {
        let tolerance = Tolerance {
            pence: u64::try_from(terms.pence.get()).unwrap_or(0),
            days: Some(terms.days),
        };
        left.one_to_one(MatchKind::WithinTolerance, tolerance);
        refused = too_wide(&left.payers, &left.payees, tolerance);
    }
    left.sums_of_references();
    left.sums_of_years(paid, received);
    left.alone();
    let mut together = left.together;
    together.sort_unstable_by(|one, other| {
        (one.how, &one.paid, &one.received).cmp(&(other.how, &other.paid, &other.received))
    });
    Paired {
        together,
        too_wide: refused,
    }
}

/// What no rule has matched so far.
struct Left {
    payers: Vec<Item>,
    payees: Vec<Item>,
    together: Vec<Together>,
    /// Of each line of each side whether a rule has matched it.
    matched: [Vec<bool>; 2],
}

/// The lines of both sides that share something.
type Sides = (Vec<Item>, Vec<Item>);

impl Left {
    fn new(paid: &[TransferLine], received: &[TransferLine]) -> Self {
        let known: BTreeSet<&str> = paid
            .iter()
            .chain(received)
            .filter_map(TransferLine::reference)
            .collect();
        let numbers: BTreeMap<&str, u32> = known.into_iter().zip(0..).collect();
        let item = |(line, transfer): (usize, &TransferLine)| Item {
            line,
            pence: transfer.pence.get(),
            span: transfer.span(),
            reference: transfer
                .reference()
                .and_then(|text| numbers.get(text).copied()),
        };
        Self {
            payers: paid.iter().enumerate().map(item).collect(),
            payees: received.iter().enumerate().map(item).collect(),
            together: Vec::new(),
            matched: [vec![false; paid.len()], vec![false; received.len()]],
        }
    }

    /// Equal amounts under one reference, whenever they were paid. Instalments of a grant are
    /// often equal: the nearest in time go together, so that a missing one does not shift all
    /// later ones by a month.
    fn equal_with_reference(&mut self) {
        let any_time = Tolerance {
            pence: 0,
            days: None,
        };
        let mut pairs = Vec::new();
        for (mut payers, mut payees) in self.by_reference().into_values() {
            pairs.append(&mut take_pairs(&mut payers, &mut payees, any_time));
        }
        for (paid, received) in pairs {
            self.add(MatchKind::Exact, vec![paid], vec![received]);
        }
        self.drop_matched();
    }

    fn one_to_one(&mut self, how: MatchKind, tolerance: Tolerance) {
        for (paid, received) in take_pairs(&mut self.payers, &mut self.payees, tolerance) {
            self.add(how, vec![paid], vec![received]);
        }
    }

    /// All that is left under one reference, where both sides have it.
    fn sums_of_references(&mut self) {
        for sides in self.by_reference().into_values() {
            let sum = |items: &[Item]| -> i128 { items.iter().map(|i| i128::from(i.pence)).sum() };
            // Three payments and one receipt of the same sum and reference leave nothing to ask.
            let how = if sum(&sides.0) == sum(&sides.1) {
                MatchKind::Exact
            } else {
                MatchKind::Partial
            };
            self.add_sides(how, &sides);
        }
        self.drop_matched();
    }

    /// All that is left in one year, where both sides have something.
    ///
    /// No reference is on both sides any more. Where both still have lines with references, these
    /// differ and stand alone.
    fn sums_of_years(&mut self, paid: &[TransferLine], received: &[TransferLine]) {
        let mut years: BTreeMap<Year, Sides> = BTreeMap::new();
        for item in &self.payers {
            let year = paid[item.line].year();
            years.entry(year).or_default().0.push(*item);
        }
        for item in &self.payees {
            let year = received[item.line].year();
            years.entry(year).or_default().1.push(*item);
        }
        for (_, mut sides) in years {
            let named = |items: &[Item]| items.iter().any(|item| item.reference.is_some());
            if named(&sides.0) && named(&sides.1) {
                sides.0.retain(|item| item.reference.is_none());
                sides.1.retain(|item| item.reference.is_none());
            }
            if !sides.0.is_empty() && !sides.1.is_empty() {
                self.add_sides(MatchKind::Partial, &sides);
            }
        }
        self.drop_matched();
    }

    fn alone(&mut self) {
        for item in std::mem::take(&mut self.payers) {
            self.add(MatchKind::PaidOnly, vec![item.line], Vec::new());
        }
        for item in std::mem::take(&mut self.payees) {
            self.add(MatchKind::ReceivedOnly, Vec::new(), vec![item.line]);
        }
    }

    /// What is left under each reference that both sides have.
    fn by_reference(&self) -> BTreeMap<u32, Sides> {
        let mut all: BTreeMap<u32, Sides> = BTreeMap::new();
        for item in &self.payers {
            if let Some(reference) = item.reference {
                all.entry(reference).or_default().0.push(*item);
            }
        }
        for item in &self.payees {
            if let Some(reference) = item.reference {
                all.entry(reference).or_default().1.push(*item);
            }
        }
        all.retain(|_, (payers, payees)| !payers.is_empty() && !payees.is_empty());
        all
    }

    fn add_sides(&mut self, how: MatchKind, sides: &Sides) {
        let lines = |items: &[Item]| items.iter().map(|item| item.line).collect();
        self.add(how, lines(&sides.0), lines(&sides.1));
    }

    fn add(&mut self, how: MatchKind, paid: Vec<usize>, received: Vec<usize>) {
        let [of_paid, of_received] = &mut self.matched;
        paid.iter().for_each(|&line| of_paid[line] = true);
        received.iter().for_each(|&line| of_received[line] = true);
        self.together.push(Together {
            how,
            paid,
            received,
        });
    }

    fn drop_matched(&mut self) {
        let [paid, received] = &self.matched;
        self.payers.retain(|item| !paid[item.line]);
        self.payees.retain(|item| !received[item.line]);
    }
}
