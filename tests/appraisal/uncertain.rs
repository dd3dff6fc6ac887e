//! Draws of whole proposals: held to closed forms, to the exact chain, and to what must hold of any.

use super::with_ranges::{Made, range, ranged};
use proptest::prelude::*;
use wholeplace::appraisal::uncertain::{
    Chance, Nothing, PerfectInformation, Sampled, Seeded, Spread, UncertainError,
};
use wholeplace::appraisal::{Appraisal, Crossing, Gain};
use wholeplace::money::Ratio;

const WHOLE: &str = "the whole public purse";

fn seeded(draws: u32) -> Seeded {
    Seeded::new(draws, 2013).unwrap()
}

fn pence(exact: &Ratio) -> f64 {
    exact.to_decimal(6).parse().unwrap()
}

/// Everything that a sample says, to the last bit.
fn bits(sampled: &Sampled) -> Vec<u64> {
    let purses = sampled.purses().flat_map(|purse| {
        let (net, cash) = (sampled.net_savings(purse), sampled.cash_less_costs(purse));
        net.unwrap().into_iter().chain(cash.unwrap())
    });
    let payers = sampled.payers().into_iter().flat_map(|payer| {
        let after = payer.after.map_or(0.0, |after| after.mean);
        let so_far: Vec<f64> = payer.so_far.iter().map(|(_, spread)| spread.p10).collect();
        [payer.before.p50, after].into_iter().chain(so_far)
    });
    purses.chain(payers).map(f64::to_bits).collect()
}

/// Two costs that are anything from nothing to 200: their sum is a triangle from nothing to 400 with its top at
/// 200. So P10 is 400 √0.05, P50 200, P90 400 − 400 √0.05; mean 200, deviation 200 / √6.
#[test]
fn the_sum_of_two_even_costs_is_a_triangle() {
    let made = Made::costs_alone(&["100", "100"]);
    // The second payer's cost is another source.
    let text = made.text.clone()
        + &range(
            "cost",
            "partner = \"shropshire-council\"\nyear = \"2024-25\"",
            "0",
            "200",
            "uniform",
        )
        + &range(
            "cost",
            "partner = \"west-mercia-police\"\nyear = \"2024-25\"",
            "0",
            "200",
            "uniform",
        );
    ranged(&text).look(|appraisal| {
        let draws = 40_000;
        let sampled = appraisal.draw(seeded(draws)).unwrap();
        let net = sampled.purse(WHOLE).unwrap().net_saving;
        let n = f64::from(draws);
        let tail = 400.0 * 0.05_f64.sqrt();
        // √(p (1 − p) / n) over the density, which is 1/200 at the top and p10 / 200² in the tail.
        let at_tail = (0.09 / n).sqrt() / (tail / 40_000.0);
        let at_top = (0.25 / n).sqrt() * 200.0;
        let deviation = 200.0 / 6.0_f64.sqrt();
        for (found, wanted, error) in [
            (net.p90, -tail, at_tail),
            (net.p50, -200.0, at_top),
            (net.p10, tail - 400.0, at_tail),
            (net.mean, -200.0, deviation / n.sqrt()),
            (net.deviation, deviation, deviation / (2.0 * n).sqrt()),
        ] {
            let off = (found / 100.0 - wanted).abs();
            assert!(off < 4.0 * error, "{found}: {wanted} ± {error}");
        }
        let off = (net.mean_error / 100.0 - deviation / n.sqrt()).abs();
        assert!(off < 0.02 * deviation / n.sqrt());
    });
}

