//! A proposal drawn: 12 partners that save by 10 effects over 10 years, 10,000 times.
//!
//! Sketch: 12 × 10 × 10 × 10,000 are 12 million cells, each a product of what a year of an effect is worth
//! and of figures of its draw. `ours` is everything: 42 figures drawn from betas, lognormals and triangles, the chain,
//! and every purse, payer and year written down. `plain` is the same chain as one writes it first: loops over draws,
//! effects, partners and years, on figures that are drawn already; its gains are held against ours before it is
//! timed.
//!
//! With `WHOLEPLACE_BENCH_KEEP=folder` the drawn figures and our gains are left in `folder/draws` for
//! `benches/peers/draws.py`.

mod county;

use county::Outcome;
use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use wholeplace::account::PlaceAccount;
use wholeplace::appraisal::uncertain::{Sampled, Seeded};
use wholeplace::appraisal::{Appraisal, Input, OfEffect, Proposals};
use wholeplace::cube::Cube;
use wholeplace::place::Place;

const PARTNERS: usize = 12;
const EFFECTS: usize = 10;
const YEARS: usize = 10;
const DRAWS: u32 = 10_000;
const WHOLE: &str = "the whole public purse";

/// Figures that are the same for every effect.
const PEOPLE: f64 = 100.0;
const BASE: f64 = 2.0;
const KEPT: f64 = 0.85;
const SHARE: f64 = 0.25;

fn main() -> Outcome {
    let mut criterion = county::criterion();
    let folder = tempfile::tempdir()?;
    write_pack(folder.path())?;
    let place = Place::open(folder.path())?;
    let cube = Cube::build(&PlaceAccount::load(&place)?)?;
    let proposals = Proposals::open(&place)?;
    let appraisal = proposals.find("wide")?.appraise(&cube)?;
    let seeded = Seeded::new(DRAWS, 7)?;
    let sampled = appraisal.draw(seeded)?;
    let figures = Figures::of(&sampled)?;
    agree(&sampled, &plain(&figures))?;
    keep(&sampled, &figures)?;
    let mut group = criterion.benchmark_group("appraisal/draws/12x10x10x10k");
    group.sample_size(20);
    group.bench_function("ours", |bencher| {
        bencher.iter(|| black_box(draw(&appraisal, seeded)))
    });
    group.bench_function("plain", |bencher| {
        bencher.iter(|| black_box(plain(&figures)))
    });
    group.finish();
    let mut group = criterion.benchmark_group("appraisal/chances");
    group.sample_size(20);
    group.bench_function("told", |bencher| {
        bencher.iter(|| black_box((sampled.payers(), sampled.purse(WHOLE).unwrap())))
    });
    group.finish();
    criterion.final_summary();
    Ok(())
}

fn draw(appraisal: &Appraisal, seeded: Seeded) -> Sampled {
    appraisal.draw(seeded).unwrap()
}

fn effect(number: usize, of: OfEffect) -> Input {
    Input::Effect {
        effect: format!("e{number}"),
        of,
    }
}

/// Figures of every draw: by effect, by partner, by year.
struct Figures {
    impact: Vec<Vec<f64>>,
    deadweight: Vec<Vec<f64>>,
    unit: Vec<Vec<f64>>,
    cost: Vec<Vec<f64>>,
}

impl Figures {
    fn of(sampled: &Sampled) -> Result<Self, Box<dyn std::error::Error>> {
        let drawn = |input: Input| {
            let figures = sampled.drawn(&input);
            figures.ok_or_else(|| format!("{input} has no range"))
        };
        let of_effects = |of: OfEffect| (0..EFFECTS).map(move |number| effect(number, of));
        let units = (0..PARTNERS).map(|number| Input::UnitValue {
            code: format!("u{number}"),
        });
        let costs = sampled.years.iter().map(|&year| Input::Cost {
            partner: "shropshire-council".into(),
            year,
            // All of them are stated in prices of one year, and no other figure shares them.
            prices: None,
        });
        Ok(Self {
            impact: of_effects(OfEffect::Impact)
                .map(drawn)
                .collect::<Result<_, _>>()?,
            deadweight: of_effects(OfEffect::Deadweight)
                .map(drawn)
                .collect::<Result<_, _>>()?,
            unit: units.map(drawn).collect::<Result<_, _>>()?,
            cost: costs.map(drawn).collect::<Result<_, _>>()?,
        })
    }
}

/// The chain as one writes it first. Net saving and cash of every draw, in pence of the first year.
fn plain(figures: &Figures) -> Vec<(f64, f64)> {
    let persist = [1.0, 0.9, 0.8, 0.7, 0.6];
    (0..DRAWS as usize)
        .map(|draw| {
            let (mut net, mut cash) = (0.0, 0.0);
            for year in 0..YEARS {
                let factor = (200.0_f64 / 207.0).powi(year as i32);
                for partner in 0..PARTNERS {
                    let mut saved = 0.0;
                    let mut cashable = 0.0;
                    for effect in 0..EFFECTS {
                        let mut events = 0.0;
                        for entered in 0..YEARS {
                            if let Some(part) =
                                (year.checked_sub(entered + 1)).and_then(|later| persist.get(later))
                            {
                                events += PEOPLE * BASE * figures.impact[effect][draw] * part;
                            }
                        }
                        events *= 1.0 - figures.deadweight[effect][draw];
                        let worth = events * figures.unit[partner][draw] * 100.0 * KEPT;
                        saved += worth;
                        cashable += worth * SHARE;
                    }
                    net += saved * factor;
                    cash += cashable * factor;
                }
                net -= figures.cost[year][draw] * 100.0 * factor;
            }
            (net, cash)
        })
        .collect()
}

