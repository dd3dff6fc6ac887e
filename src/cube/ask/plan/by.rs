//! What a question drills by.

use crate::axis::Ages;
use crate::cube::ask::error::AskError;
use std::str::FromStr;

/// An axis to drill by, at a level.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum By {
    /// A row a partner, by whose ledger the money stands in.
    Partner,
    /// A row for each body whose own money it was, followed back through all hands.
    Funder,
    /// A row for each body that decided what is done.
    Commissioner,
    /// A row for each body that finally spends it, or is paid outside the boundary.
    Deliverer,
    /// A row for each partner on the other side of a payment.
    Counterparty,
    /// A row an activity of this level; as recorded when none is named. Money recorded above
    /// the level has a row of its own.
    Activity(Option<String>),
    /// A row an age band; the place's own when none are given.
    Ages(Option<Vec<Ages>>),
    /// A row a client group of this level; as recorded when none is named.
    Group(Option<String>),
    /// A row a locality of this level.
    Locality(String),
    /// A row a financial year. Money of a time across two of them is shared by days, by judgement.
    FinancialYear,
    /// A row a quarter of a financial year. Money that is not of one quarter is shared among none: it stands
    /// in a row of its own, under its own time.
    Quarter,
    /// A row a month. Money that is not of one month, such as a return for a year, is shared among none: it
    /// stands in a row of its own, under its own time.
    Month,
    /// A row for each way in which money is bound: statutory, contracted to a month,
    /// discretionary.
    Flexibility,
    /// A row for each way in which money reaches people, of the tags whose level in the pack is `mode`: directly
    /// provided, commissioned, a direct payment. Money of which nobody says has a row of its own.
    Mode,
    /// The same for tags of another level. Money with several tags of the level has a row of its own too, so that
    /// rows add up.
    Tag(String),
    /// A row a ledger of the pack. A cube holds none: the question needs the account
    /// ([`Question::of_lines`](crate::Question::of_lines)).
    Ledger,
    /// A row for each code that a partner wrote, ledger by ledger, before the crosswalk: the code of the
    /// activity, or another that the layouts name, such as `reference`. It needs the account as
    /// [`By::Ledger`] does. Letters of a code that may be a payee are masked.
    Code(Option<String>),
}

impl FromStr for By {
    type Err = AskError;

    /// Reads `partner`, `funder`, `commissioner`, `deliverer`, `counterparty`, `flexibility`, `mode`, `tag@<level>`, `activity`,
    /// `activity@theme`, `ages`, `ages@0-15/16-19/20+`, `group`, `group@<level>`,
    /// `locality@place-plan-area`, `period` or `year`, `quarter`, `month`, `ledger`, `code`, `code@<name>`.
    fn from_str(text: &str) -> Result<Self, AskError> {
        let wrong = || AskError::NoSuchDrill {
            found: text.trim().to_owned(),
        };
        let (axis, level) = match text.trim().split_once('@') {
            Some((axis, level)) => (axis.trim(), Some(level.trim().to_owned())),
            None => (text.trim(), None),
        };
        if level.as_deref() == Some("") {
            return Err(wrong());
        }
        match (axis, level) {
            ("partner", None) => Ok(Self::Partner),
            ("funder", None) => Ok(Self::Funder),
            ("commissioner", None) => Ok(Self::Commissioner),
            ("deliverer", None) => Ok(Self::Deliverer),
            ("counterparty", None) => Ok(Self::Counterparty),
            ("activity", level) => Ok(Self::Activity(level)),
            ("group", level) => Ok(Self::Group(level)),
            ("locality", Some(level)) => Ok(Self::Locality(level)),
            ("flexibility", None) => Ok(Self::Flexibility),
            ("mode", None) => Ok(Self::Mode),
            ("tag", Some(level)) => Ok(Self::Tag(level)),
            ("ages" | "age", None) => Ok(Self::Ages(None)),
            ("ages" | "age", Some(bands)) => {
                let bands: Result<Vec<Ages>, _> = bands.split('/').map(Ages::from_str).collect();
                Ok(Self::Ages(Some(bands?)))
            }
            ("period" | "year" | "financial-year", None) => Ok(Self::FinancialYear),
            ("quarter", None) => Ok(Self::Quarter),
            ("month", None) => Ok(Self::Month),
            ("period", Some(level)) => match level.as_str() {
                "year" => Ok(Self::FinancialYear),
                "quarter" => Ok(Self::Quarter),
                "month" => Ok(Self::Month),
                _ => Err(wrong()),
            },
            ("ledger", None) => Ok(Self::Ledger),
            ("code", name) => Ok(Self::Code(name)),
            _ => Err(wrong()),
        }
    }
}
