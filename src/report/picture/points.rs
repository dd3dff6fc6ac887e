//! Where things stand: a numbered dot for each, or for several that stand together, with a measure of distance.
//!
//! Degrees are laid flat round their middle: a degree of longitude is as long as one of latitude times the cosine of
//! the latitude. Over a county that bends no distance by more than a few parts in a thousand.

use super::shape::WIDTH;
use super::{Frame, px};
use maud::{Markup, html};

/// Something that stands somewhere.
pub(in crate::report) struct Spot {
    /// Its number in the list beside the picture.
    pub number: usize,
    /// What it is, in words.
    pub words: String,
    /// Degrees north and east.
    pub at: (f64, f64),
}

/// Dots nearer to one another than this share one.
const TOGETHER: f64 = 30.0;
const MARGIN: f64 = 40.0;
const TALLEST: f64 = 640.0;
/// Kilometres to a degree of latitude.
const KILOMETRES: f64 = 111.2;
/// The least that the drawing is across, so that one building is no dot without measure.
const LEAST_KILOMETRES: f64 = 1.0;

/// Several that stand together.
struct Dot<'a> {
    x: f64,
    y: f64,
    spots: Vec<&'a Spot>,
}

/// The dots, the height of the drawing, and how many of its units are a kilometre.
fn laid(spots: &[Spot]) -> Option<(Vec<Dot<'_>>, f64, f64)> {
    let span = |of: fn(&Spot) -> f64| {
        let low = spots.iter().map(of).reduce(f64::min)?;
        let high = spots.iter().map(of).reduce(f64::max)?;
        Some(((low + high) / 2.0, high - low))
    };
    let (north, tall) = span(|spot| spot.at.0)?;
    let (east, wide) = span(|spot| spot.at.1)?;
    let shrink = north.to_radians().cos();
    let (tall, wide) = (tall * KILOMETRES, wide * KILOMETRES * shrink);
    let room = WIDTH - 2.0 * MARGIN;
    let scale = (room / wide.max(LEAST_KILOMETRES))
        .min((TALLEST - 2.0 * MARGIN) / tall.max(LEAST_KILOMETRES));
    let height = (tall * scale + 2.0 * MARGIN).max(4.0 * MARGIN);
    let mut dots: Vec<Dot<'_>> = Vec::new();
    for spot in spots {
        let x = WIDTH / 2.0 + (spot.at.1 - east) * KILOMETRES * shrink * scale;
        let y = height / 2.0 - (spot.at.0 - north) * KILOMETRES * scale;
        let near = |dot: &&mut Dot<'_>| (dot.x - x).hypot(dot.y - y) < TOGETHER;
        match dots.iter_mut().find(near) {
            Some(dot) => dot.spots.push(spot),
            None => dots.push(Dot {
                x,
                y,
                spots: vec![spot],
            }),
        }
    }
    Some((dots, height, scale))
}

/// The longest of 100 m, 1 km, 10 km … that a fifth of the width holds, as people say it.
fn measure(scale: f64) -> (f64, String) {
    let most = WIDTH / 5.0 / scale;
    let power = most.log10().floor();
    let long = 10_f64.powf(power);
    let words = match long < 1.0 {
        true => format!("{:.0} m", long * 1000.0),
        false => format!("{long:.0} km"),
    };
    (long * scale, words)
}

/// Dots where things stand; nothing where there are none.
pub(in crate::report) fn points(frame: &Frame<'_>, spots: &[Spot]) -> Markup {
    let Some((dots, height, scale)) = laid(spots) else {
        return html! {};
    };
    let view = format!("0 0 {} {}", px(WIDTH), px(height));
    let (long, words) = measure(scale);
    frame.around(&html! {
        svg.map viewBox=(view) role="img" aria-labelledby=(frame.labels()) {
            (frame.told())
            @for dot in &dots {
                @let several = dot.spots.len() > 1;
                circle.here cx=(px(dot.x)) cy=(px(dot.y)) r=(if several { "20" } else { "14" }) {
                    title { @for spot in &dot.spots { (spot.words) ". " } }
                }
                text.on-dark x=(px(dot.x)) y=(px(dot.y)) {
                    @match dot.spots.as_slice() {
                        [one] => { (one.number) }
                        [one, two] if two.number < 10 => { (one.number) "," (two.number) }
                        [one, ..] => { (one.number) "+" }
                        [] => {}
                    }
                }
            }
            line.axis x1=(px(MARGIN)) x2=(px(MARGIN + long)) y1=(px(height - 12.0)) y2=(px(height - 12.0)) stroke="#494949" stroke-width="2" {}
            text.on-light x=(px(MARGIN + long / 2.0)) y=(px(height - 26.0)) { (words) }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(number: usize, at: (f64, f64)) -> Spot {
        Spot {
            number,
            words: String::new(),
            at,
        }
    }

    /// A hundredth of a degree of latitude is 1.112 km; at 60° north one of longitude is half as long.
    #[test]
    fn distances_are_those_of_the_ground() {
        let spots = [
            spot(1, (60.0, 0.0)),
            spot(2, (60.0, 0.2)),
            spot(3, (60.1, 0.0)),
        ];
        let (dots, _, scale) = laid(&spots).unwrap();
        let kilometres =
            |one: &Dot<'_>, other: &Dot<'_>| (one.x - other.x).hypot(one.y - other.y) / scale;
        assert!((kilometres(&dots[0], &dots[1]) - 11.12).abs() < 0.05);
        assert!((kilometres(&dots[0], &dots[2]) - 11.12).abs() < 0.05);
        assert!(dots[2].y < dots[0].y, "north is up");
    }

    #[test]
    fn what_stands_together_shares_a_dot_and_one_alone_is_drawn() {
        let spots = [
            spot(1, (52.0, -2.0)),
            spot(2, (52.0001, -2.0)),
            spot(3, (52.1, -2.0)),
        ];
        let (dots, _, _) = laid(&spots).unwrap();
        assert_eq!(
            dots.iter().map(|dot| dot.spots.len()).collect::<Vec<_>>(),
            [2, 1]
        );
        let (one, height, _) = laid(&spots[..1]).unwrap();
        assert!(one[0].x > 0.0 && one[0].x < WIDTH && one[0].y < height);
        assert!(laid(&[]).is_none());
    }

    #[test]
    fn the_measure_fits() {
        assert_eq!(measure(10.0).1, "10 km");
        assert_eq!(measure(100.0).1, "1 km");
        assert_eq!(measure(500.0).1, "100 m");
    }
}
