//! A ledger's crosswalk from what the pack writes down, with everything that is wrong with it.

use super::{AxisRule, By, CrosswalkRow, LedgerAxes, Mix, MixId, Mixes, TagSet};
use crate::axis::{
    Ages, Axes, AxisError, Evidence, Flexibility, Gap, LocalityId, MemberId, Period, Placed,
    Resource, did_you_mean, nearest,
};
use crate::finding::{Finding, Findings, Position};
use crate::ledger::Layout;
use crate::money::parse_number;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::str::FromStr;

/// How a ledger's codes of one axis are looked up.
#[derive(Clone, Debug)]
pub(super) enum Lookup<T> {
    Always(T),
    Crosswalk {
        codes: BTreeMap<String, T>,
        otherwise: Option<T>,
    },
    Code {
        otherwise: Option<T>,
    },
}

/// The crosswalk of one ledger, checked.
#[derive(Clone, Debug)]
pub struct Crosswalk {
    pub(super) partner: Lookup<Placed<MemberId>>,
    pub(super) activity: Lookup<MixId>,
    pub(super) ages: Lookup<Placed<Ages>>,
    pub(super) group: Lookup<Placed<MemberId>>,
    pub(super) locality: Lookup<Placed<LocalityId>>,
    pub(super) tags: Lookup<TagSet>,
    pub(super) resource: Lookup<Resource>,
    pub(super) flexibility: Lookup<Flexibility>,
    pub(super) period: Option<Placed<Period>>,
    /// Axes whose codes are, or may be, names of payees.
    pub(super) payees: Vec<&'static str>,
}

/// The axes a crosswalk has rows for.
const AXES: [&str; 8] = [
    "partner",
    "activity",
    "ages",
    "group",
    "tag",
    "locality",
    "resource",
    "flexibility",
];

impl Crosswalk {
    /// Checks and compiles the rules and rows of one ledger.
    ///
    /// `dated` says whether the layout finds a period for each line by itself. Faults: an axis
    /// without a rule or with two, an unknown member (with the nearest known), an unknown axis,
    /// weights that do not add up to 1 or 100, weights without a class, several members on an
    /// axis that is not activity or tag, a row that names both a member and a gap, or neither.
    #[must_use]
    pub fn compile(
        ledger: &str,
        rules: &LedgerAxes,
        rows: &[CrosswalkRow],
        dated: bool,
        axes: &Axes,
        mixes: &mut Mixes,
        position: &Position,
    ) -> (Self, Findings) {
        let mut findings = Findings::new();
        let mut by_axis: BTreeMap<&str, BTreeMap<&str, Vec<&CrosswalkRow>>> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.ledger == ledger) {
            match AXES.iter().find(|axis| **axis == row.axis) {
                Some(axis) => by_axis
                    .entry(axis)
                    .or_default()
                    .entry(&row.code)
                    .or_default()
                    .push(row),
                None => findings.push(Finding::fault(
                    "unknown-axis",
                    row.position.clone(),
                    format!(
                        "`{}` is not an axis of a crosswalk{}",
                        row.axis,
                        did_you_mean(&nearest(&row.axis, AXES))
                    ),
                    "write partner, activity, ages, group, tag, locality, resource or flexibility",
                )),
            }
        }
        let mut compiler = Compiler {
            ledger,
            position,
            rows: by_axis,
            findings,
        };
        let crosswalk = Self {
            partner: compiler.axis(
                "partner",
                rules.partner.as_ref(),
                &mut placed(|text| axes.partners.find(text).map_err(|e| e.to_string())),
                &mut single,
                Placed::Gap,
            ),
            ages: compiler.axis(
                "ages",
                rules.ages.as_ref(),
                &mut placed(|text| Ages::from_str(text).map_err(|e| e.to_string())),
                &mut single,
                Placed::Gap,
            ),
            group: compiler.axis(
                "group",
                rules.group.as_ref(),
                &mut placed(|text| axes.groups.find(text).map_err(|e| e.to_string())),
                &mut single,
                Placed::Gap,
            ),
            locality: compiler.axis(
                "locality",
                rules.locality.as_ref(),
                &mut placed(|text| axes.localities.find(text).map_err(|e| e.to_string())),
                &mut single,
                Placed::Gap,
            ),
            activity: compiler.activity(rules.activity.as_ref(), axes, mixes),
            tags: compiler.tags(rules.tag.as_ref(), axes),
            resource: compiler.without_gaps(
                "resource",
                rules.resource.as_ref(),
                Resource::Cash,
                Resource::from_str,
            ),
            flexibility: compiler.without_gaps(
                "flexibility",
                rules.flexibility.as_ref(),
                Flexibility::NotStated,
                Flexibility::from_str,
            ),
            period: compiler.period(rules.period.as_ref(), dated),
            payees: Vec::new(),
        };
        compiler.rows_without_rule(rules);
        (crosswalk, compiler.findings)
    }
}

