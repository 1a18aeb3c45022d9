//! How far a result can be trusted: a grade that goes down a step for each named reason.
//!
//! Must not: merge with the outlook. Named reasons are what makes two readers agree (GRADE).

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Engine;
use super::model::{Of, States};
use super::target::{GroundResult, Outlook, Source};
use crate::matter::{Basis, Matter};
use crate::pack::{Profile, Support};

/// How far a result can be trusted.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The grade.
    pub grade: Grade,
    /// One reason for each step down, in the order of MODEL.md.
    pub reasons: Vec<Reason>,
    /// Questions whose answer carries weight here and rests on less than a document: index, and how
    /// far the outlook would move at the most.
    pub load_bearing: Vec<(usize, f64)>,
}

/// The grade, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// No step down.
    High,
    /// One.
    Moderate,
    /// Two.
    Low,
    /// Three and more.
    VeryLow,
}

impl Grade {
    /// The word used in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Grade::High => "high",
            Grade::Moderate => "moderate",
            Grade::Low => "low",
            Grade::VeryLow => "very-low",
        }
    }
}

/// A reason to go down a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// The answer range is wider than 20 points: its width in points.
    AnswerRange(u8),
    /// The data range is wider than 30 points: its width in points.
    DataRange(u8),
    /// Fewer than three decided cases in the target: how many.
    FewCases(usize),
    /// A decisive rule rests on our judgement: hurdle and rule index.
    DecisiveJudgement(usize, usize),
    /// Answers that carry weight rest on less than a document: question indices.
    LoadBearing(Vec<usize>),
    /// The profile is older than twelve months: its date.
    OldProfile(Date),
}

/// Points of the outlook by which an answer or a rule must move it to count as carrying weight.
pub const LOAD_BEARING: f64 = 0.10;
/// Widths above which a range costs a step.
const WIDE_ANSWERS: f64 = 0.20;
const WIDE_DATA: f64 = 0.30;
/// Decided cases under which a target's record is thin.
const FEW_CASES: usize = 3;

pub(super) fn grade(
    engine: &Engine<'_>,
    matter: &Matter,
    target: &Profile,
    states: &States,
    outlook: &Outlook,
    grounds: &[GroundResult],
    as_of: Date,
) -> Evidence {
    let mut reasons = Vec::new();
    let width = |[low, high]: [f64; 2]| high - low;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width within 0..=1")]
    let points = |width: f64| (width * 100.0).round() as u8;
    if width(outlook.answers) > WIDE_ANSWERS {
        reasons.push(Reason::AnswerRange(points(width(outlook.answers))));
    }
    if width(outlook.data) > WIDE_DATA {
        reasons.push(Reason::DataRange(points(width(outlook.data))));
    }
    let decided = matters_decided(engine, target);
    if decided < FEW_CASES {
        reasons.push(Reason::FewCases(decided));
    }
    if let Some((hurdle, rule)) = decisive_judgement(engine, outlook, grounds) {
        reasons.push(Reason::DecisiveJudgement(hurdle, rule));
    }
    let load_bearing = load_bearing(engine, matter, target, states, outlook.expected);
    if !load_bearing.is_empty() {
        reasons.push(Reason::LoadBearing(load_bearing.iter().map(|(question, _)| *question).collect()));
    }
    if target.as_of.saturating_add(1.year()) < as_of {
        reasons.push(Reason::OldProfile(target.as_of));
    }
    let grade = [Grade::High, Grade::Moderate, Grade::Low, Grade::VeryLow][reasons.len().min(3)];
    Evidence { grade, reasons, load_bearing }
}

/// Matters decided in the target that count, each once.
pub fn matters_decided(engine: &Engine<'_>, target: &Profile) -> usize {
    let mut matters: Vec<&str> = engine.pack.counted_in(&target.id).map(|case| case.matter.as_str()).collect();
    matters.sort_unstable();
    matters.dedup();
    matters.len()
}

/// A rule that rests on our judgement and without which the outlook would move by
/// [`LOAD_BEARING`] or more; the weightiest one. Without it, the ground's log-odds lack its
/// contribution and the other grounds stay.
fn decisive_judgement(engine: &Engine<'_>, outlook: &Outlook, grounds: &[GroundResult]) -> Option<(usize, usize)> {
    let mut found: Option<(f64, (usize, usize))> = None;
    for ground in grounds {
        for contribution in &ground.contributions {
            let Source::Rule(rule) = contribution.of else { continue };
            if engine.pack.hurdles[ground.hurdle].rules[rule].support != Support::Judgement {
                continue;
            }
            let without = super::target::logistic(ground.logit - contribution.logit);
            let moved = (outlook.expected * ((1.0 - without) / (1.0 - ground.p).max(1e-12)) - outlook.expected).abs();
            if moved >= LOAD_BEARING && found.is_none_or(|(most, _)| moved > most) {
                found = Some((moved, (ground.hurdle, rule)));
            }
        }
    }
    found.map(|(_, rule)| rule)
}

/// Known answers on less than a document that would move the outlook by [`LOAD_BEARING`] or more if
/// they were otherwise; the weightiest first.
fn load_bearing(
    engine: &Engine<'_>,
    matter: &Matter,
    target: &Profile,
    states: &States,
    expected: f64,
) -> Vec<(usize, f64)> {
    let mut out = Vec::new();
    let seat = engine.seat(states, target);
    let mut other = states.clone();
    for (at, question) in engine.pack.questions.iter().enumerate() {
        let Some(answer) = matter.answer(&question.id) else { continue };
        if !matches!(answer.basis, Some(Basis::Told | Basis::Assumed)) {
            continue;
        }
        let Some(variable) = engine.model.variable(Of::Question(at)) else { continue };
        // What no hurdle of this target reads moves nothing.
        let read = seat.as_ref().is_none_or(|seat| seat.reads(variable));
        if !read || states[variable].count_ones() != 1 {
            continue;
        }
        let mut most: f64 = 0.0;
        for value in 0..question.options.len() {
            if states[variable] == 1 << value {
                continue;
            }
            other[variable] = 1 << value;
            let then = engine.what_if(seat.as_ref(), &other, &[variable], target);
            most = most.max((then.expected - expected).abs());
        }
        other[variable] = states[variable];
        if most >= LOAD_BEARING {
            out.push((at, most));
        }
    }
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out
}
