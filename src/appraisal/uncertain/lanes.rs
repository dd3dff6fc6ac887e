//! The chain from people to cash, for many draws side by side.
//!
//! A number is [`LANES`] numbers, one for each draw, so that the same step of all of them is one loop over
//! neighbours in memory. The steps are those of the exact chain, in the same order.

use super::plan::{Agreement, CashPlan, Plan};

/// So many draws side by side.
pub(in crate::appraisal) const LANES: usize = 64;

/// A number of each of the draws.
pub(in crate::appraisal) type Lanes = [f64; LANES];

/// A block is whole if it lacks no more than rounding does.
const ROUNDING: f64 = 1e-9;

/// A figure: the same in all draws, or one for each.
#[derive(Clone, Copy, Debug)]
pub(in crate::appraisal) enum Figure<'a> {
    Same(f64),
    Drawn(&'a Lanes),
}

/// What each payer has in each year, in floating pence; payer by payer, year by year.
#[derive(Clone, Debug)]
pub(in crate::appraisal) struct Outcome {
    years: usize,
    /// What is saved, held against what is spent.
    pub saved: Vec<Lanes>,
    pub cash: Vec<Lanes>,
    pub cost: Vec<Lanes>,
    pub cash_cost: Vec<Lanes>,
    /// The part of claims that is no more than what is spent.
    part: Vec<Lanes>,
    products: Vec<Lanes>,
    pounds: Vec<Lanes>,
}

fn fill(of: &mut [Lanes], value: f64) {
    of.iter_mut().for_each(|lanes| *lanes = [value; LANES]);
}

fn times(lanes: &mut Lanes, figure: Figure<'_>, left: bool) {
    match (figure, left) {
        (Figure::Same(value), false) => lanes.iter_mut().for_each(|lane| *lane *= value),
        (Figure::Same(value), true) => lanes.iter_mut().for_each(|lane| *lane *= 1.0 - value),
        (Figure::Drawn(values), false) => {
            lanes
                .iter_mut()
                .zip(values)
                .for_each(|(lane, value)| *lane *= value);
        }
        (Figure::Drawn(values), true) => {
            lanes
                .iter_mut()
                .zip(values)
                .for_each(|(lane, value)| *lane *= 1.0 - value);
        }
    }
}

impl Outcome {
    /// Room for a plan.
    pub(in crate::appraisal) fn of(plan: &Plan) -> Self {
        let cells = vec![[0.0; LANES]; plan.payers.len() * plan.years];
        Self {
            years: plan.years,
            saved: cells.clone(),
            cash: cells.clone(),
            cost: cells.clone(),
            cash_cost: cells.clone(),
            part: cells,
            products: vec![[0.0; LANES]; plan.effects.len()],
            pounds: vec![[0.0; LANES]; plan.savings.len()],
        }
    }

