//! How a figure is explained: its shares multiply to the row.

use super::*;

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
