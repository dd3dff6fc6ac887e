//! One layout for all files of a publisher: what was decided for each of them, as alternatives.

use super::decide::{Bodies, Chosen, Decision, same, shown};
use super::library::Publisher;
use super::profile::Table;
use super::quoted;
use super::seen::{Seen, month_first};
use crate::ledger::{CodeColumn, Join, Layout, Sign};
use crate::money::ExcessDecimals;
use crate::sheet::{Name, Names, normalised};
use crate::text::counted;
use std::collections::{BTreeMap, BTreeSet};

/// A layout with what was seen and decided about each of its keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Proposal {
    pub(super) layout: Layout,
    /// For each key of the layout what stands beside it as a comment.
    pub(super) seen: BTreeMap<&'static str, Vec<String>>,
    /// What a person must look at: key and words.
    pub(super) looks: Vec<(&'static str, String)>,
    /// Names of bodies as the files write them, where there are several.
    pub(super) bodies: Vec<String>,
    /// Whether some tables have no column of bodies where others have one.
    pub(super) some_unsaid: bool,
}

/// The tables of a group, each with what was decided.
type Tables<'a> = Vec<&'a (Table, Decision)>;

/// Whether a layout's amount, date and activity are among the headings of a table, and its amounts are.
pub(super) fn fits(layout: &Layout, table: &Table) -> bool {
    let names = Names::of(table.columns.iter().map(|column| column.heading.as_str()));
    let has = |heading: &String| names.has(&Name::new(heading, None));
    let amount = layout.amount.iter().find(|heading| has(heading));
    let right = amount.is_some_and(|heading| {
        let at = names.find(&Name::new(heading, None)).first();
        at.is_some_and(|at| {
            let column = &table.columns[at];
            column.filled > 0 && column.amounts * 2 >= column.filled
        })
    });
    let date = layout.date.iter().any(has);
    let activity = layout.codes.get("activity").into_iter().flatten();
    right
        && date
        && activity
            .into_iter()
            .any(|columns| columns.headings().iter().all(has))
}

/// Proposes the layout of a group.
pub(super) fn layout(files: &[&Seen], publisher: Option<&Publisher>) -> Proposal {
    let tables: Tables<'_> = files.iter().flat_map(|file| &file.tables).collect();
    let mut proposal = Proposal::default();
    if let Some(publisher) = publisher {
        proposal.take(publisher, &tables);
    }
    proposal.layout.amount = proposal.column(
        "amount",
        &tables,
        |decision| decision.amount.as_ref(),
        |layout| single(&layout.amount),
    );
    proposal.layout.date = proposal.column(
        "date",
        &tables,
        |decision| decision.date.as_ref(),
        |layout| single(&layout.date),
    );
    proposal.dates(&tables);
    if proposal.layout.date.is_empty() || tables.iter().any(|(_, decision)| decision.date.is_none())
    {
        proposal.layout.period = proposal.column(
            "period",
            &tables,
            |decision| decision.period.as_ref(),
            |layout| single(&layout.period),
        );
        proposal.layout.years = tables.iter().find_map(|(_, decision)| decision.years);
    }
    if tables
        .iter()
        .all(|(_, decision)| decision.reference.is_some())
    {
        proposal.layout.reference = proposal.column(
            "reference",
            &tables,
            |decision| decision.reference.as_ref(),
            |layout| single(&layout.reference),
        );
    }
    proposal.layout.currency = proposal.column(
        "currency",
        &tables,
        |decision| decision.currency.as_ref(),
        |layout| single(&layout.currency),
    );
    proposal.beside(&tables);
    proposal.codes(&tables);
    proposal.excess(&tables);
    proposal.occurrences(&tables);
    proposal
}

fn single(headings: &[String]) -> Vec<Vec<String>> {
    headings
        .iter()
        .map(|heading| vec![heading.clone()])
        .collect()
}

