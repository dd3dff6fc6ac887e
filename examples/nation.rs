//! A nation that does not exist: packs of many places over one lake, cut place by place and asked together.

mod common;

use clap::Parser;
use common::{Data, Wrong};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::{Duration, Instant};
use wholeplace::lake::{ChildProcess, Embedded, Engine, Lake, Limits, SavedCube, SeveralPlaces};
use wholeplace::ledger::Progress;
use wholeplace::polars::prelude::{
    Column, DataFrame, DataType, Int128Chunked, IntoColumn, ParquetWriter,
};
use wholeplace::{Boundary, By, Cube, Phase, Place, PlaceAccount};

/// Makes a nation of 20 places from a seed, as Parquet in parts of a million lines, cuts the cube of each place
/// where its parts lie, and asks all of them one question.
///
/// WHOLEPLACE_NATION_LINES says how many lines it has, a million when left out. The engine is that of
/// WHOLEPLACE_DOOR and WHOLEPLACE_SERVER, as in `distribute`, else the embedded one.
///
/// WHOLEPLACE_NATION_LINES=10000000 cargo run --release --example nation -- --to lake
#[derive(Parser)]
#[command(verbatim_doc_comment, after_help = common::EXIT_CODES)]
struct Arguments {
    #[command(flatten)]
    common: common::CommonArguments,
    /// The folder for packs and parts, which the engine must see; one that goes away when left out. What is
    /// there of the same number of lines is not made again.
    #[arg(long)]
    to: Option<PathBuf>,
    /// Seconds that the engine may take for each place.
    #[arg(long, default_value_t = 3600)]
    within: u64,
    /// Hold each cube against the one of the same files as they are read here, byte by byte.
    #[arg(long)]
    check: bool,
}

const PLACES: u64 = 20;
const PART: u64 = 1_000_000;
const AREAS: u64 = 30;
const SERVICES: u64 = 40;
const BODIES: [(&str, &str); 6] = [
    ("council", "Council"),
    ("police", "Police"),
    ("nhs", "NHS"),
    ("fire", "Fire and rescue"),
    ("probation", "Probation"),
    ("housing", "Housing association"),
];

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    let lines: u64 = match std::env::var("WHOLEPLACE_NATION_LINES") {
        Ok(text) => text.replace('_', "").parse()?,
        Err(_) => 1_000_000,
    };
    let scratch = tempfile::tempdir()?;
    let to = arguments.to.as_deref().unwrap_or(scratch.path());
    let began = Instant::now();
    let mut places: Vec<(Arc<Place>, Lake)> = Vec::new();
    for number in 0..PLACES {
        // The first places have the lines that do not divide.
        let of_place = lines / PLACES + u64::from(number < lines % PLACES);
        let folder = to
            .join(format!("{lines}-lines"))
            .join(format!("place-{number:02}"));
        if !folder.join("written").exists() {
            made(number, of_place, &folder)?;
            fs::write(folder.join("written"), "")?;
        }
        let place = Place::open(&folder)?;
        let lake = Lake::of(&place)?;
        places.push((place, lake));
    }
    let parts: usize = places.iter().map(|(_, lake)| lake.files.len()).sum();
    writeln!(
        out,
        "{lines} lines of {PLACES} places in {parts} parts, made or found in {:.1} s",
        began.elapsed().as_secs_f64()
    )?;

    let mut engine = engine()?;
    let limits = Limits {
        within: Duration::from_secs(arguments.within),
        again: 1,
        wait: Duration::from_secs(10),
    };
    let bar = common::bar("grouping");
    let progress = |progress: &Progress| {
        bar.set_length(progress.bytes);
        bar.set_position(progress.bytes_done);
        bar.set_message(progress.file.clone());
    };
    let began = Instant::now();
    let cubes = to.join("cubes");
    fs::create_dir_all(&cubes)?;
    let saved = SavedCube::cut(&places, engine.as_mut(), limits, &cubes, &progress)?;
    bar.finish_and_clear();
    let took = began.elapsed();
    for saved in &saved {
        data.found(&saved.findings);
    }
    let opened: Vec<Cube> = saved
        .iter()
        .map(SavedCube::open)
        .collect::<Result<_, _>>()?;
    let records: usize = opened.iter().map(|cube| cube.records().len()).sum();
    writeln!(
        out,
        "{} engine: {records} records in {:.1} s",
        engine.name(),
        took.as_secs_f64()
    )?;
    if arguments.check {
        for ((place, _), saved) in places.iter().zip(&saved) {
            let here = Cube::build_from(PlaceAccount::load(place)?)?;
            let file = scratch.path().join("here");
            here.save(&file)?;
            if fs::read(&file)? != fs::read(&saved.path)? {
                let why = format!("the two cubes of {} are not the same", place.name());
                return Err(Wrong::error(why));
            }
        }
        writeln!(
            out,
            "each cube is that of the files read here, byte by byte"
        )?;
    }

    let year = "2024-25".parse()?;
    let several = SeveralPlaces::of(opened.iter().collect())?;
    let answer = several.ask([By::Partner], |question| {
        (question.period(year).phase(Phase::Outturn))
            .activity("s07")
            .boundary(Boundary::AllPartners)
    })?;
    let table = answer.table();
    writeln!(
        out,
        "service 7 in 2024-25: {} in {} rows, by the rules of",
        answer.total,
        table.rows().len()
    )?;
    for (rules, _) in answer.of_places.iter().take(3) {
        writeln!(out, "  {}", rules.in_words())?;
    }
    writeln!(
        out,
        "  and of {} more",
        answer.of_places.len().saturating_sub(3)
    )?;
    Ok(())
}

