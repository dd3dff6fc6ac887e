//! Packs whose ledgers are Parquet files, made from packs whose ledgers are texts.

use polars::prelude::{Column, DataFrame, ParquetWriter};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use wholeplace::account::PlaceAccount;
use wholeplace::cube::Cube;
use wholeplace::lake::{Embedded, Engine, Lake, LakeCube, LakeError, Limits};
use wholeplace::place::Place;
use wholeplace::sheet::{self, ReadOptions, Sheet};

pub const LIMITS: Limits = Limits {
    within: Duration::from_secs(120),
    again: 0,
    wait: Duration::ZERO,
};

/// A pack in a folder of its own.
pub struct Pack(pub TempDir);

impl Pack {
    /// A copy of a pack in which each ledger that is a text file is Parquet, every column of it texts.
    pub fn of(folder: &str) -> Self {
        let to = tempfile::tempdir().unwrap();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                std::fs::copy(&path, to.path().join(path.file_name().unwrap())).unwrap();
            }
        }
        let place = Place::open(folder).unwrap();
        let mut pack = std::fs::read_to_string(to.path().join("place.toml")).unwrap();
        for (path, shown) in place.ledgers().iter().flat_map(|plan| &plan.files) {
            let parquet = shown.replace(".csv", ".parquet");
            assert_ne!(&parquet, shown);
            to_parquet(path, &to.path().join(&parquet));
            let lines = pack.lines().map(|line| match line.starts_with("files = ") {
                true => line.replace(&format!("\"{shown}\""), &format!("\"{parquet}\"")),
                false => line.to_owned(),
            });
            pack = lines.collect::<Vec<_>>().join("\n");
        }
        std::fs::write(to.path().join("place.toml"), pack).unwrap();
        Self(to)
    }

    /// A pack of one ledger of these rows below these headings, and this layout.
    pub fn of_rows(layout: &str, headings: &[&str], rows: &[&[&str]]) -> Self {
        let columns = headings.iter().enumerate().map(|(at, heading)| {
            let texts: Vec<&str> = rows.iter().map(|row| row[at]).collect();
            Column::new((*heading).into(), texts)
        });
        Self::of_columns(layout, columns.collect())
    }

    /// A pack of one ledger of these columns, and this layout.
    pub fn of_columns(layout: &str, columns: Vec<Column>) -> Self {
        let to = tempfile::tempdir().unwrap();
        let write = |file: &str, text: &str| {
            std::fs::write(to.path().join(file), text).unwrap();
        };
        write(
            "place.toml",
            &format!(
                "[place]\nname = \"P\"\nlocality = \"p\"\nresidents = \"people\"\n\
                 age_bands = [\"0-15\", \"16+\"]\nnotes = []\n\
                 [[localities]]\nsource = \"s\"\nfile = \"localities.csv\"\n\
                 [[activities]]\nsource = \"s\"\nfile = \"activities.csv\"\n\
                 [[groups]]\nsource = \"s\"\nfile = \"groups.csv\"\n\
                 [[partners]]\nsource = \"s\"\nfile = \"partners.csv\"\n\
                 [[driver]]\ncode = \"people\"\nname = \"people\"\nclass = \"population\"\n\
                 basis = \"where-people-live\"\nsource = \"s\"\n\
                 tables = [{{ file = \"people.csv\", columns = {{ mass = \"people\" }} }}]\n\
                 [[sharing]]\ndriver = \"people\"\n\
                 [[ledger]]\nid = \"one\"\nname = \"One\"\nsource = \"s\"\nphase = \"outturn\"\n\
                 files = [\"one.parquet\"]\n[ledger.layout]\n{layout}\n[ledger.axes]\n\
                 partner = {{ always = \"council\" }}\nactivity = {{ by = \"code\" }}\n\
                 ages = {{ always = \"all\" }}\ngroup = {{ always = \"everyone\" }}\n\
                 locality = {{ always = \"p\" }}\n"
            ),
        );
        write("localities.csv", "code,name,level,parent\np,P,place,\n");
        write(
            "activities.csv",
            "code,name,parent\nroads,Roads,\nparks,Parks,\n",
        );
        write("groups.csv", "code,name,parent\neveryone,Everyone,\n");
        write("partners.csv", "code,name,parent\ncouncil,Council,\n");
        write("people.csv", "locality,ages,people\np,0-15,10\np,16+,90\n");
        written(columns, &to.path().join("one.parquet"));
        Self(to)
    }

    /// The same pack for another place.
    pub fn called(self, code: &str, name: &str) -> Self {
        for file in ["place.toml", "localities.csv", "people.csv"] {
            let path = self.0.path().join(file);
            let text = std::fs::read_to_string(&path).unwrap();
            let text = (text.replace("name = \"P\"", &format!("name = \"{name}\"")))
                .replace("locality = \"p\"", &format!("locality = \"{code}\""))
                .replace("always = \"p\"", &format!("always = \"{code}\""))
                .replace("\np,P,", &format!("\n{code},{name},"))
                .replace("\np,", &format!("\n{code},"));
            std::fs::write(path, text).unwrap();
        }
        self
    }

    pub fn open(&self) -> Arc<Place> {
        Place::open(self.0.path()).unwrap()
    }

    /// The cube as it is read here.
    pub fn here(&self) -> Cube {
        Cube::build(&PlaceAccount::load(&self.open()).unwrap()).unwrap()
    }

    /// The cube as an engine adds it up.
    pub fn by(&self, engine: &mut dyn Engine) -> Result<LakeCube, LakeError> {
        let place = self.open();
        LakeCube::build(&place, &Lake::of(&place).unwrap(), engine, LIMITS)
    }

    pub fn embedded(&self) -> Result<LakeCube, LakeError> {
        self.by(&mut Embedded::new())
    }
}

