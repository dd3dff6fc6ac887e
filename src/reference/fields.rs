//! What each field of a table holds, in a sentence.

/// Fields of a table, each with its sentence.
type Told = &'static [(&'static str, &'static str)];

/// The tables of rows that stand beside a table of keys: a title, and the name of their fields.
pub(super) fn beside(path: &str) -> Vec<(&'static str, &'static str)> {
    let rows = "Fields of its rows";
    let one = |name| vec![(rows, name)];
    match path {
        "localities" => vec![(
            "Fields of the rows of `[[localities]]`, `[[activities]]`, `[[groups]]`, `[[tags]]` and `[[partners]]`",
            "member",
        )],
        "crosswalk" => one("crosswalk"),
        "driver" => vec![("Fields of the rows of its `tables`", "mass")],
        "lookup" => vec![("Fields of the rows of its `tables`", "link")],
        "counterparty" => one("counterparty"),
        "in_kind" => one("in_kind"),
        "outcomes" => one("outcome"),
        "contributions" => one("contribution"),
        "indicators" => one("indicator"),
        "areas" => one("area"),
        "series" => one("series"),
        "observations" => vec![("Fields of the rows of its `table`", "observation")],
        "denominators" => one("denominator"),
        "targets" => one("target"),
        "forecasts" => one("forecast"),
        "expected" => one("expected"),
        "breaks" => one("break"),
        "withdrawn" => one("withdrawn"),
        "lags" => one("lag"),
        "deflator" => vec![("Fields of the rows of its `tables`", "price_year")],
        "unit_values" => one("unit_value"),
        "moves" => one("move"),
        "observed" => one("observed"),
        "contract_results" => one("contract_result"),
        "payments" => one("payment"),
        "priorities" => one("plan_priority"),
        "funding" => one("plan_funding"),
        "assigned" => one("plan_assigned"),
        "buildings" => one("building"),
        "occupiers" => one("building_occupier"),
        "costs" => one("building_cost"),
        "usage" => one("building_use"),
        "caseload" => vec![("Fields of the rows of its `table`", "caseload_member")],
        "gap_lines" => one("gap_line"),
        "reductions" => one("reduction"),
        "agreed_targets" => one("agreed_target"),
        "milestones" => one("milestone"),
        "figures_due" => one("figure_due"),
        "surveys" => one("survey"),
        "ratings" => one("rating"),
        "actions" => one("plan_action"),
        "action_status" => one("action_status"),
        "reports" => one("planned_report"),
        "meetings" => one("meeting"),
        "agenda" => one("agenda_item"),
        "decisions" => one("decision"),
        "reward_grants" => one("reward_grant"),
        "conditions" => one("grant_condition"),
        "draw_downs" => one("draw_down"),
        "spend_elsewhere" => vec![("Fields of the rows of its `table`", "spend")],
        _ => Vec::new(),
    }
}

/// The fields of that name, in the order in which they are read.
pub(super) fn of(name: &str) -> Told {
    match name {
        "member" => MEMBER,
        "mass" => MASS,
        "link" => LINK,
        "crosswalk" => CROSSWALK,
        "counterparty" => COUNTERPARTY,
        "in_kind" => IN_KIND,
        "outcome" => OUTCOME,
        "contribution" => CONTRIBUTION,
        "indicator" => INDICATOR,
        "area" => AREA,
        "series" => SERIES,
        "observation" => OBSERVATION,
        "denominator" => DENOMINATOR,
        "target" => TARGET,
        "forecast" => FORECAST,
        "expected" => EXPECTED,
        "break" => BREAK,
        "withdrawn" => WITHDRAWN,
        "lag" => LAG,
        "spend" => SPEND,
        "price_year" => PRICE_YEAR,
        "unit_value" => UNIT_VALUE,
        "move" => MOVE,
        "observed" => OBSERVED,
        "contract_result" => CONTRACT_RESULT,
        "payment" => PAYMENT,
        "plan_priority" => PLAN_PRIORITY,
        "plan_funding" => PLAN_FUNDING,
        "plan_assigned" => PLAN_ASSIGNED,
        "building" => BUILDING,
        "building_occupier" => BUILDING_OCCUPIER,
        "building_cost" => BUILDING_COST,
        "building_use" => BUILDING_USE,
        "caseload_member" => CASELOAD_MEMBER,
        "gap_line" => GAP_LINE,
        "reduction" => REDUCTION,
        "agreed_target" => AGREED_TARGET,
        "milestone" => MILESTONE,
        "figure_due" => FIGURE_DUE,
        "survey" => SURVEY,
        "rating" => RATING,
        "plan_action" => PLAN_ACTION,
        "action_status" => ACTION_STATUS,
        "planned_report" => PLANNED_REPORT,
        "meeting" => MEETING,
        "agenda_item" => AGENDA_ITEM,
        "decision" => DECISION,
        "reward_grant" => REWARD_GRANT,
        "grant_condition" => GRANT_CONDITION,
        "draw_down" => DRAW_DOWN,
        _ => &[],
    }
}

