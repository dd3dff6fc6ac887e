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

and of `outcomes.toml` `#:schema outcomes.schema.json`; `prices`, `appraisal`, `proposal` and `contract` have one each as well. The line is a comment: the pack opens with or without the schema.

**How texts are written.** Amounts are pounds as text: `\"12500.00\"`. Ages are years: `10-17`, `65+`, `all`. Periods are `2017-18` or
`2017/18` (financial years), `Jun 2017`, `2017-04..2017-09`. Files lie in the pack (`file`, `files`) or in the data folder
(`data`), and nothing else is ever read.
";

/// What stands before some tables: path, title.
const CHAPTERS: [(&str, &str); 8] = [
    ("place", "The place"),
    ("localities", "Its areas, services, people and bodies"),
    ("ledger", "Its money"),
    ("lookup", "Postcodes, and areas of other years"),
    ("crosswalk", "What codes mean"),
    ("driver", "How money is shared out"),
    ("counterparty", "Between partners"),
    ("priority", "What is shown beside"),
];

pub(super) fn of(files: &[File]) -> String {
    let mut text = HEAD.to_owned();
    for file in files {
        if !file.chapter.is_empty() {
            let says = one_line(file.schema.root()["description"].as_str().unwrap());
            write!(text, "\n## {}: `{}`\n\n{says}\n", file.chapter, file.name).unwrap();
            let plain = plain_keys(file.schema.root());
            if !plain.is_empty() {
                write!(text, "\n{}", keys(file, &plain)).unwrap();
            }
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
        !["array", "object"].contains(&key.is["type"].as_str().unwrap_or(""))
            && key.is.get("$ref").is_none()
            && key.is.get("anyOf").is_none()
            && key.is.get("allOf").is_none()
            || ["notes", "proposals"].contains(&key.name.as_str())
    })
    .collect()
}

/// The table at a path: the name of its type, what it may say, and whether there are several.
fn table_at<'a>(file: &'a File, path: &str) -> (&'a str, &'a Value, &'a Value, bool) {
    let (mut name, mut node) = ("", file.schema.root());
    let (mut property, mut several) = (node, false);
    for step in path.split('.') {
        property = &node["properties"][step];
        assert!(!property.is_null(), "{path}: there is no `{step}`");
        (name, node) = file.schema.plain(property);
        several = node["type"] == "array" || node["type"][0] == "array";
        if several {
            (name, node) = file.schema.plain(&node["items"]);
        }
    }
    (name, node, property, several)
}

fn section(file: &File, path: &str, example: &str) -> String {
    let (name, node, property, several) = table_at(file, path);
    let says = one_line(property["description"].as_str().unwrap_or_default());
    let title = if several {
        format!("[[{path}]]")
    } else {
        format!("[{path}]")
    };
    let mut text = format!("### `{title}`\n\n{says}\n");
    if name == "TableSpec" && path != "localities" {
        let same = "Rows come from a file or stand here, with the keys of [`[[localities]]`](#localities).";
        write!(text, "\n{same}\n").unwrap();
    } else {
        let mut own = keys_of(name, node);
        in_order_of(example, &mut own);
        write!(text, "\n{}", keys(file, &own)).unwrap();
        text.push_str(&tables_in(file, &own, example));
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

/// Keys in the order in which an example has them.
fn in_order_of(example: &str, keys: &mut [Key]) {
    let stands = |name: &str| {
        let bounded = |at: &usize| {
            let before = example[..*at].chars().next_back();
            let after = example[*at + name.len()..].chars().next();
            let part_of_a_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
            !before.is_some_and(part_of_a_word) && !after.is_some_and(part_of_a_word)
        };
        let found = example.match_indices(name).map(|(at, _)| at).find(bounded);
        found.unwrap_or(usize::MAX)
    };
    keys.sort_by_key(|key| stands(&key.name));
}

/// The keys of tables that stand in these keys and have no section of their own.
fn tables_in(file: &File, own: &[Key], example: &str) -> String {
    let sections: Vec<&str> = examples(file.example)
        .filter(|(path, _)| !path.is_empty())
        .map(|(path, _)| table_at(file, path).0)
        .collect();
    let mut types: Vec<(&str, Vec<&str>)> = Vec::new();
    for key in own {
        let Some(name) = file.schema.table_of(&key.is) else {
            continue;
        };
        if sections.contains(&name) || name == "TableSpec" {
            continue;
        }
        match types.iter_mut().find(|(known, _)| *known == name) {
            Some((_, keys)) => keys.push(&key.name),
            None => types.push((name, vec![&key.name])),
        }
    }
    let mut text = String::new();
    for (name, of) in types {
        let mut inner = keys_of(name, file.schema.type_named(name));
        in_order_of(example, &mut inner);
        let of: Vec<String> = of.iter().map(|key| format!("`{key}`")).collect();
        let kind = match &of[..] {
            [only] => format!("A table in {only} has these keys:"),
            several => format!("Each of {} has these keys:", several.join(", ")),
        };
        write!(text, "\n{kind}\n\n{}", keys(file, &inner)).unwrap();
        text.push_str(&tables_in(file, &inner, example));
    }
    text
}

/// Keys as a table, and the closed lists of words below it.
fn keys(file: &File, keys: &[Key]) -> String {
    let mut text = "| Key | Is | Needed | What it holds |\n|---|---|---|---|\n".to_owned();
    let mut words: Vec<(Vec<String>, String)> = Vec::new();
    for key in keys {
        let needed = if key.needed { "yes" } else { "" };
        let is = kind(file, &key.is);
        let says = key.says.replace('|', "\\|");
        writeln!(text, "| `{}` | {is} | {needed} | {says} |", key.name).unwrap();
        let (_, node) = file.schema.plain(&key.is);
        let (_, node) = match (&node["additionalProperties"], &node["items"]) {
            (inner @ Value::Object(_), _) | (_, inner @ Value::Object(_)) => {
                file.schema.plain(inner)
            }
            _ => ("", node),
        };
        if let Some(list) = closed_list(node) {
            let name = format!("`{}`", key.name);
            match words.iter_mut().find(|(_, known)| *known == list) {
                Some((names, _)) => names.push(name),
                None => words.push((vec![name], list)),
            }
        }
    }
    for (names, list) in words {
        let names = names.join(" and ");
        write!(text, "\n{names}: one of\n\n{list}").unwrap();
    }
    text
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
    if let Some(ways) = node["anyOf"].as_array() {
        let mut ways: Vec<String> = ways.iter().map(|way| kind(file, way)).collect();
        ways.dedup();
        return ways.join(" or ");
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
