//! The outlook: the product over hurdles of one minus the chance that the hurdle defeats the
//! judgment, averaged over everything that is not known.
//!
//! Must not: know what a question or a hurdle is called. [`solve`] takes hurdles as factors over
//! open variables. MODEL.md: hurdles that share no open variable factor apart; a component is
//! enumerated exactly while that takes at most [`MAX_COMPLETIONS`] steps after variables that only
//! one hurdle reads have been summed out; beyond, a seeded low-discrepancy sample with its standard
//! error, and an outer bound for the range.

mod sample;
mod walk;

use super::model::Cond;
pub use walk::patterns;
use walk::{Cell, Classes, Plan, cell, classes};

/// Most completions that are enumerated for one table (MODEL.md).
pub const MAX_COMPLETIONS: usize = 4096;
/// Points of the sample beyond that.
pub const SAMPLE_POINTS: usize = 4096;
/// Seed of the shifts.
pub const SAMPLE_SEED: u64 = 20_261_122;

/// A hurdle with everything settled put in.
#[derive(Clone, Debug)]
pub struct Factor {
    /// Base log-odds and the weights of all rules that certainly hold.
    pub settled: f64,
    /// Rules that depend on open variables: weight and condition. At most 64.
    pub open: Vec<(f64, Cond)>,
}

/// An open variable: the values it may take and their prior (need not add up to one).
#[derive(Clone, Debug)]
pub struct Open {
    /// Index in the model.
    pub variable: usize,
    /// Mask of possible values.
    pub possible: u64,
    /// Prior of each value of the model's variable.
    pub prior: Vec<f64>,
}

/// A hurdle's part of the result.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    /// Chance that it defeats the judgment, averaged over what is not known.
    pub p: f64,
    /// Lowest and highest over completions.
    pub range: [f64; 2],
    /// Chance that each open rule holds, in the order of [`Factor::open`].
    pub holds: Vec<f64>,
    /// Derivative of the expected outlook by the hurdle's base log-odds.
    pub by_base: f64,
    /// The same by the weight of each open rule. Rules that certainly hold share `by_base`.
    pub by_rule: Vec<f64>,
}

/// How the result was reached.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Exactness {
    /// Standard error of the expected outlook; zero where enumerated.
    pub standard_error: f64,
    /// True where the range is an outer bound (each hurdle at its own extreme).
    pub outer_bound: bool,
}

/// The outlook over all hurdles.
#[derive(Clone, Debug, Default)]
pub struct Solved {
    /// Averaged over what is not known.
    pub expected: f64,
    /// Lowest and highest over completions.
    pub range: [f64; 2],
    /// Each hurdle.
    pub grounds: Vec<Ground>,
    /// How it was reached.
    pub exactness: Exactness,
}

/// Works out the outlook. `variables` is the number of variables of the model.
pub fn solve(factors: &[Factor], open: &[Open], variables: usize) -> Solved {
    let mut reads: Vec<Vec<usize>> = Vec::with_capacity(factors.len());
    let mut position = vec![usize::MAX; variables];
    for (at, open) in open.iter().enumerate() {
        position[open.variable] = at;
    }
    for factor in factors {
        let mut read = Vec::new();
        for (_, cond) in &factor.open {
            cond.visit(&mut |variable, _| read.push(position[variable]));
        }
        read.sort_unstable();
        read.dedup();
        reads.push(read);
    }
    let classes = classes(factors, open, &position);
    let mut solved = Solved {
        expected: 1.0,
        range: [1.0, 1.0],
        grounds: vec![Ground::default(); factors.len()],
        exactness: Exactness::default(),
    };
    for component in components(&reads, open.len()) {
        let part =
            Component { factors, open, reads: &reads, classes: &classes, members: &component, position: &position };
        part.solve(&mut solved);
    }
    solved
}

/// Sets of factors that share open variables, directly or through others.
fn components(reads: &[Vec<usize>], open: usize) -> Vec<Vec<usize>> {
    let mut owner: Vec<Option<usize>> = vec![None; open];
    let mut group: Vec<usize> = (0..reads.len()).collect();
    for (factor, read) in reads.iter().enumerate() {
        for variable in read {
            match owner[*variable] {
                None => owner[*variable] = Some(factor),
                Some(other) => {
                    let (from, to) = (group[factor].max(group[other]), group[factor].min(group[other]));
                    group.iter_mut().filter(|g| **g == from).for_each(|g| *g = to);
                }
            }
        }
    }
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); reads.len()];
    for (factor, group) in group.into_iter().enumerate() {
        out[group].push(factor);
    }
    out.retain(|members| !members.is_empty());
    out
}

