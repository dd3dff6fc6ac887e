//! What the codes of a lookup mean: areas of another year or kind, and postcodes, as localities here.

use super::{LocalityId, Placed, Postcode};
use std::collections::{BTreeMap, HashMap};

/// Codes of other areas, or postcodes, and where each lies.
#[derive(Clone, Debug, Default)]
pub(crate) struct AreaCodes {
    pub(crate) areas: HashMap<String, Placed<LocalityId>>,
    pub(crate) postcodes: Option<Postcodes>,
}

impl AreaCodes {
    /// Where a code lies, if it is known.
    pub(crate) fn find(&self, text: &str) -> Option<Placed<LocalityId>> {
        match &self.postcodes {
            Some(postcodes) => postcodes.find(Postcode::new(text)?),
            None => self.areas.get(text).copied(),
        }
    }

    /// Whether its codes are postcodes.
    pub(crate) fn is_of_postcodes(&self) -> bool {
        self.postcodes.is_some()
    }
}

/// Postcodes in order, each with the number of its area in one number of 64 bits.
#[derive(Clone, Debug, Default)]
pub(crate) struct Postcodes {
    /// The postcode in the upper 34 bits, the area in the lower 30.
    packed: Vec<u64>,
    /// Where the postcodes of each area lie.
    places: Vec<Placed<LocalityId>>,
    /// Sectors and districts that mean something: what part of a place each is.
    wider: BTreeMap<Postcode, LocalityId>,
}

const AREA_BITS: u32 = 30;
const AREA: u64 = (1 << AREA_BITS) - 1;

impl Postcodes {
    /// A postcode and the number of its area; the number is below 2^30.
    pub(crate) fn packed(number: u64, area: u32) -> u64 {
        number << AREA_BITS | u64::from(area) & AREA
    }

    /// Whether two packed postcodes are one, in whichever areas.
    pub(crate) fn same_postcode(one: u64, other: u64) -> bool {
        one >> AREA_BITS == other >> AREA_BITS
    }

    /// The number of a postcode, and that of its area.
    fn taken_apart(packed: u64) -> (u64, usize) {
        (packed >> AREA_BITS, (packed & AREA) as usize)
    }

    /// From packed postcodes in order, each once.
    pub(crate) fn new(packed: Vec<u64>, places: Vec<Placed<LocalityId>>) -> Self {
        Self {
            packed,
            places,
            wider: BTreeMap::new(),
        }
    }

    /// Each sector, or each district, with how many of its postcodes each area has.
    pub(crate) fn counts(
        &self,
        of: fn(Postcode) -> Postcode,
    ) -> Vec<(Postcode, Vec<(usize, u64)>)> {
        let mut all: Vec<(Postcode, Vec<(usize, u64)>)> = Vec::new();
        for &packed in &self.packed {
            let (number, area) = Self::taken_apart(packed);
            let of = of(Postcode::Unit(number));
            match all.last_mut() {
                Some((last, counts)) if *last == of => {
                    match counts.iter_mut().find(|(known, _)| *known == area) {
                        Some((_, count)) => *count += 1,
                        None => counts.push((area, 1)),
                    }
                }
                _ => all.push((of, vec![(area, 1)])),
            }
        }
        all
    }

    /// Where the postcodes of an area lie, by its number.
    pub(crate) fn place(&self, area: usize) -> Placed<LocalityId> {
        self.places[area]
    }

    /// How many areas there are.
    pub(crate) fn area_count(&self) -> usize {
        self.places.len()
    }

    /// From now on a sector or a district means this.
    pub(crate) fn widen(&mut self, to: Postcode, place: LocalityId) {
        self.wider.insert(to, place);
    }

    fn find(&self, code: Postcode) -> Option<Placed<LocalityId>> {
        if let Postcode::Unit(number) = code {
            let at = self
                .packed
                .partition_point(|&packed| packed >> AREA_BITS < number);
            let found = self.packed.get(at).map(|&packed| Self::taken_apart(packed));
            if let Some((found, area)) = found
                && found == number
            {
                return Some(self.places[area]);
            }
        }
        let wider = [code.sector(), Some(code.district())];
        (wider.into_iter().flatten())
            .find_map(|wider| self.wider.get(&wider))
            .map(|&place| Placed::On(place))
    }
}