/// The engine that the environment names, else the embedded one.
fn engine() -> Result<Box<dyn Engine>, Box<dyn std::error::Error>> {
    let named = |name: &str| std::env::var(name).ok();
    Ok(
        match (named("WHOLEPLACE_DOOR"), named("WHOLEPLACE_SERVER")) {
            // The program takes the server from the environment too: it may hold a token.
            (Some(door), Some(_)) => Box::new(ChildProcess::start(
                "Spark Connect",
                &mut Command::new(door),
            )?),
            (None, None) => Box::new(Embedded::new()),
            _ => {
                return Err(Wrong::error(
                "name both, the program in WHOLEPLACE_DOOR and its server in WHOLEPLACE_SERVER, or neither"
                    .to_owned(),
            ));
            }
        },
    )
}

/// Writes the pack of a place and its payments, the same of each number and size on every machine.
fn made(number: u64, lines: u64, folder: &Path) -> common::Outcome {
    fs::create_dir_all(folder)?;
    let write = |file: &str, text: String| fs::write(folder.join(file), text);
    let parts: Vec<String> = (0..lines.div_ceil(PART).max(1))
        .map(|part| format!("payments-{part}.parquet"))
        .collect();
    write(
        "place.toml",
        format!(
            r#"[place]
name = "Place {number:02}"
locality = "p{number:02}"
residents = "people"
age_bands = ["0-15", "16+"]
notes = []

[[localities]]
source = "made from a seed"
file = "localities.csv"

[[activities]]
source = "made from a seed"
file = "activities.csv"

[[groups]]
source = "made from a seed"
rows = [{{ code = "everyone", name = "Everyone" }}]

[[partners]]
source = "made from a seed"
file = "partners.csv"

[[driver]]
code = "people"
name = "residents"
class = "population"
basis = "where-people-live"
source = "made from a seed"
tables = [{{ file = "people.csv", columns = {{ mass = "people" }} }}]

[[sharing]]
driver = "people"

[[ledger]]
id = "payments"
name = "Payments of all partners"
source = "made from a seed"
phase = "outturn"
files = {parts:?}

[ledger.layout]
amount = ["Net Amount"]
date = ["Payment Date"]
reference = ["Reference"]
codes.partner = ["Body"]
codes.activity = ["Service"]
codes.locality = ["Area"]

[ledger.axes]
partner = {{ by = "code" }}
activity = {{ by = "code" }}
ages = {{ always = "all" }}
group = {{ always = "everyone" }}
locality = {{ by = "code" }}
"#
        ),
    )?;
    let areas = (0..AREAS).map(|area| {
        format!("p{number:02}a{area:02},Area {area} of place {number},area,p{number:02}\n")
    });
    let head = format!("code,name,level,parent\np{number:02},Place {number:02},place,\n");
    write("localities.csv", head + &areas.collect::<String>())?;
    let services = (0..SERVICES).map(|service| format!("s{service:02},Service {service},\n"));
    write(
        "activities.csv",
        "code,name,parent\n".to_owned() + &services.collect::<String>(),
    )?;
    let bodies = BODIES.map(|(code, name)| format!("{code},{name},\n"));
    write(
        "partners.csv",
        "code,name,parent\n".to_owned() + &bodies.concat(),
    )?;
    let people = (0..AREAS).map(|area| {
        let count = 500 + 37 * area + 11 * number;
        format!(
            "p{number:02}a{area:02},0-15,{count}\np{number:02}a{area:02},16+,{}\n",
            4 * count
        )
    });
    write(
        "people.csv",
        "locality,ages,people\n".to_owned() + &people.collect::<String>(),
    )?;
    for (part, name) in (0..).zip(&parts) {
        let first = part * PART;
        let rows = lines.saturating_sub(first).min(PART);
        let mut frame = payments(number, first, rows)?;
        ParquetWriter::new(fs::File::create(folder.join(name))?).finish(&mut frame)?;
    }
    Ok(())
}

