//! Places beside one another: figure, rank with its interval, and flag of the funnel.

use super::LinkageError;
use crate::axis::Period;
use crate::cube::AskError;
use crate::indicator::{
    Area, ComparedArea, Indicator, Indicators, Knowledge, Polarity, Relation, Status, ValueType,
    figure_in_words, number,
};
use crate::statistic::{
    Confidence, Estimate, Flag, Interval, Measured, Order, Simulation, flag_of_proportion,
    flag_of_ratio, funnel_limits_of_count, funnel_limits_of_proportion, ranks,
    ranks_with_intervals,
};
use crate::table::{Align, Table};
use rust_decimal::Decimal;
use serde::Serialize;

/// An indicator over several places in one period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Comparison {
    /// Code of the indicator.
    pub indicator: String,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// The period.
    pub period: Period,
    /// The value that places are held against, in the indicator's unit, and what it is.
    pub average: Option<(f64, String)>,
    /// A row a place, the best first; those without a figure last.
    pub rows: Vec<ComparedRow>,
    /// What must be said with the figures.
    pub notes: Vec<String>,
}

/// One place.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ComparedRow {
    /// Name of the place.
    pub area: String,
    /// What it is to the place, where the pack says so.
    pub relation: Option<Relation>,
    /// What is known.
    pub status: Status,
    /// Whether the figure is known only for a larger place.
    pub only_for: Option<String>,
    /// The figure, in its unit.
    pub figure: Option<Decimal>,
    /// With its interval.
    pub estimate: Option<Estimate>,
    /// Its rank among the places with a figure, 1 the best.
    pub rank: Option<usize>,
    /// The interval of the rank, by simulation.
    pub rank_interval: Option<Interval>,
    /// Where chance alone would leave the figure, if the place were like the average: 95% and
    /// 99.8%.
    pub funnel: Option<(Interval, Interval)>,
    /// What the funnel says.
    pub flag: Option<Flag>,
}

impl Indicators {
    /// The place beside its statistical neighbours, or beside other areas of the pack.
    ///
    /// The average is that of the country if the pack has its figure, else of all areas with
    /// counts together.
    ///
    /// # Errors
    ///
    /// [`LinkageError::Indicator`] for an unknown code; [`LinkageError::Statistic`] when counts
    /// cannot be.
    pub fn beside_areas(
        &self,
        code: &str,
        period: Period,
        relations: &[Relation],
        simulation: Simulation,
        confidence: Confidence,
    ) -> Result<Comparison, LinkageError> {
        let wanted = |area: &&ComparedArea| {
            area.relation == Relation::Subject || relations.contains(&area.relation)
        };
        let areas = self.areas().iter().filter(wanted);
        let areas: Vec<_> = areas.map(|area| (area.area, Some(area.relation))).collect();
        let country = self
            .areas()
            .iter()
            .find(|area| area.relation == Relation::Country);
        self.compared(code, period, &areas, country, simulation, confidence)
    }

    /// The places of a level beside one another, within this place.
    ///
    /// The average is that of all places with counts together. A place whose figure is known
    /// only for a larger one has no figure here.
    ///
    /// # Errors
    ///
    /// As [`Indicators::beside_areas`]; [`LinkageError::Ask`] for a level that the pack does not
    /// have.
    pub fn over_places(
        &self,
        code: &str,
        period: Period,
        level: &str,
        simulation: Simulation,
        confidence: Confidence,
    ) -> Result<Comparison, LinkageError> {
        let localities = &self.place().axes().localities;
        let levels = localities.levels();
        if !levels.contains(&level) {
            return Err(LinkageError::Ask(AskError::NoSuchLevel {
                axis: "locality",
                found: level.to_owned(),
                known: levels.into_iter().map(str::to_owned).collect(),
            }));
        }
        let whole = localities.leaves(self.place().locality());
        let areas: Vec<_> = localities
            .at_level(level)
            .into_iter()
            .filter(|&place| whole.contains(localities.leaves(place)))
            .map(|place| (Area::Here(place), None))
            .collect();
        self.compared(code, period, &areas, None, simulation, confidence)
    }

