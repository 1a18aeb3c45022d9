//! What to find out next: the open questions, ranked by how far an answer is expected to narrow the
//! answer range.
//!
//! Must not: prefer a question because its answer is expected to please. Dates, places and the list
//! of assets count through the facts that are worked out from them.

use jiff::civil::Date;
use smallvec::SmallVec;

use super::Engine;
use super::compiled::{Brief, Given, Seat, ones};
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
        let states = self.open_states(answers, target, as_of);
        let mut seat = self.seat(&states, target);
        let now = self.brief_of(seat.as_mut(), &states, target, false);
        let width = now.range[1] - now.range[0];
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
            if let Some(given) = self.given_answers(&states, seat.as_ref(), &variables) {
                given.into_iter().for_each(|(share, then)| count(share, then));
            } else {
                self.each_answer(&states, seat.as_ref(), &variables, &mut answered, &mut |share, answered| {
                    self.rule_out(answered, target);
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

    /// The outlook given every answer that [`Engine::each_answer`] goes through, without going through them.
    fn given_answers(&self, states: &States, seat: Option<&Seat>, variables: &[usize]) -> Option<Given> {
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
    /// are one answer. `room` is what `visit` is given.
    fn each_answer(
        &self,
        states: &States,
        seat: Option<&Seat>,
        variables: &[usize],
        room: &mut States,
        visit: &mut impl FnMut(f64, &mut States),
    ) {
        let values = |variable: &usize| -> SmallVec<[(u64, f64); 8]> {
            let prior = &self.model.variables[*variable].prior;
            let possible = states[*variable];
            let classes = seat.and_then(|seat| seat.alike(*variable, possible));
            let classes = classes.unwrap_or_else(|| ones(possible).map(|value| 1 << value).collect());
            let share = |class: u64| ones(class).map(|value| prior[value]).sum::<f64>();
            classes.into_iter().map(|class| (class & class.wrapping_neg(), share(class))).collect()
        };
        let lists: SmallVec<[_; 4]> = variables.iter().map(values).collect();
        if one_by_one(states, variables) {
            for (variable, list) in variables.iter().zip(&lists) {
                for (bit, share) in list {
                    room.clone_from(states);
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
            room.clone_from(states);
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
