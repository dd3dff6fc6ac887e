//! What rows are called.

use crate::cube::ask::plan::{Cell, Drill};

/// A row: its outer and its inner cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    pub outer: u32,
    pub inner: u32,
}

/// What rows are called: the axes, and the cells of each outer and inner number.
pub struct Keys<'a> {
    pub drill: &'a [Drill],
    pub outers: &'a [Vec<Cell>],
    pub inners: &'a [[Cell; 3]],
}

impl<'a> Keys<'a> {
    /// The cells of a row, in the order of the axes.
    pub fn of(&self, at: At) -> impl Iterator<Item = Cell> + use<'a> {
        let mut outer = self.outers[at.outer as usize].iter().copied();
        let inner = self.inners[at.inner as usize];
        (self.drill.iter()).filter_map(move |axis| match axis.of_region() {
            Some(axis) => Some(inner[axis]),
            None => outer.next(),
        })
    }
}
