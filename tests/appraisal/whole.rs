//! What must hold of any proposal, drawn at random and worked out as a whole.

use super::made::{Cash, Cost, Drawn, Effect, KINDS, World};
use proptest::prelude::*;
use std::sync::LazyLock;
use wholeplace::account::Boundary;
use wholeplace::appraisal::settlement::SettlementError;
use wholeplace::appraisal::{Appraisal, Position, Return, ValueKind, Verdict};
use wholeplace::axis::YearKind;
use wholeplace::money::{Pence, Ratio};
use wholeplace::price::PriceYear;

static WORLD: LazyLock<World> = LazyLock::new(|| World::new(1));
static TWICE: LazyLock<World> = LazyLock::new(|| World::new(2));
/// Where so much is spent that nothing is refused.
static RICH: LazyLock<World> = LazyLock::new(|| World::new(50_000));

fn cash() -> impl Strategy<Value = Cash> {
    prop_oneof![
        (0_u32..=100).prop_map(Cash::Share),
        (1_u32..9, 100_u32..4_000, 0_u32..3)
            .prop_map(|(block, pounds, notice)| { Cash::Blocks(block, pounds, notice) }),
        Just(Cash::None),
    ]
}

fn effect() -> impl Strategy<Value = Effect> {
    (
        0..KINDS.len(),
        prop::collection::vec(0_u32..60, 1..4),
        (1_u32..=100, 0_u32..200, 0_u32..=100),
        any::<bool>(),
        0_u32..7,
        prop::collection::vec(0_u32..=100, 1..4),
        [cash(), cash(), cash()],
        any::<bool>(),
    )
        .prop_map(
            |(
                kind,
                mut people,
                (engaged, points, deadweight),
                poor,
                lag,
                mut persist,
                cash,
                grouped,
            )| {
                // Of nobody there is no effect.
                people[0] += 10;
                persist.sort_unstable_by(|one, other| other.cmp(one));
                Effect {
                    kind,
                    people,
                    engaged,
                    points,
                    deadweight,
                    poor,
                    lag,
                    persist,
                    cash,
                    grouped,
                }
            },
        )
}

fn cost() -> impl Strategy<Value = Cost> {
    (
        prop::sample::select(vec!["council", "police", "dwp"]),
        0_usize..5,
        0_i32..9_000,
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(partner, year, pounds, in_kind, nominal, poor)| Cost {
            partner,
            year,
            pounds,
            in_kind,
            nominal,
            poor,
        })
}

const RULES: [&str; 6] = [
    "in-proportion",
    "equal-gains",
    "equal-contributions",
    "even-handed",
    "by-turns",
    "separable-costs",
];

fn drawn() -> impl Strategy<Value = Drawn> {
    (
        prop::sample::select(vec!["2016-17", "2018-19", "cash"]),
        prop::sample::select(vec!["rates", "nothing"]),
        prop::sample::select(vec!["each-input", "worst", "mean"]),
        prop::collection::vec(effect(), 1..5),
        prop::collection::vec(cost(), 0..4),
        prop::sample::select(vec!["separate", "nested", "unknown"]),
        prop::sample::select(RULES.to_vec()),
    )
        .prop_map(
            |(prices, discount, combine, effects, costs, overlap, rule)| Drawn {
                prices,
                discount,
                combine,
                effects,
                costs,
                overlap,
                rule,
            },
        )
}

fn sum<'a>(each: impl IntoIterator<Item = &'a Ratio>) -> Ratio {
    each.into_iter().sum()
}

fn present(by_year: &[Ratio], appraisal: &Appraisal) -> Ratio {
    let each = by_year.iter().zip(&appraisal.factors);
    sum(&each
        .map(|(sum, factor)| sum.times(factor))
        .collect::<Vec<_>>())
}

fn verdict(appraisal: &Appraisal, partners: &[&str]) -> Verdict {
    let boundary = match partners {
        [] => Boundary::AllPartners,
        some => Boundary::of(some.iter().copied()),
    };
    appraisal.verdict(&boundary).unwrap()
}

