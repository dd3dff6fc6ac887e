//! Editions after one another: what one tells by subtraction from the other is not told.
//!
//! The NHS of the partners pays twenty suppliers, ten in each of two places, £4,000 to £4,900 each. All else is public.

use super::attacker::{Attacker, Looker};
use super::pack::{POLICY, changed, partners_with};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tempfile::TempDir;
use wholeplace::cube::{By, Question};
use wholeplace::disclosure::pattern::{Effort, Keep};
use wholeplace::disclosure::{
    Clearance, DisclosureError, DisclosurePolicy, Edition, Gate, Planner, PrivateMoney, Register,
    Telling,
};
use wholeplace::money::Ratio;
use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};

const HEADER: &str = "Date,Name,Service,Area,Commitment,Amount\n";

fn line(name: &str, area: &str, pounds: &str) -> String {
    format!("30/06/2024,{name},HOME CARE,{area},discretionary,{pounds}\n")
}

/// The lines of the first edition.
fn first() -> Vec<String> {
    let supplier = |number: usize| {
        let area = if number < 10 { "town" } else { "hills" };
        line(
            &format!("Supplier {number}"),
            area,
            &format!("4{}00.00", number % 10),
        )
    };
    (0..20).map(supplier).collect()
}

/// All but the NHS is public, and the whole may be given up.
fn policy() -> String {
    let mut policy = POLICY.to_owned();
    for ledger in ["pcc", "charity"] {
        policy = changed(
            &policy,
            &format!("ledger = \"{ledger}\"\nas = \"private\"\nholders = \"line\""),
            &format!("ledger = \"{ledger}\"\nas = \"public\"\nsource = \"made up\""),
        );
    }
    policy = changed(
        &policy,
        "as = \"private\"\nholders = \"line\"",
        "as = \"private\"\nholders = \"payee\"",
    );
    changed(&policy, "may_give_up = []", "may_give_up = [\"whole\"]")
}

/// An account of these lines of the NHS.
struct World {
    place: Arc<Place>,
    account: PlaceAccount,
    cube: Cube,
    policy: DisclosurePolicy,
    _folder: TempDir,
}

impl World {
    fn new(lines: &[String], policy: &str) -> Self {
        let nhs = HEADER.to_owned() + &lines.concat();
        let folder = partners_with(&[("nhs.csv", &nhs), ("disclosure.toml", policy)]);
        let place = Place::open(folder.path()).unwrap();
        let account = PlaceAccount::load(&place).unwrap();
        Self {
            cube: Cube::build(&account).unwrap(),
            policy: DisclosurePolicy::open(&place).unwrap(),
            account,
            place,
            _folder: folder,
        }
    }

    fn questions(&self) -> Vec<Question<'_>> {
        let year = self.cube.ask().period("2024-25".parse().unwrap());
        let all = year.phase(Phase::Outturn).boundary(Boundary::AllPartners);
        vec![
            all.clone(),
            all.clone().by([By::Partner]),
            all.clone().by([By::Activity(None)]),
            all.by([By::Locality("area".to_owned())]),
        ]
    }

    fn registers(&self, earlier: &[&str]) -> Vec<Register> {
        let read = |text: &&str| Register::read(text, &self.place, &self.policy).unwrap();
        earlier.iter().map(read).collect()
    }

    /// What is released over earlier editions: its clearance, its register, and the figures that are withheld.
    fn release(&self, earlier: &[&str]) -> Result<Release, DisclosureError> {
        let registers = self.registers(earlier);
        let private = PrivateMoney::over(&self.account, &self.policy, &registers)?;
        let planner = Planner::new(&self.cube, &self.policy, &private);
        for question in self.questions() {
            planner.tell(&question, question.answer().unwrap())?;
        }
        let plan = planner.plan()?;
        let clearance = Clearance::of(plan, Effort::ShowAgain)?;
        let gate = Gate::new(
            &self.cube,
            &self.policy,
            &private,
            clearance.plan(),
            clearance.audited(),
        );
        let mut withheld = BTreeSet::new();
        for question in self.questions() {
            let told = gate.tell(&question, question.answer().unwrap())?;
            if told.total.sum().is_withheld() {
                withheld.insert("whole".to_owned());
            }
            for row in told
                .rows
                .iter()
                .filter(|row| row.figure.sum().is_withheld())
            {
                withheld.extend(row.keys.iter().map(|key| key.code.clone()));
            }
        }
        let edition = Edition::new(
            &self.account,
            &self.policy,
            &registers,
            &private,
            &clearance,
        );
        let register = edition.register("2026-11-30", BTreeMap::new())?;
        Ok(Release {
            register: register.to_json().unwrap(),
            clearance,
            withheld,
        })
    }
}

