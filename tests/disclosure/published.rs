//! Cases that people reported of other tools, and tables from papers. Data only.

use super::made::{line, p_percent, percent, sum, system, table};
use std::sync::Arc;
use wholeplace::disclosure::pattern::{
    Dominance, Effort, Fate, Keep, Open, Pattern, PrivateSum, Rule, System, audit, protect,
};

fn withheld(pattern: &Pattern) -> Vec<usize> {
    (0..pattern.fates.len())
        .filter(|&line| pattern.fates[line] != Fate::Shown)
        .collect()
}

fn protected(system: &System) -> Pattern {
    let pattern = protect(system, Effort::ShowAgain).expect("a pattern");
    audit(system, pattern).expect("it holds").pattern().clone()
}

/// A sum of so much by so many holders, all with about the same.
fn of(first: u32, count: u32, each: i64) -> PrivateSum {
    sum(&(0..count)
        .map(|one| (first + one, each + i64::from(one % 3)))
        .collect::<Vec<_>>())
}

/// sdcTools/UserSupport #135 (sdcTable): of three cells of one payee each in a line, two of which know each other's by
/// subtraction, two were caught and three were missed.
#[test]
fn three_singletons_in_a_line() {
    let system = table(
        &[
            &[
                sum(&[(1, 900)]),
                sum(&[(2, 800)]),
                sum(&[(3, 700)]),
                of(10, 9, 300),
            ],
            &[
                of(20, 9, 300),
                of(30, 9, 310),
                of(40, 9, 320),
                of(50, 9, 330),
            ],
        ],
        p_percent(3, 10),
    );
    let pattern = protected(&system);
    // Their line total tells the third to the two others, unless something of many stands beside them.
    assert_ne!(pattern.fates[3], Fate::Shown);
    for cell in [0, 1, 2] {
        assert_ne!(pattern.fates[cell], Fate::Shown);
    }
}

/// GaussSuppression's vignette on linked tables: with consistent suppression over linked tables two primary cells can be
/// derived. Two tables over the same sums, by theme and by another grouping of them, and their common total.
#[test]
fn linked_tables_are_one_system() {
    let sums = vec![
        sum(&[(1, 500)]),
        of(10, 9, 100),
        of(20, 9, 110),
        sum(&[(2, 600)]),
        of(30, 9, 120),
        of(40, 9, 130),
    ];
    let lines = [
        &[0][..],
        &[1],
        &[2],
        &[3],
        &[4],
        &[5],
        &[0, 1, 2],
        &[3, 4, 5],
        &[0, 1],
        &[2, 3],
        &[4, 5],
        &[0, 5],
        &[1, 4],
        &[0, 1, 2, 3, 4, 5],
    ];
    let system = system(
        sums,
        lines.map(|sums| line(sums.iter().copied())).to_vec(),
        p_percent(2, 10),
    );
    let pattern = protected(&system);
    assert_ne!(pattern.fates[0], Fate::Shown);
    assert_ne!(pattern.fates[3], Fate::Shown);
}

/// sdcTools/UserSupport #72 and #156 (both of tau-Argus, 2017 and 2021): a negative grand total stopped the programme, and the p % rule withheld every cell of a
/// variable with negative amounts.
#[test]
fn a_negative_grand_total_is_as_any_other() {
    let negative = |sum: PrivateSum| PrivateSum {
        may_be_negative: true,
        ..sum
    };
    let refunds = negative(of(60, 9, -9_000));
    let system = table(
        &[
            &[sum(&[(1, 900)]), of(10, 9, 300), of(20, 9, 310)],
            &[of(30, 9, 300), of(40, 9, 310), refunds],
            &[of(70, 9, 300), of(80, 9, 310), of(90, 9, 320)],
        ],
        p_percent(3, 10),
    );
    let total: i64 = system.sums.iter().map(|sum| sum.pence.get()).sum();
    assert!(total < 0);
    let pattern = protected(&system);
    // One cell is sensitive; a square protects it.
    assert_eq!(withheld(&pattern).len(), 4);
}

/// sdcTools/UserSupport #194 (tau-Argus, open since 2022): zeros and ones were taken as protection. A sum in which nobody has anything cannot stand in
/// for another, and one of a penny not for one of pounds.
#[test]
fn zeros_and_pennies_protect_nothing() {
    let system = table(
        &[
            &[
                sum(&[(1, 90_000)]),
                sum(&[]),
                sum(&[(2, 0)]),
                of(10, 9, 3_000),
            ],
            &[
                of(20, 9, 3_000),
                of(30, 9, 3_100),
                of(35, 9, 1),
                of(40, 9, 3_200),
            ],
        ],
        p_percent(2, 10),
    );
    let pattern = protected(&system);
    assert_eq!(withheld(&pattern), [0, 3, 4, 7]);
}

/// sdcTools/UserSupport #115 (sdcTable): zeros that must be published ran for ever.
#[test]
fn zeros_that_must_be_shown_are_shown() {
    let mut system = table(
        &[
            &[sum(&[(1, 90_000)]), sum(&[]), of(10, 9, 3_000)],
            &[sum(&[]), sum(&[]), sum(&[])],
            &[of(20, 9, 3_000), sum(&[]), of(40, 9, 3_200)],
        ],
        p_percent(2, 10),
    );
    for zero in [1, 3, 4, 5, 7, 10, 13] {
        system.lines[zero].keep = Keep::Always;
    }
    let pattern = protected(&system);
    assert_eq!(withheld(&pattern), [0, 2, 6, 8]);
}

