//! Small strips side by side: a dot for each place, beside the line of the whole.
//!
//! ```text
//! Policing                      Shropshire £97.10
//!            ○       │   ━━●━━              a lane a place, the least spent at the bottom
//!       ━━●━━        │
//! £0           £50          £100
//! least: Clun £61.02        most: Ludlow £140.11
//! ```

use super::scale::{Scale, number};
use super::{Frame, percent, px};
use crate::money::Pence;
use maud::{Markup, html};

/// One strip.
pub(in crate::report) struct Strip<'a> {
    /// What it is of.
    pub name: &'a str,
    /// Of the whole, which the line stands for.
    pub whole: Pence,
    /// Between what that lies.
    pub whole_range: Option<(Pence, Pence)>,
    /// Its places, in any order.
    pub dots: Vec<StripDot<'a>>,
    /// Places that have a figure which may not be shown.
    pub hidden: usize,
}

/// A place in a strip.
#[derive(Clone)]
pub(in crate::report) struct StripDot<'a> {
    /// Its name.
    pub place: &'a str,
    /// Its figure.
    pub each: Pence,
    /// Between what that lies.
    pub range: Option<(Pence, Pence)>,
    /// Whether it differs from the whole.
    pub differs: bool,
}

/// The height of a lane, and of all lanes of a strip at the least and the most.
const LANE: f64 = 4.5;
const LOWEST: f64 = 18.0;
const HIGHEST: f64 = 90.0;
/// Above and below the lanes.
const EDGE: f64 = 7.0;
const TICKS: f64 = 16.0;

/// All strips, with a key. Each has a scale of its own that begins at nothing. `whole` is the name of
/// the whole; `alike` says what a hollow dot means.
pub(in crate::report) fn strips(
    frame: &Frame<'_>,
    strips: &[Strip<'_>],
    whole: &str,
    alike: &str,
) -> Markup {
    let ranged = (strips.iter()).any(|strip| strip.dots.iter().any(|dot| dot.range.is_some()));
    let banded = (strips.iter())
        .any(|strip| (strip.whole_range).is_some_and(|(lowest, highest)| lowest != highest));
    frame.around(&html! {
        p.hidden { (frame.description) }
        ul.shades {
            (key(&format!("differs from {whole}"), html! { circle.own cx="14" cy="7" r="5" {} }))
            (key(alike, html! { circle.other cx="14" cy="7" r="4.5" {} }))
            @if ranged {
                (key("least to most under the pack's rules", html! { line.range x1="2" x2="26" y1="7" y2="7" {} }))
            }
            (key(whole, html! { line.average x1="14" x2="14" y1="0" y2="14" {} }))
            @if banded {
                (key(&format!("{whole} under the pack's rules"), html! { rect.band width="28" height="14" {} }))
            }
        }
        div.strips {
            @for one in strips { (strip(one, whole)) }
        }
    })
}

fn key(words: &str, mark: Markup) -> Markup {
    html! {
        li {
            svg width="28" height="14" aria-hidden="true" focusable="false" { (mark) }
            " " (words)
        }
    }
}

fn strip(strip: &Strip<'_>, whole: &str) -> Markup {
    let mut dots: Vec<&StripDot<'_>> = strip.dots.iter().collect();
    dots.sort_by_key(|dot| dot.each);
    let ends = |dot: &StripDot<'_>| {
        let (lowest, highest) = dot.range.unwrap_or((dot.each, dot.each));
        [lowest, dot.each, highest]
    };
    let values = dots.iter().flat_map(|dot| ends(dot));
    let band = strip
        .whole_range
        .filter(|(lowest, highest)| lowest != highest);
    let of_whole = band.map(|(lowest, highest)| [lowest, highest]).into_iter();
    let values = values
        .chain([Pence::ZERO, strip.whole])
        .chain(of_whole.flatten());
    let values = values.map(pounds);
    let scale = Scale::over(values).rounded();
    let x = |sum: Pence| percent(0.01 + 0.98 * scale.at(pounds(sum)));
    let lanes = (LANE * dots.len() as f64).clamp(LOWEST, HIGHEST);
    let foot = 2.0 * EDGE + lanes;
    let wide = |(lowest, highest): (Pence, Pence)| {
        percent(0.98 * (scale.at(pounds(highest)) - scale.at(pounds(lowest))))
    };
    // The least at the bottom.
    let y = |lane: usize| {
        let share = (lane as f64 + 0.5) / dots.len().max(1) as f64;
        px(EDGE + lanes * (1.0 - share))
    };
    html! {
        div.strip {
            p.ends { b { (strip.name) } span { (whole) " " (strip.whole) } }
            svg width="100%" height=(px(foot + TICKS)) role="img" aria-label=(in_words(strip, &dots, whole)) {
                @if let Some(band) = band {
                    rect.band x=(x(band.0)) width=(wide(band)) y="0" height=(px(foot)) {}
                }
                @for tick in scale.ticks() {
                    @let at = scale.at(tick);
                    @let across = percent(0.01 + 0.98 * at);
                    line.grid x1=(across) x2=(across) y1="0" y2=(px(foot)) {}
                    text.tick x=(across) y=(px(foot + TICKS - 3.0)) text-anchor=(leaning(at)) { (in_pounds(tick)) }
                }
                @for (lane, dot) in dots.iter().enumerate() {
                    @if let Some((lowest, highest)) = dot.range {
                        line.range x1=(x(lowest)) x2=(x(highest)) y1=(y(lane)) y2=(y(lane)) {}
                    }
                }
                line.average x1=(x(strip.whole)) x2=(x(strip.whole)) y1="0" y2=(px(foot)) {}
                @for (lane, dot) in dots.iter().enumerate() {
                    circle class=(if dot.differs { "own" } else { "other" }) cx=(x(dot.each)) cy=(y(lane))
                        r=(if dot.differs { "5" } else { "4.5" }) {
                        title { (words(dot, whole)) }
                    }
                }
            }
            p.ends {
                @if let (Some(least), Some(most)) = (dots.first(), dots.last()) {
                    span { "least: " (least.place) " " (least.each) }
                    span { "most: " (most.place) " " (most.each) }
                }
                @if strip.hidden > 0 { span { (strip.hidden) " suppressed" } }
            }
        }
    }
}

