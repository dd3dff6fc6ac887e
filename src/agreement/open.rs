//! Opening the register: every row checked, every fault reported.

use super::agreements::{Agreement, DrawnRule};
use super::grant::DrawDownKind;
use super::spec::{
    ACTION, ACTION_STATUS, AGENDA, AgreementSpec, CONDITION, DECISION, DRAW_DOWN, DrawnSpec,
    FIGURE, GRANT, MEETING, MILESTONE, RATING, REPORT, SURVEY, TARGET,
};
use crate::axis::name_one_of;
use crate::finding::Position;
use crate::indicator::Indicators;
use crate::place::Place;
use crate::register::{Register, RegisterError};
use crate::statistic::Confidence;
use rust_decimal::prelude::ToPrimitive;
use std::sync::Arc;
use toml::Spanned;

impl Agreement {
    /// Opens the register that a pack names as `agreement` in its `[place]`.
    ///
    /// Targets that an indicator measures need the outcomes of the pack, which are opened too.
    ///
    /// # Errors
    ///
    /// [`RegisterError::NotNamed`] where it names none; [`RegisterError::Faults`] with every fault;
    /// [`RegisterError::Outcomes`] where the pack's outcomes do not open.
    pub fn open(place: &Arc<Place>) -> Result<Self, RegisterError> {
        let (mut register, spec): (_, AgreementSpec) =
            Register::read(place, place.agreement_file(), "agreement")?;
        let confidence = register.confidence(&spec);
        let indicators = match place.outcomes_file() {
            Some(_) => Some(Indicators::open(place)?),
            None => None,
        };
        let (mut targets, mut codes) = (Vec::new(), Vec::new());
        for cells in register.rows(&spec.agreed_targets, &TARGET) {
            register.once(&cells, "code", &mut codes);
            targets.push(register.target(&cells, indicators.as_ref()));
        }
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        for cells in register.rows(&spec.milestones, &MILESTONE) {
            register.milestone(&cells, &codes, &mut targets, indicators.as_ref());
        }
        for cells in register.rows(&spec.figures_due, &FIGURE) {
            register.figure_due(&cells, &codes, &mut targets, confidence);
        }
        let surveys = register.rows(&spec.surveys, &SURVEY);
        let surveys = register.surveys(&surveys, &codes, confidence);
        let ratings = register.rows(&spec.ratings, &RATING);
        let ratings = (ratings.iter())
            .filter_map(|cells| register.rating(cells))
            .collect();
        let (mut actions, mut action_codes) = (Vec::new(), Vec::new());
        for cells in register.rows(&spec.actions, &ACTION) {
            register.once(&cells, "code", &mut action_codes);
            actions.push(register.action(&cells, &codes));
        }
        let action_codes: Vec<&str> = action_codes.iter().map(String::as_str).collect();
        for cells in register.rows(&spec.action_status, &ACTION_STATUS) {
            register.action_status(&cells, &action_codes, &mut actions);
        }
        let reports = register.rows(&spec.reports, &REPORT);
        let mut reports: Vec<_> = (reports.iter())
            .filter_map(|cells| register.report(cells))
            .collect();
        reports.sort_by_key(|report| report.as_at);
        let meetings = register.rows(&spec.meetings, &MEETING);
        let mut meetings = register.meetings(&meetings);
        for cells in register.rows(&spec.agenda, &AGENDA) {
            register.agenda_item(&cells, &mut meetings);
        }
        let decisions = register.rows(&spec.decisions, &DECISION);
        let decisions = register.decisions(&decisions, &codes, &meetings);
        let (mut grants, mut grant_codes) = (Vec::new(), Vec::new());
        for cells in register.rows(&spec.reward_grants, &GRANT) {
            register.once(&cells, "code", &mut grant_codes);
            grants.push(register.grant(&cells));
        }
        let grant_codes: Vec<&str> = grant_codes.iter().map(String::as_str).collect();
        for cells in register.rows(&spec.conditions, &CONDITION) {
            register.condition(&cells, &grant_codes, &mut grants, (&codes, &targets));
        }
        for cells in register.rows(&spec.draw_downs, &DRAW_DOWN) {
            register.draw_down(&cells, &grant_codes, &mut grants, &action_codes);
        }
        register.conditions_of_all(&grants);
        let matched = (spec.matched.iter())
            .filter_map(|rule| register.drawn_rule(rule))
            .collect();
        // A row with a fault kept its number, so that others could name it; the faults end the opening here.
        let findings = register.finish()?;
        let (mut targets, mut actions, mut grants) = (all(targets), all(actions), all(grants));
        for target in &mut targets {
            target.milestones.sort_by_key(|one| one.period);
            target.figures.sort_by_key(|one| one.period);
        }
        for action in &mut actions {
            action.history.sort_by_key(|one| one.on);
        }
        for grant in &mut grants {
            grant.draw_downs.sort_by_key(|one| (one.on, one.kind));
        }
        let mut agreement = Self {
            place: Arc::clone(place),
            name: spec.name,
            confidence: confidence.ok_or(RegisterError::Faults(findings.clone()))?,
            notes: spec.notes,
            published: spec.published.trim().to_owned(),
            indicators,
            targets,
            surveys,
            ratings,
            actions,
            reports,
            meetings,
            decisions,
            grants,
            matched,
            findings,
        };
        agreement.find_headline(spec.headline_targets_at_most)?;
        agreement.find_drawn_too_early()?;
        Ok(agreement)
    }
}

fn all<T>(rows: Vec<Option<T>>) -> Vec<T> {
    rows.into_iter().flatten().collect()
}

impl Register<'_> {
    fn confidence(&mut self, spec: &AgreementSpec) -> Option<Confidence> {
        let level = spec.confidence.to_f64().unwrap_or_default();
        let found = Confidence::new(level);
        if let Err(error) = &found {
            let at = self.file_of();
            self.fault(
                "confidence-out-of-range",
                at.column("confidence"),
                error.to_string(),
                "write how sure intervals are meant to be, as `confidence = 0.95`",
            );
        }
        found.ok()
    }

    fn drawn_rule(&mut self, rule: &Spanned<DrawnSpec>) -> Option<DrawnRule> {
        let at: Position = self.at(rule);
        let rule = rule.get_ref();
        self.code_of_ledger(&at, &rule.ledger, &rule.code)?;
        let mut kinds = Vec::new();
        for word in &rule.kinds {
            match DrawDownKind::WORDS.iter().find(|(known, _)| known == word) {
                Some((_, kind)) => kinds.push(*kind),
                None => {
                    let known = DrawDownKind::WORDS.iter().map(|(word, _)| *word);
                    let remedy = name_one_of(word, "kind", known);
                    let found = format!("`{word}` is nothing that money of a grant does");
                    self.fault("unknown-code", at.clone().column("kinds"), found, &remedy);
                }
            }
        }
        if rule.kinds.is_empty() {
            let remedy = "write which of them are lines of the ledger too, as `kinds = [\"paid\"]`";
            self.fault(
                "nothing-written",
                at.column("kinds"),
                "it looks for nothing",
                remedy,
            );
        }
        Some(DrawnRule {
            ledger: rule.ledger.clone(),
            code: rule.code.clone(),
            kinds,
        })
    }
}
