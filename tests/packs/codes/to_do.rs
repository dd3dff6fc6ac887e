//! The worklist: what is not placed yet, in the order of money.

use super::*;
use wholeplace::worklist::{CodeRow, CodeSheet, Worklist};

fn rows(list: &Worklist) -> Vec<(&str, u64, String)> {
    let rows = list.sheet().rows().iter();
    rows.map(|row| (row.code.as_str(), row.lines, row.pence.to_string()))
        .collect()
}

#[test]
fn codes_stand_in_the_order_of_money_with_the_nearest_known_one() {
    let codes = "ledger,code,activity\npaid,YOUTH CLUBS,youth-work\npaid,ROADS,\n";
    let folder = folder(
        codes,
        &[
            ("YOUTH CLUBS", "", "1.00"),
            ("YOUTH CLUB", "", "40.00"),
            ("ROADS", "", "-250.00"),
            ("ROADS", "", "-50.00"),
            ("", "", "60.00"),
        ],
    );
    let list = Worklist::of(&account(folder.path()));
    assert_eq!(
        rows(&list),
        [
            ("ROADS", 2, "-£300.00".to_owned()),
            ("", 1, "£60.00".to_owned()),
            ("YOUTH CLUB", 1, "£40.00".to_owned()),
        ]
    );
    assert_eq!(list.sheet().running(), [750, 900, 1000]);
    assert_eq!(list.sheet().rows()[2].nearest, "YOUTH CLUBS = Youth work");
    assert_eq!(list.sheet().rows()[0].first, "paid.csv:4");
    assert_eq!(
        list.sheet().to_csv(),
        "ledger,code,lines,pounds,running per cent,first file and line,nearest mapped code,activity,ages,group,locality,not spending,note\n\
         paid,ROADS,2,-300.00,75.0,paid.csv:4,,,,,,,\n\
         paid,,1,60.00,90.0,paid.csv:6,,,,,,,\n\
         paid,YOUTH CLUB,1,40.00,100.0,paid.csv:3,YOUTH CLUBS = Youth work,,,,,,\n"
    );
    let text = list.to_string();
    assert!(
        text.starts_with("3 codes not yet placed: -£200.00 in 4 lines\n"),
        "{text}"
    );
    // Axes with an `otherwise` may be said too; one that the ledger does not look up may not.
    let closed: Vec<&String> = list.sheet().rows()[0].closed.iter().collect();
    assert_eq!(closed, ["flexibility", "partner", "resource"]);
}

/// A month is added to a mapped pack: only what is new is on the list.
#[test]
fn a_new_month_brings_only_what_is_new() {
    let april = [
        ("ROADS", "", "5.00"),
        ("PARKS", "", "7.00"),
        ("LOAN 12", "", "90.00"),
    ];
    let folder = folder("ledger,code,activity\n", &april);
    let first = Worklist::of(&account(folder.path()));
    assert_eq!(first.sheet().rows().len(), 3);
    // Somebody fills the sheet in as it was written.
    let mut filled = first.sheet().rows().to_vec();
    for row in &mut filled {
        if row.code == "LOAN 12" {
            row.code = "LOAN*".to_owned();
            row.filled.insert("not_spending".into(), "treasury".into());
        } else {
            row.filled.insert("activity".into(), "Area 7".into());
        }
    }
    std::fs::write(
        folder.path().join("codes.csv"),
        CodeSheet::new(filled).to_csv(),
    )
    .unwrap();
    assert!(Worklist::of(&account(folder.path())).is_empty());
    let may = [
        ("ROADS", "", "50.00"),
        ("LIGHTS", "", "3.00"),
        ("LOAN 13", "", "1.00"),
        ("BRIDGES", "", "400.00"),
        ("LIGHTS", "", "3.00"),
    ];
    std::fs::write(folder.path().join("paid-may.csv"), payments(&may)).unwrap();
    let account = account(folder.path());
    assert_eq!(
        rows(&Worklist::of(&account)),
        [
            ("BRIDGES", 1, "£400.00".to_owned()),
            ("LIGHTS", 2, "£6.00".to_owned()),
        ]
    );
    assert_eq!(account.total().to_string(), "£468.00");
    // Added below the rest and left empty, they are still to be done.
    let mut all = CodeSheet::read(&folder.path().join("codes.csv"), "codes.csv")
        .unwrap()
        .rows()
        .to_vec();
    all.extend(Worklist::of(&account).sheet().rows().to_vec());
    std::fs::write(
        folder.path().join("codes.csv"),
        CodeSheet::new(all).to_csv(),
    )
    .unwrap();
    let again = super::account(folder.path());
    assert_eq!(Worklist::of(&again).sheet().rows().len(), 2);
    assert_eq!(rules(&again), ["unmapped-code"]);
}

