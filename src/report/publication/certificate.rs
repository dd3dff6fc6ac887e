//! What proves a release, for whoever answers for it. Confidential.

use super::super::content::ReportError;
use super::super::page::SiteFile;
use crate::disclosure::pattern::{Fate, Part, ToldLine};
use crate::disclosure::{Clearance, DisclosurePolicy};
use crate::text::hex;
use jiff::civil::Date;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// What proves a release: policy, lines, pattern, moves, and a fingerprint of every file.
///
/// **Confidential.** The moves say by how much each protected sum may differ and what stands in for it. It holds no
/// amount of the account and no name; sums are numbers of this run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Certificate {
    /// The day of the release.
    pub on: String,
    /// Name of the policy.
    pub policy: String,
    /// Its edition.
    pub edition: String,
    /// Its fingerprint.
    pub policy_fingerprint: String,
    /// How many private sums there are.
    pub sums: usize,
    /// Each line of the system: its kind, and its shares of private sums as fractions.
    pub lines: Vec<LineOf>,
    /// What is protected, with its level in pence and its moves.
    pub protections: Vec<ProtectionOf>,
    /// SHA-256 of each file of the site.
    pub files: Vec<FileOf>,
}

/// A line of the system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineOf {
    /// Its kind.
    pub kind: String,
    /// `shown`, or why it is withheld.
    pub fate: String,
    /// Number of a sum, and the share of it.
    pub shares: Vec<(u32, String)>,
}

/// One protection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProtectionOf {
    /// What is protected.
    pub part: String,
    /// By how many pence it stays open each way.
    pub level: i64,
    /// For each move the sums that it changes, and by how many pence.
    pub moves: Vec<Vec<(u32, i64)>>,
}

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileOf {
    /// Where it lies.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

impl FileOf {
    pub(super) fn of(file: &SiteFile) -> Self {
        Self {
            path: file.path.clone(),
            sha256: hex(&Sha256::digest(&file.bytes)),
        }
    }
}

impl Certificate {
    pub(super) fn of(
        policy: &DisclosurePolicy,
        clearance: &Clearance,
        on: Date,
        files: Vec<FileOf>,
    ) -> Self {
        let system = clearance.plan().system();
        let pattern = clearance.pattern();
        let line = |(line, fate): (&ToldLine, &Fate)| {
            let kind = system.kinds.get(usize::from(line.kind));
            let shares = line.shares.iter();
            LineOf {
                kind: kind.map_or_else(String::new, |kind| kind.name.to_string()),
                fate: match fate {
                    Fate::Shown => "shown".to_owned(),
                    Fate::Withheld(why) => format!("{why:?}"),
                },
                shares: shares
                    .map(|(sum, share)| (*sum, share.to_string()))
                    .collect(),
            }
        };
        let protections = pattern.protections.iter().map(|one| ProtectionOf {
            part: match one.part {
                Part::Sum(sum) => format!("sum {sum}"),
                Part::Line(line) => format!("line {line}"),
                Part::LineWithout { line, partner } => {
                    format!("line {line} without what partner {partner} has")
                }
            },
            level: one.level.get(),
            moves: (one.moves.iter())
                .map(|of| {
                    of.changes
                        .iter()
                        .map(|(sum, by)| (*sum, by.get()))
                        .collect()
                })
                .collect(),
        });
        Self {
            on: on.to_string(),
            policy: policy.name().to_owned(),
            edition: policy.edition().to_owned(),
            policy_fingerprint: policy.fingerprint().to_owned(),
            sums: system.sums.len(),
            lines: system.lines.iter().zip(&pattern.fates).map(line).collect(),
            protections: protections.collect(),
            files,
        }
    }

    /// As JSON, for the register.
    ///
    /// # Errors
    ///
    /// [`ReportError::Write`] when it cannot be written.
    pub fn to_json(&self) -> Result<String, ReportError> {
        serde_json::to_string_pretty(self).map_err(|error| ReportError::Write {
            format: "a certificate",
            reason: error.to_string(),
        })
    }
}
