//! Proposals: worked out, settled, and held against the county's account.
//!
//! Sketch, 12 partners × 10 outcomes × 10 years: 120 savings of 10 years, each an event times pounds times a
//! factor and lowered, held, made cash and discounted: some 10,000 products of exact fractions of 100 to 200
//! bits. By turns among 16: 65,536 groups. A hundred proposals ask what 12 partners spend on a theme in an area:
//! of 8 M records (10 M lines) those of one partner, theme and year. Wanted: a central case within 1 ms, a hundred
//! proposals against the account of 10 M lines within 1 s.

mod county;
mod ours;

use county::coded::Meanings;
use county::proposals::{CENTRAL, PROPOSALS};
use county::{County, Outcome};
use std::hint::black_box;
use wholeplace::appraisal::Proposals;
use wholeplace::appraisal::settlement::{ClaimsRule, Terms};
use wholeplace::money::{Pence, Ratio};

fn main() -> Outcome {
    let mut criterion = county::criterion();
    let county = County::new()?;
    let meanings = Meanings::of(&county)?;
    let cube = ours::cube(
        &meanings.place,
        meanings.bound_lines(&county),
        &ours::ENGINE,
    )?;
    let proposals = Proposals::open(&meanings.place)?;

    let central = proposals.find(CENTRAL)?;
    let appraisal = central.appraise(&cube)?;
    assert_eq!(appraisal.savings.len(), 120);
    assert!(appraisal.held.iter().all(|held| held.spent.is_none()));
    let mut group = criterion.benchmark_group("appraisal/12_partners_10_outcomes_10_years");
    group.bench_function("central", |b| {
        b.iter(|| black_box(central.appraise(&cube).unwrap()));
    });
    for rule in ClaimsRule::ALL {
        let terms = Terms::of(rule);
        let settled = appraisal.settle_by(&terms)?;
        assert_eq!(settled.payments.len(), 13);
        group.bench_function(format!("settled/{}", rule.name()), |b| {
            b.iter(|| black_box(appraisal.settle_by(&terms).unwrap()));
        });
    }
    group.finish();

    // A surplus of half of what sixteen save, the first of whom is essential.
    let savings: Vec<Ratio> = (1..=16).map(|n| Ratio::new(1_000_003 * n, 207)).collect();
    let half = savings.iter().sum::<Ratio>().times(&Ratio::new(1, 2));
    let by_turns = || ClaimsRule::divide_with_essential(&half, &savings, 0);
    assert_eq!(by_turns()?.iter().sum::<Ratio>(), half);
    (criterion.benchmark_group("appraisal/by_turns_with_an_essential_partner"))
        .bench_function("16_partners", |b| b.iter(|| black_box(by_turns().unwrap())));

    let appraised = proposals.appraise(&cube)?;
    assert_eq!(appraised.len() as u64, PROPOSALS + 1);
    let held = appraised.iter().flat_map(|one| &one.held);
    assert!(held.clone().any(|held| held.is_refused()));
    assert!(held.clone().any(|held| {
        let movable = held.movable.as_ref();
        movable.is_some_and(|movable| movable.free.len() > 1 && movable.statutory != Pence::ZERO)
    }));
    let mut group = criterion.benchmark_group(format!("appraisal/{}", county.size()));
    group.bench_function("100_proposals_held_against_it", |b| {
        b.iter(|| black_box(proposals.appraise(&cube).unwrap()));
    });
    let others = || proposals.iter().filter(|one| one.code != CENTRAL);
    group.bench_function("100_proposals_one_after_another", |b| {
        b.iter(|| others().for_each(|one| drop(black_box(one.appraise(&cube).unwrap()))));
    });
    group.finish();
    criterion.final_summary();
    Ok(())
}
