//! For programs with readers of their own: drivers, the measures by which money is shared over
//! localities, ages and client groups.
//!
//! A driver gives a mass that is never negative to each leaf area, age band and (when known)
//! client group: residents, caseload, recorded incidents, pupils. The share of a record's region
//! `R` that lies in a slice `S` is
//!
//! ```text
//! share = mass(R ∩ S) / mass(R)
//! ```
//!
//! and there is no other sharing formula over places and people in this crate.
//!
//! # Example: the share of Ludlow in what is spent on children of the county
//!
//! ```
//! use wholeplace::driver::Groups;
//! use wholeplace::{Ages, Place};
//! let place = Place::open("examples/data/shropshire")?;
//! let residents = place.residents().unwrap();
//! let localities = &place.axes().localities;
//! let mass = |code: &str| -> Result<u64, wholeplace::Error> {
//!     let leaves = localities.leaves(localities.find(code)?);
//!     Ok(residents.mass(leaves, Ages::new(10, 17)?, Groups::All).unwrap())
//! };
//! assert_eq!((mass("ludlow")?, mass("E06000051")?), (924, 27_635));
//! # Ok::<(), wholeplace::Error>(())
//! ```

mod basis;
mod ages;
mod build;
mod sharing;
mod alternative;

pub use alternative::Alternative;
pub use basis::Basis;
pub use build::{DriverRow, DriverSpec};
pub use sharing::{Sharing, SharingRule};

use crate::axis::{Ages, Evidence, Gap, Leaves, MemberId, Tree};

/// One measure, with its masses ready to be added up over any region.
///
/// Masses are whole numbers (a measure with decimals is scaled by a power of ten, which changes
/// no share). They are kept as sums over all leaves and bands before, so that the mass of a range
/// of leaves and a range of bands takes four look-ups.
///
/// # Units
///
/// Whatever the driver measures, times [`Driver::scale`]; only ratios of masses are ever used,
/// except by the driver that counts residents for figures per head.
#[derive(Clone, Debug)]
pub struct Driver {
    code: String,
    name: String,
    class: Evidence,
    basis: Option<Basis>,
    source: String,
    /// The ages of each band, in order; together they are all ages.
    bands: Vec<Ages>,
    covers: Leaves,
    scale: u64,
    layers: Vec<Layer>,
    /// Whose ages they are, where it knows places and takes its ages from another.
    ages_of: Option<AgesOf>,
}

/// The driver that gave its ages.
#[derive(Clone, Debug)]
struct AgesOf {
    /// The bands that the taker has of its own.
    own: Vec<Ages>,
    name: String,
    class: Evidence,
}

/// The masses of one client group, or of everyone when the driver knows no groups.
#[derive(Clone, Debug)]
struct Layer {
    group: Option<MemberId>,
    /// `sums[leaf × (bands + 1) + band]`: mass of all leaves before and all bands before.
    sums: Vec<u64>,
}

/// The largest total mass: far beyond any count of people or incidents, and small enough that
/// shares never leave 128 bits.
const LARGEST: u64 = 1 << 48;

/// From masses of cells to sums over all leaf areas and bands before.
fn added_up(sums: &mut [u64], leaves: usize, width: usize) {
    for leaf in 1..=leaves {
        for band in 1..width {
            sums[leaf * width + band] += sums[leaf * width + band - 1];
        }
        for band in 1..width {
            sums[leaf * width + band] += sums[(leaf - 1) * width + band];
        }
    }
}

/// Which client groups a mass is wanted of.
#[derive(Clone, Copy, Debug)]
pub enum Groups<'a> {
    /// Everyone.
    All,
    /// The branch below a member, in a tree of client groups.
    Branch(&'a Tree, MemberId),
}

impl Driver {
    /// The code by which sharing rules name it.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What it measures.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The evidence class of money shared by it.
    #[must_use]
    pub fn class(&self) -> Evidence {
        self.class
    }

    /// The evidence class of money that is shared by its masses of these ages: where they are finer
    /// than its own, no better than the ages it has from another are known.
    #[must_use]
    pub fn class_of(&self, ages: &[Ages]) -> Evidence {
        let Some(of) = &self.ages_of else {
            return self.class;
        };
        let starts = |age: u8| of.own.iter().any(|band| band.youngest() == age);
        let ends = |age: u8| of.own.iter().any(|band| band.oldest() == age);
        let own = |ages: &Ages| starts(ages.youngest()) && ends(ages.oldest());
        if ages.iter().all(own) {
            self.class
        } else {
            self.class.max(of.class)
        }
    }

    /// What the driver measures from which it has its ages, if they are not its own.
    #[must_use]
    pub fn ages_of(&self) -> Option<&str> {
        self.ages_of.as_ref().map(|ages| ages.name.as_str())
    }

    /// Whether its masses stand where people live or where it happens, if its pack says so.
    #[must_use]
    pub fn basis(&self) -> Option<Basis> {
        self.basis
    }

    /// Publisher, edition and date.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// By how much its values were multiplied to make them whole.
    #[must_use]
    pub fn scale(&self) -> u64 {
        self.scale
    }

    /// The leaf areas for which it has masses.
    #[must_use]
    pub fn covers(&self) -> &Leaves {
        &self.covers
    }

    /// Whether it has masses by client group.
    #[must_use]
    pub fn knows_groups(&self) -> bool {
        self.layers.iter().any(|layer| layer.group.is_some())
    }

    /// The mass of a region.
    ///
    /// # Errors
    ///
    /// [`Gap::DriverTooCoarse`] when the driver cannot say: it does not cover the area, an age
    /// band straddles the ages asked, or it knows no client groups.
    pub fn mass(&self, leaves: &Leaves, ages: Ages, groups: Groups<'_>) -> Result<u64, Gap> {
        if !self.covers.contains(leaves) {
            return Err(Gap::DriverTooCoarse);
        }
        let (first, end) = self.bands_of(ages).ok_or(Gap::DriverTooCoarse)?;
        let mut mass = 0;
        let mut known = false;
        for layer in &self.layers {
            let wanted = match (groups, layer.group) {
                (Groups::All, _) => true,
                (Groups::Branch(..), None) => return Err(Gap::DriverTooCoarse),
                (Groups::Branch(tree, top), Some(group)) => {
                    if tree.contains(group, top) && group != top {
                        return Err(Gap::DriverTooCoarse);
                    }
                    tree.contains(top, group)
                }
            };
            if wanted {
                known = true;
                mass += self.layer_mass(layer, leaves, first, end);
            }
        }
        if known {
            Ok(mass)
        } else {
            Err(Gap::DriverTooCoarse)
        }
    }

    fn layer_mass(&self, layer: &Layer, leaves: &Leaves, first: usize, end: usize) -> u64 {
        let width = self.bands.len() + 1;
        let below = |leaf: u32, band: usize| layer.sums[leaf as usize * width + band];
        leaves
            .ranges()
            .iter()
            .map(|&(from, to)| {
                (below(to, end) + below(from, first)) - (below(to, first) + below(from, end))
            })
            .sum()
    }

    /// The bands that make up an interval of ages exactly, as a half-open range.
    fn bands_of(&self, ages: Ages) -> Option<(usize, usize)> {
        let first = self
            .bands
            .iter()
            .position(|b| b.youngest() == ages.youngest())?;
        let last = self
            .bands
            .iter()
            .position(|b| b.oldest() == ages.oldest())?;
        Some((first, last + 1))
    }
}
