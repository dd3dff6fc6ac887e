//! Checks of what a pack says between partners: boundaries, terms of transfers, pools, openings,
//! and what is given in kind.

use super::spec::{BoundarySpec, OpeningSpec, PoolSpec, PrioritySpec, TransferSpec};
use super::tables::TableRow;
use super::{BoundarySet, InKind, Opening, Pool, Priority, TransferTerms};
use crate::axis::{Ages, Axes, MemberId, Period, Phase, Resource, Tree};
use crate::finding::{Finding, Findings, Position};
use crate::money::{ExcessDecimals, Pence, parse_amount, to_pence};
use rust_decimal::Decimal;
use std::fmt::Display;
use std::str::FromStr;

/// The name of the boundary around everybody; no set and no partner may have it.
pub(crate) const ALL_PARTNERS: &str = "all-partners";

/// Looks things up and reports what is not there.
struct Check<'a> {
    partners: &'a Tree,
    findings: &'a mut Findings,
}

impl Check<'_> {
    fn fault(&mut self, rule: &str, at: &Position, found: impl Display, remedy: &str) {
        self.findings
            .push(Finding::fault(rule, at.clone(), found.to_string(), remedy));
    }

    fn found<T, E: Display>(&mut self, at: &Position, found: Result<T, E>) -> Option<T> {
        found
            .map_err(|error| self.fault("unknown-member", at, error, "correct the code"))
            .ok()
    }

    fn partner(&mut self, code: &str, at: &Position) -> Option<MemberId> {
        let found = self.partners.find(code);
        self.found(at, found)
    }

    /// Whole pence in pounds, not below zero.
    fn pounds(&mut self, text: &str, at: &Position) -> Option<Pence> {
        let pence = parse_amount(text).and_then(|pounds| to_pence(pounds, ExcessDecimals::Refuse));
        match pence {
            Ok((pence, _)) if pence >= Pence::ZERO => Some(pence),
            Ok(_) => {
                let found = format!("`{text}` is below zero");
                self.fault("amount-not-readable", at, found, "write pounds, as in 0.50");
                None
            }
            Err(error) => {
                let found = format!("`{text}`: {error}");
                self.fault("amount-not-readable", at, found, "write pounds, as in 0.50");
                None
            }
        }
    }
}

/// Named sets of partners.
pub(super) fn boundaries(
    specs: &[(BoundarySpec, Position)],
    partners: &Tree,
    findings: &mut Findings,
) -> Vec<BoundarySet> {
    let mut check = Check { partners, findings };
    let mut sets: Vec<BoundarySet> = Vec::with_capacity(specs.len());
    if let Ok(partner) = partners.find(ALL_PARTNERS) {
        let found = format!(
            "`{}` is the boundary around everybody",
            partners.get(partner).code
        );
        let at = Position::file("place.toml");
        check.fault("reserved-code", &at, found, "give the partner another code");
    }
    for (spec, at) in specs {
        let taken = spec.code == ALL_PARTNERS
            || partners.find(&spec.code).is_ok()
            || sets.iter().any(|set| set.code == spec.code);
        if taken {
            let found = format!("`{}` already names a partner or a boundary", spec.code);
            check.fault(
                "duplicate-code",
                at,
                found,
                "give the boundary a code of its own",
            );
        }
        if spec.code.trim().is_empty() || spec.code.contains(',') {
            let found = format!("`{}` cannot be the code of a boundary", spec.code);
            let remedy = "give it a code without commas: they stand between codes";
            check.fault("code-not-usable", at, found, remedy);
        }
        if spec.partners.is_empty() {
            let found = format!("nobody is inside the boundary `{}`", spec.code);
            check.fault("empty-boundary", at, found, "name its partners");
        }
        let members = (spec.partners.iter())
            .filter_map(|code| check.partner(code, at))
            .collect();
        sets.push(BoundarySet {
            code: spec.code.clone(),
            name: spec.name.clone(),
            members,
        });
    }
    sets
}

/// Terms by which both sides of a transfer are held against each other.
pub(super) fn transfers(
    specs: &[(TransferSpec, Position)],
    partners: &Tree,
    findings: &mut Findings,
) -> Vec<TransferTerms> {
    let mut check = Check { partners, findings };
    let mut all: Vec<TransferTerms> = Vec::with_capacity(specs.len());
    for (spec, at) in specs {
        let (payer, payee) = (
            check.partner(&spec.payer, at),
            check.partner(&spec.payee, at),
        );
        let pence = check.pounds(&spec.pounds, at);
        let (Some(payer), Some(payee), Some(pence)) = (payer, payee, pence) else {
            continue;
        };
        if payer == payee {
            let found = format!("`{}` would pay itself", spec.payer);
            check.fault("partner-pays-itself", at, found, "name two partners");
        }
        if all
            .iter()
            .any(|other| (other.payer, other.payee) == (payer, payee))
        {
            let found = format!("`{}` to `{}` already has terms", spec.payer, spec.payee);
            check.fault("duplicate-code", at, found, "leave one of the two");
        }
        all.push(TransferTerms {
            payer,
            payee,
            figure: spec.figure,
            days: spec.days,
            pence,
            within_payer_total: spec.within_payer_total.clone(),
            position: at.clone(),
        });
    }
    all
}

