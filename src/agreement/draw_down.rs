//! What of a grant is earned, what came in, and what went out: each pound in one place.

use super::agreements::Agreement;
use super::grant::{Condition, DrawDownKind, EarnedBy, Pays, RewardGrant};
use super::open_grants::{is_far_enough, way_gone};
use crate::account::PlaceAccount;
use crate::finding::{Finding, Findings, Severity};
use crate::money::{MoneyError, Pence};
use crate::reconciliation::{Reconciliation, Step};
use crate::register::{RegisterError, lines_by_reference};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::sync::Arc;

/// A part of a grant as it stands at the end of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConditionStanding {
    /// What it hangs on, in words.
    pub name: String,
    /// All of the part.
    pub part: Pence,
    /// What of it is earned.
    pub earned: Pence,
    /// What of it is lost: the figure is there, and says so.
    pub not_earned: Pence,
    /// What of it nobody can say yet.
    pub open: Pence,
    /// Why, in words.
    pub why: String,
}

/// A grant as it stands at the end of a day: earned + not earned + open = all of it, received = held + paid + returned,
/// to the penny.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GrantStanding {
    /// Code of the grant.
    pub code: String,
    /// Its name.
    pub name: String,
    /// All that can be earned.
    pub whole: Pence,
    /// Its parts; one that hangs on nothing where the pack names no condition.
    pub conditions: Vec<ConditionStanding>,
    /// What is earned.
    pub earned: Pence,
    /// What is lost.
    pub not_earned: Pence,
    /// What nobody can say yet.
    pub open: Pence,
    /// What came in.
    pub received: Pence,
    /// What is earned and has not come in; below nothing where more came in than is earned.
    pub earned_and_not_received: Pence,
    /// What was paid out.
    pub paid: Pence,
    /// What was given back.
    pub returned: Pence,
    /// What is left of what came in; below nothing where more went out.
    pub held: Pence,
    /// From all of it to what is held.
    pub reconciliation: Reconciliation,
}

/// Money of a grant that a ledger has too.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DrawnInLedger {
    /// Code of the grant.
    pub grant: String,
    /// What it did.
    pub kind: DrawDownKind,
    /// The reference that both have.
    pub reference: String,
    /// The ledger.
    pub ledger: String,
    /// What the register says.
    pub pence: Pence,
    /// What the ledger's lines say, without the sign: what is received stands there as income.
    pub in_ledger: Pence,
}

/// What of grants the ledgers have too, and what only the register has.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GrantsInAccount {
    /// What is in both: the account has it.
    pub matched: Vec<DrawnInLedger>,
    /// References that no line has, and amounts that differ.
    pub findings: Findings,
    /// For each kind that is looked for: all of the register, what is in ledgers, what is not.
    pub reconciliation: Reconciliation,
}

impl Agreement {
    /// Every grant at the end of a day, by the figures that had come until then.
    ///
    /// A part that hangs on a target is earned by how much of the way from its baseline to its milestone is gone,
    /// from the percentage that the pack states; more than all of the way earns no more than the part.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Money`]; [`RegisterError::Outcomes`].
    pub fn grants_on(&self, on: Date) -> Result<Vec<GrantStanding>, RegisterError> {
        self.grants
            .iter()
            .map(|grant| self.grant_on(grant, on))
            .collect()
    }

