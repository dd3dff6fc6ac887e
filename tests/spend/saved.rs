//! Saved cubes: what is opened is what was saved, or nothing; and no extract is counted twice.

use crate::fixtures::places::{self, Ask, Sketch, Tape, Terms};
use crate::spend::conservation::cases;
use proptest::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;
use wholeplace::account::PlaceAccount;
use wholeplace::cube::group::{CodedLines, Sorted};
use wholeplace::cube::{Batch, Cube, CubeError};
use wholeplace::money::Pence;
use wholeplace::place::Place;

const ANY: Terms = Terms {
    positive: false,
    aligned: false,
};

/// A file in a folder of its own, which lives as long.
struct Saved {
    folder: TempDir,
}

impl Saved {
    fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn of(cube: &Cube) -> Self {
        let saved = Self::empty();
        cube.save(saved.path()).unwrap();
        saved
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("cube.parquet")
    }

    fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.path()).unwrap()
    }

    fn open(&self, place: &Arc<Place>) -> Result<Cube, CubeError> {
        Cube::open(self.path(), place)
    }

    /// What opening says of other bytes.
    fn opened_as(&self, bytes: &[u8], place: &Arc<Place>) -> Result<Cube, CubeError> {
        std::fs::write(self.path(), bytes).unwrap();
        self.open(place)
    }
}

/// Some answers as text, without the journey of their lines.
fn answers(cube: &Cube, sketch: &Sketch, questions: &[u16]) -> Vec<String> {
    let mut tape = Tape::new(questions);
    let answer = |drills| {
        let ask = Ask::drawn(&mut tape, sketch, drills);
        let answer = ask.put(cube).with_complement().answer().unwrap();
        assert!(answer.reconciliation.holds());
        let mut answer = serde_json::to_value(&answer).unwrap();
        answer["reconciliation"] = Value::Null;
        answer.to_string()
    };
    [0, 1, 2].map(answer).into()
}

/// The bytes of a cube, without the journey of its lines.
fn without_journey(cube: &Cube) -> (Vec<Batch>, Vec<wholeplace::cube::Record>, Pence) {
    let records = cube.records().iter().collect();
    (cube.batches().to_vec(), records, cube.total())
}

/// A place whose ledgers are each in two files, divided somewhere.
fn in_two_files(sketch: &Sketch, at: u16) -> places::Built {
    let folder = tempfile::tempdir().unwrap();
    sketch.write(folder.path());
    for (i, ledger) in sketch.ledgers.iter().enumerate() {
        let lines: Vec<usize> = (0..ledger.lines.len()).collect();
        let (first, second) = lines.split_at(usize::from(at) % (lines.len() + 1));
        for (name, lines) in [("a", first), ("b", second)] {
            let path = folder.path().join(format!("ledger{i}-{name}.csv"));
            std::fs::write(path, sketch.ledger_rows(i, lines)).unwrap();
        }
    }
    places::open(folder)
}

