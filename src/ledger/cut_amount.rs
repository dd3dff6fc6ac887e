//! An amount that its own delimiter cut in two: `1,250.00` without quotes reads as 1.

use super::heading::Columns;
use crate::money::{ExcessDecimals, Pence, parse_amount, to_pence};
use crate::sheet::Cells;

/// The amount that the cells of a row would be if they were not cut, where they look cut.
///
/// The cell of the amount is one to three digits; the next begins with a group of three, and the
/// last of them has decimals. Without decimals the row must be wider than its header, and the same
/// holds for a decimal comma.
#[cold]
pub(super) fn joined(cells: Cells<'_>, columns: &Columns) -> Option<Pence> {
    let first = cells.trimmed(columns.amount);
    let digits = first.trim_start_matches(|c: char| !c.is_ascii_digit());
    if !(1..=3).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let wider = cells.len() > columns.cells;
    let mut text = first.to_owned();
    let mut column = columns.amount + 1;
    loop {
        let cell = cells.trimmed(column);
        let bare = bare(cell);
        if is_group(bare) && !cell.contains('.') && is_part(cells.trimmed(column + 1)) {
            text.push(',');
            text.push_str(bare);
            column += 1;
            continue;
        }
        let (pounds, decimals) = bare.split_once('.').unwrap_or((bare, ""));
        let with_decimals = (1..=2).contains(&decimals.len()) && is_digits(decimals);
        let whole = decimals.is_empty() && !bare.contains('.');
        if is_group(pounds) && with_decimals && (wider || !columns.money_follows)
            || is_group(pounds) && whole && (wider || column > columns.amount + 1)
        {
            text.push(',');
        } else if wider && bare.len() == 2 && is_digits(bare) && column == columns.amount + 1 {
            text.push('.');
        } else {
            return None;
        }
        text.push_str(cell);
        // A bracket that the cut took away from its other half.
        if text.ends_with(')') && !text.starts_with('(') {
            text.insert(0, '(');
        }
        let amount = parse_amount(&text).ok()?;
        return to_pence(amount, ExcessDecimals::HalfEven)
            .ok()
            .map(|(pence, _)| pence);
    }
}

/// The digits of an amount that may be the first part of one that is cut: one to three, after its sign.
fn first_part<'a>(cells: Cells<'a>, columns: &Columns) -> Option<&'a str> {
    let cell = cells.trimmed(columns.amount);
    let digits = cell.trim_start_matches(['£', '-', '−', '(']);
    ((1..=3).contains(&digits.len()) && is_digits(digits)).then_some(digits)
}

/// A cell without what may stand behind the last digit of an amount.
fn bare(cell: &str) -> &str {
    cell.trim_end_matches([')', '-', '−']).trim_end()
}

/// Whether the cell after a small amount reads as the rest of one but for a sign that is no digit: what was
/// paid is then not known.
#[cold]
pub(super) fn is_damaged(cells: Cells<'_>, columns: &Columns) -> bool {
    let next = bare(cells.trimmed(columns.amount + 1));
    let Some((pounds, decimals)) = next.split_once('.') else {
        return false;
    };
    let others = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).count();
    first_part(cells, columns).is_some()
        && (pounds.chars().count(), decimals.chars().count()) == (3, 2)
        && others(pounds) + others(decimals) == 1
}

/// Where an amount may be cut in a row that is no wider than its header: the amount in one piece, if the
/// cell of the amount is one to three digits and the next is three.
///
/// Such a row alone proves nothing, three digits may be a code: see what stands beside other amounts.
#[inline]
pub(super) fn maybe(cells: Cells<'_>, columns: &Columns, amount: Pence) -> (Option<Pence>, bool) {
    let three_digits = is_group(cells.trimmed(columns.amount + 1));
    if !three_digits {
        return (None, false);
    }
    (across(cells, columns, amount), true)
}

#[cold]
fn across(cells: Cells<'_>, columns: &Columns, amount: Pence) -> Option<Pence> {
    first_part(cells, columns).filter(|digits| !digits.starts_with('0'))?;
    let more: i64 = cells.trimmed(columns.amount + 1).parse().ok()?;
    let more = if amount.get() < 0 { -more } else { more };
    Some(Pence::new(amount.get() * 1000 + more * 100))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_group(text: &str) -> bool {
    text.len() == 3 && is_digits(text)
}

/// Whether a cell may be the next group of an amount, with or without decimals.
fn is_part(cell: &str) -> bool {
    let bare = bare(cell);
    let (pounds, decimals) = bare.split_once('.').unwrap_or((bare, "0"));
    is_group(pounds) && is_digits(decimals) && decimals.len() <= 2
}
