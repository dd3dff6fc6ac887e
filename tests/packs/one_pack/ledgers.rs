//! Crosswalk, ledgers, files and tables.

use super::*;

#[test]
fn faults_of_the_crosswalk_are_found_where_they_stand() {
    let cases = [
        Case {
            edits: &[("crosswalk.csv", "190,schools", "190,shcools")],
            rule: "unknown-member",
            file: "crosswalk.csv",
            on: "190,shcools",
            says: "did you mean `schools`?",
        },
        Case {
            edits: &[("crosswalk.csv", "191,schools,0.7", "191,schools,0.6")],
            rule: "crosswalk-rows-clash",
            file: "crosswalk.csv",
            on: "191,youth",
            says: "weights that add up to 0.9, not to 1 or 100",
        },
        Case {
            edits: &[("crosswalk.csv", "0.7,judgement", "0.7,")],
            rule: "crosswalk-rows-clash",
            file: "crosswalk.csv",
            on: "191,youth",
            says: "weights without a class",
        },
        Case {
            edits: &[("crosswalk.csv", "191,schools,0.7", "191,schools,-0.7")],
            rule: "crosswalk-rows-clash",
            file: "crosswalk.csv",
            on: "191,youth",
            says: "which is not above zero",
        },
        Case {
            edits: &[(
                "crosswalk.csv",
                "E1,council,,,",
                "E1,council,,,\nreturns,partner,E1,police,,,",
            )],
            rule: "crosswalk-rows-clash",
            file: "crosswalk.csv",
            on: "E1,council",
            says: "several members; only an activity or a locality may be a mix",
        },
        Case {
            edits: &[("crosswalk.csv", "190,schools,,,", "190,,,,")],
            rule: "crosswalk-row-unclear",
            file: "crosswalk.csv",
            on: "190,,,",
            says: "`190` means neither a member nor a gap",
        },
        Case {
            edits: &[("crosswalk.csv", "190,schools,,,", "190,schools,,,unknown")],
            rule: "crosswalk-row-unclear",
            file: "crosswalk.csv",
            on: "190,schools",
            says: "`190` means both a member and a gap",
        },
        Case {
            edits: &[("crosswalk.csv", "190,schools,,,", "190,,,,unknwon")],
            rule: "unknown-gap",
            file: "crosswalk.csv",
            on: "190,,",
            says: "`unknwon` is not a reason for a gap",
        },
        Case {
            edits: &[("crosswalk.csv", "returns,partner,E1", "retruns,partner,E1")],
            rule: "unknown-ledger",
            file: "crosswalk.csv",
            on: "retruns",
            says: "`retruns` is not a ledger of this pack",
        },
        Case {
            edits: &[("crosswalk.csv", "returns,partner,E1", "returns,partnr,E1")],
            rule: "unknown-axis",
            file: "crosswalk.csv",
            on: "partnr",
            says: "did you mean `partner`",
        },
        Case {
            edits: &[(
                "crosswalk.csv",
                "E1,council,,,",
                "E1,council,,,\nreturns,locality,E1,county,,,",
            )],
            rule: "crosswalk-row-never-used",
            file: "crosswalk.csv",
            on: "returns,locality",
            says: "ledger `returns` does not look locality up in the crosswalk",
        },
    ];
    each_is_found(&cases, faults);
}

