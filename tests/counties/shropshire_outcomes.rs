//! The outcomes of Shropshire on the full published data, held against its files, which are read
//! here a second time and mapped by hand or by the pack's own tables, never by the library.
//!
//! Where the data is absent these tests say so and pass.

use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::{Ages, Period, Phase};
use wholeplace::cube::Cube;
use wholeplace::indicator::{Area, Indicators, Knowledge, Observation, Ranking, Relation, Status};
use wholeplace::linkage::{Pairing, SpendShown};
use wholeplace::money::Pence;
use wholeplace::place::Place;
use wholeplace::statistic::{Confidence, Simulation};

fn data() -> Option<PathBuf> {
    crate::fixtures::shared::folder("shropshire")
}

fn pack() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/packs/shropshire")
}

fn opened() -> Option<&'static Indicators> {
    static OPENED: OnceLock<Option<Indicators>> = OnceLock::new();
    data()?;
    let open = || {
        let place =
            Place::open_with_data(pack(), data()?).unwrap_or_else(|error| panic!("{error}"));
        Some(Indicators::open(&place).unwrap_or_else(|error| panic!("{error}")))
    };
    OPENED.get_or_init(open).as_ref()
}

/// The outcomes, or the end of the test where there are no data.
macro_rules! opened {
    () => {
        match opened() {
            Some(indicators) => indicators,
            None => return,
        }
    };
}

type Row = BTreeMap<String, String>;

/// Rows of a file by the names of its columns.
fn rows(file: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(file).unwrap_or_else(|error| panic!("{error}"));
    let headings = reader.headers().unwrap().clone();
    (reader.records())
        .map(|row| {
            let row = row.unwrap();
            let cells = headings.iter().zip(row.iter());
            cells
                .map(|(name, cell)| (name.to_owned(), cell.trim().to_owned()))
                .collect()
        })
        .collect()
}

fn published(file: &str) -> Vec<Row> {
    rows(&data().unwrap().join(file))
}

fn of_pack(file: &str) -> Vec<Row> {
    rows(&pack().join("outcomes").join(file))
}

/// Areas by the number that the interactive tool gives them.
fn by_number(indicators: &Indicators) -> BTreeMap<String, Area> {
    let mut areas = BTreeMap::new();
    for row in of_pack("areas.csv") {
        let found = indicators
            .areas()
            .iter()
            .find(|area| area.code == row["code"])
            .unwrap();
        let number = row["also"].split(';').next().unwrap();
        areas.insert(number.to_owned(), found.area);
    }
    areas
}

fn area(indicators: &Indicators, name: &str) -> Area {
    indicators
        .areas()
        .iter()
        .find(|area| area.name == name)
        .unwrap()
        .area
}

