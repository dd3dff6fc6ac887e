//! A settlement as payments by year.

use super::loan::LoanAccount;
use super::terms::{Basis, Terms, Timing};
use super::{ClaimsRule, SettlementError, SettlementRule};
use crate::appraisal::pounds::in_pounds;
use crate::money::{Exact, Pence, Ratio, close, close_below};

/// One partner of a programme, before anything is settled: exact pence by year, the first year first; years
/// that are left out have nothing.
#[derive(Clone, Debug, Default)]
pub struct Party {
    /// Its code.
    pub partner: String,
    /// What the programme costs it.
    pub costs: Vec<Ratio>,
    /// What it saves and brings in: in cash, unless terms settle everything that is saved.
    pub cash: Vec<Ratio>,
    /// What of that is no cash.
    pub freed: Vec<Ratio>,
    /// What it saves besides and keeps by the terms.
    pub kept: Vec<Ratio>,
}

/// What one partner pays and receives: below zero it pays.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payment {
    /// Its code.
    pub partner: String,
    /// By year, to the penny.
    pub by_year: Vec<Pence>,
    /// What it has before, over all years, as of the first year: cash less cost.
    pub before: Pence,
    /// What it has afterwards.
    pub after: Pence,
    /// The most that it has handed over at the end of any year above the cash that it brought in by then: nothing
    /// where it pays as cash arrives.
    pub ahead_of_cash: Pence,
}

/// Payments by year that leave nobody worse off.
///
/// **Invariant:** in each year all payments are nothing, to the penny; `after` is below zero only for the
/// partner that bears the loss by the terms. By the plainest terms nobody pays before its cash has
/// arrived.
///
/// # Method
///
/// Everything is valued as of the first year by the factors that are given. Who saves `b` and gains `a` of
/// the surplus hands over `b − a` less its own costs. Whoever hands over pays the same part of its cash
/// of every year, so that it pays out of what it has (or the same sum in each year, as a level annuity); what is
/// paid in a year goes to those who receive, in the proportion of what they are to receive in all. With an
/// investor the costs of the others are its own: it pays them when they fall due and is paid back so.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statement {
    /// By what rule.
    pub rule: SettlementRule,
    /// What there was to divide: below zero it is a loss that somebody bears.
    pub surplus: Pence,
    /// What the terms leave with those who save it, as of the first year.
    pub kept: Pence,
    /// One for each party, in their order.
    pub payments: Vec<Payment>,
    /// What was advanced and has come back, where somebody advances.
    pub loan: Option<LoanAccount>,
}

impl Statement {
    /// Settles by terms, with the worth of a unit of each year in the first.
    ///
    /// # Errors
    ///
    /// Those of [`ClaimsRule::divide`]: most often [`SettlementError::NoSurplus`], with the sum that is
    /// missing. [`SettlementError::WorseOff`] where a write-off leaves the investor with a loss that the terms
    /// do not give it, [`SettlementError::YearNotCounted`] where there are more years than factors,
    /// [`SettlementError::TooLate`] where cash is verified after the last year, and
    /// [`SettlementError::NotAmong`].
    pub fn settle(
        terms: &Terms,
        parties: &[Party],
        factors: &[Ratio],
    ) -> Result<Self, SettlementError> {
        let book = Book::new(terms, parties, factors)?;
        let gains = book.gains()?;
        let flows = match terms.rule.claims() {
            Some(_) => book.flows(&gains)?,
            None => vec![book.nothing(); parties.len()],
        };
        book.statement(&flows, &gains)
    }
}

/// Which part of a whole; nothing of nothing. In lowest terms, because it is taken of every year.
fn part_of(part: &Ratio, whole: &Ratio) -> Ratio {
    let part = whole.inverse().map(|inverse| part.times(&inverse));
    part.map_or_else(Ratio::zero, |part| part.in_lowest_terms())
}

/// Exact pence as a sum of money.
fn exact(pence: &Ratio) -> Exact {
    Exact::whole(Pence::new(1)).times(pence)
}

/// What is settled, with everything that is asked of it more than once.
struct Book<'a> {
    terms: &'a Terms,
    parties: &'a [Party],
    factors: &'a [Ratio],
    /// What each pays where the investor has taken over what it advances, by year.
    costs: Vec<Vec<Ratio>>,
    /// What the investor advances each, by year.
    advanced: Vec<Vec<Ratio>>,
    /// What each saves and pays, as of the first year.
    saved: Vec<Ratio>,
    cost: Vec<Ratio>,
    investor: Option<usize>,
    loss: Option<usize>,
}

