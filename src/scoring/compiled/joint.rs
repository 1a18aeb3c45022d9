//! Hurdles that share open answers, joined by going through all that the shared ones can be together.
//!
//! Must not: sum a hurdle; `table` does. Where too much can meet, there is no joint, and `part` sums one
//! answer out after the other.

use std::cmp::Reverse;
use std::ops::Range;

use smallvec::SmallVec;

use super::memo::ByCell;
use super::part::{Values, shares, split};
use super::patterns::Patterns;
use super::seat::HURDLES;
use super::table::Table;
use crate::scoring::model::Model;

/// Most combinations that are gone through; beyond, summing out one answer at a time is faster.
const MOST: usize = 128;

/// Tables that share open answers. What belongs to a level stands in lists for all levels, so that nothing large
/// moves while they are made.
pub(super) struct Joint<'t> {
    /// The cells of each table.
    cells: SmallVec<[&'t [[f64; 3]]; HURDLES]>,
    levels: SmallVec<[Level; 8]>,
    /// The shares of the classes of each level.
    shares: SmallVec<[f64; 32]>,
    /// The tables that read the answer of a level, and where the steps of each begin.
    moves: SmallVec<[(u8, u16); 32]>,
    /// For each class, how far it moves in a table.
    steps: SmallVec<[u16; 96]>,
    /// The tables that read the answer of a level and none of the later ones.
    ends: SmallVec<[u8; HURDLES]>,
}

/// A shared answer, as parts of the lists. Those that most tables read come first, so that what follows them is gone
/// through with few tables.
struct Level {
    shares: Range<usize>,
    moves: Range<usize>,
    ends: Range<usize>,
}

/// For each combination of answers to the first shared ones: its share, and the sums.
pub(super) type Split = SmallVec<[(f64, [f64; 3]); 8]>;

/// The cell of each table that was come to.
type Places = SmallVec<[usize; HURDLES]>;

