//! One source at a time from its lower to its upper end: the widest bar is what the answer hangs on.
//!
//! ```text
//! people reached    ▒▒▒▒▒▒▒▒▒│████████████
//! unit value             ▒▒▒▒│█████
//! deadweight               ██│▒▒              ▒ at its lower end   █ at its upper end
//! -£20,000       £0       £20,000
//! ```

use super::scale::Scale;
use super::{Frame, percent, px};
use crate::money::Pence;
use crate::report::content::TornadoShown;
use crate::report::content::rounding::whole_pounds;
use maud::{Markup, html};

const LANE: f64 = 46.0;
const BAR: f64 = 18.0;
const AXIS: f64 = 24.0;
/// Room left and right, so that sums at the ends of bars stay inside.
const EDGE: f64 = 0.09;

/// Bars about the answer with all figures as they are, in their order.
pub(in crate::report) fn tornado(frame: &Frame<'_>, shown: &TornadoShown) -> Markup {
    let ends = shown.bars.iter().flat_map(|(_, low, high)| [*low, *high]);
    let scale = Scale::over(ends.chain([shown.central]).map(pounds)).rounded();
    let x = |sum: Pence| EDGE + (1.0 - 2.0 * EDGE) * scale.at(pounds(sum));
    let height = LANE * shown.bars.len() as f64;
    let middle = x(shown.central);
    frame.around(&html! {
        p.hidden { (frame.description) }
        ul.shades {
            @for (class, words) in [("y-freed", "all of its figures at the lower end"), ("y-cash", "at the upper end")] {
                li {
                    svg width="28" height="14" aria-hidden="true" focusable="false" { rect class=(class) x="1" y="1" width="26" height="12" {} }
                    " " (words)
                }
            }
        }
        svg.chart width="100%" height=(px(height + AXIS)) role="img" aria-labelledby=(frame.labels()) {
            (frame.told())
            @for tick in scale.ticks() {
                @let sum = Pence::new((tick * 100.0) as i64);
                line.grid x1=(percent(x(sum))) x2=(percent(x(sum))) y1="0" y2=(px(height)) {}
                text.tick x=(percent(x(sum))) y=(px(height + AXIS - 7.0)) text-anchor="middle" { (whole_pounds(sum)) }
            }
            @for (lane, (source, low, high)) in shown.bars.iter().enumerate() {
                @let top = LANE * lane as f64;
                text.halo x="0" y=(px(top + 15.0)) { (source) }
                @for (class, end, words) in [("y-freed", *low, "at the lower end"), ("y-cash", *high, "at the upper end")] {
                    @let at = x(end);
                    rect class=(class) x=(percent(at.min(middle))) width=(percent((at - middle).abs())) y=(px(top + 21.0)) height=(px(BAR)) {
                        title { (source) " " (words) ": " (end) }
                    }
                    // Where both ends lie on one side, the farther is said.
                    @if is_outer(end, *low, *high, shown.central) {
                        text.halo.small x=(percent(at)) dx=(if end < shown.central { "-4" } else { "4" }) y=(px(top + 34.0)) text-anchor=(if end < shown.central { "end" } else { "start" }) { (whole_pounds(end)) }
                    }
                }
            }
            line.zero x1=(percent(middle)) x2=(percent(middle)) y1="0" y2=(px(height)) {}
        }
    })
}

/// Whether an end is the one farthest from the middle on its side.
fn is_outer(end: Pence, low: Pence, high: Pence, central: Pence) -> bool {
    match end < central {
        true => end == low.min(high),
        false => end == low.max(high) && end != central,
    }
}

fn pounds(sum: Pence) -> f64 {
    sum.get() as f64 / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From £0 to £200: £100 is in the middle, £50 a quarter of 82 % from the left.
    #[test]
    fn bars_stand_on_either_side_of_the_answer() {
        let frame = Frame {
            id: "t",
            title: "Tornado",
            description: "",
            note: None,
            table: None,
        };
        let shown = TornadoShown {
            central: Pence::new(10_000),
            bars: vec![
                ("<people>".to_owned(), Pence::ZERO, Pence::new(20_000)),
                ("value".to_owned(), Pence::new(15_000), Pence::new(5_000)),
            ],
        };
        let svg = tornado(&frame, &shown).into_string();
        for part in [
            r#"class="y-freed" x="9%" width="41%" y="21""#,
            r#"class="y-cash" x="50%" width="41%" y="21""#,
            // Its upper end is the worse one.
            r#"class="y-cash" x="29.5%" width="20.5%" y="67""#,
            "&lt;people&gt; at the lower end: £0.00",
            ">£200</text>",
        ] {
            assert!(svg.contains(part), "{part}: {svg}");
        }
    }
}
