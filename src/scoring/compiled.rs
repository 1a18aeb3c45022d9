//! The rules of a pack made ready for speed: for each hurdle and each kind of target, the conditions
//! as flat lists of masks, and what was worked out of them before.
//!
//! Must not: give another figure than `outlook`, which reads the conditions as they stand. A property
//! test holds the two together. What differs is only the way: a hurdle is summed once for the answers
//! that it reads ([`table`]), hurdles that share open answers are joined by eliminating one answer at a
//! time ([`part`]), and both are kept for the next target, action or what-if that reads the same.

mod bound;
mod checks;
mod flat;
mod part;
mod table;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use smallvec::SmallVec;

use checks::Checks;
use flat::{FALSE, Flat, Residual, Steps, TRUE};
use part::Part;
use table::Table;

use super::model::{Answered, Blocking, Cond, Model, States};
use super::money::Exchange;
use super::outlook::{Exactness, Ground, Solved};
use super::weights::Weights;
use crate::pack::{Pack, Profile};

/// Numbers that are kept (eight bytes each) before everything is dropped and worked out afresh: what
/// is kept never grows with the number of matters.
const MOST_NUMBERS: usize = 1 << 17;
/// Most rules and variables of one hurdle that the masks here can hold.
const MOST_RULES: usize = 64;
const MOST_LOCALS: usize = 128;

/// The rules of one hurdle as they stand in some targets.
#[derive(Debug)]
pub(super) struct Variant {
    /// Number of the variant, for keys.
    id: u64,
    /// The conditions in the order of the rules, with the profile put in.
    conds: Vec<Flat>,
    /// The same as tests in one list.
    steps: Steps,
    /// The weights of the rules.
    weights: Vec<f64>,
    /// Base log-odds and the effect of the target.
    settled: f64,
    /// The variables that the conditions read.
    locals: Vec<usize>,
    /// For each, the values that no condition tells apart, as masks.
    classes: Vec<Vec<u64>>,
    /// For each variable of the model, its place among the locals.
    place: Vec<u8>,
    /// For each local, the rules that read it.
    rules_of: Vec<u64>,
}

/// A target: a variant for each hurdle, the contest last; and which hurdles read each variable.
#[derive(Debug)]
struct Form {
    variants: Vec<Arc<Variant>>,
    readers: Vec<Vec<usize>>,
    checks: Checks,
}

/// What the settled answers make of a hurdle.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// Rules that certainly hold, and rules that may.
    holds: u64,
    open: u64,
    /// Locals on which the open rules depend.
    reads: u128,
    /// Log-odds of the base and the rules that hold.
    logit: f64,
}

/// The form of a target, as far as it was asked for.
#[derive(Clone, Debug)]
enum Known {
    NotYet,
    TooLarge,
    Form(Arc<Form>),
}

/// What was worked out before.
#[derive(Debug, Default)]
struct Memo {
    forms: Vec<Known>,
    variants: Vec<Arc<Variant>>,
    tables: HashMap<Box<[u64]>, Option<Arc<Table>>, Quick>,
    parts: HashMap<Box<[u64]>, Option<Arc<Part>>, Quick>,
    numbers: usize,
    next: u64,
    key: Vec<u64>,
    left_open: Residual,
}

/// What was worked out before, behind a lock that nobody ever waits for: each thread has its own
/// engine. A copy begins empty.
#[derive(Debug, Default)]
pub struct Kept {
    memo: Mutex<Memo>,
    /// Matters decided in each target.
    decided: OnceLock<Vec<usize>>,
    /// The rates of the pack.
    planning: OnceLock<Exchange>,
    /// Targets by the number of their decided cases.
    by_record: OnceLock<Vec<String>>,
    /// Room that the last line of a list left behind.
    room: Mutex<Option<Box<Room>>>,
}

impl Clone for Kept {
    fn clone(&self) -> Self {
        Kept::default()
    }
}

impl Kept {
    fn memo(&self) -> MutexGuard<'_, Memo> {
        self.memo.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Room for what a line of a list needs on the way, so that the next line asks for no memory.
#[derive(Debug, Default)]
pub(super) struct Room {
    pub(super) answered: Answered,
    pub(super) states: States,
    pub(super) other: States,
    pub(super) full: Full,
    pub(super) left: Vec<(f64, usize, usize)>,
}

impl Kept {
    /// Room for one line; given back by [`Kept::give_back`].
    pub(super) fn room(&self) -> Box<Room> {
        self.room.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default()
    }

