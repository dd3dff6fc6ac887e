//! Lines by postcode.

use super::*;

/// The headings of the NSPL of May 2025, and rows that we wrote: three postcodes in the first area, one in
/// each of the next two, one beyond the place, one that ended before areas were drawn.
fn directory() -> String {
    let headings = "pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa21,cty,ced,laua,ward,nhser,ctry,rgn,pcon,ttwa,itl,park,lsoa21,msoa21,wz11,sicbl,bua24,ruc21,oac11,lat,long,lep1,lep2,pfa,imd,icb";
    let mut text = format!("{headings}\n");
    for (postcode, area) in [
        ("ZZ8 1AA", "E01000001"),
        ("ZZ8 1AB", "E01000001"),
        ("ZZ8 1AC", "E01000001"),
        ("ZZ8 1AD", "E01000002"),
        ("ZZ8 2AA", "E01000003"),
        ("ZZ8 2AB", "E01099999"),
        ("ZZ8 9AA", ""),
    ] {
        let cells: Vec<String> = (headings.split(','))
            .map(|heading| match heading {
                "pcds" => postcode.to_owned(),
                "pcd" => postcode.replace(' ', ""),
                "pcd2" => postcode.replace(' ', "  "),
                "lsoa21" => area.to_owned(),
                _ => "0".to_owned(),
            })
            .map(|cell| format!("\"{cell}\""))
            .collect();
        text.push_str(&format!("{}\n", cells.join(",")));
    }
    text
}

fn lookup(fallback: &str) -> String {
    format!(
        "\n[[lookup]]\ncode = \"postcodes\"\nnormalise = \"postcode\"\n{fallback}\n\
         tables = [{{ file = \"nspl.csv\", columns = {{ from = \"pcds\", to = [\"lsoa21cd\", \"lsoa21\"] }}, outside = \"left out\" }}]\n"
    )
}

const BY_POSTCODE: &str = "{ by = \"code\", lookup = \"postcodes\" }";

fn open(fallback: &str, paid: &[(&str, &str)]) -> Opened {
    let place = format!("{HEAD}{PEOPLE}{}{}", lookup(fallback), ledger(BY_POSTCODE));
    Pack::new(
        &place,
        &[("nspl.csv", &directory()), ("paid.csv", &lines(paid))],
    )
    .open()
}

const PAID: [(&str, &str); 10] = [
    ("zz81aa", "100"),
    ("ZZ8  1AD", "50"),
    ("ZZ8 2AA ", "20"),
    ("ZZ8 2AB", "9"),
    ("ZZ8 1ZX", "8"),
    ("ZZ8 1", "4"),
    ("ZZ8 2", "10"),
    ("ZZ8", "6"),
    ("XX1 1AA", "3"),
    ("Mrs J Smith", "1"),
];

#[test]
fn lines_lie_where_their_postcodes_do() {
    let place = open("", &PAID);
    let told = notices(&place);
    assert!(
        told.contains("nspl.csv: 1 row about 1 area that the place does not have was left out"),
        "{told}"
    );
    let asked = Asked::new(&place);
    assert_eq!(
        asked.rows("locality@lsoa"),
        [
            "E01000001 £100.00 direct",
            "E01000002 £50.00 direct",
            "E01000003 £20.00 direct",
            "outside-boundary £9.00 direct",
            "unmapped £32.00 direct",
        ]
    );
    let told = asked.account.findings().to_string();
    assert!(told.contains("lookup `postcodes` does not have postcodes in `ZZ8` of ledger `paid` (4 lines) (not-in-lookup)\n  £28.00 at stake"), "{told}");
    assert!(
        told.contains("does not have postcodes in `XX1` of ledger `paid` (1 line)"),
        "{told}"
    );
    for hidden in ["1ZX", "1AA", "Smith"] {
        assert!(!told.contains(hidden), "{hidden} is not shown: {told}");
    }
}

/// 8 + 4 pounds of sector `ZZ8 1` by 3 : 1 postcodes; 10 of `ZZ8 2`, half of it beyond the place; 6 of the
/// district by 3 : 1 : 1 : 1.
#[test]
fn sectors_and_districts_are_divided_by_a_stated_measure() {
    let place = open(
        "fallback = { to = \"district\", by = \"postcodes\", class = \"population\" }",
        &PAID,
    );
    assert_eq!(
        Asked::new(&place).rows("locality@lsoa"),
        [
            "E01000001 £112.00 direct+population",
            "E01000002 £54.00 direct+population",
            "E01000003 £26.00 direct+population",
            "outside-boundary £15.00 direct+population",
            "unmapped £4.00 direct",
        ]
    );
    // 100 and 300 residents, all of whose postcodes lie in the sector.
    let place = open(
        "fallback = { to = \"sector\", by = \"people\", class = \"driver\" }",
        &[("ZZ8 1", "4"), ("ZZ8", "6")],
    );
    assert_eq!(
        Asked::new(&place).rows("locality@lsoa"),
        [
            "E01000001 £1.00 driver",
            "E01000002 £3.00 driver",
            "unmapped £6.00 direct"
        ]
    );
}

