//! Spending beside outcome in the small county of `indicators`: what may stand beside what, with
//! which lag, what is said of a change, and sums held against a second way of working them out.

use crate::outcomes::indicators::{Given, at, given_more, here, indicators, sure};
use proptest::prelude::*;
use rust_decimal::Decimal;
use tempfile::TempDir;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::{Ages, Period, Phase};
use wholeplace::cube::{Cube, Question};
use wholeplace::indicator::{Area, Indicators, Lag, Relation, Status};
use wholeplace::linkage::{
    EvidenceGrade, LinkageError, Pairing, SideBySide, SideBySideRow, SpendShown,
    cost_per_unit_of_change, spend_per,
};
use wholeplace::money::Pence;
use wholeplace::place::Place;
use wholeplace::statistic::{Confidence, Estimate, Flag, Interval, Simulation};

/// A county with its account and outcomes.
struct Linked {
    _folder: TempDir,
    cube: Cube,
    indicators: Indicators,
}

fn linked(given: &Given) -> Linked {
    let folder = given.folder();
    let place = Place::open(folder.path()).unwrap_or_else(|error| panic!("{error}"));
    let account = PlaceAccount::load(&place).unwrap_or_else(|error| panic!("{error}"));
    let cube = Cube::build(&account).unwrap();
    let indicators = Indicators::open(&place).unwrap_or_else(|error| panic!("{error}"));
    Linked {
        _folder: folder,
        cube,
        indicators,
    }
}

impl Linked {
    fn ask(&self) -> Question<'_> {
        (self.cube.ask().phase(Phase::Outturn))
            .boundary(Boundary::AllPartners)
            .locality("county")
    }

    fn pair<'a>(&'a self, question: Question<'a>, code: &str) -> Result<Pairing<'a>, LinkageError> {
        Pairing::new(question, &self.indicators, code)
    }

    fn refused(&self, question: Question<'_>, code: &str) -> String {
        self.pair(question, code).unwrap_err().to_string()
    }

    /// Youth justice beside the county's share.
    fn beside(&self, code: &str, months: u16, years: &[&str]) -> SideBySide {
        let years: Vec<Period> = years.iter().map(|year| at(year)).collect();
        (self
            .pair(self.ask().activity("youth-justice"), code)
            .unwrap())
        .lag(lag(months))
        .over(&years, sure())
        .unwrap()
    }
}

fn lag(months: u16) -> Lag {
    Lag {
        months,
        why: "made up".to_owned(),
    }
}

const SPENT: &str = "council,youth-justice,county,2016-17,900.00
    council,youth-justice,county,2017-18,1000.00
    police,youth-justice,county,2017-18,500.00
    council,youth-work,north,2017-18,30.00
    council,roads,county,2015-16,7.00
    council,youth-justice,county,2014-15,5.00
    council,youth-justice,county,2014-15,-5.00";

fn county(rows: &[&str], more: &str, figures: &str) -> Linked {
    let rows: Vec<String> = rows
        .iter()
        .map(|row| format!("level=county; {row}"))
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    linked(&Given {
        spent: SPENT.to_owned(),
        ..given_more(&rows, more, figures)
    })
}

/// Every kind of indicator with one figure, and one with none.
fn kinds() -> Linked {
    let performance = "accountability=performance; asks=how-well; service_partner=council";
    county(
        &[
            "",
            "code=children; ages=0-15",
            "code=in-care; ages=10-17; group=in-care",
            &format!("code=timely; service_activity=youth-justice; {performance}"),
            &format!("code=youthful; service_activity=youth; {performance}"),
            "code=nowhere",
            "code=of-north",
        ],
        "",
        "share,value,county,2017-18,20,\nchildren,value,county,2017-18,20,
         in-care,value,county,2017-18,20,\ntimely,value,county,2017-18,20,
         youthful,value,county,2017-18,20,\nof-north,value,north,2017-18,5,",
    )
}

// ---- what may stand beside what

#[test]
fn there_is_no_pairing_without_a_lag() {
    let linked = kinds();
    let pairing = linked.pair(linked.ask(), "share").unwrap();
    let text = "nobody says how long after spending `share` answers to it; state a lag in months \
                with its reason, in the pack's `lags` or with the question; no lag at all is a \
                lag of 0, with its reason";
    let error = pairing.over(&[at("2017-18")], sure()).unwrap_err();
    assert_eq!(error.to_string(), text);
    assert!(matches!(error, LinkageError::LagNotStated { .. }));
    let error = pairing.clone().lag_of_the_pack().unwrap_err();
    assert_eq!(error.to_string(), text);
    assert!(pairing.lag(lag(0)).over(&[at("2017-18")], sure()).is_ok());
}

#[test]
fn one_body_does_not_answer_for_a_population() {
    let linked = kinds();
    let text = |what: &str| {
        format!(
            "`share` tells of everybody in a place, and this is the spending of {what} only; no \
             single body answers for a population: ask for all partners, or choose a performance \
             measure of that service"
        )
    };
    assert_eq!(
        linked.refused(linked.ask().partner("council"), "share"),
        text("council")
    );
    let both = linked.ask().partner("council").partner("police");
    assert_eq!(linked.refused(both, "share"), text("council, police"));
    let part = linked.ask().boundary("police".parse().unwrap());
    assert_eq!(
        linked.refused(part, "share"),
        text("a part of the partners (police)")
    );
    assert!(linked.pair(linked.ask(), "share").is_ok());
    // An activity is still everybody's spending on it.
    assert!(
        linked
            .pair(linked.ask().activity("youth-justice"), "share")
            .is_ok()
    );
}

