//! Workbooks and Parquet files that say of themselves what is not so.

use super::{Folder, made, one, told};
use rust_xlsxwriter::Workbook;
use std::time::{Duration, Instant};
use wholeplace::money::Pence;
use wholeplace::sheet::{self, ReadOptions};

/// The total of a file of one format; nothing where it was refused.
fn total(name: &str, bytes: &[u8]) -> Option<Pence> {
    one(name, bytes).ok().map(|ledger| ledger.total())
}

fn refused(name: &str, bytes: &[u8]) -> String {
    let started = Instant::now();
    let error = one(name, bytes).expect_err("it is refused");
    assert!(started.elapsed() < Duration::from_secs(20), "{error}");
    super::whole(&error)
}

#[test]
fn each_of_them_is_read_as_it_was_made() {
    for (name, bytes) in [
        ("a.csv", made::csv()),
        ("a.xlsx", made::xlsx()),
        ("a.xls", made::xls()),
        ("a.ods", made::ods()),
        ("a.parquet", made::parquet()),
    ] {
        assert_eq!(
            total(name, &bytes),
            Some(Pence::new(made::TOTAL)),
            "{name}: {}",
            told(one(name, &bytes))
        );
    }
}

#[test]
fn a_chain_of_sectors_that_leads_back() {
    let sound = made::xls();
    // What follows the first sectors of the stream, the directory and the list itself.
    for at in [made::FIRST, made::FIRST + 3, 1, 0] {
        for to in [0, 1, made::FIRST, made::FIRST + 1] {
            let mut bytes = sound.clone();
            let place = 512 + 4 * at as usize;
            bytes[place..place + 4].copy_from_slice(&to.to_le_bytes());
            if let Err(error) = one("a.xls", &bytes) {
                assert!(super::whole(&error).contains("XLS workbook"), "{error}");
            }
        }
    }
    let mut bytes = sound.clone();
    bytes[512 + 8..512 + 12].copy_from_slice(&made::FIRST.to_le_bytes());
    assert!(refused("a.xls", &bytes).contains("leads back to itself"));
    // So long that nothing else would end it.
    let directory = 1024 + 128 + 120;
    bytes[directory..directory + 4].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0x7F]);
    assert!(refused("a.xls", &bytes).contains("leads back to itself"));
    // The list of lists.
    let mut bytes = sound;
    bytes[68..72].copy_from_slice(&[2, 0, 0, 0]);
    refused("a.xls", &bytes);
}

#[test]
fn a_sheet_that_says_it_is_larger_than_any() {
    for size in [
        [0xFF; 14],
        [0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0, 0],
        [0xFF, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0],
    ] {
        let bytes = made::xls_of(&[("Payments", made::xls_sheet(&size))], &[]);
        assert_eq!(
            total("a.xls", &bytes),
            Some(Pence::new(made::TOTAL)),
            "its cells say otherwise"
        );
    }
}

#[test]
fn one_sheet_that_is_listed_a_thousand_times() {
    let corner = made::record(
        0x0203,
        &[[0xFF, 0xFF, 0xFF, 0, 0, 0].as_slice(), &1_f64.to_le_bytes()].concat(),
    );
    let mut sheet = made::xls_sheet(&made::SIZE);
    let end = sheet.split_off(sheet.len() - 4);
    sheet.extend(corner);
    sheet.extend(end);
    let one_corner = made::xls_of(&[("Payments", sheet.clone())], &[]);
    assert_eq!(
        total("a.xls", &one_corner),
        Some(Pence::new(made::TOTAL)),
        "a stray cell in the last corner"
    );
    let sheets = vec![("Payments", sheet); 3];
    let several = refused("a.xls", &made::xls_of(&sheets, &[]));
    assert!(several.contains("more cells"), "{several}");
}

#[test]
fn a_binary_file_that_was_sent_as_text() {
    for (name, bytes) in [
        ("a.xls", with_line_feeds(made::xls())),
        ("a.xlsx", with_line_feeds(made::xlsx())),
        ("a.parquet", with_line_feeds(made::parquet())),
    ] {
        let mut sent = Vec::new();
        for byte in bytes {
            if byte == b'\n' {
                sent.push(b'\r');
            }
            sent.push(byte);
        }
        let said = refused(name, &sent);
        assert!(said.contains("was sent as a text"), "{name}: {said}");
    }
}

/// With some bytes that look like line ends somewhere in the middle, as large files have them.
fn with_line_feeds(mut bytes: Vec<u8>) -> Vec<u8> {
    let middle = bytes.len() / 2;
    bytes[middle..middle + 10].fill(b'\n');
    bytes
}

#[test]
fn shared_texts_that_are_not_there() {
    let many = made::repacked(&made::xlsx(), |name, part| {
        if !name.ends_with("sharedStrings.xml") {
            return part;
        }
        let text = String::from_utf8(part).unwrap();
        let (before, after) = text.split_once("uniqueCount=\"").unwrap();
        let (_, after) = after.split_once('"').unwrap();
        format!("{before}uniqueCount=\"99999999999\"{after}").into_bytes()
    });
    assert!(refused("a.xlsx", &many).contains("more texts than it has room for"));
}

