//! Budget beside outturn: what is compared, what is not and why, and what is price and what volume.

use proptest::prelude::*;
use std::fmt::Write as _;
use tempfile::TempDir;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::Phase;
use wholeplace::cube::{By, Cube, Question};
use wholeplace::money::Pence;
use wholeplace::place::Place;
use wholeplace::variance::{PhaseSums, Variance, Volume, WhyNotCompared};

const PLACE: &str = r#"[place]
name = "Small"
locality = "county"
residents = "people"

[[localities]]
rows = [
    { code = "county", name = "County", level = "county" },
    { code = "north", name = "North", level = "area", parent = "county" },
    { code = "south", name = "South", level = "area", parent = "county" },
]

[[activities]]
rows = [
    { code = "care", name = "Care", level = "theme" },
    { code = "roads", name = "Roads", level = "theme" },
]

[[groups]]
rows = [{ code = "everyone" }]

[[partners]]
rows = [
    { code = "council", name = "The Council" },
    { code = "police", name = "The Police" },
    { code = "trust", name = "The Trust" },
]

[[driver]]
code = "people"
name = "residents"
class = "population"
source = "made up"
tables = [{ file = "people.csv" }]

[[sharing]]
driver = "people"
"#;

/// A ledger of a phase: years or days in its column `when`.
fn ledger(phase: &str, of: &str) -> String {
    let when = match of {
        "year" => "period = [\"when\"]\nyears = \"financial\"",
        _ => "date = [\"when\"]",
    };
    format!(
        r#"
[[ledger]]
id = "{phase}-{of}"
name = "{phase} by {of}"
source = "made up"
phase = "{phase}"
files = ["{phase}-{of}.csv"]

[ledger.layout]
amount = ["pounds"]
{when}
codes.partner = ["partner"]
codes.activity = ["for"]
codes.locality = ["where"]

[ledger.axes]
partner = {{ by = "code" }}
activity = {{ by = "code" }}
ages = {{ always = "all" }}
group = {{ always = "everyone" }}
locality = {{ by = "code" }}
"#
    )
}

/// A pack with these ledgers: phase, `year` or `day`, and rows of partner, activity, place, when and pounds.
fn cube(ledgers: &[(&str, &str, &str)]) -> (TempDir, Cube) {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let mut toml = PLACE.to_owned();
    for (phase, of, rows) in ledgers {
        toml.push_str(&ledger(phase, of));
        let mut text = "partner,for,where,when,pounds\n".to_owned();
        for row in rows.split_whitespace() {
            writeln!(text, "{row}").unwrap();
        }
        write(&format!("{phase}-{of}.csv"), &text);
    }
    write("place.toml", &toml);
    write(
        "people.csv",
        "locality,ages,mass\nnorth,0+,100\nsouth,0+,300\n",
    );
    let place = Place::open(folder.path()).unwrap();
    let cube = Cube::build(&PlaceAccount::load(&place).unwrap()).unwrap();
    (folder, cube)
}

fn year(cube: &Cube) -> Question<'_> {
    cube.ask()
        .period("2024-25".parse().unwrap())
        .boundary(Boundary::AllPartners)
}

const BUDGET: &str = "council,care,county,2024-25,400000.00 council,roads,north,2024-25,100000.00 \
                      police,roads,county,2024-25,90000.00";
const OUTTURN: &str = "council,care,county,2024-25,430000.50 council,roads,north,2024-25,80000.00 \
                       trust,care,south,2024-25,12000.00";

fn sums(from: i64, to: i64) -> PhaseSums {
    let (_folder, cube) = cube(&[("budget", "year", BUDGET)]);
    let mut sums = Variance::between(Phase::Budget, Phase::Outturn, &year(&cube), &[])
        .unwrap()
        .compared;
    (sums.from, sums.to) = (Pence::new(from), Pence::new(to));
    sums
}

