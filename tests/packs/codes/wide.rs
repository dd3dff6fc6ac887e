//! The wide form: a row a code, a column an axis.

use super::*;

const ELSE: &str = "| (not-disaggregated) | (not-disaggregated) | county | ";

#[test]
fn a_row_fills_several_axes_by_code_or_by_name() {
    let codes = "ledger,code,lines,pounds,nearest mapped code,Activity,Ages,GROUP,Locality,tag,Not Spending,note\n\
        paid,Y1,3,\"1,200.00\",Y2 = Youth work,youth-work,10-17,children,E05-1,send,,by code\n\
        paid,Y2,3,12,,YOUTH  WORK,all,Children,north ward,Care leavers; send,,by name\n\
        paid,G1,,,,Social care,gap: unknown,whole-place,Outside boundary,,,gaps\n\
        paid,A7,,,,Area 7,,,,,,a name that ends in a number\n\
        paid,T1,,,,,,,,,,nothing yet\n";
    let folder = folder(
        codes,
        &[
            ("Y1", "", "1.00"),
            ("Y2", "", "2.00"),
            ("G1", "", "4.00"),
            ("A7", "", "8.00"),
            ("T1", "", "16.00"),
        ],
    );
    let account = account(folder.path());
    let placed = placed(&account);
    assert_eq!(
        placed["Y1"],
        "youth-work 1 direct | 10-17 | children | E05-1 | send"
    );
    assert_eq!(
        placed["Y2"],
        "youth-work 1 direct | all ages | children | E05-1 | care-leaver+send"
    );
    assert_eq!(
        placed["G1"],
        "social-care 1 direct | (unknown) | (whole-place) | (outside-boundary) | "
    );
    assert_eq!(placed["A7"], format!("area-7 1 direct {ELSE}"));
    assert_eq!(placed["T1"], format!("(unmapped) 1 direct {ELSE}"));
    assert_eq!(rules(&account), ["unmapped-code"]);
    assert_eq!(account.total().to_string(), "£31.00");
    assert!(account.reconciliation().holds());
}

#[test]
fn a_mix_stands_in_one_cell_or_in_several_rows() {
    let codes = "ledger,code,activity,weight,class,locality\n\
        paid,M1,youth-work 60; Social care 40%; judgement,,,South Ward\n\
        paid,M2,Youth work,0.25,driver,E05-1\n\
        paid,M2,schools,0.75,driver,E05-1\n\
        paid,M3,\"Area 7 30\nunknown 70\njudgement\",,,\n\
        paid,M4,youth-work 100,,,\n\
        paid,M5,schools,,,North Ward 60; E05-2 40; judgement\n\
        paid,M6,,0.5,judgement,E05-1\n\
        paid,M6,,0.5,judgement,E05-2\n";
    let folder = folder(
        codes,
        &[
            ("M1", "", "1.00"),
            ("M2", "", "2.00"),
            ("M3", "", "4.00"),
            ("M4", "", "8"),
            ("M5", "", "16"),
            ("M6", "", "32"),
        ],
    );
    let placed = placed(&account(folder.path()));
    let nobody = "(not-disaggregated) | (not-disaggregated)";
    assert_eq!(
        placed["M1"],
        format!("youth-work 60 + social-care 40 judgement | {nobody} | E05-2 | ")
    );
    assert_eq!(
        placed["M2"],
        format!("youth-work 25 + schools 75 driver | {nobody} | E05-1 | ")
    );
    assert_eq!(
        placed["M3"],
        format!("area-7 30 + (unknown) 70 judgement {ELSE}")
    );
    assert_eq!(placed["M4"], format!("youth-work 100 direct {ELSE}"));
    let shared = |weights: &str| format!("{nobody} | {weights} (judgement) | ");
    assert_eq!(
        placed["M5"],
        format!("schools 1 direct | {}", shared("E05-1 3 + E05-2 2"))
    );
    assert_eq!(
        placed["M6"],
        format!("(unmapped) 1 direct | {}", shared("E05-1 1 + E05-2 1"))
    );
}

/// The long form and the wide form of the same pack are the same account.
#[test]
fn long_and_wide_stand_beside_each_other() {
    let wide = "ledger,code,activity,ages\npaid,A,youth-work,0-15\npaid,B,schools,\n";
    let long = "ledger,axis,code,to,weight,class,gap\n\
        paid,activity,A,youth-work,,,\npaid,ages,A,0-15,,,\npaid,activity,B,schools,,,\n";
    let paid = [("A", "", "1.00"), ("B", "", "2.00")];
    let of = |codes: &str| {
        let folder = folder(codes, &paid);
        placed(&account(folder.path()))
    };
    assert_eq!(of(wide), of(long));
    // Both at once agree with each other, and say everything once.
    let both = folder(wide, &paid);
    std::fs::write(both.path().join("long.csv"), long).unwrap();
    let text = PLACE.replace(
        "[[ledger]]",
        "[[crosswalk]]\nfile = \"long.csv\"\n\n[[ledger]]",
    );
    std::fs::write(both.path().join("place.toml"), &text).unwrap();
    assert_eq!(placed(&account(both.path())), of(wide));
    // What they disagree about is a fault, at one of the rows.
    std::fs::write(
        both.path().join("long.csv"),
        long.replace("youth-work", "schools"),
    )
    .unwrap();
    let found = faults(both.path()).to_string();
    assert!(found.contains("(crosswalk-rows-clash)"), "{found}");
    assert!(found.contains("`youth-work` and `schools`"), "{found}");
}

