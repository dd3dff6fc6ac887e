//! Small random places, written down as real packs and opened like any other.
//!
//! A place is drawn from a tape of numbers: each choice takes the next one, and a tape that has
//! ended gives zeros. Zero is always the simplest choice, so that a shorter tape with smaller
//! numbers is a simpler place, and what proptest shrinks stays a place. [`Sketch`] is the place
//! in plain strings and pence; the oracle recomputes answers from it without asking the library.

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::{Ages, Phase};
use wholeplace::cube::{By, Cube, Question};
use wholeplace::place::Place;

/// Numbers from which a place, or a question, is drawn.
pub struct Tape<'a> {
    numbers: &'a [u16],
    next: usize,
}

impl<'a> Tape<'a> {
    pub fn new(numbers: &'a [u16]) -> Self {
        Self { numbers, next: 0 }
    }

    fn draw(&mut self) -> u16 {
        let number = self.numbers.get(self.next).copied().unwrap_or(0);
        self.next += 1;
        number
    }

    /// A number from 0 to before `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::from(self.draw()) % end.max(1)
    }

    /// True once in `n` draws; false on a tape that has ended.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }
}

/// What kinds of places are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// No amount is negative.
    pub positive: bool,
    /// Ages of records and questions are made of the same bands as those of the drivers.
    pub aligned: bool,
}

/// A member of a tree.
#[derive(Clone, Debug)]
pub struct Node {
    pub code: String,
    pub level: String,
    pub parent: Option<usize>,
}

/// A tree, parents before children.
#[derive(Clone, Debug, Default)]
pub struct Forest(pub Vec<Node>);

impl Forest {
    fn add(&mut self, code: &str, level: &str, parent: Option<usize>) -> usize {
        self.0.push(Node {
            code: code.to_owned(),
            level: level.to_owned(),
            parent,
        });
        self.0.len() - 1
    }

    pub fn codes(&self) -> Vec<String> {
        self.0.iter().map(|node| node.code.clone()).collect()
    }

    pub fn at(&self, code: &str) -> usize {
        self.0.iter().position(|node| node.code == code).unwrap()
    }

    /// Whether `lower` is `upper` or lies under it.
    pub fn under(&self, lower: &str, upper: &str) -> bool {
        self.way_up(lower).iter().any(|code| code == upper)
    }

    /// The member and all above it, itself first.
    pub fn way_up(&self, code: &str) -> Vec<String> {
        std::iter::successors(Some(self.at(code)), |&i| self.0[i].parent)
            .map(|i| self.0[i].code.clone())
            .collect()
    }

    pub fn levels(&self) -> BTreeSet<String> {
        self.0.iter().map(|node| node.level.clone()).collect()
    }

    pub fn is_leaf(&self, i: usize) -> bool {
        !self.0.iter().any(|node| node.parent == Some(i))
    }
}

/// A driver: masses of leaf × band (× group), times [`DriverSketch::scale`].
#[derive(Clone, Debug)]
pub struct DriverSketch {
    pub class: &'static str,
    pub bands: Vec<(u8, u8)>,
    /// Groups it has masses of; none for a driver that knows no groups.
    pub groups: Vec<String>,
    /// Leaves it covers, by code, when not all.
    pub covers: Option<String>,
    /// Leaf code, band, group (empty when it knows none) → mass.
    pub masses: BTreeMap<(String, (u8, u8), String), u64>,
    /// 1, or 10 for a measure written with one decimal.
    pub scale: u64,
}

#[derive(Clone, Debug)]
pub struct RuleSketch {
    pub partner: Option<String>,
    pub activity: Option<String>,
    pub period: Option<usize>,
    pub driver: usize,
}

