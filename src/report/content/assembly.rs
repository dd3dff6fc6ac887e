//! Asks what a report needs: one question with every subtotal, and one for each outcome.

use super::error::ReportError;
use super::locality::{Crossing, LocalityReport, PlacePage, Section, SectionRow};
use super::outcomes::{ReportOutcomes, of_place};
use super::scope::{ReportScope, question};
use super::sum::Shown;
use super::tried::Tried;
use crate::cube::{Answer, By, Cube, Row};
use crate::indicator::{Indicators, Outcome};
use crate::linkage::{OutcomeSpend, same_place};
use crate::money::Pence;
use crate::statistic::Confidence;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

impl LocalityReport {
    /// How many questions [`LocalityReport::build`] asks.
    pub(in crate::report) const QUESTIONS: usize = 1;

    /// Asks everything the report needs in one question with every subtotal, however many places
    /// there are.
    ///
    /// # Errors
    ///
    /// [`ReportError::Ask`] when the place has no such level or no age bands.
    pub fn build(cube: &Cube, scope: &ReportScope) -> Result<Self, ReportError> {
        Self::build_with(cube, scope, &|_, _| ())
    }

    /// [`LocalityReport::build`], telling how far it is: `progress` gets the number of questions
    /// answered and of all.
    ///
    /// # Errors
    ///
    /// As [`LocalityReport::build`].
    pub fn build_with(
        cube: &Cube,
        scope: &ReportScope,
        progress: &dyn Fn(usize, usize),
    ) -> Result<Self, ReportError> {
        // Each table is what a question drilled by its own axes gives; asked together the records
        // are walked once. Partner stands before activity, so that rows of a partner sum to it.
        let drilled = question(cube, scope).by([
            By::Locality(scope.level.clone()),
            By::Partner,
            By::Activity(Some(scope.activity_level.clone())),
            By::Ages(None),
        ]);
        let answers = drilled.every_subtotal()?;
        let alternatives = cube.place().alternatives();
        let others = drilled.subtotals_under(alternatives, &TRIED.map(subset))?;
        progress(Self::QUESTIONS, Self::QUESTIONS);
        let answers = Subtotals(answers);
        let Some(totals) = answers.of(&[PLACE]) else {
            return Err(ReportError::Write {
                format: "tables",
                reason: "the question gave no subtotals".to_owned(),
            });
        };
        let mut report = Self {
            whole: whole_page(cube, &answers, totals),
            places: place_pages(&answers, totals),
            period: scope.period.to_string(),
            phase: scope.phase,
            boundary: totals.question.get("boundary").cloned().unwrap_or_default(),
            months: totals.months.clone(),
            notes: std::iter::once(ROUNDING.to_owned())
                .chain(totals.notes.iter().cloned())
                .collect(),
            bases: totals.bases.clone(),
            absent: cube.place().absent().to_vec(),
            alternatives: (alternatives.iter())
                .map(|other| Arc::from(other.name.as_str()))
                .collect(),
            reconciliation: totals.reconciliation.clone(),
            outcomes: None,
        };
        try_others(&mut report, &others);
        Ok(report)
    }
}

/// The tables that are asked for under other sharing rules too, by their axes: the places, and each of the
/// tables of a page for the whole and for every place.
const TRIED: [&[usize]; 7] = [
    &[PLACE],
    &[ACTIVITY],
    &[AGES],
    &[PARTNER],
    &[PLACE, ACTIVITY],
    &[PLACE, AGES],
    &[PLACE, PARTNER],
];

/// The number of a set of axes.
fn subset(axes: &[usize]) -> usize {
    axes.iter().map(|axis| 1 << axis).sum()
}