impl Proposal {
    /// Begins with a layout of the library.
    fn take(&mut self, publisher: &Publisher, tables: &Tables<'_>) {
        self.layout = publisher.layout.clone();
        // A code that none of these files has would be a fault.
        let has = |columns: &Vec<CodeColumn>| {
            columns.iter().any(|column| {
                tables.iter().any(|(table, _)| {
                    column
                        .headings()
                        .iter()
                        .all(|heading| has_heading(table, heading))
                })
            })
        };
        self.layout.codes.retain(|_, columns| has(columns));
        let fit = tables
            .iter()
            .filter(|(table, _)| fits(&publisher.layout, table))
            .count();
        self.seen.entry("layout").or_default().push(format!(
            "layout of the library for {}: the headings of {} of {} fit it",
            publisher.name,
            fit,
            counted(tables.len(), "table")
        ));
    }

    /// The alternatives of one column: those of the library, then what was decided for tables that have
    /// none of them.
    fn column(
        &mut self,
        key: &'static str,
        tables: &Tables<'_>,
        decided: impl Fn(&Decision) -> Option<&Chosen>,
        known: impl Fn(&Layout) -> Vec<Vec<String>>,
    ) -> Vec<String> {
        let all = self.alternatives(key, tables, decided, known(&self.layout));
        all.into_iter().flatten().collect()
    }

    fn alternatives(
        &mut self,
        key: &'static str,
        tables: &Tables<'_>,
        decided: impl Fn(&Decision) -> Option<&Chosen>,
        known: Vec<Vec<String>>,
    ) -> Vec<Vec<String>> {
        let met = |headings: &[String], table: &Table| {
            headings.iter().all(|heading| has_heading(table, heading))
        };
        let mut seen: Vec<(Vec<String>, u8, usize, String)> = Vec::new();
        let mut chosen: Vec<(&Table, Vec<String>)> = Vec::new();
        let mut choices: Vec<(&Table, &Chosen)> = tables
            .iter()
            .filter(|(table, _)| !known.iter().any(|headings| met(headings, table)))
            .filter_map(|(table, decision)| Some((table, decided(decision)?)))
            .collect();
        if key == "activity" {
            most_chosen(&mut choices);
        }
        for (table, choice) in choices {
            chosen.push((table, choice.headings.clone()));
            match seen
                .iter_mut()
                .find(|(headings, ..)| same(headings, &choice.headings))
            {
                Some((headings, rank, times, _)) => {
                    *times += 1;
                    *rank = (*rank).max(choice.rank);
                    // The pound sign of another code page is not shown where it can be helped.
                    if headings
                        .iter()
                        .any(|heading| heading.contains(['œ', '\u{fffd}']))
                    {
                        headings.clone_from(&choice.headings);
                    }
                }
                None => {
                    if let Some(look) = &choice.look {
                        self.looks.push((key, look.clone()));
                    }
                    seen.push((choice.headings.clone(), choice.rank, 1, choice.why.clone()));
                }
            }
        }
        seen.sort_by_key(|(headings, rank, times, _)| {
            (
                std::cmp::Reverse(headings.len()),
                std::cmp::Reverse(*rank),
                std::cmp::Reverse(*times),
            )
        });
        let comments = self.seen.entry(key).or_default();
        for (headings, _, times, why) in &seen {
            let headings: Vec<String> = headings.iter().map(|heading| shown(heading)).collect();
            let times = match times {
                1 => String::new(),
                times => format!(" in {}; in the first", counted(times, "table")),
            };
            comments.push(format!("{}{times}: {why}", headings.join(" with ")));
        }
        let own: Vec<Vec<String>> = seen.into_iter().map(|(headings, ..)| headings).collect();
        let mut all = [known, own].concat();
        self.arrange(key, &mut all, &chosen);
        all
    }