impl Crosswalk {
    /// The same, for a ledger that is read by this layout: an axis that is placed by the column
    /// of payees shows no code, because it may be a person's name.
    #[must_use]
    pub(crate) fn hiding_payees(mut self, layout: &Layout) -> Self {
        self.payees = (AXES.into_iter())
            .filter(|axis| layout.may_hold_payees(axis))
            .collect();
        self
    }
}

/// A finder of members as a finder of places.
fn placed<T>(
    find: impl Fn(&str) -> Result<T, String>,
) -> impl FnMut(&str) -> Result<Placed<T>, String> {
    move |text| find(text).map(Placed::On)
}

/// One target or the reason why there must not be several.
fn single<T: Copy>(targets: &[(T, &CrosswalkRow)]) -> Result<T, String> {
    match targets {
        [(only, row)] if row.weight.is_empty() || row.weight == "1" => Ok(*only),
        [_] => Err("a weight other than 1".to_owned()),
        several => Err(format!(
            "several members; only an activity may be a mix: {}",
            meanings(several)
        )),
    }
}

/// What the rows of one code say that it means.
fn meanings<T>(targets: &[(T, &CrosswalkRow)]) -> String {
    let meant = targets.iter().map(|(_, row)| match row.to.as_str() {
        "" => format!("the gap `{}`", row.gap),
        to => format!("`{to}`"),
    });
    format!(
        "{} rows: it means {}",
        targets.len(),
        meant.collect::<Vec<_>>().join(" and ")
    )
}

/// Looks a member up, or says why not.
type Find<'a, U> = dyn FnMut(&str) -> Result<U, String> + 'a;
/// Makes one target of all rows of a code, or says what is wrong with them.
type Join<'a, U, T> = dyn FnMut(&[(U, &CrosswalkRow)]) -> Result<T, String> + 'a;

struct Compiler<'a> {
    ledger: &'a str,
    position: &'a Position,
    rows: BTreeMap<&'a str, BTreeMap<&'a str, Vec<&'a CrosswalkRow>>>,
    findings: Findings,
}

impl<'a> Compiler<'a> {
    /// Compiles one axis. `find` looks a member up, `join` makes one target of a code's rows,
    /// `gap` makes a target of a reason.
    fn axis<T: Copy, U: Copy>(
        &mut self,
        axis: &'static str,
        rule: Option<&AxisRule>,
        find: &mut Find<'_, U>,
        join: &mut Join<'_, U, T>,
        gap: fn(Gap) -> U,
    ) -> Lookup<T> {
        // Targets that a rule (not a row) names are joined like a row without a weight.
        let plain = CrosswalkRow::default();
        let Some(rule) = rule else {
            self.report(
                "axis-not-written-down",
                format!("ledger `{}` does not say how its lines are placed on {axis}", self.ledger),
                format!("add `{axis} = {{ by = \"crosswalk\" }}`, `{{ always = … }}` or `{{ gap = … }}` to its axes"),
            );
            return Lookup::Code { otherwise: None };
        };
        let ways = usize::from(rule.by.is_some())
            + usize::from(rule.always.is_some())
            + usize::from(rule.gap.is_some());
        let otherwise =
            usize::from(rule.otherwise.is_some()) + usize::from(rule.otherwise_gap.is_some());
        if ways != 1 || otherwise > usize::from(rule.by.is_some()) {
            self.report(
                "axis-rule-unclear",
                format!("ledger `{}`: the rule for {axis} must have one of `by`, `always` and `gap`, and `otherwise` or `otherwise_gap` only with `by`", self.ledger),
                "leave one way of placing a line".to_owned(),
            );
            return Lookup::Code { otherwise: None };
        }
        let mut named = |this: &mut Self, member: Option<&String>, reason: Option<Gap>| {
            let target = match (member, reason) {
                (Some(member), _) => match find(member) {
                    Ok(target) => target,
                    Err(error) => {
                        this.report(
                            "unknown-member",
                            format!("ledger `{}`, {axis}: {error}", this.ledger),
                            "correct the code, or add the member".to_owned(),
                        );
                        return None;
                    }
                },
                (None, reason) => gap(reason?),
            };
            join(&[(target, &plain)]).ok()
        };
        if rule.by.is_none() {
            return named(self, rule.always.as_ref(), rule.gap)
                .map_or(Lookup::Code { otherwise: None }, Lookup::Always);
        }
        let otherwise = named(self, rule.otherwise.as_ref(), rule.otherwise_gap);
        if rule.by == Some(By::Code) {
            return Lookup::Code { otherwise };
        }
        let mut codes = BTreeMap::new();
        for (code, rows) in self.rows.get(axis).cloned().unwrap_or_default() {
            let mut targets = Vec::with_capacity(rows.len());
            for &row in &rows {
                match target(row, find, gap) {
                    Ok(found) => targets.push((found, row)),
                    Err((rule, found, remedy)) => {
                        self.findings.push(Finding::fault(
                            rule,
                            row.position.clone(),
                            found,
                            remedy,
                        ));
                    }
                }
            }
            if targets.len() < rows.len() {
                continue;
            }
            match join(&targets) {
                Ok(target) => {
                    codes.insert(code.to_owned(), target);
                }
                Err(why) => self.findings.push(Finding::fault(
                    "crosswalk-rows-clash",
                    rows[0].position.clone(),
                    format!("`{code}` of ledger `{}` has, on {axis}, {why}", self.ledger),
                    if rows.len() > 1 && rows.iter().all(|row| row.weight.is_empty()) {
                        "leave one row for this code; to divide its money, give each row a weight \
                         and a class"
                    } else {
                        "correct the rows of this code"
                    },
                )),
            }
        }
        Lookup::Crosswalk { codes, otherwise }
    }

