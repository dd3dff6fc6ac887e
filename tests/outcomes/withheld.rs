//! What must not come out: a figure that is withheld, another place's, another year's, or one that
//! chance, rounding or a slip in the pack would make.

use crate::outcomes::indicators::{Given, at, given, given_more, here, sure};
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::Phase;
use wholeplace::cube::Cube;
use wholeplace::indicator::{
    AgainstForecast, Area, IndicatorError, Indicators, Knowledge, Lag, Ranking, Status,
};
use wholeplace::linkage::{LinkageError, Pairing, SideBySide, SpendShown};
use wholeplace::place::Place;
use wholeplace::statistic::Simulation;

fn simulation() -> Simulation {
    Simulation::new(1000, 7).unwrap()
}

fn progress(opened: &Indicators, place: &str, year: &str) -> wholeplace::indicator::Progress {
    let area = Area::Here(here(opened, place));
    opened.progress("share", area, at(year), sure()).unwrap()
}

#[test]
fn a_withheld_value_does_not_come_back_through_its_counts() {
    let figures = "share,value,n1,2016-17,,c\nshare,numerator,n1,2016-17,4,
        share,denominator,n1,2016-17,200,\nshare,value,n1,2017-18,5,
        share,denominator,n1,2017-18,200,";
    let opened = given(&[""], figures).open();
    let area = Area::Here(here(&opened, "n1"));
    let told = opened.observation("share", area, at("2016-17"));
    let told = told.unwrap().unwrap();
    assert_eq!((told.status(), told.counts()), (Status::Suppressed, None));
    assert!(matches!(
        opened.before_and_after("share", area, at("2016-17"), at("2017-18"), sure()),
        Err(LinkageError::NoCounts { .. })
    ));
    // Nor is a withheld count worked out from the value beside it.
    let figures = "share,value,n1,2016-17,1.4,\nshare,numerator,n1,2016-17,,c
        share,denominator,n1,2016-17,286,";
    let opened = given(&[""], figures).open();
    let progress = progress(&opened, "n1", "2016-17");
    assert_eq!(progress.estimate.value(), Some(1.4));
    assert_eq!(progress.estimate.interval(), None);
}

#[test]
fn a_part_to_which_it_does_not_apply_is_left_out_on_both_sides() {
    let figures = "share,numerator,n1,2016-17,10,\nshare,denominator,n1,2016-17,100,
        share,numerator,n2,2016-17,,z\nshare,denominator,n2,2016-17,900,
        share,numerator,n3,2016-17,30,\nshare,denominator,n3,2016-17,100,";
    let opened = given(&[""], figures).open();
    let north = opened.known("share", here(&opened, "north"), at("2016-17"));
    let north = north.unwrap().observation().cloned().unwrap();
    assert_eq!(north.counts(), Some((40.into(), 200.into())));
}

#[test]
fn rounding_is_in_the_interval_of_a_published_value() {
    // 2.8% of 1,236,365: by chance alone ±0.03, but any share from 2.75 to 2.85 rounds to it.
    let figures = "share,value,n1,2016-17,2.8,\nshare,denominator,n1,2016-17,1236365,";
    let opened = given(&[""], figures).open();
    let interval = progress(&opened, "n1", "2016-17").estimate.interval();
    let interval = interval.unwrap();
    assert!(
        interval.lower < 2.75 && interval.upper > 2.85,
        "{interval:?}"
    );
}

#[test]
fn the_newest_period_without_a_figure_is_said_beside_the_last_figure() {
    let figures = "share,value,n1,2016-17,5,\nshare,value,n1,2017-18,,c";
    let opened = given(&["outcome=safe; headline=yes"], figures).open();
    let told = opened.told(here(&opened, "n1"), sure()).unwrap();
    assert_eq!(told[0].period, Some(at("2016-17")));
    assert_eq!(told[0].newer, Some((at("2017-18"), Status::Suppressed)));
    let table = opened.headline_table(here(&opened, "n1"), sure());
    assert!(
        table
            .unwrap()
            .to_string()
            .contains("2016-17 (2017-18 suppressed)")
    );
}