    fn grant_on(&self, grant: &RewardGrant, on: Date) -> Result<GrantStanding, RegisterError> {
        let weights: Vec<u64> = grant.conditions.iter().map(|one| one.weight).collect();
        let parts = match weights.is_empty() {
            true => Vec::new(),
            false => grant.pounds.apportion(&weights)?,
        };
        let mut conditions = Vec::new();
        for (condition, part) in grant.conditions.iter().zip(parts) {
            conditions.push(self.condition_on(condition, part, on)?);
        }
        if conditions.is_empty() {
            conditions.push(ConditionStanding {
                name: "no condition is written down".to_owned(),
                part: grant.pounds,
                earned: Pence::ZERO,
                not_earned: Pence::ZERO,
                open: grant.pounds,
                why: "the pack says nothing that it hangs on".to_owned(),
            });
        }
        let total = |of: fn(&ConditionStanding) -> Pence| Pence::total(conditions.iter().map(of));
        let (earned, not_earned) = (total(|one| one.earned)?, total(|one| one.not_earned)?);
        let open = total(|one| one.open)?;
        let moved = |kind| Pence::total(grant.moved(kind, on).map(|one| one.pence));
        let received = moved(DrawDownKind::Received)?;
        let (paid, returned) = (moved(DrawDownKind::Paid)?, moved(DrawDownKind::Returned)?);
        let held = Pence::total([received, -paid, -returned])?;
        let owed = Pence::total([earned, -received])?;
        let mut reconciliation = Reconciliation::default();
        reconciliation.push(
            Step::new(format!("{} → earned", grant.name), grant.pounds, earned)
                .difference("not earned", -not_earned)
                .difference("open: nobody can say yet", -open),
        );
        reconciliation.push(
            Step::new("earned → received", earned, received)
                .difference("earned and not received", -owed.max(Pence::ZERO))
                .difference("received before it was earned", (-owed).max(Pence::ZERO)),
        );
        reconciliation.push(
            Step::new("received → held", received, held)
                .difference("paid out", -paid)
                .difference("given back", -returned),
        );
        Ok(GrantStanding {
            code: grant.code.clone(),
            name: grant.name.clone(),
            whole: grant.pounds,
            conditions,
            earned,
            not_earned,
            open,
            received,
            earned_and_not_received: owed,
            paid,
            returned,
            held,
            reconciliation,
        })
    }

    fn condition_on(
        &self,
        condition: &Condition,
        part: Pence,
        on: Date,
    ) -> Result<ConditionStanding, RegisterError> {
        let standing = |earned: Option<Pence>, why: String| -> Result<_, MoneyError> {
            Ok(ConditionStanding {
                name: condition.name.clone(),
                part,
                earned: earned.unwrap_or_default(),
                not_earned: match earned {
                    Some(earned) => Pence::total([part, -earned])?,
                    None => Pence::ZERO,
                },
                open: match earned {
                    Some(_) => Pence::ZERO,
                    None => part,
                },
                why,
            })
        };
        let (number, period, from_percent, pays) = match &condition.earned {
            EarnedBy::Day(day) if *day <= on => {
                return Ok(standing(Some(part), format!("due since {day}"))?);
            }
            EarnedBy::Day(day) => return Ok(standing(None, format!("due on {day}"))?),
            EarnedBy::Target {
                target,
                period,
                from_percent,
                pays,
            } => (*target, *period, *from_percent, *pays),
        };
        let Some(target) = self.targets.get(number) else {
            return Ok(standing(None, "there is no such target".to_owned())?);
        };
        let milestone = target.milestones.iter().find(|one| one.period == period);
        let baseline = match target.baseline {
            Some(baseline) => self.figure_of(target, baseline, on)?,
            None => None,
        };
        let figure = self.figure_of(target, period, on)?;
        let (Some(milestone), Some(baseline), Some(figure)) = (milestone, baseline, figure) else {
            let why = format!("the figure of {period} or of the baseline has not come");
            return Ok(standing(None, why)?);
        };
        let Some(way) = way_gone(baseline, milestone.value, figure) else {
            let why = "baseline and milestone are the same, or too fine to be counted".to_owned();
            return Ok(standing(None, why)?);
        };
        let Some(far_enough) = is_far_enough(way, from_percent) else {
            let why = "its figures are too large to be counted with".to_owned();
            return Ok(standing(None, why)?);
        };
        let earned = match (far_enough, pays) {
            (false, _) => Pence::ZERO,
            (true, Pays::Whole) => part,
            (true, Pays::InProportion) => share(part, way)?,
        };
        let why = format!(
            "{}% of the way from {baseline} to {} is gone, at {figure}",
            percent(way),
            milestone.value
        );
        Ok(standing(Some(earned), why)?)
    }

