//! Proposals of the county: what each of its partners would save by ten effects over ten years.

use super::Random;
use super::centres::PARTNERS;
use super::pack::{AREAS, THEMES, area_code};
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

pub const PROPOSALS: u64 = 100;
/// The proposal whose savings are of bodies outside the county: nothing is asked of the account.
pub const CENTRAL: &str = "central";
const EFFECTS: u64 = 10;
const YEARS: u64 = 10;
const FIRST_YEAR: u64 = 2018;

/// Prices, unit values and a hundred and one proposals.
pub fn write(folder: &Path, random: &mut Random) -> Result<(), Box<dyn Error>> {
    fs::write(folder.join("prices.toml"), prices(random))?;
    fs::write(folder.join("appraisal.toml"), shared())?;
    fs::write(folder.join("unit_values.csv"), unit_values(random))?;
    for number in 0..PROPOSALS {
        let text = proposal(&format!("p{number:02}"), "", random);
        fs::write(folder.join(format!("proposal-{number:02}.toml")), text)?;
    }
    let central = proposal(CENTRAL, "outside-", random);
    fs::write(folder.join("proposal-central.toml"), central)?;
    Ok(())
}

fn year(year: u64) -> String {
    format!("{year}-{:02}", (year + 1) % 100)
}

/// An index of four decimals, as publishers have it.
fn prices(random: &mut Random) -> String {
    let mut text = String::from(
        "[[deflator]]\ncode = \"index\"\nname = \"Price index\"\nedition = \"seed\"\nyears = \"financial\"\n\
         source = \"made from a seed\"\ntables = [{ rows = [\n",
    );
    let mut index = 68_0000;
    for at in 2010..=2030 {
        _ = writeln!(
            text,
            "    {{ year = \"{}\", index = \"{}.{:04}\" }},",
            year(at),
            index / 10_000,
            index % 10_000
        );
        index += 8_000 + random.below(20_000);
    }
    text + "] }]\n\n[[discount]]\ncode = \"rates\"\nedition = \"seed\"\nfor = \"money\"\n\
            year_zero = \"undiscounted\"\nsource = \"made from a seed\"\n\
            bands = [{ from = 1, to = 30, rate = \"7/200\" }]\n"
}

fn shared() -> String {
    let mut text = String::from("proposals = [\"proposal-*.toml\"]\n");
    for (code, per_cent) in [("good", 5), ("poor", 15)] {
        _ = write!(
            text,
            "\n[[grade]]\ncode = \"{code}\"\nbenefits = \"{per_cent}%\"\ncosts = \"{per_cent}%\"\n\
             meaning = \"made from a seed\"\n"
        );
    }
    for (partner, ..) in PARTNERS {
        _ = write!(
            text,
            "\n[[bearer]]\ncode = \"{partner}\"\npartner = \"{partner}\"\n\
             \n[[bearer]]\ncode = \"outside-{partner}\"\noutside = \"Another {partner}\"\n"
        );
    }
    text + "\n[[unit_values]]\nfile = \"unit_values.csv\"\n"
}

fn unit_values(random: &mut Random) -> String {
    let mut text = String::from(
        "code,name,unit,bearer,value,kind,cost,transfer,price_year,price_year_kind,parent\n",
    );
    for before in ["", "outside-"] {
        for effect in 0..EFFECTS {
            for (partner, ..) in PARTNERS {
                let pence = 2_000 + random.below(300_000);
                _ = writeln!(
                    text,
                    "{before}e{effect}.{partner},,event,{before}{partner},{}.{:02},fiscal,marginal,no,{},financial,",
                    pence / 100,
                    pence % 100,
                    year(2010 + random.below(8))
                );
            }
        }
    }
    text
}

fn proposal(code: &str, before: &str, random: &mut Random) -> String {
    let mut text = format!(
        "[proposal]\ncode = \"{code}\"\nname = \"Proposal {code}\"\nagainst = \"as it is\"\nages = \"10-17\"\n\
         locality = \"{}\"\nfirst_year = \"{}\"\nyears = {YEARS}\nprices = \"2024-25\"\ndeflator = \"index\"\n\
         discount = \"rates\"\ncombine = \"each-input\"\n\
         baseline = {{ period = \"2017-18\", phase = \"outturn\", activities = [\"T{:02}\"] }}\n",
        area_code(random.below(AREAS)),
        year(FIRST_YEAR),
        1 + random.below(THEMES)
    );
    for at in 0..3 {
        _ = write!(
            text,
            "\n[[cost]]\npartner = \"council\"\nyear = \"{}\"\namount = \"{}\"\nresource = \"cash\"\n\
             prices = \"cash\"\ngrade = \"good\"\nsource = \"made from a seed\"\n",
            year(FIRST_YEAR + at),
            10 + random.below(90)
        );
    }
    for effect in 0..EFFECTS {
        _ = write!(
            text,
            "\n[[effect]]\ncode = \"e{effect}\"\npeople = [\"{}\", \"{}\"]\npeople_grade = \"good\"\n\
             engaged = \"{}%\"\nretained = \"{}%\"\nbase = \"{}.{}\"\nimpact = \"{}%\"\nimpact_grade = \"poor\"\n\
             deadweight = \"15%\"\ndisplacement = \"{}%\"\ndue_to_us = \"{}%\"\nlag = 1\n\
             persist = [\"1\", \"0.75\", \"0.5\", \"0.35\", \"0.2\"]\nevidence = \"made from a seed\"\nmaryland = 3\n\
             unit_values = [\"{before}e{effect}.*\"]\noverlap = \"all\"\n",
            20 + random.below(200),
            20 + random.below(200),
            50 + random.below(50),
            50 + random.below(50),
            1 + random.below(3),
            random.below(10),
            5 + random.below(40),
            random.below(20),
            50 + random.below(50),
        );
        for (number, (partner, ..)) in PARTNERS.iter().enumerate() {
            let model = match number % 3 {
                0 => format!("model = \"share\"\nshare = \"{}%\"\n", random.below(100)),
                1 => "model = \"blocks\"\nblock = \"12\"\nblock_pounds = \"6000\"\nnotice_years = 1\n".to_owned(),
                _ => "model = \"none\"\n".to_owned(),
            };
            _ = write!(
                text,
                "\n[[cash]]\neffect = \"e{effect}\"\nbearer = \"{before}{partner}\"\n{model}\
                 reason = \"made from a seed\"\n"
            );
        }
    }
    text + "\n[[overlap]]\ngroup = \"all\"\nrule = \"separate\"\nreason = \"made from a seed\"\n\
            \n[settlement]\nrule = \"even-handed\"\n"
}
