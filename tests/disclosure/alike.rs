//! Sums that no line tells apart: put together while a pattern is sought, and told as if they were one.

use super::attacker::{Attacker, Looker};
use super::made::{line, p_percent, sum, system};
use wholeplace::disclosure::pattern::{
    Effort, Fate, Keep, Part, Pattern, PrivateSum, System, audit, protect,
};
use wholeplace::money::Ratio;

fn many(first: u32, count: u32, each: i64) -> PrivateSum {
    sum(&(0..count)
        .map(|one| (first + one, each))
        .collect::<Vec<_>>())
}

/// Two by two with margins, each of whose cells is of so many sums that no line tells apart; the first cell is of one
/// holder and of nothing else.
fn split(parts: u32) -> System {
    let mut sums = vec![sum(&[(0, 9_000)])];
    let mut cells: Vec<Vec<u32>> = vec![vec![0]];
    for cell in 1..4_u32 {
        let mut own = Vec::new();
        for part in 0..parts {
            own.push(sums.len() as u32);
            sums.push(many(
                1_000 * cell + 20 * part,
                10,
                6_000 / i64::from(parts) / 10,
            ));
        }
        cells.push(own);
    }
    let of = |which: &[usize]| line(which.iter().flat_map(|&cell| cells[cell].clone()));
    let lines = [
        &[0][..],
        &[1],
        &[2],
        &[3],
        &[0, 1],
        &[2, 3],
        &[0, 2],
        &[1, 3],
        &[0, 1, 2, 3],
    ];
    let mut lines = lines.map(of).to_vec();
    // All margins must be told: a square is what moves.
    for margin in lines.iter_mut().skip(4) {
        margin.keep = Keep::Always;
    }
    system(sums, lines, p_percent(2, 10))
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

/// However many sums a cell is made of, the same figures are withheld; moves are given out over the parts, and an attacker
/// who knows the parts finds the first cell open by a tenth of its 9,000 pence.
#[test]
fn what_no_line_tells_apart_is_told_as_one() {
    let one = proved(&split(1));
    assert_eq!(withheld(&one), [0, 1, 2, 3]);
    for parts in [2, 3, 6, 30] {
        let system = split(parts);
        let pattern = proved(&system);
        assert_eq!(pattern.fates, one.fates, "{parts} parts");
        let attacker = Attacker::new(&system, &pattern, Looker::Anyone);
        let (below, above) = attacker.interval(&[(0, Ratio::one())]);
        assert!(below >= 899.9 && above >= 899.9, "{below} {above}");
    }
    // 900 pence do not fit into one of thirty parts of 200.
    let pattern = proved(&split(30));
    assert_eq!(pattern.protections[0].part, Part::Sum(0));
    assert!(pattern.protections[0].moves[0].changes.len() > 4);
}

/// One holder in both parts of a cell has in it what it has in both: 400 and 500 of 1,000 and 1,100 pence are 900 of 2,100.
/// The others have 1,200, of whom the largest has 60: what is left is more than a tenth of 900, and the cell is told. With
/// all of the first and most of the second it is not.
#[test]
fn a_holder_of_several_parts_is_one_holder() {
    let with = |first: i64, second: i64, others: i64| {
        let part = |own: i64, from: u32| {
            let mut holders = vec![(1, own)];
            holders.extend((0..10).map(|one| (from + one, others)));
            sum(&holders)
        };
        let sums = vec![part(first, 100), part(second, 200), many(300, 20, 500)];
        let lines = vec![line([0, 1]), line([2]), line([0, 1, 2])];
        system(sums, lines, p_percent(3, 10))
    };
    assert_eq!(withheld(&proved(&with(400, 500, 60))), Vec::<usize>::new());
    // 4,000 and 4,000 beside twenty times 30: 570 are left beside the two largest, less than 800.
    // It goes, and with it the other cell or the whole.
    let pattern = proved(&with(4_000, 4_000, 30));
    assert_ne!(pattern.fates[0], Fate::Shown);
    assert_eq!(withheld(&pattern).len(), 2);
}

/// What is of two partners, or of a sensitive sum, is looked at singly; that a line tells both with other shares too.
#[test]
fn what_differs_is_not_put_together() {
    let mut system = split(2);
    system.looks.partners = true;
    for (at, sum) in system.sums.iter_mut().enumerate() {
        sum.owner = Some(at as u32 % 2);
    }
    let pattern = proved(&system);
    let of_0 = pattern
        .protections
        .iter()
        .find(|one| one.part == Part::Sum(0));
    // Partner 1 knows every second part: some move leaves all of those as they are.
    let spares =
        |changes: &[(u32, wholeplace::money::Pence)]| changes.iter().all(|(sum, _)| sum % 2 == 0);
    assert!(of_0.unwrap().moves.iter().any(|one| spares(&one.changes)));
}
