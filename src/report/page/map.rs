//! The map of places, shaded by pounds a head, with a numbered list that says the same in words.

use super::address::place_href;
use super::spending::is_shared_out;
use super::words::counted;
use crate::axis::Evidence;
use crate::disclosure::Released;
use crate::money::Pence;
use crate::report::content::{LocalityReport, PlacePage, Shown};
use crate::report::picture::{Fill, Frame, MapPlace, SHADES, Shape, map};
use crate::report::site::Site;
use crate::report::text::{no_alternatives, tried_in_words};
use maud::{Markup, html};

/// What is said of figures between which other sharing rules leave no difference.
pub(super) const ALIKE: &str = "no difference that can be told";

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
    place.shown().pence()?;
    place.as_shown().per_head()
}

/// Whether a place is shaded by its figure: whether it differs from the whole whatever rules share the
/// money.
fn differs(report: &LocalityReport, place: &PlacePage) -> bool {
    each(place).is_some() && report.difference_of(place).is_some()
}

fn words(report: &LocalityReport, place: &PlacePage) -> String {
    match each(place) {
        Some(each) if differs(report, place) => format!("{each} a head, {}", place.shown()),
        Some(each) => format!(
            "{each} a head, {}; {ALIKE} from {}",
            place.shown(),
            report.whole.name
        ),
        None => place.shown().to_string(),
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
    // Only those that differ have a shade.
    let differing: Vec<&PlacePage> = (mapped.iter())
        .map(|&(place, _)| place)
        .filter(|place| differs(report, place))
        .collect();
    let shaded = || differing.iter().filter_map(|place| each(place));
    let shading =
        (shaded().min().zip(shaded().max())).map(|(low, high)| Shading::over(low, high, overall));
    let fill = |place: &PlacePage| match (each(place), &shading) {
        (None, _) if place.shown().is_withheld() => Fill::Withheld,
        (None, _) => Fill::Nothing,
        (Some(each), Some(shading)) if differs(report, place) => {
            shading.shade(each).map_or(Fill::Nothing, Fill::Shade)
        }
        (Some(_), _) => Fill::Alike,
    };
    let places: Vec<MapPlace<'_>> = (mapped.iter().enumerate())
        .map(|(i, &(place, shape))| MapPlace {
            shape,
            number: i + 1,
            name: &place.name,
            href: place_href(site.get(), &place.code).unwrap_or_default(),
            words: words(report, place),
            each: each(place).map_or_else(|| place.shown().to_string(), |each| each.to_string()),
            fill: fill(place),
        })
        .collect();
    let months = report.which_months();
    let months = months.map_or_else(String::new, |months| format!(", {months}"));
    let title = format!(
        "Pounds a head in each place of {}, {}{months}",
        report.whole.name, report.period
    );
    let described = format!(
        "{}, {} of them shaded. The least is {low} a head, the most {high}. The list beside it has each.",
        counted(places.len(), "place", "places"),
        differing.len()
    );
    let frame = Frame {
        id: "map",
        title: &title,
        description: &described,
        note: Some(&site.get().map_source),
        table: Some("index-by-place"),
    };
    html! {
        (lead(report, &mapped, differing.len()))
        div.two {
            (map(&frame, &places, site.get().map_height, &shading.map_or_else(Vec::new, |shading| shading.bounds()), ALIKE))
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
fn lead(report: &LocalityReport, mapped: &[(&PlacePage, &Shape)], differing: usize) -> Markup {
    let recorded =
        |place: &PlacePage| matches!(place.as_shown().class(Evidence::Direct), Shown::Known(_));
    let whole = &report.whole.name;
    let shared = (mapped.iter()).all(|(place, _)| is_shared_out(place.as_shown()));
    let figures = (mapped.iter()).filter(|(place, _)| each(place).is_some());
    let alike = figures.count() - differing;
    html! {
        @if let Some(words) = no_alternatives(report) { p { (words) } }
        @else if differing > 0 {
            p {
                (counted(differing, "place is", "places are")) " shaded: what is spent a head there differs from "
                (whole) " by at least nine tenths of what that difference varies by when other rules share the money (" (tried_in_words(report)) ")."
                @if alike > 0 { " Of the other " (alike) " there is " (ALIKE) "." }
            }
        } @else if mapped.iter().all(|(place, _)| !place.tried.is_told()) {
            p { "No place is shaded: what each would be under other sharing rules is not told, and without it nobody can say how much of a difference is the choice of rules." }
        } @else {
            p { "No place is shaded: none differs a head from " (whole) " by more than may hang on the choice of sharing rules (" (tried_in_words(report)) "), so places look alike here." }
        }
        @if differing == 0 && shared {
            p {
                "Most of what stands for a single place is shared out by residents. What differs is how many live there at each age"
                @if mapped.iter().any(|(place, _)| recorded(place)) { ", and what is recorded for the place itself" }
                "."
            }
        }
    }
}
