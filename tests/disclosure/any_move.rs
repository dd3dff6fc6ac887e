//! Moves that no exchange, square, cube or sum of such makes: rings of sums, and shares that fit only one way.

use super::attacker::{Attacker, Looker, number};
use super::made::{self, line, p_percent, pence, percent, sum, system};
use std::sync::Arc;
use wholeplace::disclosure::pattern::{
    Dominance, Effort, Fate, Keep, Kind, Looks, Open, Part, Pattern, PatternError, PrivateSum,
    Rule, System, ToldLine, Why, audit, protect,
};
use wholeplace::money::Ratio;

/// Twenty holders with so much each.
fn many(first: u32, each: i64) -> PrivateSum {
    let holders: Vec<(u32, i64)> = (0..20).map(|one| (first + one, each)).collect();
    sum(&holders)
}

fn few() -> Rule {
    Rule {
        name: Arc::from("few"),
        holders: 2,
        dominance: Dominance::None,
        open: Open::Percent(percent(10)),
    }
}

fn must(shares: &[(u32, i128)]) -> ToldLine {
    ToldLine {
        shares: (shares.iter())
            .map(|&(sum, share)| (sum, Ratio::new(share, 1)))
            .collect(),
        kind: 0,
        keep: Keep::Always,
    }
}

/// Sums against which nobody knows anything beforehand but what all do.
fn against_all(sums: Vec<PrivateSum>, lines: Vec<ToldLine>) -> System {
    System {
        looks: Looks {
            partners: false,
            holders: false,
        },
        ..system(sums, lines, few())
    }
}

fn proved(system: &System) -> Pattern {
    let pattern = protect(system, Effort::ShowAgain).expect("a pattern");
    audit(system, pattern).expect("it holds").pattern().clone()
}

fn withheld(pattern: &Pattern) -> Vec<usize> {
    (0..pattern.fates.len())
        .filter(|&line| pattern.fates[line] != Fate::Shown)
        .collect()
}

/// The changes of the one move of sum 0.
fn moved(pattern: &Pattern) -> Vec<(u32, i64)> {
    let of_0 = pattern
        .protections
        .iter()
        .find(|one| one.part == Part::Sum(0));
    let changes = &of_0.expect("sum 0 is protected").moves[0].changes;
    changes.iter().map(|(sum, by)| (*sum, by.get())).collect()
}

/// A ring of so many rows and as many columns: row i has the cells 2i and 2i + 1, column i has 2i + 1 and 2i + 2. All
/// rows and columns must be told. Cell 0 is one holder's.
fn ring(rows: u32) -> System {
    let cells = 2 * rows;
    let mut sums = vec![sum(&[(0, 1_000)])];
    sums.extend((1..cells).map(|cell| many(20 * cell, 100)));
    let mut lines: Vec<ToldLine> = (0..cells).map(|cell| line([cell])).collect();
    for row in 0..rows {
        lines.push(must(&[(2 * row, 1), (2 * row + 1, 1)]));
        lines.push(must(&[(2 * row + 1, 1), ((2 * row + 2) % cells, 1)]));
    }
    against_all(sums, lines)
}

/// What is in a table of three by three without its diagonal has one move only: all six, turn about. And so has each
/// longer ring.
#[test]
fn a_ring_moves_as_a_whole() {
    for rows in [3, 4, 5, 9, 20, 60] {
        let system = ring(rows);
        let pattern = proved(&system);
        assert_eq!(
            withheld(&pattern),
            (0..2 * rows as usize).collect::<Vec<_>>()
        );
        // A tenth of 1,000 pence, up in one and down in the next.
        let by = moved(&pattern)[0].1;
        assert!(by.abs() >= 100, "{by}");
        for (cell, change) in moved(&pattern) {
            assert_eq!(change, if cell % 2 == 0 { by } else { -by });
        }
        let attacker = Attacker::new(&system, &pattern, Looker::Anyone);
        let part = [(0, Ratio::one())];
        assert!(!attacker.works_out(&part));
        let (below, above) = attacker.interval(&part);
        assert!(below >= 99.99 && above >= 99.99, "{below} {above}");
    }
}

