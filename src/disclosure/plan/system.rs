//! From the figures that a site tells to the system of sums and lines that is protected.

use super::asker::PrivatePart;
use super::key::{FigureKey, RowKey};
use super::noted::Noted;
use super::{Entry, Plan};
use crate::disclosure::DisclosureError;
use crate::disclosure::figure::Aspect;
use crate::disclosure::pattern::{self, Keep, Kind, Looks, PrivateSum, System, ToldLine};
use crate::disclosure::policy::{DisclosurePolicy, KindOfFigure};
use crate::disclosure::private::{EarlierLine, PrivateMoney};
use crate::disclosure::why::Why;
use crate::money::{Pence, Ratio};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Lines of the system, each different private part once.
struct Lines {
    lines: Vec<ToldLine>,
    numbers: HashMap<Vec<(u32, Ratio)>, u32>,
    kinds: Vec<Kind>,
    by_kind: BTreeMap<KindOfFigure, u16>,
}

/// The plan of all figures that were noted; of kinds that are left out none is told, whatever is in it.
pub fn plan(
    noted: &Noted,
    policy: &DisclosurePolicy,
    private: &PrivateMoney,
    left_out: BTreeSet<KindOfFigure>,
) -> Result<Plan, DisclosureError> {
    let mut lines = Lines {
        lines: Vec::new(),
        numbers: HashMap::new(),
        kinds: Vec::new(),
        by_kind: BTreeMap::new(),
    };
    for told in private.told() {
        let shares = told.sums.iter().filter_map(|sum| u32::try_from(*sum).ok());
        let shares = shares.map(|sum| (sum, Ratio::one())).collect();
        lines.add(shares, &KindOfFigure::default(), policy, Keep::Known);
    }
    for told in private.earlier() {
        let kind = KindOfFigure::default();
        lines.add(told.shares.clone(), &kind, policy, Keep::Always);
    }
    let beforehand = lines.lines.len();
    let mut entries: BTreeMap<FigureKey, BTreeMap<Aspect, Entry>> = BTreeMap::new();
    for (key, figure) in noted.iter() {
        let mut of_figure = BTreeMap::new();
        if left_out.contains(&figure.kind) {
            let never = Entry::Never(Why::TellsAnother);
            of_figure.extend(Aspect::all().map(|aspect| (aspect, never)));
            entries.insert(key.clone(), of_figure);
            continue;
        }
        for (aspect, part) in &figure.parts {
            let entry = match part {
                PrivatePart::Shares(shares) => {
                    let keep = keep(*aspect, key, &figure.kind, policy);
                    let unknown = shares.iter().filter(|(sum, _)| !private.is_rounded(*sum));
                    Entry::Line(lines.add(unknown.cloned().collect(), &figure.kind, policy, keep))
                }
                PrivatePart::Never(why) => Entry::Never(*why),
            };
            of_figure.insert(*aspect, entry);
        }
        entries.insert(key.clone(), of_figure);
    }
    differences(noted, private, policy, &mut lines);
    let sums = (0u32..).zip(private.sums()).map(|(number, sum)| {
        let sum = sum.of_system()?;
        // What is told as it was rounded is no unknown of this system.
        Ok(match private.is_rounded(number) {
            true => PrivateSum {
                pence: Pence::ZERO,
                holders: Vec::new(),
                ..sum
            },
            false => sum,
        })
    });
    let looks = policy.looks();
    Ok(Plan {
        system: System {
            sums: sums.collect::<Result<_, DisclosureError>>()?,
            lines: lines.lines,
            rules: policy
                .rules()
                .iter()
                .map(|rule| rule.rule.clone())
                .collect(),
            kinds: lines.kinds,
            looks: Looks {
                partners: looks.partners,
                holders: looks.holders,
            },
            before: policy.before().clone(),
        },
        beforehand,
        entries,
        left_out,
    })
}