    fn compared(
        &self,
        code: &str,
        period: Period,
        areas: &[(Area, Option<Relation>)],
        country: Option<&ComparedArea>,
        simulation: Simulation,
        confidence: Confidence,
    ) -> Result<Comparison, LinkageError> {
        let indicator = self.indicator(code)?;
        let mut rows = Vec::with_capacity(areas.len());
        let mut counts: Vec<Option<(f64, f64)>> = Vec::with_capacity(areas.len());
        for &(area, relation) in areas {
            let known = self.known_of(code, area, period)?;
            let told = known.observation().cloned().unwrap_or_default();
            let estimate = told.estimate_or_why(indicator, confidence);
            counts.push(
                told.counts_worked_out(indicator)
                    .map(|(above, below)| (number(above), number(below))),
            );
            rows.push(ComparedRow {
                area: self.area_name(area).to_owned(),
                relation,
                status: told.status(),
                only_for: match known {
                    Knowledge::OnlyFor { locality, .. } => {
                        Some(self.locality_name(locality).to_owned())
                    }
                    _ => None,
                },
                figure: told.figure(indicator),
                estimate: estimate.value().is_some().then_some(estimate),
                rank: None,
                rank_interval: None,
                funnel: None,
                flag: None,
            });
        }
        let average = self.average(indicator, period, country, &counts)?;
        if let Some((average, _)) = &average {
            for (row, counts) in rows.iter_mut().zip(&counts) {
                if let Some((above, below)) = counts
                    && *below > 0.0
                    && (*above <= *below || indicator.form != ValueType::Proportion)
                {
                    funnel(row, indicator, *above, *below, *average)?;
                }
            }
        }
        rank(&mut rows, indicator.better, simulation, confidence)?;
        rows.sort_by_key(|row| (row.rank.unwrap_or(usize::MAX), row.area.clone()));
        Ok(Comparison {
            indicator: indicator.code.clone(),
            name: indicator.name.clone(),
            unit: indicator.unit.clone(),
            period,
            notes: notes(indicator, &rows, average.is_some()),
            average,
            rows,
        })
    }

    /// The value that places are held against: the country's, else of all places together.
    fn average(
        &self,
        indicator: &Indicator,
        period: Period,
        country: Option<&ComparedArea>,
        counts: &[Option<(f64, f64)>],
    ) -> Result<Option<(f64, String)>, LinkageError> {
        if let Some(country) = country {
            let told = self.observation(&indicator.code, country.area, period)?;
            if let Some(figure) = told.and_then(|told| told.figure(indicator)) {
                return Ok(Some((number(figure), country.name.clone())));
            }
        }
        if !matches!(indicator.form, ValueType::Proportion | ValueType::Rate) {
            return Ok(None);
        }
        let known = counts.iter().flatten();
        // Of one place or two there is no average to be held against.
        if known.clone().count() < FEWEST {
            return Ok(None);
        }
        let (above, below) = known.fold((0.0, 0.0), |sum, counts| {
            (sum.0 + counts.0, sum.1 + counts.1)
        });
        let average = (below > 0.0).then(|| above / below * f64::from(indicator.per));
        Ok(average.map(|average| (average, "all of these with counts".to_owned())))
    }
}

/// The fewest places with counts of which an average is formed.
const FEWEST: usize = 3;

/// Funnel limits and flag of a place with counts, in the indicator's unit.
fn funnel(
    row: &mut ComparedRow,
    indicator: &Indicator,
    above: f64,
    below: f64,
    average: f64,
) -> Result<(), LinkageError> {
    let per = f64::from(indicator.per);
    // The two bands are the convention of the field; they are drawn, not chosen.
    let bands = [Confidence::new(0.95)?, Confidence::new(0.998)?];
    let mut limits = Vec::with_capacity(bands.len());
    match indicator.form {
        ValueType::Proportion => {
            for band in bands {
                let band = funnel_limits_of_proportion(average / per, below, band)?;
                limits.push(band.times(per));
            }
            row.flag = Some(flag_of_proportion(above, below, average / per)?);
        }
        ValueType::Rate if average > 0.0 => {
            let expected = average / per * below;
            for band in bands {
                limits.push(funnel_limits_of_count(expected, band)?.times(per / below));
            }
            row.flag = Some(flag_of_ratio(above, expected)?);
        }
        _ => return Ok(()),
    }
    if let [inner, outer] = limits[..] {
        row.funnel = Some((inner, outer));
    }
    Ok(())
}

