//! Twin worlds: the ledgers of a move in place of the real ones, and every byte of the site is the same.
//!
//! It is the strongest test there is, because it looks at no algebra: whatever a page may be made of (order, scale, words,
//! widths, metadata, statistics of a column), if it differs between two accounts that must not be told apart, a file
//! differs.

use super::{plan, told};
use crate::account::{Boundary, PlaceAccount};
use crate::agreement::Agreement;
use crate::appraisal::scenario::Scenarios;
use crate::axis::Phase;
use crate::cube::Cube;
use crate::disclosure::pattern::{Audited, Move};
use crate::disclosure::{Clearance, DisclosurePolicy, Plan, PrivateMoney};
use crate::families::Families;
use crate::indicator::Indicators;
use crate::medium_term::MediumTerm;
use crate::money::{Pence, parse_amount};
use crate::place::{Outlines, Place};
use crate::place_plan::PlacePlans;
use crate::premises::Premises;
use crate::report::{
    ReportScope, SiteAgreement, SiteFile, SiteOutcomes, SitePlans, SitePremises, SiteRegisters,
    SiteSources, site_files,
};
use crate::statistic::{Confidence, Simulation};
use std::path::Path;
use tempfile::TempDir;

/// The ledgers of the pack that nobody outside has; the amount is the last column of each.
const PRIVATE: [&str; 3] = ["charity.csv", "nhs.csv", "pcc.csv"];

/// The same with two more areas, outcomes and a map.
fn with_outcomes_and_map() -> TempDir {
    let folder = copy();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let mut text = std::fs::read_to_string(folder.path().join("place.toml")).unwrap();
    let area = |code: &str| {
        format!(
            "{{ code = \"{code}\", name = \"The {code}\", level = \"area\", parent = \"ludford\" }},"
        )
    };
    let people = |ages: &str, mass: &str, code: &str| {
        format!("{{ locality = \"{code}\", ages = \"{ages}\", mass = \"{mass}\" }},")
    };
    let young = |code: &str| people("0-15", "500", code);
    let grown = |code: &str| people("16+", "1500", code);
    for row in [&area as &dyn Fn(&str) -> String, &young, &grown] {
        let hills = row("hills");
        assert!(text.contains(&hills), "{hills}");
        text = text.replace(&hills, &[&*hills, &*row("coast"), &*row("moor")].join("\n"));
    }
    let policy = "disclosure = \"disclosure.toml\"";
    text = text.replace(policy, &format!("{policy}\noutcomes = \"outcomes.toml\""));
    text.push_str(
        "\n[outlines]\nsource = \"made up\"\nfile = \"outlines.geojson\"\ncode = \"code\"\n",
    );
    write("place.toml", &text);
    let counted = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/counted");
    for name in ["outcomes.toml", "outlines.geojson"] {
        std::fs::copy(counted.join(name), folder.path().join(name)).unwrap();
    }
    folder
}

/// The same, in which ledgers say how money reaches people: the council's, which is public, and the police's, which
/// is not.
fn with_modes() -> TempDir {
    let folder = copy();
    let edit = |name: &str, changes: &[(&str, &str)]| {
        let file = folder.path().join(name);
        let mut text = std::fs::read_to_string(&file).unwrap();
        for (from, to) in changes {
            assert!(text.contains(from), "{name}: {from}");
            text = text.replace(from, to);
        }
        std::fs::write(&file, text).unwrap();
    };
    let rows = ["directly-provided", "commissioned", "direct-payment"]
        .map(|code| format!("{{ code = \"{code}\", name = \"{code}\", level = \"mode\" }},"))
        .join("\n");
    let tags = format!("[[tags]]\nsource = \"made up\"\nrows = [{rows}]\n\n[[tags]]");
    edit(
        "place.toml",
        &[
            ("[[tags]]", &tags),
            (
                "tag = [\"Plan\"]",
                "tag = [{ join = [\"Service\", \"Plan\"] }]",
            ),
            ("tag = { by = \"code\" }", "tag = { by = \"crosswalk\" }"),
        ],
    );
    let file = folder.path().join("crosswalk.csv");
    let text = std::fs::read_to_string(&file).unwrap();
    let more = "council,tag,YOUTH*,commissioned\ncouncil,tag,ROADS*,directly-provided\n\
        council,tag,HOME CARE*,commissioned\ncouncil,tag,HOME CARE*,direct-payment\n\
        council,tag,HOME CARE / ageing-well,ageing-well\ncouncil,tag,HOME CARE / ageing-well,direct-payment\n";
    std::fs::write(&file, format!("{}\n{more}", text.trim_end())).unwrap();
    folder
}

