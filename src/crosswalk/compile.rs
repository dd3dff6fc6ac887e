//! A ledger's crosswalk from what the pack writes down, with everything that is wrong with it.

use super::codes::Codes;
use super::excluded::{ExcludedRows, Exclusion, Exclusions};
use super::pattern::{CodePattern, literal};
use super::weights::{Weights, meanings};
use super::wide::{NotSpendingRow, unmarked_code};
use super::{AxisRule, By, CrosswalkRow, CrosswalkRows, LedgerAxes, Mix, MixId, Mixes, TagSet};
use crate::axis::{
    Ages, AreaCodes, Axes, AxisError, Flexibility, Gap, LocalityId, MemberId, Period, Placed,
    Resource, did_you_mean, name_one_of, nearest,
};
use crate::finding::{Finding, Findings, Position};
use crate::ledger::{CodeColumn, Layout};
use crate::text::counted;
use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

/// How a ledger's codes of one axis are looked up.
#[derive(Clone, Debug)]
pub(super) enum Lookup<T> {
    Always(T),
    Crosswalk {
        codes: Codes<T>,
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
    pub(super) exclusions: Exclusions,
    /// Each row of the pack, and the names of the codes that it is about.
    pub(super) rows: Vec<RowAbout>,
    /// Names of codes that are, or may be, names of payees.
    pub(super) payees: Vec<String>,
    /// Codes of other areas, or postcodes, by which lines are placed on localities, and their name.
    pub(super) areas: Option<(String, Arc<AreaCodes>)>,
}

/// A row of the pack, for what it is about.
#[derive(Clone, Debug)]
pub(super) struct RowAbout {
    /// As the pack writes it.
    pub code: String,
    /// The texts that it stands for, if it is no pattern.
    pub texts: Vec<String>,
    pub pattern: Option<CodePattern>,
    /// The names of the codes it is about.
    pub names: Vec<String>,
    pub position: Position,
}

impl RowAbout {
    fn new(row: &CrosswalkRow, names: Vec<String>) -> Self {
        let unmarked = unmarked_code(row);
        let texts = std::iter::once(row.code.as_str()).chain(unmarked);
        Self {
            code: row.code.clone(),
            texts: texts.map(literal).chain([row.code.clone()]).collect(),
            pattern: CodePattern::new(unmarked.unwrap_or(&row.code)),
            names,
            position: row.position.clone(),
        }
    }
}

/// The axes a crosswalk has rows for.
pub(crate) const AXES: [&str; 8] = [
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
    /// Faults: an axis
    /// without a rule or with two, an unknown member (with the nearest known), an unknown axis,
    /// weights that do not add up to 1 or 100, weights without a class, several members on an
    /// axis that is not activity or tag, a row that names both a member and a gap, or neither, or
    /// that is about codes of another column than those by which its axis is placed.
    #[must_use]
    pub fn compile(
        ledger: &str,
        rules: &LedgerAxes,
        rows: &CrosswalkRows,
        layout: &Layout,
        axes: &Axes,
        mixes: &mut Mixes,
        position: &Position,
    ) -> (Self, Findings) {
        let mut findings = Findings::new();
        let dated = !layout.date.is_empty() || !layout.period.is_empty();
        let named = CodeNames { ledger, layout };
        let mut by_axis: BTreeMap<&str, BTreeMap<&str, Vec<&CrosswalkRow>>> = BTreeMap::new();
        let mut about = Vec::new();
        for row in rows.placed.iter().filter(|row| row.ledger == ledger) {
            match AXES.iter().find(|axis| **axis == row.axis) {
                Some(axis) => {
                    about.push(RowAbout::new(row, vec![row.axis.clone()]));
                    if let Err(fault) = named.is_about(axis, row) {
                        findings.push(*fault);
                        continue;
                    }
                    by_axis
                        .entry(axis)
                        .or_default()
                        .entry(&row.code)
                        .or_default()
                        .push(row);
                }
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
        for row in rows.unfilled.iter().filter(|row| row.ledger == ledger) {
            match named.of(&row.of, &row.position) {
                Ok(Some(name)) => about.push(RowAbout::new(row, vec![name])),
                Ok(None) => about.push(RowAbout::new(row, looked_up(rules))),
                Err(fault) => findings.push(*fault),
            }
        }
        let not_spending = (rows.not_spending.iter()).filter(|row| row.row.ledger == ledger);
        let excluded = named.excluded(not_spending, &by_axis, rules, &mut about, &mut findings);
        let mut compiler = Compiler {
            ledger,
            position,
            rows: by_axis,
            findings,
        };
        let crosswalk = Self {
            exclusions: Exclusions {
                written: Vec::new(),
                rows: excluded,
            },
            rows: about,
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
                &mut placed(|text| {
                    axes.localities
                        .find_recorded(text)
                        .map_err(|e| e.to_string())
                }),
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
            areas: None,
        };
        compiler.rows_without_rule(rules);
        (crosswalk, compiler.findings)
    }
}

impl Crosswalk {
    /// Whether codes of that name are the postcodes by which a ledger of this layout is placed, of which
    /// the district is shown and no more.
    pub(crate) fn shows_districts(&self, name: &str, layout: &Layout) -> bool {
        let columns = |name: &str| layout.codes.get(name);
        (self.areas.as_ref()).is_some_and(|(_, areas)| areas.is_of_postcodes())
            && (name == "locality" || columns(name) == columns("locality"))
    }

    /// The same, with the codes of a lookup by which lines are placed on localities.
    #[must_use]
    pub(crate) fn with_areas(mut self, lookup: &str, areas: Arc<AreaCodes>) -> Self {
        self.areas = Some((lookup.to_owned(), areas));
        self
    }

    /// The same, for a ledger that is read by this layout: an axis that is placed by the column
    /// of payees shows no code, because it may be a person's name.
    #[must_use]
    pub(crate) fn hiding_payees(mut self, layout: &Layout) -> Self {
        self.payees = (layout.codes.keys())
            .filter(|name| layout.may_hold_payees(name))
            .cloned()
            .collect();
        self
    }

    /// The same, with lines that the pack says are not spending, before those of its rows.
    #[must_use]
    pub(crate) fn excluding(mut self, written: Vec<Exclusion>) -> Self {
        self.exclusions.written = written;
        self
    }
}

/// The axes that are looked up in the crosswalk.
fn looked_up(rules: &LedgerAxes) -> Vec<String> {
    let in_crosswalk = |axis: &&&str| {
        rules
            .of(axis)
            .is_some_and(|rule| rule.by == Some(By::Crosswalk))
    };
    AXES.iter()
        .filter(in_crosswalk)
        .map(|axis| (*axis).to_owned())
        .collect()
}

/// The names by which a layout calls its codes.
struct CodeNames<'a> {
    ledger: &'a str,
    layout: &'a Layout,
}

impl CodeNames<'_> {
    /// The name of the codes that a row says it is about: by that name, or by the heading of their
    /// column. Nothing where it does not say.
    fn of(&self, of: &str, position: &Position) -> Result<Option<String>, Box<Finding>> {
        let codes = &self.layout.codes;
        if of.is_empty() {
            return Ok(None);
        }
        let headed = |column: &CodeColumn| same_heading(&column.headings().join(" / "), of);
        let by_heading = || codes.iter().find(|(_, columns)| columns.iter().any(headed));
        let found = codes.get_key_value(of).or_else(by_heading);
        found.map(|(name, _)| Some(name.clone())).ok_or_else(|| {
            let known = codes.keys().map(String::as_str);
            Box::new(Finding::fault(
                "unknown-field",
                position.clone(),
                format!("the layout of ledger `{}` has no codes `{of}`", self.ledger),
                name_one_of(of, "name of codes", known),
            ))
        })
    }

    /// A fault where a row is about other codes than those by which its axis is placed.
    fn is_about(&self, axis: &str, row: &CrosswalkRow) -> Result<(), Box<Finding>> {
        let Some(name) = self.of(&row.of, &row.position)? else {
            return Ok(());
        };
        if self.layout.codes.get(&name) == self.layout.codes.get(axis) {
            return Ok(());
        }
        Err(Box::new(Finding::fault(
            "crosswalk-row-unclear",
            row.position.clone(),
            format!(
                "the row is about the codes `{}` of ledger `{}`, and {axis} is placed by other columns",
                row.of, self.ledger
            ),
            "leave this cell empty, and fill it in on the row of the code of that column",
        )))
    }

    /// The rows of codes that are not spending, by the name of their codes. A code that has an activity
    /// of its own is spending, whatever a pattern says.
    fn excluded<'a>(
        &self,
        rows: impl Iterator<Item = &'a NotSpendingRow>,
        placed: &BTreeMap<&str, BTreeMap<&str, Vec<&CrosswalkRow>>>,
        rules: &LedgerAxes,
        about: &mut Vec<RowAbout>,
        findings: &mut Findings,
    ) -> Vec<ExcludedRows> {
        let mut all: Vec<ExcludedRows> = Vec::new();
        for row in rows {
            let name = match self.of(&row.row.of, &row.row.position) {
                Ok(Some(name)) => Some(name),
                Ok(None) => self.usual(rules),
                Err(fault) => {
                    findings.push(*fault);
                    continue;
                }
            };
            let Some(name) = name else {
                findings.push(Finding::fault(
                    "crosswalk-row-unclear",
                    row.row.position.clone(),
                    format!(
                        "the row does not say which codes of ledger `{}` it is about",
                        self.ledger
                    ),
                    "name the codes, or the heading of their column, in `of`",
                ));
                continue;
            };
            about.push(RowAbout::new(&row.row, vec![name.clone()]));
            let rows = match all.iter_mut().find(|rows| rows.of == name) {
                Some(rows) => rows,
                None => {
                    let codes = self.with_activities(&name, placed);
                    all.push(ExcludedRows {
                        of: name,
                        reasons: Vec::new(),
                        codes,
                    });
                    let last = all.len() - 1;
                    &mut all[last]
                }
            };
            findings.extend(rows.add(row));
        }
        all
    }

