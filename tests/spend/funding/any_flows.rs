//! What must hold for any flows between any partners.

use super::*;

const YEARS: [&str; 3] = ["2022-23", "2023-24", "2024-25"];
const MOST: usize = 6;

/// Any payments, as numbers: they are told to the library and, apart from it, to the tests.
#[derive(Clone, Debug)]
struct Dealings {
    held: Vec<bool>,
    /// year, payer, payee, kind, pence
    paid: Vec<(usize, usize, usize, usize, i64)>,
    /// year, partner, pence
    spent: Vec<(usize, usize, i64)>,
    opened: Vec<(usize, usize, i64)>,
}

fn dealings() -> impl Strategy<Value = Dealings> {
    let who = 0..MOST;
    let year = 0..YEARS.len();
    let pence = prop_oneof![9 => 1i64..2_000, 1 => -2_000i64..0];
    let paid = (
        year.clone(),
        who.clone(),
        who.clone(),
        0..7usize,
        pence.clone(),
    );
    let sum = (year, who, pence);
    (
        proptest::collection::vec(prop::bool::weighted(0.75), MOST),
        proptest::collection::vec(paid, 0..20),
        proptest::collection::vec(sum.clone(), 0..12),
        proptest::collection::vec(sum, 0..5),
    )
        .prop_map(|(held, paid, spent, opened)| Dealings {
            held,
            paid,
            spent,
            opened,
        })
}

fn tree(count: usize) -> (Tree, Vec<MemberId>) {
    let rows: Vec<MemberRow> = (0..count).map(|i| row(&format!("p{i}"))).collect();
    let tree = Tree::build("a partner", &rows).0;
    let ids = tree.iter().map(|(id, _)| id).collect();
    (tree, ids)
}

fn year(i: usize) -> Period {
    YEARS[i].parse().unwrap()
}

impl Dealings {
    fn flows(&self, ids: &[MemberId]) -> Flows {
        let held = ids.iter().zip(&self.held).filter(|&(_, &held)| held);
        let mut flows = Flows::new(held.map(|(&id, _)| id));
        for &(y, payer, payee, kind, pence) in &self.paid {
            let kind = FlowKind::ALL[kind];
            flows.add_flow(year(y), ids[payer], ids[payee], kind, Pence::new(pence));
        }
        for &(y, partner, pence) in &self.spent {
            flows.add_spent(year(y), ids[partner], Pence::new(pence));
        }
        for &(y, partner, pence) in &self.opened {
            flows.add_opening(year(y), ids[partner], Pence::new(pence));
        }
        flows
    }

    /// What each paid each in a year, refunds taken off; and how much of it the payer decided on.
    fn net(&self, y: usize) -> BTreeMap<(usize, usize), (i64, i64)> {
        let mut sums: BTreeMap<(usize, usize), (i64, i64)> = BTreeMap::new();
        for &(of, payer, payee, kind, pence) in &self.paid {
            let kind = FlowKind::ALL[kind];
            if of == y && payer != payee && kind != FlowKind::Agency {
                let sum = sums.entry((payer, payee)).or_default();
                sum.0 += pence;
                sum.1 += if kind.payer_decides() { pence } else { 0 };
            }
        }
        let mut net: BTreeMap<(usize, usize), (i64, i64)> = BTreeMap::new();
        for ((payer, payee), (all, decided)) in sums {
            if all > 0 {
                let flow = net.entry((payer, payee)).or_default();
                flow.0 += all;
                flow.1 += decided.max(0).min(all);
            } else if all < 0 {
                net.entry((payee, payer)).or_default().0 -= all;
            }
        }
        net
    }
}

fn by_member(shares: Vec<(MemberId, Ratio)>) -> BTreeMap<MemberId, Ratio> {
    shares.into_iter().collect()
}