fn load(place: &Arc<Place>, wanted: impl Fn(&str, &str) -> bool) -> PlaceAccount {
    PlaceAccount::load_files(place, wanted).unwrap()
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn what_is_opened_is_what_was_saved(
        sketch in places::sketches(ANY),
        questions in places::questions(),
    ) {
        let built = places::build(&sketch);
        let saved = Saved::of(&built.cube);
        let opened = saved.open(&built.place).unwrap();
        prop_assert_eq!(opened.records(), built.cube.records());
        prop_assert_eq!(opened.total(), built.cube.total());
        prop_assert_eq!(opened.batches(), built.cube.batches());
        prop_assert_eq!(opened.reconciliation(), built.cube.reconciliation());
        prop_assert_eq!(
            answers(&opened, &sketch, &questions),
            answers(&built.cube, &sketch, &questions)
        );
        let again = Saved::of(&opened);
        prop_assert_eq!(again.bytes(), saved.bytes(), "equal cubes are equal bytes");
    }

    /// Files that arrive one after another, and in any order, are one load of them all.
    #[test]
    fn loads_one_after_another_are_one_load(
        sketch in places::sketches(ANY),
        questions in places::questions(),
        at in any::<u16>(),
        turned in any::<bool>(),
    ) {
        let built = in_two_files(&sketch, at);
        let mut parts = ["-a.csv", "-b.csv"];
        if turned {
            parts.reverse();
        }
        let [first, second] = [0, 1].map(|i| load(&built.place, |_, file| file.ends_with(parts[i])));
        let cube = Cube::build(&first).unwrap();
        let appended = cube.append(&second).unwrap();
        prop_assert!(appended.reconciliation().holds(), "{}", appended.reconciliation());
        prop_assert_eq!(without_journey(&appended), without_journey(&built.cube));
        prop_assert_eq!(
            answers(&appended, &sketch, &questions),
            answers(&built.cube, &sketch, &questions)
        );
        // A night lies between the two.
        let opened = Saved::of(&cube).open(&built.place).unwrap();
        let later = opened.append(&second).unwrap();
        prop_assert_eq!(Saved::of(&later).bytes(), Saved::of(&appended).bytes());
        // The order does not show, and nothing is counted twice.
        let other = Cube::build(&second).unwrap().append(&first).unwrap();
        prop_assert_eq!(without_journey(&other), without_journey(&appended));
        let any = built.account.line_count() > 0;
        let refused = |made: Result<Cube, CubeError>| match made {
            Ok(cube) => !any && cube.total() == Pence::ZERO,
            Err(CubeError::HeldTwice { .. }) => any,
            Err(_) => false,
        };
        prop_assert!(refused(built.cube.merge(&built.cube)));
        prop_assert!(refused(appended.append(&built.account)));
    }

    /// One half of the ledgers, and the other.
    #[test]
    fn two_counties_are_one_place(sketch in places::sketches(ANY), at in any::<u16>()) {
        let built = places::build(&sketch);
        let ids: Vec<String> = (0..sketch.ledgers.len()).map(|i| format!("l{i}")).collect();
        let (north, _) = ids.split_at(usize::from(at) % (ids.len() + 1));
        let is_north = |ledger: &str| north.iter().any(|id| id == ledger);
        let north = Cube::build(&load(&built.place, |ledger, _| is_north(ledger))).unwrap();
        let south = Cube::build(&load(&built.place, |ledger, _| !is_north(ledger))).unwrap();
        let merged = north.merge(&south).unwrap();
        prop_assert_eq!(without_journey(&merged), without_journey(&built.cube));
        prop_assert_eq!(without_journey(&south.merge(&north).unwrap()), without_journey(&merged));
    }

    /// Bytes that nobody saved, and saved ones changed anywhere, as people and disks change them.
    #[test]
    fn other_bytes_are_refused(
        seed in 0u64..50,
        noise in proptest::collection::vec(any::<u8>(), 0..600),
        at in any::<prop::sample::Index>(),
        what in 0usize..4,
    ) {
        let built = places::build(&Sketch::of_seed(seed, ANY));
        let saved = Saved::of(&built.cube);
        let whole = saved.bytes();
        let mut bytes = whole.clone();
        let at = at.index(bytes.len());
        match what {
            0 => bytes = noise,
            1 => drop(bytes.splice(at..at, noise)),
            2 => drop(bytes.splice(at..(at + noise.len()).min(whole.len()), noise)),
            _ => drop(bytes.drain(at..(at + 1 + noise.len()).min(whole.len()))),
        }
        prop_assume!(bytes != whole);
        let refused = match saved.opened_as(&bytes, &built.place) {
            Err(CubeError::NotASavedCube { .. } | CubeError::CutOff { .. }) => true,
            opened => matches!(opened, Err(CubeError::Damaged { .. })),
        };
        prop_assert!(refused);
    }

    /// A checksum that was made again fits any bytes, and there is still no panic.
    #[test]
    fn sealed_nonsense_is_no_panic(
        seed in 0u64..50,
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let built = places::build(&Sketch::of_seed(seed, ANY));
        let saved = Saved::of(&built.cube);
        let mut bytes = saved.bytes();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        seal(&mut bytes);
        if let Ok(cube) = saved.opened_as(&bytes, &built.place) {
            prop_assert_eq!(cube.total(), built.cube.total());
        }
    }
}