/// What a partner's code means: members with weights in hundredths, or a gap.
#[derive(Clone, Debug)]
pub enum Target {
    Mix(Vec<(Result<String, &'static str>, u64)>),
    Gap(&'static str),
}

impl Target {
    fn on(code: &str) -> Self {
        Self::Mix(vec![(Ok(code.to_owned()), 100)])
    }
}

/// How the lines of a ledger are placed on an axis.
#[derive(Clone, Debug)]
pub enum Plan {
    Always(String),
    Gap(&'static str),
    Code,
    Crosswalk {
        codes: BTreeMap<String, Target>,
        otherwise: Option<String>,
    },
}

#[derive(Clone, Debug)]
pub struct LedgerSketch {
    pub phase: &'static str,
    /// By axis: partner, activity, ages, group, locality.
    pub plans: BTreeMap<&'static str, Plan>,
    /// Whether lines may carry tags.
    pub tagged: bool,
    /// Whether lines say what was given, how free it is and whom it was paid.
    pub wide: bool,
    /// The period of all lines, when they name none.
    pub period: Option<Option<usize>>,
    pub lines: Vec<LineSketch>,
}

#[derive(Clone, Debug, Default)]
pub struct LineSketch {
    pub pence: i64,
    /// The native code on each axis that is placed by codes.
    pub codes: BTreeMap<&'static str, String>,
    pub tag: String,
    /// Which of [`PERIODS`]; none for an empty cell.
    pub period: Option<usize>,
    /// What was given; empty where its ledger does not say, and means cash.
    pub resource: &'static str,
    /// How free it is; empty where its ledger does not say.
    pub flexibility: &'static str,
    pub paid: Option<Payment>,
}

/// A payment to another partner, which a rule of the pack recognises by its text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Payment {
    pub kind: &'static str,
    pub payee: String,
    /// Whom the payee passes a quarter on to.
    pub onward: Option<String>,
}

impl Payment {
    /// As the payer's ledger writes it.
    fn text(&self) -> String {
        let onward = self.onward.as_ref().map(|to| format!(" for {to}"));
        format!("{} {}{}", self.kind, self.payee, onward.unwrap_or_default())
    }

    /// The partners on the other side, with their parts of four.
    pub fn parts(&self) -> Vec<(&String, u64)> {
        match &self.onward {
            Some(onward) => vec![(&self.payee, 3), (onward, 1)],
            None => vec![(&self.payee, 4)],
        }
    }
}

/// What lines give, and how free it is, where their ledger says so.
pub const RESOURCES: [&str; 3] = ["cash", "staff-time", "premises"];
pub const FLEXIBILITIES: [&str; 4] = [
    "statutory",
    "contracted to Mar 2018",
    "discretionary",
    "not-stated",
];

/// Year and month.
pub type Month = (i32, i32);

/// Periods that lines and questions name, with their first and last month.
pub const PERIODS: [(&str, Month, Month); 9] = [
    ("2017-18", (2017, 4), (2018, 3)),
    ("2016-17", (2016, 4), (2017, 3)),
    ("Jun 2017", (2017, 6), (2017, 6)),
    ("calendar 2017", (2017, 1), (2017, 12)),
    ("Q1 2017-18", (2017, 4), (2017, 6)),
    ("2016-17 to 2017-18", (2016, 4), (2018, 3)),
    ("academic 2017-18", (2017, 9), (2018, 8)),
    ("Feb 2016", (2016, 2), (2016, 2)),
    ("Jan 2016 to Mar 2016", (2016, 1), (2016, 3)),
];

/// A whole place in plain strings.
#[derive(Clone, Debug)]
pub struct Sketch {
    pub terms: Terms,
    pub localities: Forest,
    /// Members of the grouping that cuts across, with their leaves.
    pub clusters: Vec<(String, Vec<String>)>,
    pub activities: Forest,
    pub groups: Forest,
    pub partners: Vec<String>,
    pub tags: Vec<String>,
    /// Age bands of the place; together all ages.
    pub bands: Vec<(u8, u8)>,
    pub drivers: Vec<DriverSketch>,
    pub rules: Vec<RuleSketch>,
    pub ledgers: Vec<LedgerSketch>,
    /// The driver that counts residents.
    pub residents: Option<usize>,
}

pub const AXES: [&str; 5] = ["partner", "activity", "ages", "group", "locality"];
const GAPS: [&str; 4] = ["not-disaggregated", "whole-place", "unknown", "withheld"];

impl Sketch {
    /// The leaves of a locality, in the order of the tree.
    pub fn leaves(&self, code: &str) -> Vec<String> {
        if let Some((_, leaves)) = self.clusters.iter().find(|(cluster, _)| cluster == code) {
            return leaves.clone();
        }
        self.all_leaves()
            .into_iter()
            .filter(|leaf| self.localities.under(leaf, code))
            .collect()
    }

    pub fn all_leaves(&self) -> Vec<String> {
        (0..self.localities.0.len())
            .filter(|&i| self.localities.is_leaf(i))
            .map(|i| self.localities.0[i].code.clone())
            .collect()
    }

    /// All localities, of the tree and of the grouping.
    pub fn all_localities(&self) -> Vec<String> {
        let mut codes = self.localities.codes();
        codes.extend(self.clusters.iter().map(|(code, _)| code.clone()));
        codes
    }

    /// The members of an axis that do not overlap and are together all of it: by axis name the
    /// codes, for ages the bands.
    pub fn partition(&self, axis: &str) -> Vec<String> {
        let leaves = |forest: &Forest| {
            (0..forest.0.len())
                .filter(|&i| forest.is_leaf(i))
                .map(|i| forest.0[i].code.clone())
                .collect()
        };
        match axis {
            "partner" => self.partners.clone(),
            "activity" => leaves(&self.activities),
            "group" => leaves(&self.groups),
            "locality" => self.all_leaves(),
            _ => self
                .bands
                .iter()
                .map(|&(a, b)| format!("{a}-{b}"))
                .collect(),
        }
    }

    /// Everything recorded in a phase, in pence.
    pub fn whole(&self, phase: &str) -> i128 {
        self.ledgers
            .iter()
            .filter(|ledger| ledger.phase == phase)
            .flat_map(|ledger| &ledger.lines)
            .map(|line| i128::from(line.pence))
            .sum()
    }

    /// The place that a tape gives.
    pub fn drawn(numbers: &[u16], terms: Terms) -> Self {
        let mut tape = Tape::new(numbers);
        let mut sketch = Self {
            terms,
            localities: localities(&mut tape),
            clusters: Vec::new(),
            activities: activities(&mut tape),
            groups: groups(&mut tape),
            partners: (0..=tape.below(4)).map(|i| format!("p{i}")).collect(),
            tags: (0..=tape.below(2)).map(|i| format!("t{i}")).collect(),
            bands: bands(&mut tape),
            drivers: Vec::new(),
            rules: Vec::new(),
            ledgers: Vec::new(),
            residents: None,
        };
        sketch.clusters = clusters(&mut tape, &sketch.all_leaves());
        for _ in 0..=tape.below(3) {
            let driver = driver(&mut tape, &sketch);
            sketch.drivers.push(driver);
        }
        sketch.residents = (!tape.once_in(3)).then_some(0);
        sketch.rules = rules(&mut tape, &sketch);
        for _ in 0..=tape.below(3) {
            let ledger = ledger(&mut tape, &sketch);
            sketch.ledgers.push(ledger);
        }
        sketch
    }

    /// The same place, whose lines also say what was given, how free it is and whom it was paid.
    pub fn wide(mut self, numbers: &[u16]) -> Self {
        let mut tape = Tape::new(numbers);
        let partners = self.partners.clone();
        for ledger in &mut self.ledgers {
            ledger.wide = true;
            for line in &mut ledger.lines {
                let (in_kind, paid) = (tape.once_in(4), tape.once_in(2));
                line.resource = RESOURCES[if in_kind { tape.below(3) } else { 0 }];
                line.flexibility = tape.pick(&FLEXIBILITIES);
                line.paid = paid.then(|| payment(&mut tape, &partners));
            }
        }
        self
    }

    /// The place of a seed, for loops without proptest.
    pub fn of_seed(seed: u64, terms: Terms) -> Self {
        Self::drawn(&numbers_of(seed, 1200), terms)
    }
}

/// Numbers that look random (splitmix64).
pub fn numbers_of(seed: u64, count: usize) -> Vec<u16> {
    let mut state = seed;
    (0..count)
        .map(|_| {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) >> 40) as u16
        })
        .collect()
}

/// Places for proptest.
pub fn sketches(terms: Terms) -> impl Strategy<Value = Sketch> {
    proptest::collection::vec(any::<u16>(), 100..1300)
        .prop_map(move |numbers| Sketch::drawn(&numbers, terms))
}

/// Numbers for questions about a place.
pub fn questions() -> impl Strategy<Value = Vec<u16>> {
    proptest::collection::vec(any::<u16>(), 60)
}

fn payment(tape: &mut Tape<'_>, partners: &[String]) -> Payment {
    let payee = tape.pick(partners);
    let onward = tape.pick(partners);
    let kind = ["grant", "agency", "pass-through"][tape.below(3)];
    Payment {
        kind,
        onward: (kind == "pass-through" && onward != payee).then_some(onward),
        payee,
    }
}

fn localities(tape: &mut Tape<'_>) -> Forest {
    let mut forest = Forest::default();
    let force = tape.once_in(3).then(|| {
        let force = forest.add("force", "force", None);
        forest.add("abroad", "leaf", Some(force));
        force
    });
    let place = forest.add("place", "place", force);
    let deep = tape.below(3);
    let count = 3 + tape.below(8);
    let mut parents = vec![place];
    for (level, name) in [(1, "district"), (2, "area")] {
        if deep >= level {
            let members = 1 + tape.below(3).min(count - 1);
            let above = parents.clone();
            // The first members of each level stand one under each parent, so that no parent is
            // without parts.
            let members = members.max(above.len());
            parents = (0..members)
                .map(|i| {
                    let parent = if i < above.len() {
                        above[i]
                    } else {
                        tape.pick(&above)
                    };
                    forest.add(&format!("{name}{i}"), name, Some(parent))
                })
                .collect();
        }
    }
    for i in 0..count.max(parents.len()) {
        let parent = if i < parents.len() {
            parents[i]
        } else if tape.once_in(6) {
            place
        } else {
            tape.pick(&parents)
        };
        forest.add(&format!("leaf{i}"), "leaf", Some(parent));
    }
    forest
}

fn activities(tape: &mut Tape<'_>) -> Forest {
    let mut forest = Forest::default();
    for theme in 0..=tape.below(3) {
        let top = forest.add(&format!("a{theme}"), "theme", None);
        for activity in 0..tape.below(3) {
            let middle = forest.add(&format!("a{theme}-{activity}"), "activity", Some(top));
            for sub in 0..tape.below(3) {
                forest.add(&format!("a{theme}-{activity}-{sub}"), "sub", Some(middle));
            }
        }
    }
    forest
}

fn groups(tape: &mut Tape<'_>) -> Forest {
    let mut forest = Forest::default();
    let all = forest.add("everyone", "all", None);
    for audience in 0..tape.below(4) {
        let middle = forest.add(&format!("g{audience}"), "audience", Some(all));
        for group in 0..tape.below(3) {
            forest.add(&format!("g{audience}-{group}"), "group", Some(middle));
        }
    }
    forest
}

fn bands(tape: &mut Tape<'_>) -> Vec<(u8, u8)> {
    let cuts: Vec<u8> = [16, 18, 65]
        .into_iter()
        .filter(|_| tape.below(4) != 1)
        .collect();
    let mut bands = Vec::new();
    let mut next = 0;
    for cut in cuts {
        bands.push((next, cut - 1));
        next = cut;
    }
    bands.push((next, 90));
    bands
}

fn clusters(tape: &mut Tape<'_>, leaves: &[String]) -> Vec<(String, Vec<String>)> {
    let count = 1 + tape.below(3);
    let mut members: Vec<Vec<String>> = vec![Vec::new(); count];
    for (i, leaf) in leaves.iter().enumerate() {
        // Some leaves lie in no cluster.
        let member = tape.below(count + 1);
        if i < count {
            members[i].push(leaf.clone());
        } else if member < count {
            members[member].push(leaf.clone());
        }
    }
    members
        .into_iter()
        .enumerate()
        .filter(|(_, leaves)| !leaves.is_empty())
        .map(|(i, leaves)| (format!("cluster{i}"), leaves))
        .collect()
}

fn driver(tape: &mut Tape<'_>, sketch: &Sketch) -> DriverSketch {
    let class = ["population", "driver", "judgement"][tape.below(3)];
    let bands: Vec<(u8, u8)> = match tape.below(4) {
        0 => sketch.bands.clone(),
        1 => vec![(0, 90)],
        2 if !sketch.terms.aligned => vec![(0, 9), (10, 17), (18, 90)],
        _ => (0..=90).map(|age| (age, age)).collect(),
    };
    let groups: Vec<String> = if sketch.groups.0.len() > 1 && tape.once_in(3) {
        (1..sketch.groups.0.len())
            .filter(|&i| sketch.groups.is_leaf(i))
            .map(|i| sketch.groups.0[i].code.clone())
            .collect()
    } else {
        vec![String::new()]
    };
    let covers =
        (sketch.localities.0[0].code == "force" && tape.once_in(3)).then(|| "place".to_owned());
    let scale = if tape.once_in(4) { 10 } else { 1 };
    let (steep, salt) = (1 + tape.below(40), tape.below(50));
    let empty = tape.below(5);
    let leaves = sketch.leaves(covers.as_deref().unwrap_or(&sketch.localities.0[0].code));
    let leaves = if covers.is_some() {
        leaves
    } else {
        sketch.all_leaves()
    };
    let mut masses = BTreeMap::new();
    for (i, leaf) in leaves.iter().enumerate() {
        // Whole leaves, and sometimes the whole measure, are zero.
        let nobody = match empty {
            4 => true,
            3 => i % 2 == 0,
            2 => i == 0,
            _ => false,
        };
        for (j, &band) in bands.iter().enumerate() {
            for (k, group) in groups.iter().enumerate() {
                let mass = ((i * 31 + j * 17 + k * 7 + salt) * steep) % 101;
                let mass = if nobody { 0 } else { mass as u64 };
                masses.insert((leaf.clone(), band, group.clone()), mass);
            }
        }
    }
    DriverSketch {
        class,
        bands,
        groups: groups
            .into_iter()
            .filter(|group| !group.is_empty())
            .collect(),
        covers,
        masses,
        scale,
    }
}

fn rules(tape: &mut Tape<'_>, sketch: &Sketch) -> Vec<RuleSketch> {
    let mut rules: Vec<RuleSketch> = Vec::new();
    for _ in 0..tape.below(4) {
        let partner = tape.once_in(2).then(|| tape.pick(&sketch.partners));
        let activity = tape
            .once_in(2)
            .then(|| tape.pick(&sketch.activities.codes()));
        let period = tape.once_in(3).then(|| tape.below(PERIODS.len()));
        let rule = RuleSketch {
            partner,
            activity,
            period,
            driver: tape.below(sketch.drivers.len()),
        };
        let open = rule.partner.is_none() && rule.activity.is_none() && rule.period.is_none();
        // A rule that an earlier one leaves nothing for is a fault of the pack.
        let left = rules
            .iter()
            .all(|earlier| !takes_all_of(earlier, &rule, sketch));
        if !open && left {
            rules.push(rule);
        }
    }
    rules.push(RuleSketch {
        partner: None,
        activity: None,
        period: None,
        driver: tape.below(sketch.drivers.len()),
    });
    rules
}

fn takes_all_of(earlier: &RuleSketch, later: &RuleSketch, sketch: &Sketch) -> bool {
    let partner = earlier.partner.is_none() || earlier.partner == later.partner;
    let activity = match (&earlier.activity, &later.activity) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(upper), Some(lower)) => sketch.activities.under(lower, upper),
    };
    let period = match (earlier.period, later.period) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(outer), Some(inner)) => within(PERIODS[inner], PERIODS[outer]),
    };
    partner && activity && period
}

