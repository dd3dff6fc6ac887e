//! Files refused for what nobody asked for, or for a cause that the message did not name; and what the
//! cells of older and open workbooks show. `made/make.py` makes the binary ones.

use super::*;
use std::io::Write as _;
use wholeplace::sheet::{self, ReadOptions};

const TYPES: &[u8] = include_bytes!("made/types.parquet");
const OLD_FORMATS: &[u8] = include_bytes!("made/formats.xls");
const TEXT: &str = "Paid,Service,Net Amount\n01/04/2024,Roads,100.00\n02/04/2024,Café,250.50\n";

/// One file of bytes.
fn file(name: &str, bytes: &[u8]) -> Files {
    let files = Files::of(&[]);
    std::fs::write(files.path().join(name), bytes).unwrap();
    files
}

fn refused(name: &str, bytes: &[u8]) -> String {
    let read = file(name, bytes).read_as(LAYOUT, Repeats::Refuse);
    read.expect_err(name).to_string()
}

#[test]
fn columns_that_no_layout_names_may_hold_anything() {
    let ledger = file("a.parquet", TYPES).read(LAYOUT);
    assert_eq!(
        (pounds(&ledger).as_str(), rules(&ledger)),
        ("£350.50", vec![])
    );
    // A factor is the texts that it stands for.
    assert_eq!(ledger.code_texts("activity"), ["Roads", "Parks"]);
    let other = |heading: &str| LAYOUT.replace("'Service'", &format!("'{heading}'"));
    let codes = |heading: &str| {
        let ledger = file("a.parquet", TYPES).read(&other(heading));
        ledger.code_texts("activity").to_vec()
    };
    assert_eq!(codes("Band"), ["7", "9"]);
    assert_eq!(codes("day"), ["2024-04-01", ""]);
    assert_eq!(codes("moment"), ["2024-04-01 12:00:00", ""]);
    assert_eq!(codes("small decimal"), ["1.25", ""]);
    assert_eq!(codes("true"), ["true", ""]);
    assert_eq!(codes("large text"), ["x", ""]);
    assert_eq!(codes("null"), [""]);
}

#[test]
fn a_column_that_the_layout_names_is_told_by_what_it_holds() {
    for (column, holds) in [
        ("list", "lists"),
        ("large list", "lists"),
        ("fixed list", "lists"),
        ("binary", "bytes"),
        ("fixed binary", "bytes"),
        ("struct", "records of several fields"),
        ("map", "lists"),
        ("duration", "lengths of time"),
        ("zoned", "times in the zone `Europe/London`"),
        ("time", "times of day"),
        ("wide decimal", "decimals of more than 38 digits"),
        ("half", "numbers of three digits (half precision)"),
    ] {
        let layouts = [
            LAYOUT.replace("'Net Amount'", &format!("'{column}'")),
            LAYOUT.replace("'Service'", &format!("'{column}'")),
            LAYOUT.replace("'Paid'", &format!("'{column}'")),
            format!("{LAYOUT}reference = ['{column}']\n"),
            format!("{LAYOUT}where.'{column}' = ['x']\n"),
        ];
        for layout in layouts {
            let error = file("a.parquet", TYPES).read_as(&layout, Repeats::Refuse);
            let told = error.expect_err(column).to_string();
            assert!(
                told.starts_with(&format!("column `{column}` of `a.parquet` holds {holds}; ")),
                "{told}"
            );
        }
    }
}

#[test]
fn whoever_reads_all_cells_is_told_which_columns_are_not_read() {
    let files = file("a.parquet", TYPES);
    let path = files.path().join("a.parquet");
    let source = sheet::open(&path, "a.parquet", &ReadOptions::default()).unwrap();
    let sheets = source.sheets();
    let mut unread = Vec::new();
    sheets[0].for_each_row(|line, cells| {
        if line == 1 {
            let names = cells.iter().enumerate();
            let names = names.filter(|(at, _)| sheets[0].unread("a.parquet", *at).is_some());
            unread.extend(names.map(|(_, name)| name.to_owned()));
        }
    });
    let without = [
        "list",
        "large list",
        "fixed list",
        "binary",
        "fixed binary",
        "struct",
        "map",
        "duration",
        "zoned",
        "time",
        "wide decimal",
        "half",
    ];
    assert_eq!(unread, without);
}

