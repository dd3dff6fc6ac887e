//! Rows of grants, what their parts hang on, and what is drawn down.

use super::grant::{Condition, DrawDown, DrawDownKind, EarnedBy, Pays, RewardGrant};
use super::rows::RULE;
use super::target::AgreedTarget;
use crate::register::{Cells, DayIn, Register};
use rust_decimal::Decimal;

/// A condition that cannot be held against anything.
const CONDITION_UNCLEAR: &str = "condition-unclear";

impl Register<'_> {
    pub(super) fn grant(&mut self, cells: &Cells) -> Option<RewardGrant> {
        let there = self.all_needed(
            cells,
            &[
                ("code", "give it a short code of its own"),
                ("name", "write its name, as people know it"),
                ("giver", "write who gives it"),
                ("holder", "write the code of the partner that holds it"),
                ("pounds", "write all that can be earned"),
                ("source", "write where it is agreed"),
            ],
        );
        let holder = self.partner(cells, "holder");
        let pounds = self.pounds(cells, "pounds", RULE);
        Some(RewardGrant {
            code: cells.text("code").to_owned(),
            name: cells.text("name").to_owned(),
            giver: cells.text("giver").to_owned(),
            holder: holder?,
            pounds: pounds?,
            source: cells.text("source").to_owned(),
            conditions: Vec::new(),
            draw_downs: Vec::new(),
            position: cells.at(),
        })
        .filter(|_| there)
    }

    pub(super) fn condition(
        &mut self,
        cells: &Cells,
        grant_codes: &[&str],
        grants: &mut [Option<RewardGrant>],
        targets: (&[&str], &[Option<AgreedTarget>]),
    ) {
        let there = self.all_needed(
            cells,
            &[
                ("grant", "write the code of the grant"),
                ("name", "write what it hangs on, in words"),
                (
                    "weight",
                    "write its weight among the conditions of the grant",
                ),
            ],
        );
        let number = self.number_named(cells, "grant", grant_codes);
        let weight = self.weight(cells);
        let earned = self.earned_by(cells, targets);
        let (Some(number), Some(weight), Some(earned), true) = (number, weight, earned, there)
        else {
            return;
        };
        if let Some(grant) = grants.get_mut(number).and_then(Option::as_mut) {
            grant.conditions.push(Condition {
                name: cells.text("name").to_owned(),
                weight,
                earned,
                position: cells.at(),
            });
        }
    }

    /// A weight from nothing up, in hundredths.
    fn weight(&mut self, cells: &Cells) -> Option<u64> {
        let weight = self.quantity(cells, "weight", CONDITION_UNCLEAR)?;
        u64::try_from(weight).ok()
    }

    fn earned_by(
        &mut self,
        cells: &Cells,
        (codes, targets): (&[&str], &[Option<AgreedTarget>]),
    ) -> Option<EarnedBy> {
        let target = self.number_named(cells, "target", codes);
        let period = self.period(cells, "period", CONDITION_UNCLEAR);
        let from_percent = self.number(cells, "from_percent", CONDITION_UNCLEAR);
        let pays = self.word(cells, "pays", CONDITION_UNCLEAR, &Pays::WORDS);
        let on = self.day(cells, "on", DayIn::First, CONDITION_UNCLEAR);
        let said = |field: &str| !cells.text(field).is_empty();
        let of_target = ["target", "period", "pays", "from_percent"];
        if said("on") && !of_target.iter().any(|field| said(field)) {
            return on.map(EarnedBy::Day);
        }
        if said("on") || !of_target.iter().all(|field| said(field)) {
            let found = "a condition hangs on a day, or on a target";
            let remedy =
                "write `on` alone, or `target`, `period`, `pays` and `from_percent` together";
            self.fault(
                "condition-unclear",
                cells.at_column("target"),
                found,
                remedy,
            );
            return None;
        }
        let (target, period, from_percent) = (target?, period?, from_percent?);
        let hundred = Decimal::ONE_HUNDRED;
        if from_percent <= Decimal::ZERO || from_percent > hundred {
            let found = format!("`from_percent` is {from_percent}");
            let remedy = "write from how much of the way something is earned: above 0, up to 100";
            let at = cells.at_column("from_percent");
            self.fault(CONDITION_UNCLEAR, at, found, remedy);
        }
        let of = targets.get(target).and_then(Option::as_ref);
        if let Some(of) = of
            && (of.baseline.is_none() || !of.milestones.iter().any(|one| one.period == period))
        {
            let found = format!(
                "`{}` has no baseline, or no milestone for {period}",
                of.code
            );
            let remedy = "write both: what is earned is how much of the way between them is gone";
            let at = cells.at_column("period");
            self.fault(CONDITION_UNCLEAR, at, found, remedy);
        }
        Some(EarnedBy::Target {
            target,
            period,
            from_percent,
            pays: pays?,
        })
    }

    pub(super) fn draw_down(
        &mut self,
        cells: &Cells,
        grant_codes: &[&str],
        grants: &mut [Option<RewardGrant>],
        actions: &[&str],
    ) {
        let there = self.all_needed(
            cells,
            &[
                ("grant", "write the code of the grant"),
                ("on", "write the day"),
                ("kind", "write `received`, `paid` or `returned`"),
                ("pounds", "write how much"),
                ("who", "write which body gave or got it"),
            ],
        );
        let number = self.number_named(cells, "grant", grant_codes);
        let on = self.day(cells, "on", DayIn::First, RULE);
        let kind = self.word(cells, "kind", RULE, &DrawDownKind::WORDS);
        let pence = self.pounds(cells, "pounds", RULE);
        self.number_named(cells, "action", actions);
        let (Some(number), Some(on), Some(kind), Some(pence), true) =
            (number, on, kind, pence, there)
        else {
            return;
        };
        if let Some(grant) = grants.get_mut(number).and_then(Option::as_mut) {
            grant.draw_downs.push(DrawDown {
                on,
                kind,
                pence,
                who: cells.text("who").to_owned(),
                action: cells.text("action").to_owned(),
                transaction: cells.text("transaction").to_owned(),
                position: cells.at(),
            });
        }
    }

    /// A grant whose conditions cannot be given a part each.
    pub(super) fn conditions_of_all(&mut self, grants: &[Option<RewardGrant>]) {
        for grant in grants.iter().flatten() {
            let whole: u128 = (grant.conditions.iter())
                .map(|one| u128::from(one.weight))
                .sum();
            if whole == 0 && !grant.conditions.is_empty() {
                let found = format!("the weights of the conditions of `{}` are zero", grant.code);
                let remedy = "give one of them a weight above zero";
                self.fault(CONDITION_UNCLEAR, grant.position.clone(), found, remedy);
            }
        }
    }
}