type Span = (&'static str, (i32, i32), (i32, i32));

pub fn within(inner: Span, outer: Span) -> bool {
    outer.1 <= inner.1 && inner.2 <= outer.2
}

/// Ages as a cell says them.
fn ages(tape: &mut Tape<'_>, sketch: &Sketch) -> (u8, u8) {
    if sketch.terms.aligned || tape.once_in(2) {
        let first = tape.below(sketch.bands.len());
        let last = first + tape.below(sketch.bands.len() - first);
        (sketch.bands[first].0, sketch.bands[last].1)
    } else {
        let first = tape.below(91);
        let last = first + tape.below(91 - first);
        (first as u8, last as u8)
    }
}

fn member(tape: &mut Tape<'_>, axis: &str, sketch: &Sketch) -> String {
    match axis {
        "partner" => tape.pick(&sketch.partners),
        "activity" => tape.pick(&sketch.activities.codes()),
        "group" => tape.pick(&sketch.groups.codes()),
        "locality" => tape.pick(&sketch.all_localities()),
        _ if tape.below(3) == 0 => "all".to_owned(),
        _ => {
            let (a, b) = ages(tape, sketch);
            format!("{a}-{b}")
        }
    }
}

fn plan(tape: &mut Tape<'_>, axis: &'static str, sketch: &Sketch) -> Plan {
    match tape.below(6) {
        0 | 1 => Plan::Always(match axis {
            "ages" => "all".to_owned(),
            _ => member(tape, axis, sketch),
        }),
        2 => Plan::Code,
        3 if axis != "activity" => Plan::Gap(tape.pick(&GAPS)),
        _ => {
            let mut codes = BTreeMap::new();
            for i in 0..4 {
                let target = match tape.below(6) {
                    5 => Target::Gap(tape.pick(&GAPS)),
                    3 | 4 if axis == "activity" => mix(tape, sketch),
                    _ => Target::on(&member(tape, axis, sketch)),
                };
                codes.insert(format!("n{i}"), target);
            }
            let otherwise = tape.once_in(5).then(|| member(tape, axis, sketch));
            Plan::Crosswalk { codes, otherwise }
        }
    }
}

/// Two or three activities, or gaps, with weights that add up to 100.
fn mix(tape: &mut Tape<'_>, sketch: &Sketch) -> Target {
    let target = |tape: &mut Tape<'_>| {
        if tape.once_in(6) {
            Err(tape.pick(&GAPS))
        } else {
            Ok(member(tape, "activity", sketch))
        }
    };
    let first = 1 + tape.below(98) as u64;
    let mut parts = vec![(target(tape), first)];
    if tape.once_in(2) && first < 98 {
        let second = 1 + tape.below(98 - first as usize) as u64;
        parts.push((target(tape), second));
        parts.push((target(tape), 100 - first - second));
    } else {
        parts.push((target(tape), 100 - first));
    }
    Target::Mix(parts)
}