    /// The codes that have an activity, if it is placed by the codes of that name.
    fn with_activities(
        &self,
        name: &str,
        placed: &BTreeMap<&str, BTreeMap<&str, Vec<&CrosswalkRow>>>,
    ) -> Codes<Option<usize>> {
        let mut codes = Codes::default();
        if self.layout.codes.get(name) == self.layout.codes.get("activity") {
            let rows = placed
                .get("activity")
                .into_iter()
                .flat_map(BTreeMap::values);
            for row in rows.filter_map(|rows| rows.first()) {
                codes.add(&row.code, unmarked_code(row), None);
            }
        }
        codes
    }

    /// The codes that rows are about where they do not say: those of the activity, or those of the
    /// first axis that is looked up.
    fn usual(&self, rules: &LedgerAxes) -> Option<String> {
        let axes = looked_up(rules);
        let activity = axes.iter().find(|axis| *axis == "activity");
        let first = activity.or(axes.first()).cloned();
        let plain = || {
            self.layout
                .codes
                .contains_key("activity")
                .then(|| "activity".to_owned())
        };
        first.or_else(plain)
    }
}

/// Whether two headings have the same letters and digits.
fn same_heading(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> String {
        (text.chars().filter(|c| c.is_alphanumeric()))
            .flat_map(char::to_lowercase)
            .collect()
    };
    letters(one) == letters(other)
}

