//! Conditions as terms: a condition holds where one of its terms holds, a term where all of its tests
//! pass. For every value of every variable a mask says which terms it makes false, so that what answers
//! make of all conditions is read off with one mask for each variable.
//!
//! Must not: know a matter. What is open stays open (Kleene's logic); a term that no value could make
//! hold is left out, and so is one that another term includes.

use std::borrow::Borrow;

use smallvec::SmallVec;

use super::alternatives::{Term, alternatives};
use super::ones;
use crate::pack::Profile;
use crate::scoring::model::{Cond, Model};

/// Most terms, and variables tested by them, that the masks here can hold.
pub(super) const MOST: usize = 64;

/// Some conditions. The first term of condition `n` is term `n`; further ones stand behind.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Terms {
    /// How many conditions there are.
    conditions: usize,
    /// The conditions of the terms that stand behind the first ones.
    further: Vec<u8>,
    /// For each condition that has several terms, all of them.
    several: Vec<(u8, u64)>,
    /// The first terms of conditions that never hold.
    never: u64,
    /// The variables that are tested, ascending.
    pub(super) locals: Vec<u16>,
    /// For each of them, where its values begin among the `kills`.
    from: Vec<u16>,
    /// The terms that a value makes false.
    kills: Vec<u64>,
    /// For each variable, the conditions that test it.
    tested: Vec<u64>,
}

/// What some answers make of terms or conditions, as masks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Met {
    /// Those that certainly hold.
    pub(super) holds: u64,
    /// Those that may.
    pub(super) open: u64,
}

impl Terms {
    /// Conditions with the profile of a target put in; `None` where they have too many terms.
    pub(super) fn new(conds: &[impl Borrow<Cond>], target: &Profile, model: &Model) -> Option<Self> {
        let mut first: Vec<Term> = Vec::with_capacity(conds.len());
        let mut behind: Vec<Term> = Vec::new();
        let (mut further, mut several, mut never) = (Vec::new(), Vec::new(), 0_u64);
        if conds.len() > MOST {
            return None;
        }
        for (n, cond) in conds.iter().enumerate() {
            let mut terms = alternatives(cond.borrow(), target, model, false)?.into_iter();
            let Some(term) = terms.next() else {
                never |= 1 << n;
                first.push(Term::new());
                continue;
            };
            first.push(term);
            let mut all = 1_u64 << n;
            for term in terms {
                let at = conds.len() + behind.len();
                if at >= MOST {
                    return None;
                }
                all |= 1 << at;
                further.push(u8::try_from(n).ok()?);
                behind.push(term);
            }
            if all.count_ones() > 1 {
                several.push((u8::try_from(n).ok()?, all));
            }
        }
        first.append(&mut behind);
        let mut locals: Vec<usize> = first.iter().flatten().map(|(variable, _)| *variable).collect();
        locals.sort_unstable();
        locals.dedup();
        if locals.len() > MOST {
            return None;
        }
        let mut from = Vec::with_capacity(locals.len());
        let mut end = 0;
        for local in &locals {
            from.push(u16::try_from(end).ok()?);
            end += model.full(*local).count_ones() as usize;
        }
        let mut kills = vec![0; end];
        for (at, term) in first.iter().enumerate() {
            for (variable, mask) in term {
                let local = locals.binary_search(variable).ok()?;
                let begin = usize::from(from[local]);
                ones(model.full(*variable) & !mask).for_each(|value| kills[begin + value] |= 1 << at);
            }
        }
        let locals = locals.into_iter().map(|local| u16::try_from(local).ok()).collect::<Option<_>>()?;
        let mut out =
            Terms { conditions: conds.len(), further, several, never, locals, from, kills, tested: Vec::new() };
        out.tested = (0..out.locals.len()).map(|local| out.tests(local)).collect();
        Some(out)
    }

    /// The terms that some answers leave: those that hold, and those that may.
    pub(super) fn left(&self, states: &[u64]) -> Met {
        let (mut dead, mut some) = (0, 0);
        for (variable, from) in self.locals.iter().zip(&self.from) {
            let possible = states[usize::from(*variable)];
            if possible.is_power_of_two() {
                dead |= self.kills[usize::from(*from) + possible.trailing_zeros() as usize];
            } else {
                let (all, any) = self.killed(*from, possible);
                dead |= all;
                some |= any;
            }
        }
        self.alive(dead, some)
    }