    fn activity(
        &mut self,
        rule: Option<&AxisRule>,
        axes: &Axes,
        mixes: &mut Mixes,
    ) -> Lookup<MixId> {
        self.axis(
            "activity",
            rule,
            &mut placed(|text| axes.activities.find(text).map_err(|e| e.to_string())),
            &mut |targets| mix(targets).map(|mix| mixes.add(mix)),
            Placed::Gap,
        )
    }

    fn tags(&mut self, rule: Option<&AxisRule>, axes: &Axes) -> Lookup<TagSet> {
        let none = TagSet::default();
        if rule.is_none() {
            return Lookup::Always(none);
        }
        let lookup = self.axis(
            "tag",
            rule,
            &mut |text| {
                axes.tags
                    .find(text)
                    .map(TagSet::one)
                    .map_err(|e| e.to_string())
            },
            &mut |targets| Ok(targets.iter().fold(none, |all, (tag, _)| all.and(*tag))),
            |_| TagSet::default(),
        );
        // A code without tags is not unmapped: most money carries no label.
        match lookup {
            Lookup::Crosswalk { codes, otherwise } => Lookup::Crosswalk {
                codes,
                otherwise: otherwise.or(Some(none)),
            },
            other => other,
        }
    }

    /// An axis that always has an answer: without a rule it is the plain one, and a gap is a
    /// fault.
    fn without_gaps<T: Copy>(
        &mut self,
        axis: &'static str,
        rule: Option<&AxisRule>,
        plain: T,
        find: impl Fn(&str) -> Result<T, AxisError>,
    ) -> Lookup<T> {
        let Some(rule) = rule else {
            return Lookup::Always(plain);
        };
        if rule.gap.is_some() || rule.otherwise_gap.is_some() {
            self.report(
                "axis-rule-unclear",
                format!("ledger `{}` places money in a gap of {axis}", self.ledger),
                format!("{axis} has no gaps; name a member, or write no rule"),
            );
            return Lookup::Always(plain);
        }
        self.axis(
            axis,
            Some(rule),
            &mut |text| find(text).map(Some).map_err(|e| e.to_string()),
            &mut |targets| single(targets)?.ok_or_else(|| "a gap, which it has not".to_owned()),
            |_| None,
        )
    }

    fn period(&mut self, rule: Option<&AxisRule>, dated: bool) -> Option<Placed<Period>> {
        match (rule, dated) {
            (None, true) => None,
            (None, false) => {
                self.report(
                    "axis-not-written-down",
                    format!("ledger `{}` has no column of dates or periods and no rule for period", self.ledger),
                    "name the column in its layout, or add `period = { always = … }` or `{ gap = … }` to its axes".to_owned(),
                );
                None
            }
            (Some(_), true) => {
                self.report(
                    "axis-rule-unclear",
                    format!(
                        "ledger `{}` has both a column of dates or periods and a rule for period",
                        self.ledger
                    ),
                    "leave one of the two".to_owned(),
                );
                None
            }
            (
                Some(AxisRule {
                    always: Some(text),
                    by: None,
                    gap: None,
                    ..
                }),
                false,
            ) => match Period::from_str(text) {
                Ok(period) => Some(Placed::On(period)),
                Err(error) => {
                    self.report(
                        "unknown-member",
                        format!("ledger `{}`: {error}", self.ledger),
                        "correct the period".to_owned(),
                    );
                    None
                }
            },
            (
                Some(AxisRule {
                    always: None,
                    by: None,
                    gap: Some(gap),
                    ..
                }),
                false,
            ) => Some(Placed::Gap(*gap)),
            (Some(_), false) => {
                self.report(
                    "axis-rule-unclear",
                    format!(
                        "ledger `{}`: a rule for period is `always` or `gap`",
                        self.ledger
                    ),
                    "periods of single lines come from a column that the layout names".to_owned(),
                );
                None
            }
        }
    }

