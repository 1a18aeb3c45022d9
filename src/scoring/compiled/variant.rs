//! The rules of one hurdle as they stand in some targets, and what settled answers make of them.
//!
//! Must not: sum; `table` does.

use super::flat::{FALSE, Flat, Steps, TRUE};
use super::table;
use crate::pack::Profile;
use crate::scoring::model::{Cond, Model};

/// Most rules and variables of one hurdle that the masks here can hold.
pub(super) const MOST_RULES: usize = 64;
pub(super) const MOST_LOCALS: usize = 128;

/// The rules of one hurdle as they stand in some targets.
#[derive(Debug)]
pub(in crate::scoring) struct Variant {
    /// Number of the variant, for keys.
    pub(super) id: u64,
    /// The conditions in the order of the rules, with the profile put in.
    pub(super) conds: Vec<Flat>,
    /// The same as tests in one list.
    pub(super) steps: Steps,
    /// The weights of the rules.
    pub(super) weights: Vec<f64>,
    /// Base log-odds and the effect of the target.
    pub(super) settled: f64,
    /// The variables that the conditions read.
    pub(super) locals: Vec<usize>,
    /// For each, the values that no condition tells apart, as masks.
    pub(super) classes: Vec<Vec<u64>>,
    /// For each variable of the model, its place among the locals.
    pub(super) place: Vec<u8>,
    /// For each local, the rules that read it.
    pub(super) rules_of: Vec<u64>,
}

/// What the settled answers make of a hurdle.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    /// Rules that certainly hold, and rules that may.
    pub(super) holds: u64,
    pub(super) open: u64,
    /// Locals on which the open rules depend.
    pub(super) reads: u128,
    /// Log-odds of the base and the rules that hold.
    pub(super) logit: f64,
}

impl Variant {
    /// What some states make of the rules.
    pub(super) fn see(&self, states: &[u64]) -> Seen {
        let mut seen = Seen { logit: self.settled, ..Seen::default() };
        for (n, cond) in self.conds.iter().enumerate() {
            let known = self.steps.settled(n, states).map(|holds| if holds { TRUE } else { FALSE });
            match known.unwrap_or_else(|| cond.tri(states)) {
                FALSE => {}
                TRUE => {
                    seen.holds |= 1 << n;
                    seen.logit += self.weights[n];
                }
                _ => {
                    seen.open |= 1 << n;
                    cond.reads(states, &mut |variable| seen.reads |= 1 << self.place[variable]);
                }
            }
        }
        seen
    }

    /// Calls `visit` with each variable of a mask of locals.
    pub(super) fn each(&self, mut reads: u128, mut visit: impl FnMut(usize)) {
        while reads != 0 {
            visit(self.locals[reads.trailing_zeros() as usize]);
            reads &= reads - 1;
        }
    }
}

impl Variant {
    pub(super) fn new(id: u64, conds: Vec<Flat>, weights: Vec<f64>, settled: f64, model: &Model) -> Option<Self> {
        let mut masks: Vec<Vec<u64>> = vec![Vec::new(); model.variables.len()];
        for cond in &conds {
            cond.tests(&mut |variable, mask| {
                let full = model.full(variable);
                // A test and its opposite tell the same values apart.
                let mask = if mask & 1 == 0 { mask & full } else { !mask & full };
                if !masks[variable].contains(&mask) {
                    masks[variable].push(mask);
                }
            });
        }
        let locals: Vec<usize> = (0..masks.len()).filter(|variable| !masks[*variable].is_empty()).collect();
        if conds.len() > MOST_RULES || locals.len() > MOST_LOCALS {
            return None;
        }
        let mut place = vec![u8::MAX; masks.len()];
        for (at, variable) in locals.iter().enumerate() {
            place[*variable] = u8::try_from(at).ok()?;
        }
        let classes = locals.iter().map(|variable| classes(model.full(*variable), &masks[*variable])).collect();
        let mut rules_of = vec![0_u64; locals.len()];
        for (n, cond) in conds.iter().enumerate() {
            cond.tests(&mut |variable, _| rules_of[usize::from(place[variable])] |= 1 << n);
        }
        let steps = Steps::joined(conds.iter());
        Some(Variant { id, conds, steps, weights, settled, locals, classes, place, rules_of })
    }
}

/// Values that no mask tells apart, in the order of their lowest.
pub(super) fn classes(full: u64, masks: &[u64]) -> Vec<u64> {
    let mut out = vec![full];
    for mask in masks {
        out = out.into_iter().flat_map(|class| [class & mask, class & !mask]).filter(|class| *class != 0).collect();
    }
    out.sort_by_key(|class| class.trailing_zeros());
    out
}

/// Patterns of open conditions that can hold together, each with its share: what a mean over open
/// variables needs, whatever is then made of each pattern. `None` where there are too many.
pub(in crate::scoring) fn patterns<'c>(
    conds: impl Iterator<Item = &'c Cond>,
    model: &Model,
    states: &[u64],
    target: &Profile,
) -> Option<Vec<(f64, u64)>> {
    let conds: Vec<Flat> = conds.map(|cond| Flat::new(cond, target)).collect();
    let weights = vec![0.0; conds.len()];
    let variant = Variant::new(0, conds, weights, 0.0, model)?;
    let seen = variant.see(states);
    table::patterns(model, &variant, &seen, states)
}
