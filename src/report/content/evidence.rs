//! How a sum is known, in the words that pages and files use.

use super::rounding::percents;
use crate::axis::Evidence;
use crate::cube::Composition;

/// An evidence class in plain words.
pub const fn class_words(class: Evidence) -> &'static str {
    match class {
        Evidence::Direct => "recorded",
        Evidence::Driver => "shared by use",
        Evidence::Population => "shared by residents",
        Evidence::Judgement => "by judgement",
    }
}

/// What each class weighs, whatever its sign.
pub fn sizes(composition: &Composition) -> [u64; 4] {
    Evidence::ALL.map(|class| composition.of(class).get().unsigned_abs())
}

/// `84% recorded, 15% shared by residents, under 1% by judgement`, best class first; percentages
/// add up to 100 unless some are under 1.
pub fn in_words(composition: &Composition) -> String {
    let sizes = sizes(composition);
    let shares = percents(&sizes);
    let some: Vec<(Evidence, Option<u64>)> = (Evidence::ALL.into_iter())
        .zip(shares)
        .zip(sizes)
        .filter(|(_, size)| *size > 0)
        .map(|(class, _)| class)
        .collect();
    let others_tiny = some.iter().filter(|(_, share)| share.is_some()).count() == 1;
    match some.as_slice() {
        [] => "nothing".to_owned(),
        [(only, _)] => format!("all {}", class_words(*only)),
        some => {
            let words = some.iter().map(|(class, share)| match share {
                Some(_) if others_tiny => format!("over 99% {}", class_words(*class)),
                Some(share) => format!("{share}% {}", class_words(*class)),
                None => format!("under 1% {}", class_words(*class)),
            });
            let words = words.collect::<Vec<_>>().join(", ");
            // Shares of a sum of spending and income say nothing unless signs are left out.
            let sign = |class| composition.of(class).get().signum();
            let mixed = |wanted| Evidence::ALL.into_iter().any(|class| sign(class) == wanted);
            if mixed(1) && mixed(-1) {
                format!("{words}, by size: part of it is income")
            } else {
                words
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Pence;

    #[test]
    fn classes_are_said_with_shares_that_add_up() {
        let of = |direct, population, judgement| {
            in_words(&Composition {
                direct: Pence::new(direct),
                population: Pence::new(population),
                judgement: Pence::new(judgement),
                driver: Pence::ZERO,
            })
        };
        assert_eq!(of(1, 0, 0), "all recorded");
        assert_eq!(of(0, 0, 0), "nothing");
        assert_eq!(
            of(-100, 300, 0),
            "25% recorded, 75% shared by residents, by size: part of it is income"
        );
        assert_eq!(
            of(844, 153, 3),
            "84% recorded, 15% shared by residents, under 1% by judgement"
        );
        assert_eq!(
            of(0, 9_990, 10),
            "over 99% shared by residents, under 1% by judgement"
        );
    }
}