/// Puts what other sharing rules come to beside each figure.
fn try_others(report: &mut LocalityReport, others: &[Vec<Answer>]) {
    // By axis and members, for each alternative.
    let mut sums: HashMap<(&[String], Vec<&str>), Vec<Pence>> = HashMap::new();
    for (number, answers) in others.iter().enumerate() {
        for answer in answers {
            for row in &answer.rows {
                let codes = row.keys.iter().map(|key| key.code.as_str()).collect();
                let of_row = (sums.entry((&answer.axes, codes)))
                    .or_insert_with(|| vec![Pence::ZERO; others.len()]);
                of_row[number] = row.figure.amount;
            }
        }
    }
    let totals = |answers: &Vec<Answer>| answers.first().map(|answer| answer.total.amount);
    let of_whole: Vec<Pence> = others.iter().filter_map(totals).collect();
    let nothing = vec![Pence::ZERO; others.len()];
    let tried = |axes: &[&str], codes: &[&str]| {
        let axes: Vec<String> = axes.iter().map(|&axis| axis.to_owned()).collect();
        let found = sums.get(&(axes.as_slice(), codes.to_vec()));
        Tried::new(found.unwrap_or(&nothing).clone())
    };
    report.whole.tried = Tried::new(of_whole);
    for section in &mut report.whole.sections {
        for row in &mut section.rows {
            row.tried = tried(&[&section.axis], &[&row.code]);
        }
    }
    for page in &mut report.places {
        page.tried = tried(&["locality"], &[&page.code]);
        for section in &mut page.sections {
            // Keys stand in the order of the question: partner before activity, both behind the place.
            for row in &mut section.rows {
                row.tried = tried(&["locality", &section.axis], &[&page.code, &row.code]);
            }
        }
    }
}

/// The answers to the report's question, one for each set of its axes.
struct Subtotals(Vec<Answer>);

impl Subtotals {
    fn of(&self, axes: &[usize]) -> Option<&Answer> {
        self.0.get(subset(axes))
    }

    fn rows(&self, axes: &[usize]) -> &[Row] {
        self.of(axes).map_or(&[], |answer| &answer.rows)
    }
}

fn whole_page(cube: &Cube, answers: &Subtotals, totals: &Answer) -> PlacePage {
    let localities = &cube.place().axes().localities;
    let base = cube.place().locality();
    let sections = SECTIONS.iter().filter_map(|&axis| {
        let whole = answers.of(&[axis])?;
        answers.of(&[PLACE, axis])?;
        Some(Section {
            axis: axis_name(whole),
            rows: whole.rows.iter().filter_map(whole_row).collect(),
        })
    });
    let crossings = answers.rows(&[PARTNER, ACTIVITY]).iter();
    PlacePage {
        code: localities.code(base).to_owned(),
        name: localities.name(base).to_owned(),
        shown: Shown::of(&totals.total),
        tried: Tried::default(),
        total: totals.total.clone(),
        sections: sections.collect(),
        crossings: crossings
            .filter_map(|row| match row.keys.as_slice() {
                [partner, activity] => Some(Crossing::of(partner, activity, &row.figure)),
                _ => None,
            })
            .collect(),
        outcomes: None,
    }
}

fn place_pages(answers: &Subtotals, totals: &Answer) -> Vec<PlacePage> {
    let mut sections = sections_of_places(answers);
    let mut crossings = crossings_of_places(answers);
    let page = |row: &Row| {
        let place = row.keys.first()?;
        let code = place.code.as_str();
        Some(PlacePage {
            code: place.code.clone(),
            name: place.name.clone(),
            shown: Shown::of(&row.figure),
            tried: Tried::default(),
            total: row.figure.clone(),
            sections: sections.remove(code).unwrap_or_default(),
            crossings: crossings.remove(code).unwrap_or_default(),
            outcomes: None,
        })
    };
    totals.rows.iter().filter_map(page).collect()
}

/// The tables of each place, by its code, with the same row of the whole place beside each row.
fn sections_of_places(answers: &Subtotals) -> BTreeMap<&str, Vec<Section>> {
    let mut sections: BTreeMap<&str, Vec<Section>> = BTreeMap::new();
    for axis in SECTIONS {
        let (Some(whole), Some(by_place)) = (answers.of(&[axis]), answers.of(&[PLACE, axis]))
        else {
            continue;
        };
        let whole_of: BTreeMap<&str, Pence> = (whole.rows.iter())
            .filter_map(|row| Some((row.keys.first()?.code.as_str(), row.figure.amount)))
            .collect();
        let mut rows: BTreeMap<&str, Vec<SectionRow>> = BTreeMap::new();
        for row in &by_place.rows {
            if let [place, member] = row.keys.as_slice() {
                let whole = whole_of.get(member.code.as_str()).copied();
                let whole = Shown::of_sum(whole.unwrap_or_default());
                let row = SectionRow::of(member, &row.figure, whole);
                rows.entry(&place.code).or_default().push(row);
            }
        }
        for (place, rows) in rows {
            let axis = axis_name(whole);
            sections
                .entry(place)
                .or_default()
                .push(Section { axis, rows });
        }
    }
    sections
}

