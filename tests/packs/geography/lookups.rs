//! Areas of another year: as they were, merged, divided, or cut otherwise.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// OLD1 is as it was; OLD2 is divided over two areas, of either ward; OLD3 and OLD4 are merged.
const CHANGES: &str = "\
LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM,LAD22NMW,ObjectId
OLD1,Old one,E01000001,Small 001A,U,E06000001,Small,,1
OLD2,Old two,E01000002,Small 001B,S,E06000001,Small,,2
OLD2,Old two,E01000003,Small 002A,S,E06000001,Small,,3
OLD3,Old three,E01000004,Small 002B,M,E06000001,Small,,4
OLD4,Old four,E01000004,Small 002B,M,E06000001,Small,,5
OLD5,Elsewhere,E01099999,Elsewhere 001A,U,E06000099,Elsewhere,,6
";

fn lookup(keys: &str) -> String {
    format!(
        "\n[[lookup]]\ncode = \"small-areas-2011\"\n{keys}\ntables = [{{ file = \"changes.csv\", outside = \"left out\", \
         columns = {{ from = \"LSOA11CD\", to = \"LSOA21CD\", name = \"LSOA11NM\" }} }}]\n"
    )
}

const BY_CODE: &str = "{ by = \"code\", lookup = \"small-areas-2011\" }";

#[test]
fn lines_of_old_areas_lie_where_these_are_now() {
    let place = format!("{HEAD}{PEOPLE}{}{}", lookup(""), ledger(BY_CODE));
    let paid = lines(&[
        ("OLD1", "10"),
        ("OLD2", "50"),
        ("OLD3", "5"),
        ("OLD4", "7"),
        ("OLD5", "3"),
        ("OLD6", "2"),
    ]);
    let place = Pack::new(&place, &[("changes.csv", CHANGES), ("paid.csv", &paid)]).open();
    let told = notices(&place);
    assert!(told.contains("lookup `small-areas-2011`: of 5 areas 1 is divided over whole areas (OLD2), 2 are merged with others (OLD3, OLD4), 1 lies beyond the place"), "{told}");
    assert!(
        told.contains("changes.csv: 1 row about 1 area that the place does not have was left out"),
        "{told}"
    );
    let asked = Asked::new(&place);
    // 50 pounds over 300 and 200 residents.
    assert_eq!(
        asked.rows("locality@lsoa"),
        [
            "E01000001 £10.00 direct",
            "E01000002 £30.00 population",
            "E01000003 £20.00 population",
            "E01000004 £12.00 direct",
            "outside-boundary £3.00 direct",
            "unmapped £2.00 direct",
        ]
    );
    let told = asked.account.findings().to_string();
    assert!(told.contains("lookup `small-areas-2011` does not have `OLD6` of ledger `paid` (1 line) (not-in-lookup)\n  £2.00 at stake"), "{told}");
}

#[test]
fn old_areas_can_be_asked_for_where_a_level_is_named() {
    let keys = "level = \"lsoa-2011\"\nvintage = \"2011\"";
    let place = format!("{HEAD}{PEOPLE}{}{}", lookup(keys), ledger(BY_CODE));
    let paid = lines(&[("OLD1", "10"), ("OLD2", "50"), ("OLD3", "5"), ("OLD4", "7")]);
    let place = Pack::new(&place, &[("changes.csv", CHANGES), ("paid.csv", &paid)]).open();
    let told = notices(&place);
    assert!(told.contains("2 areas of `lsoa-2011` can be no localities, because they are parts of areas that are one now: OLD3, OLD4 (area-is-no-locality)"), "{told}");
    assert_eq!(mass(&place, "OLD2@2011", "all"), Some(500));
    assert_eq!(
        place
            .axes()
            .localities
            .name(place.axes().localities.find("OLD2").unwrap()),
        "Old two"
    );
    let asked = Asked::new(&place);
    assert_eq!(
        asked.rows("locality@lsoa-2011"),
        [
            "OLD1 £10.00 direct",
            "OLD2 £50.00 direct",
            "elsewhere £12.00 direct"
        ]
    );
}

/// A code that stays what it was may be a locality of both editions.
#[test]
fn a_code_of_two_editions_is_the_one_without_an_edition() {
    let keys = "level = \"lsoa-2011\"\nvintage = \"2011\"";
    let changes = CHANGES.replace("OLD1", "E01000001");
    let place = format!("{HEAD}{PEOPLE}{}", lookup(keys));
    let place = Pack::new(&place, &[("changes.csv", &changes)]).open();
    let localities = &place.axes().localities;
    assert_ne!(
        localities.find("E01000001"),
        localities.find("E01000001@2011")
    );
    assert_eq!(
        localities.level(localities.find("E01000001").unwrap()),
        "lsoa"
    );
}