/// Gross, corrected, cashable and cash of every payer and year; freed and cash are what is corrected.
fn layers_hold(appraisal: &Appraisal) {
    let zero = Ratio::zero();
    for position in &appraisal.positions {
        for year in 0..appraisal.years.len() {
            let layers = [
                &position.gross[year],
                &position.corrected[year],
                &position.cashable[year],
                &position.cash[year],
                &zero,
            ];
            let who = &position.payer.name;
            assert!(
                layers.windows(2).all(|two| two[0] >= two[1]),
                "{who}: {layers:?}"
            );
            let freed: Ratio = position.freed.values().map(|by_year| &by_year[year]).sum();
            assert_eq!(
                freed.plus(&position.cash[year]),
                position.corrected[year],
                "{who}"
            );
            assert!(
                position.freed.values().all(|by_year| by_year[year] >= zero),
                "{who}"
            );
        }
    }
}

/// Payers together are all savings, at each layer and in each year; and the whole purse is all payers.
fn payers_are_the_whole(appraisal: &Appraisal) {
    let fiscal: Vec<_> = (appraisal.savings.iter())
        .filter(|saving| saving.unit.kind == ValueKind::Fiscal)
        .collect();
    for year in 0..appraisal.years.len() {
        let of_savings = [
            sum(fiscal.iter().map(|saving| &saving.gross[year])),
            sum(fiscal.iter().map(|saving| &saving.corrected[year])),
        ];
        let of_payers = [
            sum(appraisal.positions.iter().map(|one| &one.gross[year])),
            sum(appraisal.positions.iter().map(|one| &one.corrected[year])),
        ];
        assert_eq!(of_savings, of_payers);
    }
    let whole = verdict(appraisal, &[]);
    let all = |of: fn(&Position) -> &Vec<Ratio>| {
        let each: Vec<Ratio> = (appraisal.positions.iter())
            .map(|one| present(of(one), appraisal))
            .collect();
        sum(&each)
    };
    assert_eq!(whole.cost, all(|one| &one.cost));
    assert_eq!(whole.saving, all(|one| &one.corrected));
    assert_eq!(whole.cash, all(|one| &one.cash));
    assert_eq!(whole.net_saving, whole.saving.minus(&whole.cost));
}

/// What is left of a payer's savings of a year is what is claimed less what is refused, and no more than is
/// spent; all effects on one budget are added up first.
fn nothing_is_saved_above_what_is_spent(appraisal: &Appraisal) {
    let deflator = WORLD.place().prices().deflator("index").unwrap();
    let year = |text: &str| PriceYear::parse(text, YearKind::Financial).unwrap();
    for held in &appraisal.held {
        let of_payer = (appraisal.positions.iter()).find(|one| one.payer == held.payer);
        for (at, &in_year) in appraisal.years.iter().enumerate() {
            let left = &of_payer.unwrap().corrected[at];
            assert_eq!(*left, held.claimed[at].minus(&held.refused[at]));
            let Some(spent) = held.spent else {
                assert!(held.refused[at].is_zero());
                continue;
            };
            let to = appraisal.proposal.prices.year_of(in_year);
            let factor = deflator.conversion(year("2016-17"), to).unwrap();
            let most = Ratio::new(spent.get().into(), 1).times(factor.factor());
            assert!(*left <= most, "{}", held.payer.name);
            assert!(
                held.refused[at].is_zero() || *left == most,
                "{}",
                held.payer.name
            );
        }
    }
}

/// A wider boundary saves no less, and costs no less.
fn a_wider_boundary_saves_no_less(appraisal: &Appraisal) {
    let one = verdict(appraisal, &["police"]);
    let local = verdict(appraisal, &["local"]);
    let more = verdict(appraisal, &["local", "dwp"]);
    let whole = verdict(appraisal, &[]);
    for two in [&one, &local, &more, &whole].windows(2) {
        assert!(two[0].saving <= two[1].saving);
        assert!(two[0].cash <= two[1].cash);
        assert!(two[0].cost <= two[1].cost);
    }
    let outside = appraisal.saved_outside(&Boundary::of(["local"])).unwrap();
    let outside = sum(outside.iter().map(|(_, saved)| saved));
    assert_eq!(local.saving.plus(&outside), whole.saving);
}

