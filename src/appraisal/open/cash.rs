//! How much of a saving becomes cash, as a proposal writes it down.

use super::Opener;
use crate::appraisal::cash::CashModel;
use crate::appraisal::proposal::{Effect, UnitValue, ValueKind};
use crate::appraisal::spec::{CashSpec, CashWord, EffectSpec};
use crate::finding::{Finding, Position, Severity};
use crate::money::Ratio;
use std::collections::BTreeSet;

impl Opener<'_> {
    /// The one model of what an effect saves a bearer; economic and social value is never cash.
    pub(super) fn model(
        &mut self,
        spec: &EffectSpec,
        unit: &UnitValue,
        at: &Position,
        cash: &[(CashSpec, Position)],
    ) -> Option<(Option<CashModel>, String)> {
        if unit.kind != ValueKind::Fiscal {
            return Some((None, String::new()));
        }
        let of = cash
            .iter()
            .filter(|(cash, _)| cash.effect == spec.code && cash.bearer == unit.bearer);
        match of.collect::<Vec<_>>()[..] {
            [(cash, at)] => {
                let share = cash
                    .share
                    .as_ref()
                    .and_then(|share| share.parse::<Ratio>().ok());
                if cash.model == CashWord::Share
                    && unit.is_average
                    && share.is_some_and(|share| !share.is_zero())
                {
                    self.findings.push(Finding {
                        rule: "average-taken-for-cash".into(),
                        severity: Severity::Notice,
                        position: at.clone().column("share"),
                        found: format!(
                            "`{}` is an average cost, and a share of it is taken for cash of `{}`",
                            unit.code, unit.bearer
                        ),
                        at_stake: None,
                        remedy: "in the short run less is saved than the average; give a marginal unit value where \
                                 there is one"
                            .into(),
                    });
                }
                let model = self.cash_model(cash, at)?;
                Some((Some(model), cash.reason.clone()))
            }
            [] => {
                self.fault(
                    "cash-not-written-down",
                    at.clone(),
                    format!("nothing says how much of what `{}` saves `{}` becomes cash", spec.code, unit.bearer),
                    "add a `[[cash]]` with `share`, `blocks` or `none`, and why; there is no default",
                );
                None
            }
            [_, (_, second), ..] => {
                self.fault(
                    "cash-given-twice",
                    second.clone(),
                    format!(
                        "there is already a `[[cash]]` of `{}` for `{}`",
                        spec.code, unit.bearer
                    ),
                    "keep one of them",
                );
                None
            }
        }
    }

    pub(super) fn cash_model(&mut self, spec: &CashSpec, at: &Position) -> Option<CashModel> {
        self.written("reason", &spec.reason, at);
        let of_share = spec.share.is_some() || spec.phase.is_some();
        let of_blocks =
            spec.block.is_some() || spec.block_pounds.is_some() || spec.notice_years.is_some();
        match (
            spec.model,
            &spec.share,
            (&spec.block, &spec.block_pounds, spec.notice_years),
        ) {
            (CashWord::None, ..) if !of_share && !of_blocks => Some(CashModel::None),
            (CashWord::Share, Some(share), _) if !of_blocks => {
                let share = self.share(share, "share", at);
                let phase: Option<Vec<Ratio>> = (spec.phase.iter().flatten())
                    .map(|part| self.share(part, "phase", at))
                    .collect();
                Some(CashModel::Share {
                    share: share?,
                    phase: phase?,
                })
            }
            (CashWord::Blocks, _, (Some(block), Some(worth), Some(notice))) if !of_share => {
                let block = self.number(block, "block", at);
                if block.as_ref().is_some_and(Ratio::is_zero) {
                    self.fault(
                        "cash-model-unclear",
                        at.clone().column("block"),
                        format!(
                            "the blocks of `{}` for `{}` are of no events",
                            spec.effect, spec.bearer
                        ),
                        "write how many events of a year make a block",
                    );
                    return None;
                }
                let worth = self.number(worth, "block_pounds", at);
                Some(CashModel::Blocks {
                    block: block?,
                    worth: worth?.times(&Ratio::new(100, 1)),
                    notice,
                })
            }
            _ => {
                self.fault(
                    "cash-model-unclear",
                    at.clone(),
                    format!("the cash of `{}` for `{}` has keys of another model, or not all of its own", spec.effect, spec.bearer),
                    "write `share` for a share; `block`, `block_pounds` and `notice_years` for blocks; nothing for none",
                );
                None
            }
        }
    }

    /// Blocks are of all events of an effect: over several unit values of one bearer each block would count for
    /// each of them.
    pub(super) fn one_value_for_blocks(&mut self, effect: &Effect, cash: &[(CashSpec, Position)]) {
        let blocks = |spec: &CashSpec| spec.effect == effect.code && spec.model == CashWord::Blocks;
        for (spec, at) in cash.iter().filter(|(spec, _)| blocks(spec)) {
            let fiscal =
                |unit: &UnitValue| unit.kind == ValueKind::Fiscal && unit.bearer == spec.bearer;
            let values: Vec<&str> = (effect.values.iter().map(|value| &value.unit))
                .filter(|unit| fiscal(unit))
                .map(|unit| unit.code.as_str())
                .collect();
            if values.len() > 1 {
                self.fault(
                    "blocks-of-several-values",
                    at.clone().column("model"),
                    format!(
                        "`{}` saves `{}` by {} unit values ({}): each block would become cash once for each",
                        effect.code,
                        spec.bearer,
                        values.len(),
                        values.join(", ")
                    ),
                    "give the effect one unit value of this bearer, of all of them together, or another model",
                );
            }
        }
    }

    /// Models of what no effect saves.
    /// `named` are the codes of all effects of the proposal; those of them that are no `effects` have
    /// faults of their own, and nothing is known of what they save.
    pub(super) fn cash_of_nothing(
        &mut self,
        cash: &[(CashSpec, Position)],
        effects: &[Effect],
        named: &BTreeSet<String>,
    ) {
        for (spec, at) in cash {
            let mut of_effect = effects.iter().filter(|effect| effect.code == spec.effect);
            let is_used = of_effect.any(|effect| {
                effect
                    .values
                    .iter()
                    .any(|value| value.unit.bearer == spec.bearer && value.cash.is_some())
            });
            let is_faulty = named.contains(&spec.effect)
                && effects.iter().all(|effect| effect.code != spec.effect);
            let mut of_effect = effects.iter().filter(|effect| effect.code == spec.effect);
            let is_worth = of_effect
                .any(|effect| (effect.values.iter()).any(|value| value.unit.bearer == spec.bearer));
            if !is_used && is_worth {
                self.fault(
                    "value-is-no-money",
                    at.clone(),
                    format!(
                        "what effect `{}` is worth to `{}` is economic or social value, and leaves no budget",
                        spec.effect, spec.bearer
                    ),
                    "take the row out: such value is counted beside the money of public purses, never in it",
                );
            } else if !is_used && !is_faulty {
                self.fault(
                    "cash-of-nothing",
                    at.clone(),
                    format!("effect `{}` saves `{}` nothing", spec.effect, spec.bearer),
                    "correct the effect or the bearer, or take the row out",
                );
            }
        }
    }
}
