//! Shropshire on the full published data: figures, control totals and engines.
//!
//! The data lies beside the repository (`../shared/shropshire`) or in `$WHOLEPLACE_SHARED`; where
//! there is none, these tests say so and pass.

use crate::spend::back_ends::judge;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use wholeplace::Error;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::{Ages, FlowKind, Period, Phase, Placed};
use wholeplace::cube::group::{CodedLines, Polars, Reference};
use wholeplace::cube::{AskError, By, Cube, Figure, Memorandum, Question};
use wholeplace::driver::Groups;
use wholeplace::ledger::LineRef;
use wholeplace::money::{ExcessDecimals, Pence, parse_amount, to_pence};
use wholeplace::place::{Place, SharingSpec};

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

/// The cube under one rule: everything by residents.
fn by_residents(cube: &Cube) -> Result<Cube, Error> {
    let rule = SharingSpec {
        driver: "residents-2017".to_owned(),
        ..SharingSpec::default()
    };
    Ok(cube.with_sharing(cube.place().sharing_rules(&[rule])?))
}

#[test]
fn youth_justice_of_ludlow_and_the_county() -> Result<(), Error> {
    let (_, cube) = loaded!();
    // By the pack's rule: children of these ages in income-deprived homes.
    let ours = youth_justice(cube, Ages::new(10, 17)?, "ludlow")?;
    let ours = ours.answer()?.total;
    assert_eq!(ours.composition.driver, ours.amount);
    assert!(ours.amount > Pence::new(423_666), "{}", ours.amount);
    let cube = &by_residents(cube)?;
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
    let cube = &by_residents(cube)?;
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
fn police_and_fire_are_shared_by_use_and_whole_together() -> Result<(), Error> {
    let (_, cube) = loaded!();
    let mass = |driver: &str, code: &str| -> Result<i128, Error> {
        let place = cube.place();
        let localities = &place.axes().localities;
        let driver = place.drivers().iter().find(|own| own.code() == driver);
        let leaves = localities.leaves(localities.find(code)?);
        let mass = driver
            .expect("the driver is there")
            .mass(leaves, Ages::ALL, Groups::All);
        Ok(mass.expect("it covers the area").into())
    };
    let districts: Vec<String> = {
        let localities = &cube.place().axes().localities;
        let members = localities.at_level("district");
        members
            .iter()
            .map(|&district| localities.code(district).to_owned())
            .collect()
    };
    // 12,328 of 60,300 incidents; masses are scaled by a million.
    let incidents = |code: &str| mass("incidents", code);
    let (county, whole) = (incidents(COUNTY)?, incidents("E23000016")?);
    assert_eq!(county * 60_300, whole * 12_328);
    let police = || ask(cube, "2017-18").map(|question| question.partner("west-mercia-police"));
    let ours = police()?.locality(COUNTY).answer()?.total;
    assert_eq!(
        i128::from(ours.amount.get()),
        share(21_301_200_000, county, whole)
    );
    assert_eq!(ours.composition.driver, ours.amount);
    // £213,012,000 × 12,328 / 60,300 = £43,549,120.00.
    assert_eq!(ours.amount.to_string(), "£43,549,120.00");
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
    let households = |code: &str| mass("households", code);
    assert_eq!(
        i128::from(ours.amount.get()),
        share(1_960_400_000, households(COUNTY)?, households("E31000032")?)
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
    // Incomes and balances of schools, deductions of practices: other columns of the same money.
    let other_column = [
        "schools-2017-18-income",
        "schools-2017-18-balance",
        "gp-2017-18-net",
    ];
    let other_measure = other_measure.contains(&id) || other_column.contains(&id);
    // With the drugs, which are charged to the NHS allocation: a test of its own.
    if other_measure || rounded_apart || id == "s251-2010-11-total" || id.starts_with("gp-") {
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
        Some("schools") => Selection {
            ledger: "schools",
            codes: Vec::new(),
            period: Some(year(8)?),
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
        if !file.starts_with("spend/") && !file.starts_with("partners/") {
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
    assert_eq!(met, 50);
    Ok(())
}

/// What practices were paid, line by line, is the published total once the drugs are added, which are
/// charged to the NHS allocation.
#[test]
fn payments_to_practices_are_the_published_total_less_drugs()
-> Result<(), Box<dyn std::error::Error>> {
    const DRUGS: [&str; 3] = [
        "Reimbursement of Drugs",
        "Dispensing Fee Payments",
        "Prescribing Fee Payments",
    ];
    let (account, _) = loaded!();
    let Some(data) = data() else { return Ok(()) };
    let mut drugs: BTreeMap<String, i64> = BTreeMap::new();
    for row in csv::Reader::from_path(data.join("partners/gp_payments.csv"))?.records() {
        let row = row?;
        if DRUGS.contains(&&row[2]) {
            let (pence, _) = to_pence(parse_amount(&row[3])?, ExcessDecimals::Refuse)?;
            *drugs.entry(row[1].to_owned()).or_default() += pence.get();
        }
    }
    let mut met = 0;
    for row in csv::Reader::from_path(data.join("control_totals.csv"))?.records() {
        let row = row?;
        let id = &row[0];
        if !id.starts_with("gp-") || !id.ends_with("-lines") {
            continue;
        }
        let year = &id[3..10];
        let wanted = Selection {
            ledger: "gp",
            codes: Vec::new(),
            period: Some(year.parse()?),
        };
        let (expected, _) = to_pence(parse_amount(&row[4])?, ExcessDecimals::Refuse)?;
        let ours = sum(selected(account, &wanted).map(|line| line.pence()));
        assert_eq!(ours + drugs[year], expected.get(), "{id}");
        met += 1;
    }
    assert_eq!(met, 3);
    assert_eq!(drugs["2017-18"], 1_172_397_859);
    Ok(())
}

/// £146.8 million of education: the schools' own accounts count where they stand, and the line keeps the
/// rest; both together are what the return says.
#[test]
fn schools_lie_inside_education() -> Result<(), Error> {
    let (account, cube) = loaded!();
    let statement = account.reconciliation();
    let step = (statement.steps.iter())
        .find(|step| step.name == "ledger `rs`, 2017-18: what finer lines leave of 1 line")
        .expect("the rest is a step");
    let inside: Vec<String> = (step.differences.iter())
        .map(|d| d.pence.to_string())
        .collect();
    assert_eq!(inside, ["-£105,147,641.70"]);
    assert_eq!(
        [step.incoming, step.outgoing].map(|pence| pence.to_string()),
        ["£146,776,165.01", "£41,628,523.31"]
    );
    let education = || ask(cube, "2017-18").map(|question| question.activity("education"));
    let total = education()?.locality(COUNTY).answer()?.total;
    assert_eq!(total.amount.to_string(), "£146,776,165.01");
    // Where no return is held, schools count alone.
    let earlier = ask(cube, "2016-17")?
        .activity("maintained-schools")
        .answer()?
        .total;
    assert_eq!(earlier.amount.to_string(), "£106,437,130.32");
    Ok(())
}

/// Places and what cannot be said of them are the county, and every age is served that should be.
#[test]
fn places_differ_and_add_up() -> Result<(), Error> {
    let (_, cube) = loaded!();
    let county = || ask(cube, "2017-18").map(|question| question.locality(COUNTY));
    let places = |question: Question<'_>| -> Result<_, Error> {
        let level = By::Locality("place-plan-area".into());
        let answer = question.by([level]).answer()?;
        let amounts = sum(answer.rows.iter().map(|row| row.figure.amount));
        assert_eq!(amounts, answer.total.amount.get());
        assert!(answer.total.unshared.is_empty());
        let heads = answer.rows.iter().map(|row| {
            let each = row.figure.per_head.as_ref().and_then(|head| head.amount);
            (each.map_or(0, Pence::get), row.keys[0].code.clone())
        });
        Ok(heads.collect::<BTreeSet<(i64, String)>>())
    };
    let all = county()?
        .by([By::Locality("place-plan-area".into())])
        .answer()?;
    assert_eq!(all.rows.len(), 18);
    // At least half is recorded in the place or shared by use.
    let rows = || all.rows.iter().map(|row| row.figure.composition);
    let known = sum(rows().map(|parts| parts.direct)) + sum(rows().map(|parts| parts.driver));
    assert!(2 * known > all.total.amount.get());
    // Council, police and fire: the highest is more than 1.15 times the lowest.
    let bodies = [
        "shropshire-council",
        "west-mercia-police",
        "shropshire-fire",
    ];
    let three = places(
        bodies
            .iter()
            .fold(county()?, |question, code| question.partner(*code)),
    )?;
    let ends = three.first().zip(three.last()).expect("there are places");
    assert!(100 * ends.1.0 > 115 * ends.0.0, "{ends:?}");
    // What somebody who knows the county would find.
    let highest = |activity: &str| -> Result<String, Error> {
        let heads = places(county()?.activity(activity))?;
        Ok(heads
            .last()
            .map(|(_, code)| code.clone())
            .unwrap_or_default())
    };
    assert_eq!(highest("policing")?, "shrewsbury");
    assert_eq!(highest("highways-and-transport")?, "bishops-castle");
    // Ludlow is among the oldest three and the most deprived three.
    assert_eq!(highest("general-practice")?, "ludlow");
    let children = places(county()?.activity("children-and-young-people"))?;
    let most: BTreeSet<&str> = children
        .iter()
        .rev()
        .take(3)
        .map(|(_, code)| code.as_str())
        .collect();
    assert_eq!(
        most,
        BTreeSet::from(["ludlow", "market-drayton", "whitchurch"])
    );
    // No age is left with less than a tenth of what is spent a head in the county.
    let by_age = county()?.by([By::Ages(None)]).answer()?;
    let head = |row: &Figure| row.per_head.as_ref().and_then(|head| head.amount);
    let mean = head(&by_age.total).map_or(0, Pence::get);
    assert_eq!(by_age.rows.len(), 6);
    for row in &by_age.rows {
        assert!(
            head(&row.figure).is_some_and(|each| 10 * each.get() > mean),
            "{:?}",
            row.keys
        );
    }
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
            total.memorandum(Memorandum::Eliminated).to_string(),
            "£12,685,490.00"
        );
        assert_eq!(total.memorandum(Memorandum::Incoming), Pence::ZERO);
        assert_eq!(total.gross().map(Pence::get), Some(36_590_466_000));
    }
    // The council alone: larger by just that, which came in.
    let answer = asked("shropshire-council")?.answer()?;
    assert!(answer.reconciliation.holds(), "{}", answer.reconciliation);
    let alone = answer.total;
    assert_eq!(alone.amount.get(), 35_321_917_000 + NHS);
    assert_eq!(
        alone.memorandum(Memorandum::Incoming).to_string(),
        "£12,685,490.00"
    );
    assert_eq!(alone.memorandum(Memorandum::Eliminated), Pence::ZERO);
    // The theme leaves out what supports memory, and what supports people who misuse drugs.
    let theme = |boundary| -> Result<_, Error> {
        Ok(asked(boundary)?
            .activity("adult-social-care")
            .answer()?
            .total)
    };
    let (all, alone) = (theme("all-partners")?, theme("shropshire-council")?);
    assert_eq!(all.amount.to_string(), "£68,276,650.00");
    assert_eq!(
        all.memorandum(Memorandum::Eliminated).to_string(),
        "£11,510,180.00"
    );
    assert_eq!(
        alone.amount.get(),
        all.amount.get() + all.memorandum(Memorandum::Eliminated).get()
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
    assert!(nhs.memoranda.values().all(|sum| sum.amount == Pence::ZERO));
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