/// A copy of the pack of five partners.
fn copy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/partners");
    for entry in std::fs::read_dir(&sample).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    // Everybody can read what partners agreed and what they are short of, but not what they spend.
    for name in ["agreement.toml", "medium-term.toml"] {
        let file = folder.path().join(name);
        let text = std::fs::read_to_string(&file).unwrap();
        let said = text.replace("\nnotes = ", "\npublished = \"on a website\"\nnotes = ");
        assert_ne!(said, text);
        std::fs::write(&file, said).unwrap();
    }
    folder
}

/// Adds pence to the amount of one line of a private ledger; lines are numbered through all of them.
fn change(folder: &Path, line: usize, by: i64) {
    let mut number = 0;
    for file in PRIVATE {
        let path = folder.join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
        for row in rows.iter_mut().skip(1) {
            if number == line {
                let (before, amount) = row.rsplit_once(',').unwrap();
                let pounds = parse_amount(amount).unwrap();
                let pence: i64 = (pounds * rust_decimal::Decimal::from(100))
                    .try_into()
                    .unwrap();
                *row = format!("{before},{}", Pence::new(pence + by).to_plain());
            }
            number += 1;
        }
        std::fs::write(&path, rows.join("\n") + "\n").unwrap();
    }
}

fn lines() -> usize {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/partners");
    let of = |file| {
        std::fs::read_to_string(sample.join(file))
            .unwrap()
            .lines()
            .count()
            - 1
    };
    PRIVATE.into_iter().map(of).sum()
}

struct World {
    account: PlaceAccount,
    cube: Cube,
    policy: DisclosurePolicy,
    private: PrivateMoney,
    scenarios: Scenarios,
    plans: PlacePlans,
    premises: Premises,
    families: Families,
    agreement: Agreement,
    medium_term: MediumTerm,
    scope: ReportScope,
    indicators: Option<Indicators>,
    outlines: Option<Outlines>,
}

impl World {
    fn open(folder: &Path) -> Self {
        let place = Place::open(folder).unwrap();
        let account = PlaceAccount::load(&place).unwrap();
        let policy = DisclosurePolicy::open(&place).unwrap();
        Self {
            cube: Cube::build(&account).unwrap(),
            private: PrivateMoney::of(&account, &policy).unwrap(),
            scenarios: Scenarios::open(&place).unwrap(),
            plans: PlacePlans::open(&place).unwrap(),
            premises: Premises::open(&place).unwrap(),
            families: Families::open(&place).unwrap(),
            agreement: Agreement::open(&place).unwrap(),
            medium_term: MediumTerm::open(&place).unwrap(),
            indicators: Indicators::open(&place).ok(),
            outlines: place.outlines().unwrap(),
            account,
            policy,
            scope: ReportScope {
                level: "area".to_owned(),
                activity_level: "theme".to_owned(),
                period: "2024-25".parse().unwrap(),
                phase: Phase::Outturn,
                boundary: Boundary::AllPartners,
            },
        }
    }

    fn sources(&self) -> SiteSources<'_> {
        SiteSources {
            cube: &self.cube,
            scope: &self.scope,
            outcomes: (self.indicators.as_ref()).map(|indicators| SiteOutcomes {
                indicators,
                confidence: Confidence::new(0.95).unwrap(),
                simulation: Simulation::new(1_000, 7).unwrap(),
            }),
            proposals: None,
            scenarios: Some(&self.scenarios),
            contracts: None,
            registers: SiteRegisters {
                plans: Some(SitePlans {
                    plans: &self.plans,
                    account: &self.account,
                }),
                premises: Some(SitePremises {
                    premises: &self.premises,
                    account: &self.account,
                }),
                families: Some(&self.families),
                agreement: Some(SiteAgreement::after(
                    &self.agreement,
                    &self.account,
                    &self.scope,
                )),
                medium_term: Some(&self.medium_term),
                earlier: None,
            },
            account: Some(&self.account),
            outlines: self.outlines.as_ref(),
        }
    }

    fn plan(&self) -> Plan {
        plan(&self.sources(), &self.policy, &self.private, &|_, _| ()).unwrap()
    }

    /// Every file with a pattern that was proved of the real world.
    fn files(&self, audited: &Audited) -> Vec<SiteFile> {
        let plan = self.plan();
        let told = told(
            &self.sources(),
            &self.policy,
            &self.private,
            (&plan, audited),
            &|_, _| (),
        );
        site_files(&told.unwrap().site).unwrap()
    }

    fn sums(&self) -> Vec<i64> {
        self.private
            .sums()
            .map(|sum| sum.pence().unwrap().get())
            .collect()
    }
}

/// The first line of the ledgers that each private sum is made of: changed by itself, it changes that sum alone.
fn first_lines(real: &World, copy: fn() -> TempDir) -> Vec<Option<usize>> {
    let sums = real.sums();
    let mut first = vec![None; sums.len()];
    for line in 0..lines() {
        let folder = copy();
        change(folder.path(), line, 100);
        let other = World::open(folder.path()).sums();
        // A line that the other side publishes is no unknown, and one that is matched no more is another sum.
        if other.len() != sums.len() {
            continue;
        }
        let changed: Vec<usize> = (0..sums.len())
            .filter(|&sum| sums[sum] != other[sum])
            .collect();
        if let [sum] = changed.as_slice() {
            first[*sum].get_or_insert(line);
        }
    }
    first
}

