//! Switching values: put back, each gives nothing.

use super::with_ranges::{Made, ranged};
use wholeplace::appraisal::{Appraisal, Crossing, Gain, Input, SwitchingValue, switching_table};
use wholeplace::cube::Cube;
use wholeplace::money::Ratio;

const WHOLE: &str = "the whole public purse";

/// What a purse gains with another figure, worked out from the beginning.
fn gains(appraisal: &Appraisal<'_>, cube: &Cube, value: &SwitchingValue, figure: &Ratio) -> Ratio {
    let other = appraisal.proposal.with(&value.input, figure);
    let other = other.appraise(cube).unwrap();
    let boundary = appraisal
        .purses()
        .into_iter()
        .find(|boundary| appraisal.verdict(boundary).unwrap().purse == value.purse);
    let inside: Vec<String> = match &boundary {
        Some(boundary) => {
            let inside = appraisal.inside(boundary).unwrap();
            inside
                .iter()
                .map(|position| position.payer.code.clone())
                .collect()
        }
        None => (appraisal.positions.iter())
            .filter(|position| position.payer.name == value.purse)
            .map(|position| position.payer.code.clone())
            .collect(),
    };
    let mut sum = Ratio::zero();
    for position in other
        .positions
        .iter()
        .filter(|one| inside.contains(&one.payer.code))
    {
        for (year, factor) in other.factors.iter().enumerate() {
            let net = match value.gain {
                Gain::NetSaving => position.corrected[year].minus(&position.cost[year]),
                Gain::CashLessCost => position.cash[year].minus(&position.cash_cost[year]),
            };
            sum = sum.plus(&net.times(factor));
        }
    }
    sum
}

fn signum(ratio: &Ratio) -> i8 {
    i8::from(*ratio > Ratio::zero()) - i8::from(*ratio < Ratio::zero())
}

/// Every one that is found is put back into the exact chain, worked out anew; a step has another sign on each side.
fn put_back(appraisal: &Appraisal<'_>, cube: &Cube) -> Vec<SwitchingValue> {
    let values = appraisal.switching_values().unwrap();
    for value in &values {
        match &value.crossing {
            Crossing::At(figure) => {
                let gained = gains(appraisal, cube, value, figure);
                assert!(
                    gained.is_zero(),
                    "{} {}: {gained}",
                    value.purse,
                    value.input
                );
            }
            Crossing::Between(low, high) => {
                let [low, high] = [low, high].map(|at| gains(appraisal, cube, value, at));
                assert_ne!(
                    signum(&low),
                    signum(&high),
                    "{} {}",
                    value.purse,
                    value.input
                );
            }
            Crossing::Everywhere => assert!(value.gains.is_zero()),
            Crossing::NoneInRange => {
                // At both ends of a share the sign is that of the figure as it is.
                if value.input.is_share() && !value.gains.is_zero() {
                    for end in [Ratio::zero(), Ratio::one()] {
                        let gained = gains(appraisal, cube, value, &end);
                        assert_eq!(signum(&gained), signum(&value.gains), "{}", value.input);
                    }
                }
            }
        }
    }
    values
}

fn find<'a>(values: &'a [SwitchingValue], input: &str, gain: Gain) -> &'a SwitchingValue {
    let mut of_whole = values
        .iter()
        .filter(|value| value.purse == WHOLE && value.gain == gain);
    of_whole
        .find(|value| value.input.to_string() == input)
        .unwrap()
}

/// A cost of £100 that nothing saves: nobody gains nothing but at no cost.
#[test]
fn a_cost_that_saves_nothing() {
    ranged(&Made::costs_alone(&["100", "50"]).text).look_with_cube(|appraisal, cube| {
        let values = put_back(appraisal, cube);
        let of = "cost of shropshire-council in 2024-25";
        // The police still pay.
        assert_eq!(
            find(&values, of, Gain::NetSaving).crossing,
            Crossing::NoneInRange
        );
        let council = values
            .iter()
            .find(|value| value.purse == "Shropshire Council" && value.input.to_string() == of);
        assert_eq!(council.unwrap().crossing, Crossing::At(Ratio::zero()));
    });
}