fn figure(indicators: &Indicators, code: &str, area: Area, period: &str) -> Option<Decimal> {
    let observation = indicators
        .observation(code, area, period.parse().unwrap())
        .unwrap()?;
    observation.figure(indicators.indicator(code).unwrap())
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn sure() -> Confidence {
    Confidence::new(0.95).unwrap()
}

#[test]
fn the_pack_has_no_fault_and_says_what_it_took_out() {
    let indicators = opened!();
    let found: Vec<String> = (indicators.findings().iter())
        .map(|finding| format!("{}: {}", finding.rule, finding.found))
        .collect();
    let england = published("indicators/lait_indicators.csv");
    let england = england
        .iter()
        .filter(|row| row["measure"] == "FirstYJS" && row["la_number"] == "970");
    assert_eq!(
        found,
        [format!(
            "figures-withdrawn: {} figures of `first-time-entrants` for England are not used: they \
             are 1,258 to 3,071 where no region is above 404: rates of regions added up",
            england.count()
        )]
    );
    assert!(!indicators.findings().any_fault());
    for outcome in indicators.outcomes() {
        assert!(outcome.headline.len() <= 6, "{}", outcome.code);
    }
}

#[test]
fn statuses_of_all_figures() {
    let indicators = opened!();
    let counts: Vec<String> = (indicators.by_status().iter())
        .map(|(status, figures)| format!("{figures} {status}"))
        .collect();
    assert_eq!(
        counts,
        [
            "10 not applicable",
            "42 zero",
            "19476 value",
            "549 estimated",
            "20 suppressed",
            "963 not available"
        ]
    );
}

#[test]
fn reoffending_of_nine_years() {
    let indicators = opened!();
    let shropshire = area(indicators, "Shropshire");
    // By hand, from the file: the label 2018 is the financial year 2017-18.
    let figures = [
        ("2015-16", "30.08"),
        ("2016-17", "19.81"),
        ("2017-18", "18.89"),
        ("2018-19", "21.79"),
        ("2019-20", "16.07"),
        ("2020-21", "14.71"),
        ("2021-22", "20"),
        ("2022-23", "18.75"),
        ("2023-24", "14.81"),
    ];
    for (year, value) in figures {
        assert_eq!(
            figure(indicators, "reoffending-15-17", shropshire, year),
            Some(decimal(value)),
            "{year}"
        );
    }
    let file = published("indicators/lait_indicators.csv");
    let own: Vec<(String, String)> = (file.iter())
        .filter(|row| row["measure"] == "ReoffYO15-17" && row["la_number"] == "893")
        .map(|row| (row["period"].clone(), row["value"].clone()))
        .collect();
    assert_eq!(own.len(), 9);
    for ((label, value), (year, by_hand)) in own.iter().zip(figures) {
        assert_eq!(decimal(value), decimal(by_hand));
        assert_eq!(label[2..], year[5..], "the year in which it ends");
    }
    // England's is not available in any year, and is not shown as none.
    let england = area(indicators, "England");
    for (year, _) in figures {
        let observation =
            indicators.observation("reoffending-15-17", england, year.parse().unwrap());
        let observation = observation.unwrap().unwrap();
        assert_eq!(
            (observation.status(), observation.counts()),
            (Status::Unavailable, None)
        );
    }
    assert!(
        indicators
            .indicator("reoffending-15-17")
            .unwrap()
            .reoffending
            .is_some()
    );
}

#[test]
fn reoffending_of_the_county_is_not_ludlows() {
    let indicators = opened!();
    let localities = &indicators.place().axes().localities;
    let ludlow = localities.find("ludlow").unwrap();
    for year in indicators.periods("reoffending-15-17").unwrap() {
        let known = indicators.known("reoffending-15-17", ludlow, year).unwrap();
        match &known {
            Knowledge::OnlyFor { locality, .. } => {
                assert_eq!(localities.code(*locality), "E06000051")
            }
            other => panic!("{year}: {other:?}"),
        }
        assert_eq!(
            (known.observation(), known.status()),
            (None, Status::NotCollected)
        );
    }
    let gaps = indicators.gaps();
    let gap = gaps
        .iter()
        .find(|gap| gap.indicator == "reoffending-15-17")
        .unwrap();
    assert_eq!(
        (gap.level.as_str(), gap.owed_by.as_str()),
        ("place-plan-area", "Youth Justice Board")
    );
    assert_eq!(gap.missing, gap.expected);
    assert_eq!(gap.places, 18);
}

/// The first and last month of a label, by the kind of years: worked out here.
fn months(kind: &str, label: &str) -> (i32, i32) {
    let number = |text: &str| text.parse::<i32>().unwrap();
    let year = |text: &str, after: i32| match text.len() {
        4 => number(text),
        _ => after - after % 100 + number(text),
    };
    // Years since 0 in months; April is 3, September 8.
    let start = |kind: &str| match kind {
        "financial" | "financial-ending" => 3,
        "academic-ending" => 8,
        _ => 0,
    };
    let first = start(kind);
    if label.contains('/') {
        // 2017/18, and 2013/14-15/16 of three years.
        let (one, last) = label.split_once('-').unwrap_or((label, label));
        let one = number(&one[..4]);
        let last = year(last.split_once('/').unwrap().0, one);
        let first = if kind == "academic-ending" { 8 } else { 3 };
        return (one * 12 + first, last * 12 + first + 11);
    }
    if let Some((one, last)) = label.split_once('-') {
        let one = number(one);
        let last = year(last, one);
        return match kind {
            "calendar" => (one * 12, last * 12 + 11),
            _ => (one * 12 + first, one * 12 + first + 11),
        };
    }
    let one = number(label);
    match kind {
        "financial-ending" | "academic-ending" => {
            ((one - 1) * 12 + first, (one - 1) * 12 + first + 11)
        }
        "calendar" => (one * 12, one * 12 + 11),
        month => {
            let names = [
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ];
            let month = names.iter().position(|name| *name == month).unwrap();
            let month = one * 12 + i32::try_from(month).unwrap();
            (month, month)
        }
    }
}

fn months_of(period: Period) -> (i32, i32) {
    let month = |day: jiff::civil::Date| i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
    (month(period.first_day()), month(period.last_day()))
}

#[test]
fn every_figure_of_the_interactive_tool_is_there_with_its_status() {
    let indicators = opened!();
    let areas = by_number(indicators);
    let mut series: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for row in of_pack("series.csv")
        .iter()
        .filter(|row| row["dataset"] == "lait")
    {
        let of = (row["indicator"].clone(), row["part"].clone());
        series.entry(row["published"].clone()).or_default().push(of);
    }
    let years: BTreeMap<String, String> = (of_pack("indicators-lait.csv").iter())
        .map(|row| (row["code"].clone(), row["years"].clone()))
        .collect();
    let periods: BTreeMap<&str, BTreeMap<(i32, i32), Period>> = (series.values().flatten())
        .map(|(code, _)| {
            let periods = indicators.periods(code).unwrap();
            (
                code.as_str(),
                periods
                    .into_iter()
                    .map(|period| (months_of(period), period))
                    .collect(),
            )
        })
        .collect();
    let mut kinds = BTreeSet::new();
    let (mut values, mut missing, mut withdrawn) = (0, 0, 0);
    for row in published("indicators/lait_indicators.csv") {
        let codes = series
            .get(&row["measure"])
            .unwrap_or_else(|| panic!("{}", row["measure"]));
        let area = areas[&row["la_number"]];
        for (code, part) in codes {
            let label = &row["period"];
            kinds.insert((years[code].clone(), label.len(), label.contains('/')));
            let period = periods[code.as_str()].get(&months(&years[code], label));
            let period = period.unwrap_or_else(|| panic!("{code} {label}"));
            let observation = indicators.observation(code, area, *period).unwrap();
            let observation = observation.unwrap_or_else(|| panic!("{code} {label} {area:?}"));
            let value = match part.as_str() {
                "numerator" => observation.numerator,
                _ => observation.value,
            };
            let value = value.unwrap();
            if code == "first-time-entrants" && row["la_number"] == "970" {
                assert_eq!(value.status, Status::Unavailable);
                withdrawn += 1;
            } else if row["status"] == "-" {
                assert_eq!(
                    (value.figure, value.status),
                    (None, Status::Unavailable),
                    "{row:?}"
                );
                assert!(row["value"].is_empty());
                missing += 1;
            } else {
                assert_eq!(row["status"], "", "{row:?}");
                let number = decimal(&row["value"]);
                assert_eq!(value.figure, Some(number), "{row:?}");
                let status = if number.is_zero() {
                    Status::Zero
                } else {
                    Status::Value
                };
                assert_eq!(value.status, status);
                values += 1;
            }
        }
    }
    assert_eq!(
        values + missing + withdrawn,
        7910,
        "each row of the file once"
    );
    assert!(missing > 500, "{missing}");
    assert!(
        kinds.len() >= 5,
        "labels are spelt in several ways: {kinds:?}"
    );
}

#[test]
fn young_people_not_in_education_or_work() {
    let indicators = opened!();
    let shropshire = area(indicators, "Shropshire");
    let indicator = indicators.indicator("neet-16-17").unwrap();
    let file = published("indicators/neet.csv");
    for (year, share) in [("2021", "2"), ("2022", "1.7"), ("2023", "2.3")] {
        let of = |measure: &str| {
            let mut rows = file.iter().filter(|row| {
                row["year"] == year && row["measure"] == measure && row["area_code"] == "E06000051"
            });
            rows.next().unwrap()["value"].clone()
        };
        assert_eq!(decimal(&of("NEET_percent")), decimal(share));
        let period = indicator.years.period(year).unwrap();
        let observation = indicators
            .observation("neet-16-17", shropshire, period)
            .unwrap()
            .unwrap();
        assert_eq!(
            observation.figure(indicator),
            Some(decimal(share)),
            "{year}"
        );
        let base = decimal(&of("Cohort_DJFavg"));
        assert_eq!(observation.denominator.unwrap().figure, Some(base));
        // A rounded share of a known base has an interval, which says how it was made.
        let estimate = observation.estimate(indicator, sure()).unwrap();
        assert_eq!(
            estimate.method(),
            "Wilson, count worked out from the rounded value"
        );
        assert!(
            estimate
                .interval()
                .unwrap()
                .contains(estimate.value().unwrap())
        );
    }
}

#[test]
fn marks_of_children_in_care_are_kept() {
    let indicators = opened!();
    let mut seen = BTreeMap::new();
    let mapped: Vec<Row> = of_pack("series.csv")
        .into_iter()
        .filter(|row| row["dataset"] == "cla")
        .collect();
    let areas: BTreeMap<String, Area> = (indicators.areas().iter())
        .map(|area| (area.code.clone(), area.area))
        .collect();
    let mut checked = 0;
    for row in published("indicators/cla_outcomes.csv") {
        if row["measure"] != "number" {
            continue;
        }
        let name = format!("{} | {}", row["group"], row["characteristic"]);
        let area = areas[&row["area_code"]];
        for series in mapped.iter().filter(|series| series["published"] == name) {
            let indicator = indicators.indicator(&series["indicator"]).unwrap();
            let period = indicator.years.period(&row["year"]).unwrap();
            let observation: Observation = indicators
                .observation(&indicator.code, area, period)
                .unwrap()
                .unwrap();
            let part = match series["part"].as_str() {
                "numerator" => observation.numerator,
                "denominator" => observation.denominator,
                _ => observation.value,
            }
            .unwrap();
            let mark = if row["status"].is_empty() {
                row["value"].clone()
            } else {
                row["status"].clone()
            };
            match mark.as_str() {
                "c" => assert_eq!(part.status, Status::Suppressed, "{row:?}"),
                "z" => assert_eq!(part.status, Status::NotApplicable, "{row:?}"),
                _ => assert_eq!(part.figure, Some(decimal(&row["value"])), "{row:?}"),
            }
            *seen.entry(part.status).or_insert(0) += 1;
            checked += 1;
        }
    }
    assert!(checked > 200, "{checked}");
    for status in [
        Status::Suppressed,
        Status::NotApplicable,
        Status::Value,
        Status::Zero,
    ] {
        assert!(seen.contains_key(&status), "{status}: {seen:?}");
    }
}

#[test]
fn the_health_index_is_there() {
    let indicators = opened!();
    let mapped: BTreeMap<String, String> = (of_pack("series.csv").iter())
        .filter(|row| row["dataset"] == "health-index")
        .map(|row| (row["published"].clone(), row["indicator"].clone()))
        .collect();
    let areas: BTreeMap<String, Area> = (indicators.areas().iter())
        .map(|area| (area.code.clone(), area.area))
        .collect();
    let mut checked = 0;
    for row in published("indicators/health_index.csv") {
        let Some(&area) = areas.get(&row["lad"]) else {
            continue;
        };
        let code = &mapped[&format!("{} | {}", row["level"], row["measure"])];
        let year = format!("calendar {}", row["year"]);
        assert_eq!(
            figure(indicators, code, area, &year),
            Some(decimal(&row["value"])),
            "{row:?}"
        );
        checked += 1;
    }
    assert_eq!(checked, 1554);
}

/// LSOAs by Place Plan area, from the geography file.
fn lsoas() -> BTreeMap<String, Vec<String>> {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in published("geography/lsoa.csv") {
        places
            .entry(row["place_plan_area"].clone())
            .or_default()
            .push(row["lsoa11"].clone());
    }
    places
}

/// Counts of an underlying indicator by LSOA; none where the cell is empty.
fn numerators(name: &str) -> BTreeMap<String, Option<Decimal>> {
    (published("indicators/imd2019_indicators_lsoa.csv").iter())
        .filter(|row| row["indicator"] == name)
        .map(|row| {
            let value = row["value"].as_str();
            (
                row["lsoa11"].clone(),
                (!value.is_empty()).then(|| decimal(value)),
            )
        })
        .collect()
}

#[test]
fn people_in_income_deprivation_are_added_up_over_each_place() {
    let indicators = opened!();
    let localities = &indicators.place().axes().localities;
    let counts = numerators("income_domain_numerator");
    let year: Period = "calendar 2019".parse().unwrap();
    for (place, parts) in lsoas() {
        let known = indicators
            .known("income-deprived", localities.find(&place).unwrap(), year)
            .unwrap();
        let Knowledge::Rebuilt {
            observation,
            parts: of,
            level,
        } = &known
        else {
            panic!("{place}: {known:?}");
        };
        assert_eq!((*of, level.as_str()), (parts.len(), "lsoa"));
        let sum: Decimal = parts.iter().map(|lsoa| counts[lsoa].unwrap()).sum();
        assert_eq!(observation.numerator.unwrap().figure, Some(sum), "{place}");
        // Residents are of another count, so the share is an estimate.
        assert_eq!(observation.status(), Status::Estimated);
    }
    assert_eq!(lsoas()["ludlow"].len(), 9);
}

#[test]
fn a_place_with_a_withheld_part_is_withheld() {
    let indicators = opened!();
    let localities = &indicators.place().axes().localities;
    let counts = numerators("income_deprivation_affecting_children_index_idaci_numerator");
    let year: Period = "calendar 2019".parse().unwrap();
    let (mut known_places, mut withheld) = (0, 0);
    for (place, parts) in lsoas() {
        let known = indicators
            .known(
                "income-deprived-children",
                localities.find(&place).unwrap(),
                year,
            )
            .unwrap();
        let sum: Option<Decimal> = parts.iter().map(|lsoa| counts[lsoa]).sum();
        let observation = known.observation().unwrap();
        assert_eq!(observation.numerator.unwrap().figure, sum, "{place}");
        match sum {
            Some(_) => known_places += 1,
            None => {
                assert_eq!(known.status(), Status::Unavailable, "{place}");
                withheld += 1;
            }
        }
    }
    assert!(
        known_places > 3 && withheld > 3,
        "{known_places} {withheld}"
    );
    // And so the county's.
    let county = indicators.known(
        "income-deprived-children",
        indicators.place().locality(),
        year,
    );
    assert_eq!(county.unwrap().status(), Status::Unavailable);
}

#[test]
fn the_slope_over_tenths_of_the_lsoas() {
    let indicators = opened!();
    let year: Period = "calendar 2019".parse().unwrap();
    let simulation = Simulation::new(10_000, 2026).unwrap();
    let found = indicators
        .inequality(
            "income-deprived",
            year,
            Ranking {
                by: "deprivation-rank",
                period: year,
                groups: 10,
            },
            simulation,
            sure(),
        )
        .unwrap();
    // Rank 1 is the most deprived in England. 193 areas in ten groups, by the field's formula.
    let mut ranks: Vec<(Decimal, String)> = (published("indicators/imd_lsoa.csv").iter())
        .filter(|row| row["edition"] == "2019" && row["level"] == "overall")
        .map(|row| (decimal(&row["rank"]), row["lsoa11"].clone()))
        .collect();
    ranks.sort();
    assert_eq!(ranks.len(), 193);
    let counts = numerators("income_domain_numerator");
    let mut people: BTreeMap<String, f64> = BTreeMap::new();
    let driver = indicators.place().residents().unwrap();
    let localities = &indicators.place().axes().localities;
    for (_, lsoa) in &ranks {
        let leaves = localities.leaves(localities.find(lsoa).unwrap());
        let mass = driver
            .mass(leaves, Ages::ALL, wholeplace::driver::Groups::All)
            .unwrap();
        people.insert(lsoa.clone(), real(mass) / real(driver.scale()));
    }
    let n = f64::from(193);
    let mut groups: BTreeMap<u32, Vec<&String>> = BTreeMap::new();
    for (i, (_, lsoa)) in ranks.iter().enumerate() {
        // Rank 1 is in group 1: q = Q + 1 - ceil((n + 1 - rank) / (n / Q)), none below 1.
        let before = (1..=10_u32).filter(|&group| {
            let rank = f64::from(u32::try_from(i).unwrap()) + 1.0;
            11.0 - ((n + 1.0 - rank) / (n / 10.0)).ceil() >= f64::from(group)
        });
        groups
            .entry(before.max().unwrap_or(1))
            .or_default()
            .push(lsoa);
    }
    assert_eq!(found.groups.len(), 10);
    for row in &found.groups {
        let members = &groups[&row.quantile];
        assert_eq!(row.areas, members.len(), "group {}", row.quantile);
        let above: Decimal = members.iter().map(|lsoa| counts[*lsoa].unwrap()).sum();
        let below: f64 = members.iter().map(|lsoa| people[*lsoa]).sum();
        assert!(
            (row.population - below).abs() < 1e-6,
            "group {}",
            row.quantile
        );
        let share = real_of(above) / below * 100.0;
        assert!(
            (row.estimate.value().unwrap() - share).abs() < 1e-9,
            "group {}",
            row.quantile
        );
    }
    let slope = &found.index.slope;
    assert!(slope.value().unwrap() < -10.0, "{slope}");
    assert!(slope.interval().unwrap().upper < 0.0, "{slope}");
    assert_eq!(found.left_out, 0);
    // More groups than areas: refused, with the reason.
    let error = indicators
        .inequality(
            "income-deprived",
            year,
            Ranking {
                by: "deprivation-rank",
                period: year,
                groups: 194,
            },
            simulation,
            sure(),
        )
        .unwrap_err();
    assert!(
        error.to_string().contains("194") || error.to_string().contains("193"),
        "{error}"
    );
    // Withheld counts of children are no nought.
    let error = indicators
        .inequality(
            "income-deprived-children",
            year,
            Ranking {
                by: "deprivation-rank",
                period: year,
                groups: 10,
            },
            simulation,
            sure(),
        )
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("has an area whose counts are not available"),
        "{error}"
    );
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a few hundred thousand residents"
)]
fn real(count: u64) -> f64 {
    count as f64
}

