//! `register.json`, as it is written down.

use crate::disclosure::DisclosureError;
use crate::money::Ratio;
use num_bigint::{BigInt, BigUint};
use num_traits::Zero;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What stands first in a register. Another format has another number.
pub const FORMAT: &str = "register of a publication, format 1";

/// What stands second.
pub const WARNING: &str = "Confidential: amounts of single lines stand here. Keep it with the ledgers, never with the site.";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterFile {
    pub format: String,
    pub confidential: String,
    pub place: String,
    /// The code of the whole.
    pub locality: String,
    /// The day of the release, as the caller gave it.
    pub on: String,
    pub policy: String,
    pub edition: String,
    pub policy_fingerprint: String,
    /// Day and fingerprint of the registers over which it was released.
    pub over: Vec<(String, String)>,
    /// What was public: ledger, and from how many pence on; null for all of it.
    pub public: BTreeMap<String, Option<i64>>,
    pub extracts: Vec<ExtractOf>,
    pub sums: Vec<SumOf>,
    pub lines: Vec<LineOf>,
    pub protections: Vec<ProtectionOf>,
    /// Path and SHA-256 of each file of the site.
    pub files: BTreeMap<String, String>,
}

/// A file of a ledger that is not public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtractOf {
    pub ledger: String,
    pub sha256: String,
}

/// A private sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SumOf {
    /// Where it is recorded, as codes.
    pub at: String,
    pub owner: Option<String>,
    pub rule: String,
    pub may_be_negative: bool,
    /// Digest of the line, digest of its holder, pence.
    pub lines: Vec<(String, String, i64)>,
}

/// A line of the system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineOf {
    pub kind: String,
    /// `shown`, or why not.
    pub fate: String,
    /// The figures of which it is the private part.
    pub figures: Vec<String>,
    /// Number of a sum, and the share of it.
    pub shares: Vec<(u32, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProtectionOf {
    pub part: String,
    pub level: i64,
    pub moves: Vec<MoveOf>,
}

/// Numbers of sums, and by how many pence they differ.
pub type MoveOf = Vec<(u32, i64)>;

/// What is read first: a register of another format says no more than this.
#[derive(Deserialize)]
struct Head {
    format: String,
}

impl RegisterFile {
    pub fn read(text: &str) -> Result<Self, Vec<String>> {
        let no_register = |error: serde_json::Error| {
            vec![format!(
                "it is no register: {error}; name the folder that `--register` made"
            )]
        };
        let head: Head = serde_json::from_str(text).map_err(no_register)?;
        if head.format != FORMAT {
            return Err(vec![format!(
                "it is a '{}', and what is read here is a '{FORMAT}'; read it with the version that wrote it",
                head.format
            )]);
        }
        serde_json::from_str(text).map_err(no_register)
    }

    pub fn to_json(&self) -> Result<String, DisclosureError> {
        serde_json::to_string(self).map_err(|error| DisclosureError::Unreadable {
            file: super::Register::FILE.to_owned(),
            reason: error.to_string(),
        })
    }
}

impl LineOf {
    pub fn is_shown(&self) -> bool {
        self.fate == "shown"
    }

    /// Its shares, each of a sum that there is.
    pub fn shares(
        &self,
        number: usize,
        sums: usize,
        faults: &mut Vec<String>,
    ) -> Vec<(u32, Ratio)> {
        let mut shares = Vec::with_capacity(self.shares.len());
        for (sum, share) in &self.shares {
            match share_of(share) {
                Some(share) if (*sum as usize) < sums => shares.push((*sum, share)),
                _ => faults.push(format!(
                    "line {number} has a share `{share}` of sum {sum}, of {sums}; take the file as it was written"
                )),
            }
        }
        shares
    }
}

/// `7/200`, exactly.
pub fn share_text(share: &Ratio) -> String {
    let (above, below) = share.lowest_terms();
    format!("{above}/{below}")
}

fn share_of(text: &str) -> Option<Ratio> {
    let (above, below) = text.split_once('/')?;
    let (above, below): (BigInt, BigUint) = (above.parse().ok()?, below.parse().ok()?);
    (!above.is_zero() && !below.is_zero()).then(|| Ratio::reduced(above, below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_any_length_come_back() {
        let long = Ratio::new(i128::MAX, 7).times(&Ratio::new(i128::MAX, 11));
        for share in [Ratio::one(), Ratio::new(-7, 200), long] {
            assert_eq!(share_of(&share_text(&share)), Some(share));
        }
        for wrong in ["", "1", "1/0", "0/1", "a/b", "1/-2"] {
            assert_eq!(share_of(wrong), None, "{wrong}");
        }
    }
}