#[test]
fn a_places_own_older_figure_stands_before_a_larger_places_newer_one() {
    let figures = "share,value,n1,2016-17,5,\nshare,value,county,2017-18,9,";
    let opened = given(&[""], figures).open();
    let told = opened.told(here(&opened, "n1"), sure()).unwrap();
    assert_eq!(
        (told[0].figure, told[0].period),
        (Some(5.into()), Some(at("2016-17")))
    );
    assert_eq!(told[0].only_for, None);
    let known = opened.known("share", here(&opened, "n1"), at("2017-18"));
    assert!(matches!(known.unwrap(), Knowledge::OnlyFor { .. }));
}

fn share_of_wards(missing: &str) -> String {
    let wards = ["n1", "n2", "n3", "s1", "s2", "e1", "e2"];
    let mut rows = String::new();
    for (i, ward) in wards.iter().enumerate() {
        rows += &format!("share,numerator,{ward},2016-17,{},\n", 10 + i);
        if *ward != missing {
            rows += &format!("share,denominator,{ward},2016-17,100,\n");
        }
        rows += &format!("rank,value,{ward},2016-17,{},\n", i + 1);
    }
    rows
}

#[test]
fn a_group_with_a_count_that_is_not_there_has_no_figure() {
    let rows = ["", "code=rank; form=rank; per=; better=neither"];
    let ranking = Ranking {
        by: "rank",
        period: at("2016-17"),
        groups: 5,
    };
    let slope = |missing: &str, ranking: Ranking<'_>| {
        let opened = given(&rows, &share_of_wards(missing)).open();
        opened.inequality("share", at("2016-17"), ranking, simulation(), sure())
    };
    assert!(slope("none", ranking).is_ok());
    assert!(matches!(
        slope("s1", ranking),
        Err(IndicatorError::NotSummable { .. })
    ));
    // A rate ranks nothing: nobody knows which of its ends is the less advantaged.
    let by_rate = Ranking {
        by: "share",
        ..ranking
    };
    assert!(matches!(
        slope("none", by_rate),
        Err(IndicatorError::NotARanking { .. })
    ));
}

#[test]
fn a_forecast_that_nothing_can_beat_turns_no_curve() {
    let yearly = |values: &[(&str, f64)]| -> String {
        (values.iter())
            .map(|(year, value)| format!("share,value,n1,{year},{value},\n"))
            .collect()
    };
    let forecast = "\n[[forecasts]]\nrows = [{ indicator = \"share\", method = \"linear-trend\", \
        from = \"2010-11\", to = \"2013-14\", judgement = \"made up\" }]\n";
    // A fall that cannot go on: four years later the line is far below zero.
    let falling = [
        ("2010-11", 30.0),
        ("2011-12", 19.0),
        ("2012-13", 12.0),
        ("2013-14", 1.0),
    ];
    let mut values = falling.to_vec();
    values.push(("2017-18", 0.5));
    let opened = given_more(&[""], forecast, &yearly(&values)).open();
    let curve = progress(&opened, "n1", "2017-18").curve;
    let why = "the forecast's interval reaches beyond what can be".to_owned();
    assert_eq!(curve, AgainstForecast::CannotSay { why });
    // Where only its good end is beyond what can be, worse than all of it is worse.
    let falling = [
        ("2010-11", 30.0),
        ("2011-12", 25.0),
        ("2012-13", 21.0),
        ("2013-14", 14.0),
    ];
    for (figure, worse) in [(95.0, true), (0.0, false)] {
        let mut values = falling.to_vec();
        values.push(("2015-16", figure));
        let opened = given_more(&[""], forecast, &yearly(&values)).open();
        let curve = progress(&opened, "n1", "2015-16").curve;
        let why = "the forecast's interval reaches beyond what can be".to_owned();
        assert_eq!(
            curve,
            match worse {
                true => AgainstForecast::WorseThanForecast,
                false => AgainstForecast::CannotSay { why },
            }
        );
    }
    // On the line to the last digit: an accident, and no knowledge of what would have been.
    let line = [
        ("2010-11", 59.2),
        ("2011-12", 57.6),
        ("2012-13", 56.0),
        ("2013-14", 54.4),
    ];
    let mut values = line.to_vec();
    values.push(("2015-16", 51.2));
    let opened = given_more(&[""], forecast, &yearly(&values)).open();
    let curve = progress(&opened, "n1", "2015-16").curve;
    assert!(
        matches!(curve, AgainstForecast::CannotSay { .. }),
        "{curve:?}"
    );
    // A series that breaks is not carried on.
    let broken = format!(
        "{forecast}\n[[breaks]]\nrows = [{{ indicator = \"share\", period = \"2012-13\", \
         why = \"new form\" }}]\n"
    );
    let opened = given_more(&[""], &broken, &yearly(&values)).open();
    let why = "the series breaks after the history begins".to_owned();
    let curve = progress(&opened, "n1", "2015-16").curve;
    assert_eq!(curve, AgainstForecast::CannotSay { why });
    // One that broke as the history began is: all of the history is of the new form.
    let begun = broken.replace("period = \"2012-13\"", "period = \"2010-11\"");
    let mut values = falling.to_vec();
    values.push(("2015-16", 95.0));
    let opened = given_more(&[""], &begun, &yearly(&values)).open();
    let curve = progress(&opened, "n1", "2015-16").curve;
    assert_eq!(curve, AgainstForecast::WorseThanForecast);
}

