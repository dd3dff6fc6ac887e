//! Spending beside outcome: a mark an area or year, with the interval of the outcome.

use super::scale::{Scale, number};
use super::{Frame, percent, px};
use crate::statistic::Interval;
use maud::{Markup, html};

/// One area or year.
pub(in crate::report) struct Mark {
    /// The number or word beside it.
    pub label: String,
    /// What it is, in words.
    pub words: String,
    /// Spending, in pounds.
    pub spend: f64,
    /// The outcome.
    pub outcome: f64,
    /// Its interval.
    pub interval: Option<Interval>,
    /// Whether it is the place of the report.
    pub own: bool,
}

const HEIGHT: f64 = 330.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 280.0;

/// Marks over spending, with the outcome upwards. No line is drawn through them: side by side is
/// not cause.
pub(in crate::report) fn scatter(
    frame: &Frame<'_>,
    marks: &[Mark],
    across: &str,
    up: &str,
) -> Markup {
    let outcomes = marks.iter().flat_map(|mark| {
        let interval = mark
            .interval
            .map(|Interval { lower, upper }| [lower, upper]);
        interval.into_iter().flatten().chain([mark.outcome])
    });
    let down = Scale::over(outcomes.chain([0.0])).rounded();
    let along = Scale::over(marks.iter().map(|mark| mark.spend).chain([0.0])).rounded();
    let x = |value: f64| percent(0.09 + 0.86 * along.at(value));
    let y = |value: f64| px(BOTTOM - (BOTTOM - TOP) * down.at(value));
    frame.around(&html! {
        svg.chart width="100%" height=(px(HEIGHT)) role="img" aria-labelledby=(frame.labels()) {
            (frame.told())
            text.unit y="12" { "↑ " (up) }
            text.unit x="100%" y=(px(HEIGHT - 6.0)) text-anchor="end" { (across) " →" }
            @for tick in down.ticks() {
                line.grid x1="9%" x2="100%" y1=(y(tick)) y2=(y(tick)) {}
                text.tick x="8%" y=(y(tick)) dy="4" text-anchor="end" { (number(tick)) }
            }
            @for tick in along.ticks() {
                line.grid x1=(x(tick)) x2=(x(tick)) y1=(px(TOP)) y2=(px(BOTTOM)) {}
                text.tick x=(x(tick)) y=(px(BOTTOM + 18.0)) text-anchor="middle" { "£" (number(tick)) }
            }
            @for mark in marks {
                @if let Some(Interval { lower, upper }) = mark.interval {
                    line.interval x1=(x(mark.spend)) x2=(x(mark.spend)) y1=(y(lower)) y2=(y(upper)) {}
                }
            }
            @for mark in marks {
                circle class=(if mark.own { "own" } else { "other" }) cx=(x(mark.spend)) cy=(y(mark.outcome)) r="6" {
                    title { (mark.words) }
                }
                text class=(if mark.own { "halo own-name" } else { "halo" }) x=(x(mark.spend)) y=(y(mark.outcome)) dx="9" dy="4" {
                    (mark.label)
                }
            }
        }
    })
}
