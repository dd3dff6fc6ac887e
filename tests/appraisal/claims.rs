//! Rules of claims: published divisions, properties, and an independent way of working out each.

use proptest::prelude::*;
use wholeplace::appraisal::settlement::{ClaimsRule, SettlementError};
use wholeplace::money::Ratio;

fn whole(numbers: &[i128]) -> Vec<Ratio> {
    numbers
        .iter()
        .map(|&number| Ratio::new(number, 1))
        .collect()
}

fn sixths(numbers: &[i128]) -> Vec<Ratio> {
    numbers
        .iter()
        .map(|&number| Ratio::new(number, 6))
        .collect()
}

/// The Talmud's divisions (Kethubot 93a) among claims of 100, 200 and 300, and those of other rules for the
/// same estates (Aumann and Maschler 1985, O'Neill 1982).
#[test]
fn published_divisions_come_out() {
    use ClaimsRule::{ByTurns, EqualContributions, EqualGains, EvenHanded, InProportion};
    let claims = whole(&[100, 200, 300]);
    let cases: [(ClaimsRule, i128, [i128; 3]); 12] = [
        (EvenHanded, 100, [200, 200, 200]),
        (EvenHanded, 200, [300, 450, 450]),
        (EvenHanded, 300, [300, 600, 900]),
        (ByTurns, 100, [200, 200, 200]),
        (ByTurns, 200, [200, 500, 500]),
        (ByTurns, 300, [300, 600, 900]),
        (InProportion, 200, [200, 400, 600]),
        (EqualGains, 300, [600, 600, 600]),
        (EqualGains, 500, [600, 1_200, 1_200]),
        (EqualContributions, 100, [0, 0, 600]),
        (EqualContributions, 300, [0, 600, 1_200]),
        (EqualContributions, 400, [200, 800, 1_400]),
    ];
    for (rule, estate, gains) in cases {
        let divided = rule.divide(&Ratio::new(estate, 1), &claims).unwrap();
        assert_eq!(divided, sixths(&gains), "{} of {estate}", rule.name());
    }
    // The contested garment: one claims all of it, the other half.
    let garment = EvenHanded
        .divide(&Ratio::one(), &[Ratio::one(), Ratio::new(1, 2)])
        .unwrap();
    assert_eq!(garment, [Ratio::new(3, 4), Ratio::new(1, 4)]);
}

/// Savings of 90, 60 and 30 from a programme that costs 120 leave 60. Only the first causes a cost of its own:
/// without it 90 would be saved, so that the others bear 90 and it 30. What remains of their benefits is 60,
/// 60 and 30; the other 90 are borne 36, 36 and 18.
#[test]
fn separable_costs_are_borne_by_who_causes_them() {
    let gains = ClaimsRule::SeparableCosts.divide(&Ratio::new(60, 1), &whole(&[90, 60, 30]));
    assert_eq!(gains.unwrap(), whole(&[24, 24, 12]));
}

#[test]
fn what_cannot_be_divided_is_refused() {
    let divide = |surplus: i128, savings: &[i128]| {
        let divided = ClaimsRule::EqualGains.divide(&Ratio::new(surplus, 1), &whole(savings));
        divided.unwrap_err().to_string()
    };
    assert_eq!(
        divide(-1_234_500, &[100]),
        "the programme costs £12,345.00 more than all partners save; no settlement leaves everybody whole: \
         lower the cost, or say who bears the difference"
    );
    assert!(divide(200, &[100]).starts_with("£2.00 is to be divided, and only £1.00 is saved"));
    assert!(divide(50, &[100, -20]).starts_with("a partner saves -£0.20"));
    let many = vec![Ratio::one(); 21];
    assert_eq!(
        ClaimsRule::ByTurns.divide(&Ratio::one(), &many),
        Err(SettlementError::TooMany {
            partners: 21,
            most: 20
        })
    );
    assert!(ClaimsRule::divide_with_essential(&Ratio::one(), &many[..2], 2).is_err());
    // Nobody saves, and nothing is left: nobody gains.
    for rule in ClaimsRule::ALL {
        let nothing = rule.divide(&Ratio::zero(), &whole(&[0, 0])).unwrap();
        assert_eq!(nothing, whole(&[0, 0]), "{}", rule.name());
        assert_eq!(rule.divide(&Ratio::zero(), &[]).unwrap(), []);
    }
}

