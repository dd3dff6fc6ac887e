//! Line by line: what each is to the boundary, and where its money lies.

use super::*;

/// What a line gives.
pub fn given(line: &LineSketch) -> &str {
    match line.resource {
        "" => "cash",
        resource => resource,
    }
}

/// A member or the reason why none.
pub type On<T> = Result<T, &'static str>;

/// Where a smallest piece lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lies {
    Out,
    /// In this row; with a reason when it cannot be said whether it is in the slice.
    In(Vec<String>, Option<&'static str>),
}

/// What the slow way finds.
#[derive(Debug)]
pub struct Found {
    /// What is in the total of the boundary, wherever it lies.
    pub whole: Fraction,
    /// Row → what lies in it.
    pub rows: BTreeMap<Vec<String>, Fraction>,
    /// Row and reason → what may lie in it.
    pub memoranda: BTreeMap<(Vec<String>, &'static str), Fraction>,
    pub out: Fraction,
    /// Row and word → what stands beside it and lies in it, and what may lie in it.
    pub memo: BTreeMap<(Vec<String>, &'static str), [Fraction; 2]>,
    /// Word → what stands beside what lies outside.
    pub memo_out: BTreeMap<&'static str, Fraction>,
    /// How often each rule decided about money.
    pub met: BTreeMap<&'static str, usize>,
}

/// What a line, or the part of it that one partner on the other side has, is to the boundary.
pub struct Stands {
    /// Whether it is in the total.
    pub counts: bool,
    /// The word under which it is shown beside the total.
    pub shown: Option<&'static str>,
    pub payee: Option<String>,
    /// The part, of four.
    pub part: u64,
}

pub fn resolve(
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

pub fn interval(text: &str) -> (u8, u8) {
    match text.split_once('-') {
        Some((a, b)) => (a.parse().unwrap(), b.parse().unwrap()),
        None => (0, 90),
    }
}

pub fn days_of(year: i32, month: i32) -> u64 {
    match month {
        2 if year % 4 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

pub fn months((from, to): ((i32, i32), (i32, i32))) -> Vec<(i32, i32)> {
    let number = |(year, month): (i32, i32)| year * 12 + month - 1;
    (number(from)..=number(to))
        .map(|m| (m / 12, m % 12 + 1))
        .collect()
}

/// The financial year of a month, as answers write it.
pub fn financial((year, month): (i32, i32)) -> String {
    let first = if month >= 4 { year } else { year - 1 };
    let next = (first + 1) % 100;
    let sign = if (1..=12).contains(&next) { '/' } else { '-' };
    format!("{first}{sign}{next:02}")
}

pub struct Slow<'a> {
    pub sketch: &'a Sketch,
    pub ask: &'a Ask,
    pub found: Found,
}

impl<'a> Slow<'a> {
    pub fn answer(sketch: &'a Sketch, ask: &'a Ask) -> Found {
        let mut slow = Slow {
            sketch,
            ask,
            found: Found {
                whole: Fraction::zero(),
                rows: BTreeMap::new(),
                memoranda: BTreeMap::new(),
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

    pub fn line(&mut self, ledger: &LedgerSketch, line: &LineSketch) {
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
        let localities = resolve(&ledger.plans["locality"], "locality", line, |code| {
            sketch.all_localities().iter().any(|l| l == code)
        });
        let period = ledger.period.unwrap_or(line.period);
        for stands in self.stands(ledger, line, &partner, period) {
            self.part(
                ledger,
                line,
                (&partner, ages, &group, &localities),
                period,
                &stands,
            );
        }
    }

    #[expect(clippy::type_complexity, reason = "where a line lies on four axes")]
    pub fn part(
        &mut self,
        ledger: &LedgerSketch,
        line: &LineSketch,
        (partner, ages, group, localities): (
            &On<String>,
            On<(u8, u8)>,
            &On<String>,
            &[(On<String>, u64)],
        ),
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
        if localities.len() > 1 {
            let met = &mut self.found.met;
            *met.entry("money of several localities").or_default() += 1;
        }
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
            let mut region = Vec::new();
            for (locality, weight) in localities {
                let pieces = self.region(locality, ages, group, driver);
                region.extend(pieces.into_iter().map(|piece| (piece, *weight)));
            }
            for (when, month_key, part, days) in self.time(period) {
                for ((lies, mass, all), weight) in &region {
                    let money = money.times(*weight, 100);
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
    pub fn stands(
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
            let owner_holds = owner.as_ref().map_or(true, &holds);
            let (counts, shown) = match payee {
                _ if given(line) != asked && asked == "cash" => (false, Some("in kind")),
                _ if given(line) != asked => return None,
                None => (true, None),
                Some(_) if kind == "agency" => (false, Some("agency")),
                Some(payee) if !inside(payee) => (true, Some("of it outgoing")),
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
    /// financial year in which a record of it is spending, or for good where its spending names no period.
    pub fn holds(&self, partner: &String, resource: &str, when: Option<usize>) -> bool {
        let sketch = self.sketch;
        let ledgers = (sketch.ledgers.iter()).filter(|ledger| ledger.phase == self.ask.phase);
        let lines = ledgers.flat_map(|ledger| ledger.lines.iter().map(move |line| (ledger, line)));
        let own = lines.filter(|(ledger, line)| {
            let known = |code: &str| sketch.partners.iter().any(|p| p == code);
            let owner = resolve(&ledger.plans["partner"], "partner", line, known)
                .remove(0)
                .0;
            owner.as_ref() == Ok(partner) && given(line) == resource
        });
        // Lines that stand alike on every axis are one record, and a record is spending where its sum is.
        let mut records: BTreeMap<String, (i128, Option<usize>)> = BTreeMap::new();
        for (ledger, line) in own {
            let period = ledger.period.unwrap_or(line.period);
            let axes = ["activity", "ages", "group", "locality"];
            let places = axes.map(|axis| resolve(&ledger.plans[axis], axis, line, |_| true));
            let tag = ledger.tagged.then_some(&line.tag);
            let paid = line.paid.as_ref().filter(|paid| {
                ledger.wide && paid.parts().iter().all(|(payee, _)| *payee != partner)
            });
            let free = match line.flexibility {
                "" => "not-stated",
                stated => stated,
            };
            let key = format!("{places:?} {tag:?} {paid:?} {free} {period:?}");
            records.entry(key).or_insert((0, period)).0 += i128::from(line.pence);
        }
        let spending = records.values().filter(|(pence, _)| *pence > 0);
        let periods: Vec<Option<usize>> = spending.map(|(_, period)| *period).collect();
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
    pub fn count(
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

    pub fn add(
        &mut self,
        fates: &[Option<Fate>],
        row: Vec<String>,
        money: &Fraction,
        stands: &Stands,
    ) {
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
                .memoranda
                .entry((row, gap))
                .or_insert_with(Fraction::zero)
        } else {
            found.rows.entry(row).or_insert_with(Fraction::zero)
        };
        *sum = sum.plus(money);
    }

    pub fn partner(&self, partner: &On<String>) -> Option<Fate> {
        match partner {
            // Nobody can say whether it is an insider's, unless everybody is one.
            Err(gap) if !self.ask.boundary.is_empty() => Some(Fate::Unknown(gap)),
            _ if self.ask.partners.is_empty() => None,
            Err(gap) => Some(Fate::Unknown(gap)),
            Ok(code) if self.ask.partners.contains(code) => None,
            Ok(_) => Some(Fate::Out),
        }
    }

    pub fn tag(&self, line: &LineSketch) -> Option<Fate> {
        let asked = self.ask.tag.as_ref()?;
        (line.tag != *asked).then_some(Fate::Out)
    }

    pub fn activity(&self, activity: &On<String>) -> Option<Fate> {
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
    pub fn level(&self, axis: &str, code: &str) -> String {
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
    pub fn time(&self, period: Option<usize>) -> Vec<(Option<Fate>, String, u64, u64)> {
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
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Out,
    Unknown(&'static str),
}

/// Where a leaf, an age or a group lies, on its own axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Axis {
    Out,
    In(String),
    Unknown(&'static str),
}

pub fn key(member: &On<String>, cell: impl Fn(&String) -> String) -> String {
    match member {
        Ok(member) => cell(member),
        Err(gap) => (*gap).to_owned(),
    }
}
