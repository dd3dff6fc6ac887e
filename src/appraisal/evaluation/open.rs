//! Opening what was counted: every row checked, every fault reported.

use super::{Counted, Design, Group, Observation, Observed};
use crate::appraisal::open::{Opener, file_of};
use crate::appraisal::proposal::Proposal;
use crate::appraisal::spec::OBSERVED;
use crate::appraisal::{AppraisalError, Proposals};
use crate::axis::name_one_of;
use crate::finding::{Findings, Position};
use crate::money::Ratio;
use crate::place::{Lines, TableRow, read_table};
use crate::price::PriceYear;

impl Observed {
    /// Opens what a pack names as `observed` in its file of appraisal; nothing where it names none.
    ///
    /// # Errors
    ///
    /// [`AppraisalError::Faults`] with every row that cannot be, or is of no effect of a proposal.
    pub fn open(proposals: &Proposals) -> Result<Self, AppraisalError> {
        let place = proposals.place();
        let (file, text, spec) = file_of(place)?;
        let mut opener = Opener {
            place,
            file: file.to_owned(),
            lines: Lines::of(&text),
            findings: Findings::new(),
        };
        let mut observed = Self::default();
        for table in &spec.observed {
            let at = opener.at(table);
            let rows = read_table(
                table.get_ref(),
                &OBSERVED,
                &at,
                place.folders(),
                &mut opener.findings,
                &mut Vec::new(),
            );
            for row in rows {
                let Some(row) = opener.observation(row, proposals) else {
                    continue;
                };
                let key = (row.proposal.clone(), row.effect.clone(), row.year);
                if observed.rows.contains_key(&key) {
                    opener.fault(
                        "result-given-twice",
                        row.position.clone().column("effect"),
                        format!("`{}` is already counted in {}", row.effect, row.year),
                        "keep one of them, or add them up where they are of different people",
                    );
                }
                observed.rows.insert(key, row);
            }
        }
        match opener.findings.any_fault() {
            true => Err(AppraisalError::Faults(opener.findings)),
            false => Ok(observed),
        }
    }
}

/// A row by the names of its fields.
struct Fields(TableRow);

impl Fields {
    fn take(&mut self, field: &str) -> String {
        let at = OBSERVED.iter().position(|name| *name == field).unwrap_or(0);
        self.0.take(at).trim().to_owned()
    }
}

