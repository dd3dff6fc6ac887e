//! Flows of the whole place: whose money it was, who spent it, and on what.

use crate::cube::{By, KeyPart, Question};
use crate::disclosure::Telling;
use crate::money::Pence;
use crate::report::content::{ReportError, Shown};
use std::sync::Arc;

/// Money followed from its funders to what it is spent on.
#[derive(Clone, Debug)]
pub(in crate::report) struct PartnerFlows {
    /// From funder to deliverer: sums to the place.
    pub funded: Vec<Flow>,
    /// From deliverer to activity: sums to the place.
    pub spent: Vec<Flow>,
    /// Whether they are told; otherwise there are none here.
    pub told: bool,
}

/// Money from one member to another.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Where it comes from.
    pub from: Arc<KeyPart>,
    /// Where it goes.
    pub to: Arc<KeyPart>,
    /// How much.
    pub shown: Shown,
}

impl PartnerFlows {
    /// Whether any money was spent by somebody else than its funder.
    pub(in crate::report) fn any_between(&self) -> bool {
        self.funded
            .iter()
            .any(|flow| flow.from.code != flow.to.code)
    }
}

/// The flows, where the pack recognises payments between partners at all.
pub(super) fn between_partners(
    question: &Question<'_>,
    activity_level: &str,
    telling: &dyn Telling,
) -> Result<Option<PartnerFlows>, ReportError> {
    if question.cube().place().counterparties().flows().is_empty() {
        return Ok(None);
    }
    // Money is followed through mixtures: of a part that is not public no share can be said.
    let activity = By::Activity(Some(activity_level.to_owned()));
    let asked = [[By::Funder, By::Deliverer], [By::Deliverer, activity]];
    for by in &asked {
        if !telling.is_open(&question.clone().by(by.clone()))? {
            return Ok(Some(PartnerFlows {
                funded: Vec::new(),
                spent: Vec::new(),
                told: false,
            }));
        }
    }
    let pairs = |by: &[By; 2]| -> Result<Vec<_>, ReportError> {
        let answer = question.clone().by(by.clone()).answer()?;
        let rows = answer.rows.into_iter();
        Ok(rows
            .filter(|row| row.figure.amount != Pence::ZERO)
            .filter_map(|row| match row.keys.as_slice() {
                [from, to] => Some(Flow {
                    from: from.clone(),
                    to: to.clone(),
                    shown: Shown::of(&row.figure),
                }),
                _ => None,
            })
            .collect())
    };
    // Money is followed back in exact fractions, one question on each core.
    let [funders, deliverers] = &asked;
    let (funded, spent) = rayon::join(|| pairs(funders), || pairs(deliverers));
    Ok(Some(PartnerFlows {
        funded: funded?,
        spent: spent?,
        told: true,
    }))
}
