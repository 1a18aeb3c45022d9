//! What to do next: each action applied to this matter, ranked by what it changes.
//!
//! Must not: change the matter. An action is tried on a copy; one that certainly makes no sense, or
//! whose answers are given already, is left out.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Engine;
use super::model::Answered;
use super::money::Exchange;
use super::questions::even;
use super::target::{Block, Outlook};
use crate::flow;
use crate::matter::{Answer, Basis, Matter, Value};
use crate::pack::{Action, Profile};

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
    /// The outlook after it.
    pub after: Outlook,
    /// The chance after it that each ground defeats the judgment, in the order of the pack.
    pub grounds: Vec<f64>,
    /// What still blocks the target after it.
    pub blocked: Vec<Block>,
    /// True where it makes sense only if an answer that is not known turns out so.
    pub depends: bool,
}

impl Engine<'_> {
    /// Every action worth naming for a matter in a target, the best first: by expected net recovery
    /// less the middle of its cost where money is known, then by outlook, confidence and width.
    pub fn actions(&self, matter: &Matter, target: &Profile, as_of: Date) -> Vec<Worth> {
        let matter = &flow::in_force(self.pack, matter);
        let exchange = Exchange::new(self.pack, matter);
        let before = self.figures(matter, &self.model.answered(self.pack, matter), &[], target, &exchange, as_of);
        let states = self.model.states(self.pack, matter, target, as_of);
        let mut out: Vec<Worth> = Vec::new();
        let (mut trial, mut answered) = (matter.clone(), Answered::default());
        for (at, action) in self.pack.actions.iter().enumerate() {
            let makes_sense = self.model.actions[at].eval(&states, target);
            if makes_sense == Some(false) {
                continue;
            }
            let Applied { before: mut replaced, ticks } = apply(self, action, &mut trial);
            if replaced.is_empty() && ticks.is_empty() {
                continue;
            }
            // What the action hides was hidden before what it changed was put in.
            replaced.extend(flow::hide(self.pack, &mut trial).into_iter().map(|(id, answer)| (id, Some(answer))));
            self.model.put_answered(self.pack, &trial, &mut answered);
            let after = self.figures(&trial, &answered, &ticks, target, &exchange, as_of);
            take_back(&mut trial, replaced);
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
    pub fn together(&self, matter: &Matter, target: &Profile, as_of: Date, actions: &[usize]) -> Outlook {
        let mut matter = flow::in_force(self.pack, matter);
        let exchange = Exchange::new(self.pack, &matter);
        let mut ticked: Vec<(usize, usize)> = Vec::new();
        for at in actions {
            let states = self.model.states(self.pack, &matter, target, as_of);
            if self.model.actions[*at].eval(&states, target) == Some(false) {
                continue;
            }
            let applied = apply(self, &self.pack.actions[*at], &mut matter);
            flow::hide(self.pack, &mut matter);
            ticked.extend(applied.ticks);
        }
        let answered = self.model.answered(self.pack, &matter);
        self.figures(&matter, &answered, &ticked, target, &exchange, as_of).outlook
    }
}

/// What an action did to a matter.
#[derive(Debug, Default)]
pub struct Applied {
    /// The answers that it changed, as they were before, in the order of the changes.
    pub before: Vec<(String, Option<Answer>)>,
    /// Options that now hold although the rest of their question stays unknown: question and option.
    pub ticks: Vec<(usize, usize)>,
}

/// Changes a matter as an action would.
pub fn apply(engine: &Engine<'_>, action: &Action, matter: &mut Matter) -> Applied {
    let mut out = Applied::default();
    for (question, option) in &action.set {
        let question = &engine.pack.questions[*question];
        out.set(matter, &question.id, Value::Choice(question.options[*option].id.clone()));
    }
    for (at, option) in &action.add {
        let question = &engine.pack.questions[*at];
        match matter.answers.get(&question.id).map(|answer| &answer.value) {
            Some(Value::Choices(ticked)) => {
                let id = &question.options[*option].id;
                if !ticked.contains(id) {
                    let ticked = flow::toggle(question, ticked, id);
                    out.set(matter, &question.id, Value::Choices(ticked));
                }
            }
            _ => out.ticks.push((*at, *option)),
        }
    }
    out
}

/// Puts answers back, the last change first.
fn take_back(matter: &mut Matter, before: Vec<(String, Option<Answer>)>) {
    for (id, answer) in before.into_iter().rev() {
        match answer {
            Some(answer) => drop(matter.answers.insert(id, answer)),
            None => drop(matter.answers.remove(&id)),
        }
    }
}

impl Applied {
    /// Sets an answer and keeps its note; the basis of an answer that stays as it is does not move.
    fn set(&mut self, matter: &mut Matter, id: &str, value: Value) {
        let known = matter.answers.get(id);
        if known.is_some_and(|answer| answer.value == value) {
            return;
        }
        let mut answer = known.cloned().unwrap_or_else(Answer::unknown);
        answer.value = value;
        answer.basis = Some(Basis::Assumed);
        self.before.push((id.to_owned(), matter.answers.insert(id.to_owned(), answer)));
    }
}
