//! Which files are one publisher's, and what it is called.
//!
//! Files of one body are one ledger. Where no column names a body, files of one folder that have half
//! of their headings in common are taken for one publisher's, unless their names speak against it.

use super::bodies;
use super::decide::{Bodies, shown};
use super::library::{Publisher, publishers};
use super::seen::{Seen, telling};
use std::collections::{BTreeMap, BTreeSet};

/// Files of one publisher.
#[derive(Debug)]
pub(super) struct Group {
    /// By their places among all files.
    pub(super) files: Vec<usize>,
    /// The body that a column names.
    pub(super) body: Option<String>,
}

/// Puts files together.
pub(super) fn groups(files: &[Seen]) -> Vec<Group> {
    let letters: Vec<BTreeSet<String>> = files.iter().map(Seen::letters).collect();
    let words: Vec<Vec<String>> = files.iter().map(Seen::name_words).collect();
    let folders: Vec<Option<&str>> = files.iter().map(Seen::folder).collect();
    let mut by_body: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut others: Vec<usize> = Vec::new();
    for (at, file) in files.iter().enumerate() {
        match file.body() {
            Some(body) => by_body.entry(bodies::key(body)).or_default().push(at),
            None => others.push(at),
        }
    }
    let alike = |a: usize, b: usize| {
        let apart = !words[a].is_empty()
            && !words[b].is_empty()
            && !words[a].iter().any(|word| words[b].contains(word));
        folders[a] == folders[b] && !apart && have_headings_in_common(&letters[a], &letters[b])
    };
    let mut sets: Vec<Vec<usize>> = Vec::new();
    for at in others {
        let (with, without): (Vec<Vec<usize>>, _) = sets
            .into_iter()
            .partition(|set| set.iter().any(|&other| alike(at, other)));
        sets = without;
        let mut set: Vec<usize> = with.into_iter().flatten().collect();
        set.push(at);
        sets.push(set);
    }
    let mut groups: Vec<Group> = (by_body.into_values())
        .map(|set| Group {
            body: files[set[0]].body().map(str::to_owned),
            files: set,
        })
        .collect();
    for set in sets {
        // A month in which the column of the body was left out.
        let mut same = groups.iter_mut().filter(|group| {
            group.body.is_some()
                && set
                    .iter()
                    .all(|&at| group.files.iter().any(|&other| alike(at, other)))
        });
        match (same.next(), same.next()) {
            (Some(group), None) => group.files.extend(set),
            _ => groups.push(Group {
                files: set,
                body: None,
            }),
        }
    }
    for group in &mut groups {
        group.files.sort_unstable();
    }
    groups.sort_by_key(|group| group.files[0]);
    groups
}

/// Whether two files have as many headings in common as one publisher's have from month to month.
fn have_headings_in_common(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let common = one
        .intersection(other)
        .filter(|heading| !heading.is_empty())
        .count();
    let smaller = one.len().min(other.len());
    common >= 2 && common * 2 >= smaller
}

/// Who published the files of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) code: String,
    /// How that is known.
    pub(super) why: String,
    /// What a person must look at.
    pub(super) look: bool,
    pub(super) publisher: Option<&'static Publisher>,
}

impl Group {
    /// The publisher's name: of the library, of a column, of files or folders, or of the place.
    pub(super) fn named(&self, files: &[Seen], place: &str, library: bool) -> Named {
        let others = || {
            (0..files.len())
                .filter(|at| !self.files.contains(at))
                .map(|at| &files[at])
        };
        let own: Vec<&Seen> = self.files.iter().map(|&at| &files[at]).collect();
        let publisher = library.then(|| self.publisher(&own)).flatten();
        let named = |name: &str, why: String, look: bool| Named {
            name: name.to_owned(),
            code: bodies::code(name),
            why,
            look,
            publisher,
        };
        if let Some(publisher) = publisher {
            return named(
                &publisher.name,
                "by the library of layouts".to_owned(),
                false,
            );
        }
        if let Some(body) = &self.body {
            let heading = own
                .iter()
                .flat_map(|file| &file.tables)
                .find_map(|(_, decision)| match &decision.bodies {
                    Bodies::One { column, .. } => {
                        Some(("the only text", column.headings[0].as_str()))
                    }
                    Bodies::Several { column, .. } => {
                        Some(("the text of most lines", column.headings[0].as_str()))
                    }
                    Bodies::Unsaid => None,
                });
            let (what, heading) = heading.unwrap_or_default();
            let why = format!("{what} of {}", shown(heading));
            return named(&bodies::title(body), why, false);
        }
        if let Some(titled) = own.iter().find_map(|file| file.titled()) {
            return named(
                &bodies::title(&titled),
                "by a title above the headings".to_owned(),
                false,
            );
        }
        // What the names of all files have in common.
        let stems: Vec<Vec<String>> = own.iter().map(|file| file.name_words()).collect();
        let common: Vec<String> = match stems.split_first() {
            Some((first, rest)) => first
                .iter()
                .filter(|word| rest.iter().all(|words| words.contains(word)))
                .cloned()
                .collect(),
            None => Vec::new(),
        };
        // A folder in which other publishers' files lie too is none's.
        let folder = own[0]
            .folder()
            .filter(|name| !name.contains(|c: char| c.is_ascii_digit()));
        let folder = folder.filter(|folder| others().all(|other| other.folder() != Some(folder)));
        let folder_words = folder.map(telling).unwrap_or_default();
        let place_words = telling(place);
        let of_place = |words: &[String]| words.iter().any(|word| place_words.contains(word));
        let folder_says_more =
            !common.is_empty() && common.iter().all(|word| folder_words.contains(word));
        let mut ways = [
            (&common, "the names of its files"),
            (&folder_words, "the name of its folder"),
        ];
        if folder_says_more {
            ways.reverse();
        }
        for (words, what) in ways {
            let name = bodies::title(&words.join(" "));
            if bodies::sounds_public(&name) || of_place(words) {
                return named(&name, format!("by {what}"), true);
            }
        }
        if !folder_words.is_empty() {
            return named(
                &bodies::title(&folder_words.join(" ")),
                "by the name of its folder".to_owned(),
                true,
            );
        }
        if !common.is_empty() {
            return named(
                &bodies::title(&common.join(" ")),
                "by the names of its files".to_owned(),
                true,
            );
        }
        named(
            place,
            "nothing in the files names the publisher; the place's name stands for it".to_owned(),
            true,
        )
    }

    /// The publisher of the library whose name the files bear and whose headings they have.
    fn publisher(&self, own: &[&Seen]) -> Option<&'static Publisher> {
        let bears = |publisher: &&Publisher| match &self.body {
            Some(body) => publisher.is_named(body),
            None => own.iter().all(|file| {
                let stem = file.path.file_stem().unwrap_or_default().to_string_lossy();
                publisher.is_named(&stem)
                    || file
                        .folder()
                        .is_some_and(|folder| publisher.is_named(folder))
            }),
        };
        let fits = |publisher: &Publisher| {
            let tables = own.iter().flat_map(|file| &file.tables);
            tables
                .filter(|(table, _)| super::assemble::fits(&publisher.layout, table))
                .count()
        };
        let named = publishers().iter().filter(bears);
        let (_, best) = named
            .map(|publisher| (fits(publisher), publisher))
            .filter(|(fits, _)| *fits > 0)
            .max_by_key(|(fits, _)| *fits)?;
        Some(best)
    }
}
