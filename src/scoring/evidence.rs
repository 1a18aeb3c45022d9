//! How far a result can be trusted: a grade that goes down a step for each named reason.
//!
//! Must not: merge with the outlook. Named reasons are what makes two readers agree (GRADE).

use jiff::ToSpan as _;
use jiff::civil::Date;
use smallvec::SmallVec;

use super::Engine;
use super::compiled::{Full, Seat, ones};
use super::model::{Of, States};
use super::target::{GroundResult, Outlook, Source};
use crate::matter::Basis;
use crate::matter::answers::Answers;
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

/// Steps down after which the grade is as low as it gets.
const MOST_STEPS: usize = 3;

impl Grade {
    /// The grade after some steps down.
    const fn after(steps: usize) -> Self {
        match steps {
            0 => Grade::High,
            1 => Grade::Moderate,
            2 => Grade::Low,
            _ => Grade::VeryLow,
        }
    }

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
    answers: &Answers<'_>,
    target: &Profile,
    (states, seat): (&States, Option<Seat>),
    outlook: &Outlook,
    grounds: &[GroundResult],
    as_of: Date,
) -> Evidence {
    let mut reasons = Vec::new();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width within 0..=1")]
    let points = |width: f64| (width * 100.0).round() as u8;
    if width(outlook.answers) > WIDE_ANSWERS {
        reasons.push(Reason::AnswerRange(points(width(outlook.answers))));
    }
    if width(outlook.data) > WIDE_DATA {
        reasons.push(Reason::DataRange(points(width(outlook.data))));
    }
    if target.matters < FEW_CASES {
        reasons.push(Reason::FewCases(target.matters));
    }
    if let Some((hurdle, rule)) = decisive_judgement(engine, outlook.expected, grounds) {
        reasons.push(Reason::DecisiveJudgement(hurdle, rule));
    }
    let load_bearing = load_bearing(engine, answers, target, (states, seat), outlook.expected);
    if !load_bearing.is_empty() {
        reasons.push(Reason::LoadBearing(load_bearing.iter().map(|(question, _)| *question).collect()));
    }
    if is_old(target, as_of) {
        reasons.push(Reason::OldProfile(target.as_of));
    }
    Evidence { grade: Grade::after(reasons.len()), reasons, load_bearing }
}

fn width([low, high]: [f64; 2]) -> f64 {
    high - low
}

/// Whether a profile is older than twelve months.
fn is_old(target: &Profile, as_of: Date) -> bool {
    target.as_of.saturating_add(1.year()) < as_of
}

/// What is known of a target before it is graded.
pub(super) struct Found<'f> {
    pub(super) seat: Option<&'f mut Seat>,
    pub(super) states: &'f States,
    pub(super) expected: f64,
    pub(super) answers: [f64; 2],
}

/// Room for what grading needs on the way.
pub(super) struct Spare<'s> {
    pub(super) full: &'s mut Full,
    pub(super) other: &'s mut States,
    /// Answers that bounds did not settle: how far they may move the outlook, variable and value.
    pub(super) left: &'s mut Vec<(f64, usize, usize)>,
}

/// The grade of [`grade`] alone: reasons that cost more to find are not looked for where those found
/// before them settle it.
pub(super) fn only_grade(
    engine: &Engine<'_>,
    answers: &Answers<'_>,
    target: &Profile,
    mut found: Found<'_>,
    as_of: Date,
    Spare { full, other, left }: Spare<'_>,
) -> Grade {
    let mut steps = usize::from(width(found.answers) > WIDE_ANSWERS)
        + usize::from(target.matters < FEW_CASES)
        + usize::from(is_old(target, as_of));
    if steps < MOST_STEPS {
        engine.full_of(found.seat.as_deref_mut(), found.states, target, full);
        steps += usize::from(width(engine.data(full)) > WIDE_DATA);
        if steps < MOST_STEPS {
            steps += usize::from(rests_on_judgement(engine, full));
        }
    }
    if steps < MOST_STEPS {
        steps += usize::from(bears(engine, answers, target, &found, (other, left)));
    }
    Grade::after(steps)
}

