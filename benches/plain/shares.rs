//! Parts of mixes and shares of regions as frames, from the pack and its drivers.

use super::{Fallible, NONE, Numbers, codes};
use crate::ours;
use polars::prelude::*;
use std::collections::BTreeSet;
use wholeplace::axis::{Ages, Leaves, LocalityId, Placed};
use wholeplace::cube::Cube;
use wholeplace::driver::{Driver, Groups, Sharing};
use wholeplace::place::Place;
use wholeplace::polars;

/// For each partner and mix its parts: theme, weight as a share, driver. The themes are numbered
/// in the order of the returned codes.
pub fn parts(
    place: &Place,
    numbers: &Numbers,
    sharing: &Sharing,
) -> PolarsResult<(DataFrame, Vec<String>)> {
    let tree = &place.axes().activities;
    let mut themes: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    let mut weights = Vec::new();
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
                let driver = rule.map_or(NONE, |rule| rule.driver as u32);
                rows.push([partner_number, numbers.mixes[&id], theme as u32, driver]);
                weights.push(weight as f64 / mix.whole as f64);
            }
        }
    }
    let names = ["partner", "mix", "theme", "driver"];
    Ok((frame(names, &rows, "weight", weights)?, themes))
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
) -> Fallible<DataFrame> {
    let regions: BTreeSet<(LocalityId, Ages)> = ours::records(cube)
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
    let mut rows = Vec::new();
    let mut shares = Vec::new();
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
                rows.push([
                    numbers.localities[&locality],
                    numbers.ages(Placed::On(ages)),
                    number,
                    cell.place,
                    cell.band,
                ]);
                shares.push(part as f64 / whole as f64);
            }
        }
    }
    let names = ["locality", "ages", "driver", "place", "band"];
    Ok(frame(names, &rows, "share", shares)?)
}

fn frame<const N: usize>(
    names: [&str; N],
    rows: &[[u32; N]],
    float: &str,
    floats: Vec<f64>,
) -> PolarsResult<DataFrame> {
    let columns = names.iter().enumerate();
    let columns = columns.map(|(axis, name)| codes(name, rows.iter().map(|row| row[axis])));
    let float = Column::new(float.into(), floats);
    DataFrame::new(rows.len(), columns.chain([float]).collect())
}