fn agree(sampled: &Sampled, plain: &[(f64, f64)]) -> Outcome {
    let ours = sampled.net_savings(WHOLE)?;
    for (draw, (ours, (plain, _))) in ours.iter().zip(plain).enumerate() {
        if (ours - plain).abs() > 1e-9 * plain.abs().max(1e6) {
            return Err(format!("draw {draw}: ours {ours}, plain {plain}").into());
        }
    }
    println!(
        "{} draws agree with the plain way, to nine digits",
        ours.len()
    );
    Ok(())
}

/// Leaves the figures for a peer.
fn keep(sampled: &Sampled, figures: &Figures) -> Outcome {
    let Ok(folder) = std::env::var("WHOLEPLACE_BENCH_KEEP") else {
        return Ok(());
    };
    let folder = Path::new(&folder).join("draws");
    std::fs::create_dir_all(&folder)?;
    for (name, columns) in [
        ("impact", &figures.impact),
        ("deadweight", &figures.deadweight),
        ("unit", &figures.unit),
        ("cost", &figures.cost),
        ("net", &vec![sampled.net_savings(WHOLE)?]),
    ] {
        let mut text = String::new();
        for draw in 0..DRAWS as usize {
            let row: Vec<String> = columns
                .iter()
                .map(|column| column[draw].to_string())
                .collect();
            writeln!(text, "{}", row.join(","))?;
        }
        std::fs::write(folder.join(format!("{name}.csv")), text)?;
    }
    Ok(())
}

/// The sample with one proposal more, wide.
fn write_pack(folder: &Path) -> Outcome {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/shropshire");
    for entry in std::fs::read_dir(sample)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            std::fs::copy(entry.path(), folder.join(entry.file_name()))?;
        }
    }
    let mut appraisal = std::fs::read_to_string(folder.join("appraisal.toml"))?;
    let mut units = std::fs::read_to_string(folder.join("unit_values.csv"))?;
    let mut text = String::from(HEAD);
    for partner in 0..PARTNERS {
        writeln!(
            appraisal,
            "\n[[bearer]]\ncode = \"b{partner}\"\noutside = \"Body {partner}\""
        )?;
        writeln!(
            units,
            "u{partner},Unit {partner},event,b{partner},{},fiscal,marginal,no,2024-25,financial,,made up,,",
            100 + 10 * partner
        )?;
        let (low, high) = (
            0.7 * (100 + 10 * partner) as f64,
            (100 + 10 * partner) as f64 / 0.7,
        );
        writeln!(
            text,
            "\n[[range]]\nof = \"unit_value\"\nunit_value = \"u{partner}\"\nlow = \"{low:.2}\"\nhigh = \"{high:.2}\"\n\
             shape = \"lognormal\"\ncovers = \"90%\"\nsource = \"made up\""
        )?;
    }
    std::fs::write(folder.join("appraisal.toml"), appraisal)?;
    std::fs::write(folder.join("unit_values.csv"), units)?;
    for effect in 0..EFFECTS {
        writeln!(
            text,
            "\n[[effect]]\ncode = \"e{effect}\"\npeople = [{}]\n{EFFECT}",
            ["\"100\""; YEARS].join(", ")
        )?;
        for partner in 0..PARTNERS {
            writeln!(
                text,
                "\n[[cash]]\neffect = \"e{effect}\"\nbearer = \"b{partner}\"\nmodel = \"share\"\nshare = \"{SHARE}\"\n\
                 reason = \"made up\""
            )?;
        }
        writeln!(
            text,
            "\n[[range]]\nof = \"impact\"\neffect = \"e{effect}\"\nlow = \"0.05\"\nhigh = \"0.4\"\nshape = \"pert\"\n\
             source = \"made up\"\n\n[[range]]\nof = \"deadweight\"\neffect = \"e{effect}\"\nlow = \"0.1\"\n\
             high = \"0.3\"\nshape = \"beta\"\ncovers = \"90%\"\nsource = \"made up\""
        )?;
    }
    for year in 0..YEARS {
        let year = format!("20{}-{}", 24 + year, 25 + year);
        writeln!(
            text,
            "\n[[cost]]\npartner = \"shropshire-council\"\nyear = \"{year}\"\namount = \"300000\"\nresource = \"cash\"\n\
             prices = \"2024-25\"\ngrade = \"1\"\nsource = \"made up\"\n\n[[range]]\nof = \"cost\"\n\
             partner = \"shropshire-council\"\nyear = \"{year}\"\nlow = \"250000\"\nhigh = \"400000\"\n\
             shape = \"range\"\nsource = \"made up\""
        )?;
    }
    std::fs::write(folder.join("proposal-wide.toml"), text)?;
    Ok(())
}

const HEAD: &str = r#"
[proposal]
code = "wide"
name = "Ten effects on twelve bodies"
against = "nothing is done"
ages = "10-17"
locality = "ludlow"
first_year = "2024-25"
years = 10
prices = "2024-25"
deflator = "gdp-fy"
discount = "green-book"
combine = "worst"
uncertainty = "around-corrected"
baseline = { period = "2017-18", phase = "outturn", activities = ["offender-management"] }
"#;

const EFFECT: &str = r#"people_grade = "1"
engaged = "1"
retained = "1"
base = "2"
impact = "0.2"
impact_grade = "4"
deadweight = "0.2"
displacement = "0"
due_to_us = "1"
lag = 1
persist = ["1", "0.9", "0.8", "0.7", "0.6"]
evidence = "made up"
unit_values = ["u*"]
"#;
