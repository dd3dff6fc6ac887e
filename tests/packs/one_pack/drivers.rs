//! Drivers and sharing rules.

use super::*;

#[test]
fn faults_of_drivers_are_found_where_they_stand() {
    let cases = [
        Case {
            edits: &[("people.csv", "south,16+,40\n", "")],
            rule: "driver-mass-missing",
            file: "place.toml",
            on: "[[driver]]",
            says: "driver `people` has no mass for some ages of 1 leaf areas: south",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "north,16+,NaN")],
            rule: "mass-not-a-number",
            file: "people.csv",
            on: "north,16+",
            says: "is not a number",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "north,16+,inf")],
            rule: "mass-not-a-number",
            file: "people.csv",
            on: "north,16+",
            says: "is not a number",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "north,16+,")],
            rule: "mass-not-a-number",
            file: "people.csv",
            on: "north,16+",
            says: "is not a number",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "north,16+,-20")],
            rule: "negative-mass",
            file: "people.csv",
            on: "north,16+",
            says: "the mass is -20",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "north,16+,0.1234567")],
            rule: "mass-out-of-range",
            file: "people.csv",
            on: "north,16+",
            says: "more than 6 decimals",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "north,16+,281474976710657")],
            rule: "mass-out-of-range",
            file: "people.csv",
            on: "north,16+",
            says: "too large",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "north,16-95,20")],
            rule: "ages-out-of-range",
            file: "people.csv",
            on: "north,16-95",
            says: "`16-95` is not an interval of ages",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "nroth,16+,20")],
            rule: "unknown-locality",
            file: "people.csv",
            on: "nroth",
            says: "did you mean `north`, `south`?",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "county,16+,20")],
            rule: "not-a-leaf-area",
            file: "people.csv",
            on: "county,16+",
            says: "`county` has parts of its own",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "north,16+,20\nnorth,16+,21")],
            rule: "mass-given-twice",
            file: "people.csv",
            on: "north,16+,21",
            says: "already given at people.csv:3",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "north,15+,20")],
            rule: "ages-do-not-add-up",
            file: "place.toml",
            on: "[[driver]]",
            says: "its age bands overlap or leave ages out: 0-15, 15+, 16+",
        },
        Case {
            edits: &[("place.toml", "class = \"population\"", "class = \"direct\"")],
            rule: "driver-cannot-be-direct",
            file: "place.toml",
            on: "[[driver]]",
            says: "driver `people` has the class direct",
        },
        Case {
            edits: &[(
                "place.toml",
                "class = \"population\"",
                "class = \"population\"\ncovers = \"nord\"",
            )],
            rule: "unknown-locality",
            file: "place.toml",
            on: "[[driver]]",
            says: "did you mean `north`?",
        },
    ];
    each_is_found(&cases, faults);
}

#[test]
fn faults_of_sharing_rules_are_found_where_they_stand() {
    let cases = [
        Case {
            edits: &[(
                "place.toml",
                "[[sharing]]\ndriver",
                "[[sharing]]\nactivity = \"crime\"\ndriver",
            )],
            rule: "no-catch-all",
            file: "place.toml",
            on: "activity = \"crime\"",
            says: "the last sharing rule does not take all that is left",
        },
        Case {
            edits: &[
                (
                    "place.toml",
                    "activity = \"youth-justice\"\ndriver",
                    "activity = \"crime\"\ndriver",
                ),
                (
                    "place.toml",
                    "[[sharing]]\ndriver",
                    "[[sharing]]\npartner = \"police\"\nactivity = \"youth-justice\"\ndriver = \"people\"\n\n[[sharing]]\ndriver",
                ),
            ],
            rule: "rule-never-matches",
            file: "place.toml",
            on: "partner = \"police\"",
            says: "`activity crime by people` comes first and takes the same money",
        },
        Case {
            edits: &[(
                "place.toml",
                "activity = \"youth-justice\"",
                "activity = \"youth-justise\"",
            )],
            rule: "unknown-member",
            file: "place.toml",
            on: "activity = \"youth-justise\"",
            says: "did you mean `youth-justice`?",
        },
        Case {
            edits: &[(
                "place.toml",
                "activity = \"youth-justice\"",
                "activity = \"youth-justice\"\nperiod = \"2018\"",
            )],
            rule: "unknown-member",
            file: "place.toml",
            on: "activity = \"youth-justice\"\nperiod",
            says: "`2018` may mean several periods",
        },
    ];
    each_is_found(&cases, faults);
}
