//! What a heading is likely to mean, by its words: the ranks by which columns are chosen before anybody
//! looks into their cells.
//!
//! A rank is higher where a column is more likely to be what is wanted; none where it is not. Ranks say
//! only which of several columns comes first. Whether its cells are what the heading promises is seen in
//! their [profile](super::profile).

/// The words of a heading, in lower case: `NetAmount(£)` is `net`, `amount`, `£`.
pub(super) fn words(heading: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let letters: Vec<char> = heading.trim().chars().collect();
    let mut end = |word: &mut String| {
        if !word.is_empty() {
            words.push(std::mem::take(word).to_lowercase());
        }
    };
    for (at, &c) in letters.iter().enumerate() {
        // `œ` is the pound sign of an old code page read as a newer one, and `\u{fffd}` of any.
        if matches!(c, '£' | 'œ' | '\u{fffd}') {
            end(&mut word);
            word.push('£');
            end(&mut word);
            continue;
        }
        // `Children's` is one word.
        if matches!(c, '\'' | '’') {
            continue;
        }
        if !c.is_alphanumeric() {
            end(&mut word);
            continue;
        }
        let before = at.checked_sub(1).map(|at| letters[at]);
        let after = letters.get(at + 1);
        let humps = before.is_some_and(|b| b.is_lowercase()) && c.is_uppercase()
            || before.is_some_and(char::is_uppercase)
                && c.is_uppercase()
                && after.is_some_and(|a| a.is_lowercase());
        if humps {
            end(&mut word);
        }
        word.push(c);
    }
    end(&mut word);
    words
}

/// Whether a heading has one of these words.
fn any(words: &[String], of: &[&str]) -> bool {
    words.iter().any(|word| of.contains(&word.as_str()))
}

/// Whether the words are these and no others, in any order.
fn only(words: &[String], of: &[&str]) -> bool {
    !words.is_empty() && words.iter().all(|word| of.contains(&word.as_str()))
}

/// Words that say which tax an amount is before or after.
const TAX: [&str; 4] = ["vat", "tax", "v.a.t", "taxes"];
const WITHOUT: [&str; 9] = [
    "net",
    "ex",
    "exc",
    "excl",
    "exclusive",
    "excluding",
    "exvat",
    "without",
    "before",
];
const WITH: [&str; 7] = [
    "gross",
    "inc",
    "incl",
    "inclusive",
    "including",
    "incvat",
    "with",
];

/// A column of amounts of money.
///
/// Net stands before what is only called an amount, and that before gross; the amount of a line before
/// that of a whole invoice, which stands on each of its lines.
pub(super) fn amount(words: &[String]) -> Option<u8> {
    // These say that the column tells something about an amount.
    const NEVER: [&str; 22] = [
        "date",
        "number",
        "no",
        "num",
        "type",
        "code",
        "description",
        "desc",
        "currency",
        "status",
        "percent",
        "percentage",
        "growth",
        "capita",
        "uri",
        "url",
        "id",
        "category",
        "analysis",
        "label",
        "name",
        "reference",
    ];
    const MONEY: [&str; 6] = ["amount", "amounts", "amt", "value", "£", "gbp"];
    const WEAK: [&str; 14] = [
        "net",
        "gross",
        "total",
        "paid",
        "payment",
        "payments",
        "spend",
        "spent",
        "expenditure",
        "cost",
        "price",
        "sum",
        "debit",
        "credit",
    ];
    // These are of other things where no plain word of money stands beside them.
    const OTHERS: [&str; 16] = [
        "supplier",
        "vendor",
        "payee",
        "beneficiary",
        "service",
        "account",
        "centre",
        "center",
        "method",
        "ref",
        "month",
        "year",
        "period",
        "card",
        "unit",
        "element",
    ];
    let money = any(words, &MONEY);
    if any(words, &NEVER) || !(money || any(words, &WEAK)) || is_of_sums(words) {
        return None;
    }
    if !money && any(words, &OTHERS) {
        return None;
    }
    let net = any(words, &["net"]);
    if any(words, &TAX) || any(words, &["exvat", "incvat"]) {
        return match (any(words, &WITHOUT), any(words, &WITH)) {
            (true, _) if !is_tax(words) => Some(98),
            (_, true) => Some(50),
            _ => None,
        };
    }
    let rank: u8 = match () {
        () if any(words, &["gross"]) => 50,
        () if net => 97,
        () if any(words, &["line", "distribution", "dist"]) => 95,
        () if any(words, &["amount", "amounts", "amt"]) && any(words, &["invoice", "total"]) => 84,
        () if any(words, &["amount", "amounts", "amt"]) => 92,
        () if any(words, &["value"]) && any(words, &["invoice", "total"]) => 80,
        () if any(words, &["value"]) => 86,
        () if only(words, &["£", "gbp"]) => 82,
        () if any(words, &["total"]) => 81,
        () if any(words, &["debit", "debits"]) => 45,
        () if any(words, &["credit", "credits"]) => 30,
        () if any(words, &["£", "gbp"]) => 75,
        () if any(
            words,
            &["spend", "spent", "expenditure", "payment", "payments"],
        ) =>
        {
            72
        }
        () => 65,
    };
    let held_back = [
        "ytd",
        "cumulative",
        "previous",
        "prior",
        "original",
        "budget",
        "balance",
    ];
    Some(if any(words, &held_back) {
        rank / 3
    } else {
        rank
    })
}

