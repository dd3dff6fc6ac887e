//! Shropshire on the full published data: figures, control totals and engines.
//!
//! The data lies beside the repository (`../shared/shropshire`) or in `$WHOLEPLACE_SHARED`; where
//! there is none, these tests say so and pass.

use crate::spend::back_ends::judge;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use wholeplace::Error;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::{Ages, FlowKind, Period, Phase, Placed};
use wholeplace::cube::group::{CodedLines, Polars, Reference};
use wholeplace::cube::{AskError, Beside, By, Cube, Question};
use wholeplace::driver::Groups;
use wholeplace::ledger::LineRef;
use wholeplace::money::{ExcessDecimals, Pence, parse_amount, to_pence};
use wholeplace::place::Place;

const COUNTY: &str = "E06000051";
const TELFORD: &str = "E06000020";

fn data() -> Option<PathBuf> {
    crate::fixtures::shared::folder("shropshire")
}

fn open(data: &Path) -> Result<Arc<Place>, Error> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(Place::open_with_data(
        root.join("examples/packs/shropshire"),
        data,
    )?)
}

fn shropshire() -> Option<&'static (PlaceAccount, Cube)> {
    static LOADED: OnceLock<Option<(PlaceAccount, Cube)>> = OnceLock::new();
    let load = |data: PathBuf| -> Result<_, Error> {
        let account = PlaceAccount::load(&open(&data)?)?;
        let cube = Cube::build(&account)?;
        Ok((account, cube))
    };
    data()?;
    LOADED
        .get_or_init(|| data().map(|data| load(data).unwrap_or_else(|error| panic!("{error}"))))
        .as_ref()
}

/// Account and cube, or the end of the test where there are no data.
macro_rules! loaded {
    () => {
        match shropshire() {
            Some((account, cube)) => (account, cube),
            None => return Ok(()),
        }
    };
}

fn ask<'a>(cube: &'a Cube, year: &str) -> Result<Question<'a>, Error> {
    Ok(cube
        .ask()
        .period(year.parse()?)
        .phase(Phase::Outturn)
        .boundary(Boundary::AllPartners))
}

fn youth_justice<'a>(cube: &'a Cube, ages: Ages, place: &str) -> Result<Question<'a>, Error> {
    Ok(ask(cube, "2017-18")?
        .activity("youth-justice")
        .ages(ages)
        .locality(place))
}

fn persons(cube: &Cube, code: &str, ages: Ages) -> Result<i128, Error> {
    let localities = &cube.place().axes().localities;
    let leaves = localities.leaves(localities.find(code)?);
    let residents = cube.place().residents().expect("residents are counted");
    let mass = residents.mass(leaves, ages, Groups::All);
    Ok(i128::from(
        mass.expect("residents are known by single years"),
    ))
}

/// `pence × part / whole`, to the nearest penny.
fn share(pence: i128, part: i128, whole: i128) -> i128 {
    (2 * pence * part + whole) / (2 * whole)
}

fn sum(figures: impl IntoIterator<Item = Pence>) -> i64 {
    figures.into_iter().map(Pence::get).sum()
}

#[test]
fn pack_reads_all_its_data_without_findings() -> Result<(), Error> {
    let (account, cube) = loaded!();
    assert!(account.findings().is_empty(), "{}", account.findings());
    assert!(account.unmapped().is_empty(), "{:?}", account.unmapped());
    assert!(cube.reconciliation().holds(), "{}", cube.reconciliation());
    let localities = &account.place().axes().localities;
    let counts = ["lsoa", "ward", "place-plan-area", "area", "district"]
        .map(|level| localities.at_level(level).len());
    assert_eq!(counts, [193, 63, 18, 3, 8]);
    Ok(())
}

#[test]
fn youth_justice_of_ludlow_and_the_county() -> Result<(), Error> {
    let (_, cube) = loaded!();
    let youth = Ages::new(10, 17)?;
    let ludlow = youth_justice(cube, youth, "ludlow")?.answer()?.total;
    assert_eq!(ludlow.amount.to_string(), "£4,236.66");
    assert_eq!(ludlow.exact, "4236.6579"); // 4,236.657861
    assert_eq!(ludlow.composition.population, ludlow.amount);
    let county = youth_justice(cube, youth, COUNTY)?;
    let total = county.answer()?.total;
    assert_eq!(total.amount.to_string(), "£126,710.00");
    assert_eq!(total.composition.direct, total.amount);
    let areas = county
        .by([By::Locality("place-plan-area".into())])
        .answer()?;
    assert_eq!(areas.rows.len(), 18);
    assert_eq!(
        sum(areas.rows.iter().map(|row| row.figure.amount)),
        12_671_000
    );
    Ok(())
}

