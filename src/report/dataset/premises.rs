//! Premises to take away: buildings, what they cost whom, their use by day, and what giving one up frees and when.

use super::place_plan::{add_named, add_pounds};
use super::registered::pounds;
use crate::money::{Pence, Ratio};
use crate::premises::{DAYS, DayUse};
use crate::report::content::{BodyShown, BuildingShown, PremisesSheet};
use crate::report::dataset::{Dataset, Kind, Value};

fn building_column(dataset: &mut Dataset) {
    add_named(
        dataset,
        ("building", "building"),
        ["Code of the building", "The building"],
    );
}

fn building(one: &BuildingShown) -> [Value; 2] {
    let of = &one.building;
    [Value::text(of.name.as_str()), Value::text(of.code.as_str())]
}

fn day(day: Option<jiff::civil::Date>) -> Value {
    day.map_or(Value::Nothing, Value::Day)
}

/// A row a building: where, whose, how it is held, how large.
pub fn buildings(sheet: &PremisesSheet) -> Dataset {
    let mut dataset = Dataset::new("premises-buildings".to_owned(), "Buildings".to_owned());
    building_column(&mut dataset);
    add_named(
        &mut dataset,
        ("place", "place"),
        ["Code of the place", "Where"],
    );
    for (name, title, about) in [
        ("owner", "owner", "Whose it is"),
        ("held_as", "held as", "freehold, leasehold or licence"),
        (
            "condition",
            "condition",
            "good, satisfactory, poor or bad: A to D of condition surveys",
        ),
    ] {
        dataset.column(name, title, Kind::Text, about);
    }
    dataset.column("lease_end", "lease ends", Kind::Day, "When the lease ends");
    dataset.column(
        "break_on",
        "may be broken",
        Kind::Day,
        "From when on the lease may be ended earlier",
    );
    dataset.column(
        "area_m2",
        "m²",
        Kind::Number,
        "Floor area in square metres, as the register measures it",
    );
    dataset.column(
        "desks",
        "desks",
        Kind::Whole,
        "How many people can work there at once",
    );
    dataset.column("teams", "teams", Kind::Whole, "How many teams are in it");
    dataset.behind("latitude", Kind::Number, "Latitude in degrees, WGS84");
    dataset.behind("longitude", Kind::Number, "Longitude in degrees, WGS84");
    let row = |one: &BuildingShown| {
        let of = &one.building;
        let words = |known: Option<String>| Value::text(known.unwrap_or_default());
        let (latitude, longitude) = of.point.unzip();
        let teams = one.teams.iter().filter(|team| team.who.is_some()).count();
        let mut row = building(one).to_vec();
        row.extend([
            Value::text(one.place.1.as_str()),
            Value::text(one.place.0.as_str()),
            words(one.owner.clone()),
            words(of.tenure.map(|tenure| tenure.to_string())),
            words(of.condition.map(|condition| condition.to_string())),
            day(of.lease_end),
            day(of.break_on),
            Value::number(of.area.map(|area| Pence::new(area).to_plain())),
            of.desks
                .map_or(Value::Nothing, |desks| Value::Whole(desks.into())),
            Value::Whole(teams as u64),
            Value::number(latitude),
            Value::number(longitude),
        ]);
        row
    };
    dataset.rows = sheet.buildings.iter().map(row).collect();
    dataset
}

/// A row for each building of which a cost is known; and the last row, all of them together.
pub fn building_costs(sheet: &PremisesSheet) -> (Dataset, Vec<Value>) {
    let title = format!("What buildings cost, {}", sheet.year);
    let mut dataset = Dataset::new("premises-costs".to_owned(), title);
    building_column(&mut dataset);
    dataset.column("place", "place", Kind::Text, "Where");
    add_pounds(
        &mut dataset,
        &[
            (
                "paid_outside_gbp",
                "paid outside",
                "What those inside the boundary paid to others",
            ),
            (
                "got_outside_gbp",
                "got from outside",
                "What others paid those inside: rent of a shop in the house",
            ),
            (
                "net_gbp",
                "net cost",
                "What the building costs those inside together",
            ),
            (
                "between_gbp",
                "rent between partners",
                "What those inside paid each other: cost of one, income of the other, in no other column",
            ),
        ],
    );
    for (name, title, about) in [
        (
            "per_m2_gbp",
            "£ a m²",
            "Net cost in pounds for each square metre",
        ),
        (
            "per_desk_gbp",
            "£ a desk in use",
            "Net cost in pounds for each desk in use, on average over the days counted",
        ),
    ] {
        dataset.column(name, title, Kind::Number, about);
    }
    let rate = |rate: &Option<Ratio>| Value::number(rate.as_ref().map(|rate| rate.to_decimal(2)));
    let known = || sheet.buildings.iter().filter(|one| one.has_cost);
    for one in known() {
        let cost = &one.cost;
        let mut row = building(one).to_vec();
        row.push(Value::text(one.place.1.as_str()));
        let sums = [cost.paid_outside, cost.got_outside, cost.net, cost.between];
        row.extend(sums.map(pounds));
        row.extend([rate(&cost.per_square_metre), rate(&cost.per_desk_in_use)]);
        dataset.rows.push(row);
    }
    let mut total = vec![Value::text("All"), Value::Nothing, Value::Nothing];
    let sums = [
        |one: &BuildingShown| one.cost.paid_outside,
        |one: &BuildingShown| one.cost.got_outside,
        |one: &BuildingShown| one.cost.net,
        |one: &BuildingShown| one.cost.between,
    ];
    for of in sums {
        // A sum beyond what an account can hold is not said.
        let sum = Pence::total(known().map(of)).ok();
        total.push(sum.map_or(Value::Nothing, pounds));
    }
    total.extend([Value::Nothing, Value::Nothing]);
    (dataset, total)
}

