//! How a figure was made: lines, shares, drivers and rounding.

use super::lines;
use super::walk::{Piece, visit};
use crate::account::PlaceAccount;
use crate::axis::{Evidence, Placed, Side};
use crate::crosswalk::Coding;
use crate::cube::ask::answer::Row;
use crate::cube::ask::plan::{Cell, Drill, Fate, Memorandum, Plan, Role};
use crate::ledger::LineRef;
use crate::money::{Exact, Pence, Ratio, with_pound_sign};
use crate::place::Place;
use crate::reconciliation::Difference;
use crate::text::grouped;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// How one figure of an answer was made.
///
/// The exact sums of its contributions are the figure before closing; `rounding` is what closing
/// added, less than a penny.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Explanation {
    /// What is explained: the keys of the row, or the total.
    pub of: String,
    /// The figure, closed to the penny.
    pub amount: Pence,
    /// The sum of the contributions in pounds, rounded to six decimals.
    pub exact: String,
    /// What closing the table added, in pounds, rounded to six decimals.
    pub rounding: String,
    /// Each record that has a part in it, by partner and activity; records that are zero have none.
    pub contributions: Vec<Contribution>,
    /// What makes the sums beside the figure, with their signs: eliminated, agency money, what came
    /// in, what was given in kind.
    #[serde(rename = "beside")]
    pub memoranda: BTreeMap<Memorandum, Vec<Contribution>>,
}

/// The part one record has in a figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Contribution {
    /// Where the record sits: axis → member or gap.
    pub recorded: BTreeMap<String, String>,
    /// The sum of its lines.
    pub pence: Pence,
    /// How many lines.
    pub line_count: u64,
    /// The ledger lines.
    pub lines: Vec<LineShown>,
    /// The shares taken of the sum, in order; none when all of it lies in the figure.
    pub shares: Vec<ShareStep>,
    /// The class of the weakest share.
    pub class: Evidence,
    /// The part, in pounds, rounded to six decimals.
    pub exact: String,
}

/// One line of a ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LineShown {
    /// Code of the ledger in the pack.
    pub ledger: String,
    /// File and line.
    pub position: String,
    /// Its amount; of a line that finer ones lie inside, what they leave.
    pub pence: Pence,
    /// How that came about, where finer lines lie inside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rest: Option<RestShown>,
}

/// How a line came to what finer lines leave of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RestShown {
    /// The amount in the file.
    pub written: Pence,
    /// What is taken from it, and where that is counted.
    pub less: Vec<Difference>,
}

impl fmt::Display for RestShown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the rest of {}", self.written)?;
        for (number, less) in self.less.iter().enumerate() {
            let before = if number == 0 { ", of which" } else { " and" };
            let counted = Pence::new(less.pence.get().saturating_neg());
            write!(f, "{before} {counted} is {}", less.name)?;
        }
        Ok(())
    }
}

/// One share taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ShareStep {
    /// What was shared over: people and places, activities, days.
    pub over: String,
    /// The part: a whole number, in digits, because those of a long chain of payments are long.
    pub numerator: String,
    /// The whole, likewise.
    pub denominator: String,
    /// The driver or the weights.
    pub by: String,
    /// How this share is known.
    pub class: Evidence,
}

const DECIMALS: u32 = 6;

