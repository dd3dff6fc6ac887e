//! Leaf by leaf, age by age, group by group: where the people of a line are.

use super::*;

impl Slow<'_> {
    /// The pieces of a record's places, ages and groups: where each lies, its mass, all mass.
    pub fn region(
        &self,
        locality: &On<String>,
        ages: On<(u8, u8)>,
        group: &On<String>,
        driver: &DriverSketch,
    ) -> Vec<(Lies, u64, u64)> {
        let leaves: Vec<Option<String>> = match locality {
            Ok(code) => self.sketch.leaves(code).into_iter().map(Some).collect(),
            Err(_) => vec![None],
        };
        let (young, old) = ages.unwrap_or((0, 90));
        let groups = self.group_pieces(group, driver);
        // Where each leaf, age and group lies, one by one.
        let leaf_lies: Vec<Axis> = leaves
            .iter()
            .map(|leaf| self.leaf(leaf, locality))
            .collect();
        let age_lies: Vec<Axis> = (young..=old).map(|age| self.age(age, &ages)).collect();
        let all_out = |axis: &[Axis]| axis.iter().all(|lies| *lies == Axis::Out);
        let group_lies: Vec<Axis> = groups.iter().map(|(lies, _)| lies.clone()).collect();
        if all_out(&leaf_lies) || all_out(&age_lies) || all_out(&group_lies) {
            return vec![(Lies::Out, 1, 1)];
        }
        let mut axes = [leaf_lies, age_lies, group_lies];
        let mut reason = "not-disaggregated";
        for attempt in 0..3 {
            // A measure too coarse for the rows of an axis leaves them in one row with a reason.
            match attempt {
                1 => merge(&mut axes[1], reason),
                2 => merge(&mut axes[0], reason),
                _ => {}
            }
            match self.pieces(
                &leaves,
                (young, old),
                &groups,
                &axes,
                group,
                driver,
                locality,
            ) {
                Ok(pieces) => return pieces,
                Err(why) => reason = why,
            }
        }
        let unknown = axes.iter().flatten().find_map(|lies| match lies {
            Axis::Unknown(gap) => Some(*gap),
            _ => None,
        });
        let partly_out = axes.iter().flatten().any(|lies| *lies == Axis::Out);
        let cells = axes
            .iter()
            .map(|axis| only(axis).unwrap_or_else(|| reason.to_owned()));
        let cells = cells.collect();
        vec![(
            Lies::In(cells, unknown.or(partly_out.then_some(reason))),
            1,
            1,
        )]
    }

    #[expect(clippy::too_many_arguments, reason = "everything about one record")]
    pub fn pieces(
        &self,
        leaves: &[Option<String>],
        (young, old): (u8, u8),
        groups: &[(Axis, Option<Vec<String>>)],
        [leaf_lies, age_lies, group_lies]: &[Vec<Axis>; 3],
        group: &On<String>,
        driver: &DriverSketch,
        locality: &On<String>,
    ) -> Result<Vec<(Lies, u64, u64)>, &'static str> {
        // All pieces in one place: nothing to measure.
        let settled = |axis: &[Axis]| axis.iter().all(|lies| lies == &axis[0]);
        if settled(leaf_lies) && settled(age_lies) && settled(group_lies) {
            return Ok(vec![(
                joined(&leaf_lies[0], &age_lies[0], &group_lies[0]),
                1,
                1,
            )]);
        }
        if let Err(gap) = locality {
            let cut = !self.ask.localities.is_empty();
            return Err(if cut { gap } else { "not-disaggregated" });
        }
        // The cells of the driver in this record: none may lie half in it.
        let wanted: Option<Vec<String>> = match group {
            Ok(code) if !driver.groups.is_empty() => Some(self.branch(code)),
            _ => None,
        };
        let known = |groups: &Option<Vec<String>>| match groups {
            Some(groups) => driver.groups.iter().any(|group| groups.contains(group)),
            None => true,
        };
        let leaves: Vec<&String> = leaves.iter().flatten().collect();
        let covered = |leaf: &String| driver.masses.keys().any(|(code, _, _)| code == leaf);
        let torn = driver.bands.iter().any(|&(a, b)| {
            let inside = (a..=b).filter(|age| (young..=old).contains(age)).count();
            inside > 0 && inside < usize::from(b - a) + 1
        });
        if torn || !leaves.iter().all(|leaf| covered(leaf)) || !known(&wanted) {
            return Err("driver-too-coarse");
        }
        let inner: Vec<(u8, u8)> = driver
            .bands
            .iter()
            .copied()
            .filter(|&(a, b)| young <= a && b <= old)
            .collect();
        let mass = |leaf: &str, band: (u8, u8), groups: &Option<Vec<String>>| -> u64 {
            let cells = driver.masses.iter().filter(|((code, ages, group), _)| {
                code == leaf
                    && *ages == band
                    && groups.as_ref().is_none_or(|groups| groups.contains(group))
            });
            cells.map(|(_, mass)| mass).sum()
        };
        let mut total = 0;
        for leaf in &leaves {
            for &band in &inner {
                total += mass(leaf, band, &wanted);
            }
        }
        if total == 0 {
            return Err("no-mass");
        }
        let mut masses: BTreeMap<Lies, u64> = BTreeMap::new();
        let mut counted = 0;
        for (lies_group, branch) in groups.iter().zip(group_lies).map(|((_, b), l)| (l, b)) {
            if *lies_group == Axis::Out {
                continue;
            }
            let branch = match branch {
                Some(branch) => Some(branch.clone()),
                None => wanted.clone(),
            };
            if !known(&branch) {
                return Err("driver-too-coarse");
            }
            for (leaf, lies_leaf) in leaves.iter().zip(leaf_lies) {
                for &(a, b) in &inner {
                    let first = &age_lies[usize::from(a - young)];
                    let alike = (a..=b).all(|age| age_lies[usize::from(age - young)] == *first);
                    if !alike {
                        return Err("driver-too-coarse");
                    }
                    let mass = mass(leaf, (a, b), &branch);
                    counted += mass;
                    *masses
                        .entry(joined(lies_leaf, first, lies_group))
                        .or_default() += mass;
                }
            }
        }
        *masses.entry(Lies::Out).or_default() += total - counted;
        masses.retain(|_, mass| *mass > 0);
        Ok(masses
            .into_iter()
            .map(|(lies, mass)| (lies, mass, total))
            .collect())
    }

    pub fn leaf(&self, leaf: &Option<String>, locality: &On<String>) -> Axis {
        let cut = &self.ask.localities;
        let level = self
            .ask
            .by
            .iter()
            .find_map(|by| by.strip_prefix("locality@"));
        let Some(leaf) = leaf else {
            let gap = *locality.as_ref().unwrap_err();
            return if cut.is_empty() {
                Axis::In(gap.to_owned())
            } else {
                Axis::Unknown(gap)
            };
        };
        let within = |code: &String| self.sketch.leaves(code).contains(leaf);
        if !cut.is_empty() && !cut.iter().any(within) {
            return Axis::Out;
        }
        let Some(level) = level else {
            return Axis::In(String::new());
        };
        let at_level = match level {
            "cluster" => self
                .sketch
                .clusters
                .iter()
                .find(|(_, leaves)| leaves.contains(leaf))
                .map(|(code, _)| code.clone()),
            level => {
                let tree = &self.sketch.localities;
                tree.way_up(leaf)
                    .into_iter()
                    .find(|code| tree.0[tree.at(code)].level == level)
            }
        };
        Axis::In(at_level.unwrap_or_else(|| "elsewhere".to_owned()))
    }

    pub fn age(&self, age: u8, ages: &On<(u8, u8)>) -> Axis {
        let cut = &self.ask.ages;
        if let Err(gap) = ages {
            return if cut.is_empty() {
                Axis::In((*gap).to_owned())
            } else {
                Axis::Unknown(gap)
            };
        }
        if !cut.is_empty() && !cut.iter().any(|&(a, b)| (a..=b).contains(&age)) {
            return Axis::Out;
        }
        if !self.ask.by.iter().any(|by| by == "ages") {
            return Axis::In(String::new());
        }
        let bands = &self.sketch.bands;
        let &(a, b) = bands
            .iter()
            .find(|&&(a, b)| (a..=b).contains(&age))
            .unwrap();
        Axis::In(match (a, b) {
            (0, 90) => "all ages".to_owned(),
            (a, 90) => format!("{a}+"),
            (a, b) => format!("{a}-{b}"),
        })
    }

    pub fn branch(&self, top: &str) -> Vec<String> {
        let codes = self.sketch.groups.codes().into_iter();
        codes
            .filter(|code| self.sketch.groups.under(code, top))
            .collect()
    }

    /// The parts of a record's group: where each lies and, where it is a part, its branch.
    pub fn group_pieces(
        &self,
        group: &On<String>,
        driver: &DriverSketch,
    ) -> Vec<(Axis, Option<Vec<String>>)> {
        let (tree, cut) = (&self.sketch.groups, &self.ask.groups);
        let drilled = self.ask.by.iter().any(|by| by.starts_with("group"));
        let cell = |code: &str| {
            if drilled {
                self.level("group", code)
            } else {
                String::new()
            }
        };
        let code = match group {
            Ok(code) => code,
            Err(gap) if cut.is_empty() => return vec![(Axis::In((*gap).to_owned()), None)],
            Err(gap) => return vec![(Axis::Unknown(gap), None)],
        };
        if cut.is_empty() || cut.iter().any(|top| tree.under(code, top)) {
            return vec![(Axis::In(cell(code)), None)];
        }
        let below: Vec<&String> = cut.iter().filter(|top| tree.under(top, code)).collect();
        if below.is_empty() {
            return vec![(Axis::Out, None)];
        }
        if driver.groups.is_empty() {
            return vec![(Axis::Unknown("not-disaggregated"), None)];
        }
        let parts = below
            .iter()
            .map(|top| (Axis::In(cell(top)), Some(self.branch(top))));
        parts.chain([(Axis::Out, Some(Vec::new()))]).collect()
    }
}

