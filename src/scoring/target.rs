//! One target's result: outlook with both ranges, grounds with contributions.

use super::confidence::{self, Confidence};
use super::deadline::{self, Deadline};
use super::engine::{Exactness, Ground, Solved};
use super::evidence::{Evidence, Graded};
use super::gates::Gates;
use super::model::{Domains, Of, drop_blocked};
use super::money::{self, Exchange};
use super::{Engine, facts};
use crate::matter::answers::Answers;
use crate::pack::Profile;
use crate::pack::weights::HurdleWeights;
use jiff::civil::Date;

/// The chance of recognition, with its ranges. All within 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// Averaged over what is not known.
    pub expected: f64,
    /// Lowest and highest over what is not known.
    pub answers: [f64; 2],
    /// 80 % interval from the uncertainty of the weights.
    pub data: [f64; 2],
    /// How it was reached.
    pub exactness: Exactness,
}

/// A gate that blocks a target, or may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub hurdle: usize,
    /// Index of the gate within it.
    pub gate: usize,
}

/// What one rule adds to a ground's log-odds.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    pub of: Source,
    /// Log-odds: positive is worse for the creditor. An open rule counts with its chance to hold.
    pub logit: f64,
    /// Chance that it holds: 1 for a settled one.
    pub holds: f64,
}

/// Where a contribution comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The hurdle's base.
    Base,
    Rule(usize),
    /// What decided cases in this target add to the base.
    Target,
    /// What averaging over unknown answers does beyond the average of the log-odds.
    Averaging,
}

#[derive(Clone, Debug)]
pub struct GroundResult {
    pub hurdle: usize,
    /// Chance that it defeats the judgment.
    pub p: f64,
    /// Lowest and highest over what is not known.
    pub answers: [f64; 2],
    /// Log-odds of `p`: the sum of the contributions.
    pub logit: f64,
    /// What makes it up, base first.
    pub contributions: Vec<Contribution>,
}

#[derive(Clone, Debug)]
pub struct TargetResult {
    /// The debtor, counted from zero. A matter has one today.
    pub debtor: usize,
    /// The target.
    pub id: String,
    pub blocked: Vec<Block>,
    /// What may block it, if an answer that is not known turns out badly.
    pub may_block: Vec<Block>,
    /// The outlook; where the target is blocked, if that were cured.
    pub outlook: Outlook,
    /// Every ground, in the order of the pack.
    pub grounds: Vec<GroundResult>,
    /// Chance that the debtor fights.
    pub contest: f64,
    /// The creditor's confidence.
    pub confidence: Confidence,
    /// How far to trust the result.
    pub evidence: Evidence,
    pub money: money::Figures,
    /// Dates.
    pub deadlines: Vec<Deadline>,
}

impl TargetResult {
    /// Grounds from the most to the least dangerous.
    pub fn worst_first(&self) -> Vec<&GroundResult> {
        let mut out: Vec<&GroundResult> = self.grounds.iter().collect();
        out.sort_by(|a, b| b.p.total_cmp(&a.p).then(a.hurdle.cmp(&b.hurdle)));
        out
    }
}

/// The part of a result that an action can change.
pub(super) struct Scored {
    pub(super) blocked: Vec<Block>,
    pub(super) may_block: Vec<Block>,
    pub(super) outlook: Outlook,
    pub(super) grounds: Vec<GroundResult>,
    pub(super) contest: f64,
    pub(super) money: money::Figures,
    pub(super) confidence: Confidence,
}

/// What some answers leave open in a target.
pub(super) struct Posed {
    /// What each variable may be.
    pub(super) possible: Domains,
    /// The gates that hold with these, or may.
    pub(super) gates: Gates,
    /// The same without the values that would block the target by themselves.
    pub(super) domains: Domains,
}

