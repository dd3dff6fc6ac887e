//! Small files of every format, made by hand so that any byte of them can be made wrong.

use polars::prelude::{Column, DataFrame, ParquetCompression, ParquetWriter};
use polars_parquet_format::thrift::protocol::{TCompactInputProtocol, TCompactOutputProtocol};
use polars_parquet_format::{
    DataPageHeaderV2, DictionaryPageHeader, FileMetaData, PageHeader, PageType,
};
use rust_xlsxwriter::Workbook;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The rows of all of them: service, date, pounds.
pub const ROWS: [(&str, &str, f64); 4] = [
    ("Parks", "2022-04-01", 12.5),
    ("Roads", "2022-04-02", 1250.0),
    ("Parks", "2022-05-03", -7.25),
    ("Libraries", "2022-06-04", 300.1),
];

/// Their sum in pence.
pub const TOTAL: i64 = 155_535;

pub const HEADINGS: [&str; 3] = ["Service", "Paid", "Net"];

pub fn csv() -> Vec<u8> {
    let mut text = HEADINGS.join(",") + "\r\n";
    for (service, paid, net) in ROWS {
        text += &format!("{service},{paid},{net:.2}\r\n");
    }
    text.into_bytes()
}

pub fn xlsx() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write_string(0, column, heading).unwrap();
    }
    for (row, (service, paid, net)) in (1..).zip(ROWS) {
        sheet.write_string(row, 0, service).unwrap();
        sheet.write_string(row, 1, paid).unwrap();
        sheet.write_number(row, 2, net).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// Takes an archive apart and puts it together again, with parts changed.
pub fn repacked(bytes: &[u8], change: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        let content = change(&name, content);
        parts.push((name, content));
    }
    packed(&parts)
}

/// An archive of some parts.
pub fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// An OpenDocument spreadsheet with these rows in its one sheet.
pub fn ods_of(rows: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body>\
         <office:spreadsheet><table:table table:name=\"Sheet1\">{rows}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let part = |name: &str, content: &str| (name.to_owned(), content.as_bytes().to_vec());
    packed(&[
        part("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        part(
            "META-INF/manifest.xml",
            "<?xml version=\"1.0\"?><manifest:manifest/>",
        ),
        part("content.xml", &content),
    ])
}

pub fn ods() -> Vec<u8> {
    let text = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |cells: String| format!("<table:table-row>{cells}</table:table-row>");
    let mut rows = row(HEADINGS.map(text).concat());
    for (service, paid, net) in ROWS {
        let net = format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{net}\"><text:p>{net}</text:p></table:table-cell>"
        );
        rows += &row(text(service) + &text(paid) + &net);
    }
    ods_of(&rows)
}

/// A record of a workbook of Excel 97.
pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
}

