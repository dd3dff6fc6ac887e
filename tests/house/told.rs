//! Documents that are run: the commands, files and edits that stand in them, in a folder of their own.
//!
//! - `console`: `$ command`, and what it prints. `cargo run --release --example NAME -- …` runs that program;
//!   `cp FROM TO` copies a file. Where a line is `…`, what stands above it is how the output begins, and what
//!   stands below it how it ends.
//! - `diff`: what a person writes into the file that the first line names.
//! - `toml`: what is added to the `place.toml` of the folder; `csv NAME`: a file of it.
//!
//! `INSTA_UPDATE=always` writes the output of today.

use super::examples::program;
use std::fmt::Write as _;
use std::path::Path;

/// One fenced block of a document.
#[derive(Clone, Debug)]
pub struct Block {
    /// What stands beside the fence: `console`, `csv paid.csv`.
    pub kind: String,
    pub text: String,
    /// The heading that it stands under.
    pub under: String,
}

/// A document in pieces: text as it is, and blocks.
pub struct Document {
    name: &'static str,
    pieces: Vec<Piece>,
}

enum Piece {
    Text(String),
    Block(Block),
}

impl Document {
    pub fn open(name: &'static str) -> Self {
        let text = std::fs::read_to_string(root().join(name)).unwrap();
        let (mut pieces, mut under) = (Vec::new(), String::new());
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if let Some(title) = line.strip_prefix("## ") {
                under = title.to_owned();
            }
            match line.strip_prefix("```") {
                None => pieces.push(Piece::Text(line.to_owned())),
                Some(kind) => {
                    let inside = lines.by_ref().take_while(|line| *line != "```");
                    let text = inside.fold(String::new(), |text, line| text + line + "\n");
                    pieces.push(Piece::Block(Block {
                        kind: kind.to_owned(),
                        text,
                        under: under.clone(),
                    }));
                }
            }
        }
        Self { name, pieces }
    }

    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Block(block) => Some(block),
            Piece::Text(_) => None,
        })
    }

    pub fn blocks_mut(&mut self) -> impl Iterator<Item = &mut Block> {
        self.pieces.iter_mut().filter_map(|piece| match piece {
            Piece::Block(block) => Some(block),
            Piece::Text(_) => None,
        })
    }

    /// Holds what was printed against the document, or writes it there.
    pub fn is_of_today(&self) {
        let mut now = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(line) => writeln!(now, "{line}").unwrap(),
                Piece::Block(block) => {
                    write!(now, "```{}\n{}```\n", block.kind, block.text).unwrap()
                }
            }
        }
        is_of_today(&root().join(self.name), &now);
    }
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Holds a file of the repository against what it should be.
pub fn is_of_today(path: &Path, now: &str) {
    let written = std::fs::read_to_string(path).unwrap_or_default();
    if written == now {
        return;
    }
    let updating = std::env::var("INSTA_UPDATE").is_ok_and(|mode| mode == "always");
    if !updating {
        let differs = (written.lines().zip(now.lines())).find(|(written, now)| written != now);
        panic!(
            "{} is not of today (INSTA_UPDATE=always writes it); first difference: {differs:?}",
            path.display()
        );
    }
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, now).unwrap();
}

/// Runs the commands of a block in a folder, and gives the block as it is today.
pub fn run(block: &str, folder: &Path) -> String {
    let mut lines = block.lines().peekable();
    let mut now = String::new();
    while let Some(line) = lines.next() {
        let command = line.strip_prefix("$ ");
        let command = command.unwrap_or_else(|| panic!("not a command: {line}"));
        let mut told = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
            told.push(line);
        }
        writeln!(now, "{line}").unwrap();
        for line in as_told(&told, &output(command, folder)) {
            writeln!(now, "{line}").unwrap();
        }
    }
    now
}

/// As much of an output as a document tells.
fn as_told(told: &[&str], output: &str) -> Vec<String> {
    let lines: Vec<String> = output
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect();
    let Some(gap) = told.iter().position(|line| *line == "…") else {
        return lines;
    };
    let (first, last) = (gap, told.len() - gap - 1);
    if first + last >= lines.len() {
        return lines;
    }
    let end = lines.len() - last;
    [&lines[..first], &["…".to_owned()], &lines[end..]].concat()
}

/// What a command prints: first its results, then what is wrong in the data.
fn output(command: &str, folder: &Path) -> String {
    let words = words(command);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["cp", from, to] => {
            let name = Path::new(from).file_name().unwrap();
            std::fs::copy(folder.join(from), folder.join(to).join(name)).unwrap();
            String::new()
        }
        [
            "cargo",
            "run",
            "--release",
            "--example",
            name,
            "--",
            ref arguments @ ..,
        ] => {
            let ran = program(name)
                .args(arguments)
                .current_dir(folder)
                .output()
                .unwrap();
            let printed = [ran.stdout, ran.stderr].concat();
            let printed = String::from_utf8(printed).unwrap();
            assert!(ran.status.success(), "{command}\n{printed}");
            let here = folder.canonicalize().unwrap();
            printed.replace(&format!("{}/", here.display()), "")
        }
        _ => panic!("no such command in a document: {command}"),
    }
}

/// The words of a command; quotes keep blanks.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in command.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Writes what a person writes; how many lines that are.
pub fn apply(edit: &str, folder: &Path) -> usize {
    let (name, edits) = edit.split_once('\n').unwrap();
    let path = folder.join(name.strip_prefix("+++ ").unwrap());
    let mut text = std::fs::read_to_string(&path).unwrap();
    for edit in edits.split("@@\n").filter(|edit| !edit.is_empty()) {
        let side = |left_out: char| {
            let lines = edit.lines().filter(|line| !line.starts_with(left_out));
            lines.fold(String::new(), |text, line| {
                text + line.get(1..).unwrap_or("") + "\n"
            })
        };
        let (old, new) = (side('+'), side('-'));
        if old.is_empty() {
            text.push_str(&new);
        } else {
            assert_eq!(text.matches(&old).count(), 1, "{}: {old}", path.display());
            text = text.replace(&old, &new);
        }
    }
    std::fs::write(path, text).unwrap();
    edits.lines().filter(|line| line.starts_with('+')).count()
}
