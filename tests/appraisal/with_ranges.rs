//! Proposals with ranges that are made up, put beside the sample's own.

use std::path::Path;
use std::sync::Arc;
use wholeplace::account::PlaceAccount;
use wholeplace::appraisal::{Appraisal, Proposals};
use wholeplace::cube::Cube;
use wholeplace::place::Place;

/// The text of a proposal.
pub struct Made {
    pub text: String,
}

const HEAD: &str = r#"
[proposal]
code = "made"
name = "Made up"
against = "nothing is done"
ages = "10-17"
locality = "ludlow"
first_year = "2024-25"
years = 4
prices = "2024-25"
deflator = "gdp-fy"
discount = "green-book"
combine = "worst"
uncertainty = "around-corrected"
baseline = { period = "2017-18", phase = "outturn", activities = ["offender-management"] }
"#;

fn cost(partner: &str, year: &str, amount: &str, grade: &str) -> String {
    format!(
        "\n[[cost]]\npartner = \"{partner}\"\nyear = \"{year}\"\namount = \"{amount}\"\nresource = \"cash\"\n\
         prices = \"2024-25\"\ngrade = \"{grade}\"\nsource = \"invented\"\n"
    )
}

/// A range of the figure that `of` and `keys` name.
pub fn range(of: &str, keys: &str, low: &str, high: &str, shape: &str) -> String {
    format!(
        "\n[[range]]\nof = \"{of}\"\n{keys}\nlow = \"{low}\"\nhigh = \"{high}\"\nshape = \"{shape}\"\n\
         source = \"invented\"\n"
    )
}

const BEARERS: [(&str, &str, &str); 7] = [
    ("incidents", "probation", "0.5"),
    ("incidents", "courts", "0.3"),
    ("incidents", "prison", "0.3"),
    ("incidents", "other-cjs", "0.3"),
    ("incidents", "nhs", "0.5"),
    ("neet", "dwp", "0.9"),
    ("neet", "hmrc", "0.9"),
];

impl Made {
    /// The council pays so many pounds in the first year, and the police; nothing is saved.
    pub fn costs_alone(amounts: &[&str]) -> Self {
        let partners = ["shropshire-council", "west-mercia-police"];
        let costs = partners.iter().zip(amounts);
        let costs = costs.map(|(partner, amount)| cost(partner, "2024-25", amount, "1"));
        Self {
            text: HEAD.to_owned() + &costs.collect::<String>(),
        }
    }

    /// Two effects that may be one and the same, two years of entering, shares, blocks with notice, a settlement.
    pub fn rich() -> Self {
        let mut text = HEAD.to_owned();
        text += &cost("shropshire-council", "2024-25", "12000", "3");
        text += &cost("shropshire-council", "2025-26", "6000", "3");
        text += &cost("shropshire-council", "2025-26", "4000", "3");
        for (code, change, due, values) in [
            (
                "incidents",
                "base = \"2.5\"\nimpact = \"0.30\"",
                "due_to_us = \"0.9\"",
                "CR8.0.*",
            ),
            (
                "neet",
                "points = \"0.12\"",
                "due_to_others = \"0.25\"",
                "E&E10.0.*",
            ),
        ] {
            text += &format!(
                "\n[[effect]]\ncode = \"{code}\"\npeople = [\"120\", \"60\"]\npeople_grade = \"5\"\n\
                 engaged = \"0.75\"\nretained = \"0.9\"\n{change}\nimpact_grade = \"5\"\ndeadweight = \"0.15\"\n\
                 displacement = \"0.05\"\n{due}\nlag = 1\npersist = [\"1\", \"0.75\", \"0.5\"]\n\
                 evidence = \"invented\"\nunit_values = [\"{values}\"]\noverlap = \"crime-and-neet\"\n"
            );
        }
        for (effect, bearer, share) in BEARERS {
            text += &format!(
                "\n[[cash]]\neffect = \"{effect}\"\nbearer = \"{bearer}\"\nmodel = \"share\"\nshare = \"{share}\"\n\
                 phase = [\"0\", \"0.8\", \"1\"]\nreason = \"invented\"\n"
            );
        }
        text += "\n[[cash]]\neffect = \"incidents\"\nbearer = \"police\"\nmodel = \"blocks\"\nblock = \"12\"\n\
                 block_pounds = \"3000\"\nnotice_years = 1\nreason = \"invented\"\n";
        text += "\n[[overlap]]\ngroup = \"crime-and-neet\"\nrule = \"unknown\"\nreason = \"invented\"\n";
        text += "\n[settlement]\nrule = \"in-proportion\"\n";
        Self { text }
    }

