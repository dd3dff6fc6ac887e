//! `REFERENCE.md`: tables in the order in which one writes a pack.

use super::schema::{Key, keys_of, one_line};
use super::{File, fields};
use serde_json::Value;
use std::fmt::Write as _;

const HEAD: &str = "\
# Every table and key of a pack

A pack is a folder with a `place.toml`, and the files that it names. This document has every table of it in the
order in which one writes a pack, with what each key holds and what happens when it is left out. It is written by
the tests from the types that read packs; it is not edited. `GUIDE.md` shows a pack being made.

**Told by your editor.** `pack.schema.json` and `outcomes.schema.json` say the same to an editor: VS Code with
*Even Better TOML*, or any editor with Taplo, then completes keys, shows these sentences, and marks what is misspelt.
Put the schema beside the pack and write in the first line of `place.toml`

```toml
#:schema pack.schema.json
```

and of `outcomes.toml` `#:schema outcomes.schema.json`. The line is a comment: the pack opens with or without the schema.

**How texts are written.** Amounts are pounds as text: `\"12500.00\"`. Ages are years: `10-17`, `65+`, `all`. Periods are `2017-18` or
`2017/18` (financial years), `Jun 2017`, `2017-04..2017-09`. Files lie in the pack (`file`, `files`) or in the data folder
(`data`), and nothing else is ever read.
";

/// What stands before some tables: path, title.
const CHAPTERS: [(&str, &str); 7] = [
    ("place", "The place"),
    ("localities", "Its areas, services, people and bodies"),
    ("ledger", "Its money"),
    ("crosswalk", "What codes mean"),
    ("driver", "How money is shared out"),
    ("counterparty", "Between partners"),
    ("priority", "What is shown beside"),
];

pub(super) fn of(files: &[File]) -> String {
    let mut text = HEAD.to_owned();
    for file in files {
        if file.name == "outcomes.toml" {
            let says = one_line(file.schema.root()["description"].as_str().unwrap());
            write!(
                text,
                "\n## Outcomes: `outcomes.toml`\n\n{says}\n\n{}",
                keys(file, &plain_keys(file.schema.root()))
            )
            .unwrap();
        }
        for (path, example) in examples(file.example) {
            let chapter = CHAPTERS.iter().find(|(first, _)| *first == path);
            if let (Some((_, title)), "place.toml") = (chapter, file.name) {
                write!(text, "\n## {title}\n").unwrap();
            }
            if !path.is_empty() {
                write!(text, "\n{}", section(file, path, example)).unwrap();
            }
        }
    }
    text
}

/// The tables of an example: path and text.
fn examples(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split("#= ").skip(1).map(|part| {
        let (path, example) = part.split_once('\n').unwrap();
        (path.trim(), example.trim())
    })
}

/// The keys at the top of the outcomes file that are no tables.
fn plain_keys(root: &Value) -> Vec<Key> {
    let all = keys_of("", root).into_iter();
    all.filter(|key| {
        !["array", "object"].contains(&key.is["type"].as_str().unwrap_or("")) || key.name == "notes"
    })
    .collect()
}

