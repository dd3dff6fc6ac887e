//! What is left to check when all figures are read: counts against each other and their rates.

use super::area::Area;
use super::definition::Form;
use super::fields::Fields;
use super::open::Opener;
use super::{Count, Indicators, Status, read};
use crate::finding::{Finding, Position, Severity};

impl Opener<'_> {
    /// A published rate that its own counts do not make has the wrong counts, or is of others.
    pub(super) fn unlike_their_counts(&mut self, all: &Indicators) {
        for (indicator, observations) in all.indicators.iter().zip(&all.observations) {
            let unlike = observations.iter().filter_map(|(&(period, area), told)| {
                Some((period, area, told.unlike(indicator)?))
            });
            let unlike: Vec<_> = unlike.collect();
            let Some(&(period, area, (published, made))) = unlike.first() else {
                continue;
            };
            self.findings.push(Finding {
                rule: "figure-unlike-its-counts".to_owned(),
                severity: Severity::Notice,
                position: Position::file(self.file),
                found: format!(
                    "{} figures of `{}` are not what their own counts make; the first is of {} in \
                     {period}: published {published}, from its counts {made}",
                    unlike.len(),
                    indicator.code,
                    all.area_name(area),
                ),
                at_stake: None,
                remedy:
                    "check that the counts are of the same people; intervals and larger places \
                         are made from the counts"
                        .to_owned(),
            });
        }
    }

    /// Published counts above the line that are more than all the people of a driver.
    pub(super) fn denominators_of_drivers(&mut self, all: &mut Indicators) {
        for &number in all.denominators.keys() {
            let indicator = &all.indicators[number as usize];
            let mut wrong = Vec::new();
            for &(period, area) in all.observations[number as usize].keys() {
                let observation = all.observed(number, area, period).unwrap_or_default();
                if let Some(found) = read::more_than_all(indicator, &observation) {
                    self.findings.push(Finding::fault(
                        "impossible-figure",
                        Position::file(self.file).column("denominators"),
                        format!(
                            "`{}` for {} in {period}: {found}",
                            indicator.code,
                            all.area_name(area)
                        ),
                        "check the figure and the driver; it is not used",
                    ));
                    wrong.push((period, area));
                }
            }
            for key in wrong {
                if let Some(observation) = all.observations[number as usize].get_mut(&key) {
                    observation.withdraw();
                }
            }
        }
    }

    /// Takes them out, and says so.
    pub(super) fn withdrawn(&mut self, withdrawn: Vec<(u32, Area, Fields)>, all: &mut Indicators) {
        for (number, area, row) in withdrawn {
            let mut taken = 0;
            for (&(_, of), observation) in &mut all.observations[number as usize] {
                if of == area {
                    observation.withdraw();
                    taken += 1;
                }
            }
            self.findings.push(Finding {
                rule: "figures-withdrawn".to_owned(),
                severity: Severity::Notice,
                position: row.at("area"),
                found: format!(
                    "{taken} figures of `{}` for {} are not used: {}",
                    row.text("indicator"),
                    row.text("area"),
                    row.text("why")
                ),
                at_stake: None,
                remedy: "nothing to do here; tell the publisher".to_owned(),
            });
        }
    }
}

/// A count above the line alone is no figure of a share or rate: its status says so.
pub(super) fn counts_without_the_other(all: &mut Indicators) {
    for (number, indicator) in (0..).zip(&all.indicators) {
        let shares = matches!(indicator.form, Form::Proportion | Form::Rate);
        if !shares || all.denominators.contains_key(&number) {
            continue;
        }
        for observation in all.observations[number as usize].values_mut() {
            let alone = observation.value.is_none() && observation.numerator.is_some();
            if alone && observation.denominator.is_none() {
                observation.denominator = Some(Count::missing(Status::NotCollected));
            }
        }
    }
}
