//! The method that rounds recorded sums of few before they are shared out: every table is told and adds up, and what
//! rounds to the same is told by the same bytes.

use super::pack::{POLICY, changed, partners_under, partners_with};
use std::collections::BTreeMap;
use wholeplace::cube::By;
use wholeplace::disclosure::{DisclosureError, DisclosurePolicy, PrivateMoney, Rounding};
use wholeplace::report::{Publication, ReportError, ReportScope, SiteFile, SiteSources};
use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};

/// The policy of the partners with rounding to so many pounds.
fn policy(pounds: &str) -> String {
    let method = format!("method = \"round-sources\"\nround = \"{pounds}\"");
    changed(POLICY, "method = \"withhold\"", &method)
}

const CHARITY: &str = include_str!("../../examples/data/partners/charity.csv");

fn scope() -> ReportScope {
    ReportScope {
        level: "area".into(),
        activity_level: "theme".into(),
        period: "2024-25".parse().unwrap(),
        phase: Phase::Outturn,
        boundary: Boundary::AllPartners,
    }
}

fn sources<'a>(
    cube: &'a Cube,
    scope: &'a ReportScope,
    account: &'a PlaceAccount,
) -> SiteSources<'a> {
    SiteSources {
        account: Some(account),
        ..SiteSources::of(cube, scope)
    }
}

/// Every file of the site of the partners, with its statement.
fn site(charity: &str, pounds: &str) -> Result<(String, Vec<SiteFile>), ReportError> {
    let folder = partners_with(&[
        ("charity.csv", charity),
        ("disclosure.toml", &policy(pounds)),
    ]);
    let place = Place::open(folder.path()).unwrap();
    let account = PlaceAccount::load(&place).unwrap();
    let cube = Cube::build(&account).unwrap();
    let scope = scope();
    let sources = sources(&cube, &scope, &account);
    let policy = DisclosurePolicy::open(&place).unwrap();
    let publication = Publication::prepare(&sources, &account, &policy, &|_, _| ())?;
    let mut files = Vec::new();
    publication.each_file("2026-11-30".parse().unwrap(), |file| {
        files.push(file);
        Ok::<(), ReportError>(())
    })?;
    let withheld = publication.withholding();
    assert_eq!(withheld.withheld, 0, "all is told");
    Ok((publication.site().terms().to_owned(), files))
}

/// What rounds to the same is told the same, and what does not is not.
#[test]
fn worlds_that_round_to_the_same_are_told_by_the_same_bytes() {
    let (terms, files) = site(CHARITY, "80000.00").unwrap();
    assert!(
        terms.ends_with(
            "Recorded sums that few stand behind are rounded to multiples of £80,000.00 before they are shared out; all \
             tables are made of them."
        ),
        "{terms}"
    );
    // £55,000 is nearest to £80,000, and so is £47,310.55.
    let (_, twin) = site(&changed(CHARITY, "55000.00", "47310.55"), "80000.00").unwrap();
    assert_eq!(files.len(), twin.len());
    for (one, other) in files.iter().zip(&twin) {
        assert_eq!(one.path, other.path);
        assert!(one.bytes == other.bytes, "{} differs", one.path);
    }
    // £39,000 is nearer to nothing: somebody sees it.
    let (_, other) = site(&changed(CHARITY, "55000.00", "39000.00"), "80000.00").unwrap();
    let same = |(one, other): (&SiteFile, &SiteFile)| one.bytes == other.bytes;
    assert!(!files.iter().zip(&other).all(same));
}

/// The largest is what the ministry pays the commissioner, £400,000: 10 % of it each way is a step of £80,000.
#[test]
fn a_step_that_leaves_too_little_open_is_refused_with_one_that_would_do() {
    let refused = site(CHARITY, "100.00").err().unwrap();
    let needed = match &refused {
        ReportError::Disclosure(DisclosureError::RoundTooFine { needed, .. }) => needed.clone(),
        other => panic!("{other}"),
    };
    assert!(refused.to_string().starts_with(
        "recorded sums of few are rounded to multiples of £100.00, which leaves less open than a rule of the policy asks for"
    ));
    assert_eq!(needed, "£80,000.00");
    let enough = needed.trim_start_matches('£').replace(',', "");
    site(CHARITY, &enough).unwrap();
    let pounds: i64 = enough.split('.').next().unwrap().parse().unwrap();
    let less = format!("{}.00", pounds - 1);
    assert!(site(CHARITY, &less).is_err(), "a pound less would not do");
}

/// Pennies: who subtracts every figure that is public or rounded otherwise from a whole gets the rounded sum back, and no
/// part of a penny more. Each of these sums of the charity's one payment in the town rounds to £80,000.00, from half a
/// step, £40,000.00, to a penny below one and a half; so whatever is subtracted from whatever leaves it open by at least
/// £40,000.00, where the rule asks for a tenth of £55,000.00.
#[test]
fn no_subtraction_tells_pennies_of_a_rounded_sum() {
    let (_, files) = site(CHARITY, "80000.00").unwrap();
    for same in ["40000.00", "54999.99", "55000.01", "119999.99"] {
        let (_, twin) = site(&changed(CHARITY, "55000.00", same), "80000.00").unwrap();
        for (one, other) in files.iter().zip(&twin) {
            assert!(one.bytes == other.bytes, "{same}: {} differs", one.path);
        }
    }
    // A penny beyond either end rounds otherwise, and is seen: the test can fail.
    for other in ["39999.99", "120000.00"] {
        let (_, twin) = site(&changed(CHARITY, "55000.00", other), "80000.00").unwrap();
        let same = |(one, other): (&SiteFile, &SiteFile)| one.bytes == other.bytes;
        assert!(!files.iter().zip(&twin).all(same), "{other}");
    }
}

