//! What must hold of any pattern.

use super::made::{self, p_percent, pence, percent};
use wholeplace::disclosure::pattern::{
    Effort, Fate, Keep, Part, Pattern, PatternError, System, Utility, Why, audit, protect,
    without_each_kind,
};
use wholeplace::money::Ratio;

/// Systems that have a pattern.
fn protected() -> impl Iterator<Item = (System, Pattern)> {
    (100..130).filter_map(|seed| {
        let system = made::random(seed);
        protect(&system, Effort::ChooseAgain)
            .ok()
            .map(|pattern| (system, pattern))
    })
}

#[test]
fn all_amounts_negated_give_the_same_pattern() {
    let mut compared = 0;
    for (system, pattern) in protected() {
        let mut negated = system.clone();
        for sum in &mut negated.sums {
            sum.pence = -sum.pence;
            sum.holders
                .iter_mut()
                .for_each(|(_, amount)| *amount = -*amount);
        }
        assert_eq!(
            protect(&negated, Effort::ChooseAgain).map(|other| other.fates),
            Ok(pattern.fates)
        );
        compared += 1;
    }
    assert!(compared >= 10);
}

#[test]
fn the_order_of_holders_and_shares_does_not_matter() {
    for (system, pattern) in protected() {
        let mut turned = system.clone();
        turned.sums.iter_mut().for_each(|sum| sum.holders.reverse());
        turned
            .lines
            .iter_mut()
            .for_each(|line| line.shares.reverse());
        assert_eq!(protect(&turned, Effort::ChooseAgain), Ok(pattern));
    }
}

#[test]
fn the_same_private_part_has_the_same_fate() {
    for (mut system, pattern) in protected() {
        // Each line once more, at three times itself.
        let again = system.lines.clone();
        for mut line in again {
            line.shares
                .iter_mut()
                .for_each(|(_, share)| *share = share.times(&Ratio::new(3, 1)));
            system.lines.push(line);
        }
        let doubled = protect(&system, Effort::ChooseAgain).expect("a pattern");
        let (first, second) = doubled.fates.split_at(pattern.fates.len());
        assert_eq!(first, second);
        assert_eq!(first, pattern.fates);
        audit(&system, doubled).expect("it holds");
    }
}

#[test]
fn more_withheld_is_not_less_safe() {
    for (system, mut pattern) in protected() {
        // Only what the audit says of needless withholding is new.
        let Some(line) = pattern.fates.iter().position(|fate| *fate == Fate::Shown) else {
            continue;
        };
        pattern.fates[line] = Fate::Withheld(Why::TellsAnother);
        match audit(&system, pattern) {
            Ok(_) => panic!("line {line} is withheld for nothing"),
            Err(PatternError::Audit { faults }) => assert_eq!(
                faults,
                [format!(
                    "line {line} is withheld for the sake of others, but no move changes it"
                )]
            ),
            Err(other) => panic!("{other}"),
        }
    }
}

/// Every way in which a pattern can be wrong is found.
#[test]
fn planted_faults_are_found() {
    let mut planted = 0;
    for (system, pattern) in protected() {
        let mut check = |what: &str, wrong: Pattern| {
            assert!(audit(&system, wrong).is_err(), "{what}");
            planted += 1;
        };
        for (line, fate) in pattern.fates.iter().enumerate() {
            if *fate != Fate::Shown {
                let mut wrong = pattern.clone();
                wrong.fates[line] = Fate::Shown;
                check("a withheld line is shown", wrong);
            }
        }
        for at in 0..pattern.protections.len() {
            let mut wrong = pattern.clone();
            wrong.protections.remove(at);
            check("a protection is missing", wrong);
            let mut wrong = pattern.clone();
            wrong.protections[at].moves.clear();
            check("it has no move", wrong);
            let mut wrong = pattern.clone();
            wrong.protections[at].level = pence(wrong.protections[at].level.get() - 1);
            if wrong.protections[at].level.get() > 0 {
                check("its level is lower than the rule's", wrong);
            }
            let mut wrong = pattern.clone();
            let changes = &mut wrong.protections[at].moves[0].changes;
            changes[0].1 = pence(changes[0].1.get() + 1);
            if changes.len() > 1 {
                check("a move is off by a penny", wrong);
            }
            let mut wrong = pattern.clone();
            for (_, change) in &mut wrong.protections[at].moves[0].changes {
                *change = pence(change.get() * 1_000_000);
            }
            check("a move goes farther than anybody believes", wrong);
        }
        let mut wrong = pattern.clone();
        wrong.fates.pop();
        check("a line has no fate", wrong);
    }
    assert!(planted > 300, "{planted}");
}