struct Release {
    clearance: Clearance,
    register: String,
    withheld: BTreeSet<String>,
}

fn of_first() -> Release {
    World::new(&first(), &policy()).release(&[]).unwrap()
}

/// What a second edition of these lines withholds over the first.
fn second(lines: &[String]) -> Release {
    let then = of_first();
    assert_eq!(then.withheld, BTreeSet::new(), "all is of many");
    let world = World::new(lines, &policy());
    let release = world.release(&[&then.register]).unwrap();
    // An attacker who has both editions, and knows nothing of how patterns are made.
    let system = release.clearance.plan().system();
    let pattern = release.clearance.pattern();
    let attacker = Attacker::new(system, pattern, Looker::Anyone);
    let of_one: Vec<u32> = (0u32..)
        .zip(&system.sums)
        .filter(|(_, sum)| sum.holders.len() == 1)
        .map(|(number, _)| number)
        .collect();
    let (one, minus) = (Ratio::one(), Ratio::new(-1, 1));
    for &sum in &of_one {
        assert!(!attacker.works_out(&[(sum, one.clone())]), "sum {sum}");
        for &other in of_one.iter().filter(|other| **other != sum) {
            // A correction of a line: what is new less what is gone.
            let between = [(sum, one.clone()), (other, minus.clone())];
            assert!(!attacker.works_out(&between), "{sum} less {other}");
        }
    }
    release
}

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[test]
fn the_same_lines_again_tell_the_same() {
    let mut lines = first();
    lines.reverse();
    let release = second(&lines);
    assert_eq!(release.withheld, BTreeSet::new());
    assert_eq!(release.clearance.pattern().protections, []);
}

/// £5,000 late, of one supplier: whatever has it in it would tell it. By itself the place has eleven.
#[test]
fn a_late_line_of_one_is_not_told_by_subtraction() {
    let mut lines = first();
    lines.push(line("Late", "town", "5000.00"));
    let alone = World::new(&lines, &policy()).release(&[]).unwrap();
    assert_eq!(alone.withheld, BTreeSet::new());
    let release = second(&lines);
    assert_eq!(
        release.withheld,
        names(&["home-care", "nhs", "town", "whole"])
    );
}

#[test]
fn late_lines_of_three_are_told() {
    let mut lines = first();
    for (name, pounds) in [("One", "5000.00"), ("Two", "5100.00"), ("Three", "5200.00")] {
        lines.push(line(name, "town", pounds));
    }
    assert_eq!(second(&lines).withheld, BTreeSet::new());
}

/// Three late lines of two, one of whom was there before.
#[test]
fn late_lines_of_two_are_not_told_however_many_they_are() {
    let mut lines = first();
    for (name, pounds) in [
        ("One", "5000.00"),
        ("one ", "5100.00"),
        ("Supplier 3", "5200.00"),
    ] {
        lines.push(line(name, "town", pounds));
    }
    assert!(second(&lines).withheld.contains("town"));
}

/// £4,300 becomes £4,900: £600 more of one supplier.
#[test]
fn a_corrected_line_of_one_is_not_told_by_subtraction() {
    let mut lines = first();
    lines[3] = line("Supplier 3", "town", "4900.00");
    let release = second(&lines);
    assert_eq!(
        release.withheld,
        names(&["home-care", "nhs", "town", "whole"])
    );
}

#[test]
fn a_line_that_is_gone_is_not_told_by_subtraction() {
    let mut lines = first();
    lines.remove(3);
    let release = second(&lines);
    assert_eq!(
        release.withheld,
        names(&["home-care", "nhs", "town", "whole"])
    );
}

/// From £4,300 in the town to the hills: each place would tell it. The whole is the same in both editions, and would tell that
/// what is gone is what is new: both are of one holder, so that it is not told either.
#[test]
fn a_line_that_moves_is_not_told_by_subtraction() {
    let mut lines = first();
    lines[3] = line("Supplier 3", "hills", "4300.00");
    let release = second(&lines);
    assert_eq!(
        release.withheld,
        names(&["hills", "home-care", "nhs", "town", "whole"])
    );
}