/// Who has the same figure of two editions may subtract one from the other: what is between them is a figure too.
fn differences(
    noted: &Noted,
    private: &PrivateMoney,
    policy: &DisclosurePolicy,
    lines: &mut Lines,
) {
    let mut then: HashMap<&str, Vec<&EarlierLine>> = HashMap::new();
    for line in private.earlier() {
        for figure in &line.figures {
            then.entry(figure).or_default().push(line);
        }
    }
    if then.is_empty() {
        return;
    }
    for (key, figure) in noted.iter() {
        for (aspect, part) in &figure.parts {
            let PrivatePart::Shares(now) = part else {
                continue;
            };
            let name = figure_text(key, *aspect);
            for before in then.get(name.as_str()).into_iter().flatten() {
                let between = between(now, &before.shares);
                if !between.is_empty() {
                    lines.add(between, &figure.kind, policy, Keep::IfPossible);
                }
            }
        }
    }
}

/// A figure and which sum of it, in words that are the same in every edition.
pub fn figure_text(key: &FigureKey, aspect: Aspect) -> String {
    format!("{key}: {aspect:?}")
}

/// Shares less others; those that come to nothing are left out.
fn between(now: &[(u32, Ratio)], before: &[(u32, Ratio)]) -> Vec<(u32, Ratio)> {
    let mut all: BTreeMap<u32, Ratio> = now.iter().cloned().collect();
    for (sum, share) in before {
        let left = all.entry(*sum).or_insert_with(Ratio::zero);
        *left = left.minus(share);
    }
    all.retain(|_, share| !share.is_zero());
    all.into_iter().collect()
}

/// Whether a figure may be withheld. What is kept is the sum: how it is known, what stands beside it and what lies
/// outside may go.
fn keep(aspect: Aspect, key: &FigureKey, kind: &KindOfFigure, policy: &DisclosurePolicy) -> Keep {
    let kept = policy.kept();
    let is_sum = aspect == Aspect::Sum && key.row != RowKey::Complement;
    if !is_sum || !kept.always.contains(kind) {
        Keep::IfPossible
    } else if kept.may_give_up.contains(kind) {
        Keep::ToTheLast
    } else {
        Keep::Always
    }
}

impl Lines {
    /// The line of a private part, and what it costs to withhold it: as much as the dearest of its figures.
    fn add(
        &mut self,
        shares: Vec<(u32, Ratio)>,
        kind: &KindOfFigure,
        policy: &DisclosurePolicy,
        keep: Keep,
    ) -> u32 {
        let kind = self.kind(kind, policy);
        if let Some(number) = self.numbers.get(&shares) {
            if let Some(line) = self.lines.get_mut(*number as usize) {
                line.keep = line.keep.max(keep);
                let cost = |kind: u16| self.kinds.get(usize::from(kind)).map(|kind| kind.cost);
                if cost(kind) > cost(line.kind) {
                    line.kind = kind;
                }
            }
            return *number;
        }
        let number = u32::try_from(self.lines.len()).unwrap_or(u32::MAX);
        self.numbers.insert(shares.clone(), number);
        self.lines.push(ToldLine { shares, kind, keep });
        number
    }

    fn kind(&mut self, kind: &KindOfFigure, policy: &DisclosurePolicy) -> u16 {
        if let Some(number) = self.by_kind.get(kind) {
            return *number;
        }
        let number = u16::try_from(self.kinds.len()).unwrap_or(u16::MAX);
        self.by_kind.insert(kind.clone(), number);
        self.kinds.push(Kind {
            name: kind.to_string().into(),
            cost: policy.kept().cost(kind),
        });
        number
    }
}

/// Why a line is withheld, as figures say it.
pub fn why_of(why: pattern::Why) -> Why {
    match why {
        pattern::Why::Few => Why::Few,
        pattern::Why::Dominated => Why::Dominated,
        pattern::Why::TellsAnother => Why::TellsAnother,
    }
}
