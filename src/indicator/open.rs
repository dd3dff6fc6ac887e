//! Opening the outcomes of a pack: definitions read and checked, every fault reported.

use super::area::{Area, ComparedArea};
use super::definition::{
    Accountability, Contribution, Expected, Forecast, Form, Indicator, Lag, Outcome, Owner,
};
use super::read::{self, Series};
use super::spec::{self, OutcomesSpec};
use super::{Count, IndicatorError, Indicators, Status, Target};
use crate::axis::{Ages, Axes, AxisError, MemberId, Period, nearest};
use crate::finding::{Finding, Findings, Position, Severity};
use crate::place::{Place, TableRow, TableSpec, read_table};
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use std::sync::Arc;
use toml::Spanned;

/// Opens the outcomes of a place.
pub(super) fn open(place: &Arc<Place>) -> Result<Indicators, IndicatorError> {
    let file = place.outcomes_file().ok_or(IndicatorError::NoOutcomes)?;
    let text = std::fs::read_to_string(place.folders().pack_file(file)).map_err(|error| {
        IndicatorError::Unreadable {
            file: file.to_owned(),
            reason: error.to_string(),
        }
    })?;
    let spec: OutcomesSpec =
        toml::from_str(&text).map_err(|error| IndicatorError::NotOutcomes {
            file: file.to_owned(),
            reason: error.to_string().trim_end().to_owned(),
        })?;
    let opener = Opener {
        place,
        file,
        text: &text,
        findings: Findings::new(),
        fingerprints: vec![fingerprint(text.as_bytes())],
        faulty: BTreeSet::new(),
    };
    opener.open(spec)
}

fn fingerprint(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) struct Opener<'a> {
    pub place: &'a Arc<Place>,
    file: &'a str,
    text: &'a str,
    pub findings: Findings,
    pub fingerprints: Vec<String>,
    /// Codes of indicators whose definition has a fault of its own: rows that name them have none.
    faulty: BTreeSet<String>,
}