fn real_of(decimal: Decimal) -> f64 {
    decimal.to_string().parse().unwrap()
}

/// The youth re-offending of nine years beside spending on youth justice, for all areas.
#[test]
fn youth_justice_beside_reoffending_of_fourteen_areas_and_nine_years() {
    let indicators = opened!();
    let cube = Cube::build(&PlaceAccount::load(indicators.place()).unwrap()).unwrap();
    let question = (cube.ask().phase(Phase::Outturn))
        .boundary(Boundary::AllPartners)
        .locality("E06000051")
        .activity("youth-justice")
        .ages(Ages::new(10, 17).unwrap());
    let years = "2016-17 to 2024-25"
        .parse::<Period>()
        .unwrap()
        .financial_years();
    let narrower = Pairing::new(question.clone(), indicators, "reoffending-15-17");
    assert!(narrower.is_err(), "spending is on 10 to 17");
    let why = "youth justice is not published by single ages";
    let pairing =
        Pairing::although_people_differ(question, indicators, "reoffending-15-17", why).unwrap();
    assert!(pairing.over(&years, sure()).is_err(), "no lag");
    let beside = pairing
        .lag_of_the_pack()
        .unwrap()
        .over(&years, sure())
        .unwrap();
    assert_eq!(beside.rows.len(), 14 * 9);
    assert!(beside.table().to_string().contains(why));

    let numbers: BTreeMap<String, String> = (of_pack("areas.csv").iter())
        .map(|row| {
            (
                row["name"].clone(),
                row["also"].split(';').next().unwrap().to_owned(),
            )
        })
        .collect();
    let finance = published("spend/lait_finance.csv");
    let spend = |number: &str, year: &str| {
        let mut rows = finance.iter().filter(|row| {
            row["line"] == "YouthJusticeFinance"
                && row["la_number"] == number
                && row["year"] == year
        });
        let row = rows.next()?;
        assert!(rows.next().is_none());
        (!row["amount_gbp"].is_empty()).then(|| decimal(&row["amount_gbp"]))
    };
    let tool = published("indicators/lait_indicators.csv");
    let outcome = |number: &str, ending: &str| {
        let mut rows = tool.iter().filter(|row| {
            row["measure"] == "ReoffYO15-17"
                && row["la_number"] == number
                && row["period"] == ending
        });
        rows.next().map(|row| row["value"].clone())
    };
    let (mut not_held, mut areas) = (BTreeSet::new(), BTreeSet::new());
    for row in &beside.rows {
        let number = &numbers[&row.area];
        let year = row.spent_in.to_string();
        areas.insert(row.area.clone());
        match (&row.spend, spend(number, &year)) {
            (SpendShown::NotHeld, None) => {
                not_held.insert(row.area.clone());
            }
            (SpendShown::Account { amount, .. }, Some(pounds)) => {
                assert_eq!(row.relation, Relation::Subject);
                assert_eq!(decimal(&amount.to_plain()), pounds, "{} {year}", row.area);
            }
            (SpendShown::Published { amount, .. }, Some(pounds)) => {
                assert_eq!(decimal(&amount.to_plain()), pounds, "{} {year}", row.area);
            }
            (shown, file) => panic!("{} {year}: {shown:?} and {file:?}", row.area),
        }
        // The lag of the pack is none: the outcome of the same year, whose label is its end.
        let ending = format!("20{}", &year[5..]);
        match outcome(number, &ending) {
            None => assert_eq!(
                (row.outcome_in, row.figure),
                (None, None),
                "{} {year}",
                row.area
            ),
            Some(value) if value.is_empty() => {
                assert_eq!(
                    (row.status, row.figure),
                    (Status::Unavailable, None),
                    "{} {year}",
                    row.area
                );
            }
            Some(value) => {
                assert_eq!(row.outcome_in, Some(row.spent_in));
                assert_eq!(row.figure, Some(decimal(&value)), "{} {year}", row.area);
            }
        }
        assert_eq!(
            (row.per_person, row.per_outcome),
            (None, None),
            "no counts are published"
        );
    }
    assert_eq!(areas.len(), 14);
    assert_eq!(not_held.len(), 8, "{not_held:?}");
    // 2017-18 by hand: £126,710 among 27,635 of 10 to 17.
    let own = (beside.rows.iter())
        .find(|row| row.spent_in.to_string() == "2017-18")
        .unwrap();
    assert_eq!(own.spend.amount(), Some(Pence::new(12_671_000)));
    assert_eq!(own.per_head, Some(Pence::new(459)));
    assert_eq!(own.figure, Some(decimal("18.89")));
}
