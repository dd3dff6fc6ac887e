//! Names that do something where they are shown: colour a terminal, end a line, break a workbook,
//! turn the figure beside them.

use super::Folder;
use std::io::{Cursor, Read};
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::Phase;
use wholeplace::cube::{By, Cube};
use wholeplace::disclosure::Released;
use wholeplace::finding::plain;
use wholeplace::place::{Place, PlaceError};
use wholeplace::report::{ReportScope, Site, SiteFile, SiteSources, site_files};

/// The sample of partners, with its names changed.
fn pack(changes: &[(&str, &str)]) -> Folder {
    let mut folder = Folder::new();
    for entry in std::fs::read_dir("examples/data/partners").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut text = std::fs::read_to_string(&path).unwrap();
        if name == "place.toml" {
            for (from, to) in changes {
                assert!(text.contains(from), "{from}");
                text = text.replace(from, to);
            }
        }
        folder = folder.with(&name, text);
    }
    folder
}

fn opened(folder: &Folder) -> (PlaceAccount, Cube) {
    let place = Place::open(folder.path()).unwrap();
    let account = PlaceAccount::load(&place).unwrap();
    let cube = Cube::build(&account).unwrap();
    (account, cube)
}

fn site(account: &PlaceAccount, cube: &Cube) -> Vec<SiteFile> {
    let terms = ReportScope {
        level: "area".into(),
        activity_level: "theme".into(),
        period: "2024-25".parse().unwrap(),
        phase: Phase::Outturn,
        boundary: Boundary::AllPartners,
    };
    let sources = SiteSources {
        account: Some(account),
        ..SiteSources::of(cube, &terms)
    };
    let site = Site::build(&sources).unwrap();
    let reason = "for \u{1b}[31mthe\u{202e} group";
    site_files(&Released::for_internal_use(site, reason).unwrap()).unwrap()
}

fn harmless(text: &str) -> bool {
    let harmful = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
    !text.contains(harmful)
}

#[test]
fn they_are_shown_without_what_is_not_seen() {
    let folder = pack(&[
        ("\"The town\"", "\"The \\u001b[31mto\\u202Ewn\\u0007\""),
        ("\"Youth work\"", "\"Youth\\nwork\""),
        ("\"Ludford Council\"", "\"مجلس\""),
        (
            "name = \"Ludford\"\nlocality",
            "name = \"Lud\\u0000ford\"\nlocality",
        ),
        (
            "\"Invented figures:",
            "\"Invented\\u200B \\u001b]0;figures:",
        ),
        (
            "\"Payments and receipts of the commissioner\"",
            "\"Payments\\u0008 and receipts\"",
        ),
    ]);
    let (account, cube) = opened(&folder);
    let findings = account
        .findings()
        .iter()
        .filter(|finding| finding.rule == "strange-characters");
    let told: Vec<String> = findings.map(ToString::to_string).collect();
    assert_eq!(told.len(), 5, "{told:#?}");
    assert!(
        told.iter()
            .any(|told| told.contains("The [31mtown") && told.contains("U+0007, U+001B, U+202E")),
        "{told:#?}"
    );
    assert!(told.iter().all(|told| harmless(told)));
    let asked = cube
        .ask()
        .locality("ludford")
        .period("2024-25".parse().unwrap())
        .phase(Phase::Outturn);
    let asked = asked
        .boundary(Boundary::AllPartners)
        .by([By::Locality("area".into()), By::Partner]);
    let answer = asked.answer().unwrap().to_string();
    assert!(harmless(&answer), "{answer:?}");
    assert!(
        answer.contains("\u{2068}مجلس\u{2069}"),
        "isolated, so that figures keep their places"
    );
    for file in site(&account, &cube) {
        match file.path.rsplit_once('.').unwrap().1 {
            "html" | "csv" | "json" => {
                let text = String::from_utf8(file.bytes).unwrap().replace('\r', "");
                assert!(harmless(&text), "{}", file.path);
            }
            "xlsx" => {
                let mut archive = zip::ZipArchive::new(Cursor::new(file.bytes)).unwrap();
                for index in 0..archive.len() {
                    let mut part = archive.by_index(index).unwrap();
                    let mut text = String::new();
                    part.read_to_string(&mut text).unwrap();
                    assert!(harmless(&text.replace('\r', "")), "{}", file.path);
                }
            }
            _ => {}
        }
    }
}

#[test]
fn pages_let_nothing_run_and_fetch_nothing() {
    let (account, cube) = opened(&pack(&[]));
    for file in site(&account, &cube)
        .iter()
        .filter(|file| file.path.ends_with(".html"))
    {
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-";
        assert!(text.contains(policy), "{}", file.path);
        assert!(
            !text.contains(" style=") && !text.contains("<script"),
            "{}",
            file.path
        );
        assert_eq!(text.matches("<style>").count(), 1);
    }
}

#[test]
fn a_finding_stays_on_its_lines() {
    let name = "a\nb\u{1b}[2J.csv";
    let folder = Folder::new().with(name, "Service,Paid,Net\nParks,01/04/2022,x\n");
    let Ok(ledger) = folder.read("*") else {
        return;
    };
    let said = ledger.findings().to_string();
    assert!(harmless(&said) && said.lines().count() == 5, "{said:?}");
    let heading = "Service,Paid,Ne\u{1b}[31mt\nParks,01/04/2022,5\n";
    let said = super::told(super::one("a.csv", heading));
    assert!(harmless(&said), "{said:?}");
}

#[test]
fn plain_twice_is_plain() {
    for text in [
        "",
        "Ludlow",
        "\u{202e}x\ty",
        "שלום",
        "\u{2068}שלום\u{2069}",
        "a\u{e0041}b\u{feff}",
    ] {
        let once = plain(text);
        assert_eq!(plain(&once), once, "{text:?}");
    }
}

/// Whatever leads out of a pack is refused, and nothing of it is shown.
#[cfg(unix)]
#[test]
fn a_pack_is_read_from_its_folder_only() {
    use std::os::unix::fs::symlink;
    use std::process::Command;
    let other = Folder::new().with("secret.toml", "password = 'open sesame'\n");
    let folder = Folder::new();
    symlink(
        other.path().join("secret.toml"),
        folder.path().join("place.toml"),
    )
    .unwrap();
    let refused = Place::open(folder.path()).unwrap_err();
    assert!(matches!(refused, PlaceError::NoPack { .. }));
    let said = refused.to_string();
    assert!(
        said.contains("a link that leads out") && !said.contains("sesame"),
        "{said}"
    );

    let folder = Folder::new();
    assert!(
        Command::new("mkfifo")
            .arg(folder.path().join("place.toml"))
            .status()
            .unwrap()
            .success()
    );
    assert!(
        Place::open(folder.path())
            .unwrap_err()
            .to_string()
            .contains("is no file")
    );

    // A table, and a file of a ledger.
    for name in ["crosswalk.csv", "council.csv"] {
        for link in [true, false] {
            let folder = pack(&[]);
            let path = folder.path().join(name);
            std::fs::remove_file(&path).unwrap();
            if link {
                symlink(other.path().join("secret.toml"), &path).unwrap();
            } else {
                assert!(
                    Command::new("mkfifo")
                        .arg(&path)
                        .status()
                        .unwrap()
                        .success()
                );
            }
            let said = Place::open(folder.path()).unwrap_err().to_string();
            assert!(
                said.contains("leads out") || said.contains("no file") || said.contains("a pipe"),
                "{said}"
            );
            assert!(said.contains(name) && !said.contains("sesame"), "{said}");
        }
    }
}