#[test]
fn ages_beyond_the_audience_of_a_record_take_only_its_own() -> Result<(), Error> {
    let (_, cube) = loaded!();
    let asked = youth_justice(cube, Ages::new(16, 19)?, "ludlow")?
        .answer()?
        .total;
    let own = youth_justice(cube, Ages::new(16, 17)?, "ludlow")?
        .answer()?
        .total;
    assert_eq!(asked.amount, own.amount);
    let part = persons(cube, "ludlow", Ages::new(16, 17)?)?;
    let whole = persons(cube, COUNTY, Ages::new(10, 17)?)?;
    assert_eq!(
        i128::from(asked.amount.get()),
        share(12_671_000, part, whole)
    );
    assert_eq!(asked.composition.population, asked.amount);
    Ok(())
}

#[test]
fn slice_and_complement_are_everything_of_the_phase() -> Result<(), Error> {
    let (account, cube) = loaded!();
    let outturn = account.total().get() - 40_018_600_000; // less the NHS budget
    let questions = [
        ask(cube, "2017-18")?.locality("ludlow"),
        ask(cube, "2013-14")?
            .locality("ludlow")
            .ages(Ages::new(16, 19)?),
        ask(cube, "2014-15")?
            .locality(COUNTY)
            .activity("drugs-and-alcohol"),
        ask(cube, "calendar 2016")?.group("looked-after"),
        youth_justice(cube, Ages::new(10, 17)?, "ludlow")?,
    ];
    for question in questions {
        let answer = question.with_complement().answer()?;
        let outside = answer.complement.expect("the complement was asked for");
        let unshared = sum(answer.total.unshared.values().copied());
        assert_eq!(
            answer.total.amount.get() + outside.amount.get() + unshared,
            outturn
        );
        assert!(answer.reconciliation.holds(), "{}", answer.reconciliation);
    }
    Ok(())
}

#[test]
fn police_and_fire_are_shared_by_residents_and_whole_together() -> Result<(), Error> {
    let (_, cube) = loaded!();
    let districts: Vec<String> = {
        let localities = &cube.place().axes().localities;
        let members = localities.at_level("district");
        members
            .iter()
            .map(|&district| localities.code(district).to_owned())
            .collect()
    };
    let whole = persons(cube, "E23000016", Ages::ALL)?;
    let county = persons(cube, COUNTY, Ages::ALL)?;
    assert_eq!((county, whole), (317_459, 1_272_638));
    let police = || ask(cube, "2017-18").map(|question| question.partner("west-mercia-police"));
    let ours = police()?.locality(COUNTY).answer()?.total;
    assert_eq!(
        i128::from(ours.amount.get()),
        share(21_301_200_000, county, whole)
    );
    assert_eq!(ours.composition.population, ours.amount);
    let others = districts
        .iter()
        .fold(police()?, |question, code| question.locality(code));
    let others = others.answer()?.total.amount;
    assert_eq!(
        Pence::total([ours.amount, others])?.to_string(),
        "£213,012,000.00"
    );

    let fire = || ask(cube, "2017-18").map(|question| question.partner("shropshire-fire"));
    let ours = fire()?.locality(COUNTY).answer()?.total;
    let area = persons(cube, "E31000032", Ages::ALL)?;
    assert_eq!(area, 493_227);
    assert_eq!(
        i128::from(ours.amount.get()),
        share(1_960_400_000, county, area)
    );
    let telford = fire()?.locality(TELFORD).answer()?.total;
    assert_eq!(sum([ours.amount, telford.amount]), 1_960_400_000);
    assert_eq!(
        fire()?
            .locality("E31000032")
            .answer()?
            .total
            .composition
            .direct,
        Pence::new(1_960_400_000)
    );
    Ok(())
}