/// Where the digits of the checksum stand.
fn digits(bytes: &[u8]) -> Option<std::ops::Range<usize>> {
    let mark = b"wholeplace.sha256\x18\x40";
    let at = bytes.windows(mark.len()).rposition(|found| found == mark)? + mark.len();
    (at + 64 <= bytes.len()).then_some(at..at + 64)
}

/// Seals bytes that were changed on purpose.
fn seal(bytes: &mut [u8]) {
    let Some(digits) = digits(bytes) else { return };
    bytes[digits.clone()].fill(b'0');
    let sum: String = (Sha256::digest(&*bytes).iter())
        .map(|byte| format!("{byte:02x}"))
        .collect();
    bytes[digits].copy_from_slice(sum.as_bytes());
}

fn said(error: Result<Cube, CubeError>) -> String {
    error.map(|cube| cube.total()).unwrap_err().to_string()
}

/// Every byte of a small file, each with one bit turned and with all; every length.
#[test]
fn a_turned_bit_or_a_missing_end_is_seen() {
    let built = places::build(&Sketch::of_seed(5, ANY));
    let saved = Saved::of(&built.cube);
    let whole = saved.bytes();
    assert!(built.cube.records().len() > 10 && whole.len() > 3_000);
    for at in 0..whole.len() {
        for turned in [1u8 << (at % 8), 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= turned;
            let opened = saved.opened_as(&bytes, &built.place);
            let expected = match &opened {
                Err(CubeError::NotASavedCube { .. }) => at < 4,
                Err(CubeError::CutOff { .. }) => at + 4 >= whole.len(),
                Err(CubeError::Damaged { .. }) => true,
                _ => false,
            };
            assert!(expected, "byte {at} of {}: {opened:?}", whole.len());
        }
        let opened = saved.opened_as(&whole[..at], &built.place);
        assert!(
            matches!(opened, Err(CubeError::CutOff { .. })),
            "{at} bytes: {opened:?}"
        );
    }
    saved.opened_as(&whole, &built.place).unwrap();
}

#[test]
fn what_is_wrong_is_said_with_its_remedy() {
    let built = places::build(&Sketch::of_seed(5, ANY));
    let saved = Saved::of(&built.cube);
    let whole = saved.bytes();
    let place = &built.place;
    assert_eq!(
        said(saved.opened_as(&whole[..whole.len() / 2], place)),
        "`cube.parquet` is cut off; copy or save it again"
    );
    let mut damaged = whole.clone();
    damaged[20] ^= 1;
    assert_eq!(
        said(saved.opened_as(&damaged, place)),
        "`cube.parquet` is damaged: its bytes are not those that were saved; copy it again, or \
         build and save it again"
    );
    let not_ours = "`cube.parquet` is not a saved cube; name a file that `Cube::save` has written";
    assert_eq!(
        said(saved.opened_as(b"amount,when\n1.00,2017-18\n", place)),
        not_ours
    );
    assert_eq!(
        said(saved.opened_as(&a_plain_parquet_file(), place)),
        not_ours
    );

    // The version that the next program will write.
    let mut newer = whole.clone();
    let mark = b"wholeplace.version\x18\x01";
    let at = whole
        .windows(mark.len())
        .rposition(|found| found == mark)
        .unwrap();
    newer[at + mark.len()] = b'3';
    seal(&mut newer);
    assert_eq!(
        said(saved.opened_as(&newer, place)),
        "`cube.parquet` is a cube saved in version 3 of its format, and this program reads version \
         2; build it again from its ledgers, or open it with the program that saved it"
    );

    // One mass changed is another edition of the pack.
    saved.opened_as(&whole, place).unwrap();
    let mut sketch = Sketch::of_seed(5, ANY);
    *sketch.drivers[0].masses.values_mut().next().unwrap() += 1;
    let edition = places::build(&sketch).place;
    let (own, other) = (&place.fingerprint()[..12], &edition.fingerprint()[..12]);
    assert_eq!(
        said(saved.open(&edition)),
        format!(
            "`cube.parquet` is a cube of `Random` (pack {own}), and not of `Random` (pack {other}); \
             open it with the pack it was built with, or build it again with this one"
        )
    );
    let nowhere = said(Cube::open(saved.folder.path().join("none.parquet"), place));
    assert!(
        nowhere.starts_with("cannot read the saved cube `none.parquet`: "),
        "{nowhere}"
    );
    assert!(
        nowhere.ends_with("; check its name, or build and save it"),
        "{nowhere}"
    );
}

