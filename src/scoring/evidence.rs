//! How far a result can be trusted: a grade that goes down a step for each named reason, never merged into the outlook.
//! Named reasons are what makes two readers agree (GRADE).

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Engine;
use super::engine::{Evaluation, Solved, ones};
use super::model::{Domains, Of};
use super::target::{logistic, logit};
use crate::matter::Basis;
use crate::matter::answers::Answers;
use crate::pack::{Profile, Support};

/// How far a result can be trusted.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
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
    Moderate,
    /// Two.
    Low,
    /// Three and more.
    VeryLow,
}

/// Steps down after which the grade is as low as it gets.
pub(super) const MOST_STEPS: usize = 3;

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

impl Reason {
    /// Its place in the order of MODEL.md.
    const fn order(&self) -> u8 {
        match self {
            Reason::AnswerRange(_) => 0,
            Reason::DataRange(_) => 1,
            Reason::FewCases(_) => 2,
            Reason::DecisiveJudgement(..) => 3,
            Reason::LoadBearing(_) => 4,
            Reason::OldProfile(_) => 5,
        }
    }
}

/// Points of the outlook by which an answer or a rule must move it to count as carrying weight.
pub(crate) const LOAD_BEARING: f64 = 0.10;
/// Widths above which a range costs a step.
const WIDE_ANSWERS: f64 = 0.20;
const WIDE_DATA: f64 = 0.30;
/// Decided cases under which a target's record is thin.
const FEW_CASES: usize = 3;
/// Months after which a profile is old.
const PROFILE_LASTS: i32 = 12;

pub(super) struct Graded<'g> {
    pub(super) engine: &'g Engine<'g>,
    pub(super) answers: &'g Answers,
    pub(super) target: &'g Profile,
    /// What each variable may be, without the values that would block the target.
    pub(super) domains: &'g Domains,
    pub(super) evaluation: &'g Evaluation<'g>,
    pub(super) as_of: Date,
}

impl Graded<'_> {
    /// The grade and its reasons, from the range of the outlook over what is not known. Once `enough` reasons are
    /// found, no more are looked for.
    pub(super) fn evidence(&self, range: [f64; 2], enough: usize) -> Evidence {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width within 0..=1")]
        let points = |[low, high]: [f64; 2]| ((high - low) * 100.0).round() as u8;
        let mut reasons = Vec::new();
        if is_wider(range, WIDE_ANSWERS) {
            reasons.push(Reason::AnswerRange(points(range)));
        }
        if self.target.matters < FEW_CASES {
            reasons.push(Reason::FewCases(self.target.matters));
        }
        if self.target.as_of.saturating_add(PROFILE_LASTS.months()) < self.as_of {
            reasons.push(Reason::OldProfile(self.target.as_of));
        }
        // What takes longer to find comes after what is found at a glance.
        if reasons.len() < enough {
            let solved = self.evaluation.solved();
            let data = self.engine.data_range(&solved, self.target);
            if is_wider(data, WIDE_DATA) {
                reasons.push(Reason::DataRange(points(data)));
            }
            if let Some((hurdle, rule)) = decisive_judgement(self.engine, &solved) {
                reasons.push(Reason::DecisiveJudgement(hurdle, rule));
            }
        }
        let mut load_bearing = Vec::new();
        if reasons.len() < enough {
            load_bearing = self.load_bearing(reasons.len() + 1 == enough);
            if !load_bearing.is_empty() {
                reasons.push(Reason::LoadBearing(load_bearing.iter().map(|(question, _)| *question).collect()));
            }
        }
        reasons.sort_by_key(Reason::order);
        Evidence { grade: Grade::after(reasons.len()), reasons, load_bearing }
    }

    /// Known answers on less than a document that would move the outlook by [`LOAD_BEARING`] or more if they were
    /// otherwise, with how far; the weightiest first. Where one is enough, the first that is found.
    fn load_bearing(&self, one_is_enough: bool) -> Vec<(usize, f64)> {
        let (engine, rules) = (self.engine, self.engine.rules(self.target));
        let expected = self.evaluation.moments().mean;
        // Other answers that may move it far enough, and how far at the most. Bounds settle almost every one.
        let mut others = Vec::new();
        let mut domains = self.domains.clone();
        for question in 0..engine.pack.questions.len() {
            let unproven = matches!(self.answers.basis(question), Some(Basis::Told | Basis::Assumed));
            let Some(variable) = engine.model.variable(Of::Question(question)).filter(|_| unproven) else { continue };
            let given = self.domains[variable];
            if !given.is_power_of_two() || !self.evaluation.tests(variable) {
                continue;
            }
            for value in ones(engine.model.full(variable) & !given) {
                domains[variable] = 1 << value;
                let [low, high] = self.evaluation.bound(variable, &domains).unwrap_or([0.0, f64::INFINITY]);
                let least = (low - 1.0).max(1.0 - high) * expected;
                let most = (high - 1.0).max(1.0 - low) * expected;
                if one_is_enough && least > LOAD_BEARING + MARGIN {
                    return vec![(question, least)];
                }
                if most > LOAD_BEARING - MARGIN {
                    others.push((most, question, variable, value));
                }
            }
            domains[variable] = given;
        }
        // The most promising first, so that most of the others are passed over.
        others.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut out: Vec<(usize, f64)> = Vec::new();
        for (most, question, variable, value) in others {
            let known = out.iter().position(|(other, _)| *other == question);
            if known.is_some_and(|known| out[known].1 > most) {
                continue;
            }
            domains[variable] = 1 << value;
            let moved = (rules.evaluate(&engine.model, &domains).moments().mean - expected).abs();
            domains[variable] = self.domains[variable];
            match known {
                _ if moved < LOAD_BEARING => {}
                Some(known) => out[known].1 = out[known].1.max(moved),
                None => out.push((question, moved)),
            }
            if one_is_enough && !out.is_empty() {
                break;
            }
        }
        out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        out
    }
}

/// Far above what rounding does to a bound.
const MARGIN: f64 = 1e-9;

fn is_wider([low, high]: [f64; 2], width: f64) -> bool {
    high - low > width
}

/// A rule that rests on our judgement and without which the outlook would move by [`LOAD_BEARING`] or more; the
/// weightiest one. Without it, the ground's log-odds lack its contribution and the other grounds stay.
fn decisive_judgement(engine: &Engine<'_>, solved: &Solved) -> Option<(usize, usize)> {
    let mut found: Option<(f64, (usize, usize))> = None;
    for (hurdle, ground) in solved.grounds.iter().enumerate() {
        for (rule, chance) in ground.rules() {
            if engine.pack.hurdles[hurdle].rules[rule].support != Support::Judgement {
                continue;
            }
            let contribution = chance * engine.weights.hurdles[hurdle].means[rule + 1];
            let without = logistic(logit(ground.p) - contribution);
            let moved = (solved.expected * ((1.0 - without) / (1.0 - ground.p).max(1e-12)) - solved.expected).abs();
            if moved >= LOAD_BEARING && found.is_none_or(|(most, _)| moved > most) {
                found = Some((moved, (hurdle, rule)));
            }
        }
    }
    found.map(|(_, rule)| rule)
}
