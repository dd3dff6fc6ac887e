//! What is spent in each place of a level, beside the totals of the whole place.

use super::{PlaceOutcomes, ReportOutcomes};
use crate::account::Boundary;
use crate::axis::{Period, Phase};
use crate::cube::{Answer, AskError, By, Cube, Figure, KeyPart, Question, Row};
use crate::indicator::IndicatorError;
use crate::linkage::LinkageError;
use crate::money::Pence;
use crate::reconciliation::Reconciliation;
use serde::Serialize;
use std::collections::BTreeMap;

/// Why a report could not be made or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// A question of the report has no answer.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// An indicator cannot be told of.
    #[error(transparent)]
    Indicator(#[from] IndicatorError),
    /// Spending and outcomes are not of the same place, or what is spent on one cannot be said.
    #[error(transparent)]
    Linkage(#[from] LinkageError),
    /// The report could not be written as CSV or JSON.
    #[error("the report could not be written as {format}: {reason}")]
    Write {
        /// CSV or JSON.
        format: &'static str,
        /// Why.
        reason: String,
    },
}

/// What a report is about; nothing of it has a default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The level of the places: `place-plan-area`.
    pub level: String,
    /// The level to which activities are gathered: `theme`.
    pub activity_level: String,
    /// The period.
    pub period: Period,
    /// Budget, forecast or outturn.
    pub phase: Phase,
    /// Who is inside.
    pub boundary: Boundary,
}

/// Spend in each place of a level, by activity, audience and partner.
///
/// Each table of a place sums to the place, and the places sum to the whole, to the penny. The
/// column of the whole place beside each table sums likewise; a single cell of it may differ by a
/// penny from the sum of the places' cells, because each table is closed once, from its own
/// total down.
#[derive(Clone, Debug, Serialize)]
pub struct LocalityReport {
    /// The place as a whole.
    pub whole: PlacePage,
    /// Each place of the level, in the order of the pack.
    pub places: Vec<PlacePage>,
    /// The period in words.
    pub period: String,
    /// Budget, forecast or outturn.
    pub phase: Phase,
    /// Who is inside.
    pub boundary: String,
    /// What must be said with the figures.
    pub notes: Vec<String>,
    /// From the files to the whole place.
    pub reconciliation: Reconciliation,
    /// What its outcomes have in common, if it was built with them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcomes: Option<ReportOutcomes>,
}

/// One place.
#[derive(Clone, Debug, Serialize)]
pub struct PlacePage {
    /// Code of the locality.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// All of it.
    pub total: Figure,
    /// The same total divided by each axis.
    pub sections: Vec<Section>,
    /// The same total divided by partner, and each partner's by activity.
    pub crossings: Vec<Crossing>,
    /// What changed for people here, if the report was built with outcomes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcomes: Option<PlaceOutcomes>,
}

/// The total of a place divided by one axis.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// `activity`, `ages` or `partner`.
    pub axis: String,
    /// A row a member.
    pub rows: Vec<SectionRow>,
}

/// One member of an axis in one place.
#[derive(Clone, Debug, Serialize)]
pub struct SectionRow {
    /// Code of the member, or the name of a gap.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// What is spent here.
    pub here: Figure,
    /// What is spent in the whole place.
    pub whole: Pence,
}

/// What one partner spends on one activity in one place.
#[derive(Clone, Debug, Serialize)]
pub struct Crossing {
    /// Code of the partner, or the name of a gap.
    pub partner: String,
    /// Its name for people.
    pub partner_name: String,
    /// Code of the activity, or the name of a gap.
    pub activity: String,
    /// Its name for people.
    pub activity_name: String,
    /// What is spent.
    pub figure: Figure,
}

impl Crossing {
    fn of(partner: &KeyPart, activity: &KeyPart, figure: &Figure) -> Self {
        Self {
            partner: partner.code.clone(),
            partner_name: partner.name.clone(),
            activity: activity.code.clone(),
            activity_name: activity.name.clone(),
            figure: figure.clone(),
        }
    }
}

impl LocalityReport {
    /// How many questions [`LocalityReport::build`] asks.
    pub(super) const QUESTIONS: usize = 1;

    /// Asks everything the report needs in one question with every subtotal, however many places
    /// there are.
    ///
    /// # Errors
    ///
    /// [`ReportError::Ask`] when the place has no such level or no age bands.
    pub fn build(cube: &Cube, terms: &Terms) -> Result<Self, ReportError> {
        Self::build_with(cube, terms, &|_, _| ())
    }

