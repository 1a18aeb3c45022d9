//! One hurdle summed over the open answers that only it reads, for each combination of those that
//! other hurdles read as well.
//!
//! Must not: know of other hurdles; which answers they read is an argument.

use super::flat::{FALSE, Residual, TRUE};
use super::ones;
use super::variant::{Seen, Variant};
use crate::scoring::model::Model;
use crate::scoring::outlook::MAX_COMPLETIONS;

/// One minus the chance, from log-odds of defeat.
pub(super) fn survives(logit: f64) -> f64 {
    1.0 / (1.0 + libm::exp(logit))
}

/// A hurdle's sums.
#[derive(Debug)]
pub(super) struct Table {
    /// Number of the table, for keys.
    pub(super) id: u64,
    /// Variables of the cells; the first one moves fastest.
    pub(super) outer: Vec<usize>,
    /// For each of them, the classes of values that the cells stand for, as masks.
    pub(super) classes: Vec<Vec<u64>>,
    /// For each cell, the expected, lowest and highest chance to survive.
    pub(super) expected: Vec<f64>,
    pub(super) low: Vec<f64>,
    pub(super) high: Vec<f64>,
    /// For each cell, expected `(1 - p) * p`; and the same where each open rule holds, cell by cell.
    pub(super) slope: Vec<f64>,
    pub(super) slopes: Vec<f64>,
    /// How many rules are open.
    pub(super) rules: usize,
    /// Chance that the hurdle defeats the judgment, averaged over everything; its range; and the chance
    /// that each open rule holds.
    pub(super) p: f64,
    pub(super) range: [f64; 2],
    pub(super) holds: Vec<f64>,
}

/// A class of values of a variable: its values that are possible, and their share.
type Class = (u64, f64);

