//! Codes that mean several localities, each with a weight.

use super::CrosswalkRow;
use super::weights::Weights;
use crate::axis::{Composed, Gap, Localities, LocalityId, LocalityMix, Placed};
use crate::finding::{Finding, Findings};
use std::collections::BTreeMap;

/// Makes one row of the rows of each code that means several localities, or one by somebody's
/// judgement: to the mix, which is added to the localities.
pub(crate) fn mixed_localities(
    rows: Vec<CrosswalkRow>,
    localities: &mut Localities,
) -> (Vec<CrosswalkRow>, Findings) {
    let mut findings = Findings::new();
    let mut by_code: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (number, row) in rows.iter().enumerate() {
        if row.axis == "locality" {
            let code = (row.ledger.clone(), row.code.clone());
            by_code.entry(code).or_default().push(number);
        }
    }
    // What becomes of a row that is part of a mix: the first names the mix, the others go.
    let mut instead: BTreeMap<usize, Option<String>> = BTreeMap::new();
    for ((ledger, code), numbers) in &by_code {
        let of_code: Vec<&CrosswalkRow> = numbers.iter().map(|&number| &rows[number]).collect();
        let plain = |row: &CrosswalkRow| {
            (row.weight.is_empty() || row.weight == "1") && row.class.is_empty()
        };
        if let [only] = of_code.as_slice()
            && plain(only)
        {
            continue;
        }
        // Rows that say the same say it once.
        let same = |row: &&CrosswalkRow| {
            plain(row) && (&row.to, &row.gap) == (&of_code[0].to, &of_code[0].gap)
        };
        if of_code.iter().all(same) {
            continue;
        }
        // What no locality has is told where single rows are read.
        let places = of_code.iter().map(|row| place(row, localities));
        let Some(places) = places.collect::<Option<Vec<Placed<LocalityId>>>>() else {
            continue;
        };
        let weights = match Weights::of(&of_code) {
            Ok(weights) => weights,
            Err(why) => {
                let remedy = if of_code.iter().all(|row| row.weight.is_empty()) {
                    "leave one row for this code; to divide its money, give each row a weight and a class"
                } else {
                    "correct the rows of this code"
                };
                findings.push(Finding::fault(
                    "crosswalk-rows-clash",
                    of_code[0].position.clone(),
                    format!("`{code}` of ledger `{ledger}` has, on locality, {why}"),
                    remedy,
                ));
                instead.extend(numbers.iter().map(|&number| (number, None)));
                continue;
            }
        };
        let parts = places.into_iter().zip(weights.each);
        let by = "weights of the crosswalk".to_owned();
        let Some(mix) = LocalityMix::new(parts, weights.class, by) else {
            continue;
        };
        let to = added(mix, localities);
        instead.extend(numbers.iter().map(|&number| (number, None)));
        instead.insert(numbers[0], Some(to));
    }
    let kept =
        rows.into_iter()
            .enumerate()
            .filter_map(|(number, row)| match instead.remove(&number) {
                None => Some(row),
                Some(None) => None,
                Some(Some(to)) => Some(CrosswalkRow {
                    to,
                    weight: String::new(),
                    class: String::new(),
                    gap: String::new(),
                    ..row
                }),
            });
    (kept.collect(), findings)
}

/// The locality or gap of a row; nothing where it is not clear.
fn place(row: &CrosswalkRow, localities: &Localities) -> Option<Placed<LocalityId>> {
    match (row.to.as_str(), row.gap.as_str()) {
        (to, "") if !to.is_empty() => localities.find(to).ok().map(Placed::On),
        ("", gap) => (Gap::ALL.into_iter().find(|known| known.name() == gap)).map(Placed::Gap),
        _ => None,
    }
}

/// Adds a mix to the localities and gives the text by which it is found.
fn added(mix: LocalityMix, localities: &mut Localities) -> String {
    let part = |&(place, weight): &(Placed<LocalityId>, u64)| match place {
        Placed::On(locality) => {
            let code = localities.spelled(locality).unwrap_or_default();
            (
                format!("{code} {weight}"),
                localities.name(locality).to_owned(),
                weight,
            )
        }
        Placed::Gap(gap) => (format!("{gap} {weight}"), format!("({gap})"), weight),
    };
    let parts: Vec<(String, String, u64)> = mix.parts.iter().map(part).collect();
    let codes: Vec<&str> = parts.iter().map(|(code, ..)| code.as_str()).collect();
    let names = parts.iter().map(|(_, name, weight)| match mix.parts.len() {
        1 => name.clone(),
        _ => format!("{name} {weight}/{}", mix.whole),
    });
    let composed = Composed {
        code: format!("{} ({})", codes.join(" + "), mix.class),
        name: names.collect::<Vec<_>>().join(" + "),
        area: Vec::new(),
        mix: Some(mix),
    };
    let code = composed.code.clone();
    localities.compose(composed);
    code
}
