//! The quick way matches what a slow way over all pairs of lines matches.

use super::*;

/// The rules once more, slowly: all candidates in one list, sorted, taken from the top.
mod one_list {
    use super::*;

    pub type Found = (MatchKind, Vec<u64>, Vec<u64>);

    fn number(line: &TransferLine) -> u64 {
        line.position.line.unwrap()
    }

    /// At least and at most so many days apart.
    fn apart(one: &TransferLine, other: &TransferLine) -> Option<(i64, i64)> {
        let span = |line: &TransferLine| match (line.day, line.period) {
            (Some(day), _) => Some((day, day)),
            (None, Placed::On(period)) => Some((period.first_day(), period.last_day())),
            (None, Placed::Gap(_)) => None,
        };
        let days = |from: Date, to: Date| i64::from(from.until(to).unwrap().get_days());
        let ((first, last), (from, to)) = (span(one)?, span(other)?);
        Some((
            days(last, from).max(days(to, first)).max(0),
            days(first, to).max(days(from, last)).max(0),
        ))
    }

    fn same_reference(one: &TransferLine, other: &TransferLine) -> bool {
        !one.reference.is_empty() && one.reference == other.reference
    }

    fn other_reference(one: &TransferLine, other: &TransferLine) -> bool {
        !one.reference.is_empty() && !other.reference.is_empty() && one.reference != other.reference
    }

    fn year(line: &TransferLine) -> Option<Period> {
        let period = line.period.member()?;
        match period.financial_years().as_slice() {
            [year] => Some(*year),
            _ => Some(period),
        }
    }

    /// What matches, and whether a tolerance as large as the amounts kept lines apart.
    pub fn matches(all: &[TransferLine], days: i64, pence: Option<i64>) -> (BTreeSet<Found>, bool) {
        let mut left: Vec<&TransferLine> = all.iter().collect();
        left.sort_by_key(|line| number(line));
        let mut found = BTreeSet::new();
        let mut one_to_one = |left: &mut Vec<&TransferLine>, how, step: u8| {
            let mut list = Vec::new();
            for paid in left.iter().filter(|line| line.side == Side::Payer) {
                for received in left.iter().filter(|line| line.side == Side::Payee) {
                    let (p, r) = (paid.pence.get(), received.pence.get());
                    let tolerance = pence.unwrap_or(0);
                    let near = apart(paid, received);
                    let ok = match step {
                        0 => p == r && same_reference(paid, received),
                        1 => {
                            p == r
                                && !other_reference(paid, received)
                                && near.is_some_and(|near| near.0 == 0)
                        }
                        _ => {
                            !other_reference(paid, received)
                                && near.is_some_and(|near| near.0 <= days)
                                && p.signum() == r.signum()
                                && (p - r).abs() <= tolerance
                                && (p == r || tolerance < p.abs().min(r.abs()))
                        }
                    };
                    if ok {
                        let (least, most) = near.unwrap_or((i64::MAX, i64::MAX));
                        let cost = (least, (p - r).abs(), most);
                        list.push((cost, number(paid), number(received)));
                    }
                }
            }
            list.sort_unstable();
            for (_, paid, received) in list {
                let is = |line: &&TransferLine| [paid, received].contains(&number(line));
                if left.iter().filter(|line| is(line)).count() == 2 {
                    left.retain(|line| !is(line));
                    found.insert((how, vec![paid], vec![received]));
                }
            }
        };
        one_to_one(&mut left, MatchKind::Exact, 0);
        one_to_one(&mut left, MatchKind::Exact, 1);
        if pence.is_some() {
            one_to_one(&mut left, MatchKind::WithinTolerance, 2);
        }
        let of = |side| left.iter().filter(move |line| line.side == side);
        let too_wide = of(Side::Payer).any(|paid| {
            of(Side::Payee).any(|received| {
                let (p, r) = (paid.pence.get(), received.pence.get());
                pence.is_some_and(|pence| (p - r).abs() <= pence)
                    && p.signum() == r.signum()
                    && !other_reference(paid, received)
                    && apart(paid, received).is_some_and(|near| near.0 <= days)
            })
        });
        let mut sums = |left: &mut Vec<&TransferLine>, of: &dyn Fn(&TransferLine) -> bool, sure| {
            let side = |side| -> (Vec<u64>, i64) {
                let lines = left.iter().filter(|line| line.side == side && of(line));
                let numbers = lines.clone().map(|line| number(line)).collect();
                (numbers, lines.map(|line| line.pence.get()).sum())
            };
            let ((paid, p), (received, r)) = (side(Side::Payer), side(Side::Payee));
            if !paid.is_empty() && !received.is_empty() {
                left.retain(|line| !of(line));
                let how = if sure && p == r {
                    MatchKind::Exact
                } else {
                    MatchKind::Partial
                };
                found.insert((how, paid, received));
            }
        };
        let references: BTreeSet<String> = all.iter().map(|line| line.reference.clone()).collect();
        for reference in references.iter().filter(|text| !text.is_empty()) {
            sums(&mut left, &|line| line.reference == *reference, true);
        }
        let years: BTreeSet<Option<Period>> = all.iter().map(year).collect();
        for one in years {
            let named = |side| {
                left.iter().any(|line| {
                    line.side == side && year(line) == one && !line.reference.is_empty()
                })
            };
            let both = named(Side::Payer) && named(Side::Payee);
            let of =
                |line: &TransferLine| year(line) == one && (!both || line.reference.is_empty());
            sums(&mut left, &of, false);
        }
        for line in left {
            found.insert(match line.side {
                Side::Payer => (MatchKind::PaidOnly, vec![number(line)], vec![]),
                Side::Payee => (MatchKind::ReceivedOnly, vec![], vec![number(line)]),
            });
        }
        (found, too_wide)
    }
}

