//! Opening the register: every row checked, every fault reported.

use super::contribution::{Contribution, Step};
use super::developer::{self, Published};
use super::match_rule::MatchRule;
use super::plans::PlacePlans;
use super::priority::{Level, Priority, Progress};
use super::quantity::{Quantity, Units};
use super::shares::{Assigned, NotDivided, Shares};
use super::spec::{ASSIGNED, FUNDING, MatchedSpec, PRIORITY, PlansSpec};
use super::state::{Source, State};
use crate::axis::name_one_of;
use crate::finding::{Finding, Position, Severity};
use crate::money::{MoneyError, Pence};
use crate::place::Place;
use crate::register::{Cells, DayIn, Register, RegisterError};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::Spanned;

impl PlacePlans {
    /// Opens the register that a pack names as `plans` in its `[place]`.
    ///
    /// # Errors
    ///
    /// [`RegisterError::NotNamed`] where it names none; [`RegisterError::Faults`] with every fault. Faults in published
    /// files of developer contributions do not keep it from opening: the rows do not count, and are in
    /// [`PlacePlans::findings`].
    pub fn open(place: &Arc<Place>) -> Result<Self, RegisterError> {
        let (mut register, spec): (_, PlansSpec) =
            Register::read(place, place.plans_file(), "plans")?;
        let mut priorities = Vec::new();
        let mut seen = Vec::new();
        for cells in register.rows(&spec.priorities, &PRIORITY) {
            register.once(&cells, "code", &mut seen);
            priorities.extend(register.priority(&cells));
        }
        let mut assigned: BTreeMap<String, Vec<Assigned>> = BTreeMap::new();
        let codes: Vec<&str> = seen.iter().map(String::as_str).collect();
        let funding = register.rows(&spec.funding, &FUNDING);
        let mut contributions = register.funding(&funding, &codes, &mut assigned);
        let mut published = Published::default();
        for developer in &spec.developer {
            let one = developer::read(&mut register, developer.get_ref());
            published.rows.read += one.rows.read;
            published.rows.counted += one.rows.counted;
            published.rows.refused += one.rows.refused;
            published.findings.append(one.findings);
            for contribution in one.contributions {
                let known = |other: &Contribution| other.reference == contribution.reference;
                if contributions
                    .iter()
                    .chain(&published.contributions)
                    .any(known)
                {
                    let at = register.at(developer);
                    let found = format!(
                        "there is already a contribution `{}`",
                        contribution.reference
                    );
                    let remedy = "references of contributions are their own across all files: correct one of the two";
                    register.fault("duplicate-code", at, found, remedy);
                }
                published.contributions.push(contribution);
            }
        }
        contributions.append(&mut published.contributions);
        for cells in register.rows(&spec.assigned, &ASSIGNED) {
            let of_nothing = register.assigned(&cells, &codes, &contributions, &mut assigned);
            published.findings.extend(of_nothing);
        }
        let matched = (spec.matched.iter())
            .filter_map(|rule| register.match_rule(rule))
            .collect();
        let mut shares = Vec::with_capacity(contributions.len());
        for contribution in &contributions {
            let assigned = assigned.remove(&contribution.reference).unwrap_or_default();
            shares.extend(register.shares(contribution, &assigned)?);
        }
        let mut findings = register.finish()?;
        findings.append(published.findings);
        for contribution in &contributions {
            findings.extend(out_of_order(contribution)?);
        }
        Ok(Self {
            place: Arc::clone(place),
            notes: spec.notes,
            published: spec.published.trim().to_owned(),
            priorities,
            contributions,
            shares,
            matched,
            rows: published.rows,
            findings,
        })
    }
}

const PRIORITY_UNCLEAR: &str = "priority-unclear";
const FUNDING_UNCLEAR: &str = "funding-unclear";

