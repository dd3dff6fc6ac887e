//! One month read as a year, and what is not recorded here because it is recorded elsewhere.

use crate::fixtures::packs::pack;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::{Months, Period, Phase};
use wholeplace::cube::{Answer, By, Cube, Memorandum, Question};
use wholeplace::disclosure::Released;
use wholeplace::place::Place;
use wholeplace::report::{self, LocalityReport, ReportScope, Site, SiteSources};

/// A shire of 100 residents with the town of Ludlow, and Wem, which lies in another.
const PLACE: &str = r#"[place]
name = "Shire"
locality = "shire"
residents = "people"
age_bands = ["all"]

[[localities]]
rows = [
    { code = "shire", name = "Shire", level = "county" },
    { code = "ludlow", name = "Ludlow", level = "town", parent = "shire" },
    { code = "wem", name = "Wem", level = "county" },
]

[[activities]]
rows = [{ code = "roads", name = "Roads", level = "theme" }, { code = "parks", name = "Parks", level = "theme" }]

[[groups]]
rows = [{ code = "everyone", name = "Everyone" }]

[[partners]]
rows = [{ code = "council", name = "Council" }, { code = "police", name = "Police" }]

[[driver]]
code = "people"
name = "residents"
class = "population"
source = "made up"
tables = [{ rows = [
    { locality = "ludlow", ages = "all", mass = "100" },
    { locality = "wem", ages = "all", mass = "50" },
] }]

[[sharing]]
driver = "people"
"#;

/// A ledger: its code; its partner and phase with what else stands in its table; its lines as
/// `when partner place activity pounds`, where each is of a day, a month or a longer period.
struct Book<'a> {
    id: &'a str,
    partner: &'a str,
    phase: &'a str,
    more: &'a str,
    lines: Vec<String>,
}

fn book<'a>(id: &'a str, partner: &'a str, lines: impl IntoIterator<Item = String>) -> Book<'a> {
    Book {
        id,
        partner,
        phase: "outturn",
        more: "",
        lines: lines.into_iter().collect(),
    }
}

/// £100.00 on roads in Ludlow in each of these months, of one year.
fn months(partner: &str, year: i16, months: impl IntoIterator<Item = i8>) -> Vec<String> {
    (months.into_iter())
        .map(|month| format!("17/{month:02}/{year},,{partner},ludlow,roads,100.00"))
        .collect()
}

/// Each month of the financial year that begins in a year.
fn financial_year(partner: &str, year: i16) -> Vec<String> {
    let rest = months(partner, year + 1, 1..=3);
    months(partner, year, 4..=12)
        .into_iter()
        .chain(rest)
        .collect()
}

fn line(text: &str) -> Vec<String> {
    vec![text.to_owned()]
}

/// The pack of some books, its account and its cube.
struct Shire {
    _folder: tempfile::TempDir,
    place: Arc<Place>,
    account: PlaceAccount,
    cube: Cube,
}

fn shire(books: &[Book<'_>]) -> Shire {
    shire_with("", books)
}

fn shire_with(more: &str, books: &[Book<'_>]) -> Shire {
    let mut toml = format!("{PLACE}\n{more}\n");
    let mut files = Vec::new();
    for book in books {
        let Book {
            id,
            partner,
            phase,
            more,
            lines,
        } = book;
        let partner = if *partner == "by code" {
            "{ by = \"code\" }".to_owned()
        } else if *partner == "unknown" {
            "{ gap = \"unknown\" }".to_owned()
        } else {
            format!("{{ always = \"{partner}\" }}")
        };
        toml.push_str(&format!(
            "[[ledger]]\nid = \"{id}\"\nname = \"Book of {id}\"\nsource = \"made up\"\nphase = \"{phase}\"\n\
             files = [\"{id}*.csv\"]\n{more}\n[ledger.layout]\namount = [\"amount\"]\ndate = [\"paid\"]\n\
             period = [\"period\"]\ncodes.partner = [\"partner\"]\ncodes.locality = [\"where\"]\n\
             codes.activity = [\"for\"]\ncodes.counterparty = [\"payee\"]\n\
             [ledger.axes]\npartner = {partner}\nactivity = {{ by = \"code\" }}\nages = {{ always = \"all\" }}\n\
             group = {{ always = \"everyone\" }}\nlocality = {{ by = \"code\" }}\n\n"
        ));
        let mut text = "paid,period,partner,where,for,amount,payee\n".to_owned();
        for line in lines {
            let payee = if line.matches(',').count() == 5 {
                ","
            } else {
                ""
            };
            text.push_str(&format!("{line}{payee}\n"));
        }
        files.push((format!("{id}.csv"), text));
    }
    let mut all: Vec<(&str, &str)> = vec![("place.toml", &toml)];
    all.extend(
        files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str())),
    );
    let folder = pack(&all);
    let place = Place::open(folder.path()).unwrap_or_else(|error| panic!("{error}"));
    let account = PlaceAccount::load(&place).unwrap();
    let cube = Cube::build(&account).unwrap();
    Shire {
        _folder: folder,
        place,
        account,
        cube,
    }
}

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

