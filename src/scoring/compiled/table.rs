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
    /// For each cell, the expected, lowest and highest chance to survive.
    pub(super) cells: SmallVec<[[f64; 3]; 4]>,
    /// Chance that the hurdle defeats the judgment, averaged over everything, and its range.
    pub(super) p: f64,
    pub(super) range: [f64; 2],
    /// The variant and the odds of what is settled: with the patterns they say which table it is.
    pub(super) of: [u64; 2],
    /// What a whole result needs, once it was asked for.
    pub(super) deep: Option<Deep>,
}

/// Derivatives of a hurdle's sums.
#[derive(Debug)]
pub(super) struct Deep {
    /// For each cell, expected `(1 - p) * p`; and the same where each open rule holds, cell by cell.
    pub(super) slope: SmallVec<[f64; 4]>,
    pub(super) slopes: SmallVec<[f64; 16]>,
    /// The chance that each open rule holds.
    pub(super) holds: SmallVec<[f64; 8]>,
}

impl Deep {
    /// How many rules are open.
    pub(super) fn rules(&self) -> usize {
        self.holds.len()
    }
}

impl Table {
    /// Sums a hurdle; `deep` with derivatives.
    pub(super) fn new(patterns: Arc<Patterns>, variant: &Variant, seen: &Seen, deep: bool) -> Self {
        let factors: SmallVec<[f64; 8]> = ones(seen.open).map(|rule| variant.factors[rule]).collect();
        let odds = |set: &u64| ones(*set).fold(seen.odds, |odds, place| odds * factors[place]);
        let chances: SmallVec<[f64; 16]> = patterns.sets.iter().map(|set| survives(odds(set))).collect();
        let rules = factors.len();
        let mut table = Table {
            cells: SmallVec::new(),
            p: 0.0,
            range: [1.0, 0.0],
            of: [variant.id, seen.odds.to_bits()],
            deep: deep.then(|| Deep {
                slope: SmallVec::new(),
                slopes: SmallVec::from_elem(0.0, patterns.size() * rules),
                holds: SmallVec::from_elem(0.0, rules),
            }),
            patterns,
        };
        for (at, cell) in table.patterns.cells().enumerate() {
            let (mut expected, mut low, mut high) = (0.0, f64::INFINITY, 0.0_f64);
            for (share, set) in cell.entries {
                let chance = chances[*set as usize];
                expected += share * chance;
                low = low.min(chance);
                high = high.max(chance);
            }
            table.cells.push([expected, low, high]);
            table.p += cell.share * (1.0 - expected);
            table.range = [table.range[0].min(1.0 - high), table.range[1].max(1.0 - low)];
            let Some(deep) = &mut table.deep else { continue };
            let slopes = &mut deep.slopes[at * rules..(at + 1) * rules];
            let mut slope = 0.0;
            for (share, set) in cell.entries {
                let chance = chances[*set as usize];
                let steep = share * chance * (1.0 - chance);
                slope += steep;
                for place in ones(table.patterns.sets[*set as usize]) {
                    slopes[place] += steep;
                    deep.holds[place] += cell.share * share;
                }
            }
            deep.slope.push(slope);
        }
        table
    }
}