/// Every year sums to nothing to the penny, nobody ends worse off, and who has neither cost nor cash pays
/// nothing; or it is refused, because less is cash than is paid.
fn nobody_ends_worse_off(appraisal: &Appraisal) {
    let whole: Ratio = (appraisal.positions.iter())
        .map(|one| present(&one.cash, appraisal).minus(&present(&one.cash_cost, appraisal)))
        .fold(Ratio::zero(), |sum, next| sum.plus(&next));
    let statement = match appraisal.settle() {
        Ok(statement) => statement.unwrap(),
        Err(SettlementError::NoSurplus { .. }) => {
            assert!(whole < Ratio::zero());
            return;
        }
        Err(other) => panic!("{other}"),
    };
    assert!(whole >= Ratio::zero());
    for year in 0..appraisal.years.len() {
        let sums = statement.payments.iter().map(|one| one.by_year[year]);
        assert_eq!(Pence::total(sums).unwrap(), Pence::ZERO);
    }
    let after = Pence::total(statement.payments.iter().map(|one| one.after)).unwrap();
    assert_eq!(after, statement.surplus);
    for payment in &statement.payments {
        assert!(payment.after >= Pence::ZERO, "{}", payment.partner);
        let position = (appraisal.positions.iter()).find(|one| one.payer.code == payment.partner);
        let position = position.unwrap();
        let nothing = |by_year: &[Ratio]| by_year.iter().all(Ratio::is_zero);
        if nothing(&position.cash_cost) && nothing(&position.cash) {
            assert!(payment.by_year.iter().all(|pence| *pence == Pence::ZERO));
            assert_eq!(payment.after, Pence::ZERO);
        }
        // What is paid and received makes one of the other: each year is closed to a penny, as are both ends.
        let paid: Vec<Ratio> = (payment.by_year.iter())
            .map(|pence| Ratio::new(pence.get().into(), 1))
            .collect();
        let made = Ratio::new(payment.before.get().into(), 1).plus(&present(&paid, appraisal));
        let off = made.minus(&Ratio::new(payment.after.get().into(), 1));
        let most = Ratio::new(7, 1);
        assert!(
            off <= most && Ratio::zero().minus(&off) <= most,
            "{}: {off}",
            payment.partner
        );
    }
}