impl Shire {
    fn question(&self, asked: &str) -> Question<'_> {
        (self.cube.ask().locality("shire"))
            .period(period(asked))
            .phase(Phase::Outturn)
            .boundary(Boundary::AllPartners)
    }

    fn ask(&self, asked: &str) -> Answer {
        let question = self.question(asked);
        let answer = question.answer().unwrap();
        assert_eq!(answer, question.answer_record_by_record().unwrap());
        answer
    }

    /// The headline of an answer, and its first sentence.
    fn said(&self, asked: &str) -> (String, String) {
        let answer = self.ask(asked);
        let months = answer.months.expect("a month is missing");
        let sentence = months.sentences().into_iter().next().unwrap_or_default();
        assert_eq!(answer.notes.first(), Some(&sentence));
        (months.headline().unwrap_or_default(), sentence)
    }

    fn scope(&self, asked: &str, boundary: Boundary) -> ReportScope {
        ReportScope {
            level: "town".to_owned(),
            activity_level: "theme".to_owned(),
            period: period(asked),
            phase: Phase::Outturn,
            boundary,
        }
    }

    /// A file of the site, as text.
    fn page(&self, asked: &str, boundary: Boundary, file: &str) -> String {
        let scope = self.scope(asked, boundary);
        let site = Site::build(&SiteSources::of(&self.cube, &scope));
        let site = Released::for_internal_use(site.unwrap(), "a test").unwrap();
        let files = report::site_files(&site).unwrap();
        let found = files.iter().find(|found| found.path == file);
        let bytes = &found.unwrap_or_else(|| panic!("no {file}")).bytes;
        String::from_utf8(bytes.clone()).unwrap()
    }
}

/// A page without its tags.
fn plain(page: &str) -> String {
    let mut text = String::new();
    let mut tag = false;
    for c in page.chars() {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            c if !tag => text.push(c),
            _ => {}
        }
    }
    text
}

// ---- 15: which months there are

#[test]
fn a_month_is_not_read_as_a_year() {
    let shire = shire(&[book("pay", "council", months("council", 2020, [6, 6, 6]))]);
    let answer = shire.ask("2020-21");
    // £300.00 among 100 residents.
    assert_eq!(answer.total.amount.to_string(), "£300.00");
    let heads = answer.total.per_head.as_ref().unwrap();
    assert_eq!(heads.amount.unwrap().to_string(), "£3.00");
    let months = answer.total.months.unwrap();
    assert_eq!((months.fewest, months.most, months.of), (1, 1, 12));
    let sentence =
        "Not all of 2020-21 is there, in payments: Council has 1 of 12 months, only Jun 2020.";
    assert_eq!(
        shire.said("2020-21"),
        ("payments of 1 of 12 months".to_owned(), sentence.to_owned())
    );

    // In every form of the answer.
    let text = answer.to_string();
    let (title, rest) = text.split_once('\n').unwrap();
    assert!(
        title.ends_with("from payments of 1 of 12 months"),
        "{title}"
    );
    assert!(
        rest.contains(sentence) && rest.contains("1 of 12"),
        "{rest}"
    );
    let json = serde_json::to_value(&answer).unwrap();
    assert_eq!(json["total"]["months"]["fewest"], 1);
    assert_eq!(json["months"]["ledgers"][0]["months"][0], "Jun 2020");
    assert_eq!(json["notes"][0], sentence);
    let back: Answer = serde_json::from_value(json).unwrap();
    assert_eq!(back, answer);
    let frame = shire
        .question("2020-21")
        .by([By::Partner])
        .answer()
        .unwrap();
    let frame = frame.to_frame().unwrap();
    for (column, expected) in [("months", 1), ("months_of", 12)] {
        let cells = frame.column(column).unwrap().u32().unwrap();
        assert_eq!(cells.get(0), Some(expected), "{column}");
    }

    // June itself is there, and so nothing is said of it.
    let june = shire.ask("Jun 2020");
    assert_eq!(june.total.amount.to_string(), "£300.00");
    assert_eq!((june.months, june.total.months), (None, None));
}

