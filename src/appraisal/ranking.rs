//! Several proposals side by side, by what one purse gains.

use super::AppraisalError;
use super::appraise::Appraisal;
use super::pounds::in_pounds;
use super::proposal::Payer;
use super::verdict::Verdict;
use crate::account::Boundary;
use crate::money::Ratio;
use crate::price::PriceYear;
use crate::table::{Align, Table};
use std::collections::{BTreeMap, BTreeSet};

/// Several proposals side by side, by what one purse gains: what it saves less what it pays, the most first.
///
/// Never by a ratio alone: a small proposal may return most for a pound and gain next to nothing, and which is
/// best depends on whose purse is asked.
///
/// # Example
///
/// ```
/// use wholeplace::appraisal::{Appraisal, Proposals, Ranking};
/// use wholeplace::{Cube, Place, PlaceAccount};
/// let place = Place::open("examples/data/shropshire")?;
/// let cube = Cube::build(&PlaceAccount::load(&place)?)?;
/// let proposals = Proposals::open(&place)?;
/// let all: Vec<Appraisal> = (proposals.iter())
///     .map(|proposal| proposal.appraise(&cube))
///     .collect::<Result<_, _>>()?;
/// let ranking = Ranking::by(&"all-partners".parse()?, &all)?;
/// println!("{}", ranking.table());
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Ranking {
    /// Whose purse, in words.
    pub purse: String,
    /// The proposals, the one by which it gains most first.
    pub rows: Vec<Ranked>,
    /// What keeps them from being compared, or from being done together.
    pub cautions: Vec<String>,
}

/// One proposal, as one purse sees it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Ranked {
    /// The code of the proposal.
    pub code: String,
    /// Its name for people.
    pub name: String,
    /// The answer of that purse.
    pub verdict: Verdict,
}

impl Ranking {
    /// Ranks by what a boundary gains; of equal ones the first code first.
    ///
    /// # Errors
    ///
    /// [`AppraisalError::Axis`] for a boundary that the pack does not have.
    pub fn by(boundary: &Boundary, appraisals: &[Appraisal<'_>]) -> Result<Self, AppraisalError> {
        let mut rows = Vec::with_capacity(appraisals.len());
        for appraisal in appraisals {
            rows.push(Ranked {
                code: appraisal.proposal.code.clone(),
                name: appraisal.proposal.name.clone(),
                verdict: appraisal.verdict(boundary)?,
            });
        }
        rows.sort_by(|one, other| {
            let gains = |row: &Ranked| row.verdict.net_saving.clone();
            (gains(other).cmp(&gains(one))).then_with(|| one.code.cmp(&other.code))
        });
        let purse = rows
            .first()
            .map_or_else(|| boundary.to_string(), |row| row.verdict.purse.clone());
        let mut cautions = unlike(appraisals);
        cautions.extend(claimed_together(appraisals));
        Ok(Self {
            purse,
            rows,
            cautions,
        })
    }

    /// For people.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut table = Table::new(format!("Proposals, by what {} gains", self.purse));
        table.column("", Align::Left);
        for heading in [
            "pays",
            "saves less pays",
            "cash less pays",
            "return",
            "in cash",
            "pays back",
            "public value",
        ] {
            table.column(heading, Align::Right);
        }
        for row in &self.rows {
            let verdict = &row.verdict;
            table.row([
                row.code.clone(),
                in_pounds(&verdict.cost),
                in_pounds(&verdict.net_saving),
                in_pounds(&verdict.cash.minus(&verdict.cost)),
                verdict.fiscal_return.to_string(),
                verdict.cash_return.to_string(),
                verdict.payback.stays_discounted.to_string(),
                verdict.public_return.to_string(),
            ]);
        }
        for caution in &self.cautions {
            table.note(caution);
        }
        table
    }
}

/// Where sums are of different years, prices or schedules.
fn unlike(appraisals: &[Appraisal<'_>]) -> Vec<String> {
    let differ = |what: fn(&Appraisal<'_>) -> String, sentence: &str| {
        let all: BTreeSet<String> = appraisals.iter().map(what).collect();
        let listed: Vec<String> = all.into_iter().collect();
        (listed.len() > 1).then(|| format!("{sentence}: {}.", listed.join("; ")))
    };
    let years = |one: &Appraisal<'_>| {
        let years = &one.years;
        match (years.first(), years.last()) {
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => "none".to_owned(),
        }
    };
    [
        differ(
            years,
            "They count different years, so that their sums are not of one kind",
        ),
        differ(
            |one| one.assumptions.join(", "),
            "They are in different prices or discounted differently",
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Where several proposals want to save the same money: each is held against it alone. One budget that lies
/// inside another is not seen.
fn claimed_together(appraisals: &[Appraisal<'_>]) -> Vec<String> {
    let budget = |one: &Appraisal<'_>| {
        let proposal = one.proposal;
        let baseline = &proposal.baseline;
        format!(
            "{:?}",
            (
                proposal.locality,
                proposal.ages,
                &baseline.activities,
                baseline.period,
                baseline.phase
            )
        )
    };
    /// What is claimed of one budget of a payer in one year, by how many, and how much there is.
    struct Claimed {
        by: usize,
        pence: Ratio,
        most: Ratio,
    }
    let mut all: BTreeMap<(&Payer, String), BTreeMap<PriceYear, Claimed>> = BTreeMap::new();
    for appraisal in appraisals {
        for held in &appraisal.held {
            let Some(most) = &held.most else { continue };
            let years = all.entry((&held.payer, budget(appraisal))).or_default();
            let sums = held.claimed.iter().zip(&held.refused).zip(most);
            for (&year, ((claimed, refused), most)) in appraisal.years.iter().zip(sums) {
                let claimed = claimed.minus(refused);
                if claimed.is_zero() {
                    continue;
                }
                let of_year = years.entry(year).or_insert_with(|| Claimed {
                    by: 0,
                    pence: Ratio::zero(),
                    most: most.clone(),
                });
                of_year.by += 1;
                of_year.pence = of_year.pence.plus(&claimed);
            }
        }
    }
    let told = all.iter().filter_map(|((payer, _), years)| {
        let over = |one: &&Claimed| one.by > 1 && one.pence > one.most;
        let worst = (years.values().filter(over))
            .max_by_key(|one| one.pence.minus(&one.most))?;
        Some(format!(
            "{} proposals want to save what {} spends on the same: together {} of a year more than that. Each \
             alone is held against it; not all of them can save it.",
            worst.by,
            payer.name,
            in_pounds(&worst.pence.minus(&worst.most))
        ))
    });
    told.collect()
}
