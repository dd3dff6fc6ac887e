//! Buildings: rent between partners counts for nobody twice, and what a move frees is said with its day.

use super::{place, pounds, rules};
use jiff::civil::date;
use proptest::prelude::*;
use wholeplace::money::{Pence, Ratio};
use wholeplace::place_plan::PlacePlans;
use wholeplace::premises::{Hold, LetGo, Party, Premises};
use wholeplace::register::RegisterError;
use wholeplace::{Boundary, Place, PlaceAccount};

fn sample() -> Premises {
    Premises::open(&Place::open("examples/data/partners").unwrap()).unwrap()
}

/// Market House costs 30,000 + 6,000 + 8,000 + 4,000; the trust pays the council £6,000 of that.
#[test]
fn rent_between_partners_is_cost_of_one_and_income_of_the_other() {
    let premises = sample();
    let year = "2024-25".parse().unwrap();
    let costs = premises.costs(year, &Boundary::AllPartners).unwrap();
    let house = costs.find("market-house").unwrap();
    assert_eq!(
        (house.paid_outside, house.between, house.net),
        (pounds(48_000), pounds(6_000), pounds(48_000))
    );
    let bears: Vec<(&str, Pence, Pence, Pence)> = (house.borne.iter())
        .map(|(party, borne)| {
            (
                party.name(premises.place()),
                borne.paid,
                borne.got,
                borne.net,
            )
        })
        .collect();
    assert_eq!(
        bears,
        [
            (
                "Ludford Council",
                pounds(48_000),
                pounds(6_000),
                pounds(42_000)
            ),
            (
                "Ludford Youth Trust",
                pounds(6_000),
                Pence::ZERO,
                pounds(6_000)
            ),
        ]
    );
    let uses: Vec<(&str, Pence)> = house
        .teams
        .iter()
        .map(|one| (one.team.as_str(), one.cost))
        .collect();
    assert_eq!(
        uses,
        [
            ("Early help", pounds(24_000)),
            ("Youth workers", pounds(16_000)),
            ("vacant", pounds(8_000))
        ]
    );
    // 400 m²; 12, 12, 10, 12 and 12 desks in use.
    let rate = |rate: &Option<Ratio>| rate.as_ref().map(|rate| rate.to_decimal(2)).unwrap();
    assert_eq!(rate(&house.per_square_metre), "120.00");
    assert_eq!(rate(&house.per_desk_in_use), "4137.93");
    assert_eq!(costs.net().unwrap(), pounds(76_500));
    // The public bodies alone have the trust's rent as income.
    let public = Boundary::of(["public-bodies"]);
    let costs = premises.costs(year, &public).unwrap();
    let house = costs.find("market-house").unwrap();
    assert_eq!(
        (house.got_outside, house.between, house.net),
        (pounds(6_000), Pence::ZERO, pounds(42_000))
    );
    assert_eq!(costs.net().unwrap(), pounds(70_500));
}

#[test]
fn what_giving_up_a_building_frees_has_a_day() {
    let premises = sample();
    let year = "2024-25".parse().unwrap();
    let freed = |code: &str, decided| {
        premises
            .freed(code, decided, year, &Boundary::AllPartners)
            .unwrap()
    };
    let house = freed("market-house", date(2025, 4, 1));
    assert_eq!(
        (house.with_use, house.with_building, house.never),
        (pounds(12_000), pounds(36_000), Pence::ZERO)
    );
    assert_eq!(
        house.between,
        pounds(6_000),
        "it ends, and frees nothing for both"
    );
    assert_eq!(
        house.teams,
        [
            ("Early help".to_owned(), Some(8)),
            ("Youth workers".to_owned(), Some(4))
        ]
    );
    // The break, with six months' notice; after it six months from the decision; near the end the end.
    assert_eq!(house.let_go, LetGo::From(date(2026, 3, 31), Hold::Break));
    assert_eq!(
        freed("market-house", date(2026, 1, 1)).let_go,
        LetGo::From(date(2026, 7, 1), Hold::Break)
    );
    assert_eq!(
        freed("market-house", date(2026, 12, 1)).let_go,
        LetGo::From(date(2027, 3, 31), Hold::LeaseEnd)
    );
    let hall = freed("village-hall", date(2025, 4, 1));
    assert_eq!(
        (hall.with_use, hall.with_building, hall.never, hall.lost),
        (pounds(3_000), pounds(5_000), pounds(2_000), pounds(1_500))
    );
    assert_eq!(
        hall.let_go.to_string(),
        "2028-03-31: the grant for its roof asks for use by the community"
    );
    assert_eq!(
        freed("police-house", date(2025, 4, 1)).let_go,
        LetGo::From(date(2025, 4, 1), Hold::Nothing)
    );
    // With the trust outside, its rent is lost too.
    let public = premises
        .freed(
            "market-house",
            date(2025, 4, 1),
            year,
            &Boundary::of(["public-bodies"]),
        )
        .unwrap();
    assert_eq!((public.lost, public.between), (pounds(6_000), Pence::ZERO));
}

