//! Of which months of an asked period the ledgers of a question have lines.
//!
//! | Ledgers of a partner | Months of 2020-21 | What is said |
//! |---|---|---|
//! | payments of June 2020 | 1 | 1 of 12 months, only Jun 2020 |
//! | payments of April to March, none of August | 11 | 11 of 12 months, nothing of Aug 2020 |
//! | an annual return for 2020-21 | 12 | nothing |
//! | payments of April to September in one layout, of October to March in another | 6 and 6 | nothing: they continue each other |
//! | payments of all months, purchase cards of June | 12 and 1 | the cards have 1 of 12 months |
//! | payments of 2019-20 only | 0 | nothing is recorded of the partner |
//!
//! Ledgers of one partner that share no month of the period, of days or months each, continue each other
//! and count as one: publishers change their layout in the middle of a year. Those that share a month lie
//! beside each other, and each has to have all months by itself.

use super::boundary::Insiders;
use super::recorded_months::{OfLedger, OfMonths, RecordedMonths};
use crate::axis::{MemberId, Months, Period, Phase, Placed, Resource};
use crate::place::Place;
use crate::text::{counted, list};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// Of which months of an asked period the ledgers of a question have lines, where some have not all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AskedMonths {
    /// The period that was asked for.
    pub period: Period,
    /// Ledgers with lines in the period, partner by partner.
    pub ledgers: Vec<PartnerMonths>,
    /// Partners that have a ledger of this phase, and no line in it of the period.
    pub nothing_of: Vec<String>,
}

/// The months that a ledger of a partner has, or several that continue each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PartnerMonths {
    /// Code of the partner, or the name of a gap.
    pub partner: String,
    /// Its name for people.
    pub name: String,
    /// Names of the ledgers; none where a program placed the lines.
    pub ledgers: Vec<String>,
    /// The months of the period of which there are lines.
    pub months: Months,
    /// Months of the period without a line between months with lines, in the period or outside.
    #[serde(skip_serializing_if = "Months::is_empty", default)]
    pub gaps: Months,
    /// Whether they are payments by day or month: cash that was spent.
    pub payments: bool,
}

/// Of how many months the ledgers of a figure have lines: the fewest and the most that one has.
///
/// Prints as `1 of 12 months`, or `1 to 12 of 12 months` where ledgers differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MonthCount {
    /// Of the ledger with the fewest.
    pub fewest: u16,
    /// Of the ledger with the most.
    pub most: u16,
    /// How many months were asked for.
    pub of: u16,
}

impl MonthCount {
    /// The same without its noun, for a column that has it: `1 of 12`.
    #[must_use]
    pub fn in_short(self) -> String {
        let Self { fewest, most, of } = self;
        if fewest == most {
            format!("{fewest} of {of}")
        } else {
            format!("{fewest} to {most} of {of}")
        }
    }
}

impl fmt::Display for MonthCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.of == 1 { "" } else { "s" };
        write!(f, "{} month{plural}", self.in_short())
    }
}

/// Whose lines a question counts, and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WhoseMonths<'a> {
    pub(crate) period: Period,
    pub(crate) phase: Phase,
    pub(crate) resource: Resource,
    pub(crate) inside: &'a Insiders,
    /// Only these partners.
    pub(crate) partners: Option<&'a [MemberId]>,
}

/// A ledger, or several that continue each other.
struct Continued<'a> {
    ledgers: Vec<&'a str>,
    months: Months,
    /// Of all periods.
    ever: Months,
    by_month: bool,
    /// Whether there is any line of the period, be it a stray one.
    any: bool,
}

