//! Somebody who has the released files, and nothing else that is not public.
//!
//! How each cell hangs on each private line is learnt as anybody could: by building the site of packs in which one
//! private line is a million pounds and the others are nothing. What the pack says is public, where private lines
//! are recorded too, and what is matched with a public line is known to the penny. Then each cell that is told is an
//! equation, and linear programmes say between what and what each private line must lie.

use super::pack::partners_with;
use microlp::{ComparisonOp, OptimizationDirection, Problem};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use wholeplace::cube::{Answer, Question};
use wholeplace::disclosure::pattern::Part;
use wholeplace::disclosure::{
    DisclosureError, DisclosurePolicy, Released, Telling, ToldAnswer, ToldFigure, Why,
};
use wholeplace::money::Pence;
use wholeplace::report::{Publication, ReportScope, Site, SiteFile, SiteSources, site_files};
use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};

const NHS: &str = include_str!("../../examples/data/partners/nhs.csv");
const PCC: &str = include_str!("../../examples/data/partners/pcc.csv");
const CHARITY: &str = include_str!("../../examples/data/partners/charity.csv");

/// The private ledgers: names of files, and what is in them.
type Ledgers = [(&'static str, String); 3];

fn ledgers() -> Ledgers {
    [("nhs.csv", NHS), ("pcc.csv", PCC), ("charity.csv", CHARITY)]
        .map(|(name, text)| (name, text.to_owned()))
}

/// A private line: in which file it stands, in which row, and its amount in pounds.
#[derive(Clone, Debug)]
struct Line {
    file: usize,
    row: usize,
    pounds: f64,
}

/// The lines that no public line is matched with: references are of payments that the council publishes too.
fn lines(ledgers: &Ledgers) -> Vec<Line> {
    let mut lines = Vec::new();
    for (file, (_, text)) in ledgers.iter().enumerate() {
        for (row, line) in text.lines().enumerate().skip(1) {
            let matched = ["PCC-24-", ",T-1,", ",T-2,"]
                .iter()
                .any(|mark| line.contains(mark));
            // What was paid the year before stands in no table of this one.
            let earlier = line.contains("/2023,");
            let pounds = line.rsplit(',').next().unwrap().parse().unwrap();
            if !matched && !earlier {
                lines.push(Line { file, row, pounds });
            }
        }
    }
    lines
}

/// The ledgers with other amounts.
fn with(ledgers: &Ledgers, lines: &[Line], pounds: &dyn Fn(usize) -> f64) -> Ledgers {
    let mut all = ledgers
        .clone()
        .map(|(name, text)| (name, text.lines().map(str::to_owned).collect::<Vec<_>>()));
    for (number, line) in lines.iter().enumerate() {
        let row = &mut all[line.file].1[line.row];
        let (before, _) = row.rsplit_once(',').unwrap();
        *row = format!("{before},{:.2}", pounds(number));
    }
    all.map(|(name, rows)| (name, rows.join("\n") + "\n"))
}

/// A place with all that a site is made of.
struct World {
    account: PlaceAccount,
    cube: Cube,
    policy: DisclosurePolicy,
    scope: ReportScope,
    _folder: tempfile::TempDir,
}

impl World {
    fn open(ledgers: &Ledgers) -> Self {
        let files: Vec<(&str, &str)> = (ledgers.iter())
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        let folder = partners_with(&files);
        let place = Place::open(folder.path()).unwrap();
        let account = PlaceAccount::load(&place).unwrap();
        Self {
            cube: Cube::build(&account).unwrap(),
            policy: DisclosurePolicy::open(&place).unwrap(),
            account,
            scope: ReportScope {
                level: "area".into(),
                activity_level: "theme".into(),
                period: "2024-25".parse().unwrap(),
                phase: Phase::Outturn,
                boundary: Boundary::AllPartners,
            },
            _folder: folder,
        }
    }

    fn sources(&self) -> SiteSources<'_> {
        SiteSources::of(&self.cube, &self.scope)
    }

    fn cells(&self, telling: &dyn Telling) -> Cells {
        let site = Site::build_told(&self.sources(), telling, &|_, _| ()).unwrap();
        cells(&site_files(&Released::for_internal_use(site, "a test").unwrap()).unwrap())
    }
}

/// Sums of tables: file, codes of the row, column.
type Cells = BTreeMap<(String, Vec<String>, String), f64>;

/// A line of a CSV, whose texts may be quoted.
pub fn split(line: &str) -> Vec<String> {
    let (mut all, mut quoted) = (vec![String::new()], false);
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => all.push(String::new()),
            letter => all.last_mut().unwrap().push(letter),
        }
    }
    all
}

