//! Fitting the weights of a hurdle to decided cases.
//!
//! No fact is seen that was known only after the ruling, and nothing is learned from what is missing. For each
//! ground a logistic regression with Gaussian priors (MODEL.md): label one where the ground succeeded
//! or was sent to trial. Facts that are not known are summed out with their priors, so a case is a
//! mixture of patterns of rules. Newton's method with the complete-data information finds the mode;
//! the observed information there (Louis' formula) gives the covariance (Laplace). A rule's weight
//! may shrink to zero but not change sign: a fact that the pack orders as worse never helps.

use std::collections::BTreeMap;

use nalgebra::{DMatrix, DVector};

use super::case_matters;
use super::engine::{Completion, RuleSet, ones};
use super::model::{Model, Of};
use crate::pack::case::target_of;
use crate::pack::weights::{HurdleWeights, Weights};
use crate::pack::{Case, Hurdle, Pack};

/// What a decided case says of a hurdle.
struct Sample {
    /// Patterns of rules that hold (bit `n`: rule `n`) and the share of each.
    patterns: Vec<(f64, u64)>,
    /// Index of the target's effect.
    target: usize,
    /// Whether the ground succeeded or went to trial.
    succeeded: bool,
    /// How much the case counts, above 0 and up to 1: its likelihood is raised to this power.
    weight: f64,
}

/// Fits every hurdle on some cases. The priors of unknown facts are those of the model. The chance
/// of a contest keeps its prior: the cases reported are mostly those that were fought.
pub fn fit(pack: &Pack, model: &Model, cases: &[&Case]) -> Weights {
    fit_from(pack, model, cases, None)
}

/// The same, beginning at weights that are thought to be near: the mode is unique for known facts, and
/// the result is the same to the digits that are kept.
pub(crate) fn fit_from(pack: &Pack, model: &Model, cases: &[&Case], near: Option<&Weights>) -> Weights {
    let prior = Weights::prior(pack);
    let mut targets: Vec<String> =
        cases.iter().filter_map(|case| target_of(pack, &case.jurisdiction)).map(|profile| profile.id.clone()).collect();
    targets.sort();
    targets.dedup();
    let mut hurdles: Vec<HurdleWeights> = pack
        .hurdles
        .iter()
        .enumerate()
        .map(|(at, hurdle)| {
            let samples: Vec<Sample> =
                cases.iter().filter_map(|case| sample(pack, model, case, at, hurdle, &targets)).collect();
            fit_hurdle(&prior.hurdles[at], &targets, &samples, near.map(|near| &near.hurdles[at]))
        })
        .collect();
    hurdles.extend(prior.hurdles.last().cloned());
    Weights { hurdles, fitted_on: None, cases: cases.len(), dates: [String::new(), String::new()] }
}

/// Whether each hurdle succeeded in a case: `None` where the case was lost on grounds that are not
/// known, or belong to no hurdle.
pub fn succeeded(pack: &Pack, case: &Case, hurdle: &Hurdle) -> Option<bool> {
    if case.outcome.won() {
        return Some(false);
    }
    let mut known = false;
    for ground in &case.decisive {
        let belongs = pack.case_facts.hurdle(ground);
        known |= belongs.is_some();
        if belongs == Some(hurdle.id.as_str()) {
            return Some(true);
        }
    }
    known.then_some(false)
}

fn sample(pack: &Pack, model: &Model, case: &Case, at: usize, hurdle: &Hurdle, targets: &[String]) -> Option<Sample> {
    let succeeded = succeeded(pack, case, hurdle)?;
    let profile = target_of(pack, &case.jurisdiction)?;
    let domains = case_matters::domains(pack, model, case, profile);
    let rules = RuleSet::new(&model.rules[at], model, profile);
    let partial = rules.partial(&domains);
    let mut patterns: BTreeMap<u64, f64> = BTreeMap::new();
    for Completion { share, holds } in rules.completions(&partial, model, &domains) {
        *patterns.entry(partial.holds | holds).or_default() += share;
    }
    Some(Sample {
        patterns: patterns.into_iter().map(|(holds, share)| (share, holds)).collect(),
        target: targets.binary_search(&profile.id).ok()?,
        succeeded,
        weight: pack.case_weight,
    })
}

/// Newton steps after which a fit that has not settled is taken as it is.
const MAX_STEPS: usize = 60;