#[test]
fn a_report_says_in_its_headline_of_which_months_it_is() {
    let shire = shire(&[book("pay", "council", months("council", 2020, [6, 6, 6]))]);
    let scope = shire.scope("2020-21", Boundary::AllPartners);
    let report = LocalityReport::build(&shire.cube, &scope).unwrap();
    let report = Released::for_internal_use(report, "a test").unwrap();
    let text = report::place_text(&report, &report.get().whole);
    assert!(
        text.contains(
            "Partners spent £300.00 in Shire in 2020-21 (outturn), from payments of 1 of 12 months, \
             £3.00 for each of 100 residents."
        ),
        "{text}"
    );
    let overview = report::overview(&report).to_string();
    let title = overview.lines().next().unwrap();
    assert!(
        title.ends_with("2020-21 outturn, from payments of 1 of 12 months"),
        "{title}"
    );
    let json = report::to_json(&report).unwrap();
    assert!(json.contains("Not all of 2020-21 is there"), "{json}");
    let csv = report::to_csv(&report).unwrap();
    assert!(
        csv.lines()
            .next()
            .unwrap()
            .contains("per_head_gbp,months,lines"),
        "{csv}"
    );
    assert!(
        csv.lines().skip(1).all(|row| row.contains(",1 of 12,")),
        "{csv}"
    );

    let all = Boundary::AllPartners;
    for file in ["index.html", "place-ludlow.html"] {
        let page = plain(&shire.page("2020-21", all.clone(), file));
        assert!(
            page.contains(
                "in 2020-21, from payments of 1 of 12 months: £3.00 for each of its 100 residents"
            ),
            "{page}"
        );
        assert!(
            page.contains("Council has 1 of 12 months, only Jun 2020"),
            "{page}"
        );
        assert!(
            page.contains("£3.00of 1 of 12 months"),
            "beside the sum a head: {page}"
        );
    }
    let partner = plain(&shire.page("2020-21", all, "partner-council.html"));
    assert!(
        partner.contains("in Shire in 2020-21, from payments of 1 of 12 months"),
        "{partner}"
    );
}

#[test]
fn of_a_whole_year_nothing_is_said() {
    let by_month = book("pay", "council", financial_year("council", 2020));
    let yearly = book(
        "return",
        "police",
        line(",2020-21,police,ludlow,roads,700.00"),
    );
    let shire = shire(&[by_month, yearly]);
    let answer = shire.ask("2020-21");
    // Twelve times £100.00, and £700.00.
    assert_eq!(answer.total.amount.to_string(), "£1,900.00");
    assert_eq!((&answer.months, answer.total.months), (&None, None));
    assert!(!answer.to_string().contains("months"), "{answer}");
    let json = serde_json::to_string(&answer).unwrap();
    assert!(!json.contains("months"), "{json}");
    let page = plain(&shire.page("2020-21", Boundary::AllPartners, "index.html"));
    assert!(
        !page.contains("of 12 months") && !page.contains("Not all of"),
        "{page}"
    );
}

/// Other months, other periods, one ledger of the council each: what is said.
#[test]
fn months_are_counted_in_periods_of_every_length() {
    let year = || financial_year("council", 2020);
    let without = |month: &str| -> Vec<String> {
        (year().into_iter())
            .filter(|line| !line.starts_with(&format!("17/{month}/")))
            .collect()
    };
    let both = |one: Vec<String>, two: Vec<String>| [one, two].concat();
    let quarter = |name: &str| format!(",{name} 2020-21,council,ludlow,roads,100.00");
    let quarters: Vec<String> = ["Q1", "Q2", "Q4"].map(quarter).to_vec();
    let council = |asked: &str, what: &str, months: &str| {
        format!("Not all of {asked} is there, in {what}: Council has {months}.")
    };
    let cases = [
        (
            without("08"),
            "2020-21",
            council(
                "2020-21",
                "payments",
                "11 of 12 months, with nothing of Aug 2020",
            ),
        ),
        (
            months("council", 2020, 6..=12),
            "2020-21",
            council(
                "2020-21",
                "payments",
                "7 of 12 months, beginning in Jun 2020, ending in Dec 2020",
            ),
        ),
        // A gap at the end of the period is one if the ledger goes on after it.
        (
            both(without("03"), months("council", 2021, [5])),
            "2020-21",
            council(
                "2020-21",
                "payments",
                "11 of 12 months, with nothing of Mar 2021",
            ),
        ),
        // And at its start if it began before.
        (
            both(without("04"), months("council", 2020, [2])),
            "2020-21",
            council(
                "2020-21",
                "payments",
                "11 of 12 months, with nothing of Apr 2020",
            ),
        ),
        (
            both(year(), months("council", 2021, 4..=9)),
            "2020-21 to 2021-22",
            council(
                "Apr 2020 to Mar 2022",
                "payments",
                "18 of 24 months, ending in Sep 2021",
            ),
        ),
        (
            year(),
            "calendar 2020",
            council(
                "calendar 2020",
                "payments",
                "9 of 12 months, beginning in Apr 2020",
            ),
        ),
        (
            months("council", 2020, [4, 6]),
            "Q1 2020-21",
            council(
                "Apr 2020 to Jun 2020",
                "payments",
                "2 of 3 months, with nothing of May 2020",
            ),
        ),
        // Lines of quarters are no payments by month; each covers its three.
        (
            quarters,
            "2020-21",
            council(
                "2020-21",
                "lines",
                "9 of 12 months, with nothing of Oct 2020 to Dec 2020",
            ),
        ),
        // A year's return covers its own year.
        (
            line(",2020-21,council,ludlow,roads,100.00"),
            "2020-21 to 2021-22",
            council(
                "Apr 2020 to Mar 2022",
                "lines",
                "12 of 24 months, ending in Mar 2021",
            ),
        ),
    ];
    for (lines, asked, expected) in cases {
        let shire = shire(&[book("pay", "council", lines)]);
        assert_eq!(shire.said(asked).1, expected);
    }
    let whole = shire(&[book("pay", "council", year())]);
    for asked in ["2020-21", "Q1 2020-21", "Jun 2020", "Apr 2020 to Mar 2021"] {
        assert_eq!(whole.ask(asked).months, None, "{asked}");
    }
}

