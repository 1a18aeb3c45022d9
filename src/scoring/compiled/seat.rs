//! The hurdles of a target as seen for some answers.
//!
//! Must not: sum; it holds what was summed, so that another answer needs to look again only at the hurdles
//! that read it.

use std::sync::Arc;

use smallvec::SmallVec;

use super::memo::Form;
use super::ones;
use super::table::Table;
use super::variant::Seen;

/// How many hurdles find room without memory being asked for.
pub(super) const HURDLES: usize = 16;

/// A hurdle's sums, once they are there, and the locals that other hurdles read as well.
pub(super) type Summed = Option<(u64, Arc<Table>)>;

/// Hurdles that are summed together, as a mask of their places in the seat.
pub(super) type Members = u64;

/// The open variables that some hurdles read, and how many of them read each.
#[derive(Clone, Debug, Default)]
pub(super) struct Readers(SmallVec<[(usize, u16); 32]>);

impl Readers {
    pub(super) fn of(&self, variable: usize) -> u16 {
        self.0.iter().find(|(known, _)| *known == variable).map_or(0, |(_, count)| *count)
    }

    pub(super) fn add(&mut self, variable: usize) {
        match self.0.iter_mut().find(|(known, _)| *known == variable) {
            Some((_, count)) => *count += 1,
            None => self.0.push((variable, 1)),
        }
    }

    pub(super) fn take(&mut self, variable: usize) {
        if let Some((_, count)) = self.0.iter_mut().find(|(known, _)| *known == variable) {
            *count -= 1;
        }
    }
}

/// The hurdles as seen for some states, so that a change of one variable needs to look again only at
/// the hurdles that read it.
#[derive(Clone)]
pub(in crate::scoring) struct Seat {
    pub(super) form: Arc<Form>,
    pub(super) hurdles: std::ops::Range<usize>,
    pub(super) seen: SmallVec<[Seen; HURDLES]>,
    /// How many hurdles read each open variable.
    pub(super) readers: Readers,
    pub(super) tables: SmallVec<[Summed; HURDLES]>,
    /// The chance to survive of each settled hurdle, once asked for.
    pub(super) survives: SmallVec<[f64; HURDLES]>,
    /// Whether the outlook could be summed.
    pub(super) summed: bool,
}

impl Seat {
    /// Variables on which some hurdle still depends.
    pub(in crate::scoring) fn depends(&self, variable: usize) -> bool {
        self.readers.of(variable) > 0
    }

    /// Whether any hurdle of this target reads a variable.
    pub(in crate::scoring) fn reads(&self, variable: usize) -> bool {
        self.form.readers[variable].iter().any(|hurdle| self.hurdles.contains(hurdle))
    }

    /// Sets of open hurdles that share open variables, directly or through others.
    pub(super) fn groups(&self) -> SmallVec<[Members; HURDLES]> {
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