/// What is known beforehand is in the system, and it is what was shown.
#[test]
fn what_was_shown_is_known_beforehand() {
    let mut lines = first();
    lines.push(line("Late", "town", "5000.00"));
    let release = second(&lines);
    let plan = release.clearance.plan();
    let known = &plan.system().lines[..plan.known_beforehand()];
    // Town, hills, and both.
    assert_eq!(known.len(), 3);
    assert!(known.iter().all(|line| line.keep == Keep::Always));
}

#[test]
fn a_policy_that_never_withholds_the_whole_is_refused_a_late_line() {
    let strict = changed(&policy(), "may_give_up = [\"whole\"]", "may_give_up = []");
    let then = World::new(&first(), &strict).release(&[]).unwrap();
    let mut lines = first();
    lines.push(line("Late", "town", "5000.00"));
    let refused = World::new(&lines, &strict).release(&[&then.register]);
    let Err(DisclosureError::NotProtected { figures, .. }) = refused else {
        panic!("it is refused");
    };
    assert!(
        figures
            .iter()
            .any(|figure| figure.starts_with("the total of"))
    );
}

#[test]
fn an_edition_over_another_needs_both_registers() {
    let then = of_first();
    let mut lines = first();
    lines.push(line("Late", "town", "5000.00"));
    let now = World::new(&lines, &policy())
        .release(&[&then.register])
        .unwrap();
    let third = World::new(&lines, &policy());
    let refused = third.release(&[&now.register]).err().unwrap();
    assert_eq!(
        refused.to_string(),
        "the edition of 2026-11-30 was released over that of 2026-11-30, and what both tell together is known: \
         name the register of 2026-11-30 too"
    );
    let refused = third
        .release(&[&then.register, &then.register])
        .err()
        .unwrap();
    assert_eq!(
        refused.to_string(),
        "the register of 2026-11-30 is named twice; name each earlier edition once"
    );
    let both = third.release(&[&then.register, &now.register]).unwrap();
    assert_eq!(both.withheld, now.withheld, "nothing is new since");
}

#[test]
fn the_register_holds_no_name_and_says_that_it_is_confidential() {
    let register = of_first().register;
    assert!(!register.contains("Supplier") && !register.contains("supplier"));
    assert!(
        register.contains("\"confidential\":\"Confidential: amounts of single lines stand here.")
    );
    assert!(register.contains("partner=nhs;activity=home-care;locality=town;"));
}

fn refused(register: &str, policy: &str) -> Vec<String> {
    let world = World::new(&first(), policy);
    Register::read(register, &world.place, &world.policy).unwrap_err()
}

#[test]
fn a_register_of_something_else_is_refused_with_all_its_faults() {
    let register = of_first().register;
    let other = register
        .replace("\"place\":\"Ludford\"", "\"place\":\"Hatford\"")
        .replace(
            "\"policy\":\"Publication policy of the partners of Ludford\"",
            "\"policy\":\"Another\"",
        );
    assert_eq!(
        refused(&other, &policy()),
        [
            "it is of Hatford (`ludford`), and this is Ludford (`ludford`); name the register of an edition of this place",
            "it was released under 'Another', and the policy is 'Publication policy of the partners of Ludford'; editions \
             follow one another under one policy, which may change its own edition",
        ]
    );
    let format = register.replace("format 1", "format 9");
    assert_eq!(
        refused(&format, &policy()),
        [
            "it is a 'register of a publication, format 9', and what is read here is a 'register of a publication, format \
             1'; read it with the version that wrote it"
        ]
    );
    let renamed = changed(&policy(), "name = \"all else\"", "name = \"the rest\"");
    assert_eq!(
        refused(&register, &renamed),
        [
            "money stood under rule 'all else', which the policy has no longer; keep a rule of that name, so that what is \
             gone is still judged"
        ]
    );
    // What was public stays known.
    assert_eq!(
        refused(
            &register,
            &changed(
                &changed(POLICY, "always = [\"whole\"]", "always = []"),
                "holders = \"line\"",
                "holders = \"payee\""
            )
        ),
        [
            "ledger `charity` was more public then than the policy says now; what was published stays known: say it in \
             `[[known]]` as it was",
            "ledger `pcc` was more public then than the policy says now; what was published stays known: say it in \
             `[[known]]` as it was",
        ]
    );
    let share = register.replacen("\"1/1\"", "\"1/0\"", 1);
    assert!(refused(&share, &policy())[0].contains("has a share `1/0`"));
    assert!(refused("{}", &policy())[0].starts_with("it is no register: missing field `format`"));
    assert!(refused("nothing", &policy())[0].starts_with("it is no register: "));
}