/// The file of June has a few lines of May and July: they do not make three months of it.
#[test]
fn stray_lines_of_other_months_make_no_month() {
    let june = || vec![6; 60];
    let strays = |may| {
        [
            months("council", 2020, june()),
            months("council", 2020, vec![5; may]),
        ]
    };
    // Two of 60 are strays, three are a twentieth.
    for (may, expected) in [(2, "1 of 12"), (3, "2 of 12")] {
        let shire = shire(&[book("pay", "council", strays(may).concat())]);
        let answer = shire.ask("2020-21");
        assert_eq!(answer.total.amount.to_string(), format!("£6,{may}00.00"));
        assert_eq!(answer.total.months.unwrap().in_short(), expected);
    }
    // Strays are no year: of 60 lines of June 2020 and two of March, the two are 2019-20.
    let before = [
        months("council", 2020, june()),
        months("council", 2020, [3, 3]),
    ];
    let before = shire(&[book("pay", "council", before.concat())]);
    assert_eq!(before.ask("2019-20").total.amount.to_string(), "£200.00");
    assert_eq!(
        before.said("2019-20"),
        (
            "payments of 0 of 12 months".to_owned(),
            "Not all of 2019-20 is there, in payments: Council has 0 of 12 months, only stray lines.".to_owned()
        )
    );
    // Few lines each month are months each.
    let few = shire(&[book(
        "pay",
        "council",
        months("council", 2020, [4, 5, 5, 6]),
    )]);
    assert_eq!(
        few.ask("2020-21").total.months.unwrap().in_short(),
        "3 of 12"
    );
}

#[test]
fn ledgers_that_continue_each_other_count_as_one() {
    let spring = || book("a", "council", months("council", 2020, 4..=9));
    let autumn = months("council", 2020, 10..=12).into_iter();
    let autumn = book("b", "council", autumn.chain(months("council", 2021, 1..=3)));
    let continued = shire(&[spring(), autumn]);
    assert_eq!(continued.ask("2020-21").months, None);

    // Those that lie beside each other do not: cards of June beside payments of all months.
    let pay = || book("pay", "council", financial_year("council", 2020));
    let cards = || book("cards", "council", months("council", 2020, [6]));
    let beside = shire(&[pay(), cards()]);
    let (headline, sentence) = beside.said("2020-21");
    assert_eq!(headline, "payments of 1 to 12 of 12 months");
    assert_eq!(
        sentence,
        "Not all of 2020-21 is there, in payments: Council (“Book of cards”) has 1 of 12 months, \
         only Jun 2020; one other ledger has all."
    );

    // A return of the year does not make payments of a month whole.
    let returned = book(
        "return",
        "council",
        line(",2020-21,council,ludlow,parks,700.00"),
    );
    let mixed = shire(&[returned, cards()]);
    let (headline, sentence) = mixed.said("2020-21");
    assert_eq!(headline, "payments of 1 to 12 of 12 months");
    assert!(
        sentence.contains("(“Book of cards”) has 1 of 12 months, only Jun 2020"),
        "{sentence}"
    );
}