impl Table {
    /// Sums a hurdle; `None` where a cell has more completions than are enumerated.
    pub(super) fn new(
        id: u64,
        model: &Model,
        variant: &Variant,
        (seen, left_open): (&Seen, &Residual),
        outer: u128,
        states: &[u64],
    ) -> Option<Self> {
        let options = options(model, variant, seen.reads, states);
        let (mut variables, mut lists, mut size) = (Vec::new(), Vec::new(), 1_usize);
        variant.each(outer, |variable| {
            let list = &options[usize::from(variant.place[variable])];
            size = size.saturating_mul(list.len());
            variables.push(variable);
            lists.push(list);
        });
        if size > MAX_COMPLETIONS {
            return None;
        }
        let rules = seen.open.count_ones() as usize;
        let mut table = Table {
            id,
            classes: lists.iter().map(|list| list.iter().map(|(mask, _)| *mask).collect()).collect(),
            outer: variables,
            expected: Vec::with_capacity(size),
            low: Vec::with_capacity(size),
            high: Vec::with_capacity(size),
            slope: Vec::with_capacity(size),
            slopes: vec![0.0; size * rules],
            rules,
            p: 0.0,
            range: [1.0, 0.0],
            holds: vec![0.0; rules],
        };
        let mut states = states.to_vec();
        let mut digits = vec![0_usize; lists.len()];
        for cell in 0..size {
            let mut part = 1.0;
            for ((variable, list), digit) in table.outer.iter().zip(&lists).zip(&digits) {
                states[*variable] = list[*digit].0;
                part *= list[*digit].1;
            }
            let (mut expected, mut low, mut high, mut slope) = (0.0, f64::INFINITY, 0.0_f64, 0.0);
            let slopes = &mut table.slopes[cell * rules..(cell + 1) * rules];
            let holds = &mut table.holds;
            let mut walk = Walk { variant, left_open, options: &options, left: MAX_COMPLETIONS };
            let whole = walk.down(all(rules), 0, 1.0, &mut states, &mut |share, among| {
                let holding = spread(among, seen.open);
                let logit = seen.logit + ones(holding).map(|n| variant.weights[n]).sum::<f64>();
                let survives = survives(logit);
                let steep = share * survives * (1.0 - survives);
                expected += share * survives;
                low = low.min(survives);
                high = high.max(survives);
                slope += steep;
                for at in ones(among) {
                    slopes[at] += steep;
                    holds[at] += part * share;
                }
            });
            if !whole {
                return None;
            }
            table.expected.push(expected);
            table.low.push(low);
            table.high.push(high);
            table.slope.push(slope);
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
        4 * self.expected.len() + self.slopes.len() + 32
    }
}

/// Patterns of rules that can hold together, each with its share.
pub(super) fn patterns(model: &Model, variant: &Variant, seen: &Seen, states: &[u64]) -> Option<Vec<(f64, u64)>> {
    let options = options(model, variant, seen.reads, states);
    let mut states = states.to_vec();
    let mut out = Vec::new();
    let mut left_open = Residual::default();
    ones(seen.open).for_each(|n| variant.conds[n].residual(&states, &mut left_open));
    let mut walk = Walk { variant, left_open: &left_open, options: &options, left: MAX_COMPLETIONS };
    let leaf = &mut |share, among| out.push((share, spread(among, seen.open) | seen.holds));
    walk.down(all(seen.open.count_ones() as usize), 0, 1.0, &mut states, leaf).then_some(out)
}

/// The first `n` bits.
fn all(n: usize) -> u64 {
    if n >= 64 { u64::MAX } else { (1 << n) - 1 }
}

/// A mask among the open rules as a mask of all rules.
fn spread(among: u64, open: u64) -> u64 {
    let (mut out, mut rest, mut n) = (0, open, 0);
    while among >> n != 0 {
        out |= (rest & rest.wrapping_neg()) * (among >> n & 1);
        rest &= rest - 1;
        n += 1;
        if n == 64 {
            break;
        }
    }
    out
}

/// For each local that is read, its possible values by class, with their shares, which add up to one.
fn options(model: &Model, variant: &Variant, reads: u128, states: &[u64]) -> Vec<Vec<Class>> {
    let mut out = vec![Vec::new(); variant.locals.len()];
    variant.each(reads, |variable| {
        let local = usize::from(variant.place[variable]);
        out[local] = shares(model, variable, variant.classes[local].iter().map(|class| class & states[variable]));
    });
    out
}

/// Classes of values with their shares by the prior, those without a value left out.
pub(super) fn shares(model: &Model, variable: usize, classes: impl Iterator<Item = u64>) -> Vec<Class> {
    let prior = &model.variables[variable].prior;
    let sum = |mask: u64| ones(mask).map(|value| prior[value]).sum::<f64>();
    let mut out: Vec<Class> = classes.filter(|mask| *mask != 0).map(|mask| (mask, sum(mask))).collect();
    let total: f64 = out.iter().map(|(_, share)| share).sum();
    for (_, share) in &mut out {
        *share /= total;
    }
    out
}

/// Goes through the completions of a hurdle, one variable at a time. A variable that what is already
/// put in has made pointless is never opened.
struct Walk<'w> {
    variant: &'w Variant,
    /// What the settled answers leave of the open rules.
    left_open: &'w Residual,
    options: &'w [Vec<Class>],
    /// How many completions may still be visited.
    left: usize,
}

impl Walk<'_> {
    /// Calls `leaf` with the share and the rules of each completion; false when there are too many.
    fn down(
        &mut self,
        undecided: u64,
        mut holding: u64,
        share: f64,
        states: &mut [u64],
        leaf: &mut impl FnMut(f64, u64),
    ) -> bool {
        let mut still = 0_u64;
        let mut pivot = None;
        for n in ones(undecided) {
            match self.left_open.tri(n, states) {
                TRUE => holding |= 1 << n,
                FALSE => {}
                variable => {
                    still |= 1 << n;
                    pivot = pivot.or(Some(variable));
                }
            }
        }
        let Some(variable) = pivot else {
            if self.left == 0 {
                return false;
            }
            self.left -= 1;
            leaf(share, holding);
            return true;
        };
        let before = states[variable];
        let options = &self.options[usize::from(self.variant.place[variable])];
        for (class, part) in options {
            states[variable] = *class;
            if !self.down(still, holding, share * part, states, leaf) {
                states[variable] = before;
                return false;
            }
        }
        states[variable] = before;
        true
    }
}