    /// The terms that are left where some are made false, and some may be.
    pub(super) fn alive(&self, dead: u64, some: u64) -> Met {
        let alive = !dead & self.possible();
        Met { holds: alive & !some, open: alive & some }
    }

    /// The terms that some answers could make hold.
    pub(super) fn possible(&self) -> u64 {
        mask(self.count()) & !self.never
    }

    /// The conditions that have several terms, with all of these.
    pub(super) fn several(&self) -> &[(u8, u64)] {
        &self.several
    }

    /// The terms that every one of some values makes false, and those that at least one does.
    fn killed(&self, from: u16, possible: u64) -> (u64, u64) {
        ones(possible).fold((u64::MAX, 0), |(all, any), value| {
            let kills = self.kills[usize::from(from) + value];
            (all & kills, any | kills)
        })
    }

    /// How many terms there are.
    pub(super) fn count(&self) -> usize {
        self.conditions + self.further.len()
    }

    /// Terms as conditions: one holds where a term of it does.
    pub(super) fn conditions(&self, terms: Met) -> Met {
        let low = mask(self.conditions);
        let mut out = Met { holds: terms.holds & low, open: terms.open & low };
        if self.further.is_empty() {
            return out;
        }
        let of = |terms: u64| ones(terms >> self.conditions).fold(0, |out, at| out | 1_u64 << self.further[at]);
        out.holds |= of(terms.holds);
        out.open = (out.open | of(terms.open)) & !out.holds;
        out
    }

    /// What some answers make of the conditions.
    pub(super) fn met(&self, states: &[u64]) -> Met {
        self.conditions(self.left(states))
    }

    /// The terms of the conditions that hold by one of them, other than it: with that one they decide
    /// nothing more.
    pub(super) fn decided_by(&self, terms: u64) -> u64 {
        let each = self.several.iter().filter(|(_, all)| all & terms != 0);
        each.fold(0, |out, (_, all)| out | all & !terms)
    }

    /// For each local that leaves some of these open terms open: its place, and those terms.
    pub(super) fn undecided(&self, open: u64, states: &[u64]) -> SmallVec<[(usize, u64); 12]> {
        let mut out = SmallVec::new();
        for (at, (variable, from)) in self.locals.iter().zip(&self.from).enumerate() {
            let possible = states[usize::from(*variable)];
            if !possible.is_power_of_two() {
                let (all, any) = self.killed(*from, possible);
                if any & !all & open != 0 {
                    out.push((at, any & !all & open));
                }
            }
        }
        out
    }

    /// The open terms of open conditions without those that another open term of the same condition
    /// includes: where the wider one fails, so does the narrower.
    pub(super) fn needed(&self, open: Met, terms: u64, states: &[u64]) -> u64 {
        let mut left = terms;
        for (condition, all) in &self.several {
            if open.open >> condition & 1 == 0 {
                left &= !all;
                continue;
            }
            let among = all & left;
            if among.count_ones() < 2 {
                continue;
            }
            for narrow in ones(among) {
                let others = among & left & !(1 << narrow);
                if left >> narrow & 1 == 1 && ones(others).any(|wide| self.includes(wide, narrow, states)) {
                    left &= !(1 << narrow);
                }
            }
        }
        left
    }

    /// Whether whatever makes one term false makes another false as well.
    fn includes(&self, wide: usize, narrow: usize, states: &[u64]) -> bool {
        self.locals.iter().zip(&self.from).all(|(variable, from)| {
            ones(states[usize::from(*variable)]).all(|value| {
                let kills = self.kills[usize::from(*from) + value];
                kills >> wide & 1 == 0 || kills >> narrow & 1 == 1
            })
        })
    }

    /// The terms of a condition.
    pub(super) fn of(&self, condition: usize) -> u64 {
        let several = self.several.iter().find(|(known, _)| usize::from(*known) == condition);
        several.map_or(1 << condition, |(_, all)| *all)
    }