struct Component<'s> {
    factors: &'s [Factor],
    open: &'s [Open],
    reads: &'s [Vec<usize>],
    classes: &'s [Classes],
    members: &'s [usize],
    /// Where each variable of the model stands among the open ones.
    position: &'s [usize],
}

impl Component<'_> {
    fn solve(&self, solved: &mut Solved) {
        let shared = self.shared();
        let count = |list: &[usize]| {
            list.iter().try_fold(1_usize, |product, variable| {
                product.checked_mul(self.classes[*variable].bits.len()).filter(|product| *product <= MAX_COMPLETIONS)
            })
        };
        let tables = count(&shared)
            .and_then(|_| self.members.iter().map(|factor| self.table(*factor, &shared)).collect::<Option<Vec<_>>>());
        match (count(&shared), tables) {
            (Some(cells), Some(tables)) => self.enumerate(&shared, cells, &tables, solved),
            _ => self.sample(solved),
        }
    }

    /// Variables that more than one member reads.
    fn shared(&self) -> Vec<usize> {
        let mut times = vec![0_u8; self.open.len()];
        for factor in self.members {
            for variable in &self.reads[*factor] {
                times[*variable] = times[*variable].saturating_add(1);
            }
        }
        (0..times.len()).filter(|variable| times[*variable] > 1).collect()
    }

    fn enumerate(&self, shared: &[usize], cells: usize, tables: &[Vec<Cell>], solved: &mut Solved) {
        let strides: Vec<Vec<usize>> = self.members.iter().map(|factor| self.strides(*factor, shared)).collect();
        let mut total = Cell { low: f64::INFINITY, ..Cell::default() };
        let mut digits = vec![0_usize; shared.len()];
        let mut at = vec![0_usize; self.members.len()];
        let mut gradient: Vec<(f64, Vec<f64>)> =
            self.members.iter().map(|factor| (0.0, vec![0.0; self.factors[*factor].open.len()])).collect();
        for _ in 0..cells {
            let share: f64 =
                shared.iter().zip(&digits).map(|(variable, digit)| self.classes[*variable].share[*digit]).product();
            for (m, strides) in strides.iter().enumerate() {
                at[m] = strides.iter().zip(&digits).map(|(stride, digit)| stride * digit).sum();
            }
            let (mut expected, mut low, mut high) = (1.0, 1.0, 1.0);
            for (table, at) in tables.iter().zip(&at) {
                expected *= table[*at].expected;
                low *= table[*at].low;
                high *= table[*at].high;
            }
            total.expected += share * expected;
            total.low = total.low.min(low);
            total.high = total.high.max(high);
            for (m, (by_base, by_rule)) in gradient.iter_mut().enumerate() {
                let cell = &tables[m][at[m]];
                // The others' product; no chance to survive is ever zero, so division is safe.
                let others = share * expected / cell.expected;
                *by_base -= others * cell.slope;
                for (sum, slope) in by_rule.iter_mut().zip(&cell.slopes) {
                    *sum -= others * slope;
                }
                let ground = &mut solved.grounds[self.members[m]];
                ground.p += share * (1.0 - cell.expected);
                ground.holds.resize(cell.holds.len(), 0.0);
                for (sum, holds) in ground.holds.iter_mut().zip(&cell.holds) {
                    *sum += share * holds;
                }
            }
            step(&mut digits, |n| self.classes[shared[n]].bits.len());
        }
        for (table, factor) in tables.iter().zip(self.members) {
            let low = table.iter().map(|cell| cell.low).fold(f64::INFINITY, f64::min);
            let high = table.iter().map(|cell| cell.high).fold(0.0, f64::max);
            solved.grounds[*factor].range = [1.0 - high, 1.0 - low];
        }
        self.join(solved, &total, gradient);
    }

    /// Multiplies this component into the result.
    fn join(&self, solved: &mut Solved, total: &Cell, gradient: Vec<(f64, Vec<f64>)>) {
        for (factor, ground) in solved.grounds.iter_mut().enumerate() {
            if !self.members.contains(&factor) {
                ground.by_base *= total.expected;
                ground.by_rule.iter_mut().for_each(|slope| *slope *= total.expected);
            }
        }
        for (factor, (by_base, by_rule)) in self.members.iter().zip(gradient) {
            let ground = &mut solved.grounds[*factor];
            ground.by_base = by_base * solved.expected;
            ground.by_rule = by_rule.into_iter().map(|slope| slope * solved.expected).collect();
        }
        solved.expected *= total.expected;
        solved.range[0] *= total.low;
        solved.range[1] *= total.high;
    }

    /// How far a step in each shared variable moves in a factor's table.
    fn strides(&self, factor: usize, shared: &[usize]) -> Vec<usize> {
        let mut stride = 1;
        shared
            .iter()
            .map(|variable| {
                if !self.reads[factor].contains(variable) {
                    return 0;
                }
                let this = stride;
                stride *= self.classes[*variable].bits.len();
                this
            })
            .collect()
    }

    /// A factor's cells over the shared variables that it reads, its own summed out; `None` when one
    /// of them has too many completions.
    fn table(&self, factor: usize, shared: &[usize]) -> Option<Vec<Cell>> {
        let outer: Vec<usize> =
            self.reads[factor].iter().filter(|variable| shared.contains(variable)).copied().collect();
        let size = outer.iter().map(|variable| self.classes[*variable].bits.len()).product::<usize>();
        let mut bits = vec![0_u64; self.position.len()];
        let mut digits = vec![0_usize; outer.len()];
        let plan = Plan::new(&self.factors[factor], self.open, self.classes, self.position);
        (0..size)
            .map(|_| {
                for (variable, digit) in outer.iter().zip(&digits) {
                    bits[self.open[*variable].variable] = self.classes[*variable].bits[*digit];
                }
                step(&mut digits, |n| self.classes[outer[n]].bits.len());
                cell(&self.factors[factor], &plan, &mut bits)
            })
            .collect()
    }
}