    /// Puts alternatives into an order in which the first that a table has is the one that was decided
    /// for it.
    fn arrange(
        &mut self,
        key: &'static str,
        all: &mut Vec<Vec<String>>,
        chosen: &[(&Table, Vec<String>)],
    ) {
        let met = |headings: &[String], table: &Table| {
            headings.iter().all(|heading| has_heading(table, heading))
        };
        for _ in 0..all.len() * all.len() {
            let wrong = chosen.iter().find_map(|(table, own)| {
                let first = all.iter().position(|headings| met(headings, table))?;
                let right = all.iter().position(|headings| same(headings, own))?;
                (first < right).then_some((first, right))
            });
            let Some((first, right)) = wrong else { return };
            let moved = all.remove(right);
            all.insert(first, moved);
        }
        let wrong = chosen.iter().any(|(table, own)| {
            all.iter()
                .find(|headings| met(headings, table))
                .is_some_and(|first| !same(first, own))
        });
        if wrong {
            self.looks.push((
                key,
                "files have these columns in contrary meanings; the first of them is read"
                    .to_owned(),
            ));
        }
    }

    /// Forms of dates beyond those that are read without being named.
    fn dates(&mut self, tables: &Tables<'_>) {
        let with: Vec<&Vec<String>> = tables
            .iter()
            .map(|(_, decision)| &decision.forms)
            .filter(|forms| !forms.is_empty())
            .collect();
        if !self.layout.dates.is_empty() || with.is_empty() {
            return;
        }
        let months_first = with.iter().filter(|forms| month_first(forms)).count();
        let days_first = tables.iter().any(|(_, decision)| decision.day_first);
        let mut forms: Vec<String> = Vec::new();
        if months_first == 0 || days_first {
            forms.push("usual".to_owned());
        }
        for form in with.into_iter().flatten() {
            if !forms.contains(form) {
                forms.push(form.clone());
            }
        }
        if months_first > 0 && days_first {
            self.looks.push((
                "dates",
                "some files have the day first and others the month; make two ledgers of them"
                    .to_owned(),
            ));
        }
        if months_first > 0
            && !days_first
            && !forms
                .iter()
                .any(|form| form.starts_with("%d") || form.starts_with("%Y"))
        {
            // What is written in words or year first is read besides.
            forms.extend(["%Y-%m-%d", "%d-%b-%Y", "%d %b %Y"].map(str::to_owned));
        }
        let others: Vec<String> = forms
            .iter()
            .filter(|form| *form != "usual")
            .map(|form| format!("`{form}`"))
            .collect();
        self.seen.entry("dates").or_default().push(format!(
            "{} in some cells, besides the forms of the United Kingdom and ISO dates (`usual`); `excel-serial` is the day number of a spreadsheet",
            others.join(", ")
        ));
        self.layout.dates = forms;
    }

    /// Columns that change what an amount means.
    fn beside(&mut self, tables: &Tables<'_>) {
        for (_, decision) in tables {
            if let Some((chosen, texts)) = &decision.signs {
                let known = self
                    .layout
                    .signs
                    .keys()
                    .find(|heading| same(&[(*heading).clone()], &chosen.headings))
                    .cloned();
                let heading = known.unwrap_or_else(|| chosen.headings[0].clone());
                let all = self.layout.signs.entry(heading.clone()).or_default();
                for (list, more) in [
                    (&mut all.spending, &texts.spending),
                    (&mut all.income, &texts.income),
                ] {
                    for text in more {
                        if !list.contains(text) {
                            list.push(text.clone());
                        }
                    }
                }
                let seen = self.seen.entry("signs").or_default();
                if seen.is_empty() {
                    seen.push(format!("{}: {}", shown(&heading), chosen.why));
                }
            }
            if let Some((chosen, units)) = &decision.units {
                let heading = chosen.headings[0].clone();
                self.layout
                    .units
                    .entry(heading.clone())
                    .or_default()
                    .extend(units.clone());
                self.seen.entry("units").or_default().push(format!(
                    "{}: {}",
                    shown(&heading),
                    chosen.why
                ));
            }
        }
        let income: Vec<&String> = tables
            .iter()
            .filter_map(|(_, decision)| decision.income_positive.as_ref())
            .collect();
        match income.first() {
            Some(why) if income.len() == tables.len() => {
                self.layout.sign = Sign::IncomePositive;
                self.seen.entry("sign").or_default().push((*why).clone());
                self.looks.push(("sign", (*why).clone()));
            }
            Some(why) => self.looks.push((
                "sign",
                format!(
                    "in {} of {}: {why}; nothing was turned round",
                    income.len(),
                    counted(tables.len(), "table")
                ),
            )),
            None => {}
        }
    }

