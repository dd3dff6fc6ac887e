//! A county that does not exist, made from a seed: a complete place pack and its payment files.
//!
//! ```text
//! cargo bench                                      # 1,000,000 lines
//! WHOLEPLACE_BENCH_LINES=10000000 cargo bench      # 10,000,000 lines
//! WHOLEPLACE_BENCH_LINES=20000 cargo bench --benches -- --test    # each once, as CI does
//! ```
//!
//! The same seed and number of lines give the same bytes on every machine: integers only, one
//! ChaCha stream for what the county is and another for its payments, so that a county of more
//! lines is the same county.
//!
//! # Sketch of bytes and passes, 1 M lines
//!
//! | What | Rows | Bytes | Passes over it |
//! |---|---|---|---|
//! | payment files, one a financial year, 9 columns | 1,000,000 | 74 MB | written once; read by the ledger once for the fingerprint and encoding, once for its rows |
//! | ledger in memory | 1,000,000 | 39 B a line (8 pence, 6 period, 1 day, 4 row, 4 for each of 5 codes) | account: total, statement, crosswalk |
//! | coded lines | 1,000,000 | 52 B a line | one, by the engine |
//! | records | about 172,000 | 80 B a record | four by a question that drills, two by one that does not |
//! | residents | 206 leaves × 91 ages | 150 kB | four look-ups for each piece that is divided |
//!
//! # What is like a real ledger
//!
//! Payments come from 3,000 cost centres that pay again month after month, a few of them most of
//! the time: hence far fewer records than lines. 40 % state no age; localities are coarse (half
//! county or police force) and fine (place-plan areas, wards, LSOAs); 3 % are credits; 5 % are paid
//! to another partner; one code in seven means several activities; a few codes are gaps and a few
//! are in no crosswalk. Amounts spread over nine orders of magnitude around £650, like a
//! log-normal: two to the number of ones among 32 random bits, times 1 to 2.
#![allow(dead_code, reason = "no bench uses all of it")]

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::error::Error;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use wholeplace::account::PlaceAccount;
use wholeplace::ledger::{Ledger, LedgerSpec, Reader, Repeats};
use wholeplace::place::Place;

pub mod plain;

/// polars is markedly slower with the system allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub type Outcome = Result<(), Box<dyn Error>>;

const SEED: u64 = 0x5745_4c4c_2053_4f4d;
pub const AREAS: u64 = 18;
const WARDS: u64 = 60;
const LSOAS: u64 = 200;
const DISTRICTS: u64 = 6;
const THEMES: u64 = 10;
const PROGRAMMES: u64 = 5;
const ACTIVITIES: u64 = 6;
const CODES: u64 = 420;
const COST_CENTRES: u64 = 3_000;
/// April 2013 to March 2018.
const YEARS: [&str; 5] = ["2013-14", "2014-15", "2015-16", "2016-17", "2017-18"];

/// Partner, whether it is recorded for the whole police force, and its share of cost centres.
const PARTNERS: [(&str, &str, u64); 12] = [
    ("council", "C", 34),
    ("police", "F", 16),
    ("hospital", "C", 11),
    ("mental-health", "C", 9),
    ("fire", "C", 6),
    ("probation", "F", 6),
    ("housing-north", "C", 4),
    ("housing-south", "C", 4),
    ("college", "C", 3),
    ("citizens-advice", "C", 3),
    ("youth-trust", "C", 2),
    ("carers", "C", 2),
];

/// Ages that partners state, as they write them; unions of the bands of the caseload.
const STATED_AGES: [&str; 14] = [
    "0-4", "5-9", "10-15", "16-17", "18-19", "0-17", "5-15", "10-17", "16-19", "18+", "20-64",
    "18-64", "65+", "20+",
];

/// The county on disk; gone when this is dropped.
pub struct County {
    folder: TempDir,
    pub lines: u64,
    /// Of all payment files together.
    pub bytes: u64,
}

/// How many lines: `WHOLEPLACE_BENCH_LINES`, or a million.
fn lines() -> Result<u64, Box<dyn Error>> {
    match std::env::var("WHOLEPLACE_BENCH_LINES") {
        Ok(text) => Ok(text.replace('_', "").parse()?),
        Err(_) => Ok(1_000_000),
    }
}

impl County {
    /// Makes the county and its payments.
    pub fn generate() -> Result<Self, Box<dyn Error>> {
        let lines = lines()?;
        let folder = tempfile::Builder::new()
            .prefix("wholeplace-county-")
            .tempdir()?;
        let mut random = Random::new(SEED);
        write_pack(folder.path(), &mut random)?;
        let centres = cost_centres(&mut random);
        let bytes = write_payments(folder.path(), &centres, lines)?;
        Ok(Self {
            folder,
            lines,
            bytes,
        })
    }