/// Out on any axis is out; what one axis cannot say, the piece cannot.
pub fn joined(leaf: &Axis, age: &Axis, group: &Axis) -> Lies {
    let all = [leaf, age, group];
    if all.contains(&&Axis::Out) {
        return Lies::Out;
    }
    let unknown = all.iter().find_map(|lies| match lies {
        Axis::Unknown(gap) => Some(*gap),
        _ => None,
    });
    let cells = all.map(|lies| match lies {
        Axis::In(cell) => cell.clone(),
        Axis::Unknown(gap) => (*gap).to_owned(),
        Axis::Out => String::new(),
    });
    Lies::In(cells.to_vec(), unknown)
}

/// The only row of an axis.
pub fn only(axis: &[Axis]) -> Option<String> {
    let mut cells = axis.iter().filter_map(|lies| match lies {
        Axis::In(cell) => Some(cell.clone()),
        Axis::Unknown(gap) => Some((*gap).to_owned()),
        Axis::Out => None,
    });
    let first = cells.next()?;
    cells.all(|cell| cell == first).then_some(first)
}

pub fn merge(axis: &mut [Axis], reason: &str) {
    if only(axis).is_none() {
        for lies in axis.iter_mut().filter(|lies| **lies != Axis::Out) {
            *lies = Axis::In(reason.to_owned());
        }
    }
}
