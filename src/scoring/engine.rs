//! The outlook of one target as a factor graph.
//!
//! MODEL.md: `outlook = product over hurdles of (1 - p)`, `logit p = base + sum of weights of the rules that hold`,
//! averaged over the completions of all unknown answers; the range runs from the lowest to the highest completion.
//!
//! `clauses` (a condition as alternatives) → `hurdle` (rules, and what some domains leave of them) → `table` (one
//! hurdle over the unknown answers that it shares with others, its own summed out) → `eliminate` (the tables joined,
//! and the derivatives) → `evaluation` (the figures). Where a table would grow beyond [`MAX_CELLS`], `sample`.
//!
//! Invariant: no figure is divided by a chance, so that a chance of zero is a value like any other.

mod clauses;
mod eliminate;
mod evaluation;
mod hurdle;
mod sample;
mod table;

pub use eliminate::Moments;
pub use evaluation::{Evaluation, Exactness, Ground, Solved};
pub use hurdle::{Completion, Hurdle, RuleSet};

use super::model::{Cond, Model};
use crate::pack::Profile;
use crate::pack::weights::{HurdleWeights, Weights};

/// Most cells of a table, and most completions of one cell; beyond that a sample is drawn (MODEL.md).
pub(crate) const MAX_CELLS: usize = 4096;

/// The rules of a pack as they stand in one target: its profile put in, its weights added.
#[derive(Clone, Debug)]
pub(crate) struct TargetRules {
    /// The legal hurdles, in the order of the pack.
    hurdles: Vec<Hurdle>,
    contest: Hurdle,
    /// The rules of each confidence hurdle.
    pub confidence: Vec<RuleSet>,
}

impl TargetRules {
    /// Puts a profile and weights into the rules of a pack.
    pub fn new(model: &Model, weights: &Weights, target: &Profile) -> Self {
        let hurdle = |(conditions, weights): (&Vec<Cond>, &HurdleWeights)| {
            let base = weights.means[0] + weights.target(&target.id);
            Hurdle::new(RuleSet::new(conditions, model, target), base, &weights.means[1..])
        };
        let mut hurdles: Vec<Hurdle> = model.rules.iter().zip(&weights.hurdles).map(hurdle).collect();
        let contest = hurdles.pop().expect("the contest stands last among the rules of a model");
        let confidence = model.confidence.iter().map(|conditions| RuleSet::new(conditions, model, target)).collect();
        TargetRules { hurdles, contest, confidence }
    }

    /// The legal hurdles for what is known.
    pub(crate) fn evaluate(&self, model: &Model, domains: &[u64]) -> Evaluation<'_> {
        Evaluation::new(&self.hurdles, model, domains)
    }

    /// The chance that the debtor fights, 0 to 1.
    pub fn contest(&self, model: &Model, domains: &[u64]) -> f64 {
        1.0 - Evaluation::new(std::slice::from_ref(&self.contest), model, domains).moments().mean
    }
}

/// The indices of the bits that are set.
pub fn ones(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = mask.trailing_zeros() as usize;
        (mask != 0).then(|| {
            mask &= mask - 1;
            bit
        })
    })
}