/// Explains a figure of a plan that was answered: of the row whose cells these are, or of the total
/// where there are none.
pub(in crate::cube::ask) fn explain(
    plan: &Plan<'_>,
    row: &Row,
    cells: &[Cell],
    account: &PlaceAccount,
) -> Explanation {
    let keys: Vec<String> = row
        .keys
        .iter()
        .map(|part| format!("{} {}", part.axis, part.name))
        .collect();
    let of = if keys.is_empty() {
        "the total".to_owned()
    } else {
        keys.join(", ")
    };
    let figure = &row.figure;
    let mut parts: Vec<(Coding, Contribution)> = Vec::new();
    let mut memoranda: BTreeMap<Memorandum, Vec<(Coding, Contribution)>> = BTreeMap::new();
    let mut exact = Exact::zero();
    visit(plan, &mut |piece| {
        let nothing = piece.record.pence == Pence::ZERO;
        if piece.fate != Fate::In || nothing {
            return;
        }
        let Some(roles) = roles_of(piece.key, cells, &plan.drill) else {
            return;
        };
        let part = (roles.iter()).fold(piece.exact(), |sum, (_, share)| sum.times(share));
        let shown = |part: &Exact| {
            let contribution = contribution(plan, piece, &roles, part);
            (piece.record.coding, contribution)
        };
        if piece.standing.counts() {
            exact.add(&part);
            parts.push(shown(&part));
        }
        match Memorandum::of(piece.standing) {
            // Parts of the figure are among its contributions.
            None | Some((Memorandum::Outgoing | Memorandum::Unheld, _)) => {}
            Some((what, 1)) => memoranda.entry(what).or_default().push(shown(&part)),
            Some((what, _)) => (memoranda.entry(what).or_default()).push(shown(&part.negated())),
        }
    });
    let all = || parts.iter().chain(memoranda.values().flatten());
    let wanted = all().map(|(coding, _)| *coding).collect();
    let lines = lines_of(account, wanted, |ledger, line| {
        let own = lines::own(&plan.drill, ledger, line);
        (plan.drill.iter().zip(cells)).all(|(axis, cell)| match axis {
            Drill::Ledger(_) => own.ledger == *cell,
            Drill::Code(_) => own.code == *cell,
            _ => true,
        })
    });
    let with_lines = |mut parts: Vec<(Coding, Contribution)>| -> Vec<Contribution> {
        parts.sort_by_key(|(coding, _)| for_reading(coding));
        let mut all = Vec::with_capacity(parts.len());
        for (coding, mut part) in parts {
            part.lines = lines.get(&coding).cloned().unwrap_or_default();
            all.push(part);
        }
        all
    };
    let mut rounding = Exact::whole(figure.amount);
    rounding.add(&exact.negated());
    Explanation {
        of,
        amount: figure.amount,
        exact: exact.to_pounds(DECIMALS),
        rounding: rounding.to_pounds(DECIMALS),
        contributions: with_lines(parts),
        memoranda: (memoranda.into_iter())
            .map(|(what, parts)| (what, with_lines(parts)))
            .collect(),
    }
}

/// The order in which people look for a place: whose, what for, whom for, where, when.
fn for_reading(coding: &Coding) -> impl Ord + use<> {
    (
        (coding.partner, coding.activity),
        (coding.ages, coding.group, coding.locality),
        (coding.flow, coding.resource, coding.flexibility),
        (coding.period, coding.phase, coding.tags),
    )
}

