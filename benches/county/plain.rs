//! The account as an analyst would hold it in plain polars: records, parts of mixes and shares as
//! three frames of integers and floats, joined and summed.
//!
//! Nothing is closed here, no class of evidence is kept, no line is counted and no gap is told:
//! what polars is timed on is less than what an answer holds.

use polars::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use wholeplace::axis::{Ages, Leaves, LocalityId, MemberId, Period, Placed};
use wholeplace::crosswalk::MixId;
use wholeplace::cube::{Answer, Cube};
use wholeplace::driver::{Driver, Groups, Sharing};
use wholeplace::place::Place;
use wholeplace::polars;

const NONE: u32 = u32::MAX;

/// Numbers for the members of a place, which the crate keeps to itself.
pub struct Numbers {
    pub partners: BTreeMap<MemberId, u32>,
    mixes: BTreeMap<MixId, u32>,
    groups: BTreeMap<MemberId, u32>,
    pub localities: BTreeMap<LocalityId, u32>,
    start: Period,
}

impl Numbers {
    pub fn new(place: &Place, start: Period) -> Self {
        let axes = place.axes();
        let localities: BTreeSet<LocalityId> = (axes.localities.levels().into_iter())
            .flat_map(|level| axes.localities.at_level(level))
            .collect();
        Self {
            partners: (axes.partners.iter().map(|(id, _)| id).zip(0..)).collect(),
            mixes: place.mixes().iter().map(|(id, _)| id).zip(0..).collect(),
            groups: axes.groups.iter().map(|(id, _)| id).zip(0..).collect(),
            localities: localities.into_iter().zip(0..).collect(),
            start,
        }
    }

    /// Partner, mix, ages, group, locality, year and month.
    pub fn of(&self, coding: &wholeplace::crosswalk::Coding) -> [u32; 7] {
        // Months since the start of the account: all lines are of one month each.
        let month = coding.period.member().and_then(|period| {
            let first = self.start.through(period).ok()?;
            Some(u32::from(first.months()) - 1)
        });
        [
            number(coding.partner, |id| self.partners[&id]),
            self.mixes[&coding.activity],
            number(coding.ages, ages_number),
            number(coding.group, |id| self.groups[&id]),
            number(coding.locality, |id| self.localities[&id]),
            month.map_or(NONE, |month| month / 12),
            month.unwrap_or(NONE),
        ]
    }
}

fn number<T: Copy>(place: Placed<T>, of: impl Fn(T) -> u32) -> u32 {
    place.member().map_or(NONE, of)
}

fn ages_number(ages: Ages) -> u32 {
    u32::from(ages.youngest()) << 8 | u32::from(ages.oldest())
}

/// The records of a cube as a frame, in the order of the cube.
pub fn records(cube: &Cube, numbers: &Numbers) -> PolarsResult<DataFrame> {
    let records = cube.records();
    let codes: Vec<[u32; 7]> = records
        .iter()
        .map(|record| numbers.of(&record.coding))
        .collect();
    let pence: Vec<i64> = records.iter().map(|record| record.pence.get()).collect();
    frame_of(&codes, &pence)
}

/// Codes and pence as a frame.
pub fn frame_of(codes: &[[u32; 7]], pence: &[i64]) -> PolarsResult<DataFrame> {
    let mut columns: Vec<Column> = COLUMNS
        .iter()
        .enumerate()
        .map(|(axis, name)| {
            let column: Vec<u32> = codes.iter().map(|codes| codes[axis]).collect();
            Column::new((*name).into(), column)
        })
        .collect();
    columns.push(Column::new("pence".into(), pence));
    DataFrame::new(codes.len(), columns)
}

pub const COLUMNS: [&str; 7] = [
    "partner", "mix", "ages", "group", "locality", "year", "month",
];

/// For each partner and mix its parts: theme, weight as a share, driver. The themes are numbered
/// in the order of the returned codes.
pub fn parts(
    place: &Place,
    numbers: &Numbers,
    sharing: &Sharing,
) -> PolarsResult<(DataFrame, Vec<String>)> {
    let tree = &place.axes().activities;
    let mut themes: Vec<String> = Vec::new();
    let mut columns = (vec![], vec![], vec![], vec![], vec![]);
    for (&partner, &partner_number) in &numbers.partners {
        for (id, mix) in place.mixes().iter() {
            for &(activity, weight) in &mix.parts {
                let code = match activity {
                    Placed::On(member) => {
                        let top = tree.at_level(member, "theme").unwrap_or(member);
                        tree.get(top).code.clone()
                    }
                    Placed::Gap(gap) => gap.name().to_owned(),
                };
                let theme = themes.iter().position(|known| *known == code);
                let theme = theme.unwrap_or_else(|| {
                    themes.push(code);
                    themes.len() - 1
                });
                let rule = sharing.rule(Some(partner), activity.member(), None, tree);
                columns.0.push(partner_number);
                columns.1.push(numbers.mixes[&id]);
                columns.2.push(theme as u32);
                columns.3.push(weight as f64 / mix.whole as f64);
                columns.4.push(rule.map_or(NONE, |rule| rule.driver as u32));
            }
        }
    }
    let frame = DataFrame::new(
        columns.0.len(),
        vec![
            Column::new("partner".into(), columns.0),
            Column::new("mix".into(), columns.1),
            Column::new("theme".into(), columns.2),
            Column::new("weight".into(), columns.3),
            Column::new("driver".into(), columns.4),
        ],
    )?;
    Ok((frame, themes))
}

