//! Packs with policies.

use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use wholeplace::disclosure::{DisclosureError, DisclosurePolicy, PrivateMoney};
use wholeplace::{Cube, Place, PlaceAccount};

/// The policy of the sample of partners.
pub const POLICY: &str = include_str!("../../examples/data/partners/disclosure.toml");

/// Files of the sample of partners, with these instead of its own.
pub fn partners_with(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/partners");
    for entry in std::fs::read_dir(own).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// What opening a policy of the partners comes to.
pub fn opened(policy: &str) -> Result<DisclosurePolicy, DisclosureError> {
    let folder = partners_with(&[("disclosure.toml", policy)]);
    DisclosurePolicy::open(&Place::open(folder.path()).unwrap())
}

/// A text with one part of it changed, which must stand there.
pub fn changed(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "`{from}` stands there");
    text.replacen(from, to, 1)
}

/// A place under a policy, with all that is made of it.
pub struct Under {
    pub place: Arc<Place>,
    pub cube: Cube,
    pub policy: DisclosurePolicy,
    pub private: PrivateMoney,
    _folder: Option<TempDir>,
}

pub fn under(folder: impl AsRef<Path>) -> Under {
    let place = Place::open(folder.as_ref()).unwrap();
    let account = PlaceAccount::load(&place).unwrap();
    let cube = Cube::build(&account).unwrap();
    let policy = DisclosurePolicy::open(&place).unwrap();
    let private = PrivateMoney::of(&account, &policy).unwrap();
    Under {
        place,
        cube,
        policy,
        private,
        _folder: None,
    }
}

/// The sample of partners with some files changed.
pub fn partners_under(files: &[(&str, &str)]) -> Under {
    let folder = partners_with(files);
    let under = under(folder.path());
    Under {
        _folder: Some(folder),
        ..under
    }
}
