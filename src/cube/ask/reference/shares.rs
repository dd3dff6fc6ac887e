//! What share of some records lies in each figure of an answer.
//!
//! The figure of a row is a sum of shares of records, each a ratio that follows from the question and from what is
//! known of places and people, and never from amounts. So the shares can be told apart from the money.
//!
//! Only the records that are asked about are walked, whatever else is in the cube.

use super::rules::{Money, is_in_total, shown_beside};
use super::walk::{Piece, visit, visit_codings};
use crate::axis::{Evidence, Gap};
use crate::crosswalk::Coding;
use crate::cube::ask::answer::{KeyPart, labels};
use crate::cube::ask::plan::{Cell, Drill, Fate, Memorandum, Plan};
use crate::cube::ask::share::Slot;
use crate::money::Ratio;
use std::collections::{BTreeMap, HashMap};

/// Shares of records, by their places in the list that was asked about; none is nothing.
pub type Shares = Vec<(usize, Ratio)>;

/// What share of which records lies in a figure, sum by sum. Sums that hold none of them are not named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FigureShares {
    /// In the amount.
    pub amount: Shares,
    /// In the part of it that is known in one way.
    pub classes: BTreeMap<Evidence, Shares>,
    /// In what stands beside it, or is named as a part of it.
    pub memoranda: BTreeMap<Memorandum, Shares>,
    /// In what would stand beside it, and may lie here or not.
    pub memoranda_unshared: BTreeMap<Memorandum, Shares>,
    /// In what may lie in it or not.
    pub unshared: BTreeMap<Gap, Shares>,
}

impl FigureShares {
    /// Whether it holds none of the records.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.amount.is_empty()
            && self.classes.is_empty()
            && self.memoranda.is_empty()
            && self.memoranda_unshared.is_empty()
            && self.unshared.is_empty()
    }
}

/// What share of which records lies in each figure of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AnswerShares {
    /// The rows that hold some of them, in the order of the answer, each with its keys. None where shares of rows
    /// follow from amounts, as they do where money is followed back through hands, or from what only lines say.
    pub rows: Option<Vec<(Vec<KeyPart>, FigureShares)>>,
    /// In the total.
    pub total: FigureShares,
    /// In everything of the phase outside the slice.
    pub complement: FigureShares,
}

impl AnswerShares {
    /// Whether no figure of the answer holds any of the records.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.total.is_empty() && self.complement.is_empty()
    }
}

/// By which of some measures a figure was shared out, with the least mass that a share of it has.
pub type SharedBy = BTreeMap<usize, u64>;

/// The rows of an answer that were shared out by some measures, and its total.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AnswerSharedBy {
    /// Those rows, by the codes of their keys. None where rows are told by what only lines or amounts say.
    pub rows: Option<BTreeMap<Vec<String>, SharedBy>>,
    /// The total.
    pub total: SharedBy,
    /// Everything of the phase outside the slice.
    pub complement: SharedBy,
}

/// Which figure a piece lies in: a row by its number, or outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Figure {
    Row(u32),
    Outside,
}

/// A piece of a record in one sum of a figure.
struct Part {
    figure: Figure,
    slot: Slot,
    record: usize,
    numerator: i128,
    denominator: u128,
}

/// What share of each record lies in each figure of the answer of a plan.
///
/// The total is walked by itself: money that rows share out need not be shared for the total, and is then known in
/// another way there.
pub fn shares(plan: &Plan<'_>, codings: &[Coding]) -> AnswerShares {
    let whole = plan.total();
    let mut figures = summed(parts(&whole, codings, &mut HashMap::new()));
    let [total, complement] = [Figure::Row(0), Figure::Outside]
        .map(|figure| figure_of(figures.remove(&figure).unwrap_or_default()));
    let rows = is_linear(plan).then(|| rows(plan, codings));
    AnswerShares {
        rows,
        total,
        complement,
    }
}

/// The rows that hold some of the records, in the order of the answer.
fn rows(plan: &Plan<'_>, codings: &[Coding]) -> Vec<(Vec<KeyPart>, FigureShares)> {
    let mut keys: HashMap<Vec<Cell>, u32> = HashMap::new();
    let mut figures = summed(parts(plan, codings, &mut keys));
    let mut keys: Vec<(Vec<Cell>, u32)> = keys.into_iter().collect();
    keys.sort_unstable();
    let row = |(cells, number): (Vec<Cell>, u32)| {
        let sums = figures.remove(&Figure::Row(number)).unwrap_or_default();
        (named(plan, &cells), figure_of(sums))
    };
    keys.into_iter().map(row).collect()
}

/// Every piece of the records, in the sums that it is in; rows are numbered as they appear.
fn parts(plan: &Plan<'_>, codings: &[Coding], keys: &mut HashMap<Vec<Cell>, u32>) -> Vec<Part> {
    let mut parts = Vec::new();
    visit_codings(plan, codings, &mut |piece| {
        let figure = match piece.fate {
            Fate::Out if !plan.complement => return,
            Fate::Out => Figure::Outside,
            Fate::In | Fate::Unknown(_) => Figure::Row(number_of(keys, piece.key)),
        };
        add(&mut parts, figure, piece, plan);
    });
    parts
}

/// Which figures of an answer are shared out by some drivers.
pub fn shared_by(plan: &Plan<'_>, drivers: &[usize]) -> AnswerSharedBy {
    let mut found = AnswerSharedBy::default();
    visit_shared(
        &plan.total(),
        drivers,
        &mut |piece, driver| match piece.fate {
            Fate::Out => note(&mut found.complement, piece, driver),
            Fate::In | Fate::Unknown(_) => note(&mut found.total, piece, driver),
        },
    );
    if is_linear(plan) {
        let mut rows: BTreeMap<Vec<Cell>, SharedBy> = BTreeMap::new();
        visit_shared(plan, drivers, &mut |piece, driver| {
            if piece.fate != Fate::Out {
                note(rows.entry(piece.key.to_vec()).or_default(), piece, driver);
            }
        });
        let codes = |cells: Vec<Cell>| {
            let keys = named(plan, &cells).into_iter();
            keys.map(|key| key.code).collect::<Vec<String>>()
        };
        let rows = rows.into_iter().map(|(cells, by)| (codes(cells), by));
        found.rows = Some(rows.collect());
    }
    found
}