const MEMBER: Told = &[
    (
        "code",
        "Its code, by which ledgers, rules and questions mean it. Needed.",
    ),
    ("name", "Name for people. Empty: the code."),
    (
        "level",
        "What kind of member it is, such as `ward` or `service`; reports are told by level. Empty: none.",
    ),
    (
        "parent",
        "Code of the member that it lies in. Empty: it lies in none.",
    ),
    (
        "vintage",
        "Areas only: the year or edition of the code, where one code has meant two areas; `code@vintage` then means one. Empty: there is one.",
    ),
    (
        "grouping",
        "Areas only: the name of another way of putting the same smallest areas together, which may cut across the tree. Empty: the tree itself.",
    ),
];

const MASS: Told = &[
    ("locality", "Code of a smallest area. Needed."),
    (
        "ages",
        "Ages of the people counted, such as `17` or `10-17`; where ages stand in headings, `ages_in_columns` says so. Empty: the driver knows no ages.",
    ),
    (
        "group",
        "Code of the client group counted. Empty: the driver knows no groups.",
    ),
    (
        "mass",
        "How much of the measure lies there: a number, zero or above. Needed.",
    ),
];

const LINK: Told = &[
    (
        "from",
        "The other code: a postcode, or an area of another year. Needed.",
    ),
    (
        "to",
        "Code of the area of the place that it lies in. Needed.",
    ),
    (
        "weight",
        "Where it lies in several: how much of it lies in this one, in any unit. Empty: a driver divides it, or it lies in one.",
    ),
    (
        "name",
        "Name of the other area, for people. Empty: its code.",
    ),
];

const CROSSWALK: Told = &[
    ("ledger", "Id of the ledger whose code it is. Needed."),
    (
        "code",
        "The partner's code, as the file writes it; joined columns have ` / ` between. `*` stands for any letters, `\\*` for an asterisk. Needed.",
    ),
    (
        "weight",
        "Where several rows of one code name several activities: the part of this one, of 1 or of 100. Empty: all of it.",
    ),
    (
        "class",
        "How the weight is known: `driver`, `population` or `judgement`. Needed with a weight, empty otherwise.",
    ),
    (
        "axis",
        "Long form only: what the row says of the line, by the name of one of the columns below. A table without this column is wide.",
    ),
    (
        "to",
        "Long form only: the member that the code means. Empty where there is a `gap`.",
    ),
    (
        "gap",
        "Long form only: why it means no member: `not-disaggregated`, `not-elsewhere-classified`, `whole-place`, `unknown`, `withheld` or `outside-boundary`. Empty where there is a member.",
    ),
    (
        "of",
        "Wide form only: which column the code stands in, where a ledger looks several up: its name in the layout, or its heading. Empty where that is clear.",
    ),
    (
        "not_spending",
        "Wide form only: why the code is not spending, as in `[[excluded]]`. Empty: it is spending.",
    ),
    (
        "note",
        "Wide form only: a remark, or the reason in words where `not_spending` is `other`.",
    ),
    (
        "partner",
        "Wide form only: whose money it is, as code or name of a member, or a reason for a gap. Empty: the row says nothing of it.",
    ),
    (
        "activity",
        "Wide form only: what it is for; several as `youth-work 60; schools 40; judgement`. Empty: not done yet.",
    ),
    (
        "ages",
        "Wide form only: whom it serves, such as `10-17` or `all`.",
    ),
    ("group", "Wide form only: whom it serves, by client group."),
    ("tag", "Wide form only: its labels, with `;` between."),
    ("locality", "Wide form only: where."),
    (
        "resource",
        "Wide form only: `cash`, `staff-time`, `premises`, `volunteer-time` or `goods`.",
    ),
    (
        "flexibility",
        "Wide form only: `statutory`, `contracted to Mar 2027` or `discretionary`.",
    ),
];

const COUNTERPARTY: Told = &[
    (
        "ledger",
        "Id of the ledger whose lines it is about, or `every`. Needed.",
    ),
    (
        "match",
        "How the text is compared: `exact`, `normalised` (letters and digits only, any case) or `pattern` (with `*` and `?`). Needed.",
    ),
    (
        "text",
        "The text of the code `counterparty`: who is paid, or who pays. Needed.",
    ),
    (
        "and_code",
        "The name of another code of the line that must be met too. Empty: none.",
    ),
    (
        "and_text",
        "The text of that other code, exactly. Empty: none.",
    ),
    (
        "period",
        "Only lines of this period. Empty: of every period.",
    ),
    (
        "side",
        "Whose side the ledger is: `payer`, whose lines are payments, or `payee`, whose lines are income. Empty: `payer`.",
    ),
    ("partner", "Code of the partner on the other side. Needed."),
    (
        "kind",
        "What kind of payment: `contract`, `grant`, `pass-through`, `agency`, `recharge`, `pool-contribution` or `repayment`. Needed.",
    ),
    (
        "share",
        "For a pass-through: the part that is passed on, above 0 and at most 1. Empty: all.",
    ),
    (
        "onward",
        "For a pass-through of a stated part: code of the partner it is passed on to. Empty: the payee decides.",
    ),
];