#[test]
fn a_performance_measure_stands_beside_its_own_service_only() {
    let linked = kinds();
    let text = "`timely` is a performance measure of Youth justice (youth-justice, council), and \
                this is other spending; ask for partner `council` and activity `youth-justice`, \
                or choose a population indicator";
    let ask = || linked.ask();
    for wrong in [
        ask(),
        ask().partner("council"),
        ask().activity("youth-justice"),
        ask().partner("police").activity("youth-justice"),
        ask().partner("council").activity("youth"),
        ask().partner("council").activity("roads"),
        ask()
            .partner("council")
            .activity("youth-justice")
            .activity("roads"),
        ask()
            .partner("council")
            .partner("police")
            .activity("youth-justice"),
    ] {
        assert_eq!(linked.refused(wrong, "timely"), text);
    }
    let own = || ask().partner("council");
    assert!(
        linked
            .pair(own().activity("youth-justice"), "timely")
            .is_ok()
    );
    // A part of the service is not the service; all its parts are.
    assert!(
        linked
            .pair(own().activity("youth-work"), "youthful")
            .is_err()
    );
    let parts = own().activity("youth-work").activity("youth-justice");
    assert!(linked.pair(parts, "youthful").is_ok());
    assert!(linked.pair(own().activity("youth"), "youthful").is_ok());
    assert!(
        linked
            .pair(own().activity("everything"), "youthful")
            .is_err()
    );
}

#[test]
fn spending_on_other_people_needs_a_reason() {
    let linked = kinds();
    let text = |code: &str, of: &str, on: &str| {
        format!(
            "`{code}` tells of {of}, and the spending is on {on}; ask for the same people, or say \
             why they may differ"
        )
    };
    let children = Ages::new(0, 15).unwrap();
    let cases = [
        ("children", linked.ask(), "ages 0-15", "all ages"),
        (
            "share",
            linked.ask().ages(children),
            "all ages",
            "ages 0-15",
        ),
        (
            "children",
            linked.ask().ages(Ages::new(16, 90).unwrap()),
            "ages 0-15",
            "ages 16+",
        ),
        (
            "share",
            linked.ask().group("in-care"),
            "all ages",
            "all ages, in-care",
        ),
        (
            "share",
            linked.ask().tag("care-leaver"),
            "all ages",
            "all ages, care-leaver",
        ),
        (
            "in-care",
            linked.ask().ages(Ages::new(10, 17).unwrap()),
            "ages 10-17, in-care",
            "ages 10-17",
        ),
    ];
    for (code, question, of, on) in cases {
        let error = linked.pair(question.clone(), code).unwrap_err();
        assert!(matches!(error, LinkageError::AudienceDiffers { .. }));
        assert_eq!(error.to_string(), text(code, of, on));
        // With a reason they may, and the reason is shown.
        let pairing =
            Pairing::although_people_differ(question, &linked.indicators, code, "so we say");
        let beside = pairing
            .unwrap()
            .lag(lag(0))
            .over(&[at("2017-18")], sure())
            .unwrap();
        let note = format!("The indicator tells of {of}, the spending is on {on}: so we say.");
        assert!(beside.notes.contains(&note), "{:?}", beside.notes);
        assert!(beside.table().to_string().contains(&note));
    }
    let same = linked.ask().ages(children);
    assert!(linked.pair(same, "children").is_ok());
    assert!(linked.pair(linked.ask().ages(Ages::ALL), "share").is_ok());
    let same = linked
        .ask()
        .ages(Ages::new(10, 17).unwrap())
        .group("in-care");
    assert!(linked.pair(same, "in-care").is_ok());
    // A reason for other people is none for other bodies.
    let council = linked.ask().partner("council").ages(children);
    let error = Pairing::although_people_differ(council, &linked.indicators, "share", "so we say");
    assert!(matches!(
        error,
        Err(LinkageError::ServiceBesidePopulation { .. })
    ));
}

#[test]
fn the_outcome_is_of_the_place_of_the_spending() {
    let linked = kinds();
    let ask = |place: &str| {
        (linked.cube.ask().phase(Phase::Outturn))
            .boundary(Boundary::AllPartners)
            .locality(place)
    };
    assert_eq!(
        linked.refused(ask("north"), "share"),
        "`share` is not known for North, only for County; spending in North cannot stand beside it"
    );
    assert_eq!(
        linked.refused(ask("county"), "nowhere"),
        "`nowhere` is not known for County; spending in County cannot stand beside it"
    );
    let parts = (linked.pair(ask("county"), "of-north").unwrap()).lag(lag(0));
    assert_eq!(
        parts
            .over(&[at("2017-18")], sure())
            .unwrap_err()
            .to_string(),
        "`of-north` is not known for County; spending in County cannot stand beside it",
        "nor is a part the whole"
    );
    assert!(linked.pair(ask("north"), "of-north").is_ok());
    let no_place = linked
        .cube
        .ask()
        .phase(Phase::Outturn)
        .boundary(Boundary::AllPartners);
    let text = "name one locality for the spending: an outcome is a place's";
    assert_eq!(linked.refused(no_place, "share"), text);
    assert_eq!(
        linked.refused(ask("north").locality("south"), "share"),
        text
    );
    assert_eq!(
        linked.refused(ask("nort"), "share"),
        "`nort` is not a locality of this place; did you mean `north`?"
    );
    assert_eq!(
        linked.refused(ask("county"), "shair"),
        "`shair` is not an indicator of this place; did you mean `share`?"
    );
    let no_phase = linked
        .cube
        .ask()
        .boundary(Boundary::AllPartners)
        .locality("county");
    let pairing = linked.pair(no_phase, "share").unwrap().lag(lag(0));
    assert!(
        pairing
            .over(&[at("2017-18")], sure())
            .unwrap_err()
            .to_string()
            .contains("names no phase")
    );
}

// ---- the lag

