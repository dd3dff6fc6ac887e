//! What grows with the size of a place must not grow with its square: each of these took minutes.
//!
//! The limits are wide, for machines that do something else as well; whatever is quadratic again
//! misses them by far.

use super::Folder;
use std::fmt::Write as _;
use std::time::{Duration, Instant};
use wholeplace::account::{Boundary, Flows, FollowBack, PlaceAccount, Shares};
use wholeplace::axis::{FlowKind, Localities, MemberRow, Phase, Tree};
use wholeplace::cube::Cube;
use wholeplace::disclosure::Released;
use wholeplace::money::Pence;
use wholeplace::place::Place;
use wholeplace::report::{ReportError, ReportScope, Site, SiteSources, each_site_file};

fn within<T>(limit: u64, what: &str, work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let done = work();
    let took = started.elapsed();
    println!("{what}: {took:?}");
    assert!(took < Duration::from_secs(limit), "{what} took {took:?}");
    done
}

fn row(code: String, parent: &str) -> MemberRow {
    MemberRow {
        code,
        parent: parent.into(),
        ..MemberRow::default()
    }
}

#[test]
fn twenty_thousand_misspelt_parents() {
    let mut rows: Vec<MemberRow> = (0..20_000).map(|i| row(format!("E{i:08}"), "")).collect();
    rows.extend((0..20_000).map(|i| row(format!("F{i:08}"), &format!("E{i:08}x"))));
    let (_, findings) = within(20, "misspelt parents", || Tree::build("an activity", &rows));
    assert_eq!(findings.len(), 20_000);
    let first = findings.iter().next().unwrap().found.clone();
    assert!(first.contains("did you mean `E00000000`"), "{first}");
    // Groupings over many areas that are all known.
    let areas = rows[..20_000].to_vec();
    let mut wards: Vec<MemberRow> = (0..2_000)
        .map(|i| MemberRow {
            name: format!("Ward {i}"),
            ..row(format!("W{i}"), "")
        })
        .collect();
    wards.extend((0..20_000).map(|i| row(format!("E{i:08}"), &format!("W{}", i % 2_000))));
    let groupings = [("ward".to_owned(), wards)].into();
    let (_, findings) = within(20, "groupings", || Localities::build(&areas, &groupings));
    assert!(findings.is_empty());
}

#[test]
fn a_hundred_partners_that_all_pay_each_other() {
    let rows: Vec<MemberRow> = (0..100).map(|i| row(format!("p{i}"), "")).collect();
    let (partners, _) = Tree::build("a partner", &rows);
    let all: Vec<_> = partners.iter().map(|(id, _)| id).collect();
    let mut flows = Flows::new(all.clone());
    let year = "2023-24".parse().unwrap();
    for (i, &payer) in (0..).zip(&all) {
        flows.add_spent(year, payer, Pence::new(10_000_000_007 + i * 1_000_003));
        for (j, &payee) in (0..).zip(&all) {
            flows.add_flow(
                year,
                payer,
                payee,
                FlowKind::Grant,
                Pence::new(1_000_003 + i * 7_919 + j * 104_729),
            );
        }
    }
    let shares = within(60, "funders of dense flows", || {
        let shares = Shares::follow(&flows, &partners, FollowBack::Funders).unwrap();
        all.iter()
            .map(|&partner| shares.of(year, partner))
            .collect::<Vec<_>>()
    });
    assert!(shares.iter().all(|of| of.len() == 100));
}

