//! The bar of evidence classes, with words.

use super::{patterns, percent};
use crate::axis::Evidence;
use crate::cube::Composition;
use crate::report::content::evidence::{class_words, sizes};
use maud::{Markup, html};

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
