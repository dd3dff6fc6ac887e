//! The published data beside the project, where it is there.

use std::io::Write;
use std::path::{Path, PathBuf};

/// A folder of the shared data: of `WHOLEPLACE_SHARED` if that is set, else of `../shared`.
///
/// Where it is absent the test that asked is skipped, and says so past the capture of the test
/// harness, so that a green run without data cannot be taken for one with it.
pub fn folder(name: &str) -> Option<PathBuf> {
    let named = std::env::var_os("WHOLEPLACE_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = named.unwrap_or(beside).join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    let test = std::thread::current();
    let _ = writeln!(
        std::io::stderr(),
        "SKIPPED {}: there is no shared data `{name}`; put it in ../shared or name its folder in \
         WHOLEPLACE_SHARED",
        test.name().unwrap_or("a test")
    );
    None
}
