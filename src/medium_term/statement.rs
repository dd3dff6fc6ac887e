//! Gap, what closes it, and what is left: by partner and year, and for all who cover the same area.

use super::gap::{GapLine, Lasts, LineKind, Reduction};
use super::plan::MediumTerm;
use crate::axis::{MemberId, Period};
use crate::money::Pence;
use crate::reconciliation::{Reconciliation, Step};
use crate::register::RegisterError;
use std::collections::BTreeSet;

/// The gap of a partner in a year, and what is left of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GapStanding {
    /// Code of the partner.
    pub partner: String,
    /// Its name.
    pub name: String,
    /// The year, or years.
    pub period: Period,
    /// Which area the gap is for; empty where none is stated.
    pub covers: String,
    /// The gap before anything closes it; `None` where the partner has said nothing of it, which is not nothing.
    pub gap: Option<Pence>,
    /// Closed by reductions of years before that last.
    pub closed_before: Pence,
    /// Closed by reductions from this year on.
    pub closed_now: Pence,
    /// Closed in this year alone.
    pub closed_once: Pence,
    /// What reductions of other partners put on this one.
    pub put_on: Pence,
    /// What is left; `None` where no gap is stated.
    pub left: Option<Pence>,
    /// Reductions that are not far enough to close anything.
    pub beside: Pence,
    /// Codes of the reductions that close it, in the order of the pack.
    pub reductions: Vec<String>,
    /// Where the gap is written down: lines of the register.
    pub lines: Vec<String>,
}

/// The gaps of all partners that cover the same area in the same year.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GapTotal {
    /// The year, or years.
    pub period: Period,
    /// Which area.
    pub covers: String,
    /// How many partners state a gap of it.
    pub partners: usize,
    /// Names of partners of the register that say nothing of it, or of another area: they are not in it.
    pub without: Vec<String>,
    /// All gaps.
    pub gap: Pence,
    /// All that closes them.
    pub closed: Pence,
    /// What reductions of other partners put on them.
    pub put_on: Pence,
    /// What is left.
    pub left: Pence,
}

/// Gaps by partner and year, with their totals.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GapStatement<'a> {
    pub(super) plan: &'a MediumTerm,
    /// Partner by partner, in the order of time.
    pub rows: Vec<GapStanding>,
    /// By year and area.
    pub totals: Vec<GapTotal>,
    /// From each total gap to what is left of it.
    pub reconciliation: Reconciliation,
}

impl GapStanding {
    /// All that closes it.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Money`] for sums beyond what an account can hold.
    pub fn closed(&self) -> Result<Pence, RegisterError> {
        Ok(Pence::total([
            self.closed_before,
            self.closed_now,
            self.closed_once,
        ])?)
    }
}

impl GapStatement<'_> {
    /// The row of a partner and year.
    #[must_use]
    pub fn find(&self, partner: &str, period: Period) -> Option<&GapStanding> {
        let wanted = |row: &&GapStanding| row.partner == partner && row.period == period;
        self.rows.iter().find(wanted)
    }
}