fn ledger(tape: &mut Tape<'_>, sketch: &Sketch) -> LedgerSketch {
    let phase = if tape.once_in(5) { "budget" } else { "outturn" };
    let plans: BTreeMap<&'static str, Plan> = AXES
        .into_iter()
        .map(|axis| (axis, plan(tape, axis, sketch)))
        .collect();
    let tagged = tape.once_in(2);
    let period = tape.once_in(4).then(|| {
        if tape.once_in(3) {
            None
        } else {
            Some(tape.below(PERIODS.len()))
        }
    });
    let lines = tape.below(41);
    let lines = (0..lines).map(|_| line(tape, sketch, &plans, tagged, period.is_none()));
    LedgerSketch {
        phase,
        lines: lines.collect(),
        plans,
        tagged,
        wide: false,
        period,
    }
}

fn line(
    tape: &mut Tape<'_>,
    sketch: &Sketch,
    plans: &BTreeMap<&'static str, Plan>,
    tagged: bool,
    dated: bool,
) -> LineSketch {
    let size = tape.below(6);
    let number = tape.below(usize::from(u16::MAX)) as i64;
    let mut pence = match size {
        0 => number % 10,
        1 | 2 => number % 1_000,
        3 | 4 => number * 7,
        _ => number * 1_000_003,
    };
    if !sketch.terms.positive && tape.once_in(3) {
        pence = -pence;
    }
    let mut codes = BTreeMap::new();
    for (axis, plan) in plans {
        match plan {
            Plan::Code if tape.once_in(12) => codes.insert(*axis, "zz".to_owned()),
            Plan::Code => codes.insert(*axis, member(tape, axis, sketch)),
            // One code of five stands in no crosswalk.
            Plan::Crosswalk { .. } => codes.insert(*axis, format!("n{}", tape.below(5))),
            _ => None,
        };
    }
    let tag = if tagged && tape.once_in(2) {
        tape.pick(&sketch.tags)
    } else {
        String::new()
    };
    let period = (dated && !tape.once_in(12)).then(|| tape.below(PERIODS.len()));
    LineSketch {
        pence,
        codes,
        tag,
        period,
        ..LineSketch::default()
    }
}

