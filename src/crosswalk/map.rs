//! Ledger lines on their places.

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

/// The place of a line on every axis: the node its partner really knows, or the reason why none.
///
/// In the order in which places are compared: what is divided by a driver first, time last.
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

/// How the lines of a ledger find their place on one axis.
#[derive(Clone, Debug)]
enum Column<T> {
    Always(T),
    /// One place for each distinct code of that code name of the ledger.
    ByCode(usize, Vec<T>),
}

impl<T: Copy> Column<T> {
    fn of(&self, ledger: &Ledger, line: usize) -> T {
        match self {
            Self::Always(place) => *place,
            Self::ByCode(code, places) => places[ledger.ids_at(*code)[line] as usize],
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
            locality: column(
                "locality",
                &self.locality,
                &ledger,
                &mut unknown,
                |text| axes.localities.find(text).ok().map(Placed::On),
                Placed::Gap(Gap::Unmapped),
            ),
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
        mapped.unmapped = money_under(&mapped.ledger, unknown);
        let mut findings = Findings::new();
        for unmapped in &mut mapped.unmapped {
            let first = first_line(unmapped, &mapped.ledger);
            if self.payees.contains(&unmapped.axis) {
                unmapped.code = masked(&unmapped.code);
            }
            findings.push(unmapped_finding(unmapped, first));
        }
        (mapped, findings)
    }
}

/// The places of one axis, one for each distinct code; codes that are not known are noted.
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

/// Lines and pence under each code that is not known.
fn money_under(ledger: &Ledger, unknown: Vec<(&'static str, u32)>) -> Vec<UnmappedCode> {
    if unknown.is_empty() {
        return Vec::new();
    }
    let mut sums: BTreeMap<(&'static str, u32), (u64, i128)> =
        unknown.into_iter().map(|key| (key, (0, 0))).collect();
    let names: Vec<&'static str> = {
        let mut names: Vec<_> = sums.keys().map(|(name, _)| *name).collect();
        names.dedup();
        names
    };
    for line in ledger.lines() {
        for name in &names {
            if let Some(sum) = line.code_id(name).and_then(|id| sums.get_mut(&(*name, id))) {
                sum.0 += 1;
                sum.1 += i128::from(line.pence().get());
            }
        }
    }
    sums.into_iter()
        .map(|((axis, id), (lines, pence))| UnmappedCode {
            ledger: ledger.id().to_owned(),
            axis,
            code: ledger.code_texts(axis)[id as usize].clone(),
            lines,
            pence: Pence::from_wide(pence).unwrap_or_default(),
        })
        .collect()
}

fn first_line(unmapped: &UnmappedCode, ledger: &Ledger) -> Position {
    ledger
        .lines()
        .find(|line| line.code(unmapped.axis) == Some(unmapped.code.as_str()))
        .map_or_else(|| Position::file(ledger.id()), |line| line.position())
}

fn unmapped_finding(unmapped: &UnmappedCode, first: Position) -> Finding {
    Finding {
        rule: "unmapped-code".to_owned(),
        severity: Severity::Notice,
        position: first.column(unmapped.axis),
        found: format!(
            "`{}` is not in the crosswalk of ledger `{}` ({} line{})",
            unmapped.code,
            unmapped.ledger,
            unmapped.lines,
            if unmapped.lines == 1 { "" } else { "s" },
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

    /// The place of a line on every axis.
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
        let mut gaps: BTreeMap<(&str, Gap), i128> = BTreeMap::new();
        let mut whole = 0i128;
        for line in self.ledger.lines() {
            let pence = i128::from(line.pence().get());
            whole += pence;
            for gap in self.coding(&line).gaps(mixes).into_iter().flatten() {
                *gaps.entry(gap).or_default() += pence;
            }
        }
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

impl Coding {
    /// The gaps this place has, axis by axis.
    fn gaps(&self, mixes: &Mixes) -> [Option<(&'static str, Gap)>; 6] {
        let Mix { parts, .. } = mixes.get(self.activity);
        let activity = parts.iter().find_map(|(place, _)| reason(*place));
        [
            ("partner", reason(self.partner)),
            ("activity", activity),
            ("ages", reason(self.ages)),
            ("group", reason(self.group)),
            ("locality", reason(self.locality)),
            ("period", reason(self.period)),
        ]
        .map(|(axis, gap)| gap.map(|gap| (axis, gap)))
    }
}

fn reason<T>(place: Placed<T>) -> Option<Gap> {
    match place {
        Placed::On(_) => None,
        Placed::Gap(gap) => Some(gap),
    }
}
