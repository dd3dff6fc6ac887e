//! What may stand beside what, with which lag, in which rows.

use super::*;

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
