//! The pack of the county: its places, activities, partners, drivers and rules.

use super::Random;
use super::centres::{CODES, PARTNERS, body};
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

pub const AREAS: u64 = 18;
pub const WARDS: u64 = 60;
pub const LSOAS: u64 = 200;
pub const DISTRICTS: u64 = 6;
pub const THEMES: u64 = 6;
const PROGRAMMES: u64 = 5;
const ACTIVITIES: u64 = 10;

/// Writes the pack; its one ledger reads the payment files of this ending.
pub fn write(folder: &Path, ending: &str, random: &mut Random) -> Result<(), Box<dyn Error>> {
    let toml = PLACE.replace("payments-*", &format!("payments-*.{ending}"));
    fs::write(folder.join("place.toml"), toml)?;
    fs::write(folder.join("localities.csv"), localities())?;
    fs::write(folder.join("activities.csv"), activities())?;
    fs::write(folder.join("groups.csv"), groups())?;
    fs::write(folder.join("partners.csv"), partners())?;
    fs::write(folder.join("counterparties.csv"), counterparties())?;
    fs::write(folder.join("crosswalk.csv"), crosswalk(random))?;
    fs::write(folder.join("residents.csv"), residents(random))?;
    fs::write(folder.join("caseload.csv"), caseload(random))?;
    Ok(())
}

const PLACE: &str = r#"
[place]
name = "A county that does not exist"
locality = "C"
residents = "residents"
prices = "prices.toml"
appraisal = "appraisal.toml"
age_bands = ["0-4", "5-9", "10-15", "16-19", "20-64", "65+"]
notes = ["Made from a seed, for measuring speed; nothing here is real."]

[[localities]]
file = "localities.csv"

[[activities]]
file = "activities.csv"

[[groups]]
file = "groups.csv"

[[partners]]
file = "partners.csv"

[[counterparty]]
file = "counterparties.csv"

[[driver]]
code = "residents"
name = "residents by single year of age"
class = "population"
source = "made from a seed"
tables = [{ file = "residents.csv", columns = { mass = "persons" } }]

[[driver]]
code = "caseload"
name = "open cases by age band"
class = "driver"
source = "made from a seed"
tables = [{ file = "caseload.csv", columns = { mass = "cases" } }]

[[sharing]]
activity = "T01"
driver = "caseload"

[[sharing]]
driver = "residents"

[[crosswalk]]
file = "crosswalk.csv"
set = { ledger = "payments" }

[[ledger]]
id = "payments"
name = "Payments of all partners"
source = "made from a seed"
phase = "outturn"
files = ["payments-*"]

[ledger.layout]
amount = ["Net Amount"]
date = ["Payment Date"]
codes.partner = ["Body"]
codes.counterparty = ["Supplier"]
codes.activity = ["Service Code"]
codes.ages = ["Ages"]
codes.group = ["Client Group"]
codes.locality = ["Area"]

[ledger.axes]
partner = { by = "code" }
activity = { by = "crosswalk" }
ages = { by = "code", otherwise = "all" }
group = { by = "crosswalk", otherwise = "everyone" }
locality = { by = "code", otherwise_gap = "unknown" }
"#;

fn area(lsoa: u64) -> u64 {
    lsoa * AREAS / LSOAS
}

/// Wards nest in areas: each has three or four.
fn ward(lsoa: u64) -> u64 {
    let start = |area: u64| area * WARDS / AREAS;
    let area = area(lsoa);
    let first = (area * LSOAS).div_ceil(AREAS);
    let end = ((area + 1) * LSOAS).div_ceil(AREAS);
    start(area) + (lsoa - first) * (start(area + 1) - start(area)) / (end - first)
}

fn localities() -> String {
    let mut text = String::from(
        "code,name,level,parent,grouping\n\
         F,Police force,police-force,,\n\
         C,County,county,F,\n\
         north,North,area,C,\ncentral,Central,area,C,\nsouth,South,area,C,\n",
    );
    for district in 1..=DISTRICTS {
        _ = writeln!(text, "D{district},District {district},district,F,");
    }
    for area in 0..AREAS {
        let third = ["north", "central", "south"][(area * 3 / AREAS) as usize];
        _ = writeln!(
            text,
            "{},Place plan area {area},place-plan-area,{third},",
            area_code(area)
        );
    }
    for lsoa in 0..LSOAS {
        _ = writeln!(text, "L{lsoa:03},,lsoa,{},", area_code(area(lsoa)));
    }
    for ward in 0..WARDS {
        _ = writeln!(text, "W{ward:02},Ward {ward},ward,,ward");
    }
    for lsoa in 0..LSOAS {
        _ = writeln!(text, "L{lsoa:03},,,W{:02},ward", ward(lsoa));
    }
    text
}

pub fn area_code(area: u64) -> String {
    format!("P{area:02}")
}

