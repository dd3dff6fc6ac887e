//! Who pays and who saves over the years: for each payer bars by year, costs below the line, savings above.
//!
//! ```text
//! Shropshire Council
//!  £5,000 ┤          ▒▒▒▒   ▒▒▒▒        ▒▒ freed, no cash   ██ cash
//!      £0 ┼─▓▓▓▓────────────────
//! -£5,000 ┤ ▓▓▓▓                        ▓▓ paid in money    ░░ in kind
//!          2017-18  2018-19 2019-20
//! ```
//!
//! All payers have one scale, so that a bar of one may be held against a bar of another.

use super::scale::Scale;
use super::{Frame, percent, px};
use crate::money::Pence;
use crate::report::content::rounding::whole_pounds;
use maud::{Markup, html};

/// One payer.
pub(in crate::report) struct PayerBars<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its years, in order.
    pub years: Vec<YearBar<'a>>,
}

/// One year of a payer. Sums below zero have no length; the caller says so.
pub(in crate::report) struct YearBar<'a> {
    /// The year.
    pub year: &'a str,
    /// Paid in money.
    pub money: Pence,
    /// Given in kind.
    pub in_kind: Pence,
    /// Saved in cash.
    pub cash: Pence,
    /// Saved, and no cash.
    pub freed: Pence,
}

impl YearBar<'_> {
    /// From the line up, and from the line down: classes of the style, sums, words.
    fn stacks(&self) -> [[(&'static str, Pence, &'static str); 2]; 2] {
        [
            [
                ("y-cash", self.cash, "saved in cash"),
                ("y-freed", self.freed, "saved, freed and no cash"),
            ],
            [
                ("y-money", self.money, "paid in money"),
                ("y-kind", self.in_kind, "given in kind"),
            ],
        ]
    }
}

const HEIGHT: f64 = 190.0;
const TOP: f64 = 18.0;
const BOTTOM: f64 = 152.0;
/// Room for the scale on the left.
const LEFT: f64 = 0.15;
/// With more years than this, sums would run into one another; each bar says its own.
const SAID: usize = 6;

/// Bars of every payer, with a key.
pub(in crate::report) fn years(frame: &Frame<'_>, payers: &[PayerBars<'_>]) -> Markup {
    let all = || payers.iter().flat_map(|payer| &payer.years);
    let height = |stack: [(&str, Pence, &str); 2]| stack.map(|one| pounds(one.1)).iter().sum();
    let ends = all().flat_map(|bar| {
        let [up, down]: [f64; 2] = bar.stacks().map(height);
        [up, -down]
    });
    let scale = Scale::over(ends.chain([0.0])).rounded();
    frame.around(&html! {
        p.hidden { (frame.description) }
        ul.shades {
            @for (class, words) in [
                ("y-cash", "saved in cash"), ("y-freed", "saved, freed and no cash"),
                ("y-money", "paid in money"), ("y-kind", "given in kind"),
            ] {
                li {
                    svg width="28" height="14" aria-hidden="true" focusable="false" { rect class=(class) x="1" y="1" width="26" height="12" {} }
                    " " (words)
                }
            }
        }
        div.strips {
            @for payer in payers { (one(payer, scale)) }
        }
    })
}

fn one(payer: &PayerBars<'_>, scale: Scale) -> Markup {
    let y = |value: f64| BOTTOM - (BOTTOM - TOP) * scale.at(value);
    let step = (1.0 - LEFT) / payer.years.len().max(1) as f64;
    let every = payer.years.len().div_ceil(SAID).max(1);
    html! {
        div.strip {
            p.ends { b { (payer.name) } }
            svg.chart width="100%" height=(px(HEIGHT)) role="img" aria-label=(in_words(payer)) {
                @for tick in scale.ticks() {
                    line.grid x1=(percent(LEFT)) x2="100%" y1=(px(y(tick))) y2=(px(y(tick))) {}
                    text.tick x=(percent(LEFT - 0.015)) y=(px(y(tick))) dy="4" text-anchor="end" { (whole_pounds(Pence::new((tick * 100.0) as i64))) }
                }
                @for (i, bar) in payer.years.iter().enumerate() {
                    @let middle = LEFT + step * (i as f64 + 0.5);
                    @let [up, down] = bar.stacks();
                    (stack(&up, bar.year, (middle, step), &|value| y(value)))
                    (stack(&down, bar.year, (middle, step), &|value| y(-value)))
                    @if payer.years.len() <= SAID {
                        @let [saved, paid] = [sum(&up), sum(&down)];
                        @if saved > 0.0 { text.halo.small x=(percent(middle)) y=(px(y(saved) - 5.0)) text-anchor="middle" { (said(saved)) } }
                        @if paid > 0.0 { text.halo.small x=(percent(middle)) y=(px(y(-paid) + 14.0)) text-anchor="middle" { (said(-paid)) } }
                    }
                    @if i.is_multiple_of(every) {
                        text.tick x=(percent(middle)) y=(px(HEIGHT - 6.0)) text-anchor="middle" { (bar.year) }
                    }
                }
                line.zero x1=(percent(LEFT)) x2="100%" y1=(px(y(0.0))) y2=(px(y(0.0))) {}
            }
        }
    }
}