impl<'t> Joint<'t> {
    /// `None` where there are too many combinations. `leads` are shared answers that come first.
    pub(super) fn new(tables: &'t [&'t Table], leads: &[usize], model: &Model, states: &[u64]) -> Option<Self> {
        let mut shared: SmallVec<[(usize, usize); 16]> = SmallVec::new();
        for variable in tables.iter().flat_map(|table| &table.patterns.outer) {
            match shared.iter_mut().find(|(known, _)| known == variable) {
                Some((_, times)) => *times += 1,
                None => shared.push((*variable, 1)),
            }
        }
        shared.sort_unstable_by_key(|(variable, times)| (!leads.contains(variable), Reverse(*times), *variable));
        let mut out = Joint {
            cells: tables.iter().map(|table| table.cells()).collect(),
            levels: SmallVec::new(),
            shares: SmallVec::new(),
            moves: SmallVec::new(),
            steps: SmallVec::new(),
            ends: SmallVec::new(),
        };
        let (mut size, mut values) = (1, Values::new());
        for (variable, _) in shared {
            let readers = || {
                tables.iter().enumerate().filter_map(|(at, table)| {
                    let place = table.patterns.outer.iter().position(|other| *other == variable)?;
                    Some((at, &*table.patterns, place))
                })
            };
            split(
                readers().map(|(_, patterns, place)| patterns.classes[place].as_slice()),
                states[variable],
                &mut values,
            );
            size *= values.len();
            if size > MOST {
                return None;
            }
            let first = (out.shares.len(), out.moves.len());
            out.shares.extend(shares(&model.variables[variable].prior, &values));
            for (at, patterns, place) in readers() {
                out.moves.push((u8::try_from(at).ok()?, u16::try_from(out.steps.len()).ok()?));
                let steps = steps(patterns, place, &values);
                // A table has at most as many cells as are enumerated, which is far less than fits.
                out.steps.extend(steps.map(|step| u16::try_from(step).unwrap_or(u16::MAX)));
            }
            let ends = (out.shares.len(), out.moves.len());
            out.levels.push(Level { shares: first.0..ends.0, moves: first.1..ends.1, ends: 0..0 });
        }
        out.end();
        Some(out)
    }

    /// Notes for each level the tables that read none of the later answers.
    fn end(&mut self) {
        let mut left: SmallVec<[bool; HURDLES]> = SmallVec::from_elem(true, self.cells.len());
        for level in self.levels.iter_mut().rev() {
            let first = self.ends.len();
            for (table, _) in &self.moves[level.moves.clone()] {
                if std::mem::take(&mut left[usize::from(*table)]) {
                    self.ends.push(*table);
                }
            }
            level.ends = first..self.ends.len();
        }
    }

    /// Expected, lowest and highest product of the tables' chances to survive; and into `by_cell`, where it is
    /// asked for, derivatives of the first by the cells of the tables, one table after the other.
    pub(super) fn sum(&self, mut by_cell: Option<&mut ByCell>) -> [f64; 3] {
        if let Some(by_cell) = &mut by_cell {
            by_cell.clear();
            by_cell.resize(self.begin(self.cells.len()), 0.0);
        }
        self.down(0, &mut Places::from_elem(0, self.cells.len()), 1.0, &mut by_cell)
    }

    /// The same given each combination of classes of the first `leads` shared answers: its share, and the sums.
    pub(super) fn given(&self, leads: usize) -> Split {
        let mut out = SmallVec::new();
        self.lead(leads, 0, &mut Places::from_elem(0, self.cells.len()), (1.0, [1.0; 3]), &mut out);
        out
    }

    fn lead(&self, leads: usize, at: usize, places: &mut [usize], (share, above): (f64, [f64; 3]), out: &mut Split) {
        if at >= leads {
            out.push((share, times(above, self.down(at, places, 1.0, &mut None))));
            return;
        }
        let level = &self.levels[at];
        for (class, part) in self.shares[level.shares.clone()].iter().enumerate() {
            let own = self.enter(level, class, places);
            self.lead(leads, at + 1, places, (share * part, times(above, own)), out);
            self.leave(level, class, places);
        }
    }

    /// Where the cells of a table begin.
    fn begin(&self, table: usize) -> usize {
        self.cells[..table].iter().map(|cells| cells.len()).sum()
    }

    /// The sums over a level and those below, where those above come to `above` and have led to some places.
    fn down(&self, at: usize, places: &mut [usize], above: f64, by_cell: &mut Option<&mut ByCell>) -> [f64; 3] {
        let Some(level) = self.levels.get(at) else { return [1.0; 3] };
        let mut out = [0.0, f64::INFINITY, 0.0_f64];
        for (class, share) in self.shares[level.shares.clone()].iter().enumerate() {
            let own = self.enter(level, class, places);
            let below = self.down(at + 1, places, above * share * own[0], by_cell);
            let sum = times([share * own[0], own[1], own[2]], below);
            if let Some(by_cell) = by_cell {
                for table in self.ends[level.ends.clone()].iter().map(|table| usize::from(*table)) {
                    let place = places[table];
                    // No chance to survive is ever zero, so division is safe.
                    by_cell[self.begin(table) + place] += above * sum[0] / self.cells[table][place][0];
                }
            }
            self.leave(level, class, places);
            out = [out[0] + sum[0], out[1].min(sum[1]), out[2].max(sum[2])];
        }
        out
    }

    /// Goes to a class of a level. Gives the product of the tables that read none of the later answers.
    fn enter(&self, level: &Level, class: usize, places: &mut [usize]) -> [f64; 3] {
        for (table, from) in &self.moves[level.moves.clone()] {
            places[usize::from(*table)] += usize::from(self.steps[usize::from(*from) + class]);
        }
        let ends = self.ends[level.ends.clone()].iter().map(|table| usize::from(*table));
        ends.fold([1.0; 3], |product, table| times(product, self.cells[table][places[table]]))
    }

    /// Goes back from it.
    fn leave(&self, level: &Level, class: usize, places: &mut [usize]) {
        for (table, from) in &self.moves[level.moves.clone()] {
            places[usize::from(*table)] -= usize::from(self.steps[usize::from(*from) + class]);
        }
    }
}

/// How far each of some values of the variable that has a place in patterns moves among their cells.
fn steps<'p>(patterns: &'p Patterns, place: usize, values: &'p Values) -> impl Iterator<Item = usize> {
    let stride: usize = patterns.classes[..place].iter().map(Vec::len).product();
    let classes = &patterns.classes[place];
    values.iter().map(move |values| stride * classes.iter().position(|class| class & values != 0).unwrap_or_default())
}

/// Expected, lowest and highest of two things that do not depend on each other.
fn times(one: [f64; 3], other: [f64; 3]) -> [f64; 3] {
    [one[0] * other[0], one[1] * other[1], one[2] * other[2]]
}
