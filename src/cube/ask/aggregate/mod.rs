//! Sums that the question cannot tell apart, added up; nothing is shared yet.

mod mixes;
mod standings;
mod pair_table;
mod buckets;
mod bucket_sums;

pub use bucket_sums::{BucketSums, Chunk, TO_A_THREAD};
pub use buckets::Buckets;
pub use mixes::Mixes;
pub use pair_table::PairTable;

use crate::axis::Period;
use crate::cube::ask::plan::{Drill, Plan, Sharer};
use crate::cube::records::Records;
use crate::cube::rollup::{RollUp, RollUps, Themes, Years};
use crate::cube::source::Source;
use crate::driver::Sharing;

/// Sums that a cube keeps, the coarsest first.
#[derive(Debug)]
enum Kept<'c> {
    Themes(&'c RollUp),
    Years(&'c RollUp),
    Records(&'c Records),
}

/// What the question can tell apart, and the sums of that: from the coarsest sums that are kept and
/// have all it asks for.
pub fn from_cube<'q>(plan: &'q Plan<'q>) -> (Buckets<'q>, BucketSums) {
    let mut mixes = Mixes::new(plan);
    match coarsest(plan, &mut mixes) {
        Kept::Themes(sums) | Kept::Years(sums) => bucketed(plan, sums, mixes),
        Kept::Records(records) => bucketed(plan, records, mixes),
    }
}

/// What the question can tell apart among finer sums, and the sums of that.
pub fn from_finer<'q>(plan: &'q Plan<'q>, finer: &BucketSums) -> (Buckets<'q>, BucketSums) {
    bucketed(plan, finer, Mixes::new(plan))
}

fn bucketed<'q>(
    plan: &'q Plan<'q>,
    source: &impl Source,
    mixes: Mixes<'q>,
) -> (Buckets<'q>, BucketSums) {
    let buckets = Buckets::new(plan, source, mixes);
    let sums = BucketSums::new(source, &buckets, TO_A_THREAD);
    (buckets, sums)
}

/// The coarsest sums that have all the question asks for.
fn coarsest<'q>(plan: &Plan<'q>, mixes: &mut Mixes<'_>) -> Kept<'q> {
    let RollUps { years, themes } = plan.cube.rollups();
    let by_flexibility = plan.is_drilled(|axis| matches!(axis, Drill::Flexibility));
    let has_all =
        |years: &&Years| asks_for_years(plan) && (years.tells_flexibility || !by_flexibility);
    let Some(years) = years.as_ref().filter(has_all) else {
        return Kept::Records(plan.cube.records());
    };
    let by_theme = |themes: &&Themes| {
        !by_flexibility
            && !Sharer::new(plan).tells_groups(plan.cube.place().drivers())
            && mixes.sees_alike(&themes.alike)
    };
    match themes.as_ref().filter(by_theme) {
        Some(themes) => Kept::Themes(&themes.sums),
        None => Kept::Years(&years.sums),
    }
}