/// Moves a mixed-radix counter on by one.
fn step(digits: &mut [usize], radix: impl Fn(usize) -> usize) {
    for (n, digit) in digits.iter_mut().enumerate() {
        *digit += 1;
        if *digit < radix(n) {
            return;
        }
        *digit = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::walk::survives;
    use super::*;

    fn open(variable: usize, prior: &[f64]) -> Open {
        Open { variable, possible: (1 << prior.len()) - 1, prior: prior.to_vec() }
    }

    #[test]
    fn a_settled_hurdle_is_one_minus_its_logistic() {
        // logit -ln 3: p = 1/4, so that the outlook is 3/4; twice, 9/16.
        let factor = Factor { settled: -(3.0_f64.ln()), open: Vec::new() };
        let solved = solve(&[factor.clone(), factor], &[], 0);
        assert!((solved.expected - 0.5625).abs() < 1e-12);
        assert!((solved.grounds[0].p - 0.25).abs() < 1e-12);
        assert_eq!(solved.range, [solved.expected, solved.expected]);
    }

    #[test]
    fn an_unknown_that_two_hurdles_share_is_averaged_jointly() {
        // With the fact: each hurdle survives 1/2, the outlook is 1/4. Without: 3/4 each, 9/16.
        // Even chances: (1/4 + 9/16) / 2 = 13/32, not (5/8)^2 = 25/64.
        let ln3 = 3.0_f64.ln();
        let factor = Factor { settled: -ln3, open: vec![(ln3, Cond::In(0, 0b10))] };
        let solved = solve(&[factor.clone(), factor], &[open(0, &[0.5, 0.5])], 1);
        assert!((solved.expected - 13.0 / 32.0).abs() < 1e-12);
        assert!((solved.range[0] - 0.25).abs() < 1e-12 && (solved.range[1] - 0.5625).abs() < 1e-12);
        assert!((solved.grounds[0].p - 0.375).abs() < 1e-12);
        assert!((solved.grounds[1].holds[0] - 0.5).abs() < 1e-12);
        // d/dw of (s(w)^2 + s(0)^2)/2 at one factor: -(1/2)(1/2)(1/2)(1/2) = -1/16.
        assert!((solved.grounds[0].by_rule[0] + 0.0625).abs() < 1e-12);
    }

    #[test]
    fn the_sample_agrees_with_enumeration_and_its_bound_holds() {
        // Fourteen yes-or-no unknowns read by one hurdle: 16,384 completions, so it is sampled.
        let n = 14;
        let rules = (0..n).map(|v| (if v % 2 == 0 { 0.3 } else { -0.2 }, Cond::In(v, 0b10))).collect();
        let unknowns: Vec<Open> = (0..n).map(|v| open(v, &[0.6, 0.4])).collect();
        let sampled = solve(&[Factor { settled: -1.0, open: rules }], &unknowns, n);
        let mut exact = 0.0;
        for bits in 0..1_usize << n {
            let mut logit = -1.0;
            let mut share = 1.0;
            for v in 0..n {
                let yes = bits & 1 << v != 0;
                share *= if yes { 0.4 } else { 0.6 };
                logit += if !yes {
                    0.0
                } else if v % 2 == 0 {
                    0.3
                } else {
                    -0.2
                };
            }
            exact += share * survives(logit);
        }
        let error = sampled.exactness.standard_error;
        assert!(error > 0.0 && error < 0.002, "{error}");
        assert!((sampled.expected - exact).abs() < 5.0 * error + 1e-4);
        assert!(sampled.exactness.outer_bound);
        assert!(sampled.range[0] <= sampled.expected && sampled.expected <= sampled.range[1]);
    }
}
