//! What the open rules of a hurdle can be together, and how likely each of that is: all that open answers
//! do to a hurdle, before any weight comes in.
//!
//! Must not: know a weight or the odds of what is settled. The same few patterns come back with nearly
//! every matter, whatever else it says, so that they are found once and kept.

use smallvec::SmallVec;

use super::ones;
use super::part::step;
use super::terms::Terms;
use super::variant::Seen;
use super::walk::{Classes, Walk, classes};
use crate::scoring::model::Model;
use crate::scoring::outlook::MAX_COMPLETIONS;

/// What the open rules of a hurdle can be together. The answers that other hurdles read as well are kept
/// apart, as the cells of a table; all others are summed out.
#[derive(Debug)]
pub(super) struct Patterns {
    /// Number of these patterns, for keys.
    pub(super) id: u64,
    /// Variables of the cells; the first one moves fastest.
    pub(super) outer: Vec<usize>,
    /// The same as a mask by their numbers, counted round: what has no bit in common shares no variable.
    pub(super) reads: [u64; 2],
    /// For each of them, the classes of values that the cells stand for, as masks.
    pub(super) classes: Vec<Vec<u64>>,
    /// The rules that can hold together: masks of places among the open rules, each once.
    pub(super) sets: Vec<u64>,
    /// For each cell, its share and where its entries end.
    cells: Vec<(f64, u32)>,
    /// What can be in a cell: its share there, and the set of rules that hold.
    entries: Vec<(f64, u32)>,
}

/// What can be in one cell.
pub(super) struct Cell<'p> {
    /// Its share of all.
    pub(super) share: f64,
    /// Shares, which add up to one, and places among the sets.
    pub(super) entries: &'p [(f64, u32)],
}

impl Patterns {
    /// `None` where a cell has more completions than are enumerated. `outer` are the locals of the cells.
    pub(super) fn new(id: u64, model: &Model, terms: &Terms, seen: &Seen, outer: u64, states: &[u64]) -> Option<Self> {
        let lists: Vec<Classes> = ones(outer).map(|local| classes(model, terms, local, seen.terms, states)).collect();
        let size = lists.iter().try_fold(1_usize, |size, list| size.checked_mul(list.len()))?;
        if size > MAX_COMPLETIONS {
            return None;
        }
        let mut walk = Walk::new(model, terms, seen.terms, outer, states);
        let outer: Vec<usize> = ones(outer).map(|local| usize::from(terms.locals[local])).collect();
        let mut reads = [0; 2];
        for variable in &outer {
            reads[variable / 64 % 2] |= 1 << (variable % 64);
        }
        let mut found: Vec<(u64, f64)> = Vec::new();
        let mut cells: Vec<(f64, u32)> = Vec::with_capacity(size);
        let mut digits: SmallVec<[usize; 8]> = SmallVec::from_elem(0, lists.len());
        for _ in 0..size {
            let (mut part, mut open) = (1.0, seen.terms);
            for (list, digit) in lists.iter().zip(&digits) {
                part *= list[*digit].share;
                open &= !list[*digit].kills;
            }
            walk.left = MAX_COMPLETIONS;
            let begin = found.len();
            if !walk.through(open, &mut |share, holding| found.push((holding, share))) {
                return None;
            }
            gather(&mut found, begin);
            cells.push((part, u32::try_from(found.len()).ok()?));
            step(&mut digits, |n| lists[n].len());
        }
        let mut sets: Vec<u64> = found.iter().map(|(set, _)| *set).collect();
        sets.sort_unstable();
        sets.dedup();
        let place = |set: &u64| u32::try_from(sets.binary_search(set).ok()?).ok();
        let entries = found.iter().map(|(set, share)| Some((*share, place(set)?))).collect::<Option<_>>()?;
        for set in &mut sets {
            *set = among(*set, seen.open);
        }
        let classes = lists.iter().map(|list| list.iter().map(|class| class.values).collect()).collect();
        Some(Patterns { id, outer, reads, classes, sets, cells, entries })
    }

    /// How many cells there are.
    pub(super) fn size(&self) -> usize {
        self.cells.len()
    }

    /// The cells, one after the other.
    pub(super) fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        let begins = std::iter::once(0).chain(self.cells.iter().map(|(_, end)| *end as usize));
        self.cells
            .iter()
            .zip(begins)
            .map(|((share, end), begin)| Cell { share: *share, entries: &self.entries[begin..*end as usize] })
    }

    /// How many numbers they hold.
    pub(super) fn numbers(&self) -> usize {
        self.sets.len() + 2 * (self.cells.len() + self.entries.len()) + 4 * self.outer.len() + 24
    }
}

/// Takes what is the same together, from a place on: a set of rules that holds in several ways has the sum
/// of their shares.
fn gather(found: &mut Vec<(u64, f64)>, begin: usize) {
    found[begin..].sort_by_key(|(set, _)| *set);
    let mut last = begin;
    for at in begin + 1..found.len() {
        let (set, share) = found[at];
        if found[last].0 == set {
            found[last].1 += share;
        } else {
            last += 1;
            found[last] = (set, share);
        }
    }
    found.truncate(last + 1);
}

/// A set of rules by their places among the open ones.
fn among(set: u64, open: u64) -> u64 {
    ones(open).enumerate().fold(0, |out, (place, rule)| out | (set >> rule & 1) << place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_same_is_taken_together_from_a_place_on() {
        let mut found = vec![(4, 0.5), (1, 0.25), (2, 0.125), (1, 0.5), (2, 0.125)];
        gather(&mut found, 1);
        assert_eq!(found, [(4, 0.5), (1, 0.75), (2, 0.25)]);
    }

    #[test]
    fn rules_are_named_by_their_place_among_the_open_ones() {
        assert_eq!(among(0b10_0100, 0b11_0110), 0b1010);
    }
}
