//! Things numbered as they appear, equal ones alike.

use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::hash::Hash;

/// Numbers for keys, and what the first of each key was.
#[derive(Debug)]
pub struct Interner<K, V> {
    numbers: HashMap<K, u32, FixedState>,
    pub all: Vec<V>,
}

impl<K: Hash + Eq, V> Interner<K, V> {
    pub fn new() -> Self {
        Self {
            numbers: HashMap::default(),
            all: Vec::new(),
        }
    }

    /// The number of a key; what it stands for is made when it is new.
    pub fn number(&mut self, key: K, make: impl FnOnce(&K) -> V) -> u32 {
        let Self { numbers, all } = self;
        *numbers.entry(key).or_insert_with_key(|key| {
            all.push(make(key));
            (all.len() - 1) as u32
        })
    }
}
