//! Rows of targets, their milestones and figures, surveys and ratings.

use super::rating::Rating;
use super::rows::RULE;
use super::target::{
    AgreedTarget, Answers, FigureDue, GivenFigure, Milestone, Survey, TargetMeasure,
};
use crate::axis::{MemberId, name_one_of};
use crate::finding::{Finding, Severity};
use crate::indicator::{Area, Indicators, Polarity};
use crate::register::{Cells, DayIn, Register};
use crate::statistic::Confidence;
use rust_decimal::Decimal;

const BETTER: [(&str, Polarity); 2] = [("higher", Polarity::Higher), ("lower", Polarity::Lower)];

impl Register<'_> {
    pub(super) fn target(
        &mut self,
        cells: &Cells,
        indicators: Option<&Indicators>,
    ) -> Option<AgreedTarget> {
        let there = self.all_needed(
            cells,
            &[
                ("code", "give it a short code of its own"),
                ("name", "write its name, as people know it"),
                ("lead", "write the code of the partner that leads"),
                ("source", "write where it is agreed"),
            ],
        );
        let lead = self.partner(cells, "lead");
        let contributing = self.partners(cells, "contributing");
        if lead.is_some_and(|lead| contributing.contains(&lead)) {
            let found = "the partner that leads contributes as well";
            let remedy = "name each partner once";
            self.fault(RULE, cells.at_column("contributing"), found, remedy);
        }
        let is_headline = self.word(cells, "headline", RULE, &[("yes", true), ("no", false)]);
        let baseline = self.period(cells, "baseline", RULE);
        let measure = self.measure(cells, indicators);
        Some(AgreedTarget {
            code: cells.text("code").to_owned(),
            name: cells.text("name").to_owned(),
            lead: lead?,
            named_in_law: cells.text("named_in_law").to_owned(),
            contributing,
            is_headline: is_headline.unwrap_or(false),
            measure: measure?,
            baseline,
            source: cells.text("source").to_owned(),
            note: cells.text("note").to_owned(),
            milestones: Vec::new(),
            figures: Vec::new(),
            position: cells.at(),
        })
        .filter(|_| there)
    }

    /// Codes of partners with `;` between.
    fn partners(&mut self, cells: &Cells, field: &str) -> Vec<MemberId> {
        let place = self.place;
        let mut found = Vec::new();
        let codes = cells.text(field).split(';').map(str::trim);
        for code in codes.filter(|code| !code.is_empty()) {
            match place.axes().partners.find(code) {
                Ok(partner) => found.push(partner),
                Err(error) => {
                    let (at, what) = (cells.at_column(field), error.to_string());
                    self.fault("unknown-member", at, what, "correct the code");
                }
            }
        }
        found
    }

    fn measure(&mut self, cells: &Cells, indicators: Option<&Indicators>) -> Option<TargetMeasure> {
        let code = cells.text("indicator");
        let better = self.word(cells, "better", RULE, &BETTER);
        if code.is_empty() {
            self.needed(
                cells,
                "better",
                RULE,
                "write which way is good, or name the indicator that measures it",
            );
            self.needed(
                cells,
                "unit",
                RULE,
                "write what one of it is, as `%` or `homes`",
            );
            let unit = cells.text("unit").to_owned();
            return Some(TargetMeasure::ByHand {
                better: better?,
                unit,
            });
        }
        for field in ["better", "unit"] {
            if !cells.text(field).is_empty() {
                let found = format!("`{field}` is said of a target that an indicator measures");
                let remedy = "leave it empty: the indicator says it";
                self.fault(RULE, cells.at_column(field), found, remedy);
            }
        }
        let area = match cells.text("area") {
            "" => Some(self.place.locality()),
            _ => self.locality(cells, "area"),
        };
        let known = indicators.map_or(&[][..], Indicators::indicators);
        let Some(indicator) = known.iter().find(|one| one.code == code) else {
            let remedy = name_one_of(code, "indicator", known.iter().map(|one| one.code.as_str()));
            let found = format!("there is no indicator `{code}`");
            self.fault(
                "unknown-indicator",
                cells.at_column("indicator"),
                found,
                &remedy,
            );
            return None;
        };
        if indicator.better == Polarity::Neither {
            let found = format!("of `{code}` neither direction is good");
            let remedy = "agree a target for something of which more, or less, is better";
            self.fault(RULE, cells.at_column("indicator"), found, remedy);
        }
        Some(TargetMeasure::Indicator {
            code: code.to_owned(),
            area: area?,
        })
    }

    pub(super) fn milestone(
        &mut self,
        cells: &Cells,
        codes: &[&str],
        targets: &mut [Option<AgreedTarget>],
        indicators: Option<&Indicators>,
    ) {
        let there = self.all_needed(
            cells,
            &[
                ("target", "write the code of the target"),
                ("period", "write the period, as `2024-25`"),
                ("value", "write what should be reached"),
                ("source", "write where it is agreed"),
            ],
        );
        let number = self.number_named(cells, "target", codes);
        let period = self.period(cells, "period", RULE);
        let value = self.number(cells, "value", RULE);
        let (Some(number), Some(period), Some(value), true) = (number, period, value, there) else {
            return;
        };
        let Some(target) = targets.get_mut(number).and_then(Option::as_mut) else {
            return;
        };
        if target.milestones.iter().any(|one| one.period == period) {
            let found = format!("`{}` has a milestone for {period} already", target.code);
            let remedy = "keep one of the two";
            self.fault("stated-twice", cells.at_column("period"), found, remedy);
        }
        // The outcomes may state a target for the same figure; two are one too many unless they are one.
        if let (Some(indicators), TargetMeasure::Indicator { code, area }) =
            (indicators, &target.measure)
        {
            let stated = indicators.target(code, Area::Here(*area), period);
            if let Ok(Some(stated)) = stated
                && stated.value != value
            {
                self.findings.push(Finding {
                    rule: "milestone-differs".into(),
                    severity: Severity::Fault,
                    position: cells.at_column("value"),
                    found: format!(
                        "the agreement wants {value} of `{code}` in {period}, and the outcomes {}",
                        stated.value
                    ),
                    at_stake: None,
                    remedy: "correct the one that is wrong, or take it out of the outcomes".into(),
                });
            }
        }
        target.milestones.push(Milestone {
            period,
            value,
            source: cells.text("source").to_owned(),
        });
    }

    pub(super) fn figure_due(
        &mut self,
        cells: &Cells,
        codes: &[&str],
        targets: &mut [Option<AgreedTarget>],
        confidence: Option<Confidence>,
    ) {
        let there = self.all_needed(
            cells,
            &[
                ("target", "write the code of the target"),
                ("period", "write of which period it tells, as `2024-25`"),
                ("due", "write the day by which it should be there"),
                ("owed_by", "write who owes it"),
            ],
        );
        let number = self.number_named(cells, "target", codes);
        let period = self.period(cells, "period", RULE);
        let due = self.day(cells, "due", DayIn::Last, RULE);
        let received = self.day(cells, "received", DayIn::Last, RULE);
        let given = self.given(cells, confidence);
        let (Some(number), Some(period), Some(due), true) = (number, period, due, there) else {
            return;
        };
        let Some(target) = targets.get_mut(number).and_then(Option::as_mut) else {
            return;
        };
        if received.is_some_and(|day| day <= period.first_day()) {
            let found = format!("it came before {period} had begun");
            self.fault(
                RULE,
                cells.at_column("received"),
                found,
                "correct the day or the period",
            );
        }
        if target.figures.iter().any(|one| one.period == period) {
            let found = format!("`{}` has a figure for {period} already", target.code);
            let remedy = "keep one of the two";
            self.fault("stated-twice", cells.at_column("period"), found, remedy);
        }
        let by_hand = matches!(target.measure, TargetMeasure::ByHand { .. });
        match (by_hand, received.is_some(), given.is_some()) {
            (false, _, true) => {
                let found = "a figure is given by hand, and an indicator measures the target";
                let remedy = "leave `value`, `lower`, `upper`, `number` and `of` empty: the outcomes of the pack have it";
                self.fault(RULE, cells.at_column("value"), found, remedy);
            }
            (true, true, false) => {
                let found = "it has come, and nothing says what it is";
                let remedy = "write `value`, or `number` and `of`, with the source";
                self.fault(RULE, cells.at_column("value"), found, remedy);
            }
            (true, false, true) => {
                let found = "a figure is there, and nothing says when it came";
                let remedy = "write the day into `received`: no report before that day may tell it";
                self.fault(RULE, cells.at_column("received"), found, remedy);
            }
            _ => {}
        }
        if given.is_some() {
            self.needed(cells, "source", RULE, "write who says so, and where");
        }
        target.figures.push(FigureDue {
            period,
            due,
            owed_by: cells.text("owed_by").to_owned(),
            received,
            given,
            source: cells.text("source").to_owned(),
            position: cells.at(),
        });
    }

    /// The figure that a row gives by hand; nothing where its cells are empty.
    fn given(&mut self, cells: &Cells, confidence: Option<Confidence>) -> Option<GivenFigure> {
        let [value, lower, upper, number, of] = ["value", "lower", "upper", "number", "of"]
            .map(|field| self.number(cells, field, RULE));
        if [value, lower, upper, number, of]
            .iter()
            .all(Option::is_none)
        {
            return None;
        }
        let unpaired = lower.is_some() != upper.is_some() || number.is_some() != of.is_some();
        let given = match (value, lower.zip(upper), number.zip(of)) {
            _ if unpaired => None,
            (Some(value), limits, None) => Some(GivenFigure::Value { value, limits }),
            (None, None, Some((number, of))) => Some(GivenFigure::Counted { number, of }),
            _ => None,
        };
        let Some(given) = given else {
            let found = "its cells are neither a value nor a count";
            let remedy = "write `value`, with `lower` and `upper` if they are published, or `number` and `of`";
            self.fault(RULE, cells.at_column("value"), found, remedy);
            return None;
        };
        if let Some(Err(error)) = confidence.map(|confidence| given.estimate(confidence)) {
            let remedy = "correct the figures";
            self.fault(RULE, cells.at_column("value"), error.to_string(), remedy);
            return None;
        }
        Some(given)
    }

    pub(super) fn surveys(
        &mut self,
        rows: &[Cells],
        codes: &[&str],
        confidence: Option<Confidence>,
    ) -> Vec<Survey> {
        let mut all: Vec<Survey> = Vec::new();
        for cells in rows {
            let Some(survey) = self.survey(cells, codes, confidence) else {
                continue;
            };
            let same = |one: &Survey| one.code == survey.code && one.period == survey.period;
            if all.iter().any(same) {
                let found = format!("`{}` has a wave of {} already", survey.code, survey.period);
                let remedy = "keep one of the two";
                self.fault("stated-twice", cells.at_column("period"), found, remedy);
            }
            all.push(survey);
        }
        all.sort_by(|one, other| (&one.code, one.period).cmp(&(&other.code, other.period)));
        all
    }

    fn survey(
        &mut self,
        cells: &Cells,
        codes: &[&str],
        confidence: Option<Confidence>,
    ) -> Option<Survey> {
        let there = self.all_needed(
            cells,
            &[
                ("code", "give the measure a code: its waves share it"),
                ("name", "write its name, as people know it"),
                ("question", "write what was asked"),
                ("period", "write when, as `2024-25`"),
                ("due", "write the day by which it should be there"),
                ("owed_by", "write who owes it"),
                ("source", "write who asked, and how people were chosen"),
            ],
        );
        let target = self.number_named(cells, "target", codes);
        let period = self.period(cells, "period", RULE);
        let due = self.day(cells, "due", DayIn::Last, RULE);
        let received = self.day(cells, "received", DayIn::Last, RULE);
        let answers = self.answers(cells, confidence);
        if received.is_some() != answers.is_some() {
            let found = "a survey that has come has answers, and one that has not has none";
            let remedy =
                "write `received`, `number`, `of` and `design_effect`, or leave all of them empty";
            self.fault(RULE, cells.at_column("received"), found, remedy);
        }
        Some(Survey {
            code: cells.text("code").to_owned(),
            target,
            name: cells.text("name").to_owned(),
            question: cells.text("question").to_owned(),
            period: period?,
            due: due?,
            owed_by: cells.text("owed_by").to_owned(),
            received,
            answers,
            source: cells.text("source").to_owned(),
            position: cells.at(),
        })
        .filter(|_| there)
    }

    fn answers(&mut self, cells: &Cells, confidence: Option<Confidence>) -> Option<Answers> {
        let [number, of, asked, design_effect] =
            ["number", "of", "asked", "design_effect"].map(|field| self.number(cells, field, RULE));
        let (Some(number), Some(of), Some(design_effect)) = (number, of, design_effect) else {
            if number.or(of).or(design_effect).is_some() {
                let found = "of `number`, `of` and `design_effect` one is not there";
                let remedy = "write all three; the design effect of a simple random sample is 1";
                self.fault(RULE, cells.at_column("number"), found, remedy);
            }
            return None;
        };
        if design_effect < Decimal::ONE {
            let found = format!("a design effect of {design_effect} is below 1");
            let remedy = "write by how much the variance is larger than that of a simple random sample: 1 or more";
            self.fault(RULE, cells.at_column("design_effect"), found, remedy);
            return None;
        }
        if asked.is_some_and(|asked| asked < of) {
            let found = "more answered than were asked";
            self.fault(
                RULE,
                cells.at_column("asked"),
                found,
                "correct one of the two",
            );
        }
        let answers = Answers {
            number,
            of,
            asked,
            design_effect,
        };
        if let Some(Err(error)) = confidence.map(|confidence| answers.estimate(confidence)) {
            let remedy = "correct the figures";
            self.fault(RULE, cells.at_column("number"), error.to_string(), remedy);
            return None;
        }
        Some(answers)
    }

    pub(super) fn rating(&mut self, cells: &Cells) -> Option<Rating> {
        let there = self.all_needed(
            cells,
            &[
                ("word", "write the word, as `green` or `on track`"),
                ("source", "write who decided the rule"),
            ],
        );
        let target = self.word(cells, "against_target", RULE, &Rating::AGAINST_TARGET);
        let change = self.word(cells, "change", RULE, &Rating::CHANGE);
        let direction = self.word(cells, "direction", RULE, &Rating::DIRECTION);
        Some(Rating {
            word: cells.text("word").to_owned(),
            against_target: target,
            change,
            direction,
            source: cells.text("source").to_owned(),
        })
        .filter(|_| there)
    }
}