#[test]
fn faults_point_to_the_cell() {
    for (cell, wanted) in [
        (
            "paid,S1,yuth-work,,",
            "codes.csv:2: activity: `yuth-work` is not an activity of this place; did you mean `youth-work`?",
        ),
        (
            "paid,S1,,teenagers,",
            "codes.csv:2: ages: `teenagers` is not an interval of ages",
        ),
        (
            "paid,S1,Learning,,",
            "codes.csv:2: activity: `Learning` is the name of several members: schools, colleges",
        ),
        (
            "paid,S1,youth-work 60; schools 30; judgement,,",
            "codes.csv:2: activity: `S1` of ledger `paid` has, on activity, weights that add up to 90, not to 1 or 100",
        ),
        (
            "paid,S1,youth-work 60; schools 40,,",
            "codes.csv:2: activity: `S1` of ledger `paid` has, on activity, weights without a class",
        ),
        (
            "paid,S1,youth-work; schools,,",
            "codes.csv:2: activity: `S1` of ledger `paid` has, on activity, 2 rows: it means `youth-work` and `schools` without weights",
        ),
        (
            "paid,S1,Area 9,,",
            "codes.csv:2: activity: `Area 9` is not an activity of this place; did you mean `area-7`?",
        ),
        (
            "paid,S1,judgement,,",
            "codes.csv:2: activity: `judgement` says how a weight is known, and of nothing",
        ),
        (
            "paid,S1,gap: nobody,,",
            "codes.csv:2: activity: `nobody` is not a reason for a gap",
        ),
        (
            "pad,S1,youth-work,,",
            "codes.csv:2: ledger: `pad` is not a ledger of this pack",
        ),
    ] {
        let folder = folder(
            &format!("ledger,code,activity,ages,locality\n{cell}\n"),
            &[("S1", "", "1.00")],
        );
        let found = faults(folder.path()).to_string();
        assert!(found.contains(wanted), "wanted {wanted}\nfound {found}");
    }
}

/// A ledger that looks two columns up: rows say which one they are about, or fill in one axis only.
#[test]
fn rows_for_several_columns_are_told_apart() {
    let place = PLACE.replace("codes.locality = [\"for\"]", "codes.locality = [\"kind\"]");
    let paid = payments(&[("CENTRAL", "NORTH", "1.00"), ("YOUTH", "CENTRAL", "2.00")]);
    let of = |codes: &str| {
        pack(&[
            ("place.toml", &place),
            ("codes.csv", codes),
            ("paid.csv", &paid),
        ])
    };
    let good = of("ledger,of,code,activity,locality\n\
        paid,for,CENTRAL,schools,\npaid,Kind,CENTRAL,,E05-2\npaid,locality,NORTH,,North Ward\npaid,,YOUTH,youth-work,\n");
    let account = account(good.path());
    let nobody = "(not-disaggregated) | (not-disaggregated)";
    let placed = placed(&account);
    assert_eq!(
        placed["CENTRAL"],
        format!("schools 1 direct | {nobody} | E05-1 | ")
    );
    assert_eq!(
        placed["YOUTH"],
        format!("youth-work 1 direct | {nobody} | E05-2 | ")
    );
    assert_eq!(rules(&account), [""; 0]);
    let wrong = of("ledger,of,code,activity,locality\npaid,for,CENTRAL,schools,E05-1\n");
    let found = faults(wrong.path()).to_string();
    assert!(
        found.contains("codes.csv:2: locality: the row is about the codes `for` of ledger `paid`, and locality is placed by other columns"),
        "{found}"
    );
}

/// Codes that a spreadsheet would change have an apostrophe in a CSV of ours; a partner's own
/// apostrophe is meant first.
#[test]
fn an_apostrophe_that_keeps_a_code_is_no_part_of_it() {
    let codes = "ledger,code,activity,ages\npaid,'00417,youth-work,'10-17\npaid,'=1+1,schools,\n\
        paid,''5,social-care,\npaid,-3*,area-7,\n";
    let paid = [
        ("00417", "", "1.00"),
        ("=1+1", "", "2.00"),
        ("'5", "", "4.00"),
        ("-31", "", "8.00"),
    ];
    let folder = folder(codes, &paid);
    let account = account(folder.path());
    let placed = placed(&account);
    assert_eq!(
        placed["00417"],
        "youth-work 1 direct | 10-17 | (not-disaggregated) | county | "
    );
    assert_eq!(placed["=1+1"], format!("schools 1 direct {ELSE}"));
    assert_eq!(placed["'5"], format!("social-care 1 direct {ELSE}"));
    assert_eq!(placed["-31"], format!("area-7 1 direct {ELSE}"));
    assert_eq!(rules(&account), [""; 0]);
}

#[test]
fn rows_for_codes_of_no_file_are_one_notice() {
    let codes = "ledger,code,activity\n\
        paid,A,youth-work\npaid,B,schools\npaid,C,\npaid,D*,schools\npaid,E,schools\npaid,F,schools\npaid,G,schools\n";
    let folder = folder(codes, &[("A", "", "1.00")]);
    let account = account(folder.path());
    let told: Vec<&str> = (account.findings().iter())
        .filter(|finding| finding.rule == "crosswalk-code-in-no-file")
        .map(|finding| finding.found.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "6 codes of the crosswalk are in no file of ledger `paid`: `B`, `D*`, `E`, `F`, `G` and 1 more"
        ]
    );
    // Of a ledger that is read in part nothing can be said.
    let place = Place::open(folder.path()).unwrap();
    std::fs::write(
        folder.path().join("paid-2.csv"),
        payments(&[("A", "", "3.00")]),
    )
    .unwrap();
    drop(place);
    let place = Place::open(folder.path()).unwrap();
    let part = PlaceAccount::load_files(&place, |_, file| file == "paid-2.csv").unwrap();
    assert_eq!(rules(&part), [""; 0]);
}
