//! Places beside one another: ranks, flags, all together.

use super::*;

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