/// A heading of a summary that a spreadsheet made: `Sum of Amount`, `Grand Total`.
fn is_of_sums(words: &[String]) -> bool {
    let pairs = [
        ["sum", "of"],
        ["count", "of"],
        ["grand", "total"],
        ["running", "total"],
    ];
    words.len() > 1 && pairs.iter().any(|pair| words[..2] == pair[..])
}

/// A column of VAT alone: `VAT`, `Irrecoverable VAT Amount`.
pub(super) fn is_tax(words: &[String]) -> bool {
    any(words, &TAX)
        && !any(
            words,
            &[
                "net",
                "gross",
                "number",
                "no",
                "registration",
                "code",
                "rate",
                "reg",
            ],
        )
        && (any(words, &["irrecoverable", "recoverable", "unrecoverable"])
            || !any(words, &WITHOUT) && !any(words, &WITH))
}

/// A column of dates; when it was paid stands before when it was invoiced.
pub(super) fn date(words: &[String]) -> Option<u8> {
    if !any(words, &["date", "dated", "dt", "datetime"]) {
        // `Paid` may be a date or an amount; its cells tell.
        return match only(words, &["paid", "cleared", "paid", "on", "when"]) {
            true => Some(70),
            false => None,
        };
    }
    let of = |list: &[&str]| any(words, list);
    Some(match () {
        () if of(&[
            "birth",
            "due",
            "start",
            "end",
            "created",
            "updated",
            "published",
            "extract",
        ]) =>
        {
            10
        }
        () if of(&["payment", "payments", "paid", "pay"]) => 100,
        () if of(&["clear", "clearing", "cleared"]) => 96,
        () if of(&["remittance", "cheque", "bacs", "run", "settlement"]) => 92,
        () if words.len() == 1 => 90,
        () if of(&["transaction", "trans", "tran", "txn"]) => 84,
        () if of(&["processed"]) => 80,
        () if of(&[
            "posting",
            "posted",
            "post",
            "gl",
            "ledger",
            "accounting",
            "entered",
            "period",
        ]) =>
        {
            78
        }
        () if of(&["invoice", "inv"]) => 60,
        () if of(&["document", "doc"]) => 58,
        () if of(&["effective"]) => 40,
        () if of(&[
            "order", "contract", "tax", "from", "to", "report", "received",
        ]) =>
        {
            20
        }
        () => 70,
    })
}

