//! Asks what a report needs: one question with every subtotal, and one for each outcome.

use super::error::ReportError;
use super::locality::{Crossing, LocalityReport, PlacePage, Section, SectionRow};
use super::outcomes::{ReportOutcomes, SpendTold, of_place};
use super::scope::{ReportScope, question};
use super::tried::Tried;
use crate::cube::{Answer, By, Cube, Question};
use crate::disclosure::{Everything, Shown, Telling, ToldAnswer, ToldRow, Why, indicators_told};
use crate::indicator::{Indicators, Outcome};
use crate::linkage::{OutcomeSpend, same_place};
use crate::money::Pence;
use crate::statistic::Confidence;
use std::collections::{BTreeMap, BTreeSet, HashMap};
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
        Self::build_told(cube, scope, &Everything, progress)
    }

    /// [`LocalityReport::build_with`], of which each figure is told as `telling` decides: what is withheld
    /// is nowhere in the report.
    ///
    /// What comes of other sharing rules is told only of activities, ages and partners in which money that
    /// is not public has no part, because other rules may share other money into a place.
    ///
    /// # Errors
    ///
    /// As [`LocalityReport::build`]; [`ReportError::Disclosure`] as `telling` gives it.
    pub fn build_told(
        cube: &Cube,
        scope: &ReportScope,
        telling: &dyn Telling,
        progress: &dyn Fn(usize, usize),
    ) -> Result<Self, ReportError> {
        // Each table is what a question drilled by its own axes gives; asked together the records
        // are walked once. Partner stands before activity, so that rows of a partner sum to it.
        let axes = [
            By::Locality(scope.level.clone()),
            By::Partner,
            By::Activity(Some(scope.activity_level.clone())),
            By::Ages(None),
        ];
        let drilled = question(cube, scope).by(axes.clone());
        let answers = drilled.every_subtotal()?;
        let alternatives = cube.place().alternatives();
        let others = drilled.subtotals_under(alternatives, &TRIED.map(subset))?;
        progress(Self::QUESTIONS, Self::QUESTIONS);
        let answers = Subtotals::told(answers, &axes, &question(cube, scope), telling)?;
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
            reconciliation: totals.reconciliation.clone().unwrap_or_default(),
            holds: totals.holds,
            outcomes: None,
        };
        let open = Open::of(&report, cube, scope, telling)?;
        try_others(&mut report, &others, &open);
        Ok(report)
    }
}

/// Of what money that is not public has no part in, wherever in the place: what other rules make of it may be
/// told.
struct Open {
    all: bool,
    /// Axis and code of members.
    members: BTreeSet<(String, String)>,
}

impl Open {
    fn of(
        report: &LocalityReport,
        cube: &Cube,
        scope: &ReportScope,
        telling: &dyn Telling,
    ) -> Result<Self, ReportError> {
        let asked = || question(cube, scope);
        let mut open = Self {
            all: telling.all_public() || telling.is_open(&asked())?,
            members: BTreeSet::new(),
        };
        if open.all || report.alternatives.is_empty() {
            return Ok(open);
        }
        for section in &report.whole.sections {
            for row in &section.rows {
                let axes = cube.place().axes();
                // Money on no member of an axis cannot be asked for by itself.
                let narrowed = match section.axis.as_str() {
                    "partner" => (axes.partners.find(&row.code).ok())
                        .map(|_| asked().partner(row.code.as_str())),
                    "ages" => row.code.parse().ok().map(|ages| asked().ages(ages)),
                    _ => (axes.activities.find(&row.code).ok())
                        .map(|_| asked().activity(row.code.as_str())),
                };
                if let Some(narrowed) = narrowed
                    && telling.is_open(&narrowed)?
                {
                    let member = (section.axis.clone(), row.code.clone());
                    open.members.insert(member);
                }
            }
        }
        Ok(open)
    }

