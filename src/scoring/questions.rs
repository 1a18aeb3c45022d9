//! What to find out next: the open questions, ranked by how far an answer is expected to narrow the
//! answer range.
//!
//! Must not: prefer a question because its answer is expected to please. Dates, places and the list
//! of assets count through the facts that are worked out from them.

use jiff::civil::Date;
use smallvec::SmallVec;

use super::Engine;
use super::compiled::{Brief, Given, Pending, Seat, ones};
use super::model::{Of, States};
use crate::flow;
use crate::matter::Matter;
use crate::pack::{Fact, Profile};

/// An open question and what answering it is expected to do.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenQuestion {
    /// Index of the question.
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
    pub fn open_questions(&self, matter: &Matter, target: &Profile, as_of: Date) -> Vec<OpenQuestion> {
        let answers = &flow::coded(self.pack, matter);
        let possible = self.states_in(&self.model.answered(self.pack, answers), answers, target, as_of);
        let mut states = possible.clone();
        self.unblock(&mut states, target);
        let mut seat = self.seat(&states, target);
        let now = self.brief_of(seat.as_mut(), &states, target, false);
        let width = now.range[1] - now.range[0];
        let pending = seat.as_ref().map(|seat| seat.pending(&possible)).unwrap_or_default();
        let read = self.read_now(seat.as_ref(), &states, target);
        let mut out = Vec::new();
        let (mut changed, mut answered) = (Vec::new(), States::new());
        for question in (0..self.pack.questions.len()).filter(|at| !answers.is_known(*at)) {
            let mut variables = self.variables_of(question);
            variables.retain(|variable| read[*variable]);
            if variables.is_empty() {
                continue;
            }
            let (mut expected, mut total) = (0.0, 0.0);
            let mut outlook = [f64::INFINITY, f64::NEG_INFINITY];
            let mut count = |share: f64, then: Brief| {
                expected += share * (then.range[1] - then.range[0]);
                total += share;
                outlook = [outlook[0].min(then.expected), outlook[1].max(then.expected)];
            };
            if let Some(given) = self.given_answers(pending, &states, seat.as_ref(), &variables) {
                given.into_iter().for_each(|(share, then)| count(share, then));
            } else {
                let from = (&possible, &states);
                self.each_answer(from, seat.as_ref(), &variables, &mut answered, &mut |share, answered| {
                    self.rule_out(answered, target);
                    self.unblock(answered, target);
                    changed.clear();
                    for (variable, (now, before)) in answered.iter().zip(&states).enumerate() {
                        if now != before {
                            changed.push(variable);
                        }
                    }
                    count(share, self.what_if(seat.as_ref(), answered, &changed, target));
                });
            }
            let narrows = width - expected / total;
            if narrows > 0.0005 || outlook[1] - outlook[0] > 0.0005 {
                out.push(OpenQuestion { question, narrows: narrows.max(0.0), outlook });
            }
        }
        self.kept.leave(seat);
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
    fn variables_of(&self, question: usize) -> SmallVec<[usize; 8]> {
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

    /// Which variables some rule of a hurdle still reads.
    fn read_now(&self, seat: Option<&Seat>, states: &States, target: &Profile) -> Vec<bool> {
        if let Some(seat) = seat {
            return (0..self.model.variables.len()).map(|variable| seat.depends(variable)).collect();
        }
        let mut read = vec![false; self.model.variables.len()];
        for factor in self.factors(0..self.pack.hurdles.len(), states, target).list {
            for (_, cond) in &factor.open {
                cond.visit(&mut |variable, _| read[variable] = true);
            }
        }
        read
    }

    /// The outlook given every answer that [`Engine::each_answer`] goes through, without going through them; `None`
    /// where an answer also settles what else may be answered.
    fn given_answers(
        &self,
        pending: Pending,
        states: &States,
        seat: Option<&Seat>,
        variables: &[usize],
    ) -> Option<Given> {
        if !variables.iter().all(|variable| seat.is_some_and(|seat| seat.alone(*variable, pending))) {
            return None;
        }
        if !one_by_one(states, variables) {
            return self.given(seat, states, variables);
        }
        let mut out = Given::new();
        for variable in variables {
            out.extend(self.given(seat, states, &[*variable])?);
        }
        Some(out)
    }

    /// Calls `visit` with every answer that settles some variables, and its share: all combinations of their
    /// values, or one variable at a time where there are too many. Values that make no difference to the target
    /// are one answer. `room` is what `visit` is given: what was `possible` with the answer in it. The answers are
    /// those of `states`, which lack what would block the target.
    fn each_answer(
        &self,
        (possible, states): (&States, &States),
        seat: Option<&Seat>,
        variables: &[usize],
        room: &mut States,
        visit: &mut impl FnMut(f64, &mut States),
    ) {
        let values = |variable: &usize| -> SmallVec<[(u64, f64); 8]> {
            let prior = &self.model.variables[*variable].prior;
            let open = states[*variable];
            let classes = seat.and_then(|seat| seat.alike(*variable, open));
            let classes = classes.unwrap_or_else(|| ones(open).map(|value| 1 << value).collect());
            let share = |class: u64| ones(class).map(|value| prior[value]).sum::<f64>();
            classes.into_iter().map(|class| (class & class.wrapping_neg(), share(class))).collect()
        };
        let lists: SmallVec<[_; 4]> = variables.iter().map(values).collect();
        if one_by_one(states, variables) {
            for (variable, list) in variables.iter().zip(&lists) {
                for (bit, share) in list {
                    room.clone_from(possible);
                    room[*variable] = *bit;
                    visit(*share, room);
                }
            }
            return;
        }
        if lists.iter().any(SmallVec::is_empty) {
            return;
        }
        // Like the hands of a clock, the last variable fastest.
        let mut hands: SmallVec<[usize; 4]> = SmallVec::from_elem(0, lists.len());
        loop {
            room.clone_from(possible);
            let mut share = 1.0;
            for ((variable, list), hand) in variables.iter().zip(&lists).zip(&hands) {
                room[*variable] = list[*hand].0;
                share *= list[*hand].1;
            }
            visit(share, room);
            let Some(at) = (0..lists.len()).rev().find(|at| hands[*at] + 1 < lists[*at].len()) else { return };
            hands[at] += 1;
            hands[at + 1..].fill(0);
        }
    }
}

/// Whether some variables have so many combinations of values that one variable at a time is settled.
fn one_by_one(states: &States, variables: &[usize]) -> bool {
    variables.iter().map(|variable| states[*variable].count_ones() as usize).product::<usize>() > MAX_COMBINATIONS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matter::{Answer, Value};
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
                let outlook = engine.assess(matter, today, &scope).targets.remove(0).outlook;
                (outlook.exactness.standard_error == 0.0).then_some(outlook.answers[1] - outlook.answers[0])
            };
            let mut states = engine.model.states(&pack, &flow::coded(&pack, &matter), target, today);
            engine.unblock(&mut states, target);
            for open in engine.open_questions(&matter, target, today) {
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
