//! What changed, and what may be said of it.

use super::*;

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