impl Opener<'_> {
    fn open(mut self, spec: OutcomesSpec) -> Result<Indicators, IndicatorError> {
        let outcomes = self.outcomes(&spec.outcomes);
        let mut indicators = Indicators {
            place: Arc::clone(self.place),
            by_code: BTreeMap::new(),
            contributions: self.contributions(&spec.contributions, &outcomes),
            outcomes,
            indicators: Vec::new(),
            areas: Vec::new(),
            observations: Vec::new(),
            denominators: BTreeMap::new(),
            targets: BTreeMap::new(),
            forecasts: BTreeMap::new(),
            expected: Vec::new(),
            breaks: BTreeMap::new(),
            lags: BTreeMap::new(),
            spend_elsewhere: BTreeMap::new(),
            notes: spec.notes,
            findings: Findings::new(),
            fingerprint: String::new(),
        };
        self.indicators(&spec.indicators, &mut indicators);
        self.headlines(spec.headline_at_most, &indicators);
        let (areas, names) = self.areas(&spec.areas);
        indicators.areas = areas;
        self.denominators(&spec.denominators, &mut indicators);
        self.targets(&spec.targets, &names, &mut indicators);
        self.forecasts(&spec.forecasts, &mut indicators);
        self.expected(&spec.expected, &mut indicators);
        self.breaks(&spec.breaks, &mut indicators);
        self.lags(&spec.lags, &mut indicators);
        let series = self.series(&spec.series, &spec.observations, &indicators);
        let withdrawn = self.to_withdraw(&spec.withdrawn, &names, &indicators);
        // What is wrong so far is in the pack itself; what follows is in the published data.
        if self.findings.any_fault() {
            return Err(IndicatorError::Faults(self.findings));
        }
        for table in &spec.observations {
            let at = self.at(table);
            read::observations(
                &mut self,
                table.get_ref(),
                &at,
                &series,
                &names,
                &mut indicators,
            );
        }
        self.denominators_of_drivers(&mut indicators);
        counts_without_the_other(&mut indicators);
        self.unlike_their_counts(&indicators);
        self.withdrawn(withdrawn, &mut indicators);
        for table in &spec.spend_elsewhere {
            let at = self.at(table);
            read::spend_elsewhere(&mut self, table.get_ref(), &at, &names, &mut indicators);
        }
        indicators.fingerprint = fingerprint(self.fingerprints.join("\n").as_bytes());
        indicators.findings = self.findings;
        Ok(indicators)
    }

    pub(super) fn axes(&self) -> &Axes {
        self.place.axes()
    }

    fn at<T>(&self, table: &Spanned<T>) -> Position {
        let before = self.text.get(..table.span().start).unwrap_or_default();
        Position::line(self.file, before.matches('\n').count() as u64 + 1)
    }

    pub(super) fn table(
        &mut self,
        table: &TableSpec,
        at: &Position,
        fields: &[&str],
    ) -> Vec<TableRow> {
        read_table(
            table,
            fields,
            at,
            self.place.folders(),
            &mut self.findings,
            &mut self.fingerprints,
        )
    }

    /// The rows of several tables with the same fields.
    fn rows(
        &mut self,
        tables: &[Spanned<TableSpec>],
        fields: &'static [&'static str],
    ) -> Vec<Fields> {
        let mut rows = Vec::new();
        for table in tables {
            let at = self.at(table);
            let read = self.table(table.get_ref(), &at, fields);
            rows.extend(read.into_iter().map(|row| Fields { names: fields, row }));
        }
        rows
    }

    pub(super) fn fault(
        &mut self,
        rule: &str,
        at: Position,
        found: impl Into<String>,
        remedy: &str,
    ) {
        self.findings.push(Finding::fault(rule, at, found, remedy));
    }

    /// The member that a field names, or a fault.
    fn found<T>(&mut self, row: &Fields, field: &str, found: Result<T, AxisError>) -> Option<T> {
        match found {
            Ok(member) => Some(member),
            Err(error) => {
                self.fault(
                    "unknown-code",
                    row.at(field),
                    error.to_string(),
                    "correct the code",
                );
                None
            }
        }
    }

    /// The member that a field names; nothing when it is empty.
    fn partner(&mut self, row: &Fields, field: &str) -> Option<MemberId> {
        let code = row.text(field);
        if code.is_empty() {
            return None;
        }
        let found = self.axes().partners.find(code);
        self.found(row, field, found)
    }

    /// Partners separated by semicolons.
    fn partners(&mut self, row: &Fields, field: &str) -> Vec<MemberId> {
        let place = Arc::clone(self.place);
        list(row.text(field))
            .filter_map(|code| {
                let found = place.axes().partners.find(code);
                self.found(row, field, found)
            })
            .collect()
    }

    /// A field that is one of a few words, or a number.
    fn word<T: FromStr<Err = String>>(&mut self, row: &Fields, field: &str) -> Option<T> {
        match row.text(field).parse() {
            Ok(word) => Some(word),
            Err(found) => {
                self.fault(
                    "not-a-word-of-this-field",
                    row.at(field),
                    found,
                    "correct it",
                );
                None
            }
        }
    }

    fn needed(&mut self, row: &Fields, fields: &[&str]) {
        for field in fields {
            if row.text(field).is_empty() {
                self.fault(
                    "nothing-written",
                    row.at(field),
                    format!("`{field}` is empty"),
                    "write it down; it has no default",
                );
            }
        }
    }

    fn period(&mut self, row: &Fields, field: &str, indicator: &Indicator) -> Option<Period> {
        match indicator.years.period(row.text(field)) {
            Ok(period) => Some(period),
            Err(error) => {
                self.fault(
                    "not-a-period",
                    row.at(field),
                    error.to_string(),
                    "write a label as the indicator's own years have it",
                );
                None
            }
        }
    }

    fn decimal(&mut self, row: &Fields, field: &str) -> Option<Decimal> {
        let found = Decimal::from_str(row.text(field));
        if found.is_err() {
            self.fault(
                "not-a-number",
                row.at(field),
                format!(
                    "`{}` is not a number",
                    crate::finding::masked(row.text(field))
                ),
                "write it in digits, as in 12.5",
            );
        }
        found.ok()
    }

    /// The indicator that a row is about.
    fn indicator(&mut self, row: &Fields, all: &Indicators) -> Option<u32> {
        let code = row.text("indicator");
        let found = all.by_code.get(code).copied();
        if found.is_none() && !self.faulty.contains(code) {
            let near = nearest(code, all.by_code.keys().map(String::as_str));
            self.fault(
                "unknown-indicator",
                row.at("indicator"),
                format!("`{code}` is not an indicator of this pack"),
                &the_nearest(&near),
            );
        }
        found
    }

    fn outcomes(&mut self, tables: &[Spanned<TableSpec>]) -> Vec<Outcome> {
        let mut outcomes: Vec<Outcome> = Vec::new();
        for row in self.rows(tables, &spec::OUTCOME) {
            self.needed(&row, &["code", "name"]);
            if outcomes.iter().any(|other| other.code == row.text("code")) {
                self.given_twice(&row, "an outcome");
            }
            outcomes.push(Outcome {
                code: row.owned("code"),
                name: row.owned("name"),
                priority: row.owned("priority"),
                lead: self.partner(&row, "lead"),
                contributing: self.partners(&row, "contributing"),
                headline: Vec::new(),
            });
        }
        outcomes
    }

    fn given_twice(&mut self, row: &Fields, what: &str) {
        self.fault(
            "duplicate-code",
            row.at("code"),
            format!("there is already {what} `{}`", row.text("code")),
            "give each a code of its own",
        );
    }

    /// What an indicator may have once only.
    fn stated_twice(&mut self, row: &Fields, what: &str) {
        self.fault(
            "stated-twice",
            row.at("indicator"),
            format!("there is already a {what} of `{}`", row.text("indicator")),
            "remove one of the two",
        );
    }

    fn contributions(
        &mut self,
        tables: &[Spanned<TableSpec>],
        outcomes: &[Outcome],
    ) -> Vec<Contribution> {
        let mut all: Vec<Contribution> = Vec::new();
        for row in self.rows(tables, &spec::CONTRIBUTION) {
            self.needed(&row, &["judgement", "contribution"]);
            let outcome = self.outcome(&row, outcomes);
            let activity = self.axes().activities.find(row.text("activity"));
            let activity = self.found(&row, "activity", activity);
            let weight = self.decimal(&row, "weight");
            if weight.is_some_and(|weight| weight <= Decimal::ZERO || weight > Decimal::ONE) {
                self.fault(
                    "weight-out-of-range",
                    row.at("weight"),
                    format!("the weight is {}", row.text("weight")),
                    "a weight is more than 0 and at most 1: the part of the activity's spending",
                );
            }
            let (Some(outcome), Some(activity), Some(weight)) = (outcome, activity, weight) else {
                continue;
            };
            // Two contributions of which one activity lies under the other would count it twice.
            let tree = &self.axes().activities;
            let overlaps = all.iter().any(|other| {
                other.outcome == outcome
                    && (tree.contains(other.activity, activity)
                        || tree.contains(activity, other.activity))
            });
            if overlaps {
                self.fault(
                    "activity-given-twice",
                    row.at("activity"),
                    format!(
                        "`{}` overlaps another activity that contributes to `{outcome}`",
                        row.text("activity")
                    ),
                    "name each activity once, on one level",
                );
            }
            all.push(Contribution {
                outcome,
                activity,
                weight,
                judgement: row.owned("judgement"),
                how: row.owned("contribution"),
            });
        }
        all
    }

    fn outcome(&mut self, row: &Fields, outcomes: &[Outcome]) -> Option<String> {
        let code = row.text("outcome");
        if outcomes.iter().any(|outcome| outcome.code == code) {
            return Some(code.to_owned());
        }
        let near = nearest(code, outcomes.iter().map(|outcome| outcome.code.as_str()));
        self.fault(
            "unknown-outcome",
            row.at("outcome"),
            format!("`{code}` is not an outcome of this pack"),
            &the_nearest(&near),
        );
        None
    }

    fn indicators(&mut self, tables: &[Spanned<TableSpec>], all: &mut Indicators) {
        for row in self.rows(tables, &spec::INDICATOR) {
            let Some(indicator) = self.definition(&row, &all.outcomes) else {
                self.faulty.insert(row.owned("code"));
                continue;
            };
            if all.by_code.contains_key(&indicator.code) {
                self.given_twice(&row, "an indicator");
                continue;
            }
            match row.text("headline") {
                "" => {}
                "yes" => {
                    let outcomes = &mut all.outcomes;
                    let own = outcomes
                        .iter_mut()
                        .find(|outcome| Some(&outcome.code) == indicator.outcome.as_ref());
                    match own {
                        Some(outcome) => outcome.headline.push(indicator.code.clone()),
                        None => self.fault(
                            "headline-without-outcome",
                            row.at("headline"),
                            format!("`{}` tells of no outcome", indicator.code),
                            "name its outcome, or leave it out of the headline",
                        ),
                    }
                }
                other => self.fault(
                    "not-a-word-of-this-field",
                    row.at("headline"),
                    format!("`{other}` is neither `yes` nor empty"),
                    "correct it",
                ),
            }
            let number = u32::try_from(all.indicators.len()).unwrap_or(u32::MAX);
            all.by_code.insert(indicator.code.clone(), number);
            all.indicators.push(indicator);
            all.observations.push(BTreeMap::new());
        }
    }

    fn definition(&mut self, row: &Fields, outcomes: &[Outcome]) -> Option<Indicator> {
        self.needed(row, &["code", "name", "unit", "level", "source"]);
        let outcome = match row.text("outcome") {
            "" => None,
            _ => self.outcome(row, outcomes),
        };
        let form: Option<Form> = self.word(row, "form");
        let per = self.per(row, form);
        let accountability = self.accountability(row);
        let ages = match row.text("ages") {
            "" => None,
            text => match text.parse::<Ages>() {
                Ok(ages) => Some(ages),
                Err(error) => {
                    self.fault(
                        "ages-out-of-range",
                        row.at("ages"),
                        error.to_string(),
                        "correct them",
                    );
                    None
                }
            },
        };
        let group = match row.text("group") {
            "" => None,
            code => {
                let found = self.axes().groups.find(code);
                self.found(row, "group", found)
            }
        };
        let reoffending = match row.text("reoffending") {
            "" => None,
            _ => self.word(row, "reoffending"),
        };
        self.qualified(row);
        self.level(row, row.text("level"));
        let owner = self.owner(row);
        let lead = self.partner(row, "lead");
        let contributing = self.partners(row, "contributing");
        Some(Indicator {
            code: row.owned("code"),
            name: row.owned("name"),
            outcome,
            accountability: accountability?,
            better: self.word(row, "better")?,
            form: form?,
            per: per?,
            unit: row.owned("unit"),
            numerator: row.owned("numerator"),
            denominator: row.owned("denominator"),
            ages,
            group,
            level: row.owned("level"),
            years: self.word(row, "years")?,
            owner: owner?,
            lead,
            contributing,
            source: row.owned("source"),
            reoffending,
            note: row.owned("note"),
        })
    }

    fn per(&mut self, row: &Fields, form: Option<Form>) -> Option<u32> {
        let wants = matches!(form?, Form::Proportion | Form::Rate);
        match (row.text("per"), wants) {
            ("", false) => Some(1),
            (text, true) => match text.parse::<u32>() {
                Ok(per) if per > 0 => Some(per),
                _ => {
                    self.fault(
                        "nothing-written",
                        row.at("per"),
                        format!("`per` is `{text}`"),
                        "write for how many it is given: 100, 1000, 100000",
                    );
                    None
                }
            },
            (text, false) => {
                self.fault(
                    "not-a-rate",
                    row.at("per"),
                    format!("`per` is `{text}`, and this is neither a proportion nor a rate"),
                    "leave `per` empty, or correct the form",
                );
                None
            }
        }
    }

    fn accountability(&mut self, row: &Fields) -> Option<Accountability> {
        let service = ["asks", "service_partner", "service_activity"];
        match row.text("accountability") {
            "population" => {
                for field in service {
                    if !row.text(field).is_empty() {
                        self.fault(
                            "population-with-a-service",
                            row.at(field),
                            format!("a population indicator has `{field}`"),
                            "no single service answers for a population; leave it empty, or make \
                             it a performance measure",
                        );
                    }
                }
                Some(Accountability::Population)
            }
            "performance" => {
                self.needed(row, &service);
                let asks = self.word(row, "asks");
                let partner = self.partner(row, "service_partner");
                let activity = self.axes().activities.find(row.text("service_activity"));
                let activity = self.found(row, "service_activity", activity);
                Some(Accountability::Performance {
                    asks: asks?,
                    partner: partner?,
                    activity: activity?,
                })
            }
            other => {
                self.fault(
                    "not-a-word-of-this-field",
                    row.at("accountability"),
                    format!("`{other}` is neither `population` nor `performance`"),
                    "say whether it tells of everybody in a place or of a service's own people",
                );
                None
            }
        }
    }

    /// "Reoffending rate" means three things; an indicator of it says which.
    fn qualified(&mut self, row: &Fields) {
        let words = [row.text("code"), row.text("name"), row.text("unit")].join(" ");
        let words = words.to_lowercase().replace("re-offen", "reoffen");
        if words.contains("reoffen") && row.text("reoffending").is_empty() {
            self.fault(
                "reoffending-not-qualified",
                row.at("reoffending"),
                format!(
                    "`{}` measures reoffending and does not say how",
                    row.text("code")
                ),
                "write `binary` (share of the cohort who reoffend), `per-reoffender` or \
                 `per-offender` (reoffences for each)",
            );
        }
    }

    fn level(&mut self, row: &Fields, level: &str) {
        let levels = self.axes().localities.levels();
        if !levels.contains(&level) {
            let found = format!("`{level}` is not a level of localities");
            let remedy = format!("the levels are {}", levels.join(", "));
            self.fault("unknown-level", row.at("level"), found, &remedy);
        }
    }

    fn owner(&mut self, row: &Fields) -> Option<Owner> {
        match (row.text("owner"), row.text("publisher")) {
            ("", publisher) if !publisher.is_empty() => {
                Some(Owner::Publisher(publisher.to_owned()))
            }
            (owner, "") if !owner.is_empty() => self.partner(row, "owner").map(Owner::Partner),
            _ => {
                self.fault(
                    "nobody-owes-it",
                    row.at("owner"),
                    "one of `owner` and `publisher` must say who owes the figure",
                    "write the code of a partner as `owner`, or who publishes it as `publisher`",
                );
                None
            }
        }
    }

    fn headlines(&mut self, at_most: usize, all: &Indicators) {
        for outcome in &all.outcomes {
            let given = outcome.headline.len();
            if given > at_most {
                self.fault(
                    "headline-too-long",
                    Position::line(self.file, 1).column("headline_at_most"),
                    format!(
                        "outcome `{}` has {given} indicators in its headline, and this pack \
                         allows {at_most}",
                        outcome.code
                    ),
                    "choose those that matter most; the rest is shown behind",
                );
            }
        }
    }

    /// Areas, and every text by which files may call one.
    fn areas(&mut self, tables: &[Spanned<TableSpec>]) -> (Vec<ComparedArea>, Names) {
        let place = Arc::clone(self.place);
        let localities = &place.axes().localities;
        let mut areas: Vec<ComparedArea> = Vec::new();
        let mut names = Names::new();
        for row in self.rows(tables, &spec::AREA) {
            self.needed(&row, &["code", "name"]);
            let number = u32::try_from(areas.len()).unwrap_or(u32::MAX);
            let area = match localities.find(row.text("code")) {
                Ok(locality) => Area::Here(locality),
                Err(_) => Area::Elsewhere(number),
            };
            let own = match area {
                Area::Here(locality) => Some(localities.leaves(locality).clone()),
                Area::Elsewhere(_) => None,
            };
            let mut parts = Vec::new();
            for code in list(row.text("localities")) {
                let found = localities.find(code);
                parts.extend(self.found(&row, "localities", found));
            }
            let leaves = parts.iter().map(|&part| localities.leaves(part));
            let leaves = if parts.is_empty() {
                own
            } else {
                Some(crate::axis::Leaves::union(leaves))
            };
            let rank = match row.text("rank") {
                "" => None,
                text => {
                    let rank = text.parse().ok();
                    if rank.is_none() {
                        self.fault(
                            "not-a-number",
                            row.at("rank"),
                            format!("`{text}` is not a rank"),
                            "write 1 for the nearest",
                        );
                    }
                    rank
                }
            };
            let called = [row.text("code"), row.text("name")];
            for name in called.into_iter().chain(list(row.text("also"))) {
                if names
                    .insert(name.to_owned(), area)
                    .is_some_and(|other| other != area)
                {
                    self.fault(
                        "name-of-two-areas",
                        row.at("also"),
                        format!("`{name}` already stands for another area"),
                        "give each name to one area",
                    );
                }
            }
            let Some(relation) = self.word(&row, "relation") else {
                continue;
            };
            areas.push(ComparedArea {
                area,
                code: row.owned("code"),
                name: row.owned("name"),
                relation,
                rank,
                leaves,
            });
        }
        (areas, names)
    }

    fn denominators(&mut self, tables: &[Spanned<TableSpec>], all: &mut Indicators) {
        let place = Arc::clone(self.place);
        for row in self.rows(tables, &spec::DENOMINATOR) {
            let driver = place
                .drivers()
                .iter()
                .position(|driver| driver.code() == row.text("driver"));
            if driver.is_none() {
                let near = nearest(
                    row.text("driver"),
                    place.drivers().iter().map(crate::driver::Driver::code),
                );
                self.fault(
                    "unknown-driver",
                    row.at("driver"),
                    format!("`{}` is not a driver", row.text("driver")),
                    &the_nearest(&near),
                );
            }
            let ages = match row.text("ages") {
                "" => Ok(Ages::ALL),
                text => text.parse::<Ages>(),
            };
            let ages = self.found(&row, "ages", ages);
            if let (Some(number), Some(driver), Some(ages)) =
                (self.indicator(&row, all), driver, ages)
            {
                if all.denominators.insert(number, (driver, ages)).is_some() {
                    self.stated_twice(&row, "denominator");
                }
            }
        }
    }

    fn targets(&mut self, tables: &[Spanned<TableSpec>], names: &Names, all: &mut Indicators) {
        for row in self.rows(tables, &spec::TARGET) {
            self.needed(&row, &["source"]);
            let Some(number) = self.indicator(&row, all) else {
                continue;
            };
            let period = self.period(&row, "period", &all.indicators[number as usize]);
            let value = self.decimal(&row, "value");
            let area = names
                .get(row.text("area"))
                .copied()
                .map(Ok)
                .unwrap_or_else(|| {
                    let found = self.axes().localities.find(row.text("area"));
                    found.map(Area::Here)
                });
            let area = self.found(&row, "area", area);
            if let (Some(area), Some(period), Some(value)) = (area, period, value) {
                let target = Target {
                    value,
                    source: row.owned("source"),
                };
                if all.targets.insert((number, area, period), target).is_some() {
                    self.stated_twice(&row, "target of this area and period");
                }
            }
        }
    }

    fn forecasts(&mut self, tables: &[Spanned<TableSpec>], all: &mut Indicators) {
        for row in self.rows(tables, &spec::FORECAST) {
            self.needed(&row, &["judgement"]);
            let Some(number) = self.indicator(&row, all) else {
                continue;
            };
            let indicator = &all.indicators[number as usize];
            let from = self.period(&row, "from", indicator);
            let to = self.period(&row, "to", indicator);
            let method = self.word(&row, "method");
            let history = from
                .zip(to)
                .and_then(|(from, to)| self.found(&row, "to", from.through(to)));
            if let (Some(method), Some(history)) = (method, history) {
                let forecast = Forecast {
                    method,
                    history,
                    judgement: row.owned("judgement"),
                };
                if all.forecasts.insert(number, forecast).is_some() {
                    self.stated_twice(&row, "forecast");
                }
            }
        }
    }

    fn expected(&mut self, tables: &[Spanned<TableSpec>], all: &mut Indicators) {
        for row in self.rows(tables, &spec::EXPECTED) {
            self.level(&row, row.text("level"));
            let Some(number) = self.indicator(&row, all) else {
                continue;
            };
            let indicator = &all.indicators[number as usize];
            let first = self.period(&row, "from", indicator);
            let last = self.period(&row, "to", indicator);
            if let (Some(first), Some(last)) = (first, last) {
                let expected = Expected {
                    level: row.owned("level"),
                    first,
                    last,
                };
                all.expected.push((number, expected));
            }
        }
    }

    fn breaks(&mut self, tables: &[Spanned<TableSpec>], all: &mut Indicators) {
        for row in self.rows(tables, &spec::BREAK) {
            self.needed(&row, &["why"]);
            let Some(number) = self.indicator(&row, all) else {
                continue;
            };
            let period = self.period(&row, "period", &all.indicators[number as usize]);
            if let Some(period) = period {
                let breaks = all.breaks.entry(number).or_default();
                breaks.push((period, row.owned("why")));
            }
        }
    }

    /// A published rate that its own counts do not make has the wrong counts, or is of others.
    fn unlike_their_counts(&mut self, all: &Indicators) {
        for (indicator, observations) in all.indicators.iter().zip(&all.observations) {
            let unlike = observations.iter().filter_map(|(&(period, area), told)| {
                Some((period, area, told.unlike(indicator)?))
            });
            let unlike: Vec<_> = unlike.collect();
            let Some(&(period, area, (published, made))) = unlike.first() else {
                continue;
            };
            self.findings.push(Finding {
                rule: "figure-unlike-its-counts".to_owned(),
                severity: Severity::Notice,
                position: Position::file(self.file),
                found: format!(
                    "{} figures of `{}` are not what their own counts make; the first is of {} in \
                     {period}: published {published}, from its counts {made}",
                    unlike.len(),
                    indicator.code,
                    all.area_name(area),
                ),
                at_stake: None,
                remedy:
                    "check that the counts are of the same people; intervals and larger places \
                         are made from the counts"
                        .to_owned(),
            });
        }
    }

    /// Figures that the pack does not believe: indicator, area, and the row that says so.
    fn to_withdraw(
        &mut self,
        tables: &[Spanned<TableSpec>],
        names: &Names,
        all: &Indicators,
    ) -> Vec<(u32, Area, Fields)> {
        let mut withdrawn = Vec::new();
        for row in self.rows(tables, &spec::WITHDRAWN) {
            self.needed(&row, &["why"]);
            let number = self.indicator(&row, all);
            let area = names.get(row.text("area")).copied();
            if area.is_none() {
                self.fault(
                    "unknown-area",
                    row.at("area"),
                    format!("`{}` is not among the areas", row.text("area")),
                    "name it in a row of `areas`",
                );
            }
            if let (Some(number), Some(area)) = (number, area) {
                withdrawn.push((number, area, row));
            }
        }
        withdrawn
    }

    /// Takes them out, and says so.
    fn withdrawn(&mut self, withdrawn: Vec<(u32, Area, Fields)>, all: &mut Indicators) {
        for (number, area, row) in withdrawn {
            let mut taken = 0;
            for (&(_, of), observation) in &mut all.observations[number as usize] {
                if of == area {
                    observation.withdraw();
                    taken += 1;
                }
            }
            self.findings.push(Finding {
                rule: "figures-withdrawn".to_owned(),
                severity: Severity::Notice,
                position: row.at("area"),
                found: format!(
                    "{taken} figures of `{}` for {} are not used: {}",
                    row.text("indicator"),
                    row.text("area"),
                    row.text("why")
                ),
                at_stake: None,
                remedy: "nothing to do here; tell the publisher".to_owned(),
            });
        }
    }

    /// Published counts above the line that are more than all the people of a driver.
    fn denominators_of_drivers(&mut self, all: &mut Indicators) {
        for &number in all.denominators.keys() {
            let indicator = &all.indicators[number as usize];
            let mut wrong = Vec::new();
            for &(period, area) in all.observations[number as usize].keys() {
                let observation = all.observed(number, area, period).unwrap_or_default();
                if let Some(found) = read::more_than_all(indicator, &observation) {
                    self.findings.push(Finding::fault(
                        "impossible-figure",
                        Position::file(self.file).column("denominators"),
                        format!(
                            "`{}` for {} in {period}: {found}",
                            indicator.code,
                            all.area_name(area)
                        ),
                        "check the figure and the driver; it is not used",
                    ));
                    wrong.push((period, area));
                }
            }
            for key in wrong {
                if let Some(observation) = all.observations[number as usize].get_mut(&key) {
                    observation.withdraw();
                }
            }
        }
    }

    fn lags(&mut self, tables: &[Spanned<TableSpec>], all: &mut Indicators) {
        for row in self.rows(tables, &spec::LAG) {
            self.needed(&row, &["why"]);
            let Some(number) = self.indicator(&row, all) else {
                continue;
            };
            match row.text("months").parse() {
                Ok(months) => {
                    let why = row.owned("why");
                    if all.lags.insert(number, Lag { months, why }).is_some() {
                        self.stated_twice(&row, "lag");
                    }
                }
                Err(_) => self.fault(
                    "not-a-number",
                    row.at("months"),
                    format!("`{}` is not a number of months", row.text("months")),
                    "write 0 where there is none",
                ),
            }
        }
    }

    fn series(
        &mut self,
        tables: &[Spanned<TableSpec>],
        observations: &[Spanned<spec::ObservationsSpec>],
        all: &Indicators,
    ) -> Series {
        let datasets: BTreeSet<&str> = observations
            .iter()
            .map(|table| table.get_ref().dataset.as_str())
            .collect();
        let mut series = Series::new();
        for row in self.rows(tables, &spec::SERIES) {
            if !datasets.contains(row.text("dataset")) {
                let near = nearest(row.text("dataset"), datasets.iter().copied());
                self.fault(
                    "unknown-dataset",
                    row.at("dataset"),
                    format!("no observations are of `{}`", row.text("dataset")),
                    &the_nearest(&near),
                );
            }
            if let (Some(number), Some(part)) = (self.indicator(&row, all), self.word(&row, "part"))
            {
                series
                    .entry(row.owned("dataset"))
                    .or_default()
                    .entry(row.owned("published"))
                    .or_default()
                    .push((number, part));
            }
        }
        series
    }
}

