//! Postcodes: seconds and memory of opening a pack with a national file of 1.7 million, each case in a
//! process of its own.
//!
//! ```text
//! cargo bench --bench postcodes
//! WHOLEPLACE_BENCH_POSTCODES=20000 cargo bench --bench postcodes
//! ```
//!
//! | File | Columns | Bytes a row |
//! |---|---|---|
//! | best-fit lookup of postcodes to small areas | 14 | 130 |
//! | postcode directory (NSPL) | 35 | 355 |
//!
//! The place has 200 small areas, or all 35,000 of England. Seconds are shown and nothing is asserted of
//! them; that the postcodes are there is.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;
use tempfile::TempDir;
use wholeplace::account::PlaceAccount;
use wholeplace::place::Place;

/// polars is markedly slower with the system allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Outcome = Result<(), Box<dyn Error>>;

/// What the child is told: the folder with the pack.
const CHILD: &str = "--folder";
const AREAS: usize = 35_000;

const NSPL: &str = "pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa21,cty,ced,laua,ward,nhser,ctry,rgn,pcon,ttwa,itl,park,lsoa21,msoa21,wz11,sicbl,bua24,ruc21,oac11,lat,long,lep1,lep2,pfa,imd,icb";
const BEST_FIT: &str = "pcd7,pcd8,pcds,dointr,doterm,usertype,oa21cd,lsoa21,msoa21cd,ladcd,lsoa21nm,msoa21nm,ladnm,ladnmw";

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [first, folder] = arguments.as_slice()
        && first == CHILD
    {
        return measure(Path::new(folder));
    }
    let count = match std::env::var("WHOLEPLACE_BENCH_POSTCODES") {
        Ok(text) => text.parse()?,
        Err(_) if arguments.iter().any(|one| one == "--test") => 20_000,
        Err(_) => 1_700_000,
    };
    println!("file     | postcodes | areas of the place | seconds | peak MiB | kept MiB");
    for (name, headings) in [("best fit", BEST_FIT), ("NSPL", NSPL)] {
        let folder = tempfile::tempdir()?;
        directory(&folder, headings, count)?;
        for areas in [200, AREAS] {
            pack(&folder, areas)?;
            let output = Command::new(std::env::current_exe()?)
                .args([CHILD.as_ref(), folder.path().as_os_str()])
                .stderr(Stdio::inherit())
                .output()?;
            if !output.status.success() {
                return Err(format!("a case failed: {}", output.status).into());
            }
            let text = String::from_utf8(output.stdout)?;
            let numbers: Vec<f64> = text
                .split_whitespace()
                .map(str::parse)
                .collect::<Result<_, _>>()?;
            let [seconds, peak, kept] = numbers[..] else {
                return Err("a case told nothing".into());
            };
            println!(
                "{name:8} | {count:>9} | {areas:>18} | {seconds:>7.2} | {:>8.0} | {:>8.0}",
                peak / 1024.0,
                kept / 1024.0
            );
        }
    }
    Ok(())
}

fn area(number: usize) -> String {
    format!("E{:08}", 1_000_000 + number)
}