const IN_KIND: Told = &[
    ("partner", "Code of the partner that gives it. Needed."),
    ("activity", "Code of what it is for. Needed."),
    (
        "ages",
        "Whom it serves, by age. Needed; `all` for everybody.",
    ),
    (
        "group",
        "Whom it serves, by client group. Empty: everybody.",
    ),
    ("locality", "Code of where. Needed."),
    ("period", "When, such as `2024-25`. Needed."),
    ("phase", "`budget`, `forecast` or `outturn`. Needed."),
    (
        "resource",
        "`staff-time`, `premises`, `volunteer-time` or `goods`. Needed.",
    ),
    ("quantity", "How much, as a number. Needed."),
    ("unit", "Of what, such as `hours`. Needed."),
    ("basis", "How the quantity is known. Needed."),
];

const OUTCOME: Told = &[
    ("code", "Its code, for indicators and questions. Needed."),
    ("name", "What should change, in words. Needed."),
    (
        "priority",
        "The priority of the partnership that it belongs to. Empty: none.",
    ),
    (
        "lead",
        "Code of the partner that leads. Empty: nobody does.",
    ),
    (
        "contributing",
        "Codes of partners that help, with `;` between. Empty: none is named.",
    ),
];

const CONTRIBUTION: Told = &[
    ("outcome", "Code of the outcome. Needed."),
    (
        "activity",
        "Code of the activity whose spending is meant to help. Needed.",
    ),
    (
        "weight",
        "The part of its spending that is, above 0 and at most 1. Needed.",
    ),
    (
        "judgement",
        "Whose judgement the weight is, and from what. Needed.",
    ),
    ("contribution", "How the activity helps, in words. Needed."),
];

const INDICATOR: Told = &[
    ("code", "Its code, for series and questions. Needed."),
    (
        "name",
        "What it measures, in words that stand alone. Needed.",
    ),
    (
        "outcome",
        "Code of the outcome that it tells of. Empty: of none.",
    ),
    (
        "headline",
        "`yes` if it stands in the headline of its outcome. Empty: it does not.",
    ),
    (
        "accountability",
        "`population` (a condition of all people in a place) or `performance` (of one partner's service). Needed.",
    ),
    (
        "asks",
        "For performance: `how-much`, `how-well` or `better-off`. Empty for population.",
    ),
    (
        "service_partner",
        "For performance: code of the partner whose service it is. Empty for population.",
    ),
    (
        "service_activity",
        "For performance: code of the service. Empty for population.",
    ),
    (
        "better",
        "Which way is good: `lower`, `higher` or `neither`. Needed.",
    ),
    (
        "form",
        "What kind of number: `count`, `proportion`, `rate`, `mean`, `index` or `rank`. Needed.",
    ),
    (
        "per",
        "For a proportion or a rate: for how many it is given, such as `100` or `100000`. Empty otherwise.",
    ),
    ("unit", "The unit, in words. Needed."),
    (
        "numerator",
        "What is counted above the line, in words. Empty: nobody says.",
    ),
    (
        "denominator",
        "What is counted below the line, in words. Empty: nobody says.",
    ),
    (
        "ages",
        "Ages of the people it is about. Empty: not told by age.",
    ),
    (
        "group",
        "Code of the client group it is about. Empty: of no one group.",
    ),
    (
        "level",
        "The level of the smallest areas that it is published for, such as `county`. Needed.",
    ),
    (
        "years",
        "What a bare year means: `financial`, `financial-ending`, `calendar`, `academic-ending` or a month such as `January`. Needed.",
    ),
    (
        "owner",
        "Code of the partner that owes the figure. Empty where there is a `publisher`.",
    ),
    (
        "publisher",
        "Who owes the figure and is no partner. Empty where there is an `owner`.",
    ),
    (
        "lead",
        "Code of the partner that leads on it. Empty: nobody does.",
    ),
    (
        "contributing",
        "Codes of partners that help, with `;` between. Empty: none is named.",
    ),
    ("source", "Publication and edition. Needed."),
    (
        "reoffending",
        "What a reoffending rate means: `binary`, `per-reoffender` or `per-offender`. Needed for such a rate, empty otherwise.",
    ),
    ("note", "What a reader must know. Empty: nothing."),
];

const AREA: Told = &[
    (
        "code",
        "Code of the area; that of a locality of the pack means it. Needed.",
    ),
    (
        "name",
        "Name for people; published rows may use it. Needed.",
    ),
    (
        "relation",
        "What it is to the place: `subject`, `statistical-neighbour`, `neighbour`, `region` or `country`. Needed.",
    ),
    (
        "rank",
        "For statistical neighbours: 1 for the nearest. Empty: no order.",
    ),
    (
        "also",
        "Other names that publishers use for it, with `;` between. Empty: none.",
    ),
    (
        "localities",
        "Codes of localities of the pack that it consists of, with `;` between. Empty: itself, or none.",
    ),
];

const SERIES: Told = &[
    (
        "dataset",
        "The name of the observations it stands in. Needed.",
    ),
    (
        "published",
        "What the publisher calls the series: the texts of `series`, `series_2` and `series_3` of a row, with ` | ` between. Needed.",
    ),
    (
        "indicator",
        "Code of the indicator that it is a part of. Needed.",
    ),
    (
        "part",
        "Which part: `value`, `numerator`, `denominator`, `lower` or `upper`. Needed.",
    ),
];

