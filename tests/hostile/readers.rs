//! The bodies of the fuzz targets, run over sound files and some that are nearly sound, so that they
//! stay right while nobody fuzzes. With `WHOLEPLACE_CORPUS` the sound files are written there, as a
//! first corpus.

#[path = "../../fuzz/readers.rs"]
mod bodies;

use super::made;
use bodies::READERS;
use wholeplace::account::PlaceAccount;
use wholeplace::cube::Cube;
use wholeplace::place::Place;

/// A sound input of each reader.
fn sound(reader: &str) -> Vec<u8> {
    match reader {
        "csv" => made::csv(),
        "xlsx" | "xlsb" => made::xlsx(),
        "xls" => made::xls(),
        "ods" => made::ods(),
        "parquet" => made::parquet(),
        "text" => b"2017-18 to 2018-19".to_vec(),
        "layout" => super::LAYOUT.as_bytes().to_vec(),
        "pack" => std::fs::read("examples/data/partners/place.toml").unwrap(),
        "outlines" => b"{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\
            \"properties\":{\"code\":\"a\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":\
            [[[0,0],[1,0],[1,1],[0,0]]]}}]}"
            .to_vec(),
        "cube" => {
            let place = Place::open("examples/data/partners").unwrap();
            let cube = Cube::build(&PlaceAccount::load(&place).unwrap()).unwrap();
            let folder = super::Folder::new();
            let file = folder.path().join("cube.parquet");
            cube.save(&file).unwrap();
            std::fs::read(file).unwrap()
        }
        other => panic!("no sound input of `{other}`"),
    }
}

#[test]
fn fuzz_targets_take_sound_and_nearly_sound_input() {
    let corpus = std::env::var_os("WHOLEPLACE_CORPUS").map(std::path::PathBuf::from);
    for (reader, run) in READERS {
        let bytes = sound(reader);
        bodies::run(reader, &bytes);
        run(b"");
        for cut in [1, bytes.len() / 2, bytes.len() - 1] {
            run(&bytes[..cut]);
        }
        for at in (0..bytes.len()).step_by(bytes.len() / 20 + 1) {
            let mut wrong = bytes.clone();
            wrong[at] ^= 0x41;
            run(&wrong);
        }
        if let Some(corpus) = &corpus {
            std::fs::create_dir_all(corpus.join(reader)).unwrap();
            std::fs::write(corpus.join(reader).join("sound"), &bytes).unwrap();
        }
    }
}

/// Every body has a target of its name.
#[test]
fn every_reader_has_a_target() {
    let manifest = std::fs::read_to_string("fuzz/Cargo.toml").unwrap();
    for (reader, _) in READERS {
        assert!(
            manifest.contains(&format!("name = \"{reader}\"")),
            "{reader}"
        );
        let target = std::fs::read_to_string(format!("fuzz/fuzz_targets/{reader}.rs")).unwrap();
        assert!(
            target.contains(&format!("readers::run(\"{reader}\", bytes)")),
            "{reader}"
        );
    }
}