    /// Works a plan out with its figures.
    pub(in crate::appraisal) fn work_out(&mut self, plan: &Plan, figures: &[Figure<'_>]) {
        for cells in [
            &mut self.saved,
            &mut self.cash,
            &mut self.cost,
            &mut self.cash_cost,
        ] {
            fill(cells, 0.0);
        }
        for (effect, product) in plan.effects.iter().zip(&mut self.products) {
            *product = [effect.is_there; LANES];
            for &(figure, left) in &effect.product {
                times(product, figures[figure], left);
            }
        }
        for (saving, pounds) in plan.savings.iter().zip(&mut self.pounds) {
            *pounds = self.products[saving.effect];
            times(pounds, figures[saving.unit], false);
        }
        self.leave_to_the_largest(plan);
        self.hold(plan);
        self.cash(plan, figures);
        for cost in &plan.costs {
            let mut pence = [cost.each; LANES];
            if let Some(figure) = cost.figure {
                times(&mut pence, figures[figure], false);
            }
            let cell = cost.payer * self.years + cost.year;
            add(&mut self.cost[cell], &pence, 1.0);
            if cost.is_cash {
                add(&mut self.cash_cost[cell], &pence, 1.0);
            }
        }
    }

    /// Of effects that may overlap the first that saves most counts.
    fn leave_to_the_largest(&mut self, plan: &Plan) {
        for group in &plan.groups {
            let worth: Vec<Lanes> = (group.iter())
                .map(|&effect| {
                    let mut worth = [0.0; LANES];
                    let savings = plan.savings.iter().zip(&self.pounds);
                    for (saving, pounds) in savings.filter(|(saving, _)| saving.effect == effect) {
                        add(&mut worth, pounds, saving.present);
                    }
                    worth
                })
                .collect();
            for lane in 0..LANES {
                let mut most = (0, f64::NEG_INFINITY);
                for (number, worth) in worth.iter().enumerate() {
                    if worth[lane] > most.1 {
                        most = (number, worth[lane]);
                    }
                }
                let others = group
                    .iter()
                    .enumerate()
                    .filter(|(number, _)| *number != most.0);
                for (_, &effect) in others {
                    self.products[effect][lane] = 0.0;
                    let savings = plan.savings.iter().zip(&mut self.pounds);
                    savings
                        .filter(|(saving, _)| saving.effect == effect)
                        .for_each(|(_, pounds)| pounds[lane] = 0.0);
                }
            }
        }
    }

    /// What is claimed of a payer's year, lowered to what it spends.
    fn hold(&mut self, plan: &Plan) {
        for (saving, pounds) in plan.savings.iter().zip(&self.pounds) {
            let from = saving.payer * self.years;
            let cells = self.saved[from..].iter_mut().zip(&saving.worth);
            cells.for_each(|(cell, &worth)| add(cell, pounds, worth));
        }
        let payers = plan.payers.iter().enumerate();
        for (number, payer) in payers {
            let cells = number * self.years..(number + 1) * self.years;
            let parts = &mut self.part[cells.clone()];
            let Some(most) = &payer.most else {
                fill(parts, 1.0);
                continue;
            };
            for ((part, claimed), &most) in parts.iter_mut().zip(&mut self.saved[cells]).zip(most) {
                for (part, claimed) in part.iter_mut().zip(claimed) {
                    *part = if *claimed > most {
                        most / *claimed
                    } else {
                        1.0
                    };
                    *claimed = claimed.min(most);
                }
            }
        }
    }

    fn cash(&mut self, plan: &Plan, figures: &[Figure<'_>]) {
        for (saving, pounds) in plan.savings.iter().zip(&self.pounds) {
            let from = saving.payer * self.years;
            let cash = &mut self.cash[from..from + self.years];
            let parts = &self.part[from..from + self.years];
            match &saving.cash {
                CashPlan::None => {}
                CashPlan::Share { share, phase } => {
                    let mut shared = *pounds;
                    times(&mut shared, figures[*share], false);
                    for (year, (cash, part)) in cash.iter_mut().zip(parts).enumerate() {
                        let worth = saving.worth[year] * phase[year];
                        let lanes = cash.iter_mut().zip(&shared).zip(part);
                        lanes.for_each(|((cash, shared), part)| *cash += shared * worth * part);
                    }
                }
                CashPlan::Blocks {
                    block,
                    worth,
                    notice,
                } => {
                    let products = &self.products[saving.effect];
                    let events = |year: usize, lane: usize| {
                        products[lane] * saving.events[year] * parts[year][lane]
                    };
                    for (year, cash) in cash.iter_mut().enumerate() {
                        for (lane, cash) in cash.iter_mut().enumerate() {
                            let before = match year.checked_sub(*notice) {
                                Some(before) => events(before, lane),
                                None => 0.0,
                            };
                            let blocks = before.min(events(year, lane)) / block + ROUNDING;
                            let saved = pounds[lane] * saving.worth[year] * parts[year][lane];
                            *cash += (blocks.floor() * worth).min(saved);
                        }
                    }
                }
            }
        }
        let payers = plan
            .payers
            .iter()
            .zip(self.cash.chunks_mut(self.years.max(1)));
        for (payer, cash) in payers {
            let free = payer.free.iter().flatten();
            for (cash, &free) in cash.iter_mut().zip(free) {
                cash.iter_mut().for_each(|cash| *cash = cash.min(free));
            }
        }
    }

    /// Cells of one payer, by year.
    pub(in crate::appraisal) fn of_payer<'a>(
        &self,
        cells: &'a [Lanes],
        payer: usize,
    ) -> &'a [Lanes] {
        &cells[payer * self.years..(payer + 1) * self.years]
    }

    /// What each payer has with the agreement less what it has without, as of the first year.
    pub(in crate::appraisal) fn moved(&self, agreement: &Agreement, payers: usize) -> Vec<Lanes> {
        let mut moved = vec![[0.0; LANES]; payers];
        let settled = match agreement.of_all_savings {
            true => &self.saved,
            false => &self.cash,
        };
        for (year, (agreed, factor)) in agreement.years.iter().enumerate() {
            let of_year = year
                .checked_sub(agreement.late)
                .filter(|year| *year < self.years);
            let mut pot = [agreed.from_others; LANES];
            for (payer, moved) in moved.iter_mut().enumerate() {
                let mut over = [agreed.sums[payer]; LANES];
                if let Some(of_year) = of_year {
                    add(
                        &mut over,
                        &settled[payer * self.years + of_year],
                        agreed.parts[payer],
                    );
                }
                add(moved, &over, -factor);
                add(&mut pot, &over, 1.0);
            }
            for (moved, &receives) in moved.iter_mut().zip(&agreed.receives) {
                add(moved, &pot, receives * factor);
            }
        }
        moved
    }
}

/// Adds a multiple of some lanes to others.
pub(in crate::appraisal) fn add(to: &mut Lanes, more: &Lanes, times: f64) {
    to.iter_mut()
        .zip(more)
        .for_each(|(to, more)| *to += more * times);
}
