//! What partners moved: sources and uses of any boundary, and pooled funds, from the records.

use super::{AskError, Cube};
use crate::account::{Balances, Boundary, Figures, Flows, Payment, PoolStatement, SourcesAndUses};
use crate::axis::{FlowKind, Gap, Period, Phase, Placed, Resource, Side};
use crate::money::Pence;

impl Cube {
    /// What partners paid each other and spent in each financial year of a phase, in cash.
    ///
    /// Of a payment that both sides wrote down the figure counts that the pack says. Where that is
    /// the payee's, the rest of what the payer wrote down stays with what it spent. Agency money
    /// is left out: it is nobody's. Money that names no partner or no period is in none of it.
    ///
    /// # Errors
    ///
    /// [`AskError::Money`] for sums beyond 64 bits of pence.
    pub fn flows(&self, phase: Phase) -> Result<Flows, AskError> {
        flows(self, phase)
    }

    /// Where the money inside a boundary came from, and what became of it, year by year:
    /// incoming + own = spent + outgoing + held.
    ///
    /// # Errors
    ///
    /// [`AskError::Axis`] for partners that the place does not have.
    pub fn sources_and_uses(
        &self,
        boundary: &Boundary,
        phase: Phase,
    ) -> Result<SourcesAndUses, AskError> {
        let partners = &self.place().axes().partners;
        let inside = boundary.inside(self.place())?;
        let members = partners.iter().map(|(member, _)| member);
        let balances = Balances::of(&self.flows(phase)?)?;
        Ok(balances.statement(members.filter(|member| inside.contains(*member)), partners)?)
    }

    /// Each pooled fund of the place, year by year.
    ///
    /// # Errors
    ///
    /// [`AskError::Funding`] for a pool whose spending is not in the account.
    pub fn pools(&self, phase: Phase) -> Result<Vec<PoolStatement>, AskError> {
        let partners = &self.place().axes().partners;
        let flows = self.flows(phase)?;
        let pools = self.place().pools().iter();
        pools
            .map(|pool| Ok(PoolStatement::of(pool, &flows, partners)?))
            .collect()
    }
}

fn flows(cube: &Cube, phase: Phase) -> Result<Flows, AskError> {
    let place = cube.place();
    let held = cube.held();
    let figures = Figures {
        terms: place.transfers(),
        held,
        phase,
        resource: Resource::Cash,
    };
    let members = place.axes().partners.iter().map(|(member, _)| member);
    let mut flows = Flows::new(members.filter(|member| held.holds(*member, phase, Resource::Cash)));
    for opening in place.openings() {
        flows.add_opening(opening.year, opening.partner, opening.pence);
    }
    for record in cube.records().iter() {
        let coding = &record.coding;
        let (Placed::On(own), Placed::On(period)) = (coding.partner, coding.period) else {
            continue;
        };
        if coding.phase != phase || coding.resource != Resource::Cash {
            continue;
        }
        let flow = place.counterparties().flows().get(coding.flow);
        for (year, pence) in by_year(record.pence, period)? {
            let Some(flow) = flow else {
                flows.add_spent(year, own, pence);
                continue;
            };
            if flow.kind == FlowKind::Agency {
                continue;
            }
            let weights: Vec<u64> = flow.parts.iter().map(|(_, part)| *part).collect();
            let parts = pence.apportion(&weights)?;
            for ((other, _), pence) in flow.parts.iter().zip(parts) {
                let (payer, payee, pence) = match flow.side {
                    Side::Payer => (own, *other, pence),
                    Side::Payee => (*other, own, -pence),
                };
                let when = coding.period;
                let payment = Payment { payer, payee, when };
                let payer_holds = figures.holds(payer, when);
                let beyond =
                    figures.holds(payee, Placed::Gap(Gap::Unknown)) && !figures.holds(payee, when);
                if flow.side == Side::Payer && beyond {
                    // The payee's ledger ends before: what it did with the money is not seen.
                    flows.add_spent(year, payer, pence);
                } else if figures.leading(payment) == flow.side {
                    match flow.kind {
                        // So much less was paid the other way.
                        FlowKind::Repayment => {
                            flows.add_flow(year, payee, payer, flow.kind, -pence)
                        }
                        kind => flows.add_flow(year, payer, payee, kind, pence),
                    }
                }
                // What the payer spent holds the payment too, so that what it used is its total.
                if figures.by_receipt(payment) && payer_holds {
                    let spent = match flow.side {
                        Side::Payer => pence,
                        Side::Payee => -pence,
                    };
                    flows.add_spent(year, payer, spent);
                }
            }
        }
    }
    Ok(flows)
}

/// A sum over the financial years of its period, by days, in whole pence.
///
/// Sources and uses, pools and the mix of a body's income are made of these; no amount of an
/// answer is, so that the two may differ by pence where a record lies in several years.
fn by_year(pence: Pence, period: Period) -> Result<Vec<(Period, Pence)>, AskError> {
    let years = period.financial_years();
    if let [year] = years.as_slice() {
        return Ok(vec![(*year, pence)]);
    }
    let days: Vec<u64> = (years.iter())
        .map(|year| {
            year.intersection(period)
                .map_or(0, |part| part.days().into())
        })
        .collect();
    Ok(years.into_iter().zip(pence.apportion(&days)?).collect())
}