#[test]
fn rows_of_the_crosswalk_come_first_and_may_name_a_district() {
    let place = format!(
        "{HEAD}{PEOPLE}{}\n[[crosswalk]]\nrows = [\n    {{ ledger = \"paid\", axis = \"locality\", code = \"zz81aa\", to = \"south\" }},\n    {{ ledger = \"paid\", axis = \"locality\", code = \"XX1\", to = \"north\" }},\n]\n{}",
        lookup(""),
        ledger("{ by = \"crosswalk\", lookup = \"postcodes\", otherwise = \"county\" }")
    );
    let place = Pack::new(
        &place,
        &[("nspl.csv", &directory()), ("paid.csv", &lines(&PAID))],
    )
    .open();
    let asked = Asked::new(&place);
    // A row for a district is used by each of its postcodes.
    assert!(
        !asked
            .account
            .findings()
            .to_string()
            .contains("crosswalk-code-in-no-file"),
        "{}",
        asked.account.findings()
    );
    // South: all of zz81aa and 20; the county's 29 are shared, 4 : 6 by residents.
    assert_eq!(
        asked.rows("locality@ward"),
        [
            "north £64.60 direct+population",
            "outside-boundary £9.00 direct",
            "south £137.40 direct+population"
        ]
    );
}

#[test]
fn what_is_wrong_with_a_file_is_told_once() {
    let faults = |lookup: &str, text: &str| {
        let place = format!("{HEAD}{PEOPLE}{lookup}");
        Pack::new(&place, &[("nspl.csv", text)]).faults()
    };
    let told = faults(
        &lookup("").replace(", outside = \"left out\"", ""),
        &directory(),
    );
    assert!(told.contains("nspl.csv:7: to: 1 row about 1 area that the place (lookup `postcodes`) does not have: `E01099999`"), "{told}");
    let told = faults(&lookup("").replace("\"pcds\"", "\"lat\""), &directory());
    assert!(
        told.contains("7 of 7 rows have no postcode, the first `0` (not-a-postcode)"),
        "{told}"
    );
    let told = faults(&lookup("").replace("from = \"pcds\", ", ""), &directory());
    assert!(
        told.contains("there is no column `from` (no-such-column)"),
        "{told}"
    );
    let twice = directory() + &directory().replace("E01000001", "E01000002");
    let told = faults(&lookup(""), &twice);
    assert!(
        told.contains("lookup `postcodes` puts 3 postcodes into two areas (postcode-given-twice)"),
        "{told}"
    );
    let told = faults(
        &lookup("fallback = { to = \"sector\", by = \"peple\", class = \"driver\" }"),
        &directory(),
    );
    assert!(
        told.contains("`peple` is neither a driver nor `postcodes` (unknown-driver)"),
        "{told}"
    );
    let told = faults(
        &lookup("fallback = { to = \"sector\", by = \"people\", class = \"direct\" }"),
        &directory(),
    );
    assert!(
        told.contains("its weights have the class direct (lookup-unclear)"),
        "{told}"
    );
}

/// A workbook, and a text of an old code page, hold the same postcodes.
#[test]
fn other_kinds_of_files_hold_the_same() {
    let paid = lines(&[("zz81aa", "100"), ("ZZ8 2AB", "9")]);
    let wanted = ["E01000001 £100.00 direct", "outside-boundary £9.00 direct"];
    let place = format!("{HEAD}{PEOPLE}{}{}", lookup(""), ledger(BY_POSTCODE));

    let mut old = directory().into_bytes();
    old.extend(b"\"ZZ8 9AB\",\"\xA3\"\n");
    let pack = Pack::new(&place, &[("paid.csv", &paid)]);
    std::fs::write(pack.folder.path().join("nspl.csv"), old).unwrap();
    assert_eq!(Asked::new(&pack.open()).rows("locality@lsoa"), wanted);

    let pack = Pack::new(
        &place.replace("nspl.csv", "nspl.xlsx"),
        &[("paid.csv", &paid)],
    );
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Postcodes of May 2025").unwrap();
    let text = directory();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    for (row, record) in (2..).zip(reader.records()) {
        for (column, cell) in (0..).zip(record.unwrap().iter()) {
            sheet.write(row, column, cell).unwrap();
        }
    }
    book.save(pack.folder.path().join("nspl.xlsx")).unwrap();
    assert_eq!(Asked::new(&pack.open()).rows("locality@lsoa"), wanted);
}

