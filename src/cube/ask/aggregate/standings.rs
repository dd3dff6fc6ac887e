//! What money is to the boundary of a question, as far as the question sees it.

use crate::account::{Stand, Standings};
use crate::axis::{Gap, Period, Placed};
use crate::counterparty::FlowId;
use crate::cube::ask::plan::rules;
use crate::cube::ask::plan::{Cell, Drill, Fate, Interner, Plan};
use crate::cube::parts::Matter;

/// What a line is to the boundary, with the fate and the cell of its partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SeenStanding {
    pub fate: Fate,
    pub partner: Cell,
    pub stand: Stand,
}

/// What money is to the boundary.
pub struct SeenStandings<'a> {
    plan: &'a Plan<'a>,
    standings: Standings<'a>,
    by_partner: bool,
    by_counterparty: bool,
    by_role: bool,
    /// The times of which there is money.
    pub periods: Vec<Placed<Period>>,
    /// Of each payment, when it was asked for.
    known: Vec<Option<Option<u32>>>,
    all: Vec<Vec<SeenStanding>>,
    /// Of each of these what the question sees of it.
    seen: Vec<u32>,
    numbers: Interner<Vec<SeenStanding>, ()>,
}

impl<'a> SeenStandings<'a> {
    pub fn new(plan: &'a Plan<'a>) -> Self {
        Self {
            plan,
            standings: plan.standings(),
            by_partner: plan.is_drilled(|axis| matches!(axis, Drill::Partner)),
            by_counterparty: plan.is_drilled(|axis| matches!(axis, Drill::Counterparty)),
            by_role: plan.is_drilled(|axis| matches!(axis, Drill::Role(..))),
            periods: Vec::new(),
            known: Vec::new(),
            all: Vec::new(),
            seen: Vec::new(),
            numbers: Interner::new(),
        }
    }

    /// Makes room for so many payments, none of which is known.
    pub fn prepare(&mut self, payments: usize) {
        self.known = vec![None; payments];
    }

    /// The number of what a matter, which is this payment, is at all times; `None` where that
    /// depends on the time.
    pub fn of(&mut self, matter: &Matter, payment: u32) -> Option<u32> {
        if let Some(known) = self.known[payment as usize] {
            return known;
        }
        let mut times = self.periods.iter();
        let any_time = Placed::Gap(Gap::Unknown);
        let first = self.at(matter, *times.next().unwrap_or(&any_time));
        let always =
            matter.flow == FlowId::NONE || times.all(|period| self.at(matter, *period) == first);
        let number = always.then(|| {
            let seen = self.numbers.number(self.seen_of(&first), |_| ());
            self.seen.push(seen);
            self.all.push(first);
            (self.all.len() - 1) as u32
        });
        self.known[payment as usize] = Some(number);
        number
    }

    /// The number of what the question sees of it.
    pub fn seen(&self, number: u32) -> u32 {
        self.seen[number as usize]
    }

    pub fn get(&self, number: u32) -> &[SeenStanding] {
        &self.all[number as usize]
    }

    /// What a matter is at a time.
    pub fn at(&self, matter: &Matter, period: Placed<Period>) -> Vec<SeenStanding> {
        let flows = self.plan.cube.place().counterparties().flows();
        (self.standings)
            .of_payment(
                matter.partner,
                matter.resource,
                period,
                flows.get(matter.flow),
            )
            .into_iter()
            .filter(|stand| rules::shown(stand.standing, &self.plan.slice))
            .map(|stand| {
                let (fate, partner) =
                    rules::partner(stand.whose, &self.plan.slice, self.by_partner);
                SeenStanding {
                    fate,
                    partner,
                    stand,
                }
            })
            .collect()
    }

    /// Without what shows in no row.
    fn seen_of(&self, stands: &[SeenStanding]) -> Vec<SeenStanding> {
        let mut stands = stands.to_vec();
        for SeenStanding { stand, .. } in &mut stands {
            if !self.by_role {
                stand.whose = Placed::Gap(Gap::Unknown);
            }
            if !self.by_role && !self.by_counterparty {
                stand.other = None;
            }
        }
        stands
    }
}