/// Whether months and tags make no difference.
fn asks_for_years(plan: &Plan<'_>) -> bool {
    let mut rules = plan.sharings().flat_map(Sharing::rules);
    plan.slice.tag.is_none()
        && !plan.is_drilled(|axis| axis.tells_months() || matches!(axis, Drill::Labels(_)))
        && plan.slice.period.is_of_whole_financial_years()
        && rules.all(|rule| rule.period.is_none_or(Period::is_of_whole_financial_years))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Boundary, PlaceAccount};
    use crate::axis::{Flexibility, Phase, Placed};
    use crate::crosswalk::{Coding, TagSet};
    use crate::cube::Cube;
    use crate::cube::ask::{By, Question};
    use crate::cube::group::{CodedLines, Sorted};
    use crate::driver::SharingRule;
    use crate::money::Pence;
    use crate::place::Place;
    use tempfile::TempDir;

    /// The sample without its rules for some money: all of it is shared by residents.
    fn sample_by_residents() -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        for entry in std::fs::read_dir("examples/data/shropshire").unwrap() {
            let entry = entry.unwrap();
            std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
        }
        let file = folder.path().join("place.toml");
        let text = std::fs::read_to_string(&file).unwrap();
        let of_some = |table: &&str| {
            table.starts_with("[[sharing]]") && !table.starts_with("[[sharing]]\ndriver")
        };
        let kept = text.split("\n\n").filter(|table| !of_some(table));
        std::fs::write(&file, kept.collect::<Vec<_>>().join("\n\n")).unwrap();
        folder
    }

    /// That sample, each line once a month and client group of two years.
    fn cube() -> Cube {
        cube_bound(|_| Flexibility::NotStated)
    }

    /// The same, where money of a month is bound in this way.
    fn cube_bound(bound: impl Fn(Period) -> Flexibility) -> Cube {
        let folder = sample_by_residents();
        let place = Place::open(folder.path()).unwrap();
        assert_eq!(place.sharing().rules().len(), 1);
        let account = PlaceAccount::load(&place).unwrap();
        let mut lines = CodedLines::default();
        for (_, line, coding) in account.lines() {
            for (group, _) in place.axes().groups.iter() {
                for (year, month) in (2016..2018).flat_map(|year| (4..=12).map(move |m| (year, m)))
                {
                    let period = Period::month(year, month).unwrap();
                    let coding = Coding {
                        group: Placed::On(group),
                        period: Placed::On(period),
                        flexibility: bound(period),
                        tags: TagSet::default(),
                        ..coding
                    };
                    lines.push(&coding, Pence::new(line.pence().get() / 100));
                }
            }
        }
        Cube::from_lines(&place, lines, &Sorted).unwrap()
    }

    fn kept(question: &Question<'_>) -> &'static str {
        let plan = question.plan().unwrap();
        let kept = match coarsest(&plan, &mut Mixes::new(&plan)) {
            Kept::Themes(_) => "themes",
            Kept::Years(_) => "years",
            Kept::Records(_) => "records",
        };
        // Whatever it is answered from, the answer is the same.
        assert_eq!(
            question.answer().unwrap(),
            question.answer_record_by_record().unwrap()
        );
        kept
    }

    /// A contract that ends with the month: no two records of a year are bound alike.
    #[test]
    fn what_is_bound_apart_in_each_month_is_left_to_the_records() {
        let bound = cube_bound(Flexibility::ContractedTo);
        let ask = || {
            (bound.ask().phase(Phase::Outturn))
                .boundary(Boundary::AllPartners)
                .period("2016-17".parse().unwrap())
        };
        assert_eq!(kept(&ask().by([By::Flexibility])), "records");
        assert_eq!(kept(&ask().by([By::Group(None)])), "years");
        assert_eq!(kept(&ask()), "themes");
        // Of a kind that goes with half the year.
        let halves = cube_bound(|month| match month.contains("Jul 2016".parse().unwrap()) {
            true => Flexibility::Statutory,
            false => Flexibility::Discretionary,
        });
        let ask = (halves.ask().phase(Phase::Outturn))
            .boundary(Boundary::AllPartners)
            .period("2016-17".parse().unwrap());
        assert_eq!(kept(&ask.by([By::Flexibility])), "years");
    }

    #[test]
    fn a_question_asks_the_coarsest_sums_that_have_all_it_asks_for() {
        let cube = cube();
        fn ask(cube: &Cube) -> Question<'_> {
            cube.ask()
                .phase(Phase::Outturn)
                .boundary(Boundary::AllPartners)
        }
        let year = || ask(&cube).period("2016-17".parse().unwrap());
        let by = |text: &str| [text.parse::<By>().unwrap()];
        assert_eq!(kept(&year()), "themes");
        let place_and_theme = by("locality@place-plan-area")
            .into_iter()
            .chain(by("activity@theme"));
        assert_eq!(kept(&year().by(place_and_theme)), "themes");
        assert_eq!(kept(&year().by(by("activity"))), "years");
        assert_eq!(kept(&year().activity("youth-justice")), "years");
        assert_eq!(kept(&year().by(by("group"))), "years");
        assert_eq!(kept(&year().by(by("flexibility"))), "years");
        assert_eq!(
            kept(&ask(&cube).period("Jun 2016".parse().unwrap())),
            "records"
        );
        // A rule that tells two activities of one theme apart.
        let activity = cube
            .place()
            .axes()
            .activities
            .find("youth-justice")
            .unwrap();
        let other = cube.with_sharing(Sharing::new(vec![SharingRule {
            partner: None,
            activity: Some(activity),
            period: None,
            driver: 0,
            text: String::new(),
        }]));
        let year = ask(&other).period("2016-17".parse().unwrap());
        assert_eq!(kept(&year), "years");
    }
}
