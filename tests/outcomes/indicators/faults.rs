//! What is wrong with definitions: each fault says what and where, all of them are told.

use super::*;

/// All faults, as they are printed.
fn faults(given: &Given) -> String {
    match given.try_open() {
        Err(IndicatorError::Faults(findings)) => {
            assert!(findings.any_fault());
            findings.to_string()
        }
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("the outcomes have no fault:\n{}", given.toml),
    }
}

/// One fault: its text is whole, with file, line and field.
#[track_caller]
fn one_fault(toml: &str, table: &str, field: &str, text: &str) {
    let given = Given {
        toml: toml.to_owned(),
        ..Given::default()
    };
    let line = line_of(toml, table);
    assert_eq!(
        faults(&given),
        format!("outcomes.toml:{line}: {field}: {text}\n1 finding")
    );
}

#[test]
fn a_pack_without_faults_opens() {
    let opened = given(&[""], "share,value,n1,2016-17,3,").open();
    assert!(opened.findings().is_empty(), "{}", opened.findings());
    assert_eq!(opened.outcomes().len(), 2);
    assert_eq!(opened.indicators().len(), 1);
    assert_eq!(opened.fingerprint().len(), 64);
    assert_ne!(
        opened.fingerprint(),
        given(&[""], "share,value,n1,2017-18,1,")
            .open()
            .fingerprint(),
        "a figure more is another pack"
    );
}

#[test]
fn each_fault_of_an_indicator_says_what_and_where() {
    let cases = [
        (
            "outcome=saef",
            "outcome",
            "`saef` is not an outcome of this pack (unknown-outcome)\n  the nearest are safe",
        ),
        (
            "lead=counsil",
            "lead",
            "`counsil` is not a partner of this place; did you mean `council`? (unknown-code)\n  \
             correct the code",
        ),
        (
            "contributing=police; publisher=; owner=polise",
            "owner",
            "`polise` is not a partner of this place; did you mean `police`? (unknown-code)\n  \
             correct the code",
        ),
        (
            "group=in-car",
            "group",
            "`in-car` is not a client group of this place; did you mean `in-care`? \
             (unknown-code)\n  correct the code",
        ),
        (
            "ages=20-10",
            "ages",
            "`20-10` is not an interval of ages; write `10-17`, `65+` or `all`, within 0 to 90+ \
             (ages-out-of-range)\n  correct them",
        ),
        (
            "level=wards",
            "level",
            "`wards` is not a level of localities (unknown-level)\n  the levels are county, area, \
             ward",
        ),
        (
            "better=less",
            "better",
            "`less` is none of lower, higher, neither (not-a-word-of-this-field)\n  correct it",
        ),
        (
            "form=ratio",
            "form",
            "`ratio` is none of count, proportion, rate, mean, index, rank \
             (not-a-word-of-this-field)\n  correct it",
        ),
        (
            "years=2018",
            "years",
            "`2018` does not say what a bare year means; write `financial`, `financial-ending`, \
             `calendar`, `academic-ending` or a month such as `January` \
             (not-a-word-of-this-field)\n  correct it",
        ),
        (
            "per=",
            "per",
            "`per` is `` (nothing-written)\n  write for how many it is given: 100, 1000, 100000",
        ),
        (
            "per=0",
            "per",
            "`per` is `0` (nothing-written)\n  write for how many it is given: 100, 1000, 100000",
        ),
        (
            "form=count",
            "per",
            "`per` is `100`, and this is neither a proportion nor a rate (not-a-rate)\n  leave \
             `per` empty, or correct the form",
        ),
        (
            "accountability=both",
            "accountability",
            "`both` is neither `population` nor `performance` (not-a-word-of-this-field)\n  say \
             whether it tells of everybody in a place or of a service's own people",
        ),
        (
            "service_activity=youth-justice",
            "service_activity",
            "a population indicator has `service_activity` (population-with-a-service)\n  no \
             single service answers for a population; leave it empty, or make it a performance \
             measure",
        ),
        (
            "accountability=performance; asks=how-good; service_partner=council; \
             service_activity=roads",
            "asks",
            "`how-good` is none of how-much, how-well, better-off (not-a-word-of-this-field)\n  \
             correct it",
        ),
        (
            "accountability=performance; asks=how-well; service_partner=council; \
             service_activity=raods",
            "service_activity",
            "`raods` is not an activity of this place; did you mean `roads`? (unknown-code)\n  \
             correct the code",
        ),
        (
            "publisher=",
            "owner",
            "one of `owner` and `publisher` must say who owes the figure (nobody-owes-it)\n  \
             write the code of a partner as `owner`, or who publishes it as `publisher`",
        ),
        (
            "owner=council",
            "owner",
            "one of `owner` and `publisher` must say who owes the figure (nobody-owes-it)\n  \
             write the code of a partner as `owner`, or who publishes it as `publisher`",
        ),
        (
            "name=Reoffending rate",
            "reoffending",
            "`share` measures reoffending and does not say how (reoffending-not-qualified)\n  \
             write `binary` (share of the cohort who reoffend), `per-reoffender` or \
             `per-offender` (reoffences for each)",
        ),
        (
            "unit=re-offences",
            "reoffending",
            "`share` measures reoffending and does not say how (reoffending-not-qualified)\n  \
             write `binary` (share of the cohort who reoffend), `per-reoffender` or \
             `per-offender` (reoffences for each)",
        ),
        (
            "name=Reoffending; reoffending=rate",
            "reoffending",
            "`rate` is none of binary, per-reoffender, per-offender (not-a-word-of-this-field)\n  \
             correct it",
        ),
        (
            "headline=yes",
            "headline",
            "`share` tells of no outcome (headline-without-outcome)\n  name its outcome, or leave \
             it out of the headline",
        ),
        (
            "outcome=safe; headline=maybe",
            "headline",
            "`maybe` is neither `yes` nor empty (not-a-word-of-this-field)\n  correct it",
        ),
        (
            "source=",
            "source",
            "`source` is empty (nothing-written)\n  write it down; it has no default",
        ),
    ];
    for (fields, field, text) in cases {
        one_fault(&indicators(&[fields]), "[[indicators]]", field, text);
    }
}