/// The sums in all tables of spending.
fn cells(files: &[SiteFile]) -> Cells {
    let mut cells = Cells::new();
    for file in files {
        let path = Path::new(&file.path);
        if path.extension().is_none_or(|extension| extension != "csv") {
            continue;
        }
        let text = String::from_utf8(file.bytes.clone()).unwrap();
        let mut rows = text.trim_start_matches('\u{feff}').lines().map(split);
        let names = rows.next().unwrap();
        if !names.contains(&"direct_gbp".to_owned()) || !names.contains(&"place_code".to_owned()) {
            continue;
        }
        for row in rows {
            let codes: Vec<String> = (names.iter().zip(&row))
                .filter(|(name, _)| name.ends_with("_code"))
                .map(|(_, code)| code.clone())
                .collect();
            for (name, cell) in names.iter().zip(&row) {
                if name.ends_with("_gbp") && !cell.is_empty() {
                    let key = (file.path.clone(), codes.clone(), name.clone());
                    cells.insert(key, cell.parse().unwrap());
                }
            }
        }
    }
    cells
}

/// A cell of a file: its path, the keys of its row, and its column.
type Cell = (String, Vec<String>, String);

/// Of which private lines each cell is made, and what of it is public.
struct Model {
    lines: Vec<Line>,
    cells: BTreeMap<Cell, (f64, Vec<f64>)>,
}

const MILLION: f64 = 1_000_000.0;
/// Sums are closed to whole pence, here and where the shares were learnt.
const PENNIES: f64 = 0.03;

impl Model {
    fn learn(ledgers: &Ledgers) -> Self {
        let lines = lines(ledgers);
        let everything = &wholeplace::disclosure::Everything;
        let built = |pounds: &dyn Fn(usize) -> f64| {
            World::open(&with(ledgers, &lines, pounds)).cells(everything)
        };
        let none = built(&|_| 0.0);
        let each: Vec<Cells> = (0..lines.len())
            .map(|one| {
                built(&|at| {
                    if at == one {
                        MILLION.copysign(lines[one].pounds)
                    } else {
                        0.0
                    }
                })
            })
            .collect();
        let keys: BTreeSet<_> = each
            .iter()
            .chain([&none])
            .flat_map(BTreeMap::keys)
            .collect();
        let of = |cells: &Cells, key| cells.get(key).copied().unwrap_or(0.0);
        let cells = keys.into_iter().map(|key| {
            let base = of(&none, key);
            let shares = each.iter().map(|cells| (of(cells, key) - base) / MILLION);
            (key.clone(), (base, shares.collect()))
        });
        Self {
            cells: cells.collect(),
            lines,
        }
    }

    /// What a cell would be, were it a sum of lines.
    fn made(&self, key: &(String, Vec<String>, String)) -> Option<f64> {
        let (base, shares) = self.cells.get(key)?;
        let parts = shares.iter().zip(&self.lines);
        Some(
            base + parts
                .map(|(share, line)| share * line.pounds.abs())
                .sum::<f64>(),
        )
    }

    /// Between what and what each private line lies, in pounds without its sign, for somebody who has these cells and
    /// knows the lines of one file.
    fn intervals(&self, told: &Cells, knows: Option<usize>) -> Vec<(f64, f64)> {
        let mut equations: BTreeMap<Vec<i64>, (Vec<f64>, f64)> = BTreeMap::new();
        for (key, value) in told {
            let Some((base, shares)) = self.cells.get(key) else {
                continue;
            };
            // Some columns are no sums of lines: what was paid out of what came in is the lesser of two.
            let is_sum = (self.made(key)).is_some_and(|made| (made - value).abs() < PENNIES);
            if is_sum && shares.iter().any(|share| share.abs() > 1e-6) {
                let same = shares
                    .iter()
                    .map(|share| (share * 1e6).round() as i64)
                    .collect();
                equations.insert(same, (shares.clone(), value - base));
            }
        }
        let bound = |line: usize, direction| {
            let mut problem = Problem::new(direction);
            let variables: Vec<_> = (self.lines.iter().enumerate())
                .map(|(at, of)| {
                    let truth = of.pounds.abs() / 1000.0;
                    let range = match knows {
                        Some(file) if file == of.file => (truth, truth),
                        _ => (0.0, 2.0 * truth),
                    };
                    problem.add_var(if at == line { 1.0 } else { 0.0 }, range)
                })
                .collect();
            for (shares, value) in equations.values() {
                let terms: Vec<_> = (variables.iter().zip(shares))
                    .filter(|(_, share)| share.abs() > 1e-6)
                    .map(|(variable, share)| (*variable, *share))
                    .collect();
                let (low, high) = ((value - PENNIES) / 1000.0, (value + PENNIES) / 1000.0);
                problem.add_constraint(&terms[..], ComparisonOp::Ge, low);
                problem.add_constraint(&terms[..], ComparisonOp::Le, high);
            }
            problem
                .solve()
                .expect("the account itself is a solution")
                .objective()
                * 1000.0
        };
        (0..self.lines.len())
            .map(|line| {
                let low = bound(line, OptimizationDirection::Minimize);
                (low, bound(line, OptimizationDirection::Maximize))
            })
            .collect()
    }

    /// The lines that are told to a pound or less.
    fn told(&self, told: &Cells) -> Vec<f64> {
        let intervals = self.intervals(told, None);
        (intervals.iter().zip(&self.lines))
            .filter(|((low, high), _)| high - low < 1.0)
            .map(|(_, line)| line.pounds)
            .collect()
    }
}

