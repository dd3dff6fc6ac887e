//! Opening the outcomes of a pack: definitions read and checked, every fault reported.

use super::opener::Opener;
use super::spec::OutcomesSpec;
use super::{IndicatorError, Indicators, read};
use crate::finding::Findings;
use crate::place::{Folder, Lines, Place};
use crate::sheet;
use crate::text::hex;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Opens the outcomes of a place.
pub(super) fn open(place: &Arc<Place>) -> Result<Indicators, IndicatorError> {
    let file = place.outcomes_file().ok_or(IndicatorError::NoOutcomes)?;
    let unreadable = |reason: String| IndicatorError::Unreadable {
        file: file.to_owned(),
        reason,
    };
    // Through the folders of the pack, which no name and no link leads out of.
    let path = (place.folders().one(Folder::Pack, file)).map_err(unreadable)?;
    let text = sheet::text_of(&path).map_err(|error| unreadable(error.to_string()))?;
    let spec: OutcomesSpec =
        toml::from_str(&text).map_err(|error| IndicatorError::NotOutcomes {
            file: file.to_owned(),
            reason: error.to_string().trim_end().to_owned(),
        })?;
    let opener = Opener {
        place,
        file,
        text: &text,
        lines: Lines::of(&text),
        findings: Findings::new(),
        fingerprints: vec![fingerprint(text.as_bytes())],
        faulty: BTreeSet::new(),
    };
    opener.open(spec)
}

fn fingerprint(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

impl Opener<'_> {
    fn open(mut self, spec: OutcomesSpec) -> Result<Indicators, IndicatorError> {
        let outcomes = self.outcomes(&spec.outcomes);
        let mut indicators = Indicators {
            place: Arc::clone(self.place),
            by_code: BTreeMap::new(),
            contributions: self.contributions(&spec.contributions, &outcomes),
            outcomes,
            indicators: Vec::new(),
            areas: Vec::new(),
            observations: Vec::new(),
            targets: BTreeMap::new(),
            forecasts: BTreeMap::new(),
            expected: Vec::new(),
            breaks: BTreeMap::new(),
            lags: BTreeMap::new(),
            spend_elsewhere: BTreeMap::new(),
            notes: spec.notes,
            findings: Findings::new(),
            fingerprint: String::new(),
        };
        self.indicators(&spec.indicators, &mut indicators);
        self.headlines(spec.headline_at_most, &indicators);
        let (areas, names) = self.areas(&spec.areas);
        indicators.areas = areas;
        let denominators = self.denominators(&spec.denominators, &indicators);
        self.targets(&spec.targets, &names, &mut indicators);
        self.forecasts(&spec.forecasts, &mut indicators);
        self.expected(&spec.expected, &mut indicators);
        self.breaks(&spec.breaks, &mut indicators);
        self.lags(&spec.lags, &mut indicators);
        let series = self.series(&spec.series, &spec.observations, &indicators);
        let withdrawn = self.withdrawals(&spec.withdrawn, &names, &indicators);
        let files: Vec<read::ObservationFile<'_>> = (spec.observations.iter())
            .filter_map(|table| read::observation_file(&mut self, table))
            .collect();
        let spending: Vec<read::SpendFile<'_>> = (spec.spend_elsewhere.iter())
            .filter_map(|table| read::spend_file(&mut self, table))
            .collect();
        // What is wrong so far is in the pack itself; what follows is in the published data.
        if self.findings.any_fault() {
            return Err(IndicatorError::Faults(self.findings));
        }
        read::observations(&mut self, files, &series, &names, &mut indicators);
        self.withdrawn(withdrawn, &mut indicators);
        self.settle(&denominators, &mut indicators);
        read::spend_elsewhere(&mut self, spending, &names, &mut indicators);
        indicators.fingerprint = fingerprint(self.fingerprints.join("\n").as_bytes());
        indicators.findings = self.findings;
        Ok(indicators)
    }
}
