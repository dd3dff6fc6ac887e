//! A small place that is made up, and proposals that are drawn for it.
//!
//! One place and its cube are built once; a proposal is a text that is opened and appraised with them. In the
//! county's north, in 2016-17, the council spends £5,000.00 on youth justice, which it may give up, and £20,000.00
//! on care, contracted to March 2018; the police £3,000.00 that they may give up and £4,000.00 that the law
//! asks for; the hospital £9,000.00 of which nobody says anything. The DWP has no ledger here, and courts and
//! HMRC are no partners.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::TempDir;
use wholeplace::account::PlaceAccount;
use wholeplace::appraisal::{Appraisal, AppraisalError, Proposals};
use wholeplace::cube::Cube;
use wholeplace::place::Place;

const PLACE: &str = r#"
[place]
name = "Made up"
locality = "county"
residents = "people"
age_bands = ["0-17", "18+"]
prices = "prices.toml"
appraisal = "appraisal.toml"

[[localities]]
rows = [
    { code = "county", level = "county" },
    { code = "north", level = "area", parent = "county" },
    { code = "south", level = "area", parent = "county" },
]

[[activities]]
rows = [
    { code = "early", level = "theme" },
    { code = "youth-justice", level = "service", parent = "early" },
    { code = "care", level = "service", parent = "early" },
    { code = "roads", level = "theme" },
]

[[groups]]
rows = [{ code = "everyone" }]

[[partners]]
rows = [
    { code = "council", name = "Council" },
    { code = "police", name = "Police" },
    { code = "hospital", name = "Hospital" },
    { code = "dwp", name = "DWP" },
]

[[driver]]
code = "people"
name = "residents"
class = "population"
source = "made up"
tables = [{ rows = [
    { locality = "north", ages = "0-17", mass = "20" },
    { locality = "north", ages = "18+", mass = "80" },
    { locality = "south", ages = "0-17", mass = "30" },
    { locality = "south", ages = "18+", mass = "120" },
] }]

[[sharing]]
driver = "people"

[[boundary]]
code = "local"
name = "Council, police and hospital"
partners = ["council", "police", "hospital"]

[[ledger]]
id = "spent"
name = "What was spent"
source = "made up"
phase = "outturn"
files = ["spent.csv"]

[ledger.layout]
amount = ["amount"]
period = ["year"]
codes.partner = ["who"]
codes.activity = ["for"]
codes.flexibility = ["how"]

[ledger.axes]
partner = { by = "code" }
activity = { by = "code" }
flexibility = { by = "code" }
ages = { always = "all" }
group = { always = "everyone" }
locality = { always = "north" }
"#;

const SPENT: [(&str, &str, u32, &str); 6] = [
    ("council", "youth-justice", 5_000, "discretionary"),
    ("council", "care", 20_000, "contracted to Mar 2018"),
    ("council", "roads", 70_000, "discretionary"),
    ("police", "youth-justice", 3_000, "discretionary"),
    ("police", "youth-justice", 4_000, "statutory"),
    ("hospital", "care", 9_000, "not-stated"),
];

const PRICES: &str = r#"
[[deflator]]
code = "index"
name = "Price index"
edition = "first"
years = "financial"
source = "made up"
tables = [{ rows = [
    { year = "2015-16", index = "80" },
    { year = "2016-17", index = "100" },
    { year = "2017-18", index = "104" },
    { year = "2018-19", index = "110", kind = "forecast" },
    { year = "2019-20", index = "112", kind = "forecast" },
    { year = "2020-21", index = "115", kind = "forecast" },
] }]

[[deflator]]
code = "years"
name = "Index of calendar years"
edition = "first"
years = "calendar"
source = "made up"
tables = [{ rows = [{ year = "2016", index = "100" }, { year = "2017", index = "103" }] }]

[[deflator]]
code = "twice"
name = "Revised index"
edition = "first"
years = "financial"
source = "made up"
tables = [{ rows = [{ year = "2016-17", index = "100" }] }]