fn some_lines(most: usize) -> impl Strategy<Value = Vec<TransferLine>> {
    let when = prop::sample::select(vec![
        "2025-03-27",
        "2025-03-29",
        "2025-03-31",
        "2025-04-01",
        "2025-04-04",
        "Mar_2025",
        "Apr_2025",
        "2024-25",
        "2025-26",
        "Jan_2025_to_Dec_2025",
        "?",
    ]);
    let pounds = prop::sample::select(vec![
        "0", "0.01", "0.02", "0.05", "1.00", "1.01", "1.02", "1.03", "1.05", "-1.00", "-1.02",
        "-0.02",
    ]);
    let reference = prop::sample::select(vec!["", "", "", "#A", "#A", "#B", "#C"]);
    let kind = prop::sample::select(vec!["grant", "grant", "contract"]);
    let row = (any::<bool>(), when, pounds, reference, kind);
    prop::collection::vec(row, 0..most).prop_map(|rows| {
        let line_of = |(i, (payer, when, pounds, reference, kind)): (usize, _)| {
            let ledger = if payer { "council" } else { "trust" };
            line(
                &format!("{ledger} council>trust {when} {pounds} {kind} {reference}"),
                i + 1,
            )
        };
        rows.into_iter().enumerate().map(line_of).collect()
    })
}

fn some_terms() -> impl Strategy<Value = Option<(u32, &'static str)>> {
    let days = prop::sample::select(vec![0, 1, 2, 5, 400]);
    let pence = prop::sample::select(vec!["0", "0.01", "0.02", "0.04", "1.01", "9"]);
    prop::option::of((days, pence))
}

proptest! {
    #![proptest_config(cases(400))]

    /// The quick way finds what the slow way finds, and every statement holds.
    #[test]
    fn the_quick_way_is_the_slow_way(all in some_lines(24), agreed in some_terms()) {
        let terms: Vec<_> = agreed
            .iter()
            .map(|&(days, pence)| terms("council", "trust", days, pence))
            .collect();
        let (transfers, findings) =
            Transfers::match_sides(all.clone(), &terms, &partners()).unwrap();
        let mut quick = BTreeSet::new();
        let mut residual = 0;
        for pair in transfers.pairs() {
            check(pair);
            for found in &pair.matches {
                let numbers = |lines: &[MatchLine]| -> Vec<u64> {
                    let number = |l: &MatchLine| l.position.split_once(':').unwrap().1.parse();
                    lines.iter().map(|l| number(l).unwrap()).collect()
                };
                quick.insert((found.how, numbers(&found.paid_lines), numbers(&found.received_lines)));
                // A side that never writes down such payments has nothing to be asked for.
                let asked = pair.missing.is_none_or(|missing| missing.writes_such_lines);
                if asked && !matches!(found.how, MatchKind::Exact | MatchKind::WithinTolerance) {
                    residual += found.difference.get().abs();
                }
            }
        }
        let (days, pence) = agreed.unzip();
        let pence = pence.map(|text| pounds(text).get());
        let (slow, too_wide) = one_list::matches(&all, days.unwrap_or(0).into(), pence);
        prop_assert_eq!(quick, slow);
        let at_stake: i64 = findings
            .iter()
            .filter(|f| f.rule == "transfer-not-confirmed")
            .map(|f| f.at_stake.unwrap().get())
            .sum();
        prop_assert_eq!(at_stake, residual, "all that is not confirmed is at stake");
        let wide = rules(&findings).iter().filter(|r| **r == "tolerance-larger-than-amount").count();
        prop_assert_eq!(wide, usize::from(too_wide));
    }

    /// Files may be read in any order, and two lines may be the same in everything.
    #[test]
    fn the_order_of_lines_does_not_matter(
        (all, shuffled) in some_lines(24).prop_flat_map(|mut all| {
            for line in all.iter_mut().filter(|l| l.position.line > Some(8)) {
                line.position.line = Some(9);
            }
            (Just(all.clone()), Just(all).prop_shuffle())
        }),
        agreed in some_terms(),
    ) {
        let terms: Vec<_> = agreed
            .iter()
            .map(|&(days, pence)| terms("council", "trust", days, pence))
            .collect();
        let one = Transfers::match_sides(all, &terms, &partners()).unwrap();
        let other = Transfers::match_sides(shuffled, &terms, &partners()).unwrap();
        prop_assert_eq!(one, other);
    }
}
