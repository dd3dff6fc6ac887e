//! Money that is not public, by sum and holder: one pass over the lines of private ledgers.
//!
//! Sketch, 10 M lines: each line is coded (some 60 bytes of coordinates), its coordinates are looked up among those
//! of its run, and 16 bytes are kept of it; these are sorted by their bytes and walked once. The cube of the same
//! lines is built beside it, which codes and sorts them too.

mod county;

use county::{County, Kind, Outcome};
use criterion::Throughput;
use std::fmt::Write as _;
use std::hint::black_box;
use wholeplace::Cube;
use wholeplace::disclosure::{DisclosurePolicy, PrivateMoney};
use wholeplace::money::Pence;

/// What the policy says beside what is known.
const REST: &str = r#"
[[rule]]
name = "all"
activities = "all"
holders = 3
dominance = { p = 10 }
open = "rule"
empty = "shown"

[[counts]]
indicators = "unpublished"
least = 6
least_base = 30
all_or_none = "withheld"
zero = "shown"

[before]
percent = 100
negative = []

[keep]
always = ["whole"]
order = ["places", "activity", "partner"]
may_give_up = []

[policy]
name = "For measuring speed"
edition = "1"
decided = "nobody"
method = "withhold"
looks = ["anyone"]
say = "confidential"
"#;

fn main() -> Outcome {
    let mut criterion = county::criterion();
    let county = County::new()?;
    let files = county.files(Kind::Csv)?;
    let path = files.folder.join("place.toml");
    let text = std::fs::read_to_string(&path)?;
    let named = "appraisal = \"appraisal.toml\"\n";
    let with = text.replacen(
        named,
        &format!("{named}disclosure = \"disclosure.toml\"\n"),
        1,
    );
    if !text.contains("disclosure = ") {
        assert_ne!(text, with, "the pack names its policy");
        std::fs::write(&path, with)?;
    }
    let place = files.place()?;
    let mut policy = String::new();
    for ledger in place.ledgers() {
        writeln!(
            policy,
            "[[known]]\nledger = \"{}\"\nas = \"private\"\nholders = \"payee\"",
            ledger.id
        )?;
    }
    for driver in place.drivers() {
        writeln!(
            policy,
            "[[known]]\ndriver = \"{}\"\nas = \"public\"\nsource = \"x\"",
            driver.code()
        )?;
    }
    std::fs::write(files.folder.join("disclosure.toml"), policy + REST)?;
    let policy = DisclosurePolicy::open(&place)?;
    let account = files.account(&place)?;
    let private = PrivateMoney::of(&account, &policy)?;
    let sums = private.sums().map(|sum| sum.pence());
    let total = Pence::total(sums.collect::<Result<Vec<_>, _>>()?)?;
    assert_eq!(total, account.total(), "all lines are private");
    println!(
        "{} lines, {} sums of holders",
        account.line_count(),
        private.len()
    );

    let mut group = criterion.benchmark_group(format!("lines_to_holders/{}", county.size()));
    group.throughput(Throughput::Elements(county.lines));
    group.bench_function("holders", |b| {
        b.iter(|| PrivateMoney::of(black_box(&account), &policy).unwrap());
    });
    group.bench_function("cube, for comparison", |b| {
        b.iter(|| Cube::build(black_box(&account)).unwrap());
    });
    group.finish();
    criterion.final_summary();
    Ok(())
}
