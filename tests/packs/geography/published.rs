//! Tables as their publishers give them out.

use super::*;

/// A driver of one table.
fn driver(table: &str) -> String {
    format!(
        "{HEAD}\n[[driver]]\ncode = \"people\"\nname = \"residents\"\nclass = \"population\"\n\
         source = \"ONS\"\ntables = [{table}]\n\n[[sharing]]\ndriver = \"people\"\n"
    )
}

/// NOMIS, "Query data": titles, blank rows, commas between thousands, notes below.
const QUERY: &str = "\
\"TS007A - Age by five-year age bands\"
\"ONS Crown Copyright Reserved [from Nomis on 12 March 2024]\"

\"population\",\"All usual residents\"
\"units\",\"Persons\"
\"date\",\"2021\"

\"2021 super output area - lower layer\",\"mnemonic\",\"Total\",\"Aged 15 years and under\",\"Aged 16 to 64 years\",\"Aged 65 years and over\"

\"E01000001 : Small 001A\",\"E01000001\",\"1,500\",\"300\",\"1,000\",\"200\"
\"E01000002 : Small 001B\",\"E01000002\",\"1,000\",\"200\",\"700\",\"100\"
\"E01000003 : Small 002A\",\"E01000003\",\"2,101\",\"400\",\"1,400\",\"300\"
\"E01000004 : Small 002B\",\"E01000004\",\"10\",\"2\",\"5\",\"3\"

\"In order to protect against disclosure of personal information, records have been swapped between different geographic areas and counts perturbed by small amounts. Small counts at the lowest geographies will be most affected.\"
";

#[test]
fn a_nomis_query_goes_in_as_it_is_downloaded() {
    let place = driver(
        "{ file = \"nomis.csv\", columns = { locality = \"mnemonic\" }, ages_in_columns = \"*\" }",
    );
    let place = Pack::new(&place, &[("nomis.csv", QUERY)]).open();
    assert_eq!(mass(&place, "E01000001", "16-64"), Some(1_000));
    assert_eq!(mass(&place, "county", "0-15"), Some(902));
    assert_eq!(mass(&place, "south", "65+"), Some(303));
    assert_eq!(mass(&place, "county", "all"), Some(4_610));
    let told = notices(&place);
    assert!(told.contains("nomis.csv:15: 1 row of one cell below the table, after an empty row, were taken for notes") || told.contains("taken for notes (notes-below-table)"), "{told}");
    // 400 + 1,400 + 300 is 2,100.
    assert!(
        told.contains("nomis.csv:12: Total: in 1 of 4 rows the ages add up to another number than `Total`, by 1 at most"),
        "{told}"
    );
}

/// NOMIS bulk download `census2021-ts007a-lsoa.csv`: all of England and Wales.
const BULK: &str = "\
date,geography,geography code,Age: Total,Age: Aged 4 years and under,Age: Aged 5 to 9 years,Age: Aged 10 years and over
2021,Small 001A,E01000001,10,1,2,7
2021,Small 001B,E01000002,10,2,2,6
2021,Small 002A,E01000003,10,3,2,5
2021,Small 002B,E01000004,10,4,2,4
2021,Elsewhere 001A,E01000005,1473,73,400,1000
2021,Elsewhere 001B,E01000006,27,7,10,10
";

#[test]
fn a_national_file_leaves_out_what_is_elsewhere_and_counts_it() {
    let table = "file = \"ts007a.csv\", columns = { locality = \"geography code\" }, ages_in_columns = \"*\"";
    let place = driver(&format!("{{ {table}, outside = \"left out\" }}"));
    let place = Pack::new(&place, &[("ts007a.csv", BULK)]).open();
    assert_eq!(mass(&place, "county", "all"), Some(40));
    assert_eq!(mass(&place, "north", "0-4"), Some(3));
    let told = notices(&place);
    assert!(
        told.contains("2 rows about 2 areas that the place does not have were left out, with a mass of 1500 together (areas-left-out)"),
        "{told}"
    );

    let place = driver(&format!("{{ {table} }}"));
    let mut national = BULK.to_owned();
    for area in 10..300 {
        national.push_str(&format!("2021,Elsewhere,E01000{area:03},3,1,1,1\n"));
    }
    let faults = Pack::new(&place, &[("ts007a.csv", &national)]).faults();
    assert!(
        faults.contains("876 rows about 292 areas that the place does not have: `E01000005`, `E01000006`, `E01000010` and 289 more (unknown-locality)"),
        "{faults}"
    );
    assert!(
        faults.contains("outside = \"left out\"") && faults.ends_with("1 finding"),
        "{faults}"
    );
}

