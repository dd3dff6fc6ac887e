//! A region shared out between the inner cells of a row: places, ages and groups.

use crate::axis::Evidence;
use crate::cube::ask::plan::{Cell, Drill, Fate, SharedRegion};
use crate::money::Share;

/// A region as it is shared out, with the number of the inner cell of each piece.
#[derive(Debug)]
pub struct RegionShare {
    pub class: Evidence,
    pub pieces: Vec<Piece>,
    /// The pieces that lie in the slice, as most terms want them; `None` where some may or may not,
    /// or where two of them lie in one cell.
    pub inside: Option<Vec<(u32, Share)>>,
}

#[derive(Clone, Copy, Debug)]
pub struct Piece {
    pub fate: Fate,
    /// The number of its place, ages and group.
    pub inner: u32,
    pub mass: u64,
    pub whole: u64,
    /// About how much of the region it is.
    pub share: Share,
}

impl RegionShare {
    /// The pieces of a shared region; `inner` numbers their places, ages and groups, of which those that
    /// are not asked for are whole.
    pub fn from_shared(
        shared: &SharedRegion,
        drill: &[Drill],
        inner: &mut impl FnMut([Cell; 3]) -> u32,
    ) -> Self {
        let wanted = [0, 1, 2].map(|at| drill.iter().any(|axis| axis.of_region() == Some(at)));
        let drilled = |axis: usize, cell: Cell| if wanted[axis] { cell } else { Cell::WHOLE };
        let mut pieces: Vec<Piece> = Vec::with_capacity(shared.pieces.len());
        pieces.extend(shared.pieces.iter().map(|piece| Piece {
            fate: piece.fate,
            inner: inner([
                drilled(0, piece.locality),
                drilled(1, piece.ages),
                drilled(2, piece.group),
            ]),
            mass: piece.mass,
            whole: piece.whole,
            share: Share::of(piece.mass.into(), piece.whole.into()),
        }));
        pieces.sort_by_key(|piece| piece.inner);
        let inside: Vec<(u32, Share)> = (pieces.iter())
            .filter(|piece| piece.fate == Fate::In)
            .map(|piece| (piece.inner, piece.share))
            .collect();
        let said = |piece: &Piece| !matches!(piece.fate, Fate::Unknown(_));
        // Two client groups may lie in the row of the group above them.
        let once = |two: &[(u32, Share)]| two[0].0 != two[1].0;
        let plain = pieces.iter().all(said) && inside.windows(2).all(once);
        let inside = plain.then_some(inside);
        Self {
            class: shared.class,
            pieces,
            inside,
        }
    }

    /// Gives its inner cells other numbers.
    pub fn renumber(&mut self, numbers: &[u32]) {
        for piece in &mut self.pieces {
            piece.inner = numbers[piece.inner as usize];
        }
        self.pieces.sort_by_key(|piece| piece.inner);
        if let Some(inside) = &mut self.inside {
            for (inner, _) in &mut *inside {
                *inner = numbers[*inner as usize];
            }
            inside.sort_unstable_by_key(|(inner, _)| *inner);
        }
    }

    /// The pieces of some inner cells, which are in order.
    pub fn within<'a>(&'a self, inners: &'a [u32]) -> impl Iterator<Item = &'a Piece> {
        let of = |inner: u32| {
            let start = self.pieces.partition_point(|piece| piece.inner < inner);
            let same = move |piece: &&Piece| piece.inner == inner;
            self.pieces[start..].iter().take_while(same)
        };
        let few = inners.len() < self.pieces.len();
        let one_by_one = inners.iter().copied().filter(move |_| few).flat_map(of);
        let all = self
            .pieces
            .iter()
            .filter(move |piece| !few && inners.binary_search(&piece.inner).is_ok());
        one_by_one.chain(all)
    }
}
