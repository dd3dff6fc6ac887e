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
    /// How it is filled.
    pub fill: Fill,
}

/// How a place is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Fill {
    /// By its figure: 0 is the lightest shade.
    Shade(usize),
    /// It has a figure, of which nobody can tell that it differs.
    Alike,
    /// Its figure may not be shown.
    Withheld,
    /// Nothing is known.
    Nothing,
}

/// How many shades there are; their colours stand in the style sheet.
pub(in crate::report) const SHADES: usize = 5;

/// Places shaded by a figure, with the bounds of each shade in words, and the words for those that are
/// alike.
pub(in crate::report) fn map(
    frame: &Frame<'_>,
    places: &[MapPlace<'_>],
    height: f64,
    key: &[String],
    alike: &str,
) -> Markup {
    let view = format!("0 0 {} {}", px(WIDTH), px(height));
    let any = |fill: Fill| places.iter().any(|place| place.fill == fill);
    frame.around(&html! {
        svg.map viewBox=(view) role="group" aria-labelledby=(frame.labels()) {
            (frame.told())
            @for place in places {
                a href=(place.href) aria-label={ (place.name) ": " (place.words) } {
                    path class=(class(place.fill)) d=(place.shape.path) fill-rule="evenodd" {
                        title { (place.name) ": " (place.words) }
                    }
                }
            }
            g aria-hidden="true" {
                @for place in places {
                    text class=(on(place.fill))
                        x=(px(place.shape.inside.0)) y=(px(place.shape.inside.1)) {
                        (place.number)
                    }
                }
            }
        }
        ul.shades {
            @for (i, bounds) in key.iter().enumerate() { (entry(Fill::Shade(i), bounds)) }
            @if any(Fill::Alike) { (entry(Fill::Alike, alike)) }
            @if any(Fill::Withheld) { (entry(Fill::Withheld, "confidential")) }
            @if any(Fill::Nothing) { (entry(Fill::Nothing, "no figure to show")) }
        }
    })
}

fn entry(fill: Fill, words: &str) -> Markup {
    html! {
        li {
            svg width="28" height="14" aria-hidden="true" focusable="false" {
                rect class=(class(fill)) width="28" height="14" {}
            }
            " " (words)
        }
    }
}

fn class(fill: Fill) -> String {
    match fill {
        Fill::Shade(number) => format!("shade-{}", number.min(SHADES - 1)),
        Fill::Alike => "alike".to_owned(),
        Fill::Withheld | Fill::Nothing => "suppressed".to_owned(),
    }
}

/// The number of a place on its fill.
fn on(fill: Fill) -> &'static str {
    match fill {
        Fill::Shade(number) if number + 2 >= SHADES => "on-dark",
        Fill::Shade(_) => "on-light",
        Fill::Alike | Fill::Withheld | Fill::Nothing => "on-light halo",
    }
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
