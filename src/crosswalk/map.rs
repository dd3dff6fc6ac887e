//! Ledger lines with their coordinates: a member, or a gap, of each axis.

use super::area_rows::{AreaRows, alike_together, district_shown, not_in_lookup};
use super::compile::Lookup;
use super::{Crosswalk, MixId, Mixes};
use crate::axis::{
    Ages, Axes, Evidence, Flexibility, Gap, LocalityId, MemberId, Period, Phase, Placed, Resource,
};
use crate::counterparty::{FlowColumn, FlowId};
use crate::crosswalk::Mix;
use crate::finding::{Finding, Findings, Position, Severity, masked};
use crate::ledger::{Ledger, LineRef};
use crate::money::Pence;
use crate::reconciliation::Step;
use crate::text::counted;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
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
}

/// How the lines of a ledger find their member of one axis.
#[derive(Clone, Debug)]
enum Column<T> {
    Always(T),
    /// One member for each distinct code of that code name of the ledger.
    ByCode(usize, Vec<T>),
}

impl<T: Copy> Column<T> {
    fn of(&self, ledger: &Ledger, line: usize) -> T {
        match self {
            Self::Always(member) => *member,
            Self::ByCode(code, members) => members[ledger.ids_at(*code)[line] as usize],
        }
    }
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
    unmapped: Vec<UnmappedCode>,
}

impl Crosswalk {
    /// Places every line of a ledger.
    ///
    /// Each distinct code is looked up once. Codes that are not known become
    /// [`Gap::Unmapped`], are listed by [`MappedLedger::unmapped`] and reported as notices.
    #[must_use]
    pub fn map(
        &self,
        ledger: Ledger,
        phase: Phase,
        axes: &Axes,
        mixes: &Mixes,
    ) -> (MappedLedger, Findings) {
        let mut unknown = Vec::new();
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
            ledger,
            unmapped: Vec::new(),
        };
        let mut findings = Findings::new();
        let mut all = money_under(&mapped.ledger, unknown);
        for (unmapped, _) in &mut all {
            if self.payees.contains(&unmapped.axis) {
                unmapped.code = masked(&unmapped.code);
            } else if unmapped.axis == "locality"
                && let Some((_, areas)) = &self.areas
                && areas.is_of_postcodes()
            {
                unmapped.code = district_shown(&unmapped.code);
            }
        }
        for (unmapped, first) in alike_together(all) {
            let lookup = (self.areas.as_ref()).filter(|_| unmapped.axis == "locality");
            findings.push(match lookup {
                Some((lookup, areas)) => not_in_lookup(&unmapped, first, lookup, areas),
                None => unmapped_finding(&unmapped, first),
            });
            mapped.unmapped.push(unmapped);
        }
        (mapped, findings)
    }
}

/// The members of one axis, one for each distinct code; codes that are not known are noted.
fn column<T: Copy>(
    name: &'static str,
    lookup: &Lookup<T>,
    ledger: &Ledger,
    unknown: &mut Vec<(&'static str, u32)>,
    find: impl Fn(&str) -> Option<T>,
    unmapped: T,
) -> Column<T> {
    let place = |text: &str| match lookup {
        Lookup::Always(place) => Some(*place),
        Lookup::Crosswalk { codes, otherwise } => codes.get(text).copied().or(*otherwise),
        Lookup::Code { otherwise } => find(text).or(*otherwise),
    };
    match (lookup, ledger.code_place(name)) {
        (Lookup::Always(place), _) => Column::Always(*place),
        // Packs that name no column for an axis placed by codes do not open.
        (_, None) => Column::Always(unmapped),
        (_, Some(code)) => {
            let mut places = Vec::with_capacity(ledger.code_texts(name).len());
            for (id, text) in (0..).zip(ledger.code_texts(name)) {
                let found = place(text);
                if found.is_none() {
                    unknown.push((name, id));
                }
                places.push(found.unwrap_or(unmapped));
            }
            Column::ByCode(code, places)
        }
    }
}

/// Lines and pence under each code that is not known, with the first of the lines.
fn money_under(
    ledger: &Ledger,
    mut unknown: Vec<(&'static str, u32)>,
) -> Vec<(UnmappedCode, Position)> {
    unknown.sort_unstable();
    let mut found = Vec::with_capacity(unknown.len());
    for codes in unknown.chunk_by(|one, other| one.0 == other.0) {
        let Some(place) = codes.first().and_then(|(axis, _)| ledger.code_place(axis)) else {
            continue;
        };
        for ((axis, id), sum) in codes.iter().zip(sums_under(ledger, place, codes)) {
            let code = UnmappedCode {
                ledger: ledger.id().to_owned(),
                axis,
                code: ledger.code_texts(axis)[*id as usize].clone(),
                lines: sum.lines,
                pence: Pence::from_wide(sum.pence).unwrap_or_default(),
            };
            let first = sum.first.and_then(|line| ledger.line(line));
            let position = first.map(|line| line.position());
            found.push((
                code,
                position.unwrap_or_else(|| Position::file(ledger.id())),
            ));
        }
    }
    found
}

/// Some of the lines of a ledger.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    lines: u64,
    pence: i128,
    first: Option<usize>,
}

impl Sum {
    fn add(&mut self, line: usize, pence: i64) {
        self.lines += 1;
        self.pence += i128::from(pence);
        self.first.get_or_insert(line);
    }
}

/// The lines under each of these codes, in one pass over the codes of that place.
fn sums_under(ledger: &Ledger, place: usize, codes: &[(&'static str, u32)]) -> Vec<Sum> {
    let most = codes.iter().map(|&(_, id)| id as usize).max();
    let mut slots: Vec<Option<usize>> = vec![None; most.map_or(0, |most| most + 1)];
    for (slot, &(_, id)) in codes.iter().enumerate() {
        slots[id as usize] = Some(slot);
    }
    let mut sums = vec![Sum::default(); codes.len()];
    let lines = ledger.ids_at(place).iter().zip(ledger.pence());
    for (line, (&id, &pence)) in lines.enumerate() {
        if let Some(&Some(slot)) = slots.get(id as usize) {
            sums[slot].add(line, pence);
        }
    }
    sums
}

fn unmapped_finding(unmapped: &UnmappedCode, first: Position) -> Finding {
    Finding {
        rule: "unmapped-code".to_owned(),
        severity: Severity::Notice,
        position: first.column(unmapped.axis),
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

    /// What the crosswalk did with the money, for the reconciliation.
    ///
    /// The differences are a grouping of the same money: what sits on members of every axis, and
    /// what sits in some gap. Both together are what went in.
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
        let whole: i128 = self
            .ledger
            .pence()
            .iter()
            .map(|&pence| i128::from(pence))
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
        Step::new(
            name,
            self.ledger.total(),
            Pence::from_wide(whole).unwrap_or_default(),
        )
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
        let lines = gap.filter(|_| !self.ledger.is_empty()).into_iter();
        lines
            .map(|gap| (gap, self.ledger.total().get().into()))
            .collect()
    }

    /// The pence of the lines in each gap.
    fn sums(&self, gaps: impl Iterator<Item = Option<Gap>>) -> BTreeMap<Gap, i128> {
        let mut sums = [(0u64, 0i128); Gap::ALL.len()];
        for (gap, &pence) in gaps.zip(self.ledger.pence()) {
            if let Some(gap) = gap {
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