/// Each place by partner and activity, by its code.
fn crossings_of_places(answers: &Subtotals) -> BTreeMap<&str, Vec<Crossing>> {
    let mut crossings: BTreeMap<&str, Vec<Crossing>> = BTreeMap::new();
    for row in answers.rows(&[PLACE, PARTNER, ACTIVITY]) {
        if let [place, partner, activity] = row.keys.as_slice() {
            let crossing = Crossing::of(partner, activity, &row.figure);
            crossings.entry(&place.code).or_default().push(crossing);
        }
    }
    crossings
}

/// The name of the only axis that an answer is drilled by.
fn axis_name(answer: &Answer) -> String {
    answer.axes.first().cloned().unwrap_or_default()
}

/// The axes of the report's question, by their place in it.
const PLACE: usize = 0;
const PARTNER: usize = 1;
const ACTIVITY: usize = 2;
const AGES: usize = 3;

/// The axes that a page has a table for, in its order.
const SECTIONS: [usize; 3] = [ACTIVITY, AGES, PARTNER];

/// What a reader who compares two tables must know.
const ROUNDING: &str = "Each table adds up to the penny, and all tables of a place to the same \
    total. The same cell of two tables may differ by a penny, because each table is rounded once, \
    from its own total down.";

fn whole_row(row: &Row) -> Option<SectionRow> {
    let member = row.keys.first()?;
    let whole = Shown::of(&row.figure);
    Some(SectionRow::of(member, &row.figure, whole))
}

impl LocalityReport {
    /// The report of [`LocalityReport::build`] with what changed for people in each place.
    ///
    /// Each activity that is meant to help an outcome is asked for once more. There is no default
    /// for the confidence of the intervals.
    ///
    /// # Errors
    ///
    /// As [`LocalityReport::build`]; [`ReportError::Linkage`] when the spending and the outcomes are
    /// those of two places or editions of a pack; [`ReportError::Indicator`] when published
    /// counts cannot be.
    pub fn build_with_outcomes(
        cube: &Cube,
        scope: &ReportScope,
        indicators: &Indicators,
        confidence: Confidence,
    ) -> Result<Self, ReportError> {
        let quiet = |_, _| ();
        Self::build_with_outcomes_and_progress(cube, scope, indicators, confidence, &quiet)
    }

    /// [`LocalityReport::build_with_outcomes`], telling how far it is: `progress` gets the number of
    /// steps done and of all.
    ///
    /// # Errors
    ///
    /// As [`LocalityReport::build_with_outcomes`].
    pub fn build_with_outcomes_and_progress(
        cube: &Cube,
        scope: &ReportScope,
        indicators: &Indicators,
        confidence: Confidence,
        progress: &dyn Fn(usize, usize),
    ) -> Result<Self, ReportError> {
        same_place(&question(cube, scope), indicators)?;
        let outcomes = indicators.outcomes();
        let more = outcomes.len();
        let mut report = Self::build_with(cube, scope, &|done, of| progress(done, of + more))?;
        let mut spent = BTreeMap::new();
        for (i, outcome) in outcomes.iter().enumerate() {
            let question = question(cube, scope);
            let spend = indicators.spend_on_in_places(&outcome.code, &question, &scope.level)?;
            spent.insert(outcome.code.as_str(), spend);
            progress(Self::QUESTIONS + i + 1, Self::QUESTIONS + more);
        }
        let whole = report.whole.code.clone();
        let notes = report.notes.clone();
        for page in std::iter::once(&mut report.whole).chain(&mut report.places) {
            let spend = |outcome: &Outcome| {
                let (of_whole, of_places) = spent.get(outcome.code.as_str())?;
                if of_whole.parts.is_empty() {
                    return None;
                }
                let spend = if page.code == whole {
                    Some(of_whole)
                } else {
                    of_places.get(&page.code)
                };
                // A place without a single line on these activities.
                Some(spend.cloned().unwrap_or_else(|| OutcomeSpend {
                    parts: Vec::new(),
                    total: Pence::ZERO,
                    judgement: Pence::ZERO,
                    ..of_whole.clone()
                }))
            };
            // A page of money that lies in no place of the level has no people.
            let Ok(locality) = indicators.place().axes().localities.find(&page.code) else {
                continue;
            };
            let outcomes = of_place(indicators, locality, confidence, spend, &notes)?;
            page.outcomes = Some(outcomes);
        }
        for note in indicators.notes() {
            // Spending and outcomes often come under the same licence.
            if !report.notes.iter().any(|said| said.contains(note.as_str())) {
                report.notes.push(note.clone());
            }
        }
        report.outcomes = Some(ReportOutcomes {
            confidence,
            gaps: indicators.gaps(),
        });
        Ok(report)
    }
}