/// Postcodes in order, 49 to an area.
fn directory(folder: &TempDir, headings: &str, count: usize) -> Outcome {
    let mut file = BufWriter::new(std::fs::File::create(folder.path().join("postcodes.csv"))?);
    writeln!(file, "{headings}")?;
    let letter = |number: usize| char::from(b'A' + (number % 26) as u8);
    let headings: Vec<&str> = headings.split(',').collect();
    let mut row = String::new();
    for number in 0..count {
        let (inside, sector) = (number % 30, number / 30);
        let (digit, district) = (sector % 10, sector / 10);
        let outward = format!(
            "{}{}{}",
            letter(district / 234),
            letter(district / 9),
            district % 9 + 1
        );
        let inward = format!("{digit}{}{}", letter(inside), letter(inside / 2));
        row.clear();
        for heading in &headings {
            let _ = match *heading {
                "pcds" => write!(row, "\"{outward} {inward}\","),
                "pcd" | "pcd7" => write!(row, "\"{outward}{inward}\","),
                "pcd2" | "pcd8" => write!(row, "\"{outward}  {inward}\","),
                "lsoa21" => write!(row, "\"{}\",", area(number / 49 % AREAS)),
                "lat" => write!(row, "57.101474,"),
                "long" => write!(row, "-2.242851,"),
                "imd" => write!(row, "6808,"),
                "lsoa21nm" | "msoa21nm" => write!(row, "\"Shropshire 001\","),
                "doterm" | "ladnmw" => write!(row, "\"\","),
                "usertype" | "osgrdind" => write!(row, "\"0\","),
                "dointr" | "oseast1m" | "osnrth1m" => write!(row, "\"385386\","),
                _ => write!(row, "\"E06000051\","),
            };
        }
        row.pop();
        writeln!(file, "{row}")?;
    }
    Ok(file.flush()?)
}

fn pack(folder: &TempDir, areas: usize) -> Outcome {
    let mut localities = String::from("code,level,parent\n");
    let mut people = String::from("locality,mass\n");
    for number in 0..areas {
        let _ = writeln!(localities, "{},lsoa,place", area(number));
        let _ = writeln!(people, "{},1500", area(number));
    }
    std::fs::write(folder.path().join("localities.csv"), localities)?;
    std::fs::write(folder.path().join("people.csv"), people)?;
    // The first and the last postcode of the first area.
    std::fs::write(
        folder.path().join("paid.csv"),
        "date,where,amount\n03/04/2024,aa1 0aa,1.00\n03/04/2024,AA11SJ,2.00\n",
    )?;
    Ok(std::fs::write(folder.path().join("place.toml"), PLACE)?)
}

const PLACE: &str = r#"[place]
name = "Place"
locality = "place"

[[localities]]
rows = [{ code = "place", level = "place" }]

[[localities]]
file = "localities.csv"

[[activities]]
rows = [{ code = "all" }]

[[groups]]
rows = [{ code = "everyone" }]

[[partners]]
rows = [{ code = "council" }]

[[lookup]]
code = "postcodes"
normalise = "postcode"
fallback = { to = "district", by = "postcodes", class = "population" }
tables = [{ file = "postcodes.csv", columns = { from = "pcds", to = "lsoa21" }, outside = "left out" }]

[[driver]]
code = "people"
name = "residents"
class = "population"
source = "made up"
tables = [{ file = "people.csv" }]

[[sharing]]
driver = "people"

[[ledger]]
id = "paid"
name = "Payments"
source = "made up"
phase = "outturn"
files = ["paid.csv"]

[ledger.layout]
amount = ["amount"]
date = ["date"]
codes.locality = ["where"]

[ledger.axes]
partner = { always = "council" }
activity = { always = "all" }
ages = { always = "all" }
group = { always = "everyone" }
locality = { by = "code", lookup = "postcodes" }
"#;

/// One case: seconds, peak and kept kilobytes.
fn measure(folder: &Path) -> Outcome {
    let before = status("VmRSS")?;
    let start = Instant::now();
    let place = Place::open(folder)?;
    let seconds = start.elapsed().as_secs_f64();
    let peak = status("VmHWM")?;
    let kept = status("VmRSS")?.saturating_sub(before);
    let account = PlaceAccount::load(&place)?;
    let unmapped = account
        .ledgers()
        .iter()
        .map(|ledger| ledger.unmapped().len());
    assert_eq!(unmapped.sum::<usize>(), 0, "both postcodes are known");
    println!("{seconds} {peak} {kept}");
    Ok(())
}

/// A line of `/proc/self/status`, in kilobytes; 0 where there is none.
fn status(name: &str) -> Result<u64, Box<dyn Error>> {
    let Ok(text) = std::fs::read_to_string("/proc/self/status") else {
        return Ok(0);
    };
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.trim_start_matches(':').split_whitespace().next());
    Ok(number.map_or(Ok(0), str::parse)?)
}