fn a_plain_parquet_file() -> Vec<u8> {
    use wholeplace::polars::prelude::*;
    let mut bytes = Vec::new();
    let column = Column::new("amount".into(), [1i64, 2, 3]);
    let mut frame = DataFrame::new(3, vec![column]).unwrap();
    ParquetWriter::new(&mut bytes).finish(&mut frame).unwrap();
    bytes
}

/// Others read the records too, and find what their numbers stand for.
#[test]
fn any_reader_of_parquet_opens_a_saved_cube() {
    use wholeplace::polars::prelude::*;
    let built = places::build(&Sketch::of_seed(5, ANY));
    let bytes = Saved::of(&built.cube).bytes();
    let mut reader = ParquetReader::new(std::io::Cursor::new(bytes));
    let metadata = reader
        .get_metadata()
        .unwrap()
        .key_value_metadata
        .clone()
        .unwrap();
    let text = metadata
        .into_iter()
        .find(|pair| pair.key == "wholeplace.cube")
        .unwrap()
        .value;
    let header: Value = serde_json::from_str(&text.unwrap()).unwrap();
    let frame = reader.finish().unwrap();
    let column = |name: &str| frame.column(name).unwrap().cast(&DataType::Int64).unwrap();
    let [regions, periods, pence] = ["region", "period", "pence"].map(column);
    let place = &built.place;
    for (i, record) in built.cube.records().iter().enumerate() {
        let number = |column: &Column| column.i64().unwrap().get(i).unwrap() as usize;
        assert_eq!(pence.i64().unwrap().get(i), Some(record.pence.get()));
        let locality = &header["parts"]["regions"]["locality"][number(&regions)];
        let wanted = match record.coding.locality {
            wholeplace::axis::Placed::On(id) => place.axes().localities.code(id),
            wholeplace::axis::Placed::Gap(gap) => gap.name(),
        };
        assert_eq!(locality, wanted);
        let wanted = record.coding.period.to_string();
        let period = &header["parts"]["periods"][number(&periods)];
        assert_eq!(period, wanted.trim_matches(['(', ')']));
    }
    let pages: Vec<&str> = header["batches"]
        .as_array()
        .unwrap()
        .iter()
        .map(|batch| batch["shown"].as_str().unwrap())
        .collect();
    assert_eq!(pages.len(), built.place.ledgers().len());
}

#[test]
fn an_empty_cube_is_a_cube() {
    let built = places::build(&Sketch::of_seed(5, ANY));
    let empty = Cube::build(&load(&built.place, |_, _| false)).unwrap();
    assert!(empty.records().is_empty() && empty.batches().is_empty());
    let opened = Saved::of(&empty).open(&built.place).unwrap();
    assert!(opened.records().is_empty() && opened.total() == Pence::ZERO);
    let all = opened.append(&built.account).unwrap();
    assert_eq!(all.records(), built.cube.records());
}

