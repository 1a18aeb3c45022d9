//! The hurdles of a target as seen for some answers.
//!
//! Must not: sum; it holds what was summed, so that another answer needs to look again only at the hurdles
//! that read it.

use std::ops::{Deref, DerefMut, Range};
use std::sync::Arc;

use smallvec::SmallVec;

use super::checks::Pending;
use super::memo::Form;
use super::ones;
use super::table::Table;
use super::terms::Met;
use super::variant::{Seen, Variant};
use super::whole::{Each, Read};

/// How many hurdles find room without memory being asked for.
pub(super) const HURDLES: usize = 16;

/// A hurdle's sums, once they are there, and the locals that other hurdles read as well.
pub(super) type Summed = Option<(u64, Table)>;

/// Hurdles that are summed together, as a mask of their places in the seat.
pub(super) type Members = u64;

/// Hurdles that share open answers, and the product of their chances to survive: expected, lowest and highest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    pub(super) members: Members,
    pub(super) sum: [f64; 3],
}

/// For each variable, how many hurdles read it while it is open.
#[derive(Debug)]
pub(super) struct Readers(SmallVec<[u8; 96]>);

impl Clone for Readers {
    /// In one piece; the library's own way goes byte by byte.
    fn clone(&self) -> Self {
        Readers(SmallVec::from_slice(&self.0))
    }
}

impl Readers {
    /// None of so many variables is read.
    pub(super) fn none(variables: usize) -> Self {
        Readers(SmallVec::from_elem(0, variables))
    }

    /// Again none, with room for so many variables.
    fn clear(&mut self, variables: usize) {
        self.0.clear();
        self.0.resize(variables, 0);
    }

    pub(super) fn of(&self, variable: usize) -> u8 {
        self.0.get(variable).copied().unwrap_or_default()
    }

    pub(super) fn add(&mut self, variable: usize) {
        self.0[variable] += 1;
    }

    pub(super) fn take(&mut self, variable: usize) {
        self.0[variable] -= 1;
    }

    /// The locals of a hurdle that others read as well.
    pub(super) fn shared(&self, variant: &Variant, reads: u64) -> u64 {
        let shared = |local: &usize| self.of(usize::from(variant.terms.locals[*local])) > 1;
        ones(reads).filter(shared).fold(0, |shared, local| shared | 1 << local)
    }
}

/// The hurdles as seen for some states, so that a change of one variable needs to look again only at
/// the hurdles that read it. It is large, and stays where it is until the next one takes its room.
pub(in crate::scoring) struct Seat(pub(super) Box<View>);

impl Deref for Seat {
    type Target = View;

    fn deref(&self) -> &View {
        &self.0
    }
}

impl DerefMut for Seat {
    fn deref_mut(&mut self) -> &mut View {
        &mut self.0
    }
}

/// What a seat holds.
#[derive(Debug)]
pub(in crate::scoring) struct View {
    pub(super) form: Arc<Form>,
    pub(super) hurdles: Range<usize>,
    pub(super) seen: SmallVec<[Seen; HURDLES]>,
    /// What each answer alone makes of the terms of all hurdles, once other answers are asked about.
    pub(super) each: Each,
    pub(super) asked: bool,
    /// How many hurdles read each open variable.
    pub(super) readers: Readers,
    pub(super) tables: SmallVec<[Summed; HURDLES]>,
    /// The products of the open hurdles, once asked for; and, if everything was, their derivatives by the cells of
    /// their hurdles, one after the other.
    pub(super) groups: SmallVec<[Group; HURDLES]>,
    pub(super) slopes: Vec<f64>,
    /// Where the derivatives of each hurdle begin.
    pub(super) begins: SmallVec<[usize; HURDLES]>,
    pub(super) deep: bool,
    /// The chance to survive of each settled hurdle, once asked for.
    pub(super) survives: SmallVec<[f64; HURDLES]>,
    /// Whether the outlook could be summed.
    pub(super) summed: bool,
}

impl View {
    /// Nothing seen yet.
    pub(super) fn new(form: Arc<Form>) -> Self {
        View {
            form,
            hurdles: 0..0,
            seen: SmallVec::new(),
            each: Each::default(),
            asked: false,
            readers: Readers::none(0),
            tables: SmallVec::new(),
            groups: SmallVec::new(),
            slopes: Vec::new(),
            begins: SmallVec::new(),
            deep: false,
            survives: SmallVec::new(),
            summed: false,
        }
    }

    /// What some states make of some hurdles; and, where these are all and other answers will be `asked` about, of
    /// each answer by itself. Nothing is summed.
    pub(super) fn look(&mut self, hurdles: Range<usize>, states: &[u64], asked: bool) {
        let whole = self.form.whole_of(&hurdles);
        self.asked = asked && whole.is_some();
        let read = whole.map(|whole| {
            if asked {
                whole.each(states, &mut self.each);
                self.each.all()
            } else {
                whole.read(states)
            }
        });
        self.readers.clear(states.len());
        self.seen.clear();
        for (at, variant) in self.form.variants[hurdles.clone()].iter().enumerate() {
            let left = match (whole, &read) {
                (Some(whole), Some(read)) => whole.of(read, at),
                _ => variant.terms.left(states),
            };
            let seen = variant.see(left, states);
            variant.each(seen.reads, |variable| self.readers.add(variable));
            self.seen.push(seen);
        }
        self.tables.clear();
        self.tables.resize_with(hurdles.len(), || None);
        self.groups.clear();
        self.survives.clear();
        (self.hurdles, self.summed, self.deep) = (hurdles, false, false);
    }

