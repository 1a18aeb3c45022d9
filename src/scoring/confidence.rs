//! Creditor confidence: is the creditor ready to try?
//!
//! Must not: touch the outlook. Six hurdles from 0 to 1; the index is their weighted mean. A hurdle
//! that depends on answers not known is averaged over them with their priors, and says so.

use rust_decimal::prelude::ToPrimitive as _;

use super::Engine;
use super::compiled::ones;
use super::model::{Cond, States};
use super::money::{Exchange, Figures};
use crate::matter::answers::Answers;
use crate::pack::{ConfidenceHurdle, Measure, Profile, Question};

/// The creditor's confidence in a target.
#[derive(Clone, Debug, PartialEq)]
pub struct Confidence {
    /// Weighted mean of the hurdles, 0 to 100.
    pub index: u8,
    /// The hurdles in the order of the pack.
    pub hurdles: Vec<HurdleValue>,
}

/// One hurdle's value.
#[derive(Clone, Debug, PartialEq)]
pub struct HurdleValue {
    /// Index in the pack.
    pub hurdle: usize,
    /// 0 (low) to 1 (high).
    pub value: f64,
    /// Lowest and highest over what is not known.
    pub range: [f64; 2],
    /// What the measure rests on, if the hurdle has one.
    pub measured: Option<Measured>,
    /// Rules that hold, by index.
    pub rules: Vec<usize>,
    /// True when answers that matter here are not known.
    pub open: bool,
}

/// What a measure rests on: what the creditor has, against what the target asks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// Which measure.
    pub measure: Measure,
    /// Budget, documents in hand, or months that the creditor can wait; `None` when not known.
    pub have: Option<f64>,
    /// Expected cost, documents asked for, or expected months.
    pub need: f64,
}

impl Confidence {
    /// Hurdles from the lowest to the highest.
    pub fn lowest_first(&self) -> Vec<&HurdleValue> {
        let mut out: Vec<&HurdleValue> = self.hurdles.iter().collect();
        out.sort_by(|a, b| a.value.total_cmp(&b.value).then(a.hurdle.cmp(&b.hurdle)));
        out
    }
}

/// Most completions that one hurdle is averaged over; beyond, open rules count with their chance.
const MAX_COMPLETIONS: usize = 4096;

pub(super) fn confidence(
    engine: &Engine<'_>,
    answers: &Answers<'_>,
    target: &Profile,
    exchange: &Exchange,
    states: &States,
    money: &Figures,
) -> Confidence {
    let hurdles: Vec<HurdleValue> = engine
        .pack
        .confidence
        .iter()
        .enumerate()
        .map(|(at, hurdle)| {
            let measured = hurdle.measure.map(|measure| measured(engine, answers, target, exchange, money, measure));
            value(engine, at, hurdle, states, target, measured)
        })
        .collect();
    let mean: f64 = hurdles.iter().zip(&engine.pack.confidence).map(|(v, hurdle)| v.value * hurdle.weight).sum();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=100")]
    let index = (mean * 100.0).round().clamp(0.0, 100.0) as u8;
    Confidence { index, hurdles }
}

fn measured(
    engine: &Engine<'_>,
    answers: &Answers<'_>,
    target: &Profile,
    exchange: &Exchange,
    money: &Figures,
    measure: Measure,
) -> Measured {
    let pack = engine.pack;
    let middle = |[low, high]: [f64; 2]| f64::midpoint(low, high);
    let (have, need) = match measure {
        Measure::BudgetOverCost => {
            let budget = answers.money(pack.roles.budget).and_then(|money| exchange.convert(money));
            (budget.and_then(|budget| budget.to_f64()), money.cost[1].to_f64().unwrap_or(0.0))
        }
        Measure::HorizonOverMonths => {
            let have = answers.number(pack.roles.horizon).and_then(|months| months.to_f64());
            let contest = money.contest;
            (have, (1.0 - contest) * middle(target.time.uncontested) + contest * middle(target.time.contested))
        }
        Measure::DocumentsInHand => {
            let question = pack.roles.documents.map(|at| &pack.questions[at]);
            let wanted = question.map_or(0, Question::inclusive);
            let have = answers.ticks(pack.roles.documents).map(|ticks| count(ticks & wanted));
            (have, count(wanted))
        }
    };
    Measured { measure, have, need }
}

/// How many bits are set.
fn count(mask: u64) -> f64 {
    f64::from(mask.count_ones())
}