#[test]
fn a_cube_is_saved_as_a_whole_or_not_at_all() {
    let built = places::build(&Sketch::of_seed(5, ANY));
    let saved = Saved::empty();
    let names = |folder: &Path| -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    let refused = |path: PathBuf| built.cube.save(path).unwrap_err().to_string();
    let nowhere = refused(saved.folder.path().join("no such folder/cube.parquet"));
    assert!(
        nowhere.starts_with("cannot save the cube as `cube.parquet`: "),
        "{nowhere}"
    );
    assert!(
        nowhere.ends_with("; nothing was changed there"),
        "{nowhere}"
    );
    // A folder stands where the file should.
    std::fs::create_dir(saved.path()).unwrap();
    std::fs::write(saved.path().join("kept"), "").unwrap();
    refused(saved.path());
    assert_eq!(names(saved.folder.path()), ["cube.parquet"]);
    assert_eq!(names(&saved.path()), ["kept"]);
    refused(PathBuf::from("/"));
    // Over an older cube, and beside what a broken save has left.
    let saved = Saved::of(&Cube::build(&load(&built.place, |_, _| false)).unwrap());
    std::fs::write(saved.folder.path().join("cube.parquet.0.part"), "half").unwrap();
    built.cube.save(saved.path()).unwrap();
    assert_eq!(names(saved.folder.path()), ["cube.parquet"]);
    assert_eq!(
        saved.open(&built.place).unwrap().records(),
        built.cube.records()
    );
}

