//! From a policy and a site to what is said with it.

use super::super::page::FiguresTold;
use super::super::site::{PublicLedger, Site, Statement};
use crate::disclosure::{Clearance, DisclosurePolicy};
use crate::place::Place;

/// What is said with a site.
pub fn statement(
    site: &Site,
    policy: &DisclosurePolicy,
    place: &Place,
    clearance: &Clearance,
) -> Statement {
    let FiguresTold {
        told,
        withheld,
        tables,
    } = site.figures_told();
    let mut public = Vec::new();
    let mut private = 0;
    for plan in place.ledgers() {
        let known = policy.ledger(&plan.id);
        match known.and_then(|known| Some((known.source()?, known.from()))) {
            Some((source, from)) => public.push(PublicLedger {
                name: plan.name.clone(),
                source: source.to_owned(),
                from_pounds: from.map(|from| from.to_string()),
            }),
            None => private += 1,
        }
    }
    Statement {
        policy: policy.name().to_owned(),
        edition: policy.edition().to_owned(),
        decided: policy.decided().to_owned(),
        told,
        withheld,
        tables: (tables.into_iter())
            .filter(|table| table.withheld > 0)
            .map(|table| (table.table, table.told, table.withheld))
            .collect(),
        public,
        private,
        left_out: site.left_out.iter().map(|&what| what.to_owned()).collect(),
        policy_fingerprint: policy.fingerprint().to_owned(),
        pattern_fingerprint: clearance.fingerprint(),
    }
}
