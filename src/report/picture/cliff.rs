//! Payment against outcome: a bar for each count, so that a cliff is seen as one.
//!
//! ```text
//! £12,000 ┤ ▒▒ ▒▒ ██            ██ as counted   ▒▒ otherwise
//!         ┤ ▒▒ ▒▒ ██
//!      £0 ┼─▒▒─▒▒─██─▁▁─▁▁──
//!           12 13 14 15 16      one event more than 14, and it pays nothing
//! ```

use super::scale::Scale;
use super::{Frame, percent, px};
use crate::money::Pence;
use crate::report::content::rounding::whole_pounds;
use maud::{Markup, html};

/// What is paid for one count.
#[derive(Clone, Copy)]
pub(in crate::report) struct Step {
    /// How many are counted.
    pub count: u64,
    /// What is paid in all.
    pub pays: Pence,
    /// Whether this is the count that was reported or is expected.
    pub is_here: bool,
}

const HEIGHT: f64 = 230.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 180.0;
/// Room for the scale on the left.
const LEFT: f64 = 0.12;
/// With more counts than this, the sums of bars would run into one another.
const SAID: usize = 12;

/// Bars of counts in their order; counts that are left out between two are shown as a gap.
pub(in crate::report) fn cliff(frame: &Frame<'_>, steps: &[Step], here: &str) -> Markup {
    let scale = Scale::over(steps.iter().map(|step| pounds(step.pays)).chain([0.0])).rounded();
    let y = |value: f64| BOTTOM - (BOTTOM - TOP) * scale.at(value);
    let places = places(steps);
    let all = places.last().map_or(1, |last| last + 1);
    let width = (1.0 - LEFT) / all as f64;
    let every = steps.len().div_ceil(24).max(1);
    frame.around(&html! {
        ul.shades {
            @for (class, words) in [("y-cash", here), ("y-freed", "for another count")] {
                li {
                    svg width="28" height="14" aria-hidden="true" focusable="false" { rect class=(class) x="1" y="1" width="26" height="12" {} }
                    " " (words)
                }
            }
        }
        svg.chart width="100%" height=(px(HEIGHT)) role="img" aria-labelledby=(frame.labels()) {
            (frame.told())
            @for tick in scale.ticks() {
                line.grid x1=(percent(LEFT)) x2="100%" y1=(px(y(tick))) y2=(px(y(tick))) {}
                text.tick x=(percent(LEFT - 0.015)) y=(px(y(tick))) dy="4" text-anchor="end" { (whole_pounds(Pence::new((tick * 100.0) as i64))) }
            }
            @for (i, (step, place)) in steps.iter().zip(&places).enumerate() {
                @let middle = LEFT + width * (*place as f64 + 0.5);
                @let (end, zero) = (y(pounds(step.pays)), y(0.0));
                rect class=(if step.is_here { "y-cash" } else { "y-freed" }) x=(percent(middle - 0.36 * width)) width=(percent(0.72 * width)) y=(px(end.min(zero))) height=(px((end - zero).abs())) {
                    title { (step.count) ": " (step.pays) }
                }
                @if steps.len() <= SAID || step.is_here {
                    text.halo.small x=(percent(middle)) y=(px(end.min(zero) - 5.0)) text-anchor="middle" { (whole_pounds(step.pays)) }
                }
                @if i.is_multiple_of(every) || step.is_here {
                    text.tick x=(percent(middle)) y=(px(BOTTOM + 18.0)) text-anchor="middle" { (step.count) }
                }
            }
            line.zero x1=(percent(LEFT)) x2="100%" y1=(px(y(0.0))) y2=(px(y(0.0))) {}
            text.tick x=(percent(LEFT + 0.5 * (1.0 - LEFT))) y=(px(HEIGHT - 8.0)) text-anchor="middle" { "counted" }
        }
    })
}

/// Where each stands; one place stays free where counts are left out.
fn places(steps: &[Step]) -> Vec<usize> {
    let mut places = Vec::with_capacity(steps.len());
    let mut next = 0;
    let mut before: Option<u64> = None;
    for step in steps {
        if before.is_some_and(|before| step.count > before.saturating_add(1)) {
            next += 1;
        }
        places.push(next);
        next += 1;
        before = Some(step.count);
    }
    places
}

fn pounds(sum: Pence) -> f64 {
    sum.get() as f64 / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(steps: &[(u64, i64)]) -> String {
        let frame = Frame {
            id: "c",
            title: "Cliff",
            description: "",
            note: None,
            table: None,
        };
        let steps: Vec<Step> = (steps.iter())
            .map(|&(count, pays)| Step {
                count,
                pays: Pence::new(pays),
                is_here: count == 14,
            })
            .collect();
        cliff(&frame, &steps, "as counted").into_string()
    }

    /// £100 is the whole height of 156 pixels; one more, and there is nothing.
    #[test]
    fn one_event_more_and_the_bar_is_gone() {
        let svg = drawn(&[(14, 10_000), (15, 0)]);
        for part in [
            r#"class="y-cash" x="18.16%" width="31.68%" y="24" height="156""#,
            r#"class="y-freed" x="62.16%" width="31.68%" y="180" height="0""#,
            "14: £100.00",
            "15: £0.00",
        ] {
            assert!(svg.contains(part), "{part}: {svg}");
        }
    }

    #[test]
    fn counts_that_are_left_out_leave_a_gap() {
        let step = |count| Step {
            count,
            pays: Pence::ZERO,
            is_here: false,
        };
        assert_eq!(places(&[step(1), step(2), step(9)]), [0, 1, 3]);
    }
}