#[test]
fn one_long_text_in_many_cells() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let long = "x".repeat(32_000);
    for row in 0..10_000 {
        sheet.write_string(row, 0, &long).unwrap();
    }
    let said = refused("a.xlsx", &book.save_to_buffer().unwrap());
    assert!(
        said.contains("the same texts again and again") && said.contains("CSV"),
        "{said}"
    );
    // As old workbooks have it: one text, and 14 bytes for each cell that shows it.
    let length = u16::try_from(long.len() / 4).unwrap().to_le_bytes();
    let text = &long.as_bytes()[..long.len() / 4];
    let strings = made::record(
        0x00FC,
        &[&[1, 0, 0, 0, 1, 0, 0, 0], &length[..], &[0], text].concat(),
    );
    let mut sheet = made::record(0x0809, &[0, 6, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for row in 0..2_000_u16 {
        let place = [row.to_le_bytes(), [0, 0], [0, 0]].concat();
        sheet.extend(made::record(0x00FD, &[&place[..], &[0; 4]].concat()));
        sheet.extend(made::record(
            0x00FD,
            &[&place[..2], &[1, 0, 0, 0, 0, 0, 0, 0]].concat(),
        ));
    }
    sheet.extend(made::record(0x000A, &[]));
    let bytes = made::xls_of(&[("Payments", sheet)], &strings);
    let said = told(one("a.xls", &bytes));
    assert!(
        said.contains("no header row") || said.contains("texts are longer"),
        "{said}"
    );
}

#[test]
fn an_archive_that_unpacks_to_a_thousand_times_its_size() {
    let zeros = vec![0_u8; 100 << 20];
    let mut parts = Vec::new();
    made::repacked(&made::xlsx(), |_, part| part);
    let sound = made::xlsx();
    let inner = std::cell::RefCell::new(&mut parts);
    made::repacked(&sound, |name, part| {
        inner.borrow_mut().push((name.to_owned(), part.clone()));
        part
    });
    parts.push(("xl/media/picture.bin".to_owned(), zeros));
    let bomb = made::packed(&parts);
    assert!(bomb.len() < 1 << 20);
    let said = refused("a.xlsx", &bomb);
    assert!(said.contains("a hundred times its size"), "{said}");
}

#[test]
fn cells_of_an_open_document_that_are_repeated() {
    let cell = "<table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell>";
    let rows =
        format!("<table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row>");
    let said = refused("a.ods", &made::ods_of(&rows));
    assert!(said.contains("repeats cells more often"), "{said}");
    // As every spreadsheet program ends a sheet.
    let empty = "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    let ends = made::repacked(&made::ods(), |name, part| {
        if name != "content.xml" {
            return part;
        }
        let text = String::from_utf8(part).unwrap();
        text.replace("</table:table>", &format!("{empty}</table:table>"))
            .into_bytes()
    });
    assert_eq!(total("a.ods", &ends), Some(Pence::new(made::TOTAL)));
}

#[test]
fn pages_are_held_against_their_checksums() {
    let checked = made::with_pages(&made::parquet(), |header, page| {
        header.crc = Some(crc32fast::hash(page).cast_signed());
    });
    assert_eq!(total("a.parquet", &checked), Some(Pence::new(made::TOTAL)));
    let place = checked
        .windows(8)
        .position(|eight| eight == 12.5_f64.to_le_bytes());
    let mut damaged = checked;
    let place = place.unwrap();
    damaged[place..place + 8].copy_from_slice(&2.5_f64.to_le_bytes());
    assert!(refused("a.parquet", &damaged).contains("checksum"));
}

/// Every byte of the headers of pages of the second version, made any other byte.
#[test]
fn pages_of_the_second_version() {
    let second = made::with_pages(&made::parquet(), made::second_version);
    assert_eq!(
        total("a.parquet", &second),
        Some(Pence::new(made::TOTAL)),
        "{}",
        told(one("a.parquet", &second))
    );
    let mut read = 0;
    for at in 4..second.len() - 8 {
        for byte in [
            0,
            1,
            2,
            0x0f,
            0x15,
            0x7f,
            0x80,
            0xff,
            second[at] ^ 1,
            second[at].wrapping_add(2),
        ] {
            let mut bytes = second.clone();
            bytes[at] = byte;
            if let Ok(ledger) = one("a.parquet", &bytes) {
                assert!(ledger.reconciliation().holds());
                read += 1;
            }
        }
    }
    assert!(read > 0, "most bytes are values");
}

#[test]
fn a_dictionary_of_more_values_than_there_are() {
    for values in [-1, 1_000_000, i32::MAX] {
        let bytes = made::with_pages(&made::parquet(), |header, _| {
            made::dictionary_of(header, values)
        });
        let _ = one("a.parquet", &bytes);
    }
}

#[test]
fn what_is_no_file_is_not_read() {
    let folder = Folder::new();
    let error = sheet::open(folder.path(), "a.csv", &ReadOptions::default()).unwrap_err();
    assert!(
        super::whole(&error).contains("a folder and no file"),
        "{}",
        super::whole(&error)
    );
}