impl Register<'_> {
    fn priority(&mut self, cells: &Cells) -> Option<Priority> {
        const RULE: &str = PRIORITY_UNCLEAR;
        let mut there = true;
        for (field, what) in [
            ("code", "give it a short code of its own"),
            ("name", "write its name, as people know it"),
            ("place", "write the code of its place"),
            ("level", "write `strategic` or `local`"),
            ("need", "write in words why it is needed"),
            (
                "status",
                "write how far it is: `identified`, `planned`, `under way`, `done` or `withdrawn`",
            ),
        ] {
            there &= self.needed(cells, field, RULE, what);
        }
        let place = self.locality(cells, "place");
        let level = self.word(cells, "level", RULE, &Level::WORDS);
        let progress = self.word(cells, "status", RULE, &Progress::WORDS);
        let cost = self.pounds(cells, "cost", RULE);
        let quantity = self.quantity(cells, "quantity", RULE);
        let unit = cells.text("unit").to_owned();
        if quantity.is_some() == unit.is_empty() {
            let found = format!(
                "`quantity` is `{}` and `unit` is `{unit}`",
                cells.text("quantity")
            );
            let remedy = "write both, as 40 and `affordable homes`, or neither";
            self.fault("priority-unclear", cells.at_column("unit"), found, remedy);
        }
        let from = self.day(cells, "from", DayIn::First, RULE);
        let by = self.day(cells, "by", DayIn::Last, RULE);
        if from.zip(by).is_some_and(|(from, by)| by < from) {
            let found = "it ends before it starts".to_owned();
            self.fault(
                "priority-unclear",
                cells.at_column("by"),
                found,
                "correct one of the two days",
            );
        }
        let lead = self.partner(cells, "lead");
        let cell = self.account_cell(cells, RULE);
        Some(Priority {
            code: cells.text("code").to_owned(),
            name: cells.text("name").to_owned(),
            place: place?,
            level: level?,
            need: cells.text("need").to_owned(),
            cost,
            wanted: quantity.map(|number| (Units::of_hundredths(number), unit)),
            progress: progress?,
            from,
            by,
            lead,
            cell,
            source: cells.text("source").to_owned(),
            position: cells.at(),
        })
        .filter(|_| there)
    }

    /// Funding that is no developer's: rows of one reference are one contribution.
    fn funding(
        &mut self,
        rows: &[Cells],
        priorities: &[&str],
        assigned: &mut BTreeMap<String, Vec<Assigned>>,
    ) -> Vec<Contribution> {
        let mut all: Vec<Contribution> = Vec::new();
        for cells in rows {
            let Some((source, step)) = self.step(cells) else {
                continue;
            };
            let [reference, giver, unit] =
                ["reference", "giver", "unit"].map(|field| cells.text(field).to_owned());
            let number = all.iter().position(|one| one.reference == reference);
            let number = number.unwrap_or_else(|| {
                all.push(Contribution {
                    reference: reference.clone(),
                    source,
                    givers: Vec::new(),
                    purpose: String::new(),
                    unit: unit.clone(),
                    steps: Vec::new(),
                });
                all.len() - 1
            });
            let Some(contribution) = all.get_mut(number) else {
                continue;
            };
            let same = contribution.source == source && contribution.unit == unit;
            if !giver.is_empty() && !contribution.givers.contains(&giver) {
                contribution.givers.push(giver);
            }
            contribution.steps.push(step);
            if !same {
                let found = format!("`{reference}` has another source or unit in a row before");
                let remedy = "give each source and unit a reference of its own: homes, hours and pounds are never added";
                self.fault(
                    "funding-unclear",
                    cells.at_column("reference"),
                    found,
                    remedy,
                );
            }
            self.is_for(cells, &reference, priorities, assigned);
        }
        for contribution in &mut all {
            contribution.steps.sort_by_key(|step| (step.on, step.state));
        }
        all
    }

    fn step(&mut self, cells: &Cells) -> Option<(Source, Step)> {
        const RULE: &str = FUNDING_UNCLEAR;
        let mut there = true;
        for (field, what) in [
            (
                "reference",
                "give the contribution a reference: its rows share it",
            ),
            ("source", "write where it comes from"),
            ("status", "write which step it took"),
            ("on", "write the day on which it took the step"),
        ] {
            there &= self.needed(cells, field, RULE, what);
        }
        let source = self.word(cells, "source", RULE, &Source::words());
        let state = self.word(cells, "status", RULE, &State::words());
        let on = self.day(cells, "on", DayIn::First, RULE);
        let pounds = self.pounds(cells, "pounds", RULE);
        let quantity = self.quantity(cells, "quantity", RULE);
        if cells.text("pounds").is_empty() == cells.text("quantity").is_empty() {
            let found = "a row has pounds or a quantity, one of them".to_owned();
            let remedy = "write one; a promise of both has two references";
            self.fault("funding-unclear", cells.at_column("pounds"), found, remedy);
            return None;
        }
        if cells.text("quantity").is_empty() != cells.text("unit").is_empty() {
            let found = "a quantity has a unit, and pounds have none".to_owned();
            let remedy = "write what the quantity is, as `hours`, or leave `unit` empty";
            self.fault("funding-unclear", cells.at_column("unit"), found, remedy);
            return None;
        }
        let step = Step {
            state: state?,
            on: on?,
            pence: pounds.unwrap_or_default(),
            units: Units::of_hundredths(quantity.unwrap_or_default()),
            reference: cells.text("transaction").to_owned(),
            is_row: true,
            position: cells.at(),
            columns: ("pounds", "transaction"),
        };
        Some((source?, step)).filter(|_| there)
    }

    /// The whole of a contribution is for the priority that its rows name.
    fn is_for(
        &mut self,
        cells: &Cells,
        reference: &str,
        priorities: &[&str],
        assigned: &mut BTreeMap<String, Vec<Assigned>>,
    ) {
        let code = cells.text("priority");
        if code.is_empty() {
            return;
        }
        let Some(priority) = self.number_of(cells, priorities) else {
            return;
        };
        let of_it = assigned.entry(reference.to_owned()).or_default();
        match of_it.first() {
            None => of_it.push(Assigned {
                priority,
                pounds: None,
                units: None,
                position: cells.at(),
            }),
            Some(first) if first.priority == priority => {}
            Some(_) => {
                let found = format!("`{reference}` is for another priority in a row before");
                let remedy = "leave `priority` empty, and divide it in `[[assigned]]`";
                self.fault(
                    "funding-unclear",
                    cells.at_column("priority"),
                    found,
                    remedy,
                );
            }
        }
    }

    fn number_of(&mut self, cells: &Cells, priorities: &[&str]) -> Option<usize> {
        let code = cells.text("priority");
        let found = priorities.iter().position(|one| *one == code);
        if found.is_none() {
            let remedy = name_one_of(code, "priority", priorities.iter().copied());
            let found = format!("there is no priority `{code}`");
            self.fault("unknown-code", cells.at_column("priority"), found, &remedy);
        }
        found
    }

    /// Reads what is assigned; of a contribution that does not count, because its published row has a fault or is
    /// there no longer, it is a finding.
    fn assigned(
        &mut self,
        cells: &Cells,
        priorities: &[&str],
        contributions: &[Contribution],
        assigned: &mut BTreeMap<String, Vec<Assigned>>,
    ) -> Option<Finding> {
        let reference = cells.text("contribution").to_owned();
        let priority = self.number_of(cells, priorities);
        let pounds = self.pounds(cells, "pounds", "assigned-unclear");
        let units = self.quantity(cells, "quantity", "assigned-unclear");
        let known = contributions.iter().map(|one| one.reference.as_str());
        if !known.clone().any(|one| one == reference) {
            let near = name_one_of(&reference, "contribution", known);
            return Some(Finding {
                rule: "contribution-of-nothing".into(),
                severity: Severity::Fault,
                position: cells.at_column("contribution"),
                found: format!(
                    "there is no contribution `{reference}` that counts; nothing is assigned"
                ),
                at_stake: pounds,
                remedy: format!(
                    "mend its row where it is published, or correct the reference: {near}"
                ),
            });
        }
        assigned.entry(reference).or_default().push(Assigned {
            priority: priority?,
            pounds,
            units: units.map(Units::of_hundredths),
            position: cells.at(),
        });
        None
    }

    fn shares(
        &mut self,
        contribution: &Contribution,
        assigned: &[Assigned],
    ) -> Result<Option<Shares>, MoneyError> {
        let why = match Shares::of(contribution, assigned)? {
            Ok(shares) => return Ok(Some(shares)),
            Err(why) => why,
        };
        let at = assigned
            .last()
            .map_or_else(Position::default, |one| one.position.clone());
        let called = &contribution.reference;
        let (found, more, remedy) = match why {
            NotDivided::WholeForSeveral => (
                format!("`{called}` is for several priorities, and one of them has all of it"),
                None,
                "write how many pounds or units of it are for each",
            ),
            NotDivided::MoreThanThereIs(more) => (
                format!("more of `{called}` is assigned than was secured"),
                more,
                "assign what there is, or correct the contribution",
            ),
        };
        self.findings.push(Finding {
            rule: "assigned-unclear".into(),
            severity: Severity::Fault,
            position: at.column("pounds"),
            found,
            at_stake: more,
            remedy: remedy.into(),
        });
        Ok(None)
    }

    fn match_rule(&mut self, rule: &Spanned<MatchedSpec>) -> Option<MatchRule> {
        let at = self.at(rule);
        let rule = rule.get_ref();
        self.code_of_ledger(&at, &rule.ledger, &rule.code)?;
        let mut states = Vec::new();
        for word in &rule.states {
            match State::words().iter().find(|(known, _)| known == word) {
                Some((_, state)) => states.push(*state),
                None => {
                    let known = State::ALL.map(State::word);
                    let remedy = name_one_of(word, "status", known);
                    let found = format!("`{word}` is no step of a contribution");
                    self.fault("unknown-code", at.clone().column("states"), found, &remedy);
                }
            }
        }
        if rule.states.is_empty() {
            let found = "it looks for no step".to_owned();
            let remedy = "write which steps are lines of the ledger too, as `states = [\"spent\"]`";
            self.fault("nothing-written", at.column("states"), found, remedy);
        }
        Some(MatchRule {
            ledger: rule.ledger.clone(),
            code: rule.code.clone(),
            states: states.into_iter().collect(),
        })
    }
}

