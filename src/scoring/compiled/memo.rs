//! What was worked out before: the form of each target, the sums of hurdles, and the joint sums.
//!
//! Must not: grow with the number of matters, or answer from what another key asked.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use smallvec::SmallVec;

use super::checks::Checks;
use super::joint::Joint;
use super::part::{Cells, Part};
use super::patterns::Patterns;
use super::seat::{Group, HURDLES, Members, View, groups};
use super::table::{self, Room, Table};
use super::terms::{Terms, mask};
use super::variant::{Seen, Variant};
use super::whole::Whole;
use super::{Rules, ones};
use crate::pack::Profile;
use crate::scoring::model::{Cond, Model};

/// Numbers that are kept (eight bytes each) before everything is dropped and worked out afresh: what
/// is kept never grows with the number of matters.
pub(super) const MOST_NUMBERS: usize = 1 << 17;

/// How many lists of conditions are checked.
const CHECKS: usize = 2;

/// A target: a variant for each hurdle, the contest last.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) variants: Vec<Arc<Variant>>,
    /// For each variable, the hurdles that read it, as a mask.
    readers: Vec<u64>,
    /// For each hurdle, the place of the target's effect among its parameters.
    pub(super) own: Vec<Option<usize>>,
    pub(super) checks: Checks,
    /// The terms of all hurdles, the contest apart.
    pub(super) whole: Option<Whole>,
    /// The rules of each confidence hurdle, once asked for.
    pub(super) confidence: OnceLock<Option<Vec<Arc<Terms>>>>,
}

impl Form {
    /// Those of some hurdles that read a variable.
    pub(super) fn readers(&self, variable: usize, hurdles: &Range<usize>) -> impl Iterator<Item = usize> + use<> {
        ones(self.readers[variable] & mask(hurdles.end) & !mask(hurdles.start))
    }

    /// The terms of all hurdles, where all are asked for.
    pub(super) fn whole_of(&self, hurdles: &Range<usize>) -> Option<&Whole> {
        self.whole.as_ref().filter(|_| hurdles.start == 0 && hurdles.len() > 1)
    }
}

/// The form of a target, as far as it was asked for.
#[derive(Clone, Debug)]
pub(super) enum Known {
    NotYet,
    TooLarge,
    Form(Arc<Form>),
}

/// What was worked out before.
#[derive(Debug, Default)]
pub(super) struct Memo {
    pub(super) forms: Vec<Known>,
    /// The place of the target that was asked for last.
    last: usize,
    pub(super) variants: Vec<Arc<Variant>>,
    /// The terms of hurdles, checks and confidence hurdles, with what the tests of the profile gave.
    terms: Vec<(usize, Vec<bool>, Arc<Terms>)>,
    patterns: HashMap<Box<[u64]>, Option<Arc<Patterns>>, Quick>,
    /// Sums of tables of which too many cells meet to go through all of that each time.
    parts: HashMap<Box<[u64]>, Option<Part>, Quick>,
    numbers: usize,
    next: u64,
    key: Vec<u64>,
    cells: Cells,
    /// Room for tables, and for seats.
    pub(super) room: Room,
    pub(super) seats: Vec<Box<View>>,
}

impl Memo {
    /// The form of a target. Targets are looked up by their place in the pack; another one is made
    /// ready each time.
    pub(super) fn form(&mut self, rules: Rules<'_>, target: &Profile) -> Option<Arc<Form>> {
        let profiles = &rules.pack.profiles;
        // Most calls ask for the target of the call before.
        let same = profiles.get(self.last).is_some_and(|profile| std::ptr::eq(profile, target));
        let place = if same { Some(self.last) } else { profiles.iter().position(|one| std::ptr::eq(one, target)) };
        if let Some(place) = place {
            self.last = place;
            match self.forms.get(place) {
                Some(Known::Form(form)) => return Some(Arc::clone(form)),
                Some(Known::TooLarge) => return None,
                _ => self.forms.resize(profiles.len(), Known::NotYet),
            }
        }
        let form = self.new_form(rules, target).map(Arc::new);
        if let Some(place) = place {
            self.forms[place] = form.clone().map_or(Known::TooLarge, Known::Form);
        }
        form
    }

