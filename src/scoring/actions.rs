//! What to do next: each action applied to this matter, ranked by what it changes.
//!
//! An action is tried on a copy of the answers; one that certainly makes no sense, or whose answers are given already,
//! is left out.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Engine;
use super::money::Exchange;
use super::questions::even;
use super::target::{Block, Outlook};
use crate::matter::answers::{Answers, Response};
use crate::matter::{Answer, Basis, Matter};
use crate::pack::{Action, Pack, Profile};

/// What an action would change in a target.
#[derive(Clone, Debug, PartialEq)]
pub struct Worth {
    /// Index of the action in the pack.
    pub action: usize,
    /// Change of the expected outlook.
    pub outlook: f64,
    /// Change of the expected net recovery, before the cost of the action; `None` where no money can
    /// be worked out.
    pub net: Option<Decimal>,
    /// Change of the confidence index, in points.
    pub confidence: i16,
    /// Change of the width of the answer range.
    pub width: f64,
    pub after: Outlook,
    /// The chance after it that each ground defeats the judgment, in the order of the pack.
    pub grounds: Vec<f64>,
    /// What still blocks the target after it.
    pub blocked: Vec<Block>,
    /// True where it makes sense only if an answer that is not known turns out so.
    pub depends: bool,
}

impl Engine<'_> {
    /// Every action worth naming for some answers in force in a target, the best first: by expected net recovery
    /// less the middle of its cost where money is known, then by outlook, confidence and width.
    pub fn actions(&self, answers: &Answers, target: &Profile, exchange: &Exchange, as_of: Date) -> Vec<Worth> {
        let before = self.score(answers, &[], target, exchange, as_of);
        let domains = self.model.domains(self.pack, answers, target, as_of);
        let mut out: Vec<Worth> = Vec::new();
        for (at, action) in self.pack.actions.iter().enumerate() {
            let makes_sense = self.model.actions[at].eval(&domains, target);
            if makes_sense == Some(false) {
                continue;
            }
            let Changes { responses, ticks } = changes(self.pack, action, answers);
            if responses.is_empty() && ticks.is_empty() {
                continue;
            }
            let after = self.score(&with(self.pack, answers, responses), &ticks, target, exchange, as_of);
            let width = |outlook: &Outlook| outlook.answers[1] - outlook.answers[0];
            let net = match (before.money.net, after.money.net) {
                (Some(before), Some(after)) => Some(after[1] - before[1]),
                _ => None,
            };
            let worth = Worth {
                action: at,
                outlook: after.outlook.expected - before.outlook.expected,
                net,
                confidence: i16::from(after.confidence.index) - i16::from(before.confidence.index),
                width: width(&after.outlook) - width(&before.outlook),
                blocked: after.blocked.clone(),
                grounds: after.grounds.iter().map(|ground| ground.p).collect(),
                after: after.outlook,
                depends: makes_sense.is_none(),
            };
            let unblocks = after.blocked.len() < before.blocked.len();
            let better = worth.outlook > 0.0005
                || worth.net.is_some_and(|net| net > Decimal::ZERO)
                || worth.confidence > 0
                || worth.width < -0.0005
                || unblocks;
            if better {
                out.push(worth);
            }
        }
        out.sort_by(|a, b| {
            let gain = |worth: &Worth| {
                let [low, high] = self.pack.actions[worth.action].cost;
                worth.net.map(|net| net - super::money::decimal(f64::midpoint(low, high)))
            };
            a.blocked
                .len()
                .cmp(&b.blocked.len())
                .then(gain(b).cmp(&gain(a)))
                .then(even(b.outlook).total_cmp(&even(a.outlook)))
                .then(b.confidence.cmp(&a.confidence))
                .then(even(a.width).total_cmp(&even(b.width)))
                .then(a.action.cmp(&b.action))
        });
        out
    }

    /// The outlook after several actions, one after the other; an action that the ones before it have
    /// made senseless is passed over.
    pub fn together(
        &self,
        answers: &Answers,
        target: &Profile,
        exchange: &Exchange,
        as_of: Date,
        actions: &[usize],
    ) -> Outlook {
        let mut answers = answers.clone();
        let mut ticked: Vec<(usize, usize)> = Vec::new();
        for at in actions {
            let domains = self.model.domains(self.pack, &answers, target, as_of);
            if self.model.actions[*at].eval(&domains, target) == Some(false) {
                continue;
            }
            let Changes { responses, ticks } = changes(self.pack, &self.pack.actions[*at], &answers);
            answers = with(self.pack, &answers, responses);
            ticked.extend(ticks);
        }
        self.score(&answers, &ticked, target, exchange, as_of).outlook
    }
}

/// What an action would change.
#[derive(Debug, Default)]
pub struct Changes {
    /// Questions and what would be answered to them, in the order of the action.
    pub responses: Vec<(usize, Response)>,
    /// Options that would hold although the rest of their question stays unknown: question and option.
    pub ticks: Vec<(usize, usize)>,
}

/// What an action would change in some answers. An answer that stays as it is keeps its basis.
fn changes(pack: &Pack, action: &Action, answers: &Answers) -> Changes {
    let mut out = Changes::default();
    for (question, option) in &action.set {
        let response = Response::Option(*option);
        if *answers.response(*question) != response {
            out.responses.push((*question, response));
        }
    }
    for (question, option) in &action.add {
        let changed = out.responses.iter().rev().find(|(other, _)| other == question);
        let response = changed.map_or(answers.response(*question), |(_, response)| response);
        let Response::Ticks(ticks) = *response else {
            out.ticks.push((*question, *option));
            continue;
        };
        let inclusive = pack.questions[*question].inclusive();
        let option = 1 << option;
        // An option that excludes the others stands alone, and the others clear it.
        let with = if inclusive & option == 0 { option } else { ticks & inclusive | option };
        if ticks & option == 0 {
            out.responses.push((*question, Response::Ticks(with)));
        }
    }
    out
}

/// Answers in force with some changed; what the change hides is taken out.
fn with(pack: &Pack, answers: &Answers, responses: Vec<(usize, Response)>) -> Answers {
    let mut out = answers.clone();
    for (question, response) in responses {
        out.set(question, response, Some(Basis::Assumed));
    }
    out.hide(pack);
    out
}

/// Changes a matter as an action would; notes stay.
pub fn apply(pack: &Pack, action: &Action, matter: &mut Matter) -> Changes {
    let out = changes(pack, action, &Answers::of(pack, matter));
    for (question, response) in &out.responses {
        let question = &pack.questions[*question];
        let answer = matter.answers.entry(question.id.clone()).or_insert_with(Answer::unknown);
        answer.value = response.value(question);
        answer.basis = Some(Basis::Assumed);
    }
    out
}
