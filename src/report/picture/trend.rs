//! An indicator over time: figure, interval, target, and periods without a figure.

use super::scale::{Scale, number};
use super::{Frame, percent, px};
use crate::statistic::Interval;
use maud::{Markup, html};

/// One period.
pub(in crate::report) struct TrendPoint {
    /// The period in words.
    pub period: String,
    /// The figure.
    pub figure: Option<f64>,
    /// The figure as it is said.
    pub said: String,
    /// Its interval.
    pub interval: Option<Interval>,
    /// The target of the period.
    pub target: Option<f64>,
    /// The same of the country, where the pack has it.
    pub country: Option<f64>,
    /// Why there is no figure.
    pub status: &'static str,
}

const HEIGHT: f64 = 250.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 190.0;

/// Points joined where they follow one another; a period without a figure is named on the axis
/// and breaks the line.
pub(in crate::report) fn trend(
    frame: &Frame<'_>,
    points: &[TrendPoint],
    unit: &str,
    country_name: Option<&str>,
) -> Markup {
    let values = points.iter().flat_map(|point| {
        let interval = point
            .interval
            .map(|Interval { lower, upper }| [lower, upper]);
        [point.figure, point.target, point.country]
            .into_iter()
            .flatten()
            .chain(interval.into_iter().flatten())
    });
    let scale = Scale::over(values.chain([0.0])).rounded();
    let x = |i: usize| percent(0.09 + 0.86 * (i as f64 + 0.5) / points.len().max(1) as f64);
    let y = |value: f64| px(BOTTOM - (BOTTOM - TOP) * scale.at(value));
    let line = |of: &dyn Fn(&TrendPoint) -> Option<f64>| -> Vec<(usize, f64, f64)> {
        (points.windows(2).enumerate())
            .filter_map(|(i, pair)| Some((i, of(&pair[0])?, of(&pair[1])?)))
            .collect()
    };
    let own = line(&|point| point.figure);
    let country = line(&|point| point.country);
    let target = points
        .iter()
        .enumerate()
        .filter_map(|(i, p)| Some((i, p.target?)));
    let last = points.iter().rposition(|point| point.figure.is_some());
    let last_country = points.iter().rposition(|point| point.country.is_some());
    let half = 0.43 / points.len().max(1) as f64;
    // The word of the higher line stands above it, that of the lower below, so that they never meet.
    let of = |at: Option<usize>, value: &dyn Fn(&TrendPoint) -> Option<f64>| {
        at.and_then(|i| value(&points[i]))
    };
    let (own_last, country_last) = (of(last, &|p| p.figure), of(last_country, &|p| p.country));
    let own_above = own_last >= country_last;
    // Labels of many periods would run into one another: then every second one.
    let every = points.len().div_ceil(10).max(1);
    frame.around(&html! {
        svg.chart width="100%" height=(px(HEIGHT)) role="img" aria-labelledby=(frame.labels()) {
            (frame.told())
            text.unit y="12" { (unit) }
            @for tick in scale.ticks() {
                line.grid x1="9%" x2="100%" y1=(y(tick)) y2=(y(tick)) {}
                text.tick x="8%" y=(y(tick)) dy="4" text-anchor="end" { (number(tick)) }
            }
            @for (i, from, to) in country {
                line.country x1=(x(i)) x2=(x(i + 1)) y1=(y(from)) y2=(y(to)) {}
            }
            @if let Some((i, value)) = last_country.and_then(|i| Some((i, points[i].country?))) {
                text.halo.country-word x=(x(i)) y=(y(value)) dy=(if own_above { "17" } else { "-8" }) text-anchor="end" { (country_name.unwrap_or("country")) }
            }
            @for (i, value) in target {
                @let at = 0.09 + 0.86 * (i as f64 + 0.5) / points.len() as f64;
                line.target x1=(percent(at - half)) x2=(percent(at + half)) y1=(y(value)) y2=(y(value)) {}
                text.halo.target-word x=(x(i)) y=(y(value)) dy="-6" text-anchor="middle" { "target" }
            }
            @for (i, point) in points.iter().enumerate() {
                @if let Some(Interval { lower, upper }) = point.interval {
                    line.interval x1=(x(i)) x2=(x(i)) y1=(y(lower)) y2=(y(upper)) {}
                }
            }
            @for (i, from, to) in own {
                line.own x1=(x(i)) x2=(x(i + 1)) y1=(y(from)) y2=(y(to)) {}
            }
            @for (i, point) in points.iter().enumerate() {
                @match point.figure {
                    Some(figure) => {
                        circle.own cx=(x(i)) cy=(y(figure)) r="4" {
                            title { (point.period) ": " (point.said) }
                        }
                    }
                    None => {
                        text.missing x=(x(i)) y=(px(BOTTOM - 6.0)) text-anchor="middle" {
                            "×"
                            title { (point.period) ": " (point.status) }
                        }
                    }
                }
                @if (points.len() - 1 - i).is_multiple_of(every) {
                    g.period { svg x=(x(i)) y=(px(BOTTOM + 12.0)) overflow="visible" {
                        text transform="rotate(-35)" text-anchor="end" { (point.period) }
                    } }
                }
            }
            @if let Some(i) = last {
                text.halo.figure x=(x(i)) y=(y(points[i].figure.unwrap_or_default())) dy=(if own_above { "-10" } else { "21" }) text-anchor="middle" {
                    (points[i].said)
                }
            }
        }
    })
}
