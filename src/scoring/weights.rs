//! The weights in force: means and covariances on the log-odds scale, by hurdle.
//!
//! Must not: fit. They are the priors of the pack, or what `calibrate` fitted and wrote into it.
//! The parameters of a hurdle are, in this order: its base, its rules in the order of the file, and
//! one effect for each target that has decided cases (partial pooling: prior mean zero).

use std::collections::BTreeMap;

use crate::pack::{Hurdle, Pack};

/// The weights of all hurdles; the chance of a contest stands last.
#[derive(Clone, Debug)]
pub struct Weights {
    /// One for each hurdle of the pack, then the contest.
    pub hurdles: Vec<HurdleWeights>,
    /// Hash of the cases they were fitted on; `None` for priors.
    pub fitted_on: Option<String>,
    /// How many cases they were fitted on.
    pub cases: usize,
}

/// The weights of one hurdle.
#[derive(Clone, Debug)]
pub struct HurdleWeights {
    /// Base and rules.
    pub means: Vec<f64>,
    /// The effect of each target that has decided cases: mean, and its place among the parameters.
    pub targets: BTreeMap<String, (f64, usize)>,
    /// Covariance of all parameters, row by row; empty for priors, which are independent.
    pub covariance: Vec<f64>,
    /// Standard deviation of each parameter of the prior: base and rules.
    pub spreads: Vec<f64>,
    /// Standard deviation of the effect of a target without decided cases.
    pub target_spread: f64,
}

impl Weights {
    /// The priors that the pack's authors wrote.
    pub fn prior(pack: &Pack) -> Self {
        let hurdles = pack
            .hurdles
            .iter()
            .chain(std::iter::once(&pack.contest))
            .map(|hurdle| HurdleWeights::prior(hurdle, pack.target_spread))
            .collect();
        Weights { hurdles, fitted_on: None, cases: 0 }
    }

    /// What the pack carries: fitted weights where it has them, else the priors.
    pub fn of(pack: &Pack) -> Self {
        pack.fitted.clone().unwrap_or_else(|| Weights::prior(pack))
    }
}

impl HurdleWeights {
    fn prior(hurdle: &Hurdle, target_spread: f64) -> Self {
        let weights = || std::iter::once(&hurdle.base).chain(hurdle.rules.iter().map(|rule| &rule.weight));
        HurdleWeights {
            means: weights().map(|weight| weight.mean).collect(),
            targets: BTreeMap::new(),
            covariance: Vec::new(),
            spreads: weights().map(|weight| weight.spread).collect(),
            target_spread,
        }
    }

    /// The effect of a target; zero where it has no decided cases.
    pub fn target(&self, id: &str) -> f64 {
        self.targets.get(id).map_or(0.0, |(mean, _)| *mean)
    }

    /// Standard deviation of a parameter: zero for the base, `n` for the `n`-th rule from one.
    pub fn spread(&self, parameter: usize) -> f64 {
        if self.covariance.is_empty() {
            return self.spreads[parameter];
        }
        self.covariance[parameter * self.size() + parameter].max(0.0).sqrt()
    }

    /// How many parameters there are.
    pub fn size(&self) -> usize {
        self.means.len() + self.targets.len()
    }

    /// Variance of `sum of gradient x parameter` for a target: `gradient` is by base and rules, and
    /// the target's effect shares the derivative of the base.
    pub fn variance(&self, gradient: &[f64], target: &str) -> f64 {
        let own = self.targets.get(target);
        let free = if own.is_none() { (gradient[0] * self.target_spread).powi(2) } else { 0.0 };
        if self.covariance.is_empty() {
            return free + gradient.iter().zip(&self.spreads).map(|(g, s)| (g * s).powi(2)).sum::<f64>();
        }
        let n = self.size();
        let mut full = gradient.to_vec();
        full.resize(n, 0.0);
        if let Some((_, at)) = own {
            full[*at] = gradient[0];
        }
        let mut variance = free;
        for (row, a) in full.iter().enumerate().filter(|(_, a)| **a != 0.0) {
            for (column, b) in full.iter().enumerate() {
                variance += a * b * self.covariance[row * n + column];
            }
        }
        variance.max(0.0)
    }
}
