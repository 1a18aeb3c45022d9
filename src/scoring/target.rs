//! One target's result: outlook with both ranges, grounds with contributions.
//!
//! Must not: word anything. Every figure carries what is needed to explain it.

use jiff::civil::Date;
use smallvec::SmallVec;

use super::compiled::{Full, Seat, ones};
use super::confidence::{self, Confidence};
use super::deadline::{self, Deadline};
use super::evidence::{self, Evidence};
use super::model::{Answered, Of, States, drop_blocked};
use super::money::{self, Exchange, Figures};
use super::outlook::Exactness;
use super::{Engine, facts};
use crate::matter::answers::Answers;
use crate::pack::Profile;
use crate::pack::weights::HurdleWeights;

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
    /// Index of the hurdle.
    pub hurdle: usize,
    /// Index of the gate within it.
    pub gate: usize,
}

/// What one rule adds to a ground's log-odds.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// What it is.
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
    /// The rule with this index.
    Rule(usize),
    /// What decided cases in this target add to the base.
    Target,
    /// What averaging over unknown answers does beyond the average of the log-odds.
    Averaging,
}

/// One ground in a target.
#[derive(Clone, Debug)]
pub struct GroundResult {
    /// Index of the hurdle.
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

/// The result for a target.
#[derive(Clone, Debug)]
pub struct TargetResult {
    /// The target.
    pub id: String,
    /// What blocks it.
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
    /// Money.
    pub money: Figures,
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
pub(super) struct Worked {
    pub(super) states: States,
    pub(super) blocked: Vec<Block>,
    pub(super) may_block: Vec<Block>,
    pub(super) outlook: Outlook,
    pub(super) grounds: Vec<GroundResult>,
    pub(super) contest: f64,
    pub(super) money: Figures,
    pub(super) confidence: Confidence,
    /// The hurdles as they were summed.
    pub(super) seat: Option<Seat>,
}

impl Engine<'_> {
    pub(super) fn target(
        &self,
        answers: &Answers<'_>,
        answered: &Answered,
        target: &Profile,
        exchange: &Exchange,
        as_of: Date,
    ) -> TargetResult {
        let Worked { states, blocked, may_block, outlook, grounds, contest, money, confidence, seat } =
            self.figures(answers, answered, &[], target, exchange, as_of);
        TargetResult {
            id: target.id.clone(),
            blocked,
            may_block,
            evidence: evidence::grade(self, answers, target, (&states, seat), &outlook, &grounds, as_of),
            deadlines: deadline::deadlines(self.pack, answers, target, as_of),
            outlook,
            grounds,
            contest,
            confidence,
            money,
        }
    }

    /// Everything but the evidence grade and the dates: what an action can change. `ticked` are options
    /// (question and option) known to hold although the rest of their question is not known.
    pub(super) fn figures(
        &self,
        answers: &Answers<'_>,
        answered: &Answered,
        ticked: &[(usize, usize)],
        target: &Profile,
        exchange: &Exchange,
        as_of: Date,
    ) -> Worked {
        let mut states = self.states_in(answered, answers, target, as_of);
        for (question, option) in ticked {
            if let Some(variable) = self.model.variable(Of::Tick(*question, *option)) {
                states[variable] = 0b10;
            }
        }
        let gates = self.gates(&states, target);
        let (blocked, may_block) = (gates.blocked(&states), self.may_block(&gates, &states, target));
        drop_blocked(&mut states, &gates.blocking);
        let (mut seat, mut room) = (self.seat_once(&states, target), self.kept.room());
        self.full_of(seat.as_mut(), &states, target, &mut room.full);
        let (outlook, grounds) = self.outlook(&room.full, target);
        self.kept.give_back(room);
        let contest = self.contest(&states, target);
        // The range of the money covers both doubts: what is not known, and how few cases there are.
        let low = outlook.answers[0].min(outlook.data[0]);
        let high = outlook.answers[1].max(outlook.data[1]);
        let range = [low, outlook.expected, high];
        let money = money::figures(self.pack, answers, target, exchange, range, contest);
        let confidence = confidence::confidence(self, answers, target, exchange, &states, &money);
        Worked { states, blocked, may_block, outlook, grounds, contest, money, confidence, seat }
    }

    /// What the answers and the facts of a target leave of each variable: `Model::states_in`, compiled.
    pub(super) fn states_in(
        &self,
        answered: &Answered,
        answers: &Answers<'_>,
        target: &Profile,
        as_of: Date,
    ) -> States {
        let mut states = States::new();
        self.put_states(answered, answers, target, as_of, &mut states);
        states
    }