    /// Finds the money of grants that is lines of a ledger as well: one money, which the account has already. What was
    /// drawn after the day `on` is not looked for: its rows had not come by then.
    ///
    /// # Errors
    ///
    /// [`RegisterError::AnotherPlace`] for an account of another pack; [`RegisterError::Money`].
    pub fn grants_in_account(
        &self,
        account: &PlaceAccount,
        on: Date,
    ) -> Result<GrantsInAccount, RegisterError> {
        if !Arc::ptr_eq(account.place(), &self.place)
            && account.place().fingerprint() != self.place.fingerprint()
        {
            return Err(RegisterError::AnotherPlace);
        }
        let mut all = GrantsInAccount {
            matched: Vec::new(),
            findings: Findings::new(),
            reconciliation: Reconciliation::default(),
        };
        for rule in &self.matched {
            let lines = lines_by_reference(account, &rule.ledger, &rule.code)?;
            for kind in &rule.kinds {
                let (mut whole, mut only_here) = (Vec::new(), Vec::new());
                let (mut in_both, mut differs) = (Vec::new(), Vec::new());
                for grant in &self.grants {
                    for one in grant.moved(*kind, on) {
                        whole.push(one.pence);
                        let found = lines.get(one.transaction.as_str());
                        let Some(found) = found.filter(|_| !one.transaction.is_empty()) else {
                            only_here.push(one.pence);
                            if !one.transaction.is_empty() {
                                all.findings.push(Finding {
                                    rule: "reference-not-in-ledger".into(),
                                    severity: Severity::Notice,
                                    position: one.position.clone().column("transaction"),
                                    found: format!("no line of ledger `{}` has `{}` as its {}, and {} is `{kind}` by the register alone", rule.ledger, one.transaction, rule.code, one.pence),
                                    at_stake: Some(one.pence),
                                    remedy: "correct the reference, or leave it where the ledger's body did not pay it".into(),
                                });
                            }
                            continue;
                        };
                        let in_ledger = found.pence.max(-found.pence);
                        let difference = Pence::total([in_ledger, -one.pence])?;
                        if difference != Pence::ZERO {
                            all.findings.push(Finding {
                                rule: "ledger-amount-differs".into(),
                                severity: Severity::Notice,
                                position: one.position.clone().column("pounds"),
                                found: format!("`{}` is {} here and {in_ledger} in ledger `{}`; the ledger's counts", one.transaction, one.pence, rule.ledger),
                                at_stake: Some(difference.max(-difference)),
                                remedy: "correct the one that is wrong".into(),
                            });
                        }
                        differs.push(difference);
                        in_both.push(in_ledger);
                        all.matched.push(DrawnInLedger {
                            grant: grant.code.clone(),
                            kind: *kind,
                            reference: one.transaction.clone(),
                            ledger: rule.ledger.clone(),
                            pence: one.pence,
                            in_ledger,
                        });
                    }
                }
                let name = format!("`{kind}` by the register, against ledger `{}`", rule.ledger);
                all.reconciliation.push(
                    Step::new(name, Pence::total(whole)?, Pence::total(only_here)?)
                        .difference("other amounts in the ledger", Pence::total(differs)?)
                        .difference(
                            "lines of the ledger too, counted there",
                            -Pence::total(in_both)?,
                        ),
                );
            }
        }
        Ok(all)
    }
}

/// So much of a part as of the way is gone, to the penny; never more than the part.
fn share(part: Pence, (gone, whole): (i128, i128)) -> Result<Pence, RegisterError> {
    let gone = gone.clamp(0, whole);
    let weight = |number: i128| u64::try_from(number).ok();
    // Figures are written with few decimals; where they are so fine that they do not fit, only the last of them are
    // lost, and both ends of the way lose the same.
    let mut shift = 0_u32;
    while weight(whole >> shift).is_none() {
        shift += 1;
    }
    let (gone, rest) = (gone >> shift, (whole - gone) >> shift);
    let weights = [weight(gone), weight(rest)].map(Option::unwrap_or_default);
    Ok(part
        .apportion(&weights)?
        .first()
        .copied()
        .unwrap_or_default())
}

fn percent((gone, whole): (i128, i128)) -> Decimal {
    let gone = Decimal::try_from_i128_with_scale(gone, 0).ok();
    let whole = Decimal::try_from_i128_with_scale(whole, 0).ok();
    let percent = gone
        .zip(whole)
        .and_then(|(gone, whole)| gone.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole));
    percent.unwrap_or_default().round_dp(1).normalize()
}
