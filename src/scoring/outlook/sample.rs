//! Beyond enumeration: a seeded low-discrepancy sample with its standard error, and an outer bound.
//!
//! Must not: be used where a component can be enumerated; `Component::solve` decides.

use super::walk::{Cell, survives};
use super::{Component, SAMPLE_POINTS, SAMPLE_SEED, Solved};

/// The sample is made of this many independent shifts, from which its standard error comes.
const SHIFTS: usize = 16;

impl Component<'_> {
    /// The low-discrepancy sample (a randomly shifted Kronecker lattice), and the outer bound.
    pub(super) fn sample(&self, solved: &mut Solved) {
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