/// The records of the one sheet of [`xls`].
pub fn xls_sheet(size: &[u8]) -> Vec<u8> {
    let mut sheet = record(0x0809, &[0, 6, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    sheet.extend(record(0x0200, size));
    let place = |row: u16, column: u16| [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
    let label = |row: u16, column: u16, text: &str| {
        let length = u16::try_from(text.len()).unwrap().to_le_bytes();
        record(
            0x0204,
            &[&place(row, column), &length[..], &[0], text.as_bytes()].concat(),
        )
    };
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.extend(label(0, column, heading));
    }
    for (row, (service, paid, net)) in (1..).zip(ROWS) {
        sheet.extend(label(row, 0, service));
        sheet.extend(label(row, 1, paid));
        sheet.extend(record(
            0x0203,
            &[&place(row, 2), &net.to_le_bytes()[..]].concat(),
        ));
    }
    sheet.extend(record(0x000A, &[]));
    sheet
}

/// The size that a sheet of [`xls`] says it has.
pub const SIZE: [u8; 14] = [0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 3, 0, 0, 0];

pub fn xls() -> Vec<u8> {
    xls_of(&[("Payments", xls_sheet(&SIZE))], &[])
}

/// A workbook of Excel 97 with these sheets and further records before them.
pub fn xls_of(sheets: &[(&str, Vec<u8>)], further: &[u8]) -> Vec<u8> {
    let begin = record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let listed = |at: usize, name: &str| {
        let at = u32::try_from(at).unwrap().to_le_bytes();
        let length = u8::try_from(name.len()).unwrap();
        record(
            0x0085,
            &[&at[..], &[0, 0, length, 0], name.as_bytes()].concat(),
        )
    };
    let lists: usize = sheets.iter().map(|(name, _)| listed(0, name).len()).sum();
    let end = record(0x000A, &[]);
    let mut at = begin.len() + lists + further.len() + end.len();
    let mut stream = begin;
    for (name, sheet) in sheets {
        stream.extend(listed(at, name));
        at += sheet.len();
    }
    stream.extend(further);
    stream.extend(end);
    stream.extend(sheets.iter().flat_map(|(_, sheet)| sheet));
    compound(stream)
}

/// The number of the first sector of the stream in [`compound`].
pub const FIRST: u32 = 2;

/// A compound file with one stream, `Workbook`. Sector 0 says what follows what, sector 1 is the
/// directory.
pub fn compound(mut stream: Vec<u8>) -> Vec<u8> {
    stream.resize(stream.len().max(4096).next_multiple_of(512), 0);
    let sectors = u32::try_from(stream.len() / 512).unwrap();
    let mut header = vec![0_u8; 512];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    header[24..34].copy_from_slice(&[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    let mut put =
        |at: usize, number: u32| header[at..at + 4].copy_from_slice(&number.to_le_bytes());
    put(44, 1); // sectors that say what follows what
    put(48, 1); // the directory
    put(56, 4096);
    put(60, END);
    put(68, END);
    put(76, 0);
    (1..109).for_each(|i| put(76 + 4 * i, FREE));
    let mut next = vec![FREE; 128];
    (next[0], next[1]) = (0xFFFF_FFFD, END);
    for sector in FIRST..FIRST + sectors {
        next[sector as usize] = sector + 1;
    }
    next[(FIRST + sectors - 1) as usize] = END;
    let entry = |name: &str, kind: u8, start: u32, length: u32| {
        let mut entry = vec![0_u8; 128];
        let letters: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry[..letters.len()].copy_from_slice(&letters);
        entry[64] = u8::try_from(letters.len() + 2).unwrap();
        entry[66] = kind;
        entry[68..80].fill(0xFF);
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&length.to_le_bytes());
        entry
    };
    let mut directory = entry("Root Entry", 5, END, 0);
    directory.extend(entry(
        "Workbook",
        2,
        FIRST,
        u32::try_from(stream.len()).unwrap(),
    ));
    directory.resize(512, 0);
    let next: Vec<u8> = next.into_iter().flat_map(u32::to_le_bytes).collect();
    [header, next, directory, stream].concat()
}

const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;

pub fn frame() -> DataFrame {
    DataFrame::new_infer_height(vec![
        Column::new("Service".into(), ROWS.map(|row| row.0)),
        Column::new("Paid".into(), ROWS.map(|row| row.1)),
        Column::new("Net".into(), ROWS.map(|row| row.2)),
    ])
    .unwrap()
}

pub fn parquet() -> Vec<u8> {
    let mut bytes = Vec::new();
    let writer = ParquetWriter::new(&mut bytes).with_compression(ParquetCompression::Uncompressed);
    writer.finish(&mut frame()).unwrap();
    bytes
}

/// A Parquet file with the headers of its pages changed.
pub fn with_pages(bytes: &[u8], change: impl Fn(&mut PageHeader, &mut Vec<u8>)) -> Vec<u8> {
    let length = u32::from_le_bytes(*bytes[..bytes.len() - 4].last_chunk().unwrap()) as usize;
    let start = bytes.len() - 8 - length;
    let mut footer = &bytes[start..bytes.len() - 8];
    let limit = 1 << 20;
    let mut protocol = TCompactInputProtocol::new(&mut footer, limit);
    let mut data = FileMetaData::read_from_in_protocol(&mut protocol).unwrap();
    let mut out = b"PAR1".to_vec();
    for group in &mut data.row_groups {
        for chunk in &mut group.columns {
            let column = chunk.meta_data.as_mut().unwrap();
            let first = column
                .dictionary_page_offset
                .unwrap_or(column.data_page_offset);
            let mut rest = &bytes[first as usize..][..column.total_compressed_size as usize];
            let begins = out.len() as i64;
            column.dictionary_page_offset = None;
            while !rest.is_empty() {
                let mut protocol = TCompactInputProtocol::new(&mut rest, limit);
                let mut header = PageHeader::read_from_in_protocol(&mut protocol).unwrap();
                let (page, after) = rest.split_at(header.compressed_page_size as usize);
                rest = after;
                let mut page = page.to_vec();
                change(&mut header, &mut page);
                let at = out.len() as i64;
                match header.type_ {
                    PageType::DICTIONARY_PAGE => column.dictionary_page_offset = Some(at),
                    _ if column.data_page_offset < begins || at == begins => {
                        column.data_page_offset = at;
                    }
                    _ => {}
                }
                if column.dictionary_page_offset.is_some()
                    && header.type_ != PageType::DICTIONARY_PAGE
                {
                    column.data_page_offset = at;
                }
                let mut protocol = TCompactOutputProtocol::new(&mut out);
                header.write_to_out_protocol(&mut protocol).unwrap();
                out.extend_from_slice(&page);
            }
            column.total_compressed_size = out.len() as i64 - begins;
            chunk.file_offset = begins;
            (chunk.column_index_offset, chunk.column_index_length) = (None, None);
            (chunk.offset_index_offset, chunk.offset_index_length) = (None, None);
        }
    }
    let mut footer = Vec::new();
    data.write_to_out_protocol(&mut TCompactOutputProtocol::new(&mut footer))
        .unwrap();
    let length = u32::try_from(footer.len()).unwrap().to_le_bytes();
    out.extend(footer);
    out.extend(length);
    out.extend(b"PAR1");
    out
}

/// Makes a page of values one of the second version, whose header says how long its levels are: in
/// the first their length stands before them.
pub fn second_version(header: &mut PageHeader, page: &mut Vec<u8>) {
    let Some(first) = header.data_page_header.take() else {
        return;
    };
    let levels = i32::from_le_bytes(*page.first_chunk().unwrap());
    page.drain(..4);
    header.compressed_page_size -= 4;
    header.uncompressed_page_size -= 4;
    header.type_ = PageType::DATA_PAGE_V2;
    header.data_page_header_v2 = Some(DataPageHeaderV2 {
        num_values: first.num_values,
        num_nulls: 0,
        num_rows: first.num_values,
        encoding: first.encoding,
        definition_levels_byte_length: levels,
        repetition_levels_byte_length: 0,
        is_compressed: Some(false),
        statistics: None,
    });
}

/// A header of a page of a dictionary with other than its number of values.
pub fn dictionary_of(header: &mut PageHeader, values: i32) {
    if let Some(dictionary) = header.dictionary_page_header.take() {
        let changed = DictionaryPageHeader::new(values, dictionary.encoding, dictionary.is_sorted);
        header.dictionary_page_header = Some(changed);
    }
}