/// The outcome of spending in 2017-18, of those labels that are published.
fn answers(years: &str, labels: &[&str], months: u16) -> String {
    let figures: String = labels
        .iter()
        .map(|label| format!("share,value,county,{label},20,\n"))
        .collect();
    let linked = county(&[&format!("years={years}")], "", &figures);
    assert!(
        linked.indicators.findings().is_empty(),
        "{}",
        linked.indicators.findings()
    );
    let row = &linked.beside("share", months, &["2017-18"]).rows[0];
    row.outcome_in
        .map_or_else(|| "none".to_owned(), |period| period.to_string())
}

#[test]
fn an_outcome_never_began_before_the_money_was_spent() {
    let years = ["2016", "2017", "2018", "2019", "2020"];
    let cases = [
        ("financial-ending", 0, "2017-18"),
        ("financial-ending", 1, "2018-19"),
        ("financial-ending", 11, "2018-19"),
        ("financial-ending", 12, "2018-19"),
        ("financial-ending", 13, "2019-20"),
        ("calendar", 0, "calendar 2018"),
        ("calendar", 9, "calendar 2018"),
        ("calendar", 10, "calendar 2019"),
        ("calendar", 12, "calendar 2019"),
        ("academic-ending", 0, "academic 2017-18"),
        ("academic-ending", 5, "academic 2017-18"),
        ("academic-ending", 6, "academic 2018-19"),
        ("academic-ending", 12, "academic 2018-19"),
        ("January", 0, "Jan 2018"),
        ("January", 12, "Jan 2019"),
        // The last month of the year of the spending, and its first.
        ("March", 0, "Mar 2018"),
        ("April", 0, "Apr 2017"),
        ("April", 1, "Apr 2018"),
        ("April", 12, "Apr 2018"),
        ("March", 11, "Mar 2018"),
        ("March", 12, "Mar 2019"),
    ];
    for (kind, months, period) in cases {
        let labels: Vec<&str> = match kind {
            "financial-ending" => vec!["2016", "2017", "2018", "2019", "2020"],
            _ => years.to_vec(),
        };
        assert_eq!(
            answers(kind, &labels, months),
            period,
            "{kind}, {months} months"
        );
    }
    // Several years together, and nothing in the window.
    assert_eq!(
        answers("calendar", &["2016-18", "2018-20"], 0),
        "Jan 2018 to Dec 2020"
    );
    assert_eq!(answers("calendar", &["2017", "2019"], 0), "none");
    assert_eq!(answers("financial", &["2016-17"], 0), "none");
}

#[test]
fn the_lag_and_its_reason_are_printed() {
    let linked = kinds();
    let table = |months| {
        linked
            .beside("share", months, &["2017-18"])
            .table()
            .to_string()
    };
    assert!(table(0).contains("Share: spending, and what happened in the same year"));
    assert!(table(12).contains("Share: spending, and what happened a year later"));
    assert!(table(7).contains("Share: spending, and what happened 7 months later"));
    assert!(table(12).contains(
        "The outcome is that of the period that starts within the year that begins 12 months \
         after the spending begins: made up."
    ));
    let last = linked.beside("share", 0, &["2017-18"]).notes.pop().unwrap();
    assert_eq!(
        last,
        "Spending and outcome stand side by side. Nothing here says that the one made the other."
    );
}

// ---- rows

const AREAS: &str = r#"
[[areas]]
rows = [
    { code = "county", name = "County", relation = "subject", also = "1" },
    { code = "E2", name = "Elsewhere", relation = "statistical-neighbour", rank = "2" },
    { code = "E3", name = "Nearest", relation = "statistical-neighbour", rank = "1" },
    { code = "E9", name = "England", relation = "country" },
]

[[spend_elsewhere]]
activity = "youth-justice"
name = "youth justice, gross"
phase = "outturn"
years = "financial"
source = "made up"
table = { columns = { area = "area" }, rows = [
    { area = "1", period = "2017-18", amount = "1600" },
    { area = "E2", period = "2017-18", amount = "4000" },
    { area = "E2", period = "2016-17", amount = "" },
    { area = "E3", period = "2017-18", amount = "660" },
] }
"#;

fn row<'a>(beside: &'a SideBySide, area: &str, year: &str) -> &'a SideBySideRow {
    let found = beside
        .rows
        .iter()
        .find(|row| row.area == area && row.spent_in == at(year));
    found.unwrap_or_else(|| panic!("{area} {year}"))
}

