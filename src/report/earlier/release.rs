//! The folder of an earlier release, checked.

use super::reasons::Reason;
use crate::disclosure::Register;
use crate::finding::{Finding, Findings, Position};
use crate::report::content::ReportError;
use crate::text::hex;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The descriptor in the folder of a site.
const DESCRIPTOR: &str = "datapackage.json";

/// An earlier release of a site: the tables of its folder, as its descriptor has them.
///
/// # Example: what changed since a release
///
/// ```no_run
/// use std::path::Path;
/// use wholeplace::report::{EarlierRelease, SiteRegisters};
/// let earlier = EarlierRelease::open(Path::new("releases/2025"))?;
/// let registers = SiteRegisters {
///     earlier: Some(&earlier),
///     ..SiteRegisters::default()
/// };
/// # let _ = registers;
/// # Ok::<(), wholeplace::report::ReportError>(())
/// ```
#[derive(Clone, Debug)]
pub struct EarlierRelease {
    pub(super) title: String,
    /// Each table by its name, without capitals.
    pub(super) tables: Arc<BTreeMap<String, EarlierTable>>,
    pub(super) reasons: Arc<Vec<Reason>>,
    /// SHA-256 of its descriptor, which has those of its tables.
    sha256: String,
    /// Whether the register of a publication has it.
    is_registered: bool,
}

/// A table of an earlier release.
#[derive(Debug)]
pub(super) struct EarlierTable {
    pub title: String,
    pub csv: String,
}

/// What is read of a descriptor.
#[derive(Deserialize)]
struct Descriptor {
    title: String,
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    name: String,
    path: String,
    title: String,
    hash: String,
}

impl EarlierRelease {
    /// Opens the folder of a site as it was written: its descriptor, and each CSV that it names.
    ///
    /// # Errors
    ///
    /// [`ReportError::Earlier`] where there is no descriptor of a site; [`ReportError::EarlierFaults`] with every table that
    /// is not there, or is not as the descriptor has it.
    pub fn open(folder: &Path) -> Result<Self, ReportError> {
        let unreadable = |reason: String| ReportError::Earlier { reason };
        let bytes = std::fs::read(folder.join(DESCRIPTOR)).map_err(|error| {
            unreadable(format!(
                "cannot read `{DESCRIPTOR}` in `{}`: {error}; name the folder of a site as it was written",
                folder.display()
            ))
        })?;
        let descriptor: Descriptor = serde_json::from_slice(&bytes).map_err(|error| {
            unreadable(format!(
                "`{DESCRIPTOR}` in `{}` is not that of a site: {error}; take the file that was written with the site",
                folder.display()
            ))
        })?;
        let mut findings = Findings::new();
        let mut tables = BTreeMap::new();
        for resource in descriptor.resources {
            let mut fault = |found: &str, remedy: &str| {
                let at = Position::file(&resource.path);
                findings.push(Finding::fault("earlier-release-unclear", at, found, remedy));
            };
            if !is_of_a_site(&resource.path) {
                fault(
                    "it is no table in the folder `data` of a site",
                    "take the descriptor that was written with the site",
                );
                continue;
            }
            let Ok(bytes) = std::fs::read(folder.join(&resource.path)) else {
                fault(
                    "the descriptor names it, and it cannot be read",
                    "take the whole folder, as it was released",
                );
                continue;
            };
            if format!("sha256:{}", hex(&Sha256::digest(&bytes))) != resource.hash {
                fault(
                    "it is not as the descriptor has it: somebody changed it since",
                    "take the files as they were released",
                );
                continue;
            }
            let table = EarlierTable {
                title: resource.title,
                csv: String::from_utf8_lossy(&bytes).into_owned(),
            };
            tables.insert(resource.name, table);
        }
        if findings.any_fault() {
            return Err(ReportError::EarlierFaults(findings));
        }
        Ok(Self {
            title: descriptor.title,
            tables: Arc::new(tables),
            reasons: Arc::default(),
            sha256: hex(&Sha256::digest(&bytes)),
            is_registered: false,
        })
    }

    /// What it was called.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The same, where one of the registers of a publication has its files: otherwise it may be a site for internal use,
    /// whose figures nobody outside has.
    pub(in crate::report) fn among(&self, registers: &[Register]) -> Result<Self, ReportError> {
        let is_of = |register: &Register| register.has_file(DESCRIPTOR, &self.sha256);
        match registers.iter().any(is_of) {
            true => Ok(Self {
                is_registered: true,
                ..self.clone()
            }),
            false => Err(ReportError::Earlier {
                reason: "no register of an earlier edition has the files of this earlier release; a release under a policy \
                    is held against one that was published only: name its register with it"
                    .to_owned(),
            }),
        }
    }

    /// Whether a release under a policy may be held against it.
    pub(in crate::report) fn is_registered(&self) -> bool {
        self.is_registered
    }
}

/// Whether a path is that of a table of a site: no path leads elsewhere.
fn is_of_a_site(path: &str) -> bool {
    let name = path.strip_prefix("data/");
    let name = name.and_then(|name| name.strip_suffix(".csv"));
    name.is_some_and(|name| {
        let plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
        !name.is_empty() && name.chars().all(plain)
    })
}
