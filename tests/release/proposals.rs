//! Proposals on the site: their figures against the appraisal, their tables against one another, and what
//! other pages say of them.

use crate::release::site::{Built, build, pence, rows, sample, sample_with, seen};
use calamine::{Data, Reader, Xlsx};
use polars::prelude::{ParquetReader, SerReader};
use std::io::Cursor;
use wholeplace::appraisal::uncertain::{Sampled, Seeded};
use wholeplace::appraisal::{Appraisal, Gain, NotCash, Position, Proposals};
use wholeplace::money::Ratio;
use wholeplace::polars;

const FALLS: &str = "proposal-falls-at-home";
const YOUTH: &str = "proposal-youth-diversion";

/// A table of the site as it is taken away.
struct Table {
    headings: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

impl Table {
    fn of(site: &Built, name: &str) -> Self {
        let mut csv = csv::Reader::from_reader(site.bytes(&format!("data/{name}.csv")));
        let headings = csv.headers().unwrap().iter().map(str::to_owned).collect();
        let rows: Vec<_> = csv.records().map(Result::unwrap).collect();
        assert!(!rows.is_empty(), "{name} has rows");
        Self { headings, rows }
    }

    fn at(&self, column: &str) -> usize {
        let found = self.headings.iter().position(|heading| heading == column);
        found.unwrap_or_else(|| panic!("there is no column {column}: {:?}", self.headings))
    }

    fn pence(&self, row: &csv::StringRecord, column: &str) -> i64 {
        pence(&row[self.at(column)])
    }

