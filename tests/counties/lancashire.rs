//! Three partners of Lancashire that pay each other, from their real payment files.
//!
//! The files lie beside the repository in `../shared/ledgers`, or where `WHOLEPLACE_SHARED` says;
//! these tests say so and pass where they are absent.

use crate::spend::back_ends::judge;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use wholeplace::Error;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::{FlowKind, Phase};
use wholeplace::cube::{Beside, By, Cube, Figure};
use wholeplace::finding::Severity;
use wholeplace::money::Pence;
use wholeplace::place::Place;

const HYNDBURN: &str = "hyndburn";
const POLICE: &str = "lancashire-pcc";
const FIRE: &str = "lancashire-fire";
const COUNTY: &str = "lancashire-county-council";

type Loaded = (PlaceAccount, Cube);

fn pack() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/packs/lancashire")
}

fn load(pack: &Path, data: &Path) -> Result<Loaded, Error> {
    let place = Place::open_with_data(pack, data)?;
    let account = PlaceAccount::load(&place)?;
    let cube = Cube::build(&account)?;
    Ok((account, cube))
}

/// The pack with other rules in the place of `counterparties.csv`: one line of `place.toml`.
fn load_with(
    rules: &str,
    written: Option<&str>,
    data: &Path,
) -> Result<Loaded, Box<dyn std::error::Error>> {
    let copy = tempfile::tempdir()?;
    for entry in std::fs::read_dir(pack())? {
        let entry = entry?;
        std::fs::copy(entry.path(), copy.path().join(entry.file_name()))?;
    }
    if let Some(text) = written {
        std::fs::write(copy.path().join(rules), text)?;
    }
    let spec = std::fs::read_to_string(pack().join("place.toml"))?;
    let line = "\nfile = \"counterparties.csv\"\n";
    assert_eq!(spec.matches(line).count(), 1);
    let spec = spec.replace(line, &format!("\nfile = \"{rules}\"\n"));
    std::fs::write(copy.path().join("place.toml"), spec)?;
    Ok(load(copy.path(), data)?)
}

fn lancashire() -> Option<&'static Loaded> {
    static LOADED: OnceLock<Loaded> = OnceLock::new();
    let data = crate::fixtures::shared::folder("ledgers")?;
    Some(LOADED.get_or_init(|| load(&pack(), &data).unwrap_or_else(|error| panic!("{error}"))))
}