/// Calls `sink` with every piece that one of some drivers has shared.
fn visit_shared(plan: &Plan<'_>, drivers: &[usize], sink: &mut dyn FnMut(&Piece<'_>, usize)) {
    visit(plan, &mut |piece| {
        if let Some(driver) = piece.driver.filter(|driver| drivers.contains(driver)) {
            sink(piece, driver);
        }
    });
}

fn note(by: &mut SharedBy, piece: &Piece<'_>, driver: usize) {
    let least = by.entry(driver).or_insert(piece.region.0);
    *least = piece.region.0.min(*least);
}

/// The cells of a row as the answer names them.
fn named(plan: &Plan<'_>, cells: &[Cell]) -> Vec<KeyPart> {
    let named = cells.iter().zip(&plan.drill);
    named
        .map(|(cell, axis)| labels::key_part(plan, axis, *cell))
        .collect()
}

/// Whether shares of rows follow from the question alone.
fn is_linear(plan: &Plan<'_>) -> bool {
    plan.told_by_lines().is_none() && !plan.is_drilled(is_followed)
}

/// Whether an axis follows money back through hands, by how much each had of whom.
fn is_followed(axis: &Drill) -> bool {
    matches!(axis, Drill::Role(_, hands) if hands.are_followed())
}

fn number_of(keys: &mut HashMap<Vec<Cell>, u32>, key: &[Cell]) -> u32 {
    if let Some(number) = keys.get(key) {
        return *number;
    }
    let number = u32::try_from(keys.len()).unwrap_or(u32::MAX);
    keys.insert(key.to_vec(), number);
    number
}

/// Adds a piece to each sum of the figure that it is in.
fn add(parts: &mut Vec<Part>, figure: Figure, piece: &Piece<'_>, plan: &Plan<'_>) {
    let (numerator, denominator) = piece.share();
    // Masses are below 2^48 and weights below 2^64, so that a product of two of them fits.
    let numerator = i128::try_from(numerator).unwrap_or(i128::MAX);
    let mut push = |slot, numerator| {
        parts.push(Part {
            figure,
            slot,
            record: piece.number,
            numerator,
            denominator,
        });
    };
    let is_unknown = match piece.fate {
        Fate::Unknown(gap) => Some(gap),
        Fate::In | Fate::Out => None,
    };
    if is_in_total(piece.standing) {
        push(
            is_unknown.map_or(Slot::Amount(piece.class), Slot::Unknown),
            numerator,
        );
    }
    if let Some((what, money)) = shown_beside(piece.standing, plan.slice.resource) {
        let slot = match is_unknown {
            Some(_) => Slot::Unshared(what),
            None => Slot::Here(what),
        };
        let numerator = match money {
            Money::AsRecorded => numerator,
            Money::Received => -numerator,
        };
        push(slot, numerator);
    }
}

/// The sums of a figure: for each sum and record its share.
type Sums = BTreeMap<(Slot, usize), Ratio>;

fn merge(sums: &mut Sums, place: (Slot, usize), share: &Ratio) {
    let sum = sums.entry(place).or_insert_with(Ratio::zero);
    *sum = sum.plus(share);
}

/// Pieces of one record in one sum added up; most have one denominator, and are added as whole numbers.
fn summed(mut parts: Vec<Part>) -> BTreeMap<Figure, Sums> {
    parts.sort_unstable_by_key(|part| (part.figure, part.slot, part.record, part.denominator));
    let mut figures: BTreeMap<Figure, Sums> = BTreeMap::new();
    let alike = |one: &Part, other: &Part| {
        (one.figure, one.slot, one.record, one.denominator)
            == (other.figure, other.slot, other.record, other.denominator)
    };
    for alike in parts.chunk_by(alike) {
        let Some(first) = alike.first() else {
            continue;
        };
        let whole = alike
            .iter()
            .try_fold(0i128, |sum, part| sum.checked_add(part.numerator));
        let share = match whole {
            Some(numerator) => Ratio::new(numerator, first.denominator),
            None => (alike.iter())
                .map(|part| Ratio::new(part.numerator, part.denominator))
                .sum(),
        };
        let sums = figures.entry(first.figure).or_default();
        merge(sums, (first.slot, first.record), &share);
    }
    figures
}

/// The sums of a figure under their names.
fn figure_of(sums: Sums) -> FigureShares {
    let mut figure = FigureShares::default();
    let mut amount: BTreeMap<usize, Ratio> = BTreeMap::new();
    for ((slot, record), share) in sums {
        if let Slot::Amount(_) = slot {
            let sum = amount.entry(record).or_insert_with(Ratio::zero);
            *sum = sum.plus(&share);
        }
        if share.is_zero() {
            continue;
        }
        let of_slot = match slot {
            Slot::Amount(class) => figure.classes.entry(class).or_default(),
            Slot::Unknown(gap) => figure.unshared.entry(gap).or_default(),
            Slot::Here(what) => figure.memoranda.entry(what).or_default(),
            Slot::Unshared(what) => figure.memoranda_unshared.entry(what).or_default(),
        };
        of_slot.push((record, share));
    }
    figure.amount = amount
        .into_iter()
        .filter(|(_, share)| !share.is_zero())
        .collect();
    figure
}
