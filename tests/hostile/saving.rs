//! Files that are written over others, and programs that are ended while they write.

use super::Folder;
use std::sync::{Arc, OnceLock};
use wholeplace::account::PlaceAccount;
use wholeplace::cube::Cube;
use wholeplace::place::Place;

fn cube() -> &'static (Arc<Place>, Cube) {
    static CUBE: OnceLock<(Arc<Place>, Cube)> = OnceLock::new();
    CUBE.get_or_init(|| {
        let place = Place::open("examples/data/partners").unwrap();
        let cube = Cube::build(&PlaceAccount::load(&place).unwrap()).unwrap();
        (place, cube)
    })
}

fn names(folder: &Folder) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn thousands_of_broken_saves_end_nothing() {
    let (place, cube) = cube();
    let mut folder = Folder::new();
    for number in 0..1_500 {
        folder = folder.with(&format!("cube.parquet.{number}.part"), "half");
    }
    let file = folder.path().join("cube.parquet");
    cube.save(&file).unwrap();
    assert_eq!(
        names(&folder),
        ["cube.parquet"],
        "what nobody writes is removed"
    );
    Cube::open(&file, place).unwrap();
    // One that is being written stays, and the next name is taken.
    let folder = Folder::new().with("cube.parquet.0.part", "half");
    let part = std::fs::File::options()
        .write(true)
        .open(folder.path().join("cube.parquet.0.part"))
        .unwrap();
    part.lock().unwrap();
    cube.save(folder.path().join("cube.parquet")).unwrap();
    assert_eq!(names(&folder), ["cube.parquet", "cube.parquet.0.part"]);
}

#[test]
fn many_save_at_the_same_time() {
    let (place, cube) = cube();
    let folder = Folder::new();
    let file = folder.path().join("cube.parquet");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..5).for_each(|_| cube.save(&file).unwrap()));
        }
    });
    assert_eq!(names(&folder), ["cube.parquet"]);
    assert_eq!(Cube::open(&file, place).unwrap().records(), cube.records());
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_a_mode_a_mode() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (place, cube) = cube();
    let folder = Folder::new().with("kept/real.parquet", "old");
    let real = folder.path().join("kept/real.parquet");
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.path().join("link.parquet");
    symlink("kept/real.parquet", &link).unwrap();
    cube.save(&link).unwrap();
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(real.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    Cube::open(&real, place).unwrap();
    // A link to what is not there yet makes it; a circle is an error.
    let new = folder.path().join("new.parquet");
    symlink("kept/other.parquet", &new).unwrap();
    cube.save(&new).unwrap();
    Cube::open(folder.path().join("kept/other.parquet"), place).unwrap();
    let circle = folder.path().join("circle.parquet");
    symlink("circle.parquet", &circle).unwrap();
    assert!(
        cube.save(&circle)
            .unwrap_err()
            .to_string()
            .contains("circle")
    );
}
