//! A folder with a site, which is the earlier one or the new one: the files are written beside it
//! and then moved. While they are moved its first page says so, and it goes on saying so if the
//! program is ended just then.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use wholeplace::report::SiteFile;

/// Where files lie until all of them are written.
const BESIDE: &str = "unfinished-site";

/// The first page while the others are moved.
const MOVING: &str = "<!DOCTYPE html><html lang=\"en-GB\"><meta charset=\"utf-8\"><title>Unfinished</title>\
    <p>This site is being replaced by a newer one. If this page stays, the program was ended before it \
    was done, and pages in this folder are of two dates: make the report again.</p></html>\n";

/// A site that is being written.
pub struct SiteFolder {
    folder: PathBuf,
    /// Whether the folder was not there before.
    made: bool,
    beside: PathBuf,
    /// What is written so far.
    pub files: BTreeSet<String>,
}

impl SiteFolder {
    /// Begins, and removes what an earlier run left unfinished.
    pub fn begin(folder: &Path) -> Result<Self, String> {
        if folder.is_file() {
            return Err(format!(
                "`{}` is a file; name a folder for the site",
                folder.display()
            ));
        }
        let made = !folder.exists();
        let beside = folder.join(BESIDE);
        if beside.exists() {
            fs::remove_dir_all(&beside).map_err(|error| at(&beside, &error))?;
        }
        for data in [folder.join("data"), beside.join("data")] {
            fs::create_dir_all(&data).map_err(|error| at(&data, &error))?;
        }
        Ok(Self {
            made,
            folder: folder.to_owned(),
            beside,
            files: BTreeSet::new(),
        })
    }

    /// Writes a file beside the site.
    pub fn write(&mut self, file: &SiteFile) -> Result<(), String> {
        let path = self.beside.join(&file.path);
        fs::write(&path, &file.bytes).map_err(|error| at(&path, &error))?;
        self.files.insert(file.path.clone());
        Ok(())
    }

    /// How many files have an ending.
    pub fn count(&self, ending: &str) -> usize {
        self.files
            .iter()
            .filter(|file| file.ends_with(ending))
            .count()
    }

    /// Moves all files into their places, the first page last. Gives the files of the folder that
    /// are not of this site: those of an earlier one, whose figures are old.
    pub fn finish(self) -> Result<Vec<String>, String> {
        const FIRST: &str = "index.html";
        let first = self.folder.join(FIRST);
        fs::write(&first, MOVING).map_err(|error| at(&first, &error))?;
        let others = self.files.iter().filter(|file| *file != FIRST);
        for file in others.map(String::as_str).chain([FIRST]) {
            let path = self.folder.join(file);
            fs::rename(self.beside.join(file), &path).map_err(|error| at(&path, &error))?;
        }
        self.left_over().map_err(|error| at(&self.folder, &error))
    }

    /// Moves all files into their places, and says what was written where.
    pub fn finish_and_say(self, out: &mut dyn io::Write) -> Result<(), Box<dyn std::error::Error>> {
        let [pages, tables, workbooks] =
            [".html", ".csv", ".xlsx"].map(|ending| self.count(ending));
        let folder = self.folder.clone();
        let others = self.finish()?;
        writeln!(
            out,
            "Written to {}: {pages} pages, {tables} tables as CSV, JSON and Parquet, {workbooks} workbooks. Open index.html.",
            folder.display()
        )?;
        if let [first, ..] = others.as_slice() {
            writeln!(
                out,
                "Not of this site in that folder: {first}{}. If an earlier site left it there, remove it.",
                match others.len() {
                    1 => String::new(),
                    all => format!(" and {} more files", all - 1),
                }
            )?;
        }
        Ok(())
    }

    fn left_over(&self) -> io::Result<Vec<String>> {
        let mut others = Vec::new();
        for (name, within) in [
            ("", self.folder.clone()),
            ("data/", self.folder.join("data")),
        ] {
            for entry in fs::read_dir(within)? {
                let entry = entry?;
                let path = format!("{name}{}", entry.file_name().to_string_lossy());
                if entry.file_type()?.is_file() && !self.files.contains(&path) {
                    others.push(path);
                }
            }
        }
        others.sort();
        Ok(others)
    }
}

/// What was not moved goes, so that a run that fails leaves nothing behind but a first page that says
/// so; a program that is killed leaves it to the next run.
impl Drop for SiteFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.beside);
        if self.made {
            // Those with something in them stay.
            let _ = fs::remove_dir(self.folder.join("data"));
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// An error of a file with its name.
fn at(path: &Path, error: &io::Error) -> String {
    format!("cannot write `{}`: {error}", path.display())
}