/// Postcodes of areas of another census, through the lookup of those.
#[test]
fn a_lookup_may_lead_through_another() {
    let old = "\n[[lookup]]\ncode = \"old\"\ntables = [{ rows = [{ from = \"OLD1\", to = \"E01000001\" }, { from = \"OLD2\", to = \"E01000002\" }, { from = \"OLD2\", to = \"E01000003\" }] }]\n";
    let postcodes = "\n[[lookup]]\ncode = \"postcodes\"\nnormalise = \"postcode\"\ntables = [{ lookup = \"old\", rows = [{ from = \"ZZ8 1AA\", to = \"OLD1\" }, { from = \"ZZ8 1AB\", to = \"OLD2\" }] }]\n";
    let place = format!("{HEAD}{PEOPLE}{old}{postcodes}{}", ledger(BY_POSTCODE));
    let place = Pack::new(
        &place,
        &[("paid.csv", &lines(&[("ZZ8 1AA", "10"), ("ZZ8 1AB", "50")]))],
    )
    .open();
    assert_eq!(
        Asked::new(&place).rows("locality@lsoa"),
        [
            "E01000001 £10.00 direct",
            "E01000002 £30.00 population",
            "E01000003 £20.00 population"
        ]
    );
}

/// By the partner's own codes, districts stand for postcodes.
#[test]
fn a_table_by_postcode_shows_districts() {
    let place = open("", &PAID);
    let asked = Asked::new(&place);
    let answer = (asked.cube.ask())
        .period("2024-25".parse().unwrap())
        .phase(Phase::Outturn)
        .boundary(Boundary::AllPartners)
        .of_lines(&asked.account)
        .by(["code@locality".parse::<By>().unwrap()])
        .answer()
        .unwrap();
    let mut codes: Vec<&str> = answer
        .rows
        .iter()
        .map(|row| row.keys[1].code.as_str())
        .collect();
    codes.sort_unstable();
    assert_eq!(codes, ["XX1", "ZZ8", "xxx x xxxxx"]);
}

/// The published postcodes of a county.
#[test]
fn the_postcodes_of_shropshire_are_those_of_its_areas() {
    let Some(shared) = crate::fixtures::shared::folder("shropshire") else {
        return;
    };
    let place = "[place]\nname = \"Shropshire\"\nlocality = \"E06000051\"\n\
        [[localities]]\nrows = [{ code = \"E06000051\", level = \"county\" }]\n\
        [[localities]]\ndata = \"geography/lsoa.csv\"\ncolumns = { code = \"lsoa11\", name = \"lsoa_name\" }\nset = { level = \"lsoa\", parent = \"E06000051\" }\n\
        [[activities]]\nrows = [{ code = \"care\" }]\n[[groups]]\nrows = [{ code = \"everyone\" }]\n[[partners]]\nrows = [{ code = \"council\" }]\n\
        [[lookup]]\ncode = \"postcodes\"\nnormalise = \"postcode\"\nfallback = { to = \"district\", by = \"postcodes\", class = \"population\" }\n\
        tables = [{ data = \"geography/postcode_lsoa.csv\", columns = { from = \"postcode\", to = \"lsoa11\" } }]\n\
        [[driver]]\ncode = \"people\"\nname = \"residents\"\nclass = \"population\"\nsource = \"ONS\"\n\
        tables = [{ data = \"population/lsoa_age_2017.csv\", columns = { locality = \"lsoa11\", ages = \"age\", mass = \"persons\" } }]\n\
        [[sharing]]\ndriver = \"people\"\n";
    // Every school of the county: the file says in which area its postcode lies.
    let schools = std::fs::read_to_string(shared.join("geography/school.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(schools.as_bytes());
    let mut paid = String::from("date,where,amount\n");
    let mut wanted: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
    for row in reader.records() {
        let row = row.unwrap();
        if row[17] == *"postcode" {
            paid.push_str(&format!("03/04/2024,{},1.00\n", row[3].to_lowercase()));
            *wanted.entry(row[15].to_owned()).or_default() += 1;
        }
    }
    let folder = pack(&[
        ("place.toml", &format!("{place}{}", ledger(BY_POSTCODE))),
        ("paid.csv", &paid),
    ]);
    let place = Place::open_with_data(folder.path(), &shared).unwrap();
    let asked = Asked::new(&place);
    let rows: std::collections::BTreeMap<String, u32> = (asked.rows("locality@lsoa").iter())
        .map(|row| {
            let (code, rest) = row.split_once(" £").unwrap();
            let (pounds, class) = rest.split_once(".00 ").unwrap();
            assert_eq!(class, "direct", "{row}");
            (code.to_owned(), pounds.parse().unwrap())
        })
        .collect();
    assert!(wanted.len() > 100);
    assert_eq!(rows, wanted);
}
