//! The walk-forward test: every decided case scored with what was decided before it.
//!
//! Invariant: no case sees itself, a later case, or another stage of its own matter. Weights and the
//! priors of unknown facts are worked out again before each case. Figures that the model does not win
//! are printed like any other.

use jiff::civil::Date;

use super::case_matters;
use super::engine::TargetRules;
use super::fit::{fit_from, set_priors};
use super::model::Model;
use crate::pack::case::{NotCounted, count, counted, target_of};
pub use crate::pack::validation::{BASELINES, Bin, Score, Validation};
use crate::pack::weights::Weights;
use crate::pack::{Case, Outcome, Pack};

/// The probability with which a blocked target enters the test. A gate is no probability, but a test
/// needs one: a court may still surprise.
pub(crate) const BLOCKED: f64 = 0.05;

/// One case scored before its ruling.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// The case.
    pub id: String,
    /// The day by which it was put in order.
    pub decided: Option<Date>,
    /// Chance of recognition: the model, then the baselines in the order of [`BASELINES`].
    pub p: f64,
    pub baselines: [f64; 4],
    /// What the court did.
    pub outcome: Outcome,
}

/// The result of the test.
#[derive(Clone, Debug)]
pub struct Backtest {
    /// Cases in the order of decision.
    pub predictions: Vec<Prediction>,
    /// Cases left out, and why.
    pub skipped: Vec<(String, NotCounted)>,
    /// How many were recognised, at least in part.
    pub positives: usize,
    pub model: Score,
    /// The baselines, in the order of [`BASELINES`].
    pub baselines: [Score; 4],
    /// The model and the baselines on recognised against refused alone (cases sent to trial left
    /// out), with how many cases that leaves.
    pub refusals: (usize, Score, [Score; 4]),
    /// Predictions by fifths.
    pub calibration: Vec<Bin>,
}

impl Backtest {
    /// The figures that a pack carries.
    pub fn validation(&self) -> Validation {
        Validation {
            cases: self.predictions.len(),
            recognised: self.positives,
            scores: std::iter::once(self.model).chain(self.baselines).collect(),
            calibration: self.calibration.clone(),
        }
    }
}

/// The walk-forward test over the pack's own cases.
pub fn walk_forward(pack: &Pack) -> Backtest {
    let counted = counted(pack);
    let mut skipped: Vec<(String, NotCounted)> =
        counted.skipped.iter().map(|(case, why)| (case.id.clone(), *why)).collect();
    let (dated, undated): (Vec<&Case>, Vec<&Case>) = counted.cases.iter().partition(|case| case.order().is_some());
    skipped.extend(undated.iter().map(|case| (case.id.clone(), NotCounted::NoDate)));
    let (prior, mut near) = (Weights::prior(pack), None);
    let predictions = dated
        .iter()
        .map(|case| {
            let before: Vec<&Case> = dated.iter().filter(|other| other.order() < case.order()).copied().collect();
            predict(pack, case, &before, &prior, &mut near)
        })
        .collect();
    summary(predictions, skipped)
}

/// The test on cases that the pack does not have, with the weights of the whole pack.
pub(crate) fn on_others(pack: &Pack, cases: &[Case]) -> Backtest {
    let counted_others = count(cases.iter());
    let skipped = counted_others.skipped.iter().map(|(case, why)| (case.id.clone(), *why)).collect();
    let own = counted(pack).cases;
    let (prior, mut near) = (Weights::prior(pack), None);
    let predictions = counted_others.cases.iter().map(|case| predict(pack, case, &own, &prior, &mut near)).collect();
    summary(predictions, skipped)
}

/// Scores a case from those before it. `near` keeps the last fit, from which the next one begins.
fn predict(pack: &Pack, case: &Case, before: &[&Case], prior: &Weights, near: &mut Option<Weights>) -> Prediction {
    let mut model = Model::new(pack);
    set_priors(&mut model, pack, before);
    let wins = |cases: &[&Case]| cases.iter().filter(|case| case.outcome.won()).count();
    let there: Vec<&Case> = before.iter().filter(|other| other.jurisdiction == case.jurisdiction).copied().collect();
    let base = (float(wins(before)) + 1.0) / (float(before.len()) + 2.0);
    let local = (float(wins(&there)) + base) / (float(there.len()) + 1.0);
    let fitted = near.insert(fit_from(pack, &model, before, near.as_ref()));
    Prediction {
        id: case.id.clone(),
        decided: case.order(),
        p: outlook(pack, &model, fitted, case),
        baselines: [base, local, outlook(pack, &model, prior, case), points(pack, &model, case)],
        outcome: case.outcome,
    }
}