#[test]
fn each_partner_and_year_has_months_of_its_own() {
    let council = || book("pay", "council", financial_year("council", 2020));
    let police = book("blue", "police", months("police", 2020, 4..=9));
    let shire_of_two = shire(&[council(), police]);
    let (headline, sentence) = shire_of_two.said("2020-21");
    assert_eq!(headline, "payments of 6 to 12 of 12 months");
    assert_eq!(
        sentence,
        "Not all of 2020-21 is there, in payments: Police has 6 of 12 months, ending in Sep 2020; \
         one other ledger has all."
    );
    let question = shire_of_two.question("2020-21");
    let rows = question.clone().by([By::Partner]).answer().unwrap().rows;
    let told: Vec<_> = (rows.iter())
        .map(|row| {
            (
                row.keys[0].code.as_str(),
                row.figure.months.map(|of| of.in_short()),
            )
        })
        .collect();
    assert_eq!(
        told,
        [("council", None), ("police", Some("6 of 12".to_owned()))]
    );
    // Of the council alone every month is there; of the police alone it is not.
    assert_eq!(
        question.clone().partner("council").answer().unwrap().months,
        None
    );
    let police = question.clone().partner("police").answer().unwrap();
    assert_eq!(police.total.months.unwrap().in_short(), "6 of 12");
    let inside = question.clone().boundary(Boundary::of(["council"]));
    assert_eq!(inside.answer().unwrap().months, None);

    // One file of both, by a column: the same.
    let both = [
        financial_year("council", 2020),
        months("police", 2020, 4..=9),
    ]
    .concat();
    let in_one = shire(&[book("both", "by code", both)]);
    assert_eq!(in_one.said("2020-21").1, sentence);

    // Two years, one of them whole.
    let years = [
        financial_year("council", 2019),
        months("council", 2020, [6]),
    ]
    .concat();
    let years = shire(&[book("pay", "council", years)]);
    let answer = (years.question("2019-20 to 2020-21").by([By::FinancialYear]))
        .answer()
        .unwrap();
    let told: Vec<_> = (answer.rows.iter())
        .map(|row| {
            (
                row.keys[0].code.as_str(),
                row.figure.months.map(|of| of.in_short()),
            )
        })
        .collect();
    assert_eq!(
        told,
        [("2019-20", None), ("2020-21", Some("1 of 12".to_owned()))]
    );
    assert_eq!(answer.total.months.unwrap().to_string(), "13 of 24 months");
}

#[test]
fn a_budget_has_months_of_its_own() {
    let pay = book("pay", "council", months("council", 2020, [6]));
    let budget = Book {
        phase: "budget",
        ..book(
            "budget",
            "council",
            line(",2020-21,council,ludlow,roads,1200.00"),
        )
    };
    let shire = shire(&[pay, budget]);
    let budget = shire
        .question("2020-21")
        .phase(Phase::Budget)
        .answer()
        .unwrap();
    assert_eq!(
        (budget.total.amount.to_string().as_str(), budget.months),
        ("£1,200.00", None)
    );
    assert_eq!(
        shire.ask("2020-21").total.months.unwrap().in_short(),
        "1 of 12"
    );
}

#[test]
fn a_partner_whose_ledger_is_of_other_periods_is_named() {
    let council = book("pay", "council", financial_year("council", 2020));
    let police = book("blue", "police", months("police", 2019, 4..=9));
    let shire = shire(&[council, police]);
    let answer = shire.ask("2020-21");
    assert_eq!(answer.total.months, None, "what is there is of all months");
    assert_eq!(
        answer.notes[0],
        "In 2020-21 nothing is recorded of Police, whose ledgers are of other periods."
    );
}

/// Where a ledger has few lines, its pack may say that none is missing; of a part of it that says
/// nothing.
#[test]
fn a_pack_may_say_that_a_ledger_is_complete() {
    let grants = |more| Book {
        more,
        ..book("grants", "council", months("council", 2020, [6, 11]))
    };
    let said = shire(&[grants("complete = [\"2020-21\"]")]);
    assert_eq!(said.ask("2020-21").months, None);
    // Of another year the pack says nothing.
    assert_eq!(
        said.ask("2020-21 to 2021-22")
            .total
            .months
            .unwrap()
            .in_short(),
        "12 of 24"
    );
    assert_eq!(
        shire(&[grants("")])
            .ask("2020-21")
            .total
            .months
            .unwrap()
            .in_short(),
        "2 of 12"
    );

    let folder = said._folder.path();
    let more =
        "paid,period,partner,where,for,amount,payee\n17/12/2020,,council,ludlow,roads,5.00,\n";
    std::fs::write(folder.join("grants2.csv"), more).unwrap();
    let place = Place::open(folder).unwrap();
    let part = PlaceAccount::load_files(&place, |_, file| file.contains("grants2")).unwrap();
    let part = Cube::build(&part).unwrap();
    let answer = part.ask().period(period("2020-21")).phase(Phase::Outturn);
    let answer = answer.boundary(Boundary::AllPartners).answer().unwrap();
    assert_eq!(answer.total.months.unwrap().in_short(), "1 of 12");

    let wrong = [grants("complete = [\"2020\"]")];
    let refused = std::panic::catch_unwind(|| shire(&wrong));
    assert!(refused.is_err(), "a bare year is refused as everywhere");
}

