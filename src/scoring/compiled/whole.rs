//! The terms of all hurdles of a target side by side, so that every answer is looked at once and not once
//! for each hurdle that asks about it.
//!
//! Must not: give another answer than the terms of each hurdle.

use std::ops::Range;

use smallvec::SmallVec;

use super::ones;
use super::table::survives;
use super::terms::Met;
use super::variant::Variant;

/// A mask of the terms of all hurdles.
type Wide = u128;

/// The terms of some hurdles.
#[derive(Debug)]
pub(super) struct Whole {
    /// The variables that are tested, ascending, and where the values of each begin among the `kills`.
    locals: Vec<(u16, u16)>,
    /// The terms that a value makes false.
    kills: Vec<Wide>,
    /// The hurdles one after the other.
    hurdles: Vec<Part>,
    /// The factors of the rules of all hurdles: of one that does not hold, and of one that does.
    factors: Vec<[f64; 2]>,
    /// The rules of all hurdles that have several terms, with these.
    several: Vec<(u8, u64)>,
}

/// One hurdle of a [`Whole`].
#[derive(Debug)]
struct Part {
    /// Its first term, and those that could hold.
    start: u32,
    possible: u64,
    /// Its first rule and the one after its last, and the same of those that have several terms.
    rules: Range<usize>,
    several: Range<usize>,
    /// Odds of the base.
    odds: f64,
}

/// The terms that some answers make false, and those that they may.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Read {
    dead: Wide,
    some: Wide,
}

impl Read {
    /// What these answers and others make of the terms.
    fn and(self, other: Read) -> Read {
        Read { dead: self.dead | other.dead, some: self.some | other.some }
    }
}

/// How many variables find room without memory being asked for.
const LOCALS: usize = 64;

/// What each answer alone makes of the terms, and what all others do without it: another answer is then
/// seen at once.
#[derive(Debug, Default)]
pub(super) struct Each {
    own: SmallVec<[Read; LOCALS]>,
    without: SmallVec<[Read; LOCALS]>,
    all: Read,
}

impl Each {
    /// What all answers make of the terms.
    pub(super) fn all(&self) -> Read {
        self.all
    }
}

impl Whole {
    /// The terms of hurdles as one; `None` where there are too many. `values` says how many values a
    /// variable has.
    pub(super) fn new(variants: &[&Variant], values: impl Fn(usize) -> usize) -> Option<Self> {
        let mut hurdles = Vec::with_capacity(variants.len());
        let mut factors = Vec::with_capacity(variants.iter().map(|variant| variant.factors.len()).sum());
        let (mut several, mut end) = (Vec::new(), 0);
        for variant in variants {
            let first = (factors.len(), several.len());
            factors.extend(variant.factors.iter().map(|factor| [1.0, *factor]));
            several.extend_from_slice(variant.terms.several());
            hurdles.push(Part {
                start: u32::try_from(end).ok()?,
                possible: variant.terms.possible(),
                rules: first.0..factors.len(),
                several: first.1..several.len(),
                odds: variant.odds,
            });
            end += variant.terms.count();
        }
        // One bit stays free, so that a hurdle without rules has a place behind the last term as well.
        if end >= Wide::BITS as usize {
            return None;
        }
        let mut variables: Vec<u16> =
            variants.iter().flat_map(|variant| variant.terms.locals.iter().copied()).collect();
        variables.sort_unstable();
        variables.dedup();
        let mut locals = Vec::with_capacity(variables.len());
        let mut kills = Vec::with_capacity(variables.iter().map(|variable| values(usize::from(*variable))).sum());
        for variable in variables {
            locals.push((variable, u16::try_from(kills.len()).ok()?));
            let from = kills.len();
            kills.resize(from + values(usize::from(variable)), 0);
            for (variant, part) in variants.iter().zip(&hurdles) {
                let Some(local) = variant.terms.place(usize::from(variable)) else { continue };
                for (value, wide) in kills[from..].iter_mut().enumerate() {
                    *wide |= Wide::from(variant.terms.kills(local, value)) << part.start;
                }
            }
        }
        Some(Whole { locals, kills, hurdles, factors, several })
    }

    /// What some answers make of the terms.
    pub(super) fn read(&self, states: &[u64]) -> Read {
        let (mut dead, mut some) = (0, 0);
        for (at, (variable, from)) in self.locals.iter().enumerate() {
            let possible = states[usize::from(*variable)];
            // Most answers are settled, and then nothing may be: this saves a sixth of an outlook.
            if possible.is_power_of_two() {
                dead |= self.kills[usize::from(*from) + possible.trailing_zeros() as usize];
            } else {
                let own = self.own(at, states);
                dead |= own.dead;
                some |= own.some;
            }
        }
        Read { dead, some }
    }

    /// What the answer to a local alone makes of the terms.
    fn own(&self, at: usize, states: &[u64]) -> Read {
        let (variable, from) = self.locals[at];
        let possible = states[usize::from(variable)];
        let kills = |value: usize| self.kills[usize::from(from) + value];
        // Most answers are settled, and then there is nothing that may be.
        if possible.is_power_of_two() {
            return Read { dead: kills(possible.trailing_zeros() as usize), some: 0 };
        }
        let values = ones(possible).map(kills);
        let (dead, some) = values.fold((Wide::MAX, 0), |(all, any), kills| (all & kills, any | kills));
        Read { dead, some }
    }

