//! What each fuzz target does with some bytes. Also compiled by the tests of the crate.

use std::path::Path;
use wholeplace::axis::{Ages, Period, YearKind};
use wholeplace::cube::Cube;
use wholeplace::ledger::{Layout, LedgerSpec, Reader, Repeats};
use wholeplace::money::{ExcessDecimals, parse_amount, to_pence};
use wholeplace::place::Place;

/// What one target does with some bytes.
pub type Target = fn(&[u8]);

/// Every reader by its name.
pub const READERS: [(&str, Target); 11] = [
    ("csv", |bytes| ledger("a.csv", bytes)),
    ("xlsx", |bytes| ledger("a.xlsx", bytes)),
    ("xls", |bytes| ledger("a.xls", bytes)),
    ("xlsb", |bytes| ledger("a.xlsb", bytes)),
    ("ods", |bytes| ledger("a.ods", bytes)),
    ("parquet", |bytes| ledger("a.parquet", bytes)),
    ("text", text),
    ("layout", layout),
    ("pack", pack),
    ("outlines", outlines),
    ("cube", cube),
];

/// Runs one of them.
pub fn run(reader: &str, bytes: &[u8]) {
    let (_, run) = READERS
        .iter()
        .find(|(name, _)| *name == reader)
        .expect("a reader of that name");
    run(bytes);
}

fn with_file(name: &str, bytes: &[u8], read: impl FnOnce(&Path, &Path)) {
    let folder = tempfile::tempdir().expect("a folder for one file");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("room for one file");
    read(folder.path(), &path);
}

const LAYOUT: &str = "amount = ['Net']\ndate = ['Paid']\nperiod = ['Year']\n\
    codes.activity = ['Service']\ncodes.payee = [{ join = ['Name', 'Town'] }]";

/// Reads a payment file; what is read adds up.
fn ledger(name: &str, bytes: &[u8]) {
    with_file(name, bytes, |_, path| {
        read(
            path,
            name,
            toml::from_str(LAYOUT).expect("the layout is sound"),
        );
    });
}

fn read(path: &Path, name: &str, layout: Layout) {
    let spec = LedgerSpec {
        id: "fuzzed".into(),
        files: vec![(path.to_owned(), name.into())],
        layout,
        controls: Vec::new(),
        repeats: Repeats::Refuse,
    };
    match Reader::new().read(&spec) {
        Ok(ledger) => {
            assert!(ledger.reconciliation().holds());
            let sum: i128 = ledger
                .lines()
                .map(|line| i128::from(line.pence().get()))
                .sum();
            assert_eq!(sum, i128::from(ledger.total().get()));
            let _ = ledger.findings().to_string();
        }
        Err(error) => drop(error.to_string()),
    }
}

/// Amounts, periods and ages: what is read can be written and read again.
fn text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(pounds) = parse_amount(&text) {
        let _ = to_pence(pounds, ExcessDecimals::HalfEven);
    }
    let kinds = [
        None,
        Some(YearKind::Financial),
        Some(YearKind::Calendar),
        Some(YearKind::Academic),
    ];
    for period in kinds
        .into_iter()
        .filter_map(|kind| Period::parse(&text, kind).ok())
    {
        let written = period.to_string();
        assert_eq!(written.parse(), Ok(period), "{written}");
    }
    if let Ok(ages) = text.parse::<Ages>() {
        assert_eq!(ages.to_string().parse(), Ok(ages));
    }
}

/// A layout as a pack writes it, and a small file through it.
fn layout(bytes: &[u8]) {
    if let Ok(layout) = toml::from_str::<Layout>(&String::from_utf8_lossy(bytes)) {
        let rows = b"Service,Paid,Net\nParks,01/04/2022,5.00\n";
        with_file("a.csv", rows, |_, path| read(path, "a.csv", layout));
    }
}

/// A whole pack in one file.
fn pack(bytes: &[u8]) {
    with_file("place.toml", bytes, |folder, _| {
        if let Err(error) = Place::open(folder) {
            let _ = error.to_string();
        }
    });
}

/// Outlines of a pack whose rest is sound.
fn outlines(bytes: &[u8]) {
    const PACK: &str = "[place]\nname = 'A'\nlocality = 'a'\n\
        [[localities]]\nsource = 'made up'\nrows = [{ code = 'a', name = 'A', level = 'area' }]\n\
        [[activities]]\nsource = 'made up'\nrows = [{ code = 'x', name = 'X' }]\n\
        [[groups]]\nsource = 'made up'\nrows = [{ code = 'g', name = 'G' }]\n\
        [[partners]]\nsource = 'made up'\nrows = [{ code = 'p', name = 'P' }]\n\
        [[driver]]\ncode = 'd'\nname = 'd'\nclass = 'population'\nsource = 'made up'\n\
        tables = [{ rows = [{ locality = 'a', ages = 'all', mass = '1' }] }]\n\
        [[sharing]]\ndriver = 'd'\n\
        [outlines]\nfile = 'outlines.geojson'\ncode = 'code'\nsource = 'made up'\n";
    with_file("outlines.geojson", bytes, |folder, _| {
        std::fs::write(folder.join("place.toml"), PACK).expect("room for a pack");
        let place = Place::open(folder).expect("the pack is sound");
        if let Err(error) = place.outlines() {
            let _ = error.to_string();
        }
    });
}

/// A saved cube of the sample.
fn cube(bytes: &[u8]) {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/data/partners");
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/partners");
    let place = Place::open(sample).or_else(|_| Place::open(beside));
    let place = place.expect("the sample is sound");
    with_file("cube.parquet", bytes, |_, path| {
        if let Err(error) = Cube::open(path, &place) {
            let _ = error.to_string();
        }
    });
}
