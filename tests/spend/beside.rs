//! What stands beside cash and beside a total: how free money is to move, what is given in kind,
//! overlaps of partners, pooled funds, and how a figure is explained.

use crate::fixtures::partners::{Built, open, words};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use wholeplace::account::FundingError;
use wholeplace::axis::{Ages, Evidence, Period, Phase, Resource};
use wholeplace::cube::group::{CodedLines, Polars, Reference};
use wholeplace::cube::{
    Answer, AskError, Beside, By, Contribution, Cube, Explanation, Movable, OverlapTerms, Overlaps,
    Question,
};
use wholeplace::money::Pence;

const PLACE: &str = r#"[place]
name = "Beside"
locality = "county"
age_bands = ["0-15", "16+"]

[[localities]]
rows = [
    { code = "county" },
    { code = "north", level = "area", parent = "county" },
    { code = "south", level = "area", parent = "county" },
]

[[activities]]
rows = [
    { code = "everything", level = "all" },
    { code = "youth", level = "theme", parent = "everything" },
    { code = "clubs", level = "activity", parent = "youth" },
    { code = "roads", level = "theme", parent = "everything" },
]

[[groups]]
rows = [{ code = "everyone" }]

[[tags]]
rows = [{ code = "ageing-well", name = "Ageing well" }]

[[partners]]
rows = [
    { code = "council" },
    { code = "nhs" },
    { code = "police" },
    { code = "charity" },
    { code = "pool" },
    { code = "ministry" },
]

[[driver]]
code = "people"
name = "residents"
class = "population"
source = "made up"
tables = [{ rows = [
    { locality = "north", ages = "0-15", mass = "10" },
    { locality = "north", ages = "16+", mass = "20" },
    { locality = "south", ages = "0-15", mass = "30" },
    { locality = "south", ages = "16+", mass = "40" },
] }]

[[sharing]]
driver = "people"

[[ledger]]
id = "book"
name = "All partners in one book"
source = "made up"
basis = "hours × £25.00"
phase = "outturn"
files = ["book.csv"]

[ledger.layout]
amount = ["pounds"]
period = ["year"]
years = "financial"

[ledger.layout.codes]
partner = ["partner"]
activity = ["for"]
locality = ["where"]
ages = ["ages"]
flexibility = ["how"]
resource = ["what"]
counterparty = ["other"]
kind = ["kind"]
tag = ["plan"]

[ledger.axes]
partner = { by = "code" }
activity = { by = "code" }
locality = { by = "code" }
ages = { by = "code" }
group = { always = "everyone" }
flexibility = { by = "code" }
resource = { by = "code" }
tag = { by = "code" }
"#;

/// The columns of the book, with what stands there when a table leaves them out.
const COLUMNS: [(&str, &str); 11] = [
    ("partner", ""),
    ("year", "2024-25"),
    ("pounds", ""),
    ("for", "everything"),
    ("where", "county"),
    ("ages", "all"),
    ("how", "not-stated"),
    ("what", "cash"),
    ("kind", ""),
    ("other", ""),
    ("plan", ""),
];

/// Builds the place of a table whose first row names its columns. A payment with a negative sign
/// is income. `more` is added to `place.toml`.
fn place(table: &str, more: &str) -> Built {
    let mut lines = (table.lines().map(str::trim)).filter(|line| !line.is_empty());
    let head: Vec<&str> = lines.next().unwrap().split('|').map(str::trim).collect();
    for name in &head {
        assert!(COLUMNS.iter().any(|(column, _)| column == name), "{name}");
    }
    let mut book: String = COLUMNS.map(|(column, _)| column).join(",") + "\n";
    let mut rules: BTreeSet<String> = BTreeSet::new();
    for line in lines {
        let row: BTreeMap<&str, &str> = (head.iter().copied())
            .zip(line.split('|').map(str::trim))
            .collect();
        let cell = |column: &str, otherwise| match row.get(column).copied().unwrap_or("") {
            "" => otherwise,
            text => text,
        };
        let side = match cell("pounds", "").starts_with('-') {
            true => "payee",
            false => "payer",
        };
        let (kind, other) = (cell("kind", ""), cell("other", ""));
        let cells = COLUMNS.map(|(column, otherwise)| match column {
            "kind" if !other.is_empty() => format!("{side} {kind}"),
            column => cell(column, otherwise).to_owned(),
        });
        writeln!(book, "{}", cells.join(",")).unwrap();
        // What the rest of the pack has a rule of its own for is called `by-rule`.
        if !other.is_empty() && kind != "by-rule" {
            rules.insert(format!(
                "\n[[counterparty]]\nrows = [{{ ledger = \"book\", match = \"exact\", text = \"{other}\", \
                 and_code = \"kind\", and_text = \"{side} {kind}\", side = \"{side}\", \
                 partner = \"{other}\", kind = \"{kind}\" }}]\n"
            ));
        }
    }
    let rules: String = rules.into_iter().collect();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("book.csv"), book).unwrap();
    std::fs::write(
        folder.path().join("place.toml"),
        format!("{PLACE}{rules}{more}"),
    )
    .unwrap();
    open(folder).unwrap_or_else(|error| panic!("{error}"))
}

fn sums(rows: &Answer) -> Vec<String> {
    (rows.rows.iter())
        .map(|row| {
            let keys: Vec<&str> = row.keys.iter().map(|key| key.code.as_str()).collect();
            format!("{} {}", keys.join(" "), row.figure.amount)
        })
        .collect()
}

/// What moves when, as `now 40 40` and so on.
fn steps(movable: &Movable) -> Vec<String> {
    (movable.free.iter())
        .map(|step| {
            let (amount, by_then) = (step.amount.to_plain(), step.by_then.to_plain());
            format!("{} {amount} {by_then}", step.after)
        })
        .collect()
}

/// All of a total is free at some time, statutory or not stated.
fn adds_up(movable: &Movable) {
    let free = movable.free.iter().map(|step| step.amount);
    let all = free.chain([movable.statutory, movable.not_stated]);
    assert_eq!(Pence::total(all).unwrap(), movable.total);
    let last = movable.free.last().unwrap().by_then;
    assert_eq!(
        Pence::total([last, movable.statutory, movable.not_stated]).unwrap(),
        movable.total
    );
}

