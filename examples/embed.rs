//! The library inside a program of your own: load, ask, hand over as a data frame, join with figures of your own,
//! ask what if, save and open again. Nothing of `common` is used, so that this file can be copied alone.
//!
//! ```text
//! cargo run --release --example embed
//! ```
//!
//! # In your Cargo.toml
//!
//! ```toml
//! [dependencies]
//! wholeplace = { path = "../wholeplace" }   # where you keep it
//! mimalloc = "0.1"                          # see below
//! ```
//!
//! - **The allocator.** A library does not choose it, your program does. The system's makes polars markedly
//!   slower, so the two lines with `MiMalloc` below are worth having in every program that reads ledgers.
//! - **polars.** Use the one that is re-exported, `wholeplace::polars`: a frame of another version is another type.
//!   It has few features; if you need more, add polars of the same version to your own `[dependencies]` with
//!   them, and Cargo builds one polars that has both.
//! - **Build with `--release`.** Without it reading and grouping take some thirty times as long.
//!
//! # What a frame holds
//!
//! For each axis that was drilled by, two columns of text: its code, under the name of the axis (`locality`), and its
//! name (`locality_name`). Then money, always in **whole pence as 64-bit integers**: `amount_pence`; how it is
//! known, `direct_pence`, `driver_pence`, `population_pence` and `judgement_pence`, which add up to the amount;
//! `unshared_pence`, which is in no amount; what stands beside (`eliminated_pence` and so on). Then `lines`, `months` and
//! `months_of`. The total is not among the rows. Divide by 100 where pounds are printed, and nowhere before.

use std::error::Error;
use wholeplace::axis::Phase;
use wholeplace::cube::{By, Cube};
use wholeplace::polars::prelude::*;
use wholeplace::{Boundary, Place, PlaceAccount};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn Error>> {
    heading("LOAD: a pack, its ledgers, their lines grouped");
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/shropshire");
    let place = Place::open(pack)?;
    let account = PlaceAccount::load(&place)?;
    let cube = Cube::build(&account)?;
    println!(
        "{}: {} lines, {}; {}",
        place.name(),
        account.line_count(),
        account.total(),
        account.findings().in_words()
    );
    // A program that goes on with faults in its data says which; `{}` prints each with its remedy.
    for fault in account.findings().by_money() {
        println!("  {fault}");
    }

    heading("ASK: children's services in each place, as a table for people");
    let children = (cube.ask())
        // By code or by name, as people type it.
        .activity("Children and young people")
        .period("2017-18".parse()?)
        .phase(Phase::Outturn)
        .boundary(Boundary::AllPartners);
    let by_place = (children.clone())
        .locality("Shropshire")
        .by([By::Locality("place-plan-area".to_owned())]);
    let answer = by_place.answer()?;
    // A table has the notes that belong to the figures; here are its first lines.
    for line in answer.to_string().lines().take(8) {
        println!("{line}");
    }

    heading("A DATA FRAME: the same rows, in whole pence");
    let frame = answer.to_frame()?;
    // It is wider than a screen, so that some of it is chosen for printing; cells are never cut.
    let some = [
        "locality_name",
        "amount_pence",
        "direct_pence",
        "driver_pence",
        "lines",
    ];
    println!("{}", frame.select(some)?);
    let columns: Vec<&str> = (frame.get_column_names().into_iter())
        .map(|name| name.as_str())
        .collect();
    println!("Its columns: {}.", columns.join(", "));

    heading("JOIN: with figures of your own, by the code of the place");
    // Made up: so many children in care, counted by somebody.
    let own = df!(
        "locality" => ["ludlow", "oswestry", "wem"],
        "children" => [31_i64, 58, 12],
    )?;
    let joined = (frame.lazy())
        .inner_join(own.lazy(), col("locality"), col("locality"))
        // Pence divide into pence: no floating point until somebody prints pounds.
        .with_column((col("amount_pence") / col("children")).alias("pence_per_child"))
        .select([
            col("locality_name"),
            col("amount_pence"),
            col("children"),
            col("pence_per_child"),
        ])
        .collect()?;
    println!("{joined}");

    heading("WHAT IF: everything by households, with the difference");
    let ludlow = children.locality("Ludlow");
    let what_if = ludlow.under(&place.all_by("households")?)?;
    for line in what_if.to_string().lines().take(6) {
        println!("{line}");
    }
    println!(
        "In a program: {} instead of {}, a difference of {}.",
        what_if.total.what_if, what_if.total.own, what_if.total.difference
    );

    heading("SAVE AND OPEN: the same answer without reading a ledger");
    let folder = std::env::temp_dir().join(format!("wholeplace-embed-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("shropshire.parquet");
    cube.save(&file)?;
    let opened = Cube::open(&file, &place)?;
    let again = (opened.ask())
        .activity("children-and-young-people")
        .locality("ludlow")
        .period("2017-18".parse()?)
        .phase(Phase::Outturn)
        .boundary(Boundary::AllPartners)
        .answer()?;
    println!(
        "{} records, {} bytes; Ludlow: {}, as before: {}",
        opened.records().len(),
        std::fs::metadata(&file)?.len(),
        again.total.amount,
        again == ludlow.answer()?
    );
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

fn heading(text: &str) {
    println!("\n---- {text}\n");
}
