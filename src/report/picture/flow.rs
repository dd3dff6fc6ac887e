//! Flows between partners: ribbons from those whose money it was, through those who spend it, to
//! what it is spent on.

use super::{Frame, percent, px};
use crate::money::Pence;
use maud::{Markup, PreEscaped, html};

/// One column of a flow picture: what stands in it, and what flows from it to the next.
pub(in crate::report) struct Stage {
    /// What the column is: `Whose money`.
    pub heading: &'static str,
    /// Names with the words of their sum, from above.
    pub nodes: Vec<(String, String)>,
}

/// One ribbon between a stage and the next.
pub(in crate::report) struct Ribbon {
    /// The stage it starts from.
    pub stage: usize,
    /// The node there, and the node of the next stage.
    pub ends: (usize, usize),
    /// How much.
    pub amount: Pence,
}

const BODY: f64 = 420.0;
const HEAD: f64 = 46.0;
const GAP: f64 = 20.0;
const NODE: f64 = 1.6;

/// Ribbons as thick as their sums. Sums below zero cannot be drawn as a thickness: they stand in
/// the table only, and the caller says so.
pub(in crate::report) fn flow(frame: &Frame<'_>, stages: &[Stage], ribbons: &[Ribbon]) -> Markup {
    let layout = Layout::of(stages, ribbons);
    let paths = layout.paths(stages, ribbons);
    let last = stages.len().saturating_sub(1);
    frame.around(&html! {
        svg.flow width="100%" height=(px(layout.height)) role="img" aria-labelledby=(frame.labels()) {
            (frame.told())
            // Ribbons stretch with the page; letters, outside this drawing, do not.
            svg width="100%" height=(px(layout.height)) viewBox={ "0 0 100 " (PreEscaped(px(layout.height))) }
                preserveAspectRatio="none" {
                @for (path, words, from) in &paths {
                    path class={ "ribbon ribbon-" (from % 4) } d=(path) { title { (words) } }
                }
            }
            @for (s, stage) in stages.iter().enumerate() {
                @let (anchor, edge) = lean(s, last);
                @let at = percent((layout.across(s) + edge * NODE) / 100.0);
                text.unit x=(at) y="12" text-anchor=(anchor) { (stage.heading) }
                @for (n, (name, words)) in stage.nodes.iter().enumerate() {
                    @let top = layout.tops[s][n];
                    @let thick = layout.thick[s][n].max(1.0);
                    rect.node x=(percent(layout.across(s) / 100.0)) y=(px(top)) width=(percent(NODE / 100.0)) height=(px(thick)) {}
                    @if anchor == "middle" {
                        text.halo x=(at) y=(px(top - 5.0)) text-anchor="middle" { (name) tspan.wide { " " (words) } }
                    } @else {
                        text.halo x=(percent((layout.across(s) + (1.0 - edge) * NODE) / 100.0))
                            dx=(if s == 0 { "5" } else { "-5" }) y=(px(top + thick / 2.0 + 4.0))
                            text-anchor=(anchor) { (name) tspan.wide { " " (words) } }
                    }
                }
            }
        }
    })
}

/// Where nodes stand, and how thick they are.
struct Layout {
    /// Height of the whole drawing, in pixels.
    height: f64,
    /// Pixels for each penny.
    per_penny: f64,
    /// Top of each node, by stage.
    tops: Vec<Vec<f64>>,
    /// Thickness of each node, by stage.
    thick: Vec<Vec<f64>>,
}

fn size(ribbon: &Ribbon) -> f64 {
    ribbon.amount.get().max(0) as f64
}

/// What stands in a node: the larger of what comes in and what goes out.
fn weight(ribbons: &[Ribbon], stage: usize, node: usize) -> f64 {
    let out = (ribbons.iter()).filter(|r| r.stage == stage && r.ends.0 == node);
    let into = (ribbons.iter()).filter(|r| r.stage + 1 == stage && r.ends.1 == node);
    out.map(size).sum::<f64>().max(into.map(size).sum())
}

impl Layout {
    fn of(stages: &[Stage], ribbons: &[Ribbon]) -> Self {
        let weights: Vec<Vec<f64>> = (stages.iter().enumerate())
            .map(|(s, stage)| {
                (0..stage.nodes.len())
                    .map(|n| weight(ribbons, s, n))
                    .collect()
            })
            .collect();
        let total = weights
            .iter()
            .map(|nodes| nodes.iter().sum::<f64>())
            .fold(1.0, f64::max);
        let most = stages.iter().map(|stage| stage.nodes.len()).max();
        let per_penny = BODY / total;
        // A fixed gap between nodes, so that labels never meet.
        let top = |at: &mut f64, weight: &f64| {
            let top = *at;
            *at += weight * per_penny + GAP;
            Some(top)
        };
        Self {
            height: HEAD + BODY + GAP * most.unwrap_or(0) as f64,
            per_penny,
            tops: (weights.iter())
                .map(|nodes| nodes.iter().scan(HEAD, top).collect())
                .collect(),
            thick: (weights.iter())
                .map(|nodes| nodes.iter().map(|weight| weight * per_penny).collect())
                .collect(),
        }
    }

    /// Where a stage stands, in per cent of the width.
    fn across(&self, stage: usize) -> f64 {
        let last = self.tops.len().saturating_sub(1).max(1);
        stage as f64 / last as f64 * (100.0 - NODE)
    }

    /// The outline of each ribbon, its words, and the node it leaves.
    fn paths(&self, stages: &[Stage], ribbons: &[Ribbon]) -> Vec<(String, String, usize)> {
        let nothing = |nodes: &Vec<f64>| vec![0.0; nodes.len()];
        let mut leaving: Vec<Vec<f64>> = self.tops.iter().map(nothing).collect();
        let mut entering = leaving.clone();
        let mut paths = Vec::with_capacity(ribbons.len());
        for ribbon in ribbons {
            let (stage, (from, to)) = (ribbon.stage, ribbon.ends);
            let thick = size(ribbon) * self.per_penny;
            if thick <= 0.0 {
                continue;
            }
            let across = (self.across(stage) + NODE, self.across(stage + 1));
            let y0 = self.tops[stage][from] + leaving[stage][from];
            let y1 = self.tops[stage + 1][to] + entering[stage + 1][to];
            leaving[stage][from] += thick;
            entering[stage + 1][to] += thick;
            let words = format!(
                "{} to {}: {}",
                stages[stage].nodes[from].0,
                stages[stage + 1].nodes[to].0,
                ribbon.amount
            );
            paths.push((outline(across, (y0, y1), thick), words, from));
        }
        paths
    }
}

/// A band between two nodes, as a path.
fn outline((x0, x1): (f64, f64), (y0, y1): (f64, f64), thick: f64) -> String {
    let middle = (x0 + x1) / 2.0;
    let (under0, under1) = (y0 + thick, y1 + thick);
    format!(
        "M{x0:.2} {y0:.1}C{middle:.2} {y0:.1} {middle:.2} {y1:.1} {x1:.2} {y1:.1}L{x1:.2} {under1:.1}C{middle:.2} {under1:.1} {middle:.2} {under0:.1} {x0:.2} {under0:.1}Z"
    )
}

/// To which side the words of a column lean, and which edge of its nodes its heading stands at. In
/// the middle they stand above the nodes, where no other words are.
fn lean(stage: usize, last: usize) -> (&'static str, f64) {
    match stage {
        0 => ("start", 0.0),
        stage if stage == last => ("end", 1.0),
        _ => ("middle", 0.5),
    }
}