/// All that is worked out, in words that can be compared.
fn everything(appraisal: &Appraisal) -> String {
    let tables = [
        appraisal.positions_table().to_string(),
        appraisal.years_table().to_string(),
        appraisal.held_table().to_string(),
        appraisal.verdicts_table().unwrap().to_string(),
        format!("{:?}", appraisal.settle()),
        appraisal.in_words().unwrap(),
    ];
    let sums: Vec<String> = (appraisal.positions.iter())
        .map(|one| format!("{} {:?} {:?}", one.payer.code, one.corrected, one.cash))
        .collect();
    format!(
        "{}\n{}\n{} {}",
        tables.join("\n"),
        sums.join("\n"),
        appraisal.may_overlap,
        appraisal.may_be_one
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_proposal_adds_up(drawn in drawn()) {
        for world in [&WORLD, &RICH] {
            world.appraised(&drawn.text(false), |appraisal| {
                layers_hold(appraisal);
                payers_are_the_whole(appraisal);
                nothing_is_saved_above_what_is_spent(appraisal);
                a_wider_boundary_saves_no_less(appraisal);
                nobody_ends_worse_off(appraisal);
                assert!(appraisal.may_overlap >= Ratio::zero());
                assert!(appraisal.may_be_one >= Ratio::zero());
            });
        }
    }

    #[test]
    fn the_order_of_what_is_written_changes_nothing(drawn in drawn()) {
        let there = WORLD.appraised(&drawn.text(false), everything);
        let back = WORLD.appraised(&drawn.text(true), everything);
        prop_assert_eq!(there, back);
    }

    /// Thrice the people, or unit values thrice as large, claim thrice as much; and where nothing is refused and
    /// no cash is in blocks, thrice as much is saved and is cash.
    #[test]
    fn savings_scale_with_people_and_unit_values(mut drawn in drawn()) {
        for cash in drawn.effects.iter_mut().flat_map(|effect| &mut effect.cash) {
            if matches!(cash, Cash::Blocks(..)) {
                *cash = Cash::Share(40);
            }
        }
        let mut more = drawn.clone();
        let people = more.effects.iter_mut().flat_map(|effect| &mut effect.people);
        people.for_each(|people| *people *= 3);
        let sums = |appraisal: &Appraisal| {
            let thrice = |by_year: &Vec<Ratio>| -> Vec<Ratio> { by_year.clone() };
            let of_positions: Vec<_> = (appraisal.positions.iter())
                .map(|one| [&one.gross, &one.corrected, &one.cashable, &one.cash].map(thrice))
                .collect();
            let claimed: Vec<_> = appraisal.held.iter().map(|held| held.claimed.clone()).collect();
            (of_positions, claimed, appraisal.public_value.clone())
        };
        let three = Ratio::new(3, 1);
        let times = |by_year: &[Ratio]| -> Vec<Ratio> {
            by_year.iter().map(|sum| sum.times(&three)).collect()
        };
        let (once, claimed, public) = RICH.appraised(&drawn.text(false), sums);
        for other in [
            RICH.appraised(&more.text(false), sums),
            RICH.with_values(&drawn.text(false), 3, sums),
        ] {
            for (one, three) in once.iter().zip(&other.0) {
                for (one, three) in one.iter().zip(three).take(3) {
                    prop_assert_eq!(&times(one), three);
                }
            }
            for (one, three) in claimed.iter().zip(&other.1) {
                prop_assert_eq!(&times(one), three);
            }
            prop_assert_eq!(public.times(&three), other.2);
        }
        // Held against what is spent, what is claimed scales all the same.
        let (_, held, _) = WORLD.appraised(&drawn.text(false), sums);
        let (_, more, _) = WORLD.appraised(&more.text(false), sums);
        for (one, three) in held.iter().zip(&more) {
            prop_assert_eq!(&times(one), three);
        }
    }

    /// In prices of another year every sum is so many times as much, and every ratio and payback is the same.
    #[test]
    fn prices_of_another_year_scale_all_and_leave_ratios(mut drawn in drawn()) {
        for cash in drawn.effects.iter_mut().flat_map(|effect| &mut effect.cash) {
            if matches!(cash, Cash::Blocks(..)) {
                *cash = Cash::None;
            }
        }
        drawn.prices = "2016-17";
        let mut later = drawn.clone();
        later.prices = "2018-19";
        let all = |appraisal: &Appraisal| appraisal.verdicts().unwrap();
        let ours = WORLD.appraised(&drawn.text(false), all);
        let theirs = WORLD.appraised(&later.text(false), all);
        // 100 to 110.
        let factor = Ratio::new(11, 10);
        for (ours, theirs) in ours.iter().zip(&theirs) {
            for (ours, theirs) in [
                (&ours.cost, &theirs.cost),
                (&ours.saving, &theirs.saving),
                (&ours.cash, &theirs.cash),
                (&ours.net_saving, &theirs.net_saving),
            ] {
                prop_assert_eq!(&ours.times(&factor), theirs);
            }
            prop_assert_eq!(&ours.fiscal_return, &theirs.fiscal_return);
            prop_assert_eq!(&ours.cash_return, &theirs.cash_return);
            prop_assert_eq!(ours.payback, theirs.payback);
        }
    }

    #[test]
    fn at_a_rate_of_nothing_the_present_value_is_the_sum(mut drawn in drawn()) {
        drawn.discount = "nothing";
        WORLD.appraised(&drawn.text(false), |appraisal| {
            let whole = verdict(appraisal, &[]);
            let all = |of: fn(&Position) -> &Vec<Ratio>| {
                sum(appraisal.positions.iter().flat_map(of))
            };
            assert_eq!(whole.cost, all(|one| &one.cost));
            assert_eq!(whole.saving, all(|one| &one.corrected));
            assert_eq!(whole.cash, all(|one| &one.cash));
            assert_eq!(whole.payback.first, whole.payback.first_discounted);
            assert_eq!(whole.payback.stays, whole.payback.stays_discounted);
        });
    }

    /// Blocks of one event, at what an event costs and without notice, are the whole saving where events are
    /// whole.
    #[test]
    fn blocks_of_one_event_are_linear(people in 10_u32..400, years in 1_usize..4) {
        let effect = |cash: Cash| Effect {
            kind: 0,
            people: vec![people; years],
            engaged: 100,
            points: 100,
            deadweight: 0,
            poor: false,
            lag: 1,
            persist: vec![100, 100],
            cash: [cash, Cash::None, Cash::None],
            grouped: false,
        };
        let drawn = |cash| Drawn {
            prices: "2016-17",
            discount: "rates",
            combine: "worst",
            effects: vec![effect(cash)],
            costs: Vec::new(),
            overlap: "separate",
            rule: "by-turns",
        };
        let police = |appraisal: &Appraisal| {
            let police = appraisal.positions.iter().find(|one| one.payer.code == "police");
            police.unwrap().cash.clone()
        };
        let blocks = RICH.appraised(&drawn(Cash::Blocks(1, 300, 0)).text(false), police);
        let linear = RICH.appraised(&drawn(Cash::Share(100)).text(false), police);
        prop_assert!(!sum(&linear).is_zero());
        prop_assert_eq!(blocks, linear);
    }

    /// Where more is spent no more is refused, and who claims more is refused no less.
    #[test]
    fn what_is_refused_follows_claims_and_spending(mut drawn in drawn()) {
        // Which effect of a group counts changes with their size.
        drawn.overlap = "separate";
        let mut more = drawn.clone();
        for effect in &mut more.effects {
            effect.people.iter_mut().for_each(|people| *people += 7);
        }
        let refused = |appraisal: &Appraisal| -> Vec<Ratio> {
            appraisal.held.iter().flat_map(|held| held.refused.clone()).collect()
        };
        let here = WORLD.appraised(&drawn.text(false), refused);
        let twice = TWICE.appraised(&drawn.text(false), refused);
        let claims = WORLD.appraised(&more.text(false), refused);
        let none = RICH.appraised(&drawn.text(false), refused);
        prop_assert!(none.iter().all(Ratio::is_zero));
        for ((here, twice), claims) in here.iter().zip(&twice).zip(&claims) {
            prop_assert!(twice <= here);
            prop_assert!(claims >= here);
        }
    }

    /// Effects that are added up save at least as much as the largest of them, which is what counts where one lies
    /// inside the other or nobody knows; and where nobody knows, both ends are said.
    #[test]
    fn overlaps_lie_between_the_largest_and_the_sum(mut drawn in drawn()) {
        let mut saved = |rule: &'static str, world: &World| {
            drawn.overlap = rule;
            world.appraised(&drawn.text(false), |appraisal| {
                (verdict(appraisal, &[]).saving, appraisal.may_overlap.clone())
            })
        };
        for world in [&*WORLD, &*RICH] {
            let (separate, none) = saved("separate", world);
            let (nested, also_none) = saved("nested", world);
            let (unknown, more) = saved("unknown", world);
            prop_assert!(none.is_zero() && also_none.is_zero());
            prop_assert!(separate >= unknown);
            prop_assert_eq!(&unknown, &nested);
            prop_assert_eq!(unknown.plus(&more), separate);
        }
    }
}