/// A small place: ledgers of one shape, and what stands in their files.
fn small(ledgers: &[(&str, &str)], files: &[(&str, &str)], more: &str) -> (TempDir, Arc<Place>) {
    let folder = tempfile::tempdir().unwrap();
    let mut toml = String::from(
        "[place]\nname = \"Small\"\nlocality = \"place\"\nage_bands = [\"0-90\"]\n\
         [[localities]]\nrows = [{ code = \"place\" }]\n\
         [[activities]]\nrows = [{ code = \"care\" }]\n\
         [[groups]]\nrows = [{ code = \"everyone\" }]\n\
         [[partners]]\nrows = [{ code = \"north\" }, { code = \"south\" }]\n\
         [[driver]]\ncode = \"d\"\nname = \"d\"\nclass = \"population\"\nsource = \"made up\"\n\
         tables = [{ rows = [{ locality = \"place\", mass = \"1\" }] }]\n\
         [[sharing]]\ndriver = \"d\"\n",
    );
    for (id, own) in ledgers {
        toml.push_str(&format!(
            "[[ledger]]\nid = \"{id}\"\nname = \"{id}\"\nsource = \"made up\"\nphase = \"outturn\"\n\
             {own}\n[ledger.layout]\namount = [\"amount\"]\nperiod = [\"when\"]\n\
             years = \"financial\"\ncodes.partner = [\"partner\"]\ncodes.kind = [\"kind\"]\n"
        ));
        if let Some(kind) = own.split("# only ").nth(1) {
            toml.push_str(&format!("where.kind = [\"{kind}\"]\n"));
        }
        toml.push_str(
            "[ledger.axes]\nlocality = { always = \"place\" }\nages = { always = \"all\" }\n\
             group = { always = \"everyone\" }\nactivity = { always = \"care\" }\n\
             partner = { by = \"code\" }\n",
        );
    }
    toml.push_str(more);
    std::fs::write(folder.path().join("place.toml"), toml).unwrap();
    for (name, rows) in files {
        let text = format!("partner,kind,when,amount\n{rows}");
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let place = Place::open(folder.path()).unwrap_or_else(|error| panic!("{error}"));
    (folder, place)
}

const NORTH: (&str, &str) = ("north", "files = [\"north-*.csv\"]");

#[test]
fn an_extract_is_loaded_once() {
    let rows = "north,a,2017-18,10.00\nnorth,b,2017-18,2.50\n";
    // The publisher sent April again under another name.
    let files = [("north-apr.csv", rows), ("north-may.csv", rows)];
    let (_folder, place) = small(&[NORTH], &files, "");
    let month = |name: &str| Cube::build(&load(&place, |_, file| file == name)).unwrap();
    let (april, may) = (month("north-apr.csv"), month("north-may.csv"));
    assert_eq!(april.batches()[0].rows, 3);
    let refused = april.merge(&may);
    assert_eq!(
        said(refused),
        "an extract would be counted twice; take one of the two out, or allow repeats for its \
         ledger:\n  `north-may.csv` of ledger `north` (2 lines, £12.50) is the same as \
         `north-apr.csv` of ledger `north` (2 lines, £12.50)"
    );
    // Also after a night.
    let opened = Saved::of(&april).open(&place).unwrap();
    assert!(matches!(
        opened.merge(&may),
        Err(CubeError::HeldTwice { .. })
    ));

    // Where the pack allows it, both count, and a third time too.
    let allowed = ("north", "files = [\"north-*.csv\"]\nrepeats = \"allow\"");
    let (_folder, place) = small(&[allowed], &files, "");
    let month = |name: &str| Cube::build(&load(&place, |_, file| file == name)).unwrap();
    let (april, may) = (month("north-apr.csv"), month("north-may.csv"));
    let both = april.merge(&may).unwrap();
    assert_eq!(both.total(), Pence::new(2_500));
    assert_eq!(both.batches().len(), 2);
    let again = both.merge(&april).unwrap();
    assert_eq!(Saved::of(&again).open(&place).unwrap().batches().len(), 3);
}

/// Two months in which nothing was paid are the same bytes, and no money is counted twice.
#[test]
fn an_extract_without_lines_is_loaded_as_often_as_it_comes() {
    let files = [("north-apr.csv", ""), ("north-may.csv", "")];
    let (_folder, place) = small(&[NORTH], &files, "");
    let month = |name: &str| Cube::build(&load(&place, |_, file| file == name)).unwrap();
    let both = month("north-apr.csv")
        .merge(&month("north-may.csv"))
        .unwrap();
    assert_eq!(both.batches().len(), 2);
}

/// One extract read by two ledgers: each its own rows, or both all of them.
#[test]
fn two_ledgers_may_share_an_extract_and_not_its_rows() {
    let files = [("all.csv", "north,a,2017-18,10.00\nsouth,b,2017-18,2.50\n")];
    let apart = [
        ("one", "files = [\"all.csv\"] # only a"),
        ("two", "files = [\"all.csv\"] # only b"),
    ];
    let (_folder, place) = small(&apart, &files, "");
    let of =
        |place: &Arc<Place>, id: &str| Cube::build(&load(place, |ledger, _| ledger == id)).unwrap();
    let both = of(&place, "one").merge(&of(&place, "two")).unwrap();
    assert_eq!(both.total(), Pence::new(1_250));
    assert_eq!(both.batches().len(), 2);
    assert!(matches!(
        both.merge(&of(&place, "two")),
        Err(CubeError::HeldTwice { .. })
    ));

    let same = [
        ("one", "files = [\"all.csv\"]"),
        ("two", "files = [\"all.csv\"]"),
    ];
    let (_folder, place) = small(&same, &files, "");
    let refused = said(of(&place, "one").merge(&of(&place, "two")));
    assert!(
        refused.contains(
            "`all.csv` of ledger `two` (2 lines, £12.50) is the same as `all.csv` of ledger `one`"
        ),
        "{refused}"
    );
}

/// A program with a reader of its own names what it read.
#[test]
fn lines_of_other_readers_are_loaded_once_too() {
    let files = [(
        "north-a.csv",
        "north,a,2017-18,10.00\nnorth,b,2016-17,2.50\n",
    )];
    let (_folder, place) = small(&[NORTH], &files, "");
    let account = load(&place, |_, _| true);
    let lines: CodedLines = (account.lines())
        .map(|(_, line, coding)| (coding, line.pence()))
        .collect();
    let batch = |fingerprint: &str, pence: i64| Batch {
        ledger: "a system of our own".to_owned(),
        fingerprint: fingerprint.to_owned(),
        shown: "export of 3 May".to_owned(),
        rows: 2,
        lines: 2,
        pence: Pence::new(pence),
    };
    let cube = |batches: Vec<Batch>| Cube::from_batches(&place, batches, lines.clone(), &Sorted);
    let may = cube(vec![batch("may", 1_250)]).unwrap();
    let june = cube(vec![batch("june", 1_250)]).unwrap();
    let refused = said(may.merge(&may));
    assert!(
        refused.contains("`export of 3 May` of ledger `a system of our own` (2 lines, £12.50)"),
        "{refused}"
    );
    let both = may.merge(&june).unwrap();
    let opened = Saved::of(&both).open(&place).unwrap();
    assert_eq!(opened.total(), Pence::new(2_500));
    assert!(matches!(
        opened.merge(&june),
        Err(CubeError::HeldTwice { .. })
    ));
    assert_eq!(
        said(cube(vec![batch("may", 1_200)])),
        "the batches have £12.00 in 2 lines, and the lines are £12.50 in 2; name each extract once, \
         with all its lines"
    );
    let twice = cube(vec![batch("may", 1_250), batch("may", 0)]);
    assert!(matches!(
        twice,
        Err(CubeError::BatchesDisagree { named_lines: 4, .. })
    ));
    // Without names nobody can tell.
    let unnamed = Cube::from_lines(&place, lines.clone(), &Sorted).unwrap();
    assert_eq!(unnamed.merge(&unnamed).unwrap().total(), Pence::new(2_500));
}

/// The return of 2017-18 says £100 for care; the detail has come for that year only.
#[test]
fn lines_that_a_later_load_would_replace_are_not_appended_to() {
    let ledgers = [
        ("return", "files = [\"return-*.csv\"]"),
        ("detail", "files = [\"detail-*.csv\"]"),
    ];
    let files = [
        ("return-16.csv", "north,care,2016-17,90.00\n"),
        (
            "return-17.csv",
            "north,care,2017-18,100.00\nnorth,roads,2017-18,7.00\n",
        ),
        (
            "detail-17.csv",
            "north,x,2017-18,60.00\nnorth,y,2017-18,41.00\n",
        ),
    ];
    let rule = "[[replaced]]\nledger = \"return\"\ncodes = { kind = [\"care\"] }\nby = [\"detail\"]\nnote = \"care by line\"\n";
    let (_folder, place) = small(&ledgers, &files, rule);
    let of = |names: &[&str]| load(&place, |_, file| names.contains(&file));
    let whole = Cube::build(&of(&["return-16.csv", "return-17.csv", "detail-17.csv"])).unwrap();
    assert_eq!(whole.total(), Pence::new(19_800));

    let coarse = Cube::build(&of(&["return-17.csv"])).unwrap();
    let told = "£100.00 in 1 line of ledger `return` for 2017-18 would give way to the detail of \
                `detail`, which the other load has; build one cube from the files of both";
    assert_eq!(said(coarse.append(&of(&["detail-17.csv"]))), told);
    let fine = Cube::build(&of(&["detail-17.csv"])).unwrap();
    assert_eq!(said(fine.merge(&coarse)), told, "whichever came first");
    let opened = Saved::of(&coarse).open(&place).unwrap();
    assert_eq!(said(opened.merge(&fine)), told, "also after a night");
    let with_more = coarse.append(&of(&["return-16.csv"])).unwrap();
    assert_eq!(
        said(with_more.merge(&fine)),
        told,
        "also by way of a third load"
    );

    // The year of which there is no detail, and the year whose both sides came together.
    let apart = Cube::build(&of(&["return-17.csv", "detail-17.csv"])).unwrap();
    let later = apart.append(&of(&["return-16.csv"])).unwrap();
    assert_eq!(without_journey(&later), without_journey(&whole));
    let later = Cube::build(&of(&["return-16.csv"])).unwrap();
    assert_eq!(
        without_journey(&later.merge(&apart).unwrap()),
        without_journey(&whole)
    );
}

/// A ledger read in part cannot meet its control total, and nothing is made of that.
#[test]
fn control_totals_are_of_whole_ledgers() {
    let north = (
        "north",
        "files = [\"north-*.csv\"]\ncontrol = [{ name = \"all\", total = \"12.50\" }]",
    );
    let files = [
        ("north-apr.csv", "north,a,2017-18,10.00\n"),
        ("north-may.csv", "north,b,2017-18,2.50\n"),
    ];
    let (_folder, place) = small(&[north], &files, "");
    let whole = load(&place, |_, _| true);
    assert!(!whole.findings().any_fault() && whole.reconciliation().holds());
    let [april, may] =
        ["north-apr.csv", "north-may.csv"].map(|name| load(&place, |_, file| file == name));
    assert!(!april.findings().any_fault() && april.reconciliation().holds());
    let notice = april
        .findings()
        .iter()
        .find(|finding| finding.rule == "control-totals-not-compared");
    assert_eq!(
        notice.unwrap().found,
        "1 of its 2 files are read, and its control totals are of all"
    );
    let cube = Cube::build(&april).unwrap().append(&may).unwrap();
    assert!(cube.reconciliation().holds());
    assert_eq!(cube.records(), Cube::build(&whole).unwrap().records());
}

/// Payments between partners, what is given in kind, how money is bound: no random place has them.
#[test]
fn places_of_many_partners_are_saved_too() {
    for pack in ["examples/data/partners", "examples/data/shropshire"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(pack);
        let place = Place::open(folder).unwrap();
        let cube = Cube::build(&load(&place, |_, _| true)).unwrap();
        let opened = Saved::of(&cube).open(&place).unwrap();
        assert_eq!(without_journey(&opened), without_journey(&cube), "{pack}");
        let ledgers = || place.ledgers().iter().map(|plan| plan.id.as_str());
        let part = |id: &str| Cube::build(&load(&place, |ledger, _| ledger == id)).unwrap();
        let apart = ledgers()
            .skip(1)
            .try_fold(part(ledgers().next().unwrap()), |cube, id| {
                cube.merge(&part(id))
            });
        match apart {
            Ok(cube) => assert_eq!(without_journey(&cube), without_journey(&opened), "{pack}"),
            Err(error) => {
                assert!(
                    matches!(error, CubeError::WouldReplace { .. }),
                    "{pack}: {error}"
                );
                assert!(!place.replacements().is_empty());
            }
        }
    }
}

/// The whole published data, where it is there.
#[test]
fn the_published_data_is_saved_and_opened() {
    let Some(data) = crate::fixtures::shared::folder("shropshire") else {
        return;
    };
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/packs/shropshire");
    let place = Place::open_with_data(pack, data).unwrap();
    let whole = Cube::build(&load(&place, |_, _| true)).unwrap();
    let opened = Saved::of(&whole).open(&place).unwrap();
    assert_eq!(without_journey(&opened), without_journey(&whole));
    let replaced: Vec<&str> = (place.replacements().iter())
        .map(|rule| rule.ledger.as_str())
        .collect();
    assert!(!replaced.is_empty());
    // What nothing replaces may come last; what is replaced may not come without its detail.
    let finer: Vec<&str> = (place.replacements().iter())
        .flat_map(|rule| &rule.by)
        .map(String::as_str)
        .collect();
    let tied = |ledger: &str| replaced.contains(&ledger) || finer.contains(&ledger);
    let free = load(&place, |ledger, _| !tied(ledger));
    let rest = Cube::build(&load(&place, |ledger, _| tied(ledger))).unwrap();
    assert!(free.line_count() > 0);
    assert_eq!(
        without_journey(&rest.append(&free).unwrap()),
        without_journey(&whole)
    );
    let coarse = Cube::build(&load(&place, |ledger, _| replaced.contains(&ledger))).unwrap();
    let refused = coarse.append(&load(&place, |ledger, _| finer.contains(&ledger)));
    assert!(
        matches!(refused, Err(CubeError::WouldReplace { .. })),
        "{refused:?}"
    );
}