    /// Room for the next line.
    pub(super) fn give_back(&self, room: Box<Room>) {
        *self.room.lock().unwrap_or_else(PoisonError::into_inner) = Some(room);
    }

    /// The rates of exchange of a matter that has none of its own.
    pub(super) fn planning(&self, rates: impl FnOnce() -> Exchange) -> &Exchange {
        self.planning.get_or_init(rates)
    }

    /// Targets by the number of their decided cases, put in order once.
    pub(super) fn by_record(&self, order: impl FnOnce() -> Vec<String>) -> &[String] {
        self.by_record.get_or_init(order)
    }

    /// Matters decided in a target (by its place in the pack), counted once for all targets.
    pub(super) fn decided(&self, place: usize, count: impl FnOnce() -> Vec<usize>) -> usize {
        self.decided.get_or_init(count).get(place).copied().unwrap_or_default()
    }
}

/// What the compiled rules need to know.
#[derive(Clone, Copy)]
pub(super) struct Rules<'r> {
    pub(super) pack: &'r Pack,
    pub(super) model: &'r Model,
    pub(super) weights: &'r Weights,
}

/// A whole result: the figures, and for each hurdle the rules that hold and those that may, as masks.
#[derive(Debug, Default)]
pub(super) struct Full {
    pub(super) solved: Solved,
    pub(super) holds: Vec<u64>,
    pub(super) open: Vec<u64>,
}

/// Expected outlook and its range.
#[derive(Clone, Copy, Debug)]
pub(super) struct Brief {
    pub(super) expected: f64,
    pub(super) range: [f64; 2],
}

impl From<Solved> for Brief {
    fn from(solved: Solved) -> Self {
        Brief { expected: solved.expected, range: solved.range }
    }
}

/// How many hurdles find room without memory being asked for.
const HURDLES: usize = 16;

/// A hurdle's sums, once they are there, and the locals that other hurdles read as well.
type Summed = Option<(u128, Arc<Table>)>;

/// Hurdles that are summed together, as a mask of their places in the seat.
type Members = u64;

/// The open variables that some hurdles read, and how many of them read each.
#[derive(Clone, Debug, Default)]
struct Readers(SmallVec<[(usize, u16); 32]>);

impl Readers {
    fn of(&self, variable: usize) -> u16 {
        self.0.iter().find(|(known, _)| *known == variable).map_or(0, |(_, count)| *count)
    }

    fn add(&mut self, variable: usize) {
        match self.0.iter_mut().find(|(known, _)| *known == variable) {
            Some((_, count)) => *count += 1,
            None => self.0.push((variable, 1)),
        }
    }

    fn take(&mut self, variable: usize) {
        if let Some((_, count)) = self.0.iter_mut().find(|(known, _)| *known == variable) {
            *count -= 1;
        }
    }
}

/// The hurdles as seen for some states, so that a change of one variable needs to look again only at
/// the hurdles that read it.
#[derive(Clone)]
pub(super) struct Seat {
    form: Arc<Form>,
    hurdles: std::ops::Range<usize>,
    seen: SmallVec<[Seen; HURDLES]>,
    /// How many hurdles read each open variable.
    readers: Readers,
    tables: SmallVec<[Summed; HURDLES]>,
    /// The chance to survive of each settled hurdle, once asked for.
    survives: SmallVec<[f64; HURDLES]>,
    /// Whether the outlook could be summed.
    summed: bool,
}

impl Kept {
    /// The hurdles as seen for some states; `None` where a hurdle has more rules or variables than the
    /// masks hold.
    pub(super) fn seat(
        &self,
        rules: Rules<'_>,
        hurdles: std::ops::Range<usize>,
        states: &[u64],
        target: &Profile,
    ) -> Option<Seat> {
        let form = self.memo().form(rules, target)?;
        let mut readers = Readers::default();
        let seen: SmallVec<[Seen; HURDLES]> =
            form.variants[hurdles.clone()].iter().map(|variant| variant.see(states)).collect();
        for (variant, seen) in form.variants[hurdles.clone()].iter().zip(&seen) {
            variant.each(seen.reads, |variable| readers.add(variable));
        }
        let tables = seen.iter().map(|_| None).collect();
        Some(Seat { form, hurdles, seen, readers, tables, survives: SmallVec::new(), summed: false })
    }

