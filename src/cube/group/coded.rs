//! Lines as columns of small integers: what engines group.

use crate::axis::{Ages, Flexibility, Gap, LocalityId, MemberId, Period, Phase, Placed, Resource};
use crate::counterparty::FlowId;
use crate::crosswalk::{Coding, MixId, TagSet};
use crate::money::Pence;

/// Lines of an account as columns, one integer for each axis, one for tags, and the pence.
///
/// 52 bytes a line. Codes keep the order of members; gaps come after all members.
#[derive(Clone, Debug, Default)]
pub struct CodedLines {
    pub(super) axes: [Vec<u32>; AXES.len()],
    pub(super) tags: Vec<u64>,
    pub(super) pence: Vec<i64>,
}

/// The columns of codes, in the order in which places are compared.
pub(super) const AXES: [&str; 9] = [
    "partner",
    "activity",
    "ages",
    "group",
    "locality",
    "flow",
    "flexibility",
    "period",
    "terms",
];

const FIRST_GAP: u32 = u32::MAX - 15;

impl CodedLines {
    /// No lines yet, with room for so many.
    #[must_use]
    pub fn with_capacity(lines: usize) -> Self {
        Self {
            axes: std::array::from_fn(|_| Vec::with_capacity(lines)),
            tags: Vec::with_capacity(lines),
            pence: Vec::with_capacity(lines),
        }
    }

    /// Adds a line.
    pub fn push(&mut self, coding: &Coding, pence: Pence) {
        for (column, code) in self.axes.iter_mut().zip(encode(coding)) {
            column.push(code);
        }
        self.tags.push(coding.tags.0);
        self.pence.push(pence.get());
    }

    /// How many lines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pence.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pence.is_empty()
    }

    /// The pence of each line.
    pub fn pence(&self) -> impl Iterator<Item = Pence> + '_ {
        self.pence.iter().map(|&pence| Pence::new(pence))
    }

    /// Each line.
    pub fn iter(&self) -> impl Iterator<Item = (Coding, Pence)> + '_ {
        (0..self.len()).map(|i| {
            let codes = std::array::from_fn(|axis| self.axes[axis][i]);
            (decode(codes, self.tags[i]), Pence::new(self.pence[i]))
        })
    }
}

impl FromIterator<(Coding, Pence)> for CodedLines {
    fn from_iter<I: IntoIterator<Item = (Coding, Pence)>>(lines: I) -> Self {
        let mut coded = Self::default();
        coded.extend(lines);
        coded
    }
}

impl Extend<(Coding, Pence)> for CodedLines {
    fn extend<I: IntoIterator<Item = (Coding, Pence)>>(&mut self, lines: I) {
        for (coding, pence) in lines {
            self.push(&coding, pence);
        }
    }
}

fn encode(coding: &Coding) -> [u32; AXES.len()] {
    [
        code(coding.partner, |member| member.0),
        coding.activity.0,
        code(coding.ages, |ages| {
            u32::from(ages.youngest()) << 8 | u32::from(ages.oldest())
        }),
        code(coding.group, |member| member.0),
        code(coding.locality, |locality| locality.0),
        coding.flow.0,
        coding.flexibility.packed(),
        code(coding.period, Period::packed),
        coding.phase as u32 + PHASES * coding.resource as u32,
    ]
}

/// Phase and resource share a column.
const PHASES: u32 = 3;

fn code<T: Copy>(place: Placed<T>, member: impl Fn(T) -> u32) -> u32 {
    match place {
        Placed::On(found) => member(found),
        Placed::Gap(gap) => FIRST_GAP + gap as u32,
    }
}

pub(super) fn decode(codes: [u32; AXES.len()], tags: u64) -> Coding {
    let [
        partner,
        activity,
        ages,
        group,
        locality,
        flow,
        flexibility,
        period,
        terms,
    ] = codes;
    Coding {
        partner: place(partner, |code| Some(MemberId(code))),
        activity: MixId(activity),
        ages: place(ages, |code| {
            let [_, _, youngest, oldest] = code.to_be_bytes();
            Ages::new(youngest, oldest).ok()
        }),
        group: place(group, |code| Some(MemberId(code))),
        locality: place(locality, |code| Some(LocalityId(code))),
        flow: FlowId(flow),
        resource: Resource::ALL
            .get((terms / PHASES) as usize)
            .copied()
            .unwrap_or_default(),
        flexibility: Flexibility::unpacked(flexibility),
        period: place(period, Period::unpacked),
        phase: match terms % PHASES {
            0 => Phase::Budget,
            1 => Phase::Forecast,
            _ => Phase::Outturn,
        },
        tags: TagSet(tags),
    }
}

fn place<T>(code: u32, member: impl Fn(u32) -> Option<T>) -> Placed<T> {
    let gap = code
        .checked_sub(FIRST_GAP)
        .and_then(|gap| Gap::ALL.get(gap as usize));
    match gap {
        Some(gap) => Placed::Gap(*gap),
        // Only `encode` writes codes, so a member is always found.
        None => member(code).map_or(Placed::Gap(Gap::Unknown), Placed::On),
    }
}
