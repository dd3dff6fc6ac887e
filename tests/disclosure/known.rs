//! What is known already binds what may be told, and nothing is tried on what it tells.

use super::attacked::{Found, attack};
use super::made::{self, line, p_percent, percent, sum, system};
use wholeplace::disclosure::pattern::{
    Dominance, Effort, Fate, Keep, Looks, Open, Part, PatternError, PrivateSum, Rule, ToldLine,
    audit, known_already, protect,
};
use wholeplace::money::Ratio;

fn many(first: u32) -> PrivateSum {
    sum(&(0..9).map(|one| (first + one, 500)).collect::<Vec<_>>())
}

fn known(sums: impl IntoIterator<Item = u32>) -> ToldLine {
    ToldLine {
        keep: Keep::Known,
        ..line(sums)
    }
}

/// A control total of one payee's sum is known to everybody: the pack is not refused for it, as it is where the same line
/// must be told anew.
#[test]
fn a_sum_that_is_known_is_not_protected() {
    let mut made = made::table(
        &[&[sum(&[(0, 500)]), many(10)], &[many(20), many(30)]],
        p_percent(2, 10),
    );
    assert_eq!(known_already(&made), Ok(vec![]));
    made.lines.push(ToldLine {
        keep: Keep::Always,
        ..line([0])
    });
    assert_eq!(
        protect(&made, Effort::ChooseAgain),
        Err(PatternError::AlwaysSensitive { lines: vec![0, 9] })
    );
    made.lines[9].keep = Keep::Known;
    let pattern = protect(&made, Effort::ChooseAgain).expect("it is told already");
    assert!(pattern.fates.iter().all(|fate| *fate == Fate::Shown));
    assert_eq!(pattern.protections, []);
    assert_eq!(known_already(&made), Ok(vec![Part::Sum(0)]));
    let mut hidden = pattern.clone();
    audit(&made, pattern).expect("it holds");
    // What is known cannot be withheld.
    hidden.fates[9] = Fate::Withheld(wholeplace::disclosure::pattern::Why::TellsAnother);
    let Err(PatternError::Audit { faults }) = audit(&made, hidden) else {
        panic!("it is found");
    };
    assert_eq!(faults[0], "line 9 must be told and is withheld");
}

/// Two totals of the edition before tell a third thing by subtraction; a total alone tells nothing.
#[test]
fn known_lines_tell_together() {
    let mut made = made::table(
        &[&[sum(&[(0, 500)]), many(10)], &[many(20), many(30)]],
        p_percent(2, 10),
    );
    // The whole alone: the cell is protected, and no move changes the whole.
    made.lines.push(known([0, 1, 2, 3]));
    let pattern = protect(&made, Effort::ChooseAgain).expect("a pattern");
    assert_eq!(pattern.protections.len(), 1);
    for one in &pattern.protections[0].moves {
        let all: i64 = one.changes.iter().map(|(_, change)| change.get()).sum();
        assert_eq!(all, 0);
    }
    audit(&made, pattern).expect("it holds");
    // With the three others it is told: 3 known lines, of which the fourth follows.
    made.lines.push(known([1, 2, 3]));
    assert_eq!(known_already(&made), Ok(vec![Part::Sum(0)]));
    let pattern = protect(&made, Effort::ChooseAgain).expect("a pattern");
    assert!(pattern.fates.iter().all(|fate| *fate == Fate::Shown));
    audit(&made, pattern).expect("it holds");
}

/// A partner that has one part of a known total knows the other: others still do not.
#[test]
fn what_one_partner_knows_already_is_kept_from_the_others() {
    let owned = |owner: u32, sum: PrivateSum| PrivateSum {
        owner: Some(owner),
        ..sum
    };
    let mut made = system(
        vec![
            owned(1, many(10)),
            owned(2, sum(&[(0, 500)])),
            owned(3, many(30)),
        ],
        vec![line([0]), line([1]), line([2]), known([0, 1])],
        p_percent(2, 10),
    );
    made.looks = Looks {
        partners: true,
        holders: true,
    };
    let pattern = protect(&made, Effort::ChooseAgain).expect("a pattern");
    let shown: Vec<bool> = pattern
        .fates
        .iter()
        .map(|fate| *fate == Fate::Shown)
        .collect();
    assert_eq!(shown, [false, false, true, true]);
    assert_eq!(attack(&made, &pattern, &pattern), Found::default());
    audit(&made, pattern).expect("it holds");
}

/// Whatever is known of systems of all shapes, the rest holds against the attacker.
#[test]
fn nothing_more_is_told_of_random_systems() {
    let (mut held, mut excused) = (0, 0);
    for seed in 300..360_u64 {
        let mut system = made::random(seed);
        let every = 3 + seed as usize % 5;
        for line in system.lines.iter_mut().step_by(every) {
            line.keep = Keep::Known;
        }
        let Ok(pattern) = protect(&system, Effort::ShowAgain) else {
            continue;
        };
        assert_eq!(
            attack(&system, &pattern, &pattern),
            Found::default(),
            "seed {seed}"
        );
        audit(&system, pattern).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        held += 1;
        excused += known_already(&system).map_or(0, |parts| parts.len());
    }
    println!("{held} of 60 held, {excused} parts were known already");
    assert!(held >= 25, "{held} of 60 systems have a pattern");
    assert!(excused >= 10, "{excused} parts were known already");
}

/// A sum of a pound that residents share by thousandths: no change of it is of whole pence in its places, and the error
/// names the figures that would have to go.
#[test]
fn a_sum_too_small_for_its_shares_names_them() {
    let mut made = system(
        vec![sum(&[(0, 100)]), many(10), many(20)],
        vec![line([0, 1, 2]), line([0]), line([1]), line([2])],
        Rule {
            dominance: Dominance::None,
            open: Open::Percent(percent(10)),
            ..p_percent(2, 1)
        },
    );
    made.kinds.push(wholeplace::disclosure::pattern::Kind {
        name: std::sync::Arc::from("places × partner"),
        cost: 1,
    });
    made.lines.push(ToldLine {
        shares: vec![(0, Ratio::new(7, 1_000))],
        kind: 1,
        ..line([])
    });
    let Err(error) = protect(&made, Effort::ShowAgain) else {
        panic!("nothing protects it");
    };
    assert!(
        error.to_string().ends_with(
            "leave its finer shares out: it is too small for its shares in figures by places × partner"
        ),
        "{error}"
    );
    made.lines.pop();
    assert!(protect(&made, Effort::ShowAgain).is_ok());
}
