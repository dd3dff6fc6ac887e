//! The examples of the documentation of `place`, each opened as it is written, with files under the
//! headings of those that it names.

use super::*;

const RECIPES: &str = include_str!("../../../src/place/recipes.md");

/// The example under a heading.
fn recipe(heading: &str) -> String {
    let section = RECIPES
        .split("\n## ")
        .find(|section| section.starts_with(heading));
    let section = section.unwrap_or_else(|| panic!("there is a recipe `{heading}`"));
    let (_, rest) = section.split_once("```toml\n").unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

/// Opens a recipe in the small place; each of `files` is one that it names.
fn open(recipe: &str, files: &[(&str, &str)]) -> Opened {
    for (name, _) in files {
        assert!(recipe.contains(name), "the recipe names {name}");
    }
    let data = pack(files);
    let pack = Pack::new(&format!("{HEAD}{PEOPLE}{recipe}"), &[]);
    let place = Place::open_with_data(pack.folder.path(), data.path());
    Opened {
        place: place.unwrap_or_else(|error| panic!("{error}")),
        _folders: vec![pack.folder, data],
    }
}

const NSPL: &str = "\
pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa21,cty,ced,laua,ward,nhser,ctry,rgn,pcon,ttwa,itl,park,lsoa21,msoa21,wz11,sicbl,bua24,ruc21,oac11,lat,long,lep1,lep2,pfa,imd,icb
\"ZZ8 1AA\",\"ZZ8  1AA\",\"ZZ8 1AA\",\"198001\",\"\",\"0\",\"385386\",\"0801193\",\"1\",\"E00000001\",\"E99999999\",\"E99999999\",\"E06\",\"E05\",\"E40\",\"E92\",\"E12\",\"E14\",\"E30\",\"TLG\",\"E65\",\"E01000001\",\"E02\",\"E33\",\"E38\",\"E63\",\"RSN1\",\"1B1\",52.1,-2.7,\"\",\"\",\"E23\",1,\"E54\"
\"ZZ8 1AB\",\"ZZ8  1AB\",\"ZZ8 1AB\",\"198001\",\"\",\"0\",\"385386\",\"0801193\",\"1\",\"E00000002\",\"E99999999\",\"E99999999\",\"E06\",\"E05\",\"E40\",\"E92\",\"E12\",\"E14\",\"E30\",\"TLG\",\"E65\",\"E01000004\",\"E02\",\"E33\",\"E38\",\"E63\",\"RSN1\",\"1B1\",52.1,-2.7,\"\",\"\",\"E23\",1,\"E54\"
\"AB1 0AA\",\"AB1  0AA\",\"AB1 0AA\",\"198001\",\"199606\",\"0\",\"385386\",\"0801193\",\"1\",\"S00090303\",\"S99999999\",\"S99999999\",\"S12000033\",\"S13002843\",\"S99999999\",\"S92000003\",\"S99999999\",\"S14000002\",\"S22000047\",\"S30000026\",\"S99999999\",\"S01006514\",\"S02001237\",\"S34002990\",\"S03000012\",\"S99999999\",\"3\",\"1C3\",57.101474,-2.242851,\"S99999999\",\"S99999999\",\"S23000009\",6808,\"S99999999\"
";

/// The same three in the editions of 2026, of February 2023 (some columns) and of the best-fit lookup.
const EDITIONS: [&str; 2] = [
    "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty26cd,ced25cd,lad26cd,wd26cd,nhser24cd,ctry26cd,rgn26cd,pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,msoa21cd,wz11cd,sicbl26cd,bua24cd,ruc21ind,oac21ind,lat,long,lep21cd1,lep21cd2,pfa23cd,imd25ind,icb26cd",
    "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind,oshlthau,nhser,ctry,rgn,streg,pcon,eer,teclec,ttwa,pct,itl,statsward,oa01,casward,park,lsoa01,msoa01,ur01ind,oac01,oa11,lsoa11,msoa11,wz11,sicbl,bua11,buasd11,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,calncv,icb,oa21,lsoa21,msoa21",
];

#[test]
fn postcodes() {
    let recipe = recipe("Postcodes");
    let paid = "Date,Postcode,Amount\n03/04/2024,zz81aa,10.00\n03/04/2024,ZZ8 1AB,5.00\n03/04/2024,ZZ8 7QQ,4.00\n03/04/2024,AB1 0AA,1.00\n";
    let check = |directory: &str| {
        let place = open(
            &recipe,
            &[("NSPL_MAY_2025_UK.csv", directory), ("payments.csv", paid)],
        );
        let account = PlaceAccount::load(&place).unwrap();
        let cube = Cube::build(&account).unwrap();
        let rows = Asked { account, cube }.rows("locality@lsoa");
        assert_eq!(
            rows,
            [
                "E01000001 £12.00 direct+population",
                "E01000004 £7.00 direct+population",
                "outside-boundary £1.00 direct",
            ]
        );
    };
    check(NSPL);
    for headings in EDITIONS {
        let row = |postcode: &str, area: &str| {
            let cells = headings.split(',').map(|heading| match heading {
                "pcds" => postcode,
                "lsoa21" | "lsoa21cd" => area,
                _ => "x",
            });
            cells.collect::<Vec<_>>().join(",")
        };
        let rows = [
            row("ZZ8 1AA", "E01000001"),
            row("ZZ8 1AB", "E01000004"),
            row("AB1 0AA", "S01006514"),
        ];
        check(&format!("\u{feff}{headings}\r\n{}\r\n", rows.join("\r\n")));
    }
}

#[test]
fn small_areas_of_2011() {
    let changes = "\u{feff}LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM,LAD22NMW,ObjectId\nE01000001,Small 001A,E01000001,Small 001A,U,E06,Small,,1\nE01000011,Small 001X,E01000002,Small 001B,S,E06,Small,,2\nE01000011,Small 001X,E01000003,Small 002A,S,E06,Small,,3\nE01000004,Small 002B,E01000004,Small 002B,U,E06,Small,,4\nW01000001,Far,W01000001,Far,U,W06,Far,,5\n";
    let claimants = "lsoa11,claimants\nE01000001,7\nE01000011,10\nE01000004,\"1,003\"\n";
    let place = open(
        &recipe("2011 to 2021"),
        &[
            ("LSOA11_LSOA21_LAD22_EW_LU.csv", changes),
            ("claimants.csv", claimants),
        ],
    );
    let localities = &place.axes().localities;
    let mass = |code: &str| {
        let leaves = localities.leaves(localities.find(code).unwrap());
        place.drivers()[1]
            .mass(leaves, Ages::ALL, Groups::All)
            .unwrap()
    };
    // 10 by 300 and 200 residents.
    assert_eq!(
        ["E01000001", "E01000002", "E01000003", "E01000004"].map(mass),
        [7, 6, 4, 1_003]
    );
    assert_eq!(mass("E01000011"), 10);
    assert_eq!(localities.at_level("lsoa-2011").len(), 3);
}

#[test]
fn wards() {
    let text = "LSOA21CD,LSOA21NM,LSOA21NMW,WD24CD,WD24NM,WD24NMW,LAD24CD,LAD24NM,LAD24NMW,ObjectId\nE01000001,,,E05000001,Abbey,,E06,Small,,1\nE01000002,,,E05000001,Abbey,,E06,Small,,2\nE01000003,,,E05000001,Abbey,,E06,Small,,3\nE01000004,,,E05000002,Castle,,E06,Small,,4\nW01000004,,,W05000002,Far,,W06,Far,,5\n";
    let place = open(&recipe("Wards"), &[("LSOA21_WD24_LAD24_EW_LU.csv", text)]);
    assert_eq!(mass(&place, "E05000001", "all"), Some(600));
    assert_eq!(
        place
            .axes()
            .localities
            .name(place.axes().localities.find("E05000002").unwrap()),
        "Castle"
    );
}

#[test]
fn parishes() {
    let text = "parish,lsoa21,share\nE04000001,E01000001,70\nE04000001,E01000002,12.5\nE04000002,E01000002,200\nE04000002,E01000003,5\n";
    let recipe = recipe("Parishes that cut across small areas");
    let place = format!(
        "{recipe}{}",
        ledger("{ by = \"code\", lookup = \"parishes\" }")
    );
    let place = place.replace("files = [\"paid.csv\"]", "data = [\"paid.csv\"]");
    let place = open(
        &place,
        &[
            ("parishes.csv", text),
            ("paid.csv", &lines(&[("E04000001", "82.50")])),
        ],
    );
    assert_eq!(
        Asked::new(&place).rows("locality@lsoa"),
        ["E01000001 £70.00 population", "E01000002 £12.50 population"]
    );
}

#[test]
fn a_table_of_ons() {
    let recipe = recipe("A table of ONS");
    let data = tempfile::tempdir().unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    for name in [
        "Cover sheet",
        "Notes",
        "Mid-2021 LSOA 2021",
        "Mid-2022 LSOA 2021",
    ] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet
            .write(0, 0, format!("{name}: Population estimates"))
            .unwrap();
        if !name.starts_with("Mid") {
            continue;
        }
        sheet
            .write(1, 0, "This worksheet contains one table.")
            .unwrap();
        let fixed = [
            "LAD 2021 Code",
            "LAD 2021 Name",
            "LSOA 2021 Code",
            "LSOA 2021 Name",
            "Total",
        ];
        let fixed = fixed.iter().map(ToString::to_string);
        let ages = ["F", "M"]
            .into_iter()
            .flat_map(|sex| (0..=90).map(move |age| format!("{sex}{age}")));
        for (column, heading) in (0..).zip(fixed.chain(ages)) {
            sheet.write(3, column, heading).unwrap();
        }
        for (row, code) in (4..).zip([
            "E01000001",
            "E01000002",
            "E01000003",
            "E01000004",
            "W01000001",
        ]) {
            sheet.write(row, 2, code).unwrap();
            let mass = if name == "Mid-2022 LSOA 2021" { 2 } else { 1 };
            for column in 5..187 {
                sheet.write(row, column, mass).unwrap();
            }
        }
    }
    book.save(data.path().join("sapelsoasyoa20192022.xlsx"))
        .unwrap();
    let pack = Pack::new(&format!("{HEAD}{PEOPLE}{recipe}"), &[]);
    let place = Place::open_with_data(pack.folder.path(), data.path()).unwrap();
    let leaves = place.axes().localities.all_leaves();
    let mass = |ages: &str| place.drivers()[1].mass(&leaves, ages.parse().unwrap(), Groups::All);
    assert_eq!(mass("17"), Ok(16));
    assert_eq!(mass("all"), Ok(4 * 4 * 91));
}

