//! What is wrong with published figures, and the interval of a single one.

use super::*;

/// Findings of figures of `share`, and of `count`.
fn findings(figures: &str) -> (Indicators, Vec<String>) {
    let opened = given(&["", "code=events; form=count; per="], figures).open();
    let found = opened.findings().iter().map(ToString::to_string).collect();
    (opened, found)
}

#[test]
fn each_finding_of_a_figure_says_what_and_where_and_the_rest_is_read() {
    let cases = [
        (
            "share,value,n1,2016-17,,q",
            "figures.csv:3: status: the mark `x` is not explained (unknown-mark)\n  add it to \
             `marks` of these observations: what does its publisher mean?",
        ),
        (
            "share,value,n1,2016-17,5,c",
            "figures.csv:3: status: there is a figure, and its mark says suppressed \
             (figure-with-a-mark)\n  keep one of the two",
        ),
        (
            "share,value,n1,2016-17,,p",
            "figures.csv:3: value: the mark says provisional, and there is no figure \
             (mark-without-a-figure)\n  give the figure, or correct the mark",
        ),
        (
            "share,value,n1,2016-17,,",
            "figures.csv:3: value: there is neither a figure nor a mark (empty-figure)\n  say in \
             `blank` what an empty cell of this file means, or mend the file",
        ),
        (
            "share,value,n1,2016-17,five,",
            "figures.csv:3: value: `xxxx` is not a number (not-a-number)\n  correct it, or add it \
             to `marks` if it is a mark",
        ),
        (
            "share,value,n1,2016-17,-1,",
            "figures.csv:3: value: `share`: a value of -1 (impossible-figure)\n  check the figure \
             with its publisher; it was not read",
        ),
        (
            "share,value,n1,2016-17,100.1,",
            "figures.csv:3: value: `share`: a proportion of 100.1 in 100 (impossible-figure)\n  \
             check the figure with its publisher; it was not read",
        ),
        (
            "share,numerator,n1,2016-17,-3,",
            "figures.csv:3: value: `share`: a count of -3 people or events (impossible-figure)\n  \
             check the figure with its publisher; it was not read",
        ),
        (
            "events,value,n1,2016-17,-3,",
            "figures.csv:3: value: `events`: a value of -3 (impossible-figure)\n  check the \
             figure with its publisher; it was not read",
        ),
        (
            "share,value,n1,2018,5,",
            "figures.csv:3: period: `2018` may mean several periods; write `2017-18`, \
             `calendar 2018` or `academic 2017-18` (not-a-period)\n  say in the pack what a bare \
             year means for this indicator",
        ),
        (
            "share,value,n1,long ago,5,",
            "figures.csv:3: period: `long ago` is not a period; write `2017-18`, `calendar 2018`, \
             `academic 2017-18`, `Jun 2017`, `Q1 2017-18`, or two of them with `to` between \
             (not-a-period)\n  say in the pack what a bare year means for this indicator",
        ),
        (
            "other,value,n1,2016-17,5,",
            "figures.csv:3: 1 of `figures` series are no indicator of this pack, 1 row in all: \
             `other | value` (series-not-used)\n  name each in a row of `series`, or leave it out \
             with `where`",
        ),
        (
            "share,value,n9,2016-17,5,",
            "figures.csv:3: 1 of `figures` areas are not known, 1 row in all: `n9` \
             (area-not-known)\n  name each in a row of `areas`, or leave it out with `where`",
        ),
    ];
    for (row, text) in cases {
        let (opened, found) = findings(&format!(
            "share,value,n2,2016-17,7,\n{row}\nshare,value,n3,2016-17,8,"
        ));
        assert_eq!(found, [text], "{row}");
        assert_eq!(known(&opened, "share", "n2", "2016-17"), "here: 7 value");
        assert_eq!(known(&opened, "share", "n3", "2016-17"), "here: 8 value");
        assert_ne!(known(&opened, "share", "n1", "2016-17"), "here: 5 value");
    }
}

