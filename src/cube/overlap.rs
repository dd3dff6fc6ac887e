//! Where several partners spend on the same, and where a priority has nothing.
//!
//! A list of leads: that two partners spend on the same activity for the same people in the same
//! place may be waste, or may be a good team. The list says so.

use super::{AskError, By, Cube, Figure, KeyPart};
use crate::account::Boundary;
use crate::axis::{Ages, Evidence, Gap, Period, Phase};
use crate::money::Pence;
use crate::place::Priority;
use crate::table::{Align, Table};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// What a list of overlaps is about; nothing of it has a default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverlapScope {
    /// The level to which activities are gathered.
    pub activity_level: String,
    /// The level of the places.
    pub locality_level: String,
    /// Age bands, from 0 to 90+; those of the pack when `None`.
    pub ages: Option<Vec<Ages>>,
    /// The weakest evidence that counts: county money shared over all places by residents would
    /// make every place an overlap.
    pub weakest: Evidence,
    /// The period.
    pub period: Period,
    /// Budget, forecast or outturn.
    pub phase: Phase,
    /// Who is inside.
    pub boundary: Boundary,
}

/// Leads, not verdicts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Overlaps {
    /// Cells in which several partners spend, most money first. Money that is not known to the
    /// levels that were asked is in none.
    pub cells: Vec<Overlap>,
    /// Places where a priority has nothing, in the order of priorities and places.
    pub gaps: Vec<PriorityGap>,
    /// What must be said with the list.
    pub notes: Vec<String>,
}

/// One cell of activity × audience × locality in which several partners spend.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Overlap {
    /// The activity.
    pub activity: KeyPart,
    /// The ages.
    pub ages: KeyPart,
    /// The place.
    pub locality: KeyPart,
    /// What all of them spend, of the evidence that counts.
    pub amount: Pence,
    /// What each spends, most first.
    pub partners: Vec<(KeyPart, Pence)>,
    /// The Herfindahl–Hirschman index: the sum of squared shares, from 10,000 (one partner spends
    /// all) towards nought, rounded down.
    pub concentration: u32,
}

/// A place where a priority has nothing of the evidence that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PriorityGap {
    /// The priority.
    pub priority: String,
    /// Code of the place.
    pub locality: String,
    /// Name of the place.
    pub name: String,
    /// What weaker evidence puts there.
    pub weaker: Pence,
    /// What may lie there or not.
    pub unshared: Pence,
}

const LEAD: &str = "A lead, not a verdict: partners who spend on the same may duplicate each other \
    or complete each other, and a place without money may be served from the next one.";

impl Overlaps {
    /// Looks for overlaps, and for places where a priority of the pack has nothing.
    ///
    /// # Errors
    ///
    /// [`AskError`] for levels, activities or partners that the place does not have.
    pub fn find(cube: &Cube, terms: &OverlapScope) -> Result<Self, AskError> {
        let mut gaps = Vec::new();
        for priority in cube.place().priorities() {
            gaps.extend(gaps_of(cube, terms, priority)?);
        }
        Ok(Self {
            cells: cells(cube, terms)?,
            gaps,
            notes: vec![
                LEAD.to_owned(),
                format!(
                    "Counts money known at least as {}; {} {}, boundary {}.",
                    terms.weakest, terms.period, terms.phase, terms.boundary
                ),
            ],
        })
    }

    /// The overlaps as a table for people.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut table = Table::new("Where several partners spend on the same");
        for heading in ["activity", "ages", "place"] {
            table.column(heading, Align::Left);
        }
        table.column("amount", Align::Right);
        table.column("concentration", Align::Right);
        table.column("partners", Align::Left);
        for cell in &self.cells {
            let partners: Vec<String> = (cell.partners.iter())
                .map(|(partner, pence)| format!("{} {pence}", partner.name))
                .collect();
            table.row([
                cell.activity.name.clone(),
                cell.ages.name.clone(),
                cell.locality.name.clone(),
                cell.amount.to_string(),
                cell.concentration.to_string(),
                partners.join("; "),
            ]);
        }
        self.notes.iter().for_each(|note| table.note(note));
        table
    }

    /// The gaps as a table for people.
    #[must_use]
    pub fn gaps_table(&self) -> Table {
        let mut table = Table::new("Where a priority has nothing");
        table.column("priority", Align::Left);
        table.column("place", Align::Left);
        table.column("by weaker evidence", Align::Right);
        table.column("may lie there", Align::Right);
        for gap in &self.gaps {
            table.row([
                gap.priority.clone(),
                gap.name.clone(),
                gap.weaker.to_string(),
                gap.unshared.to_string(),
            ]);
        }
        self.notes.iter().for_each(|note| table.note(note));
        table
    }
}

impl fmt::Display for Overlaps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}", self.table(), self.gaps_table())
    }
}

/// What of a figure is known well enough.
fn known(figure: &Figure, weakest: Evidence) -> Result<Pence, AskError> {
    let classes = Evidence::ALL.into_iter().filter(|class| *class <= weakest);
    Ok(Pence::total(
        classes.map(|class| figure.composition.of(class)),
    )?)
}