    fn sum(&self, column: &str) -> i64 {
        self.rows.iter().map(|row| self.pence(row, column)).sum()
    }
}

/// The proposals of the sample, appraised here.
fn appraised(check: impl Fn(&str, &Appraisal<'_>)) {
    let site = sample();
    let proposals = Proposals::open(site.cube.place()).unwrap();
    let mut checked = 0;
    for proposal in proposals.iter() {
        check(
            &format!("proposal-{}", proposal.code),
            &proposal.appraise(&site.cube).unwrap(),
        );
        checked += 1;
    }
    assert!(checked > 1, "several proposals are checked");
}

/// Less than a penny from exact pence.
fn is_near(pence: i64, exactly: &Ratio, what: &str) {
    let shown = Ratio::new(pence.into(), 1);
    let one = Ratio::one();
    let off = shown.minus(exactly);
    let within = off < one && off > Ratio::zero().minus(&one);
    assert!(
        within,
        "{what}: {pence}p, and {} exactly",
        exactly.to_decimal(4)
    );
}

fn nearest(pence: &Ratio) -> i64 {
    pence.to_decimal(0).parse().unwrap()
}

/// Column, and the same of a position.
type Layer = (&'static str, fn(&Position) -> Vec<Ratio>);

/// Columns that are a part of a position by themselves, and are closed as such.
const LAYERS: [Layer; 5] = [
    ("cash_gbp", |position| position.cash.clone()),
    ("freed_not_cashable_gbp", |position| {
        position.freed[&NotCash::NotCashable].clone()
    }),
    ("freed_below_a_block_gbp", |position| {
        position.freed[&NotCash::BelowABlock].clone()
    }),
    ("freed_in_notice_gbp", |position| {
        position.freed[&NotCash::InNotice].clone()
    }),
    ("freed_locked_gbp", |position| {
        position.freed[&NotCash::Locked].clone()
    }),
];

/// Every cell of payer and year is the appraisal's, to the penny.
#[test]
fn positions_are_those_of_the_appraisal_to_the_penny() {
    appraised(|name, appraisal| {
        let table = Table::of(sample(), &format!("{name}-positions"));
        let mut compared = 0;
        for position in &appraisal.positions {
            let of_payer = |row: &&csv::StringRecord| {
                row[table.at("payer")] == *position.payer.name
                    && row[table.at("payer_code")] == *position.payer.code
            };
            let of_payer: Vec<_> = table.rows.iter().filter(of_payer).collect();
            assert_eq!(of_payer.len(), appraisal.years.len());
            for (year, row) in of_payer.into_iter().enumerate() {
                assert_eq!(row[table.at("year")], appraisal.years[year].to_string());
                for (column, of) in LAYERS {
                    is_near(table.pence(row, column), &of(position)[year], column);
                }
                let money = &position.cash_cost[year];
                let in_kind = position.cost[year].minus(money);
                let paid_in_kind = table.pence(row, "paid_in_kind_gbp");
                is_near(paid_in_kind, &in_kind, "in kind");
                is_near(table.pence(row, "paid_gbp") - paid_in_kind, money, "money");
                compared += 1;
            }
        }
        assert_eq!(
            compared,
            table.rows.len(),
            "{name}: no row is anybody else's"
        );
    });
}

/// What is not closed by itself is what its parts come to; gross and corrected are the appraisal's over all.
#[test]
fn every_row_adds_up_from_what_was_hoped_for_to_cash() {
    appraised(|name, appraisal| {
        for table in ["positions", "present"] {
            let table = Table::of(sample(), &format!("{name}-{table}"));
            for row in &table.rows {
                let of = |column| table.pence(row, column);
                let freed = [
                    "freed_not_cashable_gbp",
                    "freed_below_a_block_gbp",
                    "freed_in_notice_gbp",
                    "freed_locked_gbp",
                ];
                assert_eq!(freed.map(of).iter().sum::<i64>(), of("freed_gbp"));
                assert_eq!(of("cash_gbp") + of("freed_gbp"), of("saved_gbp"));
                let cut = ["graded_gbp", "overlapping_gbp", "refused_gbp"].map(of);
                assert_eq!(
                    of("hoped_for_gbp") - cut.iter().sum::<i64>(),
                    of("saved_gbp")
                );
                assert_eq!(of("saved_gbp") - of("paid_gbp"), of("gain_gbp"));
                assert_eq!(of("cash_gbp") + of("freed_locked_gbp"), of("cashable_gbp"));
                assert!(cut.iter().all(|cut| *cut >= 0) && of("cash_gbp") >= 0);
            }
        }
        let table = Table::of(sample(), &format!("{name}-positions"));
        let all = |of: fn(&Position) -> &Vec<Ratio>| -> Ratio {
            appraisal.positions.iter().flat_map(of).sum()
        };
        let exactly = all(|position| &position.corrected);
        assert_eq!(table.sum("saved_gbp"), nearest(&exactly), "{name}: saved");
        // The gross is added up from two sums that are each closed to the nearest penny.
        let off = table.sum("hoped_for_gbp") - nearest(&all(|position| &position.gross));
        assert!(off.abs() <= 1, "{name}: hoped for is off by {off}");
        let claimed = Table::of(sample(), &format!("{name}-held"));
        assert_eq!(
            claimed.sum("claimed_gbp"),
            table.sum("saved_gbp") + table.sum("refused_gbp"),
            "what is claimed is saved or refused"
        );
        assert_eq!(claimed.sum("refused_gbp"), table.sum("refused_gbp"));
    });
}

/// The table of positions, that of purses, the settlement and the first lines of the page say the same pence.
#[test]
fn tables_of_a_page_agree_with_one_another() {
    appraised(|name, appraisal| {
        let site = sample();
        let page = site.text(&format!("{name}.html"));
        let shown = rows(&page, &format!("{name}-present"));
        let (total, body) = shown[1..].split_last().unwrap();
        for column in 1..total.len() {
            let sum: i64 = body.iter().map(|row| pence(&row[column])).sum();
            assert_eq!(sum, pence(&total[column]), "{name}: column {column}");
        }
        let purses = Table::of(site, &format!("{name}-purses"));
        let whole = &purses.rows[0];
        assert_eq!(whole[purses.at("purse_code")], *"all-partners");
        let present = Table::of(site, &format!("{name}-present"));
        for column in [
            "paid_gbp",
            "saved_gbp",
            "cash_gbp",
            "gain_gbp",
            "cash_gain_gbp",
        ] {
            assert_eq!(purses.pence(whole, column), present.sum(column), "{column}");
        }
        let verdict = appraisal.verdict(&"all-partners".parse().unwrap()).unwrap();
        assert_eq!(present.sum("saved_gbp"), nearest(&verdict.saving));
        is_near(present.sum("cash_gbp"), &verdict.cash, "cash");
        let gap: Ratio = (appraisal.positions.iter())
            .flat_map(|position| {
                let net = position.cash.iter().zip(&position.cash_cost);
                net.zip(&appraisal.factors)
                    .map(|((cash, cost), factor)| cash.minus(cost).times(factor))
            })
            .fold(Ratio::zero(), |sum, next| sum.plus(&next));
        assert_eq!(present.sum("cash_gain_gbp"), nearest(&gap), "the gap");
    });
}

/// Fewer falls, worked out by hand: 160 people × 0.8 × 0.9 × (0.30 × 0.30) × 0.9 = 9.3312 stays less in the
/// first year; at £2,400 and less 15 per cent £19,035.648 for hospitals, half of nine tenths of it cash; at £900
/// £7,138.368 for the council. It pays £24,000 raised by a tenth.
#[test]
fn the_first_year_of_fewer_falls_is_what_a_hand_works_out() {
    let table = Table::of(sample(), &format!("{FALLS}-positions"));
    let row = |code: &str| {
        let mut rows = table.rows.iter();
        let row = rows.find(|row| row[table.at("payer_code")] == *code);
        row.unwrap_or_else(|| panic!("{code}"))
    };
    let nhs = row("nhs");
    assert_eq!(table.pence(nhs, "saved_gbp"), 1_903_565);
    assert_eq!(table.pence(nhs, "cash_gbp"), 856_604);
    assert_eq!(nhs[table.at("payer_kind")], *"outside");
    let council = row("shropshire-council");
    assert_eq!(table.pence(council, "saved_gbp"), 713_837);
    assert_eq!(table.pence(council, "paid_gbp"), 2_640_000);
    let chain = Table::of(sample(), &format!("{FALLS}-chain"));
    let first = &chain.rows[0];
    assert_eq!(first[chain.at("events")], *"9.3312");
    assert_eq!(chain.pence(first, "gross_gbp"), 2_239_488);
    assert_eq!(chain.pence(first, "corrected_gbp"), 1_903_565);
    assert_eq!(chain.pence(first, "cashable_gbp"), 856_604);
}

/// The whole and the cash stand in the sentence, before anything else, on every page that tells of a proposal.
#[test]
fn the_whole_and_the_cash_are_always_said_together() {
    let site = sample();
    let both = [
        "Every pound spent saves the public purse £0.78 over 4 years, £0.02 of it in cash.",
        "Every pound spent saves the public purse £2.48 over 5 years, £1.43 of it in cash.",
    ];
    for (page, of) in [
        ("proposals.html", &both[..]),
        ("index.html", &both[..]),
        ("proposal-youth-diversion.html", &both[..1]),
        ("place-ludlow.html", &both[..1]),
        ("proposal-falls-at-home.html", &both[1..]),
        ("place-shrewsbury.html", &both[1..]),
    ] {
        let said = seen(&site.text(page));
        for words in of {
            assert!(said.contains(words), "{page}: {words}");
        }
    }
    let wem = seen(&site.text("place-wem.html"));
    assert!(
        !wem.contains("Every pound spent"),
        "no proposal is about Wem"
    );
    let police = seen(&site.text("partner-west-mercia-police.html"));
    assert!(
        police.contains(
            "Youth diversion in Ludlow: pays £3,750.00 and saves £4,388.54, £0.00 of it in cash."
        ),
        "{police}"
    );
}

/// Year by year all payments are nothing, and nobody ends below where it stood.
#[test]
fn the_settlement_sums_to_nothing_and_leaves_nobody_worse_off() {
    let site = sample();
    let table = Table::of(site, &format!("{FALLS}-settlement"));
    let years = table.headings.iter().filter(|name| name.starts_with("in_"));
    let years: Vec<&String> = years.collect();
    assert_eq!(years.len(), 5);
    let moved = |year: &str| table.rows.iter().any(|row| table.pence(row, year) != 0);
    assert!(moved("in_2018_19_gbp"));
    for year in years {
        assert_eq!(table.sum(year), 0, "{year}");
    }
    for row in &table.rows {
        assert!(table.pence(row, "after_gbp") >= 0);
    }
    assert_eq!(table.sum("before_gbp"), table.sum("after_gbp"));
    let proposals = Proposals::open(site.cube.place()).unwrap();
    let appraisal = proposals.find("falls-at-home").unwrap();
    let appraisal = appraisal.appraise(&site.cube).unwrap();
    let statement = appraisal.settle().unwrap().unwrap();
    assert_eq!(table.sum("after_gbp"), statement.surplus.get());
    for payment in &statement.payments {
        let mut rows = table.rows.iter();
        let row = rows.find(|row| row[table.at("payer_code")] == *payment.partner);
        assert_eq!(table.pence(row.unwrap(), "after_gbp"), payment.after.get());
    }
    let page = site.text(&format!("{FALLS}.html"));
    assert!(seen(&page).contains("after the settlement nobody does"));
    // And where there is none, the gap and whose it is.
    let page = seen(&site.text(&format!("{YOUTH}.html")));
    for words in [
        "There is none. All payers together pay £22,224.06 more in money than they save in cash",
        "Shropshire Council is short in cash by£22,765.22",
        "more is saved and is no cash: it can settle nothing.",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let none = format!("data/{YOUTH}-settlement.csv");
    assert!(site.files.iter().all(|file| file.path != none));
}

/// Another purse, another order: by pounds, and here not by the return for a pound either.
#[test]
fn proposals_are_ranked_by_what_a_named_purse_gains() {
    let site = sample();
    let order = |purse: &str| -> Vec<String> {
        let table = Table::of(site, &format!("proposals-{purse}"));
        let gains: Vec<i64> = (table.rows.iter())
            .map(|row| table.pence(row, "gain_gbp"))
            .collect();
        assert!(gains.windows(2).all(|two| two[0] >= two[1]), "{gains:?}");
        let codes = table.rows.iter().map(|row| &row[table.at("proposal_code")]);
        codes.map(str::to_owned).collect()
    };
    assert_eq!(order("all-partners"), ["falls-at-home", "youth-diversion"]);
    // The council saves £0.68 for a pound by one and £0.41 by the other, and loses more by the first.
    assert_eq!(
        order("shropshire-council"),
        ["youth-diversion", "falls-at-home"]
    );
    let page = site.text("proposals.html");
    let shown = rows(&page, "proposals-all-partners");
    assert_eq!(shown[1][0], "Fewer falls at home in Shrewsbury");
    assert!(page.contains("href=\"proposal-falls-at-home.html\""));
}

/// The ceiling is the cube's figure, and leads to how the figure of the place was made.
#[test]
fn what_is_held_against_the_account_is_what_the_cube_answers() {
    let site = sample();
    let answer = (site.cube.ask())
        .partner("shropshire-council")
        .activity("offender-management")
        .ages("10-17".parse().unwrap())
        .locality("ludlow")
        .period("2017-18".parse().unwrap())
        .phase(wholeplace::axis::Phase::Outturn)
        .boundary(wholeplace::account::Boundary::of(["shropshire-council"]))
        .answer()
        .unwrap();
    let table = Table::of(site, &format!("{YOUTH}-held"));
    let mut rows = table.rows.iter();
    let council = rows.find(|row| row[table.at("payer_code")] == *"shropshire-council");
    let council = council.unwrap();
    assert_eq!(table.pence(council, "spent_gbp"), answer.total.amount.get());
    assert_eq!(table.pence(council, "spent_gbp"), 423_666);
    assert_eq!(council[table.at("known")], *"all shared by residents");
    let nhs = table
        .rows
        .iter()
        .find(|row| row[table.at("payer_code")] == *"nhs");
    let nhs = nhs.unwrap();
    assert_eq!(
        (&nhs[table.at("spent_gbp")], &nhs[table.at("status")]),
        ("", "no-ledger")
    );
    let page = site.text(&format!("{YOUTH}.html"));
    for href in [
        "made-ludlow.html#activity-offender-management",
        "place-ludlow.html#place-ludlow-by-activity",
        "partner-shropshire-council.html",
    ] {
        assert!(page.contains(&format!("href=\"{href}\"")), "{href}");
    }
}

/// Every input has what it is, how good it is, and where it is from.
#[test]
fn figures_are_followed_to_their_inputs_with_grade_edition_and_source() {
    let site = sample();
    let table = Table::of(site, &format!("{YOUTH}-assumptions"));
    let find = |of: &str, input: &str| {
        let mut rows = table.rows.iter();
        let row = rows
            .find(|row| row[table.at("of")] == *of && row[table.at("input")].starts_with(input));
        row.unwrap_or_else(|| panic!("{of}: {input}"))
    };
    let impact = find("incidents", "part by which that is less");
    assert_eq!(impact[table.at("number")], *"0.30");
    assert_eq!(impact[table.at("grade")], *"4");
    assert!(impact[table.at("grade_means")].ends_with("three to four years old: lowered by 15%"));
    let deadweight = find("cases", "share that would have happened anyway");
    assert_eq!(deadweight[table.at("number")], *"0.15");
    let police = find("incidents: West Mercia Police", "CR8.0.1");
    assert_eq!(
        police[table.at("stated")],
        *"£227.92 for each incident (2010/11; fiscal, average cost)"
    );
    assert_eq!(
        police[table.at("source")],
        *"New Economy Unit Cost Database, v1.4, CC BY"
    );
    let officer = find("incidents: West Mercia Police", "of CR8.0.1");
    assert_eq!(officer[table.at("source")], *"one officer");
    for (input, words) in [
        ("prices", "GDP deflator, March 2026"),
        ("discount", "green-book, 2026"),
        ("conversion", "2010/11 to 2017-18: × 1.1188"),
    ] {
        let stated = &find("youth-diversion", input)[table.at("stated")];
        assert!(stated.contains(words), "{stated}");
    }
}

/// CSV, JSON, Parquet and the workbook hold the same pence.
#[test]
fn every_format_of_a_proposal_gives_the_same_pence() {
    let site = sample();
    let name = format!("{FALLS}-positions");
    let table = Table::of(site, &name);
    let asked: Vec<i64> = (table.rows.iter())
        .map(|row| table.pence(row, "saved_gbp"))
        .collect();
    assert!(asked.iter().any(|sum| *sum > 0));
    let frame = Cursor::new(site.bytes(&format!("data/{name}.parquet")).to_vec());
    let frame = ParquetReader::new(frame).finish().unwrap();
    let sums = frame.column("saved_pence").unwrap().i64().unwrap().clone();
    let of_parquet: Vec<i64> = sums.iter().map(Option::unwrap_or_default).collect();
    assert_eq!(of_parquet, asked);
    let json: serde_json::Value =
        serde_json::from_slice(site.bytes(&format!("data/{name}.json"))).unwrap();
    let of_json = json["rows"].as_array().unwrap().iter();
    let of_json: Vec<i64> = of_json
        .map(|row| pence(row["saved_gbp"].as_str().unwrap()))
        .collect();
    assert_eq!(of_json, asked);
    let book = site.bytes(&format!("data/{FALLS}.xlsx")).to_vec();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
    let names = book.sheet_names();
    assert_eq!(names.len(), 13, "notes and twelve tables: {names:?}");
    let sheet = book.worksheet_range(&names[1]).unwrap();
    let heading = Data::String("saved_gbp".into());
    let column = sheet.rows().next().unwrap().iter();
    let column = column.clone().position(|cell| *cell == heading).unwrap();
    let of_excel: Vec<i64> = (sheet.rows().skip(1))
        .map(|row| match row[column] {
            Data::Float(pounds) => (100.0 * pounds).round() as i64,
            ref other => panic!("{other:?} is not a number"),
        })
        .collect();
    assert_eq!(of_excel, asked);
}

/// A pack without proposals has no page and no way to one.
#[test]
fn a_pack_without_proposals_says_nothing_of_them() {
    let folder = sample_with("place.toml", "appraisal = \"appraisal.toml\"", "");
    let site = build(folder.path(), None);
    assert!(
        sample()
            .text("index.html")
            .contains("href=\"proposals.html\"")
    );
    for (path, page) in site.pages() {
        assert!(!path.starts_with("proposal"), "{path}");
        assert!(!page.contains("href=\"proposal"), "{path}");
    }
}

/// With terms: a partner that neither pays nor saves advances the cost, and what was saved is paid a year later.
/// Its statement has a year more, and what was advanced comes back.
#[test]
fn a_settlement_with_terms_shows_them_and_what_was_advanced() {
    let folder = sample_with(
        "proposal-falls-at-home.toml",
        "rule = \"even-handed\"",
        "rule = \"even-handed\"\ninvestor = \"west-mercia-police\"\nverified_by = \"shropshire-council\"\nverified_after = 1",
    );
    let site = build(folder.path(), None);
    let table = Table::of(&site, &format!("{FALLS}-settlement"));
    let years = table.headings.iter().filter(|name| name.starts_with("in_"));
    let years: Vec<&String> = years.collect();
    assert_eq!(
        years.len(),
        6,
        "five years, and one in which the last is paid"
    );
    for year in years {
        assert_eq!(table.sum(year), 0, "{year}");
    }
    let loan = Table::of(&site, &format!("{FALLS}-loan"));
    // £24,000 and £18,000, raised by a tenth.
    assert_eq!(loan.pence(&loan.rows[0], "advanced_gbp"), 2_640_000);
    assert_eq!(loan.sum("advanced_gbp"), 4_620_000);
    let owed = loan.rows.iter().map(|row| loan.pence(row, "owed_gbp"));
    let owed: Vec<i64> = owed.collect();
    assert_eq!(owed[0], 2_640_000, "nothing comes back in the first year");
    assert!(owed[5] < owed[1], "{owed:?}");
    let page = seen(&site.text(&format!("{FALLS}.html")));
    for words in [
        "What West Mercia Police advances",
        "Verified by Shropshire Council, and paid, a year after cash arrives.",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

/// The proposals of the sample, drawn here as the site draws them.
fn drawn(check: impl Fn(&str, &Sampled, &Appraisal<'_>)) {
    appraised(|name, appraisal| {
        let sampled = appraisal.draw(Seeded::new(2_000, 7).unwrap()).unwrap();
        check(name, &sampled, appraisal);
    });
}

/// A chance as it is written: a spreadsheet would take it for a number without the mark before it.
fn in_words(cell: &str) -> &str {
    cell.trim_start_matches('\'')
}

fn to_the_pound(pence: f64) -> i64 {
    (pence / 100.0).round() as i64 * 100
}

#[test]
fn chances_of_purses_and_payers_are_those_of_the_draws() {
    let site = sample();
    drawn(|name, sampled, _| {
        let table = Table::of(site, &format!("{name}-how-sure"));
        let paying: Vec<&str> = sampled.paying_purses().collect();
        assert_eq!(table.rows.len(), paying.len());
        for (row, purse) in table.rows.iter().zip(paying) {
            let draws = sampled.purse(purse).unwrap();
            assert_eq!(&row[table.at("purse")], purse);
            assert_eq!(in_words(&row[table.at("saves")]), draws.saves.to_string());
            let share: f64 = row[table.at("cash_pays_share")].parse().unwrap();
            assert!((share - draws.cash_pays.share()).abs() < 1e-4);
            let [p10, p90] =
                ["net_saving_p10_gbp", "net_saving_p90_gbp"].map(|c| table.pence(row, c));
            let net = draws.net_saving;
            assert_eq!([p10, p90], [net.p10, net.p90].map(to_the_pound));
        }
        let table = Table::of(site, &format!("{name}-no-worse-off"));
        let payers = sampled.payers();
        // The last row is all of them at once.
        assert_eq!(table.rows.len(), payers.len() + 1);
        for (row, payer) in table.rows.iter().zip(&payers) {
            let told = ["no_worse_before", "no_worse_after"];
            let [before, after] = told.map(|column| in_words(&row[table.at(column)]));
            assert_eq!(before, payer.no_worse_before.to_string());
            let agreed = payer.no_worse_after.map(|chance| chance.to_string());
            assert_eq!(after, agreed.unwrap_or("no agreement".to_owned()));
        }
        let all = table.rows.last().unwrap();
        let at_once = sampled.all_at_once().before.to_string();
        assert_eq!(in_words(&all[table.at("no_worse_before")]), at_once);
    });
}

#[test]
fn fans_and_paybacks_have_every_year_of_every_payer_and_purse() {
    let site = sample();
    drawn(|name, sampled, appraisal| {
        let years = appraisal.years.len();
        let so_far = Table::of(site, &format!("{name}-so-far"));
        let mut rows = so_far.rows.iter();
        for payer in sampled.payers() {
            for (year, spread) in &payer.so_far {
                let row = rows.next().unwrap();
                assert_eq!(row[so_far.at("year")], year.to_string());
                let middle = so_far.pence(row, "so_far_p50_gbp");
                assert_eq!(middle, to_the_pound(spread.p50), "{name} {year}");
            }
        }
        assert_eq!(rows.next(), None);
        let paid_back = Table::of(site, &format!("{name}-paid-back-by"));
        assert_eq!(
            paid_back.rows.len(),
            years * sampled.paying_purses().count()
        );
        let page = site.text(&format!("{name}.html"));
        assert!(page.contains("<polygon class=\"fan\""), "a fan is drawn");
        assert!(seen(&page).contains("2000 draws from seed 7"));
    });
}

#[test]
fn what_the_answer_hangs_on_is_exact_and_the_widest_stands_first() {
    let site = sample();
    drawn(|name, _, appraisal| {
        let table = Table::of(site, &format!("{name}-hangs-on"));
        let whole = appraisal.verdict(&"all-partners".parse().unwrap()).unwrap();
        let tornado = appraisal.tornado(&whole.purse, Gain::NetSaving).unwrap();
        assert_eq!(table.rows.len(), tornado.bars.len());
        let mut widest = i64::MAX;
        for (row, bar) in table.rows.iter().zip(&tornado.bars) {
            let [low, high] = ["at_low_gbp", "at_high_gbp"].map(|c| table.pence(row, c));
            assert_eq!([low, high], [nearest(&bar.at_low), nearest(&bar.at_high)]);
            assert!((high - low).abs() <= widest, "{name}: {row:?}");
            widest = (high - low).abs() + 1;
        }
    });
}