impl MediumTerm {
    /// The gap of every partner and year that a line names, what closes it, and what is left.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Money`] for sums beyond what an account can hold.
    pub fn statement(&self) -> Result<GapStatement<'_>, RegisterError> {
        let periods: BTreeSet<Period> = self.lines.iter().map(|line| line.period).collect();
        let mut partners: BTreeSet<MemberId> = self.lines.iter().map(|line| line.partner).collect();
        for reduction in &self.reductions {
            partners.insert(reduction.partner);
            partners.extend(reduction.falls_on);
        }
        let mut rows = Vec::new();
        for partner in &partners {
            for period in &periods {
                rows.extend(self.standing(*partner, *period)?);
            }
        }
        let mut totals = Vec::new();
        let mut reconciliation = Reconciliation::default();
        for period in &periods {
            let of_period = || {
                rows.iter()
                    .filter(|row: &&GapStanding| row.period == *period)
            };
            let areas: BTreeSet<&str> = of_period()
                .filter(|row| row.gap.is_some())
                .map(|row| row.covers.as_str())
                .collect();
            for covers in areas {
                let is_in = |row: &&GapStanding| row.gap.is_some() && row.covers == covers;
                let is_of = |partner: &MemberId| {
                    let code = &self.place.axes().partners.get(*partner).code;
                    of_period().any(|row| is_in(&row) && row.partner == *code)
                };
                let without = partners.iter().filter(|partner| !is_of(partner));
                let inside: Vec<&GapStanding> = of_period().filter(is_in).collect();
                let total = GapTotal {
                    period: *period,
                    covers: covers.to_owned(),
                    partners: inside.len(),
                    without: without.map(|one| self.partner(*one).to_owned()).collect(),
                    gap: Pence::total(inside.iter().filter_map(|row| row.gap))?,
                    closed: Pence::total(
                        (inside.iter())
                            .map(|row| row.closed())
                            .collect::<Result<Vec<_>, _>>()?,
                    )?,
                    put_on: Pence::total(inside.iter().map(|row| row.put_on))?,
                    left: Pence::total(inside.iter().filter_map(|row| row.left))?,
                };
                reconciliation.push(
                    Step::new(
                        format!("gap {period}, {covers} → left"),
                        total.gap,
                        total.left,
                    )
                    .difference("closed by reductions", -total.closed)
                    .difference("put on them by partners that spend less", total.put_on),
                );
                totals.push(total);
            }
        }
        Ok(GapStatement {
            plan: self,
            rows,
            totals,
            reconciliation,
        })
    }

    /// What is said of a partner in a year; nothing where neither a gap nor a reduction is.
    fn standing(
        &self,
        partner: MemberId,
        period: Period,
    ) -> Result<Option<GapStanding>, RegisterError> {
        let of_partner: Vec<&GapLine> = (self.lines.iter())
            .filter(|line| line.partner == partner)
            .collect();
        let here: Vec<&GapLine> = (of_partner.iter().copied())
            .filter(|line| line.period == period)
            .collect();
        let gap = match here.is_empty() {
            true => None,
            false => Some(self.gap(&of_partner, &here, period)?),
        };
        let counts = |one: &&Reduction| self.closes(one) && one.counts_in(period);
        let own: Vec<&Reduction> = (self.reductions.iter())
            .filter(|one| one.partner == partner)
            .filter(counts)
            .collect();
        let is_before = |one: &Reduction| one.period.last_day() < period.first_day();
        let sum = |wanted: &dyn Fn(&Reduction) -> bool| {
            Pence::total((own.iter().filter(|one| wanted(one))).map(|one| one.pence))
        };
        let closed_before = sum(&|one| one.lasts == Lasts::On && is_before(one))?;
        let closed_now = sum(&|one| one.lasts == Lasts::On && !is_before(one))?;
        let closed_once = sum(&|one| one.lasts == Lasts::Once)?;
        let put_on = (self.reductions.iter())
            .filter(|one| one.falls_on == Some(partner))
            .filter(counts);
        let put_on = Pence::total(put_on.map(|one| one.pence))?;
        let beside = (self.reductions.iter()).filter(|one| {
            one.partner == partner
                && !self.closes(one)
                && one.status != super::gap::ReductionStatus::Withdrawn
                && one.counts_in(period)
        });
        let beside = Pence::total(beside.map(|one| one.pence))?;
        if gap.is_none() && own.is_empty() && put_on == Pence::ZERO && beside == Pence::ZERO {
            return Ok(None);
        }
        let left = match gap {
            Some(gap) => Some(Pence::total([
                gap,
                put_on,
                -closed_before,
                -closed_now,
                -closed_once,
            ])?),
            None => None,
        };
        let member = self.place.axes().partners.get(partner);
        Ok(Some(GapStanding {
            partner: member.code.clone(),
            name: member.name.clone(),
            period,
            covers: here
                .first()
                .map_or_else(String::new, |line| line.covers.clone()),
            gap,
            closed_before,
            closed_now,
            closed_once,
            put_on,
            left,
            beside,
            reductions: own.iter().map(|one| one.code.clone()).collect(),
            lines: here.iter().map(|line| line.position.to_string()).collect(),
        }))
    }

    /// The gap of a year as a level: what the partner is short of in it if nothing was done in any year.
    fn gap(
        &self,
        of_partner: &[&GapLine],
        here: &[&GapLine],
        period: Period,
    ) -> Result<Pence, RegisterError> {
        // What is needed and what comes in are all of a year, so that their difference is a level however gaps are
        // stated.
        let is_worked_out = here.iter().any(|line| line.kind != LineKind::Stated);
        if is_worked_out {
            let signed = (here.iter()).map(|line| match line.kind {
                LineKind::Needed => line.pence,
                LineKind::Coming => -line.pence,
                LineKind::Stated => Pence::ZERO,
            });
            return Ok(Pence::total(signed)?);
        }
        let stated = (of_partner.iter()).filter(|line| line.kind == LineKind::Stated);
        let counted = stated.filter(|line| match self.is_new {
            true => line.period.last_day() <= period.last_day(),
            false => line.period == period,
        });
        Ok(Pence::total(counted.map(|line| line.pence))?)
    }
}
