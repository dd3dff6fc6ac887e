//! Answers as they are written down: the shapes of the JSON.

use crate::account::AskedMonths;
use crate::cube::ask::answer::{Answer, Emptiness, Figure, InKindShown, KeyPart, PerHead, Row};
use crate::driver::Basis;
use crate::reconciliation::Reconciliation;
use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// An answer as JSON: rows, total, residents, reconciliation.
#[derive(Debug, Serialize, Deserialize)]
pub struct WrittenAnswer {
    question: BTreeMap<String, String>,
    axes: Vec<String>,
    rows: Vec<Row>,
    total: Figure,
    /// That of the total, once more where readers look for it.
    per_head: Option<PerHead>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    complement: Option<Figure>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    emptiness: Option<Emptiness>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    months: Option<Arc<AskedMonths>>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    in_kind: Vec<InKindShown>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty", default)]
    bases: BTreeSet<Basis>,
    notes: Vec<String>,
    reconciliation: Reconciliation,
}

impl From<Answer> for WrittenAnswer {
    fn from(answer: Answer) -> Self {
        Self {
            question: answer.question,
            axes: answer.axes,
            rows: answer.rows,
            per_head: answer.total.per_head.clone(),
            total: answer.total,
            complement: answer.complement,
            emptiness: answer.emptiness,
            months: answer.months,
            in_kind: answer.in_kind,
            bases: answer.bases,
            notes: answer.notes,
            reconciliation: answer.reconciliation,
        }
    }
}

impl From<WrittenAnswer> for Answer {
    fn from(mut written: WrittenAnswer) -> Self {
        // A reader may have kept the keys of an object in another order.
        for row in &mut written.rows {
            row.keys
                .sort_by_key(|part| written.axes.iter().position(|axis| *axis == part.axis));
        }
        Self {
            question: written.question,
            axes: written.axes,
            rows: written.rows,
            total: written.total,
            complement: written.complement,
            emptiness: written.emptiness,
            months: written.months,
            in_kind: written.in_kind,
            bases: written.bases,
            notes: written.notes,
            reconciliation: written.reconciliation,
        }
    }
}

/// A row as JSON: its keys as an object, axis by axis, then the figure.
#[derive(Debug, Serialize, Deserialize)]
pub struct WrittenRow {
    keys: InOrder,
    names: InOrder,
    #[serde(flatten)]
    figure: Figure,
}

impl From<Row> for WrittenRow {
    fn from(row: Row) -> Self {
        let texts = |text: fn(&KeyPart) -> &String| {
            InOrder(
                row.keys
                    .iter()
                    .map(|part| (part.axis.clone(), text(part).clone()))
                    .collect(),
            )
        };
        Self {
            keys: texts(|part| &part.code),
            names: texts(|part| &part.name),
            figure: row.figure,
        }
    }
}

impl From<WrittenRow> for Row {
    fn from(written: WrittenRow) -> Self {
        let parts = written.keys.0.into_iter().zip(written.names.0);
        Self {
            keys: parts
                .map(|((axis, code), (_, name))| Arc::new(KeyPart { axis, code, name }))
                .collect(),
            figure: written.figure,
        }
    }
}

/// An object whose keys keep their order.
#[derive(Debug)]
struct InOrder(Vec<(String, String)>);

impl Serialize for InOrder {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, text) in &self.0 {
            map.serialize_entry(key, text)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for InOrder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = InOrder;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of texts")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<InOrder, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(InOrder(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}
