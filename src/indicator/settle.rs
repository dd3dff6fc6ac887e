//! What is left to do when all figures are read: halves without their other half, counts that
//! cannot be, rates that their own counts do not make.
//!
//! Afterwards an observation whose status has a figure has one, and counts stand only beside a
//! figure that is not withheld, so that no count gives away what a publisher withholds.

use super::area::Area;
use super::definition::{Indicator, ValueType};
use super::fields::Fields;
use super::observation::Observation;
use super::opener::Opener;
use super::{Count, Indicators, Status, read};
use crate::axis::{Ages, Period};
use crate::driver::Groups;
use crate::finding::{Finding, Position, Severity};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Indicator → driver and ages that count the people below its line.
pub(super) type DriverDenominators = BTreeMap<u32, (usize, Ages)>;

impl Opener<'_> {
    /// Takes out figures that the pack does not believe, and says so.
    pub(super) fn withdrawn(&mut self, withdrawn: Vec<(u32, Area, Fields)>, all: &mut Indicators) {
        for (number, area, row) in withdrawn {
            let mut taken = 0;
            for (&(_, of), observation) in &mut all.observations[number as usize] {
                if of == area {
                    observation.withdraw();
                    taken += 1;
                }
            }
            let (severity, remedy) = match taken {
                0 => (
                    Severity::Fault,
                    "correct the row: nothing is there to take out",
                ),
                _ => (Severity::Notice, "nothing to do here; tell the publisher"),
            };
            self.findings.push(Finding {
                rule: "figures-withdrawn".to_owned(),
                severity,
                position: row.at("area"),
                found: format!(
                    "{taken} figures of `{}` for {} are not used: {}",
                    row.text("indicator"),
                    row.text("area"),
                    row.text("why")
                ),
                at_stake: None,
                remedy: remedy.to_owned(),
            });
        }
    }

    /// Settles every observation.
    pub(super) fn settle(&mut self, denominators: &DriverDenominators, all: &mut Indicators) {
        let place = std::sync::Arc::clone(&all.place);
        for (number, indicator) in (0..).zip(&all.indicators) {
            let mut wrong: Vec<(Period, Area, String)> = Vec::new();
            for (&(period, area), told) in &mut all.observations[number as usize] {
                if let (None, Some(&(driver, ages)), Area::Here(locality)) =
                    (told.denominator, denominators.get(&number), area)
                {
                    let driver = &place.drivers()[driver];
                    let leaves = place.axes().localities.leaves(locality);
                    told.denominator = Some(match driver.mass(leaves, ages, Groups::All) {
                        Ok(mass) => Count {
                            figure: Decimal::from(mass).checked_div(Decimal::from(driver.scale())),
                            // Residents of another count than the one above the line.
                            status: Status::Estimated,
                        },
                        Err(_) => Count::missing(Status::Unavailable),
                    });
                }
                if let Err(found) = one(indicator, told) {
                    wrong.push((period, area, found));
                }
            }
            for (period, area, found) in wrong {
                self.findings.push(Finding::fault(
                    "impossible-figure",
                    Position::file(self.file),
                    format!(
                        "`{}` for {} in {period}: {found}",
                        indicator.code,
                        all.area_name(area)
                    ),
                    "check the figure with its publisher; it is not used",
                ));
            }
        }
        self.unlike_their_counts(all);
    }

    /// A published rate that its own counts do not make has the wrong counts, or is of others.
    fn unlike_their_counts(&mut self, all: &Indicators) {
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
                remedy: "check that the counts are of the same people; intervals and larger \
                         places are made from the counts"
                    .to_owned(),
            });
        }
    }
}

/// Makes one observation agree with itself, or takes out what cannot be.
fn one(indicator: &Indicator, told: &mut Observation) -> Result<(), String> {
    if told.value.is_some_and(|value| !value.status.has_figure()) {
        // What is withheld must not be worked out from the counts beside it.
        (told.numerator, told.denominator) = (None, None);
        (told.lower, told.upper) = (None, None);
        return Ok(());
    }
    if indicator.form != ValueType::Count && told.value.is_none() {
        // One count without the other is no figure; the status says which is not there.
        let missing = Count::missing(Status::NotCollected);
        if told.numerator.is_some() != told.denominator.is_some() {
            told.numerator = told.numerator.or(Some(missing));
            told.denominator = told.denominator.or(Some(missing));
        }
    }
    if let Some(found) = read::more_than_all(indicator, told) {
        told.withdraw();
        return Err(found);
    }
    if told.status().has_figure() && told.figure(indicator).is_none() {
        told.withdraw();
        return Err("its counts are too large to be divided".to_owned());
    }
    let value = told.value.and_then(|value| value.figure);
    let limits = (told.lower, value, told.upper);
    let between = match limits {
        (Some(lower), Some(value), Some(upper)) => lower <= value && value <= upper,
        (None, _, None) => true,
        _ => false,
    };
    if !between {
        let shown = |limit: Option<Decimal>| limit.map_or("none".to_owned(), |l| l.to_string());
        let found = format!(
            "published limits {} and {} are not around the value {}; they are not used",
            shown(told.lower),
            shown(told.upper),
            shown(value)
        );
        (told.lower, told.upper) = (None, None);
        return Err(found);
    }
    Ok(())
}
