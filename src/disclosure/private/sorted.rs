//! Lines of all runs in one order: neighbours are of one holder, and of one sum.
//!
//! A line is one number, that of its coordinates above where it stands above its holder, in as few bits as there are of
//! each. In nearly every account it has 64 bits at most, and a line 16 bytes; otherwise the same is done with 128.

use super::grouped::{Grouped, Stand};
use crate::cube::CubeError;
use crate::cube::group::{Appearing, Numbers};
use crate::disclosure::DisclosureError;
use crate::money::{MoneyError, Pence};
use rayon::prelude::*;
use rdst::{RadixKey, RadixSort};

/// A line, by the numbers that its run gave.
pub struct PrivateLine {
    coordinates: u64,
    stand: u32,
    holder: u32,
    pence: i64,
}

/// Lines that follow each other, with coordinates and stands numbered as they appear.
#[derive(Default)]
pub struct NumberedRun {
    pub coordinates: Appearing,
    stands: Numbers<Stand>,
    pub lines: Vec<PrivateLine>,
}

impl NumberedRun {
    pub fn push(&mut self, coordinates: u64, stand: Stand, holder: u32, pence: Pence) {
        self.lines.push(PrivateLine {
            coordinates,
            // There are no more stands than lines of a run, and a run has fewer than 2^32.
            stand: self.stands.number(stand) as u32,
            holder,
            pence: pence.get(),
        });
    }
}

/// What each holder has in each sum: sums in the order of coordinates, and of stands.
pub fn summed(runs: Vec<NumberedRun>) -> Result<Grouped, DisclosureError> {
    let too_many = |error: CubeError| DisclosureError::TooManyCoordinates(error.to_string());
    let mut coordinates = Appearing::default();
    let mut stands: Numbers<Stand> = Numbers::default();
    let of_all = runs.iter().map(|run| {
        let here = coordinates.of_other(&run.coordinates);
        (here, stands.numbers_of(&run.stands))
    });
    let of_all: Vec<_> = of_all.collect();
    let (coordinates, ordered) = coordinates.in_order().map_err(too_many)?;
    let (stands, ranks) = stands.in_order();
    let lines = runs.par_iter().flat_map(|run| &run.lines);
    let last_holder = lines.map(|line| line.holder).max().unwrap_or_default();
    let bits = Bits {
        stand: bits_of(stands.len().saturating_sub(1) as u64),
        holder: bits_of(last_holder.into()),
    };
    let key = |run: usize, line: &PrivateLine| {
        let (here, of_run) = &of_all[run];
        let stand = ranks[of_run[line.stand as usize] as usize];
        bits.key(ordered(here(line.coordinates)), stand, line.holder)
    };
    let sums = if coordinates.bits() + bits.stand + bits.holder <= u64::BITS {
        Sums::of::<u64>(runs, key, bits)
    } else {
        Sums::of::<u128>(runs, key, bits)
    }?;
    Ok(Grouped::new(
        coordinates,
        stands,
        sums.sums,
        sums.starts,
        sums.holders,
    ))
}

/// How many bits numbers up to this one have.
fn bits_of(most: u64) -> u32 {
    u64::BITS - most.leading_zeros()
}

/// How many bits a stand has, and a holder.
#[derive(Clone, Copy)]
struct Bits {
    stand: u32,
    holder: u32,
}

impl Bits {
    fn key(self, coordinates: u64, stand: u32, holder: u32) -> u128 {
        (u128::from(coordinates) << self.stand | u128::from(stand)) << self.holder
            | u128::from(holder)
    }

    /// What lines of one sum have in common.
    fn sum(self, key: u128) -> u128 {
        key >> self.holder
    }

    fn coordinates_and_stand(self, key: u128) -> (u64, u32) {
        let sum = self.sum(key);
        let stand = sum & ((1 << self.stand) - 1);
        ((sum >> self.stand) as u64, stand as u32)
    }

    fn holder_of(self, key: u128) -> u32 {
        (key & ((1 << self.holder) - 1)) as u32
    }
}

/// A number that lines are sorted by.
trait Key: Copy + Default + Eq + Send + Sync {
    /// That of so many bits; more than it has are never asked for.
    fn of(wide: u128) -> Self;
    fn wide(self) -> u128;
}

impl Key for u64 {
    fn of(wide: u128) -> Self {
        wide as Self
    }

    fn wide(self) -> u128 {
        self.into()
    }
}

impl Key for u128 {
    fn of(wide: u128) -> Self {
        wide
    }

    fn wide(self) -> u128 {
        self
    }
}

/// A line as it is sorted.
#[derive(Clone, Copy, Default)]
struct Line<K> {
    key: K,
    pence: i64,
}

impl RadixKey for Line<u64> {
    const LEVELS: usize = 8;

    fn get_level(&self, level: usize) -> u8 {
        self.key.to_le_bytes()[level]
    }
}

impl RadixKey for Line<u128> {
    const LEVELS: usize = 16;

    fn get_level(&self, level: usize) -> u8 {
        self.key.to_le_bytes()[level]
    }
}

/// Sums, and who has how much of each.
#[derive(Default)]
struct Sums {
    sums: Vec<(u64, u32)>,
    starts: Vec<usize>,
    holders: Vec<(u32, Pence)>,
}

