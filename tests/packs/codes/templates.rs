//! Empty tables of a pack: what is filled in under their headings is what the pack reads.

use super::*;
use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;
use wholeplace::worklist::Template;

fn book(template: Template) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(template.to_xlsx().unwrap())).unwrap()
}

fn headings(template: Template) -> Vec<String> {
    let mut book = book(template);
    let first = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&first).unwrap();
    range
        .rows()
        .next()
        .unwrap()
        .iter()
        .map(Data::to_string)
        .collect()
}

#[test]
fn every_heading_is_a_field_and_is_explained() {
    for template in Template::ALL {
        assert_eq!(headings(template), template.fields(), "{template:?}");
        let mut book = book(template);
        let names = book.sheet_names();
        assert!(
            names[1..].iter().all(|name| name.starts_with('#')),
            "{names:?}"
        );
        let notes = book.worksheet_range("# notes").unwrap();
        let notes: Vec<String> = notes.rows().map(|row| row[0].to_string()).collect();
        for field in template.fields() {
            if template != Template::Crosswalk {
                assert!(!template.about(&field).is_empty(), "{template:?}: {field}");
                assert!(notes.contains(&format!("{field}: {}", template.about(&field))));
            }
        }
    }
}

/// A template with some rows under its headings.
fn filled(template: Template, rows: &[&[(&str, &str)]]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name(template.table()).unwrap();
    let headings = headings(template);
    for (column, heading) in (0..).zip(&headings) {
        sheet.write(0, column, heading).unwrap();
    }
    for (row, cells) in (1..).zip(rows) {
        for (heading, text) in *cells {
            let column = headings.iter().position(|known| known == heading);
            let column = u16::try_from(column.unwrap_or_else(|| panic!("{heading}"))).unwrap();
            sheet.write(row, column, *text).unwrap();
        }
    }
    let notes = book.add_worksheet().set_name("# notes").unwrap();
    notes.write(0, 0, "filled in").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn filled_templates_make_a_pack() {
    let start = PLACE.find("[[activities]]").unwrap();
    let end = PLACE.find("[[groups]]").unwrap();
    let mut place = PLACE.to_owned();
    place.replace_range(start..end, "[[activities]]\nfile = \"activities.xlsx\"\n\n");
    let start = place.find("[[partners]]").unwrap();
    let end = place.find("[[driver]]").unwrap();
    place.replace_range(
        start..end,
        "[[partners]]\nfile = \"partners.xlsx\"\n\n[[counterparty]]\nfile = \"counterparties.xlsx\"\n\n",
    );
    let place = place.replace("codes.csv", "crosswalk.xlsx");
    let folder = pack(&[
        ("place.toml", &place),
        (
            "paid.csv",
            &payments(&[("Y1", "", "1.00"), ("Y1", "", "2.00")]),
        ),
    ]);
    let write = |template: Template, rows: &[&[(&str, &str)]]| {
        std::fs::write(
            folder.path().join(template.file_name()),
            filled(template, rows),
        )
        .unwrap();
    };
    write(
        Template::Activities,
        &[
            &[
                ("code", "children"),
                ("name", "Children"),
                ("level", "theme"),
            ],
            &[
                ("code", "youth-work"),
                ("name", "Youth work"),
                ("level", "service"),
                ("parent", "children"),
            ],
            &[
                ("code", "schools"),
                ("name", "Schools"),
                ("level", "service"),
                ("parent", "children"),
            ],
        ],
    );
    write(
        Template::Partners,
        &[
            &[("code", "council"), ("name", "Midvale Council")],
            &[("code", "trust"), ("name", "Youth Trust")],
        ],
    );
    write(
        Template::Counterparties,
        &[&[
            ("ledger", "paid"),
            ("match", "exact"),
            ("text", "PAYEE 1"),
            ("side", "payer"),
            ("partner", "trust"),
            ("kind", "grant"),
        ]],
    );
    write(
        Template::Crosswalk,
        &[
            &[
                ("ledger", "paid"),
                ("code", "Y1"),
                ("activity", "Youth work"),
                ("weight", "30"),
                ("class", "judgement"),
            ],
            &[
                ("ledger", "paid"),
                ("code", "Y1"),
                ("activity", "schools"),
                ("weight", "70"),
                ("class", "judgement"),
            ],
        ],
    );
    let account = account(folder.path());
    assert!(placed(&account)["Y1"].starts_with("youth-work 30 + schools 70 judgement"));
    assert_eq!(account.recognised()[0].pence.to_string(), "£2.00");
    assert!(
        !rules(&account).contains(&"unmapped-code"),
        "{}",
        account.findings()
    );
}

/// As it is written, without a row, the template of a crosswalk is a crosswalk.
#[test]
fn an_empty_crosswalk_is_one() {
    let place = PLACE.replace("codes.csv", "crosswalk.xlsx");
    let folder = pack(&[
        ("place.toml", &place),
        ("paid.csv", &payments(&[("Y1", "", "1.00")])),
    ]);
    let bytes = Template::Crosswalk.to_xlsx().unwrap();
    std::fs::write(folder.path().join("crosswalk.xlsx"), bytes).unwrap();
    assert_eq!(rules(&account(folder.path())), ["unmapped-code"]);
}