/// The lines of each place that are of the row, in the order of the ledgers.
fn lines_of(
    account: &PlaceAccount,
    wanted: BTreeSet<Coding>,
    of_row: impl Fn(usize, &LineRef<'_>) -> bool,
) -> BTreeMap<Coding, Vec<LineShown>> {
    let mut lines: BTreeMap<Coding, Vec<LineShown>> = BTreeMap::new();
    let runs = account.runs(usize::MAX);
    for (ledger, line, coding) in runs.iter().flat_map(|run| account.placed(run)) {
        if wanted.contains(&coding) && of_row(ledger, &line) {
            let mapped = &account.ledgers()[ledger];
            let less = account.taken_of(mapped, &line);
            let rest = (!less.is_empty()).then(|| RestShown {
                written: line.written(),
                less,
            });
            lines.entry(coding).or_default().push(LineShown {
                ledger: mapped.ledger().id().to_owned(),
                position: line.position().to_string(),
                pence: line.pence(),
                rest,
            });
        }
    }
    lines
}

/// The share of each role that a piece has in a row; `None` when it has no part in it.
fn roles_of(key: &[Cell], row: &[Cell], drill: &[Drill]) -> Option<Vec<(Role, Ratio)>> {
    let mut roles = Vec::new();
    for ((&cell, &wanted), axis) in key.iter().zip(row).zip(drill) {
        match axis {
            Drill::Role(role, hands) => roles.push((*role, hands.share(cell, wanted)?)),
            _ if cell == wanted => {}
            _ => return None,
        }
    }
    Some(roles)
}

fn contribution(
    plan: &Plan<'_>,
    piece: &Piece<'_>,
    roles: &[(Role, Ratio)],
    part: &Exact,
) -> Contribution {
    let place = plan.cube.place();
    let mut shares = Vec::new();
    let (weight, weights) = piece.activity;
    // A code that means one activity may still do so by judgement.
    if weight != weights || piece.mix_class != Evidence::Direct {
        let mix = place.mixes().get(piece.record.coding.activity);
        let activity = match mix.parts[piece.part].0 {
            Placed::On(activity) => place.axes().activities.get(activity).name.clone(),
            Placed::Gap(gap) => gap.to_string(),
        };
        shares.push(ShareStep {
            over: format!("activities, to {activity}"),
            numerator: weight.to_string(),
            denominator: weights.to_string(),
            by: if weight == weights {
                "choice of the crosswalk".to_owned()
            } else {
                "weights of the crosswalk".to_owned()
            },
            class: piece.mix_class,
        });
    }
    let (passed, payment) = piece.flow;
    if passed != payment {
        shares.push(ShareStep {
            over: "what a conduit keeps and passes on".to_owned(),
            numerator: passed.to_string(),
            denominator: payment.to_string(),
            by: "the share of the pack's rule".to_owned(),
            class: Evidence::Judgement,
        });
    }
    let locality = piece.record.coding.locality.member();
    let mix = locality.and_then(|locality| place.axes().localities.mix(locality));
    if let Some(mix) = mix.filter(|_| piece.region_class != Evidence::Direct) {
        let within = piece.driver.map(|driver| place.drivers()[driver].name());
        let within = within.map_or_else(String::new, |name| format!(", within each by {name}"));
        shares.push(ShareStep {
            over: "places".to_owned(),
            numerator: piece.region.0.to_string(),
            denominator: piece.region.1.to_string(),
            by: format!("{}{within}", mix.by),
            class: piece.region_class,
        });
    } else if let Some(driver) = piece.driver {
        let driver = &place.drivers()[driver];
        let rule = plan.cube.sharing().rule(
            piece.record.coding.partner.member(),
            place.mixes().get(piece.record.coding.activity).parts[piece.part]
                .0
                .member(),
            piece.record.coding.period.member(),
            &place.axes().activities,
        );
        let rule = rule.map_or_else(String::new, |rule| format!(", rule `{}`", rule.text));
        let ages = (driver.ages_of()).map_or_else(String::new, |ages| format!(", ages as {ages}"));
        let basis = (driver.basis()).map_or_else(String::new, |basis| format!(", {basis}"));
        shares.push(ShareStep {
            over: "people and places".to_owned(),
            numerator: piece.region.0.to_string(),
            denominator: piece.region.1.to_string(),
            by: format!("{}{ages} ({}{basis}{rule})", driver.name(), driver.source()),
            class: piece.region_class,
        });
    }
    let (days, all_days) = piece.days;
    if days != all_days {
        shares.push(ShareStep {
            over: "days".to_owned(),
            numerator: days.to_string(),
            denominator: all_days.to_string(),
            by: "days, evenly".to_owned(),
            class: Evidence::Judgement,
        });
    }
    let mut class = piece.class;
    for (role, share) in roles.iter().filter(|(_, share)| !share.is_one()) {
        class = Evidence::Judgement;
        let (numerator, denominator) = share.lowest_terms();
        shares.push(ShareStep {
            over: format!("its {}s", role.name()),
            numerator: numerator.to_string(),
            denominator: denominator.to_string(),
            by: "the mix of the body's income that year, followed back".to_owned(),
            class,
        });
    }
    Contribution {
        recorded: recorded(place, &piece.record.coding),
        pence: piece.record.pence,
        line_count: piece.record.lines,
        lines: Vec::new(),
        shares,
        class,
        exact: part.to_pounds(DECIMALS),
    }
}

/// Where a record sits, in words.
fn recorded(place: &Place, coding: &Coding) -> BTreeMap<String, String> {
    let axes = place.axes();
    let mut words = BTreeMap::new();
    let mut say = |axis: &str, member: Placed<String>| {
        let text = match member {
            Placed::On(name) => name,
            Placed::Gap(gap) => format!("({gap})"),
        };
        words.insert(axis.to_owned(), text);
    };
    let map = |name: Option<String>, gap| name.map_or(gap, Placed::On);
    fn gap_of<T>(placed: Placed<T>) -> Placed<String> {
        match placed {
            Placed::Gap(gap) => Placed::Gap(gap),
            Placed::On(_) => Placed::On(String::new()),
        }
    }
    let partner = coding
        .partner
        .member()
        .map(|member| axes.partners.get(member).name.clone());
    say("partner", map(partner, gap_of(coding.partner)));
    if let Some(flow) = place.counterparties().flows().get(coding.flow) {
        let others: Vec<&str> = (flow.parts.iter())
            .map(|(partner, _)| axes.partners.get(*partner).name.as_str())
            .collect();
        let way = match flow.side {
            Side::Payer => "to",
            Side::Payee => "from",
        };
        let words = format!("{} {way} {}", flow.kind, others.join(" and "));
        say("paid", Placed::On(words));
    }
    let mix = place.mixes().get(coding.activity);
    let activities: Vec<String> = mix
        .parts
        .iter()
        .map(|(activity, weight)| {
            let name = match activity {
                Placed::On(activity) => axes.activities.get(*activity).name.clone(),
                Placed::Gap(gap) => format!("({gap})"),
            };
            if mix.parts.len() == 1 {
                name
            } else {
                format!("{name} {weight}/{}", mix.whole)
            }
        })
        .collect();
    say("activity", Placed::On(activities.join(" + ")));
    say(
        "ages",
        map(
            coding.ages.member().map(|ages| ages.to_string()),
            gap_of(coding.ages),
        ),
    );
    let group = coding
        .group
        .member()
        .map(|member| axes.groups.get(member).name.clone());
    say("group", map(group, gap_of(coding.group)));
    let locality = coding
        .locality
        .member()
        .map(|member| axes.localities.name(member).to_owned());
    say("locality", map(locality, gap_of(coding.locality)));
    say(
        "period",
        map(
            coding.period.member().map(|period| period.to_string()),
            gap_of(coding.period),
        ),
    );
    words
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} is {}", self.of, self.amount)?;
        for part in &self.contributions {
            part.fmt(f)?;
        }
        for (what, parts) in &self.memoranda {
            writeln!(f, "\n  beside it, {}:", what.why())?;
            for part in parts {
                part.fmt(f)?;
            }
        }
        write!(
            f,
            "\n  exactly {}; closing the table added {}",
            with_pound_sign(&self.exact),
            with_pound_sign(&self.rounding)
        )
    }
}

impl fmt::Display for Contribution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 5;
        let place: Vec<&str> = [
            "partner", "paid", "activity", "ages", "group", "locality", "period",
        ]
        .iter()
        .filter_map(|axis| self.recorded.get(*axis).map(String::as_str))
        .collect();
        writeln!(f, "\n  recorded: {}", place.join(" · "))?;
        for line in self.lines.iter().take(SHOWN) {
            writeln!(f, "    {} {} {}", line.ledger, line.position, line.pence)?;
            if let Some(rest) = &line.rest {
                writeln!(f, "      {rest}")?;
            }
        }
        if self.lines.len() > SHOWN {
            writeln!(
                f,
                "    and {} more lines, {} in all",
                self.lines.len() - SHOWN,
                self.pence
            )?;
        }
        for share in &self.shares {
            writeln!(
                f,
                "    × {} / {} over {}: {} [{}]",
                grouped(&share.numerator),
                grouped(&share.denominator),
                share.over,
                share.by,
                share.class
            )?;
        }
        writeln!(f, "    = {} [{}]", with_pound_sign(&self.exact), self.class)
    }
}
