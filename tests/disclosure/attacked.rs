//! Patterns attacked.

use super::attacker::{Attacker, Looker};
use super::made::{self, line, p_percent, sum, system};
use proptest::prelude::*;
use wholeplace::disclosure::pattern::{
    Dominance, Effort, Fate, Keep, Part, Pattern, PatternError, System, ToldLine, Why, audit,
    protect,
};
use wholeplace::money::Ratio;

/// Everybody who looks at a part, beside those who have some of it.
fn lookers(system: &System, part: &[(u32, Ratio)]) -> Vec<Looker> {
    let mut all = vec![Looker::Anyone];
    let of_part = |sum: usize| part.iter().any(|(one, _)| *one as usize == sum);
    if system.looks.partners {
        let mut partners: Vec<u32> = system.sums.iter().filter_map(|sum| sum.owner).collect();
        partners.sort_unstable();
        partners.dedup();
        let owns = |partner: u32| {
            (0..system.sums.len()).any(|at| of_part(at) && system.sums[at].owner == Some(partner))
        };
        all.extend(
            partners
                .into_iter()
                .filter(|&partner| !owns(partner))
                .map(Looker::Partner),
        );
    }
    if system.looks.holders {
        // Those who make up most of some sum know most.
        let mut holders: Vec<u32> = (system.sums.iter())
            .filter_map(|sum| {
                sum.holders
                    .iter()
                    .max_by_key(|(_, pence)| pence.get().abs())
            })
            .map(|(holder, _)| *holder)
            .collect();
        holders.sort_unstable();
        holders.dedup();
        let has = |holder: u32| {
            (0..system.sums.len()).any(|at| {
                of_part(at)
                    && system.sums[at]
                        .holders
                        .iter()
                        .any(|(one, _)| *one == holder)
            })
        };
        all.extend(
            holders
                .into_iter()
                .filter(|&holder| !has(holder))
                .map(|holder| Looker::Holders(vec![holder])),
        );
    }
    all
}

/// What an attack finds: parts that are told, and parts that are known more narrowly than they must be.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    told: usize,
    narrow: usize,
}

/// Attacks what is shown. What somebody could work out from what was known before is not found.
pub fn attack(system: &System, truth: &Pattern, shown: &Pattern) -> Found {
    let mut found = Found::default();
    let before = Pattern {
        fates: (system.lines.iter())
            .map(|line| match line.keep {
                Keep::Known => Fate::Shown,
                _ => Fate::Withheld(Why::TellsAnother),
            })
            .collect(),
        protections: Vec::new(),
    };
    for protection in &truth.protections {
        let part = match protection.part {
            Part::Sum(sum) => vec![(sum, Ratio::one())],
            Part::Line(line) => system.lines[line as usize].shares.clone(),
            Part::LineWithout { line, partner } => {
                let others =
                    |(sum, _): &&(u32, Ratio)| system.sums[*sum as usize].owner != Some(partner);
                system.lines[line as usize]
                    .shares
                    .iter()
                    .filter(others)
                    .cloned()
                    .collect()
            }
        };
        let who = match protection.part {
            Part::LineWithout { partner, .. } => vec![Looker::Partner(partner)],
            _ => lookers(system, &part),
        };
        let level = protection.level.get() as f64;
        for looker in who {
            if Attacker::new(system, &before, looker.clone()).works_out(&part) {
                continue;
            }
            let attacker = Attacker::new(system, shown, looker);
            found.told += usize::from(attacker.works_out(&part));
            let (below, above) = attacker.interval(&part);
            found.narrow += usize::from(below < level - 0.01 || above < level - 0.01);
        }
    }
    found
}

/// What is withheld because of itself only.
fn primary_only(pattern: &Pattern) -> Pattern {
    let fates = (pattern.fates.iter())
        .map(|fate| match fate {
            Fate::Withheld(Why::TellsAnother) => Fate::Shown,
            other => *other,
        })
        .collect();
    Pattern {
        fates,
        ..pattern.clone()
    }
}

/// Every seed that has a pattern holds against the attacker; most have one.
#[test]
fn nothing_is_told_of_random_systems() {
    let (mut held, mut protected, mut broken) = (0, 0, 0);
    for seed in 0..60 {
        let system = made::random(seed);
        match protect(&system, Effort::ShowAgain) {
            Ok(pattern) => {
                assert_eq!(
                    attack(&system, &pattern, &pattern),
                    Found::default(),
                    "seed {seed}"
                );
                audit(&system, pattern.clone())
                    .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
                held += 1;
                protected += pattern.protections.len();
                let primary = primary_only(&pattern);
                let weak = attack(&system, &pattern, &primary);
                broken += usize::from(weak != Found::default());
                if primary != pattern {
                    assert!(audit(&system, primary).is_err(), "seed {seed}");
                }
            }
            Err(error) => assert!(
                matches!(
                    error,
                    PatternError::NoMove { .. }
                        | PatternError::Alone { .. }
                        | PatternError::AlwaysSensitive { .. }
                ),
                "seed {seed}: {error}"
            ),
        }
    }
    println!("{held} of 60 held, {protected} parts, {broken} broken by the primary pattern alone");
    assert!(held >= 30, "{held} of 60 systems have a pattern");
    assert!(protected > 100, "{protected} parts are protected");
    assert!(broken >= 20, "{broken} primary patterns are broken");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_told_of_any_system(seed in 1_000_u64..1_000_000) {
        let system = made::random(seed);
        if let Ok(pattern) = protect(&system, Effort::ChooseAgain) {
            prop_assert_eq!(attack(&system, &pattern, &pattern), Found::default());
            prop_assert!(audit(&system, pattern).is_ok());
        }
    }
}