const OBSERVATION: Told = &[
    ("series", "What the publisher calls the series. Needed."),
    (
        "series_2",
        "A second text that tells series apart. Empty: none does.",
    ),
    ("series_3", "A third such text. Empty: none does."),
    ("area", "Code or name of the area. Needed."),
    ("period", "The period, as published. Needed."),
    (
        "value",
        "The figure, as published. Empty where a mark says why.",
    ),
    (
        "status",
        "The publisher's mark, such as `c`; `marks` says what it means. Empty: a plain figure.",
    ),
];

const DENOMINATOR: Told = &[
    ("indicator", "Code of the indicator. Needed."),
    (
        "driver",
        "Code of the driver that counts the people below its line. Needed.",
    ),
    ("ages", "Their ages. Empty: all."),
];

const TARGET: Told = &[
    ("indicator", "Code of the indicator. Needed."),
    ("area", "Code or name of the area. Needed."),
    ("period", "When it should be reached. Needed."),
    ("value", "What it should be. Needed."),
    ("source", "Who set it, where. Needed."),
];

const FORECAST: Told = &[
    ("indicator", "Code of the indicator. Needed."),
    (
        "method",
        "How its history is carried on: `level` (its mean) or `linear-trend`. Needed.",
    ),
    ("from", "First period of the history. Needed."),
    ("to", "Last period of the history. Needed."),
    ("judgement", "Why these periods and this method. Needed."),
];

const EXPECTED: Told = &[
    ("indicator", "Code of the indicator. Needed."),
    ("level", "Level of the areas that should have it. Needed."),
    ("from", "First period. Needed."),
    ("to", "Last period. Needed."),
];

const BREAK: Told = &[
    ("indicator", "Code of the indicator. Needed."),
    (
        "period",
        "The first period of the new way of counting. Needed.",
    ),
    ("why", "What changed. Needed."),
];

const WITHDRAWN: Told = &[
    ("indicator", "Code of the indicator. Needed."),
    ("area", "Name or code of the area. Needed."),
    ("why", "Why the figures are not believed. Needed."),
];

const LAG: Told = &[
    ("indicator", "Code of the indicator. Needed."),
    (
        "months",
        "After how many months spending shows in it; 0 for none. Needed.",
    ),
    ("why", "From what that is known. Needed."),
];

const SPEND: Told = &[
    ("area", "Code or name of the area. Needed."),
    ("period", "The period, as published. Needed."),
    ("amount", "What it spent, in pounds. Needed."),
];

const PRICE_YEAR: Told = &[
    ("year", "The year, of the kind that `years` says. Needed."),
    (
        "index",
        "The index, as in `68.8561`. Empty: that of the year before with the change.",
    ),
    (
        "change",
        "The change on the year before in per cent, as published. Empty: the index says it.",
    ),
    ("kind", "`outturn` or `forecast`. Empty: an outturn."),
];

const UNIT_VALUE: Told = &[
    ("code", "By which effects name it. Needed."),
    ("name", "Name for people. Empty: the code."),
    (
        "unit",
        "Of what: an incident, a person for a year. Empty: not said.",
    ),
    (
        "bearer",
        "Who bears it; a `[[bearer]]` says who that is. Needed.",
    ),
    ("value", "Pounds for one. Needed."),
    ("kind", "`fiscal`, `economic` or `social`. Needed."),
    (
        "cost",
        "`average` or `marginal`: in the short run less is saved than the average. Needed.",
    ),
    (
        "transfer",
        "`yes` where it only moves money, so that nothing is gained by the whole; `no`. Needed.",
    ),
    ("price_year", "The year of its prices. Needed."),
    ("price_year_kind", "`financial` or `calendar`. Needed."),
    (
        "parent",
        "The unit value that it is a part of: never both of one effect. Empty: none.",
    ),
    ("source", "Who published it. Empty: not said."),
    ("edition", "Which edition. Empty: not said."),
    ("licence", "Under which licence. Empty: not said."),
];

const MOVE: Told = &[
    (
        "scenario",
        "Code of the scenario that it belongs to. Needed.",
    ),
    ("phase", "`budget`, `forecast` or `outturn`. Needed."),
    (
        "amount",
        "Pounds in each twelve months. Needed, but where a building is named: what giving it up frees is the amount then.",
    ),
    (
        "building",
        "Code of a building of the pack's premises that is given up. Empty: the amount is written down.",
    ),
    (
        "costs_of",
        "By the costs of which year a building frees something, such as `2024-25`. Needed where a building is named; empty otherwise.",
    ),
    (
        "decided",
        "On which day it is decided to give the building up, as `2025-04-01`: notice runs from then. Needed where a building is named; empty otherwise.",
    ),
    ("from_partner", "Whose money. Needed."),
    ("from_activity", "What it is spent on. Needed."),
    ("from_ages", "For whom, by age; `all` for everyone. Needed."),
    (
        "from_group",
        "For whom, by client group. Empty: of any, and not said which.",
    ),
    ("from_locality", "Where. Needed."),
    (
        "to_partner",
        "Who spends it then; another partner is paid it. Empty: the same.",
    ),
    ("to_activity", "What it is spent on then. Empty: the same."),
    ("to_ages", "For whom then, by age. Empty: the same."),
    (
        "to_group",
        "For whom then, by client group. Empty: the same.",
    ),
    ("to_locality", "Where then. Empty: the same."),
    ("from_month", "The first month, such as `Apr 2024`. Needed."),
    ("years", "How many times twelve months; 1 for once. Needed."),
    (
        "kind",
        "What kind of payment takes it to another partner, such as `grant`. Empty: it stays with its partner.",
    ),
    (
        "decision",
        "Which decision lets money go that the law asks for. Empty: such money stays.",
    ),
    ("reason", "Why, in words. Needed."),
];