#[test]
fn skipped_rows_are_gathered_by_name() {
    let rows: String = ["a", "b", "c", "d", "a"]
        .iter()
        .map(|area| format!("share,value,{area},2016-17,5,\n"))
        .collect();
    let (_, found) = findings(&rows);
    assert_eq!(
        found,
        [
            "figures.csv:2: 4 of `figures` areas are not known, 5 rows in all: `a`, `b`, `c`, … \
          (area-not-known)\n  name each in a row of `areas`, or leave it out with `where`"
        ]
    );
}

#[test]
fn a_figure_given_twice_is_told_unless_both_say_the_same() {
    let (opened, found) = findings("share,value,n1,2016-17,5,\nshare,value,n1,2016-17,6,\n");
    assert_eq!(
        found,
        [
            "figures.csv:3: `share` for 2016-17: 5 and 6 (figure-given-twice)\n  remove one of the \
          two; the first is used"
        ]
    );
    assert_eq!(known(&opened, "share", "n1", "2016-17"), "here: 5 value");
    let (_, found) = findings("share,value,n1,2016-17,5,\nshare,value,n1,2016-17,,c\n");
    assert_eq!(
        found,
        [
            "figures.csv:3: `share` for 2016-17: 5 and suppressed (figure-given-twice)\n  remove one \
          of the two; the first is used"
        ]
    );
    let (_, found) = findings("share,value,n1,2016-17,5,\nshare,value,n1,2016-17,5.0,\n");
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn more_people_with_the_condition_than_people_is_told_and_not_used() {
    let (opened, found) = findings(
        "share,numerator,n1,2016-17,12,\nshare,denominator,n1,2016-17,10,\n\
         share,numerator,n2,2016-17,1,\nshare,denominator,n2,2016-17,10,",
    );
    assert_eq!(
        found,
        [
            "figures.csv:3: value: `share`: 12 of 10 (impossible-figure)\n  check the figure with \
          its publisher; neither count is used"
        ]
    );
    assert_eq!(
        known(&opened, "share", "n1", "2016-17"),
        "here: not available"
    );
    assert_eq!(known(&opened, "share", "n2", "2016-17"), "here: 10 value");
    // One bad place does not stop the others being told.
    let told = opened.told(here(&opened, "n2"), sure()).unwrap();
    assert_eq!(told[0].figure, Some(10.into()));
    // Of a rate, events may be more than people.
    let rate = given(
        &["form=rate"],
        "share,numerator,n1,2016-17,12,\nshare,denominator,n1,2016-17,10,",
    )
    .open();
    assert!(rate.findings().is_empty());
    assert_eq!(known(&rate, "share", "n1", "2016-17"), "here: 120 value");
}

#[test]
fn more_people_than_a_driver_counts_is_told_and_not_used() {
    let more = "\n[[denominators]]\nrows = [{ indicator = \"share\", driver = \"people\", ages = \"0-15\" }]\n";
    let opened = given_more(
        &[""],
        more,
        "share,numerator,n1,2016-17,11,\nshare,numerator,n2,2016-17,5,",
    )
    .open();
    let found: Vec<String> = opened.findings().iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "outcomes.toml: `share` for n1 in 2016-17: 11 of 10 (impossible-figure)\n  \
          check the figure with its publisher; it is not used"
        ]
    );
    assert_eq!(
        known(&opened, "share", "n1", "2016-17"),
        "here: not available"
    );
    // 5 of 20 residents of another count: an estimate.
    assert_eq!(
        known(&opened, "share", "n2", "2016-17"),
        "here: 25 estimated"
    );
}