#[test]
fn other_areas_stand_beside_the_whole_place() {
    let figures = "share,numerator,county,2017-18,20,\nshare,denominator,county,2017-18,50,
        share,numerator,E2,2017-18,,c\nshare,denominator,E2,2017-18,80,
        share,value,E3,2017-18,12,p\nshare,value,E9,2017-18,,-\nshare,value,county,2016-17,0,";
    let linked = county(&[""], AREAS, figures);
    let beside = linked.beside("share", 0, &["2016-17", "2017-18", "2015-16", "2014-15"]);
    let order: Vec<&str> = beside
        .rows
        .iter()
        .step_by(4)
        .map(|row| row.area.as_str())
        .collect();
    assert_eq!(order, ["County", "Nearest", "Elsewhere", "England"]);
    // The county: 1,500 among 980 residents, 50 in the cohort, 20 outcomes.
    let own = row(&beside, "County", "2017-18");
    assert_eq!(own.spend.amount(), Some(Pence::new(150_000)));
    assert_eq!(own.per_head, Some(Pence::new(153)));
    assert_eq!(own.per_person, Some(Pence::new(3_000)));
    assert_eq!(own.per_outcome, Some(Pence::new(7_500)));
    assert_eq!(own.figure, Some(40.into()));
    assert_eq!(own.estimate.as_ref().unwrap().method(), "Wilson");
    assert_eq!((own.relation, own.rank), (Relation::Subject, None));
    // Withheld is withheld; people are still known.
    let other = row(&beside, "Elsewhere", "2017-18");
    assert_eq!(
        other.spend,
        SpendShown::Published {
            amount: Pence::new(400_000),
            name: "youth justice, gross".to_owned()
        }
    );
    assert_eq!((other.status, other.figure), (Status::Suppressed, None));
    assert_eq!(
        (other.per_person, other.per_outcome),
        (Some(Pence::new(5_000)), None)
    );
    assert_eq!(other.per_head, None, "nobody counts its residents here");
    let nearest = row(&beside, "Nearest", "2017-18");
    assert_eq!(
        (nearest.status, nearest.rank),
        (Status::Provisional, Some(1))
    );
    let england = row(&beside, "England", "2017-18");
    assert_eq!(
        (&england.spend, england.status),
        (&SpendShown::NotHeld, Status::Unavailable)
    );
    assert_eq!(
        row(&beside, "Elsewhere", "2016-17").spend,
        SpendShown::NotHeld
    );
    assert_eq!(
        row(&beside, "Elsewhere", "2016-17").status,
        Status::NotCollected
    );
    let zero = row(&beside, "County", "2016-17");
    assert_eq!((zero.status, zero.figure), (Status::Zero, Some(0.into())));
    // Nothing recorded is not zero.
    assert_eq!(
        row(&beside, "County", "2015-16").spend,
        SpendShown::NothingRecorded
    );
    assert_eq!(
        row(&beside, "County", "2014-15").spend.amount(),
        Some(Pence::ZERO)
    );
    assert_eq!(row(&beside, "County", "2014-15").outcome_in, None);
    let table = beside.table().to_string();
    for words in [
        "Nearest (statistical neighbour 1)",
        "England (country)",
        "12 (provisional)",
        "suppressed",
        "not available",
        "not held",
        "nothing recorded",
        "Spending is not counted alike everywhere: for County the account has £1,500.00 in \
         2017-18 for these ages, the series that other areas come from has £1,600.00.",
        "Figures without an interval are published without the counts behind them",
        "Made up.",
    ] {
        assert!(table.contains(words), "{words}: {table}");
    }
}

#[test]
fn other_areas_do_not_stand_beside_a_part_or_a_service() {
    let performance = "code=timely; accountability=performance; asks=how-well; service_partner=council; \
         service_activity=youth-justice";
    let figures = "share,value,north,2017-18,20,\nshare,value,E2,2017-18,20,
        timely,value,county,2017-18,20,\ntimely,value,E2,2017-18,20,";
    let linked = county(&["", performance], AREAS, figures);
    let north = (linked.cube.ask().phase(Phase::Outturn))
        .boundary(Boundary::AllPartners)
        .locality("north")
        .activity("youth");
    let beside = linked.pair(north, "share").unwrap().lag(lag(0));
    let beside = beside.over(&[at("2017-18")], sure()).unwrap();
    let areas: Vec<&str> = beside.rows.iter().map(|row| row.area.as_str()).collect();
    assert_eq!(areas, ["North"]);
    let service = linked.ask().partner("council").activity("youth-justice");
    let beside = linked.pair(service, "timely").unwrap().lag(lag(0));
    let beside = beside.over(&[at("2017-18")], sure()).unwrap();
    assert_eq!(beside.rows.len(), 1);
    assert_eq!(
        beside.rows[0].spend.amount(),
        Some(Pence::new(100_000)),
        "the council's only"
    );
}

#[test]
fn a_rebuilt_outcome_stands_beside_its_place() {
    let figures: String = (1..=3)
        .map(|i| format!("share,numerator,n{i},2017-18,{i},\nshare,denominator,n{i},2017-18,20,\n"))
        .collect();
    let linked = linked(&Given {
        spent: SPENT.to_owned(),
        ..given_more(&[""], "", &figures)
    });
    let north = (linked.cube.ask().phase(Phase::Outturn))
        .boundary(Boundary::AllPartners)
        .locality("north")
        .activity("youth-work");
    let beside = linked.pair(north, "share").unwrap().lag(lag(0));
    let beside = beside.over(&[at("2017-18")], sure()).unwrap();
    let row = &beside.rows[0];
    assert_eq!(
        (row.figure, row.spend.amount()),
        (Some(10.into()), Some(Pence::new(3_000)))
    );
    assert_eq!(
        (row.per_outcome, row.per_person),
        (Some(Pence::new(500)), Some(Pence::new(50)))
    );
}

// ---- pounds for each

proptest! {
    #[test]
    fn spending_for_each_is_the_nearest_penny(spend in -1_000_000_000_i64..1_000_000_000, count in 1_i64..10_000_000, scale in 0_u32..6) {
        let each = spend_per(Pence::new(spend), Decimal::new(count, scale)).unwrap().get();
        // Half a penny away from zero: |spend| · 10^scale / count, by whole numbers.
        let over = i128::from(spend.abs()) * 10_i128.pow(scale);
        let nearest = (over * 2 + i128::from(count)) / (i128::from(count) * 2);
        prop_assert_eq!(i128::from(each.abs()), nearest);
        prop_assert!(each == 0 || each.signum() == spend.signum());
        // Written otherwise, the same.
        let written = Decimal::new(count * 100, scale + 2);
        prop_assert_eq!(spend_per(Pence::new(spend), written), Some(Pence::new(each)));
    }

    /// Less change costs more for each, and the interval holds the value.
    #[test]
    fn a_unit_of_change_costs_what_division_says(pounds in 1_i64..1_000_000, lower in 0.1_f64..100.0, more in 0.0_f64..100.0, most in 0.0_f64..100.0) {
        let interval = Interval { lower, upper: lower + more + most };
        let change = Estimate::published(lower + more, interval, sure()).unwrap();
        let spend = Pence::new(pounds * 100);
        let cost = cost_per_unit_of_change(spend, &change);
        let (value, limits) = (cost.value().unwrap(), cost.interval().unwrap());
        let real = |pounds: i64| f64::from(i32::try_from(pounds).unwrap());
        prop_assert!((value * (lower + more) - real(pounds)).abs() < 1e-6 * real(pounds));
        prop_assert!((limits.upper * lower - real(pounds)).abs() < 1e-6 * real(pounds));
        prop_assert!((limits.lower * interval.upper - real(pounds)).abs() < 1e-6 * real(pounds));
        prop_assert!(limits.lower <= value + 1e-9 && value <= limits.upper + 1e-9);
        prop_assert_eq!(cost.confidence(), sure());
        // Income instead of spending: the same with its sign turned, ends in order.
        let income = cost_per_unit_of_change(Pence::new(-pounds * 100), &change);
        let turned = income.interval().unwrap();
        prop_assert!(turned.lower <= turned.upper);
        prop_assert!((turned.lower + limits.upper).abs() < 1e-9 * limits.upper);
    }
}

