//! What the benches ask of the crate's cube: the only place that calls it, so that another way of
//! asking is a change of a line or two.
#![allow(dead_code, reason = "no bench uses all of it")]

use std::error::Error;
use std::sync::Arc;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::{Ages, Period, Phase};
use wholeplace::cube::group::{CodedLines, GroupBy, Sorted};
use wholeplace::cube::{Answer, AskError, By, Cube, CubeError, Question, RangedAnswer, Record};
use wholeplace::driver::Alternative;
use wholeplace::place::Place;

/// The engine that is measured.
pub const ENGINE: Sorted = Sorted;

/// Coded lines → records.
pub fn cube(
    place: &Arc<Place>,
    lines: CodedLines,
    engine: &dyn GroupBy,
) -> Result<Cube, CubeError> {
    Cube::from_lines(place, lines, engine)
}

/// An account → records.
pub fn cube_of(account: PlaceAccount) -> Result<Cube, CubeError> {
    Cube::build_from(account)
}

/// How many records.
pub fn count(cube: &Cube) -> usize {
    cube.records().len()
}

/// The records, one at a time.
pub fn records(cube: &Cube) -> impl Iterator<Item = Record> + '_ {
    cube.records().iter()
}

/// One question: place, ages, theme and year.
#[derive(Clone, Copy)]
pub struct Slice<'a> {
    pub area: &'a str,
    pub ages: Ages,
    pub theme: &'a str,
    pub year: Period,
}

/// What a theme of one area cost in one year for people of some ages, by partner.
pub fn one(cube: &Cube, slice: Slice<'_>) -> Result<Answer, AskError> {
    asked(cube)
        .activity(slice.theme)
        .ages(slice.ages)
        .locality(slice.area)
        .period(slice.year)
        .by([By::Partner])
        .answer()
}

/// The axes of the report, the first outermost.
pub const AXES: [&str; 5] = ["year", "place", "band", "theme", "partner"];

fn by(axis: usize) -> By {
    match axis {
        0 => By::FinancialYear,
        1 => By::Locality("place-plan-area".to_owned()),
        2 => By::Ages(None),
        3 => By::Activity(Some("theme".to_owned())),
        _ => By::Partner,
    }
}

fn asked(cube: &Cube) -> Question<'_> {
    (cube.ask())
        .phase(Phase::Outturn)
        .boundary(Boundary::AllPartners)
}

fn county(
    cube: &Cube,
    years: Period,
    axes: impl Iterator<Item = usize>,
) -> Result<Answer, AskError> {
    (asked(cube).locality("C").period(years).by(axes.map(by))).answer()
}

/// The county by year, area, age band, theme and partner.
pub fn report(cube: &Cube, years: Period) -> Result<Answer, AskError> {
    county(cube, years, 0..AXES.len())
}

/// The report with every subtotal: an answer for each set of its axes.
pub struct Subtotals(Vec<Answer>);

pub fn every_subtotal(cube: &Cube, years: Period) -> Result<Subtotals, AskError> {
    let report = (asked(cube).locality("C").period(years)).by((0..AXES.len()).map(by));
    Ok(Subtotals(report.every_subtotal()?))
}

/// Between what the tables of a page lie for each place: by theme, by age band and by partner.
pub fn ranges(
    cube: &Cube,
    years: Period,
    alternatives: &[Alternative],
) -> Result<Vec<RangedAnswer>, AskError> {
    let table = |axis| {
        let places = asked(cube)
            .locality("C")
            .period(years)
            .by([by(1), by(axis)]);
        places.over(alternatives)
    };
    [2, 3, 4].into_iter().map(table).collect()
}

/// A row: the codes of the axes of its level, in their order, and its exact pounds.
pub type Row<'a> = (Vec<&'a str>, f64);

/// The rows of an answer; its total where it was drilled by nothing.
pub fn rows(answer: &Answer) -> Result<Vec<Row<'_>>, Box<dyn Error>> {
    let mut rows = Vec::with_capacity(answer.rows.len());
    for row in &answer.rows {
        let codes = row.keys.iter().map(|part| part.code.as_str()).collect();
        rows.push((codes, row.figure.exact.parse()?));
    }
    if rows.is_empty() && answer.axes.is_empty() {
        rows.push((Vec::new(), answer.total.exact.parse()?));
    }
    Ok(rows)
}

impl Subtotals {
    /// Each level, as a bit an axis, with its rows.
    pub fn levels(&self) -> impl Iterator<Item = (u32, Result<Vec<Row<'_>>, Box<dyn Error>>)> {
        (0..).zip(self.0.iter().map(rows))
    }

    pub fn hold(&self) -> bool {
        self.0.iter().all(|answer| answer.reconciliation.holds())
    }
}
