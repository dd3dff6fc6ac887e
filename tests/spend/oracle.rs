//! An answer worked out the slow way, from the sketch of a place and not from the library.
//!
//! Line by line, part of a mix by part, month by month, leaf by leaf, age by age: each of these
//! smallest pieces lies in the slice, outside it, or cannot be said. Masses are added up cell by
//! cell of the driver, money is added as fractions of big integers. Nothing here calls the
//! library except to ask it the same question.
//!
//! Covered: mixes, gaps, unmapped codes, zero mass, drivers by single year, by band, without
//! ages, by client group, with a part of the places; periods that overlap a question in part;
//! members of a second grouping; several members of an axis; drills by one or two axes. Ages of
//! any kind ([`Terms::aligned`] false) are covered too: a driver whose cell would be torn is too
//! coarse. In wide places also: some partners inside and others not, money whose partner nobody
//! knows, payments to one partner or two of which ledgers are held or end before, agency money, what
//! is given in kind, how free money is. Not covered: tags by crosswalk, replaced lines, mixes of
//! evidence, income, repayments, agreed figures of payees ([`crate::spend::consolidation`] has those).

use crate::fixtures::places::{
    self, Ask, DriverSketch, LedgerSketch, LineSketch, PERIODS, Plan, Sketch, Tape, Target, Terms,
    ten_thousandths,
};
use crate::spend::conservation::cases;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, Zero};
use proptest::prelude::*;
use std::collections::BTreeMap;
use wholeplace::cube::{BesideSum, Figure};

/// What a line gives.
fn given(line: &LineSketch) -> &str {
    match line.resource {
        "" => "cash",
        resource => resource,
    }
}

/// A fraction of pence.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fraction {
    over: BigInt,
    under: BigInt,
}

impl Fraction {
    fn new(over: BigInt, under: BigInt) -> Self {
        let common = over.gcd(&under);
        Self {
            over: over / &common,
            under: under / common,
        }
    }

    fn zero() -> Self {
        Self::new(BigInt::zero(), BigInt::from(1))
    }

    fn plus(&self, other: &Self) -> Self {
        Self::new(
            &self.over * &other.under + &other.over * &self.under,
            &self.under * &other.under,
        )
    }

    fn times(&self, over: u64, under: u64) -> Self {
        Self::new(
            &self.over * BigInt::from(over),
            &self.under * BigInt::from(under),
        )
    }

    /// In ten-thousandths of a pound, rounded half to even.
    fn told(&self) -> i128 {
        let (floor, rest) = (&self.over * BigInt::from(100)).div_mod_floor(&self.under);
        let up = match (rest * BigInt::from(2)).cmp(&self.under) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => floor.is_odd(),
            std::cmp::Ordering::Greater => true,
        };
        i128::try_from(floor).unwrap() + i128::from(up)
    }

    /// Whether so many pence are no further away than half a penny.
    fn is_nearly(&self, pence: i64) -> bool {
        let off: BigInt = &self.over - BigInt::from(pence) * &self.under;
        off.abs() * BigInt::from(2) <= self.under
    }

    /// Whether so many pence are less than so many away.
    fn is_within(&self, least: u8, pence: i64) -> bool {
        let off: BigInt = &self.over - BigInt::from(pence) * &self.under;
        off.abs() < &self.under * BigInt::from(least)
    }

    fn is_whole(&self) -> bool {
        self.under == BigInt::from(1)
    }
}

/// A member or the reason why none.
type On<T> = Result<T, &'static str>;

/// Where a smallest piece lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Lies {
    Out,
    /// In this row; with a reason when it cannot be said whether it is in the slice.
    In(Vec<String>, Option<&'static str>),
}