#[test]
fn half_a_penny_goes_away_from_zero_and_nobody_is_no_divisor() {
    let each = |pence: i64, count: i64| spend_per(Pence::new(pence), count.into()).map(Pence::get);
    assert_eq!(each(1, 2), Some(1));
    assert_eq!(each(3, 2), Some(2));
    assert_eq!(each(5, 2), Some(3));
    assert_eq!(each(-1, 2), Some(-1));
    assert_eq!(each(-5, 2), Some(-3));
    assert_eq!(each(100, 0), None);
    assert_eq!(each(100, -4), None);
    assert_eq!(each(0, 4), Some(0));
    assert_eq!(
        spend_per(Pence::new(1), Decimal::new(5, 1)).map(Pence::get),
        Some(2)
    );
}

#[test]
fn there_is_no_cost_of_a_change_that_may_be_nothing_or_worse() {
    let cost = |value: f64, lower: f64, upper: f64| {
        let change = Estimate::published(value, Interval { lower, upper }, sure()).unwrap();
        cost_per_unit_of_change(Pence::new(100_000), &change)
    };
    for (value, lower, upper) in [
        (1.0, -1.0, 3.0),
        (1.0, 0.0, 3.0),
        (-1.0, -2.0, 0.0),
        (-1.0, -2.0, 1.0),
    ] {
        let nothing = cost(value, lower, upper);
        assert_eq!((nothing.value(), nothing.interval()), (None, None));
        assert_eq!(
            nothing.to_string(),
            "withheld: the change may be nothing at all: a ratio to it has no bound"
        );
    }
    let worse = cost(-2.0, -3.0, -1.0);
    assert_eq!((worse.value(), worse.interval()), (None, None));
    assert_eq!(
        worse.to_string(),
        "withheld: it changed for the worse, beyond chance"
    );
    assert_eq!(format!("{:.0}", cost(2.0, 1.0, 4.0)), "500 (250 to 1000)");
}

// ---- spending on an outcome

