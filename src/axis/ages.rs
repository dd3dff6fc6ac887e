//! Ages: intervals over single years, 0 to 90 and over.

use super::AxisError;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The last single year: 90 stands for 90 and over.
pub const OLDEST: u8 = 90;

/// An interval of single years of age, both ends included; 90 means 90 and over.
///
/// # Example
///
/// ```
/// use wholeplace::axis::Ages;
/// assert_eq!("Age 65 and over".parse::<Ages>()?, Ages::new(65, 90)?);
/// assert_eq!(Ages::new(16, 19)?.to_string(), "16-19");
/// assert_eq!(Ages::ALL.to_string(), "all ages");
/// assert!("19-16".parse::<Ages>().is_err());
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ages {
    youngest: u8,
    oldest: u8,
}

impl Ages {
    /// Everyone.
    pub const ALL: Self = Self {
        youngest: 0,
        oldest: OLDEST,
    };

    /// From one age to another, both included.
    ///
    /// # Errors
    ///
    /// [`AxisError::Ages`] when the ends are the wrong way round or beyond 90.
    pub fn new(youngest: u8, oldest: u8) -> Result<Self, AxisError> {
        if youngest <= oldest && oldest <= OLDEST {
            Ok(Self { youngest, oldest })
        } else {
            Err(AxisError::Ages {
                found: format!("{youngest}-{oldest}"),
            })
        }
    }

    /// The youngest age in the interval.
    #[must_use]
    pub const fn youngest(self) -> u8 {
        self.youngest
    }

    /// The oldest age in the interval; 90 is 90 and over.
    #[must_use]
    pub const fn oldest(self) -> u8 {
        self.oldest
    }

    /// In words that no spreadsheet takes for a date or a number: `5 to 9`, `65 and over`.
    ///
    /// ```
    /// use wholeplace::axis::Ages;
    /// assert_eq!(Ages::new(5, 9)?.in_words(), "5 to 9");
    /// assert_eq!("5 to 9".parse::<Ages>()?, Ages::new(5, 9)?);
    /// assert_eq!("65+".parse::<Ages>()?.in_words(), "65 and over");
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn in_words(self) -> String {
        match (self.youngest, self.oldest) {
            (youngest, OLDEST) if youngest > 0 => format!("{youngest} and over"),
            (youngest, oldest) if youngest < oldest && oldest < OLDEST => {
                format!("{youngest} to {oldest}")
            }
            _ => self.to_string(),
        }
    }

    /// The ages in both, if any.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        let youngest = self.youngest.max(other.youngest);
        let oldest = self.oldest.min(other.oldest);
        (youngest <= oldest).then_some(Self { youngest, oldest })
    }

    /// Whether these bands, youngest first, are together all ages, each age once.
    #[must_use]
    pub fn make_up_all_ages(bands: &[Self]) -> bool {
        let end = bands.iter().try_fold(0, |next, band| {
            (band.youngest == next).then_some(band.oldest + 1)
        });
        end == Some(OLDEST + 1)
    }

    /// Whether all ages of `other` are in this interval.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.youngest <= other.youngest && other.oldest <= self.oldest
    }
}

impl fmt::Display for Ages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.youngest, self.oldest) {
            (0, OLDEST) => f.pad("all ages"),
            (youngest, OLDEST) => f.pad(&format!("{youngest}+")),
            (youngest, oldest) if youngest == oldest => f.pad(&youngest.to_string()),
            (youngest, oldest) => f.pad(&format!("{youngest}-{oldest}")),
        }
    }
}

impl FromStr for Ages {
    type Err = AxisError;

    fn from_str(text: &str) -> Result<Self, AxisError> {
        let wrong = || AxisError::Ages {
            found: text.trim().to_owned(),
        };
        let lower = text.trim().to_lowercase();
        let bare = ["aged ", "ages ", "age "]
            .iter()
            .find_map(|word| lower.strip_prefix(word))
            .unwrap_or(&lower)
            .trim();
        if matches!(bare, "all" | "all ages" | "everyone") {
            return Ok(Self::ALL);
        }
        let open = [" and over", " or over", " plus", "+"]
            .iter()
            .find_map(|word| bare.strip_suffix(word));
        let (youngest, oldest) = match open {
            Some(from) => match from.split_once('-') {
                // "85-90+" says the same as "85+"
                Some((youngest, "90")) => (youngest, "90"),
                Some(_) => return Err(wrong()),
                None => (from, "90"),
            },
            None => ["-", "–", " to ", ".."]
                .iter()
                .find_map(|sign| bare.split_once(sign))
                .unwrap_or((bare, bare)),
        };
        let year = |text: &str| text.trim().parse::<u8>().map_err(|_| wrong());
        let (youngest, oldest) = (year(youngest)?, year(oldest)?);
        Self::new(youngest, oldest).map_err(|_| wrong())
    }
}

impl TryFrom<String> for Ages {
    type Error = AxisError;
    fn try_from(text: String) -> Result<Self, AxisError> {
        text.parse()
    }
}

impl From<Ages> for String {
    fn from(ages: Ages) -> Self {
        match (ages.youngest, ages.oldest) {
            (0, OLDEST) => "all".to_owned(),
            _ => ages.to_string(),
        }
    }
}