fn cells(cube: &Cube, terms: &OverlapScope) -> Result<Vec<Overlap>, AskError> {
    let answer = cube
        .ask()
        .period(terms.period)
        .phase(terms.phase)
        .boundary(terms.boundary.clone())
        .by([
            By::Activity(Some(terms.activity_level.clone())),
            By::Ages(terms.ages.clone()),
            By::Locality(terms.locality_level.clone()),
            By::Partner,
        ])
        .answer()?;
    let mut found: BTreeMap<&[Arc<KeyPart>], Vec<(KeyPart, Pence)>> = BTreeMap::new();
    for row in &answer.rows {
        let [cell @ .., partner] = row.keys.as_slice() else {
            continue;
        };
        if !is_known(cube, terms, cell) {
            continue;
        }
        let pence = known(&row.figure, terms.weakest)?;
        if pence > Pence::ZERO {
            let partners = found.entry(cell).or_default();
            partners.push((KeyPart::clone(partner), pence));
        }
    }
    let mut cells = Vec::new();
    for (cell, mut partners) in found {
        let ([activity, ages, locality], 2..) = (cell, partners.len()) else {
            continue;
        };
        partners.sort_by_key(|(partner, pence)| (std::cmp::Reverse(*pence), partner.code.clone()));
        cells.push(Overlap {
            activity: KeyPart::clone(activity),
            ages: KeyPart::clone(ages),
            locality: KeyPart::clone(locality),
            amount: Pence::total(partners.iter().map(|(_, pence)| *pence))?,
            concentration: concentration(&partners),
            partners,
        });
    }
    cells.sort_by_key(|cell| std::cmp::Reverse(cell.amount));
    Ok(cells)
}

/// Whether the money of a cell is known to the level of the activities, and to a place: that two
/// partners spend on something nobody has said is no lead.
fn is_known(cube: &Cube, terms: &OverlapScope, cell: &[Arc<KeyPart>]) -> bool {
    let mut activities = cube.place().axes().activities.iter();
    cell.iter().all(|part| !is_nowhere(part))
        && cell.first().is_some_and(|part| {
            activities.any(|(_, activity)| {
                activity.code == part.code && activity.level == terms.activity_level
            })
        })
}

/// Whether a key stands for money that nothing places on its axis, or that lies elsewhere.
fn is_nowhere(part: &KeyPart) -> bool {
    part.code == "elsewhere" || is_gap(part)
}

fn is_gap(part: &KeyPart) -> bool {
    Gap::ALL.iter().any(|gap| gap.name() == part.code)
}

/// The sum of squared shares in ten-thousandths.
fn concentration(partners: &[(KeyPart, Pence)]) -> u32 {
    // Squares of sums below 2^63, a few thousand of them, need more than 128 bits only together
    // with the scale; shares are taken in millionths first.
    const MILLION: i128 = 1_000_000;
    let whole: i128 = (partners.iter())
        .map(|(_, pence)| i128::from(pence.get()))
        .sum();
    let squares: i128 = (partners.iter())
        .map(|(_, pence)| (i128::from(pence.get()) * MILLION / whole.max(1)).pow(2))
        .sum();
    u32::try_from(squares / (MILLION * MILLION / 10_000)).unwrap_or(10_000)
}

fn gaps_of(
    cube: &Cube,
    terms: &OverlapScope,
    priority: &Priority,
) -> Result<Vec<PriorityGap>, AskError> {
    let mut question = cube
        .ask()
        .activity(&cube.place().axes().activities.get(priority.activity).code)
        .period(terms.period)
        .phase(terms.phase)
        .boundary(terms.boundary.clone())
        .by([By::Locality(terms.locality_level.clone())]);
    if let Some(ages) = priority.ages {
        question = question.ages(ages);
    }
    let answer = question.answer()?;
    let figures: BTreeMap<&str, &Figure> = (answer.rows.iter())
        .filter_map(|row| Some((row.keys.first()?.code.as_str(), &row.figure)))
        .collect();
    let not_shared = |figure: &&Figure| Pence::total(figure.unshared.values().copied());
    // Money of which nobody knows the place may lie in any.
    let mut anywhere = Pence::ZERO;
    for row in answer
        .rows
        .iter()
        .filter(|row| row.keys.iter().any(|part| is_gap(part)))
    {
        anywhere = Pence::total([anywhere, row.figure.amount, not_shared(&&row.figure)?])?;
    }
    let localities = &cube.place().axes().localities;
    let mut gaps = Vec::new();
    for place in localities.at_level(&terms.locality_level) {
        let code = localities.code(place);
        let figure = figures.get(code);
        let strong = figure.map_or(Ok(Pence::ZERO), |figure| known(figure, terms.weakest))?;
        if strong <= Pence::ZERO {
            let unshared = figure.map_or(Ok(Pence::ZERO), not_shared)?;
            gaps.push(PriorityGap {
                priority: priority.name.clone(),
                locality: code.to_owned(),
                name: localities.name(place).to_owned(),
                weaker: figure.map_or(Pence::ZERO, |figure| figure.amount),
                unshared: Pence::total([unshared, anywhere])?,
            });
        }
    }
    Ok(gaps)
}
