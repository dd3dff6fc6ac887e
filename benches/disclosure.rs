//! Which figures may be told: chosen and audited.
//!
//! Sketch: 18 places × 6 themes × 12 partners with all margins, 525 of the 1,296 cells with money: 943 figures, each
//! cell in 8 of them, of 5,123 payees whose amounts are as uneven as in lists of payments. A candidate move changes 8
//! cells and 8 figures; about 60 parts are to be protected, each with some 1,000 candidates: half a million small
//! sums, so 10 ms; each choice looks at 16 bytes of each candidate. Wanted: chosen and audited within 50 ms, at most
//! 251 figures withheld. And 40 × 12 × 12 with 3,000 cells, 4,169 figures: within 0.5 s.

use criterion::Criterion;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};
use wholeplace::disclosure::pattern::{
    Dominance, Effort, Fate, Keep, Kind, Looks, Open, PrivateSum, Rule, System, ToldLine, audit,
    protect,
};
use wholeplace::money::{Pence, Ratio};

/// Sums and shares of them.
type Shares = Vec<(u32, Ratio)>;

/// The exponent of the law of amounts.
const LAW: f64 = 1.3;

/// A table of three axes with all margins.
struct Size {
    axes: [u32; 3],
    cells: usize,
    payees: u32,
}

const SITE: Size = Size {
    axes: [18, 6, 12],
    cells: 525,
    payees: 5_123,
};
const LARGE: Size = Size {
    axes: [40, 12, 12],
    cells: 3_000,
    payees: 45_000,
};

fn made(size: &Size, looks: Looks) -> System {
    let mut random = ChaCha8Rng::seed_from_u64(19);
    let [places, themes, partners] = size.axes;
    let mut cells: BTreeMap<[u32; 3], Vec<(u32, Pence)>> = BTreeMap::new();
    while cells.len() < size.cells {
        let cell = [
            random.random_range(0..places),
            random.random_range(0..themes),
            random.random_range(0..partners),
        ];
        cells.entry(cell).or_default();
    }
    // Some cells have many payees, some few; each payee's amounts are of a Pareto law with exponent 1.3.
    let keys: Vec<[u32; 3]> = cells.keys().copied().collect();
    let weights: Vec<f64> = keys.iter().map(|_| random.random::<f64>() + 0.06).collect();
    let all: f64 = weights.iter().sum();
    let mut payee = 0;
    for (key, weight) in keys.iter().zip(weights) {
        let count = ((weight / all * f64::from(size.payees)).round() as u32).max(1);
        let list = cells.get_mut(key).expect("a cell");
        for _ in 0..count {
            let pounds = 150.0 / random.random::<f64>().max(1e-6).powf(1.0 / LAW);
            list.push((payee, Pence::new((pounds * 100.0) as i64 + 1)));
            payee += 1;
        }
    }
    let sums = (cells.iter())
        .map(|(cell, holders)| PrivateSum {
            pence: Pence::total(holders.iter().map(|(_, pence)| *pence)).expect("fits"),
            holders: holders.clone(),
            rule: 0,
            owner: Some(cell[2]),
            may_be_negative: false,
        })
        .collect();
    let mut lines: BTreeMap<(u16, [u32; 3]), Shares> = BTreeMap::new();
    for (at, cell) in (0..).zip(cells.keys()) {
        for kind in 0..8_u16 {
            let told = |axis: usize| {
                if kind >> axis & 1 == 1 {
                    u32::MAX
                } else {
                    cell[axis]
                }
            };
            let key = (kind, [told(0), told(1), told(2)]);
            lines.entry(key).or_default().push((at, Ratio::one()));
        }
    }
    System {
        sums,
        lines: (lines.into_iter())
            .map(|((kind, _), shares)| ToldLine {
                shares,
                kind,
                keep: if kind == 7 {
                    Keep::Always
                } else {
                    Keep::IfPossible
                },
            })
            .collect(),
        rules: vec![Rule {
            name: Arc::from("all"),
            holders: 2,
            dominance: Dominance::Percent(Ratio::new(10, 1)),
            open: Open::Rule,
        }],
        kinds: (0..8_u16)
            .map(|kind| Kind {
                name: Arc::from(format!("{} axes", 3 - kind.count_ones())),
                cost: 1,
            })
            .collect(),
        looks,
        before: Ratio::new(100, 1),
    }
}

fn shown(name: &str, system: &System, effort: Effort) -> usize {
    let start = Instant::now();
    let pattern = protect(system, effort).expect("a pattern");
    let chosen = start.elapsed();
    let withheld = pattern
        .fates
        .iter()
        .filter(|fate| **fate != Fate::Shown)
        .count();
    let primary = (pattern.fates.iter())
        .filter(|fate| matches!(fate, Fate::Withheld(why) if *why != wholeplace::disclosure::pattern::Why::TellsAnother))
        .count();
    let parts = pattern.protections.len();
    audit(system, pattern).expect("it holds");
    println!(
        "{name}: {} figures over {} sums, {primary} primary, {parts} parts, {withheld} withheld; chosen in {chosen:?}, audited by {:?}",
        system.lines.len(),
        system.sums.len(),
        start.elapsed()
    );
    withheld
}

fn main() {
    let holders = Looks {
        partners: false,
        holders: true,
    };
    let all = Looks {
        partners: true,
        holders: true,
    };
    let mut criterion = Criterion::default()
        .configure_from_args()
        .sample_size(10)
        .measurement_time(Duration::from_secs(3));
    let mut group = criterion.benchmark_group("disclosure");
    for (name, size, most) in [("site", &SITE, 251), ("large", &LARGE, 2_000)] {
        for (looks, who) in [(holders, "holders"), (all, "partners_and_holders")] {
            let system = made(size, looks);
            for (effort, how) in [
                (Effort::ChooseAgain, "choose_again"),
                (Effort::ShowAgain, "show_again"),
            ] {
                let withheld = shown(&format!("{name}/{who}/{how}"), &system, effort);
                assert!(who != "holders" || withheld <= most, "{withheld} of {most}");
                group.bench_function(format!("{name}/{who}/{how}"), |b| {
                    b.iter(|| {
                        let pattern = protect(&system, effort).expect("a pattern");
                        black_box(audit(&system, pattern).expect("it holds"))
                    });
                });
            }
        }
    }
    group.finish();
}
