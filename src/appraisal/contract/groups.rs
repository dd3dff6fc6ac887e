//! Whether the people of a cohort are told apart so that nobody is counted twice.
//!
//! Caps by person and claims for each person are held by cohort and group. Were a cohort reported as a whole beside
//! groups of it, or in groups that are more people than it has, the same person would have two caps.

use super::pounds::pence;
use super::reported::Reported;
use super::terms::{CohortOf, Contract};
use crate::finding::Finding;
use crate::money::{Pence, Ratio};
use crate::text::counted_as;
use std::collections::BTreeMap;

/// The groups of a cohort: the most people that any row of it is of, and the row that says so.
type Groups<'a> = BTreeMap<&'a str, &'a Reported>;

impl Contract {
    /// Cohorts whose groups hold somebody twice.
    pub(super) fn group_faults(&self, reported: &[Reported]) -> Vec<Finding> {
        let mut faults = Vec::new();
        for cohort in &self.cohorts {
            let mut groups = Groups::new();
            for row in reported.iter().filter(|row| row.cohort == cohort.code) {
                let most = groups.entry(row.group.as_str()).or_insert(row);
                if row.people > most.people {
                    *most = row;
                }
            }
            let named = groups.iter().filter(|(group, _)| !group.is_empty());
            let people = named.fold(0_u64, |sum, (_, row)| sum.saturating_add(row.people));
            match groups.get("") {
                Some(all) if groups.len() > 1 => {
                    faults.push(self.beside_all(cohort, all, people));
                }
                _ => faults.extend(self.above_cohort(cohort, &groups, people)),
            }
        }
        faults
    }

    /// What so many people more could be paid for, under a cap by person.
    fn capped(&self, people: u64) -> Option<Pence> {
        let cap = self.cap_per_person.as_ref()?;
        pence(&cap.times(&Ratio::new(people.into(), 1)))
    }

    fn beside_all(&self, cohort: &CohortOf, all: &Reported, people: u64) -> Finding {
        Finding {
            at_stake: self.capped(people.min(all.people)),
            ..Finding::fault(
                "groups-beside-all",
                all.position.clone().column("group"),
                format!(
                    "`{}` of `{}` is reported of all {}, and groups of them are reported beside it: {}",
                    all.term,
                    cohort.code,
                    counted_people(all.people),
                    counted_people(people)
                ),
                "name a group in every row of the cohort, or in none: the same person would have two caps",
            )
        }
    }

    fn above_cohort(&self, cohort: &CohortOf, groups: &Groups, people: u64) -> Option<Finding> {
        let most = cohort.people.filter(|most| people > *most)?;
        // One group alone is told of in its own row.
        if groups.len() < 2 {
            return None;
        }
        let (_, last) = groups.last_key_value()?;
        Some(Finding {
            at_stake: self.capped(people.saturating_sub(most)),
            ..Finding::fault(
                "more-than-people",
                last.position.clone().column("people"),
                format!(
                    "the groups of `{}` are {} together, and the cohort has {most}",
                    cohort.code,
                    counted_people(people)
                ),
                "tell people apart so that each is in one group, or correct the cohort in the contract",
            )
        })
    }
}

fn counted_people(people: u64) -> String {
    counted_as(people, "person", "people")
}