const OBSERVED: Told = &[
    ("proposal", "Code of the proposal. Needed."),
    ("effect", "Code of its effect. Needed."),
    (
        "year",
        "Financial year in which it was counted, such as `2025-26`; one that the proposal counts. Needed.",
    ),
    (
        "counted",
        "`people`, where each counts once; `events`, of which one person may have several. Needed.",
    ),
    (
        "people",
        "How many of those who entered, in this year or before, were counted. Needed.",
    ),
    (
        "events",
        "How many of them have it, or how many events they had in the year. Needed.",
    ),
    (
        "design",
        "How the comparison group came about: `beside`, other people as they are; `adjusted`, with counts that allow for how \
         they differ; `before`, both groups counted before and after; `natural`, as good as chance; `randomised`. Empty: \
         there is none.",
    ),
    (
        "comparison_people",
        "How many people the comparison group has. Empty: there is none.",
    ),
    (
        "comparison_events",
        "What was counted of them in the year. Empty: there is no comparison group.",
    ),
    (
        "people_before",
        "How many of the same sort of people were counted before it began. Empty: none were.",
    ),
    (
        "events_before",
        "What was counted of them in a year. Empty: none were.",
    ),
    (
        "comparison_people_before",
        "How many people the comparison group had before. Empty: none were counted.",
    ),
    (
        "comparison_events_before",
        "What was counted of them in a year. Empty: none were.",
    ),
    (
        "design_effect",
        "How many times as much counts vary as those of people who are independent of each other, 1 or more: where few people \
         have most events, or people come in classes and households. Empty: 1.",
    ),
    ("source", "Who counted, and where it is written. Needed."),
];

const CONTRACT_RESULT: Told = &[
    ("contract", "Code of the contract. Needed."),
    ("term", "Code of its term. Needed."),
    ("cohort", "Code of its cohort. Needed."),
    (
        "group",
        "Which people of the cohort, so that a cap by person binds where it should: one row for each group of people who \
         achieved the same. Empty: all of them.",
    ),
    (
        "year",
        "Financial year in which it is paid, such as `2025-26`. Needed.",
    ),
    (
        "people",
        "How many people were counted; 1 for the demand of a whole place, 0 for a fee. Needed.",
    ),
    (
        "count",
        "Claims; people who have it; events; pounds; units of demand; parts of a service. Needed.",
    ),
    (
        "returned",
        "Of claims paid for earlier, how many did not last. Empty: none.",
    ),
    (
        "comparison_people",
        "How many people the comparison group has. Empty: the term has none.",
    ),
    (
        "comparison_count",
        "What was counted of them. Empty: the term has no comparison group.",
    ),
    (
        "quality",
        "Quality from 0 to 1, for a term that asks for it. Empty: it is not reported, and such a term pays nothing.",
    ),
];

const PAYMENT: Told = &[
    ("contract", "Code of the contract. Needed."),
    ("term", "Code of its term. Needed."),
    ("cohort", "Code of its cohort. Needed."),
    (
        "state",
        "`in-delivery`, `in-measurement`, `claimed`, `verified`, `paid`, `refused` or `clawed-back`. Needed.",
    ),
    (
        "on",
        "The day from which on they stand there, such as `2025-06-30`. All rows of a cohort and term of one day together say \
         where all its claims stand, until its next day. Needed.",
    ),
    ("claims", "How many claims. Needed."),
    (
        "pence",
        "What they are worth, or what was paid for them or taken back, in whole pence. Needed.",
    ),
    (
        "reason",
        "Why claims are refused or taken back, in words. Needed for those.",
    ),
];

const PLAN_PRIORITY: Told = &[
    ("code", "Code of the priority. Needed."),
    ("name", "Its name, as people know it. Needed."),
    ("place", "Code of the locality that wants it. Needed."),
    (
        "level",
        "`strategic`, of the whole place, or `local`, of the people there. Needed.",
    ),
    ("need", "Why it is needed, in words. Needed."),
    (
        "cost",
        "What it is estimated to cost, in pounds. Empty: nobody has estimated it, and it has no gap.",
    ),
    (
        "quantity",
        "How many units are needed, up to two decimals; never added to pounds. Empty: it is no matter of units.",
    ),
    (
        "unit",
        "What the units are: `affordable homes`. Needed with a quantity.",
    ),
    (
        "status",
        "How far it is: `identified`, `planned`, `under way`, `done` or `withdrawn`. What is done or withdrawn has no gap. Needed.",
    ),
    (
        "from",
        "The day, or the month, from which it runs. Empty: nobody said.",
    ),
    (
        "by",
        "The day, or the month, by which it should be there. Empty: nobody said.",
    ),
    (
        "lead",
        "Code of the partner that leads it. Empty: nobody does.",
    ),
    (
        "activity",
        "Code of the activity under which the account has what is spent on this already. Empty, with `ages`: nothing is asked of the account.",
    ),
    (
        "ages",
        "Whom it serves, such as `11-17` or `all`. Needed with an activity.",
    ),
    (
        "group",
        "Code of the client group that it serves. Empty: everybody.",
    ),
    (
        "partner",
        "Code of the partner whose spending is meant. Empty: everybody's.",
    ),
    (
        "source",
        "Where it comes from: a plan, its edition. May be empty.",
    ),
];

