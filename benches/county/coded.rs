//! The payments as coded lines, without files: the same draws, placed by what their words mean.

use super::payments::Payee;
use super::{County, FIRST_YEAR, Files, Kind, YEARS, files};
use std::error::Error;
use std::sync::Arc;
use wholeplace::axis::{Ages, Flexibility, LocalityId, MemberId, Period, Placed};
use wholeplace::counterparty::FlowId;
use wholeplace::crosswalk::{Coding, MixId};
use wholeplace::cube::group::CodedLines;
use wholeplace::money::Pence;
use wholeplace::place::Place;

/// What every word of the payment files means, as the crate itself reads it.
pub struct Meanings {
    pub place: Arc<Place>,
    any: Coding,
    pub partners: Vec<(String, Placed<MemberId>)>,
    pub codes: Vec<(String, MixId)>,
    pub ages: Vec<(String, Placed<Ages>)>,
    pub groups: Vec<(String, Placed<MemberId>)>,
    pub localities: Vec<(String, Placed<LocalityId>)>,
    /// Partners as payees.
    pub bodies: Vec<(String, FlowId)>,
    pub months: Vec<Period>,
}

impl Meanings {
    /// Lets the crate read a file that holds each word once.
    pub fn of(county: &County) -> Result<Self, Box<dyn Error>> {
        let folder = county.pack("words", Kind::Csv.ending())?;
        let file = folder.join("payments-words.csv");
        let rows = files::write_words(county, &file)?;
        let files = Files {
            folder,
            files: vec![file],
            bytes: 0,
        };
        let place = files.place()?;
        let account = files.account(&place)?;
        let codings: Vec<Coding> = account.lines().map(|(_, _, coding)| coding).collect();
        assert_eq!(codings.len(), rows, "every row with words is a line");
        let words = &county.words;
        // The body of a row is that of the next partner.
        let mut bodies = meant(&words.bodies, &codings, |coding| coding.flow);
        let mut flows: Vec<FlowId> = bodies.iter().map(|(_, flow)| *flow).collect();
        flows.rotate_right(1);
        (bodies.iter_mut().zip(flows)).for_each(|((_, own), flow)| *own = flow);
        let first = Period::month(FIRST_YEAR, 4)?;
        let months = (0..12 * YEARS.len())
            .map(|month| {
                let (year, month) = ((month + 3) / 12, (month + 3) % 12 + 1);
                Period::month(FIRST_YEAR + i16::try_from(year)?, i8::try_from(month)?)
                    .map_err(Into::into)
            })
            .collect::<Result<Vec<Period>, Box<dyn Error>>>()?;
        assert_eq!(months[0], first);
        Ok(Self {
            place,
            any: codings[0],
            partners: meant(&words.partners, &codings, |coding| coding.partner),
            codes: meant(&words.codes, &codings, |coding| coding.activity),
            ages: meant(&words.ages, &codings, |coding| coding.ages),
            groups: meant(&words.groups, &codings, |coding| coding.group),
            localities: meant(&words.localities, &codings, |coding| coding.locality),
            bodies,
            months,
        })
    }

    /// The whole account, from April of the first year.
    pub fn years(&self) -> Result<Period, Box<dyn Error>> {
        Ok(self.months[0].through(self.months[self.months.len() - 1])?)
    }

    /// How money is bound, by what it is for.
    fn bound(&self, code: u16) -> Flexibility {
        let code = usize::from(code);
        match code % 4 {
            0 => Flexibility::Statutory,
            1 => Flexibility::Discretionary,
            2 => Flexibility::ContractedTo(self.months[code % self.months.len()]),
            _ => Flexibility::NotStated,
        }
    }

    /// All payments of the county. Nothing is said of how free the money is to move, as in its files.
    pub fn lines(&self, county: &County) -> CodedLines {
        self.coded(county, |_| Flexibility::NotStated)
    }

    /// The same payments, each bound by what it is for.
    pub fn bound_lines(&self, county: &County) -> CodedLines {
        self.coded(county, |code| self.bound(code))
    }

    fn coded(&self, county: &County, flexibility: impl Fn(u16) -> Flexibility) -> CodedLines {
        let mut lines = CodedLines::with_capacity(county.lines as usize);
        for payment in (0..YEARS.len()).flat_map(|year| county.payments(year)) {
            let centre = payment.centre;
            let coding = Coding {
                partner: self.partners[usize::from(centre.partner)].1,
                activity: self.codes[usize::from(centre.code)].1,
                ages: self.ages[usize::from(centre.ages)].1,
                group: self.groups[usize::from(centre.group)].1,
                locality: self.localities[usize::from(centre.locality)].1,
                flow: match payment.payee {
                    Payee::Partner(other) => self.bodies[usize::from(other)].1,
                    Payee::Supplier(_) => FlowId::NONE,
                },
                period: Placed::On(self.months[usize::from(payment.month)]),
                flexibility: flexibility(centre.code),
                ..self.any
            };
            lines.push(&coding, Pence::new(payment.pence));
        }
        lines
    }
}

/// Each word with its meaning, which the line with its number has.
fn meant<T>(words: &[String], codings: &[Coding], of: impl Fn(&Coding) -> T) -> Vec<(String, T)> {
    let meanings = codings.iter().map(of);
    words.iter().cloned().zip(meanings).collect()
}
