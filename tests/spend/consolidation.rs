//! What must hold inside every boundary, on random places of partners who pay each other, held
//! against a second, plain way of working it out.

use crate::fixtures::partners::{Built, place};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use wholeplace::account::{Boundary, FundingError};
use wholeplace::axis::Phase;
use wholeplace::cube::{Answer, AskError, Beside, By, Question};
use wholeplace::money::Pence;

/// The last has no ledger: it is only paid, or pays.
const PARTNERS: [&str; 5] = ["p0", "p1", "p2", "p3", "p4"];
const KINDS: [&str; 7] = [
    "contract",
    "grant",
    "pass-through",
    "agency",
    "recharge",
    "pool-contribution",
    "repayment",
];
const ACTIVITIES: [&str; 3] = ["everything", "youth", "roads"];
const PLACES: [&str; 3] = ["county", "north", "south"];
const YEARS: [&str; 2] = ["2023-24", "2024-25"];

#[derive(Clone, Debug)]
struct Line {
    owner: usize,
    /// Whom it was paid to, or came from.
    other: Option<(usize, usize)>,
    received: bool,
    pence: i64,
    activity: usize,
    place: usize,
    year: usize,
}

fn line() -> impl Strategy<Value = Line> {
    (
        0..4usize,
        proptest::option::weighted(0.6, (0..5usize, 0..7usize)),
        proptest::bool::weighted(0.3),
        1..100_000i64,
        0..3usize,
        0..3usize,
        0..2usize,
    )
        .prop_map(
            |(owner, other, received, pence, activity, place, year)| Line {
                owner,
                // Nobody pays itself.
                other: other.filter(|(other, _)| *other != owner),
                received,
                pence,
                activity,
                place,
                year,
            },
        )
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    proptest::collection::vec(line(), 1..14)
}

impl Line {
    fn is_received(&self) -> bool {
        self.received && self.other.is_some()
    }

    fn kind(&self) -> &'static str {
        self.other.map_or("", |(_, kind)| KINDS[kind])
    }
}

/// Every partner stands in the pack, whether a line names it or not.
fn build(lines: &[Line]) -> Built {
    build_with(lines, &BTreeSet::new())
}

/// The same, where the payee's figure counts for some pairs of payer and payee.
fn build_with(lines: &[Line], by_payee: &BTreeSet<(usize, usize)>) -> Built {
    let mut table = String::new();
    for line in lines {
        let (kind, other) = match line.other {
            Some((other, kind)) => (KINDS[kind], PARTNERS[other]),
            None => ("", ""),
        };
        let sign = if line.is_received() { "-" } else { "" };
        writeln!(
            table,
            "{} | {} | {sign}{}.{:02} | {kind} | {other} | {} | {}",
            PARTNERS[line.owner],
            YEARS[line.year],
            line.pence / 100,
            line.pence % 100,
            ACTIVITIES[line.activity],
            PLACES[line.place],
        )
        .unwrap();
    }
    let pairs = by_payee.iter().filter(|(payer, payee)| payer != payee);
    let named: BTreeSet<&str> = (lines.iter())
        .flat_map(|line| [Some(line.owner), line.other.map(|(other, _)| other)])
        .flatten()
        .map(|partner| PARTNERS[partner])
        .collect();
    let mut more = String::new();
    for partner in PARTNERS.iter().filter(|partner| !named.contains(*partner)) {
        writeln!(
            more,
            "\n[[boundary]]\ncode = \"only-{partner}\"\nname = \"only\"\npartners = [\"new:{partner}\"]"
        )
        .unwrap();
    }
    for &(payer, payee) in pairs {
        writeln!(
            more,
            "\n[[transfer]]\npayer = \"{}\"\npayee = \"{}\"\nfigure = \"payee\"\ndays = 0\npounds = \"0\"",
            PARTNERS[payer], PARTNERS[payee],
        )
        .unwrap();
    }
    place(&table, &more)
}

fn pairs() -> impl Strategy<Value = BTreeSet<(usize, usize)>> {
    proptest::collection::btree_set((0..5usize, 0..5usize), 0..6)
}

fn subsets() -> impl Iterator<Item = Vec<usize>> {
    (1..1 << PARTNERS.len())
        .map(|bits: usize| (0..PARTNERS.len()).filter(|i| bits >> i & 1 == 1).collect())
}

fn boundary(set: &[usize]) -> Boundary {
    Boundary::of(set.iter().map(|&partner| PARTNERS[partner]))
}

fn ask<'a>(built: &'a Built, set: &[usize]) -> Question<'a> {
    (built.cube.ask().phase(Phase::Outturn))
        .period("2023-24 to 2024-25".parse().unwrap())
        .boundary(boundary(set))
}

