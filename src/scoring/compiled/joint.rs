//! Hurdles that share open answers, joined by going through all that the shared ones can be together.
//!
//! Must not: sum a hurdle; `table` does. Where too much can meet, there is no joint, and `part` sums one
//! answer out after the other.

use std::cmp::Reverse;

use smallvec::SmallVec;

use super::memo::ByCell;
use super::part::{Axis, axis};
use super::patterns::Patterns;
use super::seat::HURDLES;
use super::table::Table;
use crate::scoring::model::Model;

/// Most combinations that are gone through; beyond, summing out one answer at a time is faster.
const MOST: usize = 128;

/// Tables that share open answers.
pub(super) struct Joint<'t> {
    tables: &'t [&'t Table],
    levels: SmallVec<[Level; 4]>,
}

/// A shared answer. Those that most tables read come first, so that what follows them is gone through with
/// few tables.
struct Level {
    axis: Axis,
    /// The tables that read it, and for each class how far it moves in the table.
    moves: SmallVec<[(usize, SmallVec<[u16; 16]>); 8]>,
    /// Of these, the ones that read none of the later answers.
    ends: SmallVec<[usize; 8]>,
}

/// For each combination of answers to the first shared ones: its share, and the sums.
pub(super) type Split = SmallVec<[(f64, [f64; 3]); 8]>;

/// The cell of each table that was come to.
type Places = SmallVec<[usize; HURDLES]>;

impl<'t> Joint<'t> {
    /// `None` where there are too many combinations. `leads` are shared answers that come first.
    pub(super) fn new(tables: &'t [&'t Table], leads: &[usize], model: &Model, states: &[u64]) -> Option<Self> {
        let patterns: SmallVec<[&Patterns; HURDLES]> = tables.iter().map(|table| &*table.patterns).collect();
        let mut shared: SmallVec<[(usize, usize); 8]> = SmallVec::new();
        for variable in patterns.iter().flat_map(|patterns| &patterns.outer) {
            match shared.iter_mut().find(|(known, _)| known == variable) {
                Some((_, times)) => *times += 1,
                None => shared.push((*variable, 1)),
            }
        }
        shared.sort_unstable_by_key(|(variable, times)| (!leads.contains(variable), Reverse(*times), *variable));
        let (mut size, mut levels) = (1, SmallVec::new());
        for (variable, _) in shared {
            let axis = axis(variable, &patterns, model, states);
            size *= axis.values.len();
            if size > MOST {
                return None;
            }
            let moves = patterns.iter().enumerate().filter_map(|(table, patterns)| {
                let place = patterns.outer.iter().position(|other| *other == variable)?;
                let stride: usize = patterns.classes[..place].iter().map(Vec::len).product();
                let classes = &patterns.classes[place];
                let class = |values: &u64| classes.iter().position(|class| class & values != 0).unwrap_or_default();
                // A table has at most as many cells as are enumerated, which is far less than fits.
                let place = |values: &u64| u16::try_from(stride * class(values)).ok();
                Some((table, axis.values.iter().map(place).collect::<Option<_>>()?))
            });
            levels.push(Level { moves: moves.collect(), axis, ends: SmallVec::new() });
        }
        for table in 0..tables.len() {
            let reads = |level: &&mut Level| level.moves.iter().any(|(other, _)| *other == table);
            levels.iter_mut().rev().find(reads)?.ends.push(table);
        }
        Some(Joint { tables, levels })
    }

    /// Expected, lowest and highest product of the tables' chances to survive; and into `by_cell`, where it is
    /// asked for, derivatives of the first by the cells of the tables, one table after the other.
    pub(super) fn sum(&self, mut by_cell: Option<&mut ByCell>) -> [f64; 3] {
        if let Some(by_cell) = &mut by_cell {
            by_cell.clear();
            by_cell.resize(self.begin(self.tables.len()), 0.0);
        }
        self.down(0, &mut SmallVec::from_elem(0, self.tables.len()), 1.0, &mut by_cell)
    }

    /// The same given each combination of classes of the first `leads` shared answers: its share, and the sums.
    pub(super) fn given(&self, leads: usize) -> Split {
        let mut out = SmallVec::new();
        self.lead(leads, 0, &mut SmallVec::from_elem(0, self.tables.len()), (1.0, [1.0; 3]), &mut out);
        out
    }

    fn lead(&self, leads: usize, level: usize, places: &mut Places, (share, above): (f64, [f64; 3]), out: &mut Split) {
        if level >= leads {
            out.push((share, times(above, self.down(level, places, 1.0, &mut None))));
            return;
        }
        for (class, part) in self.levels[level].axis.shares.iter().enumerate() {
            let own = self.enter(level, class, places);
            self.lead(leads, level + 1, places, (share * part, times(above, own)), out);
            self.leave(level, class, places);
        }
    }

    /// Where the cells of a table begin.
    fn begin(&self, table: usize) -> usize {
        self.tables[..table].iter().map(|table| table.cells().len()).sum()
    }

    /// The sums over a level and those below, where those above come to `above` and have led to some places.
    fn down(&self, level: usize, places: &mut Places, above: f64, by_cell: &mut Option<&mut ByCell>) -> [f64; 3] {
        let Some(classes) = self.levels.get(level).map(|level| level.axis.shares.len()) else { return [1.0; 3] };
        (0..classes).fold([0.0, f64::INFINITY, 0.0_f64], |out, class| {
            let sum = self.step(level, class, places, above, by_cell);
            [out[0] + sum[0], out[1].min(sum[1]), out[2].max(sum[2])]
        })
    }

    /// The sums over one class of a level and the levels below.
    fn step(
        &self,
        level: usize,
        class: usize,
        places: &mut Places,
        above: f64,
        by_cell: &mut Option<&mut ByCell>,
    ) -> [f64; 3] {
        let share = self.levels[level].axis.shares[class];
        let own = self.enter(level, class, places);
        let below = self.down(level + 1, places, above * share * own[0], by_cell);
        let out = times([share * own[0], own[1], own[2]], below);
        if let Some(by_cell) = by_cell {
            for table in &self.levels[level].ends {
                let place = places[*table];
                // No chance to survive is ever zero, so division is safe.
                by_cell[self.begin(*table) + place] += above * out[0] / self.tables[*table].cells()[place][0];
            }
        }
        self.leave(level, class, places);
        out
    }

    /// Goes to a class of a level. Gives the product of the tables that read none of the later answers.
    fn enter(&self, level: usize, class: usize, places: &mut Places) -> [f64; 3] {
        let Level { moves, ends, .. } = &self.levels[level];
        moves.iter().for_each(|(table, moves)| places[*table] += usize::from(moves[class]));
        ends.iter().fold([1.0; 3], |product, table| times(product, self.tables[*table].cells()[places[*table]]))
    }

    /// Goes back from it.
    fn leave(&self, level: usize, class: usize, places: &mut Places) {
        self.levels[level].moves.iter().for_each(|(table, moves)| places[*table] -= usize::from(moves[class]));
    }
}

/// Expected, lowest and highest of two things that do not depend on each other.
fn times(one: [f64; 3], other: [f64; 3]) -> [f64; 3] {
    [one[0] * other[0], one[1] * other[1], one[2] * other[2]]
}