/// The mean over all orders, one after the other: who joins gains what the group is then worth more.
fn one_order_after_another(estate: i128, claims: &[i128], essential: Option<usize>) -> Vec<Ratio> {
    fn orders(left: &[usize]) -> Vec<Vec<usize>> {
        if left.is_empty() {
            return vec![Vec::new()];
        }
        let first = left.iter().flat_map(|&first| {
            let others: Vec<usize> = left
                .iter()
                .copied()
                .filter(|&other| other != first)
                .collect();
            let rest = orders(&others).into_iter();
            rest.map(move |rest| std::iter::once(first).chain(rest).collect())
        });
        first.collect()
    }
    let total: i128 = claims.iter().sum();
    let worth = |group: &[usize]| {
        let inside: i128 = group.iter().map(|&partner| claims[partner]).sum();
        let there = essential.is_none_or(|partner| group.contains(&partner));
        if there {
            (estate - (total - inside)).max(0)
        } else {
            0
        }
    };
    let all = orders(&(0..claims.len()).collect::<Vec<_>>());
    let mut gains = vec![0_i128; claims.len()];
    for order in &all {
        for joined in 1..=order.len() {
            gains[order[joined - 1]] += worth(&order[..joined]) - worth(&order[..joined - 1]);
        }
    }
    gains
        .into_iter()
        .map(|gain| Ratio::new(gain, all.len() as u128))
        .collect()
}

fn problems() -> impl Strategy<Value = (Vec<i128>, i128)> {
    let claims = proptest::collection::vec(0_i128..5_000, 1..6);
    (claims, 0_u32..=100).prop_map(|(claims, part)| {
        let estate = claims.iter().sum::<i128>() * i128::from(part) / 100;
        (claims, estate)
    })
}

proptest! {
    #[test]
    fn every_rule_divides_all_and_leaves_nobody_worse_off((claims, estate) in problems()) {
        let (savings, surplus) = (whole(&claims), Ratio::new(estate, 1));
        for rule in ClaimsRule::ALL {
            let gains = rule.divide(&surplus, &savings).unwrap();
            prop_assert_eq!(gains.iter().sum::<Ratio>(), surplus.clone(), "{}", rule.name());
            for (gain, saved) in gains.iter().zip(&savings) {
                prop_assert!(*gain >= Ratio::zero() && gain <= saved, "{}", rule.name());
            }
            // Who saves more neither gains less nor contributes less.
            for (i, saved) in savings.iter().enumerate() {
                for (j, other) in savings.iter().enumerate() {
                    if saved <= other {
                        prop_assert!(gains[i] <= gains[j], "{}", rule.name());
                        prop_assert!(
                            saved.minus(&gains[i]) <= other.minus(&gains[j]),
                            "{}", rule.name()
                        );
                    }
                }
            }
        }
    }

    /// What is gained of one estate is what is contributed to the rest of it.
    #[test]
    fn rules_are_dual((claims, estate) in problems()) {
        let savings = whole(&claims);
        let rest = claims.iter().sum::<i128>() - estate;
        let divide = |rule: ClaimsRule, estate: i128| {
            rule.divide(&Ratio::new(estate, 1), &savings).unwrap()
        };
        let less = |gains: Vec<Ratio>| -> Vec<Ratio> {
            savings.iter().zip(&gains).map(|(saved, gain)| saved.minus(gain)).collect()
        };
        for rule in [ClaimsRule::EvenHanded, ClaimsRule::ByTurns, ClaimsRule::InProportion] {
            prop_assert_eq!(divide(rule, estate), less(divide(rule, rest)), "{}", rule.name());
        }
        prop_assert_eq!(
            divide(ClaimsRule::EqualGains, estate),
            less(divide(ClaimsRule::EqualContributions, rest))
        );
    }

    #[test]
    fn by_turns_is_the_mean_over_all_orders(
        (claims, estate) in problems(),
        essential in 0_usize..5,
    ) {
        let (savings, surplus) = (whole(&claims), Ratio::new(estate, 1));
        let gains = ClaimsRule::ByTurns.divide(&surplus, &savings).unwrap();
        prop_assert_eq!(gains, one_order_after_another(estate, &claims, None));
        let essential = essential % claims.len();
        let gains = ClaimsRule::divide_with_essential(&surplus, &savings, essential).unwrap();
        prop_assert_eq!(gains, one_order_after_another(estate, &claims, Some(essential)));
    }

    /// The even-handed division between any two is the contested garment of what the two have (Aumann and
    /// Maschler 1985, theorem A): that alone makes it what it is.
    #[test]
    fn any_two_divide_as_they_would_alone((claims, estate) in problems()) {
        let savings = whole(&claims);
        let gains = ClaimsRule::EvenHanded.divide(&Ratio::new(estate, 1), &savings).unwrap();
        for i in 0..claims.len() {
            for j in 0..i {
                let both = gains[i].plus(&gains[j]);
                let uncontested = |other: &Ratio| both.minus(other).max(Ratio::zero());
                let (mine, theirs) = (uncontested(&savings[j]), uncontested(&savings[i]));
                let contested = both.minus(&mine).minus(&theirs).times(&Ratio::new(1, 2));
                prop_assert_eq!(&gains[i], &mine.plus(&contested));
            }
        }
    }
}