#[test]
fn each_fault_of_the_other_tables_says_what_and_where() {
    let of = |table: &str, row: &str| {
        format!("{}\n[[{table}]]\nrows = [{{ {row} }}]\n", indicators(&[""]))
    };
    let cases = [
        (
            "contributions",
            r#"outcome = "sfae", activity = "roads", weight = "1", judgement = "j", contribution = "c""#,
            "outcome",
            "`sfae` is not an outcome of this pack (unknown-outcome)\n  the nearest are safe",
        ),
        (
            "contributions",
            r#"outcome = "safe", activity = "rods", weight = "1", judgement = "j", contribution = "c""#,
            "activity",
            "`rods` is not an activity of this place; did you mean `roads`? (unknown-code)\n  \
             correct the code",
        ),
        (
            "contributions",
            r#"outcome = "safe", activity = "roads", weight = "0", judgement = "j", contribution = "c""#,
            "weight",
            "the weight is 0 (weight-out-of-range)\n  a weight is more than 0 and at most 1: the \
             part of the activity's spending",
        ),
        (
            "contributions",
            r#"outcome = "safe", activity = "roads", weight = "1.01", judgement = "j", contribution = "c""#,
            "weight",
            "the weight is 1.01 (weight-out-of-range)\n  a weight is more than 0 and at most 1: \
             the part of the activity's spending",
        ),
        (
            "contributions",
            r#"outcome = "safe", activity = "roads", weight = "half", judgement = "j", contribution = "c""#,
            "weight",
            "`xxxx` is not a number (not-a-number)\n  write it in digits, as in 12.5",
        ),
        (
            "contributions",
            r#"outcome = "safe", activity = "roads", weight = "1", contribution = "c""#,
            "judgement",
            "`judgement` is empty (nothing-written)\n  write it down; it has no default",
        ),
        (
            "denominators",
            r#"indicator = "share", driver = "peple""#,
            "driver",
            "`peple` is not a driver (unknown-driver)\n  the nearest are people",
        ),
        (
            "denominators",
            r#"indicator = "shair", driver = "people""#,
            "indicator",
            "`shair` is not an indicator of this pack (unknown-indicator)\n  the nearest are share",
        ),
        (
            "targets",
            r#"indicator = "share", area = "nrth", period = "2017-18", value = "5", source = "s""#,
            "area",
            "`nrth` is not a locality of this place; did you mean `north`? (unknown-code)\n  \
             correct the code",
        ),
        (
            "targets",
            r#"indicator = "share", area = "north", period = "2018", value = "5", source = "s""#,
            "period",
            "`2018` may mean several periods; write `2017-18`, `calendar 2018` or \
             `academic 2017-18` (not-a-period)\n  write a label as the indicator's own years have it",
        ),
        (
            "targets",
            r#"indicator = "share", area = "north", period = "2017-18", value = "5""#,
            "source",
            "`source` is empty (nothing-written)\n  write it down; it has no default",
        ),
        (
            "forecasts",
            r#"indicator = "share", method = "line", from = "2012-13", to = "2016-17", judgement = "j""#,
            "method",
            "`line` is none of linear-trend, level (not-a-word-of-this-field)\n  correct it",
        ),
        (
            "forecasts",
            r#"indicator = "share", method = "level", from = "2016-17", to = "2012-13", judgement = "j""#,
            "to",
            "the period `2016-17 to 2012-13` ends before it starts or lies outside 1948 to 2099; \
             check the year (unknown-code)\n  correct the code",
        ),
        (
            "expected",
            r#"indicator = "share", level = "wards", from = "2016-17", to = "2017-18""#,
            "level",
            "`wards` is not a level of localities (unknown-level)\n  the levels are county, area, \
             ward",
        ),
        (
            "breaks",
            r#"indicator = "share", period = "2016-17""#,
            "why",
            "`why` is empty (nothing-written)\n  write it down; it has no default",
        ),
        (
            "lags",
            r#"indicator = "share", months = "a year", why = "w""#,
            "months",
            "`a year` is not a number of months (not-a-number)\n  write 0 where there is none",
        ),
        (
            "lags",
            r#"indicator = "share", months = "12""#,
            "why",
            "`why` is empty (nothing-written)\n  write it down; it has no default",
        ),
        (
            "areas",
            r#"code = "E1", name = "One", relation = "friend""#,
            "relation",
            "`friend` is none of subject, statistical-neighbour, neighbour, region, country \
             (not-a-word-of-this-field)\n  correct it",
        ),
        (
            "areas",
            r#"code = "E1", name = "One", relation = "neighbour", rank = "first""#,
            "rank",
            "`first` is not a rank (not-a-number)\n  write 1 for the nearest",
        ),
        (
            "areas",
            r#"code = "E1", name = "One", relation = "neighbour", localities = "nort""#,
            "localities",
            "`nort` is not a locality of this place; did you mean `north`? (unknown-code)\n  \
             correct the code",
        ),
        (
            "areas",
            r#"code = "E1", name = "One", relation = "neighbour" }, { code = "E2", name = "Two", also = "One", relation = "region""#,
            "also",
            "`One` already stands for another area (name-of-two-areas)\n  give each name to one \
             area",
        ),
        (
            "withdrawn",
            r#"indicator = "share", area = "nowhere", why = "wrong""#,
            "area",
            "`nowhere` is not among the areas (unknown-area)\n  name it in a row of `areas`",
        ),
        (
            "series",
            r#"dataset = "figurs", published = "x", indicator = "share", part = "value""#,
            "dataset",
            "no observations are of `figurs` (unknown-dataset)\n  the nearest are figures",
        ),
        (
            "series",
            r#"dataset = "figures", published = "x", indicator = "share", part = "middle""#,
            "part",
            "`middle` is none of value, numerator, denominator, lower, upper \
             (not-a-word-of-this-field)\n  correct it",
        ),
    ];
    for (table, row, field, text) in cases {
        one_fault(&of(table, row), &format!("[[{table}]]"), field, text);
    }
}