/// The council pays £50,000 in cash and spends £50,000 less of its staff's time: together nothing, of which no draw is
/// more or less, and still £50,000 of cash in each. A second payer of whom less is asked turns the whole at −£50,000.
#[test]
fn costs_that_net_to_nothing_stay_in_every_draw() {
    let in_kind = "\n[[cost]]\npartner = \"shropshire-council\"\nyear = \"2024-25\"\namount = \"-50000\"\n\
                   resource = \"staff-time\"\nprices = \"2024-25\"\ngrade = \"1\"\nsource = \"invented\"\n";
    let text = Made::costs_alone(&["50000", "100"]).text
        + in_kind
        + &range(
            "cost",
            "partner = \"west-mercia-police\"\nyear = \"2024-25\"",
            "90",
            "120",
            "range",
        );
    ranged(&text).look(|appraisal| {
        assert_eq!(
            appraisal.positions[0].cash_cost[0],
            Ratio::new(5_000_000, 1)
        );
        let sampled = appraisal.draw(seeded(200)).unwrap();
        let council = &sampled.payers()[0];
        assert_eq!(
            (council.before.p10, council.before.p90),
            (-5_000_000.0, -5_000_000.0)
        );
        let net = sampled.purse("Shropshire Council").unwrap().net_saving;
        assert_eq!((net.p10, net.p90), (0.0, 0.0));
    });
    let less = Made::costs_alone(&["50000", "-60000"]).text + in_kind;
    ranged(&less).look(|appraisal| {
        let values = appraisal.switching_values().unwrap();
        let police = "cost of west-mercia-police in 2024-25";
        let cash = values.iter().find(|value| {
            let is_whole = value.purse == WHOLE && value.gain == Gain::CashLessCost;
            is_whole && value.input.to_string() == police
        });
        assert_eq!(cash.unwrap().crossing, Crossing::At(Ratio::new(-50_000, 1)));
    });
}

/// £10,000 in the pounds of 2017-18 and £10,000 in those of 2024-25 are two figures and no £20,000: each moves alone.
#[test]
fn pounds_of_two_years_are_two_figures() {
    let text = Made::costs_alone(&["10000"]).text
        + "\n[[cost]]\npartner = \"shropshire-council\"\nyear = \"2024-25\"\namount = \"10000\"\n\
           resource = \"cash\"\nprices = \"2017-18\"\ngrade = \"1\"\nsource = \"invented\"\n";
    ranged(&text).look(|appraisal| {
        let proposal = appraisal.proposal;
        let inputs = proposal.inputs();
        let said: Vec<String> = inputs.iter().map(ToString::to_string).collect();
        let of = "cost of shropshire-council in 2024-25, in pounds of";
        assert_eq!(said, [format!("{of} 2017-18"), format!("{of} 2024-25")]);
        for input in &inputs {
            assert_eq!(proposal.figure(input), Some(Ratio::new(10_000, 1)));
            let other = proposal.with(input, &Ratio::new(30_000, 1));
            let sums: Vec<Option<Ratio>> = inputs.iter().map(|one| other.figure(one)).collect();
            let mut sorted = sums.clone();
            sorted.sort();
            assert_eq!(
                sorted,
                [10_000, 30_000].map(|pounds| Some(Ratio::new(pounds, 1)))
            );
            assert_eq!(other.figure(input), Some(Ratio::new(30_000, 1)));
        }
    });
    // Cash of the year in which it is paid is in the pounds of that year.
    let same = text.replace("prices = \"2017-18\"\ngrade", "prices = \"cash\"\ngrade");
    ranged(&same).look(|appraisal| {
        let inputs = appraisal.proposal.inputs();
        assert_eq!(inputs.len(), 1);
        assert_eq!(
            appraisal.proposal.figure(&inputs[0]),
            Some(Ratio::new(20_000, 1))
        );
    });
}