/// One cell of a question: leaves and ages.
pub struct Cell<'a> {
    pub place: u32,
    pub leaves: &'a Leaves,
    pub band: u32,
    pub ages: Ages,
}

/// For each region that a record can have and each driver, the share of it in each cell.
pub fn shares(
    place: &Place,
    numbers: &Numbers,
    cube: &Cube,
    cells: &[Cell<'_>],
) -> Result<DataFrame, Box<dyn Error>> {
    let regions: BTreeSet<(LocalityId, Ages)> = (cube.records().iter())
        .filter_map(|record| {
            Some((
                record.coding.locality.member()?,
                record.coding.ages.member()?,
            ))
        })
        .collect();
    let mass = |driver: &Driver, leaves: &Leaves, ages: Ages| {
        driver
            .mass(leaves, ages, Groups::All)
            .map_err(|gap| format!("a share that no driver knows: {gap:?}"))
    };
    let mut columns = (vec![], vec![], vec![], vec![], vec![], vec![]);
    for (locality, ages) in regions {
        let all = place.axes().localities.leaves(locality);
        for cell in cells {
            let leaves = all.intersection(cell.leaves);
            let Some(both) = ages.intersection(cell.ages).filter(|_| !leaves.is_empty()) else {
                continue;
            };
            for (number, driver) in (0u32..).zip(place.drivers()) {
                let part = mass(driver, &leaves, both)?;
                let whole = mass(driver, all, ages)?;
                columns.0.push(numbers.localities[&locality]);
                columns.1.push(ages_number(ages));
                columns.2.push(number);
                columns.3.push(cell.place);
                columns.4.push(cell.band);
                columns.5.push(part as f64 / whole as f64);
            }
        }
    }
    Ok(DataFrame::new(
        columns.0.len(),
        vec![
            Column::new("locality".into(), columns.0),
            Column::new("ages".into(), columns.1),
            Column::new("driver".into(), columns.2),
            Column::new("place".into(), columns.3),
            Column::new("band".into(), columns.4),
            Column::new("share".into(), columns.5),
        ],
    )?)
}

/// Pence by the columns asked for: joined, multiplied in floats and summed. With a penny in a
/// share of 1/3 no float is exact, which is why answers are compared within a tolerance.
pub fn shared(
    records: LazyFrame,
    parts: LazyFrame,
    shares: LazyFrame,
    by: &[&str],
) -> PolarsResult<DataFrame> {
    let on = |names: &[&str]| names.iter().copied().map(col).collect::<Vec<Expr>>();
    records
        .join(
            parts,
            on(&["partner", "mix"]),
            on(&["partner", "mix"]),
            JoinArgs::new(JoinType::Inner),
        )
        .join(
            shares,
            on(&["locality", "ages", "driver"]),
            on(&["locality", "ages", "driver"]),
            JoinArgs::new(JoinType::Inner),
        )
        .with_column(
            (col("pence").cast(DataType::Float64) * col("weight") * col("share")).alias("pounds"),
        )
        .group_by(on(by))
        .agg([col("pounds").sum() / lit(100.0)])
        .collect()
}

/// Holds an answer of the crate against a frame of [`shared`]: every row of money, and no other.
///
/// The crate's exact figure is given to four decimals of a pound. A float of pounds has 15 digits
/// and adding many loses some: a tenth more than those four decimals is allowed.
pub fn assert_agree(answer: &Answer, frame: &DataFrame, by: &[(&str, &[String])]) -> usize {
    let pounds = frame.column("pounds").unwrap().f64().unwrap();
    let keys: Vec<_> = by
        .iter()
        .map(|(name, _)| frame.column(name).unwrap().u32().unwrap())
        .collect();
    let mut theirs: BTreeMap<Vec<&str>, f64> = (0..frame.height())
        .map(|row| {
            let key = (keys.iter().zip(by))
                .map(|(column, (_, codes))| codes[column.get(row).unwrap() as usize].as_str())
                .collect();
            (key, pounds.get(row).unwrap())
        })
        .collect();
    let tolerance = 1.1e-4;
    let mut compared = 0;
    for row in &answer.rows {
        let key: Vec<&str> = row.keys.iter().map(|part| part.code.as_str()).collect();
        let ours: f64 = row.figure.exact.parse().unwrap();
        let found = theirs.remove(&key).unwrap_or(0.0);
        assert!(
            (ours - found).abs() <= tolerance,
            "{key:?}: {ours} here, {found} in plain polars"
        );
        compared += 1;
    }
    for (key, pounds) in theirs {
        assert!(
            pounds.abs() <= tolerance,
            "{key:?}: {pounds} only in plain polars"
        );
    }
    compared
}
