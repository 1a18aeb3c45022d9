//! What to find out next: the open questions, ranked by how far an answer is expected to narrow the
//! answer range, and never by whether it is expected to please. Dates, places and the list of assets count through the
//! facts that are worked out from them.

use jiff::civil::Date;

use super::Engine;
use super::engine::ones;
use super::model::{Domains, Of};
use super::target::Posed;
use crate::matter::answers::Answers;
use crate::pack::{Fact, Profile};

/// An open question and what answering it is expected to do.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenQuestion {
    pub question: usize,
    /// Expected narrowing of the answer range (its width now less its expected width then).
    pub narrows: f64,
    /// Lowest and highest expected outlook over its answers.
    pub outlook: [f64; 2],
}

/// A figure for ordering: what differs by less than a billionth is the same, however it was summed.
pub(super) fn even(figure: f64) -> f64 {
    (figure * 1e9).round() + 0.0
}

/// Combinations of options of one question beyond which only single options are tried.
const MAX_COMBINATIONS: usize = 64;

impl Engine<'_> {
    /// The open questions that could move the outlook of a target, the most telling first.
    pub fn open_questions(&self, answers: &Answers, target: &Profile, as_of: Date) -> Vec<OpenQuestion> {
        let rules = self.rules(target);
        let Posed { possible, domains, .. } = self.pose(answers, &[], target, as_of);
        let evaluation = rules.evaluate(&self.model, &domains);
        let now = evaluation.moments();
        let mut out = Vec::new();
        for question in (0..self.pack.questions.len()).filter(|at| !answers.is_known(*at)) {
            let mut variables = self.variables_of(question);
            variables.retain(|variable| evaluation.depends(*variable, &domains));
            if variables.is_empty() {
                continue;
            }
            let (mut width, mut total) = (0.0, 0.0);
            let mut outlook = [f64::INFINITY, f64::NEG_INFINITY];
            for (share, values) in self.possible_answers(&variables, &domains) {
                let mut answered = possible.clone();
                for (variable, value) in values {
                    answered[variable] = 1 << value;
                }
                self.model.drop_ruled_out(&mut answered, target);
                self.model.drop_blocking(&mut answered, target);
                let then = rules.evaluate(&self.model, &answered).moments();
                width += share * (then.most - then.least);
                total += share;
                outlook = [outlook[0].min(then.mean), outlook[1].max(then.mean)];
            }
            let narrows = now.most - now.least - width / total;
            if narrows > 0.0005 || outlook[1] - outlook[0] > 0.0005 {
                out.push(OpenQuestion { question, narrows: narrows.max(0.0), outlook });
            }
        }
        let spread = |open: &OpenQuestion| even(open.outlook[1] - open.outlook[0]);
        out.sort_by(|a, b| {
            even(b.narrows)
                .total_cmp(&even(a.narrows))
                .then(spread(b).total_cmp(&spread(a)))
                .then(a.question.cmp(&b.question))
        });
        out
    }

    /// The variables that an answer to a question settles.
    fn variables_of(&self, question: usize) -> Vec<usize> {
        let roles = &self.pack.roles;
        let fact = |fact: Fact| self.model.variable(Of::Fact(fact));
        let is = |role: Option<usize>| role == Some(question);
        if is(roles.effective_date) {
            fact(Fact::Limitation).into_iter().collect()
        } else if is(roles.assets) {
            [fact(Fact::AssetsHere), fact(Fact::Link)].into_iter().flatten().collect()
        } else if is(roles.debtor_place) || is(roles.debtor_link) {
            fact(Fact::Link).into_iter().collect()
        } else {
            self.model.of_question(question).collect()
        }
    }

    /// Every answer that settles some variables, with its share: all combinations of their values, or one variable at
    /// a time where there are too many.
    fn possible_answers(&self, variables: &[usize], domains: &Domains) -> Vec<(f64, Vec<(usize, usize)>)> {
        let values = |variable: usize| {
            let prior = &self.model.variables[variable].prior;
            ones(domains[variable]).map(move |value| (prior[value], (variable, value)))
        };
        let combinations = variables.iter().map(|variable| domains[*variable].count_ones() as usize).product::<usize>();
        if combinations > MAX_COMBINATIONS {
            let alone = variables.iter().flat_map(|variable| values(*variable));
            return alone.map(|(share, value)| (share, vec![value])).collect();
        }
        let mut out = vec![(1.0, Vec::new())];
        for variable in variables {
            let mut next = Vec::new();
            for (share, chosen) in &out {
                for (part, value) in values(*variable) {
                    let mut chosen = chosen.clone();
                    chosen.push(value);
                    next.push((share * part, chosen));
                }
            }
            out = next;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow;
    use crate::matter::{Answer, Matter, Value};
    use crate::pack::Kind;
    use crate::scoring::Scope;
    use crate::scoring::random::Random;

    #[test]
    fn a_question_narrows_the_range_as_far_as_its_answers_do() {
        let pack = crate::library::built_in(crate::library::DEFAULT).expect("the pack").pack;
        let engine = Engine::new(&pack);
        let (mut random, mut tried) = (Random(17), 0);
        let today = jiff::civil::date(2026, 11, 22);
        for round in 0..24 {
            let mut matter = Matter::default();
            for question in pack.questions.iter().filter(|question| question.kind == Kind::Choice) {
                let option = random.below(question.options.len());
                if random.below(100) < [40, 60, 80][round % 3] {
                    let value = Value::Choice(question.options[option].id.clone());
                    matter.answers.insert(question.id.clone(), Answer::told(value));
                }
            }
            let target = &pack.profiles[random.below(pack.profiles.len())];
            let scope = Scope::Only(vec![target.id.clone()]);
            let width = |matter: &Matter| {
                let outlook = engine.assess(matter, today, &scope).rows.remove(0).outlook;
                (outlook.exactness.standard_error == 0.0).then_some(outlook.answers[1] - outlook.answers[0])
            };
            let answers = flow::answers_in_force(&pack, &matter);
            let states = engine.pose(&answers, &[], target, today).domains;
            for open in engine.open_questions(&answers, target, today) {
                let question = &pack.questions[open.question];
                let Some(variable) = engine.model.variable(Of::Question(open.question)) else { continue };
                let (mut expected, mut total) = (0.0, 0.0);
                let mut exact = true;
                for value in ones(states[variable]) {
                    let mut answered = matter.clone();
                    let option = Value::Choice(question.options[value].id.clone());
                    answered.answers.insert(question.id.clone(), Answer::told(option));
                    let Some(width) = width(&answered) else {
                        exact = false;
                        break;
                    };
                    expected += question.prior[value] * width;
                    total += question.prior[value];
                }
                let Some(now) = width(&matter).filter(|_| exact) else { continue };
                let narrows = (now - expected / total).max(0.0);
                assert!((narrows - open.narrows).abs() < 1e-9, "{}: {narrows} {}", question.id, open.narrows);
                tried += 1;
            }
        }
        assert!(tried > 200, "{tried}");
    }
}