/// The same in plain sums over the lines.
fn oracle(lines: &[Line], set: &[usize]) -> (i64, BTreeMap<Beside, i64>) {
    // A ledger goes to its last year; what is paid later is seen nowhere.
    let held = |partner: usize, year: usize| {
        (lines.iter()).any(|line| line.owner == partner && !line.is_received() && line.year >= year)
    };
    let mut spent = 0;
    let mut beside: BTreeMap<Beside, i64> = BTreeMap::new();
    for line in lines.iter().filter(|line| set.contains(&line.owner)) {
        let signed = if line.is_received() {
            -line.pence
        } else {
            line.pence
        };
        let mut add = |what, pence| *beside.entry(what).or_default() += pence;
        let inside = line.other.map(|(other, _)| (other, set.contains(&other)));
        match (line.kind(), line.is_received(), inside) {
            (_, _, None) => spent += signed,
            ("agency", false, _) => add(Beside::Agency, signed),
            ("repayment", false, Some((_, false))) => add(Beside::Incoming, -signed),
            ("repayment", true, Some((_, false))) => {
                spent += signed;
                add(Beside::Outgoing, signed);
            }
            ("repayment", false, Some((other, true))) if !held(other, line.year) => {}
            ("repayment", true, Some((other, true))) if !held(other, line.year) => {
                spent += signed;
                add(Beside::Unheld, signed);
            }
            (_, true, Some((_, false))) => add(Beside::Incoming, -signed),
            (_, true, Some((_, true))) => {}
            (_, false, Some((_, false))) => {
                spent += signed;
                add(Beside::Outgoing, signed);
            }
            (_, false, Some((other, true))) if held(other, line.year) => {
                add(Beside::Eliminated, signed)
            }
            (_, false, Some((_, true))) => {
                spent += signed;
                add(Beside::Unheld, signed);
            }
        }
    }
    beside.retain(|_, pence| *pence != 0);
    (spent, beside)
}