impl Sums {
    fn of<K: Key>(
        runs: Vec<NumberedRun>,
        key: impl Fn(usize, &PrivateLine) -> u128 + Sync,
        bits: Bits,
    ) -> Result<Self, MoneyError>
    where
        Line<K>: RadixKey,
    {
        let count = runs.iter().map(|run| run.lines.len()).sum();
        let mut lines: Vec<Line<K>> = Vec::with_capacity(count);
        // A run is gone when its lines are among all.
        for (number, run) in runs.into_iter().enumerate() {
            let of_run = run.lines.into_par_iter().map(|line| Line {
                key: K::of(key(number, &line)),
                pence: line.pence,
            });
            lines.par_extend(of_run);
        }
        lines.radix_sort_unstable();
        let sum = |line: &Line<K>| bits.sum(line.key.wide());
        // Pieces that end where a sum does.
        let mut ends = vec![0];
        let pieces = 4 * rayon::current_num_threads().max(1);
        for piece in 1..=pieces {
            let from = (count / pieces * piece).max(ends.last().copied().unwrap_or_default());
            let rest = &lines[from..];
            let before = from.checked_sub(1).map(|last| sum(&lines[last]));
            let same = rest.iter().take_while(|line| before == Some(sum(line)));
            ends.push(if piece == pieces {
                count
            } else {
                from + same.count()
            });
        }
        let pieces: Vec<&[Line<K>]> = ends
            .windows(2)
            .map(|ends| &lines[ends[0]..ends[1]])
            .collect();
        // Counted first, so that each piece writes where its holders belong.
        let counts: Vec<usize> = (pieces.par_iter())
            .map(|piece| piece.chunk_by(|one, other| one.key == other.key).count())
            .collect();
        let mut holders = vec![(0, Pence::ZERO); counts.iter().sum()];
        let mut rest = holders.as_mut_slice();
        let mut places = Vec::with_capacity(pieces.len());
        for count in &counts {
            let (own, after) = std::mem::take(&mut rest).split_at_mut(*count);
            places.push(own);
            rest = after;
        }
        let of_pieces: Vec<SumsOfPiece> = (pieces.into_par_iter().zip(places))
            .map(|(piece, holders)| added_up(piece, holders, bits))
            .collect::<Result<_, _>>()?;
        let mut all = Self::default();
        let mut before = 0;
        for (piece, count) in of_pieces.into_iter().zip(counts) {
            let (sums, starts) = piece.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
            all.sums.extend(sums);
            all.starts.extend(starts.iter().map(|start| before + start));
            before += count;
        }
        all.starts.push(before);
        all.holders = holders;
        Ok(all)
    }
}

/// The sums of some lines in order, each with the place of its first holder.
type SumsOfPiece = Vec<((u64, u32), usize)>;

/// Adds up lines in order; there is a place for each holder of each sum.
fn added_up<K: Key>(
    lines: &[Line<K>],
    holders: &mut [(u32, Pence)],
    bits: Bits,
) -> Result<SumsOfPiece, MoneyError> {
    let mut sums = SumsOfPiece::new();
    let mut last = None;
    let of_holders = lines.chunk_by(|one, other| one.key == other.key);
    for ((at, of_holder), place) in of_holders.enumerate().zip(holders) {
        let Some(first) = of_holder.first() else {
            continue;
        };
        let key = first.key.wide();
        let sum = bits.sum(key);
        if last != Some(sum) {
            sums.push((bits.coordinates_and_stand(key), at));
            last = Some(sum);
        }
        let pence: i128 = of_holder.iter().map(|line| i128::from(line.pence)).sum();
        *place = (bits.holder_of(key), Pence::from_wide(pence)?);
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    type Told = Vec<((u64, u32), Vec<(u32, i64)>)>;

    fn told<K: Key>(lines: &[(u64, u32, u32, i64)], bits: Bits) -> Told
    where
        Line<K>: RadixKey,
    {
        let run = |lines: &[(u64, u32, u32, i64)]| NumberedRun {
            lines: (lines.iter())
                .map(|&(coordinates, stand, holder, pence)| PrivateLine {
                    coordinates,
                    stand,
                    holder,
                    pence,
                })
                .collect(),
            ..NumberedRun::default()
        };
        let (one, other) = lines.split_at(lines.len() / 3);
        let key =
            |_: usize, line: &PrivateLine| bits.key(line.coordinates, line.stand, line.holder);
        let sums = Sums::of::<K>(vec![run(one), run(other)], key, bits).unwrap();
        assert_eq!(sums.starts.len(), sums.sums.len() + 1);
        let parts = sums.sums.iter().zip(sums.starts.windows(2));
        let told = parts.map(|(sum, ends)| {
            let holders = sums.holders[ends[0]..ends[1]].iter();
            (
                *sum,
                holders.map(|(who, pence)| (*who, pence.get())).collect(),
            )
        });
        told.collect()
    }

    proptest! {
        /// Held against two maps.
        #[test]
        fn sums_and_holders_are_those_of_the_lines(
            lines in prop::collection::vec((0u64..9, 0u32..3, 0u32..5, -900i64..900), 0..400),
        ) {
            let mut maps: BTreeMap<(u64, u32), BTreeMap<u32, i64>> = BTreeMap::new();
            for (coordinates, stand, holder, pence) in &lines {
                let sum = maps.entry((*coordinates, *stand)).or_default();
                *sum.entry(*holder).or_default() += pence;
            }
            let expected: Told = (maps.into_iter())
                .map(|(sum, holders)| (sum, holders.into_iter().collect()))
                .collect();
            let few = Bits { stand: 2, holder: 3 };
            prop_assert_eq!(&told::<u64>(&lines, few), &expected);
            prop_assert_eq!(&told::<u128>(&lines, few), &expected);
            let many = Bits { stand: 30, holder: 32 };
            prop_assert_eq!(&told::<u128>(&lines, many), &expected);
            let none = Bits { stand: 0, holder: 0 };
            let alone: Vec<_> = lines.iter().map(|line| (line.0, 0, 0, line.3)).collect();
            let sums = told::<u64>(&alone, none);
            prop_assert_eq!(sums.len(), alone.iter().map(|line| line.0).collect::<std::collections::BTreeSet<_>>().len());
        }
    }
}