/// Which lines of which ledger a published total is about: codes, and the period.
struct Selection {
    ledger: &'static str,
    codes: Vec<(&'static str, Vec<String>)>,
    period: Option<Period>,
}

fn selection(id: &str, filter: &str) -> Result<Option<Selection>, Error> {
    let of = |key: &str| {
        let found = filter
            .split(';')
            .find_map(|part| part.strip_prefix(key)?.strip_prefix('='));
        found.map(|text| text.split('|').map(str::to_owned).collect::<Vec<_>>())
    };
    let year = |skip: usize| id.get(skip..skip + 7).unwrap_or_default().parse::<Period>();
    let of_year = |code: Option<Vec<String>>, skip: usize| {
        code.map(|lines| {
            let lines = lines
                .iter()
                .map(|line| format!("{} / {line}", &id[skip..skip + 7]));
            ("activity", lines.collect())
        })
    };
    // The net and the voluntary measures are other columns of the same money.
    let other_measure = ["s251-2013-14-youth-justice-net", "s251-2013-14-voluntary"];
    // These published totals are rounded apart from the cells that the ledgers hold.
    let rounded_apart = id.starts_with("pssex1-") && id != "pssex1-gross-parts";
    // Line 50 leaves capital from revenue out: it has a test of its own.
    if other_measure.contains(&id) || rounded_apart || id == "s251-2010-11-total" {
        return Ok(None);
    }
    let selection = match id.split('-').next() {
        Some("rs") => Selection {
            ledger: "rs",
            codes: of("body_code")
                .map(|codes| ("partner", codes))
                .into_iter()
                .collect(),
            period: Some(year(3)?),
        },
        Some("s251") if id.ends_with("-total") || id.ends_with("-lines") => Selection {
            ledger: "s251",
            codes: Vec::new(),
            // A bare `2010-11` may be a month.
            period: Some(Period::financial_year(
                id[5..9].parse().unwrap_or_default(),
            )?),
        },
        Some("s251") => Selection {
            ledger: "s251",
            codes: of_year(of("line"), 5).into_iter().collect(),
            period: None,
        },
        Some("lait") => Selection {
            ledger: "lait",
            codes: of("line")
                .map(|codes| ("activity", codes))
                .into_iter()
                .collect(),
            period: Some(year(5)?),
        },
        Some("pssex1") => Selection {
            ledger: "pssex1-expenditure",
            codes: Vec::new(),
            period: None,
        },
        Some("ccg") => Selection {
            ledger: "ccg",
            codes: Vec::new(),
            period: None,
        },
        _ => Selection {
            ledger: "grants",
            codes: of("ward17_code")
                .map(|codes| ("locality", codes))
                .into_iter()
                .collect(),
            period: match of("award_year") {
                Some(year) => Some(Period::calendar_year(year[0].parse().unwrap_or_default())?),
                None => None,
            },
        },
    };
    Ok(Some(selection))
}

fn selected<'a>(
    account: &'a PlaceAccount,
    wanted: &'a Selection,
) -> impl Iterator<Item = LineRef<'a>> {
    account
        .ledgers()
        .iter()
        .filter(|mapped| mapped.ledger().id() == wanted.ledger)
        .flat_map(|mapped| mapped.ledger().lines())
        .filter(|line| {
            let coded = wanted.codes.iter().all(|(name, texts)| {
                line.code(name)
                    .is_some_and(|code| texts.iter().any(|text| text == code))
            });
            coded
                && wanted
                    .period
                    .is_none_or(|period| line.period() == Placed::On(period))
        })
}

#[test]
fn every_published_spend_total_is_met() -> Result<(), Box<dyn std::error::Error>> {
    let (account, _) = loaded!();
    let Some(data) = data() else { return Ok(()) };
    let mut met = 0;
    for row in csv::Reader::from_path(data.join("control_totals.csv"))?.records() {
        let row = row?;
        let (id, file, filter, expected) = (&row[0], &row[1], &row[2], &row[4]);
        if !file.starts_with("spend/") {
            continue;
        }
        let Some(wanted) = selection(id, filter)? else {
            continue;
        };
        met += 1;
        if id == "grants-rows" {
            assert_eq!(selected(account, &wanted).count().to_string(), expected);
            continue;
        }
        let (expected, _) = to_pence(parse_amount(expected)?, ExcessDecimals::Refuse)?;
        let found = Pence::total(selected(account, &wanted).map(|line| line.pence()))?;
        assert_eq!(found, expected, "{id}");
    }
    assert_eq!(met, 48);
    Ok(())
}

#[test]
fn children_of_2010_without_capital_are_the_published_line_50() -> Result<(), Error> {
    let (account, _) = loaded!();
    let year = Period::financial_year(2010)?;
    let wanted = Selection {
        ledger: "s251",
        codes: Vec::new(),
        period: Some(year),
    };
    let lines =
        selected(account, &wanted).filter(|line| line.code("activity") != Some("2010-11 / 48"));
    assert_eq!(sum(lines.map(|line| line.pence())), 3_663_242_600);
    Ok(())
}