[[deflator]]
code = "twice"
name = "Revised index"
edition = "second"
years = "financial"
source = "made up"
tables = [{ rows = [{ year = "2016-17", index = "101" }] }]

[[discount]]
code = "life"
edition = "first"
for = "health"
year_zero = "undiscounted"
source = "made up"
bands = [{ from = 1, to = 30, rate = "3/200" }]

[[discount]]
code = "rates"
edition = "first"
for = "money"
year_zero = "undiscounted"
source = "made up"
bands = [{ from = 1, to = 30, rate = "7/200" }]

[[discount]]
code = "nothing"
edition = "first"
for = "money"
year_zero = "undiscounted"
source = "made up"
bands = [{ from = 1, to = 30, rate = "0" }]
"#;

const APPRAISAL: &str = r#"
proposals = ["proposal*.toml"]

[[grade]]
code = "good"
benefits = "0"
costs = "0"
meaning = "own records"

[[grade]]
code = "poor"
benefits = "0.15"
costs = "0.10"
meaning = "judgement"

[[bearer]]
code = "council"
partner = "council"

[[bearer]]
code = "police"
partner = "police"

[[bearer]]
code = "hospital"
partner = "hospital"

[[bearer]]
code = "dwp"
partner = "dwp"

[[bearer]]
code = "courts"
outside = "Courts"

[[bearer]]
code = "hmrc"
outside = "HMRC"

[[bearer]]
code = "people"
outside = "People themselves"

[[unit_values]]
file = "unit_values.csv"
"#;

type UnitValueRow = (
    &'static str,
    &'static str,
    u32,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

/// Code, bearer, pounds, kind, whether it is an average, whether it is a transfer, year of its prices, and what
/// it is a part of.
const UNIT_VALUES: [UnitValueRow; 10] = [
    (
        "crime.police",
        "police",
        300,
        "fiscal",
        "marginal",
        "no",
        "2016-17",
        "",
    ),
    (
        "crime.courts",
        "courts",
        190,
        "fiscal",
        "marginal",
        "no",
        "2015-16",
        "",
    ),
    (
        "crime.hospital",
        "hospital",
        110,
        "fiscal",
        "average",
        "no",
        "2016-17",
        "",
    ),
    (
        "crime.fear",
        "people",
        700,
        "social",
        "marginal",
        "no",
        "2016-17",
        "",
    ),
    (
        "care.council",
        "council",
        1_500,
        "fiscal",
        "marginal",
        "no",
        "2015-16",
        "",
    ),
    (
        "care.hospital",
        "hospital",
        120,
        "fiscal",
        "marginal",
        "no",
        "2016-17",
        "",
    ),
    (
        "neet.dwp", "dwp", 4_500, "fiscal", "marginal", "yes", "2016-17", "",
    ),
    (
        "neet.hmrc",
        "hmrc",
        1_100,
        "fiscal",
        "marginal",
        "yes",
        "2016-17",
        "",
    ),
    (
        "neet.council",
        "council",
        130,
        "fiscal",
        "marginal",
        "no",
        "2016-17",
        "",
    ),
    (
        "neet.earnings",
        "people",
        9_000,
        "economic",
        "marginal",
        "no",
        "2016-17",
        "",
    ),
];

/// Each group of unit values that an effect may have, with those who bear money of it.
pub const KINDS: [(&str, &[&str]); 3] = [
    ("crime", &["police", "courts", "hospital"]),
    ("care", &["council", "hospital"]),
    ("neet", &["dwp", "hmrc", "council"]),
];

/// The place with its account.
pub struct World {
    folder: TempDir,
    place: Arc<Place>,
    cube: Cube,
    /// One proposal is written and opened at a time.
    turn: Mutex<()>,
}

impl World {
    /// The place, where so many times as much is spent.
    pub fn new(times: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).unwrap();
        };
        let mut spent = String::from("who,for,how,year,amount\n");
        for (who, on, pounds, how) in SPENT {
            _ = writeln!(spent, "{who},{on},{how},2016-17,{}.00", pounds * times);
        }
        write("place.toml", PLACE);
        write("spent.csv", &spent);
        write("prices.toml", PRICES);
        let place = Place::open(folder.path()).unwrap();
        let cube = Cube::build(&PlaceAccount::load(&place).unwrap()).unwrap();
        Self {
            folder,
            place,
            cube,
            turn: Mutex::new(()),
        }
    }

    /// Opens proposals and unit values as they are written here.
    fn open(&self, proposal: &str, values: &str) -> Result<Proposals, AppraisalError> {
        self.told(proposal, values, "")
    }

    /// What somebody reads who opens a proposal with these unit values, and with more of what all share.
    pub fn told(
        &self,
        proposal: &str,
        values: &str,
        shared: &str,
    ) -> Result<Proposals, AppraisalError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let write = |name: &str, text: &str| {
            std::fs::write(self.folder.path().join(name), text).unwrap();
        };
        write("proposal.toml", proposal);
        write("unit_values.csv", values);
        write("appraisal.toml", &format!("{APPRAISAL}{shared}"));
        Proposals::open(&self.place)
    }

    pub fn appraised<T>(&self, proposal: &str, look: impl Fn(&Appraisal) -> T) -> T {
        self.with_values(proposal, 1, look)
    }

    /// The same where every unit value is so many times as much.
    pub fn with_values<T>(&self, proposal: &str, times: u32, look: impl Fn(&Appraisal) -> T) -> T {
        let proposals = match self.open(proposal, &unit_values(times, "")) {
            Ok(proposals) => proposals,
            Err(error) => panic!("{error}\n{proposal}"),
        };
        let only = proposals.iter().next().unwrap();
        look(&only.appraise(&self.cube).unwrap())
    }

    pub fn cube(&self) -> &Cube {
        &self.cube
    }

    pub fn place(&self) -> &Arc<Place> {
        &self.place
    }
}