/// Beside a correction of 25 %. Of what happens anyway, moves elsewhere or is due to others the rest counts: from 0.85
/// to 0.6 is 29 % further, from 0.85 to 0.75 only 12 %; from 0.95 to 0.7 it is 26 %, from 0.75 to 0.6 it is 20 %.
#[test]
fn caution_of_a_share_is_in_what_is_left() {
    let caution = |of: &str, effect: &str, low: &str, high: &str| {
        let of_effect = format!("effect = \"{effect}\"");
        let text = Made::rich().text + &range(of, &of_effect, low, high, "range");
        ranged(&text).found("cautious-twice")
    };
    let further = |input: &str, per_cent: u32| {
        vec![format!(
            "{input} is corrected by 25 % for its grade, and its range goes {per_cent} % further"
        )]
    };
    assert_eq!(
        caution("deadweight", "incidents", "0.14", "0.4"),
        further("incidents.deadweight", 29)
    );
    assert!(caution("deadweight", "incidents", "0", "0.25").is_empty());
    assert_eq!(
        caution("displacement", "incidents", "0.04", "0.3"),
        further("incidents.displacement", 26)
    );
    assert!(caution("due_to_others", "neet", "0.1", "0.4").is_empty());
    assert_eq!(
        caution("impact", "incidents", "0.1", "0.35"),
        further("incidents.impact", 67)
    );
}

/// Figures of one source are high together: two costs that share theirs are one of twice the width, and their
/// deviation is the sum of both instead of the root of the sum of squares.
#[test]
fn what_shares_a_source_does_not_cancel_out() {
    let deviation = |together: &str| {
        let mut text = Made::costs_alone(&["100", "100"]).text;
        for partner in ["shropshire-council", "west-mercia-police"] {
            let of = format!("partner = \"{partner}\"\nyear = \"2024-25\"\n{together}");
            text += &range("cost", &of, "0", "200", "uniform");
        }
        ranged(&text).look(|appraisal| {
            let sampled = appraisal.draw(seeded(20_000)).unwrap();
            sampled.purse(WHOLE).unwrap().net_saving.deviation / 100.0
        })
    };
    let one = 200.0 / 12.0_f64.sqrt();
    let alone = deviation("");
    let together = deviation("together = \"offer\"");
    assert!(
        (alone / (one * 2.0_f64.sqrt()) - 1.0).abs() < 0.02,
        "{alone}"
    );
    assert!((together / (one * 2.0) - 1.0).abs() < 0.02, "{together}");
}

/// A thread more or less, and ranges in another order, change no bit; and the first thousand draws are the same
/// among a thousand and among ten thousand.
#[test]
fn a_seed_gives_the_same_bytes() {
    let made = Made::rich();
    let ranges = Made::ranges_of_rich();
    let forwards = made.text.clone() + &ranges.concat();
    let backwards = made.text.clone() + &ranges.iter().rev().cloned().collect::<String>();
    let all = |text: &str, threads: usize, draws: u32| {
        ranged(text).look(|appraisal| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            pool.install(|| appraisal.draw(seeded(draws)).unwrap())
        })
    };
    let one = all(&forwards, 1, 10_000);
    for threads in [2, 8] {
        assert_eq!(bits(&one), bits(&all(&forwards, threads, 10_000)));
    }
    assert_eq!(bits(&one), bits(&all(&backwards, 2, 10_000)));
    let fewer = all(&forwards, 2, 1_000);
    for purse in one.purses() {
        let (long, short) = (
            one.net_savings(purse).unwrap(),
            fewer.net_savings(purse).unwrap(),
        );
        assert_eq!(long[..1_000], short);
    }
    let other = ranged(&forwards)
        .look(|appraisal| appraisal.draw(Seeded::new(1_000, 2014).unwrap()).unwrap());
    assert_ne!(bits(&fewer), bits(&other));
}