/// Pence as pounds.
pub fn pounds(pence: i64) -> String {
    let sign = if pence < 0 { "-" } else { "" };
    let size = pence.unsigned_abs();
    format!("{sign}{}.{:02}", size / 100, size % 100)
}

impl Sketch {
    /// Writes the pack into a folder, each ledger as one file of lines in order.
    pub fn write(&self, folder: &Path) {
        std::fs::write(folder.join("place.toml"), self.place_toml()).unwrap();
        std::fs::write(folder.join("localities.csv"), self.locality_rows()).unwrap();
        for (name, forest) in [("activities", &self.activities), ("groups", &self.groups)] {
            std::fs::write(folder.join(format!("{name}.csv")), rows_of(forest)).unwrap();
        }
        for (i, driver) in self.drivers.iter().enumerate() {
            std::fs::write(folder.join(format!("driver{i}.csv")), driver_rows(driver)).unwrap();
        }
        std::fs::write(folder.join("crosswalk.csv"), self.crosswalk_rows()).unwrap();
        for (i, ledger) in self.ledgers.iter().enumerate() {
            let lines: Vec<usize> = (0..ledger.lines.len()).collect();
            let text = self.ledger_rows(i, &lines);
            std::fs::write(folder.join(format!("ledger{i}-a.csv")), text).unwrap();
        }
    }

    /// Lines of a ledger as its file holds them.
    pub fn ledger_rows(&self, ledger: usize, lines: &[usize]) -> String {
        let mut text = String::from(
            "line,amount,partner,activity,ages,group,locality,tag,when,resource,flexibility,paid\n",
        );
        for &i in lines {
            let line = &self.ledgers[ledger].lines[i];
            let code = |axis: &str| line.codes.get(axis).map_or("", String::as_str);
            let _ = writeln!(
                text,
                "{ledger}/{i},{},{},{},{},{},{},{},{},{},{},{}",
                pounds(line.pence),
                code("partner"),
                code("activity"),
                code("ages"),
                code("group"),
                code("locality"),
                line.tag,
                line.period.map_or("", |period| PERIODS[period].0),
                line.resource,
                line.flexibility,
                line.paid.as_ref().map(Payment::text).unwrap_or_default(),
            );
        }
        text
    }

    fn locality_rows(&self) -> String {
        let mut text = String::from("code,name,level,parent,grouping\n");
        for node in &self.localities.0 {
            let parent = node.parent.map_or("", |i| &self.localities.0[i].code);
            let _ = writeln!(text, "{0},{0},{1},{parent},", node.code, node.level);
        }
        for (cluster, leaves) in &self.clusters {
            let _ = writeln!(text, "{cluster},{cluster},cluster,,clusters");
            for leaf in leaves {
                let _ = writeln!(text, "{leaf},,,{cluster},clusters");
            }
        }
        text
    }