/// A row a body: what it bears after rent, and what its use comes to; and the last row, all together.
pub fn building_bodies(sheet: &PremisesSheet) -> (Dataset, Vec<Value>) {
    let title = format!("Who bears it, and whose use it is for, {}", sheet.year);
    let mut dataset = Dataset::new("premises-bodies".to_owned(), title);
    dataset.column(
        "body",
        "body",
        Kind::Text,
        "Who; vacant is what nobody uses",
    );
    add_pounds(
        &mut dataset,
        &[
            ("paid_gbp", "paid", "What it paid, to whomever"),
            ("got_gbp", "got", "What it got as rent and charges"),
            ("bears_gbp", "bears", "Paid less got"),
            (
                "uses_gbp",
                "for its use",
                "Its teams' parts of what buildings cost",
            ),
            (
                "more_gbp",
                "bears more than it uses",
                "Bears less for its use",
            ),
        ],
    );
    let row = |one: &BodyShown| {
        let name = std::iter::once(Value::text(one.name.as_str()));
        let sums = [one.paid, one.got, one.bears, one.uses, one.more];
        name.chain(sums.map(pounds)).collect::<Vec<_>>()
    };
    dataset.rows = sheet.bodies.iter().map(row).collect();
    let total = row(&sheet.all);
    (dataset, total)
}

/// A row for each team in a building, and for what is vacant there.
pub fn building_teams(sheet: &PremisesSheet) -> Dataset {
    let title = format!("Who is in each building, {}", sheet.year);
    let mut dataset = Dataset::new("premises-teams".to_owned(), title);
    building_column(&mut dataset);
    dataset.column(
        "team",
        "team",
        Kind::Text,
        "Which team; vacant where nobody is",
    );
    dataset.column("body", "of", Kind::Text, "Whose team");
    dataset.column(
        "share_percent",
        "per cent",
        Kind::Number,
        "Its part of the building, in per cent",
    );
    add_pounds(
        &mut dataset,
        &[("cost_gbp", "cost", "Its part of what the building costs")],
    );
    for one in &sheet.buildings {
        // Of a building of which nobody said who is in it there is no row.
        let occupied = one.teams.iter().any(|team| team.who.is_some());
        for team in one.teams.iter().filter(|_| occupied) {
            let mut row = building(one).to_vec();
            row.extend([
                Value::text(team.team.as_str()),
                Value::text(team.who.as_deref().unwrap_or_default()),
                Value::number(Some(&team.percent)),
                match one.has_cost {
                    true => pounds(team.cost),
                    false => Value::Nothing,
                },
            ]);
            dataset.rows.push(row);
        }
    }
    dataset
}

/// Two rows for each building of which use is known: desks in use, and free.
pub fn building_days(sheet: &PremisesSheet) -> Dataset {
    let title = "Desks in use, and free, by day".to_owned();
    let mut dataset = Dataset::new("premises-days".to_owned(), title);
    building_column(&mut dataset);
    dataset.column("desks", "desks", Kind::Text, "in use, or free");
    for name in DAYS {
        dataset.column(
            name,
            name,
            Kind::Whole,
            "How many on that day; empty where a team was not counted on it",
        );
    }
    let count =
        |count: Option<u32>| count.map_or(Value::Nothing, |count| Value::Whole(count.into()));
    for one in &sheet.buildings {
        let counts = [
            ("in use", one.days.each_ref().map(|day: &DayUse| day.used)),
            ("free", one.days.each_ref().map(|day: &DayUse| day.free)),
        ];
        // Where nobody is known to be, nobody was counted.
        let occupied = one.teams.iter().any(|team| team.who.is_some());
        for (words, days) in counts {
            if occupied && days.iter().any(Option::is_some) {
                let mut row = building(one).to_vec();
                row.push(Value::text(words));
                row.extend(days.map(count));
                dataset.rows.push(row);
            }
        }
    }
    dataset
}