/// Tables of the rounded account add up, and what is public is as it was.
#[test]
fn tables_of_rounded_sums_add_up() {
    let folder = partners_with(&[("disclosure.toml", &policy("80000.00"))]);
    let place = Place::open(folder.path()).unwrap();
    let account = PlaceAccount::load(&place).unwrap();
    let cube = Cube::build(&account).unwrap();
    let policy = DisclosurePolicy::open(&place).unwrap();
    let private = PrivateMoney::of(&account, &policy).unwrap();
    let rounding = Rounding::of(&private, &policy).unwrap().unwrap();
    assert!(rounding.count() > 3);
    let rounded = rounding.cube(&cube).unwrap();
    assert!(rounded.reconciliation().holds());
    let asked = |cube: &Cube, by: By| {
        let year = cube.ask().period("2024-25".parse().unwrap());
        let all = year.phase(Phase::Outturn).boundary(Boundary::AllPartners);
        let answer = all.by([by]).answer().unwrap();
        let rows = answer.rows.iter();
        let rows: BTreeMap<String, i64> = rows
            .map(|row| (row.keys[0].code.clone(), row.figure.amount.get()))
            .collect();
        (answer.total.amount.get(), rows)
    };
    let mut totals = Vec::new();
    for by in [
        By::Partner,
        By::Activity(None),
        By::Locality("area".to_owned()),
        By::Ages(None),
    ] {
        let (total, rows) = asked(&rounded, by);
        assert_eq!(rows.values().sum::<i64>(), total);
        totals.push(total);
    }
    assert!(totals.windows(2).all(|two| two[0] == two[1]));
    // The council's ledger is public.
    let (_, before) = asked(&cube, By::Partner);
    let (_, after) = asked(&rounded, By::Partner);
    assert_eq!(before.get("council"), after.get("council"));
    assert_ne!(before.get("charity"), after.get("charity"));
}

/// A control total of the NHS's hills tells the sum of one payee to the penny: £45,000 stays known whatever it is rounded to.
#[test]
fn what_is_known_exactly_is_not_rounded() {
    let place = changed(
        include_str!("../../examples/data/partners/place.toml"),
        "files = [\"nhs.csv\"]\n",
        "files = [\"nhs.csv\"]\ncontrol = [{ name = \"the hills\", total = \"45000.00\", where = { Area = [\"hills\"] } }]\n",
    );
    let of = |policy: &str| {
        let under = partners_under(&[("place.toml", &place), ("disclosure.toml", policy)]);
        Rounding::of(&under.private, &under.policy).map(|rounding| rounding.is_some())
    };
    let refused = of(&policy("80000.00")).unwrap_err();
    assert!(
        matches!(&refused, DisclosureError::RoundedKnown { how } if how.contains("a control total of ledger `nhs`")),
        "{refused}"
    );
    assert!(
        refused
            .to_string()
            .ends_with("use the method `withhold`, or leave that out")
    );
    // With the other method nothing is rounded, and nothing is refused here.
    assert!(!of(POLICY).unwrap());
}

/// An edition of rounded sums after one that told them otherwise.
#[test]
fn rounded_editions_do_not_follow_others() {
    let first = partners_with(&[("disclosure.toml", POLICY)]);
    let register = {
        let place = Place::open(first.path()).unwrap();
        let account = PlaceAccount::load(&place).unwrap();
        let cube = Cube::build(&account).unwrap();
        let policy = DisclosurePolicy::open(&place).unwrap();
        let scope = scope();
        let sources = sources(&cube, &scope, &account);
        let publication = Publication::prepare(&sources, &account, &policy, &|_, _| ()).unwrap();
        let on = "2026-11-30".parse().unwrap();
        let certificate = (publication.each_file(on, |_| Ok::<(), ReportError>(()))).unwrap();
        publication.register(&account, &certificate).unwrap()
    };
    let folder = partners_with(&[("disclosure.toml", &policy("80000.00"))]);
    let place = Place::open(folder.path()).unwrap();
    let account = PlaceAccount::load(&place).unwrap();
    let cube = Cube::build(&account).unwrap();
    let policy = DisclosurePolicy::open(&place).unwrap();
    let scope = scope();
    let sources = sources(&cube, &scope, &account);
    let release = |earlier: &[_]| {
        Publication::prepare_over(&sources, &account, &policy, earlier, &|_, _| ()).map(|_| ())
    };
    let refused = release(&[register]).unwrap_err();
    assert!(
        matches!(
            refused,
            ReportError::Disclosure(DisclosureError::RoundedOver)
        ),
        "{refused}"
    );
    assert!(
        refused
            .to_string()
            .contains("use the method `withhold` for editions after one another")
    );
    // By itself it is released.
    release(&[]).unwrap();
}
