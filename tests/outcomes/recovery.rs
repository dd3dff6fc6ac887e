//! Places that are made up with a known effect and a known unit cost: both are found again, within
//! their intervals, as often as the intervals promise.
//!
//! Everything is drawn from a seed, so a run that passes passes again.

use crate::outcomes::indicators::{at, given_more, sure};
use wholeplace::axis::Period;
use wholeplace::indicator::Area;
use wholeplace::linkage::cost_per_unit_of_change;
use wholeplace::money::Pence;
use wholeplace::statistic::{
    BeforeAndAfter, Confidence, Estimate, Proportion, difference_in_differences_of_proportions,
    difference_of_proportions,
};

/// Numbers from a seed (splitmix64).
struct Seeded(u64);

impl Seeded {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to 1.
    fn share(&mut self) -> f64 {
        f64::from(u32::try_from(self.next() >> 32).unwrap()) / 4_294_967_296.0
    }

    /// How many of so many people have the event.
    fn events(&mut self, people: u32, chance: f64) -> u32 {
        let mut events = 0;
        for _ in 0..people {
            events += u32::from(self.share() < chance);
        }
        events
    }
}

fn of(events: u32, people: u32) -> Proportion {
    Proportion::new(f64::from(events), f64::from(people)).unwrap()
}

/// A programme in one area: what would have happened anyway, and what it did.
#[derive(Clone, Copy)]
struct Programme {
    people: u32,
    /// The chance before, here and in the comparison area.
    before: (f64, f64),
    /// By how much it changed in both.
    anyway: f64,
    /// By how much more it changed here.
    effect: f64,
}

/// Counts before and after, here and in the comparison area.
type Counts = [u32; 4];

impl Programme {
    fn draw(&self, seeded: &mut Seeded) -> Counts {
        let (here, there) = self.before;
        [
            here,
            here + self.anyway + self.effect,
            there,
            there + self.anyway,
        ]
        .map(|chance| seeded.events(self.people, chance))
    }

    fn estimate(&self, counts: Counts, confidence: Confidence) -> Estimate {
        let [here_before, here_after, there_before, there_after] =
            counts.map(|events| of(events, self.people));
        let arm = |before, after| BeforeAndAfter { before, after };
        difference_in_differences_of_proportions(
            arm(here_before, here_after),
            arm(there_before, there_after),
            confidence,
        )
        .unwrap()
    }
}

/// How often of `times` an interval that promises `level` may hold the truth: four standard
/// deviations to each side, and a point for what the normal interval is off.
fn promised(level: f64, times: u32) -> std::ops::RangeInclusive<f64> {
    let spread = 4.0 * (level * (1.0 - level) / f64::from(times)).sqrt() + 0.01;
    level - spread..=(level + spread).min(1.0)
}

#[test]
fn a_known_effect_is_found_as_often_as_promised() {
    const TIMES: u32 = 2000;
    let programmes = [
        Programme {
            people: 400,
            before: (0.40, 0.45),
            anyway: -0.05,
            effect: -0.08,
        },
        Programme {
            people: 200,
            before: (0.46, 0.44),
            anyway: -0.03,
            effect: 0.0,
        },
        Programme {
            people: 300,
            before: (0.20, 0.30),
            anyway: 0.10,
            effect: 0.15,
        },
    ];
    for (programme, seed) in programmes.into_iter().zip([11, 22, 33]) {
        for level in [0.80, 0.95] {
            let confidence = Confidence::new(level).unwrap();
            let mut seeded = Seeded(seed);
            let (mut held, mut sum) = (0, 0.0);
            for _ in 0..TIMES {
                let estimate = programme.estimate(programme.draw(&mut seeded), confidence);
                held += u32::from(estimate.interval().unwrap().contains(programme.effect));
                sum += estimate.value().unwrap();
            }
            let coverage = f64::from(held) / f64::from(TIMES);
            assert!(
                promised(level, TIMES).contains(&coverage),
                "{level}: {coverage}"
            );
            // The standard error of one is below 0.08, of the mean below 0.002.
            let mean = sum / f64::from(TIMES);
            assert!((mean - programme.effect).abs() < 0.006, "{mean}");
        }
    }
}