    pub(super) fn new_form(&mut self, rules: Rules<'_>, target: &Profile) -> Option<Form> {
        let behind = rules.model.rules.len();
        let mut form = Form {
            variants: Vec::with_capacity(behind),
            readers: vec![0; rules.model.variables.len()],
            own: rules.weights.hurdles.iter().map(|hurdle| hurdle.own(&target.id)).collect(),
            checks: Checks::new(rules.model, |place, conds| {
                self.terms(behind + place, conds, target, rules.model).map(|(_, terms)| terms)
            })?,
            whole: None,
            confidence: OnceLock::new(),
        };
        if behind > 64 {
            return None;
        }
        for (at, conds) in rules.model.rules.iter().enumerate() {
            let terms = self.terms(at, conds, target, rules.model)?;
            let weights = &rules.weights.hurdles[at];
            let settled = weights.means[0] + weights.target(&target.id);
            let weights = &weights.means[1..];
            let same = |known: &&Arc<Variant>| {
                known.settled == settled && known.weights == weights && known.terms_id == terms.0
            };
            let variant = if let Some(known) = self.variants.iter().find(same) {
                Arc::clone(known)
            } else {
                let id = self.variants.len() as u64;
                let variant = Arc::new(Variant::new(id, terms, weights.to_vec(), settled));
                self.variants.push(Arc::clone(&variant));
                variant
            };
            for variable in &variant.terms.locals {
                form.readers[usize::from(*variable)] |= 1 << at;
            }
            form.variants.push(variant);
        }
        let hurdles = form.variants.iter().take(rules.pack.hurdles.len());
        let variants: Vec<&Variant> = hurdles.map(|variant| &**variant).collect();
        form.whole = Whole::new(&variants, |variable| rules.model.variables[variable].prior.len());
        Some(form)
    }

    /// The terms of each confidence hurdle.
    pub(super) fn confidence(&mut self, model: &Model, target: &Profile) -> Option<Vec<Arc<Terms>>> {
        let behind = model.rules.len() + CHECKS;
        let each = model.confidence.iter().enumerate();
        each.map(|(at, conds)| Some(self.terms(behind + at, conds, target, model)?.1)).collect()
    }

    /// The terms of some conditions with a place of their own: of a hurdle, then of the checks, then of a
    /// confidence hurdle. They differ between targets only by what they ask of the profile.
    fn terms(
        &mut self,
        place: usize,
        conds: &[impl Borrow<Cond>],
        target: &Profile,
        model: &Model,
    ) -> Option<(u64, Arc<Terms>)> {
        let mut profile = Vec::new();
        for cond in conds {
            cond.borrow().of_profile(&mut |path, words| {
                let word = target.field(path).unwrap_or_default();
                profile.push(words.iter().any(|candidate| candidate == word));
            });
        }
        let known = self.terms.iter().position(|(at, known, _)| *at == place && *known == profile);
        let found = known.unwrap_or(self.terms.len());
        if known.is_none() {
            self.terms.push((place, profile, Arc::new(Terms::new(conds, target, model)?)));
        }
        Some((found as u64, Arc::clone(&self.terms[found].2)))
    }

    /// Sums the open hurdles and multiplies the settled ones. `deep` tables also know their derivatives.
    pub(super) fn fill(&mut self, rules: Rules<'_>, seat: &mut View, states: &[u64], deep: bool) -> Option<f64> {
        self.make_room();
        let mut settled = 1.0;
        seat.survives.resize(seat.seen.len(), 1.0);
        for at in 0..seat.seen.len() {
            let seen = seat.seen[at];
            if seen.open == 0 {
                seat.survives[at] = table::survives(seen.odds);
                settled *= seat.survives[at];
                continue;
            }
            let variant = &seat.form.variants[seat.hurdles.start + at];
            let outer = seat.readers.shared(variant, seen.reads);
            let same = |(known, table): &(u64, Table)| *known == outer && (!deep || table.deep().is_some());
            if seat.tables[at].as_ref().is_some_and(same) {
                continue;
            }
            self.room.take_back(seat.tables[at].take().into_iter().map(|(_, table)| table));
            seat.tables[at] = Some((outer, self.table(rules.model, variant, &seen, outer, states, deep)?));
        }
        Some(settled)
    }