/// Ranges of no width: every draw is the exact chain, with ceilings, blocks in notice, locks, groups that may overlap
/// and the agreement.
fn is_the_central_case(appraisal: &Appraisal<'_>) {
    let sampled = appraisal.draw(seeded(130)).unwrap();
    for boundary in appraisal.purses() {
        let verdict = appraisal.verdict(&boundary).unwrap();
        let net = sampled.net_savings(&verdict.purse).unwrap();
        for (draw, net) in net.iter().enumerate() {
            let wanted = pence(&verdict.net_saving);
            let off = (net - wanted).abs();
            assert!(
                off <= 1e-9 * pence(&verdict.cost).abs().max(1e4),
                "{draw}: {net} {wanted}"
            );
        }
        let draws = sampled.purse(&verdict.purse).unwrap();
        assert_eq!(draws.as_it_is, verdict.net_saving);
        let share = |is: bool| if is { 1.0 } else { 0.0 };
        assert_eq!(
            draws.saves.share(),
            share(verdict.net_saving >= Ratio::zero())
        );
        assert_eq!(draws.cash_pays.share(), share(verdict.cash >= verdict.cost));
        for (year, chance) in &draws.paid_back_by {
            let paid = match verdict.payback.stays_discounted {
                wholeplace::appraisal::Payback::In(in_year) => in_year <= *year,
                wholeplace::appraisal::Payback::Never => false,
            };
            assert_eq!(chance.share(), share(paid), "{year}");
        }
    }
    let statement = appraisal.settle().ok().flatten();
    assert_eq!(sampled.no_agreement.is_none(), statement.is_some());
    for (payer, position) in sampled.payers().iter().zip(&appraisal.positions) {
        let mut so_far = 0.0;
        let mut before = 0.0;
        for (year, (_, spread)) in payer.so_far.iter().enumerate() {
            let net = pence(&position.cash[year].minus(&position.cash_cost[year]));
            so_far += net;
            before += net * pence(&appraisal.factors[year].times(&Ratio::new(1_000_000, 1))) / 1e6;
            assert!(
                (spread.p50 - so_far).abs() < 1e-3,
                "{}: {spread:?} {so_far}",
                payer.payer.code
            );
        }
        assert!((payer.before.mean - before).abs() < 0.1);
        let Some(statement) = &statement else {
            continue;
        };
        let code = &payer.payer.code;
        let payment = statement
            .payments
            .iter()
            .find(|payment| payment.partner == *code);
        let wanted = payment.unwrap().after.get() as f64;
        let after = payer.after.unwrap().p50;
        // Payments are whole pence in each year.
        assert!((after - wanted).abs() < 4.0, "{code}: {after} {wanted}");
    }
}

#[test]
fn ranges_of_no_width_are_the_central_case() {
    for shape in ["range", "pert", "uniform"] {
        let text = Made::rich().text + &Made::of_no_width(shape);
        ranged(&text).look(is_the_central_case);
    }
    let outside = Made::rich().text + &Made::of_no_width("pert");
    ranged(&outside).with_ledgers_outside().look(|appraisal| {
        assert!(
            appraisal.settle().unwrap().is_some(),
            "this one has a surplus to settle"
        );
        is_the_central_case(appraisal);
    });
}

/// In draws, ranges instead of the correction leave the correction out: with no width that is the proposal of the
/// best grades.
#[test]
fn instead_of_the_correction_is_without_it() {
    let text = Made::rich().text + &Made::of_no_width("range");
    let instead = text.replace("around-corrected", "instead-of-correction");
    let best = text
        .replace("grade = \"5\"", "grade = \"1\"")
        .replace("grade = \"3\"", "grade = \"1\"");
    assert_ne!(best, text);
    let net = |text: &str| {
        let made = ranged(text).with_ledgers_outside();
        made.look(|appraisal| {
            appraisal
                .draw(seeded(100))
                .unwrap()
                .net_savings(WHOLE)
                .unwrap()[0]
        })
    };
    let (around, instead, best) = (net(&text), net(&instead), net(&best));
    assert!(
        (instead - best).abs() < 1e-6 * best.abs(),
        "{instead} {best}"
    );
    assert!(around < instead);
}

