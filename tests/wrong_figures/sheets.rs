//! Hidden sheets, number formats and formulas of workbooks.

use super::*;
use std::io::Write as _;

const ROUND: &str = "amount = ['Net Amount']\ndate = ['Paid']\ncodes.activity = ['Service']\nexcess_decimals = 'half-even'\n";

const HEADER: &[Cell<'_>] = &[
    Cell::Text("Paid"),
    Cell::Text("Service"),
    Cell::Text("Net Amount"),
];

fn line(amount: Cell<'static>) -> Vec<Cell<'static>> {
    vec![Cell::Text("01/04/2024"), Cell::Text("Roads"), amount]
}

#[test]
fn hidden_sheets_are_not_read_unless_they_are_named() {
    for very in [false, true] {
        let mut book = Workbook::new();
        let one = line(Cell::Number(100.0));
        let other = line(Cell::Number(70.0));
        fill(
            book.add_worksheet().set_name("April").unwrap(),
            &[HEADER, &one],
        );
        let hidden = book.add_worksheet().set_name("Working").unwrap();
        fill(hidden, &[HEADER, &one, &other]);
        match very {
            true => hidden.set_very_hidden(true),
            false => hidden.set_hidden(true),
        };
        let files = Files::of(&[]);
        book.save(files.path().join("a.xlsx")).unwrap();
        let ledger = files.read(LAYOUT);
        assert_eq!(pounds(&ledger), "£100.00");
        let told = only(&ledger, "hidden-sheet-not-read");
        assert_eq!(told.position.file, "a.xlsx [Working]");
        let named = files.read(&format!("{LAYOUT}sheets = ['Working']\n"));
        assert_eq!(
            (pounds(&named).as_str(), rules(&named)),
            ("£170.00", vec![])
        );
    }
}

/// An `OpenDocument` spreadsheet of these tables.
fn ods(tables: &str) -> Files {
    let files = Files::of(&[]);
    let file = std::fs::File::create(files.path().join("a.ods")).unwrap();
    let mut zip = zip::ZipWriter::new(file);
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("mimetype", options).unwrap();
    zip.write_all(b"application/vnd.oasis.opendocument.spreadsheet")
        .unwrap();
    zip.start_file("META-INF/manifest.xml", options).unwrap();
    zip.write_all(br#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#).unwrap();
    zip.start_file("content.xml", options).unwrap();
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:automatic-styles><style:style style:name="shown" style:family="table"><style:table-properties table:display="true"/></style:style><style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    zip.write_all(content.as_bytes()).unwrap();
    zip.finish().unwrap();
    files
}

fn table(name: &str, style: &str, amount: &str) -> String {
    let text = |text: &str| {
        format!(
            r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
        )
    };
    format!(
        r#"<table:table table:name="{name}" table:style-name="{style}"><table:table-row>{}{}{}</table:table-row><table:table-row>{}{}{amount}</table:table-row></table:table>"#,
        text("Paid"),
        text("Service"),
        text("Net Amount"),
        text("01/04/2024"),
        text("Roads"),
    )
}

fn float(value: &str) -> String {
    format!(
        r#"<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>"#
    )
}

#[test]
fn hidden_tables_and_caches_of_other_files_in_an_open_document() {
    let shown = table("April", "shown", &float("100"));
    for (name, style) in [
        ("Working", "hidden"),
        ("'file:///C:/old.ods'#$April", "shown"),
    ] {
        let hidden = table(name, style, &float("70"));
        let ledger = ods(&format!("{shown}{hidden}")).read(LAYOUT);
        assert_eq!(
            (pounds(&ledger).as_str(), rules(&ledger)),
            ("£100.00", vec!["hidden-sheet-not-read"])
        );
    }
}

#[test]
fn formats_that_show_no_money_are_no_money() {
    for (number, format) in [
        (1.5625, "[h]:mm"),
        (1.5625, "[h]:mm:ss"),
        (1.5, "[mm]:ss"),
        (0.5, "hh:mm"),
        (45000.0, "dd/mm/yyyy"),
        (45000.5, "d mmm yy h:mm"),
        (0.12, "0%"),
        (0.125, "0.00%"),
        (100.0, "$#,##0.00"),
        (100.0, "[$€-2] #,##0.00"),
        (100.0, "[$USD] #,##0.00"),
    ] {
        let (first, second) = (
            line(Cell::Formatted(number, format)),
            line(Cell::Number(3.0)),
        );
        let ledger = workbook(&[HEADER, &first, &second]).read(ROUND);
        assert_eq!(pounds(&ledger), "£3.00", "{format}");
        assert_eq!(ledger.counts().rejected, 1, "{format}");
        assert!(ledger.findings().any_fault(), "{format}");
    }
    for format in [
        "#,##0.00",
        "£#,##0.00",
        "0",
        "[$£-809]#,##0.00",
        "_-£* #,##0.00_-",
        "[Red]0.00",
        "0.00E+00",
        "@",
    ] {
        let first = line(Cell::Formatted(100.0, format));
        let ledger = workbook(&[HEADER, &first]).read(ROUND);
        assert_eq!(
            (pounds(&ledger).as_str(), rules(&ledger)),
            ("£100.00", vec![]),
            "{format}"
        );
    }
    let first = line(Cell::Formatted(100.0, "0%"));
    let named = workbook(&[HEADER, &first]).read(&format!("{ROUND}amount_formats = ['percent']\n"));
    assert_eq!(
        (pounds(&named).as_str(), rules(&named)),
        ("£100.00", vec![])
    );
    let told = workbook(&[HEADER, &first]).read(ROUND);
    fault(&told, "amount-is-a-per-cent");
    let elapsed = r#"<table:table-cell office:value-type="time" office:time-value="PT37H30M00S"><text:p>37:30</text:p></table:table-cell>"#;
    let ledger = ods(&table("April", "shown", elapsed)).read(ROUND);
    assert_eq!(ledger.counts().rejected, 1);
}

#[test]
fn formulas_that_nobody_calculated_are_faults() {
    for result in ["0", ""] {
        let (first, second) = (
            line(Cell::Formula("=50+50", result)),
            line(Cell::Number(3.0)),
        );
        let ledger = workbook(&[HEADER, &first, &second]).read(ROUND);
        assert_eq!(pounds(&ledger), "£3.00", "{result}");
        fault(&ledger, "formula-not-calculated");
    }
    let (first, second) = (
        line(Cell::Formula("=50+50", "100")),
        line(Cell::Formula("=50-50", "0")),
    );
    let calculated = workbook(&[HEADER, &first, &second]).read(ROUND);
    assert_eq!(
        (pounds(&calculated).as_str(), rules(&calculated)),
        ("£100.00", vec![])
    );
    for value in [r#"office:value-type="float" office:value="0""#, ""] {
        let cell = format!(r#"<table:table-cell table:formula="of:=50+50" {value}/>"#);
        let ledger = ods(&table("April", "shown", &cell)).read(ROUND);
        fault(&ledger, "formula-not-calculated");
    }
}