    /// Drops the values that settled answers rule out; false where the readable way has to.
    pub(super) fn rule_out(&self, rules: Rules<'_>, states: &mut [u64], target: &Profile) -> bool {
        let form = self.memo().form(rules, target);
        form.is_some_and(|form| {
            form.checks.rule_out(states);
            true
        })
    }

    /// The gates that hold (true) and those that may, and for each open variable that an unsettled gate
    /// reads, the gates that its values fire.
    #[expect(clippy::type_complexity, reason = "two lists that are always needed together")]
    pub(super) fn gates(
        &self,
        rules: Rules<'_>,
        states: &mut [u64],
        target: &Profile,
    ) -> Option<(SmallVec<[((usize, usize), bool); 8]>, Vec<Blocking>)> {
        let form = self.memo().form(rules, target)?;
        let mut gates = SmallVec::new();
        form.checks.each_gate(states, |place, holds| gates.push((place, holds)));
        let blocking = if gates.iter().all(|(_, holds)| *holds) { Vec::new() } else { form.checks.blocking(states) };
        Some((gates, blocking))
    }

    /// The outlook where every rule is settled; `None` where one is open, or a hurdle is too large.
    pub(super) fn settled(
        &self,
        rules: Rules<'_>,
        hurdles: std::ops::Range<usize>,
        states: &[u64],
        target: &Profile,
    ) -> Option<f64> {
        let mut memo = self.memo();
        let form = memo.form(rules, target)?;
        form.variants[hurdles].iter().try_fold(1.0, |expected, variant| {
            let mut logit = variant.settled;
            for (n, weight) in variant.weights.iter().enumerate() {
                let holds = match variant.steps.settled(n, states) {
                    Some(holds) => holds,
                    None => match variant.conds[n].tri(states) {
                        TRUE => true,
                        FALSE => false,
                        _ => return None,
                    },
                };
                if holds {
                    logit += weight;
                }
            }
            Some(expected * table::survives(logit))
        })
    }

    /// Expected outlook and range for the states of a seat; `None` where that cannot be enumerated.
    pub(super) fn brief(&self, rules: Rules<'_>, seat: &mut Seat, states: &[u64]) -> Option<Brief> {
        let mut memo = self.memo();
        let mut brief = memo.fill(rules, seat, states)?;
        for members in seat.groups() {
            let part = memo.part(rules, seat, members, states, false)?;
            brief.expected *= part.expected;
            brief.range[0] *= part.low;
            brief.range[1] *= part.high;
        }
        seat.summed = true;
        Some(brief)
    }

    /// The same after one variable has taken another value; the seat stays as it was.
    pub(super) fn what_if(&self, rules: Rules<'_>, seat: &Seat, states: &[u64], changed: &[usize]) -> Option<Brief> {
        let mut other = Seat {
            form: Arc::clone(&seat.form),
            hurdles: seat.hurdles.clone(),
            seen: seat.seen.clone(),
            readers: seat.readers.clone(),
            tables: seat.tables.clone(),
            survives: SmallVec::new(),
            summed: false,
        };
        let mut again = 0_u64;
        for variable in changed {
            for hurdle in &seat.form.readers[*variable] {
                if seat.hurdles.contains(hurdle) {
                    again |= 1 << (hurdle - seat.hurdles.start);
                }
            }
        }
        for at in ones(again) {
            let variant = &seat.form.variants[seat.hurdles.start + at];
            variant.each(other.seen[at].reads, |variable| other.readers.take(variable));
            other.seen[at] = variant.see(states);
            variant.each(other.seen[at].reads, |variable| other.readers.add(variable));
            other.tables[at] = None;
        }
        self.brief(rules, &mut other, states)
    }