    fn crosswalk_rows(&self) -> String {
        let mut text = String::from("ledger,axis,code,to,weight,class,gap\n");
        for (i, ledger) in self.ledgers.iter().enumerate() {
            for (axis, plan) in &ledger.plans {
                let Plan::Crosswalk { codes, .. } = plan else {
                    continue;
                };
                for (code, target) in codes {
                    match target {
                        Target::Gap(gap) => {
                            let _ = writeln!(text, "l{i},{axis},{code},,,,{gap}");
                        }
                        Target::Mix(parts) if parts.len() == 1 => {
                            let to = parts[0].0.as_ref().unwrap();
                            let _ = writeln!(text, "l{i},{axis},{code},{to},,,");
                        }
                        Target::Mix(parts) => {
                            for (to, weight) in parts {
                                let (to, gap) = match to {
                                    Ok(member) => (member.as_str(), ""),
                                    Err(gap) => ("", *gap),
                                };
                                // Parts of 1 in one ledger, of 100 in the next.
                                let weight = match i % 2 {
                                    0 => format!("0.{weight:02}"),
                                    _ => weight.to_string(),
                                };
                                let _ = writeln!(
                                    text,
                                    "l{i},{axis},{code},{to},{weight},judgement,{gap}"
                                );
                            }
                        }
                    }
                }
            }
        }
        text
    }

    fn place_toml(&self) -> String {
        let mut text = String::from("[place]\nname = \"Random\"\nlocality = \"place\"\n");
        if let Some(driver) = self.residents {
            let _ = writeln!(text, "residents = \"d{driver}\"");
        }
        let bands: Vec<String> = self
            .bands
            .iter()
            .map(|(a, b)| format!("\"{a}-{b}\""))
            .collect();
        let _ = writeln!(text, "age_bands = [{}]", bands.join(", "));
        text.push_str("[[localities]]\nfile = \"localities.csv\"\n");
        text.push_str("[[activities]]\nfile = \"activities.csv\"\n");
        text.push_str("[[groups]]\nfile = \"groups.csv\"\n");
        for (table, codes) in [("partners", &self.partners), ("tags", &self.tags)] {
            let rows: Vec<String> = codes
                .iter()
                .map(|c| format!("{{ code = \"{c}\" }}"))
                .collect();
            let _ = writeln!(text, "[[{table}]]\nrows = [{}]", rows.join(", "));
        }
        for (i, driver) in self.drivers.iter().enumerate() {
            let _ = writeln!(
                text,
                "[[driver]]\ncode = \"d{i}\"\nname = \"driver {i}\"\nclass = \"{}\"\nsource = \"made up\"",
                driver.class
            );
            if let Some(covers) = &driver.covers {
                let _ = writeln!(text, "covers = \"{covers}\"");
            }
            let _ = writeln!(text, "tables = [{{ file = \"driver{i}.csv\" }}]");
        }
        for rule in &self.rules {
            text.push_str("[[sharing]]\n");
            if let Some(partner) = &rule.partner {
                let _ = writeln!(text, "partner = \"{partner}\"");
            }
            if let Some(activity) = &rule.activity {
                let _ = writeln!(text, "activity = \"{activity}\"");
            }
            if let Some(period) = rule.period {
                let _ = writeln!(text, "period = \"{}\"", PERIODS[period].0);
            }
            let _ = writeln!(text, "driver = \"d{}\"", rule.driver);
        }
        text.push_str("[[crosswalk]]\nfile = \"crosswalk.csv\"\n");
        for (i, ledger) in self.ledgers.iter().enumerate() {
            self.ledger_toml(&mut text, i, ledger);
        }
        self.counterparties_toml(&mut text);
        text
    }

    /// A rule for each text by which some line names another partner.
    fn counterparties_toml(&self, text: &mut String) {
        let lines = self.ledgers.iter().flat_map(|ledger| &ledger.lines);
        let payments: BTreeSet<&Payment> = lines.filter_map(|line| line.paid.as_ref()).collect();
        for payment in payments {
            let _ = writeln!(
                text,
                "[[counterparty]]\nrows = [{{ ledger = \"every\", match = \"exact\", text = \"{}\", \
                 side = \"payer\", partner = \"{}\", kind = \"{}\"{} }}]",
                payment.text(),
                payment.payee,
                payment.kind,
                (payment.onward.as_ref()).map_or(String::new(), |onward| format!(
                    ", share = \"0.25\", onward = \"{onward}\""
                )),
            );
        }
    }

