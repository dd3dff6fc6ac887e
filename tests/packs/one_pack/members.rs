//! Localities, activities, partners and ages.

use super::*;

#[test]
fn faults_of_members_are_found_where_they_stand() {
    let cases = [
        Case {
            edits: &[(
                "localities.csv",
                "county,County,county,,",
                "county,County,county,north,",
            )],
            rule: "cycle",
            file: "localities.csv",
            on: "county,County",
            says: "`county` lies under itself, by way of `north`",
        },
        Case {
            edits: &[(
                "place.toml",
                r#"{ code = "crime", level = "theme" }"#,
                r#"{ code = "crime", parent = "youth-justice" }"#,
            )],
            rule: "cycle",
            file: "place.toml",
            on: "[[activities]]",
            says: "`crime` lies under itself",
        },
        Case {
            edits: &[(
                "localities.csv",
                "south,South,area,county,\n",
                "south,South,area,county,\nsouth,South,area,north,\n",
            )],
            rule: "two-parents",
            file: "localities.csv",
            on: "south,South,area,north",
            says: "`south` stands under `north` here and under `county` at localities.csv:4",
        },
        Case {
            edits: &[(
                "localities.csv",
                "south,South,area,county,\n",
                "south,South,area,county,\nsouth,Southern,area,county,\n",
            )],
            rule: "duplicate-code",
            file: "localities.csv",
            on: "south,Southern",
            says: "`south` is already defined at localities.csv:4",
        },
        Case {
            edits: &[(
                "localities.csv",
                "south,South,area,county,",
                "south,South,area,countey,",
            )],
            rule: "unknown-parent",
            file: "localities.csv",
            on: "south,South",
            says: "`countey` is not a locality of this place; did you mean `county`?",
        },
        Case {
            edits: &[("localities.csv", "north,North", ",North")],
            rule: "no-code",
            file: "localities.csv",
            on: ",North",
            says: "a row of locality has no code",
        },
        Case {
            edits: &[(
                "localities.csv",
                "county,,,force,force",
                "county,,,force,force\nnorth,,,force,force",
            )],
            rule: "overlapping-parts",
            file: "localities.csv",
            on: "force,Police force",
            says: "parts of `force` in grouping `force` overlap",
        },
        Case {
            edits: &[(
                "localities.csv",
                "county,,,force,force",
                "conty,,,force,force",
            )],
            rule: "unknown-locality",
            file: "localities.csv",
            on: "conty,,,force,force",
            says: "did you mean `county`?",
        },
        Case {
            edits: &[("localities.csv", "county,,,force,force\n", "")],
            rule: "locality-without-leaves",
            file: "localities.csv",
            on: "force,Police force",
            says: "`force` of grouping `force` has no leaf area",
        },
        Case {
            edits: &[(
                "place.toml",
                "locality = \"county\"",
                "locality = \"countey\"",
            )],
            rule: "unknown-locality",
            file: "place.toml",
            on: "[place]",
            says: "did you mean `county`?",
        },
        Case {
            edits: &[(
                "place.toml",
                "residents = \"people\"",
                "residents = \"peeple\"",
            )],
            rule: "unknown-driver",
            file: "place.toml",
            on: "[place]",
            says: "`peeple` is not a driver",
        },
        Case {
            edits: &[("place.toml", r#"["0-15", "16+"]"#, r#"["0-15", "17+"]"#)],
            rule: "ages-do-not-add-up",
            file: "place.toml",
            on: "[place]",
            says: "the age bands 0-15, 17+ overlap or leave ages out",
        },
        Case {
            edits: &[("place.toml", r#"["0-15", "16+"]"#, r#"["0-15", "16-120"]"#)],
            rule: "ages-out-of-range",
            file: "place.toml",
            on: "[place]",
            says: "`16-120` is not an interval of ages",
        },
        Case {
            edits: &[(
                "place.toml",
                r#"{ code = "police" }"#,
                r#"{ code = "unknown" }"#,
            )],
            rule: "reserved-code",
            file: "place.toml",
            on: "[[partners]]",
            says: "`unknown` is what answers call money without a member",
        },
        Case {
            edits: &[
                (
                    "localities.csv",
                    "force,Police force",
                    "elsewhere,Police force",
                ),
                (
                    "localities.csv",
                    "county,,,force,force",
                    "county,,,elsewhere,force",
                ),
            ],
            rule: "reserved-code",
            file: "localities.csv",
            on: "elsewhere,Police force",
            says: "`elsewhere` is what answers call money without a member",
        },
    ];
    each_is_found(&cases, faults);
}