/// A column that holds periods and no dates.
pub(super) fn period(words: &[String]) -> Option<u8> {
    let of = |list: &[&str]| any(words, list);
    if date(words).is_some() || of(&["id", "code"]) {
        return None;
    }
    match () {
        () if of(&["period"]) => Some(90),
        () if of(&["month"]) => Some(88),
        () if of(&["quarter", "qtr"]) => Some(70),
        () if of(&["year", "fy"]) => Some(60),
        () => None,
    }
}

/// A column that may tell one payment from every other.
pub(super) fn reference(words: &[String]) -> Option<u8> {
    const NUMBER: [&str; 12] = [
        "number",
        "no",
        "num",
        "nbr",
        "ref",
        "reference",
        "id",
        "identifier",
        "key",
        "seq",
        "serial",
        "recid",
    ];
    const OTHERS: [&str; 22] = [
        "supplier",
        "vendor",
        "payee",
        "creditor",
        "company",
        "charity",
        "registration",
        "vat",
        "account",
        "cost",
        "centre",
        "center",
        "service",
        "expenditure",
        "po",
        "order",
        "contract",
        "cheque",
        "organisation",
        "body",
        "category",
        "purchase",
    ];
    if !any(words, &NUMBER) || any(words, &OTHERS) {
        return None;
    }
    let of = |list: &[&str]| any(words, list);
    Some(match () {
        () if of(&["transaction", "trans", "tran", "txn"]) => 100,
        () if of(&["unique", "recid"]) => 95,
        () if of(&["voucher", "document", "doc", "sap", "payment"]) => 90,
        () if of(&["internal", "our"]) => 85,
        () if of(&["invoice", "inv"]) => 70,
        () => 50,
    })
}

/// A column of those who were paid.
pub(super) fn payee(words: &[String]) -> Option<u8> {
    const WHO: [&str; 16] = [
        "supplier",
        "suppliers",
        "vendor",
        "payee",
        "beneficiary",
        "creditor",
        "merchant",
        "recipient",
        "provider",
        "contractor",
        "payees",
        "company",
        "claimant",
        "trader",
        "customer",
        "sub",
    ];
    if only(words, &["name", "names"]) || only(words, &["paid", "to"]) && any(words, &["to"]) {
        return Some(80);
    }
    if !any(words, &WHO) || is_about(words) {
        return None;
    }
    Some(match () {
        () if any(words, &["company", "customer", "sub"]) => 60,
        () if any(words, &["name"]) => 100,
        () => 95,
    })
}

/// Words of a column that tells something about somebody, and not who it is.
fn is_about(words: &[String]) -> bool {
    const ABOUT: [&str; 26] = [
        "id",
        "no",
        "number",
        "num",
        "code",
        "ref",
        "reference",
        "type",
        "category",
        "address",
        "postcode",
        "site",
        "registration",
        "vat",
        "key",
        "uri",
        "url",
        "status",
        "class",
        "classification",
        "sector",
        "invoice",
        "sme",
        "vcse",
        "amount",
        "date",
    ];
    any(words, &ABOUT)
}

/// A column of bodies whose money it is.
pub(super) fn body(words: &[String]) -> Option<u8> {
    let of = |list: &[&str]| any(words, list);
    if is_about(words) || payee(words).is_some() {
        return None;
    }
    let bodies = [
        "body",
        "organisation",
        "organization",
        "authority",
        "entity",
        "publisher",
    ];
    Some(match () {
        () if of(&bodies) && of(&["name", "label"]) => 100,
        () if of(&["entity"]) => 95,
        () if of(&["ccg", "icb", "trust", "pcc", "force"]) => 90,
        () if of(&bodies) => 85,
        () if of(&["council"]) => 80,
        () if of(&["family"]) => 40,
        () if only(words, &["department"]) => 35,
        () if only(words, &["client"]) => 30,
        () => return None,
    })
}

/// How finely a column of codes tells what money is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// The part of the body: a directorate.
    Coarse,
    /// The service or cost centre.
    Middle,
    /// What was bought: an account or category.
    Fine,
}

