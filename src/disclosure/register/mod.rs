//! The register of an edition: what the next one must know of it. Confidential.
//!
//! Whoever has two editions may subtract one from the other, so that the next edition is protected over both: what the
//! earlier one told is known beforehand. For that it must be known which lines of the ledgers are the same lines, which
//! are gone and which are new, and whose those are that are gone, because nobody else can say it any more.
//!
//! | It holds | Because |
//! |---|---|
//! | each private line as a digest, the digest of its holder, and its pence | lines that are gone are judged as others are |
//! | each line of the system with its fate and the figures that it is of | what was shown is known beforehand, and the same figure now less then is told |
//! | what was public | what is published stays known |
//! | the moves | a later question is told where they leave it as it is |
//!
//! It holds no name and no text of a ledger; but who has a list of names can try each on a digest, and amounts stand
//! as they are. It is as confidential as the ledgers.

mod file;
mod digest;

pub(crate) use digest::{Digest, of_holder, of_line};
pub(crate) use file::{
    ExtractOf, FORMAT, LineOf, ProtectionOf, RegisterFile, SumOf, WARNING, share_text,
};

use super::DisclosureError;
use super::policy::{DisclosurePolicy, KnownLedger};
use crate::money::{Pence, Ratio};
use crate::place::Place;
use crate::text::hex;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

/// What an earlier edition told, and of which lines. Confidential.
///
/// Made by [`Edition::register`](super::Edition::register) or opened with [`Register::open`], which refuses one
/// that is not of this place and this policy.
#[derive(Clone, PartialEq, Eq)]
pub struct Register {
    file: RegisterFile,
    fingerprint: String,
    pub(super) sums: Vec<SumThen>,
    pub(super) told: Vec<ToldThen>,
}

impl std::fmt::Debug for Register {
    /// Says which edition, and nothing of any money.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Register")
            .field("on", &self.file.on)
            .field("fingerprint", &self.fingerprint)
            .finish_non_exhaustive()
    }
}

/// A private sum of an earlier edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SumThen {
    /// The place of its rule among those of the policy now.
    pub rule: usize,
    /// The code of the partner in whose ledger it stood.
    pub owner: Option<String>,
    pub may_be_negative: bool,
    pub lines: Vec<(Digest, Digest, Pence)>,
}

/// A line of the system that an earlier edition showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ToldThen {
    pub figures: Vec<String>,
    pub shares: Vec<(u32, Ratio)>,
}

impl Register {
    /// The name of the file in the folder of a release.
    pub const FILE: &'static str = "register.json";

    /// Opens the register of an earlier edition: a folder with a file `register.json`, or the file itself.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::Unreadable`]; [`DisclosureError::Register`] with every fault: it is of another format, place
    /// or policy, it says something that cannot be, or what was public then is private now.
    pub fn open(
        path: &Path,
        place: &Place,
        policy: &DisclosurePolicy,
    ) -> Result<Self, DisclosureError> {
        let path = match path.is_dir() {
            true => path.join(Self::FILE),
            false => path.to_owned(),
        };
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(&path).map_err(|error| DisclosureError::Unreadable {
            file: shown.clone(),
            reason: error.to_string(),
        })?;
        Self::read(&text, place, policy).map_err(|faults| DisclosureError::Register {
            file: shown,
            faults,
        })
    }