fn outcome_spend(weights: &[(&str, &str)], spent: &str) -> Linked {
    let rows: Vec<String> = (weights.iter())
        .map(|(activity, weight)| {
            format!(
                r#"{{ outcome = "safe", activity = "{activity}", weight = "{weight}", judgement = "we say", contribution = "it helps" }}"#
            )
        })
        .collect();
    linked(&Given {
        toml: format!(
            "{}\n[[contributions]]\nrows = [{}]\n",
            indicators(&[""]),
            rows.join(", ")
        ),
        spent: spent.to_owned(),
        ..Given::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn parts_of_an_outcome_sum_to_its_total_to_the_penny(
        pence in prop::collection::vec(-100_000_i64..1_000_000, 3),
        weights in prop::collection::vec(1_i64..=1000, 3),
    ) {
        let activities = ["youth-justice", "youth-work", "roads"];
        let written: Vec<String> = weights.iter().map(|weight| Decimal::new(*weight, 3).to_string()).collect();
        let contributions: Vec<(&str, &str)> = activities.iter().copied().zip(written.iter().map(String::as_str)).collect();
        let spent: String = activities.iter().zip(&pence)
            .map(|(activity, pence)| format!("council,{activity},county,2017-18,{}\n", Decimal::new(*pence, 2)))
            .collect();
        let linked = outcome_spend(&contributions, &spent);
        let question = linked.ask().period(at("2017-18"));
        let told = linked.indicators.spend_on("safe", &question).unwrap();
        let parts: i64 = told.parts.iter().map(|part| part.counted.get()).sum();
        prop_assert_eq!(parts, told.total.get());
        // In thousandths of a penny, rounded half away from zero.
        let exact: i64 = pence.iter().zip(&weights).map(|(pence, weight)| pence * weight).sum();
        let total = (exact.abs() * 2 + 1000) / 2000 * exact.signum();
        prop_assert_eq!(told.total.get(), total);
        let mut judged = 0;
        for ((part, pence), weight) in told.parts.iter().zip(&pence).zip(&weights) {
            prop_assert_eq!(part.whole.unwrap_or_default().get(), *pence);
            let off = part.counted.get() * 1000 - pence * weight;
            prop_assert!(off.abs() < 1000, "less than a penny from its share");
            if *weight < 1000 {
                judged += part.counted.get();
            }
        }
        prop_assert_eq!(told.judgement.get(), judged);
    }
}

#[test]
fn a_weight_of_one_is_the_answer_itself() {
    let linked = outcome_spend(&[("youth-justice", "1"), ("youth-work", "0.25")], SPENT);
    let question = linked.ask().period(at("2017-18"));
    let told = linked.indicators.spend_on("safe", &question).unwrap();
    let answer = question.clone().activity("youth-justice").answer().unwrap();
    assert_eq!(told.parts[0].counted, answer.total.amount);
    assert_eq!(told.parts[1].counted, Pence::new(750));
    assert_eq!(
        (told.total, told.judgement),
        (Pence::new(150_750), Pence::new(750))
    );
    let table = told.table().to_string();
    for words in [
        "Spending meant to help: Fewer offend",
        "Youth work: it helps (weight: we say)",
        "£1,507.50",
        "sums of two outcomes must not be added",
    ] {
        assert!(table.contains(words), "{words}: {table}");
    }
    // An activity in the question would be counted into every part.
    let named = linked
        .indicators
        .spend_on("safe", &question.clone().activity("roads"));
    assert_eq!(
        named.unwrap_err().to_string(),
        "the pack says which activities are meant to help `safe`; name none in the question"
    );
    assert_eq!(
        linked
            .indicators
            .spend_on("saef", &question)
            .unwrap_err()
            .to_string(),
        "`saef` is not an outcome of this place; did you mean `safe`?"
    );
    let nothing = linked.indicators.spend_on("well", &question).unwrap();
    assert_eq!((nothing.parts.len(), nothing.total), (0, Pence::ZERO));
}

// ---- what changed

/// From 46% to 34% of 200 in the county, from 44% to 41% of 300 elsewhere.
fn two_changes(fields: &str) -> Linked {
    let counts = [
        ("county", "2015-16", 88, 200),
        ("county", "2016-17", 92, 200),
        ("county", "2017-18", 68, 200),
        ("E2", "2015-16", 120, 300),
        ("E2", "2016-17", 132, 300),
        ("E2", "2017-18", 123, 300),
    ];
    let mut figures: String = counts
        .iter()
        .map(|(area, year, above, below)| {
            format!(
                "share,numerator,{area},{year},{above},\nshare,denominator,{area},{year},{below},\n"
            )
        })
        .collect();
    figures.push_str("share,value,E3,2016-17,20,\nshare,value,E3,2017-18,20,\n");
    county(&[fields], AREAS, &figures)
}

fn place(linked: &Linked, code: &str) -> Area {
    let areas = linked.indicators.areas();
    areas.iter().find(|area| area.code == code).unwrap().area
}

#[test]
fn before_and_after_is_newcombe_and_grade_one() {
    let linked = two_changes("");
    let (county, before, after) = (place(&linked, "county"), at("2016-17"), at("2017-18"));
    let effect = linked
        .indicators
        .before_and_after("share", county, before, after, sure())
        .unwrap();
    // By hand, limits by Wilson: 34% is 27.80 to 40.80, 46% is 39.24 to 52.91.
    let interval = effect.change.interval().unwrap();
    assert!((effect.change.value().unwrap() + 12.0).abs() < 1e-9);
    let (l1, u1) = limits(68.0, 200.0);
    let (l2, u2) = limits(92.0, 200.0);
    assert!((interval.lower - (-12.0 - (34.0 - l1).hypot(u2 - 46.0))).abs() < 1e-9);
    assert!((interval.upper - (-12.0 + (u1 - 34.0).hypot(46.0 - l2))).abs() < 1e-9);
    assert_eq!(effect.grade, EvidenceGrade::One);
    assert!(!effect.is_no_more_than_chance());
    assert_eq!(
        effect.to_string(),
        "Share in County changed by -12.0 from 2016-17 to 2017-18 (95% interval -21.3 to -2.4). \
         Evidence: grade 1 of 5 (Maryland scale, What Works Growth). Things changed, or differ. \
         This says nothing about why: other things changed too, and places chosen because they \
         did badly tend to improve anyway."
    );
    // 12 points of 200 people for the better.
    let fewer = effect.improvement_among(200.0).unwrap().unwrap();
    assert!((fewer.value().unwrap() - 24.0).abs() < 1e-9);
    assert!(fewer.interval().unwrap().lower > 0.0);
    let more = two_changes("better=higher");
    let worse = more
        .indicators
        .before_and_after("share", county, before, after, sure())
        .unwrap();
    assert!(
        (worse
            .improvement_among(200.0)
            .unwrap()
            .unwrap()
            .value()
            .unwrap()
            + 24.0)
            .abs()
            < 1e-9
    );
    let neither = two_changes("better=neither");
    let neither = neither
        .indicators
        .before_and_after("share", county, before, after, sure())
        .unwrap();
    assert_eq!(neither.improvement_among(200.0), Ok(None));
}

/// Wilson's limits in per cent, from the formula.
fn limits(events: f64, people: f64) -> (f64, f64) {
    let z = 1.959_963_984_540_054_f64;
    let p = events / people;
    let reach = z * (z * z + 4.0 * events * (1.0 - p)).sqrt();
    let end = |sign: f64| 100.0 * (2.0 * events + z * z + sign * reach) / (2.0 * (people + z * z));
    (end(-1.0), end(1.0))
}

#[test]
fn a_comparison_area_takes_away_what_happened_anyway() {
    let linked = two_changes("");
    let (county, other) = (place(&linked, "county"), place(&linked, "E2"));
    let (before, after) = (at("2016-17"), at("2017-18"));
    let effect = linked
        .indicators
        .against_comparison_area("share", county, other, before, after, sure())
        .unwrap();
    let interval = effect.change.interval().unwrap();
    assert!((effect.change.value().unwrap() + 9.0).abs() < 1e-9);
    // By hand: √(.46·.54/200 + .34·.66/200 + .44·.56/300 + .41·.59/300) = 6.3 points.
    let se = 100.0
        * (0.46 * 0.54 / 200.0
            + 0.34 * 0.66 / 200.0
            + 0.44 * 0.56 / 300.0
            + 0.41 * 0.59 / 300.0_f64)
            .sqrt();
    assert_eq!(format!("{se:.1}"), "6.3");
    assert!((interval.upper - (-9.0 + 1.959_963_984_540_054 * se)).abs() < 1e-6);
    assert_eq!(effect.grade, EvidenceGrade::Three);
    assert!(effect.is_no_more_than_chance());
    assert_eq!(
        effect.to_string(),
        "Share in County changed by -9.0 more than in Elsewhere from 2016-17 to 2017-18 (95% \
         interval -21.4 to +3.4). That is no more than chance may make: nothing may be said of a \
         change. The design is of grade 3 of 5 (Maryland scale, What Works Growth)."
    );
    let gaps: Vec<String> = effect
        .gaps_before
        .iter()
        .map(|(year, gap)| format!("{year} {}", gap.normalize()))
        .collect();
    assert_eq!(gaps, ["2015-16 4", "2016-17 2"], "not the gap after");
    // No cost of a change that may be nothing.
    let improvement = effect.improvement_among(200.0).unwrap().unwrap();
    assert_eq!(
        cost_per_unit_of_change(Pence::new(1_000_000), &improvement).value(),
        None
    );
}

#[test]
fn gaps_before_of_rebuilt_places_are_shown_too() {
    let mut figures = String::new();
    for year in ["2015-16", "2016-17", "2017-18"] {
        for ward in ["n1", "n2", "n3", "s1", "s2"] {
            let above = if ward.starts_with('n') { 20 } else { 10 };
            figures.push_str(&format!(
                "share,numerator,{ward},{year},{above},\nshare,denominator,{ward},{year},100,\n"
            ));
        }
    }
    let opened = given_more(&[""], "", &figures).open();
    let area = |code: &str| Area::Here(here(&opened, code));
    let (before, after) = (at("2016-17"), at("2017-18"));
    let effect = opened
        .against_comparison_area("share", area("north"), area("south"), before, after, sure())
        .unwrap();
    let gaps: Vec<String> = effect
        .gaps_before
        .iter()
        .map(|(year, gap)| format!("{year} {}", gap.normalize()))
        .collect();
    assert_eq!(gaps, ["2015-16 10", "2016-17 10"]);
}

#[test]
fn two_places_at_one_time_are_grade_one() {
    let linked = two_changes("");
    let (county, other) = (place(&linked, "county"), place(&linked, "E2"));
    let effect = linked
        .indicators
        .two_places("share", county, other, at("2017-18"), sure())
        .unwrap();
    assert!(
        (effect.change.value().unwrap() + 7.0).abs() < 1e-9,
        "this place less the other"
    );
    assert_eq!(effect.grade, EvidenceGrade::One);
    assert!(
        effect
            .to_string()
            .starts_with("Share in County is -7.0 beside Elsewhere in 2017-18 (95% interval ")
    );
    let error = linked
        .indicators
        .two_places("share", county, place(&linked, "E3"), at("2017-18"), sure())
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "`share` has no counts for Nearest in 2017-18, and the method needs them"
    );
    let error = linked
        .indicators
        .before_and_after("share", county, at("2014-15"), at("2017-18"), sure())
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "`share` has no counts for County in 2014-15, and the method needs them"
    );
}

