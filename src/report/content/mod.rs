//! What a report holds: what was asked, before anything is said, drawn or written of it.

mod error;
mod scope;
pub mod rounding;
pub mod evidence;
mod figure;
mod knowledge;
mod outcomes;
mod tried;
mod locality;
mod standing_out;
mod absent;
mod assembly;
mod modes;
mod proposal;
mod scenario;
mod contract;
mod account_cell;
mod place_plan;
mod premises;
mod performance;
mod families;

pub use crate::disclosure::Shown;
pub use absent::{absent_in_words, absent_size, known_share};
pub use account_cell::cell_in_words;
pub use contract::{ChancesShown, CliffShown, ContractSheet, PaymentShown};
pub use error::ReportError;
pub use families::FamiliesSheet;
pub use figure::{besides, largest_first};
pub use knowledge::{IndicatorShown, KnownFor, in_words as level_in_words};
pub use locality::{Crossing, LocalityReport, PlacePage, Section, SectionRow};
pub use modes::{CrossedModes, ModesSheet};
pub use outcomes::{OutcomeSection, PlaceOutcomes, ReportOutcomes};
pub use performance::{
    ActionShown, ActionSpent, DecisionShown, GapSheet, PerformanceSheet, PhasesShown,
    ReductionShown, SurveyShown, TargetShown,
};
pub use place_plan::{
    ContributionShown, Funds, PlaceOfPlan, PlanTotal, PlansSheet, PriorityShown, UnitsShown,
};
pub use premises::{BodyShown, BuildingShown, CouldMove, PremisesSheet};
pub use proposal::{
    About, Band, HowSure, Layer, LoanShown, PayerShown, ProposalSheet, PurseShown, RankingShown,
    SettlementShown, StatementShown, Sums, SureShown, TornadoShown, rankings,
};
pub use scenario::{BeforeAfter, BeforeAfterRow, CellShown, MoveShown, ScenarioSheet};
pub use scope::{ReportScope, question};
pub use standing_out::{AHead, Difference};
pub use tried::Tried;
