//! How many figures a site tells, and how many it withholds.
//!
//! The same figure stands in several tables: what a partner spends in a place on the page of the place and
//! on that of the partner. For the site as a whole it counts once, by what it is of.

use super::address::slug;
use crate::disclosure::Why;
use crate::indicator::Status;
use crate::report::content::{PlacePage, Shown};
use crate::report::site::Site;
use std::collections::BTreeMap;

/// How many figures of a table are told and withheld.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableTold {
    /// The table, by the name that its files have.
    pub table: String,
    /// Figures that are told.
    pub told: usize,
    /// Figures that are withheld.
    pub withheld: usize,
}

/// How many figures a site tells and withholds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FiguresTold {
    /// Different figures that are told.
    pub told: usize,
    /// Different figures that are withheld.
    pub withheld: usize,
    /// Table by table, in the order of pages; here a figure counts in each.
    pub tables: Vec<TableTold>,
}

impl FiguresTold {
    /// For the terms of a release: `3 of 187 figures are withheld`.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::report::FiguresTold;
    /// assert_eq!(FiguresTold::default().in_words(), "none of 0 figures is withheld");
    /// ```
    #[must_use]
    pub fn in_words(&self) -> String {
        let all = self.told + self.withheld;
        match self.withheld {
            0 => format!("none of {all} figures is withheld"),
            1 => format!("1 of {all} figures is withheld"),
            some => format!("{some} of {all} figures are withheld"),
        }
    }
}

/// What a figure is of: codes of a place, a partner, an activity, an age, an outcome, an indicator, a client group and a
/// mode. The place as a
/// whole has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Of<'a> {
    place: Option<&'a str>,
    partner: Option<&'a str>,
    activity: Option<&'a str>,
    ages: Option<&'a str>,
    outcome: Option<&'a str>,
    indicator: Option<&'a str>,
    group: Option<&'a str>,
    mode: Option<&'a str>,
}

#[derive(Default)]
struct Count<'a> {
    /// Whether each different figure is withheld.
    known: BTreeMap<Of<'a>, bool>,
    tables: Vec<TableTold>,
}

impl<'a> Count<'a> {
    fn table(&mut self, table: String, figures: impl IntoIterator<Item = (Of<'a>, Shown)>) {
        let mut counted = TableTold {
            table,
            ..TableTold::default()
        };
        let some = |(_, shown): &(Of<'a>, Shown)| *shown != Shown::NothingRecorded;
        for (of, shown) in figures.into_iter().filter(some) {
            self.known.insert(of, shown.is_withheld());
            counted.told += usize::from(!shown.is_withheld());
            counted.withheld += usize::from(shown.is_withheld());
        }
        if counted.told + counted.withheld > 0 {
            self.tables.push(counted);
        }
    }

    /// The tables of the page of a place, whose figures are of `place`.
    fn page(&mut self, page: &'a PlacePage, place: Option<&'a str>, file: &str) {
        let own = Of {
            place,
            ..Of::default()
        };
        for section in &page.sections {
            let rows = section.rows.iter().map(|row| {
                let code = Some(row.code.as_str());
                let of = match section.axis.as_str() {
                    "partner" => Of {
                        partner: code,
                        ..own
                    },
                    "ages" => Of { ages: code, ..own },
                    _ => Of {
                        activity: code,
                        ..own
                    },
                };
                (of, row.shown())
            });
            self.table(format!("{file}-by-{}", section.axis), rows);
        }
        let crossings = page.crossings.iter().map(|one| {
            let of = Of {
                partner: Some(&one.partner),
                activity: Some(&one.activity),
                ..own
            };
            (of, one.shown())
        });
        self.table(format!("{file}-by-partner-and-activity"), crossings);
    }
}

impl Site {
    /// How many figures of spending, and of indicators in the period last told, it tells and withholds, by table and
    /// as different figures.
    #[must_use]
    pub fn figures_told(&self) -> FiguresTold {
        let mut count = Count::default();
        let report = &self.report;
        // The place as a whole is of no place of the level.
        let place = |code: &str| code != report.whole.code;
        let pages = || std::iter::once(&report.whole).chain(&report.places);
        count.table(
            "index-by-place".to_owned(),
            pages().map(|page| {
                let of = Of {
                    place: Some(page.code.as_str()).filter(|code| place(code)),
                    ..Of::default()
                };
                (of, page.shown())
            }),
        );
        for page in pages() {
            let code = Some(page.code.as_str()).filter(|code| place(code));
            let file = code.map_or("index".to_owned(), |code| format!("place-{}", slug(code)));
            count.page(page, code, &file);
        }
        for sheet in &self.partners {
            let file = format!("partner-{}", slug(&sheet.code));
            let by = Of {
                partner: Some(&sheet.code),
                ..Of::default()
            };
            let own = (report.whole.crossings.iter()).filter(|one| one.partner == sheet.code);
            let activities = own.map(|one| {
                let activity = Some(one.activity.as_str());
                (Of { activity, ..by }, one.shown())
            });
            count.table(format!("{file}-by-activity"), activities);
            let places = sheet.places.iter().map(|row| {
                let place = Some(row.code.as_str());
                (Of { place, ..by }, row.shown())
            });
            count.table(format!("{file}-by-place"), places);
        }
        if let Some(sheet) = &self.modes {
            let of = |mode| Of {
                mode: Some(mode),
                ..Of::default()
            };
            let modes = sheet.modes.iter();
            let modes = modes.map(|row| (of(row.code.as_str()), row.shown()));
            count.table("modes-whole".to_owned(), modes);
            for crossed in &sheet.crossed {
                let rows = crossed.rows.iter().map(|row| {
                    let (of, code) = (of(row.mode.code.as_str()), Some(row.member.code.as_str()));
                    let of = match crossed.axis {
                        "activity" => Of {
                            activity: code,
                            ..of
                        },
                        "partner" => Of {
                            partner: code,
                            ..of
                        },
                        "place" => Of { place: code, ..of },
                        _ => Of { group: code, ..of },
                    };
                    (of, row.figure.sum())
                });
                count.table(format!("modes-by-{}", crossed.axis), rows);
            }
        }
        for sheet in &self.outcomes {
            let code = sheet.section.code.as_str();
            let sections = pages().filter_map(|page| {
                let sections = page.outcomes.as_ref()?.outcomes.iter();
                let section = sections.into_iter().find(|section| section.code == code)?;
                let of = Of {
                    place: Some(page.code.as_str()).filter(|code| place(code)),
                    outcome: Some(code),
                    ..Of::default()
                };
                Some((of, section.shown))
            });
            count.table(format!("outcome-{}-places", slug(code)), sections);
        }
        let known = pages().flat_map(|page| {
            let place = Some(page.code.as_str()).filter(|code| place(code));
            let all = page.outcomes.iter().flat_map(|of| of.indicators());
            all.filter_map(move |shown| {
                let of = Of {
                    place,
                    indicator: Some(&shown.told.indicator),
                    ..Of::default()
                };
                let told = match (shown.told.status, shown.told.figure) {
                    (Status::Withheld, _) => Shown::Withheld(Why::Untried),
                    (_, Some(_)) => Shown::RecordedZero,
                    (_, None) => return None,
                };
                Some((of, told))
            })
        });
        count.table("outcomes".to_owned(), known);
        let withheld = count.known.values().filter(|withheld| **withheld).count();
        FiguresTold {
            told: count.known.len() - withheld,
            withheld,
            tables: count.tables,
        }
    }
}