#[test]
fn a_known_effect_is_found_through_whole_packs() {
    const TIMES: u32 = 40;
    let programme = Programme {
        people: 400,
        before: (0.40, 0.45),
        anyway: -0.05,
        effect: -0.12,
    };
    let areas =
        "\n[[areas]]\nrows = [{ code = \"E2\", name = \"Elsewhere\", relation = \"neighbour\" }]\n";
    let (before, after): (Period, Period) = (at("2016-17"), at("2018-19"));
    let mut seeded = Seeded(44);
    let (mut held, mut taken_for_all, mut no_cost) = (0, 0, 0);
    for _ in 0..TIMES {
        let counts = programme.draw(&mut seeded);
        let mut figures = String::new();
        for ((area, year), events) in [
            ("county", before),
            ("county", after),
            ("E2", before),
            ("E2", after),
        ]
        .into_iter()
        .zip(counts)
        {
            let people = programme.people;
            figures.push_str(&format!(
                "share,numerator,{area},{year},{events},\nshare,denominator,{area},{year},{people},\n"
            ));
        }
        let opened = given_more(&["level=county"], areas, &figures).open();
        assert!(opened.findings().is_empty());
        let county = Area::Here(opened.place().locality());
        let other = opened.areas()[0].area;
        let effect = opened
            .against_comparison_area("share", county, other, before, after, sure())
            .unwrap();
        let interval = effect.change.interval().unwrap();
        held += u32::from(interval.contains(100.0 * programme.effect));
        let same = programme.estimate(counts, sure()).times(100.0);
        assert!((same.value().unwrap() - effect.change.value().unwrap()).abs() < 1e-9);
        // Before and after takes what would have happened anyway for an effect.
        let alone = opened
            .before_and_after("share", county, before, after, sure())
            .unwrap();
        taken_for_all += u32::from(
            alone
                .change
                .interval()
                .unwrap()
                .contains(100.0 * programme.effect),
        );
        // 48 people fewer for £96,000: £2,000 each, where the change is beyond chance.
        let improvement = effect
            .improvement_among(f64::from(programme.people))
            .unwrap()
            .unwrap();
        let cost = cost_per_unit_of_change(Pence::new(9_600_000), &improvement);
        match cost.interval() {
            Some(cost) => assert_eq!(
                cost.contains(2000.0),
                interval.contains(100.0 * programme.effect)
            ),
            None => {
                assert!(effect.is_no_more_than_chance());
                no_cost += 1;
            }
        }
    }
    // At 95%, fewer than 33 of 40 would come once in 5,000 times.
    assert!(held >= 33, "{held} of {TIMES}");
    assert!(
        taken_for_all < held,
        "{taken_for_all} of {TIMES} without a comparison"
    );
    assert!(no_cost < TIMES / 2, "{no_cost}");
}

#[test]
fn a_known_unit_cost_is_found_as_often_as_promised() {
    const TIMES: u32 = 2000;
    // A clear effect: 300 of 1,000 people fewer, £500 each.
    let programme = Programme {
        people: 1000,
        before: (0.60, 0.58),
        anyway: -0.04,
        effect: -0.30,
    };
    let spend = Pence::new(15_000_000);
    for level in [0.80, 0.95] {
        let confidence = Confidence::new(level).unwrap();
        let mut seeded = Seeded(55);
        let mut held = 0;
        for _ in 0..TIMES {
            let fewer = programme
                .estimate(programme.draw(&mut seeded), confidence)
                .times(-1000.0);
            let cost = cost_per_unit_of_change(spend, &fewer);
            assert_eq!(cost.confidence(), confidence);
            held += u32::from(cost.interval().unwrap().contains(500.0));
        }
        let coverage = f64::from(held) / f64::from(TIMES);
        assert!(
            promised(level, TIMES).contains(&coverage),
            "{level}: {coverage}"
        );
    }
}

#[test]
fn of_no_effect_there_is_no_unit_cost() {
    const TIMES: u32 = 2000;
    let programme = Programme {
        people: 300,
        before: (0.40, 0.42),
        anyway: -0.10,
        effect: 0.0,
    };
    let mut seeded = Seeded(66);
    let mut shown = 0;
    for _ in 0..TIMES {
        let fewer = programme
            .estimate(programme.draw(&mut seeded), sure())
            .times(-300.0);
        let cost = cost_per_unit_of_change(Pence::new(10_000_000), &fewer);
        assert_eq!(
            cost.value().is_some(),
            fewer.interval().unwrap().lower > 0.0
        );
        shown += u32::from(cost.value().is_some());
    }
    // A chance effect for the better comes 2.5 times in 100.
    assert!(
        promised(0.975, TIMES).contains(&(1.0 - f64::from(shown) / f64::from(TIMES))),
        "{shown}"
    );
}

/// Why grade 1 may not claim an effect. Places that do badly in one year are chosen; nothing is
/// done; the next year they are nearer to the rest.
#[test]
fn the_worst_places_improve_although_nothing_is_done() {
    const TIMES: u32 = 300;
    const PLACES: usize = 60;
    const CHOSEN: usize = 12;
    const PEOPLE: u32 = 100;
    let mut seeded = Seeded(77);
    let (mut alone, mut compared) = (0, 0);
    for _ in 0..TIMES {
        // Places differ a little, years by chance only.
        let mut places: Vec<(u32, u32)> = (0..PLACES)
            .map(|_| {
                let chance = 0.27 + 0.06 * seeded.share();
                (seeded.events(PEOPLE, chance), seeded.events(PEOPLE, chance))
            })
            .collect();
        places.sort_by_key(|&(before, _)| std::cmp::Reverse(before));
        // The twelve worst in turn: six are chosen, six as bad stand beside them.
        let sums = |first: usize| {
            let half = places.iter().take(CHOSEN).skip(first).step_by(2);
            let sums = half.fold((0, 0), |sum, place| (sum.0 + place.0, sum.1 + place.1));
            let people = PEOPLE * 6;
            BeforeAndAfter {
                before: of(sums.0, people),
                after: of(sums.1, people),
            }
        };
        let (chosen, beside) = (sums(0), sums(1));
        let change = difference_of_proportions(chosen.after, chosen.before, sure()).unwrap();
        alone += u32::from(!change.interval().unwrap().contains(0.0));
        let more = difference_in_differences_of_proportions(chosen, beside, sure()).unwrap();
        compared += u32::from(!more.interval().unwrap().contains(0.0));
    }
    let one_in_twenty = TIMES / 20;
    assert!(
        alone > TIMES / 2,
        "before and after finds an effect {alone} times of {TIMES}"
    );
    assert!(
        compared <= one_in_twenty,
        "beside equally bad places {compared} times of {TIMES}"
    );
}