/// The value of a hurdle: what is measured (or its start) plus the changes of the rules that hold,
/// kept within 0 and 1. A measure that is not known may be anything and counts as one half.
fn value(
    engine: &Engine<'_>,
    at: usize,
    hurdle: &ConfidenceHurdle,
    states: &States,
    target: &Profile,
    measured: Option<Measured>,
) -> HurdleValue {
    let base = match measured {
        Some(Measured { have: Some(have), need, .. }) if need > 0.0 => Some((have / need).clamp(0.0, 1.0)),
        Some(Measured { have: Some(_), .. }) => Some(1.0),
        Some(_) => None,
        None => Some(hurdle.start),
    };
    let (start, bounds) = base.map_or((0.5, [0.0, 1.0]), |base| (base, [base, base]));
    let sum = |rules: u64| ones(rules).map(|n| hurdle.rules[n].change).sum::<f64>();
    let same = |value: f64| (value, value, value);
    let within = |change: f64| (start + change).clamp(0.0, 1.0);
    let (rules, unsettled, (mean, low, high)) = match engine.kept.confidence(engine.rules(), at, states, target) {
        Some((holds, patterns)) if patterns.is_empty() => (holds, false, same(within(sum(holds)))),
        Some((holds, patterns)) => {
            let fixed = sum(holds);
            let (mut mean, mut low, mut high) = (0.0, f64::INFINITY, f64::NEG_INFINITY);
            for (share, open) in patterns {
                let value = within(fixed + sum(open));
                mean += share * value;
                low = low.min(value);
                high = high.max(value);
            }
            (holds, true, (mean, low, high))
        }
        None => readable(engine, at, hurdle, states, target, within),
    };
    HurdleValue {
        hurdle: at,
        value: mean,
        range: [(low + bounds[0] - start).clamp(0.0, mean), (high + bounds[1] - start).clamp(mean, 1.0)],
        measured,
        rules: ones(rules).collect(),
        open: base.is_none() || unsettled,
    }
}

/// The rules that hold, whether one is open, and mean, lowest and highest value: straight from the
/// conditions, for hurdles that are too large for the compiled ones.
fn readable(
    engine: &Engine<'_>,
    at: usize,
    hurdle: &ConfidenceHurdle,
    states: &States,
    target: &Profile,
    within: impl Fn(f64) -> f64,
) -> (u64, bool, (f64, f64, f64)) {
    let (mut fixed, mut rules) = (0.0, 0_u64);
    let mut open: Vec<(f64, Cond)> = Vec::new();
    for (n, (rule, cond)) in hurdle.rules.iter().zip(&engine.model.confidence[at]).enumerate() {
        match cond.fold(states, target) {
            Cond::Always(false) => {}
            Cond::Always(true) => {
                fixed += rule.change;
                rules |= 1 << n;
            }
            cond => open.push((rule.change, cond)),
        }
    }
    let average = average(engine, &open, states, |change| within(fixed + change));
    (rules, !open.is_empty(), average)
}

/// Mean, lowest and highest of `f(sum of changes that hold)` over the open variables.
fn average(engine: &Engine<'_>, open: &[(f64, Cond)], states: &States, f: impl Fn(f64) -> f64) -> (f64, f64, f64) {
    let mut variables: Vec<usize> = Vec::new();
    for (_, cond) in open {
        cond.visit(&mut |variable, _| variables.push(variable));
    }
    variables.sort_unstable();
    variables.dedup();
    let values: Vec<Vec<(u64, f64)>> = variables
        .iter()
        .map(|variable| {
            let prior = &engine.model.variables[*variable].prior;
            let possible = (0..prior.len()).filter(|value| states[*variable] & 1 << value != 0);
            let list: Vec<(u64, f64)> = possible.map(|value| (1 << value, prior[value])).collect();
            let sum: f64 = list.iter().map(|(_, share)| share).sum();
            list.into_iter().map(|(bit, share)| (bit, share / sum)).collect()
        })
        .collect();
    let completions = values.iter().try_fold(1_usize, |product, list| {
        product.checked_mul(list.len()).filter(|product| *product <= MAX_COMPLETIONS)
    });
    let mut bits = vec![0_u64; engine.model.variables.len()];
    let (mut mean, mut low, mut high) = (0.0, f64::INFINITY, f64::NEG_INFINITY);
    let mut digits = vec![0_usize; variables.len()];
    let total = completions.unwrap_or(MAX_COMPLETIONS);
    let mut weight = 0.0;
    for _ in 0..total {
        let mut share = 1.0;
        for ((variable, list), digit) in variables.iter().zip(&values).zip(&digits) {
            bits[*variable] = list[*digit].0;
            share *= list[*digit].1;
        }
        let value = f(open.iter().filter(|(_, cond)| cond.holds(&bits)).map(|(change, _)| change).sum());
        mean += share * value;
        weight += share;
        low = low.min(value);
        high = high.max(value);
        for (n, digit) in digits.iter_mut().enumerate() {
            *digit += 1;
            if *digit < values[n].len() {
                break;
            }
            *digit = 0;
        }
    }
    (mean / weight, low, high)
}