/// What one partner wrote down in the files of a year, and what of it went to each other.
struct Year {
    year: &'static str,
    /// Partner, lines, pence.
    gross: [(&'static str, u64, i64); 3],
    /// Payer, payee, lines, pence.
    paid: &'static [(&'static str, &'static str, u64, i64)],
    /// Of what is paid, that which is agency money.
    agency: i64,
}

/// The table of whole years in the README of the raw ledgers, which two other programs counted.
const YEARS: [Year; 2] = [
    Year {
        year: "2022-23",
        gross: [
            (HYNDBURN, 2_186, 716_203_578),
            (POLICE, 7_654, 7_622_898_650),
            (FIRE, 2_908, 1_509_461_484),
        ],
        paid: &[
            (HYNDBURN, POLICE, 4, 2_118_406),
            (HYNDBURN, COUNTY, 10, 1_363_749),
            (POLICE, HYNDBURN, 9, 17_348_676),
            (POLICE, FIRE, 6, 3_507_380),
            (POLICE, COUNTY, 92, 224_677_915),
            (FIRE, HYNDBURN, 2, 7_669_075),
            (FIRE, POLICE, 2, 302_700),
            (FIRE, COUNTY, 53, 52_242_334),
        ],
        agency: 0,
    },
    Year {
        year: "2024-25",
        gross: [
            (HYNDBURN, 8_988, 9_411_341_707),
            (POLICE, 7_857, 11_096_228_483),
            (FIRE, 3_376, 2_462_238_891),
        ],
        paid: &[
            (HYNDBURN, POLICE, 3, 801_800),
            (HYNDBURN, COUNTY, 149, 4_641_784_957),
            (POLICE, HYNDBURN, 11, 20_390_488),
            (POLICE, FIRE, 4, 785_076),
            (POLICE, COUNTY, 119, 541_897_191),
            (FIRE, HYNDBURN, 2, 8_651_276),
            (FIRE, POLICE, 3, 865_400),
            (FIRE, COUNTY, 112, 124_897_270),
        ],
        agency: 4_641_784_957,
    },
];

/// The boundaries that are tried: names of the pack, and the partners inside.
const BOUNDARIES: [(&str, &[&str]); 7] = [
    (HYNDBURN, &[HYNDBURN]),
    (POLICE, &[POLICE]),
    (FIRE, &[FIRE]),
    ("hyndburn-and-police", &[HYNDBURN, POLICE]),
    ("hyndburn-and-fire", &[HYNDBURN, FIRE]),
    ("police-and-fire", &[POLICE, FIRE]),
    ("three-partners", &[HYNDBURN, POLICE, FIRE]),
];

fn total(cube: &Cube, year: &str, boundary: &str) -> Result<Figure, Error> {
    let answer = cube
        .ask()
        .period(year.parse()?)
        .phase(Phase::Outturn)
        .boundary(boundary.parse::<Boundary>()?)
        .answer()?;
    assert!(answer.reconciliation.holds(), "{}", answer.reconciliation);
    assert!(answer.total.unshared.is_empty(), "{answer}");
    assert_eq!(answer.total.composition.direct, answer.total.amount);
    Ok(answer.total)
}

/// What was recognised, by ledger and payee and kind: lines and pence.
fn recognised(account: &PlaceAccount) -> BTreeMap<(String, String, FlowKind), (u64, i64)> {
    let mut all = BTreeMap::new();
    for rule in account.recognised() {
        let key = (rule.ledger.clone(), rule.partner.clone(), rule.kind);
        let sum = all.entry(key).or_insert((0, 0));
        *sum = (sum.0 + rule.lines, sum.1 + rule.pence.get());
    }
    all
}

#[test]
fn every_ledger_meets_its_control_total() {
    let Some((account, cube)) = lancashire() else {
        return;
    };
    assert!(cube.reconciliation().holds(), "{}", cube.reconciliation());
    assert_eq!(account.ledgers().len(), 6);
    for year in &YEARS {
        for (partner, lines, pence) in year.gross {
            let id = format!("{partner}-{}", year.year);
            let mapped = (account.ledgers().iter()).find(|mapped| mapped.ledger().id() == id);
            let ledger = mapped.expect("the pack has this ledger").ledger();
            assert_eq!(ledger.len() as u64, lines, "{id}");
            assert_eq!(ledger.total().get(), pence, "{id}");
        }
    }
}

#[test]
fn every_payment_between_partners_is_recognised_and_nothing_else() {
    let Some((account, _)) = lancashire() else {
        return;
    };
    let mut expected = BTreeMap::new();
    for year in &YEARS {
        for &(payer, payee, lines, pence) in year.paid {
            let kind = match pence == year.agency {
                true => FlowKind::Agency,
                false => FlowKind::Contract,
            };
            let ledger = format!("{payer}-{}", year.year);
            expected.insert((ledger, payee.to_owned(), kind), (lines, pence));
        }
    }
    assert_eq!(recognised(account), expected);
}

#[test]
fn a_total_is_gross_less_what_is_eliminated_and_agency() -> Result<(), Error> {
    let Some((_, cube)) = lancashire() else {
        return Ok(());
    };
    for year in &YEARS {
        for (boundary, inside) in BOUNDARIES {
            let name = format!("{} {boundary}", year.year);
            let paid = |wanted: &dyn Fn(&str) -> bool| -> i64 {
                let from_inside = year
                    .paid
                    .iter()
                    .filter(|(payer, ..)| inside.contains(payer));
                let to_wanted = from_inside.filter(|(_, payee, ..)| wanted(payee));
                to_wanted.map(|&(_, _, _, pence)| pence).sum()
            };
            let own = (year.gross.iter()).filter(|(partner, ..)| inside.contains(partner));
            let gross: i64 = own.map(|&(_, _, pence)| pence).sum();
            let eliminated = paid(&|payee| inside.contains(&payee));
            let agency = match inside.contains(&HYNDBURN) {
                true => year.agency,
                false => 0,
            };
            let outgoing = paid(&|payee| !inside.contains(&payee)) - agency;

            let found = total(cube, year.year, boundary)?;
            assert_eq!(found.amount.get(), gross - eliminated - agency, "{name}");
            assert_eq!(found.gross().map(Pence::get), Some(gross), "{name}");
            let beside = |what| found.beside(what).get();
            assert_eq!(beside(Beside::Eliminated), eliminated, "{name}");
            assert_eq!(beside(Beside::Agency), agency, "{name}");
            assert_eq!(beside(Beside::Outgoing), outgoing, "{name}");
            assert_eq!(beside(Beside::Incoming), 0, "{name}");
            assert_eq!(beside(Beside::Unheld), 0, "{name}");
            if inside.len() == 1 {
                assert_eq!(eliminated, 0, "{name}: nobody pays itself");
            }
        }
    }
    Ok(())
}

#[test]
fn totals_of_three_partners_in_pounds() -> Result<(), Error> {
    let Some((_, cube)) = lancashire() else {
        return Ok(());
    };
    let shown = |year: &str| -> Result<_, Error> {
        let found = total(cube, year, "three-partners")?;
        let beside = |what| found.beside(what).to_string();
        Ok([
            found.gross().unwrap_or_default().to_string(),
            beside(Beside::Eliminated),
            beside(Beside::Agency),
            found.amount.to_string(),
        ])
    };
    assert_eq!(
        shown("2022-23")?,
        ["£98,485,637.12", "£309,462.37", "£0.00", "£98,176,174.75"]
    );
    assert_eq!(
        shown("2024-25")?,
        [
            "£229,698,090.81",
            "£314,940.40",
            "£46,417,849.57",
            "£182,965,300.84"
        ]
    );
    Ok(())
}

#[test]
fn police_paying_hyndburn_is_outgoing_where_hyndburn_is_outside() -> Result<(), Error> {
    let Some((_, cube)) = lancashire() else {
        return Ok(());
    };
    let of_police = |boundary: &str| -> Result<Figure, Error> {
        let question = cube
            .ask()
            .period("2022-23".parse()?)
            .phase(Phase::Outturn)
            .partner(POLICE)
            .boundary(boundary.parse()?);
        Ok(question.answer()?.total)
    };
    let (with, without) = (of_police("three-partners")?, of_police("police-and-fire")?);
    // £173,486.76 on nine lines.
    assert_eq!(without.amount.get() - with.amount.get(), 17_348_676);
    assert_eq!(without.lines - with.lines, 9);
    let outgoing = |figure: &Figure| figure.beside(Beside::Outgoing).get();
    assert_eq!(outgoing(&without) - outgoing(&with), 17_348_676);
    let eliminated = |figure: &Figure| figure.beside(Beside::Eliminated).get();
    assert_eq!(eliminated(&with) - eliminated(&without), 17_348_676);
    Ok(())
}

#[test]
fn with_all_partners_the_county_is_inside_and_its_ledger_is_not_held() -> Result<(), Error> {
    let Some((_, cube)) = lancashire() else {
        return Ok(());
    };
    for year in &YEARS {
        let three = total(cube, year.year, "three-partners")?;
        let all = total(cube, year.year, "all-partners")?;
        assert_eq!(all.amount, three.amount);
        assert_eq!(
            all.beside(Beside::Eliminated),
            three.beside(Beside::Eliminated)
        );
        assert_eq!(all.beside(Beside::Unheld), three.beside(Beside::Outgoing));
        assert_eq!(all.beside(Beside::Outgoing), Pence::ZERO);
        let county = total(cube, year.year, COUNTY)?;
        assert_eq!((county.amount, county.lines), (Pence::ZERO, 0));
    }
    Ok(())
}

#[test]
fn rows_by_partner_sum_to_the_total_with_what_stands_beside() -> Result<(), Error> {
    let Some((_, cube)) = lancashire() else {
        return Ok(());
    };
    let answer = cube
        .ask()
        .period("2024-25".parse()?)
        .phase(Phase::Outturn)
        .boundary(Boundary::of(["three-partners"]))
        .by([By::Partner])
        .answer()?;
    assert_eq!(answer.rows.len(), 3);
    for what in Beside::ALL {
        let rows = answer.rows.iter().map(|row| row.figure.beside(what));
        assert_eq!(Pence::total(rows)?, answer.total.beside(what), "{what}");
    }
    Ok(())
}

#[test]
fn the_pack_reads_its_data_without_findings() {
    let Some((account, _)) = lancashire() else {
        return;
    };
    assert!(account.findings().is_empty(), "{}", account.findings());
    assert!(account.unmapped().is_empty(), "{:?}", account.unmapped());
}

#[test]
fn near_misses_are_told_and_name_no_payee() -> Result<(), Box<dyn std::error::Error>> {
    let Some(data) = crate::fixtures::shared::folder("ledgers") else {
        return Ok(());
    };
    // Names without what the files write after them, and with a letter wrong.
    let rules = "ledger,match,text,partner,kind\n\
        every,normalised,Lancashire County Council,lancashire-county-council,contract\n\
        every,exact,Hyndburn Borough Counsil,hyndburn,contract\n\
        every,normalised,Lancashire Police Authority,lancashire-pcc,contract\n";
    let (account, _) = load_with("near.csv", Some(rules), &data)?;
    // No file has the name with the wrong letter.
    let (met_nowhere, near): (Vec<_>, Vec<_>) = (account.findings().iter())
        .partition(|finding| finding.rule == "counterparty-rule-matches-nothing");
    assert_eq!(met_nowhere.len(), 1);
    assert_eq!(
        met_nowhere[0].found,
        "no line of any ledger meets `Hyndburn Borough Counsil`"
    );
    let told: Vec<String> = (near.into_iter())
        .map(|finding| {
            assert_eq!(finding.rule, "counterparty-near-miss");
            assert_eq!(finding.severity, Severity::Notice, "{finding}");
            finding.to_string()
        })
        .collect();
    told.iter().for_each(|finding| println!("{finding}\n"));
    // The county by direct debit and with its number (twice), and Hyndburn in four ledgers; no
    // other force.
    assert_eq!(told.len(), 7, "{}", account.findings());
    let named = |of: &str| told.iter().filter(|finding| finding.contains(of)).count();
    assert_eq!(named("near `Lancashire County Council`"), 3);
    assert_eq!(named("near `Hyndburn Borough Counsil`"), 4);
    for mapped in account.ledgers() {
        for payee in mapped.ledger().code_texts("counterparty") {
            let payee = payee.to_lowercase();
            let letters = payee.chars().filter(|c| c.is_alphabetic()).count();
            let public = rules.to_lowercase().contains(payee.trim());
            for finding in told.iter().filter(|_| letters > 3 && !public) {
                // The payee is not printed here either.
                let holds = finding.to_lowercase().contains(payee.trim());
                assert!(!holds, "a finding holds the name of a payee");
            }
        }
    }
    Ok(())
}

#[test]
fn a_finer_reading_of_what_hyndburn_pays_the_county_is_one_line()
-> Result<(), Box<dyn std::error::Error>> {
    let (Some(data), Some((_, cube))) = (crate::fixtures::shared::folder("ledgers"), lancashire())
    else {
        return Ok(());
    };
    let (account, finer) = load_with("counterparties-finer.csv", None, &data)?;
    assert!(!account.findings().any_fault(), "{}", account.findings());
    let of = |kind| {
        let key = ("hyndburn-2024-25".to_owned(), COUNTY.to_owned(), kind);
        recognised(&account).get(&key).copied()
    };
    assert_eq!(of(FlowKind::Agency), Some((100, 4_545_538_522)));
    assert_eq!(of(FlowKind::Recharge), Some((13, 56_716_409)));
    assert_eq!(of(FlowKind::Contract), Some((36, 39_530_026)));
    let (before, after) = (
        total(cube, "2024-25", "three-partners")?,
        total(&finer, "2024-25", "three-partners")?,
    );
    assert_eq!(after.gross(), before.gross());
    assert_eq!(after.amount.get() - before.amount.get(), 96_246_435);
    assert_eq!(after.amount.to_string(), "£183,927,765.19");
    assert_eq!(after.beside(Beside::Agency).to_string(), "£45,455,385.22");
    let year = "2022-23";
    assert_eq!(
        total(&finer, year, "three-partners")?,
        total(cube, year, "three-partners")?
    );
    Ok(())
}

/// Real payments between real partners: whatever is kept and added up before shows in no byte.
#[test]
fn quick_answers_are_those_of_record_by_record() -> Result<(), Box<dyn std::error::Error>> {
    let Some((_, cube)) = lancashire() else {
        return Ok(());
    };
    let drills: [&[&str]; 6] = [
        &[],
        &["partner", "counterparty"],
        &["funder"],
        &["deliverer", "period"],
        &["flexibility", "activity"],
        &["period", "partner", "counterparty"],
    ];
    for period in ["2022-23", "2022-23 to 2024-25", "Nov 2024", "calendar 2023"] {
        for boundary in [
            Boundary::AllPartners,
            Boundary::of([HYNDBURN, FIRE]),
            Boundary::of([POLICE]),
        ] {
            for drill in drills {
                let by: Vec<By> = drill
                    .iter()
                    .map(|by| by.parse())
                    .collect::<Result<_, _>>()?;
                let question = cube
                    .ask()
                    .period(period.parse()?)
                    .phase(Phase::Outturn)
                    .boundary(boundary.clone())
                    .by(by);
                judge(&question);
                judge(&question.with_complement());
            }
        }
    }
    Ok(())
}