/// ONS mid-year estimates by single year of age and sex: a workbook with a cover, titles, and females and
/// males in columns of their own.
#[test]
fn a_workbook_of_mid_year_estimates_is_read_by_its_patterns() {
    let table = "file = \"sape.xlsx\", columns = { locality = \"LSOA 2021 Code\" }, ages_in_columns = [\"F*\", \"M*\"], outside = \"left out\"";
    let pack = Pack::new(&driver(&format!("{{ {table} }}")), &[]);
    let mut book = rust_xlsxwriter::Workbook::new();
    let cover = book.add_worksheet().set_name("Cover sheet").unwrap();
    cover.write(0, 0, "Mid-2022 population estimates").unwrap();
    cover.write(2, 0, "Office for National Statistics").unwrap();
    let sheet = book.add_worksheet().set_name("Mid-2022 LSOA 2021").unwrap();
    sheet
        .write(
            0,
            0,
            "Mid-2022 population estimates for lower layer super output areas",
        )
        .unwrap();
    let fixed = [
        "LAD 2021 Code",
        "LAD 2021 Name",
        "LSOA 2021 Code",
        "LSOA 2021 Name",
        "Total",
    ];
    let ages = || (0..=90u16).map(|age| age.to_string());
    let headings = fixed.iter().map(ToString::to_string);
    let headings = headings.chain(ages().map(|age| format!("F{age}")));
    for (column, heading) in (0..).zip(headings.chain(ages().map(|age| format!("M{age}")))) {
        sheet.write(3, column, heading).unwrap();
    }
    let codes = [
        "E01000001",
        "E01000002",
        "E01000003",
        "E01000004",
        "E01099999",
    ];
    for (row, code) in (4..).zip(codes) {
        sheet.write(row, 2, code).unwrap();
        sheet.write(row, 4, 364).unwrap();
        for age in 0..=90u16 {
            sheet.write(row, 5 + age, 1).unwrap();
            sheet.write(row, 5 + 91 + age, 3).unwrap();
        }
    }
    book.save(pack.folder.path().join("sape.xlsx")).unwrap();
    let place = pack.open();
    assert_eq!(mass(&place, "E01000001", "17"), Some(4));
    assert_eq!(mass(&place, "north", "90+"), Some(8));
    assert_eq!(mass(&place, "county", "all"), Some(4 * 364));
    let told = notices(&place);
    assert!(
        told.contains("sape.xlsx [Cover sheet]") && told.contains("(sheet-without-header)"),
        "{told}"
    );
    assert!(told.contains("1 row about 1 area that the place does not have was left out, with a mass of 364 together"), "{told}");
}

/// Single years from NOMIS come with bands that are sums of them.
#[test]
fn bands_that_overlap_are_named_and_left_out() {
    let text = "\
area,0 to 15,All ages,0 to 4,5-15,16 plus
E01000001,3,10,1,2,7
E01000002,3,10,1,2,7
E01000003,3,10,1,2,7
E01000004,3,10,1,2,7
";
    let table = "file = \"ages.csv\", columns = { locality = \"AREA\" }, ages_in_columns = \"*\"";
    let faults = Pack::new(&driver(&format!("{{ {table} }}")), &[("ages.csv", text)]).faults();
    assert!(
        faults.contains("its age bands overlap or leave ages out: 0-4, 0-15, 5-15, 16+"),
        "{faults}"
    );
    let place = driver(&format!("{{ {table}, left_out = [\"0 to 15\"] }}"));
    let place = Pack::new(&place, &[("ages.csv", text)]).open();
    assert_eq!(mass(&place, "county", "5-15"), Some(8));
    assert_eq!(mass(&place, "county", "all"), Some(40));
    assert_eq!(notices(&place), "0 findings");
}

/// Headings in another case, with blanks and signs, and under one of several names.
#[test]
fn headings_are_as_tolerant_as_those_of_ledgers() {
    let text = "\
Residents of Small

 Lsoa Code ,NOTE,Persons (all)
E01000001,,\"1,100\"
E01000002,,300
E01000003,,200.0
E01000004,, 400
";
    let table = "{ file = \"people.csv\", columns = { locality = [\"lsoa21cd\", \"LSOA_CODE\"], mass = \"persons all\" } }";
    let place = Pack::new(&driver(table), &[("people.csv", text)]).open();
    assert_eq!(mass(&place, "county", "all"), Some(2_000));
    let table = "{ file = \"people.csv\", columns = { locality = [\"lsoa21cd\", \"LSOA21\"], mass = \"persons all\" } }";
    let faults = Pack::new(&driver(table), &[("people.csv", text)]).faults();
    assert!(
        faults.contains("people.csv:3: lsoa21cd: there is no column `lsoa21cd` or `LSOA21`"),
        "{faults}"
    );
}

