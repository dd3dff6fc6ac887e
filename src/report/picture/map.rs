//! The map of places: shades of one hue, with a key, and a number for each place.

use super::shape::{Shape, WIDTH};
use super::{Frame, px};
use maud::{Markup, html};

/// A place on the map.
pub(in crate::report) struct MapPlace<'a> {
    /// Its outline.
    pub shape: &'a Shape,
    /// Its number in the list beside the map.
    pub number: usize,
    /// Its name.
    pub name: &'a str,
    /// Its page.
    pub href: String,
    /// Its figure in words.
    pub words: String,
    /// The figure alone, for the list beside the map.
    pub each: String,
    /// Its shade, 0 the lightest; none where nothing may be shown or nothing is known.
    pub shade: Option<usize>,
}

/// How many shades there are; their colours stand in the style sheet.
pub(in crate::report) const SHADES: usize = 5;

/// Places shaded by a figure, with the bounds of each shade in words.
pub(in crate::report) fn map(
    frame: &Frame<'_>,
    places: &[MapPlace<'_>],
    height: f64,
    key: &[String],
) -> Markup {
    let view = format!("0 0 {} {}", px(WIDTH), px(height));
    let any_hidden = places.iter().any(|place| place.shade.is_none());
    frame.around(&html! {
        svg.map viewBox=(view) role="group" aria-labelledby=(frame.labels()) {
            (frame.told())
            @for place in places {
                a href=(place.href) aria-label={ (place.name) ": " (place.words) } {
                    path class=(shade(place.shade)) d=(place.shape.path) fill-rule="evenodd" {
                        title { (place.name) ": " (place.words) }
                    }
                }
            }
            g aria-hidden="true" {
                @for place in places {
                    text class=(if place.shade.is_some_and(|shade| shade + 2 >= SHADES) { "on-dark" } else { "on-light" })
                        x=(px(place.shape.inside.0)) y=(px(place.shape.inside.1)) {
                        (place.number)
                    }
                }
            }
        }
        ul.shades {
            @for (i, bounds) in key.iter().enumerate() {
                li {
                    svg width="28" height="14" aria-hidden="true" focusable="false" {
                        rect class=(shade(Some(i))) width="28" height="14" {}
                    }
                    " " (bounds)
                }
            }
            @if any_hidden {
                li {
                    svg width="28" height="14" aria-hidden="true" focusable="false" {
                        rect.suppressed width="28" height="14" {}
                    }
                    " no figure to show"
                }
            }
        }
    })
}

fn shade(number: Option<usize>) -> String {
    number.map_or_else(
        || "suppressed".to_owned(),
        |number| format!("shade-{}", number.min(SHADES - 1)),
    )
}

/// Where one place lies among the others.
pub(in crate::report) fn locator(
    frame: &Frame<'_>,
    shapes: &[Shape],
    height: f64,
    here: &str,
) -> Markup {
    let view = format!("0 0 {} {}", px(WIDTH), px(height));
    frame.around(&html! {
        svg.map viewBox=(view) role="img" aria-labelledby=(frame.labels()) {
            (frame.told())
            @for shape in shapes {
                path class=(if shape.code == here { "here" } else { "elsewhere" })
                    d=(shape.path) fill-rule="evenodd" {}
            }
        }
    })
}