const PLAN_FUNDING: Told = &[
    (
        "reference",
        "Reference of the contribution: the rows of its steps share it. Needed.",
    ),
    (
        "priority",
        "Code of the priority for which all of it is. Empty: `assigned` divides it, or it is for none.",
    ),
    (
        "source",
        "Where it comes from: `cil`, `section-106`, `section-278`, `new-homes-bonus`, `public`, `private` or `volunteer`. Needed.",
    ),
    ("giver", "Who gives it, in words. May be empty."),
    (
        "status",
        "Which step it took: `asked`, `refused`, `secured` (promised), `due`, `received`, `allocated`, `transferred`, `spent` or `returned`. A pound has a row for each step. Needed.",
    ),
    ("on", "On which day. Needed."),
    (
        "pounds",
        "How many pounds took the step. Empty where there is a quantity.",
    ),
    (
        "quantity",
        "How many units took the step. Empty where there are pounds.",
    ),
    (
        "unit",
        "What the units are: `hours`. Needed with a quantity.",
    ),
    (
        "transaction",
        "Reference by which a ledger has the step too (`matched`). Empty: no ledger has it.",
    ),
];

const PLAN_ASSIGNED: Told = &[
    ("contribution", "Reference of the contribution. Needed."),
    ("priority", "Code of the priority that it is for. Needed."),
    (
        "pounds",
        "How many pounds of it. Empty, with `quantity`: all of it; what is left over is for no priority.",
    ),
    (
        "quantity",
        "How many units of it. Empty, with `pounds`: all of it.",
    ),
];

const BUILDING: Told = &[
    ("code", "Code of the building. Needed."),
    ("name", "Its name, as people know it. Needed."),
    (
        "owner",
        "Code of the partner that owns it. Empty: another does, or nobody said.",
    ),
    (
        "owner_name",
        "Name of an owner outside the pack. Empty: a partner owns it, or nobody said.",
    ),
    ("place", "Code of the locality in which it stands. Needed."),
    ("latitude", "Degrees north (WGS84). Empty: it is on no map."),
    (
        "longitude",
        "Degrees east, below nothing west of Greenwich. Needed with a latitude.",
    ),
    (
        "area",
        "Floor area in square metres. Empty: no cost of a square metre.",
    ),
    (
        "desks",
        "How many people can work there at once. Empty: nobody can say what is free.",
    ),
    (
        "condition",
        "`good`, `satisfactory`, `poor` or `bad`. Empty: not surveyed.",
    ),
    (
        "tenure",
        "How it is held: `freehold`, `leasehold` or `licence`. Empty: nobody can say when it can be given up.",
    ),
    (
        "lease_end",
        "When the lease ends. Empty: it has none, or nobody said.",
    ),
    (
        "break_on",
        "From which day on the lease may be ended earlier. Empty: it may not.",
    ),
    (
        "notice_months",
        "How many months before that it must be said; of a licence, its notice. Needed with a break.",
    ),
    (
        "locked_to",
        "Until when something else forbids to give it up. Empty: nothing does.",
    ),
    (
        "lock",
        "What that is, in words: the condition of a grant. Needed with its day.",
    ),
];

const BUILDING_OCCUPIER: Told = &[
    ("building", "Code of the building. Needed."),
    ("team", "Name of the team. Needed."),
    (
        "occupier",
        "Code of the partner whose team it is. Empty: another's.",
    ),
    (
        "occupier_name",
        "Name of a body outside the pack whose team it is. Empty: a partner's.",
    ),
    (
        "share",
        "Its part of the building: `1/3`, `0.25`, `40%`. What all teams leave is vacant. Needed.",
    ),
];

const BUILDING_COST: Told = &[
    ("building", "Code of the building. Needed."),
    ("year", "Which financial year, such as `2024-25`. Needed."),
    ("item", "What was paid for: rent, rates, energy. Needed."),
    ("pounds", "How much was paid. Needed."),
    (
        "payer",
        "Code of the partner that paid. Empty: another did.",
    ),
    (
        "payer_name",
        "Name of a body outside the pack that paid. Empty: a partner did.",
    ),
    (
        "payee",
        "Code of the partner that was paid. Empty: another was.",
    ),
    (
        "payee_name",
        "Name of a body outside the pack that was paid. Empty: a partner was.",
    ),
    (
        "ends",
        "When the cost ends: with `use` (energy, cleaning), with the `building` (rent, rates), or `never` (a loan). Needed.",
    ),
    (
        "ledger",
        "Code of the ledger that has it too, so that it counts once. Empty: none has.",
    ),
];

