//! Questions in plain polars, in the quickest of the ways that were tried.
//!
//! *One question*: years and payments between partners filtered, parts of the theme joined, then
//! shares of the cell, then the sum.
//!
//! *Report*: records are added up before the large join, as an analyst would who has run out of
//! memory once: months first, then parts of mixes to themes. Joining every record with its shares
//! makes some thirty rows of each.
//!
//! *Every subtotal*: the report once, and a group_by of it for each level.

use super::{Fallible, Numbers, collect, shares};
use crate::ours::{AXES, Slice};
use polars::prelude::*;
use wholeplace::axis::{Ages, LocalityId, Period};
use wholeplace::cube::Cube;
use wholeplace::driver::Sharing;
use wholeplace::place::Place;
use wholeplace::polars;

/// All that plain polars needs, ready in memory.
pub struct Frames {
    pub records: DataFrame,
    pub parts: DataFrame,
    pub shares: DataFrame,
    /// The codes of each of [`AXES`], by their numbers.
    pub codes: [Vec<String>; AXES.len()],
    bands: Vec<Ages>,
    years: Vec<Period>,
}

/// How records meet their shares.
#[derive(Clone, Copy, Debug)]
pub enum Way {
    /// Every record joined with its parts and shares.
    Joined,
    /// Months added up, then joined.
    MonthsFirst,
    /// Months added up, joined with parts, themes added up, joined with shares.
    ThemesFirst,
    /// Joined with parts, themes added up, joined with shares.
    PartsFirst,
}

impl Frames {
    pub fn new(place: &Place, cube: &Cube, numbers: &Numbers, period: Period) -> Fallible<Self> {
        let localities = &place.axes().localities;
        let areas: Vec<LocalityId> = localities.at_level("place-plan-area");
        let mut cells = Vec::new();
        for (number, &area) in (0..).zip(&areas) {
            for (band, &ages) in (0..).zip(place.age_bands()) {
                cells.push(shares::Cell {
                    place: number,
                    leaves: localities.leaves(area),
                    band,
                    ages,
                });
            }
        }
        let years = period.financial_years();
        let (parts, themes) = shares::parts(place, numbers, cube.sharing())?;
        let partners = place.axes().partners.iter();
        Ok(Self {
            records: super::records(cube, numbers)?,
            parts,
            shares: shares::shares(place, numbers, cube, &cells)?,
            codes: [
                years.iter().map(Period::to_string).collect(),
                (areas.iter())
                    .map(|&area| localities.code(area).to_owned())
                    .collect(),
                place.age_bands().iter().map(Ages::to_string).collect(),
                themes,
                partners.map(|(_, member)| member.code.clone()).collect(),
            ],
            bands: place.age_bands().to_vec(),
            years,
        })
    }

    /// The same with other sharing rules.
    pub fn parts_by(
        &self,
        place: &Place,
        numbers: &Numbers,
        sharing: &Sharing,
    ) -> Fallible<DataFrame> {
        Ok(shares::parts(place, numbers, sharing)?.0)
    }

    /// The names and codes of the axes of a level.
    pub fn labels(&self, level: u32) -> Vec<(&'static str, &[String])> {
        let axes = AXES.iter().zip(&self.codes).enumerate();
        axes.filter(|(axis, _)| level >> axis & 1 == 1)
            .map(|(_, (name, codes))| (*name, codes.as_slice()))
            .collect()
    }

    /// Another question for each number, until all places, ages, themes and years were asked.
    pub fn slice(&self, number: usize) -> (Slice<'_>, [usize; 4]) {
        let themes: Vec<usize> = (0..self.codes[3].len())
            .filter(|&theme| self.codes[3][theme].starts_with('T'))
            .collect();
        let (years, areas, bands) = (self.years.len(), self.codes[1].len(), self.bands.len());
        // A stride without a common divisor with the number of questions, so that neighbours
        // differ in everything.
        let number = number * 1_009 % (years * areas * bands * themes.len());
        let (year, number) = (number % years, number / years);
        let (area, number) = (number % areas, number / areas);
        let (band, theme) = (number % bands, themes[number / bands]);
        let slice = Slice {
            area: &self.codes[1][area],
            ages: self.bands[band],
            theme: &self.codes[3][theme],
            year: self.years[year],
        };
        (slice, [year, area, band, theme])
    }

    /// The first questions with their answers, for others to be held against.
    pub fn questions(&self, count: usize, engine: Engine) -> PolarsResult<DataFrame> {
        let mut all = DataFrame::empty();
        for number in 0..count {
            let cell = self.slice(number).1;
            let axes = AXES.iter().zip(cell);
            let axes = axes.map(|(name, code)| lit(code as u16).alias(*name));
            let number = lit(number as u32).alias("number");
            let answer = self.one(cell, engine)?.lazy();
            let answer = answer.with_columns(axes.chain([number]).collect::<Vec<_>>());
            all.vstack_mut_owned(answer.collect()?)?;
        }
        Ok(all)
    }

