//! Opening contracts: everything read, everything checked, every fault reported.

mod payers;
mod baseline;
mod term;
mod truth;
mod contract;
mod rows;

use super::ContractError;
pub(super) use truth::float;

use super::contracts::Contracts;
use super::double::paid_twice;
use super::spec::ContractFile;
use super::terms::Contract;
use crate::appraisal::Proposals;
use crate::appraisal::open::{Opener, file_of};
use crate::appraisal::proposal::Payer;
use crate::finding::{Findings, Position};
use crate::place::{Folder, Lines};
use crate::sheet;
use std::collections::BTreeMap;

impl Contracts {
    /// Opens the contracts that the file of appraisal of a pack names, with what was reported of them; its
    /// proposals are needed to see what is paid for twice.
    ///
    /// # Errors
    ///
    /// [`ContractError::Faults`] with every fault of contracts and results; [`ContractError::Appraisal`] where
    /// the file of appraisal cannot be read.
    pub fn open(proposals: &Proposals) -> Result<Self, ContractError> {
        let place = proposals.place();
        let (file, text, spec) = file_of(place)?;
        let mut opener = Opener {
            place,
            file: file.to_owned(),
            lines: Lines::of(&text),
            findings: Findings::new(),
        };
        // Its faults, if it had any, are those of the proposals.
        let bearers = opener.bearers(spec.bearer);
        opener.findings = Findings::new();
        let mut contracts: Vec<Contract> = Vec::new();
        let start = opener.at_start(0);
        for pattern in &spec.contracts {
            opener.matching(pattern, &start, &bearers, &mut contracts);
        }
        opener.file = file.to_owned();
        opener.lines = Lines::of(&text);
        let reported = opener.reported(&spec.contract_results, &contracts);
        for contract in &contracts {
            if let Some(rows) = reported.get(&contract.code) {
                opener.findings.append(contract.faults(rows));
            }
        }
        if opener.findings.any_fault() {
            return Err(ContractError::Faults(opener.findings));
        }
        opener.findings.append(paid_twice(&contracts, proposals));
        if opener.findings.any_fault() {
            return Err(ContractError::Faults(opener.findings));
        }
        Ok(Self {
            place: std::sync::Arc::clone(place),
            contracts,
            reported,
            findings: opener.findings,
        })
    }
}

impl Opener<'_> {
    /// The contracts of all files that a pattern means.
    fn matching(
        &mut self,
        pattern: &str,
        start: &Position,
        bearers: &BTreeMap<String, Payer>,
        contracts: &mut Vec<Contract>,
    ) {
        let found = match self.place.folders().matching(Folder::Pack, pattern) {
            Ok(found) => found,
            Err(found) => {
                let at = start.clone().column("contracts");
                return self.fault("no-such-file", at, found, "correct the pattern");
            }
        };
        for (path, name) in found.files {
            let read = sheet::text_of(&path).map_err(|error| error.to_string());
            let read = read.and_then(|text| {
                let spec = toml::from_str::<ContractFile>(&text);
                let spec = spec.map_err(|error| error.to_string().trim_end().to_owned())?;
                Ok((text, spec))
            });
            let (text, spec) = match read {
                Ok(read) => read,
                Err(found) => {
                    self.fault(
                        "contract-unreadable",
                        Position::file(&name),
                        found,
                        "mend the file; nothing on which a payment hangs may be left out",
                    );
                    continue;
                }
            };
            self.file = name;
            self.lines = Lines::of(&text);
            let at = self.at(&spec.contract);
            let Some(contract) = self.contract(spec, bearers) else {
                continue;
            };
            if contracts.iter().any(|other| other.code == contract.code) {
                let found = format!("there is already a contract `{}`", contract.code);
                self.fault(
                    "duplicate-code",
                    at,
                    found,
                    "give each contract a code of its own",
                );
            }
            contracts.push(contract);
        }
    }
}