#[test]
fn a_mean_with_one_half_was_not_collected() {
    let rows = ["code=mean; form=mean; per=; better=neither"];
    let opened = given(&rows, "mean,numerator,n1,2016-17,40,").open();
    let area = Area::Here(here(&opened, "n1"));
    let told = opened.observation("mean", area, at("2016-17"));
    assert_eq!(told.unwrap().unwrap().status(), Status::NotCollected);
}

const AREAS: &str = "\n[[areas]]\nrows = [\n    { code = \"county\", name = \"County\", relation = \
    \"subject\" },\n    { code = \"E9\", name = \"England\", relation = \"country\" },\n    { code = \
    \"E2\", name = \"Elsewhere\", relation = \"neighbour\" },\n]\n";

#[test]
fn an_effect_needs_two_times_and_two_places() {
    let mut figures = String::new();
    for (area, years) in [
        ("county", [20, 18, 17]),
        ("E2", [22, 21, 20]),
        ("E9", [30, 29, 28]),
    ] {
        for (year, events) in ["2015-16", "2016-17", "2017-18"].iter().zip(years) {
            figures += &format!(
                "share,numerator,{area},{year},{events},\nshare,denominator,{area},{year},100,\n"
            );
        }
    }
    let breaks = "\n[[breaks]]\nrows = [{ indicator = \"share\", period = \"2017-18\", why = \
        \"new form\" }]\n";
    let opened = given_more(&["level=county"], &format!("{AREAS}{breaks}"), &figures).open();
    let county = Area::Here(here(&opened, "county"));
    let area = |name: &str| {
        let found = opened.areas().iter().find(|area| area.name == name);
        found.unwrap().area
    };
    let between = |other: Area, before: &str, after: &str| {
        opened.against_comparison_area("share", county, other, at(before), at(after), sure())
    };
    assert!(between(area("Elsewhere"), "2015-16", "2016-17").is_ok());
    for (other, name) in [(county, "County"), (area("England"), "England")] {
        let error = between(other, "2015-16", "2016-17").unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "County and {name} are not apart: one is the other or lies in it; compare with an \
                 area that shares nobody"
            )
        );
    }
    for (before, after) in [("2016-17", "2015-16"), ("2016-17", "2016-17")] {
        assert!(matches!(
            between(area("Elsewhere"), before, after),
            Err(LinkageError::NotOneAfterTheOther { .. })
        ));
    }
    let error = between(area("Elsewhere"), "2015-16", "2017-18").unwrap_err();
    assert_eq!(
        error.to_string(),
        "`share` breaks at 2017-18: new form; figures before and after are not comparable"
    );
    // Among fewer than nobody nothing improves.
    let effect = between(area("Elsewhere"), "2015-16", "2016-17").unwrap();
    for people in [-600.0, 0.0, f64::NAN] {
        assert!(effect.improvement_among(people).is_err());
    }
}

#[test]
fn one_place_alone_has_no_rank_and_no_average() {
    let figures = "share,numerator,county,2016-17,20,\nshare,denominator,county,2016-17,100,";
    let opened = given_more(&["level=county"], AREAS, figures).open();
    let relations = [wholeplace::indicator::Relation::Neighbour];
    let compared = opened
        .beside_areas("share", at("2016-17"), &relations, simulation(), sure())
        .unwrap();
    assert_eq!(compared.average, None);
    let county = &compared.rows[0];
    assert_eq!(
        (county.area.as_str(), county.rank, county.flag),
        ("County", None, None)
    );
}