impl ExcludedRows {
    /// Adds a code with its reason, unless it has another one already.
    fn add(&mut self, row: &NotSpendingRow) -> Option<Finding> {
        let reason = (row.reason, row.note.clone());
        let number = match self.reasons.iter().position(|known| *known == reason) {
            Some(number) => number,
            None => {
                self.reasons.push(reason);
                self.reasons.len() - 1
            }
        };
        let code = &row.row.code;
        if let Some(other) = self.codes.written(code) {
            if other == Some(number) {
                return None;
            }
            let found = match other {
                Some(other) => format!(
                    "`{code}` is not spending for two reasons, {} and {}",
                    self.reasons[other].0, row.reason
                ),
                None => format!(
                    "`{code}` is both on an activity and not spending ({})",
                    row.reason
                ),
            };
            return Some(Finding::fault(
                "crosswalk-rows-clash",
                row.row.position.clone(),
                found,
                "leave one row for this code",
            ));
        }
        self.codes.add(code, unmarked_code(&row.row), Some(number));
        None
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
            "several members; only an activity or a locality may be a mix: {}",
            meanings(several.iter().map(|(_, row)| *row))
        )),
    }
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
    fn axis<T: Copy + PartialEq, U: Copy + PartialEq>(
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
        if rule.lookup.is_some() && (axis != "locality" || rule.by.is_none()) {
            self.report(
                "axis-rule-unclear",
                format!("ledger `{}`: the rule for {axis} names a `lookup`, which only localities have, with `by`", self.ledger),
                "write `locality = { by = \"code\", lookup = … }`, or leave `lookup` out".to_owned(),
            );
            return Lookup::Code { otherwise: None };
        }
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
        let mut codes = Codes::default();
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
            // Rows that say the same say it once.
            if targets
                .iter()
                .all(|(to, row)| *to == targets[0].0 && row.weight.is_empty())
            {
                targets.truncate(1);
            }
            match join(&targets) {
                Ok(target) => codes.add(code, unmarked_code(rows[0]), target),
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
    fn without_gaps<T: Copy + PartialEq>(
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
        for (axis, codes) in std::mem::take(&mut self.rows) {
            if (rules.of(axis)).is_some_and(|rule| rule.by == Some(By::Crosswalk)) {
                continue;
            }
            let rows: Vec<&&CrosswalkRow> = codes.values().flatten().collect();
            let Some(first) = rows.iter().map(|row| &row.position).min() else {
                continue;
            };
            let several = match rows.len() {
                1 => String::new(),
                rows => format!(" ({})", counted(rows, "row")),
            };
            self.findings.push(Finding::fault(
                "crosswalk-row-never-used",
                first.clone(),
                format!(
                    "ledger `{}` does not look {axis} up in the crosswalk{several}",
                    self.ledger
                ),
                "remove the row, or write `by = \"crosswalk\"` for this axis",
            ));
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
    let rows: Vec<&CrosswalkRow> = targets.iter().map(|(_, row)| *row).collect();
    let weights = Weights::of(&rows)?;
    let mut parts: BTreeMap<Placed<MemberId>, u64> = BTreeMap::new();
    for ((target, _), weight) in targets.iter().zip(&weights.each) {
        *parts.entry(*target).or_default() += weight;
    }
    Ok(Mix {
        parts: parts.into_iter().collect(),
        whole: weights.whole,
        class: weights.class,
    })
}