/// What must hold of chances, parts and payments, in the rich proposal.
#[test]
fn chances_and_parts_hang_together() {
    let text = Made::rich().text + &Made::ranges_of_rich().concat();
    ranged(&text).with_ledgers_outside().look(|appraisal| {
        let sampled = appraisal.draw(seeded(5_000)).unwrap();
        let payers = sampled.payers();
        let all = sampled.all_at_once();
        let least = |of: &dyn Fn(&wholeplace::appraisal::uncertain::PayerDraws) -> Chance| {
            payers.iter().map(|payer| of(payer).hits()).min().unwrap()
        };
        assert!(all.before.hits() <= least(&|payer| payer.no_worse_before));
        assert!(all.after.unwrap().hits() <= least(&|payer| payer.no_worse_after.unwrap()));
        // Before, the council pays and has no cash; the agreement makes it whole in most draws, not in all.
        let council = payers
            .iter()
            .find(|payer| payer.payer.code == "shropshire-council")
            .unwrap();
        assert_eq!(council.no_worse_before.hits(), 0);
        let after = council.no_worse_after.unwrap();
        assert!(after.hits() > 0 && after.hits() < after.draws(), "{after}");
        // What is handed over is received.
        let moved: f64 = payers
            .iter()
            .map(|payer| payer.after.unwrap().mean - payer.before.mean)
            .sum();
        assert!(moved.abs() < 1.0, "{moved}");
        // By a later year a purse has paid back no less often, as it stays so.
        let whole = sampled.purse(WHOLE).unwrap();
        let hits: Vec<u32> = whole
            .paid_back_by
            .iter()
            .map(|(_, chance)| chance.hits())
            .collect();
        assert!(hits.is_sorted(), "{hits:?}");
        assert_eq!(*hits.last().unwrap(), whole.saves.hits());
        for gain in Gain::ALL {
            let drivers = sampled.drivers(WHOLE, gain).unwrap();
            let shares: f64 = drivers.iter().map(|driver| driver.share).sum();
            assert!((shares - 1.0).abs() < 1e-12);
            assert!(drivers.is_sorted_by(|one, other| one.share >= other.share));
        }
        let tornado = appraisal.tornado(WHOLE, Gain::NetSaving).unwrap();
        for bar in &tornado.bars {
            let (low, high) = (
                bar.at_low.clone().min(bar.at_high.clone()),
                bar.at_low.clone().max(bar.at_high.clone()),
            );
            assert!(
                low <= tornado.central && tornado.central <= high,
                "{}",
                bar.source.name
            );
        }
        assert!(
            tornado
                .bars
                .is_sorted_by(|one, other| one.width() >= other.width())
        );
        // The corners of a table of two are the ends of the bars only where the other stays; its own corners are
        // those of both.
        let (one, other) = (&tornado.bars[0].source.name, &tornado.bars[1].source.name);
        let two = appraisal
            .two_way(WHOLE, Gain::NetSaving, one, other, 2)
            .unwrap();
        assert_eq!((two.answers.len(), two.answers[0].len()), (3, 3));
        let turned = appraisal
            .two_way(WHOLE, Gain::NetSaving, other, one, 2)
            .unwrap();
        for row in 0..3 {
            for column in 0..3 {
                assert_eq!(two.answers[row][column], turned.answers[column][row]);
            }
        }
    });
}

/// A cost of which nine tenths of the variance come from one of two sources: deviations 3 and 1.
#[test]
fn the_larger_source_drives_nine_tenths() {
    let text = Made::costs_alone(&["1000", "1000"]).text
        + &range(
            "cost",
            "partner = \"shropshire-council\"\nyear = \"2024-25\"",
            "700",
            "1300",
            "uniform",
        )
        + &range(
            "cost",
            "partner = \"west-mercia-police\"\nyear = \"2024-25\"",
            "900",
            "1100",
            "uniform",
        );
    ranged(&text).look(|appraisal| {
        let sampled = appraisal.draw(seeded(20_000)).unwrap();
        let drivers = sampled.drivers(WHOLE, Gain::NetSaving).unwrap();
        assert_eq!(
            drivers[0].source.name,
            "cost of shropshire-council in 2024-25"
        );
        // Ranks are not quite the values: the middle of 0.9 ± 0.03.
        assert!(
            (drivers[0].share - 0.9).abs() < 0.03,
            "{}",
            drivers[0].share
        );
        assert!(drivers[0].correlation < 0.0, "a higher cost gains less");
    });
}

