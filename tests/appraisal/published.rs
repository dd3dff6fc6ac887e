//! Divisions, games and payments that others published, each with where.

use proptest::prelude::*;
use wholeplace::appraisal::settlement::{
    Band, ClaimsRule, CountsFrom, Game, Measure, Party, SettlementError, Statement, Terms,
    Threshold, YearSaving,
};
use wholeplace::money::{Pence, Ratio};

fn whole(numbers: &[i128]) -> Vec<Ratio> {
    numbers.iter().map(|&n| Ratio::new(n, 1)).collect()
}

fn over(below: u128, numbers: &[i128]) -> Vec<Ratio> {
    numbers.iter().map(|&n| Ratio::new(n, below)).collect()
}

fn decimals(ratios: &[Ratio], places: u32) -> Vec<String> {
    ratios
        .iter()
        .map(|ratio| ratio.to_decimal(places))
        .collect()
}

/// Ibn Ezra's four sons claim all, half, a third and a quarter of 120 (O'Neill 1982, example 1). What the rules
/// here divide is worked out by hand; the random order is the mean over all 24.
#[test]
fn the_estate_of_ibn_ezra() {
    let claims = whole(&[120, 60, 40, 30]);
    let cases: [(ClaimsRule, Vec<Ratio>); 5] = [
        (ClaimsRule::InProportion, over(10, &[576, 288, 192, 144])),
        // 30 each.
        (ClaimsRule::EqualGains, whole(&[30, 30, 30, 30])),
        // 33⅓ less each; the smallest claim is less than that.
        (ClaimsRule::EqualContributions, over(3, &[260, 80, 20, 0])),
        // Halves of the three smaller claims, and the rest.
        (ClaimsRule::EvenHanded, whole(&[55, 30, 20, 15])),
        (ClaimsRule::ByTurns, over(6, &[345, 175, 115, 85])),
    ];
    for (rule, gains) in cases {
        let divided = rule.divide(&Ratio::new(120, 1), &claims).unwrap();
        assert_eq!(divided, gains, "{}", rule.name());
    }
    // His own division: a group is worth the largest claim in it (Aumann RJ. Some non-superadditive games, and
    // their Shapley values, in the Talmud. International Journal of Game Theory 2010; 39: 3-10, and the example
    // of CoopGame's `shapleyValue`): 80.83333, 20.83333, 10.83333, 7.50000.
    let game = Game::new(4, |group| {
        let largest = group.iter().map(|&son| claims[son].clone()).max();
        largest.unwrap()
    });
    let his = game.unwrap().by_turns();
    assert_eq!(his, over(6, &[485, 125, 65, 45]));
    assert_eq!(
        decimals(&his, 5),
        ["80.83333", "20.83333", "10.83333", "7.50000"]
    );
}

/// The contested garment (Baba Metzia 2a) for every pair of claims: each concedes what it does not claim, and the
/// rest is halved. By turns two divide the same.
#[test]
fn two_concede_and_divide() {
    for (one, other) in [(100, 50), (100, 100), (70, 60), (20, 90)] {
        for estate in [10, 50, 75, 100] {
            let estate = estate.min(one + other);
            let concedes = |claim: i128| (estate - claim).max(0);
            let contested = estate - concedes(one) - concedes(other);
            let wanted = over(
                2,
                &[
                    2 * concedes(other) + contested,
                    2 * concedes(one) + contested,
                ],
            );
            for rule in [ClaimsRule::EvenHanded, ClaimsRule::ByTurns] {
                let divided = rule.divide(&Ratio::new(estate, 1), &whole(&[one, other]));
                assert_eq!(divided.unwrap(), wanted, "{} of {estate}", rule.name());
            }
        }
    }
}