/// A column of codes that tell what money is for, with how likely it is among those of its level.
pub(super) fn code(words: &[String]) -> Option<(Level, u8)> {
    let of = |list: &[&str]| any(words, list);
    if payee(words).is_some()
        || date(words).is_some()
        || of(&[
            "supplier",
            "vendor",
            "payee",
            "beneficiary",
            "creditor",
            "company",
            "charity",
            "contract",
            "order",
            "uri",
            "url",
            "address",
            "postcode",
            "currency",
            "invoice",
            "body",
            "organisation",
            "entity",
            "authority",
            "recid",
            "ref",
            "reference",
            "transaction",
        ])
    {
        return None;
    }
    // Numbers and keys beside names that say the same.
    let key = of(&["code", "number", "no", "id", "num"]);
    let less = if key { 40 } else { 0 };
    let (level, rank): (Level, u8) = match () {
        () if of(&["family"]) => return None,
        () if of(&["service", "services"]) => {
            (Level::Middle, if of(&["expenditure"]) { 95 } else { 90 })
        }
        () if of(&["expense", "expenses"]) && of(&["area"]) => (Level::Middle, 92),
        () if of(&["directorate"]) => (Level::Coarse, 95),
        () if of(&[
            "department",
            "dept",
            "portfolio",
            "organisational",
            "organizational",
        ]) =>
        {
            (Level::Coarse, 90)
        }
        () if of(&["cost"]) && of(&["centre", "center", "centres"]) => (
            Level::Middle,
            if of(&["name", "description", "desc"]) {
                84
            } else {
                78
            },
        ),
        () if of(&["costcentre", "costcenter", "costc"]) => (Level::Middle, 78),
        () if of(&[
            "division",
            "section",
            "team",
            "programme",
            "program",
            "function",
            "sercop",
            "cipfa",
        ]) =>
        {
            (Level::Middle, 70)
        }
        () if of(&["expense", "expenses"]) && of(&["type", "category", "description"]) => {
            (Level::Fine, 90)
        }
        () if of(&["expenditure", "spend"])
            && of(&[
                "category",
                "catergory",
                "type",
                "analysis",
                "description",
                "classification",
                "internal",
            ]) =>
        {
            (Level::Fine, 92)
        }
        () if of(&[
            "subjective",
            "nominal",
            "objective",
            "gl",
            "g",
            "account",
            "ledger",
        ]) =>
        {
            (Level::Fine, 80)
        }
        () if of(&["purpose"]) => (Level::Fine, 75),
        () if of(&["line"]) && of(&["name", "description", "label"]) => (Level::Middle, 60),
        () if of(&[
            "category",
            "commodity",
            "class",
            "classification",
            "proclass",
            "type",
            "group",
        ]) =>
        {
            (Level::Fine, 55)
        }
        () if of(&["unit", "business"]) => (Level::Coarse, 50),
        () if of(&["expenditure"]) => (Level::Fine, 50),
        () if of(&["detail", "details", "description", "narrative"]) => (Level::Fine, 20),
        () => return None,
    };
    (rank > less).then(|| (level, rank - less))
}

/// Whether a column says that spending is capital or revenue.
pub(super) fn is_kind(words: &[String]) -> bool {
    let of = |list: &[&str]| any(words, list);
    of(&["capital", "cap"]) && of(&["revenue", "rev"])
}