/// Two sums one beyond the other; `at` says where a height lies.
fn stack(
    parts: &[(&str, Pence, &str); 2],
    year: &str,
    (middle, step): (f64, f64),
    at: &dyn Fn(f64) -> f64,
) -> Markup {
    let mut from = 0.0;
    let mut rects = Vec::with_capacity(2);
    for (class, sum, words) in parts {
        let to = from + pounds(*sum);
        if to > from {
            let (one, other) = (at(from), at(to));
            rects.push((class, sum, words, one.min(other), (one - other).abs()));
        }
        from = to;
    }
    html! {
        @for (class, sum, words, top, height) in rects {
            rect class=(class) x=(percent(middle - 0.3 * step)) width=(percent(0.6 * step)) y=(px(top)) height=(px(height)) {
                title { (year) ": " (sum) " " (words) }
            }
        }
    }
}

fn sum(parts: &[(&str, Pence, &str); 2]) -> f64 {
    parts.iter().map(|part| pounds(part.1)).sum()
}

fn said(pounds: f64) -> String {
    whole_pounds(Pence::new((100.0 * pounds).round() as i64))
}

/// A length in pounds; what is below zero has none.
fn pounds(sum: Pence) -> f64 {
    sum.get().max(0) as f64 / 100.0
}

/// What the bars show, for those who cannot see them.
fn in_words(payer: &PayerBars<'_>) -> String {
    let years = payer.years.iter().map(|bar| {
        let parts = bar.stacks().into_iter().rev().flatten();
        let said: Vec<String> = parts
            .filter(|(_, sum, _)| sum.get() > 0)
            .map(|(_, sum, words)| format!("{sum} {words}"))
            .collect();
        match said.is_empty() {
            true => format!("{}: nothing", bar.year),
            false => format!("{}: {}", bar.year, said.join(", ")),
        }
    });
    let years: Vec<String> = years.collect();
    format!("{}. {}.", payer.name, years.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(years: Vec<YearBar<'_>>) -> String {
        let frame = Frame {
            id: "y",
            title: "Years",
            description: "",
            note: None,
            table: None,
        };
        super::years(
            &frame,
            &[PayerBars {
                name: "<Council>",
                years,
            }],
        )
        .into_string()
    }

    fn bar(money: i64, cash: i64, freed: i64) -> YearBar<'static> {
        YearBar {
            year: "2025-26",
            money: Pence::new(money),
            in_kind: Pence::ZERO,
            cash: Pence::new(cash),
            freed: Pence::new(freed),
        }
    }

    /// £100 down and £60 + £40 up: the line is in the middle, and 67 pixels are £100.
    #[test]
    fn costs_hang_below_the_line_and_savings_stand_on_it() {
        let svg = drawn(vec![bar(10_000, 6_000, 4_000)]);
        for part in [
            r#"class="y-money" x="32%" width="51%" y="85" height="67""#,
            r#"class="y-cash" x="32%" width="51%" y="44.8" height="40.2""#,
            r#"class="y-freed" x="32%" width="51%" y="18" height="26.8""#,
            "2025-26: £100.00 paid in money, £60.00 saved in cash, £40.00 saved, freed and no cash",
            "&lt;Council&gt;",
        ] {
            assert!(svg.contains(part), "{part}: {svg}");
        }
    }

    #[test]
    fn a_year_of_nothing_has_no_bar_and_says_so() {
        let svg = drawn(vec![bar(0, 0, 0), bar(-500, 0, 0)]);
        assert!(!svg.contains("<rect class=\"y-money\" x=\"3"), "{svg}");
        assert_eq!(svg.matches("2025-26: nothing").count(), 2);
    }
}
