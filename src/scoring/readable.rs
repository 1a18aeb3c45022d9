//! The outlook straight from the conditions as they stand: the slow way, and the one that is right by
//! looking at it. Where there are too many completions to go through, it samples.
//!
//! Must not: be fast at the price of being read. The compiled rules are held against it by tests.

use jiff::civil::Date;

use super::Engine;
use super::model::{Cond, Model, States};
use super::outlook::{Factor, Open, Solved, solve};
use crate::matter::Matter;
use crate::pack::Profile;

/// Factors of a target with, for each, the rules that certainly hold and the open ones.
pub(super) struct Factors {
    pub(super) list: Vec<Factor>,
    pub(super) settled: Vec<Vec<usize>>,
    pub(super) open_rules: Vec<Vec<usize>>,
}

impl Engine<'_> {
    /// The readable way to the same figures, straight from the conditions; also where there are too
    /// many completions, so that a sample has to do.
    pub(super) fn readable(
        &self,
        hurdles: std::ops::Range<usize>,
        states: &States,
        target: &Profile,
    ) -> (Solved, Factors) {
        let factors = self.factors(hurdles, states, target);
        let open = open_variables(&self.model, &factors.list, states);
        (solve(&factors.list, &open, self.model.variables.len()), factors)
    }

    /// The outlook of a matter in a target by the readable way: slower, and the same. Tests and
    /// benchmarks hold the two together.
    pub fn readable_outlook(&self, matter: &Matter, target: &Profile, as_of: Date) -> Solved {
        let answers = &crate::flow::coded(self.pack, matter);
        let mut states = self.model.states(self.pack, answers, target, as_of);
        self.model.drop_blocking(&mut states, target);
        self.readable(0..self.pack.hurdles.len(), &states, target).0
    }

    pub(super) fn factors(&self, hurdles: std::ops::Range<usize>, states: &States, target: &Profile) -> Factors {
        let mut out = Factors { list: Vec::new(), settled: Vec::new(), open_rules: Vec::new() };
        for hurdle in hurdles {
            let weights = &self.weights.hurdles[hurdle];
            let mut factor = Factor { settled: weights.means[0] + weights.target(&target.id), open: Vec::new() };
            let (mut settled, mut open) = (Vec::new(), Vec::new());
            for (n, cond) in self.model.rules[hurdle].iter().enumerate() {
                match cond.fold(states, target) {
                    Cond::Always(false) => {}
                    Cond::Always(true) => {
                        factor.settled += weights.means[n + 1];
                        settled.push(n);
                    }
                    cond => {
                        factor.open.push((weights.means[n + 1], cond));
                        open.push(n);
                    }
                }
            }
            out.list.push(factor);
            out.settled.push(settled);
            out.open_rules.push(open);
        }
        out
    }
}

/// The open variables that some factors read, with what they may still be.
pub(super) fn open_variables(model: &Model, factors: &[Factor], states: &States) -> Vec<Open> {
    let mut read = vec![false; model.variables.len()];
    for (_, cond) in factors.iter().flat_map(|factor| &factor.open) {
        cond.visit(&mut |variable, _| read[variable] = true);
    }
    (0..read.len())
        .filter(|variable| read[*variable])
        .map(|variable| Open { variable, possible: states[variable], prior: model.variables[variable].prior.clone() })
        .collect()
}