/// What the slow way finds.
#[derive(Debug)]
struct Found {
    /// What is in the total of the boundary, wherever it lies.
    whole: Fraction,
    /// Row → what lies in it.
    rows: BTreeMap<Vec<String>, Fraction>,
    /// Row and reason → what may lie in it.
    beside: BTreeMap<(Vec<String>, &'static str), Fraction>,
    out: Fraction,
    /// Row and word → what stands beside it and lies in it, and what may lie in it.
    memo: BTreeMap<(Vec<String>, &'static str), [Fraction; 2]>,
    /// Word → what stands beside what lies outside.
    memo_out: BTreeMap<&'static str, Fraction>,
    /// How often each rule decided about money.
    met: BTreeMap<&'static str, usize>,
}

/// What a line, or the part of it that one partner on the other side has, is to the boundary.
struct Stands {
    /// Whether it is in the total.
    counts: bool,
    /// The word under which it is shown beside the total.
    shown: Option<&'static str>,
    payee: Option<String>,
    /// The part, of four.
    part: u64,
}

fn resolve(
    plan: &Plan,
    axis: &str,
    line: &LineSketch,
    known: impl Fn(&str) -> bool,
) -> Vec<(On<String>, u64)> {
    let alone = |member: On<String>| vec![(member, 100)];
    match plan {
        Plan::Always(member) => alone(Ok(member.clone())),
        Plan::Gap(gap) => alone(Err(gap)),
        Plan::Code => {
            let code = &line.codes[axis];
            alone(if known(code) {
                Ok(code.clone())
            } else {
                Err("unmapped")
            })
        }
        Plan::Crosswalk { codes, otherwise } => match (codes.get(&line.codes[axis]), otherwise) {
            (Some(Target::Gap(gap)), _) => alone(Err(gap)),
            (Some(Target::Mix(parts)), _) => parts.clone(),
            (None, Some(member)) => alone(Ok(member.clone())),
            (None, None) => alone(Err("unmapped")),
        },
    }
}

fn interval(text: &str) -> (u8, u8) {
    match text.split_once('-') {
        Some((a, b)) => (a.parse().unwrap(), b.parse().unwrap()),
        None => (0, 90),
    }
}

fn days_of(year: i32, month: i32) -> u64 {
    match month {
        2 if year % 4 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn months((from, to): ((i32, i32), (i32, i32))) -> Vec<(i32, i32)> {
    let number = |(year, month): (i32, i32)| year * 12 + month - 1;
    (number(from)..=number(to))
        .map(|m| (m / 12, m % 12 + 1))
        .collect()
}

/// The financial year of a month, as answers write it.
fn financial((year, month): (i32, i32)) -> String {
    let first = if month >= 4 { year } else { year - 1 };
    let next = (first + 1) % 100;
    let sign = if (1..=12).contains(&next) { '/' } else { '-' };
    format!("{first}{sign}{next:02}")
}

struct Slow<'a> {
    sketch: &'a Sketch,
    ask: &'a Ask,
    found: Found,
}

impl<'a> Slow<'a> {
    fn answer(sketch: &'a Sketch, ask: &'a Ask) -> Found {
        let mut slow = Slow {
            sketch,
            ask,
            found: Found {
                whole: Fraction::zero(),
                rows: BTreeMap::new(),
                beside: BTreeMap::new(),
                out: Fraction::zero(),
                memo: BTreeMap::new(),
                memo_out: BTreeMap::new(),
                met: BTreeMap::new(),
            },
        };
        for ledger in sketch
            .ledgers
            .iter()
            .filter(|ledger| ledger.phase == ask.phase)
        {
            for line in &ledger.lines {
                slow.line(ledger, line);
            }
        }
        slow.found
    }

    fn line(&mut self, ledger: &LedgerSketch, line: &LineSketch) {
        let sketch = self.sketch;
        let one = |axis: &'static str, known: &dyn Fn(&str) -> bool| {
            let mut places = resolve(&ledger.plans[axis], axis, line, known);
            assert_eq!(places.len(), 1);
            places.remove(0).0
        };
        let partner = one("partner", &|code| sketch.partners.iter().any(|p| p == code));
        let ages = one("ages", &|code| code != "zz").map(|text| interval(&text));
        let group = one("group", &|code| {
            sketch.groups.codes().iter().any(|g| g == code)
        });
        let locality = one("locality", &|code| {
            sketch.all_localities().iter().any(|l| l == code)
        });
        let period = ledger.period.unwrap_or(line.period);
        for stands in self.stands(ledger, line, &partner, period) {
            self.part(
                ledger,
                line,
                (&partner, ages, &group, &locality),
                period,
                &stands,
            );
        }
    }

    #[expect(clippy::type_complexity, reason = "where a line lies on four axes")]
    fn part(
        &mut self,
        ledger: &LedgerSketch,
        line: &LineSketch,
        (partner, ages, group, locality): (&On<String>, On<(u8, u8)>, &On<String>, &On<String>),
        period: Option<usize>,
        stands: &Stands,
    ) {
        let sketch = self.sketch;
        let activities = resolve(&ledger.plans["activity"], "activity", line, |code| {
            sketch.activities.codes().iter().any(|a| a == code)
        });
        let whole = Fraction::new(line.pence.into(), 1.into()).times(stands.part, 4);
        if stands.counts {
            self.found.whole = self.found.whole.plus(&whole);
        }
        self.count(line, partner, &activities, period, stands);
        for (activity, weight) in activities {
            let money = whole.times(weight, 100);
            let rule = sketch.rules.iter().find(|rule| {
                let partner_fits = rule
                    .partner
                    .as_ref()
                    .is_none_or(|p| partner.as_ref() == Ok(p));
                let activity_fits = rule.activity.as_ref().is_none_or(|top| {
                    activity
                        .as_ref()
                        .is_ok_and(|found| sketch.activities.under(found, top))
                });
                let period_fits = rule.period.is_none_or(|outer| {
                    period.is_some_and(|inner| places::within(PERIODS[inner], PERIODS[outer]))
                });
                partner_fits && activity_fits && period_fits
            });
            let driver = &sketch.drivers[rule.unwrap().driver];
            // What does not need a measure: partner, tag, activity.
            let outer = [
                self.partner(partner),
                self.tag(line),
                self.activity(&activity),
            ];
            let keys = [
                ("partner", key(partner, |p| p.clone())),
                ("activity", key(&activity, |a| self.level("activity", a))),
                (
                    "counterparty",
                    stands.payee.clone().unwrap_or_else(|| "nobody".to_owned()),
                ),
                ("flexibility", line.flexibility.to_owned()),
            ];
            let region = self.region(locality, ages, group, driver);
            for (when, month_key, part, days) in self.time(period) {
                for (lies, mass, all) in &region {
                    let mut fates: Vec<Option<Fate>> = outer.to_vec();
                    let mut people = Vec::new();
                    match lies {
                        Lies::Out => fates.push(Some(Fate::Out)),
                        Lies::In(cells, unknown) => {
                            people.clone_from(cells);
                            fates.push(unknown.map(Fate::Unknown));
                        }
                    }
                    fates.push(when);
                    let money = money.times(*mass, *all).times(part, days);
                    let mut row = Vec::new();
                    for by in &self.ask.by {
                        let axis = by.split('@').next().unwrap();
                        let of_people = ["locality", "ages", "group"]
                            .iter()
                            .position(|a| *a == axis);
                        row.push(match (of_people, axis) {
                            (Some(i), _) => people.get(i).cloned().unwrap_or_default(),
                            (None, "period") => month_key.clone(),
                            (None, axis) => keys
                                .iter()
                                .find(|(name, _)| *name == axis)
                                .unwrap()
                                .1
                                .clone(),
                        });
                    }
                    self.add(&fates, row, &money, stands);
                }
            }
        }
    }

    /// What a line is to the boundary, part by part; nothing where it is not shown at all.
    fn stands(
        &self,
        ledger: &LedgerSketch,
        line: &LineSketch,
        owner: &On<String>,
        period: Option<usize>,
    ) -> Vec<Stands> {
        let inside =
            |partner: &String| self.ask.boundary.is_empty() || self.ask.boundary.contains(partner);
        if owner.as_ref().is_ok_and(|owner| !inside(owner)) {
            return Vec::new();
        }
        let asked = self.ask.resource.unwrap_or("cash");
        // Nobody pays itself, be it through another.
        let paid = line.paid.as_ref().filter(|paid| {
            ledger.wide && (paid.parts().iter()).all(|(payee, _)| owner.as_ref() != Ok(*payee))
        });
        let parts = match paid {
            Some(paid) => paid
                .parts()
                .into_iter()
                .map(|(payee, part)| (Some(payee), part))
                .collect(),
            None => vec![(None, 4)],
        };
        let stands = |(payee, part): (Option<&String>, u64)| {
            let kind = paid.map_or("", |paid| paid.kind);
            let holds = |partner: &String| self.holds(partner, asked, period);
            // The ledger of money without a partner is the one it stands in.
            let owner_holds = owner.as_ref().map_or(true, |owner| holds(owner));
            let (counts, shown) = match payee {
                _ if given(line) != asked && asked == "cash" => (false, Some("in kind")),
                _ if given(line) != asked => return None,
                None => (true, None),
                Some(_) if kind == "agency" => (false, Some("agency")),
                // Where nobody knows the owner, nobody knows of an outsider that was paid.
                Some(payee) if owner.is_ok() && !inside(payee) => (true, Some("of it outgoing")),
                Some(payee) if owner_holds && holds(payee) => (false, Some("eliminated")),
                Some(_) => (true, Some("of it through unheld")),
            };
            Some(Stands {
                counts,
                shown,
                payee: payee.cloned(),
                part,
            })
        };
        parts.into_iter().filter_map(stands).collect()
    }

    /// Whether the ledger of a partner is held, and goes as far as that: to the end of the last
    /// financial year in which it spent anything, or for good where its spending names no period.
    fn holds(&self, partner: &String, resource: &str, when: Option<usize>) -> bool {
        let sketch = self.sketch;
        let ledgers = (sketch.ledgers.iter()).filter(|ledger| ledger.phase == self.ask.phase);
        let lines = ledgers.flat_map(|ledger| ledger.lines.iter().map(move |line| (ledger, line)));
        let own = lines.filter(|(ledger, line)| {
            let known = |code: &str| sketch.partners.iter().any(|p| p == code);
            let owner = resolve(&ledger.plans["partner"], "partner", line, known)
                .remove(0)
                .0;
            owner.as_ref() == Ok(partner) && given(line) == resource && line.pence > 0
        });
        let periods: Vec<Option<usize>> = own
            .map(|(ledger, line)| ledger.period.unwrap_or(line.period))
            .collect();
        let ends = periods.iter().flatten().map(|&period| {
            let (year, month) = PERIODS[period].2;
            (if month >= 4 { year + 1 } else { year }, 3)
        });
        match (ends.max(), when) {
            _ if periods.is_empty() => false,
            (Some(end), Some(when)) => PERIODS[when].1 <= end,
            _ => true,
        }
    }

    /// Counts which rules decide about this money, so that none is believed that never did.
    fn count(
        &mut self,
        line: &LineSketch,
        partner: &On<String>,
        activities: &[(On<String>, u64)],
        period: Option<usize>,
        stands: &Stands,
    ) {
        let ask = self.ask;
        let above = (activities.iter()).any(|(activity, _)| {
            self.activity(activity) == Some(Fate::Unknown("not-disaggregated"))
        });
        let partly = period.is_some_and(|period| {
            let inside = self
                .time(Some(period))
                .iter()
                .filter(|month| month.0.is_none())
                .count();
            inside > 0 && inside < self.time(Some(period)).len()
        });
        let drilled = |axis: &str| ask.by.iter().any(|by| by == axis);
        let cases = [
            ("money on an activity above the cut", above),
            (
                "money without the tag that is asked",
                self.tag(line).is_some(),
            ),
            (
                "money with the tag that is asked",
                ask.tag.is_some() && self.tag(line).is_none(),
            ),
            (
                "nobody's money, where partners are cut",
                partner.is_err() && !ask.partners.is_empty(),
            ),
            (
                "nobody's money, where some are inside",
                partner.is_err() && !ask.boundary.is_empty(),
            ),
            ("a period partly inside", partly),
            (
                "a period partly inside, by year",
                partly && drilled("period"),
            ),
            (
                "in kind asked",
                stands.counts && ask.resource.is_some_and(|asked| asked != "cash"),
            ),
            (
                "a row of a partner on the other side",
                stands.payee.is_some() && drilled("counterparty"),
            ),
            ("two partners on the other side", stands.part == 1),
            (
                "a row of how free it is",
                !line.flexibility.is_empty() && drilled("flexibility"),
            ),
        ];
        let met = cases.into_iter().filter(|(_, met)| *met && line.pence != 0);
        for name in met.map(|(name, _)| name).chain(stands.shown) {
            *self.found.met.entry(name).or_default() += 1;
        }
    }

    fn add(&mut self, fates: &[Option<Fate>], row: Vec<String>, money: &Fraction, stands: &Stands) {
        let found = &mut self.found;
        if let Some(word) = stands.shown {
            let zero = || [Fraction::zero(), Fraction::zero()];
            let sum = if fates.contains(&Some(Fate::Out)) {
                found.memo_out.entry(word).or_insert_with(Fraction::zero)
            } else {
                let unknown = usize::from(fates.iter().any(Option::is_some));
                &mut found.memo.entry((row.clone(), word)).or_insert_with(zero)[unknown]
            };
            *sum = sum.plus(money);
        }
        if !stands.counts {
            return;
        }
        let sum = if fates.contains(&Some(Fate::Out)) {
            &mut found.out
        } else if let Some(Fate::Unknown(gap)) = fates.iter().flatten().next() {
            found
                .beside
                .entry((row, gap))
                .or_insert_with(Fraction::zero)
        } else {
            found.rows.entry(row).or_insert_with(Fraction::zero)
        };
        *sum = sum.plus(money);
    }

    fn partner(&self, partner: &On<String>) -> Option<Fate> {
        match partner {
            // Nobody can say whether it is an insider's, unless everybody is one.
            Err(gap) if !self.ask.boundary.is_empty() => Some(Fate::Unknown(gap)),
            _ if self.ask.partners.is_empty() => None,
            Err(gap) => Some(Fate::Unknown(gap)),
            Ok(code) if self.ask.partners.contains(code) => None,
            Ok(_) => Some(Fate::Out),
        }
    }

    fn tag(&self, line: &LineSketch) -> Option<Fate> {
        let asked = self.ask.tag.as_ref()?;
        (line.tag != *asked).then_some(Fate::Out)
    }

    fn activity(&self, activity: &On<String>) -> Option<Fate> {
        let (tree, cut) = (&self.sketch.activities, &self.ask.activities);
        match activity {
            _ if cut.is_empty() => None,
            Err(gap) => Some(Fate::Unknown(gap)),
            Ok(code) if cut.iter().any(|top| tree.under(code, top)) => None,
            Ok(code) if cut.iter().any(|top| tree.under(top, code)) => {
                Some(Fate::Unknown("not-disaggregated"))
            }
            Ok(_) => Some(Fate::Out),
        }
    }

    /// The member at the level drilled by, or as recorded.
    fn level(&self, axis: &str, code: &str) -> String {
        let tree = if axis == "group" {
            &self.sketch.groups
        } else {
            &self.sketch.activities
        };
        let level = self
            .ask
            .by
            .iter()
            .find_map(|by| by.strip_prefix(&format!("{axis}@")));
        let above = tree.way_up(code);
        let at = level.and_then(|level| above.iter().find(|c| tree.0[tree.at(c)].level == level));
        at.cloned().unwrap_or_else(|| code.to_owned())
    }

    /// Fate, financial year, days of the part, days of the whole; month by month.
    fn time(&self, period: Option<usize>) -> Vec<(Option<Fate>, String, u64, u64)> {
        let Some(period) = period else {
            return vec![(Some(Fate::Unknown("unknown")), "unknown".to_owned(), 1, 1)];
        };
        let (_, from, to) = PERIODS[period];
        let asked = PERIODS[self.ask.period];
        let all: u64 = months((from, to)).iter().map(|&(y, m)| days_of(y, m)).sum();
        months((from, to))
            .into_iter()
            .map(|month| {
                let inside = asked.1 <= month && month <= asked.2;
                let fate = (!inside).then_some(Fate::Out);
                (fate, financial(month), days_of(month.0, month.1), all)
            })
            .collect()
    }

    /// The pieces of a record's places, ages and groups: where each lies, its mass, all mass.
    fn region(
        &self,
        locality: &On<String>,
        ages: On<(u8, u8)>,
        group: &On<String>,
        driver: &DriverSketch,
    ) -> Vec<(Lies, u64, u64)> {
        let leaves: Vec<Option<String>> = match locality {
            Ok(code) => self.sketch.leaves(code).into_iter().map(Some).collect(),
            Err(_) => vec![None],
        };
        let (young, old) = ages.unwrap_or((0, 90));
        let groups = self.group_pieces(group, driver);
        // Where each leaf, age and group lies, one by one.
        let leaf_lies: Vec<Axis> = leaves
            .iter()
            .map(|leaf| self.leaf(leaf, locality))
            .collect();
        let age_lies: Vec<Axis> = (young..=old).map(|age| self.age(age, &ages)).collect();
        let all_out = |axis: &[Axis]| axis.iter().all(|lies| *lies == Axis::Out);
        let group_lies: Vec<Axis> = groups.iter().map(|(lies, _)| lies.clone()).collect();
        if all_out(&leaf_lies) || all_out(&age_lies) || all_out(&group_lies) {
            return vec![(Lies::Out, 1, 1)];
        }
        let mut axes = [leaf_lies, age_lies, group_lies];
        let mut reason = "not-disaggregated";
        for attempt in 0..3 {
            // A measure too coarse for the rows of an axis leaves them in one row with a reason.
            match attempt {
                1 => merge(&mut axes[1], reason),
                2 => merge(&mut axes[0], reason),
                _ => {}
            }
            match self.pieces(
                &leaves,
                (young, old),
                &groups,
                &axes,
                group,
                driver,
                locality,
            ) {
                Ok(pieces) => return pieces,
                Err(why) => reason = why,
            }
        }
        let unknown = axes.iter().flatten().find_map(|lies| match lies {
            Axis::Unknown(gap) => Some(*gap),
            _ => None,
        });
        let partly_out = axes.iter().flatten().any(|lies| *lies == Axis::Out);
        let cells = axes
            .iter()
            .map(|axis| only(axis).unwrap_or_else(|| reason.to_owned()));
        let cells = cells.collect();
        vec![(
            Lies::In(cells, unknown.or(partly_out.then_some(reason))),
            1,
            1,
        )]
    }

    #[expect(clippy::too_many_arguments, reason = "everything about one record")]
    fn pieces(
        &self,
        leaves: &[Option<String>],
        (young, old): (u8, u8),
        groups: &[(Axis, Option<Vec<String>>)],
        [leaf_lies, age_lies, group_lies]: &[Vec<Axis>; 3],
        group: &On<String>,
        driver: &DriverSketch,
        locality: &On<String>,
    ) -> Result<Vec<(Lies, u64, u64)>, &'static str> {
        // All pieces in one place: nothing to measure.
        let settled = |axis: &[Axis]| axis.iter().all(|lies| lies == &axis[0]);
        if settled(leaf_lies) && settled(age_lies) && settled(group_lies) {
            return Ok(vec![(
                joined(&leaf_lies[0], &age_lies[0], &group_lies[0]),
                1,
                1,
            )]);
        }
        if let Err(gap) = locality {
            let cut = !self.ask.localities.is_empty();
            return Err(if cut { gap } else { "not-disaggregated" });
        }
        // The cells of the driver in this record: none may lie half in it.
        let wanted: Option<Vec<String>> = match group {
            Ok(code) if !driver.groups.is_empty() => Some(self.branch(code)),
            _ => None,
        };
        let known = |groups: &Option<Vec<String>>| match groups {
            Some(groups) => driver.groups.iter().any(|group| groups.contains(group)),
            None => true,
        };
        let leaves: Vec<&String> = leaves.iter().flatten().collect();
        let covered = |leaf: &String| driver.masses.keys().any(|(code, _, _)| code == leaf);
        let torn = driver.bands.iter().any(|&(a, b)| {
            let inside = (a..=b).filter(|age| (young..=old).contains(age)).count();
            inside > 0 && inside < usize::from(b - a) + 1
        });
        if torn || !leaves.iter().all(|leaf| covered(leaf)) || !known(&wanted) {
            return Err("driver-too-coarse");
        }
        let inner: Vec<(u8, u8)> = driver
            .bands
            .iter()
            .copied()
            .filter(|&(a, b)| young <= a && b <= old)
            .collect();
        let mass = |leaf: &str, band: (u8, u8), groups: &Option<Vec<String>>| -> u64 {
            let cells = driver.masses.iter().filter(|((code, ages, group), _)| {
                code == leaf
                    && *ages == band
                    && groups.as_ref().is_none_or(|groups| groups.contains(group))
            });
            cells.map(|(_, mass)| mass).sum()
        };
        let mut total = 0;
        for leaf in &leaves {
            for &band in &inner {
                total += mass(leaf, band, &wanted);
            }
        }
        if total == 0 {
            return Err("no-mass");
        }
        let mut masses: BTreeMap<Lies, u64> = BTreeMap::new();
        let mut counted = 0;
        for (lies_group, branch) in groups.iter().zip(group_lies).map(|((_, b), l)| (l, b)) {
            if *lies_group == Axis::Out {
                continue;
            }
            let branch = match branch {
                Some(branch) => Some(branch.clone()),
                None => wanted.clone(),
            };
            if !known(&branch) {
                return Err("driver-too-coarse");
            }
            for (leaf, lies_leaf) in leaves.iter().zip(leaf_lies) {
                for &(a, b) in &inner {
                    let first = &age_lies[usize::from(a - young)];
                    let alike = (a..=b).all(|age| age_lies[usize::from(age - young)] == *first);
                    if !alike {
                        return Err("driver-too-coarse");
                    }
                    let mass = mass(leaf, (a, b), &branch);
                    counted += mass;
                    *masses
                        .entry(joined(lies_leaf, first, lies_group))
                        .or_default() += mass;
                }
            }
        }
        *masses.entry(Lies::Out).or_default() += total - counted;
        masses.retain(|_, mass| *mass > 0);
        Ok(masses
            .into_iter()
            .map(|(lies, mass)| (lies, mass, total))
            .collect())
    }

    fn leaf(&self, leaf: &Option<String>, locality: &On<String>) -> Axis {
        let cut = &self.ask.localities;
        let level = self
            .ask
            .by
            .iter()
            .find_map(|by| by.strip_prefix("locality@"));
        let Some(leaf) = leaf else {
            let gap = *locality.as_ref().unwrap_err();
            return if cut.is_empty() {
                Axis::In(gap.to_owned())
            } else {
                Axis::Unknown(gap)
            };
        };
        let within = |code: &String| self.sketch.leaves(code).contains(leaf);
        if !cut.is_empty() && !cut.iter().any(within) {
            return Axis::Out;
        }
        let Some(level) = level else {
            return Axis::In(String::new());
        };
        let at_level = match level {
            "cluster" => self
                .sketch
                .clusters
                .iter()
                .find(|(_, leaves)| leaves.contains(leaf))
                .map(|(code, _)| code.clone()),
            level => {
                let tree = &self.sketch.localities;
                tree.way_up(leaf)
                    .into_iter()
                    .find(|code| tree.0[tree.at(code)].level == level)
            }
        };
        Axis::In(at_level.unwrap_or_else(|| "elsewhere".to_owned()))
    }

    fn age(&self, age: u8, ages: &On<(u8, u8)>) -> Axis {
        let cut = &self.ask.ages;
        if let Err(gap) = ages {
            return if cut.is_empty() {
                Axis::In((*gap).to_owned())
            } else {
                Axis::Unknown(gap)
            };
        }
        if !cut.is_empty() && !cut.iter().any(|&(a, b)| (a..=b).contains(&age)) {
            return Axis::Out;
        }
        if !self.ask.by.iter().any(|by| by == "ages") {
            return Axis::In(String::new());
        }
        let bands = &self.sketch.bands;
        let &(a, b) = bands
            .iter()
            .find(|&&(a, b)| (a..=b).contains(&age))
            .unwrap();
        Axis::In(match (a, b) {
            (0, 90) => "all ages".to_owned(),
            (a, 90) => format!("{a}+"),
            (a, b) => format!("{a}-{b}"),
        })
    }

    fn branch(&self, top: &str) -> Vec<String> {
        let codes = self.sketch.groups.codes().into_iter();
        codes
            .filter(|code| self.sketch.groups.under(code, top))
            .collect()
    }

    /// The parts of a record's group: where each lies and, where it is a part, its branch.
    fn group_pieces(
        &self,
        group: &On<String>,
        driver: &DriverSketch,
    ) -> Vec<(Axis, Option<Vec<String>>)> {
        let (tree, cut) = (&self.sketch.groups, &self.ask.groups);
        let drilled = self.ask.by.iter().any(|by| by.starts_with("group"));
        let cell = |code: &str| {
            if drilled {
                self.level("group", code)
            } else {
                String::new()
            }
        };
        let code = match group {
            Ok(code) => code,
            Err(gap) if cut.is_empty() => return vec![(Axis::In((*gap).to_owned()), None)],
            Err(gap) => return vec![(Axis::Unknown(gap), None)],
        };
        if cut.is_empty() || cut.iter().any(|top| tree.under(code, top)) {
            return vec![(Axis::In(cell(code)), None)];
        }
        let below: Vec<&String> = cut.iter().filter(|top| tree.under(top, code)).collect();
        if below.is_empty() {
            return vec![(Axis::Out, None)];
        }
        if driver.groups.is_empty() {
            return vec![(Axis::Unknown("not-disaggregated"), None)];
        }
        let parts = below
            .iter()
            .map(|top| (Axis::In(cell(top)), Some(self.branch(top))));
        parts.chain([(Axis::Out, Some(Vec::new()))]).collect()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Out,
    Unknown(&'static str),
}

/// Where a leaf, an age or a group lies, on its own axis.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Axis {
    Out,
    In(String),
    Unknown(&'static str),
}

/// Out on any axis is out; what one axis cannot say, the piece cannot.
fn joined(leaf: &Axis, age: &Axis, group: &Axis) -> Lies {
    let all = [leaf, age, group];
    if all.contains(&&Axis::Out) {
        return Lies::Out;
    }
    let unknown = all.iter().find_map(|lies| match lies {
        Axis::Unknown(gap) => Some(*gap),
        _ => None,
    });
    let cells = all.map(|lies| match lies {
        Axis::In(cell) => cell.clone(),
        Axis::Unknown(gap) => (*gap).to_owned(),
        Axis::Out => String::new(),
    });
    Lies::In(cells.to_vec(), unknown)
}

/// The only row of an axis.
fn only(axis: &[Axis]) -> Option<String> {
    let mut cells = axis.iter().filter_map(|lies| match lies {
        Axis::In(cell) => Some(cell.clone()),
        Axis::Unknown(gap) => Some((*gap).to_owned()),
        Axis::Out => None,
    });
    let first = cells.next()?;
    cells.all(|cell| cell == first).then_some(first)
}

fn merge(axis: &mut [Axis], reason: &str) {
    if only(axis).is_none() {
        for lies in axis.iter_mut().filter(|lies| **lies != Axis::Out) {
            *lies = Axis::In(reason.to_owned());
        }
    }
}

fn key(member: &On<String>, cell: impl Fn(&String) -> String) -> String {
    match member {
        Ok(member) => cell(member),
        Err(gap) => (*gap).to_owned(),
    }
}

/// Residents of a slice, counted one cell at a time; none where they cannot be counted.
fn heads(sketch: &Sketch, ask: &Ask) -> Option<u64> {
    let driver = &sketch.drivers[sketch.residents?];
    if ask.localities.is_empty() || !ask.groups.is_empty() || ask.tag.is_some() {
        return None;
    }
    let unit = match driver.scale {
        10 if driver.masses.values().any(|mass| mass % 10 != 0) => return None,
        scale => scale,
    };
    let asked =
        |age: u8| ask.ages.is_empty() || ask.ages.iter().any(|&(a, b)| (a..=b).contains(&age));
    let mut persons = 0;
    for leaf in ask.localities.iter().flat_map(|code| sketch.leaves(code)) {
        let mut covered = false;
        for ((_, (a, b), _), mass) in driver
            .masses
            .iter()
            .filter(|((code, _, _), _)| *code == leaf)
        {
            covered = true;
            let inside = (*a..=*b).filter(|&age| asked(age)).count();
            match inside {
                0 => {}
                all if all == usize::from(b - a) + 1 => persons += mass / unit,
                _ => return None,
            }
        }
        if !covered {
            return None;
        }
    }
    (persons > 0).then_some(persons)
}

fn compare(sketch: &Sketch, ask: &Ask) {
    let built = places::build(sketch);
    let answer = ask.put(&built.cube).with_complement().answer().unwrap();
    let shown = answer.to_string();
    let mut undrilled = ask.clone();
    undrilled.by.clear();
    let total = Slow::answer(sketch, &undrilled);
    let none = Vec::new();
    let slice = total
        .rows
        .get(&none)
        .cloned()
        .unwrap_or_else(Fraction::zero);
    let case = || format!("{ask:?}\n{shown}");
    assert_eq!(
        ten_thousandths(&answer.total.exact),
        slice.told(),
        "{}",
        case()
    );
    // Where a conduit keeps a part of a penny, the total of the boundary is rounded before it is
    // closed into the slice and the rest.
    let more = u8::from(!total.whole.is_whole());
    assert!(
        match more {
            0 => slice.is_nearly(answer.total.amount.get()),
            _ => slice.is_within(2, answer.total.amount.get()),
        },
        "{}",
        case()
    );
    let out = answer.complement.as_ref().unwrap();
    assert_eq!(ten_thousandths(&out.exact), total.out.told(), "{}", case());
    assert!(
        total.out.is_within(1 + 2 * more, out.amount.get()),
        "{}",
        case()
    );
    let mut sum = slice.plus(&total.out);
    for ((_, gap), beside) in &total.beside {
        sum = sum.plus(beside);
        let found = answer
            .total
            .unshared
            .iter()
            .find(|(found, _)| found.name() == *gap);
        let found = found.map_or(0, |(_, pence)| pence.get());
        assert!(
            beside.is_within(1 + 2 * more, found),
            "{gap} {found}: {}",
            case()
        );
    }
    assert_eq!(sum, total.whole, "the oracle itself");
    if ask.boundary.is_empty() && sketch.ledgers.iter().all(|ledger| !ledger.wide) {
        let recorded = Fraction::new(sketch.whole(ask.phase).into(), 1.into());
        assert_eq!(sum, recorded, "nothing is left out");
    }
    compare_memo(&total, &[], &answer.total, &case());
    for word in WORDS {
        let slow = total
            .memo_out
            .get(word)
            .cloned()
            .unwrap_or_else(Fraction::zero);
        let found = memo(out, word).map_or(0, |sum| sum.amount.get());
        assert!(
            slow.is_within(2, found),
            "{word} {found} outside: {}",
            case()
        );
    }
    assert_eq!(
        heads(sketch, ask),
        answer
            .total
            .per_head
            .as_ref()
            .and_then(|heads| heads.persons),
        "{ask:?}"
    );
    if ask.by.is_empty() {
        return;
    }
    let slow = Slow::answer(sketch, ask);
    let mut expected: BTreeMap<Vec<String>, i128> = slow
        .rows
        .iter()
        .map(|(row, sum)| (row.clone(), sum.told()))
        .collect();
    let mut found: BTreeMap<Vec<String>, i128> = answer
        .rows
        .iter()
        .map(|row| {
            let codes = row.keys.iter().map(|key| key.code.clone()).collect();
            (codes, ten_thousandths(&row.figure.exact))
        })
        .collect();
    assert_eq!(found.len(), answer.rows.len(), "each row once: {}", case());
    // A row may be there for money that only may lie in it, or that is zero.
    expected.retain(|_, sum| *sum != 0);
    found.retain(|_, sum| *sum != 0);
    assert_eq!(found, expected, "{}", case());
    for row in &answer.rows {
        let codes: Vec<String> = row.keys.iter().map(|key| key.code.clone()).collect();
        compare_memo(&slow, &codes, &row.figure, &case());
    }
    for (row, word) in slow.memo.keys() {
        let nothing = (slow.memo[&(row.clone(), *word)].iter()).all(|sum| sum.told() == 0);
        let found =
            (answer.rows.iter()).any(|found| found.keys.iter().map(|key| &key.code).eq(row.iter()));
        assert!(found || nothing, "{row:?} {word}: {}", case());
    }
    for ((row, gap), beside) in &slow.beside {
        let found = answer.rows.iter().find(|found| {
            found
                .keys
                .iter()
                .map(|key| key.code.as_str())
                .eq(row.iter().map(String::as_str))
        });
        let beside_found = found
            .and_then(|row| {
                row.figure
                    .unshared
                    .iter()
                    .find(|(found, _)| found.name() == *gap)
            })
            .map_or(0, |(_, pence)| pence.get());
        assert!(
            beside.is_within(1 + 2 * more, beside_found),
            "{row:?} {gap} {beside_found}: {}",
            case()
        );
    }
}

/// The words for what stands beside a total in the places here.
const WORDS: [&str; 5] = [
    "eliminated",
    "agency",
    "in kind",
    "of it outgoing",
    "of it through unheld",
];

fn memo(figure: &Figure, word: &str) -> Option<BesideSum> {
    let found = figure.beside.iter().find(|(what, _)| what.name() == word);
    found.map(|(_, sum)| *sum)
}

/// Holds what stands beside a figure against what the slow way has for its row.
fn compare_memo(slow: &Found, row: &[String], figure: &Figure, case: &str) {
    for word in WORDS {
        let known = slow.memo.get(&(row.to_vec(), word)).cloned();
        let [here, unknown] = known.unwrap_or_else(|| [Fraction::zero(), Fraction::zero()]);
        let (amount, unshared) =
            memo(figure, word).map_or((0, 0), |sum| (sum.amount.get(), sum.unshared.get()));
        assert!(here.is_within(2, amount), "{row:?} {word} {amount}: {case}");
        assert!(
            unknown.is_within(2, unshared),
            "{row:?} {word} {unshared} unshared: {case}"
        );
    }
}

/// Every rule that the slow way knows decides about some money of the places and questions here.
#[test]
fn every_rule_is_really_met() {
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..150 {
        let terms = Terms {
            positive: false,
            aligned: true,
        };
        let sketch = Sketch::of_seed(seed, terms).wide(&places::numbers_of(seed + 1000, 1200));
        let numbers = places::numbers_of(seed + 2000, 60);
        let ask = Ask::drawn_wide(&mut Tape::new(&numbers), &sketch, 1);
        for (name, times) in Slow::answer(&sketch, &ask).met {
            *met.entry(name).or_default() += times;
        }
    }
    for rule in RULES.iter().chain(&WORDS) {
        assert!(
            met.get(rule).is_some_and(|times| *times > 0),
            "{rule} never occurs: {met:?}"
        );
    }
}

const RULES: [&str; 11] = [
    "money on an activity above the cut",
    "money without the tag that is asked",
    "money with the tag that is asked",
    "nobody's money, where partners are cut",
    "nobody's money, where some are inside",
    "a period partly inside",
    "a period partly inside, by year",
    "in kind asked",
    "a row of a partner on the other side",
    "two partners on the other side",
    "a row of how free it is",
];

proptest! {
    #![proptest_config(cases(160))]

    #[test]
    fn totals(
        sketch in places::sketches(Terms { positive: false, aligned: true }),
        questions in places::questions(),
    ) {
        compare(&sketch, &Ask::drawn(&mut Tape::new(&questions), &sketch, 0));
    }

    #[test]
    fn rows(
        sketch in places::sketches(Terms { positive: false, aligned: true }),
        questions in places::questions(),
        drills in 1usize..=2,
    ) {
        compare(&sketch, &Ask::drawn(&mut Tape::new(&questions), &sketch, drills));
    }

    #[test]
    fn rows_with_any_ages(
        sketch in places::sketches(Terms { positive: false, aligned: false }),
        questions in places::questions(),
        drills in 0usize..=2,
    ) {
        compare(&sketch, &Ask::drawn(&mut Tape::new(&questions), &sketch, drills));
    }

    /// Partners who pay each other, boundaries, what is given in kind.
    #[test]
    fn wide_places(
        sketch in places::sketches(Terms { positive: false, aligned: true }),
        more in proptest::collection::vec(any::<u16>(), 0..600),
        questions in places::questions(),
        drills in 0usize..=1,
    ) {
        let sketch = sketch.wide(&more);
        compare(&sketch, &Ask::drawn_wide(&mut Tape::new(&questions), &sketch, drills));
    }
}