fn fit_hurdle(
    prior: &HurdleWeights,
    targets: &[String],
    samples: &[Sample],
    near: Option<&HurdleWeights>,
) -> HurdleWeights {
    let own = prior.means.len();
    let size = own + targets.len();
    let mean = DVector::from_fn(size, |n, _| prior.means.get(n).copied().unwrap_or(0.0));
    let precision =
        DVector::from_fn(size, |n, _| prior.spreads.get(n).copied().unwrap_or(prior.target_spread).max(1e-3).powi(-2));
    let start = match near {
        Some(near) => DVector::from_fn(size, |n, _| match near.means.get(n) {
            Some(mean) => *mean,
            None => near.target(&targets[n - own]),
        }),
        None => mean.clone(),
    };
    let mut fixed = vec![false; size];
    let (mut at, mut covariance);
    loop {
        (at, covariance) = newton(&start, &mean, &precision, own, samples, &fixed);
        // A rule may shrink to nothing but not turn round.
        let turned: Vec<usize> = (1..own).filter(|n| !fixed[*n] && at[*n] * mean[*n] < 0.0).collect();
        if turned.is_empty() {
            break;
        }
        for n in turned {
            fixed[n] = true;
        }
    }
    HurdleWeights {
        means: at.iter().take(own).map(|value| tidy(*value)).collect(),
        effects: targets.iter().enumerate().map(|(n, id)| (id.clone(), tidy(at[own + n]))).collect(),
        covariance: covariance.transpose().iter().map(|value| tidy(*value)).collect(),
        spreads: prior.spreads.clone(),
        target_spread: prior.target_spread,
    }
}

/// Six decimals are far below any spread, and make the written form exact.
fn tidy(value: f64) -> f64 {
    let rounded = (value * 1e6).round() / 1e6;
    if rounded == 0.0 { 0.0 } else { rounded }
}

struct Slope {
    value: f64,
    gradient: DVector<f64>,
    /// Complete-data information: always positive definite.
    complete: DMatrix<f64>,
    observed: DMatrix<f64>,
}

/// The mode and the covariance there. Fixed parameters stay at zero.
fn newton(
    start: &DVector<f64>,
    mean: &DVector<f64>,
    precision: &DVector<f64>,
    own: usize,
    samples: &[Sample],
    fixed: &[bool],
) -> (DVector<f64>, DMatrix<f64>) {
    let mut at = start.clone();
    for (n, fixed) in fixed.iter().enumerate() {
        if *fixed {
            at[n] = 0.0;
        }
    }
    let mut here = slope(&at, mean, precision, own, samples, fixed, false);
    for _ in 0..MAX_STEPS {
        let Some(step) = here.complete.clone().cholesky().map(|c| c.solve(&here.gradient)) else { break };
        let mut length = 1.0;
        let mut moved = false;
        while length > 1e-4 {
            let next = &at + &step * length;
            let there = slope(&next, mean, precision, own, samples, fixed, false);
            if there.value >= here.value - 1e-12 {
                moved = (&next - &at).amax() > 1e-9;
                at = next;
                here = there;
                break;
            }
            length /= 2.0;
        }
        if !moved {
            break;
        }
    }
    let here = slope(&at, mean, precision, own, samples, fixed, true);
    let inverse = here.observed.clone().cholesky().or_else(|| here.complete.clone().cholesky()).map(|c| c.inverse());
    let mut covariance = inverse.unwrap_or_else(|| DMatrix::from_diagonal(&precision.map(|p| 1.0 / p)));
    for (n, _) in fixed.iter().enumerate().filter(|(_, fixed)| **fixed) {
        covariance.row_mut(n).fill(0.0);
        covariance.column_mut(n).fill(0.0);
    }
    (at, covariance)
}

/// Log posterior, its gradient and the complete-data information; the observed one where asked for.
fn slope(
    at: &DVector<f64>,
    mean: &DVector<f64>,
    precision: &DVector<f64>,
    own: usize,
    samples: &[Sample],
    fixed: &[bool],
    observe: bool,
) -> Slope {
    let size = at.len();
    let from_mean = at - mean;
    let mut out = Slope {
        value: -0.5 * from_mean.component_mul(precision).dot(&from_mean),
        gradient: -from_mean.component_mul(precision),
        complete: DMatrix::from_diagonal(precision),
        observed: DMatrix::from_diagonal(precision),
    };
    let mut active: Vec<usize> = Vec::new();
    for sample in samples {
        let label = f64::from(u8::from(sample.succeeded));
        let chances: Vec<(f64, f64)> = sample
            .patterns
            .iter()
            .map(|(share, holding)| {
                let mut z = at[0] + at[own + sample.target];
                ones(*holding).for_each(|rule| z += at[rule + 1]);
                let p = 1.0 / (1.0 + libm::exp(-z));
                (share * if sample.succeeded { p } else { 1.0 - p }, p)
            })
            .collect();
        let likelihood: f64 = chances.iter().map(|(joint, _)| joint).sum::<f64>().max(1e-300);
        out.value += sample.weight * libm::log(likelihood);
        let mut score = DVector::zeros(size);
        for ((joint, p), (_, holding)) in chances.iter().zip(&sample.patterns) {
            let weight = sample.weight * joint / likelihood;
            let residual = label - p;
            active.clear();
            active.extend([0, own + sample.target]);
            active.extend(ones(*holding).map(|rule| rule + 1));
            let information = weight * p * (1.0 - p);
            let spread = weight * residual * residual;
            for row in &active {
                score[*row] += weight * residual;
                for column in &active {
                    out.complete[(*row, *column)] += information;
                    if observe {
                        out.observed[(*row, *column)] += information - spread;
                    }
                }
            }
        }
        if observe {
            out.observed += &score * score.transpose() / sample.weight;
        }
        out.gradient += score;
    }
    for (n, _) in fixed.iter().enumerate().filter(|(_, fixed)| **fixed) {
        out.gradient[n] = 0.0;
        for matrix in [&mut out.complete, &mut out.observed] {
            matrix.row_mut(n).fill(0.0);
            matrix.column_mut(n).fill(0.0);
            matrix[(n, n)] = 1.0;
        }
    }
    out
}

