//! What is known of a place: sums, rebuilt rates, statuses, gaps.

use super::*;

fn counts() -> impl Strategy<Value = Count> {
    prop_oneof![
        4 => (0_i64..1000).prop_map(|figure| Count::known(figure.into())),
        1 => (1_i64..1000).prop_map(|figure| Count {
            figure: Some(figure.into()),
            status: Status::Provisional,
        }),
        1 => (1_i64..1000).prop_map(|figure| Count {
            figure: Some(figure.into()),
            status: Status::Estimated,
        }),
        1 => Just(Count::missing(Status::NotApplicable)),
        1 => Just(Count::missing(Status::Suppressed)),
        1 => Just(Count::missing(Status::Unavailable)),
        1 => Just(Count::missing(Status::NotCollected)),
    ]
}

/// The status of a sum the slow way: the one that leaves least known.
fn worst(parts: &[Count]) -> Status {
    let order = [
        Status::NotCollected,
        Status::Unavailable,
        Status::Suppressed,
        Status::Estimated,
        Status::Provisional,
        Status::Value,
        Status::Zero,
    ];
    let has = |status: &Status| parts.iter().any(|part| part.status == *status);
    order.into_iter().find(has).unwrap_or(Status::NotApplicable)
}

proptest! {
    #[test]
    fn a_sum_says_what_its_parts_leave_known(parts in prop::collection::vec(counts(), 1..8), cut in 0_usize..8) {
        let sum = Count::sum(parts.iter().copied());
        prop_assert_eq!(sum.status, worst(&parts));
        prop_assert_eq!(sum.figure.is_some(), sum.status.has_figure());
        if let Some(figure) = sum.figure {
            let slow: Decimal = parts.iter().filter_map(|part| part.figure).sum();
            prop_assert_eq!(figure, slow);
        }
        // In any order, and in parts.
        let backwards = Count::sum(parts.iter().rev().copied());
        prop_assert_eq!(sum, backwards);
        let (first, rest) = parts.split_at(cut.clamp(1, parts.len()));
        let first = Count::sum(first.iter().copied());
        let in_parts = Count::sum(std::iter::once(first).chain(rest.iter().copied()));
        prop_assert_eq!(sum, in_parts);
        // What cannot exist adds nothing.
        let more = Count::sum(parts.iter().copied().chain([Count::missing(Status::NotApplicable)]));
        prop_assert_eq!(sum, more);
    }
}

#[test]
fn a_sum_of_nothing_is_not_collected() {
    assert_eq!(Count::sum([]), Count::missing(Status::NotCollected));
    let zero = Count::known(0.into());
    assert_eq!(Count::sum([zero, zero]).status, Status::Zero);
    assert_eq!(
        Count::sum([zero, Count::known(2.into())]).status,
        Status::Value
    );
    let mut in_order = Status::ALL;
    in_order.sort();
    assert_eq!(in_order, Status::ALL, "best known first");
}