/// The rows of a file as a Parquet file of texts.
fn to_parquet(from: &Path, to: &Path) {
    let source = sheet::open(from, "a file", &ReadOptions::default()).unwrap();
    sheet_to_parquet(&source.sheets()[0], to);
}

fn sheet_to_parquet(sheet: &Sheet<'_>, to: &Path) {
    let mut columns: Vec<(String, Vec<String>)> = Vec::new();
    sheet.for_each_row(|line, row| {
        let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
        if line == 1 {
            // Names in a Parquet file are told apart; a text may have columns without one.
            let named = |(at, name): (usize, &str)| match name.trim() {
                "" => (format!("unnamed {}", at + 1), Vec::new()),
                name => (name.to_owned(), Vec::new()),
            };
            columns = row.iter().enumerate().map(named).collect();
        } else {
            for (at, (_, texts)) in columns.iter_mut().enumerate() {
                texts.push(cell(at));
            }
        }
    });
    let columns = columns.into_iter();
    let columns = columns.map(|(heading, texts)| Column::new(heading.into(), texts));
    written(columns.collect(), to);
}

/// A pack whose definitions and ledgers lie in two folders, with each sheet of its ledgers as Parquet in a
/// third.
pub fn with_sheets_apart(pack: &Path, data: &Path) -> (TempDir, TempDir) {
    let (definitions, ledgers) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for entry in std::fs::read_dir(pack).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, definitions.path().join(path.file_name().unwrap())).unwrap();
    }
    let mut text = std::fs::read_to_string(pack.join("place.toml")).unwrap();
    let place = Place::open_with_data(pack, data).unwrap();
    let files = place.ledgers().iter().flat_map(|plan| &plan.files);
    for (number, (path, shown)) in files.enumerate() {
        let source = sheet::open(path, shown, &ReadOptions::default()).unwrap();
        let mut names = Vec::new();
        for (at, sheet) in source.sheets().iter().enumerate() {
            let name = format!("{number}-{at}.parquet");
            sheet_to_parquet(sheet, &ledgers.path().join(&name));
            names.push(format!("\"{name}\""));
        }
        text = text.replace(&format!("\"{shown}\""), &names.join(", "));
    }
    std::fs::write(definitions.path().join("place.toml"), text).unwrap();
    (definitions, ledgers)
}

/// Each file of a pack as Parquet, every column texts.
pub fn in_parquet(place: &Place, folder: &Path) -> Lake {
    let mut files = Lake::of(place).unwrap().files;
    for (number, file) in files.iter_mut().enumerate() {
        let to = folder.join(format!("{number}.parquet"));
        to_parquet(Path::new(&file.location), &to);
        file.location = to.display().to_string();
    }
    Lake { files }
}

fn written(columns: Vec<Column>, to: &Path) {
    let mut frame = DataFrame::new_infer_height(columns).unwrap();
    let file = std::fs::File::create(to).unwrap();
    ParquetWriter::new(file).finish(&mut frame).unwrap();
}

/// All bytes of a cube as it is saved.
pub fn bytes(cube: &Cube) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cube");
    cube.save(&file).unwrap();
    std::fs::read(file).unwrap()
}