/// A site on which no line has a single gap, and every withheld cell of the additive table has a wide interval; but the
/// county's sums are shown in the places as well, as shares by residents, and a share tells its source.
fn shared_site() -> System {
    // Four sums of the county: two partners by two themes, one of them of one person.
    let many =
        |first: u32, each: i64| sum(&(0..9).map(|one| (first + one, each)).collect::<Vec<_>>());
    let sums = vec![
        sum(&[(0, 500_000)]),
        many(10, 60_000),
        many(30, 50_000),
        many(50, 70_000),
    ];
    // Residents of three places: 20 %, 30 % and 50 %.
    let weights = [2_i128, 3, 5];
    let mut lines: Vec<ToldLine> = [
        &[0][..],
        &[1],
        &[2],
        &[3],
        &[0, 1],
        &[2, 3],
        &[0, 2],
        &[1, 3],
    ]
    .map(|sums| line(sums.iter().copied()))
    .to_vec();
    lines.push(ToldLine {
        keep: Keep::Always,
        ..line(0..4)
    });
    for weight in weights {
        let share = Ratio::new(weight, 10);
        for cell in 0..4 {
            lines.push(ToldLine {
                shares: vec![(cell, share.clone())],
                ..line([])
            });
        }
    }
    system(sums, lines, p_percent(2, 10))
}

#[test]
fn a_pattern_that_is_safe_line_by_line_is_told_by_shares() {
    let system = shared_site();
    let pattern = protect(&system, Effort::ShowAgain).expect("a pattern");
    assert_eq!(attack(&system, &pattern, &pattern), Found::default());
    audit(&system, pattern.clone()).expect("it holds");
    // The county's table alone is safe when its four cells are withheld: its margins leave them open.
    let county = System {
        lines: system.lines[..9].to_vec(),
        ..system.clone()
    };
    let additive = protect(&county, Effort::ShowAgain).expect("a pattern");
    assert_eq!(attack(&county, &additive, &additive), Found::default());
    let gaps = additive
        .fates
        .iter()
        .filter(|fate| **fate != Fate::Shown)
        .count();
    assert_eq!(gaps, 4);
    // With it the places' shares are shown, all but those of the sensitive sum itself: each line of four places has one
    // gap less than it needs, and the others' shares tell the others.
    let mut fates = additive.fates.clone();
    fates.extend((9..system.lines.len()).map(|line| match (line - 9) % 4 {
        0 => Fate::Withheld(Why::Few),
        _ => Fate::Shown,
    }));
    let leaky = Pattern {
        fates,
        protections: pattern.protections.clone(),
    };
    assert!(attack(&system, &pattern, &leaky).told > 0);
    assert!(audit(&system, leaky).is_err());
    // Ours withholds every share of what it withholds.
    for cell in 0..4 {
        let of_cell = (9..system.lines.len()).filter(|line| (line - 9) % 4 == cell);
        assert!(of_cell.clone().all(
            |line| (pattern.fates[line] == Fate::Shown) == (pattern.fates[cell] == Fate::Shown)
        ));
    }
}

#[test]
fn shares_and_levels_are_as_worked_out_by_hand() {
    // p 10 % of one payee with £5,000: £500 each way.
    let pattern = protect(&shared_site(), Effort::ChooseAgain).expect("a pattern");
    let levels: Vec<(Part, i64)> = pattern
        .protections
        .iter()
        .map(|protection| (protection.part, protection.level.get()))
        .collect();
    assert_eq!(levels, [(Part::Sum(0), 50_000)]);
    // The exchange around the square is in whole pence in every place: tenths of it are.
    for (_, change) in &pattern.protections[0].moves[0].changes {
        assert_eq!(change.get().abs() % 10, 0);
        assert!(change.get().abs() >= 50_000);
    }
}

#[test]
fn a_rule_of_dominance_asks_for_what_the_handbook_says() {
    // 80, 15, 3, 2 of 100: p 10 %: 5 is left and 8 is wanted, so 3 each way. (1, 75): 100/75 · 80 − 100 = 6.67.
    // p-q (10, 50): 10/50 · 80 − 5 = 11.
    let dominated = [(0, 8_000), (1, 1_500), (2, 300), (3, 200)];
    let many = |first: u32| sum(&(0..9).map(|one| (first + one, 2_000)).collect::<Vec<_>>());
    let level = |dominance: Dominance| {
        let rule = wholeplace::disclosure::pattern::Rule {
            dominance,
            ..p_percent(2, 1)
        };
        let system = made::table(&[&[sum(&dominated), many(10)], &[many(20), many(30)]], rule);
        let pattern = protect(&system, Effort::ChooseAgain).expect("a pattern");
        pattern
            .protections
            .iter()
            .map(|protection| protection.level.get())
            .collect::<Vec<_>>()
    };
    let hundred = |p: i128| Ratio::new(p, 1);
    assert_eq!(level(Dominance::Percent(hundred(10))), [300]);
    assert_eq!(level(Dominance::Nk(vec![(1, hundred(75))])), [667]);
    assert_eq!(level(Dominance::Pq(hundred(10), hundred(50))), [1_100]);
    assert_eq!(level(Dominance::None), [0_i64; 0]);
}