    /// [`Engine::states_in`] into a list that is there already.
    pub(super) fn put_states(
        &self,
        answered: &Answered,
        answers: &Answers<'_>,
        target: &Profile,
        as_of: Date,
        states: &mut States,
    ) {
        self.model.with_facts(answered, self.pack, answers, target, as_of, states);
        self.rule_out(states, target);
    }

    /// Drops the values that settled answers rule out: `Model::drop_ruled_out`, compiled.
    pub(super) fn rule_out(&self, states: &mut States, target: &Profile) {
        if !self.kept.rule_out(self.rules(), states, target) {
            self.model.drop_ruled_out(states, target);
        }
    }

    /// Drops the values that would block a target by themselves.
    pub(super) fn unblock(&self, states: &mut States, target: &Profile) {
        let gates = self.gates(states, target);
        drop_blocked(states, &gates.blocking);
    }

    pub(super) fn outlook(&self, full: &Full, target: &Profile) -> (Outlook, Vec<GroundResult>) {
        let solved = &full.solved;
        let expected = solved.expected;
        let outlook = Outlook {
            expected,
            answers: [solved.range[0].min(expected), solved.range[1].max(expected)],
            data: self.data(full),
            exactness: solved.exactness,
        };
        (outlook, self.grounds(full, target))
    }

    /// The 80 % interval of the expected outlook from the uncertainty of the weights.
    pub(super) fn data(&self, full: &Full) -> [f64; 2] {
        let Full { solved, holds, open, own } = full;
        let mut variance = 0.0;
        let mut slopes: SmallVec<[(usize, f64); 32]> = SmallVec::new();
        for (hurdle, ground) in solved.grounds.iter().enumerate() {
            let rules = ones(holds[hurdle] | open[hurdle]);
            let mut by_rule = ground.by_rule.iter().copied();
            slopes.clear();
            slopes.push((0, ground.by_base));
            slopes.extend(rules.map(|n| {
                let settled = holds[hurdle] >> n & 1 == 1;
                (n + 1, if settled { ground.by_base } else { by_rule.next().unwrap_or_default() })
            }));
            variance += self.weights.hurdles[hurdle].variance(&slopes, own[hurdle]);
        }
        let expected = solved.expected;
        let spread = variance.sqrt() / (expected * (1.0 - expected)).max(1e-12);
        let centre = logit(expected);
        [logistic(centre - Z80 * spread), logistic(centre + Z80 * spread)]
    }

    /// Every ground with what makes it up.
    pub(super) fn grounds(&self, full: &Full, target: &Profile) -> Vec<GroundResult> {
        let Full { solved, holds, open, .. } = full;
        let grounds = solved.grounds.iter().enumerate();
        grounds
            .map(|(hurdle, ground)| {
                let holds =
                    ones(holds[hurdle]).map(|n| (n, 1.0)).chain(ones(open[hurdle]).zip(ground.holds.iter().copied()));
                let weights = &self.weights.hurdles[hurdle];
                ground_result(hurdle, weights, &target.id, ground.p, ground.range, holds)
            })
            .collect()
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

/// As many as most grounds have.
const CONTRIBUTIONS: usize = 8;

fn ground_result(
    hurdle: usize,
    weights: &HurdleWeights,
    target: &str,
    p: f64,
    answers: [f64; 2],
    holds: impl Iterator<Item = (usize, f64)>,
) -> GroundResult {
    let mut contributions = Vec::with_capacity(CONTRIBUTIONS);
    contributions.push(Contribution { of: Source::Base, logit: weights.means[0], holds: 1.0 });
    let effect = weights.target(target);
    if effect != 0.0 {
        contributions.push(Contribution { of: Source::Target, logit: effect, holds: 1.0 });
    }
    let first = contributions.len();
    contributions.extend(holds.map(|(n, holds)| Contribution {
        of: Source::Rule(n),
        logit: holds * weights.means[n + 1],
        holds,
    }));
    contributions[first..].sort_by(|a, b| b.logit.abs().total_cmp(&a.logit.abs()));
    let sum: f64 = contributions.iter().map(|contribution| contribution.logit).sum();
    let logit = logit(p);
    if (logit - sum).abs() > 1e-9 {
        contributions.push(Contribution { of: Source::Averaging, logit: logit - sum, holds: 1.0 });
    }
    GroundResult { hurdle, p, answers: [answers[0].min(p), answers[1].max(p)], logit, contributions }
}

/// Days under which a deadline is urgent; shared with the fact on limitation.
pub const URGENT_DAYS: i32 = facts::SOON_DAYS;