impl AskedMonths {
    /// What has to be said; nothing where every ledger has lines of every month.
    pub(crate) fn of(
        recorded: &RecordedMonths,
        place: &Place,
        asked: WhoseMonths<'_>,
    ) -> Option<Self> {
        let tree = &place.axes().partners;
        let wanted = |of: &OfLedger| {
            let partner = match (asked.partners, of.partner) {
                (None, _) => true,
                (Some(some), Placed::On(own)) => some.contains(&own),
                (Some(_), Placed::Gap(_)) => false,
            };
            let inside = asked.inside.holds(of.partner) == Some(true);
            partner && inside && (of.phase, of.resource) == (asked.phase, asked.resource)
        };
        let mut by_partner: BTreeMap<Placed<MemberId>, Vec<Continued<'_>>> = BTreeMap::new();
        for (of, ledger) in recorded.all().filter(|(of, _)| wanted(of)) {
            // Lines without a period say nothing of months; a finding is given for them.
            if !ledger.months.is_empty() {
                let known = by_partner.entry(of.partner).or_default();
                add(known, &of.ledger, ledger, asked.period);
            }
        }
        let whole = |of: &Continued<'_>| of.months.cover(asked.period);
        if by_partner.values().flatten().all(whole) {
            return None;
        }
        let mut said = Self {
            period: asked.period,
            ledgers: Vec::new(),
            nothing_of: Vec::new(),
        };
        for (partner, ledgers) in by_partner {
            let (code, name) = match partner {
                Placed::On(id) => (tree.get(id).code.clone(), tree.get(id).name.clone()),
                Placed::Gap(gap) => (
                    gap.name().to_owned(),
                    "money of no named partner".to_owned(),
                ),
            };
            let some: Vec<_> = (ledgers.into_iter()).filter(|of| of.any).collect();
            if some.is_empty() {
                said.nothing_of.push(name);
                continue;
            }
            let of_ledger = |of: Continued<'_>| PartnerMonths {
                partner: code.clone(),
                name: name.clone(),
                ledgers: of
                    .ledgers
                    .iter()
                    .filter_map(|id| ledger_name(place, id))
                    .collect(),
                gaps: gaps(&of, asked.period),
                payments: of.by_month
                    && (asked.phase, asked.resource) == (Phase::Outturn, Resource::Cash),
                months: of.months,
            };
            said.ledgers.extend(some.into_iter().map(of_ledger));
        }
        Some(said)
    }

    /// The ledgers that have not all months.
    pub fn incomplete(&self) -> impl Iterator<Item = &PartnerMonths> {
        (self.ledgers.iter()).filter(|of| !of.months.cover(self.period))
    }

    /// Of how many months there are lines; none where every ledger with lines in the period has all.
    #[must_use]
    pub fn count(&self) -> Option<MonthCount> {
        self.count_of(None, self.period)
    }

    /// The same of one partner, by its code, and of a part of the period.
    #[must_use]
    pub fn count_of(&self, partner: Option<&str>, period: Period) -> Option<MonthCount> {
        self.count_among(partner, None, period)
    }

    /// The same of one ledger, by its name.
    pub(crate) fn count_among(
        &self,
        partner: Option<&str>,
        ledger: Option<&str>,
        period: Period,
    ) -> Option<MonthCount> {
        let named = |of: &PartnerMonths, name: &str| of.ledgers.iter().any(|ledger| ledger == name);
        let counts = (self.ledgers.iter())
            .filter(|of| partner.is_none_or(|code| code == of.partner))
            .filter(|of| ledger.is_none_or(|name| named(of, name)))
            .map(|of| of.months.within(period).count());
        let (fewest, most) = counts.fold(None, |known, count| {
            let (fewest, most) = known.unwrap_or((count, count));
            Some((count.min(fewest), count.max(most)))
        })?;
        let of = period.months();
        (fewest < of).then_some(MonthCount { fewest, most, of })
    }

    /// For a headline: `payments of 1 of 12 months`; nothing where every ledger with lines in the
    /// period has all.
    #[must_use]
    pub fn headline(&self) -> Option<String> {
        self.headline_of(None)
    }

    /// The same of one partner, by its code.
    #[must_use]
    pub fn headline_of(&self, partner: Option<&str>) -> Option<String> {
        let count = self.count_of(partner, self.period)?;
        let wanted = |of: &&PartnerMonths| partner.is_none_or(|code| code == of.partner);
        Some(format!(
            "{} of {count}",
            what(self.incomplete().filter(wanted))
        ))
    }

    /// In sentences: which ledgers have which months, and of whom nothing is recorded.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        [self.missing_in_words(), self.nothing_in_words()]
            .into_iter()
            .flatten()
            .collect()
    }

    /// In a sentence: which ledgers have not all months, and which months they have.
    pub(crate) fn missing_in_words(&self) -> Option<String> {
        let all: Vec<(usize, &PartnerMonths)> = (self.ledgers.iter().enumerate())
            .filter(|(_, of)| !of.months.cover(self.period))
            .collect();
        if all.is_empty() {
            return None;
        }
        // Partners that have the same months stand together.
        let mut alike: Vec<Vec<usize>> = Vec::new();
        let mut groups: BTreeMap<(&Months, &Months), usize> = BTreeMap::new();
        for (number, of) in &all {
            let next = alike.len();
            let group = *groups.entry((&of.months, &of.gaps)).or_insert(next);
            if group == next {
                alike.push(Vec::new());
            }
            alike[group].push(*number);
        }
        let told = alike.iter().take(TOLD).map(|numbers| {
            let named = numbers
                .iter()
                .take(NAMED)
                .map(|&number| self.name_of(number));
            let named: Vec<String> = named.collect();
            let has = if numbers.len() == 1 { "has" } else { "have" };
            let of = &self.ledgers[numbers[0]];
            let count = of.months.count();
            format!(
                "{} {has} {count} of {}, {}",
                list(&named, numbers.len() - named.len()),
                counted(self.period.months(), "month"),
                of.in_words(self.period)
            )
        });
        let told: Vec<String> = told.collect();
        let more: usize = alike.iter().skip(TOLD).map(Vec::len).sum();
        let more = match more {
            0 => String::new(),
            more => format!("; {} have others", counted(more, "more ledger")),
        };
        let others = match self.ledgers.len() - all.len() {
            0 => String::new(),
            1 => "; one other ledger has all".to_owned(),
            others => format!("; {others} other ledgers have all"),
        };
        Some(format!(
            "Not all of {} is there, in {}: {}{more}{others}.",
            self.period,
            what(all.into_iter().map(|(_, of)| of)),
            told.join("; ")
        ))
    }

    /// The partner of a ledger, with the ledger where there are several of it, which stand together.
    fn name_of(&self, number: usize) -> String {
        let of = &self.ledgers[number];
        let beside = [number.checked_sub(1), number.checked_add(1)];
        let mut beside = beside
            .into_iter()
            .flatten()
            .filter_map(|other| self.ledgers.get(other));
        let several = beside.any(|other| other.partner == of.partner);
        if several && !of.ledgers.is_empty() {
            format!("{} (“{}”)", of.name, list(&of.ledgers, 0))
        } else {
            of.name.clone()
        }
    }

    fn nothing_in_words(&self) -> Option<String> {
        let named = &self.nothing_of[..self.nothing_of.len().min(NAMED)];
        let more = self.nothing_of.len() - named.len();
        (!named.is_empty()).then(|| {
            let names = list(named, more);
            format!(
                "In {} nothing is recorded of {names}, whose ledgers are of other periods.",
                self.period
            )
        })
    }
}