    fn ledger_toml(&self, text: &mut String, i: usize, ledger: &LedgerSketch) {
        let _ = writeln!(
            text,
            "[[ledger]]\nid = \"l{i}\"\nname = \"ledger {i}\"\nsource = \"made up\"\nphase = \"{}\"\n\
             files = [\"ledger{i}-*.csv\"]{}\n[ledger.layout]\namount = [\"amount\"]",
            ledger.phase,
            if ledger.wide {
                "\nbasis = \"made up\""
            } else {
                ""
            }
        );
        if ledger.period.is_none() {
            text.push_str("period = [\"when\"]\nyears = \"financial\"\n");
        }
        for (axis, plan) in &ledger.plans {
            if matches!(plan, Plan::Code | Plan::Crosswalk { .. }) {
                let _ = writeln!(text, "codes.{axis} = [\"{axis}\"]");
            }
        }
        // A code that no axis uses keeps the cells of a line that says nothing else.
        text.push_str("codes.line = [\"line\"]\n");
        if ledger.tagged {
            text.push_str("codes.tag = [\"tag\"]\n");
        }
        if ledger.wide {
            text.push_str("codes.counterparty = [\"paid\"]\n");
            text.push_str("codes.resource = [\"resource\"]\n");
            text.push_str("codes.flexibility = [\"flexibility\"]\n");
        }
        text.push_str("[ledger.axes]\n");
        for (axis, plan) in &ledger.plans {
            let rule = match plan {
                Plan::Always(member) => format!("always = \"{member}\""),
                Plan::Gap(gap) => format!("gap = \"{gap}\""),
                Plan::Code => "by = \"code\"".to_owned(),
                Plan::Crosswalk {
                    otherwise: None, ..
                } => "by = \"crosswalk\"".to_owned(),
                Plan::Crosswalk {
                    otherwise: Some(member),
                    ..
                } => {
                    format!("by = \"crosswalk\", otherwise = \"{member}\"")
                }
            };
            let _ = writeln!(text, "{axis} = {{ {rule} }}");
        }
        if ledger.tagged {
            text.push_str("tag = { by = \"code\" }\n");
        }
        if ledger.wide {
            text.push_str("resource = { by = \"code\" }\nflexibility = { by = \"code\" }\n");
        }
        match ledger.period {
            None => {}
            Some(None) => text.push_str("period = { gap = \"unknown\" }\n"),
            Some(Some(period)) => {
                let _ = writeln!(text, "period = {{ always = \"{}\" }}", PERIODS[period].0);
            }
        }
    }
}

fn rows_of(forest: &Forest) -> String {
    let mut text = String::from("code,name,level,parent\n");
    for node in &forest.0 {
        let parent = node.parent.map_or("", |i| &forest.0[i].code);
        let _ = writeln!(text, "{0},{0},{1},{parent}", node.code, node.level);
    }
    text
}

fn driver_rows(driver: &DriverSketch) -> String {
    let mut text = String::from("locality,ages,group,mass\n");
    for ((leaf, (a, b), group), mass) in &driver.masses {
        let ages = if driver.bands.len() == 1 {
            String::new()
        } else {
            format!("{a}-{b}")
        };
        let mass = match driver.scale {
            1 => mass.to_string(),
            _ => format!("{}.{}", mass / 10, mass % 10),
        };
        let _ = writeln!(text, "{leaf},{ages},{group},{mass}");
    }
    text
}

/// A place with its account and its cube; the folder lives as long.
pub struct Built {
    /// Removed when the place is dropped.
    _folder: TempDir,
    pub place: Arc<Place>,
    pub account: PlaceAccount,
    pub cube: Cube,
}

/// Writes, opens, loads and groups.
pub fn build(sketch: &Sketch) -> Built {
    let folder = tempfile::tempdir().unwrap();
    sketch.write(folder.path());
    open(folder)
}

/// Opens, loads and groups a pack that is already written.
pub fn open(folder: TempDir) -> Built {
    let place = match Place::open(folder.path()) {
        Ok(place) => place,
        Err(error) => {
            let toml = std::fs::read_to_string(folder.path().join("place.toml")).unwrap();
            panic!("{error}\n{toml}");
        }
    };
    let account = PlaceAccount::load(&place).unwrap();
    let cube = Cube::build(&account).unwrap();
    Built {
        _folder: folder,
        place,
        account,
        cube,
    }
}

/// A question in plain strings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    pub partners: Vec<String>,
    pub activities: Vec<String>,
    /// Intervals that do not touch.
    pub ages: Vec<(u8, u8)>,
    pub groups: Vec<String>,
    pub tag: Option<String>,
    pub localities: Vec<String>,
    pub period: usize,
    pub phase: &'static str,
    /// The partners inside; everybody where none is named.
    pub boundary: Vec<String>,
    /// What is asked for; cash where nothing is said.
    pub resource: Option<&'static str>,
    /// Axis and level: `locality@leaf`, `ages`, `activity@theme`, …
    pub by: Vec<String>,
}

impl Ask {
    /// Everything of a long period, cut by nothing.
    pub fn everything() -> Self {
        Self {
            period: 5,
            phase: "outturn",
            ..Self::default()
        }
    }

    /// A question about a place: any axes cut, drilled by so many axes.
    pub fn drawn(tape: &mut Tape<'_>, sketch: &Sketch, drills: usize) -> Self {
        let mut ask = Self {
            period: tape.below(PERIODS.len()),
            phase: if tape.once_in(8) { "budget" } else { "outturn" },
            ..Self::default()
        };
        for axis in AXES {
            if tape.once_in(2) {
                ask.cut(tape, axis, sketch);
            }
        }
        if tape.once_in(6) {
            ask.tag = Some(tape.pick(&sketch.tags));
        }
        let mut axes = vec!["locality", "ages", "activity", "partner", "group", "period"];
        for _ in 0..drills {
            let axis = axes.remove(tape.below(axes.len()));
            ask.by.push(drill(tape, axis, sketch));
        }
        ask
    }

    /// A question about a [`Sketch::wide`] place: with some partners inside, in kind, by whom it was
    /// paid or how free it is.
    pub fn drawn_wide(tape: &mut Tape<'_>, sketch: &Sketch, drills: usize) -> Self {
        let mut ask = Self::drawn(tape, sketch, drills);
        if tape.once_in(2) {
            ask.boundary = (sketch.partners.iter())
                .filter(|_| tape.once_in(2))
                .cloned()
                .collect();
        }
        ask.resource = tape.once_in(4).then(|| tape.pick(&RESOURCES));
        for axis in ["counterparty", "flexibility"] {
            if tape.once_in(2) {
                ask.by.push(axis.to_owned());
            }
        }
        ask
    }