/// Where less is spent than without the proposal there is no ratio, and what is spent less is divided too.
#[test]
fn what_is_cheaper_anyway_has_no_ratio() {
    let effect = Effect {
        kind: 1,
        people: vec![20],
        engaged: 100,
        points: 10,
        deadweight: 0,
        poor: false,
        lag: 0,
        persist: vec![100],
        cash: [Cash::Share(100), Cash::None, Cash::None],
        grouped: false,
    };
    let cost = |partner: &'static str, pounds: i32| Cost {
        partner,
        year: 0,
        pounds,
        in_kind: false,
        nominal: false,
        poor: true,
    };
    let drawn = Drawn {
        prices: "2016-17",
        discount: "rates",
        combine: "worst",
        effects: vec![effect],
        costs: vec![cost("council", 1_000), cost("police", -4_000)],
        overlap: "separate",
        rule: "in-proportion",
    };
    WORLD.appraised(&drawn.text(false), |appraisal| {
        let whole = verdict(appraisal, &[]);
        // £1,000.00 and 10 per cent more; £4,000.00 less, and 15 per cent of that not counted upon.
        assert_eq!(whole.cost, Ratio::new(110_000 - 340_000, 1));
        assert_eq!(whole.fiscal_return, Return::CheaperAnyway);
        assert_eq!(whole.cash_return.to_string(), "cheaper anyway");
        assert_eq!(verdict(appraisal, &["hospital"]).fiscal_return, Return::NoCost);
        let words = appraisal.in_words().unwrap();
        assert!(
            words.starts_with("It is cheaper anyway: it costs the public purse £2,300.00 less than what it replaces"),
            "{words}"
        );
        // 2 cases at £1,500.00 of 2015-16 are £3,750.00, and £5,000.00 may be given up at once.
        let statement = appraisal.settle().unwrap().unwrap();
        let said: Vec<String> = (statement.payments.iter())
            .filter(|one| one.after != Pence::ZERO)
            .map(|one| format!("{} {} {}", one.partner, one.before, one.after))
            .collect();
        // £6,050.00 of £7,150.00 are left.
        assert_eq!(said, ["council £2,650.00 £3,173.08", "police £3,400.00 £2,876.92"]);
        nobody_ends_worse_off(appraisal);
    });
}