#[test]
fn texts_of_two_bytes_a_character_need_no_mark() {
    let units: Vec<u16> = TEXT.encode_utf16().collect();
    let little: Vec<u8> = units.iter().copied().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = units.iter().copied().flat_map(u16::to_be_bytes).collect();
    for bytes in [&little, &big] {
        for name in ["a.csv", "a.txt", "a.xls"] {
            let ledger = file(name, bytes).read(LAYOUT);
            assert_eq!(
                (pounds(&ledger).as_str(), rules(&ledger)),
                ("£350.50", vec![])
            );
            assert_eq!(ledger.code_texts("activity"), ["Roads", "Café"]);
        }
    }
    // What the layout says is believed.
    let ledger = file("a.csv", &little).read(&format!("{LAYOUT}encoding = 'utf-16le'\n"));
    assert_eq!(pounds(&ledger), "£350.50");
    // A long one is read in blocks.
    let long: String = std::iter::once("Paid,Service,Net Amount\n".to_owned())
        .chain((0..20_000).map(|line| format!("01/04/2024,S{line},1.00\n")))
        .collect();
    let long: Vec<u8> = long.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(pounds(&file("a.csv", &long).read(LAYOUT)), "£20,000.00");
}

#[test]
fn a_text_that_is_called_a_workbook_is_a_text() {
    for name in ["a.xls", "a.xlsx", "a.xlsb", "a.ods"] {
        for text in [TEXT.to_owned(), TEXT.replace(',', "\t")] {
            let ledger = file(name, text.as_bytes()).read(LAYOUT);
            assert_eq!(
                (pounds(&ledger).as_str(), rules(&ledger)),
                ("£350.50", vec![])
            );
        }
    }
}

#[test]
fn what_is_no_table_is_told_by_what_it_is() {
    let page = b"\r\n<html><body><table><tr><td>Paid</td></tr></table></body></html>".as_slice();
    let excel_2003 =
        b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>\n<Workbook \
        xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>"
            .as_slice();
    let save = "open it in a spreadsheet program and save it as a workbook (.xlsx) or as CSV";
    let table = "get the table itself, as a workbook or as CSV";
    let unpack = "unpack it and name what is in it";
    let wide: Vec<u8> = "<!DOCTYPE html>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let utf32: Vec<u8> = TEXT
        .chars()
        .flat_map(|c| (c as u32).to_le_bytes())
        .collect();
    for (bytes, is, remedy) in [
        (page, "a page of the web (HTML)", save),
        (wide.as_slice(), "a page of the web (HTML)", save),
        (excel_2003, "a workbook as XML of Excel 2003", save),
        (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related".as_slice(),
            "a saved page of the web (MHTML)",
            save,
        ),
        (
            b"\x09\x04\x06\x00\x00\x00\x10\x00".as_slice(),
            "a workbook of Excel 4 or older",
            save,
        ),
        (b"%PDF-1.4\n%\xE2\xE3\xCF\xD3".as_slice(), "a PDF", table),
        (
            b"<?xml version='1.0'?><payments/>".as_slice(),
            "XML and no table",
            table,
        ),
        (
            b"[{\"Paid\": \"01/04/2024\"}]".as_slice(),
            "JSON and no table",
            table,
        ),
        (
            b"\x1F\x8B\x08\0\0\0\0\0".as_slice(),
            "packed with gzip",
            unpack,
        ),
        (utf32.as_slice(), "a text in UTF-32", "save it as UTF-8"),
    ] {
        for name in ["a.csv", "a.xls", "a.xlsx", "a.ods"] {
            let told = refused(name, bytes);
            assert_eq!(
                told,
                format!("`{name}` is {is}, whatever its name says; {remedy}")
            );
        }
    }
}

/// An archive of these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn archives_and_workbooks_under_lock() {
    let letters = archive(&[
        ("april.csv", TEXT.as_bytes()),
        ("may.csv", b"x"),
        ("a/b.txt", b""),
        ("c.pdf", b""),
    ]);
    for name in ["a.csv", "a.xlsx", "a.ods"] {
        assert_eq!(
            refused(name, &letters),
            format!(
                "`{name}` is an archive of `april.csv`, `may.csv`, `a/b.txt` and 1 more, whatever its \
                 name says; unpack it and name what is in it"
            )
        );
    }
    // A workbook under lock is a compound file with the workbook in a stream of this name.
    let mut locked = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    locked.resize(1024, 0);
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let remedy = "open it with its password and save it without one";
    for name in ["a.xlsx", "a.csv"] {
        assert_eq!(
            refused(name, &locked),
            format!("`{name}` is locked by a password, whatever its name says; {remedy}")
        );
    }
    let manifest = br#"<manifest:manifest xmlns:manifest="m"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"#;
    let ods = archive(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", b"\x01\x02"),
    ]);
    assert!(refused("a.ods", &ods).contains("locked by a password"));
}