impl<'a> Book<'a> {
    fn new(
        terms: &'a Terms,
        parties: &'a [Party],
        factors: &'a [Ratio],
    ) -> Result<Self, SettlementError> {
        let place = |code: &String| {
            let found = parties.iter().position(|party| party.partner == *code);
            found.ok_or_else(|| SettlementError::NotAmong {
                partner: code.clone(),
            })
        };
        for party in parties {
            let sums = [&party.costs, &party.cash, &party.freed, &party.kept];
            let after = sums.into_iter().flat_map(|sums| {
                let rows = sums.iter().enumerate().skip(factors.len());
                rows.filter(|(_, sum)| !sum.is_zero()).map(|(year, _)| year)
            });
            if let Some(year) = after.min() {
                return Err(SettlementError::YearNotCounted {
                    partner: party.partner.clone(),
                    year: year + 1,
                    years: factors.len(),
                });
            }
        }
        let investor = (terms.loan.as_ref())
            .filter(|_| terms.rule != SettlementRule::EachKeepsItsOwn)
            .map(|loan| place(&loan.investor))
            .transpose()?;
        let loss = terms.loss.as_ref().map(place).transpose()?;
        let years = factors.len();
        let of_years = |sums: &[Ratio]| -> Vec<Ratio> {
            let padded = sums
                .iter()
                .cloned()
                .chain(std::iter::repeat_with(Ratio::zero));
            padded.take(years).collect()
        };
        let mut costs: Vec<Vec<Ratio>> = parties.iter().map(|one| of_years(&one.costs)).collect();
        let mut advanced = vec![vec![Ratio::zero(); years]; parties.len()];
        if let (Some(investor), Some(loan)) = (investor, &terms.loan) {
            let mut taken = vec![Ratio::zero(); years];
            let others = costs.iter_mut().zip(&mut advanced).enumerate();
            for (_, (costs, advanced)) in others.filter(|(party, _)| *party != investor) {
                for ((cost, advanced), taken) in costs.iter_mut().zip(advanced).zip(&mut taken) {
                    *advanced = cost.times(&loan.advance);
                    *cost = cost.minus(advanced);
                    *taken = taken.plus(advanced);
                }
            }
            let own = costs[investor].iter_mut().zip(&taken);
            own.for_each(|(cost, taken)| *cost = cost.plus(taken));
        }
        let mut book = Self {
            terms,
            parties,
            factors,
            costs,
            advanced,
            saved: Vec::new(),
            cost: Vec::new(),
            investor,
            loss,
        };
        book.saved = parties.iter().map(|one| book.worth(&one.cash)).collect();
        book.cost = book.costs.iter().map(|costs| book.worth(costs)).collect();
        Ok(book)
    }

    fn worth(&self, by_year: &[Ratio]) -> Ratio {
        let each = by_year.iter().zip(self.factors);
        each.map(|(sum, factor)| sum.times(factor)).sum()
    }

    fn nothing(&self) -> Vec<Ratio> {
        vec![Ratio::zero(); self.factors.len()]
    }

    fn surplus(&self) -> Ratio {
        (self.saved.iter().sum::<Ratio>()).minus(&self.cost.iter().sum())
    }

    fn kept(&self, party: &Party) -> Ratio {
        self.worth(&party.kept)
    }

    /// What each gains of the surplus.
    fn gains(&self) -> Result<Vec<Ratio>, SettlementError> {
        let surplus = self.surplus();
        let Some(rule) = self.terms.rule.claims() else {
            // Nobody pays anybody.
            return Ok((self.saved.iter().zip(&self.cost))
                .map(|(saved, cost)| saved.minus(cost))
                .collect());
        };
        if surplus < Ratio::zero() {
            if let Some(bears) = self.loss {
                // The refusals of a division hold for a loss too.
                rule.divide(&Ratio::zero(), &self.saved)?;
                let mut gains = vec![Ratio::zero(); self.parties.len()];
                gains[bears] = surplus;
                return Ok(gains);
            }
            let kept: Ratio = self.parties.iter().map(|party| self.kept(party)).sum();
            if kept > Ratio::zero() {
                return Err(SettlementError::NoSurplusByTerms {
                    short: in_pounds(&Ratio::zero().minus(&surplus)),
                    kept: in_pounds(&kept),
                });
            }
        }
        let Some(essential) = &self.terms.essential else {
            return rule.divide(&surplus, &self.saved);
        };
        if rule != ClaimsRule::ByTurns {
            return Err(SettlementError::EssentialByTurns);
        }
        let known = (self.parties.iter()).position(|party| party.partner == *essential);
        let essential = known.ok_or_else(|| SettlementError::NotAmong {
            partner: essential.clone(),
        })?;
        ClaimsRule::divide_with_essential(&surplus, &self.saved, essential)
    }

