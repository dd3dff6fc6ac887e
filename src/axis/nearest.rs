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
