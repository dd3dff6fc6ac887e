//! Outlines of localities, for maps: read when a map is wanted, never to account for anything.

use super::files::{Folder, Folders};
use super::lookups::unknown_areas;
use super::spec::{OutlinesSpec, Outside};
use super::{Place, PlaceError};
use crate::axis::LocalityId;
use crate::finding::{Finding, Findings, Position};
use crate::sheet;
use geojson::{FeatureCollection, GeometryValue};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// A point on the earth: longitude and latitude in millionths of a degree.
///
/// Whole numbers, so that a corner which two areas share is the same point for both.
pub type Point = (i32, i32);

/// Where the outlines of a pack lie.
#[derive(Clone, Debug)]
pub(super) struct OutlinesPlan {
    path: PathBuf,
    shown: String,
    code: String,
    source: String,
    /// Whether outlines of areas that the place does not have are passed over.
    leaves_out: bool,
}

impl OutlinesPlan {
    /// The file, if it is there.
    pub(super) fn find(
        spec: &OutlinesSpec,
        at: &Position,
        folders: &Folders,
        findings: &mut Findings,
    ) -> Option<Self> {
        let (folder, name) = match (&spec.file, &spec.data) {
            (Some(name), None) => (Folder::Pack, name),
            (None, Some(name)) => (Folder::Data, name),
            _ => {
                findings.push(Finding::fault(
                    "outlines-without-file",
                    at.clone(),
                    "outlines need one of `file` and `data`".to_owned(),
                    "name one GeoJSON file",
                ));
                return None;
            }
        };
        match folders.one(folder, name) {
            Ok(path) => Some(Self {
                path,
                shown: name.clone(),
                code: spec.code.clone(),
                source: spec.source.clone(),
                leaves_out: spec.outside == Some(Outside::LeftOut),
            }),
            Err(found) => {
                findings.push(Finding::fault(
                    "no-such-file",
                    at.clone(),
                    found,
                    "correct the name; a pack reads only its own folder and its data folder",
                ));
                None
            }
        }
    }
}

/// The outlines of some localities of a place.
#[derive(Clone, Debug, Default)]
pub struct Outlines {
    rings: BTreeMap<LocalityId, Vec<Vec<Point>>>,
    source: String,
    left_out: usize,
}

impl Outlines {
    /// The rings of one locality, each closed, its first point not repeated; none where the file
    /// has no outline of it.
    #[must_use]
    pub fn rings(&self, locality: LocalityId) -> &[Vec<Point>] {
        self.rings.get(&locality).map_or(&[], Vec::as_slice)
    }

    /// The localities that have an outline, in order.
    pub fn localities(&self) -> impl Iterator<Item = LocalityId> {
        self.rings.keys().copied()
    }

    /// How many outlines of the file are of areas that the place does not have and were passed over,
    /// as `outside` says.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Publisher, edition, licence; printed with every map.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }
}

impl Place {
    /// The outlines that the pack names in `[outlines]`, read now; none where it names none.
    ///
    /// # Errors
    ///
    /// [`PlaceError::Faults`]: the file cannot be read or is not GeoJSON; a feature without the
    /// property that holds its code, with a code that no locality has, or not in degrees.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::place::Place;
    /// let place = Place::open("examples/data/shropshire")?;
    /// let ludlow = place.axes().localities.find("ludlow")?;
    /// let outlines = place.outlines()?.unwrap_or_default();
    /// assert!(!outlines.rings(ludlow).is_empty());
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn outlines(&self) -> Result<Option<Outlines>, PlaceError> {
        let Some(plan) = &self.outlines else {
            return Ok(None);
        };
        let mut findings = Findings::new();
        let mut fault = |rule: &str, found: String, remedy: &str| {
            let at = Position::file(&plan.shown);
            findings.push(Finding::fault(rule, at, found, remedy));
        };
        let read = sheet::text_of(&plan.path).map_err(|error| error.to_string());
        let parsed = read.and_then(|text| {
            text.parse::<FeatureCollection>()
                .map_err(|error| error.to_string())
        });
        let mut rings: BTreeMap<LocalityId, Vec<Vec<Point>>> = BTreeMap::new();
        let mut unknown: BTreeSet<String> = BTreeSet::new();
        match parsed {
            Err(reason) => fault(
                "unreadable-outlines",
                reason,
                "give a GeoJSON feature collection",
            ),
            Ok(collection) => {
                for (number, feature) in (1..).zip(&collection.features) {
                    let code = feature.property(&plan.code).and_then(|code| code.as_str());
                    let Some(code) = code else {
                        fault(
                            "outline-without-code",
                            format!("feature {number} has no text property `{}`", plan.code),
                            "name the property that holds the code of the locality",
                        );
                        continue;
                    };
                    let localities = &self.axes.localities;
                    let known = localities.has(code).then(|| localities.find(code));
                    let Some(Ok(locality)) = known else {
                        unknown.insert(code.to_owned());
                        continue;
                    };
                    let geometry = feature.geometry.as_ref();
                    let found = geometry.map(|geometry| rings_of(&geometry.value));
                    match found.unwrap_or_else(|| Some(Vec::new())) {
                        Some(found) => rings.entry(locality).or_default().extend(found),
                        None => fault(
                            "outlines-not-degrees",
                            format!(
                                "the outline of `{code}` is not in degrees of longitude and latitude"
                            ),
                            "convert it to WGS 84 (EPSG:4326), as GeoJSON asks; metres of the National Grid are not degrees",
                        ),
                    }
                }
            }
        }
        self.tell_unknown(plan, &unknown, &mut findings);
        if findings.any_fault() {
            return Err(PlaceError::Faults(findings));
        }
        Ok(Some(Outlines {
            rings,
            source: plan.source.clone(),
            left_out: unknown.len(),
        }))
    }

