//! Rows in the order of their keys.

use super::keys::Keys;
use super::row_block::RowBlock;
use crate::cube::ask::plan::Cell;
use rayon::prelude::*;

/// The rows of all blocks in the order of their keys: a block, and a row of it.
pub fn in_order(keys: &Keys<'_>, blocks: &[RowBlock]) -> Vec<(u32, u32)> {
    let rows =
        |(number, block): (u32, &RowBlock)| (0..block.len() as u32).map(move |row| (number, row));
    let mut order: Vec<(u32, u32)> = (0..).zip(blocks).flat_map(rows).collect();
    let Some(Ranks { outers, inners }) = Ranks::of(keys) else {
        let key = |(block, row): (u32, u32)| blocks[block as usize].key(row as usize);
        order.par_sort_unstable_by(|&one, &other| key(one).cmp(key(other)));
        return order;
    };
    let ranked = |&(number, row): &(u32, u32)| {
        let block = &blocks[number as usize];
        let outer = block.outers[row as usize];
        let rank = outers[outer as usize] | inners[block.inner as usize];
        (rank, number, row)
    };
    let mut ranked: Vec<(u128, u32, u32)> = order.iter().map(ranked).collect();
    ranked.par_sort_unstable();
    (ranked.into_iter())
        .map(|(_, block, row)| (block, row))
        .collect()
}

/// A number for the outer and one for the inner cells of a row, which together are in the order of
/// its key.
struct Ranks {
    outers: Vec<u128>,
    inners: Vec<u128>,
}

impl Ranks {
    /// Nothing where 128 bits do not suffice.
    fn of(keys: &Keys<'_>) -> Option<Self> {
        let mut outers = vec![0; keys.outers.len()];
        let mut inners = vec![0; keys.inners.len()];
        let mut of_outer = (0..keys.outers.first().map_or(0, Vec::len)).rev();
        let mut above = 0;
        for axis in keys.drill.iter().rev() {
            above += match axis.of_region() {
                Some(axis) => rank(&mut inners, above, |row| keys.inners[row][axis]),
                None => {
                    let axis = of_outer.next()?;
                    rank(&mut outers, above, |row| keys.outers[row][axis])
                }
            };
            if above > u128::BITS {
                return None;
            }
        }
        Some(Self { outers, inners })
    }
}

/// Adds to each number the rank of its cell among all of them, above so many bits; and how many bits
/// that takes.
fn rank(numbers: &mut [u128], above: u32, cell: impl Fn(usize) -> Cell) -> u32 {
    let mut cells: Vec<Cell> = (0..numbers.len()).map(&cell).collect();
    cells.sort_unstable();
    cells.dedup();
    let bits = usize::BITS - cells.len().saturating_sub(1).leading_zeros();
    if above + bits <= u128::BITS {
        for (row, number) in numbers.iter_mut().enumerate() {
            let rank = cells.partition_point(|&other| other < cell(row));
            *number |= (rank as u128).checked_shl(above).unwrap_or_default();
        }
    }
    bits
}