/// A row for each team and each building in which it would find a desk.
pub fn building_moves(sheet: &PremisesSheet) -> Dataset {
    let title = "Who could move in with whom".to_owned();
    let mut dataset = Dataset::new("premises-moves".to_owned(), title);
    for (name, title, about) in [
        ("team", "team", "Which team, and whose"),
        ("from", "from", "The building that it is in"),
        (
            "into",
            "into",
            "A building with a desk for it on every day on which it uses one",
        ),
        ("place", "in", "The place of that building"),
        (
            "same_place",
            "same place",
            "yes where both are in one place",
        ),
        ("with", "with", "Teams that are there"),
    ] {
        dataset.column(name, title, Kind::Text, about);
    }
    dataset.column(
        "left",
        "desks left",
        Kind::Whole,
        "Desks that would be left on its fullest day",
    );
    let row = |one: &crate::report::content::CouldMove| {
        vec![
            Value::text(one.team.as_str()),
            Value::text(one.from.as_str()),
            Value::text(one.into.0.as_str()),
            Value::text(one.into.1.as_str()),
            Value::text(if one.same_place { "yes" } else { "no" }),
            Value::text(one.with.as_str()),
            Value::Whole(one.left.into()),
        ]
    };
    dataset.rows = sheet.could_move.iter().map(row).collect();
    dataset
}

/// A row for each building of which a cost or a tenure is known: what giving it up frees in a year, and when.
pub fn building_freed(sheet: &PremisesSheet) -> Dataset {
    let title = format!(
        "What giving a building up frees in a year, decided on {}, at the costs of {}",
        sheet.decided, sheet.year
    );
    let mut dataset = Dataset::new("premises-freed".to_owned(), title);
    building_column(&mut dataset);
    dataset.column(
        "free_from",
        "can be given up",
        Kind::Day,
        "From when on it can be given up; empty where nobody can say",
    );
    dataset.column(
        "held_by",
        "what holds it",
        Kind::Text,
        "What holds it until then, or what would have to be known",
    );
    add_pounds(
        &mut dataset,
        &[
            (
                "frees_gbp",
                "frees a year",
                "What ends, less rent from outside that is lost; what never ends is not in it",
            ),
            (
                "with_use_gbp",
                "ends with use",
                "Ends when nobody is in it any more",
            ),
            (
                "with_building_gbp",
                "with the building",
                "Ends when it is given up",
            ),
            ("lost_gbp", "rent lost", "Rent from outside that is lost"),
            ("never_gbp", "never ends", "Does not end: charges of loans"),
            (
                "between_gbp",
                "between partners",
                "Rent between those inside: it ends, and frees nothing for them together",
            ),
        ],
    );
    dataset.column(
        "teams",
        "teams to house",
        Kind::Whole,
        "How many teams need another place",
    );
    let known = |one: &&BuildingShown| one.has_cost || one.building.tenure.is_some();
    let row = |one: &BuildingShown| {
        let freed = &one.freed;
        let mut row = building(one).to_vec();
        row.extend([day(one.free_from), Value::text(one.held_by.as_str())]);
        row.push(one.frees().map_or(Value::Nothing, pounds));
        let sums = [
            freed.with_use,
            freed.with_building,
            freed.lost,
            freed.never,
            freed.between,
        ];
        row.extend(sums.map(pounds));
        row.push(Value::Whole(freed.teams.len() as u64));
        row
    };
    dataset.rows = sheet.buildings.iter().filter(known).map(row).collect();
    dataset
}

/// A row for each building and ledger that has costs of it too.
pub fn building_ledgers(sheet: &PremisesSheet) -> Dataset {
    let title = "In the register and in a ledger".to_owned();
    let mut dataset = Dataset::new("premises-in-ledgers".to_owned(), title);
    dataset.column("building", "building", Kind::Text, "Code of the building");
    dataset.column("ledger", "ledger", Kind::Text, "The ledger that has it too");
    add_pounds(
        &mut dataset,
        &[(
            "register_gbp",
            "register",
            "What the register says the ledger has",
        )],
    );
    dataset.column("lines", "lines", Kind::Whole, "How many lines it has");
    add_pounds(
        &mut dataset,
        &[(
            "ledger_gbp",
            "ledger's lines",
            "What they come to; this counts",
        )],
    );
    dataset.rows = (sheet.in_ledgers.iter())
        .map(|one| {
            vec![
                Value::text(one.building.as_str()),
                Value::text(one.ledger.as_str()),
                pounds(one.by_register),
                Value::Whole(one.lines),
                pounds(one.in_ledger),
            ]
        })
        .collect();
    dataset
}
