//! Files that are none of the formats that are read, whatever their names say: each is told by what it
//! is, with the way out, and not as a damaged file of the format that it is not.

use super::SheetError;
use std::io::Cursor;
use zip::ZipArchive;

/// What a file is, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Foreign {
    is: String,
    remedy: &'static str,
}

const SAVE_AGAIN: &str =
    "open it in a spreadsheet program and save it as a workbook (.xlsx) or as CSV";
const UNPACK: &str = "unpack it and name what is in it";
const UNLOCK: &str = "open it with its password and save it without one";
const TABLE: &str = "get the table itself, as a workbook or as CSV";

impl Foreign {
    fn new(is: &str, remedy: &'static str) -> Self {
        let is = is.to_owned();
        Self { is, remedy }
    }

    pub(super) fn in_file(self, file: &str) -> SheetError {
        SheetError::Foreign {
            file: file.to_owned(),
            is: self.is,
            remedy: self.remedy,
        }
    }

    /// By the first bytes of a file.
    pub(super) fn by_head(head: &[u8]) -> Option<Self> {
        const BEGINNINGS: [(&[u8], &str, &str); 12] = [
            (b"%PDF", "a PDF", TABLE),
            (b"{\\rtf", "a text document (RTF)", TABLE),
            (b"\x1F\x8B", "packed with gzip", UNPACK),
            (b"BZh", "packed with bzip2", UNPACK),
            (b"\xFD7zXZ\0", "packed with xz", UNPACK),
            (b"\x28\xB5\x2F\xFD", "packed with zstd", UNPACK),
            (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive", UNPACK),
            (b"Rar!\x1A\x07", "a RAR archive", UNPACK),
            (b"SQLite format 3\0", "a database (SQLite)", TABLE),
            (b"\x89PNG\r\n", "a picture", TABLE),
            (b"\xFF\xD8\xFF", "a picture", TABLE),
            (
                b"ARROW1\0\0",
                "an Arrow file",
                "write it as Parquet or as CSV",
            ),
        ];
        for (beginning, is, remedy) in BEGINNINGS {
            if head.starts_with(beginning) {
                return Some(Self::new(is, remedy));
            }
        }
        // The first record of a workbook before compound files: its kind, and four to eight bytes.
        if let [0x09, 0x00 | 0x02 | 0x04, 4 | 6 | 8, 0, ..] = head {
            return Some(Self::new("a workbook of Excel 4 or older", SAVE_AGAIN));
        }
        if is_utf32(head) {
            return Some(Self::new("a text in UTF-32", "save it as UTF-8"));
        }
        let start = beginning_in_ascii(head);
        let begins = |words: &[&str]| words.iter().any(|word| start.starts_with(word));
        if begins(&[
            "<!doctype html",
            "<html",
            "<head",
            "<body",
            "<table",
            "<meta",
            "<div",
            "<style",
            "<script",
            "<title",
            "<center",
            "<font",
        ]) {
            return Some(Self::new("a page of the web (HTML)", SAVE_AGAIN));
        }
        if begins(&["mime-version:"]) {
            return Some(Self::new("a saved page of the web (MHTML)", SAVE_AGAIN));
        }
        if begins(&["<?xml", "<!--"]) || begins(&["<workbook", "<feed", "<rss"]) {
            let holds = |word: &str| start.contains(word);
            return Some(if holds("office:spreadsheet") && holds("microsoft") {
                Self::new("a workbook as XML of Excel 2003", SAVE_AGAIN)
            } else if holds("<html") {
                Self::new("a page of the web (HTML)", SAVE_AGAIN)
            } else {
                Self::new("XML and no table", TABLE)
            });
        }
        begins(&["{\"", "[{\"", "{ \"", "[ {"]).then(|| Self::new("JSON and no table", TABLE))
    }

    /// A compound file that holds no workbook of Excel 97 to 2003, or one under lock.
    pub(super) fn compound(bytes: &[u8]) -> Option<Self> {
        let names = |name: &str| {
            let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            memchr::memmem::find(bytes, &wide).is_some()
        };
        if names("EncryptedPackage") {
            Some(Self::locked())
        } else if !names("Workbook") && !names("Book") && names("WordDocument") {
            Some(Self::new("a text document (Word)", TABLE))
        } else {
            None
        }
    }

    /// A workbook under lock.
    pub(super) fn locked() -> Self {
        Self::new("locked by a password", UNLOCK)
    }

    /// An archive that is no workbook.
    pub(super) fn archive(archive: &ZipArchive<Cursor<&[u8]>>) -> Self {
        const SHOWN: usize = 3;
        let names: Vec<String> = (archive.file_names())
            .flatten()
            .filter(|name| !name.ends_with('/'))
            .map(|name| format!("`{name}`"))
            .collect();
        let (shown, more) = names.split_at(names.len().min(SHOWN));
        let more = match more.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let is = match shown {
            [] => "an archive with nothing in it".to_owned(),
            shown => format!("an archive of {}{more}", shown.join(", ")),
        };
        let remedy = UNPACK;
        Self { is, remedy }
    }
}

/// The beginning of a text of one or two bytes a character, without a mark and blanks, in small
/// letters.
fn beginning_in_ascii(head: &[u8]) -> String {
    const LOOKED_AT: usize = 4096;
    let head = &head[..head.len().min(LOOKED_AT)];
    let text: String = head
        .iter()
        .filter(|&&byte| byte.is_ascii() && byte != 0)
        .map(|&byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    text.trim_start().to_owned()
}

/// Whether three of four bytes are zeros, as in English text of four bytes a character.
fn is_utf32(head: &[u8]) -> bool {
    const ENOUGH: usize = 4;
    if head.starts_with(&[0xFF, 0xFE, 0, 0]) || head.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return true;
    }
    let characters = head.as_chunks::<4>().0;
    let little = |c: &&[u8; 4]| c[0] != 0 && c[1..] == [0; 3];
    let big = |c: &&[u8; 4]| c[3] != 0 && c[..3] == [0; 3];
    let nearly_all =
        |count: usize| characters.len() >= ENOUGH && count * 10 >= characters.len() * 9;
    nearly_all(characters.iter().filter(little).count())
        || nearly_all(characters.iter().filter(big).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(head: &[u8]) -> Option<String> {
        Foreign::by_head(head).map(|foreign| foreign.is)
    }

    #[test]
    fn what_a_file_is_by_its_first_bytes() {
        let page = Some("a page of the web (HTML)".to_owned());
        assert_eq!(is(b"\xEF\xBB\xBF\r\n <TABLE border=1><tr><td>Paid"), page);
        assert_eq!(is(b"<?xml version='1.0'?><!DOCTYPE html><html>"), page);
        let wide: Vec<u8> = "\u{feff}<html>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(is(&wide), page);
        assert_eq!(
            is(
                b"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook \
                 xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"
            ),
            Some("a workbook as XML of Excel 2003".to_owned())
        );
        assert_eq!(is(b"%PDF-1.7"), Some("a PDF".to_owned()));
        assert_eq!(is(b"[{\"Paid\": 1}]"), Some("JSON and no table".to_owned()));
        for text in [
            "Paid,Service,Net Amount\n",
            "<1 year,Parks\n",
            "[Paid],[Net]\n",
            "PARENT,Net\n",
            "{Paid}\n",
            "Mime,Net\n",
        ] {
            assert_eq!(is(text.as_bytes()), None, "{text}");
            let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(is(&wide), None, "{text}");
            let widest: Vec<u8> = text
                .chars()
                .flat_map(|c| (c as u32).to_be_bytes())
                .collect();
            assert_eq!(is(&widest), Some("a text in UTF-32".to_owned()), "{text}");
        }
    }
}
