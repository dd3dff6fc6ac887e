//! What is given in kind; resource and flexibility of a ledger.

use super::*;

#[test]
fn what_is_given_in_kind() {
    const CLUB: &str =
        "charity,clubs,11-17,everyone,north,2024-25,outturn,volunteer-time,1200,hours,signed in";
    let wrong = |from: &str, to: &str| CLUB.replacen(from, to, 1);
    let cases = [
        (
            wrong("charity", "charty"),
            "unknown-member",
            "`charty` is not a partner",
        ),
        (
            wrong("clubs", "club"),
            "unknown-member",
            "`club` is not an activity",
        ),
        (
            wrong("11-17", "11-"),
            "unknown-member",
            "`11-` is not an interval of ages",
        ),
        (
            wrong("everyone", "somebody"),
            "unknown-member",
            "`somebody` is not a client group",
        ),
        (
            wrong("north", "nroth"),
            "unknown-member",
            "`nroth` is not a locality",
        ),
        (
            wrong("2024-25", "2024"),
            "unknown-member",
            "`2024` may mean several periods",
        ),
        (
            wrong("outturn", "outurn"),
            "unknown-member",
            "did you mean `outturn`",
        ),
        (
            wrong("volunteer-time", "volunteers"),
            "unknown-member",
            "`volunteers` is not a resource",
        ),
        (
            wrong("volunteer-time", "cash"),
            "cash-in-kind",
            "cash is not given in kind",
        ),
        (
            wrong("1200", "1200 h"),
            "quantity-not-readable",
            "`1200 h` is not a quantity",
        ),
        (
            wrong("1200", "0"),
            "quantity-not-readable",
            "`0` is not a quantity",
        ),
        (
            wrong("1200", "-5"),
            "quantity-not-readable",
            "`-5` is not a quantity",
        ),
        (
            wrong("1200", "NaN"),
            "quantity-not-readable",
            "`NaN` is not a quantity",
        ),
        (
            wrong("1200", ""),
            "quantity-not-readable",
            "`` is not a quantity",
        ),
        (wrong("hours", ""), "in-kind-without-basis", "has no unit"),
        (
            wrong("signed in", " "),
            "in-kind-without-basis",
            "has no basis",
        ),
    ];
    let lines: Vec<(&str, &str, &str, &str)> = (cases.iter())
        .map(|(wrong, rule, says)| (CLUB, wrong.as_str(), *rule, *says))
        .collect();
    each_line("given.csv", &lines);
}

#[test]
fn resource_and_flexibility_of_a_ledger() {
    each_line(
        "crosswalk.csv",
        &[
            (
                "S,staff-time",
                "S,staff-tme",
                "unknown-member",
                "`staff-tme` is not a resource of this place; did you mean `staff-time`",
            ),
            (
                "lease,contracted to Mar 2027",
                "lease,contracted to 2027",
                "unknown-member",
                "`2027` may mean several periods",
            ),
            (
                "law,statutory",
                "law,statuory",
                "unknown-member",
                "`statuory` is not a flexibility of this place",
            ),
            (
                "S,staff-time,",
                "S,,unknown",
                "crosswalk-rows-clash",
                "`S` of ledger `paid` has, on resource, a gap, which it has not",
            ),
            (
                "law,statutory,",
                "law,,unknown",
                "crosswalk-rows-clash",
                "`law` of ledger `paid` has, on flexibility, a gap, which it has not",
            ),
            (
                "paid,resource,S,staff-time,",
                "paid,resource,S,staff-time,\npaid,resource,S,premises,",
                "crosswalk-rows-clash",
                "several members; only an activity or a locality may be a mix",
            ),
            (
                "paid,flexibility,law,statutory,",
                "returns,flexibility,law,statutory,",
                "crosswalk-row-never-used",
                "ledger `returns` does not look flexibility up in the crosswalk",
            ),
        ],
    );
    let ledger = |right, wrong, rule, says| (right, wrong, rule, says);
    for (right, wrong, rule, says) in [
        ledger(
            "basis = \"hours × £20.00\"\n",
            "",
            "in-kind-without-basis",
            "ledger `paid` holds more than cash and does not say how it was valued",
        ),
        ledger(
            "resource = { by = \"crosswalk\" }",
            "resource = { gap = \"unknown\" }",
            "axis-rule-unclear",
            "ledger `paid` places money in a gap of resource",
        ),
        ledger(
            "flexibility = { by = \"crosswalk\" }",
            "flexibility = { by = \"crosswalk\", otherwise_gap = \"withheld\" }",
            "axis-rule-unclear",
            "ledger `paid` places money in a gap of flexibility",
        ),
        ledger(
            "resource = { by = \"crosswalk\" }",
            "resource = { always = \"staf-time\" }",
            "unknown-member",
            "did you mean `staff-time`",
        ),
        ledger(
            "flexibility = { by = \"crosswalk\" }",
            "flexibility = { always = \"free\" }",
            "unknown-member",
            "`free` is not a flexibility of this place",
        ),
        ledger(
            "flexibility = { by = \"crosswalk\" }",
            "flexibility = { always = \"statutory\", by = \"code\" }",
            "axis-rule-unclear",
            "must have one of `by`, `always` and `gap`",
        ),
        ledger(
            "codes.flexibility = [\"how\"]\n",
            "",
            "no-such-column",
            "ledger `paid` places flexibility by codes, but its layout names no column of them",
        ),
    ] {
        let (findings, files) = faults(&[("place.toml", right, wrong)]);
        let heading = line_of(&files, "place.toml", "id = \"paid\"") - 1;
        let found = findings.iter().any(|finding| {
            finding.rule == rule
                && finding.position.file == "place.toml"
                && finding.position.line == Some(heading)
                && finding.found.contains(says)
        });
        assert!(
            found,
            "expected {rule} at line {heading}: {says}\n{findings}"
        );
    }
}

