//! What recurs: who pays for what, for whom and where.

use super::Random;
use super::pack::{AREAS, DISTRICTS, LSOAS, WARDS, area_code};

/// Codes of services, as partners write them.
pub const CODES: u64 = 420;

/// A cost centre for every so many lines: five years of payments on the average one, so that
/// most lines are the only one of their cost centre and month, and a record of their own.
const LINES_A_CENTRE: u64 = 16;

/// Partner, whether it is recorded for the whole police force, and its share of cost centres.
pub const PARTNERS: [(&str, &str, u64); 12] = [
    ("council", "C", 34),
    ("police", "F", 16),
    ("hospital", "C", 11),
    ("mental-health", "C", 9),
    ("fire", "C", 6),
    ("probation", "F", 6),
    ("housing-north", "C", 4),
    ("housing-south", "C", 4),
    ("college", "C", 3),
    ("citizens-advice", "C", 3),
    ("youth-trust", "C", 2),
    ("carers", "C", 2),
];

/// Ages that partners state, as they write them; unions of the bands of the caseload.
const STATED_AGES: [&str; 14] = [
    "0-4", "5-9", "10-15", "16-17", "18-19", "0-17", "5-15", "10-17", "16-19", "18+", "20-64",
    "18-64", "65+", "20+",
];

/// A partner as others' payments name it.
pub fn body(partner: usize) -> String {
    format!("{} (partner body)", PARTNERS[partner].0)
}

/// Everything that payment files may write in a column, each with the number by which cost
/// centres hold it. The first of ages and groups is nothing at all.
pub struct Words {
    pub partners: Vec<String>,
    pub codes: Vec<String>,
    pub ages: Vec<String>,
    pub groups: Vec<String>,
    pub localities: Vec<String>,
    /// Partners as payees.
    pub bodies: Vec<String>,
}

const FIRST_THIRD: u64 = 2;
const FIRST_AREA: u64 = FIRST_THIRD + 3;
const FIRST_WARD: u64 = FIRST_AREA + AREAS;
const FIRST_LSOA: u64 = FIRST_WARD + WARDS;
const FIRST_DISTRICT: u64 = FIRST_LSOA + LSOAS;
const HEADQUARTERS: u64 = FIRST_DISTRICT + DISTRICTS;

impl Words {
    pub fn new() -> Self {
        let nothing = || std::iter::once(String::new());
        let fixed = ["C", "F", "north", "central", "south"].map(str::to_owned);
        let localities = (fixed.into_iter())
            .chain((0..AREAS).map(area_code))
            .chain((0..WARDS).map(|ward| format!("W{ward:02}")))
            .chain((0..LSOAS).map(|lsoa| format!("L{lsoa:03}")))
            .chain((1..=DISTRICTS).map(|district| format!("D{district}")))
            // In no list of places.
            .chain(["HQ".to_owned()]);
        let groups = (1..=5).flat_map(|audience| {
            let group = move |group| format!("G{audience}{group}");
            (0..4).map(group)
        });
        Self {
            partners: PARTNERS.map(|(partner, ..)| partner.to_owned()).to_vec(),
            codes: (0..CODES).map(|code| format!("S{code:03}")).collect(),
            ages: (nothing().chain(STATED_AGES.map(str::to_owned))).collect(),
            groups: nothing().chain(groups).collect(),
            localities: localities.collect(),
            bodies: (0..PARTNERS.len()).map(body).collect(),
        }
    }
}

/// One cost centre, by the numbers of its words.
#[derive(Clone, Copy)]
pub struct Centre {
    pub partner: u8,
    pub ages: u8,
    pub group: u8,
    pub code: u16,
    pub locality: u16,
}

impl Centre {
    fn draw(random: &mut Random) -> Self {
        let mut draw = random.below(100);
        let taken = |&(_, _, share): &(&str, &str, u64)| match draw.checked_sub(share) {
            None => true,
            Some(rest) => {
                draw = rest;
                false
            }
        };
        let partner = PARTNERS.iter().position(taken).unwrap_or(0);
        let code = random.below(CODES);
        let ages = match random.below(100) {
            0..40 => 0,
            _ => 1 + random.below(STATED_AGES.len() as u64),
        };
        let group = match random.below(2) {
            0 => 1 + random.below(20),
            _ => 0,
        };
        let locality = match random.below(100) {
            0..50 => u64::from(PARTNERS[partner].1 == "F"),
            50..56 => FIRST_THIRD + random.below(3),
            56..76 => FIRST_AREA + random.below(AREAS),
            76..86 => FIRST_WARD + random.below(WARDS),
            86..96 => FIRST_LSOA + random.below(LSOAS),
            96..99 => FIRST_DISTRICT + random.below(DISTRICTS),
            _ => HEADQUARTERS,
        };
        Self {
            partner: partner as u8,
            ages: ages as u8,
            group: group as u8,
            code: code as u16,
            locality: locality as u16,
        }
    }
}

/// The cost centres of a county of so many lines; those of a smaller one are the first of them.
pub fn of(lines: u64, random: &mut Random) -> Vec<Centre> {
    let centres = (lines / LINES_A_CENTRE).max(600);
    (0..centres).map(|_| Centre::draw(random)).collect()
}
