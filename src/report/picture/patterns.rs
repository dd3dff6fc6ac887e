//! The patterns of evidence classes and of pounds that are no money, so that they differ in grey and on paper.

use crate::axis::Evidence;
use maud::{Markup, html};

/// The style class of an evidence class: its fill stands in the style sheet.
pub(super) const fn class(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Direct => "e-direct",
        Evidence::Driver => "e-driver",
        Evidence::Population => "e-population",
        Evidence::Judgement => "e-judgement",
    }
}

/// Definitions that every picture of the page refers to; once a page, in its body.
pub(in crate::report) fn patterns() -> Markup {
    html! {
        svg.patterns width="0" height="0" aria-hidden="true" focusable="false" {
            defs {
                pattern id="p-driver" width="6" height="6" patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)" {
                    rect width="6" height="6" fill="#2f7f86" {}
                    rect width="2" height="6" fill="#fff" {}
                }
                pattern id="p-population" width="6" height="4" patternUnits="userSpaceOnUse" {
                    rect width="6" height="4" fill="#9ccbe8" {}
                    rect width="6" height="1" fill="#2c6c99" {}
                }
                pattern id="p-judgement" width="7" height="7" patternUnits="userSpaceOnUse" {
                    rect width="7" height="7" fill="#fbe3b0" {}
                    circle cx="2" cy="2" r="1.4" fill="#8a4b00" {}
                    circle cx="5.5" cy="5.5" r="1.4" fill="#8a4b00" {}
                }
                pattern id="p-alike" width="9" height="9" patternUnits="userSpaceOnUse" {
                    rect width="9" height="9" fill="#f4f4f4" {}
                    circle cx="2.5" cy="2.5" r="1" fill="#8a8a8a" {}
                    circle cx="7" cy="7" r="1" fill="#8a8a8a" {}
                }
                pattern id="p-freed" width="7" height="7" patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)" {
                    rect width="7" height="7" fill="#fff" {}
                    rect width="2" height="7" fill="#3a7cae" {}
                }
                pattern id="p-kind" width="7" height="7" patternUnits="userSpaceOnUse" {
                    rect width="7" height="7" fill="#fff" {}
                    circle cx="2" cy="2" r="1.4" fill="#b35c00" {}
                    circle cx="5.5" cy="5.5" r="1.4" fill="#b35c00" {}
                }
                pattern id="p-suppressed" width="8" height="8" patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)" {
                    rect width="8" height="8" fill="#fff" {}
                    rect width="1" height="8" fill="#444" {}
                }
            }
        }
    }
}