/// The Tennessee Valley Authority's costs of navigation, flood control and power, in thousands of dollars, and
/// their divisions (Straffin PD, Heaney JP. Game theory and the Tennessee Valley Authority. International Journal of
/// Game Theory 1981; 10: 35-43): separable costs 45,214, 33,763 and 110,977.
#[test]
fn the_tennessee_valley() {
    let game = Game::new(3, |group| {
        let cost = match group {
            [0] => 163_520,
            [1] => 140_826,
            [2] => 250_096,
            [0, 1] => 301_607,
            [0, 2] => 378_821,
            [1, 2] => 367_370,
            _ => 412_584,
        };
        Ratio::new(cost, 1)
    });
    let game = game.unwrap();
    let shares = game.separable_costs();
    assert_eq!(decimals(&shares, 0), ["117476", "99157", "195951"]);
    assert_eq!(shares.iter().sum::<Ratio>(), Ratio::new(412_584, 1));
    assert_eq!(game.pays_more_than_alone(&shares), None);
    // Navigation: (2 × 163,520 + (301,607 − 140,826) + (378,821 − 250,096) + 2 × 45,214) / 6.
    let turns = game.by_turns();
    assert_eq!(turns, over(2, &[235_658, 201_513, 387_997]));
    assert_eq!(game.pays_more_than_alone(&turns), None);
    // Equal thirds: power pays less than it alone causes, and flood control nearly all that it would pay alone; the two
    // others are asked for more than they would pay together.
    let thirds = vec![Ratio::new(412_584, 3); 3];
    assert_eq!(game.pays_more_than_alone(&thirds), None);
    let halves = over(2, &[412_584, 412_584, 0]);
    assert_eq!(
        game.pays_more_than_alone(&halves),
        Some((vec![0, 1], Ratio::new(412_584 - 301_607, 1)))
    );
}

/// Runways: who needs the first stretch shares it equally with all who need more, and so on (Littlechild SC, Owen G.
/// A simple expression for the Shapley value in a special case. Management Science 1973; 20: 370-372). The
/// second is GameTheoryAllocation's example: 0.3333333, 0.3333333, 1.333333.
#[test]
fn a_runway_is_shared_stretch_by_stretch() {
    for (costs, wanted) in [
        (whole(&[100, 200, 300]), over(6, &[200, 500, 1_100])),
        (whole(&[1, 1, 2]), over(3, &[1, 1, 4])),
        (
            whole(&[8, 12, 12, 15, 20]),
            over(30, &[48, 78, 78, 123, 273]),
        ),
    ] {
        let game = Game::new(costs.len(), |group| {
            let most = group.iter().map(|&plane| costs[plane].clone()).max();
            most.unwrap()
        });
        let game = game.unwrap();
        let mut formula = Vec::new();
        let (mut before, mut share) = (Ratio::zero(), Ratio::zero());
        for (number, cost) in costs.iter().enumerate() {
            let users = (costs.len() - number) as u128;
            share = share.plus(&cost.minus(&before).times(&Ratio::new(1, users)));
            before = cost.clone();
            formula.push(share.clone());
        }
        assert_eq!(game.by_turns(), formula);
        assert_eq!(formula, wanted);
        assert_eq!(game.pays_more_than_alone(&formula), None);
    }
}

/// One left glove and two right ones: 2/3 to whom nobody can be without, 1/6 to each other (Shapley 1953; in every
/// textbook since). InventorymodelPackage's `vShapley`: 5/6, 1/3, 5/6. A majority of three: a third each.
#[test]
fn small_games() {
    let gloves = Game::new(3, |group| {
        let pair = group.contains(&0) && group.len() > 1;
        if pair { Ratio::one() } else { Ratio::zero() }
    });
    assert_eq!(gloves.unwrap().by_turns(), over(6, &[4, 1, 1]));
    let inventory = Game::new(3, |group| {
        let cost = if matches!(group, [0, 2] | [_, _, _]) {
            2
        } else {
            1
        };
        Ratio::new(cost, 1)
    });
    assert_eq!(inventory.unwrap().by_turns(), over(6, &[5, 2, 5]));
    let majority = Game::new(3, |group| Ratio::new((group.len() > 1).into(), 1));
    assert_eq!(majority.unwrap().by_turns(), over(3, &[1, 1, 1]));
    assert!(matches!(
        Game::new(17, |_| Ratio::one()),
        Err(SettlementError::TooMany {
            partners: 17,
            most: 16
        })
    ));
}

/// The Security Council of eleven: five have a veto and seven must agree, 76/385 to each of the five and 1/462 to each
/// other (Shapley LS, Shubik M. A method for evaluating the distribution of power in a committee system. American
/// Political Science Review 1954; 48: 787-792); of fifteen, nine must agree: 421/2145 and 4/2145.
#[test]
fn the_security_council() {
    for (members, agree, veto, other) in [
        (11, 7, Ratio::new(76, 385), Ratio::new(1, 462)),
        (15, 9, Ratio::new(421, 2_145), Ratio::new(4, 2_145)),
    ] {
        let council = Game::new(members, |group| {
            let passes = group.len() >= agree && group.iter().take(5).eq(&[0, 1, 2, 3, 4]);
            Ratio::new(passes.into(), 1)
        });
        let power = council.unwrap().by_turns();
        assert!(power[..5].iter().all(|one| *one == veto));
        assert!(power[5..].iter().all(|one| *one == other));
    }
}