fn section(file: &File, path: &str, example: &str) -> String {
    let (mut name, mut node, mut title, mut says) =
        ("", file.schema.root(), String::new(), String::new());
    let mut several = false;
    for step in path.split('.') {
        let property = &node["properties"][step];
        assert!(!property.is_null(), "{path}: there is no `{step}`");
        says = one_line(property["description"].as_str().unwrap_or_default());
        let (mut child, mut inner) = file.schema.plain(property);
        several = inner["type"] == "array" || inner["type"][0] == "array";
        if several {
            (child, inner) = file.schema.plain(&inner["items"]);
        } else if inner.get("properties").is_none() && inner["additionalProperties"].is_object() {
            (child, inner) = file.schema.plain(&inner["additionalProperties"]);
        }
        if !title.is_empty() {
            title.push('.');
        }
        title.push_str(step);
        (name, node) = (child, inner);
    }
    let title = if several {
        format!("[[{title}]]")
    } else {
        format!("[{title}]")
    };
    let mut text = format!("### `{title}`\n\n{says}\n");
    let of_type = one_line(node["description"].as_str().unwrap_or_default());
    if !of_type.is_empty() && name != "TableSpec" && of_type != says {
        write!(text, "\n{of_type}\n").unwrap();
    }
    if name == "TableSpec" && path != "localities" {
        text.push_str("\nRows come from a file or stand here, with the keys of [`[[localities]]`](#localities).\n");
    } else {
        let mut own = keys_of(name, node);
        let place = |key: &Key| example.find(&key.name).unwrap_or(usize::MAX);
        own.sort_by_key(place);
        write!(text, "\n{}", keys(file, &own)).unwrap();
    }
    for (title, fields) in fields::beside(path) {
        write!(text, "\n{title}:\n\n| Field | What it holds |\n|---|---|\n").unwrap();
        for (name, says) in fields::of(fields) {
            writeln!(text, "| `{name}` | {says} |").unwrap();
        }
    }
    write!(text, "\n```toml\n{example}\n```\n").unwrap();
    text
}

/// Keys as a table, and the closed lists of words below it.
fn keys(file: &File, keys: &[Key]) -> String {
    let mut text = "| Key | Is | Needed | What it holds |\n|---|---|---|---|\n".to_owned();
    let mut words = String::new();
    for key in keys {
        let needed = if key.needed { "yes" } else { "" };
        let is = kind(file, &key.is);
        let says = key.says.replace('|', "\\|");
        writeln!(text, "| `{}` | {is} | {needed} | {says} |", key.name).unwrap();
        let (_, node) = file.schema.plain(&key.is);
        let (_, node) = match node["additionalProperties"].is_object() {
            true => file.schema.plain(&node["additionalProperties"]),
            false => ("", node),
        };
        if let Some(list) = closed_list(node) {
            write!(words, "\n`{}` is one of\n\n{list}", key.name).unwrap();
        }
    }
    text + &words
}

/// The words of a closed list, each with what it means.
fn closed_list(node: &Value) -> Option<String> {
    let mut text = String::new();
    for way in node["oneOf"].as_array()? {
        let says = one_line(way["description"].as_str().unwrap_or_default());
        if let Some(word) = way["const"].as_str() {
            writeln!(text, "- `{word}`: {says}").unwrap();
        } else if let Some(words) = way["enum"].as_array() {
            for word in words.iter().filter_map(Value::as_str) {
                writeln!(text, "- `{word}`").unwrap();
            }
        } else if let Some(table) = way["properties"].as_object() {
            let keys: Vec<&str> = table.keys().map(String::as_str).collect();
            writeln!(text, "- `{{ {} = \"…\" }}`: {says}", keys.join(", ")).unwrap();
        }
    }
    Some(text)
}

/// What a key is, in a word or two.
fn kind(file: &File, node: &Value) -> String {
    let (name, node) = file.schema.plain(node);
    if node.get("oneOf").is_some() {
        return "a word".to_owned();
    }
    if name == "CodeColumn" {
        return "heading, or `join`".to_owned();
    }
    let own = match &node["type"] {
        Value::Array(kinds) => kinds[0].as_str(),
        only => only.as_str(),
    };
    match own {
        Some("array") => match kind(file, &node["items"]).as_str() {
            "table" => "tables".to_owned(),
            items => format!("list: {items}"),
        },
        Some("object") if node["additionalProperties"].is_object() => {
            format!("name = {}", kind(file, &node["additionalProperties"]))
        }
        Some("object") => "table".to_owned(),
        Some("integer") => "whole number".to_owned(),
        Some("number") => "number".to_owned(),
        _ => "text".to_owned(),
    }
}
