//! The gates of a target, and the values that other answers rule out, as flat conditions.
//!
//! Must not: decide what a gate means. It gives what `Model::blocking` and `Model::drop_ruled_out`
//! give, without walking trees or copying states.

use smallvec::SmallVec;

use super::flat::{FALSE, Flat, TRUE};
use crate::pack::Profile;
use crate::scoring::model::{Blocking, Model};

/// What is checked of a target before its hurdles are summed.
#[derive(Debug)]
pub(super) struct Checks {
    /// Variables with values that other answers may rule out: condition and mask.
    ruled_out: Vec<(usize, Vec<(Flat, u64)>)>,
    /// Gates by hurdle and index.
    gates: Vec<((usize, usize), Flat)>,
}

impl Checks {
    pub(super) fn new(model: &Model, target: &Profile) -> Self {
        let ruled_out = model.ruled_out.iter().enumerate().filter(|(_, rules)| !rules.is_empty());
        let gates = model.gates.iter().enumerate();
        Checks {
            ruled_out: ruled_out
                .map(|(at, rules)| (at, rules.iter().map(|(when, mask)| (Flat::new(when, target), *mask)).collect()))
                .collect(),
            gates: gates
                .flat_map(|(hurdle, gates)| {
                    gates.iter().enumerate().map(move |(at, gate)| ((hurdle, at), Flat::new(gate, target)))
                })
                .collect(),
        }
    }

    /// Drops the values that settled answers rule out, from the variables that are still open.
    pub(super) fn rule_out(&self, states: &mut [u64]) {
        // All conditions are read before anything is dropped.
        let mut dropped: SmallVec<[(usize, u64); 8]> = SmallVec::new();
        for (at, rules) in &self.ruled_out {
            if states[*at].count_ones() < 2 {
                continue;
            }
            let out =
                rules.iter().filter(|(when, _)| when.tri(states) == TRUE).fold(0, |dropped, (_, mask)| dropped | mask);
            if states[*at] & out != 0 && states[*at] & !out != 0 {
                dropped.push((*at, out));
            }
        }
        for (at, out) in dropped {
            states[at] &= !out;
        }
    }

    /// Calls `visit` with each gate that certainly holds (true) or may (false).
    pub(super) fn each_gate(&self, states: &[u64], mut visit: impl FnMut((usize, usize), bool)) {
        for (place, gate) in &self.gates {
            match gate.tri(states) {
                FALSE => {}
                value => visit(*place, value == TRUE),
            }
        }
    }

    /// For each open variable that an unsettled gate reads: the gates that its values fire. The states
    /// are as before when it returns.
    pub(super) fn blocking(&self, states: &mut [u64]) -> Vec<Blocking> {
        let mut out: Vec<Blocking> = Vec::new();
        let mut read: Vec<usize> = Vec::new();
        for (place, gate) in &self.gates {
            if matches!(gate.tri(states), TRUE | FALSE) {
                continue;
            }
            read.clear();
            gate.reads(states, &mut |variable| read.push(variable));
            read.sort_unstable();
            read.dedup();
            for variable in &read {
                let possible = states[*variable];
                let mut firing = 0;
                let mut left = possible;
                while left != 0 {
                    let bit = left & left.wrapping_neg();
                    left &= left - 1;
                    states[*variable] = bit;
                    if gate.tri(states) == TRUE {
                        firing |= bit;
                    }
                }
                states[*variable] = possible;
                match out.iter_mut().find(|(known, _)| known == variable) {
                    _ if firing == 0 => {}
                    Some((_, list)) => list.push((*place, firing)),
                    None => out.push((*variable, vec![(*place, firing)])),
                }
            }
        }
        out
    }
}