/// With one more line that must be told across the ring nothing moves: 0 and 3 go up and down by as much, so their
/// sum stays, and their difference does not.
#[test]
fn a_ring_with_a_line_across_moves_only_if_the_line_does_not() {
    let mut same = ring(3);
    same.lines.push(must(&[(0, 1), (3, 1)]));
    assert_eq!(withheld(&proved(&same)), [0, 1, 2, 3, 4, 5]);
    let mut other = ring(3);
    other.lines.push(must(&[(0, 1), (2, 1)]));
    match protect(&other, Effort::ShowAgain) {
        Err(PatternError::NoMove { part, in_the_way }) => {
            assert_eq!(part, Part::Sum(0));
            assert!(!in_the_way.is_empty());
        }
        other => panic!("{other:?}"),
    }
    // If it may go at the cost of its kind, it goes, and nothing else must.
    other.lines.last_mut().unwrap().keep = Keep::IfPossible;
    assert_eq!(withheld(&proved(&other)), [0, 1, 2, 3, 4, 5, 12]);
}

/// x + 2y and y + 3z must be told: y is minus half of x, z a sixth: six, minus three, one.
fn chain(z: PrivateSum) -> System {
    let sums = vec![sum(&[(0, 1_200)]), many(20, 100), z];
    let mut lines: Vec<ToldLine> = (0..3).map(|at| line([at])).collect();
    lines.push(must(&[(0, 1), (1, 2)]));
    lines.push(must(&[(1, 1), (2, 3)]));
    against_all(sums, lines)
}

#[test]
fn shares_that_fit_only_one_way() {
    let pattern = proved(&chain(many(40, 10)));
    assert_eq!(withheld(&pattern), [0, 1, 2]);
    // A tenth of 1,200 is 120, which is twenty times six.
    let changes = moved(&pattern);
    let by = changes[2].1;
    assert!(by.abs() >= 20);
    assert_eq!(changes, [(0, 6 * by), (1, -3 * by), (2, by)]);
}

/// z can differ by what it is: by 20 pence it just reaches, by 19 it does not. Where it may be less than nothing it still
/// differs by no more than itself.
#[test]
fn a_move_stops_where_money_would_be_less_than_nothing() {
    assert_eq!(withheld(&proved(&chain(many(40, 1)))), [0, 1, 2]);
    let nineteen = sum(&(0..19).map(|one| (40 + one, 1)).collect::<Vec<_>>());
    assert!(matches!(
        protect(&chain(nineteen.clone()), Effort::ShowAgain),
        Err(PatternError::NoMove { .. })
    ));
    let mut wide = chain(nineteen);
    wide.before = percent(200);
    assert!(protect(&wide, Effort::ShowAgain).is_err());
    wide.sums[2].may_be_negative = true;
    assert_eq!(withheld(&proved(&wide)), [0, 1, 2]);
}

/// The sum of all is another line that fits no move: 6 − 3 + 1 is four. And one with shares 1, 1, −3 fits.
#[test]
fn a_line_that_fits_no_move_leaves_none() {
    let mut system = chain(many(40, 10));
    system.lines.push(must(&[(0, 1), (1, 1), (2, 1)]));
    assert!(matches!(
        protect(&system, Effort::ShowAgain),
        Err(PatternError::NoMove { .. })
    ));
    let mut system = chain(many(40, 10));
    system.lines.push(must(&[(0, 1), (1, 1), (2, -3)]));
    assert_eq!(withheld(&proved(&system)), [0, 1, 2]);
}

/// Whole pence: a seventh of y and a third of z are told together too, and go. It changes by whole pence where z does by
/// 21, so x by 126, the first from 120 on.
#[test]
fn what_is_withheld_changes_by_whole_pence() {
    let mut system = chain(many(40, 10));
    system.lines.push(ToldLine {
        shares: vec![(1, Ratio::new(1, 7)), (2, Ratio::new(1, 3))],
        kind: 0,
        keep: Keep::IfPossible,
    });
    let pattern = proved(&system);
    assert_eq!(withheld(&pattern), [0, 1, 2, 5]);
    // −3/7 + 1/3 is −2/21: whole from 21 on.
    assert_eq!(moved(&pattern)[2].1.abs(), 21);
}