/// More paid out than came in, or come in than was secured: once the last row is counted.
fn out_of_order(contribution: &Contribution) -> Result<Vec<Finding>, MoneyError> {
    let standing = contribution.pounds(Date::MAX)?;
    let mut findings = Vec::new();
    let Some(last) = contribution.steps.iter().rfind(|step| step.is_row) else {
        return Ok(findings);
    };
    let mut notice = |rule: &str, found: String, pence: Pence, remedy: &str| {
        findings.push(Finding {
            rule: rule.to_owned(),
            severity: Severity::Notice,
            position: last.position.clone().column(last.columns.0),
            found,
            at_stake: Some(pence),
            remedy: remedy.to_owned(),
        });
    };
    let called = &contribution.reference;
    if standing.ahead > Pence::ZERO {
        let out = standing.out()?;
        let received = standing.received()?;
        notice(
            "paid-out-before-received",
            format!(
                "of `{called}`, {out} was spent, transferred or given back, and {received} was received"
            ),
            standing.ahead,
            "add the rows of what was received; where each row says where money stands now, write `rows = \"standing\"`",
        );
    }
    if standing.above > Pence::ZERO {
        let secured = standing.secured()?;
        let rest = Pence::of(secured.hundredths() + standing.above.hundredths())?;
        notice(
            "above-what-was-secured",
            format!("of `{called}`, {rest} came due or was received, and {secured} was secured"),
            standing.above,
            "leave it where it is indexation or interest; where one pound has a row for each of its steps, write `rows = \"steps\"`",
        );
    }
    Ok(findings)
}