#[test]
fn a_wards_change_is_not_the_countys() {
    let linked = two_changes("");
    let ward = Area::Here(here(&linked.indicators, "n1"));
    let error = linked
        .indicators
        .before_and_after("share", ward, at("2016-17"), at("2017-18"), sure())
        .unwrap_err();
    assert!(matches!(error, LinkageError::NoCounts { .. }), "{error}");
}

#[test]
fn rates_change_by_their_limits() {
    let figures = "share,numerator,county,2016-17,100,\nshare,denominator,county,2016-17,1000,
        share,numerator,county,2017-18,60,\nshare,denominator,county,2017-18,1000,";
    let linked = county(&["form=rate; per=1000"], AREAS, figures);
    let effect = linked
        .indicators
        .before_and_after(
            "share",
            place(&linked, "county"),
            at("2016-17"),
            at("2017-18"),
            sure(),
        )
        .unwrap();
    let interval = effect.change.interval().unwrap();
    assert!((effect.change.value().unwrap() + 40.0).abs() < 1e-9);
    // Near √160 = 12.6 events each way at 1.96.
    assert!(
        interval.lower > -66.0 && interval.lower < -63.0,
        "{interval:?}"
    );
    assert!(
        interval.upper > -17.0 && interval.upper < -14.0,
        "{interval:?}"
    );
}

#[test]
fn grades_are_in_order_and_say_what_may_be_said() {
    let grades = [
        EvidenceGrade::One,
        EvidenceGrade::Two,
        EvidenceGrade::Three,
        EvidenceGrade::Four,
        EvidenceGrade::Five,
    ];
    for (grade, number) in grades.iter().zip(1_u8..) {
        assert_eq!(grade.number(), number);
        assert_eq!(
            grade.to_string(),
            format!("grade {number} of 5 (Maryland scale, What Works Growth)")
        );
        // Only from 4 on is it called an effect without an if.
        let words = grade.what_may_be_said();
        assert_eq!(
            words.contains("so the difference is an effect"),
            number >= 4,
            "{words}"
        );
    }
    assert!(grades.is_sorted());
}

// ---- places beside one another

fn wards(fields: &str, counts: &[(i64, i64)]) -> Indicators {
    let figures: String = (crate::outcomes::indicators::WARDS.iter().zip(counts))
        .map(|(ward, (above, below))| {
            format!("share,numerator,{ward},2017-18,{above},\nshare,denominator,{ward},2017-18,{below},\n")
        })
        .collect();
    given_more(&[fields], "", &figures).open()
}

