//! Systems of all shapes.

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;
use std::sync::Arc;
use wholeplace::disclosure::pattern::{
    Dominance, Keep, Kind, Looks, Open, PrivateSum, Rule, System, ToldLine,
};
use wholeplace::money::{Pence, Ratio};

/// Sums and shares of them.
type Shares = Vec<(u32, Ratio)>;

pub const fn pence(pence: i64) -> Pence {
    Pence::new(pence)
}

pub fn percent(p: i128) -> Ratio {
    Ratio::new(p, 1)
}

/// p % with a threshold.
pub fn p_percent(holders: u64, p: i128) -> Rule {
    Rule {
        name: Arc::from("rule"),
        holders,
        dominance: Dominance::Percent(percent(p)),
        open: Open::Rule,
    }
}

/// A sum of what its holders have.
pub fn sum(holders: &[(u32, i64)]) -> PrivateSum {
    PrivateSum {
        pence: pence(holders.iter().map(|(_, amount)| amount).sum()),
        holders: holders
            .iter()
            .map(|&(holder, amount)| (holder, pence(amount)))
            .collect(),
        rule: 0,
        owner: None,
        may_be_negative: false,
    }
}

/// A line of whole sums.
pub fn line(sums: impl IntoIterator<Item = u32>) -> ToldLine {
    ToldLine {
        shares: sums.into_iter().map(|sum| (sum, Ratio::one())).collect(),
        kind: 0,
        keep: Keep::IfPossible,
    }
}

pub fn system(sums: Vec<PrivateSum>, lines: Vec<ToldLine>, rule: Rule) -> System {
    System {
        sums,
        lines,
        rules: vec![rule],
        kinds: vec![Kind {
            name: Arc::from("figures"),
            cost: 1,
        }],
        looks: Looks {
            partners: false,
            holders: true,
        },
        before: percent(100),
    }
}

/// A table of rows and columns with margins and the whole, cell by cell: lines are the cells by rows, the rows, the
/// columns, the whole.
pub fn table(cells: &[&[PrivateSum]], rule: Rule) -> System {
    let columns = cells[0].len() as u32;
    let rows = cells.len() as u32;
    let at = |row: u32, column: u32| row * columns + column;
    let mut lines: Vec<ToldLine> = (0..rows * columns).map(|cell| line([cell])).collect();
    let margin = |sums: Vec<u32>| ToldLine {
        kind: 1,
        ..line(sums)
    };
    lines.extend((0..rows).map(|row| margin((0..columns).map(|column| at(row, column)).collect())));
    lines.extend((0..columns).map(|column| margin((0..rows).map(|row| at(row, column)).collect())));
    lines.push(ToldLine {
        keep: Keep::Always,
        ..margin((0..rows * columns).collect())
    });
    let mut made = system(cells.concat(), lines, rule);
    made.kinds.push(Kind {
        name: Arc::from("totals"),
        cost: 3,
    });
    made
}

/// A random system: a table of one to three axes with groups of places, some cells without money, some shared by known
/// weights, refunds, partners, holders in several sums, and a second edition.
pub fn random(seed: u64) -> System {
    let random = &mut ChaCha8Rng::seed_from_u64(seed);
    let places = random.random_range(3..7_u32);
    let themes = random.random_range(1..5_u32);
    let partners = random.random_range(1..4_u32);
    let mut cells: Vec<[u32; 3]> = Vec::new();
    for place in 0..places {
        for theme in 0..themes {
            for partner in 0..partners {
                if random.random_range(0..10) < 8 {
                    cells.push([place, theme, partner]);
                }
            }
        }
    }
    let negative = random.random_range(0..4) == 0;
    let mut sums: Vec<PrivateSum> = cells
        .iter()
        .map(|cell| random_sum(random, cell[2], negative))
        .collect();
    let mut lines: BTreeMap<(u16, [u32; 3]), Shares> = BTreeMap::new();
    let three = random.random_range(0..2) == 0;
    // Groups of places overlap: halves, and every third.
    let groups = random.random_range(0..2) == 0;
    for (at, cell) in (0..).zip(&cells) {
        for kind in 0..8_u16 {
            if kind == 0 && !three {
                continue;
            }
            let told = |axis: usize| {
                if kind >> axis & 1 == 1 {
                    u32::MAX
                } else {
                    cell[axis]
                }
            };
            lines
                .entry((kind, [told(0), told(1), told(2)]))
                .or_default()
                .push((at, Ratio::one()));
        }
        if groups {
            lines
                .entry((8, [cell[0] % 2, cell[1], 0]))
                .or_default()
                .push((at, Ratio::one()));
            if cell[0] % 3 == 0 {
                lines
                    .entry((9, [0, cell[1], 0]))
                    .or_default()
                    .push((at, Ratio::one()));
            }
        }
    }
    // County-wide sums, shared over places by known weights of tenths.
    if random.random_range(0..2) == 0 {
        let weights: Vec<i128> = (0..places).map(|place| i128::from(1 + place % 3)).collect();
        let all = weights.iter().sum::<i128>() as u128;
        for partner in 0..partners {
            for theme in 0..themes {
                let at = sums.len() as u32;
                sums.push(random_sum(random, partner, false));
                for (place, weight) in (0..places).zip(&weights) {
                    let share = Ratio::new(*weight, all);
                    for key in [
                        (4, [place, theme, u32::MAX]),
                        (2, [place, u32::MAX, partner]),
                        (6, [place, u32::MAX, u32::MAX]),
                    ] {
                        lines.entry(key).or_default().push((at, share.clone()));
                    }
                }
                for key in [
                    (1, [u32::MAX, theme, partner]),
                    (3, [u32::MAX, u32::MAX, partner]),
                    (5, [u32::MAX, theme, u32::MAX]),
                    (7, [u32::MAX; 3]),
                ] {
                    lines.entry(key).or_default().push((at, Ratio::one()));
                }
            }
        }
    }
    let looks = Looks {
        partners: random.random_range(0..2) == 0,
        holders: random.random_range(0..3) > 0,
    };
    let rules = [
        p_percent(1, 10),
        p_percent(3, 10),
        Rule {
            dominance: Dominance::None,
            open: Open::Percent(percent(10)),
            ..p_percent(3, 1)
        },
        Rule {
            dominance: Dominance::Nk(vec![(1, percent(80)), (2, percent(95))]),
            ..p_percent(2, 1)
        },
        Rule {
            dominance: Dominance::Pq(percent(10), percent(60)),
            ..p_percent(2, 1)
        },
    ];
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
        rules: vec![rules[random.random_range(0..rules.len())].clone()],
        kinds: (0..10)
            .map(|kind| Kind {
                name: Arc::from(format!("kind {kind}")),
                cost: 1 + kind % 3,
            })
            .collect(),
        looks,
        before: percent(100),
    }
}

fn random_sum(random: &mut impl Rng, owner: u32, negative: bool) -> PrivateSum {
    let count = match random.random_range(0..10) {
        0 => random.random_range(1..4),
        _ => random.random_range(6..20),
    };
    let mut holders: BTreeMap<u32, i64> = BTreeMap::new();
    for _ in 0..count {
        let amount = 1_000 * (1 + (30.0 / random.random::<f64>().max(0.01)) as i64);
        let sign = if negative && random.random_range(0..6) == 0 {
            -1
        } else {
            1
        };
        *holders.entry(random.random_range(0..150)).or_default() += amount * sign;
    }
    let holders: Vec<(u32, i64)> = holders.into_iter().collect();
    PrivateSum {
        owner: Some(owner),
        may_be_negative: negative,
        ..sum(&holders)
    }
}
