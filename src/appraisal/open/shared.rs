//! What all proposals of a pack share: grades, and who bears what.

use super::Opener;
use crate::appraisal::grade::Grade;
use crate::appraisal::proposal::Payer;
use crate::appraisal::spec::{BearerSpec, GradeSpec};
use std::collections::BTreeMap;
use toml::Spanned;

impl Opener<'_> {
    pub(super) fn grades(&mut self, specs: Vec<Spanned<GradeSpec>>) -> BTreeMap<String, Grade> {
        let mut grades = BTreeMap::new();
        for spec in specs {
            let at = self.at(&spec);
            let spec = spec.into_inner();
            self.written("meaning", &spec.meaning, &at);
            let benefits = self.share(&spec.benefits, "benefits", &at);
            let costs = self.share(&spec.costs, "costs", &at);
            let (Some(benefits), Some(costs)) = (benefits, costs) else {
                continue;
            };
            let grade = Grade {
                code: spec.code.clone(),
                benefits,
                costs,
                meaning: spec.meaning,
            };
            if grades.insert(spec.code.clone(), grade).is_some() {
                let found = format!("there is already a grade `{}`", spec.code);
                self.fault(
                    "duplicate-code",
                    at,
                    found,
                    "give each grade a code of its own",
                );
            }
        }
        grades
    }

    pub(in crate::appraisal) fn bearers(
        &mut self,
        specs: Vec<Spanned<BearerSpec>>,
    ) -> BTreeMap<String, Payer> {
        let mut bearers = BTreeMap::new();
        for spec in specs {
            let at = self.at(&spec);
            let spec = spec.into_inner();
            if spec.code.trim().eq_ignore_ascii_case("multiple") {
                self.fault(
                    "bearer-of-several",
                    at.clone().column("code"),
                    format!("bearer `{}` is several bodies at once, and nobody can say whose its money is", spec.code),
                    "split its unit values into one for each body, and map those",
                );
                continue;
            }
            let payer = match (&spec.partner, spec.outside) {
                (Some(code), None) => self.partner(code, &at),
                (None, Some(name)) => Some(Payer {
                    code: spec.code.clone(),
                    name,
                    is_partner: false,
                }),
                _ => {
                    self.fault(
                        "bearer-unclear",
                        at.clone(),
                        format!(
                            "bearer `{}` has not exactly one of `partner` and `outside`",
                            spec.code
                        ),
                        "name the partner that it is, or the body outside the pack",
                    );
                    None
                }
            };
            let Some(payer) = payer else { continue };
            if bearers.insert(spec.code.clone(), payer).is_some() {
                let found = format!("there is already a bearer `{}`", spec.code);
                self.fault(
                    "duplicate-code",
                    at,
                    found,
                    "give each bearer a code of its own",
                );
            }
        }
        bearers
    }
}
