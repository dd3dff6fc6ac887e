//! Of how many months the ledgers of a row have lines: of its own partner and year, where it has one.

use crate::account::{AskedMonths, MonthCount};
use crate::axis::MemberId;
use crate::cube::ask::plan::{Cell, CellKind, Drill, Plan, TimeCell};
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// Counts the months of rows.
pub struct MonthsOfRows<'a> {
    plan: &'a Plan<'a>,
    /// None where every ledger has lines of every month.
    months: Option<&'a AskedMonths>,
    /// By partner, time and ledger: thousands of rows share a few.
    known: HashMap<[Option<Cell>; 3], Option<MonthCount>, FixedState>,
}

impl<'a> MonthsOfRows<'a> {
    pub fn new(plan: &'a Plan<'a>) -> Self {
        Self {
            plan,
            months: plan.slice.months.as_deref(),
            known: HashMap::default(),
        }
    }

    /// The months of a row, where some of its ledgers have not all. A row of a time as a whole says nothing of
    /// months.
    pub fn of_row(&mut self, key: &[Cell]) -> Option<MonthCount> {
        let months = self.months?;
        let mut cells = [None; 3];
        let mut asked = months.period;
        let mut ledger = None;
        for (axis, &cell) in self.plan.drill.iter().zip(key) {
            match axis {
                Drill::Partner => cells[0] = Some(cell),
                Drill::Times(times) => {
                    cells[1] = Some(cell);
                    let time = cell.is_member().then(|| times.at(cell.number()));
                    asked = match time.flatten() {
                        Some(TimeCell::Whole(_)) => return None,
                        Some(TimeCell::Span(span)) => span.intersection(asked).unwrap_or(asked),
                        None => asked,
                    };
                }
                Drill::Ledger(ledgers) => {
                    cells[2] = Some(cell);
                    ledger = Some(ledgers.at(cell.number()).1);
                }
                _ => {}
            }
        }
        if let Some(known) = self.known.get(&cells) {
            return *known;
        }
        let partner = cells[0].map(|cell| self.partner(cell));
        let found = months.count_among(partner, ledger, asked);
        self.known.insert(cells, found);
        found
    }

    fn partner(&self, cell: Cell) -> &'a str {
        match cell.kind() {
            CellKind::Member(number) => {
                let partners = &self.plan.cube.place().axes().partners;
                &partners.get(MemberId(number)).code
            }
            CellKind::Gap(gap) => gap.name(),
            CellKind::Rest | CellKind::Nobody => "",
        }
    }
}