fn activities() -> String {
    let mut text = String::from("code,name,level,parent\n");
    for theme in 1..=THEMES {
        _ = writeln!(text, "T{theme:02},Theme {theme},theme,");
        for programme in 1..=PROGRAMMES {
            _ = writeln!(text, "T{theme:02}P{programme},,programme,T{theme:02}");
            for activity in 1..=ACTIVITIES {
                _ = writeln!(
                    text,
                    "T{theme:02}P{programme}A{activity:02},,activity,T{theme:02}P{programme}"
                );
            }
        }
    }
    text
}

fn activity(number: u64) -> String {
    let (theme, rest) = (
        number / (PROGRAMMES * ACTIVITIES),
        number % (PROGRAMMES * ACTIVITIES),
    );
    format!(
        "T{:02}P{}A{:02}",
        theme % THEMES + 1,
        rest / ACTIVITIES + 1,
        rest % ACTIVITIES + 1
    )
}

fn groups() -> String {
    let mut text = String::from("code,name,level,parent\neveryone,Everyone,all,\n");
    for audience in ["children", "adults", "older", "families", "offenders"] {
        _ = writeln!(text, "{audience},,audience,everyone");
        for group in 1..=3 {
            _ = writeln!(text, "{audience}-{group},,group,{audience}");
        }
    }
    text
}

fn partners() -> String {
    let mut text = String::from("code,name\n");
    for (partner, ..) in PARTNERS {
        _ = writeln!(text, "{partner},{partner}");
    }
    text
}

/// Every partner is known by the name that the others' payments give it: public bodies commission,
/// so what they are paid is a contract; charities have grants.
fn counterparties() -> String {
    let mut text = String::from("ledger,match,text,side,partner,kind\n");
    for (number, (partner, ..)) in PARTNERS.iter().enumerate() {
        let kind = if number < 8 { "contract" } else { "grant" };
        _ = writeln!(
            text,
            "payments,normalised,{},payer,{partner},{kind}",
            body(number)
        );
    }
    text
}

/// Codes 0 to 299 mean one activity; to 359 a mix of two to four; to 403 a programme or theme; to
/// 415 a gap; the last four are in no crosswalk.
fn crosswalk(random: &mut Random) -> String {
    let mut text = String::from("axis,code,to,weight,class,gap\n");
    let all = THEMES * PROGRAMMES * ACTIVITIES;
    for code in 0..CODES {
        match code {
            0..300 => _ = writeln!(text, "activity,S{code:03},{},,,", activity(code)),
            300..360 => {
                // Neighbours in the tree or far apart; whole parts of a hundred.
                let parts = 2 + random.below(3);
                let first = random.below(all);
                let apart = if random.percent(50) { 1 } else { 37 };
                let mut left = 100;
                for part in 0..parts {
                    let weight = if part + 1 == parts {
                        left
                    } else {
                        1 + random.below(left - (parts - part))
                    };
                    left -= weight;
                    let to = activity((first + part * apart) % all);
                    _ = writeln!(text, "activity,S{code:03},{to},{weight},judgement,");
                }
            }
            360..404 => {
                let theme = 1 + random.below(THEMES);
                let to = match random.below(3) {
                    0 => format!("T{theme:02}"),
                    _ => format!("T{theme:02}P{}", 1 + random.below(PROGRAMMES)),
                };
                _ = writeln!(text, "activity,S{code:03},{to},,,");
            }
            404..416 => {
                let gap = ["not-elsewhere-classified", "not-disaggregated", "withheld"]
                    [(code % 3) as usize];
                _ = writeln!(text, "activity,S{code:03},,,,{gap}");
            }
            _ => {}
        }
    }
    for (number, audience) in (1..).zip(["children", "adults", "older", "families", "offenders"]) {
        _ = writeln!(text, "group,G{number}0,{audience},,,");
        for group in 1..=3 {
            _ = writeln!(text, "group,G{number}{group},{audience}-{group},,,");
        }
    }
    text
}

fn leaves() -> impl Iterator<Item = (String, u64)> {
    let lsoas = (0..LSOAS).map(|lsoa| (format!("L{lsoa:03}"), 1));
    lsoas.chain((1..=DISTRICTS).map(|district| (format!("D{district}"), 60)))
}

fn residents(random: &mut Random) -> String {
    let mut text = String::from("locality,ages,persons\n");
    for (leaf, size) in leaves() {
        for age in 0..=90u64 {
            let persons = size * (4 + random.below(30)) * (130 - age) / 100;
            _ = writeln!(text, "{leaf},{age},{persons}");
        }
    }
    text
}

fn caseload(random: &mut Random) -> String {
    let mut text = String::from("locality,ages,cases\n");
    for (leaf, size) in leaves() {
        for band in ["0-4", "5-9", "10-15", "16-17", "18-19", "20-64", "65+"] {
            _ = writeln!(text, "{leaf},{band},{}", size * (1 + random.below(40)));
        }
    }
    text
}
