//! Texts that are one to every rule of a pack: they get one number, and an engine adds up their lines.

use crate::axis::{Gap, Placed};
use crate::crosswalk::Coding;
use crate::ledger::{FileElsewhere, Ledger};
use crate::money::MoneyError;
use crate::place::{LedgerPlan, Place};
use std::collections::{BTreeSet, HashMap};

/// The texts of one column in classes.
#[derive(Debug, Default)]
pub(super) struct Classes {
    /// The class of each text, in the order of the texts.
    pub(super) of: Vec<usize>,
    /// Of each class a text that says what all of it say.
    pub(super) shown: Vec<String>,
}

/// All that a text says.
#[derive(Debug, Default, PartialEq, Eq, Hash)]
struct Meaning {
    to_the_reader: String,
    places: Vec<Coding>,
    conditions: Vec<usize>,
    /// A text with a finding of its own, or one that is joined with others.
    apart: Option<String>,
}

impl Classes {
    /// Puts texts of a column that say the same into one class.
    ///
    /// # Errors
    ///
    /// As placing lines: never, because these have no money.
    pub(super) fn of(
        place: &Place,
        plan: &LedgerPlan,
        file: &mut FileElsewhere<'_>,
        column: usize,
        texts: &[String],
    ) -> Result<Self, MoneyError> {
        let mut meanings: Vec<Meaning> = (texts.iter())
            .map(|text| Meaning {
                to_the_reader: file.says(column, text),
                ..Meaning::default()
            })
            .collect();
        let trimmed: Vec<String> = texts.iter().map(|text| text.trim().to_owned()).collect();
        let names: Vec<(&str, bool)> = file.code_names(column).collect();
        for (name, alone) in names {
            if alone {
                placed(place, plan, name, &trimmed, &mut meanings)?;
            } else {
                for (meaning, text) in meanings.iter_mut().zip(&trimmed) {
                    meaning.apart = Some(text.clone());
                }
            }
        }
        let mut classes = Self::default();
        let mut known = HashMap::with_capacity(meanings.len().min(1 << 16));
        for (meaning, text) in meanings.into_iter().zip(&trimmed) {
            let class = *known.entry(meaning).or_insert_with(|| {
                classes.shown.push(text.clone());
                classes.shown.len() - 1
            });
            classes.of.push(class);
        }
        Ok(classes)
    }
}

/// Adds what the rules of the pack make of the texts of one code.
fn placed(
    place: &Place,
    plan: &LedgerPlan,
    name: &str,
    texts: &[String],
    meanings: &mut [Meaning],
) -> Result<(), MoneyError> {
    let probe = Ledger::of_texts(&plan.id, plan.layout.codes.keys(), name, texts);
    let (mapped, _) = (plan.crosswalk).map(probe, plan.phase, place.axes(), place.mixes())?;
    let unmapped: BTreeSet<u64> = (mapped.unmapped().iter())
        .filter_map(|unmapped| unmapped.first.line)
        .collect();
    let excluded = plan.crosswalk.excluded_by(name, texts);
    let claimed = place.counterparties().met_by(&plan.id, name, texts);
    let replaced = (place.replacements().iter())
        .filter(|replacement| replacement.ledger == plan.id)
        .filter_map(|replacement| replacement.codes.get(name));
    let replaced: Vec<_> = replaced.collect();
    let lines = mapped.ledger().lines();
    for (((line, meaning), text), row) in lines.zip(&mut *meanings).zip(texts).zip(1..) {
        let coding = mapped.coding(&line);
        let nowhere = coding.locality == Placed::Gap(Gap::Unmapped) || unmapped.contains(&row);
        meaning.places.push(coding);
        let of_line = line.index();
        for met in [&excluded, &claimed] {
            // The lists stand one after another, each with its length.
            let met = met.get(of_line).map_or(&[][..], Vec::as_slice);
            meaning.conditions.push(met.len());
            meaning.conditions.extend(met);
            if met.contains(&usize::MAX) {
                meaning.apart = Some(text.clone());
            }
        }
        let mut met = replaced.iter().map(|codes| codes.contains(text));
        meaning.conditions.extend(met.by_ref().map(usize::from));
        if nowhere {
            meaning.apart = Some(text.clone());
        }
    }
    Ok(())
}
