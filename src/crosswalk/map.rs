//! Ledger lines with their coordinates: a member, or a gap, of each axis.

use super::alike::{Alike, AlikeLines};
use super::area_rows::{
    AreaRows, alike_together, district_shown, is_postcode, not_in_lookup, wider_codes,
};
use super::codes::Meaning;
use super::column::Column;
use super::compile::Lookup;
use super::excluded::{ExcludedLines, Tie};
use super::{Crosswalk, ExcludedMoney, MixId, Mixes, PatternUse};
use crate::axis::{
    Ages, Axes, Evidence, Flexibility, Gap, LocalityId, MemberId, Period, Phase, Placed, Resource,
};
use crate::counterparty::{FlowColumn, FlowId};
use crate::crosswalk::Mix;
use crate::finding::{Finding, Findings, Position, Severity, masked};
use crate::ledger::{Ledger, LineRef};
use crate::money::{MoneyError, Pence};
use crate::reconciliation::Step;
use crate::text::{counted, list};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::str::FromStr;

/// Overlapping labels of a line, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TagSet(pub(crate) u64);

impl TagSet {
    /// One tag alone.
    #[must_use]
    pub fn one(tag: MemberId) -> Self {
        Self(1 << (tag.0 % 64))
    }

    /// All tags of both sets.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those of them that are in the other set too.
    #[must_use]
    pub fn within(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether a tag is among them.
    #[must_use]
    pub fn has(self, tag: MemberId) -> bool {
        self.0 & Self::one(tag).0 != 0
    }
}

/// The coordinates of a line on all axes: the node its partner really knows, or the reason why none.
///
/// In the order in which coordinates are compared: what is divided by a driver first, time last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Coding {
    /// Where.
    pub locality: Placed<LocalityId>,
    /// Whom it serves, by age.
    pub ages: Placed<Ages>,
    /// Whom it serves, by client group.
    pub group: Placed<MemberId>,
    /// Budget, forecast or outturn.
    pub phase: Phase,
    /// Cash, or something in kind.
    pub resource: Resource,
    /// What for.
    pub activity: MixId,
    /// Whose money.
    pub partner: Placed<MemberId>,
    /// Whom it was paid to, or came from, if that is a partner.
    pub flow: FlowId,
    /// How free it is to move.
    pub flexibility: Flexibility,
    /// Overlapping labels.
    pub tags: TagSet,
    /// When.
    pub period: Placed<Period>,
}

/// A partner's code that no crosswalk row knows, with the money under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct UnmappedCode {
    /// The ledger it stands in.
    pub ledger: String,
    /// The axis it should say something about.
    pub axis: &'static str,
    /// The code, as the partner writes it; its letters masked where the column holds payees.
    pub code: String,
    /// How many lines carry it.
    pub lines: u64,
    /// Their pence.
    pub pence: Pence,
    /// The first of the lines.
    pub first: Position,
    /// Whether the column of the code holds payees.
    pub is_payee: bool,
}

/// A ledger whose every line sits on a node, or in a reasoned gap, of every axis.
#[derive(Debug)]
pub struct MappedLedger {
    ledger: Ledger,
    phase: Phase,
    partner: Column<Placed<MemberId>>,
    activity: Column<MixId>,
    ages: Column<Placed<Ages>>,
    group: Column<Placed<MemberId>>,
    locality: Column<Placed<LocalityId>>,
    tags: Column<TagSet>,
    resource: Column<Resource>,
    flexibility: Column<Flexibility>,
    flows: FlowColumn,
    period: Option<Placed<Period>>,
    excluded: ExcludedLines,
    unmapped: Vec<UnmappedCode>,
    patterns: Vec<PatternUse>,
}