impl Engine<'_> {
    /// The result of one debtor's answers in force in a target, whose sums are converted at `exchange`.
    pub(super) fn target(&self, answers: &Answers, target: &Profile, exchange: &Exchange, as_of: Date) -> TargetResult {
        let posed = self.pose(answers, &[], target, as_of);
        let evaluation = self.rules(target).evaluate(&self.model, &posed.domains);
        let solved = evaluation.solved();
        let Scored { blocked, may_block, outlook, grounds, contest, money, confidence } =
            self.scored(&posed, &solved, answers, target, exchange);
        let graded = Graded { engine: self, answers, target, domains: &posed.domains, evaluation: &evaluation, as_of };
        TargetResult {
            debtor: 0,
            id: target.id.clone(),
            blocked,
            may_block,
            evidence: graded.evidence(outlook.answers, usize::MAX),
            deadlines: deadline::deadlines(self.pack, answers, target, as_of),
            outlook,
            grounds,
            contest,
            confidence,
            money,
        }
    }

    /// Everything but the evidence grade and the dates. `ticked` are options (question and option) known to hold
    /// although the rest of their question is not known.
    pub(super) fn score(
        &self,
        answers: &Answers,
        ticked: &[(usize, usize)],
        target: &Profile,
        exchange: &Exchange,
        as_of: Date,
    ) -> Scored {
        let posed = self.pose(answers, ticked, target, as_of);
        let solved = self.rules(target).evaluate(&self.model, &posed.domains).solved();
        self.scored(&posed, &solved, answers, target, exchange)
    }

    /// What the answers leave open.
    pub(super) fn pose(&self, answers: &Answers, ticked: &[(usize, usize)], target: &Profile, as_of: Date) -> Posed {
        let mut possible = self.model.domains(self.pack, answers, target, as_of);
        for (question, option) in ticked {
            if let Some(variable) = self.model.variable(Of::Tick(*question, *option)) {
                possible[variable] = 0b10;
            }
        }
        let gates = self.gates(&possible, target);
        let mut domains = possible.clone();
        drop_blocked(&mut domains, &gates.blocking);
        Posed { possible, gates, domains }
    }

    fn scored(
        &self,
        posed: &Posed,
        solved: &Solved,
        answers: &Answers,
        target: &Profile,
        exchange: &Exchange,
    ) -> Scored {
        let Posed { possible, gates, domains } = posed;
        let outlook = Outlook {
            expected: solved.expected,
            answers: [solved.range[0].min(solved.expected), solved.range[1].max(solved.expected)],
            data: self.data_range(solved, target),
            exactness: solved.exactness,
        };
        let contest = self.rules(target).contest(&self.model, domains);
        // The range of the money covers both doubts: what is not known, and how few cases there are.
        let low = outlook.answers[0].min(outlook.data[0]);
        let high = outlook.answers[1].max(outlook.data[1]);
        let range = [low, outlook.expected, high];
        let money = money::figures(self.pack, answers, target, exchange, range, contest);
        Scored {
            blocked: gates.blocked(possible),
            may_block: self.may_block(gates, possible, target),
            confidence: confidence::confidence(self, answers, target, exchange, domains, &money),
            grounds: self.grounds(solved, target),
            outlook,
            contest,
            money,
        }
    }

    /// The 80 % interval of the expected outlook from the uncertainty of the weights.
    pub(super) fn data_range(&self, solved: &Solved, target: &Profile) -> [f64; 2] {
        let hurdles = solved.grounds.iter().zip(&self.weights.hurdles);
        let variance: f64 =
            hurdles.map(|(ground, weights)| weights.variance(&ground.slopes(), weights.effect_index(&target.id))).sum();
        let expected = solved.expected;
        let spread = variance.sqrt() / (expected * (1.0 - expected)).max(1e-12);
        let centre = logit(expected);
        [logistic(centre - Z80 * spread), logistic(centre + Z80 * spread)]
    }

    /// Every ground with what makes it up.
    fn grounds(&self, solved: &Solved, target: &Profile) -> Vec<GroundResult> {
        let grounds = solved.grounds.iter().enumerate();
        grounds.map(|(hurdle, ground)| ground_result(hurdle, ground, &self.weights.hurdles[hurdle], target)).collect()
    }
}

/// Half-width of the 80 % interval of a normal distribution, in standard deviations.
const Z80: f64 = 1.281_551_565_544_6;

/// Log-odds of a probability.
pub fn logit(p: f64) -> f64 {
    let p = p.clamp(1e-12, 1.0 - 1e-12);
    libm::log(p / (1.0 - p))
}

/// The probability with these log-odds.
pub fn logistic(logit: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-logit))
}

fn ground_result(hurdle: usize, ground: &Ground, weights: &HurdleWeights, target: &Profile) -> GroundResult {
    let mut contributions = vec![Contribution { of: Source::Base, logit: weights.means[0], holds: 1.0 }];
    let effect = weights.target(&target.id);
    if effect != 0.0 {
        contributions.push(Contribution { of: Source::Target, logit: effect, holds: 1.0 });
    }
    let first = contributions.len();
    contributions.extend(ground.rules().map(|(rule, holds)| Contribution {
        of: Source::Rule(rule),
        logit: holds * weights.means[rule + 1],
        holds,
    }));
    contributions[first..].sort_by(|a, b| b.logit.abs().total_cmp(&a.logit.abs()));
    let sum: f64 = contributions.iter().map(|contribution| contribution.logit).sum();
    let (p, logit) = (ground.p, logit(ground.p));
    if (logit - sum).abs() > 1e-9 {
        contributions.push(Contribution { of: Source::Averaging, logit: logit - sum, holds: 1.0 });
    }
    GroundResult { hurdle, p, answers: [ground.range[0].min(p), ground.range[1].max(p)], logit, contributions }
}

/// Days under which a deadline is urgent; shared with the fact on limitation.
pub(crate) const URGENT_DAYS: i32 = facts::SOON_DAYS;