/// A rule that rests on our judgement and without which the outlook would move by
/// [`LOAD_BEARING`] or more; the weightiest one. Without it, the ground's log-odds lack its
/// contribution and the other grounds stay.
fn decisive_judgement(engine: &Engine<'_>, expected: f64, grounds: &[GroundResult]) -> Option<(usize, usize)> {
    let mut found: Option<(f64, (usize, usize))> = None;
    for ground in grounds {
        for contribution in &ground.contributions {
            let Source::Rule(rule) = contribution.of else { continue };
            if engine.pack.hurdles[ground.hurdle].rules[rule].support != Support::Judgement {
                continue;
            }
            let moved = moved_without(expected, ground.p, ground.logit, contribution.logit);
            if moved >= LOAD_BEARING && found.is_none_or(|(most, _)| moved > most) {
                found = Some((moved, (ground.hurdle, rule)));
            }
        }
    }
    found.map(|(_, rule)| rule)
}

/// Whether [`decisive_judgement`] finds anything.
fn rests_on_judgement(engine: &Engine<'_>, full: &Full) -> bool {
    let Full { solved, holds, open, .. } = full;
    solved.grounds.iter().enumerate().any(|(hurdle, ground)| {
        let rules = &engine.pack.hurdles[hurdle].rules;
        let means = &engine.weights.hurdles[hurdle].means;
        let logit = super::target::logit(ground.p);
        let settled = ones(holds[hurdle]).map(|n| (n, 1.0));
        settled.chain(ones(open[hurdle]).zip(ground.holds.iter().copied())).any(|(n, holds)| {
            rules[n].support == Support::Judgement
                && moved_without(solved.expected, ground.p, logit, holds * means[n + 1]) >= LOAD_BEARING
        })
    })
}

/// How far the outlook moves when a ground with chance `p` and log-odds `logit` lacks a contribution.
fn moved_without(expected: f64, p: f64, logit: f64, contribution: f64) -> f64 {
    let without = super::target::logistic(logit - contribution);
    (expected * ((1.0 - without) / (1.0 - p).max(1e-12)) - expected).abs()
}

/// Known answers on less than a document that would move the outlook by [`LOAD_BEARING`] or more if
/// they were otherwise; the weightiest first.
fn load_bearing(
    engine: &Engine<'_>,
    answers: &Answers<'_>,
    target: &Profile,
    (states, mut seat): (&States, Option<Seat>),
    expected: f64,
) -> Vec<(usize, f64)> {
    let mut out = Vec::new();
    // Bounds settle almost every answer.
    if let Some(seat) = &mut seat {
        seat.ask(states);
    }
    let mut other = states.clone();
    for (question, variable) in told(engine, answers, states, seat.as_ref()) {
        let mut most = 0.0_f64;
        for value in others(engine, states, seat.as_ref(), question, variable) {
            other[variable] = 1 << value;
            let bound = seat.as_ref().and_then(|seat| reach(seat, variable, &other, expected));
            // What cannot move it, or not as far as another value does, is not worked out.
            let far = bound.map_or(1.0, |[low, high]| (high - expected).max(expected - low));
            if far > most && bound.and_then(|bound| moves(bound, expected)) != Some(false) {
                most = most.max(moved(engine, seat.as_ref(), &other, (variable, true), target, expected));
            }
        }
        other[variable] = states[variable];
        if most >= LOAD_BEARING {
            out.push((question, most));
        }
    }
    engine.kept.leave(seat);
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out
}

/// Far above what rounding does to a bound.
const MARGIN: f64 = 1e-9;

/// Bounds of the outlook with another value of a settled variable; none is below zero or above one.
fn reach(seat: &Seat, variable: usize, other: &States, expected: f64) -> Option<[f64; 2]> {
    let factor = seat.factor(variable, other)?;
    Some(factor.map(|factor| (expected * factor).min(1.0)))
}

/// Whether bounds of the outlook say that it moves by [`LOAD_BEARING`] or more; `None` where they leave it open.
fn moves([low, high]: [f64; 2], expected: f64) -> Option<bool> {
    if high - expected < LOAD_BEARING - MARGIN && expected - low < LOAD_BEARING - MARGIN {
        return Some(false);
    }
    (low - expected > LOAD_BEARING + MARGIN || expected - high > LOAD_BEARING + MARGIN).then_some(true)
}

