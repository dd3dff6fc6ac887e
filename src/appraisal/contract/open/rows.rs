//! What was reported, as a table of the pack has it.

use crate::appraisal::contract::reported::{Comparison, Reported};
use crate::appraisal::contract::spec::RESULT;
use crate::appraisal::contract::terms::Contract;
use crate::appraisal::open::Opener;
use crate::axis::name_one_of;
use crate::finding::Position;
use crate::money::Ratio;
use crate::place::{TableRow, TableSpec, read_table};
use std::collections::BTreeMap;
use toml::Spanned;

impl Opener<'_> {
    /// What was reported of each contract.
    pub(super) fn reported(
        &mut self,
        tables: &[Spanned<TableSpec>],
        contracts: &[Contract],
    ) -> BTreeMap<String, Vec<Reported>> {
        let mut reported: BTreeMap<String, Vec<Reported>> = BTreeMap::new();
        let mut fingerprints = Vec::new();
        for table in tables {
            let at = self.at(table);
            let rows = read_table(
                table.get_ref(),
                &RESULT,
                &at,
                self.place.folders(),
                &mut self.findings,
                &mut fingerprints,
            );
            for mut row in rows {
                let code = row.take(0).trim().to_owned();
                if !contracts.iter().any(|contract| contract.code == code) {
                    // A contract with faults has been told of.
                    if !self.findings.any_fault() {
                        let known = contracts.iter().map(|contract| contract.code.as_str());
                        self.fault(
                            "unknown-code",
                            row.position.clone().column("contract"),
                            format!("`{code}` is not a contract of this pack"),
                            &name_one_of(&code, "contract", known),
                        );
                    }
                    continue;
                }
                let row = self.result(row);
                reported.entry(code).or_default().extend(row);
            }
        }
        reported
    }

    fn result(&mut self, mut row: TableRow) -> Option<Reported> {
        let at = row.position.clone();
        let mut take = |number: usize| row.take(number).trim().to_owned();
        let [term, cohort, group, year] = [take(1), take(2), take(3), take(4)];
        let [people, count, returned] = [take(5), take(6), take(7)];
        let [comparison_people, comparison_count, quality] = [take(8), take(9), take(10)];
        let year = self.year(&year, &at, "year");
        let people = self.whole(&people, "people", &at);
        let count = self.number(&count, "count", &at);
        let returned = match returned.as_str() {
            "" => Some(Ratio::zero()),
            text => self.number(text, "returned", &at),
        };
        let comparison = match (comparison_people.as_str(), comparison_count.as_str()) {
            ("", "") => None,
            (people, count) => {
                let people = self.whole(people, "comparison_people", &at);
                let count = self.number(count, "comparison_count", &at);
                Some(Comparison {
                    people: people?,
                    count: count?,
                })
            }
        };
        let quality = match quality.as_str() {
            "" => None,
            text => Some(self.number(text, "quality", &at)?),
        };
        Some(Reported {
            term,
            cohort,
            group,
            year: year?,
            people: people?,
            count: count?,
            returned: returned?,
            comparison,
            quality,
            position: at,
        })
    }

    /// A whole number from 0 up, or a fault.
    pub(in crate::appraisal::contract) fn whole(
        &mut self,
        text: &str,
        key: &str,
        at: &Position,
    ) -> Option<u64> {
        let number = text.replace(',', "").parse::<u64>().ok();
        if number.is_none() {
            self.fault(
                "not-a-number",
                at.clone().column(key),
                format!("`{text}` is no whole number from 0 up"),
                "write it in digits, as `120`",
            );
        }
        number
    }
}
