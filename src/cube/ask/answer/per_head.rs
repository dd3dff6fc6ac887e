//! Residents of a slice, for figures per head.

use crate::axis::{Ages, Gap, Leaves};
use crate::cube::ask::answer::PerHead;
use crate::cube::ask::plan::{Cell, Drill, Plan};
use crate::driver::{Driver, Groups};
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::sync::Arc;

/// Counts residents of a slice and of its rows.
pub struct Residents<'a> {
    driver: Option<&'a Driver>,
    /// What counts them.
    measure: Arc<str>,
    plan: &'a Plan<'a>,
    /// Of places and ages met before, for rows of one table: thousands of them share a few.
    known: HashMap<[Cell; 3], Option<PerHead>, FixedState>,
    /// Those of the row before.
    last: Option<([Cell; 3], Option<PerHead>)>,
}

impl<'a> Residents<'a> {
    pub fn new(plan: &'a Plan<'a>) -> Self {
        let driver = plan.cube.place().residents();
        Self {
            driver,
            measure: driver.map_or("", Driver::name).into(),
            plan,
            known: HashMap::default(),
            last: None,
        }
    }

    /// Residents of the whole slice.
    pub fn whole(&self) -> Option<PerHead> {
        let everything = [Ages::ALL];
        let ages = self.plan.slice.ages.as_deref().unwrap_or(&everything);
        self.count(self.plan.slice.leaves.as_ref(), ages)
    }

    /// Residents of the slice within the cells of a row.
    pub fn of_row(&mut self, key: &[Cell]) -> Option<PerHead> {
        let mut cells = [Cell::WHOLE; 3];
        for (axis, cell) in self.plan.drill.iter().zip(key) {
            if let Some(axis) = axis.of_region() {
                cells[axis] = *cell;
            }
        }
        if let Some((last, known)) = &self.last
            && *last == cells
        {
            return known.clone();
        }
        let known = self.known.get(&cells).cloned();
        let found = known.unwrap_or_else(|| {
            let found = self.find(key);
            self.known.insert(cells, found.clone());
            found
        });
        self.last = Some((cells, found.clone()));
        found
    }

    fn find(&self, key: &[Cell]) -> Option<PerHead> {
        let everything = [Ages::ALL];
        let slice = &self.plan.slice;
        let mut leaves = slice.leaves.clone();
        let mut ages = slice.ages.clone().unwrap_or_else(|| everything.to_vec());
        for (axis, &cell) in self.plan.drill.iter().zip(key) {
            match axis {
                Drill::Locality(_) | Drill::Ages(_) if !cell.is_member() => {
                    return self.withheld("the row is not a group of residents");
                }
                Drill::Locality(cells) => {
                    let found = cells.iter().find(|(code, _)| *code == cell);
                    leaves = found.map(|(_, leaves)| leaves.clone());
                }
                Drill::Ages(bands) => {
                    let band = bands[cell.number() as usize];
                    ages = ages
                        .iter()
                        .filter_map(|&ages| ages.intersection(band))
                        .collect();
                }
                Drill::Group(_) => {
                    return self.withheld("residents of a client group are not counted");
                }
                Drill::Partner
                | Drill::Role(..)
                | Drill::Counterparty
                | Drill::Activity(_)
                | Drill::Times(_)
                | Drill::Flexibility
                | Drill::Labels(_)
                | Drill::Ledger(_)
                | Drill::Code(_) => {}
            }
        }
        self.count(leaves.as_ref(), &ages)
    }

    fn count(&self, leaves: Option<&Leaves>, ages: &[Ages]) -> Option<PerHead> {
        let driver = self.driver?;
        if self.plan.slice.groups.is_some() || self.plan.slice.tag.is_some() {
            return self.withheld("residents of a client group are not counted");
        }
        let Some(leaves) = leaves else {
            return self.withheld("the question names no locality");
        };
        let persons = ages.iter().try_fold(0, |sum, &ages| {
            Ok::<_, Gap>(sum + driver.mass(leaves, ages, Groups::All)?)
        });
        match persons {
            Err(_) | Ok(0) => self.withheld("residents of these ages and places are not counted"),
            Ok(persons) if driver.scale() == 1 => {
                Some(PerHead::persons(persons, self.measure.clone()))
            }
            Ok(_) => self.withheld("the residents of the pack are not whole numbers"),
        }
    }

    fn withheld(&self, reason: &str) -> Option<PerHead> {
        self.driver?;
        Some(PerHead::withheld(reason, self.measure.clone()))
    }
}