const BUILDING_USE: Told = &[
    ("building", "Code of the building. Needed."),
    ("team", "Name of the team, as among its occupiers. Needed."),
    (
        "day",
        "`mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`. Needed.",
    ),
    (
        "desks",
        "How many desks it uses that day, 0 where none. Needed.",
    ),
];

const AGREED_TARGET: Told = &[
    ("code", "Short code of the target, its own. Needed."),
    ("name", "Its name, as people know it. Needed."),
    ("lead", "Code of the partner that leads on it. Needed."),
    (
        "named_in_law",
        "The law that names the lead, in words. Empty: the partners agreed who leads.",
    ),
    (
        "contributing",
        "Codes of partners that contribute, with `;` between. Empty: nobody does.",
    ),
    (
        "headline",
        "`yes` for one of the few that the board sees first, or `no`. Empty: `no`.",
    ),
    (
        "indicator",
        "Code of the indicator of the outcomes that measures it. Empty: its figures are given by hand.",
    ),
    (
        "area",
        "Code of the place whose indicator it is. Empty: the whole place.",
    ),
    (
        "better",
        "`higher` or `lower`, of a target whose figures are given by hand; the indicator says it of others.",
    ),
    (
        "unit",
        "What one of its figures is, as `%` or `homes`, where they are given by hand.",
    ),
    (
        "baseline",
        "The period from which it starts, as `2022-23`. Empty: no change is told, and no grant can hang on it.",
    ),
    ("source", "Where it is agreed. Needed."),
    ("note", "What must be known of it. May be empty."),
];

const MILESTONE: Told = &[
    ("target", "Code of the target. Needed."),
    (
        "period",
        "The period whose figure is meant, as `2024-25`. Needed.",
    ),
    (
        "value",
        "What should be reached, in the unit of the target. Needed.",
    ),
    ("source", "Who set it, and where it is written. Needed."),
];

const FIGURE_DUE: Told = &[
    ("target", "Code of the target. Needed."),
    ("period", "Of which period the figure tells. Needed."),
    ("due", "The day by which it should be there. Needed."),
    ("owed_by", "Who owes it, in words. Needed."),
    (
        "received",
        "The day on which it came: no report as at a day before tells it. Empty: it has not come.",
    ),
    (
        "value",
        "The figure, of a target whose figures are given by hand. Empty where people were counted, or an indicator measures it.",
    ),
    (
        "lower",
        "The lower limit that its source gives, at the confidence of the agreement. Empty: it has none.",
    ),
    ("upper", "The upper limit."),
    (
        "number",
        "People of whom it is so, in the place of `value`: the figure is a percentage.",
    ),
    ("of", "People who were looked at."),
    ("source", "Who says so, and where. Needed with a figure."),
];

const SURVEY: Told = &[
    ("code", "Code of the measure: its waves share it. Needed."),
    (
        "target",
        "Code of the target that it stands beside. Empty: it stands by itself.",
    ),
    ("name", "Whose evaluation it is, as people know it. Needed."),
    ("question", "What was asked. Needed."),
    ("period", "When. Needed."),
    ("due", "The day by which it should be there. Needed."),
    ("owed_by", "Who owes it, in words. Needed."),
    (
        "received",
        "The day on which it came. Empty: it has not come.",
    ),
    ("number", "People who said so. Needed once it came."),
    ("of", "People who answered. Needed once it came."),
    (
        "asked",
        "People who were asked. Empty: nobody says, and neither does a report.",
    ),
    (
        "design_effect",
        "By how much the variance is larger than that of a simple random sample; 1 for such a sample. Needed once it came.",
    ),
    ("source", "Who asked, and how people were chosen. Needed."),
];

const RATING: Told = &[
    ("word", "The word that the rule gives. Needed."),
    (
        "against_target",
        "`met`, `not met`, `no target` or `cannot say`. Empty: whatever it is.",
    ),
    (
        "change",
        "Since the baseline: `better`, `worse`, `no more than chance` or `cannot say`. Empty: whatever it is.",
    ),
    (
        "direction",
        "`improving`, `worsening`, `no trend beyond chance` or `cannot say`. Empty: whatever it is.",
    ),
    ("source", "Who decided the rule. Needed."),
];

const PLAN_ACTION: Told = &[
    ("code", "Short code of the action, its own. Needed."),
    ("target", "Code of the target that it is for. Needed."),
    ("name", "What is done. Needed."),
    ("owner", "Code of the partner that answers for it. Needed."),
    ("owner_name", "Who does there, as a role. May be empty."),
    ("from", "From which day. May be empty."),
    ("by", "By which day it is done. Needed."),
    ("pounds", "What the plan puts to it. Empty: no money."),
    (
        "place",
        "Code of the place where it is done. Empty: the whole place.",
    ),
    (
        "activity",
        "Code of the activity of its cell of the account. Empty: no cell stands beside it.",
    ),
    (
        "ages",
        "Whom it serves by age, as `11-17` or `all`. Needed with an activity.",
    ),
    ("group", "Code of the client group. Empty: everybody."),
    (
        "partner",
        "Code of the partner whose spending stands beside it. Empty: of everybody.",
    ),
    ("source", "Where it is written down. May be empty."),
    ("note", "What must be known of it. May be empty."),
];