    /// Reads the text of a register.
    ///
    /// # Errors
    ///
    /// Every fault, as a sentence.
    pub fn read(text: &str, place: &Place, policy: &DisclosurePolicy) -> Result<Self, Vec<String>> {
        let file = RegisterFile::read(text)?;
        let mut faults = of_another(&file, place, policy);
        let mut sums = Vec::with_capacity(file.sums.len());
        for (number, sum) in file.sums.iter().enumerate() {
            sums.extend(sum_then(number, sum, policy, &mut faults));
        }
        let mut told = Vec::new();
        for (number, line) in file.lines.iter().enumerate() {
            let shares = line.shares(number, file.sums.len(), &mut faults);
            if line.is_shown() && !shares.is_empty() {
                told.push(ToldThen {
                    figures: line.figures.clone(),
                    shares,
                });
            }
        }
        // A fault repeated for each of a million lines helps nobody.
        faults.sort();
        faults.dedup();
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            file,
            fingerprint: hex(&Sha256::digest(text.as_bytes())),
            sums,
            told,
        })
    }

    /// Whether a file of the site of this edition has these bytes.
    pub(crate) fn has_file(&self, path: &str, sha256: &str) -> bool {
        let known = self.file.files.get(path);
        known.is_some_and(|known| known == sha256)
    }

    /// The day of the edition, as it was given.
    #[must_use]
    pub fn on(&self) -> &str {
        &self.file.on
    }

    /// SHA-256 over its text.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Its text.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::Unreadable`] where it cannot be written down.
    pub fn to_json(&self) -> Result<String, DisclosureError> {
        self.file.to_json()
    }

    pub(super) fn of_file(
        file: RegisterFile,
        place: &Place,
        policy: &DisclosurePolicy,
    ) -> Result<Self, DisclosureError> {
        let text = file.to_json()?;
        Self::read(&text, place, policy).map_err(|faults| DisclosureError::Register {
            file: Self::FILE.to_owned(),
            faults,
        })
    }

    /// That a release into this folder forgets no other: each folder beside it that has a register is named among
    /// those that it is over, and it has none itself.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::EditionThere`], [`DisclosureError::EditionNotNamed`].
    pub fn beside(folder: &Path, named: &[impl AsRef<Path>]) -> Result<(), DisclosureError> {
        if folder.join(Self::FILE).exists() {
            return Err(DisclosureError::EditionThere {
                folder: folder.display().to_string(),
            });
        }
        let same = |one: &Path, other: &Path| {
            one == other
                || one
                    .canonicalize()
                    .ok()
                    .is_some_and(|one| Some(one) == other.canonicalize().ok())
        };
        let parent = match folder.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        // A folder that is not there yet has nothing beside it.
        let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
        let mut others: Vec<std::path::PathBuf> = entries.map(|entry| entry.path()).collect();
        others.sort();
        for other in others
            .iter()
            .filter(|other| other.join(Self::FILE).exists())
        {
            let is_named = named.iter().any(|named| {
                same(named.as_ref(), other) || same(named.as_ref(), &other.join(Self::FILE))
            });
            if !is_named {
                return Err(DisclosureError::EditionNotNamed {
                    folder: other.display().to_string(),
                });
            }
        }
        Ok(())
    }

    /// That none is missing of those over which these were released: what two editions told together is known
    /// only with all of them.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::EditionMissing`], [`DisclosureError::EditionTwice`].
    pub fn all_there(registers: &[Self]) -> Result<(), DisclosureError> {
        for (number, one) in registers.iter().enumerate() {
            let same = |other: &Self| other.fingerprint == one.fingerprint;
            if registers.iter().take(number).any(same) {
                return Err(DisclosureError::EditionTwice {
                    on: one.on().to_owned(),
                });
            }
            for (on, fingerprint) in &one.file.over {
                if !registers
                    .iter()
                    .any(|other| other.fingerprint == *fingerprint)
                {
                    return Err(DisclosureError::EditionMissing {
                        on: one.on().to_owned(),
                        over: on.clone(),
                    });
                }
            }
        }
        Ok(())
    }
}

/// What makes it the register of something else.
fn of_another(file: &RegisterFile, place: &Place, policy: &DisclosurePolicy) -> Vec<String> {
    let mut faults = Vec::new();
    let locality = place.axes().localities.code(place.locality());
    if file.place != place.name() || file.locality != locality {
        faults.push(format!(
            "it is of {} (`{}`), and this is {} (`{locality}`); name the register of an edition of this place",
            file.place, file.locality, place.name()
        ));
    }
    if file.policy != policy.name() {
        faults.push(format!(
            "it was released under '{}', and the policy is '{}'; editions follow one another under one policy, \
             which may change its own edition",
            file.policy,
            policy.name()
        ));
    }
    for (ledger, from) in &file.public {
        let known = match (policy.ledger(ledger), from) {
            (None | Some(KnownLedger::Public { .. }), _) => true,
            (Some(now), Some(from)) => now.from().is_some_and(|now| now.get() <= *from),
            (Some(_), None) => false,
        };
        if !known {
            faults.push(format!(
                "ledger `{ledger}` was more public then than the policy says now; what was published stays known: \
                 say it in `[[known]]` as it was"
            ));
        }
    }
    faults
}

fn sum_then(
    number: usize,
    sum: &SumOf,
    policy: &DisclosurePolicy,
    faults: &mut Vec<String>,
) -> Option<SumThen> {
    let rules = policy.rules().iter();
    let rule = rules
        .enumerate()
        .find(|(_, rule)| *rule.rule.name == *sum.rule);
    if rule.is_none() {
        faults.push(format!(
            "money stood under rule '{}', which the policy has no longer; keep a rule of that name, so that what \
             is gone is still judged",
            sum.rule
        ));
    }
    let digests = sum.lines.iter().map(|(line, holder, pence)| {
        Some((
            Digest::read(line)?,
            Digest::read(holder)?,
            Pence::new(*pence),
        ))
    });
    let lines: Option<Vec<_>> = digests.collect();
    if lines.is_none() {
        faults.push(format!(
            "sum {number} has a line without a digest of 32 hexadecimal digits; take the file as it was written"
        ));
    }
    Some(SumThen {
        rule: rule?.0,
        owner: sum.owner.clone(),
        may_be_negative: sum.may_be_negative,
        lines: lines?,
    })
}

/// What was public, ledger by ledger: all of it, or lines from some pence on.
pub(super) fn public_of(policy: &DisclosurePolicy) -> BTreeMap<String, Option<i64>> {
    let public = policy.ledgers().filter_map(|(id, known)| match known {
        KnownLedger::Public { .. } => Some((id.to_owned(), None)),
        KnownLedger::PublicFrom { pence, .. } => Some((id.to_owned(), Some(pence.get()))),
        KnownLedger::Private { .. } => None,
    });
    public.collect()
}