    /// Rows for an axis that is not looked up in the crosswalk would never be read.
    fn rows_without_rule(&mut self, rules: &LedgerAxes) {
        let rule_of = |axis: &str| match axis {
            "partner" => rules.partner.as_ref(),
            "activity" => rules.activity.as_ref(),
            "ages" => rules.ages.as_ref(),
            "group" => rules.group.as_ref(),
            "tag" => rules.tag.as_ref(),
            "resource" => rules.resource.as_ref(),
            "flexibility" => rules.flexibility.as_ref(),
            _ => rules.locality.as_ref(),
        };
        for (axis, codes) in std::mem::take(&mut self.rows) {
            if rule_of(axis).is_some_and(|rule| rule.by == Some(By::Crosswalk)) {
                continue;
            }
            for row in codes.values().flatten() {
                self.findings.push(Finding::fault(
                    "crosswalk-row-never-used",
                    row.position.clone(),
                    format!(
                        "ledger `{}` does not look {axis} up in the crosswalk",
                        self.ledger
                    ),
                    "remove the row, or write `by = \"crosswalk\"` for this axis",
                ));
            }
        }
    }

    fn report(&mut self, rule: &str, found: String, remedy: String) {
        self.findings
            .push(Finding::fault(rule, self.position.clone(), found, &remedy));
    }
}

type RowFault = (&'static str, String, &'static str);

/// The member or gap of one row.
fn target<U>(row: &CrosswalkRow, find: &mut Find<'_, U>, gap: fn(Gap) -> U) -> Result<U, RowFault> {
    match (row.to.as_str(), row.gap.as_str()) {
        ("", "") => Err((
            "crosswalk-row-unclear",
            format!("`{}` means neither a member nor a gap", row.code),
            "fill in `to`, or give the reason in `gap`",
        )),
        ("", reason) => serde::Deserialize::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(reason))
            .map(gap)
            .map_err(|_| {
                (
                    "unknown-gap",
                    format!("`{reason}` is not a reason for a gap"),
                    "write not-disaggregated, not-elsewhere-classified, whole-place, unknown, withheld or outside-boundary",
                )
            }),
        (member, "") => find(member).map_err(|error| {
            (
                "unknown-member",
                error,
                "correct the code, or add the member",
            )
        }),
        _ => Err((
            "crosswalk-row-unclear",
            format!("`{}` means both a member and a gap", row.code),
            "leave one of `to` and `gap` empty",
        )),
    }
}

/// One mix from the rows of a code, or what is wrong with its weights.
fn mix(targets: &[(Placed<MemberId>, &CrosswalkRow)]) -> Result<Mix, String> {
    if targets.len() > 1 && targets.iter().all(|(_, row)| row.weight.is_empty()) {
        return Err(format!("{} without weights", meanings(targets)));
    }
    let mut class = Evidence::Direct;
    let mut weights = Vec::with_capacity(targets.len());
    for (_, row) in targets {
        let weight = if row.weight.is_empty() {
            Decimal::ONE
        } else {
            parse_number(&row.weight)
                .map_err(|_| format!("a weight that is not a number (`{}`)", row.weight))?
        }
        .normalize();
        if weight <= Decimal::ZERO || weight.scale() > 6 || weight > Decimal::ONE_HUNDRED {
            return Err(format!(
                "a weight of {weight}, which is not above zero, above 100, or has more than 6 decimals"
            ));
        }
        weights.push(weight);
        class = class.max(match row.class.as_str() {
            "" if targets.len() == 1 => Evidence::Direct,
            "" => {
                return Err(
                    "weights without a class; say `judgement`, `population` or `driver`".to_owned(),
                );
            }
            text => Evidence::ALL
                .into_iter()
                .find(|class| class.name() == text)
                .ok_or_else(|| format!("an unknown class `{text}`"))?,
        });
    }
    let sum: Decimal = weights.iter().sum();
    if sum != Decimal::ONE && sum != Decimal::ONE_HUNDRED {
        return Err(format!("weights that add up to {sum}, not to 1 or 100"));
    }
    let unit = Decimal::from(10u64.pow(weights.iter().map(Decimal::scale).max().unwrap_or(0)));
    let whole_number = |weight: Decimal| u64::try_from((weight * unit).normalize()).unwrap_or(0);
    let mut parts: BTreeMap<Placed<MemberId>, u64> = BTreeMap::new();
    for ((target, _), weight) in targets.iter().zip(&weights) {
        *parts.entry(*target).or_default() += whole_number(*weight);
    }
    Ok(Mix {
        parts: parts.into_iter().collect(),
        whole: whole_number(sum),
        class,
    })
}