#[test]
fn a_level_that_is_not_there_is_no_empty_table() {
    let opened = given(&[""], "share,value,n1,2016-17,5,").open();
    let error = opened
        .over_places("share", at("2016-17"), "wardd", simulation(), sure())
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "`wardd` is not a level of the axis locality; its levels are county, area, ward"
    );
}

#[test]
fn slips_that_would_move_figures_do_not_open() {
    let refused = |more: &str, figures: &str, words: &str| {
        let error = given_more(&["level=county"], more, figures).try_open();
        let error = error.unwrap_err().to_string();
        assert!(error.contains(words), "{words}: {error}");
    };
    let figures = "share,value,county,2016-17,20,";
    let subject = AREAS.replace("\"neighbour\"", "\"subject\"");
    refused(
        &subject,
        figures,
        "the subject is the locality of the place",
    );
    let inside = AREAS.replace("\"neighbour\"", "\"neighbour\", localities = \"north\"");
    refused(&inside, figures, "has people of the place itself");
    let backwards = "\n[[expected]]\nrows = [{ indicator = \"share\", level = \"county\", from = \
        \"2017-18\", to = \"2016-17\" }]\n";
    refused(
        backwards,
        figures,
        "it ends in 2016-17, before it starts in 2017-18",
    );
    let spending = "\n[[spend_elsewhere]]\nactivity = \"youth-justise\"\nname = \"x\"\nphase = \
        \"outturn\"\nyears = \"financial\"\nsource = \"made up\"\ntable = { rows = [{ area = \"E2\", \
        period = \"2016-17\", amount = \"1\" }] }\n";
    refused(
        &format!("{AREAS}{spending}"),
        figures,
        "did you mean `youth-justice`",
    );
}

#[test]
fn an_outcomes_file_outside_the_pack_is_not_read() {
    let folder = given(&[""], "share,value,n1,2016-17,5,").folder();
    let outside = tempfile::tempdir().unwrap();
    let theirs = outside.path().join("outcomes.toml");
    std::fs::copy(folder.path().join("outcomes.toml"), &theirs).unwrap();
    let pack = folder.path().join("place.toml");
    let text = std::fs::read_to_string(&pack).unwrap();
    for name in [theirs.to_str().unwrap(), "../outcomes.toml"] {
        let edited = text.replace("\"outcomes.toml\"", &format!("{name:?}"));
        std::fs::write(&pack, edited).unwrap();
        let place = Place::open(folder.path()).unwrap();
        let error = Indicators::open(&place).unwrap_err().to_string();
        assert!(
            error.contains("leads outside the folder of the pack"),
            "{error}"
        );
    }
}

// ---- spending beside outcome

struct Both {
    cube: Cube,
    indicators: Indicators,
}

fn both(given: &Given) -> Both {
    let folder = given.folder();
    let place = Place::open(folder.path()).unwrap();
    let cube = Cube::build(&PlaceAccount::load(&place).unwrap()).unwrap();
    let indicators = Indicators::open(&place).unwrap_or_else(|error| panic!("{error}"));
    Both { cube, indicators }
}

fn lag(why: &str) -> Lag {
    Lag {
        months: 0,
        why: why.to_owned(),
    }
}

fn beside(
    both: &Both,
    indicators: &Indicators,
    years: &[&str],
) -> Result<SideBySide, LinkageError> {
    let question = (both.cube.ask().phase(Phase::Outturn))
        .boundary(Boundary::AllPartners)
        .locality("county");
    let years: Vec<_> = years.iter().map(|year| at(year)).collect();
    (Pairing::new(question, indicators, "share")?)
        .lag(lag("made up"))
        .over(&years, sure())
}

#[test]
fn spending_and_outcomes_are_of_one_place() {
    let figures = "share,value,county,2016-17,20,";
    let one = both(&given(&["level=county"], figures));
    let other = both(&given(&["level=county; name=Other"], figures));
    assert!(beside(&one, &one.indicators, &["2016-17"]).is_ok());
    // Two packs with the same members are one place; other members are another.
    let more = Given {
        spent: "council,roads,county,2016-17,5.00".to_owned(),
        ..given(&["level=county"], figures)
    };
    assert!(beside(&both(&more), &other.indicators, &["2016-17"]).is_ok());
    let folder = more.folder();
    let pack = folder.path().join("place.toml");
    let text = std::fs::read_to_string(&pack).unwrap();
    let turned = text.replace("code = \"n1\"", "code = \"n0\"");
    std::fs::write(&pack, turned).unwrap();
    let people = folder.path().join("people.csv");
    let text = std::fs::read_to_string(&people)
        .unwrap()
        .replace("n1,", "n0,");
    std::fs::write(&people, text).unwrap();
    let place = Place::open(folder.path()).unwrap();
    let foreign = Indicators::open(&place).unwrap();
    let error = beside(&one, &foreign, &["2016-17"]).unwrap_err();
    assert!(matches!(error, LinkageError::AnotherPlace), "{error}");
}