#[test]
fn months_are_kept_when_a_cube_is_saved_and_merged() {
    let lines = financial_year("council", 2020);
    let shire = shire(&[book("pay", "council", lines.clone())]);
    let folder = shire._folder.path();
    let months_of = |cube: &Cube| {
        let ledgers = cube.recorded_months().ledgers();
        let told: Vec<_> = ledgers
            .map(|of| format!("{} {}", of.ledger, of.months))
            .collect();
        told
    };
    assert_eq!(months_of(&shire.cube), ["pay 2020-21"]);
    assert_eq!(
        shire.account.recorded_months(),
        shire.cube.recorded_months()
    );
    let file = folder.join("cube.parquet");
    shire.cube.save(&file).unwrap();
    let opened = Cube::open(&file, &shire.place).unwrap();
    assert_eq!(opened.recorded_months(), shire.cube.recorded_months());

    // Two halves of the year, each by itself and then together.
    let header = "paid,period,partner,where,for,amount,payee";
    let half = |lines: &[String]| format!("{header}\n{},\n", lines.join(",\n"));
    std::fs::write(folder.join("pay.csv"), half(&lines[..6])).unwrap();
    std::fs::write(folder.join("pay2.csv"), half(&lines[6..])).unwrap();
    let place = Place::open(folder).unwrap();
    let load = |name: &str| {
        let account = PlaceAccount::load_files(&place, |_, file| file.ends_with(name)).unwrap();
        Cube::build(&account).unwrap()
    };
    let (one, two) = (load("pay.csv"), load("pay2.csv"));
    assert_eq!(months_of(&one), ["pay Apr 2020 to Sep 2020"]);
    assert_eq!(months_of(&two), ["pay Oct 2020 to Mar 2021"]);
    for both in [one.merge(&two).unwrap(), two.merge(&one).unwrap()] {
        assert_eq!(both.recorded_months(), shire.cube.recorded_months());
    }
}

/// A program that places lines itself names no ledgers: months are those of its partners.
#[test]
fn lines_that_a_program_placed_have_months_too() {
    use wholeplace::cube::group::{CodedLines, Sorted};
    let shire = shire(&[book("pay", "council", months("council", 2020, [6, 7]))]);
    let lines: CodedLines = (shire.account.lines())
        .map(|(_, line, coding)| (coding, line.pence()))
        .collect();
    let cube = Cube::from_lines(&shire.place, lines, &Sorted).unwrap();
    let answer = cube.ask().period(period("2020-21")).phase(Phase::Outturn);
    let answer = answer.boundary(Boundary::AllPartners).answer().unwrap();
    assert_eq!(
        answer.notes[0],
        "Not all of 2020-21 is there, in payments: Council has 2 of 12 months, only Jun 2020 to Jul 2020."
    );
}

// ---- no default year

#[test]
fn no_year_is_asked_for_that_nobody_named() {
    let one = shire(&[book("pay", "council", months("council", 2020, [6]))]);
    assert_eq!(
        one.cube.period_of_reports(Phase::Outturn).unwrap(),
        period("2020-21")
    );
    let none = one
        .cube
        .period_of_reports(Phase::Budget)
        .unwrap_err()
        .to_string();
    assert!(
        none.ends_with("There are lines of 2020-21 outturn (1 of 12 months)"),
        "{none}"
    );

    let lines = [
        financial_year("council", 2019),
        months("council", 2020, [6, 7]),
    ]
    .concat();
    let two = shire(&[book("pay", "council", lines.clone())]);
    let question = two
        .cube
        .ask()
        .phase(Phase::Outturn)
        .boundary(Boundary::AllPartners);
    for error in [
        two.cube.period_of_reports(Phase::Outturn).unwrap_err(),
        question.answer().unwrap_err(),
    ] {
        let error = error.to_string();
        assert!(
            error.ends_with("There are lines of 2019-20 outturn, 2020-21 outturn (2 of 12 months)"),
            "{error}"
        );
    }
    // A pack may say of which period its reports are.
    let toml = std::fs::read_to_string(two._folder.path().join("place.toml")).unwrap();
    let toml = toml.replacen("[place]\n", "[place]\nreport_period = \"2019-20\"\n", 1);
    std::fs::write(two._folder.path().join("place.toml"), toml).unwrap();
    let place = Place::open(two._folder.path()).unwrap();
    let cube = Cube::build(&PlaceAccount::load(&place).unwrap()).unwrap();
    assert_eq!(
        cube.period_of_reports(Phase::Outturn).unwrap(),
        period("2019-20")
    );
}

// ---- 16: recorded elsewhere