    /// Drops everything where there is too much of it.
    pub(super) fn make_room(&mut self) {
        if self.numbers > MOST_NUMBERS {
            self.patterns.clear();
            self.parts.clear();
            self.numbers = 0;
        }
    }

    /// The products of hurdles' chances to survive, those that share open answers joined. `known` are products
    /// of before: one whose hurdles are not among those `changed` is taken over.
    pub(super) fn joined(
        &mut self,
        rules: Rules<'_>,
        tables: &[Option<&Table>],
        states: &[u64],
        (known, changed): (&[Group], Members),
    ) -> Option<SmallVec<[Group; HURDLES]>> {
        let mut out = SmallVec::new();
        for members in groups(tables) {
            let before = known.iter().find(|group| group.members == members && members & changed == 0);
            let sum = match before {
                Some(group) => group.sum,
                None => self.group(rules, tables, members, states, None)?,
            };
            out.push(Group { members, sum });
        }
        Some(out)
    }

    /// The sums of a hurdle.
    pub(super) fn table(
        &mut self,
        model: &Model,
        variant: &Variant,
        seen: &Seen,
        outer: u64,
        states: &[u64],
        deep: bool,
    ) -> Option<Table> {
        // The terms that are left, which answers they read, and all that these may be: what can be together
        // depends on nothing else.
        self.key.clear();
        self.key.extend([variant.terms_id, seen.terms, seen.reads, outer]);
        variant.each(seen.reads, |variable| self.key.push(states[variable]));
        let known = self.patterns.get(self.key.as_slice()).cloned();
        let patterns = known.unwrap_or_else(|| {
            let patterns = Patterns::new(self.next, model, &variant.terms, seen, outer, states).map(Arc::new);
            self.next += 1;
            self.numbers += self.key.len() + patterns.as_ref().map_or(0, |patterns| patterns.numbers());
            self.patterns.insert(self.key.as_slice().into(), patterns.clone());
            patterns
        });
        Some(Table::new(patterns?, variant, seen, deep, &mut self.room))
    }

    /// The product of some hurdles' chances to survive: expected, lowest and highest; and, where asked for, the
    /// derivatives of the first by the cells of their tables, one table after the other.
    pub(super) fn group(
        &mut self,
        rules: Rules<'_>,
        tables: &[Option<&Table>],
        members: Members,
        states: &[u64],
        by_cell: Option<&mut ByCell>,
    ) -> Option<[f64; 3]> {
        // A hurdle that shares nothing has one cell.
        let alone = tables[members.trailing_zeros() as usize].filter(|_| members.is_power_of_two());
        if let Some([cell]) = alone.map(Table::cells) {
            if let Some(by_cell) = by_cell {
                *by_cell = SmallVec::from_elem(1.0, 1);
            }
            return Some(*cell);
        }
        let tables: SmallVec<[&Table; HURDLES]> = ones(members).filter_map(|member| tables[member]).collect();
        if let Some(joint) = Joint::new(&tables, &[], rules.model, states) {
            return Some(joint.sum(by_cell));
        }
        let slopes = by_cell.is_some();
        self.key.clear();
        self.key.push(u64::from(slopes));
        self.key.extend(tables.iter().flat_map(|table| [table.patterns.id, table.of[0], table.of[1]]));
        if !self.parts.contains_key(self.key.as_slice()) {
            let part = Part::new(&tables, rules.model, states, slopes, &mut self.cells);
            self.numbers += self.key.len() + part.as_ref().map_or(0, Part::numbers);
            self.parts.insert(self.key.as_slice().into(), part);
        }
        let part = self.parts.get(self.key.as_slice())?.as_ref()?;
        if let Some(by_cell) = by_cell {
            *by_cell = SmallVec::from_slice(&part.by_cell);
        }
        Some([part.expected, part.low, part.high])
    }
}

/// Derivatives by the cells of some tables, one table after the other.
pub(super) type ByCell = SmallVec<[f64; 32]>;

/// Hashes of words: keys are made by the program itself, so nobody can choose them to collide.
#[derive(Default)]
pub(in crate::scoring) struct Words(u64);

pub(super) type Quick = BuildHasherDefault<Words>;

impl Hasher for Words {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        for word in words {
            self.write_u64(u64::from_le_bytes(*word));
        }
        for byte in rest {
            self.write_u64((*byte).into());
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}