#[test]
fn a_figure_that_cannot_be_estimated_spoils_no_other() {
    // Limits between which the value does not lie; a share of nobody.
    let figures = "share,value,n1,2016-17,5,\nshare,lower,n1,2016-17,6,\nshare,upper,n1,2016-17,7,
        share,value,n2,2016-17,0,\nshare,denominator,n2,2016-17,0,
        share,value,n3,2016-17,7,";
    let opened = given(&[""], figures).open();
    let simulation = Simulation::new(1000, 1).unwrap();
    let places = opened
        .over_places("share", at("2016-17"), "ward", simulation, sure())
        .unwrap();
    let shown: Vec<String> = (places.rows.iter())
        .filter_map(|row| Some(format!("{} {}", row.area, row.figure?)))
        .collect();
    assert_eq!(shown, ["n2 0", "n1 5", "n3 7"]);
    let progress = |place: &str| {
        let area = Area::Here(here(&opened, place));
        opened
            .progress("share", area, at("2016-17"), sure())
            .unwrap()
            .estimate
    };
    assert_eq!(
        progress("n1").withheld().unwrap().to_string(),
        "no counts published, so no interval can be made"
    );
    assert_eq!(
        progress("n2").withheld().unwrap().to_string(),
        "people is 0; a rate needs a denominator above zero"
    );
    assert!(opened.told(here(&opened, "n1"), sure()).is_ok());
}

#[test]
fn marks_and_blanks_become_statuses() {
    let figures = "share,value,n1,2016-17,,c\nshare,value,n2,2016-17,,z\nshare,value,n3,2016-17,-,
        share,value,s1,2016-17,,x\nshare,value,s2,2016-17,4,p\nshare,value,e1,2016-17,5,e
        share,value,e2,2016-17,0,";
    let (opened, found) = findings(figures);
    assert!(found.is_empty(), "{found:?}");
    let shown: Vec<String> = WARDS
        .iter()
        .map(|ward| known(&opened, "share", ward, "2016-17"))
        .collect();
    assert_eq!(
        shown,
        [
            "here: suppressed",
            "here: not applicable",
            "here: not available",
            "here: not collected",
            "here: 4 provisional",
            "here: 5 estimated",
            "here: 0 zero"
        ]
    );
    assert_eq!(opened.by_status().values().sum::<usize>(), 7);
    assert_eq!(opened.by_status().len(), 7);
    // What an empty cell says is the pack's.
    let toml = format!(
        "{}\n[[observations]]\ndataset = \"figures\"\nblank = \"suppressed\"\ntable = {{ file = \
         \"figures.csv\", columns = {{ series = \"indicator\", status = \"mark\" }}, source = \
         \"made up\" }}\n[[series]]\nrows = [{{ dataset = \"figures\", published = \"share\", \
         indicator = \"share\", part = \"value\" }}]\n",
        indicators(&[""])
    );
    let opened = Given {
        toml,
        figures: "share,value,n1,2016-17,,\nshare,value,n2,2016-17,3,".to_owned(),
        ..Given::default()
    }
    .open();
    assert!(opened.findings().is_empty(), "{}", opened.findings());
    assert_eq!(known(&opened, "share", "n1", "2016-17"), "here: suppressed");
    assert_eq!(known(&opened, "share", "n2", "2016-17"), "here: 3 value");
}

#[test]
fn a_count_above_the_line_alone_is_no_figure_of_a_share() {
    let opened = given(
        &["", "code=events; form=count; per="],
        "share,numerator,n1,2016-17,5,\nevents,numerator,n1,2016-17,5,",
    )
    .open();
    assert_eq!(
        known(&opened, "share", "n1", "2016-17"),
        "here: not collected"
    );
    assert_eq!(known(&opened, "events", "n1", "2016-17"), "here: 5 value");
}

