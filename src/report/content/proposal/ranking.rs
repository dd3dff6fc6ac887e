//! Proposals side by side, in the order of what one purse gains.

use crate::account::Boundary;
use crate::appraisal::{Appraisal, AppraisalError, Ranking};

/// Proposals in the order of what one purse gains in pounds, never by a ratio: a small one may return most for a
/// pound and still leave a purse with little.
#[derive(Clone, Debug)]
pub struct RankingShown {
    /// Code of the purse.
    pub purse: String,
    /// Whose it is, in words.
    pub name: String,
    /// Codes of the proposals, the one by which it gains most first.
    pub order: Vec<String>,
    /// What keeps them from being compared, or from being done together.
    pub cautions: Vec<String>,
}

/// A ranking for each purse of which every proposal says something; that of the whole purse first.
///
/// # Errors
///
/// As [`Ranking::by`].
pub fn rankings(appraisals: &[Appraisal<'_>]) -> Result<Vec<RankingShown>, AppraisalError> {
    let all: Vec<Vec<Boundary>> = appraisals.iter().map(Appraisal::purses).collect();
    let Some((first, others)) = all.split_first() else {
        return Ok(Vec::new());
    };
    let shared = first
        .iter()
        .filter(|purse| others.iter().all(|purses| purses.contains(purse)));
    shared
        .map(|boundary| {
            let ranking = Ranking::by(boundary, appraisals)?;
            Ok(RankingShown {
                purse: boundary.to_string(),
                name: ranking.purse,
                order: ranking.rows.into_iter().map(|row| row.code).collect(),
                cautions: ranking.cautions,
            })
        })
        .collect()
}