/// The pack with the amounts of a move.
fn twin(of: &Move, lines: &[Option<usize>], sign: i64, copy: fn() -> TempDir) -> TempDir {
    let folder = copy();
    for (sum, by) in &of.changes {
        let line = lines[*sum as usize].expect("each sum of a move is made of lines");
        change(folder.path(), line, sign * by.get());
    }
    folder
}

#[test]
fn no_byte_tells_two_worlds_apart() {
    no_byte_tells_apart(copy);
}

/// How money reaches people is told by the same rules as all that is spent.
#[test]
fn no_byte_of_modes_tells_two_worlds_apart() {
    let files = no_byte_tells_apart(with_modes);
    let named = |path: &str| files.iter().find(|file| file.path == path).unwrap();
    let page = String::from_utf8_lossy(&named("data/modes-by-partner.csv").bytes).into_owned();
    assert!(page.contains("withheld"), "{page}");
}

/// With pictures of outcomes, spending beside them, maps, and counts that are withheld.
#[test]
fn no_byte_of_outcomes_and_maps_tells_two_worlds_apart() {
    let files = no_byte_tells_apart(with_outcomes_and_map);
    let page = |path: &str| {
        let file = files.iter().find(|file| file.path == path).unwrap();
        String::from_utf8_lossy(&file.bytes).into_owned()
    };
    assert!(page("index.html").contains("id=\"map"), "there is a map");
    let withheld = files.iter().any(|file| {
        let of_outcomes = file.path.contains("outcome") && file.path.ends_with(".csv");
        of_outcomes && String::from_utf8_lossy(&file.bytes).contains("withheld")
    });
    assert!(withheld, "counts are withheld");
}

fn no_byte_tells_apart(copy: fn() -> TempDir) -> Vec<SiteFile> {
    let real = World::open(copy().path());
    let clearance =
        Clearance::of(real.plan(), crate::disclosure::pattern::Effort::ShowAgain).unwrap();
    let audited = clearance.audited();
    let files = real.files(audited);
    let lines = first_lines(&real, copy);
    let protections = &clearance.pattern().protections;
    assert!(!protections.is_empty(), "something is protected");
    let moves: std::collections::BTreeSet<Vec<(u32, i64)>> = protections
        .iter()
        .flat_map(|one| &one.moves)
        .map(|of| {
            of.changes
                .iter()
                .map(|(sum, by)| (*sum, by.get()))
                .collect()
        })
        .collect();
    for changes in &moves {
        let of = Move {
            changes: changes
                .iter()
                .map(|(sum, by)| (*sum, Pence::new(*by)))
                .collect(),
        };
        for sign in [1, -1] {
            let folder = twin(&of, &lines, sign, copy);
            let world = World::open(folder.path());
            assert_ne!(world.sums(), real.sums(), "the twin is another world");
            let twins = world.files(audited);
            assert_eq!(twins.len(), files.len());
            for (one, other) in files.iter().zip(&twins) {
                assert_eq!(one.path, other.path);
                assert!(
                    one.bytes == other.bytes,
                    "{} tells {changes:?} × {sign}: {}",
                    one.path,
                    first_difference(&one.bytes, &other.bytes)
                );
            }
        }
    }
    files
}

/// The test can fail: a change that is no move is seen in some file.
#[test]
fn a_change_that_is_no_move_is_seen() {
    let real = World::open(copy().path());
    let clearance =
        Clearance::of(real.plan(), crate::disclosure::pattern::Effort::ShowAgain).unwrap();
    let files = real.files(clearance.audited());
    let lines = first_lines(&real, copy);
    let mut seen = 0;
    for line in lines.iter().flatten() {
        let folder = copy();
        change(folder.path(), *line, 100_000);
        let other = World::open(folder.path()).files(clearance.audited());
        seen += usize::from(
            files
                .iter()
                .zip(&other)
                .any(|(one, other)| one.bytes != other.bytes),
        );
    }
    assert!(seen > 0, "some total shows that £1,000 more were spent");
}

fn first_difference(one: &[u8], other: &[u8]) -> String {
    let at = one.iter().zip(other).position(|(one, other)| one != other);
    let at = at.unwrap_or(one.len().min(other.len()));
    let part = |bytes: &[u8]| {
        let (from, to) = (at.saturating_sub(80), bytes.len().min(at + 80));
        String::from_utf8_lossy(&bytes[from.min(to)..to]).into_owned()
    };
    format!("{:?} and {:?}", part(one), part(other))
}