#[test]
fn withdrawn_figures_are_told_and_not_used() {
    let more = r#"
[[areas]]
rows = [{ code = "E9", name = "England", relation = "country", also = "970" }]

[[withdrawn]]
rows = [{ indicator = "share", area = "England", why = "they cannot be" }]
"#;
    let figures =
        "share,value,970,2016-17,5,\nshare,value,E9,2017-18,6,\nshare,value,n1,2016-17,7,";
    let opened = given_more(&[""], more, figures).open();
    let found: Vec<String> = opened.findings().iter().map(ToString::to_string).collect();
    let line = line_of(&given_more(&[""], more, "").toml, "[[withdrawn]]");
    assert_eq!(
        found,
        [format!(
            "outcomes.toml:{line}: area: 2 figures of `share` for England are not used: they \
             cannot be (figures-withdrawn)\n  nothing to do here; tell the publisher"
        )]
    );
    assert!(!opened.findings().any_fault());
    let england = opened.areas()[0].area;
    let observation = opened
        .observation("share", england, at("2016-17"))
        .unwrap()
        .unwrap();
    assert_eq!(
        (observation.status(), observation.value.unwrap().figure),
        (Status::Unavailable, None)
    );
    assert_eq!(known(&opened, "share", "n1", "2016-17"), "here: 7 value");
}

#[test]
fn published_limits_hold_at_the_confidence_they_are_published_at_only() {
    let figures = "share,value,n1,2016-17,5,\nshare,lower,n1,2016-17,3,\nshare,upper,n1,2016-17,9,";
    let opened = given(&[""], figures).open();
    let n1 = Area::Here(here(&opened, "n1"));
    let observation = opened
        .observation("share", n1, at("2016-17"))
        .unwrap()
        .unwrap();
    let indicator = opened.indicator("share").unwrap();
    let at_95 = observation.estimate(indicator, sure()).unwrap();
    assert_eq!(at_95.to_string(), "5.0 (3.0 to 9.0)");
    assert_eq!(at_95.method(), "as published");
    let at_998 = observation
        .estimate(indicator, Confidence::new(0.998).unwrap())
        .unwrap();
    assert_eq!((at_998.value(), at_998.interval()), (Some(5.0), None));
    assert_eq!(
        at_998.withheld().unwrap().to_string(),
        "no counts published, so no interval can be made"
    );
}

#[test]
fn intervals_follow_the_form() {
    let rows = [
        "",
        "code=rate; form=rate; per=1000",
        "code=events; form=count; per=",
        "code=average; form=mean; per=",
    ];
    let figures = "share,numerator,n1,2016-17,65,\nshare,denominator,n1,2016-17,100,
        share,value,n2,2016-17,65,\nshare,denominator,n2,2016-17,100,
        rate,numerator,n1,2016-17,65,\nrate,denominator,n1,2016-17,100,
        rate,numerator,n2,2016-17,5,\nrate,denominator,n2,2016-17,100,
        events,value,n1,2016-17,65,\naverage,value,n1,2016-17,65,";
    let opened = given(&rows, figures).open();
    let estimate = |code: &str, place: &str| {
        let area = Area::Here(here(&opened, place));
        let observation = opened
            .observation(code, area, at("2016-17"))
            .unwrap()
            .unwrap();
        let estimate = observation
            .estimate(opened.indicator(code).unwrap(), sure())
            .unwrap();
        format!("{estimate:.4} {}", estimate.method())
    };
    // The oracles of the field's own package.
    assert_eq!(
        estimate("share", "n1"),
        "65.0000 (55.2544 to 73.6358) Wilson"
    );
    assert_eq!(
        estimate("share", "n2"),
        "65.0000 (54.7544 to 74.1358) Wilson, count worked out from the rounded value"
    );
    assert_eq!(
        estimate("rate", "n1"),
        "650.0000 (501.6319 to 828.4914) Byar"
    );
    assert_eq!(
        estimate("rate", "n2"),
        "50.0000 (16.2349 to 116.6833) exact Poisson"
    );
    assert_eq!(
        estimate("events", "n1"),
        "65.0000 (50.1632 to 82.8491) Byar"
    );
    assert_eq!(estimate("average", "n1"), "65.0000 as published");
}

#[test]
fn confidence_95_is_refused() {
    assert_eq!(
        Confidence::new(95.0).unwrap_err().to_string(),
        "confidence 95 is not between 0 and 1; for 95% write 0.95"
    );
}
