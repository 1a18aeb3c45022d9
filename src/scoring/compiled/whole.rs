//! The terms of all hurdles of a target side by side, so that every answer is looked at once and not once
//! for each hurdle that asks about it.
//!
//! Must not: give another answer than the terms of each hurdle.

use super::ones;
use super::table::survives;
use super::terms::{Met, mask};
use super::variant::Variant;

/// Words of the masks.
const WORDS: usize = 2;

type Wide = [u64; WORDS];

/// The terms of some hurdles.
#[derive(Debug)]
pub(super) struct Whole {
    /// The variables that are tested, ascending, and where the values of each begin among the `kills`.
    locals: Vec<(u16, u16)>,
    /// The terms that a value makes false.
    kills: Vec<Wide>,
    /// The hurdles one after the other.
    hurdles: Vec<Part>,
    /// The factors of the rules of all hurdles, and the rules of the terms that stand behind the first ones.
    factors: Vec<f64>,
    further: Vec<u8>,
}

/// One hurdle of a [`Whole`].
#[derive(Debug)]
struct Part {
    /// Its first term, and those that could hold.
    start: u16,
    possible: u64,
    /// Its rules, and where their factors and the rules of further terms begin.
    rules: u16,
    factors: u16,
    further: u16,
    /// Odds of the base.
    odds: f64,
}

/// The terms that some answers make false, and those that they may.
#[derive(Clone, Copy, Debug)]
pub(super) struct Read {
    dead: Wide,
    some: Wide,
}

impl Whole {
    /// The terms of hurdles as one; `None` where there are too many. `values` says how many values a
    /// variable has.
    pub(super) fn new(variants: &[&Variant], values: impl Fn(usize) -> usize) -> Option<Self> {
        let (mut hurdles, mut factors, mut further, mut end) = (Vec::new(), Vec::new(), Vec::new(), 0);
        for variant in variants {
            let (rules, behind) = variant.terms.shape();
            hurdles.push(Part {
                start: u16::try_from(end).ok()?,
                possible: variant.terms.possible(),
                rules: u16::try_from(rules).ok()?,
                factors: u16::try_from(factors.len()).ok()?,
                further: u16::try_from(further.len()).ok()?,
                odds: variant.odds,
            });
            factors.extend_from_slice(&variant.factors);
            further.extend_from_slice(behind);
            end += variant.terms.count();
        }
        let mut variables: Vec<u16> =
            variants.iter().flat_map(|variant| variant.terms.locals.iter().copied()).collect();
        variables.sort_unstable();
        variables.dedup();
        let (mut locals, mut kills) = (Vec::new(), Vec::new());
        for variable in variables {
            locals.push((variable, u16::try_from(kills.len()).ok()?));
            for value in 0..values(usize::from(variable)) {
                let mut wide = [0; WORDS];
                for (variant, part) in variants.iter().zip(&hurdles) {
                    if let Some(local) = variant.terms.place(usize::from(variable)) {
                        put(&mut wide, usize::from(part.start), variant.terms.kills(local, value));
                    }
                }
                kills.push(wide);
            }
        }
        (end <= 64 * WORDS).then_some(Whole { locals, kills, hurdles, factors, further })
    }

    /// What some answers make of the terms.
    pub(super) fn read(&self, states: &[u64]) -> Read {
        let (mut dead, mut some) = ([0; WORDS], [0; WORDS]);
        for (variable, from) in &self.locals {
            let possible = states[usize::from(*variable)];
            if possible.is_power_of_two() {
                join(&mut dead, &self.kills[usize::from(*from) + possible.trailing_zeros() as usize]);
            } else {
                let mut all = [u64::MAX; WORDS];
                for value in ones(possible) {
                    let kills = &self.kills[usize::from(*from) + value];
                    all.iter_mut().zip(kills).for_each(|(all, kills)| *all &= kills);
                    join(&mut some, kills);
                }
                join(&mut dead, &all);
            }
        }
        Read { dead, some }
    }

    /// Whether no hurdle tells two values of a variable apart.
    pub(super) fn alike(&self, variable: usize, one: usize, other: usize) -> bool {
        let place = self.locals.binary_search_by_key(&variable, |(variable, _)| usize::from(*variable));
        place.is_err()
            || place.is_ok_and(|place| {
                let from = usize::from(self.locals[place].1);
                self.kills[from + one] == self.kills[from + other]
            })
    }

    /// What was read, of one hurdle: the terms that hold and those that may.
    pub(super) fn of(&self, read: &Read, hurdle: usize) -> Met {
        let part = &self.hurdles[hurdle];
        let alive = !get(&read.dead, usize::from(part.start)) & part.possible;
        let some = get(&read.some, usize::from(part.start));
        Met { holds: alive & !some, open: alive & some }
    }

    /// The outlook where every term is settled; `None` where one is open.
    pub(super) fn settled(&self, states: &[u64]) -> Option<f64> {
        let read = self.read(states);
        let mut outlook = 1.0;
        for (at, part) in self.hurdles.iter().enumerate() {
            let Met { holds, open } = self.of(&read, at);
            if open != 0 {
                return None;
            }
            let further = &self.further[usize::from(part.further)..];
            let behind = ones(holds.checked_shr(u32::from(part.rules)).unwrap_or_default())
                .fold(0_u64, |rules, term| rules | 1 << further[term]);
            let factors = &self.factors[usize::from(part.factors)..];
            let odds =
                ones(holds & mask(usize::from(part.rules)) | behind).fold(part.odds, |odds, n| odds * factors[n]);
            outlook *= survives(odds);
        }
        Some(outlook)
    }
}

fn join(wide: &mut Wide, other: &Wide) {
    wide.iter_mut().zip(other).for_each(|(word, other)| *word |= other);
}

/// Puts a mask at a place.
fn put(wide: &mut Wide, start: usize, mask: u64) {
    let (word, shift) = (start / 64, start % 64);
    if let Some(low) = wide.get_mut(word) {
        *low |= mask << shift;
    }
    if let Some(high) = wide.get_mut(word + 1).filter(|_| shift > 0) {
        *high |= mask >> (64 - shift);
    }
}

/// The 64 bits at a place.
fn get(wide: &Wide, start: usize) -> u64 {
    let (word, shift) = (start / 64, start % 64);
    let high = wide.get(word + 1).map_or(0, |high| high << 1 << (63 - shift));
    wide.get(word).map_or(0, |low| low >> shift) | high
}
