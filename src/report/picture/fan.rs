//! How a sum may run over the years: the middle of all draws as a line, and between what eight in ten lie.
//!
//! ```text
//! NHS
//! £40,000 ┤          ░░▒▒━━
//!         ┤     ░░▒▒━━▒▒░░         ░ eight in ten draws   ━ half are below
//!      £0 ┼━━▒▒━━──────────
//!          2017-18  2018-19  2019-20
//! ```
//!
//! All payers have one scale, so that a fan of one may be held against a fan of another.

use super::scale::Scale;
use super::{Frame, percent, px};
use crate::money::Pence;
use crate::report::content::Band;
use crate::report::content::rounding::whole_pounds;
use maud::{Markup, html};

/// One payer.
pub(in crate::report) struct Fan<'a> {
    /// Its name.
    pub name: &'a str,
    /// Each year in its order, with what it comes to at its end.
    pub years: Vec<(&'a str, Band)>,
}

const HEIGHT: f64 = 190.0;
const TOP: f64 = 18.0;
const BOTTOM: f64 = 152.0;
/// Room for the scale on the left, and for the sum of the last year on the right.
const LEFT: f64 = 0.15;
const RIGHT: f64 = 0.12;
/// With more years than this, their names would run into one another.
const SAID: usize = 6;

/// Fans of every payer, with a key.
pub(in crate::report) fn fans(frame: &Frame<'_>, fans: &[Fan<'_>]) -> Markup {
    let all = fans.iter().flat_map(|fan| &fan.years);
    let ends = all.flat_map(|(_, band)| [pounds(band.p10), pounds(band.p90)]);
    let scale = Scale::over(ends.chain([0.0])).rounded();
    frame.around(&html! {
        p.hidden { (frame.description) }
        ul.shades {
            li {
                svg width="28" height="14" aria-hidden="true" focusable="false" { rect.fan x="1" y="1" width="26" height="12" {} }
                " eight in ten draws"
            }
            li {
                svg width="28" height="14" aria-hidden="true" focusable="false" { line.own x1="1" x2="27" y1="7" y2="7" {} }
                " half of all draws are below"
            }
        }
        div.strips { @for fan in fans { (one(fan, scale)) } }
    })
}

fn one(fan: &Fan<'_>, scale: Scale) -> Markup {
    let y = |sum: Pence| BOTTOM - (BOTTOM - TOP) * scale.at(pounds(sum));
    let step = (1.0 - LEFT - RIGHT) / fan.years.len().saturating_sub(1).max(1) as f64;
    let x = |year: usize| LEFT + step * year as f64;
    let every = fan.years.len().div_ceil(SAID).max(1);
    html! {
        div.strip {
            p.ends { b { (fan.name) } }
            svg.chart width="100%" height=(px(HEIGHT)) role="img" aria-label=(in_words(fan)) {
                @for tick in scale.ticks() {
                    @let sum = Pence::new((tick * 100.0) as i64);
                    line.grid x1=(percent(LEFT)) x2="100%" y1=(px(y(sum))) y2=(px(y(sum))) {}
                    text.tick x=(percent(LEFT - 0.015)) y=(px(y(sum))) dy="4" text-anchor="end" { (whole_pounds(sum)) }
                }
                // Shapes know no per cent, so each piece is stretched to its place.
                @for (year, pair) in fan.years.windows(2).enumerate() {
                    @if let [(_, from), (_, to)] = pair {
                        svg x=(percent(x(year))) width=(percent(step)) height=(px(HEIGHT)) viewBox={ "0 0 100 " (px(HEIGHT)) } preserveAspectRatio="none" {
                            polygon.fan points={
                                "0," (px(y(from.p90))) " 100," (px(y(to.p90)))
                                " 100," (px(y(to.p10))) " 0," (px(y(from.p10)))
                            } {}
                        }
                        line.own x1=(percent(x(year))) x2=(percent(x(year + 1))) y1=(px(y(from.p50))) y2=(px(y(to.p50))) {}
                    }
                }
                @let nought = y(Pence::ZERO);
                line.zero x1=(percent(LEFT)) x2="100%" y1=(px(nought)) y2=(px(nought)) {}
                @for (i, (year, band)) in fan.years.iter().enumerate() {
                    circle.own cx=(percent(x(i))) cy=(px(y(band.p50))) r="3" { title { (said(year, band)) } }
                    @if i.is_multiple_of(every) {
                        text.tick x=(percent(x(i))) y=(px(HEIGHT - 6.0)) text-anchor="middle" { (year) }
                    }
                }
                @if let Some((_, last)) = fan.years.last() {
                    text.halo.small x=(percent(1.0 - RIGHT + 0.015)) y=(px(y(last.p50))) dy="4" { (whole_pounds(last.p50)) }
                }
            }
        }
    }
}

fn pounds(sum: Pence) -> f64 {
    sum.get() as f64 / 100.0
}

fn said(year: &str, band: &Band) -> String {
    let [p10, p50, p90] = [band.p10, band.p50, band.p90].map(whole_pounds);
    format!("{year}: {p50}, eight in ten from {p10} to {p90}")
}

/// What the fan shows, for those who cannot see it.
fn in_words(fan: &Fan<'_>) -> String {
    let years = fan.years.iter().map(|(year, band)| said(year, band));
    format!("{}. {}.", fan.name, years.collect::<Vec<_>>().join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From -£100 to £100: nothing is in the middle of 134 pixels, so £100 is 67 of them.
    #[test]
    fn a_band_widens_from_year_to_year() {
        let frame = Frame {
            id: "f",
            title: "Fans",
            description: "",
            note: None,
            table: None,
        };
        let band = |p10, p50, p90| Band {
            p10: Pence::new(p10),
            p50: Pence::new(p50),
            p90: Pence::new(p90),
        };
        let years = vec![
            ("2025-26", band(0, 0, 0)),
            ("2026-27", band(-10_000, 5_000, 10_000)),
        ];
        let svg = fans(
            &frame,
            &[Fan {
                name: "<NHS>",
                years,
            }],
        );
        let svg = svg.into_string();
        for part in [
            r#"points="0,85 100,18 100,152 0,85""#,
            r#"class="own" x1="15%" x2="88%" y1="85" y2="51.5""#,
            "2026-27: £50, eight in ten from -£100 to £100",
            "&lt;NHS&gt;",
        ] {
            assert!(svg.contains(part), "{part}: {svg}");
        }
    }
}
