//! Opening the register: every row checked, every fault reported.

use super::gap::{GapLine, Lasts, LineKind, Reduction, ReductionStatus};
use super::plan::MediumTerm;
use super::spec::{GAP_LINE, GapsAre, MediumTermSpec, REDUCTION};
use crate::axis::name_one_of;
use crate::finding::{Finding, Severity};
use crate::money::Pence;
use crate::place::Place;
use crate::register::{Cells, Register, RegisterError};
use std::sync::Arc;

/// Something of the medium-term plan that cannot be used as it is written.
const RULE: &str = "medium-term-unclear";

impl MediumTerm {
    /// Opens the register that a pack names as `medium_term` in its `[place]`.
    ///
    /// # Errors
    ///
    /// [`RegisterError::NotNamed`] where it names none; [`RegisterError::Faults`] with every fault.
    pub fn open(place: &Arc<Place>) -> Result<Self, RegisterError> {
        let (mut register, spec): (_, MediumTermSpec) =
            Register::read(place, place.medium_term_file(), "medium_term")?;
        let closed_by = register.closed_by(&spec.closed_by);
        let lines = register.rows(&spec.gap_lines, &GAP_LINE);
        let lines: Vec<GapLine> = (lines.iter())
            .filter_map(|cells| register.gap_line(cells))
            .collect();
        register.stated_once(&lines)?;
        let mut codes = Vec::new();
        let mut reductions = Vec::new();
        for cells in register.rows(&spec.reductions, &REDUCTION) {
            register.once(&cells, "code", &mut codes);
            reductions.extend(register.reduction(&cells));
        }
        Ok(Self {
            place: Arc::clone(place),
            notes: spec.notes,
            published: spec.published.trim().to_owned(),
            is_new: spec.gaps_are == GapsAre::New,
            closed_by,
            lines,
            reductions,
            findings: register.finish()?,
        })
    }
}

