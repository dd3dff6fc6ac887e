//! A nation is a set of packs over one lake: the cube of each is cut beside its files, saved, opened and
//! merged like any other, and a question over several of them says whose rules it used.
//!
//! ```text
//! packs  ─►  cut, one after another  ─►  files  ─►  opened: one question to each  ─►  rows, place by place
//! ```

use super::LakeError;
use super::engine::{Engine, Limits};
use super::{Lake, LakeCube};
use crate::cube::{Answer, AskError, By, Cube, Question};
use crate::finding::Findings;
use crate::ledger::OnProgress;
use crate::money::{MoneyError, Pence};
use crate::place::Place;
use crate::table::{Align, Table};
use crate::text::counted;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The cube of one place, saved.
#[derive(Debug)]
pub struct SavedCube {
    /// The place.
    pub place: Arc<Place>,
    /// The file.
    pub path: PathBuf,
    /// What is wrong in its data.
    pub findings: Findings,
    /// What was not looked for.
    pub left_out: Vec<&'static str>,
}

impl SavedCube {
    /// Cuts the cube of each place on an engine, and saves each before the next is begun: no more than one
    /// is held. The files are `0.cube`, `1.cube`, … in the folder. `limits` are those of each place.
    ///
    /// # Errors
    ///
    /// Of the first place that fails, as [`LakeCube::build`], and [`LakeError::Cube`] where a file cannot
    /// be written. Cubes of places before it are there.
    pub fn cut(
        places: &[(Arc<Place>, Lake)],
        engine: &mut dyn Engine,
        limits: Limits,
        to: &Path,
        progress: &OnProgress<'_>,
    ) -> Result<Vec<Self>, LakeError> {
        let mut saved = Vec::with_capacity(places.len());
        for (number, (place, lake)) in places.iter().enumerate() {
            let made = LakeCube::build_with(place, lake, engine, limits, progress)?;
            let path = to.join(format!("{number}.cube"));
            made.cube.save(&path)?;
            saved.push(Self {
                place: Arc::clone(place),
                path,
                findings: made.findings,
                left_out: made.left_out,
            });
        }
        Ok(saved)
    }

    /// The cube, opened.
    ///
    /// # Errors
    ///
    /// As [`Cube::open`].
    pub fn open(&self) -> Result<Cube, LakeError> {
        Ok(Cube::open(&self.path, &self.place)?)
    }
}

/// One code that is two things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwoThings {
    /// The axis.
    pub axis: String,
    /// The code.
    pub code: String,
    /// The one place.
    pub first: String,
    /// What it is there.
    pub one: String,
    /// The other place.
    pub second: String,
    /// What it is there.
    pub other: String,
}

/// Why several places cannot be asked together.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SeveralError {
    /// There is nobody to ask.
    #[error("no place is named; name one at least")]
    NoPlace,
    /// One code is two areas.
    #[error(
        "`{}` is {} in the pack of {} and {} in that of {}: the two are not of one geography; give both \
         packs the same localities",
        .0.code, .0.one, .0.first, .0.other, .0.second
    )]
    TwoGeographies(Box<TwoThings>),
    /// The places lie in each other.
    #[error(
        "{first} and {second} both are about `{code}`, whose money would be counted twice; leave one out"
    )]
    Overlap {
        /// The one place.
        first: String,
        /// The other.
        second: String,
        /// An area of both.
        code: String,
    },
    /// An extract is in two cubes.
    #[error(
        "`{file}` is read for {first} and for {second}, {lines} lines of its {rows} rows in all; take it out \
         of one of the two packs"
    )]
    HeldTwice {
        /// The file.
        file: String,
        /// The one place.
        first: String,
        /// The other.
        second: String,
        /// What was taken of it.
        lines: u64,
        /// What it has.
        rows: u64,
    },
    /// One code is two things.
    #[error(
        "`{}` of the axis {} is `{}` for {} and `{}` for {}; what is added up must be one thing: give both \
         packs the same name for it, or drill by another axis",
        .0.code, .0.axis, .0.one, .0.first, .0.other, .0.second
    )]
    TwoMeanings(Box<TwoThings>),
    /// One of them cannot answer.
    #[error("{place} cannot be asked this: {source}")]
    Ask {
        /// The place.
        place: String,
        /// Why.
        source: Box<AskError>,
    },
    /// A sum beyond 64 bits of pence.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Cubes of several places of one geography, none of which is counted in another.