    fn is(&self, axis: &str, code: &str) -> bool {
        self.all || (self.members).contains(&(axis.to_owned(), code.to_owned()))
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

/// The tables that a report shows, by their axes.
const SHOWN: [&[usize]; 9] = [
    &[PLACE],
    &[ACTIVITY],
    &[AGES],
    &[PARTNER],
    &[PLACE, ACTIVITY],
    &[PLACE, AGES],
    &[PLACE, PARTNER],
    &[PARTNER, ACTIVITY],
    &[PLACE, PARTNER, ACTIVITY],
];

/// The number of a set of axes.
fn subset(axes: &[usize]) -> usize {
    axes.iter().map(|axis| 1 << axis).sum()
}

/// Puts what other sharing rules come to beside each figure.
fn try_others(report: &mut LocalityReport, others: &[Vec<Answer>], open: &Open) {
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
    let told = |shown: Shown| !shown.is_withheld();
    if open.all && told(report.whole.shown()) {
        report.whole.tried = Tried::new(of_whole);
    }
    for section in &mut report.whole.sections {
        let axis = &section.axis;
        let rows = section.rows.iter_mut();
        for row in rows.filter(|row| told(row.shown()) && open.is(axis, &row.code)) {
            row.tried = tried(&[&section.axis], &[&row.code]);
        }
    }
    for page in &mut report.places {
        if open.all && told(page.shown()) {
            page.tried = tried(&["locality"], &[&page.code]);
        }
        for section in &mut page.sections {
            let axis = &section.axis;
            // Keys stand in the order of the question: partner before activity, both behind the place.
            let rows = section.rows.iter_mut();
            for row in rows.filter(|row| told(row.shown()) && open.is(axis, &row.code)) {
                row.tried = tried(&["locality", &section.axis], &[&page.code, &row.code]);
            }
        }
    }
}

/// What is told of the answers to the report's question, by the number of the set of its axes.
struct Subtotals(BTreeMap<usize, ToldAnswer>);

impl Subtotals {
    /// Hands each answer that the report shows to who decides what is told of it.
    fn told(
        answers: Vec<Answer>,
        axes: &[By],
        asked: &Question<'_>,
        telling: &dyn Telling,
    ) -> Result<Self, ReportError> {
        let shown: BTreeSet<usize> = SHOWN.into_iter().map(subset).collect();
        let mut told = BTreeMap::new();
        for (number, answer) in answers.into_iter().enumerate() {
            if !shown.contains(&number) {
                continue;
            }
            let own = (axes.iter().enumerate()).filter(|(axis, _)| number & (1 << axis) != 0);
            let question = asked.clone().by(own.map(|(_, by)| by.clone()));
            told.insert(number, telling.tell(&question, answer)?);
        }
        Ok(Self(told))
    }

    fn of(&self, axes: &[usize]) -> Option<&ToldAnswer> {
        self.0.get(&subset(axes))
    }

    fn rows(&self, axes: &[usize]) -> &[ToldRow] {
        self.of(axes).map_or(&[], |answer| &answer.rows)
    }
}

fn whole_page(cube: &Cube, answers: &Subtotals, totals: &ToldAnswer) -> PlacePage {
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

fn place_pages(answers: &Subtotals, totals: &ToldAnswer) -> Vec<PlacePage> {
    let mut sections = sections_of_places(answers);
    let mut crossings = crossings_of_places(answers);
    let page = |row: &ToldRow| {
        let place = row.keys.first()?;
        let code = place.code.as_str();
        Some(PlacePage {
            code: place.code.clone(),
            name: place.name.clone(),
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
        let whole_of: BTreeMap<&str, Shown> = (whole.rows.iter())
            .filter_map(|row| Some((row.keys.first()?.code.as_str(), row.figure.sum_or_zero())))
            .collect();
        let mut rows: BTreeMap<&str, Vec<SectionRow>> = BTreeMap::new();
        for row in &by_place.rows {
            if let [place, member] = row.keys.as_slice() {
                let whole = whole_of.get(member.code.as_str()).copied();
                let whole = whole.unwrap_or(Shown::RecordedZero);
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
fn axis_name(answer: &ToldAnswer) -> String {
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

fn whole_row(row: &ToldRow) -> Option<SectionRow> {
    let member = row.keys.first()?;
    let whole = row.figure.sum();
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
        Self::build_told_with_outcomes(cube, scope, (indicators, confidence), &Everything, progress)
    }

    /// The same of which each figure is told as `telling` decides, as [`LocalityReport::build_told`]. What is
    /// spent on an outcome is told where money that is not public has no part in any of its activities.
    ///
    /// # Errors
    ///
    /// As [`LocalityReport::build_with_outcomes`] and [`LocalityReport::build_told`].
    pub fn build_told_with_outcomes(
        cube: &Cube,
        scope: &ReportScope,
        (indicators, confidence): (&Indicators, Confidence),
        telling: &dyn Telling,
        progress: &dyn Fn(usize, usize),
    ) -> Result<Self, ReportError> {
        same_place(&question(cube, scope), indicators)?;
        let indicators = &*indicators_told(indicators, telling);
        let outcomes = indicators.outcomes();
        let more = outcomes.len();
        let before = |done, of| progress(done, of + more);
        let mut report = Self::build_told(cube, scope, telling, &before)?;
        let mut spent = BTreeMap::new();
        for (i, outcome) in outcomes.iter().enumerate() {
            let question = question(cube, scope);
            if spend_is_open(indicators, outcome, &question, telling)? {
                let spend =
                    indicators.spend_on_in_places(&outcome.code, &question, &scope.level)?;
                spent.insert(outcome.code.as_str(), spend);
            }
            progress(Self::QUESTIONS + i + 1, Self::QUESTIONS + more);
        }
        let whole = report.whole.code.clone();
        let notes = report.notes.clone();
        for page in std::iter::once(&mut report.whole).chain(&mut report.places) {
            let spend = |outcome: &Outcome| {
                let Some((of_whole, of_places)) = spent.get(outcome.code.as_str()) else {
                    return SpendTold::Withheld(Why::Untried);
                };
                if of_whole.parts.is_empty() {
                    return SpendTold::OnNothing;
                }
                let spend = if page.code == whole {
                    Some(of_whole)
                } else {
                    of_places.get(&page.code)
                };
                // A place without a single line on these activities.
                SpendTold::Told(spend.cloned().unwrap_or_else(|| OutcomeSpend {
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

/// Whether money that is not public has no part in any activity that is meant to help an outcome.
fn spend_is_open(
    indicators: &Indicators,
    outcome: &Outcome,
    question: &Question<'_>,
    telling: &dyn Telling,
) -> Result<bool, ReportError> {
    let activities = &indicators.place().axes().activities;
    for contribution in indicators.contributions(&outcome.code) {
        let activity = activities.get(contribution.activity).code.as_str();
        if !telling.is_open(&question.clone().activity(activity))? {
            return Ok(false);
        }
    }
    Ok(true)
}
