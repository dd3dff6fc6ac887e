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
    /// By partner and year: thousands of rows share a few.
    known: HashMap<[Option<Cell>; 2], Option<MonthCount>, FixedState>,
}

impl<'a> MonthsOfRows<'a> {
    pub fn new(plan: &'a Plan<'a>) -> Self {
        Self {
            plan,
            months: plan.slice.months.as_deref(),
            known: HashMap::default(),
        }
    }

    /// The months of a row, where some of its ledgers have not all.
    pub fn of_row(&mut self, key: &[Cell]) -> Option<MonthCount> {
        let months = self.months?;
        let mut cells = [None; 2];
        let mut asked = months.period;
        for (axis, &cell) in self.plan.drill.iter().zip(key) {
            match axis {
                Drill::Partner => cells[0] = Some(cell),
                Drill::Times(times) => {
                    cells[1] = Some(cell);
                    let time = cell.is_member().then(|| times.at(cell.number())).flatten();
                    let (TimeCell::Span(time) | TimeCell::Whole(time)) =
                        time.unwrap_or(TimeCell::Span(asked));
                    asked = time.intersection(asked).unwrap_or(asked);
                }
                _ => {}
            }
        }
        if let Some(known) = self.known.get(&cells) {
            return *known;
        }
        let partner = cells[0].map(|cell| self.partner(cell));
        let found = months.count_of(partner, asked);
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