/// Masses by old areas: what goes in comes out.
#[test]
fn masses_of_old_areas_are_added_up_and_divided() {
    let by = "by = \"people\"\nclass = \"population\"";
    let disabled = "\n[[driver]]\ncode = \"disabled\"\nname = \"disabled residents\"\nclass = \"driver\"\nsource = \"made up\"\n\
        tables = [{ file = \"disabled.csv\", lookup = \"small-areas-2011\", outside = \"left out\" }]\n";
    let masses = "locality,ages,mass\nOLD1,0-15,40\nOLD1,16+,0\nOLD2,0-15,51\nOLD2,16+,49\nOLD3,0-15,5\nOLD3,16+,1\nOLD4,0-15,6\nOLD4,16+,2\nOLD5,0-15,9\nOLD5,16+,8\nNEW,0-15,1\n";
    let place = format!("{HEAD}{PEOPLE}{}{disabled}", lookup(by));
    let files = [("changes.csv", CHANGES), ("disabled.csv", masses)];
    let place = Pack::new(&place, &files).open();
    let driver = &place.drivers()[1];
    let mass = |code: &str, ages: &str| {
        let localities = &place.axes().localities;
        let leaves = localities.leaves(localities.find(code).unwrap());
        driver
            .mass(leaves, ages.parse().unwrap(), Groups::All)
            .unwrap()
    };
    // 51 by 300 : 200 is 30.6 and 20.4; then 49 more make 60 and 40 of 100.
    assert_eq!(
        (mass("E01000002", "0-15"), mass("E01000003", "0-15")),
        (31, 20)
    );
    assert_eq!(
        (mass("E01000002", "all"), mass("E01000003", "all")),
        (60, 40)
    );
    assert_eq!(mass("E01000004", "all"), 14);
    assert_eq!(mass("county", "all"), 40 + 100 + 14);
    let told = notices(&place);
    assert!(told.contains("disabled.csv: 3 rows about 2 areas that the place does not have were left out, with a mass of 18 together"), "{told}");

    let without = format!("{HEAD}{PEOPLE}{}{disabled}", lookup(""));
    let faults = Pack::new(&without, &files).faults();
    assert!(
        faults.contains("1 area of lookup `small-areas-2011` is divided over several, and nothing says how: OLD2 (`OLD2`: it has no weights) (area-not-divided)"),
        "{faults}"
    );
    assert!(
        faults.contains("give the rows of the lookup a `weight`"),
        "{faults}"
    );
    let twice = masses.replace("OLD4,16+,2\n", "OLD4,16+,2\nOLD4,16+,2\n");
    let place = format!("{HEAD}{PEOPLE}{}{disabled}", lookup(by));
    let faults = Pack::new(&place, &[files[0], ("disabled.csv", &twice)]).faults();
    assert!(
        faults.contains("the mass of `OLD4` is already given at disabled.csv:9 (mass-given-twice)"),
        "{faults}"
    );
}

/// Parishes that cut across small areas: weights divide their money, and say how they are known.
#[test]
fn areas_that_cut_across_others_need_weights() {
    let parishes = "parish,name,lsoa,share\nP1,First,E01000001,60\nP1,First,E01000002,40\nP2,Second,E01000002,1\nP2,Second,E01000003,3\n";
    let lookup = |keys: &str, weight: &str| {
        format!(
            "\n[[lookup]]\ncode = \"parishes\"\n{keys}\ntables = [{{ file = \"parishes.csv\", columns = {{ from = \"parish\", to = \"lsoa\"{weight} }} }}]\n"
        )
    };
    let paid = lines(&[("P1", "100"), ("P2", "100")]);
    let by_parish = ledger("{ by = \"code\", lookup = \"parishes\" }");
    let files = [("parishes.csv", parishes), ("paid.csv", paid.as_str())];
    let open =
        |lookup: &str| Pack::new(&format!("{HEAD}{PEOPLE}{lookup}{by_parish}"), &files).open();

    let place = open(&lookup("class = \"judgement\"", ", weight = \"share\""));
    let asked = Asked::new(&place);
    assert_eq!(
        asked.rows("locality@lsoa"),
        [
            "E01000001 £60.00 judgement",
            "E01000002 £65.00 judgement",
            "E01000003 £75.00 judgement"
        ]
    );
    // All of P1 lies in one ward: its weights do not matter there.
    assert_eq!(
        asked.rows("locality@ward"),
        ["north £125.00 direct+judgement", "south £75.00 judgement"]
    );

    let place = open(&lookup("by = \"people\"\nclass = \"population\"", ""));
    assert_eq!(
        Asked::new(&place).rows("locality@lsoa"),
        [
            "E01000001 £25.00 population",
            "E01000002 £135.00 population",
            "E01000003 £40.00 population"
        ]
    );

    let place = open(&lookup("", ""));
    let told = notices(&place);
    assert!(
        told.contains("2 are divided between areas that others have a part in (P1, P2)"),
        "{told}"
    );
    assert!(
        told.contains("lines of areas that are divided between others stay unmapped"),
        "{told}"
    );
    assert_eq!(
        Asked::new(&place).rows("locality@lsoa"),
        ["unmapped £200.00 direct"]
    );
}