    /// Ranges of every kind and shape.
    pub fn ranges_of_rich() -> Vec<String> {
        let of = |effect: &str| format!("effect = \"{effect}\"");
        let part = |effect: &str| format!("effect = \"{effect}\"\ncovers = \"90%\"");
        let enter = |effect: &str| format!("effect = \"{effect}\"\ntogether = \"referrals\"");
        vec![
            range("people", &enter("incidents"), "90", "140", "range"),
            range("people", &enter("neet"), "90", "140", "range"),
            range("impact", &of("incidents"), "0.1", "0.5", "pert"),
            range("points", &part("neet"), "0.04", "0.20", "normal"),
            range("deadweight", &part("incidents"), "0.05", "0.30", "beta"),
            range("due_to_others", &of("neet"), "0.1", "0.4", "uniform"),
            range("due_to_us", &of("incidents"), "0.7", "1", "range"),
            range(
                "unit_value",
                "unit_value = \"CR8.0.6\"\ncovers = \"95%\"",
                "80",
                "158",
                "lognormal",
            ),
            range(
                "cost",
                "partner = \"shropshire-council\"\nyear = \"2025-26\"",
                "9000",
                "14000",
                "pert",
            ),
            range(
                "share",
                "effect = \"incidents\"\nbearer = \"nhs\"",
                "0.3",
                "0.6",
                "range",
            ),
        ]
    }

    /// The same figures, each sure.
    pub fn of_no_width(shape: &str) -> String {
        let of = |effect: &str| format!("effect = \"{effect}\"");
        let cost = "partner = \"shropshire-council\"\nyear = \"2025-26\"";
        let figures = [
            ("people", of("incidents"), "120"),
            ("base", of("incidents"), "2.5"),
            ("impact", of("incidents"), "0.3"),
            ("points", of("neet"), "0.12"),
            ("engaged", of("neet"), "0.75"),
            ("retained", of("neet"), "0.9"),
            ("deadweight", of("incidents"), "0.15"),
            ("displacement", of("incidents"), "0.05"),
            ("due_to_us", of("incidents"), "0.9"),
            ("due_to_others", of("neet"), "0.25"),
            (
                "unit_value",
                "unit_value = \"CR8.0.6\"".to_owned(),
                "112.42",
            ),
            ("cost", cost.to_owned(), "10000"),
            ("share", of("incidents") + "\nbearer = \"nhs\"", "0.5"),
        ];
        let ranges = figures.iter();
        ranges
            .map(|(figure, keys, value)| range(figure, keys, value, value, shape))
            .collect()
    }
}

/// A proposal beside the sample's own.
pub struct Pack {
    text: String,
    are_ledgers_outside: bool,
}

/// The proposal of a text.
pub fn ranged(text: &str) -> Pack {
    Pack {
        text: text.to_owned(),
        are_ledgers_outside: false,
    }
}

impl Pack {
    /// Nobody who saves has a ledger, so that nothing is refused and nothing locked.
    pub fn with_ledgers_outside(self) -> Self {
        Self {
            are_ledgers_outside: true,
            ..self
        }
    }

    pub fn look<T>(&self, look: impl Fn(&Appraisal) -> T) -> T {
        self.look_with_cube(|appraisal, _| look(appraisal))
    }

    pub fn look_with_cube<T>(&self, look: impl Fn(&Appraisal, &Cube) -> T) -> T {
        self.open(|proposals, place| {
            let cube = Cube::build(&PlaceAccount::load(place).unwrap()).unwrap();
            look(
                &proposals.find("made").unwrap().appraise(&cube).unwrap(),
                &cube,
            )
        })
    }

    /// What is odd in it by one rule.
    pub fn found(&self, rule: &str) -> Vec<String> {
        self.open(|proposals, _| {
            // The sample's own proposals stand beside it.
            let of_made = (proposals.findings().iter())
                .filter(|finding| finding.position.to_string().starts_with("proposal-made"));
            let of_rule = of_made.filter(|finding| finding.rule == rule);
            of_rule.map(|finding| finding.found.clone()).collect()
        })
    }

    fn open<T>(&self, look: impl Fn(&Proposals, &Arc<Place>) -> T) -> T {
        let folder = tempfile::tempdir().unwrap();
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/shropshire");
        for entry in std::fs::read_dir(&sample).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
            }
        }
        if self.are_ledgers_outside {
            let file = folder.path().join("appraisal.toml");
            let mut text = std::fs::read_to_string(&file).unwrap();
            for partner in [
                "west-mercia-police",
                "probation-illustrative",
                "department-for-work-and-pensions",
            ] {
                let outside = format!("outside = \"{partner}, without a ledger\"");
                text = text.replace(&format!("partner = \"{partner}\""), &outside);
            }
            std::fs::write(file, text).unwrap();
        }
        std::fs::write(folder.path().join("proposal-made.toml"), &self.text).unwrap();
        let place = Place::open(folder.path()).unwrap();
        look(&Proposals::open(&place).unwrap(), &place)
    }
}