/// The payments of a part.
fn payments(number: u64, first: u64, rows: u64) -> Result<DataFrame, Box<dyn std::error::Error>> {
    /// 1 April 2020, in days since 1970.
    const FIRST_DAY: i32 = 18_353;
    let mut random = Random(0x7770_6c61_6365 ^ (number << 48) ^ (first << 8));
    let (mut days, mut pence) = (Vec::new(), Vec::new());
    let mut texts: [Vec<String>; 5] = Default::default();
    for row in 0..rows {
        // Five years, five days apart.
        let day = 5 * i32::try_from(random.below(365))?;
        days.push(FIRST_DAY + day);
        let size = 1i128 << (6 + random.below(16));
        let amount = size + i128::from(random.below(1 << 16));
        pence.push(if random.below(33) == 0 {
            -amount
        } else {
            amount
        });
        // Who pays for a service is the same all year.
        let service = random.below(SERVICES);
        let body = service % BODIES.len() as u64;
        let area = random.below(AREAS + 2);
        let (of_area, of_all) = (format!("p{number:02}a{area:02}"), format!("p{number:02}"));
        let cells = [
            BODIES
                .get(usize::try_from(body)?)
                .map_or("", |(code, _)| code)
                .to_owned(),
            format!("s{service:02}"),
            // Some money is recorded for the whole place.
            if area < AREAS { of_area } else { of_all },
            format!("Supplier {:04} Limited", random.below(5_000)),
            format!("PV{:09}", first + row),
        ];
        for (column, cell) in texts.iter_mut().zip(cells) {
            column.push(cell);
        }
    }
    let names = ["Body", "Service", "Area", "Supplier", "Reference"];
    let texts = names.into_iter().zip(texts);
    let mut columns = vec![Column::new("Payment Date".into(), days).cast(&DataType::Date)?];
    columns.extend(texts.map(|(name, cells)| Column::new(name.into(), cells)));
    columns.push(
        Int128Chunked::from_vec("Net Amount".into(), pence)
            .into_decimal(18, 2)?
            .into_column(),
    );
    Ok(DataFrame::new_infer_height(columns)?)
}

/// Steele, Lea and Flood's SplitMix64: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let mixed = mixed ^ (mixed >> 31);
        u64::try_from((u128::from(mixed) * u128::from(end)) >> 64).unwrap_or_default()
    }
}