impl Register<'_> {
    fn closed_by(&mut self, words: &[String]) -> Vec<ReductionStatus> {
        let mut found = Vec::new();
        let at = self.file_of().column("closed_by");
        for word in words {
            match ReductionStatus::WORDS
                .iter()
                .find(|(known, _)| known == word)
            {
                Some((_, status)) => found.push(*status),
                None => {
                    let known = ReductionStatus::WORDS.iter().map(|(word, _)| *word);
                    let remedy = name_one_of(word, "status", known);
                    let what = format!("`{word}` is no status of a reduction");
                    self.fault("unknown-code", at.clone(), what, &remedy);
                }
            }
        }
        found
    }

    fn all_there(&mut self, cells: &Cells, fields: &[(&str, &str)]) -> bool {
        let mut there = true;
        for (field, what) in fields {
            there &= self.needed(cells, field, RULE, what);
        }
        there
    }

    /// Whole years: gaps and reductions are so much a year.
    fn years(&mut self, cells: &Cells) -> Option<crate::axis::Period> {
        let period = self.period(cells, "period", RULE)?;
        if period.months() % 12 != 0 {
            let found = format!("{period} is no whole year");
            let remedy = "write a year, as `2025-26`, or several";
            self.fault(
                "medium-term-unclear",
                cells.at_column("period"),
                found,
                remedy,
            );
            return None;
        }
        Some(period)
    }

    fn gap_line(&mut self, cells: &Cells) -> Option<GapLine> {
        let there = self.all_there(
            cells,
            &[
                ("partner", "write the code of the partner"),
                ("period", "write the year, as `2025-26`"),
                ("kind", "write `stated gap`, `needed` or `coming in`"),
                ("pounds", "write how much"),
                ("covers", "write which area the figure is for"),
                ("source", "write who says so, and where"),
            ],
        );
        let partner = self.partner(cells, "partner");
        let period = self.years(cells);
        let kind = self.word(cells, "kind", RULE, &LineKind::WORDS);
        let pence = self.pounds(cells, "pounds", RULE);
        Some(GapLine {
            partner: partner?,
            period: period?,
            kind: kind?,
            name: cells.text("name").to_owned(),
            pence: pence?,
            covers: cells.text("covers").to_owned(),
            source: cells.text("source").to_owned(),
            position: cells.at(),
        })
        .filter(|_| there)
    }

    /// One gap a partner and period: lines that say two things of one are faults.
    fn stated_once(&mut self, lines: &[GapLine]) -> Result<(), RegisterError> {
        let mut seen = Vec::new();
        for line in lines {
            let key = (line.partner, line.period);
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            let of_it: Vec<&GapLine> = (lines.iter())
                .filter(|other| (other.partner, other.period) == key)
                .collect();
            for other in of_it.iter().filter(|other| other.covers != line.covers) {
                let found = format!(
                    "it covers `{}`, and a line before `{}`",
                    other.covers, line.covers
                );
                let remedy = "give all lines of a partner and year one coverage: figures of different areas are never added";
                let at = other.position.clone().column("covers");
                self.fault(RULE, at, found, remedy);
            }
            let stated: Vec<&&GapLine> = (of_it.iter())
                .filter(|one| one.kind == LineKind::Stated)
                .collect();
            if let [_, second, ..] = stated.as_slice() {
                let found = "the gap of that partner and year is stated already".to_owned();
                let at = second.position.clone().column("period");
                self.fault("stated-twice", at, found, "keep one of the two");
            }
            let of_kind = |kind| {
                let sums = of_it.iter().filter(|one| one.kind == kind);
                Pence::total(sums.map(|one| one.pence))
            };
            let (needed, coming) = (of_kind(LineKind::Needed)?, of_kind(LineKind::Coming)?);
            let is_worked_out = of_it.iter().any(|one| one.kind != LineKind::Stated);
            let (Some(stated), true) = (stated.first(), is_worked_out) else {
                continue;
            };
            let worked_out = Pence::total([needed, -coming])?;
            let difference = Pence::total([stated.pence, -worked_out])?;
            if difference != Pence::ZERO {
                self.findings.push(Finding {
                    rule: "gap-differs".into(),
                    severity: Severity::Fault,
                    position: stated.position.clone().column("pounds"),
                    found: format!(
                        "a gap of {} is stated, and {needed} needed less {coming} coming in are {worked_out}",
                        stated.pence
                    ),
                    at_stake: Some(difference.max(-difference)),
                    remedy: "correct the one that is wrong, or take the stated gap out".into(),
                });
            }
        }
        Ok(())
    }

    fn reduction(&mut self, cells: &Cells) -> Option<Reduction> {
        let there = self.all_there(
            cells,
            &[
                ("code", "give it a short code of its own"),
                ("partner", "write the code of the partner that spends less"),
                ("period", "write from which year, as `2025-26`"),
                ("name", "write what is reduced"),
                ("pounds", "write how much a year"),
                (
                    "lasts",
                    "write `on` where it counts in later years too, or `once`",
                ),
                (
                    "status",
                    "write `proposed`, `planned`, `agreed`, `delivered` or `withdrawn`",
                ),
                ("source", "write where it is written down"),
            ],
        );
        let partner = self.partner(cells, "partner");
        let period = self.years(cells);
        if let Some(period) = period
            && period.months() != 12
        {
            let found = format!("{period} is several years");
            let remedy = "write the year from which it counts";
            self.fault(RULE, cells.at_column("period"), found, remedy);
        }
        let pence = self.pounds(cells, "pounds", RULE);
        let lasts = self.word(cells, "lasts", RULE, &Lasts::WORDS);
        let status = self.word(cells, "status", RULE, &ReductionStatus::WORDS);
        let falls_on = self.partner(cells, "falls_on");
        if falls_on.is_some() && falls_on == partner {
            let found = "it falls on the partner that makes it";
            let remedy = "name the other partner that bears the cost, or leave `falls_on` empty";
            self.fault(RULE, cells.at_column("falls_on"), found, remedy);
        }
        let place = match cells.text("place") {
            "" => Some(self.place.locality()),
            _ => self.locality(cells, "place"),
        };
        let cell = self.account_cell_of(cells, RULE, partner);
        Some(Reduction {
            code: cells.text("code").to_owned(),
            partner: partner?,
            period: period?,
            name: cells.text("name").to_owned(),
            pence: pence?,
            lasts: lasts?,
            status: status?,
            falls_on,
            place: place?,
            cell,
            source: cells.text("source").to_owned(),
            note: cells.text("note").to_owned(),
            position: cells.at(),
        })
        .filter(|_| there)
    }
}
