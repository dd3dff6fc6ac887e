//! The fingerprint of a file, worked out in a thread of its own while the file is read.

use crate::text::hex;
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};

/// SHA-256 of the bytes of a file, or a thread that is still at it.
pub(super) struct Fingerprint {
    bytes: Arc<Vec<u8>>,
    thread: Option<JoinHandle<String>>,
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fingerprint").finish_non_exhaustive()
    }
}

impl Fingerprint {
    /// Begins with it.
    pub(super) fn of(bytes: Arc<Vec<u8>>) -> Self {
        let there = Arc::clone(&bytes);
        Self {
            thread: Builder::new().spawn(move || digest(&there)).ok(),
            bytes,
        }
    }

    /// Waits for it: 64 hexadecimal digits.
    pub(super) fn known(self) -> String {
        // Where no thread could be started, it is worked out here.
        (self.thread.and_then(|thread| thread.join().ok())).unwrap_or_else(|| digest(&self.bytes))
    }
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_that_of_the_standard() {
        // FIPS 180-4, the example of one block.
        let known = Fingerprint::of(Arc::new(b"abc".to_vec())).known();
        assert_eq!(
            known,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
