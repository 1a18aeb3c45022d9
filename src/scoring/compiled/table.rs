//! The sums of one hurdle over what is open in it: its patterns with the weights put in.
//!
//! Must not: know other hurdles, or go through open answers; `patterns` did.

use std::sync::Arc;

use smallvec::SmallVec;

use super::ones;
use super::patterns::Patterns;
use super::variant::{Seen, Variant};

/// One minus the chance, from odds of defeat.
pub(super) fn survives(odds: f64) -> f64 {
    1.0 / (1.0 + odds)
}

/// A hurdle's sums.
#[derive(Debug)]
pub(super) struct Table {
    /// What can be in each cell.
    pub(super) patterns: Arc<Patterns>,
    /// Chance that the hurdle defeats the judgment, averaged over everything, and its range.
    pub(super) p: f64,
    pub(super) range: [f64; 2],
    /// The variant and the odds of what is settled: with the patterns they say which table it is.
    pub(super) of: [u64; 2],
    /// How many rules are open, where derivatives were asked for.
    rules: Option<usize>,
    /// For each cell, the expected, lowest and highest chance to survive; then what [`Deep`] shows.
    numbers: Vec<f64>,
}

/// Derivatives of a hurdle's sums.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deep<'t> {
    /// For each cell, expected `(1 - p) * p`; and the same where each open rule holds, cell by cell.
    pub(super) slope: &'t [f64],
    pub(super) slopes: &'t [f64],
    /// The chance that each open rule holds.
    pub(super) holds: &'t [f64],
}

impl Table {
    /// Sums a hurdle; `deep` with derivatives. `room` is used on the way, and what another table left behind.
    pub(super) fn new(patterns: Arc<Patterns>, variant: &Variant, seen: &Seen, deep: bool, room: &mut Room) -> Self {
        let factors: SmallVec<[f64; 32]> = ones(seen.open).map(|rule| variant.factors[rule]).collect();
        let odds = |set: &u64| ones(*set).fold(seen.odds, |odds, place| odds * factors[place]);
        let chances = &mut room.chances;
        chances.clear();
        chances.extend(patterns.sets.iter().map(|set| survives(odds(set))));
        let mut numbers = room.spare.pop().unwrap_or_else(|| Vec::with_capacity(NUMBERS));
        numbers.clear();
        let (mut p, mut range) = (0.0, [1.0_f64, 0.0]);
        for cell in patterns.cells() {
            let (mut expected, mut low, mut high) = (0.0, f64::INFINITY, 0.0_f64);
            for (share, set) in cell.entries {
                let chance = chances[*set as usize];
                expected += share * chance;
                // A chance is a number: what `min` and `max` do beyond these is not needed.
                low = if chance < low { chance } else { low };
                high = if chance > high { chance } else { high };
            }
            numbers.extend([expected, low, high]);
            p += cell.share * (1.0 - expected);
            range = [range[0].min(1.0 - high), range[1].max(1.0 - low)];
        }
        let rules = deep.then_some(factors.len());
        if deep {
            derive(&patterns, chances, factors.len(), &mut numbers);
        }
        Table { p, range, of: [variant.id, seen.odds.to_bits()], rules, numbers, patterns }
    }

    /// The cells: expected, lowest and highest chance to survive.
    pub(super) fn cells(&self) -> &[[f64; 3]] {
        self.numbers[..3 * self.patterns.size()].as_chunks().0
    }

    /// Derivatives, where they were asked for.
    pub(super) fn deep(&self) -> Option<Deep<'_>> {
        let size = self.patterns.size();
        let (slope, rest) = self.numbers[3 * size..].split_at_checked(size)?;
        let (slopes, holds) = rest.split_at_checked(size * self.rules?)?;
        Some(Deep { slope, slopes, holds })
    }
}

/// How many tables leave their room behind, and how many numbers most of them have room for.
const MOST_SPARE: usize = 64;
const NUMBERS: usize = 128;

/// Room for tables, so that those to come ask for no memory.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// What tables left behind.
    spare: Vec<Vec<f64>>,
    /// The chance to survive with each set of rules.
    chances: Vec<f64>,
}

impl Room {
    /// Keeps the room of tables that nobody needs any more.
    pub(super) fn take_back(&mut self, tables: impl Iterator<Item = Table>) {
        let left = MOST_SPARE.saturating_sub(self.spare.len());
        self.spare.extend(tables.map(|table| table.numbers).take(left));
    }
}

/// Puts derivatives behind the cells.
fn derive(patterns: &Patterns, chances: &[f64], rules: usize, numbers: &mut Vec<f64>) {
    let (begin, size) = (numbers.len(), patterns.size());
    numbers.resize(begin + size + size * rules + rules, 0.0);
    let (slope, rest) = numbers[begin..].split_at_mut(size);
    let (slopes, holds) = rest.split_at_mut(size * rules);
    for (at, (cell, slope)) in patterns.cells().zip(slope).enumerate() {
        let slopes = &mut slopes[at * rules..(at + 1) * rules];
        for (share, set) in cell.entries {
            let chance = chances[*set as usize];
            let steep = share * chance * (1.0 - chance);
            *slope += steep;
            for place in ones(patterns.sets[*set as usize]) {
                slopes[place] += steep;
                holds[place] += cell.share * share;
            }
        }
    }
}