/// Wards of a place out of the small areas that make them up, as ONS gives them out.
#[test]
fn a_best_fit_lookup_makes_wards() {
    let text = "LSOA21CD,LSOA21NM,WD24CD,WD24NM,LAD24CD,LAD24NM\nE01000001,,E05000001,Abbey,E06,Small\nE01000003,,E05000001,Abbey,E06,Small\nE01000002,,E05000002,Castle,E06,Small\nE01000004,,E05000002,Castle,E06,Small\nE01000099,,E05000099,Far,E07,Elsewhere\n";
    let lookup = "\n[[lookup]]\ncode = \"wards-2024\"\nlevel = \"ward-2024\"\ntables = [{ file = \"wards.csv\", outside = \"left out\", columns = { from = \"WD24CD\", to = \"LSOA21CD\", name = \"WD24NM\" } }]\n";
    let place = Pack::new(&format!("{HEAD}{PEOPLE}{lookup}"), &[("wards.csv", text)]).open();
    assert_eq!(mass(&place, "E05000001", "all"), Some(300));
    assert_eq!(place.axes().localities.at_level("ward-2024").len(), 2);
}

proptest! {
    #![proptest_config(crate::spend::conservation::cases(40))]

    /// Whatever was merged and divided: the masses of the file are those of the place and those left out.
    #[test]
    fn mass_in_is_mass_out(
        links in prop::collection::vec((0usize..6, 0usize..6, 1u32..50), 1..14),
        masses in prop::collection::vec(0u32..10_000, 20),
    ) {
        let areas = ["E01000001", "E01000002", "E01000003", "E01000004", "E01088888", "E01099999"];
        let mut rows: BTreeMap<(String, &str), u32> = BTreeMap::new();
        for (from, to, weight) in links {
            rows.entry((format!("F{from}"), areas[to])).or_insert(weight);
        }
        for (number, area) in areas[..4].iter().enumerate() {
            if !rows.keys().any(|(_, to)| to == area) {
                rows.insert((format!("B{number}"), area), 1);
            }
        }
        let mut changes = String::from("from,to,weight\n");
        for ((from, to), weight) in &rows {
            changes.push_str(&format!("{from},{to},{weight}\n"));
        }
        let mut from: Vec<&String> = rows.keys().map(|(from, _)| from).collect();
        from.dedup();
        let mut text = String::from("locality,ages,mass\n");
        let mut all = 0;
        let mut next = masses.iter().cycle();
        for area in from {
            for ages in ["0-15", "16+"] {
                let tenths = next.next().unwrap();
                all += tenths;
                text.push_str(&format!("{area},{ages},{}.{}\n", tenths / 10, tenths % 10));
            }
        }
        let place = format!("{HEAD}\n[[lookup]]\ncode = \"old\"\nclass = \"judgement\"\ntables = [{{ file = \"changes.csv\", outside = \"left out\" }}]\n\
            [[driver]]\ncode = \"people\"\nname = \"people\"\nclass = \"population\"\nsource = \"made up\"\n\
            tables = [{{ file = \"people.csv\", lookup = \"old\", outside = \"left out\" }}]\n[[sharing]]\ndriver = \"people\"\n");
        let place = Pack::new(&place, &[("changes.csv", &changes), ("people.csv", &text)]).open();
        let driver = &place.drivers()[0];
        let here = mass(&place, "county", "all").unwrap() * 10 / driver.scale();
        let told = notices(&place);
        let left_out = told.split("with a mass of ").nth(1).map_or(0, |rest| {
            let number = rest.split(' ').next().unwrap();
            let (whole, tenth) = number.split_once('.').unwrap_or((number, "0"));
            whole.parse::<u64>().unwrap() * 10 + tenth.parse::<u64>().unwrap()
        });
        prop_assert_eq!(here + left_out, u64::from(all), "{}\n{}{}", told, changes, text);
    }
}