/// 500 draws for a chance of 1 %: five draws tell it, so that it may as well be 0.6 or 1.4; 10,000 would do.
#[test]
fn too_few_draws_are_said() {
    let chance = Chance::new(5, 500);
    assert_eq!(chance.to_string(), "1.0 % ± 0.4");
    assert_eq!(chance.needs(), Some(10_000));
    assert_eq!(Chance::new(100, 10_000).needs(), None);
    assert_eq!(Chance::new(495, 500).needs(), Some(10_000));
    // A cost that is above what is saved in one draw of a hundred.
    let text = Made::costs_alone(&["100"]).text
        + "\n[[range]]\nof = \"cost\"\npartner = \"shropshire-council\"\nyear = \"2024-25\"\n\
           values = [\"0\", \"100\"]\nchances = [\"0.01\", \"0.99\"]\nshape = \"choice\"\nsource = \"invented\"\n";
    ranged(&text).look(|appraisal| {
        let said = appraisal
            .draw(seeded(500))
            .unwrap()
            .chances_table()
            .to_string();
        assert!(said.contains("Too few draws for"), "{said}");
        let said = appraisal
            .draw(seeded(40_000))
            .unwrap()
            .chances_table()
            .to_string();
        assert!(!said.contains("Too few draws"), "{said}");
    });
}

/// One option gains 60 or loses 20, each in half of all draws, the other gains 10 in every one: it is chosen 20 over 10 in
/// the mean. Who knew would take the 10 where the first loses: (60 + 10) / 2 = 35, so that knowing is worth 15.
#[test]
fn what_knowing_is_worth_by_hand() {
    let gains: [(&str, &[f64]); 2] = [("bold", &[60.0, -20.0]), ("safe", &[10.0, 10.0])];
    let known = PerfectInformation::of(&gains, Nothing::IsNoOption).unwrap();
    assert_eq!(
        (known.chosen.as_str(), known.gain, known.worth),
        ("bold", 20.0, 15.0)
    );
    assert_eq!(
        known.best,
        [("bold".to_owned(), 0.5), ("safe".to_owned(), 0.5)]
    );
    // With nothing to do besides, nothing changes: the safe one is better in every draw.
    let known = PerfectInformation::of(&gains, Nothing::IsAnOption).unwrap();
    assert_eq!(known.worth, 15.0);
    let none = PerfectInformation::of(&gains[..1], Nothing::IsNoOption).unwrap_err();
    assert!(matches!(none, UncertainError::NoOption));
}

/// A choice between gains of other years, prices or caution says so, and says nothing where they are of one kind.
#[test]
fn options_of_another_kind_are_compared_with_a_caution() {
    let of = "partner = \"shropshire-council\"\nyear = \"2024-25\"";
    let text = Made::costs_alone(&["100"]).text + &range("cost", of, "90", "120", "pert");
    let drawn = |text: &str| ranged(text).look(|appraisal| appraisal.draw(seeded(200)).unwrap());
    let one = drawn(&text);
    for (was, is, wanted) in [
        ("years = 4", "years = 4", None),
        (
            "years = 4",
            "years = 5",
            Some(
                "They count different years, so that their gains are not of one kind: 2024-25 to 2027-28; 2024-25 to \
                 2028-29.",
            ),
        ),
        (
            "prices = \"2024-25\"\ndeflator",
            "prices = \"2017-18\"\ndeflator",
            Some("They are in different prices or discounted differently: prices of 2017-18, by "),
        ),
        (
            "around-corrected",
            "instead-of-correction",
            Some(
                "One is corrected where another is not, so that they are not equally cautious: around",
            ),
        ),
    ] {
        assert!(text.contains(was), "{was}");
        let other = drawn(&text.replace(was, is));
        let known =
            PerfectInformation::between(&[&one, &other], WHOLE, Nothing::IsAnOption).unwrap();
        assert_eq!(known.cautions.len(), usize::from(wanted.is_some()), "{is}");
        let table = known.table(WHOLE).to_string();
        for caution in &known.cautions {
            assert!(caution.starts_with(wanted.unwrap()), "{caution}");
            // Notes are wrapped.
            let first: Vec<&str> = caution.split(' ').take(4).collect();
            assert!(table.contains(&first.join(" ")), "{table}");
        }
    }
}