    /// What each answer alone makes of the terms, if that was asked for.
    fn each(&self) -> Option<&Each> {
        self.asked.then_some(&self.each)
    }

    /// Prepares for questions about other answers than these.
    pub(in crate::scoring) fn ask(&mut self, states: &[u64]) {
        if let Some(whole) = self.form.whole_of(&self.hurdles).filter(|_| !self.asked) {
            whole.each(states, &mut self.each);
            self.asked = true;
        }
    }

    /// Variables on which some hurdle still depends.
    pub(in crate::scoring) fn depends(&self, variable: usize) -> bool {
        self.readers.of(variable) > 0
    }

    /// Whether any hurdle of this target reads a variable.
    pub(in crate::scoring) fn reads(&self, variable: usize) -> bool {
        self.form.readers(variable, &self.hurdles).next().is_some()
    }

    /// Possible values of a variable, those taken together that make no difference here, nor in what they
    /// rule out; `None` where that is not known.
    pub(in crate::scoring) fn alike(&self, variable: usize, possible: u64) -> Option<SmallVec<[u64; 8]>> {
        let (whole, each) = self.form.whole_of(&self.hurdles).zip(self.each())?;
        let mut out: SmallVec<[u64; 8]> = SmallVec::new();
        for value in ones(possible) {
            let same = |class: &&mut u64| {
                let other = class.trailing_zeros() as usize;
                whole.alike(each, variable, value, other) && self.form.checks.alike(variable, value, other)
            };
            match out.iter_mut().find(same) {
                Some(class) => *class |= 1 << value,
                None => out.push(1 << value),
            }
        }
        Some(out)
    }

    /// What an answer may settle beside itself. `possible` are the states before what would block the target was
    /// dropped.
    pub(in crate::scoring) fn pending(&self, possible: &[u64]) -> Pending {
        self.form.checks.pending(possible)
    }

    /// Whether an answer to an open variable settles nothing of that.
    pub(in crate::scoring) fn alone(&self, variable: usize, pending: Pending) -> bool {
        self.form.checks.alone(variable, pending)
    }

    /// The values other than the one given of a settled variable that make a difference to some hurdle, one for all
    /// that make the same; `None` where that is not known.
    pub(in crate::scoring) fn others(&self, variable: usize, given: usize) -> Option<SmallVec<[usize; 8]>> {
        let (whole, each) = self.form.whole_of(&self.hurdles).zip(self.each())?;
        Some(whole.others(each, variable, given))
    }

    /// What answers that differ in some variables alone make of the terms of all hurdles.
    pub(super) fn read(&self, changed: &[usize], states: &[u64]) -> Option<Read> {
        let whole = self.form.whole_of(&self.hurdles)?;
        Some(whole.with(self.each()?, changed, states))
    }

    /// What this makes of the terms of a hurdle; without it every answer is looked at.
    pub(super) fn left(&self, at: usize, read: Option<&Read>, states: &[u64]) -> Met {
        match (self.form.whole_of(&self.hurdles), read) {
            (Some(whole), Some(read)) => whole.of(read, at),
            _ => self.form.variants[self.hurdles.start + at].terms.left(states),
        }
    }

    /// The sums of a hurdle, if it is open and was summed, and the locals that other hurdles read as well.
    pub(super) fn table(&self, at: usize) -> Option<&(u64, Table)> {
        self.tables.get(at)?.as_ref()
    }

    /// The sums of the open hurdles.
    pub(super) fn sums(&self) -> SmallVec<[Option<&Table>; HURDLES]> {
        self.tables.iter().map(|table| table.as_ref().map(|(_, table)| table)).collect()
    }
}

/// Sets of open hurdles that share open variables, directly or through others.
pub(super) fn groups(tables: &[Option<&Table>]) -> SmallVec<[Members; HURDLES]> {
    let mut groups: SmallVec<[(Members, [u64; 2]); HURDLES]> = SmallVec::new();
    for (at, table) in tables.iter().enumerate() {
        let Some(table) = table else { continue };
        let (mut members, mut reads) = (1 << at, table.patterns.reads);
        let mut next = 0;
        while let Some((others, read)) = groups.get(next).copied() {
            if read[0] & reads[0] == 0 && read[1] & reads[1] == 0 {
                next += 1;
                continue;
            }
            members |= others;
            reads = [read[0] | reads[0], read[1] | reads[1]];
            groups.swap_remove(next);
        }
        groups.push((members, reads));
    }
    let mut groups: SmallVec<[Members; HURDLES]> = groups.iter().map(|(members, _)| *members).collect();
    groups.sort_unstable_by_key(|members| members.trailing_zeros());
    groups
}