/// The Local Justice Reinvestment pilot (Ministry of Justice 2011-13): demand has to fall by 5 per cent; then half of
/// what is saved up to that is paid, and all of it from there to a fall of 20 per cent. With £10m at the start: 4
/// per cent nothing, 5 per cent £250,000, 6 £350,000, 10 £750,000, 25 no more than 20: £1,750,000.
#[test]
fn justice_reinvestment() {
    let mut terms = Terms::of(ClaimsRule::InProportion);
    let of_base = |per_cent: i128| Measure::OfSpending(Ratio::new(per_cent, 100));
    terms.threshold = Some(Threshold::new(of_base(5), CountsFrom::First));
    terms.bands = vec![
        Band::new(Some(of_base(5)), Ratio::new(1, 2)),
        Band::new(Some(of_base(20)), Ratio::one()),
    ];
    let base = Ratio::new(1_000_000_000, 1);
    let paid = |per_cent: u128| {
        let saved = base.times(&Ratio::new(i128::try_from(per_cent).unwrap(), 100));
        terms.brought_in(YearSaving {
            partner: "moj",
            saved: &saved,
            spent: Some(&base),
            people: &Ratio::new(1_000, 1),
        })
    };
    for (per_cent, pounds) in [
        (4, 0),
        (5, 250_000),
        (6, 350_000),
        (10, 750_000),
        (20, 1_750_000),
        (25, 1_750_000),
    ] {
        assert_eq!(
            paid(per_cent).unwrap(),
            Ratio::new(pounds * 100, 1),
            "{per_cent} %"
        );
    }
    // As a settlement: the ministry's £1m of a fall by 10 per cent brings £750,000 in, and keeps the rest.
    let saved = base.times(&Ratio::new(1, 10));
    let brought_in = paid(10).unwrap();
    let parties = [
        Party {
            partner: "moj".into(),
            kept: vec![saved.minus(&brought_in)],
            cash: vec![brought_in],
            ..Party::default()
        },
        Party {
            partner: "manchester".into(),
            costs: vec![Ratio::new(75_000_000, 1)],
            ..Party::default()
        },
    ];
    let statement = Statement::settle(&terms, &parties, &[Ratio::one()]).unwrap();
    assert_eq!(statement.surplus, Pence::ZERO);
    assert_eq!(statement.payments[0].by_year, [Pence::new(-75_000_000)]);
    assert_eq!(statement.payments[1].after, Pence::ZERO);
    assert_eq!(statement.kept, Pence::new(25_000_000));
}

proptest! {
    /// The rules for claims are those of a game in which any group could fund the programme: the random order of the
    /// game of savings, and separable costs of the game in which a group bears the smaller of the cost and of what it
    /// saves. No group is asked for more than it would bear alone, by any rule that lies in the core.
    #[test]
    fn rules_for_claims_are_games(
        claims in prop::collection::vec(1_i128..2_000, 1..6),
        part in 0_u32..=100,
        essential in 0_usize..5,
    ) {
        let savings = whole(&claims);
        let all: i128 = claims.iter().sum();
        let estate = Ratio::new(all * i128::from(part), 100);
        let cost = Ratio::new(all, 1).minus(&estate);
        let saved = |group: &[usize]| -> Ratio { group.iter().map(|&one| &savings[one]).sum() };
        let worth = |group: &[usize]| saved(group).minus(&cost).max(Ratio::zero());
        let turns = ClaimsRule::ByTurns.divide(&estate, &savings).unwrap();
        prop_assert_eq!(&turns, &Game::new(claims.len(), worth).unwrap().by_turns());
        let essential = essential % claims.len();
        let with = ClaimsRule::divide_with_essential(&estate, &savings, essential).unwrap();
        let veto = Game::new(claims.len(), |group| match group.contains(&essential) {
            true => worth(group),
            false => Ratio::zero(),
        });
        prop_assert_eq!(&with, &veto.unwrap().by_turns());
        let costs = Game::new(claims.len(), |group| saved(group).min(cost.clone())).unwrap();
        let pays = |gains: &[Ratio]| -> Vec<Ratio> {
            savings.iter().zip(gains).map(|(saved, gain)| saved.minus(gain)).collect()
        };
        let separable = ClaimsRule::SeparableCosts.divide(&estate, &savings).unwrap();
        prop_assert_eq!(pays(&separable), costs.separable_costs());
        for rule in ClaimsRule::ALL {
            let gains = rule.divide(&estate, &savings).unwrap();
            prop_assert_eq!(costs.pays_more_than_alone(&pays(&gains)), None, "{}", rule.name());
        }
    }
}
