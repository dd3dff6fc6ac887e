//! What the whole contract pays for each count round a cliff.

use super::nearest;
use super::payment::count;
use crate::appraisal::contract::{Cliff, Contract, ContractError, Reported};
use crate::money::{Pence, Ratio};
use num_traits::ToPrimitive;

/// A cliff, with what is paid round it.
#[derive(Clone, Debug)]
pub struct CliffShown {
    /// Name of the term.
    pub term: String,
    /// The cohort.
    pub cohort: String,
    /// The year.
    pub year: String,
    /// What is counted.
    pub counts: String,
    /// What there would have been by the baseline.
    pub expected: String,
    /// The count at which it just pays; nothing where none makes it pay.
    pub edge: Option<u64>,
    /// What the term pays there.
    pub pays: Pence,
    /// The count that was reported or is expected.
    pub at: u64,
    /// What the contract pays for counts round the edge and round that count.
    pub around: Vec<PaysAt>,
}

/// What the whole contract pays for one count.
#[derive(Clone, Copy, Debug)]
pub struct PaysAt {
    /// How many are counted.
    pub count: u64,
    /// What is paid in all.
    pub pays: Pence,
}

/// Counts that are drawn beyond the edge and the count.
const BEYOND: u64 = 3;
/// With more counts than this between them, those round each are drawn and the ones between are not.
const MOST: u64 = 40;

impl CliffShown {
    /// With the rows that it was made of.
    pub(super) fn of(
        contract: &Contract,
        rows: &[Reported],
        cliff: &Cliff,
    ) -> Result<Option<Self>, ContractError> {
        let is_own = |row: &Reported| {
            row.term == cliff.term && row.cohort == cliff.cohort && row.year == cliff.year
        };
        let Some((number, row)) = rows.iter().enumerate().find(|(_, row)| is_own(row)) else {
            return Ok(None);
        };
        // Where a count is no whole one, that below it is taken.
        let [_, Some((at, _)), _] = &cliff.beside else {
            return Ok(None);
        };
        let Some(at) = at.whole_part().to_u64() else {
            return Ok(None);
        };
        let mut around = Vec::new();
        for count in counts(at, cliff.edge) {
            let mut changed = rows.to_vec();
            if let Some(one) = changed.get_mut(number) {
                one.count = Ratio::new(count.into(), 1);
            }
            // One more than all people is no result.
            if contract.faults(&changed).is_empty() {
                let pays = contract.pay(&changed)?.total;
                around.push(PaysAt { count, pays });
            }
        }
        let term = contract.term(&cliff.term);
        Ok(Some(Self {
            term: term.map_or_else(|| cliff.term.clone(), |term| term.name.clone()),
            cohort: row.cohort.clone(),
            year: cliff.year.to_string(),
            counts: term.map_or_else(String::new, |term| term.counts.clone()),
            expected: count(&cliff.expected),
            edge: cliff.edge,
            pays: nearest(&cliff.pays)?,
            at,
            around,
        }))
    }
}

/// Counts to draw, in order.
fn counts(at: u64, edge: Option<u64>) -> Vec<u64> {
    let edge = edge.unwrap_or(at);
    let round = |middle: u64| middle.saturating_sub(BEYOND)..=middle.saturating_add(BEYOND);
    let (low, high) = (at.min(edge), at.max(edge));
    if high - low <= MOST {
        return (low.saturating_sub(BEYOND)..=high.saturating_add(BEYOND)).collect();
    }
    round(low).chain(round(high)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_reach_from_one_to_the_other_and_beyond() {
        assert_eq!(counts(4, Some(2)), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(counts(10, None), [7, 8, 9, 10, 11, 12, 13]);
    }

    #[test]
    fn far_apart_only_those_round_each_are_drawn() {
        let drawn = counts(1_000, Some(10));
        assert_eq!(drawn.len(), 14);
        assert!(drawn.contains(&13) && drawn.contains(&997) && !drawn.contains(&500));
    }
}