/// One minus the chance, from the odds of defeat.
fn clearance(odds: f64) -> f64 {
    1.0 / (1.0 + odds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::random::Random;

    const LN_3: f64 = 1.098_612_288_668_109_8;

    fn hurdle(model: &Model, base: f64, rules: &[(f64, Cond)]) -> Hurdle {
        let (weights, conditions): (Vec<f64>, Vec<Cond>) = rules.iter().cloned().unzip();
        Hurdle::new(RuleSet::of_folded(conditions, model), base, &weights)
    }

    fn near(one: f64, other: f64) {
        assert!((one - other).abs() < 1e-12, "{one} is not {other}");
    }

    #[test]
    fn a_settled_hurdle_is_one_minus_its_logistic() {
        // Log-odds -ln 3: p = 1/4, so that the outlook is 3/4; twice, 9/16.
        let model = Model::of_priors(&[]);
        let hurdles = [hurdle(&model, -LN_3, &[]), hurdle(&model, -LN_3, &[])];
        let solved = Evaluation::new(&hurdles, &model, &[]).solved();
        near(solved.expected, 0.5625);
        near(solved.grounds[0].p, 0.25);
        assert_eq!(solved.range, [solved.expected, solved.expected]);
    }

    #[test]
    fn an_unknown_that_two_hurdles_share_is_averaged_jointly() {
        // With the fact: each hurdle is cleared with 1/2, the outlook is 1/4. Without: 3/4 each, 9/16.
        // Even chances: (1/4 + 9/16) / 2 = 13/32, not (5/8)^2 = 25/64.
        let model = Model::of_priors(&[&[0.5, 0.5]]);
        let rule = [(LN_3, Cond::In(0, 0b10))];
        let hurdles = [hurdle(&model, -LN_3, &rule), hurdle(&model, -LN_3, &rule)];
        let solved = Evaluation::new(&hurdles, &model, &[0b11]).solved();
        near(solved.expected, 13.0 / 32.0);
        near(solved.range[0], 0.25);
        near(solved.range[1], 0.5625);
        near(solved.grounds[0].p, 0.375);
        near(solved.grounds[1].chances[0], 0.5);
        // d/dw of (s(w)^2 + s(0)^2)/2 at one factor: -(1/2)(1/2)(1/2)(1/2) = -1/16.
        near(solved.grounds[0].by_rule[0], -0.0625);
    }

    #[test]
    fn a_hurdle_that_cannot_be_cleared_makes_the_outlook_zero_and_no_figure_undefined() {
        // With the fact the odds of defeat are infinite; without it they are one.
        let model = Model::of_priors(&[&[0.75, 0.25]]);
        let rule = [(f64::INFINITY, Cond::In(0, 0b10))];
        let hurdles = [hurdle(&model, 0.0, &rule), hurdle(&model, -LN_3, &[(LN_3, Cond::In(0, 0b10))])];
        let solved = Evaluation::new(&hurdles, &model, &[0b11]).solved();
        near(solved.expected, 0.75 * 0.5 * 0.75);
        assert_eq!(solved.range[0], 0.0);
        // The second hurdle is argued only where the first is cleared: -(3/4)(1/2)(3/4)(1/4).
        near(solved.grounds[1].by_base, -0.070_312_5);
        let closed = Evaluation::new(&hurdles, &model, &[0b10]).solved();
        assert_eq!([closed.expected, closed.grounds[0].p, closed.grounds[1].by_base], [0.0, 1.0, 0.0]);
    }

    /// A random condition over some variables of two to four values.
    fn condition(model: &Model, depth: usize, random: &mut Random) -> Cond {
        match random.below(if depth == 0 { 2 } else { 5 }) {
            0 | 1 => {
                let variable = random.below(model.variables.len());
                Cond::In(variable, random.below(1 << model.variables[variable].prior.len()) as u64)
            }
            2 => Cond::Not(Box::new(condition(model, depth - 1, random))),
            kind => {
                let parts = (0..2 + random.below(2)).map(|_| condition(model, depth - 1, random)).collect();
                if kind == 3 { Cond::All(parts) } else { Cond::Any(parts) }
            }
        }
    }

    /// Of each hurdle the chance of clearance and the rules that hold.
    type Point = Vec<(f64, Vec<bool>)>;

    /// Every value put into every variable, with its share, straight from the formula.
    fn brute_force(rules: &[(f64, Vec<(f64, Cond)>)], model: &Model, domains: &[u64]) -> Vec<(f64, Point)> {
        let mut points = vec![(1.0, Vec::new())];
        for (variable, domain) in model.variables.iter().zip(domains) {
            let total: f64 = ones(*domain).map(|value| variable.prior[value]).sum();
            let with = |(share, point): &(f64, Vec<u64>)| {
                let next = |value: usize| (share * variable.prior[value] / total, [&point[..], &[1 << value]].concat());
                ones(*domain).map(next).collect::<Vec<_>>()
            };
            points = points.iter().flat_map(with).collect();
        }
        let hurdle = |(base, rules): &(f64, Vec<(f64, Cond)>), point: &[u64]| {
            let holds: Vec<bool> = rules.iter().map(|(_, condition)| condition.holds(point)).collect();
            let logit =
                base + rules.iter().zip(&holds).filter(|(_, holds)| **holds).map(|(rule, _)| rule.0).sum::<f64>();
            (1.0 / (1.0 + logit.exp()), holds)
        };
        points
            .into_iter()
            .map(|(share, point)| (share, rules.iter().map(|rules| hurdle(rules, &point)).collect()))
            .collect()
    }

    #[test]
    fn evaluation_equals_brute_force_on_random_rules() {
        let mut random = Random(7);
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let number = |random: &mut Random, from: f64, to: f64| from + (to - from) * random.below(1000) as f64 / 999.0;
        for _ in 0..300 {
            let priors: Vec<Vec<f64>> = (0..2 + random.below(5))
                .map(|_| (0..2 + random.below(3)).map(|_| number(&mut random, 0.1, 1.0)).collect())
                .collect();
            let model = Model::of_priors(&priors.iter().map(Vec::as_slice).collect::<Vec<_>>());
            let domains: Vec<u64> =
                priors.iter().map(|prior| 1 + random.below((1 << prior.len()) - 1) as u64).collect();
            let rules: Vec<(f64, Vec<(f64, Cond)>)> = (0..=random.below(5))
                .map(|_| {
                    let rule = |random: &mut Random| {
                        // One rule in ten cannot be overcome.
                        let weight = if random.below(10) == 0 { f64::INFINITY } else { number(random, -2.0, 2.0) };
                        (weight, condition(&model, 2, random))
                    };
                    (number(&mut random, -3.0, 0.0), (0..random.below(5)).map(|_| rule(&mut random)).collect())
                })
                .collect();
            let hurdles: Vec<Hurdle> = rules.iter().map(|(base, rules)| hurdle(&model, *base, rules)).collect();
            let evaluation = Evaluation::new(&hurdles, &model, &domains);
            let solved = evaluation.solved();
            let all = brute_force(&rules, &model, &domains);
            let product = |hurdles: &[(f64, Vec<bool>)]| hurdles.iter().map(|(chance, _)| chance).product::<f64>();
            let outlooks = || all.iter().map(|(_, hurdles)| product(hurdles));
            near(solved.expected, all.iter().map(|(share, hurdles)| share * product(hurdles)).sum());
            near(solved.range[0], outlooks().fold(f64::INFINITY, f64::min));
            near(solved.range[1], outlooks().fold(0.0, f64::max));
            for (index, ground) in solved.grounds.iter().enumerate() {
                near(ground.p, all.iter().map(|(share, hurdles)| share * (1.0 - hurdles[index].0)).sum());
                // The derivative by the log-odds of one hurdle: the product of the others times -s (1 - s).
                let slope = |hurdles: &[(f64, Vec<bool>)]| {
                    let others = hurdles.iter().enumerate().filter(|(other, _)| *other != index);
                    let chance = hurdles[index].0;
                    -others.map(|(_, (chance, _))| chance).product::<f64>() * chance * (1.0 - chance)
                };
                near(ground.by_base, all.iter().map(|(share, hurdles)| share * slope(hurdles)).sum());
                let known: Vec<(usize, f64)> = ground.rules().collect();
                for rule in 0..rules[index].1.len() {
                    let holds = |hurdles: &[(f64, Vec<bool>)]| f64::from(u8::from(hurdles[index].1[rule]));
                    let chance = known.iter().find(|(other, _)| *other == rule).map_or(0.0, |(_, chance)| *chance);
                    near(chance, all.iter().map(|(share, hurdles)| share * holds(hurdles)).sum());
                    let found = ground.slopes().iter().find(|(other, _)| *other == rule + 1).map_or(0.0, |it| it.1);
                    near(found, all.iter().map(|(share, hurdles)| share * slope(hurdles) * holds(hurdles)).sum());
                }
            }
            // A bound holds whatever the other answer is.
            for variable in (0..domains.len()).filter(|variable| domains[*variable].is_power_of_two()) {
                let mut other = domains.clone();
                other[variable] = 1 << random.below(priors[variable].len());
                let then = Evaluation::new(&hurdles, &model, &other).moments().mean;
                let Some([low, high]) = evaluation.bound(variable, &other) else { continue };
                let now = solved.expected;
                assert!(low * now <= then + 1e-12 && then <= high * now + 1e-12, "{low} {high}: {now} {then}");
            }
        }
    }

    #[test]
    fn a_sample_agrees_with_brute_force_and_its_range_holds_it() {
        // Fourteen yes-or-no unknowns read by one hurdle: 16,384 completions, so that it is sampled.
        let model = Model::of_priors(&[&[0.6, 0.4] as &[f64]; 14]);
        let rules: Vec<(f64, Cond)> =
            (0..14).map(|v| (if v % 2 == 0 { 0.3 } else { -0.2 }, Cond::In(v, 0b10))).collect();
        let hurdles = [hurdle(&model, -1.0, &rules)];
        let solved = Evaluation::new(&hurdles, &model, &[0b11; 14]).solved();
        let all = brute_force(&[(-1.0, rules)], &model, &[0b11; 14]);
        let exact: f64 = all.iter().map(|(share, hurdles)| share * hurdles[0].0).sum();
        let error = solved.exactness.standard_error;
        assert!(error > 0.0 && error < 0.002, "{error}");
        assert!((solved.expected - exact).abs() < 5.0 * error + 1e-4);
        assert!(solved.exactness.outer_bound);
        let ends = |(low, high): (f64, f64), chance: f64| (low.min(chance), high.max(chance));
        let (low, high) = all.iter().map(|(_, hurdles)| hurdles[0].0).fold((1.0, 0.0), ends);
        assert!(solved.range[0] <= low + 1e-12 && high <= solved.range[1] + 1e-12);
    }
}