    /// Cuts an axis to one member, sometimes two that do not overlap.
    fn cut(&mut self, tape: &mut Tape<'_>, axis: &str, sketch: &Sketch) {
        for _ in 0..=usize::from(tape.once_in(3)) {
            match axis {
                "partner" => {
                    let code = tape.pick(&sketch.partners);
                    if !self.partners.contains(&code) {
                        self.partners.push(code);
                    }
                }
                "activity" => {
                    let code = tape.pick(&sketch.activities.codes());
                    let tree = &sketch.activities;
                    let free = |c: &String| !tree.under(c, &code) && !tree.under(&code, c);
                    if self.activities.iter().all(free) {
                        self.activities.push(code);
                    }
                }
                "group" => {
                    let code = tape.pick(&sketch.groups.codes());
                    let tree = &sketch.groups;
                    let free = |c: &String| !tree.under(c, &code) && !tree.under(&code, c);
                    if self.groups.iter().all(free) {
                        self.groups.push(code);
                    }
                }
                "ages" => {
                    let (a, b) = ages(tape, sketch);
                    let free = |&(c, d): &(u8, u8)| b + 1 < c || d + 1 < a;
                    if self.ages.iter().all(free) {
                        self.ages.push((a, b));
                    }
                }
                _ => {
                    let code = tape.pick(&sketch.all_localities());
                    let leaves = sketch.leaves(&code);
                    let apart = |other: &String| {
                        sketch
                            .leaves(other)
                            .iter()
                            .all(|leaf| !leaves.contains(leaf))
                    };
                    if self.localities.iter().all(apart) {
                        self.localities.push(code);
                    }
                }
            }
        }
    }

    /// The same question cut to one member of an axis.
    pub fn only(&self, axis: &str, member: &str) -> Self {
        let mut ask = self.clone();
        let one = vec![member.to_owned()];
        match axis {
            "partner" => ask.partners = one,
            "activity" => ask.activities = one,
            "group" => ask.groups = one,
            "locality" => ask.localities = one,
            _ => {
                let (a, b) = member.split_once('-').unwrap();
                ask.ages = vec![(a.parse().unwrap(), b.parse().unwrap())];
            }
        }
        ask
    }

    /// The same question with an axis not cut.
    pub fn uncut(&self, axis: &str) -> Self {
        let mut ask = self.clone();
        match axis {
            "partner" => ask.partners.clear(),
            "activity" => ask.activities.clear(),
            "group" => ask.groups.clear(),
            "locality" => ask.localities.clear(),
            _ => ask.ages.clear(),
        }
        ask
    }

    /// The same question drilled by other axes.
    pub fn drilled(&self, by: &[&str]) -> Self {
        let mut ask = self.clone();
        ask.by = by.iter().map(|by| (*by).to_owned()).collect();
        ask
    }

    /// The question, put to a cube.
    pub fn put<'a>(&self, cube: &'a Cube) -> Question<'a> {
        let mut question = cube
            .ask()
            .period(PERIODS[self.period].0.parse().unwrap())
            .phase(self.phase.parse::<Phase>().unwrap())
            .boundary(match self.boundary.as_slice() {
                [] => Boundary::AllPartners,
                inside => Boundary::of(inside.iter().map(String::as_str)),
            });
        if let Some(resource) = self.resource {
            question = question.resource(resource.parse().unwrap());
        }
        for code in &self.partners {
            question = question.partner(code);
        }
        for code in &self.activities {
            question = question.activity(code);
        }
        for &(a, b) in &self.ages {
            question = question.ages(Ages::new(a, b).unwrap());
        }
        for code in &self.groups {
            question = question.group(code);
        }
        for code in &self.localities {
            question = question.locality(code);
        }
        if let Some(tag) = &self.tag {
            question = question.tag(tag);
        }
        question.by(self.by.iter().map(|by| by.parse::<By>().unwrap()))
    }
}

/// An axis to drill by, at a level that the place has.
fn drill(tape: &mut Tape<'_>, axis: &str, sketch: &Sketch) -> String {
    let level = |tape: &mut Tape<'_>, levels: BTreeSet<String>| {
        let levels: Vec<String> = levels.into_iter().collect();
        tape.pick(&levels)
    };
    match axis {
        "locality" => {
            let mut levels = sketch.localities.levels();
            levels.insert("cluster".to_owned());
            format!("locality@{}", level(tape, levels))
        }
        "activity" | "group" => {
            let tree = if axis == "group" {
                &sketch.groups
            } else {
                &sketch.activities
            };
            match tape.below(3) {
                0 => axis.to_owned(),
                _ => format!("{axis}@{}", level(tape, tree.levels())),
            }
        }
        other => other.to_owned(),
    }
}

/// Text such as `-12.3456` as ten-thousandths of a pound.
pub fn ten_thousandths(exact: &str) -> i128 {
    let (sign, size) = match exact.strip_prefix('-') {
        Some(size) => (-1, size),
        None => (1, exact),
    };
    let (pounds, rest) = size.split_once('.').unwrap();
    assert_eq!(rest.len(), 4, "{exact}");
    let pounds: i128 = pounds.parse().unwrap();
    sign * (pounds * 10_000 + rest.parse::<i128>().unwrap())
}