    /// [`LocalityReport::build`], telling how far it is: `progress` gets the number of questions
    /// answered and of all.
    ///
    /// # Errors
    ///
    /// As [`LocalityReport::build`].
    pub fn build_with(
        cube: &Cube,
        terms: &Terms,
        progress: &dyn Fn(usize, usize),
    ) -> Result<Self, ReportError> {
        // Each table is what a question drilled by its own axes gives; asked together the records
        // are walked once. Partner stands before activity, so that rows of a partner sum to it.
        let drilled = question(cube, terms).by([
            By::Locality(terms.level.clone()),
            By::Partner,
            By::Activity(Some(terms.activity_level.clone())),
            By::Ages(None),
        ]);
        let answers = drilled.every_subtotal()?;
        progress(Self::QUESTIONS, Self::QUESTIONS);
        let of = |axes: &[usize]| -> Option<&Answer> {
            answers.get(axes.iter().map(|axis| 1 << axis).sum::<usize>())
        };
        let Some(totals) = of(&[PLACE]) else {
            return Err(ReportError::Write {
                format: "tables",
                reason: "the question gave no subtotals".to_owned(),
            });
        };
        let mut whole_sections = Vec::with_capacity(3);
        let mut place_sections: BTreeMap<&str, Vec<Section>> = BTreeMap::new();
        for axis in [ACTIVITY, AGES, PARTNER] {
            let (Some(whole), Some(by_place)) = (of(&[axis]), of(&[PLACE, axis])) else {
                continue;
            };
            let name = whole.axes.first().cloned().unwrap_or_default();
            let whole_of: BTreeMap<&str, Pence> = whole
                .rows
                .iter()
                .filter_map(|row| Some((row.keys.first()?.code.as_str(), row.figure.amount)))
                .collect();
            let mut rows: BTreeMap<&str, Vec<SectionRow>> = BTreeMap::new();
            for row in &by_place.rows {
                if let [place, member] = row.keys.as_slice() {
                    let whole = whole_of.get(member.code.as_str()).copied();
                    rows.entry(&place.code).or_default().push(SectionRow {
                        code: member.code.clone(),
                        name: member.name.clone(),
                        here: row.figure.clone(),
                        whole: whole.unwrap_or_default(),
                    });
                }
            }
            for (place, rows) in rows {
                let axis = name.clone();
                place_sections
                    .entry(place)
                    .or_default()
                    .push(Section { axis, rows });
            }
            whole_sections.push(Section {
                axis: name,
                rows: whole.rows.iter().filter_map(whole_row).collect(),
            });
        }
        let mut place_crossings: BTreeMap<&str, Vec<Crossing>> = BTreeMap::new();
        for row in of(&[PLACE, PARTNER, ACTIVITY]).map_or(&[][..], |answer| &answer.rows) {
            if let [place, partner, activity] = row.keys.as_slice() {
                let crossing = Crossing::of(partner, activity, &row.figure);
                place_crossings
                    .entry(&place.code)
                    .or_default()
                    .push(crossing);
            }
        }
        let crossings = of(&[PARTNER, ACTIVITY]).map_or(&[][..], |answer| &answer.rows);
        let localities = &cube.place().axes().localities;
        let base = cube.place().locality();
        let places = totals
            .rows
            .iter()
            .filter_map(|row| {
                let place = row.keys.first()?;
                Some(PlacePage {
                    code: place.code.clone(),
                    name: place.name.clone(),
                    total: row.figure.clone(),
                    sections: place_sections
                        .remove(place.code.as_str())
                        .unwrap_or_default(),
                    crossings: place_crossings
                        .remove(place.code.as_str())
                        .unwrap_or_default(),
                    outcomes: None,
                })
            })
            .collect();
        Ok(Self {
            whole: PlacePage {
                code: localities.code(base).to_owned(),
                name: localities.name(base).to_owned(),
                total: totals.total.clone(),
                sections: whole_sections,
                crossings: crossings
                    .iter()
                    .filter_map(|row| match row.keys.as_slice() {
                        [partner, activity] => Some(Crossing::of(partner, activity, &row.figure)),
                        _ => None,
                    })
                    .collect(),
                outcomes: None,
            },
            places,
            period: terms.period.to_string(),
            phase: terms.phase,
            boundary: totals.question.get("boundary").cloned().unwrap_or_default(),
            notes: std::iter::once(ROUNDING.to_owned())
                .chain(totals.notes.iter().cloned())
                .collect(),
            reconciliation: totals.reconciliation.clone(),
            outcomes: None,
        })
    }
}

/// The axes of the report's question, by their place in it.
const PLACE: usize = 0;
const PARTNER: usize = 1;
const ACTIVITY: usize = 2;
const AGES: usize = 3;

/// What a reader who compares two tables must know.
const ROUNDING: &str = "Each table adds up to the penny, and all tables of a place to the same \
    total. The same cell of two tables may differ by a penny, because each table is rounded once, \
    from its own total down.";

pub(super) fn question<'a>(cube: &'a Cube, terms: &Terms) -> Question<'a> {
    let localities = &cube.place().axes().localities;
    cube.ask()
        .locality(localities.code(cube.place().locality()))
        .period(terms.period)
        .phase(terms.phase)
        .boundary(terms.boundary.clone())
}

fn whole_row(row: &Row) -> Option<SectionRow> {
    let member = row.keys.first()?;
    Some(SectionRow {
        code: member.code.clone(),
        name: member.name.clone(),
        here: row.figure.clone(),
        whole: row.figure.amount,
    })
}