#[test]
fn an_area_is_told_of_its_own_period_and_three_years_are_not_one_years() {
    let figures = "share,numerator,county,2017-18,20,\nshare,denominator,county,2017-18,100,
        share,value,E2,Q1 2017-18,5,";
    let spent = "council,youth-justice,county,2017-18,1000.00";
    let one = both(&Given {
        spent: spent.to_owned(),
        ..given_more(&["level=county"], AREAS, figures)
    });
    let found = beside(&one, &one.indicators, &["2017-18"]).unwrap();
    let county = &found.rows[0];
    assert_eq!(
        county.outcome_in,
        Some(at("2017-18")),
        "not the other area's quarter"
    );
    assert_eq!(
        county.per_outcome.map(|sum| sum.to_string()),
        Some("£50.00".to_owned())
    );
    let years = "share,numerator,county,2017-18 to 2019-20,20,
        share,denominator,county,2017-18 to 2019-20,100,";
    let three = both(&Given {
        spent: spent.to_owned(),
        ..given(&["level=county"], years)
    });
    let found = beside(&three, &three.indicators, &["2017-18"]).unwrap();
    assert_eq!(found.rows[0].per_outcome, None);
}

#[test]
fn years_that_do_not_hold_the_same_things_are_said_to() {
    let spent =
        "council,youth-justice,county,2016-17,100.00\ncouncil,youth-justice,county,2017-18,90.00
        police,roads,county,2017-18,900.00";
    let figures = "share,value,county,2016-17,20,\nshare,value,county,2017-18,20,";
    let one = both(&Given {
        spent: spent.to_owned(),
        ..given(&["level=county"], figures)
    });
    let found = beside(&one, &one.indicators, &["2016-17", "2017-18"]).unwrap();
    assert_eq!(
        found.notes[0],
        "Spending is not recorded for the same things every year, so its movement is no trend: \
         2016-17 1 activity of 1 partner; 2017-18 2 activities of 2 partners."
    );
    let alike = beside(&one, &one.indicators, &["2016-17"]).unwrap();
    assert!(!alike.notes[0].contains("no trend"));
}

#[test]
fn every_place_of_a_level_has_its_row() {
    let spent = "council,youth-justice,n1,2016-17,100.00";
    let one = both(&Given {
        spent: spent.to_owned(),
        ..given(&[""], &share_of_wards("none").replace("rank,", "share,x"))
    });
    let question = (one.cube.ask().phase(Phase::Outturn))
        .boundary(Boundary::AllPartners)
        .locality("county")
        .by([wholeplace::cube::By::Partner]);
    let pairing = Pairing::new(question, &one.indicators, "share").unwrap();
    let found = pairing
        .lag(lag("made up"))
        .over_places("area", &[at("2016-17")], sure())
        .unwrap();
    let areas: Vec<&str> = found.rows.iter().map(|row| row.area.as_str()).collect();
    assert_eq!(areas, ["North", "South", "East"]);
    assert_eq!(found.rows[1].spend, SpendShown::NothingRecorded);
    assert!(found.rows.iter().all(|row| row.figure.is_some()));
}

#[test]
fn a_reason_is_not_an_empty_text() {
    let one = both(&given(
        &["level=county; ages=0-15"],
        "share,value,county,2016-17,20,",
    ));
    let ask = || {
        (one.cube.ask().phase(Phase::Outturn))
            .boundary(Boundary::AllPartners)
            .locality("county")
    };
    let although = Pairing::although_people_differ(ask(), &one.indicators, "share", " ");
    assert!(matches!(
        although,
        Err(LinkageError::AudienceDiffers { .. })
    ));
    let said =
        Pairing::although_people_differ(ask(), &one.indicators, "share", "it is so").unwrap();
    assert!(matches!(
        said.lag(lag("")).over(&[at("2016-17")], sure()),
        Err(LinkageError::LagNotStated { .. })
    ));
}
