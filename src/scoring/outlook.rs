//! The outlook: the product over hurdles of one minus the chance that the hurdle defeats the
//! judgment, averaged over everything that is not known.
//!
//! Must not: know what a question or a hurdle is called. [`solve`] takes hurdles as factors over
//! open variables. MODEL.md: hurdles that share no open variable factor apart; a component is
//! enumerated exactly while that takes at most [`MAX_COMPLETIONS`] steps after variables that only
//! one hurdle reads have been summed out; beyond, a seeded low-discrepancy sample with its standard
//! error, and an outer bound for the range.

use super::model::Cond;

/// Most completions that are enumerated for one table (MODEL.md).
pub const MAX_COMPLETIONS: usize = 4096;
/// Points of the sample beyond that.
pub const SAMPLE_POINTS: usize = 4096;
/// The sample is made of this many independent shifts, from which its standard error comes.
const SHIFTS: usize = 16;
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
#[derive(Clone, Debug)]
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

/// Values of an open variable that no condition tells apart, taken together.
struct Classes {
    /// One value of each class, as a bit.
    bits: Vec<u64>,
    /// Share of each class; adds up to one.
    share: Vec<f64>,
}

/// One minus the chance, from log-odds of defeat.
fn survives(logit: f64) -> f64 {
    1.0 / (1.0 + libm::exp(logit))
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

/// Every pattern of open rules that can hold together (bit `n`: rule `n` of the factor) with its
/// share, for fitting. Patterns may repeat.
pub fn patterns(factor: &Factor, open: &[Open], variables: usize) -> Vec<(f64, u64)> {
    let mut position = vec![usize::MAX; variables];
    for (at, open) in open.iter().enumerate() {
        position[open.variable] = at;
    }
    let classes = classes(std::slice::from_ref(factor), open, &position);
    let mut out = Vec::new();
    let mut bits = vec![0_u64; variables];
    let plan = Plan::new(factor, open, &classes, &position);
    let mut walk = Walk { factor, plan: &plan, left: usize::MAX };
    walk.down(plan.all, 0, 1.0, &mut bits, &mut |share, holding| out.push((share, holding)));
    out
}

/// Groups possible values by what all conditions make of them.
fn classes(factors: &[Factor], open: &[Open], position: &[usize]) -> Vec<Classes> {
    let mut masks: Vec<Vec<u64>> = vec![Vec::new(); open.len()];
    for factor in factors {
        for (_, cond) in &factor.open {
            cond.visit(&mut |variable, mask| {
                let masks = &mut masks[position[variable]];
                if !masks.contains(&mask) {
                    masks.push(mask);
                }
            });
        }
    }
    open.iter()
        .zip(&masks)
        .map(|(open, masks)| {
            let values = open.prior.iter().enumerate().map(|(value, prior)| (1_u64 << value, *prior));
            group(values.filter(|(bit, _)| open.possible & bit != 0), masks)
        })
        .collect()
}

/// Groups values (bit and share) that no mask tells apart; the shares then add up to one.
fn group(values: impl Iterator<Item = (u64, f64)>, masks: &[u64]) -> Classes {
    let mut signatures: Vec<Vec<bool>> = Vec::new();
    let mut out = Classes { bits: Vec::new(), share: Vec::new() };
    for (bit, share) in values {
        let signature: Vec<bool> = masks.iter().map(|mask| mask & bit != 0).collect();
        if let Some(at) = signatures.iter().position(|known| *known == signature) {
            out.share[at] += share;
        } else {
            signatures.push(signature);
            out.bits.push(bit);
            out.share.push(share);
        }
    }
    let sum: f64 = out.share.iter().sum();
    out.share.iter_mut().for_each(|share| *share /= sum);
    out
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

/// A factor's sums over its own variables, for one assignment of the shared ones.
#[derive(Clone, Debug, Default)]
struct Cell {
    /// Expected, lowest and highest chance to survive.
    expected: f64,
    low: f64,
    high: f64,
    /// Expected `(1 - p) * p`, and the same where each open rule holds.
    slope: f64,
    slopes: Vec<f64>,
    /// Chance that each open rule holds.
    holds: Vec<f64>,
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

    /// The low-discrepancy sample (a randomly shifted Kronecker lattice), and the outer bound.
    fn sample(&self, solved: &mut Solved) {
        let mut variables: Vec<usize> = self.members.iter().flat_map(|factor| self.reads[*factor].clone()).collect();
        variables.sort_unstable();
        variables.dedup();
        let steps = lattice(variables.len());
        let mut seed = SAMPLE_SEED;
        let mut bits = vec![0_u64; self.position.len()];
        let mut means = [0.0; SHIFTS];
        let mut total = Cell { low: 1.0, high: 1.0, ..Cell::default() };
        let mut gradient: Vec<(f64, Vec<f64>)> =
            self.members.iter().map(|factor| (0.0, vec![0.0; self.factors[*factor].open.len()])).collect();
        for factor in self.members {
            solved.grounds[*factor].holds = vec![0.0; self.factors[*factor].open.len()];
        }
        #[expect(clippy::cast_precision_loss, reason = "4096 points")]
        let share = 1.0 / SAMPLE_POINTS as f64;
        for mean in &mut means {
            let mut point: Vec<f64> = variables.iter().map(|_| random(&mut seed)).collect();
            for _ in 0..SAMPLE_POINTS / SHIFTS {
                for (n, variable) in variables.iter().enumerate() {
                    point[n] = (point[n] + steps[n]).fract();
                    let classes = &self.classes[*variable];
                    let mut left = point[n];
                    let digit = classes.share.iter().position(|share| {
                        left -= share;
                        left < 0.0
                    });
                    bits[self.open[*variable].variable] = classes.bits[digit.unwrap_or(classes.bits.len() - 1)];
                }
                let mut product = 1.0;
                let logits: Vec<f64> = self
                    .members
                    .iter()
                    .map(|factor| {
                        let factor = &self.factors[*factor];
                        let logit = factor.settled
                            + factor.open.iter().filter(|(_, c)| c.holds(&bits)).map(|(w, _)| w).sum::<f64>();
                        product *= survives(logit);
                        logit
                    })
                    .collect();
                *mean += product;
                for (m, logit) in logits.into_iter().enumerate() {
                    let p = 1.0 - survives(logit);
                    let factor = self.members[m];
                    gradient[m].0 -= share * product * p;
                    solved.grounds[factor].p += share * p;
                    for (n, (_, cond)) in self.factors[factor].open.iter().enumerate() {
                        if cond.holds(&bits) {
                            gradient[m].1[n] -= share * product * p;
                            solved.grounds[factor].holds[n] += share;
                        }
                    }
                }
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "16 shifts of 256 points")]
        let (shifts, points) = (SHIFTS as f64, (SAMPLE_POINTS / SHIFTS) as f64);
        for mean in &mut means {
            *mean /= points;
        }
        total.expected = means.iter().sum::<f64>() / shifts;
        let variance = means.iter().map(|mean| (mean - total.expected).powi(2)).sum::<f64>() / (shifts - 1.0);
        let error = (variance / shifts).sqrt();
        for factor in self.members {
            let (low, high) = self.extremes(*factor);
            solved.grounds[*factor].range = [1.0 - high, 1.0 - low];
            total.low *= low;
            total.high *= high;
        }
        // Relative errors of independent components add in squares.
        let relative = |error: f64, value: f64| if value > 0.0 { error / value } else { 0.0 };
        let so_far = relative(solved.exactness.standard_error, solved.expected);
        let together = so_far.hypot(relative(error, total.expected));
        self.join(solved, &total, gradient);
        solved.exactness.standard_error = together * solved.expected;
        solved.exactness.outer_bound = true;
    }

    /// A bound on a factor's chance to survive: every helpful rule holds and no harmful one, and the
    /// other way round.
    fn extremes(&self, factor: usize) -> (f64, f64) {
        let factor = &self.factors[factor];
        let sum = |sign: f64| factor.open.iter().map(|(w, _)| w).filter(|w| **w * sign > 0.0).sum::<f64>();
        (survives(factor.settled + sum(1.0)), survives(factor.settled + sum(-1.0)))
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

/// Sums a factor over its own variables. `bits` holds the shared ones.
fn cell(factor: &Factor, plan: &Plan, bits: &mut [u64]) -> Option<Cell> {
    let n = factor.open.len();
    let mut cell = Cell { low: f64::INFINITY, slopes: vec![0.0; n], holds: vec![0.0; n], ..Cell::default() };
    let mut walk = Walk { factor, plan, left: MAX_COMPLETIONS };
    let whole = walk.down(plan.all, 0, 1.0, bits, &mut |share, holding| {
        let logit = factor.settled + ones(holding).map(|n| factor.open[n].0).sum::<f64>();
        cell.add(survives(logit), share, holding);
    });
    whole.then_some(cell)
}

impl Cell {
    /// Adds a pattern of rules: its chance to survive, its share, the rules that hold.
    fn add(&mut self, survives: f64, share: f64, holding: u64) {
        let slope = share * survives * (1.0 - survives);
        self.expected += share * survives;
        self.low = self.low.min(survives);
        self.high = self.high.max(survives);
        self.slope += slope;
        for n in ones(holding) {
            self.slopes[n] += slope;
            self.holds[n] += share;
        }
    }
}

/// The places of the bits that are set.
fn ones(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = mask.trailing_zeros() as usize;
        (mask != 0).then(|| {
            mask &= mask - 1;
            bit
        })
    })
}

/// What a walk through a factor's completions needs to know beforehand.
struct Plan {
    /// A bit for each open rule.
    all: u64,
    /// For each variable of the model, the values that this factor's conditions tell apart.
    classes: Vec<Option<Classes>>,
    /// For each variable of the model, how many tests of it the conditions hold.
    reads: Vec<u32>,
}

impl Plan {
    fn new(factor: &Factor, open: &[Open], classes: &[Classes], position: &[usize]) -> Self {
        let mut masks: Vec<Vec<u64>> = vec![Vec::new(); position.len()];
        for (_, cond) in &factor.open {
            cond.visit(&mut |variable, mask| masks[variable].push(mask));
        }
        let own = |(variable, masks): (usize, &Vec<u64>)| {
            if masks.is_empty() || position[variable] >= open.len() {
                return None;
            }
            let fine = &classes[position[variable]];
            Some(group(fine.bits.iter().copied().zip(fine.share.iter().copied()), masks))
        };
        Plan {
            all: (0..factor.open.len()).fold(0, |all, n| all | 1 << n),
            classes: masks.iter().enumerate().map(own).collect(),
            reads: masks.iter().map(|masks| u32::try_from(masks.len()).unwrap_or(u32::MAX)).collect(),
        }
    }
}

/// Goes through the completions of a factor, one variable at a time. A variable that what is already
/// put in has made pointless is never opened, and values that the conditions do not tell apart are
/// taken together: so most of a product of options is never visited.
struct Walk<'w> {
    factor: &'w Factor,
    plan: &'w Plan,
    /// How many completions may still be visited.
    left: usize,
}

impl Walk<'_> {
    /// Calls `leaf` with the share and the rules of each completion; false when there are too many.
    fn down(
        &mut self,
        undecided: u64,
        mut holding: u64,
        share: f64,
        bits: &mut [u64],
        leaf: &mut dyn FnMut(f64, u64),
    ) -> bool {
        let mut still = 0_u64;
        let mut pivot: Option<usize> = None;
        for n in ones(undecided) {
            match self.factor.open[n].1.settle(bits) {
                Ok(true) => holding |= 1 << n,
                Ok(false) => {}
                Err(variable) => {
                    still |= 1 << n;
                    let reads = |variable: usize| self.plan.reads[variable];
                    if pivot.is_none_or(|best| reads(variable) > reads(best)) {
                        pivot = Some(variable);
                    }
                }
            }
        }
        let Some((variable, classes)) =
            pivot.and_then(|variable| Some((variable, self.plan.classes[variable].as_ref()?)))
        else {
            if self.left == 0 {
                return false;
            }
            self.left -= 1;
            leaf(share, holding);
            return true;
        };
        for (bit, part) in classes.bits.iter().zip(&classes.share) {
            bits[variable] = *bit;
            if !self.down(still, holding, share * part, bits, leaf) {
                bits[variable] = 0;
                return false;
            }
        }
        bits[variable] = 0;
        true
    }
}

/// Steps of a Kronecker lattice in `n` dimensions: powers of the generalised golden ratio, the root
/// of `x^(n+1) = x + 1`.
fn lattice(n: usize) -> Vec<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a few dozen variables")]
    let power = 1.0 / (n as f64 + 1.0);
    let mut root = 1.5;
    for _ in 0..64 {
        root = libm::pow(1.0 + root, power);
    }
    let mut step = 1.0;
    (0..n)
        .map(|_| {
            step /= root;
            step
        })
        .collect()
}

/// `SplitMix64`, as a number from 0 to 1.
fn random(seed: &mut u64) -> f64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *seed;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^= z >> 31;
    #[expect(clippy::cast_precision_loss, reason = "53 bits are kept")]
    let unit = (z >> 11) as f64 / (1_u64 << 53) as f64;
    unit
}

#[cfg(test)]
mod tests {
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
