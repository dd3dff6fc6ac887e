//! The nearest known codes to an unknown one.

use std::cmp::Reverse;

/// Up to three of `known` that look most like `code`: for messages about unknown codes.
///
/// # Example
///
/// ```
/// use wholeplace::axis::nearest;
/// assert_eq!(nearest("ludow", ["ludlow", "oswestry", "wem"]), ["ludlow"]);
/// ```
pub fn nearest<'a>(code: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    const ENOUGH: f64 = 0.72;
    let wanted = code.to_lowercase();
    let mut scored: Vec<(u32, &str)> = known
        .into_iter()
        .filter_map(|candidate| {
            let lower = candidate.to_lowercase();
            let likeness = strsim::jaro_winkler(&wanted, &lower);
            let inside = wanted.len() >= 3 && (lower.contains(&wanted) || wanted.contains(&lower));
            // Whole thousandths, so that the order never depends on the last bit of a float.
            (likeness >= ENOUGH || inside).then_some(((likeness * 1000.0) as u32, candidate))
        })
        .collect();
    scored.sort_by_key(|&(score, candidate)| (Reverse(score), candidate));
    scored.dedup();
    scored
        .into_iter()
        .take(3)
        .map(|(_, candidate)| candidate.to_owned())
        .collect()
}

/// The tail of a message: `; did you mean …?`, or nothing.
pub(crate) fn did_you_mean(near: &[String]) -> String {
    if near.is_empty() {
        String::new()
    } else {
        let quoted: Vec<String> = near.iter().map(|code| format!("`{code}`")).collect();
        format!("; did you mean {}?", quoted.join(", "))
    }
}

/// The remedy for an unknown code: the nearest known ones, or all where none is near, or that there
/// are none.
pub(crate) fn name_one_of<'a>(
    code: &str,
    what: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> String {
    const SHOWN: usize = 12;
    let mut all: Vec<&str> = known.into_iter().filter(|one| !one.is_empty()).collect();
    let near = nearest(code, all.iter().copied());
    if !near.is_empty() {
        return format!("the nearest are {}", near.join(", "));
    }
    if all.is_empty() {
        return format!("there is no {what} at all; add one, or leave this out");
    }
    all.sort_unstable();
    all.dedup();
    let more = all.len().saturating_sub(SHOWN);
    all.truncate(SHOWN);
    let tail = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!("write one of {}{tail}", all.join(", "))
}