#[test]
fn a_workbook_is_told_by_what_is_in_it() {
    let ods = packed(&flat(&table("April", &float("100"))));
    for name in ["a.ods", "a.xlsx", "a.csv", "a.xlsb"] {
        assert_eq!(pounds(&file(name, &ods).read(LAYOUT)), "£100.00");
    }
    let mut book = Workbook::new();
    let one = [
        Cell::Text("01/04/2024"),
        Cell::Text("Roads"),
        Cell::Number(70.0),
    ];
    fill(book.add_worksheet(), &[HEADER, &one]);
    let xlsx = book.save_to_buffer().unwrap();
    for name in ["a.ods", "a.xls", "a.csv", "a.xlsb"] {
        assert_eq!(pounds(&file(name, &xlsx).read(LAYOUT)), "£70.00");
    }
}

const HEADER: &[Cell<'_>] = &[
    Cell::Text("Paid"),
    Cell::Text("Service"),
    Cell::Text("Net Amount"),
];

/// A flat spreadsheet of these tables.
fn flat(tables: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document>"#
    )
}

/// The same, packed.
fn packed(flat: &str) -> Vec<u8> {
    let manifest = br#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#;
    archive(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", flat.as_bytes()),
    ])
}

fn text(text: &str) -> String {
    format!(
        r#"<table:table-cell office:value-type="string" calcext:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
    )
}

fn float(value: &str) -> String {
    format!(
        r#"<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>"#
    )
}