impl Opener<'_> {
    fn observation(&mut self, row: TableRow, proposals: &Proposals) -> Option<Observation> {
        let at = row.position.clone();
        let mut row = Fields(row);
        let [proposal, effect, year] = ["proposal", "effect", "year"].map(|key| row.take(key));
        let known = self.ok(proposals.find(&proposal), &at, "proposal");
        let has_effect = known.is_some_and(|known| self.effect_of(known, &effect, &at));
        let year = self.year(&year, &at, "year");
        let inside = match (known, year) {
            (Some(known), Some(year)) => self.inside(known, year, &at),
            _ => false,
        };
        let text = row.take("counted");
        let counted = Counted::ALL.into_iter().find(|one| one.word() == text);
        if counted.is_none() {
            let found = format!("`{text}` does not say what is counted");
            self.unclear(&at, "counted", found, "write `people` where each counts once, or `events` where one person may have several");
        }
        let with = self.group(&mut row, ["people", "events"], counted, &at);
        if matches!(with, Some(None)) {
            self.unclear(&at, "people", "nobody was counted".to_owned(), "write how many people, and what was counted of them; leave a year out in which nobody was");
        }
        let before = self.group(&mut row, ["people_before", "events_before"], counted, &at);
        let keys = ["comparison_people", "comparison_events"];
        let comparison = self.group(&mut row, keys, counted, &at);
        let keys = ["comparison_people_before", "comparison_events_before"];
        let comparison_before = self.group(&mut row, keys, counted, &at);
        let design = self.design(&row.take("design"), comparison, &at);
        // What is no count is a fault already; what it would have stood beside is not blamed for it.
        if let (Some(before), Some(theirs), Some(comparison)) =
            (before, comparison_before, comparison)
        {
            self.before_of_both(design.flatten(), comparison, (before, theirs), &at);
        }
        let effect_of_design = self.design_effect(&row.take("design_effect"), &at);
        let source = row.take("source");
        self.written("source", &source, &at);
        Some(Observation {
            proposal,
            effect,
            year: year?,
            counted: counted?,
            with: with??,
            before: before?,
            comparison: design?.zip(comparison?),
            comparison_before: comparison_before?,
            design_effect: effect_of_design?,
            source,
            position: at,
        })
        .filter(|_| has_effect && inside)
    }

    fn unclear(&mut self, at: &Position, key: &str, found: String, remedy: &str) {
        self.fault("observed-unclear", at.clone().column(key), found, remedy);
    }

    fn effect_of(&mut self, proposal: &Proposal, code: &str, at: &Position) -> bool {
        let all = proposal.effects.iter().map(|effect| effect.code.as_str());
        let found = all.clone().any(|one| one == code);
        if !found {
            self.fault(
                "unknown-code",
                at.clone().column("effect"),
                format!("`{code}` is not an effect of proposal `{}`", proposal.code),
                &name_one_of(code, "effect", all),
            );
        }
        found
    }

    fn inside(&mut self, proposal: &Proposal, year: PriceYear, at: &Position) -> bool {
        let last = u16::try_from(proposal.years.saturating_sub(1)).ok();
        let last = last.and_then(|later| proposal.first_year.later(later));
        let inside = year >= proposal.first_year && last.is_none_or(|last| year <= last);
        if !inside {
            let until = last.map_or(String::new(), |last| format!(" to {last}"));
            let found = format!(
                "{year} is no year of proposal `{}`, which counts {}{until}",
                proposal.code, proposal.first_year
            );
            self.unclear(
                at,
                "year",
                found,
                "correct the year, or count more years in the proposal",
            );
        }
        inside
    }

    /// People and events of one group: both or neither. Outer nothing: a fault.
    fn group(
        &mut self,
        row: &mut Fields,
        [people_key, events_key]: [&str; 2],
        counted: Option<Counted>,
        at: &Position,
    ) -> Option<Option<Group>> {
        let [people, events] = [people_key, events_key].map(|key| row.take(key));
        if people.is_empty() && events.is_empty() {
            return Some(None);
        }
        let people = self.counted(&people, people_key, at);
        let events = self.counted(&events, events_key, at);
        let (people, events) = (people?, events?);
        if people == 0 {
            let found = format!("`{people_key}` is 0, and a group of nobody shows nothing");
            self.unclear(
                at,
                people_key,
                found,
                "write how many people were counted, or leave the group out",
            );
            return None;
        }
        if counted == Some(Counted::People) && events > people {
            self.fault(
                "more-than-people",
                at.clone().column(events_key),
                format!("{events} of {people} people have it"),
                "correct the count; where one person may have several, write `events` as what is counted",
            );
            return None;
        }
        Some(Some(Group { people, events }))
    }

    fn counted(&mut self, text: &str, key: &str, at: &Position) -> Option<u64> {
        let number = text.replace(',', "").parse::<u64>().ok();
        if number.is_none() {
            self.fault(
                "not-a-number",
                at.clone().column(key),
                format!("`{text}` is no whole number from 0 up"),
                "write it in digits, as `120`; people and events are counted whole",
            );
        }
        number
    }

    /// How a comparison group came about: said where there is one, and only there.
    fn design(
        &mut self,
        text: &str,
        comparison: Option<Option<Group>>,
        at: &Position,
    ) -> Option<Option<Design>> {
        // A comparison group that is no count is a fault already.
        let comparison = comparison?;
        let all = || Design::ALL.into_iter();
        let design = all().find(|one| one.word() == text);
        match (text, design, comparison) {
            ("", _, None) => Some(None),
            (_, Some(design), Some(_)) => Some(Some(design)),
            ("", ..) => {
                let found = "nothing says how the comparison group came about".to_owned();
                let words = all().map(|one| format!("`{}`", one.word()));
                let words: Vec<String> = words.collect();
                self.unclear(
                    at,
                    "design",
                    found,
                    &format!("write one of {}", words.join(", ")),
                );
                None
            }
            (_, None, _) => {
                let found = format!("`{text}` is no way in which a comparison group comes about");
                let remedy = name_one_of(text, "design", all().map(Design::word));
                self.unclear(at, "design", found, &remedy);
                None
            }
            (_, Some(_), None) => {
                let found = format!("`{text}` is said of a comparison group, and none was counted");
                self.unclear(
                    at,
                    "design",
                    found,
                    "write its people and events, or leave the design empty",
                );
                None
            }
        }
    }

    /// Counts before are of both groups where there are two, and `before` has them.
    fn before_of_both(
        &mut self,
        design: Option<Design>,
        comparison: Option<Group>,
        before: (Option<Group>, Option<Group>),
        at: &Position,
    ) {
        let remedy = "count both groups before it began, or neither";
        match (before, comparison) {
            ((_, Some(_)), None) => {
                let found = "a comparison group was counted before and not after".to_owned();
                self.unclear(at, "comparison_people", found, "count it after as well");
            }
            ((Some(_), None), Some(_)) => {
                let found = "only those who entered were counted before".to_owned();
                self.unclear(at, "comparison_people_before", found, remedy);
            }
            ((None, Some(_)), Some(_)) => {
                let found = "only the comparison group was counted before".to_owned();
                self.unclear(at, "people_before", found, remedy);
            }
            ((None, None), Some(_)) if design == Some(Design::Before) => {
                let found = "both groups should have been counted before, and neither was";
                let remedy =
                    "write the counts before it began; without them the design is `beside`";
                self.unclear(at, "people_before", found.to_owned(), remedy);
            }
            _ => {}
        }
    }

    fn design_effect(&mut self, text: &str, at: &Position) -> Option<Ratio> {
        if text.is_empty() {
            return Some(Ratio::one());
        }
        let effect = self.number(text, "design_effect", at)?;
        if effect >= Ratio::one() {
            return Some(effect);
        }
        let found =
            format!("`{text}` is below 1: counts would vary less than those of independent people");
        self.unclear(
            at,
            "design_effect",
            found,
            "write 1 or more, or leave it empty",
        );
        None
    }
}