/// A pack with as much of each as is asked for.
fn pack(places: usize, partners: usize, rules: usize) -> Folder {
    let mut toml = "[place]\nname = 'County'\nlocality = 'county'\nresidents = 'people'\nage_bands = ['0-15', '16+']\n\
        [[localities]]\nsource = 'made up'\nfile = 'places.csv'\n\
        [[activities]]\nsource = 'made up'\nfile = 'activities.csv'\n\
        [[partners]]\nsource = 'made up'\nfile = 'partners.csv'\n\
        [[driver]]\ncode = 'people'\nname = 'residents'\nclass = 'population'\nsource = 'made up'\ntables = [{ file = 'people.csv' }]\n"
        .to_owned();
    for rule in 0..rules {
        let _ = writeln!(
            toml,
            "[[sharing]]\npartner = 'p{}'\nactivity = 'a{}'\ndriver = 'people'",
            rule % partners,
            rule / partners
        );
    }
    toml += "[[sharing]]\ndriver = 'people'\n\
        [[groups]]\nsource = 'made up'\nrows = [{ code = 'everyone', name = 'Everyone' }]\n\
        [[counterparty]]\nsource = 'made up'\nfile = 'payees.csv'\n\
        [[ledger]]\nid = 'all'\nname = 'All payments'\nsource = 'made up'\nphase = 'outturn'\nfiles = ['payments.csv']\n\
        [ledger.layout]\namount = ['net']\ndate = ['paid']\ncodes.partner = ['partner']\ncodes.activity = ['activity']\ncodes.counterparty = ['payee']\n\
        [ledger.axes]\npartner = { by = 'code' }\nactivity = { by = 'code' }\n\
        ages = { always = 'all' }\ngroup = { always = 'everyone' }\nlocality = { always = 'county' }\n";
    let activities = rules / partners + 1;
    let table = |heading: &str, rows: &mut dyn Iterator<Item = String>| {
        rows.fold(format!("{heading}\n"), |table, row| table + &row + "\n")
    };
    let mut places_rows = std::iter::once("county,County,county,".to_owned())
        .chain((0..places).map(|i| format!("x{i},Place {i},place,county")));
    let mut payments = String::from("partner,activity,payee,paid,net\n");
    for i in 0..partners {
        for year in [2021, 2023] {
            let _ = writeln!(
                payments,
                "p{i},a{},supplier,01/05/{year},{}.00",
                i % activities,
                10 + i
            );
        }
        // Nobody is paid by a body that it pays itself: money that only goes round has no funder.
        for to in i + 1..partners.min(i + 20) {
            let _ = writeln!(payments, "p{i},a{},p{to},02/05/2022,1.00", i % activities);
        }
    }
    Folder::new()
        .with("place.toml", toml)
        .with(
            "places.csv",
            table("code,name,level,parent", &mut places_rows),
        )
        .with(
            "activities.csv",
            table(
                "code,name,level",
                &mut (0..activities).map(|i| format!("a{i},Activity {i},theme")),
            ),
        )
        .with(
            "partners.csv",
            table(
                "code,name",
                &mut (0..partners).map(|i| format!("p{i},Partner {i}")),
            ),
        )
        .with(
            "people.csv",
            table(
                "locality,ages,mass",
                &mut (0..places).map(|i| format!("x{i},all,{}", 100 + i)),
            ),
        )
        .with(
            "payees.csv",
            table(
                "ledger,match,text,side,partner,kind",
                &mut (0..partners).map(|i| format!("all,exact,p{i},payer,p{i},grant")),
            ),
        )
        .with("payments.csv", payments)
}

fn opened(folder: &Folder) -> std::sync::Arc<Place> {
    match Place::open(folder.path()) {
        Ok(place) => place,
        Err(error) => panic!(
            "{}",
            error.to_string().chars().take(2_000).collect::<String>()
        ),
    }
}

#[test]
fn sixteen_thousand_sharing_rules() {
    let folder = pack(2, 160, 16_000);
    let place = within(20, "sharing rules", || opened(&folder));
    assert_eq!(place.sharing().rules().len(), 16_001);
}

#[test]
fn two_thousand_partners_that_pay_each_other() {
    let folder = pack(2, 2_000, 0);
    let place = opened(&folder);
    let account = within(60, "2,000 partners", || PlaceAccount::load(&place).unwrap());
    assert_eq!(account.line_count(), 2_000 * 21 - 190);
}

#[test]
fn a_site_of_a_thousand_places() {
    let folder = pack(1_000, 3, 0);
    let place = opened(&folder);
    let account = PlaceAccount::load(&place).unwrap();
    let cube = Cube::build(&account).unwrap();
    let terms = ReportScope {
        level: "place".into(),
        activity_level: "theme".into(),
        period: "2023-24".parse().unwrap(),
        phase: Phase::Outturn,
        boundary: Boundary::AllPartners,
    };
    let sources = SiteSources::of(&cube, &terms);
    let site = within(60, "asking a site of 1,000 places", || {
        Site::build(&sources).unwrap()
    });
    let site = Released::for_internal_use(site, "a test").unwrap();
    let (mut pages, mut bytes, mut longest) = (0, 0, 0);
    within(120, "writing a site of 1,000 places", || {
        each_site_file(&site, |file| {
            pages += usize::from(file.path.ends_with(".html"));
            bytes += file.bytes.len();
            if file.path.starts_with("place-") && file.path.ends_with(".html") {
                longest = longest.max(file.bytes.len());
            }
            Ok::<(), ReportError>(())
        })
        .unwrap();
    });
    println!(
        "{pages} pages, {} MiB, a place at most {} KiB",
        bytes >> 20,
        longest >> 10
    );
    assert!(pages > 1_000 && longest < 100_000);
}