    /// Everything, into `out`; `None` where it cannot be enumerated.
    pub(super) fn full(&self, rules: Rules<'_>, seat: &mut Seat, states: &[u64], out: &mut Full) -> Option<()> {
        let mut memo = self.memo();
        let Brief { expected, range } = memo.fill(rules, seat, states)?;
        let solved = &mut out.solved;
        (solved.expected, solved.range, solved.exactness) = (expected, range, Exactness::default());
        solved.grounds.clear();
        solved.grounds.resize_with(seat.seen.len(), Ground::default);
        let mut parts: SmallVec<[(Members, Arc<Part>); HURDLES]> = SmallVec::new();
        for members in seat.groups() {
            let part = memo.part(rules, seat, members, states, true)?;
            solved.expected *= part.expected;
            solved.range[0] *= part.low;
            solved.range[1] *= part.high;
            parts.push((members, part));
        }
        for (ground, seen) in solved.grounds.iter_mut().zip(&seat.seen) {
            if seen.open == 0 {
                let survives = table::survives(seen.logit);
                ground.p = 1.0 - survives;
                ground.range = [ground.p; 2];
                // Every figure is a product with this hurdle's chance to survive as a factor.
                ground.by_base = -solved.expected * ground.p;
            }
        }
        for (members, part) in parts {
            let others = solved.expected / part.expected;
            for (member, slopes) in ones(members).zip(&part.slopes) {
                let Some((_, table)) = &seat.tables[member] else { continue };
                let ground = &mut solved.grounds[member];
                ground.p = table.p;
                ground.range = table.range;
                ground.holds.clone_from(&table.holds);
                ground.by_base = others * slopes.by_base;
                ground.by_rule = slopes.by_rule.iter().map(|slope| others * slope).collect();
            }
        }
        out.holds.clear();
        out.holds.extend(seat.seen.iter().map(|seen| seen.holds));
        out.open.clear();
        out.open.extend(seat.seen.iter().map(|seen| seen.open));
        Some(())
    }
}

impl Seat {
    /// Variables on which some hurdle still depends.
    pub(super) fn depends(&self, variable: usize) -> bool {
        self.readers.of(variable) > 0
    }

    /// Whether any hurdle of this target reads a variable.
    pub(super) fn reads(&self, variable: usize) -> bool {
        self.form.readers[variable].iter().any(|hurdle| self.hurdles.contains(hurdle))
    }

    /// Sets of open hurdles that share open variables, directly or through others.
    fn groups(&self) -> SmallVec<[Members; HURDLES]> {
        let outer = |at: usize| self.tables[at].as_ref().map_or(&[][..], |(_, table)| &table.outer);
        let mut groups: SmallVec<[Members; HURDLES]> = SmallVec::new();
        for at in (0..self.tables.len()).filter(|at| self.tables[*at].is_some()) {
            let mut members = 1 << at;
            groups.retain(|others| {
                let apart =
                    !ones(*others).any(|other| outer(other).iter().any(|variable| outer(at).contains(variable)));
                if !apart {
                    members |= *others;
                }
                apart
            });
            groups.push(members);
        }
        groups.sort_by_key(|members| members.trailing_zeros());
        groups
    }
}

impl Variant {
    /// What some states make of the rules.
    fn see(&self, states: &[u64]) -> Seen {
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
    fn each(&self, mut reads: u128, mut visit: impl FnMut(usize)) {
        while reads != 0 {
            visit(self.locals[reads.trailing_zeros() as usize]);
            reads &= reads - 1;
        }
    }
}

impl Memo {
    /// The form of a target. Targets are looked up by their place in the pack; another one is made
    /// ready each time.
    fn form(&mut self, rules: Rules<'_>, target: &Profile) -> Option<Arc<Form>> {
        let place = rules.pack.profiles.iter().position(|profile| std::ptr::eq(profile, target));
        self.forms.resize(rules.pack.profiles.len(), Known::NotYet);
        match place.map(|place| &self.forms[place]) {
            Some(Known::Form(form)) => return Some(Arc::clone(form)),
            Some(Known::TooLarge) => return None,
            _ => {}
        }
        let form = self.new_form(rules, target).map(Arc::new);
        if let Some(place) = place {
            self.forms[place] = form.clone().map_or(Known::TooLarge, Known::Form);
        }
        form
    }

    fn new_form(&mut self, rules: Rules<'_>, target: &Profile) -> Option<Form> {
        let mut form = Form {
            variants: Vec::new(),
            readers: vec![Vec::new(); rules.model.variables.len()],
            checks: Checks::new(rules.model, target),
        };
        for (at, conds) in rules.model.rules.iter().enumerate() {
            let conds: Vec<Flat> = conds.iter().map(|cond| Flat::new(cond, target)).collect();
            let weights = &rules.weights.hurdles[at];
            let settled = weights.means[0] + weights.target(&target.id);
            let weights = &weights.means[1..];
            let same =
                |known: &&Arc<Variant>| known.settled == settled && known.weights == weights && known.conds == conds;
            let variant = if let Some(known) = self.variants.iter().find(same) {
                Arc::clone(known)
            } else {
                let id = self.variants.len() as u64;
                let variant = Arc::new(Variant::new(id, conds, weights.to_vec(), settled, rules.model)?);
                self.variants.push(Arc::clone(&variant));
                variant
            };
            for variable in &variant.locals {
                form.readers[*variable].push(at);
            }
            form.variants.push(variant);
        }
        (form.variants.len() <= 64).then_some(form)
    }

