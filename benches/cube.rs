//! Questions to the cube, beside plain polars asking the same of the same records.
//!
//! Sketch, 10 M lines: 8 M records. One question finds those of a year and a theme that reach a
//! cell. The report divides each sum between up to 108 cells (18 areas × 6 bands) and closes
//! some 70,000 of them; with every subtotal there are 32 such tables.
//!
//! polars gets parts of mixes and shares of regions as ready frames, made outside the timed part;
//! the crate divides regions and looks up sharing rules within it. polars sums floats; the crate
//! sums exactly and closes to pennies, with the class of evidence and the ledger lines of each
//! cell, and what cannot be shared beside it.

mod county;
mod ours;
mod plain;

use county::coded::Meanings;
use county::{County, Outcome};
use criterion::Criterion;
use plain::ask::{Frames, Way};
use plain::{Fallible, Numbers};
use polars::prelude::{DataFrame, Engine};
use serde_json::json;
use std::hint::black_box;
use wholeplace::axis::Period;
use wholeplace::cube::{Answer, Cube, RangedAnswer};
use wholeplace::driver::{Alternative, Sharing, SharingRule};
use wholeplace::polars;

/// The quickest of what was tried at 1 M and 10 M lines; `WHOLEPLACE_BENCH_WAYS=1` measures all
/// ways to the report again.
const WAY: Way = Way::ThemesFirst;
const ENGINE: Engine = Engine::Streaming;

fn main() -> Outcome {
    let mut criterion = county::criterion();
    let county = County::new()?;
    let meanings = Meanings::of(&county)?;
    let years = meanings.years()?;
    let numbers = Numbers::new(&meanings.place, years);
    let cube = ours::cube(&meanings.place, meanings.lines(&county), &ours::ENGINE)?;
    let frames = Frames::new(&meanings.place, &cube, &numbers, years)?;
    let size = county::short(ours::count(&cube) as u64) + "_records";
    let asked = Asked {
        county,
        meanings,
        years,
        numbers,
        cube,
        frames,
        size,
    };
    asked.one(&mut criterion)?;
    asked.report(&mut criterion)?;
    asked.what_if(&mut criterion)?;
    asked.every_subtotal(&mut criterion)?;
    asked.ranges(&mut criterion)?;
    criterion.final_summary();
    Ok(())
}

struct Asked {
    county: County,
    meanings: Meanings,
    years: Period,
    numbers: Numbers,
    cube: Cube,
    frames: Frames,
    size: String,
}

/// How many questions are left for others to answer.
const QUESTIONS: usize = 20;

/// All five axes.
const FINEST: u32 = 0b11111;
const BY_PARTNER: u32 = 0b10000;

impl Asked {
    fn ways(&self) -> Vec<(String, Way, Engine)> {
        if std::env::var_os("WHOLEPLACE_BENCH_WAYS").is_none() {
            let near = [WAY, Way::PartsFirst];
            let each = near.map(|way| (format!("polars_{way:?}"), way, ENGINE));
            return each.to_vec();
        }
        let mut ways = vec![Way::MonthsFirst, Way::ThemesFirst, Way::PartsFirst];
        // Thirty rows of each record do not fit into memory for long.
        if ours::count(&self.cube) < 2_000_000 {
            ways.push(Way::Joined);
        }
        let engines = [Engine::InMemory, Engine::Streaming];
        let each = ways
            .into_iter()
            .flat_map(|way| engines.map(|engine| (way, engine)));
        each.map(|(way, engine)| (format!("polars_{way:?}_{engine}"), way, engine))
            .collect()
    }

    /// Never the same question twice in a row, so that a kept answer helps nobody.
    fn one(&self, criterion: &mut Criterion) -> Outcome {
        let ours = |number| ours::one(&self.cube, self.frames.slice(number).0);
        let plain = |number, engine| self.frames.one(self.frames.slice(number).1, engine);
        for number in 0..8 {
            let answer = ours(number)?;
            assert!(answer.reconciliation.holds());
            let frame = plain(number, ENGINE)?;
            plain::agree::rows(
                ours::rows(&answer)?,
                &frame,
                &self.frames.labels(BY_PARTNER),
            )?;
        }
        let mut group = criterion.benchmark_group(format!("one_question/{}", self.size));
        let mut number = 0;
        let mut next = || {
            number += 1;
            number
        };
        group.bench_function("wholeplace", |b| b.iter(|| ours(next()).unwrap()));
        for (name, engine) in [
            ("polars_in_memory", Engine::InMemory),
            ("polars_streaming", Engine::Streaming),
        ] {
            group.bench_function(name, |b| b.iter(|| plain(next(), engine).unwrap()));
        }
        group.finish();
        let questions = self.frames.questions(QUESTIONS, ENGINE)?;
        self.county.keep_frame("questions", &questions)?;
        let figures = json!({"times": QUESTIONS});
        (self.county).keep_figures("one_question", figures, || {
            let answers = (0..QUESTIONS).map(|number| ours(number).unwrap());
            answers.collect::<Vec<_>>()
        })
    }