    fn codes(&mut self, tables: &Tables<'_>) {
        let known = |layout: &Layout, name: &str| -> Vec<Vec<String>> {
            layout
                .codes
                .get(name)
                .into_iter()
                .flatten()
                .map(|column| column.headings().to_vec())
                .collect()
        };
        let activity = self.alternatives(
            "activity",
            tables,
            |decision| decision.activity.as_ref(),
            known(&self.layout, "activity"),
        );
        let kind = self.alternatives(
            "kind",
            tables,
            |decision| decision.kind.as_ref(),
            known(&self.layout, "kind"),
        );
        let payee = self.alternatives(
            "counterparty",
            tables,
            |decision| decision.payee.as_ref(),
            Vec::new(),
        );
        let several = |decision: &Decision| matches!(decision.bodies, Bodies::Several { .. });
        let partner = match tables.iter().any(|(_, decision)| several(decision)) {
            true => self.alternatives(
                "partner",
                tables,
                |decision| match &decision.bodies {
                    Bodies::Several { column, .. } | Bodies::One { column, .. } => Some(column),
                    Bodies::Unsaid => None,
                },
                Vec::new(),
            ),
            false => Vec::new(),
        };
        if !partner.is_empty() {
            let mut names: BTreeSet<&String> = BTreeSet::new();
            for (_, decision) in tables {
                match &decision.bodies {
                    Bodies::Several { names: several, .. } => names.extend(several),
                    Bodies::One { name, .. } => names.extend([name]),
                    Bodies::Unsaid => self.some_unsaid = true,
                }
            }
            self.bodies = names.into_iter().cloned().collect();
        }
        let codes = &mut self.layout.codes;
        // What is no axis here is kept: rules of counterparties may ask for it.
        codes.retain(|name, _| !["ages", "group", "locality", "tag"].contains(&name.as_str()));
        for (name, alternatives) in [
            ("activity", &activity),
            ("kind", &kind),
            ("counterparty", &payee),
            ("partner", &partner),
        ] {
            if !alternatives.is_empty() {
                codes.insert(name.to_owned(), alternatives.iter().map(column).collect());
            }
        }
        if !activity.is_empty() {
            for axis in ["ages", "group", "locality"] {
                codes.insert(axis.to_owned(), activity.iter().map(column).collect());
            }
        }
    }

    fn excess(&mut self, tables: &Tables<'_>) {
        if let Some(why) = tables
            .iter()
            .find_map(|(_, decision)| decision.excess.as_ref())
        {
            self.layout.excess_decimals = ExcessDecimals::HalfEven;
            self.seen
                .entry("excess_decimals")
                .or_default()
                .push(why.clone());
        }
    }

    /// Which of several columns of one heading is meant.
    fn occurrences(&mut self, tables: &Tables<'_>) {
        for (_, decision) in tables {
            let chosen = [
                &decision.amount,
                &decision.date,
                &decision.period,
                &decision.reference,
                &decision.payee,
                &decision.kind,
                &decision.currency,
            ];
            for chosen in chosen.into_iter().flatten() {
                if let Some(occurrence) = chosen.occurrence {
                    let heading = chosen.headings[0].clone();
                    self.looks.push((
                        "occurrence",
                        format!(
                            "several columns are called {}; number {occurrence} of them is read",
                            shown(&heading)
                        ),
                    ));
                    self.layout.occurrence.insert(heading, occurrence);
                }
            }
        }
    }
}

/// Gives every table that has them the columns that were chosen for most rows: months of few payments have
/// too few texts to choose by.
fn most_chosen(choices: &mut [(&Table, &Chosen)]) {
    let mut rows: Vec<(&Chosen, u64)> = Vec::new();
    for (table, choice) in choices.iter() {
        match rows
            .iter_mut()
            .find(|(known, _)| same(&known.headings, &choice.headings))
        {
            Some((_, all)) => *all += table.rows,
            None => rows.push((choice, table.rows)),
        }
    }
    rows.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
    for (table, choice) in choices {
        let has = |chosen: &Chosen| {
            chosen
                .headings
                .iter()
                .all(|heading| has_heading(table, heading))
        };
        if let Some((most, _)) = rows.iter().find(|(chosen, _)| has(chosen)) {
            *choice = most;
        }
    }
}