    /// `1m_lines`: the size in the name of a bench.
    pub fn size(&self) -> String {
        short(self.lines) + "_lines"
    }

    /// The payment files, in the order of the years.
    pub fn files(&self) -> Vec<PathBuf> {
        let file = |year| self.folder.path().join(format!("payments-{year}.csv"));
        YEARS.iter().map(file).collect()
    }

    pub fn place(&self) -> Result<Arc<Place>, Box<dyn Error>> {
        Ok(Arc::new(Place::open(self.folder.path())?))
    }

    /// Reads the payment files as one ledger.
    pub fn ledger(&self, place: &Place) -> Result<Ledger, Box<dyn Error>> {
        let plan = &place.ledgers()[0];
        let spec = LedgerSpec {
            id: plan.id.clone(),
            files: plan.files.clone(),
            layout: plan.layout.clone(),
            controls: plan.controls.clone(),
            repeats: Repeats::Refuse,
        };
        Ok(Reader::new().read(&spec)?)
    }

    pub fn account(&self, place: &Arc<Place>) -> Result<PlaceAccount, Box<dyn Error>> {
        Ok(PlaceAccount::load(place, &|_| ())?)
    }
}

/// `20k`, `1m`: three digits at most.
pub fn short(count: u64) -> String {
    match count {
        0..1_000 => count.to_string(),
        1_000..1_000_000 => format!("{}k", count / 1_000),
        _ => format!("{}m", count / 1_000_000),
    }
}

/// Few and short samples: one operation takes between a hundredth of a second and seconds.
pub fn criterion() -> criterion::Criterion {
    criterion::Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args()
}

/// Integers from a seed, the same on every machine and with every version of the crate.
pub struct Random(ChaCha8Rng);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    pub fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.0.next_u64()) * u128::from(end)) >> 64) as u64
    }

    fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// Small numbers more often: half of them in the first quarter.
    fn skewed(&mut self, end: u64) -> u64 {
        let r = u128::from(self.below(1 << 32));
        ((r * r * u128::from(end)) >> 64) as u64
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }

    /// Pence of a payment; see the head of this file.
    pub fn pence(&mut self) -> i64 {
        let bits = self.0.next_u64();
        let size = (bits as u32).count_ones();
        let within = 1_000 + (bits >> 32) % 1_000;
        ((1u64 << size) * within / 1_000) as i64
    }
}

// ---- the pack

fn write_pack(folder: &Path, random: &mut Random) -> Outcome {
    fs::write(folder.join("place.toml"), place_toml())?;
    fs::write(folder.join("localities.csv"), localities())?;
    fs::write(folder.join("activities.csv"), activities())?;
    fs::write(folder.join("groups.csv"), groups())?;
    fs::write(folder.join("partners.csv"), partners())?;
    fs::write(folder.join("crosswalk.csv"), crosswalk(random))?;
    fs::write(folder.join("residents.csv"), residents(random))?;
    fs::write(folder.join("caseload.csv"), caseload(random))?;
    Ok(())
}

fn place_toml() -> &'static str {
    r#"
[place]
name = "A county that does not exist"
locality = "C"
residents = "residents"
age_bands = ["0-4", "5-9", "10-15", "16-19", "20-64", "65+"]
notes = ["Made from a seed, for measuring speed; nothing here is real."]

[[localities]]
file = "localities.csv"

[[activities]]
file = "activities.csv"

[[groups]]
file = "groups.csv"

[[partners]]
file = "partners.csv"

[[driver]]
code = "residents"
name = "residents by single year of age"
class = "population"
source = "made from a seed"
tables = [{ file = "residents.csv", columns = { mass = "persons" } }]

[[driver]]
code = "caseload"
name = "open cases by age band"
class = "driver"
source = "made from a seed"
tables = [{ file = "caseload.csv", columns = { mass = "cases" } }]

[[sharing]]
activity = "T01"
driver = "caseload"

[[sharing]]
driver = "residents"

[[crosswalk]]
file = "crosswalk.csv"
set = { ledger = "payments" }

[[ledger]]
id = "payments"
name = "Payments of all partners"
source = "made from a seed"
phase = "outturn"
files = ["payments-*.csv"]

[ledger.layout]
amount = ["Net Amount"]
date = ["Payment Date"]
codes.partner = ["Body"]
codes.activity = ["Service Code"]
codes.ages = ["Ages"]
codes.group = ["Client Group"]
codes.locality = ["Area"]

[ledger.axes]
partner = { by = "code" }
activity = { by = "crosswalk" }
ages = { by = "code", otherwise = "all" }
group = { by = "crosswalk", otherwise = "everyone" }
locality = { by = "code", otherwise_gap = "unknown" }
"#
}