#[derive(Clone, Debug)]
pub struct SeveralPlaces<'a> {
    cubes: Vec<&'a Cube>,
}

/// By whose rules the money of a place was accounted for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The name of the place.
    pub place: String,
    /// What tells its pack from any other, in 64 hexadecimal digits.
    pub pack: String,
    /// Each of its rules of sharing, in words.
    pub sharing: Vec<String>,
}

impl Rules {
    fn of(cube: &Cube) -> Self {
        let rules = cube.sharing().rules().iter();
        Self {
            place: cube.place().name().to_owned(),
            pack: cube.place().fingerprint().to_owned(),
            sharing: rules.map(|rule| rule.text.to_string()).collect(),
        }
    }

    /// In one line.
    #[must_use]
    pub fn in_words(&self) -> String {
        let pack = self.pack.get(..12).unwrap_or(&self.pack);
        let sharing = match self.sharing.as_slice() {
            [] => "no rule of sharing".to_owned(),
            rules => rules.join("; "),
        };
        format!("{}: pack {pack}, {sharing}", self.place)
    }
}

/// What a sum of several places cannot know.
const EACH_BY_ITSELF: &str = "Each place is consolidated by itself: what partners of one paid to partners of another \
     stands as outgoing in the one, and as spent in the other, so that the sum of all has it twice.";

/// What several places answered.
///
/// Each is consolidated by itself, by the boundary of the question: a payment from a partner of one place to a partner
/// of another is eliminated in neither. The notes of the table say so.
#[derive(Clone, Debug)]
pub struct AnswerOfPlaces {
    /// Of each place whose rules it used, and its own answer.
    pub of_places: Vec<(Rules, Answer)>,
    /// The sum of all.
    pub total: Pence,
}

impl<'a> SeveralPlaces<'a> {
    /// Holds the cubes against each other.
    ///
    /// # Errors
    ///
    /// [`SeveralError`]: where one code is two areas, where an area is in two places, and where two cubes
    /// took more rows of an extract than it has.
    pub fn of(cubes: Vec<&'a Cube>) -> Result<Self, SeveralError> {
        if cubes.is_empty() {
            return Err(SeveralError::NoPlace);
        }
        let mut areas: BTreeMap<&str, (String, &str)> = BTreeMap::new();
        let mut leaves: BTreeMap<&str, &str> = BTreeMap::new();
        let mut extracts: BTreeMap<&str, (&str, u64)> = BTreeMap::new();
        for cube in &cubes {
            let place = cube.place();
            let name = place.name();
            let localities = &place.axes().localities;
            for level in localities.levels() {
                for id in localities.at_level(level) {
                    let code = localities.code(id);
                    let here = format!("`{}`, a {level}", localities.name(id));
                    match areas.get(code) {
                        Some((there, first)) if *there != here => {
                            return Err(SeveralError::TwoGeographies(Box::new(TwoThings {
                                axis: "locality".to_owned(),
                                code: code.to_owned(),
                                first: (*first).to_owned(),
                                one: there.clone(),
                                second: name.to_owned(),
                                other: here,
                            })));
                        }
                        Some(_) => {}
                        None => {
                            areas.insert(code, (here, name));
                        }
                    }
                }
            }
            for leaf in localities.leaves(place.locality()).iter() {
                let code = localities.leaf_code(leaf);
                if let Some(first) = leaves.insert(code, name) {
                    return Err(SeveralError::Overlap {
                        first: first.to_owned(),
                        second: name.to_owned(),
                        code: code.to_owned(),
                    });
                }
            }
            let mut here: BTreeMap<&str, (u64, u64, &str)> = BTreeMap::new();
            for batch in cube.batches() {
                let of = here
                    .entry(&batch.fingerprint)
                    .or_insert((0, 0, &batch.shown));
                (of.0, of.1) = (of.0 + batch.lines, of.1.max(batch.rows));
            }
            for (fingerprint, (lines, rows, shown)) in here {
                let (first, known) = *extracts.get(fingerprint).unwrap_or(&(name, 0));
                if known > 0 && known + lines > rows {
                    return Err(SeveralError::HeldTwice {
                        file: shown.to_owned(),
                        first: first.to_owned(),
                        second: name.to_owned(),
                        lines: known + lines,
                        rows,
                    });
                }
                extracts.insert(fingerprint, (first, known + lines));
            }
        }
        Ok(Self { cubes })
    }