/// The way between two figures in whole units, and how much of it is gone: exact, so that it can share money out.
///
/// Nothing where baseline and milestone are one, or figures are too fine to be counted.
pub(super) fn way_gone(
    baseline: Decimal,
    milestone: Decimal,
    figure: Decimal,
) -> Option<(i128, i128)> {
    let (whole, gone) = (
        milestone.checked_sub(baseline)?,
        figure.checked_sub(baseline)?,
    );
    let scale = whole.scale().max(gone.scale());
    let units = |mut number: Decimal| {
        number.rescale(scale);
        (number.scale() == scale).then(|| number.mantissa())
    };
    let (whole, gone) = (units(whole)?, units(gone)?);
    match whole.signum() {
        0 => None,
        sign => Some((gone * sign, whole * sign)),
    }
}

/// A percentage of the way: so much is asked of it.
pub(super) fn is_far_enough((gone, whole): (i128, i128), from_percent: Decimal) -> Option<bool> {
    let gone = Decimal::try_from_i128_with_scale(gone, 0).ok()?;
    let whole = Decimal::try_from_i128_with_scale(whole, 0).ok()?;
    let wanted = whole.checked_mul(from_percent)?;
    Some(gone.checked_mul(Decimal::ONE_HUNDRED)? >= wanted)
}