#[test]
fn each_column_that_is_looked_up_has_rows_of_its_own() {
    let place = PLACE
        .replace("codes.locality = [\"for\"]", "codes.locality = [\"kind\"]")
        .replace(
            "locality = { by = \"crosswalk\", otherwise = \"county\" }",
            "locality = { by = \"crosswalk\" }",
        );
    let paid = payments(&[("ROADS", "NORTH", "1.00"), ("PARKS", "NORTH", "2.00")]);
    let files = |codes: &str| {
        pack(&[
            ("place.toml", &place),
            ("codes.csv", codes),
            ("paid.csv", &paid),
        ])
    };
    let folder = files("ledger,code,activity\n");
    let list = Worklist::of(&account(folder.path()));
    let of: Vec<(&str, &str)> = (list.sheet().rows().iter())
        .map(|row| (row.of.as_str(), row.code.as_str()))
        .collect();
    assert_eq!(
        of,
        [
            ("locality", "NORTH"),
            ("activity", "PARKS"),
            ("activity", "ROADS")
        ]
    );
    let mut filled: Vec<CodeRow> = list.sheet().rows().to_vec();
    for row in &mut filled {
        let (field, member) = match row.of.as_str() {
            "locality" => ("locality", "North Ward"),
            _ => ("activity", "youth-work"),
        };
        row.filled.insert(field.into(), member.into());
    }
    let done = files(&CodeSheet::new(filled).to_csv());
    let account = account(done.path());
    assert!(Worklist::of(&account).is_empty());
    assert_eq!(
        Worklist::of(&account).to_string(),
        "Every code is placed.\n"
    );
    assert_eq!(rules(&account), [""; 0]);
    assert!(placed(&account)["ROADS"].contains("| E05-1 |"));
}

/// No list holds the letters of a payee.
#[test]
fn payees_are_counted_and_not_listed() {
    let place = PLACE.replace("codes.activity = [\"for\"]", "codes.activity = [\"payee\"]");
    let paid = payments(&[("A", "", "1.00"), ("A", "", "2.00")]);
    let folder = pack(&[
        ("place.toml", &place),
        (
            "codes.csv",
            "ledger,code,activity\npaid,PAYEE 9,youth-work\n",
        ),
        ("paid.csv", &paid),
    ]);
    let account = account(folder.path());
    let list = Worklist::of(&account);
    assert!(list.sheet().rows().is_empty());
    assert!(!list.is_empty());
    let text = format!(
        "{list}{}{list:?}{:?}",
        list.sheet().to_csv(),
        account.findings()
    );
    assert!(!text.contains("PAYEE"), "{text}");
    assert!(
        text.contains("2 codes in columns of payees are not listed, because they may be people's names: £3.00 in 2 lines"),
        "{text}"
    );
}

/// Codes that a spreadsheet would change, or that hold an asterisk, come back from a list as they were.
#[test]
fn every_code_comes_back() {
    let strange = [
        "00417",
        "1E5",
        "=SUM(A1)",
        "+44",
        "-3",
        "@x",
        "10-15",
        "'007",
        "''",
        "* Total",
        r"a\*b",
        "TRUE",
        "Ł; ò",
        "5.50",
        "#N/A",
        r"C:\new",
        "\u{201c}quoted\u{201d}",
    ];
    let paid: Vec<(&str, &str, &str)> = strange.iter().map(|code| (*code, "", "1.00")).collect();
    let mut text = payments(&paid);
    text = text.replace("Ł; ò", "\"Ł; ò\"");
    let folder = pack(&[
        ("place.toml", PLACE),
        ("codes.csv", "ledger,code,activity\n"),
        ("paid.csv", &text),
    ]);
    let list = Worklist::of(&account(folder.path()));
    assert_eq!(list.sheet().rows().len(), strange.len());
    let mut filled = list.sheet().rows().to_vec();
    for row in &mut filled {
        row.filled.insert("activity".into(), "schools".into());
        row.filled.insert("ages".into(), "10-17".into());
    }
    let sheet = CodeSheet::new(filled);
    std::fs::write(folder.path().join("codes.csv"), sheet.to_csv()).unwrap();
    let done = super::account(folder.path());
    assert!(Worklist::of(&done).is_empty(), "{}", done.findings());
    assert_eq!(rules(&done), [""; 0]);
    for code in strange {
        assert!(
            placed(&done)[code].starts_with("schools 1 direct | 10-17 |"),
            "{code}"
        );
    }
    // And as a program reads it again.
    let again = CodeSheet::read(&folder.path().join("codes.csv"), "codes.csv").unwrap();
    let codes = |sheet: &CodeSheet| -> Vec<String> {
        sheet.rows().iter().map(|row| row.code.clone()).collect()
    };
    assert_eq!(codes(&again), codes(&sheet));
    assert_eq!(again.rows()[0].filled("ages"), "10-17");
}
