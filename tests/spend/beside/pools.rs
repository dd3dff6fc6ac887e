//! Pooled funds and openings.

use super::*;

const POOL: &str = "
    partner | year    | pounds | kind              | other
    council | 2023-24 |     60 | pool-contribution | pool
    nhs     | 2023-24 |     40 | pool-contribution | pool
    pool    | 2023-24 |     90 |                   |
    council | 2024-25 |     30 | pool-contribution | pool
    nhs     | 2024-25 |     70 | pool-contribution | pool
    pool    | 2024-25 |    120 |                   |
";

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