    /// When a partner pays, up to a factor.
    fn profile(&self, party: &Party) -> Vec<Ratio> {
        let late = self.terms.verified_after;
        let cash = |year: usize| {
            let arrived = year.checked_sub(late).and_then(|year| party.cash.get(year));
            arrived.cloned().unwrap_or_else(Ratio::zero)
        };
        let mut years: Vec<Ratio> = (0..self.factors.len()).map(cash).collect();
        if self.terms.pay == Timing::LevelAnnuity {
            let first = years.iter().position(|cash| !cash.is_zero());
            for (year, sum) in years.iter_mut().enumerate() {
                let pays = first.is_some_and(|first| year >= first);
                *sum = if pays { Ratio::one() } else { Ratio::zero() };
            }
        }
        years
    }

    /// What it costs all of them, by year.
    fn all_costs(&self) -> Vec<Ratio> {
        (0..self.factors.len())
            .map(|year| self.costs.iter().map(|costs| &costs[year]).sum())
            .collect()
    }

    /// What each pays (below zero) and receives in each year; together nothing in each.
    fn flows(&self, gains: &[Ratio]) -> Result<Vec<Vec<Ratio>>, SettlementError> {
        let zero = Ratio::zero();
        // What each hands over (above zero) or receives.
        let over: Vec<Ratio> = (self.saved.iter().zip(&self.cost).zip(gains))
            .map(|((saved, cost), gain)| saved.minus(cost).minus(gain))
            .collect();
        let mut flows = Vec::with_capacity(over.len());
        for (party, over) in self.parties.iter().zip(&over) {
            let mut paid = self.nothing();
            // A loss is paid as costs fall, whatever else is handed over as cash arrives.
            let loss = match self.loss == Some(flows.len()) {
                true => zero.minus(&self.surplus()).min(over.clone()),
                false => zero.clone(),
            };
            let loss = loss.max(zero.clone());
            let from_cash = over.minus(&loss);
            for (sum, profile) in [(loss, self.all_costs()), (from_cash, self.profile(party))] {
                if sum <= zero {
                    continue;
                }
                let whole = self.worth(&profile);
                if whole.is_zero() {
                    return Err(SettlementError::TooLate {
                        partner: party.partner.clone(),
                    });
                }
                let share = part_of(&sum, &whole);
                let years = paid.iter_mut().zip(&profile);
                years.for_each(|(paid, of_year)| *paid = paid.minus(&share.times(of_year)));
            }
            flows.push(paid);
        }
        let receives = |over: &Ratio| zero.minus(over).max(Ratio::zero());
        let all: Ratio = over.iter().map(receives).sum();
        let shares: Vec<Ratio> = (over.iter())
            .map(|over| part_of(&receives(over), &all))
            .collect();
        let end = (self.terms.loan.as_ref()).and_then(|loan| loan.write_off);
        for year in 0..self.factors.len() {
            let paid: Ratio = flows.iter().map(|flow| flow[year].clone()).sum();
            let paid = zero.minus(&paid);
            // After the write-off the investor's part stays with those who would have paid it.
            let given_up = match (self.investor, end) {
                (Some(investor), Some(end)) if year > end => receives(&over[investor]),
                _ => Ratio::zero(),
            };
            let left = Ratio::one().minus(&part_of(&given_up, &all));
            for (party, (flow, share)) in flows.iter_mut().zip(&shares).enumerate() {
                let is_given_up = self.investor == Some(party) && !given_up.is_zero();
                flow[year] = match is_given_up {
                    true => Ratio::zero(),
                    false => flow[year].times(&left).plus(&share.times(&paid)),
                };
            }
        }
        if let Some(investor) = self.investor {
            let mut given = self.nothing();
            for (flow, advanced) in flows.iter_mut().zip(&self.advanced) {
                for ((flow, advanced), given) in flow.iter_mut().zip(advanced).zip(&mut given) {
                    *flow = flow.plus(advanced);
                    *given = given.plus(advanced);
                }
            }
            let own = flows[investor].iter_mut().zip(&given);
            own.for_each(|(flow, given)| *flow = flow.minus(given));
        }
        Ok(flows)
    }