/// What a dot says when it is pointed at.
fn words(dot: &StripDot<'_>, whole: &str) -> String {
    let mut words = format!("{}: {} a head", dot.place, dot.each);
    if let Some((lowest, highest)) = dot.range.filter(|(lowest, highest)| lowest != highest) {
        words.push_str(&format!(
            ", between {lowest} and {highest} under the pack's rules"
        ));
    }
    if dot.differs {
        words.push_str(&format!("; differs from {whole}"));
    }
    words
}

/// What a strip says to those who cannot see it; `dots` are in order.
fn in_words(strip: &Strip<'_>, dots: &[&StripDot<'_>], whole: &str) -> String {
    let (Some(least), Some(most)) = (dots.first(), dots.last()) else {
        return format!("{}: no place has a figure to show", strip.name);
    };
    let differing = dots.iter().filter(|dot| dot.differs).count();
    format!(
        "{}: from {} a head in {} to {} in {}; {whole} {}; {differing} of {} differ",
        strip.name,
        least.each,
        least.place,
        most.each,
        most.place,
        strip.whole,
        dots.len()
    )
}

fn pounds(sum: Pence) -> f64 {
    sum.get() as f64 / 100.0
}

fn in_pounds(tick: f64) -> String {
    let sign = if tick < 0.0 { "-" } else { "" };
    format!("{sign}£{}", number(tick.abs()))
}

/// To which side the number of a tick leans, so that none leaves the strip.
fn leaning(share: f64) -> &'static str {
    match share {
        ..0.02 => "start",
        0.98.. => "end",
        _ => "middle",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(dots: Vec<StripDot<'_>>, hidden: usize) -> String {
        let frame = Frame {
            id: "s",
            title: "Strips",
            description: "",
            note: None,
            table: None,
        };
        let one = Strip {
            name: "Roads & paths",
            whole: Pence::new(50_00),
            whole_range: Some((Pence::new(50_00), Pence::new(60_00))),
            dots,
            hidden,
        };
        strips(&frame, &[one], "County", "no difference that can be told").into_string()
    }

    fn dot(place: &str, pounds: i64, range: Option<(i64, i64)>, differs: bool) -> StripDot<'_> {
        let sum = |pounds| Pence::new(100 * pounds);
        StripDot {
            place,
            each: sum(pounds),
            range: range.map(|(lowest, highest)| (sum(lowest), sum(highest))),
            differs,
        }
    }

    #[test]
    fn dots_lie_where_their_pounds_are_on_a_scale_that_begins_at_nothing() {
        // 0 to 100: a pound is 0.98 % of the width, behind 1 % of edge.
        let svg = drawn(
            vec![
                dot("<Wem>", 100, Some((40, 100)), true),
                dot("Clun", 25, None, false),
            ],
            0,
        );
        assert!(svg.contains(r#"circle class="own" cx="99%""#), "{svg}");
        assert!(svg.contains(r#"circle class="other" cx="25.5%""#), "{svg}");
        assert!(
            svg.contains(r#"line class="range" x1="40.2%" x2="99%""#),
            "{svg}"
        );
        assert!(
            svg.contains(r#"line class="average" x1="50%" x2="50%""#),
            "{svg}"
        );
        assert!(
            svg.contains("least: Clun £25.00") && svg.contains("most: &lt;Wem&gt; £100.00"),
            "{svg}"
        );
        assert!(
            svg.contains("&lt;Wem&gt;: £100.00 a head, between £40.00 and £100.00 under the pack's rules; differs from County"),
            "{svg}"
        );
        assert!(svg.contains("1 of 2 differ"), "{svg}");
        // Between what the whole lies.
        assert!(
            svg.contains(r#"rect class="band" x="50%" width="9.8%""#),
            "{svg}"
        );
    }

    #[test]
    fn income_lies_left_of_nothing() {
        // -60 to 60: -50 is a twelfth of the way along.
        let svg = drawn(vec![dot("Wem", -50, None, false)], 0);
        assert!(svg.contains(r#"circle class="other" cx="9.17%""#), "{svg}");
        assert!(svg.contains(">-£60<"), "{svg}");
    }

    #[test]
    fn what_is_suppressed_is_said() {
        let svg = drawn(Vec::new(), 2);
        assert!(svg.contains("2 suppressed"), "{svg}");
        assert_eq!(svg.matches("<circle").count(), 2, "those of the key: {svg}");
        assert!(
            svg.contains("Roads &amp; paths: no place has a figure to show"),
            "{svg}"
        );
    }
}
