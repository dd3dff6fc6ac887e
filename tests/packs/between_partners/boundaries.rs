//! Boundaries, transfers, pools, openings and priorities.

use super::*;

#[test]
fn boundaries_transfers_pools_openings_and_priorities() {
    // A fault is told at the heading above the first key of its table; of two that clash, at the
    // second.
    let cases = [
        (
            r#"["council", "police"]"#,
            r#"["council", "polise"]"#,
            "unknown-member",
            "code = \"public\"",
            "`polise` is not a partner of this place; did you mean `police`",
        ),
        (
            r#"["council", "police"]"#,
            "[]",
            "empty-boundary",
            "code = \"public\"",
            "nobody is inside the boundary `public`",
        ),
        (
            "agreement = \"Made up, section 75, 1 April 2023\"",
            "agreement = \" \"",
            "pool-without-agreement",
            "partner = \"pool\"\nhost",
            "pool `pool` has no agreement",
        ),
        (
            "host = \"council\"",
            "host = \"pool\"",
            "pool-hosts-itself",
            "partner = \"pool\"\nhost",
            "pool `pool` hosts itself",
        ),
        (
            "host = \"council\"",
            "host = \"counsil\"",
            "unknown-member",
            "partner = \"pool\"\nhost",
            "did you mean `council`",
        ),
        (
            "payee = \"charity\"",
            "payee = \"charty\"",
            "unknown-member",
            "payer = \"council\"",
            "did you mean `charity`",
        ),
        (
            "payee = \"charity\"",
            "payee = \"council\"",
            "partner-pays-itself",
            "payer = \"council\"",
            "`council` would pay itself",
        ),
        (
            "pounds = \"0.50\"",
            "pounds = \"half\"",
            "amount-not-readable",
            "payer = \"council\"",
            "`half`",
        ),
        (
            "pounds = \"0.50\"",
            "pounds = \"0.505\"",
            "amount-not-readable",
            "payer = \"council\"",
            "`0.505`",
        ),
        (
            "pounds = \"0.50\"",
            "pounds = \"\"",
            "amount-not-readable",
            "payer = \"council\"",
            "``",
        ),
        (
            "pounds = \"0.50\"",
            "pounds = \"-0.50\"",
            "amount-not-readable",
            "payer = \"council\"",
            "`-0.50` is below zero",
        ),
        (
            "year = \"2023-24\"",
            "year = \"calendar 2023\"",
            "unknown-member",
            "partner = \"pool\"\nyear",
            "`calendar 2023` is not a financial year",
        ),
        (
            "year = \"2023-24\"",
            "year = \"2023\"",
            "unknown-member",
            "partner = \"pool\"\nyear",
            "`2023` may mean several periods",
        ),
        (
            "pounds = \"12.50\"",
            "pounds = \"12.5O\"",
            "amount-not-readable",
            "partner = \"pool\"\nyear",
            "`12.5O`",
        ),
        (
            "partner = \"pool\"\nyear",
            "partner = \"pol\"\nyear",
            "unknown-member",
            "partner = \"pol\"\nyear",
            "did you mean `pool`",
        ),
        (
            "activity = \"clubs\"\nages",
            "activity = \"club\"\nages",
            "unknown-member",
            "name = \"Clubs everywhere\"",
            "did you mean `clubs`",
        ),
        (
            "ages = \"11-17\"",
            "ages = \"17-11\"",
            "unknown-member",
            "name = \"Clubs everywhere\"",
            "`17-11` is not an interval of ages",
        ),
        (
            "code = \"place\"",
            "code = \"public\"",
            "duplicate-code",
            "code = \"public\"",
            "`public` already names a partner or a boundary",
        ),
        (
            "code = \"place\"",
            "code = \"charity\"",
            "duplicate-code",
            "code = \"charity\"",
            "`charity` already names a partner or a boundary",
        ),
        (
            "code = \"place\"",
            "code = \"all-partners\"",
            "duplicate-code",
            "code = \"all-partners\"",
            "`all-partners` already names a partner or a boundary",
        ),
        (
            "code = \"place\"",
            "code = \"\"",
            "code-not-usable",
            "code = \"\"",
            "`` cannot be the code of a boundary",
        ),
        (
            "code = \"place\"",
            "code = \"the,place\"",
            "code-not-usable",
            "code = \"the,place\"",
            "`the,place` cannot be the code of a boundary",
        ),
        (
            "payer = \"police\"\npayee = \"council\"",
            "payer = \"council\"\npayee = \"charity\"",
            "duplicate-code",
            "payer = \"council\"",
            "`council` to `charity` already has terms",
        ),
        (
            "partner = \"fund\"\nhost",
            "partner = \"pool\"\nhost",
            "duplicate-code",
            "partner = \"pool\"\nhost",
            "there is already a pool `pool`",
        ),
    ];
    for (right, wrong, rule, first_key, says) in cases {
        let (findings, files) = faults(&[("place.toml", right, wrong)]);
        let text = &files
            .iter()
            .find(|(name, _)| name == "place.toml")
            .unwrap()
            .1;
        let before = &text[..text.rfind(first_key).unwrap()];
        let heading = before.matches('\n').count() as u64;
        let found = findings.iter().any(|finding| {
            finding.rule == rule
                && finding.position.file == "place.toml"
                && finding.position.line == Some(heading)
                && finding.found.contains(says)
                && !finding.remedy.is_empty()
        });
        assert!(
            found,
            "expected {rule} at line {heading}: {says}\n{findings}"
        );
        assert_eq!(findings.len(), 1, "one fault, told once\n{findings}");
    }
}

/// A partner may not be called what stands for all of them.
#[test]
fn no_partner_is_called_all_partners() {
    let (findings, _) = faults(&[(
        "place.toml",
        r#"{ code = "pool" }]"#,
        r#"{ code = "pool" }, { code = "all-partners" }]"#,
    )]);
    let finding = findings.iter().next().unwrap();
    assert_eq!(finding.rule, "reserved-code");
    assert_eq!(finding.position.file, "place.toml");
    assert!(finding.found.contains("`all-partners`"), "{finding}");
}
