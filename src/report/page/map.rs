//! The map of places, shaded by pounds a head, with a numbered list that says the same in words.

use super::address::place_href;
use super::spending::is_shared_out;
use super::words::counted;
use crate::axis::Evidence;
use crate::disclosure::Released;
use crate::money::Pence;
use crate::report::content::{PlacePage, Shown};
use crate::report::picture::{Frame, MapPlace, SHADES, Shape, map};
use crate::report::site::Site;
use maud::{Markup, html};

/// A shade stands for a twentieth of what is spent for each resident of the whole, or more.
const WORTH_A_SHADE: i64 = 20;

/// At most five steps of equal width, in whole pounds, so that the key can be read; and none so
/// narrow that a shade would make much of little.
struct Shading {
    from: i64,
    step: i64,
    steps: i64,
}

impl Shading {
    fn over(low: Pence, high: Pence, overall: Pence) -> Self {
        let (from, to) = (low.get().div_euclid(100), high.get().div_euclid(100) + 1);
        let most = i64::try_from(SHADES).unwrap_or(1);
        let least = (overall.get().saturating_abs()).div_euclid(100 * WORTH_A_SHADE);
        let step = ((to - from) + most - 1).div_euclid(most).max(least).max(1);
        let steps = ((to - from) + step - 1).div_euclid(step).max(1);
        Self { from, step, steps }
    }

    /// The bounds of each shade in words.
    fn bounds(&self) -> Vec<String> {
        let bound = |i: i64| {
            let pounds = Pence::new((self.from + i * self.step).saturating_mul(100)).to_string();
            pounds.trim_end_matches(".00").to_owned()
        };
        (0..self.steps)
            .map(|i| format!("{} to under {}", bound(i), bound(i + 1)))
            .collect()
    }

    fn shade(&self, each: Pence) -> Option<usize> {
        let pounds = each.get().div_euclid(100);
        usize::try_from((pounds - self.from).div_euclid(self.step)).ok()
    }
}

/// Pounds a head of a place, where its sum is shown.
fn each(place: &PlacePage) -> Option<Pence> {
    place.shown.pence()?;
    place.as_shown().per_head()
}

fn words(place: &PlacePage) -> String {
    match each(place) {
        Some(each) => format!("{each} a head, {}", place.shown),
        None => place.shown.to_string(),
    }
}

/// The map and its list; nothing where no place has both an outline and a figure.
pub(super) fn map_of_places(site: &Released<Site>) -> Markup {
    let (report, shapes) = (&site.get().report, &site.get().shapes);
    let shape = |place: &PlacePage| shapes.iter().find(|shape| shape.code == place.code);
    let mapped: Vec<(&PlacePage, &Shape)> = (report.places.iter())
        .filter_map(|place| Some((place, shape(place)?)))
        .collect();
    let unmapped: Vec<&str> = (report.places.iter())
        .filter(|place| shape(place).is_none())
        .map(|place| place.name.as_str())
        .collect();
    let heads: Vec<Pence> = mapped.iter().filter_map(|(place, _)| each(place)).collect();
    let (Some(&low), Some(&high)) = (heads.iter().min(), heads.iter().max()) else {
        return html! {};
    };
    let overall = report.whole.as_shown().per_head().unwrap_or(high);
    let shading = Shading::over(low, high, overall);
    let places: Vec<MapPlace<'_>> = (mapped.iter().enumerate())
        .map(|(i, &(place, shape))| MapPlace {
            shape,
            number: i + 1,
            name: &place.name,
            href: place_href(site.get(), &place.code).unwrap_or_default(),
            words: words(place),
            each: each(place).map_or_else(|| place.shown.to_string(), |each| each.to_string()),
            shade: each(place).and_then(|each| shading.shade(each)),
        })
        .collect();
    let months = report.which_months();
    let months = months.map_or_else(String::new, |months| format!(", {months}"));
    let title = format!(
        "Pounds a head in each place of {}, {}{months}",
        report.whole.name, report.period
    );
    let described = format!(
        "{}. The least is {low} a head, the most {high}. The list beside it has each.",
        counted(places.len(), "place", "places")
    );
    let frame = Frame {
        id: "map",
        title: &title,
        description: &described,
        note: Some(&site.get().map_source),
        table: Some("index-by-place"),
    };
    html! {
        (lead(&mapped))
        div.two {
            (map(&frame, &places, site.get().map_height, &shading.bounds()))
            ol.numbered {
                @for place in &places {
                    li { a href=(place.href) { (place.name) } " " (place.each) }
                }
            }
        }
        @if !unmapped.is_empty() { p.downloads { "Not on the map, for want of an outline: " (unmapped.join(", ")) "." } }
    }
}

/// What a reader must know who compares the places.
fn lead(mapped: &[(&PlacePage, &Shape)]) -> Markup {
    let recorded =
        |place: &PlacePage| matches!(place.as_shown().class(Evidence::Direct), Shown::Known(_));
    html! {
        @if mapped.iter().all(|(place, _)| is_shared_out(place.as_shown())) {
            p {
                "Most of what stands for a single place is shared out by residents, so places look alike here. What differs is how many live there at each age"
                @if mapped.iter().any(|(place, _)| recorded(place)) { ", and what is recorded for the place itself" }
                "."
            }
        }
    }
}