#[test]
fn what_is_wrong_with_a_system_is_all_said() {
    let mut system = made::table(
        &[
            &[made::sum(&[(0, 5)]), made::sum(&[(1, 5)])],
            &[made::sum(&[(2, 5)]), made::sum(&[(3, 5)])],
        ],
        p_percent(3, 0),
    );
    system.before = percent(0);
    system.sums[0].pence = pence(6);
    system.sums[1].rule = 7;
    system.lines[0].shares.push((99, Ratio::one()));
    system.lines[1].kind = 3;
    system.lines[2].shares = vec![(2, Ratio::one()), (2, Ratio::zero())];
    system.kinds[0].cost = 0;
    let Err(PatternError::System { faults }) = protect(&system, Effort::ChooseAgain) else {
        panic!("it is refused");
    };
    assert_eq!(
        faults,
        [
            "what is known before is within 0 %; it must be above 0",
            "rule 'rule': p is 0; it must be above 0 and at most 100",
            "kind 'figures' costs nothing; it must cost at least 1",
            "the holders of sum 0 do not have what it is",
            "sum 1 is under rule 7, of 1 rule",
            "line 0 has a share of a sum that there is not",
            "line 1 is of kind 3, of 2 kinds",
            "a sum stands twice in line 2",
            "line 2 has a share of nothing",
        ]
    );
}

#[test]
fn what_must_be_told_is_named_when_it_is_in_the_way() {
    // One person's sum, and its line must be told.
    let mut system = made::table(
        &[
            &[made::sum(&[(0, 500)]), made::sum(&[(1, 500)])],
            &[made::sum(&[(2, 500)]), made::sum(&[(3, 500)])],
        ],
        p_percent(2, 10),
    );
    system.lines[0].keep = Keep::Always;
    assert_eq!(
        protect(&system, Effort::ChooseAgain),
        Err(PatternError::AlwaysSensitive { lines: vec![0] })
    );
    // The margins of it must all be told, and the other cells too.
    let many = |first: u32| made::sum(&(0..9).map(|one| (first + one, 500)).collect::<Vec<_>>());
    let mut system = made::table(
        &[&[made::sum(&[(0, 500)]), many(10)], &[many(20), many(30)]],
        p_percent(2, 10),
    );
    for line in 1..8 {
        system.lines[line].keep = Keep::Always;
    }
    let Err(PatternError::NoMove { part, in_the_way }) = protect(&system, Effort::ChooseAgain)
    else {
        panic!("nothing protects it");
    };
    assert_eq!(part, Part::Sum(0));
    assert_eq!(in_the_way, [1, 2, 3]);
    // What may be given up to the last is, and only then.
    for line in 1..8 {
        system.lines[line].keep = Keep::ToTheLast;
    }
    let pattern = protect(&system, Effort::ChooseAgain).expect("it may be given up");
    let withheld: Vec<usize> = (0..9)
        .filter(|&line| pattern.fates[line] != Fate::Shown)
        .collect();
    assert_eq!(withheld, [0, 1, 2, 3]);
}

#[test]
fn what_each_kind_of_line_costs_is_counted() {
    let many = |first: u32| made::sum(&(0..9).map(|one| (first + one, 500)).collect::<Vec<_>>());
    let system = made::table(
        &[
            &[made::sum(&[(0, 500)]), many(10), many(40)],
            &[many(20), many(30), many(50)],
        ],
        p_percent(2, 10),
    );
    let pattern = protect(&system, Effort::ShowAgain).expect("a pattern");
    let utility = Utility::of(&system, &pattern);
    // Six cells, two rows, three columns, the whole: one cell is sensitive, a square protects it.
    assert_eq!(
        (utility.with_money, utility.sensitive, utility.for_others),
        (12, 1, 3)
    );
    let by_kind: Vec<(&str, usize, usize)> = utility
        .by_kind
        .iter()
        .map(|kind| (&*kind.name, kind.with_money, kind.withheld))
        .collect();
    assert_eq!(by_kind, [("figures", 6, 4), ("totals", 6, 0)]);
    let without = without_each_kind(&system, Effort::ShowAgain);
    let withheld: Vec<usize> = without
        .iter()
        .map(|one| one.as_ref().map_or(99, Utility::withheld))
        .collect();
    // Without cells nothing is: no margin is of one person. Without margins only the cell itself.
    assert_eq!(withheld, [0, 1]);
}