/// How far another value of a settled variable moves the outlook; zero where that is certainly less than
/// [`LOAD_BEARING`]. Where it is certainly as far as that, no more than that is said unless `exactly` is asked for.
fn moved(
    engine: &Engine<'_>,
    seat: Option<&Seat>,
    other: &States,
    (variable, exactly): (usize, bool),
    target: &Profile,
    expected: f64,
) -> f64 {
    // In a list mostly bounds decide, and those few answers that they leave can seldom be read off.
    let read_off = seat.filter(|_| exactly).and_then(|seat| engine.swapped(seat, other, variable));
    // What stands on the edge is worked out in full, so that rounding decides nothing.
    if let Some(moved) = read_off.map(|factor| (expected * factor - expected).abs())
        && (moved - LOAD_BEARING).abs() > MARGIN
    {
        return moved;
    }
    let Some((seat, trial)) = seat.and_then(|seat| Some((seat, engine.trial(seat, other, variable)?))) else {
        return (engine.what_if(seat, other, &[variable], target).expected - expected).abs();
    };
    let bounds = trial.factor.map(|factor| (expected * factor).min(1.0));
    let moved = match moves(bounds, expected) {
        Some(false) => 0.0,
        Some(true) if !exactly => LOAD_BEARING,
        _ => (engine.outcome(seat, other, &trial, target).expected - expected).abs(),
    };
    engine.kept.end_trial(trial);
    moved
}

/// The values of a question's variable other than the one answered that may make a difference.
fn others(
    engine: &Engine<'_>,
    states: &States,
    seat: Option<&Seat>,
    question: usize,
    variable: usize,
) -> SmallVec<[usize; 8]> {
    let given = states[variable].trailing_zeros() as usize;
    let known = seat.and_then(|seat| seat.others(variable, given));
    let options = engine.pack.questions[question].options.len();
    known.unwrap_or_else(|| (0..options).filter(|value| *value != given).collect())
}

/// Whether [`load_bearing`] finds anything. Bounds come first: they settle almost every answer, and
/// what they leave is worked out.
fn bears(
    engine: &Engine<'_>,
    answers: &Answers<'_>,
    target: &Profile,
    found: &Found<'_>,
    (other, left): (&mut States, &mut Vec<(f64, usize, usize)>),
) -> bool {
    let Found { states, expected, .. } = *found;
    let seat = found.seat.as_deref();
    other.clone_from(states);
    left.clear();
    for (question, variable) in told(engine, answers, states, seat) {
        for value in others(engine, states, seat, question, variable) {
            other[variable] = 1 << value;
            let Some([low, high]) = seat.and_then(|seat| reach(seat, variable, other, expected)) else {
                left.push((1.0, variable, value));
                continue;
            };
            match moves([low, high], expected) {
                Some(true) => return true,
                Some(false) => {}
                None => left.push(((f64::midpoint(low, high) - expected).abs(), variable, value)),
            }
        }
        other[variable] = states[variable];
    }
    // The most promising first: one is enough.
    left.sort_by(|a, b| b.0.total_cmp(&a.0));
    left.iter().any(|&(_, variable, value)| {
        other[variable] = 1 << value;
        let moved = moved(engine, seat, other, (variable, false), target, expected);
        other[variable] = states[variable];
        moved >= LOAD_BEARING
    })
}

/// Questions with a known answer on less than a document that some hurdle of the target reads, and
/// their variables. What no hurdle reads moves nothing.
fn told<'t>(
    engine: &'t Engine<'_>,
    answers: &'t Answers<'_>,
    states: &'t States,
    seat: Option<&'t Seat>,
) -> impl Iterator<Item = (usize, usize)> + 't {
    (0..engine.pack.questions.len()).filter_map(move |at| {
        if !matches!(answers.basis(at), Some(Basis::Told | Basis::Assumed)) {
            return None;
        }
        let variable = engine.model.variable(Of::Question(at))?;
        let read = seat.is_none_or(|seat| seat.reads(variable));
        (read && states[variable].is_power_of_two()).then_some((at, variable))
    })
}