    fn agree(&self, answer: &Answer, frame: &DataFrame) -> Fallible<usize> {
        assert!(answer.reconciliation.holds());
        plain::agree::rows(ours::rows(answer)?, frame, &self.frames.labels(FINEST))
    }

    fn report(&self, criterion: &mut Criterion) -> Outcome {
        let ours = || ours::report(black_box(&self.cube), self.years);
        let plain = |way, engine| self.frames.report(&self.frames.parts, way, engine);
        let cells = self.agree(&ours()?, &plain(WAY, ENGINE)?)?;
        println!("report: {cells} cells agree");
        let mut group = criterion.benchmark_group(format!("report/{}", self.size));
        group.bench_function("wholeplace", |b| b.iter_with_large_drop(|| ours().unwrap()));
        for (name, way, engine) in self.ways() {
            group.bench_function(name, |b| b.iter(|| plain(way, engine).unwrap()));
        }
        group.finish();
        self.county.keep_frame("parts", &self.frames.parts)?;
        self.county.keep_frame("shares", &self.frames.shares)?;
        self.county
            .keep_figures("report", json!({"cells": cells}), || ours().unwrap())
    }

    /// The report with the money of one partner, another one each time, shared by caseload instead
    /// of residents. polars gets its parts made anew outside the timed part.
    fn what_if(&self, criterion: &mut Criterion) -> Outcome {
        let place = &self.meanings.place;
        let rule = |partner, driver, text: &str| SharingRule {
            partner,
            activity: None,
            period: None,
            driver,
            text: text.to_owned(),
        };
        let mut rules = Vec::new();
        for &partner in self.numbers.partners.keys() {
            let sharing = Sharing::new(vec![
                rule(Some(partner), 1, "one partner by caseload"),
                rule(None, 0, "everything else by residents"),
            ]);
            let parts = self.frames.parts_by(place, &self.numbers, &sharing)?;
            rules.push((sharing, parts));
        }
        let ours = |number: usize| {
            let sharing = rules[number % rules.len()].0.clone();
            ours::report(&self.cube.with_sharing(sharing), self.years)
        };
        let plain =
            |number: usize| (self.frames).report(&rules[number % rules.len()].1, WAY, ENGINE);
        let answer = ours(0)?;
        self.agree(&answer, &plain(0)?)?;
        assert!(answer.total != ours(1)?.total, "rules matter");

        let mut group = criterion.benchmark_group(format!("what_if/{}", self.size));
        let mut number = 0;
        let mut next = || {
            number += 1;
            number
        };
        group.bench_function("wholeplace", |b| {
            b.iter_with_large_drop(|| ours(next()).unwrap());
        });
        group.bench_function("polars", |b| b.iter(|| plain(next()).unwrap()));
        group.finish();
        Ok(())
    }

    /// The report with every subtotal, alone and with the ranges of its tables over three other choices
    /// of drivers.
    fn ranges(&self, criterion: &mut Criterion) -> Outcome {
        let other = |number: usize| {
            let rule = |partner, driver| SharingRule {
                partner,
                activity: None,
                period: None,
                driver,
                text: format!("driver {driver}"),
            };
            let partner = self.numbers.partners.keys().nth(number).copied();
            let rules = vec![rule(partner, 1), rule(None, number % 2)];
            let name = format!("other rules {number}");
            Alternative::new(&number.to_string(), &name, Sharing::new(rules))
        };
        let others: Vec<Alternative> = (0..3).map(other).collect();
        let alone = || ours::every_subtotal(black_box(&self.cube), self.years);
        let ranges = || ours::ranges(black_box(&self.cube), self.years, &others);
        let wide = |ranged: &RangedAnswer| ranged.rows.iter().any(|row| !row.range.is_one());
        assert!(ranges()?.iter().all(wide), "rules matter");
        let mut group = criterion.benchmark_group(format!("ranges/{}", self.size));
        group.bench_function("report", |b| b.iter_with_large_drop(|| alone().unwrap()));
        group.bench_function("with_ranges", |b| {
            b.iter_with_large_drop(|| (alone().unwrap(), ranges().unwrap()));
        });
        group.finish();
        Ok(())
    }

    fn every_subtotal(&self, criterion: &mut Criterion) -> Outcome {
        let ours = || ours::every_subtotal(black_box(&self.cube), self.years);
        let plain = || self.frames.every_subtotal(WAY, ENGINE);
        let subtotals = ours()?;
        assert!(subtotals.hold());
        let mut cells = 0;
        for ((level, rows), (same, frame)) in subtotals.levels().zip(plain()?) {
            assert_eq!(level, same);
            cells += plain::agree::rows(rows?, &frame, &self.frames.labels(level))?;
            self.county
                .keep_frame(&format!("cube-{level:02}"), &frame)?;
        }
        println!("every subtotal: {cells} cells agree");
        drop(subtotals);
        let mut group = criterion.benchmark_group(format!("every_subtotal/{}", self.size));
        group.bench_function("wholeplace", |b| b.iter_with_large_drop(|| ours().unwrap()));
        group.bench_function("polars", |b| b.iter(|| plain().unwrap()));
        group.finish();
        let figures = json!({"cells": cells});
        (self.county).keep_figures("every_subtotal", figures, || ours().unwrap())
    }
}