/// Worked by hand from the rows above.
#[test]
fn partners_with_both_are_compared_and_the_others_are_told_apart() {
    let (_folder, cube) = cube(&[("budget", "year", BUDGET), ("outturn", "year", OUTTURN)]);
    let by = [By::Activity(Some("theme".to_owned()))];
    let variance = Variance::between(Phase::Budget, Phase::Outturn, &year(&cube), &by).unwrap();
    let rows: Vec<(String, i64, i64)> = (variance.rows.iter())
        .map(|row| {
            let variance = row.sums.variance().unwrap().get();
            (row.keys[0].code.clone(), row.sums.from.get(), variance)
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("care".to_owned(), 40_000_000, 3_000_050),
            ("roads".to_owned(), 10_000_000, -2_000_000)
        ]
    );
    assert_eq!(variance.compared.variance().unwrap(), Pence::new(1_000_050));
    let apart: Vec<(&str, i64, i64, &WhyNotCompared)> = (variance.not_compared.iter())
        .map(|one| {
            let sums = (one.sums.from.get(), one.sums.to.get());
            (one.partner.code.as_str(), sums.0, sums.1, &one.why)
        })
        .collect();
    let silent = |phase| WhyNotCompared::NotRecorded { phase };
    assert_eq!(
        apart,
        [
            ("police", 9_000_000, 0, &silent(Phase::Outturn)),
            ("trust", 0, 1_200_000, &silent(Phase::Budget))
        ]
    );
    let said = variance.table().to_string();
    for words in [
        "£400,000.00",
        "£30,000.50",
        "7.5 %",
        "Not compared: The Police",
        "The Police: no outturn is recorded.",
        "The Trust: no budget is recorded.",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

/// A budget is for the year; payments are of June. Set beside each other they would be an underspend of nine
/// tenths.
#[test]
fn a_year_is_not_compared_with_a_month_unless_somebody_says_why() {
    let june = "council,care,county,2024-06-30,35000.00";
    let ledgers = [
        ("budget", "year", "council,care,county,2024-25,400000.00"),
        ("outturn", "day", june),
    ];
    let (_folder, cube) = cube(&ledgers);
    let question = year(&cube);
    let variance = Variance::between(Phase::Budget, Phase::Outturn, &question, &[]).unwrap();
    assert!(variance.rows.is_empty());
    let why = &variance.not_compared[0].why;
    assert_eq!(why.to_string(), "of 12 and of 1 of 12 months");
    let same = Variance::although_months_differ(
        Phase::Budget,
        Phase::Outturn,
        &question,
        &[],
        "all of the grant is paid in June",
    );
    let same = same.unwrap();
    assert_eq!(same.compared.variance().unwrap(), Pence::new(-36_500_000));
    let said = same.table().to_string();
    assert!(said.contains("all of the grant is paid in June"), "{said}");
}

/// Ten at £1,000 planned, twelve at £900: two more are £2,000 more, and each of twelve is £100 cheaper.
#[test]
fn a_variance_is_price_and_volume_and_nothing_else() {
    let volume = |from: &str, to: &str| Volume {
        unit: "placements".to_owned(),
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
        source: "the panel".to_owned(),
    };
    let explained = sums(1_000_000, 1_080_000).explained_by(&volume("10", "12"));
    let explained = explained.unwrap();
    assert_eq!(
        (explained.volume, explained.price),
        (Pence::new(200_000), Pence::new(-120_000))
    );
    // A third: the penny that cannot be divided is on the price.
    let explained = sums(100, 100).explained_by(&volume("1.5", "2")).unwrap();
    assert_eq!((explained.volume.get(), explained.price.get()), (33, -33));
    // Nothing came of it: all of it is volume.
    let explained = sums(500, 0).explained_by(&volume("5", "0")).unwrap();
    assert_eq!((explained.volume.get(), explained.price.get()), (-500, 0));
    for (from, to, words) in [
        (
            "0",
            "3",
            "no placements were planned, so there is no planned price of one",
        ),
        ("-1", "3", "-1 is below nothing"),
        ("1", "-3", "-3 is below nothing"),
    ] {
        let error = sums(1, 1).explained_by(&volume(from, to)).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
    let unsaid = Volume {
        source: " ".to_owned(),
        ..volume("1", "1")
    };
    let error = sums(1, 1).explained_by(&unsaid).unwrap_err();
    assert_eq!(
        error.to_string(),
        "say where the counts of placements are from"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Of each phase, what is compared and what is not are what the same question answers of it alone; rows add
    /// up to what is compared, whatever they are told apart by.
    #[test]
    fn nothing_is_lost_between_phases(
        budget in prop::collection::vec((0..3_usize, 0..2_usize, 0..3_usize, -100_000_i64..100_000), 1..12),
        outturn in prop::collection::vec((0..3_usize, 0..2_usize, 0..3_usize, -100_000_i64..100_000), 1..12),
        drill in 0..4_usize,
    ) {
        let rows = |lines: &[(usize, usize, usize, i64)]| {
            let mut text = String::new();
            for (partner, activity, place, pence) in lines {
                let partner = ["council", "police", "trust"][*partner];
                let activity = ["care", "roads"][*activity];
                let place = ["county", "north", "south"][*place];
                let pounds = Pence::new(*pence).to_plain();
                write!(text, "{partner},{activity},{place},2024-25,{pounds} ").unwrap();
            }
            text
        };
        let (budget, outturn) = (rows(&budget), rows(&outturn));
        let (_folder, cube) = cube(&[("budget", "year", &budget), ("outturn", "year", &outturn)]);
        let by = match drill {
            0 => vec![],
            1 => vec![By::Partner],
            2 => vec![By::Locality("area".to_owned())],
            _ => vec![By::Activity(None), By::Partner],
        };
        let question = year(&cube);
        let variance = Variance::between(Phase::Budget, Phase::Outturn, &question, &by).unwrap();
        let alone = |phase| question.clone().phase(phase).answer().unwrap().total.amount;
        let whole = variance.whole();
        prop_assert_eq!((whole.from, whole.to), (alone(Phase::Budget), alone(Phase::Outturn)));
        let apart = variance.not_compared.iter().map(|one| one.sums);
        let all = apart.chain([variance.compared]);
        let (from, to) = all.fold((0, 0), |(from, to), sums| {
            (from + sums.from.get(), to + sums.to.get())
        });
        prop_assert_eq!((from, to), (whole.from.get(), whole.to.get()));
        let (from, to) = variance.rows.iter().fold((0, 0), |(from, to), row| {
            (from + row.sums.from.get(), to + row.sums.to.get())
        });
        let compared = variance.compared;
        prop_assert_eq!((from, to), (compared.from.get(), compared.to.get()));
    }
}
