//! What stands in a cell of a dataset.

use crate::axis::Period;
use crate::disclosure::Why;
use crate::finding::plain;
use crate::indicator::Status;
use crate::money::Pence;
use crate::report::content::Shown;
use jiff::civil::Date;

/// Money that came through [`Shown`]: a withheld sum cannot become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenSum(Pence);

impl OpenSum {
    /// The sum.
    pub fn pence(self) -> Pence {
        self.0
    }
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: the status column says why.
    Nothing,
    /// Words.
    Text(String),
    /// Money that may not be shown: an empty cell of a file, with its status beside it.
    Withheld(Why),
    /// Money that may be shown; only [`Value::sum`] makes it.
    Pounds(OpenSum),
    /// A count.
    Whole(u64),
    /// A number, as it is written.
    Number(String),
    /// A day.
    Day(Date),
    /// A period.
    Period(Period),
}

impl Value {
    /// As it is written in a file.
    pub fn plain(&self) -> String {
        match self {
            Self::Nothing | Self::Withheld(_) => String::new(),
            Self::Text(text) | Self::Number(text) => text.clone(),
            Self::Pounds(sum) => sum.0.to_plain(),
            Self::Whole(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Period(period) => period.in_words(),
        }
    }

    /// As it is shown to people.
    pub fn shown(&self) -> String {
        match self {
            Self::Nothing => "–".to_owned(),
            Self::Withheld(_) => Shown::CONFIDENTIAL.to_owned(),
            Self::Text(text) | Self::Number(text) => text.clone(),
            Self::Pounds(sum) => sum.0.to_string(),
            Self::Whole(number) => crate::money::with_separators(*number),
            Self::Day(day) => day.to_string(),
            Self::Period(period) => period.to_string(),
        }
    }

    /// Words, or nothing for no words.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Nothing
        } else {
            Self::Text(plain(&text).into_owned())
        }
    }

    /// A sum, where there is one to show.
    pub fn sum(shown: Shown) -> Self {
        match (shown, shown.pence()) {
            (Shown::Withheld(why), _) => Self::Withheld(why),
            (_, Some(pence)) => Self::Pounds(OpenSum(pence)),
            (_, None) => Self::Nothing,
        }
    }

    /// The figure of an indicator, if there is one. Why a count is withheld is said of none: a rate that is
    /// withheld because of another stands like one that is of few.
    pub fn figure(figure: Option<impl ToString>, status: Status) -> Self {
        match status {
            Status::Withheld => Self::Withheld(Why::Untried),
            _ => Self::number(figure),
        }
    }

    /// A number, if there is one.
    pub fn number(number: Option<impl ToString>) -> Self {
        number.map_or(Self::Nothing, |number| Self::Number(number.to_string()))
    }
}