fn area(lsoa: u64) -> u64 {
    lsoa * AREAS / LSOAS
}

/// Wards nest in areas: each has three or four.
fn ward(lsoa: u64) -> u64 {
    let start = |area: u64| area * WARDS / AREAS;
    let area = area(lsoa);
    let first = (area * LSOAS).div_ceil(AREAS);
    let end = ((area + 1) * LSOAS).div_ceil(AREAS);
    start(area) + (lsoa - first) * (start(area + 1) - start(area)) / (end - first)
}

fn localities() -> String {
    let mut text = String::from(
        "code,name,level,parent,grouping\n\
         F,Police force,police-force,,\n\
         C,County,county,F,\n\
         north,North,area,C,\ncentral,Central,area,C,\nsouth,South,area,C,\n",
    );
    for district in 1..=DISTRICTS {
        _ = writeln!(text, "D{district},District {district},district,F,");
    }
    for area in 0..AREAS {
        let third = ["north", "central", "south"][(area * 3 / AREAS) as usize];
        _ = writeln!(
            text,
            "{},Place plan area {area},place-plan-area,{third},",
            area_code(area)
        );
    }
    for lsoa in 0..LSOAS {
        _ = writeln!(text, "L{lsoa:03},,lsoa,{},", area_code(area(lsoa)));
    }
    for ward in 0..WARDS {
        _ = writeln!(text, "W{ward:02},Ward {ward},ward,,ward");
    }
    for lsoa in 0..LSOAS {
        _ = writeln!(text, "L{lsoa:03},,,W{:02},ward", ward(lsoa));
    }
    text
}

fn area_code(area: u64) -> String {
    format!("P{area:02}")
}

fn activities() -> String {
    let mut text = String::from("code,name,level,parent\n");
    for theme in 1..=THEMES {
        _ = writeln!(text, "T{theme:02},Theme {theme},theme,");
        for programme in 1..=PROGRAMMES {
            _ = writeln!(text, "T{theme:02}P{programme},,programme,T{theme:02}");
            for activity in 1..=ACTIVITIES {
                _ = writeln!(
                    text,
                    "T{theme:02}P{programme}A{activity},,activity,T{theme:02}P{programme}"
                );
            }
        }
    }
    text
}

fn activity(number: u64) -> String {
    let (theme, rest) = (
        number / (PROGRAMMES * ACTIVITIES),
        number % (PROGRAMMES * ACTIVITIES),
    );
    format!(
        "T{:02}P{}A{}",
        theme % THEMES + 1,
        rest / ACTIVITIES + 1,
        rest % ACTIVITIES + 1
    )
}

fn groups() -> String {
    let mut text = String::from("code,name,level,parent\neveryone,Everyone,all,\n");
    for audience in ["children", "adults", "older", "families", "offenders"] {
        _ = writeln!(text, "{audience},,audience,everyone");
        for group in 1..=3 {
            _ = writeln!(text, "{audience}-{group},,group,{audience}");
        }
    }
    text
}

fn partners() -> String {
    let mut text = String::from("code,name\n");
    for (partner, ..) in PARTNERS {
        _ = writeln!(text, "{partner},{partner}");
    }
    text
}

/// Codes 0 to 299 mean one activity; to 359 a mix of two to four; to 403 a programme or theme; to
/// 415 a gap; the last four are in no crosswalk.
fn crosswalk(random: &mut Random) -> String {
    let mut text = String::from("axis,code,to,weight,class,gap\n");
    let all = THEMES * PROGRAMMES * ACTIVITIES;
    for code in 0..CODES {
        match code {
            0..300 => _ = writeln!(text, "activity,S{code:03},{},,,", activity(code)),
            300..360 => {
                // Neighbours in the tree or far apart; whole parts of a hundred.
                let parts = 2 + random.below(3);
                let first = random.below(all);
                let apart = if random.percent(50) { 1 } else { 37 };
                let mut left = 100;
                for part in 0..parts {
                    let weight = if part + 1 == parts {
                        left
                    } else {
                        1 + random.below(left - (parts - part))
                    };
                    left -= weight;
                    let to = activity((first + part * apart) % all);
                    _ = writeln!(text, "activity,S{code:03},{to},{weight},judgement,");
                }
            }
            360..404 => {
                let theme = 1 + random.below(THEMES);
                let to = match random.below(3) {
                    0 => format!("T{theme:02}"),
                    _ => format!("T{theme:02}P{}", 1 + random.below(PROGRAMMES)),
                };
                _ = writeln!(text, "activity,S{code:03},{to},,,");
            }
            404..416 => {
                let gap = ["not-elsewhere-classified", "not-disaggregated", "withheld"]
                    [(code % 3) as usize];
                _ = writeln!(text, "activity,S{code:03},,,,{gap}");
            }
            _ => {}
        }
    }
    for (number, audience) in (1..).zip(["children", "adults", "older", "families", "offenders"]) {
        _ = writeln!(text, "group,G{number}0,{audience},,,");
        for group in 1..=3 {
            _ = writeln!(text, "group,G{number}{group},{audience}-{group},,,");
        }
    }
    text
}