#[test]
fn adult_social_care_of_2014_is_net_current_expenditure() -> Result<(), Error> {
    let (account, _) = loaded!();
    let ledgers = account.ledgers().iter().map(|mapped| mapped.ledger());
    let parts = ledgers.filter(|ledger| ledger.id().starts_with("pssex1-"));
    let net = sum(parts.map(|ledger| ledger.total()));
    assert_eq!(net, 6_907_317_000);
    // Published as 69,073,190; cells are rounded to ten pounds.
    assert!((net - 6_907_319_000).abs() <= 10_000);
    Ok(())
}

#[test]
fn nhs_money_for_adult_care_is_eliminated_once_or_incoming() -> Result<(), Error> {
    const NHS: i64 = 1_268_549_000;
    let (account, cube) = loaded!();
    let [rule] = account.recognised() else {
        panic!("{:?}", account.recognised());
    };
    assert_eq!(rule.partner, "nhs-shropshire-ccg");
    assert_eq!(rule.kind, FlowKind::Grant);
    assert_eq!((rule.lines, rule.pence.get()), (99, -NHS));

    let asked = |boundary: &str| -> Result<_, Error> {
        let question = cube
            .ask()
            .period("2014-15".parse()?)
            .phase(Phase::Outturn)
            .partner("shropshire-council");
        Ok(question.boundary(boundary.parse()?))
    };
    // All partners, and the two alone: eliminated once, and the total is net of NHS money as it
    // was before anything was recognised.
    for boundary in ["all-partners", "shropshire-council,nhs-shropshire-ccg"] {
        let answer = asked(boundary)?.answer()?;
        assert!(answer.reconciliation.holds(), "{}", answer.reconciliation);
        let total = answer.total;
        assert_eq!(total.amount.to_string(), "£353,219,170.00", "{boundary}");
        assert_eq!(
            total.beside(Beside::Eliminated).to_string(),
            "£12,685,490.00"
        );
        assert_eq!(total.beside(Beside::Incoming), Pence::ZERO);
        assert_eq!(total.gross().map(Pence::get), Some(36_590_466_000));
    }
    // The council alone: larger by just that, which came in.
    let answer = asked("shropshire-council")?.answer()?;
    assert!(answer.reconciliation.holds(), "{}", answer.reconciliation);
    let alone = answer.total;
    assert_eq!(alone.amount.get(), 35_321_917_000 + NHS);
    assert_eq!(alone.beside(Beside::Incoming).to_string(), "£12,685,490.00");
    assert_eq!(alone.beside(Beside::Eliminated), Pence::ZERO);
    // The theme leaves out what supports memory, and what supports people who misuse drugs.
    let theme = |boundary| -> Result<_, Error> {
        Ok(asked(boundary)?
            .activity("adult-social-care")
            .answer()?
            .total)
    };
    let (all, alone) = (theme("all-partners")?, theme("shropshire-council")?);
    assert_eq!(all.amount.to_string(), "£68,276,650.00");
    assert_eq!(all.beside(Beside::Eliminated).to_string(), "£11,510,180.00");
    assert_eq!(
        alone.amount.get(),
        all.amount.get() + all.beside(Beside::Eliminated).get()
    );
    // The NHS alone has nothing in any year, and so pays nothing.
    let nhs = cube
        .ask()
        .period("2014-15".parse()?)
        .phase(Phase::Outturn)
        .boundary(Boundary::of(["nhs-shropshire-ccg"]))
        .answer()?
        .total;
    assert_eq!(nhs.amount, Pence::ZERO);
    assert!(nhs.beside.values().all(|sum| sum.amount == Pence::ZERO));
    // The published total is rounded apart from its cells.
    assert_eq!(NHS - 1_268_545_000, 4_000);
    Ok(())
}

#[test]
fn finer_lines_replace_coarse_ones_only_where_they_are() -> Result<(), Error> {
    let (account, cube) = loaded!();
    let of = |year: &str, code: &str| {
        let year: Period = year.parse()?;
        let lines = account.lines().filter(|(mapped, line, coding)| {
            mapped.ledger().id() == "rs"
                && coding.period == Placed::On(year)
                && line.code("activity") == Some(code)
                && line.code("partner") == Some(COUNTY)
        });
        Ok::<_, Error>(lines.count())
    };
    assert_eq!(
        [
            of("2013-14", "330")?,
            of("2014-15", "330")?,
            of("2017-18", "330")?
        ],
        [0, 1, 0]
    );
    assert_eq!(
        [
            of("2013-14", "360")?,
            of("2014-15", "360")?,
            of("2017-18", "360")?
        ],
        [1, 0, 1]
    );
    let council = ask(cube, "2017-18")?
        .partner("shropshire-council")
        .answer()?
        .total;
    // Published net total, less line 330 net, plus the seven LAIT lines gross.
    assert_eq!(
        council.amount.get(),
        36_015_726_248 - 3_282_051_863 + 3_400_711_800
    );
    Ok(())
}