    /// Fetches the tables of the open hurdles and multiplies the settled ones.
    fn fill(&mut self, rules: Rules<'_>, seat: &mut Seat, states: &[u64]) -> Option<Brief> {
        if self.numbers > MOST_NUMBERS {
            self.tables.clear();
            self.parts.clear();
            self.numbers = 0;
        }
        let mut expected = 1.0;
        seat.survives.resize(seat.seen.len(), 1.0);
        for at in 0..seat.seen.len() {
            let seen = seat.seen[at];
            if seen.open == 0 {
                seat.survives[at] = table::survives(seen.logit);
                expected *= seat.survives[at];
                continue;
            }
            let variant = &seat.form.variants[seat.hurdles.start + at];
            let mut outer = 0_u128;
            let mut reads = seen.reads;
            while reads != 0 {
                let local = reads.trailing_zeros() as usize;
                outer |= u128::from(seat.readers.of(variant.locals[local]) > 1) << local;
                reads &= reads - 1;
            }
            if seat.tables[at].as_ref().is_some_and(|(known, _)| *known == outer) {
                continue;
            }
            seat.tables[at] = Some((outer, self.table(rules.model, variant, &seen, outer, states)?));
        }
        Some(Brief { expected, range: [expected; 2] })
    }

    fn table(
        &mut self,
        model: &Model,
        variant: &Variant,
        seen: &Seen,
        outer: u128,
        states: &[u64],
    ) -> Option<Arc<Table>> {
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        // The log-odds of what is settled, what is left of the open rules, and all that the answers that
        // they read may be: a table depends on nothing else.
        let mut left_open = std::mem::take(&mut self.left_open);
        left_open.clear();
        ones(seen.open).for_each(|n| variant.conds[n].residual(states, &mut left_open));
        #[expect(clippy::cast_possible_truncation, reason = "a mask of 128 bits as two words")]
        key.extend([variant.id, seen.logit.to_bits(), seen.open, outer as u64, (outer >> 64) as u64]);
        left_open.words(&mut key);
        variant.each(seen.reads, |variable| key.push(states[variable]));
        let known = self.tables.get(key.as_slice()).cloned();
        let out = known.unwrap_or_else(|| {
            let table = Table::new(self.next, model, variant, (seen, &left_open), outer, states).map(Arc::new);
            self.next += 1;
            self.numbers += key.len() + table.as_ref().map_or(0, |table| table.numbers());
            self.tables.insert(key.clone().into_boxed_slice(), table.clone());
            table
        });
        self.left_open = left_open;
        self.key = key;
        out
    }

    fn part(
        &mut self,
        rules: Rules<'_>,
        seat: &Seat,
        members: Members,
        states: &[u64],
        slopes: bool,
    ) -> Option<Arc<Part>> {
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        key.push(u64::from(slopes));
        let tables: SmallVec<[&Table; HURDLES]> =
            ones(members).filter_map(|member| seat.tables[member].as_ref()).map(|(_, table)| &**table).collect();
        key.extend(tables.iter().map(|table| table.id));
        let known = self.parts.get(key.as_slice()).cloned();
        let out = known.unwrap_or_else(|| {
            let part = Part::new(&tables, rules.model, states, slopes).map(Arc::new);
            self.numbers += key.len() + part.as_ref().map_or(0, |part| part.numbers());
            self.parts.insert(key.clone().into_boxed_slice(), part.clone());
            part
        });
        self.key = key;
        out
    }
}

impl Variant {
    fn new(id: u64, conds: Vec<Flat>, weights: Vec<f64>, settled: f64, model: &Model) -> Option<Self> {
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
fn classes(full: u64, masks: &[u64]) -> Vec<u64> {
    let mut out = vec![full];
    for mask in masks {
        out = out.into_iter().flat_map(|class| [class & mask, class & !mask]).filter(|class| *class != 0).collect();
    }
    out.sort_by_key(|class| class.trailing_zeros());
    out
}

/// The places of the bits that are set.
pub(super) fn ones(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = mask.trailing_zeros() as usize;
        (mask != 0).then(|| {
            mask &= mask - 1;
            bit
        })
    })
}

/// Hashes of words: keys are made by the program itself, so nobody can choose them to collide.
#[derive(Default)]
pub(super) struct Words(u64);

type Quick = BuildHasherDefault<Words>;

impl Hasher for Words {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// Patterns of open conditions that can hold together, each with its share: what a mean over open
/// variables needs, whatever is then made of each pattern. `None` where there are too many.
pub(super) fn patterns<'c>(
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::Engine;
    use crate::matter::{Answer, Matter, Value};
    use crate::pack::{Kind, Pack};