#[test]
fn a_table_of_nomis() {
    let bulk = "date,geography,geography code,Age: Total,Age: Aged 4 years and under,Age: Aged 5 to 9 years,Age: Aged 10 to 84 years,Age: Aged 85 years and over\n2021,Small 001A,E01000001,10,1,2,6,1\n2021,Small 001B,E01000002,10,1,2,6,1\n2021,Small 002A,E01000003,10,1,2,6,1\n2021,Small 002B,E01000004,10,1,2,6,1\n2021,Far,W01000001,10,1,2,6,1\n";
    let query = "\"TS007A - Age by five-year age bands\"\n\"ONS Crown Copyright Reserved [from Nomis on 12 March 2024]\"\n\n\"population\",\"All usual residents\"\n\"units\",\"Persons\"\n\"date\",\"2021\"\n\n\"2021 super output area - lower layer\",\"mnemonic\",\"Total\",\"Aged 4 years and under\",\"Aged 5 to 84 years\",\"Aged 85 years and over\"\n\"E01000001 : Small 001A\",\"E01000001\",\"1,010\",\"3\",\"1,000\",\"7\"\n\"E01000002 : Small 001B\",\"E01000002\",\"10\",\"1\",\"8\",\"1\"\n\"E01000003 : Small 002A\",\"E01000003\",\"10\",\"1\",\"8\",\"1\"\n\"E01000004 : Small 002B\",\"E01000004\",\"10\",\"1\",\"8\",\"1\"\n\n\"In order to protect against disclosure of personal information, records have been swapped.\"\n";
    let place = open(
        &recipe("A table of NOMIS"),
        &[
            ("census2021-ts007a-lsoa.csv", bulk),
            ("nomis_2024_03_12.csv", query),
        ],
    );
    let leaves = place.axes().localities.all_leaves();
    let mass = |driver: usize, ages: &str| {
        place.drivers()[driver].mass(&leaves, ages.parse().unwrap(), Groups::All)
    };
    assert_eq!((mass(1, "85+"), mass(1, "all")), (Ok(4), Ok(40)));
    assert_eq!((mass(2, "85+"), mass(2, "all")), (Ok(10), Ok(1_040)));
}