/// So many sets of months are told one by one, with so many names each.
const TOLD: usize = 6;
const NAMED: usize = 3;

/// Payments, where all of them are.
fn what<'a>(mut ledgers: impl Iterator<Item = &'a PartnerMonths>) -> &'static str {
    if ledgers.all(|of| of.payments) {
        "payments"
    } else {
        "lines"
    }
}

impl PartnerMonths {
    /// Which months: what there is where that is little, else what is missing.
    fn in_words(&self, period: Period) -> String {
        let missing = self.months.missing_of(period);
        if self.months.is_empty() {
            return "only stray lines".to_owned();
        }
        if let ([only], true) = (self.months.spans(), missing.count() > self.months.count()) {
            return format!("only {only}");
        }
        let mut words = Vec::new();
        let outside = |month: Period| self.gaps.within(month).is_empty();
        if let (Some(first), Some(missing)) = (self.months.spans().first(), missing.spans().first())
            && missing.first_day() < first.first_day()
            && outside(*missing)
        {
            words.push(format!("beginning in {}", first.first_month()));
        }
        if !self.gaps.is_empty() {
            let told = &self.gaps.spans()[..self.gaps.spans().len().min(TOLD)];
            let more = self.gaps.spans().len() - told.len();
            words.push(format!("with nothing of {}", list(told, more)));
        }
        if let (Some(last), Some(missing)) = (self.months.spans().last(), missing.spans().last())
            && missing.starts_after(*last)
            && outside(*missing)
        {
            words.push(format!("ending in {}", last.last_month()));
        }
        words.join(", ")
    }
}

/// Adds a ledger to those of its partner: to one that it continues, if any.
fn add<'a>(known: &mut Vec<Continued<'a>>, id: &'a str, ledger: &'a OfMonths, asked: Period) {
    let months = ledger.months.within(asked);
    let continued =
        (known.iter_mut()).find(|of| of.by_month == ledger.by_month() && !of.months.meet(&months));
    let any = ledger.any_of(asked);
    let id = any.then_some(id);
    match continued {
        Some(of) => {
            of.ledgers.extend(id);
            of.months.add_all(&months);
            of.any |= any;
            of.ever.add_all(&ledger.months);
        }
        None => known.push(Continued {
            ledgers: id.into_iter().collect(),
            months,
            ever: ledger.months.clone(),
            by_month: ledger.by_month(),
            any,
        }),
    }
}

/// Months of a period without a line, between others with lines.
fn gaps(of: &Continued<'_>, asked: Period) -> Months {
    let between = of.ever.from_first_to_last();
    match between.and_then(|between| between.intersection(asked)) {
        Some(between) => of.months.missing_of(between),
        None => Months::default(),
    }
}

fn ledger_name(place: &Place, id: &str) -> Option<String> {
    let plan = place.ledgers().iter().find(|plan| plan.id == id)?;
    Some(plan.name.clone())
}