/// A release forgets no edition that lies beside it, and writes over none.
#[test]
fn a_release_beside_an_edition_that_is_not_named_is_refused() {
    let releases = tempfile::tempdir().unwrap();
    let folder = |name: &str| releases.path().join(name);
    let (first, second) = (folder("first"), folder("second"));
    let none: [&std::path::Path; 0] = [];
    Register::beside(&first, &none).unwrap();
    std::fs::create_dir(&first).unwrap();
    std::fs::create_dir(folder("notes")).unwrap();
    std::fs::write(first.join(Register::FILE), of_first().register).unwrap();
    let shown = first.display();
    assert_eq!(
        Register::beside(&second, &none).unwrap_err().to_string(),
        format!(
            "`{shown}` has the register of an earlier edition: name it with `--earlier {shown}`, so that nothing is told \
             by subtracting one edition from the other; releases of another place belong in a folder of their \
             own"
        )
    );
    Register::beside(&second, &[&first]).unwrap();
    Register::beside(&second, &[first.join(Register::FILE)]).unwrap();
    assert_eq!(
        Register::beside(&first, &[&first]).unwrap_err().to_string(),
        format!(
            "`{shown}` has the register of a release already: give this one a folder of its own beside it; if that one \
             was never published, delete its folder first"
        )
    );
    // What was written opens again; what is not there is said to be missing.
    let world = World::new(&super::editions::first(), &policy());
    let opened = Register::open(&first, &world.place, &world.policy).unwrap();
    assert_eq!(opened.on(), "2026-11-30");
    let missing = Register::open(&second.join("register.json"), &world.place, &world.policy);
    assert!(matches!(missing, Err(DisclosureError::Unreadable { .. })));
}

/// A later question within an edition: told where no move changes it, and where it is not sensitive itself.
#[test]
fn later_questions_are_told_where_they_change_nothing() {
    let mut lines = first();
    // One supplier alone in the hills for another year's sake: it is withheld, and the whole with it or not.
    lines.push("30/09/2024,Alone,HOME CARE,hills,statutory,9000.00\n".to_owned());
    let world = World::new(&lines, &policy());
    let private = PrivateMoney::of(&world.account, &world.policy).unwrap();
    let plan = |questions: &[Question<'_>]| {
        let planner = Planner::new(&world.cube, &world.policy, &private);
        for question in questions {
            planner.tell(question, question.answer().unwrap()).unwrap();
        }
        planner.plan().unwrap()
    };
    let asked = world.questions();
    let clearance = Clearance::of(plan(&asked), Effort::ShowAgain).unwrap();
    let year = world.cube.ask().period("2024-25".parse().unwrap());
    let year = year.phase(Phase::Outturn).boundary(Boundary::AllPartners);
    let told = |question: Question<'_>| {
        let later = clearance
            .further(&plan(std::slice::from_ref(&question)))
            .unwrap();
        let gate = Gate::new(
            &world.cube,
            &world.policy,
            &private,
            later.plan(),
            later.audited(),
        );
        // What was told before is told still.
        for question in &asked {
            let told = gate.tell(question, question.answer().unwrap()).unwrap();
            assert!(!told.total.sum().is_withheld());
        }
        let told = gate.tell(&question, question.answer().unwrap()).unwrap();
        let rows = told.rows.iter();
        rows.map(|row| (row.keys[0].code.clone(), !row.figure.sum().is_withheld()))
            .collect::<BTreeMap<_, _>>()
    };
    // Who has other money in it beside the supplier that is alone: all of the year.
    let years = told(year.clone().by([By::FinancialYear]));
    assert!(years.values().all(|told| *told), "{years:?}");
    // By how free it is to move: the supplier stands alone.
    let free = told(year.by([By::Flexibility, By::Partner]));
    assert!(free.values().any(|told| !told), "{free:?}");
}