#[test]
fn who_could_share_has_a_desk_on_every_day() {
    let premises = sample();
    let free: Vec<Option<u32>> = premises
        .by_day("market-house")
        .unwrap()
        .iter()
        .map(|day| day.free)
        .collect();
    assert_eq!(
        free,
        [Some(8), Some(8), Some(10), Some(8), Some(8), None, None]
    );
    let found = premises
        .could_share("police-house", "Victims unit")
        .unwrap();
    let found: Vec<(&str, bool, u32)> = found
        .iter()
        .map(|one| (one.building.as_str(), one.same_place, one.left))
        .collect();
    assert_eq!(
        found,
        [("market-house", true, 5), ("village-hall", false, 1)]
    );
    // Eight desks on Mondays fit into twelve less three, and not into six less two.
    let found = premises.could_share("market-house", "Early help").unwrap();
    assert_eq!(
        found
            .iter()
            .map(|one| one.building.as_str())
            .collect::<Vec<_>>(),
        ["police-house"]
    );
    assert!(matches!(
        premises.could_share("market-house", "Wardens"),
        Err(RegisterError::Unknown { .. })
    ));
    assert_eq!(
        premises
            .shared()
            .iter()
            .map(|(code, _)| *code)
            .collect::<Vec<_>>(),
        ["market-house"]
    );
}

#[test]
fn nothing_of_the_sample_is_in_a_ledger() {
    let premises = sample();
    let account = PlaceAccount::load(premises.place()).unwrap();
    let found = premises
        .in_account(&account, "2024-25".parse().unwrap())
        .unwrap();
    assert!(found.findings.is_empty() && found.matched.is_empty());
    assert!(found.reconciliation.holds(), "{}", found.reconciliation);
    assert_eq!(found.reconciliation.steps[0].outgoing, pounds(85_500));
}

const LEDGERS: &str = r#"
[[ledger]]
id = "council"
name = "Payments"
source = "made up"
phase = "outturn"
files = ["paid.csv"]
layout = { amount = ["amount"], date = ["day"], codes = { activity = ["for"], building = ["site"] } }

[ledger.axes]
partner = { always = "council" }
activity = { by = "code" }
ages = { always = "all" }
group = { always = "everyone" }
locality = { always = "north" }
"#;

/// £100 and £20 of the ledger are the hut's; the register has £100 of it there, and £7 of its own.
#[test]
fn what_a_ledger_has_of_a_building_counts_once() {
    let spec = "[[buildings]]\nfile = \"b.csv\"\n[[costs]]\nfile = \"c.csv\"\n[[matched]]\nledger = \"council\"\ncode = \"building\"\n";
    let with_ledger = super::PLACE.to_owned() + LEDGERS;
    let folder = crate::fixtures::packs::pack(&[
        ("place.toml", &with_ledger),
        ("plans.toml", ""),
        ("premises.toml", spec),
        ("b.csv", "code,name,place\nhut,The hut,north\n"),
        (
            "c.csv",
            "building,year,item,pounds,payer,payee_name,ends,ledger\nhut,2024-25,rent,100,council,A landlord,building,council\nhut,2024-25,energy,7,police,A supplier,use,\n",
        ),
        (
            "paid.csv",
            "day,for,site,amount\n01/05/2024,other,hut,100.00\n01/06/2024,other,hut,20.00\n01/06/2023,other,hut,9.00\n01/06/2024,other,,50.00\n",
        ),
    ]);
    let place = Place::open(folder.path()).unwrap();
    let premises = Premises::open(&place).unwrap();
    assert!(PlacePlans::open(&place).unwrap().priorities().is_empty());
    let account = PlaceAccount::load(&place).unwrap();
    let found = premises
        .in_account(&account, "2024-25".parse().unwrap())
        .unwrap();
    assert_eq!(
        (found.matched[0].lines, found.matched[0].in_ledger),
        (2, pounds(120))
    );
    assert_eq!(rules(&found.findings), ["running-cost-differs"]);
    assert_eq!(found.findings.at_stake(), 2_000);
    let step = &found.reconciliation.steps[0];
    assert_eq!((step.incoming, step.outgoing), (pounds(107), pounds(7)));
    assert!(step.holds());
}

