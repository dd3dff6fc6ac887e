//! Areas beside one another: figure, interval, and where chance alone would leave it.

use super::scale::{Scale, number};
use super::{Frame, percent, px};
use crate::statistic::Interval;
use maud::{Markup, html};

/// One area.
pub(in crate::report) struct Compared<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its figure.
    pub figure: Option<f64>,
    /// The figure, or why there is none, as it is said.
    pub said: String,
    /// Its interval.
    pub interval: Option<Interval>,
    /// Where chance would leave it if it were like the average: 95% and 99.8% limits.
    pub funnel: Option<(Interval, Interval)>,
    /// Whether it is the place of the report.
    pub own: bool,
}

const ROW: f64 = 36.0;
const HEAD: f64 = 30.0;

/// A row an area. `average` is the value they are held against, and what it is.
pub(in crate::report) fn compare(
    frame: &Frame<'_>,
    rows: &[Compared<'_>],
    average: Option<(f64, &str)>,
) -> Markup {
    let span = |interval: Interval| [interval.lower, interval.upper];
    let values = rows.iter().flat_map(|row| {
        let funnel = row
            .funnel
            .map(|(_, outer)| span(outer))
            .into_iter()
            .flatten();
        let interval = row.interval.map(span).into_iter().flatten();
        row.figure.into_iter().chain(interval).chain(funnel)
    });
    let scale = Scale::over(values.chain(average.map(|(value, _)| value))).rounded();
    let x = |value: f64| percent(0.01 + 0.98 * scale.at(value));
    let wide = |of: Interval| percent(0.98 * (scale.at(of.upper) - scale.at(of.lower)));
    let height = HEAD + ROW * rows.len() as f64 + 22.0;
    frame.around(&html! {
        svg.chart width="100%" height=(px(height)) role="img" aria-labelledby=(frame.labels()) {
            (frame.told())
            @for tick in scale.ticks() {
                line.grid x1=(x(tick)) x2=(x(tick)) y1=(px(HEAD - 6.0)) y2=(px(height - 18.0)) {}
                text.tick x=(x(tick)) y=(px(height - 4.0)) text-anchor="middle" { (number(tick)) }
            }
            @if let Some((value, what)) = average {
                line.average x1=(x(value)) x2=(x(value)) y1=(px(HEAD - 8.0)) y2=(px(height - 18.0)) {}
                text.halo x=(x(value)) y="14" text-anchor=(anchor(scale.at(value))) {
                    (what) " " (number(value))
                }
            }
            @for (i, row) in rows.iter().enumerate() {
                @let top = HEAD + ROW * i as f64;
                @let y = px(top + 25.0);
                @if let Some((inner, outer)) = row.funnel {
                    rect.funnel-outer x=(x(outer.lower)) width=(wide(outer)) y=(px(top + 18.0)) height="14" {}
                    rect.funnel-inner x=(x(inner.lower)) width=(wide(inner)) y=(px(top + 18.0)) height="14" {}
                }
                text class=(if row.own { "halo own-name" } else { "halo" }) y=(px(top + 12.0)) { (row.name) }
                text.halo.figure x="100%" y=(px(top + 12.0)) text-anchor="end" { (row.said) }
                @if let Some(interval) = row.interval {
                    line.interval x1=(x(interval.lower)) x2=(x(interval.upper)) y1=(y) y2=(y) {}
                }
                @match row.figure {
                    Some(figure) => {
                        circle class=(if row.own { "own" } else { "other" }) cx=(x(figure)) cy=(y) r="5" {}
                    }
                    None => { rect.suppressed x="1%" y=(px(top + 19.0)) width="12%" height="11" {} }
                }
            }
        }
    })
}

/// To which side a word near an edge leans.
pub(super) fn anchor(share: f64) -> &'static str {
    match share {
        ..0.25 => "start",
        0.75.. => "end",
        _ => "middle",
    }
}