/// Codes that nobody knows keep their money, and the notice says as what.
#[test]
fn unknown_codes_of_resource_and_flexibility_are_kept() {
    const ROWS: &str =
        "name,fund,what,how,amount\n,,M,law,10.00\n,,staff-tme,free,7.00\n,,staff-tme,law,5.00\n";
    let right = "name,fund,what,how,amount\nYOUTH TRUST,,M,law,10.00\n,,S,lease,20.00\n";
    // By the crosswalk, and by codes of the place itself.
    let by_code = [
        (
            "place.toml",
            "resource = { by = \"crosswalk\" }\nflexibility = { by = \"crosswalk\" }",
            "resource = { by = \"code\" }\nflexibility = { by = \"code\" }",
        ),
        ("crosswalk.csv", CROSSWALK, "ledger,axis,code,to,gap\n"),
        ("paid.csv", right, ROWS),
        ("paid.csv", "M,law,10.00", "cash,statutory,10.00"),
        ("paid.csv", "tme,law", "tme,statutory"),
    ];
    let by_crosswalk = [("paid.csv", right, ROWS)];
    for edits in [&by_crosswalk[..], &by_code[..]] {
        let files = with_edits(&FILES, edits);
        let shown: Vec<(&str, &str)> = (files.iter())
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let folder = pack(&shown);
        let place = Place::open(folder.path()).unwrap();
        let account = PlaceAccount::load(&place).unwrap();
        let unmapped: Vec<_> = (account.findings().iter())
            .filter(|finding| finding.rule == "unmapped-code")
            .collect();
        let told: Vec<String> = (unmapped.iter())
            .map(|finding| {
                let stake = finding.at_stake.unwrap();
                format!("{} {} {}", finding.position, stake, finding.remedy)
            })
            .collect();
        assert_eq!(
            told,
            [
                "paid.csv:3: flexibility £7.00 the money is kept, and its flexibility is not \
                 stated; correct `free`, add it to the crosswalk, or write down `otherwise` for \
                 flexibility",
                "paid.csv:3: resource £12.00 it is kept as cash; correct `staff-tme`, add it to \
                 the crosswalk, or write down `otherwise` for resource",
            ]
        );
        assert!(
            unmapped
                .iter()
                .all(|finding| finding.severity == Severity::Notice)
        );
        let codings: Vec<_> = account.lines().map(|(_, _, coding)| coding).collect();
        let kept: Vec<_> = codings[..3]
            .iter()
            .map(|coding| (coding.resource, coding.flexibility))
            .collect();
        assert_eq!(
            kept,
            [
                (Resource::Cash, Flexibility::Statutory),
                (Resource::Cash, Flexibility::NotStated),
                (Resource::Cash, Flexibility::Statutory),
            ]
        );
        assert_eq!(account.total().to_string(), "£23.00", "with the return");
    }
}
