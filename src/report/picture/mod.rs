//! Pictures as SVG inside the page, drawn through the template crate.
//!
//! No charting crate: those looked at draw to a canvas of fixed size, so that letters shrink with
//! the screen, and none gives each mark a text. Here lengths across are per cent of the width and
//! letters keep their size, so that one picture reads at 390 and at 1280 pixels and on paper.
//!
//! Every picture has a title, a description that says what is seen, and a table that holds the same
//! figures. No fact is told by colour alone: classes of evidence have patterns, negative sums a
//! dashed outline and a minus sign, what is suppressed a box that says so.

mod patterns;
mod scale;
mod evidence;
mod fan;
mod bars;
mod comparison;
mod cliff;
mod flow;
mod shape;
mod points;
mod map;
mod matrix;
mod scatter;
mod strips;
mod tornado;
mod trend;
mod years;

pub(super) use bars::{Bar, bars};
pub(super) use cliff::{Step, cliff};
pub(super) use comparison::{Compared, compare};
pub(super) use evidence::{bar_of_classes, key};
pub(super) use fan::{Fan, fans};
pub(super) use flow::{Ribbon, Stage, flow};
pub(super) use map::{Fill, MapPlace, SHADES, locator, map};
pub(super) use matrix::{Dot, matrix};
pub(super) use patterns::patterns;
pub(super) use points::{Spot, points};
pub(super) use scatter::{Mark, scatter};
pub(super) use shape::{Shape, shapes};
pub(super) use strips::{Strip, StripDot, strips};
pub(super) use tornado::tornado;
pub(super) use trend::{TrendPoint, trend};
pub(super) use years::{PayerBars, YearBar, years};

use maud::{Markup, html};

/// What every picture has round its drawing.
pub(super) struct Frame<'a> {
    /// Unique on its page.
    pub id: &'a str,
    /// What it shows.
    pub title: &'a str,
    /// What is seen, for those who cannot see it.
    pub description: &'a str,
    /// Below it: source, and how to read it.
    pub note: Option<&'a str>,
    /// The id of the table with the same figures, on the same page.
    pub table: Option<&'a str>,
}

impl Frame<'_> {
    /// The drawing with its title, description and the way to its table. `role` is `img` where
    /// nothing in it leads anywhere.
    fn around(&self, drawing: &Markup) -> Markup {
        html! {
            figure.picture id=(self.id) {
                figcaption { (self.title) }
                (drawing)
                @if let Some(note) = self.note { p.note { (note) } }
                @if let Some(table) = self.table {
                    p.note { a href={ "#" (table) } { "The same figures as a table" } }
                }
            }
        }
    }

    /// The first children of its `svg`.
    fn told(&self) -> Markup {
        html! {
            title id={ (self.id) "-t" } { (self.title) }
            desc id={ (self.id) "-d" } { (self.description) }
        }
    }

    /// The ids of both.
    fn labels(&self) -> String {
        format!("{0}-t {0}-d", self.id)
    }
}

/// A length across: per cent of the width, with two decimals.
fn percent(share: f64) -> String {
    let text = format!("{:.2}", 100.0 * share);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// A length down, in pixels.
fn px(length: f64) -> String {
    let text = format!("{length:.1}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
