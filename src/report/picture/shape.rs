//! Places as shapes: small areas put together, thinned along the borders they share, laid flat.
//!
//! Borders are thinned once, as lines between the points where three areas meet, so that two
//! neighbours keep the same border and no gap opens between them. Simplifying each area by itself,
//! as geometry crates do, opens such gaps.

use crate::axis::{Localities, LocalityId};
use crate::place::{Outlines, Point};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// One place, in the unit of the drawing.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::report) struct Shape {
    /// Code of the locality.
    pub code: String,
    /// Its outline as the data of an SVG path; holes by the even-odd rule.
    pub path: String,
    /// A point well inside it.
    pub inside: (f64, f64),
}

/// Width of the drawing; its height follows.
pub(super) const WIDTH: f64 = 640.0;

/// How far a border may be moved by thinning, in the unit of the drawing.
const TOLERANCE: f64 = 0.8;

type Edge = (Point, Point);

/// Points of the drawing, one after another.
type Line = Vec<(f64, f64)>;

/// The shapes of places, with the height of their drawing. A place without outlines has none.
pub(in crate::report) fn shapes(
    outlines: &Outlines,
    localities: &Localities,
    places: &[LocalityId],
) -> (Vec<Shape>, f64) {
    let edges: Vec<BTreeSet<Edge>> = (places.iter())
        .map(|&place| border(outlines, localities, place))
        .collect();
    let Some(flat) = Flat::over(edges.iter().flatten().flat_map(|&(a, b)| [a, b])) else {
        return (Vec::new(), 0.0);
    };
    let chains = chains(&edges);
    let thin: Vec<Line> = (chains.iter())
        .map(|(points, _)| {
            let flat: Line = points.iter().map(|&point| flat.lay(point)).collect();
            thinned(&flat)
        })
        .collect();
    let ends: Vec<Edge> = (chains.iter())
        .filter_map(|(points, _)| Some((*points.first()?, *points.last()?)))
        .collect();
    let mut shapes = Vec::new();
    for (number, &place) in places.iter().enumerate() {
        let own: Vec<usize> = (0..chains.len())
            .filter(|&chain| chains[chain].1.contains(&number))
            .collect();
        let rings = rings(&own, &ends, &thin);
        if rings.is_empty() {
            continue;
        }
        shapes.push(Shape {
            code: localities.code(place).to_owned(),
            path: path(&rings),
            inside: inside(&rings),
        });
    }
    (shapes, flat.height)
}

/// The edges round a place: those of its small areas that no second one of them has.
fn border(outlines: &Outlines, localities: &Localities, place: LocalityId) -> BTreeSet<Edge> {
    let parts: Vec<LocalityId> = match outlines.rings(place) {
        [] => (outlines.localities())
            .filter(|&part| localities.leaves(place).contains(localities.leaves(part)))
            .collect(),
        _ => vec![place],
    };
    let mut border = BTreeSet::new();
    for ring in parts.iter().flat_map(|&part| outlines.rings(part)) {
        for (i, &a) in ring.iter().enumerate() {
            let b = ring[(i + 1) % ring.len()];
            let edge = (a.min(b), a.max(b));
            if a != b && !border.insert(edge) {
                border.remove(&edge);
            }
        }
    }
    border
}

/// Borders as lines from one meeting point to the next, each with the places it bounds.
fn chains(edges: &[BTreeSet<Edge>]) -> Vec<(Vec<Point>, BTreeSet<usize>)> {
    let mut owners: BTreeMap<Edge, BTreeSet<usize>> = BTreeMap::new();
    for (place, edges) in edges.iter().enumerate() {
        for &edge in edges {
            owners.entry(edge).or_default().insert(place);
        }
    }
    let mut beside: BTreeMap<Point, Vec<Point>> = BTreeMap::new();
    for &(a, b) in owners.keys() {
        beside.entry(a).or_default().push(b);
        beside.entry(b).or_default().push(a);
    }
    let meets = |point: &Point| beside.get(point).is_none_or(|others| others.len() != 2);
    let mut left: BTreeSet<Edge> = owners.keys().copied().collect();
    let mut chains = Vec::new();
    // From meeting points first; what is left then are rings without any.
    let starts = beside.keys().filter(|point| meets(point));
    for &start in starts.chain(beside.keys()) {
        for &next in &beside[&start] {
            let first = (start.min(next), start.max(next));
            if !left.remove(&first) {
                continue;
            }
            let mut line = vec![start, next];
            let (mut before, mut at) = (start, next);
            while at != start && !meets(&at) {
                let Some(&onward) = beside[&at].iter().find(|&&other| other != before) else {
                    break;
                };
                if !left.remove(&(at.min(onward), at.max(onward))) {
                    break;
                }
                line.push(onward);
                (before, at) = (at, onward);
            }
            chains.push((line, owners[&first].clone()));
        }
    }
    chains
}

/// The earth laid flat: east to the right, shortened as at the middle of the places.
struct Flat {
    west: f64,
    north: f64,
    across: f64,
    down: f64,
    height: f64,
}