fn table(name: &str, amounts: &str) -> String {
    let row = |cells: String| format!("<table:table-row>{cells}</table:table-row>");
    let header = row(text("Paid") + &text("Service") + &text("Net Amount"));
    let line = row(text("01/04/2024") + &text("Roads &amp; bridges") + amounts);
    format!(r#"<table:table table:name="{name}">{header}{line}</table:table>"#)
}

/// A line end, blanks and a comment between all tags that stand beside each other.
fn set_out(xml: &str) -> String {
    xml.replace("><", ">\n   <!-- set out -->\n <")
}

#[test]
fn an_open_document_may_be_flat_and_set_out() {
    let plain = flat(&table("April", &float("100")));
    let pretty = set_out(&plain);
    for bytes in [
        packed(&plain),
        packed(&pretty),
        plain.into_bytes(),
        pretty.into_bytes(),
    ] {
        for name in ["a.ods", "a.fods"] {
            let ledger = file(name, &bytes).read(LAYOUT);
            assert_eq!(
                (pounds(&ledger).as_str(), rules(&ledger)),
                ("£100.00", vec![])
            );
            assert_eq!(ledger.code_texts("activity"), ["Roads & bridges"]);
        }
    }
}

#[test]
fn per_cents_and_other_currencies_of_an_open_document_are_no_amounts() {
    let cell = |kind: &str, value: &str| {
        format!(r#"<table:table-cell office:value-type="{kind}" office:value="{value}"/>"#)
    };
    let currency = |sign: &str| {
        format!(
            r#"<table:table-cell office:value-type="currency" office:currency="{sign}" office:value="5"/>"#
        )
    };
    for (amount, layout) in [
        (cell("percentage", "0.12"), "amount_formats = ['percent']\n"),
        (currency("USD"), "amount_formats = ['other-currency']\n"),
        (currency("EUR"), "amount_formats = ['other-currency']\n"),
    ] {
        // A sheet before it, and rows and cells that are written once for several.
        let first = table("First", &float("100"));
        let skipped = r#"<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="2"/></table:table-row><table:table-row>"#;
        let second = table("Second", &amount).replacen("<table:table-row>", skipped, 1);
        let files = file("a.ods", &packed(&flat(&(first + &second))));
        let ledger = files.read(LAYOUT);
        assert_eq!(pounds(&ledger), "£100.00");
        let percent = amount.contains("percentage");
        let rule = if percent {
            "amount-is-a-per-cent"
        } else {
            "amount-not-readable"
        };
        let told = only(&ledger, rule);
        assert_eq!(
            (told.position.file.as_str(), told.position.line),
            ("a.ods [Second]", Some(5))
        );
        let plainly = files.read(&format!("{LAYOUT}excess_decimals = 'half-even'\n{layout}"));
        assert_ne!(pounds(&plainly), "£100.00");
    }
    for pounds_sterling in [currency("GBP"), cell("currency", "5"), cell("float", "5")] {
        let files = file("a.ods", &packed(&flat(&table("April", &pounds_sterling))));
        assert_eq!(pounds(&files.read(LAYOUT)), "£5.00");
    }
}

#[test]
fn per_cents_and_other_currencies_of_old_workbooks_are_no_amounts() {
    let files = file("a.xls", OLD_FORMATS);
    let ledger = files.read(LAYOUT);
    // 100 and 250.50 in April; £5 in May.
    assert_eq!(pounds(&ledger), "£355.50");
    let told: Vec<String> = (ledger.findings().iter())
        .map(|finding| {
            format!(
                "{} {}:{}",
                finding.rule,
                finding.position.file,
                finding.position.line.unwrap_or(0)
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "amount-is-a-per-cent a.xls [April]:3",
            "amount-is-a-per-cent a.xls [April]:4",
            "amount-not-readable a.xls [May]:2",
            "amount-not-readable a.xls [May]:3",
            "amount-is-a-per-cent a.xls [May]:5",
        ]
    );
    let plainly = format!(
        "{LAYOUT}excess_decimals = 'half-even'\namount_formats = ['percent', 'other-currency']\n"
    );
    // And 0.12, 0.125 to 0.12, 3, 4, 0.50.
    assert_eq!(pounds(&files.read(&plainly)), "£363.24");
}

/// A binary workbook with a sheet of one line, whose amount has a format of that number.
fn xlsb(amount: f64, format: u16) -> Vec<u8> {
    fn record(part: &mut Vec<u8>, kind: u16, bytes: &[u8]) {
        match u8::try_from(kind) {
            Ok(kind) if kind < 0x80 => part.push(kind),
            _ => part.extend([0x80 | (kind & 0x7F) as u8, (kind >> 7) as u8]),
        }
        part.extend([0x80 | (bytes.len() & 0x7F) as u8, (bytes.len() >> 7) as u8]);
        part.extend(bytes);
    }
    let wide = |text: &str| {
        let mut bytes = (text.encode_utf16().count() as u32).to_le_bytes().to_vec();
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let mut workbook = Vec::new();
    let sheet = [&[0; 8][..], &wide("rId7"), &wide("April")].concat();
    record(&mut workbook, 0x9C, &sheet);
    record(&mut workbook, 0x90, &[]);
    record(&mut workbook, 0x84, &[]);
    let own = [
        (164_u16, "0.0%"),
        (165, "[$€-2] #,##0.00"),
        (166, "\"£\"#,##0.00"),
    ];
    let mut styles = Vec::new();
    record(&mut styles, 0x0267, &(own.len() as u32).to_le_bytes());
    for (number, code) in own {
        let format = [&number.to_le_bytes()[..], &wide(code)].concat();
        record(&mut styles, 0x2C, &format);
    }
    let style = |number: u16| [&[0; 2][..], &number.to_le_bytes(), &[0; 12]].concat();
    // A style that has a name is none of a cell.
    record(&mut styles, 0x0272, &1_u32.to_le_bytes());
    record(&mut styles, 0x2F, &style(9));
    record(&mut styles, 0x0273, &[]);
    record(&mut styles, 0x0269, &2_u32.to_le_bytes());
    for number in [0, format] {
        record(&mut styles, 0x2F, &style(number));
    }
    record(&mut styles, 0x026A, &[]);
    let mut page = Vec::new();
    record(&mut page, 0x94, &[0; 16]);
    record(&mut page, 0x91, &[]);
    let cell = |column: u32, style: u32| [column.to_le_bytes(), style.to_le_bytes()].concat();
    let rows = [
        ["Paid", "Service", "Net Amount"],
        ["01/04/2024", "Roads", ""],
    ];
    for (row, texts) in (0_u32..).zip(rows) {
        record(&mut page, 0, &[&row.to_le_bytes()[..], &[0; 21]].concat());
        for (column, text) in (0..).zip(texts).filter(|(_, text)| !text.is_empty()) {
            record(&mut page, 6, &[cell(column, 0), wide(text)].concat());
        }
    }
    let number = [&cell(2, 1)[..], &amount.to_le_bytes()].concat();
    record(&mut page, 5, &number);
    record(&mut page, 0x92, &[]);
    let relations = r#"<Relationships><Relationship Id="rId7" Target="worksheets/sheet3.bin"/></Relationships>"#;
    archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/workbook.bin", &workbook),
        ("xl/styles.bin", &styles),
        ("xl/worksheets/sheet3.bin", &page),
    ])
}

#[test]
fn per_cents_and_other_currencies_of_binary_workbooks_are_no_amounts() {
    for (amount, format, rule) in [
        (0.12, 9, "amount-is-a-per-cent"),
        (0.12, 10, "amount-is-a-per-cent"),
        (0.12, 164, "amount-is-a-per-cent"),
        (5.0, 165, "amount-not-readable"),
    ] {
        let ledger = file("a.xlsb", &xlsb(amount, format)).read(LAYOUT);
        assert_eq!(
            (pounds(&ledger).as_str(), rules(&ledger)),
            ("£0.00", vec![rule, "file-without-lines"])
        );
    }
    for format in [0, 2, 4, 166] {
        let ledger = file("a.xlsb", &xlsb(5.0, format)).read(LAYOUT);
        assert_eq!(
            (pounds(&ledger).as_str(), rules(&ledger)),
            ("£5.00", vec![])
        );
    }
}
