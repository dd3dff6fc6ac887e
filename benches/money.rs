//! Amounts: read, shared to the penny, closed.
//!
//! Sketch: an amount is 4 to 16 bytes of text and 8 bytes of pence; the general way goes through
//! a 16-byte decimal. Sharing one sum over 18 areas is 18 exact shares over one denominator.
//! Closing a table works in big integers over the least common denominator of all its cells:
//! with one region that is 20 bits, with 200 regions some thousands, which is what `200_regions`
//! measures.

mod county;

use county::{Outcome, Random};
use criterion::Throughput;
use polars::prelude::*;
use std::hint::black_box;
use wholeplace::money::{Exact, ExcessDecimals, Pence, close, parse_amount, to_pence};
use wholeplace::polars;

const AMOUNTS: usize = 100_000;

fn main() -> Outcome {
    let mut criterion = county::criterion();
    parse(&mut criterion)?;
    apportion(&mut criterion)?;
    closing(&mut criterion)?;
    criterion.final_summary();
    Ok(())
}

fn read(texts: &[String]) -> i64 {
    texts
        .iter()
        .map(|text| {
            let amount = parse_amount(text).unwrap();
            let (pence, _) = to_pence(amount, ExcessDecimals::Refuse).unwrap();
            pence.get()
        })
        .sum()
}

fn parse(criterion: &mut criterion::Criterion) -> Outcome {
    let mut random = Random::new(7);
    let pence: Vec<i64> = (0..AMOUNTS).map(|_| random.pence()).collect();
    let whole: i64 = pence.iter().sum();
    let plain: Vec<String> = pence
        .iter()
        .map(|&pence| Pence::new(pence).to_plain())
        .collect();
    let written: Vec<String> = (0..)
        .zip(&pence)
        .map(|(i, &pence)| {
            let shown = Pence::new(pence).to_string();
            match i % 4 {
                0 => shown,
                1 => shown.replace('£', ""),
                2 => format!(" {shown} "),
                _ => shown.replace('£', "+£"),
            }
        })
        .collect();
    let mut group = criterion.benchmark_group("money/parse/100k_amounts");
    group.throughput(Throughput::Elements(AMOUNTS as u64));
    assert_eq!(read(&plain), whole);
    group.bench_function("wholeplace", |b| b.iter(|| read(black_box(&plain))));
    assert_eq!(read(&written), whole);
    group.bench_function("wholeplace_as_written", |b| {
        b.iter(|| read(black_box(&written)));
    });
    let column = Column::new("amount".into(), &plain);
    let decimals =
        |column: &Column| -> PolarsResult<Column> { column.cast(&DataType::Decimal(38, 2)) };
    let sum = decimals(&column)?
        .as_materialized_series()
        .sum_reduce()?
        .value()
        .to_string();
    assert_eq!(sum, Pence::new(whole).to_plain(), "polars' decimals agree");
    group.bench_function("polars_decimal", |b| {
        b.iter(|| decimals(black_box(&column)).unwrap());
    });
    // Exact only up to 2^53 pence, and only where nobody adds before rounding.
    group.bench_function("polars_f64", |b| {
        b.iter(|| black_box(&column).cast(&DataType::Float64).unwrap());
    });
    group.finish();
    Ok(())
}

fn apportion(criterion: &mut criterion::Criterion) -> Outcome {
    let mut random = Random::new(8);
    let sums: Vec<Pence> = (0..1_000).map(|_| Pence::new(random.pence())).collect();
    let weights: Vec<u64> = (0..county::pack::AREAS)
        .map(|_| 2_000 + random.below(40_000))
        .collect();
    let whole: u64 = weights.iter().sum();
    let mut group = criterion.benchmark_group("money/apportion/1k_sums_over_18");
    group.throughput(Throughput::Elements(sums.len() as u64));
    for &sum in &sums {
        let parts = sum.apportion(&weights)?;
        assert_eq!(Pence::total(parts)?, sum);
    }
    group.bench_function("wholeplace", |b| {
        b.iter(|| {
            for sum in black_box(&sums) {
                black_box(sum.apportion(&weights).unwrap());
            }
        });
    });
    // The same products in polars: 18,000 floats, whose pennies do not sum to what was shared.
    let repeated: Vec<i64> = (sums.iter())
        .flat_map(|sum| weights.iter().map(|_| sum.get()))
        .collect();
    let cycled: Vec<u64> = sums.iter().flat_map(|_| weights.iter().copied()).collect();
    let frame = DataFrame::new(
        repeated.len(),
        vec![
            Column::new("pence".into(), repeated),
            Column::new("weight".into(), cycled),
        ],
    )?;
    let rounded = |frame: &DataFrame| {
        frame
            .clone()
            .lazy()
            .select([
                (col("pence").cast(DataType::Float64) * col("weight") / lit(whole as f64)
                    + lit(0.5))
                .cast(DataType::Int64)
                .alias("pence"),
            ])
            .collect()
    };
    let shared: i64 = rounded(&frame)?
        .column("pence")?
        .i64()?
        .iter()
        .flatten()
        .sum();
    let off = shared - Pence::total(sums.iter().copied())?.get();
    // Each of 18,000 parts is off by half a penny at most.
    assert!(off.abs() <= 9_000, "{off} pence off");
    group.bench_function("polars_f64_rounded", |b| {
        b.iter(|| rounded(black_box(&frame)).unwrap());
    });
    group.finish();
    Ok(())
}

/// A table of so many cells, each with shares of so many regions.
fn table(cells: u64, regions: u64) -> (Pence, Vec<Exact>) {
    let mut random = Random::new(9);
    let mut parts = vec![Exact::zero(); cells as usize];
    let mut whole = 0;
    for _ in 0..regions {
        let pence = random.pence();
        let masses: Vec<u64> = (0..cells).map(|_| 1 + random.below(900)).collect();
        let mass: u64 = masses.iter().sum();
        for (part, share) in parts.iter_mut().zip(masses) {
            part.add_share(Pence::new(pence), u128::from(share), u128::from(mass));
        }
        whole += pence;
    }
    (Pence::new(whole), parts)
}

fn closing(criterion: &mut criterion::Criterion) -> Outcome {
    for (name, regions) in [("1_region", 1), ("200_regions", 200)] {
        let (whole, parts) = table(108, regions);
        let closed = close(whole, &parts)?;
        assert_eq!(Pence::total(closed)?, whole);
        let mut group = criterion.benchmark_group(format!("money/close/108_cells_{name}"));
        group.throughput(Throughput::Elements(parts.len() as u64));
        group.bench_function("wholeplace", |b| {
            b.iter(|| close(whole, black_box(&parts)).unwrap());
        });
        group.finish();
    }
    Ok(())
}