#[test]
fn grants_of_ludlow_are_recorded_there() -> Result<(), Error> {
    let (account, cube) = loaded!();
    let funders: BTreeSet<String> = {
        let partners = &account.place().axes().partners;
        let funders = partners
            .iter()
            .filter(|(_, partner)| partner.level == "grant-funder");
        funders.map(|(_, partner)| partner.code.clone()).collect()
    };
    assert_eq!(funders.len(), 18);
    let question = ask(cube, "calendar 2013 to calendar 2018")?.locality("ludlow");
    let question = funders.into_iter().fold(question, Question::partner);
    let ludlow = question.answer()?.total;
    assert_eq!(ludlow.amount.to_string(), "£1,064,865.20");
    assert_eq!(ludlow.composition.direct, ludlow.amount);
    assert!(ludlow.unshared.is_empty());
    Ok(())
}

#[test]
fn tags_are_asked_one_at_a_time() -> Result<(), Error> {
    let (_, cube) = loaded!();
    let leavers = ask(cube, "2013-14")?.tag("care-leaver").locality(COUNTY);
    let total = leavers.answer()?.total;
    assert_eq!(total.amount.to_string(), "£1,575,342.00");
    assert_eq!(total.composition.direct, total.amount);
    let both = leavers.tag("substance-misuse").answer();
    assert!(
        matches!(both, Err(AskError::TagsOverlap { .. })),
        "{both:?}"
    );
    Ok(())
}

#[test]
fn nhs_allocation_is_a_budget_of_no_year() -> Result<(), Error> {
    let (_, cube) = loaded!();
    let question = cube
        .ask()
        .period("2017-18".parse()?)
        .phase(Phase::Budget)
        .boundary(Boundary::AllPartners);
    let total = question.locality(COUNTY).answer()?.total;
    assert_eq!(total.amount, Pence::ZERO);
    assert_eq!(sum(total.unshared.values().copied()), 40_018_600_000);
    Ok(())
}

#[test]
fn engines_agree_and_halves_merge_into_the_whole() -> Result<(), Error> {
    let (account, cube) = loaded!();
    let judge = Cube::build_with(account, &Reference)?;
    assert_eq!(judge.records(), cube.records());
    let half = |parity: usize| -> CodedLines {
        let lines = account.lines().enumerate().filter(|(i, _)| i % 2 == parity);
        lines
            .map(|(_, (_, line, coding))| (coding, line.pence()))
            .collect()
    };
    let place = account.place();
    let even = Cube::from_lines(place, half(0), &Polars)?;
    let odd = Cube::from_lines(place, half(1), &Reference)?;
    let merged = even.merge(&odd)?;
    assert_eq!(merged.records(), cube.records());
    assert_eq!(merged.total(), account.total());
    assert!(
        merged.reconciliation().holds(),
        "{}",
        merged.reconciliation()
    );
    Ok(())
}

#[test]
fn pack_opened_twice_is_the_same_place() -> Result<(), Error> {
    let Some(data) = data() else { return Ok(()) };
    assert_eq!(open(&data)?.fingerprint(), open(&data)?.fingerprint());
    Ok(())
}

/// Real money in real places: whatever is kept and added up before shows in no byte.
#[test]
fn quick_answers_are_those_of_record_by_record() -> Result<(), Box<dyn std::error::Error>> {
    let (_, cube) = loaded!();
    let drills: [&[&str]; 9] = [
        &[],
        &["partner", "counterparty"],
        &["funder", "activity@theme"],
        &["locality@place-plan-area", "activity@theme", "partner"],
        &["locality@place-plan-area", "ages", "activity"],
        &["group", "ages@0-15/16-19/20+"],
        &["period", "locality@place-plan-area"],
        &["flexibility", "period"],
        &["activity", "group", "partner", "period"],
    ];
    for period in ["2017-18", "2013-14 to 2017-18", "Jun 2017", "calendar 2017"] {
        for drill in drills {
            let by: Vec<By> = drill
                .iter()
                .map(|by| by.parse())
                .collect::<Result<_, _>>()?;
            let all = || Ok::<_, Error>(ask(cube, period)?.by(by.clone()));
            let young = Ages::new(16, 19)?;
            for question in [
                all()?,
                all()?.with_complement(),
                all()?.locality("ludlow").ages(young),
                all()?.activity("children-and-young-people").ages(young),
            ] {
                judge(&question);
            }
        }
    }
    Ok(())
}
