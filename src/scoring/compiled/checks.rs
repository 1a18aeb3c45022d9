//! The gates of a target, and the values that other answers rule out, as terms.
//!
//! Must not: decide what a gate means. It gives what `Model::blocking` and `Model::drop_ruled_out`
//! give, without walking trees or copying states.

use std::sync::Arc;

use super::ones;
use super::terms::{Met, Terms};
use crate::scoring::model::{Blocking, Cond, Model};

/// What is checked of a target before its hurdles are summed.
#[derive(Debug)]
pub(super) struct Checks {
    /// When some values of a variable are ruled out by other answers; variable and mask of each.
    ruled_out: Arc<Terms>,
    drops: Vec<(usize, u64)>,
    /// Gates; hurdle and index of each.
    gates: Arc<Terms>,
    places: Vec<(usize, usize)>,
}

/// Checks that an answer may settle, as masks.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::scoring) struct Pending {
    gates: u64,
    ruled_out: u64,
}

impl Checks {
    /// `terms` makes terms of conditions that have a place of their own, 0 or 1, among those of a target.
    pub(super) fn new(model: &Model, mut terms: impl FnMut(usize, &[&Cond]) -> Option<Arc<Terms>>) -> Option<Self> {
        let (mut when, mut drops) = (Vec::new(), Vec::new());
        for (variable, rules) in model.ruled_out.iter().enumerate() {
            for (cond, mask) in rules {
                when.push(cond);
                drops.push((variable, *mask));
            }
        }
        let gates: Vec<&Cond> = model.gates.iter().flatten().collect();
        let places = model.gates.iter().enumerate();
        Some(Checks {
            ruled_out: terms(0, &when)?,
            drops,
            gates: terms(1, &gates)?,
            places: places.flat_map(|(hurdle, gates)| (0..gates.len()).map(move |at| (hurdle, at))).collect(),
        })
    }

    /// Drops the values that settled answers rule out, from the variables that are still open.
    pub(super) fn rule_out(&self, states: &mut [u64]) {
        let mut holds = ones(self.ruled_out.met(states).holds).peekable();
        // The conditions of a variable stand one after the other.
        while let Some(first) = holds.next() {
            let (variable, mut dropped) = self.drops[first];
            while let Some(next) = holds.next_if(|next| self.drops[*next].0 == variable) {
                dropped |= self.drops[next].1;
            }
            let left = states[variable] & !dropped;
            if left != 0 && states[variable].count_ones() > 1 {
                states[variable] = left;
            }
        }
    }

    /// What an answer may still settle beside itself: gates that are open, and conditions that may come to rule
    /// out a value which is possible.
    pub(super) fn pending(&self, states: &[u64]) -> Pending {
        let drops = |n: &usize| !states[self.drops[*n].0].is_power_of_two();
        let ruled_out = ones(self.ruled_out.met(states).open).filter(drops).fold(0, |mask, n| mask | 1 << n);
        Pending { gates: self.gates.met(states).open, ruled_out }
    }

    /// Whether an answer to an open variable settles nothing of that.
    pub(super) fn alone(&self, variable: usize, pending: Pending) -> bool {
        let reads =
            |terms: &Terms, open: u64| terms.place(variable).is_some_and(|local| terms.tested_by(local) & open != 0);
        !reads(&self.gates, pending.gates) && !reads(&self.ruled_out, pending.ruled_out)
    }

    /// Whether two values of a variable rule out the same, and fire the same gates.
    pub(super) fn alike(&self, variable: usize, one: usize, other: usize) -> bool {
        [&self.ruled_out, &self.gates].iter().all(|terms| {
            let same = |local| terms.kills(local, one) == terms.kills(local, other);
            terms.place(variable).is_none_or(same)
        })
    }

    /// The gates that certainly hold, and those that may.
    pub(super) fn gates(&self, states: &[u64]) -> Met {
        self.gates.met(states)
    }

    /// Hurdle and index of a gate.
    pub(super) fn place(&self, gate: usize) -> (usize, usize) {
        self.places[gate]
    }

    /// For each open variable that an unsettled gate reads: the gates that its values fire by themselves.
    pub(super) fn blocking(&self, states: &[u64]) -> Vec<Blocking> {
        let mut out: Vec<Blocking> = Vec::new();
        let left = self.gates.left(states);
        let met = self.gates.conditions(left);
        let undecided = self.gates.undecided(left.open, states);
        for gate in ones(met.open) {
            for (local, terms) in &undecided {
                // A term that nothing else leaves undecided holds with every value that it does not exclude.
                let others = undecided.iter().filter(|(other, _)| other != local);
                let alone = others.fold(terms & self.gates.of(gate), |alone, (_, terms)| alone & !terms);
                let variable = usize::from(self.gates.locals[*local]);
                let fires = |value: &usize| alone & !self.gates.kills(*local, *value) != 0;
                let firing = ones(states[variable]).filter(fires).fold(0, |firing, value| firing | 1_u64 << value);
                match out.iter_mut().find(|(known, _)| *known == variable) {
                    _ if firing == 0 => {}
                    Some((_, list)) => list.push((self.places[gate], firing)),
                    None => out.push((variable, vec![(self.places[gate], firing)])),
                }
            }
        }
        out
    }
}
