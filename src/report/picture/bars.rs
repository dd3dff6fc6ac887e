//! Bars of sums, each divided by how it is known.

use super::evidence::segments;
use super::{Frame, percent, px};
use crate::cube::Composition;
use crate::report::content::Shown;
use crate::report::content::evidence::sizes;
use maud::{Markup, html};

/// One bar.
pub(in crate::report) struct Bar<'a> {
    /// What it is about.
    pub name: &'a str,
    /// The sum.
    pub shown: Shown,
    /// The sum as it is said beside the bar.
    pub label: String,
    /// How it is known.
    pub composition: Composition,
}

const ROW: f64 = 40.0;

/// Bars from one zero line; income goes to the left of it.
pub(in crate::report) fn bars(frame: &Frame<'_>, bars: &[Bar<'_>]) -> Markup {
    let value = |bar: &Bar<'_>| bar.shown.pence().map_or(0.0, |pence| pence.get() as f64);
    let low = bars.iter().map(value).fold(0.0, f64::min);
    let high = bars.iter().map(value).fold(0.0, f64::max);
    let span = if high > low { high - low } else { 1.0 };
    let zero = -low / span;
    let height = px(ROW * bars.len() as f64);
    let rows = bars.iter().enumerate().map(|(i, bar)| {
        let wide = value(bar).abs() / span;
        let from = if value(bar) < 0.0 { zero - wide } else { zero };
        (ROW * i as f64, bar, from, wide)
    });
    frame.around(&html! {
        svg width="100%" height=(height) role="img" aria-labelledby=(frame.labels()) {
            (frame.told())
            @for (top, bar, from, wide) in rows {
                text y=(px(top + 14.0)) { (bar.name) }
                text x="100%" y=(px(top + 14.0)) text-anchor="end" class="figure" { (bar.label) }
                @match bar.shown {
                    Shown::Known(amount) => {
                        (segments(&sizes(&bar.composition), from, wide, top + 20.0, 12.0))
                        rect class=(if amount.get() < 0 { "outline negative" } else { "outline" })
                            x=(percent(from)) y=(px(top + 20.0)) width=(percent(wide)) height="12" {}
                    }
                    Shown::Withheld(_) => {
                        rect.suppressed x=(percent(zero)) y=(px(top + 20.0)) width="12%" height="12" {}
                    }
                    Shown::RecordedZero | Shown::NothingRecorded => {}
                }
            }
            line.zero x1=(percent(zero)) x2=(percent(zero)) y1="18" y2=(height) {}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::Why;
    use crate::money::Pence;

    fn drawn(shown: Shown) -> String {
        let frame = Frame {
            id: "b",
            title: "Bars",
            description: "",
            note: None,
            table: None,
        };
        let composition = Composition {
            direct: shown.pence().unwrap_or_default(),
            ..Composition::default()
        };
        let bar = |name, shown: Shown, composition| Bar {
            name,
            shown,
            label: shown.to_string(),
            composition,
        };
        let other = Composition {
            direct: Pence::new(300),
            ..Composition::default()
        };
        let all = [
            bar("<one>", shown, composition),
            bar("other", Shown::Known(Pence::new(300)), other),
        ];
        bars(&frame, &all).into_string()
    }

    #[test]
    fn income_lies_left_of_zero_and_is_outlined() {
        let svg = drawn(Shown::Known(Pence::new(-100)));
        assert!(
            svg.contains(r#"class="outline negative" x="0%" y="20" width="25%""#),
            "{svg}"
        );
        assert!(svg.contains("-£1.00"), "the minus sign is written: {svg}");
        assert!(svg.contains(r#"line class="zero" x1="25%""#), "{svg}");
    }

    #[test]
    fn what_is_withheld_is_said_and_not_drawn_as_nothing() {
        let svg = drawn(Shown::Withheld(Why::Few));
        assert!(
            svg.contains(r#"class="suppressed""#) && svg.contains(">[c]<"),
            "{svg}"
        );
        let svg = drawn(Shown::NothingRecorded);
        assert!(!svg.contains(r#"class="suppressed""#) && svg.contains(">nothing recorded<"));
    }

    #[test]
    fn names_stay_text() {
        assert!(drawn(Shown::RecordedZero).contains("&lt;one&gt;"));
    }
}