/// A layout of a pack with what new files need besides.
#[derive(Debug)]
pub(super) struct Grown {
    pub(super) layout: Layout,
    /// For each key what was added to its list, as TOML writes it.
    pub(super) added: Vec<(Vec<String>, Vec<String>)>,
}

/// Adds to a layout what tables need that it does not read yet. What it says already stays, and comes
/// first.
pub(super) fn grown(old: &Layout, fresh: &Layout, tables: &[&(Table, Decision)]) -> Grown {
    let mut layout = old.clone();
    let mut added: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    let reads = |headings: &[String], table: &Table| {
        headings.iter().all(|heading| has_heading(table, heading))
    };
    let unread = |known: &[String]| {
        let none = |table: &Table| !known.iter().any(|heading| has_heading(table, heading));
        tables.iter().any(|(table, _)| none(table))
    };
    let lists: [(&str, &mut Vec<String>, &Vec<String>); 3] = [
        ("amount", &mut layout.amount, &fresh.amount),
        ("date", &mut layout.date, &fresh.date),
        ("period", &mut layout.period, &fresh.period),
    ];
    for (key, known, more) in lists {
        // A ledger that has no dates has a rule for its period.
        if known.is_empty() || !unread(known) {
            continue;
        }
        let new: Vec<String> = (more.iter())
            .filter(|heading| {
                !known
                    .iter()
                    .any(|one| same(std::slice::from_ref(one), std::slice::from_ref(heading)))
            })
            .cloned()
            .collect();
        if !new.is_empty() {
            added.push((
                vec![key.to_owned()],
                new.iter().map(|heading| quoted::text(heading)).collect(),
            ));
            known.extend(new);
        }
    }
    if !layout.date.is_empty() {
        let usual = |form: &String| form == "usual";
        let mut new: Vec<String> = fresh
            .dates
            .iter()
            .filter(|form| !layout.dates.contains(form))
            .cloned()
            .collect();
        if !layout.dates.is_empty() && !layout.dates.iter().any(usual) {
            // The forms that somebody wrote down stay the first.
            new.retain(|form| !usual(form));
        }
        if !new.is_empty() && !month_first(&fresh.dates) {
            added.push((
                vec!["dates".to_owned()],
                new.iter().map(|form| quoted::text(form)).collect(),
            ));
            layout.dates.extend(new);
        }
    }
    if fresh.excess_decimals == ExcessDecimals::HalfEven
        && layout.excess_decimals == ExcessDecimals::Refuse
    {
        layout.excess_decimals = ExcessDecimals::HalfEven;
        added.push((
            vec!["excess_decimals".to_owned()],
            vec!["\"half-even\"".to_owned()],
        ));
    }
    for (name, known) in &mut layout.codes {
        let missing = tables
            .iter()
            .any(|(table, _)| !known.iter().any(|column| reads(column.headings(), table)));
        let Some(more) = fresh.codes.get(name).filter(|_| missing) else {
            continue;
        };
        let new: Vec<CodeColumn> = more
            .iter()
            .filter(|column| {
                !known
                    .iter()
                    .any(|one| same(one.headings(), column.headings()))
            })
            .cloned()
            .collect();
        if !new.is_empty() {
            let texts = new.iter().map(quoted::column).collect();
            added.push((vec!["codes".to_owned(), name.clone()], texts));
            known.extend(new);
        }
    }
    Grown { layout, added }
}

fn column(headings: &Vec<String>) -> CodeColumn {
    match headings.as_slice() {
        [one] => CodeColumn::Heading(one.clone()),
        several => CodeColumn::Join(Join {
            join: several.to_vec(),
        }),
    }
}

fn has_heading(table: &Table, heading: &str) -> bool {
    let letters = normalised(heading);
    (table.columns.iter()).any(|column| {
        column.heading == heading.trim()
            || !letters.is_empty() && normalised(&column.heading) == letters
    })
}