/// Where nothing bends: a cost of the first year, graded 10 per cent, may rise by the net saving over 1.1.
#[test]
fn a_cost_may_rise_by_what_is_gained() {
    let text = Made::rich()
        .text
        .replace("rule = \"unknown\"", "rule = \"separate\"")
        .replace("\"12000\"", "\"112000\"");
    ranged(&text)
        .with_ledgers_outside()
        .look_with_cube(|appraisal, cube| {
            let values = put_back(appraisal, cube);
            let cost = find(
                &values,
                "cost of shropshire-council in 2024-25",
                Gain::NetSaving,
            );
            let gained = cost.gains.times(&Ratio::new(1, 110));
            assert_eq!(
                cost.crossing,
                Crossing::At(Ratio::new(112_000, 1).plus(&gained))
            );
            // Savings are in proportion to each factor of a single effect, and to what is left of a whole.
            let factors: Vec<Ratio> = ["incidents.people", "incidents.base", "incidents.impact"]
                .iter()
                .map(|input| {
                    let value = find(&values, input, Gain::NetSaving);
                    match &value.crossing {
                        Crossing::At(at) => at.times(&value.central.inverse().unwrap()),
                        other => panic!("{input}: {other:?}"),
                    }
                })
                .collect();
            assert!(
                factors.iter().all(|factor| *factor == factors[0]),
                "{factors:?}"
            );
            let table = switching_table(&values, WHOLE).to_string();
            assert!(
                table.contains("incidents.impact") && table.contains("£112,000.00"),
                "{table}"
            );
        });
}

/// With ceilings, locks, blocks and a group that may overlap.
#[test]
fn bends_and_steps_are_met_too() {
    ranged(&Made::rich().text).look_with_cube(|appraisal, cube| {
        let values = put_back(appraisal, cube);
        assert!(
            values
                .iter()
                .any(|value| matches!(value.crossing, Crossing::At(_)))
        );
    });
    // The police alone: cash in blocks of £3,000 steps over what they pay and meets it nowhere.
    let text = Made::rich().text
        + "\n[[cost]]\npartner = \"west-mercia-police\"\nyear = \"2024-25\"\namount = \"1000\"\nresource = \"cash\"\n\
           prices = \"2024-25\"\ngrade = \"1\"\nsource = \"invented\"\n";
    let text = text.replace("rule = \"unknown\"", "rule = \"separate\"");
    let outside = ranged(&text.replace(
        "partner = \"west-mercia-police\"",
        "partner = \"shropshire-fire\"",
    ));
    outside
        .with_ledgers_outside()
        .look_with_cube(|appraisal, cube| {
            let values = put_back(appraisal, cube);
            let steps: Vec<&SwitchingValue> = values
                .iter()
                .filter(|value| matches!(value.crossing, Crossing::Between(..)))
                .collect();
            assert!(
                !steps.is_empty(),
                "cash of the police begins at a whole block"
            );
            for value in steps {
                let Crossing::Between(low, high) = &value.crossing else {
                    continue;
                };
                let apart = high.minus(low);
                let most = value.central.clone().max(Ratio::one());
                assert!(
                    apart <= most.times(&Ratio::new(1, 1_000_000)),
                    "{} {}",
                    value.input,
                    apart
                );
            }
        });
}

/// The sample's own: what every figure of the youth diversion would have to be.
#[test]
fn the_sample_is_put_back() {
    let folder = std::path::Path::new("examples/data/shropshire");
    let place = wholeplace::Place::open(folder).unwrap();
    let cube = Cube::build(&wholeplace::PlaceAccount::load(&place).unwrap()).unwrap();
    let proposals = wholeplace::appraisal::Proposals::open(&place).unwrap();
    let appraisal = proposals
        .find("youth-diversion")
        .unwrap()
        .appraise(&cube)
        .unwrap();
    let values = put_back(&appraisal, &cube);
    // Half as many incidents again would pay for it all: the council's own savings meet what it spends.
    let impact = find(&values, "incidents.impact", Gain::NetSaving);
    let Crossing::At(at) = &impact.crossing else {
        panic!("{:?}", impact.crossing)
    };
    assert_eq!(at.to_decimal(3), "0.454");
    assert_eq!(
        find(&values, "cases.points", Gain::NetSaving).crossing,
        Crossing::NoneInRange,
        "the council spends no more on youth justice there than it already saves"
    );
    assert!(matches!(impact.input, Input::Effect { .. }));
}
