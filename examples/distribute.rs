//! A cube from sums that an engine makes beside the files, held against the one that is read here.

mod common;

use clap::Parser;
use common::{Data, Wrong};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use wholeplace::lake::{ChildProcess, Embedded, Engine, Lake, LakeCube, LakeFile, Limits};
use wholeplace::polars::prelude::{Column, DataFrame, ParquetWriter};
use wholeplace::sheet::{self, ReadOptions};
use wholeplace::{Cube, Place, PlaceAccount};

/// The ledgers of a pack as Parquet, grouped where they lie: by the server that WHOLEPLACE_SERVER names
/// (sc://127.0.0.1:50051) through the program that WHOLEPLACE_DOOR names, else by the embedded engine. The
/// cube is held against the one of the files as they are read here, byte by byte.
///
/// cargo run --release --example distribute
#[derive(Parser)]
#[command(verbatim_doc_comment, after_help = common::EXIT_CODES)]
struct Arguments {
    #[command(flatten)]
    common: common::CommonArguments,
    /// Seconds that the engine may take.
    #[arg(long, default_value_t = 600)]
    within: u64,
    /// The folder for the Parquet files, which the engine must see; one that goes away when left out.
    #[arg(long)]
    to: Option<PathBuf>,
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    let place = data.place(&common::shipped("examples/data/shropshire"))?;
    let scratch = tempfile::tempdir()?;
    let folder = arguments.to.as_deref().unwrap_or(scratch.path());
    std::fs::create_dir_all(folder)?;
    let lake = in_parquet(&place, folder)?;
    let mut engine = engine()?;
    let limits = Limits {
        within: Duration::from_secs(arguments.within),
        again: 1,
        wait: Duration::from_secs(10),
    };

    let began = Instant::now();
    let made = LakeCube::build(&place, &lake, engine.as_mut(), limits)?;
    let (there, took) = (made.cube, began.elapsed());
    data.found(&made.findings);
    writeln!(
        out,
        "{} engine: {} in {} records of {} files, {:.1} s",
        engine.name(),
        there.total(),
        there.records().len(),
        lake.files.len(),
        took.as_secs_f64()
    )?;
    for left_out in &made.left_out {
        writeln!(out, "  not looked for there: {left_out}")?;
    }

    let began = Instant::now();
    let here = Cube::build_from(PlaceAccount::load(&place)?)?;
    writeln!(
        out,
        "read here: {} in {} records, {:.1} s",
        here.total(),
        here.records().len(),
        began.elapsed().as_secs_f64()
    )?;
    let (one, other) = (scratch.path().join("there"), scratch.path().join("here"));
    there.save(&one)?;
    here.save(&other)?;
    if std::fs::read(one)? != std::fs::read(other)? {
        return Err(Wrong::error("the two cubes are not the same".to_owned()));
    }
    writeln!(out, "the two cubes are the same, byte by byte")?;
    Ok(())
}

/// The engine that the environment names, else the embedded one.
fn engine() -> Result<Box<dyn Engine>, Box<dyn std::error::Error>> {
    let named = |name: &str| std::env::var(name).ok();
    Ok(
        match (named("WHOLEPLACE_DOOR"), named("WHOLEPLACE_SERVER")) {
            // The program takes the server from the environment too: it may hold a token, and arguments are
            // read by everybody on a machine.
            (Some(door), Some(server)) => {
                let name = match server.starts_with("adbc:") {
                    true => "ADBC",
                    false => "Spark Connect",
                };
                Box::new(ChildProcess::start(name, &mut Command::new(door))?)
            }
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

/// The first sheet of each file of the ledgers as Parquet, every column texts as they stand there; what is Parquet
/// stays as it is.
fn in_parquet(place: &Place, folder: &Path) -> Result<Lake, Box<dyn std::error::Error>> {
    let mut files = Lake::of(place)?.files;
    for (number, file) in files.iter_mut().enumerate() {
        let LakeFile {
            shown, location, ..
        } = file;
        if location.ends_with(".parquet") {
            continue;
        }
        let source = sheet::open(Path::new(location), shown, &ReadOptions::default())?;
        let mut columns: Vec<(String, Vec<String>)> = Vec::new();
        if let Some(first) = source.sheets().first() {
            first.for_each_row(|_, row| {
                let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
                if columns.is_empty() {
                    // Names in a Parquet file are told apart; a text may have columns without one.
                    let named = |(at, heading): (usize, &str)| match heading.trim() {
                        "" => (format!("({})", at + 1), Vec::new()),
                        heading => (heading.to_owned(), Vec::new()),
                    };
                    columns = row.iter().enumerate().map(named).collect();
                } else {
                    for (at, (_, texts)) in columns.iter_mut().enumerate() {
                        texts.push(cell(at));
                    }
                }
            });
        }
        let columns = columns.into_iter();
        let columns = columns.map(|(heading, texts)| Column::new(heading.into(), texts));
        let mut frame = DataFrame::new_infer_height(columns.collect())?;
        let to = std::path::absolute(folder.join(format!("{number}.parquet")))?;
        ParquetWriter::new(std::fs::File::create(&to)?).finish(&mut frame)?;
        *location = to.display().to_string();
    }
    Ok(Lake { files })
}