const SILENT: &str = "nothing of it is recorded";

/// What the first page says of the police, whose lines these are, beside a council of Ludlow.
fn of_police(phase: &str, more: &str, lines: &str) -> (Shire, String, String) {
    let council = book("pay", "council", financial_year("council", 2013));
    let police = Book {
        phase,
        more,
        ..book("blue", "police", lines.lines().map(str::to_owned))
    };
    let shire = shire(&[council, police]);
    let all = Boundary::AllPartners;
    let first = plain(&shire.page("2013-14", all.clone(), "index.html"));
    let own = plain(&shire.page("2013-14", all, "partner-police.html"));
    (shire, first, own)
}

#[test]
fn what_a_partner_spent_elsewhere_is_said() {
    let cases = [
        (
            "outturn",
            ",2013-14,police,wem,roads,500.00",
            "£500.00 is recorded in Wem",
        ),
        (
            "outturn",
            ",2013-14,police,wem,roads,500.00\n,2013-14,police,wem,parks,20.50",
            "£520.50 is recorded in Wem",
        ),
        // A sum of two years says nothing of one.
        (
            "outturn",
            ",2013-14 to 2014-15,police,wem,roads,500.00",
            "money of a longer period is recorded in Wem",
        ),
        (
            "outturn",
            ",2014-15,police,ludlow,roads,500.00",
            "there are lines of 2014-15 (outturn)",
        ),
        (
            "budget",
            ",2013-14,police,ludlow,roads,500.00",
            "there are lines of 2013-14 (budget)",
        ),
        (
            "budget",
            ",2015-16,police,wem,roads,500.00",
            "there are lines of 2015-16 (budget)",
        ),
    ];
    for (phase, lines, expected) in cases {
        let (_shire, first, own) = of_police(phase, "", lines);
        let said = format!(
            "What Police spent is not in these figures, for Shire in 2013-14 (outturn): {expected}."
        );
        assert!(first.contains(&said), "{said}\n{first}");
        assert!(!first.contains(SILENT), "{first}");
        let said = format!(
            "Nothing of Police is in these figures, for Shire in 2013-14 (outturn): {expected}."
        );
        assert!(own.contains(&said), "{said}\n{own}");
    }
    // Of a partner without any line it is true.
    let shire = shire(&[book("pay", "council", financial_year("council", 2013))]);
    let first = plain(&shire.page("2013-14", Boundary::AllPartners, "index.html"));
    assert!(
        first.contains("What Police spent is not in these figures: nothing of it is recorded for 2013-14 (outturn)."),
        "{first}"
    );
}

#[test]
fn a_partner_outside_the_boundary_is_not_called_unrecorded() {
    let council = book("pay", "council", financial_year("council", 2013));
    let police = book("blue", "police", financial_year("police", 2013));
    let shire = shire(&[council, police]);
    let inside = Boundary::of(["council"]);
    let first = plain(&shire.page("2013-14", inside.clone(), "index.html"));
    assert!(
        !first.contains(SILENT) && !first.contains("What Police spent"),
        "{first}"
    );
    let own = plain(&shire.page("2013-14", inside.clone(), "partner-police.html"));
    assert!(
        own.contains("(outturn): it is outside the boundary"),
        "{own}"
    );
    let all = plain(&shire.page("2013-14", inside, "partners.html"));
    assert!(all.contains("Police: it is outside the boundary"), "{all}");
}

#[test]
fn an_answer_says_where_the_money_of_its_partner_is() {
    let (shire, _, _) = of_police("outturn", "", ",2013-14,police,wem,roads,500.00");
    let police = shire
        .question("2013-14")
        .partner("police")
        .answer()
        .unwrap();
    assert_eq!(police.total.amount.to_string(), "£0.00");
    assert_eq!(police.notes[0], "Of Police: £500.00 is recorded in Wem.");
    // In its own place, for something else.
    let parks = (shire
        .cube
        .ask()
        .locality("wem")
        .activity("parks")
        .partner("police"))
    .period(period("2013-14"))
    .phase(Phase::Outturn)
    .boundary(Boundary::AllPartners);
    assert_eq!(
        parks.answer().unwrap().notes[0],
        "Of Police: £500.00 is recorded in Wem for other activities or people."
    );
    let later = shire
        .question("2014-15")
        .partner("police")
        .answer()
        .unwrap();
    assert!(
        later
            .notes
            .contains(&"Of Police: there are lines of 2013-14 (outturn).".to_owned()),
        "{:?}",
        later.notes
    );
}

// ---- lines of which nobody knows whose they are

