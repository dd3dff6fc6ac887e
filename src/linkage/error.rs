//! Why spending and outcome may not stand side by side.

use crate::axis::Period;
use crate::cube::AskError;
use crate::indicator::IndicatorError;
use crate::statistic::StatisticError;

/// Why spending and outcome may not stand side by side.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LinkageError {
    /// The question has no answer.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// The indicator is not there.
    #[error(transparent)]
    Indicator(#[from] IndicatorError),
    /// A method cannot be applied.
    #[error(transparent)]
    Statistic(#[from] StatisticError),
    /// Nobody said how long after spending the outcome answers to it.
    #[error(
        "nobody says how long after spending `{indicator}` answers to it; state a lag in months \
         with its reason, in the pack's `lags` or with the question; no lag at all is a lag of 0, \
         with its reason"
    )]
    LagNotStated {
        /// Code of the indicator.
        indicator: String,
    },
    /// One service's spending beside everybody's outcome.
    #[error(
        "`{indicator}` tells of everybody in a place, and this is the spending of {what} only; \
         no single body answers for a population: ask for all partners, or choose a performance \
         measure of that service"
    )]
    ServiceBesidePopulation {
        /// Code of the indicator.
        indicator: String,
        /// Whose spending it is.
        what: String,
    },
    /// Everybody's spending beside one service's measure.
    #[error(
        "`{indicator}` is a performance measure of {service} ({activity}, {partner}), and this \
         is other spending; ask for partner `{partner}` and activity `{activity}`, or choose a \
         population indicator"
    )]
    PlaceBesidePerformance {
        /// Code of the indicator.
        indicator: String,
        /// Name of the service.
        service: String,
        /// Code of its activity.
        activity: String,
        /// Code of its partner.
        partner: String,
    },
    /// Spending on other people than those the indicator tells of.
    #[error(
        "`{indicator}` tells of {of_indicator}, and the spending is on {of_spending}; ask for \
         the same people, or say why they may differ"
    )]
    AudienceDiffers {
        /// Code of the indicator.
        indicator: String,
        /// Whom it tells of.
        of_indicator: String,
        /// On whom is spent.
        of_spending: String,
    },
    /// The indicator is not known for the place of the spending.
    #[error(
        "`{indicator}` is not known for {asked}{}; spending in {asked} cannot stand beside it",
        only_for_words(.known_for)
    )]
    NotKnownHere {
        /// Code of the indicator.
        indicator: String,
        /// The place of the spending.
        asked: String,
        /// The smallest place for which it is known.
        known_for: Option<String>,
    },
    /// The activities of an outcome are the pack's.
    #[error(
        "the pack says which activities are meant to help `{outcome}`; name none in the question"
    )]
    ActivityNamed {
        /// Code of the outcome.
        outcome: String,
    },
    /// Spending of one place and outcomes of another, or of another edition of its pack.
    #[error(
        "the spending and the outcomes are not of one edition of one pack; open both from the \
         same place"
    )]
    AnotherPlace,
    /// Spending of no place, or of several.
    #[error("name one locality for the spending: an outcome is a place's")]
    NotOnePlace,
    /// Periods that are the same, overlap, or stand the wrong way round.
    #[error(
        "{after} does not start after {before} has ended; a change needs one and then the other"
    )]
    NotOneAfterTheOther {
        /// The first period.
        before: Period,
        /// The second.
        after: Period,
    },
    /// A series that is not comparable over time.
    #[error("`{indicator}` breaks at {at}: {why}; figures before and after are not comparable")]
    SeriesBreaks {
        /// Code of the indicator.
        indicator: String,
        /// Where.
        at: Period,
        /// Why.
        why: String,
    },
    /// Two areas of which one holds the other, or that are the same.
    #[error(
        "{area} and {other} are not apart: one is the other or lies in it; compare with an area \
         that shares nobody"
    )]
    NotApart {
        /// Name of the area.
        area: String,
        /// Name of the other.
        other: String,
    },
    /// Nothing is published for one of the periods.
    #[error("`{indicator}` has no counts for {area} in {period}, and the method needs them")]
    NoCounts {
        /// Code of the indicator.
        indicator: String,
        /// Name of the area.
        area: String,
        /// The period.
        period: Period,
    },
}

fn only_for_words(place: &Option<String>) -> String {
    place
        .as_ref()
        .map_or_else(String::new, |place| format!(", only for {place}"))
}