#[test]
fn what_cannot_be_drawn_says_why() {
    let text = Made::costs_alone(&["100"]).text;
    let bare = text.replace("uncertainty = \"around-corrected\"\n", "");
    ranged(&bare).look(|appraisal| {
        assert_eq!(
            appraisal.draw(seeded(1_000)).unwrap_err().to_string(),
            "no figure of `made` has a range, so every draw is the same; add a `[[range]]` for each figure that is \
             not sure"
        );
    });
    let of = "partner = \"shropshire-council\"\nyear = \"2024-25\"";
    ranged(&(text + &range("cost", of, "90", "120", "pert"))).look(|appraisal| {
        let sampled = appraisal.draw(seeded(1_000)).unwrap();
        let said = sampled.purse("the county").unwrap_err().to_string();
        assert!(
            said.starts_with("`the county` is no purse of this proposal; there are the whole"),
            "{said}"
        );
        let other = appraisal.draw(Seeded::new(2_000, 2013).unwrap()).unwrap();
        let said = PerfectInformation::between(&[&sampled, &other], WHOLE, Nothing::IsAnOption);
        let said = said.unwrap_err().to_string();
        assert!(
            said.contains("1000 draws from seed 2013") && said.contains("2000 draws"),
            "{said}"
        );
        let name = "cost of shropshire-council in 2024-25";
        let said = appraisal
            .two_way(WHOLE, Gain::NetSaving, name, name, 2)
            .unwrap_err();
        assert!(matches!(said, UncertainError::SameSource { .. }));
    });
    assert!(matches!(
        Seeded::new(99, 1),
        Err(UncertainError::TooFewDraws { .. })
    ));
    assert!(matches!(
        Seeded::new(2_000_000, 1),
        Err(UncertainError::TooManyDraws { .. })
    ));
}

proptest! {
    /// Quantiles are in order and of type 7: on the line between neighbours of the sorted draws.
    #[test]
    fn quantiles_lie_between_draws(values in prop::collection::vec(-1e9..1e9_f64, 2..60)) {
        let spread = Spread::of(&values);
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        prop_assert!(spread.p10 <= spread.p50 && spread.p50 <= spread.p90);
        let at = |part: f64| {
            let place = part * (sorted.len() - 1) as f64;
            let (low, step) = (place.floor() as usize, place.fract());
            let high = sorted[(low + 1).min(sorted.len() - 1)];
            sorted[low] + step * (high - sorted[low])
        };
        for (found, part) in [(spread.p10, 0.1), (spread.p50, 0.5), (spread.p90, 0.9)] {
            prop_assert!((found - at(part)).abs() < 1e-3);
        }
        let mut turned = values.clone();
        turned.reverse();
        prop_assert_eq!(Spread::of(&turned), spread);
    }

    /// To know is never worth less than nothing, and never more than the mean of the best.
    #[test]
    fn knowing_is_never_worth_less_than_nothing(
        one in prop::collection::vec(-1e6..1e6_f64, 1..40),
        other in prop::collection::vec(-1e6..1e6_f64, 1..40),
    ) {
        let gains: [(&str, &[f64]); 2] = [("one", &one), ("other", &other)];
        let known = PerfectInformation::of(&gains, Nothing::IsAnOption).unwrap();
        prop_assert!(known.worth >= -1e-6);
        prop_assert!(known.gain >= 0.0);
        let best: f64 = known.best.iter().map(|(_, part)| part).sum();
        prop_assert!((best - 1.0).abs() < 1e-9);
    }
}
