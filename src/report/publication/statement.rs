//! From a policy and a site to what is said with it.

use super::super::page::FiguresTold;
use super::super::site::{PublicLedger, Site, Statement};
use crate::disclosure::DisclosurePolicy;
use crate::disclosure::pattern::{Fate, Pattern};
use crate::disclosure::policy::Method;
use crate::place::Place;
use crate::text::hex;
use sha2::{Digest, Sha256};

/// What is said with a site.
pub fn statement(
    site: &Site,
    policy: &DisclosurePolicy,
    place: &Place,
    pattern: &Pattern,
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
        rounded_to: match policy.method() {
            Method::RoundSources(step) => Some(step.to_string()),
            Method::Withhold => None,
        },
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
        pattern_fingerprint: fingerprint(pattern),
    }
}

/// SHA-256 over which lines of the plan are shown: the same for the same plan and pattern. The lines are all that the proof
/// was made with: figures that are told, and what is known beforehand (control totals, other sides' payments, differences
/// to earlier editions), which counts as shown. So two releases that tell the same figures over other knowledge have other
/// fingerprints. It holds no move, no reason and no sum, so that it may be published.
fn fingerprint(pattern: &Pattern) -> String {
    let mut digest = Sha256::new();
    for fate in &pattern.fates {
        digest.update([u8::from(*fate == Fate::Shown)]);
    }
    hex(&digest.finalize())
}
