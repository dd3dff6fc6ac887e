//! The bar of evidence classes, with words.

use super::{patterns, percent};
use crate::axis::Evidence;
use crate::cube::Composition;
use crate::report::content::rounding::percents;
use maud::{Markup, html};

/// An evidence class in plain words.
pub(in crate::report) const fn class_words(class: Evidence) -> &'static str {
    match class {
        Evidence::Direct => "recorded",
        Evidence::Driver => "shared by use",
        Evidence::Population => "shared by residents",
        Evidence::Judgement => "by judgement",
    }
}

/// What each class weighs, whatever its sign.
pub(super) fn sizes(composition: &Composition) -> [u64; 4] {
    Evidence::ALL.map(|class| composition.of(class).get().unsigned_abs())
}

/// `84% recorded, 15% shared by residents, under 1% by judgement`, best class first; percentages
/// add up to 100 unless some are under 1.
pub(in crate::report) fn in_words(composition: &Composition) -> String {
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
            match mixed(1) && mixed(-1) {
                true => format!("{words}, by size: part of it is income"),
                false => words,
            }
        }
    }
}

/// The bar alone: as wide as what holds it. The words stand beside it, so it says nothing more.
pub(in crate::report) fn bar_of_classes(composition: &Composition) -> Markup {
    let sizes = sizes(composition);
    html! {
        svg.evidence width="100%" height="10" aria-hidden="true" focusable="false" {
            (segments(&sizes, 0.0, 1.0, 0.0, HIGHEST))
        }
    }
}

/// Higher than any bar: the page's style says how much of it is seen.
const HIGHEST: f64 = 30.0;

/// Rectangles of the classes beside one another, over a span of the width.
pub(super) fn segments(sizes: &[u64; 4], from: f64, width: f64, top: f64, height: f64) -> Markup {
    let whole: f64 = sizes.iter().map(|&size| size as f64).sum();
    let mut at = from;
    let mut rects = Vec::new();
    for (class, &size) in Evidence::ALL.into_iter().zip(sizes) {
        if size == 0 || whole == 0.0 {
            continue;
        }
        let wide = width * size as f64 / whole;
        rects.push((class, at, wide));
        at += wide;
    }
    html! {
        @for (class, at, wide) in rects {
            rect class=(patterns::class(class)) x=(percent(at)) y=(super::px(top))
                width=(percent(wide)) height=(super::px(height)) {}
        }
    }
}

/// What the patterns mean, once a page.
pub(in crate::report) fn key() -> Markup {
    let meaning = |class: Evidence| match class {
        Evidence::Direct => "written down for this very place, group or activity",
        Evidence::Driver => "a larger sum shared out by a measure of service use",
        Evidence::Population => "a larger sum shared out by how many people live here",
        Evidence::Judgement => "a share that somebody chose",
    };
    html! {
        ul.key {
            @for class in Evidence::ALL {
                li {
                    svg width="28" height="12" aria-hidden="true" focusable="false" {
                        rect class=(patterns::class(class)) width="28" height="12" {}
                    }
                    " " b { (class_words(class)) } ": " (meaning(class))
                }
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
