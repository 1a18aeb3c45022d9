//! Creditor confidence: is the creditor ready to try? It never moves the outlook.
//!
//! Six hurdles from 0 to 1; the index is their weighted mean. A hurdle
//! that depends on answers not known is averaged over them with their priors, and says so.

use rust_decimal::prelude::ToPrimitive as _;

use super::Engine;
use super::engine::{Completion, ones};
use super::model::Domains;
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
    pub measure: Measure,
    /// Budget, documents in hand, or months that the creditor can wait; `None` when not known.
    pub have: Option<f64>,
    /// Expected cost, documents asked for, or expected months.
    pub need: f64,
}

impl Confidence {
    /// Hurdles from the lowest to the highest.
    pub(crate) fn lowest_first(&self) -> Vec<&HurdleValue> {
        let mut out: Vec<&HurdleValue> = self.hurdles.iter().collect();
        out.sort_by(|a, b| a.value.total_cmp(&b.value).then(a.hurdle.cmp(&b.hurdle)));
        out
    }
}

pub(super) fn confidence(
    engine: &Engine<'_>,
    answers: &Answers,
    target: &Profile,
    exchange: &Exchange,
    domains: &Domains,
    money: &Figures,
) -> Confidence {
    let hurdles: Vec<HurdleValue> = engine
        .pack
        .confidence
        .iter()
        .enumerate()
        .map(|(at, hurdle)| {
            let measured = hurdle.measure.map(|measure| measured(engine, answers, target, exchange, money, measure));
            value(engine, at, hurdle, domains, target, measured)
        })
        .collect();
    let mean: f64 = hurdles.iter().zip(&engine.pack.confidence).map(|(v, hurdle)| v.value * hurdle.weight).sum();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=100")]
    let index = (mean * 100.0).round().clamp(0.0, 100.0) as u8;
    Confidence { index, hurdles }
}

fn measured(
    engine: &Engine<'_>,
    answers: &Answers,
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
    domains: &Domains,
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
    let rules = &engine.rules(target).confidence[at];
    let partial = rules.partial(domains);
    let value = |holds: u64| {
        let changes: f64 = ones(holds).map(|rule| hurdle.rules[rule].change).sum();
        (start + changes).clamp(0.0, 1.0)
    };
    let (mut mean, mut low, mut high) = (0.0, f64::INFINITY, f64::NEG_INFINITY);
    for Completion { share, holds } in rules.completions(&partial, &engine.model, domains) {
        let value = value(partial.holds | holds);
        mean += share * value;
        low = low.min(value);
        high = high.max(value);
    }
    HurdleValue {
        hurdle: at,
        value: mean,
        range: [(low + bounds[0] - start).clamp(0.0, mean), (high + bounds[1] - start).clamp(mean, 1.0)],
        measured,
        rules: ones(partial.holds).collect(),
        open: base.is_none() || partial.open != 0,
    }
}