    /// By partner, what lies in one cell, of one theme, in one year.
    pub fn one(
        &self,
        [year, area, band, theme]: [usize; 4],
        engine: Engine,
    ) -> PolarsResult<DataFrame> {
        let is = |name: &str, number: usize| col(name).eq(lit(number as u16));
        let records = (self.records.clone().lazy())
            .filter(is("year", year).and(spent()))
            .select([
                col("partner"),
                col("mix"),
                col("locality"),
                col("ages"),
                col("pence"),
            ]);
        let parts = self.parts.clone().lazy().filter(is("theme", theme));
        let shares = (self.shares.clone().lazy()).filter(is("place", area).and(is("band", band)));
        let joined = share_out(join_parts(records, parts), shares);
        collect(summed(joined, &["partner"]), engine)
    }

    /// The report by all of [`AXES`].
    pub fn report(&self, parts: &DataFrame, way: Way, engine: Engine) -> PolarsResult<DataFrame> {
        let records = (self.records.clone().lazy()).filter(spent());
        let (parts, shares) = (parts.clone().lazy(), self.shares.clone().lazy());
        let by_mix = ["year", "partner", "mix", "locality", "ages"];
        let by_theme = ["year", "partner", "theme", "driver", "locality", "ages"];
        let by_month =
            |records: LazyFrame| records.group_by(names(&by_mix)).agg([col("pence").sum()]);
        let themes = |joined: LazyFrame| {
            (joined.with_column(weighted()).group_by(names(&by_theme))).agg([col("weighted").sum()])
        };
        let weighed = match way {
            Way::Joined => join_parts(records, parts).with_column(weighted()),
            Way::MonthsFirst => join_parts(by_month(records), parts).with_column(weighted()),
            Way::ThemesFirst => themes(join_parts(by_month(records), parts)),
            Way::PartsFirst => themes(join_parts(records, parts)),
        };
        let shared = join_shares(weighed, shares)
            .with_column((col("weighted") * col("share")).alias("pounds"));
        collect(summed(shared, &AXES), engine)
    }

    /// The report and all its subtotals, by level.
    pub fn every_subtotal(&self, way: Way, engine: Engine) -> PolarsResult<Vec<(u32, DataFrame)>> {
        let finest = self.report(&self.parts, way, engine)?;
        let whole = (1u32 << AXES.len()) - 1;
        let mut levels = Vec::with_capacity(1 << AXES.len());
        for level in 0..whole {
            let by: Vec<Expr> =
                (self.labels(level).into_iter().map(|(name, _)| col(name))).collect();
            let finest = finest.clone().lazy();
            let sum = [col("pounds").sum()];
            let query = match by.as_slice() {
                [] => finest.select(sum),
                by => finest.group_by(by).agg(sum),
            };
            levels.push((level, collect(query, Engine::InMemory)?));
        }
        levels.push((whole, finest));
        Ok(levels)
    }
}

/// All partners are inside and all their ledgers are held: what one pays another is not counted
/// where it is paid.
fn spent() -> Expr {
    col("flow").eq(lit(super::NONE as u16))
}

fn names(names: &[&str]) -> Vec<Expr> {
    names.iter().copied().map(col).collect()
}

fn weighted() -> Expr {
    (col("pence").cast(DataType::Float64) * col("weight")).alias("weighted")
}

fn join_parts(records: LazyFrame, parts: LazyFrame) -> LazyFrame {
    let on = names(&["partner", "mix"]);
    records.join(parts, on.clone(), on, JoinArgs::new(JoinType::Inner))
}

fn join_shares(records: LazyFrame, shares: LazyFrame) -> LazyFrame {
    let on = names(&["locality", "ages", "driver"]);
    records.join(shares, on.clone(), on, JoinArgs::new(JoinType::Inner))
}

/// Joined, multiplied in floats and summed. With a penny in a share of 1/3 no float is exact,
/// which is why answers are compared within a tolerance.
fn share_out(parts: LazyFrame, shares: LazyFrame) -> LazyFrame {
    join_shares(parts, shares).with_column(
        (col("pence").cast(DataType::Float64) * col("weight") * col("share")).alias("pounds"),
    )
}

fn summed(shared: LazyFrame, by: &[&str]) -> LazyFrame {
    (shared.group_by(names(by))).agg([col("pounds").sum() / lit(100.0)])
}
