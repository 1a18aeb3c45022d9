//! Goes through what open answers can make of some conditions, one answer at a time.
//!
//! Must not: open an answer that what is already put in has made pointless, or tell values apart that
//! no open term does.

use smallvec::SmallVec;

use super::ones;
use super::terms::{Met, Terms};
use crate::scoring::model::Model;
use crate::scoring::outlook::MAX_COMPLETIONS;

/// Values of an open variable that no open term tells apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Class {
    /// The open terms that they make false.
    pub(super) kills: u64,
    /// Their share by the prior; those of a variable add up to one.
    pub(super) share: f64,
    /// The values.
    pub(super) values: u64,
}

/// The classes of a variable.
pub(super) type Classes = SmallVec<[Class; 8]>;

/// The classes of a local for some open terms.
pub(super) fn classes(model: &Model, terms: &Terms, local: usize, open: u64, states: &[u64]) -> Classes {
    let variable = usize::from(terms.locals[local]);
    let prior = &model.variables[variable].prior;
    let (mut out, mut total) = (Classes::new(), 0.0);
    for value in ones(states[variable]) {
        let kills = terms.kills(local, value) & open;
        total += prior[value];
        match out.iter_mut().find(|class| class.kills == kills) {
            Some(class) => {
                class.share += prior[value];
                class.values |= 1 << value;
            }
            None => out.push(Class { kills, share: prior[value], values: 1 << value }),
        }
    }
    out.iter_mut().for_each(|class| class.share /= total);
    out
}

/// An open variable to go through.
struct Level {
    /// The terms that it leaves undecided, and those that it or a later one does.
    undecided: u64,
    rest: u64,
    classes: Classes,
}

/// The open variables in the order in which they are gone through.
pub(super) struct Walk<'w> {
    terms: &'w Terms,
    levels: SmallVec<[Level; 8]>,
    /// How many completions may still be visited.
    pub(super) left: usize,
}

impl<'w> Walk<'w> {
    /// Through the locals that leave some open terms undecided, without those in `apart`.
    pub(super) fn new(model: &Model, terms: &'w Terms, open: u64, apart: u64, states: &[u64]) -> Self {
        let mut locals = terms.undecided(open, states);
        locals.retain(|(local, _)| apart >> *local & 1 == 0);
        // What decides most comes first: the rest is then often pointless.
        locals.sort_by_key(|(_, undecided)| std::cmp::Reverse(undecided.count_ones()));
        let mut levels: SmallVec<[Level; 8]> = SmallVec::new();
        for (local, undecided) in locals {
            levels.push(Level { undecided, rest: 0, classes: classes(model, terms, local, open, states) });
        }
        let mut rest = 0;
        for level in levels.iter_mut().rev() {
            rest |= level.undecided;
            level.rest = rest;
        }
        Walk { terms, levels, left: MAX_COMPLETIONS }
    }

    /// Calls `leaf` with the share of each completion and the conditions that hold; false when there are
    /// too many. `open` are the terms that are left.
    pub(super) fn through(&mut self, open: u64, leaf: &mut impl FnMut(f64, u64)) -> bool {
        let open = self.pruned(0, open);
        self.down(0, open, 1.0, leaf)
    }

    fn down(&mut self, level: usize, open: u64, share: f64, leaf: &mut impl FnMut(f64, u64)) -> bool {
        let Some(here) = self.levels.get(level) else {
            if self.left == 0 {
                return false;
            }
            self.left -= 1;
            leaf(share, self.terms.conditions(Met { holds: open, open: 0 }).holds);
            return true;
        };
        if open & here.rest == 0 {
            return self.down(self.levels.len(), open, share, leaf);
        }
        if open & here.undecided == 0 {
            return self.down(level + 1, open, share, leaf);
        }
        for at in 0..here.classes.len() {
            let Class { kills, share: part, .. } = self.levels[level].classes[at];
            let open = self.pruned(level + 1, open & !kills);
            if !self.down(level + 1, open, share * part, leaf) {
                return false;
            }
        }
        true
    }

    /// Terms without those that matter no more, because another one of their condition holds.
    fn pruned(&self, level: usize, open: u64) -> u64 {
        let rest = self.levels.get(level).map_or(0, |level| level.rest);
        open & !self.terms.decided_by(open & !rest)
    }
}

/// The conditions that hold, and what the open ones can be together: each pattern with its share, none where
/// nothing is open. `None` where there are too many.
pub(super) fn patterns(model: &Model, terms: &Terms, states: &[u64]) -> Option<(u64, Vec<(f64, u64)>)> {
    let left = terms.left(states);
    let met = terms.conditions(left);
    let mut out = Vec::new();
    if met.open == 0 {
        return Some((met.holds, out));
    }
    let needed = terms.needed(met, left.open, states);
    let whole =
        Walk::new(model, terms, needed, 0, states).through(needed, &mut |share, holds| out.push((share, holds)));
    whole.then_some((met.holds, out))
}
