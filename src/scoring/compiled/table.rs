//! The sums of one hurdle over what is open in it.
//!
//! Must not: know other hurdles. The answers that other hurdles read as well are kept apart, as the cells
//! of a table; all others are summed out.

use super::variant::{Seen, Variant};
use super::walk::{Classes, Walk, classes};
use super::{ones, terms};
use crate::scoring::model::Model;
use crate::scoring::outlook::MAX_COMPLETIONS;

/// One minus the chance, from odds of defeat.
pub(super) fn survives(odds: f64) -> f64 {
    1.0 / (1.0 + odds)
}

/// A hurdle's sums.
#[derive(Debug)]
pub(super) struct Table {
    /// Number of the table, for keys.
    pub(super) id: u64,
    /// Variables of the cells; the first one moves fastest.
    pub(super) outer: Vec<usize>,
    /// The same as a mask by their numbers, counted round: what has no bit in common shares no variable.
    pub(super) reads: [u64; 2],
    /// For each of them, the classes of values that the cells stand for, as masks.
    pub(super) classes: Vec<Vec<u64>>,
    /// For each cell, the expected, lowest and highest chance to survive.
    pub(super) cells: Vec<[f64; 3]>,
    /// Chance that the hurdle defeats the judgment, averaged over everything, and its range.
    pub(super) p: f64,
    pub(super) range: [f64; 2],
    /// What a whole result needs, once it was asked for.
    pub(super) deep: Option<Deep>,
}

/// Derivatives of a hurdle's sums.
#[derive(Debug)]
pub(super) struct Deep {
    /// For each cell, expected `(1 - p) * p`; and the same where each open rule holds, cell by cell.
    pub(super) slope: Vec<f64>,
    pub(super) slopes: Vec<f64>,
    /// The chance that each open rule holds.
    pub(super) holds: Vec<f64>,
}

impl Deep {
    /// How many rules are open.
    pub(super) fn rules(&self) -> usize {
        self.holds.len()
    }
}

impl Table {
    /// Sums a hurdle; `None` where a cell has more completions than are enumerated. `outer` are the
    /// locals of the cells.
    pub(super) fn new(
        id: u64,
        model: &Model,
        variant: &Variant,
        seen: &Seen,
        outer: u64,
        states: &[u64],
        deep: bool,
    ) -> Option<Self> {
        let lists: Vec<Classes> =
            ones(outer).map(|local| classes(model, &variant.terms, local, seen.terms, states)).collect();
        let size = lists.iter().try_fold(1_usize, |size, list| size.checked_mul(list.len()))?;
        if size > MAX_COMPLETIONS {
            return None;
        }
        let rules = seen.open.count_ones() as usize;
        let mut walk = Walk::new(model, &variant.terms, seen.terms, outer, states);
        let outer: Vec<usize> = ones(outer).map(|local| usize::from(variant.terms.locals[local])).collect();
        let mut reads = [0; 2];
        for variable in &outer {
            reads[variable / 64 % 2] |= 1 << (variable % 64);
        }
        let mut table = Table {
            id,
            outer,
            reads,
            classes: lists.iter().map(|list| list.iter().map(|class| class.values).collect()).collect(),
            cells: Vec::with_capacity(size),
            p: 0.0,
            range: [1.0, 0.0],
            deep: deep.then(|| Deep {
                slope: Vec::with_capacity(size),
                slopes: vec![0.0; size * rules],
                holds: vec![0.0; rules],
            }),
        };
        let mut digits: smallvec::SmallVec<[usize; 8]> = smallvec::SmallVec::from_elem(0, lists.len());
        for cell in 0..size {
            let (mut part, mut open) = (1.0, seen.terms);
            for (list, digit) in lists.iter().zip(&digits) {
                part *= list[*digit].share;
                open &= !list[*digit].kills;
            }
            let (mut expected, mut low, mut high, mut slope) = (0.0, f64::INFINITY, 0.0_f64, 0.0);
            walk.left = MAX_COMPLETIONS;
            let whole = walk.through(open, &mut |share, holding| {
                let survives = survives(ones(holding).fold(seen.odds, |odds, n| odds * variant.factors[n]));
                expected += share * survives;
                low = low.min(survives);
                high = high.max(survives);
                let Some(deep) = &mut table.deep else { return };
                let steep = share * survives * (1.0 - survives);
                slope += steep;
                for n in ones(holding) {
                    let at = (seen.open & terms::mask(n)).count_ones() as usize;
                    deep.slopes[cell * rules + at] += steep;
                    deep.holds[at] += part * share;
                }
            });
            if !whole {
                return None;
            }
            table.cells.push([expected, low, high]);
            if let Some(deep) = &mut table.deep {
                deep.slope.push(slope);
            }
            table.p += part * (1.0 - expected);
            table.range = [table.range[0].min(1.0 - high), table.range[1].max(1.0 - low)];
            for (digit, list) in digits.iter_mut().zip(&lists) {
                *digit += 1;
                if *digit < list.len() {
                    break;
                }
                *digit = 0;
            }
        }
        Some(table)
    }

    /// How many numbers it holds.
    pub(super) fn numbers(&self) -> usize {
        3 * self.cells.len() + self.deep.as_ref().map_or(0, |deep| deep.slope.len() + deep.slopes.len()) + 32
    }
}
