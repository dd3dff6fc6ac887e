//! A cube from sums that an engine makes beside the files, held against the one that is read here.

mod common;

use clap::Parser;
use common::{Data, Wrong};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::{Duration, Instant};
use wholeplace::lake::{ChildProcess, Embedded, Engine, Lake, LakeCube, Limits, SeveralPlaces};
use wholeplace::ledger::Progress;
use wholeplace::polars::prelude::{Column, DataFrame, ParquetWriter};
use wholeplace::sheet::{self, ReadOptions, Sheet};
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
    /// Another pack over the same lake, cut after the first; as often as there are more.
    #[arg(long, value_name = "FOLDER")]
    also: Vec<PathBuf>,
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    let mut places = vec![data.place(&common::shipped("examples/data/shropshire"))?];
    for pack in &arguments.also {
        places.push(Place::open(pack)?);
    }
    let scratch = tempfile::tempdir()?;
    let folder = arguments.to.as_deref().unwrap_or(scratch.path());
    let mut engine = engine()?;
    let limits = Limits {
        within: Duration::from_secs(arguments.within),
        again: 1,
        wait: Duration::from_secs(10),
    };
    let mut cubes = Vec::with_capacity(places.len());
    for (number, place) in places.iter().enumerate() {
        if places.len() > 1 {
            writeln!(out, "{}", place.name())?;
        }
        let folder = folder.join(number.to_string());
        std::fs::create_dir_all(&folder)?;
        let saved = scratch.path().join(format!("{number}.cube"));
        held_against(place, &folder, &saved, (engine.as_mut(), limits), data, out)?;
        cubes.push(Cube::open(&saved, place)?);
    }
    if cubes.len() > 1 {
        match SeveralPlaces::of(cubes.iter().collect()) {
            Ok(_) => writeln!(out, "the places may be asked together")?,
            Err(why) => writeln!(out, "the places cannot be asked together: {why}")?,
        }
    }
    Ok(())
}

/// Cuts the cube of a place beside its files, and holds it against the one that is read here.
fn held_against(
    place: &Arc<Place>,
    folder: &Path,
    saved: &Path,
    (engine, limits): (&mut dyn Engine, Limits),
    data: &mut Data,
    out: &mut dyn Write,
) -> common::Outcome {
    let (lake, sheets) = in_parquet(place, folder)?;
    let bar = common::bar("grouping");
    let began = Instant::now();
    let made = LakeCube::build_with(place, &lake, engine, limits, &|progress: &Progress| {
        bar.set_length(progress.bytes);
        bar.set_position(progress.bytes_done);
        bar.set_message(progress.file.clone());
    })?;
    bar.finish_and_clear();
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
    let here = Cube::build_from(PlaceAccount::load(place)?)?;
    writeln!(
        out,
        "read here: {} in {} records, {:.1} s",
        here.total(),
        here.records().len(),
        began.elapsed().as_secs_f64()
    )?;
    let other = folder.join("here");
    there.save(saved)?;
    here.save(&other)?;
    if sheets {
        // Each sheet is a file of its own there, and cubes say which files they hold.
        if there.records() != here.records() {
            return Err(Wrong::error(
                "the two cubes do not have the same records".to_owned(),
            ));
        }
        writeln!(
            out,
            "the two cubes have the same records; there each sheet is a file of its own"
        )?;
        return Ok(());
    }
    if std::fs::read(saved)? != std::fs::read(other)? {
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

/// Each sheet of each file of the ledgers as Parquet, every column texts as they stand there; what is Parquet
/// stays as it is. Says too whether some file has several sheets.
fn in_parquet(place: &Place, folder: &Path) -> Result<(Lake, bool), Box<dyn std::error::Error>> {
    let mut files = Vec::new();
    let mut any_sheets = false;
    for (number, file) in Lake::of(place)?.files.into_iter().enumerate() {
        if file.location.ends_with(".parquet") {
            files.push(file);
            continue;
        }
        let source = sheet::open(
            Path::new(&file.location),
            &file.shown,
            &ReadOptions::default(),
        )?;
        let sheets = source.sheets();
        any_sheets |= sheets.len() > 1;
        for (at, one) in sheets.iter().enumerate() {
            let to = std::path::absolute(folder.join(format!("{number}-{at}.parquet")))?;
            if !written(one, &to)? {
                continue;
            }
            let mut there = file.clone();
            there.location = to.display().to_string();
            if let (Some(name), true) = (one.name(), sheets.len() > 1) {
                there.shown = format!("{} [{name}]", file.shown);
                there.fingerprint = sheet::open(&to, &there.shown, &ReadOptions::default())?
                    .fingerprint()
                    .to_owned();
            }
            files.push(there);
        }
    }
    Ok((Lake { files }, any_sheets))
}

/// Writes a sheet that has rows.
fn written(sheet: &Sheet<'_>, to: &Path) -> Result<bool, Box<dyn std::error::Error>> {
    let mut columns: Vec<(String, Vec<String>)> = Vec::new();
    sheet.for_each_row(|_, row| {
        let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
        if columns.is_empty() {
            // Names in a Parquet file are told apart; a text may have columns without one.
            let named = |(at, heading): (usize, &str)| match heading.trim() {
                "" => (format!("unnamed {}", at + 1), Vec::new()),
                heading => (heading.to_owned(), Vec::new()),
            };
            columns = row.iter().enumerate().map(named).collect();
        } else {
            for (at, (_, texts)) in columns.iter_mut().enumerate() {
                texts.push(cell(at));
            }
        }
    });
    if columns.is_empty() {
        return Ok(false);
    }
    let columns = columns.into_iter();
    let columns = columns.map(|(heading, texts)| Column::new(heading.into(), texts));
    let mut frame = DataFrame::new_infer_height(columns.collect())?;
    ParquetWriter::new(std::fs::File::create(to)?).finish(&mut frame)?;
    Ok(true)
}
