//! The payments of a county, drawn one after another.

use super::Random;
use super::centres::{Centre, PARTNERS};

/// April 2013 to March 2018.
pub const YEARS: [&str; 5] = ["2013-14", "2014-15", "2015-16", "2016-17", "2017-18"];
pub const FIRST_YEAR: i16 = 2013;

/// One payment.
pub struct Payment {
    pub centre: Centre,
    /// Since April 2013, from 0.
    pub month: u8,
    pub day: u8,
    pub payee: Payee,
    pub reference: u64,
    pub pence: i64,
}

/// Who is paid.
pub enum Payee {
    /// A partner, by its number.
    Partner(u8),
    /// One of 20,000 suppliers.
    Supplier(u32),
}

impl Payment {
    /// Year and month of the calendar.
    pub fn calendar(&self) -> (i32, u32) {
        let (year, month) = (i32::from(self.month / 12), u32::from(self.month % 12));
        let next = i32::from(month >= 9);
        (i32::from(FIRST_YEAR) + year + next, (month + 3) % 12 + 1)
    }
}

/// The payments of one financial year. Each year has a stream of its own, so that years can be
/// drawn side by side.
pub struct Payments<'a> {
    centres: &'a [Centre],
    /// How often each cost centre has paid in this year.
    paid: Vec<u8>,
    random: Random,
    year: u64,
    left: u64,
    reference: u64,
}

impl<'a> Payments<'a> {
    pub fn of_year(seed: u64, centres: &'a [Centre], lines: u64, year: usize) -> Self {
        let (year, years) = (year as u64, YEARS.len() as u64);
        Self {
            centres,
            paid: vec![0; centres.len()],
            random: Random::stream(seed, 2 + year),
            year,
            left: lines * (year + 1) / years - lines * year / years,
            reference: 1_000_000 + 100_000_000 * year,
        }
    }
}

impl Iterator for Payments<'_> {
    type Item = Payment;

    fn next(&mut self) -> Option<Payment> {
        self.left = self.left.checked_sub(1)?;
        let random = &mut self.random;
        let number = random.skewed(self.centres.len() as u64) as usize;
        let centre = self.centres[number];
        // As standing payments do: a cost centre pays in every month before it pays in one again,
        // seven months on each time.
        let turn = &mut self.paid[number];
        let month = (number as u64 * 5 + self.year * 3 + u64::from(*turn) * 7) % 12;
        *turn = (*turn + 1) % 12;
        let credit = random.percent(3);
        let pence = random.pence();
        self.reference += 1 + random.below(9);
        let payee = if random.percent(5) {
            let other = random.below(PARTNERS.len() as u64 - 1) as u8;
            Payee::Partner(other + u8::from(other >= centre.partner))
        } else {
            Payee::Supplier(random.skewed(20_000) as u32)
        };
        Some(Payment {
            centre,
            month: (self.year * 12 + month) as u8,
            day: 1 + random.below(28) as u8,
            payee,
            reference: self.reference,
            pence: if credit { -pence } else { pence },
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left as usize, Some(self.left as usize))
    }
}