/// A ring and a longer way around: of two moves the one that withholds less is taken.
#[test]
fn what_costs_more_stays() {
    // Cells 0 to 5 are a ring; cell 1 can also be left out by going over cells 6, 7, 8 in three more lines.
    let mut system = ring(3);
    system.sums.extend((6..9).map(|cell| many(20 * cell, 100)));
    system.kinds.push(Kind {
        name: Arc::from("dear"),
        cost: 50,
    });
    for line in &mut system.lines {
        if line.keep == Keep::Always && line.shares.iter().any(|(sum, _)| *sum == 1) {
            let at = if line.shares.iter().any(|(sum, _)| *sum == 0) {
                6
            } else {
                8
            };
            line.shares.push((at, Ratio::one()));
        }
    }
    system.lines.push(must(&[(6, 1), (7, 1)]));
    system.lines.push(must(&[(7, 1), (8, 1)]));
    system.lines.extend((6..9).map(|cell| line([cell])));
    let one_way = proved(&system);
    assert_eq!(withheld(&one_way), [0, 1, 2, 3, 4, 5]);
    // Cell 1 is dear: six and eight go against it, and seven with them.
    system.lines[1].kind = 1;
    let other_way = proved(&system);
    assert_eq!(withheld(&other_way), [0, 2, 3, 4, 5, 14, 15, 16]);
}

/// Tables with empty cells whose rows and columns must all be told: a release is refused if and only if a linear
/// programme over all cells finds no change as wide as the rule asks for. (Shares are all alike, so whole pence are no
/// hindrance.)
#[test]
fn only_what_has_no_move_at_all_is_refused() {
    use rand::{RngExt, SeedableRng};
    let (mut shown, mut refused) = (0, 0);
    for seed in 0..60 {
        let random = &mut rand_chacha::ChaCha8Rng::seed_from_u64(seed);
        let size = random.random_range(3..8_usize);
        let mut cells: Vec<(usize, usize)> = vec![(0, 0)];
        for row in 0..size {
            for column in 0..size {
                if (row, column) != (0, 0) && random.random_range(0..10) < 4 {
                    cells.push((row, column));
                }
            }
        }
        let mut sums = vec![sum(&[(0, 10_000)])];
        for cell in 1..cells.len() as u32 {
            sums.push(many(20 * cell, random.random_range(30..100)));
        }
        let mut lines: Vec<ToldLine> = (0..cells.len() as u32).map(|cell| line([cell])).collect();
        for at in 0..size {
            let of = |wanted: &dyn Fn(&(usize, usize)) -> bool| -> Vec<(u32, i128)> {
                let all = (0..).zip(&cells).filter(|(_, cell)| wanted(cell));
                all.map(|(number, _)| (number, 1)).collect()
            };
            lines.push(must(&of(&|cell| cell.0 == at)));
            lines.push(must(&of(&|cell| cell.1 == at)));
        }
        lines.retain(|line| !line.shares.is_empty());
        let system = against_all(sums, lines);
        let all_cells = Pattern {
            fates: (0..system.lines.len())
                .map(|at| match at < cells.len() {
                    true => Fate::Withheld(Why::TellsAnother),
                    false => Fate::Shown,
                })
                .collect(),
            protections: Vec::new(),
        };
        let attacker = Attacker::new(&system, &all_cells, Looker::Anyone);
        let (below, above) = attacker.interval(&[(0, Ratio::one())]);
        match protect(&system, Effort::ChooseAgain) {
            Ok(pattern) => {
                audit(&system, pattern).expect("it holds");
                assert!(above >= 999.9 && below >= 999.9, "seed {seed}");
                shown += 1;
            }
            Err(PatternError::NoMove { .. } | PatternError::Alone { .. }) => {
                assert!(above < 999.9, "seed {seed}: {above} is wide enough");
                refused += 1;
            }
            // A row of cell 0 alone tells it.
            Err(PatternError::AlwaysSensitive { .. }) => assert!(above < 0.1, "seed {seed}"),
            Err(other) => panic!("seed {seed}: {other}"),
        }
    }
    assert!(
        shown >= 5 && refused >= 5,
        "{shown} shown, {refused} refused"
    );
}

/// Those who know their own amounts in what stands in: a ring of sums of many is safe for all of them, and one with a sum
/// of one holder is not for that one.
#[test]
fn who_knows_a_part_of_a_ring_sees_through_it() {
    let mut system = System {
        rules: vec![p_percent(2, 10)],
        looks: Looks {
            partners: false,
            holders: true,
        },
        ..ring(3)
    };
    assert_eq!(withheld(&proved(&system)), [0, 1, 2, 3, 4, 5]);
    system.sums[3] = PrivateSum {
        pence: pence(2_000),
        ..made::sum(&[(60, 2_000)])
    };
    assert!(protect(&system, Effort::ShowAgain).is_err());
    assert!(number(&system.before) > 99.0);
}
