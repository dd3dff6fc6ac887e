//! What a whole place would have and no ledger holds, in words.

use super::locality::LocalityReport;
use super::rounding::{self, percents};
use crate::disclosure::Shown;
use crate::money::Pence;
use crate::place::Absent;
use crate::text::counted;

/// What is not in the figures of the whole place, and what share of its public money they are,
/// as far as sizes are published. Nothing where the pack has no register of it.
pub fn absent_in_words(report: &LocalityReport) -> Vec<String> {
    let absent = &report.absent;
    if absent.is_empty() {
        return Vec::new();
    }
    let place = &report.whole.name;
    let mut words = vec![format!(
        "{} of public money of {place} are not in these figures, because no ledger of them is held.",
        counted(absent.len() as u64, "kind")
    )];
    words.extend(known_share(report));
    let unknown: Vec<&str> = (absent.iter())
        .filter(|one| one.size.is_none())
        .map(|one| one.body.as_str())
        .collect();
    if !unknown.is_empty() {
        words.push(format!(
            "Of unknown size, and in no share: {}.",
            unknown.join("; ")
        ));
    }
    words
}

/// What is accounted for, as a share of that and what is absent with a known size; none where nobody
/// can say it.
pub fn known_share(report: &LocalityReport) -> Option<String> {
    let sized = report.absent.iter().filter_map(|one| one.size.as_ref());
    let sizes: Vec<Pence> = sized.map(|size| size.pence).collect();
    let known = report.whole.as_shown().sum().pence()?;
    // A boundary of some partners is no share of the whole place.
    if sizes.is_empty() || known <= Pence::ZERO || report.boundary != ALL_PARTNERS {
        return None;
    }
    let absent = Pence::total(sizes.iter().copied()).ok()?;
    let both = Pence::total([known, absent]).ok()?;
    let shares = percents(&[known, absent].map(|sum| sum.get().unsigned_abs()));
    let of = match shares.first()? {
        Some(share) => format!("{share}%"),
        None => "under 1%".to_owned(),
    };
    Some(format!(
        "Public money that is not in these figures, as far as its size is published (each in the year that its source names or does not name), comes to {}, beside the {} accounted for here: these figures are about {of} of {}.",
        rounding::in_words(absent),
        rounding::in_words(known),
        rounding::in_words(both)
    ))
}

/// How a report names the boundary around everybody.
const ALL_PARTNERS: &str = "all partners";

/// The size of absent money, as it may be shown.
pub fn absent_size(absent: &Absent) -> Shown {
    (absent.size.as_ref()).map_or(Shown::NothingRecorded, |size| Shown::of_sum(size.pence))
}