fn leaves() -> impl Iterator<Item = (String, u64)> {
    let lsoas = (0..LSOAS).map(|lsoa| (format!("L{lsoa:03}"), 1));
    lsoas.chain((1..=DISTRICTS).map(|district| (format!("D{district}"), 60)))
}

fn residents(random: &mut Random) -> String {
    let mut text = String::from("locality,ages,persons\n");
    for (leaf, size) in leaves() {
        for age in 0..=90u64 {
            let persons = size * (4 + random.below(30)) * (130 - age) / 100;
            _ = writeln!(text, "{leaf},{age},{persons}");
        }
    }
    text
}

fn caseload(random: &mut Random) -> String {
    let mut text = String::from("locality,ages,cases\n");
    for (leaf, size) in leaves() {
        for band in ["0-4", "5-9", "10-15", "16-17", "18-19", "20-64", "65+"] {
            _ = writeln!(text, "{leaf},{band},{}", size * (1 + random.below(40)));
        }
    }
    text
}

// ---- the payments

/// What recurs: who pays for what, for whom and where, each as the payment files write it.
struct CostCentre {
    partner: &'static str,
    /// Everything between date and supplier, with the commas.
    cells: String,
}

fn cost_centres(random: &mut Random) -> Vec<CostCentre> {
    (0..COST_CENTRES)
        .map(|_| {
            let mut draw = random.below(100);
            let (partner, whole) = PARTNERS
                .iter()
                .find_map(|&(partner, whole, share)| match draw.checked_sub(share) {
                    None => Some((partner, whole)),
                    Some(rest) => {
                        draw = rest;
                        None
                    }
                })
                .unwrap_or(("council", "C"));
            let code = random.below(CODES);
            let ages = if random.percent(40) {
                ""
            } else {
                random.one(&STATED_AGES)
            };
            let group = match random.below(4) {
                0 => format!("G{}{}", 1 + random.below(5), random.below(4)),
                _ => String::new(),
            };
            let locality = match random.below(100) {
                0..50 => whole.to_owned(),
                50..56 => (*random.one(&["north", "central", "south"])).to_owned(),
                56..76 => area_code(random.below(AREAS)),
                76..86 => format!("W{:02}", random.below(WARDS)),
                86..96 => format!("L{:03}", random.below(LSOAS)),
                96..99 => format!("D{}", 1 + random.below(DISTRICTS)),
                _ => "HQ".to_owned(),
            };
            CostCentre {
                partner,
                cells: format!("{partner},S{code:03},{ages},{group},{locality}"),
            }
        })
        .collect()
}

fn write_payments(
    folder: &Path,
    centres: &[CostCentre],
    lines: u64,
) -> Result<u64, Box<dyn Error>> {
    let mut random = Random::new(SEED ^ 1);
    let mut bytes = 0;
    let mut reference = 1_000_000u64;
    for (number, year) in (0u64..).zip(YEARS) {
        let path = folder.join(format!("payments-{year}.csv"));
        let mut file = BufWriter::with_capacity(1 << 20, File::create(&path)?);
        file.write_all(
            b"Payment Date,Body,Service Code,Ages,Client Group,Area,Supplier,Reference,Net Amount\n",
        )?;
        let from = lines * number / YEARS.len() as u64;
        let end = lines * (number + 1) / YEARS.len() as u64;
        for _ in from..end {
            let centre = &centres[random.skewed(COST_CENTRES) as usize];
            let month = random.below(12);
            let calendar = 2013 + number + month / 9;
            let (day, month) = (1 + random.below(28), (month + 3) % 12 + 1);
            let credit = if random.percent(3) { "-" } else { "" };
            let pence = random.pence();
            reference += 1 + random.below(9);
            write!(file, "{day:02}/{month:02}/{calendar},{},", centre.cells)?;
            if random.percent(5) {
                let other = PARTNERS
                    .iter()
                    .map(|(partner, ..)| *partner)
                    .filter(|partner| *partner != centre.partner)
                    .nth(random.below(11) as usize);
                write!(file, "{} (partner body)", other.unwrap_or_default())?;
            } else {
                write!(file, "Supplier {:05} Limited", random.skewed(20_000))?;
            }
            writeln!(
                file,
                ",PV{reference},{credit}{}.{:02}",
                pence / 100,
                pence % 100
            )?;
        }
        file.flush()?;
        bytes += fs::metadata(&path)?.len();
    }
    Ok(bytes)
}