/// The table of unit values, so many times as much, with more rows.
pub fn unit_values(times: u32, more: &str) -> String {
    let mut text = String::from(
        "code,name,unit,bearer,value,kind,cost,transfer,price_year,price_year_kind,parent\n",
    );
    for (code, bearer, pounds, kind, cost, transfer, year, parent) in UNIT_VALUES {
        let pounds = pounds * times;
        _ = writeln!(
            text,
            "{code},,event,{bearer},{pounds},{kind},{cost},{transfer},{year},financial,{parent}"
        );
    }
    text + more
}

/// How one saving becomes cash.
#[derive(Clone, Debug)]
pub enum Cash {
    /// Per cent.
    Share(u32),
    /// Events of a block, pounds, years of notice.
    Blocks(u32, u32, u32),
    None,
}

#[derive(Clone, Debug)]
pub struct Effect {
    /// One of [`KINDS`].
    pub kind: usize,
    pub people: Vec<u32>,
    /// Per cent.
    pub engaged: u32,
    /// Hundredths of an event.
    pub points: u32,
    /// Per cent.
    pub deadweight: u32,
    pub poor: bool,
    pub lag: u32,
    /// Per cent of each year, falling.
    pub persist: Vec<u32>,
    /// One for each who bears money of the kind.
    pub cash: [Cash; 3],
    /// Whether it is of the group of effects that may overlap.
    pub grouped: bool,
}

#[derive(Clone, Debug)]
pub struct Cost {
    pub partner: &'static str,
    pub year: usize,
    pub pounds: i32,
    pub in_kind: bool,
    /// Of the year in which it is paid, or of 2016-17.
    pub nominal: bool,
    pub poor: bool,
}

#[derive(Clone, Debug)]
pub struct Drawn {
    pub prices: &'static str,
    pub discount: &'static str,
    pub combine: &'static str,
    pub effects: Vec<Effect>,
    pub costs: Vec<Cost>,
    pub overlap: &'static str,
    pub rule: &'static str,
}