/// Ranks, with intervals where every ranked place has one.
fn rank(
    rows: &mut [ComparedRow],
    better: Polarity,
    simulation: Simulation,
    confidence: Confidence,
) -> Result<(), LinkageError> {
    let order = match better {
        Polarity::Higher => Order::HighestFirst,
        Polarity::Lower => Order::LowestFirst,
        // A league table of something that is neither good nor bad says nothing.
        Polarity::Neither => return Ok(()),
    };
    let figures: Vec<(usize, f64)> = rows
        .iter()
        .enumerate()
        .filter_map(|(i, row)| Some((i, number(row.figure?))))
        .collect();
    // One place alone is neither first nor last.
    if figures.len() < 2 {
        return Ok(());
    }
    for (i, rank) in ranks(&figures, order)? {
        rows[i].rank = Some(rank);
    }
    let measured: Option<Vec<(usize, Measured)>> = figures
        .iter()
        .map(|&(i, _)| {
            let estimate = rows[i].estimate.as_ref()?;
            Some((i, Measured::from_limits(estimate).ok()?))
        })
        .collect();
    if let Some(measured) = measured.filter(|measured| measured.len() > 1) {
        for (i, rank) in ranks_with_intervals(&measured, order, simulation, confidence)? {
            rows[i].rank_interval = rank.interval();
        }
    }
    Ok(())
}

fn notes(indicator: &Indicator, rows: &[ComparedRow], average: bool) -> Vec<String> {
    let mut notes = Vec::new();
    let without: Vec<&ComparedRow> = rows
        .iter()
        .filter(|row| {
            row.figure.is_some() && row.estimate.as_ref().is_none_or(|e| e.interval().is_none())
        })
        .collect();
    if !without.is_empty() {
        notes.push(
            "Some figures are published without counts: their ranks have no interval, and small \
             differences between them may be chance."
                .to_owned(),
        );
    }
    if indicator.better == Polarity::Neither {
        notes.push("Neither direction is good, so places are not ranked.".to_owned());
    }
    if average && rows.iter().any(|row| row.flag.is_some()) {
        notes.push(
            "A flag says that chance alone would seldom leave a place so far from the average: \
             2.5 times in 100 each way, or 1 time in 1,000. With many places, some flags are \
             chance; with many people in each, nearly every place is flagged, because places \
             differ by more than chance anyway."
                .to_owned(),
        );
    }
    if !indicator.note.is_empty() {
        notes.push(indicator.note.clone());
    }
    notes
}

impl Comparison {
    /// As a table.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut table = Table::new(format!("{}, {}", self.name, self.period));
        table.column("place", Align::Left);
        table.column(&self.unit, Align::Right);
        let interval_of = |row: &ComparedRow| row.estimate.as_ref().and_then(Estimate::interval);
        let any = |is: &dyn Fn(&ComparedRow) -> bool| self.rows.iter().any(is);
        let intervals = any(&|row| interval_of(row).is_some());
        let ranked = any(&|row| row.rank.is_some());
        let rank_intervals = any(&|row| row.rank_interval.is_some());
        let flags = any(&|row| row.flag.is_some());
        let columns = [
            (intervals, "interval", Align::Left),
            (ranked, "rank", Align::Right),
            (rank_intervals, "may be", Align::Left),
            (flags, "beside the average", Align::Left),
        ];
        for (_, heading, align) in columns.iter().filter(|(shown, ..)| *shown) {
            table.column(heading, *align);
        }
        for row in &self.rows {
            let figure = match (&row.only_for, row.figure) {
                (Some(larger), _) => format!("only for {larger}"),
                (None, Some(figure)) => figure_in_words(figure, row.status),
                (None, None) => row.status.to_string(),
            };
            let dash = || "–".to_owned();
            let mut cells = vec![
                match row.relation {
                    Some(relation) if relation != Relation::Subject => {
                        format!("{} ({relation})", row.area)
                    }
                    _ => row.area.clone(),
                },
                figure,
            ];
            let whole = |i: Interval| format!("{:.0} to {:.0}", i.lower, i.upper);
            let told = [
                interval_of(row).map(Interval::in_words),
                row.rank.map(|rank| rank.to_string()),
                row.rank_interval.map(whole),
                row.flag.map(|flag| flag.to_string()),
            ];
            for ((shown, ..), text) in columns.iter().zip(told) {
                if *shown {
                    cells.push(text.unwrap_or_else(dash));
                }
            }
            table.row(cells);
        }
        if let Some((average, of)) = &self.average {
            table.note(&format!("Average: {average:.1} ({of})."));
        }
        if let Some(estimate) = self.rows.iter().find_map(|row| row.estimate.as_ref()) {
            table.note(&format!("Intervals: {}.", estimate.confidence()));
        }
        for note in &self.notes {
            table.note(note);
        }
        table
    }
}