    /// The terms that a value of a local makes false.
    pub(super) fn kills(&self, local: usize, value: usize) -> u64 {
        self.kills[usize::from(self.from[local]) + value]
    }

    /// The place of a variable among the locals.
    pub(super) fn place(&self, variable: usize) -> Option<usize> {
        self.locals.binary_search(&u16::try_from(variable).ok()?).ok()
    }

    fn tests(&self, local: usize) -> u64 {
        let from = usize::from(self.from[local]);
        let end = self.from.get(local + 1).map_or(self.kills.len(), |end| usize::from(*end));
        let any = self.kills[from..end].iter().fold(0, |any, kills| any | kills);
        self.conditions(Met { holds: any, open: 0 }).holds
    }

    /// The conditions that test a local.
    pub(super) fn tested_by(&self, local: usize) -> u64 {
        self.tested[local]
    }
}

/// The first `n` bits.
pub(super) fn mask(n: usize) -> u64 {
    if n >= 64 { u64::MAX } else { (1 << n) - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Pack;
    use crate::scoring::random::Random;

    fn random_cond(random: &mut Random, model: &Model, variables: &[usize], deep: usize) -> Cond {
        match random.below(if deep == 0 { 1 } else { 5 }) {
            0 | 1 => {
                let variable = variables[random.below(variables.len())];
                Cond::In(variable, random.below(1 << model.variables[variable].prior.len()) as u64)
            }
            2 => Cond::Not(Box::new(random_cond(random, model, variables, deep - 1))),
            n => {
                let parts = (0..=random.below(3)).map(|_| random_cond(random, model, variables, deep - 1)).collect();
                if n == 3 { Cond::All(parts) } else { Cond::Any(parts) }
            }
        }
    }

    /// Whether a condition holds with every completion, with none, or with some of them.
    fn by_completions(cond: &Cond, states: &mut Vec<u64>, left: &[usize], target: &Profile) -> Option<bool> {
        let Some((variable, rest)) = left.split_first() else { return cond.eval(states, target) };
        let possible = states[*variable];
        let mut out = Vec::new();
        for value in ones(possible) {
            states[*variable] = 1 << value;
            out.push(by_completions(cond, states, rest, target));
        }
        states[*variable] = possible;
        out[0].filter(|_| out.iter().all(|other| *other == out[0]))
    }

    #[test]
    fn terms_settle_what_the_conditions_settle_and_never_more_than_is_so() {
        let pack: Pack = crate::library::built_in(crate::library::DEFAULT).expect("the pack").pack;
        let (model, target) = (Model::new(&pack), &pack.profiles[0]);
        let small: Vec<usize> = (0..model.variables.len()).filter(|at| model.variables[*at].prior.len() < 6).collect();
        let mut random = Random(5);
        let (mut open, mut settled, mut sharper) = (0, 0, 0);
        for _ in 0..3_000 {
            let variables: Vec<usize> = (0..4).map(|_| small[random.below(small.len())]).collect();
            let cond = random_cond(&mut random, &model, &variables, 3);
            let Some(terms) = Terms::new(std::slice::from_ref(&cond), target, &model) else { continue };
            let mut states: Vec<u64> = (0..model.variables.len()).map(|at| model.full(at)).collect();
            for variable in &variables {
                let some = random.below(1 << model.variables[*variable].prior.len()) as u64;
                states[*variable] = if some == 0 { 1 } else { some };
            }
            let met = terms.met(&states);
            let known = match (met.holds, met.open) {
                (1, 0) => Some(true),
                (0, 0) => Some(false),
                (0, 1) => None,
                both => panic!("{both:?} of one condition"),
            };
            match cond.eval(&states, target) {
                None => {
                    open += 1;
                    // What is settled here and open there is so with every completion.
                    if known.is_some() {
                        sharper += 1;
                        assert_eq!(known, by_completions(&cond, &mut states, &variables, target), "{cond:?}");
                    }
                }
                value => {
                    settled += 1;
                    assert_eq!(known, value, "{cond:?}");
                }
            }
        }
        assert!(open > 500 && settled > 500 && sharper > 10, "{open} {settled} {sharper}");
    }
}