/// Investment by activity and region (20 50 10 80, 8 19 22 49, 17 32 12 61, 45 101 44 190), in which activity II in region
/// C, 22, is sensitive: a table of the size and kind with which papers on cell suppression begin (Fischetti M,
/// Salazar-González JJ. Journal of the American Statistical Association 95, 2000, 916–928); its numbers were not compared
/// with the printed ones, and nothing here rests on them. The least is worked out by hand: the line of 22 tells it unless
/// another cell goes, so does its column, and each of the two is told by its own other line unless a fourth goes.
#[test]
fn investment_by_activity_and_region() {
    let amounts = [[20, 50, 10], [8, 19, 22], [17, 32, 12]];
    // Enterprises are not published; 22 is one enterprise's, all others are of many.
    let cells: Vec<Vec<PrivateSum>> = (0..3_usize)
        .map(|row| {
            (0..3_usize)
                .map(|column| match (row, column) {
                    (1, 2) => sum(&[(0, 22_000)]),
                    _ => of(
                        1 + 30 * (row * 3 + column) as u32,
                        20,
                        amounts[row][column] * 50,
                    ),
                })
                .collect()
        })
        .collect();
    let rows: Vec<&[PrivateSum]> = cells.iter().map(Vec::as_slice).collect();
    let rule = Rule {
        name: Arc::from("few"),
        holders: 3,
        dominance: Dominance::None,
        open: Open::Percent(percent(20)),
    };
    let pattern = protected(&table(&rows, rule));
    assert_eq!(withheld(&pattern).len(), 4);
    assert_ne!(pattern.fates[5], Fate::Shown);
}

/// DISCLOSURE finding 3: forty listed payments and one that is not. What is public is a constant, so that the private part
/// of the line is the one.
#[test]
fn what_is_public_hides_nobody() {
    let system = system(
        vec![sum(&[(0, 4_000)]), of(1, 9, 500)],
        vec![line([0]), line([1]), line([0, 1])],
        p_percent(3, 10),
    );
    let pattern = protected(&system);
    assert_eq!(withheld(&pattern).len(), 2);
    assert_ne!(pattern.fates[0], Fate::Shown);
}

/// Two editions: a late line of one person is told by subtraction. Sums in both, only now, and only then.
#[test]
fn a_late_line_is_not_told_by_the_edition_before() {
    let both = [
        of(10, 9, 400),
        of(20, 9, 500),
        of(30, 9, 600),
        of(40, 9, 700),
    ];
    let mut sums = both.to_vec();
    sums.push(sum(&[(1, 800)]));
    let told_then = |sums: &[u32]| wholeplace::disclosure::pattern::ToldLine {
        keep: Keep::Always,
        ..line(sums.iter().copied())
    };
    let lines = vec![
        told_then(&[0]),
        told_then(&[1]),
        told_then(&[0, 1]),
        told_then(&[2, 3]),
        told_then(&[0, 1, 2, 3]),
        // Now with the late line.
        line([0, 4]),
        line([1]),
        line([0, 1, 4]),
        line([2, 3]),
        line([0, 1, 2, 3, 4]),
    ];
    let pattern = protected(&system(sums, lines, p_percent(2, 10)));
    assert_eq!(withheld(&pattern), [5, 7, 9]);
}

/// sdcTools/UserSupport #194, first and second example: a zero is protected by another zero, 0 = x + x + 0 and
/// 15 = 10 + 5 + x + x, and both are then known to be nothing. Here a zero of one payee stands for a penny, and its line
/// must hide something of size.
#[test]
fn a_small_sum_is_not_hidden_by_one_as_small() {
    let rule = Rule {
        name: Arc::from("few"),
        holders: 2,
        dominance: Dominance::None,
        open: Open::Percent(percent(100)),
    };
    let system = system(
        vec![
            of(10, 9, 1_000),
            of(20, 9, 500),
            sum(&[(1, 90)]),
            of(30, 9, 1),
        ],
        vec![
            line([0]),
            line([1]),
            line([2]),
            line([3]),
            line([0, 1, 2, 3]),
        ],
        rule,
    );
    let pattern = protected(&system);
    // It must stay open by all of itself: the sum of some pennies cannot take that, one of pounds can.
    assert_eq!(pattern.protections[0].level.get(), 90);
    assert_ne!(pattern.fates[2], Fate::Shown);
    assert_eq!(pattern.fates[3], Fate::Shown);
    assert_eq!(withheld(&pattern).len(), 2);
}

/// sdcTools/UserSupport #33 (tau-Argus, open since 2016): the cell beside a sensitive one is too small to give it its range,
/// so that a third must go. The range is kept by several together where one is not enough.
#[test]
fn where_one_is_too_small_several_hide() {
    let rule = Rule {
        name: Arc::from("few"),
        holders: 2,
        dominance: Dominance::None,
        open: Open::Percent(percent(60)),
    };
    let system = system(
        // £100, ± £60; beside it £31.50, £27 and £22.50.
        vec![
            sum(&[(1, 10_000)]),
            of(10, 9, 349),
            of(20, 9, 299),
            of(30, 9, 249),
        ],
        vec![
            line([0]),
            line([1]),
            line([2]),
            line([3]),
            line([0, 1, 2, 3]),
        ],
        rule,
    );
    let mut system = system;
    system.lines[4].keep = wholeplace::disclosure::pattern::Keep::Always;
    let pattern = protected(&system);
    assert_eq!(pattern.protections[0].level.get(), 6_000);
    assert_eq!(pattern.fates[4], Fate::Shown);
    // What one of nine knows is out: eight ninths of all three come to £71.76, of the two largest to £51.84.
    assert_eq!(withheld(&pattern), [0, 1, 2, 3]);
}