#[test]
fn a_sum_too_large_for_a_decimal_is_not_a_figure() {
    let most = Count::known(Decimal::MAX);
    assert_eq!(
        Count::sum([most, most]),
        Count::missing(Status::Unavailable)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The rate of a place is that of its counts, whatever parts it is put together from.
    #[test]
    fn a_rebuilt_rate_is_that_of_the_counts(
        counts in prop::collection::vec((0_i64..50, 1_i64..200), 7),
        split in prop::collection::vec(0_usize..3, 7),
    ) {
        let counts: Vec<(i64, i64)> = counts.iter().map(|&(above, more)| (above, above + more)).collect();
        let opened = given(&[""], &ward_figures(&counts)).open();
        let (above, below) = counts.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        let indicator = opened.indicator("share").unwrap();
        let expected = Decimal::from(above * 100).checked_div(below.into()).unwrap();
        let whole = opened.known("share", here(&opened, "county"), at("2016-17")).unwrap();
        let of_seven = matches!(&whole, Knowledge::Rebuilt { parts: 7, .. });
        prop_assert!(of_seven);
        let whole = whole.observation().unwrap().clone();
        prop_assert_eq!(whole.figure(indicator), Some(expected));
        prop_assert_eq!(whole.counts(), Some((above.into(), below.into())));
        // Its areas, and any split of the wards, put together again.
        let areas: Vec<_> = ["north", "south", "east"].map(|code| here(&opened, code)).to_vec();
        prop_assert_eq!(&opened.together("share", &areas, at("2016-17")).unwrap(), &whole);
        let mut all = Count::known(0.into());
        let mut rates = Vec::new();
        for group in 0..3 {
            let wards: Vec<_> = WARDS.iter().zip(&split).filter(|(_, of)| **of == group)
                .map(|(ward, _)| here(&opened, ward)).collect();
            if wards.is_empty() {
                continue;
            }
            let part = opened.together("share", &wards, at("2016-17")).unwrap();
            all = Count::sum([all, part.numerator.unwrap()]);
            rates.push(part.figure(indicator).unwrap());
        }
        prop_assert_eq!(all.figure, Some(above.into()));
        let least = rates.iter().min().unwrap();
        let most = rates.iter().max().unwrap();
        prop_assert!(*least <= expected && expected <= *most);
    }
}

#[test]
fn rates_are_rebuilt_never_averaged() {
    // 1 of 10 and 1 of 90: 2 of 100, not the mean of 10% and 1.1%.
    let counts = [(1, 10), (1, 90), (0, 100), (5, 10), (5, 10), (0, 1), (0, 1)];
    let opened = given(&[""], &ward_figures(&counts)).open();
    assert_eq!(
        known(&opened, "share", "north", "2016-17"),
        "of 3 ward: 1 value"
    );
    assert_eq!(
        known(&opened, "share", "south", "2016-17"),
        "of 2 ward: 50 value"
    );
    assert_eq!(
        known(&opened, "share", "east", "2016-17"),
        "of 2 ward: 0 zero"
    );
    assert_eq!(known(&opened, "share", "n1", "2016-17"), "here: 10 value");
    assert_eq!(known(&opened, "share", "n1", "2017-18"), "nowhere");
}

#[test]
fn statuses_survive_rebuilding() {
    let with = |figures: &str| given(&[""], figures).open();
    let both = |ward: &str, above: &str| {
        format!("share,numerator,{ward},2016-17,{above}\nshare,denominator,{ward},2016-17,10,\n")
    };
    let opened = with(&format!("{}{}", both("s1", "2,"), both("s2", ",c")));
    assert_eq!(
        known(&opened, "share", "south", "2016-17"),
        "of 2 ward: suppressed"
    );
    let opened = with(&format!("{}{}", both("s1", "2,"), both("s2", "3,p")));
    assert_eq!(
        known(&opened, "share", "south", "2016-17"),
        "of 2 ward: 25 provisional"
    );
    // A ward of which nothing is published is missing, not nobody.
    let opened = with(&both("s1", "2,"));
    assert_eq!(
        known(&opened, "share", "south", "2016-17"),
        "of 2 ward: not collected"
    );
    // Nobody to whom it could apply adds nothing.
    let nobody = "share,numerator,s2,2016-17,,z\nshare,denominator,s2,2016-17,,z\n";
    let opened = with(&format!("{}{nobody}", both("s1", "2,")));
    assert_eq!(
        known(&opened, "share", "south", "2016-17"),
        "of 2 ward: 20 value"
    );
    assert_eq!(
        known(&opened, "share", "s2", "2016-17"),
        "here: not applicable"
    );
    // Published with and without counts.
    let published = "share,value,s1,2016-17,20,\nshare,value,s2,2016-17,30,\n";
    assert_eq!(
        known(&with(published), "share", "south", "2016-17"),
        "only for each ward"
    );
    let counted = format!("{published}{}{}", both("s1", "2,"), both("s2", "3,"));
    assert_eq!(
        known(&with(&counted), "share", "south", "2016-17"),
        "of 2 ward: 25 value"
    );
    let hidden = format!("share,value,s2,2016-17,,c\n{}", both("s1", "2,"));
    assert_eq!(
        known(&with(&hidden), "share", "south", "2016-17"),
        "of 2 ward: suppressed"
    );
}

#[test]
fn of_nobody_there_is_no_share_and_no_event() {
    let counts = |above: &str| {
        format!("share,numerator,s1,2016-17,{above},\nshare,denominator,s1,2016-17,0,\n")
    };
    let rest = "share,numerator,s2,2016-17,2,\nshare,denominator,s2,2016-17,10,\n";
    for form in ["", "form=rate"] {
        let opened = given(&[form], &format!("{}{rest}", counts("0"))).open();
        assert!(opened.findings().is_empty());
        assert_eq!(
            known(&opened, "share", "s1", "2016-17"),
            "here: not applicable"
        );
        assert_eq!(
            known(&opened, "share", "south", "2016-17"),
            "of 2 ward: 20 value"
        );
        let opened = given(&[form], &format!("{}{rest}", counts("5"))).open();
        assert!(
            opened
                .findings()
                .to_string()
                .contains("`share`: 5 of 0 (impossible-figure)")
        );
        assert_eq!(
            known(&opened, "share", "s1", "2016-17"),
            "here: not available"
        );
        assert_eq!(
            known(&opened, "share", "south", "2016-17"),
            "of 2 ward: not available"
        );
    }
}

#[test]
fn a_place_of_which_a_part_is_of_another_level_is_not_rebuilt() {
    let folder = given(&[""], &ward_figures(&[(1, 10); 7])).folder();
    let east = "{ code = \"e2\", level = \"ward\", parent = \"east\" }";
    assert!(PLACE.contains(east));
    let toml = PLACE.replace(east, &east.replace("ward", "hamlet"));
    std::fs::write(folder.path().join("place.toml"), toml).unwrap();
    let place = Place::open(folder.path()).unwrap_or_else(|error| panic!("{error}"));
    let opened = Indicators::open(&place).unwrap();
    assert_eq!(
        known(&opened, "share", "east", "2016-17"),
        "only for each ward"
    );
    assert_eq!(
        known(&opened, "share", "county", "2016-17"),
        "only for each ward"
    );
    assert_eq!(
        known(&opened, "share", "south", "2016-17"),
        "of 2 ward: 10 value"
    );
}

#[test]
fn a_larger_place_is_never_shown_as_a_smaller_one() {
    let figures = "share,numerator,county,2016-17,20,\nshare,denominator,county,2016-17,100,
        share,value,county,2017-18,30,\nshare,value,north,2017-18,40,
        share,value,n1,2018-19,50,\nshare,value,county,2019-20,,c";
    let opened = given(&["level=county"], figures).open();
    assert_eq!(
        known(&opened, "share", "n1", "2016-17"),
        "only for County: 20 value"
    );
    assert_eq!(
        known(&opened, "share", "north", "2016-17"),
        "only for County: 20 value"
    );
    // The smallest place that holds it.
    assert_eq!(
        known(&opened, "share", "n1", "2017-18"),
        "only for North: 40 value"
    );
    assert_eq!(
        known(&opened, "share", "s1", "2017-18"),
        "only for County: 30 value"
    );
    assert_eq!(
        known(&opened, "share", "county", "2018-19"),
        "only for each county"
    );
    assert_eq!(known(&opened, "share", "s1", "2018-19"), "nowhere");
    assert_eq!(
        known(&opened, "share", "n1", "2019-20"),
        "only for County: suppressed"
    );
    let ward = here(&opened, "n1");
    let known = opened.known("share", ward, at("2016-17")).unwrap();
    assert_eq!(
        (known.status(), known.observation()),
        (Status::NotCollected, None)
    );
    // In words and tables too: the county's figure stands only under its name.
    let told = opened.told(here(&opened, "s1"), sure()).unwrap().remove(0);
    assert_eq!((told.figure, told.status), (None, Status::NotCollected));
    assert_eq!(told.only_for, Some(("County".to_owned(), Some(30.into()))));
    assert!(told.progress.is_none());
    let progress = opened
        .progress("share", Area::Here(ward), at("2016-17"), sure())
        .unwrap();
    assert_eq!(progress.estimate.value(), None);
    let simulation = Simulation::new(1000, 1).unwrap();
    let wards = opened
        .over_places("share", at("2016-17"), "ward", simulation, sure())
        .unwrap();
    assert_eq!(wards.rows.len(), 7);
    for row in &wards.rows {
        assert_eq!((row.figure, row.rank), (None, None));
        assert_eq!(row.only_for.as_deref(), Some("County"));
    }
    assert!(wards.table().to_string().contains("only for County"));
    let table = wards.table().to_string();
    let figures = table.lines().skip(1).any(|line| line.contains("20"));
    assert!(!figures, "{table}");
}

#[test]
fn figures_of_several_places_need_counts_and_no_overlap() {
    let rows = [
        "",
        "code=average; form=mean; per=",
        "code=events; form=count; per=",
    ];
    let figures = "share,value,n1,2016-17,20,\nshare,numerator,n2,2016-17,2,
        share,denominator,n2,2016-17,10,\nshare,value,n3,2016-17,,c
        events,value,n1,2016-17,3,\nevents,value,n2,2016-17,4,";
    let opened = given(&rows, figures).open();
    let together = |code: &str, places: &[&str]| {
        let places: Vec<_> = places.iter().map(|place| here(&opened, place)).collect();
        opened.together(code, &places, at("2016-17"))
    };
    let refused = |code: &str, places: &[&str]| together(code, places).unwrap_err().to_string();
    assert_eq!(
        refused("share", &["n1", "n2"]),
        "`share` is a proportion: its figures for several places cannot be added up or averaged \
         without the counts behind them, and n1 is published without them"
    );
    assert_eq!(
        refused("average", &["n1", "n2"]),
        "`average` is a mean: its figures for several places cannot be added up or averaged \
         without the counts behind them, and it has none"
    );
    for overlapping in [["n2", "north"], ["north", "n2"], ["n2", "n2"]] {
        assert_eq!(
            refused("share", &overlapping),
            "`share` is a proportion: its figures for several places cannot be added up or \
             averaged without the counts behind them, and two of the places overlap"
        );
    }
    assert_eq!(
        refused("shar", &["n1"]),
        "`shar` is not an indicator of this place; did you mean `share`?"
    );
    assert_eq!(
        together("events", &["n1", "n2"]).unwrap().numerator,
        Some(Count::known(7.into()))
    );
    assert_eq!(
        together("share", &["n2", "n3"]).unwrap().status(),
        Status::Suppressed
    );
    assert_eq!(
        together("share", &["n2", "s1"]).unwrap().status(),
        Status::NotCollected
    );
}

#[test]
fn gaps_are_told_by_reason_with_who_owes_them() {
    let rows = [
        "",
        "code=events; form=count; per=; publisher=; owner=police; level=county",
    ];
    let more = r#"
[[expected]]
rows = [
    { indicator = "share", level = "ward", from = "2016-17", to = "2017-18" },
    { indicator = "share", level = "area", from = "2016-17", to = "2016-17" },
    { indicator = "events", level = "county", from = "2015-16", to = "2018-19" },
]
"#;
    let mut figures = ward_figures(&[
        (1, 10),
        (1, 10),
        (1, 10),
        (1, 10),
        (1, 10),
        (1, 10),
        (1, 10),
    ])
    .replace(
        "share,numerator,e2,2016-17,1,",
        "share,numerator,e2,2016-17,,c",
    )
    .replace(
        "share,numerator,e1,2016-17,1,",
        "share,numerator,e1,2016-17,,z",
    );
    figures.push_str(
        "share,value,n1,2017-18,,-\nshare,value,n2,2017-18,,-\nshare,value,n3,2017-18,0,\n",
    );
    figures.push_str("events,value,county,2016-17,3,p\nevents,value,n1,2017-18,3,\n");
    let opened = given_more(&rows, more, &figures).open();
    let gaps: Vec<String> = (opened.gaps().iter())
        .map(|gap| {
            format!(
                "{} {} {}: {} of {} in {} places, {} to {}, {}",
                gap.indicator,
                gap.level,
                gap.status,
                gap.missing,
                gap.expected,
                gap.places,
                gap.first,
                gap.last,
                gap.owed_by
            )
        })
        .collect();
    assert_eq!(
        gaps,
        [
            "share ward suppressed: 1 of 14 in 1 places, 2016-17 to 2016-17, Board",
            "share ward not available: 2 of 14 in 2 places, 2017-18 to 2017-18, Board",
            "share ward not collected: 4 of 14 in 4 places, 2017-18 to 2017-18, Board",
            "share area suppressed: 1 of 3 in 1 places, 2016-17 to 2016-17, Board",
            "events county not available: 1 of 4 in 1 places, 2017-18 to 2017-18, The Police",
            "events county not collected: 2 of 4 in 1 places, 2015-16 to 2018-19, The Police",
        ]
    );
    let table = opened.gaps_table().to_string();
    assert!(
        table.contains("The Police") && table.contains("suppressed"),
        "{table}"
    );
    // Nobody expects anything: nothing is missing.
    assert!(given(&rows, &figures).open().gaps().is_empty());
}