#[test]
fn what_may_be_stated_once_is_not_stated_twice() {
    let twice = |table: &str, row: &str, what: &str| {
        let toml = format!(
            "{}\n[[{table}]]\nrows = [{{ {row} }}, {{ {row} }}]\n",
            indicators(&[""])
        );
        let text =
            format!("there is already a {what} of `share` (stated-twice)\n  remove one of the two");
        one_fault(&toml, &format!("[[{table}]]"), "indicator", &text);
    };
    twice(
        "lags",
        r#"indicator = "share", months = "12", why = "w""#,
        "lag",
    );
    twice(
        "denominators",
        r#"indicator = "share", driver = "people""#,
        "denominator",
    );
    twice(
        "forecasts",
        r#"indicator = "share", method = "level", from = "2012-13", to = "2016-17", judgement = "j""#,
        "forecast",
    );
    twice(
        "targets",
        r#"indicator = "share", area = "north", period = "2016-17", value = "5", source = "s""#,
        "target of this area and period",
    );
    one_fault(
        &indicators(&["", ""]),
        "[[indicators]]",
        "code",
        "there is already an indicator `share` (duplicate-code)\n  give each a code of its own",
    );
    one_fault(
        &format!(
            "{}\n[[outcomes]] # more\nrows = [{{ code = \"safe\", name = \"Again\" }}]\n",
            indicators(&[""])
        ),
        "[[outcomes]] # more",
        "code",
        "there is already an outcome `safe` (duplicate-code)\n  give each a code of its own",
    );
}

#[test]
fn an_activity_helps_an_outcome_once() {
    let contributions = |one: &str, other: &str| {
        let row = |activity: &str| {
            format!(
                r#"{{ outcome = "safe", activity = "{activity}", weight = "0.5", judgement = "j", contribution = "c" }}"#
            )
        };
        format!(
            "\n[[contributions]]\nrows = [{}, {}]\n",
            row(one),
            row(other)
        )
    };
    for (one, other) in [
        ("youth-work", "youth-work"),
        ("youth", "youth-work"),
        ("youth-work", "youth"),
    ] {
        let toml = contributions(one, other);
        let text = format!(
            "`{other}` overlaps another activity that contributes to `safe` \
             (activity-given-twice)\n  name each activity once, on one level"
        );
        one_fault(&toml, "[[contributions]]", "activity", &text);
    }
    // Two of one level may.
    let given = Given {
        toml: contributions("youth-work", "youth-justice"),
        ..Given::default()
    };
    assert_eq!(given.open().contributions("safe").count(), 2);
    assert_eq!(given.open().contributions("well").count(), 0);
}