/// A count above the line alone is no figure of a share or rate: its status says so.
fn counts_without_the_other(all: &mut Indicators) {
    for (number, indicator) in (0..).zip(&all.indicators) {
        let shares = matches!(indicator.form, Form::Proportion | Form::Rate);
        if !shares || all.denominators.contains_key(&number) {
            continue;
        }
        for observation in all.observations[number as usize].values_mut() {
            let alone = observation.value.is_none() && observation.numerator.is_some();
            if alone && observation.denominator.is_none() {
                observation.denominator = Some(Count::missing(Status::NotCollected));
            }
        }
    }
}

/// Every text by which files call an area.
pub(super) type Names = BTreeMap<String, Area>;

/// What stands nearest to a code that is not there.
fn the_nearest(near: &[String]) -> String {
    match near {
        [] => "nothing here is called so; define it, or leave the row out".to_owned(),
        near => format!("the nearest are {}", near.join(", ")),
    }
}

/// Texts separated by semicolons.
fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// A row whose fields are found by name.
struct Fields {
    names: &'static [&'static str],
    row: TableRow,
}

impl Fields {
    fn text(&self, field: &str) -> &str {
        let place = self.names.iter().position(|name| *name == field);
        place.map_or("", |place| self.row.fields[place].trim())
    }

    fn owned(&self, field: &str) -> String {
        self.text(field).to_owned()
    }

    fn at(&self, field: &str) -> Position {
        self.row.position.clone().column(field)
    }
}