/// Withholds some sums wherever they stand, and nothing that follows from what is left.
struct Hides(BTreeSet<Pence>);

impl Hides {
    fn of(pounds: impl IntoIterator<Item = f64>) -> Self {
        let pence = |pounds: f64| Pence::new((pounds.abs() * 100.0).round() as i64);
        Self(pounds.into_iter().map(pence).collect())
    }
}

impl Telling for Hides {
    fn tell(&self, _: &Question<'_>, answer: Answer) -> Result<ToldAnswer, DisclosureError> {
        Ok(ToldAnswer::of(answer, false, |_, figure| {
            let whole = ToldFigure::open(figure);
            let hidden = |shown: wholeplace::disclosure::Shown| {
                shown.pence().is_some_and(|pence| self.0.contains(&pence))
            };
            if hidden(whole.sum()) {
                return ToldFigure::withheld(figure, Why::Few);
            }
            ToldFigure::of(figure, false, |aspect| {
                hidden(whole.aspect(aspect)).then_some(Why::Few)
            })
        }))
    }

    fn is_open(&self, _: &Question<'_>) -> Result<bool, DisclosureError> {
        Ok(false)
    }

    fn ledger_is_public(&self, _: &str) -> bool {
        false
    }

    fn all_public(&self) -> bool {
        false
    }
}

/// For each file of a ledger, nobody knows more than the rule leaves open; nor does anybody who has only the site.
#[test]
fn the_files_of_a_release_tell_no_private_line() {
    let ledgers = ledgers();
    let model = Model::learn(&ledgers);
    let world = World::open(&ledgers);
    let publication =
        Publication::prepare(&world.sources(), &world.account, &world.policy, &|_, _| ()).unwrap();
    let told = cells(&site_files(publication.site()).unwrap());
    let inside = world.cells(&wholeplace::disclosure::Everything);
    // The model is that of the account: nearly every cell of the internal site is the sum that was learnt.
    let right = |key: &_, value: f64| {
        model
            .made(key)
            .is_some_and(|made| (made - value).abs() < PENNIES)
    };
    let sums = inside
        .iter()
        .filter(|(key, value)| right(key, **value))
        .count();
    assert!(sums * 10 > inside.len() * 8, "{sums} of {}", inside.len());
    assert!(
        told.len() > 50 && told.len() < inside.len(),
        "{} of {}",
        told.len(),
        inside.len()
    );

    // Without a policy each line that was spent is told.
    let broken = model.told(&inside);
    let spent = model.lines.iter().filter(|line| line.pounds > 0.0);
    assert_eq!(broken.len(), spent.count(), "{broken:?}");

    let system = publication.clearance().plan().system();
    let protections = &publication.clearance().pattern().protections;
    let level = |line: &Line| -> Option<f64> {
        let pence = (line.pounds * 100.0).round() as i64;
        let levels = protections.iter().filter_map(|one| match one.part {
            Part::Sum(sum) if system.sums[sum as usize].pence.get() == pence => Some(one.level),
            _ => None,
        });
        levels.max().map(|level| level.get() as f64 / 100.0)
    };
    let mut levels = 0;
    for knows in [None, Some(0), Some(1), Some(2)] {
        for ((low, high), line) in model.intervals(&told, knows).iter().zip(&model.lines) {
            if knows == Some(line.file) {
                continue;
            }
            let (truth, Some(level)) = (line.pounds.abs(), level(line)) else {
                continue;
            };
            levels += 1;
            assert!(
                truth - low > level - 0.1 && high - truth > level - 0.1,
                "{knows:?} knows that {truth} lies between {low} and {high}; {level} each way must stay open"
            );
        }
    }
    assert!(levels > 10, "{levels} intervals were looked at");
}

/// What a rule calls sensitive is withheld, and what gives it away is not.
#[test]
fn the_same_attacker_breaks_what_withholds_only_sensitive_figures() {
    let ledgers = ledgers();
    let model = Model::learn(&ledgers);
    let hides = Hides::of(model.lines.iter().map(|line| line.pounds));
    let broken = model.told(&World::open(&ledgers).cells(&hides));
    assert!(!broken.is_empty());
}

/// The county's money is shared by residents. The county and one of two places are withheld, so that no line of a
/// table has a single gap; the other place is eight tenths of it.
#[test]
fn the_same_attacker_breaks_what_is_safe_line_by_line_and_not_through_shares() {
    let mut ledgers = ledgers();
    let line = "30/06/2024,A supplier,HOME CARE,hills,contracted to Sep 2025,45000.00";
    assert!(ledgers[0].1.contains(line));
    ledgers[0].1 = ledgers[0]
        .1
        .replace(line, &line.replace("hills", "ludford"));
    let model = Model::learn(&ledgers);
    let shared = Hides::of([45_000.0, 9_000.0]);
    let broken = model.told(&World::open(&ledgers).cells(&shared));
    assert!(broken.contains(&45_000.0), "{broken:?}");
}