impl Crosswalk {
    /// Places every line of a ledger.
    ///
    /// Each distinct code is looked up once. Codes that are not known become
    /// [`Gap::Unmapped`], are listed by [`MappedLedger::unmapped`] and reported as notices; so is,
    /// as a fault, a code for which two patterns that name equally much mean different things.
    ///
    /// # Errors
    ///
    /// What is not spending comes to more than 64 bits of pence.
    pub fn map(
        &self,
        ledger: Ledger,
        phase: Phase,
        axes: &Axes,
        mixes: &Mixes,
    ) -> Result<(MappedLedger, Findings), MoneyError> {
        let period = |line: usize| self.period.unwrap_or_else(|| ledger.periods()[line]);
        let excluded = ExcludedLines::of(&self.exclusions, &ledger, &self.payees, period)?;
        let mut unknown = Unplaced::default();
        let mut single = BTreeMap::new();
        for (id, mix) in mixes.iter() {
            if let ([(Placed::On(member), _)], Evidence::Direct) = (mix.parts.as_slice(), mix.class)
            {
                single.insert(*member, id);
            }
        }
        let mut mapped = MappedLedger {
            partner: column(
                "partner",
                &self.partner,
                &ledger,
                &mut unknown,
                |text| axes.partners.find(text).ok().map(Placed::On),
                Placed::Gap(Gap::Unmapped),
            ),
            activity: column(
                "activity",
                &self.activity,
                &ledger,
                &mut unknown,
                |text| {
                    let member = axes.activities.find(text).ok()?;
                    single.get(&member).copied()
                },
                mixes.unmapped(),
            ),
            ages: column(
                "ages",
                &self.ages,
                &ledger,
                &mut unknown,
                |text| Ages::from_str(text).ok().map(Placed::On),
                Placed::Gap(Gap::Unmapped),
            ),
            group: column(
                "group",
                &self.group,
                &ledger,
                &mut unknown,
                |text| axes.groups.find(text).ok().map(Placed::On),
                Placed::Gap(Gap::Unmapped),
            ),
            locality: match &self.areas {
                None => column(
                    "locality",
                    &self.locality,
                    &ledger,
                    &mut unknown,
                    |text| axes.localities.find(text).ok().map(Placed::On),
                    Placed::Gap(Gap::Unmapped),
                ),
                Some((_, areas)) => {
                    let rows = AreaRows::new(&self.locality, areas);
                    column(
                        "locality",
                        &rows.without_rows(),
                        &ledger,
                        &mut unknown,
                        |text| rows.find(text),
                        Placed::Gap(Gap::Unmapped),
                    )
                }
            },
            tags: column(
                "tag",
                &self.tags,
                &ledger,
                &mut unknown,
                // Most money carries no label.
                |text| match text {
                    "" => Some(TagSet::default()),
                    text => axes.tags.find(text).ok().map(TagSet::one),
                },
                TagSet::default(),
            ),
            resource: column(
                "resource",
                &self.resource,
                &ledger,
                &mut unknown,
                |text| Resource::from_str(text).ok(),
                Resource::Cash,
            ),
            flexibility: column(
                "flexibility",
                &self.flexibility,
                &ledger,
                &mut unknown,
                // Most ledgers say it of some lines only.
                |text| match text {
                    "" => Some(Flexibility::NotStated),
                    text => Flexibility::from_str(text).ok(),
                },
                Flexibility::NotStated,
            ),
            flows: FlowColumn::None,
            period: self.period,
            phase,
            excluded,
            ledger,
            unmapped: Vec::new(),
            patterns: std::mem::take(&mut unknown.patterns),
        };
        mapped
            .patterns
            .extend(mapped.excluded.patterns.iter().cloned());
        let mut findings = Findings::new();
        for tie in &mapped.excluded.ties {
            let is_payee = self.payees.contains(&tie.of);
            findings.extend(mapped.tie_of_reasons(tie, is_payee));
        }
        let codes: Vec<(&'static str, u32)> = unknown.codes.keys().copied().collect();
        let mut all: Vec<(UnmappedCode, &[String])> = Vec::with_capacity(codes.len());
        for ((axis, id), mut unmapped) in mapped.money_under(&codes) {
            unmapped.is_payee = self.payees.iter().any(|payee| payee == axis);
            if unmapped.is_payee {
                unmapped.code = masked(&unmapped.code);
            } else if unmapped.axis == "locality"
                && let Some((_, areas)) = &self.areas
                && areas.is_of_postcodes()
            {
                // What is no postcode may be a name.
                unmapped.is_payee = !unmapped.code.is_empty() && !is_postcode(&unmapped.code);
                unmapped.code = district_shown(&unmapped.code);
            }
            let rivals = unknown.codes.get(&(axis, id)).map(Vec::as_slice);
            all.push((unmapped, rivals.unwrap_or_default()));
        }
        for (unmapped, rivals) in alike_together(all) {
            let lookup = (self.areas.as_ref()).filter(|_| unmapped.axis == "locality");
            findings.push(match (lookup, rivals) {
                (Some((lookup, areas)), _) => not_in_lookup(&unmapped, lookup, areas),
                (None, []) => unmapped_finding(&unmapped),
                (None, rivals) => tie_finding(&unmapped, unmapped.axis, rivals),
            });
            mapped.unmapped.push(unmapped);
        }
        Ok((mapped, findings))
    }

    /// Of each text of a code name which conditions of lines that are not spending it meets; one that
    /// patterns tie over has `usize::MAX` among them.
    pub(crate) fn excluded_by(&self, name: &str, texts: &[String]) -> Vec<Vec<usize>> {
        self.exclusions.met_by(name, texts)
    }

    /// A notice if rows of the pack are about codes that no file of a ledger has, and one for each
    /// `[[excluded]]` that takes no line. For ledgers that are read whole: of a part it says nothing.
    #[must_use]
    pub fn without_effect(&self, mapped: &MappedLedger) -> Findings {
        /// How many codes are shown.
        const SHOWN: usize = 5;
        let ledger = &mapped.ledger;
        let mut findings = mapped
            .excluded
            .without_effect(&self.exclusions, ledger.id());
        let names: BTreeSet<&String> = self.rows.iter().flat_map(|row| &row.names).collect();
        let texts: BTreeMap<&String, HashSet<&str>> = (names.into_iter())
            .map(|name| {
                (
                    name,
                    ledger.code_texts(name).iter().map(String::as_str).collect(),
                )
            })
            .collect();
        let has = |texts: &HashSet<&str>, row: &super::compile::RowAbout| {
            (row.texts.iter()).any(|text| texts.contains(text.as_str()))
                || (row.pattern.as_ref())
                    .is_some_and(|pattern| texts.iter().any(|text| pattern.meets(text)))
        };
        let wider = match &self.areas {
            Some((_, areas)) if areas.is_of_postcodes() => {
                wider_codes(ledger.code_texts("locality"))
            }
            _ => HashSet::new(),
        };
        let mut seen = HashSet::new();
        let mut nowhere: Vec<(String, &Position)> = Vec::new();
        for row in &self.rows {
            let met = |name: &String| {
                texts.get(name).is_some_and(|texts| has(texts, row))
                    || name == "locality" && wider.contains(&row.code)
            };
            if row.names.iter().any(met) || !seen.insert(&row.code) {
                continue;
            }
            let is_payee = row.names.iter().any(|name| self.payees.contains(name));
            let shown = if is_payee {
                masked(&row.code)
            } else {
                row.code.clone()
            };
            nowhere.push((format!("`{shown}`"), &row.position));
        }
        if let Some((_, first)) = nowhere.first() {
            let shown: Vec<&String> = nowhere.iter().take(SHOWN).map(|(shown, _)| shown).collect();
            findings.push(Finding {
                rule: "crosswalk-code-in-no-file".to_owned(),
                severity: Severity::Notice,
                position: (*first).clone(),
                found: format!(
                    "{} of the crosswalk {} in no file of ledger `{}`: {}",
                    counted(nowhere.len(), "code"),
                    if nowhere.len() == 1 { "is" } else { "are" },
                    ledger.id(),
                    list(&shown, nowhere.len() - shown.len())
                ),
                at_stake: None,
                remedy: "correct a code that is written otherwise in the files; a row that no file needs may be taken out".to_owned(),
            });
        }
        findings
    }
}

/// Codes of a ledger that no row places, and what patterns placed.
#[derive(Debug, Default)]
struct Unplaced {
    /// By axis and number of the code; with the patterns that tie, where some do.
    codes: BTreeMap<(&'static str, u32), Vec<String>>,
    patterns: Vec<PatternUse>,
}

/// The members of one axis, one for each distinct code; codes that are not known are noted.
fn column<T: Copy + PartialEq>(
    name: &'static str,
    lookup: &Lookup<T>,
    ledger: &Ledger,
    unknown: &mut Unplaced,
    find: impl Fn(&str) -> Option<T>,
    unmapped: T,
) -> Column<T> {
    let patterns: Vec<&str> = match lookup {
        Lookup::Crosswalk { codes, .. } => codes.patterns().collect(),
        _ => Vec::new(),
    };
    let mut taken = vec![0; patterns.len()];
    let mut place = |text: &str| match lookup {
        Lookup::Always(place) => Ok(*place),
        Lookup::Crosswalk { codes, otherwise } => match codes.find(text) {
            Meaning::Exact(place) => Ok(place),
            Meaning::Pattern(place, number) => {
                taken[number] += 1;
                Ok(place)
            }
            Meaning::Tie(rivals) => Err(rivals),
            Meaning::Unknown => otherwise.ok_or_else(Vec::new),
        },
        Lookup::Code { otherwise } => find(text).or(*otherwise).ok_or_else(Vec::new),
    };
    match (lookup, ledger.code_place(name)) {
        (Lookup::Always(place), _) => Column::Always(*place),
        // Packs that name no column for an axis placed by codes do not open.
        (_, None) => Column::Always(unmapped),
        (_, Some(code)) => {
            let mut places = Vec::with_capacity(ledger.code_texts(name).len());
            for (id, text) in (0..).zip(ledger.code_texts(name)) {
                places.push(place(text).unwrap_or_else(|rivals| {
                    let rivals = rivals.into_iter().map(|number| patterns[number].to_owned());
                    unknown.codes.insert((name, id), rivals.collect());
                    unmapped
                }));
            }
            let used = patterns
                .iter()
                .zip(taken)
                .map(|(pattern, codes)| PatternUse {
                    axis: name,
                    pattern: (*pattern).to_owned(),
                    codes,
                });
            unknown.patterns.extend(used);
            Column::ByCode(code, places)
        }
    }
}

/// Some of the lines of a ledger.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    lines: u64,
    pence: i128,
    first: Option<usize>,
}

impl Sum {
    fn add(&mut self, line: usize, lines: u64, pence: i64) {
        self.lines += lines;
        self.pence += i128::from(pence);
        self.first.get_or_insert(line);
    }
}

impl MappedLedger {
    /// Lines and pence under codes that are not known, in order, with the first of the lines. Lines
    /// that are not spending need no place: a code that only they have is not among them.
    fn money_under(
        &self,
        unknown: &[(&'static str, u32)],
    ) -> Vec<((&'static str, u32), UnmappedCode)> {
        let ledger = &self.ledger;
        let mut found = Vec::with_capacity(unknown.len());
        for codes in unknown.chunk_by(|one, other| one.0 == other.0) {
            let Some(place) = codes.first().and_then(|(axis, _)| ledger.code_place(axis)) else {
                continue;
            };
            for (&(axis, id), sum) in codes.iter().zip(self.sums_under(place, codes)) {
                let Some(first) = sum.first.and_then(|line| ledger.line(line)) else {
                    continue;
                };
                let code = UnmappedCode {
                    ledger: ledger.id().to_owned(),
                    axis,
                    code: ledger.code_texts(axis)[id as usize].clone(),
                    lines: sum.lines,
                    pence: Pence::from_wide(sum.pence).unwrap_or_default(),
                    first: first.position(),
                    is_payee: false,
                };
                found.push(((axis, id), code));
            }
        }
        found
    }

    /// The money of a code of which nobody can say whether it is spending.
    fn tie_of_reasons(&self, tie: &Tie, is_payee: bool) -> Option<Finding> {
        let place = self.ledger.code_place(&tie.of)?;
        let id = u32::try_from(tie.id).ok()?;
        let sum = self.sums_under(place, &[("not spending", id)]).pop()?;
        let text = self.ledger.code_texts(&tie.of).get(tie.id)?;
        let code = UnmappedCode {
            ledger: self.ledger.id().to_owned(),
            axis: "not spending",
            code: if is_payee { masked(text) } else { text.clone() },
            lines: sum.lines,
            pence: Pence::from_wide(sum.pence).unwrap_or_default(),
            first: self.ledger.line(sum.first?)?.position(),
            is_payee,
        };
        Some(tie_finding(&code, "whether it is spending", &tie.patterns))
    }

    /// The lines under each of these codes, in one pass over the codes of that place.
    fn sums_under(&self, place: usize, codes: &[(&'static str, u32)]) -> Vec<Sum> {
        let most = codes.iter().map(|&(_, id)| id as usize).max();
        let mut slots: Vec<Option<usize>> = vec![None; most.map_or(0, |most| most + 1)];
        for (slot, &(_, id)) in codes.iter().enumerate() {
            slots[id as usize] = Some(slot);
        }
        let mut sums = vec![Sum::default(); codes.len()];
        let lines = self.ledger.ids_at(place).iter().zip(self.ledger.pence());
        for (line, (&id, &pence)) in lines.enumerate() {
            if let Some(&Some(slot)) = slots.get(id as usize)
                && !self.excluded.has(line)
            {
                sums[slot].add(line, self.ledger.stands_for(line), pence);
            }
        }
        sums
    }
}

/// A code that patterns of equal weight place differently.
fn tie_finding(unmapped: &UnmappedCode, about: &str, rivals: &[String]) -> Finding {
    let rivals: Vec<String> = rivals
        .iter()
        .map(|pattern| format!("`{pattern}`"))
        .collect();
    Finding {
        rule: "crosswalk-patterns-tie".to_owned(),
        severity: Severity::Fault,
        position: unmapped.first.clone().column(unmapped.axis),
        found: format!(
            "`{}` of ledger `{}` ({}) is met by {}, which name equally much and mean different things on {}",
            unmapped.code,
            unmapped.ledger,
            counted(unmapped.lines, "line"),
            list(&rivals, 0),
            about
        ),
        at_stake: Some(unmapped.pence),
        remedy: format!(
            "the money is kept; give `{}` a row of its own, or let one pattern name more",
            unmapped.code
        ),
    }
}

fn unmapped_finding(unmapped: &UnmappedCode) -> Finding {
    Finding {
        rule: "unmapped-code".to_owned(),
        severity: Severity::Notice,
        position: unmapped.first.clone().column(unmapped.axis),
        found: format!(
            "`{}` is not in the crosswalk of ledger `{}` ({})",
            unmapped.code,
            unmapped.ledger,
            counted(unmapped.lines, "line"),
        ),
        at_stake: Some(unmapped.pence),
        remedy: format!(
            "{}; correct `{}`, add it to the crosswalk, or write down `otherwise` for {}",
            match unmapped.axis {
                "tag" => "the money is kept, without a tag",
                "resource" => "it is kept as cash",
                "flexibility" => "the money is kept, and its flexibility is not stated",
                _ => "the money is kept as unmapped",
            },
            unmapped.code,
            unmapped.axis
        ),
    }
}

impl MappedLedger {
    /// The ledger itself.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Codes that no crosswalk row knows, with the money under them.
    #[must_use]
    pub fn unmapped(&self) -> &[UnmappedCode] {
        &self.unmapped
    }

    /// What is not spending, as each rule takes it out; rules that take nothing are not among them.
    pub fn excluded(&self) -> impl Iterator<Item = &ExcludedMoney> {
        self.excluded.money()
    }

    /// Whether a line is spending, and not taken out of the account.
    #[must_use]
    pub fn is_spending(&self, line: &LineRef<'_>) -> bool {
        !self.excluded.has(line.index())
    }

    /// The lines that are spending.
    pub(crate) fn spending(&self) -> impl Iterator<Item = LineRef<'_>> {
        self.ledger.lines().filter(|line| self.is_spending(line))
    }

    /// The pence of the lines that are spending, and how many there are.
    pub(crate) fn spent(&self) -> (i128, u64) {
        let whole = (
            i128::from(self.ledger.total().get()),
            self.ledger.lines_stood_for(),
        );
        (self.excluded()).fold(whole, |(pence, lines), excluded| {
            (
                pence - i128::from(excluded.pence.get()),
                lines - excluded.lines,
            )
        })
    }

    /// The patterns of its crosswalk, with how many codes each placed.
    #[must_use]
    pub fn patterns(&self) -> &[PatternUse] {
        &self.patterns
    }

    /// The same lines, with the payments between partners among them.
    #[must_use]
    pub(crate) fn with_flows(self, flows: FlowColumn) -> Self {
        Self { flows, ..self }
    }

    /// Whose line it is.
    #[must_use]
    pub fn partner(&self, line: &LineRef<'_>) -> Placed<MemberId> {
        self.partner.of(&self.ledger, line.index())
    }

    /// When the money of a line moved.
    #[must_use]
    pub fn period(&self, line: &LineRef<'_>) -> Placed<Period> {
        self.period.unwrap_or_else(|| line.period())
    }

    /// Cash, or something in kind.
    pub(crate) fn resource(&self, line: &LineRef<'_>) -> Resource {
        self.resource.of(&self.ledger, line.index())
    }

    /// The payment between partners that a line is.
    #[must_use]
    pub fn flow(&self, line: &LineRef<'_>) -> FlowId {
        self.flows.of(line.index())
    }

    /// Budget, forecast or outturn.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The coordinates of a line on all axes.
    #[must_use]
    pub fn coding(&self, line: &LineRef<'_>) -> Coding {
        let (ledger, index) = (&self.ledger, line.index());
        Coding {
            partner: self.partner.of(ledger, index),
            activity: self.activity.of(ledger, index),
            ages: self.ages.of(ledger, index),
            group: self.group.of(ledger, index),
            locality: self.locality.of(ledger, index),
            flow: self.flows.of(index),
            resource: self.resource.of(ledger, index),
            flexibility: self.flexibility.of(ledger, index),
            period: self.period(line),
            phase: self.phase,
            tags: self.tags.of(ledger, index),
        }
    }

    /// Which lines stand alike, by their codes.
    pub(crate) fn alike(&self) -> AlikeLines<'_> {
        let ledger = &self.ledger;
        let mut regions = Alike::of(ledger);
        regions.by(&self.locality);
        regions.by(&self.ages);
        regions.by(&self.group);
        let mut matters = Alike::of(ledger);
        matters.by(&self.resource);
        matters.by(&self.activity);
        matters.by(&self.partner);
        matters.by(&self.flexibility);
        matters.by(&self.tags);
        matters.by_flow(&self.flows);
        AlikeLines {
            regions: regions.if_few(),
            matters: matters.if_few(),
        }
    }

    /// What is not spending, for the reconciliation; nothing where all of it is.
    #[must_use]
    pub fn spending_step(&self) -> Option<Step> {
        self.excluded().next()?;
        let spent = Pence::from_wide(self.spent().0).unwrap_or_default();
        let name = format!("ledger `{}`: what is spending", self.ledger.id());
        let step = Step::new(name, self.ledger.total(), spent);
        Some(self.excluded().fold(step, |step, excluded| {
            step.difference(excluded.name(), excluded.taken_out())
        }))
    }

    /// What the crosswalk did with the money, for the reconciliation: all that is spending is on
    /// members, or in gaps that the name of the step says.
    #[must_use]
    pub fn step(&self, mixes: &Mixes) -> Step {
        let activity = |mix: MixId| {
            let Mix { parts, .. } = mixes.get(mix);
            parts.iter().find_map(|(place, _)| reason(*place))
        };
        let axes: [Under<'_>; 6] = [
            ("activity", Box::new(|| self.gaps(&self.activity, activity))),
            ("ages", Box::new(|| self.gaps(&self.ages, reason))),
            ("group", Box::new(|| self.gaps(&self.group, reason))),
            ("locality", Box::new(|| self.gaps(&self.locality, reason))),
            ("partner", Box::new(|| self.gaps(&self.partner, reason))),
            ("period", Box::new(|| self.gaps_of_time())),
        ];
        let gaps: Vec<_> = (axes.par_iter())
            .flat_map_iter(|(axis, gaps)| {
                gaps()
                    .into_iter()
                    .map(move |(gap, sum)| ((*axis, gap), sum))
            })
            .collect();
        let lines = self.ledger.pence().iter().enumerate();
        let whole: i128 = lines
            .filter(|(line, _)| !self.excluded.has(*line))
            .map(|(_, &pence)| i128::from(pence))
            .sum();
        let mut name = format!(
            "crosswalk of ledger `{}`: every line on a member or in a gap",
            self.ledger.id()
        );
        for ((axis, gap), pence) in gaps {
            if let Ok(pence) = Pence::from_wide(pence) {
                name.push_str(&format!("; {pence} with {axis} {gap}"));
            }
        }
        let spent = |pence: i128| Pence::from_wide(pence).unwrap_or_default();
        Step::new(name, spent(self.spent().0), spent(whole))
    }
}

/// An axis, and the pence in each gap of it.
type Under<'a> = (
    &'static str,
    Box<dyn Fn() -> BTreeMap<Gap, i128> + Sync + 'a>,
);

impl MappedLedger {
    /// The pence in each gap of an axis, where some line is in one.
    fn gaps<T: Copy>(
        &self,
        column: &Column<T>,
        gap_of: impl Fn(T) -> Option<Gap>,
    ) -> BTreeMap<Gap, i128> {
        match column {
            Column::Always(place) => self.all_in(gap_of(*place)),
            Column::ByCode(code, places) => {
                let gaps: Vec<Option<Gap>> = places.iter().map(|&place| gap_of(place)).collect();
                if gaps.iter().all(Option::is_none) {
                    return BTreeMap::new();
                }
                let ids = self.ledger.ids_at(*code).iter();
                self.sums(ids.map(|&id| gaps[id as usize]))
            }
        }
    }

    fn gaps_of_time(&self) -> BTreeMap<Gap, i128> {
        match self.period {
            Some(period) => self.all_in(reason(period)),
            None if self.ledger.files().iter().all(|file| file.undated == 0) => BTreeMap::new(),
            None => self.sums(self.ledger.periods().iter().map(|&period| reason(period))),
        }
    }

    /// What every line is in.
    fn all_in(&self, gap: Option<Gap>) -> BTreeMap<Gap, i128> {
        let (pence, lines) = self.spent();
        let gap = gap.filter(|_| lines > 0).into_iter();
        gap.map(|gap| (gap, pence)).collect()
    }

    /// The pence of the lines in each gap.
    fn sums(&self, gaps: impl Iterator<Item = Option<Gap>>) -> BTreeMap<Gap, i128> {
        let mut sums = [(0u64, 0i128); Gap::ALL.len()];
        for (line, (gap, &pence)) in gaps.zip(self.ledger.pence()).enumerate() {
            if let Some(gap) = gap.filter(|_| !self.excluded.has(line)) {
                let sum = &mut sums[gap as usize];
                sum.0 += 1;
                sum.1 += i128::from(pence);
            }
        }
        let found = Gap::ALL.into_iter().zip(sums).filter(|(_, sum)| sum.0 > 0);
        found.map(|(gap, (_, pence))| (gap, pence)).collect()
    }
}

fn reason<T>(place: Placed<T>) -> Option<Gap> {
    match place {
        Placed::On(_) => None,
        Placed::Gap(gap) => Some(gap),
    }
}