fn faults(files: &[(&str, &str)]) -> Vec<String> {
    let (_folder, place) = place(files);
    match Premises::open(&place) {
        Err(RegisterError::Faults(found)) => found
            .iter()
            .map(|found| format!("{} {}", found.position, found.rule))
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_fault_is_told_with_its_line() {
    let spec = "[[buildings]]\nfile = \"b.csv\"\n[[occupiers]]\nfile = \"o.csv\"\n[[costs]]\nfile = \"c.csv\"\n[[usage]]\nfile = \"u.csv\"\n";
    let found = faults(&[
        ("premises.toml", spec),
        (
            "b.csv",
            "code,name,owner,owner_name,place,latitude,longitude,desks,tenure,lease_end,break_on,notice_months,locked_to,lock\n\
                   a,A,council,Somebody,north,52.1,,4.5,freehold,2027-03-31,,,,\nb,B,,,east,95,1,2,leasehold,2027-03-31,2026-01-01,,2030,\n",
        ),
        (
            "o.csv",
            "building,team,occupier,share\na,One,council,3/4\na,Two,police,1/2\na,Two,nobody,0\n",
        ),
        (
            "c.csv",
            "building,year,item,pounds,payer,payee,payee_name,ends,ledger\na,2024,rent,5,council,council,,building,\nz,2024-25,,-5,council,,X,someday,books\n",
        ),
        (
            "u.csv",
            "building,team,day,desks\na,One,monday,2\na,Three,tue,2\na,One,tue,1\na,One,tue,1\n",
        ),
    ]);
    assert_eq!(
        found,
        [
            "b.csv:2: owner_name premises-unclear",
            "b.csv:2: latitude premises-unclear",
            "b.csv:2: desks not-a-number",
            "b.csv:2: tenure premises-unclear",
            "b.csv:3: place unknown-member",
            "b.csv:3: latitude premises-unclear",
            "b.csv:3: lock premises-unclear",
            "b.csv:3: notice_months premises-unclear",
            "o.csv:4: occupier unknown-member",
            "o.csv:4: share premises-unclear",
            "o.csv:3: share shares-above-the-building",
            "u.csv:2: day premises-unclear",
            "u.csv:3: team unknown-code",
            "u.csv:5: day premises-unclear",
            "c.csv:2: year premises-unclear",
            "c.csv:2: payee premises-unclear",
            "c.csv:3: building unknown-code",
            "c.csv:3: item premises-unclear",
            "c.csv:3: pounds premises-unclear",
            "c.csv:3: ends premises-unclear",
            "c.csv:3: ledger unknown-ledger",
        ]
    );
}

const PARTIES: [(&str, &str); 5] = [
    ("council", ""),
    ("police", ""),
    ("trust", ""),
    ("", "A supplier"),
    ("", "A shop"),
];

proptest! {
    /// Whoever pays whom, what insiders bear is what leaves them; and whatever the shares, teams have all of it.
    #[test]
    fn parts_and_bearers_sum_to_the_cost(
        costs in prop::collection::vec((0..5_usize, 0..5_usize, 0..10_000_000_i64, 0..3_usize), 0..9),
        shares in prop::collection::vec(1..9_u32, 0..6),
        spare in 0..5_u32,
        inside in prop::collection::btree_set(0..3_usize, 1..4),
    ) {
        let costs: Vec<_> = costs.into_iter().filter(|(payer, payee, ..)| payer != payee).collect();
        let all = shares.iter().sum::<u32>() + spare;
        let mut occupiers = "building,team,occupier,share\n".to_owned();
        for (number, share) in shares.iter().enumerate() {
            occupiers += &format!("a,T{number},{},{share}/{all}\n", PARTIES[number % 3].0);
        }
        let mut paid = "building,year,item,pounds,payer,payer_name,payee,payee_name,ends,ledger\n".to_owned();
        for (payer, payee, pence, ends) in &costs {
            let (from, to) = (PARTIES[*payer], PARTIES[*payee]);
            let (pounds, rest, ends) = (pence / 100, pence % 100, ["use", "building", "never"][*ends]);
            paid += &format!("a,2024-25,x,{pounds}.{rest:02},{},{},{},{},{ends},\n", from.0, from.1, to.0, to.1);
        }
        let (_folder, place) = place(&[
            ("premises.toml", "[[buildings]]\nfile = \"b.csv\"\n[[occupiers]]\nfile = \"o.csv\"\n[[costs]]\nfile = \"c.csv\"\n"),
            ("b.csv", "code,name,place,tenure\na,A,north,freehold\n"),
            ("o.csv", &occupiers),
            ("c.csv", &paid),
        ]);
        let premises = Premises::open(&place).unwrap();
        let boundary = Boundary::of(inside.iter().map(|one| PARTIES[*one].0));
        let year = "2024-25".parse().unwrap();
        let all_costs = premises.costs(year, &boundary).unwrap();
        let cost = &all_costs.buildings[0];
        // Worked out from the rows: what insiders pay outsiders, less what outsiders pay them.
        let net: i64 = costs.iter().map(|(payer, payee, pence, _)| {
            match (inside.contains(payer), inside.contains(payee)) {
                (true, false) => *pence,
                (false, true) => -pence,
                _ => 0,
            }
        }).sum();
        prop_assert_eq!(cost.net, Pence::new(net));
        let borne = Pence::total(cost.borne.values().map(|one| one.net)).unwrap();
        prop_assert_eq!(borne, cost.net);
        let parts = Pence::total(cost.teams.iter().map(|one| one.cost)).unwrap();
        prop_assert_eq!(parts, cost.net);
        prop_assert_eq!(cost.teams.iter().map(|one| one.share.clone()).sum::<Ratio>(), Ratio::one());
        let insiders_only = cost.borne.keys().all(|party| matches!(party, Party::Partner(_)));
        prop_assert!(insiders_only);
        let freed = premises.freed("a", date(2025, 4, 1), year, &boundary).unwrap();
        let sum = Pence::total([freed.with_use, freed.with_building, freed.never, -freed.lost]).unwrap();
        prop_assert_eq!(sum, cost.net);
    }
}