/// Whether a heading has a meaning that is known here.
pub(super) fn is_known(words: &[String]) -> bool {
    amount(words).is_some()
        || is_tax(words)
        || date(words).is_some()
        || period(words).is_some()
        || reference(words).is_some()
        || payee(words).is_some()
        || body(words).is_some()
        || code(words).is_some()
        || is_kind(words)
        || is_about(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(
        of: impl Fn(&[String]) -> Option<u8>,
        headings: &[&'static str],
    ) -> Option<&'static str> {
        let ranked = headings
            .iter()
            .filter_map(|&heading| Some((of(&words(heading))?, heading)));
        ranked.rev_max().map(|(_, heading)| heading)
    }

    trait First<T> {
        fn rev_max(self) -> Option<T>;
    }

    impl<I: Iterator<Item = (u8, &'static str)>> First<(u8, &'static str)> for I {
        /// The first of those of the highest rank.
        fn rev_max(self) -> Option<(u8, &'static str)> {
            self.fold(None, |best: Option<(u8, &'static str)>, one| match best {
                Some(best) if best.0 >= one.0 => Some(best),
                _ => Some(one),
            })
        }
    }

    #[test]
    fn words_of_headings() {
        assert_eq!(words("NetAmount(£)"), ["net", "amount", "£"]);
        assert_eq!(words("* Total VATAmount: "), ["total", "vat", "amount"]);
        assert_eq!(words("G/L description."), ["g", "l", "description"]);
        assert_eq!(words("Net Amount(œ)"), ["net", "amount", "£"]);
        assert_eq!(words("+"), [""; 0]);
    }

    #[test]
    fn net_is_before_amount_and_amount_before_gross() {
        let all = ["Gross", "VAT", "Net", "Amount"];
        assert_eq!(best(amount, &all), Some("Net"));
        assert_eq!(best(amount, &["Gross Amount", "Amount"]), Some("Amount"));
        let leeds = [
            "Irrecoverable VAT Amount",
            "Amount",
            "Detailed Expenditure Code",
        ];
        assert_eq!(best(amount, &leeds), Some("Amount"));
        assert_eq!(
            best(amount, &["Invoice Amount", "Line Amount"]),
            Some("Line Amount")
        );
        assert_eq!(
            best(amount, &["Amount inc VAT", "Amount exc VAT"]),
            Some("Amount exc VAT")
        );
        for no in [
            "Payment Date",
            "Amount Type",
            "VAT",
            "Sum of Amount",
            "Supplier",
            "Cost Centre",
            "Expenditure Category",
        ] {
            assert_eq!(amount(&words(no)), None, "{no}");
        }
        for yes in [
            "* Total Invoice Amount",
            "£",
            "Total",
            "AP Amount (£)",
            "Value",
            "amount_gbp",
            "Net",
            "Spend",
            "Paid",
        ] {
            assert!(amount(&words(yes)).is_some(), "{yes}");
        }
    }

    #[test]
    fn when_it_was_paid_is_before_when_it_was_invoiced() {
        let all = ["Invoice Date", "Effective Date", "DatePaid", "Date"];
        assert_eq!(best(date, &all), Some("DatePaid"));
        assert_eq!(
            best(date, &["Effective Date", "Payment Date"]),
            Some("Payment Date")
        );
        assert_eq!(
            best(date, &["Due Date", "Clearing Date"]),
            Some("Clearing Date")
        );
        assert_eq!(date(&words("Updated")), None);
    }

    #[test]
    fn who_was_paid_whose_money_and_what_for() {
        let payees = ["Supplier ID", "Supplier Name", "Supplier Type"];
        assert_eq!(best(payee, &payees), Some("Supplier Name"));
        assert_eq!(payee(&words("Name:  ")), Some(80));
        assert_eq!(payee(&words("Cost Centre Name")), None);
        let bodies = [
            "Organisation Code",
            "Organisation Label",
            "Department Family",
        ];
        assert_eq!(best(body, &bodies), Some("Organisation Label"));
        assert_eq!(
            code(&words("Service Division Label")),
            Some((Level::Middle, 90))
        );
        assert_eq!(code(&words("Directorate")), Some((Level::Coarse, 95)));
        assert_eq!(code(&words("G/L description.")), Some((Level::Fine, 80)));
        assert_eq!(code(&words("Supplier Name")), None);
        let numbered = code(&words("Cost Centre Code")).map(|(_, rank)| rank);
        assert!(numbered < code(&words("Cost Centre Name")).map(|(_, rank)| rank));
        let references = ["Supplier ID", "TransactionNumber", "Invoice No"];
        assert_eq!(best(reference, &references), Some("TransactionNumber"));
    }
}
