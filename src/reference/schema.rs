//! A schema, walked: its keys, what of it a text uses, and what a text may not say.

use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The schema of a file of a pack.
pub(super) struct Schema(Value);

/// One key of one kind of table.
pub(super) struct Key {
    /// `Layout.amount`: the type that reads it, and its name.
    pub path: String,
    pub name: String,
    pub says: String,
    pub needed: bool,
    pub is: Value,
}

impl Schema {
    pub(super) fn of(schema: schemars::Schema) -> Self {
        Self(schema.to_value())
    }

    /// As it stands in the repository.
    pub(super) fn text(&self) -> String {
        serde_json::to_string_pretty(&self.0).unwrap() + "\n"
    }

    /// What the whole file may say.
    pub(super) fn root(&self) -> &Value {
        &self.0
    }

    fn definitions(&self) -> &Map<String, Value> {
        self.0["definitions"].as_object().unwrap()
    }

    /// All keys of all kinds of tables.
    pub(super) fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        let root = ("", self.root());
        let definitions = self.definitions().iter();
        let all = definitions.map(|(name, node)| (name.as_str(), node));
        all.chain([root])
            .flat_map(|(name, node)| keys_of(name, node))
    }

    /// A node without references and without the `null` that TOML has not, and the name of its type.
    pub(super) fn plain<'a>(&'a self, node: &'a Value) -> (&'a str, &'a Value) {
        if let Some(name) = node["$ref"].as_str() {
            let name = name.rsplit('/').next().unwrap();
            return (name, &self.definitions()[name]);
        }
        for several in ["allOf", "anyOf"] {
            let nodes = node[several].as_array().map_or(&[][..], Vec::as_slice);
            let mut nodes = nodes.iter().filter(|node| node["type"] != "null");
            if let (Some(only), None) = (nodes.next(), nodes.next()) {
                return self.plain(only);
            }
        }
        ("", node)
    }

    /// What a table of that type may say.
    pub(super) fn type_named(&self, name: &str) -> &Value {
        &self.definitions()[name]
    }

    /// The type of the table that a key holds, alone, in a list or by names of the pack's own.
    pub(super) fn table_of<'a>(&'a self, node: &'a Value) -> Option<&'a str> {
        let (name, node) = self.plain(node);
        if node.get("properties").is_some() {
            return Some(name).filter(|name| !name.is_empty());
        }
        let ways = node["anyOf"].as_array().into_iter().flatten();
        let inner = [&node["items"], &node["additionalProperties"]];
        ways.chain(inner)
            .filter(|node| node.is_object())
            .find_map(|node| self.table_of(node))
    }

    /// The keys that a text uses, as paths.
    pub(super) fn used(&self, value: &Value) -> BTreeSet<String> {
        let mut used = BTreeSet::new();
        self.walk("", self.root(), value, &mut used);
        used
    }

    fn walk(&self, name: &str, node: &Value, value: &Value, used: &mut BTreeSet<String>) {
        match value {
            Value::Array(values) => {
                let (name, items) = self.plain(&node["items"]);
                values
                    .iter()
                    .for_each(|value| self.walk(name, items, value, used));
            }
            Value::Object(table) => {
                for (key, value) in table {
                    let known = &node["properties"][key];
                    let (child, inner) = if known.is_null() {
                        self.plain(&node["additionalProperties"])
                    } else {
                        used.insert(format!("{name}.{key}"));
                        self.plain(known)
                    };
                    self.walk(child, inner, value, used);
                }
            }
            _ => {}
        }
        for inner in node["anyOf"].as_array().into_iter().flatten() {
            let (name, inner) = self.plain(inner);
            self.walk(name, inner, value, used);
        }
    }

    /// What a text says that it may not: as much of the rules for schemas as ours use.
    pub(super) fn faults(&self, value: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        self.check("", self.root(), value, &mut faults);
        faults
    }

    fn check(&self, at: &str, node: &Value, value: &Value, faults: &mut Vec<String>) {
        let (_, node) = self.plain(node);
        let ways = ["oneOf", "anyOf"].map(|several| node[several].as_array());
        for ways in ways.into_iter().flatten() {
            let fits = |way: &&Value| {
                let mut inner = Vec::new();
                self.check(at, way, value, &mut inner);
                inner.is_empty()
            };
            if !ways.iter().any(|way| fits(&way)) {
                faults.push(format!("`{at}`: {value} is none of its words"));
                return;
            }
        }
        let wanted = match &node["const"] {
            Value::Null => node["enum"].as_array().map_or(&[][..], Vec::as_slice),
            only => std::slice::from_ref(only),
        };
        if !wanted.is_empty() && !wanted.contains(value) {
            faults.push(format!("`{at}`: {value} is none of its words"));
        }
        let kinds: Vec<&str> = match &node["type"] {
            Value::String(kind) => vec![kind],
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let is = match value {
            Value::String(_) => &["string"][..],
            Value::Bool(_) => &["boolean"],
            Value::Number(number) if number.is_f64() => &["number"],
            Value::Number(_) => &["integer", "number"],
            Value::Array(_) => &["array"],
            Value::Object(_) => &["object"],
            Value::Null => &["null"],
        };
        if !kinds.is_empty() && !kinds.iter().any(|kind| is.contains(kind)) {
            faults.push(format!("`{at}`: {value} is no {}", kinds.join(" or ")));
        }
        match value {
            Value::Array(values) if node.get("items").is_some() => {
                for value in values {
                    self.check(at, &node["items"], value, faults);
                }
            }
            Value::Object(table) => self.check_table(node, table, faults),
            _ => {}
        }
    }

    fn check_table(&self, node: &Value, table: &Map<String, Value>, faults: &mut Vec<String>) {
        for needed in node["required"].as_array().into_iter().flatten() {
            let needed = needed.as_str().unwrap();
            if !table.contains_key(needed) {
                faults.push(format!("`{needed}` is needed"));
            }
        }
        for (key, value) in table {
            match (&node["properties"][key], &node["additionalProperties"]) {
                (Value::Null, Value::Bool(false)) => {
                    faults.push(format!("`{key}` is not a key of this table"));
                }
                (Value::Null, others) => self.check(key, others, value, faults),
                (known, _) => self.check(key, known, value, faults),
            }
        }
    }
}

/// The keys of one kind of table.
pub(super) fn keys_of(name: &str, node: &Value) -> Vec<Key> {
    let needed: Vec<&str> = (node["required"].as_array().into_iter().flatten())
        .filter_map(Value::as_str)
        .collect();
    let properties = node["properties"].as_object().into_iter().flatten();
    let key = |(key, is): (&String, &Value)| Key {
        path: format!("{name}.{key}"),
        name: key.clone(),
        says: one_line(is["description"].as_str().unwrap_or_default()),
        needed: needed.contains(&key.as_str()),
        is: is.clone(),
    };
    properties.map(key).collect()
}

/// A doc comment as one line, without the brackets of its links.
pub(super) fn one_line(text: &str) -> String {
    let text = text.split("\n\n").next().unwrap_or_default();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace("[`", "`").replace("`]", "`")
}

/// A text of TOML as the schema sees it.
pub(super) fn value(text: &str) -> Value {
    let table: toml::Table = toml::from_str(text).unwrap_or_else(|error| panic!("{error}"));
    serde_json::to_value(table).unwrap()
}
