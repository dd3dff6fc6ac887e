//! Which columns of a Parquet file have a plain text, told from its footer before anything of them is
//! decoded: a list or a picture in a column that nobody asks for is no reason to refuse the file.

use super::SheetError;
use super::polars_door::{columns_of, of_groups, schema};
use polars::prelude::{ArrowDataType, Column, DataFrame, FileMetadataRef, PolarsResult};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// What kind of exact numbers a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numbers {
    /// Whole ones of at most 64 bits.
    Whole,
    /// Decimals with so many digits after the point.
    Decimals(usize),
}

impl Numbers {
    fn of(kind: &ArrowDataType) -> Option<Self> {
        use ArrowDataType as T;
        Some(match kind {
            T::Int8 | T::Int16 | T::Int32 | T::Int64 => Self::Whole,
            T::UInt8 | T::UInt16 | T::UInt32 => Self::Whole,
            T::Decimal(_, scale) | T::Decimal32(_, scale) | T::Decimal64(_, scale) => {
                Self::Decimals(*scale)
            }
            _ => return None,
        })
    }
}

/// The columns of a file, and how each is decoded.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) names: Vec<String>,
    /// Of each whether it holds numbers that are exact.
    pub(super) numbers: Vec<Option<Numbers>>,
    /// The types of those that have no plain text, by their place.
    unread: BTreeMap<usize, String>,
    /// The others, by the types that the program noted which wrote the file.
    noted: (FileMetadataRef, Vec<usize>),
    /// Factors, categories and dictionaries, by the types of the values that they stand for. A column
    /// of them is stored like any other; only that note says that it is one.
    stored: (FileMetadataRef, Vec<usize>),
}

impl Shape {
    pub(super) fn of(footer: FileMetadataRef) -> PolarsResult<Self> {
        /// Where Arrow notes its types.
        const NOTE: &str = "ARROW:schema";
        let mut bare = FileMetadataRef::unwrap_or_clone(Arc::clone(&footer));
        if let Some(notes) = &mut bare.key_value_metadata {
            notes.retain(|note| note.key != NOTE);
        }
        let bare = Arc::new(bare);
        let (as_noted, as_stored) = (schema(&footer)?, schema(&bare)?);
        let mut shape = Self {
            names: as_noted.iter_names().map(ToString::to_string).collect(),
            numbers: as_noted
                .iter_values()
                .map(|field| Numbers::of(field.dtype()))
                .collect(),
            unread: BTreeMap::new(),
            noted: (footer, Vec::new()),
            stored: (bare, Vec::new()),
        };
        for (at, (name, field)) in as_noted.iter().enumerate() {
            let factor = matches!(field.dtype(), ArrowDataType::Dictionary(..));
            let values = as_stored.get_at_index(at).filter(|(bare, _)| *bare == name);
            match values {
                Some((_, values)) if factor && has_text(values.dtype()) => shape.stored.1.push(at),
                _ if has_text(field.dtype()) => shape.noted.1.push(at),
                _ => {
                    shape.unread.insert(at, in_words(field.dtype()));
                }
            }
        }
        Ok(shape)
    }

    /// Some columns of some groups of rows, each with its place; those without a text are left out.
    pub(super) fn columns(
        &self,
        bytes: &[u8],
        groups: &Range<usize>,
        wanted: &BTreeSet<usize>,
    ) -> PolarsResult<Vec<(usize, Column)>> {
        let mut columns = Vec::with_capacity(wanted.len());
        for (footer, known) in [&self.noted, &self.stored] {
            let known = known.iter().copied();
            let places: Vec<usize> = known.filter(|at| wanted.contains(at)).collect();
            if !places.is_empty() {
                let footer = of_groups(footer, groups.clone());
                let decoded: DataFrame = columns_of(bytes, &footer, &places)?;
                columns.extend(places.into_iter().zip(decoded.into_columns()));
            }
        }
        Ok(columns)
    }

    /// How many groups of rows there are.
    pub(super) fn groups(&self) -> usize {
        self.noted.0.row_groups.len()
    }

    /// The error of a column that has no plain text, if it is one.
    pub(super) fn unread(&self, file: &str, column: usize) -> Option<SheetError> {
        Some(SheetError::ColumnType {
            file: file.to_owned(),
            column: self.names.get(column)?.clone(),
            found: self.unread.get(&column)?.clone(),
        })
    }

    /// The number of rows.
    pub(super) fn height(&self) -> usize {
        self.noted.0.num_rows
    }
}

/// Whether the values of a type have a plain text.
fn has_text(kind: &ArrowDataType) -> bool {
    use ArrowDataType as T;
    let texts = matches!(
        kind,
        T::Null | T::Boolean | T::Utf8 | T::LargeUtf8 | T::Utf8View
    );
    let whole = matches!(kind, T::Int8 | T::Int16 | T::Int32 | T::Int64 | T::Int128);
    let unsigned = matches!(kind, T::UInt8 | T::UInt16 | T::UInt32 | T::UInt64);
    let parts = matches!(
        kind,
        T::Float32 | T::Float64 | T::Decimal(..) | T::Decimal32(..) | T::Decimal64(..)
    );
    let times = matches!(kind, T::Date32 | T::Date64 | T::Timestamp(_, None));
    texts || whole || unsigned || parts || times
}

/// What a column holds, as people say it.
fn in_words(kind: &ArrowDataType) -> String {
    use ArrowDataType as T;
    match kind {
        T::Binary | T::LargeBinary | T::BinaryView | T::FixedSizeBinary(_) => "bytes".to_owned(),
        T::List(_) | T::LargeList(_) | T::FixedSizeList(..) | T::Map(..) => "lists".to_owned(),
        T::Struct(_) => "records of several fields".to_owned(),
        T::Timestamp(_, Some(zone)) => format!("times in the zone `{zone}`"),
        T::Time32(_) | T::Time64(_) => "times of day".to_owned(),
        T::Duration(_) => "lengths of time".to_owned(),
        T::Interval(_) => "intervals of time".to_owned(),
        T::Dictionary(_, values, _) => format!("a dictionary of {}", in_words(values)),
        T::Decimal256(..) => "decimals of more than 38 digits".to_owned(),
        T::Float16 => "numbers of three digits (half precision)".to_owned(),
        other => format!("{other:?}").to_lowercase(),
    }
}