    /// What the loan came to.
    fn loan(&self, flows: &[Vec<Ratio>], gains: &[Ratio]) -> Option<LoanAccount> {
        let (investor, loan) = (self.investor?, self.terms.loan.as_ref()?);
        let advanced: Vec<Ratio> = (0..self.factors.len())
            .map(|year| self.advanced.iter().map(|by_year| &by_year[year]).sum())
            .collect();
        let received = flows[investor].iter().zip(&advanced);
        let received: Vec<Ratio> = received
            .map(|(flow, given)| flow.plus(given).max(Ratio::zero()))
            .collect();
        // What its own saving bears of the others' costs, as its cash arrives.
        let party = &self.parties[investor];
        let own = self.saved[investor]
            .minus(&self.worth(&party.costs))
            .minus(&gains[investor])
            .max(Ratio::zero());
        let profile = self.profile(party);
        let whole = self.worth(&profile);
        let share = part_of(&own, &whole);
        let own: Vec<Ratio> = profile.iter().map(|part| share.times(part)).collect();
        Some(LoanAccount::new(loan, &advanced, &received, &own))
    }

    /// The most that was handed over above the cash brought in by then.
    fn ahead_of_cash(party: &Party, flow: &[Ratio]) -> Result<Pence, SettlementError> {
        let (mut cash, mut paid, mut most) = (Ratio::zero(), Ratio::zero(), Ratio::zero());
        for (year, flow) in flow.iter().enumerate() {
            let of = |sums: &[Ratio]| sums.get(year).cloned().unwrap_or_else(Ratio::zero);
            cash = cash.plus(&of(&party.cash)).minus(&of(&party.freed));
            paid = paid.minus(flow);
            most = most.max(paid.minus(&cash));
        }
        Ok(exact(&most).nearest()?)
    }

    fn statement(
        &self,
        flows: &[Vec<Ratio>],
        gains: &[Ratio],
    ) -> Result<Statement, SettlementError> {
        let before: Vec<Ratio> = (self.parties.iter().zip(&self.saved))
            .map(|(party, saved)| saved.minus(&self.worth(&party.costs)))
            .collect();
        let after: Vec<Ratio> = (before.iter().zip(flows))
            .map(|(before, flow)| before.plus(&self.worth(flow)))
            .collect();
        if self.terms.rule != SettlementRule::EachKeepsItsOwn {
            for (party, after) in after.iter().enumerate() {
                if *after < Ratio::zero() && self.loss != Some(party) {
                    return Err(SettlementError::WorseOff {
                        partner: self.parties[party].partner.clone(),
                        pounds: in_pounds(&Ratio::zero().minus(after)),
                    });
                }
            }
        }
        let kept: Vec<Ratio> = self.parties.iter().map(|party| self.kept(party)).collect();
        let with_kept = |sums: &[Ratio]| -> Vec<Exact> {
            let each = sums.iter().zip(&kept);
            each.map(|(sum, kept)| exact(&sum.plus(kept))).collect()
        };
        let kept_in_all: Ratio = kept.iter().sum();
        let all = exact(&self.surplus().plus(&kept_in_all)).nearest()?;
        let before = close_below(all, &with_kept(&before))?;
        let after = close_below(all, &with_kept(&after))?;
        let mut by_year = vec![Vec::with_capacity(self.factors.len()); self.parties.len()];
        for year in 0..self.factors.len() {
            let of_year: Vec<Exact> = flows.iter().map(|flow| exact(&flow[year])).collect();
            let closed = close(Pence::ZERO, &of_year)?;
            (by_year.iter_mut().zip(closed)).for_each(|(sums, pence)| sums.push(pence));
        }
        let mut payments = Vec::with_capacity(self.parties.len());
        let is_ahead = |party: usize| {
            // An advance and a loss are told beside.
            let bears_loss = self.loss == Some(party) && self.surplus() < Ratio::zero();
            self.investor != Some(party) && !bears_loss
        };
        for (number, (party, (before, after))) in
            (self.parties.iter().zip(before.into_iter().zip(after))).enumerate()
        {
            let ahead_of_cash = match is_ahead(number) {
                true => Self::ahead_of_cash(party, &flows[number])?,
                false => Pence::ZERO,
            };
            payments.push(Payment {
                partner: party.partner.clone(),
                by_year: std::mem::take(&mut by_year[number]),
                before,
                after,
                ahead_of_cash,
            });
        }
        Ok(Statement {
            rule: self.terms.rule,
            surplus: exact(&self.surplus()).nearest()?,
            kept: exact(&kept_in_all).nearest()?,
            payments,
            loan: self.loan(flows, gains),
        })
    }
}

impl Basis {
    /// Whether only cash is settled.
    #[must_use]
    pub fn is_cash(&self) -> bool {
        *self == Self::Cash
    }
}