const ACTION_STATUS: Told = &[
    ("action", "Code of the action. Needed."),
    ("on", "Of which day it is said. Needed."),
    (
        "status",
        "`not started`, `under way`, `held up`, `done` or `withdrawn`. Needed.",
    ),
    ("note", "Why, in words. May be empty."),
];

const PLANNED_REPORT: Told = &[
    ("name", "Its name, as `Mid-year report`. Needed."),
    ("as_at", "The day as at which it tells. Needed."),
];

const MEETING: Told = &[
    ("on", "The day. Needed."),
    ("name", "What it is called. May be empty."),
];

const AGENDA_ITEM: Told = &[
    ("meeting", "The day of the meeting. Needed."),
    ("item", "What it is about. Needed."),
    ("by", "Who brings it. May be empty."),
];

const DECISION: Told = &[
    (
        "code",
        "Code of the question; one that is deferred has a row for each meeting. Needed.",
    ),
    ("item", "What is asked. Needed."),
    ("asked_by", "Code of the partner that asks. May be empty."),
    ("target", "Code of the target that it is for. May be empty."),
    ("meeting", "The day of the meeting. Needed."),
    ("pounds", "Over how much money. Empty: over none."),
    ("decided", "On which day it was decided. Empty: it waits."),
    (
        "outcome",
        "`approved`, `refused` or `deferred`. Needed with `decided`.",
    ),
    ("note", "What must be known of it. May be empty."),
    ("source", "Where it is written down. May be empty."),
];

const REWARD_GRANT: Told = &[
    ("code", "Short code of the grant, its own. Needed."),
    ("name", "Its name, as people know it. Needed."),
    ("giver", "Who gives it, in words. Needed."),
    (
        "holder",
        "Code of the partner that holds it for all. Needed.",
    ),
    ("pounds", "All that can be earned. Needed."),
    ("source", "Where it is agreed. Needed."),
];

const GRANT_CONDITION: Told = &[
    ("grant", "Code of the grant. Needed."),
    ("name", "What the part hangs on, in words. Needed."),
    (
        "weight",
        "Its weight among the conditions of the grant: its part is the weight over all of them, to the penny. Needed.",
    ),
    (
        "target",
        "Code of the target whose figure earns it. Empty: it hangs on a day.",
    ),
    (
        "period",
        "The period whose milestone counts; needed with a target.",
    ),
    (
        "pays",
        "`in proportion` to the way gone from baseline to milestone, or the `whole` part. Needed with a target.",
    ),
    (
        "from_percent",
        "From how many per cent of the way something is earned. Needed with a target.",
    ),
    (
        "on",
        "The day on which the part is earned whatever the figures are. Empty: it hangs on a target.",
    ),
];

const DRAW_DOWN: Told = &[
    ("grant", "Code of the grant. Needed."),
    ("on", "The day. Needed."),
    ("kind", "`received`, `paid` or `returned`. Needed."),
    ("pounds", "How much. Needed."),
    ("who", "Which body gave or got it. Needed."),
    (
        "action",
        "Code of the action that it was paid for. May be empty.",
    ),
    (
        "transaction",
        "Its reference in a ledger, so that it counts once. May be empty.",
    ),
];

const GAP_LINE: Told = &[
    ("partner", "Code of the partner. Needed."),
    (
        "period",
        "The year, as `2025-26`, or several, as `2011/12 to 2014/15`. Needed.",
    ),
    (
        "kind",
        "`stated gap`, as the body states it, or `needed` and `coming in`, whose difference is the gap of that year. Needed.",
    ),
    ("name", "What it is, in words. May be empty."),
    ("pounds", "How much. Needed."),
    (
        "covers",
        "Which area the figure is for, in words: gaps of different areas are never added. Needed.",
    ),
    ("source", "Who says so, and where. Needed."),
];

const REDUCTION: Told = &[
    ("code", "Short code of the reduction, its own. Needed."),
    ("partner", "Code of the partner that spends less. Needed."),
    ("period", "From which year. Needed."),
    ("name", "What is reduced. Needed."),
    ("pounds", "How much a year. Needed."),
    (
        "lasts",
        "`on` where it counts in every year from its own, or `once`. Needed.",
    ),
    (
        "status",
        "`proposed`, `planned`, `agreed`, `delivered` or `withdrawn`. Needed.",
    ),
    (
        "falls_on",
        "Code of the partner that bears the cost then: it stands in that one's gap. Empty: nobody does.",
    ),
    (
        "place",
        "Code of the place whose cell it is. Empty: the whole place.",
    ),
    (
        "activity",
        "Code of the activity of its cell of the account, whose partner is the one that spends less. Empty: no cell stands beside it.",
    ),
    (
        "ages",
        "Whom it serves by age, as `11-17` or `all`. Needed with an activity.",
    ),
    ("group", "Code of the client group. Empty: everybody."),
    ("source", "Where it is written down. Needed."),
    ("note", "What must be known of it. May be empty."),
];

const CASELOAD_MEMBER: Told = &[(
    "key",
    "The key of somebody on it: a keyed hash or an agreed number, as `keys` says, and nothing that names anybody. Needed.",
)];