    /// `SplitMix64`.
    fn random(seed: &mut u64) -> u64 {
        *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A matter in which `known` of a hundred questions with listed options are answered.
    fn matter(pack: &Pack, known: u64, seed: &mut u64) -> Matter {
        let mut matter = Matter::default();
        for question in &pack.questions {
            let which = usize::try_from(random(seed) >> 40).unwrap_or_default();
            if random(seed) % 100 >= known {
                continue;
            }
            let value = match question.kind {
                Kind::Choice => Value::Choice(question.options[which % question.options.len()].id.clone()),
                Kind::Choices => {
                    let ticked = question.options.iter().enumerate().filter(|(n, _)| which >> n & 1 == 1);
                    Value::Choices(ticked.map(|(_, option)| option.id.clone()).collect())
                }
                _ => continue,
            };
            matter.answers.insert(question.id.clone(), Answer::told(value));
        }
        matter
    }

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-12, "{a} is not {b}");
    }

    #[test]
    fn the_compiled_rules_give_what_the_readable_ones_give() {
        let pack = crate::library::built_in(crate::library::DEFAULT).expect("the pack").pack;
        let engine = Engine::new(&pack);
        let mut seed = 7;
        for round in 0..60_u64 {
            let matter =
                matter(&pack, [0, 5, 30, 60, 80, 95, 100][usize::try_from(round % 7).unwrap_or_default()], &mut seed);
            let at = usize::try_from(random(&mut seed) % 1000).unwrap_or_default() % pack.profiles.len();
            let target = &pack.profiles[at];
            let mut states = engine.model.states(&pack, &matter, target, date(2026, 11, 22));
            engine.model.drop_blocking(&mut states, target);
            let hurdles = 0..pack.hurdles.len();
            let (readable, factors) = engine.readable(hurdles.clone(), &states, target);
            let full = engine.full(&states, target);
            near(full.solved.expected, readable.expected);
            near(full.solved.range[0], readable.range[0]);
            near(full.solved.range[1], readable.range[1]);
            for (hurdle, (ours, theirs)) in full.solved.grounds.iter().zip(&readable.grounds).enumerate() {
                near(ours.p, theirs.p);
                near(ours.range[0], theirs.range[0]);
                near(ours.range[1], theirs.range[1]);
                near(ours.by_base, theirs.by_base);
                assert_eq!(super::ones(full.holds[hurdle]).collect::<Vec<_>>(), factors.settled[hurdle]);
                assert_eq!(super::ones(full.open[hurdle]).collect::<Vec<_>>(), factors.open_rules[hurdle]);
                assert_eq!(ours.by_rule.len(), theirs.by_rule.len());
                ours.by_rule.iter().zip(&theirs.by_rule).for_each(|(a, b)| near(*a, *b));
                ours.holds.iter().zip(&theirs.holds).for_each(|(a, b)| near(*a, *b));
            }
            // Another answer, looked at only in the hurdles that read it, and from the beginning.
            let seat = engine.seat(&states, target);
            for _ in 0..10 {
                let variable = usize::try_from(random(&mut seed) % 1000).unwrap_or_default() % states.len();
                let values = engine.model.variables[variable].prior.len() as u64;
                let mut other = states.clone();
                other[variable] = 1 << (random(&mut seed) % values);
                let then = engine.what_if(seat.as_ref(), &other, &[variable], target);
                let readable = engine.readable(hurdles.clone(), &other, target).0;
                near(then.expected, readable.expected);
                near(then.range[0], readable.range[0]);
                near(then.range[1], readable.range[1]);
            }
        }
    }
}