    /// Outlines of areas that the place does not have, where they are not left out: a few with the
    /// codes that are near, many as one.
    fn tell_unknown(
        &self,
        plan: &OutlinesPlan,
        unknown: &BTreeSet<String>,
        findings: &mut Findings,
    ) {
        const FEW: usize = 3;
        let at = || Position::file(&plan.shown);
        if plan.leaves_out {
            return;
        }
        if unknown.len() > FEW {
            let rows = unknown.len() as u64;
            findings.push(unknown_areas(unknown, rows, at(), "the place"));
            return;
        }
        for code in unknown {
            if let Err(error) = self.axes.localities.find(code) {
                findings.push(Finding::fault(
                    "unknown-locality",
                    at(),
                    error.to_string(),
                    "take outlines of the pack's own localities, or write `outside = \"left out\"`",
                ));
            }
        }
    }
}

/// Rings of polygons; points and lines have none. `None` where a corner is nowhere on the earth.
fn rings_of(geometry: &GeometryValue) -> Option<Vec<Vec<Point>>> {
    let polygon = |polygon: &Vec<Vec<geojson::Position>>| -> Option<Vec<Vec<Point>>> {
        polygon.iter().map(|ring| ring_of(ring)).collect()
    };
    let rings: Option<Vec<Vec<Vec<Point>>>> = match geometry {
        GeometryValue::Polygon { coordinates } => return polygon(coordinates),
        GeometryValue::MultiPolygon { coordinates } => coordinates.iter().map(polygon).collect(),
        GeometryValue::GeometryCollection { geometries } => {
            let values = geometries.iter().map(|geometry| &geometry.value);
            values.map(rings_of).collect()
        }
        _ => return Some(Vec::new()),
    };
    Some(rings?.into_iter().flatten().collect())
}

fn ring_of(ring: &[geojson::Position]) -> Option<Vec<Point>> {
    let millionths = |degrees: f64| (degrees * 1e6).round() as i32;
    let mut points: Vec<Point> = Vec::with_capacity(ring.len());
    for at in ring {
        if let [longitude, latitude, ..] = at.as_slice() {
            if longitude.abs() > 180.0 || latitude.abs() > 90.0 {
                return None;
            }
            points.push((millionths(*longitude), millionths(*latitude)));
        }
    }
    points.dedup();
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    Some(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metres_are_no_degrees() {
        let ring = |corners: &[[f64; 2]]| {
            let corners = corners.iter().map(|at| geojson::Position::from(*at));
            ring_of(&corners.collect::<Vec<_>>())
        };
        let ludlow = [
            [-2.72, 52.36],
            [-2.70, 52.36],
            [-2.71, 52.38],
            [-2.72, 52.36],
        ];
        assert_eq!(ring(&ludlow).map(|ring| ring.len()), Some(3));
        // The same town in metres of the National Grid.
        assert_eq!(
            ring(&[[351_000.0, 274_600.0], [352_000.0, 274_600.0]]),
            None
        );
    }
}
