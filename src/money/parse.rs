//! Amounts as ledgers write them.

use super::Pence;
use rust_decimal::{Decimal, RoundingStrategy};
use std::str::FromStr;

/// What to do with an amount that has more than two decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ExcessDecimals {
    /// It is a finding: a ledger in pounds and pence has no such amounts.
    #[default]
    Refuse,
    /// It is rounded half to even to the penny, and the difference is named in the reconciliation.
    HalfEven,
}

/// Why a cell is not an amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AmountError {
    /// Nothing but blanks, or a dash.
    #[error("there is no amount here")]
    Blank,
    /// Text that is not a number in any form ledgers use.
    #[error("this is not an amount of money")]
    NotANumber,
    /// Commas that do not stand between groups of three digits.
    #[error("the commas of this amount do not separate thousands")]
    Commas,
    /// More than two decimals, and the layout does not say what to do with them.
    #[error("this amount has more than two decimals")]
    ExcessDecimals,
    /// Beyond 64 bits of pence.
    #[error("this amount is larger than an account can hold")]
    TooLarge,
}

/// Reads an amount in pounds as ledgers write it.
///
/// Understands `1234.56`, `1,234.56`, `£1,234.56`, `150.00-`, `(3,616.75)`, `-8.27`, `£-3`,
/// `+5`, whole pounds, any number of decimals, `1.5E+06` as spreadsheets write it, and `œ` or `�` in the place of the
/// pound sign (code page 437 read as another).
///
/// # Errors
///
/// [`AmountError`] says which kind of text it was; nothing is guessed.
///
/// # Example
///
/// ```
/// use wholeplace::money::{AmountError, parse_amount};
/// assert_eq!(parse_amount(" (3,616.75) ")?.to_string(), "-3616.75");
/// assert_eq!(parse_amount("150.00-")?.to_string(), "-150.00");
/// assert_eq!(parse_amount("1,23"), Err(AmountError::Commas));
/// # Ok::<(), AmountError>(())
/// ```
pub fn parse_amount(text: &str) -> Result<Decimal, AmountError> {
    let mut rest = text.trim();
    if rest.is_empty() || matches!(rest, "-" | "–" | "—" | "−" | "£-" | "£ -" | "£   -" | "- £")
    {
        return Err(AmountError::Blank);
    }
    let mut negative = false;
    if let Some(inner) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
        negative = true;
        rest = inner.trim();
    } else if let Some(inner) = rest.strip_suffix(['-', '−']) {
        negative = true;
        rest = inner.trim_end();
    }
    // The sign may stand before or after the pound sign, but only once.
    let mut signed = negative;
    let mut pound = false;
    loop {
        let mut chars = rest.chars();
        match chars.next() {
            Some('-' | '−') if !signed => (negative, signed) = (true, true),
            Some('+') if !signed => signed = true,
            Some('£' | 'œ' | '\u{fffd}') if !pound => pound = true,
            _ => break,
        }
        rest = chars.as_str().trim_start();
    }
    // Programmers part digits by underscores; ledgers do not.
    if !rest.starts_with(|c: char| c.is_ascii_digit() || c == '.') || rest.contains('_') {
        return Err(AmountError::NotANumber);
    }
    let plain = without_commas(rest)?;
    if !is_written_by_people(&plain) {
        return Err(AmountError::NotANumber);
    }
    let amount = if plain.contains(['e', 'E']) {
        Decimal::from_scientific(&plain)
    } else {
        Decimal::from_str(&plain)
    }
    .map_err(|_| not_a_number_or_too_large(&plain))?;
    Ok(if negative { -amount } else { amount })
}

/// Whether a number has a form that people or spreadsheets write: digits with a point, or one digit
/// before it and an exponent of a sign and two digits, `1.5E+06`. What only programs write, as
/// `2017_18`, `1e5` and `774.e1`, is more likely a code or a period.
fn is_written_by_people(plain: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let decimal = |text: &str| match text.split_once('.') {
        Some((pounds, decimals)) => digits(pounds) && digits(decimals) && text.len() > 1,
        None => digits(text),
    };
    let Some((mantissa, exponent)) = plain.split_once(['e', 'E']) else {
        return decimal(plain);
    };
    let (pounds, decimals) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let power = exponent.strip_prefix(['+', '-']).unwrap_or_default();
    pounds.len() == 1
        && digits(pounds)
        && !decimals.is_empty()
        && digits(decimals)
        && (2..=3).contains(&power.len())
        && digits(power)
}

/// Reads a plain number, as a mass or a weight: with or without commas between thousands, without a
/// pound sign or brackets.
pub(crate) fn parse_number(text: &str) -> Result<Decimal, AmountError> {
    if text.contains(['£', 'œ', '\u{fffd}', '(', ')']) || text.trim_end().ends_with(['-', '−'])
    {
        let blank = text.trim() == "-";
        return Err(if blank {
            AmountError::Blank
        } else {
            AmountError::NotANumber
        });
    }
    parse_amount(text)
}

fn without_commas(text: &str) -> Result<std::borrow::Cow<'_, str>, AmountError> {
    if !text.contains(',') {
        return Ok(text.into());
    }
    let (pounds, decimals) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = pounds.split(',');
    let first = groups.next().unwrap_or_default();
    let well_formed = (1..=3).contains(&first.len())
        && groups.all(|group| group.len() == 3)
        && !decimals.contains(',');
    if well_formed {
        Ok(text.replace(',', "").into())
    } else {
        Err(AmountError::Commas)
    }
}

fn not_a_number_or_too_large(plain: &str) -> AmountError {
    let number = plain
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    let points = plain.bytes().filter(|&b| b == b'.').count();
    if number && points <= 1 {
        AmountError::TooLarge
    } else {
        AmountError::NotANumber
    }
}

/// Turns pounds into whole pence; also gives what rounding took away, in pounds.
///
/// # Errors
///
/// [`AmountError::ExcessDecimals`] when pence would be lost and `excess` does not permit it;
/// [`AmountError::TooLarge`] beyond 64 bits of pence.
///
/// # Example
///
/// ```
/// use wholeplace::money::{ExcessDecimals, Pence, parse_amount, to_pence};
/// let (pence, taken) = to_pence(parse_amount("146776165.0069928")?, ExcessDecimals::HalfEven)?;
/// assert_eq!(pence, Pence::new(14_677_616_501));
/// assert_eq!(taken.to_string(), "-0.0030072");
/// # Ok::<(), wholeplace::money::AmountError>(())
/// ```
pub fn to_pence(pounds: Decimal, excess: ExcessDecimals) -> Result<(Pence, Decimal), AmountError> {
    let rounded = pounds.round_dp_with_strategy(2, RoundingStrategy::MidpointNearestEven);
    if rounded != pounds && excess == ExcessDecimals::Refuse {
        return Err(AmountError::ExcessDecimals);
    }
    let pence = rounded
        .checked_mul(Decimal::ONE_HUNDRED)
        .and_then(|pence| i64::try_from(pence).ok())
        .filter(|&pence| pence != i64::MIN) // so that every sum can change its sign
        .ok_or(AmountError::TooLarge)?;
    Ok((Pence::new(pence), pounds - rounded))
}