const BOUND: &str = "
    partner | pounds | how                    | for
    council |    100 | statutory              | roads
    council |  70.01 | contracted to Mar 2027 | youth
    nhs     |     20 | contracted to Mar 2027 | youth
    council |     30 | contracted to Sep 2025 | roads
    council |      5 | contracted to 2024-25  | roads
    council |     40 | discretionary          | youth
    council |     15 | not-stated             | roads
";

#[test]
fn money_becomes_free_in_the_order_of_its_months() {
    let built = place(BOUND, "");
    let question = built.ask("all-partners", "2024-25");
    let movable = question.movable().unwrap();
    assert_eq!(
        steps(&movable),
        [
            "now 40.00 40.00",
            "Mar 2025 5.00 45.00",
            "Sep 2025 30.00 75.00",
            "Mar 2027 90.01 165.01",
        ]
    );
    assert_eq!(movable.statutory.to_plain(), "100.00");
    assert_eq!(movable.not_stated.to_plain(), "15.00");
    assert_eq!(movable.total.to_plain(), "280.01");
    adds_up(&movable);
    // The axes that a question drills by are left aside.
    let drilled = question.clone().by([By::Partner, By::Flexibility]);
    assert_eq!(drilled.movable().unwrap(), movable);
    // A slice: youth in the north, three tenths of the residents, closed to the penny.
    let north = question.activity("youth").locality("north");
    let movable = north.movable().unwrap();
    assert_eq!(steps(&movable), ["now 12.00 12.00", "Mar 2027 27.00 39.00"]);
    assert_eq!(movable.total, north.answer().unwrap().total.amount);
    adds_up(&movable);
    insta::assert_snapshot!(trimmed(&movable), @r"
    How much could move, and by when

                                       amount   free by then
    ─────────────────────────────────────────────────────────
     may move now                      £12.00         £12.00
     contracted, free after Mar 2027   £27.00         £39.00
     statutory                          £0.00
     not stated                         £0.00
     Total                             £39.00
    ");
    let written = serde_json::to_string(&movable).unwrap();
    assert_eq!(serde_json::from_str::<Movable>(&written).unwrap(), movable);
}

#[test]
fn rows_by_flexibility_are_in_order_and_sum_to_the_total() {
    let built = place(BOUND, "");
    let answer = (built.ask("all-partners", "2024-25"))
        .by([By::Flexibility])
        .answer()
        .unwrap();
    assert_eq!(
        sums(&answer),
        [
            "statutory £100.00",
            "contracted to Mar 2025 £5.00",
            "contracted to Sep 2025 £30.00",
            "contracted to Mar 2027 £90.01",
            "discretionary £40.00",
            "not-stated £15.00",
        ]
    );
    let rows = answer.rows.iter().map(|row| row.figure.amount);
    assert_eq!(Pence::total(rows).unwrap(), answer.total.amount);
    // Beside another axis, each cell keeps both.
    let answer = (built.ask("all-partners", "2024-25"))
        .by([By::Partner, By::Flexibility])
        .answer()
        .unwrap();
    assert_eq!(
        sums(&answer).last().unwrap(),
        "nhs contracted to Mar 2027 £20.00"
    );
}

/// What an insider has promised another is not free and not bound: it is not in the total.
#[test]
fn an_eliminated_contract_binds_nothing() {
    let built = place(
        "
        partner | pounds | how                    | kind     | other
        council |     50 | contracted to Mar 2030 | contract | charity
        charity |     50 | discretionary          |          |
        ",
        "",
    );
    let movable = |boundary| built.ask(boundary, "2024-25").movable().unwrap();
    assert_eq!(steps(&movable("council,charity")), ["now 50.00 50.00"]);
    assert_eq!(
        steps(&movable("council")),
        ["now 0.00 0.00", "Mar 2030 50.00 50.00"]
    );
}

/// A ledger that does not say how free its money is.
#[test]
fn what_nobody_has_said_is_not_stated() {
    let built = crate::fixtures::partners::place("council | 2024-25 | 60 | | | youth | north", "");
    let movable = built.ask("all-partners", "2024-25").movable().unwrap();
    assert_eq!(steps(&movable), ["now 0.00 0.00"]);
    assert_eq!(movable.not_stated, movable.total);
    assert_eq!(movable.total.to_plain(), "60.00");
}

const IN_KIND: &str = "
    partner | pounds | for   | where  | what
    council |     60 | youth | north  | cash
    charity |     25 | youth | north  | staff-time
    charity |     11 | roads | south  | premises
    nhs     |     10 | youth | county | staff-time
";

#[test]
fn what_is_valued_in_kind_stands_beside_cash_and_is_never_added() {
    let built = place(IN_KIND, "");
    let total = |boundary| built.total(boundary, "2024-25");
    assert_eq!(total("all-partners"), "60; eliminated 0, in kind 46");
    assert_eq!(total("charity"), "0; eliminated 0, in kind 36");
    assert_eq!(total("council"), "60; eliminated 0");
    let question = || built.ask("all-partners", "2024-25");
    let answer = question().answer().unwrap();
    assert_eq!(answer.total.gross().unwrap().to_plain(), "60.00");
    // Cut like any other money: three tenths of the residents live in the north.
    let north = question().locality("north").answer().unwrap();
    assert_eq!(words(&north), "60; eliminated 0, in kind 28");
    let by = question().by([By::Partner]).answer().unwrap();
    let rows: Vec<String> = (by.rows.iter())
        .map(|row| {
            let (cash, kind) = (row.figure.amount, row.figure.beside(Beside::InKind));
            format!("{} {cash} {kind}", row.keys[0].code)
        })
        .collect();
    assert_eq!(
        rows,
        [
            "council £60.00 £0.00",
            "nhs £0.00 £10.00",
            "charity £0.00 £36.00"
        ]
    );
    assert!(by.to_string().contains("in kind"), "{by}");
    // What nobody places may lie here or not.
    let clubs = question().activity("clubs").answer().unwrap();
    let sum = clubs.total.beside[&Beside::InKind];
    assert_eq!(sum.amount, Pence::ZERO);
    assert_eq!(sum.unshared.to_plain(), "35.00");
}

#[test]
fn what_is_valued_in_kind_can_be_asked_for() {
    let built = place(IN_KIND, "");
    let question = |resource| built.ask("all-partners", "2024-25").resource(resource);
    let staff = question(Resource::StaffTime).answer().unwrap();
    assert_eq!(words(&staff), "35; eliminated 0");
    assert_eq!(staff.question["resource"], "staff-time");
    let told = "In kind (staff-time), not cash.";
    assert!(staff.notes.iter().any(|note| note == told), "{staff}");
    let rows = question(Resource::StaffTime).by([By::Partner]);
    assert_eq!(
        sums(&rows.answer().unwrap()),
        ["nhs £10.00", "charity £25.00"]
    );
    assert_eq!(
        words(&question(Resource::Premises).answer().unwrap()),
        "11; eliminated 0"
    );
    assert_eq!(
        words(&question(Resource::Goods).answer().unwrap()),
        "0; eliminated 0"
    );
    let cash = question(Resource::Cash).answer().unwrap();
    assert!(!cash.question.contains_key("resource"));
    assert!(!cash.notes.iter().any(|note| note.contains("not cash")));
}

/// Staff lent to an insider whose books hold only cash can be seen nowhere else.
#[test]
fn staff_lent_between_insiders_is_not_lost() {
    let built = place(
        "
        partner | pounds | what       | kind  | other
        council |     25 | staff-time | grant | charity
        council |     40 | cash       | grant | charity
        charity |     40 | cash       |       |
        ",
        "",
    );
    assert_eq!(
        built.total("all-partners", "2024-25"),
        "40; eliminated 40, in kind 25"
    );
    let staff = (built.ask("all-partners", "2024-25"))
        .resource(Resource::StaffTime)
        .answer()
        .unwrap();
    assert_eq!(words(&staff), "25; eliminated 0, of it through unheld 25");
    // What each side paid in cash does not hold it.
    let pair = &built.account.transfers().pairs()[0];
    assert_eq!(pair.paid.to_plain(), "40.00");
}

const GIVEN: &str = r#"
[[in_kind]]
rows = [{ partner = "charity", activity = "youth", ages = "10-15", locality = "north", period = "2024-25", phase = "outturn", resource = "volunteer-time", quantity = "1200.5", unit = "hours", basis = "signed in" }]
"#;

/// What is given in kind and not valued, beside a question: wholly inside, in part or not at all.
#[test]
fn what_is_not_valued_is_shown_where_it_may_lie() {
    let built = place(IN_KIND, GIVEN);
    let shown = |question: Question<'_>| -> Option<bool> {
        let answer = question.answer().unwrap();
        match answer.in_kind.as_slice() {
            [] => None,
            [given] => Some(given.wholly_inside),
            _ => panic!("{answer}"),
        }
    };
    let ask = || built.ask("all-partners", "2024-25");
    let ages = |text: &str| text.parse::<Ages>().unwrap();
    let period = |text: &str| built.ask("all-partners", text);
    let cases: [(&str, Question<'_>, Option<bool>); 20] = [
        ("everything", ask(), Some(true)),
        ("its own place", ask().locality("north"), Some(true)),
        ("a larger place", ask().locality("county"), Some(true)),
        ("another place", ask().locality("south"), None),
        ("its own activity", ask().activity("youth"), Some(true)),
        ("all activities", ask().activity("everything"), Some(true)),
        ("a part of it", ask().activity("clubs"), Some(false)),
        ("another activity", ask().activity("roads"), None),
        ("all its ages", ask().ages(ages("5-20")), Some(true)),
        (
            "its ages in two parts",
            ask().ages(ages("5-12")).ages(ages("13-20")),
            Some(true),
        ),
        ("some ages", ask().ages(ages("12-20")), Some(false)),
        ("other ages", ask().ages(ages("16+")), None),
        ("two years", period("2023-24 to 2024-25"), Some(true)),
        ("half a year", period("Apr 2024 to Sep 2024"), Some(false)),
        ("another year", period("2025-26"), None),
        ("another phase", ask().phase(Phase::Budget), None),
        (
            "its giver inside",
            built.ask("charity", "2024-25"),
            Some(true),
        ),
        (
            "its giver outside",
            built.ask("council,nhs", "2024-25"),
            None,
        ),
        ("another partner's", ask().partner("nhs"), None),
        ("money with a label", ask().tag("ageing-well"), None),
    ];
    for (what, question, expected) in cases {
        assert_eq!(shown(question), expected, "{what}");
    }
    // For one client group: nobody says of how many of them it was.
    let everyone = GIVEN.replace("ages = \"10-15\"", "ages = \"10-15\", group = \"everyone\"");
    let named = place(IN_KIND, &everyone);
    let answer = named.ask("all-partners", "2024-25").group("everyone");
    assert!(answer.answer().unwrap().in_kind[0].wholly_inside);
    // In words, and in no figure.
    let answer = ask().answer().unwrap();
    assert_eq!(
        answer.in_kind[0].to_string(),
        "In kind, not valued: 1200.5 hours of volunteer-time by charity for youth (ages 10-15), \
         north, 2024-25; signed in; all of it lies here."
    );
    assert!(answer.to_string().contains("1200.5 hours"), "{answer}");
    let without = place(IN_KIND, "");
    assert_eq!(
        answer.total,
        without
            .ask("all-partners", "2024-25")
            .answer()
            .unwrap()
            .total
    );
}

fn terms(weakest: Evidence) -> OverlapTerms {
    OverlapTerms {
        activity_level: "theme".to_owned(),
        locality_level: "area".to_owned(),
        ages: None,
        weakest,
        period: "2024-25".parse().unwrap(),
        phase: Phase::Outturn,
        boundary: "all-partners".parse().unwrap(),
    }
}

/// Each cell as `youth 0-15 north 100.00 5000: council 50.00, nhs 50.00`.
fn cells(overlaps: &Overlaps) -> Vec<String> {
    (overlaps.cells.iter())
        .map(|cell| {
            let partners: Vec<String> = (cell.partners.iter())
                .map(|(partner, pence)| format!("{} {}", partner.code, pence.to_plain()))
                .collect();
            format!(
                "{} {} {} {} {}: {}",
                cell.activity.code,
                cell.ages.code,
                cell.locality.code,
                cell.amount.to_plain(),
                cell.concentration,
                partners.join(", ")
            )
        })
        .collect()
}

#[test]
fn overlaps_and_how_concentrated_they_are() {
    let built = place(
        "
        partner | pounds | for   | where | ages
        council |     50 | youth | north | 0-15
        nhs     |     50 | youth | north | 0-15
        council |     10 | youth | south | 0-15
        nhs     |     90 | youth | south | 0-15
        council |      1 | roads | south | 16+
        nhs     |      1 | roads | south | 16+
        charity |      1 | roads | south | 16+
        council |    500 | roads | north | 16+
        nhs     |    -30 | roads | north | 16+
        charity |      0 | roads | north | 16+
        ",
        "",
    );
    let overlaps = Overlaps::find(&built.cube, &terms(Evidence::Direct)).unwrap();
    // Alone in a cell, or with a credit or nothing beside, is no overlap; most money first.
    assert_eq!(
        cells(&overlaps),
        [
            "youth 0-15 north 100.00 5000: council 50.00, nhs 50.00",
            "youth 0-15 south 100.00 8200: nhs 90.00, council 10.00",
            "roads 16+ south 3.00 3333: charity 1.00, council 1.00, nhs 1.00",
        ]
    );
    assert!(overlaps.gaps.is_empty());
    let text = overlaps.to_string();
    assert!(text.contains("A lead, not a verdict"), "{text}");
    assert!(
        text.contains("known at least as direct; 2024-25 outturn"),
        "{text}"
    );
    // Only insiders overlap.
    let mut inside = terms(Evidence::Direct);
    inside.boundary = "nhs,charity".parse().unwrap();
    assert_eq!(
        cells(&Overlaps::find(&built.cube, &inside).unwrap()),
        ["roads 16+ south 2.00 5000: charity 1.00, nhs 1.00"]
    );
}

/// County money that only residents share out overlaps with everything, unless such evidence is
/// too weak to count.
#[test]
fn overlaps_count_only_evidence_that_is_good_enough() {
    let built = place(
        "
        partner | pounds | for   | where  | ages
        council |     30 | youth | north  | 0-15
        nhs     |    100 | youth | county | all
        ",
        "",
    );
    let found = |weakest| Overlaps::find(&built.cube, &terms(weakest)).unwrap();
    assert!(found(Evidence::Direct).cells.is_empty());
    assert!(found(Evidence::Driver).cells.is_empty());
    // A tenth of the residents are children of the north.
    assert_eq!(
        cells(&found(Evidence::Population)),
        ["youth 0-15 north 40.00 6250: council 30.00, nhs 10.00"]
    );
    assert_eq!(found(Evidence::Judgement).cells.len(), 1);
}

/// That nobody knows where, for whom or on what two partners spend is no overlap.
#[test]
fn money_without_a_place_does_not_overlap() {
    let built = place(
        "
        partner | pounds | for        | where | ages
        council |     30 | youth      | ?     | 0-15
        nhs     |     40 | youth      | ?     | 0-15
        council |     50 | ?          | north | 0-15
        nhs     |     60 | ?          | north | 0-15
        council |     70 | everything | north | 0-15
        nhs     |     80 | everything | north | 0-15
        ",
        "",
    );
    let overlaps = Overlaps::find(&built.cube, &terms(Evidence::Judgement)).unwrap();
    assert_eq!(cells(&overlaps), Vec::<String>::new());
}

#[test]
fn a_priority_without_money_is_told_with_what_may_lie_there() {
    let priority = "
[[priority]]
name = \"Youth work everywhere\"
activity = \"youth\"
";
    let built = place(
        "
        partner | pounds | for   | where
        council |     30 | youth | north
        nhs     |    100 | youth | county
        charity |      7 | ?     | south
        charity |      5 | youth | ?
        ",
        priority,
    );
    let gaps = |weakest| -> Vec<String> {
        let overlaps = Overlaps::find(&built.cube, &terms(weakest)).unwrap();
        (overlaps.gaps.iter())
            .map(|gap| {
                let (weaker, unshared) = (gap.weaker.to_plain(), gap.unshared.to_plain());
                format!("{}: {} {weaker} {unshared}", gap.priority, gap.locality)
            })
            .collect()
    };
    // Seven tenths of 100 by residents; 7 for nobody knows what, 5 nobody knows where.
    assert_eq!(
        gaps(Evidence::Direct),
        ["Youth work everywhere: south 70.00 12.00"]
    );
    assert!(gaps(Evidence::Population).is_empty());
    // For ages of its own.
    let built = place(
        "
        partner | pounds | for   | where | ages
        council |     30 | youth | north | 0-15
        council |     30 | youth | south | 16+
        ",
        &format!("{priority}ages = \"0-15\"\n"),
    );
    let overlaps = Overlaps::find(&built.cube, &terms(Evidence::Direct)).unwrap();
    let places: Vec<&str> = (overlaps.gaps.iter())
        .map(|gap| gap.locality.as_str())
        .collect();
    assert_eq!(places, ["south"]);
    assert!(
        overlaps
            .gaps_table()
            .to_string()
            .contains("Youth work everywhere")
    );
}

/// Aligned budgets stay with their owners: the plan is a label.
#[test]
fn aligned_budgets_are_labels_and_eliminate_nothing() {
    let built = place(
        "
        partner | pounds | plan        | kind  | other
        council |     25 | ageing-well |       |
        nhs     |     35 | ageing-well |       |
        nhs     |    100 |             |       |
        council |     10 | ageing-well | grant | charity
        charity |     10 |             |       |
        ",
        "",
    );
    let plan = || built.ask("all-partners", "2024-25").tag("ageing-well");
    let answer = plan().by([By::Partner]).answer().unwrap();
    assert_eq!(sums(&answer), ["council £25.00", "nhs £35.00"]);
    // The grant is eliminated as any other; what the charity did with it has no label.
    assert_eq!(words(&answer), "60; eliminated 10");
    assert_eq!(
        sums(&plan().by([By::Funder]).answer().unwrap()),
        ["council £25.00", "nhs £35.00"]
    );
    let whole = built.total("all-partners", "2024-25");
    assert_eq!(whole, "170; eliminated 10");
}

const POOL: &str = "
    partner | year    | pounds | kind              | other
    council | 2023-24 |     60 | pool-contribution | pool
    nhs     | 2023-24 |     40 | pool-contribution | pool
    pool    | 2023-24 |     90 |                   |
    council | 2024-25 |     30 | pool-contribution | pool
    nhs     | 2024-25 |     70 | pool-contribution | pool
    pool    | 2024-25 |    120 |                   |
";

fn pool(rule: &str) -> String {
    format!(
        "
[[pool]]
partner = \"pool\"
host = \"council\"
agreement = \"Made up, section 75, 1 April 2023\"
rule = \"{rule}\"
"
    )
}

#[test]
fn a_pool_from_the_pack_to_its_statement() {
    let built = place(POOL, &pool("carried-forward"));
    let statements = built.cube.pools(Phase::Outturn).unwrap();
    let [statement] = statements.as_slice() else {
        panic!("one pool");
    };
    insta::assert_snapshot!(trimmed(statement), @r"
    Pooled fund: pool

                               2023-24   2024-25
    ─────────────────────────────────────────────
     held from earlier years     £0.00    £10.00
     put in by council          £60.00    £30.00
     put in by nhs              £40.00    £70.00
     all contributions         £100.00   £100.00
     spent                      £90.00   £120.00
     surplus, or deficit (-)    £10.00   -£10.00
     carried forward            £10.00   -£10.00

    Made up, section 75, 1 April 2023. What is left at the end of a year is carried forward. The host is council.
    ");
    let whose = |year: usize| -> Vec<String> {
        (statement.years()[year].attribution.iter())
            .map(|part| format!("{} {}", part.name, part.spending))
            .collect()
    };
    assert_eq!(whose(0), ["council £54.00", "nhs £36.00"]);

    let built = place(POOL, &pool("by-contribution"));
    let statements = built.cube.pools(Phase::Outturn).unwrap();
    insta::assert_snapshot!(trimmed(&statements[0]), @r"
    Pooled fund: pool

                                2023-24   2024-25
    ──────────────────────────────────────────────
     put in by council           £60.00    £30.00
     put in by nhs               £40.00    £70.00
     all contributions          £100.00   £100.00
     spent                       £90.00   £120.00
     surplus, or deficit (-)     £10.00   -£20.00
     due to (-: from) council     £6.00    -£6.00
     due to (-: from) nhs         £4.00   -£14.00
     carried forward              £0.00     £0.00

    Made up, section 75, 1 April 2023. What is left at the end of a year is shared by what each partner put in that year. The host is council.
    ");
    // In the account the pool spends, whoever hosts it, and its contributors are its funders.
    assert_eq!(
        built.total("all-partners", "2024-25"),
        "120; eliminated 100"
    );
    assert_eq!(
        built.by("all-partners", "2024-25", "partner"),
        "council 0, nhs 0, pool 120"
    );
    assert!(
        place(POOL, "")
            .cube
            .pools(Phase::Outturn)
            .unwrap()
            .is_empty()
    );
    let nothing_spent = place(
        "
        partner | pounds | kind              | other
        council |     60 | pool-contribution | pool
        ",
        &pool("host"),
    );
    assert!(matches!(
        nothing_spent.cube.pools(Phase::Outturn),
        Err(AskError::Funding(FundingError::PoolNotHeld { pool })) if pool == "pool"
    ));
}

/// Without spaces at the ends of lines, which editors take away.
fn trimmed(text: &impl std::fmt::Display) -> String {
    let text = text.to_string();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n")
}

fn opening(partner: &str, pounds: &str) -> String {
    format!(
        "
[[opening]]
partner = \"{partner}\"
year = \"2023-24\"
pounds = \"{pounds}\"
source = \"made up\"
"
    )
}

#[test]
fn an_opening_is_drawn_down_and_belongs_to_who_held_it() {
    let table = "
        partner | year    | pounds
        pool    | 2023-24 |     25
        pool    | 2024-25 |     30
        pool    | 2025-26 |      5
    ";
    let built = place(table, &opening("pool", "60.00"));
    for (year, funders) in [
        ("2023-24", "pool 25"),
        ("2024-25", "pool 30"),
        ("2025-26", "pool 5"),
    ] {
        assert_eq!(built.by("all-partners", year, "funder"), funders);
    }
    let boundary = "all-partners".parse().unwrap();
    let held = |built: &Built| -> Vec<String> {
        let statement = built.cube.sources_and_uses(&boundary, Phase::Outturn);
        (statement.unwrap().years().iter())
            .map(|year| format!("{} {} {}", year.opening, year.own, year.closing))
            .collect()
    };
    assert_eq!(
        held(&built),
        [
            "£60.00 £0.00 £35.00",
            "£35.00 £0.00 £5.00",
            "£5.00 £0.00 £0.00"
        ]
    );
    // Without it, it is taken for the pool's own money of each year.
    assert_eq!(
        held(&place(table, "")),
        [
            "£0.00 £25.00 £0.00",
            "£0.00 £30.00 £0.00",
            "£0.00 £5.00 £0.00"
        ]
    );
}

#[test]
fn an_opening_mixes_with_the_grants_of_its_year() {
    // Of 120 in the charity's hands 20 are its own; what is left keeps that mixture.
    let built = place(
        "
        partner | year    | pounds | kind  | other
        council | 2023-24 |    100 | grant | charity
        charity | 2023-24 |     36 |       |
        charity | 2024-25 |     60 |       |
        ",
        &opening("charity", "20.00"),
    );
    let funders = |year| built.by("all-partners", year, "funder");
    assert_eq!(funders("2023-24"), "council 30, charity 6");
    assert_eq!(funders("2024-25"), "council 50, charity 10");
    // The grant counts in the year it is spent.
    assert_eq!(built.total("all-partners", "2023-24"), "36; eliminated 100");
    assert_eq!(built.total("all-partners", "2024-25"), "60; eliminated 0");
}

/// A fraction in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fraction(i128, i128);

impl Fraction {
    fn of(numerator: i128, denominator: i128) -> Self {
        let (mut a, mut b) = (numerator.abs(), denominator);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Self(numerator / a.max(1), denominator / a.max(1))
    }

    fn times(self, numerator: &str, denominator: &str) -> Self {
        let part = Self::of(numerator.parse().unwrap(), denominator.parse().unwrap());
        let one = Self::of(self.0, part.1);
        let other = Self::of(part.0, self.1);
        Self(one.0 * other.0, one.1 * other.1)
    }

    fn plus(self, other: Self) -> Self {
        Self::of(self.0 * other.1 + other.0 * self.1, self.1 * other.1)
    }

    /// Whether pounds with decimals are this many pence, rounded.
    fn reads(self, pounds: &str) -> bool {
        let (sign, digits) = pounds
            .strip_prefix('-')
            .map_or((1, pounds), |rest| (-1, rest));
        let (whole, rest) = digits.split_once('.').unwrap();
        let unit = 10i128.pow(u32::try_from(rest.len()).unwrap());
        let shown: i128 = sign * format!("{whole}{rest}").parse::<i128>().unwrap();
        let off = shown * self.1 * 100 - self.0 * unit;
        2 * off.abs() <= 100 * self.1
    }
}

/// The pence of lines times all shares.
fn product(part: &Contribution) -> Fraction {
    let pence = Fraction::of(part.pence.get().into(), 1);
    let lines: i64 = part.lines.iter().map(|line| line.pence.get()).sum();
    assert_eq!(lines, part.pence.get());
    assert_eq!(part.lines.len() as u64, part.line_count);
    let shares = part.shares.iter();
    let exact = shares.fold(pence, |sum, share| {
        sum.times(&share.numerator, &share.denominator)
    });
    assert!(exact.reads(&part.exact), "{exact:?} is not {}", part.exact);
    exact
}

fn sum(parts: &[Contribution]) -> Fraction {
    let parts = parts.iter().map(product);
    parts.fold(Fraction(0, 1), Fraction::plus)
}

/// The Ministry grants the police 400; of what the police use 50 are their own. Of what they grant
/// the council it spends a part, buys from the charity, and adds 40 of its own. One line is known
/// for a calendar year only.
const CHAIN: &str = "
    partner | year          | pounds | for   | where  | kind     | other
    police  | 2024-25       |   -400 | youth | county | grant    | ministry
    police  | 2024-25       |    300 | youth | north  |          |
    police  | 2024-25       |    150 | youth | county | grant    | council
    council | 2024-25       |   -150 | youth | county | grant    | police
    council | 2024-25       |     60 | youth | south  |          |
    council | 2024-25       |     40 | roads | county |          |
    council | 2024-25       |     90 | youth | county | contract | charity
    charity | 2024-25       |    -90 | youth | county | contract | council
    charity | 2024-25       |  77.77 | youth | county |          |
    charity | calendar 2025 |     12 | youth | south  |          |
    council | 2024-25       |    500 | roads | county | agency   | nhs
";

/// `-12.345678` as millionths.
fn millionths(pounds: &str) -> i128 {
    let (whole, rest) = pounds.split_once('.').unwrap();
    assert_eq!(rest.len(), 6, "{pounds}");
    format!("{whole}{rest}").parse().unwrap()
}

#[test]
fn shares_of_an_explanation_multiply_to_the_exact_row() {
    let built = place(CHAIN, "");
    let ways: [&[By]; 6] = [
        &[By::Funder],
        &[By::Commissioner],
        &[By::Deliverer],
        &[By::Funder, By::Partner],
        &[By::Counterparty, By::Funder],
        &[By::Funder, By::FinancialYear],
    ];
    let (mut rows, mut judged, mut gone) = (0, 0, 0);
    for boundary in [
        "all-partners",
        "police,council",
        "council,charity",
        "charity",
    ] {
        for way in ways {
            for place in ["county", "north"] {
                let question = (built.ask(boundary, "2024-25 to 2025-26"))
                    .locality(place)
                    .by(way.iter().cloned());
                let answer = question.answer().unwrap();
                for (number, row) in answer.rows.iter().enumerate() {
                    let explained = question.explain(Some(number), &built.account).unwrap();
                    let exact = sum(&explained.contributions);
                    assert!(exact.reads(&row.figure.exact), "{explained}");
                    assert!(exact.reads(&explained.exact), "{explained}");
                    assert_eq!(explained.amount, row.figure.amount);
                    for what in [
                        Beside::Eliminated,
                        Beside::Agency,
                        Beside::Incoming,
                        Beside::InKind,
                    ] {
                        let parts = explained.beside.get(&what).map_or(&[][..], Vec::as_slice);
                        // The exact parts as explained, with their signs: less than a penny off.
                        let exact: i128 = (parts.iter()).map(|part| millionths(&part.exact)).sum();
                        let closed = i128::from(row.figure.beside(what).get()) * 10_000;
                        assert!((exact - closed).abs() < 10_000, "{what}\n{explained}");
                    }
                    rows += 1;
                    gone += usize::from(explained.beside.contains_key(&Beside::Eliminated));
                    judged += (explained.contributions.iter())
                        .filter(|part| part.shares.iter().any(|s| s.over == "its funders"))
                        .count();
                }
            }
        }
    }
    assert!(
        rows > 60 && judged > 20 && gone > 20,
        "{rows} {judged} {gone}"
    );
}

#[test]
fn a_row_by_funder_names_the_share_and_what_was_eliminated() {
    let built = place(CHAIN, "");
    let question = (built.ask("all-partners", "2024-25")).by([By::Funder]);
    let answer = question.answer().unwrap();
    let ministry = (answer.rows.iter())
        .position(|row| row.keys[0].code == "ministry")
        .unwrap();
    let explained = question.explain(Some(ministry), &built.account).unwrap();
    let shares = |parts: &[Contribution]| -> Vec<String> {
        (parts.iter())
            .map(|part| {
                let shares: Vec<String> = (part.shares.iter())
                    .map(|share| {
                        assert_eq!(share.class, Evidence::Judgement);
                        format!("{} {}/{}", share.over, share.numerator, share.denominator)
                    })
                    .collect();
                assert_eq!(part.class, Evidence::Judgement);
                format!(
                    "{} {}: {}",
                    part.recorded["partner"],
                    part.pence,
                    shares.join(", ")
                )
            })
            .collect()
    };
    // Of the police's 450 the Ministry's are 400; of the council's 190 the police's are 150, eight
    // ninths of them the Ministry's.
    assert_eq!(
        shares(&explained.contributions),
        [
            "council £60.00: its funders 40/57",
            "council £40.00: its funders 40/57",
            "police £300.00: its funders 8/9",
            "charity £77.77: its funders 40/57",
            "charity £12.00: days 90/365, its funders 40/57",
        ]
    );
    let of = |explained: &Explanation| -> Vec<String> {
        (explained.beside[&Beside::Eliminated].iter())
            .map(|part| format!("{} {}", part.recorded["paid"], part.pence))
            .collect()
    };
    assert_eq!(
        of(&explained),
        ["contract to charity £90.00", "grant to council £150.00"]
    );
    let text = explained.to_string();
    assert!(
        text.contains("eliminated, because an insider spends it:"),
        "{text}"
    );
    assert!(text.contains("× 8 / 9 over its funders"), "{text}");
}

/// Where the payee's figure counts, its income is taken off the total, and the explanation says so.
#[test]
fn an_explanation_shows_income_that_is_taken_off() {
    let built = place(
        "
        partner | pounds | kind  | other
        council |    150 | grant | charity
        council |     10 |       |
        charity |   -147 | grant | council
        charity |    147 |       |
        ",
        "
[[transfer]]
payer = \"council\"
payee = \"charity\"
figure = \"payee\"
days = 0
pounds = \"0\"
",
    );
    let question = built.ask("all-partners", "2024-25");
    let explained = question.explain(None, &built.account).unwrap();
    let parts: Vec<String> = (explained.contributions.iter())
        .map(|part| {
            let paid = part.recorded.get("paid").map_or("-", String::as_str);
            format!("{} {paid} {}", part.recorded["partner"], part.pence)
        })
        .collect();
    assert_eq!(
        parts,
        [
            "council - £10.00",
            "council grant to charity £150.00",
            "charity - £147.00",
            "charity grant from council -£147.00",
        ]
    );
    assert_eq!(explained.amount.to_plain(), "160.00");
    assert!(sum(&explained.contributions).reads("160.00"));
    assert_eq!(
        built.total("all-partners", "2024-25"),
        "160; eliminated 147"
    );
}

/// A book with everything in it.
const ALL: &str = "
    partner | year          | pounds | for   | where  | how                    | what       | kind              | other    | plan
    police  | 2024-25       |   -400 | youth | county | discretionary          | cash       | grant             | ministry |
    police  | 2024-25       |    250 | youth | north  | statutory              | cash       |                   |          |
    police  | 2024-25       |    150 | youth | county | discretionary          | cash       | grant             | council  |
    council | 2024-25       |   -150 | youth | county | not-stated             | cash       | grant             | police   |
    council | 2024-25       |     60 | youth | south  | contracted to Mar 2027 | cash       |                   |          | ageing-well
    council | 2024-25       |  33.33 | ?     | south  | contracted to Mar 2027 | cash       |                   |          |
    council | calendar 2024 |     77 | roads | ?      | contracted to Sep 2025 | cash       |                   |          |
    council | 2024-25       |     90 | youth | county | contracted to Mar 2027 | cash       | contract          | charity  |
    council | 2024-25       |    900 | roads | county | statutory              | cash       | agency            | ministry |
    council | 2024-25       |     20 | youth | county | statutory              | cash       | pool-contribution | pool     |
    council | 2024-25       |      9 | youth | county | statutory              | cash       | grant             | nhs      |
    charity | 2024-25       |     90 | youth | north  | discretionary          | cash       |                   |          |
    charity | 2024-25       |     25 | youth | north  | not-stated             | staff-time |                   |          |
    charity | 2024-25       |     12 | youth | county | not-stated             | premises   |                   |          |
    pool    | 2024-25       |     17 | youth | county | statutory              | cash       |                   |          |
";

fn everything() -> Built {
    place(
        ALL,
        &format!("{GIVEN}{}{}", pool("equally"), opening("pool", "5.00")),
    )
}

/// Questions that show whatever stands beside.
fn questions(cube: &Cube) -> Vec<Question<'_>> {
    let mut all = Vec::new();
    let drills: [&[By]; 6] = [
        &[],
        &[By::Partner, By::Counterparty],
        &[By::Flexibility, By::Locality("area".to_owned())],
        &[By::Funder],
        &[By::Commissioner, By::FinancialYear],
        &[By::Deliverer, By::Activity(Some("theme".to_owned()))],
    ];
    for boundary in ["all-partners", "council,charity", "police"] {
        for drill in drills {
            let question = (cube.ask().phase(Phase::Outturn))
                .period("2024-25".parse::<Period>().unwrap())
                .boundary(boundary.parse().unwrap())
                .by(drill.iter().cloned())
                .with_complement();
            all.push(question.clone().locality("north"));
            all.push(question.clone().resource(Resource::StaffTime));
            all.push(question);
        }
    }
    all
}

#[test]
fn answers_with_what_stands_beside_survive_json() {
    let built = everything();
    let mut seen: BTreeSet<Beside> = BTreeSet::new();
    for question in questions(&built.cube) {
        let answer = question.answer().unwrap();
        let text = serde_json::to_string_pretty(&answer).unwrap();
        let read: Answer = serde_json::from_str(&text).unwrap();
        assert_eq!(read, answer);
        let value = serde_json::to_value(&answer).unwrap();
        let read: Answer = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(read, answer);
        for (what, sum) in &answer.total.beside {
            seen.insert(*what);
            let written =
                &value["total"]["beside"][serde_json::to_value(what).unwrap().as_str().unwrap()];
            assert_eq!(written["amount"], sum.amount.to_plain());
            assert_eq!(written["unshared"], sum.unshared.to_plain());
        }
        if !answer.in_kind.is_empty() {
            assert_eq!(value["in_kind"][0]["unit"], "hours");
        }
    }
    assert_eq!(
        seen.len(),
        Beside::ALL.len(),
        "all of them were written: {seen:?}"
    );
}

#[test]
fn a_frame_has_what_stands_beside_in_pence() {
    let built = everything();
    let answer = (built.ask("council,charity", "2024-25"))
        .by([By::Partner, By::Counterparty])
        .answer()
        .unwrap();
    let frame = answer.to_frame().unwrap();
    let column = |name: &str| -> Vec<i64> {
        let column = frame.column(name).unwrap_or_else(|error| panic!("{error}"));
        column.i64().unwrap().into_no_null_iter().collect()
    };
    let rows = |what| -> Vec<i64> {
        (answer.rows.iter())
            .map(|row| row.figure.beside(what).get())
            .collect()
    };
    for (name, what, sum) in [
        ("eliminated_pence", Beside::Eliminated, 9_000),
        ("agency_pence", Beside::Agency, 90_000),
        ("incoming_pence", Beside::Incoming, 15_000),
        ("in_kind_pence", Beside::InKind, 3_700),
        ("outgoing_pence", Beside::Outgoing, 2_900),
        ("unheld_pence", Beside::Unheld, 0),
    ] {
        assert_eq!(column(name), rows(what), "{name}");
        assert_eq!(column(name).iter().sum::<i64>(), sum, "{name}");
    }
    // The council's grant to the health service, whose ledger is not held.
    let all = built.ask("all-partners", "2024-25").by([By::Partner]);
    let frame = all.answer().unwrap().to_frame().unwrap();
    let unheld: i64 = (frame.column("unheld_pence").unwrap().i64().unwrap())
        .into_no_null_iter()
        .sum();
    assert_eq!(unheld, 900);
}

/// The ledgers of payers and of payees, loaded apart: what is eliminated shows only when both are.
#[test]
fn merged_cubes_consolidate_as_one() {
    let built = everything();
    let place = built.account.place();
    let council = place.axes().partners.find("council").unwrap();
    let cube = |of_council: bool| {
        let lines: CodedLines = (built.account.lines())
            .filter(|(_, _, coding)| (coding.partner.member() == Some(council)) == of_council)
            .map(|(_, line, coding)| (coding, line.pence()))
            .collect();
        Cube::from_lines(place, lines, &Polars).unwrap()
    };
    let (one, other) = (cube(true), cube(false));
    let total = |cube: &Cube| {
        let question = (cube.ask().phase(Phase::Outturn))
            .period("2024-25".parse().unwrap())
            .boundary("council,charity".parse().unwrap());
        words(&question.answer().unwrap())
    };
    let apart = total(&one);
    assert!(apart.contains("of it through unheld 90"), "{apart}");
    for merged in [one.merge(&other).unwrap(), other.merge(&one).unwrap()] {
        assert_eq!(merged.records(), built.cube.records());
        assert_eq!(merged.total(), built.cube.total());
        assert!(merged.reconciliation().holds());
        assert!(total(&merged).contains("eliminated 90"));
        for (ours, theirs) in questions(&merged).iter().zip(questions(&built.cube)) {
            let (ours, theirs) = (ours.answer().unwrap(), theirs.answer().unwrap());
            assert_eq!(ours.rows, theirs.rows);
            assert_eq!(ours.total, theirs.total);
            assert_eq!(ours.complement, theirs.complement);
            assert_eq!(ours.in_kind, theirs.in_kind);
            assert!(ours.reconciliation.holds());
        }
        let pools = |cube: &Cube| cube.pools(Phase::Outturn).unwrap();
        assert_eq!(pools(&merged), pools(&built.cube));
        let boundary = "council,charity".parse().unwrap();
        let uses = |cube: &Cube| {
            let statement = cube.sources_and_uses(&boundary, Phase::Outturn);
            statement.unwrap().to_string()
        };
        assert_eq!(uses(&merged), uses(&built.cube));
    }
}

#[test]
fn both_engines_group_payments_resources_and_flexibility_alike() {
    let built = everything();
    let reference = Cube::build_with(&built.account, &Reference).unwrap();
    let polars = Cube::build_with(&built.account, &Polars).unwrap();
    assert_eq!(reference.records(), polars.records());
    let distinct = |of: &dyn Fn(&wholeplace::crosswalk::Coding) -> String| {
        let all: BTreeSet<String> = (polars.records().iter())
            .map(|record| of(&record.coding))
            .collect();
        all.len()
    };
    assert_eq!(distinct(&|coding| coding.resource.to_string()), 3);
    assert_eq!(distinct(&|coding| coding.flexibility.to_string()), 5);
    assert_eq!(distinct(&|coding| format!("{:?}", coding.flow)), 8);
    // Each record is as its lines were: nothing was lost on the way through integers.
    let lines: BTreeSet<String> = (built.account.lines())
        .map(|(_, _, coding)| format!("{coding:?}"))
        .collect();
    let records: BTreeSet<String> = (polars.records().iter())
        .map(|record| format!("{:?}", record.coding))
        .collect();
    assert_eq!(records, lines);
    for (ours, theirs) in questions(&reference).iter().zip(questions(&polars)) {
        let written = |question: &Question<'_>| serde_json::to_string(&question.answer().unwrap());
        assert_eq!(written(ours).unwrap(), written(&theirs).unwrap());
    }
}
