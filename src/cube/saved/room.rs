//! Whether what a saved cube holds has room in memory: a program that asks for more than there is does not get an
//! error, but is ended.

use sysinfo::System;

/// What a record takes while a file is opened: its five columns twice, once as they are decoded and once as they are
/// kept (22 bytes each), and its key. Roll-ups come on top, and are small where many records share a place.
const BYTES_OF_A_RECORD: u64 = 52;

/// Memory that is free, in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room(u64);

/// More memory than is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLarge {
    pub(super) needed: u64,
    pub(super) free: u64,
}

impl Room {
    /// What the machine has free; in a container, what is left of its share.
    pub(super) fn now() -> Self {
        let mut system = System::new();
        system.refresh_memory();
        let free = system.available_memory();
        let of_container = (system.cgroup_limits())
            .map(|limits| limits.total_memory.saturating_sub(limits.rss))
            .filter(|left| *left > 0);
        Self(of_container.map_or(free, |left| left.min(free)))
    }

    #[cfg(test)]
    pub(super) fn of(bytes: u64) -> Self {
        Self(bytes)
    }

    /// Whether a file of so many bytes can be read.
    pub(super) fn for_bytes(self, bytes: u64) -> Result<(), TooLarge> {
        self.check(bytes)
    }

    /// Whether so many records can be opened; their file is in memory already.
    pub(super) fn for_records(self, records: u64) -> Result<(), TooLarge> {
        self.check(records.saturating_mul(BYTES_OF_A_RECORD))
    }

    fn check(self, needed: u64) -> Result<(), TooLarge> {
        // A system that says nothing of its memory says nothing against the file either.
        if self.0 == 0 || needed <= self.0 {
            return Ok(());
        }
        Err(TooLarge {
            needed,
            free: self.0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_free_is_some_of_the_machine_and_holds_a_small_cube() {
        let Room(free) = Room::now();
        let mut system = System::new();
        system.refresh_memory();
        assert!(free > 0 && free <= system.total_memory());
        assert_eq!(Room::now().for_records(1_000), Ok(()));
        assert_eq!(Room::now().for_bytes(1_000), Ok(()));
    }

    #[test]
    fn what_has_no_room_is_told_with_what_it_takes() {
        let room = Room::of(5_200);
        assert_eq!(room.for_records(100), Ok(()));
        let too_large = |needed| {
            Err(TooLarge {
                needed,
                free: 5_200,
            })
        };
        assert_eq!(room.for_records(101), too_large(5_252));
        assert_eq!(room.for_records(u64::MAX), too_large(u64::MAX));
        assert_eq!(room.for_bytes(5_201), too_large(5_201));
        // Nobody knows: the file is tried.
        assert_eq!(Room::of(0).for_records(u64::MAX), Ok(()));
    }
}