proptest! {
    #![proptest_config(cases(256))]

    /// incoming + own = spent + outgoing + held, of every set of partners, in every year; and
    /// putting two sets together takes out just what they pay each other.
    #[test]
    fn every_set_of_partners_balances(any in dealings()) {
        let (tree, ids) = tree(MOST);
        let balances = Balances::of(&any.flows(&ids)).unwrap();
        for y in 0..YEARS.len() {
            let net = any.net(y);
            for number in 0..1usize << MOST {
                let inside = |i: usize| number >> i & 1 == 1;
                let set: BTreeSet<MemberId> = (0..MOST).filter(|&i| inside(i)).map(|i| ids[i]).collect();
                let b = balances.of_set(year(y), &set).unwrap();
                let p = |pence: Pence| pence.get();
                prop_assert_eq!(
                    p(b.incoming) + p(b.own),
                    p(b.spent) + p(b.outgoing) + p(b.unheld) + p(b.held)
                );
                prop_assert_eq!(p(b.held), p(b.closing) - p(b.opening));
                prop_assert!(p(b.own) >= 0 && p(b.closing) >= 0);
                // Beside the library: what crosses the boundary, and the single partners.
                let crossing = |into: bool| -> i64 {
                    net.iter()
                        .filter(|&(&(payer, payee), _)| {
                            let (from, to) = if into { (payer, payee) } else { (payee, payer) };
                            !inside(from) && inside(to) && any.held[to]
                        })
                        .map(|(_, &(all, _))| all)
                        .sum()
                };
                prop_assert_eq!(p(b.incoming), crossing(true));
                prop_assert_eq!(p(b.outgoing), crossing(false));
                let within = |held_payer: bool| -> i64 {
                    net.iter()
                        .filter(|&(&(payer, payee), _)| inside(payer) && inside(payee))
                        .filter(|&(&(payer, payee), _)| {
                            any.held[payer] == held_payer && any.held[payee] != held_payer
                        })
                        .map(|(_, &(all, _))| all)
                        .sum()
                };
                prop_assert_eq!(p(b.unheld), within(true));
                let mut own = within(false);
                for &member in &set {
                    own += p(balances.of_partner(year(y), member).unwrap().own);
                }
                prop_assert_eq!(p(b.own), own);
                let spent: i64 = any
                    .spent
                    .iter()
                    .filter(|&&(of, who, _)| of == y && inside(who) && any.held[who])
                    .map(|&(_, _, pence)| pence)
                    .sum();
                // Years before the first and after the last of all flows are in no account.
                prop_assert!(p(b.spent) == spent);
            }
        }
        prop_assert!(!balances.statement(ids, &tree).unwrap().to_string().is_empty());
    }

    /// Shares sum to one, solve the equations by which they are defined, and spread any sum whole.
    #[test]
    fn shares_are_the_solution(any in dealings(), sum in any::<i32>(), of in 1u128..1_000) {
        let (tree, ids) = tree(MOST);
        let flows = any.flows(&ids);
        let balances = Balances::of(&flows).unwrap();
        for trail in [FollowBack::Funders, FollowBack::Commissioners] {
            let shares = match Shares::follow(&flows, &tree, trail) {
                Ok(shares) => shares,
                Err(FundingError::ClosedLoop { partners, .. }) => {
                    prop_assert!(partners.len() > 1);
                    continue;
                }
                Err(error) => panic!("{error}"),
            };
            let mut carried = [0i64; MOST];
            for y in 0..YEARS.len() {
                let net = any.net(y);
                for (j, &id) in ids.iter().enumerate() {
                    let found = shares.of(year(y), id);
                    prop_assert!(found.is_sorted_by(|a, b| a.0 < b.0));
                    prop_assert!(found.iter().all(|(_, share)| *share > Ratio::zero()));
                    prop_assert_eq!(found.iter().map(|(_, share)| share).sum::<Ratio>(), Ratio::one());

                    let whole = Exact::share(Pence::new(sum.into()), 1, of);
                    let mut spread = Exact::zero();
                    for (_, part) in shares.shared(year(y), id, &whole) {
                        spread.add(&part);
                    }
                    prop_assert!(spread.compare(&whole).is_eq());

                    if !any.held[j] {
                        prop_assert_eq!(found, [(id, Ratio::one())]);
                        continue;
                    }
                    // The right side of the equation, in pence.
                    let b = balances.of_partner(year(y), id).unwrap();
                    let opening = b.opening.get().max(0);
                    let mut right: BTreeMap<MemberId, Exact> = BTreeMap::new();
                    let mut resources = 0;
                    let mut add = |pence: i64, from: &[(MemberId, Ratio)]| {
                        resources += pence;
                        for (funder, share) in from {
                            let part = Exact::whole(Pence::new(pence)).times(share);
                            right.entry(*funder).or_default().add(&part);
                        }
                    };
                    let own = [(id, Ratio::one())];
                    add(b.own.get() + (-b.spent.get()).max(0), &own);
                    let from_before = match (trail, y.checked_sub(1)) {
                        (FollowBack::Funders, Some(before)) => {
                            let from_before = carried[j].min(opening);
                            add(from_before, &shares.of(year(before), id));
                            from_before
                        }
                        _ => 0,
                    };
                    add(opening - from_before, &own);
                    for (&(payer, payee), &(all, decided)) in &net {
                        if payee == j {
                            let followed = if trail == FollowBack::Funders { all } else { decided };
                            add(followed, &shares.of(year(y), ids[payer]));
                            add(all - followed, &own);
                        }
                    }
                    if resources == 0 {
                        prop_assert_eq!(found, own);
                    } else {
                        let found = by_member(found);
                        for (funder, right) in right {
                            let share = found.get(&funder).cloned().unwrap_or_else(Ratio::zero);
                            let left = Exact::whole(Pence::new(resources)).times(&share);
                            prop_assert!(left.compare(&right).is_eq(), "{:?} of p{} in {}", funder, j, y);
                        }
                    }
                    carried[j] = b.closing.get();
                }
            }
        }
    }

    /// A partner with whom nobody has dealings changes nothing of the others, whatever it does.
    #[test]
    fn an_outsider_changes_nothing(any in dealings(), held in any::<bool>(), spent in -500i64..500) {
        let (small_tree, small) = tree(MOST);
        let (large_tree, large) = tree(MOST + 2);
        prop_assert_eq!(&small[..], &large[..MOST]);
        let mut more = any.clone();
        more.held.extend([held, true]);
        more.spent.push((1, MOST, spent));
        more.opened.push((0, MOST + 1, 70));
        more.paid.push((1, MOST, MOST + 1, 1, 30));
        more.paid.push((1, MOST + 1, MOST, 1, 60));
        let (before, after) = (any.flows(&small), more.flows(&large));
        let (was, is) = (Balances::of(&before).unwrap(), Balances::of(&after).unwrap());
        for y in was.years() {
            for number in 0..1usize << MOST {
                let set = (0..MOST).filter(|i| number >> i & 1 == 1).map(|i| small[i]).collect();
                prop_assert_eq!(was.of_set(y, &set).unwrap(), is.of_set(y, &set).unwrap());
            }
        }
        for trail in [FollowBack::Funders, FollowBack::Commissioners] {
            let was_shares = Shares::follow(&before, &small_tree, trail);
            let is_shares = Shares::follow(&after, &large_tree, trail);
            if let (Ok(was_shares), Ok(is_shares)) = (&was_shares, &is_shares) {
                for y in was.years() {
                    for &id in &small {
                        prop_assert_eq!(was_shares.of(y, id), is_shares.of(y, id));
                    }
                }
            } else {
                prop_assert_eq!(was_shares.is_err(), is_shares.is_err());
            }
        }
    }

    /// Every year of a pool adds up, whatever the rule, and only named sums leave it.
    #[test]
    fn pools_add_up(any in dealings()) {
        let (tree, ids) = tree(MOST);
        let mut any = any;
        any.held[0] = true;
        let flows = any.flows(&ids);
        for rule in [PoolRule::CarriedForward, PoolRule::ByContribution, PoolRule::Equally, PoolRule::Host] {
            let pool = Pool { partner: ids[0], host: ids[1], agreement: "Any".to_owned(), rule };
            let statement = PoolStatement::of(&pool, &flows, &tree).unwrap();
            let mut held = 0;
            for year in statement.years() {
                let stated: i64 = any
                    .opened
                    .iter()
                    .filter(|&&(y, who, _)| YEARS[y] == year.year.to_string() && who == 0)
                    .map(|&(_, _, pence)| pence)
                    .sum();
                prop_assert_eq!(year.opening.get(), held + stated);
                let due: i64 = year.due.iter().map(|due| due.pence.get()).sum();
                prop_assert_eq!(year.surplus.get(), year.closing.get() + due + year.not_shared.get());
                prop_assert_eq!(
                    year.opening.get() + year.contributed.get(),
                    year.spent.get() + year.paid_on.get() + year.given_back.get() + year.surplus.get()
                );
                prop_assert!(year.not_shared == Pence::ZERO || year.contributions.is_empty());
                prop_assert!(year.contributions.iter().all(|sum| sum.pence.get() > 0));
                held = year.closing.get();
            }
            prop_assert!(!statement.to_string().is_empty());
            prop_assert!(!statement.attribution_table().to_string().is_empty());
        }
    }
}