/// A row of one cell is a note only below an empty row, and only if no whole row follows.
#[test]
fn rows_of_one_cell_are_rows_unless_they_stand_below_the_table() {
    let head = HEAD.replace(
        "[[partners]]\nrows = [{ code = \"council\" }]",
        "[[partners]]\nfile = \"partners.csv\"",
    );
    let place = format!("{head}{PEOPLE}");
    let open = |text: &str| {
        let place = Pack::new(&place, &[("partners.csv", text)]).open();
        (place.axes().partners.len(), notices(&place))
    };
    assert_eq!(
        open("code,name\ncouncil\npolice\n"),
        (2, "0 findings".to_owned())
    );
    assert_eq!(
        open("code,name\ncouncil,\n\npolice\n\nnhs,NHS\n"),
        (3, "0 findings".to_owned())
    );
    let (partners, told) = open("code,name\ncouncil,Council\n\nSource: made up\nTaken in March\n");
    assert_eq!(partners, 1);
    assert!(told.contains("partners.csv:4: 2 rows of one cell below the table, after an empty row, were taken for notes (notes-below-table)"), "{told}");
}

/// Codes of two editions that differ in what they mean.
#[test]
fn a_vintage_is_said_once_for_a_whole_table() {
    let place = format!(
        "{HEAD}\n[[driver]]\ncode = \"people\"\nname = \"residents\"\nclass = \"population\"\nsource = \"ONS\"\n\
        tables = [{{ file = \"people.csv\", vintage = \"2021\" }}]\n\n[[sharing]]\ndriver = \"people\"\n"
    );
    let place = place.replace("\n[[activities]]", "\n[[localities]]\nfile = \"wards.csv\"\nvintage = \"2021\"\n\n[[localities]]\nfile = \"old.csv\"\nvintage = \"2011\"\n\n[[activities]]");
    let files = [
        ("wards.csv", "code,level,parent\nE01000009,lsoa,south\n"),
        ("old.csv", "code,level,parent\nE01000009,lsoa-2011,north\n"),
        (
            "people.csv",
            "locality,mass\nE01000001,1\nE01000002,1\nE01000003,1\nE01000004,1\nE01000009,5\n",
        ),
    ];
    let faults = Pack::new(&place, &files).faults();
    assert!(
        faults.contains("no mass for some ages of 1 leaf areas: E01000009"),
        "{faults}"
    );
    let both = place.replace("vintage = \"2021\" }]", "vintage = \"2021\" }, { vintage = \"2011\", rows = [{ locality = \"E01000009\", mass = \"7\" }] }]");
    let place = Pack::new(&both, &files).open();
    assert_eq!(mass(&place, "E01000009@2021", "all"), Some(5));
    assert_eq!(mass(&place, "E01000009@2011", "all"), Some(7));
    assert_eq!(
        (mass(&place, "north", "all"), mass(&place, "south", "all")),
        (Some(9), Some(7))
    );
}

#[test]
fn an_england_wide_file_of_outlines_is_passed_over() {
    let square = |code: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"LSOA21CD":"{code}"}},"geometry":{{"type":"Polygon","coordinates":[[[-2.7,52.3],[-2.6,52.3],[-2.6,52.4],[-2.7,52.3]]]}}}}"#
        )
    };
    let mut codes = vec!["E01000001".to_owned(), "E01000004".to_owned()];
    codes.extend((100..400).map(|number| format!("E01000{number}")));
    let features: Vec<String> = codes.iter().map(|code| square(code)).collect();
    let geojson = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
        features.join(",")
    );
    let outlines = |more: &str| {
        let place = format!(
            "{HEAD}{PEOPLE}\n[outlines]\nfile = \"lsoa.geojson\"\ncode = \"LSOA21CD\"\nsource = \"ONS\"\n{more}"
        );
        Pack::new(&place, &[("lsoa.geojson", &geojson)])
            .open()
            .outlines()
    };
    let found = outlines("outside = \"left out\"").unwrap().unwrap();
    assert_eq!((found.localities().count(), found.left_out()), (2, 300));
    let Err(PlaceError::Faults(faults)) = outlines("") else {
        panic!("areas of elsewhere are a fault unless the pack leaves them out");
    };
    assert_eq!(faults.len(), 1);
    assert!(
        faults
            .to_string()
            .contains("300 rows about 300 areas that the place does not have"),
        "{faults}"
    );
}