/// The priors of unknown answers as some cases give them (MODEL.md): the share of each option among
/// the cases where it is known, with one pseudo-case an option.
pub(crate) fn set_priors(model: &mut Model, pack: &Pack, cases: &[&Case]) {
    let shares = crate::pack::case::option_shares(pack, cases);
    for variable in &mut model.variables {
        match variable.of {
            Of::Question(question) => variable.prior.clone_from(&shares[question]),
            Of::Tick(question, option) => {
                let share = shares[question][option];
                variable.prior = vec![1.0 - share, share];
            }
            Of::Fact(_) => {}
        }
    }
}

impl Weights {
    /// Fits the weights to all cases of a pack that count, as `exequatur calibrate` does.
    pub fn fitted(pack: &Pack) -> Self {
        let cases = crate::pack::case::counted(pack).cases;
        let model = Model::new(pack);
        let mut weights = fit(pack, &model, &cases);
        let mut days: Vec<String> = cases.iter().filter_map(|case| case.order()).map(|day| day.to_string()).collect();
        days.sort();
        weights.fitted_on = Some(pack.cases_sha256.clone());
        weights.dates = [days.first().cloned().unwrap_or_default(), days.last().cloned().unwrap_or_default()];
        weights
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prior(means: &[f64], spread: f64) -> HurdleWeights {
        HurdleWeights {
            means: means.to_vec(),
            effects: Vec::new(),
            covariance: Vec::new(),
            spreads: vec![spread; means.len()],
            target_spread: 1e-3,
        }
    }

    fn case(holding: &[(f64, u64)], succeeded: bool) -> Sample {
        Sample { patterns: holding.to_vec(), target: 0, succeeded, weight: 1.0 }
    }

    #[test]
    fn a_flat_prior_gives_the_log_odds_of_the_cases() {
        // Three of four with the base alone: log-odds ln 3, variance 1 / (4 * 3/4 * 1/4) = 4/3.
        let samples = [true, true, true, false].map(|succeeded| case(&[(1.0, 0)], succeeded));
        let fitted = fit_hurdle(&prior(&[0.0], 1000.0), &["x".to_owned()], &samples, None);
        assert!((fitted.means[0] - 3.0_f64.ln()).abs() < 1e-3, "{}", fitted.means[0]);
        assert!((fitted.covariance[0] - 4.0 / 3.0).abs() < 1e-2, "{}", fitted.covariance[0]);
    }

    #[test]
    fn a_fact_that_is_unknown_in_every_case_teaches_nothing_of_its_rule_beyond_the_base() {
        // The rule holds or not with even chances in every case: only base plus half the weight is
        // seen, so with equal priors both move, and less than a known fact would move the rule.
        let unknown =
            fit_hurdle(&prior(&[0.0, 1.0], 1.0), &["x".to_owned()], &[case(&[(0.5, 0), (0.5, 1)], true)], None);
        let known = fit_hurdle(&prior(&[0.0, 1.0], 1.0), &["x".to_owned()], &[case(&[(1.0, 1)], true)], None);
        assert!(unknown.means[1] > 1.0 && unknown.means[1] < known.means[1] + 1e-9);
        assert!(unknown.spread(1) > known.spread(1));
    }

    #[test]
    fn a_weight_shrinks_to_nothing_rather_than_turn_round() {
        // Ten cases with the fact, none lost on it: a positive prior may not become negative.
        let samples: Vec<Sample> = (0..40).map(|n| case(&[(1.0, u64::from(n % 2 == 0))], n % 2 == 1)).collect();
        let fitted = fit_hurdle(&prior(&[0.0, 0.5], 2.0), &["x".to_owned()], &samples, None);
        assert_eq!(fitted.means[1], 0.0);
    }
}
