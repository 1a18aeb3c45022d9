//! The rules of one hurdle as they stand in some targets, and what settled answers make of them.
//!
//! Must not: sum; `table` does.

use std::sync::Arc;

use super::ones;
use super::terms::{Met, Terms};

/// The rules of one hurdle as they stand in some targets.
#[derive(Debug)]
pub(in crate::scoring) struct Variant {
    /// Number of the variant, and of its terms, for keys.
    pub(super) id: u64,
    pub(super) terms_id: u64,
    /// The conditions in the order of the rules, with the profile put in.
    pub(super) terms: Arc<Terms>,
    /// The weights of the rules, and the factors by which they change the odds.
    pub(super) weights: Vec<f64>,
    pub(super) factors: Vec<f64>,
    /// Base log-odds and the effect of the target, and the odds that they are.
    pub(super) settled: f64,
    pub(super) odds: f64,
}

/// What the settled answers make of a hurdle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Seen {
    /// Rules that certainly hold, and rules that may.
    pub(super) holds: u64,
    pub(super) open: u64,
    /// The terms on which the open rules depend, and the locals on which these do.
    pub(super) terms: u64,
    pub(super) reads: u64,
    /// Odds of the base and the rules that hold.
    pub(super) odds: f64,
}

impl Variant {
    pub(super) fn new(id: u64, (terms_id, terms): (u64, Arc<Terms>), weights: Vec<f64>, settled: f64) -> Self {
        let factors = weights.iter().map(|weight| libm::exp(*weight)).collect();
        Variant { id, terms_id, terms, weights, factors, settled, odds: libm::exp(settled) }
    }

    /// What some states make of the rules, from the terms that they leave.
    pub(super) fn see(&self, left: Met, states: &[u64]) -> Seen {
        let met = self.terms.conditions(left);
        let mut seen = Seen { holds: met.holds, open: met.open, odds: self.odds(met.holds), ..Seen::default() };
        if met.open != 0 {
            seen.terms = self.terms.needed(met, left.open, states);
            for (local, _) in self.terms.undecided(seen.terms, states) {
                seen.reads |= 1 << local;
            }
        }
        seen
    }

    /// Odds of the base and of some rules: adding to log-odds multiplies them.
    pub(super) fn odds(&self, holds: u64) -> f64 {
        ones(holds).fold(self.odds, |odds, n| odds * self.factors[n])
    }

    /// Whether a test holds of some variable of a mask of locals.
    pub(super) fn any(&self, reads: u64, test: impl Fn(usize) -> bool) -> bool {
        ones(reads).any(|local| test(usize::from(self.terms.locals[local])))
    }

    /// Calls `visit` with each variable of a mask of locals.
    pub(super) fn each(&self, reads: u64, mut visit: impl FnMut(usize)) {
        ones(reads).for_each(|local| visit(usize::from(self.terms.locals[local])));
    }
}