    /// Puts one question to each, drilled by the same axes.
    ///
    /// # Errors
    ///
    /// [`SeveralError::Ask`] with the place that cannot answer, [`SeveralError::TwoMeanings`],
    /// [`SeveralError::Money`].
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::lake::SeveralPlaces;
    /// use wholeplace::{Boundary, By, Cube, Phase, Place, PlaceAccount};
    /// let place = Place::open("examples/data/shropshire")?;
    /// let cube = Cube::build(&PlaceAccount::load(&place)?)?;
    /// let year = "2017-18".parse()?;
    /// let answer = SeveralPlaces::of(vec![&cube])?.ask([By::Partner], |question| {
    ///     question.period(year).phase(Phase::Outturn).boundary(Boundary::AllPartners)
    /// })?;
    /// assert_eq!(answer.total, answer.of_places[0].1.total.amount);
    /// assert!(answer.table().notes()[0].contains("pack"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ask(
        &self,
        by: impl IntoIterator<Item = By>,
        ask: impl Fn(Question<'a>) -> Question<'a>,
    ) -> Result<AnswerOfPlaces, SeveralError> {
        let by: Vec<By> = by.into_iter().collect();
        let mut of_places: Vec<(Rules, Answer)> = Vec::with_capacity(self.cubes.len());
        let mut names: BTreeMap<(String, String), (String, String)> = BTreeMap::new();
        for cube in &self.cubes {
            let rules = Rules::of(cube);
            let answer = ask(cube.ask()).by(by.iter().cloned()).answer();
            let answer = answer.map_err(|source| SeveralError::Ask {
                place: rules.place.clone(),
                source: Box::new(source),
            })?;
            for key in answer.rows.iter().flat_map(|row| &row.keys) {
                let of = (key.axis.clone(), key.code.clone());
                let here = (key.name.clone(), rules.place.clone());
                let (one, first) = names.entry(of).or_insert(here);
                if *one != key.name {
                    return Err(SeveralError::TwoMeanings(Box::new(TwoThings {
                        axis: key.axis.clone(),
                        code: key.code.clone(),
                        first: first.clone(),
                        one: one.clone(),
                        second: rules.place,
                        other: key.name.clone(),
                    })));
                }
            }
            of_places.push((rules, answer));
        }
        let totals = of_places.iter().map(|(_, answer)| answer.total.amount);
        Ok(AnswerOfPlaces {
            total: Pence::total(totals)?,
            of_places,
        })
    }
}

impl AnswerOfPlaces {
    /// A row for each member and place, and the sum of all; its notes say whose rules each used.
    #[must_use]
    pub fn table(&self) -> Table {
        let first = self.of_places.first();
        let places = counted(self.of_places.len() as u64, "place");
        let axes = first.map_or(&[][..], |(_, answer)| answer.axes.as_slice());
        let mut table = Table::new(places);
        for axis in axes {
            table.column(axis, Align::Left);
        }
        table.column("place", Align::Left);
        table.column("amount", Align::Right);
        table.column("how it is known", Align::Left);
        table.column("lines", Align::Right);
        let mut rows: BTreeMap<Vec<&str>, Vec<Vec<String>>> = BTreeMap::new();
        for (rules, answer) in &self.of_places {
            for row in answer.rows.iter().filter(|row| !row.figure.is_nothing()) {
                let codes = row.keys.iter().map(|key| key.code.as_str()).collect();
                let mut cells: Vec<String> = row.keys.iter().map(|key| key.name.clone()).collect();
                cells.extend([
                    rules.place.clone(),
                    row.figure.amount.to_string(),
                    row.figure.composition.in_words(),
                    row.figure.lines.to_string(),
                ]);
                rows.entry(codes).or_default().push(cells);
            }
        }
        rows.into_values()
            .flatten()
            .for_each(|cells| table.row(cells));
        let lines: u64 = (self.of_places.iter())
            .map(|(_, answer)| answer.total.lines)
            .sum();
        let mut all = vec![String::new(); axes.len()];
        all.extend([
            "all".to_owned(),
            self.total.to_string(),
            String::new(),
            lines.to_string(),
        ]);
        table.row(all);
        if self.of_places.len() > 1 {
            table.note(EACH_BY_ITSELF);
        }
        for (rules, answer) in &self.of_places {
            table.note(&rules.in_words());
            for note in &answer.notes {
                table.note(&format!("{}: {note}", rules.place));
            }
        }
        table
    }
}