#[test]
fn places_are_ranked_flagged_and_held_against_all_together() {
    let counts = [
        (10, 100),
        (20, 100),
        (20, 100),
        (60, 100),
        (0, 100),
        (5, 100),
    ];
    let opened = wards("", &counts);
    let simulation = Simulation::new(2000, 7).unwrap();
    let compare = |opened: &Indicators| {
        opened
            .over_places("share", at("2017-18"), "ward", simulation, sure())
            .unwrap()
    };
    let compared = compare(&opened);
    let shown: Vec<String> = (compared.rows.iter())
        .map(|row| {
            let rank = row.rank.map_or("-".to_owned(), |rank| rank.to_string());
            let flag = row.flag.map_or("-".to_owned(), |flag| flag.to_string());
            format!("{rank} {} {flag}", row.area)
        })
        .collect();
    // 115 of 600: 19.2%; 95% of 100 people lie from 11.4% to 26.9%, 99.8% from 7.0% to 31.3%.
    assert_eq!(
        shown,
        [
            "1 s2 Low (0.001)",
            "2 e1 Low (0.001)",
            "3 n1 Low (0.025)",
            "4 n2 Not significant",
            "4 n3 Not significant",
            "6 s1 High (0.001)",
            "- e2 -"
        ]
    );
    let (average, of) = compared.average.clone().unwrap();
    assert!((average - 115.0 / 6.0).abs() < 1e-9);
    assert_eq!(of, "all of these with counts");
    let p: f64 = 115.0 / 600.0;
    let reach = 196.0 * (p * (1.0 - p) / 100.0).sqrt();
    let (inner, outer) = compared.rows[3].funnel.unwrap();
    assert!(
        (inner.upper - (100.0 * p + reach)).abs() < 1e-3,
        "{inner:?}"
    );
    assert!(outer.upper > inner.upper && outer.lower < inner.lower);
    // A rank may be another; one without a figure has none.
    let best = compared.rows[0].rank_interval.unwrap();
    assert!(best.lower >= 1.0 && best.upper <= 3.0, "{best:?}");
    let tied = compared.rows[3].rank_interval.unwrap();
    assert!(tied.lower < tied.upper);
    assert_eq!(compared.rows[6].status, Status::NotCollected);
    let table = compared.table().to_string();
    assert!(
        table.contains("Average: 19.2 (all of these with counts)."),
        "{table}"
    );
    assert!(table.contains("not collected"), "{table}");
    // The other way round, the same places from the other end.
    let higher = compare(&wards("better=higher", &counts));
    assert_eq!(
        (higher.rows[0].area.as_str(), higher.rows[0].rank),
        ("s1", Some(1))
    );
    let ranks: Vec<_> = higher.rows.iter().map(|row| row.rank).collect();
    assert_eq!(
        ranks,
        [Some(1), Some(2), Some(2), Some(4), Some(5), Some(6), None]
    );
    // What is neither good nor bad is not ranked.
    let neither = compare(&wards("better=neither", &counts));
    assert!(
        neither
            .rows
            .iter()
            .all(|row| row.rank.is_none() && row.rank_interval.is_none())
    );
    assert!(
        neither
            .notes
            .contains(&"Neither direction is good, so places are not ranked.".to_owned())
    );
}

#[test]
fn rates_are_flagged_by_events() {
    let opened = wards(
        "form=rate; per=1000",
        &[(10, 1000), (10, 1000), (10, 1000), (40, 1000)],
    );
    let simulation = Simulation::new(1000, 7).unwrap();
    let compared = opened
        .over_places("share", at("2017-18"), "ward", simulation, sure())
        .unwrap();
    // 17.5 expected in each.
    let flags: Vec<_> = compared.rows.iter().filter_map(|row| row.flag).collect();
    assert_eq!(
        flags,
        [
            Flag::NotSignificant,
            Flag::NotSignificant,
            Flag::NotSignificant,
            Flag::VeryHigh
        ]
    );
    assert!((compared.average.unwrap().0 - 17.5).abs() < 1e-9);
}

#[test]
fn nothing_anywhere_is_no_fault() {
    for fields in ["", "form=rate; per=1000"] {
        let opened = wards(fields, &[(0, 100); 7]);
        let simulation = Simulation::new(1000, 7).unwrap();
        let compared = opened
            .over_places("share", at("2017-18"), "ward", simulation, sure())
            .unwrap();
        assert!(compared.rows.iter().all(|row| row.figure == Some(0.into())));
    }
}

#[test]
fn areas_are_held_against_the_country() {
    let figures = "share,numerator,county,2017-18,20,\nshare,denominator,county,2017-18,200,
        share,value,E2,2017-18,30,\nshare,value,E3,2017-18,,c\nshare,value,E9,2017-18,25,";
    let linked = county(&[""], AREAS, figures);
    let simulation = Simulation::new(1000, 7).unwrap();
    let relations = [Relation::StatisticalNeighbour];
    let compared = linked
        .indicators
        .beside_areas("share", at("2017-18"), &relations, simulation, sure())
        .unwrap();
    assert_eq!(compared.average, Some((25.0, "England".to_owned())));
    let shown: Vec<String> = (compared.rows.iter())
        .map(|row| format!("{} {:?} {}", row.area, row.rank, row.status))
        .collect();
    assert_eq!(
        shown,
        [
            "County Some(1) value",
            "Elsewhere Some(2) value",
            "Nearest None suppressed"
        ]
    );
    assert_eq!(compared.rows[0].flag, Some(Flag::VeryLow));
    assert_eq!(compared.rows[1].flag, None, "no counts, no flag");
    assert!(compared.rows.iter().all(|row| row.rank_interval.is_none()));
    assert!(
        compared
            .notes
            .iter()
            .any(|note| note.starts_with("Some figures are published without counts"))
    );
    let confidence = Confidence::new(0.8).unwrap();
    let at_80 = linked
        .indicators
        .beside_areas("share", at("2017-18"), &relations, simulation, confidence)
        .unwrap();
    let width = |of: &wholeplace::linkage::Comparison| {
        let interval = of.rows[0].estimate.as_ref().unwrap().interval().unwrap();
        interval.upper - interval.lower
    };
    assert!(width(&at_80) < width(&compared));
}