#[test]
fn faults_of_ledgers_are_found_where_they_stand() {
    let cases = [
        Case {
            edits: &[("place.toml", "ages = { always = \"all\" }\n", "")],
            rule: "axis-not-written-down",
            file: "place.toml",
            on: "[[ledger]]",
            says: "ledger `returns` does not say how its lines are placed on ages",
        },
        Case {
            edits: &[("place.toml", "period = { always = \"2017-18\" }\n", "")],
            rule: "axis-not-written-down",
            file: "place.toml",
            on: "[[ledger]]",
            says: "has no column of dates or periods and no rule for period",
        },
        Case {
            edits: &[(
                "place.toml",
                "ages = { always = \"all\" }",
                "ages = { always = \"all\", gap = \"unknown\" }",
            )],
            rule: "axis-rule-unclear",
            file: "place.toml",
            on: "[[ledger]]",
            says: "must have one of `by`, `always` and `gap`",
        },
        Case {
            edits: &[(
                "place.toml",
                "locality = { always = \"county\" }",
                "locality = { always = \"cuonty\" }",
            )],
            rule: "unknown-member",
            file: "place.toml",
            on: "[[ledger]]",
            says: "did you mean `county`?",
        },
        Case {
            edits: &[("place.toml", "codes.partner = [\"body\"]\n", "")],
            rule: "no-such-column",
            file: "place.toml",
            on: "[[ledger]]",
            says: "places partner by codes, but its layout names no column of them",
        },
    ];
    each_is_found(&cases, faults);
}

#[test]
fn faults_of_files_and_tables_are_found_where_they_stand() {
    let cases = [
        Case {
            edits: &[(
                "place.toml",
                "files = [\"returns.csv\"]",
                "files = [\"retruns*.csv\"]",
            )],
            rule: "no-such-file",
            file: "place.toml",
            on: "[[ledger]]",
            says: "no file in the folder of the pack matches `retruns*.csv`",
        },
        Case {
            edits: &[(
                "place.toml",
                "files = [\"returns.csv\"]",
                "files = [\"../*.csv\"]",
            )],
            rule: "no-such-file",
            file: "place.toml",
            on: "[[ledger]]",
            says: "`../*.csv` leads outside the folder of the pack",
        },
        Case {
            edits: &[(
                "place.toml",
                "file = \"localities.csv\"",
                "file = \"../localities.csv\"",
            )],
            rule: "no-such-file",
            file: "place.toml",
            on: "[[localities]]",
            says: "`../localities.csv` leads outside the folder of the pack",
        },
        Case {
            edits: &[(
                "place.toml",
                "file = \"localities.csv\"",
                "file = \"/etc/passwd\"",
            )],
            rule: "no-such-file",
            file: "place.toml",
            on: "[[localities]]",
            says: "`/etc/passwd` leads outside the folder of the pack",
        },
        Case {
            edits: &[(
                "place.toml",
                "file = \"localities.csv\"",
                "file = \"localites.csv\"",
            )],
            rule: "no-such-file",
            file: "place.toml",
            on: "[[localities]]",
            says: "there is no file `localites.csv` in the folder of the pack",
        },
        Case {
            edits: &[(
                "place.toml",
                "file = \"localities.csv\"",
                "data = \"localities.csv\"",
            )],
            rule: "no-such-file",
            file: "place.toml",
            on: "[[localities]]",
            says: "no data folder was given",
        },
        Case {
            edits: &[(
                "place.toml",
                "file = \"localities.csv\"",
                "source = \"nowhere\"",
            )],
            rule: "table-without-rows",
            file: "place.toml",
            on: "[[localities]]",
            says: "a table needs one of `file`, `data` and `rows`",
        },
        Case {
            edits: &[(
                "place.toml",
                "file = \"localities.csv\"",
                "file = \"localities.csv\"\ncolumns = { code = \"kode\" }",
            )],
            rule: "no-such-column",
            file: "localities.csv",
            on: "code,name",
            says: "there is no column `kode`",
        },
        Case {
            edits: &[(
                "place.toml",
                "file = \"localities.csv\"",
                "file = \"localities.csv\"\nset = { colour = \"red\" }",
            )],
            rule: "unknown-field",
            file: "place.toml",
            on: "[[localities]]",
            says: "`colour` is not a field of this table",
        },
        Case {
            edits: &[(
                "place.toml",
                "{ code = \"police\" }",
                "{ code = \"police\", colour = \"blue\" }",
            )],
            rule: "unknown-field",
            file: "place.toml",
            on: "[[partners]]",
            says: "`colour` is not a field of this table",
        },
    ];
    each_is_found(&cases, faults);
}
