//! What used to be left out without a word.

use super::{Folder, told};
use wholeplace::ledger::{LedgerError, Reader, Repeats, files};
use wholeplace::money::{AmountError, Pence, parse_amount};

const ROW: &str = "Service,Paid,Net\nParks,01/04/2022,5\n";

fn row(pounds: u32) -> String {
    format!("Service,Paid,Net\nParks,01/04/2022,{pounds}\n")
}

#[test]
fn an_extension_in_capitals_is_one() {
    let folder = Folder::new()
        .with("a.csv", row(5))
        .with("B.CSV", row(6))
        .with("c.Csv", row(7));
    assert_eq!(folder.read("*.csv").unwrap().total(), Pence::new(1800));
    assert_eq!(folder.read("*.CSV").unwrap().total(), Pence::new(1800));
}

#[test]
fn a_file_of_two_patterns_is_one_file() {
    let folder = Folder::new().with("a.csv", row(5)).with("b.csv", row(6));
    let mut spec = folder.spec("*").unwrap();
    let patterns = ["a.*", "*.csv", "./a.csv", "*"].map(String::from);
    spec.files = files(folder.path(), &patterns).unwrap();
    spec.repeats = Repeats::Allow;
    assert_eq!(Reader::new().read(&spec).unwrap().total(), Pence::new(1100));
}

/// Also as a pack names them, and where a file is named by a second path.
#[test]
fn a_file_that_is_named_twice_is_read_once() {
    let folder = Folder::new().with("a.csv", row(5)).with("x/b.csv", row(6));
    let mut spec = folder.spec("a.csv").unwrap();
    spec.files
        .push((folder.path().join("x/../a.csv"), "again.csv".into()));
    spec.repeats = Repeats::Allow;
    let ledger = Reader::new().read(&spec).unwrap();
    assert_eq!((ledger.total(), ledger.files().len()), (Pence::new(500), 1));
}

#[cfg(unix)]
mod on_unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;
    use std::time::{Duration, Instant};

    fn left_out(folder: &Folder, pattern: &str) -> String {
        match files(folder.path(), &[pattern.into()]) {
            Err(error @ LedgerError::LeftOut { .. }) => error.to_string(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_name_that_is_not_utf_8_is_read() {
        let folder = Folder::new().with("a.csv", row(5));
        std::fs::write(
            folder.path().join(OsStr::from_bytes(b"caf\xE9.csv")),
            row(6),
        )
        .unwrap();
        assert_eq!(folder.read("*.csv").unwrap().total(), Pence::new(1100));
    }

    #[test]
    fn a_broken_link_is_told() {
        let folder = Folder::new().with("a.csv", ROW);
        symlink("nothing.csv", folder.path().join("b.csv")).unwrap();
        assert!(
            left_out(&folder, "*.csv")
                .contains("`b.csv` matches `*.csv` and cannot be read: a link that leads nowhere")
        );
    }

    #[test]
    fn a_pipe_is_told_and_not_waited_for() {
        let folder = Folder::new().with("a.csv", ROW);
        let pipe = folder.path().join("b.csv");
        assert!(
            Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
        assert!(left_out(&folder, "*.csv").contains("a pipe or a device"));
        let mut spec = folder.spec("a.csv").unwrap();
        spec.files = vec![(pipe, "b.csv".into())];
        assert!(told(Reader::new().read(&spec)).contains("a pipe or a device and no file"));
    }

    #[test]
    fn a_folder_that_may_not_be_read_is_told() {
        let folder = Folder::new().with("a/b.csv", ROW).with("c/d.csv", ROW);
        let closed = folder.path().join("c");
        std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).unwrap();
        // Whoever may do everything reads it all the same.
        let may = std::fs::read_dir(&closed).is_ok();
        let found = files(folder.path(), &["*/*.csv".into()]);
        std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o700)).unwrap();
        match found {
            Ok(found) => assert!(may && found.len() == 2),
            Err(error) => assert!(error.to_string().contains("this folder may not be read")),
        }
    }

    #[test]
    fn links_in_circles_come_to_an_end() {
        let folder = Folder::new().with("a/b/c.csv", ROW);
        for (number, at) in ["a", "a/b"].into_iter().enumerate() {
            for link in 0..3 {
                let name = folder.path().join(at).join(format!("link-{number}-{link}"));
                symlink(folder.path(), name).unwrap();
            }
        }
        let started = Instant::now();
        let deep = "*/".repeat(25) + "c.csv";
        assert_eq!(files(folder.path(), &[deep]).unwrap().len(), 1);
        assert_eq!(files(folder.path(), &["**/*.csv".into()]).unwrap().len(), 1);
        assert!(started.elapsed() < Duration::from_secs(2));
    }
}

#[test]
fn a_header_without_its_line_end() {
    let glued = "Service,Paid,Net,KindParks,01/04/2022,1000000.00,R\nRoads,02/04/2022,5.00,R\n";
    let ledger = super::one("a.csv", glued).unwrap();
    assert_eq!(ledger.total(), Pence::new(500));
    assert!(ledger.findings().any_fault());
    let said = ledger.findings().to_string();
    assert!(
        said.contains("line-in-header") && said.contains("£1,000,000.00"),
        "{said}"
    );
    // Headings may be years.
    let years = "Service,Net,2021,2022,2023\nParks,5,,,\n";
    assert!(!told(super::one("a.csv", years)).contains("line-in-header"));
}

#[test]
fn only_what_programs_write_is_a_power_of_ten() {
    for wrong in [
        "77460.e1", "77460e1", "1.e5", "7.5e", "12.5E+03", "1e99999", "1e+-3",
    ] {
        assert!(parse_amount(wrong).is_err(), "{wrong}");
    }
    assert_eq!(parse_amount("77460.e1"), Err(AmountError::NotANumber));
    assert_eq!(parse_amount("1.5E+06").unwrap().to_string(), "1500000");
    assert_eq!(parse_amount("-2e-02").unwrap().to_string(), "-0.02");
}