pub const YEARS: [&str; 5] = ["2016-17", "2017-18", "2018-19", "2019-20", "2020-21"];

impl Drawn {
    /// The file of the proposal: its tables in this order, or from the last to the first.
    pub fn text(&self, backwards: bool) -> String {
        let mut tables: Vec<String> = Vec::new();
        for cost in &self.costs {
            tables.push(format!(
                "[[cost]]\npartner = \"{}\"\nyear = \"{}\"\namount = \"{}\"\nresource = \"{}\"\n\
                 prices = \"{}\"\ngrade = \"{}\"\nsource = \"made up\"\n",
                cost.partner,
                YEARS[cost.year],
                cost.pounds,
                if cost.in_kind { "staff-time" } else { "cash" },
                if cost.nominal { "cash" } else { "2016-17" },
                if cost.poor { "poor" } else { "good" },
            ));
        }
        for (number, effect) in self.effects.iter().enumerate() {
            tables.push(effect.text(number));
            let (_, bearers) = KINDS[effect.kind];
            for (bearer, cash) in bearers.iter().zip(&effect.cash) {
                tables.push(cash.text(number, bearer));
            }
        }
        if self.effects.iter().any(|effect| effect.grouped) {
            tables.push(format!(
                "[[overlap]]\ngroup = \"group\"\nrule = \"{}\"\nreason = \"made up\"\n",
                self.overlap
            ));
        }
        if backwards {
            tables.reverse();
        }
        format!(
            "[proposal]\ncode = \"drawn\"\nname = \"Drawn\"\nagainst = \"nobody acts\"\nages = \"all\"\n\
             locality = \"north\"\nfirst_year = \"2016-17\"\nyears = 5\nprices = \"{}\"\ndeflator = \"index\"\n\
             discount = \"{}\"\ncombine = \"{}\"\n\
             baseline = {{ period = \"2016-17\", phase = \"outturn\", activities = [\"youth-justice\", \"care\"] }}\n\
             {}[settlement]\nrule = \"{}\"\n",
            self.prices,
            self.discount,
            self.combine,
            tables.concat(),
            self.rule
        )
    }
}

impl Effect {
    fn text(&self, number: usize) -> String {
        let quoted = |numbers: &[u32], after: &str| {
            let each: Vec<String> = (numbers.iter())
                .map(|number| format!("\"{number}{after}\""))
                .collect();
            each.join(", ")
        };
        format!(
            "[[effect]]\ncode = \"e{number}\"\npeople = [{}]\npeople_grade = \"{grade}\"\nengaged = \"{}%\"\n\
             retained = \"1\"\npoints = \"{}%\"\nimpact_grade = \"{grade}\"\ndeadweight = \"{}%\"\n\
             displacement = \"0\"\ndue_to_us = \"1\"\nlag = {}\npersist = [{}]\nevidence = \"made up\"\n\
             unit_values = [\"{}.*\"]\n{}",
            quoted(&self.people, ""),
            self.engaged,
            self.points,
            self.deadweight,
            self.lag,
            quoted(&self.persist, "%"),
            KINDS[self.kind].0,
            if self.grouped {
                "overlap = \"group\"\n"
            } else {
                ""
            },
            grade = if self.poor { "poor" } else { "good" },
        )
    }
}

impl Cash {
    fn text(&self, effect: usize, bearer: &str) -> String {
        let model = match self {
            Self::Share(share) => format!("model = \"share\"\nshare = \"{share}%\"\n"),
            Self::Blocks(block, pounds, notice) => format!(
                "model = \"blocks\"\nblock = \"{block}\"\nblock_pounds = \"{pounds}\"\nnotice_years = {notice}\n"
            ),
            Self::None => "model = \"none\"\n".to_owned(),
        };
        format!(
            "[[cash]]\neffect = \"e{effect}\"\nbearer = \"{bearer}\"\n{model}reason = \"made up\"\n"
        )
    }
}
