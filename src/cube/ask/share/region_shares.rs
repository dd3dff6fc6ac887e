//! How each region is shared out by each driver that is needed there.
//!
//! *The naive way* shares out a region when a sum of it comes by. *Why it is not enough:* to share out a county
//! between 18 places and 6 age bands are 108 look-ups in the masses of a driver, and the county comes by
//! with every activity. *The trick:* a region is shared out once by each driver that any route from it needs,
//! and the pieces are kept under the number of the region's bucket and of the driver.
//!
//! Inner cells (a place, an age band, a client group together) are numbered in the order of places, so
//! that what one region gives to lies side by side in memory.

use super::region_share::RegionShare;
use super::routes::Routes;
use crate::cube::ask::aggregate::{BucketSums, Chunk};
use crate::cube::ask::plan::{Cell, Interner, Plan, Sharer};
use crate::cube::parts::Region;
use rayon::prelude::*;

/// RegionShares by bucket of regions and number of driver.
#[derive(Debug)]
pub struct RegionShares {
    drivers: usize,
    /// The number of the region_share of a region by a driver; [`NONE`] where nothing needs it.
    numbers: Vec<u32>,
    all: Vec<RegionShare>,
}

const NONE: u32 = u32::MAX;

/// The region_share of a region by a driver.
type Known = (u32, usize, RegionShare);

impl RegionShares {
    /// The region_shares of sums; and the inner cells that they name by their number.
    pub fn new(
        plan: &Plan<'_>,
        regions: &[Region],
        sums: &BucketSums,
        routes: &Routes,
    ) -> (Self, Vec<[Cell; 3]>) {
        let of_chunks: Vec<(Vec<Known>, Vec<[Cell; 3]>)> = (sums.chunks.par_iter())
            .map(|chunk| of_chunk(plan, regions, chunk, routes))
            .collect();
        let drivers = routes.drivers.len();
        let mut region_shares = Self {
            drivers,
            numbers: vec![NONE; regions.len() * drivers],
            all: Vec::new(),
        };
        // By place: what a region gives to then stands together.
        let mut inners: Vec<[Cell; 3]> =
            of_chunks.iter().flat_map(|(_, own)| own).copied().collect();
        inners.sort_unstable();
        inners.dedup();
        for (known, own) in of_chunks {
            let number = |cells: &[Cell; 3]| inners.partition_point(|other| other < cells) as u32;
            let numbers: Vec<u32> = own.iter().map(number).collect();
            for (region, driver, mut region_share) in known {
                region_share.renumber(&numbers);
                region_shares.numbers[region as usize * drivers + driver] =
                    region_shares.all.len() as u32;
                region_shares.all.push(region_share);
            }
        }
        (region_shares, inners)
    }

    /// How a region is shared out by a driver that is needed there.
    pub fn get(&self, region: u32, driver: u32) -> &RegionShare {
        let number = self.numbers[region as usize * self.drivers + driver as usize];
        &self.all[number as usize]
    }
}

fn of_chunk(
    plan: &Plan<'_>,
    regions: &[Region],
    chunk: &Chunk,
    routes: &Routes,
) -> (Vec<Known>, Vec<[Cell; 3]>) {
    let sharer = Sharer::new(plan);
    let mut inners = Interner::new();
    let mut known = Vec::new();
    let mut used = vec![false; routes.drivers.len()];
    for (region, sums) in chunk.regions() {
        used.fill(false);
        let mut left = used.len();
        for sum in sums {
            for to_row in routes.by_row(sum.matter, sum.period) {
                for route in &routes.routes[to_row.routes.clone()] {
                    let known = std::mem::replace(&mut used[route.driver as usize], true);
                    left -= usize::from(!known);
                }
            }
            if left == 0 {
                break;
            }
        }
        let used = used.iter().enumerate().filter(|(_, used)| **used);
        for (number, _) in used {
            let driver = routes.drivers[number].map(|driver| &plan.cube.place().drivers()[driver]);
            let shared = sharer.share(regions[region as usize], driver);
            let mut inner = |cells| inners.number(cells, |cells| *cells);
            known.push((
                region,
                number,
                RegionShare::from_shared(&shared, &plan.drill, &mut inner),
            ));
        }
    }
    (known, inners.all)
}