#[test]
fn a_headline_is_as_short_as_the_pack_says() {
    let of_safe = |code: &str| format!("code={code}; outcome=safe; headline=yes");
    let rows = [of_safe("a"), of_safe("b"), of_safe("c")];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let given = Given {
        toml: indicators(&rows),
        ..Given::default()
    };
    assert_eq!(
        faults(&given),
        "outcomes.toml:1: headline_at_most: outcome `safe` has 3 indicators in its headline, and \
         this pack allows 2 (headline-too-long)\n  choose those that matter most; the rest is \
         shown behind\n1 finding"
    );
    let opened = Given {
        toml: indicators(&[
            rows[0],
            rows[1],
            "code=c; outcome=safe",
            "code=d; outcome=well",
        ]),
        ..Given::default()
    }
    .open();
    let (headline, behind) = opened.of_outcome(opened.outcome("safe").unwrap());
    let codes = |of: Vec<&wholeplace::indicator::Indicator>| -> Vec<String> {
        of.iter().map(|indicator| indicator.code.clone()).collect()
    };
    assert_eq!(codes(headline), ["a", "b"]);
    assert_eq!(codes(behind), ["c"]);
}

#[test]
fn all_faults_are_told_at_once() {
    let toml = format!(
        "{}\n[[lags]]\nrows = [{{ indicator = \"shar\", months = \"x\", why = \"\" }}]\n",
        indicators(&[
            "outcome=no; level=wards; publisher=; better=best",
            "code=b; per=none"
        ])
    );
    let text = faults(&Given {
        toml,
        ..Given::default()
    });
    let rules: Vec<&str> = (text.lines())
        .filter_map(|line| line.strip_prefix("outcomes.toml")?.rsplit_once('('))
        .map(|(_, rule)| rule.trim_end_matches(')'))
        .collect();
    assert_eq!(
        rules,
        [
            "unknown-outcome",
            "unknown-level",
            "nobody-owes-it",
            "not-a-word-of-this-field",
            "nothing-written",
            "nothing-written",
            "unknown-indicator",
        ],
        "{text}"
    );
}

#[test]
fn keys_that_no_outcomes_file_has_are_refused() {
    let error = Given {
        toml: "\n[[outcome]]\nrows = []\n".to_owned(),
        ..Given::default()
    }
    .try_open()
    .unwrap_err()
    .to_string();
    assert!(
        error.starts_with("outcomes.toml does not describe outcomes: TOML parse error at line 10"),
        "{error}"
    );
    assert!(
        error.contains("unknown field `outcome`, expected one of"),
        "{error}"
    );
    let error = given_more(&[""], "\n[[lags]]\nrows = []\nfiles = \"x\"\n", "")
        .try_open()
        .unwrap_err();
    assert!(
        matches!(error, IndicatorError::NotOutcomes { .. }),
        "{error}"
    );
}

#[test]
fn a_pack_without_outcomes_says_how_to_begin() {
    let folder = given(&[""], "").folder();
    let toml = PLACE.replace("outcomes = \"outcomes.toml\"\n", "");
    std::fs::write(folder.path().join("place.toml"), toml).unwrap();
    let place = Place::open(folder.path()).unwrap();
    assert_eq!(
        Indicators::open(&place).unwrap_err().to_string(),
        "this pack has no outcomes; write `outcomes = \"outcomes.toml\"` in [place] and describe \
         them there"
    );
    let folder = given(&[""], "").folder();
    std::fs::remove_file(folder.path().join("outcomes.toml")).unwrap();
    if let Ok(place) = Place::open(folder.path()) {
        let error = Indicators::open(&place).unwrap_err();
        assert!(
            matches!(error, IndicatorError::Unreadable { .. }),
            "{error}"
        );
        assert!(
            error.to_string().starts_with("cannot read outcomes.toml: "),
            "{error}"
        );
    }
}

#[test]
fn an_unknown_code_names_the_nearest() {
    let opened = given(&[""], "").open();
    assert_eq!(
        opened.indicator("shair").unwrap_err().to_string(),
        "`shair` is not an indicator of this place; did you mean `share`?"
    );
    assert_eq!(
        opened.outcome("saef").unwrap_err().to_string(),
        "`saef` is not an outcome of this place; did you mean `safe`?"
    );
}