/// £90.00 of an unknown owner went to the police. Around the council alone it may be spending of
/// the council's, or somebody else's: it is in no amount, eliminated nowhere, and stands beside.
#[test]
fn a_payment_of_an_unknown_owner_to_a_partner_outside_is_not_eliminated() {
    let rules = "[[counterparty]]\nrows = [{ ledger = \"every\", match = \"exact\", text = \"THE POLICE\", \
                 side = \"payer\", partner = \"police\", kind = \"grant\" }]\n";
    let built = |police: &str| {
        let council = book(
            "pay",
            "council",
            line(",2013-14,council,ludlow,roads,100.00"),
        );
        let nobody = book(
            "found",
            "unknown",
            line(",2013-14,,ludlow,roads,90.00,THE POLICE"),
        );
        let police = book("blue", "police", police.lines().map(str::to_owned));
        let books = match police.lines.len() {
            0 => vec![council, nobody],
            _ => vec![council, nobody, police],
        };
        shire_with(rules, &books)
    };
    // Whether the ledger of the police is held makes no difference to a boundary without it.
    for police in ["", ",2013-14,police,ludlow,roads,70.00"] {
        let shire = built(police);
        let ask = |boundary: Boundary| {
            let question = shire.question("2013-14").boundary(boundary);
            let answer = question.answer().unwrap();
            assert_eq!(answer, question.answer_record_by_record().unwrap());
            assert!(answer.reconciliation.holds(), "{}", answer.reconciliation);
            answer.total
        };
        let total = ask(Boundary::of(["council"]));
        assert_eq!(total.amount.to_string(), "£100.00");
        assert_eq!(
            total.memorandum(Memorandum::Eliminated).to_string(),
            "£0.00"
        );
        assert_eq!(total.memorandum(Memorandum::Unheld).to_string(), "£0.00");
        let beside: Vec<String> = total.unshared.values().map(ToString::to_string).collect();
        assert_eq!(beside, ["£90.00"]);
    }
    // Everybody is inside: what the police spend of it is in their own ledger, where that is held.
    let everybody = |police| {
        let total = built(police).ask("2013-14").total;
        let [eliminated, unheld] =
            [Memorandum::Eliminated, Memorandum::Unheld].map(|what| total.memorandum(what));
        format!(
            "{}; eliminated {eliminated}; not held {unheld}",
            total.amount
        )
    };
    assert_eq!(
        everybody(",2013-14,police,ludlow,roads,70.00"),
        "£170.00; eliminated £90.00; not held £0.00"
    );
    assert_eq!(everybody(""), "£190.00; eliminated £0.00; not held £90.00");
}

// ---- the algebra of months

fn some_months() -> impl Strategy<Value = Vec<(u16, u16)>> {
    proptest::collection::vec((0u16..60, 1u16..15), 0..8)
}

/// The period of so many months from one on.
fn span((first, length): (u16, u16)) -> Period {
    let start = period("Apr 2015");
    let at = |months| start.months_later(months).unwrap();
    at(first).through(at(first + length - 1)).unwrap()
}

fn set(spans: &[(u16, u16)]) -> BTreeSet<u16> {
    (spans.iter())
        .flat_map(|&(first, length)| first..first + length)
        .collect()
}

fn months_of(spans: &[(u16, u16)]) -> Months {
    spans.iter().map(|&of| span(of)).collect()
}

/// The spans of a set of numbers.
fn of_numbers(numbers: &BTreeSet<u16>) -> Months {
    numbers.iter().map(|&number| span((number, 1))).collect()
}

proptest! {
    #[test]
    fn months_are_a_set(one in some_months(), two in some_months(), asked in (0u16..60, 1u16..30)) {
        let (a, b) = (months_of(&one), months_of(&two));
        let (x, y) = (set(&one), set(&two));
        let window: BTreeSet<u16> = (asked.0..asked.0 + asked.1).collect();
        let asked = span(asked);
        prop_assert_eq!(usize::from(a.count()), x.len());
        prop_assert_eq!(&a, &of_numbers(&x));
        let mut union = a.clone();
        union.add_all(&b);
        prop_assert_eq!(&union, &of_numbers(&(&x | &y)));
        let mut other = b.clone();
        other.add_all(&a);
        prop_assert_eq!(&union, &other);
        prop_assert_eq!(a.within(asked), of_numbers(&(&x & &window)));
        prop_assert_eq!(a.missing_of(asked), of_numbers(&(&window - &x)));
        prop_assert_eq!(a.cover(asked), window.is_subset(&x));
        prop_assert_eq!(a.meet(&b), !x.is_disjoint(&y));
        // No two spans touch, so that each set is written in one way.
        prop_assert!(a.spans().windows(2).all(|two| two[1].starts_after(two[0])));
        let json = serde_json::to_string(&a).unwrap();
        prop_assert_eq!(serde_json::from_str::<Months>(&json).unwrap(), a);
    }
}