/// Three hundred held partners over three years, each paid by two others: many of them stand in
/// one circle, and denominators have thousands of digits.
#[test]
fn hundreds_of_partners_are_followed() {
    const COUNT: usize = 300;
    let (tree, ids) = tree(COUNT);
    let mut flows = Flows::new(ids.iter().copied());
    let mut seed = 7u64;
    let mut next = |end: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as usize % end
    };
    for y in 0..YEARS.len() {
        for i in 0..COUNT {
            flows.add_spent(year(y), ids[i], Pence::new(next(1_000_000_000) as i64 + 1));
            for _ in 0..2 {
                // Mostly from those before, now and then from one a little after.
                let from = if next(10) == 0 {
                    next(COUNT)
                } else {
                    next(i + 1)
                };
                let pence = Pence::new(next(10_000_000) as i64 + 1);
                flows.add_flow(year(y), ids[from % COUNT], ids[i], FlowKind::Grant, pence);
            }
        }
    }
    let shares = Shares::follow(&flows, &tree, FollowBack::Funders).unwrap();
    let of = shares.of(year(2), ids[COUNT - 1]);
    assert!(of.len() > 100, "{} funders", of.len());
    assert_eq!(
        of.iter().map(|(_, share)| share).sum::<Ratio>(),
        Ratio::one()
    );
}