/// The outlook of a case before its ruling; one half where the pack has no profile for the court.
fn outlook(pack: &Pack, model: &Model, weights: &Weights, case: &Case) -> f64 {
    let Some(target) = target_of(pack, &case.jurisdiction) else { return 0.5 };
    let domains = case_matters::domains(pack, model, case, target);
    if model.gates.iter().flatten().any(|gate| gate.eval(&domains, target) == Some(true)) {
        return BLOCKED;
    }
    TargetRules::new(model, weights, target).evaluate(model, &domains).moments().mean
}

/// A plain additive score: six chances in ten, one fewer for each harmful rule that certainly holds
/// and one more for each helpful one, kept within one and nine.
fn points(pack: &Pack, model: &Model, case: &Case) -> f64 {
    let Some(target) = target_of(pack, &case.jurisdiction) else { return 0.5 };
    let domains = case_matters::domains(pack, model, case, target);
    let mut score = 0.6;
    for (hurdle, rules) in pack.hurdles.iter().zip(&model.rules) {
        for (rule, cond) in hurdle.rules.iter().zip(rules) {
            if cond.eval(&domains, target) == Some(true) {
                score -= 0.1 * rule.weight.mean.signum();
            }
        }
    }
    score.clamp(0.1, 0.9)
}

fn summary(predictions: Vec<Prediction>, skipped: Vec<(String, NotCounted)>) -> Backtest {
    let model = |prediction: &Prediction| prediction.p;
    let both = |list: &[&Prediction]| {
        let baselines = [0, 1, 2, 3].map(|n| score(list, |it: &Prediction| it.baselines[n]));
        (score(list, model), baselines)
    };
    let all: Vec<&Prediction> = predictions.iter().collect();
    let decided: Vec<&Prediction> =
        predictions.iter().filter(|prediction| prediction.outcome != Outcome::Remitted).collect();
    let (model_score, baselines) = both(&all);
    let (refusals, refusal_baselines) = both(&decided);
    Backtest {
        positives: all.iter().filter(|prediction| prediction.outcome.won()).count(),
        model: model_score,
        baselines,
        refusals: (decided.len(), refusals, refusal_baselines),
        calibration: calibration(&all),
        skipped,
        predictions,
    }
}

/// Brier score, log loss and area under the ROC curve. An empty list scores zero.
pub fn score(list: &[&Prediction], of: impl Fn(&Prediction) -> f64) -> Score {
    if list.is_empty() {
        return Score { brier: 0.0, log_loss: 0.0, auc: 0.0 };
    }
    let pairs: Vec<(f64, bool)> = list.iter().map(|prediction| (of(prediction), prediction.outcome.won())).collect();
    let n = float(pairs.len());
    let brier = pairs.iter().map(|(p, won)| (p - f64::from(u8::from(*won))).powi(2)).sum::<f64>() / n;
    let log_loss = pairs.iter().map(|(p, won)| -libm::log(if *won { *p } else { 1.0 - p }.max(1e-12))).sum::<f64>() / n;
    let (mut better, mut all) = (0.0, 0.0);
    for (a, _) in pairs.iter().filter(|(_, won)| *won) {
        for (b, _) in pairs.iter().filter(|(_, won)| !*won) {
            all += 1.0;
            better += if a > b {
                1.0
            } else if a < b {
                0.0
            } else {
                0.5
            };
        }
    }
    Score { brier, log_loss, auc: if all > 0.0 { better / all } else { 0.5 } }
}

/// Predictions in five groups of equal size, from the lowest.
fn calibration(list: &[&Prediction]) -> Vec<Bin> {
    let mut ordered: Vec<&Prediction> = list.to_vec();
    ordered.sort_by(|a, b| a.p.total_cmp(&b.p).then(a.id.cmp(&b.id)));
    (0..5)
        .filter_map(|fifth| {
            let group = ordered.get(fifth * ordered.len() / 5..(fifth + 1) * ordered.len() / 5)?;
            let (low, high) = (group.first()?, group.last()?);
            let n = float(group.len());
            Some(Bin {
                from: low.p,
                to: high.p,
                n: group.len(),
                predicted: group.iter().map(|prediction| prediction.p).sum::<f64>() / n,
                observed: float(group.iter().filter(|prediction| prediction.outcome.won()).count()) / n,
            })
        })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of cases")]
fn float(n: usize) -> f64 {
    n as f64
}