impl Flat {
    fn over(points: impl Iterator<Item = Point>) -> Option<Self> {
        let mut bounds: Option<(Point, Point)> = None;
        for (x, y) in points {
            let (low, high) = bounds.get_or_insert(((x, y), (x, y)));
            *low = (low.0.min(x), low.1.min(y));
            *high = (high.0.max(x), high.1.max(y));
        }
        let ((west, south), (east, north)) = bounds?;
        if west == east || south == north {
            return None;
        }
        let middle = (f64::from(south) + f64::from(north)) / 2e6;
        let across = WIDTH / (f64::from(east) - f64::from(west));
        let down = across / middle.to_radians().cos();
        Some(Self {
            west: f64::from(west),
            north: f64::from(north),
            across,
            down,
            height: ((f64::from(north) - f64::from(south)) * down).ceil(),
        })
    }

    fn lay(&self, (x, y): Point) -> (f64, f64) {
        (
            (f64::from(x) - self.west) * self.across,
            (self.north - f64::from(y)) * self.down,
        )
    }
}

/// A line without the points that lie within the tolerance of it (Douglas and Peucker, 1973). A
/// ring is cut at the point farthest from its start.
fn thinned(line: &[(f64, f64)]) -> Line {
    let (Some(&first), Some(last)) = (line.first(), line.len().checked_sub(1)) else {
        return Vec::new();
    };
    let mut keep = vec![false; line.len()];
    keep[0] = true;
    keep[last] = true;
    let mut open = Vec::new();
    if line.len() > 2 && first == line[last] {
        let far = |&i: &usize| distance(line[i], first, first);
        let middle = (1..last)
            .max_by(|a, b| far(a).total_cmp(&far(b)))
            .unwrap_or(1);
        keep[middle] = true;
        open.extend([(0, middle), (middle, last)]);
    } else {
        open.push((0, last));
    }
    while let Some((from, to)) = open.pop() {
        let far = |&i: &usize| distance(line[i], line[from], line[to]);
        let farthest = (from + 1..to).max_by(|a, b| far(a).total_cmp(&far(b)));
        if let Some(middle) = farthest.filter(|i| far(i) > TOLERANCE) {
            keep[middle] = true;
            open.extend([(from, middle), (middle, to)]);
        }
    }
    let kept = line.iter().zip(keep).filter(|(_, keep)| *keep);
    kept.map(|(&point, _)| point).collect()
}

/// How far a point lies from the stretch between two others.
fn distance((x, y): (f64, f64), (ax, ay): (f64, f64), (bx, by): (f64, f64)) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx * dx + dy * dy;
    let along = if length == 0.0 {
        0.0
    } else {
        (((x - ax) * dx + (y - ay) * dy) / length).clamp(0.0, 1.0)
    };
    (x - ax - along * dx).hypot(y - ay - along * dy)
}

/// The lines of one place end to end.
fn rings(own: &[usize], ends: &[Edge], thin: &[Line]) -> Vec<Line> {
    let mut left: BTreeSet<usize> = own.iter().copied().collect();
    let mut rings = Vec::new();
    while let Some(first) = left.pop_first() {
        let (start, mut at) = ends[first];
        let mut ring = thin[first].clone();
        while at != start {
            let next = left.iter().copied().find(|&chain| {
                let (from, to) = ends[chain];
                from == at || to == at
            });
            let Some(next) = next else { break };
            left.remove(&next);
            let (from, to) = ends[next];
            if from == at {
                ring.extend(&thin[next][1..]);
                at = to;
            } else {
                ring.extend(thin[next].iter().rev().skip(1));
                at = from;
            }
        }
        if ring.len() > 3 {
            rings.push(ring);
        }
    }
    rings
}

fn path(rings: &[Line]) -> String {
    let mut path = String::new();
    for ring in rings {
        for (i, (x, y)) in ring.iter().enumerate() {
            let to = if i == 0 { 'M' } else { 'L' };
            // Writing into a text cannot fail.
            let _ = write!(path, "{to}{x:.1} {y:.1}");
        }
        path.push('Z');
    }
    path
}

/// The point of a grid that lies farthest from the border.
fn inside(rings: &[Line]) -> (f64, f64) {
    const STEPS: u32 = 24;
    let points = || rings.iter().flatten();
    let low = points().fold((f64::MAX, f64::MAX), |low, p| {
        (low.0.min(p.0), low.1.min(p.1))
    });
    let high = points().fold((f64::MIN, f64::MIN), |high, p| {
        (high.0.max(p.0), high.1.max(p.1))
    });
    let edges = || {
        rings
            .iter()
            .flat_map(|ring| ring.iter().zip(ring.iter().skip(1).chain(&ring[..1])))
    };
    let mut best = (f64::MIN, low);
    for (i, j) in (1..STEPS).flat_map(|i| (1..STEPS).map(move |j| (i, j))) {
        let share = |step: u32| f64::from(step) / f64::from(STEPS);
        let point = (
            low.0 + share(i) * (high.0 - low.0),
            low.1 + share(j) * (high.1 - low.1),
        );
        let crossings = edges().filter(|(a, b)| {
            (a.1 > point.1) != (b.1 > point.1)
                && point.0 < a.0 + (point.1 - a.1) / (b.1 - a.1) * (b.0 - a.0)
        });
        if crossings.count() % 2 == 0 {
            continue;
        }
        let far = edges()
            .map(|(a, b)| distance(point, *a, *b))
            .fold(f64::MAX, f64::min);
        if far > best.0 {
            best = (far, point);
        }
    }
    best.1
}
