//! Opening a policy: everything read, everything checked against the place, every fault reported.

mod opener;
mod known;
mod rules;
mod keep;

use super::spec::{PolicyFile, PolicySpec};
use super::{DisclosurePolicy, LooksOf, Method};
use crate::disclosure::{DisclosureError, Say};
use crate::finding::{Findings, Position};
use crate::place::{Folder, Lines, Place};
use crate::sheet;
use crate::text::hex;
use opener::Opener;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use toml::Spanned;

/// Opens the policy of a place.
pub fn open(place: &Arc<Place>) -> Result<DisclosurePolicy, DisclosureError> {
    let file = place.disclosure_file().ok_or(DisclosureError::NoPolicy)?;
    let text = (place.folders().one(Folder::Pack, file))
        .and_then(|path| sheet::text_of(&path).map_err(|error| error.to_string()))
        .map_err(|reason| DisclosureError::Unreadable {
            file: file.to_owned(),
            reason,
        })?;
    let spec: PolicyFile = toml::from_str(&text).map_err(|error| DisclosureError::NotAPolicy {
        file: file.to_owned(),
        reason: error.to_string().trim_end().to_owned(),
    })?;
    let mut opener = Opener {
        place,
        file,
        lines: Lines::of(&text),
        findings: Findings::new(),
    };
    let policy = opener.policy(spec, hex(&Sha256::digest(text.as_bytes())));
    match policy {
        Some(policy) if !opener.findings.any_fault() => Ok(policy),
        _ => Err(DisclosureError::Faults(opener.findings)),
    }
}

impl Opener<'_> {
    /// The policy, where nothing is missing; all parts of it are looked at whatever is wrong with others.
    fn policy(&mut self, spec: PolicyFile, fingerprint: String) -> Option<DisclosurePolicy> {
        let head = self
            .table(spec.policy, "[policy]")
            .map(|(head, at)| self.head(head, &at));
        let (ledgers, drivers) = self.known(spec.known.unwrap_or_default());
        let rules = self.rules(spec.rule.unwrap_or_default());
        let counts = self.counts(spec.counts.unwrap_or_default());
        let before = self.table(spec.before, "[before]");
        let before = before.map(|(before, at)| self.before(before, &at));
        let keep = self
            .table(spec.keep, "[keep]")
            .map(|(keep, at)| self.keep(keep, &at));
        let head = head??;
        let (before, negative) = before??;
        Some(DisclosurePolicy {
            name: head.name,
            edition: head.edition,
            decided: head.decided,
            method: head.method,
            looks: head.looks,
            say: head.say,
            ledgers,
            drivers,
            rules,
            counts,
            before,
            negative,
            kept: keep??,
            fingerprint,
        })
    }

    /// A table that stands once.
    fn table<T>(&mut self, table: Option<Spanned<T>>, name: &str) -> Option<(T, Position)> {
        if table.is_none() {
            let at = Position::line(self.file, 1).column(name);
            self.missing_table(name, at);
        }
        let table = table?;
        let at = self.at(&table);
        Some((table.into_inner(), at))
    }

    /// `[policy]`
    fn head(&mut self, spec: PolicySpec, at: &Position) -> Option<Head> {
        let of = "[policy]";
        let name = self.words(spec.name, of, "name", at);
        let edition = self.words(spec.edition, of, "edition", at);
        let decided = self.words(spec.decided, of, "decided", at);
        let method = self.needed(spec.method, of, "method", at);
        let method = method.and_then(|word| {
            let known = ["withhold", "round-sources"];
            self.word(&word, known, "method", at)
        });
        let rounds = method == Some("round-sources");
        let round = match (spec.round, method) {
            (Some(_), Some("withhold")) => {
                self.not_used("round", "`method` is `withhold`", at);
                None
            }
            (None, Some("round-sources")) => {
                self.missing(of, "round", at);
                None
            }
            (round, _) => round,
        };
        let round = round.and_then(|pounds| self.pounds(&pounds, "round", at));
        let looks = self.needed(spec.looks, of, "looks", at);
        let looks = looks.and_then(|looks| self.looks(&looks, at));
        let say = self.needed(spec.say, of, "say", at);
        let say = say.and_then(|word| self.word(&word, ["confidential", "why"], "say", at));
        let method = match method? {
            _ if rounds => Method::RoundSources(round?),
            _ => Method::Withhold,
        };
        Some(Head {
            name: name?,
            edition: edition?,
            decided: decided?,
            method,
            looks: looks?,
            say: match say? {
                "why" => Say::Why,
                _ => Say::Confidential,
            },
        })
    }

    /// Against whom it protects.
    fn looks(&mut self, looks: &[String], at: &Position) -> Option<LooksOf> {
        let known = ["anyone", "each-partner", "each-holder"];
        let read = looks.iter().map(|look| self.word(look, known, "looks", at));
        let read: Vec<Option<&str>> = read.collect();
        let read: Option<Vec<&str>> = read.into_iter().collect();
        let read = read?;
        if !read.contains(&"anyone") {
            self.fault(
                "not-a-word-of-this-field",
                at.clone().column("looks"),
                "`looks` does not name `anyone`, and what is published is seen by anyone"
                    .to_owned(),
                "write `anyone` first, and beside it whom else the policy looks at",
            );
            return None;
        }
        Some(LooksOf {
            partners: read.contains(&"each-partner"),
            holders: read.contains(&"each-holder"),
        })
    }
}

/// What stands in `[policy]`.
struct Head {
    name: String,
    edition: String,
    decided: String,
    method: Method,
    looks: LooksOf,
    say: Say,
}