/// Pooled funds.
pub(super) fn pools(
    specs: &[(PoolSpec, Position)],
    partners: &Tree,
    findings: &mut Findings,
) -> Vec<Pool> {
    let mut check = Check { partners, findings };
    let mut all: Vec<Pool> = Vec::with_capacity(specs.len());
    for (spec, at) in specs {
        let (partner, host) = (
            check.partner(&spec.partner, at),
            check.partner(&spec.host, at),
        );
        if spec.agreement.trim().is_empty() {
            let found = format!("pool `{}` has no agreement", spec.partner);
            let remedy = "name the agreement, its section of the law and its date";
            check.fault("pool-without-agreement", at, found, remedy);
        }
        let (Some(partner), Some(host)) = (partner, host) else {
            continue;
        };
        if partner == host {
            let found = format!("pool `{}` hosts itself", spec.partner);
            let remedy = "name the partner that keeps its books";
            check.fault("pool-hosts-itself", at, found, remedy);
        }
        if all.iter().any(|other| other.partner == partner) {
            let found = format!("there is already a pool `{}`", spec.partner);
            check.fault("duplicate-code", at, found, "leave one of the two");
        }
        all.push(Pool {
            partner,
            host,
            agreement: spec.agreement.clone(),
            rule: spec.rule,
        });
    }
    all
}

/// What partners held at the start of a year.
pub(super) fn openings(
    specs: &[(OpeningSpec, Position)],
    partners: &Tree,
    findings: &mut Findings,
) -> Vec<Opening> {
    let mut check = Check { partners, findings };
    let mut all = Vec::with_capacity(specs.len());
    for (spec, at) in specs {
        let partner = check.partner(&spec.partner, at);
        let pence = check.pounds(&spec.pounds, at);
        let year = check.found(at, Period::from_str(&spec.year));
        let (Some(partner), Some(pence), Some(year)) = (partner, pence, year) else {
            continue;
        };
        if year.financial_years() != [year] {
            let found = format!("`{}` is not a financial year", spec.year);
            let remedy = "write the year at whose start it was held, as in 2017-18";
            check.fault("unknown-member", at, found, remedy);
        }
        all.push(Opening {
            partner,
            year,
            pence,
            source: spec.source.clone(),
        });
    }
    all
}

/// What ought to be done in every place.
pub(super) fn priorities(
    specs: &[(PrioritySpec, Position)],
    axes: &Axes,
    findings: &mut Findings,
) -> Vec<Priority> {
    let mut check = Check {
        partners: &axes.partners,
        findings,
    };
    let mut all = Vec::with_capacity(specs.len());
    for (spec, at) in specs {
        let activity = check.found(at, axes.activities.find(&spec.activity));
        let ages = match &spec.ages {
            None => Some(None),
            Some(ages) => check.found(at, Ages::from_str(ages)).map(Some),
        };
        if let (Some(activity), Some(ages)) = (activity, ages) {
            let name = spec.name.clone();
            all.push(Priority {
                name,
                activity,
                ages,
            });
        }
    }
    all
}

/// The fields of a table of what is given in kind.
pub(super) const IN_KIND: [&str; 11] = [
    "partner", "activity", "ages", "group", "locality", "period", "phase", "resource", "quantity",
    "unit", "basis",
];

/// One row of what is given in kind.
pub(super) fn in_kind(row: TableRow, axes: &Axes, findings: &mut Findings) -> Option<InKind> {
    let at = row.position.clone();
    let mut check = Check {
        partners: &axes.partners,
        findings,
    };
    let [
        partner,
        activity,
        ages,
        group,
        locality,
        period,
        phase,
        resource,
        quantity,
        unit,
        basis,
    ] = <[String; 11]>::try_from(row.fields).ok()?;
    let partner = check.partner(&partner, &at);
    let activity = check.found(&at, axes.activities.find(&activity));
    let ages = check.found(&at, Ages::from_str(&ages));
    let group = match group.as_str() {
        "" => Some(None),
        code => check.found(&at, axes.groups.find(code)).map(Some),
    };
    let locality = check.found(&at, axes.localities.find(&locality));
    let period = check.found(&at, Period::from_str(&period));
    let phase = check.found(&at, Phase::from_str(&phase));
    let resource = check.found(&at, Resource::from_str(&resource));
    let amount = Decimal::from_str(&quantity)
        .ok()
        .filter(|amount| *amount > Decimal::ZERO);
    if amount.is_none() {
        let found = format!("`{quantity}` is not a quantity");
        let remedy = "write a number above zero, without separators";
        check.fault("quantity-not-readable", &at, found, remedy);
    }
    if resource == Some(Resource::Cash) {
        let remedy = "cash is a ledger line; write staff-time, premises, volunteer-time or goods";
        check.fault("cash-in-kind", &at, "cash is not given in kind", remedy);
    }
    for (name, text) in [("unit", &unit), ("basis", &basis)] {
        if text.trim().is_empty() {
            let found = format!("what is given in kind has no {name}");
            let remedy = "say in what unit it is counted, and how that is known";
            check.fault("in-kind-without-basis", &at, found, remedy);
        }
    }
    Some(InKind {
        partner: partner?,
        activity: activity?,
        ages: ages?,
        group: group?,
        locality: locality?,
        period: period?,
        phase: phase?,
        resource: resource?,
        quantity: amount?,
        unit,
        basis,
    })
}