fn found(answer: &Answer) -> (i64, BTreeMap<Beside, i64>) {
    assert!(answer.reconciliation.holds(), "{}", answer.reconciliation);
    let sums = answer.total.beside.iter();
    let beside = sums
        .map(|(&what, sum)| {
            assert_eq!(sum.unshared, Pence::ZERO);
            (what, sum.amount.get())
        })
        .filter(|(_, pence)| *pence != 0);
    (answer.total.amount.get(), beside.collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    /// Every boundary gives what a plain sum over the lines gives, and a boundary of one
    /// eliminates nothing.
    #[test]
    fn totals(lines in lines()) {
        let built = build(&lines);
        for set in subsets() {
            let answer = ask(&built, &set).answer().unwrap();
            prop_assert_eq!(found(&answer), oracle(&lines, &set), "{:?}", set);
            if set.len() == 1 {
                prop_assert_eq!(answer.total.beside(Beside::Eliminated), Pence::ZERO);
            }
        }
    }

    /// A partner that comes inside makes its payments with insiders internal, and changes no
    /// others; when it leaves, the first answer is back, byte for byte.
    #[test]
    fn a_partner_comes_and_goes(lines in lines(), bits in 1..31usize, new in 0..5usize) {
        let built = build(&lines);
        let set: Vec<usize> = (0..5).filter(|i| bits >> i & 1 == 1 && *i != new).collect();
        prop_assume!(!set.is_empty());
        let mut more = set.clone();
        more.push(new);
        let drill = [By::Partner, By::Counterparty, By::Locality("area".to_owned())];
        let put = |set: &[usize]| ask(&built, set).by(drill.clone()).answer().unwrap();
        let before = put(&set);
        let during = put(&more);
        let after = put(&set);
        let bytes = |answer: &Answer| serde_json::to_string(answer).unwrap();
        prop_assert_eq!(bytes(&before), bytes(&after));
        let of = |answer: &Answer| -> BTreeMap<Vec<String>, String> {
            (answer.rows.iter())
                .filter(|row| row.keys[0].code != PARTNERS[new] && row.keys[1].code != PARTNERS[new])
                .map(|row| {
                    let keys = row.keys.iter().map(|key| key.code.clone()).collect();
                    (keys, format!("{} {:?}", row.figure.exact, row.figure.beside.keys()))
                })
                .collect()
        };
        prop_assert_eq!(of(&before), of(&during));
    }

    /// The order in which insiders are named, or named twice, does not matter.
    #[test]
    fn order_of_partners(lines in lines(), bits in 1..32usize) {
        let built = build(&lines);
        let set: Vec<usize> = (0..5).filter(|i| bits >> i & 1 == 1).collect();
        let mut other = set.clone();
        other.reverse();
        other.push(set[0]);
        let bytes = |set: &[usize]| {
            serde_json::to_string(&ask(&built, set).by([By::Partner]).answer().unwrap()).unwrap()
        };
        prop_assert_eq!(bytes(&set), bytes(&other));
    }

    /// Slice, complement and what cannot be said are everything, of what is beside too.
    #[test]
    fn slices(lines in lines(), bits in 1..32usize, activity in 0..3usize, place in 0..3usize) {
        let built = build(&lines);
        let set: Vec<usize> = (0..5).filter(|i| bits >> i & 1 == 1).collect();
        let whole = ask(&built, &set).answer().unwrap();
        let slice = (ask(&built, &set).activity(ACTIVITIES[activity]).locality(PLACES[place]))
            .with_complement()
            .answer()
            .unwrap();
        let rest = slice.complement.as_ref().unwrap();
        let unshared = Pence::total(slice.total.unshared.values().copied()).unwrap();
        prop_assert_eq!(
            slice.total.amount.get() + rest.amount.get() + unshared.get(),
            whole.total.amount.get()
        );
        for what in Beside::ALL {
            let unshared = slice.total.beside.get(&what).map_or(0, |sum| sum.unshared.get());
            prop_assert_eq!(
                slice.total.beside(what).get() + rest.beside(what).get() + unshared,
                whole.total.beside(what).get(),
                "{}", what
            );
        }
    }

    /// Payments between partners too are added up and closed as record by record.
    #[test]
    fn quick_answers_are_those_of_record_by_record(
        lines in lines(),
        by_payee in pairs(),
        bits in 1..32usize,
    ) {
        let built = build_with(&lines, &by_payee);
        let set: Vec<usize> = (0..5).filter(|i| bits >> i & 1 == 1).collect();
        for by in [
            vec![],
            vec![By::Partner],
            vec![By::Counterparty, By::FinancialYear],
            vec![By::FinancialYear, By::Funder],
            vec![By::Deliverer, By::Partner],
        ] {
            let question = ask(&built, &set).by(by).with_complement();
            let (quick, slow) = (question.answer(), question.answer_record_by_record());
            prop_assert_eq!(format!("{quick:?}"), format!("{slow:?}"));
        }
    }

    /// By funder, by commissioner and by deliverer the total is the same; only a circle into
    /// which no money comes has no funders.
    #[test]
    fn roles(lines in lines(), by_payee in pairs(), bits in 1..32usize) {
        let built = build_with(&lines, &by_payee);
        let set: Vec<usize> = (0..5).filter(|i| bits >> i & 1 == 1).collect();
        let total = ask(&built, &set).answer().unwrap().total;
        for role in [By::Funder, By::Commissioner, By::Deliverer] {
            match ask(&built, &set).by([role, By::FinancialYear]).answer() {
                Ok(answer) => {
                    let rows = answer.rows.iter().map(|row| row.figure.amount);
                    prop_assert_eq!(Pence::total(rows).unwrap(), total.amount);
                    for what in Beside::ALL {
                        let rows = answer.rows.iter().map(|row| row.figure.beside(what));
                        prop_assert_eq!(Pence::total(rows).unwrap(), total.beside(what));
                    }
                }
                Err(AskError::Funding(FundingError::ClosedLoop { partners, .. })) => {
                    prop_assert!(partners.len() > 1);
                }
                Err(error) => panic!("{error}"),
            }
        }
    }

    /// Incoming + own = spent + outgoing + held, for every set of partners; and what is spent is
    /// what the question says.
    #[test]
    fn sources_and_uses(lines in lines(), by_payee in pairs()) {
        // Money given back is no spending, and is not in the total.
        let mut lines: Vec<Line> =
            lines.into_iter().filter(|line| line.kind() != "repayment").collect();
        prop_assume!(!lines.is_empty());
        // Every ledger goes to the last year: what is paid after its end is known from the payee
        // only, and is among the payer's uses and in no line of its own.
        for owner in 0..4 {
            if let Some(line) = lines.iter().find(|line| line.owner == owner && !line.is_received()) {
                lines.push(Line { other: None, pence: 1, year: 1, ..line.clone() });
            }
        }
        let built = build_with(&lines, &by_payee);
        for set in subsets() {
            let statement = built.cube.sources_and_uses(&boundary(&set), Phase::Outturn).unwrap();
            let mut spent = 0;
            for year in statement.years() {
                let used = year.spent.get() + year.outgoing.get() + year.unheld.get();
                prop_assert_eq!(
                    year.incoming.get() + year.own.get(),
                    used + year.held.get()
                );
                prop_assert_eq!(year.held.get(), year.closing.get() - year.opening.get());
                spent += used;
            }
            let total = ask(&built, &set).answer().unwrap().total.amount.get();
            prop_assert_eq!(spent, total, "{:?}", set);
        }
    }
}