    /// The same for each of them, into `out`.
    pub(super) fn each(&self, states: &[u64], out: &mut Each) {
        let Each { own, without, all } = out;
        own.clear();
        own.extend((0..self.locals.len()).map(|at| self.own(at, states)));
        without.clear();
        *all = Read::default();
        for own in own.iter() {
            without.push(*all);
            *all = all.and(*own);
        }
        let mut behind = Read::default();
        for (own, without) in own.iter().zip(without.iter_mut()).rev() {
            *without = without.and(behind);
            behind = behind.and(*own);
        }
    }

    /// What answers make of the terms that differ from those of `each` in some variables (ascending) alone.
    pub(super) fn with(&self, each: &Each, changed: &[usize], states: &[u64]) -> Read {
        if let [one] = changed {
            return self.place(*one).map_or(each.all, |at| each.without[at].and(self.own(at, states)));
        }
        let (mut read, mut next) = (Read::default(), 0);
        for at in changed.iter().filter_map(|one| self.place(*one)) {
            read = each.own[next..at].iter().fold(read, |read, own| read.and(*own)).and(self.own(at, states));
            next = at + 1;
        }
        each.own[next..].iter().fold(read, |read, own| read.and(*own))
    }

    /// The place of a variable among the locals.
    fn place(&self, variable: usize) -> Option<usize> {
        self.locals.binary_search_by_key(&variable, |(variable, _)| usize::from(*variable)).ok()
    }

    /// Whether no hurdle tells two possible values of a variable apart: what other answers make false stays so.
    pub(super) fn alike(&self, each: &Each, variable: usize, one: usize, other: usize) -> bool {
        self.place(variable).is_none_or(|place| {
            let from = usize::from(self.locals[place].1);
            (self.kills[from + one] ^ self.kills[from + other]) & !each.all.dead == 0
        })
    }

    /// The values of a variable that some hurdle tells apart from a given one, whatever it is, one for all that no
    /// hurdle tells apart: of the terms that the other answers leave possible they make the same ones false.
    pub(super) fn others(&self, each: &Each, variable: usize, given: usize) -> SmallVec<[usize; 8]> {
        let mut out = SmallVec::new();
        let Some(place) = self.place(variable) else { return out };
        let end = self.locals.get(place + 1).map_or(self.kills.len(), |(_, end)| usize::from(*end));
        let kills = &self.kills[usize::from(self.locals[place].1)..end];
        let left = |value: usize| kills[value] & !each.without[place].dead;
        let mut found: SmallVec<[Wide; 8]> = SmallVec::from_elem(left(given), 1);
        for value in 0..kills.len() {
            if !found.contains(&left(value)) {
                found.push(left(value));
                out.push(value);
            }
        }
        out
    }

    /// What was read, of one hurdle: the terms that hold and those that may.
    pub(super) fn of(&self, read: &Read, hurdle: usize) -> Met {
        let part = &self.hurdles[hurdle];
        let alive = !cut(read.dead, part.start) & part.possible;
        let some = cut(read.some, part.start);
        Met { holds: alive & !some, open: alive & some }
    }

    /// The outlook where every term is settled; `None` where one is open. Which rules hold is another matter
    /// in every case, so that nothing here jumps by it.
    pub(super) fn settled(&self, states: &[u64]) -> Option<f64> {
        let read = self.read(states);
        let mut outlook = 1.0;
        for (at, part) in self.hurdles.iter().enumerate() {
            let Met { mut holds, mut open } = self.of(&read, at);
            for (rule, terms) in &self.several[part.several.clone()] {
                // A rule that holds by one of its terms holds whatever becomes of the others.
                let met = u64::from(holds & terms != 0);
                holds |= met << rule;
                open &= !(terms & met.wrapping_neg());
            }
            if open != 0 {
                return None;
            }
            let mut odds = part.odds;
            for (n, factor) in self.factors[part.rules.clone()].iter().enumerate() {
                odds *= factor[usize::from(holds >> n & 1 == 1)];
            }
            outlook *= survives(odds);
        }
        Some(outlook)
    }
}

/// The 64 bits from a place on.
#[expect(clippy::cast_possible_truncation, reason = "what stands higher belongs to the next hurdles")]
fn cut(wide: Wide, start: u32) -> u64 {
    (wide >> start) as u64
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::terms::Terms;
    use super::*;
    use crate::scoring::model::{Cond, Model};

    #[test]
    fn a_hurdle_without_rules_has_a_place_behind_the_last_term() {
        let pack = crate::library::built_in(crate::library::DEFAULT).expect("the pack").pack;
        let model = Model::new(&pack);
        let variant = |rules: usize| {
            let conds = vec![Cond::In(0, 1); rules];
            let terms = Terms::new(&conds, &pack.profiles[0], &model).expect("few terms");
            Variant::new(0, (0, Arc::new(terms)), vec![0.0; rules], 0.0)
        };
        let values = |variable: usize| model.variables[variable].prior.len();
        let states: Vec<u64> = vec![1; model.variables.len()];
        let [most, fewer, none] = [64, 63, 0].map(variant);
        // Even odds in each of three hurdles.
        let settled = Whole::new(&[&most, &fewer, &none], values).and_then(|whole| whole.settled(&states));
        assert_eq!(settled, Some(0.125));
        assert!(Whole::new(&[&most, &most, &none], values).is_none(), "no place is left");
    }
}
